//! The gap that stands where the data of a finding was not read: the same stories as those that hit, less one
//! reading.

use serde_json::Value;
use tollgate::tenant::Collection;
use tollgate::verdict::{Code, CriterionId, Verdict};

use crate::configured::{office_only, two_groups};
use crate::guests::{with_guest, with_nested_guest};
use crate::judged::{CONFIGURED, GUESTS, LICENSED, SEATS};
use crate::licensed::{
    disabled, left, nested, overlooked, refused, suspended, unrecognised, well, with_error, without_intune,
};
use crate::seats::one_too_many;
use crate::tenant::{Story, tenant};

/// A story in which a code is said, and the code.
type Hit = (Code, fn() -> Story);

/// What rests on ada's entries, as a member.
const BY_ENTRIES: [Hit; 6] = [
    (Code::AssignmentError, refused),
    (Code::AssignmentActiveWithError, with_error),
    (Code::AssignmentDisabled, disabled),
    (Code::UnrecognisedState, unrecognised),
    (Code::NotLicensedWithoutError, overlooked),
    (Code::LicenseSuspended, suspended),
];

/// The same for a requirement of a target.
const BY_REQUIREMENT: [Hit; 2] =
    [(Code::MissingProduct, office_only), (Code::RequiredPlanDisabled, without_intune)];

/// And for who is a member.
const BY_NESTING: [Hit; 2] =
    [(Code::MemberThroughNestedGroup, nested), (Code::NestedGroupMembersNotLicensed, nested)];

/// For each violation the test in which a gap stands in its place.
pub(crate) const INSTEAD: &[(CriterionId, Code, fn())] = &[
    (
        CONFIGURED,
        Code::TargetNotFound,
        a_target_that_a_broken_group_list_does_not_have_is_not_said_to_be_missing,
    ),
    (
        CONFIGURED,
        Code::TargetDeleted,
        a_target_that_a_broken_group_list_does_not_have_is_not_said_to_be_missing,
    ),
    (CONFIGURED, Code::GroupTypeNotEligible, a_kind_that_nobody_knows_is_no_violation),
    (
        CONFIGURED,
        Code::NoLicenseAssigned,
        a_target_is_not_said_to_be_unlicensed_where_licenses_are_unreadable,
    ),
    (
        CONFIGURED,
        Code::MissingProduct,
        what_a_target_does_not_hand_out_is_a_gap_where_it_hangs_on_its_members,
    ),
    (
        CONFIGURED,
        Code::RequiredPlanDisabled,
        what_a_target_does_not_hand_out_is_a_gap_where_it_hangs_on_its_members,
    ),
    (
        CONFIGURED,
        Code::NoGroupConfigured,
        a_target_is_not_said_to_be_unlicensed_where_licenses_are_unreadable,
    ),
    (
        CONFIGURED,
        Code::NoGroupGrantsBothSuites,
        a_target_that_a_broken_group_list_does_not_have_is_not_said_to_be_missing,
    ),
    (GUESTS, Code::GuestInLicensedGroup, a_guest_is_a_gap_where_the_properties_were_not_read),
    (SEATS, Code::SeatsExhausted, seats_are_a_gap_where_what_they_are_counted_from_was_not_read),
    (SEATS, Code::DemandExceedsSeats, seats_are_a_gap_where_what_they_are_counted_from_was_not_read),
    (SEATS, Code::OverConsumed, seats_are_a_gap_where_what_they_are_counted_from_was_not_read),
    (SEATS, Code::SubscriptionSuspended, seats_are_a_gap_where_what_they_are_counted_from_was_not_read),
    (SEATS, Code::SkuNotOwned, seats_are_a_gap_where_what_they_are_counted_from_was_not_read),
    (LICENSED, Code::AssignmentError, what_entries_tell_of_members_is_a_gap_where_they_were_not_read),
    (
        LICENSED,
        Code::AssignmentActiveWithError,
        what_entries_tell_of_members_is_a_gap_where_they_were_not_read,
    ),
    (LICENSED, Code::AssignmentDisabled, what_entries_tell_of_members_is_a_gap_where_they_were_not_read),
    (LICENSED, Code::UnrecognisedState, what_entries_tell_of_members_is_a_gap_where_they_were_not_read),
    (LICENSED, Code::NotLicensedWithoutError, what_entries_tell_of_members_is_a_gap_where_they_were_not_read),
    (LICENSED, Code::LicenseSuspended, whether_a_license_is_in_force_is_a_gap_where_products_were_not_read),
    (LICENSED, Code::MissingProduct, what_entries_tell_of_members_is_a_gap_where_they_were_not_read),
    (LICENSED, Code::RequiredPlanDisabled, what_entries_tell_of_members_is_a_gap_where_they_were_not_read),
    (
        LICENSED,
        Code::MemberThroughNestedGroup,
        who_is_a_member_is_a_gap_where_the_list_was_not_read_to_its_end,
    ),
    (
        LICENSED,
        Code::NestedGroupMembersNotLicensed,
        who_is_a_member_is_a_gap_where_the_list_was_not_read_to_its_end,
    ),
    (LICENSED, Code::LicenseLeftBehind, who_is_a_member_is_a_gap_where_the_list_was_not_read_to_its_end),
];

/// The code is said as it stands, and no longer once the reading is taken away; then the gap is.
fn instead(
    criterion: CriterionId,
    (code, story): Hit,
    less: impl Fn(Story) -> Story,
    gap: Code,
    about: &str,
) {
    assert!(story().judge().times(criterion, code) > 0, "{} is not said at all", code.as_str());
    let audit = less(story()).judge();
    audit.gap(criterion, gap, about);
    audit.silent(criterion, code).verdict(criterion, Verdict::Inconclusive);
}

fn limited(story: Story) -> Story {
    story.user("ada").limited()
}

fn no_states(story: Story) -> Story {
    story.user("ada").set("licenseAssignmentStates", Value::Null)
}

fn unlisted(story: Story) -> Story {
    story.user("ada").unlisted().cut_off(Collection::Users)
}

fn hidden_group(story: Story) -> Story {
    story.user("ada").limited().group("Sales").set("visibility", "HiddenMembership")
}

fn no_products(story: Story) -> Story {
    story.cut_off(Collection::SubscribedSkus)
}

#[test]
pub(crate) fn what_entries_tell_of_members_is_a_gap_where_they_were_not_read() {
    for hit in BY_ENTRIES.into_iter().chain(BY_REQUIREMENT).chain(BY_NESTING) {
        instead(LICENSED, hit, limited, Code::LimitedInformation, "Sales / ada");
        instead(LICENSED, hit, no_states, Code::LicenseStatesMissing, "Sales / ada");
        instead(LICENSED, hit, unlisted, Code::UsersIncomplete, "");
    }
    for hit in BY_ENTRIES.into_iter().chain(BY_REQUIREMENT) {
        instead(LICENSED, hit, hidden_group, Code::MembershipHidden, "Sales");
    }
}

#[test]
pub(crate) fn whether_a_license_is_in_force_is_a_gap_where_products_were_not_read() {
    let unknown = |story: Story| story.product("SPE_E3").set("capabilityStatus", Value::Null);
    let uncounted = |story: Story| {
        story.product("SPE_E3").set("capabilityStatus", "Enabled").set("prepaidUnits", Value::Null)
    };
    let hit = (Code::LicenseSuspended, suspended as fn() -> Story);
    instead(LICENSED, hit, unknown, Code::SkuUnreadable, "SPE_E3");
    instead(LICENSED, hit, uncounted, Code::SeatCountersMissing, "SPE_E3");
    let not_owned: Hit =
        (Code::LicenseSuspended, || tenant().group("Sales").grants("SPE_E3").user("ada").in_group("Sales"));
    instead(LICENSED, not_owned, no_products, Code::SeatsUnreadable, "");
}

#[test]
pub(crate) fn a_requirement_that_a_product_of_unknown_standing_might_meet_is_a_gap() {
    // EMS, held directly, would meet the requirement if it is in force.
    let story: Hit = (Code::MissingProduct, || {
        office_only().owns("EMS", 5).set("capabilityStatus", "Suspended").user("ada").direct("EMS")
    });
    let unknown = |story: Story| story.product("EMS").set("capabilityStatus", "Brandnew");
    let uncounted = |story: Story| {
        story.product("EMS").set("capabilityStatus", "Enabled").set("prepaidUnits.enabled", Value::Null)
    };
    instead(LICENSED, story, unknown, Code::SkuUnreadable, "EMS");
    instead(LICENSED, story, uncounted, Code::SeatCountersMissing, "EMS");
    let of_unknown_plans: Hit = (Code::MissingProduct, office_only);
    let mystery = |story: Story| story.owns("MYSTERY", 5).user("ada").direct("MYSTERY");
    instead(LICENSED, of_unknown_plans, mystery, Code::SkuPlansMissing, "MYSTERY");
}

#[test]
pub(crate) fn a_product_of_unknown_standing_that_would_not_help_is_no_gap() {
    let story = office_only()
        .owns("FLOW_FREE", 5)
        .set("capabilityStatus", Value::Null)
        .user("ada")
        .direct("FLOW_FREE");
    let audit = story.judge();
    audit.silent(LICENSED, Code::SkuUnreadable).violation(LICENSED, Code::MissingProduct, "Sales / ada");
}

#[test]
pub(crate) fn who_is_a_member_is_a_gap_where_the_list_was_not_read_to_its_end() {
    let cut = |story: Story| story.group("Sales").members_cut_off();
    instead(LICENSED, (Code::LicenseLeftBehind, left), cut, Code::MembersIncomplete, "Sales");
    for hit in BY_NESTING {
        instead(LICENSED, hit, cut, Code::MembersIncomplete, "Sales");
    }
    let hidden = |story: Story| story.group("Sales").set("visibility", "HiddenMembership");
    instead(LICENSED, (Code::LicenseLeftBehind, left), hidden, Code::MembershipHidden, "Sales");
    let unasked = |story: Story| story.group("Sales").members_not_asked_for();
    instead(LICENSED, (Code::LicenseLeftBehind, left), unasked, Code::MembersNotInSnapshot, "Sales");
    for hit in BY_ENTRIES {
        instead(LICENSED, hit, unasked, Code::MembersNotInSnapshot, "Sales");
    }
}

#[test]
pub(crate) fn an_orphan_is_none_where_the_group_list_broke_off() {
    let audit = well().holds("FLOW_FREE", Some("Bygone")).cut_off(Collection::Groups).judge();
    audit.gap(LICENSED, Code::GroupLicensesUnreadable, "");
    audit.silent(LICENSED, Code::OrphanAssignment).verdict(LICENSED, Verdict::Inconclusive);
}

#[test]
pub(crate) fn a_target_that_a_broken_group_list_does_not_have_is_not_said_to_be_missing() {
    let audit = well().target("Nobody").cut_off(Collection::Groups).judge();
    audit.gap(CONFIGURED, Code::GroupLicensesUnreadable, "");
    audit.silent(CONFIGURED, Code::TargetNotFound).verdict(CONFIGURED, Verdict::Inconclusive);
    let deleted =
        well().deleted_group("Bin", "2026-11-02T10:15:00Z").target("Bin").cut_off(Collection::Groups);
    deleted.judge().silent(CONFIGURED, Code::TargetDeleted).verdict(CONFIGURED, Verdict::Inconclusive);
    let none = tenant().cut_off(Collection::Groups).judge();
    none.silent(CONFIGURED, Code::NoGroupConfigured).verdict(CONFIGURED, Verdict::Inconclusive);
    let partial = tenant().group("Sales").grants("EMS").cut_off(Collection::Groups).judge();
    partial.silent(CONFIGURED, Code::NoGroupGrantsBothSuites).verdict(CONFIGURED, Verdict::Inconclusive);
}

#[test]
pub(crate) fn what_a_target_does_not_hand_out_is_a_gap_where_it_hangs_on_its_members() {
    let missing: Hit = (Code::MissingProduct, office_only);
    let switched_off: Hit = (Code::RequiredPlanDisabled, without_intune);
    for hit in [missing, switched_off] {
        instead(CONFIGURED, hit, limited, Code::LimitedInformation, "Sales / ada");
        instead(CONFIGURED, hit, no_states, Code::LicenseStatesMissing, "Sales / ada");
        instead(CONFIGURED, hit, unlisted, Code::UsersIncomplete, "");
        instead(CONFIGURED, hit, hidden_group, Code::MembershipHidden, "Sales");
        let unasked = |story: Story| story.group("Sales").members_not_asked_for();
        instead(CONFIGURED, hit, unasked, Code::MembersNotInSnapshot, "Sales");
    }
    let from_others: Hit = (Code::ProductFromAnotherGroup, two_groups);
    let cut = |story: Story| story.group("Sales").members_cut_off();
    instead(CONFIGURED, from_others, cut, Code::MembersIncomplete, "Sales");
}

#[test]
pub(crate) fn a_kind_that_nobody_knows_is_no_violation() {
    let hit: Hit =
        (Code::GroupTypeNotEligible, || office_only().group("Sales").set("securityEnabled", false));
    let audit = (hit.1)().set("securityEnabled", Value::Null).user("ada").direct("EMS").judge();
    audit.gap(CONFIGURED, Code::GroupKindUnknown, "Sales");
    audit.silent(CONFIGURED, hit.0);
}

#[test]
pub(crate) fn a_target_is_not_said_to_be_unlicensed_where_licenses_are_unreadable() {
    let story: Hit = (Code::NoLicenseAssigned, || {
        tenant().owns("SPE_E3", 5).group("Sales").user("ada").in_group("Sales").target("Sales")
    });
    let less = |story: Story| story.user("ada").holds("SPE_E3", Some("Sales"));
    instead(CONFIGURED, story, less, Code::GroupLicensesUnreadable, "");
    let none: Hit = (Code::NoGroupConfigured, || tenant().group("Sales").user("ada").in_group("Sales"));
    instead(CONFIGURED, none, less, Code::GroupLicensesUnreadable, "");
}

#[test]
pub(crate) fn a_guest_is_a_gap_where_the_properties_were_not_read() {
    let hit: Hit = (Code::GuestInLicensedGroup, with_guest);
    let limited = |story: Story| story.user("pilar").limited();
    instead(GUESTS, hit, limited, Code::LimitedInformation, "Sales / pilar");
    let unlisted = |story: Story| story.user("pilar").unlisted().cut_off(Collection::Users);
    instead(GUESTS, hit, unlisted, Code::UsersIncomplete, "");
    let hidden =
        |story: Story| story.user("pilar").limited().group("Sales").set("visibility", "HiddenMembership");
    instead(GUESTS, hit, hidden, Code::MembershipHidden, "Sales");
    let unasked = |story: Story| story.group("Sales").members_not_asked_for();
    instead(GUESTS, hit, unasked, Code::MembersNotInSnapshot, "Sales");
    instead(
        GUESTS,
        (Code::GuestInNestedGroup, with_nested_guest),
        unasked,
        Code::MembersNotInSnapshot,
        "Sales",
    );
}

#[test]
pub(crate) fn seats_are_a_gap_where_what_they_are_counted_from_was_not_read() {
    let exhausted: Hit = (Code::SeatsExhausted, one_too_many);
    let no_states = |story: Story| story.user("eve").set("licenseAssignmentStates", Value::Null);
    let limited = |story: Story| story.user("eve").limited();
    for (less, gap) in
        [(no_states as fn(Story) -> Story, Code::LicenseStatesMissing), (limited, Code::LimitedInformation)]
    {
        let audit = less(one_too_many()).judge();
        audit.gap(SEATS, gap, "Sales / eve");
        audit.silent(SEATS, Code::SeatsExhausted);
    }
    let unconsumed = |story: Story| story.product("SPE_E3").set("consumedUnits", Value::Null);
    let audit = unconsumed(one_too_many()).judge();
    audit.gap(SEATS, Code::SeatCountersMissing, "SPE_E3");
    audit.silent(SEATS, exhausted.0);
    let over: Hit =
        (Code::OverConsumed, || crate::tenant::sales().product("SPE_E3").set("consumedUnits", 12));
    instead(SEATS, over, unconsumed, Code::SeatCountersMissing, "SPE_E3");
    let demand: Hit = (Code::DemandExceedsSeats, one_too_many);
    let uncounted = |story: Story| story.product("SPE_E3").set("prepaidUnits", Value::Null);
    instead(SEATS, demand, uncounted, Code::SeatCountersMissing, "SPE_E3");
    let unasked = |story: Story| story.group("Sales").members_not_asked_for();
    instead(SEATS, demand, unasked, Code::MembersNotInSnapshot, "Sales");
    let not_owned: Hit = (Code::SkuNotOwned, || tenant().group("Sales").grants("SPE_E3"));
    instead(SEATS, not_owned, no_products, Code::SeatsUnreadable, "");
    let ended: Hit = (Code::SubscriptionSuspended, || {
        crate::tenant::sales().product("SPE_E3").set("capabilityStatus", "Deleted")
    });
    let unknown = |story: Story| story.product("SPE_E3").set("capabilityStatus", Value::Null);
    instead(SEATS, ended, unknown, Code::SkuUnreadable, "SPE_E3");
}
