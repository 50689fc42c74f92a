//! How a configuration names groups, users and products.

use std::collections::BTreeSet;

use crate::tenant::{SkuId, parse_guid};

/// A name in the configuration: an object id, a display name, or a pattern with `*`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Selector {
    written: String,
    kind: Kind,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Kind {
    Id(u128),
    Name(String),
    Pattern(String),
    /// Objects that were looked up already.
    Ids(BTreeSet<u128>),
}

impl Selector {
    /// Reads what was written.
    pub fn new(written: &str) -> Self {
        let written = written.trim();
        let kind = match parse_guid(written) {
            Some(id) => Kind::Id(id),
            None if written.contains('*') => Kind::Pattern(written.to_lowercase()),
            None => Kind::Name(written.to_lowercase()),
        };
        Self { written: written.to_owned(), kind }
    }

    /// Objects that were looked up already, under other ids than they had when it was written.
    pub(crate) fn of_ids(written: &str, ids: BTreeSet<u128>) -> Self {
        Self { written: written.to_owned(), kind: Kind::Ids(ids) }
    }

    /// What was written.
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// Whether it may stand for several objects.
    pub fn is_pattern(&self) -> bool {
        matches!(self.kind, Kind::Pattern(_))
    }

    /// Whether a name was written, which is meant to be of one object.
    pub fn is_name(&self) -> bool {
        matches!(self.kind, Kind::Name(_))
    }

    /// Whether it names the object with this id and these names. Letter case does not matter.
    pub fn matches<'a>(&self, id: u128, names: impl IntoIterator<Item = Option<&'a str>>) -> bool {
        let mut names = names.into_iter().flatten();
        match &self.kind {
            Kind::Id(wanted) => *wanted == id || names.any(|name| parse_guid(name.trim()) == Some(*wanted)),
            Kind::Name(wanted) => names.any(|name| name.trim().to_lowercase() == *wanted),
            Kind::Ids(ids) => ids.contains(&id),
            Kind::Pattern(pattern) => names.any(|name| wildcard(pattern, &name.trim().to_lowercase())),
        }
    }

    /// Whether an object id was written.
    pub fn is_any_id(&self) -> bool {
        matches!(self.kind, Kind::Id(_))
    }

    /// Whether the object id itself was written, which beats every name.
    pub fn is_id(&self, id: u128) -> bool {
        self.kind == Kind::Id(id)
    }

    /// Whether it names a product: by id or part number.
    pub fn matches_sku(&self, sku: SkuId, part_number: Option<&str>) -> bool {
        self.matches(sku.0, [part_number])
    }
}

/// Whether `text` fits `pattern`, in which `*` stands for any number of characters.
fn wildcard(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_text() {
        for (pattern, text, fits) in [
            ("lic-*", "lic-e3", true),
            ("lic-*", "lic-", true),
            ("lic-*", "xlic-e3", false),
            ("*", "", true),
            ("*e3", "lic-e3", true),
            ("*a*b*", "xaxbx", true),
            ("*a*b*", "xbxax", false),
            ("ab*ba", "aba", false),
            ("a**b", "ab", true),
        ] {
            assert_eq!(wildcard(pattern, text), fits, "{pattern} {text}");
        }
    }

    #[test]
    fn names_compare_without_regard_to_letter_case() {
        let selector = Selector::new("ÉQUIPE Sales");
        assert!(selector.matches(1, [Some("équipe sales")]));
        assert!(!selector.matches(1, [Some("équipe sales 2"), None]));
    }

    #[test]
    fn an_id_is_read_in_any_letter_case() {
        let selector = Selector::new("5A1E5000-0000-4000-8000-00000000000A");
        assert!(selector.matches(0x5a1e_5000_0000_4000_8000_0000_0000_000a, [None]));
    }
}
