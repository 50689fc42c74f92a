//! Groups without licenses for a generated tenant: teams of ten kinds in turn, and the accounts that they need.
//! For how many groups there are, and for telling which of them are suitable; [`team_class`] has the answers.

use std::borrow::Cow;

use jiff::Timestamp;

use super::builder::TenantBuilder;
use super::builder::count_seats;
use super::directory::{AssignmentState, Directory, Member, Other, Plans, User};
use super::generated::{SplitMix, account};

/// Accounts that have Microsoft 365 E3 directly; as many again have nothing.
const NEWCOMERS: u32 = 500;

/// Members of a team, and of one whose members are licensed through another group.
const MEMBERS: usize = 20;
const COVERED: usize = 60;

/// The class that `tollgate groups` gives to the team with this number, as its files write it.
pub fn team_class(number: u32) -> &'static str {
    match number % 10 {
        0 | 1 => "suitable",
        2..=4 => "suitable-after-change",
        _ => "unsuitable",
    }
}

/// Adds teams to a tenant whose accounts are all licensed through groups.
pub(super) fn add(directory: &mut Directory, teams: u32, seed: u64) {
    if teams == 0 {
        return;
    }
    // Another stream than that of the tenant itself.
    let mut random = SplitMix::new(seed ^ 0x7465_616d_7300_0000);
    let old = directory.users.len();
    let product = directory.skus.iter().find(|sku| sku.part_number == "SPE_E3").expect("it is always sold");
    let product = product.sku_id;
    let first = u32::try_from(old).expect("it was made from a u32");
    for number in 0..=2 * NEWCOMERS {
        let mut user = account(first + number, &mut random);
        if number < NEWCOMERS {
            hold(&mut user, product);
        } else if number == 2 * NEWCOMERS {
            user.user_type = "Guest".into();
            user.creation_type = "Invitation".into();
            user.external_user_state = "Accepted".into();
        }
        directory.users.push(user);
    }
    let guest = first + 2 * NEWCOMERS;
    let laptop = u32::try_from(directory.others.len()).expect("a few");
    directory.others.push(Other {
        id: random.uuid(),
        kind: "device".into(),
        display_name: "LAPTOP-1".into(),
        overrides: None,
    });
    let mut groups = TenantBuilder::new("Teams", "teams.example");
    for number in 0..teams {
        groups = groups.group(format!("Team {number:05}"));
        groups = match number % 10 {
            3 => groups.dynamic(r#"(user.userType -eq "Member")"#).paused(),
            8 => groups.distribution_list(),
            9 => groups.microsoft365().not_security(),
            _ => groups,
        };
    }
    let offset = u32::try_from(directory.groups.len()).expect("a few thousand");
    directory.groups.extend(groups.build().groups);
    let application = laptop + 1;
    directory.others.push(Other {
        id: random.uuid(),
        kind: "servicePrincipal".into(),
        display_name: "Team provisioning".into(),
        overrides: None,
    });
    // Owners have a stream of their own again: who they are changes no class.
    let mut random = SplitMix::new(seed ^ 0x6f77_6e65_7273_0000);
    for number in 0..teams {
        let newcomers = usize::try_from(NEWCOMERS).expect("a few hundred");
        let mut owners: Vec<Member> = (0..random.below(4))
            .map(|_| Member::User(first + u32::try_from(random.below(newcomers)).expect("a few hundred")))
            .collect();
        owners.dedup();
        if random.below(10) == 0 {
            owners.push(Member::Other(application));
        }
        directory.groups[(offset + number) as usize].owners = owners;
        let at = |from: u32, place: usize| {
            let place = u32::try_from(place).expect("a few dozen");
            Member::User(from + (number * 7 + place) % NEWCOMERS)
        };
        let direct = |count: usize| (0..count).map(|place| at(first, place)).collect::<Vec<_>>();
        let mut members = match number % 10 {
            1 => {
                let bare = (0..MEMBERS - 5).map(|place| at(first + NEWCOMERS, place));
                direct(5).into_iter().chain(bare).collect()
            }
            // Those of the team that is nested in it lie before them.
            4 => (0..5).map(|place| at(first, place + 2 * MEMBERS)).collect(),
            5 => {
                let start = random.below(old);
                let places = (0..COVERED.min(old)).map(|place| (start + place) % old);
                places.map(|place| Member::User(u32::try_from(place).expect("fewer than users"))).collect()
            }
            6 => Vec::new(),
            7 => vec![Member::Other(laptop)],
            _ => direct(MEMBERS),
        };
        match number % 10 {
            2 => members.push(Member::User(guest)),
            4 => members.push(Member::Group(offset + number - 4)),
            _ => {}
        }
        directory.groups[(offset + number) as usize].members = members;
    }
    count_seats(directory);
    for sku in &mut directory.skus {
        sku.prepaid_units.enabled = sku.consumed_units + sku.consumed_units / 20 + 10;
    }
    for (subscription, sku) in directory.subscriptions.iter_mut().zip(&directory.skus) {
        subscription.total_licenses = sku.prepaid_units.enabled;
    }
}

fn hold(user: &mut User, product: uuid::Uuid) {
    user.license_assignment_states.push(AssignmentState {
        sku_id: product,
        assigned_by_group: None,
        disabled_plans: Plans::default(),
        state: Cow::Borrowed("Active"),
        error: Cow::Borrowed("None"),
        last_updated: Timestamp::constant(1_788_000_000, 0),
    });
}

#[cfg(test)]
mod tests {
    use super::super::generated::generated;
    use super::*;

    #[test]
    fn without_teams_the_tenant_is_as_it_was() {
        let mut with = generated(200, 7, 1, None);
        add(&mut with, 0, 7);
        assert_eq!(format!("{with:?}"), format!("{:?}", generated(200, 7, 1, None)));
    }

    #[test]
    fn teams_are_groups_without_licenses_and_the_same_for_the_same_seed() {
        let make = |seed| {
            let mut directory = generated(200, seed, 1, None);
            add(&mut directory, 25, seed);
            directory
        };
        let directory = make(7);
        assert_eq!(format!("{directory:?}"), format!("{:?}", make(7)));
        let teams: Vec<_> =
            directory.groups.iter().filter(|group| group.display_name.starts_with("Team ")).collect();
        assert_eq!(teams.len(), 25);
        assert!(teams.iter().all(|team| team.assigned_licenses.is_empty()));
        let holders = directory.users.iter().filter(|user| {
            user.license_assignment_states.iter().any(|entry| entry.assigned_by_group.is_none())
        });
        assert!(holders.count() >= NEWCOMERS as usize);
    }
}
