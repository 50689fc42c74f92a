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
        ("Sales", "licensed"),
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
            V::Done | V::Before | V::Left | V::Paused | V::Direct => (Some("licensed"), Some("licensed")),
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
    let tenant = sim::Tenant::Generated { users: 1_000, seed: 3, trouble: 1, teams: 60 };
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
        assert_eq!(rows.headers().unwrap().len(), 29);
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
        sim::Tenant::Generated { users: 600, seed: 5, trouble: 1, teams: 20 }.directory(),
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
