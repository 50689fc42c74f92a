//! Which licensed groups and candidates share members.

use std::cmp::Reverse;

use super::{Assessed, Class, Overlap};
use crate::rules::context::Context;
use crate::tenant::GroupIndex;

/// How many groups are named.
const NAMED: usize = 3;

/// Writes into each licensed group and candidate which others share members with it.
pub(super) fn find(context: &Context<'_>, groups: &mut [Assessed]) {
    let counts = |assessed: &Assessed| !matches!(assessed.class, Class::Unsuitable | Class::Unknown);
    // Licensed groups count whether or not they were asked for.
    let mut considered: Vec<GroupIndex> =
        groups.iter().filter(|assessed| counts(assessed)).map(|assessed| assessed.group).collect();
    considered.extend(context.licensed_in_scope());
    considered.sort_unstable();
    considered.dedup();
    let mut memberships: Vec<(u32, GroupIndex)> = Vec::new();
    for &group in &considered {
        let users = context.member_users(group).iter();
        memberships.extend(users.map(|user| (u32::try_from(user.index()).expect("counted in u32"), group)));
    }
    memberships.sort_unstable();
    let mut shared = vec![0_usize; context.tenant.groups().len()];
    for assessed in groups.iter_mut().filter(|assessed| counts(assessed)) {
        let mut met: Vec<GroupIndex> = Vec::new();
        for user in context.member_users(assessed.group) {
            let user = u32::try_from(user.index()).expect("counted in u32");
            let first = memberships.partition_point(|(member, _)| *member < user);
            for (_, other) in memberships[first..].iter().take_while(|(member, _)| *member == user) {
                if *other != assessed.group {
                    if shared[other.index()] == 0 {
                        met.push(*other);
                    }
                    shared[other.index()] += 1;
                }
            }
        }
        assessed.overlapping = met.len();
        met.sort_unstable_by_key(|group| (Reverse(shared[group.index()]), *group));
        let overlap = |group: &GroupIndex| Overlap { group: *group, shared: shared[group.index()] };
        assessed.overlaps = met.iter().take(NAMED).map(overlap).collect();
        for group in met {
            shared[group.index()] = 0;
        }
    }
}
