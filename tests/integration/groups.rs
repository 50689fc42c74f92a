//! `tollgate groups` and `tollgate init` over the real program: against what was planted in each tenant.

use std::collections::BTreeMap;

use serde_json::Value;
use tollgate::plan::Config;
use tollgate::sim::{self, Collection, Directory, LabVariant, MemberAccess, TenantBuilder};

use crate::common::{Desk, Served, codes, directory};

/// The groups as JSON, and the exit code.
fn groups(arguments: &[&str]) -> (Value, i32) {
    let ran = Desk::new().run(&[&["groups", "--print", "json"], arguments].concat());
    (serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {}", ran.stderr)), ran.code)
}

/// Class of each group, by name.
fn classes(page: &Value) -> BTreeMap<String, String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let groups = page["groups"].as_array().unwrap().iter();
    groups.map(|group| (text(&group["displayName"]), text(&group["class"]))).collect()
}

fn reasons<'a>(page: &'a Value, name: &str) -> Vec<&'a str> {
    let group = group(page, name);
    group["reasons"].as_array().unwrap().iter().map(|reason| reason["code"].as_str().unwrap()).collect()
}

fn group<'a>(page: &'a Value, name: &str) -> &'a Value {
    let mut groups = page["groups"].as_array().unwrap().iter();
    groups.find(|group| group["displayName"] == name).unwrap_or_else(|| panic!("{name}"))
}

#[test]
fn the_demo_company_is_told_apart_group_by_group() {
    let (page, code) = groups(&["--demo"]);
    let expected = [
        ("All staff NL", "unsuitable"),
        ("Everyone in Ghent", "unsuitable"),
        ("Finance", "unsuitable"),
        ("LIC Microsoft 365 E3", "licensed-but-wrong"),
        ("LIC Microsoft 365 E5", "licensed-but-wrong"),
        ("LIC New hires", "unknown"),
        ("LIC Office 365 E3 + EMS E3", "licensed-but-wrong"),
        ("LIC Office 365 E3 only", "licensed-but-wrong"),
        ("Marketing Campaigns", "unsuitable"),
        ("Project Tulip", "unsuitable"),
        ("Sales", "licensed-but-wrong"),
        ("Warehouse Zuid", "suitable"),
        ("Windows laptops", "unsuitable"),
    ];
    assert_eq!(classes(&page), expected.map(|(name, class)| (name.to_owned(), class.to_owned())).into());
    for (name, codes) in [
        ("All staff NL", &["distribution-list"][..]),
        ("Everyone in Ghent", &["empty"]),
        ("Finance", &["already-covered"]),
        ("LIC New hires", &["license-pending"]),
        ("Project Tulip", &["not-security-enabled"]),
        ("Windows laptops", &["device-rule"]),
        ("Warehouse Zuid", &["worth"]),
    ] {
        assert_eq!(reasons(&page, name), codes, "{name}");
    }
    // A group is still being worked on: not everything could be said.
    assert_eq!((code, page["complete"].as_bool()), (4, Some(false)));
    let warehouse = group(&page, "Warehouse Zuid");
    let names = warehouse["newlyCovered"].as_array().unwrap().iter();
    let names: Vec<_> = names.map(|user| user["userPrincipalName"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 3);
    assert!(names.contains(&"ruud.hoekstra@contoso.example"), "{names:?}");
    let needs = warehouse["needs"].as_array().unwrap().iter();
    let needs: Vec<_> =
        needs.map(|need| (need["partNumber"].as_str().unwrap(), need["short"].as_i64())).collect();
    assert_eq!(needs, [("ENTERPRISEPACK", Some(0)), ("EMS", Some(3))]);
}

#[test]
fn after_the_repair_every_licensed_group_is_as_it_should_be() {
    let (page, code) = groups(&["--demo=contoso-repaired"]);
    assert_eq!(code, 0);
    let licensed: Vec<_> =
        classes(&page).into_iter().filter(|(_, class)| class.starts_with("licensed")).collect();
    assert_eq!(licensed.len(), 5);
    assert!(licensed.iter().all(|(_, class)| class == "licensed"), "{licensed:?}");
}

#[test]
fn every_moment_of_the_lab_has_its_class() {
    use LabVariant as V;
    for (name, variant) in LabVariant::ALL {
        let (page, code) = groups(&[&format!("--demo={name}")]);
        let class = classes(&page).get("Sales").cloned();
        let (expected, reason) = match variant {
            V::Done | V::Before | V::Left | V::Direct => (Some("licensed"), Some("licensed")),
            V::Paused => (Some("licensed-but-wrong"), Some("membership-rule-paused")),
            V::Processing => (Some("unknown"), Some("license-pending")),
            V::Leaving => (Some("licensed-but-wrong"), Some("license-left-behind")),
            V::NoSeats => (Some("licensed-but-wrong"), Some("assignment-error")),
            V::Guest => (Some("licensed-but-wrong"), Some("guest-in-licensed-group")),
            V::NotSecurity => (Some("licensed-but-wrong"), Some("group-type-not-eligible")),
            V::Unlicensed => (Some("suitable"), Some("worth")),
            V::Empty => (None, None),
        };
        assert_eq!(class.as_deref(), expected, "{name}");
        if let Some(reason) = reason {
            assert!(reasons(&page, "Sales").contains(&reason), "{name}: {:?}", reasons(&page, "Sales"));
        }
        assert_eq!(code, if expected == Some("unknown") { 4 } else { 0 }, "{name}");
    }
}

#[test]
fn every_team_of_a_generated_tenant_has_the_class_that_was_planted() {
    let tenant = sim::Tenant::Generated { users: 1_000, seed: 3, trouble: 1, licensed: None, teams: 60 };
    let served = Served::new(tenant.directory());
    let ran = served.run(&Desk::new(), "groups", &["--print", "json"]);
    assert!(ran.stderr.contains("Reading the members of about "), "{}", ran.stderr);
    let page: Value = serde_json::from_str(&ran.stdout).unwrap();
    let classes = classes(&page);
    for number in 0..60 {
        let name = format!("Team {number:05}");
        assert_eq!(classes[&name], sim::team_class(number), "{name}: {:?}", reasons(&page, &name));
    }
    let ranks: Vec<_> =
        page["groups"].as_array().unwrap().iter().filter_map(|group| group["rank"].as_u64()).collect();
    assert_eq!(ranks, (1..=30).collect::<Vec<u64>>());
}

#[test]
fn the_table_has_a_row_per_group_in_every_dialect_and_the_mode_of_personal_data() {
    for (dialect, separator) in [("rfc4180", ','), ("excel", ','), ("excel-nl", ';')] {
        let desk = Desk::new();
        let ran = desk.run(&["groups", "--demo", "--out", "out", "--csv", dialect, "--lang", "en"]);
        assert_eq!(ran.code, 4);
        assert_eq!(desk.mode("out/groups-suitability.csv"), 0o600);
        assert_eq!(desk.files(), ["out/groups-suitability.csv"]);
        let text = desk.text("out/groups-suitability.csv");
        let text = text.trim_start_matches('\u{feff}');
        assert!(text.starts_with(&format!("rank{separator}class{separator}")), "{text}");
        assert_eq!(text.matches("\r\n").count(), 14, "{dialect}");
    }
}

#[test]
fn both_languages_say_it_and_the_same_input_gives_the_same_bytes() {
    let desk = Desk::new();
    let english = desk.run(&["groups", "--demo", "--lang", "en"]);
    assert!(english.stdout.contains("Suitable (1)"), "{}", english.stdout);
    assert!(english.stdout.contains("Newly covered: anniek.wiersma@contoso.example"), "{}", english.stdout);
    let dutch = desk.run(&["groups", "--demo", "--lang", "nl"]);
    assert!(dutch.stdout.contains("Geschikt (1)"), "{}", dutch.stdout);
    assert_eq!(desk.run(&["groups", "--demo", "--lang", "nl"]).stdout, dutch.stdout);
    for line in english.stdout.lines().chain(dutch.stdout.lines()) {
        assert!(line.chars().count() <= 100, "{line}");
        assert!(!line.contains("{$"), "{line}");
    }
}

#[test]
fn a_snapshot_with_all_members_says_the_same_and_one_without_says_what_it_lacks() {
    let desk = Desk::new();
    let live = desk.run(&["groups", "--demo", "--print", "json", "--save", "groups.snap"]);
    let again = desk.run(&["groups", "--snapshot", "groups.snap", "--print", "json"]);
    assert_eq!((again.stdout, again.stderr.as_str()), (live.stdout, ""));
    desk.run(&["scan", "--demo", "--members", "all", "--save", "all.snap"]);
    let all = desk.run(&["groups", "--snapshot", "all.snap", "--print", "json"]);
    let page: Value = serde_json::from_str(&all.stdout).unwrap();
    // With the members of all groups more is known of this one: most of its people are covered.
    assert_eq!(reasons(&page, "Project Tulip"), ["already-covered"]);
    desk.run(&["scan", "--demo", "--save", "audit.snap"]);
    let audit = desk.run(&["groups", "--snapshot", "audit.snap", "--print", "json"]);
    assert_eq!(audit.code, 4);
    assert!(audit.stderr.contains("--members all"), "{}", audit.stderr);
    let page: Value = serde_json::from_str(&audit.stdout).unwrap();
    assert_eq!(reasons(&page, "Finance"), ["members-not-in-snapshot"]);
    let suitable = classes(&page).into_iter().filter(|(_, class)| class.starts_with("suitable"));
    // Nested in a licensed group, so its members are in every snapshot.
    assert_eq!(suitable.map(|(name, _)| name).collect::<Vec<_>>(), ["Warehouse Zuid"]);
}

/// What a group is called by whom it shows as its owners; `None` where they were not read.
fn owners(page: &Value, name: &str) -> Option<Vec<String>> {
    let shown = |owner: &Value| {
        let names = ["userPrincipalName", "displayName", "id"].map(|name| owner[name].as_str());
        names.into_iter().flatten().next().unwrap().to_owned()
    };
    Some(group(page, name)["owners"].as_array()?.iter().map(shown).collect())
}

#[test]
fn owners_are_shown_where_they_can_be_read() {
    let desk = Desk::new();
    let ran = desk.run(&["groups", "--demo", "--print", "json", "--out", "out", "--save", "kept.snap"]);
    let page: Value = serde_json::from_str(&ran.stdout).unwrap();
    let named = |names: &[&str]| Some(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
    assert_eq!(owners(&page, "Warehouse Zuid"), named(&["daan.dekker@contoso.example"]));
    let of_e3 = named(&["Identity provisioning", "thijs.vandenberg@contoso.example"]);
    assert_eq!(owners(&page, "LIC Microsoft 365 E3"), of_e3);
    assert_eq!(group(&page, "LIC Microsoft 365 E3")["owners"][0]["type"], "servicePrincipal");
    assert_eq!(owners(&page, "LIC New hires"), named(&[]));
    let remarks = |name| group(&page, name)["remarks"].as_array().unwrap().iter();
    assert!(remarks("LIC New hires").any(|remark| remark["code"] == "no-owner"));
    assert!(remarks("Warehouse Zuid").all(|remark| remark["code"] != "no-owner"));
    assert_eq!(page["ownersNotRead"], Value::Null);

    let table = desk.text("out/groups-suitability.csv");
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let headers = rows.headers().unwrap().clone();
    assert_eq!(headers.iter().skip(29).collect::<Vec<_>>(), ["owner_count", "more_owners", "owners"]);
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let row =
        |name: &str| rows.iter().find(|row| &row[3] == name).unwrap().iter().skip(29).collect::<Vec<_>>();
    assert_eq!(
        row("LIC Microsoft 365 E3"),
        ["2", "false", "Identity provisioning, thijs.vandenberg@contoso.example"]
    );
    assert_eq!(row("LIC New hires"), ["0", "false", ""]);

    // Its own snapshot has them; others say that they do not.
    let again = desk.run(&["groups", "--snapshot", "kept.snap", "--print", "json"]);
    assert_eq!(again.stdout, ran.stdout);
    desk.run(&["scan", "--demo", "--members", "all", "--save", "all.snap"]);
    desk.run(&["audit", "--demo", "--save", "audit.snap", "--print", "none"]);
    for snapshot in ["all.snap", "audit.snap"] {
        let ran = desk.run(&["groups", "--snapshot", snapshot, "--print", "json", "--lang", "en"]);
        let page: Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(owners(&page, "Warehouse Zuid"), None);
        assert!(page["ownersNotRead"].as_str().unwrap().contains("when the snapshot was taken"));
    }
}

#[test]
fn owners_that_cannot_be_read_cost_nothing_but_the_owners() {
    let without_owners = |mut page: Value| {
        for group in page["groups"].as_array_mut().unwrap() {
            group["owners"] = Value::Null;
            group["moreOwners"] = Value::Null;
            group["remarks"].as_array_mut().unwrap().retain(|remark| remark["code"] != "no-owner");
        }
        page["ownersNotRead"] = Value::Null;
        page
    };
    let ask = |served: &Served| {
        let ran = served.run(&Desk::new(), "groups", &["--print", "json"]);
        (ran.code, serde_json::from_str::<Value>(&ran.stdout).unwrap())
    };
    let (code, whole) = ask(&Served::named("contoso"));
    let mut ignorant = directory("contoso");
    for group in &mut ignorant.groups {
        let mut overrides = group.overrides.take().unwrap_or_default();
        overrides.insert("owners".to_owned(), None);
        group.overrides = Some(overrides);
    }
    for (served, why) in [
        (Served::denying(directory("contoso"), &[Collection::Owners]), "grant GroupMember.Read.All"),
        (Served::new(ignorant), "the answer shows no `owners`"),
    ] {
        let (code_without, page) = ask(&served);
        assert_eq!(code_without, code);
        assert!(page["ownersNotRead"].as_str().unwrap().contains(why), "{}", page["ownersNotRead"]);
        assert_eq!(owners(&page, "Warehouse Zuid"), None);
        assert_eq!(without_owners(page), without_owners(whole.clone()));

        let desk = Desk::new();
        served.run(&desk, "groups", &["--save", "groups.snap"]);
        let ran = desk.run(&["audit", "--snapshot", "groups.snap", "--out", "out", "--print", "none"]);
        served.run(&desk, "audit", &["--out", "live", "--print", "none"]);
        assert_eq!(desk.json("out/result.json")["criteria"], desk.json("live/result.json")["criteria"]);
        assert_eq!(ran.code, 1);
    }
}

#[test]
fn what_owners_are_called_does_not_hang_on_who_may_read_users() {
    let served = Served::denying(directory("contoso"), &[Collection::Users]);
    let ran = served.run(&Desk::new(), "groups", &["--print", "json"]);
    let page: Value = serde_json::from_str(&ran.stdout).unwrap();
    let shown = owners(&page, "LIC Microsoft 365 E3").unwrap();
    assert_eq!((shown.len(), shown[0].as_str()), (2, "Identity provisioning"));
    assert!(uuid::Uuid::try_parse(&shown[1]).is_ok(), "{shown:?}: nothing but the id shows");
}

#[test]
fn of_twenty_owners_it_is_said_that_there_may_be_more() {
    let mut tenant = TenantBuilder::new("Owned", "owned.example").product("SPE_E3", 5).group("Many");
    for number in 0..22 {
        tenant = tenant.owned_by(&format!("u{number}"));
    }
    for number in 0..22 {
        tenant = tenant.user(&format!("u{number}")).in_group("Many").direct("SPE_E3");
    }
    let served = Served::new(tenant.build());
    let (page, table) = (
        served.run(&Desk::new(), "groups", &["--print", "json"]),
        served.run(&Desk::new(), "groups", &["--lang", "en"]),
    );
    let page: Value = serde_json::from_str(&page.stdout).unwrap();
    assert_eq!(
        (owners(&page, "Many").unwrap().len(), &group(&page, "Many")["moreOwners"]),
        (20, &true.into())
    );
    assert!(table.stdout.contains("Owners (20 or more): u0@owned.example, "), "{}", table.stdout);
}

#[test]
fn a_name_that_no_group_fits_is_told() {
    for name in ["Nope", "Nope*"] {
        let ran = Desk::new().run(&["groups", "--demo", "--match", name]);
        assert_eq!(ran.stdout, "");
        assert!(
            ran.advised(2).contains(&format!("no group of the tenant fits --match {name}")),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn only_those_who_look_for_groups_ask_for_owners() {
    let served = Served::named("contoso");
    let desk = Desk::new();
    let asked = |served: &Served| served.server.log().iter().any(|line| line.contains("expand"));
    served.run(&desk, "audit", &["--out", "out", "--print", "none"]);
    served.run(&desk, "scan", &["--save", "kept.snap"]);
    served.run(&desk, "scan", &["--save", "all.snap", "--members", "all"]);
    served.run(&desk, "init", &[]);
    served.run(&desk, "explain", &["Sales"]);
    assert!(!asked(&served));
    served.run(&desk, "groups", &["--print", "json"]);
    assert!(asked(&served));
}

#[test]
fn what_is_announced_is_about_what_it_takes() {
    let tenant = sim::Tenant::Generated { users: 500, seed: 5, trouble: 0, licensed: None, teams: 350 };
    let served = Served::new(tenant.directory());
    let ran = served.run(&Desk::new(), "groups", &["--lang", "en"]);
    let numbers = |line: &str| -> Vec<u64> {
        let numbers = line.split(|c: char| !(c.is_ascii_digit() || c == ',')).filter(|word| !word.is_empty());
        numbers.filter_map(|word| word.replace(',', "").parse().ok()).collect()
    };
    let said = ran.stderr.lines().find(|line| line.starts_with("Reading the members of")).unwrap();
    let took = ran.stdout.lines().find(|line| line.starts_with("Scan: ")).unwrap();
    let (said, took) = (numbers(said), numbers(took));
    for (expected, took) in [(said[1], took[0]), (said[2], took[1])] {
        assert!(expected.abs_diff(took) <= took / 4, "expected {expected}, took {took}");
    }
}

/// The section about suitable groups of a page.
fn section(page: &str) -> &str {
    let section = page.split("<section id=\"suitable\"").nth(1).unwrap();
    section.split("</section>").next().unwrap()
}

#[test]
fn the_page_of_an_audit_tells_candidates_where_their_members_were_read() {
    let desk = Desk::new();
    let audit = |source: &[&str], out: &str, language: &str| {
        let arguments = ["audit", "--out", out, "--format", "html,md", "--print", "none", "--lang", language];
        desk.run(&[&arguments, source].concat());
        (desk.text(&format!("{out}/report.html")), desk.text(&format!("{out}/report.md")))
    };
    let (page, short) = audit(&["--demo"], "demo", "en");
    assert!(section(&page).contains("<code>tollgate groups --save FILE</code>"), "{}", section(&page));
    assert!(!section(&page).contains("<table") && !short.contains("Which groups are suitable"));

    desk.run(&["groups", "--demo", "--save", "kept.snap"]);
    let (page, short) = audit(&["--snapshot", "kept.snap"], "en", "en");
    for said in [
        "13 groups: 1 suitable · 5 licensed, but something is wrong · ",
        "<h3>Suitable: 1</h3>",
        "<bdi>Warehouse Zuid</bdi><span class=\"what\">security group, 3 members, 3 people better off</span>",
        "Would assign <bdi>Enterprise Mobility + Security E3</bdi>: 3 seats more, 0 free; 3 short.",
        "Owner: <bdi>daan.dekker@contoso.example</bdi>",
        "groups-suitability.csv",
    ] {
        assert!(section(&page).contains(said), "{said}: {}", section(&page));
    }
    assert!(
        short.contains("1. `Warehouse Zuid` (security group, 3 members, 3 people better off) Of 3 people")
    );
    let (page, short) = audit(&["--snapshot", "kept.snap"], "nl", "nl");
    assert!(
        section(&page).contains("<h3>Geschikt: 1</h3>") && short.contains("## Welke groepen geschikt zijn")
    );
    assert!(section(&page).contains("Eigenaar: <bdi>daan.dekker@contoso.example</bdi>"));

    // The same in an audit of the same tenant that keeps people's names to itself.
    let (page, short) = audit(&["--snapshot", "kept.snap", "--redact"], "redacted", "en");
    assert!(section(&page).contains("Owner: <bdi>") && section(&page).contains("@redacted.invalid"));
    for text in [page, short] {
        assert!(!text.contains("daan.dekker") && !text.contains("Daan Dekker"));
    }
}

#[test]
fn what_has_to_be_changed_first_is_told_in_the_page_too() {
    let tenant = TenantBuilder::new("Changes", "changes.example")
        .product("SPE_E3", 20)
        .group("Ruled")
        .dynamic(r#"(user.department -eq "Ops")"#)
        .group("Chosen <i>");
    let people = |tenant: TenantBuilder, group: &str| {
        tenant
            .user(&format!("ada {group}"))
            .direct("SPE_E3")
            .in_group(group)
            .user(&format!("eve {group}"))
            .direct("SPE_E3")
            .in_group(group)
            .user(&format!("guest {group}"))
            .invited()
            .in_group(group)
    };
    let served = Served::new(people(people(tenant, "Ruled"), "Chosen <i>").build());
    let desk = Desk::new();
    let table = served.run(&desk, "groups", &["--save", "kept.snap", "--lang", "en"]);
    desk.run(&["audit", "--snapshot", "kept.snap", "--out", "out", "--print", "none", "--lang", "en"]);
    let page = desk.text("out/report.html");
    // One goes by a rule, of the other members are chosen: the same step in the page as on the terminal.
    for step in ["Narrow the membership rule so that", "Remove the external accounts from the group, or"] {
        assert!(section(&page).contains(step), "{step}: {}", section(&page));
        assert!(
            table.stdout.replace('\n', " ").split_whitespace().collect::<Vec<_>>().join(" ").contains(step)
        );
    }
    assert!(section(&page).contains("<bdi>Chosen &lt;i&gt;</bdi>"), "{}", section(&page));
    assert!(section(&page).contains("<h3>Suitable after a change: 2</h3>"));
}

#[test]
fn a_pattern_narrows_what_is_judged_and_what_is_read() {
    let (all, _) = groups(&["--demo"]);
    let (some, _) = groups(&["--demo", "--match", "fin*"]);
    assert_eq!(classes(&some).keys().collect::<Vec<_>>(), ["Finance"]);
    assert_eq!(some["groupsLeftOut"], 12);
    assert_eq!(reasons(&some, "Finance"), reasons(&all, "Finance"));
    let requests = |arguments: &[&str]| {
        let ran = Desk::new().run(&[&["groups", "--demo", "--lang", "en"], arguments].concat());
        let scan = ran.stdout.lines().find_map(|line| line.strip_prefix("Scan: ")).unwrap().to_owned();
        scan.split(' ').next().unwrap().parse::<u32>().unwrap()
    };
    assert!(requests(&["--match", "fin*"]) < requests(&[]));
}

#[test]
fn what_may_not_be_read_is_no_suitable_group() {
    for denied in [Collection::Members, Collection::Users] {
        let served = Served::denying(directory("contoso"), &[denied]);
        let ran = served.run(&Desk::new(), "groups", &["--print", "json"]);
        assert_eq!(ran.code, 4, "{denied:?}");
        let page: Value = serde_json::from_str(&ran.stdout).unwrap();
        let classes = classes(&page);
        assert!(classes.values().all(|class| !class.starts_with("suitable")), "{denied:?}: {classes:?}");
        for group in page["groups"].as_array().unwrap().iter().filter(|group| group["class"] == "unknown") {
            let step = group["reasons"][0]["nextStep"].as_str();
            assert!(step.is_some_and(|step| step.contains("rant ")), "{denied:?}: {group}");
        }
    }
    let served = Served::denying(directory("contoso"), &[Collection::Users, Collection::Groups]);
    served.run(&Desk::new(), "groups", &[]).advised(3);
}

#[test]
fn wrong_usage_is_refused_before_anything_is_read() {
    for arguments in [
        &["groups", "--demo", "--match", " "][..],
        &["init", "--demo", "--match", ""],
        &["init", "--demo", "--match", " "],
        &["groups", "--snapshot", "nowhere.snap"],
        &["groups", "--demo", "--print", "markdown"],
        &["groups", "--snapshot", "x", "--members", "all"],
        &["init", "--demo", "--to", "no/such/folder/tollgate.toml"],
    ] {
        let ran = Desk::new().run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{arguments:?}: {}", ran.stderr);
    }
}

/// Names that would be something else in a terminal, a spreadsheet, a configuration or a pattern.
const HOSTILE: [&str; 9] = [
    "=HYPERLINK(\"http://evil.example\")",
    "red\u{1b}[31m\u{202e}gnp",
    "two\nlines\n[[target]]\ngroup = \"injected\"",
    "\"quoted\" \\ back",
    "LIC *",
    "5a1e5000-0000-4000-8000-00000000000a",
    " spaces ",
    "Twin",
    "twin",
];

fn hostile(licensed: bool) -> Directory {
    let mut tenant = TenantBuilder::new("Evil\n[tenant]\u{1b}[2J", "evil.example").product("SPE_E3", 100);
    for name in HOSTILE {
        tenant = tenant.group(name);
        if licensed {
            tenant = tenant.grants("SPE_E3");
        }
    }
    for (number, name) in HOSTILE.iter().enumerate() {
        tenant =
            tenant.user(&format!("u{number}")).named("=cmd|' /C calc'!A0\u{202e}", "\u{7}x").in_group(name);
        if !licensed {
            tenant = tenant.direct("SPE_E3");
        }
    }
    tenant.build()
}

#[test]
fn hostile_names_do_nothing_anywhere() {
    let harmful =
        |text: &str| text.contains(|c: char| (c.is_control() && !"\r\n".contains(c)) || c == '\u{202e}');
    for licensed in [true, false] {
        let served = Served::new(hostile(licensed));
        let desk = Desk::new();
        for print in ["table", "json"] {
            let ran = served.run(&desk, "groups", &["--print", print, "--out", "out"]);
            assert!(!harmful(&ran.stdout) && !harmful(&ran.stderr), "{}", ran.stdout);
        }
        let table = desk.text("out/groups-suitability.csv");
        assert!(!harmful(&table), "{table}");
        let mut rows = csv::Reader::from_reader(table.as_bytes());
        assert_eq!(rows.headers().unwrap().len(), 32);
        let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), HOSTILE.len());
        for cell in rows.iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '@']), "{cell}");
        }
        let ran = served.run(&desk, "init", &["--to", "new.toml"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let text = desk.text("new.toml");
        assert!(!harmful(&text), "{text}");
        let config = Config::parse("new.toml", &text).unwrap();
        assert_eq!(config.plan.targets.len(), if licensed { HOSTILE.len() } else { 0 }, "{text}");
        assert!(!text.lines().any(|line| line.trim() == "group = \"injected\""), "{text}");
    }
}

/// The groups that an audit judges, by id.
fn in_scope(result: &Value) -> Vec<String> {
    let groups = result["groups"].as_array().unwrap().iter();
    groups.map(|group| group["id"].as_str().unwrap().to_owned()).collect()
}

/// Audits without and with the file that `init` writes: the same groups are judged. Gives back the file and both
/// results.
fn before_and_after_init(tenant: Directory) -> (String, [Value; 2]) {
    let served = Served::new(tenant);
    let desk = Desk::new();
    served.run(&desk, "audit", &["--out", "before", "--print", "none"]);
    let ran = served.run(&desk, "init", &[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
    let text = desk.text("tollgate.toml");
    let config = Config::parse("tollgate.toml", &text).unwrap();
    assert_eq!(config.tenant.id.as_deref(), Some(served.server.tenant_id()));
    assert_eq!(config.tenant.graph_url.as_deref(), Some(&*served.server.graph_url()));
    // With the file alone: it says where the tenant is.
    let mut audit = desk.tollgate(&["audit", "--out", "after", "--print", "none", "--ca-file", "ca.pem"]);
    audit.env("AZURE_CLIENT_ID", served.server.client_id());
    audit.env("AZURE_CLIENT_SECRET", served.server.client_secret());
    crate::common::run(&mut audit);
    let results = ["before", "after"].map(|folder| desk.json(&format!("{folder}/result.json")));
    let [one, other] = &results;
    assert_eq!(in_scope(one), in_scope(other));
    (text, results)
}

/// Where every licensed group assigns both suites, nothing is demanded that the group does not assign.
fn assert_init_changes_no_verdict(tenant: Directory) {
    let (_, [before, after]) = before_and_after_init(tenant);
    let groups = after["groups"].as_array().unwrap();
    assert!(groups.iter().all(|group| group["target"] == true), "every one is a target");
    assert_eq!(before["verdict"], after["verdict"]);
    // What members lack of what their group hands out is said already; nothing new is demanded of them.
    for criterion in 1..4 {
        assert_eq!(codes(&before, criterion), codes(&after, criterion), "{criterion}");
    }
    assert!(codes(&after, 0).iter().all(|code| !code.starts_with('!')), "{:?}", codes(&after, 0));
}

#[test]
fn after_init_an_audit_judges_the_same_groups() {
    assert_init_changes_no_verdict(directory("lab"));
    assert_init_changes_no_verdict(
        sim::Tenant::Generated { users: 600, seed: 5, trouble: 1, licensed: None, teams: 20 }.directory(),
    );
    assert_init_changes_no_verdict(hostile(true));
    let (_, [_, after]) = before_and_after_init(directory("contoso"));
    let groups = after["groups"].as_array().unwrap();
    assert!(groups.iter().all(|group| group["target"] == true), "every one assigns a suite");
}

#[test]
fn init_takes_no_group_for_what_its_members_need_because_it_is_licensed() {
    let office = TenantBuilder::new("Office", "office.example")
        .product("ENTERPRISEPACK", 50)
        .product("VISIOCLIENT", 50)
        .group("Office")
        .grants("ENTERPRISEPACK")
        .group("Drawing")
        .grants("VISIOCLIENT")
        .user("ada")
        .in_group("Office")
        .in_group("Drawing")
        .build();
    let (text, [before, after]) = before_and_after_init(office);
    for result in [&before, &after] {
        assert_eq!(result["criteria"][0]["verdict"], "fail", "no group hands out both suites");
    }
    assert_eq!(codes(&after, 0), ["! missing-product", "- unplanned-licensed-group"]);
    // Who says that the members need no more gets that judged.
    let relaxed = text.replace("# require = [\"office365\"]", "require = [\"office365\"]");
    assert_ne!(relaxed, text);
    assert_eq!(Config::parse("tollgate.toml", &relaxed).unwrap().plan.targets.len(), 1);
}

#[test]
fn what_a_group_hands_out_is_what_its_target_requires() {
    let tenant = TenantBuilder::new("Mixed", "mixed.example")
        .product("SPE_E5", 50)
        .product("ENTERPRISEPACK", 50)
        .product("EMS", 50)
        .product("EMSPREMIUM", 50)
        .product("VISIOCLIENT", 50)
        .group("Both E5")
        .grants("SPE_E5")
        .group("Office")
        .grants("ENTERPRISEPACK")
        .group("Security")
        .grants("EMSPREMIUM")
        .group("Drawing")
        .grants("VISIOCLIENT")
        .group("Split")
        .grants("ENTERPRISEPACK")
        .grants("EMSPREMIUM")
        .build();
    let (text, _) = before_and_after_init(tenant);
    for lines in [
        "\n[[target]]\ngroup = \"Both E5\"\nedition = \"E5\"\n",
        "\n[[target]]\ngroup = \"Office\"\n# It does not assign EMS.",
        "remove the mark:\n# require = [\"office365\"]\n",
        "\n[[target]]\ngroup = \"Security\"\n# It does not assign Office 365.",
        "remove the mark:\n# require = [\"ems:E5\"]\n",
        "\n# [[target]]\n# group = \"Drawing\"\n# require = [\"VISIOCLIENT\"]\n",
        "\n[[target]]\ngroup = \"Split\"\nrequire = [\"office365\", \"ems:E5\"]\n",
    ] {
        assert!(text.contains(lines), "{lines}\n{text}");
    }
}

#[test]
fn proposals_become_targets_when_their_marks_are_removed() {
    let desk = Desk::new();
    desk.run(&["init", "--demo"]);
    let text = desk.text("tollgate.toml");
    let proposal = "# [[target]]\n# group = \"Warehouse Zuid\"\n";
    assert!(text.contains(proposal), "{text}");
    let names = ["hoekstra", "wiersma", "kramer"];
    assert!(names.iter().all(|name| !text.to_lowercase().contains(name)), "no person is named: {text}");
    desk.write("decided.toml", text.replace(proposal, &proposal.replace("# ", "")));
    let ran = desk.run(&["audit", "--demo", "--config", "decided.toml", "--out", "out", "--print", "none"]);
    assert_eq!(ran.code, 1);
    let found = crate::common::statements(&desk.json("out/result.json"));
    let unlicensed = found.iter().find(|found| found.code == "no-license-assigned").unwrap();
    assert_eq!(unlicensed.group.as_deref(), Some("Warehouse Zuid"));
}

#[test]
fn init_never_overwrites_and_reads_nothing_first() {
    let desk = Desk::new();
    desk.write("tollgate.toml", "# mine\n");
    let ran = desk.run(&["init", "--graph-url", "https://127.0.0.1:9/v1.0", "--tenant", "contoso.example"]);
    assert!(ran.advised(2).contains("--to"), "{}", ran.stderr);
    assert_eq!(desk.text("tollgate.toml"), "# mine\n");
    std::os::unix::fs::symlink("nowhere", desk.path("link.toml")).unwrap();
    desk.run(&["init", "--demo", "--to", "link.toml"]).advised(2);
    assert_eq!(desk.run(&["init", "--demo=lab", "--to", "other.toml", "--lang", "nl"]).code, 0);
    assert!(desk.text("other.toml").contains("Geschreven door"), "{}", desk.text("other.toml"));
}

#[test]
fn a_configuration_of_a_list_that_was_cut_off_says_so() {
    let served = Served::denying(directory("contoso"), &[Collection::Groups]);
    let desk = Desk::new();
    let ran = served.run(&desk, "init", &[]);
    assert_eq!(ran.code, 4, "{}", ran.stderr);
    assert!(desk.text("tollgate.toml").contains("# A list was not read to its end"));
    Config::parse("tollgate.toml", &desk.text("tollgate.toml")).unwrap();
}

#[test]
fn hidden_and_limited_members_are_told_apart() {
    let tenant = TenantBuilder::new("Shy", "shy.example")
        .product("SPE_E3", 50)
        .group("Hidden")
        .shows_members(MemberAccess::Hidden)
        .group("Refused")
        .shows_members(MemberAccess::Denied)
        .group("Open")
        .user("ada")
        .direct("SPE_E3")
        .in_group("Hidden")
        .in_group("Refused")
        .in_group("Open")
        .build();
    let served = Served::new(tenant);
    let ran = served.run(&Desk::new(), "groups", &["--print", "json"]);
    let page: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(reasons(&page, "Refused"), ["members-incomplete"]);
    assert_eq!(group(&page, "Refused")["class"], "unknown");
    assert_eq!(group(&page, "Open")["class"], "suitable");
    assert_ne!(group(&page, "Hidden")["class"], "suitable");
}
