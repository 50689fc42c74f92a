#![doc = include_str!("../../docs/rules/no-b2b-groups-licensed.md")]

use serde_json::Value;

use super::context::{Context, GroupLicenses, Unseen};
use super::output::Output;
use super::{Rule, evidence, gaps};
use crate::tenant::{GroupIndex, User};
use crate::verdict::{Code, CriterionId, Evidence, Message, Subject, Wanted};

pub(super) const RULE: Rule = Rule {
    criterion: CriterionId::NoB2bGroupsLicensed,
    check,
    applies_to: |context, group| context.is_licensed(group),
};

fn check(context: &Context<'_>, output: &mut Output<'_>) {
    output.gaps.extend(gaps::group_licenses(context));
    for &group in &context.in_scope {
        if context.is_licensed(group) {
            output.applicable = true;
            output.examined.groups += 1;
            output.gaps.extend(gaps::membership(context, group));
            if context.not_settled(group) {
                output.gap(gaps::not_settled(group));
            }
            advise_nested(context, output, group);
        }
        advise_rule(context, output, group);
    }
    if output.applicable && !context.tenant.users_complete() {
        output.gap(gaps::users_incomplete(context));
    }
    let groups = |user| context.memberships().of_user(user);
    output.examined.users =
        context.classes().count(|user| groups(user).iter().any(|group| context.is_licensed(*group)));
    context.classes().judge(context.tenant, output, |output, user| {
        for &group in groups(user.index) {
            if context.is_licensed(group) {
                check_member(context, output, group, user);
            } else {
                advise_target(context, output, group, user);
            }
        }
    });
}

fn check_member(context: &Context<'_>, output: &mut Output<'_>, group: GroupIndex, user: User<'_>) {
    let member = user.index;
    if context.is_limited(user) {
        output.gap(gaps::member(context, group, member, Unseen::Limited));
    } else if user.is_external() {
        let message = Message::new(if user.is_guest() {
            "guest-in-licensed-group"
        } else {
            "guest-in-licensed-group-member"
        });
        let message = message.with("marks", marks(user));
        let evidence = guest_evidence(context, group, user);
        output.find(Code::GuestInLicensedGroup, Subject::member(group, member), message, evidence);
    } else if user.is_guest() {
        let seen = evidence::user(context.tenant, member, "userType", user.user_type(), "Member");
        output.find(
            Code::InternalGuest,
            Subject::member(group, member),
            Message::new("internal-guest"),
            vec![seen, evidence::membership(context.tenant, group, member, Wanted::said("wanted-no-guest"))],
        );
    }
}

/// What marks an account as external, as received.
#[derive(Default)]
struct Marks<'t> {
    creation_type: Option<&'t str>,
    external_state: Option<&'t str>,
    principal_name: Option<&'t str>,
}

impl<'t> Marks<'t> {
    fn of(user: User<'t>) -> Self {
        let marked = |name: &&str| name.to_ascii_uppercase().contains("#EXT#");
        Self {
            creation_type: user.creation_type().filter(|word| word.eq_ignore_ascii_case("Invitation")),
            external_state: user.external_state().filter(|state| !state.is_empty()),
            principal_name: user.principal_name().filter(marked),
        }
    }
}

/// The marks of an external account, in Graph's words.
fn marks(user: User<'_>) -> String {
    let Marks { creation_type, external_state, principal_name } = Marks::of(user);
    let marks = [
        creation_type.map(|word| format!("creationType = {word}")),
        external_state.map(|state| format!("externalUserState = {state}")),
        principal_name.map(|_| "userPrincipalName = …#EXT#…".to_owned()),
    ];
    marks.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The marks that tell an external account, and the membership.
fn guest_evidence(context: &Context<'_>, group: GroupIndex, user: User<'_>) -> Vec<Evidence> {
    let tenant = context.tenant;
    let Marks { creation_type, external_state, principal_name } = Marks::of(user);
    let mark = |property: &'static str, seen: &str, wanted: Wanted| {
        evidence::user(tenant, user.index, property, seen, wanted)
    };
    let mut evidence = Vec::new();
    evidence.extend(creation_type.map(|word| mark("creationType", word, Value::Null.into())));
    evidence.extend(external_state.map(|state| mark("externalUserState", state, Value::Null.into())));
    let unmarked = || Wanted::said("wanted-no-external-mark");
    evidence.extend(principal_name.map(|name| mark("userPrincipalName", name, unmarked())));
    evidence.push(evidence::membership(
        tenant,
        group,
        user.index,
        Wanted::said("wanted-no-external-account"),
    ));
    evidence
}

/// A target without licenses: its external members will be a violation once it is licensed.
fn advise_target(context: &Context<'_>, output: &mut Output<'_>, group: GroupIndex, user: User<'_>) {
    // Else nobody knows whether it has licenses.
    if context.group_licenses == GroupLicenses::Readable && user.is_external() {
        let evidence = guest_evidence(context, group, user);
        let message = Message::new("guest-in-target-group");
        output.find(Code::GuestInTargetGroup, Subject::member(group, user.index), message, evidence);
    }
}

fn advise_nested(context: &Context<'_>, output: &mut Output<'_>, group: GroupIndex) {
    for (member, through) in context.nested(group).users {
        let user = context.tenant.user(member);
        if user.is_external() {
            let evidence = guest_evidence(context, through[0], user);
            let name = super::context::group_name(context.tenant, through[0]);
            let message = Message::new("guest-in-nested-group").with("through", name);
            output.find(Code::GuestInNestedGroup, Subject::member(group, member), message, evidence);
        }
    }
}

fn advise_rule(context: &Context<'_>, output: &mut Output<'_>, group: GroupIndex) {
    let details = context.tenant.group(group);
    if details.rule_admits_guests() {
        let rule = details.membership_rule.clone();
        let seen = evidence::group(
            context.tenant,
            group,
            "membershipRule",
            rule,
            Wanted::said("wanted-user-type-test"),
        );
        let message = Message::new("dynamic-rule-admits-guests");
        output.find(Code::DynamicRuleAdmitsGuests, Subject::group(group), message, vec![seen]);
    }
}
