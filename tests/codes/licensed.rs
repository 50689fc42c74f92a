//! `members-fully-licensed`.

use serde_json::{Value, json};
use tollgate::tenant::Collection;
use tollgate::verdict::{Code, Verdict};

use crate::configured::{office_only, two_groups};
use crate::judged::LICENSED;
use crate::registry::Proof;
use crate::tenant::{Story, sales, tenant};

const ADA: &str = "Sales / ada / SPE_E3";

/// ada is in Sales, and something is the matter with her entry.
fn ada(state: &str, error: &str) -> Story {
    sales().user("ada").in_group("Sales").entry("Sales", "SPE_E3", state, error)
}

/// ada is in Sales, and all is well.
pub(crate) fn well() -> Story {
    ada("Active", "None")
}

pub(crate) fn refused() -> Story {
    ada("Error", "CountViolation")
}

pub(crate) fn with_error() -> Story {
    ada("ActiveWithError", "DependencyViolation")
}

pub(crate) fn disabled() -> Story {
    ada("Disabled", "None")
}

pub(crate) fn unrecognised() -> Story {
    ada("Hibernating", "None")
}

pub(crate) fn overlooked() -> Story {
    sales().user("ada").in_group("Sales").overlooked_by("Sales")
}

pub(crate) fn suspended() -> Story {
    well().product("SPE_E3").set("capabilityStatus", "Suspended").user("ada")
}

/// ada is in Trainees, which is in Sales.
pub(crate) fn nested() -> Story {
    sales().contains("Trainees").group("Trainees").user("ada").in_group("Trainees")
}

/// ada left Sales and kept her license.
pub(crate) fn left() -> Story {
    sales().user("ada").holds("SPE_E3", Some("Sales"))
}

/// Sales, a target, hands out everything but Intune, and ada has that.
pub(crate) fn without_intune() -> Story {
    tenant()
        .owns("SPE_E3", 10)
        .group("Sales")
        .grants_without("SPE_E3", &["INTUNE_A"])
        .user("ada")
        .in_group("Sales")
        .target("Sales")
}

#[test]
fn a_member_with_an_active_entry_from_the_group_is_fully_licensed() {
    for error in [json!("None"), json!("none"), json!(""), Value::Null] {
        let audit = well().set("error", error).set("state", "ACTIVE").judge();
        audit.only(LICENSED, &[]).verdict(LICENSED, Verdict::Pass);
    }
    let audit = well().set("error", "x").without("error").judge();
    audit.only(LICENSED, &[]).verdict_of("Sales", LICENSED, Verdict::Pass);
}

#[test]
fn without_members_the_criterion_does_not_apply() {
    sales().contains_device("LAPTOP").judge().only(LICENSED, &[]).verdict(LICENSED, Verdict::NotApplicable);
    let excluded = refused().plan("[scope]\nexclude-groups = [\"Sales\"]").judge();
    excluded.only(LICENSED, &[]).verdict(LICENSED, Verdict::NotApplicable);
    let gone = refused().gone().judge();
    gone.only(LICENSED, &[]).verdict(LICENSED, Verdict::NotApplicable);
}

// (a)

#[test]
pub(crate) fn a_member_whose_seat_was_refused_is_an_assignment_error() {
    let audit = refused().judge();
    let said = audit.violation(LICENSED, Code::AssignmentError, ADA);
    said.shows(
        "users/ada",
        "licenseAssignmentStates",
        json!({ "skuId": "SPE_E3", "assignedByGroup": "Sales", "state": "Error", "error": "CountViolation" }),
    );
    assert_eq!(said.argument("error"), "CountViolation");
    audit.verdict(LICENSED, Verdict::Fail).verdict_of("Sales", LICENSED, Verdict::Fail);
}

#[test]
fn an_error_of_any_name_is_kept_in_the_reason() {
    for (error, sentence) in [
        // There are free seats by now.
        ("countviolation", "assignment-error-count-by-now"),
        ("MutuallyExclusiveViolation", "assignment-error-exclusive"),
        ("DependencyViolation", "assignment-error-dependency"),
        ("ProhibitedInUsageLocationViolation", "assignment-error-location"),
        ("UniquenessViolation", "assignment-error-uniqueness"),
        ("BrandNewViolation", "assignment-error"),
        ("Others", "assignment-error-other"),
    ] {
        let audit = ada("error", error).judge();
        let said = audit.violation(LICENSED, Code::AssignmentError, ADA);
        assert_eq!((said.sentence(), said.argument("error")), (sentence, error.to_owned()));
    }
    let none = ada("Error", "None").judge();
    assert_eq!(none.violation(LICENSED, Code::AssignmentError, ADA).sentence(), "assignment-error-none");
}

#[test]
pub(crate) fn an_error_from_another_group_or_of_a_direct_entry_is_not_this_groups() {
    let audit = well().entry("Board", "SPE_E3", "Error", "CountViolation").direct("SPE_E3");
    let audit = audit.set("state", "Error").group("Board").judge();
    audit.silent(LICENSED, Code::AssignmentError).verdict(LICENSED, Verdict::Pass);
}

#[test]
pub(crate) fn active_with_an_error_is_active_with_error_in_both_spellings() {
    for (state, error) in
        [("ActiveWithError", "None"), ("Active", "DependencyViolation"), ("active", "Other")]
    {
        let audit = ada(state, error).judge();
        let said = audit.violation(LICENSED, Code::AssignmentActiveWithError, ADA);
        said.shows("users/ada", "licenseAssignmentStates", json!({ "state": state, "error": error }));
        audit.verdict(LICENSED, Verdict::Fail);
    }
}

#[test]
pub(crate) fn of_two_entries_for_one_source_the_better_counts() {
    let audit = with_error().entry("Sales", "SPE_E3", "Active", "None").judge();
    audit.silent(LICENSED, Code::AssignmentActiveWithError).verdict(LICENSED, Verdict::Pass);
    let worse = refused().entry("Sales", "SPE_E3", "ActiveWithError", "None").judge();
    worse.only(LICENSED, &[(Code::AssignmentActiveWithError, ADA)]);
    let first = refused().entry("Sales", "SPE_E3", "Disabled", "None").judge();
    first.only(LICENSED, &[(Code::AssignmentError, ADA)]);
    let better = ada("ActiveWithError", "None").entry("Sales", "SPE_E3", "Active", "Other").judge();
    let said = better.violation(LICENSED, Code::AssignmentActiveWithError, ADA);
    said.shows("users/ada", "licenseAssignmentStates", json!({ "state": "Active" }));
}

#[test]
pub(crate) fn a_disabled_entry_is_an_assignment_disabled() {
    let audit = disabled().judge();
    let said = audit.violation(LICENSED, Code::AssignmentDisabled, ADA);
    said.shows("users/ada", "licenseAssignmentStates", json!({ "state": "Disabled" }));
    audit.verdict(LICENSED, Verdict::Fail);
}

#[test]
pub(crate) fn a_disabled_account_is_no_disabled_entry() {
    let audit =
        well().user("ada").set("licenseAssignmentStates", Value::Null).without("licenseAssignmentStates");
    let audit = audit.set("accountEnabled", false).judge();
    audit.silent(LICENSED, Code::AssignmentDisabled).verdict(LICENSED, Verdict::Pass);
}

#[test]
pub(crate) fn a_state_that_nobody_knows_never_counts_as_good_and_is_kept() {
    for (state, word) in [(json!("Hibernating"), "Hibernating"), (Value::Null, "null"), (json!(""), "")] {
        let audit = ada("x", "None").set("state", state.clone()).judge();
        let said = audit.violation(LICENSED, Code::UnrecognisedState, ADA);
        said.shows("users/ada", "licenseAssignmentStates", json!({ "state": state }));
        assert_eq!(said.argument("state"), word);
        audit.verdict(LICENSED, Verdict::Fail);
    }
}

#[test]
pub(crate) fn a_known_state_in_other_letters_is_known() {
    for state in ["aCTIVE", "activewitherror", "DISABLED", "ERROR"] {
        ada(state, "None").judge().silent(LICENSED, Code::UnrecognisedState);
    }
}

#[test]
pub(crate) fn a_member_without_any_entry_from_a_complete_group_was_overlooked() {
    let audit = overlooked().judge();
    let said = audit.violation(LICENSED, Code::NotLicensedWithoutError, ADA);
    said.shows("users/ada", "licenseAssignmentStates", Value::Null).shows(
        "groups/Sales/members",
        "id",
        "ada",
    );
    audit.verdict(LICENSED, Verdict::Fail);
    let without_id = overlooked().holds("SPE_E3", Some("Sales")).set("skuId", Value::Null).judge();
    without_id.violation(LICENSED, Code::NotLicensedWithoutError, ADA);
}

#[test]
pub(crate) fn a_company_wide_or_excluded_product_is_not_missed() {
    for word in ["Company", "company"] {
        let audit = overlooked().product("SPE_E3").set("appliesTo", word).judge();
        audit.silent(LICENSED, Code::NotLicensedWithoutError).verdict(LICENSED, Verdict::Pass);
    }
    let excluded = overlooked().owns("EMS", 5).group("Sales").grants("EMS");
    let excluded = excluded.plan("[scope]\nexclude-skus = [\"SPE_E3\"]").judge();
    excluded.only(LICENSED, &[(Code::NotLicensedWithoutError, "Sales / ada / EMS")]);
}

#[test]
pub(crate) fn an_active_entry_of_a_product_that_is_not_in_force_is_a_suspended_license() {
    let audit = suspended().judge();
    audit.violation(LICENSED, Code::LicenseSuspended, ADA).shows(
        "subscribedSkus/SPE_E3",
        "prepaidUnits",
        json!({ "capabilityStatus": "Suspended", "enabled": 10 }),
    );
    audit.verdict(LICENSED, Verdict::Fail);
    let empty = well().product("SPE_E3").set("prepaidUnits.enabled", 0).judge();
    empty.violation(LICENSED, Code::LicenseSuspended, ADA);
    let not_owned = tenant().group("Sales").grants("SPE_E3").user("ada").in_group("Sales").judge();
    let said = not_owned.violation(LICENSED, Code::LicenseSuspended, ADA);
    assert_eq!(said.sentence(), "license-suspended-not-owned");
    said.shows("subscribedSkus", "skuId", Value::Null);
}

#[test]
pub(crate) fn an_active_entry_of_a_product_in_its_grace_period_is_good() {
    let audit = well().product("SPE_E3").set("capabilityStatus", "Warning");
    let audit = audit.set("prepaidUnits", json!({ "enabled": 0, "warning": 10 })).judge();
    audit.silent(LICENSED, Code::LicenseSuspended).verdict(LICENSED, Verdict::Pass);
}

#[test]
fn the_first_code_that_fits_is_said_once_per_entry() {
    let audit = refused().product("SPE_E3").set("capabilityStatus", "Suspended").judge();
    audit.only(LICENSED, &[(Code::AssignmentError, ADA)]);
}

#[test]
fn each_product_and_group_is_judged_by_its_own_entry() {
    let audit = well().in_group("Board").overlooked_by("Board").group("Board").grants("SPE_E3").judge();
    audit.only(LICENSED, &[(Code::NotLicensedWithoutError, "Board / ada / SPE_E3")]);
}

// Folding

/// Sales hands out two products; one failed, the other says Other.
pub(crate) fn companions(error: &str) -> Story {
    tenant()
        .owns("ENTERPRISEPACK", 10)
        .owns("EMS", 10)
        .group("Sales")
        .grants("ENTERPRISEPACK")
        .grants("EMS")
        .user("ada")
        .in_group("Sales")
        .fails("Sales", "EMS", "CountViolation")
        .fails("Sales", "ENTERPRISEPACK", error)
}

#[test]
fn an_entry_that_says_other_folds_under_the_error_of_the_same_group() {
    for word in ["Other", "OTHERS"] {
        let audit = companions(word).judge();
        audit.only(LICENSED, &[(Code::AssignmentError, "Sales / ada / EMS")]);
        let root = (Code::AssignmentError, "Sales / ada / EMS");
        audit.folded(LICENSED, Code::AssignmentError, "Sales / ada / ENTERPRISEPACK", root);
    }
}

#[test]
fn an_active_entry_with_the_text_other_folds_as_well() {
    let story = companions("Other").fails("Sales", "ENTERPRISEPACK", "Other").set("state", "Active");
    let audit = story.judge();
    let root = (Code::AssignmentError, "Sales / ada / EMS");
    audit.folded(LICENSED, Code::AssignmentActiveWithError, "Sales / ada / ENTERPRISEPACK", root);
}

#[test]
fn an_entry_that_says_other_stands_alone_without_a_named_error_in_its_group() {
    let audit = companions("Other").user("ada").in_group("Board").group("Board").grants("EMS").judge();
    assert_eq!(audit.times(LICENSED, Code::AssignmentError), 2);
    let both = tenant()
        .owns("EMS", 10)
        .owns("ENTERPRISEPACK", 10)
        .group("Sales")
        .grants("EMS")
        .group("Board")
        .grants("ENTERPRISEPACK")
        .user("ada")
        .in_group("Sales")
        .in_group("Board")
        .fails("Sales", "EMS", "Other")
        .fails("Board", "ENTERPRISEPACK", "CountViolation")
        .judge();
    both.only(
        LICENSED,
        &[
            (Code::AssignmentError, "Sales / ada / EMS"),
            (Code::AssignmentError, "Board / ada / ENTERPRISEPACK"),
        ],
    );
}

#[test]
fn of_several_named_errors_the_first_in_the_order_of_codes_is_the_root() {
    let story = companions("Other").owns("FLOW_FREE", 10).group("Sales").grants("FLOW_FREE");
    let audit = story.user("ada").entry("Sales", "FLOW_FREE", "Disabled", "BrandNew").judge();
    let root = (Code::AssignmentError, "Sales / ada / EMS");
    audit.folded(LICENSED, Code::AssignmentError, "Sales / ada / ENTERPRISEPACK", root);
    audit.violation(LICENSED, Code::AssignmentDisabled, "Sales / ada / FLOW_FREE");
}

#[test]
fn a_requirement_that_only_the_failure_leaves_unmet_folds_under_it() {
    let audit = refused().target("Sales").judge();
    audit.only(LICENSED, &[(Code::AssignmentError, ADA)]);
    let root = (Code::AssignmentError, ADA);
    audit.folded(LICENSED, Code::MissingProduct, "Sales / ada", root);
    assert_eq!(audit.times(LICENSED, Code::MissingProduct), 2);
}

#[test]
fn a_failure_in_another_group_in_scope_explains_too_but_not_in_an_excluded_one() {
    let story = office_only().owns("EMS", 10).group("Board").grants("EMS").user("ada").in_group("Board");
    let story = story.fails("Board", "EMS", "CountViolation");
    let audit = story.judge();
    audit.only(LICENSED, &[(Code::AssignmentError, "Board / ada / EMS")]);
    audit.folded(LICENSED, Code::MissingProduct, "Sales / ada", (Code::AssignmentError, "Board / ada / EMS"));
    let excluded = story.plan("[scope]\nexclude-groups = [\"Board\"]").judge();
    excluded.only(LICENSED, &[(Code::MissingProduct, "Sales / ada")]);
}

#[test]
fn a_failure_and_what_is_pending_explain_together() {
    // Each of the two lacks a plan of EMS that the other has.
    let audit = tenant()
        .owns("EMS", 10)
        .owns("SPE_E3", 10)
        .group("Sales")
        .grants_without("EMS", &["INTUNE_A"])
        .group("Board")
        .grants_without("SPE_E3", &["AAD_PREMIUM"])
        .processing()
        .user("ada")
        .in_group("Sales")
        .fails("Sales", "EMS", "CountViolation")
        .without_plans("EMS", &["INTUNE_A"])
        .in_group("Board")
        .overlooked_by("Board")
        .target_needs("Sales", &["ems"])
        .judge();
    audit.only(
        LICENSED,
        &[(Code::AssignmentError, "Sales / ada / EMS"), (Code::LicensePending, "Board / ada / SPE_E3")],
    );
    audit.folded(LICENSED, Code::MissingProduct, "Sales / ada", (Code::AssignmentError, "Sales / ada / EMS"));
}

#[test]
fn a_failure_that_would_not_help_explains_nothing() {
    let audit = office_only().user("ada").fails("Sales", "ENTERPRISEPACK", "CountViolation").judge();
    let failed = "Sales / ada / ENTERPRISEPACK";
    audit.only(LICENSED, &[(Code::AssignmentError, failed), (Code::MissingProduct, "Sales / ada")]);
    let office = audit.folded(LICENSED, Code::MissingProduct, "Sales / ada", (Code::AssignmentError, failed));
    assert_eq!(office.argument("requirement"), "Office 365 E3");
    let ems = audit.violation(LICENSED, Code::MissingProduct, "Sales / ada");
    assert_eq!(ems.argument("requirement"), "EMS E3");
}

#[test]
fn of_several_failures_the_one_that_would_do_alone_explains() {
    let audit = tenant()
        .owns("VISIOCLIENT", 10)
        .owns("EMS", 10)
        .group("Sales")
        .grants("VISIOCLIENT")
        .grants("EMS")
        .user("ada")
        .in_group("Sales")
        .fails("Sales", "VISIOCLIENT", "CountViolation")
        .fails("Sales", "EMS", "CountViolation")
        .target_needs("Sales", &["ems"])
        .judge();
    audit.folded(LICENSED, Code::MissingProduct, "Sales / ada", (Code::AssignmentError, "Sales / ada / EMS"));
}

#[test]
fn a_suspended_license_explains_what_is_missing() {
    let audit = suspended().target("Sales").judge();
    audit.only(LICENSED, &[(Code::LicenseSuspended, ADA)]);
    audit.folded(LICENSED, Code::MissingProduct, "Sales / ada", (Code::LicenseSuspended, ADA));
}

#[test]
fn the_requirement_folds_under_the_root_of_the_companion_that_explains_it() {
    let audit = companions("Other").target_needs("Sales", &["office365"]).judge();
    let root = (Code::AssignmentError, "Sales / ada / EMS");
    audit.folded(LICENSED, Code::MissingProduct, "Sales / ada", root);
    audit.only(LICENSED, &[(Code::AssignmentError, "Sales / ada / EMS")]);
}

// (b)

#[test]
pub(crate) fn a_member_of_a_target_who_has_a_suite_from_nowhere_misses_a_product() {
    let audit = office_only().judge();
    let said = audit.violation(LICENSED, Code::MissingProduct, "Sales / ada");
    said.shows("users/ada", "licenseAssignmentStates", json!([{ "skuPartNumber": "ENTERPRISEPACK", "assignedByGroup": "Sales", "state": "Active", "error": "None", "disabledPlans": [] }]));
    assert!(said.argument("missing").contains("Entra ID P1"));
    audit.verdict(LICENSED, Verdict::Fail);
}

#[test]
pub(crate) fn two_groups_or_a_direct_license_supply_the_suites_together() {
    two_groups().judge().silent(LICENSED, Code::MissingProduct).verdict(LICENSED, Verdict::Pass);
    let direct = office_only().owns("EMS", 10).user("ada").direct("EMS").set("error", "Other").judge();
    direct.silent(LICENSED, Code::MissingProduct);
}

#[test]
fn a_required_product_is_named_and_met_by_itself_only() {
    let audit = well().owns("STANDARDPACK", 5).target_needs("Sales", &["STANDARDPACK", "ems"]).judge();
    audit.only(LICENSED, &[(Code::MissingProduct, "Sales / ada / STANDARDPACK")]);
    let switched_off = tenant()
        .owns("EMS", 5)
        .group("Sales")
        .grants_without("EMS", &["INTUNE_A"])
        .user("ada")
        .in_group("Sales")
        .target_needs("Sales", &["efccb6f7-5641-4e0e-bd10-b4976e1bf68e"])
        .judge();
    switched_off.only(LICENSED, &[]).verdict(LICENSED, Verdict::Pass);
}

#[test]
fn what_is_not_active_or_not_in_force_is_not_held() {
    let with_error = office_only().owns("EMS", 5).user("ada").direct("EMS").set("state", "ActiveWithError");
    let suspended =
        office_only().owns("EMS", 5).set("capabilityStatus", "LockedOut").user("ada").direct("EMS");
    let not_owned = office_only().user("ada").direct("EMS");
    for story in [with_error, suspended, not_owned] {
        story.judge().violation(LICENSED, Code::MissingProduct, "Sales / ada");
    }
}

#[test]
fn what_an_excluded_group_gives_counts_as_from_any_source() {
    let audit = two_groups().plan("[scope]\nexclude-groups = [\"Security\"]").judge();
    audit.only(LICENSED, &[]).verdict(LICENSED, Verdict::Pass);
}

#[test]
fn e5_is_met_by_the_exchange_plan_of_a_product_with_advanced_auditing_switched_on_or_off() {
    let audit = tenant()
        .owns("SPE_E5", 10)
        .group("Sales")
        .grants_without("SPE_E5", &["M365_ADVANCED_AUDITING"])
        .user("ada")
        .in_group("Sales")
        .plan("[[target]]\ngroup = \"Sales\"\nedition = \"E5\"")
        .judge();
    audit.only(LICENSED, &[]).verdict(LICENSED, Verdict::Pass);
    let e3 = well().plan("[[target]]\ngroup = \"Sales\"\nedition = \"E5\"").judge();
    assert_eq!(e3.times(LICENSED, Code::MissingProduct), 2);
}

#[test]
pub(crate) fn a_needed_plan_that_is_off_for_the_member_is_a_required_plan_disabled() {
    let audit = without_intune().judge();
    let said = audit.violation(LICENSED, Code::RequiredPlanDisabled, "Sales / ada");
    said.shows("users/ada", "licenseAssignmentStates", json!([{ "skuPartNumber": "SPE_E3", "assignedByGroup": "Sales", "state": "Active", "error": "None", "disabledPlans": ["INTUNE_A"] }]));
    audit.silent(LICENSED, Code::MissingProduct).verdict(LICENSED, Verdict::Fail);
}

#[test]
pub(crate) fn another_entry_may_switch_the_plan_on() {
    let audit = without_intune().direct("SPE_E3").without_plans("SPE_E3", &["AAD_PREMIUM"]).judge();
    audit.silent(LICENSED, Code::RequiredPlanDisabled).verdict(LICENSED, Verdict::Pass);
}

// (c)

#[test]
pub(crate) fn who_is_reached_only_through_nested_groups_and_lacks_the_product_is_a_violation() {
    let audit = nested().judge();
    let said = audit.violation(LICENSED, Code::MemberThroughNestedGroup, ADA);
    said.shows("groups/Trainees/members", "id", "ada").shows(
        "users/ada",
        "licenseAssignmentStates",
        json!([]),
    );
    assert_eq!(said.argument("through"), "Trainees");
    audit.verdict(LICENSED, Verdict::Fail);
}

#[test]
pub(crate) fn who_has_the_product_from_whatever_source_is_not_left_out() {
    for state in ["Active", "ActiveWithError"] {
        let direct = nested().direct("SPE_E3").set("state", state).judge();
        direct.silent(LICENSED, Code::MemberThroughNestedGroup).verdict(LICENSED, Verdict::Pass);
    }
    let own_group = nested().group("Trainees").grants("SPE_E3").judge();
    own_group.silent(LICENSED, Code::MemberThroughNestedGroup);
    let suspended = nested().direct("SPE_E3").product("SPE_E3").set("capabilityStatus", "Suspended").judge();
    suspended.silent(LICENSED, Code::MemberThroughNestedGroup);
    let also_direct = nested().in_group("Sales").judge();
    also_direct.silent(LICENSED, Code::MemberThroughNestedGroup).verdict(LICENSED, Verdict::Pass);
}

#[test]
fn nesting_has_any_depth_and_cycles_end() {
    let audit = nested()
        .group("Trainees")
        .contains("Interns")
        .contains("Sales")
        .group("Interns")
        .contains("Trainees")
        .user("eve")
        .in_group("Interns")
        .judge();
    audit.only(
        LICENSED,
        &[
            (Code::MemberThroughNestedGroup, ADA),
            (Code::MemberThroughNestedGroup, "Sales / eve / SPE_E3"),
            (Code::NestedGroupMembersNotLicensed, "Trainees"),
            (Code::NestedGroupMembersNotLicensed, "Interns"),
        ],
    );
}

#[test]
fn each_product_that_is_lacked_is_a_finding_and_an_excluded_nested_group_is_looked_into() {
    let audit = nested()
        .owns("EMS", 5)
        .group("Sales")
        .grants("EMS")
        .plan("[scope]\nexclude-groups = [\"Trainees\"]")
        .judge();
    audit.only(
        LICENSED,
        &[
            (Code::MemberThroughNestedGroup, ADA),
            (Code::MemberThroughNestedGroup, "Sales / ada / EMS"),
            (Code::NestedGroupMembersNotLicensed, "Trainees"),
        ],
    );
}

#[test]
pub(crate) fn a_nested_group_whose_direct_members_go_without_is_named_once() {
    let audit = nested()
        .user("eve")
        .in_group("Trainees")
        .group("Board")
        .grants("SPE_E3")
        .contains("Trainees")
        .judge();
    let said = audit.violation(LICENSED, Code::NestedGroupMembersNotLicensed, "Trainees");
    said.shows("groups/Sales/members", "id", "Trainees").shows("groups/Board/members", "id", "Trainees");
    assert_eq!(said.argument("members"), "2");
    assert_eq!(audit.times(LICENSED, Code::MemberThroughNestedGroup), 4);
}

#[test]
pub(crate) fn a_nested_group_whose_members_have_it_all_is_not_named() {
    let audit = nested().direct("SPE_E3").judge();
    audit.silent(LICENSED, Code::NestedGroupMembersNotLicensed).verdict(LICENSED, Verdict::Pass);
    let above = nested().group("Trainees").user("ada").direct("SPE_E3").group("Interns").group("Trainees");
    let above = above.contains("Interns").user("eve").in_group("Interns").judge();
    above.violation(LICENSED, Code::NestedGroupMembersNotLicensed, "Interns");
    assert_eq!(above.times(LICENSED, Code::NestedGroupMembersNotLicensed), 1);
}

#[test]
fn a_target_without_licenses_promises_nothing_to_nested_members() {
    let audit =
        sales().group("Board").contains("Trainees").group("Trainees").user("ada").in_group("Trainees");
    audit.target("Board").judge().only(LICENSED, &[]).verdict(LICENSED, Verdict::NotApplicable);
}

// (d)

#[test]
pub(crate) fn who_left_and_kept_the_license_is_a_violation() {
    for state in ["Active", "ActiveWithError"] {
        let audit = left().set("state", state).judge();
        let said = audit.violation(LICENSED, Code::LicenseLeftBehind, "Sales / ada");
        said.shows(
            "users/ada",
            "licenseAssignmentStates",
            json!({ "assignedByGroup": "Sales", "state": state, "skuId": "SPE_E3" }),
        );
    }
    let audit = left().user("eve").in_group("Sales").judge();
    audit.violation(LICENSED, Code::LicenseLeftBehind, "Sales / ada");
    audit.verdict(LICENSED, Verdict::Fail);
}

#[test]
fn two_products_kept_from_one_group_are_one_finding() {
    let audit = left().owns("EMS", 5).group("Sales").grants("EMS").user("ada").holds("EMS", Some("Sales"));
    audit.set("state", "Error").judge().only(LICENSED, &[(Code::LicenseLeftBehind, "Sales / ada")]);
}

#[test]
fn with_another_state_or_while_processing_it_is_an_advisory() {
    for story in
        [left().set("state", "Error"), left().set("state", "Disabled"), left().group("Sales").processing()]
    {
        let audit = story.user("eve").in_group("Sales").judge();
        audit.advisory(LICENSED, Code::LicenseLeftBehind, "Sales / ada");
        assert_eq!(audit.times(LICENSED, Code::LicenseLeftBehind), 1);
        audit.verdict(LICENSED, Verdict::Pass);
    }
}

#[test]
pub(crate) fn a_member_an_excluded_product_or_a_group_without_licenses_leaves_nothing_behind() {
    left()
        .in_group("Sales")
        .judge()
        .silent(LICENSED, Code::LicenseLeftBehind)
        .verdict(LICENSED, Verdict::Pass);
    let excluded =
        left().owns("EMS", 5).group("Sales").grants("EMS").plan("[scope]\nexclude-skus = [\"SPE_E3\"]");
    excluded.judge().silent(LICENSED, Code::LicenseLeftBehind);
    let unlicensed = left().group("Sales").set("assignedLicenses", json!([])).group("Board").grants("SPE_E3");
    unlicensed.judge().silent(LICENSED, Code::LicenseLeftBehind);
    let company = left().judge();
    company.violation(LICENSED, Code::LicenseLeftBehind, "Sales / ada");
}

// Advisories

#[test]
pub(crate) fn the_same_product_from_the_group_and_directly_is_an_advisory() {
    let audit = well().direct("SPE_E3").judge();
    let said = audit.advisory(LICENSED, Code::DirectAndInherited, ADA);
    said.shows("users/ada", "licenseAssignmentStates", json!({ "assignedByGroup": null, "state": "Active" }));
    audit.verdict(LICENSED, Verdict::Pass);
}

#[test]
pub(crate) fn a_direct_entry_that_holds_no_seat_or_of_another_product_is_not_that() {
    well().direct("SPE_E3").set("state", "Error").judge().silent(LICENSED, Code::DirectAndInherited);
    well().owns("EMS", 5).user("ada").direct("EMS").judge().silent(LICENSED, Code::DirectAndInherited);
}

#[test]
pub(crate) fn a_product_that_a_member_has_directly_only_is_an_advisory() {
    let audit = refused().direct("SPE_E3").judge();
    audit.advisory(LICENSED, Code::DirectOnly, ADA).shows(
        "users/ada",
        "licenseAssignmentStates",
        json!({ "assignedByGroup": null }),
    );
    audit.violation(LICENSED, Code::AssignmentError, ADA);
}

#[test]
fn directly_only_folds_under_his_being_overlooked_for_the_product_and_for_the_requirement() {
    let audit = overlooked().direct("SPE_E3").target("Sales").judge();
    let root = (Code::NotLicensedWithoutError, ADA);
    audit.folded(LICENSED, Code::DirectOnly, ADA, root);
    audit.folded(LICENSED, Code::DirectOnly, "Sales / ada", root);
    audit.only(LICENSED, &[(Code::NotLicensedWithoutError, ADA)]);
    assert_eq!(audit.times(LICENSED, Code::DirectOnly), 3);
}

#[test]
fn a_requirement_that_is_met_directly_only_is_an_advisory_of_the_target() {
    let audit = office_only().owns("EMS", 5).user("ada").direct("EMS").judge();
    audit.only(LICENSED, &[(Code::DirectOnly, "Sales / ada")]).verdict(LICENSED, Verdict::Pass);
}

#[test]
pub(crate) fn what_also_comes_from_another_group_is_not_direct_only() {
    let audit = refused().direct("SPE_E3").in_group("Board").group("Board").grants("SPE_E3").judge();
    audit.silent(LICENSED, Code::DirectOnly);
    let suspended = refused().direct("SPE_E3").product("SPE_E3").set("capabilityStatus", "Suspended").judge();
    suspended.silent(LICENSED, Code::DirectOnly);
}

#[test]
pub(crate) fn other_plans_than_the_group_has_are_an_advisory() {
    let audit = well().without_plans("SPE_E3", &["SWAY"]).judge();
    let said = audit.advisory(LICENSED, Code::PlansDifferFromGroup, ADA);
    said.shows("users/ada", "licenseAssignmentStates", json!({ "disabledPlans": ["SWAY"] }))
        .wants("licenseAssignmentStates", json!({ "disabledPlans": [] }));
    audit.verdict(LICENSED, Verdict::Pass);
}

#[test]
pub(crate) fn plans_do_not_differ_where_the_product_lacks_them_or_b_fails_already() {
    let foreign = well().set("disabledPlans", json!(["11111111-1111-4111-8111-111111111111"])).judge();
    foreign.silent(LICENSED, Code::PlansDifferFromGroup);
    let fails = well().without_plans("SPE_E3", &["INTUNE_A"]).target("Sales").judge();
    fails.silent(LICENSED, Code::PlansDifferFromGroup);
    fails.violation(LICENSED, Code::RequiredPlanDisabled, "Sales / ada");
    let error = refused().without_plans("SPE_E3", &["SWAY"]).judge();
    error.silent(LICENSED, Code::PlansDifferFromGroup);
}

#[test]
pub(crate) fn a_license_from_a_group_that_is_gone_or_in_the_recycle_bin_is_an_orphan() {
    let audit = well().holds("FLOW_FREE", Some("Bygone")).user("ada").judge();
    audit.advisory(LICENSED, Code::OrphanAssignment, "a group that is gone / ada / FLOW_FREE").shows(
        "users/ada",
        "licenseAssignmentStates",
        json!({ "state": "Active" }),
    );
    let deleted = well().holds("FLOW_FREE", Some("Bin")).deleted_group("Bin", "2026-11-02T10:15:00Z").judge();
    deleted.advisory(LICENSED, Code::OrphanAssignment, "Bin / ada / FLOW_FREE");
    deleted.verdict(LICENSED, Verdict::Pass);
}

#[test]
pub(crate) fn a_license_from_any_group_in_the_list_or_of_an_excluded_product_is_no_orphan() {
    let unlicensed = well().holds("FLOW_FREE", Some("Board")).group("Board").judge();
    unlicensed.silent(LICENSED, Code::OrphanAssignment);
    let excluded = well().owns("FLOW_FREE", 5).user("ada").holds("FLOW_FREE", Some("Bygone"));
    excluded.plan("[scope]\nexclude-skus = [\"FLOW_FREE\"]").judge().silent(LICENSED, Code::OrphanAssignment);
}

#[test]
pub(crate) fn a_blocked_account_with_an_entry_from_the_group_is_an_advisory() {
    let audit = sales().user("ada").in_group("Sales").set("accountEnabled", false).judge();
    let said = audit.advisory(LICENSED, Code::DisabledAccountHoldsSeat, "Sales / ada");
    said.shows("users/ada", "accountEnabled", false);
    audit.verdict(LICENSED, Verdict::Pass);
}

#[test]
pub(crate) fn an_account_of_unknown_state_or_without_an_entry_from_the_group_is_not_that() {
    let unknown = sales().user("ada").in_group("Sales").set("accountEnabled", Value::Null).judge();
    unknown.silent(LICENSED, Code::DisabledAccountHoldsSeat);
    let none =
        sales().user("ada").in_group("Sales").overlooked_by("Sales").set("accountEnabled", false).judge();
    none.silent(LICENSED, Code::DisabledAccountHoldsSeat);
}

#[test]
pub(crate) fn a_member_with_an_entry_and_no_usage_location_is_an_advisory() {
    for location in [Value::Null, json!("")] {
        let audit = sales().user("ada").in_group("Sales").set("usageLocation", location).judge();
        let said = audit.advisory(LICENSED, Code::UsageLocationMissing, "Sales / ada");
        said.shows("users/ada", "usageLocation", Value::Null);
        audit.verdict(LICENSED, Verdict::Pass);
    }
}

#[test]
pub(crate) fn a_member_without_an_entry_from_the_group_needs_no_usage_location() {
    let audit = overlooked().set("usageLocation", Value::Null).judge();
    audit.silent(LICENSED, Code::UsageLocationMissing);
    let excluded = sales().owns("EMS", 5).group("Sales").grants("EMS").user("ada").in_group("Sales");
    let excluded = excluded.holds("EMS", Some("Sales")).user("ada").set("usageLocation", "");
    excluded.plan("[scope]\nexclude-skus = [\"*\"]").judge().silent(LICENSED, Code::UsageLocationMissing);
}

// Gaps

#[test]
pub(crate) fn with_unreadable_group_licenses_targets_are_still_judged_by_what_their_members_hold() {
    let story = office_only().user("ada").holds("ENTERPRISEPACK", Some("Sales"));
    let audit = story.group("Sales").set("assignedLicenses", json!([])).judge();
    audit.gap(LICENSED, Code::GroupLicensesUnreadable, "");
    audit.violation(LICENSED, Code::MissingProduct, "Sales / ada");
    let enough = sales().user("ada").in_group("Sales").holds("SPE_E3", Some("Sales")).target("Sales");
    let enough = enough.group("Sales").set("assignedLicenses", json!([])).judge();
    enough.gap(LICENSED, Code::GroupLicensesUnreadable, "");
    enough.verdict(LICENSED, Verdict::Inconclusive);
}

#[test]
pub(crate) fn a_target_that_shows_no_license_and_whose_leaver_kept_one_is_readable() {
    let audit = tenant().owns("SPE_E3", 5).group("Sales").user("ada").holds("SPE_E3", Some("Sales"));
    let audit = audit.target("Sales").judge();
    audit.silent(LICENSED, Code::GroupLicensesUnreadable).verdict(LICENSED, Verdict::NotApplicable);
}

#[test]
pub(crate) fn a_missing_entry_while_the_group_is_processing_is_pending() {
    for state in
        [json!({ "state": "QueuedForProcessing" }), json!("New word"), Value::Null, json!({ "state": null })]
    {
        let audit = overlooked().group("Sales").set("licenseProcessingState", state).judge();
        audit.gap(LICENSED, Code::LicensePending, ADA);
        audit.silent(LICENSED, Code::NotLicensedWithoutError).verdict(LICENSED, Verdict::Inconclusive);
    }
    let unknown = overlooked().group("Sales").set("licenseProcessingState", "New word").judge();
    assert_eq!(unknown.gap(LICENSED, Code::LicensePending, ADA).argument("state"), "New word");
}

#[test]
fn an_active_entry_with_other_plans_while_processing_is_pending_even_with_an_error_text() {
    for error in ["None", "Other"] {
        let audit =
            well().set("error", error).without_plans("SPE_E3", &["SWAY"]).group("Sales").processing().judge();
        audit.only(LICENSED, &[(Code::LicensePending, ADA)]).verdict(LICENSED, Verdict::Inconclusive);
    }
}

#[test]
pub(crate) fn an_entry_that_failed_is_a_failure_even_while_the_group_is_processing() {
    let audit = refused().group("Sales").processing().judge();
    audit.silent(LICENSED, Code::LicensePending).violation(LICENSED, Code::AssignmentError, ADA);
    let with_other_plans = refused().without_plans("SPE_E3", &["SWAY"]).group("Sales").processing().judge();
    with_other_plans.only(LICENSED, &[(Code::AssignmentError, ADA)]);
    let active = well().group("Sales").processing().judge();
    active.silent(LICENSED, Code::LicensePending).verdict(LICENSED, Verdict::Pass);
}

#[test]
fn a_requirement_that_pending_entries_would_meet_is_pending() {
    let audit = overlooked().group("Sales").processing().target("Sales").judge();
    audit.only(LICENSED, &[(Code::LicensePending, ADA), (Code::LicensePending, "Sales / ada")]);
    let switched_off =
        well().without_plans("SPE_E3", &["INTUNE_A"]).group("Sales").processing().target("Sales").judge();
    switched_off.only(LICENSED, &[(Code::LicensePending, ADA), (Code::LicensePending, "Sales / ada")]);
}

#[test]
fn a_product_lacked_through_nesting_may_be_pending_from_another_group() {
    let story =
        nested().in_group("Board").overlooked_by("Board").group("Board").grants("SPE_E3").processing();
    let audit = story.judge();
    audit.gap(LICENSED, Code::LicensePending, ADA);
    audit.gap(LICENSED, Code::LicensePending, "Board / ada / SPE_E3");
    audit
        .silent(LICENSED, Code::MemberThroughNestedGroup)
        .silent(LICENSED, Code::NestedGroupMembersNotLicensed);
    let of_another_user = nested().user("eve").in_group("Board").overlooked_by("Board").group("Board");
    let of_another_user = of_another_user.grants("SPE_E3").processing().judge();
    of_another_user.violation(LICENSED, Code::MemberThroughNestedGroup, ADA);
}

#[test]
fn what_a_processing_group_takes_away_is_not_held_later() {
    // ada's Intune is on, but her group is about to switch it off: the requirement is met now, and stays so.
    let audit = without_intune().holds("SPE_E3", Some("Sales")).group("Sales").processing().judge();
    audit.gap(LICENSED, Code::LicensePending, ADA);
    audit.silent(LICENSED, Code::RequiredPlanDisabled).verdict(LICENSED, Verdict::Inconclusive);
}

#[test]
pub(crate) fn hidden_members_are_not_judged() {
    let audit = sales().set("visibility", "HiddenMembership").judge();
    audit.gap(LICENSED, Code::MembershipHidden, "Sales");
    audit.verdict(LICENSED, Verdict::Inconclusive).verdict_of("Sales", LICENSED, Verdict::Inconclusive);
}

#[test]
pub(crate) fn a_hidden_membership_that_shows_a_member_is_judged() {
    let audit = refused().group("Sales").set("visibility", "HiddenMembership").judge();
    audit.silent(LICENSED, Code::MembershipHidden).violation(LICENSED, Code::AssignmentError, ADA);
}

#[test]
pub(crate) fn a_limited_member_or_one_in_no_list_is_not_judged() {
    let limited = sales().user("ada").in_group("Sales").limited().judge();
    limited.gap(LICENSED, Code::LimitedInformation, "Sales / ada");
    limited.silent(LICENSED, Code::NotLicensedWithoutError).verdict(LICENSED, Verdict::Inconclusive);
    let nested = nested().limited().judge();
    nested.gap(LICENSED, Code::LimitedInformation, "Sales / ada");
    nested.silent(LICENSED, Code::MemberThroughNestedGroup);
}

#[test]
pub(crate) fn a_member_who_is_shown_by_id_is_judged_and_one_who_is_gone_is_none() {
    let audit = refused().shown_by_id_only().judge();
    audit.silent(LICENSED, Code::LimitedInformation).violation(LICENSED, Code::AssignmentError, ADA);
    let gone = well().user("eve").in_group("Sales").gone().judge();
    gone.silent(LICENSED, Code::LimitedInformation).verdict(LICENSED, Verdict::Pass);
}

#[test]
pub(crate) fn members_that_were_not_read_are_not_judged_and_nobody_is_said_to_have_left() {
    let audit = left().group("Sales").members_cut_off().user("eve").in_group("Sales").judge();
    audit.gap(LICENSED, Code::MembersIncomplete, "Sales");
    audit.silent(LICENSED, Code::LicenseLeftBehind).verdict(LICENSED, Verdict::Inconclusive);
    let nested = nested().group("Trainees").members_cut_off().judge();
    nested.gap(LICENSED, Code::MembersIncomplete, "Trainees");
    let hidden = nested_hidden().judge();
    hidden.gap(LICENSED, Code::MembersIncomplete, "Trainees");
    hidden.silent(LICENSED, Code::MembershipHidden).verdict(LICENSED, Verdict::Inconclusive);
}

fn nested_hidden() -> Story {
    sales().contains("Trainees").group("Trainees").set("visibility", "HiddenMembership")
}

#[test]
fn a_nested_group_that_is_not_even_listed_and_was_not_read_is_a_gap() {
    let audit = sales().contains("Elsewhere").judge();
    audit.gap(LICENSED, Code::MembersIncomplete, "a group that is not listed");
}

#[test]
pub(crate) fn the_members_of_a_group_below_a_target_without_licenses_do_not_decide() {
    let story =
        sales().group("Board").contains("Trainees").group("Trainees").members_cut_off().target("Board");
    story.judge().silent(LICENSED, Code::MembersIncomplete).verdict(LICENSED, Verdict::NotApplicable);
}

#[test]
pub(crate) fn a_dynamic_licensed_group_that_is_processing_and_shows_nobody_is_not_settled() {
    let audit = sales().dynamic("(user.userType -eq \"Member\")").processing().judge();
    audit.gap(LICENSED, Code::MembershipNotSettled, "Sales");
    audit.verdict(LICENSED, Verdict::Inconclusive);
}

#[test]
pub(crate) fn an_assigned_group_that_is_processing_and_shows_nobody_has_nobody() {
    let audit = sales().processing().judge();
    audit.silent(LICENSED, Code::MembershipNotSettled).verdict(LICENSED, Verdict::NotApplicable);
}

#[test]
pub(crate) fn a_member_without_license_states_is_not_judged() {
    let audit = sales().user("ada").in_group("Sales").set("licenseAssignmentStates", Value::Null).judge();
    audit.gap(LICENSED, Code::LicenseStatesMissing, "Sales / ada");
    audit.silent(LICENSED, Code::NotLicensedWithoutError).verdict(LICENSED, Verdict::Inconclusive);
    let nested = nested().set("licenseAssignmentStates", Value::Null).judge();
    nested.gap(LICENSED, Code::LicenseStatesMissing, "Sales / ada");
}

#[test]
pub(crate) fn an_empty_list_of_license_states_is_judged() {
    let audit = sales().user("ada").in_group("Sales").set("licenseAssignmentStates", json!([])).judge();
    audit.silent(LICENSED, Code::LicenseStatesMissing).violation(
        LICENSED,
        Code::NotLicensedWithoutError,
        ADA,
    );
}

#[test]
pub(crate) fn a_broken_user_list_may_hide_who_left_and_what_members_have() {
    let audit = well().user("eve").in_group("Sales").unlisted().cut_off(Collection::Users).judge();
    audit.gap(LICENSED, Code::UsersIncomplete, "");
    audit.silent(LICENSED, Code::LimitedInformation).verdict(LICENSED, Verdict::Inconclusive);
}

#[test]
pub(crate) fn without_licensed_groups_and_members_the_user_list_does_not_matter() {
    let audit = tenant().group("Sales").target("Sales").cut_off(Collection::Users).judge();
    audit.silent(LICENSED, Code::UsersIncomplete).verdict(LICENSED, Verdict::NotApplicable);
}

#[test]
pub(crate) fn an_active_entry_of_a_product_of_unknown_status_is_a_gap() {
    for status in [Value::Null, json!("Brandnew")] {
        let audit = well().product("SPE_E3").set("capabilityStatus", status).judge();
        audit.gap(LICENSED, Code::SkuUnreadable, "SPE_E3");
        audit.silent(LICENSED, Code::LicenseSuspended).verdict(LICENSED, Verdict::Inconclusive);
    }
}

#[test]
pub(crate) fn an_entry_that_failed_needs_no_status() {
    let audit = refused().product("SPE_E3").set("capabilityStatus", Value::Null).judge();
    audit.silent(LICENSED, Code::SkuUnreadable).violation(LICENSED, Code::AssignmentError, ADA);
}

#[test]
pub(crate) fn an_active_entry_of_a_product_without_counters_is_a_gap() {
    for units in [json!({ "enabled": null, "warning": 0 }), json!({ "enabled": 0 }), Value::Null] {
        let audit = well().product("SPE_E3").set("prepaidUnits", units).judge();
        audit.gap(LICENSED, Code::SeatCountersMissing, "SPE_E3");
        audit.silent(LICENSED, Code::LicenseSuspended).verdict(LICENSED, Verdict::Inconclusive);
    }
}

#[test]
pub(crate) fn known_counters_above_zero_and_null_consumed_units_are_enough() {
    let audit = well().product("SPE_E3").set("prepaidUnits", json!({ "enabled": 5, "warning": null }));
    let audit = audit.set("consumedUnits", Value::Null).judge();
    audit.silent(LICENSED, Code::SeatCountersMissing).verdict(LICENSED, Verdict::Pass);
}

/// ada has a product of unknown contents, in a target that needs both suites.
fn mystery() -> Story {
    tenant().owns("MYSTERY", 10).group("Sales").grants("MYSTERY").user("ada").in_group("Sales")
}

#[test]
pub(crate) fn a_product_of_unknown_contents_may_meet_the_requirement() {
    let audit = mystery().target("Sales").judge();
    audit.gap(LICENSED, Code::SkuPlansMissing, "MYSTERY");
    audit.silent(LICENSED, Code::MissingProduct).verdict(LICENSED, Verdict::Inconclusive);
}

#[test]
pub(crate) fn where_no_suite_is_required_the_contents_do_not_matter() {
    let audit = mystery().target_needs("Sales", &["MYSTERY"]).judge();
    audit.silent(LICENSED, Code::SkuPlansMissing).verdict(LICENSED, Verdict::Pass);
    mystery().judge().silent(LICENSED, Code::SkuPlansMissing).verdict(LICENSED, Verdict::Pass);
}

#[test]
pub(crate) fn products_that_were_not_read_are_a_gap() {
    let audit = tenant().group("Sales").grants("SPE_E3").user("ada").in_group("Sales");
    let audit = audit.cut_off(Collection::SubscribedSkus).target("Sales").judge();
    audit.gap(LICENSED, Code::SeatsUnreadable, "");
    audit
        .silent(LICENSED, Code::LicenseSuspended)
        .silent(LICENSED, Code::MissingProduct)
        .verdict(LICENSED, Verdict::Inconclusive);
}

#[test]
pub(crate) fn without_members_the_products_do_not_matter() {
    let audit = tenant().group("Sales").grants("SPE_E3").cut_off(Collection::SubscribedSkus).judge();
    audit.silent(LICENSED, Code::SeatsUnreadable).verdict(LICENSED, Verdict::NotApplicable);
}

pub(crate) const PROOFS: &[Proof] = &[
    (
        LICENSED,
        Code::AssignmentError,
        a_member_whose_seat_was_refused_is_an_assignment_error,
        an_error_from_another_group_or_of_a_direct_entry_is_not_this_groups,
    ),
    (
        LICENSED,
        Code::AssignmentActiveWithError,
        active_with_an_error_is_active_with_error_in_both_spellings,
        of_two_entries_for_one_source_the_better_counts,
    ),
    (
        LICENSED,
        Code::AssignmentDisabled,
        a_disabled_entry_is_an_assignment_disabled,
        a_disabled_account_is_no_disabled_entry,
    ),
    (
        LICENSED,
        Code::UnrecognisedState,
        a_state_that_nobody_knows_never_counts_as_good_and_is_kept,
        a_known_state_in_other_letters_is_known,
    ),
    (
        LICENSED,
        Code::NotLicensedWithoutError,
        a_member_without_any_entry_from_a_complete_group_was_overlooked,
        a_company_wide_or_excluded_product_is_not_missed,
    ),
    (
        LICENSED,
        Code::LicenseSuspended,
        an_active_entry_of_a_product_that_is_not_in_force_is_a_suspended_license,
        an_active_entry_of_a_product_in_its_grace_period_is_good,
    ),
    (
        LICENSED,
        Code::MissingProduct,
        a_member_of_a_target_who_has_a_suite_from_nowhere_misses_a_product,
        two_groups_or_a_direct_license_supply_the_suites_together,
    ),
    (
        LICENSED,
        Code::RequiredPlanDisabled,
        a_needed_plan_that_is_off_for_the_member_is_a_required_plan_disabled,
        another_entry_may_switch_the_plan_on,
    ),
    (
        LICENSED,
        Code::MemberThroughNestedGroup,
        who_is_reached_only_through_nested_groups_and_lacks_the_product_is_a_violation,
        who_has_the_product_from_whatever_source_is_not_left_out,
    ),
    (
        LICENSED,
        Code::NestedGroupMembersNotLicensed,
        a_nested_group_whose_direct_members_go_without_is_named_once,
        a_nested_group_whose_members_have_it_all_is_not_named,
    ),
    (
        LICENSED,
        Code::LicenseLeftBehind,
        who_left_and_kept_the_license_is_a_violation,
        a_member_an_excluded_product_or_a_group_without_licenses_leaves_nothing_behind,
    ),
    (
        LICENSED,
        Code::DirectAndInherited,
        the_same_product_from_the_group_and_directly_is_an_advisory,
        a_direct_entry_that_holds_no_seat_or_of_another_product_is_not_that,
    ),
    (
        LICENSED,
        Code::DirectOnly,
        a_product_that_a_member_has_directly_only_is_an_advisory,
        what_also_comes_from_another_group_is_not_direct_only,
    ),
    (
        LICENSED,
        Code::PlansDifferFromGroup,
        other_plans_than_the_group_has_are_an_advisory,
        plans_do_not_differ_where_the_product_lacks_them_or_b_fails_already,
    ),
    (
        LICENSED,
        Code::OrphanAssignment,
        a_license_from_a_group_that_is_gone_or_in_the_recycle_bin_is_an_orphan,
        a_license_from_any_group_in_the_list_or_of_an_excluded_product_is_no_orphan,
    ),
    (
        LICENSED,
        Code::DisabledAccountHoldsSeat,
        a_blocked_account_with_an_entry_from_the_group_is_an_advisory,
        an_account_of_unknown_state_or_without_an_entry_from_the_group_is_not_that,
    ),
    (
        LICENSED,
        Code::UsageLocationMissing,
        a_member_with_an_entry_and_no_usage_location_is_an_advisory,
        a_member_without_an_entry_from_the_group_needs_no_usage_location,
    ),
    (
        LICENSED,
        Code::GroupLicensesUnreadable,
        with_unreadable_group_licenses_targets_are_still_judged_by_what_their_members_hold,
        a_target_that_shows_no_license_and_whose_leaver_kept_one_is_readable,
    ),
    (
        LICENSED,
        Code::LicensePending,
        a_missing_entry_while_the_group_is_processing_is_pending,
        an_entry_that_failed_is_a_failure_even_while_the_group_is_processing,
    ),
    (
        LICENSED,
        Code::MembershipHidden,
        hidden_members_are_not_judged,
        a_hidden_membership_that_shows_a_member_is_judged,
    ),
    (
        LICENSED,
        Code::LimitedInformation,
        a_limited_member_or_one_in_no_list_is_not_judged,
        a_member_who_is_shown_by_id_is_judged_and_one_who_is_gone_is_none,
    ),
    (
        LICENSED,
        Code::MembersIncomplete,
        members_that_were_not_read_are_not_judged_and_nobody_is_said_to_have_left,
        the_members_of_a_group_below_a_target_without_licenses_do_not_decide,
    ),
    (
        LICENSED,
        Code::MembershipNotSettled,
        a_dynamic_licensed_group_that_is_processing_and_shows_nobody_is_not_settled,
        an_assigned_group_that_is_processing_and_shows_nobody_has_nobody,
    ),
    (
        LICENSED,
        Code::LicenseStatesMissing,
        a_member_without_license_states_is_not_judged,
        an_empty_list_of_license_states_is_judged,
    ),
    (
        LICENSED,
        Code::UsersIncomplete,
        a_broken_user_list_may_hide_who_left_and_what_members_have,
        without_licensed_groups_and_members_the_user_list_does_not_matter,
    ),
    (
        LICENSED,
        Code::SkuUnreadable,
        an_active_entry_of_a_product_of_unknown_status_is_a_gap,
        an_entry_that_failed_needs_no_status,
    ),
    (
        LICENSED,
        Code::SeatCountersMissing,
        an_active_entry_of_a_product_without_counters_is_a_gap,
        known_counters_above_zero_and_null_consumed_units_are_enough,
    ),
    (
        LICENSED,
        Code::SkuPlansMissing,
        a_product_of_unknown_contents_may_meet_the_requirement,
        where_no_suite_is_required_the_contents_do_not_matter,
    ),
    (
        LICENSED,
        Code::SeatsUnreadable,
        products_that_were_not_read_are_a_gap,
        without_members_the_products_do_not_matter,
    ),
];
