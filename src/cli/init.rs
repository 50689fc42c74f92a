//! `tollgate init`: write a commented `tollgate.toml` from a scan.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::exit::{Exit, Failure};
use super::interrupt::Interrupt;
use super::matching;
use super::source::SourceOptions;
use super::talk::{Talk, TalkOptions};
use crate::pack::Pack;
use crate::plan::Plan;
use crate::report::draft;
use crate::rules::{self, suitability};
use crate::scan::{MembersOf, Request};
use crate::verdict::Message;

const EXIT_CODES: &str = "Exit codes:
  0  written                         3  the tenant or snapshot could not be read
  2  usage; the file is there        4  written, but a list was not read to its end";

/// Options of `tollgate init`.
#[derive(Args, Debug)]
#[command(after_help = EXIT_CODES)]
pub(super) struct InitOptions {
    #[command(flatten)]
    source: SourceOptions,
    /// The file to write; one that is there is never overwritten
    #[arg(long, value_name = "FILE", default_value = "tollgate.toml", help_heading = "Writing")]
    to: PathBuf,
    /// Only groups of this name or id, besides the licensed ones; a pattern with * fits many
    #[arg(long = "match", value_name = "NAME", help_heading = "Writing")]
    wanted: Option<String>,
    #[command(flatten)]
    talk: TalkOptions,
}

pub(super) async fn run(options: InitOptions) -> Result<Exit, Failure> {
    let talk = Talk::new(options.talk);
    // Now, not after a long scan.
    if options.to.symlink_metadata().is_ok() {
        return Err(is_there(&options.to));
    }
    let folder = options.to.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        return Err(cannot_write(&options.to, &format!("there is no folder {}", folder.display())));
    }
    let wanted = matching(options.wanted.as_deref())?;
    let config = options.source.config()?;
    // What another configuration plans is not what the tenant has.
    let plan = Plan::default();
    let members_of = MembersOf::Candidates { named: wanted.as_ref(), any_kind: false, owners: false };
    let request = Request { plan: &plan, members_of, save: None, accused: &|_| Vec::new() };
    if options.source.demo.is_some() {
        talk.say(&Message::new("demo-note"));
    }
    let tenant = options.source.read(&config, request, &talk).await?;
    let _listening = Interrupt::listen().await?;
    let audit = rules::judge(&tenant, &plan, Pack::built_in())?;
    let mut assessment = suitability::assess(&audit, None);
    if let Some(wanted) = &wanted {
        assessment.groups.retain(|assessed| {
            let group = tenant.group(assessed.group);
            audit.context.is_licensed(assessed.group)
                || wanted.matches(group.id.0, [group.display_name.as_deref()])
        });
    }
    let texts = options.talk.language.file_texts();
    let connection = options.source.connection(&config);
    write_new(&options.to, &draft::draft(&audit, &assessment, &connection, &texts))?;
    talk.say(&Message::new("init-written").with("file", options.to.display().to_string()));
    Ok(if assessment.gaps.is_empty() { Exit::Pass } else { Exit::Inconclusive })
}

/// Writes a file that is not there yet, also where one appears meanwhile.
fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    match file.and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all())) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(is_there(path)),
        Err(error) => Err(cannot_write(path, &error.to_string())),
    }
}

fn cannot_write(path: &Path, why: &str) -> Failure {
    Failure::usage(format!(
        "cannot write {}: {why}\nhint: check the folder, or choose another file with --to",
        path.display()
    ))
}

fn is_there(path: &Path) -> Failure {
    Failure::usage(format!(
        "{} is there already and is not overwritten\nhint: choose another file with --to, or move it away",
        path.display()
    ))
}
