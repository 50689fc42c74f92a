//! `tollgate rules`: what is checked, and what reading it takes.

use std::io::{self, Write};

use clap::Args;

use super::exit::{Exit, Failure};
use super::to_stdout;
use crate::pack::Pack;
use crate::scan::PERMISSIONS;
use crate::verdict::{CriterionId, page};

/// Options of `tollgate rules`.
#[derive(Args, Debug)]
pub(super) struct RulesOptions {
    /// List the permissions that the criteria need
    #[arg(long)]
    permissions: bool,
}

pub(super) fn run(options: &RulesOptions) -> Result<Exit, Failure> {
    to_stdout(|stdout| if options.permissions { permissions(stdout) } else { codes(stdout) })?;
    Ok(Exit::Pass)
}

fn codes(out: &mut dyn Write) -> io::Result<()> {
    for (place, criterion) in CriterionId::ALL.into_iter().enumerate() {
        if place > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", page::title(criterion))?;
        let pack = Pack::built_in().criterion(criterion);
        for (code, word) in page::codes(criterion) {
            let severity =
                pack.codes().find(|(known, _)| *known == code).map(|(_, severity)| severity.as_str());
            writeln!(out, "  {:<10} {}", severity.unwrap_or(word), code.as_str())?;
        }
    }
    writeln!(out, "\n`tollgate explain CODE` tells what a code means and what to do.")
}

fn permissions(out: &mut dyn Write) -> io::Result<()> {
    for permission in PERMISSIONS {
        writeln!(out, "{}", permission.name)?;
        writeln!(out, "  reads: {}", permission.reads.join(", "))?;
        let without: Vec<&str> = permission.without.iter().map(|criterion| criterion.as_str()).collect();
        match without[..] {
            [] => writeln!(out, "  optional: {}", permission.note)?,
            _ => writeln!(out, "  without it inconclusive: {}", without.join(", "))?,
        }
    }
    writeln!(out, "\nDirectory.Read.All alone reads the same. docs/permissions.md shows how to grant them.")
}
