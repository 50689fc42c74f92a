//! Graph's objects as they travel: serde structs with Graph's own names, borrowed from the received text.
//!
//! Every property may be null or absent, unknown properties are ignored, and enumerated words stay text:
//! Microsoft adds values. A property of another *type* than the schema's fails its object, which makes the
//! collection incomplete. Shapes: Microsoft Graph v1.0 reference, resources `user`, `group`, `subscribedSku`,
//! `companySubscription`, `organization`, `directoryObject`.

#![expect(clippy::struct_field_names, reason = "Graph's own names")]

use std::borrow::Cow;

use serde::Deserialize;

/// A text that borrows from the page where it has no escapes.
#[derive(Deserialize)]
#[serde(transparent)]
pub(super) struct Text<'a>(#[serde(borrow)] pub(super) Cow<'a, str>);

/// The text itself.
pub(super) fn text<'t>(text: Option<&'t Text<'_>>) -> Option<&'t str> {
    text.map(|text| text.0.as_ref())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct User<'a> {
    #[serde(borrow)]
    pub(super) id: Text<'a>,
    #[serde(borrow)]
    pub(super) display_name: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) user_principal_name: Option<Text<'a>>,
    pub(super) account_enabled: Option<bool>,
    #[serde(borrow)]
    pub(super) user_type: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) usage_location: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) creation_type: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) external_user_state: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) license_assignment_states: Option<Vec<Option<LicenseAssignmentState<'a>>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LicenseAssignmentState<'a> {
    #[serde(borrow)]
    pub(super) sku_id: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) assigned_by_group: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) disabled_plans: Option<Vec<Option<Text<'a>>>>,
    #[serde(borrow)]
    pub(super) state: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) error: Option<Text<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Group<'a> {
    #[serde(borrow)]
    pub(super) id: Text<'a>,
    pub(super) display_name: Option<String>,
    #[serde(borrow)]
    pub(super) group_types: Option<Vec<Option<Text<'a>>>>,
    pub(super) security_enabled: Option<bool>,
    pub(super) mail_enabled: Option<bool>,
    pub(super) membership_rule: Option<String>,
    pub(super) membership_rule_processing_state: Option<String>,
    pub(super) visibility: Option<String>,
    #[serde(borrow)]
    pub(super) assigned_licenses: Option<Vec<Option<AssignedLicense<'a>>>>,
    pub(super) license_processing_state: Option<LicenseProcessingState>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AssignedLicense<'a> {
    #[serde(borrow)]
    pub(super) sku_id: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) disabled_plans: Option<Vec<Option<Text<'a>>>>,
}

/// The documentation calls it a String, the wire carries an object: both are taken.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum LicenseProcessingState {
    Object { state: Option<String> },
    Bare(String),
}

impl LicenseProcessingState {
    pub(super) fn into_text(self) -> Option<String> {
        match self {
            Self::Object { state } => state,
            Self::Bare(state) => Some(state),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DirectoryObject<'a> {
    #[serde(borrow, rename = "@odata.type")]
    pub(super) odata_type: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) id: Text<'a>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct OwnedGroup<'a> {
    #[serde(borrow)]
    pub(super) id: Text<'a>,
    #[serde(borrow)]
    pub(super) owners: Option<Vec<Option<GroupOwner<'a>>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct GroupOwner<'a> {
    #[serde(borrow, rename = "@odata.type")]
    pub(super) odata_type: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) id: Text<'a>,
    pub(super) display_name: Option<String>,
    pub(super) user_principal_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SubscribedSku<'a> {
    #[serde(borrow)]
    pub(super) id: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) sku_id: Text<'a>,
    pub(super) sku_part_number: Option<String>,
    pub(super) applies_to: Option<String>,
    pub(super) capability_status: Option<String>,
    pub(super) consumed_units: Option<i64>,
    pub(super) prepaid_units: Option<LicenseUnitsDetail>,
    #[serde(borrow)]
    pub(super) service_plans: Option<Vec<Option<ServicePlanInfo<'a>>>>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
pub(super) struct LicenseUnitsDetail {
    pub(super) enabled: Option<i64>,
    pub(super) warning: Option<i64>,
    pub(super) suspended: Option<i64>,
    pub(super) locked_out: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ServicePlanInfo<'a> {
    #[serde(borrow)]
    pub(super) service_plan_id: Option<Text<'a>>,
    pub(super) service_plan_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CompanySubscription<'a> {
    #[serde(borrow)]
    pub(super) id: Option<Text<'a>>,
    #[serde(borrow)]
    pub(super) sku_id: Option<Text<'a>>,
    pub(super) status: Option<String>,
    pub(super) total_licenses: Option<i64>,
    pub(super) next_lifecycle_date_time: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Organization {
    pub(super) id: Option<String>,
    pub(super) display_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DeletedGroup<'a> {
    #[serde(borrow)]
    pub(super) id: Text<'a>,
    pub(super) display_name: Option<String>,
    pub(super) deleted_date_time: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(text: &str) -> Option<String> {
        let group: Group<'_> = serde_json::from_str(text).expect("a group");
        group.license_processing_state.and_then(LicenseProcessingState::into_text)
    }

    #[test]
    fn the_processing_state_is_read_as_object_and_as_bare_text() {
        assert_eq!(
            state(r#"{"id":"x","licenseProcessingState":{"state":"Queued"}}"#).as_deref(),
            Some("Queued")
        );
        assert_eq!(state(r#"{"id":"x","licenseProcessingState":"Queued"}"#).as_deref(), Some("Queued"));
        assert_eq!(state(r#"{"id":"x","licenseProcessingState":{"state":null}}"#), None);
        assert_eq!(state(r#"{"id":"x","licenseProcessingState":{}}"#), None);
        assert_eq!(state(r#"{"id":"x","licenseProcessingState":null}"#), None);
        assert_eq!(state(r#"{"id":"x"}"#), None);
    }

    #[test]
    fn an_escaped_name_is_unescaped() {
        let user: User<'_> = serde_json::from_str(r#"{"id":"x","displayName":"Zo\u00eb"}"#).expect("a user");
        assert_eq!(user.display_name.expect("a name").0, "Zoë");
    }
}
