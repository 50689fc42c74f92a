//! What the program says while it works: on stderr, so that stdout stays data.

use std::io::{self, IsTerminal, Write};

use clap::Args;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::scan::Progress;

/// How much is said.
#[derive(Args, Clone, Copy, Debug)]
#[command(next_help_heading = "What is said")]
pub(super) struct TalkOptions {
    /// Say nothing on stderr but errors
    #[arg(long, short)]
    quiet: bool,
    /// Say more on stderr; twice for each request
    #[arg(short, long, action = clap::ArgAction::Count, conflicts_with = "quiet")]
    verbose: u8,
    /// Show no progress bars
    #[arg(long)]
    no_progress: bool,
}

impl TalkOptions {
    /// Whether nothing but errors and results is wanted.
    pub(super) fn is_quiet(self) -> bool {
        self.quiet
    }
}

/// Where talk goes.
#[derive(Debug)]
pub(super) struct Talk {
    quiet: bool,
    progress: Progress,
}

impl Talk {
    /// Opens stderr for talk, and the log at the level asked for.
    pub(super) fn new(options: TalkOptions) -> Self {
        let progress =
            if options.quiet || options.no_progress { Progress::hidden() } else { Progress::shown() };
        let level = match (options.quiet, options.verbose) {
            (true, _) => LevelFilter::OFF,
            (_, 0) => LevelFilter::WARN,
            (_, 1) => LevelFilter::INFO,
            _ => LevelFilter::DEBUG,
        };
        // Only our own log: what libraries log about requests may hold what must not be seen.
        let filter = Targets::new().with_target("tollgate", level);
        let lines = tracing_subscriber::fmt::layer()
            .with_writer(BesideBars(progress.clone()))
            .with_ansi(io::stderr().is_terminal())
            .without_time()
            .with_target(false);
        // A second call in one process (as tests do) keeps the first log.
        let _ = tracing_subscriber::registry().with(filter).with(lines).try_init();
        Self { quiet: options.quiet, progress }
    }

    /// Says something that the user wants to know.
    pub(super) fn say(&self, text: &str) {
        if !self.quiet {
            self.progress.suspend(|| {
                let _ = writeln!(io::stderr(), "{text}");
            });
        }
    }

    /// Says something that is shown with `-v`.
    #[expect(clippy::unused_self, reason = "the log is opened by making a Talk")]
    pub(super) fn note(&self, text: &str) {
        tracing::info!("{text}");
    }

    /// The progress bars.
    pub(super) fn progress(&self) -> &Progress {
        &self.progress
    }
}

/// Writes log lines to stderr while no bar is drawn.
#[derive(Clone, Debug)]
struct BesideBars(Progress);

impl<'w> MakeWriter<'w> for BesideBars {
    type Writer = Self;

    fn make_writer(&'w self) -> Self::Writer {
        self.clone()
    }
}

impl Write for BesideBars {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.suspend(|| io::stderr().write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}
