//! What the page shows (`report.html`, and shorter `report.md`): every fact worked out and put into words, so that
//! templates only lay out. Nothing is judged here, and nothing escaped: the writers of each format do that.
//!
//! Text of the tenant stands apart from ours ([`Piece::foreign`]), without what would act on a reader's screen.
//! A new section of the page is a field of [`Page`], a partial in `reports/` and its line in the template.

mod choice;
mod findings;
mod seats;
mod suitable;

use std::borrow::Cow;
use std::fmt::Write as _;

use jiff::Timestamp;
use serde::Serialize;
use sha2::{Digest, Sha256};

use self::findings::{Filters, Listed};
use self::seats::SeatRow;
use self::suitable::Suitable;
use super::causes;
use super::text::{Language, Tally, Texts};
use crate::clean;
use crate::pack::Pack;
use crate::rules::Audit;
use crate::tenant::coverage::path;
use crate::tenant::{Collection, Tenant};
use crate::verdict::{
    Argument, Code, CriterionId, Examined, Gap, GroupSubject, Judgement, Message, Subject, Verdict,
    WaiverState,
};

/// How much a page shows; the rest is in the other files.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Causes.
    pub(super) causes: usize,
    /// Findings and gaps.
    pub(super) findings: usize,
    /// Of every kind of finding at least so many.
    pub(super) of_a_kind: usize,
    /// Groups.
    pub(super) groups: usize,
    /// Groups that could be licensed.
    pub(super) candidates: usize,
    /// Collections that were not read completely.
    pub(super) collections: usize,
    /// Characters of a text from outside; `result.json` has all of them.
    pub(super) longest: usize,
}

/// The whole page.
#[derive(Serialize, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question that the templates ask")]
pub(super) struct Page {
    language: &'static str,
    verdict: VerdictWord,
    reason: String,
    level: String,
    redacted: bool,
    optional: bool,
    tenant: Option<String>,
    tenant_id: Option<String>,
    as_of: Moment,
    pack: PackName,
    causes: Vec<CauseRow>,
    causes_left: usize,
    criteria: Vec<CriterionSection>,
    filters: Filters,
    shown: usize,
    total: usize,
    of_a_kind: usize,
    seats: Vec<SeatRow>,
    seats_planned: bool,
    seats_lower_bound: bool,
    groups: Vec<GroupRow>,
    groups_left: usize,
    suitable: Option<Suitable>,
    suitable_note: Sentence,
    waivers: Vec<WaiverRow>,
    excluded: Excluded,
    coverage: Coverage,
    run: Run,
    tool: Tool,
}

/// A verdict: the word of programs, ours, and a sign that is no colour.
#[derive(Serialize, Clone, Debug)]
struct VerdictWord {
    word: &'static str,
    label: String,
    mark: &'static str,
}

/// A time for programs and for people.
#[derive(Serialize, Debug)]
struct Moment {
    machine: String,
    people: String,
}

#[derive(Serialize, Debug)]
struct PackName {
    id: String,
    version: String,
}

#[derive(Serialize, Debug)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

/// Something that one action mends.
#[derive(Serialize, Debug)]
struct CauseRow {
    reason: Sentence,
    action: Sentence,
    role: Option<String>,
    place: Option<String>,
    findings: usize,
    gaps: usize,
    criteria: Vec<CriterionLink>,
}

#[derive(Serialize, Debug)]
struct CriterionLink {
    id: &'static str,
    number: usize,
    title: String,
}

#[derive(Serialize, Debug)]
struct CriterionSection {
    id: &'static str,
    number: usize,
    title: String,
    verdict: VerdictWord,
    reason: String,
    required: bool,
    statements: Vec<Statement>,
    examined: String,
    violations: usize,
    waived: usize,
    advisories: usize,
    gaps: usize,
    /// Violations, gaps, waived violations, advisories: those there are.
    classes: Vec<Listed>,
}

#[derive(Serialize, Debug)]
struct Statement {
    id: String,
    text: String,
}

#[derive(Serialize, Debug)]
struct GroupRow {
    id: String,
    name: Option<String>,
    target: bool,
    licenses: Vec<String>,
    members: Option<String>,
    processing: Option<String>,
    verdicts: Vec<GroupVerdict>,
}

#[derive(Serialize, Debug)]
struct GroupVerdict {
    criterion: &'static str,
    title: String,
    number: usize,
    verdict: VerdictWord,
}

#[derive(Serialize, Debug)]
struct WaiverRow {
    criterion: String,
    code: Option<&'static str>,
    group: Option<String>,
    user: Option<String>,
    sku: Option<String>,
    reason: String,
    owner: String,
    expires: String,
    state: &'static str,
    state_label: String,
    matched: usize,
}

#[derive(Serialize, Debug)]
struct Excluded {
    groups: Vec<String>,
    products: Vec<String>,
}

#[derive(Serialize, Debug)]
struct Coverage {
    complete: bool,
    kinds: Vec<CoverageKind>,
    missing: Vec<Missing>,
    missing_left: usize,
}

/// A kind of collection: all users, or the members of all groups together.
#[derive(Serialize, Debug)]
struct CoverageKind {
    label: String,
    path: &'static str,
    collections: usize,
    read: String,
    incomplete: usize,
}

/// A collection that was not read to its end.
#[derive(Serialize, Debug)]
struct Missing {
    path: String,
    group: Option<String>,
    read: String,
    expected: Option<String>,
    why: Sentence,
    remedy: Option<Sentence>,
}

#[derive(Serialize, Debug)]
struct Run {
    started: Option<Moment>,
    finished: Option<Moment>,
    requests: u64,
    resource_units: u64,
    retries: u64,
    seconds: String,
    kilobytes: u64,
    reread: u64,
    accused: u64,
    cleared: u64,
    sampled: bool,
}

/// A sentence in pieces, so that text of the tenant can be set apart.
#[derive(Serialize, Clone, PartialEq, Eq, Debug)]
pub(super) struct Sentence(Vec<Piece>);

/// A piece of a sentence.
#[derive(Serialize, Clone, PartialEq, Eq, Debug)]
struct Piece {
    text: String,
    /// Whether it came from outside.
    foreign: bool,
}

/// Marks where text from outside begins and ends in a sentence.
const ISOLATE: char = '\u{2068}';
const END_OF_ISOLATE: char = '\u{2069}';
impl Sentence {
    /// Of a sentence in which [`set_apart`] marked what came from outside.
    fn of(source: Source<'_, '_>, marked: &str) -> Self {
        let mut pieces = Vec::new();
        let mut add = |text: String, foreign| {
            if !text.is_empty() {
                pieces.push(Piece { text, foreign });
            }
        };
        for (place, part) in marked.split(ISOLATE).enumerate() {
            match part.split_once(END_OF_ISOLATE) {
                Some((foreign, ours)) if place > 0 => {
                    add(source.shown(foreign), true);
                    add(ours.to_owned(), false);
                }
                _ => add(part.to_owned(), false),
            }
        }
        Self(pieces)
    }
}

/// Text from outside without what acts on a screen, and marked as such. The marks are harmful themselves, so that
/// none of them can come from outside.
fn set_apart<'a>(_: &str, text: &'a str) -> Cow<'a, str> {
    Cow::Owned(format!("{ISOLATE}{}{END_OF_ISOLATE}", clean::visible(text, usize::MAX - 1)))
}

/// What everything here is made from.
#[derive(Clone, Copy)]
struct Source<'a, 't> {
    audit: &'a Audit<'t>,
    tenant: &'t Tenant,
    pack: &'a Pack,
    texts: &'a Texts,
    longest: usize,
}

impl Page {
    /// The page of an audit.
    pub(super) fn new(audit: &Audit<'_>, pack: &Pack, texts: &Texts, limits: Limits) -> Self {
        let tenant = audit.context.tenant;
        let source = Source { audit, tenant, pack, texts, longest: limits.longest };
        let organization = tenant.organization();
        let findings = findings::list(source, limits);
        let (causes, causes_left) = source.causes(limits.causes);
        let (groups, groups_left) = source.groups(limits.groups);
        Self {
            language: texts.language().as_str(),
            verdict: source.verdict(audit.verdict()),
            reason: texts.overall_reason(audit),
            level: texts.level(pack.level, audit.verdict()),
            redacted: tenant.is_redacted(),
            optional: pack.level == crate::pack::Level::Optional,
            tenant: organization.display_name.as_deref().map(|text| source.shown(text)),
            tenant_id: organization.id.as_deref().map(|text| source.shown(text)),
            as_of: moment(tenant.as_of()),
            pack: PackName { id: source.shown(&pack.id), version: source.shown(&pack.version) },
            causes,
            causes_left,
            shown: findings.shown,
            total: findings.total,
            of_a_kind: limits.of_a_kind,
            criteria: audit
                .judgements
                .iter()
                .zip(findings.classes)
                .enumerate()
                .map(|(place, (judgement, classes))| source.criterion(place + 1, judgement, classes))
                .collect(),
            filters: findings.filters,
            seats: source.seats(),
            seats_planned: audit.seats.iter().any(|seats| seats.planned != 0),
            seats_lower_bound: audit.seats.iter().any(|seats| !(seats.exact.demand && seats.exact.waiting)),
            groups,
            groups_left,
            suitable: source.suitable(limits.candidates),
            suitable_note: source.suitable_note(),
            waivers: source.waivers(),
            excluded: Excluded {
                groups: audit.excluded.0.iter().map(|name| source.shown(name)).collect(),
                products: audit.excluded.1.iter().map(|name| source.shown(name)).collect(),
            },
            coverage: source.coverage(limits.collections),
            run: source.run(),
            tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        }
    }
}

impl Source<'_, '_> {
    fn verdict(self, verdict: Verdict) -> VerdictWord {
        let mark = match verdict {
            Verdict::Fail => "✕",
            Verdict::Inconclusive => "?",
            Verdict::Waived => "◇",
            Verdict::Pass => "✓",
            Verdict::NotApplicable => "–",
        };
        VerdictWord { word: verdict.as_str(), label: self.texts.verdict(verdict), mark }
    }

    /// Text from outside without what acts on a screen, and not longer than the format has room for.
    fn shown(self, text: &str) -> String {
        clean::visible(text, self.longest)
    }

    fn number(self, number: impl TryInto<i64>) -> String {
        self.texts.say("number", &[("number", number.try_into().unwrap_or(i64::MAX).into())])
    }

    fn sentence(
        self,
        criterion: CriterionId,
        subject: &Subject,
        message: &Message,
        attribute: Option<&str>,
    ) -> Sentence {
        Sentence::of(
            self,
            &self.texts.sentence(self.tenant, criterion, subject, message, attribute, set_apart),
        )
    }

    /// What is to be done, and how many causes are left out.
    fn causes(self, limit: usize) -> (Vec<CauseRow>, usize) {
        let Self { audit, tenant, texts, .. } = self;
        let causes = causes::causes(audit);
        let rows = causes.iter().take(limit).map(|cause| CauseRow {
            reason: Sentence::of(self, &cause.reason(tenant, texts, set_apart)),
            action: Sentence::of(self, &cause.action(tenant, texts, set_apart)),
            role: cause.role(texts),
            place: cause.place(texts),
            findings: cause.findings,
            gaps: cause.gaps,
            criteria: CriterionId::ALL
                .into_iter()
                .enumerate()
                .filter(|(_, criterion)| cause.criteria.contains(criterion))
                .map(|(place, criterion)| CriterionLink {
                    id: criterion.as_str(),
                    number: place + 1,
                    title: texts.title(criterion),
                })
                .collect(),
        });
        (rows.collect(), causes.len().saturating_sub(limit))
    }

    fn criterion(self, number: usize, judgement: &Judgement, classes: Vec<Listed>) -> CriterionSection {
        let Self { tenant, pack, texts, .. } = self;
        let tally = Tally::of(tenant, judgement);
        let criterion = pack.criterion(judgement.criterion);
        let statements = criterion.statements.iter().filter_map(|id| {
            let statement = pack.statements.get(id)?;
            let text = match texts.language() {
                Language::En => &statement.en,
                Language::Nl => &statement.nl,
            };
            Some(Statement { id: self.shown(id), text: self.shown(text) })
        });
        CriterionSection {
            id: judgement.criterion.as_str(),
            number,
            title: texts.title(judgement.criterion),
            verdict: self.verdict(judgement.verdict),
            reason: texts.criterion_reason(tenant, judgement),
            required: criterion.level == crate::pack::Level::Required,
            statements: statements.collect(),
            examined: self.examined(judgement.examined),
            violations: tally.violations,
            waived: tally.waived,
            advisories: tally.advisories,
            gaps: tally.gaps,
            classes,
        }
    }

    /// How much a criterion looked at, in words: what there was.
    fn examined(self, examined: Examined) -> String {
        let counts = [
            ("n-groups", "groups", examined.groups),
            ("n-products", "products", examined.skus),
            ("n-people", "people", examined.users),
        ];
        let said: Vec<String> = counts
            .into_iter()
            .filter(|(_, _, count)| *count > 0)
            .map(|(id, name, count)| self.texts.say(id, &[(name, count.into())]))
            .collect();
        if said.is_empty() { self.texts.word("page-examined-nothing") } else { said.join(" · ") }
    }

    /// The groups in scope, those with the worst verdicts first, and how many are left out.
    fn groups(self, limit: usize) -> (Vec<GroupRow>, usize) {
        let Self { audit, tenant, texts, .. } = self;
        let rank = |verdict: Verdict| match verdict {
            Verdict::Fail => 0,
            Verdict::Inconclusive => 1,
            Verdict::Waived => 2,
            Verdict::Pass => 3,
            Verdict::NotApplicable => 4,
        };
        let mut ranked: Vec<_> = audit
            .groups()
            .map(|(group, verdicts)| {
                let mut counts = [0_usize; 5];
                for (_, verdict) in &verdicts {
                    counts[rank(*verdict)] += 1;
                }
                (counts, group, verdicts)
            })
            .collect();
        ranked.sort_by_key(|(counts, ..)| std::cmp::Reverse(*counts));
        let left = ranked.len().saturating_sub(limit);
        let rows = ranked.into_iter().take(limit).map(|(_, group, verdicts)| {
            let details = tenant.group(group);
            let members = super::member_count(audit, group);
            GroupRow {
                id: tenant.id_text(details.id.0).into_owned(),
                name: details.display_name.as_deref().map(|text| self.shown(text)),
                target: audit.context.target(group).is_some(),
                licenses: super::licenses_of(audit, group).iter().map(|name| self.shown(name)).collect(),
                members: members.map(|count| self.number(count)),
                processing: details.processing.as_deref().map(|text| self.shown(text)),
                verdicts: verdicts
                    .into_iter()
                    .enumerate()
                    .map(|(place, (criterion, verdict))| GroupVerdict {
                        criterion: criterion.as_str(),
                        title: texts.title(criterion),
                        number: place + 1,
                        verdict: self.verdict(verdict),
                    })
                    .collect(),
            }
        });
        (rows.collect(), left)
    }

    fn waivers(self) -> Vec<WaiverRow> {
        let written = |selector: &Option<crate::plan::Selector>| {
            selector.as_ref().map(|selector| self.shown(selector.as_str()))
        };
        let rows = self.audit.waivers.iter().map(|applied| {
            let waiver = &applied.waiver;
            WaiverRow {
                criterion: self.texts.title(waiver.criterion),
                code: waiver.code.map(Code::as_str),
                group: written(&waiver.group),
                user: written(&waiver.user),
                sku: written(&waiver.sku),
                reason: self.shown(&waiver.reason),
                owner: self.shown(&waiver.owner),
                expires: waiver.expires.to_string(),
                state: applied.state.as_str(),
                state_label: self.texts.word(match applied.state {
                    WaiverState::Active => "waiver-state-active",
                    WaiverState::Expired => "waiver-state-expired",
                    WaiverState::Unused => "waiver-state-unused",
                }),
                matched: applied.matched,
            }
        });
        rows.collect()
    }

    fn coverage(self, limit: usize) -> Coverage {
        const KINDS: [(&str, &str); 9] = [
            ("collection-organization", path::ORGANIZATION),
            ("collection-products", path::SUBSCRIBED_SKUS),
            ("collection-subscriptions", path::SUBSCRIPTIONS),
            ("collection-groups", path::GROUPS),
            ("collection-deleted-groups", path::DELETED_GROUPS),
            ("collection-members", "groups/{id}/members"),
            ("collection-owners", path::OWNERS),
            ("collection-users", path::USERS),
            ("collection-single-users", path::SINGLE_USERS),
        ];
        let lines = self.tenant.coverage();
        let kind_of = |collection: &str| match Collection::parse(collection) {
            Some(Collection::Members(_)) => "groups/{id}/members".to_owned(),
            Some(Collection::SingleUser(_)) => path::SINGLE_USERS.to_owned(),
            _ => collection.to_owned(),
        };
        let kinds = KINDS.into_iter().filter_map(|(label, path)| {
            let of_kind = || lines.iter().filter(|line| kind_of(&line.collection) == path);
            let collections = of_kind().count();
            (collections > 0).then(|| CoverageKind {
                label: self.texts.word(label),
                path,
                collections,
                read: self.number(of_kind().map(|line| line.read).sum::<u64>()),
                incomplete: of_kind().filter(|line| !line.complete).count(),
            })
        });
        let incomplete = || lines.iter().filter(|line| !line.complete);
        let missing = incomplete().take(limit).map(|line| {
            let collection = Collection::parse(&line.collection);
            let group = match collection {
                Some(Collection::Members(id)) => self.tenant.find_group(id),
                _ => None,
            };
            let why = line.reason.as_ref().map_or_else(|| Message::new("why-unknown"), Message::from);
            Missing {
                path: self.shown(&line.collection),
                group: group
                    .and_then(|group| self.tenant.group(group).display_name.as_deref())
                    .map(|text| self.shown(text)),
                read: self.number(line.read),
                expected: line.expected.map(|expected| self.number(expected)),
                why: self.sentence(CriterionId::GroupsConfigured, &Subject::none(), &why, None),
                remedy: collection.and_then(|collection| self.remedy_of_gap(collection)),
            }
        });
        Coverage {
            complete: incomplete().next().is_none(),
            kinds: kinds.collect(),
            missing: missing.collect(),
            missing_left: incomplete().count().saturating_sub(limit),
        }
    }

    /// What to do about a collection that was not read: the remedy of the gap that it left.
    fn remedy_of_gap(self, collection: Collection) -> Option<Sentence> {
        let left_by = |gap: &Gap| match collection {
            Collection::Members(id) => {
                let group = gap.subject.group.as_ref().and_then(|group| group.id(self.tenant));
                gap.code == Code::MembersIncomplete && group == Some(id)
            }
            Collection::Users => gap.code == Code::UsersIncomplete,
            Collection::Groups => gap.code == Code::GroupLicensesUnreadable,
            Collection::SubscribedSkus => gap.code == Code::SeatsUnreadable,
            _ => false,
        };
        self.audit.judgements.iter().find_map(|judgement| {
            let gap = judgement.gaps.iter().find(|gap| left_by(gap))?;
            Some(self.sentence(judgement.criterion, &gap.subject, &gap.message, Some("remedy")))
        })
    }

    fn run(self) -> Run {
        let run = self.tenant.run();
        Run {
            started: run.started_at.map(moment),
            finished: run.finished_at.map(moment),
            requests: run.requests,
            resource_units: run.resource_units,
            retries: run.retries,
            seconds: format!("{:.0}", run.throttled_seconds),
            kilobytes: run.bytes.div_ceil(1000),
            reread: run.reread,
            accused: run.accused,
            cleared: run.cleared,
            sampled: run.reread < run.accused,
        }
    }

    /// What a group is called in a report.
    fn group_label(self, group: &GroupSubject) -> String {
        self.shown(&super::text::group_name(self.tenant, group))
    }
}

fn moment(time: Timestamp) -> Moment {
    Moment { machine: time.to_string(), people: time.strftime("%Y-%m-%d %H:%M:%S UTC").to_string() }
}

/// The fragment of a finding's address in the page: the same in every audit in which it is found.
fn fragment(
    tenant: &Tenant,
    criterion: CriterionId,
    code: Code,
    subject: &Subject,
    message: &Message,
) -> String {
    let mut hash = Sha256::new();
    let mut add = |part: &str| {
        hash.update(part.as_bytes());
        hash.update([0]);
    };
    add(criterion.as_str());
    add(code.as_str());
    let group = subject.group.as_ref();
    add(&group.and_then(|group| group.id(tenant)).map(|id| id.to_string()).unwrap_or_default());
    if let Some(GroupSubject::Named(name)) = group {
        add(name);
    }
    add(&subject.sku.map(|sku| sku.to_string()).unwrap_or_default());
    add(&subject.user.map(|user| tenant.user(user).id().to_string()).unwrap_or_default());
    // Tells two requirements of a member apart; counts would change from audit to audit.
    for (name, argument) in &message.arguments {
        if let (&("requirement" | "target" | "owner" | "reason" | "through"), Argument::Text(text)) =
            (name, argument)
        {
            add(text);
        }
    }
    let digest = hash.finalize();
    let mut fragment = "f-".to_owned();
    for byte in digest.iter().take(6) {
        let _ = write!(fragment, "{byte:02x}");
    }
    fragment
}
