//! What a rule says while it looks: findings, gaps and how much it looked at.

use crate::verdict::{Code, Evidence, Examined, Finding, Gap, Message, Severity, Subject};

/// Collects what a rule says.
pub(super) struct Output<'r> {
    severity: &'r dyn Fn(Code) -> Severity,
    /// Whether there is anything to judge.
    pub(super) applicable: bool,
    pub(super) examined: Examined,
    pub(super) gaps: Vec<Gap>,
    pub(super) findings: Vec<Finding>,
}

impl<'r> Output<'r> {
    pub(super) fn new(severity: &'r dyn Fn(Code) -> Severity) -> Self {
        Self {
            severity,
            applicable: false,
            examined: Examined::default(),
            gaps: Vec::new(),
            findings: Vec::new(),
        }
    }

    /// How much has been said.
    pub(super) fn said(&self) -> usize {
        self.gaps.len() + self.findings.len()
    }

    /// A finding that is not said yet, so that it can be folded under another.
    pub(super) fn draft(
        &self,
        code: Code,
        subject: Subject,
        message: Message,
        evidence: Vec<Evidence>,
    ) -> Finding {
        let severity = (self.severity)(code);
        Finding { code, severity, subject, message, evidence, folded: Vec::new(), waiver: None }
    }

    /// Says a finding.
    pub(super) fn find(&mut self, code: Code, subject: Subject, message: Message, evidence: Vec<Evidence>) {
        let finding = self.draft(code, subject, message, evidence);
        debug_assert!(
            finding.severity == Severity::Advisory || !finding.evidence.is_empty(),
            "{} has no evidence",
            code.as_str()
        );
        self.findings.push(finding);
    }

    /// Says what could not be seen.
    pub(super) fn gap(&mut self, gap: Gap) {
        self.gaps.push(gap);
    }
}
