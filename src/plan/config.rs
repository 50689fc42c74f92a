//! Reads `tollgate.toml`. Unknown keys are errors; every error shows the line.

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use super::error::{ConfigError, nearest};
use super::{Demand, Headroom, Plan, Selector, Target, parse_window};
use crate::catalogue::{Edition, Suite};
use crate::verdict::{Code, CriterionId, Waiver};

/// A configuration file, read and checked as far as that goes without the tenant.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Which tenant, in which cloud.
    pub tenant: TenantSection,
    /// What the audit is judged against.
    pub plan: Plan,
}

/// The `[tenant]` table.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct TenantSection {
    /// Tenant id or verified domain.
    pub id: Option<String>,
    /// `global`, `us-gov`, `us-gov-dod`, `china` or `custom`.
    pub cloud: Option<String>,
    /// For `custom`: Graph's version root, ending in `/v1.0`.
    pub graph_url: Option<String>,
    /// For `custom`: where tokens come from.
    pub authority_url: Option<String>,
    /// For `custom`: the scope of the token.
    pub scope: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    #[serde(default)]
    tenant: TenantSection,
    #[serde(default)]
    target: Vec<TargetSection>,
    #[serde(default)]
    scope: ScopeSection,
    #[serde(default)]
    seats: SeatsSection,
    #[serde(default)]
    waiver: Vec<WaiverSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct TargetSection {
    group: Spanned<String>,
    require: Option<Spanned<Vec<Spanned<String>>>>,
    edition: Option<Spanned<String>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct ScopeSection {
    #[serde(default)]
    exclude_groups: Vec<Spanned<String>>,
    #[serde(default)]
    exclude_skus: Vec<Spanned<String>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct SeatsSection {
    headroom: Option<Spanned<toml::Value>>,
    lapse_window: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WaiverSection {
    criterion: Spanned<String>,
    code: Option<Spanned<String>>,
    group: Option<Spanned<String>>,
    user: Option<Spanned<String>>,
    sku: Option<Spanned<String>>,
    reason: Spanned<String>,
    owner: Spanned<String>,
    expires: Spanned<toml::Value>,
}

impl Config {
    /// Reads the text of a configuration; `file` is its name in errors.
    ///
    /// # Errors
    /// The first thing that is wrong, with line, column, caret and the nearest known word.
    pub fn parse(file: &str, source: &str) -> Result<Self, ConfigError> {
        let sections: File =
            toml::from_str(source).map_err(|error| ConfigError::from_toml(file, source, &error))?;
        let reader = Reader { file, source };
        let mut targets: Vec<Target> = Vec::new();
        for section in sections.target {
            let target = reader.target(&section)?;
            if targets
                .iter()
                .any(|known| known.group.as_str().to_lowercase() == target.group.as_str().to_lowercase())
            {
                return Err(reader
                    .error(&section.group, format!("the group `{}` is named twice", target.group.as_str()))
                    .hint("put all that its members need into one [[target]]"));
            }
            targets.push(target);
        }
        let plan = Plan {
            targets,
            exclude_groups: reader.selectors(&sections.scope.exclude_groups, "a group")?,
            exclude_skus: reader.selectors(&sections.scope.exclude_skus, "a part number")?,
            headroom: sections.seats.headroom.as_ref().map(|text| reader.headroom(text)).transpose()?,
            lapse_window: sections.seats.lapse_window.as_ref().map(|text| reader.window(text)).transpose()?,
            waivers: sections
                .waiver
                .iter()
                .map(|section| reader.waiver(section))
                .collect::<Result<_, _>>()?,
        };
        Ok(Self { tenant: sections.tenant, plan })
    }
}

struct Reader<'s> {
    file: &'s str,
    source: &'s str,
}

impl Reader<'_> {
    fn error<T>(&self, at: &Spanned<T>, message: impl Into<String>) -> ConfigError {
        ConfigError::at(self.file, self.source, Some(at.span()), message)
    }

    fn selector(&self, text: &Spanned<String>, what: &str) -> Result<Selector, ConfigError> {
        if text.get_ref().trim().is_empty() {
            return Err(self.error(text, format!("this is empty; name {what}")));
        }
        Ok(Selector::new(text.get_ref()))
    }

    fn selectors(&self, texts: &[Spanned<String>], what: &str) -> Result<Vec<Selector>, ConfigError> {
        texts.iter().map(|text| self.selector(text, what)).collect()
    }

    fn target(&self, section: &TargetSection) -> Result<Target, ConfigError> {
        let edition = match &section.edition {
            None => Edition::E3,
            Some(text) => self.edition(text, text.get_ref())?,
        };
        let require = match &section.require {
            None => vec![Demand::Suite(Suite::Office365, edition), Demand::Suite(Suite::Ems, edition)],
            Some(list) if list.get_ref().is_empty() => {
                return Err(self.error(list, "nothing is required of this target").hint(
                    r#"leave `require` out for ["office365", "ems"], or name a suite, part number or SKU id"#,
                ));
            }
            Some(list) => {
                let mut demands = Vec::new();
                for text in list.get_ref() {
                    let demand = self.demand(text, edition)?;
                    if !demands.contains(&demand) {
                        demands.push(demand);
                    }
                }
                demands
            }
        };
        Ok(Target { group: self.selector(&section.group, "a group")?, require })
    }

    fn edition<T>(&self, at: &Spanned<T>, text: &str) -> Result<Edition, ConfigError> {
        match text.trim().to_ascii_uppercase().as_str() {
            "E3" => Ok(Edition::E3),
            "E5" => Ok(Edition::E5),
            _ => Err(self.error(at, format!("`{text}` is no edition")).hint("editions are E3 and E5")),
        }
    }

    fn demand(&self, text: &Spanned<String>, edition: Edition) -> Result<Demand, ConfigError> {
        let (name, own_edition) = match text.get_ref().split_once(':') {
            Some((name, edition)) => (name.trim(), Some(edition)),
            None => (text.get_ref().trim(), None),
        };
        let suite = match name.to_ascii_lowercase().as_str() {
            "office365" => Some(Suite::Office365),
            "ems" => Some(Suite::Ems),
            _ => None,
        };
        match (suite, own_edition) {
            (Some(suite), None) => Ok(Demand::Suite(suite, edition)),
            (Some(suite), Some(own)) => Ok(Demand::Suite(suite, self.edition(text, own)?)),
            (None, Some(_)) => {
                let hint =
                    nearest(name, ["office365", "ems"]).map(|known| format!("did you mean `{known}:…`?"));
                Err(self
                    .error(text, format!("only a suite has an edition, and `{name}` is none"))
                    .hint(hint.unwrap_or_else(|| "suites are office365 and ems".to_owned())))
            }
            (None, None) if name.contains('*') => {
                Err(self.error(text, "a pattern cannot be required; name one part number or SKU id"))
            }
            (None, None) => Ok(Demand::Sku(self.selector(text, "a suite, part number or SKU id")?)),
        }
    }

    fn headroom(&self, value: &Spanned<toml::Value>) -> Result<Headroom, ConfigError> {
        let headroom = match value.get_ref() {
            toml::Value::Integer(seats) => Some(Headroom::Seats(*seats)).filter(|_| *seats >= 0),
            toml::Value::String(text) => Headroom::parse(text),
            _ => None,
        };
        headroom.ok_or_else(|| {
            self.error(value, "this is neither a share of the seats nor a number of seats")
                .hint(r#"write headroom = "5%" or headroom = 25"#)
        })
    }

    fn window(&self, text: &Spanned<String>) -> Result<jiff::SignedDuration, ConfigError> {
        parse_window(text.get_ref()).ok_or_else(|| {
            self.error(text, format!("`{}` is no number of days or weeks", text.get_ref()))
                .hint(r#"write lapse-window = "30 days""#)
        })
    }

    fn waiver(&self, section: &WaiverSection) -> Result<Waiver, ConfigError> {
        let criterion = CriterionId::parse(section.criterion.get_ref()).ok_or_else(|| {
            let known = CriterionId::ALL.map(CriterionId::as_str);
            let hint = nearest(section.criterion.get_ref(), known).map_or_else(
                || format!("criteria are {}", known.join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            self.error(&section.criterion, format!("`{}` is no criterion", section.criterion.get_ref()))
                .hint(hint)
        })?;
        let code = section.code.as_ref().map(|text| self.code(text)).transpose()?;
        let said = |text: &Spanned<String>, what: &str| {
            if text.get_ref().trim().is_empty() {
                return Err(self.error(text, format!("a waiver needs {what}")));
            }
            Ok(text.get_ref().trim().to_owned())
        };
        let selector = |text: &Option<Spanned<String>>, what: &str| {
            text.as_ref().map(|text| self.selector(text, what)).transpose()
        };
        Ok(Waiver {
            criterion,
            code,
            group: selector(&section.group, "a group")?,
            user: selector(&section.user, "a user")?,
            sku: selector(&section.sku, "a product")?,
            reason: said(&section.reason, "a reason")?,
            owner: said(&section.owner, "an owner")?,
            expires: self.date(&section.expires)?,
        })
    }

    fn code(&self, text: &Spanned<String>) -> Result<Code, ConfigError> {
        Code::parse(text.get_ref()).ok_or_else(|| {
            let known = nearest(text.get_ref(), Code::ALL.iter().map(|code| code.as_str()));
            let hint = known.map_or("`tollgate rules` lists the codes".to_owned(), |near| {
                format!("did you mean `{near}`?")
            });
            self.error(text, format!("`{}` is no code", text.get_ref())).hint(hint)
        })
    }

    fn date(&self, written: &Spanned<toml::Value>) -> Result<Date, ConfigError> {
        let date = written.get_ref().as_datetime();
        let date =
            date.filter(|date| date.time.is_none() && date.offset.is_none()).and_then(|date| date.date);
        let parsed = date.and_then(|date| {
            Date::new(
                i16::try_from(date.year).ok()?,
                i8::try_from(date.month).ok()?,
                i8::try_from(date.day).ok()?,
            )
            .ok()
        });
        parsed.ok_or_else(|| {
            self.error(written, "this is no date")
                .hint("write expires = 2027-03-31, without quotes: the waiver is good until the end of that day, UTC")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(source: &str) -> String {
        Config::parse("tollgate.toml", source).expect_err("an error").to_string()
    }

    #[test]
    fn a_misspelt_key_shows_line_column_caret_and_the_nearest_key() {
        assert_eq!(
            error("[tenant]\nid = \"contoso.example\"\n\n[[target]]\ngruop = \"Sales\"\n"),
            "tollgate.toml:5:1: unknown field `gruop`, expected one of `group`, `require`, `edition`\n  |\n5 | \
             gruop = \"Sales\"\n  | ^^^^^\nhint: did you mean `group`?"
        );
    }

    #[test]
    fn the_example_of_the_documentation_is_read_with_all_its_tables() {
        let page = include_str!("../../docs/configuration.md");
        let example =
            page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("the example");
        let Config { tenant, plan } = Config::parse("example", example).expect("a configuration");
        assert_eq!(tenant.cloud.as_deref(), Some("global"));
        assert_eq!((plan.targets.len(), plan.waivers.len()), (1, 1));
        assert_eq!((plan.exclude_groups.len(), plan.exclude_skus.len()), (1, 1));
        assert_eq!(plan.headroom, Some(Headroom::Share(5_000)));
        assert!(plan.lapse_window.is_some());
    }

    #[test]
    fn an_unknown_table_is_an_error_too() {
        assert!(error("[tennant]\nid = \"x\"\n").contains("did you mean `tenant`?"));
    }

    #[test]
    fn an_unquoted_word_is_shown_where_it_stands() {
        let text = error("[seats]\nheadroom = five\n");
        assert!(text.starts_with("tollgate.toml:2:12: "), "{text}");
    }

    #[test]
    fn the_default_is_both_suites_in_the_edition_of_the_target() {
        let config =
            Config::parse("x", "[[target]]\ngroup = \"A\"\nedition = \"e5\"\n").expect("a configuration");
        assert_eq!(
            config.plan.targets[0].require,
            [Demand::Suite(Suite::Office365, Edition::E5), Demand::Suite(Suite::Ems, Edition::E5)]
        );
    }

    #[test]
    fn a_suite_may_have_its_own_edition() {
        let source = "[[target]]\ngroup = \"A\"\nrequire = [\"Office365:E5\", \"ems\", \"FLOW_FREE\"]\n";
        let config = Config::parse("x", source).expect("a configuration");
        assert_eq!(
            config.plan.targets[0].require,
            [
                Demand::Suite(Suite::Office365, Edition::E5),
                Demand::Suite(Suite::Ems, Edition::E3),
                Demand::Sku(Selector::new("FLOW_FREE"))
            ]
        );
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for (source, says) in [
            ("[[target]]\ngroup = \"A\"\nrequire = []\n", "nothing is required"),
            ("[[target]]\ngroup = \"A\"\nedition = \"E4\"\n", "`E4` is no edition"),
            ("[[target]]\ngroup = \"A\"\nrequire = [\"offce365:E5\"]\n", "did you mean `office365:…`?"),
            ("[[target]]\ngroup = \" \"\n", "name a group"),
            ("[[target]]\ngroup = \"A\"\n[[target]]\ngroup = \"a\"\n", "named twice"),
            ("[seats]\nheadroom = \"much\"\n", "headroom = \"5%\""),
            ("[seats]\nlapse-window = \"a while\"\n", "30 days"),
            (
                "[[waiver]]\ncriterion = \"enough-seat\"\nreason = \"r\"\nowner = \"o\"\nexpires = 2027-03-31\n",
                "did you mean `enough-seats`?",
            ),
            (
                "[[waiver]]\ncriterion = \"enough-seats\"\ncode = \"seat-exhausted\"\nreason = \"r\"\nowner = \"o\"\n\
                 expires = 2027-03-31\n",
                "did you mean `seats-exhausted`?",
            ),
            (
                "[[waiver]]\ncriterion = \"enough-seats\"\nreason = \"\"\nowner = \"o\"\nexpires = 2027-03-31\n",
                "needs a reason",
            ),
            (
                "[[waiver]]\ncriterion = \"enough-seats\"\nreason = \"r\"\nowner = \"o\"\n\
                 expires = 2027-03-31T00:00:00Z\n",
                "end of that day",
            ),
            (
                "[[waiver]]\ncriterion = \"enough-seats\"\nreason = \"r\"\nowner = \"o\"\nexpires = \"31-03-2027\"\n",
                "write expires = 2027-03-31, without quotes",
            ),
        ] {
            let text = error(source);
            assert!(text.contains(says), "{source}\n{text}");
        }
    }
}
