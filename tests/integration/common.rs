//! A working folder, the program, and simulated tenants to point it at.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tollgate::sim::{self, Collection, Directory, Options, Server};

/// A run that takes longer hangs; the slowest one takes some seconds.
const LONGEST_RUN: Duration = Duration::from_mins(2);

/// The report files of an audit.
pub(crate) const REPORTS: [&str; 12] = [
    "actions.csv",
    "audit.xlsx",
    "criteria.csv",
    "findings.csv",
    "groups.csv",
    "junit.xml",
    "members.csv",
    "report.html",
    "report.md",
    "result.json",
    "result.sarif",
    "seats.csv",
];

/// A folder of one's own, in which the program runs.
pub(crate) struct Desk {
    folder: TempDir,
}

/// How a run ended, and what it said.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("tmp")).unwrap();
        Self { folder }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).unwrap();
    }

    pub(crate) fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) fn text(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).unwrap()
    }

    pub(crate) fn json(&self, name: &str) -> Value {
        serde_json::from_slice(&self.bytes(name)).unwrap()
    }

    pub(crate) fn mode(&self, name: &str) -> u32 {
        fs::metadata(self.path(name)).unwrap().permissions().mode() & 0o777
    }

    /// Every file in the folder and below, sorted, with `/` between names.
    pub(crate) fn files(&self) -> Vec<String> {
        let mut found = Vec::new();
        list(self.folder.path(), "", &mut found);
        found.sort();
        found
    }

    /// Every file in a folder below, by name.
    pub(crate) fn contents(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let mut names = Vec::new();
        list(&self.path(folder), "", &mut names);
        names.into_iter().map(|name| (name.clone(), self.bytes(&format!("{folder}/{name}")))).collect()
    }

    /// The program in this folder, with nothing of the caller's environment.
    pub(crate) fn tollgate(&self, arguments: &[&str]) -> Command {
        let mut command = assert_cmd::cargo::cargo_bin_cmd!("tollgate");
        command
            .current_dir(self.folder.path())
            .env_clear()
            .env("LANG", "C.UTF-8")
            .env("RUST_BACKTRACE", "0")
            .env("TMPDIR", self.path("tmp"))
            .timeout(LONGEST_RUN)
            .args(arguments);
        command
    }

    /// Runs the program in this folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        run(&mut self.tollgate(arguments))
    }
}

fn list(folder: &Path, below: &str, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{below}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            list(&entry.path(), &format!("{name}/"), found);
        } else {
            found.push(name);
        }
    }
}

/// Runs a command; a panic or a signal is never right.
pub(crate) fn run(command: &mut Command) -> Ran {
    let output = command.output().unwrap();
    let [stdout, stderr] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    for text in [&stdout, &stderr] {
        assert!(!text.contains("panicked") && !text.contains("RUST_BACKTRACE"), "{text}");
    }
    let code = output.status.code().unwrap_or_else(|| panic!("ended by a signal: {stderr}"));
    Ran { code, stdout, stderr }
}

impl Ran {
    /// An error is told on stderr, and stdout stays empty.
    #[track_caller]
    pub(crate) fn refused(&self, code: i32) -> &str {
        assert_eq!(self.code, code, "{}", self.stderr);
        assert_eq!(self.stdout, "", "stdout is for data");
        assert!(self.stderr.contains("error: "), "{}", self.stderr);
        &self.stderr
    }

    /// The same with a next step on a line of its own.
    #[track_caller]
    pub(crate) fn advised(&self, code: i32) -> &str {
        assert!(self.refused(code).contains("\nhint: "), "no next step: {}", self.stderr);
        &self.stderr
    }
}

/// A simulated tenant that is being served.
pub(crate) struct Served {
    // Before the runtime, so that it goes first.
    pub(crate) server: Server,
    _runtime: Runtime,
}

impl Served {
    pub(crate) fn new(directory: Directory) -> Self {
        Self::with(directory, Options::default())
    }

    pub(crate) fn named(name: &str) -> Self {
        Self::new(directory(name))
    }

    /// Without the permission to read these collections.
    pub(crate) fn denying(directory: Directory, deny: &[Collection]) -> Self {
        Self::with(directory, Options { deny: deny.to_vec(), ..Options::default() })
    }

    pub(crate) fn with(directory: Directory, options: Options) -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let server = runtime.block_on(sim::serve(directory, options)).unwrap();
        Self { server, _runtime: runtime }
    }

    /// The program with all that it takes to read this tenant: `ca.pem` in the folder, addresses, credentials.
    pub(crate) fn tollgate(&self, desk: &Desk, command: &str, arguments: &[&str]) -> Command {
        desk.write("ca.pem", self.server.ca_pem());
        let mut command = desk.tollgate(&[command, "--graph-url", &self.server.graph_url()]);
        command
            .args(["--authority-url", &self.server.authority_url(), "--ca-file", "ca.pem", "--no-progress"])
            .args(arguments)
            .env("AZURE_TENANT_ID", self.server.tenant_id())
            .env("AZURE_CLIENT_ID", self.server.client_id())
            .env("AZURE_CLIENT_SECRET", self.server.client_secret());
        command
    }

    pub(crate) fn run(&self, desk: &Desk, command: &str, arguments: &[&str]) -> Ran {
        run(&mut self.tollgate(desk, command, arguments))
    }
}

/// A simulated tenant by its name on the command line.
pub(crate) fn directory(name: &str) -> Directory {
    name.parse::<sim::Tenant>().unwrap().directory()
}

/// What `result.json` says of a criterion: a finding at the top, or a gap.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Statement {
    pub(crate) criterion: String,
    /// `violation`, `advisory` or `gap`.
    pub(crate) kind: String,
    pub(crate) code: String,
    /// Display name.
    pub(crate) group: Option<String>,
    /// User principal name.
    pub(crate) user: Option<String>,
    /// Part number.
    pub(crate) sku: Option<String>,
}

/// All statements of a result, sorted; the same twice stays twice.
pub(crate) fn statements(result: &Value) -> Vec<Statement> {
    let mut found = Vec::new();
    for criterion in result["criteria"].as_array().unwrap() {
        for (list, gap) in [("findings", false), ("gaps", true)] {
            for item in criterion[list].as_array().unwrap() {
                let text = |value: &Value| value.as_str().map(str::to_owned);
                found.push(Statement {
                    criterion: text(&criterion["id"]).unwrap(),
                    kind: if gap { "gap".to_owned() } else { text(&item["severity"]).unwrap() },
                    code: text(&item["code"]).unwrap(),
                    group: text(&item["group"]["displayName"]),
                    user: text(&item["user"]["userPrincipalName"]),
                    sku: text(&item["sku"]["partNumber"]),
                });
            }
        }
    }
    found.sort();
    found
}

/// The verdicts of the four criteria, in their order.
pub(crate) fn verdicts(result: &Value) -> Vec<&str> {
    let criteria = result["criteria"].as_array().unwrap();
    criteria.iter().map(|criterion| criterion["verdict"].as_str().unwrap()).collect()
}

/// Per criterion what was found: `! code` a violation, `- code` an advisory, `? code` a gap; each once, sorted.
pub(crate) fn codes(result: &Value, criterion: usize) -> Vec<String> {
    let id = result["criteria"][criterion]["id"].as_str().unwrap();
    let mut codes: Vec<String> = statements(result)
        .into_iter()
        .filter(|statement| statement.criterion == id)
        .map(|Statement { kind, code, .. }| match kind.as_str() {
            "violation" => format!("! {code}"),
            "advisory" => format!("- {code}"),
            _ => format!("? {code}"),
        })
        .collect();
    codes.sort();
    codes.dedup();
    codes
}
