//! `tollgate doctor`: what it finds, what it advises, how it ends, and that it only reads.

use std::io::{BufRead, BufReader, Write as _};
use std::net::TcpListener;
use std::thread;

use serde_json::Value;
use tollgate::sim::Collection;

use crate::common::{Desk, Ran, Served, directory, run};

const CHECKS: [&str; 13] = [
    "configuration",
    "sign-in",
    "token",
    "organization",
    "subscribedSkus",
    "directory/subscriptions",
    "groups",
    "groups/{id}/members",
    "users",
    "directory/deletedItems/microsoft.graph.group",
    "clock",
    "tls",
    "proxy",
];

fn checks(ran: &Ran) -> Vec<Value> {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran:?}"))
}

#[track_caller]
fn check<'a>(checks: &'a [Value], name: &str) -> &'a Value {
    checks.iter().find(|check| check["check"] == name).unwrap_or_else(|| panic!("no {name}: {checks:#?}"))
}

/// The names of the checks in a state.
fn in_state<'a>(checks: &'a [Value], state: &str) -> Vec<&'a str> {
    checks
        .iter()
        .filter(|check| check["state"] == state)
        .map(|check| check["check"].as_str().unwrap())
        .collect()
}

#[test]
fn a_tenant_that_can_be_read_gives_a_line_per_check_and_0() {
    let (desk, tenant) = (Desk::new(), Served::named("lab"));
    desk.write("tollgate.toml", "[[target]]\ngroup = \"Sales\"\n");
    let ran = tenant.run(&desk, "doctor", &["--print", "json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let checks = checks(&ran);
    assert_eq!(checks.iter().map(|check| check["check"].as_str().unwrap()).collect::<Vec<_>>(), CHECKS);
    // The simulator's tokens are opaque and its clock stands still.
    assert_eq!(in_state(&checks, "warn"), ["token", "clock"]);
    assert_eq!(in_state(&checks, "ok").len(), CHECKS.len() - 2);
    let seen = |name: &str| check(&checks, name)["seen"].as_str().unwrap().to_owned();
    assert!(seen("configuration").starts_with("tollgate.toml; 1 target; "), "{}", seen("configuration"));
    assert_eq!(seen("sign-in"), "by secret, because AZURE_CLIENT_SECRET is set");
    assert!(seen("token").starts_with("permissions unknown"), "{}", seen("token"));
    assert!(seen("tls").contains("ca.pem"), "{}", seen("tls"));
    for check in &checks {
        let mut keys: Vec<&str> = check.as_object().unwrap().keys().map(String::as_str).collect();
        keys.sort_unstable();
        assert_eq!(keys, ["advice", "adviceMessage", "check", "seen", "seenMessage", "state"]);
        assert_eq!(check["advice"].is_null(), check["adviceMessage"].is_null(), "{check}");
        assert_eq!(check["advice"].is_null(), check["state"] == "ok", "{check}");
    }
}

#[test]
fn it_sends_one_small_read_per_collection_and_nothing_else() {
    let (desk, tenant) = (Desk::new(), Served::named("contoso"));
    let ran = tenant.run(&desk, "doctor", &[]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let log = tenant.server.log();
    assert_eq!(log.len(), 8, "{log:#?}");
    assert_eq!(log[0], format!("POST /{}/oauth2/v2.0/token", tenant.server.tenant_id()));
    assert!(log[1..].iter().all(|line| line.starts_with("GET /v1.0/")), "{log:#?}");
    for (at, path) in [(4, "groups?"), (6, "users?")] {
        assert!(log[at].starts_with(&format!("GET /v1.0/{path}")), "{}", log[at]);
    }
    for line in [&log[4], &log[5], &log[6]] {
        assert!(line.ends_with("&$top=1"), "{line}");
    }
    assert_eq!(desk.files().iter().filter(|file| !file.starts_with("tmp/")).count(), 1, "only our ca.pem");
    assert_eq!(ran.stdout.lines().filter(|line| !line.trim_start().starts_with('→')).count(), CHECKS.len());
    assert!(!ran.stdout.contains("az ad"), "nothing is missing: {}", ran.stdout);
    let secret = tenant.server.client_secret();
    assert!(!ran.stdout.contains(secret) && !ran.stdout.contains(&tenant.server.access_token()));
}

#[test]
fn an_audit_does_without_the_recycle_bin_and_doctor_says_what_it_is_good_for() {
    let (desk, tenant) = (Desk::new(), Served::denying(directory("lab"), &[Collection::DeletedItems]));
    let ran = tenant.run(&desk, "doctor", &["--print=json", "--lang", "en"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let checks = checks(&ran);
    let bin = check(&checks, "directory/deletedItems/microsoft.graph.group");
    assert_eq!(bin["state"], "warn");
    assert!(bin["advice"].as_str().unwrap().starts_with("an audit does without"), "{bin}");
    assert!(bin["advice"].as_str().unwrap().contains("grant Group.Read.All"), "{bin}");
}

#[test]
fn each_refused_collection_names_the_permission_and_how_to_grant_it() {
    for (denied, name, permission) in [
        (Collection::Organization, "organization", "Organization.Read.All"),
        (Collection::SubscribedSkus, "subscribedSkus", "Organization.Read.All"),
        (Collection::Subscriptions, "directory/subscriptions", "Organization.Read.All"),
        (Collection::Groups, "groups", "GroupMember.Read.All"),
        (Collection::Members, "groups/{id}/members", "GroupMember.Read.All"),
        (Collection::Users, "users", "User.Read.All"),
    ] {
        let (desk, tenant) = (Desk::new(), Served::denying(directory("lab"), &[denied]));
        let ran = tenant.run(&desk, "doctor", &["--print=json"]);
        assert_eq!(ran.code, 1, "{ran:?}");
        let checks = checks(&ran);
        assert_eq!(in_state(&checks, "missing"), [name]);
        assert_eq!(in_state(&checks, "failed").len(), 0);
        let advice = check(&checks, name)["advice"].as_str().unwrap();
        assert!(advice.starts_with(&format!("grant {permission} and admin consent")), "{advice}");

        let ran = tenant.run(&desk, "doctor", &[]);
        assert_eq!(ran.code, 1, "{ran:?}");
        assert!(ran.stdout.contains(&format!("\nmissing  {name} ")), "{}", ran.stdout);
        assert!(ran.stdout.contains(&format!("APP={}\n", tenant.server.client_id())), "{}", ran.stdout);
        assert!(ran.stdout.contains("az ad app permission admin-consent"), "{}", ran.stdout);
    }
}

#[test]
fn a_wrong_secret_ends_with_3_and_is_not_shown() {
    let (desk, tenant) = (Desk::new(), Served::named("lab"));
    let mut command = tenant.tollgate(&desk, "doctor", &["--print", "json"]);
    let ran = run(command.env("AZURE_CLIENT_SECRET", "hunter2-of-yesterday"));
    assert_eq!(ran.code, 3, "{ran:?}");
    let checks = checks(&ran);
    assert_eq!(in_state(&checks, "failed"), ["sign-in"]);
    let failed = check(&checks, "sign-in");
    assert!(failed["seen"].as_str().unwrap().contains("AADSTS7000215"), "{failed}");
    assert!(failed["advice"].is_string());
    assert_eq!(checks.len(), 3, "what depends on the sign-in is not told: {checks:#?}");
    assert!(!ran.stdout.contains("hunter2") && !ran.stderr.contains("hunter2"));
}

#[test]
fn where_nobody_listens_it_ends_with_3() {
    let desk = Desk::new();
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("http://{nobody}/v1.0");
    let mut command = desk.tollgate(&["doctor", "--graph-url", &url, "--print", "json"]);
    let ran = run(command
        .env("TOLLGATE_ACCESS_TOKEN", "hunter2")
        .env("HTTPS_PROXY", "http://ada:swordfish@proxy.example:8080"));
    assert_eq!(ran.code, 3, "{ran:?}");
    let checks = checks(&ran);
    assert_eq!(in_state(&checks, "failed"), ["organization"], "one is enough");
    assert_eq!(
        check(&checks, "proxy")["seen"],
        "HTTPS_PROXY is http://proxy.example:8080; NO_PROXY is not set; never used for this computer itself"
    );
    assert!(!ran.stdout.contains("hunter2") && !ran.stdout.contains("swordfish"));
}

#[test]
fn a_token_that_graph_does_not_accept_ends_with_3_after_one_read() {
    let (desk, tenant) = (Desk::new(), Served::named("lab"));
    let mut command = tenant.tollgate(&desk, "doctor", &["--print", "json"]);
    let ran = run(command.env("TOLLGATE_ACCESS_TOKEN", "hunter2"));
    assert_eq!(ran.code, 3, "{ran:?}");
    let checks = checks(&ran);
    assert_eq!(in_state(&checks, "failed"), ["organization"]);
    let advice = check(&checks, "organization")["advice"].as_str().unwrap();
    assert!(advice.contains("TOLLGATE_ACCESS_TOKEN"), "{advice}");
    assert_eq!(tenant.server.log().len(), 1);
    assert_eq!(check(&checks, "tls")["state"], "ok", "Graph did answer");
    assert!(!ran.stdout.contains("hunter2"));
}

#[test]
fn a_certificate_that_is_not_trusted_is_told_with_what_to_do() {
    let (desk, tenant) = (Desk::new(), Served::named("lab"));
    let mut command =
        desk.tollgate(&["doctor", "--graph-url", &tenant.server.graph_url(), "--print", "json"]);
    let ran = run(command.env("TOLLGATE_ACCESS_TOKEN", tenant.server.access_token()));
    assert_eq!(ran.code, 3, "{ran:?}");
    let checks = checks(&ran);
    assert!(check(&checks, "organization")["advice"].as_str().unwrap().contains("--ca-file"), "{checks:#?}");
}

/// Answers every request with 403 and a text that would act on a terminal, as long as the test runs.
fn refuse_all() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let lines = BufReader::new(&stream).lines().map_while(Result::ok);
            lines.take_while(|line| !line.is_empty()).for_each(drop);
            let body = r#"{"error":{"code":"Authorization_RequestDenied","message":"No\u001b[2J\u202e."}}"#;
            let answer = format!(
                "HTTP/1.1 403 No\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
                 connection: close\r\n\r\n{body}",
                body.len()
            );
            // A client that has gone away is the test's business.
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    format!("http://{address}/v1.0")
}

/// `{"roles":["User.Read.All","Group.ReadWrite.All"],"appid":"98830695-27a2-44f7-8c18-0c3ebc9698f6"}`, unsigned.
const READABLE_TOKEN: &str = "eyJhbGciOiJub25lIn0.eyJyb2xlcyI6WyJVc2VyLlJlYWQuQWxsIiwiR3JvdXAuUmVhZFdyaXRlLkFsbCJdLCJhcHBpZCI6Ijk4ODMwNjk1LTI3YTItNDRmNy04YzE4LTBjM2ViYzk2OThmNiJ9.c2lnbmF0dXJl";

#[test]
fn a_readable_token_is_judged_and_never_shown() {
    let desk = Desk::new();
    let mut command = desk.tollgate(&["doctor", "--graph-url", &refuse_all()]);
    let ran = run(command.env("TOLLGATE_ACCESS_TOKEN", READABLE_TOKEN));
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stdout.contains("\nmissing  token "), "{}", ran.stdout);
    assert!(ran.stdout.contains(
        "→ grant Organization.Read.All and admin consent; more than an audit needs: Group.ReadWrite.All;"
    ));
    assert!(ran.stdout.contains("APP=98830695-27a2-44f7-8c18-0c3ebc9698f6\n"), "{}", ran.stdout);
    assert!(ran.stdout.contains("\nok       tls "), "{}", ran.stdout);
    assert!(ran.stdout.contains("does not tell the time"), "{}", ran.stdout);
    assert!(!ran.stdout.contains(['\u{1b}', '\u{202e}']));
    for part in READABLE_TOKEN.split('.') {
        assert!(!ran.stdout.contains(part) && !ran.stderr.contains(part));
    }
}

#[test]
fn a_broken_configuration_and_wrong_usage_end_with_2() {
    let desk = Desk::new();
    desk.write("tollgate.toml", "[[target]]\ngruop = \"Sales\"\n");
    desk.run(&["doctor"]).refused(2);
    desk.run(&["doctor", "--config", "nowhere.toml"]).advised(2);
    desk.run(&["doctor", "--demo"]).refused(2);
    let tenant = Served::named("lab");
    let ran =
        run(tenant.tollgate(&Desk::new(), "doctor", &["--auth", "secret"]).env_remove("AZURE_CLIENT_ID"));
    assert!(ran.refused(2).contains("AZURE_CLIENT_ID"));
}
