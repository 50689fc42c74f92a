//! How the criteria are checked: one file per criterion, pure functions over the tenant and the plan.
//!
//! A rule has no network, clock or environment. "Now" is [`Tenant::as_of`]; thresholds come from the plan and
//! the pack. What a rule could not see is a gap, and a gap silences every violation that rests on it.

mod alike;
mod context;
pub mod dossier;
mod enough_seats;
mod evidence;
mod gaps;
mod groups_configured;
mod holding;
mod members_fully_licensed;
mod no_b2b_groups_licensed;
mod output;
pub mod suitability;

pub use context::{Context, Found, PlanError, Target};
pub use enough_seats::{Exact, Seats};
pub use holding::Requirement;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use crate::pack::Pack;
use crate::plan::Plan;
use crate::tenant::{GroupIndex, SkuId, Tenant, UserId, UserIndex};
use crate::verdict::{
    AppliedWaiver, BySubject, CriterionId, Judgement, Severity, Verdict, Waiver, apply_waivers,
};
use output::Output;

/// A criterion: its name and how it is judged.
struct Rule {
    criterion: CriterionId,
    check: fn(&Context<'_>, &mut Output<'_>),
    applies_to: fn(&Context<'_>, GroupIndex) -> bool,
}

/// The criteria in the order of the reports.
const RULES: [Rule; 4] =
    [groups_configured::RULE, no_b2b_groups_licensed::RULE, enough_seats::RULE, members_fully_licensed::RULE];

/// A tenant, judged.
pub struct Audit<'t> {
    /// The tenant, seen through the plan.
    pub context: Context<'t>,
    /// The four criteria.
    pub judgements: Vec<Judgement>,
    /// All waivers of the plan, in its order, and what they cover.
    pub waivers: Vec<AppliedWaiver>,
    /// What was left out, as the configuration names it: groups, then products.
    pub excluded: (Vec<String>, Vec<String>),
    /// The seats of each product that licensed groups in scope hand out, in the order of SKU ids.
    pub seats: Vec<Seats>,
    suitability: OnceLock<Option<suitability::Assessment>>,
}

impl Audit<'_> {
    /// The verdict over all criteria.
    pub fn verdict(&self) -> Verdict {
        Verdict::overall(self.judgements.iter().map(|judgement| judgement.verdict))
    }

    /// Which groups are suitable, worked out when it is first asked for; `None` where members were read only of the
    /// groups that the criteria look at.
    pub fn suitability(&self) -> Option<&suitability::Assessment> {
        let assess = || suitability::can_tell(&self.context).then(|| suitability::assess(self, None));
        self.suitability.get_or_init(assess).as_ref()
    }

    /// Each group in scope with its verdict under each criterion, in the order of ids.
    pub fn groups(&self) -> impl Iterator<Item = (GroupIndex, Vec<(CriterionId, Verdict)>)> + '_ {
        let said: Vec<BySubject> = self.judgements.iter().map(BySubject::of).collect();
        self.context.in_scope.iter().map(move |&group| {
            let skus = self.judged_skus(group);
            let verdicts = RULES.iter().zip(&said).map(|(rule, said)| {
                let applicable = (rule.applies_to)(&self.context, group);
                (rule.criterion, said.verdict_of_group(group, &skus, applicable))
            });
            (group, verdicts.collect())
        })
    }

    /// The products that a group assigns to users, excluded ones left out.
    pub fn judged_skus(&self, group: GroupIndex) -> Vec<SkuId> {
        let licenses = self.context.judged_licenses(group);
        licenses.map(|license| self.context.tenant.sku(license.sku).id).collect()
    }
}

/// The users whom violations of the criteria about members name, in the order of their ids.
///
/// A plan that does not fit accuses nobody here; [`judge`] says what is wrong with it.
pub fn accused(tenant: &Tenant, plan: &Plan, pack: &Pack) -> Vec<UserId> {
    let Ok(context) = context(tenant, plan, pack) else { return Vec::new() };
    let mut users: BTreeSet<UserIndex> = BTreeSet::new();
    for criterion in [CriterionId::NoB2bGroupsLicensed, CriterionId::MembersFullyLicensed] {
        let (judgement, _) = judge_criterion(&context, criterion, &plan.waivers, pack);
        let violations = judgement.findings.iter().filter(|finding| finding.severity == Severity::Violation);
        users.extend(violations.filter_map(|finding| finding.subject.user));
    }
    users.into_iter().map(|user| tenant.user(user).id()).collect()
}

/// Judges one criterion; beside it, what became of its waivers, each with its place in `waivers`.
pub fn judge_criterion(
    context: &Context<'_>,
    criterion: CriterionId,
    waivers: &[Waiver],
    pack: &Pack,
) -> (Judgement, Vec<(usize, AppliedWaiver)>) {
    let rule = RULES.iter().find(|rule| rule.criterion == criterion).expect("each criterion has a rule");
    let severity = |code| pack.severity(criterion, code);
    let mut output = Output::new(&severity);
    (rule.check)(context, &mut output);
    let Output { applicable, examined, gaps, mut findings, .. } = output;
    let applied = apply_waivers(context.tenant, criterion, waivers, &severity, &mut findings);
    (Judgement::new(context.tenant, criterion, applicable, examined, gaps, findings), applied)
}

/// Judges a tenant.
///
/// # Errors
/// When the plan does not fit the tenant: an ambiguous name, a group named twice, an unknown requirement.
pub fn judge<'t>(tenant: &'t Tenant, plan: &Plan, pack: &Pack) -> Result<Audit<'t>, PlanError> {
    let context = context(tenant, plan, pack)?;
    let mut applied = Vec::new();
    let mut judgements = Vec::new();
    for criterion in CriterionId::ALL {
        let (judgement, of_criterion) = judge_criterion(&context, criterion, &plan.waivers, pack);
        judgements.push(judgement);
        applied.extend(of_criterion);
    }
    applied.sort_by_key(|(place, _)| *place);
    let written = |selectors: &[crate::plan::Selector]| {
        selectors.iter().map(|selector| selector.as_str().to_owned()).collect::<Vec<_>>()
    };
    let seats = context.seats().to_vec();
    Ok(Audit {
        context,
        judgements,
        waivers: applied.into_iter().map(|(_, waiver)| waiver).collect(),
        excluded: (written(&plan.exclude_groups), written(&plan.exclude_skus)),
        seats,
        suitability: OnceLock::new(),
    })
}

/// What all criteria of an audit look at.
fn context<'t>(tenant: &'t Tenant, plan: &Plan, pack: &Pack) -> Result<Context<'t>, PlanError> {
    let headroom = plan.headroom.unwrap_or(pack.headroom);
    let lapse_window = plan.lapse_window.unwrap_or(pack.lapse_window);
    Context::new(tenant, plan, headroom, lapse_window)
}
