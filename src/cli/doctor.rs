//! `tollgate doctor`: whether an audit could be made, and what to do where it could not.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use jiff::Timestamp;

use super::exit::{Exit, Failure};
use super::source::LiveOptions;
use super::talk::{Talk, TalkOptions};
use super::to_stdout;
use crate::clean;
use crate::doctor::{self, Check, State};
use crate::graph::{Client, ErrorKind, GraphError, Settings};
use crate::plan::Config;
use crate::scan;
use crate::tenant::Collection;

/// Who waits for a diagnosis does not want to wait for a scan's patience.
const ATTEMPTS: u32 = 2;

/// How much of what was seen, or of an advice, is shown.
const LONGEST_TEXT: usize = 2_000;

const EXIT_CODES: &str = "Exit codes:
  0  an audit can be made            2  usage, configuration or file
  1  a permission is missing         3  the sign-in or Graph does not work";

/// Options of `tollgate doctor`.
#[derive(Args, Debug)]
#[command(after_help = EXIT_CODES)]
pub(super) struct DoctorOptions {
    /// How to print the checks
    #[arg(long, value_enum, default_value_t = Print::Table)]
    print: Print,
    #[command(flatten)]
    live: LiveOptions,
    #[command(flatten)]
    talk: TalkOptions,
}

/// How the checks are printed.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
enum Print {
    /// A line per check for people, and the commands that grant what is missing.
    Table,
    /// An array of checks.
    Json,
}

pub(super) async fn run(options: DoctorOptions) -> Result<Exit, Failure> {
    let talk = Talk::new(options.talk);
    let (checks, application) = tokio::select! {
        diagnosis = diagnose(&options.live, &talk) => diagnosis?,
        _ = tokio::signal::ctrl_c() => return Err(Failure::interrupted(None)),
    };
    let worst = checks.iter().map(|check| check.state).max().unwrap_or(State::Ok);
    to_stdout(|stdout| match options.print {
        Print::Json => {
            serde_json::to_writer_pretty(&mut *stdout, &checks)?;
            writeln!(stdout)
        }
        Print::Table => {
            table(&checks, stdout)?;
            if checks.iter().any(|check| check.state == State::Missing) {
                write!(stdout, "\n{}", doctor::consent(application.as_deref()))?;
            }
            Ok(())
        }
    })?;
    Ok(match worst {
        State::Ok | State::Warn => Exit::Pass,
        State::Missing => Exit::Fail,
        State::Failed => Exit::Unreadable,
    })
}

/// All checks that could be done, in the order in which an audit depends on them, and the id of the application.
async fn diagnose(live: &LiveOptions, talk: &Talk) -> Result<(Vec<Check>, Option<String>), Failure> {
    let environment = |name: &str| std::env::var(name).ok();
    let config = live.config()?;
    let settings = Settings { attempts: ATTEMPTS, ..Settings::default() };
    let (client, choice) = live.client(&config, &settings, talk)?;
    let mut checks = vec![configuration(live, &config, &client)];
    let mut application = environment("AZURE_CLIENT_ID");
    let claims = match client.sign_in().await {
        Ok(()) => client.token_claims().await,
        Err(error) => Err(error),
    };
    match claims {
        Ok(claims) => {
            checks.push(Check::ok("sign-in", format!("by {}, because {}", choice.method, choice.why)));
            checks.push(doctor::token(claims.as_ref()));
            application = claims.and_then(|claims| claims.application).or(application);
            read_each(&client, live, &mut checks).await;
        }
        Err(error) if error.kind() == ErrorKind::Configuration => return Err(error.into()),
        Err(error) => {
            let mut check = doctor::failed("sign-in", &error);
            check.seen = format!("by {}, because {}: {}", choice.method, choice.why, check.seen);
            checks.push(check);
        }
    }
    checks.push(doctor::proxy(&environment));
    Ok((checks, application))
}

fn configuration(live: &LiveOptions, config: &Config, client: &Client) -> Check {
    let file = match live.config_file() {
        Some(path) => path.display().to_string(),
        None => "no file".to_owned(),
    };
    let targets = match config.plan.targets.len() {
        0 => "no targets, so the licensed groups stand in".to_owned(),
        1 => "1 target".to_owned(),
        number => format!("{number} targets"),
    };
    Check::ok("configuration", format!("{file}; {targets}; Graph at {}", client.endpoint().graph))
}

/// One read of each collection, and what the reads tell about clock and TLS. Where Graph cannot be reached or
/// the token is refused, the other reads would tell the same.
async fn read_each(client: &Client, live: &LiveOptions, checks: &mut Vec<Check>) {
    let mut wanted = vec![
        Collection::Users,
        Collection::Groups,
        Collection::Subscriptions,
        Collection::SubscribedSkus,
        Collection::Organization,
    ];
    let mut clock = None;
    let mut reached = false;
    while let Some(collection) = wanted.pop() {
        let outcome = scan::first_page(client, collection).await;
        checks.push(doctor::read(collection, &outcome));
        if let Ok(Some(group)) = outcome.as_ref().map(|probe| probe.group) {
            wanted.push(Collection::Members(group));
        }
        // Now, while the answer is fresh.
        clock.get_or_insert_with(|| doctor::clock(client.usage().last_date, Timestamp::now()));
        reached |= outcome.as_ref().map_or_else(is_of_graph, |_| true);
        if outcome.is_err_and(|error| is_final(&error)) {
            break;
        }
    }
    if reached {
        checks.extend(clock);
        checks.push(tls(client, live));
    }
}

/// Whether the error is about an answer, so that Graph was reached.
fn is_of_graph(error: &GraphError) -> bool {
    !matches!(error.kind(), ErrorKind::Transport(_) | ErrorKind::SignIn | ErrorKind::Configuration)
}

fn is_final(error: &GraphError) -> bool {
    matches!(error.kind(), ErrorKind::Transport(_) | ErrorKind::SignIn | ErrorKind::Unauthorized)
}

/// Whether what was sent was encrypted. Asked where Graph answered; where it did not, the read told why.
fn tls(client: &Client, live: &LiveOptions) -> Check {
    let graph = &client.endpoint().graph;
    let host = graph.host_str().unwrap_or_default();
    if graph.scheme() != "https" {
        return Check::ok("tls", format!("plain http to {host}, which is this computer"));
    }
    let trust = match &live.ca_file {
        Some(file) => format!("the system or {}", file.display()),
        None => "the system".to_owned(),
    };
    Check::ok("tls", format!("https to {host}; its certificate is trusted by {trust}"))
}

fn table(checks: &[Check], out: &mut dyn Write) -> io::Result<()> {
    for check in checks {
        let seen = clean::line(&check.seen, LONGEST_TEXT);
        writeln!(out, "{:<7}  {:<23}  {seen}", check.state.as_str(), check.check)?;
        if let Some(advice) = &check.advice {
            writeln!(out, "{:34}→ {}", "", clean::line(advice, LONGEST_TEXT))?;
        }
    }
    Ok(())
}
