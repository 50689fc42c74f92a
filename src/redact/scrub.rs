//! Takes names of people out of text that somebody else wrote: rules of groups, errors of servers, reasons of
//! waivers, lines of the log.

use std::hash::{Hash as _, Hasher as _};

use rustc_hash::{FxHashMap, FxHasher};

use super::Key;
use crate::tenant::pseudonym::{self, DOMAIN};
use crate::tenant::{Tenant, UserId, UserIndex, parse_guid};

/// What stands for an address that belongs to nobody known.
const SOMEBODY: &str = "somebody";

/// Knows the names of a tenant's people; without a tenant only what looks like one.
#[derive(Debug)]
pub struct Scrubber<'t> {
    key: &'t Key,
    tenant: Option<&'t Tenant>,
    /// By a hash of the name in small letters; what it finds is compared.
    names: FxHashMap<u64, UserIndex>,
    /// The lengths that names have, in bytes.
    lengths: Vec<usize>,
}

impl<'t> Scrubber<'t> {
    /// Where the people are not known yet.
    pub fn without_tenant(key: &'t Key) -> Self {
        Self { key, tenant: None, names: FxHashMap::default(), lengths: Vec::new() }
    }

    /// Knows the people of a tenant.
    pub fn of(key: &'t Key, tenant: &'t Tenant) -> Self {
        let mut names = FxHashMap::default();
        let mut lengths = std::collections::BTreeSet::new();
        for user in tenant.users() {
            for name in [user.principal_name(), user.display_name()].into_iter().flatten() {
                let name = name.trim().to_lowercase();
                if !name.is_empty() {
                    lengths.insert(name.len());
                    names.insert(hash(&name), user.index);
                }
            }
        }
        Self { key, tenant: Some(tenant), names, lengths: lengths.into_iter().collect() }
    }

    /// The text with pseudonyms in the place of names.
    pub fn scrub(&self, text: &str) -> String {
        addresses(&self.ids(&self.known_names(text)))
    }

    /// A line of the log, or an error: what is quoted in it came from an object of the tenant.
    pub fn scrub_line(&self, line: &str) -> String {
        unquoted(&self.scrub(line))
    }

    /// Names that people of the tenant have, as whole words.
    fn known_names(&self, text: &str) -> String {
        let Some(tenant) = self.tenant else { return text.to_owned() };
        let small = text.to_lowercase();
        // Where small letters take other room the places do not fit; then the small ones are shown.
        let shown = if small.len() == text.len() { text } else { &small };
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        while at < small.len() {
            let found = small.is_char_boundary(at).then(|| self.name_at(tenant, &small, at)).flatten();
            if let Some((length, pseudonym)) = found {
                out.push_str(&pseudonym);
                at += length;
            } else {
                let next = (at + 1..=shown.len()).find(|end| shown.is_char_boundary(*end));
                let next = next.unwrap_or(shown.len());
                out.push_str(shown.get(at..next).unwrap_or_default());
                at = next;
            }
        }
        out
    }

    /// The longest name that begins there: its length, and what stands for it.
    fn name_at(&self, tenant: &Tenant, text: &str, at: usize) -> Option<(usize, String)> {
        let inside = |one: Option<char>, other: Option<char>| {
            one.is_some_and(char::is_alphanumeric) && other.is_some_and(char::is_alphanumeric)
        };
        if inside(text[..at].chars().next_back(), text[at..].chars().next()) {
            return None;
        }
        self.lengths.iter().rev().find_map(|length| {
            let name = text.get(at..at + length)?;
            if inside(name.chars().next_back(), text[at + length..].chars().next()) {
                return None;
            }
            let user = tenant.user(*self.names.get(&hash(name))?);
            let stand_in = self.key.pseudonym(user.id()).0;
            let is = |known: &&str| known.trim().to_lowercase() == name;
            let principal =
                user.principal_name().filter(is).map(|real| pseudonym::principal_name(stand_in, real));
            let display = || user.display_name().filter(is).map(|_| pseudonym::display_name(stand_in));
            Some((*length, principal.or_else(display)?))
        })
    }

    /// Ids of people: those of the tenant, and those that a path or a quotation names.
    fn ids(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((at, number)) = first_guid(rest) {
            let before = &rest[..at];
            let known = self.tenant.is_some_and(|tenant| tenant.find_user(UserId(number)).is_some());
            let asked = before.ends_with("users/") || before.ends_with('\'');
            out.push_str(before);
            if known || asked {
                out.push_str(&pseudonym::id(self.key.pseudonym(UserId(number)).0));
            } else {
                out.push_str(&rest[at..at + 36]);
            }
            rest = &rest[at + 36..];
        }
        out.push_str(rest);
        out
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}

fn first_guid(text: &str) -> Option<(usize, u128)> {
    text.char_indices().find_map(|(at, letter)| {
        let candidate = letter.is_ascii_hexdigit().then(|| text.get(at..at + 36)).flatten()?;
        Some((at, parse_guid(candidate)?))
    })
}

/// Addresses that belong to nobody known: nothing of them stays.
fn addresses(text: &str) -> String {
    let belongs = |letter: char| letter.is_alphanumeric() || "._%+-#'’".contains(letter);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let (before, after) = (&rest[..at], &rest[at..]);
        let end = after.char_indices().skip(1).find(|(_, letter)| !belongs(*letter));
        let (domain, next) = after.split_at(end.map_or(after.len(), |(at, _)| at));
        let name = before.trim_end_matches(belongs);
        if name.len() == before.len() || domain.len() == 1 || domain.starts_with(DOMAIN) {
            out.push_str(before);
            out.push_str(domain);
        } else {
            out.push_str(name);
            out.push_str(SOMEBODY);
            out.push_str(DOMAIN);
        }
        rest = next;
    }
    out.push_str(rest);
    out
}

/// Without what stands between double quotes or backticks.
fn unquoted(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut open = None;
    for letter in line.chars() {
        match open {
            Some(quote) if quote == letter => {
                out.push('…');
                out.push(letter);
                open = None;
            }
            Some(_) => {}
            None => {
                open = matches!(letter, '"' | '`').then_some(letter);
                out.push(letter);
            }
        }
    }
    out
}
