//! What reading the members of many groups will take, from three counts: said before it begins.

use super::MembersOf;
use crate::graph::{Client, GraphError};

/// Objects of a page.
const PAGE: u64 = 999;

/// What a page of members costs in resource units, always selecting (Microsoft Graph service-specific throttling
/// limits, identity and access: 3, less 1 for `$select`). A page of groups or users costs 1.
const MEMBERS: u64 = 2;

/// Organization, products and subscriptions, and two counts: requests, and units.
const BESIDES: (u64, u64) = (5, 6);

/// About what a scan takes. Groups of more than 999 members take more, a name that narrows less.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cost {
    /// Groups whose members are read.
    pub groups: u64,
    /// Requests to Graph.
    pub requests: u64,
    /// Resource units.
    pub units: u64,
}

impl Cost {
    fn of(users: u64, groups: u64, asked: u64) -> Self {
        let lists = users.div_ceil(PAGE).max(1) + groups.div_ceil(PAGE).max(1);
        Self {
            groups: asked,
            requests: BESIDES.0 + lists + asked,
            units: BESIDES.1 + lists + asked * MEMBERS,
        }
    }
}

/// Asks how many users and groups there are, and what reading them will take.
///
/// # Errors
/// When Graph does not say.
pub async fn cost(client: &Client, members_of: MembersOf<'_>) -> Result<Cost, GraphError> {
    let users = client.count("/users/$count").await?;
    let groups = client.count("/groups/$count").await?;
    let asked = match members_of {
        MembersOf::InScope => 0,
        MembersOf::Candidates { any_kind: false, .. } => {
            client.count("/groups/$count?$filter=securityEnabled eq true").await?
        }
        MembersOf::Candidates { any_kind: true, .. } | MembersOf::All => groups,
    };
    Ok(Cost::of(users, groups, asked))
}

#[cfg(test)]
mod tests {
    use super::Cost;

    #[test]
    fn a_page_each_999_objects_and_a_request_for_each_group() {
        let cost = Cost::of(100_000, 20_000, 18_000);
        assert_eq!(
            cost,
            Cost { groups: 18_000, requests: 5 + 101 + 21 + 18_000, units: 6 + 101 + 21 + 36_000 }
        );
    }
}
