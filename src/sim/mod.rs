//! A simulated tenant that speaks Microsoft Graph v1.0: behind `tollgate simulate`, `--demo` and the tests.
//!
//! It is strict where Graph is, so that it proves the scanner behaves: advanced queries need their header on every
//! page, unknown properties are refused, tokens are checked, page tokens are opaque. It reads only, calls nobody,
//! and knows nothing of the rest of the program: the tenants here are Graph objects, and what is wrong with them
//! is for the rules to find.
//!
//! ```no_run
//! use tollgate::sim::{self, Options, Tenant};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let tenant: Tenant = "lab".parse()?;
//! let server = sim::serve(tenant.directory(), Options::default()).await?;
//! assert!(server.graph_url().starts_with("https://127.0.0.1:"));
//! server.stop().await;
//! # Ok(())
//! # }
//! ```

mod answer;
mod batch;
mod builder;
mod cases;
mod connection;
mod contoso;
mod directory;
mod errors;
mod faults;
mod filter;
mod generated;
mod lab;
mod names;
mod products;
mod property;
mod query;
mod server;
mod teams;
mod token;

#[cfg(test)]
mod tests;

use std::str::FromStr;

pub use builder::TenantBuilder;
pub use cases::{Case, Place, cases, expected_at, where_found};
pub use contoso::{ContosoVariant, Planted, PlantedKind, demo_plan, planted, planted_with_plan};
pub use directory::{
    AssignedLicense, AssignmentState, Directory, Group, Member, MemberAccess, Organization, Other, Overrides,
    Plans, ServicePlan, Sku, Subscription, Text, Units, User,
};
pub use faults::{Fault, FaultError, FaultKind, When};
pub use lab::LabVariant;
pub use products::{PRODUCTS, Product, product};
pub use server::{Options, Server, SimError, serve};
pub use teams::team_class;

/// The simulator's clock stands still here, so that a demo gives the same bytes every day.
pub const DEMO_NOW: &str = "2026-11-16T08:00:00Z";

/// The tenants that can be simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tenant {
    /// Microsoft's test lab guide, at one of its moments.
    Lab(LabVariant),
    /// The demo company.
    Contoso(ContosoVariant),
    /// A large one, made from a seed.
    Generated {
        /// How many accounts, about.
        users: u32,
        /// The same seed gives the same tenant.
        seed: u64,
        /// How many members in a hundred have something wrong.
        trouble: u8,
        /// How many licensed groups; without it there are the more the more accounts there are.
        licensed: Option<u32>,
        /// How many groups without licenses, of ten kinds: see [`team_class`].
        teams: u32,
    },
    /// One of the [cases](cases()).
    Case(&'static Case),
}

impl Tenant {
    /// A generated tenant with 1 % of its members in trouble, and licensed groups only.
    pub fn generated(users: u32, seed: u64) -> Self {
        Self::Generated { users, seed, trouble: 1, licensed: None, teams: 0 }
    }

    /// The names that [`Tenant::from_str`] takes, in the order of a help text; those of the [cases](cases()), which
    /// are for tests, are left out.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let small = Self::small();
        small.map(|(name, _)| name).chain(["generated"])
    }

    fn small() -> impl Iterator<Item = (&'static str, Self)> {
        let contoso = [
            ("contoso", Self::Contoso(ContosoVariant::AsFound)),
            ("contoso-repaired", Self::Contoso(ContosoVariant::Repaired)),
        ];
        LabVariant::ALL.into_iter().map(|(name, variant)| (name, Self::Lab(variant))).chain(contoso)
    }

    /// Makes the tenant.
    pub fn directory(self) -> Directory {
        match self {
            Self::Lab(variant) => lab::lab(variant),
            Self::Contoso(variant) => contoso::contoso(variant),
            Self::Generated { users, seed, trouble, licensed, teams } => {
                let mut directory = generated::generated(users, seed, trouble, licensed);
                teams::add(&mut directory, teams, seed);
                directory
            }
            Self::Case(case) => case.directory(),
        }
    }

    /// What the server has to refuse so that the tenant is what its name says: see [`Options::deny`].
    pub fn deny(self) -> &'static [Collection] {
        match self {
            Self::Case(case) => case.deny,
            _ => &[],
        }
    }
}

/// There is no simulated tenant of that name.
#[derive(Clone, Debug, thiserror::Error)]
#[error("there is no simulated tenant named {name:?}; there are {}", Tenant::names().collect::<Vec<_>>().join(", "))]
pub struct UnknownTenant {
    /// The name asked for.
    pub name: String,
}

impl FromStr for Tenant {
    type Err = UnknownTenant;

    fn from_str(name: &str) -> Result<Self, UnknownTenant> {
        if name == "generated" {
            return Ok(Self::generated(1_000, 1));
        }
        if let Some(case) = cases::case(name) {
            return Ok(Self::Case(case));
        }
        let known = Self::small().find(|(known, _)| *known == name);
        known.map(|(_, tenant)| tenant).ok_or_else(|| UnknownTenant { name: name.to_owned() })
    }
}

/// A collection that can be refused, as Graph does when a permission is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Collection {
    /// `/users` and what is below.
    Users,
    /// `/groups` and single groups.
    Groups,
    /// The memberships of groups.
    Members,
    /// `/groups` with `$expand=owners`.
    Owners,
    /// `/subscribedSkus`.
    SubscribedSkus,
    /// `/directory/subscriptions`.
    Subscriptions,
    /// `/organization`.
    Organization,
    /// `/directory/deletedItems`.
    DeletedItems,
}
