//! What a simulated tenant holds: users, groups, products and subscriptions under Graph's own names.
//!
//! Plain data, in the order in which the lists are served. It knows neither HTTP nor how the objects are
//! written (`property`), and it does not check itself: a test may build a tenant that contradicts itself.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use rustc_hash::FxHashSet;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

/// A string that is mostly one of a few known words.
pub type Text = Cow<'static, str>;

/// Properties that are answered otherwise than the object says: by property name, the JSON to answer or `None`
/// to leave the property out. This is how a test plants nulls, absent properties and unknown words.
pub type Overrides = Option<Box<BTreeMap<String, Option<Value>>>>;

/// The objects of a simulated tenant. Made by [`TenantBuilder`](super::TenantBuilder) or one of the ready tenants.
#[derive(Clone, Debug)]
pub struct Directory {
    /// The one element of `/organization`.
    pub organization: Organization,
    /// `/subscribedSkus`.
    pub skus: Vec<Sku>,
    /// `/directory/subscriptions`.
    pub subscriptions: Vec<Subscription>,
    /// `/users`.
    pub users: Vec<User>,
    /// `/groups`.
    pub groups: Vec<Group>,
    /// Members and owners of groups that are neither: devices, service principals, contacts, and users who are gone.
    pub others: Vec<Other>,
    /// `/directory/deletedItems/microsoft.graph.user`.
    pub deleted_users: Vec<User>,
    /// `/directory/deletedItems/microsoft.graph.group`.
    pub deleted_groups: Vec<Group>,
}

impl Directory {
    /// A tenant with nothing in it but itself.
    pub fn new(organization: Organization) -> Self {
        Self {
            organization,
            skus: Vec::new(),
            subscriptions: Vec::new(),
            users: Vec::new(),
            groups: Vec::new(),
            others: Vec::new(),
            deleted_users: Vec::new(),
            deleted_groups: Vec::new(),
        }
    }

    /// The SKU of that product id.
    pub(crate) fn sku(&self, sku_id: Uuid) -> Option<&Sku> {
        self.skus.iter().find(|sku| sku.sku_id == sku_id)
    }

    /// Everybody and everything below a group, nested groups included, each once, cycles and all.
    pub(crate) fn transitive_members(&self, group: &Group) -> Vec<Member> {
        let mut seen = FxHashSet::default();
        let mut found = Vec::new();
        let mut open = vec![group];
        while let Some(group) = open.pop() {
            for &member in &group.members {
                if seen.insert(member) {
                    found.push(member);
                    if let Member::Group(place) = member {
                        open.push(&self.groups[place as usize]);
                    }
                }
            }
        }
        found
    }

    /// Whether a member carries an entry in error that comes from this group.
    pub(crate) fn has_license_error(&self, group: &Group, member: Member) -> bool {
        let Member::User(place) = member else { return false };
        let states = self.users[place as usize].license_assignment_states.iter();
        states.into_iter().any(|entry| entry.assigned_by_group == Some(group.id) && entry.state == "Error")
    }
}

/// The tenant itself.
#[derive(Clone, Debug)]
pub struct Organization {
    /// The tenant id.
    pub id: Uuid,
    /// The name people know it by.
    pub display_name: Text,
    /// The default domain; the first verified one.
    pub domain: Text,
    /// The country of the directory, two letters.
    pub country: Text,
    /// What is answered otherwise.
    pub overrides: Overrides,
}

/// A product the tenant owns, `subscribedSku` in Graph.
#[derive(Clone, Debug)]
pub struct Sku {
    /// `{account id}_{sku id}`.
    pub id: String,
    /// The product GUID.
    pub sku_id: Uuid,
    /// For example `SPE_E5`.
    pub part_number: Text,
    /// `User` or `Company`.
    pub applies_to: Text,
    /// `Enabled`, `Warning`, `Suspended`, `Deleted` or `LockedOut`.
    pub capability_status: Text,
    /// Seats that are held.
    pub consumed_units: i64,
    /// Seats that were bought, by stage.
    pub prepaid_units: Units,
    /// What the product consists of in this tenant.
    pub service_plans: Vec<ServicePlan>,
    /// Ids of the commercial subscriptions behind it.
    pub subscription_ids: Vec<Text>,
    /// What is answered otherwise.
    pub overrides: Overrides,
}

/// `licenseUnitsDetail`.
#[derive(Clone, Copy, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Units {
    /// Seats of an active subscription.
    pub enabled: i64,
    /// Seats of a subscription in its grace period.
    pub warning: i64,
    /// Seats that cannot be assigned any more.
    pub suspended: i64,
    /// Seats of a subscription the customer cancelled.
    pub locked_out: i64,
}

/// `servicePlanInfo`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ServicePlan {
    /// The GUID of the plan.
    #[serde(serialize_with = "hyphenated")]
    pub service_plan_id: Uuid,
    /// For example `EXCHANGE_S_ENTERPRISE`.
    pub service_plan_name: Text,
    /// `Success`, `Disabled`, `PendingActivation`, …
    pub provisioning_status: Text,
    /// `User` or `Company`.
    pub applies_to: Text,
}

/// A commercial subscription, `companySubscription` in Graph.
#[derive(Clone, Debug)]
pub struct Subscription {
    /// Object id.
    pub id: Uuid,
    /// The id that `subscribedSku.subscriptionIds` names.
    pub commerce_subscription_id: Uuid,
    /// The product GUID.
    pub sku_id: Uuid,
    /// The part number.
    pub part_number: Text,
    /// `Enabled`, `Warning`, `Suspended`, `Deleted` or `LockedOut`.
    pub status: Text,
    /// Seats in this subscription.
    pub total_licenses: i64,
    /// Whether it is a trial.
    pub is_trial: bool,
    /// When it was bought.
    pub created: Timestamp,
    /// When it moves to its next state unless it is renewed.
    pub next_lifecycle: Option<Timestamp>,
    /// What is answered otherwise.
    pub overrides: Overrides,
}

/// An account.
#[derive(Clone, Debug)]
pub struct User {
    /// Object id.
    pub id: Uuid,
    /// Sign-in name; that of an external user contains `#EXT#`.
    pub user_principal_name: Text,
    /// The name people see.
    pub display_name: Text,
    /// First name, empty for null.
    pub given_name: Text,
    /// Family name, empty for null.
    pub surname: Text,
    /// Department, empty for null.
    pub department: Text,
    /// Job title, empty for null.
    pub job_title: Text,
    /// Two-letter country of use, empty for null.
    pub usage_location: Text,
    /// `Member`, `Guest`, or empty for null.
    pub user_type: Text,
    /// `Invitation` or empty for null.
    pub creation_type: Text,
    /// `Accepted`, `PendingAcceptance` or empty for null.
    pub external_user_state: Text,
    /// Whether sign-in is allowed.
    pub account_enabled: bool,
    /// When the account was made.
    pub created: Timestamp,
    /// When it went to the recycle bin.
    pub deleted: Option<Timestamp>,
    /// Where every license comes from, and whether it could be given.
    pub license_assignment_states: Vec<AssignmentState>,
    /// Limited information: the caller sees the id and nothing else.
    pub limited: bool,
    /// What is answered otherwise.
    pub overrides: Overrides,
}

impl User {
    /// `assignedLicenses`: each SKU that some source gave, less the plans that every source switches off.
    pub(crate) fn assigned_licenses(&self) -> Vec<AssignedLicense> {
        let mut licenses: Vec<AssignedLicense> = Vec::new();
        let entries = self.license_assignment_states.iter();
        for entry in entries.filter(|entry| matches!(&*entry.state, "Active" | "ActiveWithError")) {
            match licenses.iter_mut().find(|license| license.sku_id == entry.sku_id) {
                None => licenses.push(AssignedLicense {
                    sku_id: entry.sku_id,
                    disabled_plans: entry.disabled_plans.clone(),
                }),
                Some(license) => {
                    let both = license.disabled_plans.0.iter().copied();
                    license.disabled_plans =
                        both.filter(|plan| entry.disabled_plans.0.contains(plan)).collect();
                }
            }
        }
        licenses
    }

    /// Whether the user holds a seat of that SKU.
    pub(crate) fn holds(&self, sku_id: Uuid) -> bool {
        let mut entries = self.license_assignment_states.iter();
        entries.any(|entry| entry.sku_id == sku_id && matches!(&*entry.state, "Active" | "ActiveWithError"))
    }
}

/// Plan ids, mostly none; shared, because a million users have them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plans(pub Arc<[Uuid]>);

impl FromIterator<Uuid> for Plans {
    fn from_iter<I: IntoIterator<Item = Uuid>>(plans: I) -> Self {
        Self(plans.into_iter().collect())
    }
}

impl Serialize for Plans {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|plan| Hyphenated(*plan)))
    }
}

/// `assignedLicense`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AssignedLicense {
    /// Plans that are switched off.
    pub disabled_plans: Plans,
    /// The product.
    #[serde(serialize_with = "hyphenated")]
    pub sku_id: Uuid,
}

/// `licenseAssignmentState`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AssignmentState {
    /// The product.
    #[serde(serialize_with = "hyphenated")]
    pub sku_id: Uuid,
    /// The group it comes from; `None` is a direct assignment.
    #[serde(serialize_with = "hyphenated_or_null")]
    pub assigned_by_group: Option<Uuid>,
    /// Plans that this assignment leaves out.
    pub disabled_plans: Plans,
    /// `Active`, `ActiveWithError`, `Disabled`, `Error`.
    pub state: Text,
    /// `None` (the word), or what went wrong, for example `CountViolation`.
    pub error: Text,
    /// When this entry last changed.
    #[serde(rename = "lastUpdatedDateTime")]
    pub last_updated: Timestamp,
}

/// A group.
#[derive(Clone, Debug)]
pub struct Group {
    /// Object id.
    pub id: Uuid,
    /// The name people see.
    pub display_name: Text,
    /// What it is for, empty for null.
    pub description: Text,
    /// `Unified`, `DynamicMembership`.
    pub group_types: Vec<Text>,
    /// Whether it is a security principal; only then can it be licensed.
    pub security_enabled: bool,
    /// Whether it has an address.
    pub mail_enabled: bool,
    /// The rule of a dynamic group, empty for null.
    pub membership_rule: Text,
    /// `On`, `Paused` or empty for null.
    pub membership_rule_processing_state: Text,
    /// `Public`, `Private`, `HiddenMembership` or empty for null.
    pub visibility: Text,
    /// When it was made.
    pub created: Timestamp,
    /// When it went to the recycle bin.
    pub deleted: Option<Timestamp>,
    /// The licenses it hands out.
    pub assigned_licenses: Vec<AssignedLicense>,
    /// `licenseProcessingState.state`, or empty for a null `licenseProcessingState`.
    pub license_processing_state: Text,
    /// Direct members.
    pub members: Vec<Member>,
    /// Owners: users and service principals.
    pub owners: Vec<Member>,
    /// What a caller gets to see of the members.
    pub access: MemberAccess,
    /// What is answered otherwise.
    pub overrides: Overrides,
}

/// A direct member or an owner: its place in the directory's list of that kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Member {
    /// Of [`Directory::users`].
    User(u32),
    /// Of [`Directory::groups`].
    Group(u32),
    /// Of [`Directory::others`].
    Other(u32),
}

/// What a caller gets to see of a group's members.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MemberAccess {
    /// Everything.
    #[default]
    Full,
    /// Type and id; every other property is null ("limited information" in Microsoft's permissions reference).
    Limited,
    /// An empty list, as for `HiddenMembership` without `Member.Read.Hidden`.
    Hidden,
    /// 403.
    Denied,
}

/// A member that is no account and no group of the tenant's lists.
#[derive(Clone, Debug)]
pub struct Other {
    /// Object id.
    pub id: Uuid,
    /// The type behind `#microsoft.graph.`: `device`, `servicePrincipal`, `orgContact`, `user`, …
    pub kind: Text,
    /// The name people see, empty for null.
    pub display_name: Text,
    /// What is answered otherwise.
    pub overrides: Overrides,
}

/// A GUID as Graph writes it: hyphenated, lower case, without a string of its own.
pub(crate) struct Hyphenated(pub(crate) Uuid);

impl Serialize for Hyphenated {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.hyphenated().encode_lower(&mut [0; 36]))
    }
}

impl fmt::Display for Hyphenated {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0.hyphenated(), out)
    }
}

fn hyphenated<S: serde::Serializer>(id: &Uuid, serializer: S) -> Result<S::Ok, S::Error> {
    Hyphenated(*id).serialize(serializer)
}

#[expect(clippy::ref_option, reason = "the signature that serde calls")]
fn hyphenated_or_null<S: serde::Serializer>(id: &Option<Uuid>, serializer: S) -> Result<S::Ok, S::Error> {
    id.map(Hyphenated).serialize(serializer)
}
