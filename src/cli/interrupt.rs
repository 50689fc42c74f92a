//! Ctrl-C once the tenant is there: while it is judged, written and printed.
//!
//! Files are being written under other names then, and have to go away first; anything else ends at once.

use std::io::{self, Write};
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use super::exit::{Exit, Failure};

/// Listens for Ctrl-C until the program ends.
pub(super) struct Interrupt {
    pressed: Arc<AtomicBool>,
    /// Whether files are being written.
    busy: Arc<AtomicBool>,
}

impl Interrupt {
    /// Starts to listen.
    ///
    /// # Errors
    /// When it was pressed already.
    pub(super) async fn listen() -> Result<Self, Failure> {
        let interrupt = Self { pressed: Arc::default(), busy: Arc::default() };
        let mut signal = Box::pin(tokio::signal::ctrl_c());
        // Asked once here, so that it is listened for when this returns.
        tokio::select! {
            biased;
            _ = &mut signal => return Err(Failure::interrupted(None)),
            () = std::future::ready(()) => {}
        }
        let (pressed, busy) = (Arc::clone(&interrupt.pressed), Arc::clone(&interrupt.busy));
        tokio::spawn(async move {
            while signal.await.is_ok() {
                // A second time means: now.
                if pressed.swap(true, SeqCst) || !busy.load(SeqCst) {
                    end();
                }
                signal = Box::pin(tokio::signal::ctrl_c());
            }
        });
        Ok(interrupt)
    }

    /// Does work that looks at the flag, stops when it is set, and puts everything away.
    ///
    /// # Errors
    /// When Ctrl-C was pressed meanwhile and the work was done all the same.
    pub(super) fn during<T, E: Into<Failure>>(
        &self,
        work: impl FnOnce(&AtomicBool) -> Result<T, E>,
    ) -> Result<T, Failure> {
        self.busy.store(true, SeqCst);
        let done = work(&self.pressed).map_err(Into::into)?;
        self.busy.store(false, SeqCst);
        if self.pressed.load(SeqCst) { Err(Failure::interrupted(None)) } else { Ok(done) }
    }
}

#[expect(clippy::exit, reason = "the main thread may be stuck in a pipe that nobody reads")]
fn end() {
    let _ = writeln!(io::stderr(), "error: interrupted");
    process::exit(Exit::Interrupted as i32);
}
