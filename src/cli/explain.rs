//! `tollgate explain`: the documentation page of a criterion or a code, in the terminal.

use std::io::{self, Write};

use clap::Args;

use super::exit::{Exit, Failure};
use super::talk::LanguageOption;
use super::{terminal_width, to_stdout};
use crate::plan::nearest;
use crate::report::Texts;
use crate::report::terminal::wrap;
use crate::verdict::{Code, CriterionId, page};

/// Options of `tollgate explain`.
#[derive(Args, Debug)]
pub(super) struct ExplainOptions {
    /// A criterion such as `enough-seats`, or a code such as `seats-exhausted`
    #[arg(value_name = "CRITERION | CODE")]
    subject: String,
    #[command(flatten)]
    language: LanguageOption,
}

pub(super) fn run(options: &ExplainOptions) -> Result<Exit, Failure> {
    let subject = options.subject.trim();
    let texts = options.language.texts();
    if let Some(criterion) = CriterionId::parse(subject) {
        to_stdout(|stdout| write!(stdout, "{}", plain(texts.page(criterion))))?;
        return Ok(Exit::Pass);
    }
    let Some(code) = Code::parse(subject) else {
        let known = CriterionId::ALL.map(CriterionId::as_str);
        let known = known.into_iter().chain(Code::ALL.iter().map(|code| code.as_str()));
        let near = nearest(subject, known)
            .map_or("`tollgate rules` lists them".to_owned(), |near| format!("did you mean `{near}`?"));
        let subject = crate::clean::line(subject, 60);
        return Err(Failure::usage(format!("`{subject}` is neither a criterion nor a code\nhint: {near}")));
    };
    to_stdout(|stdout| explain_code(stdout, &texts, code))?;
    Ok(Exit::Pass)
}

fn explain_code(out: &mut dyn Write, texts: &Texts, code: Code) -> io::Result<()> {
    let mut first = true;
    for criterion in CriterionId::ALL {
        if let Some(section) = page::section_of(texts.page(criterion), code) {
            if !first {
                writeln!(out)?;
            }
            first = false;
            writeln!(out, "{} ({})\n", code.as_str(), criterion.as_str())?;
            write!(out, "{}", plain(section))?;
        }
    }
    Ok(())
}

/// Markdown without the marks that only matter on a page.
fn plain(text: &str) -> String {
    let environment = |name: &str| std::env::var(name).ok();
    let width = usize::from(terminal_width(&environment));
    let mut plain = String::new();
    for line in text.trim().lines() {
        let line = line.trim_start_matches('#').trim_start();
        let line = line.replace("**", "").replace(['*', '`'], "");
        if line.is_empty() {
            plain.push('\n');
        }
        for part in wrap(&line, width) {
            plain.push_str(&part);
            plain.push('\n');
        }
    }
    plain
}
