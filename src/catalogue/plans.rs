//! Which service plans make the two suites of the criterion: Office 365 and Enterprise Mobility + Security (EMS).
//!
//! The job: say what a set of switched-on plans supplies, and whether that is enough for a suite in an edition.
//! Plans are compared by id, never by name. It does not know which plans a user holds or a group assigns; the
//! rules work that out and ask here.
//!
//! The ids are those of Microsoft's page "Product names and service plan identifiers for licensing". Which plans a
//! suite needs is this project's own reading of it: what every Office 365 E3 and EMS E3 or E5 product has in common,
//! in the commercial, government and education variants. Teams is left out, because it is also sold apart.

use uuid::uuid;

/// `M365_ADVANCED_AUDITING`, which E5 products contain and E3 products do not. It tells the editions of Office 365
/// apart, because most other plans of E5 replace one of E3 and may be bought separately.
const ADVANCED_AUDITING: u128 = uuid!("2f442157-a11c-46b9-ae5b-6e39ff4e5849").as_u128();

/// Edition of a suite. E5 satisfies what asks for E3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edition {
    /// The smaller one; A3 for education and G3 for government are of this edition too.
    E3,
    /// The larger one; A5 and G5 are of this edition too.
    E5,
}

/// One of the two suites that the criterion asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Suite {
    /// Office 365: Exchange, SharePoint and Microsoft 365 Apps.
    Office365,
    /// Enterprise Mobility + Security: Entra ID, Intune and information protection.
    Ems,
}

/// Which parts of the two suites a set of service plans supplies.
///
/// Make one per product with [`Components::of`], and join them with [`Components::union`]:
///
/// ```
/// use tollgate::catalogue::{Components, Edition, Suite, products_with_part_number};
///
/// let supplied = ["ENTERPRISEPACK", "EMS"]
///     .into_iter()
///     .flat_map(products_with_part_number)
///     .map(|product| Components::of(product.plans(), product.plans()))
///     .fold(Components::default(), Components::union);
/// assert!(supplied.satisfies(Suite::Office365, Edition::E3));
/// assert!(supplied.satisfies(Suite::Ems, Edition::E3));
/// assert!(!supplied.satisfies(Suite::Ems, Edition::E5));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Components(u16);

impl Components {
    const EXCHANGE: Self = Self(1);
    /// The Exchange plan, of a product that contains [`ADVANCED_AUDITING`].
    const EXCHANGE_OF_E5: Self = Self(1 << 1);
    const SHAREPOINT: Self = Self(1 << 2);
    const APPS: Self = Self(1 << 3);
    const ENTRA_P1: Self = Self(1 << 4);
    const INTUNE: Self = Self(1 << 5);
    const INFORMATION_PROTECTION_P1: Self = Self(1 << 6);
    const ENTRA_P2: Self = Self(1 << 7);
    const INFORMATION_PROTECTION_P2: Self = Self(1 << 8);
    const CLOUD_APPS: Self = Self(1 << 9);
    const IDENTITY: Self = Self(1 << 10);

    /// What one product supplies: `plans` are those that are switched on, `sku_plans` all that the product has.
    ///
    /// The two differ because the edition of Office 365 is told by a plan that may be switched off.
    pub fn of(plans: impl Iterator<Item = u128>, mut sku_plans: impl Iterator<Item = u128>) -> Self {
        let supplied = plans.map(component).fold(Self::default(), Self::union);
        if supplied.contains(Self::EXCHANGE) && sku_plans.any(|plan| plan == ADVANCED_AUDITING) {
            supplied.union(Self::EXCHANGE_OF_E5)
        } else {
            supplied
        }
    }

    /// What the two supply together.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether everything that the suite needs in this edition is there.
    pub fn satisfies(self, suite: Suite, edition: Edition) -> bool {
        needed(suite, edition).iter().all(|(component, _)| self.contains(*component))
    }

    /// English names of what the suite still needs in this edition, such as "Exchange Online (Plan 2)"; empty
    /// exactly if [`Components::satisfies`] holds.
    pub fn missing(self, suite: Suite, edition: Edition) -> Vec<&'static str> {
        let missing = needed(suite, edition).iter().filter(|(component, _)| !self.contains(*component));
        missing.map(|(_, name)| *name).collect()
    }

    /// What a product of unknown contents supplies at best: everything.
    pub fn everything() -> Self {
        COMPONENT_PLANS.iter().map(|(_, component)| *component).fold(Self::EXCHANGE_OF_E5, Self::union)
    }

    /// Whether any plan is among these that the suite asks for.
    pub fn touches(self, suite: Suite) -> bool {
        let parts = needed(suite, Edition::E3).iter().chain(needed(suite, Edition::E5));
        parts.into_iter().any(|(component, _)| self.contains(*component))
    }

    fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// The parts of a suite, with the names that reports show.
fn needed(suite: Suite, edition: Edition) -> &'static [(Components, &'static str)] {
    const EMS: [(Components, &str); 7] = [
        (Components::ENTRA_P1, "Microsoft Entra ID P1"),
        (Components::INTUNE, "Microsoft Intune Plan 1"),
        (Components::INFORMATION_PROTECTION_P1, "Azure Information Protection Premium P1"),
        (Components::ENTRA_P2, "Microsoft Entra ID P2"),
        (Components::INFORMATION_PROTECTION_P2, "Azure Information Protection Premium P2"),
        (Components::CLOUD_APPS, "Microsoft Defender for Cloud Apps"),
        (Components::IDENTITY, "Microsoft Defender for Identity"),
    ];
    match (suite, edition) {
        (Suite::Office365, Edition::E3) => &[
            (Components::EXCHANGE, "Exchange Online (Plan 2)"),
            (Components::SHAREPOINT, "SharePoint (Plan 2)"),
            (Components::APPS, "Microsoft 365 Apps for enterprise"),
        ],
        (Suite::Office365, Edition::E5) => &[
            (Components::EXCHANGE_OF_E5, "Exchange Online (Plan 2, E5)"),
            (Components::SHAREPOINT, "SharePoint (Plan 2)"),
            (Components::APPS, "Microsoft 365 Apps for enterprise"),
        ],
        (Suite::Ems, Edition::E3) => EMS.split_at(3).0,
        (Suite::Ems, Edition::E5) => &EMS,
    }
}

/// The part that a plan supplies; none for the hundreds of plans that neither suite hangs on.
fn component(plan: u128) -> Components {
    let found = COMPONENT_PLANS.iter().find(|(id, _)| *id == plan);
    found.map_or(Components::default(), |(_, component)| *component)
}

const COMPONENT_PLANS: [(u128, Components); 19] = [
    (uuid!("efb87545-963c-4e0d-99df-69c6916d9eb0").as_u128(), Components::EXCHANGE),
    (uuid!("8c3069c0-ccdb-44be-ab77-986203a67df2").as_u128(), Components::EXCHANGE), // government
    (uuid!("5dbe027f-2339-4123-9542-606e4d348a72").as_u128(), Components::SHAREPOINT),
    (uuid!("153f85dd-d912-4762-af6c-d6e0fb4f6692").as_u128(), Components::SHAREPOINT), // government
    (uuid!("63038b2c-28d0-45f6-bc36-33062963b498").as_u128(), Components::SHAREPOINT), // education
    (uuid!("43de0ff5-c92c-492b-9116-175376d08c38").as_u128(), Components::APPS),
    (uuid!("de9234ff-6483-44d9-b15e-dca72fdd27af").as_u128(), Components::APPS), // government
    (uuid!("41781fb2-bc02-4b7c-bd55-b576c07bb09d").as_u128(), Components::ENTRA_P1),
    (uuid!("c1ec4a95-1f05-45b3-a911-aa3fa01094f5").as_u128(), Components::INTUNE),
    (uuid!("3e170737-c728-4eae-bbb9-3f3360f7184c").as_u128(), Components::INTUNE), // volume licensing
    (uuid!("d216f254-796f-4dab-bbfa-710686e646b9").as_u128(), Components::INTUNE), // government
    (uuid!("6c57d4b6-3b23-47a5-9bc9-69f17b4947b3").as_u128(), Components::INFORMATION_PROTECTION_P1),
    (uuid!("1b66aedf-8ca1-4f73-af76-ec76c6180f98").as_u128(), Components::INFORMATION_PROTECTION_P1), // government
    (uuid!("eec0eb4f-6444-4f95-aba0-50c24d67f998").as_u128(), Components::ENTRA_P2),
    (uuid!("5689bec4-755d-4753-8b61-40975025187c").as_u128(), Components::INFORMATION_PROTECTION_P2),
    (uuid!("5400a66d-eaa5-427d-80f2-0f26d59d8fce").as_u128(), Components::INFORMATION_PROTECTION_P2), // government
    (uuid!("2e2ddb96-6af9-4b1d-a3f0-d6ecfd22edb2").as_u128(), Components::CLOUD_APPS),
    (uuid!("6ebdddb7-8e55-4af2-952b-69e77262f96c").as_u128(), Components::CLOUD_APPS), // Department of Defense
    (uuid!("14ab5db5-e6c4-4b20-b4bc-13e36fd2227f").as_u128(), Components::IDENTITY),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{plan_friendly_name, product, products_with_part_number};

    /// SKU id, part number, and what the product supplies of Office 365 and of EMS: the edition, `partial` where it
    /// has some of E3's parts or of E5's, or `no`.
    ///
    /// Frontline, E1 and Business products have a smaller Exchange and SharePoint plan and Apps for business, so
    /// they supply no part of Office 365 at all.
    const PRODUCTS: &[(&str, &str, &str, &str)] = &[
        ("efccb6f7-5641-4e0e-bd10-b4976e1bf68e", "EMS", "no", "E3"),
        ("b05e124f-c7cc-45a0-a6aa-8cf78c946968", "EMSPREMIUM", "no", "E5"),
        ("c793db86-5237-494e-9b11-dcd4877c2c8c", "EMS_GOV", "no", "E3"),
        ("8a180c2b-f4cf-4d44-897c-3d32acc4a60b", "EMSPREMIUM_GOV", "no", "E5"),
        ("a461b89c-10e3-471c-82b8-aae4d820fccb", "EMSPREMIUM_USGOV_GCCHIGH", "no", "E5"),
        ("aedfac18-56b8-45e3-969b-53edb4ba4952", "EMS_EDU_FACULTY", "no", "E3"),
        ("6fd2c87f-b296-42f0-b197-1e91e994b900", "ENTERPRISEPACK", "E3", "no"),
        ("46c3a859-c90d-40b3-9551-6178a48d5c18", "Office_365_E3_(no_Teams)", "E3", "no"),
        ("d711d25a-a21c-492f-bd19-aae1e8ebaf30", "O365_w/o_Teams_Bundle_E3", "E3", "no"),
        ("189a915c-fe4f-4ffa-bde4-85b9628d07a0", "DEVELOPERPACK", "partial", "no"),
        ("aea38a85-9bd5-4981-aa00-616b411205bf", "ENTERPRISEPACK_USGOV_GCCHIGH", "E3", "no"),
        ("b107e5a3-3e60-4c0d-a184-a7e4395eb44c", "ENTERPRISEPACK_USGOV_DOD", "E3", "no"),
        ("535a3a29-c5f0-42fe-8215-d3b9e1f38c4a", "ENTERPRISEPACK_GOV", "E3", "no"),
        ("e578b273-6db4-4691-bba0-8d691f4da603", "ENTERPRISEPACKPLUS_FACULTY", "E3", "no"),
        ("98b6e773-24d4-4c0d-a968-6e787a1f8204", "ENTERPRISEPACKPLUS_STUDENT", "E3", "no"),
        ("c7df2760-2c81-4ef7-b578-5b5392b571df", "ENTERPRISEPREMIUM", "E5", "no"),
        ("26d45bd9-adf1-46cd-a9e1-51e9a5524128", "ENTERPRISEPREMIUM_NOPSTNCONF", "E5", "no"),
        ("cf50bae9-29e8-4775-b07c-56ee10e3776d", "Office_365_w/o_Teams_Bundle_E5", "E5", "no"),
        (
            "71772aeb-4bb8-4f74-9dd4-36c7a9b5ca74",
            "Office_365_E5_EEA_(no_Teams)_without_Audio_Conferencing",
            "E5",
            "no",
        ),
        ("8900a2c0-edba-4079-bdf3-b276e293b6a8", "ENTERPRISEPREMIUM_GOV", "E5", "no"),
        ("a4585165-0533-458a-97e3-c400570268c4", "ENTERPRISEPREMIUM_FACULTY", "E5", "no"),
        ("ee656612-49fa-43e5-b67e-cb1fdf7699df", "ENTERPRISEPREMIUM_STUDENT", "E5", "no"),
        ("18181a46-0d4e-45cd-891e-60aabd171b4e", "STANDARDPACK", "no", "no"),
        ("4b585984-651b-448a-9e53-3b10f069cf7f", "DESKLESSPACK", "no", "no"),
        ("05e9a617-0261-4cee-bb44-138d3ef5d965", "SPE_E3", "E3", "E3"),
        ("0c21030a-7e60-4ec7-9a0f-0042e0e0211a", "Microsoft_365_E3", "E3", "E3"),
        ("dcf0408c-aaec-446c-afd4-43e3683943ea", "Microsoft_365_E3_(no_Teams)", "E3", "E3"),
        ("c2fe850d-fbbb-4858-b67d-bd0c6e746da3", "O365_w/o Teams Bundle_M3", "E3", "E3"),
        (
            "602e6573-55a3-46b1-a1a0-cc267991501a",
            "O365_w/o Teams Bundle_M3_(500_seats_min)_HUB",
            "partial",
            "E3",
        ),
        ("c2ac2ee4-9bb1-47e4-8541-d689c7e83371", "SPE_E3_RPA1", "partial", "E3"),
        ("ca9d1dd9-dfe9-4fef-b97c-9bc1ea3c3658", "SPE_E3_USGOV_GCCHIGH", "E3", "E3"),
        ("d61d61cc-f992-433f-a577-5bd016037eeb", "SPE_E3_USGOV_DOD", "E3", "E3"),
        ("e823ca47-49c4-46b3-b38d-ca11d5abe3d2", "M365_G3_GOV", "E3", "E3"),
        ("4b590615-0888-425a-a965-b3bf7789848d", "M365EDU_A3_FACULTY", "E3", "E3"),
        ("7cfd9a2b-e110-4c39-bf20-c6a3f36a3121", "M365EDU_A3_STUDENT", "E3", "E3"),
        ("18250162-5d87-4436-a834-d795c15c80f3", "M365EDU_A3_STUUSEBNFT", "E3", "partial"),
        ("06ebc4ee-1bb5-47dd-8120-11324bc54e06", "SPE_E5", "E5", "E5"),
        ("db684ac5-c0e7-4f92-8284-ef9ebde75d33", "Microsoft_365_E5", "E5", "E5"),
        ("cd2925a3-5076-4233-8931-638a8c94f773", "SPE_E5_NOPSTNCONF", "E5", "E5"),
        ("a91fc4e0-65e5-4266-aa76-4037509c1626", "SPE_E5_CALLINGMINUTES", "E5", "E5"),
        ("2113661c-6509-4034-98bb-9c47bd28d63c", "Microsoft_365_E5_without_Audio_Conferencing", "E5", "E5"),
        ("3271cf8e-2be5-4a09-a549-70fd05baaa17", "O365_w/o_Teams_Bundle_M5", "E5", "E5"),
        ("1e988bf3-8b7c-4731-bec0-4e2a2946600c", "O365_w/o_Teams_Bundle_M5_(500_seats_min)_HUB", "E5", "E5"),
        (
            "90277bc7-a6fe-4181-99d8-712b08b8d32b",
            "Microsoft_365_E5_EEA_(no_Teams)_without_Audio_Conferencing",
            "E5",
            "E5",
        ),
        (
            "a640eead-25f6-4bec-97e3-23cfd382d7c2",
            "Microsoft_365_E5_EEA_(no_Teams)_without_Audio_Conferencing_(500_seats_min)_HUB",
            "E5",
            "E5",
        ),
        (
            "6ee4114a-9b2d-4577-9e7a-49fa43d222d3",
            "Microsoft_365_E5_EEA_(no_Teams)_with_Calling_Minutes",
            "partial",
            "E5",
        ),
        ("c42b9cae-ea4f-4ab7-9717-81576235ccac", "DEVELOPERPACK_E5", "E5", "E5"),
        ("4eb45c5b-0d19-4e33-b87c-adfc25268f20", "SPE_E5_USGOV_GCCHIGH", "E5", "E5"),
        ("e2be619b-b125-455f-8660-fb503e431a5d", "M365_G5_GCC", "E5", "E5"),
        ("b0f809d5-a662-4391-a5aa-136e9c565b9d", "M365_G5_GOV", "E5", "E3"),
        ("e97c048c-37a4-45fb-ab50-922fbf07a370", "M365EDU_A5_FACULTY", "E5", "E5"),
        ("46c119d4-0379-4a9d-85e4-97c66d3f909e", "M365EDU_A5_STUDENT", "E5", "E5"),
        ("cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46", "SPB", "no", "E3"),
        ("a3f586b6-8cce-4d9b-99d6-55238397f77a", "Office_365_w/o_Teams_Bundle_Business_Premium", "no", "E3"),
        ("66b55226-6b4f-492c-910c-a3b7a3c9d993", "SPE_F1", "no", "E3"),
        ("44575883-256e-4a79-9da4-ebe9acabe2b2", "M365_F1", "no", "E3"),
        ("50f60901-3181-4b75-8a2c-4c8e4c1d5a72", "M365_F1_COMM", "no", "E3"),
        ("f7ee79a7-7aec-4ca4-9fb9-34d6b930ad87", "Microsoft_365_F3_EEA_(no_Teams)", "no", "E3"),
        ("078d2b04-f1bd-4111-bbd4-b4b1b354cef4", "AAD_PREMIUM", "no", "partial"),
        ("84a661c4-e949-4bd2-a560-ed7766fcaf2b", "AAD_PREMIUM_P2", "no", "partial"),
        ("26124093-3d78-432b-b5dc-48bf992543d5", "IDENTITY_THREAT_PROTECTION", "no", "partial"),
        ("cb10e6cd-9da4-4992-867b-67546b1db821", "WIN10_PRO_ENT_SUB", "no", "no"),
        ("6a0f6da5-0b87-4190-a6ae-9bb5a2b9546a", "WIN10_VDA_E3", "no", "no"),
        ("1e7e1070-8ccb-4aca-b470-d7cb538cb07e", "WIN_ENT_E5", "no", "no"),
        ("488ba24a-39a9-4473-8ee5-19291e71b002", "WIN10_VDA_E5", "no", "no"),
        ("7e74bd05-2c47-404e-829a-ba95c66fe8e5", "Microsoft_Teams_EEA_New", "no", "no"),
    ];

    fn supplied(part_number: &str) -> Components {
        let [product] = products_with_part_number(part_number)[..] else {
            panic!("{part_number} is not one product")
        };
        Components::of(product.plans(), product.plans())
    }

    fn value(supplied: Components, suite: Suite) -> &'static str {
        if supplied.satisfies(suite, Edition::E5) {
            "E5"
        } else if supplied.satisfies(suite, Edition::E3) {
            "E3"
        } else if needed(suite, Edition::E5)
            .iter()
            .chain(needed(suite, Edition::E3))
            .any(|(part, _)| supplied.contains(*part))
        {
            "partial"
        } else {
            "no"
        }
    }

    #[test]
    fn published_products_supply_the_suites_that_their_names_promise() {
        for (sku, part_number, office, ems) in PRODUCTS {
            let sku = uuid::Uuid::try_parse(sku).expect("the table holds ids").as_u128();
            let product = product(sku).expect(part_number);
            assert_eq!(product.part_number, *part_number);
            let supplied = Components::of(product.plans(), product.plans());
            assert_eq!(value(supplied, Suite::Office365), *office, "Office 365 by {part_number}");
            assert_eq!(value(supplied, Suite::Ems), *ems, "EMS by {part_number}");
        }
    }

    #[test]
    fn each_part_of_a_suite_has_its_own_bit() {
        let named = needed(Suite::Office365, Edition::E3).iter().chain(needed(Suite::Ems, Edition::E5));
        let all = named.fold(Components::EXCHANGE_OF_E5, |all, (part, _)| {
            assert!(!all.contains(*part));
            all.union(*part)
        });
        assert_eq!(all, Components((1 << 11) - 1));
    }

    #[test]
    fn every_plan_that_counts_is_published() {
        for (plan, part) in COMPONENT_PLANS {
            assert_ne!(part, Components::default());
            assert!(plan_friendly_name(plan).is_some(), "{plan:032x}");
        }
    }

    #[test]
    fn e5_satisfies_e3() {
        for suite in [Suite::Office365, Suite::Ems] {
            assert!(supplied("SPE_E5").satisfies(suite, Edition::E3));
            assert!(supplied("SPE_E5").missing(suite, Edition::E3).is_empty());
        }
    }

    #[test]
    fn two_products_together_make_what_neither_is() {
        let office = supplied("ENTERPRISEPACK");
        let ems = supplied("EMSPREMIUM");
        assert!(!office.satisfies(Suite::Ems, Edition::E3) && !ems.satisfies(Suite::Office365, Edition::E3));
        let both = office.union(ems);
        assert!(both.satisfies(Suite::Office365, Edition::E3) && both.satisfies(Suite::Ems, Edition::E5));
        assert!(!both.satisfies(Suite::Office365, Edition::E5));
    }

    #[test]
    fn advanced_auditing_marks_e5_even_where_it_is_switched_off() {
        let e5 = products_with_part_number("ENTERPRISEPREMIUM")[0];
        let switched_off = |off: u128| Components::of(e5.plans().filter(|plan| *plan != off), e5.plans());
        assert!(switched_off(ADVANCED_AUDITING).satisfies(Suite::Office365, Edition::E5));
        let without_exchange = switched_off(uuid!("efb87545-963c-4e0d-99df-69c6916d9eb0").as_u128());
        assert!(!without_exchange.satisfies(Suite::Office365, Edition::E5));
    }

    #[test]
    fn exchange_of_an_e3_product_does_not_become_e5_by_auditing_from_elsewhere() {
        let auditing_only = Components::of([ADVANCED_AUDITING].into_iter(), [ADVANCED_AUDITING].into_iter());
        assert_eq!(auditing_only, Components::default());
        let both = supplied("ENTERPRISEPACK").union(auditing_only);
        assert!(!both.satisfies(Suite::Office365, Edition::E5));
        assert_eq!(both.missing(Suite::Office365, Edition::E5), ["Exchange Online (Plan 2, E5)"]);
    }

    #[test]
    fn a_plan_switched_off_is_named_as_missing() {
        let e3 = products_with_part_number("SPE_E3")[0];
        let intune = uuid!("c1ec4a95-1f05-45b3-a911-aa3fa01094f5").as_u128();
        let supplied = Components::of(e3.plans().filter(|plan| *plan != intune), e3.plans());
        assert!(!supplied.satisfies(Suite::Ems, Edition::E3));
        assert_eq!(supplied.missing(Suite::Ems, Edition::E3), ["Microsoft Intune Plan 1"]);
        assert!(supplied.satisfies(Suite::Office365, Edition::E3));
    }

    #[test]
    fn nothing_supplies_nothing() {
        let nothing = Components::of(std::iter::empty(), std::iter::empty());
        assert_eq!(nothing.missing(Suite::Office365, Edition::E3).len(), 3);
        assert_eq!(nothing.missing(Suite::Office365, Edition::E5).len(), 3);
        assert_eq!(nothing.missing(Suite::Ems, Edition::E3).len(), 3);
        assert_eq!(nothing.missing(Suite::Ems, Edition::E5).len(), 7);
    }
}
