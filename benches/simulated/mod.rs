//! A simulated tenant in a process of its own, for the benches: what it takes is not in their figures.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde::Deserialize;

/// The program that `cargo bench` built.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_tollgate");

/// A simulator that runs until this is dropped.
pub(crate) struct Simulated {
    process: Child,
    ready: Ready,
}

/// The line that it prints.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ready {
    graph_url: String,
    access_token: String,
}

impl Simulated {
    /// Starts one with these options besides, and waits until it is ready.
    pub(crate) fn start(users: u32, trouble: u8, options: &[&str]) -> Self {
        let mut process = Command::new(PROGRAM)
            .args(["simulate", "--plain-http", "--tenant", "generated", "--seed", "1"])
            .args(["--users", &users.to_string(), "--trouble", &trouble.to_string()])
            .args(options)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program that was built can be started");
        let mut line = String::new();
        let stdout = process.stdout.as_mut().expect("stdout is a pipe");
        BufReader::new(stdout).read_line(&mut line).expect("the simulator says when it is ready");
        let ready = serde_json::from_str(&line).expect("it says so in JSON");
        Self { process, ready }
    }

    /// A command of the program that reads this tenant, in a folder.
    pub(crate) fn command(&self, folder: &Path, arguments: &[&str]) -> Command {
        let mut command = program(folder, arguments);
        self.tell(command.arg("--graph-url"));
        command
    }

    /// Gives a command the address as its next argument, and the token in its environment.
    pub(crate) fn tell<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command.arg(&self.ready.graph_url).env("TOLLGATE_ACCESS_TOKEN", &self.ready.access_token)
    }
}

impl Drop for Simulated {
    fn drop(&mut self) {
        // It holds nothing that would have to be saved.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A command of the program, in a folder, with nothing of the caller's environment.
pub(crate) fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.current_dir(folder).env_clear().env("LANG", "C.UTF-8").args(arguments).arg("--no-progress");
    command
}
