//! The words of design section 4, read from the JSON that was received.
//!
//! Everything is brought to lower case once, here, so that the criteria can compare plainly. Nothing is
//! judged in this file; it answers who is a member of what, what a SKU contains and whether it can be used.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::plan::Plan;
use crate::world::{Asked, Coverage, World};

pub(crate) type Ids = BTreeSet<String>;

/// `M365_ADVANCED_AUDITING`, the mark of an E5 SKU.
pub(crate) const ADVANCED_AUDITING: &str = "2f442157-a11c-46b9-ae5b-6e39ff4e5849";
/// Exchange Plan 2 in its variants.
pub(crate) const EXCHANGE: &[&str] =
    &["efb87545-963c-4e0d-99df-69c6916d9eb0", "8c3069c0-ccdb-44be-ab77-986203a67df2"];
/// SharePoint Plan 2 in its variants.
pub(crate) const SHAREPOINT: &[&str] = &[
    "5dbe027f-2339-4123-9542-606e4d348a72",
    "153f85dd-d912-4762-af6c-d6e0fb4f6692",
    "63038b2c-28d0-45f6-bc36-33062963b498",
];
/// Microsoft 365 Apps in its variants.
pub(crate) const APPS: &[&str] =
    &["43de0ff5-c92c-492b-9116-175376d08c38", "de9234ff-6483-44d9-b15e-dca72fdd27af"];
/// Entra ID P1.
pub(crate) const ENTRA_P1: &[&str] = &["41781fb2-bc02-4b7c-bd55-b576c07bb09d"];
/// Intune in its variants.
pub(crate) const INTUNE: &[&str] = &[
    "c1ec4a95-1f05-45b3-a911-aa3fa01094f5",
    "3e170737-c728-4eae-bbb9-3f3360f7184c",
    "d216f254-796f-4dab-bbfa-710686e646b9",
];
/// Azure Information Protection P1 in its variants.
pub(crate) const AIP_P1: &[&str] =
    &["6c57d4b6-3b23-47a5-9bc9-69f17b4947b3", "1b66aedf-8ca1-4f73-af76-ec76c6180f98"];
/// Entra ID P2.
pub(crate) const ENTRA_P2: &[&str] = &["eec0eb4f-6444-4f95-aba0-50c24d67f998"];
/// Azure Information Protection P2 in its variants.
pub(crate) const AIP_P2: &[&str] =
    &["5689bec4-755d-4753-8b61-40975025187c", "5400a66d-eaa5-427d-80f2-0f26d59d8fce"];
/// Defender for Cloud Apps in its variants.
pub(crate) const CLOUD_APPS: &[&str] =
    &["2e2ddb96-6af9-4b1d-a3f0-d6ecfd22edb2", "6ebdddb7-8e55-4af2-952b-69e77262f96c"];
/// Defender for Identity.
pub(crate) const DEFENDER_IDENTITY: &[&str] = &["14ab5db5-e6c4-4b20-b4bc-13e36fd2227f"];

/// What a target has to hand out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Requirement {
    /// Office 365, edition E5 or not.
    Office { e5: bool },
    /// Enterprise Mobility + Security, edition E5 or not.
    Ems { e5: bool },
    /// Exactly this SKU.
    Sku(String),
}

impl Requirement {
    /// The SKU that a finding names: the one required, none for a suite.
    pub(crate) fn sku(&self) -> Option<String> {
        match self {
            Requirement::Sku(sku) => Some(sku.clone()),
            _ => None,
        }
    }

    /// For every part of the suite the plans of which one must be there.
    fn parts(&self) -> Vec<&'static [&'static str]> {
        match self {
            Requirement::Office { .. } => vec![EXCHANGE, SHAREPOINT, APPS],
            Requirement::Ems { e5: false } => vec![ENTRA_P1, INTUNE, AIP_P1],
            Requirement::Ems { e5: true } => {
                vec![ENTRA_P1, INTUNE, AIP_P1, ENTRA_P2, AIP_P2, CLOUD_APPS, DEFENDER_IDENTITY]
            }
            Requirement::Sku(_) => vec![],
        }
    }
}

/// A SKU as somebody has it: with the plans that are switched on, or unknown plans.
#[derive(Debug, Clone)]
pub(crate) struct Holding {
    pub(crate) sku: String,
    /// Every plan of the SKU; `None` when neither the tenant nor the catalogue lists them.
    pub(crate) all: Option<Ids>,
    /// Those switched off here.
    pub(crate) disabled: Ids,
    /// Codes (with the SKU, or without) that make this holding uncertain.
    pub(crate) doubts: BTreeSet<(&'static str, Option<String>)>,
}

impl Holding {
    fn on(&self) -> Ids {
        match &self.all {
            Some(all) => all.difference(&self.disabled).cloned().collect(),
            None => Ids::new(),
        }
    }

    /// The same SKU with everything switched on.
    pub(crate) fn all_on(&self) -> Holding {
        Holding { disabled: Ids::new(), ..self.clone() }
    }
}

/// Whether something holds, or what has to be known first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Answer {
    Yes,
    No,
    Unknown(BTreeSet<(&'static str, Option<String>)>),
}

/// Is the requirement met by exactly these holdings, taken as certain?
fn met(requirement: &Requirement, holdings: &[Holding]) -> bool {
    if let Requirement::Sku(sku) = requirement {
        return holdings.iter().any(|holding| holding.sku == *sku);
    }
    // The union of what is switched on.
    let mut on = Ids::new();
    for holding in holdings {
        on.extend(holding.on());
    }
    for part in requirement.parts() {
        if !part.iter().any(|plan| on.contains(*plan)) {
            return false;
        }
    }
    if *requirement == (Requirement::Office { e5: true }) {
        // Office 365 E5: one SKU has to give Exchange and contain advanced auditing, switched on or not.
        return holdings.iter().any(|holding| {
            let all = holding.all.clone().unwrap_or_default();
            let on = holding.on();
            EXCHANGE.iter().any(|plan| on.contains(*plan)) && all.contains(ADVANCED_AUDITING)
        });
    }
    true
}

/// The same with doubtful holdings: what is certain first, then what could be at best.
pub(crate) fn answer(requirement: &Requirement, holdings: &[Holding]) -> Answer {
    let certain: Vec<Holding> =
        holdings.iter().filter(|holding| holding_is_certain(requirement, holding)).cloned().collect();
    if met(requirement, &certain) {
        return Answer::Yes;
    }
    // At best a SKU of unknown contents holds everything that a suite asks for.
    let mut everything: Ids = Ids::from([ADVANCED_AUDITING.to_owned()]);
    for part in requirement.parts() {
        everything.extend(part.iter().map(|plan| (*plan).to_owned()));
    }
    let mut best = vec![];
    let mut doubts = BTreeSet::new();
    for holding in holdings {
        let mut hopeful = holding.clone();
        if hopeful.all.is_none() {
            hopeful.all = Some(everything.clone());
            hopeful.disabled = Ids::new();
        }
        // Only a doubt that touches the requirement is worth naming.
        let on = hopeful.on();
        let touches = match requirement {
            Requirement::Sku(sku) => holding.sku == *sku,
            _ => requirement.parts().iter().any(|part| part.iter().any(|plan| on.contains(*plan))),
        };
        if touches && !holding_is_certain(requirement, holding) {
            for doubt in &holding.doubts {
                if doubt.0 != "sku-plans-missing" || !matches!(requirement, Requirement::Sku(_)) {
                    doubts.insert(doubt.clone());
                }
            }
        }
        best.push(hopeful);
    }
    if met(requirement, &best) { Answer::Unknown(doubts) } else { Answer::No }
}

/// A SKU requirement does not look at plans, so unknown plans leave it certain.
fn holding_is_certain(requirement: &Requirement, holding: &Holding) -> bool {
    match requirement {
        Requirement::Sku(_) => holding.doubts.iter().all(|doubt| doubt.0 == "sku-plans-missing"),
        _ => holding.doubts.is_empty(),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Active,
    ActiveWithError,
    Disabled,
    Error,
    Unrecognised,
}

/// One element of `licenseAssignmentStates`, the best of its SKU and source.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) sku: String,
    /// The group, `None` for a direct assignment.
    pub(crate) source: Option<String>,
    pub(crate) state: State,
    /// Lower case, `others` told as `other`; `None` means no error.
    pub(crate) error: Option<String>,
    pub(crate) disabled: Ids,
}

impl Entry {
    /// Active or ActiveWithError: the seat is held.
    pub(crate) fn holds(&self) -> bool {
        matches!(self.state, State::Active | State::ActiveWithError)
    }

    /// 4 "Entry": which of two is the better.
    fn rank(&self) -> u8 {
        match (self.state, &self.error) {
            (State::Active, None) => 0,
            (State::Active, Some(_)) => 1,
            (State::ActiveWithError, _) => 2,
            _ => 3,
        }
    }
}

#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of the object, told by Graph")]
pub(crate) struct User {
    pub(crate) upn: Option<String>,
    pub(crate) name: Option<String>,
    /// B2B by its marks, whatever `userType` says.
    pub(crate) external: bool,
    pub(crate) guest_type: bool,
    pub(crate) disabled_account: bool,
    pub(crate) has_location: bool,
    /// `None` when `licenseAssignmentStates` was null or absent.
    pub(crate) entries: Option<Vec<Entry>>,
}

impl User {
    /// Entries, none where they are not known.
    pub(crate) fn known_entries(&self) -> &[Entry] {
        self.entries.as_deref().unwrap_or(&[])
    }

    /// The entry of this SKU from this source.
    pub(crate) fn entry(&self, sku: &str, source: Option<&str>) -> Option<&Entry> {
        self.known_entries().iter().find(|entry| entry.sku == sku && entry.source.as_deref() == source)
    }
}

/// What is known of a member.
#[derive(Debug, Clone)]
pub(crate) enum Person {
    /// Properties were read.
    Read(User),
    /// Only id and type came back.
    Limited,
    /// Missing in a user list that was not read to its end.
    Unread,
    /// Asked for by id, and not there any more.
    Gone,
}

#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of the object, told by Graph")]
pub(crate) struct Group {
    pub(crate) name: Option<String>,
    pub(crate) security_enabled: Option<bool>,
    pub(crate) mail_enabled: bool,
    pub(crate) unified: bool,
    pub(crate) dynamic: bool,
    pub(crate) rule: Option<String>,
    pub(crate) rule_paused: bool,
    pub(crate) hidden: bool,
    /// Assigned SKUs with the plans switched off, excluded SKUs left out.
    pub(crate) licenses: BTreeMap<String, Ids>,
    /// Whether anything is assigned at all, excluded SKUs counted too.
    pub(crate) any_license: bool,
    pub(crate) processing_complete: bool,
    pub(crate) excluded: bool,
    /// `None` when no target names this group.
    pub(crate) requirements: Option<Vec<Requirement>>,
    /// The member list was read to its end.
    pub(crate) members_complete: bool,
    /// Direct user members, gone ones left out.
    pub(crate) members: Ids,
    /// Direct member groups.
    pub(crate) nested: Ids,
}

impl Group {
    pub(crate) fn licensed(&self) -> bool {
        !self.licenses.is_empty()
    }

    pub(crate) fn target(&self) -> bool {
        self.requirements.is_some()
    }

    pub(crate) fn in_scope(&self) -> bool {
        !self.excluded && (self.target() || self.licensed())
    }

    /// 4 "Complete": said of licensed groups only.
    pub(crate) fn still_processing(&self) -> bool {
        self.licensed() && !self.processing_complete
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Sku {
    pub(crate) part: Option<String>,
    /// `appliesTo` is User or null.
    pub(crate) for_users: bool,
    /// Lower case; `None` when null or not one of the five words.
    pub(crate) status: Option<String>,
    pub(crate) enabled: Option<i64>,
    pub(crate) warning: Option<i64>,
    pub(crate) consumed: Option<i64>,
    pub(crate) plans: Ids,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Usability {
    Usable,
    NotUsable,
    NotOwned,
    /// The code of the gap.
    Unknown(&'static str),
}

/// What a `[[target]]` turned out to be.
#[derive(Debug, Clone)]
pub(crate) enum Found {
    Groups(Ids),
    /// In the recycle bin.
    Deleted(String),
    Nothing,
}

/// The tenant, read.
pub(crate) struct Facts<'a> {
    pub(crate) world: &'a World,
    pub(crate) groups: BTreeMap<String, Group>,
    /// Id to name of what is in the recycle bin.
    pub(crate) deleted: BTreeMap<String, Option<String>>,
    people: BTreeMap<String, Person>,
    skus: BTreeMap<String, Sku>,
    pub(crate) excluded_skus: Ids,
    /// Per target of the plan: the name as written, what it is, whether all of it is excluded.
    pub(crate) targets: Vec<(String, Found, bool)>,
    pub(crate) seats_read: bool,
    pub(crate) users_complete: bool,
    pub(crate) groups_complete: bool,
}

pub(crate) fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).map(str::to_owned)
}

pub(crate) fn lower(value: &Value, key: &str) -> Option<String> {
    text(value, key).map(|text| text.to_lowercase())
}

pub(crate) fn rows<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn ids(value: &Value, key: &str) -> Ids {
    rows(value, key).iter().filter_map(Value::as_str).map(str::to_lowercase).collect()
}

/// A name with `*` for any run of characters.
fn fits(pattern: &str, name: &str) -> bool {
    let pieces: Vec<&str> = pattern.split('*').collect();
    if pieces.len() == 1 {
        return pattern == name;
    }
    let (first, last) = (pieces[0], pieces[pieces.len() - 1]);
    if name.len() < first.len() + last.len() || !name.starts_with(first) || !name.ends_with(last) {
        return false;
    }
    let mut rest = &name[first.len()..name.len() - last.len()];
    for piece in &pieces[1..pieces.len() - 1] {
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    true
}

/// Does the configured text name this object, by id, name or pattern?
pub(crate) fn names(configured: &str, id: &str, name: Option<&str>) -> bool {
    let configured = configured.to_lowercase();
    configured == id || name.is_some_and(|name| fits(&configured, &name.to_lowercase()))
}

/// 4 "Limited member": everything but id and type is null or absent.
fn says_something(user: &Value) -> bool {
    user.as_object().is_some_and(|properties| {
        properties.iter().any(|(key, value)| key != "id" && !key.starts_with("@odata.") && !value.is_null())
    })
}

fn read_user(user: &Value) -> User {
    let upn = lower(user, "userPrincipalName");
    // 4.2 "External": any of the three marks.
    let external = lower(user, "creationType").as_deref() == Some("invitation")
        || text(user, "externalUserState").is_some_and(|state| !state.is_empty())
        || upn.as_deref().is_some_and(|upn| upn.contains("#ext#"));
    let entries = user.get("licenseAssignmentStates").and_then(Value::as_array).map(|states| {
        let mut best: Vec<Entry> = vec![];
        for state in states {
            // 4 "Entry": one without a SKU is ignored.
            let Some(sku) = lower(state, "skuId") else { continue };
            let error = lower(state, "error").filter(|error| !error.is_empty() && error != "none");
            let entry = Entry {
                sku,
                source: lower(state, "assignedByGroup"),
                state: match lower(state, "state").as_deref() {
                    Some("active") => State::Active,
                    Some("activewitherror") => State::ActiveWithError,
                    Some("disabled") => State::Disabled,
                    Some("error") => State::Error,
                    _ => State::Unrecognised,
                },
                error: error.map(|error| if error == "others" { "other".to_owned() } else { error }),
                disabled: ids(state, "disabledPlans"),
            };
            // Of two for one SKU and source the better counts, the first of equals.
            match best.iter_mut().find(|other| other.sku == entry.sku && other.source == entry.source) {
                Some(other) if entry.rank() < other.rank() => *other = entry,
                Some(_) => {}
                None => best.push(entry),
            }
        }
        best
    });
    User {
        upn,
        name: lower(user, "displayName"),
        external,
        guest_type: lower(user, "userType").as_deref() == Some("guest"),
        disabled_account: user.get("accountEnabled") == Some(&Value::Bool(false)),
        has_location: text(user, "usageLocation").is_some_and(|location| !location.is_empty()),
        entries,
    }
}

fn read_sku(sku: &Value) -> Sku {
    let units = sku.get("prepaidUnits").unwrap_or(&Value::Null);
    let number = |value: &Value, key: &str| value.get(key).and_then(Value::as_i64);
    let known = ["enabled", "warning", "suspended", "lockedout", "deleted"];
    Sku {
        part: lower(sku, "skuPartNumber"),
        for_users: lower(sku, "appliesTo").is_none_or(|applies| applies == "user"),
        status: lower(sku, "capabilityStatus").filter(|status| known.contains(&status.as_str())),
        enabled: number(units, "enabled"),
        warning: number(units, "warning"),
        consumed: number(sku, "consumedUnits"),
        // 4 "SKU plans": every row, whatever its status or what it applies to.
        plans: rows(sku, "servicePlans").iter().filter_map(|plan| lower(plan, "servicePlanId")).collect(),
    }
}

fn read_group(group: &Value, excluded_skus: &Ids) -> Group {
    let kinds: Ids = ids(group, "groupTypes");
    // The same SKU twice on a group: the disabled plans common to both.
    let mut assigned: BTreeMap<String, Ids> = BTreeMap::new();
    for license in rows(group, "assignedLicenses") {
        let Some(sku) = lower(license, "skuId") else { continue };
        let disabled = ids(license, "disabledPlans");
        match assigned.get_mut(&sku) {
            Some(already) => *already = already.intersection(&disabled).cloned().collect(),
            None => {
                assigned.insert(sku, disabled);
            }
        }
    }
    let any_license = !assigned.is_empty();
    // 4 "Excluded": an excluded SKU is assigned by nobody.
    assigned.retain(|sku, _| !excluded_skus.contains(sku));
    // 4 "Complete": the state is an object or a bare string.
    let state = match group.get("licenseProcessingState") {
        Some(Value::String(state)) => Some(state.to_lowercase()),
        Some(state) => lower(state, "state"),
        None => None,
    };
    Group {
        name: text(group, "displayName"),
        security_enabled: group.get("securityEnabled").and_then(Value::as_bool),
        mail_enabled: group.get("mailEnabled") == Some(&Value::Bool(true)),
        unified: kinds.contains("unified"),
        dynamic: kinds.contains("dynamicmembership"),
        rule: text(group, "membershipRule"),
        rule_paused: lower(group, "membershipRuleProcessingState").as_deref() == Some("paused"),
        hidden: lower(group, "visibility").as_deref() == Some("hiddenmembership"),
        licenses: assigned,
        any_license,
        processing_complete: state.as_deref() == Some("processingcomplete"),
        excluded: false,
        requirements: None,
        members_complete: false,
        members: Ids::new(),
        nested: Ids::new(),
    }
}

impl<'a> Facts<'a> {
    pub(crate) fn read(world: &'a World, plan: &'a Plan) -> Facts<'a> {
        let seats_read = world.subscribed_skus.coverage == Coverage::Complete;
        let mut skus = BTreeMap::new();
        if seats_read {
            for sku in &world.subscribed_skus.rows {
                if let Some(id) = lower(sku, "skuId") {
                    skus.entry(id).or_insert_with(|| read_sku(sku));
                }
            }
        }
        let mut facts = Facts {
            world,
            groups: BTreeMap::new(),
            deleted: BTreeMap::new(),
            people: BTreeMap::new(),
            skus,
            excluded_skus: Ids::new(),
            targets: vec![],
            seats_read,
            users_complete: world.users.coverage == Coverage::Complete,
            groups_complete: world.groups.coverage == Coverage::Complete,
        };
        facts.excluded_skus = plan.exclude_skus.iter().map(|sku| facts.sku_named(sku)).collect();
        for group in &world.groups.rows {
            if let Some(id) = lower(group, "id") {
                facts.groups.entry(id).or_insert_with(|| read_group(group, &facts.excluded_skus));
            }
        }
        for group in &world.deleted_groups.rows {
            if let Some(id) = lower(group, "id") {
                facts.deleted.entry(id).or_insert_with(|| text(group, "displayName"));
            }
        }
        facts.resolve_targets(plan);
        facts.read_members();
        facts
    }

    /// A SKU by id or by part number, in the tenant first and then in the catalogue.
    pub(crate) fn sku_named(&self, configured: &str) -> String {
        let wanted = configured.to_lowercase();
        for (id, sku) in &self.skus {
            if sku.part.as_deref() == Some(&wanted) {
                return id.clone();
            }
        }
        for (id, sku) in &self.world.catalogue {
            if sku.part_number.to_lowercase() == wanted {
                return id.clone();
            }
        }
        wanted
    }

    fn requirement(&self, configured: &str, edition: Option<&str>) -> Requirement {
        let wanted = configured.to_lowercase();
        let (name, own_edition) = match wanted.split_once(':') {
            Some((name, edition)) => (name.to_owned(), Some(edition.to_owned())),
            None => (wanted.clone(), None),
        };
        let edition = own_edition.or(edition.map(str::to_lowercase)).unwrap_or_else(|| "e3".to_owned());
        match name.as_str() {
            "office365" => Requirement::Office { e5: edition == "e5" },
            "ems" => Requirement::Ems { e5: edition == "e5" },
            _ => Requirement::Sku(self.sku_named(configured)),
        }
    }

    fn resolve_targets(&mut self, plan: &Plan) {
        let excluded =
            |id: &str, name: Option<&str>| plan.exclude_groups.iter().any(|text| names(text, id, name));
        for (id, group) in &mut self.groups {
            group.excluded = excluded(id, group.name.as_deref());
        }
        for target in &plan.targets {
            let live: Ids = self
                .groups
                .iter()
                .filter(|(id, group)| names(&target.group, id, group.name.as_deref()))
                .map(|(id, _)| id.clone())
                .collect();
            if live.is_empty() {
                // Names (not patterns) are looked up in the recycle bin too.
                let bin = self.deleted.iter().find(|(id, name)| {
                    let wanted = target.group.to_lowercase();
                    **id == wanted || name.as_ref().is_some_and(|name| name.to_lowercase() == wanted)
                });
                let (found, out) = match bin {
                    Some((id, name)) => (Found::Deleted(id.clone()), excluded(id, name.as_deref())),
                    None => (Found::Nothing, false),
                };
                self.targets.push((target.group.clone(), found, out));
                continue;
            }
            let default = vec!["office365".to_owned(), "ems".to_owned()];
            let mut requirements: Vec<Requirement> = vec![];
            for wanted in target.require.as_ref().unwrap_or(&default) {
                let requirement = self.requirement(wanted, target.edition.as_deref());
                if !requirements.contains(&requirement) {
                    requirements.push(requirement);
                }
            }
            for id in &live {
                self.groups.get_mut(id).expect("it was just found").requirements = Some(requirements.clone());
            }
            let out = live.iter().all(|id| self.groups[id].excluded);
            self.targets.push((target.group.clone(), Found::Groups(live), out));
        }
    }

    /// 4 "Member" and "Limited member": who is in which group, and who is asked for by id.
    fn read_members(&mut self) {
        for user in &self.world.users.rows {
            let Some(id) = lower(user, "id") else { continue };
            let person = if says_something(user) { Person::Read(read_user(user)) } else { Person::Limited };
            self.people.entry(id).or_insert(person);
        }
        for (id, group) in &mut self.groups {
            let Some(list) = self.world.members.get(id) else { continue };
            group.members_complete = list.coverage == Coverage::Complete;
            for member in &list.rows {
                let Some(member_id) = lower(member, "id") else { continue };
                match lower(member, "@odata.type").as_deref() {
                    Some("#microsoft.graph.user") => group.members.insert(member_id),
                    Some("#microsoft.graph.group") => group.nested.insert(member_id),
                    // Devices, service principals and contacts are no members.
                    _ => false,
                };
            }
        }
        // Only members of groups that are read for the judgement are asked for by id.
        let mut read_groups = Ids::new();
        for (id, group) in &self.groups {
            if group.in_scope() {
                read_groups.insert(id.clone());
                read_groups.extend(self.below(id));
            }
        }
        let mut members = Ids::new();
        for id in &read_groups {
            members.extend(self.groups.get(id).map(|group| group.members.clone()).unwrap_or_default());
        }
        for id in members {
            let ask = match self.people.get(&id) {
                Some(Person::Limited) => true,
                Some(_) => false,
                None => self.users_complete,
            };
            if !ask {
                continue;
            }
            let person = match self.world.asked.get(&id) {
                Some(Asked::Gone) => Person::Gone,
                Some(Asked::Found(user)) if says_something(user) => Person::Read(read_user(user)),
                _ => Person::Limited,
            };
            self.people.insert(id, person);
        }
        for group in self.groups.values_mut() {
            group.members.retain(|id| !matches!(self.people.get(id), Some(Person::Gone)));
        }
    }

    pub(crate) fn person(&self, id: &str) -> &Person {
        // Absent from a complete list and never asked for: only members of unread groups, who are not judged.
        let absent = if self.users_complete { &Person::Limited } else { &Person::Unread };
        self.people.get(id).unwrap_or(absent)
    }

    /// Every user whose properties are known.
    pub(crate) fn users(&self) -> impl Iterator<Item = (&String, &User)> {
        self.people.iter().filter_map(|(id, person)| match person {
            Person::Read(user) => Some((id, user)),
            _ => None,
        })
    }

    /// Every group nested below this one at any depth, itself left out; cycles end.
    pub(crate) fn below(&self, top: &str) -> Ids {
        let mut seen = Ids::new();
        let mut next: Vec<String> = vec![top.to_owned()];
        while let Some(id) = next.pop() {
            let Some(group) = self.groups.get(&id) else { continue };
            for nested in &group.nested {
                if nested != top && seen.insert(nested.clone()) {
                    next.push(nested.clone());
                }
            }
        }
        seen
    }

    pub(crate) fn in_scope(&self) -> impl Iterator<Item = (&String, &Group)> {
        self.groups.iter().filter(|(_, group)| group.in_scope())
    }

    pub(crate) fn licensed_in_scope(&self) -> impl Iterator<Item = (&String, &Group)> {
        self.in_scope().filter(|(_, group)| group.licensed())
    }

    /// Does any member of the group have readable properties?
    pub(crate) fn shows_somebody(&self, group: &Group) -> bool {
        group.members.iter().any(|id| matches!(self.person(id), Person::Read(_)))
    }

    /// 4.2 "membership-hidden".
    pub(crate) fn membership_hidden(&self, group: &Group) -> bool {
        group.hidden && !self.shows_somebody(group)
    }

    pub(crate) fn sku(&self, sku: &str) -> Option<&Sku> {
        self.skus.get(sku)
    }

    /// `appliesTo` is User or null; a SKU that is not owned says nothing else.
    pub(crate) fn for_users(&self, sku: &str) -> bool {
        self.skus.get(sku).is_none_or(|sku| sku.for_users)
    }

    /// 4 "Usable SKU".
    pub(crate) fn usability(&self, id: &str) -> Usability {
        if !self.seats_read {
            return Usability::Unknown("seats-unreadable");
        }
        let Some(sku) = self.skus.get(id) else { return Usability::NotOwned };
        match sku.status.as_deref() {
            None => Usability::Unknown("sku-unreadable"),
            Some("enabled" | "warning") => {
                let known = sku.enabled.unwrap_or(0) + sku.warning.unwrap_or(0);
                if known > 0 {
                    Usability::Usable
                } else if sku.enabled.is_none() || sku.warning.is_none() {
                    Usability::Unknown("seat-counters-missing")
                } else {
                    Usability::NotUsable
                }
            }
            Some(_) => Usability::NotUsable,
        }
    }

    /// 4 "SKU plans": the tenant's own rows, else the catalogue's, else unknown.
    pub(crate) fn plans(&self, id: &str) -> Option<Ids> {
        if let Some(sku) = self.skus.get(id)
            && !sku.plans.is_empty()
        {
            return Some(sku.plans.clone());
        }
        self.world.catalogue.get(id).map(|sku| sku.plans.clone())
    }

    /// A SKU with these plans off; unknown plans are a doubt. Usability is not looked at.
    pub(crate) fn holding(&self, sku: &str, disabled: &Ids) -> Holding {
        let all = self.plans(sku);
        let mut doubts = BTreeSet::new();
        if all.is_none() {
            doubts.insert(("sku-plans-missing", Some(sku.to_owned())));
        }
        Holding { sku: sku.to_owned(), all, disabled: disabled.clone(), doubts }
    }

    /// The same for a SKU that counts only when it is usable; `None` when it is not.
    pub(crate) fn usable_holding(&self, sku: &str, disabled: &Ids) -> Option<Holding> {
        let mut holding = self.holding(sku, disabled);
        match self.usability(sku) {
            Usability::Usable => {}
            Usability::NotUsable | Usability::NotOwned => return None,
            Usability::Unknown("seats-unreadable") => {
                holding.doubts.insert(("seats-unreadable", None));
            }
            Usability::Unknown(code) => {
                holding.doubts.insert((code, Some(sku.to_owned())));
            }
        }
        Some(holding)
    }

    /// Do these two leave different plans switched on?
    pub(crate) fn plans_differ(&self, sku: &str, one: &Ids, other: &Ids) -> bool {
        match self.plans(sku) {
            Some(all) => {
                let one_on: Ids = all.difference(one).cloned().collect();
                let other_on: Ids = all.difference(other).cloned().collect();
                one_on != other_on
            }
            None => one != other,
        }
    }

    /// 4 "Pending entries" of a user: group, SKU and the plans the group switches off.
    pub(crate) fn pending(&self, user_id: &str, user: &User) -> Vec<(String, String, Ids)> {
        let mut pending = vec![];
        for (group_id, group) in self.licensed_in_scope() {
            if !group.still_processing() || !group.members.contains(user_id) {
                continue;
            }
            for (sku, disabled) in &group.licenses {
                if !self.for_users(sku) {
                    continue;
                }
                let is_pending = match user.entry(sku, Some(group_id)) {
                    None => true,
                    Some(entry) => {
                        entry.state == State::Active && self.plans_differ(sku, &entry.disabled, disabled)
                    }
                };
                if is_pending {
                    pending.push((group_id.clone(), sku.clone(), disabled.clone()));
                }
            }
        }
        pending
    }

    /// 4 "A gap suppresses": what may be pending too, where a group that is still processing was not seen whole.
    pub(crate) fn maybe_pending(&self, user_id: &str) -> Vec<(String, String, Ids)> {
        let mut maybe = vec![];
        for (group_id, group) in self.licensed_in_scope() {
            let seen_whole = group.members_complete && !self.membership_hidden(group);
            if !group.still_processing() || seen_whole || group.members.contains(user_id) {
                continue;
            }
            for (sku, disabled) in &group.licenses {
                if self.for_users(sku) {
                    maybe.push((group_id.clone(), sku.clone(), disabled.clone()));
                }
            }
        }
        maybe
    }

    /// 4.1 "group-licenses-unreadable".
    pub(crate) fn group_licenses_unreadable(&self) -> bool {
        if self.groups.values().any(|group| group.any_license) {
            return false;
        }
        // Groups in scope and those nested in them: there the user has to be a member.
        let mut members_known = Ids::new();
        for (id, _) in self.in_scope() {
            members_known.insert(id.clone());
            members_known.extend(self.below(id));
        }
        for (user_id, user) in self.users() {
            for entry in user.known_entries() {
                let Some(source) = &entry.source else { continue };
                let Some(group) = self.groups.get(source) else { continue };
                if !members_known.contains(source)
                    || group.members.contains(user_id)
                    || !group.members_complete
                {
                    return true;
                }
            }
        }
        false
    }
}
