//! What every rule needs to know beside the tenant: which groups are in scope, what is demanded of them, what
//! is left out, what is pending. Worked out once, from the tenant and the plan.

use std::cell::{OnceCell, RefCell};

use rustc_hash::{FxHashMap, FxHashSet};

use super::alike::{Classes, Memberships};
use super::enough_seats::{self, Seats};
use super::holding::Requirement;
use crate::catalogue::{self, Components};
use crate::plan::{Demand, Headroom, Plan, Selector};
use crate::tenant::{
    Entries, Group, GroupIndex, License, LicenseEntry, Members, PlanSetIndex, PlansFrom, SkuId, SkuIndex,
    Source, State, Tenant, Usability, User, UserIndex,
};
use crate::verdict::GroupSubject;

/// The plan does not fit the tenant: a name fits two groups, or a requirement is not known.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// A display name that several groups have.
    #[error("`{name}` is the name of {count} groups:\n{list}\nhint: name the group by its object id", count = ids.len(),
        list = ids.iter().map(|id| format!("  {id}")).collect::<Vec<_>>().join("\n"))]
    Ambiguous {
        /// The name in the configuration.
        name: String,
        /// The groups that have it, by id.
        ids: Vec<String>,
    },
    /// Two targets that stand for one group.
    #[error(
        "the group {group} is named by two targets, `{first}` and `{second}`\nhint: put all that its members need into one [[target]]"
    )]
    NamedTwice {
        /// The group: its name, else its id.
        group: String,
        /// One target, as written.
        first: String,
        /// The other target, as written.
        second: String,
    },
    /// A requirement that nobody knows.
    #[error("target `{target}` requires `{requirement}`, which is no suite, no part number of this tenant{unread} and no part number in Microsoft's product table\nhint: {hint}",
        unread = if *.skus_unread { " (its products could not be read)" } else { "" })]
    UnknownRequirement {
        /// The target, as written.
        target: String,
        /// The requirement, as written.
        requirement: String,
        /// What to write instead.
        hint: String,
        /// Whether the tenant's own products could not be read.
        skus_unread: bool,
    },
    /// A part number that several products have.
    #[error("target `{target}` requires `{requirement}`, which is the part number of several products:\n{list}\nhint: require the SKU id",
        list = ids.iter().map(|id| format!("  {id}")).collect::<Vec<_>>().join("\n"))]
    AmbiguousRequirement {
        /// The target, as written.
        target: String,
        /// The requirement, as written.
        requirement: String,
        /// The products that have it.
        ids: Vec<SkuId>,
    },
}

/// A target of the plan, looked up.
#[derive(Debug)]
pub struct Target {
    /// As it was written.
    pub name: String,
    /// What it stands for.
    pub found: Found,
    /// What its members need.
    pub requirements: Vec<Requirement>,
}

/// What a target's name stands for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
    /// A group of the tenant.
    Group(GroupIndex),
    /// A group in the recycle bin: its place there.
    Deleted(usize),
    /// Nothing; the whole group list was read.
    Nothing,
    /// Unknown, because the group list was not read completely.
    Unread,
    /// Unknown, because it is a name, and no group shows its own; this is the first of them.
    Nameless(GroupIndex),
}

/// The tenant, seen through the plan.
pub struct Context<'t> {
    /// The tenant.
    pub tenant: &'t Tenant,
    /// The targets, each group once.
    pub targets: Vec<Target>,
    /// Whether the plan names any target.
    pub has_targets: bool,
    /// The groups that are judged: targets and licensed groups, less exclusions, in the order of ids.
    pub in_scope: Vec<GroupIndex>,
    /// Free seats that ought to be left.
    pub headroom: Headroom,
    /// Until when a lapsing subscription is told.
    pub lapse_window: jiff::SignedDuration,
    /// Whether group licenses cannot be trusted (design section 4.1).
    pub group_licenses: GroupLicenses,
    target_places: FxHashMap<GroupIndex, usize>,
    excluded_groups: Vec<bool>,
    excluded_deleted: Vec<bool>,
    excluded_skus: Vec<bool>,
    licenses: Vec<Vec<License>>,
    judged_licenses: Vec<Vec<License>>,
    processing_complete: Vec<bool>,
    usability: Vec<Usability>,
    memberships: OnceCell<Memberships>,
    classes: OnceCell<Classes>,
    components: RefCell<FxHashMap<(SkuIndex, PlanSetIndex), Components>>,
    seats: OnceCell<Vec<Seats>>,
}

/// Whether the licenses of groups can be judged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GroupLicenses {
    /// They were read.
    Readable,
    /// The group list itself was not read completely.
    ListIncomplete,
    /// No group shows a license, and yet this user inherits from this group.
    Invisible(UserIndex, GroupIndex),
}

/// Entries that would be there if the service had finished with a group.
#[derive(Clone, Copy)]
pub struct Pending {
    /// The group that is still processing.
    pub group: GroupIndex,
    /// What the group hands out.
    pub license: License,
}

impl<'t> Context<'t> {
    /// Looks the plan up in the tenant.
    ///
    /// # Errors
    /// When a name is ambiguous, a group is named twice, or a requirement is unknown.
    pub fn new(
        tenant: &'t Tenant,
        plan: &Plan,
        headroom: Headroom,
        lapse_window: jiff::SignedDuration,
    ) -> Result<Self, PlanError> {
        let names =
            plan.exclude_groups.iter().chain(plan.waivers.iter().filter_map(|waiver| waiver.group.as_ref()));
        for selector in names.filter(|selector| selector.is_name()) {
            the_group_named(tenant, selector)?;
        }
        let any = |selectors: &[Selector], id: u128, name: Option<&str>| {
            selectors.iter().any(|selector| selector.matches(id, [name]))
        };
        let excluded_groups: Vec<bool> = tenant
            .groups()
            .map(|(_, group)| any(&plan.exclude_groups, group.id.0, group.display_name.as_deref()))
            .collect();
        let excluded_deleted: Vec<bool> = tenant
            .deleted_groups()
            .iter()
            .map(|group| any(&plan.exclude_groups, group.id.0, group.display_name.as_deref()))
            .collect();
        let excluded_skus: Vec<bool> = tenant
            .skus()
            .map(|(index, sku)| any(&plan.exclude_skus, sku.id.0, tenant.part_number(index)))
            .collect();
        let licenses: Vec<Vec<License>> = tenant
            .groups()
            .map(|(_, group)| {
                group.licenses.iter().copied().filter(|license| !excluded_skus[license.sku.index()]).collect()
            })
            .collect();
        let targets = find_targets(tenant, plan)?;
        let mut target_places = FxHashMap::default();
        for (place, target) in targets.iter().enumerate() {
            if let Found::Group(group) = target.found {
                target_places.insert(group, place);
            }
        }
        let in_scope: Vec<GroupIndex> = tenant
            .groups()
            .filter(|(index, group)| group.listed && !excluded_groups[index.index()])
            .filter(|(index, _)| !licenses[index.index()].is_empty() || target_places.contains_key(index))
            .map(|(index, _)| index)
            .collect();
        let mut context = Self {
            tenant,
            targets,
            has_targets: !plan.targets.is_empty(),
            in_scope,
            headroom,
            lapse_window,
            group_licenses: GroupLicenses::Readable,
            target_places,
            excluded_groups,
            excluded_deleted,
            excluded_skus,
            judged_licenses: Vec::new(),
            licenses,
            processing_complete: tenant.groups().map(|(_, group)| group.processing_complete()).collect(),
            usability: tenant.skus().map(|(sku, _)| tenant.usability(sku)).collect(),
            memberships: OnceCell::new(),
            classes: OnceCell::new(),
            components: RefCell::default(),
            seats: OnceCell::new(),
        };
        let applies: Vec<bool> = tenant.skus().map(|(sku, _)| context.applies_to_users(sku)).collect();
        let judged = |licenses: &Vec<License>| {
            licenses.iter().copied().filter(|license| applies[license.sku.index()]).collect()
        };
        context.judged_licenses = context.licenses.iter().map(judged).collect();
        context.group_licenses = context.find_group_licenses();
        Ok(context)
    }

    /// What the group hands out, excluded products left out.
    pub fn licenses(&self, group: GroupIndex) -> &[License] {
        &self.licenses[group.index()]
    }

    /// Whether the group hands out anything.
    pub fn is_licensed(&self, group: GroupIndex) -> bool {
        !self.licenses(group).is_empty()
    }

    /// The licensed groups in scope.
    pub fn licensed_in_scope(&self) -> impl Iterator<Item = GroupIndex> + '_ {
        self.in_scope.iter().copied().filter(|group| self.is_licensed(*group))
    }

    /// The target that the group is, if it is one.
    pub fn target(&self, group: GroupIndex) -> Option<&Target> {
        self.target_places.get(&group).map(|place| &self.targets[*place])
    }

    /// Whether the plan leaves the group out.
    pub fn is_excluded_group(&self, group: GroupIndex) -> bool {
        self.excluded_groups[group.index()]
    }

    /// Whether the plan leaves out a group that is in the recycle bin.
    pub fn is_excluded_deleted(&self, place: usize) -> bool {
        self.excluded_deleted[place]
    }

    /// Whether the plan leaves the product out.
    pub fn is_excluded_sku(&self, sku: SkuIndex) -> bool {
        self.excluded_skus[sku.index()]
    }

    /// Whether seats and entries of the product are judged: `appliesTo` is User or null.
    pub fn applies_to_users(&self, sku: SkuIndex) -> bool {
        let owned = self.tenant.sku(sku).owned.as_ref();
        owned
            .and_then(|owned| owned.applies_to.as_deref())
            .is_none_or(|word| word.eq_ignore_ascii_case("User"))
    }

    /// The products of the group whose seats and entries are judged.
    pub fn judged_licenses(&self, group: GroupIndex) -> impl Iterator<Item = License> + '_ {
        self.judged_licenses[group.index()].iter().copied()
    }

    /// Whether the service has applied the latest changes of the group to all members.
    pub fn processing_complete(&self, group: GroupIndex) -> bool {
        self.processing_complete[group.index()]
    }

    /// Who is a member of which groups in scope.
    pub fn memberships(&self) -> &Memberships {
        self.memberships.get_or_init(|| Memberships::of(self))
    }

    /// Which users are alike in all that rules look at.
    pub fn classes(&self) -> &Classes {
        self.classes.get_or_init(|| Classes::of(self.tenant, self.memberships()))
    }

    /// Judges with these classes.
    #[cfg(test)]
    pub(super) fn set_classes(&self, classes: Classes) {
        self.classes.set(classes).expect("nothing was judged yet");
    }

    /// Which parts of the suites a product supplies with these plans switched off.
    pub fn components(&self, sku: SkuIndex, disabled: PlanSetIndex) -> Components {
        *self.components.borrow_mut().entry((sku, disabled)).or_insert_with(|| {
            let enabled = self.tenant.enabled_plans(sku, disabled).map(|plan| plan.0);
            Components::of(enabled, self.tenant.sku_plans(sku).map(|plan| plan.0))
        })
    }

    /// Which parts of the suites a product supplies with everything switched on.
    pub fn all_components(&self, sku: SkuIndex) -> Components {
        let plans = || self.tenant.sku_plans(sku).map(|plan| plan.0);
        Components::of(plans(), plans())
    }

    /// The seats of each product that licensed groups in scope hand out to users, in the order of SKU ids.
    ///
    /// Worked out once: it looks at every user.
    pub fn seats(&self) -> &[Seats] {
        self.seats.get_or_init(|| enough_seats::seats(self))
    }

    /// Whether nobody knows which plans the product has.
    pub fn plans_unknown(&self, sku: SkuIndex) -> bool {
        self.tenant.sku(sku).plans_from == PlansFrom::Nowhere
    }

    /// Whether the member cannot be judged for lack of properties, and how: absent from the complete user list,
    /// or nothing but the id was readable.
    pub fn is_limited(&self, user: User<'_>) -> bool {
        if user.is_known() { !user.is_readable() } else { self.tenant.users_complete() }
    }

    /// The entries of a member, or why there are none to judge.
    pub fn entries(&self, user: User<'t>) -> Result<Entries<'t>, Unseen> {
        if !user.is_known() && !self.tenant.users_complete() {
            return Err(Unseen::Unlisted);
        }
        if self.is_limited(user) {
            return Err(Unseen::Limited);
        }
        user.entries().ok_or(Unseen::NoStates)
    }

    /// What the group's still unfinished processing, and that of the user's other groups, would change.
    pub fn pending(&self, user: UserIndex, entries: Entries<'_>) -> Vec<Pending> {
        let groups = self.memberships().of_user(user).iter().copied();
        let unfinished = groups.filter(|group| !self.processing_complete(*group));
        let licenses = unfinished
            .flat_map(|group| self.judged_licenses(group).map(move |license| Pending { group, license }));
        licenses.filter(|pending| self.is_pending(pending.group, pending.license, entries)).collect()
    }

    /// What may be pending besides: of groups that are still processing and whose members were not all seen, so
    /// that the user may be one of them.
    pub fn maybe_pending(&self, user: UserIndex) -> Vec<Pending> {
        let groups = self.licensed_in_scope().filter(|group| {
            !self.processing_complete(*group)
                && !self.membership_known(*group)
                && self.member_users(*group).binary_search(&user).is_err()
        });
        groups
            .flat_map(|group| self.judged_licenses(group).map(move |license| Pending { group, license }))
            .collect()
    }

    /// Whether this license of a group that is still processing has not reached the member yet.
    pub fn is_pending(&self, group: GroupIndex, license: License, entries: Entries<'_>) -> bool {
        if self.processing_complete(group) {
            return false;
        }
        match entries.of(license.sku, Source::Group(group)) {
            None => true,
            Some(entry) => {
                entry.state() == State::Active
                    && !self.tenant.same_plans(license.sku, entry.disabled(), license.disabled)
            }
        }
    }

    /// Whether seats of the product are in force, as far as that is known.
    pub fn usability(&self, sku: SkuIndex) -> Usability {
        self.usability[sku.index()]
    }

    /// Whether seats of the product are in force.
    pub fn usable(&self, sku: SkuIndex) -> bool {
        self.usability(sku) == Usability::Usable
    }

    /// Users who are reached from `group` through groups nested in it, at any depth, and who are not direct
    /// members: with the nested group they are direct members of. Cycles end.
    pub fn nested(&self, group: GroupIndex) -> Nested {
        let mut nested = Nested::default();
        let Some(members) = self.tenant.members(group) else { return nested };
        let mut seen: FxHashSet<GroupIndex> = FxHashSet::default();
        seen.insert(group);
        let mut queue: Vec<GroupIndex> = members.groups.clone();
        let mut reached: Vec<(UserIndex, GroupIndex)> = Vec::new();
        while let Some(inner) = queue.pop() {
            if !seen.insert(inner) {
                continue;
            }
            nested.groups.push(inner);
            if let Some(inner_members) = self.tenant.members(inner) {
                queue.extend(&inner_members.groups);
                let indirect = inner_members.users.iter().filter(|user| !members.contains(**user));
                reached.extend(indirect.map(|user| (*user, inner)));
            }
        }
        nested.groups.sort_unstable();
        // The sort is a stable one, so that each user's groups stay in the order in which they were reached.
        reached.sort_by_key(|(user, _)| *user);
        let same_user = reached.chunk_by(|(one, _), (other, _)| one == other);
        let through = same_user.map(|same| (same[0].0, same.iter().map(|(_, inner)| *inner).collect()));
        nested.users = through.collect();
        nested
    }

    /// Whether no user member of the group has readable properties though the group hides its members.
    pub fn membership_hidden(&self, group: GroupIndex) -> bool {
        let readable =
            |members: &Members| members.users.iter().any(|user| self.tenant.user(*user).is_readable());
        self.tenant.group(group).hides_members() && !self.tenant.members(group).is_some_and(readable)
    }

    /// Whether the group's membership is known whole: read to the end, and not hidden.
    pub fn membership_known(&self, group: GroupIndex) -> bool {
        self.tenant.members(group).is_some_and(|members| members.complete) && !self.membership_hidden(group)
    }

    /// The direct members of the group that are users, as far as they were read.
    pub fn member_users(&self, group: GroupIndex) -> &[UserIndex] {
        self.tenant.members(group).map_or(&[], |members| &members.users)
    }

    /// Whether the group is licensed, dynamic, still processing, and shows no member: who belongs to it may not
    /// have been worked out yet.
    pub fn not_settled(&self, group: GroupIndex) -> bool {
        let details = self.tenant.group(group);
        self.is_licensed(group)
            && details.dynamic
            && !self.processing_complete(group)
            && self.member_users(group).is_empty()
    }

    fn find_group_licenses(&self) -> GroupLicenses {
        if !self.tenant.groups_complete() {
            return GroupLicenses::ListIncomplete;
        }
        if self.tenant.groups().any(|(_, group)| !group.licenses.is_empty()) {
            return GroupLicenses::Readable;
        }
        // Members are only asked of groups in scope and of those nested in them.
        let mut checked: FxHashSet<GroupIndex> = self.in_scope.iter().copied().collect();
        for group in &self.in_scope {
            checked.extend(self.nested(*group).groups);
        }
        for user in self.tenant.users() {
            for entry in user.entries().into_iter().flat_map(Entries::iter) {
                let Source::Group(group) = entry.source() else { continue };
                let member = !checked.contains(&group)
                    || self
                        .tenant
                        .members(group)
                        .is_none_or(|members| !members.complete || members.contains(user.index));
                if member {
                    return GroupLicenses::Invisible(user.index, group);
                }
            }
        }
        GroupLicenses::Readable
    }
}

/// Groups and users below a group.
#[derive(Debug, Default)]
pub struct Nested {
    /// All groups nested in it, at any depth, in the order of ids; the group itself left out.
    pub groups: Vec<GroupIndex>,
    /// Users who are only members of nested groups, in the order of ids, with those groups.
    pub users: Vec<(UserIndex, Vec<GroupIndex>)>,
}

/// Why the entries of a member are not known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unseen {
    /// The user list was not read completely, and does not have him.
    Unlisted,
    /// A limited member: nothing but the id is known.
    Limited,
    /// `licenseAssignmentStates` is null or absent.
    NoStates,
}

/// Whether an entry will give way to what is pending in its place.
pub(super) fn replaced(pending: &[Pending], entry: LicenseEntry<'_>) -> bool {
    pending
        .iter()
        .any(|pending| entry.sku() == pending.license.sku && entry.source() == Source::Group(pending.group))
}

/// How a group is named in sentences: its display name, else its id.
pub(super) fn group_name(tenant: &Tenant, group: GroupIndex) -> String {
    let Group { id, display_name, .. } = tenant.group(group);
    display_name.clone().unwrap_or_else(|| tenant.id_text(id.0).into_owned())
}

fn find_targets(tenant: &Tenant, plan: &Plan) -> Result<Vec<Target>, PlanError> {
    let mut targets: Vec<Target> = Vec::new();
    for target in &plan.targets {
        let mut requirements = Vec::new();
        for demand in &target.require {
            // A product may be named by its part number and by its id.
            let requirement = find_requirement(tenant, target.group.as_str(), demand)?;
            if !requirements.contains(&requirement) {
                requirements.push(requirement);
            }
        }
        for found in find_groups(tenant, &target.group)? {
            if let Found::Group(_) | Found::Deleted(_) = found
                && let Some(other) = targets.iter().find(|other| other.found == found)
            {
                let subject = match found {
                    Found::Group(group) => GroupSubject::Known(group),
                    Found::Deleted(place) => GroupSubject::Deleted(place),
                    Found::Nothing | Found::Unread | Found::Nameless(_) => continue,
                };
                return Err(PlanError::NamedTwice {
                    group: subject.display_name(tenant).unwrap_or_default().to_owned(),
                    first: other.name.clone(),
                    second: target.group.as_str().to_owned(),
                });
            }
            let name = target.group.as_str().to_owned();
            targets.push(Target { name, found, requirements: requirements.clone() });
        }
    }
    Ok(targets)
}

/// The listed groups that a selector fits.
fn groups_fitting<'t>(tenant: &'t Tenant, selector: &'t Selector) -> impl Iterator<Item = GroupIndex> + 't {
    let listed = tenant.groups().filter(|(_, group)| group.listed);
    listed
        .filter(|(_, group)| selector.matches(group.id.0, [group.display_name.as_deref()]))
        .map(|(index, _)| index)
}

/// The listed group that a name or an id stands for.
fn the_group_named(tenant: &Tenant, selector: &Selector) -> Result<Option<GroupIndex>, PlanError> {
    let fitting: Vec<GroupIndex> = groups_fitting(tenant, selector).collect();
    if fitting.len() > 1 {
        let ids = fitting.iter().map(|index| tenant.id_text(tenant.group(*index).id.0).into_owned());
        return Err(ambiguous(selector, ids.collect()));
    }
    Ok(fitting.first().copied())
}

fn ambiguous(selector: &Selector, ids: Vec<String>) -> PlanError {
    PlanError::Ambiguous { name: selector.as_str().to_owned(), ids }
}

/// The groups that a target's name stands for: one, all that fit a pattern, or what became of it.
fn find_groups(tenant: &Tenant, selector: &Selector) -> Result<Vec<Found>, PlanError> {
    let listed = || tenant.groups().filter(|(_, group)| group.listed);
    if let Some((index, _)) = listed().find(|(_, group)| selector.is_id(group.id.0)) {
        return Ok(vec![Found::Group(index)]);
    }
    if selector.is_pattern() {
        let fitting: Vec<Found> = groups_fitting(tenant, selector).map(Found::Group).collect();
        if !fitting.is_empty() {
            return Ok(fitting);
        }
    } else if let Some(group) = the_group_named(tenant, selector)? {
        return Ok(vec![Found::Group(group)]);
    }
    if !tenant.groups_complete() {
        return Ok(vec![Found::Unread]);
    }
    // Where no group at all shows its name, names were kept from us.
    let nameless = listed().all(|(_, group)| group.display_name.is_none());
    let nothing = match listed().next() {
        Some((index, _)) if nameless && !selector.is_any_id() => Found::Nameless(index),
        _ => Found::Nothing,
    };
    if selector.is_pattern() {
        return Ok(vec![nothing]);
    }
    let deleted: Vec<usize> = tenant
        .deleted_groups()
        .iter()
        .enumerate()
        .filter(|(_, group)| selector.matches(group.id.0, [group.display_name.as_deref()]))
        .map(|(place, _)| place)
        .collect();
    // Of several with one name the one that was deleted last is meant; what to do is the same for all.
    let last = deleted.into_iter().max_by_key(|place| tenant.deleted_groups()[*place].deleted.clone());
    Ok(vec![last.map_or(nothing, Found::Deleted)])
}

fn find_requirement(tenant: &Tenant, target: &str, demand: &Demand) -> Result<Requirement, PlanError> {
    let selector = match demand {
        Demand::Suite(suite, edition) => return Ok(Requirement::Suite(*suite, *edition)),
        Demand::Sku(selector) => selector,
    };
    if let Some(id) = SkuId::parse(selector.as_str()) {
        return Ok(Requirement::Sku(id, tenant.find_sku(id)));
    }
    let owned: Vec<SkuId> = tenant
        .skus()
        .filter(|(_, sku)| {
            let part_number = sku.owned.as_ref().and_then(|owned| owned.part_number.as_deref());
            selector.matches_sku(sku.id, part_number)
        })
        .map(|(_, sku)| sku.id)
        .collect();
    let known = || catalogue::products_with_part_number(selector.as_str());
    let ids =
        if owned.is_empty() { known().iter().map(|product| SkuId(product.sku)).collect() } else { owned };
    match ids[..] {
        [id] => Ok(Requirement::Sku(id, tenant.find_sku(id))),
        [] => {
            let parts = tenant.skus().filter_map(|(index, _)| tenant.part_number(index));
            let near = crate::plan::nearest(selector.as_str(), ["office365", "ems"].into_iter().chain(parts));
            let hint = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "require office365, ems, a part number or a SKU id".to_owned(),
            };
            Err(PlanError::UnknownRequirement {
                target: target.to_owned(),
                requirement: selector.as_str().to_owned(),
                hint,
                skus_unread: !tenant.skus_complete(),
            })
        }
        _ => Err(PlanError::AmbiguousRequirement {
            target: target.to_owned(),
            requirement: selector.as_str().to_owned(),
            ids,
        }),
    }
}
