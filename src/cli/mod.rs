//! The command line: one file per command.

mod audit;
mod doctor;
mod exit;
mod explain;
mod groups;
mod init;
mod interrupt;
mod manual;
mod plan;
mod redact;
mod rules;
mod scan;
mod simulate;
mod source;
mod talk;

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::num::NonZero;
use std::path::Path;
use std::time::Duration;

use clap::{Parser, Subcommand};

pub use exit::{Exit, Failure};
use talk::LanguageOption;

use crate::plan::Selector;
use crate::report::Style;

/// Audits whether a Microsoft 365 tenant gives and takes licenses automatically, by group membership.
///
/// Read-only. Answers the exit criterion `crit-identity-group-license` (Microsoft 365 Enterprise, Identity,
/// Step 12) with a verdict and evidence. Credentials come from the environment: AZURE_TENANT_ID,
/// AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, or TOLLGATE_ACCESS_TOKEN, or a signed-in Azure CLI.
#[derive(Parser, Debug)]
#[command(name = "tollgate", version = VERSION, max_term_width = 100, after_help = EXIT_CODES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// The version, with the commit in a release build.
const VERSION: &str = env!("TOLLGATE_VERSION");

/// The width of what is printed where stdout is no terminal.
const PAPER_WIDTH: u16 = 100;

const EXIT_CODES: &str = "Exit codes:
  0  pass (waived included)          3  the tenant or snapshot could not be read
  1  fail                            4  inconclusive: something that decides was not read
  2  usage, configuration or file  130  interrupted";

#[derive(Subcommand, Debug)]
enum Command {
    /// Scan a tenant, judge it, print the verdict and write reports
    Audit(audit::AuditOptions),
    /// Scan only, and keep what was read in a snapshot
    Scan(scan::ScanOptions),
    /// Tell which groups are suitable for automatic licensing, which are licensed, and why
    Groups(groups::GroupsOptions),
    /// List criteria and codes, or the permissions that they need
    Rules(rules::RulesOptions),
    /// Explain a criterion or a code, or how a user or group was judged
    Explain(explain::ExplainOptions),
    /// Write a commented tollgate.toml from a scan
    Init(init::InitOptions),
    /// Check configuration, sign-in, permissions and reachability; changes nothing
    Doctor(doctor::DoctorOptions),
    /// Turn pseudonyms of redacted reports back
    Redact(redact::RedactCommand),
    /// Serve a simulated tenant on loopback
    Simulate(simulate::SimulateOptions),
    /// Print what a shell needs to complete commands and options
    Completions(manual::CompletionsOptions),
    /// Print the manual page, or write one for each command
    Man(manual::ManOptions),
}

/// Runs a command line and tells how the program ends. Errors are on stderr by then.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let language = LanguageOption::of_arguments(&arguments);
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no errors and go to stdout.
            let exit = if error.use_stderr() { Exit::Usage } else { Exit::Pass };
            let _ = error.print();
            return exit;
        }
    };
    match cli.dispatch() {
        Ok(exit) => exit,
        Err(failure) => {
            let texts = language.texts();
            let message = texts.retold(&harmless(&failure.to_string()));
            let _ = writeln!(io::stderr(), "{}: {message}", texts.word("error"));
            failure.exit()
        }
    }
}

/// An error may repeat what a server, a file or an argument said: its lines stay, what acts on a terminal goes.
fn harmless(message: &str) -> String {
    let lines: Vec<String> = message.lines().map(|line| crate::clean::line(line, usize::MAX - 1)).collect();
    lines.join("\n")
}

impl Cli {
    fn dispatch(self) -> Result<Exit, Failure> {
        match self.command {
            Command::Rules(options) => rules::run(&options),
            Command::Completions(options) => manual::completions(&options),
            Command::Man(options) => manual::man(&options),
            Command::Explain(options) => block_on(explain::run(options)),
            Command::Groups(options) => block_on(groups::run(options)),
            Command::Init(options) => block_on(init::run(options)),
            Command::Audit(options) => block_on(audit::run(options)),
            Command::Scan(options) => block_on(scan::run(options)),
            Command::Doctor(options) => block_on(doctor::run(options)),
            Command::Redact(options) => redact::run(options),
            Command::Simulate(options) => block_on(simulate::run(options)),
        }
    }
}

/// Runs an asynchronous command. Work that is left when it ends is dropped.
fn block_on<T>(command: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    // Pages are decoded on these: more of them than processors would only take memory.
    let cores = std::thread::available_parallelism().map_or(2, NonZero::get);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .max_blocking_threads(2 * cores)
        .enable_all()
        .build()
        .map_err(|error| Failure::usage(format!("cannot start: {error}")))?;
    let result = runtime.block_on(command);
    // Tasks are dropped, and with them what they hold, such as unfinished files; nobody waits for a name server.
    runtime.shutdown_timeout(Duration::from_secs(1));
    result
}

/// Writes to stdout. A reader that has gone away (`| head`) is no error.
fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
    let mut stdout = io::BufWriter::new(io::stdout().lock());
    match write(&mut stdout).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::usage(format!("cannot write to stdout: {error}")))
        }
        _ => Ok(()),
    }
}

/// What `--match` says.
fn matching(written: Option<&str>) -> Result<Option<Selector>, Failure> {
    match written.map(str::trim) {
        Some("") => Err(Failure::usage("--match is empty\nhint: name a group, or leave it out")),
        written => Ok(written.map(Selector::new)),
    }
}

/// A value of the environment; none where it is not set, or no text.
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// How the report for people looks on this terminal.
fn style(out_dir: Option<&Path>, demo: bool, quiet: bool) -> Style<'_> {
    let colour = io::stdout().is_terminal() && environment("NO_COLOR").is_none_or(|value| value.is_empty());
    Style { width: terminal_width(), colour, out_dir, demo, quiet }
}

/// The width of the terminal; of a sheet of paper where stdout is a file or a pipe. `COLUMNS` wins.
fn terminal_width() -> u16 {
    if let Some(columns) = environment("COLUMNS").and_then(|text| text.parse().ok()) {
        return columns;
    }
    let width = comfy_table::Table::new().width();
    width.filter(|_| io::stdout().is_terminal()).unwrap_or(PAPER_WIDTH)
}
