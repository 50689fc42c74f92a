//! The tenant of Microsoft's test lab guide "Automate licenses and group membership", at its end and on the way.
//!
//! The guide gives no seat numbers; 25, as trials usually have, is ours.

use uuid::uuid;

use super::builder::TenantBuilder;
use super::directory::Directory;

/// A moment of the lab. The documentation expects of it what the line says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LabVariant {
    /// The guide done: User 4 is in Sales by rule and holds Microsoft 365 E5 from it. Every criterion passes.
    #[default]
    Done,
    /// Before User 4 has a department: a licensed group without members. Nothing is wrong, nobody to license.
    Before,
    /// User 4 has just joined: the license is queued, which is pending and no failure.
    Processing,
    /// User 4 went to Accounting: out of the group, license gone, as the guide wants it.
    Left,
    /// User 4 went to Accounting, the license did not go along: the removal failed.
    Leaving,
    /// No seat was left for User 4: "new users stay without until some become available".
    NoSeats,
    /// The rule of Sales is paused: who joins or leaves is not noticed.
    Paused,
    /// A B2B guest with department Sales joined by rule: such groups should not be licensed.
    Guest,
    /// User 4 kept the direct license that step 3 removes: works, but would survive leaving the group.
    Direct,
    /// Sales is not security enabled: such a group cannot be licensed.
    NotSecurity,
    /// No group at all: nothing is configured.
    Empty,
    /// Groups, but neither licenses nor products: nothing is configured.
    Unlicensed,
}

impl LabVariant {
    /// The variants behind `lab-`, each with its name.
    pub const ALL: [(&'static str, Self); 12] = [
        ("lab", Self::Done),
        ("lab-before", Self::Before),
        ("lab-processing", Self::Processing),
        ("lab-left", Self::Left),
        ("lab-leaving", Self::Leaving),
        ("lab-no-seats", Self::NoSeats),
        ("lab-paused", Self::Paused),
        ("lab-guest", Self::Guest),
        ("lab-direct", Self::Direct),
        ("lab-not-security", Self::NotSecurity),
        ("lab-empty", Self::Empty),
        ("lab-unlicensed", Self::Unlicensed),
    ];
}

const SALES: &str = "Sales";
const E5: &str = "SPE_E5";

/// The lab's tenant at that moment.
pub(super) fn lab(variant: LabVariant) -> Directory {
    use LabVariant as V;

    let mut tenant = TenantBuilder::new("Contoso Toy Company", "contosotoycompany.onmicrosoft.com");
    if variant != V::Unlicensed {
        tenant =
            tenant.product(E5, if variant == V::NoSeats { 3 } else { 25 }).product("ENTERPRISEPREMIUM", 25);
    }
    if variant != V::Empty {
        tenant = tenant
            .group(SALES)
            .id(uuid!("5a1e5000-0000-4000-8000-000000000001"))
            .microsoft365()
            .dynamic("(user.department -eq \"Sales\")")
            .owned_by("admin");
        tenant = match variant {
            V::Unlicensed => tenant,
            V::Processing => tenant.grants(E5).processing("QueuedForProcessing"),
            V::Paused => tenant.grants(E5).paused(),
            V::NotSecurity => tenant.grants(E5).not_security(),
            _ => tenant.grants(E5),
        };
    }
    for (name, shown, id) in [
        ("admin", "Global Administrator", uuid!("05e40000-0000-4000-8000-000000000001")),
        ("user2", "User 2", uuid!("05e40000-0000-4000-8000-000000000002")),
        ("user3", "User 3", uuid!("05e40000-0000-4000-8000-000000000003")),
    ] {
        tenant = tenant.user(name).id(id).property("displayName", shown.into()).located("US");
        if variant != V::Unlicensed {
            tenant = tenant.direct(E5);
        }
    }
    tenant = tenant
        .user("user4")
        .id(uuid!("05e40000-0000-4000-8000-000000000004"))
        .property("displayName", "User 4".into())
        .located("US");
    tenant = match variant {
        V::Before => tenant,
        V::Left => tenant.works_in("Accounting", ""),
        V::Leaving => tenant.works_in("Accounting", "").keeps(SALES, E5),
        V::Empty => tenant.works_in(SALES, "").direct(E5),
        _ => tenant.works_in(SALES, "").in_group(SALES),
    };
    tenant = match variant {
        V::Processing => tenant.unnoticed_by(SALES),
        V::NoSeats => tenant.fails(SALES, E5, "CountViolation"),
        V::Direct => tenant.direct(E5),
        V::Guest => tenant
            .user("pilar_fabrikam.example#EXT#@contosotoycompany.onmicrosoft.com")
            .named("Pilar", "Núñez")
            .works_in(SALES, "")
            .invited()
            .in_group(SALES),
        _ => tenant,
    };
    tenant.build()
}
