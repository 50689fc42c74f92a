//! The command line itself: help, the list of rules, explanations, and that documentation and code agree.

use std::collections::BTreeSet;

use tollgate::pack::Pack;
use tollgate::verdict::{Code, CriterionId, page};

use crate::common::Desk;

fn help(command: &[&str]) -> String {
    let ran = Desk::new().run(&[command, &["--help"]].concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    ran.stdout
}

#[test]
fn help_lists_the_commands_and_the_exit_codes() {
    let text = help(&[]);
    for word in [
        "audit",
        "scan",
        "groups",
        "init",
        "rules",
        "explain",
        "simulate",
        "Exit codes",
        "130",
        "AZURE_CLIENT_SECRET",
    ] {
        assert!(text.contains(word), "{word}: {text}");
    }
}

#[test]
fn help_of_each_command_mentions_its_options() {
    const SOURCE: [&str; 10] = [
        "--config",
        "--tenant",
        "--cloud",
        "--graph-url",
        "--authority-url",
        "--scope",
        "--ca-file",
        "--auth",
        "--snapshot",
        "--demo",
    ];
    const TALK: [&str; 3] = ["--quiet", "--verbose", "--no-progress"];
    const AUDIT: [&str; 8] =
        ["--save", "--pack", "--out", "--format", "--print", "--lang", "--csv", "--as-of"];
    let expected: [(&str, Vec<&str>); 7] = [
        ("init", [&SOURCE[..], &["--to", "--match", "--lang"], &TALK].concat()),
        (
            "groups",
            [&SOURCE[..], &["--match", "--members", "--save", "--out", "--print", "--lang", "--csv"], &TALK]
                .concat(),
        ),
        ("audit", [&SOURCE[..], &AUDIT, &TALK].concat()),
        ("scan", [&SOURCE[..], &["--save", "--members"], &TALK].concat()),
        ("rules", vec!["--permissions"]),
        ("explain", [&SOURCE[..], &["CRITERION | CODE | USER | GROUP", "--lang"], &TALK].concat()),
        (
            "simulate",
            vec![
                "--tenant",
                "--users",
                "--seed",
                "--teams",
                "--listen",
                "--plain-http",
                "--public-url",
                "--ca-out",
                "--latency",
                "--units",
            ],
        ),
    ];
    for (command, options) in expected {
        let text = help(&[command]);
        for option in options {
            assert!(text.contains(option), "{command} {option}: {text}");
        }
        assert!(text.lines().all(|line| line.chars().count() <= 100), "{command}: a line is too long");
        let short = Desk::new().run(&[command, "-h"]);
        assert_eq!(short.code, 0);
    }
}

/// A release build also tells the commit; what else there is must look like one.
#[test]
fn the_version_is_that_of_the_package() {
    let ran = Desk::new().run(&["--version"]);
    let version = ran.stdout.strip_prefix(concat!("tollgate ", env!("CARGO_PKG_VERSION"))).unwrap();
    let commit = version.trim_end().trim_start_matches(" (").trim_end_matches(')');
    assert!(commit.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{version}");
}

#[test]
fn every_shell_gets_completions_for_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = Desk::new().run(&["completions", shell]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{shell}");
        for word in ["audit", "simulate", "--snapshot", "--graph-url"] {
            let word = if shell == "fish" { word.trim_start_matches("--") } else { word };
            assert!(ran.stdout.contains(word), "{shell}: {word}");
        }
    }
    assert!(Desk::new().run(&["completions", "tcsh"]).refused(2).contains("elvish"));
}

#[test]
fn there_is_a_manual_page_for_every_command() {
    let desk = Desk::new();
    let ran = desk.run(&["man"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(ran.stdout.starts_with(".ie") || ran.stdout.starts_with(".TH"), "{}", ran.stdout);
    assert_eq!(desk.run(&["man", "--out", "share/man1"]).code, 0);
    let pages = desk.files();
    for command in ["tollgate", "tollgate-audit", "tollgate-scan", "tollgate-doctor", "tollgate-man"] {
        assert!(pages.contains(&format!("share/man1/{command}.1")), "{command}: {pages:?}");
    }
    assert!(desk.text("share/man1/tollgate-audit.1").contains("junit"));
    desk.write("file", "");
    desk.run(&["man", "--out", "file"]).refused(2);
}

#[test]
fn a_command_that_there_is_not_is_refused_with_usage() {
    for arguments in [&["audti"][..], &["audit", "--outt", "x"], &[], &["audit", "--print", "xml"]] {
        let ran = Desk::new().run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.stderr.contains("Usage") || ran.stderr.contains("--help"), "{}", ran.stderr);
    }
}

#[test]
fn options_that_contradict_each_other_are_refused() {
    for arguments in [
        &["audit", "--demo", "--snapshot", "x"][..],
        &["audit", "--demo", "--graph-url", "https://graph.example/v1.0"],
        &["audit", "--snapshot", "x", "--save", "y"],
        &["audit", "--snapshot", "x", "--tenant", "contoso.example"],
        &["audit", "--demo", "--format", "csv"],
        &["audit", "--demo", "-v", "--quiet"],
    ] {
        let ran = Desk::new().run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{arguments:?}: {}", ran.stderr);
    }
}

#[test]
fn values_that_no_option_takes_are_refused_with_what_it_takes() {
    for (arguments, wanted) in [
        (&["audit", "--demo", "--lang", "fr"][..], "nl"),
        (&["audit", "--demo", "--out", "x", "--format", "xls"], "csv"),
        (&["audit", "--demo", "--csv", "tabs"], "rfc4180"),
        (&["audit", "--demo", "--as-of", "yesterday"], "2027-03-31"),
        (&["audit", "--demo", "--as-of", "2027-03-31T23:30:00"], "2027-03-31T12:00:00Z"),
        (&["audit", "--demo", "--as-of", "2027-03-31 23:30"], "2027-03-31T12:00:00Z"),
        (&["audit", "--demo", "--csv", "excel"], "--out"),
        (&["simulate", "--listen", "0.0.0.0:0"], "--public-url"),
        (&["init", "--demo", "--to", "nowhere/new.toml"], "there is no folder nowhere"),
        (&["audit", "--cloud", "gcc"], "us-gov-dod"),
        (&["audit", "--auth", "password"], "secret"),
    ] {
        let desk = Desk::new();
        let ran = desk.run(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.stderr.contains(wanted), "{arguments:?}: {}", ran.stderr);
        assert!(desk.files().is_empty());
    }
}

#[test]
fn rules_lists_every_criterion_with_its_codes() {
    let ran = Desk::new().run(&["rules"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    for criterion in CriterionId::ALL {
        assert!(ran.stdout.contains(page::title(criterion)), "{}", criterion.as_str());
    }
    for line in [["violation", "seats-exhausted"], ["advisory", "unused-seats"], ["gap", "seats-unreadable"]]
    {
        let known = ran.stdout.lines().any(|known| known.split_whitespace().eq(line));
        assert!(known, "{line:?}: {}", ran.stdout);
    }
}

#[test]
fn the_permissions_that_rules_names_are_those_of_the_documentation() {
    let ran = Desk::new().run(&["rules", "--permissions"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let page = include_str!("../../docs/permissions.md");
    for name in ["Organization.Read.All", "GroupMember.Read.All", "User.Read.All", "Member.Read.Hidden"] {
        assert!(ran.stdout.contains(name) && page.contains(name), "{name}");
    }
    for criterion in CriterionId::ALL {
        assert!(ran.stdout.contains(criterion.as_str()), "{}", criterion.as_str());
    }
}

#[test]
fn a_code_is_explained_with_what_to_do() {
    let ran = Desk::new().run(&["explain", "seats-exhausted"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    for text in ["seats-exhausted (enough-seats)", "violation", "What to do:", "Buy seats"] {
        assert!(ran.stdout.contains(text), "{text}: {}", ran.stdout);
    }
    assert!(!ran.stdout.contains("demand-exceeds-seats"), "the next code is not part of it: {}", ran.stdout);
}

#[test]
fn a_code_of_several_criteria_is_explained_for_each() {
    let ran = Desk::new().run(&["explain", "missing-product"]);
    let first = ran.stdout.find("missing-product (groups-configured)");
    let second = ran.stdout.find("missing-product (members-fully-licensed)");
    assert!(first.is_some() && first < second, "{}", ran.stdout);
}

#[test]
fn a_criterion_is_explained_by_its_whole_page() {
    for criterion in CriterionId::ALL {
        let ran = Desk::new().run(&["explain", criterion.as_str()]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        for heading in ["What it checks", "Why it matters", "How it is judged", "Limits", "Codes"] {
            assert!(ran.stdout.lines().any(|line| line == heading), "{heading}: {}", ran.stdout);
        }
        let marked = |line: &str| line.starts_with('#') || line.contains("**") || line.contains('`');
        assert!(!ran.stdout.lines().any(marked), "{}", ran.stdout);
    }
}

#[test]
fn nonsense_is_not_explained_and_the_nearest_name_is_told() {
    let desk = Desk::new();
    assert!(desk.run(&["explain", "seats-exausted"]).advised(2).contains("`seats-exhausted`"));
    assert!(desk.run(&["explain", "enough-seat"]).advised(2).contains("`enough-seats`"));
    assert!(desk.run(&["explain", "nonsense"]).advised(2).contains("tollgate rules"));
    let hostile = desk.run(&["explain", "\u{1b}[31mred\u{202e}"]);
    assert!(!hostile.advised(2).contains(['\u{1b}', '\u{202e}']), "{:?}", hostile.stderr);
}

/// Gaps of design section 4, per criterion: what could not be read and decides.
#[test]
fn every_page_documents_the_codes_of_the_pack_and_the_gaps() {
    for criterion in CriterionId::ALL {
        let documented: BTreeSet<(&str, &str)> =
            page::codes(criterion).map(|(code, word)| (code.as_str(), word)).collect();
        let pack = Pack::built_in().criterion(criterion);
        let in_pack: BTreeSet<(&str, &str)> =
            pack.codes().map(|(code, severity)| (code.as_str(), severity.as_str())).collect();
        let gaps: BTreeSet<(&str, &str)> =
            documented.iter().copied().filter(|(_, word)| *word == "gap").collect();
        assert_eq!(documented, in_pack.union(&gaps).copied().collect(), "{}", criterion.as_str());
        assert!(in_pack.is_disjoint(&gaps));
        let expected: &[&str] = match criterion {
            CriterionId::GroupsConfigured => &[
                "group-kind-unknown",
                "group-licenses-unreadable",
                "license-pending",
                "license-states-missing",
                "limited-information",
                "members-incomplete",
                "members-not-in-snapshot",
                "membership-hidden",
                "membership-not-settled",
                "sku-plans-missing",
                "users-incomplete",
            ],
            CriterionId::NoB2bGroupsLicensed => &[
                "group-licenses-unreadable",
                "limited-information",
                "members-incomplete",
                "members-not-in-snapshot",
                "membership-hidden",
                "membership-not-settled",
                "users-incomplete",
            ],
            CriterionId::EnoughSeats => &[
                "group-licenses-unreadable",
                "license-states-missing",
                "limited-information",
                "members-incomplete",
                "members-not-in-snapshot",
                "membership-hidden",
                "seat-counters-missing",
                "seats-unreadable",
                "sku-unreadable",
                "users-incomplete",
            ],
            CriterionId::MembersFullyLicensed => &[
                "group-licenses-unreadable",
                "license-pending",
                "license-states-missing",
                "limited-information",
                "members-incomplete",
                "members-not-in-snapshot",
                "membership-hidden",
                "membership-not-settled",
                "seat-counters-missing",
                "seats-unreadable",
                "sku-plans-missing",
                "sku-unreadable",
                "users-incomplete",
            ],
        };
        let gaps: Vec<&str> = gaps.iter().map(|(code, _)| *code).collect();
        assert_eq!(gaps, expected, "{}", criterion.as_str());
    }
}

#[test]
fn every_code_that_there_is_can_be_explained() {
    let said: BTreeSet<Code> =
        CriterionId::ALL.into_iter().flat_map(page::codes).map(|(code, _)| code).collect();
    let all: BTreeSet<Code> = Code::ALL.iter().copied().collect();
    assert_eq!(said, all);
    for code in Code::ALL {
        let ran = Desk::new().run(&["explain", code.as_str()]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{}", code.as_str());
        assert!(ran.stdout.contains("What to do:"), "{}", ran.stdout);
    }
}
