//! Ctrl-C, and readers of stdout who go away.

use std::io::Read;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;
use tollgate::sim::{self, Options, TenantBuilder};

use crate::common::{Desk, Served, directory, run};

/// Starts a command that assert_cmd has set up, without waiting for its end.
fn start(prepared: &assert_cmd::Command) -> Child {
    let mut command = Command::new(prepared.get_program());
    command.args(prepared.get_args()).env_clear();
    for (name, value) in prepared.get_envs() {
        if let Some(value) = value {
            command.env(name, value);
        }
    }
    command.current_dir(prepared.get_current_dir().unwrap());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn interrupt(child: Child) -> Output {
    let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(kill.success());
    child.wait_with_output().unwrap()
}

/// Interrupts an audit once it has sent so many requests: nothing is left but, if `begun`, the journal to go on
/// with.
#[track_caller]
fn assert_left(options: Options, requests: usize, begun: bool) {
    let desk = Desk::new();
    let tenant = Served::with(directory("contoso"), options);
    let mut command = desk.tollgate(&["audit", "--graph-url", &tenant.server.graph_url()]);
    command.env("TOLLGATE_ACCESS_TOKEN", tenant.server.access_token());
    desk.write("ca.pem", tenant.server.ca_pem());
    command.args(["--ca-file", "ca.pem", "--out", "out", "--save", "kept.snap"]);
    let child = start(&command);
    while tenant.server.log().len() < requests {
        std::thread::yield_now();
    }
    let output = interrupt(child);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(130), "{stderr}");
    assert!(stderr.contains("interrupted") && !stderr.contains("panicked"), "{stderr}");
    assert!(output.stdout.is_empty());
    let left: &[&str] = if begun { &["ca.pem", "kept.snap.journal"] } else { &["ca.pem"] };
    assert_eq!(desk.files(), left, "something was left behind");
    assert_eq!(stderr.contains("--save kept.snap --resume"), begun, "{stderr}");
}

#[test]
fn an_audit_interrupted_before_the_first_answer_leaves_nothing_behind() {
    // Nobody waits this long: the answer never comes.
    assert_left(Options { latency: Duration::from_hours(1), ..Options::default() }, 1, false);
}

#[test]
fn an_audit_interrupted_while_much_is_under_way_leaves_only_its_journal_behind() {
    // The quota lets few requests through; the others wait for seconds.
    for _ in 0..5 {
        assert_left(Options { units: Some(4), ..Options::default() }, 5, true);
    }
}

/// A snapshot that takes a while to be written out.
fn large_snapshot(desk: &Desk) {
    let directory = sim::Tenant::generated(4_000, 1).directory();
    let ran = Served::new(directory).run(desk, "scan", &["--save", "large.snap", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    std::fs::remove_file(desk.path("ca.pem")).unwrap();
}

#[test]
fn an_audit_interrupted_while_it_writes_leaves_nothing_half_written() {
    let desk = Desk::new();
    large_snapshot(&desk);
    std::fs::create_dir(desk.path("out")).unwrap();
    desk.write("out/result.json", "of last time");
    let mut command = desk.tollgate(&["audit", "--snapshot", "large.snap", "--print", "none"]);
    let child = start(command.args(["--out", "out"]));
    while desk.files().iter().all(|name| !name.starts_with("out/.tollgate-")) {
        std::thread::yield_now();
    }
    let output = interrupt(child);
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(130), "{stderr}");
    assert_eq!(stderr, "error: interrupted; no report was written\n");
    assert_eq!(desk.files(), ["large.snap", "out/result.json"], "something was left behind");
    assert_eq!(desk.text("out/result.json"), "of last time");
}

#[test]
fn an_audit_interrupted_while_nobody_reads_what_it_prints_ends() {
    let desk = Desk::new();
    large_snapshot(&desk);
    assert_ends_while_it_prints(&desk.tollgate(&["audit", "--snapshot", "large.snap", "--print", "json"]));
}

#[test]
fn an_explanation_interrupted_while_nobody_reads_it_ends() {
    let desk = Desk::new();
    let mut tenant = TenantBuilder::new("Many", "many.example").product("SPE_E3", 5);
    let names: Vec<String> = (0..1_500).map(|number| format!("A group of a long name, {number}")).collect();
    for name in &names {
        tenant = tenant.group(name.clone()).grants("SPE_E3");
    }
    tenant = tenant.user("ada");
    for name in &names {
        tenant = tenant.in_group(name);
    }
    Served::new(tenant.build()).run(&desk, "scan", &["--save", "many.snap"]);
    assert_ends_while_it_prints(&desk.tollgate(&["explain", "--snapshot", "many.snap", "ada@many.example"]));
}

/// Interrupts a command that prints more than a pipe takes while nobody reads on.
#[track_caller]
fn assert_ends_while_it_prints(command: &assert_cmd::Command) {
    let mut child = start(command);
    child.stdout.as_mut().unwrap().read_exact(&mut [0]).unwrap();
    let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(kill.success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

#[test]
fn a_simulated_tenant_can_be_audited_with_what_it_prints_and_ends_when_interrupted() {
    use std::io::{BufRead, BufReader};
    let desk = Desk::new();
    let mut simulator = start(&desk.tollgate(&["simulate", "--tenant", "lab", "--ca-out", "ca.pem"]));
    let mut line = String::new();
    BufReader::new(simulator.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap();
    let text = |key: &str| ready[key].as_str().unwrap();
    let mut command = desk.tollgate(&["audit", "--graph-url", text("graphUrl")]);
    command
        .args(["--authority-url", text("authorityUrl"), "--ca-file", "ca.pem", "--out", "out"])
        .env("AZURE_TENANT_ID", text("tenantId"))
        .env("AZURE_CLIENT_ID", text("clientId"))
        .env("AZURE_CLIENT_SECRET", text("clientSecret"));
    let ran = run(&mut command);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(interrupt(simulator).status.code(), Some(0));
    // The same bytes as the demo of that name, but for what the scan was asked for.
    desk.run(&["audit", "--demo=lab", "--out", "demo"]);
    assert_eq!(desk.json("out/result.json"), desk.json("demo/result.json"));
}

#[test]
fn a_reader_who_goes_away_is_no_error() {
    let desk = Desk::new();
    let mut child = start(&desk.tollgate(&["explain", "enough-seats"]));
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), stderr.as_str()), (Some(0), ""));
}
