//! One page of a collection: decoded, typed, borrowing from the text that was received, and of that only what is
//! kept.
//!
//! It knows nothing of the tenant and numbers on its own (see [`Names`]), so pages are decoded beside each other,
//! and what they are added to is locked for the adding only.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error};

use super::builder::Collection;
use super::entry::{Entry, State, Trouble};
use super::group::{DeletedGroup, Group, License};
use super::id::{GroupId, ReadIndex, SkuId, SkuIndex};
use super::look::{Account, Looks, fact};
use super::names::{Names, guid};
use super::owner::OtherOwner;
use super::sku::{Owned, Subscription};
use super::user::Row;
use super::{Organization, wire};

/// An object that could not be understood. It makes its collection incomplete.
#[derive(Debug, thiserror::Error)]
#[error("an object of {collection} could not be read: {why}")]
pub struct DecodeError {
    pub(super) collection: Collection,
    pub(super) why: String,
}

/// A decoded page, to be [added](super::TenantBuilder::add) to a tenant.
#[derive(Debug)]
pub struct Decoded {
    pub(super) collection: Collection,
    pub(super) read_at: Timestamp,
    pub(super) names: Names,
    /// Whether there was any object, understood or not.
    pub(super) answered: bool,
    /// Why the first object that could not be understood was not.
    pub(super) undecoded: Option<String>,
    pub(super) organization: Option<Organization>,
    /// By product and row id: rows of `subscribedSkus` with their plans.
    pub(super) owned: Vec<(ProductRow, (Owned, Vec<u16>))>,
    /// By id in lower case.
    pub(super) subscriptions: Vec<(String, Subscription)>,
    pub(super) groups: Vec<Group>,
    pub(super) deleted_groups: Vec<DeletedGroup>,
    pub(super) members: RawMembers,
    /// By group; `None` where the object does not show any owners.
    pub(super) owners: Vec<(u128, Option<Vec<OtherOwner>>)>,
    pub(super) users: Users,
    /// Room for the entries of one user.
    room: Vec<Entry>,
}

/// Members as received, before users and groups are known.
#[derive(Debug, Default)]
pub(super) struct RawMembers {
    pub(super) users: Vec<u128>,
    pub(super) groups: Vec<u128>,
    pub(super) untyped: Vec<u128>,
    pub(super) others: BTreeSet<u128>,
    pub(super) read: Option<ReadIndex>,
}

/// Users as columns: rows, and the texts and looks that they point to.
#[derive(Debug, Default)]
pub(super) struct Users {
    pub(super) rows: Vec<Row>,
    pub(super) text: String,
    pub(super) looks: Looks,
}

/// The product and the id of a row of `subscribedSkus`.
type ProductRow = (u128, String);

/// Set when the page is added; until then nobody knows how many reads there were.
const UNNUMBERED: ReadIndex = ReadIndex(0);

impl Decoded {
    /// A page of `collection`, read at `read_at`, of which no object was decoded yet.
    pub fn new(collection: Collection, read_at: Timestamp) -> Self {
        Self {
            collection,
            read_at,
            names: Names::default(),
            answered: false,
            undecoded: None,
            organization: None,
            owned: Vec::new(),
            subscriptions: Vec::new(),
            groups: Vec::new(),
            deleted_groups: Vec::new(),
            members: RawMembers::default(),
            owners: Vec::new(),
            users: Users::default(),
            room: Vec::new(),
        }
    }

    /// What it is a page of.
    pub fn collection(&self) -> Collection {
        self.collection
    }

    /// Takes one object of the page, as received.
    ///
    /// # Errors
    /// When the object is not of its collection's shape. The page remembers that, and the collection will be
    /// incomplete whatever the caller does with the error.
    pub fn object(&mut self, raw: &str) -> Result<(), DecodeError> {
        let mut json = serde_json::Deserializer::from_str(raw);
        let result = self.deserialize(&mut json).and_then(|()| json.end());
        result.map_err(|error| {
            let why = error.to_string();
            self.undecoded.get_or_insert_with(|| why.clone());
            DecodeError { collection: self.collection, why }
        })
    }

    fn organization(&mut self, wire: wire::Organization) {
        self.organization = Some(Organization { id: wire.id, display_name: wire.display_name, read: true });
    }

    fn subscribed_sku(&mut self, wire: wire::SubscribedSku<'_>) -> Result<(), String> {
        let sku = self.names.spelled(&wire.sku_id.0)?;
        self.names.sku(sku)?;
        let mut plans = Vec::new();
        for plan in wire.service_plans.into_iter().flatten().flatten() {
            let Some(id) = plan.service_plan_id else { continue };
            let id = guid(&id.0)?;
            plans.push(self.names.plan(id)?);
            if let Some(name) = plan.service_plan_name {
                self.names.of_plans.insert(id, name);
            }
        }
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
            read: UNNUMBERED,
        };
        let row = wire.id.map(|id| id.0.to_ascii_lowercase()).unwrap_or_default();
        self.owned.push(((sku, row), (owned, plans)));
        Ok(())
    }

    fn subscription(&mut self, wire: wire::CompanySubscription<'_>) -> Result<(), String> {
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
            read: UNNUMBERED,
        };
        self.subscriptions.push((id.0.to_ascii_lowercase(), subscription));
        Ok(())
    }

    fn group(&mut self, wire: wire::Group<'_>) -> Result<(), String> {
        let id = self.names.spelled(&wire.id.0)?;
        let mut licenses: Vec<(SkuIndex, Vec<u16>)> = Vec::new();
        for license in wire.assigned_licenses.into_iter().flatten().flatten() {
            let Some(sku) = license.sku_id else { continue };
            let sku = self.names.sku(guid(&sku.0)?)?;
            let disabled = self.plan_numbers(license.disabled_plans)?;
            match licenses.iter_mut().find(|(known, _)| *known == sku) {
                Some((_, common)) => common.retain(|plan| disabled.contains(plan)),
                None => licenses.push((sku, disabled)),
            }
        }
        let licenses = licenses
            .into_iter()
            .map(|(sku, disabled)| License { sku, disabled: self.names.plan_set(disabled) })
            .collect();
        let group_types: Vec<_> = wire.group_types.into_iter().flatten().flatten().collect();
        let has_type = |word: &str| group_types.iter().any(|text| text.0.eq_ignore_ascii_case(word));
        let membership_rule = wire.membership_rule.filter(|rule| !rule.trim().is_empty());
        self.groups.push(Group {
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
            read: UNNUMBERED,
        });
        Ok(())
    }

    fn member(&mut self, wire: wire::DirectoryObject<'_>) -> Result<(), String> {
        let id = self.names.spelled(&wire.id.0)?;
        let Some(odata_type) = wire.odata_type else {
            self.members.untyped.push(id);
            return Ok(());
        };
        let is = |word: &str| odata_type.0.eq_ignore_ascii_case(word);
        if is("#microsoft.graph.user") {
            self.members.users.push(id);
        } else if is("#microsoft.graph.group") {
            self.members.groups.push(id);
        } else {
            self.members.others.insert(id);
        }
        Ok(())
    }

    /// A server that does not know `$expand` may answer as if it had not been asked.
    fn owners(&mut self, wire: wire::OwnedGroup<'_>) -> Result<(), String> {
        let group = self.names.spelled(&wire.id.0)?;
        let Some(shown) = wire.owners else {
            self.undecoded.get_or_insert_with(|| "the answer shows no `owners`".to_owned());
            self.owners.push((group, None));
            return Ok(());
        };
        let mut owners: Vec<OtherOwner> = Vec::new();
        for owner in shown.into_iter().flatten() {
            let id = self.names.spelled(&owner.id.0)?;
            if owners.iter().any(|known| known.id == id) {
                continue;
            }
            let kind = owner.odata_type.as_ref().and_then(|text| text.0.strip_prefix("#microsoft.graph."));
            let not_blank = |name: Option<String>| name.filter(|name| !name.trim().is_empty());
            owners.push(OtherOwner {
                id,
                kind: kind.map(str::to_owned),
                display_name: not_blank(owner.display_name),
                principal_name: not_blank(owner.user_principal_name),
            });
        }
        self.owners.push((group, Some(owners)));
        Ok(())
    }

    fn deleted_group(&mut self, wire: wire::DeletedGroup<'_>) -> Result<(), String> {
        let id = self.names.spelled(&wire.id.0)?;
        self.deleted_groups.push(DeletedGroup {
            id: GroupId(id),
            display_name: wire.display_name,
            deleted: wire.deleted_date_time,
            read: UNNUMBERED,
        });
        Ok(())
    }

    fn user(&mut self, wire: wire::User<'_>, mut facts: u16) -> Result<(), String> {
        let id = self.names.spelled(&wire.id.0)?;
        facts |= fact::KNOWN;
        let mut set = |condition: bool, fact: u16| {
            if condition {
                facts |= fact;
            }
        };
        let is = |text: Option<&str>, word: &str| text.is_some_and(|text| text.eq_ignore_ascii_case(word));
        let principal_name = wire::text(wire.user_principal_name.as_ref());
        let display_name = wire::text(wire.display_name.as_ref());
        let user_type = wire::text(wire.user_type.as_ref());
        let creation_type = wire::text(wire.creation_type.as_ref());
        let external_state = wire::text(wire.external_user_state.as_ref());
        let usage_location = wire::text(wire.usage_location.as_ref());
        set(principal_name.is_some(), fact::HAS_PRINCIPAL_NAME);
        set(display_name.is_some(), fact::HAS_DISPLAY_NAME);
        set(wire.account_enabled == Some(true), fact::ENABLED);
        set(wire.account_enabled == Some(false), fact::DISABLED);
        set(wire.license_assignment_states.is_some(), fact::HAS_STATES);
        set(is(user_type, "Guest"), fact::GUEST);
        let external = is(creation_type, "Invitation")
            || external_state.is_some_and(|state| !state.is_empty())
            || principal_name.is_some_and(has_external_mark);
        set(external, fact::EXTERNAL);
        let words = [principal_name, display_name, user_type, usage_location, creation_type, external_state];
        let readable = words.iter().any(Option::is_some)
            || wire.account_enabled.is_some()
            || wire.license_assignment_states.is_some();
        set(readable, fact::READABLE);

        let user_type = self.names.narrow_word(user_type)?;
        let usage_location = self.names.narrow_word(usage_location)?;
        let creation_type = self.names.narrow_word(creation_type)?;
        let external_state = self.names.narrow_word(external_state)?;
        let mut entries = std::mem::take(&mut self.room);
        entries.clear();
        for state in wire.license_assignment_states.into_iter().flatten().flatten() {
            if let Some(entry) = self.entry(state)? {
                keep_better(&mut entries, entry);
            }
        }
        let account = Account { facts, user_type, usage_location, creation_type, external_state };
        let count = |number: usize| {
            u32::try_from(number).map_err(|_| "more than four thousand million bytes".to_owned())
        };
        let row = Row {
            id,
            text: self.users.text.len() as u64,
            principal_name_length: count(principal_name.map_or(0, str::len))?,
            display_name_length: count(display_name.map_or(0, str::len))?,
            look: self.users.looks.number(account, &entries)?,
            read: UNNUMBERED,
        };
        self.room = entries;
        self.users.text.push_str(principal_name.unwrap_or_default());
        self.users.text.push_str(display_name.unwrap_or_default());
        self.users.rows.push(row);
        Ok(())
    }

    fn entry(&mut self, wire: wire::LicenseAssignmentState<'_>) -> Result<Option<Entry>, String> {
        let Some(sku) = wire.sku_id else { return Ok(None) };
        let sku = guid(&sku.0)?;
        let source = wire.assigned_by_group.map(|group| guid(&group.0)).transpose()?;
        let disabled = self.plan_numbers(wire.disabled_plans)?;
        let (state, error) = (wire::text(wire.state.as_ref()), wire::text(wire.error.as_ref()));
        Ok(Some(Entry {
            source: self.names.source(source),
            disabled: self.names.plan_set(disabled),
            state_word: self.names.wide_word(state),
            error_word: self.names.wide_word(error),
            sku: self.names.sku(sku)?,
            state: state.map_or(State::Unrecognised, State::of),
            trouble: error.map_or(Trouble::None, Trouble::of),
        }))
    }

    fn plan_numbers(&mut self, plans: Option<Vec<Option<wire::Text<'_>>>>) -> Result<Vec<u16>, String> {
        plans.into_iter().flatten().flatten().map(|plan| self.names.plan(guid(&plan.0)?)).collect()
    }
}

/// Takes one object of the page. After an error the page is not to be used, unless [`Decoded::object`] notes it.
impl<'de> DeserializeSeed<'de> for &mut Decoded {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, object: D) -> Result<(), D::Error> {
        self.answered = true;
        let taken = match self.collection {
            Collection::Organization => {
                self.organization(Deserialize::deserialize(object)?);
                Ok(())
            }
            Collection::SubscribedSkus => self.subscribed_sku(Deserialize::deserialize(object)?),
            Collection::Subscriptions => self.subscription(Deserialize::deserialize(object)?),
            Collection::Groups => self.group(Deserialize::deserialize(object)?),
            Collection::Members(_) => self.member(Deserialize::deserialize(object)?),
            Collection::Owners => self.owners(Deserialize::deserialize(object)?),
            Collection::Users => self.user(Deserialize::deserialize(object)?, 0),
            Collection::SingleUser(_) => self.user(Deserialize::deserialize(object)?, fact::BY_ID),
            Collection::DeletedGroups => self.deleted_group(Deserialize::deserialize(object)?),
        };
        taken.map_err(D::Error::custom)
    }
}

/// Adds an entry; of two for one product and one source the better stays, of equals the first.
fn keep_better(entries: &mut Vec<Entry>, entry: Entry) {
    let same = |known: &&mut Entry| known.sku == entry.sku && known.source == entry.source;
    match entries.iter_mut().find(same) {
        Some(known) if entry.rank() < known.rank() => *known = entry,
        Some(_) => {}
        None => entries.push(entry),
    }
}

/// Whether a UPN has the mark of an external account, in any letter case.
fn has_external_mark(principal_name: &str) -> bool {
    principal_name.contains('#')
        && principal_name.as_bytes().windows(5).any(|part| part.eq_ignore_ascii_case(b"#EXT#"))
}
