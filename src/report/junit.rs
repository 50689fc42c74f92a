//! `junit.xml`: the audit as a test run, for pipelines that show test results.
//!
//! A suite per criterion; in it a case per group, and one for what concerns the tenant as a whole. A case has the
//! verdict that the other reports give the group: a violation is a failure, a gap an error, and a case that is
//! waived or not applicable counts as skipped. Nothing of this computer is in it: no host, no duration, and the
//! only time is that of the audit.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Property, Report, TestCase, TestCaseStatus, TestSuite};

use super::line;
use super::text::Texts;
use crate::pack::Pack;
use crate::rules::Audit;
use crate::tenant::{GroupId, GroupIndex, SkuId, Tenant};
use crate::verdict::{
    CriterionId, Finding, Gap, GroupSubject, Judgement, Message, Severity, Subject, Verdict,
};

/// How many statements are told of a case; programs that show test results keep all of a case in memory.
const STATEMENTS: usize = 100;

/// Writes `junit.xml`.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(audit: &Audit<'_>, pack: &Pack, texts: &Texts, out: &mut dyn Write) -> io::Result<()> {
    let mut report = Report::new(env!("CARGO_PKG_NAME"));
    let groups: Vec<_> =
        audit.groups().map(|(group, verdicts)| (group, audit.judged_skus(group), verdicts)).collect();
    for (place, judgement) in audit.judgements.iter().enumerate() {
        let cases = Cases { tenant: audit.context.tenant, audit, texts, judgement };
        let mut suite = TestSuite::new(judgement.criterion.as_str());
        suite.extra.insert("timestamp".into(), audit.context.tenant.as_of().to_string().into());
        suite.add_properties(cases.properties(pack));
        suite.add_test_case(cases.of_tenant());
        for (group, skus, verdicts) in &groups {
            suite.add_test_case(cases.of_group(*group, skus, verdicts[place].1));
        }
        suite.add_test_cases(cases.of_other_groups());
        report.add_test_suite(suite);
    }
    let text = report.to_string().map_err(io::Error::other)?;
    // The schema knows the count of skipped cases on a suite, and not on the whole; the first is the whole's.
    let text = text.replacen(&format!(" skipped=\"{}\"", report.skipped), "", 1);
    out.write_all(text.as_bytes())
}

/// The cases of one criterion.
struct Cases<'a, 't> {
    tenant: &'t Tenant,
    audit: &'a Audit<'t>,
    texts: &'a Texts,
    judgement: &'a Judgement,
}

/// Something that is said in a case: a finding, or a gap.
#[derive(Clone, Copy)]
struct Statement<'a> {
    code: &'static str,
    subject: &'a Subject,
    message: &'a Message,
}

impl<'a> From<&'a Finding> for Statement<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self { code: finding.code.as_str(), subject: &finding.subject, message: &finding.message }
    }
}

impl<'a> From<&'a Gap> for Statement<'a> {
    fn from(gap: &'a Gap) -> Self {
        Self { code: gap.code.as_str(), subject: &gap.subject, message: &gap.message }
    }
}

impl Cases<'_, '_> {
    fn properties(&self, pack: &Pack) -> Vec<Property> {
        let id = self.judgement.criterion;
        let organization = self.tenant.organization();
        let (groups, skus) = &self.audit.excluded;
        let left_out = |name: &str, left_out: &[String]| {
            (!left_out.is_empty()).then(|| Property::new(name, line(&left_out.join(", "))))
        };
        let mut properties = vec![
            Property::new("verdict", self.judgement.verdict.as_str()),
            Property::new("level", pack.criterion(id).level.as_str()),
            Property::new("title", self.texts.title(id)),
            Property::new("reason", self.texts.criterion_reason(self.tenant, self.judgement)),
            Property::new("tenant", line(organization.id.as_deref().unwrap_or_default())),
            Property::new("version", env!("CARGO_PKG_VERSION")),
        ];
        properties.extend(left_out("excluded-groups", groups));
        properties.extend(left_out("excluded-skus", skus));
        properties
    }

    /// What no group is named for: products, and the tenant as a whole.
    fn of_tenant(&self) -> TestCase {
        let concerns = |subject: &Subject| subject.group.is_none();
        let applicable = self.judgement.verdict != Verdict::NotApplicable;
        let verdict = self.judgement.verdict_where(applicable, concerns, concerns);
        self.case("tenant", verdict, concerns, concerns)
    }

    fn of_group(&self, group: GroupIndex, skus: &[SkuId], verdict: Verdict) -> TestCase {
        let concerns = |subject: &Subject| subject.concerns(group, skus);
        // What could not be read and names nothing leaves every group open.
        let gap_concerns = |subject: &Subject| *subject == Subject::none() || concerns(subject);
        let name = self.group_name(&GroupSubject::Known(group));
        self.case(&name, verdict, concerns, gap_concerns)
    }

    /// Groups that are not in scope and are named all the same: those that were not found, or are nested.
    fn of_other_groups(&self) -> Vec<TestCase> {
        let in_scope = &self.audit.context.in_scope;
        let findings = self.judgement.findings.iter().map(|finding| &finding.subject);
        let gaps = self.judgement.gaps.iter().map(|gap| &gap.subject);
        let mut others: BTreeMap<(Option<GroupId>, Option<&str>), &GroupSubject> = BTreeMap::new();
        for group in findings.chain(gaps).filter_map(|subject| subject.group.as_ref()) {
            if !matches!(group, GroupSubject::Known(index) if in_scope.contains(index)) {
                others.insert((group.id(self.tenant), group.display_name(self.tenant)), group);
            }
        }
        let case = |group: &GroupSubject| {
            let concerns = |subject: &Subject| subject.group.as_ref() == Some(group);
            let verdict = self.judgement.verdict_where(true, concerns, concerns);
            self.case(&self.group_name(group), verdict, concerns, concerns)
        };
        others.into_values().map(case).collect()
    }

    /// A name that stays the same case from run to run, and is no other group's.
    fn group_name(&self, group: &GroupSubject) -> String {
        let name = group.display_name(self.tenant).map(line).filter(|name| !name.trim().is_empty());
        let id = group.id(self.tenant).map(|id| self.tenant.id_text(id.0));
        match (name, id) {
            (Some(name), Some(id)) => format!("{name} ({id})"),
            (Some(name), None) => name,
            (None, id) => id.unwrap_or_default().into_owned(),
        }
    }

    fn case(
        &self,
        name: &str,
        verdict: Verdict,
        finding_concerns: impl Fn(&Subject) -> bool,
        gap_concerns: impl Fn(&Subject) -> bool,
    ) -> TestCase {
        let findings: Vec<&Finding> =
            self.judgement.findings.iter().filter(|finding| finding_concerns(&finding.subject)).collect();
        let of = |severity: Severity, waived: bool| {
            findings
                .iter()
                .filter(move |finding| finding.severity == severity && finding.waiver.is_some() == waived)
                .map(|finding| Statement::from(*finding))
        };
        let violations = of(Severity::Violation, false);
        let gaps = self.judgement.gaps.iter().filter(|gap| gap_concerns(&gap.subject)).map(Statement::from);
        let status = match verdict {
            Verdict::Fail => self.not_met(NonSuccessKind::Failure, violations.chain(gaps)),
            Verdict::Inconclusive => self.not_met(NonSuccessKind::Error, gaps),
            Verdict::Waived => self.waived(&findings, of(Severity::Violation, true)),
            Verdict::Pass => TestCaseStatus::success(),
            Verdict::NotApplicable => {
                let mut status = TestCaseStatus::skipped();
                status.set_type(verdict.as_str()).set_message(self.texts.verdict(verdict));
                status
            }
        };
        let mut case = TestCase::new(name, status);
        case.set_classname(format!("{}.{}", env!("CARGO_PKG_NAME"), self.judgement.criterion.as_str()));
        let beside = [
            ("waivers", self.list(of(Severity::Violation, true).filter(|_| verdict != Verdict::Waived))),
            ("advisories", self.list(of(Severity::Advisory, false))),
        ];
        let told = beside.iter().filter(|(_, list)| !list.is_empty());
        let told: Vec<_> = told.map(|(word, list)| format!("{}\n{list}", self.texts.word(word))).collect();
        if !told.is_empty() {
            case.set_system_out(told.join("\n"));
        }
        case
    }

    fn not_met<'f>(
        &self,
        kind: NonSuccessKind,
        statements: impl Iterator<Item = Statement<'f>> + Clone,
    ) -> TestCaseStatus {
        let mut status = TestCaseStatus::non_success(kind);
        if let Some(first) = statements.clone().next() {
            status.set_type(first.code).set_message(self.sentence(first, None));
        }
        status.set_description(self.list(statements));
        status
    }

    fn waived<'f>(
        &self,
        findings: &[&Finding],
        statements: impl Iterator<Item = Statement<'f>> + Clone,
    ) -> TestCaseStatus {
        let mut covered: BTreeMap<usize, usize> = BTreeMap::new();
        for place in findings.iter().filter_map(|finding| finding.waiver) {
            *covered.entry(place).or_default() += 1;
        }
        let waivers = covered.into_iter().filter_map(|(place, count)| {
            let applied = self.audit.waivers.get(place)?;
            Some(super::waiver_line(self.texts, &applied.waiver, count))
        });
        let mut status = TestCaseStatus::skipped();
        status.set_type(Verdict::Waived.as_str());
        status.set_message(waivers.collect::<Vec<_>>().join(" "));
        status.set_description(self.list(statements));
        status
    }

    /// The statements with what to do about them, which is said once for those that follow each other.
    fn list<'f>(&self, statements: impl Iterator<Item = Statement<'f>> + Clone) -> String {
        let mut lines = Vec::new();
        let mut to_do = None;
        for statement in statements.clone().take(STATEMENTS) {
            let remedy = self.sentence(statement, Some("remedy"));
            if let Some(previous) = to_do.replace(remedy.clone()).filter(|previous| *previous != remedy) {
                lines.push(self.remedy(&previous));
            }
            lines.push(format!("{}: {}", statement.code, self.sentence(statement, None)));
        }
        lines.extend(to_do.map(|remedy| self.remedy(&remedy)));
        let more = statements.count().saturating_sub(STATEMENTS);
        if more > 0 {
            lines.push(self.texts.say("more-in-table", &[("count", more.into())]));
        }
        lines.join("\n")
    }

    fn remedy(&self, remedy: &str) -> String {
        format!("    {}: {remedy}", self.texts.word("what-to-do"))
    }

    fn sentence(&self, statement: Statement<'_>, attribute: Option<&str>) -> String {
        let Statement { subject, message, .. } = statement;
        let criterion: CriterionId = self.judgement.criterion;
        self.texts.sentence(self.tenant, criterion, subject, message, attribute, clean_value)
    }
}

fn clean_value<'a>(_: &str, text: &'a str) -> Cow<'a, str> {
    Cow::Owned(line(text))
}
