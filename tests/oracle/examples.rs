//! Tenants small enough to be judged by eye, to keep the oracle itself honest.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::expected::{CriterionExpected, Expected, Kind, Verdict};
use crate::facts;
use crate::judge::judge;
use crate::plan::{Plan, Target, Waiver};
use crate::world::{CatalogueSku, Coverage, Listing, World};

const OFFICE: &str = "6fd2c87f-b296-42f0-b197-1e91e994b900";
const EMS: &str = "efccb6f7-5641-4e0e-bd10-b4976e1bf68e";
const E5: &str = "06ebc4ee-1bb5-47dd-8120-11324bc54e06";

fn plans_of(sku: &str) -> Vec<&'static str> {
    let office = vec![facts::EXCHANGE[0], facts::SHAREPOINT[0], facts::APPS[0]];
    match sku {
        OFFICE => office,
        EMS => vec![facts::ENTRA_P1[0], facts::INTUNE[0], facts::AIP_P1[0]],
        E5 => [office, vec![facts::ADVANCED_AUDITING]].concat(),
        _ => vec![],
    }
}

fn sku(id: &str, enabled: i64, consumed: i64) -> Value {
    let plans: Vec<Value> = plans_of(id).iter().map(|plan| json!({"servicePlanId": plan})).collect();
    json!({"skuId": id, "capabilityStatus": "Enabled", "appliesTo": "User", "consumedUnits": consumed,
        "prepaidUnits": {"enabled": enabled, "warning": 0, "suspended": 0}, "servicePlans": plans})
}

fn group(id: &str, name: &str, skus: &[&str]) -> Value {
    let licenses: Vec<Value> = skus.iter().map(|sku| json!({"skuId": sku, "disabledPlans": []})).collect();
    json!({"id": id, "displayName": name, "groupTypes": [], "securityEnabled": true, "mailEnabled": false,
        "assignedLicenses": licenses, "licenseProcessingState": {"state": "ProcessingComplete"}})
}

fn entry(sku: &str, source: Option<&str>, state: &str, error: Option<&str>) -> Value {
    json!({"skuId": sku, "assignedByGroup": source, "state": state, "error": error, "disabledPlans": []})
}

fn user(id: &str, entries: &[Value]) -> Value {
    json!({"id": id, "userPrincipalName": format!("{id}@contoso.example"), "displayName": id,
        "userType": "Member", "accountEnabled": true, "usageLocation": "NL",
        "licenseAssignmentStates": entries})
}

fn list(rows: Vec<Value>) -> Listing {
    Listing { rows, coverage: Coverage::Complete }
}

/// Every group's members by id; what begins with `g` is a group.
fn world(skus: Vec<Value>, groups: Vec<Value>, members: &[(&str, &[&str])], users: Vec<Value>) -> World {
    let mut catalogue = BTreeMap::new();
    for id in [OFFICE, EMS] {
        let plans = plans_of(id).into_iter().map(str::to_owned).collect();
        catalogue.insert(id.to_owned(), CatalogueSku { part_number: id.to_owned(), plans });
    }
    let member = |id: &&str| {
        let kind = if id.starts_with('g') { "group" } else { "user" };
        json!({"@odata.type": format!("#microsoft.graph.{kind}"), "id": id})
    };
    World {
        seed: 0,
        organization: list(vec![]),
        subscribed_skus: list(skus),
        subscriptions: list(vec![]),
        groups: list(groups),
        deleted_groups: list(vec![]),
        users: list(users),
        members: members
            .iter()
            .map(|(group, ids)| ((*group).to_owned(), list(ids.iter().map(member).collect())))
            .collect(),
        asked: BTreeMap::new(),
        catalogue,
    }
}

fn plan(group: &str, require: &[&str]) -> Plan {
    let require = Some(require.iter().map(|text| (*text).to_owned()).collect());
    Plan {
        targets: vec![Target { group: group.to_owned(), require, edition: None }],
        as_of: "2026-11-22T12:00:00Z".to_owned(),
        ..Plan::default()
    }
}

/// `kind code group user sku <root`, with the three SKUs by a short name.
fn told(criterion: &CriterionExpected) -> Vec<String> {
    let mut lines = vec![];
    for judgement in &criterion.judgements {
        let kind = match judgement.kind {
            Kind::Violation => "!",
            Kind::Advisory => "-",
            Kind::Gap => "?",
        };
        let mut line = format!("{kind}{}", judgement.code);
        let sku = judgement.sku.as_deref().map(|sku| match sku {
            OFFICE => "OFFICE",
            EMS => "EMS",
            E5 => "E5",
            other => other,
        });
        for part in [judgement.group.as_deref(), judgement.user.as_deref(), sku].into_iter().flatten() {
            line.push(' ');
            line.push_str(part);
        }
        if let Some(root) = judgement.folded_under {
            line.push_str(" <");
            line.push_str(root);
        }
        lines.push(line);
    }
    lines
}

fn verdicts(expected: &Expected) -> Vec<Verdict> {
    expected.criteria.iter().map(|criterion| criterion.verdict).collect()
}

/// Sales gives both products to Ada, and all is well.
fn healthy() -> World {
    let ada =
        user("ada", &[entry(OFFICE, Some("g1"), "Active", None), entry(EMS, Some("G1"), "active", None)]);
    world(
        vec![sku(OFFICE, 5, 1), sku(&EMS.to_uppercase(), 5, 1)],
        vec![group("g1", "Sales", &[OFFICE, EMS])],
        &[("g1", &["ada"])],
        vec![ada],
    )
}

#[test]
fn a_healthy_tenant_passes_everywhere_and_says_nothing() {
    let expected = judge(&healthy(), &plan("sALES", &["office365", "ems"]));
    assert_eq!(verdicts(&expected), [Verdict::Pass; 4]);
    for criterion in &expected.criteria {
        assert!(told(criterion).is_empty(), "{:?}", told(criterion));
    }
}

#[test]
fn a_companion_error_and_the_missing_suites_fold_under_the_cause() {
    let mut world = healthy();
    world.users.rows[0] = user(
        "ada",
        &[
            entry(OFFICE, Some("g1"), "Error", Some("CountViolation")),
            entry(EMS, Some("g1"), "Error", Some("Others")),
        ],
    );
    let expected = judge(&world, &plan("Sales", &["office365", "ems"]));
    assert_eq!(
        told(&expected.criteria[3]),
        [
            "!assignment-error g1 ada OFFICE",
            "!assignment-error g1 ada EMS <assignment-error",
            "!missing-product g1 ada <assignment-error",
        ]
    );
    // Four seats are free, so the count violation is stale.
    assert_eq!(told(&expected.criteria[2]), ["-count-violation-stale g1 ada OFFICE"]);
    assert_eq!(expected.criteria[2].verdict, Verdict::Pass);
}

#[test]
fn a_waived_root_takes_what_is_folded_along() {
    let mut world = healthy();
    world.users.rows[0] = user("ada", &[entry(OFFICE, Some("g1"), "Active", None)]);
    let mut plan = plan("Sales", &["ems"]);
    plan.waivers = vec![Waiver {
        criterion: "members-fully-licensed".to_owned(),
        code: Some("not-licensed-without-error".to_owned()),
        group: Some("SALES".to_owned()),
        user: Some("ADA@contoso.example".to_owned()),
        sku: None,
        expires: "2026-11-22".to_owned(),
    }];
    let expected = judge(&world, &plan);
    assert_eq!(
        told(&expected.criteria[3]),
        ["!missing-product g1 ada <not-licensed-without-error", "!not-licensed-without-error g1 ada EMS"]
    );
    assert!(expected.criteria[3].judgements.iter().all(|judgement| judgement.waived));
    assert_eq!(expected.criteria[3].verdict, Verdict::Waived);
    assert_eq!(expected.overall, Verdict::Pass);
    // One day later it is over.
    plan.as_of = "2026-11-23T00:00:00Z".to_owned();
    let expected = judge(&world, &plan);
    assert!(told(&expected.criteria[3]).contains(&"-waiver-expired".to_owned()));
    assert_eq!(expected.criteria[3].verdict, Verdict::Fail);
}

#[test]
fn while_the_group_is_processing_what_is_missing_is_pending() {
    let mut world = healthy();
    world.users.rows[0] = user("ada", &[entry(OFFICE, Some("g1"), "Active", None)]);
    world.groups.rows[0]["licenseProcessingState"] = json!("ProcessingInProgress");
    let expected = judge(&world, &plan("Sales", &["office365", "ems"]));
    assert_eq!(told(&expected.criteria[3]), ["?license-pending g1 ada", "?license-pending g1 ada EMS"]);
    assert_eq!(expected.criteria[3].verdict, Verdict::Inconclusive);
    // With other plans than the group's the entry is pending too.
    world.users.rows[0]["licenseAssignmentStates"] = json!([
        {"skuId": OFFICE, "assignedByGroup": "g1", "state": "Active", "disabledPlans": [facts::APPS[0]]},
        entry(EMS, Some("g1"), "Active", None),
    ]);
    let expected = judge(&world, &plan("Sales", &["office365", "ems"]));
    assert_eq!(told(&expected.criteria[3]), ["?license-pending g1 ada", "?license-pending g1 ada OFFICE"]);
    // And is a violation once the group is complete.
    world.groups.rows[0]["licenseProcessingState"] = json!({"state": "processingcomplete"});
    let expected = judge(&world, &plan("Sales", &["office365", "ems"]));
    assert_eq!(told(&expected.criteria[3]), ["!required-plan-disabled g1 ada"]);
}

#[test]
fn office_e5_needs_the_mark_in_the_sku_that_gives_exchange() {
    let mut world = healthy();
    world.subscribed_skus.rows.push(sku(E5, 5, 0));
    let plan = plan("Sales", &["office365:E5"]);
    assert_eq!(told(&judge(&world, &plan).criteria[0]), ["!missing-product g1"]);
    world.groups.rows[0] = group("g1", "Sales", &[E5]);
    // Switched off, the mark still counts; Exchange switched off does not.
    world.groups.rows[0]["assignedLicenses"][0]["disabledPlans"] = json!([facts::ADVANCED_AUDITING]);
    assert!(told(&judge(&world, &plan).criteria[0]).is_empty());
    world.groups.rows[0]["assignedLicenses"][0]["disabledPlans"] = json!([facts::EXCHANGE[0].to_uppercase()]);
    assert_eq!(told(&judge(&world, &plan).criteria[0]), ["!required-plan-disabled g1"]);
}

#[test]
fn a_second_group_may_supply_the_other_suite() {
    let ada =
        user("ada", &[entry(OFFICE, Some("g1"), "Active", None), entry(EMS, Some("g2"), "Active", None)]);
    let mut world = world(
        vec![sku(OFFICE, 5, 1), sku(EMS, 0, 1)],
        vec![group("g1", "Sales", &[OFFICE]), group("g2", "Everybody", &[EMS])],
        &[("g1", &["ada"]), ("g2", &["ada"])],
        vec![ada],
    );
    let plan = plan("Sales", &["office365", "ems"]);
    // The dead subscription is no matter of this criterion.
    let expected = judge(&world, &plan);
    assert_eq!(
        told(&expected.criteria[0]),
        ["-product-from-another-group g1", "-unplanned-licensed-group g2"]
    );
    assert_eq!(
        told(&expected.criteria[3]),
        ["!license-suspended g2 ada EMS", "!missing-product g1 ada <license-suspended"]
    );
    // Bob has it directly only, which does not help the group.
    world
        .users
        .rows
        .push(user("bob", &[entry(OFFICE, Some("g1"), "Active", None), entry(EMS, None, "Active", None)]));
    world.members.insert(
        "g1".to_owned(),
        list(vec![
            json!({"@odata.type": "#microsoft.graph.user", "id": "ada"}),
            json!({"@odata.type": "#microsoft.graph.user", "id": "bob"}),
        ]),
    );
    assert!(told(&judge(&world, &plan).criteria[0]).contains(&"!missing-product g1".to_owned()));
}

#[test]
fn nested_people_and_leavers_are_found() {
    let entries = [entry(OFFICE, Some("g1"), "Active", None), entry(EMS, Some("g1"), "Active", None)];
    let world = world(
        vec![sku(OFFICE, 3, 2), sku(EMS, 3, 2)],
        vec![group("g1", "Sales", &[OFFICE, EMS]), group("g2", "South", &[]), group("g3", "Deep", &[])],
        &[("g1", &["ada", "g2"]), ("g2", &["g3", "ada"]), ("g3", &["g1", "bob"])],
        vec![user("ada", &entries), user("bob", &[entry(EMS, None, "Active", None)]), user("cy", &entries)],
    );
    let expected = judge(&world, &plan("Sales", &["office365", "ems"]));
    assert_eq!(
        told(&expected.criteria[3]),
        [
            "!license-left-behind g1 cy",
            "!member-through-nested-group g1 bob OFFICE",
            "!nested-group-members-not-licensed g3",
        ]
    );
    // Ada and nobody else asks for Office; for EMS Ada and Bob with his direct entry.
    assert_eq!(expected.criteria[2].verdict, Verdict::Pass);
}

#[test]
fn group_licenses_that_nobody_may_read_are_a_gap_everywhere() {
    let mut world = healthy();
    world.groups.rows[0]["assignedLicenses"] = Value::Null;
    let expected = judge(&world, &plan("Sales", &["office365", "ems"]));
    assert_eq!(verdicts(&expected), [Verdict::Inconclusive; 4]);
    for criterion in &expected.criteria {
        assert_eq!(told(criterion), ["?group-licenses-unreadable"]);
    }
    // A leaver's old entry is no sign of it.
    world.members.insert("g1".to_owned(), list(vec![]));
    assert_eq!(told(&judge(&world, &plan("Sales", &["ems"])).criteria[0]), ["!no-license-assigned g1"]);
}
