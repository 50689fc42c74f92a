#![doc = include_str!("../../docs/rules/groups-configured.md")]

use serde_json::Value;

use super::context::{Context, Found, GroupLicenses, Requirement, Target};
use super::output::Output;
use super::{Rule, evidence, gaps};
use crate::catalogue::{Components, Edition, Suite};
use crate::tenant::{GroupIndex, SkuIndex, Source, State, UserIndex};
use crate::verdict::{Code, CriterionId, Evidence, Finding, Gap, GroupSubject, Message, Subject};

pub(super) const RULE: Rule =
    Rule { criterion: CriterionId::GroupsConfigured, check, applies_to: |_, _| true };

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
        let seen = evidence::plan(context.tenant, "target", Value::Null, "the groups that were identified");
        output.find(Code::NoPlanGiven, Subject::none(), Message::new("no-plan-given"), vec![seen]);
        check_licensed_groups(context, output);
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
            Found::Deleted(place) => target_deleted(context, output, place),
            Found::Nothing => target_not_found(context, output, target),
            // The gap of the group list says so already.
            Found::Unread => {}
        }
        judged += 1;
    }
    if judged == 0 {
        let names: Vec<&str> = context.targets.iter().map(|target| target.name.as_str()).collect();
        let seen = evidence::plan(
            context.tenant,
            "scope.exclude-groups",
            names,
            "at least one target that is judged",
        );
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
    let id = if context.tenant.deleted_groups_read() || target.name.contains('*') {
        "target-not-found"
    } else {
        "target-not-found-bin-unread"
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
        wanted: "a group that is not in the recycle bin".into(),
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
            let seen = evidence::group(context.tenant, group, "membershipRule", rule, "a rule about users");
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
        match answer(context, group, requirement) {
            Answer::Own => {}
            Answer::FromOthers => from_others(context, output, group, requirement),
            Answer::Unknown(unknown) => output.gaps.extend(unknown),
            Answer::Lacking { code, example } => {
                let finding = lacking(context, output, group, requirement, code, example);
                output.findings.push(finding);
            }
        }
    }
}

/// Without a plan: at least one licensed group of eligible kind hands out both suites.
fn check_licensed_groups(context: &Context<'_>, output: &mut Output<'_>) {
    if context.licensed_in_scope().next().is_none() {
        if context.group_licenses == GroupLicenses::Readable {
            let seen = Evidence {
                object: "groups".to_owned(),
                property: "assignedLicenses",
                seen: Value::Array(Vec::new()),
                wanted: "at least one group with licenses".into(),
                read_at: context.tenant.as_of(),
            };
            output.find(
                Code::NoGroupConfigured,
                Subject::none(),
                Message::new("no-group-configured"),
                vec![seen],
            );
        }
        return;
    }
    let mut granted = false;
    let mut unknown = Vec::new();
    let mut seen = Vec::new();
    for group in context.licensed_in_scope() {
        let eligibility = eligibility(context, group);
        if !matches!(eligibility, Eligibility::Eligible | Eligibility::Unknown) {
            continue;
        }
        let answers = BOTH_SUITES.map(|requirement| (requirement, answer(context, group, requirement)));
        if answers.iter().any(|(_, answer)| matches!(answer, Answer::Lacking { .. })) {
            seen.push(evidence::group_licenses(context.tenant, group, labels(context, &BOTH_SUITES)));
            continue;
        }
        let mut open: Vec<Gap> = Vec::new();
        for (requirement, answer) in answers {
            match answer {
                Answer::Unknown(gaps) => open.extend(gaps),
                Answer::FromOthers => from_others(context, output, group, requirement),
                Answer::Own | Answer::Lacking { .. } => {}
            }
        }
        if eligibility == Eligibility::Unknown {
            open.push(gaps::kind_unknown(group));
        }
        granted |= open.is_empty();
        unknown.extend(open);
    }
    if granted {
        return;
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
                    "a group of users that can be licensed",
                )
            }));
        }
        let message =
            Message::new("no-group-grants-both-suites").with("groups", context.licensed_in_scope().count());
        output.find(Code::NoGroupGrantsBothSuites, Subject::none(), message, seen);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Eligibility {
    Eligible,
    NotSecurityEnabled,
    DeviceRule,
    Unknown,
}

fn eligibility(context: &Context<'_>, group: GroupIndex) -> Eligibility {
    let details = context.tenant.group(group);
    match details.security_enabled {
        Some(false) => Eligibility::NotSecurityEnabled,
        _ if details.rule_is_for_devices() => Eligibility::DeviceRule,
        Some(true) => Eligibility::Eligible,
        None => Eligibility::Unknown,
    }
}

/// Whether a group hands out what is required.
enum Answer {
    /// By its own licenses.
    Own,
    /// Together with what every member has from other groups.
    FromOthers,
    /// No; `example` is a member who lacks it, if the group has members.
    Lacking { code: Code, example: Option<UserIndex> },
    /// It hangs on what was not seen, or is not there yet.
    Unknown(Vec<Gap>),
}

fn answer(context: &Context<'_>, group: GroupIndex, requirement: Requirement) -> Answer {
    let own: Vec<(SkuIndex, Components)> = context
        .licenses(group)
        .iter()
        .map(|license| (license.sku, context.components(license.sku, license.disabled)))
        .collect();
    if requirement.met(own.iter().copied()) {
        return Answer::Own;
    }
    let unknown_plans: Vec<Gap> = context
        .licenses(group)
        .iter()
        .filter(|license| requirement.sku().is_none() && context.plans_unknown(license.sku))
        .map(|license| gaps::plans_missing(context, license.sku))
        .collect();
    let answer = answer_with_others(context, group, requirement, &own);
    match answer {
        // The plans nobody knows might have met it.
        Answer::Lacking { .. } if !unknown_plans.is_empty() => Answer::Unknown(unknown_plans),
        other => other,
    }
}

/// The members' licenses from other groups may supply what the group does not.
fn answer_with_others(
    context: &Context<'_>,
    group: GroupIndex,
    requirement: Requirement,
    own: &[(SkuIndex, Components)],
) -> Answer {
    let switched_on =
        context.licenses(group).iter().map(|license| (license.sku, context.all_components(license.sku)));
    let code = if requirement.met(switched_on) { Code::RequiredPlanDisabled } else { Code::MissingProduct };
    let mut unknown: Vec<Gap> = Vec::new();
    for &member in context.member_users(group) {
        let entries = match context.entries(context.tenant.user(member)) {
            Ok(entries) => entries,
            Err(unseen) => {
                unknown.push(gaps::member(context, group, member, unseen));
                continue;
            }
        };
        let from_others = entries.iter().filter(|entry| {
            entry.state() == State::Active
                && !context.is_excluded_sku(entry.sku())
                && matches!(entry.source(), Source::Group(other) if other != group && context.is_licensed(other))
        });
        let supply =
            from_others.clone().map(|entry| (entry.sku(), context.components(entry.sku(), entry.disabled())));
        let supply = own.iter().copied().chain(supply);
        if requirement.met(supply.clone()) {
            continue;
        }
        let mut obscure: Vec<Gap> = from_others
            .filter(|entry| requirement.sku().is_none() && context.plans_unknown(entry.sku()))
            .map(|entry| gaps::plans_missing(context, entry.sku()))
            .collect();
        if entries.iter().any(|entry| matches!(entry.source(), Source::Elsewhere(_))) {
            // Of a group that was not read nobody knows whether it is licensed.
            obscure.extend(gaps::group_licenses(context));
        }
        if !obscure.is_empty() {
            unknown.extend(obscure);
            continue;
        }
        let pending = context.pending(member, &entries);
        if requirement.met(supply.chain(context.pending_supply(&pending))) {
            let subject = Subject { sku: requirement.sku(), ..Subject::member(group, member) };
            unknown.push(gaps::pending(context, subject, pending[0].group));
            continue;
        }
        return Answer::Lacking { code, example: Some(member) };
    }
    unknown.extend(gaps::membership(context, group));
    if !unknown.is_empty() {
        return Answer::Unknown(unknown);
    }
    if context.member_users(group).is_empty() {
        return if context.tenant.group(group).processing_complete() {
            Answer::Lacking { code, example: None }
        } else {
            Answer::Unknown(vec![gaps::not_settled(group)])
        };
    }
    Answer::FromOthers
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
    let missing = missing_parts(context, group, requirement).join(", ");
    if code == Code::RequiredPlanDisabled {
        for license in context.licenses(group) {
            let off = context.tenant.plan_set_names(license.disabled);
            if !off.is_empty() {
                let wanted = format!("on: {missing}");
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

/// The parts of a suite that the group's own licenses leave out; empty for a product requirement.
fn missing_parts(context: &Context<'_>, group: GroupIndex, requirement: Requirement) -> Vec<&'static str> {
    let Requirement::Suite(suite, edition) = requirement else { return Vec::new() };
    let parts =
        context.licenses(group).iter().map(|license| context.components(license.sku, license.disabled));
    parts.fold(Components::default(), Components::union).missing(suite, edition)
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
    if licensed && !details.processing_complete() {
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
        let seen = evidence::group_licenses(tenant, group, "a group that the plan names");
        output.find(
            Code::UnplannedLicensedGroup,
            subject(),
            Message::new("unplanned-licensed-group"),
            vec![seen],
        );
    }
    if details.unified {
        let seen = evidence::group(tenant, group, "groupTypes", "Unified", "a security group");
        let message = Message::new("not-a-plain-security-group-m365");
        output.find(Code::NotAPlainSecurityGroup, subject(), message, vec![seen]);
    } else if details.mail_enabled == Some(true) {
        let seen = evidence::group(tenant, group, "mailEnabled", true, false);
        let message = Message::new("not-a-plain-security-group-mail");
        output.find(Code::NotAPlainSecurityGroup, subject(), message, vec![seen]);
    }
    let empty = context.membership_known(group) && context.member_users(group).is_empty();
    if licensed && details.processing_complete() && empty {
        let others = tenant.members(group).map_or(0, |members| members.others);
        let seen = evidence::members(tenant, group, Value::Array(Vec::new()), "at least one user");
        let message =
            Message::new("empty-licensed-group").with("others", i64::try_from(others).unwrap_or(i64::MAX));
        output.find(Code::EmptyLicensedGroup, subject(), message, vec![seen]);
    }
}
