//! Builds the tenant from Graph's objects as received. Live pages and snapshots come through here alike.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use rustc_hash::FxHashSet;

use super::coverage::{Coverage, Run, Why, path};
use super::decode::{DecodeError, Decoded, RawMembers, Users};
use super::entry::Entry;
use super::group::{DeletedGroup, Group, Members};
use super::id::{GroupId, GroupIndex, LookIndex, PlanIndex, ReadIndex, SkuId, UserId, UserIndex};
use super::intern::Interner;
use super::look::{Account, fact};
use super::names::{Names, Renumbered};
use super::owner::{OtherOwner, Owner, Owners};
use super::settle::{Settled, beside};
use super::sku::{Owned, PlansFrom, Sku, Subscription};
use super::user::{Row, Source};
use super::{Organization, Tenant};
use crate::catalogue;

/// Where objects come from; its text is the path of the collection below Graph's version root.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Collection {
    /// The tenant's own name and id.
    Organization,
    /// Products and seats.
    SubscribedSkus,
    /// Subscriptions behind the seats.
    Subscriptions,
    /// All groups.
    Groups,
    /// Direct members of one group.
    Members(GroupId),
    /// All groups once more, with their owners.
    Owners,
    /// All users.
    Users,
    /// One user, asked for by id. A page of it without an object says that the user is gone.
    SingleUser(UserId),
    /// Groups in the recycle bin.
    DeletedGroups,
}

impl fmt::Display for Collection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Organization => f.write_str(path::ORGANIZATION),
            Self::SubscribedSkus => f.write_str(path::SUBSCRIBED_SKUS),
            Self::Subscriptions => f.write_str(path::SUBSCRIPTIONS),
            Self::Groups => f.write_str(path::GROUPS),
            Self::Members(group) => f.write_str(&path::members(*group)),
            Self::Owners => f.write_str(path::OWNERS),
            Self::Users => f.write_str(path::USERS),
            Self::SingleUser(user) => write!(f, "users/{user}"),
            Self::DeletedGroups => f.write_str(path::DELETED_GROUPS),
        }
    }
}

impl Collection {
    /// Reads what [`Display`](fmt::Display) writes.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            path::ORGANIZATION => Self::Organization,
            path::SUBSCRIBED_SKUS => Self::SubscribedSkus,
            path::SUBSCRIPTIONS => Self::Subscriptions,
            path::GROUPS => Self::Groups,
            path::OWNERS => Self::Owners,
            path::USERS => Self::Users,
            path::DELETED_GROUPS => Self::DeletedGroups,
            _ => match text.split('/').collect::<Vec<_>>()[..] {
                ["groups", id, "members"] => Self::Members(GroupId::parse(id)?),
                ["users", id] => Self::SingleUser(UserId::parse(id)?),
                _ => return None,
            },
        })
    }

    /// The ledger line that this collection counts in.
    pub fn ledger_path(self) -> String {
        match self {
            Self::SingleUser(_) => path::SINGLE_USERS.to_owned(),
            other => other.to_string(),
        }
    }
}

/// More users than this are not believed before they are seen.
const MOST_EXPECTED_USERS: usize = 5_000_000;

/// From how many users on the rest is estimated.
const SAMPLE: usize = 500;

/// Collects pages and turns them into a [`Tenant`].
#[derive(Debug, Default)]
pub struct TenantBuilder {
    organization: Organization,
    pub(super) users: Users,
    names: Names,
    owned: BTreeMap<(u128, String), (Owned, Vec<u16>)>,
    subscriptions: BTreeMap<String, Subscription>,
    pub(super) groups: BTreeMap<u128, Group>,
    deleted_groups: BTreeMap<u128, DeletedGroup>,
    pub(super) members: BTreeMap<u128, RawMembers>,
    owners: BTreeMap<u128, RawOwners>,
    expected_users: Option<usize>,
    pub(super) gone_users: FxHashSet<u128>,
    /// Users whom the list shows, and who were read by id after that.
    pub(super) shown_by_list: FxHashSet<u128>,
    /// None before all lists have been read.
    pub(super) settled: Option<Settled>,
    pub(super) undecoded: BTreeMap<String, String>,
    reads: Vec<Timestamp>,
}

impl TenantBuilder {
    /// An empty builder.
    pub fn new() -> Self {
        Self::default()
    }

    /// Tells how many users are to come, so that room is made once and not by doubling.
    pub fn expect_users(&mut self, count: u64) {
        // A count that is absurd is not believed; the table then grows as it must.
        let count = usize::try_from(count).unwrap_or(usize::MAX).min(MOST_EXPECTED_USERS);
        self.users.rows.reserve_exact(count.saturating_sub(self.users.rows.len()));
        self.expected_users = Some(count);
    }

    /// Makes room for the texts of all users, by what the first ones took.
    fn make_room(&mut self) {
        let Users { rows, text, .. } = &mut self.users;
        let Some(expected) = self.expected_users.filter(|_| rows.len() >= SAMPLE) else { return };
        self.expected_users = None;
        let left = expected.saturating_sub(rows.len());
        text.reserve_exact((text.len() / rows.len() + 1) * left);
    }

    /// Forgets what was read of a collection, because it begins again from its first page.
    pub fn restart(&mut self, collection: Collection) {
        self.unsettle();
        match collection {
            Collection::Organization => self.organization = Organization::default(),
            Collection::SubscribedSkus => self.owned.clear(),
            Collection::Subscriptions => self.subscriptions.clear(),
            Collection::Groups => self.groups.clear(),
            Collection::Members(group) => {
                self.members.remove(&group.0);
            }
            Collection::Owners => self.owners.clear(),
            Collection::Users => {
                self.shown_by_list.clear();
                let Users { rows, text, looks } = &mut self.users;
                rows.retain(|row| looks.account(row.look).is(fact::BY_ID));
                if rows.is_empty() {
                    text.clear();
                }
            }
            Collection::SingleUser(user) => {
                self.gone_users.remove(&user.0);
            }
            Collection::DeletedGroups => self.deleted_groups.clear(),
        }
    }

    /// Adds a page. What was read later counts, of pages that follow each other the second.
    ///
    /// # Errors
    /// When there are more products, plans or words in all than can be numbered. The builder remembers that, and
    /// the collection will be incomplete whatever the caller does with the error.
    pub fn add(&mut self, page: Decoded) -> Result<(), DecodeError> {
        let Decoded { collection, read_at, answered, .. } = page;
        if !matches!(collection, Collection::SingleUser(_)) {
            self.unsettle();
        }
        if self.reads.last() != Some(&read_at) {
            self.reads.push(read_at);
        }
        let read =
            ReadIndex(u32::try_from(self.reads.len() - 1).expect("fewer pages than four thousand million"));
        match collection {
            Collection::Members(group) => self.members.entry(group.0).or_default().read = Some(read),
            // Where there is an answer, understood or not, the user is not gone.
            Collection::SingleUser(user) if answered => {
                self.gone_users.remove(&user.0);
            }
            Collection::SingleUser(user) => {
                self.gone_users.insert(user.0);
            }
            _ => {}
        }
        let in_page = page.undecoded.clone();
        let added = self.add_objects(page, read);
        if let Some(why) = in_page.or_else(|| added.clone().err()) {
            self.undecoded.entry(collection.ledger_path()).or_insert(why);
        }
        added.map_err(|why| DecodeError { collection, why })
    }

    fn add_objects(&mut self, page: Decoded, read: ReadIndex) -> Result<(), String> {
        let renumbered = self.names.add(page.names)?;
        if let Some(organization) = page.organization {
            self.organization = organization;
        }
        for (row, (owned, plans)) in page.owned {
            let mut plans = renumbered.plans(&plans);
            plans.sort_unstable();
            plans.dedup();
            self.owned.insert(row, (Owned { read, ..owned }, plans));
        }
        for (id, subscription) in page.subscriptions {
            self.subscriptions.insert(id, Subscription { read, ..subscription });
        }
        for mut group in page.groups {
            for license in &mut group.licenses {
                license.sku = renumbered.sku(license.sku);
                license.disabled = renumbered.plan_set(license.disabled);
            }
            self.groups.insert(group.id.0, Group { read, ..group });
        }
        for group in page.deleted_groups {
            self.deleted_groups.insert(group.id.0, DeletedGroup { read, ..group });
        }
        if let Collection::Members(group) = page.collection {
            let members = self.members.entry(group.0).or_default();
            members.users.extend(page.members.users);
            members.groups.extend(page.members.groups);
            members.untyped.extend(page.members.untyped);
            members.others.extend(page.members.others);
        }
        self.owners.extend(page.owners.into_iter().map(|(group, shown)| (group, RawOwners { shown, read })));
        self.add_users(page.users, &renumbered, read)
    }

    fn add_users(&mut self, page: Users, renumbered: &Renumbered, read: ReadIndex) -> Result<(), String> {
        self.make_room();
        let Users { rows, text, looks } = &mut self.users;
        let first_text = text.len() as u64;
        let mut entries = Vec::new();
        let mut look = |(account, of_page): (&Account, &[Entry])| {
            entries.clear();
            entries.extend(of_page.iter().map(|entry| renumbered.entry(*entry)));
            looks.number(renumbered.account(account)?, &entries)
        };
        let page_looks = page.looks.iter().map(&mut look).collect::<Result<Vec<LookIndex>, String>>()?;
        rows.extend(page.rows.into_iter().map(|row| {
            let look = page_looks[row.look.index()];
            Row { text: row.text + first_text, look, read, ..row }
        }));
        text.push_str(&page.text);
        Ok(())
    }

    /// When the first page was read.
    pub fn first_read(&self) -> Option<Timestamp> {
        self.reads.first().copied()
    }

    /// Distinct objects of a collection so far.
    pub fn read(&mut self, collection: Collection) -> u64 {
        self.unsettle();
        let count = match collection {
            Collection::Organization => usize::from(self.organization.read),
            Collection::SubscribedSkus => self.owned.len(),
            Collection::Subscriptions => self.subscriptions.len(),
            Collection::Groups => self.groups.len(),
            Collection::DeletedGroups => self.deleted_groups.len(),
            Collection::Users => {
                self.sort_users();
                let mut last = None;
                let listed = self.users.rows.iter().filter(|row| self.is_listed(row));
                listed.filter(|row| last.replace(row.id) != Some(row.id)).count()
            }
            Collection::SingleUser(user) => self.users.rows.iter().filter(|row| row.id == user.0).count(),
            Collection::Owners => self.owners.len(),
            Collection::Members(group) => self.members.get(&group.0).map_or(0, |members| {
                let ids = members.users.iter().chain(&members.groups).chain(&members.untyped).copied();
                distinct(ids) + members.others.len()
            }),
        };
        count as u64
    }

    /// How many distinct users of the list there are so far of each of so many kinds, by their sign-in names; the
    /// name is empty where it does not show.
    pub fn users_by(&mut self, kinds: usize, kind_of: impl Fn(&str) -> usize + Sync) -> Vec<u64> {
        let kind = |users: &Users, row: &Row| {
            let begin = usize::try_from(row.text).expect("texts lie in memory");
            kind_of(&users.text[begin..begin + row.principal_name_length as usize])
        };
        // Before they are sorted: as they came they lie beside their texts, which is several times as fast.
        let count = |rows: &[Row]| {
            let mut counts = vec![0; kinds];
            for row in rows.iter().filter(|row| self.is_listed(row)) {
                counts[kind(&self.users, row)] += 1;
            }
            counts
        };
        let (one, other) = self.users.rows.split_at(self.users.rows.len() / 2);
        let (mut counts, others) = beside(|| count(one), || count(other));
        for (sum, more) in counts.iter_mut().zip(others) {
            *sum += more;
        }
        self.sort_users();
        let mut listed = self.users.rows.iter().filter(|row| self.is_listed(row)).peekable();
        while let Some(row) = listed.next() {
            // The last reading of each counts, and no other.
            if listed.peek().is_some_and(|next| next.id == row.id) {
                counts[kind(&self.users, row)] -= 1;
            }
        }
        counts
    }

    /// The groups so far, in the order of their ids, with their products before any exclusion.
    pub fn groups(&self) -> impl Iterator<Item = (GroupId, Option<&str>, Vec<SkuId>)> {
        self.groups.values().map(|group| {
            let skus =
                group.licenses.iter().map(|license| SkuId(self.names.skus.values()[license.sku.index()]));
            (group.id, group.display_name.as_deref(), skus.collect())
        })
    }

    /// Whether a group was read and is security-enabled.
    pub fn is_security_enabled(&self, group: GroupId) -> bool {
        self.groups.get(&group.0).is_some_and(|group| group.security_enabled == Some(true))
    }

    /// The products of the tenant so far: id and part number.
    pub fn owned_products(&self) -> impl Iterator<Item = (SkuId, Option<&str>)> {
        self.owned.iter().map(|((sku, _), (owned, _))| (SkuId(*sku), owned.part_number.as_deref()))
    }

    /// An id as it was received.
    pub fn id_text(&self, id: u128) -> String {
        self.names.id_text(id)
    }

    /// The groups that are direct members of `group`, as far as its members were read.
    pub fn nested_in(&self, group: GroupId) -> Vec<GroupId> {
        let Some(members) = self.members.get(&group.0) else { return Vec::new() };
        let typed = members.groups.iter().copied();
        let untyped = members.untyped.iter().copied().filter(|id| self.groups.contains_key(id));
        typed.chain(untyped).map(GroupId).collect()
    }

    /// Opens a tenant again, so that more can be read of it. [`Self::finish`] closes it as it was, with its own
    /// moment, ledger and figures, which come back beside it.
    pub fn reopen(mut tenant: Tenant) -> (Self, Timestamp, Vec<Coverage>, Run) {
        let plan_numbers = |plans: &[PlanIndex]| plans.iter().map(|plan| plan.0).collect::<Vec<_>>();
        let owned = tenant.skus.iter().filter_map(|sku| {
            let plans =
                if sku.plans_from == PlansFrom::Tenant { plan_numbers(&sku.plans) } else { Vec::new() };
            Some(((sku.id.0, String::new()), (sku.owned.clone()?, plans)))
        });
        let sources = tenant.sources.iter().map(|source| match source {
            Source::Group(group) => tenant.groups[group.index()].id.0,
            Source::Elsewhere(group) => group.0,
            Source::Direct => unreachable!("a direct entry has no place among the sources"),
        });
        let (mut members, mut settled) = (BTreeMap::new(), BTreeMap::new());
        for (group, of_group) in tenant.groups.iter().zip(&mut tenant.members) {
            let Some(of_group) = of_group else { continue };
            settled.insert(group.id.0, std::mem::take(&mut of_group.users));
            let raw = RawMembers {
                users: Vec::new(),
                groups: of_group.groups.iter().map(|inner| tenant.groups[inner.index()].id.0).collect(),
                untyped: Vec::new(),
                // Only their number matters, and it is kept by any distinct ids.
                others: (0..u128::from(of_group.others)).collect(),
                read: of_group.read,
            };
            members.insert(group.id.0, raw);
        }
        let owners = tenant.owners.into_iter().map(|(group, owners)| {
            let shown = owners.all.into_iter().map(|owner| match owner {
                Owner::Other(other) => other,
                Owner::User(user) => OtherOwner {
                    id: tenant.users[user.index()].id,
                    kind: Some("user".to_owned()),
                    display_name: None,
                    principal_name: None,
                },
            });
            let raw = RawOwners { shown: Some(shown.collect()), read: owners.read };
            (tenant.groups[group.index()].id.0, raw)
        });
        let owners = owners.collect();
        let names = Names {
            words: Interner::of(tenant.words),
            plans: Interner::of(tenant.plans),
            of_plans: tenant.plan_names,
            plan_sets: Interner::of(tenant.plan_sets),
            sources: Interner::of(sources.collect()),
            skus: Interner::of(tenant.skus.iter().map(|sku| sku.id.0).collect()),
            spellings: tenant.spellings,
        };
        let owned = owned.collect();
        let builder = Self {
            names,
            owned,
            members,
            owners,
            settled: Some(Settled::of(settled, tenant.users.len())),
            organization: tenant.organization,
            users: Users { rows: tenant.users, text: tenant.text, looks: tenant.looks },
            subscriptions: tenant
                .subscriptions
                .into_iter()
                .map(|one| (one.id.to_ascii_lowercase(), one))
                .collect(),
            groups: tenant
                .groups
                .into_iter()
                .filter(|group| group.listed)
                .map(|group| (group.id.0, group))
                .collect(),
            deleted_groups: tenant.deleted_groups.into_iter().map(|group| (group.id.0, group)).collect(),
            expected_users: None,
            gone_users: FxHashSet::default(),
            shown_by_list: FxHashSet::default(),
            undecoded: BTreeMap::new(),
            reads: tenant.reads,
        };
        (builder, tenant.as_of, tenant.coverage, tenant.run)
    }

    /// Closes the tenant.
    ///
    /// `coverage` is the ledger of the scan; a collection with an object that could not be understood is
    /// incomplete, whatever the ledger says of it.
    pub fn finish(mut self, as_of: Timestamp, mut coverage: Vec<Coverage>, run: Run) -> Tenant {
        for line in &mut coverage {
            if let Some(why) = self.undecoded.get(&line.collection) {
                line.complete = false;
                line.reason.get_or_insert_with(|| Why::ObjectNotUnderstood { error: why.clone() });
            }
        }
        let subscriptions: Vec<Subscription> =
            std::mem::take(&mut self.subscriptions).into_values().collect();
        for subscription in &subscriptions {
            // A product is in the table even if nothing else mentions it; 65,536 products never come.
            let _ = self.names.sku(subscription.sku.0);
        }
        let skus = self.finish_skus();
        let (users, mut user_members) = self.finish_users();
        let groups = self.finish_groups();
        let group_index = |id: u128| {
            let found = groups.binary_search_by_key(&GroupId(id), |group| group.id);
            found.ok().map(|index| GroupIndex(u32::try_from(index).expect("groups are counted in u32")))
        };
        let mut complete: BTreeMap<&str, bool> = BTreeMap::new();
        for line in &coverage {
            *complete.entry(&line.collection).or_insert(true) &= line.complete;
        }
        let complete = |collection: &str| complete.get(collection).copied();
        let members = groups
            .iter()
            .map(|group| {
                let raw = self.members.remove(&group.id.0);
                let complete = complete(&path::members(group.id));
                if raw.is_none() && complete.is_none() {
                    return None;
                }
                let users = user_members.remove(&group.id.0).unwrap_or_default();
                let raw = raw.unwrap_or_default();
                Some(finish_members(&raw, users, complete.unwrap_or_default(), &group_index))
            })
            .collect();
        let raw_owners = std::mem::take(&mut self.owners);
        let readable = |id: u128| {
            let place = users.binary_search_by_key(&id, |row| row.id).ok()?;
            let readable = self.users.looks.account(users[place].look).is(fact::READABLE);
            readable.then(|| UserIndex(u32::try_from(place).expect("users are counted in u32")))
        };
        let owners = finish_owners(raw_owners, &readable, &group_index);
        let sources = self
            .names
            .sources
            .into_values()
            .into_iter()
            .map(|id| match group_index(id) {
                Some(index) if groups[index.index()].listed => Source::Group(index),
                _ => Source::Elsewhere(GroupId(id)),
            })
            .collect();
        let complete = |collection: &str| complete(collection).unwrap_or_default();
        let (users_complete, groups_complete) = (complete(path::USERS), complete(path::GROUPS));
        let (skus_complete, deleted_groups_read) =
            (complete(path::SUBSCRIBED_SKUS), complete(path::DELETED_GROUPS));
        Tenant {
            as_of,
            organization: self.organization,
            users_complete,
            groups_complete,
            skus_complete,
            deleted_groups_read,
            users,
            text: self.users.text,
            looks: self.users.looks,
            words: self.names.words.into_values(),
            plans: self.names.plans.into_values(),
            plan_names: self.names.of_plans,
            plan_sets: self.names.plan_sets.into_values(),
            sources,
            skus,
            groups,
            members,
            owners,
            deleted_groups: self.deleted_groups.into_values().collect(),
            subscriptions,
            coverage,
            run,
            reads: self.reads,
            spellings: self.names.spellings,
            redacted: false,
        }
    }

    fn finish_skus(&mut self) -> Vec<Sku> {
        let mut owned: BTreeMap<u128, (Owned, Vec<u16>)> = BTreeMap::new();
        for ((sku, _), (row, plans)) in std::mem::take(&mut self.owned) {
            match owned.get_mut(&sku) {
                Some((sum, all_plans)) => {
                    sum.add(&row);
                    all_plans.extend(plans);
                    all_plans.sort_unstable();
                    all_plans.dedup();
                }
                None => {
                    owned.insert(sku, (row, plans));
                }
            }
        }
        let ids = self.names.skus.values().to_vec();
        ids.into_iter()
            .map(|id| {
                let (owned, plans) =
                    owned.remove(&id).map_or((None, Vec::new()), |(row, plans)| (Some(row), plans));
                if !plans.is_empty() {
                    let plans = plans.into_iter().map(PlanIndex).collect();
                    return Sku { id: SkuId(id), owned, plans, plans_from: PlansFrom::Tenant };
                }
                let known = catalogue::product(id)
                    .map(|product| product.plans().collect::<Vec<_>>())
                    .unwrap_or_default();
                let plans: Vec<_> =
                    known.iter().filter_map(|plan| self.names.plan(*plan).ok().map(PlanIndex)).collect();
                let plans_from = if plans.is_empty() { PlansFrom::Nowhere } else { PlansFrom::Catalogue };
                Sku { id: SkuId(id), owned, plans, plans_from }
            })
            .collect()
    }

    /// The groups in the order of their ids, with those that are only known as members of others.
    fn finish_groups(&mut self) -> Vec<Group> {
        let mut groups = std::mem::take(&mut self.groups);
        for members in self.members.values() {
            for id in &members.groups {
                groups.entry(*id).or_insert_with(|| Group {
                    id: GroupId(*id),
                    display_name: None,
                    listed: false,
                    unified: false,
                    dynamic: false,
                    security_enabled: None,
                    mail_enabled: None,
                    membership_rule: None,
                    rule_state: None,
                    visibility: None,
                    licenses: Vec::new(),
                    processing: None,
                    read: members.read.unwrap_or(ReadIndex(0)),
                });
            }
        }
        groups.into_values().collect()
    }
}

fn finish_members(
    raw: &RawMembers,
    users: Vec<UserIndex>,
    complete: bool,
    group_index: &dyn Fn(u128) -> Option<GroupIndex>,
) -> Members {
    let mut members = Members {
        users,
        groups: raw.groups.iter().filter_map(|id| group_index(*id)).collect(),
        others: raw.others.len() as u64,
        complete,
        read: raw.read,
    };
    members.groups.sort_unstable();
    members.groups.dedup();
    members
}

/// The owners of a group as received, before users and groups are known.
#[derive(Debug)]
struct RawOwners {
    shown: Option<Vec<OtherOwner>>,
    read: ReadIndex,
}

/// Owners where they were shown; of those whom the list of users has, that place.
fn finish_owners(
    raw: BTreeMap<u128, RawOwners>,
    user_index: &dyn Fn(u128) -> Option<UserIndex>,
    group_index: &dyn Fn(u128) -> Option<GroupIndex>,
) -> BTreeMap<GroupIndex, Owners> {
    let owners = raw.into_iter().filter_map(|(group, RawOwners { shown, read })| {
        let owners = shown?.into_iter().map(|owner| match user_index(owner.id) {
            Some(user) => Owner::User(user),
            None => Owner::Other(owner),
        });
        Some((group_index(group)?, Owners { all: owners.collect(), read }))
    });
    owners.collect()
}

fn distinct(ids: impl Iterator<Item = u128>) -> usize {
    let mut ids: Vec<u128> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids.len()
}
