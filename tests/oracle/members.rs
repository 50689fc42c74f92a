//! 4.4 `members-fully-licensed`.

use std::collections::{BTreeMap, BTreeSet};

use crate::expected::Sheet;
use crate::facts::{
    Answer, Entry, Facts, Group, Holding, Ids, Person, Requirement, State, Usability, User, answer,
};

/// A finding of (a), kept for folding.
struct Shortfall {
    user: String,
    group: String,
    sku: String,
    /// Index on the sheet.
    at: usize,
    /// The plans switched off in the entry, or by the group where there is no entry.
    disabled: Ids,
}

pub(crate) fn judge(facts: &Facts<'_>) -> Sheet {
    let mut sheet = Sheet::default();
    if facts.group_licenses_unreadable() {
        sheet.gap("group-licenses-unreadable", (None, None, None));
    }
    if !facts.groups_complete {
        sheet.gap("groups-incomplete", (None, None, None));
    }
    coverage(facts, &mut sheet);
    let shortfalls = part_a(facts, &mut sheet);
    let failing = part_b(facts, &shortfalls, &mut sheet);
    part_c(facts, &mut sheet);
    part_d(facts, &mut sheet);
    advisories(facts, &failing, &mut sheet);
    sheet
}

/// What the criterion looks at, and the gaps that hold for whole groups, members and collections.
fn coverage(facts: &Facts<'_>, sheet: &mut Sheet) {
    for (id, group) in facts.in_scope() {
        if facts.membership_hidden(group) {
            sheet.gap("membership-hidden", (Some(id), None, None));
        }
        if !group.members_complete {
            sheet.gap("members-incomplete", (Some(id), None, None));
        }
        if group.dynamic && group.still_processing() && group.members.is_empty() {
            sheet.gap("membership-not-settled", (Some(id), None, None));
        }
        // (d) of a licensed group rests on every user; a target on its members.
        if !facts.users_complete && (group.licensed() || !group.members.is_empty() || !group.members_complete)
        {
            sheet.gap("users-incomplete", (None, None, None));
        }
        if !group.members.is_empty() {
            sheet.applicable = true;
            if !facts.seats_read {
                sheet.gap("seats-unreadable", (None, None, None));
            }
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
}

/// The SKUs that (a) judges for a group.
fn judged_skus(facts: &Facts<'_>, group: &Group) -> Vec<(String, Ids)> {
    let for_users = group.licenses.iter().filter(|(sku, _)| facts.for_users(sku));
    for_users.map(|(sku, disabled)| (sku.clone(), disabled.clone())).collect()
}

/// The user when his entries are known.
fn readable<'f>(facts: &'f Facts<'_>, user_id: &str) -> Option<&'f User> {
    match facts.person(user_id) {
        Person::Read(user) if user.entries.is_some() => Some(user),
        _ => None,
    }
}

/// 4.4 (a): the entry from that group.
fn part_a(facts: &Facts<'_>, sheet: &mut Sheet) -> Vec<Shortfall> {
    let mut shortfalls: Vec<Shortfall> = vec![];
    for (id, group) in facts.licensed_in_scope() {
        for user_id in &group.members {
            let Some(user) = readable(facts, user_id) else { continue };
            let mut others: Vec<usize> = vec![];
            let mut causes: Vec<usize> = vec![];
            for (sku, disabled) in judged_skus(facts, group) {
                let on = (Some(id.as_str()), Some(user_id.as_str()), Some(sku.as_str()));
                let entry = user.entry(&sku, Some(id));
                // 4.4 pending: no violation whatever else may be said of the entry.
                let pending = group.still_processing()
                    && match entry {
                        None => true,
                        Some(entry) => {
                            entry.state == State::Active
                                && facts.plans_differ(&sku, &entry.disabled, &disabled)
                        }
                    };
                if pending {
                    sheet.gap("license-pending", on);
                    continue;
                }
                let code = match entry {
                    None => "not-licensed-without-error",
                    Some(entry) => match (entry.state, &entry.error) {
                        (State::Error, _) => "assignment-error",
                        (State::ActiveWithError, _) | (State::Active, Some(_)) => {
                            "assignment-active-with-error"
                        }
                        (State::Disabled, _) => "assignment-disabled",
                        (State::Unrecognised, _) => "unrecognised-state",
                        (State::Active, None) => match facts.usability(&sku) {
                            // That nothing is known of any SKU is said once, for the whole criterion.
                            Usability::Usable | Usability::Unknown("seats-unreadable") => continue,
                            Usability::NotUsable | Usability::NotOwned => "license-suspended",
                            Usability::Unknown(code) => {
                                sheet.gap(code, (None, None, Some(&sku)));
                                continue;
                            }
                        },
                    },
                };
                let at = sheet.violation(code, on);
                match entry.and_then(|entry| entry.error.as_deref()) {
                    Some("other") => others.push(at),
                    Some(_) => causes.push(at),
                    None => {}
                }
                let disabled = entry.map_or(disabled, |entry| entry.disabled.clone());
                shortfalls.push(Shortfall { user: user_id.clone(), group: id.clone(), sku, at, disabled });
            }
            // 4.4 (a) last sentence: an `Other` is the companion of the error that names a cause.
            let order = [
                "assignment-error",
                "assignment-active-with-error",
                "assignment-disabled",
                "unrecognised-state",
            ];
            causes.sort_by_key(|at| (order.iter().position(|code| *code == sheet.findings[*at].code), *at));
            if let Some(root) = causes.first() {
                for at in others {
                    sheet.findings[at].root = Some(*root);
                }
            }
        }
    }
    shortfalls
}

/// 4 "Held plans": the Active entries, with or without error text, of usable SKUs.
fn held<'e>(facts: &Facts<'_>, entries: impl Iterator<Item = &'e Entry>) -> Vec<Holding> {
    entries
        .filter(|entry| entry.state == State::Active)
        .filter_map(|entry| facts.usable_holding(&entry.sku, &entry.disabled))
        .collect()
}

/// What is held once the pending entries are Active: the group's plans in the place of the entry's.
fn held_later(facts: &Facts<'_>, user_id: &str, user: &User) -> Vec<Holding> {
    let pending = facts.pending(user_id, user);
    let stays = user.known_entries().iter().filter(|entry| {
        !pending.iter().any(|(group, sku, _)| Some(group) == entry.source.as_ref() && *sku == entry.sku)
    });
    let mut later = held(facts, stays);
    for (_, sku, disabled) in &pending {
        later.extend(facts.usable_holding(sku, disabled));
    }
    later
}

/// 4.4 (b): held plans satisfy each requirement of a target. Answers who fails it in which group.
fn part_b(facts: &Facts<'_>, shortfalls: &[Shortfall], sheet: &mut Sheet) -> BTreeSet<(String, String)> {
    let mut failing = BTreeSet::new();
    for (id, group) in facts.in_scope() {
        let Some(requirements) = &group.requirements else { continue };
        for user_id in &group.members {
            let Some(user) = readable(facts, user_id) else { continue };
            let now = held(facts, user.known_entries().iter());
            let later = held_later(facts, user_id, user);
            for requirement in requirements {
                let sku = requirement.sku();
                let on = (Some(id.as_str()), Some(user_id.as_str()), sku.as_deref());
                let now_answer = answer(requirement, &now);
                if now_answer == Answer::Yes {
                    requirement_met_directly(facts, id, user_id, user, requirement, sheet);
                    continue;
                }
                // 4.4 pending: the requirement is on its way.
                let later_answer = answer(requirement, &later);
                if later_answer == Answer::Yes {
                    sheet.gap("license-pending", on);
                }
                let mut doubtful = later_answer == Answer::Yes;
                for maybe in [now_answer, later_answer] {
                    if let Answer::Unknown(doubts) = maybe {
                        doubtful = true;
                        for (code, sku) in doubts {
                            sheet.gap(code, (None, None, sku.as_deref()));
                        }
                    }
                }
                let mut at_best = later.clone();
                for (_, sku, disabled) in facts.maybe_pending(user_id) {
                    at_best.extend(facts.usable_holding(&sku, &disabled));
                }
                if doubtful || answer(requirement, &at_best) != Answer::No {
                    continue;
                }
                let all_on: Vec<Holding> = now.iter().map(Holding::all_on).collect();
                let switched_off = answer(requirement, &all_on) == Answer::Yes;
                let code = if switched_off { "required-plan-disabled" } else { "missing-product" };
                let at = sheet.violation(code, on);
                sheet.findings[at].root = explanation(facts, id, user_id, &later, requirement, shortfalls)
                    .map(|root| sheet.findings[root].root.unwrap_or(root));
                failing.insert((id.clone(), user_id.clone()));
            }
        }
    }
    failing
}

/// 4.4 (b) second half: the (a) finding that explains a (b) finding, if any does.
fn explanation(
    facts: &Facts<'_>,
    group: &str,
    user: &str,
    later: &[Holding],
    requirement: &Requirement,
    shortfalls: &[Shortfall],
) -> Option<usize> {
    // The same group first, then by group and SKU.
    let mut his: Vec<&Shortfall> = shortfalls.iter().filter(|shortfall| shortfall.user == user).collect();
    his.sort_by_key(|shortfall| (shortfall.group != group, &shortfall.group, &shortfall.sku));
    // 4.4 (b): what he would have with those entries in force; usability is taken for granted.
    let granted = |shortfall: &Shortfall| facts.holding(&shortfall.sku, &shortfall.disabled);
    let mut with_all = later.to_vec();
    with_all.extend(his.iter().map(|shortfall| granted(shortfall)));
    if answer(requirement, &with_all) != Answer::Yes {
        return None;
    }
    // One that would do alone is the better root.
    for shortfall in &his {
        let mut with_one = later.to_vec();
        with_one.push(granted(shortfall));
        if answer(requirement, &with_one) == Answer::Yes {
            return Some(shortfall.at);
        }
    }
    his.first().map(|shortfall| shortfall.at)
}

/// Advisory `direct-only` for a requirement.
fn requirement_met_directly(
    facts: &Facts<'_>,
    id: &str,
    user_id: &str,
    user: &User,
    requirement: &Requirement,
    sheet: &mut Sheet,
) {
    let direct = held(facts, user.known_entries().iter().filter(|entry| entry.source.is_none()));
    let inherited = held(facts, user.known_entries().iter().filter(|entry| entry.source.is_some()));
    if answer(requirement, &direct) == Answer::Yes && answer(requirement, &inherited) != Answer::Yes {
        let sku = requirement.sku();
        direct_only(id, user_id, sku.as_deref(), sheet);
    }
}

/// Folded under his `not-licensed-without-error`: of that SKU, for a suite of any SKU of the group.
fn direct_only(id: &str, user_id: &str, sku: Option<&str>, sheet: &mut Sheet) {
    let root = sheet.findings.iter().position(|finding| {
        finding.code == "not-licensed-without-error"
            && finding.group.as_deref() == Some(id)
            && finding.user.as_deref() == Some(user_id)
            && (sku.is_none() || finding.sku.as_deref() == sku)
    });
    let at = sheet.advisory("direct-only", (Some(id), Some(user_id), sku));
    sheet.findings[at].root = root;
}

/// 4.4 (c): users reached only through nested groups.
fn part_c(facts: &Facts<'_>, sheet: &mut Sheet) {
    let mut groups_told = Ids::new();
    for (id, group) in facts.licensed_in_scope() {
        let skus = judged_skus(facts, group);
        let mut reached: BTreeMap<String, Ids> = BTreeMap::new();
        for nested_id in facts.below(id) {
            let nested = facts.groups.get(&nested_id);
            // 4.4 gaps, last one: nested members unread.
            if !skus.is_empty()
                && nested.is_none_or(|nested| !nested.members_complete || facts.membership_hidden(nested))
            {
                sheet.gap("members-incomplete", (Some(&nested_id), None, None));
            }
            for user_id in nested.map(|nested| nested.members.clone()).unwrap_or_default() {
                sheet.applicable = true;
                if !group.members.contains(&user_id) {
                    reached.entry(user_id).or_default().insert(nested_id.clone());
                }
            }
        }
        // 4.4 (c): that somebody is no direct member can only be said of a list read to its end.
        if skus.is_empty() || !group.members_complete || facts.membership_hidden(group) {
            continue;
        }
        for (user_id, through) in &reached {
            let user = match facts.person(user_id) {
                Person::Read(user) => user,
                Person::Limited => {
                    sheet.gap("limited-information", (Some(id), Some(user_id), None));
                    continue;
                }
                Person::Unread => {
                    sheet.gap("users-incomplete", (None, None, None));
                    continue;
                }
                Person::Gone => continue,
            };
            let Some(entries) = &user.entries else {
                sheet.gap("license-states-missing", (Some(id), Some(user_id), None));
                continue;
            };
            let pending = facts.pending(user_id, user);
            for (sku, _) in &skus {
                if entries.iter().any(|entry| entry.sku == *sku && entry.holds()) {
                    continue;
                }
                let on = (Some(id.as_str()), Some(user_id.as_str()), Some(sku.as_str()));
                if pending.iter().any(|(_, pending_sku, _)| pending_sku == sku) {
                    sheet.gap("license-pending", on);
                } else if !facts.maybe_pending(user_id).iter().any(|(_, maybe_sku, _)| maybe_sku == sku) {
                    sheet.violation("member-through-nested-group", on);
                    groups_told.extend(through.iter().cloned());
                }
            }
        }
    }
    for nested_id in &groups_told {
        sheet.violation("nested-group-members-not-licensed", (Some(nested_id), None, None));
    }
}

/// 4.4 (d): an entry from a group that the user is no member of.
fn part_d(facts: &Facts<'_>, sheet: &mut Sheet) {
    for (id, group) in facts.licensed_in_scope() {
        if !group.members_complete || facts.membership_hidden(group) {
            continue;
        }
        for (user_id, user) in facts.users() {
            if group.members.contains(user_id) {
                continue;
            }
            let left: Vec<&Entry> = entries_from(facts, user, id);
            let on = (Some(id.as_str()), Some(user_id.as_str()), None);
            if group.processing_complete && left.iter().any(|entry| entry.holds()) {
                sheet.violation("license-left-behind", on);
            } else if !left.is_empty() {
                sheet.advisory("license-left-behind", on);
            }
        }
    }
}

/// The user's entries from this group, excluded SKUs left out.
fn entries_from<'u>(facts: &Facts<'_>, user: &'u User, group: &str) -> Vec<&'u Entry> {
    let from_it = user.known_entries().iter().filter(|entry| entry.source.as_deref() == Some(group));
    from_it.filter(|entry| !facts.excluded_skus.contains(&entry.sku)).collect()
}

fn advisories(facts: &Facts<'_>, failing: &BTreeSet<(String, String)>, sheet: &mut Sheet) {
    for (id, group) in facts.in_scope() {
        for user_id in &group.members {
            let Some(user) = readable(facts, user_id) else { continue };
            let from_group = entries_from(facts, user, id);
            if !from_group.is_empty() {
                if user.disabled_account {
                    sheet.advisory("disabled-account-holds-seat", (Some(id), Some(user_id), None));
                }
                if !user.has_location {
                    sheet.advisory("usage-location-missing", (Some(id), Some(user_id), None));
                }
            }
            for (sku, disabled) in judged_skus(facts, group) {
                let on = (Some(id.as_str()), Some(user_id.as_str()), Some(sku.as_str()));
                let from_it = user.entry(&sku, Some(id));
                let direct = user.entry(&sku, None);
                if direct.is_some_and(Entry::holds) && from_it.is_some_and(Entry::holds) {
                    sheet.advisory("direct-and-inherited", on);
                }
                let active_from_groups = user
                    .known_entries()
                    .iter()
                    .any(|entry| entry.sku == sku && entry.source.is_some() && entry.state == State::Active);
                if direct.is_some_and(|entry| entry.state == State::Active)
                    && facts.usability(&sku) == Usability::Usable
                    && !active_from_groups
                {
                    direct_only(id, user_id, Some(&sku), sheet);
                }
                if let Some(entry) = from_it
                    && entry.state == State::Active
                    && group.processing_complete
                    && facts.plans_differ(&sku, &entry.disabled, &disabled)
                    && !failing.contains(&(id.clone(), user_id.clone()))
                {
                    sheet.advisory("plans-differ-from-group", on);
                }
            }
        }
    }
    // 4.4 `orphan-assignment`: the source is no living group, whoever carries the entry.
    if !facts.groups_complete {
        return;
    }
    for (user_id, user) in facts.users() {
        for entry in user.known_entries() {
            if let Some(source) = &entry.source
                && !facts.groups.contains_key(source)
                && !facts.excluded_skus.contains(&entry.sku)
            {
                sheet.advisory("orphan-assignment", (Some(source), Some(user_id), Some(&entry.sku)));
            }
        }
    }
}
