//! `tollgate audit`: the main job.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::exit::{Exit, Failure};
use super::interrupt::Interrupt;
use super::plan;
use super::redact::{RedactOptions, redacted, scrub_line};
use super::source::{SourceOptions, read_text};
use super::talk::{Talk, TalkOptions};
use super::{style, to_stdout};
use crate::pack::Pack;
use crate::redact::Redactor;
use crate::report::{self, Dialect, Format, OwnTemplate};
use crate::rules;
use crate::scan::{MembersOf, Request, Save};
use crate::tenant::Tenant;
use crate::verdict::Message;

/// Options of `tollgate audit`.
#[derive(Args, Debug)]
pub(super) struct AuditOptions {
    #[command(flatten)]
    source: SourceOptions,
    /// Keep what was read in a snapshot, to be judged again with --snapshot
    #[arg(long, value_name = "FILE", conflicts_with = "snapshot", help_heading = "Judging and reporting")]
    save: Option<PathBuf>,
    /// Print how many requests and resource units an audit will take, and end; only counts are read
    #[arg(long, conflicts_with_all = ["snapshot", "save", "out"], help_heading = "Judging and reporting")]
    plan: bool,
    /// A criteria pack of your own
    #[arg(long, value_name = "FILE", help_heading = "Judging and reporting")]
    pack: Option<PathBuf>,
    /// Write report files into this folder
    #[arg(long, value_name = "DIR", help_heading = "Judging and reporting")]
    out: Option<PathBuf>,
    /// Which report files: json, html, md, csv (every table), xlsx, junit, sarif [default: all]
    #[arg(
        long,
        value_name = "LIST",
        value_delimiter = ',',
        requires = "out",
        help_heading = "Judging and reporting"
    )]
    format: Vec<Format>,
    /// A Handlebars template of your own: makes one more file in the folder, named as the template without .hbs
    #[arg(long, value_name = "FILE.hbs", requires = "out", help_heading = "Judging and reporting")]
    template: Option<PathBuf>,
    /// What to print on stdout
    #[arg(long, value_enum, default_value_t = Print::Table, help_heading = "Judging and reporting")]
    print: Print,
    /// How CSV is written: rfc4180, excel or excel-nl
    #[arg(
        long,
        value_name = "DIALECT",
        default_value = "rfc4180",
        requires = "out",
        help_heading = "Judging and reporting"
    )]
    csv: Dialect,
    /// Judge as of this moment or day, UTC [default: the server's clock in the first answer]
    #[arg(long, value_name = "TIME", value_parser = parse_time, help_heading = "Judging and reporting")]
    as_of: Option<Timestamp>,
    #[command(flatten)]
    redact: RedactOptions,
    /// With --redact and --save: yes, the snapshot holds the real names
    #[arg(long, requires = "save", help_heading = "Personal data")]
    snapshot_with_names: bool,
    #[command(flatten)]
    talk: TalkOptions,
}

/// What is printed on stdout.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Print {
    /// The report for people.
    Table,
    /// The bytes of result.json.
    Json,
    /// The text of report.md.
    Markdown,
    /// Nothing.
    None,
}

fn parse_time(text: &str) -> Result<Timestamp, String> {
    if let Ok(time) = text.parse() {
        return Ok(time);
    }
    // A time that is not understood must not be left out: that would be another moment.
    let day = text.parse::<Date>().ok().filter(|day| day.to_string() == text);
    let day = day.ok_or_else(|| "write 2027-03-31 or 2027-03-31T12:00:00Z".to_owned())?;
    let zoned = day.to_zoned(TimeZone::UTC).map_err(|error| error.to_string())?;
    Ok(zoned.timestamp())
}

pub(super) async fn run(options: AuditOptions) -> Result<Exit, Failure> {
    if options.redact.wanted() && options.save.is_some() && !options.snapshot_with_names {
        return Err(Failure::usage(
            "--redact does not reach a snapshot: it holds what Graph sent, names included\nhint: leave out --save, or add --snapshot-with-names if the snapshot stays with you",
        ));
    }
    let redactor = options.redact.redactor()?;
    let key = redactor.as_ref().map(|redactor| redactor.key().clone());
    let result = audit(options, redactor).await;
    match key {
        Some(key) => result.map_err(|failure| failure.reworded(|message| scrub_line(&key, message))),
        None => result,
    }
}

async fn audit(options: AuditOptions, redactor: Option<Redactor>) -> Result<Exit, Failure> {
    let talk = Talk::with_key(options.talk, redactor.as_ref().map(|redactor| redactor.key().clone()));
    let mut config = options.source.config()?;
    let pack = match &options.pack {
        None => Pack::built_in().clone(),
        Some(path) => Pack::parse(&path.display().to_string(), &read_text(path)?)?,
    };
    if options.plan {
        if options.print == Print::Markdown {
            return Err(Failure::usage(
                "there is no Markdown of what an audit will take\nhint: --plan goes with --print table, json or none",
            ));
        }
        let estimate = options.source.estimate(&config, MembersOf::InScope, &talk).await?;
        match options.print {
            Print::Table => to_stdout(|stdout| plan::table(&estimate, talk.texts(), stdout))?,
            Print::Json => to_stdout(|stdout| plan::json(&estimate, stdout))?,
            Print::Markdown | Print::None => {}
        }
        return Ok(Exit::Pass);
    }
    // Now, not after a long scan.
    let template = match &options.template {
        None => None,
        Some(path) => Some(OwnTemplate::parse(path, read_text(path)?)?),
    };
    if let Some(out) = &options.out {
        report::prepare(out)?;
    }
    let demo = options.source.demo.is_some();
    if demo {
        talk.say(&Message::new("demo-note"));
    }
    let save = options.save.as_deref().map(|path| Save { path, resume: false });
    let accused = |tenant: &Tenant| rules::accused(tenant, &config.plan, &pack);
    let request = Request { plan: &config.plan, members_of: MembersOf::InScope, save, accused: &accused };
    let mut tenant = options.source.read(&config, request, &talk).await?;
    if let Some(save) = save {
        talk.say(&Message::new("snapshot-written").with("file", save.path.display().to_string()));
    }
    let interrupt = Interrupt::listen().await?;
    if let Some(as_of) = options.as_of {
        tenant.set_as_of(as_of);
    }
    let tenant = redacted(redactor.as_ref(), tenant, &mut config.plan)?;
    let audit = rules::judge(&tenant, &config.plan, &pack)?;

    let file_texts = options.talk.language.file_texts();
    if let Some(out) = &options.out {
        let formats = if options.format.is_empty() { &Format::ALL[..] } else { &options.format };
        let own = match &template {
            None => None,
            Some(template) => Some((template.name(), template.render(&audit, &pack, &file_texts)?)),
        };
        let written = interrupt.during(|stop| {
            let mut written = report::write_all(&audit, &pack, &file_texts, out, formats, options.csv, stop)?;
            if let Some((name, content)) = own {
                written.push(report::write_file(out, stop, name, content.as_bytes())?);
            }
            Ok::<_, report::ReportError>(written)
        })?;
        for path in written {
            talk.note(&Message::new("wrote-file").with("file", path.display().to_string()));
        }
    }
    match options.print {
        Print::None => {}
        Print::Json => to_stdout(|stdout| report::json::write(&audit, &pack, &file_texts, stdout))?,
        Print::Markdown => {
            to_stdout(|stdout| report::markdown::write(&audit, &pack, &file_texts, stdout))?;
        }
        Print::Table => {
            let style = style(options.out.as_deref(), demo, options.talk.is_quiet());
            to_stdout(|stdout| report::terminal::print(&audit, &pack, talk.texts(), &style, stdout))?;
        }
    }
    Ok(audit.verdict().into())
}
