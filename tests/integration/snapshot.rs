//! A snapshot is judged as the tenant was: the same bytes, at any time, and with other plans.

use std::fs;

use tollgate::sim::{self, Collection, Directory, LabVariant, MemberAccess, TenantBuilder};

use crate::common::{Desk, REPORTS, Served, codes, directory, statements, verdicts};

/// Audits live and keeps a snapshot, judges the snapshot, and compares everything that is written and printed.
#[track_caller]
fn assert_same_again(directory: Directory, deny: &[Collection], plan: &str) {
    let (desk, tenant) = (Desk::new(), Served::denying(directory, deny));
    desk.write("tollgate.toml", plan);
    let live = tenant.run(&desk, "audit", &["--save", "kept.snap", "--out", "out"]);
    assert!([0, 1, 4].contains(&live.code), "{}", live.stderr);
    assert_eq!(desk.mode("kept.snap"), 0o600);
    fs::rename(desk.path("out"), desk.path("live")).unwrap();
    let again = desk.run(&["audit", "--snapshot", "kept.snap", "--out", "out"]);
    assert_eq!(again.stderr, "");
    assert_eq!((again.code, again.stdout), (live.code, live.stdout));
    let [live, again] = ["live", "out"].map(|folder| desk.contents(folder));
    assert_eq!(live.len(), REPORTS.len());
    for (name, content) in live {
        let found = again.get(&name).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        assert_eq!(found.as_deref(), Some(&*String::from_utf8_lossy(&content)), "{name}");
    }
    assert!(desk.files().iter().all(|name| !name.starts_with("tmp/")), "{:?}", desk.files());
}

#[test]
fn the_demo_company_is_judged_the_same_again() {
    assert_same_again(directory("contoso"), &[], "");
    assert_same_again(directory("contoso"), &[], sim::demo_plan());
    assert_same_again(directory("contoso-repaired"), &[], "");
}

#[test]
fn every_moment_of_the_lab_is_judged_the_same_again() {
    for (name, _) in LabVariant::ALL {
        assert_same_again(directory(name), &[], "[[target]]\ngroup = \"Sales\"\n");
    }
}

#[test]
fn a_tenant_of_thousands_is_judged_the_same_again() {
    assert_same_again(sim::Tenant::generated(3_000, 7).directory(), &[], "");
}

#[test]
fn what_was_refused_is_refused_again() {
    for denied in [
        Collection::Users,
        Collection::Groups,
        Collection::Members,
        Collection::SubscribedSkus,
        Collection::Subscriptions,
        Collection::Organization,
        Collection::DeletedItems,
    ] {
        assert_same_again(directory("contoso"), &[denied], sim::demo_plan());
    }
}

#[test]
fn members_that_are_limited_gone_hidden_or_refused_are_so_again() {
    let tenant = TenantBuilder::new("Shy", "shy.example")
        .product("SPE_E3", 50)
        .group("Licensed")
        .grants("SPE_E3")
        .contains("user", "gone")
        .contains("device", "LAPTOP-1")
        .group("Limited")
        .grants("SPE_E3")
        .shows_members(MemberAccess::Limited)
        .group("Hidden")
        .grants("SPE_E3")
        .shows_members(MemberAccess::Hidden)
        .group("Refused")
        .grants("SPE_E3")
        .shows_members(MemberAccess::Denied)
        .group("Empty")
        .grants("SPE_E3")
        .user("ada")
        .in_group("Licensed")
        .in_group("Hidden")
        .in_group("Refused")
        .user("shy")
        .limited()
        .in_group("Licensed")
        .user("bob")
        .in_group("Limited")
        .property("licenseAssignmentStates", serde_json::Value::Null)
        .build();
    assert_same_again(tenant, &[], "");
}

#[test]
fn a_demo_can_be_kept_and_judged_again_too() {
    let desk = Desk::new();
    desk.run(&["audit", "--demo", "--save", "kept.snap", "--out", "demo", "--print", "none"]);
    desk.run(&["audit", "--snapshot", "kept.snap", "--out", "again", "--print", "none"]);
    assert_eq!(desk.contents("demo"), desk.contents("again"));
}

#[test]
fn a_snapshot_is_judged_without_the_tenant_without_credentials_and_without_talk() {
    let desk = Desk::new();
    desk.run(&["scan", "--demo=lab", "--save", "kept.snap"]);
    let ran = desk.run(&["audit", "--snapshot", "kept.snap"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert_eq!(desk.files(), ["kept.snap"]);
}

#[test]
fn a_scan_says_what_it_kept_and_prints_nothing() {
    let desk = Desk::new();
    let ran = desk.run(&["scan", "--demo=lab", "--save", "kept.snap"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    assert!(
        ran.stderr.contains("4 users, 1 group,") && ran.stderr.contains("personal data"),
        "{}",
        ran.stderr
    );
    assert_eq!(desk.mode("kept.snap"), 0o600);
    let ran = desk.run(&["scan", "--demo=lab", "--save", "kept.snap", "--quiet"]);
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (0, "", ""));
}

#[test]
fn a_scan_replaces_the_snapshot_of_an_earlier_one() {
    let desk = Desk::new();
    for (name, code) in [("contoso", 1), ("lab", 0)] {
        desk.run(&["scan", &format!("--demo={name}"), "--save", "kept.snap"]);
        assert_eq!(desk.run(&["audit", "--snapshot", "kept.snap"]).code, code);
    }
}

#[test]
fn a_snapshot_of_all_members_serves_any_plan() {
    let desk = Desk::new();
    desk.write("plan.toml", sim::demo_plan());
    desk.run(&["audit", "--demo", "--config", "plan.toml", "--out", "live", "--print", "none"]);
    desk.run(&["scan", "--demo", "--members", "all", "--save", "kept.snap"]);
    desk.run(&["audit", "--snapshot", "kept.snap", "--config", "plan.toml", "--out", "again"]);
    let [live, again] = ["live", "again"].map(|folder| desk.json(&format!("{folder}/result.json")));
    let but_for_the_recycle_bin = |result| {
        let mut found = statements(result);
        // The scan knew no target that was missing, so it did not look.
        found.retain(|statement| !statement.code.starts_with("target-"));
        found
    };
    assert_eq!(but_for_the_recycle_bin(&again), but_for_the_recycle_bin(&live));
    assert_eq!(verdicts(&again), verdicts(&live));
    // And without a plan, as if none had ever been.
    desk.run(&["audit", "--demo", "--out", "plain", "--print", "none"]);
    desk.run(&["audit", "--snapshot", "kept.snap", "--out", "plain-again", "--print", "none"]);
    let [plain, again] = ["plain", "plain-again"].map(|folder| desk.json(&format!("{folder}/result.json")));
    assert_eq!(again["criteria"], plain["criteria"]);
    assert_eq!(again["seats"], plain["seats"]);
}

#[test]
fn members_that_nobody_read_at_the_time_are_a_gap_and_no_pass() {
    let desk = Desk::new();
    desk.write("without.toml", "[scope]\nexclude-groups = [\"Sales\"]\n");
    let ran = desk.run(&["scan", "--demo=lab", "--config", "without.toml", "--save", "kept.snap"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    desk.write("with.toml", "[[target]]\ngroup = \"Sales\"\n");
    for arguments in [&[][..], &["--config", "with.toml"]] {
        let ran = desk.run(&[&["audit", "--snapshot", "kept.snap", "--out", "out"], arguments].concat());
        let result = desk.json("out/result.json");
        assert_eq!(verdicts(&result), ["pass", "inconclusive", "inconclusive", "inconclusive"]);
        assert_eq!(ran.code, 4);
        for criterion in 1..4 {
            let said = codes(&result, criterion);
            assert!(said.contains(&"? members-not-in-snapshot".to_owned()), "{criterion}: {said:?}");
            assert!(!said.iter().any(|code| code.starts_with('!')), "{said:?}");
        }
        let gap = statements(&result).into_iter().find(|found| found.code == "members-not-in-snapshot");
        assert_eq!(gap.unwrap().group.as_deref(), Some("Sales"));
    }
}

#[test]
fn a_target_that_the_scan_did_not_know_is_judged_but_for_its_members() {
    let desk = Desk::new();
    desk.run(&["scan", "--demo", "--save", "kept.snap"]);
    desk.write("plan.toml", "[[target]]\ngroup = \"Finance\"\n");
    let ran = desk.run(&["audit", "--snapshot", "kept.snap", "--config", "plan.toml", "--out", "out"]);
    assert_eq!(ran.code, 1);
    let found = statements(&desk.json("out/result.json"));
    let of_finance: Vec<(&str, &str)> = found
        .iter()
        .filter(|statement| statement.group.as_deref() == Some("Finance") && statement.kind != "advisory")
        .map(|statement| (statement.criterion.as_str(), statement.code.as_str()))
        .collect();
    assert!(of_finance.contains(&("groups-configured", "no-license-assigned")), "{of_finance:?}");
    assert!(of_finance.contains(&("members-fully-licensed", "members-not-in-snapshot")), "{of_finance:?}");
}

#[test]
fn another_moment_may_be_judged_than_that_of_the_scan() {
    let desk = Desk::new();
    desk.run(&["scan", "--demo", "--save", "kept.snap"]);
    let lapses = |arguments: &[&str]| {
        desk.run(&[&["audit", "--snapshot", "kept.snap", "--out", "out"], arguments].concat());
        let result = desk.json("out/result.json");
        let found = statements(&result);
        let lapses = found.iter().filter(|statement| statement.code == "subscription-lapses").count();
        (result["asOf"].as_str().unwrap().to_owned(), lapses)
    };
    assert_eq!(lapses(&[]), (sim::DEMO_NOW.to_owned(), 1));
    assert_eq!(lapses(&["--as-of", "2026-10-01"]), ("2026-10-01T00:00:00Z".to_owned(), 0));
    assert_eq!(lapses(&["--as-of", "2026-10-01T23:00+02:00"]), ("2026-10-01T21:00:00Z".to_owned(), 0));
}
