//! The seats of each product as numbers, sums and bars.

use serde::Serialize;

use super::Source;
use crate::rules::Seats;
use crate::verdict::Argument;

/// A product.
#[derive(Serialize, Debug)]
pub(super) struct SeatRow {
    name: String,
    part_number: Option<String>,
    status: Option<String>,
    enabled: Option<String>,
    warning: Option<String>,
    suspended: Option<String>,
    locked_out: Option<String>,
    consumed: Option<String>,
    capacity: Option<String>,
    free: Option<String>,
    demand: String,
    waiting: String,
    planned: String,
    demand_is_bound: bool,
    waiting_is_bound: bool,
    lower_bound: bool,
    groups: usize,
    /// The sum in a sentence; said to be unknown where a counter is.
    formula: String,
    bars: Option<Bars>,
}

/// Two bars on one scale: what there is, and what is taken.
#[derive(Serialize, Debug)]
struct Bars {
    /// Enabled, in grace, suspended.
    there: Vec<Bar>,
    /// In use, waiting.
    taken: Vec<Bar>,
    /// Where the capacity ends.
    capacity: String,
}

/// A part of a bar: what it shows, and where, in percent of the scale.
#[derive(Serialize, Debug)]
struct Bar {
    kind: &'static str,
    x: String,
    width: String,
}

impl Source<'_, '_> {
    pub(super) fn seats(self) -> Vec<SeatRow> {
        self.audit.seats.iter().map(|seats| self.seat_row(seats)).collect()
    }

    fn seat_row(self, seats: &Seats) -> SeatRow {
        let tenant = self.tenant;
        let owned = tenant.sku(seats.sku).owned.as_ref();
        let count = |number: Option<i64>| number.map(|number| self.number(number));
        let counters = owned.and_then(|owned| Some((owned.enabled?, owned.warning?, owned.consumed?)));
        let extra = owned.map_or(0, |owned| owned.suspended.saturating_add(owned.locked_out));
        SeatRow {
            name: self.shown(&tenant.product_name(seats.sku)),
            part_number: tenant.part_number(seats.sku).map(|text| self.shown(text)),
            status: owned.and_then(|owned| owned.status.as_deref()).map(|text| self.shown(text)),
            enabled: count(owned.and_then(|owned| owned.enabled)),
            warning: count(owned.and_then(|owned| owned.warning)),
            suspended: count(owned.map(|owned| owned.suspended)),
            locked_out: count(owned.map(|owned| owned.locked_out)),
            consumed: count(owned.and_then(|owned| owned.consumed)),
            capacity: count(seats.capacity(tenant)),
            free: count(seats.free(tenant)),
            demand: self.number(seats.demand),
            waiting: self.number(seats.waiting),
            planned: self.number(seats.planned),
            demand_is_bound: !seats.exact.demand,
            waiting_is_bound: !seats.exact.waiting,
            lower_bound: !(seats.exact.demand && seats.exact.waiting),
            groups: seats.groups.len(),
            formula: match (counters, owned) {
                (Some((enabled, warning, consumed)), _) => {
                    let values: [(&'static str, Argument); 8] = [
                        ("enabled", enabled.into()),
                        ("warning", warning.into()),
                        ("consumed", consumed.into()),
                        ("capacity", enabled.saturating_add(warning).into()),
                        ("free", enabled.saturating_add(warning).saturating_sub(consumed).into()),
                        ("demand", seats.demand.into()),
                        ("waiting", seats.waiting.into()),
                        ("extra", extra.into()),
                    ];
                    self.texts.say("page-seat-sum", &values)
                }
                (None, None) if tenant.skus_complete() => self.texts.word("page-seat-not-owned"),
                (None, _) => self.texts.word("page-seat-unknown"),
            },
            bars: counters.and_then(|(enabled, warning, consumed)| {
                Bars::of([enabled, warning, extra], [consumed, seats.waiting])
            }),
        }
    }
}

impl Bars {
    /// `None` where there is nothing to draw.
    fn of(there: [i64; 3], taken: [i64; 2]) -> Option<Self> {
        let [enabled, warning, extra] = there.map(drawable);
        let [consumed, waiting] = taken.map(drawable);
        let scale = (enabled + warning + extra).max(consumed + waiting);
        if scale <= 0.0 {
            return None;
        }
        let percent = |units: f64| format!("{:.2}%", units / scale * 100.0);
        let row = |parts: &[(&'static str, f64)]| {
            let mut at = 0.0;
            let mut bars = Vec::new();
            for &(kind, units) in parts {
                if units > 0.0 {
                    bars.push(Bar { kind, x: percent(at), width: percent(units) });
                }
                at += units;
            }
            bars
        };
        Some(Self {
            there: row(&[("enabled", enabled), ("grace", warning), ("suspended", extra)]),
            taken: row(&[("consumed", consumed), ("waiting", waiting)]),
            capacity: percent(enabled + warning),
        })
    }
}

/// A count as a length: nothing is shorter than nothing.
#[expect(clippy::cast_precision_loss, reason = "a bar on a page has no need of the 53rd bit")]
fn drawable(units: i64) -> f64 {
    units.max(0) as f64
}

#[cfg(test)]
mod tests {
    use super::Bars;

    fn drawn(there: [i64; 3], taken: [i64; 2]) -> Option<String> {
        let bars = Bars::of(there, taken)?;
        let row = |bars: &[super::Bar]| {
            bars.iter()
                .map(|bar| format!("{} {}+{}", bar.kind, bar.x, bar.width))
                .collect::<Vec<_>>()
                .join(", ")
        };
        Some(format!("{} | {} | {}", row(&bars.there), row(&bars.taken), bars.capacity))
    }

    #[test]
    fn both_bars_are_on_one_scale_and_the_longer_fills_it() {
        assert_eq!(
            drawn([75, 25, 0], [100, 100]).as_deref(),
            Some(
                "enabled 0.00%+37.50%, grace 37.50%+12.50% | consumed 0.00%+50.00%, waiting 50.00%+50.00% | 50.00%"
            )
        );
    }

    #[test]
    fn nothing_is_drawn_of_nothing_and_below_nothing() {
        assert_eq!(drawn([0, 0, 0], [0, 0]), None);
        assert_eq!(drawn([-5, 0, 0], [1, 0]).as_deref(), Some(" | consumed 0.00%+100.00% | 0.00%"));
    }
}
