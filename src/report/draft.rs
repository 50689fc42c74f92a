//! A first `tollgate.toml`, from a scan: the licensed groups as targets, suitable ones as proposals in comments.
//!
//! Names come from the tenant: in strings they are escaped, in comments stripped of what would end a line. The
//! file holds names of groups and products, and of no person.

use std::fmt::Write as _;

use super::suitability::why;
use super::terminal::{clean_value, tenant_facts};
use super::text::{self, Texts};
use crate::catalogue::{Components, Edition, Suite};
use crate::clean::{self, is_harmful};
use crate::rules::Audit;
use crate::rules::suitability::{Assessed, Assessment, Class};
use crate::tenant::{GroupIndex, SkuIndex, Tenant, parse_guid};
use crate::verdict::GroupSubject;

/// How many proposals are written.
const PROPOSALS: usize = 50;

/// How much of a text stands in a comment.
const COMMENT: usize = 400;

/// Writes the configuration. `connection` is what the `[tenant]` table says besides the id: keys and values.
pub fn draft(
    audit: &Audit<'_>,
    assessment: &Assessment,
    connection: &[(&'static str, String)],
    texts: &Texts,
) -> String {
    let mut draft = Draft { tenant: audit.context.tenant, audit, texts, file: String::new() };
    draft.head(assessment, connection);
    draft.targets(assessment);
    draft.proposals(assessment);
    draft.rest();
    draft.file
}

/// What a licensed group hands out of what the criterion wants, as a line of its target.
enum Required {
    /// Both suites; no line where they are of edition E3.
    Both(Option<String>),
    /// One of them, and the name of the other.
    One { line: String, lacking: &'static str },
    /// Other products.
    Neither(String),
    /// Nothing that is for users.
    Nothing,
}

struct Draft<'a, 't> {
    tenant: &'t Tenant,
    audit: &'a Audit<'t>,
    texts: &'a Texts,
    file: String,
}

impl Draft<'_, '_> {
    fn line(&mut self, line: &str) {
        self.file.push_str(line);
        self.file.push('\n');
    }

    fn comment(&mut self, text: &str) {
        let line = format!("# {}", clean::line(text, COMMENT));
        self.line(line.trim_end());
    }

    fn head(&mut self, assessment: &Assessment, connection: &[(&'static str, String)]) {
        for (label, fact) in tenant_facts(self.tenant, self.texts) {
            self.comment(&format!("{label}: {fact}"));
        }
        for id in ["draft-head", "draft-check"] {
            self.comment(&self.texts.word(id));
        }
        if !assessment.gaps.is_empty() {
            self.comment(&self.texts.word("draft-incomplete"));
        }
        self.line("");
        self.line("[tenant]");
        match self.tenant.organization().id.as_deref() {
            Some(id) => self.line(&format!("id = {}", string(id))),
            None => self.line("# id = \"contoso.onmicrosoft.com\""),
        }
        for (key, value) in connection {
            self.line(&format!("{key} = {}", string(value)));
        }
    }

    fn targets(&mut self, assessment: &Assessment) {
        let licensed: Vec<&Assessed> = assessment
            .groups
            .iter()
            .filter(|assessed| self.audit.context.is_licensed(assessed.group))
            .collect();
        self.line("");
        self.comment(&self.texts.say("draft-targets", &[("count", licensed.len().into())]));
        for assessed in licensed {
            self.line("");
            self.comment(&self.about(assessed));
            match self.required(assessed.group) {
                Required::Both(None) => self.target("", assessed.group),
                Required::Both(Some(line)) => {
                    self.target("", assessed.group);
                    self.line(&line);
                }
                // What the group assigns now is not taken for what its members need: a group that lacks a suite
                // would make the criterion met by itself.
                Required::One { line, lacking } => {
                    self.target("", assessed.group);
                    self.comment(&self.texts.say("draft-lacks", &[("suite", lacking.into())]));
                    self.line(&format!("# {line}"));
                }
                Required::Neither(line) => {
                    self.comment(&self.texts.word("draft-lacks-both"));
                    self.target("# ", assessed.group);
                    self.line(&format!("# {line}"));
                }
                Required::Nothing => self.comment(&self.texts.word("draft-nothing-for-users")),
            }
        }
    }

    /// Members, products, and what is wrong: by codes, because sentences name people.
    fn about(&self, assessed: &Assessed) -> String {
        let members = super::member_count(self.audit, assessed.group).map_or_else(
            || self.texts.word("suit-members-unknown"),
            |members| self.texts.say("suit-members", &[("members", members.into())]),
        );
        let licenses = self.audit.context.licenses(assessed.group).iter();
        let products: Vec<_> =
            licenses.map(|license| self.tenant.product_name(license.sku).into_owned()).collect();
        let mut about = format!("{members}; {}", products.join(", "));
        let class = self.texts.word(&format!("class-{}", assessed.class.as_str()));
        let _ = write!(about, "; {}", class.to_lowercase());
        if assessed.class != Class::Licensed {
            let mut codes: Vec<&str> = assessed.reasons.iter().map(|reason| reason.code).collect();
            codes.sort_unstable();
            codes.dedup();
            let _ = write!(about, ": {}", codes.join(", "));
        }
        about
    }

    /// `require` or `edition` as the group hands it out now.
    fn required(&self, group: GroupIndex) -> Required {
        let context = &self.audit.context;
        let licenses: Vec<_> = context.judged_licenses(group).collect();
        let parts = licenses.iter().map(|license| context.components(license.sku, license.disabled));
        let parts = parts.fold(Components::default(), Components::union);
        let edition =
            |suite| [Edition::E5, Edition::E3].into_iter().find(|edition| parts.satisfies(suite, *edition));
        let list = |names: &[String]| {
            let names: Vec<String> = names.iter().map(|name| string(name)).collect();
            format!("require = [{}]", names.join(", "))
        };
        let suite = |name: &str, edition| match edition {
            Edition::E3 => name.to_owned(),
            Edition::E5 => format!("{name}:E5"),
        };
        let one = |name, edition, lacking| Required::One { line: list(&[suite(name, edition)]), lacking };
        match (edition(Suite::Office365), edition(Suite::Ems)) {
            (Some(Edition::E3), Some(Edition::E3)) => Required::Both(None),
            (Some(Edition::E5), Some(Edition::E5)) => Required::Both(Some("edition = \"E5\"".to_owned())),
            (Some(office), Some(ems)) => {
                Required::Both(Some(list(&[suite("office365", office), suite("ems", ems)])))
            }
            (Some(office), None) => one("office365", office, "EMS"),
            (None, Some(ems)) => one("ems", ems, "Office 365"),
            (None, None) if licenses.is_empty() => Required::Nothing,
            (None, None) => {
                let names: Vec<String> = licenses.iter().map(|license| self.product(license.sku)).collect();
                Required::Neither(list(&names))
            }
        }
    }

    /// A product so that it is found again: by part number where that is clear, else by id.
    fn product(&self, sku: SkuIndex) -> String {
        let id = self.tenant.sku(sku).id;
        let part = self.tenant.sku(sku).owned.as_ref().and_then(|owned| owned.part_number.as_deref());
        let clear = |part: &&str| {
            let same = |other: SkuIndex| {
                self.tenant.part_number(other).is_some_and(|other| other.trim().eq_ignore_ascii_case(part))
            };
            is_plain(part)
                && !part.contains(':')
                && !["office365", "ems"].iter().any(|suite| suite.eq_ignore_ascii_case(part))
                && self.tenant.skus().filter(|(other, _)| same(*other)).count() == 1
        };
        part.filter(clear).map_or_else(|| self.tenant.id_text(id.0).into_owned(), str::to_owned)
    }

    fn proposals(&mut self, assessment: &Assessment) {
        let candidates: Vec<&Assessed> =
            assessment.groups.iter().filter(|assessed| assessed.rank.is_some()).collect();
        self.line("");
        self.comment(&self.texts.say("draft-proposals", &[("count", candidates.len().into())]));
        for assessed in candidates.iter().take(PROPOSALS) {
            self.line("");
            let class = self.texts.word(&format!("class-{}", assessed.class.as_str()));
            let rank = assessed.rank.unwrap_or_default();
            self.comment(&format!("{rank}. {class}."));
            for reason in &assessed.reasons {
                self.comment(&why(self.texts, self.tenant, reason, clean_value));
            }
            let short = assessed.needs.iter().filter_map(|need| Some((need.sku, need.short()?)));
            let short = short.filter(|(_, short)| *short > 0).map(|(sku, short)| {
                let product = self.tenant.product_name(sku).into_owned();
                let values = [("short", short.into()), ("product", product.into())];
                self.texts.say("draft-short-product", &values)
            });
            let short: Vec<String> = short.collect();
            if !short.is_empty() {
                self.comment(&self.texts.say("draft-short", &[("names", short.join(", ").into())]));
            }
            self.target("# ", assessed.group);
        }
        let more = candidates.len().saturating_sub(PROPOSALS);
        if more > 0 {
            self.comment(&self.texts.say("draft-more", &[("count", more.into())]));
        }
        let unknown = assessment.count(Class::Unknown);
        if unknown > 0 {
            self.line("");
            self.comment(&self.texts.say("draft-unknown", &[("count", unknown.into())]));
        }
    }

    /// A target table: by name where that is clear, else by id with the name in a comment.
    fn target(&mut self, mark: &str, group: GroupIndex) {
        let details = self.tenant.group(group);
        let id = self.tenant.id_text(details.id.0).into_owned();
        let named = details.display_name.as_deref().filter(|name| self.is_clear(name));
        let line = if let Some(name) = named {
            format!("{mark}group = {}", string(name))
        } else {
            let name = text::group_name(self.tenant, &GroupSubject::Known(group));
            format!("{mark}group = {}  # {}", string(&id), clean::line(&name, COMMENT))
        };
        self.line(&format!("{mark}[[target]]"));
        self.line(&line);
    }

    /// Whether a name stands for one group of the tenant and is not read as something else.
    fn is_clear(&self, name: &str) -> bool {
        let wanted = name.to_lowercase();
        let same = |other: &str| other.trim().to_lowercase() == wanted;
        let groups = self.tenant.groups().filter_map(|(_, group)| group.display_name.as_deref());
        is_plain(name) && groups.filter(|other| same(other)).count() == 1
    }

    fn rest(&mut self) {
        self.line("");
        self.comment(&self.texts.word("draft-scope"));
        for line in ["# [scope]", "# exclude-groups = [\"APP-*\"]", "# exclude-skus = [\"FLOW_FREE\"]"] {
            self.line(line);
        }
        self.line("");
        self.comment(&self.texts.word("draft-seats"));
        for line in ["# [seats]", "# headroom = \"5%\"", "# lapse-window = \"30 days\""] {
            self.line(line);
        }
    }
}

/// Whether a name is read as it is written: not as an id or a pattern, and not trimmed.
fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && name.trim() == name
        && !name.contains('*')
        && parse_guid(name).is_none()
        && !name.contains(is_harmful)
}

/// A TOML basic string in which nothing acts on a reader's terminal.
fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            character if is_harmful(character) => {
                let _ = write!(out, "\\u{:04x}", u32::from(character));
            }
            character => out.push(character),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::string;

    #[test]
    fn a_string_comes_back_as_it_was_and_holds_no_control_character() {
        for text in
            ["", "a\"b\\c", "x\n[[target]]\r\n\t", "\u{7f}\u{0}\u{1b}[31m\u{202e}\u{9b}", "''' \"\"\" é 🦊"]
        {
            let written = string(text);
            assert!(!written.contains(super::is_harmful), "{written:?}");
            let table: toml::Table = toml::from_str(&format!("name = {written}")).expect("TOML");
            assert_eq!(table["name"].as_str(), Some(text));
        }
    }
}
