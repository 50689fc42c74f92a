//! Object ids as 128-bit numbers: small, comparable, and the same whatever letter case Graph used.

use std::fmt;

use uuid::Uuid;

/// Reads a GUID in its hyphenated form, in any letter case.
///
/// Braces, `urn:uuid:` and the form without hyphens are refused: Graph never sends them, and an id in an
/// unexpected form is better reported than guessed.
pub fn parse_guid(text: &str) -> Option<u128> {
    if text.len() != 36 {
        return None;
    }
    Uuid::try_parse(text).ok().map(|uuid| uuid.as_u128())
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u128);

        impl $name {
            /// Reads the hyphenated form; `None` for anything else.
            pub fn parse(text: &str) -> Option<Self> {
                parse_guid(text).map(Self)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                Uuid::from_u128(self.0).hyphenated().fmt(f)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).ok_or_else(|| serde::de::Error::custom("an id that is no GUID"))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }
    };
}

id!(
    /// Object id of a user.
    UserId
);
id!(
    /// Object id of a group.
    GroupId
);
id!(
    /// Product id (`skuId`), the same in every tenant.
    SkuId
);
id!(
    /// Service plan id (`servicePlanId`), the same in every tenant.
    PlanId
);

macro_rules! index {
    ($(#[$doc:meta])* $name:ident($int:ty)) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $name(pub(super) $int);

        impl $name {
            /// The position in the tenant's table.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

index!(
    /// A user's place in the tenant; places are in the order of user ids.
    UserIndex(u32)
);
index!(
    /// A group's place in the tenant; places are in the order of group ids.
    GroupIndex(u32)
);
index!(
    /// A product's place in the tenant.
    SkuIndex(u16)
);
index!(
    /// A service plan's place in the tenant.
    PlanIndex(u16)
);
index!(
    /// An interned set of switched-off plans.
    PlanSetIndex(u32)
);
index!(
    /// What users who look alike have in common.
    LookIndex(u32)
);
index!(
    /// Which read, and so which moment, an object came from.
    ReadIndex(u32)
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letter_case_does_not_matter_and_the_canonical_form_is_lower() {
        let id = GroupId::parse("5A1E5000-0000-4000-8000-00000000ABCD").expect("a GUID");
        assert_eq!(id, GroupId::parse("5a1e5000-0000-4000-8000-00000000abcd").expect("a GUID"));
        assert_eq!(id.to_string(), "5a1e5000-0000-4000-8000-00000000abcd");
    }

    #[test]
    fn other_spellings_are_refused() {
        for text in
            ["", "x", "5a1e50000000400080000000000000000001", "{5a1e5000-0000-4000-8000-00000000abcd}"]
        {
            assert_eq!(parse_guid(text), None, "{text}");
        }
    }
}
