//! Progress on stderr: a bar per kind of thing that is read. Hidden where stderr is no terminal.

use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Shows how far a scan is.
#[derive(Clone, Debug)]
pub struct Progress {
    bars: MultiProgress,
}

impl Progress {
    /// Bars on stderr.
    pub fn shown() -> Self {
        Self { bars: MultiProgress::new() }
    }

    /// No bars.
    pub fn hidden() -> Self {
        Self { bars: MultiProgress::with_draw_target(ProgressDrawTarget::hidden()) }
    }

    /// Begins a bar; `expected` is how many objects are to come, where that is known.
    pub(super) fn begin(&self, what: &str, expected: Option<u64>) -> ProgressBar {
        let template = match expected {
            Some(_) => "{msg:14} {bar:30} {human_pos}/{human_len}",
            None => "{msg:14} {spinner} {human_pos}",
        };
        let style = ProgressStyle::with_template(template).expect("the template is valid");
        let bar = self.bars.add(ProgressBar::new(0).with_style(style).with_message(what.to_owned()));
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
