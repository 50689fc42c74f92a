//! What `tollgate groups` says: which groups are suitable for automatic licensing, licensed, or not to be licensed.

mod csv;
mod json;
mod terminal;

pub use self::csv::{COLUMNS, write as write_csv};
pub use self::json::write as write_json;
pub use self::terminal::print;

use super::text::{Clean, Texts};
use crate::rules::suitability::{Assessed, Need, Reason};
use crate::tenant::Tenant;
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

/// What has to be bought before a candidate gets its licenses: a step for each product with too few seats.
pub(super) fn seats_to_buy(texts: &Texts, tenant: &Tenant, assessed: &Assessed, clean: Clean) -> Vec<String> {
    let short = |need: &Need| need.short().filter(|short| *short > 0 && assessed.rank.is_some());
    let needs = assessed.needs.iter().filter_map(|need| Some((need.sku, short(need)?)));
    let steps = needs.map(|(sku, short)| {
        let product = clean("product", &tenant.product_name(sku)).into_owned();
        texts.say("suit-buy", &[("product", product.into()), ("short", short.into())])
    });
    steps.collect()
}

fn say(texts: &Texts, tenant: &Tenant, reason: &Reason, attribute: Option<&str>, clean: Clean) -> String {
    // A sentence that names a criterion is a waiver's, and those are no reasons.
    let criterion = reason.criterion.unwrap_or(CriterionId::GroupsConfigured);
    texts.sentence(tenant, criterion, &reason.subject, &reason.message, attribute, clean)
}
