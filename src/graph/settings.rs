//! How patiently and how broadly is read.

use std::path::PathBuf;
use std::time::Duration;

use super::batch::LARGEST_BATCH;
use super::retry::Waiting;

/// How patiently and how broadly is read. The defaults suit a scan of a large tenant.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Certificate authorities that are trusted besides the system's: a PEM file with one or more of them.
    pub ca_file: Option<PathBuf>,
    /// How often one request is sent before it has failed; 6.
    pub attempts: u32,
    /// How long one request may wait in all, between its attempts and while others wait; 5 minutes.
    pub max_wait: Duration,
    /// The first wait between attempts when the server names none; it doubles each time; 500 ms.
    pub backoff: Duration,
    /// How long setting up a connection may take; 10 s.
    pub connect_timeout: Duration,
    /// How long one attempt may take, its whole answer included; 100 s.
    pub request_timeout: Duration,
    /// How many requests are under way at once; 32. Throttling halves it, and successes give it back. More readings
    /// than this, of which none waits for another, travel in batches ([`Settings::batches`]).
    pub concurrency: usize,
    /// Lists of more users than this are read in parts beside each other; 20,000.
    pub parts_above: u64,
    /// How many resource units (`x-ms-resource-unit`) may be spent in ten seconds; none, which leaves it to
    /// Graph to say when it is too much. Microsoft grants an application 3,500 in a small tenant and 8,000 in
    /// a large one.
    pub units_per_10_seconds: Option<u32>,
    /// Whether waiting takes time. [`Waiting::Imagined`] is for tests and demonstrations.
    pub waiting: Waiting,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            ca_file: None,
            attempts: 6,
            max_wait: Duration::from_mins(5),
            backoff: Duration::from_millis(500),
            connect_timeout: Duration::from_secs(10),
            request_timeout: Duration::from_secs(100),
            concurrency: 32,
            parts_above: 20_000,
            units_per_10_seconds: None,
            waiting: Waiting::Real,
        }
    }
}

impl Settings {
    /// Whether so many readings, of which none waits for another, travel in batches: where there are more than may be
    /// under way at once, and so would wait for each other. Fewer are as fast alone, and a failure meets one of them.
    pub fn batches(&self, readings: u64) -> bool {
        readings > self.concurrency as u64
    }

    /// How many requests so many of them take.
    pub fn requests(&self, readings: u64) -> u64 {
        if self.batches(readings) { readings.div_ceil(LARGEST_BATCH as u64) } else { readings }
    }
}
