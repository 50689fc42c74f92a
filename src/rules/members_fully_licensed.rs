#![doc = include_str!("../../docs/rules/members-fully-licensed.md")]

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Value, json};

use super::context::{Context, Pending, Requirement, entry_of, group_name};
use super::output::Output;
use super::{Rule, evidence, gaps};
use crate::catalogue::Components;
use crate::tenant::{
    GroupIndex, License, LicenseEntry, SkuIndex, Source, State, Trouble, Usability, UserIndex,
};
use crate::verdict::{Code, CriterionId, Evidence, Finding, GroupSubject, Message, Subject};

pub(super) const RULE: Rule = Rule {
    criterion: CriterionId::MembersFullyLicensed,
    check,
    applies_to: |context, group| {
        !context.member_users(group).is_empty()
            || (context.is_licensed(group) && !context.nested(group).users.is_empty())
    },
};

/// What is found of one member: kept apart until it is known what folds under what.
#[derive(Default)]
struct Member<'t> {
    entries: Vec<LicenseEntry<'t>>,
    pending: Vec<Pending>,
    /// Findings of (a), each with the license it is about, in the order of groups in scope.
    failures: Vec<(GroupIndex, License, Finding)>,
    /// Requirements of targets that are not met, in the order of groups in scope.
    unmet: Vec<(GroupIndex, Requirement, Finding)>,
    /// Requirements of targets that are met, but by direct entries only.
    direct: Vec<(GroupIndex, Finding)>,
}

fn check(context: &Context<'_>, output: &mut Output<'_>) {
    output.gaps.extend(gaps::group_licenses(context));
    let mut members: FxHashMap<UserIndex, Member<'_>> = FxHashMap::default();
    let mut order: Vec<UserIndex> = Vec::new();
    let mut examined_users = 0;
    let mut skus: FxHashSet<SkuIndex> = FxHashSet::default();
    let mut any_user = false;
    for &group in &context.in_scope {
        let licensed = context.is_licensed(group);
        output.examined.groups += 1;
        skus.extend(context.judged_licenses(group).map(|license| license.sku));
        output.gaps.extend(gaps::membership(context, group));
        if context.not_settled(group) {
            output.gap(gaps::not_settled(group));
        }
        any_user |= !context.member_users(group).is_empty();
        for &user in context.member_users(group) {
            let member = match members.entry(user) {
                std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
                std::collections::hash_map::Entry::Vacant(new) => {
                    examined_users += 1;
                    let entries = context.entries(context.tenant.user(user));
                    let entries = entries.unwrap_or_default();
                    let pending = context.pending(user, &entries);
                    order.push(user);
                    new.insert(Member { entries, pending, ..Member::default() })
                }
            };
            if let Err(unseen) = context.entries(context.tenant.user(user)) {
                output.gap(gaps::member(context, group, user, unseen));
                continue;
            }
            check_requirements(context, output, group, user, member);
            check_licenses(context, output, group, user, member);
            if member.entries.iter().any(|entry| is_from(context, entry, group)) {
                advise_account(context, output, group, user);
            }
        }
        if licensed {
            any_user |= check_nested(context, output, group);
        }
    }
    order.sort_unstable();
    for user in order {
        let member = members.remove(&user).expect("each member is in the order once");
        fold(context, output, member);
    }
    report_nested_groups(context, output);
    check_leavers(context, output);
    output.applicable = any_user;
    output.examined.users = examined_users;
    output.examined.skus = skus.len();
    if !context.tenant.users_complete() && (any_user || context.licensed_in_scope().next().is_some()) {
        output.gap(gaps::users_incomplete(context));
    }
}

/// (a) Each product of a licensed group is active for the member, from that group, without error.
fn check_licenses<'t>(
    context: &Context<'t>,
    output: &mut Output<'_>,
    group: GroupIndex,
    user: UserIndex,
    member: &mut Member<'t>,
) {
    for license in context.judged_licenses(group) {
        let source = Source::Group(group);
        let entry = entry_of(&member.entries, license.sku, source);
        let subject = Subject::member(group, user).with_sku(context.tenant.sku(license.sku).id);
        if context.is_pending(group, license, &member.entries) {
            output.gap(gaps::pending(context, subject.clone(), group));
        } else if let Some((code, message)) = failure(context, output, license, entry) {
            let wanted = "an Active entry from the group, without error";
            let mut evidence =
                vec![evidence::entry(context.tenant, user, license.sku, source, entry, wanted)];
            match code {
                Code::NotLicensedWithoutError => {
                    evidence.push(evidence::membership(context.tenant, group, user, wanted));
                }
                Code::LicenseSuspended => evidence.push(in_force_evidence(context, license.sku)),
                _ => {}
            }
            let mut finding = output.draft(code, subject.clone(), message, evidence);
            if code == Code::NotLicensedWithoutError && only_direct(context, &member.entries, license.sku) {
                finding.folded.push(direct_only(context, output, group, user, license.sku, &member.entries));
            }
            member.failures.push((group, license, finding));
        }
        advise_entry(context, output, group, user, license, member);
    }
}

/// Whether an entry comes from the group and counts: its product is not left out.
fn is_from(context: &Context<'_>, entry: &LicenseEntry<'_>, group: GroupIndex) -> bool {
    entry.source() == Source::Group(group) && !context.is_excluded_sku(entry.sku())
}

/// What is wrong with the entry of a product that the group hands out; the first code that fits.
fn failure(
    context: &Context<'_>,
    output: &mut Output<'_>,
    license: License,
    entry: Option<LicenseEntry<'_>>,
) -> Option<(Code, Message)> {
    let Some(entry) = entry else {
        return Some((Code::NotLicensedWithoutError, Message::new("not-licensed-without-error")));
    };
    let error = entry.error_text().filter(|_| entry.trouble() != Trouble::None);
    let say = |id: &'static str| {
        Message::new(id)
            .with("error", error.unwrap_or("none"))
            .with("state", entry.state_text().unwrap_or("null"))
    };
    match entry.state() {
        State::Error => Some((Code::AssignmentError, say(error_message(&entry)))),
        State::ActiveWithError => {
            Some((Code::AssignmentActiveWithError, say("assignment-active-with-error")))
        }
        State::Active if entry.trouble() != Trouble::None => {
            Some((Code::AssignmentActiveWithError, say("assignment-active-with-error")))
        }
        State::Disabled => Some((Code::AssignmentDisabled, say("assignment-disabled"))),
        State::Unrecognised => Some((Code::UnrecognisedState, say("unrecognised-state"))),
        State::Active => match context.tenant.usability(license.sku) {
            Usability::Usable => None,
            Usability::Unusable => {
                let owned = context.tenant.sku(license.sku).owned.as_ref();
                let id = if owned.is_some() { "license-suspended" } else { "license-suspended-not-owned" };
                let status = owned.and_then(|owned| owned.status.clone()).unwrap_or_default();
                Some((Code::LicenseSuspended, Message::new(id).with("status", status)))
            }
            Usability::StatusUnreadable | Usability::CountersMissing | Usability::SeatsUnreadable => {
                output.gaps.extend(gaps::usability(context, license.sku));
                None
            }
        },
    }
}

/// The sentence for an error that the service documents; one for all others.
fn error_message(entry: &LicenseEntry<'_>) -> &'static str {
    const KNOWN: [(&str, &str); 5] = [
        ("CountViolation", "assignment-error-count"),
        ("MutuallyExclusiveViolation", "assignment-error-exclusive"),
        ("DependencyViolation", "assignment-error-dependency"),
        ("ProhibitedInUsageLocationViolation", "assignment-error-location"),
        ("UniquenessViolation", "assignment-error-uniqueness"),
    ];
    let error = entry.error_text().unwrap_or_default();
    let known = KNOWN.iter().find(|(word, _)| error.eq_ignore_ascii_case(word));
    match (known, entry.trouble()) {
        (Some((_, id)), _) => id,
        (None, Trouble::None) => "assignment-error-none",
        (None, Trouble::Other) => "assignment-error-other",
        (None, _) => "assignment-error",
    }
}

/// Why no seat of the product is in force.
fn in_force_evidence(context: &Context<'_>, sku: SkuIndex) -> Evidence {
    match &context.tenant.sku(sku).owned {
        None => evidence::not_in_sku_list(context.tenant, sku),
        Some(owned) => {
            let seen = json!({
                "capabilityStatus": owned.status, "enabled": owned.enabled, "warning": owned.warning,
                "suspended": owned.suspended, "lockedOut": owned.locked_out,
            });
            let wanted = "Enabled or Warning, and enabled + warning >= 1";
            evidence::sku(context.tenant, sku, "prepaidUnits", seen, wanted)
        }
    }
}

/// (b) What the member holds, from whatever source, meets each requirement of the target.
fn check_requirements<'t>(
    context: &Context<'t>,
    output: &mut Output<'_>,
    group: GroupIndex,
    user: UserIndex,
    member: &mut Member<'t>,
) {
    let Some(target) = context.target(group) else { return };
    for &requirement in &target.requirements {
        let subject = Subject { sku: requirement.sku(), ..Subject::member(group, user) };
        let held = held(context, &member.entries, |usability| usability == Usability::Usable);
        if requirement.met(held.clone()) {
            let inherited: Vec<_> =
                member.entries.iter().copied().filter(|entry| entry.source() != Source::Direct).collect();
            if !requirement.met(self::held(context, &inherited, |usability| usability == Usability::Usable)) {
                let finding = direct_only_requirement(context, output, subject, requirement, user);
                member.direct.push((group, finding));
            }
            continue;
        }
        let unknown = unknown_holdings(context, requirement, &member.entries);
        if !unknown.is_empty() {
            output.gaps.extend(unknown);
            continue;
        }
        let pending_usable: Vec<Pending> =
            member.pending.iter().copied().filter(|pending| context.usable(pending.license.sku)).collect();
        if requirement.met(held.clone().chain(context.pending_supply(&pending_usable))) {
            output.gap(gaps::pending(context, subject, pending_usable[0].group));
            continue;
        }
        let unknown = unknown_pending(context, requirement, member);
        if !unknown.is_empty() {
            output.gaps.extend(unknown);
            continue;
        }
        let switched_on = member
            .entries
            .iter()
            .filter(|entry| entry.state() == State::Active && context.usable(entry.sku()))
            .map(|entry| (entry.sku(), context.all_components(entry.sku())));
        let label = requirement.label(context.tenant);
        let missing = missing_parts(requirement, held).join(", ");
        let (code, id) = match (requirement.met(switched_on), missing.is_empty()) {
            (true, _) => (Code::RequiredPlanDisabled, "required-plan-disabled-member"),
            (false, true) => (Code::MissingProduct, "missing-product-member-sku"),
            (false, false) => (Code::MissingProduct, "missing-product-member"),
        };
        let message = Message::new(id).with("requirement", label.as_str()).with("missing", missing);
        let evidence = vec![all_entries(context, user, &member.entries, &label)];
        member.unmet.push((group, requirement, output.draft(code, subject, message, evidence)));
    }
}

/// The products of Active entries whose seats are (or may be) in force, with the plans that are on.
fn held<'a>(
    context: &'a Context<'_>,
    entries: &'a [LicenseEntry<'_>],
    counts: impl Fn(Usability) -> bool + Clone + 'a,
) -> impl Iterator<Item = (SkuIndex, Components)> + Clone + 'a {
    entries
        .iter()
        .filter(move |entry| entry.state() == State::Active && counts(context.tenant.usability(entry.sku())))
        .map(|entry| (entry.sku(), context.components(entry.sku(), entry.disabled())))
}

/// Where a requirement is not met by what is known to be held: what nobody knows and might meet it.
fn unknown_holdings(
    context: &Context<'_>,
    requirement: Requirement,
    entries: &[LicenseEntry<'_>],
) -> Vec<crate::verdict::Gap> {
    let unknown = |usability| !matches!(usability, Usability::Usable | Usability::Unusable);
    let active: Vec<LicenseEntry<'_>> =
        entries.iter().copied().filter(|entry| entry.state() == State::Active).collect();
    let mut gaps = Vec::new();
    if requirement.sku().is_none() {
        let obscure = active.iter().filter(|entry| {
            context.plans_unknown(entry.sku()) && context.tenant.usability(entry.sku()) != Usability::Unusable
        });
        gaps.extend(obscure.map(|entry| gaps::plans_missing(context, entry.sku())));
    }
    let maybe = held(context, &active, move |usability| usability == Usability::Usable || unknown(usability));
    if requirement.met(maybe) || !gaps.is_empty() {
        gaps.extend(active.iter().filter_map(|entry| gaps::usability(context, entry.sku())));
    }
    gaps
}

/// The same for what is pending: it might meet the requirement if its seats are in force.
fn unknown_pending(
    context: &Context<'_>,
    requirement: Requirement,
    member: &Member<'_>,
) -> Vec<crate::verdict::Gap> {
    let open: Vec<Pending> = member
        .pending
        .iter()
        .copied()
        .filter(|pending| context.tenant.usability(pending.license.sku) != Usability::Unusable)
        .collect();
    let mut gaps = Vec::new();
    if requirement.sku().is_none() {
        let obscure = open.iter().filter(|pending| context.plans_unknown(pending.license.sku));
        gaps.extend(obscure.map(|pending| gaps::plans_missing(context, pending.license.sku)));
    }
    let held = held(context, &member.entries, |usability| usability != Usability::Unusable);
    if requirement.met(held.chain(context.pending_supply(&open))) {
        gaps.extend(open.iter().filter_map(|pending| gaps::usability(context, pending.license.sku)));
    }
    gaps
}

fn missing_parts(
    requirement: Requirement,
    supply: impl Iterator<Item = (SkuIndex, Components)>,
) -> Vec<&'static str> {
    let Requirement::Suite(suite, edition) = requirement else { return Vec::new() };
    supply.fold(Components::default(), |all, (_, part)| all.union(part)).missing(suite, edition)
}

/// All that a user has: product, state, source.
fn all_entries(
    context: &Context<'_>,
    user: UserIndex,
    entries: &[LicenseEntry<'_>],
    wanted: &str,
) -> Evidence {
    let mut seen: Vec<Value> = entries
        .iter()
        .map(|entry| {
            let from = match entry.source() {
                Source::Direct => "direct".to_owned(),
                Source::Group(group) => group_name(context.tenant, group),
                Source::Elsewhere(group) => context.tenant.id_text(group.0).into_owned(),
            };
            let product = evidence::sku_label(context.tenant, entry.sku());
            let off = context.tenant.plan_set_names(entry.disabled());
            let off = if off.is_empty() { String::new() } else { format!(", off: {}", off.join(" ")) };
            Value::String(format!("{product} {} from {from}{off}", entry.state_text().unwrap_or("null")))
        })
        .collect();
    seen.sort_unstable_by(|one, other| one.as_str().cmp(&other.as_str()));
    evidence::user(context.tenant, user, "licenseAssignmentStates", seen, wanted)
}

/// Puts companions under the failure that caused them, and unmet requirements under the failures that explain
/// them; then says what is left.
fn fold(context: &Context<'_>, output: &mut Output<'_>, member: Member<'_>) {
    let Member { entries, pending, mut failures, unmet, direct } = member;
    let sku_id = |license: &License| context.tenant.sku(license.sku).id;
    failures.sort_by_key(|(group, license, _)| (*group, sku_id(license)));

    // A requirement is explained if it would be met were his failed entries Active, and his pending ones there.
    let repaired: Vec<Pending> =
        failures.iter().map(|(group, license, _)| Pending { group: *group, license: *license }).collect();
    let as_before = held(context, &entries, |usability| usability == Usability::Usable);
    let supply = as_before.chain(context.pending_supply(&repaired)).chain(context.pending_supply(&pending));
    let mut explained: Vec<(GroupIndex, Finding)> = Vec::new();
    for (group, requirement, finding) in unmet {
        if !failures.is_empty() && requirement.met(supply.clone()) {
            explained.push((group, finding));
        } else {
            output.findings.push(finding);
        }
    }

    let (mut roots, companions): (Vec<_>, Vec<_>) = {
        let trouble = |group: GroupIndex, license: &License| {
            entry_of(&entries, license.sku, Source::Group(group)).map_or(Trouble::None, LicenseEntry::trouble)
        };
        let caused = |group: GroupIndex| {
            failures.iter().any(|(other, license, _)| {
                *other == group && !matches!(trouble(group, license), Trouble::None | Trouble::Other)
            })
        };
        let is_companion = |(group, license, _): &(GroupIndex, License, Finding)| {
            trouble(*group, license) == Trouble::Other && caused(*group)
        };
        let companions: Vec<bool> = failures.iter().map(is_companion).collect();
        let mut flags = companions.into_iter();
        failures.into_iter().partition(|_| !flags.next().unwrap_or_default())
    };
    for (group, _, finding) in companions {
        let cause = roots.iter_mut().find(|(other, license, _)| {
            let entry = entry_of(&entries, license.sku, Source::Group(*other));
            *other == group
                && entry.is_some_and(|entry| !matches!(entry.trouble(), Trouble::None | Trouble::Other))
        });
        cause.expect("a companion has a cause").2.folded.push(finding);
    }
    for (group, finding) in explained {
        let own = roots.iter().position(|(other, _, _)| *other == group).unwrap_or(0);
        roots[own].2.folded.push(finding);
    }
    for (group, finding) in direct {
        let missing = roots
            .iter_mut()
            .find(|(other, _, root)| *other == group && root.code == Code::NotLicensedWithoutError);
        match missing {
            Some((_, _, root)) => root.folded.push(finding),
            None => output.findings.push(finding),
        }
    }
    output.findings.extend(roots.into_iter().map(|(_, _, finding)| finding));
}

/// What is worth knowing of a member's entries for a product of the group.
fn advise_entry<'t>(
    context: &Context<'t>,
    output: &mut Output<'_>,
    group: GroupIndex,
    user: UserIndex,
    license: License,
    member: &Member<'t>,
) {
    let tenant = context.tenant;
    let sku_id = tenant.sku(license.sku).id;
    let source = Source::Group(group);
    let subject = || Subject::member(group, user).with_sku(sku_id);
    let inherited = entry_of(&member.entries, license.sku, source);
    let direct = entry_of(&member.entries, license.sku, Source::Direct);
    match (inherited, direct) {
        (Some(_), Some(_)) => {
            let wanted = "from the group only";
            let evidence = vec![
                evidence::entry(tenant, user, license.sku, Source::Direct, direct, wanted),
                evidence::entry(tenant, user, license.sku, source, inherited, wanted),
            ];
            let message = Message::new("direct-and-inherited");
            output.find(Code::DirectAndInherited, subject(), message, evidence);
        }
        // Where the group is complete, this is folded under the entry that is not there.
        (None, Some(_))
            if !tenant.group(group).processing_complete()
                && only_direct(context, &member.entries, license.sku) =>
        {
            let finding = direct_only(context, output, group, user, license.sku, &member.entries);
            output.findings.push(finding);
        }
        _ => {}
    }
    if let Some(entry) = inherited
        && entry.state() == State::Active
        && tenant.group(group).processing_complete()
        && !tenant.same_plans(license.sku, entry.disabled(), license.disabled)
        && !member.unmet.iter().any(|(other, _, _)| *other == group)
    {
        let wanted = json!({ "disabledPlans": tenant.plan_set_names(license.disabled) });
        let seen = evidence::entry(tenant, user, license.sku, source, inherited, wanted);
        output.find(
            Code::PlansDifferFromGroup,
            subject(),
            Message::new("plans-differ-from-group"),
            vec![seen],
        );
    }
}

/// Whether the user holds the product, in force, by a direct entry and by no other.
fn only_direct(context: &Context<'_>, entries: &[LicenseEntry<'_>], sku: SkuIndex) -> bool {
    let mut active = entries
        .iter()
        .filter(|entry| entry.sku() == sku && entry.state() == State::Active && context.usable(sku))
        .peekable();
    active.peek().is_some() && active.all(|entry| entry.source() == Source::Direct)
}

fn direct_only(
    context: &Context<'_>,
    output: &Output<'_>,
    group: GroupIndex,
    user: UserIndex,
    sku: SkuIndex,
    entries: &[LicenseEntry<'_>],
) -> Finding {
    let subject = Subject::member(group, user).with_sku(context.tenant.sku(sku).id);
    let direct = entry_of(entries, sku, Source::Direct);
    let seen = evidence::entry(context.tenant, user, sku, Source::Direct, direct, "an entry from the group");
    output.draft(Code::DirectOnly, subject, Message::new("direct-only"), vec![seen])
}

fn direct_only_requirement(
    context: &Context<'_>,
    output: &Output<'_>,
    subject: Subject,
    requirement: Requirement,
    user: UserIndex,
) -> Finding {
    let entries = context.entries(context.tenant.user(user)).unwrap_or_default();
    let label = requirement.label(context.tenant);
    let evidence = vec![all_entries(context, user, &entries, "from a group")];
    let message = Message::new("direct-only-requirement").with("requirement", label);
    output.draft(Code::DirectOnly, subject, message, evidence)
}

/// What is worth knowing of the account of a member who has an entry from the group.
fn advise_account(context: &Context<'_>, output: &mut Output<'_>, group: GroupIndex, user: UserIndex) {
    let details = context.tenant.user(user);
    if details.account_enabled() == Some(false) {
        let seen = evidence::user(context.tenant, user, "accountEnabled", false, true);
        let message = Message::new("disabled-account-holds-seat");
        output.find(Code::DisabledAccountHoldsSeat, Subject::member(group, user), message, vec![seen]);
    }
    if details.usage_location().is_none() {
        let seen = evidence::user(context.tenant, user, "usageLocation", Value::Null, "a country code");
        let message = Message::new("usage-location-missing");
        output.find(Code::UsageLocationMissing, Subject::member(group, user), message, vec![seen]);
    }
}

/// (c) Who is reached only through nested groups gets nothing from the group. Tells whether there is anybody.
fn check_nested(context: &Context<'_>, output: &mut Output<'_>, group: GroupIndex) -> bool {
    let nested = context.nested(group);
    for &inner in &nested.groups {
        output.gaps.extend(gaps::membership(context, inner));
    }
    for (user, through) in &nested.users {
        let entries = match context.entries(context.tenant.user(*user)) {
            Ok(entries) => entries,
            Err(unseen) => {
                output.gap(gaps::member(context, group, *user, unseen));
                continue;
            }
        };
        let pending = context.pending(*user, &entries);
        for license in context.judged_licenses(group) {
            if entries.iter().any(|entry| entry.sku() == license.sku && entry.state().holds_seat()) {
                continue;
            }
            let subject = Subject::member(group, *user).with_sku(context.tenant.sku(license.sku).id);
            if let Some(pending) = pending.iter().find(|pending| pending.license.sku == license.sku) {
                output.gap(gaps::pending(context, subject, pending.group));
                continue;
            }
            let wanted = "a direct member of the licensed group";
            let evidence = vec![
                evidence::membership(context.tenant, through[0], *user, wanted),
                all_entries(context, *user, &entries, &evidence::sku_label(context.tenant, license.sku)),
            ];
            let message = Message::new("member-through-nested-group")
                .with("through", group_name(context.tenant, through[0]));
            output.find(Code::MemberThroughNestedGroup, subject, message, evidence);
        }
    }
    !nested.users.is_empty()
}

/// Once per nested group whose direct members go without.
fn report_nested_groups(context: &Context<'_>, output: &mut Output<'_>) {
    let mut without: Vec<(GroupIndex, UserIndex, GroupIndex)> = Vec::new();
    let lacking: Vec<(GroupIndex, UserIndex)> = output
        .findings
        .iter()
        .filter(|finding| finding.code == Code::MemberThroughNestedGroup)
        .filter_map(|finding| match (&finding.subject.group, finding.subject.user) {
            (Some(GroupSubject::Known(group)), Some(user)) => Some((*group, user)),
            _ => None,
        })
        .collect();
    if lacking.is_empty() {
        return;
    }
    let lacking: FxHashSet<(GroupIndex, UserIndex)> = lacking.into_iter().collect();
    for group in context.licensed_in_scope() {
        for (user, through) in context.nested(group).users {
            if lacking.contains(&(group, user)) {
                without.extend(through.into_iter().map(|inner| (inner, user, group)));
            }
        }
    }
    without.sort_unstable();
    for of_group in without.chunk_by(|one, other| one.0 == other.0) {
        let inner = of_group[0].0;
        let mut users: Vec<UserIndex> = of_group.iter().map(|(_, user, _)| *user).collect();
        users.dedup();
        let mut outer: Vec<GroupIndex> = of_group.iter().map(|(_, _, group)| *group).collect();
        outer.sort_unstable();
        outer.dedup();
        let names: Vec<String> = outer.iter().map(|group| group_name(context.tenant, *group)).collect();
        let wanted = "their users as direct members";
        let evidence = outer.iter().map(|group| {
            let id = context.tenant.id_text(context.tenant.group(inner).id.0).into_owned();
            evidence::members(context.tenant, *group, id, wanted)
        });
        let message = Message::new("nested-group-members-not-licensed")
            .with("members", users.len())
            .with("outer", names.join(", "));
        output.find(Code::NestedGroupMembersNotLicensed, Subject::group(inner), message, evidence.collect());
    }
}

/// (d) Who has left a group keeps nothing from it; and entries of groups that are gone.
fn check_leavers(context: &Context<'_>, output: &mut Output<'_>) {
    let tenant = context.tenant;
    let watched: FxHashSet<GroupIndex> =
        context.licensed_in_scope().filter(|group| context.membership_known(*group)).collect();
    for user in tenant.users() {
        let Some(entries) = user.entries() else { continue };
        let mut left: Vec<(Source, LicenseEntry<'_>)> = Vec::new();
        for entry in entries.filter(|entry| !context.is_excluded_sku(entry.sku())) {
            let gone = match entry.source() {
                Source::Direct => false,
                Source::Group(group) => {
                    watched.contains(&group)
                        && !tenant.members(group).is_some_and(|members| members.contains(user.index))
                }
                Source::Elsewhere(_) => tenant.groups_complete(),
            };
            if gone {
                left.push((entry.source(), entry));
            }
        }
        left.sort_by_key(|(source, entry)| (*source, tenant.sku(entry.sku()).id));
        for of_source in left.chunk_by(|one, other| one.0 == other.0) {
            leaver(context, output, user.index, of_source);
        }
    }
}

fn leaver(
    context: &Context<'_>,
    output: &mut Output<'_>,
    user: UserIndex,
    entries: &[(Source, LicenseEntry<'_>)],
) {
    let tenant = context.tenant;
    let wanted = "no entry from a group that the user does not belong to";
    let mut evidence: Vec<Evidence> = entries
        .iter()
        .map(|(source, entry)| evidence::entry(tenant, user, entry.sku(), *source, Some(*entry), wanted))
        .collect();
    let mut products: Vec<String> =
        entries.iter().map(|(_, entry)| tenant.product_name(entry.sku()).into_owned()).collect();
    products.dedup();
    let products = products.join(", ");
    match entries[0].0 {
        Source::Direct => {}
        Source::Elsewhere(id) => {
            let deleted = tenant.deleted_groups().iter().position(|group| group.id == id);
            let group = deleted.map_or(GroupSubject::Gone(id), GroupSubject::Deleted);
            let subject = Subject { group: Some(group), user: Some(user), sku: None };
            let message = Message::new("orphan-assignment").with("products", products);
            output.find(Code::OrphanAssignment, subject, message, evidence);
        }
        Source::Group(group) => {
            let complete = tenant.group(group).processing_complete();
            let holds = entries.iter().any(|(_, entry)| entry.state().holds_seat());
            let count = context.member_users(group).len();
            evidence.push(evidence::members(tenant, group, format!("{count} users, not this one"), wanted));
            let id = if complete && holds { "license-left-behind" } else { "license-left-behind-advisory" };
            let message = Message::new(id).with("products", products);
            let mut finding =
                output.draft(Code::LicenseLeftBehind, Subject::member(group, user), message, evidence);
            if !(complete && holds) {
                finding.severity = crate::verdict::Severity::Advisory;
            }
            output.findings.push(finding);
        }
    }
}
