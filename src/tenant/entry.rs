//! License entries: the elements of a user's `licenseAssignmentStates`, normalised to design section 4.

use std::hash::{Hash, Hasher};

use super::id::{PlanSetIndex, SkuIndex};

/// The state of an entry. The set is open: an unknown word is kept and never counts as good.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum State {
    /// The license is in force.
    Active,
    /// A seat is held, but part of the assignment could not be applied.
    ActiveWithError,
    /// The assignment is there and not in force.
    Disabled,
    /// The assignment failed.
    Error,
    /// Any other word, null or absent.
    Unrecognised,
}

impl State {
    /// Reads the word without regard to letter case.
    pub(super) fn of(word: &str) -> Self {
        let is = |known: &str| word.eq_ignore_ascii_case(known);
        match () {
            () if is("Active") => Self::Active,
            () if is("ActiveWithError") => Self::ActiveWithError,
            () if is("Disabled") => Self::Disabled,
            () if is("Error") => Self::Error,
            () => Self::Unrecognised,
        }
    }

    /// Whether the user holds a seat by an entry in this state.
    pub fn holds_seat(self) -> bool {
        matches!(self, Self::Active | Self::ActiveWithError)
    }
}

/// What the `error` of an entry says, as far as verdicts depend on it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Trouble {
    /// Null, absent, empty or `None`.
    None,
    /// No free seat.
    CountViolation,
    /// `Other`, or `Others` as older documentation has it: usually a companion of another error.
    Other,
    /// Any other word, known or not.
    Named,
}

impl Trouble {
    pub(super) fn of(word: &str) -> Self {
        let is = |known: &str| word.eq_ignore_ascii_case(known);
        match () {
            () if word.is_empty() || is("None") => Self::None,
            () if is("CountViolation") => Self::CountViolation,
            () if is("Other") || is("Others") => Self::Other,
            () => Self::Named,
        }
    }
}

/// One license entry of a user, in 20 bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Entry {
    pub(super) source: u32,
    pub(super) disabled: PlanSetIndex,
    pub(super) state_word: u32,
    pub(super) error_word: u32,
    pub(super) sku: SkuIndex,
    pub(super) state: State,
    pub(super) trouble: Trouble,
}

impl Hash for Entry {
    /// A million users have two or three each, so few words are hashed: state and trouble follow from theirs.
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        let together = |one: u32, other: u32| u64::from(one) << 32 | u64::from(other);
        together(self.source, self.disabled.0).hash(hasher);
        together(self.state_word, self.error_word).hash(hasher);
        self.sku.hash(hasher);
    }
}

impl Entry {
    /// Of two entries for one SKU and one source the one with the lower rank counts.
    pub(super) fn rank(&self) -> u8 {
        match (self.state, self.trouble) {
            (State::Active, Trouble::None) => 0,
            (State::Active, _) => 1,
            (State::ActiveWithError, _) => 2,
            _ => 3,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_stays_small() {
        assert_eq!(size_of::<Entry>(), 20);
    }

    #[test]
    fn no_error_has_four_spellings() {
        for word in ["", "None", "none", "NONE"] {
            assert_eq!(Trouble::of(word), Trouble::None, "{word:?}");
        }
        assert_eq!(Trouble::of("Others"), Trouble::of("other"));
        assert_eq!(Trouble::of("BrandNewViolation"), Trouble::Named);
    }
}
