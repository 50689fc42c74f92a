//! What findings rest on: Graph's path of the object, the property, the value seen, the value wanted.

use serde_json::{Value, json};

use crate::tenant::{
    Group, GroupIndex, LicenseEntry, ReadIndex, SkuIndex, Source, Tenant, User, UserIndex, coverage,
};
use crate::verdict::{Evidence, Wanted};

/// A property of a group.
pub(super) fn group(
    tenant: &Tenant,
    group: GroupIndex,
    property: &'static str,
    seen: impl Into<Value>,
    wanted: impl Into<Wanted>,
) -> Evidence {
    let Group { id, read, .. } = tenant.group(group);
    let object = format!("groups/{}", tenant.id_text(id.0));
    Evidence { object, property, seen: seen.into(), wanted: wanted.into(), read_at: tenant.read_at(*read) }
}

/// What the configuration says.
pub(super) fn plan(
    tenant: &Tenant,
    property: &'static str,
    seen: impl Into<Value>,
    wanted: impl Into<Wanted>,
) -> Evidence {
    let object = "tollgate.toml".to_owned();
    Evidence { object, property, seen: seen.into(), wanted: wanted.into(), read_at: tenant.as_of() }
}

/// The products that a group hands out, by part number, else by id.
pub(super) fn group_licenses(tenant: &Tenant, index: GroupIndex, wanted: impl Into<Wanted>) -> Evidence {
    let licenses = tenant.group(index).licenses.iter();
    let mut names: Vec<String> = licenses.map(|license| sku_label(tenant, license.sku)).collect();
    names.sort_unstable();
    group(tenant, index, "assignedLicenses", names, wanted)
}

/// A property of a user.
pub(super) fn user(
    tenant: &Tenant,
    user: UserIndex,
    property: &'static str,
    seen: impl Into<Value>,
    wanted: impl Into<Wanted>,
) -> Evidence {
    let user = tenant.user(user);
    user_at(tenant, user, user.read(), property, seen, wanted)
}

fn user_at(
    tenant: &Tenant,
    user: User<'_>,
    read: ReadIndex,
    property: &'static str,
    seen: impl Into<Value>,
    wanted: impl Into<Wanted>,
) -> Evidence {
    let object = format!("users/{}", tenant.id_text(user.id().0));
    Evidence { object, property, seen: seen.into(), wanted: wanted.into(), read_at: tenant.read_at(read) }
}

/// That a user is among the members of a group.
pub(super) fn membership(
    tenant: &Tenant,
    group: GroupIndex,
    user: UserIndex,
    wanted: impl Into<Wanted>,
) -> Evidence {
    let seen = tenant.id_text(tenant.user(user).id().0).into_owned();
    members(tenant, group, seen, wanted)
}

/// What the member list of a group shows.
pub(super) fn members(
    tenant: &Tenant,
    group: GroupIndex,
    seen: impl Into<Value>,
    wanted: impl Into<Wanted>,
) -> Evidence {
    let read = tenant.members(group).and_then(|members| members.read);
    let read_at = read.map_or(tenant.as_of(), |read| tenant.read_at(read));
    let object = coverage::path::members(tenant.group(group).id);
    Evidence { object, property: "id", seen: seen.into(), wanted: wanted.into(), read_at }
}

/// A license entry of a user, as received; null where there is none.
pub(super) fn entry(
    tenant: &Tenant,
    who: UserIndex,
    sku: SkuIndex,
    source: Source,
    entry: Option<LicenseEntry<'_>>,
    wanted: impl Into<Wanted>,
) -> Evidence {
    let seen = entry.map_or(Value::Null, |entry| {
        json!({
            "skuId": tenant.id_text(tenant.sku(sku).id.0),
            "assignedByGroup": source_text(tenant, source),
            "state": entry.state_text(),
            "error": entry.error_text(),
            "disabledPlans": tenant.plan_set_names(entry.disabled()),
        })
    });
    user(tenant, who, "licenseAssignmentStates", seen, wanted)
}

/// The id of the group that an entry comes from; null for a direct one.
pub(super) fn source_text(tenant: &Tenant, source: Source) -> Option<String> {
    match source {
        Source::Direct => None,
        Source::Group(group) => Some(tenant.id_text(tenant.group(group).id.0).into_owned()),
        Source::Elsewhere(group) => Some(tenant.id_text(group.0).into_owned()),
    }
}

/// A property of a product that the tenant owns; where it does not, that there is no such row.
pub(super) fn sku(
    tenant: &Tenant,
    sku: SkuIndex,
    property: &'static str,
    seen: impl Into<Value>,
    wanted: impl Into<Wanted>,
) -> Evidence {
    let product = tenant.sku(sku);
    let object = format!("subscribedSkus/{}", tenant.id_text(product.id.0));
    let read_at = product.owned.as_ref().map_or(tenant.as_of(), |owned| tenant.read_at(owned.read));
    Evidence { object, property, seen: seen.into(), wanted: wanted.into(), read_at }
}

/// The product list as a whole, where one product is not in it.
pub(super) fn not_in_sku_list(tenant: &Tenant, sku: SkuIndex) -> Evidence {
    Evidence {
        object: coverage::path::SUBSCRIBED_SKUS.to_owned(),
        property: "skuId",
        seen: Value::Null,
        wanted: tenant.id_text(tenant.sku(sku).id.0).into(),
        read_at: tenant.as_of(),
    }
}

/// A product by its part number, else by its id.
pub(super) fn sku_label(tenant: &Tenant, sku: SkuIndex) -> String {
    let part_number = tenant.part_number(sku).map(str::to_owned);
    part_number.unwrap_or_else(|| tenant.id_text(tenant.sku(sku).id.0).into_owned())
}
