//! The four criteria together.

use crate::expected::{CRITERIA, Expected, Verdict};
use crate::facts::Facts;
use crate::plan::Plan;
use crate::world::World;
use crate::{groups, guests, members, seats};

/// What design section 4 says about this tenant under this plan.
pub(crate) fn judge(world: &World, plan: &Plan) -> Expected {
    let facts = Facts::read(world, plan);
    let criteria = [
        groups::judge(&facts, plan).finish(CRITERIA[0], &facts, plan),
        guests::judge(&facts).finish(CRITERIA[1], &facts, plan),
        seats::judge(&facts, plan).finish(CRITERIA[2], &facts, plan),
        members::judge(&facts).finish(CRITERIA[3], &facts, plan),
    ];
    let any = |verdict| criteria.iter().any(|criterion| criterion.verdict == verdict);
    let overall = if any(Verdict::Fail) {
        Verdict::Fail
    } else if any(Verdict::Inconclusive) {
        Verdict::Inconclusive
    } else {
        Verdict::Pass
    };
    Expected { overall, criteria }
}
