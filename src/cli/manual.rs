//! `tollgate completions` and `tollgate man`: what packagers install beside the program.

use std::fs;
use std::path::PathBuf;

use clap::{Args, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;

use super::exit::{Exit, Failure};
use super::{Cli, to_stdout};

/// Options of `tollgate completions`.
#[derive(Args, Debug)]
pub(super) struct CompletionsOptions {
    /// Your shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Options of `tollgate man`.
#[derive(Args, Debug)]
pub(super) struct ManOptions {
    /// Write a page for every command into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(super) fn completions(options: &CompletionsOptions) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Cli::command(), "tollgate", &mut script);
    to_stdout(|stdout| stdout.write_all(&script))?;
    Ok(Exit::Pass)
}

pub(super) fn man(options: &ManOptions) -> Result<Exit, Failure> {
    let command = Cli::command();
    match &options.out {
        None => to_stdout(|stdout| Man::new(command).render(stdout))?,
        Some(out) => {
            let written = fs::create_dir_all(out).and_then(|()| clap_mangen::generate_to(command, out));
            written.map_err(|error| {
                Failure::usage(format!("cannot write manual pages into {}: {error}", out.display()))
            })?;
        }
    }
    Ok(Exit::Pass)
}
