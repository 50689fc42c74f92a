//! Small tenants, each with a few things wrong, so that every code of an audit occurs somewhere: in the demo
//! company or in one of these. Their names begin with `case-`.
//!
//! As with the demo, [`Case::expected`] was derived from the definitions of the criteria and is complete: an audit
//! with the case's plan says this and nothing else at its top level. Seats are few enough that nothing is to be
//! said of them unless the case is about seats.

use serde_json::{Value, json};
use uuid::uuid;

use super::Collection;
use super::builder::TenantBuilder;
use super::contoso::{Planted, PlantedKind, demo_plan, planted, planted_with_plan};
use super::directory::{Directory, MemberAccess};

/// A small tenant in which certain codes occur.
#[derive(Debug)]
pub struct Case {
    /// Its name on the command line, with `case-` in front.
    pub name: &'static str,
    /// The configuration that it is audited with; `None` for the default one.
    pub plan: Option<&'static str>,
    /// What the server refuses.
    pub deny: &'static [Collection],
    /// Everything that an audit says at its top level: findings that are not folded, and gaps.
    pub expected: &'static [Planted],
    tenant: fn() -> Directory,
}

/// Names are unique.
impl PartialEq for Case {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Case {}

impl Case {
    /// Makes the tenant.
    pub fn directory(&self) -> Directory {
        (self.tenant)()
    }
}

/// All cases.
pub fn cases() -> &'static [Case] {
    CASES
}

/// The case of that name.
pub(super) fn case(name: &str) -> Option<&'static Case> {
    CASES.iter().find(|case| case.name == name)
}

/// Where a code occurs under a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the simulated tenant of that name.
    Tenant {
        /// The name that [`Tenant`](super::Tenant) is parsed from.
        name: &'static str,
        /// The configuration that it takes; `None` for the default one.
        plan: Option<&'static str>,
    },
    /// Only where a snapshot is judged that was taken for another configuration.
    Snapshot,
}

/// In which simulated tenant a criterion says a code; `None` where it never does.
pub fn where_found(criterion: &str, code: &str) -> Option<Place> {
    let (name, ..) = FOUND.iter().find(|(_, of, codes)| *of == criterion && codes.contains(&code))?;
    Some(match (*name, case(name)) {
        ("snapshot", _) => Place::Snapshot,
        ("contoso with its plan", _) => Place::Tenant { name: "contoso", plan: Some(demo_plan()) },
        (name, case) => Place::Tenant { name, plan: case.and_then(|case| case.plan) },
    })
}

/// What an audit says in a tenant that [`where_found`] names.
pub fn expected_at(place: Place) -> Vec<Planted> {
    match place {
        Place::Snapshot => Vec::new(),
        Place::Tenant { name: "contoso", plan: None } => planted(),
        Place::Tenant { name: "contoso", plan: Some(_) } => planted_with_plan(),
        Place::Tenant { name, .. } => case(name).map_or_else(Vec::new, |case| case.expected.to_vec()),
    }
}

const CONFIGURED: &str = "groups-configured";
const NO_B2B: &str = "no-b2b-groups-licensed";
const SEATS: &str = "enough-seats";
const LICENSED: &str = "members-fully-licensed";

/// Tenant, criterion, codes: one place for each code of each criterion.
const FOUND: &[(&str, &str, &[&str])] = &[
    (
        "contoso",
        CONFIGURED,
        &[
            "license-processing-not-complete",
            "membership-rule-paused",
            "no-plan-given",
            "not-a-plain-security-group",
        ],
    ),
    ("contoso", NO_B2B, &["dynamic-rule-admits-guests", "guest-in-licensed-group", "internal-guest"]),
    (
        "contoso",
        SEATS,
        &["demand-exceeds-seats", "no-seat-left", "seats-exhausted", "seats-in-grace", "subscription-lapses"],
    ),
    (
        "contoso",
        LICENSED,
        &[
            "assignment-error",
            "direct-and-inherited",
            "disabled-account-holds-seat",
            "license-left-behind",
            "license-pending",
            "member-through-nested-group",
            "nested-group-members-not-licensed",
            "not-licensed-without-error",
            "orphan-assignment",
            "usage-location-missing",
        ],
    ),
    (
        "contoso with its plan",
        CONFIGURED,
        &[
            "missing-product",
            "no-license-assigned",
            "target-deleted",
            "target-not-found",
            "unplanned-licensed-group",
        ],
    ),
    ("contoso with its plan", LICENSED, &["missing-product"]),
    ("case-unlicensed", CONFIGURED, &["no-group-configured"]),
    ("case-half-a-suite", CONFIGURED, &["empty-licensed-group", "no-group-grants-both-suites"]),
    (
        "case-kinds",
        CONFIGURED,
        &[
            "group-kind-unknown",
            "group-type-not-eligible",
            "product-from-another-group",
            "required-plan-disabled",
        ],
    ),
    ("case-kinds", LICENSED, &["required-plan-disabled"]),
    ("case-all-excluded", CONFIGURED, &["all-targets-excluded"]),
    ("case-waivers", CONFIGURED, &["waiver-covers-all", "waiver-expired", "waiver-unused"]),
    ("case-waivers", NO_B2B, &["waiver-covers-all", "waiver-expired", "waiver-unused"]),
    ("case-waivers", SEATS, &["waiver-covers-all", "waiver-expired", "waiver-unused"]),
    ("case-waivers", LICENSED, &["waiver-covers-all", "waiver-expired", "waiver-unused"]),
    ("case-unsettled", CONFIGURED, &["license-pending", "membership-not-settled"]),
    ("case-unsettled", NO_B2B, &["membership-not-settled"]),
    ("case-unsettled", LICENSED, &["membership-not-settled"]),
    ("case-hidden", CONFIGURED, &["membership-hidden"]),
    ("case-hidden", NO_B2B, &["membership-hidden"]),
    ("case-hidden", SEATS, &["membership-hidden"]),
    ("case-hidden", LICENSED, &["membership-hidden"]),
    ("case-limited", CONFIGURED, &["limited-information"]),
    ("case-limited", NO_B2B, &["limited-information"]),
    ("case-limited", SEATS, &["limited-information"]),
    ("case-limited", LICENSED, &["limited-information"]),
    ("case-no-license-states", CONFIGURED, &["license-states-missing"]),
    ("case-no-license-states", SEATS, &["license-states-missing"]),
    ("case-no-license-states", LICENSED, &["license-states-missing"]),
    ("case-members-denied", CONFIGURED, &["members-incomplete"]),
    ("case-members-denied", NO_B2B, &["members-incomplete"]),
    ("case-members-denied", SEATS, &["members-incomplete"]),
    ("case-members-denied", LICENSED, &["members-incomplete"]),
    ("case-users-denied", CONFIGURED, &["users-incomplete"]),
    ("case-users-denied", NO_B2B, &["users-incomplete"]),
    ("case-users-denied", SEATS, &["users-incomplete"]),
    ("case-users-denied", LICENSED, &["users-incomplete"]),
    ("case-invisible-licenses", CONFIGURED, &["group-licenses-unreadable"]),
    ("case-invisible-licenses", NO_B2B, &["group-licenses-unreadable"]),
    ("case-invisible-licenses", SEATS, &["group-licenses-unreadable"]),
    ("case-invisible-licenses", LICENSED, &["group-licenses-unreadable"]),
    ("case-guests", NO_B2B, &["guest-in-nested-group", "guest-in-target-group"]),
    (
        "case-seats",
        SEATS,
        &[
            "count-violation-stale",
            "low-headroom",
            "over-consumed",
            "sku-not-owned",
            "subscription-suspended",
            "unused-seats",
        ],
    ),
    ("case-seats", LICENSED, &["license-suspended"]),
    ("case-products-denied", SEATS, &["seats-unreadable"]),
    ("case-products-denied", LICENSED, &["seats-unreadable"]),
    ("case-odd-products", SEATS, &["seat-counters-missing", "sku-unreadable"]),
    ("case-odd-products", LICENSED, &["seat-counters-missing", "sku-unreadable"]),
    ("case-unknown-product", CONFIGURED, &["sku-plans-missing"]),
    ("case-unknown-product", LICENSED, &["sku-plans-missing"]),
    (
        "case-states",
        LICENSED,
        &[
            "assignment-active-with-error",
            "assignment-disabled",
            "direct-only",
            "plans-differ-from-group",
            "unrecognised-state",
        ],
    ),
    // What is read live is read for the very configuration that it is judged by.
    ("snapshot", CONFIGURED, &["members-not-in-snapshot"]),
    ("snapshot", NO_B2B, &["members-not-in-snapshot"]),
    ("snapshot", SEATS, &["members-not-in-snapshot"]),
    ("snapshot", LICENSED, &["members-not-in-snapshot"]),
];

/// Group, user and product that a line is about; an empty text stands for none.
type About = (&'static str, &'static str, &'static str);

/// About nothing in particular.
const NOTHING: About = ("", "", "");

const fn said(
    kind: PlantedKind,
    criterion: &'static str,
    code: &'static str,
    about: About,
    why: &'static str,
) -> Planted {
    const fn some(text: &'static str) -> Option<&'static str> {
        if text.is_empty() { None } else { Some(text) }
    }
    let (group, user, sku) = about;
    Planted { criterion, code, kind, group: some(group), user: some(user), sku: some(sku), why }
}

const fn violation(criterion: &'static str, code: &'static str, about: About, why: &'static str) -> Planted {
    said(PlantedKind::Violation, criterion, code, about, why)
}

const fn advisory(criterion: &'static str, code: &'static str, about: About, why: &'static str) -> Planted {
    said(PlantedKind::Advisory, criterion, code, about, why)
}

const fn gap(criterion: &'static str, code: &'static str, about: About, why: &'static str) -> Planted {
    said(PlantedKind::Gap, criterion, code, about, why)
}

const NO_PLAN: Planted =
    advisory(CONFIGURED, "no-plan-given", NOTHING, "it is audited without a configuration");

const ADA: &str = "ada@case.example";
const BOB: &str = "bob@case.example";
const CAS: &str = "cas@case.example";
const DOT: &str = "dot@case.example";
const EVE: &str = "eve@case.example";
const HENRIK: &str = "henrik@case.example";
const PILAR: &str = "pilar@case.example";

/// Board hands out Office 365 and not EMS, so whether it may do without hangs on its members.
const BOARD: &str = "[[target]]\ngroup = \"Board\"\n";

const SALES: &str = "[[target]]\ngroup = \"Sales\"\n";

/// Per criterion a waiver that expired the day before, and one that nothing narrows and that covers nothing.
const WAIVERS: &str = r#"
[[target]]
group = "Sales"

[[waiver]]
criterion = "groups-configured"
code = "missing-product"
reason = "until the reorganization"
owner = "identity team"
expires = 2026-11-15

[[waiver]]
criterion = "groups-configured"
reason = "pilot"
owner = "identity team"
expires = 2026-11-16

[[waiver]]
criterion = "no-b2b-groups-licensed"
code = "guest-in-licensed-group"
reason = "until the reorganization"
owner = "identity team"
expires = 2026-11-15

[[waiver]]
criterion = "no-b2b-groups-licensed"
reason = "pilot"
owner = "identity team"
expires = 2026-11-16

[[waiver]]
criterion = "enough-seats"
code = "seats-exhausted"
reason = "until the reorganization"
owner = "identity team"
expires = 2026-11-15

[[waiver]]
criterion = "enough-seats"
reason = "pilot"
owner = "identity team"
expires = 2026-11-16

[[waiver]]
criterion = "members-fully-licensed"
code = "assignment-error"
reason = "until the reorganization"
owner = "identity team"
expires = 2026-11-15

[[waiver]]
criterion = "members-fully-licensed"
reason = "pilot"
owner = "identity team"
expires = 2026-11-16
"#;

fn tenant() -> TenantBuilder {
    TenantBuilder::new("Case", "case.example")
}

/// See [`BOARD`].
fn board() -> TenantBuilder {
    tenant().product("ENTERPRISEPACK", 5).group("Board").grants("ENTERPRISEPACK")
}

static CASES: &[Case] = &[
    Case {
        name: "case-unlicensed",
        plan: None,
        deny: &[],
        expected: &[
            violation(CONFIGURED, "no-group-configured", NOTHING, "no group hands out anything"),
            NO_PLAN,
        ],
        tenant: || tenant().product("SPE_E3", 5).group("Sales").user("ada").in_group("Sales").build(),
    },
    Case {
        name: "case-half-a-suite",
        plan: None,
        deny: &[],
        expected: &[
            violation(
                CONFIGURED,
                "no-group-grants-both-suites",
                NOTHING,
                "two hand out Office 365 only, and the third is not security enabled",
            ),
            NO_PLAN,
            advisory(CONFIGURED, "empty-licensed-group", ("Nobody", "", ""), "it has no member"),
        ],
        tenant: || {
            tenant()
                .product("ENTERPRISEPACK", 5)
                .product("SPE_E3", 5)
                .group("Office")
                .grants("ENTERPRISEPACK")
                .group("Nobody")
                .grants("ENTERPRISEPACK")
                .group("Everything")
                .not_security()
                .grants("SPE_E3")
                .user("ada")
                .in_group("Office")
                .user("bob")
                .in_group("Everything")
                .build()
        },
    },
    Case {
        name: "case-kinds",
        plan: Some(
            r#"
[[target]]
group = "Distribution"
[[target]]
group = "Without Intune"
[[target]]
group = "Office"
[[target]]
group = "Unknown kind"
"#,
        ),
        deny: &[],
        expected: &[
            violation(CONFIGURED, "group-type-not-eligible", ("Distribution", "", ""), "a distribution list"),
            violation(CONFIGURED, "required-plan-disabled", ("Without Intune", "", ""), "Intune is off"),
            advisory(CONFIGURED, "not-a-plain-security-group", ("Distribution", "", ""), "it has an address"),
            advisory(
                CONFIGURED,
                "product-from-another-group",
                ("Office", "", ""),
                "its one member has EMS from Security",
            ),
            advisory(CONFIGURED, "unplanned-licensed-group", ("Security", "", ""), "it is no target"),
            gap(CONFIGURED, "group-kind-unknown", ("Unknown kind", "", ""), "securityEnabled is null"),
            violation(LICENSED, "required-plan-disabled", ("Without Intune", BOB, ""), "Intune is off"),
        ],
        tenant: || {
            tenant()
                .product("SPE_E3", 9)
                .product("ENTERPRISEPACK", 5)
                .product("EMS", 5)
                .group("Distribution")
                .distribution_list()
                .grants("SPE_E3")
                .group("Without Intune")
                .grants_without("SPE_E3", &["INTUNE_A"])
                .group("Office")
                .grants("ENTERPRISEPACK")
                .group("Security")
                .grants("EMS")
                .group("Unknown kind")
                .grants("SPE_E3")
                .property("securityEnabled", Value::Null)
                .user("ada")
                .in_group("Distribution")
                .user("bob")
                .in_group("Without Intune")
                .user("cas")
                .in_group("Office")
                .in_group("Security")
                .user("dot")
                .in_group("Unknown kind")
                .build()
        },
    },
    Case {
        name: "case-all-excluded",
        plan: Some("[[target]]\ngroup = \"Board\"\n[scope]\nexclude-groups = [\"B*\"]\n"),
        deny: &[],
        expected: &[advisory(CONFIGURED, "all-targets-excluded", NOTHING, "the only target is excluded")],
        tenant: || board().user("ada").in_group("Board").build(),
    },
    Case {
        name: "case-waivers",
        plan: Some(WAIVERS),
        deny: &[],
        expected: &[
            advisory(CONFIGURED, "waiver-expired", NOTHING, "the day before was its last"),
            advisory(CONFIGURED, "waiver-unused", NOTHING, "nothing is wrong"),
            advisory(CONFIGURED, "waiver-covers-all", NOTHING, "nothing narrows it"),
            advisory(NO_B2B, "waiver-expired", NOTHING, "the day before was its last"),
            advisory(NO_B2B, "waiver-unused", NOTHING, "nothing is wrong"),
            advisory(NO_B2B, "waiver-covers-all", NOTHING, "nothing narrows it"),
            advisory(SEATS, "waiver-expired", NOTHING, "the day before was its last"),
            advisory(SEATS, "waiver-unused", NOTHING, "nothing is wrong"),
            advisory(SEATS, "waiver-covers-all", NOTHING, "nothing narrows it"),
            advisory(LICENSED, "waiver-expired", NOTHING, "the day before was its last"),
            advisory(LICENSED, "waiver-unused", NOTHING, "nothing is wrong"),
            advisory(LICENSED, "waiver-covers-all", NOTHING, "nothing narrows it"),
        ],
        tenant: || {
            let tenant = tenant().product("SPE_E3", 5).group("Sales").grants("SPE_E3");
            tenant.user("ada").in_group("Sales").build()
        },
    },
    Case {
        name: "case-unsettled",
        plan: Some("[[target]]\ngroup = \"Office\"\n[[target]]\ngroup = \"Newcomers\"\n"),
        deny: &[],
        expected: &[
            advisory(
                CONFIGURED,
                "license-processing-not-complete",
                ("Newcomers", "", ""),
                "its state is ProcessingInProgress",
            ),
            advisory(
                CONFIGURED,
                "license-processing-not-complete",
                ("Security", "", ""),
                "its state is QueuedForProcessing",
            ),
            advisory(CONFIGURED, "unplanned-licensed-group", ("Security", "", ""), "it is no target"),
            gap(CONFIGURED, "license-pending", ("Office", ADA, ""), "EMS is on its way from Security"),
            gap(CONFIGURED, "membership-not-settled", ("Newcomers", "", ""), "nobody is in it yet"),
            gap(NO_B2B, "membership-not-settled", ("Newcomers", "", ""), "nobody is in it yet"),
            gap(LICENSED, "license-pending", ("Office", ADA, ""), "EMS is on its way from Security"),
            gap(LICENSED, "license-pending", ("Security", ADA, "EMS"), "Security is still processing"),
            gap(LICENSED, "membership-not-settled", ("Newcomers", "", ""), "nobody is in it yet"),
        ],
        tenant: || {
            tenant()
                .product("ENTERPRISEPACK", 5)
                .product("EMS", 5)
                .group("Office")
                .grants("ENTERPRISEPACK")
                .group("Security")
                .grants("EMS")
                .processing("QueuedForProcessing")
                .group("Newcomers")
                .dynamic(r#"(user.userType -eq "Member") -and (user.department -eq "New")"#)
                .grants("ENTERPRISEPACK")
                .processing("ProcessingInProgress")
                .user("ada")
                .in_group("Office")
                .in_group("Security")
                .unnoticed_by("Security")
                .build()
        },
    },
    Case {
        name: "case-hidden",
        plan: Some(BOARD),
        deny: &[],
        expected: &[
            gap(CONFIGURED, "membership-hidden", ("Board", "", ""), "it shows nobody"),
            gap(NO_B2B, "membership-hidden", ("Board", "", ""), "it shows nobody"),
            gap(SEATS, "membership-hidden", ("Board", "", ""), "it shows nobody"),
            gap(LICENSED, "membership-hidden", ("Board", "", ""), "it shows nobody"),
        ],
        tenant: || board().shows_members(MemberAccess::Hidden).user("ada").in_group("Board").build(),
    },
    Case {
        name: "case-limited",
        plan: Some(BOARD),
        deny: &[],
        expected: &[
            gap(CONFIGURED, "limited-information", ("Board", ADA, ""), "an id and nothing else"),
            gap(NO_B2B, "limited-information", ("Board", ADA, ""), "an id and nothing else"),
            gap(SEATS, "limited-information", ("Board", ADA, ""), "an id and nothing else"),
            gap(LICENSED, "limited-information", ("Board", ADA, ""), "an id and nothing else"),
        ],
        tenant: || board().user("ada").limited().in_group("Board").build(),
    },
    Case {
        name: "case-no-license-states",
        plan: Some(BOARD),
        deny: &[],
        expected: &[
            gap(CONFIGURED, "license-states-missing", ("Board", ADA, ""), "null, which is not none"),
            gap(SEATS, "license-states-missing", ("Board", ADA, ""), "null, which is not none"),
            gap(LICENSED, "license-states-missing", ("Board", ADA, ""), "null, which is not none"),
        ],
        tenant: || {
            let tenant = board().user("ada").in_group("Board");
            tenant.property("licenseAssignmentStates", Value::Null).build()
        },
    },
    Case {
        name: "case-members-denied",
        plan: Some(BOARD),
        deny: &[Collection::Members],
        expected: &[
            gap(CONFIGURED, "members-incomplete", ("Board", "", ""), "refused"),
            gap(NO_B2B, "members-incomplete", ("Board", "", ""), "refused"),
            gap(SEATS, "members-incomplete", ("Board", "", ""), "refused"),
            gap(LICENSED, "members-incomplete", ("Board", "", ""), "refused"),
        ],
        tenant: || board().user("ada").in_group("Board").build(),
    },
    Case {
        name: "case-users-denied",
        plan: Some(BOARD),
        deny: &[Collection::Users],
        expected: &[
            gap(CONFIGURED, "users-incomplete", NOTHING, "refused"),
            gap(NO_B2B, "users-incomplete", NOTHING, "refused"),
            gap(SEATS, "users-incomplete", NOTHING, "refused"),
            gap(LICENSED, "users-incomplete", NOTHING, "refused"),
        ],
        tenant: || board().user("ada").in_group("Board").build(),
    },
    Case {
        name: "case-invisible-licenses",
        plan: None,
        deny: &[],
        expected: &[
            NO_PLAN,
            gap(CONFIGURED, "group-licenses-unreadable", NOTHING, "the license of ada comes from Sales"),
            gap(NO_B2B, "group-licenses-unreadable", NOTHING, "the license of ada comes from Sales"),
            gap(SEATS, "group-licenses-unreadable", NOTHING, "the license of ada comes from Sales"),
            gap(LICENSED, "group-licenses-unreadable", NOTHING, "the license of ada comes from Sales"),
        ],
        tenant: || {
            tenant()
                .product("SPE_E3", 5)
                .group("Sales")
                .grants("SPE_E3")
                .property("assignedLicenses", json!([]))
                .user("ada")
                .in_group("Sales")
                .build()
        },
    },
    Case {
        name: "case-guests",
        plan: Some("[[target]]\ngroup = \"Sales\"\n[[target]]\ngroup = \"Board\"\n"),
        deny: &[],
        expected: &[
            violation(CONFIGURED, "no-license-assigned", ("Board", "", ""), "it hands out nothing"),
            advisory(NO_B2B, "guest-in-nested-group", ("Sales", PILAR, ""), "Trainees is in Sales"),
            advisory(NO_B2B, "guest-in-target-group", ("Board", HENRIK, ""), "before it is licensed"),
            violation(LICENSED, "missing-product", ("Board", HENRIK, ""), "no Office 365 from anywhere"),
            violation(LICENSED, "missing-product", ("Board", HENRIK, ""), "no EMS from anywhere"),
            violation(
                LICENSED,
                "member-through-nested-group",
                ("Sales", PILAR, "SPE_E3"),
                "through Trainees",
            ),
            violation(LICENSED, "nested-group-members-not-licensed", ("Trainees", "", ""), "it is in Sales"),
        ],
        tenant: || {
            tenant()
                .product("SPE_E3", 5)
                .group("Sales")
                .grants("SPE_E3")
                .contains_group("Trainees")
                .group("Trainees")
                .group("Board")
                .user("ada")
                .in_group("Sales")
                .user("pilar")
                .invited()
                .in_group("Trainees")
                .user("henrik")
                .invited()
                .in_group("Board")
                .build()
        },
    },
    Case {
        name: "case-seats",
        plan: None,
        deny: &[],
        expected: &[
            NO_PLAN,
            violation(SEATS, "over-consumed", ("", "", "SPE_E3"), "7 of 5"),
            violation(SEATS, "subscription-suspended", ("", "", "STANDARDPACK"), "its status is Suspended"),
            violation(SEATS, "sku-not-owned", ("", "", "VISIOCLIENT"), "assigned and never bought"),
            advisory(SEATS, "count-violation-stale", ("Security", DOT, "EMS"), "seats are free now"),
            advisory(SEATS, "low-headroom", ("", "", "ENTERPRISEPACK"), "1 of 30, and 5 % are 2"),
            advisory(SEATS, "unused-seats", ("", "", "FLOW_FREE"), "99 of 100"),
            violation(LICENSED, "assignment-error", ("Security", DOT, "EMS"), "CountViolation"),
            violation(LICENSED, "license-suspended", ("Old", BOB, "STANDARDPACK"), "its status is Suspended"),
            violation(LICENSED, "license-suspended", ("Drawing", CAS, "VISIOCLIENT"), "not owned"),
        ],
        tenant: || {
            tenant()
                .product("SPE_E3", 5)
                .property("consumedUnits", json!(7))
                .product("STANDARDPACK", 5)
                .status("Suspended")
                .product("EMS", 5)
                .product("ENTERPRISEPACK", 30)
                .property("consumedUnits", json!(29))
                .product("FLOW_FREE", 100)
                .group("Everything")
                .grants("SPE_E3")
                .group("Old")
                .grants("STANDARDPACK")
                .group("Drawing")
                .grants("VISIOCLIENT")
                .group("Security")
                .grants("EMS")
                .group("Office")
                .grants("ENTERPRISEPACK")
                .group("Flow")
                .grants("FLOW_FREE")
                .user("ada")
                .in_group("Everything")
                .user("bob")
                .in_group("Old")
                .user("cas")
                .in_group("Drawing")
                .user("dot")
                .in_group("Security")
                .fails("Security", "EMS", "CountViolation")
                .user("eve")
                .in_group("Office")
                .in_group("Flow")
                .build()
        },
    },
    Case {
        name: "case-products-denied",
        plan: Some(SALES),
        deny: &[Collection::SubscribedSkus],
        expected: &[
            gap(SEATS, "seats-unreadable", NOTHING, "refused"),
            gap(LICENSED, "seats-unreadable", NOTHING, "refused"),
        ],
        tenant: || {
            let tenant = tenant().product("SPE_E3", 5).group("Sales").grants("SPE_E3");
            tenant.user("ada").in_group("Sales").build()
        },
    },
    Case {
        name: "case-odd-products",
        plan: None,
        deny: &[],
        expected: &[
            NO_PLAN,
            gap(SEATS, "seat-counters-missing", ("", "", "ENTERPRISEPACK"), "prepaidUnits is null"),
            gap(SEATS, "sku-unreadable", ("", "", "SPE_E3"), "an unknown status"),
            gap(LICENSED, "seat-counters-missing", ("", "", "ENTERPRISEPACK"), "prepaidUnits is null"),
            gap(LICENSED, "sku-unreadable", ("", "", "SPE_E3"), "an unknown status"),
        ],
        tenant: || {
            tenant()
                .product("SPE_E3", 5)
                .status("Hibernating")
                .product("ENTERPRISEPACK", 5)
                .property("prepaidUnits", Value::Null)
                .group("Sales")
                .grants("SPE_E3")
                .group("Office")
                .grants("ENTERPRISEPACK")
                .user("ada")
                .in_group("Sales")
                .user("bob")
                .in_group("Office")
                .build()
        },
    },
    Case {
        name: "case-unknown-product",
        plan: Some("[[target]]\ngroup = \"Lab\"\n"),
        deny: &[],
        expected: &[
            gap(CONFIGURED, "sku-plans-missing", ("", "", "LABPACK"), "Microsoft's table does not have it"),
            gap(LICENSED, "sku-plans-missing", ("", "", "LABPACK"), "Microsoft's table does not have it"),
        ],
        tenant: unknown_product,
    },
    Case {
        name: "case-states",
        plan: None,
        deny: &[],
        expected: &[
            NO_PLAN,
            violation(
                LICENSED,
                "assignment-active-with-error",
                ("Sales", ADA, "SPE_E3"),
                "DependencyViolation",
            ),
            violation(LICENSED, "assignment-disabled", ("Sales", BOB, "SPE_E3"), "Disabled"),
            violation(LICENSED, "unrecognised-state", ("Sales", CAS, "SPE_E3"), "Hibernating"),
            violation(LICENSED, "assignment-error", ("Sales", EVE, "SPE_E3"), "MutuallyExclusiveViolation"),
            advisory(LICENSED, "direct-only", ("Sales", EVE, "SPE_E3"), "a direct license works"),
            advisory(
                LICENSED,
                "plans-differ-from-group",
                ("Sales", DOT, "SPE_E3"),
                "Sway is off for dot only",
            ),
        ],
        tenant: || {
            tenant()
                .product("SPE_E3", 9)
                .group("Sales")
                .grants("SPE_E3")
                .user("ada")
                .in_group("Sales")
                .entry(Some("Sales"), "SPE_E3", "ActiveWithError", "DependencyViolation")
                .user("bob")
                .in_group("Sales")
                .entry(Some("Sales"), "SPE_E3", "Disabled", "None")
                .user("cas")
                .in_group("Sales")
                .entry(Some("Sales"), "SPE_E3", "Hibernating", "None")
                .user("dot")
                .in_group("Sales")
                .keeps("Sales", "SPE_E3")
                .without_plans(&["SWAY"])
                .user("eve")
                .in_group("Sales")
                .fails("Sales", "SPE_E3", "MutuallyExclusiveViolation")
                .direct("SPE_E3")
                .build()
        },
    },
];

/// A product that Microsoft's table does not have, and of which the tenant does not tell the plans.
fn unknown_product() -> Directory {
    const PRODUCT: &str = "1ab00000-0000-4000-8000-000000000001";
    let lab = uuid!("1ab00000-0000-4000-8000-000000000002");
    let entry = json!({
        "skuId": PRODUCT, "assignedByGroup": lab.to_string(), "disabledPlans": [], "state": "Active", "error": "None",
    });
    tenant()
        .product("FLOW_FREE", 5)
        .property("skuId", json!(PRODUCT))
        .property("skuPartNumber", json!("LABPACK"))
        .property("servicePlans", json!([]))
        .property("consumedUnits", json!(1))
        .group("Lab")
        .id(lab)
        .processing("ProcessingComplete")
        .property("assignedLicenses", json!([{ "skuId": PRODUCT, "disabledPlans": [] }]))
        .user("ada")
        .in_group("Lab")
        .property("licenseAssignmentStates", json!([entry]))
        .build()
}
