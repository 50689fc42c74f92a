//! One cheap read of a collection, to see whether it can be read and shows what an audit needs.

use serde_json::{Map, Value};

use super::options;
use crate::graph::{Client, GraphError};
use crate::tenant::{Collection, GroupId};

/// What the first page of a collection shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    /// The first group on it, where groups were asked for.
    pub group: Option<GroupId>,
    /// Whether the first object shows its licenses, where a group or user was asked for and there is one. A
    /// permission that is too small leaves `assignedLicenses` and `licenseAssignmentStates` out.
    pub licenses: Option<bool>,
}

/// Asks for what a scan asks for, and reads no further than the first page; of one object where the endpoint
/// takes `$top`.
///
/// # Errors
/// When the page cannot be read.
pub async fn first_page(client: &Client, collection: Collection) -> Result<Probe, GraphError> {
    let path = match collection {
        Collection::Members(group) => format!("/groups/{group}/members"),
        other => format!("/{other}"),
    };
    let options = options(collection).replace("$top=999", "$top=1");
    let page = client.pages(&format!("{path}?{options}"), &[]).next().await?;
    let first = page.as_ref().and_then(|page| page.objects().next());
    let first: Option<Map<String, Value>> = first.and_then(|object| serde_json::from_str(object).ok());
    let shows =
        |property: &str| first.as_ref().map(|object| object.get(property).is_some_and(Value::is_array));
    Ok(match collection {
        Collection::Groups => {
            let id = first.as_ref().and_then(|object| object.get("id")).and_then(Value::as_str);
            Probe { group: id.and_then(GroupId::parse), licenses: shows("assignedLicenses") }
        }
        Collection::Users => Probe { group: None, licenses: shows("licenseAssignmentStates") },
        _ => Probe { group: None, licenses: None },
    })
}
