//! Which groups are suitable for automatic licensing: result 1 of the step, that no verdict gives.
//!
//! Pure, over the audited tenant. What is licensed is judged as the criteria judged it. Of the rest, a group is
//! suitable if it may hand out licenses, if its direct members are internal users, and if it would make sense:
//! most of them have the products directly, or have none. Whether people without the products ought to have them
//! is the reader's decision; a target of the plan says that it was made. Never suitable is what was not seen whole.

mod offer;
mod overlap;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::context::{Context, GroupLicenses, Unseen, group_name};
use super::groups_configured::{Eligibility, eligibility};
use super::{Audit, gaps};
use crate::plan::Selector;
use crate::tenant::{Entries, Group, GroupIndex, LicenseEntry, SkuId, SkuIndex, Source, UserIndex};
use crate::verdict::{Code, CriterionId, Gap, GroupSubject, Message, Severity, Subject, Verdict};
use offer::Offers;
pub use offer::free;

/// What a group is, as far as automatic licensing goes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Class {
    /// Could be licensed now.
    Suitable,
    /// Could be licensed once something about the group is changed.
    AfterChange,
    /// Licensed, and a criterion is not met because of it, or its membership rule is paused.
    LicensedButWrong,
    /// Licensed, and every criterion is met as far as it goes.
    Licensed,
    /// What decides was not seen, or is not settled yet.
    Unknown,
    /// Not to be licensed.
    Unsuitable,
}

impl Class {
    /// All classes, in the order of reports.
    pub const ALL: [Self; 6] = [
        Self::Suitable,
        Self::AfterChange,
        Self::LicensedButWrong,
        Self::Licensed,
        Self::Unknown,
        Self::Unsuitable,
    ];

    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Suitable => "suitable",
            Self::AfterChange => "suitable-after-change",
            Self::LicensedButWrong => "licensed-but-wrong",
            Self::Licensed => "licensed",
            Self::Unknown => "unknown",
            Self::Unsuitable => "unsuitable",
        }
    }
}

/// What kind of group it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A security group without mail.
    Security,
    /// A security group with mail.
    MailEnabledSecurity,
    /// A Microsoft 365 group, security-enabled or not.
    Microsoft365,
    /// Mail only.
    DistributionList,
    /// `securityEnabled` could not be read.
    Unknown,
}

impl Kind {
    /// The kind of a group.
    pub fn of(group: &Group) -> Self {
        match (group.unified, group.security_enabled, group.mail_enabled) {
            (true, _, _) => Self::Microsoft365,
            (_, None, _) => Self::Unknown,
            (_, Some(false), _) => Self::DistributionList,
            (_, Some(true), Some(true)) => Self::MailEnabledSecurity,
            (_, Some(true), _) => Self::Security,
        }
    }

    /// The word in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Security => "security",
            Self::MailEnabledSecurity => "mail-enabled-security",
            Self::Microsoft365 => "microsoft-365",
            Self::DistributionList => "distribution-list",
            Self::Unknown => "unknown",
        }
    }
}

/// Why a group is what it is, or something worth knowing about it.
#[derive(Clone, Debug)]
pub struct Reason {
    /// The criterion that says so; `None` for what only this looks at.
    pub criterion: Option<CriterionId>,
    /// A word for programs: a code of the criterion, else one of this module.
    pub code: &'static str,
    /// What it is about.
    pub subject: Subject,
    /// The sentence.
    pub message: Message,
    /// How many findings or gaps say the same; the sentence is the first one's.
    pub count: usize,
}

impl Reason {
    fn own(group: GroupIndex, message: Message) -> Self {
        let code = message.id.strip_prefix(PREFIX).unwrap_or(message.id);
        Self { criterion: None, code, subject: Subject::group(group), message, count: 1 }
    }
}

impl From<Gap> for Reason {
    fn from(gap: Gap) -> Self {
        let Gap { code, subject, message } = gap;
        // The sentence is the gap's own; any criterion would say it so.
        let criterion = Some(CriterionId::GroupsConfigured);
        Self { criterion, code: code.as_str(), subject, message, count: 1 }
    }
}

/// What the message ids of this module begin with.
const PREFIX: &str = "suit-";

/// Who is in a group, where that was seen whole.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct People {
    /// Direct members that are users of the organization.
    pub internal: usize,
    /// Direct members that are external accounts.
    pub external: usize,
    /// Internal users who are only members of nested groups.
    pub nested: usize,
    /// Direct members that are devices, service principals or contacts.
    pub others: u64,
    /// Of the internal and nested ones: have the products directly, and from no group.
    pub direct: usize,
    /// Get, or are to get, the products from a licensed group.
    pub grouped: usize,
    /// Have none of the products.
    pub without: usize,
    /// Of those without, how many are blocked from signing in.
    pub blocked: usize,
    /// Have a product of which nobody knows what is in it, and none of the products besides.
    pub unclear: usize,
}

impl People {
    /// Whom the group would license: internal members, and those that are to be added.
    pub fn all(&self) -> usize {
        self.internal + self.nested
    }

    /// Who is better off: direct licenses become automatic ones, and people who have none get theirs.
    pub fn better_off(&self) -> usize {
        self.direct + self.without - self.blocked
    }
}

/// The seats of a product that a group would hand out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Need {
    /// The product.
    pub sku: SkuIndex,
    /// People who have no seat of it yet.
    pub seats: usize,
    /// Seats that are free now; `None` where that was not read.
    pub free: Option<i64>,
}

impl Need {
    /// Seats that are missing; `None` where nobody knows.
    pub fn short(&self) -> Option<i64> {
        let seats = i64::try_from(self.seats).unwrap_or(i64::MAX);
        self.free.map(|free| if seats == 0 { 0 } else { seats.saturating_sub(free.max(0)).max(0) })
    }
}

/// A group that shares members with another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Overlap {
    /// The other one.
    pub group: GroupIndex,
    /// Users who are direct members of both.
    pub shared: usize,
}

/// A group and what is said of it.
#[derive(Clone, Debug)]
pub struct Assessed {
    /// The group.
    pub group: GroupIndex,
    /// What it is.
    pub class: Class,
    /// Its place among the groups that could be licensed, counted from 1.
    pub rank: Option<usize>,
    /// What kind of group it is.
    pub kind: Kind,
    /// Whether the configuration names it.
    pub planned: bool,
    /// Why; never empty.
    pub reasons: Vec<Reason>,
    /// What is worth knowing besides.
    pub remarks: Vec<Reason>,
    /// Who is in it; `None` where that was not seen whole.
    pub people: Option<People>,
    /// Who would get the products who has none of them, in the order of ids.
    pub newly_covered: Vec<UserIndex>,
    /// What it would hand out: the products and the seats that this takes. Empty for what is licensed, and where
    /// nothing is known that would do.
    pub needs: Vec<Need>,
    /// Licensed groups and candidates that it shares most members with, the largest share first; a few of them.
    pub overlaps: Vec<Overlap>,
    /// How many groups it shares members with.
    pub overlapping: usize,
}

impl Assessed {
    /// Seats that are missing for all products together; `None` where that is not known of one.
    pub fn short(&self) -> Option<i64> {
        self.needs.iter().map(Need::short).sum()
    }

    /// Seats needed of all products together.
    pub fn seats(&self) -> usize {
        self.needs.iter().map(|need| need.seats).sum()
    }
}

/// All groups, and what was not seen of the tenant.
#[derive(Debug)]
pub struct Assessment {
    /// In the order of classes, candidates by rank and the others by name and id.
    pub groups: Vec<Assessed>,
    /// What was not seen that concerns every group.
    pub gaps: Vec<Gap>,
    /// Groups that were not asked for.
    pub left_out: usize,
    /// The products that supply a whole suite, in the order of ids.
    pub products: Vec<SkuIndex>,
}

impl Assessment {
    /// How many groups are of a class.
    pub fn count(&self, class: Class) -> usize {
        self.groups.iter().filter(|assessed| assessed.class == class).count()
    }

    /// Whether all was seen that decides.
    pub fn is_complete(&self) -> bool {
        self.gaps.is_empty() && self.count(Class::Unknown) == 0
    }

    /// What is said of a group.
    pub fn of(&self, group: GroupIndex) -> Option<&Assessed> {
        self.groups.iter().find(|assessed| assessed.group == group)
    }
}

/// Whether members were read of a group that no criterion looks at: only then are there candidates to be told.
pub fn can_tell(context: &Context<'_>) -> bool {
    let tenant = context.tenant;
    let mut open = context.in_scope.clone();
    let mut looked_at: BTreeSet<GroupIndex> = open.iter().copied().collect();
    while let Some(group) = open.pop() {
        let nested = tenant.members(group).into_iter().flat_map(|members| &members.groups);
        open.extend(nested.filter(|inner| looked_at.insert(**inner)));
    }
    let read = |group: GroupIndex| tenant.members(group).is_some();
    tenant.groups().any(|(group, details)| details.listed && read(group) && !looked_at.contains(&group))
}

/// Judges one group; its rank and what it shares with others are left out.
pub fn of_group(audit: &Audit<'_>, group: GroupIndex) -> Assessed {
    Judge::new(audit).assess(group)
}

/// Judges every group whose name or id fits, or every one.
pub fn assess(audit: &Audit<'_>, wanted: Option<&Selector>) -> Assessment {
    let context = &audit.context;
    let tenant = context.tenant;
    let mut judge = Judge::new(audit);
    let mut groups = Vec::new();
    let mut left_out = 0;
    for (index, group) in tenant.groups().filter(|(_, group)| group.listed) {
        if wanted.is_some_and(|wanted| !wanted.matches(group.id.0, [group.display_name.as_deref()])) {
            left_out += 1;
            continue;
        }
        groups.push(judge.assess(index));
    }
    overlap::find(context, &mut groups);
    let name = |assessed: &Assessed| group_name(tenant, assessed.group).to_lowercase();
    groups.sort_by_cached_key(|assessed| (assessed.class, worth(assessed), name(assessed), assessed.group));
    let mut rank = 0;
    for assessed in &mut groups {
        if matches!(assessed.class, Class::Suitable | Class::AfterChange) {
            rank += 1;
            assessed.rank = Some(rank);
        }
    }
    let list = gaps::group_licenses(context);
    let gaps = list.into_iter().chain((!tenant.users_complete()).then(|| gaps::users_incomplete(context)));
    Assessment { groups, gaps: gaps.collect(), left_out, products: judge.offers.all(context) }
}

/// What decides the rank, the best first: planned ones, then those that need no seat that is missing, then by
/// how many people are better off, then by how many have the products directly.
fn worth(assessed: &Assessed) -> (bool, bool, std::cmp::Reverse<usize>, std::cmp::Reverse<usize>) {
    let people = assessed.people.filter(|_| matches!(assessed.class, Class::Suitable | Class::AfterChange));
    let people = people.unwrap_or_default();
    let short = people != People::default() && assessed.short() != Some(0);
    let reverse = std::cmp::Reverse;
    (!assessed.planned, short, reverse(people.better_off()), reverse(people.direct))
}

/// What several groups need to be judged, worked out once.
struct Judge<'a, 't> {
    context: &'a Context<'t>,
    offers: Offers,
    /// Users who are members of a licensed group in scope that hands out one of the products.
    served: Vec<bool>,
    verdicts: BTreeMap<GroupIndex, Vec<(CriterionId, Verdict)>>,
    about: BTreeMap<GroupIndex, Vec<Said<'a>>>,
    about_products: BTreeMap<SkuId, Vec<Said<'a>>>,
    about_all: Vec<Said<'a>>,
    /// Groups in scope and licensed that hold a group, by what they hold.
    outer: BTreeMap<GroupIndex, GroupIndex>,
}

/// A finding or gap of the audit.
#[derive(Clone, Copy)]
struct Said<'a> {
    criterion: CriterionId,
    /// `None` for a gap.
    severity: Option<Severity>,
    code: &'static str,
    subject: &'a Subject,
    message: &'a Message,
    waived: bool,
}

impl Said<'_> {
    fn is_paused_rule(&self) -> bool {
        self.code == Code::MembershipRulePaused.as_str()
    }
}

/// What a user has of the products.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Standing {
    Direct,
    Grouped,
    Without,
    Unclear,
}

impl<'a, 't> Judge<'a, 't> {
    fn new(audit: &'a Audit<'t>) -> Self {
        let context = &audit.context;
        let offers = Offers::new(context);
        let mut served = vec![false; context.tenant.users().len()];
        let mut outer = BTreeMap::new();
        for group in context.licensed_in_scope() {
            let hands_out = context.licenses(group).iter().any(|license| offers.is_product(license.sku));
            for user in context.member_users(group).iter().filter(|_| hands_out) {
                served[user.index()] = true;
            }
            for inner in context.nested(group).groups {
                outer.entry(inner).or_insert(group);
            }
        }
        let mut judge = Self {
            context,
            offers,
            served,
            verdicts: audit.groups().collect(),
            about: BTreeMap::new(),
            about_products: BTreeMap::new(),
            about_all: Vec::new(),
            outer,
        };
        for judgement in &audit.judgements {
            let criterion = judgement.criterion;
            for finding in &judgement.findings {
                judge.file(Said {
                    criterion,
                    severity: Some(finding.severity),
                    code: finding.code.as_str(),
                    subject: &finding.subject,
                    message: &finding.message,
                    waived: finding.waiver.is_some(),
                });
            }
            for gap in &judgement.gaps {
                let (code, subject, message) = (gap.code.as_str(), &gap.subject, &gap.message);
                judge.file(Said { criterion, severity: None, code, subject, message, waived: false });
            }
        }
        judge
    }

    fn file(&mut self, said: Said<'a>) {
        match (&said.subject.group, said.subject.sku) {
            (Some(GroupSubject::Known(group)), _) => self.about.entry(*group).or_default().push(said),
            (None, Some(sku)) => self.about_products.entry(sku).or_default().push(said),
            _ if *said.subject == Subject::none() && said.severity.is_none() => self.about_all.push(said),
            _ => {}
        }
    }

    fn assess(&mut self, group: GroupIndex) -> Assessed {
        let details = self.context.tenant.group(group);
        let mut assessed = Assessed {
            group,
            class: Class::Unknown,
            rank: None,
            kind: Kind::of(details),
            planned: self.context.target(group).is_some(),
            reasons: Vec::new(),
            remarks: Vec::new(),
            people: None,
            newly_covered: Vec::new(),
            needs: Vec::new(),
            overlaps: Vec::new(),
            overlapping: 0,
        };
        if self.context.is_excluded_group(group) {
            self.count_people(&mut assessed);
            assessed.class = Class::Unsuitable;
            assessed.reasons.push(Reason::own(group, Message::new("suit-excluded")));
        } else if self.context.is_licensed(group) {
            self.count_people(&mut assessed);
            self.licensed(&mut assessed);
        } else {
            self.unlicensed(&mut assessed);
        }
        let open = !matches!(assessed.class, Class::Licensed | Class::Unsuitable);
        if open && self.context.tenant.owners(group).is_some_and(|owners| owners.all.is_empty()) {
            assessed.remarks.push(Reason::own(group, Message::new("suit-no-owner")));
        }
        assessed
    }

    /// As the criteria judged it.
    fn licensed(&self, assessed: &mut Assessed) {
        let verdicts = self.verdicts.get(&assessed.group).map_or(&[][..], Vec::as_slice);
        let is = |wanted: Verdict| verdicts.iter().any(|(_, verdict)| *verdict == wanted);
        let said = self.said(assessed.group);
        let (class, because): (_, fn(&Said<'_>) -> bool) = match () {
            () if is(Verdict::Fail) => {
                (Class::LicensedButWrong, |said| said.severity == Some(Severity::Violation) && !said.waived)
            }
            () if is(Verdict::Inconclusive) => (Class::Unknown, |said| said.severity.is_none()),
            // Nothing fails, and yet nobody joins or leaves by itself.
            () if said.iter().any(Said::is_paused_rule) => {
                (Class::LicensedButWrong, |said| said.is_paused_rule())
            }
            () => (Class::Licensed, |_| false),
        };
        assessed.class = class;
        assessed.reasons = summarise(said.iter().filter(|said| because(said)));
        assessed.remarks = summarise(said.iter().filter(|said| !because(said)));
        let wrong_kind = match eligibility(self.context, assessed.group) {
            Eligibility::DeviceRule => Some("group-type-not-eligible-devices"),
            Eligibility::NotSecurityEnabled => Some("group-type-not-eligible"),
            Eligibility::Eligible | Eligibility::Unknown => None,
        };
        let code = Code::GroupTypeNotEligible.as_str();
        if let Some(id) = wrong_kind.filter(|_| assessed.reasons.iter().all(|reason| reason.code != code)) {
            // Without a plan no criterion says it of a single group.
            assessed.class = Class::LicensedButWrong;
            let criterion = Some(CriterionId::GroupsConfigured);
            let (subject, message) = (Subject::group(assessed.group), Message::new(id));
            assessed.reasons.insert(0, Reason { criterion, code, subject, message, count: 1 });
        }
        if assessed.class == Class::Licensed {
            let products: Vec<String> = self
                .context
                .licenses(assessed.group)
                .iter()
                .map(|license| self.context.tenant.product_name(license.sku).into_owned())
                .collect();
            let message = Message::new("suit-licensed").with("products", products.join(", "));
            assessed.reasons.push(Reason::own(assessed.group, message));
        }
    }

    /// All that the criteria said of a licensed group.
    fn said(&self, group: GroupIndex) -> Vec<Said<'a>> {
        let mut said = self.about.get(&group).cloned().unwrap_or_default();
        for license in self.context.judged_licenses(group) {
            let id = self.context.tenant.sku(license.sku).id;
            said.extend(self.about_products.get(&id).into_iter().flatten());
        }
        said.extend(&self.about_all);
        said
    }

    fn unlicensed(&mut self, assessed: &mut Assessed) {
        let group = assessed.group;
        let details = self.context.tenant.group(group);
        let own = |id: &'static str| Reason::own(group, Message::new(id));
        if let GroupLicenses::Invisible(..) = self.context.group_licenses {
            assessed.reasons.extend(gaps::group_licenses(self.context).map(Reason::from));
            return;
        }
        let changeable_kind = assessed.kind == Kind::Microsoft365 && details.security_enabled == Some(false);
        let hopeless = match eligibility(self.context, group) {
            Eligibility::NotSecurityEnabled if !changeable_kind => Some("suit-distribution-list"),
            // One that is made security-enabled keeps its rule.
            _ if details.rule_is_for_devices() => Some("suit-device-rule"),
            // Whose members would be asked for nothing.
            Eligibility::NotSecurityEnabled if self.context.tenant.members(group).is_none() => {
                Some("suit-not-security-enabled")
            }
            Eligibility::Unknown => {
                assessed.reasons.push(Reason::from(gaps::kind_unknown(group)));
                return;
            }
            _ if self.context.membership_hidden(group) => Some("suit-hidden"),
            _ => None,
        };
        if let Some(id) = hopeless {
            self.count_people(assessed);
            assessed.class = Class::Unsuitable;
            assessed.reasons.push(own(id));
            return;
        }
        let unseen = self.unseen(group);
        if !unseen.is_empty() {
            assessed.reasons = unseen;
            return;
        }
        self.count_people(assessed);
        let people = assessed.people.expect("what was not seen was looked for");
        let empty = match () {
            () if people.all() > 0 => None,
            () if people.external > 0 => Some("suit-only-guests"),
            () if people.others > 0 => Some("suit-only-devices"),
            () => Some("suit-empty"),
        };
        if let Some(id) = empty {
            assessed.class = Class::Unsuitable;
            let message = Message::new(id).with("others", people.others).with("guests", people.external);
            assessed.reasons.push(Reason::own(group, message));
            return;
        }
        self.weigh(assessed, people, changeable_kind);
    }

    /// Whether it makes sense, and what has to be changed first.
    fn weigh(&mut self, assessed: &mut Assessed, people: People, changeable_kind: bool) {
        let group = assessed.group;
        let details = self.context.tenant.group(group);
        let say = |id: &'static str| {
            Message::new(id)
                .with("people", people.all())
                .with("direct", people.direct)
                .with("grouped", people.grouped)
                .with("without", people.without)
                .with("blocked", people.blocked)
        };
        let most = |number: usize| number * 2 > people.all();
        let (certain, at_best) = (most(people.better_off()), most(people.better_off() + people.unclear));
        if !assessed.planned && certain != at_best {
            let products = self.unclear_products(group);
            assessed
                .reasons
                .extend(products.into_iter().map(|sku| Reason::from(gaps::plans_missing(self.context, sku))));
            return;
        }
        if !assessed.planned && !certain {
            assessed.class = Class::Unsuitable;
            let id = if people.grouped * 2 >= people.all() { "suit-already-covered" } else { "suit-no-need" };
            assessed.reasons.push(Reason::own(group, say(id)));
            return;
        }
        // A number, because formats may set texts apart.
        let dynamic = usize::from(details.dynamic);
        let mut changes = Vec::new();
        if changeable_kind {
            changes.push(Message::new("suit-not-security-enabled-yet"));
        }
        if people.external > 0 {
            let guests = Message::new("suit-guests").with("guests", people.external).with("dynamic", dynamic);
            changes.push(guests);
        }
        if people.nested > 0 {
            let through = self.context.nested(group).groups;
            let names: Vec<String> =
                through.iter().map(|inner| group_name(self.context.tenant, *inner)).collect();
            let nested = Message::new("suit-nested").with("nested", people.nested).with("dynamic", dynamic);
            changes.push(nested.with("through", names.join(", ")));
        }
        if details.dynamic && details.rule_paused() {
            changes.push(Message::new("suit-rule-paused"));
        }
        assessed.class = if changes.is_empty() { Class::Suitable } else { Class::AfterChange };
        assessed.reasons.extend(changes.into_iter().map(|change| Reason::own(group, change)));
        assessed
            .reasons
            .push(Reason::own(group, say(if assessed.planned { "suit-planned" } else { "suit-worth" })));
        if let Some(outer) = self.outer.get(&group) {
            let outer = group_name(self.context.tenant, *outer);
            assessed
                .remarks
                .push(Reason::own(group, Message::new("suit-nested-in-licensed").with("outer", outer)));
        }
        if details.rule_admits_guests() {
            assessed.remarks.push(Reason::own(group, Message::new("suit-rule-admits-guests")));
        }
        if people.others > 0 {
            let message = Message::new("suit-others").with("others", people.others);
            assessed.remarks.push(Reason::own(group, message));
        }
        let members = self.members(group);
        let products = self.offers.products(self.context, group, &members);
        assessed.needs = products.iter().map(|sku| self.need(*sku, &members)).collect();
        if products.is_empty() {
            assessed.remarks.push(Reason::own(group, Message::new("suit-no-product")));
        } else if assessed.needs.iter().any(|need| need.free.is_none()) {
            assessed.remarks.push(Reason::own(group, Message::new("suit-seats-unknown")));
        }
    }

    /// What of the group's members, and of those of the groups nested in it, was not seen.
    fn unseen(&self, group: GroupIndex) -> Vec<Reason> {
        let mut unseen = gaps::membership(self.context, group);
        for inner in self.context.nested(group).groups {
            unseen.extend(gaps::nested_members(self.context, inner));
        }
        let mut told = BTreeSet::new();
        for user in self.members(group) {
            if let Err(why) = self.context.entries(self.context.tenant.user(user))
                && told.insert(match why {
                    Unseen::Unlisted => 0,
                    Unseen::Limited => 1,
                    Unseen::NoStates => 2,
                })
            {
                unseen.push(gaps::member(self.context, group, user, why));
            }
        }
        unseen.into_iter().map(Reason::from).collect()
    }

    /// Direct members, guests included, and users below nested groups.
    fn everybody(&self, group: GroupIndex) -> impl Iterator<Item = UserIndex> {
        let below = self.context.nested(group).users.into_iter().map(|(user, _)| user);
        self.context.member_users(group).iter().copied().chain(below)
    }

    /// Whom the group would license: internal users, directly in it or below.
    fn members(&self, group: GroupIndex) -> Vec<UserIndex> {
        self.everybody(group).filter(|user| !self.context.tenant.user(*user).is_external()).collect()
    }

    /// Counts who is in the group, if that was seen whole.
    fn count_people(&self, assessed: &mut Assessed) {
        let group = assessed.group;
        if !self.context.membership_known(group) || !self.unseen(group).is_empty() {
            return;
        }
        let direct = self.context.member_users(group).len();
        let mut people = People {
            others: self.context.tenant.members(group).map_or(0, |members| members.others),
            ..People::default()
        };
        for (place, user) in self.everybody(group).enumerate() {
            let external = self.context.tenant.user(user).is_external();
            match (place < direct, external) {
                (true, true) => people.external += 1,
                (true, false) => people.internal += 1,
                (false, false) => people.nested += 1,
                (false, true) => {}
            }
            if external {
                continue;
            }
            match self.standing(group, user) {
                Standing::Direct => people.direct += 1,
                Standing::Grouped => people.grouped += 1,
                Standing::Unclear => people.unclear += 1,
                Standing::Without => {
                    people.without += 1;
                    people.blocked +=
                        usize::from(self.context.tenant.user(user).account_enabled() == Some(false));
                    assessed.newly_covered.push(user);
                }
            }
        }
        assessed.newly_covered.sort_unstable();
        if self.context.is_licensed(group) || self.context.is_excluded_group(group) {
            assessed.newly_covered.clear();
        }
        assessed.people = Some(people);
    }

    fn standing(&self, group: GroupIndex, user: UserIndex) -> Standing {
        if self.served[user.index()] {
            return Standing::Grouped;
        }
        let mut direct = false;
        let mut unclear = false;
        for entry in self.context.tenant.user(user).entries().into_iter().flat_map(Entries::iter) {
            let product = self.offers.is_wanted(self.context, group, entry.sku());
            match entry.source() {
                Source::Group(_) if product => return Standing::Grouped,
                Source::Direct if product && entry.state().holds_seat() => direct = true,
                Source::Group(_) | Source::Direct if entry.state().holds_seat() => {
                    unclear |= self.offers.is_unclear(self.context, entry.sku());
                }
                _ => {}
            }
        }
        match (direct, unclear) {
            (true, _) => Standing::Direct,
            (false, true) => Standing::Unclear,
            (false, false) => Standing::Without,
        }
    }

    /// The products that make members unclear.
    fn unclear_products(&self, group: GroupIndex) -> BTreeSet<SkuIndex> {
        let members = self.members(group).into_iter();
        let entries = members
            .flat_map(|user| self.context.tenant.user(user).entries().into_iter().flat_map(Entries::iter));
        entries.map(LicenseEntry::sku).filter(|sku| self.offers.is_unclear(self.context, *sku)).collect()
    }

    fn need(&self, sku: SkuIndex, members: &[UserIndex]) -> Need {
        let has = |user: &&UserIndex| {
            let entries = self.context.tenant.user(**user).entries();
            entries
                .into_iter()
                .flat_map(Entries::iter)
                .any(|entry| entry.sku() == sku && entry.state().holds_seat())
        };
        let seats = members.len() - members.iter().filter(has).count();
        let free = offer::free(self.context, sku);
        Need { sku, seats, free }
    }
}

/// What was said, the same things once with how often.
fn summarise<'a>(said: impl Iterator<Item = &'a Said<'a>>) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = Vec::new();
    for said in said {
        let known = reasons.iter_mut().find(|reason| {
            reason.criterion == Some(said.criterion)
                && reason.code == said.code
                && reason.message.id == said.message.id
        });
        match known {
            Some(reason) => reason.count += 1,
            None => reasons.push(Reason {
                criterion: Some(said.criterion),
                code: said.code,
                subject: said.subject.clone(),
                message: said.message.clone(),
                count: 1,
            }),
        }
    }
    reasons
}
