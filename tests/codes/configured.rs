//! `groups-configured`.

use serde_json::{Value, json};
use tollgate::rules::PlanError;
use tollgate::tenant::Collection;
use tollgate::verdict::{Code, Verdict};

use crate::judged::CONFIGURED;
use crate::registry::Proof;
use crate::tenant::{Story, sales, tenant};

/// Sales as a target: it hands out both suites to ada.
fn planned() -> Story {
    sales().user("ada").in_group("Sales").target("Sales")
}

/// Sales is a target and hands out Office 365 only; EMS comes to ada from Security.
pub(crate) fn two_groups() -> Story {
    tenant()
        .owns("ENTERPRISEPACK", 10)
        .owns("EMS", 10)
        .group("Sales")
        .grants("ENTERPRISEPACK")
        .group("Security")
        .grants("EMS")
        .user("ada")
        .in_group("Sales")
        .in_group("Security")
        .target("Sales")
}

/// The same, but ada is not in Security.
pub(crate) fn office_only() -> Story {
    tenant()
        .owns("ENTERPRISEPACK", 10)
        .group("Sales")
        .grants("ENTERPRISEPACK")
        .user("ada")
        .in_group("Sales")
        .target("Sales")
}

/// Sales hands out a product that neither the tenant nor Microsoft's table has plans of.
fn mystery() -> Story {
    tenant()
        .owns("MYSTERY", 10)
        .group("Sales")
        .grants("MYSTERY")
        .user("ada")
        .in_group("Sales")
        .target("Sales")
}

#[test]
pub(crate) fn a_target_that_hands_out_both_suites_passes() {
    planned().judge().only(CONFIGURED, &[]).verdict(CONFIGURED, Verdict::Pass);
}

// Violations

#[test]
pub(crate) fn a_name_that_no_group_has_is_a_target_not_found() {
    let audit = planned().target("Marketing").judge();
    audit
        .violation(CONFIGURED, Code::TargetNotFound, "Marketing")
        .shows("groups", "displayName", Value::Null)
        .wants("displayName", "Marketing");
    audit.verdict(CONFIGURED, Verdict::Fail);
}

#[test]
pub(crate) fn a_pattern_that_fits_nothing_is_a_target_not_found() {
    planned().target("MKT-*").judge().violation(CONFIGURED, Code::TargetNotFound, "MKT-*");
}

#[test]
pub(crate) fn a_name_in_other_letters_finds_the_group() {
    sales().user("ada").in_group("Sales").target("sALES").judge().silent(CONFIGURED, Code::TargetNotFound);
}

#[test]
fn every_group_that_a_pattern_fits_is_a_target() {
    let audit = tenant().group("LIC-A").group("LIC-B").group("Sales").target("lic-*").judge();
    audit.only(CONFIGURED, &[(Code::NoLicenseAssigned, "LIC-A"), (Code::NoLicenseAssigned, "LIC-B")]);
}

#[test]
fn a_name_that_two_groups_have_is_an_error_that_lists_them() {
    let error = sales().group("Other").set("displayName", "SALES").target("Sales").refused();
    assert!(matches!(&error, PlanError::Ambiguous { ids, .. } if ids.len() == 2), "{error}");
}

#[test]
fn nothing_is_left_out_or_waived_by_a_name_that_two_groups_have() {
    let twice = || sales().group("Other").set("displayName", "SALES");
    let waiver = "[[waiver]]\ncriterion = \"enough-seats\"\nreason = \"r\"\nowner = \"o\"\n\
                  expires = 2027-03-31\ngroup = \"sales\"\n";
    for lines in ["scope.exclude-groups = [\"Sales\"]\n", waiver] {
        let error = twice().plan(lines).refused();
        assert!(matches!(&error, PlanError::Ambiguous { ids, .. } if ids.len() == 2), "{error}");
    }
    // A pattern says that it means several.
    twice().plan("scope.exclude-groups = [\"Sales*\"]\n").judge();
}

#[test]
fn a_group_named_by_its_name_and_by_a_pattern_is_an_error() {
    let error = planned().target("S*").refused();
    assert!(matches!(error, PlanError::NamedTwice { .. }), "{error}");
}

#[test]
pub(crate) fn a_target_in_the_recycle_bin_is_a_deleted_one() {
    let audit = planned().deleted_group("Marketing", "2026-11-02T10:15:00Z").target("marketing").judge();
    audit.violation(CONFIGURED, Code::TargetDeleted, "Marketing").shows(
        "directory/deletedItems/Marketing",
        "deletedDateTime",
        "2026-11-02T10:15:00Z",
    );
    audit.silent(CONFIGURED, Code::TargetNotFound).verdict(CONFIGURED, Verdict::Fail);
}

#[test]
pub(crate) fn a_group_that_lives_is_meant_though_a_deleted_one_has_its_name() {
    let audit = planned().deleted_namesake("Sales", "2026-11-02T10:15:00Z").judge();
    audit.silent(CONFIGURED, Code::TargetDeleted);
}

#[test]
fn a_pattern_does_not_look_into_the_recycle_bin() {
    let audit = planned().deleted_group("MKT-1", "2026-11-02T10:15:00Z").target("MKT-*").judge();
    audit.silent(CONFIGURED, Code::TargetDeleted).violation(CONFIGURED, Code::TargetNotFound, "MKT-*");
}

#[test]
pub(crate) fn a_group_that_is_not_security_enabled_is_not_eligible() {
    let audit = planned().group("Sales").set("securityEnabled", false).judge();
    audit
        .violation(CONFIGURED, Code::GroupTypeNotEligible, "Sales")
        .shows("groups/Sales", "securityEnabled", false)
        .wants("securityEnabled", true);
    audit.verdict(CONFIGURED, Verdict::Fail);
}

#[test]
fn a_rule_about_devices_is_not_eligible() {
    let rule = r#"(DEVICE.deviceOSType -eq "Windows")"#;
    let audit = planned().group("Sales").dynamic(rule).judge();
    let said = audit.violation(CONFIGURED, Code::GroupTypeNotEligible, "Sales");
    said.shows("groups/Sales", "membershipRule", rule);
}

#[test]
pub(crate) fn the_word_device_in_a_text_of_the_rule_is_no_rule_about_devices() {
    let audit = planned()
        .group("Sales")
        .dynamic(r#"(user.userType -eq "Member") -and (user.department -eq "device.lab")"#)
        .judge();
    audit.silent(CONFIGURED, Code::GroupTypeNotEligible);
}

#[test]
fn a_group_that_is_neither_eligible_nor_licensed_has_both_violations() {
    let audit = tenant().group("Sales").set("securityEnabled", false).target("Sales").judge();
    audit.only(CONFIGURED, &[(Code::GroupTypeNotEligible, "Sales"), (Code::NoLicenseAssigned, "Sales")]);
}

#[test]
pub(crate) fn a_target_without_licenses_has_no_license_assigned_even_where_others_supply_all() {
    let audit =
        sales().group("Board").user("ada").in_group("Sales").in_group("Board").target("Board").judge();
    audit.violation(CONFIGURED, Code::NoLicenseAssigned, "Board").shows(
        "groups/Board",
        "assignedLicenses",
        json!([]),
    );
    audit.silent(CONFIGURED, Code::MissingProduct).verdict(CONFIGURED, Verdict::Fail);
}

#[test]
pub(crate) fn one_license_is_enough_not_to_be_without() {
    office_only().judge().silent(CONFIGURED, Code::NoLicenseAssigned);
}

#[test]
fn a_target_that_hands_out_nothing_but_what_is_excluded_has_no_license_assigned() {
    let audit = planned().plan("[scope]\nexclude-skus = [\"spe_e3\"]").judge();
    audit.violation(CONFIGURED, Code::NoLicenseAssigned, "Sales");
}

#[test]
pub(crate) fn a_suite_that_neither_the_target_nor_others_hand_out_is_a_missing_product() {
    let audit = office_only().judge();
    let said = audit.violation(CONFIGURED, Code::MissingProduct, "Sales");
    said.shows("groups/Sales", "assignedLicenses", json!(["ENTERPRISEPACK"]));
    assert!(said.argument("missing").contains("Intune"), "{}", said.argument("missing"));
    audit.verdict(CONFIGURED, Verdict::Fail);
}

#[test]
pub(crate) fn two_products_of_the_target_supply_the_suites_together() {
    let audit = office_only().owns("EMS", 10).group("Sales").grants("EMS").judge();
    audit.silent(CONFIGURED, Code::MissingProduct).verdict(CONFIGURED, Verdict::Pass);
}

#[test]
fn one_suite_may_come_from_parts_of_two_products_of_the_target() {
    let audit = tenant()
        .owns("SPE_E3", 10)
        .owns("EMS", 10)
        .group("Sales")
        .grants_without("SPE_E3", &["INTUNE_A"])
        .grants_without("EMS", &["AAD_PREMIUM"])
        .target("Sales")
        .judge();
    audit.only(CONFIGURED, &[(Code::EmptyLicensedGroup, "Sales")]);
}

#[test]
fn a_required_product_is_named_and_no_bundle_stands_for_it() {
    let story = sales().owns("STANDARDPACK", 5).user("ada").in_group("Sales");
    let audit = story.target_needs("Sales", &["ems", "standardpack"]).judge();
    audit.only(CONFIGURED, &[(Code::MissingProduct, "Sales / STANDARDPACK")]);
}

#[test]
fn the_part_number_ems_is_the_word_for_the_suite_and_its_id_is_the_product() {
    let story = || sales().owns("EMS", 5).user("ada").in_group("Sales");
    story().target_needs("Sales", &["EMS"]).judge().only(CONFIGURED, &[]);
    let id = "EFCCB6F7-5641-4E0E-BD10-B4976E1BF68E";
    story().target_needs("Sales", &[id]).judge().only(CONFIGURED, &[(Code::MissingProduct, "Sales / EMS")]);
}

#[test]
fn switched_off_plans_of_a_required_product_are_not_judged() {
    let audit = tenant()
        .owns("EMS", 5)
        .group("Sales")
        .grants_without("EMS", &["INTUNE_A", "AAD_PREMIUM"])
        .user("ada")
        .in_group("Sales")
        .target_needs("Sales", &["efccb6f7-5641-4e0e-bd10-b4976e1bf68e"])
        .judge();
    audit.only(CONFIGURED, &[]).verdict(CONFIGURED, Verdict::Pass);
}

#[test]
fn e5_asks_for_the_exchange_plan_of_an_e5_product_and_e3_is_met_by_it() {
    let e3 = sales().target_needs("Sales", &["office365:E5"]).judge();
    e3.violation(CONFIGURED, Code::MissingProduct, "Sales");
    let product = || tenant().owns("ENTERPRISEPREMIUM", 10).group("Sales");
    for edition in ["office365:E5", "office365:E3", "office365"] {
        let off = product()
            .grants_without("ENTERPRISEPREMIUM", &["M365_ADVANCED_AUDITING"])
            .target_needs("Sales", &[edition])
            .judge();
        off.silent(CONFIGURED, Code::MissingProduct).silent(CONFIGURED, Code::RequiredPlanDisabled);
    }
}

#[test]
fn exchange_of_an_e3_product_beside_an_e5_product_without_exchange_is_not_e5() {
    let audit = tenant()
        .owns("ENTERPRISEPREMIUM", 10)
        .owns("ENTERPRISEPACK", 10)
        .group("Sales")
        .grants_without("ENTERPRISEPREMIUM", &["EXCHANGE_S_ENTERPRISE"])
        .grants("ENTERPRISEPACK")
        .target_needs("Sales", &["office365:E5"])
        .judge();
    audit.violation(CONFIGURED, Code::RequiredPlanDisabled, "Sales");
}

#[test]
fn ems_e5_needs_more_than_ems_e3() {
    let story = |part: &str| {
        tenant().owns(part, 10).group("Sales").grants(part).target_needs("Sales", &["ems:E5"]).judge()
    };
    story("EMS").violation(CONFIGURED, Code::MissingProduct, "Sales");
    story("EMSPREMIUM").silent(CONFIGURED, Code::MissingProduct);
}

#[test]
fn the_variants_for_government_and_education_are_the_suites_too() {
    for part in ["M365_G3_GOV", "SPE_E3_USGOV_GCCHIGH", "SPE_E3_USGOV_DOD", "M365EDU_A3_FACULTY"] {
        let audit = tenant().owns(part, 10).group("Sales").grants(part).target("Sales").judge();
        audit.only(CONFIGURED, &[(Code::EmptyLicensedGroup, "Sales")]);
    }
    let e5 = tenant().owns("M365_G5_GCC", 10).group("Sales").grants("M365_G5_GCC");
    e5.plan("[[target]]\ngroup = \"Sales\"\nedition = \"E5\"")
        .judge()
        .silent(CONFIGURED, Code::MissingProduct);
}

#[test]
pub(crate) fn a_plan_that_is_off_on_the_target_and_would_do_alone_is_a_required_plan_disabled() {
    let audit = tenant()
        .owns("SPE_E3", 10)
        .group("Sales")
        .grants_without("SPE_E3", &["INTUNE_A"])
        .target("Sales")
        .judge();
    audit.violation(CONFIGURED, Code::RequiredPlanDisabled, "Sales").shows(
        "groups/Sales",
        "assignedLicenses.disabledPlans",
        json!(["INTUNE_A"]),
    );
    audit.silent(CONFIGURED, Code::MissingProduct).verdict(CONFIGURED, Verdict::Fail);
}

#[test]
pub(crate) fn a_plan_off_that_no_suite_needs_is_nothing() {
    let audit = tenant()
        .owns("SPE_E3", 10)
        .group("Sales")
        .grants_without("SPE_E3", &["SWAY"])
        .target("Sales")
        .judge();
    audit.silent(CONFIGURED, Code::RequiredPlanDisabled);
}

#[test]
fn of_the_same_product_twice_only_the_plans_off_in_both_are_off() {
    let audit = tenant()
        .owns("SPE_E3", 10)
        .group("Sales")
        .grants_without("SPE_E3", &["INTUNE_A"])
        .grants_without("SPE_E3", &["AAD_PREMIUM"])
        .target("Sales")
        .judge();
    audit.silent(CONFIGURED, Code::RequiredPlanDisabled).silent(CONFIGURED, Code::MissingProduct);
}

#[test]
fn whether_the_subscription_is_in_force_does_not_matter_here() {
    let audit = planned().product("SPE_E3").set("capabilityStatus", "Suspended").judge();
    audit.only(CONFIGURED, &[]).verdict(CONFIGURED, Verdict::Pass);
}

#[test]
pub(crate) fn without_targets_and_licensed_groups_no_group_is_configured() {
    let audit = tenant().owns("SPE_E3", 10).group("Sales").judge();
    audit.violation(CONFIGURED, Code::NoGroupConfigured, "").shows("groups", "assignedLicenses", json!([]));
    audit.verdict(CONFIGURED, Verdict::Fail);
}

#[test]
pub(crate) fn one_licensed_group_is_a_configured_one() {
    tenant()
        .owns("EMS", 10)
        .group("Sales")
        .grants("EMS")
        .judge()
        .silent(CONFIGURED, Code::NoGroupConfigured)
        .violation(CONFIGURED, Code::NoGroupGrantsBothSuites, "");
}

#[test]
pub(crate) fn without_targets_some_group_has_to_hand_out_both_suites() {
    let story = || {
        tenant()
            .owns("ENTERPRISEPACK", 10)
            .owns("EMS", 10)
            .group("Sales")
            .grants("ENTERPRISEPACK")
            .group("Security")
            .grants("EMS")
            .user("ada")
            .in_group("Sales")
            .user("eve")
            .in_group("Security")
    };
    let audit = story().judge();
    audit.violation(CONFIGURED, Code::NoGroupGrantsBothSuites, "").shows(
        "groups/Sales",
        "assignedLicenses",
        json!(["ENTERPRISEPACK"]),
    );
    audit.verdict(CONFIGURED, Verdict::Fail);
    let wrong_kind = sales().group("Sales").set("securityEnabled", false).judge();
    wrong_kind.violation(CONFIGURED, Code::NoGroupGrantsBothSuites, "").shows(
        "groups/Sales",
        "securityEnabled",
        false,
    );
}

#[test]
pub(crate) fn without_targets_a_group_may_hand_out_both_suites_with_its_members_other_groups() {
    let audit = tenant()
        .owns("ENTERPRISEPACK", 10)
        .owns("EMS", 10)
        .group("Sales")
        .grants("ENTERPRISEPACK")
        .group("Security")
        .grants("EMS")
        .user("ada")
        .in_group("Sales")
        .in_group("Security")
        .judge();
    audit
        .silent(CONFIGURED, Code::NoGroupGrantsBothSuites)
        .silent(CONFIGURED, Code::ProductFromAnotherGroup)
        .verdict(CONFIGURED, Verdict::Pass);
}

// Advisories

#[test]
pub(crate) fn a_suite_that_every_member_has_from_another_group_is_an_advisory() {
    let audit = two_groups().judge();
    let said = audit.advisory(CONFIGURED, Code::ProductFromAnotherGroup, "Sales");
    said.shows("groups/Sales", "assignedLicenses", json!(["ENTERPRISEPACK"]));
    audit.silent(CONFIGURED, Code::MissingProduct).verdict(CONFIGURED, Verdict::Pass);
}

#[test]
pub(crate) fn one_member_who_has_it_from_nowhere_is_enough_for_a_missing_product() {
    let audit = two_groups().user("eve").in_group("Sales").judge();
    audit.silent(CONFIGURED, Code::ProductFromAnotherGroup);
    audit.violation(CONFIGURED, Code::MissingProduct, "Sales").shows("groups/Sales/members", "id", "eve");
}

#[test]
fn what_is_direct_or_not_active_or_from_no_licensed_group_is_not_from_another_group() {
    let direct = office_only().owns("EMS", 10).user("ada").direct("EMS");
    let failed = two_groups().user("ada").fails("Security", "EMS", "CountViolation");
    let left = two_groups().group("Security").set("assignedLicenses", json!([]));
    let kept = left.user("ada").holds("EMS", Some("Security"));
    let excluded = two_groups().plan("[scope]\nexclude-skus = [\"EMS\"]");
    for story in [direct, failed, kept, excluded] {
        let audit = story.judge();
        audit.violation(CONFIGURED, Code::MissingProduct, "Sales");
    }
}

#[test]
fn an_excluded_group_and_a_suspended_product_still_supply() {
    let excluded = two_groups().plan("[scope]\nexclude-groups = [\"secur*\"]");
    let suspended = two_groups().product("EMS").set("capabilityStatus", "Suspended");
    for story in [excluded, suspended] {
        story.judge().advisory(CONFIGURED, Code::ProductFromAnotherGroup, "Sales");
    }
}

#[test]
fn a_group_with_no_member_is_supplied_by_nobody() {
    let audit =
        tenant().owns("ENTERPRISEPACK", 10).group("Sales").grants("ENTERPRISEPACK").target("Sales").judge();
    audit.only(CONFIGURED, &[(Code::MissingProduct, "Sales"), (Code::EmptyLicensedGroup, "Sales")]);
}

#[test]
pub(crate) fn a_group_that_is_still_processing_is_told_with_its_state() {
    for state in [json!({ "state": "ProcessingInProgress" }), json!("ProcessingInProgress")] {
        let audit = planned().group("Sales").set("licenseProcessingState", state).judge();
        let said = audit.advisory(CONFIGURED, Code::LicenseProcessingNotComplete, "Sales");
        said.shows("groups/Sales", "licenseProcessingState.state", "ProcessingInProgress");
    }
    let unknown = planned().group("Sales").set("licenseProcessingState", "BrandNewWord").judge();
    let said = unknown.advisory(CONFIGURED, Code::LicenseProcessingNotComplete, "Sales");
    assert_eq!(said.argument("state"), "BrandNewWord");
    let null = planned().group("Sales").set("licenseProcessingState", Value::Null).judge();
    null.advisory(CONFIGURED, Code::LicenseProcessingNotComplete, "Sales");
}

#[test]
pub(crate) fn processing_complete_in_other_letters_is_complete() {
    let audit = planned().group("Sales").set("licenseProcessingState", "PROCESSINGCOMPLETE").judge();
    audit.silent(CONFIGURED, Code::LicenseProcessingNotComplete);
}

#[test]
pub(crate) fn a_paused_rule_is_told() {
    let audit = planned()
        .group("Sales")
        .dynamic("(user.userType -eq \"Member\")")
        .set("membershipRuleProcessingState", "paused")
        .judge();
    let said = audit.advisory(CONFIGURED, Code::MembershipRulePaused, "Sales");
    said.shows("groups/Sales", "membershipRuleProcessingState", "paused");
    audit.verdict(CONFIGURED, Verdict::Pass);
}

#[test]
pub(crate) fn a_rule_that_is_on_is_nothing() {
    let audit = planned().group("Sales").dynamic("(user.userType -eq \"Member\")").judge();
    audit.silent(CONFIGURED, Code::MembershipRulePaused);
}

#[test]
pub(crate) fn a_licensed_group_that_is_no_target_is_unplanned() {
    let audit = two_groups().judge();
    let said = audit.advisory(CONFIGURED, Code::UnplannedLicensedGroup, "Security");
    said.shows("groups/Security", "assignedLicenses", json!(["EMS"]));
}

#[test]
pub(crate) fn without_targets_or_once_excluded_no_group_is_unplanned() {
    sales().judge().silent(CONFIGURED, Code::UnplannedLicensedGroup);
    let excluded = two_groups().plan("[scope]\nexclude-groups = [\"SECURITY\"]").judge();
    excluded.silent(CONFIGURED, Code::UnplannedLicensedGroup);
}

#[test]
pub(crate) fn a_microsoft_365_or_mail_enabled_group_is_no_plain_security_group() {
    let unified =
        planned().group("Sales").set("groupTypes", json!(["unified"])).set("mailEnabled", true).judge();
    let said = unified.advisory(CONFIGURED, Code::NotAPlainSecurityGroup, "Sales");
    said.shows("groups/Sales", "groupTypes", "Unified");
    let mail = planned().group("Sales").set("mailEnabled", true).judge();
    mail.advisory(CONFIGURED, Code::NotAPlainSecurityGroup, "Sales").shows(
        "groups/Sales",
        "mailEnabled",
        true,
    );
    mail.verdict(CONFIGURED, Verdict::Pass);
}

#[test]
pub(crate) fn a_plain_security_group_is_plain() {
    planned().judge().silent(CONFIGURED, Code::NotAPlainSecurityGroup);
}

#[test]
pub(crate) fn a_licensed_group_with_nobody_but_a_device_is_empty() {
    let audit = sales().contains_device("LAPTOP").target("Sales").judge();
    let said = audit.advisory(CONFIGURED, Code::EmptyLicensedGroup, "Sales");
    said.shows("groups/Sales/members", "id", json!([]));
    assert_eq!(said.argument("others"), "1");
}

#[test]
pub(crate) fn a_group_with_one_member_or_still_processing_is_not_empty() {
    planned().judge().silent(CONFIGURED, Code::EmptyLicensedGroup);
    sales().processing().target("Sales").judge().silent(CONFIGURED, Code::EmptyLicensedGroup);
}

#[test]
pub(crate) fn without_targets_it_is_told_that_no_plan_was_given() {
    let audit = sales().user("ada").in_group("Sales").judge();
    audit.advisory(CONFIGURED, Code::NoPlanGiven, "").shows("tollgate.toml", "target", Value::Null);
    audit.verdict(CONFIGURED, Verdict::Pass);
}

#[test]
pub(crate) fn a_target_is_a_plan_even_where_it_is_not_found() {
    sales().target("Nobody").judge().silent(CONFIGURED, Code::NoPlanGiven);
}

#[test]
pub(crate) fn where_all_targets_are_excluded_the_criterion_passes_and_says_so() {
    let audit = office_only()
        .deleted_group("Bin", "2026-11-02T10:15:00Z")
        .target("Bin")
        .plan("[scope]\nexclude-groups = [\"SALES\", \"B*\"]")
        .judge();
    audit.only(CONFIGURED, &[(Code::AllTargetsExcluded, "")]).verdict(CONFIGURED, Verdict::Pass);
    let said = audit.advisory(CONFIGURED, Code::AllTargetsExcluded, "");
    said.shows("tollgate.toml", "scope.exclude-groups", json!(["Sales", "Bin"]));
}

#[test]
pub(crate) fn one_target_that_is_left_is_judged() {
    let audit =
        office_only().group("Board").target("Board").plan("[scope]\nexclude-groups = [\"Sales\"]").judge();
    audit.silent(CONFIGURED, Code::AllTargetsExcluded).violation(
        CONFIGURED,
        Code::NoLicenseAssigned,
        "Board",
    );
}

// Gaps

#[test]
pub(crate) fn a_null_security_enabled_leaves_the_kind_unknown() {
    let audit = planned().group("Sales").set("securityEnabled", Value::Null).judge();
    audit.gap(CONFIGURED, Code::GroupKindUnknown, "Sales");
    audit.silent(CONFIGURED, Code::GroupTypeNotEligible).verdict(CONFIGURED, Verdict::Inconclusive);
    let without_plan = sales().set("securityEnabled", Value::Null).judge();
    without_plan.gap(CONFIGURED, Code::GroupKindUnknown, "Sales");
    without_plan.silent(CONFIGURED, Code::NoGroupGrantsBothSuites);
}

#[test]
pub(crate) fn the_kind_does_not_matter_where_another_group_does_for_want_of_a_plan() {
    let audit = sales().set("securityEnabled", Value::Null).group("Board").grants("SPE_E3").judge();
    audit.silent(CONFIGURED, Code::GroupKindUnknown).verdict(CONFIGURED, Verdict::Pass);
}

#[test]
pub(crate) fn licenses_on_users_from_groups_that_show_none_are_a_gap() {
    let story = sales().user("ada").in_group("Sales").holds("SPE_E3", Some("Sales"));
    let audit = story.group("Sales").set("assignedLicenses", json!([])).judge();
    audit.gap(CONFIGURED, Code::GroupLicensesUnreadable, "");
    audit.silent(CONFIGURED, Code::NoGroupConfigured).verdict(CONFIGURED, Verdict::Inconclusive);
}

#[test]
pub(crate) fn one_group_that_shows_a_license_is_proof_that_they_can_be_seen() {
    let story = sales().user("ada").in_group("Sales").holds("SPE_E3", Some("Sales"));
    let story = story.group("Sales").set("assignedLicenses", json!([])).group("Board").grants("SPE_E3");
    story.judge().silent(CONFIGURED, Code::GroupLicensesUnreadable);
    let excluded = story.plan("[scope]\nexclude-groups = [\"Board\"]\nexclude-skus = [\"SPE_E3\"]");
    excluded.judge().silent(CONFIGURED, Code::GroupLicensesUnreadable);
}

#[test]
fn a_license_left_behind_by_a_target_without_licenses_is_no_sign_of_unreadable_ones() {
    let audit = tenant()
        .owns("SPE_E3", 10)
        .group("Sales")
        .user("ada")
        .holds("SPE_E3", Some("Sales"))
        .target("Sales")
        .judge();
    audit.silent(CONFIGURED, Code::GroupLicensesUnreadable).violation(
        CONFIGURED,
        Code::NoLicenseAssigned,
        "Sales",
    );
}

#[test]
pub(crate) fn who_would_have_it_once_pending_entries_are_there_is_a_gap() {
    let audit = two_groups().group("Security").processing().user("ada").overlooked_by("Security").judge();
    audit.gap(CONFIGURED, Code::LicensePending, "Sales / ada");
    audit.silent(CONFIGURED, Code::MissingProduct).verdict(CONFIGURED, Verdict::Inconclusive);
}

#[test]
fn an_active_entry_with_other_plans_than_its_group_is_pending_too() {
    let audit = two_groups()
        .group("Security")
        .processing()
        .user("ada")
        .holds("EMS", Some("Security"))
        .without_plans("EMS", &["INTUNE_A"])
        .judge();
    audit.gap(CONFIGURED, Code::LicensePending, "Sales / ada");
}

#[test]
pub(crate) fn once_processing_is_complete_nothing_is_pending() {
    let audit = two_groups().user("ada").overlooked_by("Security").judge();
    audit.silent(CONFIGURED, Code::LicensePending).violation(CONFIGURED, Code::MissingProduct, "Sales");
}

#[test]
fn a_pending_product_that_does_not_help_is_no_excuse() {
    let audit = office_only()
        .owns("FLOW_FREE", 10)
        .group("Extra")
        .grants("FLOW_FREE")
        .processing()
        .user("ada")
        .in_group("Extra")
        .overlooked_by("Extra")
        .judge();
    audit.silent(CONFIGURED, Code::LicensePending).violation(CONFIGURED, Code::MissingProduct, "Sales");
}

#[test]
pub(crate) fn a_target_that_is_processing_and_shows_nobody_is_not_settled() {
    let audit = tenant()
        .owns("ENTERPRISEPACK", 10)
        .group("Sales")
        .grants("ENTERPRISEPACK")
        .processing()
        .target("Sales")
        .judge();
    audit.gap(CONFIGURED, Code::MembershipNotSettled, "Sales");
    audit.silent(CONFIGURED, Code::MissingProduct).verdict(CONFIGURED, Verdict::Inconclusive);
}

#[test]
pub(crate) fn who_is_in_it_does_not_matter_where_the_target_does_it_alone() {
    let audit = sales().processing().target("Sales").judge();
    audit.silent(CONFIGURED, Code::MembershipNotSettled).verdict(CONFIGURED, Verdict::Pass);
    let hidden = sales().set("visibility", "HiddenMembership").members_cut_off().target("Sales").judge();
    hidden
        .silent(CONFIGURED, Code::MembershipHidden)
        .silent(CONFIGURED, Code::MembersIncomplete)
        .silent(CONFIGURED, Code::MembersNotInSnapshot)
        .verdict(CONFIGURED, Verdict::Pass);
}

/// Sales without members: what others supply hangs on who they are.
fn nobody_seen() -> Story {
    tenant().owns("ENTERPRISEPACK", 10).group("Sales").grants("ENTERPRISEPACK").target("Sales").group("Sales")
}

#[test]
pub(crate) fn hidden_members_may_have_it_from_another_group() {
    let audit = nobody_seen().set("visibility", "hiddenMembership").judge();
    audit.gap(CONFIGURED, Code::MembershipHidden, "Sales");
    audit.silent(CONFIGURED, Code::MissingProduct).silent(CONFIGURED, Code::EmptyLicensedGroup);
    audit.verdict(CONFIGURED, Verdict::Inconclusive);
}

#[test]
pub(crate) fn a_member_who_shows_proves_that_the_membership_is_not_hidden() {
    let audit = office_only().group("Sales").set("visibility", "HiddenMembership").judge();
    audit.silent(CONFIGURED, Code::MembershipHidden).violation(CONFIGURED, Code::MissingProduct, "Sales");
}

#[test]
pub(crate) fn a_limited_member_may_have_it_from_another_group() {
    let audit = office_only().user("ada").limited().judge();
    audit.gap(CONFIGURED, Code::LimitedInformation, "Sales / ada");
    audit.silent(CONFIGURED, Code::MissingProduct).verdict(CONFIGURED, Verdict::Inconclusive);
}

#[test]
pub(crate) fn a_limited_member_changes_nothing_where_another_lacks_it() {
    let audit = office_only().user("eve").in_group("Sales").limited().judge();
    audit.silent(CONFIGURED, Code::LimitedInformation).violation(CONFIGURED, Code::MissingProduct, "Sales");
}

#[test]
fn a_member_who_is_gone_is_none_and_one_who_is_shown_by_id_is_one() {
    let gone = two_groups().user("eve").in_group("Sales").gone().judge();
    gone.silent(CONFIGURED, Code::LimitedInformation).advisory(
        CONFIGURED,
        Code::ProductFromAnotherGroup,
        "Sales",
    );
    let by_id = two_groups().user("eve").in_group("Sales").shown_by_id_only().judge();
    by_id.violation(CONFIGURED, Code::MissingProduct, "Sales");
}

#[test]
pub(crate) fn null_or_absent_license_states_may_hide_what_another_group_gives() {
    let audit = office_only().user("ada").set("licenseAssignmentStates", Value::Null).judge();
    audit.gap(CONFIGURED, Code::LicenseStatesMissing, "Sales / ada");
    audit.silent(CONFIGURED, Code::MissingProduct).verdict(CONFIGURED, Verdict::Inconclusive);
}

#[test]
pub(crate) fn an_empty_list_of_license_states_means_none() {
    let audit = office_only().user("ada").set("licenseAssignmentStates", json!([])).judge();
    audit.silent(CONFIGURED, Code::LicenseStatesMissing).violation(CONFIGURED, Code::MissingProduct, "Sales");
}

#[test]
pub(crate) fn members_who_were_not_read_may_have_it_from_another_group_or_lack_it() {
    let audit = two_groups().group("Sales").members_cut_off().judge();
    let said = audit.gap(CONFIGURED, Code::MembersIncomplete, "Sales");
    assert_eq!(said.argument("why"), "why-recorded");
    audit.silent(CONFIGURED, Code::ProductFromAnotherGroup).verdict(CONFIGURED, Verdict::Inconclusive);
}

#[test]
pub(crate) fn one_read_member_who_lacks_it_decides_though_others_were_not_read() {
    let audit = office_only().group("Sales").members_cut_off().judge();
    audit.silent(CONFIGURED, Code::MembersIncomplete).violation(CONFIGURED, Code::MissingProduct, "Sales");
    audit.verdict(CONFIGURED, Verdict::Fail);
}

#[test]
pub(crate) fn a_member_whom_the_broken_user_list_does_not_have_may_have_it() {
    let audit = office_only().user("ada").unlisted().cut_off(Collection::Users).judge();
    audit.gap(CONFIGURED, Code::UsersIncomplete, "");
    audit.silent(CONFIGURED, Code::MissingProduct).verdict(CONFIGURED, Verdict::Inconclusive);
}

#[test]
pub(crate) fn a_broken_user_list_does_not_matter_where_all_members_are_in_it() {
    let audit = two_groups().cut_off(Collection::Users).judge();
    audit.silent(CONFIGURED, Code::UsersIncomplete).verdict(CONFIGURED, Verdict::Pass);
}

#[test]
pub(crate) fn a_product_of_unknown_contents_may_be_the_suite() {
    for plans in [Value::Null, json!([])] {
        let audit = mystery().product("MYSTERY").set("servicePlans", plans).judge();
        audit.gap(CONFIGURED, Code::SkuPlansMissing, "MYSTERY");
        audit.silent(CONFIGURED, Code::MissingProduct).verdict(CONFIGURED, Verdict::Inconclusive);
    }
}

#[test]
pub(crate) fn a_product_without_plans_here_has_those_of_microsofts_table() {
    let audit = planned().product("SPE_E3").set("servicePlans", Value::Null).judge();
    audit.silent(CONFIGURED, Code::SkuPlansMissing).verdict(CONFIGURED, Verdict::Pass);
    let not_owned =
        tenant().group("Sales").grants("SPE_E3").user("ada").in_group("Sales").target("Sales").judge();
    not_owned.silent(CONFIGURED, Code::SkuPlansMissing).verdict(CONFIGURED, Verdict::Pass);
}

#[test]
fn a_required_product_is_met_whatever_its_plans_are() {
    let audit = tenant()
        .owns("MYSTERY", 10)
        .group("Sales")
        .grants("MYSTERY")
        .user("ada")
        .in_group("Sales")
        .target_needs("Sales", &["mystery"])
        .judge();
    audit.only(CONFIGURED, &[]).verdict(CONFIGURED, Verdict::Pass);
}

pub(crate) const PROOFS: &[Proof] = &[
    (
        CONFIGURED,
        Code::TargetNotFound,
        a_name_that_no_group_has_is_a_target_not_found,
        a_name_in_other_letters_finds_the_group,
    ),
    (
        CONFIGURED,
        Code::TargetDeleted,
        a_target_in_the_recycle_bin_is_a_deleted_one,
        a_group_that_lives_is_meant_though_a_deleted_one_has_its_name,
    ),
    (
        CONFIGURED,
        Code::GroupTypeNotEligible,
        a_group_that_is_not_security_enabled_is_not_eligible,
        the_word_device_in_a_text_of_the_rule_is_no_rule_about_devices,
    ),
    (
        CONFIGURED,
        Code::NoLicenseAssigned,
        a_target_without_licenses_has_no_license_assigned_even_where_others_supply_all,
        one_license_is_enough_not_to_be_without,
    ),
    (
        CONFIGURED,
        Code::MissingProduct,
        a_suite_that_neither_the_target_nor_others_hand_out_is_a_missing_product,
        two_products_of_the_target_supply_the_suites_together,
    ),
    (
        CONFIGURED,
        Code::RequiredPlanDisabled,
        a_plan_that_is_off_on_the_target_and_would_do_alone_is_a_required_plan_disabled,
        a_plan_off_that_no_suite_needs_is_nothing,
    ),
    (
        CONFIGURED,
        Code::NoGroupConfigured,
        without_targets_and_licensed_groups_no_group_is_configured,
        one_licensed_group_is_a_configured_one,
    ),
    (
        CONFIGURED,
        Code::NoGroupGrantsBothSuites,
        without_targets_some_group_has_to_hand_out_both_suites,
        without_targets_a_group_may_hand_out_both_suites_with_its_members_other_groups,
    ),
    (
        CONFIGURED,
        Code::ProductFromAnotherGroup,
        a_suite_that_every_member_has_from_another_group_is_an_advisory,
        one_member_who_has_it_from_nowhere_is_enough_for_a_missing_product,
    ),
    (
        CONFIGURED,
        Code::LicenseProcessingNotComplete,
        a_group_that_is_still_processing_is_told_with_its_state,
        processing_complete_in_other_letters_is_complete,
    ),
    (CONFIGURED, Code::MembershipRulePaused, a_paused_rule_is_told, a_rule_that_is_on_is_nothing),
    (
        CONFIGURED,
        Code::UnplannedLicensedGroup,
        a_licensed_group_that_is_no_target_is_unplanned,
        without_targets_or_once_excluded_no_group_is_unplanned,
    ),
    (
        CONFIGURED,
        Code::NotAPlainSecurityGroup,
        a_microsoft_365_or_mail_enabled_group_is_no_plain_security_group,
        a_plain_security_group_is_plain,
    ),
    (
        CONFIGURED,
        Code::EmptyLicensedGroup,
        a_licensed_group_with_nobody_but_a_device_is_empty,
        a_group_with_one_member_or_still_processing_is_not_empty,
    ),
    (
        CONFIGURED,
        Code::NoPlanGiven,
        without_targets_it_is_told_that_no_plan_was_given,
        a_target_is_a_plan_even_where_it_is_not_found,
    ),
    (
        CONFIGURED,
        Code::AllTargetsExcluded,
        where_all_targets_are_excluded_the_criterion_passes_and_says_so,
        one_target_that_is_left_is_judged,
    ),
    (
        CONFIGURED,
        Code::GroupKindUnknown,
        a_null_security_enabled_leaves_the_kind_unknown,
        the_kind_does_not_matter_where_another_group_does_for_want_of_a_plan,
    ),
    (
        CONFIGURED,
        Code::GroupLicensesUnreadable,
        licenses_on_users_from_groups_that_show_none_are_a_gap,
        one_group_that_shows_a_license_is_proof_that_they_can_be_seen,
    ),
    (
        CONFIGURED,
        Code::LicensePending,
        who_would_have_it_once_pending_entries_are_there_is_a_gap,
        once_processing_is_complete_nothing_is_pending,
    ),
    (
        CONFIGURED,
        Code::MembershipNotSettled,
        a_target_that_is_processing_and_shows_nobody_is_not_settled,
        who_is_in_it_does_not_matter_where_the_target_does_it_alone,
    ),
    (
        CONFIGURED,
        Code::MembershipHidden,
        hidden_members_may_have_it_from_another_group,
        a_member_who_shows_proves_that_the_membership_is_not_hidden,
    ),
    (
        CONFIGURED,
        Code::LimitedInformation,
        a_limited_member_may_have_it_from_another_group,
        a_limited_member_changes_nothing_where_another_lacks_it,
    ),
    (
        CONFIGURED,
        Code::LicenseStatesMissing,
        null_or_absent_license_states_may_hide_what_another_group_gives,
        an_empty_list_of_license_states_means_none,
    ),
    (
        CONFIGURED,
        Code::MembersIncomplete,
        members_who_were_not_read_may_have_it_from_another_group_or_lack_it,
        one_read_member_who_lacks_it_decides_though_others_were_not_read,
    ),
    (
        CONFIGURED,
        Code::UsersIncomplete,
        a_member_whom_the_broken_user_list_does_not_have_may_have_it,
        a_broken_user_list_does_not_matter_where_all_members_are_in_it,
    ),
    (
        CONFIGURED,
        Code::SkuPlansMissing,
        a_product_of_unknown_contents_may_be_the_suite,
        a_product_without_plans_here_has_those_of_microsofts_table,
    ),
];
