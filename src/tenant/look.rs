//! What users have in common: all of a user but the id, the names and the moment of reading.
//!
//! Thousands of users have the same license entries and the same facts. Each such look is kept once and called by a
//! number, so that a million users need little room and those who look alike are told by their numbers.

use std::hash::{Hash, Hasher};

use hashbrown::HashTable;
use rustc_hash::FxHasher;

use super::entry::Entry;
use super::id::LookIndex;
use super::intern::Interner;

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
///
/// Accounts and entries of which there are many equal ones are kept once themselves, so a look is a few small numbers:
/// they are quickly compared, and there may be hundreds of thousands.
#[derive(Debug, Default)]
pub(super) struct Looks {
    accounts: Interner<Account>,
    entries: Interner<Entry>,
    /// The number of the account of each look, and where the numbers of its entries end in the list; they begin
    /// where those of the look before end.
    each: Vec<(u32, u32)>,
    list: Vec<u32>,
    numbers: HashTable<LookIndex>,
    /// Room for the entries of one look.
    room: Vec<u32>,
}

impl Looks {
    /// The number of a look. The order of entries matters: it is the order in which they were received.
    ///
    /// # Errors
    /// When there are more different ones than can be numbered.
    pub(super) fn number(&mut self, account: Account, entries: &[Entry]) -> Result<LookIndex, String> {
        let account = self.accounts.number(&account);
        let mut room = std::mem::take(&mut self.room);
        room.clear();
        room.extend(entries.iter().map(|entry| self.entries.number(entry)));
        let look = self.number_of(account, &room);
        self.room = room;
        look
    }

    /// Takes the looks of a page in, whose accounts and entries are called otherwise here, and tells what the looks are
    /// called.
    ///
    /// # Errors
    /// When there are more different ones than can be numbered.
    pub(super) fn add(
        &mut self,
        page: &Self,
        account: impl Fn(&Account) -> Result<Account, String>,
        entry: impl Fn(Entry) -> Entry,
    ) -> Result<Vec<LookIndex>, String> {
        let number = |known: &Account| Ok(self.accounts.number(&account(known)?));
        let accounts: Vec<u32> = page.accounts.values().iter().map(number).collect::<Result<_, String>>()?;
        let entries: Vec<u32> =
            page.entries.values().iter().map(|known| self.entries.number(&entry(*known))).collect();
        let mut room = Vec::new();
        (0..page.each.len())
            .map(|look| {
                room.clear();
                room.extend(numbers_of(&page.each, &page.list, look).iter().map(|at| entries[*at as usize]));
                self.number_of(accounts[page.each[look].0 as usize], &room)
            })
            .collect()
    }

    fn number_of(&mut self, account: u32, entries: &[u32]) -> Result<LookIndex, String> {
        let Self { each: looks, list, numbers, .. } = self;
        let same = |look: &LookIndex| {
            looks[look.index()].0 == account && numbers_of(looks, list, look.index()) == entries
        };
        let hash = hash(account, entries);
        if let Some(look) = numbers.find(hash, same) {
            return Ok(*look);
        }
        let count = |count: usize| {
            u32::try_from(count).map_err(|_| "more license entries than can be held".to_owned())
        };
        let look = LookIndex(count(looks.len())?);
        let end = count(list.len() + entries.len())?;
        list.extend_from_slice(entries);
        looks.push((account, end));
        numbers.insert_unique(hash, look, |look| {
            self::hash(looks[look.index()].0, numbers_of(looks, list, look.index()))
        });
        Ok(look)
    }

    pub(super) fn count(&self) -> usize {
        self.each.len()
    }

    pub(super) fn account(&self, look: LookIndex) -> &Account {
        &self.accounts.values()[self.each[look.index()].0 as usize]
    }

    /// The numbers of the entries of a look.
    pub(super) fn entries(&self, look: LookIndex) -> &[u32] {
        numbers_of(&self.each, &self.list, look.index())
    }

    /// The entry of that number.
    pub(super) fn entry(&self, number: u32) -> &Entry {
        &self.entries.values()[number as usize]
    }

    /// Gives back room that was made for more.
    pub(super) fn shrink_to_fit(&mut self) {
        self.each.shrink_to_fit();
        self.list.shrink_to_fit();
    }
}

fn numbers_of<'e>(looks: &[(u32, u32)], list: &'e [u32], look: usize) -> &'e [u32] {
    let start = look.checked_sub(1).map_or(0, |before| looks[before].1);
    &list[start as usize..looks[look].1 as usize]
}

fn hash(account: u32, entries: &[u32]) -> u64 {
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
        assert_eq!(looks.count(), different.len());
        for (number, (account, entries)) in (0..).zip(different) {
            assert_eq!(*looks.account(LookIndex(number)), account);
            let entries_of = looks.entries(LookIndex(number)).iter().map(|entry| *looks.entry(*entry));
            assert!(entries_of.eq(entries.iter().copied()));
        }
    }
}
