//! What a scan asks for, request by request: only what the rules need, once, in the largest pages there are.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tollgate::sim::{self, Collection, Directory, Server, TenantBuilder};

use crate::common::{Desk, Served, directory};

const ORGANIZATION: &str = "GET /v1.0/organization?$select=id,displayName";
const SKUS: &str = "GET /v1.0/subscribedSkus?$select=id,skuId,skuPartNumber,appliesTo,capabilityStatus,\
                    consumedUnits,prepaidUnits,servicePlans";
const SUBSCRIPTIONS: &str = "GET /v1.0/directory/subscriptions?$select=id,skuId,skuPartNumber,status,\
                             totalLicenses,nextLifecycleDateTime";
const GROUPS: &str = "GET /v1.0/groups?$select=id,displayName,groupTypes,securityEnabled,mailEnabled,\
                      membershipRule,membershipRuleProcessingState,visibility,assignedLicenses,\
                      licenseProcessingState&$top=999";
const USER: &str = "$select=id,displayName,userPrincipalName,accountEnabled,userType,usageLocation,\
                    creationType,externalUserState,licenseAssignmentStates";
const DELETED: &str = "GET /v1.0/directory/deletedItems/microsoft.graph.group?$select=id,displayName,\
                       deletedDateTime&$top=999";

fn users() -> String {
    format!("GET /v1.0/users?{USER}&$top=999")
}

fn members(group: &str) -> String {
    format!("GET /v1.0/groups/{group}/members?$select=id&$top=999")
}

const BATCH: &str = "POST /v1.0/$batch";

/// What each batch asked for, as if it had been asked for alone.
fn batches(server: &Server) -> Vec<Vec<String>> {
    let batches = server.batches().into_iter().map(|batch| {
        assert!(!batch.contains(&server.access_token()) && !batch.contains(server.client_secret()));
        let batch: Value = serde_json::from_str(&batch).unwrap();
        let items = batch["requests"].as_array().unwrap();
        assert!((2..=20).contains(&items.len()), "{batch}");
        let ids: BTreeSet<&str> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), items.len(), "{batch}");
        let asked = items.iter().map(|item| {
            let names: Vec<&String> = item.as_object().unwrap().keys().collect();
            assert_eq!(names, ["headers", "id", "method", "url"]);
            assert_eq!(item["method"], "GET");
            let mut headers = json!({"accept": "application/json", "x-ms-throttle-priority": "Low"});
            if item["url"].as_str().unwrap().ends_with("/$count") {
                headers["accept"] = "text/plain".into();
                headers["consistencylevel"] = "eventual".into();
            }
            assert_eq!(item["headers"], headers, "no token, and nothing that changes a method");
            format!("GET /v1.0{}", item["url"].as_str().unwrap())
        });
        asked.collect()
    });
    batches.collect()
}

/// The log with the items of each batch instead of the batch; the order is that of the requests.
fn asked(server: &Server) -> Vec<String> {
    let mut batches = batches(server).into_iter();
    let asked = server
        .log()
        .into_iter()
        .flat_map(|line| if line == BATCH { batches.next().unwrap() } else { vec![line] });
    asked.collect()
}

/// The log of an audit, and its exit code.
fn log(directory: Directory, deny: &[Collection], command: &str, arguments: &[&str]) -> (Vec<String>, i32) {
    let (desk, tenant) = (Desk::new(), Served::denying(directory, deny));
    for (name, text) in [("sales", "Sales"), ("missing", "Missing"), ("pattern", "Miss*")] {
        desk.write(&format!("{name}.toml"), format!("[[target]]\ngroup = \"{name}\"\n").replace(name, text));
    }
    let ran = tenant.run(&desk, command, arguments);
    let log = asked(&tenant.server);
    let token = format!("POST /{}/oauth2/v2.0/token", tenant.server.tenant_id());
    assert_eq!(log[0], token, "first of all a token");
    assert_eq!(log[1], ORGANIZATION, "then what shows that Graph answers, and its clock");
    assert!(log[2..].iter().all(|line| line.starts_with("GET /v1.0/")), "{log:#?}");
    let distinct: BTreeSet<&String> = log.iter().collect();
    assert_eq!(distinct.len(), log.len(), "something was asked twice: {log:#?}");
    (log[2..].to_vec(), ran.code)
}

/// What comes after the first two, which run beside each other and so in any order.
#[track_caller]
fn assert_requests(found: (Vec<String>, i32), code: i32, expected: &[&str]) {
    let (mut found, ended) = found;
    found.sort();
    let mut expected: Vec<String> = expected.iter().map(|&line| line.to_owned()).collect();
    expected.sort();
    assert_eq!(found, expected);
    assert_eq!(ended, code);
}

const SALES: &str = "5a1e5000-0000-4000-8000-000000000001";

#[test]
fn an_audit_of_the_lab_asks_for_this_and_nothing_else() {
    assert_requests(
        log(directory("lab"), &[], "audit", &[]),
        0,
        &[
            SKUS,
            SUBSCRIPTIONS,
            "GET /v1.0/groups/$count",
            GROUPS,
            "GET /v1.0/users/$count",
            &users(),
            &members(SALES),
        ],
    );
}

#[test]
fn what_depends_on_an_answer_is_asked_after_it() {
    let (log, _) = log(directory("lab"), &[], "audit", &[]);
    let place = |line: &str| log.iter().position(|known| known == line).unwrap();
    assert!(place("GET /v1.0/groups/$count") < place(GROUPS), "a count after the list proves nothing");
    assert!(place("GET /v1.0/users/$count") < place(&users()));
    assert!(place(GROUPS) < place(&members(SALES)));
}

#[test]
fn the_recycle_bin_is_only_looked_into_where_a_target_is_missing() {
    for (configuration, looked) in [("sales.toml", false), ("pattern.toml", false), ("missing.toml", true)] {
        let (log, _) = log(directory("lab"), &[], "audit", &["--config", configuration]);
        assert_eq!(log.iter().any(|line| line == DELETED), looked, "{configuration}");
        assert_eq!(log.len(), if looked { 8 } else { 7 }, "{log:#?}");
    }
}

#[test]
fn what_is_refused_is_asked_once_and_the_rest_still_read() {
    let count = ["GET /v1.0/groups/$count", "GET /v1.0/users/$count"];
    let (users, members) = (users(), members(SALES));
    let all = [&[SKUS, SUBSCRIPTIONS, GROUPS, &users, &members][..], &count].concat();
    for denied in [Collection::Users, Collection::Members, Collection::SubscribedSkus] {
        assert_requests(log(directory("lab"), &[denied], "audit", &[]), 4, &all);
    }
    for denied in [Collection::Organization, Collection::Subscriptions] {
        assert_requests(log(directory("lab"), &[denied], "audit", &[]), 0, &all);
    }
    let without_members: Vec<&str> = all.iter().copied().filter(|line| *line != members).collect();
    assert_requests(log(directory("lab"), &[Collection::Groups], "audit", &[]), 4, &without_members);
    let denied = [Collection::Groups, Collection::Users];
    assert_requests(log(directory("lab"), &denied, "audit", &[]), 3, &without_members);
}

#[test]
fn a_member_in_no_list_is_asked_for_by_id_once() {
    let tenant = TenantBuilder::new("Gone", "gone.example")
        .product("SPE_E3", 20)
        .group("Licensed")
        .grants("SPE_E3")
        .contains("user", "somebody who is gone")
        .contains("device", "LAPTOP-1")
        .contains("servicePrincipal", "robot")
        .user("ada")
        .in_group("Licensed")
        .user("shy")
        .limited()
        .in_group("Licensed")
        .build();
    let gone = tenant.others[0].id;
    let shy = tenant.users[1].id;
    let group = tenant.groups[0].id.to_string();
    assert_requests(
        log(tenant, &[], "audit", &[]),
        4,
        &[
            SKUS,
            SUBSCRIPTIONS,
            "GET /v1.0/groups/$count",
            GROUPS,
            "GET /v1.0/users/$count",
            &users(),
            &members(&group),
            &format!("GET /v1.0/users/{gone}?{USER}"),
            &format!("GET /v1.0/users/{shy}?{USER}"),
        ],
    );
}

/// Licensed groups with others nested in them, in a circle too; targets; excluded and other groups.
fn nested() -> Directory {
    TenantBuilder::new("Nested", "nested.example")
        .product("SPE_E3", 50)
        .product("VISIOCLIENT", 50)
        .group("Licensed")
        .grants("SPE_E3")
        .contains_group("Inner")
        .contains_group("APP-inner")
        .group("Inner")
        .contains_group("Innermost")
        .group("Innermost")
        .contains_group("Licensed")
        .group("APP-inner")
        .group("APP-licensed")
        .grants("SPE_E3")
        .group("Drawings")
        .grants("VISIOCLIENT")
        .group("Drawings and office")
        .grants("VISIOCLIENT")
        .grants("SPE_E3")
        .group("Sales")
        .group("Other")
        .contains_group("Sales")
        .user("ada")
        .in_group("Licensed")
        .build()
}

fn whose_members(command: &str, arguments: &[&str]) -> Vec<String> {
    let directory = nested();
    let (desk, tenant) = (Desk::new(), Served::new(directory.clone()));
    desk.write(
        "plan.toml",
        "[[target]]\ngroup = \"Sales\"\n\n[scope]\nexclude-groups = [\"APP-*\"]\n\
         exclude-skus = [\"visioclient\"]\n",
    );
    tenant.run(&desk, command, &[&["--config", "plan.toml"], arguments].concat());
    let log = tenant.server.log();
    let asked = |id: &str| log.iter().any(|line| *line == members(id));
    let mut names: Vec<String> = directory
        .groups
        .iter()
        .filter(|group| asked(&group.id.to_string()))
        .map(|group| group.display_name.to_string())
        .collect();
    names.sort();
    names
}

#[test]
fn members_are_read_of_groups_in_scope_and_of_those_nested_in_them() {
    let in_scope = ["APP-inner", "Drawings and office", "Inner", "Innermost", "Licensed", "Sales"];
    assert_eq!(whose_members("audit", &[]), in_scope);
    assert_eq!(whose_members("scan", &["--save", "kept.snap"]), in_scope);
    let every = [
        "APP-inner",
        "APP-licensed",
        "Drawings",
        "Drawings and office",
        "Inner",
        "Innermost",
        "Licensed",
        "Other",
        "Sales",
    ];
    assert_eq!(whose_members("scan", &["--save", "kept.snap", "--members", "all"]), every);
}

/// How many pages of 999 a collection of this size takes.
fn pages(objects: usize) -> usize {
    objects.div_ceil(999).max(1)
}

fn assert_largest_pages(directory: Directory) {
    let sizes: Vec<(String, usize)> =
        directory.groups.iter().map(|group| (group.id.to_string(), group.members.len())).collect();
    let (users, groups) = (directory.users.len(), directory.groups.len());
    let (log, _) = log(directory, &[], "scan", &["--save", "kept.snap", "--members", "all"]);
    let lists: Vec<&String> = log.iter().filter(|line| !line.ends_with("/$count")).collect();
    let asked = |path: &str| {
        let first = format!("GET /v1.0/{path}?");
        lists.iter().filter(|line| line.starts_with(&first)).count()
    };
    assert_eq!(asked("users"), pages(users));
    assert_eq!(asked("groups"), pages(groups));
    let mut expected = pages(users) + pages(groups) + 2;
    for (id, size) in sizes {
        assert_eq!(asked(&format!("groups/{id}/members")), pages(size), "{size} members");
        expected += pages(size);
    }
    assert_eq!(lists.len(), expected, "nothing besides");
    for line in lists {
        assert!(line.contains("?$select="), "{line}");
        let paged = !line.contains("/subscribedSkus?") && !line.contains("/subscriptions?");
        assert_eq!(line.contains("&$top=999"), paged, "{line}");
    }
}

#[test]
fn a_tenant_of_thousands_costs_one_page_per_999_objects() {
    assert_largest_pages(sim::Tenant::generated(3_000, 1).directory());
}

#[test]
fn a_group_of_thousands_costs_one_page_per_999_members() {
    let mut tenant = TenantBuilder::new("Crowd", "crowd.example").product("SPE_E3", 5_000);
    tenant = tenant.group("All").grants("SPE_E3").group("Exactly");
    for number in 0..2_300 {
        tenant = tenant.user(&format!("ada{number}")).in_group("All");
        if number < 999 {
            tenant = tenant.in_group("Exactly");
        }
    }
    assert_largest_pages(tenant.build());
}

/// So many licensed groups with a member each, or more.
fn many_groups(groups: usize) -> Directory {
    let mut tenant = TenantBuilder::new("Many", "many.example").product("SPE_E3", 5_000);
    for number in 0..groups {
        tenant = tenant.group(format!("Group {number}")).grants("SPE_E3");
    }
    for number in 0..1_200 {
        // The first group has a second page.
        tenant = tenant.user(&format!("ada{number}")).in_group("Group 0");
        if number > 0 && number < groups {
            tenant = tenant.in_group(&format!("Group {number}"));
        }
    }
    tenant.build()
}

#[test]
fn members_of_more_groups_than_requests_may_be_under_way_travel_in_batches_of_twenty() {
    for (groups, expected) in [(32, 0), (33, 2), (75, 4)] {
        let directory = many_groups(groups);
        let mut members: Vec<String> =
            directory.groups.iter().map(|group| members(&group.id.to_string())).collect();
        members.sort();
        let (desk, tenant) = (Desk::new(), Served::new(directory));
        let ran = tenant.run(&desk, "audit", &["--out", "out", "--print", "none"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let batches = batches(&tenant.server);
        assert_eq!(batches.len(), expected, "{groups} groups");
        let full = batches.iter().filter(|batch| batch.len() == 20).count();
        assert_eq!(full, expected.saturating_sub(1), "{groups} groups");
        let mut together = batches.concat();
        together.sort();
        assert_eq!(together, if expected > 0 { members } else { Vec::new() });

        let result = desk.json("out/result.json");
        let log = tenant.server.log();
        assert_eq!(result["scan"]["requests"], log.len() - 1, "all but the token's");
        let lines = result["coverage"].as_array().unwrap();
        let pages: u64 = lines.iter().map(|line| line["pages"].as_u64().unwrap()).sum();
        let others = asked(&tenant.server).iter().filter(|line| line.ends_with("/$count")).count() + 1;
        assert_eq!(usize::try_from(pages).unwrap() + others, asked(&tenant.server).len());
        assert!(lines.iter().all(|line| line["complete"] == true && line["restarts"] == 0));
    }
}

#[test]
fn what_came_in_batches_is_the_same_as_what_came_alone() {
    let (desk, mut results) = (Desk::new(), Vec::new());
    for fault in ["429#100000", "no-batch"] {
        let options = sim::Options { faults: vec![fault.parse().unwrap()], ..sim::Options::default() };
        let tenant = Served::with(sim::Tenant::generated(3_000, 3).directory(), options);
        let ran = tenant.run(&desk, "audit", &["--out", "out", "--save", "kept.snap", "--print", "none"]);
        assert_eq!(ran.code, 1, "{}", ran.stderr);
        let again = desk.run(&["audit", "--snapshot", "kept.snap", "--out", "again", "--quiet"]);
        assert_eq!(again.code, 1);
        assert_eq!(desk.contents("again"), desk.contents("out"));
        let mut result = desk.json("out/result.json");
        let scan = result["scan"].take();
        results.push((result, scan));
    }
    let ((batched, cost), (alone, dearer)) = (&results[0], &results[1]);
    assert_eq!(batched, alone);
    for name in ["resourceUnits", "reread", "retries", "startedAt"] {
        assert_eq!(cost[name], dearer[name], "{name}");
    }
    assert!(cost["requests"].as_u64().unwrap() * 3 < dearer["requests"].as_u64().unwrap(), "{cost} {dearer}");
}

#[test]
fn counts_of_many_empty_groups_travel_in_batches() {
    let mut tenant = TenantBuilder::new("Empty", "empty.example").product("SPE_E3", 5).user("ada");
    for number in 0..45 {
        tenant = tenant.group(format!("Group {number}")).grants("SPE_E3");
    }
    let (desk, served) = (Desk::new(), Served::new(tenant.build()));
    served.run(&desk, "audit", &["--out", "out", "--print", "none"]);
    let (lists, counts): (Vec<_>, Vec<_>) =
        batches(&served.server).into_iter().partition(|batch| batch[0].contains("&$top=999"));
    assert_eq!((lists.len(), counts.len()), (3, 3));
    assert!(counts.concat().iter().all(|line| line.ends_with("/members/$count")), "{counts:?}");
    let result = desk.json("out/result.json");
    let lines = result["coverage"].as_array().unwrap().iter();
    let lines: Vec<_> =
        lines.filter(|line| line["collection"].as_str().unwrap().ends_with("/members")).collect();
    assert_eq!(lines.len(), 45);
    for line in lines {
        assert_eq!(
            (&line["expected"], &line["read"], &line["complete"]),
            (&0.into(), &0.into(), &true.into())
        );
    }
}

#[test]
fn many_members_in_no_list_are_asked_for_in_batches() {
    let mut tenant = TenantBuilder::new("Gone", "gone.example").product("SPE_E3", 90).group("Licensed");
    tenant = tenant.grants("SPE_E3");
    for number in 0..25 {
        tenant = tenant.contains("user", format!("somebody who is gone {number}"));
    }
    for number in 0..25 {
        tenant = tenant.user(&format!("shy{number}")).limited().in_group("Licensed");
    }
    let directory = tenant.build();
    let gone = directory.others.iter().map(|other| other.id);
    let mut expected: Vec<String> = gone
        .chain(directory.users.iter().map(|user| user.id))
        .map(|id| format!("GET /v1.0/users/{id}?{USER}"))
        .collect();
    expected.sort();
    let (desk, served) = (Desk::new(), Served::new(directory));
    served.run(&desk, "audit", &["--out", "out", "--print", "none"]);
    let batches = batches(&served.server);
    assert_eq!(batches.len(), 3);
    let mut together = batches.concat();
    together.sort();
    assert_eq!(together, expected);
    let result = desk.json("out/result.json");
    let lines = result["coverage"].as_array().unwrap().iter();
    let line = lines.clone().find(|line| line["collection"] == "users/{id}").unwrap();
    assert_eq!((&line["read"], &line["pages"], &line["complete"]), (&json!(50), &json!(50), &json!(true)));
    assert_eq!(result["groups"][0]["members"], 25, "who is gone is no member");
}

#[test]
fn many_accused_are_read_once_more_in_batches() {
    let mut tenant = TenantBuilder::new("Sales", "sales.example").product("SPE_E3", 90).group("Sales");
    tenant = tenant.grants("SPE_E3");
    for number in 0..41 {
        tenant =
            tenant.user(&format!("ada{number}")).in_group("Sales").fails("Sales", "SPE_E3", "CountViolation");
    }
    let (desk, served) = (Desk::new(), Served::new(tenant.build()));
    let ran = served.run(&desk, "audit", &["--out", "out", "--print", "none"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let sizes: Vec<usize> = batches(&served.server).iter().map(Vec::len).collect();
    // One left over goes alone.
    assert_eq!(sizes, [20, 20]);
    assert_eq!(
        served.server.log().iter().filter(|line| line.contains("/users/") && line.contains('?')).count(),
        1
    );
    assert_eq!(desk.json("out/result.json")["scan"]["reread"], 41);
}

#[test]
fn the_report_tells_what_the_scan_cost() {
    let (desk, tenant) = (Desk::new(), Served::named("contoso"));
    tenant.run(&desk, "audit", &["--out", "out", "--print", "none"]);
    let result = desk.json("out/result.json");
    let read_again =
        result["scan"]["reread"].as_u64().and_then(|number| usize::try_from(number).ok()).unwrap();
    assert!(read_again > 0, "the demo accuses people");
    let sent = tenant.server.log().len() - 1 - read_again;
    assert_eq!(result["scan"]["requests"], sent, "all but the token's and those that read the accused again");
    assert_eq!(result["scan"]["retries"], 0);
    assert_eq!(result["scan"]["startedAt"], sim::DEMO_NOW);
    let pages: u64 =
        result["coverage"].as_array().unwrap().iter().map(|line| line["pages"].as_u64().unwrap()).sum();
    let log = tenant.server.log();
    let counts = log.iter().filter(|line| line.ends_with("/$count")).count();
    assert_eq!(usize::try_from(pages).unwrap(), sent - counts);
}
