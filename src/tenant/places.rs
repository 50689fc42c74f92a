//! Finds ids in a long sorted list.
//!
//! A service gives ids at random, so their leading bits say nearly where one is: a look at a small table leaves a
//! handful of places to search. Ids that are not random are found as well, by searching more.

use std::ops::Range;

/// At most a million entries, so that the table stays small.
const MOST_BITS: u32 = 20;

/// Where the ids lie that begin with the same bits.
#[derive(Debug)]
pub(super) struct Places {
    starts: Vec<u32>,
    shift: u32,
}

impl Places {
    /// The places of these ids, which are sorted, and fewer than four thousand million.
    pub(super) fn of(ids: impl ExactSizeIterator<Item = u128>) -> Self {
        let bits = (usize::BITS - ids.len().leading_zeros()).clamp(1, MOST_BITS);
        let shift = u128::BITS - bits;
        let mut starts = vec![0_u32; (1 << bits) + 1];
        for id in ids {
            starts[(id >> shift) as usize + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        Self { starts, shift }
    }

    /// Where an id is, if it is anywhere.
    pub(super) fn range(&self, id: u128) -> Range<usize> {
        let bits = (id >> self.shift) as usize;
        self.starts[bits] as usize..self.starts[bits + 1] as usize
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn find(ids: &[u128], id: u128) -> Option<usize> {
        let range = Places::of(ids.iter().copied()).range(id);
        ids[range.clone()].binary_search(&id).ok().map(|place| range.start + place)
    }

    #[test]
    fn an_empty_list_has_no_place() {
        assert_eq!(find(&[], 5), None);
    }

    proptest! {
        #[test]
        fn every_id_is_found_where_it_is_random_or_not(
            random in prop::collection::btree_set(any::<u128>(), 0..200),
            alike in prop::collection::btree_set((0..500_u128).prop_map(|id| id + (7 << 100)), 0..200),
            stranger in any::<u128>(),
        ) {
            let mut ids: Vec<u128> = random.union(&alike).copied().collect();
            ids.sort_unstable();
            for (place, id) in ids.iter().enumerate() {
                prop_assert_eq!(find(&ids, *id), Some(place));
            }
            prop_assert_eq!(find(&ids, stranger), ids.binary_search(&stranger).ok());
        }
    }
}
