//! What does not pass by itself: the criteria that rest on it are inconclusive, the others stay as they are,
//! and the scan ends soon.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::Value;
use tollgate::sim::{Directory, TenantBuilder};

use crate::recoverable::{GOOD, scene as scene_with_findings};
use crate::world::{Foreign, Outcome, Scene, Way};

const CONFIG: &str = "[[target]]\ngroup = \"Staff\"\n";

/// A tenant with nothing wrong: 1,300 accounts in two pages, all in one licensed group.
static SOUND: LazyLock<Directory> = LazyLock::new(|| {
    let mut tenant = TenantBuilder::new("Sound", "sound.example")
        .product("SPE_E3", 1_500)
        .group("Staff")
        .grants("SPE_E3")
        .group("Others");
    for number in 0..1_300 {
        tenant = tenant.user(&format!("ada{number}")).in_group("Staff");
    }
    tenant.build()
});

fn scene() -> Scene {
    Scene::new(SOUND.clone(), CONFIG).over(Way::Plain).with_default_patience()
}

const PASS: [&str; 4] = ["pass"; 4];
const OPEN: &str = "inconclusive";

/// The verdicts when a collection could not be read.
const WITHOUT: [(&str, [&str; 4]); 6] = [
    ("users", ["pass", OPEN, OPEN, OPEN]),
    ("groups", [OPEN; 4]),
    ("members", ["pass", OPEN, OPEN, OPEN]),
    ("subscribedSkus", ["pass", "pass", OPEN, OPEN]),
    // Only an advisory and nothing that decides comes from these.
    ("subscriptions", PASS),
    ("organization", PASS),
];

/// Runs a fault on each collection, and compares the verdicts.
fn take_away(fault: &str, most_requests: usize) {
    for (collection, verdicts) in WITHOUT {
        let spec = fault.replacen(':', &format!(":{collection}:"), 1);
        let spec = if fault.contains(':') { spec } else { format!("{fault}:{collection}") };
        let outcome = scene().run(&spec);
        assert!(outcome.injected() > 0, "{spec}");
        assert!(outcome.log.len() <= most_requests, "{spec}: {} requests", outcome.log.len());
        if let Err(error) = &outcome.result {
            // A connection that fails at the very first request is told at once.
            assert!(collection == "organization" && error.contains("organization"), "{spec}: {error}");
            continue;
        }
        assert_eq!(outcome.verdicts(), verdicts, "{spec}");
        names_what_is_missing(&outcome, &spec);
    }
}

/// Every criterion that is left open names a gap with a remedy, and accuses nobody.
fn names_what_is_missing(outcome: &Outcome, spec: &str) {
    for criterion in outcome.result()["criteria"].as_array().unwrap() {
        let gaps = criterion["gaps"].as_array().unwrap();
        assert_eq!(criterion["verdict"] == OPEN, !gaps.is_empty(), "{spec}: {}", criterion["id"]);
        for gap in gaps {
            assert!(gap["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "{spec}: {gap}");
            assert!(gap["remedy"].as_str().is_some_and(|remedy| !remedy.is_empty()), "{spec}: {gap}");
        }
        let accusations = criterion["findings"].as_array().unwrap().iter();
        let accusations: Vec<_> = accusations.filter(|finding| finding["severity"] == "violation").collect();
        assert!(accusations.is_empty(), "{spec}: {accusations:?}");
    }
}

#[test]
fn a_good_day_passes() {
    for way in [Way::Plain, Way::Tls] {
        let outcome = scene().over(way).run("");
        assert_eq!(outcome.verdicts(), PASS);
        assert!(outcome.log.len() < 20, "{:?}", outcome.log);
    }
}

#[test]
fn a_foreign_link_is_not_followed() {
    let foreign = Foreign::new();
    take_away(&format!("foreign-link:to={}", foreign.origin()), 30);
    // Also where the name looks like the tenant's own.
    let Some((_, port)) =
        foreign.origin().rsplit_once(':').map(|(host, port)| (host.to_owned(), port.to_owned()))
    else {
        panic!("an origin has a port")
    };
    take_away(&format!("foreign-link:to=http://graph.microsoft.com@127.0.0.1:{port}"), 30);
    take_away(&format!("foreign-link:to=http://localhost:{port}"), 30);
    foreign.saw_nobody();
}

#[test]
fn a_foreign_link_in_the_middle_is_not_followed() {
    let foreign = Foreign::new();
    for way in [Way::Plain, Way::Tls] {
        let outcome = scene().over(way).run(&format!("foreign-link:users:to={}#2", foreign.origin()));
        assert_eq!(outcome.verdicts(), ["pass", OPEN, OPEN, OPEN]);
    }
    foreign.saw_nobody();
}

#[test]
fn a_repeated_link_ends_the_collection() {
    take_away("repeated-link", 30);
    let outcome = scene().run("repeated-link:users#2");
    assert_eq!(outcome.verdicts(), ["pass", OPEN, OPEN, OPEN]);
}

#[test]
fn new_links_for_ever_that_bring_nothing_new_end_the_collection() {
    take_away("endless-link", 300);
}

/// The chain of a part cannot tell what is new: it ends when it has twice what was counted and some more. Then users
/// are read as one list.
#[test]
fn new_links_for_ever_in_a_part_of_the_users_end_it_and_lead_to_one_list() {
    let mut scene = scene();
    scene.settings.parts_above = 1_000;
    let users = |outcome: &Outcome| -> Vec<Value> {
        let lines = outcome.result()["coverage"].as_array().unwrap().iter();
        lines.filter(|line| line["collection"] == "users").cloned().collect()
    };
    let good = scene.run("");
    let parts = users(&good).len();
    assert!(parts > 1, "{:?}", users(&good));

    let outcome = scene.run("endless-link:users:filtered");
    assert!(outcome.injected() > 100, "{} endless links", outcome.injected());
    // A part goes on for a hundred full pages beyond what it should have, and these are not full.
    assert!(outcome.log.len() < parts * 300, "{} requests", outcome.log.len());
    let lines = users(&outcome);
    assert_eq!((lines.len(), &lines[0]["complete"], &lines[0]["restarts"]), (1, &true.into(), &1.into()));
    let why = lines[0]["reason"].as_str().unwrap();
    assert!(why.contains("shows only what was read before"), "{why}");
    assert_eq!((outcome.verdicts(), good.verdicts()), (PASS, PASS));
}

#[test]
fn a_denied_collection_is_a_gap() {
    take_away("deny", 30);
    let Err(error) = scene().run("deny").result else { panic!("nothing could be read") };
    assert!(error.contains("neither groups nor users could be read"), "{error}");
}

#[test]
fn a_third_expired_page_token_ends_the_collection() {
    for (collection, verdicts) in [WITHOUT[0], WITHOUT[2]] {
        let outcome = scene().run(&format!("expired-page-token:{collection}"));
        assert_eq!(outcome.verdicts(), verdicts, "{collection}");
        assert_eq!(outcome.injected(), 3);
        names_what_is_missing(&outcome, collection);
    }
}

#[test]
fn nobody_waits_for_years() {
    take_away("retry-after-years", 30);
}

#[test]
fn what_never_stops_is_given_up() {
    for fault in ["500", "503", "504-html", "garbage", "empty-body", "truncate", "reset"] {
        take_away(fault, 60);
    }
}

/// Every violation of a result, those folded under others included: criterion, code, group, user, SKU.
fn violations(result: &Value) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for criterion in result["criteria"].as_array().unwrap() {
        let mut left: Vec<&Value> = criterion["findings"].as_array().unwrap().iter().collect();
        while let Some(finding) = left.pop() {
            left.extend(finding["folded"].as_array().into_iter().flatten());
            if finding["severity"] == "violation" || finding["severity"].is_null() {
                let names = ["group", "user", "sku"].map(|name| finding[name]["id"].to_string());
                all.insert(format!("{} {} {}", criterion["id"], finding["code"], names.join(" ")));
            }
        }
    }
    all
}

#[test]
fn half_a_tenant_accuses_nobody_of_more_than_the_whole() {
    let foreign = Foreign::new();
    let good = violations(&GOOD);
    assert!(good.len() > 30, "{}", good.len());
    let mut still = 0;
    for fault in [
        "deny:users",
        "deny:groups",
        "deny:members",
        "deny:subscribedSkus",
        "deny:members#3+20",
        "nulls:users",
        "nulls:users@50%",
        "nulls:subscribedSkus",
        "foreign-link:users:to=FOREIGN#2",
        "foreign-link:users:to=FOREIGN#1",
        "repeated-link:users#3",
        "repeated-link:members@30%",
        "expired-page-token:users",
        "retry-after-years:members@30%",
        "retry-after-years:users#3",
        "retry-after-years#4+2",
        "missing-item,503:members#20+400",
        "no-batch,deny:members#5+30",
        "503:members#4+400",
        "truncate:users#3+100",
        "text-item:members#10+300,garbage:members",
    ] {
        let fault = fault.replace("FOREIGN", &foreign.origin());
        let outcome = scene_with_findings(Way::Plain).with_default_patience().run(&fault);
        assert!(outcome.injected() > 0, "{fault}");
        let found = violations(outcome.result());
        let invented: Vec<_> = found.difference(&good).collect();
        assert!(invented.is_empty(), "{fault}: {invented:?}");
        assert!(!outcome.verdicts().contains(&"not-applicable"), "{fault}: {:?}", outcome.verdicts());
        let good = GOOD["criteria"].as_array().unwrap().iter().map(|row| row["verdict"].as_str().unwrap());
        for (good, bad) in good.zip(outcome.verdicts()) {
            assert!(bad == good || bad == OPEN, "{fault}: {good} became {bad}");
        }
        still += found.len();
    }
    assert!(still > 100, "what was seen stays a violation: {still}");
    foreign.saw_nobody();
}

#[test]
fn a_ready_token_that_ends_is_told() {
    // A generated tenant has enough groups for the token to grow old.
    let tenant = tollgate::sim::Tenant::generated(3_000, 1);
    let outcome =
        Scene::new(tenant.directory(), "").over(Way::Plain).with_default_patience().run("expired-token#1");
    assert_eq!(outcome.injected(), 1);
    // Groups alone decide the first; what is wrong with members whose groups were read stays wrong.
    assert!(outcome.verdicts()[1..].iter().all(|verdict| ["fail", OPEN].contains(verdict)));
    let result = outcome.result().to_string();
    assert!(result.contains("put a new one in TOLLGATE_ACCESS_TOKEN"), "{}", outcome.result()["coverage"]);
}

/// Which criteria are open when every property of a collection's objects is null but ids and types.
const NULLED: [(&str, [&str; 4]); 6] = [
    ("users", ["pass", OPEN, OPEN, OPEN]),
    ("groups", [OPEN; 4]),
    // Only ids and types are asked for, and those are never null.
    ("members", PASS),
    ("subscribedSkus", ["pass", "pass", OPEN, OPEN]),
    ("subscriptions", PASS),
    ("organization", PASS),
];

#[test]
fn nulls_are_gaps() {
    let id = SOUND.groups[0].id.hyphenated();
    for (collection, verdicts) in NULLED {
        // The target is named by id, for groups without names.
        let scene = Scene::new(SOUND.clone(), &format!("[[target]]\ngroup = \"{id}\"\n"));
        let outcome = scene.over(Way::Plain).with_default_patience().run(&format!("nulls:{collection}"));
        assert_eq!(outcome.verdicts(), verdicts, "{collection}");
        names_what_is_missing(&outcome, collection);
        // Accounts of which nothing shows are asked for one by one, a thousand at most.
        assert!(outcome.log.len() < 1_100, "{collection}: {}", outcome.log.len());
    }
}

#[test]
fn a_name_that_is_null_accuses_nobody() {
    let outcome = scene().run("nulls:groups");
    assert_eq!(outcome.verdicts(), [OPEN; 4]);
    names_what_is_missing(&outcome, "nulls:groups");
}

#[test]
fn a_snapshot_of_a_bad_day_gives_the_same_bytes() {
    for fault in [
        "expired-page-token:most=2,duplicates@20%,empty-page@20%,503@5%",
        "expired-page-token:users",
        "deny:users",
        "deny:members#2+9",
        "deny:subscribedSkus,nulls:groups",
        "text-item:members#10+300,garbage:members",
        "no-batch,deny:members#2+9",
        "nulls:users@50%",
    ] {
        scene_with_findings(Way::Plain).with_default_patience().and_snapshot().run(fault);
    }
}
