//! What every resource answers: property names, which come without `$select`, and which can be filtered how.
//!
//! One table per type, after Microsoft's v1.0 resource pages and its "Advanced query capabilities" filter
//! matrix. Objects are written straight from the structs into the body; a page makes no JSON tree.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::directory::{
    AssignedLicense, AssignmentState, Group, Hyphenated, Organization, Other, Overrides, ServicePlan, Sku,
    Subscription, Text, Units, User,
};

/// `eq`; `ne` and `not` as an advanced query.
const EQ: u16 = 1;
/// `in`.
const IN: u16 = 1 << 1;
/// `startsWith`.
const STARTS: u16 = 1 << 2;
/// `endsWith`, as an advanced query.
const ENDS: u16 = 1 << 3;
/// `ge`, `le`, `gt`, `lt`.
const RANGE: u16 = 1 << 4;
/// `any(x: …)`.
const ANY: u16 = 1 << 5;
/// `/$count eq 0`, as an advanced query.
const COUNT: u16 = 1 << 6;
/// `eq null`, plainly.
const NULL: u16 = 1 << 7;
/// `eq null`, as an advanced query.
const NULL_ADVANCED: u16 = 1 << 8;
/// Not indexed: what is not supported says so.
const UNINDEXED: u16 = 1 << 9;

/// How a property can be filtered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Filters(u16);

impl Filters {
    pub(super) const fn eq(self) -> bool {
        self.0 & EQ != 0
    }
    pub(super) const fn within(self) -> bool {
        self.0 & IN != 0
    }
    pub(super) const fn starts_with(self) -> bool {
        self.0 & STARTS != 0
    }
    pub(super) const fn ends_with(self) -> bool {
        self.0 & ENDS != 0
    }
    pub(super) const fn range(self) -> bool {
        self.0 & RANGE != 0
    }
    pub(super) const fn any(self) -> bool {
        self.0 & ANY != 0
    }
    pub(super) const fn count(self) -> bool {
        self.0 & COUNT != 0
    }
    pub(super) const fn null(self, advanced: bool) -> bool {
        self.0 & NULL != 0 || advanced && self.0 & NULL_ADVANCED != 0
    }
    pub(super) const fn unindexed(self) -> bool {
        self.0 & UNINDEXED != 0
    }
}

/// A property value on its way into a body.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Field<'a> {
    Null,
    Flag(bool),
    Number(i64),
    Text(&'a str),
    Owned(String),
    Id(Hyphenated),
    Time(Timestamp),
    Texts(&'a [Text]),
    Licenses(Cow<'a, [AssignedLicense]>),
    States(&'a [AssignmentState]),
    Plans(&'a [ServicePlan]),
    Units(&'a Units),
    Json(Cow<'a, Value>),
}

impl<'a> Field<'a> {
    /// A string, of which the empty one stands for null.
    fn text(text: &'a str) -> Self {
        if text.is_empty() { Field::Null } else { Field::Text(text) }
    }

    fn time(time: Option<Timestamp>) -> Self {
        time.map_or(Field::Null, Field::Time)
    }

    fn id(id: Uuid) -> Self {
        Field::Id(Hyphenated(id))
    }

    fn json(value: Value) -> Self {
        Field::Json(Cow::Owned(value))
    }
}

/// A property of a type.
pub(super) struct Property<T> {
    pub(super) name: &'static str,
    /// Whether it comes without `$select`.
    pub(super) standard: bool,
    pub(super) filters: Filters,
    get: for<'a> fn(&'a T) -> Field<'a>,
}

/// A property that comes without being asked for.
const fn standard<T>(name: &'static str, filters: u16, get: fn(&T) -> Field<'_>) -> Property<T> {
    Property { name, standard: true, filters: Filters(filters), get }
}

/// A property that comes with `$select` only.
const fn on_select<T>(name: &'static str, filters: u16, get: fn(&T) -> Field<'_>) -> Property<T> {
    Property { name, standard: false, filters: Filters(filters), get }
}

impl<T: Entity> Property<T> {
    /// What the object answers; `None` where a test wants the property left out.
    pub(super) fn of<'a>(&self, entity: &'a T) -> Option<Field<'a>> {
        match entity.overrides().as_ref().and_then(|overrides| overrides.get(self.name)) {
            Some(instead) => instead.as_ref().map(|value| Field::Json(Cow::Borrowed(value))),
            None if entity.limited() && self.name != "id" => Some(Field::Null),
            None => Some((self.get)(entity)),
        }
    }
}

/// A type of object that Graph answers with.
pub(super) trait Entity: Sized + 'static {
    /// The type as error texts call it.
    const RESOURCE: &'static str;

    /// Its properties, in the order in which they are written without `$select`.
    fn properties() -> &'static [Property<Self>];

    /// What a test wants answered otherwise.
    fn overrides(&self) -> &Overrides;

    /// The name behind `#microsoft.graph.`.
    fn kind(&self) -> &str;

    /// Whether the caller sees the id only.
    fn limited(&self) -> bool {
        false
    }

    /// The property of that name.
    fn property(name: &str) -> Option<&'static Property<Self>> {
        Self::properties().iter().find(|property| property.name == name)
    }
}

/// Writes the properties of an object, with its type in front where one is given.
pub(super) fn write<T: Entity>(
    out: &mut Vec<u8>,
    entity: &T,
    selection: &[&'static Property<T>],
    annotated: bool,
) {
    out.push(b'{');
    let mut first = true;
    if annotated {
        name(out, "@odata.type", &mut first);
        value(out, &Field::Owned(format!("#microsoft.graph.{}", entity.kind())));
    }
    for property in selection {
        if let Some(field) = property.of(entity) {
            name(out, property.name, &mut first);
            value(out, &field);
        }
    }
    out.push(b'}');
}

fn name(out: &mut Vec<u8>, name: &str, first: &mut bool) {
    if !std::mem::take(first) {
        out.push(b',');
    }
    out.push(b'"');
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\":");
}

fn value(out: &mut Vec<u8>, field: &Field<'_>) {
    serde_json::to_writer(out, field).expect("writing plain values to memory cannot fail");
}

impl Entity for User {
    const RESOURCE: &'static str = "User";

    fn properties() -> &'static [Property<Self>] {
        USER
    }
    fn overrides(&self) -> &Overrides {
        &self.overrides
    }
    fn kind(&self) -> &'static str {
        "user"
    }
    fn limited(&self) -> bool {
        self.limited
    }
}

/// The resource page of `user`.
static USER: &[Property<User>] = &[
    standard("businessPhones", 0, |_| Field::Texts(&[])),
    standard("displayName", EQ | IN | STARTS | RANGE | NULL_ADVANCED, |user| Field::text(&user.display_name)),
    standard("givenName", EQ | IN | STARTS | RANGE | NULL_ADVANCED, |user| Field::text(&user.given_name)),
    standard("id", EQ | IN | UNINDEXED, |user| Field::id(user.id)),
    standard("jobTitle", EQ | IN | STARTS | RANGE | NULL_ADVANCED, |user| Field::text(&user.job_title)),
    standard("mail", EQ | IN | STARTS | ENDS | RANGE | NULL_ADVANCED, |user| {
        if user.user_principal_name.contains("#EXT#") {
            Field::Null
        } else {
            Field::Text(&user.user_principal_name)
        }
    }),
    standard("mobilePhone", 0, |_| Field::Null),
    standard("officeLocation", 0, |_| Field::Null),
    standard("preferredLanguage", 0, |_| Field::Null),
    standard("surname", EQ | IN | STARTS | RANGE | NULL_ADVANCED, |user| Field::text(&user.surname)),
    standard("userPrincipalName", EQ | IN | STARTS | ENDS, |user| Field::Text(&user.user_principal_name)),
    on_select("accountEnabled", EQ | IN, |user| Field::Flag(user.account_enabled)),
    on_select("assignedLicenses", ANY | COUNT, |user| Field::Licenses(Cow::Owned(user.assigned_licenses()))),
    on_select("companyName", EQ | IN | STARTS | RANGE | NULL_ADVANCED, |_| Field::Null),
    on_select("createdDateTime", EQ | RANGE, |user| Field::Time(user.created)),
    on_select("creationType", EQ | IN, |user| Field::text(&user.creation_type)),
    on_select("deletedDateTime", 0, |user| Field::time(user.deleted)),
    on_select("department", EQ | IN | STARTS | RANGE | NULL_ADVANCED, |user| Field::text(&user.department)),
    on_select("employeeId", EQ | IN | STARTS | NULL_ADVANCED, |_| Field::Null),
    on_select("externalUserState", EQ | IN, |user| Field::text(&user.external_user_state)),
    on_select("identities", 0, |user| {
        let issuer = user.user_principal_name.rsplit('@').next().unwrap_or_default();
        let external = user.user_principal_name.contains("#EXT#");
        Field::json(json!([{
            "signInType": if external { "federated" } else { "userPrincipalName" },
            "issuer": if external { "ExternalAzureAD" } else { issuer },
            "issuerAssignedId": if external { None } else { Some(&*user.user_principal_name) },
        }]))
    }),
    on_select("licenseAssignmentStates", 0, |user| Field::States(&user.license_assignment_states)),
    on_select("onPremisesSyncEnabled", EQ | IN | NULL_ADVANCED, |_| Field::Null),
    on_select("otherMails", ANY, |_| Field::Texts(&[])),
    on_select("proxyAddresses", ANY, |_| Field::Texts(&[])),
    on_select("usageLocation", EQ | IN | STARTS | RANGE | NULL, |user| Field::text(&user.usage_location)),
    on_select("userType", EQ | IN | NULL_ADVANCED, |user| Field::text(&user.user_type)),
];

impl Entity for Group {
    const RESOURCE: &'static str = "Group";

    fn properties() -> &'static [Property<Self>] {
        GROUP
    }
    fn overrides(&self) -> &Overrides {
        &self.overrides
    }
    fn kind(&self) -> &'static str {
        "group"
    }
}

/// The resource page of `group`. `hasMembersWithLicenseErrors` is not here: it is never returned.
static GROUP: &[Property<Group>] = &[
    standard("id", EQ | IN | UNINDEXED, |group| Field::id(group.id)),
    standard("deletedDateTime", 0, |group| Field::time(group.deleted)),
    standard("classification", 0, |_| Field::Null),
    standard("createdDateTime", EQ | IN | RANGE, |group| Field::Time(group.created)),
    standard("description", EQ | STARTS | RANGE, |group| Field::text(&group.description)),
    standard("displayName", EQ | IN | STARTS | RANGE | NULL_ADVANCED, |group| {
        Field::text(&group.display_name)
    }),
    standard("expirationDateTime", 0, |_| Field::Null),
    standard("groupTypes", ANY, |group| Field::Texts(&group.group_types)),
    standard("isAssignableToRole", 0, |_| Field::Null),
    standard("mail", EQ | IN | STARTS | RANGE, |_| Field::Null),
    standard("mailEnabled", EQ, |group| Field::Flag(group.mail_enabled)),
    standard("mailNickname", EQ | IN | STARTS | RANGE, |group| {
        Field::Owned(group.display_name.chars().filter(char::is_ascii_alphanumeric).collect())
    }),
    standard("membershipRule", EQ | STARTS, |group| Field::text(&group.membership_rule)),
    standard("membershipRuleProcessingState", EQ | IN, |group| {
        Field::text(&group.membership_rule_processing_state)
    }),
    standard("onPremisesLastSyncDateTime", 0, |_| Field::Null),
    standard("onPremisesSecurityIdentifier", 0, |_| Field::Null),
    standard("onPremisesSyncEnabled", EQ | IN | NULL_ADVANCED, |_| Field::Null),
    standard("preferredDataLocation", 0, |_| Field::Null),
    standard("preferredLanguage", 0, |_| Field::Null),
    standard("proxyAddresses", ANY, |_| Field::Texts(&[])),
    standard("renewedDateTime", 0, |group| Field::Time(group.created)),
    standard("securityEnabled", EQ | IN, |group| Field::Flag(group.security_enabled)),
    standard("theme", 0, |_| Field::Null),
    standard("visibility", 0, |group| Field::text(&group.visibility)),
    on_select("assignedLicenses", ANY | COUNT, |group| {
        Field::Licenses(Cow::Borrowed(&group.assigned_licenses))
    }),
    on_select("isManagementRestricted", 0, |_| Field::Null),
    on_select("licenseProcessingState", 0, |group| {
        if group.license_processing_state.is_empty() {
            Field::Null
        } else {
            Field::json(json!({ "state": group.license_processing_state }))
        }
    }),
];

impl Entity for Other {
    const RESOURCE: &'static str = "DirectoryObject";

    fn properties() -> &'static [Property<Self>] {
        OTHER
    }
    fn overrides(&self) -> &Overrides {
        &self.overrides
    }
    fn kind(&self) -> &str {
        &self.kind
    }
}

/// What devices, service principals and contacts have in common.
static OTHER: &[Property<Other>] = &[
    standard("id", 0, |other| Field::id(other.id)),
    standard("deletedDateTime", 0, |_| Field::Null),
    standard("displayName", 0, |other| Field::text(&other.display_name)),
];

impl Entity for Sku {
    const RESOURCE: &'static str = "SubscribedSku";

    fn properties() -> &'static [Property<Self>] {
        SKU
    }
    fn overrides(&self) -> &Overrides {
        &self.overrides
    }
    fn kind(&self) -> &'static str {
        "subscribedSku"
    }
}

/// The resource page of `subscribedSku`.
static SKU: &[Property<Sku>] = &[
    standard("accountId", 0, |sku| Field::Text(sku.id.split('_').next().unwrap_or_default())),
    standard("accountName", 0, |_| Field::Null),
    standard("appliesTo", 0, |sku| Field::text(&sku.applies_to)),
    standard("capabilityStatus", 0, |sku| Field::text(&sku.capability_status)),
    standard("consumedUnits", 0, |sku| Field::Number(sku.consumed_units)),
    standard("id", 0, |sku| Field::Text(&sku.id)),
    standard("prepaidUnits", 0, |sku| Field::Units(&sku.prepaid_units)),
    standard("servicePlans", 0, |sku| Field::Plans(&sku.service_plans)),
    standard("skuId", 0, |sku| Field::id(sku.sku_id)),
    standard("skuPartNumber", 0, |sku| Field::text(&sku.part_number)),
    standard("subscriptionIds", 0, |sku| Field::Texts(&sku.subscription_ids)),
];

impl Entity for Subscription {
    const RESOURCE: &'static str = "CompanySubscription";

    fn properties() -> &'static [Property<Self>] {
        SUBSCRIPTION
    }
    fn overrides(&self) -> &Overrides {
        &self.overrides
    }
    fn kind(&self) -> &'static str {
        "companySubscription"
    }
}

/// The resource page of `companySubscription`.
static SUBSCRIPTION: &[Property<Subscription>] = &[
    standard("commerceSubscriptionId", EQ, |owned| Field::id(owned.commerce_subscription_id)),
    standard("createdDateTime", 0, |owned| Field::Time(owned.created)),
    standard("id", EQ, |owned| Field::id(owned.id)),
    standard("isTrial", EQ, |owned| Field::Flag(owned.is_trial)),
    standard("nextLifecycleDateTime", 0, |owned| Field::time(owned.next_lifecycle)),
    standard("ownerId", 0, |_| Field::Null),
    standard("ownerTenantId", 0, |_| Field::Null),
    standard("ownerType", 0, |_| Field::Text("User")),
    standard("serviceStatus", 0, |_| Field::Plans(&[])),
    standard("skuId", EQ, |owned| Field::id(owned.sku_id)),
    standard("skuPartNumber", EQ, |owned| Field::text(&owned.part_number)),
    standard("status", EQ, |owned| Field::text(&owned.status)),
    standard("totalLicenses", 0, |owned| Field::Number(owned.total_licenses)),
];

impl Entity for Organization {
    const RESOURCE: &'static str = "Organization";

    fn properties() -> &'static [Property<Self>] {
        ORGANIZATION
    }
    fn overrides(&self) -> &Overrides {
        &self.overrides
    }
    fn kind(&self) -> &'static str {
        "organization"
    }
}

/// The resource page of `organization`.
static ORGANIZATION: &[Property<Organization>] = &[
    standard("id", 0, |tenant| Field::id(tenant.id)),
    standard("deletedDateTime", 0, |_| Field::Null),
    standard("assignedPlans", 0, |_| {
        Field::json(json!([{
            "assignedDateTime": "2024-02-01T09:00:00Z", "capabilityStatus": "Enabled",
            "service": "AADPremiumService", "servicePlanId": "41781fb2-bc02-4b7c-bd55-b576c07bb09d",
        }]))
    }),
    standard("businessPhones", 0, |_| Field::Texts(&[])),
    standard("city", 0, |_| Field::Null),
    standard("country", 0, |_| Field::Null),
    standard("countryLetterCode", 0, |tenant| Field::text(&tenant.country)),
    standard("createdDateTime", 0, |_| Field::Text("2018-05-14T07:30:00Z")),
    standard("defaultUsageLocation", 0, |_| Field::Null),
    standard("displayName", 0, |tenant| Field::text(&tenant.display_name)),
    standard("onPremisesSyncEnabled", 0, |_| Field::Null),
    standard("preferredLanguage", 0, |_| Field::Text("en")),
    standard("tenantType", 0, |_| Field::Text("AAD")),
    standard("verifiedDomains", 0, |tenant| {
        Field::json(json!([{
            "capabilities": "Email, OfficeCommunicationsOnline", "isDefault": true,
            "isInitial": tenant.domain.ends_with(".onmicrosoft.com"), "name": tenant.domain, "type": "Managed",
        }]))
    }),
];
