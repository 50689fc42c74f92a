//! Requirements, and what products do for them: met, not met, or nobody knows yet.

use super::context::Context;
use super::gaps;
use crate::catalogue::{self, Components, Edition, Suite};
use crate::tenant::{LicenseEntry, PlanSetIndex, SkuId, SkuIndex, Tenant, Usability};
use crate::verdict::Gap;

/// What a member needs, as the rules test it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Requirement {
    /// A suite, met by service plans.
    Suite(Suite, Edition),
    /// A product, met by itself only; its place in the tenant if anything mentions it.
    Sku(SkuId, Option<SkuIndex>),
}

impl Requirement {
    /// The product required; `None` for a suite.
    pub fn sku(self) -> Option<SkuId> {
        match self {
            Self::Suite(..) => None,
            Self::Sku(sku, _) => Some(sku),
        }
    }

    /// How people call it: the suite with its edition, or a part number.
    pub fn label(self, tenant: &Tenant) -> String {
        match self {
            Self::Suite(suite, edition) => suite_label(suite, edition).to_owned(),
            Self::Sku(id, index) => index
                .and_then(|index| tenant.part_number(index))
                .or_else(|| catalogue::product(id.0).map(|product| product.part_number))
                .map_or_else(|| id.to_string(), str::to_owned),
        }
    }

    /// The parts of a suite that these do not supply; empty for a product.
    pub(super) fn missing<'h>(self, holdings: impl IntoIterator<Item = &'h Holding>) -> Vec<&'static str> {
        match self {
            Self::Suite(suite, edition) => union(holdings).missing(suite, edition),
            Self::Sku(..) => Vec::new(),
        }
    }
}

fn suite_label(suite: Suite, edition: Edition) -> &'static str {
    match (suite, edition) {
        (Suite::Office365, Edition::E3) => "Office 365 E3",
        (Suite::Office365, Edition::E5) => "Office 365 E5",
        (Suite::Ems, Edition::E3) => "EMS E3",
        (Suite::Ems, Edition::E5) => "EMS E5",
    }
}

/// A product as a group hands it out or as a user has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Holding {
    sku: SkuIndex,
    /// What is switched on of it.
    parts: Components,
    /// Nobody knows its plans.
    plans_unknown: bool,
    /// Nobody knows whether its seats are in force, where that matters.
    in_doubt: bool,
}

impl Holding {
    /// A product with these plans off; whether its seats are in force is not looked at.
    pub(super) fn of(context: &Context<'_>, sku: SkuIndex, disabled: PlanSetIndex) -> Self {
        let plans_unknown = context.plans_unknown(sku);
        Self { sku, parts: context.components(sku, disabled), plans_unknown, in_doubt: false }
    }

    /// The same where only seats in force count; `None` where they are not.
    pub(super) fn in_force(context: &Context<'_>, sku: SkuIndex, disabled: PlanSetIndex) -> Option<Self> {
        let holding = Self::of(context, sku, disabled);
        match context.usability(sku) {
            Usability::Usable => Some(holding),
            Usability::Unusable => None,
            Usability::StatusUnreadable | Usability::CountersMissing | Usability::SeatsUnreadable => {
                Some(Self { in_doubt: true, ..holding })
            }
        }
    }

    /// What a user's entry gives, if its seat is in force.
    pub(super) fn of_entry(context: &Context<'_>, entry: LicenseEntry<'_>) -> Option<Self> {
        Self::in_force(context, entry.sku(), entry.disabled())
    }

    /// The same product with everything switched on.
    pub(super) fn all_on(self, context: &Context<'_>) -> Self {
        Self { parts: context.all_components(self.sku), ..self }
    }

    fn is_certain(self, requirement: Requirement) -> bool {
        !self.in_doubt && (!self.plans_unknown || requirement.sku().is_some())
    }

    fn at_best(self) -> Self {
        if self.plans_unknown { Self { parts: Components::everything(), ..self } } else { self }
    }

    fn touches(self, requirement: Requirement) -> bool {
        match requirement {
            Requirement::Suite(suite, _) => self.at_best().parts.touches(suite),
            Requirement::Sku(_, sku) => sku == Some(self.sku),
        }
    }
}

/// Whether a requirement is met.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    /// By what is certain.
    Yes,
    /// Not even at best.
    No,
    /// It hangs on these.
    Unknown(Vec<Gap>),
}

impl Answer {
    pub(super) fn is_yes(&self) -> bool {
        matches!(self, Self::Yes)
    }
}

/// Whether these products together meet a requirement: what is certain first, then what could be at best.
pub(super) fn answer(context: &Context<'_>, requirement: Requirement, holdings: &[Holding]) -> Answer {
    let certain = holdings.iter().filter(|holding| holding.is_certain(requirement));
    if met(requirement, certain.copied()) {
        return Answer::Yes;
    }
    if !met(requirement, holdings.iter().map(|holding| holding.at_best())) {
        return Answer::No;
    }
    let doubtful =
        holdings.iter().filter(|holding| !holding.is_certain(requirement) && holding.touches(requirement));
    let mut unknown = Vec::new();
    for holding in doubtful {
        if holding.plans_unknown && requirement.sku().is_none() {
            unknown.push(gaps::plans_missing(context, holding.sku));
        }
        if holding.in_doubt {
            unknown.extend(gaps::usability(context, holding.sku));
        }
    }
    Answer::Unknown(unknown)
}

fn met(requirement: Requirement, holdings: impl Iterator<Item = Holding>) -> bool {
    match requirement {
        Requirement::Suite(suite, edition) => {
            let parts = holdings.map(|holding| holding.parts);
            parts.fold(Components::default(), Components::union).satisfies(suite, edition)
        }
        Requirement::Sku(_, wanted) => {
            let mut holdings = holdings;
            wanted.is_some_and(|wanted| holdings.any(|holding| holding.sku == wanted))
        }
    }
}

fn union<'h>(holdings: impl IntoIterator<Item = &'h Holding>) -> Components {
    holdings.into_iter().fold(Components::default(), |all, holding| all.union(holding.parts))
}
