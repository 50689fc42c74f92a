//! The criteria pack: which criteria there are, how severe each code is, and default parameters. Data, in
//! `rules/crit-identity-group-license.toml`; a pack of one's own may raise or lower codes.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::SignedDuration;
use serde::Deserialize;
use toml::Spanned;

use crate::plan::{ConfigError, Headroom, nearest, parse_window};
use crate::verdict::{Code, CriterionId, Severity};

const BUILT_IN: &str = include_str!("../../rules/crit-identity-group-license.toml");

/// Whether Microsoft's guidance demands something or asks to consider it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Must be met.
    Required,
    /// Should be considered.
    Optional,
}

impl Level {
    /// The word in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Optional => "optional",
        }
    }
}

/// A criteria pack.
#[derive(Clone, Debug)]
pub struct Pack {
    /// The exit criterion that it tests.
    pub id: String,
    /// Its version.
    pub version: String,
    /// The level of the exit criterion as a whole.
    pub level: Level,
    /// Free seats that ought to be left, where the configuration does not say.
    pub headroom: Headroom,
    /// How far ahead a lapsing subscription is told, where the configuration does not say.
    pub lapse_window: SignedDuration,
    /// What Microsoft's guidance says, cut into testable sentences of our own, by id.
    pub statements: BTreeMap<String, Statement>,
    criteria: BTreeMap<CriterionId, Criterion>,
}

/// A sentence of the guidance in both languages.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// In English.
    pub en: String,
    /// In Dutch.
    pub nl: String,
}

/// A criterion of a pack.
#[derive(Clone, Debug)]
pub struct Criterion {
    /// Whether it is demanded.
    pub level: Level,
    /// The statements of Microsoft's guidance that it tests.
    pub statements: Vec<String>,
    codes: BTreeMap<Code, Severity>,
}

impl Criterion {
    /// The codes of violations and advisories, with their severities.
    pub fn codes(&self) -> impl Iterator<Item = (Code, Severity)> {
        self.codes.iter().map(|(code, severity)| (*code, *severity))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct File {
    id: String,
    version: String,
    level: Level,
    parameters: Option<Parameters>,
    #[serde(default)]
    statements: BTreeMap<String, Statement>,
    #[serde(default)]
    criterion: Vec<CriterionSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Parameters {
    headroom: Option<Spanned<String>>,
    lapse_window: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct CriterionSection {
    id: Spanned<String>,
    level: Level,
    #[serde(default)]
    statements: Vec<Spanned<String>>,
    #[serde(default)]
    codes: BTreeMap<Spanned<String>, SeverityWord>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum SeverityWord {
    Violation,
    Advisory,
}

impl Pack {
    /// The pack that ships with the program.
    pub fn built_in() -> &'static Self {
        static PACK: LazyLock<Pack> = LazyLock::new(|| {
            Pack::read("rules/crit-identity-group-license.toml", BUILT_IN, None)
                .expect("the built-in pack is read by a test")
        });
        &PACK
    }

    /// Reads a pack of one's own. What it does not mention is as in the built-in one.
    ///
    /// # Errors
    /// The first thing that is wrong, with line, column, caret and the nearest known word.
    pub fn parse(file: &str, source: &str) -> Result<Self, ConfigError> {
        Self::read(file, source, Some(Self::built_in()))
    }

    fn read(file: &str, source: &str, base: Option<&Self>) -> Result<Self, ConfigError> {
        let sections: File =
            toml::from_str(source).map_err(|error| ConfigError::from_toml(file, source, &error))?;
        let at = |span, message: String| ConfigError::at(file, source, Some(span), message);
        let mut statements = base.map(|base| base.statements.clone()).unwrap_or_default();
        statements.extend(sections.statements);
        let mut criteria = base.map(|base| base.criteria.clone()).unwrap_or_default();
        let mut seen = Vec::new();
        for section in sections.criterion {
            let written = section.id.get_ref();
            let id = CriterionId::parse(written).ok_or_else(|| {
                let near = nearest(written, CriterionId::ALL.map(CriterionId::as_str));
                let hint = near.map_or("`tollgate rules` lists the criteria".to_owned(), |near| {
                    format!("did you mean `{near}`?")
                });
                at(section.id.span(), format!("`{written}` is no criterion")).hint(hint)
            })?;
            if seen.contains(&id) {
                return Err(at(section.id.span(), format!("the criterion `{written}` is there twice")));
            }
            seen.push(id);
            let known = base.map(|base| &base.criteria[&id].codes);
            let mut codes = known.cloned().unwrap_or_default();
            for (written, severity) in section.codes {
                let text = written.get_ref();
                let code =
                    Code::parse(text).filter(|code| known.is_none_or(|known| known.contains_key(code)));
                let code = code.ok_or_else(|| {
                    let words = known.into_iter().flatten().map(|(code, _)| code.as_str());
                    let hint = nearest(text, words)
                        .map_or("`tollgate rules` lists the codes".to_owned(), |near| {
                            format!("did you mean `{near}`?")
                        });
                    at(
                        written.span(),
                        format!("`{text}` is no code of `{}` that has a severity", id.as_str()),
                    )
                    .hint(hint)
                })?;
                let severity = match severity {
                    SeverityWord::Violation => Severity::Violation,
                    SeverityWord::Advisory => Severity::Advisory,
                };
                codes.insert(code, severity);
            }
            let mut tested = Vec::new();
            for written in section.statements {
                if !statements.contains_key(written.get_ref()) {
                    let message = format!("there is no statement `{}`", written.get_ref());
                    return Err(at(written.span(), message).hint("write it under [statements], in en and nl"));
                }
                tested.push(written.into_inner());
            }
            criteria.insert(id, Criterion { level: section.level, statements: tested, codes });
        }
        let parameters = sections.parameters.unwrap_or(Parameters { headroom: None, lapse_window: None });
        let headroom = match parameters.headroom {
            Some(text) => Headroom::parse(text.get_ref()).ok_or_else(|| {
                at(text.span(), format!("`{}` is no headroom", text.get_ref())).hint("write \"5%\" or \"25\"")
            })?,
            None => base.map_or(Headroom::Seats(0), |base| base.headroom),
        };
        let lapse_window = match parameters.lapse_window {
            Some(text) => parse_window(text.get_ref()).ok_or_else(|| {
                at(text.span(), format!("`{}` is no number of days or weeks", text.get_ref()))
                    .hint("write \"30 days\"")
            })?,
            None => base.map_or(SignedDuration::ZERO, |base| base.lapse_window),
        };
        Ok(Self {
            id: sections.id,
            version: sections.version,
            level: sections.level,
            headroom,
            lapse_window,
            statements,
            criteria,
        })
    }

    /// A criterion of the pack.
    pub fn criterion(&self, id: CriterionId) -> &Criterion {
        &self.criteria[&id]
    }

    /// How severe a code is under a criterion.
    pub fn severity(&self, criterion: CriterionId, code: Code) -> Severity {
        let known = self.criteria[&criterion].codes.get(&code);
        *known.expect("a test compares the pack with the codes that rules give")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_pack_has_all_criteria() {
        for criterion in CriterionId::ALL {
            assert_eq!(Pack::built_in().criterion(criterion).level, Level::Required);
        }
        assert_eq!(Pack::built_in().level, Level::Optional);
        assert_eq!(Pack::built_in().headroom, Headroom::Share(5_000));
    }

    /// Whether a pack file has the form that the published schema describes.
    fn fits_the_schema(source: &str) -> bool {
        let schema: serde_json::Value =
            serde_json::from_str(include_str!("../../rules/pack.schema.json")).expect("the schema is JSON");
        let pack: toml::Value = toml::from_str(source).expect("the pack is TOML");
        let pack = serde_json::to_value(pack).expect("TOML without dates is JSON");
        jsonschema::validator_for(&schema).expect("the schema is one").is_valid(&pack)
    }

    #[test]
    fn the_schema_describes_the_packs_that_are_read() {
        assert!(fits_the_schema(BUILT_IN));
        let own = "id = \"own\"\nversion = \"2\"\nlevel = \"required\"\n";
        for (more, fits) in [
            ("", true),
            ("[parameters]\nheadroom = \"2.5%\"\n", true),
            ("[[criterion]]\nid = \"enough-seats\"\nlevel = \"optional\"\n", true),
            ("[[criterion]]\nid = \"enough\"\nlevel = \"optional\"\n", false),
            ("[parameters]\nheadrom = \"5%\"\n", false),
            (
                "[[criterion]]\nid = \"enough-seats\"\nlevel = \"required\"\n[criterion.codes]\nx = \"error\"\n",
                false,
            ),
        ] {
            let source = format!("{own}{more}");
            assert_eq!(fits_the_schema(&source), fits, "{more}");
            assert_eq!(Pack::parse("own.toml", &source).is_ok(), fits, "{more}");
        }
    }

    #[test]
    fn a_pack_of_ones_own_changes_only_what_it_mentions() {
        let source = "id = \"own\"\nversion = \"2\"\nlevel = \"required\"\n[[criterion]]\nid = \"enough-seats\"\n\
                      level = \"required\"\n[criterion.codes]\nlow-headroom = \"violation\"\n";
        let pack = Pack::parse("own.toml", source).expect("a pack");
        assert_eq!(pack.severity(CriterionId::EnoughSeats, Code::LowHeadroom), Severity::Violation);
        assert_eq!(pack.severity(CriterionId::EnoughSeats, Code::NoSeatLeft), Severity::Advisory);
        assert_eq!(pack.headroom, Headroom::Share(5_000));
    }

    #[test]
    fn a_code_of_another_criterion_is_refused_with_its_line() {
        let source = "id = \"own\"\nversion = \"2\"\nlevel = \"required\"\n[[criterion]]\nid = \"enough-seats\"\n\
                      level = \"required\"\n[criterion.codes]\nlow-hedroom = \"violation\"\n";
        let text = Pack::parse("own.toml", source).expect_err("an error").to_string();
        assert!(text.starts_with("own.toml:8:1: `low-hedroom` is no code"), "{text}");
        assert!(text.contains("did you mean `low-headroom`?"), "{text}");
    }
}
