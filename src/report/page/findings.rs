//! Findings and gaps as the page lists them: by criterion, by how much they weigh, by code and group.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::Serialize;
use serde_json::Value;

use super::choice::choose;
use super::{Limits, Moment, Sentence, Source, fragment, moment};
use crate::report::json::folded_as;
use crate::report::table::flatten;
use crate::report::text::user_name;
use crate::tenant::{GroupId, Tenant};
use crate::verdict::{Code, CriterionId, Evidence, Finding, Gap, Message, Severity, Subject};

/// How much a finding weighs; the worst first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Class {
    Violation,
    Gap,
    Waived,
    Advisory,
}

impl Class {
    fn as_str(self) -> &'static str {
        match self {
            Self::Violation => "violation",
            Self::Gap => "gap",
            Self::Waived => "waived",
            Self::Advisory => "advisory",
        }
    }
}

/// The findings of a criterion that weigh the same.
#[derive(Serialize, Debug)]
pub(super) struct Listed {
    class: &'static str,
    heading: String,
    total: String,
    kinds: Vec<Kind>,
}

/// Findings of a criterion and code that weigh the same.
#[derive(Serialize, Debug)]
struct Kind {
    code: &'static str,
    title: String,
    count: usize,
    /// How many are only in the other files.
    left: usize,
    blocks: Vec<Block>,
}

/// Findings of a kind about one group, or about none.
#[derive(Serialize, Debug)]
struct Block {
    group: Option<String>,
    /// The key of the group in the filters.
    key: Option<String>,
    count: usize,
    /// What to do, where it is the same for all of them.
    remedy: Option<Sentence>,
    findings: Vec<Row>,
}

#[derive(Serialize, Debug)]
struct Row {
    id: String,
    reason: Sentence,
    /// What to do, where the block does not say it.
    remedy: Option<Sentence>,
    /// For sorting.
    user: Option<String>,
    waiver: Option<WaiverNote>,
    evidence: Vec<EvidenceRow>,
    folded: Vec<Folded>,
    /// Whether there is anything below the reason.
    has_more: bool,
}

#[derive(Serialize, Debug)]
struct WaiverNote {
    reason: String,
    owner: String,
    expires: String,
}

#[derive(Serialize, Debug)]
struct EvidenceRow {
    object: String,
    property: &'static str,
    seen: String,
    wanted: String,
    read: Moment,
}

#[derive(Serialize, Debug)]
struct Folded {
    heading: String,
    code: &'static str,
    reason: Sentence,
    remedy: Sentence,
    evidence: Vec<EvidenceRow>,
}

/// What one can filter by: what there is among the findings shown.
#[derive(Serialize, Debug, Default)]
pub(super) struct Filters {
    codes: Vec<&'static str>,
    groups: Vec<GroupFilter>,
}

#[derive(Serialize, Debug)]
struct GroupFilter {
    key: String,
    name: String,
}

/// All that is listed, and how much of it.
pub(super) struct Findings {
    /// Per criterion.
    pub(super) classes: Vec<Vec<Listed>>,
    pub(super) filters: Filters,
    pub(super) shown: usize,
    pub(super) total: usize,
}

/// A finding or a gap.
#[derive(Clone, Copy)]
enum Entry<'a> {
    Finding(&'a Finding),
    Gap(&'a Gap),
}

impl<'a> Entry<'a> {
    fn code(self) -> Code {
        match self {
            Self::Finding(finding) => finding.code,
            Self::Gap(gap) => gap.code,
        }
    }

    fn subject(self) -> &'a Subject {
        match self {
            Self::Finding(finding) => &finding.subject,
            Self::Gap(gap) => &gap.subject,
        }
    }

    fn message(self) -> &'a Message {
        match self {
            Self::Finding(finding) => &finding.message,
            Self::Gap(gap) => &gap.message,
        }
    }

    /// What tells its group from others: the id, or the name of one that was not found.
    fn group(self, tenant: &'a Tenant) -> (Option<GroupId>, Option<&'a str>) {
        let group = self.subject().group.as_ref();
        (group.and_then(|group| group.id(tenant)), group.and_then(|group| group.display_name(tenant)))
    }

    fn class(self) -> Class {
        match self {
            Self::Gap(_) => Class::Gap,
            Self::Finding(Finding { severity: Severity::Advisory, .. }) => Class::Advisory,
            Self::Finding(Finding { waiver: Some(_), .. }) => Class::Waived,
            Self::Finding(_) => Class::Violation,
        }
    }
}

/// Which criterion, how much it weighs, and the code.
type KindKey = (usize, Class, &'static str);

/// Lists the findings and gaps of an audit, as many as there is room for.
pub(super) fn list(source: Source<'_, '_>, limits: Limits) -> Findings {
    let mut kinds: BTreeMap<KindKey, Vec<Entry<'_>>> = BTreeMap::new();
    for (place, judgement) in source.audit.judgements.iter().enumerate() {
        let findings = judgement.findings.iter().map(Entry::Finding);
        for entry in findings.chain(judgement.gaps.iter().map(Entry::Gap)) {
            kinds.entry((place, entry.class(), entry.code().as_str())).or_default().push(entry);
        }
    }
    let counts: Vec<(usize, usize)> =
        kinds.iter().map(|((_, class, _), entries)| (*class as usize, entries.len())).collect();
    let chosen = choose(&counts, limits.findings, limits.of_a_kind);
    let mut lister = Lister { source, groups: BTreeMap::new(), ids: FxHashMap::default() };
    let mut codes = BTreeSet::new();
    let mut classes: Vec<Vec<Listed>> = source.audit.judgements.iter().map(|_| Vec::new()).collect();
    let total = counts.iter().map(|(_, count)| count).sum();
    let shown = chosen.iter().sum();
    let mut made: BTreeMap<(usize, Class), (usize, Vec<Kind>)> = BTreeMap::new();
    for (((place, class, code), entries), chosen) in kinds.into_iter().zip(chosen) {
        let criterion = source.audit.judgements[place].criterion;
        let (total, kinds) = made.entry((place, class)).or_default();
        *total += entries.len();
        if chosen > 0 {
            codes.insert(code);
        }
        kinds.push(Kind {
            code,
            title: source.texts.word(&format!("code-{code}")),
            count: entries.len(),
            left: entries.len() - chosen,
            blocks: lister.blocks(criterion, &entries, chosen),
        });
    }
    for ((place, class), (total, mut kinds)) in made {
        kinds.sort_by_key(|kind| std::cmp::Reverse(kind.count));
        classes[place].push(Listed {
            class: class.as_str(),
            heading: source.texts.word(&format!("page-class-{}", class.as_str())),
            total: source.number(total),
            kinds,
        });
    }
    let mut groups: Vec<GroupFilter> = lister
        .groups
        .into_iter()
        .map(|(name, place)| GroupFilter { key: format!("g{place}"), name })
        .collect();
    groups.sort_by_cached_key(|group| (group.name.to_lowercase(), group.key.clone()));
    Findings { classes, filters: Filters { codes: codes.into_iter().collect(), groups }, shown, total }
}

/// Makes blocks, and remembers the groups that they name and the fragments that are taken.
struct Lister<'a, 't> {
    source: Source<'a, 't>,
    groups: BTreeMap<String, usize>,
    ids: FxHashMap<String, usize>,
}

impl Lister<'_, '_> {
    /// The first `chosen` entries of a kind in blocks by group, the biggest group first.
    fn blocks(&mut self, criterion: CriterionId, entries: &[Entry<'_>], chosen: usize) -> Vec<Block> {
        let tenant = self.source.tenant;
        let mut counts: FxHashMap<_, usize> = FxHashMap::default();
        for entry in entries {
            *counts.entry(entry.group(tenant)).or_default() += 1;
        }
        let mut blocks: Vec<Block> = Vec::new();
        for run in entries[..chosen].chunk_by(|one, other| one.group(tenant) == other.group(tenant)) {
            blocks.push(self.block(criterion, run, counts[&run[0].group(tenant)]));
        }
        blocks.sort_by_key(|block| std::cmp::Reverse(block.count));
        blocks
    }

    fn block(&mut self, criterion: CriterionId, entries: &[Entry<'_>], count: usize) -> Block {
        let group = entries[0].subject().group.as_ref().map(|group| self.source.group_label(group));
        let key = group.as_ref().map(|name| {
            let next = self.groups.len();
            format!("g{}", self.groups.entry(name.clone()).or_insert(next))
        });
        let mut findings: Vec<Row> = entries.iter().map(|entry| self.row(criterion, *entry)).collect();
        let same = findings.windows(2).all(|pair| pair[0].remedy == pair[1].remedy);
        let remedy = if same { findings[0].remedy.clone() } else { None };
        if remedy.is_some() {
            for finding in &mut findings {
                finding.remedy = None;
            }
        }
        for finding in &mut findings {
            finding.has_more = finding.remedy.is_some()
                || finding.waiver.is_some()
                || !finding.evidence.is_empty()
                || !finding.folded.is_empty();
        }
        Block { group, key, count, remedy, findings }
    }

    fn row(&mut self, criterion: CriterionId, entry: Entry<'_>) -> Row {
        let source = self.source;
        let (subject, message) = (entry.subject(), entry.message());
        let mut id = fragment(source.tenant, criterion, entry.code(), subject, message);
        let taken = self.ids.entry(id.clone()).or_default();
        *taken += 1;
        if *taken > 1 {
            id = format!("{id}-{taken}");
        }
        let sentence = |attribute| source.sentence(criterion, subject, message, attribute);
        let (evidence, folded, waiver) = match entry {
            Entry::Gap(_) => (Vec::new(), Vec::new(), None),
            Entry::Finding(finding) => (
                source.evidence(&finding.evidence),
                finding.folded.iter().map(|folded| source.folded(criterion, folded)).collect(),
                crate::report::waiver_of(source.audit, finding),
            ),
        };
        Row {
            id,
            reason: sentence(None),
            remedy: Some(sentence(Some("remedy"))),
            user: subject.user.map(|user| source.shown(&user_name(source.tenant, user))),
            waiver: waiver.map(|applied| WaiverNote {
                reason: source.shown(&applied.waiver.reason),
                owner: source.shown(&applied.waiver.owner),
                expires: applied.waiver.expires.to_string(),
            }),
            evidence,
            folded,
            has_more: false,
        }
    }
}

impl Source<'_, '_> {
    fn folded(self, criterion: CriterionId, folded: &Finding) -> Folded {
        let sentence = |attribute| self.sentence(criterion, &folded.subject, &folded.message, attribute);
        Folded {
            heading: self.texts.word(&format!("page-folded-{}", folded_as(folded.code))),
            code: folded.code.as_str(),
            reason: sentence(None),
            remedy: sentence(Some("remedy")),
            evidence: self.evidence(&folded.evidence),
        }
    }

    fn evidence(self, evidence: &[Evidence]) -> Vec<EvidenceRow> {
        let text = |value: &Value| {
            let mut text = String::new();
            flatten(value, &mut text);
            self.shown(&text)
        };
        let rows = evidence.iter().map(|evidence| EvidenceRow {
            object: self.shown(&evidence.object),
            property: evidence.property,
            seen: text(&evidence.seen),
            wanted: text(&self.texts.wanted(&evidence.wanted)),
            read: moment(evidence.read_at),
        });
        rows.collect()
    }
}
