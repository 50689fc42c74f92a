//! `tollgate groups`: which groups are suitable for automatic licensing, which are licensed, and why.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::exit::{Exit, Failure};
use super::interrupt::Interrupt;
use super::source::SourceOptions;
use super::talk::{Talk, TalkOptions};
use super::{matching, style, to_stdout};
use crate::pack::Pack;
use crate::report::suitability as report;
use crate::report::{self as reports, Dialect};
use crate::rules::{self, suitability};
use crate::scan::{MembersOf, Request, Save};
use crate::tenant::Tenant;
use crate::verdict::Message;

const EXIT_CODES: &str = "Exit codes:
  0  every group is judged           3  the tenant or snapshot could not be read
  2  usage, configuration or file    4  not enough was seen to judge every group";

/// Options of `tollgate groups`.
#[derive(Args, Debug)]
#[command(after_help = EXIT_CODES)]
pub(super) struct GroupsOptions {
    #[command(flatten)]
    source: SourceOptions,
    /// Only groups of this name or id; a pattern with * fits many
    #[arg(long = "match", value_name = "NAME", help_heading = "Judging and reporting")]
    wanted: Option<String>,
    /// Whose members are read: those of security-enabled groups, or of all
    #[arg(long, value_enum, default_value_t = Members::SecurityEnabled, conflicts_with = "snapshot",
        help_heading = "Judging and reporting")]
    members: Members,
    /// Keep what was read in a snapshot, to be judged again with --snapshot
    #[arg(long, value_name = "FILE", conflicts_with = "snapshot", help_heading = "Judging and reporting")]
    save: Option<PathBuf>,
    /// Write groups-suitability.csv into this folder
    #[arg(long, value_name = "DIR", help_heading = "Judging and reporting")]
    out: Option<PathBuf>,
    /// What to print on stdout
    #[arg(long, value_enum, default_value_t = Print::Table, help_heading = "Judging and reporting")]
    print: Print,
    /// How CSV is written: rfc4180, excel or excel-nl
    #[arg(long, value_name = "DIALECT", default_value = "rfc4180", help_heading = "Judging and reporting")]
    csv: Dialect,
    #[command(flatten)]
    talk: TalkOptions,
}

#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Members {
    /// Security-enabled groups: only those can carry licenses.
    SecurityEnabled,
    /// All groups, to see which would be worth making security-enabled.
    All,
}

/// What is printed on stdout.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Print {
    /// The groups for people.
    Table,
    /// The groups for programs: tollgate/groups/v1.
    Json,
}

pub(super) async fn run(options: GroupsOptions) -> Result<Exit, Failure> {
    let talk = Talk::new(options.talk);
    let config = options.source.config()?;
    let wanted = matching(options.wanted.as_deref())?;
    if let Some(out) = &options.out {
        // Now, not after a long scan.
        reports::prepare(out)?;
    }
    let demo = options.source.demo.is_some();
    if demo {
        talk.say(&Message::new("demo-note"));
    }
    let pack = Pack::built_in();
    let accused = |tenant: &Tenant| rules::accused(tenant, &config.plan, pack);
    let members_of = MembersOf::Candidates {
        named: wanted.as_ref(),
        any_kind: options.members == Members::All,
        owners: true,
    };
    let save = options.save.as_deref().map(|path| Save { path, resume: false });
    let request = Request { plan: &config.plan, members_of, save, accused: &accused };
    let tenant = options.source.read(&config, request, &talk).await?;
    if let Some(save) = save {
        talk.say(&Message::new("snapshot-written").with("file", save.path.display().to_string()));
    }
    let interrupt = Interrupt::listen().await?;
    let audit = rules::judge(&tenant, &config.plan, pack)?;
    let assessment = suitability::assess(&audit, wanted.as_ref());
    if let Some(wanted) = wanted.as_ref().filter(|_| assessment.groups.is_empty() && tenant.groups_complete())
    {
        return Err(Failure::usage(format!(
            "no group of the tenant fits --match {}\nhint: check the name, or put * for any text",
            wanted.as_str()
        )));
    }
    if options.source.snapshot.is_some() {
        say_unread(&tenant, &assessment, &talk);
    }

    let file_texts = options.talk.language.file_texts();
    if let Some(out) = &options.out {
        let path = interrupt.during(|stop| {
            let mut table = Vec::new();
            report::write_csv(&audit, &assessment, &file_texts, options.csv, &mut table)
                .expect("memory can be written");
            reports::write_file(out, stop, report::FILE_NAME, &table)
        })?;
        talk.note(&Message::new("wrote-file").with("file", path.display().to_string()));
    }
    match options.print {
        Print::Json => {
            to_stdout(|stdout| report::write_json(&audit, &assessment, &file_texts, stdout))?;
        }
        Print::Table => {
            let style = style(options.out.as_deref(), demo, options.talk.is_quiet());
            to_stdout(|stdout| report::print(&audit, &assessment, talk.texts(), &style, stdout))?;
        }
    }
    Ok(if assessment.is_complete() { Exit::Pass } else { Exit::Inconclusive })
}

/// Says once that the snapshot was taken for another purpose.
fn say_unread(tenant: &Tenant, assessment: &suitability::Assessment, talk: &Talk) {
    let groups = assessment.groups.iter();
    let unread = groups
        .filter(|assessed| {
            assessed.class == suitability::Class::Unknown && tenant.members(assessed.group).is_none()
        })
        .count();
    if unread > 0 {
        talk.say(&Message::new("groups-snapshot-lacks").with("count", unread));
    }
}
