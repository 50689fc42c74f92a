//! Before accusing: who is named by a violation is read once more (design section 4.5).

use serde_json::json;
use tollgate::sim::{Collection, Directory, Fault, FaultKind, Options, TenantBuilder, When};

use uuid::{Uuid, uuid};

use crate::common::{Desk, Served};

const ADA: Uuid = uuid!("0e000000-0000-4000-8000-0000000000ad");
const SALES: Uuid = uuid!("0e000000-0000-4000-8000-000000005a1e");
const E3: &str = "05e9a617-0261-4cee-bb44-138d3ef5d965";

fn sales() -> TenantBuilder {
    TenantBuilder::new("Quick", "quick.example")
        .product("SPE_E3", 5_000)
        .group("Sales")
        .id(SALES)
        .grants("SPE_E3")
}

fn ada() -> Directory {
    sales().user("ada").id(ADA).in_group("Sales").build()
}

/// The user list of a moment ago, when ada's license had not come yet.
fn stale() -> Fault {
    let entry = json!({ "skuId": E3, "assignedByGroup": SALES.to_string(), "state": "Error", "error": "CountViolation" });
    let user = json!({
        "id": ADA.to_string(), "displayName": "Ada", "userPrincipalName": "ada@quick.example", "accountEnabled": true,
        "usageLocation": "NL", "licenseAssignmentStates": [entry],
    });
    let body = json!({ "value": [user] }).to_string();
    // The first request below /users is for the count.
    let when = When::Numbers { first: 2, count: 1 };
    Fault { when, collection: Some(Collection::Users), ..Fault::always(FaultKind::Body(body)) }
}

#[test]
fn what_changed_meanwhile_is_dropped_and_counted_and_both_readings_are_kept() {
    let desk = Desk::new();
    let tenant = Served::with(ada(), Options { faults: vec![stale()], ..Options::default() });
    let ran = tenant.run(&desk, "audit", &["--out", "out", "--save", "kept.snap"]);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    assert!(
        ran.stdout.contains("1 user was read again before being reported; 1 turned out to be in order"),
        "{}",
        ran.stdout
    );
    let scan = desk.json("out/result.json")["scan"].take();
    assert_eq!((&scan["accused"], &scan["reread"], &scan["cleared"]), (&json!(1), &json!(1), &json!(1)));

    let again = desk.run(&["audit", "--snapshot", "kept.snap", "--out", "again", "--quiet"]);
    assert_eq!(again.code, 0);
    assert_eq!(desk.contents("again"), desk.contents("out"));
    let snapshot = zstd::decode_all(&std::fs::read(desk.path("kept.snap")).unwrap()[..]).unwrap();
    let snapshot = String::from_utf8(snapshot).unwrap();
    assert!(snapshot.contains("CountViolation") && snapshot.contains("\"Active\""), "both readings");
}

#[test]
fn what_is_still_so_is_said() {
    let desk = Desk::new();
    let directory =
        sales().user("ada").id(ADA).in_group("Sales").fails("Sales", "SPE_E3", "CountViolation").build();
    let tenant = Served::new(directory);
    let ran = tenant.run(&desk, "audit", &["--out", "out", "--print", "none"]);
    assert_eq!(ran.code, 1);
    let result = desk.json("out/result.json");
    assert_eq!((&result["scan"]["reread"], &result["scan"]["cleared"]), (&json!(1), &json!(0)));
    let asked = format!("/users/{ADA}?");
    assert_eq!(tenant.server.log().iter().filter(|line| line.contains(&asked)).count(), 1);
}

#[test]
fn of_more_than_a_thousand_accused_a_sample_of_two_hundred_is_read_and_the_report_says_so() {
    let desk = Desk::new();
    let mut tenant = sales();
    for number in 0..1_001 {
        tenant =
            tenant.user(&format!("ada{number}")).in_group("Sales").fails("Sales", "SPE_E3", "CountViolation");
    }
    let ran = Served::new(tenant.build()).run(&desk, "audit", &["--out", "out"]);
    assert_eq!(ran.code, 1);
    let scan = desk.json("out/result.json")["scan"].take();
    assert_eq!((&scan["accused"], &scan["reread"]), (&json!(1_001), &json!(200)));
    assert!(ran.stdout.contains("a sample of 200 was read again"), "{}", ran.stdout);
}

#[test]
fn an_answer_that_tells_nothing_clears_nobody() {
    let desk = Desk::new();
    let directory =
        sales().user("ada").id(ADA).in_group("Sales").fails("Sales", "SPE_E3", "CountViolation").build();
    // The count, the list, and then the user once more.
    let when = When::Numbers { first: 3, count: 1 };
    let empty = FaultKind::Body("{}".to_owned());
    let fault = Fault { when, collection: Some(Collection::Users), ..Fault::always(empty) };
    let tenant = Served::with(directory, Options { faults: vec![fault], ..Options::default() });
    let ran = tenant.run(&desk, "audit", &["--out", "out", "--print", "none"]);
    assert_eq!(ran.code, 1, "the first reading stands");
    assert_eq!(desk.json("out/result.json")["scan"]["cleared"], 0);
}
