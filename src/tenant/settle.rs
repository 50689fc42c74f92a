//! Settling: users in the order of their ids, each once, and where the members of each group are among them.
//!
//! To find a million members among a million users is the dearest step in building the model, so it is done once,
//! when the lists have been read. What is read of single users after that (members whom no list shows, users who
//! are accused) takes the place of what was known of them; only where it has no such place is everything settled
//! anew.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use rustc_hash::FxHashSet;

use super::builder::TenantBuilder;
use super::decode::Users;
use super::id::{ReadIndex, UserId, UserIndex};
use super::look::{Account, Looks, fact};
use super::places::Places;
use super::user::Row;

/// What was settled. While it stands, members have places instead of ids.
#[derive(Debug)]
pub(super) struct Settled {
    /// By group: its user members, in the order of their places.
    pub(super) members: BTreeMap<u128, Vec<UserIndex>>,
    /// By group: the user members who are no users of the tenant so far.
    strangers: BTreeMap<u128, Vec<u128>>,
    /// How many users there are; those behind them were read later.
    users: usize,
}

impl Settled {
    /// The members of a tenant, who all are among its users.
    pub(super) fn of(members: BTreeMap<u128, Vec<UserIndex>>, users: usize) -> Self {
        Self { members, strangers: BTreeMap::new(), users }
    }
}

impl TenantBuilder {
    /// Members that are to be asked for by id, in the order of their ids: those of whom the user list shows
    /// nothing but the id, and, if that list is complete, those it does not have.
    pub fn unread_members(&mut self, list_is_complete: bool) -> Vec<UserId> {
        let settled = self.settled();
        let Users { rows, looks, .. } = &self.users;
        let is_unread = |row: &Row| {
            let account = looks.account(row.look);
            let in_list = account.is(fact::READABLE) && !account.is(fact::BY_ID);
            !in_list && !self.shown_by_list.contains(&row.id)
        };
        let unread: Vec<bool> = rows.iter().map(is_unread).collect();
        let members = settled.members.values().flatten().filter(|user| unread[user.index()]);
        let mut ids: BTreeSet<UserId> = members.map(|user| UserId(rows[user.index()].id)).collect();
        if list_is_complete {
            ids.extend(settled.strangers.values().flatten().map(|id| UserId(*id)));
        }
        self.settled = Some(settled);
        ids.into_iter().collect()
    }

    /// Whether what was read of single users since the model was [reopened](Self::reopen) shows them as they were, but
    /// for the moment.
    pub fn shows_nothing_new(&self) -> bool {
        let Users { rows, text, looks } = &self.users;
        // What was not understood may be a gap now.
        let all_there = self.gone_users.is_empty() && self.undecoded.is_empty();
        let Some(settled) = self.settled.as_ref().filter(|_| all_there) else { return false };
        let (before, late) = rows.split_at(settled.users);
        let names = |row: &Row| {
            let begin = usize::try_from(row.text).expect("texts lie in memory");
            let (principal, display) = (row.principal_name_length as usize, row.display_name_length as usize);
            (principal, &text[begin..begin + principal + display])
        };
        let account = |row: &Row| {
            let account = *looks.account(row.look);
            Account { facts: account.facts | fact::BY_ID, ..account }
        };
        late.iter().all(|now| {
            let was = before.binary_search_by_key(&now.id, |row| row.id).map(|place| &before[place]);
            was.is_ok_and(|was| {
                names(was) == names(now)
                    && account(was) == account(now)
                    && looks.entries(was.look) == looks.entries(now.look)
            })
        })
    }

    /// One row per user in the order of ids: the last reading counts, and one by id counts over the list.
    /// Members that no list has become rows that say so. Beside it, the user members of each group that was asked
    /// for its members.
    pub(super) fn finish_users(&mut self) -> (Vec<Row>, BTreeMap<u128, Vec<UserIndex>>) {
        if !self.gone_users.is_empty() {
            self.unsettle();
            self.users.rows.retain(|row| !self.gone_users.contains(&row.id));
            for members in self.members.values_mut() {
                members.users.retain(|id| !self.gone_users.contains(id));
                members.untyped.retain(|id| !self.gone_users.contains(id));
            }
        }
        let mut settled = self.settled();
        if !settled.strangers.is_empty() {
            let unknown = self.users.looks.number(Account::default(), &[]);
            let unknown = unknown.expect("memory ends before there are too many looks for one more");
            let read = |group: &u128| self.members[group].read.unwrap_or(ReadIndex(0));
            let strangers: BTreeMap<u128, ReadIndex> = settled
                .strangers
                .iter()
                .flat_map(|(group, ids)| ids.iter().map(|id| (*id, read(group))))
                .collect();
            self.settled = Some(settled);
            self.unsettle();
            let rows = strangers.into_iter().map(|(id, read)| Row::of_stranger(id, unknown, read));
            self.users.rows.extend(rows);
            settled = self.settled();
        }
        let mut rows = std::mem::take(&mut self.users.rows);
        rows.shrink_to_fit();
        self.users.text.shrink_to_fit();
        self.users.looks.shrink_to_fit();
        (rows, settled.members)
    }

    /// Puts the users in the order of their ids; of one user the reading that counts last.
    pub(super) fn sort_users(&mut self) {
        let Users { rows, looks, .. } = &mut self.users;
        let by_id = |row: &Row| looks.account(row.look).is(fact::BY_ID);
        let order =
            |one: &Row, other: &Row| one.id.cmp(&other.id).then_with(|| by_id(one).cmp(&by_id(other)));
        // The sort is a stable one: readings stay in the order in which they came, and little is to be done where
        // little came after the last time, or where both halves are in order.
        let middle = rows.len() / 2;
        let (one, other) = rows.split_at_mut(middle);
        beside(|| one.sort_by(order), || other.sort_by(order));
        rows.sort_by(order);
    }

    /// Whether the row is one of the user list.
    pub(super) fn is_listed(&self, row: &Row) -> bool {
        !self.users.looks.account(row.look).is(fact::BY_ID)
    }

    /// What comes in is more than single users: members have their ids again.
    pub(super) fn unsettle(&mut self) {
        let Some(settled) = self.settled.take() else { return };
        for (group, places) in settled.members {
            let members = self.members.entry(group).or_default();
            members.users.extend(places.into_iter().map(|user| self.users.rows[user.index()].id));
        }
        for (group, strangers) in settled.strangers {
            self.members.entry(group).or_default().users.extend(strangers);
        }
        // Members that no list had are found out again.
        let Users { rows, looks, .. } = &mut self.users;
        rows.retain(|row| looks.account(row.look).is(fact::KNOWN));
    }

    /// What is settled, brought up to date.
    fn settled(&mut self) -> Settled {
        if let Some(settled) = self.settled.take() {
            if self.put_in_place(settled.users) {
                return settled;
            }
            self.settled = Some(settled);
            self.unsettle();
        }
        self.settle()
    }

    /// Puts what was read of single users since then into the places of these users; tells whether all have one.
    fn put_in_place(&mut self, users: usize) -> bool {
        let (settled, late) = self.users.rows.split_at_mut(users);
        let place = |row: &Row| settled.binary_search_by_key(&row.id, |known| known.id).ok();
        let Some(places) = late.iter().map(place).collect::<Option<Vec<usize>>>() else { return false };
        for (row, place) in late.iter().zip(places) {
            note_who_was_shown(&self.users.looks, &mut self.shown_by_list, &settled[place], row);
            settled[place] = *row;
        }
        self.users.rows.truncate(users);
        true
    }

    fn settle(&mut self) -> Settled {
        self.sort_users();
        let Users { rows, looks, .. } = &mut self.users;
        rows.dedup_by(|later, earlier| {
            let same = later.id == earlier.id;
            if same {
                note_who_was_shown(looks, &mut self.shown_by_list, earlier, later);
                *earlier = *later;
            }
            same
        });
        for members in self.members.values_mut() {
            for id in std::mem::take(&mut members.untyped) {
                let kind =
                    if self.groups.contains_key(&id) { &mut members.groups } else { &mut members.users };
                kind.push(id);
            }
        }
        let groups: Vec<(u128, Vec<u128>)> = self
            .members
            .iter_mut()
            .map(|(group, members)| (*group, std::mem::take(&mut members.users)))
            .collect();
        let rows = &self.users.rows;
        let places = Places::of(rows.iter().map(|row| row.id));
        let left = Mutex::new(groups.into_iter());
        let next = || left.lock().expect("to take the next group does not panic").next();
        let work = || -> Vec<_> {
            let found = |(group, ids)| (group, find(rows, &places, ids));
            std::iter::from_fn(next).map(found).collect()
        };
        let (one, other) = beside(work, work);
        let mut settled = Settled::of(BTreeMap::new(), rows.len());
        for (group, (members, strangers)) in one.into_iter().chain(other) {
            settled.members.insert(group, members);
            if !strangers.is_empty() {
                settled.strangers.insert(group, strangers);
            }
        }
        settled
    }
}

/// The places of members among the users, in order and each once, and the members who are not there.
fn find(users: &[Row], places: &Places, members: Vec<u128>) -> (Vec<UserIndex>, Vec<u128>) {
    let mut strangers = Vec::new();
    let found = members.into_iter().filter_map(|id| {
        let near = places.range(id);
        let Ok(place) = users[near.clone()].binary_search_by_key(&id, |row| row.id) else {
            strangers.push(id);
            return None;
        };
        Some(UserIndex(u32::try_from(near.start + place).expect("users are counted in u32")))
    });
    let mut found: Vec<UserIndex> = found.collect();
    found.sort_unstable();
    found.dedup();
    found.shrink_to_fit();
    (found, strangers)
}

/// Does two things beside each other: to close the model is work for one processor, while another has nothing to do.
pub(super) fn beside<A: Send, B>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    std::thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        (one.join().unwrap_or_else(|panicked| std::panic::resume_unwind(panicked)), other)
    })
}

/// Takes note of a user whom the list shows, where what was read by id takes that place.
fn note_who_was_shown(looks: &Looks, shown: &mut FxHashSet<u128>, before: &Row, now: &Row) {
    let [before, by_id] = [before, now].map(|row| looks.account(row.look));
    if by_id.is(fact::BY_ID) && !before.is(fact::BY_ID) && before.is(fact::READABLE) {
        shown.insert(now.id);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::Timestamp;
    use proptest::prelude::*;

    use super::super::builder::Collection;
    use super::super::coverage::Run;
    use super::super::decode::Decoded;
    use super::super::id::GroupId;
    use super::super::user::User;
    use super::super::{Coverage, Tenant};
    use super::*;

    fn user_id(number: u8) -> String {
        format!("05e40000-0000-4000-8000-0000000000{number:02x}")
    }

    fn group_id(number: u8) -> String {
        format!("5a1e5000-0000-4000-8000-0000000000{number:02x}")
    }

    fn single(number: u8) -> Collection {
        Collection::SingleUser(UserId::parse(&user_id(number)).expect("an id"))
    }

    /// A user whose name is a number; of some only the id shows.
    fn user(number: u8, name: Option<u8>) -> String {
        let name = name.map(|name| format!(r#","displayName":"{name}""#)).unwrap_or_default();
        format!(r#"{{"id":"{}"{name}}}"#, user_id(number))
    }

    fn add(builder: &mut TenantBuilder, collection: Collection, objects: &[String]) {
        let mut page = Decoded::new(collection, Timestamp::UNIX_EPOCH);
        for object in objects {
            page.object(object).expect("it is well-formed");
        }
        builder.add(page).expect("there are few names");
    }

    /// Two groups, their members, and a list of users.
    fn lists(list: &[(u8, Option<u8>)], members: &[(u8, u8)]) -> TenantBuilder {
        let mut builder = TenantBuilder::new();
        let groups = [0, 1].map(|group| format!(r#"{{"id":"{}"}}"#, group_id(group)));
        add(&mut builder, Collection::Groups, &groups);
        for group in [0, 1] {
            let of_group = members.iter().filter(|(of, _)| *of == group);
            let objects: Vec<String> = of_group
                .map(|(_, number)| {
                    // Some have no type, and are told apart by the lists.
                    let kind =
                        if number % 3 == 0 { "" } else { r##""@odata.type":"#microsoft.graph.user","## };
                    format!(r#"{{{kind}"id":"{}"}}"#, user_id(*number))
                })
                .collect();
            let id = GroupId::parse(&group_id(group)).expect("an id");
            add(&mut builder, Collection::Members(id), &objects);
        }
        let users: Vec<String> = list.iter().map(|(number, name)| user(*number, *name)).collect();
        add(&mut builder, Collection::Users, &users);
        builder
    }

    /// Reads a user by id; no object says that there is none.
    fn read_single(builder: &mut TenantBuilder, number: u8, object: &[String]) {
        add(builder, single(number), object);
    }

    fn finish(builder: TenantBuilder) -> Tenant {
        builder.finish(Timestamp::UNIX_EPOCH, Vec::<Coverage>::new(), Run::default())
    }

    /// What can be seen of the users and of the members of the groups.
    fn told(tenant: &Tenant) -> (Vec<String>, Vec<Option<Vec<UserId>>>) {
        let users = tenant.users().map(|user| {
            format!("{} {:?} {} {}", user.id(), user.display_name(), user.is_known(), user.is_readable())
        });
        let members = tenant.groups().map(|(group, _)| {
            let members = tenant.members(group)?;
            Some(members.users.iter().map(|user| tenant.user(*user).id()).collect())
        });
        (users.collect(), members.collect())
    }

    proptest! {
        /// Nobody sees how often it was settled on the way, and whether the model was closed and opened again.
        #[test]
        fn settling_early_or_again_makes_the_same_tenant(
            list in prop::collection::vec((0_u8..12, prop::option::of(0_u8..3)), 0..15),
            members in prop::collection::vec((0_u8..2, 0_u8..14), 0..20),
            singles in prop::collection::vec((0_u8..14, prop::option::of(prop::option::of(3_u8..6)), any::<bool>()), 0..6),
            again in prop::collection::vec((any::<prop::sample::Index>(), prop::option::of(prop::option::of(6_u8..9))), 0..4),
        ) {
            let (mut early, mut late) = (lists(&list, &members), lists(&list, &members));
            for (number, found, settles) in singles {
                if settles {
                    early.unread_members(true);
                }
                let object = found.map(|name| user(number, name));
                read_single(&mut early, number, object.as_slice());
                read_single(&mut late, number, object.as_slice());
            }
            let closed = finish(early);
            let known: Vec<UserId> = closed.users().map(User::id).collect();
            let (mut early, as_of, ledger, run) = TenantBuilder::reopen(closed);
            for (chosen, found) in again.into_iter().filter(|_| !known.is_empty()) {
                let id = chosen.get(&known);
                let number = u8::try_from(id.0 & 0xff).expect("one byte");
                let object = found.map(|name| user(number, name));
                read_single(&mut early, number, object.as_slice());
                read_single(&mut late, number, object.as_slice());
            }
            prop_assert_eq!(told(&early.finish(as_of, ledger, run)), told(&finish(late)));
        }

        /// Those are asked for by id of whom the list shows nothing, in whatever order things were read.
        #[test]
        fn members_are_unread_whom_the_list_does_not_show(
            list in prop::collection::btree_map(0_u8..12, prop::option::of(0_u8..3), 0..12),
            members in prop::collection::vec((0_u8..2, 0_u8..14), 0..20),
            singles in prop::collection::vec((0_u8..14, prop::option::of(3_u8..6)), 0..6),
            complete in any::<bool>(),
        ) {
            let shown: Vec<_> = list.iter().map(|(number, name)| (*number, *name)).collect();
            let mut builder = lists(&shown, &members);
            let unread = |number: &u8| match list.get(number) {
                Some(name) => name.is_none(),
                None => complete,
            };
            let numbers: BTreeSet<u8> = members.iter().map(|(_, number)| *number).collect();
            let expected: Vec<UserId> = numbers
                .into_iter()
                .filter(unread)
                .map(|number| UserId::parse(&user_id(number)).expect("an id"))
                .collect();
            prop_assert_eq!(&builder.unread_members(complete), &expected);
            // Of an interrupted scan that goes on the answers are there already.
            for (number, name) in singles.into_iter().filter(|(number, _)| list.contains_key(number)) {
                read_single(&mut builder, number, &[user(number, name)]);
            }
            add(&mut builder, Collection::Organization, &[]);
            prop_assert_eq!(&builder.unread_members(complete), &expected);
        }
    }

    #[test]
    fn only_what_changed_meanwhile_is_new() {
        let reopened =
            || TenantBuilder::reopen(finish(lists(&[(1, Some(1)), (2, None)], &[(0, 1), (0, 9)]))).0;
        for (number, found, nothing_new) in [
            (1, Some(Some(1)), true),
            (1, Some(Some(2)), false),
            (1, Some(None), false),
            (1, None, false),
            (2, Some(None), true),
            (2, Some(Some(0)), false),
            // Nobody had shown him.
            (9, Some(None), false),
        ] {
            let mut builder = reopened();
            assert!(builder.shows_nothing_new());
            read_single(&mut builder, number, found.map(|name| user(number, name)).as_slice());
            assert_eq!(builder.shows_nothing_new(), nothing_new, "{number} {found:?}");
        }
        let mut builder = reopened();
        let mut page = Decoded::new(single(1), Timestamp::UNIX_EPOCH);
        assert!(page.object(r#"{"id":7}"#).is_err());
        builder.add(page).expect("there are few names");
        assert!(!builder.shows_nothing_new(), "what was not understood is not as it was");
    }
}
