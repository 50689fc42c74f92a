//! Everything that an audit knows of one user or one group, gathered for `tollgate explain`. Pure; judges nothing.

use super::context::Context;
use super::holding::Requirement;
use super::{Audit, RULES};
use crate::catalogue::{Components, Edition, Suite};
use crate::tenant::{
    GroupId, GroupIndex, LicenseEntry, SkuId, SkuIndex, State, Tenant, Usability, UserId, UserIndex,
    parse_guid,
};
use crate::verdict::{CriterionId, Finding, Gap, Severity, Subject, Verdict};

/// Something that can be explained.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Object {
    /// A user.
    User(UserIndex),
    /// A group of the group list, or one that is only known as a member.
    Group(GroupIndex),
    /// A group in the recycle bin: its place there.
    Deleted(usize),
}

/// What a name stands for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Lookup {
    /// This object.
    One(Object),
    /// Several, in the order of users, groups and deleted groups.
    Many(Vec<Object>),
    /// Nothing; the names that are most like it, the nearest first.
    Nothing(Vec<String>),
}

/// How many names that are alike are given.
const NEAREST: usize = 3;

/// How alike a name has to be.
const ALIKE: f64 = 0.8;

/// Finds a user or group by object id, else by user principal name, else by display name.
pub fn find(tenant: &Tenant, written: &str) -> Lookup {
    let written = written.trim();
    if let Some(id) = parse_guid(written) {
        let user = tenant.find_user(UserId(id)).map(Object::User);
        let group = || tenant.find_group(GroupId(id)).map(Object::Group);
        let deleted =
            || tenant.deleted_groups().iter().position(|group| group.id.0 == id).map(Object::Deleted);
        if let Some(object) = user.or_else(group).or_else(deleted) {
            return Lookup::One(object);
        }
    }
    let wanted = written.to_lowercase();
    let fits = |name: Option<&str>| name.is_some_and(|name| name.trim().to_lowercase() == wanted);
    let mut by_principal_name = tenant.users().filter(|user| fits(user.principal_name()));
    if let (Some(user), None) = (by_principal_name.next(), by_principal_name.next()) {
        return Lookup::One(Object::User(user.index));
    }
    let users = tenant.users().filter(|user| fits(user.display_name()) || fits(user.principal_name()));
    let mut found: Vec<Object> = users.map(|user| Object::User(user.index)).collect();
    let groups = tenant.groups().filter(|(_, group)| fits(group.display_name.as_deref()));
    found.extend(groups.map(|(index, _)| Object::Group(index)));
    let deleted = tenant.deleted_groups().iter().enumerate();
    let deleted = deleted.filter(|(_, group)| fits(group.display_name.as_deref()));
    found.extend(deleted.map(|(place, _)| Object::Deleted(place)));
    match found[..] {
        [] => Lookup::Nothing(nearest(tenant, &wanted)),
        [one] => Lookup::One(one),
        _ => Lookup::Many(found),
    }
}

fn nearest(tenant: &Tenant, wanted: &str) -> Vec<String> {
    let users = tenant.users().flat_map(|user| [user.principal_name(), user.display_name()]).flatten();
    let groups = tenant.groups().filter_map(|(_, group)| group.display_name.as_deref());
    let deleted = tenant.deleted_groups().iter().filter_map(|group| group.display_name.as_deref());
    let mut near: Vec<(f64, &str)> = Vec::new();
    for name in users.chain(groups).chain(deleted) {
        let likeness = strsim::jaro_winkler(wanted, &name.to_lowercase());
        if likeness > ALIKE && !near.iter().any(|(_, known)| *known == name) {
            near.push((likeness, name));
            near.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(other.1)));
            near.truncate(NEAREST);
        }
    }
    near.into_iter().map(|(_, name)| name.to_owned()).collect()
}

/// A part of a suite, and what supplies it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// Its name, such as "Exchange Online (Plan 2)".
    pub name: &'static str,
    /// The products that supply it; empty where it is lacking.
    pub by: Vec<SkuIndex>,
    /// Products that contain it and have it switched off; only where it is lacking.
    pub off_in: Vec<SkuIndex>,
}

/// A suite in edition E3, part by part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Held {
    /// Which one.
    pub suite: Suite,
    /// The highest edition that is complete.
    pub edition: Option<Edition>,
    /// What it needs in edition E3.
    pub parts: Vec<Part>,
}

/// A criterion, as far as it concerns the object.
#[derive(Debug)]
pub struct Seen<'a> {
    /// Which one.
    pub criterion: CriterionId,
    /// The verdict on the object alone: from the findings and gaps below.
    pub verdict: Verdict,
    /// Violations and advisories about it, the worst first; of products that a user waits for only violations.
    pub findings: Vec<&'a Finding>,
    /// What was not seen of it.
    pub gaps: Vec<&'a Gap>,
}

/// A group that a user belongs to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Membership {
    /// The group.
    pub group: GroupIndex,
    /// The nested groups through which he is in it; empty for a direct member.
    pub through: Vec<GroupIndex>,
}

/// What is known of a user.
pub struct UserDossier<'a, 't> {
    /// Who.
    pub user: UserIndex,
    /// Groups that have him as a member, as far as members were read; the ones in scope first.
    pub memberships: Vec<Membership>,
    /// His entries, by product and source; `None` where they could not be read.
    pub entries: Option<Vec<LicenseEntry<'t>>>,
    /// What his Active entries give, per suite.
    pub held: Vec<Held>,
    /// The four criteria.
    pub criteria: Vec<Seen<'a>>,
}

/// What is known of a group.
pub struct GroupDossier<'a> {
    /// Which one.
    pub group: GroupIndex,
    /// Whether the audit judges it.
    pub in_scope: bool,
    /// What it hands out, per suite.
    pub held: Vec<Held>,
    /// Groups that it is nested in, directly, as far as members were read.
    pub nested_in: Vec<GroupIndex>,
    /// The four criteria.
    pub criteria: Vec<Seen<'a>>,
}

/// Gathers what is known of a user.
pub fn of_user<'a, 't>(audit: &'a Audit<'t>, user: UserIndex) -> UserDossier<'a, 't> {
    let context = &audit.context;
    let tenant = context.tenant;
    let mut memberships: Vec<Membership> = tenant
        .groups()
        .filter(|(index, _)| tenant.members(*index).is_some_and(|members| members.contains(user)))
        .map(|(group, _)| Membership { group, through: Vec::new() })
        .collect();
    for &group in &context.in_scope {
        let nested = context.nested(group).users;
        if let Ok(place) = nested.binary_search_by_key(&user, |(user, _)| *user) {
            let mut through = nested[place].1.clone();
            through.sort_unstable();
            memberships.push(Membership { group, through });
        }
    }
    memberships.sort_by_key(|membership| {
        (!context.in_scope.contains(&membership.group), !membership.through.is_empty(), membership.group)
    });
    let entries = context.entries(tenant.user(user)).ok().map(|entries| {
        let mut entries: Vec<_> = entries.iter().collect();
        entries.sort_by_key(|entry| (tenant.sku(entry.sku()).id, entry.source()));
        entries
    });
    let active = entries
        .iter()
        .flatten()
        .filter(|entry| entry.state() == State::Active && tenant.usability(entry.sku()) == Usability::Usable);
    let supplied = active.map(|entry| {
        let sku = entry.sku();
        (sku, context.components(sku, entry.disabled()), context.all_components(sku))
    });
    let held = held(&supplied.collect::<Vec<_>>());
    // Of products only what he waits for: that others wait is not his matter.
    let his = |sku: SkuId| {
        let groups = memberships.iter().filter(|membership| membership.through.is_empty());
        let mut licenses = groups.flat_map(|membership| context.judged_licenses(membership.group));
        let has = |sku: SkuIndex| {
            entries.iter().flatten().any(|entry| entry.sku() == sku && entry.state().holds_seat())
        };
        licenses.any(|license| tenant.sku(license.sku).id == sku && !has(license.sku))
    };
    let concerns = |subject: &Subject, severity| match (subject.user, &subject.group, subject.sku) {
        (Some(named), ..) => named == user,
        (None, None, Some(sku)) => severity != Some(Severity::Advisory) && his(sku),
        _ => false,
    };
    let judged = memberships.iter().any(|membership| context.in_scope.contains(&membership.group));
    let criteria = seen(audit, concerns, |criterion| judged && criterion != CriterionId::GroupsConfigured);
    UserDossier { user, memberships, entries, held, criteria }
}

/// Gathers what is known of a group.
pub fn of_group<'a>(audit: &'a Audit<'_>, group: GroupIndex) -> GroupDossier<'a> {
    let context = &audit.context;
    let tenant = context.tenant;
    let supplied: Vec<_> = context
        .licenses(group)
        .iter()
        .map(|license| {
            let sku = license.sku;
            (sku, context.components(sku, license.disabled), context.all_components(sku))
        })
        .collect();
    let nested_in = tenant
        .groups()
        .filter(|(index, _)| tenant.members(*index).is_some_and(|members| members.groups.contains(&group)));
    let in_scope = context.in_scope.contains(&group);
    let skus: Vec<SkuId> = context.judged_licenses(group).map(|license| tenant.sku(license.sku).id).collect();
    let concerns = |subject: &Subject, _| subject.concerns(group, &skus);
    let applies = |criterion: CriterionId| {
        let rule = RULES.iter().find(|rule| rule.criterion == criterion);
        in_scope && rule.is_some_and(|rule| (rule.applies_to)(context, group))
    };
    GroupDossier {
        group,
        in_scope,
        held: held(&supplied),
        nested_in: nested_in.map(|(index, _)| index).collect(),
        criteria: seen(audit, concerns, applies),
    }
}

/// The targets that want something of a group's members.
pub fn requirements<'c>(context: &'c Context<'_>, group: GroupIndex) -> &'c [Requirement] {
    context.target(group).map_or(&[], |target| &target.requirements)
}

fn seen<'a>(
    audit: &'a Audit<'_>,
    concerns: impl Fn(&Subject, Option<Severity>) -> bool,
    applies: impl Fn(CriterionId) -> bool,
) -> Vec<Seen<'a>> {
    let judgements = audit.judgements.iter();
    judgements
        .map(|judgement| {
            let findings: Vec<&Finding> = judgement
                .findings
                .iter()
                .filter(|finding| concerns(&finding.subject, Some(finding.severity)))
                .collect();
            let applicable = applies(judgement.criterion);
            // What concerns everything concerns this too, if anything is judged about it.
            let everything = |subject: &Subject| applicable && *subject == Subject::none();
            let gaps: Vec<&Gap> = judgement
                .gaps
                .iter()
                .filter(|gap| concerns(&gap.subject, None) || everything(&gap.subject))
                .collect();
            let verdict = Verdict::of(findings.iter().copied(), !gaps.is_empty(), applicable);
            Seen { criterion: judgement.criterion, verdict, findings, gaps }
        })
        .collect()
}

/// Part by part, by which product: each with what is switched on of it, and all that it has.
fn held(supplied: &[(SkuIndex, Components, Components)]) -> Vec<Held> {
    let union = supplied.iter().fold(Components::default(), |all, (_, on, _)| all.union(*on));
    [Suite::Office365, Suite::Ems]
        .into_iter()
        .map(|suite| {
            let edition =
                [Edition::E5, Edition::E3].into_iter().find(|edition| union.satisfies(suite, *edition));
            let parts = Components::default().missing(suite, Edition::E3);
            let parts = parts.into_iter().map(|name| {
                let having = |of: fn(&(SkuIndex, Components, Components)) -> Components| {
                    let having =
                        supplied.iter().filter(|one| !of(one).missing(suite, Edition::E3).contains(&name));
                    let mut skus: Vec<SkuIndex> = having.map(|(sku, ..)| *sku).collect();
                    skus.sort_unstable();
                    skus.dedup();
                    skus
                };
                let by = having(|(_, on, _)| *on);
                let off_in = if by.is_empty() { having(|(_, _, all)| *all) } else { Vec::new() };
                Part { name, by, off_in }
            });
            Held { suite, edition, parts: parts.collect() }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::tenant::{Collection, Decoded, Run, TenantBuilder};

    fn tenant() -> Tenant {
        let as_of = "2026-11-22T09:00:00Z".parse().expect("a moment");
        let mut builder = TenantBuilder::new();
        let id = |number: u32| format!("5a1e5000-0000-4000-8000-{number:012}");
        let users = [
            json!({"id": id(1), "displayName": "Ada", "userPrincipalName": "ada@contoso.example"}),
            json!({"id": id(2), "displayName": "Ada", "userPrincipalName": "Sales"}),
            json!({"id": id(3), "displayName": "Sales", "userPrincipalName": "grace@contoso.example"}),
        ];
        let groups =
            [json!({"id": id(4), "displayName": "Sales"}), json!({"id": id(5), "displayName": "Support"})];
        for (collection, objects) in [(Collection::Groups, &groups[..]), (Collection::Users, &users)] {
            let mut page = Decoded::new(collection, as_of);
            for object in objects {
                page.object(&object.to_string()).expect("an object");
            }
            builder.add(page).expect("there are few names");
        }
        builder.finish(as_of, Vec::new(), Run::default())
    }

    #[test]
    fn an_id_beats_a_principal_name_and_that_a_display_name() {
        let tenant = tenant();
        let user = |place: usize| Object::User(tenant.users().nth(place).expect("a user").index);
        assert_eq!(find(&tenant, "5A1E5000-0000-4000-8000-000000000003"), Lookup::One(user(2)));
        assert_eq!(find(&tenant, " ADA@contoso.example "), Lookup::One(user(0)));
        assert_eq!(find(&tenant, "sales"), Lookup::One(user(1)), "somebody's principal name");
        let (support, _) = tenant.groups().nth(1).expect("a group");
        assert_eq!(find(&tenant, "support"), Lookup::One(Object::Group(support)));
    }

    #[test]
    fn a_name_of_several_gives_all_of_them() {
        let tenant = tenant();
        assert!(matches!(find(&tenant, "ada"), Lookup::Many(found) if found.len() == 2));
    }

    #[test]
    fn a_name_of_nobody_gives_the_nearest() {
        let tenant = tenant();
        assert_eq!(find(&tenant, "Suport"), Lookup::Nothing(vec!["Support".to_owned()]));
        assert_eq!(find(&tenant, "qqqqqqqq"), Lookup::Nothing(Vec::new()));
        let unknown = "5a1e5000-0000-4000-8000-00000000ffff";
        assert_eq!(find(&tenant, unknown), Lookup::Nothing(Vec::new()));
    }
}
