//! What an audit says, in the names of the story: `Sales / ada / SPE_E3`, `users/ada`.
//!
//! Whatever a test states here is also noted for the registry, which calls the tests and looks whether they
//! state what they stand for.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde_json::Value;
use tollgate::rules::Audit;
use tollgate::tenant::Tenant;
use tollgate::verdict::{
    Argument, Code, CriterionId, Finding, GroupSubject, Message, Severity, Subject, Verdict, Wanted,
};

pub(crate) const CONFIGURED: CriterionId = CriterionId::GroupsConfigured;
pub(crate) const GUESTS: CriterionId = CriterionId::NoB2bGroupsLicensed;
pub(crate) const SEATS: CriterionId = CriterionId::EnoughSeats;
pub(crate) const LICENSED: CriterionId = CriterionId::MembersFullyLicensed;

/// What a test stated of a code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Stated {
    Violation,
    Advisory,
    Gap,
    /// That it is not said at all.
    Nothing,
}

thread_local! {
    static STATED: RefCell<Vec<(CriterionId, Code, Stated)>> = const { RefCell::new(Vec::new()) };
}

/// What was stated while this ran.
pub(crate) fn stated_by(test: fn()) -> Vec<(CriterionId, Code, Stated)> {
    STATED.take();
    test();
    STATED.take()
}

fn note(criterion: CriterionId, code: Code, stated: Stated) {
    STATED.with_borrow_mut(|list| list.push((criterion, code, stated)));
}

/// One finding or gap.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    criterion: CriterionId,
    code: Code,
    kind: Stated,
    about: String,
    /// The finding that it is folded under: code, and what that is about.
    under: Option<(Code, String)>,
    pub(crate) waived: bool,
    message: Message,
    /// Object, property, seen, wanted; ids replaced by names.
    evidence: Vec<(String, &'static str, Value, Value)>,
}

/// An audit, in the names of the story.
pub(crate) struct Judged {
    said: Vec<Said>,
    verdicts: BTreeMap<CriterionId, Verdict>,
    overall: Verdict,
    /// Part number or id → demand, waiting, planned.
    seats: BTreeMap<String, (i64, i64, i64)>,
    group_verdicts: BTreeMap<(String, CriterionId), Verdict>,
}

impl Judged {
    pub(crate) fn new(tenant: &Tenant, audit: &Audit<'_>, names: &BTreeMap<String, String>) -> Self {
        let name = |id: String| names.get(&id).cloned().unwrap_or(id);
        let sku_name = |id: tollgate::tenant::SkuId| {
            let index = tenant.find_sku(id);
            index.and_then(|index| tenant.part_number(index)).map_or_else(|| id.to_string(), str::to_owned)
        };
        let about = |subject: &Subject| {
            let group = subject.group.as_ref().map(|group| match group {
                GroupSubject::Named(name) => name.to_string(),
                known => name(known.id(tenant).expect("all others have one").to_string()),
            });
            let user = subject.user.map(|user| name(tenant.user(user).id().to_string()));
            let sku = subject.sku.map(sku_name);
            [group, user, sku].into_iter().flatten().collect::<Vec<_>>().join(" / ")
        };
        let in_names = |text: &str| {
            let text = names.iter().fold(text.to_owned(), |text, (id, name)| text.replace(id, name));
            tenant.skus().fold(text, |text, (_, sku)| text.replace(&sku.id.to_string(), &sku_name(sku.id)))
        };
        let value = |value: &Value| -> Value {
            serde_json::from_str(&in_names(&value.to_string())).expect("names in the place of ids")
        };
        let wanted = |wanted: &Wanted| match wanted {
            Wanted::Value(plain) => value(plain),
            Wanted::Said(message) => message.id.into(),
        };
        let of_finding = |criterion, finding: &Finding, under: Option<&Finding>, waived| Said {
            criterion,
            code: finding.code,
            kind: match finding.severity {
                Severity::Violation => Stated::Violation,
                Severity::Advisory => Stated::Advisory,
            },
            about: about(&finding.subject),
            under: under.map(|root| (root.code, about(&root.subject))),
            waived,
            message: finding.message.clone(),
            evidence: finding
                .evidence
                .iter()
                .map(|seen| (in_names(&seen.object), seen.property, value(&seen.seen), wanted(&seen.wanted)))
                .collect(),
        };
        let mut said = Vec::new();
        for judgement in &audit.judgements {
            let criterion = judgement.criterion;
            for finding in &judgement.findings {
                let waived = finding.waiver.is_some();
                said.push(of_finding(criterion, finding, None, waived));
                let folded = finding.folded.iter();
                said.extend(folded.map(|folded| of_finding(criterion, folded, Some(finding), waived)));
            }
            said.extend(judgement.gaps.iter().map(|gap| Said {
                criterion,
                code: gap.code,
                kind: Stated::Gap,
                about: about(&gap.subject),
                under: None,
                waived: false,
                message: gap.message.clone(),
                evidence: Vec::new(),
            }));
        }
        let seats = audit.seats.iter();
        let groups = audit.groups().flat_map(|(group, verdicts)| {
            let group = name(tenant.group(group).id.to_string());
            verdicts.into_iter().map(move |(criterion, verdict)| ((group.clone(), criterion), verdict))
        });
        Self {
            said,
            verdicts: audit.judgements.iter().map(|judged| (judged.criterion, judged.verdict)).collect(),
            overall: audit.verdict(),
            seats: seats
                .map(|seats| (sku_name(seats.id), (seats.demand, seats.waiting, seats.planned)))
                .collect(),
            group_verdicts: groups.collect(),
        }
    }

    /// A violation that stands by itself, with evidence.
    pub(crate) fn violation(&self, criterion: CriterionId, code: Code, about: &str) -> &Said {
        self.at_top(criterion, code, Stated::Violation, about)
    }

    /// An advisory that stands by itself.
    pub(crate) fn advisory(&self, criterion: CriterionId, code: Code, about: &str) -> &Said {
        self.at_top(criterion, code, Stated::Advisory, about)
    }

    /// A gap; the criterion cannot pass.
    pub(crate) fn gap(&self, criterion: CriterionId, code: Code, about: &str) -> &Said {
        let said = self.at_top(criterion, code, Stated::Gap, about);
        let verdict = self.verdicts[&criterion];
        assert!(matches!(verdict, Verdict::Inconclusive | Verdict::Fail), "{}", self.tell(criterion));
        said
    }

    fn at_top(&self, criterion: CriterionId, code: Code, kind: Stated, about: &str) -> &Said {
        note(criterion, code, kind);
        let found: Vec<&Said> = self
            .said
            .iter()
            .filter(|said| said.criterion == criterion && said.code == code && said.kind == kind)
            .filter(|said| said.about == about && said.under.is_none())
            .collect();
        let [said] = found[..] else {
            panic!("{} times {kind:?} {} of `{about}`\n{}", found.len(), code.as_str(), self.tell(criterion))
        };
        assert!(kind != Stated::Violation || !said.evidence.is_empty(), "{} has no evidence", code.as_str());
        said
    }

    /// A finding that is folded under another.
    pub(crate) fn folded(
        &self,
        criterion: CriterionId,
        code: Code,
        about: &str,
        under: (Code, &str),
    ) -> &Said {
        let found = self.said.iter().find(|said| {
            said.criterion == criterion
                && said.code == code
                && said.about == about
                && said.under.as_ref().is_some_and(|(root, what)| (*root, what.as_str()) == under)
        });
        found.unwrap_or_else(|| {
            panic!("no {} of `{about}` under {under:?}\n{}", code.as_str(), self.tell(criterion))
        })
    }

    /// The code is not said at all, of nothing and nobody.
    pub(crate) fn silent(&self, criterion: CriterionId, code: Code) -> &Self {
        note(criterion, code, Stated::Nothing);
        let said = self.said.iter().any(|said| said.criterion == criterion && said.code == code);
        assert!(!said, "{} is said\n{}", code.as_str(), self.tell(criterion));
        self
    }

    /// The criterion says this often a code, folded ones included.
    pub(crate) fn times(&self, criterion: CriterionId, code: Code) -> usize {
        self.said.iter().filter(|said| said.criterion == criterion && said.code == code).count()
    }

    /// Nothing but these, in `code of what` form; folded ones left out.
    pub(crate) fn only(&self, criterion: CriterionId, expected: &[(Code, &str)]) -> &Self {
        let mut said: Vec<(&str, &str)> = self
            .said
            .iter()
            .filter(|said| said.criterion == criterion && said.under.is_none())
            .map(|said| (said.code.as_str(), said.about.as_str()))
            .collect();
        let mut expected: Vec<(&str, &str)> =
            expected.iter().map(|(code, about)| (code.as_str(), *about)).collect();
        said.sort_unstable();
        expected.sort_unstable();
        assert_eq!(said, expected, "{}", criterion.as_str());
        self
    }

    pub(crate) fn verdict(&self, criterion: CriterionId, verdict: Verdict) -> &Self {
        assert_eq!(self.verdicts[&criterion], verdict, "{}", self.tell(criterion));
        self
    }

    pub(crate) fn overall(&self, verdict: Verdict) -> &Self {
        assert_eq!(self.overall, verdict);
        self
    }

    pub(crate) fn verdict_of(&self, group: &str, criterion: CriterionId, verdict: Verdict) -> &Self {
        assert_eq!(self.group_verdicts[&(group.to_owned(), criterion)], verdict, "{}", self.tell(criterion));
        self
    }

    /// Demand, waiting and planned of a product.
    pub(crate) fn seats(&self, part_number: &str) -> (i64, i64, i64) {
        self.seats[part_number]
    }

    fn tell(&self, criterion: CriterionId) -> String {
        let mut lines = vec![format!("{}: {}", criterion.as_str(), self.verdicts[&criterion].as_str())];
        for said in self.said.iter().filter(|said| said.criterion == criterion) {
            let Said { kind, code, about, under, waived, .. } = said;
            lines.push(format!("  {kind:?} {} `{about}` waived: {waived} under: {under:?}", code.as_str()));
        }
        lines.join("\n")
    }
}

impl Said {
    /// Some evidence shows that value; of an object the parts that are given.
    pub(crate) fn shows(&self, object: &str, property: &str, seen: impl Into<Value>) -> &Self {
        let seen = seen.into();
        let fits = |(on, of, value, _): &(String, &'static str, Value, Value)| {
            on == object && *of == property && contains(value, &seen)
        };
        assert!(self.evidence.iter().any(fits), "no {object} {property} {seen}\n{:#?}", self.evidence);
        self
    }

    /// Some evidence of that property wants this.
    pub(crate) fn wants(&self, property: &str, wanted: impl Into<Value>) -> &Self {
        let wanted = wanted.into();
        let fits =
            |(_, of, _, value): &(String, &'static str, Value, Value)| *of == property && *value == wanted;
        assert!(self.evidence.iter().any(fits), "{property} does not want {wanted}\n{:#?}", self.evidence);
        self
    }

    /// The sentence has that value.
    pub(crate) fn argument(&self, name: &str) -> String {
        let found = self.message.arguments.iter().find(|(known, _)| *known == name);
        match found {
            Some((_, Argument::Text(text))) => text.clone(),
            Some((_, Argument::Number(number))) => number.to_string(),
            Some((_, Argument::Said(message))) => message.id.to_owned(),
            None => panic!("no argument {name} in {:?}", self.message),
        }
    }

    pub(crate) fn sentence(&self) -> &'static str {
        self.message.id
    }

    pub(crate) fn waived(&self, waived: bool) -> &Self {
        assert_eq!(self.waived, waived, "{self:#?}");
        self
    }
}

/// Whether a value is the expected one, or an object that has all the expected parts.
fn contains(value: &Value, expected: &Value) -> bool {
    match (value, expected) {
        (Value::Object(value), Value::Object(expected)) => {
            expected.iter().all(|(name, part)| value.get(name).is_some_and(|value| contains(value, part)))
        }
        _ => value == expected,
    }
}
