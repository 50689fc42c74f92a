//! Tenants for the tests of reports, and what holds for all formats.

mod causes;
mod files;
mod own_template;
mod pages;
mod pipelines;
mod sheets;
mod terminal;
mod texts;

use serde_json::{Value, json};

use super::{Language, Style, Texts};
use crate::pack::Pack;
use crate::plan::Config;
use crate::rules::{Audit, judge};
use crate::tenant::{Collection, Coverage, Decoded, GroupId, Run, Tenant, TenantBuilder};

pub(super) const E3: &str = "6fd2c87f-b296-42f0-b197-1e91e994b900";
pub(super) const EMS: &str = "efccb6f7-5641-4e0e-bd10-b4976e1bf68e";
const M365: &str = "05e9a617-0261-4cee-bb44-138d3ef5d965";

/// The id of the group or user with this number.
pub(super) fn id(number: u32) -> String {
    format!("5a1e5000-0000-4000-8000-{number:012}")
}

/// Objects as Graph sends them.
#[derive(Default)]
pub(super) struct Objects {
    users: Vec<Value>,
    groups: Vec<Value>,
    deleted: Vec<Value>,
    skus: Vec<Value>,
    subscriptions: Vec<Value>,
    members: Vec<(u32, Vec<Value>, Option<&'static str>)>,
    /// Collections that were not read to the end, and why.
    broken: Vec<(&'static str, &'static str)>,
}

impl Objects {
    #[expect(clippy::needless_pass_by_value, reason = "calls read better with the states written in place")]
    pub(super) fn user(mut self, number: u32, name: &str, states: Value) -> Self {
        self.users.push(json!({
            "id": id(number), "displayName": name, "userPrincipalName": format!("u{number}@contoso.example"),
            "accountEnabled": true, "userType": "Member", "usageLocation": "NL", "licenseAssignmentStates": states,
        }));
        self
    }

    fn last_user(mut self, property: &str, value: impl Into<Value>) -> Self {
        self.users.last_mut().expect("a user")[property] = value.into();
        self
    }

    pub(super) fn group(mut self, number: u32, name: &str, skus: &[&str]) -> Self {
        let licenses: Vec<Value> =
            skus.iter().map(|sku| json!({"skuId": sku, "disabledPlans": []})).collect();
        self.groups.push(json!({
            "id": id(number), "displayName": name, "groupTypes": [], "securityEnabled": true, "mailEnabled": false,
            "assignedLicenses": licenses, "licenseProcessingState": {"state": "ProcessingComplete"},
        }));
        self.members.push((number, Vec::new(), None));
        self
    }

    fn last_group(mut self, property: &str, value: impl Into<Value>) -> Self {
        self.groups.last_mut().expect("a group")[property] = value.into();
        self
    }

    /// Users who are members of the group added last.
    pub(super) fn members(mut self, users: &[u32]) -> Self {
        let objects =
            users.iter().map(|user| json!({"@odata.type": "#microsoft.graph.user", "id": id(*user)}));
        self.members.last_mut().expect("a group").1.extend(objects);
        self
    }

    fn nested(mut self, groups: &[u32]) -> Self {
        let objects =
            groups.iter().map(|group| json!({"@odata.type": "#microsoft.graph.group", "id": id(*group)}));
        self.members.last_mut().expect("a group").1.extend(objects);
        self
    }

    fn members_broken(mut self, why: &'static str) -> Self {
        self.members.last_mut().expect("a group").2 = Some(why);
        self
    }

    pub(super) fn seats(mut self, sku: &str, part: &str, enabled: i64, warning: i64, consumed: i64) -> Self {
        self.skus.push(json!({
            "id": format!("row_{sku}"), "skuId": sku, "skuPartNumber": part, "appliesTo": "User",
            "capabilityStatus": "Enabled", "consumedUnits": consumed,
            "prepaidUnits": {"enabled": enabled, "warning": warning, "suspended": 0, "lockedOut": 0},
        }));
        self
    }

    fn last_sku(mut self, property: &str, value: impl Into<Value>) -> Self {
        self.skus.last_mut().expect("a product")[property] = value.into();
        self
    }

    pub(super) fn tenant(self) -> Tenant {
        let as_of = "2026-11-22T09:00:00Z".parse().expect("a moment");
        let mut builder = TenantBuilder::new();
        let mut coverage = Vec::new();
        let organization = vec![json!({"id": id(1), "displayName": "Contoso"})];
        let mut collections = vec![
            (Collection::Organization, organization, None),
            (Collection::SubscribedSkus, self.skus, None),
            (Collection::Subscriptions, self.subscriptions, None),
            (Collection::Groups, self.groups, None),
            (Collection::DeletedGroups, self.deleted, None),
        ];
        for (group, objects, why) in self.members {
            let group = GroupId::parse(&id(group)).expect("an id");
            collections.push((Collection::Members(group), objects, why));
        }
        collections.push((Collection::Users, self.users, None));
        for (collection, objects, why) in collections {
            let mut page = Decoded::new(collection, as_of);
            for object in &objects {
                page.object(&object.to_string()).expect("an object of its shape");
            }
            builder.add(page).expect("there are few names");
            let path = collection.ledger_path();
            let why =
                self.broken.iter().find(|(broken, _)| *broken == path).map_or(why, |(_, why)| Some(*why));
            coverage.push(Coverage {
                collection: path,
                partition: None,
                expected: None,
                read: builder.read(collection),
                pages: 1,
                restarts: 0,
                complete: why.is_none(),
                reason: why.map(Into::into),
            });
        }
        let run = Run {
            started_at: Some(as_of),
            finished_at: Some(as_of),
            requests: 1234,
            resource_units: 2345,
            retries: 2,
            throttled_seconds: 1.5,
            bytes: 1_234_567,
            accused: 3,
            reread: 3,
            cleared: 1,
        };
        builder.finish(as_of, coverage, run)
    }
}

/// An entry of a license: from the group with this number, or direct.
pub(super) fn entry(sku: &str, group: Option<u32>, state: &str, error: &str) -> Value {
    json!({"skuId": sku, "assignedByGroup": group.map(id), "state": state, "error": error, "disabledPlans": []})
}

fn from(group: u32) -> Value {
    json!([entry(E3, Some(group), "Active", "None"), entry(EMS, Some(group), "Active", "None")])
}

/// A tenant in which much is wrong, with hostile names.
pub(super) fn troubled() -> Tenant {
    let refused =
        json!([entry(E3, Some(10), "Error", "CountViolation"), entry(EMS, Some(10), "Error", "Other"),]);
    let long = "Группа с очень длинным именем ".repeat(9);
    let mut objects = Objects::default()
        .seats(E3, "ENTERPRISEPACK", 0, 4, 4)
        .seats(EMS, "EMS", 2500, 0, 6)
        .user(101, "Ada", from(10))
        .user(102, "=cmd|' /C calc'!A0", refused.clone())
        .user(103, "<img src=x onerror=alert(1)>", refused)
        .user(104, "\u{1b}[31mRed\u{202e}gnp", json!([]))
        .user(105, "🦊 Фокс", from(12))
        .last_user("userType", "Guest")
        .last_user("creationType", "Invitation")
        .last_user("userPrincipalName", "fox_partner.example#EXT#@contoso.example")
        .user(106, "Gone", from(10))
        .user(
            107,
            "Direct",
            json!([entry(E3, None, "Active", "None"), entry(EMS, Some(12), "Active", "None")]),
        )
        .user(108, "Nested", json!([]))
        .user(109, "+31 6", from(10))
        .last_user("accountEnabled", false)
        .last_user("usageLocation", Value::Null)
        .group(10, "Sales", &[E3, EMS])
        .members(&[101, 102, 103, 104, 109])
        .nested(&[11])
        .group(11, "@Sales Interns", &[])
        .members(&[108])
        .group(12, "Partners; \"joint\", venture", &[E3, EMS])
        .members(&[105, 107])
        .group(13, "Marketing", &[])
        .members(&[101])
        .group(14, &long, &[M365])
        .members_broken("403 Forbidden: Authorization_RequestDenied\u{7}");
    objects
        .deleted
        .push(json!({"id": id(20), "displayName": "Old", "deletedDateTime": "2026-11-01T00:00:00Z"}));
    objects.tenant()
}

pub(super) const PLAN: &str = r#"
    [[target]]
    group = "Sales"
    [[target]]
    group = "Marketing"
    [[target]]
    group = "Sails*"
    [[target]]
    group = "Old"
    [scope]
    exclude-groups = ["APP-*"]
    exclude-skus = ["FLOW_FREE"]
    [[waiver]]
    criterion = "no-b2b-groups-licensed"
    group = 'Partners; "joint", venture'
    reason = "joint venture, contract 2026-114"
    owner = "identity team"
    expires = 2027-03-31
    [[waiver]]
    criterion = "enough-seats"
    code = "over-consumed"
    reason = "=HYPERLINK(\"http://example.com\")"
    owner = "-"
    expires = 2026-01-01
"#;

pub(super) fn audit<'t>(tenant: &'t Tenant, plan: &str) -> Audit<'t> {
    let config = Config::parse("tollgate.toml", plan).expect("a configuration");
    judge(tenant, &config.plan, Pack::built_in()).expect("a plan that fits")
}

pub(super) fn on_terminal(audit: &Audit<'_>, language: Language, style: &Style<'_>) -> String {
    let mut out = Vec::new();
    super::terminal::print(audit, Pack::built_in(), &Texts::new(language), style, &mut out).expect("memory");
    String::from_utf8(out).expect("UTF-8")
}

pub(super) const PLAN_OF_ONE: &str = "[[target]]\ngroup = 'Sales'";

/// A tenant of which one collection was not read to the end.
pub(super) fn blind(collection: &'static str) -> Tenant {
    let mut objects = Objects::default()
        .seats(E3, "ENTERPRISEPACK", 100, 0, 1)
        .user(101, "Ada", json!([entry(E3, Some(10), "Active", "None")]))
        .group(10, "Sales", if collection == "groups" { &[] } else { &[E3, EMS] })
        .members(&[101, 102]);
    objects.broken.push((collection, if collection == "users" { "" } else { "503 Service Unavailable" }));
    objects.tenant()
}

/// A tenant with what is rare: states, kinds and counters that are seldom seen.
#[expect(clippy::too_many_lines, reason = "a list of objects, each of them short")]
pub(super) fn strange() -> Tenant {
    let e5 = "c7df2760-2c81-4ef7-b578-5b5392b571df";
    let ems_e5 = "b05e124f-c7cc-45a0-a6aa-8cf78c946968";
    let own = "0a1b2c3d-0000-4000-8000-00000000beef";
    let states = [
        ("Error", "MutuallyExclusiveViolation"),
        ("Error", "DependencyViolation"),
        ("Error", "ProhibitedInUsageLocationViolation"),
        ("Error", "UniquenessViolation"),
        ("Error", "None"),
        ("Error", "Other"),
        ("Error", "BrandNewViolation"),
        ("ActiveWithError", "BrandNewViolation"),
        ("Disabled", "None"),
        ("BrandNewState", "None"),
        ("Error", "CountViolation"),
    ];
    let mut objects = Objects::default()
        .seats(E3, "ENTERPRISEPACK", 5, 0, 1)
        .last_sku("capabilityStatus", Value::Null)
        .seats(EMS, "EMS", 5, 0, 1)
        .last_sku("prepaidUnits", Value::Null)
        .seats(M365, "SPE_E3", 10, 0, 12)
        .last_sku("capabilityStatus", "Suspended")
        .seats(ems_e5, "EMSPREMIUM", 0, 0, 0)
        .last_sku("prepaidUnits", json!({"enabled": 0, "warning": 0, "suspended": 25, "lockedOut": 0}))
        .seats(e5, "ENTERPRISEPREMIUM", 100, 0, 98)
        .seats(own, "OWN", 100, 0, 98);
    objects.subscriptions.push(json!({
        "id": "sub-1", "skuId": e5, "status": "Enabled", "totalLicenses": 100,
        "nextLifecycleDateTime": "2026-12-01T00:00:00Z",
    }));
    for (number, (state, error)) in (201..).zip(states) {
        let mut all = json!([entry(e5, Some(31), state, error)]);
        if number == 201 {
            all = json!([entry(e5, Some(31), state, error), entry(own, Some(31), "Error", "Other")]);
        }
        objects = objects.user(number, "Somebody", all);
    }
    objects = objects
        .user(221, "Suspended", json!([entry(M365, Some(32), "Active", "None")]))
        .user(222, "No states", Value::Null)
        .user(223, "Internal guest", json!([]))
        .last_user("userType", "Guest")
        .user(224, "External member", json!([]))
        .last_user("externalUserState", "Accepted")
        .user(
            225,
            "Orphan",
            json!([entry(e5, Some(99), "Active", "None"), entry(e5, Some(31), "Disabled", "None")]),
        )
        .user(226, "Both", json!([entry(e5, None, "Active", "None"), entry(e5, Some(31), "Active", "None")]))
        .user(
            227,
            "Other plans",
            json!([{
                "skuId": e5, "assignedByGroup": id(31), "state": "Active", "disabledPlans": [APPS],
            }]),
        )
        .user(228, "Pending", json!([]))
        .user(229, "Direct", json!([entry(e5, None, "Active", "None"), entry(own, None, "Active", "None")]))
        .user(230, "Not owned", json!([entry(EMS_GOVERNMENT, Some(38), "Active", "None")]))
        .group(30, "In progress", &[e5])
        .last_group("licenseProcessingState", json!({"state": "ProcessingInProgress"}))
        .last_group("groupTypes", json!(["Unified", "DynamicMembership"]))
        .last_group("membershipRule", "(user.department -eq \"Sales\")")
        .last_group("membershipRuleProcessingState", "Paused")
        .members(&[228, 229])
        .group(31, "Mail", &[e5, own])
        .last_group("mailEnabled", true)
        .members(&[201, 202, 203, 204, 205, 206, 207, 208, 209, 210, 211, 222, 223, 224, 226, 227, 299])
        .nested(&[39, 40])
        .group(32, "Suspended", &[M365, E3, EMS, ems_e5])
        .members(&[221])
        .group(33, "Hidden", &[e5])
        .last_group("visibility", "HiddenMembership")
        .group(34, "Distribution", &[])
        .last_group("securityEnabled", false)
        .members(&[224, 229])
        .group(35, "Devices", &[])
        .last_group("membershipRule", "(device.deviceOSType -eq \"Windows\")")
        .group(36, "Kind unknown", &[e5])
        .last_group("securityEnabled", Value::Null)
        .members(&[226])
        .group(37, "Empty", &[e5])
        .group(38, "Government", &[EMS_GOVERNMENT])
        .members(&[230])
        .group(39, "Hidden below", &[])
        .last_group("visibility", "HiddenMembership")
        .group(40, "Guests below", &[])
        .members(&[224])
        .nested(&[41])
        .group(41, "External below", &[])
        .members(&[231])
        .group(42, "Not settled", &[e5])
        .last_group("licenseProcessingState", json!({"state": "QueuedForProcessing"}))
        .last_group("membershipRule", "(user.userType -eq \"Member\")")
        .group(43, "Plans off", &[])
        .last_group("assignedLicenses", json!([{"skuId": e5, "disabledPlans": [APPS]}]))
        .members(&[232])
        .group(44, "Not read", &[e5])
        .user(231, "Guest below", json!([]))
        .last_user("creationType", "Invitation")
        .user(
            232,
            "Plans off",
            json!([{
                "skuId": e5, "assignedByGroup": id(43), "state": "Active", "disabledPlans": [APPS],
            }]),
        )
        .user(
            233,
            "Both groups",
            json!([entry(e5, Some(37), "Active", "None"), entry(own, Some(45), "Active", "None")]),
        )
        .group(45, "From another", &[own])
        .members(&[233]);
    let device = json!({"@odata.type": "#microsoft.graph.device", "id": id(900)});
    objects.members.iter_mut().find(|(group, ..)| *group == 37).expect("the group").1.push(device);
    objects.members.retain(|(group, ..)| *group != 44);
    objects.tenant()
}

const APPS: &str = "43de0ff5-c92c-492b-9116-175376d08c38";
const EMS_GOVERNMENT: &str = "c793db86-5237-494e-9b11-dcd4877c2c8c";

pub(super) const STRANGE_PLAN: &str = r#"
    [seats]
    headroom = "5%"
    [[target]]
    group = "In progress"
    [[target]]
    group = "Distribution"
    require = ["OWN", "office365"]
    edition = "E5"
    [[target]]
    group = "Devices"
    [[target]]
    group = "Kind unknown"
    require = ["office365:E5"]
    [[target]]
    group = "Mail"
    [[target]]
    group = "Plans off"
    require = ["office365", "OWN"]
    [[target]]
    group = "From another"
    require = ["ENTERPRISEPREMIUM"]
    [[target]]
    group = "Nowhere"
    [[waiver]]
    criterion = "members-fully-licensed"
    reason = "everything"
    owner = "nobody"
    expires = 2030-01-01
    [[waiver]]
    criterion = "groups-configured"
    code = "target-deleted"
    reason = "unused"
    owner = "nobody"
    expires = 2030-01-01
"#;

/// What every format must be able to tell, with the plan it is judged by.
fn tenants() -> [(Tenant, &'static str); 7] {
    [
        (troubled(), PLAN),
        (troubled(), ""),
        (strange(), STRANGE_PLAN),
        (blind("users"), PLAN_OF_ONE),
        (blind("groups"), PLAN_OF_ONE),
        (blind("subscribedSkus"), PLAN_OF_ONE),
        (Objects::default().tenant(), ""),
    ]
}
