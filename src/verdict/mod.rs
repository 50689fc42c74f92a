//! What rules say, and what follows from it: findings, gaps, waivers and verdicts. Pure.

mod code;
pub mod page;
mod waiver;

use jiff::Timestamp;
use rustc_hash::FxHashMap;
use serde_json::Value;

pub use code::Code;
pub use waiver::{AppliedWaiver, Waiver, WaiverState, apply_waivers};

use crate::tenant::{GroupId, GroupIndex, SkuId, Tenant, UserIndex, Why};

/// One of the four criteria, in the order of the reports.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CriterionId {
    /// The groups that were identified hand out what they should.
    GroupsConfigured,
    /// No licensed group has external members.
    NoB2bGroupsLicensed,
    /// There are seats for every member.
    EnoughSeats,
    /// Every member has what the group hands out.
    MembersFullyLicensed,
}

impl CriterionId {
    /// All criteria, in the order of the reports.
    pub const ALL: [Self; 4] =
        [Self::GroupsConfigured, Self::NoB2bGroupsLicensed, Self::EnoughSeats, Self::MembersFullyLicensed];

    /// The name in configuration and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::GroupsConfigured => "groups-configured",
            Self::NoB2bGroupsLicensed => "no-b2b-groups-licensed",
            Self::EnoughSeats => "enough-seats",
            Self::MembersFullyLicensed => "members-fully-licensed",
        }
    }

    /// Reads a name without regard to letter case.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|criterion| criterion.as_str().eq_ignore_ascii_case(text))
    }

    /// The documentation page: one text for the docs folder, `tollgate explain` and rustdoc.
    pub fn page(self) -> &'static str {
        match self {
            Self::GroupsConfigured => include_str!("../../docs/rules/groups-configured.md"),
            Self::NoB2bGroupsLicensed => include_str!("../../docs/rules/no-b2b-groups-licensed.md"),
            Self::EnoughSeats => include_str!("../../docs/rules/enough-seats.md"),
            Self::MembersFullyLicensed => include_str!("../../docs/rules/members-fully-licensed.md"),
        }
    }
}

/// The judgement of a criterion, of a group under a criterion, or of the whole audit.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Verdict {
    /// A violation that is not waived.
    Fail,
    /// Something that decides was not read.
    Inconclusive,
    /// Violations, all of them waived.
    Waived,
    /// Judged on complete data, and nothing is wrong.
    Pass,
    /// There is nothing to judge.
    NotApplicable,
}

impl Verdict {
    /// The word in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Inconclusive => "inconclusive",
            Self::Waived => "waived",
            Self::Pass => "pass",
            Self::NotApplicable => "not-applicable",
        }
    }

    /// The first that holds of fail, inconclusive, waived, pass, not applicable: of findings, of whether there is a
    /// gap, and of whether there is anything to judge.
    pub(crate) fn of<'f>(
        findings: impl IntoIterator<Item = &'f Finding>,
        gap: bool,
        applicable: bool,
    ) -> Self {
        let mut said = Said { gap, ..Said::default() };
        for finding in findings {
            said.finding(finding);
        }
        said.verdict(applicable)
    }

    /// The overall verdict of several criteria: `fail`, else `inconclusive`, else `pass`.
    pub fn overall(verdicts: impl IntoIterator<Item = Self>) -> Self {
        let rank = |verdict| match verdict {
            Self::Fail => 0,
            Self::Inconclusive => 1,
            Self::Waived | Self::Pass | Self::NotApplicable => 2,
        };
        match verdicts.into_iter().map(rank).min() {
            Some(0) => Self::Fail,
            Some(1) => Self::Inconclusive,
            _ => Self::Pass,
        }
    }
}

/// Whether a finding counts against the criterion.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Against the criterion.
    Violation,
    /// Worth knowing; never changes a verdict.
    Advisory,
}

impl Severity {
    /// The word in reports and packs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Violation => "violation",
            Self::Advisory => "advisory",
        }
    }
}

/// The group that a finding names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum GroupSubject {
    /// A group of the tenant.
    Known(GroupIndex),
    /// A group in the recycle bin: its place in [`Tenant::deleted_groups`].
    Deleted(usize),
    /// A group of which only the id is known.
    Gone(GroupId),
    /// A group that was not found: the name in the configuration.
    Named(Box<str>),
}

impl GroupSubject {
    /// The object id; `None` for a group that was not found.
    pub fn id(&self, tenant: &Tenant) -> Option<GroupId> {
        match self {
            Self::Known(index) => Some(tenant.group(*index).id),
            Self::Deleted(place) => Some(tenant.deleted_groups()[*place].id),
            Self::Gone(id) => Some(*id),
            Self::Named(_) => None,
        }
    }

    /// The display name; for a group that was not found, its name in the configuration.
    pub fn display_name<'a>(&'a self, tenant: &'a Tenant) -> Option<&'a str> {
        match self {
            Self::Known(index) => tenant.group(*index).display_name.as_deref(),
            Self::Deleted(place) => tenant.deleted_groups()[*place].display_name.as_deref(),
            Self::Gone(_) => None,
            Self::Named(name) => Some(name),
        }
    }
}

/// What a finding or a gap is about. Which of the three are set for which code: design section 4.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Subject {
    /// The group judged.
    pub group: Option<GroupSubject>,
    /// The member.
    pub user: Option<UserIndex>,
    /// The product.
    pub sku: Option<SkuId>,
}

impl Subject {
    /// About nothing in particular.
    pub fn none() -> Self {
        Self::default()
    }

    /// About a group.
    pub fn group(group: GroupIndex) -> Self {
        Self { group: Some(GroupSubject::Known(group)), ..Self::default() }
    }

    /// About a product.
    pub fn sku(sku: SkuId) -> Self {
        Self { sku: Some(sku), ..Self::default() }
    }

    /// About a member of a group.
    pub fn member(group: GroupIndex, user: UserIndex) -> Self {
        Self { user: Some(user), ..Self::group(group) }
    }

    /// The same, and a product of it.
    #[must_use]
    pub fn with_sku(self, sku: SkuId) -> Self {
        Self { sku: Some(sku), ..self }
    }

    /// Whether it is about this group: it names it, or one of its products and no group.
    pub fn concerns(&self, group: GroupIndex, skus: &[SkuId]) -> bool {
        match (&self.group, self.sku) {
            (Some(GroupSubject::Known(named)), _) => *named == group,
            (None, Some(sku)) => skus.contains(&sku),
            _ => false,
        }
    }

    /// The order of reports: group id, product id, user id; nothing comes before something.
    fn order(
        &self,
        tenant: &Tenant,
    ) -> (Option<GroupId>, Option<Box<str>>, Option<SkuId>, Option<UserIndex>) {
        let name = match &self.group {
            Some(GroupSubject::Named(name)) => Some(name.clone()),
            _ => None,
        };
        (self.group.as_ref().and_then(|group| group.id(tenant)), name, self.sku, self.user)
    }
}

/// A value that a sentence needs beside the names of its subject.
#[derive(Clone, PartialEq, Debug)]
pub enum Argument {
    /// A number, for plural rules.
    Number(i64),
    /// A text.
    Text(String),
    /// Something that is itself said in the reader's language.
    Said(Message),
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for Argument {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u64> for Argument {
    fn from(number: u64) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<usize> for Argument {
    fn from(number: usize) -> Self {
        Self::from(number as u64)
    }
}

impl From<Message> for Argument {
    fn from(message: Message) -> Self {
        Self::Said(message)
    }
}

/// A sentence to be said in the reader's language: its id in `rules/texts/*.ftl` and what it needs.
#[derive(Clone, PartialEq, Debug)]
pub struct Message {
    /// The message id.
    pub id: &'static str,
    /// Named values.
    pub arguments: Vec<(&'static str, Argument)>,
}

impl Message {
    /// A sentence without values of its own.
    pub fn new(id: &'static str) -> Self {
        Self { id, arguments: Vec::new() }
    }

    /// The same with one more value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Argument>) -> Self {
        self.arguments.push((name, value.into()));
        self
    }
}

impl From<&Why> for Message {
    fn from(why: &Why) -> Self {
        let failed = |id, error: &String| Self::new(id).with("error", error.as_str());
        match why {
            Why::Refused { error, permission } => {
                failed("why-refused", error).with("permission", permission.as_str())
            }
            Why::Busy { error } => failed("why-busy", error),
            Why::ServiceFailed { error } => failed("why-service-failed", error),
            Why::NotReached { error } => failed("why-not-reached", error),
            Why::NotUnderstood { error } => failed("why-not-understood", error),
            Why::TokenRefused { error } => failed("why-token-refused", error),
            Why::Failed { error } => failed("why-failed", error),
            Why::TooFew { read, expected } => {
                Self::new("why-too-few").with("read", *read).with("expected", *expected)
            }
            Why::NamesAlike => Self::new("why-names-alike"),
            Why::NotDivided { error } => failed("why-not-divided", error),
            Why::PartFailed { error } => failed("why-part-failed", error),
            Why::PartTooFew { part, read, expected } => Self::new("why-part-too-few")
                .with("part", part.as_str())
                .with("read", *read)
                .with("expected", *expected),
            Why::NotAllAsked { asked } => Self::new("why-not-all-asked").with("asked", *asked),
            Why::ObjectNotUnderstood { error } => failed("why-object-not-understood", error),
            Why::Recorded(text) if text.is_empty() => Self::new("why-unknown"),
            Why::Recorded(text) => failed("why-recorded", text),
        }
    }
}

/// The value that was wanted in the place of the one seen.
#[derive(Clone, PartialEq, Debug)]
pub enum Wanted {
    /// A value of Graph, the name of a product, or a formula over figures: the same in all languages.
    Value(Value),
    /// In words.
    Said(Message),
}

impl Wanted {
    /// In words without values.
    pub fn said(id: &'static str) -> Self {
        Self::Said(Message::new(id))
    }
}

impl<T: Into<Value>> From<T> for Wanted {
    fn from(value: T) -> Self {
        Self::Value(value.into())
    }
}

/// What a finding rests on: a property that was read.
#[derive(Clone, PartialEq, Debug)]
pub struct Evidence {
    /// Graph's path of the object, such as `users/{id}`.
    pub object: String,
    /// The property of it.
    pub property: &'static str,
    /// The value seen.
    pub seen: Value,
    /// The value wanted, in words or as a value.
    pub wanted: Wanted,
    /// When it was read.
    pub read_at: Timestamp,
}

/// Something that a rule found.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// Which kind of thing.
    pub code: Code,
    /// Whether it counts.
    pub severity: Severity,
    /// What it is about.
    pub subject: Subject,
    /// The reason in a sentence.
    pub message: Message,
    /// What it rests on; never empty for a violation.
    pub evidence: Vec<Evidence>,
    /// Findings that have the same cause and share the waiver.
    pub folded: Vec<Finding>,
    /// The waiver that covers it: its place in the plan.
    pub waiver: Option<usize>,
}

/// Something that decides and was not read.
#[derive(Clone, PartialEq, Debug)]
pub struct Gap {
    /// Which kind of thing.
    pub code: Code,
    /// What it is about.
    pub subject: Subject,
    /// The reason in a sentence.
    pub message: Message,
}

/// How much a criterion looked at.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Examined {
    /// Groups.
    pub groups: usize,
    /// Products.
    pub skus: usize,
    /// Distinct users.
    pub users: usize,
}

/// A criterion, judged.
#[derive(Debug)]
pub struct Judgement {
    /// Which one.
    pub criterion: CriterionId,
    /// The verdict.
    pub verdict: Verdict,
    /// What was looked at.
    pub examined: Examined,
    /// Sorted by code and ids.
    pub gaps: Vec<Gap>,
    /// Sorted by severity, code, group id, product id, user id.
    pub findings: Vec<Finding>,
}

impl Judgement {
    /// Sorts what a rule said and draws the verdict.
    pub fn new(
        tenant: &Tenant,
        criterion: CriterionId,
        applicable: bool,
        examined: Examined,
        mut gaps: Vec<Gap>,
        mut findings: Vec<Finding>,
    ) -> Self {
        findings.sort_by_cached_key(|finding| {
            (finding.severity, finding.code.as_str(), finding.subject.order(tenant))
        });
        gaps.sort_by_cached_key(|gap| (gap.code.as_str(), gap.subject.order(tenant)));
        gaps.dedup_by(|one, other| one.code == other.code && one.subject == other.subject);
        let verdict = Verdict::of(&findings, !gaps.is_empty(), applicable);
        Self { criterion, verdict, examined, gaps, findings }
    }

    /// The verdict from the findings and the gaps whose subjects are taken.
    pub fn verdict_where(
        &self,
        applicable: bool,
        finding: impl Fn(&Subject) -> bool,
        gap: impl Fn(&Subject) -> bool,
    ) -> Verdict {
        let gap = self.gaps.iter().any(|known| gap(&known.subject));
        Verdict::of(self.findings.iter().filter(|known| finding(&known.subject)), gap, applicable)
    }
}

/// What a judgement says of each group and product, gone through once for all of them.
#[derive(Debug, Default)]
pub struct BySubject {
    /// A gap that names nothing leaves every group open.
    gap: bool,
    groups: FxHashMap<GroupIndex, Said>,
    /// Of products without a group.
    skus: FxHashMap<SkuId, Said>,
}

/// What is said of something.
#[derive(Clone, Copy, Default, Debug)]
struct Said {
    violation: bool,
    waived: bool,
    gap: bool,
}

impl BySubject {
    /// Puts together what the judgement says.
    pub fn of(judgement: &Judgement) -> Self {
        let mut all = Self::default();
        for finding in &judgement.findings {
            if let Some(said) = all.said(&finding.subject) {
                said.finding(finding);
            }
        }
        for gap in &judgement.gaps {
            all.gap |= gap.subject == Subject::none();
            if let Some(said) = all.said(&gap.subject) {
                said.gap = true;
            }
        }
        all
    }

    fn said(&mut self, subject: &Subject) -> Option<&mut Said> {
        match (&subject.group, subject.sku) {
            (Some(GroupSubject::Known(group)), _) => Some(self.groups.entry(*group).or_default()),
            (None, Some(sku)) => Some(self.skus.entry(sku).or_default()),
            _ => None,
        }
    }

    /// The verdict on one group: from the findings and gaps that name it, those that name one of `skus`
    /// and no group, and gaps that name nothing.
    pub fn verdict_of_group(&self, group: GroupIndex, skus: &[SkuId], applicable: bool) -> Verdict {
        let of_skus = skus.iter().filter_map(|sku| self.skus.get(sku));
        let mut all = Said { gap: self.gap, ..Said::default() };
        for said in self.groups.get(&group).into_iter().chain(of_skus) {
            all.violation |= said.violation;
            all.waived |= said.waived;
            all.gap |= said.gap;
        }
        all.verdict(applicable)
    }
}

impl Said {
    /// Takes note of a finding; only violations count.
    fn finding(&mut self, finding: &Finding) {
        if finding.severity == Severity::Violation {
            self.violation |= finding.waiver.is_none();
            self.waived |= finding.waiver.is_some();
        }
    }

    /// The first that holds of fail, inconclusive, waived, pass, not applicable.
    fn verdict(self, applicable: bool) -> Verdict {
        match self {
            Self { violation: true, .. } => Verdict::Fail,
            Self { gap: true, .. } => Verdict::Inconclusive,
            Self { waived: true, .. } => Verdict::Waived,
            _ if applicable => Verdict::Pass,
            _ => Verdict::NotApplicable,
        }
    }
}
