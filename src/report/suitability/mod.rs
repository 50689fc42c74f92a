//! What `tollgate groups` says: which groups are suitable for automatic licensing, licensed, or not to be licensed.

mod csv;
mod json;
mod terminal;

pub use self::csv::{COLUMNS, write as write_csv};
pub use self::json::write as write_json;
pub use self::terminal::print;

use super::text::{Clean, Texts};
use crate::rules::suitability::Reason;
use crate::tenant::coverage::path;
use crate::tenant::{Owner, Owners, Tenant};
use crate::verdict::CriterionId;

/// The name of the table's file.
pub const FILE_NAME: &str = "groups-suitability.csv";

/// A reason in a sentence; how often, where more than once.
pub(super) fn why(texts: &Texts, tenant: &Tenant, reason: &Reason, clean: Clean) -> String {
    let sentence = say(texts, tenant, reason, None, clean);
    let times = texts.say("suit-times", &[("count", reason.count.into())]);
    match sentence.strip_suffix('.') {
        Some(sentence) if !times.is_empty() => format!("{sentence}{times}."),
        _ => sentence,
    }
}

/// What to do about it, where there is something to do.
pub(super) fn next_step(texts: &Texts, tenant: &Tenant, reason: &Reason, clean: Clean) -> Option<String> {
    let attribute = if reason.criterion.is_some() { "remedy" } else { "next" };
    texts.has(reason.message.id, attribute).then(|| say(texts, tenant, reason, Some(attribute), clean))
}

/// How many of the people who would be newly covered are named, and how many owners.
pub(super) const NAMES: usize = 3;

/// Who owns a group, a few by name.
pub(super) fn owners_line(texts: &Texts, owners: &Owners, name: impl Fn(&Owner) -> String) -> String {
    let names: Vec<String> = owners.all.iter().take(NAMES).map(name).collect();
    let rest = owners.all.len() - names.len();
    let names = texts.say("examples", &[("names", names.join(", ").into()), ("count", rest.into())]);
    let more = if owners.may_be_more() { "yes" } else { "no" };
    let count = owners.all.len().into();
    texts.say("suit-owners", &[("count", count), ("more", more.into()), ("names", names.into())])
}

/// Why owners of groups were not read, in words; `None` where all were.
pub(super) fn owners_unread(texts: &Texts, tenant: &Tenant) -> Option<String> {
    let mut lines = tenant.coverage().iter().filter(|line| line.collection == path::OWNERS);
    match lines.next() {
        None => Some(texts.word("suit-owners-not-asked")),
        Some(line) if line.complete => None,
        Some(line) => {
            Some(texts.say("suit-owners-unread", &[("why", texts.why(line.reason.as_ref()).into())]))
        }
    }
}

fn say(texts: &Texts, tenant: &Tenant, reason: &Reason, attribute: Option<&str>, clean: Clean) -> String {
    // A sentence that names a criterion is a waiver's, and those are no reasons.
    let criterion = reason.criterion.unwrap_or(CriterionId::GroupsConfigured);
    texts.sentence(tenant, criterion, &reason.subject, &reason.message, attribute, clean)
}
