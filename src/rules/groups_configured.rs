#![doc = include_str!("../../docs/rules/groups-configured.md")]

use serde_json::Value;

use super::context::{Context, Found, GroupLicenses, Target, replaced};
use super::holding::{Answer, Holding, Requirement, answer};
use super::output::Output;
use super::{Rule, evidence, gaps};
use crate::catalogue::{Edition, Suite};
use crate::tenant::{GroupIndex, LicenseEntry, Source, State, UserIndex};
use crate::verdict::{Code, CriterionId, Evidence, Finding, Gap, GroupSubject, Message, Subject, Wanted};

/// Without a plan only groups that hand out both suites are judged: of others nobody said that they should.
pub(super) const RULE: Rule = Rule {
    criterion: CriterionId::GroupsConfigured,
    check,
    applies_to: |context, group| context.has_targets || grants_both(context, group),
};

/// What stands in where no targets are configured: both suites, edition E3.
const BOTH_SUITES: [Requirement; 2] =
    [Requirement::Suite(Suite::Office365, Edition::E3), Requirement::Suite(Suite::Ems, Edition::E3)];

fn check(context: &Context<'_>, output: &mut Output<'_>) {
    output.applicable = true;
    output.examined.groups = context.in_scope.len();
    output.gaps.extend(gaps::group_licenses(context));
    if context.has_targets {
        check_targets(context, output);
    } else {
        let granting = check_licensed_groups(context, output);
        let seen = evidence::plan(context.tenant, "target", Value::Null, Wanted::said("wanted-targets"));
        let message = Message::new("no-plan-given")
            .with("granting", granting)
            .with("licensed", context.licensed_in_scope().count());
        output.find(Code::NoPlanGiven, Subject::none(), message, vec![seen]);
    }
    for &group in &context.in_scope {
        advise(context, output, group);
    }
}

/// With a plan: each target is eligible, licensed, and hands out what it should.
fn check_targets(context: &Context<'_>, output: &mut Output<'_>) {
    let mut judged = 0;
    for target in &context.targets {
        match target.found {
            Found::Group(group) if context.is_excluded_group(group) => continue,
            Found::Group(group) => check_target(context, output, target, group),
            Found::Deleted(place) if context.is_excluded_deleted(place) => continue,
            Found::Deleted(place) => target_deleted(context, output, place),
            Found::Nothing => target_not_found(context, output, target),
            // The gap of the group list says so already.
            Found::Unread => {}
            Found::Nameless(group) => output.gap(gaps::name_unknown(group, &target.name)),
        }
        judged += 1;
    }
    if judged == 0 {
        let names: Vec<&str> = context.targets.iter().map(|target| target.name.as_str()).collect();
        let seen =
            evidence::plan(context.tenant, "scope.exclude-groups", names, Wanted::said("wanted-a-target"));
        output.find(
            Code::AllTargetsExcluded,
            Subject::none(),
            Message::new("all-targets-excluded"),
            vec![seen],
        );
    }
}

fn target_not_found(context: &Context<'_>, output: &mut Output<'_>, target: &Target) {
    let subject =
        Subject { group: Some(GroupSubject::Named(target.name.as_str().into())), ..Subject::none() };
    let seen = Evidence {
        object: "groups".to_owned(),
        property: "displayName",
        seen: Value::Null,
        wanted: target.name.as_str().into(),
        read_at: context.tenant.as_of(),
    };
    let id = match () {
        () if target.name.contains('*') => "target-not-found-pattern",
        () if context.tenant.deleted_groups_read() => "target-not-found",
        () => "target-not-found-bin-unread",
    };
    output.find(Code::TargetNotFound, subject, Message::new(id), vec![seen]);
}

fn target_deleted(context: &Context<'_>, output: &mut Output<'_>, place: usize) {
    let group = &context.tenant.deleted_groups()[place];
    let subject = Subject { group: Some(GroupSubject::Deleted(place)), ..Subject::none() };
    let seen = Evidence {
        object: format!("directory/deletedItems/{}", context.tenant.id_text(group.id.0)),
        property: "deletedDateTime",
        seen: group.deleted.clone().into(),
        wanted: Wanted::said("wanted-not-deleted"),
        read_at: context.tenant.read_at(group.read),
    };
    let since = group.deleted.clone().unwrap_or_else(|| "?".to_owned());
    output.find(
        Code::TargetDeleted,
        subject,
        Message::new("target-deleted").with("since", since),
        vec![seen],
    );
}

fn check_target(context: &Context<'_>, output: &mut Output<'_>, target: &Target, group: GroupIndex) {
    match eligibility(context, group) {
        Eligibility::Eligible => {}
        Eligibility::Unknown => output.gap(gaps::kind_unknown(group)),
        Eligibility::NotSecurityEnabled => {
            let seen = evidence::group(context.tenant, group, "securityEnabled", false, true);
            let message = Message::new("group-type-not-eligible");
            output.find(Code::GroupTypeNotEligible, Subject::group(group), message, vec![seen]);
        }
        Eligibility::DeviceRule => {
            let rule = context.tenant.group(group).membership_rule.clone();
            let seen = evidence::group(
                context.tenant,
                group,
                "membershipRule",
                rule,
                Wanted::said("wanted-user-rule"),
            );
            let message = Message::new("group-type-not-eligible-devices");
            output.find(Code::GroupTypeNotEligible, Subject::group(group), message, vec![seen]);
        }
    }
    if !context.is_licensed(group) {
        if context.group_licenses == GroupLicenses::Readable {
            let wanted = labels(context, &target.requirements);
            let seen = evidence::group_licenses(context.tenant, group, wanted.as_str());
            let message = Message::new("no-license-assigned").with("requirements", wanted.as_str());
            output.find(Code::NoLicenseAssigned, Subject::group(group), message, vec![seen]);
        }
        return;
    }
    for &requirement in &target.requirements {
        match outcome(context, group, requirement) {
            Outcome::Own => {}
            Outcome::FromOthers => from_others(context, output, group, requirement),
            Outcome::Unknown(unknown) => output.gaps.extend(unknown),
            Outcome::Lacking { code, example } => {
                let finding = lacking(context, output, group, requirement, code, example);
                output.findings.push(finding);
            }
        }
    }
}

/// Whether a group is licensed, of eligible kind, and hands out both suites.
fn grants_both(context: &Context<'_>, group: GroupIndex) -> bool {
    let granted =
        |requirement| matches!(outcome(context, group, requirement), Outcome::Own | Outcome::FromOthers);
    context.is_licensed(group)
        && eligibility(context, group) == Eligibility::Eligible
        && BOTH_SUITES.into_iter().all(granted)
}

/// Without a plan: at least one licensed group of eligible kind hands out both suites. Tells how many do.
fn check_licensed_groups(context: &Context<'_>, output: &mut Output<'_>) -> usize {
    if context.licensed_in_scope().next().is_none() {
        if context.group_licenses == GroupLicenses::Readable {
            let seen = Evidence {
                object: "groups".to_owned(),
                property: "assignedLicenses",
                seen: Value::Array(Vec::new()),
                wanted: Wanted::said("wanted-licensed-group"),
                read_at: context.tenant.as_of(),
            };
            output.find(
                Code::NoGroupConfigured,
                Subject::none(),
                Message::new("no-group-configured"),
                vec![seen],
            );
        }
        return 0;
    }
    let mut granting = 0;
    // The suites that no group of an eligible kind hands out.
    let mut lacking: Option<Vec<Requirement>> = None;
    let mut unknown = Vec::new();
    let mut seen = Vec::new();
    for group in context.licensed_in_scope() {
        let eligibility = eligibility(context, group);
        if !matches!(eligibility, Eligibility::Eligible | Eligibility::Unknown) {
            continue;
        }
        let outcomes = BOTH_SUITES.map(|requirement| outcome(context, group, requirement));
        let lacks = |outcome: &Outcome| matches!(outcome, Outcome::Lacking { .. });
        let here = BOTH_SUITES.into_iter().zip(&outcomes).filter(|(_, outcome)| lacks(outcome));
        let here: Vec<Requirement> = here.map(|(requirement, _)| requirement).collect();
        lacking.get_or_insert_with(|| here.clone()).retain(|requirement| here.contains(requirement));
        if !here.is_empty() {
            seen.push(evidence::group_licenses(context.tenant, group, labels(context, &BOTH_SUITES)));
            continue;
        }
        let mut open: Vec<Gap> = Vec::new();
        for outcome in outcomes {
            if let Outcome::Unknown(gaps) = outcome {
                open.extend(gaps);
            }
        }
        if eligibility == Eligibility::Unknown {
            open.push(gaps::kind_unknown(group));
        }
        granting += usize::from(open.is_empty());
        unknown.extend(open);
    }
    if granting > 0 {
        return granting;
    }
    if !unknown.is_empty() {
        output.gaps.extend(unknown);
    } else if context.group_licenses == GroupLicenses::Readable {
        if seen.is_empty() {
            seen.extend(context.licensed_in_scope().map(|group| {
                let enabled = context.tenant.group(group).security_enabled;
                evidence::group(
                    context.tenant,
                    group,
                    "securityEnabled",
                    enabled,
                    Wanted::said("wanted-eligible-group"),
                )
            }));
        }
        let lacking = lacking.unwrap_or_default();
        let message = Message::new("no-group-grants-both-suites")
            .with("groups", context.licensed_in_scope().count())
            .with("lacking", lacking.len())
            .with("suites", labels(context, &lacking));
        output.find(Code::NoGroupGrantsBothSuites, Subject::none(), message, seen);
    }
    0
}

/// Whether a group is of a kind that can hand out licenses to people.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Eligibility {
    Eligible,
    NotSecurityEnabled,
    DeviceRule,
    Unknown,
}

pub(super) fn eligibility(context: &Context<'_>, group: GroupIndex) -> Eligibility {
    let details = context.tenant.group(group);
    match details.security_enabled {
        Some(false) => Eligibility::NotSecurityEnabled,
        _ if details.rule_is_for_devices() => Eligibility::DeviceRule,
        Some(true) => Eligibility::Eligible,
        None => Eligibility::Unknown,
    }
}

/// Whether a group hands out what is required.
enum Outcome {
    /// By its own licenses.
    Own,
    /// Together with what every member has from other groups.
    FromOthers,
    /// No; `example` is a member who lacks it, if the group has members.
    Lacking { code: Code, example: Option<UserIndex> },
    /// It hangs on what was not seen, or is not there yet.
    Unknown(Vec<Gap>),
}

/// Whether subscriptions are in force does not matter here: that is asked by the criteria about seats and members.
fn outcome(context: &Context<'_>, group: GroupIndex, requirement: Requirement) -> Outcome {
    let licenses = context.licenses(group).iter();
    let own: Vec<Holding> =
        licenses.map(|license| Holding::of(context, license.sku, license.disabled)).collect();
    let by_itself = answer(context, requirement, &own);
    if by_itself.is_yes() {
        return Outcome::Own;
    }
    let all_on: Vec<Holding> = own.iter().map(|holding| holding.all_on(context)).collect();
    let switched_off = answer(context, requirement, &all_on).is_yes();
    let code = if switched_off { Code::RequiredPlanDisabled } else { Code::MissingProduct };
    let mut unknown: Vec<Gap> = Vec::new();
    let mut quiet = context.classes().quiet();
    for &member in context.member_users(group) {
        if quiet.has(member) {
            continue;
        }
        match member_outcome(context, group, requirement, &own, member) {
            MemberOutcome::Has => quiet.note(member),
            MemberOutcome::Unknown(gaps) => unknown.extend(gaps),
            MemberOutcome::Lacks => return Outcome::Lacking { code, example: Some(member) },
        }
    }
    // Nobody is known to lack it, so whoever was not read decides.
    unknown.extend(gaps::membership(context, group));
    if context.member_users(group).is_empty() {
        if !context.processing_complete(group) {
            unknown.push(gaps::not_settled(group));
        }
        if let Answer::Unknown(gaps) = by_itself {
            unknown.extend(gaps);
        }
        if unknown.is_empty() {
            return Outcome::Lacking { code, example: None };
        }
    }
    if unknown.is_empty() { Outcome::FromOthers } else { Outcome::Unknown(unknown) }
}

enum MemberOutcome {
    Has,
    Lacks,
    Unknown(Vec<Gap>),
}

/// Whether a member has it by the group's own licenses together with Active ones from other licensed groups.
fn member_outcome(
    context: &Context<'_>,
    group: GroupIndex,
    requirement: Requirement,
    own: &[Holding],
    member: UserIndex,
) -> MemberOutcome {
    let entries = match context.entries(context.tenant.user(member)) {
        Ok(entries) => entries,
        Err(unseen) => return MemberOutcome::Unknown(vec![gaps::member(context, group, member, unseen)]),
    };
    let from_others: Vec<LicenseEntry<'_>> = entries
        .iter()
        .filter(|entry| entry.state() == State::Active && !context.is_excluded_sku(entry.sku()))
        .filter(|entry| {
            matches!(entry.source(), Source::Group(other) if other != group && context.is_licensed(other))
        })
        .collect();
    let with = |entries: &mut dyn Iterator<Item = LicenseEntry<'_>>| -> Vec<Holding> {
        let others = entries.map(|entry| Holding::of(context, entry.sku(), entry.disabled()));
        own.iter().copied().chain(others).collect()
    };
    match answer(context, requirement, &with(&mut from_others.iter().copied())) {
        Answer::Yes => return MemberOutcome::Has,
        Answer::Unknown(gaps) => return MemberOutcome::Unknown(gaps),
        Answer::No => {}
    }
    let mut pending = context.pending(member, entries);
    pending.retain(|pending| pending.group != group);
    let mut later = with(&mut from_others.iter().copied().filter(|entry| !replaced(&pending, *entry)));
    later.extend(
        pending.iter().map(|pending| Holding::of(context, pending.license.sku, pending.license.disabled)),
    );
    match answer(context, requirement, &later) {
        Answer::Yes => {
            let subject = Subject { sku: requirement.sku(), ..Subject::member(group, member) };
            let product = requirement.label(context.tenant);
            MemberOutcome::Unknown(vec![gaps::pending(context, subject, product, pending[0].group)])
        }
        Answer::Unknown(gaps) => MemberOutcome::Unknown(gaps),
        Answer::No => {
            let groups = unseen_groups(context, group, requirement, member, &later);
            let mut unknown: Vec<Gap> =
                groups.into_iter().flat_map(|other| gaps::membership(context, other)).collect();
            let elsewhere = |entry: &LicenseEntry<'_>| matches!(entry.source(), Source::Elsewhere(_));
            if unknown.is_empty() && entries.iter().any(|entry| elsewhere(&entry)) {
                // Of a group that was not read nobody knows whether it is licensed.
                unknown.extend(gaps::group_licenses(context));
            }
            if unknown.is_empty() { MemberOutcome::Lacks } else { MemberOutcome::Unknown(unknown) }
        }
    }
}

/// Other groups, still processing and not seen whole, that may be about to supply what the member lacks.
fn unseen_groups(
    context: &Context<'_>,
    group: GroupIndex,
    requirement: Requirement,
    member: UserIndex,
    later: &[Holding],
) -> Vec<GroupIndex> {
    let mut maybe = context.maybe_pending(member);
    maybe.retain(|pending| pending.group != group);
    let supply =
        maybe.iter().map(|pending| Holding::of(context, pending.license.sku, pending.license.disabled));
    let supply: Vec<Holding> = later.iter().copied().chain(supply).collect();
    if matches!(answer(context, requirement, &supply), Answer::No) {
        return Vec::new();
    }
    let mut groups: Vec<GroupIndex> = maybe.iter().map(|pending| pending.group).collect();
    groups.dedup();
    groups
}

fn lacking(
    context: &Context<'_>,
    output: &Output<'_>,
    group: GroupIndex,
    requirement: Requirement,
    code: Code,
    example: Option<UserIndex>,
) -> Finding {
    let label = requirement.label(context.tenant);
    let subject = Subject { sku: requirement.sku(), ..Subject::group(group) };
    let mut evidence = vec![evidence::group_licenses(context.tenant, group, label.as_str())];
    let own: Vec<Holding> = context
        .licenses(group)
        .iter()
        .map(|license| Holding::of(context, license.sku, license.disabled))
        .collect();
    let missing = requirement.missing(&own).join(", ");
    if code == Code::RequiredPlanDisabled {
        for license in context.licenses(group) {
            let off = context.tenant.plan_set_names(license.disabled);
            if !off.is_empty() {
                let wanted = Message::new("wanted-plans-on").with("missing", missing.as_str());
                let wanted = Wanted::Said(wanted);
                evidence.push(evidence::group(
                    context.tenant,
                    group,
                    "assignedLicenses.disabledPlans",
                    off,
                    wanted,
                ));
            }
        }
    }
    if let Some(example) = example {
        evidence.push(evidence::membership(context.tenant, group, example, label.as_str()));
    }
    let id = match (code, missing.is_empty()) {
        (Code::RequiredPlanDisabled, _) => "required-plan-disabled-group",
        (_, true) => "missing-product-group-sku",
        (_, false) => "missing-product-group",
    };
    output.draft(
        code,
        subject,
        Message::new(id).with("requirement", label).with("missing", missing),
        evidence,
    )
}

fn from_others(context: &Context<'_>, output: &mut Output<'_>, group: GroupIndex, requirement: Requirement) {
    let label = requirement.label(context.tenant);
    let seen = evidence::group_licenses(context.tenant, group, label.as_str());
    let subject = Subject { sku: requirement.sku(), ..Subject::group(group) };
    let message = Message::new("product-from-another-group")
        .with("requirement", label)
        .with("members", context.member_users(group).len());
    output.find(Code::ProductFromAnotherGroup, subject, message, vec![seen]);
}

fn labels(context: &Context<'_>, requirements: &[Requirement]) -> String {
    let labels: Vec<String> =
        requirements.iter().map(|requirement| requirement.label(context.tenant)).collect();
    labels.join(" + ")
}

/// What is worth knowing of a group in scope.
fn advise(context: &Context<'_>, output: &mut Output<'_>, group: GroupIndex) {
    let tenant = context.tenant;
    let details = tenant.group(group);
    let licensed = context.is_licensed(group);
    let subject = || Subject::group(group);
    if licensed && !context.processing_complete(group) {
        let state = details.processing.clone();
        let seen = evidence::group(
            tenant,
            group,
            "licenseProcessingState.state",
            state.clone(),
            "ProcessingComplete",
        );
        let message = Message::new("license-processing-not-complete")
            .with("state", state.unwrap_or_else(|| "null".to_owned()));
        output.find(Code::LicenseProcessingNotComplete, subject(), message, vec![seen]);
    }
    if details.rule_paused() {
        let seen =
            evidence::group(tenant, group, "membershipRuleProcessingState", details.rule_state.clone(), "On");
        output.find(
            Code::MembershipRulePaused,
            subject(),
            Message::new("membership-rule-paused"),
            vec![seen],
        );
    }
    if licensed && context.has_targets && context.target(group).is_none() {
        let seen = evidence::group_licenses(tenant, group, Wanted::said("wanted-planned-group"));
        output.find(
            Code::UnplannedLicensedGroup,
            subject(),
            Message::new("unplanned-licensed-group"),
            vec![seen],
        );
    }
    if details.unified {
        let seen =
            evidence::group(tenant, group, "groupTypes", "Unified", Wanted::said("wanted-security-group"));
        let message = Message::new("not-a-plain-security-group-m365");
        output.find(Code::NotAPlainSecurityGroup, subject(), message, vec![seen]);
    } else if details.mail_enabled == Some(true) {
        let seen = evidence::group(tenant, group, "mailEnabled", true, false);
        let message = Message::new("not-a-plain-security-group-mail");
        output.find(Code::NotAPlainSecurityGroup, subject(), message, vec![seen]);
    }
    let empty = context.membership_known(group) && context.member_users(group).is_empty();
    if licensed && context.processing_complete(group) && empty {
        let others = tenant.members(group).map_or(0, |members| members.others);
        let seen = evidence::members(tenant, group, Value::Array(Vec::new()), Wanted::said("wanted-a-user"));
        let message = Message::new("empty-licensed-group").with("others", others);
        output.find(Code::EmptyLicensedGroup, subject(), message, vec![seen]);
    }
}
