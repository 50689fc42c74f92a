//! A snapshot that was taken for another plan: members that nobody asked for.

use tollgate::verdict::{Code, Verdict};

use crate::judged::{CONFIGURED, GUESTS, LICENSED, SEATS};
use crate::registry::Proof;
use crate::tenant::{Story, tenant};

/// Office 365 from Sales; what else its members have was not read.
fn unasked() -> Story {
    tenant()
        .owns("ENTERPRISEPACK", 10)
        .group("Sales")
        .grants("ENTERPRISEPACK")
        .members_not_asked_for()
        .user("ada")
        .in_group("Sales")
        .target("Sales")
}

#[test]
pub(crate) fn members_that_nobody_asked_for_are_a_gap_of_all_four_criteria() {
    let audit = unasked().judge();
    for criterion in [CONFIGURED, GUESTS, SEATS, LICENSED] {
        audit.gap(criterion, Code::MembersNotInSnapshot, "Sales");
        audit.verdict(criterion, Verdict::Inconclusive);
    }
    audit.silent(LICENSED, Code::LicenseLeftBehind).overall(Verdict::Inconclusive);
}

#[test]
pub(crate) fn the_members_of_an_excluded_group_are_not_missed() {
    let excluded = unasked().plan("[scope]\nexclude-groups = [\"Sales\"]").judge();
    for criterion in [CONFIGURED, GUESTS, SEATS, LICENSED] {
        excluded.silent(criterion, Code::MembersNotInSnapshot);
    }
}

pub(crate) const PROOFS: &[Proof] = &[
    (
        CONFIGURED,
        Code::MembersNotInSnapshot,
        members_that_nobody_asked_for_are_a_gap_of_all_four_criteria,
        the_members_of_an_excluded_group_are_not_missed,
    ),
    (
        GUESTS,
        Code::MembersNotInSnapshot,
        members_that_nobody_asked_for_are_a_gap_of_all_four_criteria,
        the_members_of_an_excluded_group_are_not_missed,
    ),
    (
        SEATS,
        Code::MembersNotInSnapshot,
        members_that_nobody_asked_for_are_a_gap_of_all_four_criteria,
        the_members_of_an_excluded_group_are_not_missed,
    ),
    (
        LICENSED,
        Code::MembersNotInSnapshot,
        members_that_nobody_asked_for_are_a_gap_of_all_four_criteria,
        the_members_of_an_excluded_group_are_not_missed,
    ),
];
