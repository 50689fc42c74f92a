//! What Microsoft's products are called and which service plans they hold.
//!
//! The job: names for ids that a tenant shows, and the plan list of a product where the tenant's own
//! `subscribedSkus` does not give one. It never decides what a tenant owns, and it does not know every product:
//! live tenants return SKUs and service plans that Microsoft has not published, so each lookup may find nothing.
//!
//! **Source.** Microsoft's public download "Product names and service plan identifiers for licensing", edition of
//! July 2026: 5,990 rows, one per product and service plan.
//!
//! **How the two files were made from it.** Every field lost the Unicode white space around it, and each run of
//! white space inside (no-break spaces and tabs too) became one space. Ids were put in lower case and are the only
//! key. That leaves 619 products, 791 service plans, and 5,959 rows without the 31 that are there twice.
//! Where an id has several names, the one on most rows was kept, and of equals the first in the order of the
//! alphabet; that also drops single slips such as `RMS_S_ENTERPRISE)`. A friendly name in capitals only, of which
//! the source has many, was taken only where there is no other.
//!
//! - `service-plans.tsv`: plan id, plan name, friendly name; sorted by id.
//! - `products.tsv`: SKU id, part number (`String_Id`), product name, and the plans as line numbers of the other
//!   file, counted from 0 and separated by spaces; sorted by id.
//!
//! Two products are known to be wrong at the source and were left so: "Microsoft 365 E3 EEA (no Teams) (500 seats
//! min)_HUB" lacks Exchange and the Apps, and "Microsoft 365 E5 EEA (no Teams) with Calling Minutes" has a midmarket
//! SharePoint plan. The tenant's own list is always the better one.

mod plans;

use std::sync::LazyLock;

use uuid::Uuid;

pub use plans::{Components, Edition, Suite};

/// A product (SKU) that Microsoft has published.
#[derive(Debug)]
pub struct Product {
    /// The SKU id, as `Uuid::as_u128` gives it. The only key: part numbers and names repeat.
    pub sku: u128,
    /// The part number (`String_Id`), such as `ENTERPRISEPACK`; `subscribedSku.skuPartNumber` in Graph.
    pub part_number: &'static str,
    /// The name that people know, such as "Office 365 E3".
    pub name: &'static str,
    plans: Box<[u128]>,
}

impl Product {
    /// The ids of the product's service plans, ascending, each once.
    pub fn plans(&self) -> impl Iterator<Item = u128> {
        self.plans.iter().copied()
    }
}

/// The product with this SKU id.
pub fn product(sku: u128) -> Option<&'static Product> {
    let products = &CATALOGUE.products;
    products.binary_search_by_key(&sku, |product| product.sku).ok().map(|index| &products[index])
}

/// Every product with this part number, by SKU id. Letter case and the kind of white space do not matter.
///
/// More than one is possible: `MCOPSTN5` is the part number of two products.
pub fn products_with_part_number(part: &str) -> Vec<&'static Product> {
    let wanted = part.split_whitespace().collect::<Vec<_>>().join(" ");
    CATALOGUE.products.iter().filter(|product| product.part_number.eq_ignore_ascii_case(&wanted)).collect()
}

/// The name of a service plan as Graph's `servicePlanName` has it, such as `EXCHANGE_S_ENTERPRISE`.
pub fn plan_name(plan: u128) -> Option<&'static str> {
    service_plan(plan).map(|found| found.name)
}

/// The name of a service plan that people know, such as "Exchange Online (Plan 2)".
pub fn plan_friendly_name(plan: u128) -> Option<&'static str> {
    service_plan(plan).map(|found| found.friendly_name)
}

struct ServicePlan {
    id: u128,
    name: &'static str,
    friendly_name: &'static str,
}

struct Catalogue {
    products: Vec<Product>,
    plans: Vec<ServicePlan>,
}

/// Read on first use and kept, because a run without names in its report need not pay for it.
static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    read(include_str!("products.tsv"), include_str!("service-plans.tsv"))
        .expect("the files are part of the program and a test reads them")
});

fn service_plan(id: u128) -> Option<&'static ServicePlan> {
    let plans = &CATALOGUE.plans;
    plans.binary_search_by_key(&id, |plan| plan.id).ok().map(|index| &plans[index])
}

/// `None` if a line is not in the form that the module's page describes.
fn read(products: &'static str, plans: &'static str) -> Option<Catalogue> {
    let plans = plans
        .lines()
        .map(|line| {
            let [id, name, friendly_name] = fields(line)?;
            Some(ServicePlan { id: guid(id)?, name, friendly_name })
        })
        .collect::<Option<Vec<_>>>()?;
    let products = products
        .lines()
        .map(|line| {
            let [sku, part_number, name, indices] = fields(line)?;
            let plans = indices
                .split(' ')
                .map(|index| plans.get(index.parse::<usize>().ok()?).map(|plan| plan.id))
                .collect::<Option<_>>()?;
            Some(Product { sku: guid(sku)?, part_number, name, plans })
        })
        .collect::<Option<Vec<_>>>()?;
    Some(Catalogue { products, plans })
}

fn fields<const N: usize>(line: &'static str) -> Option<[&'static str; N]> {
    line.split('\t').collect::<Vec<_>>().try_into().ok()
}

fn guid(text: &str) -> Option<u128> {
    Uuid::try_parse(text).ok().map(|id| id.as_u128())
}

#[cfg(test)]
mod tests {
    use uuid::uuid;

    use super::*;

    const OFFICE_365_E3: u128 = uuid!("6fd2c87f-b296-42f0-b197-1e91e994b900").as_u128();
    const EXCHANGE_PLAN_2: u128 = uuid!("efb87545-963c-4e0d-99df-69c6916d9eb0").as_u128();

    #[test]
    fn the_whole_download_is_there() {
        assert_eq!(CATALOGUE.products.len(), 619);
        assert_eq!(CATALOGUE.plans.len(), 791);
        assert_eq!(CATALOGUE.products.iter().map(|product| product.plans.len()).sum::<usize>(), 5959);
    }

    #[test]
    fn ids_ascend_without_repetition_so_that_a_search_finds_each() {
        assert!(CATALOGUE.products.is_sorted_by(|left, right| left.sku < right.sku));
        assert!(CATALOGUE.plans.is_sorted_by(|left, right| left.id < right.id));
        for product in &CATALOGUE.products {
            assert!(product.plans.is_sorted_by(|left, right| left < right), "{}", product.part_number);
            assert!(!product.plans.is_empty(), "{}", product.part_number);
        }
    }

    #[test]
    fn names_are_clean() {
        let products = CATALOGUE.products.iter().flat_map(|product| [product.part_number, product.name]);
        let plans = CATALOGUE.plans.iter().flat_map(|plan| [plan.name, plan.friendly_name]);
        for name in products.chain(plans) {
            assert!(!name.is_empty());
            assert_eq!(name, name.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }

    #[test]
    fn a_product_has_its_published_names_and_plans() {
        let found = product(OFFICE_365_E3).expect("Office 365 E3 is published");
        assert_eq!((found.part_number, found.name), ("ENTERPRISEPACK", "Office 365 E3"));
        assert_eq!(found.plans().count(), 37);
        assert!(found.plans().any(|plan| plan == EXCHANGE_PLAN_2));
        assert_eq!(plan_name(EXCHANGE_PLAN_2), Some("EXCHANGE_S_ENTERPRISE"));
        assert_eq!(plan_friendly_name(EXCHANGE_PLAN_2), Some("Exchange Online (Plan 2)"));
    }

    #[test]
    fn the_sizes_of_well_known_products_are_those_of_the_download() {
        for (part_number, plans) in [
            ("SPE_E3", 51),
            ("SPE_E5", 86),
            ("ENTERPRISEPREMIUM", 56),
            ("EMS", 7),
            ("EMSPREMIUM", 10),
            ("STANDARDPACK", 34),
            ("DEVELOPERPACK_E5", 71),
        ] {
            let [product] = products_with_part_number(part_number)[..] else {
                panic!("{part_number} is not one product")
            };
            assert_eq!(product.plans().count(), plans, "{part_number}");
        }
    }

    #[test]
    fn a_part_number_of_two_products_gives_both_in_any_letter_case() {
        let found = products_with_part_number("McoPstn5");
        assert_eq!(
            found.iter().map(|product| product.sku).collect::<Vec<_>>(),
            [
                uuid!("54a152dc-90de-4996-93d2-bc47e670fc06").as_u128(),
                uuid!("d43177b5-475b-4880-92d4-d54c27b5efbd").as_u128(),
            ]
        );
    }

    #[test]
    fn a_part_number_with_no_break_spaces_is_found_with_plain_ones_and_the_other_way_round() {
        for typed in ["O365_w/o Teams Bundle_M3", "o365_w/o\u{a0}Teams\u{a0}Bundle_M3 "] {
            let [product] = products_with_part_number(typed)[..] else {
                panic!("{typed:?} is not one product")
            };
            assert_eq!(product.name, "Microsoft 365 E3 EEA (no Teams)");
        }
    }

    #[test]
    fn an_id_with_two_names_keeps_the_one_on_most_rows() {
        let rights_management = uuid!("bea4c11e-220a-4e6d-8eb8-8ea15d019f90").as_u128();
        assert_eq!(plan_name(rights_management), Some("RMS_S_ENTERPRISE"));
        let planner = uuid!("b737dad2-2f6c-4c65-90e3-ca563267e8b9").as_u128();
        assert_eq!(plan_friendly_name(planner), Some("Microsoft Planner"));
        let copilot_studio = uuid!("4b74a65c-8b4a-4fc8-9f6b-5177ed11ddfa").as_u128();
        assert_eq!(
            product(copilot_studio).map(|found| found.name),
            Some("Microsoft Copilot Studio User License")
        );
    }

    #[test]
    fn what_microsoft_has_not_published_is_not_found() {
        assert!(product(EXCHANGE_PLAN_2).is_none(), "a plan id is no SKU id");
        assert!(product(0).is_none());
        assert_eq!(plan_name(OFFICE_365_E3), None);
        assert!(products_with_part_number("ENTERPRISE").is_empty());
        assert!(products_with_part_number("").is_empty());
    }

    #[test]
    fn a_line_in_another_form_is_refused() {
        let plan = "113feb6c-3fe4-4440-bddc-54d774bf0318\tEXCHANGE_S_FOUNDATION\tExchange Foundation\n";
        let sku = "6fd2c87f-b296-42f0-b197-1e91e994b900\tENTERPRISEPACK\tOffice 365 E3\t0\n";
        assert!(read(sku, plan).is_some());
        assert!(read(sku, "").is_none(), "a plan that is not there");
        assert!(read("no-guid\tENTERPRISEPACK\tOffice 365 E3\t0\n", plan).is_none());
        assert!(read("6fd2c87f-b296-42f0-b197-1e91e994b900\tENTERPRISEPACK\n", plan).is_none());
    }
}
