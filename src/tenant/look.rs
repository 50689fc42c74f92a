//! What users have in common: all of a user but the id, the names and the moment of reading.
//!
//! Thousands of users have the same license entries and the same facts. Each such look is kept once and called by a
//! number, so that a million users need little room and those who look alike are told by their numbers.

use std::hash::{Hash, Hasher};

use hashbrown::HashTable;
use rustc_hash::FxHasher;

use super::entry::Entry;
use super::id::LookIndex;

/// What a user is, apart from licenses: yes-or-no facts, and words by their numbers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub(super) struct Account {
    pub(super) facts: u16,
    pub(super) user_type: u16,
    pub(super) usage_location: u16,
    pub(super) creation_type: u16,
    pub(super) external_state: u16,
}

/// Yes-or-no facts of an account.
pub(super) mod fact {
    /// The user list, or the answer to asking by id, has this user.
    pub(crate) const KNOWN: u16 = 1;
    /// Some property besides the id is there.
    pub(crate) const READABLE: u16 = 1 << 1;
    /// `userPrincipalName` is there.
    pub(crate) const HAS_PRINCIPAL_NAME: u16 = 1 << 2;
    /// `displayName` is there.
    pub(crate) const HAS_DISPLAY_NAME: u16 = 1 << 3;
    /// `licenseAssignmentStates` is there, maybe empty.
    pub(crate) const HAS_STATES: u16 = 1 << 4;
    /// `accountEnabled` is true.
    pub(crate) const ENABLED: u16 = 1 << 5;
    /// `accountEnabled` is false.
    pub(crate) const DISABLED: u16 = 1 << 6;
    /// An external (B2B) account by one of its three marks.
    pub(crate) const EXTERNAL: u16 = 1 << 7;
    /// `userType` is Guest.
    pub(crate) const GUEST: u16 = 1 << 8;
    /// Read by id, not from the list.
    pub(crate) const BY_ID: u16 = 1 << 9;
}

impl Account {
    /// Whether a [`fact`] holds.
    pub(super) fn is(&self, fact: u16) -> bool {
        self.facts & fact != 0
    }
}

/// Each look once; numbers are given in the order of first appearance.
#[derive(Debug, Default)]
pub(super) struct Looks {
    /// The account of each look, and where its entries end; they begin where those of the look before end.
    accounts: Vec<(Account, u32)>,
    entries: Vec<Entry>,
    numbers: HashTable<LookIndex>,
}

impl Looks {
    /// The number of a look. The order of entries matters: it is the order in which they were received.
    ///
    /// # Errors
    /// When there are more different ones than can be numbered.
    pub(super) fn number(&mut self, account: Account, entries: &[Entry]) -> Result<LookIndex, String> {
        let same = |look: &LookIndex| {
            let known = &self.accounts[look.index()];
            known.0 == account && entries_of(&self.accounts, &self.entries, *look) == entries
        };
        let hash = hash(&account, entries);
        if let Some(look) = self.numbers.find(hash, same) {
            return Ok(*look);
        }
        let count = |count: usize| {
            u32::try_from(count).map_err(|_| "more license entries than can be held".to_owned())
        };
        let look = LookIndex(count(self.accounts.len())?);
        let end = count(self.entries.len() + entries.len())?;
        self.entries.extend_from_slice(entries);
        self.accounts.push((account, end));
        let Self { accounts, entries, numbers } = self;
        numbers.insert_unique(hash, look, |look| {
            self::hash(&accounts[look.index()].0, entries_of(accounts, entries, *look))
        });
        Ok(look)
    }

    pub(super) fn count(&self) -> usize {
        self.accounts.len()
    }

    pub(super) fn account(&self, look: LookIndex) -> &Account {
        &self.accounts[look.index()].0
    }

    pub(super) fn entries(&self, look: LookIndex) -> &[Entry] {
        entries_of(&self.accounts, &self.entries, look)
    }

    /// All looks, in the order of their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Account, &[Entry])> {
        let starts = std::iter::once(0).chain(self.accounts.iter().map(|(_, end)| *end as usize));
        let with_start = starts.zip(&self.accounts);
        with_start.map(|(start, (account, end))| (account, &self.entries[start..*end as usize]))
    }

    /// Gives back room that was made for more.
    pub(super) fn shrink_to_fit(&mut self) {
        self.accounts.shrink_to_fit();
        self.entries.shrink_to_fit();
    }
}

fn entries_of<'e>(accounts: &[(Account, u32)], entries: &'e [Entry], look: LookIndex) -> &'e [Entry] {
    let start = look.index().checked_sub(1).map_or(0, |before| accounts[before].1);
    &entries[start as usize..accounts[look.index()].1 as usize]
}

fn hash(account: &Account, entries: &[Entry]) -> u64 {
    let mut hasher = FxHasher::default();
    account.hash(&mut hasher);
    entries.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::super::entry::{State, Trouble};
    use super::super::id::{PlanSetIndex, SkuIndex};
    use super::*;

    const ENTRY: Entry = Entry {
        source: 1,
        disabled: PlanSetIndex(0),
        state_word: 1,
        error_word: 2,
        sku: SkuIndex(3),
        state: State::Active,
        trouble: Trouble::None,
    };

    #[test]
    fn equal_looks_share_a_number_and_others_do_not() {
        let other = Entry { error_word: 3, ..ENTRY };
        let blocked = Account { facts: fact::DISABLED, ..Account::default() };
        let different: [(Account, &[Entry]); 6] = [
            (Account::default(), &[]),
            (Account::default(), &[ENTRY]),
            (Account::default(), &[ENTRY, other]),
            (Account::default(), &[other, ENTRY]),
            (blocked, &[ENTRY]),
            (blocked, &[]),
        ];
        let mut looks = Looks::default();
        for _ in 0..2 {
            for (number, (account, entries)) in (0..).zip(different) {
                assert_eq!(looks.number(account, entries), Ok(LookIndex(number)));
            }
        }
        assert!(looks.iter().eq(different.iter().map(|(account, entries)| (account, *entries))));
        for (number, (account, entries)) in (0..).zip(different) {
            assert_eq!(*looks.account(LookIndex(number)), account);
            assert_eq!(looks.entries(LookIndex(number)), entries);
        }
    }
}
