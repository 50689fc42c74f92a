//! `junit.xml` and `result.sarif`: what pipelines make of an audit.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use serde_json::{Value, json};

use super::{E3, Objects, PLAN, audit, entry, tenants, troubled};
use crate::pack::Pack;
use crate::report::{self, Language, Texts};
use crate::rules::Audit;
use crate::verdict::{Verdict, page};

fn junit_text(audit: &Audit<'_>, language: Language) -> String {
    let mut out = Vec::new();
    report::junit::write(audit, Pack::built_in(), &Texts::new(language), &mut out).expect("memory");
    String::from_utf8(out).expect("UTF-8")
}

fn junit(audit: &Audit<'_>) -> Report {
    Report::deserialize_from_str(&junit_text(audit, Language::En)).expect("a report")
}

fn sarif_text(audit: &Audit<'_>, language: Language) -> String {
    let mut out = Vec::new();
    report::sarif::write(audit, Pack::built_in(), &Texts::new(language), &mut out).expect("memory");
    String::from_utf8(out).expect("UTF-8")
}

fn sarif(audit: &Audit<'_>) -> Value {
    serde_json::from_str(&sarif_text(audit, Language::En)).expect("JSON")
}

fn failed(case: &TestCase) -> bool {
    matches!(case.status, TestCaseStatus::NonSuccess { kind: NonSuccessKind::Failure, .. })
}

fn find<'a>(suite: &'a TestSuite, name: &str) -> &'a TestCase {
    let found = suite.test_cases.iter().find(|case| case.name.as_str().starts_with(name));
    found.unwrap_or_else(|| panic!("no case {name} in {:#?}", suite.test_cases))
}

#[test]
fn a_suite_has_the_verdict_of_its_criterion() {
    for (tenant, plan) in tenants() {
        let audit = audit(&tenant, plan);
        for (suite, judgement) in junit(&audit).test_suites.iter().zip(&audit.judgements) {
            let counts = (suite.failures > 0, suite.errors > 0, suite.skipped > 0);
            let fits = match judgement.verdict {
                Verdict::Fail => counts.0,
                Verdict::Inconclusive => !counts.0 && counts.1,
                Verdict::Waived | Verdict::NotApplicable => !counts.0 && !counts.1 && counts.2,
                Verdict::Pass => !counts.0 && !counts.1,
            };
            assert!(fits, "{}: {:?} {counts:?}", judgement.criterion.as_str(), judgement.verdict);
        }
    }
}

#[test]
fn a_case_of_a_group_has_the_groups_verdict() {
    for (tenant, plan) in tenants() {
        let audit = audit(&tenant, plan);
        let report = junit(&audit);
        for (group, verdicts) in audit.groups() {
            let id = tenant.id_text(tenant.group(group).id.0).into_owned();
            for (suite, (_, verdict)) in report.test_suites.iter().zip(verdicts) {
                let case = suite.test_cases.iter().find(|case| case.name.as_str().contains(&id));
                let found = match &case.expect("a case per group").status {
                    TestCaseStatus::Success { .. } => Verdict::Pass,
                    TestCaseStatus::NonSuccess { kind: NonSuccessKind::Failure, .. } => Verdict::Fail,
                    TestCaseStatus::NonSuccess { .. } => Verdict::Inconclusive,
                    TestCaseStatus::Skipped { ty, .. } => match ty.as_deref() {
                        Some("waived") => Verdict::Waived,
                        _ => Verdict::NotApplicable,
                    },
                };
                assert_eq!(found, verdict, "{}: {id}", suite.name.as_str());
            }
        }
    }
}

#[test]
fn every_finding_and_gap_is_said_in_a_case_with_what_to_do() {
    for (tenant, plan) in tenants() {
        let audit = audit(&tenant, plan);
        for (suite, judgement) in junit(&audit).test_suites.iter().zip(&audit.judgements) {
            let said: String = suite
                .test_cases
                .iter()
                .flat_map(|case| {
                    let description = match &case.status {
                        TestCaseStatus::NonSuccess { description, .. }
                        | TestCaseStatus::Skipped { description, .. } => description.as_ref(),
                        TestCaseStatus::Success { .. } => None,
                    };
                    [description, case.system_out.as_ref()]
                })
                .flatten()
                .fold(String::new(), |said, text| said + text.as_str() + "\n");
            let findings = judgement.findings.iter();
            let statements = findings.map(|finding| (finding.code, &finding.subject, &finding.message));
            let gaps = judgement.gaps.iter().map(|gap| (gap.code, &gap.subject, &gap.message));
            let texts = Texts::new(Language::En);
            for (code, subject, message) in statements.chain(gaps) {
                let clean: report::text::Clean = |_, text| report::line(text).into();
                let say = |attribute| {
                    texts.sentence(&tenant, judgement.criterion, subject, message, attribute, clean)
                };
                assert!(said.contains(&format!("{}: {}", code.as_str(), say(None))), "{}: {said}", say(None));
                assert!(said.contains(&format!("What to do: {}", say(Some("remedy")))), "{said}");
            }
        }
    }
}

#[test]
fn cases_are_named_so_that_they_stay_the_same_and_apart() {
    for (tenant, plan) in tenants() {
        for suite in junit(&audit(&tenant, plan)).test_suites {
            let names: BTreeSet<_> = suite.test_cases.iter().map(|case| case.name.as_str()).collect();
            assert_eq!(names.len(), suite.test_cases.len());
            assert!(names.contains("tenant"));
        }
    }
}

#[test]
fn the_troubled_tenant_fails_where_it_is_troubled() {
    let tenant = troubled();
    let report = junit(&audit(&tenant, PLAN));
    let [configured, guests, seats, members] = &report.test_suites[..] else { panic!("four suites") };
    assert!(failed(find(configured, "Sails*")) && failed(find(configured, "Old (")));
    let TestCaseStatus::Skipped { ty, message, .. } = &find(guests, "Partners").status else {
        panic!("not waived: {:#?}", find(guests, "Partners"));
    };
    assert_eq!(ty.as_ref().expect("a type").as_str(), "waived");
    let message = message.as_ref().expect("a message").as_str();
    assert!(message.contains("identity team") && message.contains("contract 2026-114"), "{message}");
    let TestCaseStatus::NonSuccess { ty, message, .. } = &find(seats, "tenant").status else {
        panic!("seats are short");
    };
    assert_eq!(ty.as_ref().expect("a type").as_str(), "demand-exceeds-seats");
    assert!(message.as_ref().expect("a message").as_str().contains("Office 365 E3"));
    assert!(failed(find(seats, "Sales (")));
    assert!(failed(find(members, "Sales (")));
    let out = find(configured, "Partners").system_out.as_ref().expect("advisories").as_str();
    assert!(out.starts_with("Advisories\nunplanned-licensed-group: "), "{out}");
}

#[test]
fn much_is_told_in_part_with_where_the_rest_is() {
    let mut objects = Objects::default().seats(E3, "ENTERPRISEPACK", 500, 0, 0);
    for number in 1000..1150 {
        objects = objects.user(number, "Somebody", json!([]));
    }
    let members: Vec<u32> = (1000..1150).collect();
    let tenant = objects.group(10, "Sales", &[E3]).members(&members).tenant();
    let audit = audit(&tenant, "");
    let report = junit(&audit);
    let TestCaseStatus::NonSuccess { description, .. } = &find(&report.test_suites[3], "Sales").status else {
        panic!("nobody has a license");
    };
    let text = description.as_ref().expect("a list").as_str();
    assert_eq!(text.lines().filter(|line| line.starts_with("not-licensed-without-error: ")).count(), 100);
    assert!(text.ends_with("\n50 more are in findings.csv."), "{text}");
}

#[test]
fn hostile_names_do_no_harm_in_a_pipeline() {
    let name =
        "\u{1b}[31m]]><system-out/>&\"' [x](https://evil.example) {0} \\ \u{202e}\u{ffff}\u{fffe}\n\t\u{0}";
    let tenant = Objects::default()
        .seats(E3, name, 1, 0, 1)
        .user(101, name, json!([entry(E3, Some(10), "Error", name)]))
        .last_user("userPrincipalName", name)
        .group(10, name, &[E3])
        .members(&[101])
        .tenant();
    let audit = audit(&tenant, "");
    for language in Language::ALL {
        let text = junit_text(&audit, language);
        assert!(!text.contains(|character: char| crate::clean::is_harmful(character) && character != '\n'));
        let report = Report::deserialize_from_str(&text).expect("a report");
        let shown = "[31m]]><system-out/>&\"' [x](https://evil.example) {0} \\";
        find(&report.test_suites[3], shown);

        let text = sarif_text(&audit, language);
        assert!(!text.contains(|character: char| crate::clean::is_harmful(character) && character != '\n'));
        let log: Value = serde_json::from_str(&text).expect("JSON");
        let errors = log["runs"][0]["results"].as_array().expect("results");
        let error =
            errors.iter().find(|result| result["ruleId"] == "members-fully-licensed/assignment-error");
        let message = error.expect("the error")["message"]["text"].as_str().expect("a text").to_owned();
        assert!(message.contains(r"\[x\](https://evil.example) {{0}} \\"), "{message}");
        assert_eq!(error.expect("the error")["locations"][0]["logicalLocations"][1]["kind"], "user");
    }
}

#[test]
fn both_are_the_same_every_time() {
    let write = || {
        let tenant = troubled();
        let audit = audit(&tenant, PLAN);
        (junit_text(&audit, Language::Nl), sarif_text(&audit, Language::Nl))
    };
    let (junit, sarif) = write();
    assert_eq!((junit.clone(), sarif.clone()), write());
    assert!(junit.contains("timestamp=\"2026-11-22T09:00:00Z\""), "the clock of the audit");
    assert!(junit.contains("Wat te doen: ") && sarif.contains("Wat te doen: "));
}

#[test]
fn every_finding_and_gap_is_a_result_of_a_rule_with_help() {
    for (tenant, plan) in tenants() {
        let audit = audit(&tenant, plan);
        let log = sarif(&audit);
        let run = &log["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
        let results = run["results"].as_array().expect("results");
        let said = |judgement: &crate::verdict::Judgement| judgement.findings.len() + judgement.gaps.len();
        assert_eq!(results.len(), audit.judgements.iter().map(said).sum::<usize>());
        for result in results {
            let rule =
                &rules[usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small")];
            assert_eq!(rule["id"], result["ruleId"]);
            assert!(!result["message"]["text"].as_str().expect("a text").is_empty());
            let waived = result.get("suppressions").is_some();
            let level = match (result["properties"]["severity"].as_str(), waived) {
                (Some("violation"), _) => "error",
                (Some("gap"), false) => "warning",
                (Some("advisory"), false) => "note",
                other => panic!("{other:?}"),
            };
            assert_eq!(result["level"], level);
        }
        for rule in rules {
            for text in [&rule["shortDescription"]["text"], &rule["help"]["text"], &rule["help"]["markdown"]]
            {
                assert!(text.as_str().is_some_and(|text| text.len() > 20), "{rule:#}");
            }
        }
    }
}

#[test]
fn the_help_is_that_of_the_documentation() {
    let log = sarif(&audit(&troubled(), ""));
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules").clone();
    let documented: usize =
        crate::verdict::CriterionId::ALL.into_iter().map(|criterion| page::codes(criterion).count()).sum();
    assert_eq!(rules.len(), documented);
    let rule = rules.iter().find(|rule| rule["id"] == "enough-seats/seats-exhausted").expect("a rule");
    assert_eq!(
        rule["shortDescription"]["text"],
        "More members are waiting for the product than there are free seats."
    );
    let help = rule["help"]["text"].as_str().expect("a text");
    assert!(help.contains("What to do: Buy seats") && !help.contains('*'), "{help}");
    assert_eq!(rule["defaultConfiguration"]["level"], "error");
}

#[test]
fn results_keep_their_fingerprints_while_figures_and_names_change() {
    let fingerprints = |consumed: i64, name: &str| {
        let tenant = Objects::default()
            .seats(E3, "ENTERPRISEPACK", 1, 0, consumed)
            .user(101, name, json!([]))
            .user(102, "Ben", json!([]))
            .group(10, name, &[E3])
            .members(&[101, 102])
            .tenant();
        let log = sarif(&audit(&tenant, "[[target]]\ngroup = '5a1e5000-0000-4000-8000-000000000010'"));
        let results = log["runs"][0]["results"].as_array().expect("results").clone();
        let fingerprint = |result: &Value| {
            result["partialFingerprints"]["primaryLocationLineHash"].as_str().map(str::to_owned)
        };
        results.iter().map(|result| fingerprint(result).expect("a text")).collect::<Vec<_>>()
    };
    let first = fingerprints(2, "Ada");
    assert_eq!(first, fingerprints(3, "Ida"));
    assert_eq!(first.iter().collect::<BTreeSet<_>>().len(), first.len(), "each is one of its own: {first:?}");
}

#[test]
fn no_more_results_are_written_than_code_scanning_takes_and_the_run_says_so() {
    let mut objects = Objects::default().seats(E3, "ENTERPRISEPACK", 99_999, 0, 0);
    let members: Vec<u32> = (1_000..26_100).collect();
    for number in &members {
        objects = objects.user(*number, "Somebody", json!([]));
    }
    let tenant = objects.group(10, "Sales", &[E3]).members(&members).tenant();
    let log = sarif(&audit(&tenant, ""));
    let run = &log["runs"][0];
    assert_eq!(run["results"].as_array().expect("results").len(), report::sarif::RESULTS);
    let said = run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].as_str();
    assert!(said.is_some_and(|said| said.ends_with("more are in findings.csv.")), "{said:?}");
    assert_eq!(run["results"][0]["level"], "error");
    assert!(
        sarif(&audit(&troubled(), PLAN))["runs"][0]["invocations"][0]
            .get("toolExecutionNotifications")
            .is_none()
    );
}

/// The folder with the official schemas, which are other people's and not in this repository.
fn schema(name: &str) -> PathBuf {
    let folder = std::env::var_os("TOLLGATE_SCHEMAS").expect("TOLLGATE_SCHEMAS names the folder (.ci/run)");
    PathBuf::from(folder).join(name)
}

#[test]
#[ignore = "needs sarif-schema-2.1.0.json in the folder TOLLGATE_SCHEMAS"]
fn sarif_is_valid_against_the_official_schema() {
    let text = std::fs::read_to_string(schema("sarif-schema-2.1.0.json")).expect("the schema");
    // A bracket too many in a pattern of the schema; the validator insists on good patterns.
    let schema: Value = serde_json::from_str(&text.replace("{2}]?$", "{2}$")).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a JSON Schema");
    for (tenant, plan) in tenants() {
        let log = sarif(&audit(&tenant, plan));
        let errors: Vec<String> =
            validator.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        let mut wrong = log.clone();
        wrong["runs"][0]["tool"]["driver"]["rules"][0]["helpUri"] = json!(7);
        assert!(!validator.is_valid(&wrong), "the schema notices what is wrong");
    }
}

#[test]
#[ignore = "needs xmllint, and junit-10.xsd in the folder TOLLGATE_SCHEMAS"]
fn junit_is_valid_against_the_schema_of_jenkins() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("junit.xml");
    let validate = |text: &str| {
        std::fs::write(&file, text).expect("a file");
        let mut xmllint = Command::new("xmllint");
        xmllint.args(["--nonet", "--noout", "--schema"]).arg(schema("junit-10.xsd")).arg(&file);
        xmllint.output().expect("xmllint is installed")
    };
    for (tenant, plan) in tenants() {
        for language in Language::ALL {
            let text = junit_text(&audit(&tenant, plan), language);
            let output = validate(&text);
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            assert!(!validate(&text.replace("<testcase ", "<case ")).status.success());
        }
    }
}
