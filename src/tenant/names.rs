//! What many objects share is kept once and called by a number: words, products, plans, groups that licenses come
//! from. A page numbers on its own; what it brings is renumbered when it is added to the tenant.

use std::collections::BTreeMap;

use super::entry::Entry;
use super::id::{PlanSetIndex, SkuIndex, parse_guid};
use super::intern::Interner;
use super::look::Account;

/// The things that have numbers.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) words: Interner<String>,
    pub(super) plans: Interner<u128>,
    pub(super) of_plans: BTreeMap<u128, String>,
    pub(super) plan_sets: Interner<Vec<u16>>,
    pub(super) sources: Interner<u128>,
    pub(super) skus: Interner<u128>,
    /// Ids that are not written in the usual way, as they were received.
    pub(super) spellings: BTreeMap<u128, String>,
}

impl Names {
    /// The number of a word, from 1; 0 where there is none.
    pub(super) fn wide_word(&mut self, word: Option<&str>) -> u32 {
        word.map_or(0, |word| self.words.number(word) + 1)
    }

    /// The same for words of which there are few.
    pub(super) fn narrow_word(&mut self, word: Option<&str>) -> Result<u16, String> {
        u16::try_from(self.wide_word(word)).map_err(too_many_words)
    }

    pub(super) fn sku(&mut self, sku: u128) -> Result<SkuIndex, String> {
        u16::try_from(self.skus.number(&sku))
            .map(SkuIndex)
            .map_err(|_| "more than 65,536 products".to_owned())
    }

    pub(super) fn plan(&mut self, plan: u128) -> Result<u16, String> {
        u16::try_from(self.plans.number(&plan)).map_err(|_| "more than 65,536 service plans".to_owned())
    }

    /// The number of a set of plans, whatever their order.
    pub(super) fn plan_set(&mut self, mut plans: Vec<u16>) -> PlanSetIndex {
        plans.sort_unstable();
        plans.dedup();
        PlanSetIndex(self.plan_sets.number(plans.as_slice()))
    }

    /// Where an entry comes from: 0 for a direct one.
    pub(super) fn source(&mut self, group: Option<u128>) -> u32 {
        group.map_or(0, |group| self.sources.number(&group) + 1)
    }

    /// Reads the id of an object, and remembers its spelling where that is not the usual one.
    pub(super) fn spelled(&mut self, text: &str) -> Result<u128, String> {
        let id = guid(text)?;
        // Without an early end this is done for many bytes at a time.
        if text.bytes().fold(false, |any, byte| any | byte.is_ascii_uppercase()) {
            self.spellings.entry(id).or_insert_with(|| text.to_owned());
        }
        Ok(id)
    }

    /// An id as it was received.
    pub(super) fn id_text(&self, id: u128) -> String {
        let known = self.spellings.get(&id).cloned();
        known.unwrap_or_else(|| uuid::Uuid::from_u128(id).hyphenated().to_string())
    }

    /// Takes the names of a page in, and tells what its numbers are called here.
    pub(super) fn add(&mut self, page: Self) -> Result<Renumbered, String> {
        let words: Vec<u32> =
            page.words.values().iter().map(|word| self.words.number(word.as_str())).collect();
        let sources = page.sources.values().iter().map(|group| self.sources.number(group)).collect();
        let skus = page.skus.values().iter().map(|sku| self.sku(*sku)).collect::<Result<_, _>>()?;
        let plans: Vec<u16> =
            page.plans.values().iter().map(|plan| self.plan(*plan)).collect::<Result<_, _>>()?;
        let plan_sets = page.plan_sets.values().iter().map(|set| self.plan_set(of_these(&plans, set)));
        let plan_sets = plan_sets.collect();
        self.of_plans.extend(page.of_plans);
        for (id, spelling) in page.spellings {
            self.spellings.entry(id).or_insert(spelling);
        }
        Ok(Renumbered { words, sources, skus, plans, plan_sets })
    }
}

/// What the numbers of a page are called in the tenant.
pub(super) struct Renumbered {
    words: Vec<u32>,
    sources: Vec<u32>,
    skus: Vec<SkuIndex>,
    plans: Vec<u16>,
    plan_sets: Vec<PlanSetIndex>,
}

impl Renumbered {
    pub(super) fn account(&self, account: &Account) -> Result<Account, String> {
        let word = |word: u16| u16::try_from(from_one(&self.words, u32::from(word))).map_err(too_many_words);
        let &Account { facts, user_type, usage_location, creation_type, external_state } = account;
        Ok(Account {
            facts,
            user_type: word(user_type)?,
            usage_location: word(usage_location)?,
            creation_type: word(creation_type)?,
            external_state: word(external_state)?,
        })
    }

    pub(super) fn entry(&self, entry: Entry) -> Entry {
        Entry {
            source: from_one(&self.sources, entry.source),
            disabled: self.plan_set(entry.disabled),
            state_word: from_one(&self.words, entry.state_word),
            error_word: from_one(&self.words, entry.error_word),
            sku: self.sku(entry.sku),
            ..entry
        }
    }

    pub(super) fn sku(&self, sku: SkuIndex) -> SkuIndex {
        self.skus[sku.index()]
    }

    pub(super) fn plan_set(&self, set: PlanSetIndex) -> PlanSetIndex {
        self.plan_sets[set.index()]
    }

    pub(super) fn plans(&self, plans: &[u16]) -> Vec<u16> {
        of_these(&self.plans, plans)
    }
}

fn of_these(plans: &[u16], numbers: &[u16]) -> Vec<u16> {
    numbers.iter().map(|plan| plans[usize::from(*plan)]).collect()
}

/// A number that counts from 1, and says nothing by 0.
fn from_one(numbers: &[u32], number: u32) -> u32 {
    number.checked_sub(1).map_or(0, |number| numbers[number as usize] + 1)
}

fn too_many_words(_: std::num::TryFromIntError) -> String {
    "more than 65,534 different words in enumerated properties".to_owned()
}

/// Reads an id.
pub(super) fn guid(text: &str) -> Result<u128, String> {
    parse_guid(text).ok_or_else(|| "an id that is no GUID".to_owned())
}
