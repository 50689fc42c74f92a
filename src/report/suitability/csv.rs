//! `groups-suitability.csv`: a row per group.

use std::io::{self, Write};

use super::super::table::csv::{Dialect, Records};
use super::super::table::{Cell, Rows};
use super::super::text::{self, Texts};
use super::{next_step, seats_to_buy, why};
use crate::rules::Audit;
use crate::rules::suitability::{Assessed, Assessment};
use crate::tenant::Owners;
use crate::verdict::GroupSubject;

/// The columns, as the first row names them.
pub const COLUMNS: &[&str] = &[
    "rank",
    "class",
    "group_id",
    "group_name",
    "kind",
    "dynamic",
    "target",
    "licenses",
    "internal_members",
    "external_members",
    "nested_people",
    "other_members",
    "have_directly",
    "have_through_group",
    "have_none",
    "have_none_blocked",
    "have_unclear",
    "newly_covered",
    "products",
    "seats_needed",
    "seats_short",
    "overlapping_groups",
    "overlaps_most_with",
    "overlap_members",
    "reason_codes",
    "reason",
    "next_step",
    "remark_codes",
    "read_at",
    "owner_count",
    "more_owners",
    "owners",
];

/// Writes the table.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(
    audit: &Audit<'_>,
    assessment: &Assessment,
    texts: &Texts,
    dialect: Dialect,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut rows = Records::begin(COLUMNS, dialect, out)?;
    for assessed in &assessment.groups {
        row(audit, assessed, texts, &mut rows)?;
    }
    rows.end()
}

fn row(audit: &Audit<'_>, assessed: &Assessed, texts: &Texts, rows: &mut impl Rows) -> io::Result<()> {
    let tenant = audit.context.tenant;
    let group = tenant.group(assessed.group);
    let people = |number: fn(&crate::rules::suitability::People) -> usize| {
        assessed.people.as_ref().map_or(Cell::Empty, |people| Cell::count(number(people)))
    };
    let products: Vec<_> = assessed
        .needs
        .iter()
        .map(|need| text::part_number(tenant, tenant.sku(need.sku).id).unwrap_or_default())
        .collect();
    let proposed = !assessed.needs.is_empty();
    let most = assessed.overlaps.first();
    let name = |group| text::group_name(tenant, &GroupSubject::Known(group));
    let reasons = |reasons: &[crate::rules::suitability::Reason]| {
        reasons.iter().map(|reason| reason.code).collect::<Vec<_>>().join(" ")
    };
    let sentences: Vec<String> =
        assessed.reasons.iter().map(|reason| why(texts, tenant, reason, text::as_received)).collect();
    let mut steps = seats_to_buy(texts, tenant, assessed, text::as_received);
    let of = |reason| next_step(texts, tenant, reason, text::as_received);
    steps.extend(assessed.reasons.iter().filter_map(of));
    steps.dedup();
    let owners = tenant.owners(assessed.group);
    let owner_names = owners.into_iter().flat_map(|owners| &owners.all);
    let owner_names: Vec<String> = owner_names.map(|owner| text::owner_name(tenant, owner)).collect();
    let some = |text: String| if text.is_empty() { Cell::Empty } else { Cell::owned(text) };
    rows.row([
        assessed.rank.map_or(Cell::Empty, Cell::count),
        Cell::Word(assessed.class.as_str()),
        Cell::Text(tenant.id_text(group.id.0)),
        Cell::text(group.display_name.as_deref()),
        Cell::Word(assessed.kind.as_str()),
        Cell::flag(Some(group.dynamic)),
        Cell::flag(Some(assessed.planned)),
        some(super::super::licenses_of(audit, assessed.group).join(" ")),
        people(|people| people.internal),
        people(|people| people.external),
        people(|people| people.nested),
        assessed.people.map_or(Cell::Empty, |people| {
            Cell::number(Some(i64::try_from(people.others).unwrap_or(i64::MAX)))
        }),
        people(|people| people.direct),
        people(|people| people.grouped),
        people(|people| people.without),
        people(|people| people.blocked),
        people(|people| people.unclear),
        assessed.people.map_or(Cell::Empty, |_| Cell::count(assessed.newly_covered.len())),
        some(products.join(" ")),
        if proposed { Cell::count(assessed.seats()) } else { Cell::Empty },
        Cell::number(assessed.short().filter(|_| proposed)),
        Cell::count(assessed.overlapping),
        most.map_or(Cell::Empty, |overlap| Cell::owned(name(overlap.group))),
        most.map_or(Cell::Empty, |overlap| Cell::count(overlap.shared)),
        Cell::owned(reasons(&assessed.reasons)),
        Cell::owned(sentences.join(" ")),
        some(steps.join(" ")),
        some(reasons(&assessed.remarks)),
        Cell::Moment(tenant.read_at(group.read)),
        owners.map_or(Cell::Empty, |owners| Cell::count(owners.all.len())),
        Cell::flag(owners.map(Owners::may_be_more)),
        some(owner_names.join(", ")),
    ])
}
