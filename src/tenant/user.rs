//! Users: a compact row inside, a view that reads like the domain outside.

use super::Tenant;
use super::entry::{Entry, State, Trouble};
use super::id::{GroupId, GroupIndex, LookIndex, PlanSetIndex, ReadIndex, SkuIndex, UserId, UserIndex};
use super::look::{Account, fact};

/// What is known of a user, in 48 bytes; texts lie in the tenant's column, what is shared with others in its looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) id: u128,
    pub(super) text: u64,
    pub(super) principal_name_length: u32,
    pub(super) display_name_length: u32,
    pub(super) look: LookIndex,
    pub(super) read: ReadIndex,
}

impl Row {
    /// A user of whom nothing but the id is known, by a list of members; this is how such a one looks.
    pub(super) fn of_stranger(id: u128, look: LookIndex, read: ReadIndex) -> Self {
        Self { id, text: 0, principal_name_length: 0, display_name_length: 0, look, read }
    }
}

/// Where a license entry comes from (`assignedByGroup`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Source {
    /// Assigned to the user directly.
    Direct,
    /// Inherited from a group that the tenant has.
    Group(GroupIndex),
    /// Inherited from a group that the group list does not have.
    Elsewhere(GroupId),
}

/// A user of the tenant.
#[derive(Clone, Copy)]
pub struct User<'t> {
    pub(super) tenant: &'t Tenant,
    /// The user's place in the tenant.
    pub index: UserIndex,
}

impl<'t> User<'t> {
    fn row(self) -> &'t Row {
        &self.tenant.users[self.index.index()]
    }

    fn account(self) -> &'t Account {
        self.tenant.looks.account(self.look())
    }

    fn is(self, fact: u16) -> bool {
        self.account().is(fact)
    }

    fn word(self, word: u16) -> Option<&'t str> {
        word.checked_sub(1).map(|number| self.tenant.words[usize::from(number)].as_str())
    }

    /// The object id.
    pub fn id(self) -> UserId {
        UserId(self.row().id)
    }

    /// `userPrincipalName`, as received.
    pub fn principal_name(self) -> Option<&'t str> {
        let row = self.row();
        let start = usize::try_from(row.text).expect("the text lies in memory");
        self.is(fact::HAS_PRINCIPAL_NAME)
            .then(|| &self.tenant.text[start..start + row.principal_name_length as usize])
    }

    /// `displayName`, as received.
    pub fn display_name(self) -> Option<&'t str> {
        let row = self.row();
        let start =
            usize::try_from(row.text).expect("the text lies in memory") + row.principal_name_length as usize;
        self.is(fact::HAS_DISPLAY_NAME)
            .then(|| &self.tenant.text[start..start + row.display_name_length as usize])
    }

    /// `accountEnabled`.
    pub fn account_enabled(self) -> Option<bool> {
        match (self.is(fact::ENABLED), self.is(fact::DISABLED)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        }
    }

    /// `userType`, as received.
    pub fn user_type(self) -> Option<&'t str> {
        self.word(self.account().user_type)
    }

    /// `usageLocation`, where it is neither null nor empty.
    pub fn usage_location(self) -> Option<&'t str> {
        self.word(self.account().usage_location).filter(|location| !location.is_empty())
    }

    /// `creationType`, as received.
    pub fn creation_type(self) -> Option<&'t str> {
        self.word(self.account().creation_type)
    }

    /// `externalUserState`, as received.
    pub fn external_state(self) -> Option<&'t str> {
        self.word(self.account().external_state)
    }

    /// Whether this is an external (B2B) account: `creationType` is Invitation, or `externalUserState` is set,
    /// or the UPN has `#EXT#`. `userType` says nothing about it.
    pub fn is_external(self) -> bool {
        self.is(fact::EXTERNAL)
    }

    /// Whether `userType` is Guest.
    pub fn is_guest(self) -> bool {
        self.is(fact::GUEST)
    }

    /// Whether a user list or an answer to asking by id has this user.
    pub fn is_known(self) -> bool {
        self.is(fact::KNOWN)
    }

    /// Whether any property besides the id could be read.
    pub fn is_readable(self) -> bool {
        self.is(fact::READABLE)
    }

    /// The license entries, one per product and source; `None` where `licenseAssignmentStates` is null or
    /// absent, which is not the same as none.
    pub fn entries(self) -> Option<Entries<'t>> {
        let tenant = self.tenant;
        self.is(fact::HAS_STATES).then(|| Entries { tenant, entries: tenant.looks.entries(self.look()) })
    }

    /// All that is known of the user but the id, the names and the moment of reading: users of one look differ in
    /// nothing else.
    pub fn look(self) -> LookIndex {
        self.row().look
    }

    /// When the user was read.
    pub fn read(self) -> ReadIndex {
        self.row().read
    }
}

/// The license entries of a user. They are looked at where they lie, and looking costs nothing.
#[derive(Clone, Copy)]
pub struct Entries<'t> {
    tenant: &'t Tenant,
    entries: &'t [Entry],
}

impl<'t> Entries<'t> {
    /// Each entry, as received in that order.
    pub fn iter(self) -> impl ExactSizeIterator<Item = LicenseEntry<'t>> + Clone {
        let Self { tenant, entries } = self;
        entries.iter().map(move |entry| LicenseEntry { tenant, entry })
    }

    /// The entry for a product from a source.
    pub fn of(self, sku: SkuIndex, source: Source) -> Option<LicenseEntry<'t>> {
        self.iter().find(|entry| entry.sku() == sku && entry.source() == source)
    }
}

/// One element of `licenseAssignmentStates`.
#[derive(Clone, Copy)]
pub struct LicenseEntry<'t> {
    tenant: &'t Tenant,
    entry: &'t Entry,
}

impl<'t> LicenseEntry<'t> {
    /// The product.
    pub fn sku(self) -> SkuIndex {
        self.entry.sku
    }

    /// Where it comes from.
    pub fn source(self) -> Source {
        match self.entry.source.checked_sub(1) {
            None => Source::Direct,
            Some(number) => self.tenant.sources[number as usize],
        }
    }

    /// The state, as far as verdicts depend on it.
    pub fn state(self) -> State {
        self.entry.state
    }

    /// The `state` as received; `None` where it is null or absent.
    pub fn state_text(self) -> Option<&'t str> {
        self.tenant.wide_word(self.entry.state_word)
    }

    /// The error, as far as verdicts depend on it.
    pub fn trouble(self) -> Trouble {
        self.entry.trouble
    }

    /// The `error` as received; `None` where it is null or absent.
    pub fn error_text(self) -> Option<&'t str> {
        self.tenant.wide_word(self.entry.error_word)
    }

    /// The plans switched off in this assignment.
    pub fn disabled(self) -> PlanSetIndex {
        self.entry.disabled
    }

    /// Whether the entry is Active without an error.
    pub fn is_sound(self) -> bool {
        self.entry.state == State::Active && self.entry.trouble == Trouble::None
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_row_stays_within_its_budget() {
        assert!(size_of::<super::Row>() <= 48);
    }
}
