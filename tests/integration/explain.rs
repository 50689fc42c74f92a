//! `tollgate explain USER | GROUP` over the real program.

use tollgate::sim::TenantBuilder;

use crate::common::{Desk, Ran, Served, directory, run};

fn explain(arguments: &[&str]) -> Ran {
    Desk::new().run(&[&["explain", "--demo"], arguments].concat())
}

/// Each thing to say once, in both languages, of ten people and five groups of the demo.
#[test]
fn ten_people_and_five_groups_of_the_demo_are_explained() {
    for (name, says) in [
        (
            "maud.terpstra@contoso.example",
            &["Error (CountViolation)", "x assignment-error", "seats-exhausted"][..],
        ),
        (
            "jerome.lacroix@contoso.example",
            &["Office 365 E1, assigned directly: Active", "MutuallyExclusiveViolation"],
        ),
        ("femke.zijlstra@contoso.example", &["None, from no source.", "x not-licensed-without-error"]),
        ("sjoerd.postma@contoso.example", &["of which the account is not a member", "x license-left-behind"]),
        (
            "ruud.hoekstra@contoso.example",
            &["only through the nested group Warehouse Zuid", "x member-through-nested-group"],
        ),
        ("ingrid.sandvik@contoso.example", &["- direct-and-inherited", "Nothing is wrong here"]),
        ("cornelis.boersma@contoso.example", &["blocked from signing in", "- disabled-account-holds-seat"]),
        ("amelie.girard@contoso.example", &["no usage location", "- usage-location-missing"]),
        (
            "pavel.horak@contoso.example",
            &["from a group that is gone", "EMS: nothing of it", "- orphan-assignment"],
        ),
        ("nina.ostergaard@contoso.example", &["Not everything is known yet", "? license-pending"]),
        (
            "LIC Office 365 E3 + EMS E3",
            &["Enterprise Mobility + Security E3; 0 free", "x guest-in-licensed-group"],
        ),
        ("LIC Office 365 E3 only", &["Contains groups     Warehouse Zuid", "EMS: nothing of it"]),
        (
            "Warehouse Zuid",
            &["Nested in  LIC Office 365 E3 only", "Suitable.", "x nested-group-members-not-licensed"],
        ),
        ("Sales", &["Membership rule", "(paused)", "- membership-rule-paused"]),
        ("Finance", &["neither licensed nor a target", "Not suitable.", "Members  20 members"]),
    ] {
        let ran = explain(&[name, "--lang", "en"]);
        assert_eq!(ran.code, 0, "{name}: {}", ran.stderr);
        for text in says {
            assert!(ran.stdout.contains(text), "{name}: {text}\n{}", ran.stdout);
        }
        let dutch = explain(&[name, "--lang", "nl"]);
        assert!(dutch.stdout.contains("Kort gezegd: "), "{}", dutch.stdout);
        for line in ran.stdout.lines().chain(dutch.stdout.lines()) {
            assert!(
                line.chars().count() <= 100 && !line.contains("{$") && !line.contains("explain-"),
                "{line}"
            );
        }
    }
}

#[test]
fn every_violation_says_what_it_rests_on_when_it_was_read_and_what_would_make_it_pass() {
    let ran = explain(&["femke.zijlstra@contoso.example", "--lang", "en"]);
    let text = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "Rests on: femke.zijlstra@contoso.example: licenseAssignmentStates = nothing;",
        "Wanted: an Active entry from the group, without error.",
        "Read 2026-11-16 08:00:00 UTC.",
        "What would make it pass: Reprocess the user",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn an_object_is_found_by_id_principal_name_and_display_name_in_any_letter_case() {
    let ran = explain(&["FEMKE.ZIJLSTRA@contoso.example"]);
    let id = ran.stdout.split_whitespace().skip_while(|word| *word != "Id").nth(1).unwrap().to_owned();
    for name in [&*id.to_uppercase(), "femke zijlstra", " Femke Zijlstra "] {
        assert_eq!(explain(&[name]).stdout, ran.stdout, "{name}");
    }
}

#[test]
fn a_snapshot_says_the_same_as_the_tenant() {
    let desk = Desk::new();
    desk.run(&["scan", "--demo", "--members", "all", "--save", "kept.snap"]);
    let ran = desk.run(&["explain", "--snapshot", "kept.snap", "Finance", "--lang", "en"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert_eq!(ran.stdout, explain(&["Finance", "--lang", "en"]).stdout);
}

#[test]
fn an_unknown_object_is_refused_with_the_nearest_names() {
    let ran = explain(&["femke zijlstar"]);
    assert!(ran.advised(2).contains("`Femke Zijlstra`"), "{}", ran.stderr);
    let ran = explain(&["Warehouse Zud"]);
    assert!(ran.advised(2).contains("`Warehouse Zuid`"), "{}", ran.stderr);
    explain(&["00000000-0000-4000-8000-00000000ffff"]).advised(2);
    let ran = explain(&["\u{1b}[31m\u{202e}qqqq"]);
    assert!(!ran.advised(2).contains(['\u{1b}', '\u{202e}']), "{}", ran.stderr);
}

#[test]
fn a_name_of_several_is_refused_with_all_of_them() {
    let tenant = TenantBuilder::new("Twins", "twins.example")
        .product("SPE_E3", 5)
        .group("Ada Vos\u{1b}[31m")
        .group("Sales")
        .user("ada.one")
        .named("Ada", "Vos")
        .user("ada.two")
        .named("Ada", "Vos")
        .build();
    let served = Served::new(tenant);
    let ran = served.run(&Desk::new(), "explain", &["ada vos"]);
    let said = ran.advised(2);
    assert!(
        said.contains("the name of 2 objects") && said.contains("ada.one@") && said.contains("ada.two@"),
        "{said}"
    );
    let id = said.lines().find(|line| line.contains("ada.two@")).unwrap().split_whitespace().next().unwrap();
    assert_eq!(served.run(&Desk::new(), "explain", &[id]).code, 0);
}

#[test]
fn without_a_tenant_a_name_is_no_reason_to_look_for_one() {
    let desk = Desk::new();
    let ran = desk.run(&["explain", "femke.zijlstra@contoso.example"]);
    assert!(ran.advised(2).contains("--snapshot"), "{}", ran.stderr);
}

#[test]
fn a_slip_in_a_code_does_not_read_the_tenant_of_the_folder() {
    let tenant = || TenantBuilder::new("Codes", "codes.example").group("enough-seat").group("sales-team");
    let served = Served::new(tenant().build());
    let desk = Desk::new();
    desk.write("ca.pem", served.server.ca_pem());
    desk.write(
        "tollgate.toml",
        format!("[tenant]\ncloud = \"custom\"\ngraph-url = \"{}\"\n", served.server.graph_url()),
    );
    let explain = |arguments: &[&str]| {
        let mut command = desk.tollgate(&[&["explain", "--ca-file", "ca.pem"], arguments].concat());
        run(command.env("TOLLGATE_ACCESS_TOKEN", served.server.access_token()))
    };
    for (slip, meant) in [("enough-seat", "enough-seats"), ("seats-exahusted", "seats-exhausted")] {
        let ran = explain(&[slip]);
        let said = ran.advised(2);
        assert!(said.contains(&format!("did you mean `{meant}`?")) && said.contains("--config"), "{said}");
    }
    let dutch = explain(&["enough-seat", "--lang", "nl"]);
    assert!(dutch.code == 2 && dutch.stderr.contains("bedoelde u `enough-seats`?"), "{}", dutch.stderr);
    assert!(served.server.log().is_empty(), "{:?}", served.server.log());
    // What is not like a code is an object, and so is what is, where it is said of which tenant.
    for arguments in [&["sales-team"][..], &["enough-seat", "--config", "tollgate.toml"]] {
        let ran = explain(arguments);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(ran.stdout.starts_with(arguments[0]), "{}", ran.stdout);
    }
}

#[test]
fn a_group_in_the_recycle_bin_is_known_where_it_was_looked_for() {
    let desk = Desk::new();
    desk.write("plan.toml", "[[target]]\ngroup = \"LIC Office 365 E1\"\n");
    let ran = desk.run(&["explain", "--demo", "--config", "plan.toml", "LIC Office 365 E1", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("has been in the recycle bin since\n2026-11-02"), "{}", ran.stdout);
}

#[test]
fn a_waiver_and_a_target_are_part_of_the_answer() {
    let desk = Desk::new();
    desk.write(
        "plan.toml",
        "[[target]]\ngroup = \"LIC Microsoft 365 E3\"\n[[waiver]]\ncriterion = \"members-fully-licensed\"\n\
         user = \"femke.zijlstra@contoso.example\"\nreason = \"leaves soon\"\nowner = \"HR\"\nexpires = 2027-01-01\n",
    );
    let with =
        |name: &str| desk.run(&["explain", "--demo", "--config", "plan.toml", "--lang", "en", name]).stdout;
    let femke = with("femke.zijlstra@contoso.example");
    assert!(femke.contains("accepted by HR until 2027-01-01: leaves soon"), "{femke}");
    assert!(femke.contains("In short: What is wrong here is accepted by waivers."), "{femke}");
    let group = with("LIC Microsoft 365 E3");
    assert!(group.contains("requires Office 365 E3, EMS E3"), "{group}");
}

#[test]
fn hostile_names_do_nothing_in_an_explanation() {
    let tenant = TenantBuilder::new("Evil", "evil.example")
        .product("SPE_E3", 5)
        .group("red\u{1b}[31m\u{202e}\nx")
        .grants("SPE_E3")
        .user("eve")
        .named("Eve\u{1b}[2J", "\u{202e}x")
        .in_group("red\u{1b}[31m\u{202e}\nx")
        .build();
    let served = Served::new(tenant);
    for name in ["eve@evil.example", "red\u{1b}[31m\u{202e}\nx"] {
        let ran = served.run(&Desk::new(), "explain", &[name]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(!ran.stdout.contains(['\u{1b}', '\u{202e}']), "{}", ran.stdout);
    }
}

#[test]
fn what_was_not_read_is_said() {
    let served = Served::denying(directory("contoso"), &[tollgate::sim::Collection::Members]);
    let ran = served.run(&Desk::new(), "explain", &["Finance", "--lang", "en"]);
    assert!(
        ran.stdout.contains("Not known.") && ran.stdout.contains("GroupMember.Read.All"),
        "{}",
        ran.stdout
    );
}
