//! What `tollgate groups` says: which groups are suitable for automatic licensing, licensed, or not to be licensed.

mod csv;
mod json;
mod terminal;

pub use self::csv::{COLUMNS, write as write_csv};
pub use self::json::write as write_json;
pub use self::terminal::print;

use super::text::{self, Clean, Texts};
use crate::rules::suitability::{Assessed, Assessment, Class, Need, Reason};
use crate::tenant::coverage::path;
use crate::tenant::{Owners, Tenant};
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

/// What a class is called.
pub(super) fn class_name(texts: &Texts, class: Class) -> String {
    texts.word(&format!("class-{}", class.as_str()))
}

/// How many groups there are, and of which classes.
pub(super) fn summary(texts: &Texts, assessment: &Assessment) -> String {
    let number = |number: usize| texts.say("number", &[("number", number.into())]);
    let counts: Vec<String> = Class::ALL
        .into_iter()
        .map(|class| (class, assessment.count(class)))
        .filter(|(_, count)| *count > 0)
        .map(|(class, count)| format!("{} {}", number(count), class_name(texts, class).to_lowercase()))
        .collect();
    let groups = ("groups", assessment.groups.len().into());
    if counts.is_empty() {
        return format!("{}.", texts.say("n-groups", &[groups]));
    }
    texts.say("suit-summary", &[groups, ("counts", counts.join(" · ").into())])
}

/// What “the products” are.
pub(super) fn products(texts: &Texts, tenant: &Tenant, assessment: &Assessment, clean: Clean) -> String {
    let names = assessment.products.iter().map(|sku| clean("sku", &tenant.product_name(*sku)).into_owned());
    let names: Vec<String> = names.collect();
    if names.is_empty() {
        return texts.word("suit-products-none");
    }
    texts.say("suit-products", &[("products", names.join(", ").into())])
}

/// What a group is: kind, size and how many people would be better off.
pub(super) fn what(texts: &Texts, tenant: &Tenant, assessed: &Assessed) -> String {
    let mut what = vec![texts.word(&format!("kind-{}", assessed.kind.as_str()))];
    if tenant.group(assessed.group).dynamic {
        what.push(texts.word("suit-by-rule"));
    }
    if assessed.planned {
        what.push(texts.word("suit-target"));
    }
    match &assessed.people {
        None => what.push(texts.word("suit-members-unknown")),
        Some(people) => {
            let members = people.internal + people.external;
            what.push(texts.say("suit-members", &[("members", members.into())]));
            if people.external > 0 {
                what.push(texts.say("suit-members-external", &[("guests", people.external.into())]));
            }
            if people.nested > 0 {
                what.push(texts.say("suit-members-nested", &[("nested", people.nested.into())]));
            }
            if assessed.rank.is_some() {
                let better = people.better_off().into();
                what.push(texts.say("suit-better-off", &[("people", better)]));
            }
        }
    }
    what.join(", ")
}

/// The seats that a product would take.
pub(super) fn seats(texts: &Texts, tenant: &Tenant, need: &Need, clean: Clean) -> String {
    let product = clean("sku", &tenant.product_name(need.sku)).into_owned();
    let mut values = vec![("product", product.into()), ("seats", need.seats.into())];
    match (need.free, need.short()) {
        (Some(free), Some(short)) => {
            values.extend([("free", free.into()), ("short", short.into())]);
            texts.say("suit-need", &values)
        }
        _ => texts.say("suit-need-unknown", &values),
    }
}

/// How many of the people who would be newly covered are named, and how many owners.
pub(super) const NAMES: usize = 3;

/// Who owns a group, a few by name, and whether there may be more.
pub(super) fn owners_line(texts: &Texts, tenant: &Tenant, owners: &Owners, clean: Clean) -> String {
    let shown = owners.all.iter().take(NAMES).map(|owner| text::owner_name(tenant, owner));
    let names: Vec<String> = shown.map(|name| clean("user", &name).into_owned()).collect();
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
