//! Builds a tenant in sentences: `.group("Sales").grants("SPE_E5").user("ada").in_group("Sales")`.
//!
//! The licensing service is assumed to have done its work: every member of a licensed group has an `Active` entry
//! for each of its products, seats are counted from what users hold. What went wrong is what one states.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;
use uuid::Uuid;

use super::directory::{
    AssignedLicense, AssignmentState, Directory, Group, Hyphenated, Member, MemberAccess, Organization,
    Other, Overrides, ServicePlan, Sku, Subscription, Text, Units, User,
};
use super::generated::SplitMix;
use super::products::{COMPANY_PLANS, product};

/// When accounts and groups were made unless somebody says otherwise: 2024-02-05T09:00:00Z.
const CREATED: Timestamp = Timestamp::constant(1_707_123_600, 0);
/// When licenses last changed: 2026-10-05T06:30:00Z.
const UPDATED: Timestamp = Timestamp::constant(1_791_181_800, 0);
/// When a subscription is renewed unless somebody says otherwise: 2027-09-30T00:00:00Z.
const RENEWAL: Timestamp = Timestamp::constant(1_822_262_400, 0);

/// A time given in a tenant's story.
fn instant(text: &str) -> Timestamp {
    text.parse().expect("times in a tenant's story are written as 2026-11-16T08:00:00Z")
}

/// A tenant under construction. Words such as [`named`](Self::named) speak of what was mentioned last: a product,
/// a group or a user.
///
/// # Panics
///
/// Words that speak of nothing, or of a product or group nobody mentioned, panic: the story is wrong.
#[derive(Clone, Debug)]
pub struct TenantBuilder {
    directory: Directory,
    groups: Vec<GroupStory>,
    users: Vec<UserStory>,
    focus: Focus,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Focus {
    Tenant,
    Product,
    Group,
    User,
}

#[derive(Clone, Debug, Default)]
struct GroupStory {
    grants: Vec<(String, Vec<Uuid>)>,
    nested: Vec<String>,
    owners: Vec<String>,
}

#[derive(Clone, Debug, Default)]
struct UserStory {
    groups: Vec<String>,
    /// Groups whose licenses did not arrive.
    skipped: Vec<String>,
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    group: Option<String>,
    part_number: String,
    state: Text,
    error: Text,
    disabled: Vec<Uuid>,
}

#[expect(clippy::missing_panics_doc, reason = "said once, of the whole builder")]
impl TenantBuilder {
    /// An empty tenant with that name and default domain, in the Netherlands.
    pub fn new(display_name: impl Into<Text>, domain: impl Into<Text>) -> Self {
        let domain = domain.into();
        let organization = Organization {
            id: id_of("tenant", &domain),
            display_name: display_name.into(),
            domain,
            country: "NL".into(),
            overrides: None,
        };
        Self {
            directory: Directory::new(organization),
            groups: Vec::new(),
            users: Vec::new(),
            focus: Focus::Tenant,
        }
    }

    /// The tenant owns seats of a product, in a subscription of their own.
    #[must_use]
    pub fn product(mut self, part_number: &str, seats: i64) -> Self {
        let known = product(part_number).unwrap_or_else(|| panic!("no product {part_number} is known here"));
        let plans = known.plans.iter().map(|&(name, id)| ServicePlan {
            service_plan_id: id,
            service_plan_name: name.into(),
            provisioning_status: if name == "INTUNE_O365" { "PendingActivation" } else { "Success" }.into(),
            applies_to: if COMPANY_PLANS.contains(&name) { "Company" } else { "User" }.into(),
        });
        self.directory.skus.push(Sku {
            id: format!("{}_{}", Hyphenated(self.directory.organization.id), Hyphenated(known.sku_id)),
            sku_id: known.sku_id,
            part_number: known.part_number.into(),
            applies_to: "User".into(),
            capability_status: "Enabled".into(),
            consumed_units: 0,
            prepaid_units: Units { enabled: seats, ..Units::default() },
            service_plans: plans.collect(),
            subscription_ids: Vec::new(),
            overrides: None,
        });
        self.focus = Focus::Product;
        self.subscription("Enabled", seats, Some(RENEWAL))
    }

    /// Some seats of the product are past their end and in the grace period until that time.
    #[must_use]
    pub fn in_grace(mut self, seats: i64, until: &str) -> Self {
        self.sku().prepaid_units.warning += seats;
        self.subscription("Warning", seats, Some(instant(until)))
    }

    /// Some seats of the product are suspended.
    #[must_use]
    pub fn suspended(mut self, seats: i64) -> Self {
        self.sku().prepaid_units.suspended += seats;
        self.subscription("Suspended", seats, None)
    }

    /// The product's latest subscription ends then.
    #[must_use]
    pub fn lapses(mut self, at: &str) -> Self {
        self.sku();
        let subscription = self.directory.subscriptions.last_mut().expect("a product has a subscription");
        subscription.next_lifecycle = Some(instant(at));
        self
    }

    /// The product's `capabilityStatus`.
    #[must_use]
    pub fn status(mut self, status: impl Into<Text>) -> Self {
        self.sku().capability_status = status.into();
        self
    }

    fn subscription(mut self, status: &'static str, seats: i64, next_lifecycle: Option<Timestamp>) -> Self {
        let number = self.directory.subscriptions.len();
        let commerce_subscription_id = id_of("commerce", &number.to_string());
        let sku = self.sku();
        sku.subscription_ids.push(commerce_subscription_id.hyphenated().to_string().into());
        let (sku_id, part_number) = (sku.sku_id, sku.part_number.clone());
        self.directory.subscriptions.push(Subscription {
            id: id_of("subscription", &number.to_string()),
            commerce_subscription_id,
            sku_id,
            part_number,
            status: status.into(),
            total_licenses: seats,
            is_trial: false,
            created: CREATED,
            next_lifecycle,
            overrides: None,
        });
        self
    }

    /// A security group with assigned membership. Of two groups with one name, the later is meant when it is spoken
    /// of.
    #[must_use]
    pub fn group(mut self, display_name: impl Into<Text>) -> Self {
        let display_name = display_name.into();
        let namesakes =
            self.directory.groups.iter().filter(|group| group.display_name == display_name).count();
        self.directory.groups.push(Group {
            id: id_of("group", &format!("{display_name}/{namesakes}")),
            display_name,
            description: "".into(),
            group_types: Vec::new(),
            security_enabled: true,
            mail_enabled: false,
            membership_rule: "".into(),
            membership_rule_processing_state: "".into(),
            visibility: "".into(),
            created: CREATED,
            deleted: None,
            assigned_licenses: Vec::new(),
            license_processing_state: "".into(),
            members: Vec::new(),
            owners: Vec::new(),
            access: MemberAccess::Full,
            overrides: None,
        });
        self.groups.push(GroupStory::default());
        self.focus = Focus::Group;
        self
    }

    /// What the group is for.
    #[must_use]
    pub fn described(mut self, description: impl Into<Text>) -> Self {
        self.last_group().description = description.into();
        self
    }

    /// It is a Microsoft 365 group (and security enabled).
    #[must_use]
    pub fn microsoft365(mut self) -> Self {
        let group = self.last_group();
        group.group_types.insert(0, "Unified".into());
        group.mail_enabled = true;
        group.visibility = "Private".into();
        self
    }

    /// Its `securityEnabled` is false, so it cannot be licensed.
    #[must_use]
    pub fn not_security(mut self) -> Self {
        self.last_group().security_enabled = false;
        self
    }

    /// It is a distribution list.
    #[must_use]
    pub fn distribution_list(mut self) -> Self {
        self.last_group().mail_enabled = true;
        self.not_security()
    }

    /// Its members follow a rule. The builder does not evaluate it: state the members too.
    #[must_use]
    pub fn dynamic(mut self, rule: impl Into<Text>) -> Self {
        let group = self.last_group();
        group.group_types.push("DynamicMembership".into());
        group.membership_rule = rule.into();
        group.membership_rule_processing_state = "On".into();
        self
    }

    /// Its rule is not processed at present.
    #[must_use]
    pub fn paused(mut self) -> Self {
        self.last_group().membership_rule_processing_state = "Paused".into();
        self
    }

    /// It hands out a product.
    #[must_use]
    pub fn grants(self, part_number: &str) -> Self {
        self.grants_without(part_number, &[])
    }

    /// It hands out a product without some of its plans.
    #[must_use]
    pub fn grants_without(mut self, part_number: &str, plans: &[&str]) -> Self {
        let disabled = plans.iter().map(|plan| plan_id(part_number, plan)).collect();
        let group = self.last_group();
        if group.license_processing_state.is_empty() {
            group.license_processing_state = "ProcessingComplete".into();
        }
        self.groups.last_mut().expect("a group").grants.push((part_number.to_owned(), disabled));
        self
    }

    /// Its `licenseProcessingState`.
    #[must_use]
    pub fn processing(mut self, state: impl Into<Text>) -> Self {
        self.last_group().license_processing_state = state.into();
        self
    }

    /// What a caller gets to see of its members; hidden ones also set its visibility.
    #[must_use]
    pub fn shows_members(mut self, access: MemberAccess) -> Self {
        let group = self.last_group();
        group.access = access;
        if access == MemberAccess::Hidden {
            group.visibility = "HiddenMembership".into();
        }
        self
    }

    /// Another group is a member of it.
    #[must_use]
    pub fn contains_group(mut self, display_name: &str) -> Self {
        self.last_group();
        self.groups.last_mut().expect("a group").nested.push(display_name.to_owned());
        self
    }

    /// A user owns it; a name without `@` is completed with the default domain.
    #[must_use]
    pub fn owned_by(mut self, user: &str) -> Self {
        self.last_group();
        let user_principal_name = self.principal_name(user);
        self.groups.last_mut().expect("a group").owners.push(user_principal_name.into_owned());
        self
    }

    /// An application owns it.
    #[must_use]
    pub fn owned_by_application(mut self, display_name: impl Into<Text>) -> Self {
        let owner = self.other("servicePrincipal".into(), display_name.into());
        self.last_group().owners.push(owner);
        self
    }

    /// Something else is a member of it: a `device`, `servicePrincipal`, `orgContact`, or a `user` who is gone.
    #[must_use]
    pub fn contains(mut self, kind: impl Into<Text>, display_name: impl Into<Text>) -> Self {
        let member = self.other(kind.into(), display_name.into());
        self.last_group().members.push(member);
        self
    }

    fn other(&mut self, kind: Text, display_name: Text) -> Member {
        let place = self.directory.others.len();
        self.directory.others.push(Other {
            id: id_of(&kind, &display_name),
            kind,
            display_name,
            overrides: None,
        });
        Member::Other(number(place))
    }

    /// A sign-in name; one without `@` is completed with the default domain.
    fn principal_name(&self, name: &str) -> Text {
        if name.contains('@') {
            name.to_owned().into()
        } else {
            format!("{name}@{}", self.directory.organization.domain).into()
        }
    }

    /// The group went to the recycle bin then. Speak of it no further.
    #[must_use]
    pub fn deleted(mut self, at: &str) -> Self {
        self.last_group().deleted = Some(instant(at));
        let group = self.directory.groups.pop().expect("a group");
        self.groups.pop();
        self.directory.deleted_groups.push(group);
        self.focus = Focus::Tenant;
        self
    }

    /// An account; a name without `@` is completed with the default domain.
    #[must_use]
    pub fn user(mut self, name: &str) -> Self {
        let user_principal_name = self.principal_name(name);
        self.directory.users.push(User {
            id: id_of("user", &user_principal_name),
            display_name: name.to_owned().into(),
            user_principal_name,
            given_name: "".into(),
            surname: "".into(),
            department: "".into(),
            job_title: "".into(),
            usage_location: self.directory.organization.country.clone(),
            user_type: "Member".into(),
            creation_type: "".into(),
            external_user_state: "".into(),
            account_enabled: true,
            created: CREATED,
            deleted: None,
            license_assignment_states: Vec::new(),
            limited: false,
            overrides: None,
        });
        self.users.push(UserStory::default());
        self.focus = Focus::User;
        self
    }

    /// First and family name, and with them the name people see.
    #[must_use]
    pub fn named(mut self, given_name: impl Into<Text>, surname: impl Into<Text>) -> Self {
        let user = self.last_user();
        user.given_name = given_name.into();
        user.surname = surname.into();
        user.display_name = format!("{} {}", user.given_name, user.surname).into();
        self
    }

    /// Department and job title.
    #[must_use]
    pub fn works_in(mut self, department: impl Into<Text>, job_title: impl Into<Text>) -> Self {
        let user = self.last_user();
        user.department = department.into();
        user.job_title = job_title.into();
        self
    }

    /// Two-letter country; empty for none.
    #[must_use]
    pub fn located(mut self, country: impl Into<Text>) -> Self {
        self.last_user().usage_location = country.into();
        self
    }

    /// `userType`; empty for null.
    #[must_use]
    pub fn user_type(mut self, user_type: impl Into<Text>) -> Self {
        self.last_user().user_type = user_type.into();
        self
    }

    /// A B2B guest who accepted the invitation.
    #[must_use]
    pub fn invited(mut self) -> Self {
        let user = self.last_user();
        user.user_type = "Guest".into();
        user.creation_type = "Invitation".into();
        user.external_user_state = "Accepted".into();
        user.usage_location = "".into();
        self
    }

    /// Sign-in is blocked.
    #[must_use]
    pub fn disabled(mut self) -> Self {
        self.last_user().account_enabled = false;
        self
    }

    /// The caller sees the id only.
    #[must_use]
    pub fn limited(mut self) -> Self {
        self.last_user().limited = true;
        self
    }

    /// A member of the group; its licenses have arrived unless something else is said of them.
    #[must_use]
    pub fn in_group(mut self, group: &str) -> Self {
        self.story().groups.push(group.to_owned());
        self
    }

    /// Nothing came of that group's licenses, not even an error.
    #[must_use]
    pub fn unnoticed_by(mut self, group: &str) -> Self {
        self.story().skipped.push(group.to_owned());
        self
    }

    /// That group's product could not be given; its other products then report `Other`.
    #[must_use]
    pub fn fails(self, group: &str, part_number: &str, error: impl Into<Text>) -> Self {
        self.entry(Some(group), part_number, "Error", error)
    }

    /// Holds a license of a group, whether a member or not.
    #[must_use]
    pub fn keeps(self, group: &str, part_number: &str) -> Self {
        self.entry(Some(group), part_number, "Active", "None")
    }

    /// Holds a product directly.
    #[must_use]
    pub fn direct(self, part_number: &str) -> Self {
        self.entry(None, part_number, "Active", "None")
    }

    /// An entry of `licenseAssignmentStates` in so many words. The group is a display name, or an id where the
    /// group is gone.
    #[must_use]
    pub fn entry(
        mut self,
        group: Option<&str>,
        part_number: &str,
        state: impl Into<Text>,
        error: impl Into<Text>,
    ) -> Self {
        let entry = Entry {
            group: group.map(str::to_owned),
            part_number: part_number.to_owned(),
            state: state.into(),
            error: error.into(),
            disabled: Vec::new(),
        };
        self.story().entries.push(entry);
        self
    }

    /// The entry stated last leaves out these plans.
    #[must_use]
    pub fn without_plans(mut self, plans: &[&str]) -> Self {
        let entry = self.story().entries.last_mut().expect("an entry was stated before");
        entry.disabled = plans.iter().map(|plan| plan_id(&entry.part_number, plan)).collect();
        self
    }

    /// Its object id (of the tenant itself, if nothing was mentioned yet).
    #[must_use]
    pub fn id(mut self, id: Uuid) -> Self {
        match self.focus {
            Focus::Tenant => self.directory.organization.id = id,
            Focus::Product => panic!("a product has its id from Microsoft"),
            Focus::Group => self.last_group().id = id,
            Focus::User => self.last_user().id = id,
        }
        self
    }

    /// It answers this value for a property, whatever the rest of the story says.
    #[must_use]
    pub fn property(mut self, name: &str, value: Value) -> Self {
        set(self.overrides(), name, Some(value));
        self
    }

    /// It leaves a property out of its answers.
    #[must_use]
    pub fn without_property(mut self, name: &str) -> Self {
        set(self.overrides(), name, None);
        self
    }

    /// The tenant: memberships resolved, entries written, seats counted.
    pub fn build(self) -> Directory {
        let Self { mut directory, groups, users, .. } = self;
        let places: FxHashMap<String, usize> = directory
            .groups
            .iter()
            .enumerate()
            .map(|(place, group)| (group.display_name.to_string(), place))
            .collect();
        let place = |name: &str| *places.get(name).unwrap_or_else(|| panic!("no group {name} in this story"));

        for (group, story) in groups.iter().enumerate() {
            let licenses = story.grants.iter().map(|(part_number, disabled)| AssignedLicense {
                disabled_plans: disabled.iter().copied().collect(),
                sku_id: sku_id(part_number),
            });
            directory.groups[group].assigned_licenses = licenses.collect();
            let nested = story.nested.iter().map(|name| Member::Group(number(place(name))));
            directory.groups[group].members.extend(nested);
            let owners = story.owners.iter().map(|name| {
                let owner = directory.users.iter().position(|user| user.user_principal_name == *name);
                Member::User(number(owner.unwrap_or_else(|| panic!("no user {name} in this story"))))
            });
            let owners: Vec<Member> = owners.collect();
            directory.groups[group].owners.extend(owners);
        }
        for (user, story) in users.iter().enumerate() {
            for name in &story.groups {
                directory.groups[place(name)].members.push(Member::User(number(user)));
            }
            let mut states = stated(story, &directory, &places);
            for name in story.groups.iter().filter(|name| !story.skipped.contains(name)) {
                arrive(&mut states, &directory.groups[place(name)]);
            }
            directory.users[user].license_assignment_states.append(&mut states);
        }
        count_seats(&mut directory);
        directory
    }

    fn sku(&mut self) -> &mut Sku {
        assert_eq!(self.focus, Focus::Product, "this word speaks of a product");
        self.directory.skus.last_mut().expect("a product was mentioned")
    }

    fn last_group(&mut self) -> &mut Group {
        assert_eq!(self.focus, Focus::Group, "this word speaks of a group");
        self.directory.groups.last_mut().expect("a group was mentioned")
    }

    fn last_user(&mut self) -> &mut User {
        assert_eq!(self.focus, Focus::User, "this word speaks of a user");
        self.directory.users.last_mut().expect("a user was mentioned")
    }

    fn story(&mut self) -> &mut UserStory {
        self.last_user();
        self.users.last_mut().expect("a user was mentioned")
    }

    fn overrides(&mut self) -> &mut Overrides {
        match self.focus {
            Focus::Tenant => &mut self.directory.organization.overrides,
            Focus::Product => &mut self.sku().overrides,
            Focus::Group => &mut self.last_group().overrides,
            Focus::User => &mut self.last_user().overrides,
        }
    }
}

/// The entries that the story states, and `Other` for the companions of what failed.
fn stated(
    story: &UserStory,
    directory: &Directory,
    places: &FxHashMap<String, usize>,
) -> Vec<AssignmentState> {
    let mut states = Vec::new();
    for entry in &story.entries {
        let group = entry.group.as_ref().map(|name| match (places.get(name), Uuid::try_parse(name)) {
            (Some(&place), _) => directory.groups[place].id,
            (None, Ok(id)) => id,
            (None, Err(_)) => panic!("no group {name} in this story"),
        });
        states.push(AssignmentState {
            sku_id: sku_id(&entry.part_number),
            assigned_by_group: group,
            disabled_plans: entry.disabled.iter().copied().collect(),
            state: entry.state.clone(),
            error: entry.error.clone(),
            last_updated: UPDATED,
        });
    }
    let failed: Vec<AssignmentState> =
        states.iter().filter(|entry| entry.state == "Error").cloned().collect();
    for entry in failed {
        let Some(group) = directory.groups.iter().find(|group| Some(group.id) == entry.assigned_by_group)
        else {
            continue;
        };
        for license in &group.assigned_licenses {
            if !has_entry(&states, license.sku_id, group.id) {
                states.push(AssignmentState {
                    sku_id: license.sku_id,
                    error: Cow::Borrowed("Other"),
                    ..entry.clone()
                });
            }
        }
    }
    states
}

/// The licenses of a group arrive, but for those of which something was stated.
fn arrive(states: &mut Vec<AssignmentState>, group: &Group) {
    for license in &group.assigned_licenses {
        if !has_entry(states, license.sku_id, group.id) {
            states.push(AssignmentState {
                sku_id: license.sku_id,
                assigned_by_group: Some(group.id),
                disabled_plans: license.disabled_plans.clone(),
                state: Cow::Borrowed("Active"),
                error: Cow::Borrowed("None"),
                last_updated: UPDATED,
            });
        }
    }
}

fn has_entry(states: &[AssignmentState], sku_id: Uuid, group: Uuid) -> bool {
    states.iter().any(|entry| entry.sku_id == sku_id && entry.assigned_by_group == Some(group))
}

/// `consumedUnits`: one seat per user and SKU.
pub(super) fn count_seats(directory: &mut Directory) {
    let mut seats: FxHashMap<Uuid, i64> = FxHashMap::default();
    let mut held = FxHashSet::default();
    for user in &directory.users {
        held.clear();
        let entries = user.license_assignment_states.iter();
        held.extend(entries.map(|entry| entry.sku_id).filter(|&sku_id| user.holds(sku_id)));
        for sku in &directory.skus {
            if held.contains(&sku.sku_id) {
                *seats.entry(sku.sku_id).or_default() += 1;
            }
        }
    }
    for sku in &mut directory.skus {
        sku.consumed_units = seats.get(&sku.sku_id).copied().unwrap_or_default();
    }
}

fn set(overrides: &mut Overrides, name: &str, value: Option<Value>) {
    overrides.get_or_insert_with(|| Box::new(BTreeMap::new())).insert(name.to_owned(), value);
}

fn sku_id(part_number: &str) -> Uuid {
    product(part_number).unwrap_or_else(|| panic!("no product {part_number} is known here")).sku_id
}

fn plan_id(part_number: &str, plan: &str) -> Uuid {
    let plans = product(part_number).into_iter().flat_map(|product| product.plans);
    let found = plans.into_iter().find(|(name, _)| *name == plan);
    found.unwrap_or_else(|| panic!("{part_number} has no plan {plan}")).1
}

/// The id of something with that name: the same every time.
pub(super) fn id_of(kind: &str, name: &str) -> Uuid {
    // FNV-1a; any hash that stays the same will do.
    let hash = [kind, "/", name]
        .iter()
        .flat_map(|part| part.bytes())
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    SplitMix::new(hash).uuid()
}

/// The place of an object in its list.
fn number(place: usize) -> u32 {
    u32::try_from(place).expect("no tenant has four thousand million objects")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constant_times_are_what_they_say() {
        for (constant, text) in [
            (CREATED, "2024-02-05T09:00:00Z"),
            (UPDATED, "2026-10-05T06:30:00Z"),
            (RENEWAL, "2027-09-30T00:00:00Z"),
        ] {
            assert_eq!(constant, instant(text));
        }
    }

    #[test]
    fn members_of_a_licensed_group_are_licensed_and_counted_once() {
        let tenant = TenantBuilder::new("Test", "test.example")
            .product("SPE_E5", 10)
            .group("Sales")
            .grants("SPE_E5")
            .user("ada")
            .in_group("Sales")
            .direct("SPE_E5")
            .build();
        assert_eq!(tenant.users[0].license_assignment_states.len(), 2);
        assert_eq!(tenant.users[0].assigned_licenses().len(), 1);
        assert_eq!(tenant.skus[0].consumed_units, 1);
    }

    #[test]
    fn two_groups_may_share_a_name_but_no_id() {
        let tenant = TenantBuilder::new("Test", "test.example")
            .group("Sales")
            .group("Sales")
            .user("ada")
            .in_group("Sales")
            .build();
        assert_ne!(tenant.groups[0].id, tenant.groups[1].id);
        assert_eq!((tenant.groups[0].members.len(), tenant.groups[1].members.len()), (0, 1));
    }

    #[test]
    fn a_failed_product_takes_its_companions_along() {
        let tenant = TenantBuilder::new("Test", "test.example")
            .product("ENTERPRISEPACK", 10)
            .product("EMS", 10)
            .group("Sales")
            .grants("ENTERPRISEPACK")
            .grants("EMS")
            .user("ada")
            .in_group("Sales")
            .fails("Sales", "ENTERPRISEPACK", "CountViolation")
            .build();
        let entries = &tenant.users[0].license_assignment_states;
        let errors: Vec<&str> = entries.iter().map(|entry| &*entry.error).collect();
        assert_eq!(errors, ["CountViolation", "Other"]);
        assert!(entries.iter().all(|entry| entry.state == "Error"));
        assert_eq!(tenant.skus[1].consumed_units, 0);
    }
}
