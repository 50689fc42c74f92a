//! Progress on stderr: a bar per kind of thing that is read. Hidden where stderr is no terminal.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Shows how far a scan is.
#[derive(Clone)]
pub struct Progress {
    bars: MultiProgress,
    words: Arc<dyn Fn(&str) -> String + Send + Sync>,
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Progress").field("bars", &self.bars).finish_non_exhaustive()
    }
}

impl Progress {
    /// Bars on stderr. `words` names what is read in the reader's language: `users`, `groups`, `members` or
    /// `read-again`.
    pub fn shown(words: impl Fn(&str) -> String + Send + Sync + 'static) -> Self {
        Self { bars: MultiProgress::new(), words: Arc::new(words) }
    }

    /// No bars.
    pub fn hidden() -> Self {
        let bars = MultiProgress::with_draw_target(ProgressDrawTarget::hidden());
        Self { bars, words: Arc::new(str::to_owned) }
    }

    /// Begins a bar; `expected` is how many objects are to come, where that is known.
    pub(super) fn begin(&self, what: &str, expected: Option<u64>) -> ProgressBar {
        let template = match expected {
            Some(_) => "{msg:18} {bar:30} {human_pos}/{human_len}",
            None => "{msg:18} {spinner} {human_pos}",
        };
        let style = ProgressStyle::with_template(template).expect("the template is valid");
        let bar = self.bars.add(ProgressBar::new(0).with_style(style).with_message((self.words)(what)));
        if let Some(expected) = expected {
            bar.set_length(expected);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        bar
    }

    /// Runs `write` while no bar is drawn, so that lines on stderr do not tear them.
    pub fn suspend<T>(&self, write: impl FnOnce() -> T) -> T {
        self.bars.suspend(write)
    }
}
