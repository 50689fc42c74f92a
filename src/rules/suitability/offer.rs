//! Which products a group would hand out: what its members have directly, else what licensed groups of the tenant
//! hand out, else what the tenant owns.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::catalogue::{Components, Edition, Suite};
use crate::rules::context::Context;
use crate::rules::holding::Requirement;
use crate::tenant::{Entries, GroupIndex, LicenseEntry, SkuIndex, Source, Usability, UserIndex};

/// The products that the criterion is about, and what the tenant hands out of them.
pub(super) struct Offers {
    /// By SKU index: supplies a whole suite.
    products: Vec<bool>,
    /// What would do for most: products that supply both suites together.
    usual: Vec<SkuIndex>,
}

impl Offers {
    pub(super) fn new(context: &Context<'_>) -> Self {
        let products = context
            .tenant
            .skus()
            .map(|(sku, _)| {
                let whole = |suite| context.all_components(sku).satisfies(suite, Edition::E3);
                !context.is_excluded_sku(sku)
                    && context.applies_to_users(sku)
                    && (whole(Suite::Office365) || whole(Suite::Ems))
            })
            .collect();
        let mut offers = Self { products, usual: Vec::new() };
        offers.usual = offers.of_groups(context).or_else(|| offers.of_the_shelf(context)).unwrap_or_default();
        offers
    }

    /// The products that supply a whole suite, in the order of ids.
    pub(super) fn all(&self, context: &Context<'_>) -> Vec<SkuIndex> {
        let skus = context.tenant.skus().map(|(sku, _)| sku);
        let mut all: Vec<SkuIndex> = skus.filter(|sku| self.is_product(*sku)).collect();
        all.sort_by_key(|sku| context.tenant.sku(*sku).id);
        all
    }

    /// Whether the product supplies a suite.
    pub(super) fn is_product(&self, sku: SkuIndex) -> bool {
        self.products[sku.index()]
    }

    /// The same, or the plan wants it for this group.
    pub(super) fn is_wanted(&self, context: &Context<'_>, group: GroupIndex, sku: SkuIndex) -> bool {
        self.is_product(sku) || required(context, group).any(|required| required == sku)
    }

    /// Whether nobody knows what is in the product, so that it may supply a suite.
    pub(super) fn is_unclear(&self, context: &Context<'_>, sku: SkuIndex) -> bool {
        !self.is_product(sku)
            && context.plans_unknown(sku)
            && context.applies_to_users(sku)
            && !context.is_excluded_sku(sku)
    }

    /// What the group would hand out, in the order of SKU ids.
    pub(super) fn products(
        &self,
        context: &Context<'_>,
        group: GroupIndex,
        members: &[UserIndex],
    ) -> Vec<SkuIndex> {
        let mut products: Vec<SkuIndex> = required(context, group).collect();
        let target = context.target(group);
        let suite = |requirement: &Requirement| matches!(requirement, Requirement::Suite(..));
        if target.is_none_or(|target| target.requirements.iter().any(suite)) {
            let held = self.held_directly(context, members);
            products.extend(if held.is_empty() { self.usual.clone() } else { held });
        }
        products.sort_by_key(|sku| context.tenant.sku(*sku).id);
        products.dedup();
        products
    }

    /// What most members have directly, if it supplies both suites.
    fn held_directly(&self, context: &Context<'_>, members: &[UserIndex]) -> Vec<SkuIndex> {
        let mut counts: BTreeMap<Vec<SkuIndex>, usize> = BTreeMap::new();
        for user in members {
            let entries = context.tenant.user(*user).entries().into_iter().flat_map(Entries::iter);
            let direct = entries.filter(|entry| {
                entry.source() == Source::Direct && entry.state().holds_seat() && self.is_product(entry.sku())
            });
            let mut held: Vec<SkuIndex> = direct.map(LicenseEntry::sku).collect();
            held.sort_unstable();
            held.dedup();
            if is_both(context, &held) {
                *counts.entry(held).or_default() += 1;
            }
        }
        let most = counts.into_iter().max_by_key(|(held, count)| (*count, Reverse(held.clone())));
        most.map(|(held, _)| held).unwrap_or_default()
    }

    /// What licensed groups hand out to most people, of what supplies both suites.
    fn of_groups(&self, context: &Context<'_>) -> Option<Vec<SkuIndex>> {
        let mut counts: BTreeMap<Vec<SkuIndex>, usize> = BTreeMap::new();
        for group in context.licensed_in_scope() {
            let licenses = context.licenses(group).iter().map(|license| license.sku);
            let mut products: Vec<SkuIndex> = licenses.filter(|sku| self.is_product(*sku)).collect();
            products.sort_unstable();
            if is_both(context, &products) {
                *counts.entry(products).or_default() += context.member_users(group).len();
            }
        }
        let most = counts.into_iter().max_by_key(|(products, count)| (*count, Reverse(products.clone())));
        most.map(|(products, _)| products)
    }

    /// What the tenant owns: one product with both suites, else one of each; of several the one with most seats free.
    fn of_the_shelf(&self, context: &Context<'_>) -> Option<Vec<SkuIndex>> {
        let best = |suites: &[Suite]| {
            let owned = context.tenant.skus().map(|(sku, _)| sku).filter(|sku| {
                let parts = context.all_components(*sku);
                self.is_product(*sku)
                    && context.tenant.usability(*sku) == Usability::Usable
                    && suites.iter().all(|suite| parts.satisfies(*suite, Edition::E3))
            });
            owned.max_by_key(|sku| (free(context, *sku), Reverse(context.tenant.sku(*sku).id)))
        };
        let one = best(&[Suite::Office365, Suite::Ems]).map(|sku| vec![sku]);
        one.or_else(|| Some(vec![best(&[Suite::Office365])?, best(&[Suite::Ems])?]))
    }
}

/// Seats of a product that are free; `None` where nobody knows, and 0 where they cannot be used.
pub fn free(context: &Context<'_>, sku: SkuIndex) -> Option<i64> {
    match context.tenant.usability(sku) {
        Usability::Unusable => Some(0),
        Usability::Usable => context.tenant.sku(sku).owned.as_ref()?.free(),
        Usability::StatusUnreadable | Usability::CountersMissing | Usability::SeatsUnreadable => None,
    }
}

/// The products that the plan wants for a group, as far as the tenant knows them.
fn required<'c>(context: &'c Context<'_>, group: GroupIndex) -> impl Iterator<Item = SkuIndex> + use<'c> {
    let requirements = context.target(group).into_iter().flat_map(|target| &target.requirements);
    requirements.filter_map(|requirement| match requirement {
        Requirement::Sku(_, sku) => *sku,
        Requirement::Suite(..) => None,
    })
}

/// Whether the products supply both suites.
fn is_both(context: &Context<'_>, products: &[SkuIndex]) -> bool {
    let parts = products.iter().map(|sku| context.all_components(*sku));
    let parts = parts.fold(Components::default(), Components::union);
    [Suite::Office365, Suite::Ems].iter().all(|suite| parts.satisfies(*suite, Edition::E3))
}
