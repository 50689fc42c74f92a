//! `--redact`: nobody is named, the judgement is the same, and the key turns everything back.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use serde_json::{Value, json};
use tollgate::sim::{self, Collection, Directory, Fault, FaultKind, Options, TenantBuilder, When};
use zip::ZipArchive;

use crate::common::{Desk, Ran, Served, directory, verdicts};

/// Everybody in a key file: id, user principal name, display name.
fn people(desk: &Desk, key: &str) -> Vec<[String; 3]> {
    let text = desk.text(key);
    let lines = text.lines().skip(1).map(|line| serde_json::from_str::<Value>(line).unwrap());
    let names = ["id", "userPrincipalName", "displayName"];
    lines.map(|line| names.map(|name| line[name].as_str().unwrap_or_default().to_owned())).collect()
}

pub(crate) fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// All that is in a workbook, unpacked: its names, its texts, its properties.
pub(crate) fn parts_of(workbook: &[u8]) -> String {
    let mut archive = ZipArchive::new(Cursor::new(workbook)).expect("a workbook is an archive");
    let mut parts = String::new();
    for place in 0..archive.len() {
        let mut part = archive.by_index(place).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        parts.push_str(&part.name().unwrap());
        parts.push_str(&lossy(&bytes));
    }
    assert!(parts.contains("<worksheet"), "no sheet was unpacked");
    parts
}

/// Nothing that a run said or wrote names any of these people.
#[track_caller]
fn assert_nobody(people: &[[String; 3]], ran: &Ran, files: &BTreeMap<String, Vec<u8>>) {
    assert!(people.len() > 3, "{people:?}");
    let texts = files.iter().map(|(name, bytes)| {
        let text = if name == "audit.xlsx" { parts_of(bytes) } else { lossy(bytes) };
        (name.as_str(), text.to_lowercase())
    });
    let said = [("stdout", ran.stdout.to_lowercase()), ("stderr", ran.stderr.to_lowercase())];
    let texts: Vec<_> = texts.chain(said).collect();
    for [id, principal_name, display_name] in people {
        let address = principal_name.split('@').next().unwrap_or_default();
        for name in [id, principal_name, address, display_name].map(str::to_lowercase) {
            for (file, text) in &texts {
                assert!(name.len() < 4 || !text.contains(&name), "{file} names {name}");
            }
        }
    }
}

/// What an audit amounts to, people and sentences aside.
fn judged(result: &Value) -> Value {
    let criteria = result["criteria"].as_array().unwrap().iter().map(|criterion| {
        let mut codes: BTreeMap<String, usize> = BTreeMap::new();
        for list in ["findings", "gaps"] {
            for item in criterion[list].as_array().unwrap() {
                let folded = item["folded"].as_array().map_or(0, Vec::len);
                let waived = item["waiver"].is_object();
                let about = format!("{} {} {}", item["code"], item["group"], item["sku"]);
                *codes
                    .entry(format!("{about} {} waived {waived} folded {folded}", item["severity"]))
                    .or_default() += 1;
            }
        }
        json!({ "id": criterion["id"], "verdict": criterion["verdict"], "examined": criterion["examined"],
            "args": criterion["args"], "codes": codes })
    });
    let waivers = result["waivers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|waiver| json!([waiver["state"], waiver["matched"]]));
    json!({ "criteria": criteria.collect::<Vec<_>>(), "verdict": result["verdict"], "seats": result["seats"],
        "groups": result["groups"], "waivers": waivers.collect::<Vec<_>>() })
}

/// Audits with names and without, and compares; returns the desk with `plain`, `kept` and `key`.
#[track_caller]
fn assert_redacted(directory: &dyn Fn() -> Directory, configuration: &str) -> Desk {
    let desk = Desk::new();
    desk.write("tollgate.toml", configuration);
    let tenant = Served::new(directory());
    let plain = tenant.run(&desk, "audit", &["--out", "plain", "--save", "snap"]);
    let ran = tenant.run(&desk, "audit", &["--out", "kept", "--redact-key", "key", "-vv"]);
    assert_eq!(ran.code, plain.code, "{}", ran.stderr);
    assert_eq!(desk.mode("key"), 0o600);
    let people = people(&desk, "key");
    assert_nobody(&people, &ran, &desk.contents("kept"));
    let named = parts_of(&desk.contents("plain")["audit.xlsx"]);
    assert!(people.iter().any(|[_, name, _]| named.contains(name)), "the plain workbook names people");
    let (plain, kept) = (desk.json("plain/result.json"), desk.json("kept/result.json"));
    assert_eq!(judged(&plain), judged(&kept));
    assert_eq!((&plain["redacted"], &kept["redacted"]), (&json!(false), &json!(true)));
    desk
}

#[test]
fn nobody_of_the_demo_company_is_named_and_the_judgement_is_the_same() {
    let desk = assert_redacted(&|| directory("contoso"), sim::demo_plan());
    let ran =
        desk.run(&["audit", "--snapshot", "snap", "--redact", "--lang", "nl", "--print", "json", "-vv"]);
    assert_nobody(&people(&desk, "key"), &ran, &BTreeMap::new());
}

#[test]
fn nobody_of_hundreds_is_named() {
    assert_redacted(&|| sim::Tenant::generated(400, 7).directory(), "");
}

#[test]
fn a_snapshot_is_redacted_as_the_live_tenant_was_and_one_key_gives_one_text() {
    let desk = assert_redacted(&|| directory("contoso"), sim::demo_plan());
    let once = ["audit", "--snapshot", "snap", "--out", "again", "--redact-key", "key"];
    let first = desk.run(&once);
    assert_eq!(desk.contents("kept"), desk.contents("again"));
    let key = desk.bytes("key");
    assert_eq!(desk.run(&once).stdout, first.stdout);
    assert_eq!(desk.bytes("key"), key, "nobody is written down twice");
    let other = desk.run(&["audit", "--snapshot", "snap", "--redact-key", "other"]);
    assert_ne!(other.stdout, first.stdout);
    assert_eq!(other.code, first.code);
}

#[test]
fn the_order_of_rows_is_that_of_the_pseudonyms() {
    let desk = assert_redacted(&|| directory("contoso"), "");
    let members = desk.text("kept/members.csv");
    let rows: Vec<(&str, &str)> = members
        .lines()
        .skip(1)
        .map(|row| {
            let mut cells = row.split(',');
            (cells.next().unwrap(), cells.nth(1).unwrap())
        })
        .collect();
    assert!(rows.len() > 100 && rows.is_sorted(), "{members}");
    assert!(rows.iter().all(|(_, user)| user.starts_with("uid") && user.len() == 16), "{members}");
}

#[test]
fn the_key_gives_the_very_texts_back() {
    let desk = assert_redacted(&|| directory("contoso"), sim::demo_plan());
    for dialect in ["rfc4180", "excel", "excel-nl"] {
        for (folder, redact) in [("p", &[][..]), ("r", &["--redact-key", "key"])] {
            let arguments =
                ["audit", "--snapshot", "snap", "--csv", dialect, "--format", "csv", "--out", folder];
            desk.run(&[&arguments[..], redact].concat());
        }
        for table in ["members.csv", "findings.csv"] {
            let revealed = desk.run(&["redact", "reveal", "--key", "key", &format!("r/{table}")]);
            assert_eq!((revealed.code, revealed.stderr.as_str()), (0, ""));
            let sorted = |text: &str| {
                let mut rows: Vec<String> = text.lines().map(str::to_owned).collect();
                rows[1..].sort();
                rows
            };
            let plain = desk.text(&format!("p/{table}"));
            for (plain, revealed) in sorted(&plain).iter().zip(sorted(&revealed.stdout)) {
                assert_eq!(*plain, revealed, "{table} {dialect}");
            }
            assert_eq!(plain.len(), revealed.stdout.len(), "{table} {dialect}");
        }
    }
    for page in ["report.html", "report.md"] {
        let revealed = desk.run(&["redact", "reveal", "--key", "key", &format!("kept/{page}")]);
        assert_eq!((revealed.code, revealed.stderr.as_str()), (0, ""), "{page}");
        assert!(revealed.stdout.contains("contoso.example"), "{page}");
        assert!(!revealed.stdout.contains("redacted.invalid"), "{page}");
    }
    let revealed = desk.run(&["redact", "reveal", "--key", "key", "kept/result.json"]);
    let revealed: Value = serde_json::from_str(&revealed.stdout).unwrap();
    let users = |result: &Value| {
        let mut users: Vec<String> = Vec::new();
        for criterion in result["criteria"].as_array().unwrap() {
            for finding in criterion["findings"].as_array().unwrap() {
                users.push(format!("{} {} {}", finding["code"], finding["user"], finding["reason"]));
            }
        }
        users.sort();
        users
    };
    assert_eq!(users(&revealed), users(&desk.json("plain/result.json")));
}

#[test]
fn what_is_on_the_terminal_is_turned_back_from_stdin() {
    let desk = Desk::new();
    let ran = desk.run(&["audit", "--demo", "--redact-key", "key"]);
    let mut command = desk.tollgate(&["redact", "reveal", "--key", "key"]);
    let revealed = crate::common::run(command.write_stdin(ran.stdout));
    assert_eq!(revealed.code, 0, "{}", revealed.stderr);
    assert!(!revealed.stdout.contains("redacted.invalid") && revealed.stdout.contains("@contoso.example"));
}

#[test]
fn a_wrong_key_and_a_text_without_pseudonyms_are_told() {
    let desk = Desk::new();
    desk.run(&["audit", "--demo", "--redact-key", "key", "--out", "out"]);
    desk.run(&["audit", "--demo=lab", "--redact-key", "other"]);
    let ran = desk.run(&["redact", "reveal", "--key", "other", "out/members.csv"]);
    assert!(ran.advised(2).contains("made with this key"), "{}", ran.stderr);
    let ran = desk.run(&["redact", "reveal", "--key", "key", "out/seats.csv"]);
    assert!(ran.advised(2).contains("no pseudonyms"), "{}", ran.stderr);
    let ran = desk.run(&["redact", "reveal", "--key", "out/seats.csv", "out/members.csv"]);
    assert!(ran.advised(2).contains("no key file"), "{}", ran.stderr);
    let ran = desk.run(&["redact", "reveal", "--key", "nowhere", "out/members.csv"]);
    assert!(ran.advised(2).contains("nowhere"), "{}", ran.stderr);
    let ran = desk.run(&["audit", "--demo", "--redact-key", "out/seats.csv"]);
    assert!(ran.advised(2).contains("no key file"), "{}", ran.stderr);
    desk.write("binary.xlsx", [0x50, 0x4b, 0x03, 0x04, 0xff]);
    let ran = desk.run(&["redact", "reveal", "--key", "key", "binary.xlsx"]);
    assert!(ran.advised(2).contains("is no text"), "{}", ran.stderr);
}

#[test]
fn a_snapshot_with_names_is_only_made_on_purpose() {
    let desk = Desk::new();
    for redact in [&["--redact"][..], &["--redact-key", "key"]] {
        let ran = desk.run(&[&["audit", "--demo", "--save", "snap"], redact].concat());
        assert!(ran.advised(2).contains("--snapshot-with-names"), "{}", ran.stderr);
    }
    assert!(desk.files().is_empty(), "{:?}", desk.files());
    let ran = desk.run(&["audit", "--demo", "--save", "snap", "--redact", "--snapshot-with-names"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert_eq!(desk.files(), ["snap"]);
}

/// A tenant whose rules, waivers and errors hold names.
fn gossip() -> Directory {
    TenantBuilder::new("Gossip", "gossip.example")
        .product("SPE_E3", 2)
        .group("Sales")
        .grants("SPE_E3")
        .user("Ada Lovelace")
        .in_group("Sales")
        .user("=cmd|' /C calc'!A0")
        .in_group("Sales")
        .user("Grace \"O'Brien\" <b>")
        .in_group("Sales")
        .user("Zoë; Tab, Comma")
        .in_group("Sales")
        .build()
}

#[test]
fn hostile_names_come_back_as_harmless_as_they_were() {
    let desk = assert_redacted(&gossip, "");
    let revealed = desk.run(&["redact", "reveal", "--key", "key", "kept/members.csv"]);
    let sorted = |text: &str| {
        let mut rows: Vec<String> = text.lines().map(str::to_owned).collect();
        rows.sort();
        rows
    };
    assert!(revealed.stdout.contains(",'=cmd|' /C calc'!A0,"), "{}", revealed.stdout);
    assert_eq!(sorted(&revealed.stdout), sorted(&desk.text("plain/members.csv")));
}

#[test]
fn an_object_that_was_not_understood_names_nobody_in_log_and_ledger() {
    let desk = Desk::new();
    let user = json!({ "id": "0e000000-0000-4000-8000-0000000000ad", "displayName": "Ada Lovelace", "accountEnabled": "Ada Lovelace" });
    let body = json!({ "value": [user] }).to_string();
    let fault = Fault {
        when: When::Numbers { first: 2, count: 1 },
        collection: Some(Collection::Users),
        ..Fault::always(FaultKind::Body(body))
    };
    let tenant = Served::with(gossip(), Options { faults: vec![fault], ..Options::default() });
    let ran = tenant.run(&desk, "audit", &["--out", "out", "--redact-key", "key", "-vv"]);
    assert!(ran.stderr.contains("could not be read"), "{}", ran.stderr);
    let nobody = ["", "ada.lovelace@gossip.example", "Ada Lovelace"].map(str::to_owned);
    let everybody =
        [people(&desk, "key"), vec![nobody.clone(), nobody.clone(), nobody.clone(), nobody]].concat();
    assert_nobody(&everybody, &ran, &desk.contents("out"));
    assert_eq!(verdicts(&desk.json("out/result.json"))[3], "inconclusive");
}
