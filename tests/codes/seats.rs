//! `enough-seats`.

use serde_json::{Value, json};
use tollgate::tenant::Collection;
use tollgate::verdict::{Code, Verdict};

use crate::judged::SEATS;
use crate::registry::Proof;
use crate::tenant::{Story, sales, tenant};

/// Sales hands out a product with so many seats, of which so many are consumed; nobody is in it.
fn seats(enabled: i64, consumed: i64) -> Story {
    tenant()
        .owns("SPE_E3", enabled)
        .set("consumedUnits", consumed)
        .group("Sales")
        .grants("SPE_E3")
        .product("SPE_E3")
}

/// One seat, which ada holds; eve was refused one.
pub(crate) fn one_too_many() -> Story {
    tenant()
        .owns("SPE_E3", 1)
        .group("Sales")
        .grants("SPE_E3")
        .user("ada")
        .in_group("Sales")
        .user("eve")
        .in_group("Sales")
        .fails("Sales", "SPE_E3", "CountViolation")
}

#[test]
fn without_a_product_that_groups_assign_to_users_there_is_nothing_to_count() {
    tenant().owns("SPE_E3", 0).judge().only(SEATS, &[]).verdict(SEATS, Verdict::NotApplicable);
    let company = seats(0, 0).set("appliesTo", "Company").judge();
    company.only(SEATS, &[]).verdict(SEATS, Verdict::NotApplicable);
    let null = seats(0, 0).set("appliesTo", Value::Null).judge();
    null.violation(SEATS, Code::SubscriptionSuspended, "SPE_E3");
    let excluded = seats(0, 0).plan("[scope]\nexclude-skus = [\"spe_*\"]").judge();
    excluded.only(SEATS, &[]).verdict(SEATS, Verdict::NotApplicable);
}

// Violations

#[test]
pub(crate) fn a_member_who_waits_for_a_seat_that_is_not_free_exhausts_them() {
    let audit = one_too_many().judge();
    audit
        .violation(SEATS, Code::SeatsExhausted, "SPE_E3")
        .shows("subscribedSkus/SPE_E3", "consumedUnits", 1)
        .shows("subscribedSkus/SPE_E3", "demand", json!({ "demand": 2, "waiting": 1, "groups": ["Sales"] }));
    audit.verdict(SEATS, Verdict::Fail).verdict_of("Sales", SEATS, Verdict::Fail);
}

#[test]
pub(crate) fn a_free_seat_for_everybody_who_waits_is_enough() {
    let audit = one_too_many().product("SPE_E3").set("prepaidUnits.enabled", 2).judge();
    audit.silent(SEATS, Code::SeatsExhausted).verdict(SEATS, Verdict::Pass);
}

#[test]
fn who_has_a_seat_from_elsewhere_does_not_wait_and_nobody_waits_twice() {
    let audit = one_too_many()
        .user("ada")
        .in_group("Board")
        .user("eve")
        .in_group("Board")
        .fails("Board", "SPE_E3", "CountViolation")
        .group("Board")
        .grants("SPE_E3")
        .judge();
    assert_eq!(audit.seats("SPE_E3"), (2, 1, 0));
    let direct = one_too_many().direct("SPE_E3").judge();
    assert_eq!(direct.seats("SPE_E3"), (2, 0, 0));
    let with_error = one_too_many().user("eve").entry("Board", "SPE_E3", "ActiveWithError", "Other");
    assert_eq!(with_error.group("Board").judge().seats("SPE_E3"), (2, 0, 0));
}

#[test]
fn pending_members_wait_too() {
    let audit =
        seats(1, 1).group("Sales").processing().user("ada").in_group("Sales").overlooked_by("Sales").judge();
    assert_eq!(audit.seats("SPE_E3"), (1, 1, 0));
    audit.violation(SEATS, Code::SeatsExhausted, "SPE_E3");
}

#[test]
fn seats_in_the_grace_period_can_be_held() {
    let audit =
        one_too_many().product("SPE_E3").set("prepaidUnits", json!({ "enabled": 0, "warning": 2 })).judge();
    audit.silent(SEATS, Code::SeatsExhausted).silent(SEATS, Code::SubscriptionSuspended);
    audit.advisory(SEATS, Code::SeatsInGrace, "SPE_E3");
    audit.verdict(SEATS, Verdict::Pass);
}

#[test]
pub(crate) fn more_people_than_seats_exceed_them_direct_holders_included() {
    let audit = tenant()
        .owns("SPE_E3", 1)
        .group("Sales")
        .grants("SPE_E3")
        .user("ada")
        .in_group("Sales")
        .user("eve")
        .direct("SPE_E3")
        .judge();
    audit.violation(SEATS, Code::DemandExceedsSeats, "SPE_E3").shows(
        "subscribedSkus/SPE_E3",
        "prepaidUnits.enabled",
        1,
    );
    assert_eq!(audit.seats("SPE_E3"), (2, 0, 0));
    audit.verdict(SEATS, Verdict::Fail);
}

#[test]
pub(crate) fn one_person_in_two_groups_and_with_a_direct_license_needs_one_seat() {
    let audit = tenant()
        .owns("SPE_E3", 1)
        .group("Sales")
        .grants("SPE_E3")
        .group("Board")
        .grants("SPE_E3")
        .user("ada")
        .in_group("Sales")
        .in_group("Board")
        .direct("SPE_E3")
        .judge();
    assert_eq!(audit.seats("SPE_E3"), (1, 0, 0));
    audit.silent(SEATS, Code::DemandExceedsSeats).only(SEATS, &[(Code::NoSeatLeft, "SPE_E3")]);
}

#[test]
pub(crate) fn more_consumed_than_there_is_is_over_consumed_and_free_is_negative() {
    let audit = seats(10, 12).judge();
    let said = audit.violation(SEATS, Code::OverConsumed, "SPE_E3");
    said.shows("subscribedSkus/SPE_E3", "consumedUnits", 12);
    assert_eq!(said.argument("free"), "-2");
    audit.only(SEATS, &[(Code::OverConsumed, "SPE_E3")]).verdict(SEATS, Verdict::Fail);
}

#[test]
pub(crate) fn all_consumed_is_not_over_consumed() {
    seats(10, 10).judge().silent(SEATS, Code::OverConsumed).verdict(SEATS, Verdict::Pass);
}

#[test]
pub(crate) fn no_seat_in_force_or_a_subscription_that_ended_is_suspended() {
    let empty = seats(0, 0).set("prepaidUnits.suspended", 25).judge();
    let said = empty.violation(SEATS, Code::SubscriptionSuspended, "SPE_E3");
    said.shows("subscribedSkus/SPE_E3", "prepaidUnits.suspended", 25);
    for status in ["Suspended", "LOCKEDOUT", "deleted"] {
        let audit = seats(25, 0).set("capabilityStatus", status).judge();
        let said = audit.violation(SEATS, Code::SubscriptionSuspended, "SPE_E3");
        said.shows("subscribedSkus/SPE_E3", "capabilityStatus", status);
        audit.verdict(SEATS, Verdict::Fail);
    }
}

#[test]
pub(crate) fn one_seat_in_force_is_enough_beside_suspended_ones() {
    let audit = seats(0, 0).set("prepaidUnits", json!({ "enabled": 0, "warning": 1, "suspended": 9 }));
    audit.set("capabilityStatus", "warning").judge().silent(SEATS, Code::SubscriptionSuspended);
}

#[test]
pub(crate) fn a_product_that_is_assigned_and_not_owned_is_a_violation() {
    let audit =
        tenant().group("Sales").grants("SPE_E3").user("ada").in_group("Sales").overlooked_by("Sales").judge();
    let said = audit.violation(SEATS, Code::SkuNotOwned, "SPE_E3");
    said.shows("subscribedSkus", "skuId", Value::Null);
    audit.only(SEATS, &[(Code::SkuNotOwned, "SPE_E3")]).verdict(SEATS, Verdict::Fail);
}

#[test]
pub(crate) fn an_owned_product_without_seats_is_owned() {
    seats(0, 0).judge().silent(SEATS, Code::SkuNotOwned);
}

// Advisories

#[test]
pub(crate) fn a_refused_seat_although_seats_are_free_now_is_stale() {
    let audit = one_too_many().product("SPE_E3").set("prepaidUnits.enabled", 2).judge();
    audit.advisory(SEATS, Code::CountViolationStale, "Sales / eve / SPE_E3").shows(
        "users/eve",
        "licenseAssignmentStates",
        json!({ "error": "CountViolation", "assignedByGroup": "Sales" }),
    );
    audit.verdict(SEATS, Verdict::Pass);
}

#[test]
pub(crate) fn a_refused_seat_while_more_wait_than_are_free_or_another_error_is_not_stale() {
    one_too_many().judge().silent(SEATS, Code::CountViolationStale);
    let other = one_too_many().product("SPE_E3").set("prepaidUnits.enabled", 2).user("eve");
    let other = other.set("licenseAssignmentStates", json!([]));
    other.judge().silent(SEATS, Code::CountViolationStale);
    let left = sales().user("eve").fails("Sales", "SPE_E3", "CountViolation").judge();
    left.silent(SEATS, Code::CountViolationStale);
}

#[test]
pub(crate) fn seats_in_grace_that_are_needed_are_told_with_the_date() {
    let story = seats(1, 2).set("prepaidUnits.warning", 5);
    let story = story.subscription("SPE_E3", "Warning", "2027-01-10T00:00:00Z");
    let audit = story.subscription("SPE_E3", "Warning", "2027-02-10T00:00:00Z").judge();
    let said = audit.advisory(SEATS, Code::SeatsInGrace, "SPE_E3");
    said.shows("subscribedSkus/SPE_E3", "prepaidUnits.warning", 5);
    assert_eq!(said.argument("date"), "2027-01-10");
    audit.verdict(SEATS, Verdict::Pass);
}

#[test]
fn demand_or_those_who_wait_may_need_the_seats_in_grace() {
    let demand = seats(1, 0).set("prepaidUnits.warning", 5).user("ada").in_group("Sales").user("eve");
    let demand = demand.direct("SPE_E3").judge();
    demand.advisory(SEATS, Code::SeatsInGrace, "SPE_E3");
    let waiting = seats(1, 1).set("prepaidUnits.warning", 5).user("ada").in_group("Sales");
    let waiting = waiting.overlooked_by("Sales").judge();
    waiting.advisory(SEATS, Code::SeatsInGrace, "SPE_E3");
}

#[test]
pub(crate) fn seats_in_grace_that_nobody_needs_are_nothing() {
    seats(2, 2).set("prepaidUnits.warning", 5).judge().silent(SEATS, Code::SeatsInGrace);
    seats(2, 3).judge().silent(SEATS, Code::SeatsInGrace);
}

#[test]
pub(crate) fn fewer_free_seats_than_the_headroom_rounded_up_is_low() {
    let audit = seats(101, 96).judge();
    let said = audit.advisory(SEATS, Code::LowHeadroom, "SPE_E3");
    said.shows("subscribedSkus/SPE_E3", "prepaidUnits.enabled", 101);
    assert_eq!(said.argument("headroom"), "6");
    seats(10, 8).plan("[seats]\nheadroom = 3").judge().advisory(SEATS, Code::LowHeadroom, "SPE_E3");
    audit.verdict(SEATS, Verdict::Pass);
}

#[test]
pub(crate) fn as_many_free_seats_as_the_headroom_or_none_at_all_is_not_low() {
    for story in [seats(101, 95), seats(100, 95), seats(10, 10), seats(10, 8).plan("[seats]\nheadroom = 2")] {
        story.judge().silent(SEATS, Code::LowHeadroom);
    }
    seats(100, 96).judge().advisory(SEATS, Code::LowHeadroom, "SPE_E3");
}

#[test]
pub(crate) fn no_seat_left_is_told() {
    let audit = seats(10, 10).judge();
    audit.advisory(SEATS, Code::NoSeatLeft, "SPE_E3").shows("subscribedSkus/SPE_E3", "consumedUnits", 10);
    audit.verdict(SEATS, Verdict::Pass);
}

#[test]
pub(crate) fn one_seat_left_or_less_than_none_is_not_that() {
    seats(10, 9).judge().silent(SEATS, Code::NoSeatLeft);
    seats(10, 11).judge().silent(SEATS, Code::NoSeatLeft);
}

#[test]
pub(crate) fn a_subscription_that_changes_within_the_window_lapses_to_the_second() {
    for (next, status) in [
        ("2026-12-16T08:00:00Z", "enabled"),
        ("2026-11-01T00:00:00Z", "Warning"),
        ("2026-11-16T08:00:00Z", "Enabled"),
    ] {
        let audit = seats(10, 5).subscription("SPE_E3", status, next).judge();
        let said = audit.advisory(SEATS, Code::SubscriptionLapses, "SPE_E3");
        assert_eq!(said.argument("date"), next[..10]);
        audit.verdict(SEATS, Verdict::Pass);
    }
    let week = seats(10, 5).subscription("SPE_E3", "Enabled", "2026-11-23T08:00:00Z");
    let audit = week.plan("[seats]\nlapse-window = \"1 week\"").judge();
    audit.advisory(SEATS, Code::SubscriptionLapses, "SPE_E3");
}

#[test]
pub(crate) fn one_second_after_the_window_or_no_longer_in_force_is_no_lapse() {
    for (next, status) in [
        (json!("2026-12-16T08:00:01Z"), "Enabled"),
        (json!("2026-11-20T00:00:00Z"), "Suspended"),
        (Value::Null, "Enabled"),
        (json!(""), "Enabled"),
    ] {
        let story = seats(10, 5).subscription("SPE_E3", status, "2026-11-20T00:00:00Z");
        let audit = story.set("nextLifecycleDateTime", next).judge();
        audit.silent(SEATS, Code::SubscriptionLapses);
    }
    let other = seats(10, 5).subscription("EMS", "Enabled", "2026-11-20T00:00:00Z").judge();
    other.silent(SEATS, Code::SubscriptionLapses);
}

#[test]
pub(crate) fn more_than_a_fifth_and_at_least_ten_seats_free_are_unused() {
    let audit = seats(49, 39).judge();
    audit.advisory(SEATS, Code::UnusedSeats, "SPE_E3").shows("subscribedSkus/SPE_E3", "consumedUnits", 39);
    audit.verdict(SEATS, Verdict::Pass);
}

#[test]
pub(crate) fn a_fifth_exactly_or_nine_seats_free_are_not_unused() {
    seats(50, 40).judge().silent(SEATS, Code::UnusedSeats);
    seats(10, 1).judge().silent(SEATS, Code::UnusedSeats);
}

#[test]
fn planned_members_are_shown_apart_and_change_nothing() {
    let audit = seats(1, 0)
        .group("Board")
        .user("ada")
        .in_group("Board")
        .user("eve")
        .in_group("Board")
        .target_needs("Board", &["SPE_E3"])
        .target_needs("Sales", &["SPE_E3"])
        .judge();
    assert_eq!(audit.seats("SPE_E3"), (0, 0, 2));
    audit.only(SEATS, &[]).verdict(SEATS, Verdict::Pass);
}

// Gaps

#[test]
pub(crate) fn unreadable_group_licenses_leave_nothing_to_count() {
    let story = sales().user("ada").in_group("Sales").holds("SPE_E3", Some("Sales"));
    let audit = story.group("Sales").set("assignedLicenses", json!([])).judge();
    audit.gap(SEATS, Code::GroupLicensesUnreadable, "");
    audit.verdict(SEATS, Verdict::Inconclusive);
}

#[test]
pub(crate) fn groups_that_show_no_license_and_gave_none_are_unlicensed() {
    let audit = tenant().owns("SPE_E3", 10).group("Sales").user("ada").direct("SPE_E3").judge();
    audit.silent(SEATS, Code::GroupLicensesUnreadable).verdict(SEATS, Verdict::NotApplicable);
}

#[test]
pub(crate) fn products_that_were_not_read_are_a_gap_and_not_unowned() {
    let audit = tenant().group("Sales").grants("SPE_E3").cut_off(Collection::SubscribedSkus).judge();
    audit.gap(SEATS, Code::SeatsUnreadable, "");
    audit.silent(SEATS, Code::SkuNotOwned).verdict(SEATS, Verdict::Inconclusive);
    let unlicensed = tenant().cut_off(Collection::SubscribedSkus).judge();
    unlicensed.gap(SEATS, Code::SeatsUnreadable, "");
}

#[test]
pub(crate) fn a_tenant_that_owns_nothing_is_read() {
    let audit = tenant().group("Sales").grants("SPE_E3").judge();
    audit.silent(SEATS, Code::SeatsUnreadable).violation(SEATS, Code::SkuNotOwned, "SPE_E3");
}

#[test]
pub(crate) fn a_status_that_is_null_or_unknown_is_unreadable_even_without_seats() {
    for (units, status) in [(10, Value::Null), (10, json!("Brandnew")), (0, Value::Null)] {
        let audit = seats(units, 0).set("capabilityStatus", status.clone()).judge();
        let said = audit.gap(SEATS, Code::SkuUnreadable, "SPE_E3");
        assert_eq!(said.argument("status"), status.as_str().unwrap_or("null"));
        audit.silent(SEATS, Code::SubscriptionSuspended).verdict(SEATS, Verdict::Inconclusive);
    }
}

#[test]
pub(crate) fn a_status_in_other_letters_is_read() {
    seats(10, 5).set("capabilityStatus", "ENABLED").judge().silent(SEATS, Code::SkuUnreadable);
}

#[test]
pub(crate) fn a_null_counter_is_a_gap_and_what_does_not_need_it_is_judged() {
    let audit = seats(1, 0).set("consumedUnits", Value::Null).user("ada").in_group("Sales").user("eve");
    let audit = audit.in_group("Sales").judge();
    let said = audit.gap(SEATS, Code::SeatCountersMissing, "SPE_E3");
    assert_eq!(said.argument("counters"), "consumedUnits");
    audit.violation(SEATS, Code::DemandExceedsSeats, "SPE_E3");
    audit.verdict(SEATS, Verdict::Fail);
    for counter in ["prepaidUnits.enabled", "prepaidUnits.warning", "prepaidUnits"] {
        let audit = seats(10, 20).set(counter, Value::Null).judge();
        audit.gap(SEATS, Code::SeatCountersMissing, "SPE_E3");
        audit
            .silent(SEATS, Code::OverConsumed)
            .silent(SEATS, Code::SubscriptionSuspended)
            .verdict(SEATS, Verdict::Inconclusive);
    }
}

#[test]
pub(crate) fn suspended_and_locked_out_units_may_be_missing() {
    let audit = seats(10, 5).set("prepaidUnits", json!({ "enabled": 10, "warning": 0 })).judge();
    audit.silent(SEATS, Code::SeatCountersMissing).verdict(SEATS, Verdict::Pass);
}

#[test]
pub(crate) fn hidden_members_are_not_counted() {
    let audit = sales().set("visibility", "HiddenMembership").judge();
    audit.gap(SEATS, Code::MembershipHidden, "Sales");
    audit.verdict(SEATS, Verdict::Inconclusive);
}

#[test]
pub(crate) fn hidden_members_of_a_target_without_licenses_need_no_seat() {
    let story =
        sales().group("Board").set("visibility", "HiddenMembership").members_cut_off().target("Board");
    let audit = story.user("ada").in_group("Board").limited().judge();
    audit
        .silent(SEATS, Code::MembershipHidden)
        .silent(SEATS, Code::MembersIncomplete)
        .silent(SEATS, Code::LimitedInformation)
        .silent(SEATS, Code::LicenseStatesMissing)
        .verdict(SEATS, Verdict::Pass);
}

#[test]
pub(crate) fn members_that_were_not_read_make_a_lower_bound() {
    let audit = sales().members_cut_off().judge();
    audit.gap(SEATS, Code::MembersIncomplete, "Sales");
    audit.verdict(SEATS, Verdict::Inconclusive);
    let already = one_too_many().group("Sales").members_cut_off().judge();
    already.violation(SEATS, Code::SeatsExhausted, "SPE_E3");
    already.gap(SEATS, Code::MembersIncomplete, "Sales");
    already.verdict(SEATS, Verdict::Fail);
}

#[test]
pub(crate) fn a_limited_member_counts_for_demand_and_may_wait() {
    let audit = seats(1, 1).user("ada").in_group("Sales").limited().judge();
    audit.gap(SEATS, Code::LimitedInformation, "Sales / ada");
    assert_eq!(audit.seats("SPE_E3"), (1, 0, 0));
    audit.silent(SEATS, Code::SeatsExhausted).verdict(SEATS, Verdict::Inconclusive);
}

#[test]
pub(crate) fn a_member_without_license_states_may_wait() {
    let audit = sales().user("ada").in_group("Sales").set("licenseAssignmentStates", Value::Null).judge();
    audit.gap(SEATS, Code::LicenseStatesMissing, "Sales / ada");
    audit.silent(SEATS, Code::LimitedInformation).verdict(SEATS, Verdict::Inconclusive);
}

#[test]
pub(crate) fn an_empty_list_of_license_states_is_somebody_who_waits() {
    let audit = seats(1, 0).user("ada").in_group("Sales").set("licenseAssignmentStates", json!([])).judge();
    audit.silent(SEATS, Code::LicenseStatesMissing).silent(SEATS, Code::LimitedInformation);
    assert_eq!(audit.seats("SPE_E3"), (1, 1, 0));
}

#[test]
pub(crate) fn a_broken_user_list_may_hide_direct_holders() {
    let audit = sales().cut_off(Collection::Users).judge();
    audit.gap(SEATS, Code::UsersIncomplete, "");
    audit.verdict(SEATS, Verdict::Inconclusive);
}

#[test]
pub(crate) fn with_nothing_assigned_the_user_list_does_not_matter() {
    let audit = tenant().owns("SPE_E3", 1).cut_off(Collection::Users).judge();
    audit.silent(SEATS, Code::UsersIncomplete).verdict(SEATS, Verdict::NotApplicable);
}

pub(crate) const PROOFS: &[Proof] = &[
    (
        SEATS,
        Code::SeatsExhausted,
        a_member_who_waits_for_a_seat_that_is_not_free_exhausts_them,
        a_free_seat_for_everybody_who_waits_is_enough,
    ),
    (
        SEATS,
        Code::DemandExceedsSeats,
        more_people_than_seats_exceed_them_direct_holders_included,
        one_person_in_two_groups_and_with_a_direct_license_needs_one_seat,
    ),
    (
        SEATS,
        Code::OverConsumed,
        more_consumed_than_there_is_is_over_consumed_and_free_is_negative,
        all_consumed_is_not_over_consumed,
    ),
    (
        SEATS,
        Code::SubscriptionSuspended,
        no_seat_in_force_or_a_subscription_that_ended_is_suspended,
        one_seat_in_force_is_enough_beside_suspended_ones,
    ),
    (
        SEATS,
        Code::SkuNotOwned,
        a_product_that_is_assigned_and_not_owned_is_a_violation,
        an_owned_product_without_seats_is_owned,
    ),
    (
        SEATS,
        Code::CountViolationStale,
        a_refused_seat_although_seats_are_free_now_is_stale,
        a_refused_seat_while_more_wait_than_are_free_or_another_error_is_not_stale,
    ),
    (
        SEATS,
        Code::SeatsInGrace,
        seats_in_grace_that_are_needed_are_told_with_the_date,
        seats_in_grace_that_nobody_needs_are_nothing,
    ),
    (
        SEATS,
        Code::LowHeadroom,
        fewer_free_seats_than_the_headroom_rounded_up_is_low,
        as_many_free_seats_as_the_headroom_or_none_at_all_is_not_low,
    ),
    (SEATS, Code::NoSeatLeft, no_seat_left_is_told, one_seat_left_or_less_than_none_is_not_that),
    (
        SEATS,
        Code::SubscriptionLapses,
        a_subscription_that_changes_within_the_window_lapses_to_the_second,
        one_second_after_the_window_or_no_longer_in_force_is_no_lapse,
    ),
    (
        SEATS,
        Code::UnusedSeats,
        more_than_a_fifth_and_at_least_ten_seats_free_are_unused,
        a_fifth_exactly_or_nine_seats_free_are_not_unused,
    ),
    (
        SEATS,
        Code::GroupLicensesUnreadable,
        unreadable_group_licenses_leave_nothing_to_count,
        groups_that_show_no_license_and_gave_none_are_unlicensed,
    ),
    (
        SEATS,
        Code::SeatsUnreadable,
        products_that_were_not_read_are_a_gap_and_not_unowned,
        a_tenant_that_owns_nothing_is_read,
    ),
    (
        SEATS,
        Code::SkuUnreadable,
        a_status_that_is_null_or_unknown_is_unreadable_even_without_seats,
        a_status_in_other_letters_is_read,
    ),
    (
        SEATS,
        Code::SeatCountersMissing,
        a_null_counter_is_a_gap_and_what_does_not_need_it_is_judged,
        suspended_and_locked_out_units_may_be_missing,
    ),
    (
        SEATS,
        Code::MembershipHidden,
        hidden_members_are_not_counted,
        hidden_members_of_a_target_without_licenses_need_no_seat,
    ),
    (
        SEATS,
        Code::MembersIncomplete,
        members_that_were_not_read_make_a_lower_bound,
        hidden_members_of_a_target_without_licenses_need_no_seat,
    ),
    (
        SEATS,
        Code::LimitedInformation,
        a_limited_member_counts_for_demand_and_may_wait,
        an_empty_list_of_license_states_is_somebody_who_waits,
    ),
    (
        SEATS,
        Code::LicenseStatesMissing,
        a_member_without_license_states_may_wait,
        an_empty_list_of_license_states_is_somebody_who_waits,
    ),
    (
        SEATS,
        Code::UsersIncomplete,
        a_broken_user_list_may_hide_direct_holders,
        with_nothing_assigned_the_user_list_does_not_matter,
    ),
];
