//! Owners of groups, where they were asked for.

use super::id::{ReadIndex, UserIndex};

/// How many owners one answer shows; of a group that has so many there may be more (Microsoft Graph documentation,
/// "Use query parameters to customize responses").
const SHOWN: usize = 20;

/// The owners of a group.
#[derive(Debug)]
pub struct Owners {
    /// Those that were shown, as received.
    pub all: Vec<Owner>,
    /// When that was read.
    pub read: ReadIndex,
}

impl Owners {
    /// Whether there may be more than were shown.
    pub fn may_be_more(&self) -> bool {
        self.all.len() >= SHOWN
    }
}

/// Who owns a group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Owner {
    /// A user of the tenant's list.
    User(UserIndex),
    /// What that list does not have: an application, or a user who could not be read there.
    Other(OtherOwner),
}

/// An owner who is in no list, as far as the group showed it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OtherOwner {
    /// The object id.
    pub id: u128,
    /// What it is, by the word behind `#microsoft.graph.`: `user`, `servicePrincipal`; `None` where that is not said.
    pub kind: Option<String>,
    /// `displayName`; `None` where the caller may not read it.
    pub display_name: Option<String>,
    /// `userPrincipalName`, of users.
    pub principal_name: Option<String>,
}

impl OtherOwner {
    /// Whether it may be a person.
    pub(super) fn may_be_person(&self) -> bool {
        !self.kind.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case("servicePrincipal"))
    }
}
