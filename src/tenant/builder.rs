//! Builds the tenant from Graph's objects as received. Live pages and snapshots come through here alike.

use std::collections::{BTreeMap, BTreeSet};
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
use super::places::Places;
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
    users: Users,
    names: Names,
    owned: BTreeMap<(u128, String), (Owned, Vec<u16>)>,
    subscriptions: BTreeMap<String, Subscription>,
    groups: BTreeMap<u128, Group>,
    deleted_groups: BTreeMap<u128, DeletedGroup>,
    members: BTreeMap<u128, RawMembers>,
    owners: BTreeMap<u128, RawOwners>,
    expected_users: Option<usize>,
    gone_users: FxHashSet<u128>,
    undecoded: BTreeMap<String, String>,
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
    pub fn users_by(&mut self, kinds: usize, mut kind_of: impl FnMut(&str) -> usize) -> Vec<u64> {
        self.sort_users();
        let mut counts = vec![0; kinds];
        let mut listed = self.users.rows.iter().filter(|row| self.is_listed(row)).peekable();
        while let Some(row) = listed.next() {
            // The last reading of each counts.
            if listed.peek().is_none_or(|next| next.id != row.id) {
                let begin = usize::try_from(row.text).expect("texts lie in memory");
                let name = &self.users.text[begin..begin + row.principal_name_length as usize];
                counts[kind_of(name)] += 1;
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

    /// Members that are to be asked for by id, in the order of their ids: those of whom the user list shows
    /// nothing but the id, and, if that list is complete, those it does not have.
    pub fn unread_members(&mut self, list_is_complete: bool) -> Vec<UserId> {
        self.sort_users();
        let rows = &self.users.rows;
        let places = Places::of(rows.iter().map(|row| row.id));
        let is_unread = |id: u128| {
            let near = &rows[places.range(id)];
            let first = near.partition_point(|row| row.id < id);
            let readings = near[first..].iter().take_while(|row| row.id == id);
            let mut readings = readings.filter(|row| self.is_listed(row)).peekable();
            let in_list = readings.peek().is_some();
            let is_readable = |row: &Row| self.users.looks.account(row.look).is(fact::READABLE);
            (in_list || list_is_complete) && !readings.any(is_readable)
        };
        let unread: BTreeSet<UserId> = self
            .members
            .values()
            .flat_map(|members| {
                let untyped = members.untyped.iter().filter(|id| !self.groups.contains_key(*id));
                members.users.iter().chain(untyped)
            })
            .filter(|id| is_unread(**id))
            .map(|id| UserId(*id))
            .collect();
        unread.into_iter().collect()
    }

    /// Opens a tenant again, so that more can be read of it. [`Self::finish`] closes it as it was, with its own
    /// moment, ledger and figures, which come back beside it.
    pub fn reopen(tenant: Tenant) -> (Self, Timestamp, Vec<Coverage>, Run) {
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
        let members = tenant.groups.iter().zip(&tenant.members).filter_map(|(group, members)| {
            let members = members.as_ref()?;
            let raw = RawMembers {
                users: members.users.iter().map(|user| tenant.users[user.index()].id).collect(),
                groups: members.groups.iter().map(|inner| tenant.groups[inner.index()].id.0).collect(),
                untyped: Vec::new(),
                // Only their number matters, and it is kept by any distinct ids.
                others: (0..u128::from(members.others)).collect(),
                read: members.read,
            };
            Some((group.id.0, raw))
        });
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
        let (owned, members) = (owned.collect(), members.collect());
        let mut rows = tenant.users;
        rows.retain(|row| tenant.looks.account(row.look).is(fact::KNOWN));
        let builder = Self {
            names,
            owned,
            members,
            owners,
            organization: tenant.organization,
            users: Users { rows, text: tenant.text, looks: tenant.looks },
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

    /// One row per user in the order of ids: the last reading counts, and one by id counts over the list.
    /// Members that no list has become rows that say so. Beside it, the user members of each group that was asked
    /// for its members.
    fn finish_users(&mut self) -> (Vec<Row>, BTreeMap<u128, Vec<UserIndex>>) {
        self.sort_users();
        let mut rows = std::mem::take(&mut self.users.rows);
        rows.dedup_by(|later, earlier| {
            let same = later.id == earlier.id;
            if same {
                *earlier = *later;
            }
            same
        });
        if !self.gone_users.is_empty() {
            rows.retain(|row| !self.gone_users.contains(&row.id));
        }
        for members in self.members.values_mut() {
            for id in std::mem::take(&mut members.untyped) {
                let kind =
                    if self.groups.contains_key(&id) { &mut members.groups } else { &mut members.users };
                kind.push(id);
            }
            if !self.gone_users.is_empty() {
                members.users.retain(|id| !self.gone_users.contains(id));
            }
        }
        let unknown = self.users.looks.number(Account::default(), &[]);
        let unknown = unknown.expect("memory ends before there are too many looks for one more");
        let members = loop {
            let (members, strangers) = self.find_members(&rows);
            if strangers.is_empty() {
                break members;
            }
            rows.extend(strangers.into_iter().map(|(id, read)| Row::of_stranger(id, unknown, read)));
            rows.sort_by_key(|row| row.id);
        };
        rows.shrink_to_fit();
        self.users.text.shrink_to_fit();
        self.users.looks.shrink_to_fit();
        (rows, members)
    }

    /// Where the user members of each group are among the users, and those who are not.
    fn find_members(&self, users: &[Row]) -> (BTreeMap<u128, Vec<UserIndex>>, BTreeMap<u128, ReadIndex>) {
        let places = Places::of(users.iter().map(|row| row.id));
        let mut strangers = BTreeMap::new();
        let mut found = BTreeMap::new();
        for (group, members) in &self.members {
            let mut places: Vec<UserIndex> = members
                .users
                .iter()
                .filter_map(|&id| {
                    let near = places.range(id);
                    let place = users[near.clone()].binary_search_by_key(&id, |row| row.id);
                    let Ok(place) = place else {
                        strangers.insert(id, members.read.unwrap_or(ReadIndex(0)));
                        return None;
                    };
                    Some(UserIndex(u32::try_from(near.start + place).expect("users are counted in u32")))
                })
                .collect();
            places.sort_unstable();
            places.dedup();
            places.shrink_to_fit();
            found.insert(*group, places);
        }
        (found, strangers)
    }

    /// Whether the row is one of the user list.
    fn is_listed(&self, row: &Row) -> bool {
        !self.users.looks.account(row.look).is(fact::BY_ID)
    }

    /// Puts the users in the order of their ids; of one user the reading that counts last.
    fn sort_users(&mut self) {
        let Users { rows, looks, .. } = &mut self.users;
        let by_id = |row: &Row| looks.account(row.look).is(fact::BY_ID);
        // The sort is a stable one: readings stay in the order in which they came, and little is to be done where
        // little came after the last time.
        rows.sort_by(|one, other| one.id.cmp(&other.id).then_with(|| by_id(one).cmp(&by_id(other))));
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
