//! The tenant as rules see it: immutable, compact, in a fixed order, and aware of what was not read.
//!
//! Built by [`TenantBuilder`] from [decoded](Decoded) pages, live or from a snapshot. Inside are columns and indices
//! (a million users fit into the design's budget); outside, small views that read like the domain.

mod builder;
pub mod coverage;
mod decode;
mod entry;
mod group;
mod id;
mod intern;
mod look;
mod names;
mod owner;
mod places;
pub(crate) mod pseudonym;
mod redact;
mod settle;
mod sku;
#[cfg(test)]
mod tests;
mod user;
mod wire;

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;

pub use builder::{Collection, TenantBuilder};
pub use coverage::{Coverage, Run, Why};
pub use decode::{DecodeError, Decoded};
pub use entry::{State, Trouble};
pub use group::{DeletedGroup, Group, License, Members};
pub use id::{
    GroupId, GroupIndex, LookIndex, PlanId, PlanIndex, PlanSetIndex, ReadIndex, SkuId, SkuIndex, UserId,
    UserIndex, parse_guid,
};
pub use owner::{OtherOwner, Owner, Owners};
pub use sku::{Capability, Owned, PlansFrom, Sku, Subscription, Usability};
pub use user::{Entries, LicenseEntry, Source, User};

use crate::catalogue;

/// Whose tenant it is.
#[derive(Clone, Debug, Default)]
pub struct Organization {
    /// The tenant id, as received.
    pub id: Option<String>,
    /// The tenant's name, as received.
    pub display_name: Option<String>,
    /// Whether it was read.
    pub(crate) read: bool,
}

/// Everything that was read of a tenant.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts about the whole tenant that have nothing to do with each other"
)]
pub struct Tenant {
    as_of: Timestamp,
    organization: Organization,
    users_complete: bool,
    groups_complete: bool,
    skus_complete: bool,
    deleted_groups_read: bool,
    users: Vec<user::Row>,
    text: String,
    looks: look::Looks,
    words: Vec<String>,
    plans: Vec<u128>,
    plan_names: BTreeMap<u128, String>,
    plan_sets: Vec<Vec<u16>>,
    sources: Vec<Source>,
    skus: Vec<Sku>,
    groups: Vec<Group>,
    members: Vec<Option<Members>>,
    owners: BTreeMap<GroupIndex, Owners>,
    deleted_groups: Vec<DeletedGroup>,
    subscriptions: Vec<Subscription>,
    coverage: Vec<Coverage>,
    run: Run,
    reads: Vec<Timestamp>,
    spellings: BTreeMap<u128, String>,
    redacted: bool,
}

impl Tenant {
    /// The clock of the audit: the server's date in the first answer.
    pub fn as_of(&self) -> Timestamp {
        self.as_of
    }

    /// Judges as of another moment.
    pub fn set_as_of(&mut self, as_of: Timestamp) {
        self.as_of = as_of;
    }

    /// Notes how many accused users turned out well when they were read once more.
    pub(crate) fn set_cleared(&mut self, cleared: u64) {
        self.run.cleared = cleared;
    }

    /// Whose tenant it is.
    pub fn organization(&self) -> &Organization {
        &self.organization
    }

    /// Whether every user was read and understood.
    pub fn users_complete(&self) -> bool {
        self.users_complete
    }

    /// Whether every group was read and understood.
    pub fn groups_complete(&self) -> bool {
        self.groups_complete
    }

    /// Whether every row of `subscribedSkus` was read and understood.
    pub fn skus_complete(&self) -> bool {
        self.skus_complete
    }

    /// Whether the recycle bin was looked at; it is only where a target is missing.
    pub fn deleted_groups_read(&self) -> bool {
        self.deleted_groups_read
    }

    /// How many users there are, those included that are only known as members.
    pub fn user_count(&self) -> usize {
        self.users.len()
    }

    /// How many different [looks](User::look) users have, at most.
    pub fn look_count(&self) -> usize {
        self.looks.count()
    }

    /// All users in the order of their ids, those included that are only known as members.
    pub fn users(&self) -> impl ExactSizeIterator<Item = User<'_>> {
        (0..self.users.len()).map(|index| self.user(UserIndex(u32::try_from(index).expect("counted in u32"))))
    }

    /// One user.
    pub fn user(&self, index: UserIndex) -> User<'_> {
        User { tenant: self, index }
    }

    /// The place of a user by the id; in a redacted tenant by the pseudonym.
    pub fn find_user(&self, id: UserId) -> Option<UserIndex> {
        let found = self.users.binary_search_by_key(&id.0, |row| row.id).ok()?;
        Some(UserIndex(u32::try_from(found).expect("counted in u32")))
    }

    /// All groups in the order of their ids, those included that are only known as members of others.
    pub fn groups(&self) -> impl ExactSizeIterator<Item = (GroupIndex, &Group)> {
        let index = |index| GroupIndex(u32::try_from(index).expect("counted in u32"));
        self.groups.iter().enumerate().map(move |(at, group)| (index(at), group))
    }

    /// One group.
    pub fn group(&self, index: GroupIndex) -> &Group {
        &self.groups[index.index()]
    }

    /// The place of a group by its id.
    pub fn find_group(&self, id: GroupId) -> Option<GroupIndex> {
        let found = self.groups.binary_search_by_key(&id, |group| group.id).ok()?;
        Some(GroupIndex(u32::try_from(found).expect("counted in u32")))
    }

    /// The direct members of a group; `None` where nobody asked for them.
    pub fn members(&self, group: GroupIndex) -> Option<&Members> {
        self.members[group.index()].as_ref()
    }

    /// The owners of a group; `None` where they were not read.
    pub fn owners(&self, group: GroupIndex) -> Option<&Owners> {
        self.owners.get(&group)
    }

    /// Owners who are, or may be, people and whom the list of users does not have.
    pub(crate) fn unlisted_owners(&self) -> impl Iterator<Item = &OtherOwner> {
        self.owners.values().flat_map(|owners| &owners.all).filter_map(|owner| match owner {
            Owner::Other(other) if other.may_be_person() => Some(other),
            _ => None,
        })
    }

    /// All products that are owned, assigned or held.
    pub fn skus(&self) -> impl Iterator<Item = (SkuIndex, &Sku)> {
        let index = |index| SkuIndex(u16::try_from(index).expect("counted in u16"));
        self.skus.iter().enumerate().map(move |(at, sku)| (index(at), sku))
    }

    /// One product.
    pub fn sku(&self, index: SkuIndex) -> &Sku {
        &self.skus[index.index()]
    }

    /// The place of a product by its id.
    pub fn find_sku(&self, id: SkuId) -> Option<SkuIndex> {
        self.skus().find(|(_, sku)| sku.id == id).map(|(index, _)| index)
    }

    /// `skuPartNumber` as the tenant has it, else as Microsoft's product table has it.
    pub fn part_number(&self, sku: SkuIndex) -> Option<&str> {
        let sku = self.sku(sku);
        let own = sku.owned.as_ref().and_then(|owned| owned.part_number.as_deref());
        own.or_else(|| catalogue::product(sku.id.0).map(|product| product.part_number))
    }

    /// The product's name in Microsoft's table, else its part number, else its id.
    pub fn product_name(&self, sku: SkuIndex) -> Cow<'_, str> {
        let id = self.sku(sku).id;
        match (catalogue::product(id.0), self.part_number(sku)) {
            (Some(product), _) => Cow::Borrowed(product.name),
            (None, Some(part_number)) => Cow::Borrowed(part_number),
            (None, None) => self.id_text(id.0),
        }
    }

    /// Whether seats of a product are in force.
    pub fn usability(&self, sku: SkuIndex) -> Usability {
        match &self.sku(sku).owned {
            Some(owned) => owned.usability(),
            None if self.skus_complete => Usability::Unusable,
            None => Usability::SeatsUnreadable,
        }
    }

    /// All plans of a product; empty where they are known [nowhere](PlansFrom::Nowhere).
    pub fn sku_plans(&self, sku: SkuIndex) -> impl Iterator<Item = PlanId> + Clone {
        self.sku(sku).plans.iter().map(|plan| PlanId(self.plans[usize::from(plan.0)]))
    }

    /// The plans of a product that are left when `disabled` are switched off.
    pub fn enabled_plans(
        &self,
        sku: SkuIndex,
        disabled: PlanSetIndex,
    ) -> impl Iterator<Item = PlanId> + Clone {
        let disabled = &self.plan_sets[disabled.index()];
        let left = self.sku(sku).plans.iter().filter(|plan| disabled.binary_search(&plan.0).is_err());
        left.map(|plan| PlanId(self.plans[usize::from(plan.0)]))
    }

    /// Whether two sets of switched-off plans leave the same plans of a product.
    pub fn same_plans(&self, sku: SkuIndex, one: PlanSetIndex, other: PlanSetIndex) -> bool {
        one == other
            || (self.sku(sku).plans_from != PlansFrom::Nowhere
                && self.enabled_plans(sku, one).eq(self.enabled_plans(sku, other)))
    }

    /// The names of the plans in a set, for evidence: sorted, the id where a plan has no name.
    pub fn plan_set_names(&self, set: PlanSetIndex) -> Vec<String> {
        let plans = self.plan_sets[set.index()].iter().map(|plan| self.plans[usize::from(*plan)]);
        let mut names: Vec<String> = plans.map(|plan| self.plan_name(PlanId(plan))).collect();
        names.sort_unstable();
        names
    }

    /// A plan's name as the tenant has it, else as Microsoft's table has it, else its id.
    pub fn plan_name(&self, plan: PlanId) -> String {
        let own = self.plan_names.get(&plan.0).map(String::as_str);
        own.or_else(|| catalogue::plan_name(plan.0)).map_or_else(|| plan.to_string(), str::to_owned)
    }

    /// Groups in the recycle bin, in the order of their ids.
    pub fn deleted_groups(&self) -> &[DeletedGroup] {
        &self.deleted_groups
    }

    /// Subscriptions behind the seats.
    pub fn subscriptions(&self) -> &[Subscription] {
        &self.subscriptions
    }

    /// The ledger of what was read.
    pub fn coverage(&self) -> &[Coverage] {
        &self.coverage
    }

    /// What the scan took.
    pub fn run(&self) -> &Run {
        &self.run
    }

    /// Why a collection is not complete.
    pub fn incomplete_reason(&self, collection: &str) -> Option<&Why> {
        let mut lines = self.coverage.iter().filter(|line| line.collection == collection && !line.complete);
        lines.find_map(|line| line.reason.as_ref())
    }

    /// When something was read.
    pub fn read_at(&self, read: ReadIndex) -> Timestamp {
        self.reads.get(read.index()).copied().unwrap_or(self.as_of)
    }

    /// An id as it was received; of a person in a redacted tenant, the pseudonym.
    pub fn id_text(&self, id: u128) -> Cow<'_, str> {
        if self.redacted && pseudonym::is_pseudonym(id) {
            return Cow::Owned(pseudonym::id(id));
        }
        match self.spellings.get(&id) {
            Some(text) => Cow::Borrowed(text),
            None => Cow::Owned(uuid::Uuid::from_u128(id).hyphenated().to_string()),
        }
    }

    fn wide_word(&self, word: u32) -> Option<&str> {
        word.checked_sub(1).map(|number| self.words[number as usize].as_str())
    }
}
