//! `tollgate explain`: what a criterion or code means, or how a user or group was judged.

use std::io::{self, Write};

use clap::Args;

use super::exit::{Exit, Failure};
use super::interrupt::Interrupt;
use super::source::SourceOptions;
use super::talk::{Talk, TalkOptions};
use super::{environment, style, terminal_width, to_stdout};
use crate::clean;
use crate::pack::Pack;
use crate::plan::{Selector, nearest};
use crate::report::terminal::wrap;
use crate::report::{Texts, explain};
use crate::rules;
use crate::rules::dossier::{self, Lookup};
use crate::scan::{MembersOf, Request};
use crate::tenant::Tenant;
use crate::verdict::{Code, CriterionId, page};

/// How much of what was written is repeated.
const LONGEST_NAME: usize = 60;

/// How many letters of a code may be wrong, missing, too many or in another order.
const SLIPS: usize = 2;

/// How many objects of one name are listed.
const OBJECTS: usize = 10;

/// Options of `tollgate explain`.
#[derive(Args, Debug)]
pub(super) struct ExplainOptions {
    /// A criterion such as `enough-seats`, a code such as `seats-exhausted`, or a user or group by id, user
    /// principal name or display name
    #[arg(value_name = "CRITERION | CODE | USER | GROUP")]
    subject: String,
    #[command(flatten)]
    source: SourceOptions,
    #[command(flatten)]
    talk: TalkOptions,
}

pub(super) async fn run(options: ExplainOptions) -> Result<Exit, Failure> {
    let subject = options.subject.trim();
    let texts = options.talk.language.texts();
    if let Some(criterion) = CriterionId::parse(subject) {
        to_stdout(|stdout| write!(stdout, "{}", plain(texts.page(criterion))))?;
        return Ok(Exit::Pass);
    }
    if let Some(code) = Code::parse(subject) {
        to_stdout(|stdout| explain_code(stdout, &texts, code))?;
        return Ok(Exit::Pass);
    }
    if !options.source.is_given(&environment) {
        return Err(Failure::usage(format!(
            "`{}` is neither a criterion nor a code\nhint: {}",
            clean::line(subject, LONGEST_NAME),
            match nearest_code(subject) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`tollgate rules` lists them; for a user or group say which tenant: --snapshot FILE, --demo or --tenant ID".to_owned(),
            }
        )));
    }
    if let Some(near) = mistyped_code(subject).filter(|_| !options.source.is_named()) {
        // A configuration in this folder is no reason to read a whole tenant for a slip of the pen.
        return Err(Failure::usage(format!(
            "`{subject}` is neither a criterion nor a code\nhint: did you mean `{near}`? For a user or group of that name say which tenant: --config FILE, --snapshot FILE, --demo or --tenant ID"
        )));
    }
    explain_object(&options, subject).await
}

async fn explain_object(options: &ExplainOptions, subject: &str) -> Result<Exit, Failure> {
    let talk = Talk::new(options.talk);
    let config = options.source.config()?;
    let pack = Pack::built_in();
    let accused = |tenant: &Tenant| rules::accused(tenant, &config.plan, pack);
    // Besides what an audit reads the members of a group of this name.
    let named = Selector::new(subject);
    let members_of = if named.is_pattern() {
        MembersOf::InScope
    } else {
        MembersOf::Candidates { named: Some(&named), any_kind: true, owners: false }
    };
    let request = Request { plan: &config.plan, members_of, save: None, accused: &accused };
    let tenant = options.source.read(&config, request, &talk).await?;
    let _listening = Interrupt::listen().await?;
    let audit = rules::judge(&tenant, &config.plan, pack)?;
    let texts = talk.texts();
    let object = match dossier::find(&tenant, subject) {
        Lookup::One(object) => object,
        Lookup::Many(objects) => {
            let mut lines: Vec<String> = objects
                .iter()
                .take(OBJECTS)
                .map(|object| format!("  {}", explain::label(&tenant, *object, texts)))
                .collect();
            if objects.len() > OBJECTS {
                lines.push(format!("  and {} more", objects.len() - OBJECTS));
            }
            return Err(Failure::usage(format!(
                "`{}` is the name of {} objects:\n{}\nhint: name one by its id",
                clean::line(subject, LONGEST_NAME),
                objects.len(),
                lines.join("\n")
            )));
        }
        Lookup::Nothing(near) => return Err(unknown(&tenant, subject, &near)),
    };
    let style = style(None, options.source.demo.is_some(), false);
    to_stdout(|stdout| explain::print(&audit, object, texts, &style, stdout))?;
    Ok(Exit::Pass)
}

fn unknown(tenant: &Tenant, subject: &str, near: &[String]) -> Failure {
    let near: Vec<String> = near
        .iter()
        .map(String::as_str)
        .chain(nearest_code(subject).filter(|_| subject.contains('-')))
        .map(|name| format!("`{}`", clean::line(name, LONGEST_NAME)))
        .collect();
    let hint = if near.is_empty() {
        "name a user by id, user principal name or display name, a group by id or name".to_owned()
    } else {
        format!("did you mean {}?", near.join(", "))
    };
    let unread = if tenant.users_complete() && tenant.groups_complete() {
        ""
    } else {
        " (not all users and groups were read)"
    };
    Failure::usage(format!(
        "`{}` is no criterion, no code, and no user or group of this tenant{unread}\nhint: {hint}",
        clean::line(subject, LONGEST_NAME)
    ))
}

/// The criterion or code that is most like what was written.
fn nearest_code(subject: &str) -> Option<&'static str> {
    nearest(subject, known())
}

/// All criteria and codes.
fn known() -> impl Iterator<Item = &'static str> {
    CriterionId::ALL.map(CriterionId::as_str).into_iter().chain(Code::ALL.iter().map(|code| code.as_str()))
}

/// The criterion or code that was meant, where there is hardly a doubt: words of small letters with hyphens, and a
/// slip or two away from it.
fn mistyped_code(subject: &str) -> Option<&'static str> {
    let words =
        subject.contains('-') && subject.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
    let slips = |known: &str| strsim::osa_distance(subject, known);
    known().filter(|known| words && slips(known) <= SLIPS).min_by_key(|known| slips(known))
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
    let width = usize::from(terminal_width());
    let mut plain = String::new();
    for line in text.trim().lines() {
        let line = line.trim_start_matches('#').trim_start();
        let line = line.replace("**", "").replace(['*', '`'], "");
        if line.is_empty() {
            plain.push('\n');
            continue;
        }
        for part in wrap(&line, width) {
            plain.push_str(&part);
            plain.push('\n');
        }
    }
    plain
}
