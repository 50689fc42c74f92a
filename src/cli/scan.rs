//! `tollgate scan`: read a tenant and keep it, without judging.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::exit::{Exit, Failure};
use super::source::SourceOptions;
use super::talk::{Talk, TalkOptions};
use super::{plan, to_stdout};
use crate::scan::{MembersOf, Request, Save};
use crate::verdict::Message;

/// Options of `tollgate scan`.
#[derive(Args, Debug)]
pub(super) struct ScanOptions {
    #[command(flatten)]
    source: SourceOptions,
    /// Where to keep what was read
    #[arg(long, value_name = "FILE", conflicts_with = "snapshot", required_unless_present = "plan")]
    save: Option<PathBuf>,
    /// Print how many requests and resource units the scan will take, and end; only counts are read
    #[arg(long, conflicts_with_all = ["snapshot", "save", "resume"])]
    plan: bool,
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
    let Some(path) = options.save.as_deref().filter(|_| !options.plan) else {
        let estimate = options.source.estimate(&config, members_of, &talk).await?;
        to_stdout(|stdout| plan::table(&estimate, talk.texts(), stdout))?;
        return Ok(Exit::Pass);
    };
    let save = Save { path, resume: options.resume };
    let request = Request { plan: &config.plan, members_of, save: Some(save), accused: &|_| Vec::new() };
    let tenant = options.source.read(&config, request, &talk).await?;
    let run = tenant.run();
    talk.say(
        &Message::new("scan-written")
            .with("file", path.display().to_string())
            .with("users", tenant.users().len())
            .with("groups", tenant.groups().len())
            .with("requests", run.requests),
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
