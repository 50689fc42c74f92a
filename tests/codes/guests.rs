//! `no-b2b-groups-licensed`.

use serde_json::{Value, json};
use tollgate::tenant::Collection;
use tollgate::verdict::{Code, Verdict};

use crate::judged::GUESTS;
use crate::registry::Proof;
use crate::tenant::{Story, sales, tenant};

/// Sales with an external member.
pub(crate) fn with_guest() -> Story {
    sales().user("pilar").in_group("Sales").invited()
}

/// Sales with a group of trainees inside, and an external account in that.
pub(crate) fn with_nested_guest() -> Story {
    sales().contains("Trainees").group("Trainees").user("pilar").in_group("Trainees").invited()
}

#[test]
pub(crate) fn an_invited_account_in_a_licensed_group_is_a_violation_with_each_of_its_marks() {
    let name = "pilar_fabrikam.example#EXT#@contoso.example";
    let audit = with_guest().set("userPrincipalName", name).judge();
    audit
        .violation(GUESTS, Code::GuestInLicensedGroup, "Sales / pilar")
        .shows("users/pilar", "creationType", "Invitation")
        .shows("users/pilar", "externalUserState", "Accepted")
        .shows("users/pilar", "userPrincipalName", name)
        .shows("groups/Sales/members", "id", "pilar");
    audit.verdict(GUESTS, Verdict::Fail).verdict_of("Sales", GUESTS, Verdict::Fail);
}

#[test]
fn one_mark_is_enough_in_any_letter_case_and_whatever_the_user_type() {
    for (property, value) in [
        ("creationType", "invitation"),
        ("externalUserState", "PendingAcceptance"),
        ("userPrincipalName", "pilar_fabrikam.example#ext#@contoso.example"),
    ] {
        let audit = sales().user("pilar").in_group("Sales").set(property, value).judge();
        let said = audit.violation(GUESTS, Code::GuestInLicensedGroup, "Sales / pilar");
        said.shows("users/pilar", property, value);
        assert_eq!(said.sentence(), "guest-in-licensed-group-member");
    }
}

#[test]
pub(crate) fn empty_marks_and_other_creation_types_are_those_of_an_internal_account() {
    let audit = sales()
        .user("ada")
        .in_group("Sales")
        .set("externalUserState", "")
        .set("creationType", "LocalAccount")
        .set("userPrincipalName", "ada.ext@contoso.example")
        .judge();
    audit.silent(GUESTS, Code::GuestInLicensedGroup).verdict(GUESTS, Verdict::Pass);
}

#[test]
fn each_group_and_external_member_is_one_violation() {
    let audit = with_guest()
        .in_group("Board")
        .user("henrik")
        .in_group("Board")
        .invited()
        .group("Board")
        .grants("SPE_E3")
        .judge();
    assert_eq!(audit.times(GUESTS, Code::GuestInLicensedGroup), 3);
    audit.violation(GUESTS, Code::GuestInLicensedGroup, "Board / henrik");
}

#[test]
fn a_guest_in_an_excluded_group_or_one_without_licenses_is_nothing() {
    let excluded = with_guest().plan("[scope]\nexclude-groups = [\"Sales\"]").judge();
    excluded.only(GUESTS, &[]).verdict(GUESTS, Verdict::NotApplicable);
    let product = with_guest().plan("[scope]\nexclude-skus = [\"SPE_E3\"]").judge();
    product.only(GUESTS, &[]).verdict(GUESTS, Verdict::NotApplicable);
    let unlicensed = with_guest().group("Sales").set("assignedLicenses", json!([])).user("pilar");
    unlicensed.set("licenseAssignmentStates", json!([])).judge().verdict(GUESTS, Verdict::NotApplicable);
}

#[test]
fn a_licensed_group_with_no_members_passes() {
    sales().judge().only(GUESTS, &[]).verdict(GUESTS, Verdict::Pass);
}

#[test]
pub(crate) fn a_guest_by_user_type_only_is_an_internal_guest() {
    let audit = sales().user("lotte").in_group("Sales").set("userType", "guest").judge();
    let said = audit.advisory(GUESTS, Code::InternalGuest, "Sales / lotte");
    said.shows("users/lotte", "userType", "guest");
    audit.verdict(GUESTS, Verdict::Pass);
}

#[test]
pub(crate) fn a_guest_by_user_type_who_was_invited_is_not_internal() {
    with_guest().judge().silent(GUESTS, Code::InternalGuest);
}

#[test]
pub(crate) fn an_external_member_of_a_target_without_licenses_is_an_advisory() {
    let audit = sales().group("Board").user("pilar").in_group("Board").invited().target("Board").judge();
    let said = audit.advisory(GUESTS, Code::GuestInTargetGroup, "Board / pilar");
    said.shows("users/pilar", "creationType", "Invitation");
    audit.verdict(GUESTS, Verdict::Pass);
}

#[test]
pub(crate) fn in_a_group_that_is_no_target_or_is_licensed_it_is_not_that_advisory() {
    let no_target = sales().group("Board").user("pilar").in_group("Board").invited().judge();
    no_target.silent(GUESTS, Code::GuestInTargetGroup);
    let licensed = with_guest().target("Sales").judge();
    licensed.silent(GUESTS, Code::GuestInTargetGroup);
}

#[test]
pub(crate) fn an_external_member_of_a_nested_group_is_an_advisory() {
    let audit = with_nested_guest().judge();
    let said = audit.advisory(GUESTS, Code::GuestInNestedGroup, "Sales / pilar");
    said.shows("groups/Trainees/members", "id", "pilar");
    assert_eq!(said.argument("through"), "Trainees");
    audit.silent(GUESTS, Code::GuestInLicensedGroup).verdict(GUESTS, Verdict::Pass);
}

#[test]
pub(crate) fn who_is_also_a_direct_member_is_not_reached_through_nesting() {
    let audit = with_nested_guest().user("pilar").in_group("Sales").judge();
    audit.silent(GUESTS, Code::GuestInNestedGroup).violation(
        GUESTS,
        Code::GuestInLicensedGroup,
        "Sales / pilar",
    );
}

#[test]
fn nesting_is_followed_to_any_depth_and_cycles_end_even_through_an_excluded_group() {
    let audit = with_nested_guest()
        .group("Trainees")
        .contains("Interns")
        .group("Interns")
        .contains("Sales")
        .user("henrik")
        .in_group("Interns")
        .invited()
        .plan("[scope]\nexclude-groups = [\"Trainees\"]")
        .judge();
    audit.advisory(GUESTS, Code::GuestInNestedGroup, "Sales / pilar");
    audit.advisory(GUESTS, Code::GuestInNestedGroup, "Sales / henrik");
}

#[test]
pub(crate) fn a_user_rule_without_a_test_of_user_type_admits_guests() {
    for rule in [
        r#"(user.department -eq "Sales")"#,
        r#"(user.department -eq "user.userType")"#,
        "(user.department -eq 'user.userType')",
    ] {
        let audit = sales().dynamic(rule).user("ada").in_group("Sales").judge();
        let said = audit.advisory(GUESTS, Code::DynamicRuleAdmitsGuests, "Sales");
        said.shows("groups/Sales", "membershipRule", rule);
        audit.verdict(GUESTS, Verdict::Pass);
    }
}

#[test]
pub(crate) fn a_rule_that_tests_user_type_or_collects_devices_does_not() {
    for rule in [
        r#"(User.usertype -eq "Member") -and (user.department -eq "Sales")"#,
        r#"(device.deviceOSType -eq "Windows")"#,
    ] {
        sales().dynamic(rule).judge().silent(GUESTS, Code::DynamicRuleAdmitsGuests);
    }
    let left_over = sales().dynamic(r#"(user.department -eq "Sales")"#).set("groupTypes", json!([]));
    left_over.judge().silent(GUESTS, Code::DynamicRuleAdmitsGuests);
}

#[test]
fn the_rule_of_a_target_without_licenses_is_looked_at_too() {
    let audit = sales().group("Board").dynamic("(user.department -eq \"Board\")").target("Board").judge();
    audit.advisory(GUESTS, Code::DynamicRuleAdmitsGuests, "Board");
}

// Gaps

#[test]
pub(crate) fn where_group_licenses_are_unreadable_nobody_knows_which_groups_matter() {
    let story = with_guest().holds("SPE_E3", Some("Sales")).group("Sales").set("assignedLicenses", json!([]));
    let audit = story.target("Sales").judge();
    audit.gap(GUESTS, Code::GroupLicensesUnreadable, "");
    audit
        .silent(GUESTS, Code::GuestInLicensedGroup)
        .silent(GUESTS, Code::GuestInTargetGroup)
        .verdict(GUESTS, Verdict::Inconclusive);
}

#[test]
pub(crate) fn a_source_that_no_group_list_has_is_no_sign_of_unreadable_licenses() {
    let audit =
        tenant().owns("SPE_E3", 10).group("Sales").user("ada").holds("SPE_E3", Some("Bygone")).judge();
    audit.silent(GUESTS, Code::GroupLicensesUnreadable).verdict(GUESTS, Verdict::NotApplicable);
}

#[test]
pub(crate) fn a_hidden_membership_may_have_guests() {
    let audit = sales().set("visibility", "HiddenMembership").judge();
    audit.gap(GUESTS, Code::MembershipHidden, "Sales");
    audit.verdict(GUESTS, Verdict::Inconclusive).verdict_of("Sales", GUESTS, Verdict::Inconclusive);
    let limited =
        sales().set("visibility", "HiddenMembership").user("ada").in_group("Sales").limited().judge();
    limited.gap(GUESTS, Code::MembershipHidden, "Sales");
    limited.gap(GUESTS, Code::LimitedInformation, "Sales / ada");
}

#[test]
pub(crate) fn a_hidden_membership_that_shows_a_member_is_read() {
    let audit = sales().set("visibility", "HiddenMembership").user("ada").in_group("Sales").judge();
    audit.silent(GUESTS, Code::MembershipHidden).verdict(GUESTS, Verdict::Pass);
}

#[test]
pub(crate) fn a_member_with_an_id_and_nothing_else_may_be_a_guest() {
    let audit = sales().user("ada").in_group("Sales").limited().judge();
    audit.gap(GUESTS, Code::LimitedInformation, "Sales / ada");
    audit.verdict(GUESTS, Verdict::Inconclusive);
    let absent = sales().user("ada").in_group("Sales").unlisted().judge();
    absent.gap(GUESTS, Code::LimitedInformation, "Sales / ada");
}

#[test]
pub(crate) fn one_readable_property_a_look_by_id_or_a_404_settles_a_limited_member() {
    let named = sales().user("ada").in_group("Sales").limited().set("displayName", "Ada").judge();
    named.silent(GUESTS, Code::LimitedInformation).verdict(GUESTS, Verdict::Pass);
    let by_id = with_guest().shown_by_id_only().judge();
    by_id.silent(GUESTS, Code::LimitedInformation).violation(
        GUESTS,
        Code::GuestInLicensedGroup,
        "Sales / pilar",
    );
    let gone = with_guest().gone().judge();
    gone.silent(GUESTS, Code::LimitedInformation).verdict(GUESTS, Verdict::Pass);
}

#[test]
pub(crate) fn members_that_were_not_read_may_be_guests() {
    let audit = sales().members_cut_off().judge();
    audit.gap(GUESTS, Code::MembersIncomplete, "Sales");
    audit.verdict(GUESTS, Verdict::Inconclusive);
    let found = with_guest().group("Sales").members_cut_off().judge();
    found.gap(GUESTS, Code::MembersIncomplete, "Sales");
    found.verdict(GUESTS, Verdict::Fail);
}

#[test]
pub(crate) fn the_members_of_a_nested_group_do_not_decide() {
    let audit = with_nested_guest().group("Trainees").members_cut_off().judge();
    audit.silent(GUESTS, Code::MembersIncomplete).verdict(GUESTS, Verdict::Pass);
}

#[test]
pub(crate) fn a_broken_user_list_may_hide_what_members_are() {
    let audit = sales().user("ada").in_group("Sales").unlisted().cut_off(Collection::Users).judge();
    audit.gap(GUESTS, Code::UsersIncomplete, "");
    audit.silent(GUESTS, Code::LimitedInformation).verdict(GUESTS, Verdict::Inconclusive);
}

#[test]
pub(crate) fn without_a_licensed_group_the_user_list_does_not_matter() {
    let audit = tenant().group("Sales").cut_off(Collection::Users).judge();
    audit.silent(GUESTS, Code::UsersIncomplete).verdict(GUESTS, Verdict::NotApplicable);
}

#[test]
pub(crate) fn a_dynamic_licensed_group_that_is_processing_and_shows_nobody_is_not_settled() {
    let audit = sales().dynamic("(user.userType -eq \"Member\")").processing().judge();
    audit.gap(GUESTS, Code::MembershipNotSettled, "Sales");
    audit.verdict(GUESTS, Verdict::Inconclusive);
}

#[test]
pub(crate) fn assigned_members_one_member_or_complete_processing_are_settled() {
    let rule = "(user.userType -eq \"Member\")";
    for story in [
        sales().processing(),
        sales().dynamic(rule),
        sales().dynamic(rule).processing().user("ada").in_group("Sales"),
        sales().dynamic(rule).group("Sales").set("licenseProcessingState", "processingcomplete"),
    ] {
        story.judge().silent(GUESTS, Code::MembershipNotSettled).verdict(GUESTS, Verdict::Pass);
    }
    let null = sales().dynamic(rule).set("licenseProcessingState", Value::Null).judge();
    null.gap(GUESTS, Code::MembershipNotSettled, "Sales");
}

pub(crate) const PROOFS: &[Proof] = &[
    (
        GUESTS,
        Code::GuestInLicensedGroup,
        an_invited_account_in_a_licensed_group_is_a_violation_with_each_of_its_marks,
        empty_marks_and_other_creation_types_are_those_of_an_internal_account,
    ),
    (
        GUESTS,
        Code::InternalGuest,
        a_guest_by_user_type_only_is_an_internal_guest,
        a_guest_by_user_type_who_was_invited_is_not_internal,
    ),
    (
        GUESTS,
        Code::GuestInTargetGroup,
        an_external_member_of_a_target_without_licenses_is_an_advisory,
        in_a_group_that_is_no_target_or_is_licensed_it_is_not_that_advisory,
    ),
    (
        GUESTS,
        Code::GuestInNestedGroup,
        an_external_member_of_a_nested_group_is_an_advisory,
        who_is_also_a_direct_member_is_not_reached_through_nesting,
    ),
    (
        GUESTS,
        Code::DynamicRuleAdmitsGuests,
        a_user_rule_without_a_test_of_user_type_admits_guests,
        a_rule_that_tests_user_type_or_collects_devices_does_not,
    ),
    (
        GUESTS,
        Code::GroupLicensesUnreadable,
        where_group_licenses_are_unreadable_nobody_knows_which_groups_matter,
        a_source_that_no_group_list_has_is_no_sign_of_unreadable_licenses,
    ),
    (
        GUESTS,
        Code::MembershipHidden,
        a_hidden_membership_may_have_guests,
        a_hidden_membership_that_shows_a_member_is_read,
    ),
    (
        GUESTS,
        Code::LimitedInformation,
        a_member_with_an_id_and_nothing_else_may_be_a_guest,
        one_readable_property_a_look_by_id_or_a_404_settles_a_limited_member,
    ),
    (
        GUESTS,
        Code::MembersIncomplete,
        members_that_were_not_read_may_be_guests,
        the_members_of_a_nested_group_do_not_decide,
    ),
    (
        GUESTS,
        Code::UsersIncomplete,
        a_broken_user_list_may_hide_what_members_are,
        without_a_licensed_group_the_user_list_does_not_matter,
    ),
    (
        GUESTS,
        Code::MembershipNotSettled,
        a_dynamic_licensed_group_that_is_processing_and_shows_nobody_is_not_settled,
        assigned_members_one_member_or_complete_processing_are_settled,
    ),
];
