//! The plan: what the configuration says was identified, demanded, left out and waived.
//!
//! Read from `tollgate.toml` ([`Config`]) without knowing the tenant; [`crate::rules::Context`] finds the
//! groups and products that it names.

mod config;
mod error;
mod select;

use std::fmt;

use jiff::SignedDuration;

pub use config::{Config, TenantSection};
pub use error::ConfigError;
pub(crate) use error::nearest;
pub use select::Selector;

use crate::catalogue::{Edition, Suite};
use crate::verdict::Waiver;

/// What an audit is judged against.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The groups that were identified for automatic licensing.
    pub targets: Vec<Target>,
    /// Groups left out of the judgement.
    pub exclude_groups: Vec<Selector>,
    /// Products left out of the judgement: part numbers or ids.
    pub exclude_skus: Vec<Selector>,
    /// Free seats that ought to be left; `None`: as the pack says.
    pub headroom: Option<Headroom>,
    /// How far ahead a lapsing subscription is told; `None`: as the pack says.
    pub lapse_window: Option<SignedDuration>,
    /// Violations that somebody accepts.
    pub waivers: Vec<Waiver>,
}

/// Groups that were identified, and what their members need.
#[derive(Clone, Debug)]
pub struct Target {
    /// Which groups.
    pub group: Selector,
    /// What each member needs.
    pub require: Vec<Demand>,
}

/// One thing that members need.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Demand {
    /// A suite, met by service plans of any product.
    Suite(Suite, Edition),
    /// One product: a part number or id, met by that product only.
    Sku(Selector),
}

/// Free seats that ought to be left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Headroom {
    /// A share of capacity, in thousandths of a percent.
    Share(i64),
    /// A number of seats.
    Seats(i64),
}

impl Headroom {
    /// The number of seats for a capacity, rounded up.
    pub fn of(self, capacity: i64) -> i64 {
        match self {
            Self::Seats(seats) => seats,
            Self::Share(share) => {
                let product = i128::from(capacity.max(0)) * i128::from(share);
                i64::try_from((product + 99_999) / 100_000).unwrap_or(i64::MAX)
            }
        }
    }

    /// Reads `5%`, `2.5%` or a number of seats.
    pub fn parse(text: &str) -> Option<Self> {
        let Some(percent) = text.trim().strip_suffix('%') else {
            return text.trim().parse().ok().filter(|seats| *seats >= 0).map(Self::Seats);
        };
        let (whole, fraction) = percent.trim().split_once('.').unwrap_or((percent.trim(), ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 3 || fraction.len() > 3 || !digits(whole) || !digits(fraction) {
            return None;
        }
        let share = format!("{whole}{fraction:0<3}").parse().ok()?;
        (share <= 100_000).then_some(Self::Share(share))
    }
}

impl fmt::Display for Headroom {
    /// As configurations write it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seats(seats) => write!(f, "{seats}"),
            Self::Share(share) => {
                let fraction = format!("{:03}", share % 1000);
                let fraction = fraction.trim_end_matches('0');
                let point = if fraction.is_empty() { "" } else { "." };
                write!(f, "{}{point}{fraction}%", share / 1000)
            }
        }
    }
}

/// Reads a span of days, weeks or hours, such as `30 days`.
pub fn parse_window(text: &str) -> Option<SignedDuration> {
    let span: jiff::Span = text.trim().parse().ok()?;
    let days = span.get_years() == 0 && span.get_months() == 0 && !span.is_negative();
    days.then(|| span.to_duration(jiff::SpanRelativeTo::days_are_24_hours()).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headroom_is_a_share_or_a_number_and_rounds_up() {
        assert_eq!(Headroom::parse("5%").map(|headroom| headroom.of(100)), Some(5));
        assert_eq!(Headroom::parse("5%").map(|headroom| headroom.of(101)), Some(6));
        assert_eq!(Headroom::parse("2.5%").map(|headroom| headroom.of(1000)), Some(25));
        assert_eq!(Headroom::parse("12").map(|headroom| headroom.of(1)), Some(12));
        for text in ["5%", "2.5%", "0.125%", "100%", "0%", "12"] {
            assert_eq!(Headroom::parse(text).map(|headroom| headroom.to_string()).as_deref(), Some(text));
        }
        for text in ["", "%", "-5%", "5 percent", "101%", "1.2345%", "-3"] {
            assert_eq!(Headroom::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_window_is_told_in_days_or_weeks() {
        assert_eq!(parse_window("30 days"), Some(SignedDuration::from_hours(30 * 24)));
        assert_eq!(parse_window("1 day"), Some(SignedDuration::from_hours(24)));
        assert_eq!(parse_window("2 weeks"), Some(SignedDuration::from_hours(14 * 24)));
        for text in ["", "30", "1 month", "-3 days"] {
            assert_eq!(parse_window(text), None, "{text}");
        }
    }
}
