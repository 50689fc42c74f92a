//! Which groups are suitable: the candidates in rows, with the words that `tollgate groups` has for them.

use serde::Serialize;

use super::{Sentence, Source, set_apart};
use crate::report::suitability::{class_name, next_step, owners_line, products, seats, summary, what, why};
use crate::rules::suitability::{Assessed, Assessment, Class, Reason};
use crate::verdict::{Message, Subject};

/// What is told of groups that could be licensed.
#[derive(Serialize, Debug)]
pub(super) struct Suitable {
    summary: String,
    products: Sentence,
    /// What is to be done with a group that is suitable.
    step: Option<Sentence>,
    /// Suitable ones, then those that need a change; only what there is.
    classes: Vec<CandidateClass>,
    left: usize,
    /// That the members of some groups are not known.
    unread: Option<Sentence>,
    owners_unread: bool,
    /// Who decides.
    decide: Sentence,
}

#[derive(Serialize, Debug)]
struct CandidateClass {
    word: &'static str,
    title: String,
    total: usize,
    rows: Vec<Candidate>,
}

#[derive(Serialize, Debug)]
struct Candidate {
    rank: usize,
    id: String,
    name: Option<String>,
    what: String,
    /// Empty where none were shown.
    owners: Sentence,
    newly_covered: String,
    seats: String,
    /// `None` where that is not known.
    short: Option<String>,
    reasons: Vec<Sentence>,
    needs: Vec<Sentence>,
    /// What has to be changed first.
    changes: Vec<Sentence>,
}

impl Source<'_, '_> {
    /// The candidates in the order of their ranks, so many at most.
    pub(super) fn suitable(self, limit: usize) -> Option<Suitable> {
        let Self { audit, tenant, texts, .. } = self;
        let assessment = audit.suitability()?;
        let candidates = || assessment.groups.iter().filter(|assessed| assessed.rank.is_some());
        let mut room = limit;
        let mut classes = Vec::new();
        for class in [Class::Suitable, Class::AfterChange] {
            let of_class = candidates().filter(|assessed| assessed.class == class);
            let rows: Vec<Candidate> = of_class.take(room).map(|assessed| self.candidate(assessed)).collect();
            room -= rows.len();
            if !rows.is_empty() {
                let (word, title) = (class.as_str(), class_name(texts, class));
                classes.push(CandidateClass { word, title, total: assessment.count(class), rows });
            }
        }
        let lacks = |assessed: &&Assessed| {
            assessed.class == Class::Unknown && tenant.members(assessed.group).is_none()
        };
        let unread = assessment.groups.iter().filter(lacks).count();
        Some(Suitable {
            summary: summary(texts, assessment),
            products: Sentence::of(self, &products(texts, tenant, assessment, set_apart)),
            step: self.step(assessment),
            left: candidates().count() - (limit - room),
            classes,
            unread: (unread > 0).then(|| {
                Sentence::of(self, &texts.say("groups-snapshot-lacks", &[("count", unread.into())]))
            }),
            owners_unread: candidates().any(|assessed| tenant.owners(assessed.group).is_none()),
            decide: Sentence::of(self, &texts.word("suit-decide")),
        })
    }

    /// Where more is told, or why nothing is.
    pub(super) fn suitable_note(self) -> Sentence {
        let told = self.audit.suitability().is_some();
        Sentence::of(self, &self.texts.word(if told { "page-suitable-more" } else { "page-suitable-unread" }))
    }

    fn candidate(self, assessed: &Assessed) -> Candidate {
        let Self { tenant, texts, .. } = self;
        let group = tenant.group(assessed.group);
        // Where nobody knows what it would assign, there is no number.
        let proposes = !assessed.needs.is_empty();
        let none = || "–".to_owned();
        let owners = tenant.owners(assessed.group).filter(|owners| !owners.all.is_empty());
        Candidate {
            rank: assessed.rank.unwrap_or_default(),
            id: tenant.id_text(group.id.0).into_owned(),
            name: group.display_name.as_deref().map(|text| self.shown(text)),
            what: what(texts, tenant, assessed),
            owners: owners.map_or_else(
                || Sentence(Vec::new()),
                |owners| Sentence::of(self, &owners_line(texts, tenant, owners, set_apart)),
            ),
            newly_covered: self.number(assessed.newly_covered.len()),
            seats: if proposes { self.number(assessed.seats()) } else { none() },
            short: if proposes { assessed.short().map(|short| self.number(short)) } else { Some(none()) },
            reasons: assessed
                .reasons
                .iter()
                .chain(assessed.remarks.iter().filter(|remark| remark.criterion.is_none()))
                .map(|reason| Sentence::of(self, &why(texts, tenant, reason, set_apart)))
                .collect(),
            needs: assessed
                .needs
                .iter()
                .map(|need| Sentence::of(self, &seats(texts, tenant, need, set_apart)))
                .collect(),
            changes: assessed
                .reasons
                .iter()
                .filter(|reason| !is_worth(reason))
                .filter_map(|reason| next_step(texts, tenant, reason, set_apart))
                .map(|step| Sentence::of(self, &step))
                .collect(),
        }
    }

    /// What is to be done with all candidates, said once.
    fn step(self, assessment: &Assessment) -> Option<Sentence> {
        let candidates = assessment.groups.iter().filter(|assessed| assessed.rank.is_some());
        let worth =
            candidates.clone().flat_map(|assessed| &assessed.reasons).find(|reason| is_worth(reason))?;
        let direct: usize =
            candidates.filter_map(|assessed| assessed.people).map(|people| people.direct).sum();
        let reason = Reason {
            subject: Subject::none(),
            message: Message::new(worth.message.id).with("direct", direct),
            ..worth.clone()
        };
        next_step(self.texts, self.tenant, &reason, set_apart).map(|step| Sentence::of(self, &step))
    }
}

/// Whether it says that licensing the group makes sense, and not what has to be changed first.
fn is_worth(reason: &Reason) -> bool {
    matches!(reason.code, "worth" | "planned")
}
