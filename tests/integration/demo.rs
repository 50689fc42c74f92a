//! `audit --demo`: the planted faults are found, all of them and nothing else, and twice the same.

use tollgate::report::{Format, Table};
use tollgate::sim::{self, Planted, PlantedKind};

use crate::common::{Desk, REPORTS, Statement, statements};
use crate::redact::{lossy, parts_of};

fn expected(planted: &[Planted]) -> Vec<Statement> {
    let mut expected: Vec<Statement> = planted
        .iter()
        .map(|planted| Statement {
            criterion: planted.criterion.to_owned(),
            kind: match planted.kind {
                PlantedKind::Violation => "violation",
                PlantedKind::Advisory => "advisory",
                PlantedKind::Gap => "gap",
            }
            .to_owned(),
            code: planted.code.to_owned(),
            group: planted.group.map(str::to_owned),
            user: planted.user.map(str::to_owned),
            sku: planted.sku.map(str::to_owned),
        })
        .collect();
    expected.sort();
    expected
}

#[track_caller]
fn assert_same(found: &[Statement], expected: &[Statement]) {
    let missing: Vec<_> = expected.iter().filter(|statement| !found.contains(statement)).collect();
    let surplus: Vec<_> = found.iter().filter(|statement| !expected.contains(statement)).collect();
    assert!(missing.is_empty() && surplus.is_empty(), "missing: {missing:#?}\nsurplus: {surplus:#?}");
    assert_eq!(found.len(), expected.len(), "something is said twice");
}

#[test]
fn the_demo_fails_and_says_that_it_is_one() {
    let desk = Desk::new();
    let ran = desk.run(&["audit", "--demo"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("a simulated tenant"), "{}", ran.stderr);
    assert!(ran.stdout.contains("this tenant is simulated"), "{}", ran.stdout);
    assert!(desk.files().is_empty(), "nothing is written unless it is asked for: {:?}", desk.files());
}

#[test]
fn all_reports_are_written_and_only_their_owner_may_read_them() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["audit", "--demo", "--out", "deep/out", "--print", "none"]).code, 1);
    assert_eq!(desk.files(), REPORTS.map(|name| format!("deep/out/{name}")));
    for name in desk.files() {
        assert_eq!(desk.mode(&name), 0o600, "{name}");
    }
}

#[test]
fn each_format_leaves_the_others_out() {
    let desk = Desk::new();
    let mut together = Vec::new();
    for format in Format::ALL {
        desk.run(&["audit", "--demo", "--out", format.as_str(), "--format", format.as_str()]);
        together.extend(desk.contents(format.as_str()).into_keys());
    }
    together.sort();
    assert_eq!(together, REPORTS);
    assert_eq!(desk.contents("csv").len(), Table::ALL.len());
}

#[test]
fn an_audit_of_the_demo_reports_what_was_planted_and_nothing_else() {
    let desk = Desk::new();
    desk.run(&["audit", "--demo", "--out", "out"]);
    assert_same(&statements(&desk.json("out/result.json")), &expected(&sim::planted()));
}

#[test]
fn with_a_plan_it_reports_what_was_planted_for_that_plan() {
    let desk = Desk::new();
    desk.write("plan.toml", sim::demo_plan());
    assert_eq!(desk.run(&["audit", "--demo", "--config", "plan.toml", "--out", "out"]).code, 1);
    assert_same(&statements(&desk.json("out/result.json")), &expected(&sim::planted_with_plan()));
}

#[test]
fn a_configuration_in_the_folder_is_about_another_tenant_and_leaves_the_demo_alone() {
    let desk = Desk::new();
    desk.write("tollgate.toml", "[[target]]\ngroup = \"Nobody\"\n");
    desk.run(&["audit", "--demo", "--out", "out"]);
    assert_same(&statements(&desk.json("out/result.json")), &expected(&sim::planted()));
}

#[test]
fn every_violation_has_evidence_and_every_statement_a_remedy() {
    let desk = Desk::new();
    desk.write("plan.toml", sim::demo_plan());
    desk.run(&["audit", "--demo", "--config", "plan.toml", "--out", "out"]);
    for criterion in desk.json("out/result.json")["criteria"].as_array().unwrap() {
        for finding in criterion["findings"].as_array().unwrap() {
            let evidence = finding["evidence"].as_array().unwrap();
            assert!(!evidence.is_empty() || finding["severity"] != "violation", "{finding:#}");
            for fact in evidence {
                for field in ["object", "property", "readAt"] {
                    assert!(
                        fact[field].as_str().is_some_and(|text| !text.is_empty()),
                        "{field}: {finding:#}"
                    );
                }
                assert!(fact.get("seen").is_some() && fact.get("wanted").is_some(), "{finding:#}");
            }
        }
        let statements = [&criterion["findings"], &criterion["gaps"]].map(|list| list.as_array().unwrap());
        for statement in statements.into_iter().flatten() {
            for field in ["reason", "remedy"] {
                assert!(statement[field].as_str().is_some_and(|text| !text.is_empty()), "{statement:#}");
            }
        }
    }
}

#[test]
fn after_the_repair_every_criterion_passes() {
    let desk = Desk::new();
    let ran = desk.run(&["audit", "--demo=contoso-repaired", "--out", "out"]);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    let result = desk.json("out/result.json");
    assert_eq!(crate::common::verdicts(&result), ["pass"; 4]);
    let spoken = statements(&result);
    assert!(spoken.iter().all(|statement| statement.kind == "advisory"), "{spoken:#?}");
}

#[test]
fn the_demo_gives_the_same_bytes_every_time() {
    let arguments = ["audit", "--demo", "--out", "out", "--save", "demo.snap"];
    let [first, second] = [(); 2].map(|()| {
        let desk = Desk::new();
        let ran = desk.run(&arguments);
        (ran.stdout, ran.stderr, desk.contents("out"))
    });
    assert_eq!(first, second);
}

#[test]
fn what_is_printed_for_programs_and_pages_is_the_file_byte_for_byte() {
    for (print, file) in [("json", "out/result.json"), ("markdown", "out/report.md")] {
        let desk = Desk::new();
        let ran = desk.run(&["audit", "--demo", "--print", print, "--out", "out"]);
        assert_eq!((ran.code, ran.stdout), (1, desk.text(file)), "{print}");
    }
}

#[test]
fn every_report_shows_what_is_left_out() {
    let desk = Desk::new();
    desk.write("plan.toml", "[scope]\nexclude-groups = [\"LIC New*\"]\nexclude-skus = [\"FLOW_FREE\"]\n");
    let audit = ["audit", "--demo", "--config", "plan.toml", "--out", "out"];
    let ran = desk.run(&audit);
    let quiet = desk.run(&[&audit[..], &["--quiet"]].concat());
    let files = desk.contents("out");
    let reports = ["result.json", "report.html", "report.md", "criteria.csv", "junit.xml", "result.sarif"];
    let mut texts: Vec<(&str, String)> =
        reports.into_iter().map(|name| (name, lossy(&files[name]))).collect();
    texts.extend([
        ("audit.xlsx", parts_of(&files["audit.xlsx"])),
        ("stdout", ran.stdout),
        ("quiet", quiet.stdout),
    ]);
    for (name, text) in texts {
        assert!(text.contains("LIC New*") && text.contains("FLOW_FREE"), "{name} does not say it");
    }
}

#[test]
fn quiet_without_a_report_says_nothing_at_all() {
    let desk = Desk::new();
    let ran = desk.run(&["audit", "--demo", "--print", "none", "--quiet"]);
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (1, "", ""));
}

#[test]
fn the_report_speaks_dutch_if_asked_and_its_words_for_programs_stay() {
    let desk = Desk::new();
    let ran = desk.run(&["audit", "--demo", "--lang", "nl", "--out", "nl"]);
    assert!(ran.stdout.contains("NIET VOLDAAN"), "{}", ran.stdout);
    desk.run(&["audit", "--demo", "--out", "en"]);
    let [dutch, english] = ["nl", "en"].map(|folder| desk.json(&format!("{folder}/result.json")));
    assert_eq!(statements(&dutch), statements(&english));
    assert_ne!(dutch["criteria"][2]["reason"], english["criteria"][2]["reason"]);
}

#[test]
fn the_language_of_the_system_is_for_the_terminal_and_files_stay_english() {
    let desk = Desk::new();
    let mut command = desk.tollgate(&["audit", "--demo", "--out", "out"]);
    let ran = crate::common::run(command.env("LANG", "nl_NL.UTF-8"));
    assert!(ran.stdout.contains("NIET VOLDAAN"), "{}", ran.stdout);
    desk.run(&["audit", "--demo", "--out", "english"]);
    assert_eq!(desk.contents("out"), desk.contents("english"));
}

#[test]
fn an_unknown_demo_is_refused_with_the_list() {
    let desk = Desk::new();
    let ran = desk.run(&["audit", "--demo=fabrikam", "--out", "out"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    for name in sim::Tenant::names() {
        assert!(ran.stderr.contains(name), "{name} is not in: {}", ran.stderr);
    }
    assert!(desk.files().is_empty());
}

#[test]
fn the_exit_code_of_every_simulated_tenant_is_that_of_its_verdict() {
    for name in sim::Tenant::names() {
        let desk = Desk::new();
        let ran = desk.run(&["audit", &format!("--demo={name}"), "--print", "none", "--out", "out"]);
        let verdict = desk.json("out/result.json")["verdict"].as_str().unwrap().to_owned();
        let code = match verdict.as_str() {
            "pass" => 0,
            "fail" => 1,
            "inconclusive" => 4,
            other => panic!("{name}: {other}"),
        };
        assert_eq!(ran.code, code, "{name}: {verdict}");
    }
}
