//! 4.1 `groups-configured`.

use std::collections::BTreeSet;

use crate::expected::{Gap, Sheet};
use crate::facts::{Answer, Facts, Found, Group, Holding, Ids, Person, Requirement, State, answer};
use crate::plan::Plan;

/// Does the rule speak of devices (or of whatever `subject` says), outside quoted texts?
pub(crate) fn rule_mentions(rule: &str, subject: &str) -> bool {
    let rule = rule.to_lowercase();
    // Every other piece between quotes is a text.
    let outside: Vec<&str> = rule.split('"').step_by(2).collect();
    let outside = outside.join(" ");
    let mut rest = outside.as_str();
    while let Some(at) = rest.find(subject) {
        let before = rest[..at].chars().next_back();
        if !before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_' || letter == '.') {
            return true;
        }
        rest = &rest[at + subject.len()..];
    }
    false
}

/// What a group does about one requirement.
enum Outcome {
    ByItself,
    FromOtherGroups,
    /// Nobody supplies it; whether switching plans on would do.
    Missing {
        plan_disabled: bool,
    },
    Unknown(BTreeSet<Gap>),
}

fn gaps_of(doubts: BTreeSet<(&'static str, Option<String>)>) -> BTreeSet<Gap> {
    doubts.into_iter().map(|(code, sku)| (code, None, None, sku)).collect()
}

#[expect(clippy::too_many_lines, reason = "one sentence of the design after the other")]
fn outcome(facts: &Facts<'_>, id: &str, group: &Group, requirement: &Requirement) -> Outcome {
    // 4.1 first paragraph: whether a subscription is alive does not matter here, only what is assigned.
    let own: Vec<Holding> =
        group.licenses.iter().map(|(sku, disabled)| facts.holding(sku, disabled)).collect();
    let own_answer = answer(requirement, &own);
    if own_answer == Answer::Yes {
        return Outcome::ByItself;
    }
    // 4.1 `product-from-another-group`: what the group lacks may come to each member from elsewhere.
    let mut gaps: BTreeSet<Gap> = BTreeSet::new();
    let mut somebody_lacks_it = false;
    for user_id in &group.members {
        let about = |code| (code, Some(id.to_owned()), Some(user_id.clone()), None);
        let user = match facts.person(user_id) {
            Person::Read(user) => user,
            Person::Limited => {
                gaps.insert(about("limited-information"));
                continue;
            }
            Person::Unread => {
                gaps.insert(("users-incomplete", None, None, None));
                continue;
            }
            Person::Gone => continue,
        };
        let Some(entries) = &user.entries else {
            gaps.insert(about("license-states-missing"));
            continue;
        };
        // The group's own plans with the Active entries from other licensed groups.
        let pending: Vec<(String, String, Ids)> =
            facts.pending(user_id, user).into_iter().filter(|(group_id, _, _)| group_id != id).collect();
        let mut now = own.clone();
        let mut later = own.clone();
        for entry in entries {
            let Some(source) = &entry.source else { continue };
            let from_other_licensed = source != id && facts.groups.get(source).is_some_and(Group::licensed);
            // An excluded SKU is assigned by nobody.
            if !from_other_licensed
                || entry.state != State::Active
                || facts.excluded_skus.contains(&entry.sku)
            {
                continue;
            }
            let holding = facts.holding(&entry.sku, &entry.disabled);
            now.push(holding.clone());
            if !pending.iter().any(|(group_id, sku, _)| group_id == source && *sku == entry.sku) {
                later.push(holding);
            }
        }
        for (_, sku, disabled) in &pending {
            later.push(facts.holding(sku, disabled));
        }
        match answer(requirement, &now) {
            Answer::Yes => {}
            Answer::Unknown(doubts) => gaps.extend(gaps_of(doubts)),
            Answer::No => match answer(requirement, &later) {
                Answer::Yes => {
                    let sku = requirement.sku();
                    gaps.insert(("license-pending", Some(id.to_owned()), Some(user_id.clone()), sku));
                }
                Answer::Unknown(doubts) => gaps.extend(gaps_of(doubts)),
                Answer::No => {
                    // He may be a member of a group whose members were not all seen, and wait there.
                    let maybe: Vec<(String, String, Ids)> = facts
                        .maybe_pending(user_id)
                        .into_iter()
                        .filter(|(group_id, _, _)| group_id != id)
                        .collect();
                    let mut at_best = later.clone();
                    at_best.extend(maybe.iter().map(|(_, sku, disabled)| facts.holding(sku, disabled)));
                    if answer(requirement, &at_best) == Answer::No {
                        somebody_lacks_it = true;
                    }
                    for (other, _, _) in maybe.iter().filter(|_| !somebody_lacks_it) {
                        let other_group = &facts.groups[other];
                        if facts.membership_hidden(other_group) {
                            gaps.insert(("membership-hidden", Some(other.clone()), None, None));
                        }
                        if !other_group.members_complete {
                            gaps.insert(("members-incomplete", Some(other.clone()), None, None));
                        }
                    }
                }
            },
        }
    }
    let all_on: Vec<Holding> = own.iter().map(Holding::all_on).collect();
    let missing = Outcome::Missing { plan_disabled: answer(requirement, &all_on) == Answer::Yes };
    if somebody_lacks_it {
        return missing;
    }
    // 4.1 the same: nobody is known to lack it, so whoever was not read decides.
    if facts.membership_hidden(group) {
        gaps.insert(("membership-hidden", Some(id.to_owned()), None, None));
    }
    if !group.members_complete {
        gaps.insert(("members-incomplete", Some(id.to_owned()), None, None));
    }
    if group.members.is_empty() {
        if group.still_processing() {
            gaps.insert(("membership-not-settled", Some(id.to_owned()), None, None));
        }
        if let Answer::Unknown(doubts) = own_answer {
            gaps.extend(gaps_of(doubts));
        }
        return if gaps.is_empty() { missing } else { Outcome::Unknown(gaps) };
    }
    if gaps.is_empty() { Outcome::FromOtherGroups } else { Outcome::Unknown(gaps) }
}

pub(crate) fn judge(facts: &Facts<'_>, plan: &Plan) -> Sheet {
    // 4.1 always has an answer.
    let mut sheet = Sheet { applicable: true, ..Sheet::default() };
    let licenses_unreadable = facts.group_licenses_unreadable();
    if licenses_unreadable {
        sheet.gap("group-licenses-unreadable", (None, None, None));
    }
    if !facts.groups_complete {
        sheet.gap("groups-incomplete", (None, None, None));
    }
    advisories(facts, plan, &mut sheet);
    if plan.targets.is_empty() {
        sheet.advisory("no-plan-given", (None, None, None));
        if !licenses_unreadable && facts.groups_complete {
            without_targets(facts, &mut sheet);
        }
        return sheet;
    }
    // 4.1 last sentence: with all targets excluded nothing is left to fail.
    if facts.targets.iter().all(|(_, _, excluded)| *excluded) {
        sheet.advisory("all-targets-excluded", (None, None, None));
        return sheet;
    }
    for (configured, found, excluded) in &facts.targets {
        match found {
            Found::Nothing => {
                // Where no group shows its name, any of them may be the one that a name or pattern means.
                let is_id = configured.len() == 36 && configured.matches('-').count() == 4;
                let nameless = facts.groups.values().all(|group| group.name.is_none());
                if let Some(id) = facts.groups.keys().next().filter(|_| nameless && !is_id) {
                    sheet.gap("group-kind-unknown", (Some(id), None, None));
                } else if facts.groups_complete {
                    let at = sheet.violation("target-not-found", (None, None, None));
                    sheet.findings[at].configured = Some(configured.clone());
                }
            }
            Found::Deleted(id) => {
                if !excluded {
                    sheet.violation("target-deleted", (Some(id), None, None));
                }
            }
            Found::Groups(ids) => {
                for id in ids {
                    let group = &facts.groups[id];
                    if group.in_scope() {
                        target(facts, id, group, licenses_unreadable, &mut sheet);
                    }
                }
            }
        }
    }
    sheet
}

/// `None`: cannot be told.
fn eligible(group: &Group) -> Option<bool> {
    if group.rule.as_deref().is_some_and(|rule| rule_mentions(rule, "device.")) {
        return Some(false);
    }
    group.security_enabled
}

fn target(facts: &Facts<'_>, id: &str, group: &Group, licenses_unreadable: bool, sheet: &mut Sheet) {
    match eligible(group) {
        Some(true) => {}
        Some(false) => {
            sheet.violation("group-type-not-eligible", (Some(id), None, None));
        }
        None => sheet.gap("group-kind-unknown", (Some(id), None, None)),
    }
    if licenses_unreadable {
        return;
    }
    if !group.licensed() {
        // Stands for the missing products.
        sheet.violation("no-license-assigned", (Some(id), None, None));
        return;
    }
    for requirement in group.requirements.iter().flatten() {
        let sku = requirement.sku();
        match outcome(facts, id, group, requirement) {
            Outcome::ByItself => {}
            Outcome::FromOtherGroups => {
                sheet.advisory("product-from-another-group", (Some(id), None, sku.as_deref()));
            }
            Outcome::Missing { plan_disabled } => {
                let code = if plan_disabled { "required-plan-disabled" } else { "missing-product" };
                sheet.violation(code, (Some(id), None, sku.as_deref()));
            }
            Outcome::Unknown(gaps) => sheet.gaps.extend(gaps),
        }
    }
}

/// 4 "No targets configured": one licensed group of eligible kind with both suites, edition E3, will do.
fn without_targets(facts: &Facts<'_>, sheet: &mut Sheet) {
    let both = [Requirement::Office { e5: false }, Requirement::Ems { e5: false }];
    let mut any = false;
    let mut hopes: BTreeSet<Gap> = BTreeSet::new();
    for (id, group) in facts.licensed_in_scope() {
        any = true;
        let mut gaps: BTreeSet<Gap> = BTreeSet::new();
        let mut possible = true;
        match eligible(group) {
            Some(true) => {}
            Some(false) => possible = false,
            None => {
                gaps.insert(("group-kind-unknown", Some(id.clone()), None, None));
            }
        }
        for requirement in &both {
            match outcome(facts, id, group, requirement) {
                Outcome::ByItself | Outcome::FromOtherGroups => {}
                Outcome::Missing { .. } => possible = false,
                Outcome::Unknown(more) => gaps.extend(more),
            }
        }
        if possible && gaps.is_empty() {
            return;
        }
        if possible {
            hopes.extend(gaps);
        }
    }
    if !any {
        sheet.violation("no-group-configured", (None, None, None));
    } else if hopes.is_empty() {
        sheet.violation("no-group-grants-both-suites", (None, None, None));
    } else {
        sheet.gaps.extend(hopes);
    }
}

fn advisories(facts: &Facts<'_>, plan: &Plan, sheet: &mut Sheet) {
    for (id, group) in facts.in_scope() {
        let on = (Some(id.as_str()), None, None);
        if group.still_processing() {
            sheet.advisory("license-processing-not-complete", on);
        }
        if group.rule_paused {
            sheet.advisory("membership-rule-paused", on);
        }
        if !plan.targets.is_empty() && !group.target() {
            sheet.advisory("unplanned-licensed-group", on);
        }
        if group.unified || group.mail_enabled {
            sheet.advisory("not-a-plain-security-group", on);
        }
        if group.licensed()
            && group.processing_complete
            && group.members_complete
            && group.members.is_empty()
            && !group.hidden
        {
            sheet.advisory("empty-licensed-group", on);
        }
    }
}
