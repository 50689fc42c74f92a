//! 4.3 `enough-seats`.

use jiff::{SignedDuration, Timestamp};

use crate::expected::Sheet;
use crate::facts::{Facts, Ids, Person, lower};
use crate::plan::{Headroom, Plan};

pub(crate) fn judge(facts: &Facts<'_>, plan: &Plan) -> Sheet {
    let mut sheet = Sheet::default();
    if facts.group_licenses_unreadable() {
        sheet.gap("group-licenses-unreadable", (None, None, None));
    }
    if !facts.groups_complete {
        sheet.gap("groups-incomplete", (None, None, None));
    }
    // 4.3 gaps: told even where no group is licensed.
    if !facts.seats_read {
        sheet.gap("seats-unreadable", (None, None, None));
    }
    // 4.3 first paragraph: the SKUs to judge, tenant-wide ones left out.
    let mut skus = Ids::new();
    for (id, group) in facts.licensed_in_scope() {
        let mine: Vec<&String> = group.licenses.keys().filter(|sku| facts.for_users(sku)).collect();
        if mine.is_empty() {
            continue;
        }
        skus.extend(mine.into_iter().cloned());
        if facts.membership_hidden(group) {
            sheet.gap("membership-hidden", (Some(id), None, None));
        }
        if !group.members_complete {
            sheet.gap("members-incomplete", (Some(id), None, None));
        }
        if !facts.users_complete {
            sheet.gap("users-incomplete", (None, None, None));
        }
        for user_id in &group.members {
            let on = (Some(id.as_str()), Some(user_id.as_str()), None);
            match facts.person(user_id) {
                Person::Limited => sheet.gap("limited-information", on),
                Person::Read(user) if user.entries.is_none() => sheet.gap("license-states-missing", on),
                _ => {}
            }
        }
    }
    sheet.applicable = !skus.is_empty();
    if facts.seats_read {
        for sku in &skus {
            judge_sku(facts, plan, sku, &mut sheet);
        }
    }
    sheet
}

#[expect(clippy::too_many_lines, reason = "one formula of the design after the other")]
fn judge_sku(facts: &Facts<'_>, plan: &Plan, id: &str, sheet: &mut Sheet) {
    let on = (None, None, Some(id));
    let Some(sku) = facts.sku(id) else {
        sheet.violation("sku-not-owned", on);
        return;
    };
    // demand: members of the groups with the SKU, and users with a direct entry; waiting: those members who
    // have no entry of it in force. Members of whom nothing is known make both a lower bound.
    let mut members = Ids::new();
    for (_, group) in facts.licensed_in_scope() {
        if group.licenses.contains_key(id) {
            members.extend(group.members.iter().cloned());
        }
    }
    let mut demanding = members.clone();
    for (user_id, user) in facts.users() {
        if user.entry(id, None).is_some() {
            demanding.insert(user_id.clone());
        }
    }
    let mut waiting = 0;
    for user_id in &members {
        if let Person::Read(user) = facts.person(user_id)
            && let Some(entries) = &user.entries
            && !entries.iter().any(|entry| entry.sku == id && entry.holds())
        {
            waiting += 1;
        }
    }
    let demand = i64::try_from(demanding.len()).expect("a handful of users");

    if sku.status.is_none() {
        sheet.gap("sku-unreadable", on);
    }
    if sku.enabled.is_none() || sku.warning.is_none() || sku.consumed.is_none() {
        sheet.gap("seat-counters-missing", on);
    }
    let capacity = match (sku.enabled, sku.warning) {
        (Some(enabled), Some(warning)) => Some(enabled + warning),
        _ => None,
    };
    let free = match (capacity, sku.consumed) {
        (Some(capacity), Some(consumed)) => Some(capacity - consumed),
        _ => None,
    };

    // 4.3 violations, each for itself.
    if free.is_some_and(|free| waiting > 0 && waiting > free) {
        sheet.violation("seats-exhausted", on);
    }
    if capacity.is_some_and(|capacity| demand > capacity) {
        sheet.violation("demand-exceeds-seats", on);
    }
    if free.is_some_and(|free| free < 0) {
        sheet.violation("over-consumed", on);
    }
    // A status that is not known says nothing of the subscription, even at 0 units.
    match sku.status.as_deref() {
        Some("suspended" | "lockedout" | "deleted") => {
            sheet.violation("subscription-suspended", on);
        }
        Some(_) if capacity == Some(0) => {
            sheet.violation("subscription-suspended", on);
        }
        _ => {}
    }

    // 4.3 advisories.
    if let Some(free) = free {
        for (group_id, group) in facts.licensed_in_scope() {
            if !group.licenses.contains_key(id) || free < waiting {
                continue;
            }
            for user_id in &group.members {
                if let Person::Read(user) = facts.person(user_id)
                    && let Some(entry) = user.entry(id, Some(group_id))
                    && entry.error.as_deref() == Some("countviolation")
                {
                    sheet.advisory("count-violation-stale", (Some(group_id), Some(user_id), Some(id)));
                }
            }
        }
    }
    if let (Some(enabled), Some(warning)) = (sku.enabled, sku.warning) {
        let leans_on_grace = demand > enabled
            || sku.consumed.is_some_and(|consumed| consumed > enabled || consumed + waiting > enabled);
        if warning > 0 && leans_on_grace {
            sheet.advisory("seats-in-grace", on);
        }
    }
    if let (Some(free), Some(capacity)) = (free, capacity) {
        let headroom = match plan.headroom.unwrap_or(Headroom::Percent(5)) {
            Headroom::Seats(seats) => i64::from(seats),
            Headroom::Percent(percent) => (capacity * i64::from(percent) + 99) / 100,
        };
        if 0 < free && free < headroom {
            sheet.advisory("low-headroom", on);
        }
        if free == 0 {
            sheet.advisory("no-seat-left", on);
        }
        if free * 5 > capacity && free >= 10 {
            sheet.advisory("unused-seats", on);
        }
    }
    let as_of: Timestamp = plan.as_of.parse().expect("the plan's clock is RFC 3339");
    let days = i64::from(plan.lapse_window_days.unwrap_or(30));
    let last = as_of.checked_add(SignedDuration::from_hours(24 * days)).expect("a date near today");
    for subscription in &facts.world.subscriptions.rows {
        let runs = matches!(lower(subscription, "status").as_deref(), Some("enabled" | "warning"));
        let next: Option<Timestamp> =
            lower(subscription, "nextLifecycleDateTime").and_then(|text| text.to_uppercase().parse().ok());
        if lower(subscription, "skuId").as_deref() == Some(id)
            && runs
            && next.is_some_and(|next| next <= last)
        {
            sheet.advisory("subscription-lapses", on);
        }
    }
}
