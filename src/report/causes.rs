//! Root causes: violations and gaps that one action mends, rolled up, with who can do it and where.
//!
//! Nothing is judged here. What is waived is accepted and needs no action; advisories are no cause of a verdict.

use std::collections::{BTreeMap, BTreeSet};

use super::text::{self, Clean, Texts};
use crate::rules::{Audit, Seats};
use crate::tenant::{GroupId, SkuId, Tenant, Usability, UserIndex};
use crate::verdict::{
    Argument, Code, CriterionId, Finding, GroupSubject, Judgement, Message, Severity, Subject,
};

/// What is wrong behind findings, so far as one action mends it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CauseKind {
    /// No group hands out what is required.
    NoGroup,
    /// A planned group does not exist.
    GroupNotFound,
    /// A planned group is in the recycle bin.
    GroupDeleted,
    /// A planned group cannot license its members.
    GroupKind,
    /// A group does not hand out everything that is required.
    GroupProducts,
    /// Members of a group that hands it out lack a required product or service plan all the same.
    MembersLack,
    /// A licensed group has external members.
    Guests,
    /// A product has too few seats.
    Seats,
    /// People were refused a product for lack of seats, and its seats were not read.
    SeatsUnread,
    /// No seat of a product can be used, or the tenant does not own it.
    Subscription,
    /// People were refused a product for lack of seats, and by now there are enough.
    RefusedEarlier,
    /// Service plans of two products cannot stand side by side, or depend on others.
    PlanConflict,
    /// A service is not offered at the usage location.
    UsageLocation,
    /// An address is in use twice.
    Address,
    /// The service reports another error.
    ServiceError,
    /// Members have nothing of a license of their group, without an error.
    NotArrived,
    /// The state of assignments is not known to this program.
    UnknownState,
    /// Licenses do not reach the members of nested groups.
    Nested,
    /// Leavers kept licenses of a group.
    LeftBehind,
    /// Violations of another code, such as one that the pack raised.
    Other,
    /// Something that decides was not read.
    Unseen,
}

impl CauseKind {
    /// All there are.
    pub const ALL: [Self; 21] = [
        Self::NoGroup,
        Self::GroupNotFound,
        Self::GroupDeleted,
        Self::GroupKind,
        Self::GroupProducts,
        Self::MembersLack,
        Self::Guests,
        Self::Seats,
        Self::SeatsUnread,
        Self::Subscription,
        Self::RefusedEarlier,
        Self::PlanConflict,
        Self::UsageLocation,
        Self::Address,
        Self::ServiceError,
        Self::NotArrived,
        Self::UnknownState,
        Self::Nested,
        Self::LeftBehind,
        Self::Other,
        Self::Unseen,
    ];

    /// The word in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoGroup => "no-group",
            Self::GroupNotFound => "group-not-found",
            Self::GroupDeleted => "group-deleted",
            Self::GroupKind => "group-kind",
            Self::GroupProducts => "group-products",
            Self::MembersLack => "members-lack",
            Self::Guests => "guests",
            Self::Seats => "seats",
            Self::SeatsUnread => "seats-unread",
            Self::Subscription => "subscription",
            Self::RefusedEarlier => "refused-earlier",
            Self::PlanConflict => "plan-conflict",
            Self::UsageLocation => "usage-location",
            Self::Address => "address",
            Self::ServiceError => "service-error",
            Self::NotArrived => "not-arrived",
            Self::UnknownState => "unknown-state",
            Self::Nested => "nested",
            Self::LeftBehind => "left-behind",
            Self::Other => "other",
            Self::Unseen => "unseen",
        }
    }

    /// The messages of the least privileged role that can mend it, and of the page where; `None` where waiting or another
    /// run mends it. Roles and pages: Microsoft Entra, "Least privileged roles by task"; Microsoft 365 admin
    /// center help, "Assign licenses to a group".
    fn hands(self) -> (Option<&'static str>, Option<&'static str>) {
        let (role, place) = match self {
            Self::GroupNotFound => return (Some("role-plan"), None),
            Self::GroupDeleted => ("role-groups", "place-deleted-groups"),
            Self::GroupKind | Self::Guests | Self::Nested => ("role-groups", "place-groups"),
            Self::Seats | Self::Subscription => ("role-billing", "place-products"),
            Self::SeatsUnread => ("role-consent", "place-consent"),
            Self::NoGroup
            | Self::GroupProducts
            | Self::MembersLack
            | Self::RefusedEarlier
            | Self::PlanConflict
            | Self::ServiceError
            | Self::NotArrived
            | Self::UnknownState => ("role-license", "place-licenses"),
            // The admin center lists members of the group only, and these are none.
            Self::LeftBehind => ("role-license", "place-reprocess"),
            Self::UsageLocation => ("role-user", "place-users"),
            Self::Address => ("role-exchange", "place-exchange"),
            Self::Other | Self::Unseen => return (None, None),
        };
        (Some(role), Some(place))
    }
}

/// A cause, and what hangs on it.
#[derive(Debug)]
pub struct Cause<'a> {
    /// What kind of cause.
    pub kind: CauseKind,
    /// The criteria that fail or cannot be judged because of it, in the order of the reports.
    pub criteria: Vec<CriterionId>,
    /// The codes of its findings and gaps, sorted by name.
    pub codes: Vec<&'static str>,
    /// The group or product to be mended, where it is one.
    pub subject: Subject,
    /// How many people it keeps from what they should have. Of seats a lower bound where not everybody was read.
    pub people: usize,
    /// The first of them, at most [`EXAMPLES`].
    pub examples: Vec<UserIndex>,
    /// How many groups its findings name.
    pub groups: usize,
    /// How many violations it explains; those folded under them are not counted.
    pub findings: usize,
    /// How many gaps it explains; one that several criteria have counts once.
    pub gaps: usize,
    words: Words<'a>,
}

/// How many people a cause names.
pub const EXAMPLES: usize = 3;

/// Where the sentences of a cause come from.
#[derive(Debug)]
enum Words<'a> {
    /// Its own message.
    Own(Message),
    /// The first of the findings or gaps, and how many more there are.
    First(CriterionId, &'a Subject, &'a Message),
}

impl Cause<'_> {
    /// What is wrong, in a sentence.
    pub fn reason(&self, tenant: &Tenant, texts: &Texts, clean: Clean) -> String {
        match &self.words {
            Words::Own(message) => self.say(tenant, texts, message, None, clean),
            Words::First(criterion, subject, message) => {
                let mut reason = texts.sentence(tenant, *criterion, subject, message, None, clean);
                let more = (self.findings + self.gaps).saturating_sub(1);
                if more > 0 {
                    reason.push(' ');
                    reason.push_str(&texts.say("cause-more", &[("count", more.into())]));
                }
                reason
            }
        }
    }

    /// What to do about it.
    pub fn action(&self, tenant: &Tenant, texts: &Texts, clean: Clean) -> String {
        match &self.words {
            Words::Own(message) => self.say(tenant, texts, message, Some("action"), clean),
            Words::First(criterion, subject, message) => {
                texts.sentence(tenant, *criterion, subject, message, Some("remedy"), clean)
            }
        }
    }

    /// The role that can do it, in words; `None` where nobody has to.
    pub fn role(&self, texts: &Texts) -> Option<String> {
        self.hands().0.map(|role| texts.word(role))
    }

    /// The page where it is done, in words.
    pub fn place(&self, texts: &Texts) -> Option<String> {
        self.hands().1.map(|place| texts.word(place))
    }

    /// The message of [`Self::reason`], and its values.
    pub fn message(&self) -> &Message {
        match &self.words {
            Words::Own(message) => message,
            Words::First(_, _, message) => message,
        }
    }

    fn hands(&self) -> (Option<&'static str>, Option<&'static str>) {
        let only_permissions_help = self.kind == CauseKind::Unseen
            && !self.codes.iter().any(|code| {
                let waits = [
                    Code::LicensePending,
                    Code::MembershipNotSettled,
                    Code::MembersNotInSnapshot,
                    Code::SkuUnreadable,
                ];
                waits.iter().any(|wait| wait.as_str() == *code)
            });
        if only_permissions_help { (Some("role-consent"), Some("place-consent")) } else { self.kind.hands() }
    }

    fn say(
        &self,
        tenant: &Tenant,
        texts: &Texts,
        message: &Message,
        attribute: Option<&str>,
        clean: Clean,
    ) -> String {
        texts.sentence(tenant, self.criteria[0], &self.subject, message, attribute, clean)
    }
}

/// The causes of an audit: violations before gaps, in the order of the criteria, and those that concern most
/// people first.
pub fn causes<'a>(audit: &'a Audit<'_>) -> Vec<Cause<'a>> {
    let tenant = audit.context.tenant;
    let mut drafts: BTreeMap<Key, Draft<'a>> = BTreeMap::new();
    let incomplete = groups_without_products(audit);
    for Judgement { criterion, findings, gaps, .. } in &audit.judgements {
        for finding in findings {
            if finding.severity == Severity::Violation && finding.waiver.is_none() {
                let draft = drafts.entry(key(audit, &incomplete, *criterion, finding)).or_default();
                draft.add(tenant, *criterion, finding.code, &finding.subject, &finding.message);
            }
        }
        for gap in gaps {
            let key = Key::of(CauseKind::Unseen).about(gap.message.id);
            drafts.entry(key).or_default().add(tenant, *criterion, gap.code, &gap.subject, &gap.message);
        }
    }
    let mut causes: Vec<_> = drafts.into_iter().map(|(key, draft)| cause(audit, &key, draft)).collect();
    causes.sort_by_key(|cause| {
        let size = std::cmp::Reverse((cause.people, cause.findings + cause.gaps));
        (cause.kind == CauseKind::Unseen, cause.criteria[0], size)
    });
    causes
}

/// What findings of one cause have in common.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    kind: CauseKind,
    group: Option<GroupId>,
    sku: Option<SkuId>,
    /// A name, an error, a code.
    words: String,
}

impl Key {
    fn of(kind: CauseKind) -> Self {
        Self { kind, group: None, sku: None, words: String::new() }
    }

    fn group(self, group: Option<GroupId>) -> Self {
        Self { group, ..self }
    }

    fn sku(self, sku: Option<SkuId>) -> Self {
        Self { sku, ..self }
    }

    fn about(self, words: impl Into<String>) -> Self {
        Self { words: words.into(), ..self }
    }
}

/// By code, and where that says too little by message: assignments fail for many reasons.
fn key(audit: &Audit<'_>, incomplete: &BTreeSet<GroupId>, criterion: CriterionId, finding: &Finding) -> Key {
    let tenant = audit.context.tenant;
    let Finding { code, subject, message, .. } = finding;
    let group = subject.group.as_ref().and_then(|group| group.id(tenant));
    let of = |kind| Key::of(kind).sku(subject.sku);
    let error = || text_of(message, "error").unwrap_or_default();
    match code {
        Code::NoGroupConfigured | Code::NoGroupGrantsBothSuites => Key::of(CauseKind::NoGroup),
        Code::TargetNotFound => {
            let name = subject.group.as_ref().map(|group| text::group_name(tenant, group));
            Key::of(CauseKind::GroupNotFound).about(name.unwrap_or_default())
        }
        Code::TargetDeleted => Key::of(CauseKind::GroupDeleted).group(group),
        Code::GroupTypeNotEligible => Key::of(CauseKind::GroupKind).group(group),
        Code::NoLicenseAssigned | Code::MissingProduct | Code::RequiredPlanDisabled => {
            let of_group = group.is_some_and(|group| incomplete.contains(&group));
            let kind = if of_group { CauseKind::GroupProducts } else { CauseKind::MembersLack };
            Key::of(kind).group(group)
        }
        Code::GuestInLicensedGroup => Key::of(CauseKind::Guests).group(group),
        Code::SeatsExhausted | Code::DemandExceedsSeats | Code::OverConsumed => of(CauseKind::Seats),
        Code::SubscriptionSuspended
        | Code::SkuNotOwned
        | Code::LicenseSuspended
        | Code::AssignmentDisabled => of(CauseKind::Subscription),
        Code::AssignmentError | Code::AssignmentActiveWithError => match message.id {
            "assignment-error-count-by-now" => of(CauseKind::RefusedEarlier),
            "assignment-error-count" if free(audit, subject.sku).is_some() => of(CauseKind::Seats),
            "assignment-error-count" if unusable(tenant, subject.sku) => of(CauseKind::Subscription),
            "assignment-error-count" => of(CauseKind::SeatsUnread),
            "assignment-error-exclusive"
            | "assignment-error-dependency"
            | "assignment-active-with-error-exclusive"
            | "assignment-active-with-error-dependency" => of(CauseKind::PlanConflict).about(error()),
            "assignment-error-location" => Key::of(CauseKind::UsageLocation),
            "assignment-error-uniqueness" => Key::of(CauseKind::Address),
            _ => of(CauseKind::ServiceError).about(error()),
        },
        // Nothing arrives of a product without a usable seat.
        Code::NotLicensedWithoutError if unusable(tenant, subject.sku) => of(CauseKind::Subscription),
        Code::NotLicensedWithoutError => Key::of(CauseKind::NotArrived).group(group),
        Code::UnrecognisedState => {
            Key::of(CauseKind::UnknownState).about(text_of(message, "state").unwrap_or_default())
        }
        // The finding of the nested group names it, those of its members say through which group they are.
        Code::NestedGroupMembersNotLicensed => {
            let name = subject.group.as_ref().map(|group| text::group_name(tenant, group));
            Key::of(CauseKind::Nested).about(name.unwrap_or_default())
        }
        Code::MemberThroughNestedGroup => {
            Key::of(CauseKind::Nested).about(text_of(message, "through").unwrap_or_default())
        }
        Code::LicenseLeftBehind => Key::of(CauseKind::LeftBehind).group(group),
        _ => Key::of(CauseKind::Other).about(format!("{} {}", criterion.as_str(), message.id)),
    }
}

fn unusable(tenant: &Tenant, sku: Option<SkuId>) -> bool {
    sku.and_then(|sku| tenant.find_sku(sku)).is_some_and(|sku| tenant.usability(sku) == Usability::Unusable)
}

/// The groups that do not hand out what they should, accepted or not: that explains what their members lack.
fn groups_without_products(audit: &Audit<'_>) -> BTreeSet<GroupId> {
    let configured =
        audit.judgements.iter().filter(|judgement| judgement.criterion == CriterionId::GroupsConfigured);
    configured
        .flat_map(|judgement| &judgement.findings)
        .filter(|finding| {
            matches!(
                finding.code,
                Code::NoLicenseAssigned | Code::MissingProduct | Code::RequiredPlanDisabled
            )
        })
        .filter_map(|finding| finding.subject.group.as_ref()?.id(audit.context.tenant))
        .collect()
}

fn text_of<'m>(message: &'m Message, name: &str) -> Option<&'m str> {
    message.arguments.iter().find(|(known, _)| *known == name).and_then(|(_, argument)| match argument {
        Argument::Text(text) => Some(text.as_str()),
        Argument::Number(_) | Argument::Said(_) => None,
    })
}

type Named = (Code, Option<GroupId>, Option<SkuId>, Option<UserIndex>);

/// What was found of a cause so far.
#[derive(Default)]
struct Draft<'a> {
    criteria: BTreeSet<CriterionId>,
    codes: BTreeSet<&'static str>,
    count: usize,
    /// Who and what is named, each once however many criteria name it.
    named: BTreeSet<Named>,
    /// What a group is required to hand out and does not.
    required: BTreeSet<&'a str>,
    /// The licensed groups around a nested one, by name.
    outer: Option<&'a str>,
    first: Option<(CriterionId, &'a Subject, &'a Message)>,
}

impl<'a> Draft<'a> {
    fn add(
        &mut self,
        tenant: &Tenant,
        criterion: CriterionId,
        code: Code,
        subject: &'a Subject,
        message: &'a Message,
    ) {
        self.criteria.insert(criterion);
        self.codes.insert(code.as_str());
        self.count += 1;
        let group = subject.group.as_ref().and_then(|group| group.id(tenant));
        self.named.insert((code, group, subject.sku, subject.user));
        if criterion == CriterionId::GroupsConfigured {
            self.required.extend(text_of(message, "requirement").or(text_of(message, "requirements")));
        }
        if self.outer.is_none() {
            self.outer = text_of(message, "outer");
        }
        self.first.get_or_insert((criterion, subject, message));
    }
}

/// What does not reach the members of a nested group: the licensed groups around it, and their products.
struct Reached<'a> {
    groups: BTreeSet<GroupId>,
    skus: BTreeSet<SkuId>,
    outer: Option<&'a str>,
}

impl<'a> Reached<'a> {
    fn of(named: &BTreeSet<Named>, outer: Option<&'a str>) -> Self {
        let members = || named.iter().filter(|(code, ..)| *code == Code::MemberThroughNestedGroup);
        Self {
            groups: members().filter_map(|(_, group, _, _)| *group).collect(),
            skus: members().filter_map(|(_, _, sku, _)| *sku).collect(),
            outer,
        }
    }

    /// The licensed group and the product, where it is one.
    fn subject(&self, tenant: &Tenant) -> Subject {
        let group = self.groups.first().filter(|_| self.groups.len() == 1);
        let group = group.and_then(|group| tenant.find_group(*group)).map(GroupSubject::Known);
        let sku = self.skus.first().filter(|_| self.skus.len() == 1).copied();
        Subject { group, user: None, sku }
    }

    fn told(&self, tenant: &Tenant, message: Message) -> Message {
        let groups = self.groups.iter().filter_map(|group| tenant.find_group(*group));
        let groups: Vec<_> =
            groups.map(|group| text::group_name(tenant, &GroupSubject::Known(group))).collect();
        let products: Vec<_> = self.skus.iter().map(|sku| text::product_name(tenant, *sku)).collect();
        message
            .with("outer", self.outer.map_or_else(|| groups.join(", "), str::to_owned))
            .with("products", products.join(", "))
            .with("count", products.len())
    }
}

fn cause<'a>(audit: &'a Audit<'_>, key: &Key, draft: Draft<'a>) -> Cause<'a> {
    let Draft { criteria, codes, count, named, required, outer, first } = draft;
    let (criterion, subject, message) = first.expect("a cause begins with a finding or a gap");
    let people: BTreeSet<UserIndex> = named.iter().filter_map(|(_, _, _, user)| *user).collect();
    let groups = named.iter().filter_map(|(_, group, _, _)| *group).collect::<BTreeSet<_>>().len();
    let examples = people.iter().copied().take(EXAMPLES).collect();
    let reached = Reached::of(&named, outer);
    let (findings, gaps) = if key.kind == CauseKind::Unseen { (0, named.len()) } else { (count, 0) };
    let mut cause = Cause {
        kind: key.kind,
        criteria: criteria.into_iter().collect(),
        codes: codes.into_iter().collect(),
        subject: match key.kind {
            CauseKind::Nested => reached.subject(audit.context.tenant),
            _ => Subject { group: key.group.and(subject.group.clone()), user: None, sku: key.sku },
        },
        people: people.len(),
        examples,
        groups,
        findings,
        gaps,
        words: Words::First(criterion, subject, message),
    };
    if let Some(own) = own_words(audit, key, &mut cause) {
        let required: Vec<_> = required.into_iter().collect();
        cause.words = Words::Own(match key.kind {
            CauseKind::GroupProducts => own.with("requirements", required.join(", ")),
            CauseKind::Nested => reached.told(audit.context.tenant, own),
            _ => own,
        });
    }
    cause
}

/// The sentence of a cause; `None` where its first finding or gap says it best.
fn own_words(audit: &Audit<'_>, key: &Key, cause: &mut Cause<'_>) -> Option<Message> {
    let id = match key.kind {
        CauseKind::NoGroup => "cause-no-group",
        CauseKind::GroupNotFound => "cause-group-not-found",
        CauseKind::GroupDeleted => "cause-group-deleted",
        CauseKind::GroupKind => "cause-group-kind",
        CauseKind::GroupProducts => "cause-group-products",
        CauseKind::MembersLack => "cause-members-lack",
        CauseKind::Guests => "cause-guests",
        CauseKind::Seats => {
            let seats = audit.seats.iter().find(|seats| Some(seats.id) == key.sku)?;
            return Some(of_seats(audit, seats, cause));
        }
        CauseKind::SeatsUnread => "cause-seats-unread",
        CauseKind::Subscription => "cause-subscription",
        CauseKind::RefusedEarlier => "cause-refused-earlier",
        CauseKind::PlanConflict if key.words.eq_ignore_ascii_case("DependencyViolation") => {
            "cause-plan-dependency"
        }
        CauseKind::PlanConflict => "cause-plan-conflict",
        CauseKind::UsageLocation => "cause-usage-location",
        CauseKind::Address => "cause-address",
        CauseKind::ServiceError => "cause-service-error",
        CauseKind::NotArrived => "cause-not-arrived",
        CauseKind::UnknownState => "cause-unknown-state",
        CauseKind::Nested => "cause-nested",
        CauseKind::LeftBehind => "cause-left-behind",
        CauseKind::Other | CauseKind::Unseen => return None,
    };
    let words = match key.kind {
        CauseKind::GroupNotFound => "target",
        CauseKind::Nested => "through",
        CauseKind::UnknownState => "state",
        _ => "error",
    };
    let message = Message::new(id).with("people", cause.people).with("groups", cause.groups);
    Some(if key.words.is_empty() { message } else { message.with(words, key.words.as_str()) })
}

/// Who waits for a seat, and how many seats are short: the figures of the product decide, since waiting people
/// need not have a finding each.
fn of_seats(audit: &Audit<'_>, seats: &Seats, cause: &mut Cause<'_>) -> Message {
    let tenant = audit.context.tenant;
    let waiting = usize::try_from(seats.waiting).unwrap_or_default();
    cause.people = cause.people.max(waiting);
    if cause.groups == 0 {
        cause.groups = seats.groups.len();
    }
    let free = seats.free(tenant);
    let id = match () {
        () if cause.people > 0 && free.is_some() => "cause-seats-waiting",
        () if cause.codes.contains(&Code::DemandExceedsSeats.as_str()) => "cause-seats-demand",
        () => "cause-seats-consumed",
    };
    Message::new(id)
        .with("people", cause.people)
        .with("groups", cause.groups)
        .with("free", free.unwrap_or_default().max(0))
        .with("demand", seats.demand)
        .with("capacity", seats.capacity(tenant).unwrap_or_default())
        .with("short", shortage(tenant, seats))
}

/// How many seats more would do; a lower bound where not everybody was read.
fn shortage(tenant: &Tenant, seats: &Seats) -> i64 {
    let for_all = seats.capacity(tenant).map(|capacity| seats.demand.saturating_sub(capacity));
    let now = seats.free(tenant).map(|free| seats.waiting.saturating_sub(free));
    for_all.into_iter().chain(now).max().unwrap_or_default().max(0)
}

/// How many seats of a product are free; `None` where that was not read.
fn free(audit: &Audit<'_>, sku: Option<SkuId>) -> Option<i64> {
    audit.seats.iter().find(|seats| Some(seats.id) == sku)?.free(audit.context.tenant)
}
