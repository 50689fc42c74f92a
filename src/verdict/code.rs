//! The codes of findings and gaps. A code is never renamed and never used again for something else.

macro_rules! codes {
    ($($variant:ident = $text:literal),+ $(,)?) => {
        /// What kind of thing was found, or was not read.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Code {
            $(#[doc = concat!("`", $text, "`")] $variant,)+
        }

        impl Code {
            /// All codes.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The code as reports and configurations write it.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)+
                }
            }
        }
    };
}

codes! {
    AllTargetsExcluded = "all-targets-excluded",
    AssignmentActiveWithError = "assignment-active-with-error",
    AssignmentDisabled = "assignment-disabled",
    AssignmentError = "assignment-error",
    CountViolationStale = "count-violation-stale",
    DemandExceedsSeats = "demand-exceeds-seats",
    DirectAndInherited = "direct-and-inherited",
    DirectOnly = "direct-only",
    DisabledAccountHoldsSeat = "disabled-account-holds-seat",
    DynamicRuleAdmitsGuests = "dynamic-rule-admits-guests",
    EmptyLicensedGroup = "empty-licensed-group",
    GroupKindUnknown = "group-kind-unknown",
    GroupLicensesUnreadable = "group-licenses-unreadable",
    GroupTypeNotEligible = "group-type-not-eligible",
    GuestInLicensedGroup = "guest-in-licensed-group",
    GuestInNestedGroup = "guest-in-nested-group",
    GuestInTargetGroup = "guest-in-target-group",
    InternalGuest = "internal-guest",
    LicenseLeftBehind = "license-left-behind",
    LicensePending = "license-pending",
    LicenseProcessingNotComplete = "license-processing-not-complete",
    LicenseStatesMissing = "license-states-missing",
    LicenseSuspended = "license-suspended",
    LimitedInformation = "limited-information",
    LowHeadroom = "low-headroom",
    MemberThroughNestedGroup = "member-through-nested-group",
    MembersIncomplete = "members-incomplete",
    MembersNotInSnapshot = "members-not-in-snapshot",
    MembershipHidden = "membership-hidden",
    MembershipNotSettled = "membership-not-settled",
    MembershipRulePaused = "membership-rule-paused",
    MissingProduct = "missing-product",
    NestedGroupMembersNotLicensed = "nested-group-members-not-licensed",
    NoGroupConfigured = "no-group-configured",
    NoGroupGrantsBothSuites = "no-group-grants-both-suites",
    NoLicenseAssigned = "no-license-assigned",
    NoPlanGiven = "no-plan-given",
    NoSeatLeft = "no-seat-left",
    NotAPlainSecurityGroup = "not-a-plain-security-group",
    NotLicensedWithoutError = "not-licensed-without-error",
    OrphanAssignment = "orphan-assignment",
    OverConsumed = "over-consumed",
    PlansDifferFromGroup = "plans-differ-from-group",
    ProductFromAnotherGroup = "product-from-another-group",
    RequiredPlanDisabled = "required-plan-disabled",
    SeatCountersMissing = "seat-counters-missing",
    SeatsExhausted = "seats-exhausted",
    SeatsInGrace = "seats-in-grace",
    SeatsUnreadable = "seats-unreadable",
    SkuNotOwned = "sku-not-owned",
    SkuPlansMissing = "sku-plans-missing",
    SkuUnreadable = "sku-unreadable",
    SubscriptionLapses = "subscription-lapses",
    SubscriptionSuspended = "subscription-suspended",
    TargetDeleted = "target-deleted",
    TargetNotFound = "target-not-found",
    UnplannedLicensedGroup = "unplanned-licensed-group",
    UnrecognisedState = "unrecognised-state",
    UnusedSeats = "unused-seats",
    UsageLocationMissing = "usage-location-missing",
    UsersIncomplete = "users-incomplete",
    WaiverCoversAll = "waiver-covers-all",
    WaiverExpired = "waiver-expired",
    WaiverUnused = "waiver-unused",
}

impl Code {
    /// Reads a code without regard to letter case.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str().eq_ignore_ascii_case(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_sorted_and_unique() {
        assert!(Code::ALL.windows(2).all(|pair| pair[0].as_str() < pair[1].as_str()));
    }
}
