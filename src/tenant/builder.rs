//! Builds the tenant from Graph's objects as received. Live pages and snapshots come through here alike.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::Timestamp;
use rustc_hash::FxHashSet;

use super::coverage::{Coverage, Run, Why, path};
use super::entry::{Entry, State, Trouble};
use super::group::{DeletedGroup, Group, License, Members};
use super::id::{
    GroupId, GroupIndex, PlanIndex, PlanSetIndex, ReadIndex, SkuId, SkuIndex, UserId, UserIndex, parse_guid,
};
use super::intern::Interner;
use super::sku::{Owned, PlansFrom, Sku, Subscription};
use super::user::{Row, Source, fact};
use super::{Organization, Tenant, wire};
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

/// An object that could not be understood. It makes its collection incomplete.
#[derive(Debug, thiserror::Error)]
#[error("an object of {collection} could not be read: {why}")]
pub struct DecodeError {
    collection: Collection,
    why: String,
}

/// More users than this are not believed before they are seen.
const MOST_EXPECTED_USERS: usize = 5_000_000;

/// From how many users on the rest is estimated.
const SAMPLE: usize = 500;

/// Members as received, before users and groups are known.
#[derive(Debug, Default)]
struct RawMembers {
    users: Vec<u128>,
    groups: Vec<u128>,
    untyped: Vec<u128>,
    others: BTreeSet<u128>,
    read: Option<ReadIndex>,
}

/// Collects objects and turns them into a [`Tenant`].
#[derive(Debug, Default)]
pub struct TenantBuilder {
    organization: Organization,
    users: Vec<Row>,
    text: String,
    entries: Vec<Entry>,
    words: Interner<String>,
    plans: Interner<u128>,
    plan_names: BTreeMap<u128, String>,
    plan_sets: Interner<Vec<u16>>,
    sources: Interner<u128>,
    skus: Interner<u128>,
    owned: BTreeMap<(u128, String), (Owned, Vec<u16>)>,
    subscriptions: BTreeMap<String, Subscription>,
    groups: BTreeMap<u128, Group>,
    deleted_groups: BTreeMap<u128, DeletedGroup>,
    members: BTreeMap<u128, RawMembers>,
    expected_users: Option<usize>,
    gone_users: FxHashSet<u128>,
    spellings: BTreeMap<u128, String>,
    undecoded: BTreeMap<String, String>,
    reads: Vec<Timestamp>,
    page: Option<(Collection, ReadIndex)>,
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
        self.users.reserve_exact(count.saturating_sub(self.users.len()));
        self.expected_users = Some(count);
    }

    /// Makes room for the texts and entries of all users, by what the first ones took.
    fn make_room(&mut self) {
        let Some(expected) = self.expected_users.filter(|_| self.users.len() >= SAMPLE) else { return };
        self.expected_users = None;
        let left = expected.saturating_sub(self.users.len());
        let room = |taken: usize| (taken / self.users.len() + 1) * left;
        let (text, entries) = (room(self.text.len()), room(self.entries.len()));
        self.text.reserve_exact(text);
        self.entries.reserve_exact(entries);
    }

    /// Begins a page: the objects that follow belong to `collection` and were read at `at`.
    pub fn page(&mut self, collection: Collection, at: Timestamp) {
        if self.reads.last() != Some(&at) {
            self.reads.push(at);
        }
        let read =
            ReadIndex(u32::try_from(self.reads.len() - 1).expect("fewer pages than four thousand million"));
        self.page = Some((collection, read));
        match collection {
            Collection::Users => self.make_room(),
            Collection::Members(group) => self.members.entry(group.0).or_default().read = Some(read),
            Collection::SingleUser(user) => {
                self.gone_users.insert(user.0);
            }
            _ => {}
        }
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
            Collection::Users => self.users.retain(|row| row.facts & fact::BY_ID != 0),
            Collection::SingleUser(user) => {
                self.gone_users.remove(&user.0);
            }
            Collection::DeletedGroups => self.deleted_groups.clear(),
        }
    }

    /// Takes one object of the page, as received.
    ///
    /// # Errors
    /// When the object is not of its collection's shape. The builder remembers that, and the collection will
    /// be incomplete whatever the caller does with the error.
    pub fn object(&mut self, raw: &str) -> Result<(), DecodeError> {
        let (collection, read) = self.page.expect("a page is begun before its objects");
        let result = match collection {
            Collection::Organization => self.organization(raw),
            Collection::SubscribedSkus => self.subscribed_sku(raw, read),
            Collection::Subscriptions => self.subscription(raw, read),
            Collection::Groups => self.group(raw, read),
            Collection::Members(group) => self.member(group, raw),
            Collection::Users => self.user(raw, read).map(|row| self.users.push(row)),
            Collection::SingleUser(user) => {
                // There is an answer, understood or not: the user is not gone.
                self.gone_users.remove(&user.0);
                self.user(raw, read).map(|row| self.users.push(Row { facts: row.facts | fact::BY_ID, ..row }))
            }
            Collection::DeletedGroups => self.deleted_group(raw, read),
        };
        result.map_err(|why| {
            self.undecoded.entry(collection.ledger_path()).or_insert_with(|| why.clone());
            DecodeError { collection, why }
        })
    }

    /// When the first page was read.
    pub fn first_read(&self) -> Option<Timestamp> {
        self.reads.first().copied()
    }

    /// Distinct objects of a collection so far.
    pub fn read(&self, collection: Collection) -> u64 {
        let count = match collection {
            Collection::Organization => usize::from(self.organization.read),
            Collection::SubscribedSkus => self.owned.len(),
            Collection::Subscriptions => self.subscriptions.len(),
            Collection::Groups => self.groups.len(),
            Collection::DeletedGroups => self.deleted_groups.len(),
            Collection::Users => distinct(self.of_list().map(|row| row.id)),
            Collection::SingleUser(user) => self.users.iter().filter(|row| row.id == user.0).count(),
            Collection::Members(group) => self.members.get(&group.0).map_or(0, |members| {
                let ids = members.users.iter().chain(&members.groups).chain(&members.untyped).copied();
                distinct(ids) + members.others.len()
            }),
        };
        count as u64
    }

    /// The groups so far, in the order of their ids, with their products before any exclusion.
    pub fn groups(&self) -> impl Iterator<Item = (GroupId, Option<&str>, Vec<SkuId>)> {
        self.groups.values().map(|group| {
            let skus = group.licenses.iter().map(|license| SkuId(self.skus.values()[license.sku.index()]));
            (group.id, group.display_name.as_deref(), skus.collect())
        })
    }

    /// The products of the tenant so far: id and part number.
    pub fn owned_products(&self) -> impl Iterator<Item = (SkuId, Option<&str>)> {
        self.owned.iter().map(|((sku, _), (owned, _))| (SkuId(*sku), owned.part_number.as_deref()))
    }

    /// An id as it was received.
    pub fn id_text(&self, id: u128) -> String {
        let known = self.spellings.get(&id).cloned();
        known.unwrap_or_else(|| uuid::Uuid::from_u128(id).hyphenated().to_string())
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
    pub fn unread_members(&self, list_is_complete: bool) -> Vec<UserId> {
        let ids = |readable: bool| {
            let rows = self.of_list().filter(move |row| (row.facts & fact::READABLE != 0) == readable);
            let mut ids: Vec<u128> = rows.map(|row| row.id).collect();
            ids.sort_unstable();
            ids
        };
        let (readable, unreadable) = (ids(true), ids(false));
        let unread: BTreeSet<UserId> = self
            .members
            .values()
            .flat_map(|members| {
                let untyped = members.untyped.iter().filter(|id| !self.groups.contains_key(*id));
                members.users.iter().chain(untyped)
            })
            .filter(|id| readable.binary_search(id).is_err())
            .filter(|id| list_is_complete || unreadable.binary_search(id).is_ok())
            .map(|id| UserId(*id))
            .collect();
        unread.into_iter().collect()
    }

    fn of_list(&self) -> impl Iterator<Item = &Row> {
        self.users.iter().filter(|row| row.facts & fact::BY_ID == 0)
    }

    fn organization(&mut self, raw: &str) -> Result<(), String> {
        let wire: wire::Organization = decode(raw)?;
        self.organization = Organization { id: wire.id, display_name: wire.display_name, read: true };
        Ok(())
    }

    fn subscribed_sku(&mut self, raw: &str, read: ReadIndex) -> Result<(), String> {
        let wire: wire::SubscribedSku<'_> = decode(raw)?;
        let sku = self.spelled(&wire.sku_id.0)?;
        self.sku_index(sku)?;
        let mut plans = Vec::new();
        for plan in wire.service_plans.into_iter().flatten().flatten() {
            let Some(id) = plan.service_plan_id else { continue };
            let id = guid(&id.0)?;
            plans.push(self.plan_number(id)?);
            if let Some(name) = plan.service_plan_name {
                self.plan_names.insert(id, name);
            }
        }
        plans.sort_unstable();
        plans.dedup();
        let units = wire.prepaid_units.unwrap_or_default();
        let owned = Owned {
            part_number: wire.sku_part_number,
            applies_to: wire.applies_to,
            status: wire.capability_status,
            enabled: units.enabled,
            warning: units.warning,
            suspended: units.suspended.unwrap_or(0),
            locked_out: units.locked_out.unwrap_or(0),
            consumed: wire.consumed_units,
            read,
        };
        let row = wire.id.map(|id| id.0.to_ascii_lowercase()).unwrap_or_default();
        self.owned.insert((sku, row), (owned, plans));
        Ok(())
    }

    fn subscription(&mut self, raw: &str, read: ReadIndex) -> Result<(), String> {
        let wire: wire::CompanySubscription<'_> = decode(raw)?;
        let (Some(id), Some(sku)) = (wire.id, wire.sku_id) else { return Ok(()) };
        let sku = SkuId(guid(&sku.0)?);
        let next_change = match wire.next_lifecycle_date_time.as_deref() {
            None | Some("") => None,
            Some(text) => Some(text.parse().map_err(|_| "nextLifecycleDateTime is no date and time")?),
        };
        let subscription = Subscription {
            id: id.0.clone().into_owned(),
            sku,
            status: wire.status,
            total: wire.total_licenses,
            next_change,
            read,
        };
        self.subscriptions.insert(id.0.to_ascii_lowercase(), subscription);
        Ok(())
    }

    fn group(&mut self, raw: &str, read: ReadIndex) -> Result<(), String> {
        let wire: wire::Group<'_> = decode(raw)?;
        let id = self.spelled(&wire.id.0)?;
        let mut licenses: Vec<(SkuIndex, Vec<u16>)> = Vec::new();
        for license in wire.assigned_licenses.into_iter().flatten().flatten() {
            let Some(sku) = license.sku_id else { continue };
            let sku = guid(&sku.0)?;
            let sku = self.sku_index(sku)?;
            let disabled = self.plan_numbers(license.disabled_plans)?;
            match licenses.iter_mut().find(|(known, _)| *known == sku) {
                Some((_, common)) => common.retain(|plan| disabled.contains(plan)),
                None => licenses.push((sku, disabled)),
            }
        }
        let licenses = licenses
            .into_iter()
            .map(|(sku, disabled)| License {
                sku,
                disabled: PlanSetIndex(self.plan_sets.number(disabled.as_slice())),
            })
            .collect();
        let group_types: Vec<_> = wire.group_types.into_iter().flatten().flatten().collect();
        let has_type = |word: &str| group_types.iter().any(|text| text.0.eq_ignore_ascii_case(word));
        let membership_rule = wire.membership_rule.filter(|rule| !rule.trim().is_empty());
        let group = Group {
            id: GroupId(id),
            display_name: wire.display_name,
            listed: true,
            unified: has_type("Unified"),
            dynamic: has_type("DynamicMembership"),
            security_enabled: wire.security_enabled,
            mail_enabled: wire.mail_enabled,
            membership_rule,
            rule_state: wire.membership_rule_processing_state,
            visibility: wire.visibility,
            licenses,
            processing: wire.license_processing_state.and_then(wire::LicenseProcessingState::into_text),
            read,
        };
        self.groups.insert(id, group);
        Ok(())
    }

    fn member(&mut self, group: GroupId, raw: &str) -> Result<(), String> {
        let wire: wire::DirectoryObject<'_> = decode(raw)?;
        let id = self.spelled(&wire.id.0)?;
        let members = self.members.entry(group.0).or_default();
        let Some(odata_type) = wire.odata_type else {
            members.untyped.push(id);
            return Ok(());
        };
        let is = |word: &str| odata_type.0.eq_ignore_ascii_case(word);
        if is("#microsoft.graph.user") {
            members.users.push(id);
        } else if is("#microsoft.graph.group") {
            members.groups.push(id);
        } else {
            members.others.insert(id);
        }
        Ok(())
    }

    fn deleted_group(&mut self, raw: &str, read: ReadIndex) -> Result<(), String> {
        let wire: wire::DeletedGroup<'_> = decode(raw)?;
        let id = self.spelled(&wire.id.0)?;
        let group = DeletedGroup {
            id: GroupId(id),
            display_name: wire.display_name,
            deleted: wire.deleted_date_time,
            read,
        };
        self.deleted_groups.insert(id, group);
        Ok(())
    }

    fn user(&mut self, raw: &str, read: ReadIndex) -> Result<Row, String> {
        let wire: wire::User<'_> = decode(raw)?;
        let id = self.spelled(&wire.id.0)?;
        let mut facts = fact::KNOWN;
        let mut set = |condition: bool, fact: u16| {
            if condition {
                facts |= fact;
            }
        };
        let is = |text: Option<&wire::Text<'_>>, word: &str| {
            text.is_some_and(|text| text.0.eq_ignore_ascii_case(word))
        };
        let principal_name = wire.user_principal_name.as_ref().map(|name| name.0.as_ref());
        let display_name = wire.display_name.as_ref().map(|name| name.0.as_ref());
        set(principal_name.is_some(), fact::HAS_PRINCIPAL_NAME);
        set(display_name.is_some(), fact::HAS_DISPLAY_NAME);
        set(wire.account_enabled == Some(true), fact::ENABLED);
        set(wire.account_enabled == Some(false), fact::DISABLED);
        set(wire.license_assignment_states.is_some(), fact::HAS_STATES);
        set(is(wire.user_type.as_ref(), "Guest"), fact::GUEST);
        let external = is(wire.creation_type.as_ref(), "Invitation")
            || wire.external_user_state.as_ref().is_some_and(|state| !state.0.is_empty())
            || principal_name.is_some_and(has_external_mark);
        set(external, fact::EXTERNAL);
        let readable = principal_name.is_some()
            || display_name.is_some()
            || wire.account_enabled.is_some()
            || wire.user_type.is_some()
            || wire.usage_location.is_some()
            || wire.creation_type.is_some()
            || wire.external_user_state.is_some()
            || wire.license_assignment_states.is_some();
        set(readable, fact::READABLE);

        let user_type = self.narrow_word(wire.user_type.as_ref())?;
        let usage_location = self.narrow_word(wire.usage_location.as_ref())?;
        let creation_type = self.narrow_word(wire.creation_type.as_ref())?;
        let external_state = self.narrow_word(wire.external_user_state.as_ref())?;
        let too_much = |_| "more license entries than can be held";
        let first = u32::try_from(self.entries.len()).map_err(too_much)?;
        for state in wire.license_assignment_states.into_iter().flatten().flatten() {
            if let Some(entry) = self.entry(state).inspect_err(|_| self.entries.truncate(first as usize))? {
                self.keep_better(first as usize, entry);
            }
        }
        let text = self.text.len() as u64;
        let length = |name: Option<&str>| {
            u32::try_from(name.map_or(0, str::len))
                .map_err(|_| "a name of more than four thousand million bytes")
        };
        let row = Row {
            id,
            text,
            principal_name_length: length(principal_name)?,
            display_name_length: length(display_name)?,
            entries: first,
            entry_count: u32::try_from(self.entries.len()).map_err(too_much)? - first,
            read,
            user_type,
            usage_location,
            creation_type,
            external_state,
            facts,
        };
        self.text.push_str(principal_name.unwrap_or_default());
        self.text.push_str(display_name.unwrap_or_default());
        Ok(row)
    }

    fn entry(&mut self, wire: wire::LicenseAssignmentState<'_>) -> Result<Option<Entry>, String> {
        let Some(sku) = wire.sku_id else { return Ok(None) };
        let sku = guid(&sku.0)?;
        let source = match wire.assigned_by_group {
            None => 0,
            Some(group) => {
                let group = guid(&group.0)?;
                self.sources.number(&group) + 1
            }
        };
        let sku = self.sku_index(sku)?;
        let disabled = self.plan_numbers(wire.disabled_plans)?;
        let state = wire.state.as_ref().map(|word| word.0.as_ref());
        let error = wire.error.as_ref().map(|word| word.0.as_ref());
        Ok(Some(Entry {
            source,
            disabled: PlanSetIndex(self.plan_sets.number(disabled.as_slice())),
            state_word: self.wide_word(state),
            error_word: self.wide_word(error),
            sku,
            state: state.map_or(State::Unrecognised, State::of),
            trouble: error.map_or(Trouble::None, Trouble::of),
        }))
    }

    /// Adds an entry; of two for one product and one source the better stays, of equals the first.
    fn keep_better(&mut self, first: usize, entry: Entry) {
        let same = |known: &&mut Entry| known.sku == entry.sku && known.source == entry.source;
        match self.entries[first..].iter_mut().find(same) {
            Some(known) if entry.rank() < known.rank() => *known = entry,
            Some(_) => {}
            None => self.entries.push(entry),
        }
    }

    fn wide_word(&mut self, word: Option<&str>) -> u32 {
        word.map_or(0, |word| self.words.number(word) + 1)
    }

    fn narrow_word(&mut self, word: Option<&wire::Text<'_>>) -> Result<u16, String> {
        u16::try_from(self.wide_word(word.map(|word| word.0.as_ref())))
            .map_err(|_| "more than 65,534 different words in enumerated properties".to_owned())
    }

    fn sku_index(&mut self, sku: u128) -> Result<SkuIndex, String> {
        u16::try_from(self.skus.number(&sku))
            .map(SkuIndex)
            .map_err(|_| "more than 65,536 products".to_owned())
    }

    fn plan_number(&mut self, plan: u128) -> Result<u16, String> {
        u16::try_from(self.plans.number(&plan)).map_err(|_| "more than 65,536 service plans".to_owned())
    }

    /// The plans in a fixed order, each once.
    fn plan_numbers(&mut self, plans: Option<Vec<Option<wire::Text<'_>>>>) -> Result<Vec<u16>, String> {
        let mut numbers = Vec::new();
        for plan in plans.into_iter().flatten().flatten() {
            numbers.push(self.plan_number(guid(&plan.0)?)?);
        }
        numbers.sort_unstable();
        numbers.dedup();
        Ok(numbers)
    }

    /// Reads the id of an object, and remembers its spelling where that is not the usual one.
    fn spelled(&mut self, text: &str) -> Result<u128, String> {
        let id = guid(text)?;
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            self.spellings.entry(id).or_insert_with(|| text.to_owned());
        }
        Ok(id)
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
        let builder = Self {
            owned: owned.collect(),
            sources: Interner::of(sources.collect()),
            members: members.collect(),
            skus: Interner::of(tenant.skus.iter().map(|sku| sku.id.0).collect()),
            organization: tenant.organization,
            users: tenant.users.into_iter().filter(|row| row.facts & fact::KNOWN != 0).collect(),
            text: tenant.text,
            entries: tenant.entries,
            words: Interner::of(tenant.words),
            plans: Interner::of(tenant.plans),
            plan_names: tenant.plan_names,
            plan_sets: Interner::of(tenant.plan_sets),
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
            spellings: tenant.spellings,
            undecoded: BTreeMap::new(),
            reads: tenant.reads,
            page: None,
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
            let _ = self.sku_index(subscription.sku.0);
        }
        let skus = self.finish_skus();
        let users = self.finish_users();
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
                let raw = raw.unwrap_or_default();
                Some(finish_members(&raw, complete.unwrap_or_default(), &users, &group_index))
            })
            .collect();
        let sources = self
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
            text: self.text,
            entries: self.entries,
            words: self.words.into_values(),
            plans: self.plans.into_values(),
            plan_names: self.plan_names,
            plan_sets: self.plan_sets.into_values(),
            sources,
            skus,
            groups,
            members,
            deleted_groups: self.deleted_groups.into_values().collect(),
            subscriptions,
            coverage,
            run,
            reads: self.reads,
            spellings: self.spellings,
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
        let ids = self.skus.values().to_vec();
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
                    known.iter().filter_map(|plan| self.plan_number(*plan).ok().map(PlanIndex)).collect();
                let plans_from = if plans.is_empty() { PlansFrom::Nowhere } else { PlansFrom::Catalogue };
                Sku { id: SkuId(id), owned, plans, plans_from }
            })
            .collect()
    }

    /// One row per user in the order of ids: the last reading counts, and one by id counts over the list.
    /// Members that no list has become rows that say so.
    fn finish_users(&mut self) -> Vec<Row> {
        let mut rows = std::mem::take(&mut self.users);
        // In place, because the table is large: what came later lies further on in the columns.
        rows.sort_unstable_by_key(|row| {
            let in_list = row.facts & fact::BY_ID == 0;
            (row.id, in_list, Reverse((row.text, row.entries, row.read)))
        });
        rows.dedup_by_key(|row| row.id);
        if !self.gone_users.is_empty() {
            rows.retain(|row| !self.gone_users.contains(&row.id));
        }
        let mut strangers: BTreeMap<u128, ReadIndex> = BTreeMap::new();
        for members in self.members.values_mut() {
            let mut still_untyped = Vec::new();
            for id in std::mem::take(&mut members.untyped) {
                if self.groups.contains_key(&id) {
                    members.groups.push(id);
                } else {
                    still_untyped.push(id);
                }
            }
            members.users.append(&mut still_untyped);
            if !self.gone_users.is_empty() {
                members.users.retain(|id| !self.gone_users.contains(id));
            }
            let read = members.read.unwrap_or(ReadIndex(0));
            let unknown =
                members.users.iter().filter(|id| rows.binary_search_by_key(*id, |row| row.id).is_err());
            strangers.extend(unknown.map(|id| (*id, read)));
        }
        if !strangers.is_empty() {
            rows.extend(strangers.into_iter().map(|(id, read)| Row {
                id,
                text: 0,
                principal_name_length: 0,
                display_name_length: 0,
                entries: 0,
                entry_count: 0,
                read,
                user_type: 0,
                usage_location: 0,
                creation_type: 0,
                external_state: 0,
                facts: 0,
            }));
            rows.sort_unstable_by_key(|row| row.id);
        }
        rows.shrink_to_fit();
        self.text.shrink_to_fit();
        self.entries.shrink_to_fit();
        rows
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
    complete: bool,
    users: &[Row],
    group_index: &dyn Fn(u128) -> Option<GroupIndex>,
) -> Members {
    let user_index = |id: &u128| {
        let index = users.binary_search_by_key(id, |row| row.id).expect("every user member has a row");
        UserIndex(u32::try_from(index).expect("users are counted in u32"))
    };
    let mut members = Members {
        users: raw.users.iter().map(user_index).collect(),
        groups: raw.groups.iter().filter_map(|id| group_index(*id)).collect(),
        others: raw.others.len() as u64,
        complete,
        read: raw.read,
    };
    members.users.sort_unstable();
    members.users.dedup();
    members.users.shrink_to_fit();
    members.groups.sort_unstable();
    members.groups.dedup();
    members
}

fn decode<'a, T: serde::Deserialize<'a>>(raw: &'a str) -> Result<T, String> {
    serde_json::from_str(raw).map_err(|error| error.to_string())
}

fn guid(text: &str) -> Result<u128, String> {
    parse_guid(text).ok_or_else(|| "an id that is no GUID".to_owned())
}

fn distinct(ids: impl Iterator<Item = u128>) -> usize {
    let mut ids: Vec<u128> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    ids.len()
}

/// Whether a UPN has the mark of an external account, in any letter case.
fn has_external_mark(principal_name: &str) -> bool {
    principal_name.as_bytes().windows(5).any(|part| part.eq_ignore_ascii_case(b"#EXT#"))
}
