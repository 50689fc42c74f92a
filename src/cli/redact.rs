//! `--redact`, and `tollgate redact reveal`: pseudonyms in the place of people's names, and back.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::exit::{Exit, Failure};
use super::source::cannot_read;
use super::talk::LanguageOption;
use super::to_stdout;
use crate::plan::Plan;
use crate::redact::{Form, Key, KeyFile, Redactor, Revealer, Scrubber};
use crate::tenant::Tenant;
use crate::verdict::Message;

/// Options of commands that can take people's names out of what they say.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Personal data")]
pub(super) struct RedactOptions {
    /// Put pseudonyms in the place of people's names, UPNs and ids, everywhere
    #[arg(long)]
    redact: bool,
    /// The same with the key of this file, which is made where it is missing: the pseudonyms are those of other
    /// runs, and `tollgate redact reveal` turns them back
    #[arg(long, value_name = "FILE")]
    redact_key: Option<PathBuf>,
}

impl RedactOptions {
    /// Whether names are to be replaced.
    pub(super) fn wanted(&self) -> bool {
        self.redact || self.redact_key.is_some()
    }

    /// What replaces names, if that is wanted; a key file is made now, not after a long scan.
    pub(super) fn redactor(&self) -> Result<Option<Redactor>, Failure> {
        Ok(match &self.redact_key {
            Some(path) => Some(Redactor::with_file(KeyFile::open_or_create(path)?)),
            None => self.redact.then(Redactor::for_once),
        })
    }
}

/// The tenant as it is judged and shown: with pseudonyms where that is wanted.
pub(super) fn redacted(
    redactor: Option<&Redactor>,
    tenant: Tenant,
    plan: &mut Plan,
) -> Result<Tenant, Failure> {
    match redactor {
        Some(redactor) => Ok(redactor.apply(tenant, plan)?),
        None => Ok(tenant),
    }
}

/// Takes names out of a line, where the tenant's people are not known yet.
pub(super) fn scrub_line(key: &Key, line: &str) -> String {
    Scrubber::without_tenant(key).scrub_line(line)
}

/// Options of `tollgate redact`.
#[derive(Args, Debug)]
pub(super) struct RedactCommand {
    #[command(subcommand)]
    command: RedactSubcommand,
}

#[derive(Subcommand, Debug)]
enum RedactSubcommand {
    /// Turn the pseudonyms of a report back into names
    Reveal(RevealOptions),
}

#[derive(Args, Debug)]
struct RevealOptions {
    /// The key file of the report
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// A report in text, JSON, CSV, HTML or Markdown [default: what comes on stdin]
    #[arg(value_name = "REPORT")]
    report: Option<PathBuf>,
    #[command(flatten)]
    language: LanguageOption,
}

pub(super) fn run(options: RedactCommand) -> Result<Exit, Failure> {
    let RedactSubcommand::Reveal(options) = options.command;
    let text = read(options.report.as_deref())?;
    let form = Form::of(options.report.as_deref(), &text);
    let revealed = Revealer::open(&options.key)?.reveal(&text, form)?;
    to_stdout(|stdout| stdout.write_all(revealed.text.as_bytes()))?;
    if revealed.unknown > 0 {
        let message = Message::new("reveal-unknown").with("count", revealed.unknown);
        let _ = writeln!(io::stderr(), "{}", options.language.texts().message(&message));
    }
    Ok(Exit::Pass)
}

fn read(report: Option<&Path>) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let name = report.map_or_else(|| "stdin".to_owned(), |path| path.display().to_string());
    let result = match report {
        Some(path) => std::fs::File::open(path).and_then(|mut file| file.read_to_end(&mut bytes)),
        None => io::stdin().lock().read_to_end(&mut bytes),
    };
    result.map_err(|error| cannot_read(&name, &error))?;
    String::from_utf8(bytes).map_err(|_| {
        Failure::usage(format!(
            "{name} is no text\nhint: a spreadsheet or an archive cannot be turned back; give the CSV or JSON of the same audit"
        ))
    })
}
