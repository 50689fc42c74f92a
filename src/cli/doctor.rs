//! `tollgate doctor`: whether an audit could be made, and what to do where it could not.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use serde::Serialize;

use super::environment;
use super::exit::{Exit, Failure};
use super::source::LiveOptions;
use super::talk::{Talk, TalkOptions};
use super::to_stdout;
use crate::clean;
use crate::doctor::{self, Check, State};
use crate::graph::{Choice, Client, ErrorKind, GraphError, Settings};
use crate::plan::Config;
use crate::report::Texts;
use crate::report::json::Said;
use crate::scan;
use crate::tenant::Collection;
use crate::verdict::Message;

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
            let texts = options.talk.language.file_texts();
            let rows: Vec<Row<'_>> = checks.iter().map(|check| Row::new(check, &texts)).collect();
            serde_json::to_writer_pretty(&mut *stdout, &rows)?;
            writeln!(stdout)
        }
        Print::Table => {
            table(&checks, talk.texts(), stdout)?;
            if checks.iter().any(|check| check.state == State::Missing) {
                write!(stdout, "\n{}", doctor::consent(application.as_deref(), talk.texts()))?;
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
            checks.push(Check::ok("sign-in", signing_in("doctor-sign-in", &choice)));
            checks.push(doctor::token(claims.as_ref()));
            application = claims.and_then(|claims| claims.application).or(application);
            read_each(&client, live, &mut checks).await;
        }
        Err(error) if error.kind() == ErrorKind::Configuration => return Err(error.into()),
        Err(error) => {
            let mut check = doctor::failed("sign-in", &error);
            check.seen = signing_in("doctor-sign-in-failed", &choice).with("error", error.to_string());
            checks.push(check);
        }
    }
    checks.push(doctor::proxy(&environment));
    Ok((checks, application))
}

fn signing_in(id: &'static str, choice: &Choice) -> Message {
    Message::new(id).with("method", choice.method.name()).with("because", choice.why)
}

fn configuration(live: &LiveOptions, config: &Config, client: &Client) -> Check {
    let file = live.config_file().map_or_else(|| "none".to_owned(), |path| path.display().to_string());
    let seen = Message::new("doctor-configuration")
        .with("file", file)
        .with("targets", config.plan.targets.len())
        .with("graph", client.endpoint().graph.as_str());
    Check::ok("configuration", seen)
}

/// One read of each collection, and what the reads tell about clock and TLS. Where Graph cannot be reached or
/// the token is refused, the other reads would tell the same.
async fn read_each(client: &Client, live: &LiveOptions, checks: &mut Vec<Check>) {
    let mut wanted = vec![
        Collection::DeletedGroups,
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
        return Check::ok("tls", Message::new("doctor-tls-plain").with("host", host));
    }
    let file = live.ca_file.as_ref().map_or_else(|| "none".to_owned(), |file| file.display().to_string());
    Check::ok("tls", Message::new("doctor-tls").with("host", host).with("file", file))
}

/// A check for programs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'a> {
    check: &'a str,
    state: &'static str,
    seen: String,
    seen_message: Said<'a>,
    advice: Option<String>,
    advice_message: Option<Said<'a>>,
}

impl<'a> Row<'a> {
    fn new(check: &'a Check, texts: &Texts) -> Self {
        Self {
            check: &check.check,
            state: check.state.as_str(),
            seen: texts.message(&check.seen),
            seen_message: Said::from(&check.seen),
            advice: check.advice.as_ref().map(|advice| texts.message(advice)),
            advice_message: check.advice.as_ref().map(Said::from),
        }
    }
}

fn table(checks: &[Check], texts: &Texts, out: &mut dyn Write) -> io::Result<()> {
    let word = |state: State| texts.word(&format!("state-{}", state.as_str()));
    let states = [State::Ok, State::Warn, State::Missing, State::Failed];
    let width = states.map(|state| word(state).chars().count()).into_iter().max().unwrap_or_default();
    for check in checks {
        let seen = clean::line(&texts.message(&check.seen), LONGEST_TEXT);
        writeln!(out, "{:<width$}  {:<23}  {seen}", word(check.state), check.check)?;
        if let Some(advice) = &check.advice {
            writeln!(out, "{:2$}→ {}", "", clean::line(&texts.message(advice), LONGEST_TEXT), width + 27)?;
        }
    }
    Ok(())
}
