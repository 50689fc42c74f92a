//! Products: what the tenant owns (`subscribedSkus`), and what is merely mentioned.

use jiff::Timestamp;

use super::id::{PlanIndex, ReadIndex, SkuId};

/// A product that the tenant owns, that a group assigns or that a user holds.
#[derive(Debug)]
pub struct Sku {
    /// The product id.
    pub id: SkuId,
    /// What the tenant owns of it; `None` where `subscribedSkus` does not list it.
    pub owned: Option<Owned>,
    /// All service plans in it.
    pub(super) plans: Vec<PlanIndex>,
    /// Where the list of its plans comes from.
    pub plans_from: PlansFrom,
}

/// Who says which plans a product has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PlansFrom {
    /// The tenant's own `servicePlans`: the truth.
    Tenant,
    /// Microsoft's product table, because the tenant names none.
    Catalogue,
    /// Nobody: the product is in neither.
    Nowhere,
}

/// A row of `subscribedSkus` (Microsoft Graph v1.0, resource `subscribedSku`).
///
/// Rows of one product from several billing accounts are added up.
#[derive(Clone, Debug)]
pub struct Owned {
    /// `skuPartNumber`, as received.
    pub part_number: Option<String>,
    /// `appliesTo`: `User`, `Company` or null; an open set.
    pub applies_to: Option<String>,
    /// `capabilityStatus`, as received.
    pub status: Option<String>,
    /// `prepaidUnits.enabled`: units of active subscriptions.
    pub enabled: Option<i64>,
    /// `prepaidUnits.warning`: units in their grace period.
    pub warning: Option<i64>,
    /// `prepaidUnits.suspended`: units that cannot be assigned; 0 where missing.
    pub suspended: i64,
    /// `prepaidUnits.lockedOut`: units the customer canceled; 0 where missing, as in the government clouds.
    pub locked_out: i64,
    /// `consumedUnits`: seats assigned now.
    pub consumed: Option<i64>,
    /// When it was read.
    pub read: ReadIndex,
}

/// What `capabilityStatus` means for a verdict.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Capability {
    /// Enabled or Warning: seats can be held.
    Live,
    /// Suspended, `LockedOut` or Deleted: no seat is in force, whatever the counters say.
    Ended,
    /// Null, absent or a word we do not know.
    Unknown,
}

impl Owned {
    /// What the status means.
    pub fn capability(&self) -> Capability {
        let Some(status) = &self.status else { return Capability::Unknown };
        let is = |known: &str| status.eq_ignore_ascii_case(known);
        if is("Enabled") || is("Warning") {
            Capability::Live
        } else if is("Suspended") || is("LockedOut") || is("Deleted") {
            Capability::Ended
        } else {
            Capability::Unknown
        }
    }

    /// Seats that can be held: enabled + warning; `None` where a counter is null.
    pub fn capacity(&self) -> Option<i64> {
        self.enabled?.checked_add(self.warning?)
    }

    /// Seats that are left: capacity − consumed; below zero where more are consumed than there are, `None` where a
    /// counter is null.
    pub fn free(&self) -> Option<i64> {
        self.capacity()?.checked_sub(self.consumed?)
    }

    /// Whether a seat of this product is in force.
    pub fn usability(&self) -> Usability {
        match self.capability() {
            Capability::Ended => Usability::Unusable,
            Capability::Unknown => Usability::StatusUnreadable,
            Capability::Live => {
                let known = self.enabled.unwrap_or(0).saturating_add(self.warning.unwrap_or(0));
                match self.capacity() {
                    _ if known > 0 => Usability::Usable,
                    Some(_) => Usability::Unusable,
                    None => Usability::CountersMissing,
                }
            }
        }
    }

    /// Adds another row of the same product (another billing account).
    pub(super) fn add(&mut self, other: &Self) {
        let sum = |a: Option<i64>, b: Option<i64>| Some(a?.saturating_add(b?));
        // Units of a row that has ended are not usable, whatever its counters say.
        match (self.capability() == Capability::Ended, other.capability() == Capability::Ended) {
            (false, true) => {}
            (true, false) => (self.enabled, self.warning) = (other.enabled, other.warning),
            _ => {
                self.enabled = sum(self.enabled, other.enabled);
                self.warning = sum(self.warning, other.warning);
            }
        }
        self.suspended = self.suspended.saturating_add(other.suspended);
        self.locked_out = self.locked_out.saturating_add(other.locked_out);
        self.consumed = sum(self.consumed, other.consumed);
        let rank = |owned: &Self| match owned.capability() {
            Capability::Live => 0,
            Capability::Unknown => 1,
            Capability::Ended => 2,
        };
        if rank(other) < rank(self) {
            self.status.clone_from(&other.status);
        }
        if self.part_number.is_none() {
            self.part_number.clone_from(&other.part_number);
        }
        if self.applies_to.is_none() {
            self.applies_to.clone_from(&other.applies_to);
        }
    }
}

/// Whether seats of a product are in force (design section 4, "Usable SKU").
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Usability {
    /// In force.
    Usable,
    /// Ended, without units, or not owned at all.
    Unusable,
    /// The status is null or unknown.
    StatusUnreadable,
    /// The status is fine and a counter that decides is null.
    CountersMissing,
    /// `subscribedSkus` was not read, so nobody knows.
    SeatsUnreadable,
}

/// A subscription behind the seats (Microsoft Graph v1.0, resource `companySubscription`).
#[derive(Clone, Debug)]
pub struct Subscription {
    /// Its id, as received.
    pub id: String,
    /// The product it pays for.
    pub sku: SkuId,
    /// `status`, as received.
    pub status: Option<String>,
    /// `totalLicenses`: seats in this subscription.
    pub total: Option<i64>,
    /// `nextLifecycleDateTime`: when it moves to its next state unless renewed.
    pub next_change: Option<Timestamp>,
    /// When it was read.
    pub read: ReadIndex,
}

#[cfg(test)]
mod tests {
    use super::*;
    use Usability::{CountersMissing, StatusUnreadable, Unusable, Usable};

    fn owned(status: Option<&str>, enabled: Option<i64>, warning: Option<i64>) -> Owned {
        Owned {
            part_number: None,
            applies_to: None,
            status: status.map(str::to_owned),
            enabled,
            warning,
            suspended: 0,
            locked_out: 0,
            consumed: None,
            read: ReadIndex(0),
        }
    }

    #[test]
    fn usable_needs_a_live_status_and_units() {
        for (status, enabled, warning, expected) in [
            (Some("Enabled"), Some(1), Some(0), Usable),
            (Some("enabled"), Some(0), Some(1), Usable),
            (Some("Warning"), Some(0), Some(1100), Usable),
            (Some("Enabled"), Some(0), Some(0), Unusable),
            (Some("Enabled"), Some(5), None, Usable),
            (Some("Enabled"), None, Some(5), Usable),
            (Some("Enabled"), Some(0), None, CountersMissing),
            (Some("Enabled"), None, None, CountersMissing),
            (Some("Suspended"), Some(25), Some(0), Unusable),
            (Some("LockedOut"), None, None, Unusable),
            (Some("Deleted"), Some(1), Some(1), Unusable),
            (None, Some(25), Some(0), StatusUnreadable),
            (None, Some(0), Some(0), StatusUnreadable),
            (Some("Brandnew"), Some(25), Some(0), StatusUnreadable),
        ] {
            assert_eq!(
                owned(status, enabled, warning).usability(),
                expected,
                "{status:?} {enabled:?} {warning:?}"
            );
        }
    }
}
