//! Every exit code, and which error gives which. The table for people is in `docs/exit-codes.md`.

use std::fmt;
use std::path::Path;
use std::process::ExitCode;

use crate::graph::{EndpointError, ErrorKind, GraphError};
use crate::plan::ConfigError;
use crate::redact::{KeyError, RevealError};
use crate::report::{ReportError, TemplateError};
use crate::rules::PlanError;
use crate::scan::{self, ScanError, SnapshotError};
use crate::verdict::Verdict;

/// How the program ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
    /// Every criterion is met, waived or not applicable.
    Pass = 0,
    /// A criterion is not met, or a permission is missing that an audit needs.
    Fail = 1,
    /// The command line, configuration, pack or a name in them is wrong; a file is missing or cannot be written.
    Usage = 2,
    /// The tenant, or the snapshot, could not be read.
    Unreadable = 3,
    /// Something that decides was not read.
    Inconclusive = 4,
    /// Interrupted by hand.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

impl From<Verdict> for Exit {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Fail => Self::Fail,
            Verdict::Inconclusive => Self::Inconclusive,
            Verdict::Waived | Verdict::Pass | Verdict::NotApplicable => Self::Pass,
        }
    }
}

/// Why a command could not do its work: a text for people and an exit code for programs.
#[derive(Debug)]
pub struct Failure {
    exit: Exit,
    message: String,
}

impl Failure {
    /// A failure in the user's hands: what was written cannot be used.
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self { exit: Exit::Usage, message: message.into() }
    }

    /// Somebody pressed Ctrl-C, while a snapshot was to be made at `save` or not.
    pub(super) fn interrupted(save: Option<&Path>) -> Self {
        let message = match save.and_then(how_to_resume) {
            Some(how) => format!("interrupted; what was read is kept\n{how}"),
            None => "interrupted; nothing was written".to_owned(),
        };
        Self { exit: Exit::Interrupted, message }
    }

    /// Adds how to go on where a scan for this snapshot had come some way.
    pub(super) fn or_resume(mut self, save: Option<&Path>) -> Self {
        if let Some(how) = save.and_then(how_to_resume) {
            self.message = format!("{}\nwhat was read is kept\n{how}", self.message);
        }
        self
    }

    /// The same, told in other words.
    pub(super) fn reworded(self, reword: impl FnOnce(&str) -> String) -> Self {
        Self { message: reword(&self.message), ..self }
    }

    /// The code that the program ends with.
    pub fn exit(&self) -> Exit {
        self.exit
    }
}

/// The next step where a scan left a journal.
fn how_to_resume(save: &Path) -> Option<String> {
    scan::can_resume(save).then(|| {
        format!(
            "hint: `tollgate scan --save {} --resume` reads what is missing, with the options of this run",
            save.display()
        )
    })
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::usage(error.to_string())
    }
}

impl From<PlanError> for Failure {
    fn from(error: PlanError) -> Self {
        Self::usage(error.to_string())
    }
}

impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Self {
        Self::usage(error.to_string())
    }
}

impl From<RevealError> for Failure {
    fn from(error: RevealError) -> Self {
        Self::usage(error.to_string())
    }
}

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Self {
        let exit = match error {
            ReportError::Interrupted => Exit::Interrupted,
            ReportError::Directory { .. } | ReportError::File { .. } => Exit::Usage,
        };
        Self { exit, message: error.to_string() }
    }
}

impl From<TemplateError> for Failure {
    fn from(error: TemplateError) -> Self {
        Self::usage(error.to_string())
    }
}

impl From<EndpointError> for Failure {
    fn from(error: EndpointError) -> Self {
        Self::usage(error.to_string())
    }
}

impl From<GraphError> for Failure {
    fn from(error: GraphError) -> Self {
        ScanError::Graph(error).into()
    }
}

impl From<SnapshotError> for Failure {
    fn from(error: SnapshotError) -> Self {
        let exit = match error {
            SnapshotError::Open { .. }
            | SnapshotError::Write { .. }
            | SnapshotError::NothingToResume { .. } => Exit::Usage,
            SnapshotError::Damaged { .. } | SnapshotError::OtherVersion { .. } => Exit::Unreadable,
        };
        Self { exit, message: error.to_string() }
    }
}

impl From<ScanError> for Failure {
    fn from(error: ScanError) -> Self {
        let exit = match error {
            ScanError::Snapshot(error) => return error.into(),
            ScanError::Graph(ref error) if error.kind() == ErrorKind::Configuration => Exit::Usage,
            ScanError::Graph(_) | ScanError::NothingReadable { .. } => Exit::Unreadable,
        };
        Self { exit, message: error.to_string() }
    }
}
