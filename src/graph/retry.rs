//! When a request is sent again, and after how long.
//!
//! Sent again are the statuses below, connections that fail or break off, and answers that are not whole:
//!
//! | status | why |
//! |---|---|
//! | 429, 503 | throttled or overloaded; all requests of the client wait (see the throttle) |
//! | 500, 502, 504 | a failure inside the service or before it, usually short |
//! | 509 | a bandwidth limit |
//!
//! `Retry-After` is honoured (Microsoft documentation, "Microsoft Graph throttling guidance": the usage goes
//! on counting while throttled, so an early attempt prolongs the wait). Without it the wait doubles from
//! attempt to attempt. A wait that does not fit into the patience left ends the request at once.

use std::hash::{BuildHasher, RandomState};
use std::sync::Mutex;
use std::time::{Duration, Instant, SystemTime};

use reqwest::header::{self, HeaderMap};

use super::settings::Settings;

/// No single wait of our own choosing is longer; the server's may be.
const LONGEST_BACKOFF: Duration = Duration::from_mins(1);

/// Whether waiting before another attempt takes time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Waiting {
    /// As it should be with a real service.
    #[default]
    Real,
    /// Every wait is counted as if it had passed, and takes no time. For tests and demonstrations.
    Imagined,
}

/// Whether another attempt at a request that was answered with this status makes sense.
pub(crate) fn is_transient(status: u16) -> bool {
    matches!(status, 429 | 500 | 502 | 503 | 504 | 509)
}

/// Whether the status asks the whole client, and not only this request, to slow down.
pub(crate) fn is_throttling(status: u16) -> bool {
    matches!(status, 429 | 503)
}

/// How long the server asks to wait: whole or fractional seconds (rounded up to a millisecond), or an HTTP
/// date, which is taken relative to the answer's own `Date` so that a wrong clock here does no harm.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<f64>() {
        return Duration::try_from_secs_f64((seconds * 1000.0).ceil() / 1000.0).ok();
    }
    let until = httpdate::parse_http_date(text).ok()?;
    let now = date(headers).unwrap_or_else(SystemTime::now);
    Some(until.duration_since(now).unwrap_or_default())
}

/// The `Date` of an answer: the server's clock.
pub(crate) fn date(headers: &HeaderMap) -> Option<SystemTime> {
    httpdate::parse_http_date(headers.get(header::DATE)?.to_str().ok()?).ok()
}

/// A clock on which waiting may be imagined: its time is real time plus all imagined waits.
#[derive(Debug)]
pub(crate) struct Clock {
    waiting: Waiting,
    start: Instant,
    imagined: Mutex<Duration>,
}

impl Clock {
    pub(crate) fn new(waiting: Waiting) -> Self {
        Self { waiting, start: Instant::now(), imagined: Mutex::default() }
    }

    /// Time since the clock was made.
    pub(crate) fn now(&self) -> Duration {
        self.start.elapsed() + *self.imagined.lock().expect("no panic while the clock is held")
    }

    pub(crate) async fn sleep_until(&self, until: Duration) {
        let wait = until.saturating_sub(self.now());
        match self.waiting {
            Waiting::Real => tokio::time::sleep(wait).await,
            Waiting::Imagined => {
                // Whoever would run during a real wait runs now.
                tokio::task::yield_now().await;
                let mut imagined = self.imagined.lock().expect("no panic while the clock is held");
                // Under the lock, because another request may have imagined the same wait meanwhile.
                let now = self.start.elapsed() + *imagined;
                *imagined += until.saturating_sub(now);
            }
        }
    }
}

/// Why a request is not sent again.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum GaveUp {
    /// All attempts are used.
    Attempts,
    /// The wait does not fit into what is left.
    Wait {
        /// The wait that would be needed.
        needed: Duration,
        /// What is left of the longest wait of a request.
        left: Duration,
    },
}

/// The attempts and waits of one request.
#[derive(Debug, Clone)]
pub(crate) struct Patience {
    limit: u32,
    made: u32,
    max_wait: Duration,
    waited: Duration,
    backoff: Duration,
}

impl Patience {
    pub(crate) fn new(settings: &Settings) -> Self {
        Self {
            limit: settings.attempts.max(1),
            made: 0,
            max_wait: settings.max_wait,
            waited: Duration::ZERO,
            backoff: settings.backoff,
        }
    }

    /// The same, but never waiting longer than `max_wait` in all.
    pub(crate) fn at_most(mut self, max_wait: Duration) -> Self {
        self.max_wait = self.max_wait.min(max_wait);
        self
    }

    /// Counts an attempt that is about to be made.
    pub(crate) fn attempt(&mut self) {
        self.made += 1;
    }

    /// Whether no attempt is left.
    pub(crate) fn is_over(&self) -> bool {
        self.made >= self.limit
    }

    /// Whether half of the attempts are made, or more.
    pub(crate) fn is_half_over(&self) -> bool {
        self.made >= self.limit.div_ceil(2)
    }

    /// Attempts made.
    pub(crate) fn made(&self) -> u32 {
        self.made
    }

    /// Counts time spent waiting.
    pub(crate) fn waited(&mut self, time: Duration) {
        self.waited += time;
    }

    /// How long to wait before the next attempt, if there is to be one.
    pub(crate) fn next_wait(&self, asked: Option<Duration>) -> Result<Duration, GaveUp> {
        if self.made >= self.limit {
            return Err(GaveUp::Attempts);
        }
        let needed = asked.unwrap_or_else(|| self.doubled_backoff());
        let left = self.max_wait.saturating_sub(self.waited);
        if needed > left { Err(GaveUp::Wait { needed, left }) } else { Ok(needed) }
    }

    /// The backoff of this attempt, between half and the whole of it, so that requests that failed together
    /// do not all come back together.
    fn doubled_backoff(&self) -> Duration {
        let doublings = self.made.saturating_sub(1).min(16);
        let whole = self.backoff.saturating_mul(1 << doublings).min(LONGEST_BACKOFF);
        // The standard library seeds each `RandomState` differently; that is all the chance needed here.
        let chance = RandomState::new().hash_one(self.made) % 1024;
        let share = u32::try_from(chance).expect("less than 1024");
        whole / 2 + whole / 2 * share / 1024
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    fn asked(text: &str) -> Option<Duration> {
        retry_after(&headers(&[("date", "Sun, 22 Nov 2026 06:00:00 GMT"), ("retry-after", text)]))
    }

    #[test]
    fn retry_after_is_read_in_all_its_forms() {
        assert_eq!(asked("7"), Some(Duration::from_secs(7)));
        assert_eq!(asked("0"), Some(Duration::ZERO));
        assert_eq!(asked("2.128"), Some(Duration::from_millis(2128)));
        assert_eq!(asked("0.0001"), Some(Duration::from_millis(1)));
        assert_eq!(asked("Sun, 22 Nov 2026 06:00:30 GMT"), Some(Duration::from_secs(30)));
        assert_eq!(asked("Sun, 22 Nov 2026 05:00:00 GMT"), Some(Duration::ZERO));
        for nonsense in ["-1", "NaN", "inf", "soon", ""] {
            assert_eq!(asked(nonsense), None, "{nonsense}");
        }
    }

    fn patience(attempts: u32, made: u32) -> Patience {
        let mut patience = Patience::new(&Settings { attempts, ..Settings::default() });
        (0..made).for_each(|_| patience.attempt());
        patience
    }

    #[test]
    fn the_wait_doubles_with_some_chance_in_it() {
        for (made, whole) in [(1, 500), (2, 1000), (3, 2000), (5, 8000), (9, 60_000)] {
            let wait = patience(20, made).next_wait(None).unwrap();
            let range = Duration::from_millis(whole / 2)..=Duration::from_millis(whole);
            assert!(range.contains(&wait), "{made}: {wait:?}");
        }
    }

    #[test]
    fn attempts_and_waits_are_limited() {
        assert_eq!(patience(3, 3).next_wait(Some(Duration::ZERO)), Err(GaveUp::Attempts));
        let mut patience = patience(3, 1);
        patience.waited(Duration::from_secs(290));
        assert_eq!(patience.next_wait(Some(Duration::from_secs(10))), Ok(Duration::from_secs(10)));
        let (needed, left) = (Duration::from_secs(11), Duration::from_secs(10));
        assert_eq!(patience.next_wait(Some(needed)), Err(GaveUp::Wait { needed, left }));
    }
}
