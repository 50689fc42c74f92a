#![doc = include_str!("../../docs/rules/members-fully-licensed.md")]

use rustc_hash::FxHashSet;
use serde_json::{Value, json};

use super::context::{Context, Pending, group_name, replaced};
use super::holding::{Answer, Holding, Requirement, answer};
use super::output::Output;
use super::{Rule, evidence, gaps};
use crate::tenant::{
    Entries, GroupId, GroupIndex, License, LicenseEntry, PlanSetIndex, SkuId, SkuIndex, Source, State,
    Tenant, Trouble, Usability, User, UserIndex,
};
use crate::verdict::{
    Code, CriterionId, Evidence, Finding, GroupSubject, Message, Severity, Subject, Wanted,
};

pub(super) const RULE: Rule = Rule {
    criterion: CriterionId::MembersFullyLicensed,
    check,
    applies_to: |context, group| {
        !context.member_users(group).is_empty()
            || (context.is_licensed(group) && !context.nested(group).users.is_empty())
    },
};

/// What is found of one member: kept apart until it is known what folds under what.
struct Member<'t> {
    entries: Entries<'t>,
    pending: Vec<Pending>,
    /// What is held now; only looked at where a group of the user is a target.
    held: Vec<Holding>,
    /// Findings of (a), each with the license it is about, in the order of groups in scope.
    failures: Vec<(GroupIndex, License, Finding)>,
    /// Requirements of targets that are not met, in the order of groups in scope.
    unmet: Vec<(GroupIndex, Requirement, Finding)>,
    /// Requirements of targets that are met, but by direct entries only.
    direct: Vec<(GroupIndex, Finding)>,
}

fn check(context: &Context<'_>, output: &mut Output<'_>) {
    output.gaps.extend(gaps::group_licenses(context));
    let mut skus: FxHashSet<SkuIndex> = FxHashSet::default();
    for &group in &context.in_scope {
        output.examined.groups += 1;
        skus.extend(context.judged_licenses(group).map(|license| license.sku));
        output.gaps.extend(gaps::membership(context, group));
        if context.not_settled(group) {
            output.gap(gaps::not_settled(group));
        }
        if context.is_licensed(group) {
            output.applicable |= check_nested(context, output, group);
        }
    }
    output.examined.skus = skus.len();
    let groups = |user| context.memberships().of_user(user);
    output.examined.users = context.classes().count(|user| !groups(user).is_empty());
    context.classes().judge(context.tenant, output, |output, user| {
        if !groups(user.index).is_empty() {
            check_member(context, output, user, groups(user.index));
        }
    });
    let any_members = output.examined.users > 0;
    output.applicable |= any_members;
    report_nested_groups(context, output);
    check_leavers(context, output);
    // (d) of a licensed group rests on every user, a target on its members, as far as there are any.
    let rests_on_users = |group: &GroupIndex| {
        context.is_licensed(*group)
            || !context.member_users(*group).is_empty()
            || !context.tenant.members(*group).is_some_and(|members| members.complete)
    };
    if !context.tenant.users_complete() && context.in_scope.iter().any(rests_on_users) {
        output.gap(gaps::users_incomplete(context));
    }
    if !context.tenant.skus_complete() && any_members {
        output.gap(gaps::seats_unreadable(context));
    }
}

/// One user in all groups in scope that he is a member of.
fn check_member<'t>(context: &Context<'t>, output: &mut Output<'_>, user: User<'t>, groups: &[GroupIndex]) {
    let entries = match context.entries(user) {
        Ok(entries) => entries,
        Err(unseen) => {
            for group in groups {
                output.gap(gaps::member(context, *group, user.index, unseen));
            }
            return;
        }
    };
    let user = user.index;
    let any_target = groups.iter().any(|group| context.target(*group).is_some());
    let mut member = Member {
        entries,
        pending: context.pending(user, entries),
        held: if any_target { held(context, entries.iter()) } else { Vec::new() },
        failures: Vec::new(),
        unmet: Vec::new(),
        direct: Vec::new(),
    };
    for &group in groups {
        check_requirements(context, output, group, user, &mut member);
        check_licenses(context, output, group, user, &mut member);
        if entries.iter().any(|entry| is_from(context, &entry, group)) {
            advise_account(context, output, group, user);
        }
    }
    fold(context, output, member);
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
        let entry = member.entries.of(license.sku, source);
        let subject = Subject::member(group, user).with_sku(context.tenant.sku(license.sku).id);
        if context.is_pending(group, license, member.entries) {
            let product = context.tenant.product_name(license.sku);
            output.gap(gaps::pending(context, subject.clone(), product, group));
        } else if let Some((code, message)) = failure(context, output, license, entry) {
            let wanted = || Wanted::said("wanted-active-entry");
            let mut evidence =
                vec![evidence::entry(context.tenant, user, license.sku, source, entry, wanted())];
            match code {
                Code::NotLicensedWithoutError => {
                    evidence.push(evidence::membership(context.tenant, group, user, wanted()));
                }
                Code::LicenseSuspended => evidence.push(in_force_evidence(context, license.sku)),
                _ => {}
            }
            let mut finding = output.draft(code, subject.clone(), message, evidence);
            if code == Code::NotLicensedWithoutError && only_direct(context, member.entries, license.sku) {
                finding.folded.push(direct_only(context, output, group, user, license.sku, member.entries));
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
        State::Error => {
            let id = match error_message(&entry) {
                "assignment-error-count" if seats_suffice(context, license.sku) => {
                    "assignment-error-count-by-now"
                }
                id => id,
            };
            Some((Code::AssignmentError, say(id)))
        }
        State::ActiveWithError => Some((Code::AssignmentActiveWithError, say(active_message(&entry)))),
        State::Active if entry.trouble() != Trouble::None => {
            Some((Code::AssignmentActiveWithError, say(active_message(&entry))))
        }
        State::Disabled => Some((Code::AssignmentDisabled, say("assignment-disabled"))),
        State::Unrecognised => Some((Code::UnrecognisedState, say("unrecognised-state"))),
        State::Active => match context.usability(license.sku) {
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

/// Whether there is by now a seat of the product for everybody who is known to wait for one.
fn seats_suffice(context: &Context<'_>, sku: SkuIndex) -> bool {
    let seats = context.seats().iter().find(|seats| seats.sku == sku);
    seats.is_some_and(|seats| seats.free(context.tenant).is_some_and(|free| free >= seats.waiting))
}

/// The sentence for an error beside a license that is there all the same.
fn active_message(entry: &LicenseEntry<'_>) -> &'static str {
    match error_message(entry) {
        "assignment-error-exclusive" => "assignment-active-with-error-exclusive",
        "assignment-error-dependency" => "assignment-active-with-error-dependency",
        "assignment-error-location" => "assignment-active-with-error-location",
        "assignment-error-uniqueness" => "assignment-active-with-error-uniqueness",
        _ => "assignment-active-with-error",
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
            let wanted = Wanted::said("wanted-usable-seats");
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
        let now = &member.held;
        let now_answer = answer(context, requirement, now);
        if now_answer.is_yes() {
            let is_direct = |entry: &LicenseEntry<'_>| entry.source() == Source::Direct;
            let of = |direct: bool| {
                let entries = member.entries.iter().filter(|entry| is_direct(entry) == direct);
                answer(context, requirement, &held(context, entries)).is_yes()
            };
            // Of a product that the group hands out it is said where that product is looked at.
            let handed_out = context
                .judged_licenses(group)
                .any(|license| requirement.sku() == Some(context.tenant.sku(license.sku).id));
            let any_direct = member.entries.iter().any(|entry| is_direct(&entry));
            if !handed_out && any_direct && of(true) && !of(false) {
                let finding =
                    direct_only_requirement(context, output, subject, requirement, user, member.entries);
                member.direct.push((group, finding));
            }
            continue;
        }
        let later_answer = answer(context, requirement, &held_later(context, member));
        if later_answer.is_yes() {
            let product = requirement.label(context.tenant);
            output.gap(gaps::pending(context, subject.clone(), product, member.pending[0].group));
        }
        let decided = matches!((&now_answer, &later_answer), (Answer::No, Answer::No));
        for unknown in [now_answer, later_answer] {
            if let Answer::Unknown(unknown) = unknown {
                output.gaps.extend(unknown);
            }
        }
        if !decided {
            continue;
        }
        let mut at_best = held_later(context, member);
        let maybe = context.maybe_pending(user).into_iter().map(|pending| pending.license);
        at_best.extend(maybe.filter_map(|license| Holding::in_force(context, license.sku, license.disabled)));
        if !matches!(answer(context, requirement, &at_best), Answer::No) {
            // The gap of that group's members says it.
            continue;
        }
        let all_on: Vec<Holding> = now.iter().map(|holding| holding.all_on(context)).collect();
        let label = requirement.label(context.tenant);
        let missing = requirement.missing(now).join(", ");
        let switched_off = answer(context, requirement, &all_on).is_yes();
        let (code, id) = match (switched_off, missing.is_empty()) {
            (true, _) => (Code::RequiredPlanDisabled, "required-plan-disabled-member"),
            (false, true) => (Code::MissingProduct, "missing-product-member-sku"),
            (false, false) => (Code::MissingProduct, "missing-product-member"),
        };
        let message = Message::new(id).with("requirement", label.as_str()).with("missing", missing);
        let evidence = vec![all_entries(context, user, member.entries, label.as_str())];
        member.unmet.push((group, requirement, output.draft(code, subject, message, evidence)));
    }
}

/// What is held: the Active entries, with or without an error text, of products whose seats are in force.
fn held<'e>(context: &Context<'_>, entries: impl Iterator<Item = LicenseEntry<'e>>) -> Vec<Holding> {
    let active = entries.filter(|entry| entry.state() == State::Active);
    active.filter_map(|entry| Holding::of_entry(context, entry)).collect()
}

/// What is held once the pending entries are Active: the group's plans in the place of the entry's.
fn held_later(context: &Context<'_>, member: &Member<'_>) -> Vec<Holding> {
    let staying = member.entries.iter().filter(|entry| !replaced(&member.pending, *entry));
    let mut later = held(context, staying);
    let pending = member.pending.iter().map(|pending| pending.license);
    later.extend(pending.filter_map(|license| Holding::in_force(context, license.sku, license.disabled)));
    later
}

/// All that a user has: product, state, source.
fn all_entries(
    context: &Context<'_>,
    user: UserIndex,
    entries: Entries<'_>,
    wanted: impl Into<Wanted>,
) -> Evidence {
    let mut seen: Vec<Value> = entries
        .iter()
        .map(|entry| {
            json!({
                "skuPartNumber": evidence::sku_label(context.tenant, entry.sku()),
                "assignedByGroup": evidence::source_text(context.tenant, entry.source()),
                "state": entry.state_text(),
                "error": entry.error_text(),
                "disabledPlans": context.tenant.plan_set_names(entry.disabled()),
            })
        })
        .collect();
    seen.sort_by_cached_key(ToString::to_string);
    evidence::user(context.tenant, user, "licenseAssignmentStates", seen, wanted)
}

/// Puts companions under the failure that caused them, and unmet requirements under the failures that explain
/// them; then says what is left.
fn fold(context: &Context<'_>, output: &mut Output<'_>, member: Member<'_>) {
    if member.failures.is_empty() && member.unmet.is_empty() && member.direct.is_empty() {
        return;
    }
    let later = held_later(context, &member);
    let Member { entries, failures, unmet, direct, .. } = member;
    let mut failures: Vec<Failure> = failures
        .into_iter()
        .map(|(group, license, finding)| {
            let entry = entries.of(license.sku, Source::Group(group));
            let plans = entry.map_or(license.disabled, LicenseEntry::disabled);
            let trouble = entry.map_or(Trouble::None, LicenseEntry::trouble);
            let sku = context.tenant.sku(license.sku).id;
            Failure {
                group,
                sku,
                trouble,
                repaired: Holding::of(context, license.sku, plans),
                finding,
                root: None,
            }
        })
        .collect();
    failures.sort_by_key(|failure| (failure.group, failure.sku));
    for place in 0..failures.len() {
        failures[place].root = cause(&failures, place);
    }
    let mut folded: Vec<(usize, Finding)> = Vec::new();
    for (group, requirement, finding) in unmet {
        match explanation(context, &failures, group, requirement, &later) {
            Some(place) => folded.push((failures[place].root.unwrap_or(place), finding)),
            None => output.findings.push(finding),
        }
    }
    for (group, finding) in direct {
        let missing = |failure: &Failure| {
            failure.finding.code == Code::NotLicensedWithoutError
                && failure.group == group
                && finding.subject.sku.is_none_or(|sku| sku == failure.sku)
        };
        match failures.iter().position(missing) {
            Some(place) => folded.push((place, finding)),
            None => output.findings.push(finding),
        }
    }
    let mut said: Vec<(Option<usize>, Finding)> =
        failures.into_iter().map(|failure| (failure.root, failure.finding)).collect();
    for place in 0..said.len() {
        if let Some(root) = said[place].0 {
            let companion = said[place].1.clone();
            said[root].1.folded.push(companion);
        }
    }
    for (place, finding) in folded {
        said[place].1.folded.push(finding);
    }
    output.findings.extend(said.into_iter().filter(|(root, _)| root.is_none()).map(|(_, finding)| finding));
}

/// A finding of (a) on its way to being said.
struct Failure {
    group: GroupIndex,
    sku: SkuId,
    trouble: Trouble,
    /// The product as it would be, were its entry Active and usable.
    repaired: Holding,
    finding: Finding,
    /// The failure that it is a companion of.
    root: Option<usize>,
}

/// An entry that says `Other` is the companion of one from the same group that names its error; of several the
/// first in the order of the codes.
fn cause(failures: &[Failure], place: usize) -> Option<usize> {
    const ORDER: [Code; 4] = [
        Code::AssignmentError,
        Code::AssignmentActiveWithError,
        Code::AssignmentDisabled,
        Code::UnrecognisedState,
    ];
    if failures[place].trouble != Trouble::Other {
        return None;
    }
    let causes = failures.iter().enumerate().filter(|(_, failure)| {
        failure.group == failures[place].group && !matches!(failure.trouble, Trouble::None | Trouble::Other)
    });
    causes
        .min_by_key(|(_, failure)| ORDER.iter().position(|code| *code == failure.finding.code))
        .map(|(at, _)| at)
}

/// The failure that explains an unmet requirement: it would be met were the failed entries Active and usable and
/// the pending ones there. One of the same group is preferred, and one that would do alone.
fn explanation(
    context: &Context<'_>,
    failures: &[Failure],
    group: GroupIndex,
    requirement: Requirement,
    later: &[Holding],
) -> Option<usize> {
    let mut order: Vec<usize> = (0..failures.len()).collect();
    order.sort_by_key(|place| failures[*place].group != group);
    let met_with = |places: &[usize]| {
        let repaired = places.iter().map(|place| failures[*place].repaired);
        answer(context, requirement, &later.iter().copied().chain(repaired).collect::<Vec<_>>()).is_yes()
    };
    if !met_with(&order) {
        return None;
    }
    order.iter().copied().find(|place| met_with(&[*place])).or(order.first().copied())
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
    let inherited = member.entries.of(license.sku, source);
    let direct = member.entries.of(license.sku, Source::Direct);
    let holds = |entry: Option<LicenseEntry<'_>>| entry.is_some_and(|entry| entry.state().holds_seat());
    if holds(inherited) && holds(direct) {
        let wanted = || Wanted::said("wanted-from-group-only");
        let evidence = vec![
            evidence::entry(tenant, user, license.sku, Source::Direct, direct, wanted()),
            evidence::entry(tenant, user, license.sku, source, inherited, wanted()),
        ];
        output.find(Code::DirectAndInherited, subject(), Message::new("direct-and-inherited"), evidence);
    }
    // Where an entry is simply not there, this is folded under that.
    let folded = inherited.is_none() && context.processing_complete(group);
    if !folded && only_direct(context, member.entries, license.sku) {
        let finding = direct_only(context, output, group, user, license.sku, member.entries);
        output.findings.push(finding);
    }
    if let Some(entry) = inherited
        && entry.state() == State::Active
        && context.processing_complete(group)
        && !tenant.same_plans(license.sku, entry.disabled(), license.disabled)
        && !member.unmet.iter().any(|(other, _, _)| *other == group)
    {
        let wanted = json!({ "disabledPlans": tenant.plan_set_names(license.disabled) });
        let seen = evidence::entry(tenant, user, license.sku, source, inherited, wanted);
        let (off, on) = differing_plans(tenant, license.sku, entry.disabled(), license.disabled);
        let message = Message::new("plans-differ-from-group")
            .with("off", off.len())
            .with("switched-off", off.join(", "))
            .with("on", on.len())
            .with("switched-on", on.join(", "));
        output.find(Code::PlansDifferFromGroup, subject(), message, vec![seen]);
    }
}

/// The names of the plans that are off for the user and on in the group, and of those the other way round.
fn differing_plans(
    tenant: &Tenant,
    sku: SkuIndex,
    user: PlanSetIndex,
    group: PlanSetIndex,
) -> (Vec<String>, Vec<String>) {
    let all: Vec<String> = tenant.sku_plans(sku).map(|plan| tenant.plan_name(plan)).collect();
    let off = |set| {
        let mut names = tenant.plan_set_names(set);
        // A plan that the product does not have changes nothing.
        names.retain(|name| all.is_empty() || all.contains(name));
        names
    };
    let (user, group) = (off(user), off(group));
    let without = |names: &[String], others: &[String]| {
        names.iter().filter(|name| !others.contains(name)).cloned().collect::<Vec<_>>()
    };
    (without(&user, &group), without(&group, &user))
}

/// Whether the user holds the product, in force, by a direct entry and by no other.
fn only_direct(context: &Context<'_>, entries: Entries<'_>, sku: SkuIndex) -> bool {
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
    entries: Entries<'_>,
) -> Finding {
    let subject = Subject::member(group, user).with_sku(context.tenant.sku(sku).id);
    let direct = entries.of(sku, Source::Direct);
    let seen = evidence::entry(
        context.tenant,
        user,
        sku,
        Source::Direct,
        direct,
        Wanted::said("wanted-entry-from-group"),
    );
    output.draft(Code::DirectOnly, subject, Message::new("direct-only"), vec![seen])
}

fn direct_only_requirement(
    context: &Context<'_>,
    output: &Output<'_>,
    subject: Subject,
    requirement: Requirement,
    user: UserIndex,
    entries: Entries<'_>,
) -> Finding {
    let label = requirement.label(context.tenant);
    let evidence = vec![all_entries(context, user, entries, Wanted::said("wanted-from-a-group"))];
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
        let seen = evidence::user(
            context.tenant,
            user,
            "usageLocation",
            Value::Null,
            Wanted::said("wanted-country-code"),
        );
        let message = Message::new("usage-location-missing");
        output.find(Code::UsageLocationMissing, Subject::member(group, user), message, vec![seen]);
    }
}

/// (c) Who is reached only through nested groups gets nothing from the group. Tells whether there is anybody.
fn check_nested(context: &Context<'_>, output: &mut Output<'_>, group: GroupIndex) -> bool {
    let nested = context.nested(group);
    if context.judged_licenses(group).next().is_none() {
        return !nested.users.is_empty();
    }
    output.gaps.extend(nested.groups.iter().filter_map(|inner| gaps::nested_members(context, *inner)));
    if !context.membership_known(group) {
        // Who is no direct member can only be told from a list that was read to its end.
        return !nested.users.is_empty();
    }
    let mut quiet = context.classes().quiet();
    for (user, through) in &nested.users {
        if !quiet.has(*user) {
            let before = output.said();
            check_nested_user(context, output, group, *user, through[0]);
            if output.said() == before {
                quiet.note(*user);
            }
        }
    }
    !nested.users.is_empty()
}

/// A user who is reached from the group through a nested one.
fn check_nested_user(
    context: &Context<'_>,
    output: &mut Output<'_>,
    group: GroupIndex,
    user: UserIndex,
    through: GroupIndex,
) {
    let entries = match context.entries(context.tenant.user(user)) {
        Ok(entries) => entries,
        Err(unseen) => {
            output.gap(gaps::member(context, group, user, unseen));
            return;
        }
    };
    let pending = context.pending(user, entries);
    for license in context.judged_licenses(group) {
        if entries.iter().any(|entry| entry.sku() == license.sku && entry.state().holds_seat()) {
            continue;
        }
        let subject = Subject::member(group, user).with_sku(context.tenant.sku(license.sku).id);
        if let Some(pending) = pending.iter().find(|pending| pending.license.sku == license.sku) {
            let product = context.tenant.product_name(license.sku);
            output.gap(gaps::pending(context, subject, product, pending.group));
            continue;
        }
        if context.maybe_pending(user).iter().any(|pending| pending.license.sku == license.sku) {
            // The gap of that group's members says it.
            continue;
        }
        let wanted = Wanted::said("wanted-direct-member");
        let evidence = vec![
            evidence::membership(context.tenant, through, user, wanted),
            all_entries(context, user, entries, evidence::sku_label(context.tenant, license.sku)),
        ];
        let message =
            Message::new("member-through-nested-group").with("through", group_name(context.tenant, through));
        output.find(Code::MemberThroughNestedGroup, subject, message, evidence);
    }
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
        let wanted = || Wanted::said("wanted-users-as-direct-members");
        let evidence = outer.iter().map(|group| {
            let id = context.tenant.id_text(context.tenant.group(inner).id.0).into_owned();
            evidence::members(context.tenant, *group, id, wanted())
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
    let mut watched = vec![false; tenant.groups().len()];
    for group in context.licensed_in_scope().filter(|group| context.membership_known(*group)) {
        watched[group.index()] = true;
    }
    context.classes().judge(tenant, output, |output, user| {
        let Some(entries) = user.entries() else { return };
        let groups = context.memberships().of_user(user.index);
        let mut left: Vec<(Source, LicenseEntry<'_>)> = Vec::new();
        for entry in entries.iter().filter(|entry| !context.is_excluded_sku(entry.sku())) {
            let gone = match entry.source() {
                Source::Direct => false,
                Source::Group(group) => watched[group.index()] && !groups.contains(&group),
                Source::Elsewhere(_) => tenant.groups_complete(),
            };
            if gone {
                left.push((entry.source(), entry));
            }
        }
        left.sort_by_key(|(source, entry)| (*source, tenant.sku(entry.sku()).id));
        for of_source in left.chunk_by(|one, other| one.0 == other.0) {
            match of_source[0].0 {
                Source::Direct => {}
                Source::Group(group) => leaver(context, output, user.index, group, of_source),
                Source::Elsewhere(id) => {
                    for (_, entry) in of_source {
                        orphan(context, output, user.index, id, *entry);
                    }
                }
            }
        }
    });
}

/// What is wanted of who has left a group.
fn nothing_left() -> Wanted {
    Wanted::said("wanted-nothing-left")
}

fn leaver(
    context: &Context<'_>,
    output: &mut Output<'_>,
    user: UserIndex,
    group: GroupIndex,
    entries: &[(Source, LicenseEntry<'_>)],
) {
    let tenant = context.tenant;
    let mut evidence: Vec<Evidence> = entries
        .iter()
        .map(|(source, entry)| {
            evidence::entry(tenant, user, entry.sku(), *source, Some(*entry), nothing_left())
        })
        .collect();
    let count = context.member_users(group).len();
    evidence.push(evidence::members(
        tenant,
        group,
        json!({ "users": count, "thisUser": false }),
        nothing_left(),
    ));
    let products: Vec<_> = entries.iter().map(|(_, entry)| tenant.product_name(entry.sku())).collect();
    let complete = context.processing_complete(group);
    let kept = complete && entries.iter().any(|(_, entry)| entry.state().holds_seat());
    let id = if kept { "license-left-behind" } else { "license-left-behind-advisory" };
    let message = Message::new(id).with("products", products.join(", "));
    let mut finding = output.draft(Code::LicenseLeftBehind, Subject::member(group, user), message, evidence);
    if !kept {
        finding.severity = Severity::Advisory;
    }
    output.findings.push(finding);
}

fn orphan(
    context: &Context<'_>,
    output: &mut Output<'_>,
    user: UserIndex,
    id: GroupId,
    entry: LicenseEntry<'_>,
) {
    let tenant = context.tenant;
    let deleted = tenant.deleted_groups().iter().position(|group| group.id == id);
    let subject = Subject {
        group: Some(deleted.map_or(GroupSubject::Gone(id), GroupSubject::Deleted)),
        user: Some(user),
        sku: Some(tenant.sku(entry.sku()).id),
    };
    let seen = evidence::entry(tenant, user, entry.sku(), entry.source(), Some(entry), nothing_left());
    output.find(Code::OrphanAssignment, subject, Message::new("orphan-assignment"), vec![seen]);
}
