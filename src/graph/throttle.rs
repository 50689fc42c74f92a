//! What all requests of a client share when Graph asks for less: one gate, a number of lanes, and a pace.
//!
//! - The *gate* shuts when an answer says that the client is throttled; nothing is sent until it opens.
//! - The *lanes* are the requests that may be under way at once. Throttling halves them, down to one; each
//!   [`GROW_AFTER`] successes give one back.
//! - The *pace* keeps the resource units of any ten seconds within a number, if one was set. Graph itself
//!   counts so (Microsoft documentation, "Microsoft Graph service-specific throttling limits", identity and
//!   access).

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use tokio::sync::{Notify, Semaphore};

use super::retry::Clock;

/// So many answers without throttling give one lane back.
const GROW_AFTER: u32 = 20;

/// The time over which resource units are counted.
const WINDOW: Duration = Duration::from_secs(10);

/// What a request may cost before there is an answer: the dearest GET of the documentation's table.
const DEAREST: u32 = 5;

/// The gate, lanes and pace of one client.
#[derive(Debug)]
pub(crate) struct Throttle {
    pub(crate) gate: Gate,
    pub(crate) lanes: Lanes,
    pub(crate) pace: Pace,
}

impl Throttle {
    /// At most `lanes` requests at once, and at most `units` resource units in ten seconds.
    pub(crate) fn new(lanes: usize, units: Option<u32>) -> Self {
        Self { gate: Gate::default(), lanes: Lanes::new(lanes.max(1)), pace: Pace::new(units) }
    }
}

/// Where all requests of a client wait after one of them was throttled.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    /// Time on the client's [`Clock`] before which nothing is sent.
    opens: Mutex<Duration>,
}

impl Gate {
    /// Keeps the gate shut until `until`, and gives the time by which that prolongs the pause.
    pub(crate) fn shut(&self, now: Duration, until: Duration) -> Duration {
        let mut opens = self.opens.lock().expect("no panic while the gate is held");
        let before = (*opens).max(now);
        *opens = before.max(until);
        opens.saturating_sub(before)
    }

    pub(crate) fn is_open(&self, now: Duration) -> bool {
        now >= *self.opens.lock().expect("no panic while the gate is held")
    }

    /// Waits until the gate is open, and gives the time that took.
    pub(crate) async fn pass(&self, clock: &Clock) -> Duration {
        let arrived = clock.now();
        loop {
            let opens = *self.opens.lock().expect("no panic while the gate is held");
            let now = clock.now();
            if now >= opens {
                return if opens > arrived { now.saturating_sub(arrived) } else { Duration::ZERO };
            }
            clock.sleep_until(opens).await;
        }
    }
}

/// The requests that may be under way at once.
#[derive(Debug)]
pub(crate) struct Lanes {
    free: Semaphore,
    most: usize,
    state: Mutex<Width>,
}

#[derive(Debug)]
struct Width {
    lanes: usize,
    /// Lanes to be closed as soon as their requests are over.
    owed: usize,
    successes: u32,
    halvings: u64,
}

/// A request that is under way.
#[derive(Debug)]
pub(crate) struct Lane<'a> {
    lanes: &'a Lanes,
    /// The halvings before this request was sent.
    halvings: u64,
}

impl Lanes {
    fn new(most: usize) -> Self {
        let state = Width { lanes: most, owed: 0, successes: 0, halvings: 0 };
        Self { free: Semaphore::new(most), most, state: Mutex::new(state) }
    }

    /// Waits for a free lane.
    pub(crate) async fn enter(&self) -> Lane<'_> {
        self.free.acquire().await.expect("the semaphore is never closed").forget();
        Lane { lanes: self, halvings: self.state().halvings }
    }

    /// How many there are now, free and in use.
    #[cfg(test)]
    pub(crate) fn width(&self) -> usize {
        self.state().lanes
    }

    fn state(&self) -> std::sync::MutexGuard<'_, Width> {
        self.state.lock().expect("no panic while the lanes are held")
    }
}

impl Width {
    /// Gives a lane back, unless one is to be closed.
    fn open(&mut self, free: &Semaphore) {
        match self.owed.checked_sub(1) {
            Some(owed) => self.owed = owed,
            None => free.add_permits(1),
        }
    }
}

impl Lane<'_> {
    /// Graph answered that this request was one too many. Requests that were under way together count once.
    pub(crate) fn throttled(&self) {
        let mut state = self.lanes.state();
        if state.halvings == self.halvings {
            let kept = (state.lanes / 2).max(1);
            let closed = state.lanes - kept;
            state.owed += closed - self.lanes.free.forget_permits(closed);
            state.lanes = kept;
            state.successes = 0;
            state.halvings += 1;
        }
    }

    /// Graph answered as it should.
    pub(crate) fn succeeded(&self) {
        let mut state = self.lanes.state();
        state.successes += 1;
        if state.successes >= GROW_AFTER && state.lanes < self.lanes.most {
            state.successes = 0;
            state.lanes += 1;
            state.open(&self.lanes.free);
        }
    }
}

impl Drop for Lane<'_> {
    fn drop(&mut self) {
        self.lanes.state().open(&self.lanes.free);
    }
}

/// Keeps the resource units of any [`WINDOW`] within a limit.
///
/// What a request costs is known from its answer. Until then the most that any reading has cost is set aside
/// for each of its readings (a batch holds several), and the window is counted from the answer on: that is later than the service counts, never earlier.
#[derive(Debug)]
pub(crate) struct Pace {
    limit: Option<u32>,
    /// Whose turn it is to wait for room.
    turn: tokio::sync::Mutex<()>,
    window: Mutex<Spending>,
    settled: Notify,
}

#[derive(Debug)]
struct Spending {
    spent: VecDeque<(Duration, u64)>,
    set_aside: u64,
    /// What one reading has cost at most.
    dearest: u64,
}

/// Units that were set aside for a request; dropped when it is over.
#[derive(Debug)]
pub(crate) struct Reservation<'a> {
    /// None when there is no limit.
    at: Option<(&'a Pace, &'a Clock)>,
    readings: u64,
    units: u64,
    cost: u64,
}

impl Pace {
    fn new(limit: Option<u32>) -> Self {
        let window = Spending { spent: VecDeque::new(), set_aside: 0, dearest: DEAREST.into() };
        Self {
            limit,
            turn: tokio::sync::Mutex::default(),
            window: Mutex::new(window),
            settled: Notify::new(),
        }
    }

    /// Waits until a request for so many readings may be sent, and gives the time that took.
    pub(crate) async fn reserve<'a>(
        &'a self,
        clock: &'a Clock,
        readings: u32,
    ) -> (Reservation<'a>, Duration) {
        let readings = u64::from(readings);
        let Some(limit) = self.limit.map(u64::from) else {
            return (Reservation { at: None, readings, units: 0, cost: 0 }, Duration::ZERO);
        };
        let _turn = self.turn.lock().await;
        let arrived = clock.now();
        let mut waited = Duration::ZERO;
        loop {
            let room_at = {
                let mut window = self.window();
                let now = clock.now();
                while window.spent.front().is_some_and(|(at, _)| *at + WINDOW <= now) {
                    window.spent.pop_front();
                }
                // A request that alone costs more than the limit is still sent, by itself.
                let units = (window.dearest * readings).min(limit);
                let spent: u64 = window.spent.iter().map(|(_, cost)| cost).sum();
                if spent + window.set_aside + units <= limit || (spent == 0 && window.set_aside == 0) {
                    window.set_aside += units;
                    return (Reservation { at: Some((self, clock)), readings, units, cost: units }, waited);
                }
                window.spent.front().map(|(at, _)| *at + WINDOW)
            };
            match room_at {
                Some(time) => clock.sleep_until(time).await,
                // All of it is set aside: the next answer tells more.
                None => self.settled.notified().await,
            }
            waited = clock.now().saturating_sub(arrived);
        }
    }

    fn window(&self) -> std::sync::MutexGuard<'_, Spending> {
        self.window.lock().expect("no panic while the window is held")
    }
}

impl Reservation<'_> {
    /// The answer told what the request cost. Without that it counts as what was set aside.
    pub(crate) fn cost(&mut self, units: u64) {
        self.cost = units;
    }

    /// The request was not sent.
    pub(crate) fn unused(mut self) {
        self.cost = 0;
    }
}

impl Drop for Reservation<'_> {
    fn drop(&mut self) {
        if let Some((pace, clock)) = self.at {
            let mut window = pace.window();
            window.set_aside -= self.units;
            window.dearest = window.dearest.max(self.cost.div_ceil(self.readings));
            if self.cost > 0 {
                window.spent.push_back((clock.now(), self.cost));
            }
            drop(window);
            pace.settled.notify_one();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Waiting;
    use super::*;

    #[test]
    fn pauses_that_overlap_count_once() {
        let gate = Gate::default();
        let at = Duration::from_secs;
        assert_eq!(gate.shut(at(10), at(70)), at(60));
        assert_eq!(gate.shut(at(11), at(71)), at(1));
        assert_eq!(gate.shut(at(12), at(30)), Duration::ZERO);
        assert!(!gate.is_open(at(70)) && gate.is_open(at(71)));
        assert_eq!(gate.shut(at(100), at(105)), at(5));
    }

    #[tokio::test]
    async fn an_imagined_wait_passes_at_once_and_only_once() {
        let clock = Clock::new(Waiting::Imagined);
        let gate = Gate::default();
        let hour = Duration::from_hours(1);
        let now = clock.now();
        assert_eq!(gate.shut(now, now + hour), hour);
        assert_eq!(gate.shut(now, now + hour / 2), Duration::ZERO);
        assert!(!gate.is_open(clock.now()));
        let (one, other) = tokio::join!(gate.pass(&clock), gate.pass(&clock));
        let about_an_hour = Duration::from_mins(59)..Duration::from_mins(61);
        assert!(about_an_hour.contains(&one) && about_an_hour.contains(&other), "{one:?} {other:?}");
        assert!(about_an_hour.contains(&clock.now()), "they waited at the same time");
        assert!(gate.is_open(clock.now()));
    }

    #[tokio::test]
    async fn throttling_halves_the_lanes_and_successes_give_them_back() {
        let lanes = Lanes::new(8);
        let width = || lanes.width();
        let together = [lanes.enter().await, lanes.enter().await, lanes.enter().await];
        for lane in &together {
            lane.throttled();
        }
        assert_eq!(width(), 4, "three that were under way together count once");
        assert_eq!(lanes.free.available_permits(), 1);
        drop(together);
        assert_eq!(lanes.free.available_permits(), 4);
        for expected in [2, 1, 1] {
            lanes.enter().await.throttled();
            assert_eq!(width(), expected);
        }
        for expected in 2..=8 {
            for _ in 0..GROW_AFTER {
                assert!(width() < expected);
                lanes.enter().await.succeeded();
            }
            assert_eq!((width(), lanes.free.available_permits()), (expected, expected));
        }
        for _ in 0..=GROW_AFTER {
            lanes.enter().await.succeeded();
        }
        assert_eq!(width(), 8, "never more than at first");
    }

    #[tokio::test]
    async fn lanes_that_are_in_use_are_closed_when_they_are_left() {
        let lanes = Lanes::new(4);
        let mut used = Vec::new();
        for _ in 0..4 {
            used.push(lanes.enter().await);
        }
        used[0].throttled();
        assert_eq!(lanes.width(), 2);
        assert_eq!(lanes.state().owed, 2);
        used.truncate(2);
        assert_eq!((lanes.free.available_permits(), lanes.state().owed), (0, 0));
        used.clear();
        assert_eq!(lanes.free.available_permits(), 2);
    }

    #[tokio::test]
    async fn no_ten_seconds_cost_more_than_the_limit() {
        let clock = Clock::new(Waiting::Imagined);
        let pace = Pace::new(Some(12));
        let mut sent = Vec::new();
        for cost in [1, 2, 4, 5, 1, 1, 5, 5, 2, 2, 1, 4, 3, 5] {
            let (mut reservation, _) = pace.reserve(&clock, 1).await;
            sent.push((clock.now(), cost));
            reservation.cost(cost);
        }
        for (start, _) in &sent {
            let units: u64 = sent
                .iter()
                .filter(|(at, _)| *at >= *start && *at < *start + WINDOW)
                .map(|(_, cost)| cost)
                .sum();
            assert!(units <= 12, "{units}: {sent:?}");
        }
        let took = sent.last().unwrap().0.as_secs();
        assert!((30..=50).contains(&took), "41 units at 12 in ten seconds: {took} s");
    }

    #[tokio::test]
    async fn what_is_under_way_counts_too() {
        let clock = Clock::new(Waiting::Imagined);
        let pace = Pace::new(Some(10));
        let (mut first, waited) = pace.reserve(&clock, 1).await;
        let (second, _) = pace.reserve(&clock, 1).await;
        assert_eq!(waited, Duration::ZERO);
        let third = async {
            let (_reservation, waited) = pace.reserve(&clock, 1).await;
            waited
        };
        let answers = async {
            tokio::task::yield_now().await;
            first.cost(1);
            drop(first);
            second.unused();
        };
        let (waited, ()) = tokio::join!(biased; third, answers);
        assert!(waited < Duration::from_secs(1), "the answer made room, no time had to pass: {waited:?}");
    }

    #[tokio::test]
    async fn a_limit_below_the_cost_of_a_request_does_not_stop_everything() {
        let clock = Clock::new(Waiting::Imagined);
        let pace = Pace::new(Some(2));
        for _ in 0..3 {
            let (mut reservation, _) = pace.reserve(&clock, 1).await;
            reservation.cost(4);
        }
        assert_eq!(clock.now().as_secs(), 20);
        let unlimited = Pace::new(None);
        for _ in 0..1000 {
            let (mut reservation, waited) = unlimited.reserve(&clock, 1).await;
            reservation.cost(100);
            assert_eq!(waited, Duration::ZERO);
        }
    }
}
