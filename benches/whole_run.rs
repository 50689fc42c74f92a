//! The whole program against a simulated tenant: `cargo bench --bench whole_run`.
//!
//! The simulator is a process of its own, over plain HTTP on loopback, so what is measured is the reader. For each
//! size: a live audit with a snapshot and all reports; then the snapshot judged again, without and with
//! reports, so that the parts can be told apart. Time is CPU time, which a loaded machine changes little;
//! the wall time is shown beside it.
//!
//! The limit: parsing every object of the snapshot into what is used of it, with the same parser and nothing
//! else; and a request per 999 objects of each collection.
//!
//! `-- --users 10000` (or a list, with commas) takes other sizes, `-- --trouble 1` only one kind of tenant.
//! `-- --peer` measures Microsoft's JavaScript client against the same server, right beside an audit that writes
//! `result.json` and no snapshot, the two in turn and the best of three runs of each; the server then keeps what it has
//! answered (1.4 GB at a million users), so that it is not measured. It needs Node.js, and `npm ci --prefix benches/peer`
//! once.
//! Linux only: CPU time and peak memory are read from `/proc`.

#![expect(clippy::print_stdout, reason = "the table is what this prints")]

mod simulated;

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde::de::IgnoredAny;
use simulated::{Simulated, program};

/// The design's budget of memory for a million users.
const PEAK_BUDGET: u64 = 400 << 20;

/// `/proc` counts CPU time in these on every Linux.
const TICKS_PER_SECOND: f64 = 100.0;

/// What reads the same tenant with Microsoft's JavaScript client.
const PEER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/peer/read.mjs");

/// How often the audit and the yardstick run.
const RUNS: usize = 3;

/// How many objects there are at most in a page.
const PAGE: u64 = 999;

fn main() {
    let (mut users, mut troubles, mut peer) = (vec![10_000, 100_000, 1_000_000], vec![1, 50], false);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut list = || arguments.next().unwrap_or_default();
        match argument.as_str() {
            "--users" => users = numbers(&list()),
            "--trouble" => troubles = numbers(&list()),
            "--peer" => peer = true,
            // Cargo says so to every bench.
            "--bench" => {}
            other => panic!(
                "unknown option {other}; there are --users N,N,…, --trouble PERCENT,PERCENT and --peer"
            ),
        }
    }
    for trouble in troubles {
        let trouble = u8::try_from(trouble).expect("a percentage");
        println!("\n{trouble} % of the members have something wrong\n");
        let mut before: Option<Measured> = None;
        for &users in &users {
            let measured = measure(users, trouble, peer);
            measured.print(before.as_ref());
            let over = trouble <= 1 && users <= 1_000_000 && measured.audit.peak > PEAK_BUDGET;
            assert!(!over, "an audit of {users} users took more memory than the design allows");
            before = Some(measured);
        }
    }
}

fn numbers(list: &str) -> Vec<u32> {
    list.split(',')
        .map(|number| number.parse().unwrap_or_else(|_| panic!("`{number}` is no number")))
        .collect()
}

/// What one size took.
struct Measured {
    users: u32,
    audit: Took,
    scan: Scan,
    requests_at_least: u64,
    snapshot: u64,
    reports: u64,
    judged: Took,
    judged_and_reported: Took,
    parsing: Duration,
    /// An audit that writes `result.json` only, and Microsoft's JavaScript client, which judges nothing.
    beside: Option<(Took, Took)>,
}

/// What a run of the program took.
#[derive(Clone, Copy)]
struct Took {
    wall: Duration,
    /// Seconds, of all threads.
    cpu: f64,
    /// Bytes.
    peak: u64,
}

impl Took {
    /// The better of two runs in each figure.
    fn best(self, other: Self) -> Self {
        Self {
            wall: self.wall.min(other.wall),
            cpu: self.cpu.min(other.cpu),
            peak: self.peak.min(other.peak),
        }
    }
}

#[derive(Deserialize)]
struct ResultFile {
    scan: Scan,
    coverage: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Scan {
    requests: u64,
    resource_units: u64,
    bytes: u64,
    reread: u64,
}

#[derive(Deserialize)]
struct Line {
    read: u64,
}

fn measure(users: u32, trouble: u8, peer: bool) -> Measured {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    // From the second time on the server has next to nothing to do, and leaves the processors to the reader.
    let keeps: &[&str] = if peer { &["--keep-answers"] } else { &[] };
    let simulated = Simulated::start(users, trouble, keeps);
    let audit = run(&mut simulated
        .command(folder, &["audit", "--print", "none", "--out", "live", "--save", "tenant.tollgate"]));
    let beside = peer.then(|| {
        let shortest = ["audit", "--print", "none", "--out", "short", "--format", "json"];
        let both = || {
            let audit = run(&mut simulated.command(folder, &shortest));
            (audit, run(simulated.tell(Command::new("node").arg(PEER))))
        };
        // Other work on the machine only adds to either.
        (1..RUNS).fold(both(), |(audit, peer), _| {
            let (again, peer_again) = both();
            (audit.best(again), peer.best(peer_again))
        })
    });
    drop(simulated);
    let again = ["audit", "--print", "none", "--snapshot", "tenant.tollgate"];
    let judged = run(&mut program(folder, &again));
    let judged_and_reported = run(&mut program(folder, &[&again[..], &["--out", "again"]].concat()));
    let file = File::open(folder.join("live/result.json")).expect("the audit wrote it");
    let result: ResultFile = serde_json::from_reader(BufReader::new(file)).expect("it is JSON");
    let size = |path: &Path| fs::metadata(path).expect("it was written").len();
    let files = fs::read_dir(folder.join("live")).expect("the reports' folder");
    Measured {
        users,
        audit,
        requests_at_least: result.coverage.iter().map(|line| line.read.div_ceil(PAGE).max(1)).sum(),
        scan: result.scan,
        snapshot: size(&folder.join("tenant.tollgate")),
        reports: files.map(|file| size(&file.expect("a file").path())).sum(),
        judged,
        judged_and_reported,
        parsing: parse_alone(&folder.join("tenant.tollgate")),
        beside,
    }
}

/// Runs a command to its end.
fn run(command: &mut Command) -> Took {
    let begin = Instant::now();
    let mut process = command.stdout(Stdio::null()).spawn().expect("the program can be started");
    let mut peak = 0;
    // Until somebody waits for it, a process that has ended still tells its CPU time.
    let cpu = loop {
        let (ended, cpu) = state(&process);
        if ended {
            break cpu;
        }
        peak = peak_memory(&process).unwrap_or(peak);
        std::thread::sleep(Duration::from_millis(2));
    };
    let wall = begin.elapsed();
    let status = process.wait().expect("it has ended");
    // 0, 1 and 4 are verdicts.
    assert!(matches!(status.code(), Some(0 | 1 | 4)), "{command:?} ended with {status}");
    Took { wall, cpu, peak }
}

/// Whether a process has ended, and its CPU seconds so far.
fn state(process: &Child) -> (bool, f64) {
    let stat = fs::read_to_string(format!("/proc/{}/stat", process.id())).expect("it was not waited for yet");
    let (_, fields) = stat.rsplit_once(") ").expect("the name of the program stands in brackets");
    let fields: Vec<&str> = fields.split(' ').collect();
    // The third field of the file is the first behind the name; CPU time is in its 14th and 15th.
    let ticks = |field: usize| fields[field].parse::<f64>().expect("a number of ticks");
    (fields[0] == "Z", (ticks(11) + ticks(12)) / TICKS_PER_SECOND)
}

/// The most memory that a process has had so far, in bytes.
fn peak_memory(process: &Child) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", process.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? * 1024)
}

/// What is used of any object of the snapshot, borrowed from its text.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "it is parsed for the time that takes")]
struct Used<'a> {
    #[serde(borrow)]
    id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    display_name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    user_principal_name: Option<Cow<'a, str>>,
    account_enabled: Option<bool>,
    #[serde(borrow)]
    user_type: Option<Cow<'a, str>>,
    #[serde(borrow)]
    usage_location: Option<Cow<'a, str>>,
    #[serde(borrow)]
    creation_type: Option<Cow<'a, str>>,
    #[serde(borrow)]
    external_user_state: Option<Cow<'a, str>>,
    #[serde(borrow)]
    license_assignment_states: Option<Vec<UsedState<'a>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(dead_code, reason = "it is parsed for the time that takes")]
struct UsedState<'a> {
    #[serde(borrow)]
    sku_id: Option<Cow<'a, str>>,
    #[serde(borrow)]
    assigned_by_group: Option<Cow<'a, str>>,
    #[serde(borrow)]
    disabled_plans: Option<Vec<Cow<'a, str>>>,
    #[serde(borrow)]
    state: Option<Cow<'a, str>>,
    #[serde(borrow)]
    error: Option<Cow<'a, str>>,
}

/// How long it takes to parse every line of a snapshot, on one thread, and nothing else.
fn parse_alone(snapshot: &Path) -> Duration {
    let file = BufReader::new(File::open(snapshot).expect("the snapshot"));
    let mut lines = BufReader::new(zstd::Decoder::with_buffer(file).expect("zstd"));
    let (mut batch, mut took) = (Vec::new(), Duration::ZERO);
    loop {
        let mut line = String::new();
        let more = lines.read_line(&mut line).expect("the snapshot can be read") > 0;
        if more {
            batch.push(line);
        }
        if batch.len() == 10_000 || !more {
            let begin = Instant::now();
            for line in batch.drain(..) {
                if serde_json::from_str::<Used<'_>>(&line).is_err() {
                    serde_json::from_str::<IgnoredAny>(&line).expect("a line is JSON");
                }
            }
            took += begin.elapsed();
        }
        if !more {
            return took;
        }
    }
}

impl Measured {
    fn print(&self, before: Option<&Self>) {
        let growth = |now: f64, before: Option<f64>| match before {
            Some(before) if before > 0.0 => format!(" (x{:.1})", now / before),
            _ => String::new(),
        };
        let audit = &self.audit;
        println!("{} users", self.users);
        println!(
            "  audit: {:.2} s CPU{}, {:.1} µs per user; wall {:.2} s; peak {:.0} MB{}",
            audit.cpu,
            growth(audit.cpu, before.map(|before| before.audit.cpu)),
            audit.cpu * 1e6 / f64::from(self.users),
            audit.wall.as_secs_f64(),
            megabytes(audit.peak),
            growth(megabytes(audit.peak), before.map(|before| megabytes(before.audit.peak))),
        );
        println!(
            "  {} requests (a page per 999 objects: {}), {} resource units, {:.1} MB received, {} read again",
            self.scan.requests,
            self.requests_at_least,
            self.scan.resource_units,
            megabytes(self.scan.bytes),
            self.scan.reread,
        );
        println!("  snapshot {:.1} MB, reports {:.1} MB", megabytes(self.snapshot), megabytes(self.reports));
        let share = |cpu: f64| format!("{cpu:.2} s CPU ({:.0} %)", 100.0 * cpu / audit.cpu);
        let (judged, reported) = (self.judged, self.judged_and_reported);
        println!(
            "  of which: snapshot loaded and judged again {}, peak {:.0} MB; reports {}",
            share(judged.cpu),
            megabytes(judged.peak),
            share((reported.cpu - judged.cpu).max(0.0)),
        );
        let parsing = self.parsing.as_secs_f64();
        println!(
            "  limit: parsing alone {parsing:.2} s, {:.2} µs per user; the audit takes {:.1} times that, loading and judging {:.1} times",
            parsing * 1e6 / f64::from(self.users),
            audit.cpu / parsing,
            judged.cpu / parsing,
        );
        if let Some((audit, peer)) = &self.beside {
            println!(
                "  audit with result.json only: {:.2} s CPU, wall {:.2} s, peak {:.0} MB; JavaScript client: {:.2} s CPU, wall {:.2} s, peak {:.0} MB; the audit takes {:.2} of its CPU time, {:.2} of its wall time, {:.2} of its memory",
                audit.cpu,
                audit.wall.as_secs_f64(),
                megabytes(audit.peak),
                peer.cpu,
                peer.wall.as_secs_f64(),
                megabytes(peer.peak),
                audit.cpu / peer.cpu,
                audit.wall.as_secs_f64() / peer.wall.as_secs_f64(),
                megabytes(audit.peak) / megabytes(peer.peak),
            );
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "for people")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
