//! Large tenants from a seed: the same seed, the same tenant. For load, not for reading.
//!
//! Its generator is splitmix64 (Steele, Lea and Flood, 2014), written out here so that no library update changes
//! a tenant.

use std::borrow::Cow;

use jiff::Timestamp;
use uuid::{Builder, Uuid};

use super::builder::{TenantBuilder, count_seats};
use super::directory::{AssignmentState, Directory, Member, Plans, User};
use super::names::{FAMILY, GIVEN, plain};

/// A stream of pseudo-random numbers.
#[derive(Clone, Debug)]
pub(super) struct SplitMix(u64);

impl SplitMix {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    /// A number below `limit`, which is not 0.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit as u64).expect("less than a usize")
    }

    /// An id that looks like any other.
    pub(super) fn uuid(&mut self) -> Uuid {
        let words = u128::from(self.next()) << 64 | u128::from(self.next());
        Builder::from_random_bytes(words.to_be_bytes()).into_uuid()
    }
}

/// What the licensed groups hand out, in turn.
const PRODUCTS: [&[&str]; 3] = [&["SPE_E3"], &["ENTERPRISEPACK", "EMS"], &["SPE_E5"]];
const DEPARTMENTS: [&str; 8] =
    ["Sales", "Finance", "Engineering", "Support", "Marketing", "Legal", "Logistics", "Research"];
const COUNTRIES: [&str; 6] = ["NL", "NL", "BE", "DE", "FR", "PL"];

/// About `users` accounts: licensed groups of mixed sizes (the largest a fifth of the accounts), 1.2 memberships
/// each, and something wrong with `trouble` of a hundred memberships. Where `licensed` says how many groups there are,
/// those behind the largest are of one size.
pub(super) fn generated(users: u32, seed: u64, trouble: u8, licensed: Option<u32>) -> Directory {
    let mut random = SplitMix::new(seed);
    let users = users.max(10);
    let sizes = licensed.map_or_else(|| sizes(users), |groups| equal_sizes(users, groups));
    let mut tenant = TenantBuilder::new("Generated Works", "generated.example");
    for part_number in PRODUCTS.concat() {
        tenant = tenant.product(part_number, 0);
    }
    for place in 0..sizes.len() {
        tenant = tenant.group(format!("Licensed {place:04}"));
        for part_number in PRODUCTS[place % PRODUCTS.len()] {
            tenant = tenant.grants(part_number);
        }
    }
    for department in DEPARTMENTS {
        tenant = tenant.group(format!("Everybody in {department}")).microsoft365();
    }
    let mut directory = tenant.build();
    directory.users = (0..users).map(|number| account(number, &mut random)).collect();
    fill(&mut directory, &sizes, trouble, &mut random);
    count_seats(&mut directory);
    for sku in &mut directory.skus {
        sku.prepaid_units.enabled = sku.consumed_units + sku.consumed_units / 20 + 10;
    }
    for (subscription, sku) in directory.subscriptions.iter_mut().zip(&directory.skus) {
        subscription.total_licenses = sku.prepaid_units.enabled;
    }
    directory
}

/// A fifth of everybody first, then ever smaller groups, until there are 1.2 memberships per account.
fn sizes(users: u32) -> Vec<u32> {
    let mut sizes = vec![users / 5];
    let mut left = users;
    while left > 0 {
        // At most 5 % and 2,500, at least 20: a large tenant has hundreds of groups, a small one a handful.
        let share = users / (20 + 2 * u32::try_from(sizes.len()).expect("a few thousand groups"));
        let size = share.clamp(20, 2_500).min(left);
        sizes.push(size);
        left -= size;
    }
    sizes
}

/// The same with so many groups, of which there are at least two and at most as many as accounts.
fn equal_sizes(users: u32, groups: u32) -> Vec<u32> {
    let others = groups.clamp(2, users) - 1;
    let size = |place: u32| users / others + u32::from(place < users % others);
    std::iter::once(users / 5).chain((0..others).map(size)).collect()
}

pub(super) fn account(number: u32, random: &mut SplitMix) -> User {
    let given = GIVEN[random.below(GIVEN.len())];
    let family = FAMILY[random.below(FAMILY.len())];
    User {
        id: random.uuid(),
        user_principal_name: format!("{}.{}{number}@generated.example", plain(given), plain(family)).into(),
        display_name: format!("{given} {family}").into(),
        given_name: given.into(),
        surname: family.into(),
        department: DEPARTMENTS[random.below(DEPARTMENTS.len())].into(),
        job_title: "".into(),
        usage_location: COUNTRIES[random.below(COUNTRIES.len())].into(),
        user_type: "Member".into(),
        creation_type: "".into(),
        external_user_state: "".into(),
        account_enabled: true,
        created: Timestamp::constant(1_672_531_200 + i64::from(number) * 60, 0),
        deleted: None,
        license_assignment_states: Vec::new(),
        limited: false,
        overrides: None,
    }
}

/// Puts accounts into the groups, as if cards were dealt from a pack that was shuffled once: nobody is in a group
/// twice, and neighbours in the list are in different groups.
fn fill(directory: &mut Directory, sizes: &[u32], trouble: u8, random: &mut SplitMix) {
    let users = u32::try_from(directory.users.len()).expect("it was made from a u32");
    let mut pack: Vec<u32> = (0..users).collect();
    for place in (1..pack.len()).rev() {
        pack.swap(place, random.below(place + 1));
    }
    let mut cards = pack.iter().copied().cycle();
    for (group, &size) in directory.groups.iter_mut().zip(sizes) {
        for _ in 0..size {
            let user = cards.next().expect("the pack has no end");
            let fault = Fault::draw(trouble, random);
            let account = &mut directory.users[user as usize];
            // To the byte: a vector that grows by itself takes room for four.
            account.license_assignment_states.reserve_exact(group.assigned_licenses.len());
            for license in &group.assigned_licenses {
                if let Some((state, error)) = fault.entry() {
                    account.license_assignment_states.push(AssignmentState {
                        sku_id: license.sku_id,
                        assigned_by_group: Some(group.id),
                        disabled_plans: Plans::default(),
                        state: Cow::Borrowed(state),
                        error: Cow::Borrowed(error),
                        last_updated: Timestamp::constant(1_788_000_000, 0),
                    });
                }
                if fault == Fault::AlsoDirect {
                    account.license_assignment_states.push(AssignmentState {
                        sku_id: license.sku_id,
                        assigned_by_group: None,
                        disabled_plans: Plans::default(),
                        state: Cow::Borrowed("Active"),
                        error: Cow::Borrowed("None"),
                        last_updated: Timestamp::constant(1_788_000_000, 0),
                    });
                }
            }
            match fault {
                Fault::Guest => {
                    account.user_type = "Guest".into();
                    account.creation_type = "Invitation".into();
                    account.external_user_state = "Accepted".into();
                }
                Fault::Blocked => account.account_enabled = false,
                Fault::NoLocation => account.usage_location = "".into(),
                _ => {}
            }
            if fault != Fault::LeftBehind {
                group.members.push(Member::User(user));
            }
        }
    }
    for (place, department) in DEPARTMENTS.iter().enumerate() {
        let group = &mut directory.groups[sizes.len() + place];
        let colleagues = directory.users.iter().zip(0..).filter(|(user, _)| user.department == *department);
        group.members = colleagues.map(|(_, number)| Member::User(number)).take(200).collect();
    }
}

/// What can be wrong with a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    None,
    NoSeat,
    Conflict,
    Unnoticed,
    Guest,
    Disabled,
    WithError,
    LeftBehind,
    AlsoDirect,
    Blocked,
    NoLocation,
}

impl Fault {
    const KINDS: [Self; 10] = [
        Self::NoSeat,
        Self::Conflict,
        Self::Unnoticed,
        Self::Guest,
        Self::Disabled,
        Self::WithError,
        Self::LeftBehind,
        Self::AlsoDirect,
        Self::Blocked,
        Self::NoLocation,
    ];

    /// So many members in a hundred have one.
    fn draw(trouble: u8, random: &mut SplitMix) -> Self {
        if random.below(100) < usize::from(trouble) {
            Self::KINDS[random.below(Self::KINDS.len())]
        } else {
            Self::None
        }
    }

    /// State and error of the entries from the group, if there are any.
    fn entry(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::NoSeat => Some(("Error", "CountViolation")),
            Self::Conflict => Some(("Error", "MutuallyExclusiveViolation")),
            Self::Unnoticed => None,
            Self::Disabled => Some(("Disabled", "None")),
            Self::WithError => Some(("ActiveWithError", "DependencyViolation")),
            _ => Some(("Active", "None")),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn splitmix_gives_the_numbers_of_its_reference_implementation() {
        let mut random = SplitMix::new(1_234_567);
        let numbers: Vec<u64> = (0..3).map(|_| random.next()).collect();
        assert_eq!(
            numbers,
            [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
        );
    }

    #[test]
    fn the_same_seed_gives_the_same_tenant_and_another_another() {
        let text = |seed| format!("{:?}", generated(500, seed, 1, None));
        assert_eq!(text(7), text(7));
        assert_ne!(text(7), text(8));
    }

    #[test]
    fn as_many_members_are_in_trouble_as_were_asked_for() {
        let unsound = |trouble| {
            let tenant = generated(5_000, 3, trouble, None);
            let entries = tenant.users.iter().flat_map(|user| &user.license_assignment_states);
            entries.filter(|entry| entry.state != "Active").count()
        };
        assert_eq!(unsound(0), 0);
        let (few, many) = (unsound(1), unsound(50));
        assert!((20 * few..100 * few).contains(&many), "{few} and {many}");
    }

    #[test]
    fn sizes_add_up_and_the_largest_group_has_a_fifth() {
        for users in [10, 300, 5_000, 100_000, 1_000_000] {
            let sizes = sizes(users);
            assert_eq!(sizes.iter().sum::<u32>(), users + users / 5);
            assert_eq!(sizes[0], users / 5);
        }
        assert!(sizes(1_000_000).len() > 4 * sizes(100_000).len());
        assert!(sizes(100_000).len() > 3 * sizes(300).len());
    }

    #[test]
    fn there_are_as_many_licensed_groups_as_were_asked_for() {
        for (asked, expected) in [(0, 2), (2, 2), (37, 37), (5_000, 1_000)] {
            let sizes = equal_sizes(1_000, asked);
            assert_eq!((sizes.len(), sizes[0], sizes.iter().sum::<u32>()), (expected, 200, 1_200), "{asked}");
        }
        let tenant = generated(1_000, 3, 1, Some(37));
        let licensed = tenant.groups.iter().filter(|group| !group.assigned_licenses.is_empty());
        assert_eq!(licensed.count(), 37);
    }

    #[test]
    fn people_are_distinct_and_about_one_member_in_a_hundred_has_a_fault() {
        let tenant = generated(20_000, 3, 1, None);
        let accounts: BTreeSet<&str> = tenant.users.iter().map(|user| &*user.user_principal_name).collect();
        assert_eq!(accounts.len(), 20_000);
        let mut memberships = 0;
        for group in tenant.groups.iter().filter(|group| !group.assigned_licenses.is_empty()) {
            let members: BTreeSet<u32> = group
                .members
                .iter()
                .map(|member| match member {
                    Member::User(place) => *place,
                    other => panic!("{other:?}"),
                })
                .collect();
            assert_eq!(members.len(), group.members.len(), "nobody is in {} twice", group.display_name);
            memberships += members.len();
        }
        assert!((23_900..=24_000).contains(&memberships), "{memberships}");
        let odd = tenant.users.iter().filter(|user| {
            let states = &user.license_assignment_states;
            user.user_type == "Guest"
                || !user.account_enabled
                || user.usage_location.is_empty()
                || states.is_empty()
                || states.iter().any(|entry| entry.state != "Active" || entry.assigned_by_group.is_none())
        });
        let odd = odd.count();
        assert!((150..=350).contains(&odd), "{odd}");
        for sku in &tenant.skus {
            assert!(sku.consumed_units > 0 && sku.prepaid_units.enabled > sku.consumed_units);
        }
    }
}
