//! What a scan will cost, worked out from counts before anything else is read.
//!
//! Counts tell how many users and groups there are, how many groups hold licenses and how many users do. They do not
//! tell how many members a group has, so the pages of members are an estimate: one for each such group, twenty of
//! these to a request where there are many, and further ones half-way between all groups being of one size and one
//! group having everybody. Nested groups, requests that have to be repeated, and users who are read once more before
//! they are accused come on top.

use serde::Serialize;
use tokio::task::JoinSet;

use super::{LARGEST_EXPANDED_PAGE, LARGEST_PAGE, MembersOf, ScanError, parts};
use crate::graph::{Client, GraphError, Settings};
use crate::plan::Plan;

const USERS: &str = "/users/$count";
const GROUPS: &str = "/groups/$count";
const SECURITY_GROUPS: &str = "/groups/$count?$filter=securityEnabled eq true";
const LICENSED_USERS: &str = "/users/$count?$filter=assignedLicenses/$count%20ne%200";
const LICENSED_GROUPS: &str = "/groups/$count?$filter=assignedLicenses/$count%20ne%200";

/// What a scan is expected to cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Estimate {
    /// Groups whose members are read; `None` where the server did not say.
    #[serde(skip)]
    pub groups: Option<u64>,
    /// A line per kind of collection, in the order in which they are read.
    pub collections: Vec<Expected>,
    /// All requests, counts included.
    pub requests: u64,
    /// All resource units, by Microsoft's table ("Microsoft Graph service-specific throttling limits", identity and
    /// access).
    pub resource_units: u64,
}

/// What one kind of collection is expected to cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Expected {
    /// Graph's path below the version root.
    pub collection: &'static str,
    /// How many objects it has; of members how many lists. `None` where the server did not say.
    pub objects: Option<u64>,
    /// Requests.
    pub requests: u64,
    /// Resource units.
    pub resource_units: u64,
}

/// Counts users and groups, and works out what reading the members of so many groups will take: said before
/// `tollgate groups` begins. Their further pages, nested groups and the parts of many users are not in it; a name
/// that narrows makes it less.
///
/// # Errors
/// When Graph does not say.
pub async fn of_members(client: &Client, members_of: MembersOf<'_>) -> Result<Estimate, GraphError> {
    let users = client.count(USERS).await?;
    let groups = client.count(GROUPS).await?;
    let lists = match members_of {
        MembersOf::InScope => 0,
        MembersOf::Candidates { any_kind: false, .. } => client.count(SECURITY_GROUPS).await?,
        MembersOf::Candidates { any_kind: true, .. } | MembersOf::All => groups,
    };
    let settings = Settings { parts_above: u64::MAX, ..client.settings().clone() };
    Ok(worked_out(Some(users), Some(groups), None, Some(lists), members_of.with_owners(), &settings))
}

/// Asks for four counts, and works out what a scan will cost. What the server does not count, as in a B2C tenant, is
/// taken for nothing and shows as unknown.
///
/// # Errors
/// When the sign-in fails, or neither users nor groups can be counted.
pub async fn estimate(
    client: &Client,
    plan: &Plan,
    members_of: MembersOf<'_>,
) -> Result<Estimate, ScanError> {
    client.sign_in().await.map_err(ScanError::Graph)?;
    let mut readers = JoinSet::new();
    for (place, path) in [USERS, GROUPS, LICENSED_USERS, LICENSED_GROUPS].into_iter().enumerate() {
        let client = client.clone();
        readers.spawn(async move { (place, client.count(path).await) });
    }
    let mut counts: [Option<Result<u64, GraphError>>; 4] = [const { None }; 4];
    while let Some(reader) = readers.join_next().await {
        let (place, count) = reader.expect("a reader does not panic");
        counts[place] = Some(count);
    }
    let [users, groups, licensed_users, licensed_groups] =
        counts.map(|count| count.expect("each place was asked for"));
    let (users, groups) = match (users, groups) {
        (Err(error), Err(_)) => return Err(ScanError::Graph(error)),
        (users, groups) => (users.ok(), groups.ok()),
    };
    let lists = match members_of {
        // A name or a kind leaves out some of them: not more than all.
        MembersOf::All | MembersOf::Candidates { .. } => groups,
        MembersOf::InScope => {
            let named = plan.targets.iter().filter(|target| !target.group.is_pattern()).count() as u64;
            licensed_groups.ok().map(|licensed| licensed.max(named))
        }
    };
    Ok(worked_out(users, groups, licensed_users.ok(), lists, members_of.with_owners(), client.settings()))
}

fn worked_out(
    users: Option<u64>,
    groups: Option<u64>,
    licensed_users: Option<u64>,
    lists: Option<u64>,
    with_owners: bool,
    settings: &Settings,
) -> Estimate {
    let pages = |objects: u64| objects.div_ceil(LARGEST_PAGE).max(1);
    let row = |collection, objects, requests, resource_units| Expected {
        collection,
        objects,
        requests,
        resource_units,
    };
    // A list and its count; with `$select` a page of either costs one unit.
    let listed = |collection, objects: Option<u64>, more: u64| {
        let requests = pages(objects.unwrap_or_default()) + 1 + more;
        row(collection, objects, requests, requests)
    };
    // A part is counted, and its last page is not full; some parts are divided further.
    let division =
        users.filter(|users| *users > settings.parts_above).map_or(0, |users| 2 * parts::wanted(users));
    // A list of several pages is counted besides, and pages of members cost two units, their counts three.
    let begun = lists.unwrap_or_default();
    let licensed = licensed_users.unwrap_or_default();
    let evenly = licensed.checked_div(begun).unwrap_or_default().saturating_sub(1) / LARGEST_PAGE * begun;
    let further = evenly.midpoint(licensed / LARGEST_PAGE);
    let counted = (further / 2).min(begun);
    let requests = settings.requests(begun) + further + counted;
    let units = 2 * (begun + further) + 3 * counted;
    let members = row("groups/{id}/members", lists, requests, units);
    // A page costs one unit: `$select` takes away what `$expand` adds.
    let owners = with_owners.then(|| {
        let requests = groups.unwrap_or_default().div_ceil(LARGEST_EXPANDED_PAGE).max(1);
        row("groups?$expand=owners", groups, requests, requests)
    });
    let mut collections = vec![
        row("organization", Some(1), 1, 1),
        row("subscribedSkus", None, 1, 2),
        row("directory/subscriptions", None, 1, 1),
        listed("groups", groups, 0),
        listed("users", users, division),
        members,
    ];
    collections.extend(owners);
    let requests = collections.iter().map(|row| row.requests).sum();
    let resource_units = collections.iter().map(|row| row.resource_units).sum();
    Estimate { groups: lists, collections, requests, resource_units }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_tenant_costs_a_request_or_two_per_collection() {
        let estimate = worked_out(Some(5), Some(3), Some(4), Some(1), false, &Settings::default());
        assert_eq!((estimate.requests, estimate.resource_units), (8, 10));
    }

    #[test]
    fn members_of_many_groups_cost_a_request_for_twenty_and_the_units_of_each() {
        let settings = Settings { parts_above: u64::MAX, ..Settings::default() };
        let estimate = worked_out(Some(100_000), Some(20_000), None, Some(18_000), false, &settings);
        assert_eq!(estimate.groups, Some(18_000));
        let expected = (5 + 101 + 21 + 900, 6 + 101 + 21 + 36_000);
        assert_eq!((estimate.requests, estimate.resource_units), expected);
        for (groups, requests) in [(32, 32), (33, 2), (40, 2), (41, 3)] {
            let estimate = worked_out(Some(5), Some(groups), None, Some(groups), false, &settings);
            assert_eq!(estimate.collections[5].requests, requests, "{groups} groups");
        }
    }

    #[test]
    fn owners_cost_a_unit_for_each_hundred_groups() {
        let settings = Settings::default();
        let with = |owners| worked_out(Some(100_000), Some(20_000), None, Some(18_000), owners, &settings);
        let (with, without) = (with(true), with(false));
        assert_eq!(
            (with.requests, with.resource_units),
            (without.requests + 200, without.resource_units + 200)
        );
    }

    #[test]
    fn a_large_tenant_costs_a_page_per_999_objects_and_what_parts_cost() {
        let estimate =
            worked_out(Some(199_800), Some(1_500), Some(180_000), Some(500), false, &Settings::default());
        let users = &estimate.collections[4];
        assert_eq!((users.collection, users.requests), ("users", 200 + 1 + 32));
        let members = &estimate.collections[5];
        assert_eq!((members.requests, members.resource_units), (25 + 90 + 45, 2 * 590 + 3 * 45));
    }

    #[test]
    fn what_is_not_counted_is_unknown_and_costs_at_least_its_first_page() {
        let estimate = worked_out(None, Some(3), None, None, false, &Settings::default());
        assert_eq!((estimate.collections[4].objects, estimate.collections[4].requests), (None, 2));
        assert_eq!((estimate.collections[5].objects, estimate.collections[5].requests), (None, 0));
    }
}
