//! Files that are anything at all: never a panic, never a hang, never a pass.

use std::fs;
use std::path::Path;

use jiff::Timestamp;
use proptest::prelude::*;
use tollgate::pack::Pack;
use tollgate::plan::{Config, Plan};
use tollgate::rules;
use tollgate::scan::snapshot;
use tollgate::tenant::{Collection, Decoded, Run, TenantBuilder};
use tollgate::verdict::Verdict;

/// What a snapshot that is loaded is judged as: nothing that was not read whole may pass.
fn passes(path: &Path) -> bool {
    let Ok(tenant) = snapshot::load(path) else { return false };
    let audit = rules::judge(&tenant, &Plan::default(), Pack::built_in()).expect("an empty plan fits");
    audit.verdict() == Verdict::Pass
}

fn written(bytes: &[u8]) -> tempfile::TempPath {
    let file = tempfile::NamedTempFile::new().expect("a file");
    fs::write(file.path(), bytes).expect("it is written");
    file.into_temp_path()
}

fn compressed(text: &str) -> Vec<u8> {
    zstd::encode_all(text.as_bytes(), 1).expect("zstd")
}

/// Lines that look like those of a snapshot, in any order and number.
fn lines() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just(r#"{"@tollgate":"snapshot","version":1,"tool":"x","asOf":"2026-11-16T08:00:00Z","run":{"startedAt":null,"finishedAt":null,"requests":0,"resourceUnits":0,"retries":0,"throttledSeconds":0,"bytes":0,"reread":0},"coverage":[],"membersRead":[]}"#.to_owned()),
        Just(r#"{"@tollgate":"snapshot","version":9}"#.to_owned()),
        Just(r#"{"@tollgate":"page","collection":"users","readAt":"2026-11-16T08:00:00Z","objects":1}"#.to_owned()),
        Just(r#"{"@tollgate":"page","collection":"users","readAt":"2026-11-16T08:00:00Z","objects":18446744073709551615}"#.to_owned()),
        Just(r#"{"@tollgate":"restart","collection":"groups"}"#.to_owned()),
        Just(r#"{"@tollgate":"end","objects":0,"sha256":{"header":"","lines":""}}"#.to_owned()),
        Just(r#"{"id":"05e40000-0000-4000-8000-000000000001"}"#.to_owned()),
        any::<String>(),
    ];
    prop::collection::vec(line, 0..8).prop_map(|lines| lines.join("\n"))
}

/// JSON of any shape, with names that Graph uses.
fn json() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::Value;
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        Just(Value::from("05e40000-0000-4000-8000-000000000001")),
        Just(Value::from("Active")),
    ];
    let name = prop_oneof![
        Just("id".to_owned()),
        Just("skuId".to_owned()),
        Just("assignedLicenses".to_owned()),
        Just("licenseAssignmentStates".to_owned()),
        Just("assignedByGroup".to_owned()),
        Just("disabledPlans".to_owned()),
        Just("prepaidUnits".to_owned()),
        Just("enabled".to_owned()),
        Just("consumedUnits".to_owned()),
        Just("displayName".to_owned()),
        Just("@odata.type".to_owned()),
        any::<String>(),
    ];
    leaf.prop_recursive(4, 32, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::hash_map(name.clone(), inner, 0..6)
                .prop_map(|object| Value::from(serde_json::Map::from_iter(object))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_are_no_snapshot_that_passes(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert!(!passes(&written(&bytes)));
    }

    #[test]
    fn any_lines_are_no_snapshot_that_passes(text in lines()) {
        prop_assert!(!passes(&written(&compressed(&text))));
    }

    #[test]
    fn any_text_is_a_configuration_or_an_error_with_its_place(text in any::<String>()) {
        if let Err(error) = Config::parse("tollgate.toml", &text) {
            prop_assert!(error.to_string().starts_with("tollgate.toml"));
        }
        let _ = Pack::parse("pack.toml", &text);
    }

    #[test]
    fn any_values_in_a_configuration_are_read_or_refused(
        group in any::<String>(), require in any::<String>(), headroom in any::<String>(), window in any::<String>()
    ) {
        let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let text = format!(
            "[[target]]\ngroup = {}\nrequire = [{}]\n[seats]\nheadroom = {}\nlapse-window = {}\n",
            quoted(&group), quoted(&require), quoted(&headroom), quoted(&window)
        );
        let _ = Config::parse("tollgate.toml", &text);
    }

    #[test]
    fn any_objects_in_any_collection_never_pass(objects in prop::collection::vec(json(), 0..8)) {
        let at: Timestamp = "2026-11-16T08:00:00Z".parse().expect("a time");
        let group = tollgate::tenant::GroupId(1);
        let mut builder = TenantBuilder::new();
        for collection in [
            Collection::Organization,
            Collection::SubscribedSkus,
            Collection::Subscriptions,
            Collection::Groups,
            Collection::Users,
            Collection::Members(group),
            Collection::Owners,
            Collection::DeletedGroups,
        ] {
            let mut page = Decoded::new(collection, at);
            for object in &objects {
                let _ = page.object(&object.to_string());
            }
            let _ = builder.add(page);
        }
        // An empty ledger: nothing was read to its end.
        let tenant = builder.finish(at, Vec::new(), Run::default());
        let audit = rules::judge(&tenant, &Plan::default(), Pack::built_in()).expect("an empty plan fits");
        prop_assert_ne!(audit.verdict(), Verdict::Pass);
    }
}
