//! Users who look alike are judged alike.
//!
//! In a large tenant thousands of users have the same license entries and the same facts, and are in the same groups
//! in scope. Rules look at nothing else, so what they say of one they say of all, but for the name and the moment of
//! reading. Such users are a class. Of each class one user is judged; where nothing is said of him, nothing would be
//! said of the others, and they are passed over. Where something is, each is judged by himself, so that everybody
//! has his own finding with his own evidence.

use std::hash::{Hash, Hasher};

use hashbrown::HashTable;
use rustc_hash::{FxHashSet, FxHasher};

use super::context::Context;
use super::output::Output;
use crate::tenant::{GroupIndex, LookIndex, Tenant, User, UserIndex};

/// Who is a member of which groups in scope: for each user in turn a stretch of one list of groups.
///
/// Groups know their members. Turned over, all that concerns a user is seen together, and users are gone through
/// in the order in which they lie in memory.
#[derive(Debug)]
pub struct Memberships {
    starts: Vec<u32>,
    groups: Vec<GroupIndex>,
}

impl Memberships {
    pub(super) fn of(context: &Context<'_>) -> Self {
        let users = context.tenant.user_count();
        let members = || context.in_scope.iter().map(|group| (*group, context.member_users(*group)));
        let mut starts = vec![0_u32; users + 1];
        for user in members().flat_map(|(_, members)| members) {
            starts[user.index() + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        // Each start moves on as its stretch fills, and then is the start of the next.
        let mut groups = Vec::new();
        if let Some(first) = context.in_scope.first() {
            groups.resize(sum as usize, *first);
        }
        for (group, members) in members() {
            for user in members {
                let place = &mut starts[user.index()];
                groups[*place as usize] = group;
                *place += 1;
            }
        }
        starts.rotate_right(1);
        starts[0] = 0;
        Self { starts, groups }
    }

    /// The groups in scope that the user is a direct member of, in the order of ids.
    pub fn of_user(&self, user: UserIndex) -> &[GroupIndex] {
        &self.groups[self.starts[user.index()] as usize..self.starts[user.index() + 1] as usize]
    }
}

/// Users who are judged alike.
#[derive(Debug)]
struct Class {
    look: LookIndex,
    first: UserIndex,
    users: usize,
}

/// The classes of a tenant's users.
#[derive(Debug)]
pub struct Classes {
    /// For each user.
    class_of: Vec<u32>,
    classes: Vec<Class>,
}

impl Classes {
    /// Users of one look (which is all but id, names and moment of reading) in the same groups in scope.
    pub(super) fn of(tenant: &Tenant, memberships: &Memberships) -> Self {
        let mut classes: Vec<Class> = Vec::new();
        let mut known: HashTable<u32> = HashTable::with_capacity(tenant.look_count());
        let class_of = tenant.users().map(|user| {
            let (look, groups) = (user.look(), memberships.of_user(user.index));
            let same = |class: &u32| {
                let class = &classes[*class as usize];
                class.look == look && memberships.of_user(class.first) == groups
            };
            let hash = hash(look, groups);
            if let Some(&class) = known.find(hash, same) {
                classes[class as usize].users += 1;
                return class;
            }
            let class = u32::try_from(classes.len()).expect("no more than there are users");
            classes.push(Class { look, first: user.index, users: 1 });
            known.insert_unique(hash, class, |class| {
                let class = &classes[*class as usize];
                self::hash(class.look, memberships.of_user(class.first))
            });
            class
        });
        Self { class_of: class_of.collect(), classes }
    }

    /// Everybody is a class of his own.
    #[cfg(test)]
    pub(super) fn alone(tenant: &Tenant) -> Self {
        let class = |user: User<'_>| Class { look: user.look(), first: user.index, users: 1 };
        Self {
            class_of: (0..).take(tenant.user_count()).collect(),
            classes: tenant.users().map(class).collect(),
        }
    }

    /// One user of each class, and how many are like him, himself counted.
    pub fn iter(&self) -> impl Iterator<Item = (UserIndex, usize)> {
        self.classes.iter().map(|class| (class.first, class.users))
    }

    /// How many users there are for whose class something holds.
    pub fn count(&self, holds: impl Fn(UserIndex) -> bool) -> usize {
        self.iter().filter(|(user, _)| holds(*user)).map(|(_, users)| users).sum()
    }

    /// Judges users in the order of their ids, all but those of whose class nothing is said. What is counted besides
    /// findings and gaps has to be [counted](Self::count) by class.
    pub(super) fn judge<'t>(
        &self,
        tenant: &'t Tenant,
        output: &mut Output<'_>,
        mut judge: impl FnMut(&mut Output<'_>, User<'t>),
    ) {
        let mut silent = vec![false; self.classes.len()];
        for (user, class) in tenant.users().zip(&self.class_of) {
            let silent = &mut silent[*class as usize];
            if !*silent {
                let before = output.said();
                judge(output, user);
                *silent = output.said() == before;
            }
        }
    }

    /// For judging some users only, beside something that is the same for all of them.
    pub(super) fn quiet(&self) -> Quiet<'_> {
        Quiet { classes: self, silent: FxHashSet::default() }
    }
}

/// Classes of whose users nothing is said.
pub(super) struct Quiet<'c> {
    classes: &'c Classes,
    silent: FxHashSet<u32>,
}

impl Quiet<'_> {
    /// Notes that nothing is said of the user, and so of none who is like him.
    pub(super) fn note(&mut self, user: UserIndex) {
        self.silent.insert(self.classes.class_of[user.index()]);
    }

    /// Whether nothing is said of somebody like the user.
    pub(super) fn has(&self, user: UserIndex) -> bool {
        self.silent.contains(&self.classes.class_of[user.index()])
    }
}

fn hash(look: LookIndex, groups: &[GroupIndex]) -> u64 {
    let mut hasher = FxHasher::default();
    (look, groups).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests;
