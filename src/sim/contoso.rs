//! The demo: a company of three hundred people that introduced group-based licensing, and what went wrong since.
//!
//! Everything agrees with everything else but for the faults that are planted, and [`planted`] lists what an
//! audit has to say about them, advisories included. The list was derived from the definitions of the criteria,
//! not from a run of the rules. Verdict: fail.

use std::ops::Range;

use super::builder::TenantBuilder;
use super::directory::Directory;
use super::names::{FAMILY, GIVEN, plain};

/// The company, before or after the faults were repaired.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ContosoVariant {
    /// With all planted faults.
    #[default]
    AsFound,
    /// Without them: every criterion passes.
    Repaired,
}

/// What kind of statement an audit makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlantedKind {
    /// Breaks the criterion.
    Violation,
    /// Worth knowing; changes no verdict.
    Advisory,
    /// Could not be judged.
    Gap,
}

/// One finding or gap that an audit of the demo must report: at the top level, not folded under another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planted {
    /// The criterion it stands under.
    pub criterion: &'static str,
    /// Its code.
    pub code: &'static str,
    /// Violation, advisory or gap.
    pub kind: PlantedKind,
    /// Display name of the group it names.
    pub group: Option<&'static str>,
    /// User principal name of the user it names.
    pub user: Option<&'static str>,
    /// Part number of the SKU it names.
    pub sku: Option<&'static str>,
    /// What is wrong in the tenant.
    pub why: &'static str,
}

impl Planted {
    const fn new(kind: PlantedKind, criterion: &'static str, code: &'static str, why: &'static str) -> Self {
        Self { criterion, code, kind, group: None, user: None, sku: None, why }
    }
    const fn group(mut self, display_name: &'static str) -> Self {
        self.group = Some(display_name);
        self
    }
    const fn user(mut self, user_principal_name: &'static str) -> Self {
        self.user = Some(user_principal_name);
        self
    }
    const fn sku(mut self, part_number: &'static str) -> Self {
        self.sku = Some(part_number);
        self
    }
}

const OFFICE_AND_EMS: &str = "LIC Office 365 E3 + EMS E3";
const M365_E3: &str = "LIC Microsoft 365 E3";
const M365_E5: &str = "LIC Microsoft 365 E5";
const SALES: &str = "Sales";
const OFFICE_ONLY: &str = "LIC Office 365 E3 only";
const NEW_HIRES: &str = "LIC New hires";
const WAREHOUSE: &str = "Warehouse Zuid";
const FINANCE: &str = "Finance";
const DELETED: &str = "LIC Office 365 E1";
const MISSING: &str = "LIC Frontline";

const GUEST: &str = "pilar.ruiz_fabrikam.example#EXT#@contoso.example";
const DISGUISED: &str = "henrik.lund_northwind.example#EXT#@contoso.example";
const INTERNAL_GUEST: &str = "lotte.veenstra@contoso.example";
const WITHOUT_SEAT: [&str; 3] =
    ["maud.terpstra@contoso.example", "renzo.caruso@contoso.example", "zeynep.aydin@contoso.example"];
const CONFLICTING: &str = "jerome.lacroix@contoso.example";
const UNNOTICED: &str = "femke.zijlstra@contoso.example";
const LEAVER: &str = "sjoerd.postma@contoso.example";
const NESTED: [&str; 3] =
    ["ruud.hoekstra@contoso.example", "anniek.wiersma@contoso.example", "tygo.kramer@contoso.example"];
const TWICE: &str = "ingrid.sandvik@contoso.example";
const BLOCKED: &str = "cornelis.boersma@contoso.example";
const NOWHERE: &str = "amelie.girard@contoso.example";
const ORPHAN: &str = "pavel.horak@contoso.example";
const PENDING: [&str; 2] = ["nina.ostergaard@contoso.example", "luuk.feenstra@contoso.example"];
const PACKERS: [&str; 4] = [
    "berend.nauta@contoso.example",
    "gerda.haisma@contoso.example",
    "wim.algra@contoso.example",
    "trijntje.faber@contoso.example",
];

/// A group that once handed out licenses and is not even in the recycle bin any more.
const GONE: &str = "0ddba11e-4d3c-4b2a-9f10-7e57ab1e0001";

const CONFIGURED: &str = "groups-configured";
const NO_B2B: &str = "no-b2b-groups-licensed";
const SEATS: &str = "enough-seats";
const LICENSED: &str = "members-fully-licensed";

use PlantedKind::{Advisory, Gap, Violation};

/// What every audit of the tenant as found reports, with a plan or without.
const ALWAYS: &[Planted] = &[
    Planted::new(
        Advisory,
        CONFIGURED,
        "license-processing-not-complete",
        "its state is ProcessingInProgress",
    )
    .group(NEW_HIRES),
    Planted::new(Advisory, CONFIGURED, "membership-rule-paused", "who joins or leaves is not noticed")
        .group(SALES),
    Planted::new(Advisory, CONFIGURED, "not-a-plain-security-group", "it is a Microsoft 365 group")
        .group(SALES),
    Planted::new(Violation, NO_B2B, "guest-in-licensed-group", "a B2B guest")
        .group(OFFICE_AND_EMS)
        .user(GUEST),
    Planted::new(Violation, NO_B2B, "guest-in-licensed-group", "a B2B account whose userType is Member")
        .group(M365_E3)
        .user(DISGUISED),
    Planted::new(
        Advisory,
        NO_B2B,
        "internal-guest",
        "userType is Guest, but the account is the company's own",
    )
    .group(OFFICE_AND_EMS)
    .user(INTERNAL_GUEST),
    Planted::new(Advisory, NO_B2B, "dynamic-rule-admits-guests", "the rule tests the department only")
        .group(SALES),
    Planted::new(Violation, SEATS, "seats-exhausted", "three members wait and no seat is free").sku("EMS"),
    Planted::new(Violation, SEATS, "demand-exceeds-seats", "three members more than seats").sku("EMS"),
    Planted::new(Advisory, SEATS, "no-seat-left", "all seats are held").sku("EMS"),
    Planted::new(Advisory, SEATS, "subscription-lapses", "it ends on 5 December").sku("ENTERPRISEPACK"),
    Planted::new(Advisory, SEATS, "seats-in-grace", "20 of 105 seats are past their end, and needed")
        .sku("SPE_E3"),
    Planted::new(Violation, LICENSED, "assignment-error", "CountViolation for EMS; Office 365 says Other")
        .group(OFFICE_AND_EMS)
        .user(WITHOUT_SEAT[0])
        .sku("EMS"),
    Planted::new(Violation, LICENSED, "assignment-error", "CountViolation for EMS; Office 365 says Other")
        .group(OFFICE_AND_EMS)
        .user(WITHOUT_SEAT[1])
        .sku("EMS"),
    Planted::new(Violation, LICENSED, "assignment-error", "CountViolation for EMS; Office 365 says Other")
        .group(OFFICE_AND_EMS)
        .user(WITHOUT_SEAT[2])
        .sku("EMS"),
    Planted::new(Violation, LICENSED, "assignment-error", "MutuallyExclusiveViolation with Office 365 E1")
        .group(M365_E5)
        .user(CONFLICTING)
        .sku("SPE_E5"),
    Planted::new(
        Violation,
        LICENSED,
        "not-licensed-without-error",
        "no entry at all, though processing is complete",
    )
    .group(M365_E3)
    .user(UNNOTICED)
    .sku("SPE_E3"),
    Planted::new(Violation, LICENSED, "member-through-nested-group", "licenses stop at direct members")
        .group(OFFICE_ONLY)
        .user(NESTED[0])
        .sku("ENTERPRISEPACK"),
    Planted::new(Violation, LICENSED, "member-through-nested-group", "licenses stop at direct members")
        .group(OFFICE_ONLY)
        .user(NESTED[1])
        .sku("ENTERPRISEPACK"),
    Planted::new(Violation, LICENSED, "member-through-nested-group", "licenses stop at direct members")
        .group(OFFICE_ONLY)
        .user(NESTED[2])
        .sku("ENTERPRISEPACK"),
    Planted::new(Violation, LICENSED, "nested-group-members-not-licensed", "all three of its members")
        .group(WAREHOUSE),
    Planted::new(Violation, LICENSED, "license-left-behind", "left the group, kept the license")
        .group(M365_E5)
        .user(LEAVER),
    Planted::new(Gap, LICENSED, "license-pending", "joined a group that is still processing")
        .group(NEW_HIRES)
        .user(PENDING[0])
        .sku("SPE_E3"),
    Planted::new(Gap, LICENSED, "license-pending", "joined a group that is still processing")
        .group(NEW_HIRES)
        .user(PENDING[1])
        .sku("SPE_E3"),
    Planted::new(
        Advisory,
        LICENSED,
        "direct-and-inherited",
        "the direct license would survive leaving the group",
    )
    .group(M365_E3)
    .user(TWICE)
    .sku("SPE_E3"),
    Planted::new(Advisory, LICENSED, "orphan-assignment", "the group it came from is gone")
        .user(ORPHAN)
        .sku("ENTERPRISEPACK"),
    Planted::new(Advisory, LICENSED, "disabled-account-holds-seat", "sign-in is blocked")
        .group(M365_E3)
        .user(BLOCKED),
    Planted::new(Advisory, LICENSED, "usage-location-missing", "the directory's location stands in")
        .group(OFFICE_AND_EMS)
        .user(NOWHERE),
];

/// What only an audit without targets reports.
const WITHOUT_PLAN: &[Planted] = &[Planted::new(
    Advisory,
    CONFIGURED,
    "no-plan-given",
    "no configuration names the groups that are meant",
)];

/// What only an audit with [`demo_plan`] reports.
const WITH_PLAN: &[Planted] = &[
    Planted::new(Violation, CONFIGURED, "missing-product", "it hands out Office 365 but not EMS")
        .group(OFFICE_ONLY),
    Planted::new(Violation, CONFIGURED, "target-not-found", "there is no such group").group(MISSING),
    Planted::new(Violation, CONFIGURED, "target-deleted", "in the recycle bin since 2 November")
        .group(DELETED),
    Planted::new(Violation, CONFIGURED, "no-license-assigned", "it hands out nothing").group(FINANCE),
    Planted::new(Advisory, CONFIGURED, "unplanned-licensed-group", "licensed, but no target")
        .group(OFFICE_AND_EMS),
    Planted::new(Advisory, CONFIGURED, "unplanned-licensed-group", "licensed, but no target").group(M365_E5),
    Planted::new(Advisory, CONFIGURED, "unplanned-licensed-group", "licensed, but no target").group(SALES),
    Planted::new(Advisory, CONFIGURED, "unplanned-licensed-group", "licensed, but no target")
        .group(NEW_HIRES),
    Planted::new(Violation, LICENSED, "missing-product", "no EMS from anywhere")
        .group(OFFICE_ONLY)
        .user(PACKERS[0]),
    Planted::new(Violation, LICENSED, "missing-product", "no EMS from anywhere")
        .group(OFFICE_ONLY)
        .user(PACKERS[1]),
    Planted::new(Violation, LICENSED, "missing-product", "no EMS from anywhere")
        .group(OFFICE_ONLY)
        .user(PACKERS[2]),
    Planted::new(Violation, LICENSED, "missing-product", "no EMS from anywhere")
        .group(OFFICE_ONLY)
        .user(PACKERS[3]),
];

/// The complete list of findings and gaps for an audit of [`ContosoVariant::AsFound`] without any configuration.
pub fn planted() -> Vec<Planted> {
    [WITHOUT_PLAN, ALWAYS].concat()
}

/// The same for an audit with [`demo_plan`].
pub fn planted_with_plan() -> Vec<Planted> {
    [WITH_PLAN, ALWAYS].concat()
}

/// A configuration for the demo: one target as it should be, one without EMS, one that was never made, one in the
/// recycle bin, and one that nobody licensed.
pub const fn demo_plan() -> &'static str {
    r#"# The groups that Contoso means to license automatically.

[[target]]
group = "LIC Microsoft 365 E3"

[[target]]
group = "LIC Office 365 E3 only"

[[target]]
group = "LIC Frontline"

[[target]]
group = "LIC Office 365 E1"

[[target]]
group = "Finance"
"#
}

/// The company.
pub(super) fn contoso(variant: ContosoVariant) -> Directory {
    let found = variant == ContosoVariant::AsFound;
    let tenant = TenantBuilder::new("Contoso", "contoso.example");
    let tenant = staff(groups(products(tenant, found), found));
    if found { faults(tenant) } else { tenant }.build()
}

fn products(tenant: TenantBuilder, found: bool) -> TenantBuilder {
    let tenant = if found {
        tenant
            .product("ENTERPRISEPACK", 140)
            .lapses("2026-12-05T00:00:00Z")
            .product("EMS", 108)
            .product("SPE_E3", 85)
            .in_grace(20, "2027-01-10T00:00:00Z")
    } else {
        tenant.product("ENTERPRISEPACK", 125).product("EMS", 120).product("SPE_E3", 98)
    };
    tenant
        .product("SPE_E5", 28)
        .product("STANDARDPACK", 10)
        .product("VISIOCLIENT", 5)
        .product("FLOW_FREE", 10_000)
}

fn groups(tenant: TenantBuilder, found: bool) -> TenantBuilder {
    let tenant = tenant
        .group(OFFICE_AND_EMS)
        .described("Office staff and engineers")
        .owned_by(&account(163))
        .owned_by(&account(165))
        .grants("ENTERPRISEPACK")
        .grants("EMS")
        .contains("device", "LAPTOP-UTR-014")
        .group(M365_E3)
        .described("Finance, HR and Legal")
        .owned_by(&account(163))
        .owned_by_application("Identity provisioning")
        .dynamic(r#"(user.userType -eq "Member") -and (user.department -in ["Finance", "HR", "Legal"])"#)
        .grants("SPE_E3")
        .group(M365_E5)
        .described("Management and security")
        .owned_by(&account(163))
        .grants("SPE_E5")
        .group(SALES)
        .described("Everybody in Sales, with a mailbox and a team")
        .owned_by(&account(186))
        .microsoft365();
    let tenant = if found {
        tenant.dynamic(r#"(user.department -eq "Sales")"#).paused()
    } else {
        tenant.dynamic(r#"(user.userType -eq "Member") -and (user.department -eq "Sales")"#)
    };
    let tenant = tenant.grants("SPE_E3").group(NEW_HIRES).described("First weeks").grants("SPE_E3");
    let tenant = if found { tenant.processing("ProcessingInProgress") } else { tenant };
    let tenant = if found {
        tenant
            .group(OFFICE_ONLY)
            .described("Packing stations")
            .grants("ENTERPRISEPACK")
            .contains_group(WAREHOUSE)
            .group(WAREHOUSE)
            .described("The new warehouse in Breda")
            .owned_by(&account(3))
    } else {
        tenant
    };
    tenant
        .group(FINANCE)
        .described("Access to the ledger")
        .owned_by(&account(105))
        .contains("servicePrincipal", "Ledger export")
        .group("Project Tulip")
        .described("With our partners")
        .owned_by(&account(1))
        .microsoft365()
        .not_security()
        .group("Marketing Campaigns")
        .owned_by(&account(1))
        .owned_by(&account(5))
        .microsoft365()
        .group("All staff NL")
        .distribution_list()
        .group("Windows laptops")
        .dynamic(r#"(device.deviceOSType -eq "Windows")"#)
        .contains("device", "LAPTOP-UTR-015")
        .contains("device", "LAPTOP-GNT-002")
        .group("Everyone in Ghent")
        .dynamic(r#"(user.city -eq "Gent")"#)
        .group(DELETED)
        .described("Before the move to E3")
        .deleted("2026-11-02T10:15:00Z")
}

/// Everybody with whom nothing is wrong.
fn staff(mut tenant: TenantBuilder) -> TenantBuilder {
    const OFFICE: [(&str, &str); 4] = [
        ("Engineering", "Engineer"),
        ("Marketing", "Marketer"),
        ("Support", "Agent"),
        ("Logistics", "Planner"),
    ];
    const CORPORATE: [(&str, &str); 3] = [("Finance", "Controller"), ("HR", "Adviser"), ("Legal", "Counsel")];
    const LEADING: [(&str, &str); 2] = [("Management", "Director"), ("Security", "Analyst")];

    tenant = colleagues(tenant, 0..105, &OFFICE, &[OFFICE_AND_EMS, "All staff NL"]);
    tenant = colleagues(tenant, 105..163, &CORPORATE, &[M365_E3, "All staff NL"]);
    tenant = colleagues(tenant, 163..186, &LEADING, &[M365_E5]);
    tenant = colleagues(tenant, 186..214, &[("Sales", "Account manager")], &[SALES]);
    tenant = colleagues(tenant, 214..217, &[("Engineering", "Trainee")], &[NEW_HIRES]);
    tenant = colleagues(tenant, 217..262, &[("Production", "Operator")], &["All staff NL"]);
    for number in 262..274 {
        let (given, family) = name(number);
        let account = format!("{}.{}_fabrikam.example#EXT#", plain(given), plain(family));
        tenant = tenant.user(&account).named(given, family).invited().in_group("Project Tulip");
    }
    tenant.user("room.amsterdam").named("Room", "Amsterdam").disabled().direct("FLOW_FREE")
}

fn colleagues(
    mut tenant: TenantBuilder,
    numbers: Range<usize>,
    jobs: &[(&'static str, &'static str)],
    groups: &[&str],
) -> TenantBuilder {
    for number in numbers {
        let (given, family) = name(number);
        let (department, job_title) = jobs[number % jobs.len()];
        tenant = tenant
            .user(&account(number))
            .named(given, family)
            .works_in(department, job_title)
            .located(["NL", "NL", "NL", "BE", "DE"][number % 5]);
        for group in groups {
            tenant = tenant.in_group(group);
        }
        if department == "Finance" {
            tenant = tenant.in_group(FINANCE);
        }
        if department == "Marketing" {
            tenant = tenant.in_group("Marketing Campaigns").in_group("Project Tulip");
        }
    }
    tenant
}

/// What the account of that number signs in with, before the domain.
fn account(number: usize) -> String {
    let (given, family) = name(number);
    format!("{}.{}", plain(given), plain(family))
}

/// A name for each number, and no two alike.
fn name(number: usize) -> (&'static str, &'static str) {
    (GIVEN[number % GIVEN.len()], FAMILY[(number * 5 + number / GIVEN.len()) % FAMILY.len()])
}

/// The people with whom something is wrong.
fn faults(tenant: TenantBuilder) -> TenantBuilder {
    let mut tenant = tenant
        .user(GUEST)
        .named("Pilar", "Ruiz")
        .invited()
        .located("ES")
        .in_group(OFFICE_AND_EMS)
        .user(DISGUISED)
        .named("Henrik", "Lund")
        .invited()
        .user_type("Member")
        .located("DK")
        .works_in("Legal", "External counsel")
        .in_group(M365_E3)
        .user(INTERNAL_GUEST)
        .named("Lotte", "Veenstra")
        .user_type("Guest")
        .works_in("Support", "Receptionist")
        .in_group(OFFICE_AND_EMS)
        .user(CONFLICTING)
        .named("Jérôme", "Lacroix")
        .works_in("Security", "Analyst")
        .direct("STANDARDPACK")
        .in_group(M365_E5)
        .fails(M365_E5, "SPE_E5", "MutuallyExclusiveViolation")
        .user(UNNOTICED)
        .named("Femke", "Zijlstra")
        .works_in("HR", "Recruiter")
        .in_group(M365_E3)
        .unnoticed_by(M365_E3)
        .user(LEAVER)
        .named("Sjoerd", "Postma")
        .works_in("Production", "Operator")
        .keeps(M365_E5, "SPE_E5")
        .user(TWICE)
        .named("Ingrid", "Sandvik")
        .works_in("Finance", "Controller")
        .in_group(M365_E3)
        .direct("SPE_E3")
        .user(BLOCKED)
        .named("Cornelis", "Boersma")
        .works_in("Legal", "Counsel")
        .disabled()
        .in_group(M365_E3)
        .user(NOWHERE)
        .named("Amélie", "Girard")
        .works_in("Engineering", "Engineer")
        .located("")
        .in_group(OFFICE_AND_EMS)
        .user(ORPHAN)
        .named("Pavel", "Horák")
        .works_in("Production", "Operator")
        .keeps(GONE, "ENTERPRISEPACK");
    for (account, (given, family)) in
        WITHOUT_SEAT.into_iter().zip([("Maud", "Terpstra"), ("Renzo", "Caruso"), ("Zeynep", "Aydın")])
    {
        tenant = tenant
            .user(account)
            .named(given, family)
            .works_in("Support", "Agent")
            .in_group(OFFICE_AND_EMS)
            .fails(OFFICE_AND_EMS, "EMS", "CountViolation");
    }
    for (account, (given, family)) in
        NESTED.into_iter().zip([("Ruud", "Hoekstra"), ("Anniek", "Wiersma"), ("Tygo", "Kramer")])
    {
        tenant =
            tenant.user(account).named(given, family).works_in("Logistics", "Picker").in_group(WAREHOUSE);
    }
    for (account, (given, family)) in PENDING.into_iter().zip([("Nina", "Østergaard"), ("Luuk", "Feenstra")])
    {
        tenant = tenant
            .user(account)
            .named(given, family)
            .works_in("Engineering", "Trainee")
            .in_group(NEW_HIRES)
            .unnoticed_by(NEW_HIRES);
    }
    for (account, (given, family)) in PACKERS.into_iter().zip([
        ("Berend", "Nauta"),
        ("Gerda", "Haisma"),
        ("Wim", "Algra"),
        ("Trijntje", "Faber"),
    ]) {
        tenant =
            tenant.user(account).named(given, family).works_in("Logistics", "Packer").in_group(OFFICE_ONLY);
    }
    tenant
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use uuid::Uuid;

    use super::*;
    use crate::sim::directory::Member;

    fn has_entry_in_force(directory: &Directory, user: usize, sku: Uuid) -> bool {
        directory.users[user].holds(sku)
    }

    /// Part number → capacity, consumed, demand, waiting, counted here from the objects.
    fn figures(directory: &Directory) -> BTreeMap<String, (i64, i64, usize, usize)> {
        let mut figures = BTreeMap::new();
        for sku in &directory.skus {
            let mut members = BTreeSet::new();
            for group in &directory.groups {
                if group.assigned_licenses.iter().any(|license| license.sku_id == sku.sku_id) {
                    members.extend(group.members.iter().filter_map(|member| match member {
                        Member::User(place) => Some(*place as usize),
                        _ => None,
                    }));
                }
            }
            if members.is_empty() {
                continue;
            }
            let waiting =
                members.iter().filter(|&&user| !has_entry_in_force(directory, user, sku.sku_id)).count();
            let direct = (0..directory.users.len()).filter(|&user| {
                let mut entries = directory.users[user].license_assignment_states.iter();
                entries.any(|entry| entry.sku_id == sku.sku_id && entry.assigned_by_group.is_none())
            });
            let demand = direct.collect::<BTreeSet<_>>().union(&members).count();
            let units = sku.prepaid_units;
            figures.insert(
                sku.part_number.to_string(),
                (units.enabled + units.warning, sku.consumed_units, demand, waiting),
            );
        }
        figures
    }

    #[test]
    fn the_seats_are_as_the_story_says() {
        let found = figures(&contoso(ContosoVariant::AsFound));
        let expected = [
            ("EMS", (108, 108, 111, 3)),
            ("ENTERPRISEPACK", (140, 113, 115, 3)),
            ("SPE_E3", (105, 92, 95, 3)),
            ("SPE_E5", (28, 24, 24, 1)),
        ];
        assert_eq!(found, expected.map(|(part, figures)| (part.to_owned(), figures)).into());
    }

    /// The codes of `enough-seats` that a SKU deserves, from the figures and the subscriptions.
    #[test]
    fn what_is_said_of_seats_follows_from_the_figures() {
        let directory = contoso(ContosoVariant::AsFound);
        let now: jiff::Timestamp = crate::sim::DEMO_NOW.parse().expect("a time");
        let mut found = BTreeSet::new();
        for (part, (capacity, consumed, demand, waiting)) in figures(&directory) {
            let [demand, waiting] = [demand, waiting].map(|count| i64::try_from(count).expect("few"));
            let free = capacity - consumed;
            let sku = directory.skus.iter().find(|sku| sku.part_number == *part).expect("owned");
            let units = sku.prepaid_units;
            let lapses = directory.subscriptions.iter().any(|subscription| {
                let next = subscription.next_lifecycle.expect("all of them have a date");
                subscription.sku_id == sku.sku_id && next <= now + jiff::SignedDuration::from_hours(30 * 24)
            });
            for (holds, code) in [
                (waiting > 0 && waiting > free, "seats-exhausted"),
                (demand > capacity, "demand-exceeds-seats"),
                (consumed > capacity, "over-consumed"),
                (units.warning > 0 && demand.max(consumed + waiting) > units.enabled, "seats-in-grace"),
                (0 < free && free * 20 < capacity, "low-headroom"),
                (free == 0, "no-seat-left"),
                (lapses, "subscription-lapses"),
                (free * 5 > capacity && free >= 10, "unused-seats"),
            ] {
                if holds {
                    found.insert((part.clone(), code));
                }
            }
        }
        let planted = planted().into_iter().filter(|planted| planted.criterion == SEATS);
        let expected: BTreeSet<_> =
            planted.map(|planted| (planted.sku.expect("a SKU").to_owned(), planted.code)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn every_finding_names_what_there_is() {
        let directory = contoso(ContosoVariant::AsFound);
        for planted in planted().into_iter().chain(planted_with_plan()) {
            if let Some(user) = planted.user {
                assert!(directory.users.iter().any(|known| known.user_principal_name == user), "{planted:?}");
            }
            if let Some(group) = planted.group {
                let known = directory.groups.iter().any(|known| known.display_name == group);
                let deleted = directory.deleted_groups.iter().any(|known| known.display_name == group);
                let expected = match planted.code {
                    "target-not-found" => (false, false),
                    "target-deleted" => (false, true),
                    _ => (true, false),
                };
                assert_eq!((known, deleted), expected, "{planted:?}");
            }
            if let Some(sku) = planted.sku {
                assert!(directory.skus.iter().any(|known| known.part_number == sku), "{planted:?}");
            }
        }
    }

    #[test]
    fn the_plan_names_the_groups_of_the_story() {
        let targets: Vec<&str> = demo_plan()
            .lines()
            .filter_map(|line| line.strip_prefix("group = "))
            .map(|name| name.trim_matches('"'))
            .collect();
        assert_eq!(targets, [M365_E3, OFFICE_ONLY, MISSING, DELETED, FINANCE]);
    }

    #[test]
    fn about_three_hundred_people_with_names_of_their_own() {
        for variant in [ContosoVariant::AsFound, ContosoVariant::Repaired] {
            let directory = contoso(variant);
            assert!((270..=310).contains(&directory.users.len()), "{}", directory.users.len());
            let accounts: BTreeSet<_> =
                directory.users.iter().map(|user| user.user_principal_name.to_lowercase()).collect();
            assert_eq!(accounts.len(), directory.users.len());
            let ids: BTreeSet<Uuid> = directory.users.iter().map(|user| user.id).collect();
            assert_eq!(ids.len(), directory.users.len());
        }
    }

    /// Members of licensed groups hold what the group hands out, but for the people named in the list.
    #[test]
    fn whoever_is_not_planted_is_licensed_as_the_groups_say() {
        for variant in [ContosoVariant::AsFound, ContosoVariant::Repaired] {
            let directory = contoso(variant);
            let named: BTreeSet<&str> = planted().iter().filter_map(|planted| planted.user).collect();
            for group in &directory.groups {
                for member in &group.members {
                    let Member::User(place) = *member else { continue };
                    let user = &directory.users[place as usize];
                    if named.contains(&*user.user_principal_name) {
                        assert_eq!(variant, ContosoVariant::AsFound);
                        continue;
                    }
                    for license in &group.assigned_licenses {
                        let entry = user.license_assignment_states.iter().find(|entry| {
                            entry.sku_id == license.sku_id && entry.assigned_by_group == Some(group.id)
                        });
                        let entry = entry.expect("an entry from the group");
                        assert_eq!((&*entry.state, &*entry.error), ("Active", "None"));
                        assert_eq!(entry.disabled_plans, license.disabled_plans);
                        assert!(user.account_enabled && !user.usage_location.is_empty());
                    }
                }
            }
        }
    }

    #[test]
    fn after_the_repair_seats_suffice_without_being_wasted() {
        for (part, (capacity, consumed, demand, waiting)) in figures(&contoso(ContosoVariant::Repaired)) {
            let free = capacity - consumed;
            assert_eq!(waiting, 0, "{part}");
            assert!(demand <= usize::try_from(capacity).expect("positive"), "{part}");
            assert!(free * 20 >= capacity, "{part}: less than 5 % is free");
            assert!(free * 5 <= capacity || free < 10, "{part}: more than 20 % is free");
        }
    }
}
