//! `result.json` and the tables: their shape, and what hostile names can do in them.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::atomic::AtomicBool;

use serde_json::{Value, json};

use super::{E3, EMS, Objects, PLAN, STRANGE_PLAN, audit, entry, id, strange, tenants, troubled};
use crate::pack::Pack;
use crate::report::{self, Dialect, Format, Language, Table, Texts};
use crate::rules::Audit;

static GO_ON: AtomicBool = AtomicBool::new(false);

pub(super) fn result(audit: &Audit<'_>) -> String {
    let mut out = Vec::new();
    report::json::write(audit, Pack::built_in(), &Texts::new(Language::En), &mut out).expect("memory");
    String::from_utf8(out).expect("UTF-8")
}

fn table(audit: &Audit<'_>, table: Table, dialect: Dialect) -> String {
    let mut out = Vec::new();
    let texts = Texts::new(Language::En);
    report::csv::write(table, audit, Pack::built_in(), &texts, dialect, &mut out).expect("memory");
    String::from_utf8(out).expect("UTF-8")
}

/// The rows of a table after the header, each by the names of its columns.
pub(super) fn rows(audit: &Audit<'_>, which: Table) -> Vec<std::collections::BTreeMap<String, String>> {
    let text = table(audit, which, Dialect::Rfc4180);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("a row of the header's length")).collect()
}

/// The published schema, and one that refuses fields which it does not name.
fn schemas() -> [jsonschema::Validator; 2] {
    fn close(schema: &mut Value) {
        match schema {
            Value::Object(object) => {
                if object.contains_key("properties") {
                    object.entry("additionalProperties").or_insert(Value::Bool(false));
                }
                object.values_mut().for_each(close);
            }
            Value::Array(items) => items.iter_mut().for_each(close),
            _ => {}
        }
    }
    let schema: Value =
        serde_json::from_str(include_str!("../../../reports/result.schema.json")).expect("JSON");
    jsonschema::meta::validate(&schema).expect("a JSON Schema");
    let mut closed = schema.clone();
    close(&mut closed);
    [schema, closed].map(|schema| jsonschema::validator_for(&schema).expect("a JSON Schema"))
}

#[test]
fn every_result_fits_its_schema() {
    let validators = schemas();
    for (tenant, plan) in tenants() {
        let audit = audit(&tenant, plan);
        let result: Value = serde_json::from_str(&result(&audit)).expect("JSON");
        for validator in &validators {
            let errors: Vec<String> = validator
                .iter_errors(&result)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert!(errors.is_empty(), "{errors:#?}");
        }
    }
}

#[test]
fn the_schema_notices_what_is_wrong() {
    let tenant = troubled();
    let audit = audit(&tenant, PLAN);
    let good: Value = serde_json::from_str(&result(&audit)).expect("JSON");
    let [open, closed] = schemas();
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut value = good.clone();
        change(&mut value);
        value
    };
    assert!(!open.is_valid(&changed(&|value| value["verdict"] = json!("maybe"))));
    assert!(!open.is_valid(&changed(&|value| value["asOf"] = json!("2026-11-22T09:00:00+01:00"))));
    assert!(!open.is_valid(&changed(&|value| value["criteria"][0]["findings"][0]["reason"] = Value::Null)));
    let more = changed(&|value| value["new"] = json!(1));
    assert!(open.is_valid(&more) && !closed.is_valid(&more));
}

#[test]
fn the_result_is_indented_ends_in_a_line_end_and_is_the_same_every_time() {
    let tenant = troubled();
    let first = result(&audit(&tenant, PLAN));
    assert!(
        first.starts_with(
            "{\n  \"schema\": \"tollgate/result/v1\",\n  \"tool\": {\n    \"name\": \"tollgate\","
        )
    );
    assert!(first.ends_with("}\n") && !first.ends_with("\n\n"));
    assert_eq!(first, result(&audit(&troubled(), PLAN)));
}

#[test]
fn the_result_has_its_fields_in_the_order_of_the_design() {
    let tenant = troubled();
    let text = result(&audit(&tenant, PLAN));
    let top: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("  \"").and_then(|line| line.split('"').next()))
        .collect();
    assert_eq!(
        top,
        [
            "schema", "tool", "tenant", "asOf", "level", "pack", "verdict", "criteria", "causes", "waivers",
            "excluded", "seats", "groups", "coverage", "scan", "redacted",
        ]
    );
    let of_finding: Vec<&str> = text
        .lines()
        .skip_while(|line| !line.contains("\"findings\": ["))
        .filter_map(|line| line.strip_prefix("          \"").and_then(|line| line.split('"').next()))
        .take(12)
        .collect();
    assert_eq!(
        of_finding,
        [
            "code",
            "severity",
            "waiver",
            "group",
            "user",
            "sku",
            "messageId",
            "args",
            "reason",
            "remedy",
            "folded",
            "evidence"
        ]
    );
}

#[test]
fn findings_carry_their_subject_waiver_values_and_what_is_folded() {
    let tenant = troubled();
    let result: Value = serde_json::from_str(&result(&audit(&tenant, PLAN))).expect("JSON");
    let findings = |criterion: usize| result["criteria"][criterion]["findings"].as_array().expect("a list");
    let find = |criterion: usize, code: &str| {
        findings(criterion).iter().find(|finding| finding["code"] == code).unwrap_or_else(|| panic!("{code}"))
    };
    assert_eq!(find(0, "target-not-found")["group"], json!({"id": null, "displayName": "Sails*"}));

    let guest = find(1, "guest-in-licensed-group");
    assert_eq!(guest["user"]["displayName"], "🦊 Фокс");
    assert_eq!(guest["waiver"]["owner"], "identity team");
    assert_eq!(guest["waiver"]["expires"], "2027-03-31");

    let seats = find(2, "seats-exhausted");
    assert_eq!(seats["sku"], json!({"id": E3, "partNumber": "ENTERPRISEPACK", "name": "Office 365 E3"}));
    assert_eq!(
        seats["args"],
        json!({"enabled": 0, "warning": 4, "consumed": 4, "capacity": 4, "free": 0, "demand": 7, "waiting": 3})
    );
    assert!(seats["evidence"].as_array().expect("a list").len() >= 3);

    let error = find(3, "assignment-error");
    let folded: Vec<(&str, &str)> = error["folded"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|folded| (folded["as"].as_str().expect("a word"), folded["code"].as_str().expect("a code")))
        .collect();
    assert_eq!(folded[0], ("companion", "assignment-error"));
    assert!(folded[1..].contains(&("missing", "missing-product")), "{folded:?}");
    let direct = findings(3)
        .iter()
        .find(|finding| {
            finding["code"] == "not-licensed-without-error" && finding["user"]["displayName"] == "Direct"
        })
        .expect("who has it directly");
    assert_eq!(direct["folded"][0]["as"], "advisory");
    assert_eq!(direct["folded"][0]["code"], "direct-only");
}

#[test]
fn unread_figures_are_null_and_ids_stand_as_received() {
    let upper = "5A1E5000-0000-4000-8000-0000000000AB";
    let mut objects = Objects::default().group(10, "Sales", &[E3]).members(&[]);
    objects.groups[0]["id"] = json!(upper);
    objects.members[0].2 = Some("broke off");
    let tenant = objects.tenant();
    let result: Value = serde_json::from_str(&result(&audit(&tenant, ""))).expect("JSON");
    let group = &result["groups"][0];
    assert_eq!(group["id"], upper);
    assert_eq!(group["members"], Value::Null);
    assert_eq!(group["licenses"], json!(["ENTERPRISEPACK"]));
    assert_eq!(group["verdicts"].as_object().expect("verdicts").len(), 4);
    let seats = &result["seats"][0];
    for counter in ["enabled", "warning", "suspended", "lockedOut", "consumed", "capacity", "free"] {
        assert_eq!(seats[counter], Value::Null, "{counter}");
    }
    assert_eq!(result["excluded"], json!({"groups": [], "skus": []}));
}

#[test]
fn the_ledger_the_scan_and_the_waivers_are_in_the_result() {
    let tenant = troubled();
    let result: Value = serde_json::from_str(&result(&audit(&tenant, PLAN))).expect("JSON");
    let incomplete: Vec<&Value> = result["coverage"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|line| line["complete"] == false)
        .collect();
    assert_eq!(incomplete.len(), 1);
    assert_eq!(incomplete[0]["collection"], format!("groups/{}/members", id(14)));
    assert_eq!(incomplete[0]["reason"], "403 Forbidden: Authorization_RequestDenied\u{7}");
    assert_eq!(result["scan"]["requests"], 1234);
    assert_eq!(result["scan"]["throttledSeconds"], 1.5);
    assert_eq!(result["scan"]["startedAt"], "2026-11-22T09:00:00Z");
    assert_eq!(result["waivers"][0]["state"], "active");
    assert_eq!(result["waivers"][0]["matched"], 1);
    assert_eq!(result["waivers"][1]["state"], "expired");
    assert_eq!(result["excluded"], json!({"groups": ["APP-*"], "skus": ["FLOW_FREE"]}));
}

#[test]
fn every_table_has_its_columns_and_they_are_documented() {
    let tenant = troubled();
    let audit = audit(&tenant, PLAN);
    let page = include_str!("../../../docs/formats.md");
    for which in Table::ALL {
        let text = table(&audit, which, Dialect::Rfc4180);
        let header = text.split("\r\n").next().expect("a header");
        assert_eq!(header, which.columns().join(","));
        assert!(!rows(&audit, which).is_empty(), "{which:?}");
        let (_, section) =
            page.split_once(&format!("### {}\n", which.file_name())).expect("a section of the table");
        let section = section.split("\n#").next().expect("a section");
        let documented: Vec<&str> = section
            .lines()
            .filter_map(|line| line.strip_prefix("| ")?.split(" |").next())
            .filter(|cell| !matches!(*cell, "column" | "---"))
            .flat_map(|cell| cell.split(", "))
            .collect();
        assert_eq!(documented, which.columns(), "{which:?}");
    }
    assert!(page.contains(report::csv::FORMAT) && page.contains(report::json::SCHEMA));
    let heading = format!("### {}\n", report::suitability::FILE_NAME);
    let (_, section) = page.split_once(&heading).expect("a section of the table of groups");
    let documented: Vec<&str> = section
        .lines()
        .skip_while(|line| !line.starts_with("| rank"))
        .map_while(|line| line.strip_prefix("| ")?.split(" |").next())
        .flat_map(|cell| cell.split(", "))
        .collect();
    assert_eq!(documented, report::suitability::COLUMNS);
}

#[test]
fn lines_end_as_rfc_4180_has_it_and_dialects_differ_in_mark_and_separator() {
    let tenant = troubled();
    let audit = audit(&tenant, PLAN);
    let plain = table(&audit, Table::Seats, Dialect::Rfc4180);
    assert!(plain.ends_with("\r\n") && !plain.replace("\r\n", "").contains('\n'));
    assert!(plain.starts_with("sku_id,"));
    let excel = table(&audit, Table::Seats, Dialect::Excel);
    assert_eq!(excel, format!("\u{feff}{plain}"));
    let dutch = table(&audit, Table::Seats, Dialect::ExcelNl);
    assert!(dutch.starts_with("\u{feff}sku_id;sku_part_number;"));
    assert!(dutch.contains(";ENTERPRISEPACK;Office 365 E3;Enabled;0;4;0;0;4;4;0;7;3;0;true;"), "{dutch}");
}

#[test]
fn names_that_would_be_formulas_or_control_sequences_are_made_harmless() {
    let tenant = troubled();
    let audit = audit(&tenant, PLAN);
    let members = rows(&audit, Table::Members);
    let names: Vec<&str> = members.iter().map(|row| row["user_display_name"].as_str()).collect();
    assert!(names.contains(&"'=cmd|' /C calc'!A0"), "{names:?}");
    assert!(names.contains(&"<img src=x onerror=alert(1)>"), "{names:?}");
    assert!(names.contains(&"\u{fffd}[31mRed\u{fffd}gnp"), "{names:?}");
    assert!(names.contains(&"'+31 6"), "{names:?}");
    assert!(names.contains(&"🦊 Фокс"), "{names:?}");
    let waived = rows(&audit, Table::Findings);
    let nested = waived.iter().find(|row| row["code"] == "nested-group-members-not-licensed").expect("a row");
    assert_eq!(nested["group_name"], "'@Sales Interns");
    assert!(nested["reason"].starts_with("1 direct member of “@Sales Interns”"));
    for which in Table::ALL {
        let text = table(&audit, which, Dialect::Rfc4180);
        let acts = |character: char| {
            (character.is_control() && !matches!(character, '\r' | '\n')) || character == '\u{202e}'
        };
        assert!(!text.contains(acts), "{which:?}");
        for record in csv::Reader::from_reader(text.as_bytes()).records() {
            for cell in &record.expect("a row") {
                let formula = cell.starts_with(['=', '+', '-', '@']) && cell.parse::<i64>().is_err();
                assert!(!formula, "{which:?}: {cell}");
            }
        }
    }
}

#[test]
fn a_number_below_zero_stays_a_number_and_a_name_that_looks_like_one_does_not() {
    let tenant = Objects::default()
        .seats(E3, "-3", 1, 0, 4)
        .user(101, "Ada", json!([entry(E3, Some(10), "Active", "None")]))
        .group(10, "\r=1", &[E3])
        .members(&[101])
        .tenant();
    let audit = audit(&tenant, "");
    let seats = &rows(&audit, Table::Seats)[0];
    assert_eq!(seats["free"], "-3");
    assert_eq!(seats["sku_part_number"], "'-3");
    assert_eq!(rows(&audit, Table::Groups)[0]["group_name"], "'\u{fffd}=1");
}

#[test]
fn findings_gaps_and_folded_findings_have_rows_of_their_own() {
    let tenant = troubled();
    let audit = audit(&tenant, PLAN);
    let rows = rows(&audit, Table::Findings);
    let expected: usize = audit
        .judgements
        .iter()
        .map(|judgement| {
            let folded: usize = judgement.findings.iter().map(|finding| finding.folded.len()).sum();
            judgement.findings.len() + folded + judgement.gaps.len()
        })
        .sum();
    assert_eq!(rows.len(), expected);
    let companion =
        rows.iter().find(|row| row["folded_as"] == "companion" && row["sku_id"] == EMS).expect("a companion");
    assert_eq!(companion["folded_under"], "assignment-error");
    assert_eq!(companion["evidence_property"], "licenseAssignmentStates");
    let seen = &companion["evidence_seen"];
    assert!(
        seen.contains("state: Error") && seen.contains("error: Other") && !seen.contains(['{', '"']),
        "{seen}"
    );
    let gap = rows.iter().find(|row| row["severity"] == "gap").expect("a gap");
    assert_eq!((gap["code"].as_str(), gap["evidence_object"].as_str()), ("members-incomplete", ""));
    let waived = rows.iter().find(|row| !row["waiver_owner"].is_empty()).expect("a waived finding");
    assert_eq!(
        (waived["waiver_owner"].as_str(), waived["severity"].as_str()),
        ("identity team", "violation")
    );
}

#[test]
fn members_have_a_row_per_product_of_their_group() {
    let tenant = troubled();
    let audit = audit(&tenant, PLAN);
    let rows = rows(&audit, Table::Members);
    // Five members of Sales and two of Partners, two products each; nobody of the third group was read.
    assert_eq!(rows.len(), 14);
    let direct = rows
        .iter()
        .find(|row| row["user_display_name"] == "Direct" && row["sku_part_number"] == "ENTERPRISEPACK")
        .expect("a row");
    assert_eq!((direct["from_group"].as_str(), direct["direct"].as_str()), ("false", "true"));
    assert_eq!((direct["state"].as_str(), direct["other_groups"].as_str()), ("", "0"));
    let refused =
        rows.iter().find(|row| row["user_display_name"].starts_with("<img") && row["error"] == "Other");
    assert_eq!(refused.expect("a row")["sku_part_number"], "EMS");
}

#[test]
fn what_is_not_known_of_a_member_is_empty() {
    let tenant = strange();
    let audit = audit(&tenant, STRANGE_PLAN);
    let rows = rows(&audit, Table::Members);
    let limited = rows.iter().find(|row| row["user_id"] == id(299)).expect("the limited member");
    for column in
        ["user_principal_name", "account_enabled", "external", "from_group", "direct", "other_groups"]
    {
        assert_eq!(limited[column], "", "{column}");
    }
    let guest = rows.iter().find(|row| row["user_id"] == id(224)).expect("the external member");
    assert_eq!((guest["external"].as_str(), guest["user_type"].as_str()), ("true", "Member"));
}

#[test]
fn all_files_are_written_for_the_owner_only_and_nothing_else_is_left() {
    let directory = tempfile::tempdir().expect("a directory");
    let out = directory.path().join("new/reports");
    let tenant = troubled();
    let audit = audit(&tenant, PLAN);
    let texts = Texts::new(Language::En);
    let write = || {
        report::write_all(&audit, Pack::built_in(), &texts, &out, &Format::ALL, Dialect::Rfc4180, &GO_ON)
            .expect("files")
    };
    let written = write();
    assert_eq!(written, write(), "a second run replaces the files");
    let names: Vec<_> = written.iter().map(|path| path.file_name().expect("a name").to_owned()).collect();
    assert_eq!(
        names,
        [
            "result.json",
            "report.html",
            "report.md",
            "criteria.csv",
            "findings.csv",
            "actions.csv",
            "seats.csv",
            "groups.csv",
            "members.csv",
            "audit.xlsx",
            "junit.xml",
            "result.sarif"
        ]
    );
    assert_eq!(fs::read_dir(&out).expect("the directory").count(), names.len());
    for path in &written {
        let mode = fs::metadata(path).expect("a file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{}", path.display());
    }
    assert_eq!(fs::read_to_string(&written[0]).expect("a file"), result(&audit));
}

#[test]
fn only_what_is_asked_for_is_written() {
    let directory = tempfile::tempdir().expect("a directory");
    let tenant = troubled();
    let audit = audit(&tenant, PLAN);
    let texts = Texts::new(Language::En);
    let formats = [Format::Json, Format::Json];
    let written = report::write_all(
        &audit,
        Pack::built_in(),
        &texts,
        directory.path(),
        &formats,
        Dialect::Rfc4180,
        &GO_ON,
    );
    assert_eq!(written.expect("a file"), [directory.path().join("result.json")]);
}

#[test]
fn a_file_that_cannot_be_written_is_named_and_nothing_half_written_stays() {
    let directory = tempfile::tempdir().expect("a directory");
    fs::create_dir(directory.path().join("result.json")).expect("a directory in the way");
    let tenant = troubled();
    let audit = audit(&tenant, PLAN);
    let texts = Texts::new(Language::En);
    let write = |out: &std::path::Path| {
        report::write_all(&audit, Pack::built_in(), &texts, out, &Format::ALL, Dialect::Rfc4180, &GO_ON)
            .expect_err("it cannot be written")
            .to_string()
    };
    let error = write(directory.path());
    assert!(error.contains("result.json") && error.contains("hint: "), "{error}");
    let left: Vec<_> = fs::read_dir(directory.path()).expect("the directory").collect();
    assert_eq!(left.len(), 1, "{left:?}");
    let file = directory.path().join("file");
    fs::write(&file, "").expect("a file");
    let error = write(&file);
    assert!(error.contains("could not be made") && error.contains("hint: "), "{error}");
}

#[test]
fn formats_and_dialects_are_read_and_others_are_refused_with_the_choice() {
    assert_eq!("CSV".parse::<Format>().expect("a format"), Format::Csv);
    let error = "pdf".parse::<Format>().expect_err("no format").to_string();
    let all = Format::ALL.map(Format::as_str).join(", ");
    assert!(error.contains("`pdf`") && error.contains(&all), "{error}");
    assert_eq!("excel-nl".parse::<Dialect>().expect("a dialect"), Dialect::ExcelNl);
    let error = "tsv".parse::<Dialect>().expect_err("no dialect").to_string();
    assert!(error.contains("rfc4180, excel, excel-nl"), "{error}");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..proptest::prelude::ProptestConfig::with_cases(64) })]

    #[test]
    fn no_name_becomes_a_formula_or_breaks_a_row(name in "\\PC{0,12}|[=+@\\-＝＋－＠\t\r\n\",;'0-9A-C ]{0,8}|.{0,8}") {
        let tenant = Objects::default()
            .seats(E3, &name, 1, 0, 1)
            .user(101, &name, json!([entry(E3, Some(10), "Error", &name)]))
            .group(10, &name, &[E3])
            .members(&[101])
            .tenant();
        let audit = audit(&tenant, "");
        for which in Table::ALL {
            for row in rows(&audit, which) {
                for (column, cell) in row {
                    let number = cell.parse::<i64>().is_ok() && !column.ends_with("name");
                    assert!(number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']), "{column}: {cell:?}");
                    assert!(!cell.contains(|character: char| character.is_control() && character != '\n'));
                }
            }
        }
        let member = &rows(&audit, Table::Members)[0];
        let shown = member["user_display_name"].trim_start_matches('\'').chars().count();
        assert_eq!(shown, name.trim_start_matches('\'').chars().count());
    }
}
