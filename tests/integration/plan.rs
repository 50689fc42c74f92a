//! `--plan`: what an audit will cost is told from counts alone, and is about what it then takes.

use std::collections::BTreeSet;

use serde_json::Value;
use tollgate::sim::{self, Directory, TenantBuilder};

use crate::common::{Desk, Served, directory};

/// The counts, and nothing else.
const COUNTS: [&str; 4] = [
    "GET /v1.0/groups/$count",
    "GET /v1.0/groups/$count?$filter=assignedLicenses/$count%20ne%200",
    "GET /v1.0/users/$count",
    "GET /v1.0/users/$count?$filter=assignedLicenses/$count%20ne%200",
];

/// Asserts that only counts are read, and that what is expected and what an audit takes differ by a quarter or by
/// sixteen at most. How members are spread over groups shows only when they are read, a group nested in another is
/// one list more, and members in no list are asked for by id: that is what the sixteen are for.
fn expected_is_about_what_it_takes(directory: Directory) {
    let (desk, served) = (Desk::new(), Served::new(directory));
    let planned = served.run(&desk, "audit", &["--plan", "--print", "json"]);
    assert_eq!(planned.code, 0, "{}", planned.stderr);
    let planned: Value = serde_json::from_str(&planned.stdout).unwrap();
    let asked: BTreeSet<String> =
        served.server.log().into_iter().filter(|line| line.starts_with("GET")).collect();
    assert_eq!(asked.into_iter().collect::<Vec<_>>(), COUNTS);
    assert_eq!(desk.files(), ["ca.pem"], "nothing is written");

    served.run(&desk, "audit", &["--out", "out", "--print", "none"]);
    let took = &desk.json("out/result.json")["scan"];
    for name in ["requests", "resourceUnits"] {
        let (expected, took) = (planned[name].as_u64().unwrap(), took[name].as_u64().unwrap());
        let tolerance = (took / 4).max(16);
        assert!(expected.abs_diff(took) <= tolerance, "{name}: expected {expected}, took {took}");
        let rows = planned["collections"].as_array().unwrap();
        assert_eq!(rows.iter().map(|row| row[name].as_u64().unwrap()).sum::<u64>(), expected);
    }
}

#[test]
fn what_is_expected_of_small_tenants_is_about_what_they_take() {
    expected_is_about_what_it_takes(directory("lab"));
    expected_is_about_what_it_takes(directory("contoso"));
}

#[test]
fn what_is_expected_of_a_tenant_of_thousands_is_about_what_it_takes() {
    expected_is_about_what_it_takes(sim::Tenant::generated(9_000, 4).directory());
}

#[test]
fn what_is_expected_of_many_groups_is_a_request_for_twenty_of_them() {
    let mut tenant = TenantBuilder::new("Groups", "groups.example").product("SPE_E3", 5).user("ada");
    for number in 0..400 {
        tenant = tenant.group(format!("Group {number}")).user(&format!("u{number}"));
        tenant = tenant.in_group(&format!("Group {number}"));
    }
    let (desk, served) = (Desk::new(), Served::new(tenant.build()));
    let planned = served.run(&desk, "scan", &["--plan", "--members", "all"]);
    let rows: Vec<Vec<&str>> = planned.stdout.lines().map(|line| line.split_whitespace().collect()).collect();
    assert!(rows.contains(&vec!["groups/{id}/members", "400", "20", "800"]), "{}", planned.stdout);
    served.run(&desk, "scan", &["--members", "all", "--save", "kept.snap"]);
    let judged = desk.run(&["audit", "--snapshot", "kept.snap", "--print", "json"]);
    let took = serde_json::from_str::<Value>(&judged.stdout).unwrap()["scan"].take();
    let [requests, units] = ["requests", "resourceUnits"].map(|name| took[name].to_string());
    assert!(rows.contains(&vec!["in", "all", &requests, &units]), "{took}: {}", planned.stdout);
}

#[test]
fn what_is_expected_of_users_in_parts_is_about_what_they_take() {
    expected_is_about_what_it_takes(sim::Tenant::generated(22_000, 4).directory());
}

#[test]
fn people_get_a_table_also_of_the_demo_and_of_a_scan_of_all_groups() {
    let desk = Desk::new();
    let ran = desk.run(&["audit", "--demo=lab", "--plan"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let rows: Vec<Vec<&str>> = ran.stdout.lines().map(|line| line.split_whitespace().collect()).collect();
    for row in [
        &["collection", "objects", "requests", "resource", "units"][..],
        &["groups/{id}/members", "1", "1", "2"],
        &["in", "all", "8", "10"],
    ] {
        assert!(rows.iter().any(|known| known == row), "{row:?}: {}", ran.stdout);
    }

    let mut tenant = TenantBuilder::new("Groups", "groups.example").product("SPE_E3", 5);
    for number in 0..7 {
        tenant = tenant.group(format!("Group {number}"));
    }
    let served = Served::new(tenant.build());
    let ran = served.run(&desk, "scan", &["--plan", "--members", "all"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.lines().any(|line| line.split_whitespace().eq([
        "groups/{id}/members",
        "7",
        "7",
        "14"
    ])));
}

#[test]
fn there_is_no_markdown_of_a_plan_and_nothing_is_asked_for_it() {
    let ran = Desk::new().run(&["audit", "--demo=lab", "--plan", "--print", "markdown"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("--print table, json or none"), "{}", ran.stderr);
}

#[test]
fn a_plan_writes_nothing_and_a_scan_without_one_needs_a_file() {
    let desk = Desk::new();
    desk.run(&["audit", "--demo", "--plan", "--out", "out"]).refused(2);
    desk.run(&["scan", "--demo"]).refused(2);
    assert!(desk.files().is_empty());
}

#[test]
fn where_nothing_can_be_counted_the_plan_says_why() {
    let served = Served::denying(directory("lab"), &[sim::Collection::Users, sim::Collection::Groups]);
    let desk = Desk::new();
    let ran = served.run(&desk, "audit", &["--plan"]);
    assert!(ran.refused(3).contains("/$count: HTTP 403"), "{}", ran.stderr);
}
