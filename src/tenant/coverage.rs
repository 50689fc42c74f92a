//! The ledger of what was read: one line per collection, with what was expected, and why it ended early.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How far a collection was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Coverage {
    /// Graph's path below the version root, such as `groups/{id}/members`.
    pub collection: String,
    /// The part of the collection, where it was read in parts: for users the beginnings of `userPrincipalName`.
    pub partition: Option<String>,
    /// How many objects Graph said there are; `None` where it was not asked or did not say.
    pub expected: Option<u64>,
    /// Distinct objects read.
    pub read: u64,
    /// Pages read.
    pub pages: u64,
    /// How often the collection was begun again.
    pub restarts: u64,
    /// Whether all of it was read and understood.
    pub complete: bool,
    /// Why it is not complete. On a complete line, why it was not read in parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Why>,
}

/// Why a collection is not complete. Only reports make a sentence of it, in the reader's language.
///
/// `error` is what came back, as the server or the network library worded it: HTTP status, Graph's code and
/// message, request id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Why {
    /// HTTP 403.
    Refused {
        /// What came back.
        error: String,
        /// The least permission that reads the collection.
        permission: String,
    },
    /// The service was busy until the patience was used up.
    Busy {
        /// What came back.
        error: String,
    },
    /// The service had a failure until the attempts were used up.
    ServiceFailed {
        /// What came back.
        error: String,
    },
    /// The request did not get through.
    NotReached {
        /// What the network library says.
        error: String,
    },
    /// The answer is none of Graph.
    NotUnderstood {
        /// What is wrong with it.
        error: String,
    },
    /// The token was not accepted, or no other was given.
    TokenRefused {
        /// What came back.
        error: String,
    },
    /// Another failure.
    Failed {
        /// What came back.
        error: String,
    },
    /// All pages were read, and fewer objects came than there are.
    TooFew {
        /// Objects read.
        read: u64,
        /// Objects counted by the service.
        expected: u64,
    },
    /// More members were to be asked for by id than is done.
    NotAllAsked {
        /// How many were asked for.
        asked: u64,
    },
    /// An object that is not of its collection's shape.
    ObjectNotUnderstood {
        /// What is wrong with it.
        error: String,
    },
    /// Read as one list: the sign-in names cannot be divided into parts of about one size.
    NamesAlike,
    /// Read as one list: a question that the division into parts needs was not answered.
    NotDivided {
        /// What came back.
        error: String,
    },
    /// Read as one list after all: a part could not be read.
    PartFailed {
        /// What came back.
        error: String,
    },
    /// Read as one list after all: all pages of a part were read, and fewer users came than it has.
    PartTooFew {
        /// The part.
        part: String,
        /// Users read.
        read: u64,
        /// Users counted by the service.
        expected: u64,
    },
    /// Words that were recorded as they are.
    #[serde(untagged)]
    Recorded(String),
}

impl Why {
    /// What came back, as it was worded there; empty where nothing failed.
    pub fn error(&self) -> &str {
        match self {
            Self::Refused { error, .. }
            | Self::Busy { error }
            | Self::ServiceFailed { error }
            | Self::NotReached { error }
            | Self::NotUnderstood { error }
            | Self::TokenRefused { error }
            | Self::Failed { error }
            | Self::ObjectNotUnderstood { error }
            | Self::NotDivided { error }
            | Self::PartFailed { error }
            | Self::Recorded(error) => error,
            Self::TooFew { .. } | Self::NotAllAsked { .. } | Self::NamesAlike | Self::PartTooFew { .. } => "",
        }
    }

    pub(super) fn error_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::Refused { error, .. }
            | Self::Busy { error }
            | Self::ServiceFailed { error }
            | Self::NotReached { error }
            | Self::NotUnderstood { error }
            | Self::TokenRefused { error }
            | Self::Failed { error }
            | Self::ObjectNotUnderstood { error }
            | Self::NotDivided { error }
            | Self::PartFailed { error }
            | Self::Recorded(error) => Some(error),
            Self::TooFew { .. } | Self::NotAllAsked { .. } | Self::NamesAlike | Self::PartTooFew { .. } => {
                None
            }
        }
    }
}

impl From<&str> for Why {
    fn from(text: &str) -> Self {
        Self::Recorded(text.to_owned())
    }
}

/// What a scan took: kept in the snapshot, shown in every report.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    /// The server's date in the first answer.
    pub started_at: Option<Timestamp>,
    /// The server's date in the last answer.
    pub finished_at: Option<Timestamp>,
    /// Requests to Graph, repeated ones included.
    pub requests: u64,
    /// Resource units, as the server counted them.
    pub resource_units: u64,
    /// Requests that had to be repeated.
    pub retries: u64,
    /// Seconds spent waiting because the server asked for it, or before a repetition.
    pub throttled_seconds: f64,
    /// Bytes of bodies received from Graph, after decompression.
    pub bytes: u64,
    /// Users who stood accused at first, before any was read once more.
    #[serde(default)]
    pub accused: u64,
    /// Users read once more before they were accused; fewer than `accused` where a sample was taken. What these
    /// reads took is not in the figures above.
    pub reread: u64,
    /// Users whom nothing was found of any more when they had been read once more.
    #[serde(default)]
    pub cleared: u64,
}

/// Paths of the collections, as the ledger and snapshots name them.
pub mod path {
    use crate::tenant::GroupId;

    /// The tenant's own name and id.
    pub const ORGANIZATION: &str = "organization";
    /// Products and seats.
    pub const SUBSCRIBED_SKUS: &str = "subscribedSkus";
    /// Subscriptions behind the seats.
    pub const SUBSCRIPTIONS: &str = "directory/subscriptions";
    /// All groups.
    pub const GROUPS: &str = "groups";
    /// All users.
    pub const USERS: &str = "users";
    /// Groups in the recycle bin.
    pub const DELETED_GROUPS: &str = "directory/deletedItems/microsoft.graph.group";
    /// The groups with their owners.
    pub const OWNERS: &str = "groups?$expand=owners";
    /// Users asked for one by one.
    pub const SINGLE_USERS: &str = "users/{id}";

    /// Direct members of a group.
    pub fn members(group: GroupId) -> String {
        format!("groups/{group}/members")
    }
}
