//! What the program says while it works: on stderr, so that stdout stays data.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;

use clap::Args;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::environment;
use super::redact::scrub_line;
use crate::clean;
use crate::redact::Key;
use crate::report::{Language, Texts};
use crate::scan::Progress;
use crate::verdict::Message;

/// How much of one message is shown.
const LONGEST_TEXT: usize = 2_000;

/// In which language.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct LanguageOption {
    /// Language, en or nl [default: the system's on the terminal, English in files]
    #[arg(long, value_name = "LANG", help_heading = "What is said")]
    lang: Option<Language>,
}

impl LanguageOption {
    /// What a command line asks for; for errors, which every command may have.
    pub(super) fn of_arguments(arguments: &[OsString]) -> Self {
        let texts = || arguments.iter().map(|argument| argument.to_str().unwrap_or_default());
        let joined = texts().find_map(|argument| argument.strip_prefix("--lang="));
        let apart = || texts().skip_while(|argument| *argument != "--lang").nth(1);
        Self { lang: joined.or_else(apart).and_then(|language| language.parse().ok()) }
    }

    /// The words for people at the terminal.
    pub(super) fn texts(self) -> Texts {
        let system = || Language::of_system(&environment);
        Texts::new(self.lang.unwrap_or_else(system))
    }

    /// The words for files, which others read too.
    pub(super) fn file_texts(self) -> Texts {
        Texts::new(self.lang.unwrap_or(Language::En))
    }
}

/// How much is said.
#[derive(Args, Clone, Copy, Debug)]
#[command(next_help_heading = "What is said")]
pub(super) struct TalkOptions {
    #[command(flatten)]
    pub(super) language: LanguageOption,
    /// Say nothing on stderr but errors, and of a report for people only the verdicts
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
    texts: Arc<Texts>,
}

impl Talk {
    /// Opens stderr for talk, and the log at the level asked for.
    pub(super) fn new(options: TalkOptions) -> Self {
        Self::with_key(options, None)
    }

    /// The same, with a log that names nobody where there is a key.
    pub(super) fn with_key(options: TalkOptions, key: Option<Key>) -> Self {
        let texts = Arc::new(options.language.texts());
        let progress = if options.quiet || options.no_progress {
            Progress::hidden()
        } else {
            let texts = Arc::clone(&texts);
            Progress::shown(move |what| texts.word(&format!("progress-{what}")))
        };
        let level = match (options.quiet, options.verbose) {
            (true, _) => LevelFilter::OFF,
            (_, 0) => LevelFilter::WARN,
            (_, 1) => LevelFilter::INFO,
            _ => LevelFilter::DEBUG,
        };
        // Only our own log: what libraries log about requests may hold what must not be seen.
        let filter = Targets::new().with_target("tollgate", level);
        let lines = tracing_subscriber::fmt::layer()
            .with_writer(BesideBars { progress: progress.clone(), key })
            .with_ansi(io::stderr().is_terminal())
            .without_time()
            .with_target(false);
        // A second call in one process (as tests do) keeps the first log.
        let _ = tracing_subscriber::registry().with(filter).with(lines).try_init();
        Self { quiet: options.quiet, progress, texts }
    }

    /// The words for the terminal.
    pub(super) fn texts(&self) -> &Texts {
        &self.texts
    }

    /// Says something that the user wants to know.
    pub(super) fn say(&self, message: &Message) {
        if !self.quiet {
            let text = self.texts.message(message);
            self.progress.suspend(|| {
                let _ = writeln!(io::stderr(), "{}", clean::line(&text, LONGEST_TEXT));
            });
        }
    }

    /// Says something that is shown with `-v`.
    pub(super) fn note(&self, message: &Message) {
        tracing::info!("{}", clean::line(&self.texts.message(message), LONGEST_TEXT));
    }

    /// The progress bars.
    pub(super) fn progress(&self) -> &Progress {
        &self.progress
    }
}

/// Writes log lines to stderr while no bar is drawn; with a key, without names.
#[derive(Clone, Debug)]
struct BesideBars {
    progress: Progress,
    key: Option<Key>,
}

impl<'w> MakeWriter<'w> for BesideBars {
    type Writer = Self;

    fn make_writer(&'w self) -> Self::Writer {
        self.clone()
    }
}

impl Write for BesideBars {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.progress.suspend(|| match (&self.key, str::from_utf8(bytes)) {
            (None, _) => io::stderr().write(bytes),
            // The log writes a line at a time.
            (Some(key), Ok(line)) => {
                io::stderr().write_all(scrub_line(key, line).as_bytes()).map(|()| bytes.len())
            }
            (Some(_), Err(_)) => Ok(bytes.len()),
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}
