//! Small tenants in sentences: `sales().user("ada").in_group("Sales").fails("Sales", "SPE_E3", "CountViolation")`.
//!
//! Objects are Graph's JSON and go through the library's own builder. Unless something else is said, the service
//! has done its work: a member has an `Active` entry for each license of his groups, and seats are counted from
//! what users hold. Whatever has a name in a story is spoken of by that name: see [`Judged`](crate::judged::Judged).

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Value, json};
use tollgate::catalogue;
use tollgate::pack::Pack;
use tollgate::plan::Config;
use tollgate::rules::{self, PlanError};
use tollgate::tenant::{Collection, Coverage, Decoded, GroupId, Run, Tenant, TenantBuilder, UserId};
use uuid::Uuid;

use crate::judged::Judged;

/// The clock of every story that does not say otherwise.
pub(crate) const AS_OF: &str = "2026-11-16T08:00:00Z";

/// A tenant that is being told. `set` and the like speak of what was mentioned last.
#[derive(Clone, Default)]
pub(crate) struct Story {
    skus: Vec<Value>,
    subscriptions: Vec<Value>,
    groups: Vec<Group>,
    deleted: Vec<Value>,
    users: Vec<User>,
    cut_off: Vec<Collection>,
    plan: String,
    as_of: Option<&'static str>,
    focus: Focus,
}

#[derive(Clone, Copy, Default)]
enum Focus {
    #[default]
    Nothing,
    Sku(usize),
    Subscription(usize),
    Group(usize),
    User(usize),
    Entry(usize, usize),
}

#[derive(Clone)]
struct Group {
    name: String,
    object: Value,
    inside: Vec<Value>,
    members_read: bool,
}

#[derive(Clone)]
struct User {
    name: String,
    object: Value,
    groups: Vec<String>,
    overlooked_by: Vec<String>,
    entries: Vec<Value>,
    seen: Seen,
}

/// How a user comes to be known.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Seen {
    InTheList,
    ByIdOnly,
    Nowhere,
    Gone,
}

pub(crate) fn tenant() -> Story {
    Story::default()
}

/// Ten seats of Microsoft 365 E3, handed out by the group Sales: nothing is wrong with it.
pub(crate) fn sales() -> Story {
    tenant().owns("SPE_E3", 10).group("Sales").grants("SPE_E3")
}

pub(crate) fn id_of(kind: &str, name: &str) -> Uuid {
    // FNV-1a, 128 bits: the same name gives the same id in every run.
    let hash = [kind, "/", name]
        .iter()
        .flat_map(|part| part.bytes())
        .fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128, |hash, byte| {
            (hash ^ u128::from(byte)).wrapping_mul(0x0100_0000_0000_0000_0000_013b)
        });
    Uuid::from_u128(hash)
}

/// The id of a product: Microsoft's, or one of our own where Microsoft has none of that name.
pub(crate) fn sku_id(part_number: &str) -> Uuid {
    let known = catalogue::products_with_part_number(part_number);
    known.first().map_or_else(|| id_of("sku", part_number), |product| Uuid::from_u128(product.sku))
}

fn plan_id(part_number: &str, plan: &str) -> String {
    let products = catalogue::products_with_part_number(part_number);
    let mut plans = products.first().expect("a product of the catalogue").plans();
    let found = plans.find(|id| catalogue::plan_name(*id) == Some(plan));
    text(Uuid::from_u128(found.unwrap_or_else(|| panic!("{part_number} has no plan {plan}"))))
}

fn plan_ids(part_number: &str, plans: &[&str]) -> Vec<String> {
    plans.iter().map(|plan| plan_id(part_number, plan)).collect()
}

fn text(id: Uuid) -> String {
    id.hyphenated().to_string()
}

fn group_id(name: &str) -> String {
    Uuid::try_parse(name).map_or_else(|_| text(id_of("group", name)), text)
}

impl Story {
    // Products

    /// The tenant has seats of a product, all in force.
    pub(crate) fn owns(mut self, part_number: &str, seats: i64) -> Self {
        let sku = text(sku_id(part_number));
        let known = catalogue::products_with_part_number(part_number);
        let plans: Vec<Value> = known
            .first()
            .into_iter()
            .flat_map(|product| product.plans())
            .map(|plan| {
                json!({ "servicePlanId": text(Uuid::from_u128(plan)), "servicePlanName": catalogue::plan_name(plan),
                    "provisioningStatus": "Success", "appliesTo": "User" })
            })
            .collect();
        self.focus = Focus::Sku(self.skus.len());
        self.skus.push(json!({
            "id": format!("{}_{sku}", self.skus.len()), "skuId": sku, "skuPartNumber": part_number,
            "appliesTo": "User", "capabilityStatus": "Enabled", "servicePlans": plans,
            "prepaidUnits": { "enabled": seats, "warning": 0, "suspended": 0, "lockedOut": 0 },
        }));
        self
    }

    /// Speaks of a product again.
    pub(crate) fn product(mut self, part_number: &str) -> Self {
        let at = self.skus.iter().position(|sku| sku["skuPartNumber"] == part_number);
        self.focus = Focus::Sku(at.expect("the tenant owns it"));
        self
    }

    /// A subscription behind the seats, with its next date.
    pub(crate) fn subscription(mut self, part_number: &str, status: &str, next: &str) -> Self {
        self.focus = Focus::Subscription(self.subscriptions.len());
        let id = text(id_of("subscription", &self.subscriptions.len().to_string()));
        self.subscriptions.push(json!({
            "id": id, "skuId": text(sku_id(part_number)), "status": status, "totalLicenses": 10,
            "nextLifecycleDateTime": next,
        }));
        self
    }

    // Groups

    /// A security group, or the one of that name again.
    pub(crate) fn group(mut self, name: &str) -> Self {
        let at = self.groups.iter().position(|group| group.name == name).unwrap_or_else(|| {
            let object = json!({
                "id": group_id(name), "displayName": name, "groupTypes": [], "securityEnabled": true,
                "mailEnabled": false, "membershipRule": null, "membershipRuleProcessingState": null,
                "visibility": null, "assignedLicenses": [], "licenseProcessingState": null,
            });
            self.groups.push(Group { name: name.to_owned(), object, inside: Vec::new(), members_read: true });
            self.groups.len() - 1
        });
        self.focus = Focus::Group(at);
        self
    }

    pub(crate) fn grants(self, part_number: &str) -> Self {
        self.grants_without(part_number, &[])
    }

    /// It hands out a product with some plans switched off.
    pub(crate) fn grants_without(mut self, part_number: &str, plans: &[&str]) -> Self {
        let license =
            json!({ "skuId": text(sku_id(part_number)), "disabledPlans": plan_ids(part_number, plans) });
        let group = self.this_group();
        group.object["assignedLicenses"].as_array_mut().expect("a list").push(license);
        if group.object["licenseProcessingState"].is_null() {
            group.object["licenseProcessingState"] = json!({ "state": "ProcessingComplete" });
        }
        self
    }

    /// The service is not done with it.
    pub(crate) fn processing(self) -> Self {
        self.set("licenseProcessingState", json!({ "state": "ProcessingInProgress" }))
    }

    pub(crate) fn dynamic(self, rule: &str) -> Self {
        self.set("groupTypes", json!(["DynamicMembership"]))
            .set("membershipRule", rule)
            .set("membershipRuleProcessingState", "On")
    }

    /// Another group is a member of it.
    pub(crate) fn contains(mut self, nested: &str) -> Self {
        let member = json!({ "@odata.type": "#microsoft.graph.group", "id": group_id(nested) });
        self.this_group().inside.push(member);
        self
    }

    /// Something that is neither user nor group is a member of it.
    pub(crate) fn contains_device(mut self, name: &str) -> Self {
        let member = json!({ "@odata.type": "#microsoft.graph.device", "id": text(id_of("device", name)) });
        self.this_group().inside.push(member);
        self
    }

    /// Nobody asked for its members: the snapshot was taken for another plan.
    pub(crate) fn members_not_asked_for(mut self) -> Self {
        self.this_group().members_read = false;
        self
    }

    /// Reading its members broke off after those that are told of.
    pub(crate) fn members_cut_off(mut self) -> Self {
        let Focus::Group(at) = self.focus else { panic!("this speaks of a group") };
        let id = self.groups[at].object["id"].as_str().expect("an id").to_owned();
        self.cut_off.push(Collection::Members(GroupId::parse(&id).expect("an id")));
        self
    }

    /// A group in the recycle bin.
    pub(crate) fn deleted_group(mut self, name: &str, since: &str) -> Self {
        self.deleted.push(json!({ "id": group_id(name), "displayName": name, "deletedDateTime": since }));
        self
    }

    /// A group in the recycle bin that once had the name of one that lives.
    pub(crate) fn deleted_namesake(mut self, name: &str, since: &str) -> Self {
        let id = text(id_of("deleted group", name));
        self.deleted.push(json!({ "id": id, "displayName": name, "deletedDateTime": since }));
        self
    }

    // Users

    /// An account of the tenant's own, or the one of that name again.
    pub(crate) fn user(mut self, name: &str) -> Self {
        let at = self.users.iter().position(|user| user.name == name).unwrap_or_else(|| {
            let object = json!({
                "id": text(id_of("user", name)), "displayName": name,
                "userPrincipalName": format!("{name}@contoso.example"), "accountEnabled": true,
                "userType": "Member", "usageLocation": "NL", "creationType": null, "externalUserState": null,
            });
            self.users.push(User {
                name: name.to_owned(),
                object,
                groups: Vec::new(),
                overlooked_by: Vec::new(),
                entries: Vec::new(),
                seen: Seen::InTheList,
            });
            self.users.len() - 1
        });
        self.focus = Focus::User(at);
        self
    }

    /// A member of the group; its licenses have arrived unless something else is said.
    pub(crate) fn in_group(mut self, group: &str) -> Self {
        self.this_user().groups.push(group.to_owned());
        self
    }

    /// The group's licenses did not arrive, and there is no error either.
    pub(crate) fn overlooked_by(mut self, group: &str) -> Self {
        self.this_user().overlooked_by.push(group.to_owned());
        self
    }

    /// An entry of `licenseAssignmentStates`: Active, without error. The group may be one that is gone.
    pub(crate) fn holds(mut self, part_number: &str, group: Option<&str>) -> Self {
        let Some(at) = self.user_place() else { panic!("this speaks of a user") };
        let entry = json!({
            "skuId": text(sku_id(part_number)), "assignedByGroup": group.map(group_id), "state": "Active",
            "error": "None", "disabledPlans": [],
        });
        let user = &mut self.users[at];
        user.entries.push(entry);
        self.focus = Focus::Entry(at, user.entries.len() - 1);
        self
    }

    pub(crate) fn direct(self, part_number: &str) -> Self {
        self.holds(part_number, None)
    }

    pub(crate) fn entry(self, group: &str, part_number: &str, state: &str, error: &str) -> Self {
        self.holds(part_number, Some(group)).set("state", state).set("error", error)
    }

    pub(crate) fn fails(self, group: &str, part_number: &str, error: &str) -> Self {
        self.entry(group, part_number, "Error", error)
    }

    /// The entry mentioned last leaves these plans out.
    pub(crate) fn without_plans(self, part_number: &str, plans: &[&str]) -> Self {
        let plans = json!(plan_ids(part_number, plans));
        self.set("disabledPlans", plans)
    }

    pub(crate) fn invited(self) -> Self {
        self.set("userType", "Guest").set("creationType", "Invitation").set("externalUserState", "Accepted")
    }

    /// A member with an id and nothing else.
    pub(crate) fn limited(mut self) -> Self {
        let user = self.this_user();
        user.object = json!({ "id": user.object["id"], "licenseAssignmentStates": null });
        self
    }

    /// In no list, and asking by id was refused.
    pub(crate) fn unlisted(mut self) -> Self {
        self.this_user().seen = Seen::Nowhere;
        self
    }

    /// In no list, but asking by id shows the account.
    pub(crate) fn shown_by_id_only(mut self) -> Self {
        self.this_user().seen = Seen::ByIdOnly;
        self
    }

    /// In no list, and asking by id says that there is no such account.
    pub(crate) fn gone(mut self) -> Self {
        self.this_user().seen = Seen::Gone;
        self
    }

    // Everything

    /// Another value for a property of what was mentioned last: a name, or `prepaidUnits.enabled`.
    pub(crate) fn set(mut self, property: &str, value: impl Into<Value>) -> Self {
        let mut place = self.this_object();
        for part in property.split('.') {
            place = &mut place[part];
        }
        *place = value.into();
        self
    }

    /// The property is not even there.
    pub(crate) fn without(mut self, property: &str) -> Self {
        let object = self.this_object().as_object_mut().expect("an object");
        object.remove(property).expect("the property was there");
        self
    }

    pub(crate) fn cut_off(mut self, collection: Collection) -> Self {
        self.cut_off.push(collection);
        self
    }

    /// More lines of the configuration.
    pub(crate) fn plan(mut self, lines: &str) -> Self {
        self.plan.push_str(lines);
        self.plan.push('\n');
        self
    }

    /// A target that needs both suites.
    pub(crate) fn target(self, group: &str) -> Self {
        self.plan(&format!("[[target]]\ngroup = {group:?}"))
    }

    pub(crate) fn target_needs(self, group: &str, require: &[&str]) -> Self {
        self.plan(&format!("[[target]]\ngroup = {group:?}\nrequire = {require:?}"))
    }

    pub(crate) fn at(mut self, as_of: &'static str) -> Self {
        self.as_of = Some(as_of);
        self
    }

    fn user_place(&self) -> Option<usize> {
        match self.focus {
            Focus::User(at) | Focus::Entry(at, _) => Some(at),
            _ => None,
        }
    }

    fn this_user(&mut self) -> &mut User {
        let at = self.user_place().expect("this speaks of a user");
        &mut self.users[at]
    }

    fn this_group(&mut self) -> &mut Group {
        let Focus::Group(at) = self.focus else { panic!("this speaks of a group") };
        &mut self.groups[at]
    }

    fn this_object(&mut self) -> &mut Value {
        match self.focus {
            Focus::Nothing => panic!("nothing was mentioned yet"),
            Focus::Sku(at) => &mut self.skus[at],
            Focus::Subscription(at) => &mut self.subscriptions[at],
            Focus::Group(at) => &mut self.groups[at].object,
            Focus::User(at) => &mut self.users[at].object,
            Focus::Entry(user, at) => &mut self.users[user].entries[at],
        }
    }

    /// Judges the tenant against the lines of the configuration that were given.
    pub(crate) fn judge(&self) -> Judged {
        let tenant = self.tenant();
        let config = Config::parse("tollgate.toml", &self.plan).expect("a valid configuration");
        let audit =
            rules::judge(&tenant, &config.plan, Pack::built_in()).expect("a plan that fits the tenant");
        Judged::new(&tenant, &audit, &self.names())
    }

    /// Why the plan does not fit the tenant.
    pub(crate) fn refused(&self) -> PlanError {
        let tenant = self.tenant();
        let config = Config::parse("tollgate.toml", &self.plan).expect("a valid configuration");
        let result = rules::judge(&tenant, &config.plan, Pack::built_in());
        result.err().expect("a plan that does not fit")
    }

    fn tenant(&self) -> Tenant {
        let as_of: Timestamp = self.as_of.unwrap_or(AS_OF).parse().expect("a time");
        let users: Vec<Value> = self.users.iter().map(|user| self.finished(user)).collect();
        let skus: Vec<Value> = self.skus.iter().map(|sku| counted(sku, &users)).collect();
        let mut builder = TenantBuilder::new();
        let mut ledger = Vec::new();
        let mut take = |collection: Collection, objects: &[Value]| {
            let mut page = Decoded::new(collection, as_of);
            for object in objects {
                page.object(&object.to_string()).expect("an object as Graph has them");
            }
            builder.add(page).expect("there are few names");
            let complete = !self.cut_off.contains(&collection);
            ledger.push(Coverage {
                collection: collection.ledger_path(),
                partition: None,
                expected: None,
                read: objects.len() as u64,
                pages: 1,
                restarts: 0,
                complete,
                reason: (!complete).then(|| "the connection broke".into()),
            });
        };
        take(Collection::Organization, &[]);
        take(Collection::SubscribedSkus, &skus);
        take(Collection::Subscriptions, &self.subscriptions);
        let groups: Vec<Value> = self.groups.iter().map(|group| group.object.clone()).collect();
        take(Collection::Groups, &groups);
        take(Collection::DeletedGroups, &self.deleted);
        let in_list = |user: &&User| user.seen == Seen::InTheList;
        let listed: Vec<Value> = self.users.iter().filter(in_list).map(|user| self.finished(user)).collect();
        take(Collection::Users, &listed);
        for group in self.groups.iter().filter(|group| group.members_read) {
            let id = GroupId::parse(group.object["id"].as_str().expect("an id")).expect("an id");
            let users = self.users.iter().filter(|user| user.groups.contains(&group.name));
            let users =
                users.map(|user| json!({ "@odata.type": "#microsoft.graph.user", "id": user.object["id"] }));
            let members: Vec<Value> = users.chain(group.inside.iter().cloned()).collect();
            take(Collection::Members(id), &members);
        }
        for user in &self.users {
            let id = UserId::parse(user.object["id"].as_str().expect("an id")).expect("an id");
            let mut page = Decoded::new(Collection::SingleUser(id), as_of);
            match user.seen {
                Seen::InTheList | Seen::Nowhere => continue,
                Seen::Gone => {}
                Seen::ByIdOnly => {
                    page.object(&self.finished(user).to_string()).expect("an object as Graph has them");
                }
            }
            builder.add(page).expect("there are few names");
        }
        builder.finish(as_of, ledger, Run::default())
    }

    /// The user's object with the entries that were told of and those that arrived by themselves.
    fn finished(&self, user: &User) -> Value {
        let mut object = user.object.clone();
        if object.get("licenseAssignmentStates").is_some() {
            return object;
        }
        let mut entries = user.entries.clone();
        for group in self.groups.iter().filter(|group| user.groups.contains(&group.name)) {
            if user.overlooked_by.contains(&group.name) {
                continue;
            }
            for license in group.object["assignedLicenses"].as_array().into_iter().flatten() {
                let stated = |entry: &Value| {
                    entry["skuId"] == license["skuId"] && entry["assignedByGroup"] == group.object["id"]
                };
                if !entries.iter().any(stated) {
                    entries.push(json!({
                        "skuId": license["skuId"], "assignedByGroup": group.object["id"], "state": "Active",
                        "error": "None", "disabledPlans": license["disabledPlans"],
                    }));
                }
            }
        }
        object["licenseAssignmentStates"] = entries.into();
        object
    }

    /// What each id is called in the story.
    fn names(&self) -> BTreeMap<String, String> {
        let mut names = BTreeMap::new();
        let sku_ids = self.users.iter().flat_map(|user| &user.entries);
        let sources = sku_ids.filter_map(|entry| entry["assignedByGroup"].as_str());
        for source in sources {
            names.insert(source.to_owned(), "a group that is gone".to_owned());
        }
        for group in &self.groups {
            names.insert(group.object["id"].as_str().expect("an id").to_lowercase(), group.name.clone());
            for member in &group.inside {
                let id = member["id"].as_str().expect("an id").to_owned();
                names.entry(id).or_insert_with(|| "a group that is not listed".to_owned());
            }
        }
        for group in &self.deleted {
            let name = group["displayName"].as_str().expect("a name");
            names.insert(group["id"].as_str().expect("an id").to_owned(), name.to_owned());
        }
        for user in &self.users {
            names.insert(user.object["id"].as_str().expect("an id").to_lowercase(), user.name.clone());
        }
        names
    }
}

/// `consumedUnits` where the story does not say: users with an Active entry or one with error.
fn counted(sku: &Value, users: &[Value]) -> Value {
    let mut sku = sku.clone();
    if sku.get("consumedUnits").is_none() {
        let holds = |entry: &Value| {
            entry["skuId"] == sku["skuId"]
                && matches!(entry["state"].as_str(), Some("Active" | "ActiveWithError"))
        };
        let entries_of = |user: &Value| user["licenseAssignmentStates"].as_array().cloned();
        let held =
            users.iter().filter(|user| entries_of(user).into_iter().flatten().any(|entry| holds(&entry)));
        sku["consumedUnits"] = held.count().into();
    }
    sku
}
