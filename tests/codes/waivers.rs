//! Waivers, under each criterion.

use tollgate::verdict::{Code, CriterionId, Verdict};

use crate::judged::{CONFIGURED, GUESTS, Judged, LICENSED, SEATS};
use crate::licensed::{companions, refused};
use crate::registry::Proof;
use crate::tenant::{Story, sales};
use crate::{configured, guests};

/// Under each criterion a story with one violation, its code and what narrows it.
fn violations() -> [(CriterionId, Story, Code, &'static str, &'static str); 4] {
    [
        (CONFIGURED, configured::office_only(), Code::MissingProduct, "Sales", "group = \"sales\""),
        (GUESTS, guests::with_guest(), Code::GuestInLicensedGroup, "Sales / pilar", "user = \"PILAR\""),
        (
            SEATS,
            sales().product("SPE_E3").set("consumedUnits", 12),
            Code::OverConsumed,
            "SPE_E3",
            "sku = \"spe_e3\"",
        ),
        (LICENSED, refused(), Code::AssignmentError, "Sales / ada / SPE_E3", "group = \"S*\""),
    ]
}

fn waiver(criterion: CriterionId, lines: &str) -> String {
    format!(
        "[[waiver]]\ncriterion = {:?}\nreason = \"agreed\"\nowner = \"identity team\"\nexpires = 2026-11-30\n{lines}",
        criterion.as_str()
    )
}

#[test]
fn a_waiver_for_the_code_group_user_or_product_waives_it() {
    for (criterion, story, code, about, narrow) in violations() {
        let lines = format!("code = {:?}\n{narrow}", code.as_str().to_uppercase());
        let audit = story.plan(&waiver(criterion, &lines)).judge();
        audit.violation(criterion, code, about).waived(true);
        audit.verdict(criterion, Verdict::Waived);
        let problems = [Code::WaiverUnused, Code::WaiverExpired, Code::WaiverCoversAll];
        assert!(problems.iter().all(|problem| audit.times(criterion, *problem) == 0));
    }
}

#[test]
fn a_waiver_for_another_group_user_product_code_or_criterion_does_not() {
    for narrow in [
        "group = \"Board\"",
        "user = \"eve\"",
        "sku = \"EMS\"",
        "code = \"assignment-disabled\"",
        "group = \"Sales\"\nuser = \"eve\"",
    ] {
        let audit = refused().plan(&waiver(LICENSED, narrow)).judge();
        audit.violation(LICENSED, Code::AssignmentError, "Sales / ada / SPE_E3").waived(false);
        audit.verdict(LICENSED, Verdict::Fail);
    }
    let elsewhere = refused().plan(&waiver(SEATS, "user = \"ada\"")).judge();
    elsewhere.verdict(LICENSED, Verdict::Fail);
}

#[test]
fn one_violation_that_is_not_waived_fails_beside_one_that_is() {
    let audit = refused().user("eve").in_group("Sales").overlooked_by("Sales");
    audit.plan(&waiver(LICENSED, "user = \"ada\"")).judge().verdict(LICENSED, Verdict::Fail);
}

#[test]
fn gaps_and_advisories_cannot_be_waived() {
    let gap = sales().members_cut_off().plan(&waiver(GUESTS, "code = \"members-incomplete\"")).judge();
    gap.gap(GUESTS, Code::MembersIncomplete, "Sales");
    gap.verdict(GUESTS, Verdict::Inconclusive).advisory(GUESTS, Code::WaiverUnused, "");
    let both = refused().group("Sales").members_cut_off().plan(&waiver(LICENSED, "user = \"ada\"")).judge();
    both.verdict(LICENSED, Verdict::Inconclusive);
}

#[test]
fn what_is_folded_shares_the_waiver_of_its_root() {
    let audit = companions("Other").target("Sales").plan(&waiver(LICENSED, "sku = \"EMS\"")).judge();
    let root = (Code::AssignmentError, "Sales / ada / EMS");
    audit.folded(LICENSED, Code::AssignmentError, "Sales / ada / ENTERPRISEPACK", root).waived(true);
    audit.folded(LICENSED, Code::MissingProduct, "Sales / ada", root).waived(true);
    audit.verdict(LICENSED, Verdict::Waived).overall(Verdict::Pass);
}

#[test]
fn a_waiver_for_what_is_folded_only_covers_nothing() {
    let audit = companions("Other").plan(&waiver(LICENSED, "sku = \"ENTERPRISEPACK\"")).judge();
    audit.advisory(LICENSED, Code::WaiverUnused, "");
    audit.verdict(LICENSED, Verdict::Fail);
}

/// The four violations with a waiver, at some moment.
fn waived_at(moment: &'static str) -> Vec<(CriterionId, Judged)> {
    let judge = |(criterion, story, code, _, _): (CriterionId, Story, Code, &str, &str)| {
        let lines = format!("code = {:?}", code.as_str());
        (criterion, story.plan(&waiver(criterion, &lines)).at(moment).judge())
    };
    violations().into_iter().map(judge).collect()
}

#[test]
pub(crate) fn one_second_after_its_day_a_waiver_has_expired() {
    for (criterion, audit) in waived_at("2026-12-01T00:00:00Z") {
        let said = audit.advisory(criterion, Code::WaiverExpired, "");
        said.shows("tollgate.toml/waiver/1", "expires", "2026-11-30");
        assert_eq!(said.argument("owner"), "identity team");
        audit.verdict(criterion, Verdict::Fail);
    }
}

#[test]
pub(crate) fn at_the_last_second_of_its_day_a_waiver_is_good() {
    for (criterion, audit) in waived_at("2026-11-30T23:59:59Z") {
        audit.silent(criterion, Code::WaiverExpired).verdict(criterion, Verdict::Waived);
    }
    for (criterion, audit) in waived_at("2026-12-01T00:30:00+01:00") {
        audit.silent(criterion, Code::WaiverExpired).verdict(criterion, Verdict::Waived);
    }
}

#[test]
pub(crate) fn a_waiver_that_covers_nothing_is_unused() {
    for (criterion, story, ..) in violations() {
        let audit = story.plan(&waiver(criterion, "user = \"nobody\"")).judge();
        audit.advisory(criterion, Code::WaiverUnused, "").shows(
            "tollgate.toml/waiver/1",
            "expires",
            "2026-11-30",
        );
        audit.verdict(criterion, Verdict::Fail);
    }
}

#[test]
pub(crate) fn a_second_waiver_for_the_same_is_used_too() {
    for (criterion, story, code, _, narrow) in violations() {
        let first = waiver(criterion, narrow);
        let second = waiver(criterion, &format!("code = {:?}", code.as_str()));
        let audit = story.plan(&first).plan(&second).judge();
        audit.silent(criterion, Code::WaiverUnused).verdict(criterion, Verdict::Waived);
    }
}

#[test]
pub(crate) fn a_waiver_that_nothing_narrows_covers_all_and_says_so() {
    for (criterion, story, code, about, _) in violations() {
        let audit = story.plan(&waiver(criterion, "")).judge();
        audit.advisory(criterion, Code::WaiverCoversAll, "").shows(
            "tollgate.toml/waiver/1",
            "expires",
            "2026-11-30",
        );
        audit.violation(criterion, code, about).waived(true);
        audit.verdict(criterion, Verdict::Waived);
    }
}

#[test]
pub(crate) fn one_narrowing_word_is_enough_not_to_cover_all() {
    for (criterion, story, _, _, narrow) in violations() {
        let audit = story.plan(&waiver(criterion, narrow)).judge();
        audit.silent(criterion, Code::WaiverCoversAll).verdict(criterion, Verdict::Waived);
    }
}

const fn proofs() -> [Proof; 12] {
    let criteria = [CONFIGURED, GUESTS, SEATS, LICENSED];
    let mut proofs: [Proof; 12] = [(
        CONFIGURED,
        Code::WaiverExpired,
        one_second_after_its_day_a_waiver_has_expired,
        at_the_last_second_of_its_day_a_waiver_is_good,
    ); 12];
    let mut place = 0;
    while place < 4 {
        proofs[place].0 = criteria[place];
        proofs[place + 4] = (
            criteria[place],
            Code::WaiverUnused,
            a_waiver_that_covers_nothing_is_unused,
            a_second_waiver_for_the_same_is_used_too,
        );
        proofs[place + 8] = (
            criteria[place],
            Code::WaiverCoversAll,
            a_waiver_that_nothing_narrows_covers_all_and_says_so,
            one_narrowing_word_is_enough_not_to_cover_all,
        );
        place += 1;
    }
    proofs
}

pub(crate) const PROOFS: &[Proof] = &proofs();
