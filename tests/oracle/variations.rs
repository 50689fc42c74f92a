//! The same tenant told otherwise: what may not change a verdict, and what may only make it less sure.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::expected::{Expected, Kind, Verdict};
use crate::judge::judge;
use crate::world::{Coverage, Listing, World, make};

/// Every text in capitals: ids, names, enumerated words, rules. Keys of the maps stay.
pub(crate) fn in_capitals(world: &World) -> World {
    fn shout(value: &mut Value) {
        match value {
            Value::String(text) => *text = text.to_uppercase(),
            Value::Array(values) => values.iter_mut().for_each(shout),
            Value::Object(properties) => properties.values_mut().for_each(shout),
            _ => {}
        }
    }
    let mut world = world.clone();
    for_every_list(&mut world, |list| list.rows.iter_mut().for_each(shout));
    world
}

/// Every collection in the opposite order; entries within a user keep theirs: of two equals the first counts.
pub(crate) fn backwards(world: &World) -> World {
    let mut world = world.clone();
    for_every_list(&mut world, |list| list.rows.reverse());
    world
}

fn for_every_list(world: &mut World, mut change: impl FnMut(&mut Listing)) {
    change(&mut world.organization);
    change(&mut world.subscribed_skus);
    change(&mut world.subscriptions);
    change(&mut world.groups);
    change(&mut world.deleted_groups);
    change(&mut world.users);
    for list in world.members.values_mut() {
        change(list);
    }
}

/// Code, group, user and SKU of the violations, per criterion.
pub(crate) fn accusations(expected: &Expected) -> BTreeSet<(&'static str, String)> {
    let mut all = BTreeSet::new();
    for criterion in &expected.criteria {
        for judgement in &criterion.judgements {
            if judgement.kind == Kind::Violation {
                let on = format!(
                    "{} {:?} {:?} {:?}",
                    judgement.code, judgement.group, judgement.user, judgement.sku
                );
                all.insert((criterion.id, on));
            }
        }
    }
    all
}

#[test]
fn letter_case_and_order_change_nothing() {
    for seed in 20_000..21_000 {
        let (world, plan) = make(seed);
        let expected = judge(&world, &plan);
        assert_eq!(judge(&in_capitals(&world), &plan), expected, "capitals, seed {seed}");
        assert_eq!(judge(&backwards(&world), &plan), expected, "backwards, seed {seed}");
    }
}

#[test]
fn reading_less_accuses_nobody_more_and_passes_nothing_more() {
    for seed in 30_000..31_000 {
        let (world, mut plan) = make(seed);
        plan.waivers.clear();
        let before = judge(&world, &plan);
        let mut lesser: Vec<(String, World)> = vec![];
        // The same rows, but the end was not reached.
        let mut users = world.clone();
        if users.users.coverage == Coverage::Complete {
            users.users.coverage = Coverage::Incomplete;
        }
        lesser.push(("users".to_owned(), users));
        for id in world.members.keys() {
            let mut less = world.clone();
            let list = less.members.get_mut(id).expect("it is a key");
            if list.coverage == Coverage::Complete {
                list.coverage = Coverage::Incomplete;
            }
            lesser.push((format!("members of {id}"), less));
        }
        for (what, less) in lesser {
            let after = judge(&less, &plan);
            let more: Vec<_> = accusations(&after).difference(&accusations(&before)).cloned().collect();
            assert!(more.is_empty(), "seed {seed}, {what}: {more:?}");
            for (now, then) in after.criteria.iter().zip(&before.criteria) {
                let better = now.verdict == Verdict::Pass && then.verdict != Verdict::Pass;
                assert!(!better, "seed {seed}, {what}: {} passes now", now.id);
            }
        }
    }
}
