//! What could not be seen, and why: the gaps that several criteria share.

use super::context::{Context, GroupLicenses, Unseen, group_name};
use crate::tenant::coverage::path;
use crate::tenant::{GroupIndex, SkuIndex, Usability, UserIndex};
use crate::verdict::{Code, Gap, Message, Subject};

fn gap(code: Code, subject: Subject, message: Message) -> Gap {
    Gap { code, subject, message }
}

/// Why a collection is not complete.
fn reason(context: &Context<'_>, collection: &str) -> Message {
    context.tenant.incomplete_reason(collection).map_or_else(|| Message::new("why-unknown"), Message::from)
}

/// Group licenses cannot be trusted; nothing where they can.
pub(super) fn group_licenses(context: &Context<'_>) -> Option<Gap> {
    let message = match context.group_licenses {
        GroupLicenses::Readable => return None,
        GroupLicenses::ListIncomplete => {
            Message::new("group-licenses-unreadable-list").with("why", reason(context, path::GROUPS))
        }
        GroupLicenses::Invisible(user, group) => {
            let user = context.tenant.user(user);
            let name = user.principal_name().or(user.display_name()).map(str::to_owned);
            let name = name.unwrap_or_else(|| context.tenant.id_text(user.id().0).into_owned());
            Message::new("group-licenses-unreadable")
                .with("example-user", name)
                .with("example-group", group_name(context.tenant, group))
        }
    };
    Some(gap(Code::GroupLicensesUnreadable, Subject::none(), message))
}

/// What of a group's membership was not seen: hidden, not read to the end, or not in the snapshot.
pub(super) fn membership(context: &Context<'_>, group: GroupIndex) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let subject = || Subject::group(group);
    let Some(members) = context.tenant.members(group) else {
        gaps.push(gap(Code::MembersNotInSnapshot, subject(), Message::new("members-not-in-snapshot")));
        return gaps;
    };
    if context.membership_hidden(group) {
        gaps.push(gap(Code::MembershipHidden, subject(), Message::new("membership-hidden")));
    }
    if !members.complete {
        let why = reason(context, &path::members(context.tenant.group(group).id));
        gaps.push(gap(
            Code::MembersIncomplete,
            subject(),
            Message::new("members-incomplete").with("why", why),
        ));
    }
    gaps
}

/// The members of a nested group were not all seen; nothing where they were.
pub(super) fn nested_members(context: &Context<'_>, group: GroupIndex) -> Option<Gap> {
    if context.membership_known(group) {
        return None;
    }
    let message = if context.membership_hidden(group) {
        Message::new("nested-members-hidden")
    } else {
        let why = reason(context, &path::members(context.tenant.group(group).id));
        Message::new("members-incomplete").with("why", why)
    };
    Some(gap(Code::MembersIncomplete, Subject::group(group), message))
}

/// Who belongs to the group may not have been worked out yet.
pub(super) fn not_settled(group: GroupIndex) -> Gap {
    gap(Code::MembershipNotSettled, Subject::group(group), Message::new("membership-not-settled"))
}

/// The member's entries are not known.
pub(super) fn member(context: &Context<'_>, group: GroupIndex, user: UserIndex, unseen: Unseen) -> Gap {
    let subject = Subject::member(group, user);
    match unseen {
        Unseen::Unlisted => users_incomplete(context),
        Unseen::Limited => gap(Code::LimitedInformation, subject, Message::new("limited-information")),
        Unseen::NoStates => gap(Code::LicenseStatesMissing, subject, Message::new("license-states-missing")),
    }
}

/// The user list was not read completely.
pub(super) fn users_incomplete(context: &Context<'_>) -> Gap {
    let message = Message::new("users-incomplete").with("why", reason(context, path::USERS));
    gap(Code::UsersIncomplete, Subject::none(), message)
}

/// A license is on its way to the member; `product` is what waits for it, a product or a suite.
pub(super) fn pending(
    context: &Context<'_>,
    subject: Subject,
    product: impl Into<String>,
    waits_for: GroupIndex,
) -> Gap {
    let state = context.tenant.group(waits_for).processing.clone().unwrap_or_else(|| "null".to_owned());
    let message = Message::new("license-pending")
        .with("processing-group", group_name(context.tenant, waits_for))
        .with("state", state)
        .with("product", product.into());
    gap(Code::LicensePending, subject, message)
}

/// Nobody knows which plans the product has.
pub(super) fn plans_missing(context: &Context<'_>, sku: SkuIndex) -> Gap {
    let subject = Subject::sku(context.tenant.sku(sku).id);
    gap(Code::SkuPlansMissing, subject, Message::new("sku-plans-missing"))
}

/// `subscribedSkus` was not read.
pub(super) fn seats_unreadable(context: &Context<'_>) -> Gap {
    let message = Message::new("seats-unreadable").with("why", reason(context, path::SUBSCRIBED_SKUS));
    gap(Code::SeatsUnreadable, Subject::none(), message)
}

/// A counter of the product is null.
pub(super) fn counters_missing(context: &Context<'_>, sku: SkuIndex, counters: &[&str]) -> Gap {
    let message = Message::new("seat-counters-missing").with("counters", counters.join(", "));
    gap(Code::SeatCountersMissing, Subject::sku(context.tenant.sku(sku).id), message)
}

/// Why nobody knows whether seats of a product are in force; nothing where it is known.
pub(super) fn usability(context: &Context<'_>, sku: SkuIndex) -> Option<Gap> {
    match context.usability(sku) {
        Usability::Usable | Usability::Unusable => None,
        Usability::StatusUnreadable => Some(status_unreadable(context, sku)),
        Usability::CountersMissing => Some(counters_missing(context, sku, &["prepaidUnits"])),
        Usability::SeatsUnreadable => Some(seats_unreadable(context)),
    }
}

/// The product's `capabilityStatus` is null or unknown.
pub(super) fn status_unreadable(context: &Context<'_>, sku: SkuIndex) -> Gap {
    let product = context.tenant.sku(sku);
    let status = product.owned.as_ref().and_then(|owned| owned.status.clone());
    let message = Message::new("sku-unreadable").with("status", status.unwrap_or_else(|| "null".to_owned()));
    gap(Code::SkuUnreadable, Subject::sku(product.id), message)
}

/// Whether a group's kind allows licenses is not known.
pub(super) fn kind_unknown(group: GroupIndex) -> Gap {
    gap(Code::GroupKindUnknown, Subject::group(group), Message::new("group-kind-unknown"))
}

/// A group does not show its name, so a target given by name may be it.
pub(super) fn name_unknown(group: GroupIndex, target: &str) -> Gap {
    let message = Message::new("group-name-unknown").with("target", target);
    gap(Code::GroupKindUnknown, Subject::group(group), message)
}
