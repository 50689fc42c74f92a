//! What the oracle answers, and the common end of every criterion: waivers, then the verdict.

use std::collections::BTreeSet;

use crate::facts::Facts;
use crate::plan::{Plan, Waiver};

/// The criteria in the order of design section 4.
pub(crate) const CRITERIA: [&str; 4] =
    ["groups-configured", "no-b2b-groups-licensed", "enough-seats", "members-fully-licensed"];

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    Fail,
    Inconclusive,
    Waived,
    Pass,
    NotApplicable,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Violation,
    Advisory,
    Gap,
}

/// One finding or gap, ids in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Judgement {
    pub(crate) kind: Kind,
    pub(crate) code: &'static str,
    pub(crate) group: Option<String>,
    pub(crate) user: Option<String>,
    pub(crate) sku: Option<String>,
    /// Code of the finding it is folded under.
    pub(crate) folded_under: Option<&'static str>,
    /// By a waiver of its own or of its root.
    pub(crate) waived: bool,
}

/// A criterion with everything said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CriterionExpected {
    pub(crate) id: &'static str,
    pub(crate) verdict: Verdict,
    /// A set: two suites that one group lacks give one judgement here.
    pub(crate) judgements: BTreeSet<Judgement>,
}

/// The whole answer; criteria in the order of design section 4.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expected {
    pub(crate) overall: Verdict,
    pub(crate) criteria: [CriterionExpected; 4],
}

/// A finding while it is being worked out.
#[derive(Debug, Clone)]
pub(crate) struct Finding {
    pub(crate) kind: Kind,
    pub(crate) code: &'static str,
    pub(crate) group: Option<String>,
    pub(crate) user: Option<String>,
    pub(crate) sku: Option<String>,
    /// The configured name of a group that was not found.
    pub(crate) configured: Option<String>,
    /// Index of the finding it folds under.
    pub(crate) root: Option<usize>,
}

/// Gaps have nothing but a code and ids.
pub(crate) type Gap = (&'static str, Option<String>, Option<String>, Option<String>);

/// The working sheet of one criterion.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    pub(crate) findings: Vec<Finding>,
    pub(crate) gaps: BTreeSet<Gap>,
    /// There was something to judge.
    pub(crate) applicable: bool,
}

impl Sheet {
    fn add(
        &mut self,
        kind: Kind,
        code: &'static str,
        on: (Option<&str>, Option<&str>, Option<&str>),
    ) -> usize {
        self.findings.push(Finding {
            kind,
            code,
            group: on.0.map(str::to_owned),
            user: on.1.map(str::to_owned),
            sku: on.2.map(str::to_owned),
            configured: None,
            root: None,
        });
        self.findings.len() - 1
    }

    /// Arguments: group, user, SKU.
    pub(crate) fn violation(
        &mut self,
        code: &'static str,
        on: (Option<&str>, Option<&str>, Option<&str>),
    ) -> usize {
        self.add(Kind::Violation, code, on)
    }

    pub(crate) fn advisory(
        &mut self,
        code: &'static str,
        on: (Option<&str>, Option<&str>, Option<&str>),
    ) -> usize {
        self.add(Kind::Advisory, code, on)
    }

    pub(crate) fn gap(&mut self, code: &'static str, on: (Option<&str>, Option<&str>, Option<&str>)) {
        self.gaps.insert((code, on.0.map(str::to_owned), on.1.map(str::to_owned), on.2.map(str::to_owned)));
    }

    /// Section 4, first paragraphs: waivers are applied, then the first verdict that holds.
    pub(crate) fn finish(mut self, id: &'static str, facts: &Facts<'_>, plan: &Plan) -> CriterionExpected {
        let mut waived = vec![false; self.findings.len()];
        let mut notes: Vec<&'static str> = vec![];
        for waiver in plan.waivers.iter().filter(|waiver| waiver.criterion.eq_ignore_ascii_case(id)) {
            // Good until the end of its last day, UTC; asOf begins with its own day.
            if waiver.expires.as_str() < &plan.as_of[..10] {
                notes.push("waiver-expired");
                continue;
            }
            if waiver.code.is_none()
                && waiver.group.is_none()
                && waiver.user.is_none()
                && waiver.sku.is_none()
            {
                notes.push("waiver-covers-all");
            }
            let mut used = false;
            for (index, finding) in self.findings.iter().enumerate() {
                // Gaps cannot be waived, advisories need no waiver, folded findings follow their root.
                if finding.kind == Kind::Violation
                    && finding.root.is_none()
                    && waiver_fits(waiver, finding, facts)
                {
                    waived[index] = true;
                    used = true;
                }
            }
            if !used {
                notes.push("waiver-unused");
            }
        }
        for code in notes {
            self.advisory(code, (None, None, None));
            waived.push(false);
        }
        let mut judgements = BTreeSet::new();
        let mut open = false;
        let mut accepted = false;
        for (index, finding) in self.findings.iter().enumerate() {
            let is_waived = waived[finding.root.unwrap_or(index)];
            if finding.kind == Kind::Violation {
                open |= !is_waived;
                accepted |= is_waived;
            }
            judgements.insert(Judgement {
                kind: finding.kind,
                code: finding.code,
                group: finding.group.clone(),
                user: finding.user.clone(),
                sku: finding.sku.clone(),
                folded_under: finding.root.map(|root| self.findings[root].code),
                waived: is_waived,
            });
        }
        for (code, group, user, sku) in &self.gaps {
            judgements.insert(Judgement {
                kind: Kind::Gap,
                code,
                group: group.clone(),
                user: user.clone(),
                sku: sku.clone(),
                folded_under: None,
                waived: false,
            });
        }
        let verdict = if open {
            Verdict::Fail
        } else if !self.gaps.is_empty() {
            Verdict::Inconclusive
        } else if accepted {
            Verdict::Waived
        } else if self.applicable {
            Verdict::Pass
        } else {
            Verdict::NotApplicable
        };
        CriterionExpected { id, verdict, judgements }
    }
}

/// Every narrowing that is written has to fit; objects are named by id or name.
fn waiver_fits(waiver: &Waiver, finding: &Finding, facts: &Facts<'_>) -> bool {
    if let Some(code) = &waiver.code
        && !code.eq_ignore_ascii_case(finding.code)
    {
        return false;
    }
    if let Some(group) = &waiver.group {
        let wanted = group.to_lowercase();
        let mut called: Vec<String> = vec![];
        called.extend(finding.configured.clone().map(|name| name.to_lowercase()));
        if let Some(id) = &finding.group {
            called.push(id.clone());
            let name = match facts.groups.get(id) {
                Some(group) => group.name.clone(),
                None => facts.deleted.get(id).cloned().flatten(),
            };
            called.extend(name.map(|name| name.to_lowercase()));
        }
        if !called.contains(&wanted) {
            return false;
        }
    }
    if let Some(user) = &waiver.user {
        let wanted = user.to_lowercase();
        let mut called: Vec<String> = vec![];
        if let Some(id) = &finding.user {
            called.push(id.clone());
            for (user_id, user) in facts.users() {
                if user_id == id {
                    called.extend(user.upn.clone());
                    called.extend(user.name.clone());
                }
            }
        }
        if !called.contains(&wanted) {
            return false;
        }
    }
    if let Some(sku) = &waiver.sku
        && finding.sku.as_ref() != Some(&facts.sku_named(sku))
    {
        return false;
    }
    true
}
