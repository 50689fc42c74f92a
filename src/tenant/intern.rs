//! Interning: a value that a million users share is kept once and named by a small number.

use rustc_hash::FxHashMap;
use std::hash::Hash;

/// Keeps each distinct value once; numbers are given in order of first appearance.
#[derive(Debug)]
pub(super) struct Interner<T> {
    values: Vec<T>,
    numbers: FxHashMap<T, u32>,
}

impl<T> Default for Interner<T> {
    fn default() -> Self {
        Self { values: Vec::new(), numbers: FxHashMap::default() }
    }
}

impl<T: Clone + Eq + Hash> Interner<T> {
    /// The number of `value`.
    pub(super) fn number<Q>(&mut self, value: &Q) -> u32
    where
        T: std::borrow::Borrow<Q>,
        Q: Eq + Hash + ToOwned<Owned = T> + ?Sized,
    {
        if let Some(&number) = self.numbers.get(value) {
            return number;
        }
        let number =
            u32::try_from(self.values.len()).expect("memory ends before four thousand million values");
        self.values.push(value.to_owned());
        self.numbers.insert(value.to_owned(), number);
        number
    }

    /// An interner that holds these values, each of them once, already.
    pub(super) fn of(values: Vec<T>) -> Self {
        let number = |at: usize| u32::try_from(at).expect("the values were numbered before");
        let numbers = values.iter().enumerate().map(|(at, value)| (value.clone(), number(at))).collect();
        Self { values, numbers }
    }

    /// The values in order of their numbers.
    pub(super) fn into_values(self) -> Vec<T> {
        self.values
    }

    /// The values so far, in order of their numbers.
    pub(super) fn values(&self) -> &[T] {
        &self.values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_share_a_number() {
        let mut words: Interner<String> = Interner::default();
        assert_eq!(words.number("Active"), 0);
        assert_eq!(words.number("Error"), 1);
        assert_eq!(words.number("Active"), 0);
        assert_eq!(words.into_values(), ["Active", "Error"]);
    }
}
