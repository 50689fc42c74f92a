//! Every code that a criterion can say has a test that hits it and one that just misses it, and every violation one
//! in which its data is missing and a gap stands in its place.

use std::collections::BTreeSet;

use tollgate::pack::Pack;
use tollgate::verdict::{Code, CriterionId, page};

use crate::judged::{Stated, stated_by};
use crate::{configured, guests, licensed, seats, snapshot, unseen, waivers};

/// A criterion, a code that it can say, a test that hits it, and a near miss.
pub(crate) type Proof = (CriterionId, Code, fn(), fn());

fn proofs() -> impl Iterator<Item = Proof> {
    let modules = [
        configured::PROOFS,
        guests::PROOFS,
        seats::PROOFS,
        licensed::PROOFS,
        snapshot::PROOFS,
        waivers::PROOFS,
    ];
    modules.into_iter().flatten().copied()
}

/// What the documentation page of each criterion says it can say.
fn documented() -> BTreeSet<(CriterionId, Code, &'static str)> {
    let of = |criterion| page::codes(criterion).map(move |(code, kind)| (criterion, code, kind));
    CriterionId::ALL.into_iter().flat_map(of).collect()
}

#[test]
fn each_code_of_the_pages_has_one_proof_and_no_other_has() {
    let documented: BTreeSet<_> =
        documented().into_iter().map(|(criterion, code, _)| (criterion, code)).collect();
    let proven: Vec<_> = proofs().map(|(criterion, code, ..)| (criterion, code)).collect();
    let once: BTreeSet<_> = proven.iter().copied().collect();
    assert_eq!(once.len(), proven.len(), "a code is in the list twice");
    assert_eq!(once, documented);
}

#[test]
fn the_proofs_state_what_they_stand_for() {
    let kinds = documented();
    for (criterion, code, hit, miss) in proofs() {
        let kind =
            kinds.iter().find(|(of, known, _)| (*of, *known) == (criterion, code)).expect("documented").2;
        let stated = match kind {
            "violation" => Stated::Violation,
            "advisory" => Stated::Advisory,
            "gap" => Stated::Gap,
            other => panic!("{other} of {}", code.as_str()),
        };
        let name = code.as_str();
        assert!(stated_by(hit).contains(&(criterion, code, stated)), "the hit of {name} does not state it");
        assert!(
            stated_by(miss).contains(&(criterion, code, Stated::Nothing)),
            "the near miss of {name} does not state its absence"
        );
    }
}

#[test]
fn each_violation_has_a_gap_that_stands_where_its_data_is_missing() {
    let violations: BTreeSet<_> = documented()
        .into_iter()
        .filter(|(.., kind)| *kind == "violation")
        .map(|(criterion, code, _)| (criterion, code))
        .collect();
    let proven: BTreeSet<_> =
        unseen::INSTEAD.iter().map(|(criterion, code, _)| (*criterion, *code)).collect();
    assert_eq!(proven, violations);
    for (criterion, code, test) in unseen::INSTEAD {
        let stated = stated_by(*test);
        let name = code.as_str();
        assert!(stated.contains(&(*criterion, *code, Stated::Nothing)), "{name} is not said to be silent");
        let gap = |(of, _, kind): &(CriterionId, Code, Stated)| of == criterion && *kind == Stated::Gap;
        assert!(stated.iter().any(gap), "no gap stands for {name}");
    }
}

#[test]
fn the_pack_has_the_violations_and_advisories_of_the_pages() {
    let pages: BTreeSet<_> = documented().into_iter().filter(|(.., kind)| *kind != "gap").collect();
    let mut pack = BTreeSet::new();
    for criterion in CriterionId::ALL {
        for (code, severity) in Pack::built_in().criterion(criterion).codes() {
            pack.insert((criterion, code, severity.as_str()));
        }
    }
    assert_eq!(pack, pages);
}

#[test]
fn every_code_there_is_has_a_proof() {
    let proven: BTreeSet<Code> = proofs().map(|(_, code, ..)| code).collect();
    assert_eq!(proven, Code::ALL.iter().copied().collect());
}
