//! Secrets and tokens are in nothing that is written or said; what hostile tenants call themselves does no harm.

use std::fs;

use serde_json::Value;
use tollgate::sim::{Collection, Directory, Options, TenantBuilder};

use crate::common::{Desk, Ran, Served, directory, run};

/// Everything that a run left and said, snapshots unpacked.
fn traces(desk: &Desk, ran: &Ran) -> Vec<(String, String)> {
    let mut traces =
        vec![("stdout".to_owned(), ran.stdout.clone()), ("stderr".to_owned(), ran.stderr.clone())];
    for name in desk.files() {
        let bytes = desk.bytes(&name);
        let unpacked = zstd::decode_all(&*bytes).unwrap_or(bytes);
        traces.push((name, String::from_utf8_lossy(&unpacked).into_owned()));
    }
    traces
}

/// A piece of the secret would be as bad as all of it.
#[track_caller]
fn assert_not_told(traces: &[(String, String)], secrets: &[&str]) {
    for (name, text) in traces {
        for secret in secrets {
            assert!(!text.contains(&secret[..secret.len() / 2]), "a secret is in {name}");
            assert!(!text.contains(&secret[secret.len() / 2..]), "a secret is in {name}");
        }
    }
}

const LOUD: [&[&str]; 4] = [&[], &["-v"], &["-vv"], &["-vvvv"]];

#[test]
fn a_run_that_succeeds_tells_no_secret_however_loud_it_is() {
    for talk in LOUD {
        let (desk, tenant) = (Desk::new(), Served::named("contoso"));
        let mut command = tenant.tollgate(&desk, "audit", &["--out", "out", "--save", "kept.snap"]);
        let ran = run(command.args(talk).env("RUST_LOG", "trace"));
        assert_eq!(ran.code, 1);
        let traces = traces(&desk, &ran);
        assert!(traces.len() >= 10, "{:?}", desk.files());
        assert_not_told(&traces, &[tenant.server.client_secret(), &tenant.server.access_token()]);
    }
}

#[test]
fn a_ready_token_is_not_told_either() {
    for talk in LOUD {
        let options = Options { plain_http: true, ..Options::default() };
        let (desk, tenant) = (Desk::new(), Served::with(directory("lab"), options));
        let mut command = desk.tollgate(&["audit", "--graph-url", &tenant.server.graph_url()]);
        command.args(["--out", "out", "--save", "kept.snap"]).args(talk);
        let ran = run(command.env("TOLLGATE_ACCESS_TOKEN", tenant.server.access_token()));
        assert_eq!(ran.code, 0);
        assert_not_told(&traces(&desk, &ran), &[&tenant.server.access_token()]);
    }
}

#[test]
fn a_run_that_is_refused_tells_no_secret() {
    let wrong = "Wr0ng~Secret%20with&signs=and+more";
    for talk in LOUD {
        let (desk, tenant) = (Desk::new(), Served::named("lab"));
        let mut command = tenant.tollgate(&desk, "audit", &["--out", "out"]);
        let ran = run(command.args(talk).env("AZURE_CLIENT_SECRET", wrong));
        assert_eq!(ran.code, 3);
        assert_not_told(&traces(&desk, &ran), &[wrong, tenant.server.client_secret()]);
        // A token where none belongs, one that Graph refuses, and one that no header can carry.
        for token in ["not-the-token-that-graph-gave", "a token\u{7f}that is none"] {
            let mut command = tenant.tollgate(&desk, "audit", &["--out", "out"]);
            let ran = run(command.args(talk).env("TOLLGATE_ACCESS_TOKEN", token));
            assert_eq!(ran.code, 3, "{}", ran.stderr);
            assert_not_told(&traces(&desk, &ran), &[token]);
        }
    }
}

#[test]
fn a_run_that_may_not_read_everything_tells_no_secret() {
    for denied in [&[Collection::Users][..], &[Collection::Groups, Collection::Users]] {
        let (desk, tenant) = (Desk::new(), Served::denying(directory("lab"), denied));
        let ran = tenant.run(&desk, "audit", &["--out", "out", "--save", "kept.snap", "-vv"]);
        assert_ne!(ran.code, 0);
        assert_not_told(
            &traces(&desk, &ran),
            &[tenant.server.client_secret(), &tenant.server.access_token()],
        );
    }
}

#[test]
fn a_secret_on_the_command_line_is_refused() {
    for option in ["--client-secret", "--token", "--password"] {
        let ran = Desk::new().run(&["audit", option, "x"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    }
}

#[test]
fn a_secret_in_the_configuration_is_refused() {
    let desk = Desk::new();
    for key in ["client-secret", "secret", "token"] {
        desk.write("tollgate.toml", format!("[tenant]\n{key} = \"hunter2\"\n"));
        let ran = desk.run(&["audit"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
    }
}

/// Names that act where they are shown.
fn hostile() -> Vec<String> {
    vec![
        "\u{1b}]0;owned\u{7}\u{1b}[2J\u{1b}[31mred".to_owned(),
        "\u{9b}31mred".to_owned(),
        "=cmd|' /C calc'!A0".to_owned(),
        "+1+1".to_owned(),
        "-1+1".to_owned(),
        "@SUM(A1:A9)".to_owned(),
        "\t=1+1".to_owned(),
        "\r\n=1+1".to_owned(),
        " =1+1".to_owned(),
        "<img src=x onerror=alert(1)>".to_owned(),
        "gnp\u{202e}exe.tpt\u{2066}".to_owned(),
        "two\nlines\u{2028}or three".to_owned(),
        "{ $user } { -licenses-page }".to_owned(),
        "quote \" comma , semicolon ; pipe |".to_owned(),
        "%s %n \\u001b ${HOME} `id`".to_owned(),
        "x".repeat(256),
        "\u{0}nul".to_owned(),
    ]
}

/// A licensed group and an unlicensed member of each name, a guest, a nested group, and seats that do not suffice.
fn hostile_tenant() -> Directory {
    let mut tenant = TenantBuilder::new(hostile()[0].clone(), "hostile.example").product("SPE_E3", 3);
    for name in hostile() {
        tenant = tenant.group(name.clone()).grants("SPE_E3").dynamic(name.clone()).processing(name);
    }
    for (number, name) in hostile().iter().enumerate() {
        let value = || Value::from(name.as_str());
        tenant = tenant
            .user(&format!("user{number}"))
            .property("displayName", value())
            .property("userPrincipalName", value())
            .property("usageLocation", value())
            .property("userType", value())
            .property("creationType", "Invitation".into())
            .in_group(name)
            .entry(Some(name), "SPE_E3", name.clone(), name.clone());
    }
    tenant.build()
}

/// Nothing that a terminal acts on.
#[track_caller]
fn assert_harmless(text: &str) {
    let acting = |character: char| {
        (character.is_control() && character != '\n')
            || matches!(character, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if let Some(place) = text.find(acting) {
        let around: String = text[place..].chars().take(40).collect();
        panic!("a terminal would act on {around:?}");
    }
}

#[test]
fn names_that_act_on_a_terminal_are_shown_without_what_acts() {
    for language in ["en", "nl"] {
        for talk in [&[][..], &["-vv"]] {
            let (desk, tenant) = (Desk::new(), Served::new(hostile_tenant()));
            let arguments = [&["--lang", language, "--out", "out"], talk].concat();
            let ran = tenant.run(&desk, "audit", &arguments);
            assert_eq!(ran.code, 1, "{}", ran.stderr);
            assert_harmless(&ran.stdout);
            assert_harmless(&ran.stderr);
            assert!(ran.stdout.contains("[31mred"), "the names are shown: {}", ran.stdout);
        }
    }
}

#[test]
fn names_that_are_formulas_are_text_in_every_table_and_whole_in_json() {
    for (dialect, delimiter) in [("rfc4180", b','), ("excel", b','), ("excel-nl", b';')] {
        let (desk, tenant) = (Desk::new(), Served::new(hostile_tenant()));
        tenant.run(&desk, "audit", &["--csv", dialect, "--out", "out", "--print", "none"]);
        for entry in fs::read_dir(desk.path("out")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "csv") {
                continue;
            }
            let bytes = fs::read(&path).unwrap();
            let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
            let mut rows =
                csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(text);
            let mut columns = None;
            for row in rows.records() {
                let row = row.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
                assert_eq!(*columns.get_or_insert(row.len()), row.len());
                for cell in &row {
                    let begins = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
                    let is_number = cell.parse::<i64>().is_ok();
                    assert!(!begins || is_number, "{}: {cell:?} is a formula", path.display());
                }
            }
            assert!(columns.is_some_and(|columns| columns > 5), "{}: {columns:?}", path.display());
        }
        let result = desk.text("out/result.json");
        assert!(!result.contains(['\u{1b}', '\u{0}', '\t']), "JSON escapes control characters");
        let result: Value = serde_json::from_str(&result).unwrap();
        let groups = result["groups"].as_array().unwrap();
        for name in hostile() {
            assert!(groups.iter().any(|group| group["displayName"] == *name), "{name:?} was changed");
        }
    }
}

#[test]
fn names_that_act_do_no_harm_in_errors() {
    let name = "\u{1b}[31mSales\u{202e}";
    let directory = TenantBuilder::new("Twice", "twice.example").group(name).group(name).build();
    let (desk, tenant) = (Desk::new(), Served::new(directory));
    desk.write("plan.toml", "[[target]]\ngroup = \"\\u001b[31mSales\\u202e\"\n");
    let ran = tenant.run(&desk, "audit", &["--config", "plan.toml"]);
    assert_harmless(ran.advised(2));
    desk.write("plan.toml", "[[target]]\ngroup = \"Sales\"\nrequire = [\"\\u001b[31mE3\\u202e\"]\n");
    let ran = tenant.run(&desk, "audit", &["--config", "plan.toml"]);
    assert_harmless(ran.refused(2));
    desk.write("plan.toml", "[[target]]\n\"gr\\u001b[31moup\" = \"Sales\"\n");
    let ran = tenant.run(&desk, "audit", &["--config", "plan.toml"]);
    assert_harmless(ran.refused(2));
    desk.write("plan.toml", "[[target]]\ngroup = \"\\u001b[31mNobody\\u202e\"\n");
    let ran = tenant.run(&desk, "audit", &["--config", "plan.toml"]);
    assert_eq!(ran.code, 1);
    assert_harmless(&ran.stdout);
    let ran = tenant.run(&desk, "audit", &["--tenant", "\u{1b}[31mfabrikam"]);
    assert_harmless(ran.refused(2));
    assert_harmless(desk.run(&["audit", "--snapshot", "\u{1b}[31mmissing\u{202e}"]).refused(2));
}
