//! A scan that is killed at any point goes on, and ends with what an uninterrupted scan has.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tollgate::sim::{self, Directory, Options, Server, Tenant};

/// How often a scan is killed, each time some requests later.
const POINTS: usize = 20;

struct Place {
    runtime: Runtime,
    server: Server,
    folder: TempDir,
}

fn tenant(users: u32) -> Directory {
    Tenant::generated(users, 7).directory()
}

impl Place {
    fn new(users: u32) -> Self {
        Self::with(users, Options::default())
    }

    fn with(users: u32, options: Options) -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let server = runtime.block_on(sim::serve(tenant(users), options)).expect("a server");
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("ca.pem"), server.ca_pem()).expect("the certificate");
        Self { runtime, server, folder }
    }

    /// Another server at the same address, with the same tenant and a good day.
    fn back(self, users: u32) -> Self {
        let Self { runtime, server, folder } = self;
        let listen = server.address();
        runtime.block_on(server.stop());
        let options = Options { listen, ..Options::default() };
        let server = runtime.block_on(sim::serve(tenant(users), options)).expect("a server");
        fs::write(folder.path().join("ca.pem"), server.ca_pem()).expect("the certificate");
        Self { runtime, server, folder }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tollgate"));
        for (name, _) in std::env::vars() {
            if ["AZURE_", "TOLLGATE_", "IDENTITY_", "MSI_"].iter().any(|prefix| name.starts_with(prefix)) {
                command.env_remove(name);
            }
        }
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("AZURE_TENANT_ID", self.server.tenant_id())
            .env("AZURE_CLIENT_ID", self.server.client_id())
            .env("AZURE_CLIENT_SECRET", self.server.client_secret())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    fn scan(&self, save: &str, more: &[&str]) -> Command {
        self.live("scan", save, more)
    }

    fn live(&self, command: &str, save: &str, more: &[&str]) -> Command {
        let mut command = self.command(&[command, "--save", save, "--ca-file", "ca.pem", "--no-progress"]);
        command.args([
            "--graph-url",
            &self.server.graph_url(),
            "--authority-url",
            &self.server.authority_url(),
        ]);
        command.args(more);
        command
    }

    /// What is judged of a snapshot, without the figures of the run.
    fn judged(&self, save: &str) -> Value {
        let output = run(&mut self.command(&["audit", "--snapshot", save, "--print", "json"]));
        let mut result: Value = serde_json::from_slice(&output.stdout).expect("result.json");
        result["scan"].take();
        for line in result["coverage"].as_array_mut().expect("the ledger") {
            // An old link or a page that was dropped costs a page more.
            line["pages"].take();
            line["restarts"].take();
            // Users may be divided in another way.
            if line["collection"] == "users" {
                assert_eq!(line["complete"], true, "{line}");
                line.take();
            }
        }
        result["coverage"].as_array_mut().expect("the ledger").retain(|line| !line.is_null());
        result
    }
}

fn run(command: &mut Command) -> Output {
    command.output().expect("the program runs")
}

fn journal_of(save: &Path) -> PathBuf {
    let mut path = save.as_os_str().to_owned();
    path.push(".journal");
    path.into()
}

#[test]
fn a_scan_that_is_killed_anywhere_goes_on_and_ends_with_the_same_result() {
    killed_anywhere(&Place::new(3_000), POINTS);
}

#[test]
fn a_scan_of_users_in_parts_that_is_killed_anywhere_goes_on_and_ends_with_the_same_result() {
    let place = Place::new(21_000);
    killed_anywhere(&place, 5);
    // Nobody who was read in a part is read in it again.
    let log = place.server.log();
    let begun = |line: &&String| line.starts_with("GET /v1.0/users?$filter=") && !line.contains("skiptoken");
    let parts = log.iter().filter(begun).count();
    let scans = log.iter().filter(|line| line.starts_with("GET /v1.0/organization")).count();
    assert!(parts > scans * 2 && parts < scans * 16, "{parts} parts were begun by {scans} scans");
}

#[test]
fn where_the_connection_is_lost_for_good_what_was_read_is_kept_and_gone_on_with() {
    let reset = || Options { faults: vec!["reset#9+100000".parse().expect("a fault")], ..Options::default() };
    let expected = {
        let place = Place::new(3_000);
        assert!(run(&mut place.scan("whole", &[])).status.success());
        place.judged("whole")
    };
    for command in ["scan", "audit"] {
        let place = Place::with(3_000, reset());
        let cut = run(&mut place.live(command, "cut", &["--max-wait", "1"]));
        let said = String::from_utf8_lossy(&cut.stderr).into_owned();
        assert!(matches!(cut.status.code(), Some(1 | 4)), "{command}: {said}");
        assert!(said.contains("“tollgate scan --save cut --resume”"), "{command}: {said}");
        assert!(place.file("cut").exists(), "{command}: the snapshot of what was read");
        let read = fs::metadata(journal_of(&place.file("cut"))).expect("the journal").len();

        // Still nobody there: what was read is not given up.
        let lost = run(&mut place.scan("cut", &["--resume", "--max-wait", "1"]));
        let said = String::from_utf8_lossy(&lost.stderr).into_owned();
        assert_eq!(lost.status.code(), Some(3), "{said}");
        assert!(said.contains("hint: `tollgate scan --save cut --resume`"), "{said}");
        assert!(fs::metadata(journal_of(&place.file("cut"))).expect("the journal").len() >= read);

        let place = place.back(3_000);
        let resumed = run(&mut place.scan("cut", &["--resume"]));
        let said = String::from_utf8_lossy(&resumed.stderr).into_owned();
        assert!(resumed.status.success(), "{said}");
        assert_eq!(place.judged("cut"), expected, "{command}");
        assert!(!journal_of(&place.file("cut")).exists(), "{command}: the journal is deleted");
    }
}

/// The lists of members that a server was asked for, in batches or alone; of lists, not of further pages or counts.
fn members_asked(server: &Server) -> Vec<String> {
    let mut asked: Vec<String> =
        server.log().iter().filter_map(|line| line.strip_prefix("GET /v1.0/")).map(str::to_owned).collect();
    for batch in server.batches() {
        let batch: Value = serde_json::from_str(&batch).expect("a batch");
        let items = batch["requests"].as_array().expect("its items").iter();
        asked.extend(
            items.map(|item| item["url"].as_str().expect("a URL").trim_start_matches('/').to_owned()),
        );
    }
    let is_list = |path: &&str| path.ends_with("/members?$select=id&$top=999");
    asked
        .iter()
        .map(String::as_str)
        .filter(is_list)
        .map(|path| path.replace("?$select=id&$top=999", ""))
        .collect()
}

#[test]
fn what_was_read_before_is_in_no_batch_again() {
    let fault = "retry-after-years:members#31+100000".parse().expect("a fault");
    let place = Place::with(3_000, Options { faults: vec![fault], ..Options::default() });
    let cut = run(&mut place.live("audit", "cut", &["--out", "out", "--print", "none"]));
    assert!(String::from_utf8_lossy(&cut.stderr).contains("--save cut --resume"));
    let asked = members_asked(&place.server);
    let result = fs::read(place.file("out/result.json")).expect("a report");
    let result: Value = serde_json::from_slice(&result).expect("JSON");
    let lines = result["coverage"].as_array().expect("the ledger").iter();
    let of_members =
        |line: &&Value| line["collection"].as_str().is_some_and(|path| path.ends_with("/members"));
    let (read, unread): (Vec<&Value>, Vec<&Value>) =
        lines.filter(of_members).partition(|line| line["complete"] == true);
    assert!(read.len() >= 25 && unread.len() > 32, "{} and {} of {}", read.len(), unread.len(), asked.len());

    let place = place.back(3_000);
    let resumed = run(&mut place.scan("cut", &["--resume"]));
    assert!(resumed.status.success(), "{}", String::from_utf8_lossy(&resumed.stderr));
    assert!(!place.server.batches().is_empty(), "the others are enough for batches");
    let mut asked = members_asked(&place.server);
    asked.sort();
    let mut expected: Vec<&str> = unread.iter().filter_map(|line| line["collection"].as_str()).collect();
    expected.sort_unstable();
    assert_eq!(asked, expected);
}

/// Kills a scan at so many points, and goes on with each.
fn killed_anywhere(place: &Place, points: usize) {
    let whole = run(&mut place.scan("whole", &[]));
    assert!(whole.status.success(), "{}", String::from_utf8_lossy(&whole.stderr));
    assert!(!journal_of(&place.file("whole")).exists(), "the journal is deleted when the scan ends well");
    let expected = place.judged("whole");
    let requests = place.server.log().len();

    let mut killed = 0;
    for point in 0..points {
        let save = format!("cut-{point}");
        let before = place.server.log().len();
        let kill_after = before + 1 + point * requests / points;
        let mut child = place.scan(&save, &[]).spawn().expect("the program starts");
        while place.server.log().len() < kill_after && child.try_wait().expect("its state").is_none() {
            std::thread::yield_now();
        }
        child.kill().expect("it is killed");
        child.wait().expect("it has ended");
        if !place.file(&save).exists() {
            killed += 1;
            assert!(journal_of(&place.file(&save)).exists(), "point {point}: the journal is kept");
            let resumed = run(&mut place.scan(&save, &["--resume"]));
            assert!(resumed.status.success(), "point {point}: {}", String::from_utf8_lossy(&resumed.stderr));
        }
        assert_eq!(place.judged(&save), expected, "point {point}");
        assert!(!journal_of(&place.file(&save)).exists(), "point {point}: the journal is deleted");
    }
    assert!(killed > points / 2, "only {killed} scans were killed in time");
}

#[test]
fn a_torn_or_changed_tail_is_dropped_and_read_again() {
    let place = Place::new(3_000);
    assert!(run(&mut place.scan("whole", &[])).status.success());
    let expected = place.judged("whole");

    let mut child = place.scan("cut", &[]).spawn().expect("the program starts");
    let before = place.server.log().len();
    while place.server.log().len() < before + 12 && child.try_wait().expect("its state").is_none() {
        std::thread::yield_now();
    }
    child.kill().expect("it is killed");
    child.wait().expect("it has ended");
    let journal = journal_of(&place.file("cut"));
    if !journal.exists() {
        return; // It was faster than the kill; the other test counts how often that happens.
    }
    let bytes = fs::read(&journal).expect("the journal");
    for (name, change) in [("shorter", bytes.len() - bytes.len() / 3), ("longer", bytes.len())] {
        let mut damaged = bytes[..change].to_vec();
        damaged.extend(b"torn");
        if name == "longer" {
            let at = bytes.len() * 2 / 3;
            damaged[at] ^= 0x55;
        }
        fs::write(journal_of(&place.file(name)), &damaged).expect("a damaged journal");
        let resumed = run(&mut place.scan(name, &["--resume"]));
        assert!(resumed.status.success(), "{name}: {}", String::from_utf8_lossy(&resumed.stderr));
        assert_eq!(place.judged(name), expected, "{name}");
    }
}

#[test]
fn resuming_what_is_not_there_or_is_no_journal_says_so() {
    let place = Place::new(10);
    let nothing = run(&mut place.scan("x", &["--resume"]));
    assert_eq!(nothing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&nothing.stderr).contains("leave --resume out"));

    fs::write(journal_of(&place.file("y")), b"something else").expect("a file");
    let other = run(&mut place.scan("y", &["--resume"]));
    assert_eq!(other.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&other.stderr).contains("does not begin like the journal of a scan"));
}

#[cfg(unix)]
#[test]
fn interrupted_by_hand_it_keeps_what_was_read_and_says_how_to_go_on() {
    use std::os::unix::fs::PermissionsExt;

    let place = Place::new(20_000);
    let before = place.server.log().len();
    let mut child = place.scan("x", &[]).spawn().expect("the program starts");
    while place.server.log().len() < before + 6 && child.try_wait().expect("its state").is_none() {
        std::thread::yield_now();
    }
    let interrupted = Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill");
    assert!(interrupted.success());
    let output = child.wait_with_output().expect("it has ended");
    if place.file("x").exists() {
        return; // It was faster than the signal.
    }
    assert_eq!(output.status.code(), Some(130));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("tollgate scan --save x --resume"), "{said}");
    let mode = fs::metadata(journal_of(&place.file("x"))).expect("the journal").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let anew = run(&mut place.scan("x", &[]));
    let said = String::from_utf8_lossy(&anew.stderr).into_owned();
    assert!(anew.status.success() && said.contains("this scan begins anew"), "{said}");
    let said = String::from_utf8_lossy(&run(&mut place.scan("x", &[])).stderr).into_owned();
    assert!(!said.contains("anew"), "after an end there is nothing to go on from: {said}");
}
