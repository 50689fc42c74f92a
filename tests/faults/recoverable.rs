//! What passes by itself leaves no trace: the same verdicts, findings, gaps and seats as on a good day.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value;
use tollgate::sim;

use crate::world::{Scene, Way, assert_same};

/// Every fault that a client is to survive. Of expired page tokens two for each collection are forgiven.
const FAULTS: [&str; 18] = [
    "429",
    "429:retry-after=2",
    "500",
    "502",
    "503",
    "503:retry-after=1",
    "503-html",
    "504",
    "504-html",
    "509",
    "reset",
    "truncate",
    "garbage",
    "empty-body",
    "slow:5",
    "expired-page-token:most=2",
    "duplicates",
    "empty-page",
];
/// What goes wrong with batches; without an ending it goes wrong each time.
const OF_BATCHES: [&str; 10] = [
    "missing-item",
    "missing-item@50%",
    "doubled-item",
    "doubled-item@50%",
    "text-item",
    "text-item@50%",
    "424",
    "no-batch",
    "no-batch#2",
    "429:members:retry-after=3@50%,503:members:retry-after=9@20%,missing-item@10%",
];
const USERS: u32 = 3_000;

const CONFIG: &str = r#"
[[target]]
group = "Licensed 0000"

[[target]]
group = "Licensed 0001"
require = ["office365", "SPE_E5"]
"#;

pub(crate) fn scene(way: Way) -> Scene {
    let tenant = sim::Tenant::generated(USERS, 1);
    Scene::new(tenant.directory(), CONFIG).over(way)
}

/// The good day, which is the same by either way.
pub(crate) static GOOD: LazyLock<Value> = LazyLock::new(|| {
    let good = scene(Way::Tls).run("");
    assert!(good.batches.len() >= 3, "the members of many groups travel together");
    let good = good.lasting();
    assert_same("plain http", &good, &scene(Way::Plain).run("").lasting());
    let findings =
        good["criteria"].as_array().unwrap().iter().map(|row| row["findings"].as_array().unwrap().len());
    assert!(findings.sum::<usize>() > 50, "a tenant without findings proves little");
    assert!(good["coverage"].as_array().unwrap().iter().all(|line| line["complete"] == true));
    good
});

/// Runs one list of faults with so many seeds, and counts what was survived.
fn survives(way: Way, faults: &str, seeds: u64, survived: &mut BTreeMap<String, u64>) {
    let scene = scene(way);
    for seed in 1..=seeds {
        let seeded = faults.split(',').map(|fault| fault.replacen('@', &format!(":seed={seed}@"), 1));
        let seeded = seeded.collect::<Vec<_>>().join(",");
        let outcome = scene.run(&seeded);
        if let Err(error) = &outcome.result {
            panic!("{way:?} {seeded}: {error}");
        }
        assert_same(&format!("{way:?} {seeded}"), &GOOD, &outcome.lasting());
        for (name, count) in outcome.injected {
            *survived.entry(name).or_default() += count;
        }
    }
}

/// Says how often each fault was survived, and that it was met at all.
fn tell(what: &str, survived: &BTreeMap<String, u64>) {
    show(what, survived);
    assert!(survived.values().all(|&count| count > 0), "{what}: not every fault was met");
}

#[expect(clippy::print_stdout, reason = "the figures are what one runs this with --nocapture for")]
fn show(what: &str, survived: &BTreeMap<String, u64>) {
    let total: u64 = survived.values().sum();
    let each: Vec<_> = survived.iter().map(|(name, count)| format!("{name} {count}")).collect();
    println!("{what}: {total} faults injected and survived ({})", each.join(", "));
}

/// Each fault alone at 20 %. Those of later pages fit few requests and get more tries.
fn each(way: Way, survived: &mut BTreeMap<String, u64>) {
    let (common, of_later_pages) = FAULTS.split_at(15);
    for fault in common {
        survives(way, &format!("{fault}@20%"), 1, survived);
    }
    for fault in of_later_pages {
        survives(way, &format!("{fault}@20%"), 6, survived);
    }
}

#[test]
fn each_fault_at_a_fifth_of_all_requests_over_tls() {
    let mut survived = BTreeMap::new();
    each(Way::Tls, &mut survived);
    tell("each at 20 % over TLS", &survived);
}

#[test]
fn each_fault_at_a_fifth_of_all_requests_over_plain_http() {
    let mut survived = BTreeMap::new();
    each(Way::Plain, &mut survived);
    tell("each at 20 % over plain http", &survived);
}

#[test]
fn what_goes_wrong_with_batches_leaves_no_trace() {
    let mut survived = BTreeMap::new();
    for faults in OF_BATCHES {
        for way in [Way::Tls, Way::Plain] {
            survives(way, faults, 2, &mut survived);
        }
    }
    tell("of batches", &survived);
    let outcome = scene(Way::Plain).run("no-batch");
    assert!(outcome.batches.len() <= 4, "those that were under way, and then no other");
}

#[test]
fn all_faults_together_at_a_fifth_of_all_requests() {
    let mut survived = BTreeMap::new();
    // Those of later pages fit few requests, and come first; together it is a fifth of the requests.
    let (common, of_later_pages) = FAULTS.split_at(15);
    let of_later_pages = of_later_pages.iter().map(|fault| format!("{fault}@2%"));
    let common = common.iter().map(|fault| format!("{fault}@1%"));
    let of_batches = ["missing-item@1%", "doubled-item@1%", "text-item@1%", "424@5%"].map(str::to_owned);
    let all = of_later_pages.chain(common).chain(of_batches).collect::<Vec<_>>().join(",");
    for way in [Way::Tls, Way::Plain] {
        survives(way, &all, 10, &mut survived);
    }
    // What fits later pages only may not be met here.
    show("all at 20 % in total", &survived);
    assert!(survived.values().sum::<u64>() > 150);
    assert!(survived.values().filter(|&&count| count > 0).count() >= 12);
}

#[test]
fn a_token_that_ends_is_replaced() {
    let outcome = scene(Way::Tls).run("expired-token#1");
    assert_same("one token ends", &GOOD, &outcome.lasting());
    tell("a token that ends", &outcome.injected);
    let tokens = outcome.log.iter().filter(|line| line.ends_with("/token")).count();
    assert_eq!(tokens, 2, "one token for all who were refused");
}

#[test]
fn every_token_that_ends_is_replaced() {
    let mut survived = BTreeMap::new();
    survives(Way::Tls, "expired-token@20%", 3, &mut survived);
    survives(Way::Tls, "expired-token@100%", 1, &mut survived);
    tell("tokens that end", &survived);
}

#[test]
fn bursts_are_waited_out() {
    let mut survived = BTreeMap::new();
    for fault in ["429:retry-after=30", "503", "reset", "garbage"] {
        let outcome = scene(Way::Tls).run(&format!("{fault}#4+40"));
        assert_same(fault, &GOOD, &outcome.lasting());
        assert_eq!(outcome.injected(), 40, "{fault}");
        survived.extend(outcome.injected);
    }
    tell("bursts of 40", &survived);
}

#[test]
fn two_restarts_of_every_collection_are_forgiven() {
    for way in [Way::Tls, Way::Plain] {
        let outcome = scene(way).run("expired-page-token:most=2");
        assert_same("two expired page tokens", &GOOD, &outcome.lasting());
        let coverage = outcome.result()["coverage"].as_array().unwrap();
        let users = coverage.iter().find(|line| line["collection"] == "users").unwrap();
        assert_eq!(users["restarts"], 2);
    }
}
