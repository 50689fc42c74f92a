//! `tollgate rules`: what is checked, and what reading it takes.

use std::io::{self, Write};

use clap::Args;

use super::exit::{Exit, Failure};
use super::talk::LanguageOption;
use super::to_stdout;
use crate::pack::Pack;
use crate::report::Texts;
use crate::scan::PERMISSIONS;
use crate::verdict::{CriterionId, page};

/// Options of `tollgate rules`.
#[derive(Args, Debug)]
pub(super) struct RulesOptions {
    /// List the permissions that the criteria need
    #[arg(long)]
    permissions: bool,
    #[command(flatten)]
    language: LanguageOption,
}

pub(super) fn run(options: &RulesOptions) -> Result<Exit, Failure> {
    let texts = options.language.texts();
    to_stdout(
        |stdout| if options.permissions { permissions(&texts, stdout) } else { codes(&texts, stdout) },
    )?;
    Ok(Exit::Pass)
}

fn codes(texts: &Texts, out: &mut dyn Write) -> io::Result<()> {
    for (place, criterion) in CriterionId::ALL.into_iter().enumerate() {
        if place > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}: {}", criterion.as_str(), texts.title(criterion))?;
        let pack = Pack::built_in().criterion(criterion);
        for (code, word) in page::codes(criterion) {
            let severity =
                pack.codes().find(|(known, _)| *known == code).map(|(_, severity)| severity.as_str());
            let severity = texts.word(&format!("severity-{}", severity.unwrap_or(word)));
            writeln!(out, "  {severity:<14} {}", code.as_str())?;
        }
    }
    writeln!(out, "\n{}", texts.word("rules-more"))
}

fn permissions(texts: &Texts, out: &mut dyn Write) -> io::Result<()> {
    for permission in PERMISSIONS {
        writeln!(out, "{}", permission.name)?;
        let reads = permission.reads.join(", ").into();
        writeln!(out, "  {}", texts.say("permission-reads", &[("reads", reads)]))?;
        let without: Vec<&str> = permission.without.iter().map(|criterion| criterion.as_str()).collect();
        let line = if without.is_empty() {
            texts.word(permission.note)
        } else {
            texts.say("permission-without", &[("criteria", without.join(", ").into())])
        };
        writeln!(out, "  {line}")?;
    }
    writeln!(out, "\n{}", texts.word("permission-directory"))
}
