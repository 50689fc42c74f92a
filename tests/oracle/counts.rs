//! The maker of tenants is only worth something when every sentence of the design is met often.

use std::collections::BTreeMap;

use crate::expected::{CRITERIA, Kind, Verdict};
use crate::judge::judge;
use crate::world::make;

const WORLDS: u64 = 10_000;
/// How often everything below has to occur in so many worlds.
const OFTEN: usize = 20;

/// Every code of design section 4 under its criterion.
const CODES: [(&str, Kind, &[&str]); 12] = [
    (
        CRITERIA[0],
        Kind::Violation,
        &[
            "target-not-found",
            "target-deleted",
            "group-type-not-eligible",
            "no-license-assigned",
            "missing-product",
            "required-plan-disabled",
            "no-group-configured",
            "no-group-grants-both-suites",
        ],
    ),
    (
        CRITERIA[0],
        Kind::Advisory,
        &[
            "product-from-another-group",
            "license-processing-not-complete",
            "membership-rule-paused",
            "unplanned-licensed-group",
            "not-a-plain-security-group",
            "empty-licensed-group",
            "all-targets-excluded",
            "no-plan-given",
            "waiver-expired",
            "waiver-unused",
            "waiver-covers-all",
        ],
    ),
    (
        CRITERIA[0],
        Kind::Gap,
        &[
            "group-kind-unknown",
            "group-licenses-unreadable",
            "license-pending",
            "membership-not-settled",
            "membership-hidden",
            "limited-information",
            "license-states-missing",
            "members-incomplete",
            "users-incomplete",
            "sku-plans-missing",
        ],
    ),
    (CRITERIA[1], Kind::Violation, &["guest-in-licensed-group"]),
    (
        CRITERIA[1],
        Kind::Advisory,
        &[
            "internal-guest",
            "guest-in-target-group",
            "guest-in-nested-group",
            "dynamic-rule-admits-guests",
            "waiver-expired",
            "waiver-unused",
            "waiver-covers-all",
        ],
    ),
    (
        CRITERIA[1],
        Kind::Gap,
        &[
            "group-licenses-unreadable",
            "membership-hidden",
            "limited-information",
            "members-incomplete",
            "users-incomplete",
            "membership-not-settled",
        ],
    ),
    (
        CRITERIA[2],
        Kind::Violation,
        &[
            "seats-exhausted",
            "demand-exceeds-seats",
            "over-consumed",
            "subscription-suspended",
            "sku-not-owned",
        ],
    ),
    (
        CRITERIA[2],
        Kind::Advisory,
        &[
            "count-violation-stale",
            "seats-in-grace",
            "low-headroom",
            "no-seat-left",
            "subscription-lapses",
            "unused-seats",
            "waiver-expired",
            "waiver-unused",
            "waiver-covers-all",
        ],
    ),
    (
        CRITERIA[2],
        Kind::Gap,
        &[
            "group-licenses-unreadable",
            "seats-unreadable",
            "sku-unreadable",
            "seat-counters-missing",
            "membership-hidden",
            "members-incomplete",
            "limited-information",
            "license-states-missing",
            "users-incomplete",
        ],
    ),
    (
        CRITERIA[3],
        Kind::Violation,
        &[
            "assignment-error",
            "assignment-active-with-error",
            "assignment-disabled",
            "unrecognised-state",
            "not-licensed-without-error",
            "license-suspended",
            "missing-product",
            "required-plan-disabled",
            "member-through-nested-group",
            "nested-group-members-not-licensed",
            "license-left-behind",
        ],
    ),
    (
        CRITERIA[3],
        Kind::Advisory,
        &[
            "license-left-behind",
            "direct-and-inherited",
            "direct-only",
            "plans-differ-from-group",
            "orphan-assignment",
            "disabled-account-holds-seat",
            "usage-location-missing",
            "waiver-expired",
            "waiver-unused",
            "waiver-covers-all",
        ],
    ),
    (
        CRITERIA[3],
        Kind::Gap,
        &[
            "group-licenses-unreadable",
            "membership-hidden",
            "limited-information",
            "members-incomplete",
            "membership-not-settled",
            "license-states-missing",
            "users-incomplete",
            "sku-unreadable",
            "seat-counters-missing",
            "sku-plans-missing",
            "seats-unreadable",
            "license-pending",
        ],
    ),
];

/// What has to fold under what: (b) under each kind of (a), `Other` under another error, a direct seat
/// under the missing one.
const FOLDS: [(&str, &str); 8] = [
    ("missing-product", "assignment-error"),
    ("missing-product", "assignment-active-with-error"),
    ("missing-product", "assignment-disabled"),
    ("missing-product", "unrecognised-state"),
    ("missing-product", "not-licensed-without-error"),
    ("missing-product", "license-suspended"),
    ("assignment-error", "assignment-error"),
    ("direct-only", "not-licensed-without-error"),
];

#[test]
fn every_code_fold_and_verdict_occurs_often() {
    let mut seen: BTreeMap<(&str, Kind, &str), usize> = BTreeMap::new();
    let mut folded: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut waived_folds = 0;
    let mut verdicts: BTreeMap<(&str, Verdict), usize> = BTreeMap::new();
    for seed in 0..WORLDS {
        let (world, plan) = make(seed);
        let expected = judge(&world, &plan);
        *verdicts.entry(("overall", expected.overall)).or_default() += 1;
        for criterion in &expected.criteria {
            *verdicts.entry((criterion.id, criterion.verdict)).or_default() += 1;
            for judgement in &criterion.judgements {
                *seen.entry((criterion.id, judgement.kind, judgement.code)).or_default() += 1;
                if let Some(root) = judgement.folded_under {
                    *folded.entry((judgement.code, root)).or_default() += 1;
                    waived_folds += usize::from(judgement.waived);
                }
            }
        }
    }
    let mut rare: Vec<String> = vec![];
    let mut want = |what: String, times: usize| {
        if times < OFTEN {
            rare.push(format!("{what}: {times}"));
        }
    };
    let mut listed = 0;
    for (criterion, kind, codes) in CODES {
        for code in codes {
            listed += 1;
            let times = seen.get(&(criterion, kind, *code)).copied().unwrap_or(0);
            want(format!("{criterion} {kind:?} {code}"), times);
        }
    }
    for fold in FOLDS {
        want(format!("{} under {}", fold.0, fold.1), folded.get(&fold).copied().unwrap_or(0));
    }
    want("folded and waived".to_owned(), waived_folds);
    for criterion in CRITERIA {
        for verdict in [Verdict::Fail, Verdict::Inconclusive, Verdict::Waived, Verdict::Pass] {
            want(
                format!("{criterion} {verdict:?}"),
                verdicts.get(&(criterion, verdict)).copied().unwrap_or(0),
            );
        }
        let never = verdicts.get(&(criterion, Verdict::NotApplicable)).copied().unwrap_or(0);
        if criterion == CRITERIA[0] {
            assert_eq!(never, 0, "groups-configured is never not-applicable");
        } else {
            want(format!("{criterion} NotApplicable"), never);
        }
    }
    for verdict in [Verdict::Fail, Verdict::Inconclusive, Verdict::Pass] {
        want(format!("overall {verdict:?}"), verdicts.get(&("overall", verdict)).copied().unwrap_or(0));
    }
    assert!(rare.is_empty(), "too rare in {WORLDS} worlds: {rare:#?}");
    assert_eq!(seen.len(), listed, "a code was seen that the list does not have: {seen:#?}");
}

#[test]
fn a_seed_gives_the_same_tenant_and_plan_again() {
    for seed in 0..50 {
        assert!(make(seed) == make(seed), "seed {seed}");
    }
}

#[test]
fn every_plan_is_a_toml_text_that_says_the_same() {
    for seed in 0..2_000 {
        let (_, plan) = make(seed);
        let text = plan.to_toml();
        let table: toml::Table = text.parse().unwrap_or_else(|error| panic!("{error}: {text}"));
        let many = |key: &str| table.get(key).and_then(toml::Value::as_array).map_or(0, Vec::len);
        assert_eq!(many("target"), plan.targets.len(), "{text}");
        assert_eq!(many("waiver"), plan.waivers.len(), "{text}");
        for (at, target) in plan.targets.iter().enumerate() {
            assert_eq!(table["target"][at]["group"].as_str(), Some(target.group.as_str()), "{text}");
        }
        for (at, waiver) in plan.waivers.iter().enumerate() {
            let expires = table["waiver"][at]["expires"].as_datetime().expect("a date").to_string();
            assert_eq!(expires, waiver.expires, "{text}");
        }
    }
}
