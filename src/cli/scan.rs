//! `tollgate scan`: read a tenant and keep it, without judging.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::exit::{Exit, Failure};
use super::source::SourceOptions;
use super::talk::{Talk, TalkOptions};
use crate::scan::{MembersOf, Request, Save};
use crate::verdict::Message;

/// Options of `tollgate scan`.
#[derive(Args, Debug)]
pub(super) struct ScanOptions {
    #[command(flatten)]
    source: SourceOptions,
    /// Where to keep what was read
    #[arg(long, value_name = "FILE", conflicts_with = "snapshot")]
    save: PathBuf,
    /// Go on with an interrupted scan, from the journal that it left beside the snapshot's file
    #[arg(long)]
    resume: bool,
    /// Whose members are read
    #[arg(long, value_enum, default_value_t = Members::InScope)]
    members: Members,
    #[command(flatten)]
    talk: TalkOptions,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
enum Members {
    /// Targets, licensed groups, and groups nested in them.
    InScope,
    /// Every group: costs a request per group, and serves any later configuration.
    All,
}

pub(super) async fn run(options: ScanOptions) -> Result<Exit, Failure> {
    let talk = Talk::new(options.talk);
    let config = options.source.config()?;
    let members_of = match options.members {
        Members::InScope => MembersOf::InScope,
        Members::All => MembersOf::All,
    };
    let save = Save { path: &options.save, resume: options.resume };
    let request = Request { plan: &config.plan, members_of, save: Some(save), accused: &|_| Vec::new() };
    let tenant = options.source.read(&config, request, &talk).await?;
    let run = tenant.run();
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    talk.say(
        &Message::new("scan-written")
            .with("file", options.save.display().to_string())
            .with("users", tenant.users().len())
            .with("groups", tenant.groups().len())
            .with("requests", count(run.requests)),
    );
    let mut incomplete = false;
    for line in tenant.coverage().iter().filter(|line| !line.complete) {
        incomplete = true;
        let why = line.reason.as_ref().map_or_else(|| Message::new("why-unknown"), Message::from);
        let collection = line.collection.as_str();
        talk.say(&Message::new("not-read-completely").with("collection", collection).with("why", why));
    }
    Ok(if incomplete { Exit::Inconclusive } else { Exit::Pass })
}
