//! Which findings a page shows where there are more than fit: of every kind the first few, and then the worst.

/// Of each kind, how many are shown. `kinds` are in the order of importance, each with its rank (0 is the worst)
/// and how many findings it has.
///
/// Every kind gets `floor` of its findings as long as there is room. What is left goes to the kinds of rank 0,
/// evenly, so that a kind of many does not push out the others; then to those of rank 1, and so on.
pub(super) fn choose(kinds: &[(usize, usize)], room: usize, floor: usize) -> Vec<usize> {
    let mut left = room;
    let mut chosen: Vec<usize> = kinds
        .iter()
        .map(|&(_, count)| {
            let first = count.min(floor).min(left);
            left -= first;
            first
        })
        .collect();
    let worst_to_best: std::collections::BTreeSet<usize> = kinds.iter().map(|&(rank, _)| rank).collect();
    for rank in worst_to_best {
        loop {
            let hungry: Vec<usize> =
                (0..kinds.len()).filter(|&at| kinds[at].0 == rank && chosen[at] < kinds[at].1).collect();
            if hungry.is_empty() || left == 0 {
                break;
            }
            let share = (left / hungry.len()).max(1);
            for at in hungry {
                let more = share.min(kinds[at].1 - chosen[at]).min(left);
                chosen[at] += more;
                left -= more;
            }
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::choose;

    #[test]
    fn all_are_shown_where_they_fit() {
        assert_eq!(choose(&[(0, 3), (1, 0), (3, 7)], 10, 2), [3, 0, 7]);
    }

    #[test]
    fn a_kind_of_many_leaves_the_first_few_of_every_other() {
        assert_eq!(choose(&[(0, 50_000), (1, 9), (3, 4)], 100, 5), [91, 5, 4]);
    }

    #[test]
    fn kinds_of_one_rank_share_evenly_and_what_one_does_not_need_goes_to_the_others() {
        assert_eq!(choose(&[(0, 1_000), (0, 20), (0, 1_000)], 100, 1), [40, 20, 40]);
    }

    #[test]
    fn never_more_than_there_is_room_for() {
        for room in 0..40 {
            let chosen = choose(&[(0, 8), (0, 8), (1, 8), (2, 8), (3, 8)], room, 5);
            assert_eq!(chosen.iter().sum::<usize>(), room.min(40));
        }
    }
}
