//! Arbitrary JSON in the place of answers: no panic, no hang, and no pass on what is no answer.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use tollgate::sim::{Collection, Directory, Fault, FaultKind, TenantBuilder, When};

use crate::world::{Outcome, Scene, Way};

const CONFIG: &str = "[[target]]\ngroup = \"Staff\"\n";
const ACCOUNTS: usize = 12;

/// Small, and with nothing wrong.
static SMALL: LazyLock<Directory> = LazyLock::new(|| {
    let mut tenant = TenantBuilder::new("Small", "small.example")
        .product("SPE_E3", 14)
        .group("Staff")
        .grants("SPE_E3")
        .group("Others");
    for number in 0..ACCOUNTS {
        tenant = tenant.user(&format!("ada{number}")).in_group("Staff");
    }
    tenant.build()
});

/// Collections that decide something, and those that do not.
const DECIDING: [Collection; 4] =
    [Collection::Users, Collection::Groups, Collection::Members, Collection::SubscribedSkus];
const OTHERS: [Collection; 2] = [Collection::Subscriptions, Collection::Organization];

fn scene() -> Scene {
    let mut scene = Scene::new(SMALL.clone(), CONFIG).over(Way::Plain).with_default_patience();
    scene.settings.attempts = 2;
    scene
}

fn run(collection: Collection, when: When, body: String) -> Outcome {
    let fault = Fault { when, collection: Some(collection), ..Fault::always(FaultKind::Body(body)) };
    let outcome = scene().run_with(vec![fault]);
    assert!(outcome.injected() > 0, "the answer was replaced");
    assert!(outcome.log.len() < 200, "{} requests", outcome.log.len());
    outcome
}

/// Names that mean something to whoever reads Graph's objects.
const NAMES: [&str; 34] = [
    "value",
    "@odata.nextLink",
    "@odata.count",
    "@odata.type",
    "id",
    "displayName",
    "userPrincipalName",
    "accountEnabled",
    "userType",
    "usageLocation",
    "creationType",
    "externalUserState",
    "licenseAssignmentStates",
    "skuId",
    "assignedByGroup",
    "state",
    "error",
    "disabledPlans",
    "assignedLicenses",
    "groupTypes",
    "securityEnabled",
    "membershipRule",
    "visibility",
    "licenseProcessingState",
    "skuPartNumber",
    "appliesTo",
    "capabilityStatus",
    "consumedUnits",
    "prepaidUnits",
    "enabled",
    "servicePlans",
    "servicePlanId",
    "status",
    "nextLifecycleDateTime",
];

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        prop_oneof![Just(i64::MIN), Just(i64::MAX), -3..3_i64].prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        any::<u128>().prop_map(|id| uuid::Uuid::from_u128(id).to_string().into()),
        prop_oneof![
            Just("Active"),
            Just("#microsoft.graph.user"),
            Just("#microsoft.graph.group"),
            Just("2027-01-01T00:00:00Z"),
            Just("-009999-01-01T00:00:00Z"),
            Just("Enabled"),
            Just("\u{202e}\u{0}=cmd|' /C calc'!A0"),
        ]
        .prop_map(Value::from),
    ]
}

fn tree() -> impl Strategy<Value = Value> {
    let name =
        prop_oneof![4 => prop::sample::select(&NAMES[..]).prop_map(str::to_owned), 1 => any::<String>()];
    leaf().prop_recursive(4, 32, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((name.clone(), inner), 0..6)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// Whether a reader may take it for a page: then it is another tenant's truth, and no nonsense.
fn is_page(value: &Value) -> bool {
    value["value"].as_array().is_some_and(|objects| objects.iter().all(Value::is_object))
}

/// An object as Graph sends it, of the small tenant where it has one.
fn whole(collection: Collection) -> Value {
    let [user, group, sku_id] =
        [SMALL.users[0].id, SMALL.groups[0].id, SMALL.skus[0].sku_id].map(|id| id.hyphenated().to_string());
    match collection {
        Collection::Users => json!({
            "id": user, "displayName": "Ada", "userPrincipalName": "ada0@small.example",
            "accountEnabled": true, "userType": "Member", "usageLocation": "NL", "creationType": null,
            "externalUserState": null, "licenseAssignmentStates": [{
                "skuId": sku_id, "assignedByGroup": group, "state": "Active", "error": "None",
                "disabledPlans": []}],
        }),
        Collection::Groups => json!({
            "id": group, "displayName": "Staff", "groupTypes": [], "securityEnabled": true,
            "mailEnabled": false, "membershipRule": null, "membershipRuleProcessingState": null,
            "visibility": null, "assignedLicenses": [{"skuId": sku_id, "disabledPlans": []}],
            "licenseProcessingState": {"state": "ProcessingComplete"},
        }),
        Collection::Members => json!({"@odata.type": "#microsoft.graph.user", "id": user}),
        Collection::SubscribedSkus => json!({
            "id": format!("{sku_id}_{sku_id}"), "skuId": sku_id, "skuPartNumber": "SPE_E3",
            "appliesTo": "User", "capabilityStatus": "Enabled", "consumedUnits": 12,
            "prepaidUnits": {"enabled": 14, "warning": 0, "suspended": 0, "lockedOut": 0},
            "servicePlans": [{"servicePlanId": sku_id, "servicePlanName": "PLAN"}],
        }),
        Collection::Subscriptions => json!({
            "id": sku_id, "skuId": sku_id, "skuPartNumber": "SPE_E3", "status": "Enabled",
            "totalLicenses": 14, "nextLifecycleDateTime": "2027-09-30T00:00:00Z",
        }),
        _ => json!({"id": user, "displayName": "Small"}),
    }
}

/// Puts a value somewhere into an object, at a place that a number chooses.
fn plant(object: &mut Value, place: usize, planted: Value) {
    match object {
        Value::Object(map) if !map.is_empty() => {
            let count = map.len();
            let child = map.values_mut().nth(place % count).unwrap();
            match child {
                Value::Object(_) | Value::Array(_) if place / count % 2 == 1 => {
                    plant(child, place / count / 2, planted);
                }
                _ => *child = planted,
            }
        }
        Value::Array(items) if !items.is_empty() => {
            let count = items.len();
            plant(&mut items[place % count], place / count, planted);
        }
        other => *other = planted,
    }
}

fn deciding() -> impl Strategy<Value = Collection> {
    prop::sample::select(&DECIDING[..])
}

fn any_collection() -> impl Strategy<Value = Collection> {
    prop::sample::select([&DECIDING[..], &OTHERS[..]].concat())
}

fn config() -> ProptestConfig {
    ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    /// JSON that is no page is never taken for an empty one.
    #[test]
    fn what_is_no_page_never_passes(collection in deciding(), body in tree()) {
        prop_assume!(!is_page(&body));
        let outcome = run(collection, When::Always, body.to_string());
        let verdicts = outcome.verdicts();
        prop_assert_eq!(verdicts[3], "inconclusive");
        prop_assert_ne!(&outcome.result()["verdict"], "pass");
    }

    /// Nor is what is not even JSON, or JSON cut off.
    #[test]
    fn what_is_no_json_never_passes(collection in deciding(), text in any::<String>(), body in tree(), cut in any::<usize>()) {
        let page = json!({"value": [body]}).to_string();
        let ends: Vec<usize> = page.char_indices().map(|(place, _)| place).collect();
        let broken = &page[..ends[cut % ends.len()]];
        for text in [text.as_str(), broken] {
            prop_assume!(serde_json::from_str::<Value>(text).is_err());
            let outcome = run(collection, When::Always, text.to_owned());
            prop_assert_eq!(outcome.verdicts()[3], "inconclusive");
        }
    }

    /// Pages of anything, for ever or once: the scan ends, and what is not the tenant does not pass.
    #[test]
    fn pages_of_anything_end(
        collection in any_collection(),
        objects in prop::collection::vec(tree(), 0..4),
        link in prop_oneof![2 => Just(None), 1 => leaf().prop_map(Some)],
        once in any::<bool>(),
    ) {
        let mut page = json!({"value": objects});
        if let Some(link) = link {
            page["@odata.nextLink"] = link;
        }
        let when = if once { When::Numbers { first: 1, count: 1 } } else { When::Always };
        let outcome = run(collection, when, page.to_string());
        if DECIDING.contains(&collection) && !once {
            prop_assert_ne!(&outcome.result()["verdict"], "pass");
        }
    }

    /// True objects with a wrong value in them: no panic on any of them.
    #[test]
    fn true_objects_with_something_wrong_end(
        collection in any_collection(),
        wrong in prop::collection::vec((any::<usize>(), tree()), 1..4),
    ) {
        let mut object = whole(collection);
        for (place, value) in wrong {
            plant(&mut object, place, value);
        }
        run(collection, When::Always, json!({"value": [object]}).to_string());
    }

    /// Counters of any size: sums are made, and nothing overflows.
    #[test]
    fn counters_of_any_size_are_summed(
        counters in prop::array::uniform5(prop_oneof![Just(i64::MIN), Just(i64::MAX), any::<i64>(), -2..20_i64]),
        rows in 1..3_usize,
    ) {
        let rows: Vec<Value> = (0..rows).map(|row| {
            let mut sku = whole(Collection::SubscribedSkus);
            sku["id"] = format!("row-{row}").into();
            sku["consumedUnits"] = counters[0].into();
            sku["prepaidUnits"] = json!({"enabled": counters[1], "warning": counters[2],
                "suspended": counters[3], "lockedOut": counters[4]});
            sku
        }).collect();
        run(Collection::SubscribedSkus, When::Always, json!({"value": rows}).to_string());
    }
}
