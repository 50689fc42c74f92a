//! A small tenant as Graph would tell it, and a maker of many such tenants.
//!
//! The maker is deterministic: the same seed gives the same tenant and plan. It leans towards the cases that
//! the design has a sentence for, and knows nothing of how they are judged, save that it asks the oracle what
//! there is to be waived.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::expected::{CRITERIA, Kind, Verdict};
use crate::facts;
use crate::judge::judge;
use crate::plan::{Headroom, Plan, Target, Waiver};

/// How much of a collection was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coverage {
    Complete,
    /// A later page failed; the rows before it are there.
    Incomplete,
    /// The first request was refused; no rows.
    Unreadable,
}

/// A collection as received.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Listing {
    pub(crate) rows: Vec<Value>,
    pub(crate) coverage: Coverage,
}

impl Listing {
    fn complete(rows: Vec<Value>) -> Listing {
        Listing { rows, coverage: Coverage::Complete }
    }
}

/// What `/users/{id}` answered.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Asked {
    /// 404.
    Gone,
    /// 200 with this object, which may still say nothing.
    Found(Value),
    /// 403: still nothing known.
    Refused,
}

/// A row of the built-in catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CatalogueSku {
    pub(crate) part_number: String,
    /// The plans that matter to the suites and a few others, lower case.
    pub(crate) plans: BTreeSet<String>,
}

/// Everything that was received from one tenant.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct World {
    pub(crate) seed: u64,
    /// `/organization`
    pub(crate) organization: Listing,
    /// `/subscribedSkus`, complete or unreadable
    pub(crate) subscribed_skus: Listing,
    /// `/directory/subscriptions`
    pub(crate) subscriptions: Listing,
    /// `/groups`, always complete: the design has no code for the other case
    pub(crate) groups: Listing,
    /// `/directory/deletedItems/microsoft.graph.group`
    pub(crate) deleted_groups: Listing,
    /// `/users`
    pub(crate) users: Listing,
    /// `/groups/{id}/members` of every group; key in lower case. Rows hold `@odata.type` and `id`.
    pub(crate) members: BTreeMap<String, Listing>,
    /// `/users/{id}` for every member who is absent from the list or says nothing there; key in lower case.
    pub(crate) asked: BTreeMap<String, Asked>,
    /// What the built-in catalogue knows of the SKUs used here; key in lower case.
    pub(crate) catalogue: BTreeMap<String, CatalogueSku>,
}

/// splitmix64
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// 0 up to, not including, `end`.
    fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).expect("small numbers");
        usize::try_from(self.next() % end).expect("small numbers")
    }

    fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.below(from.len())]
    }

    fn guid(&mut self) -> String {
        let (one, two) = (self.next(), self.next());
        format!(
            "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
            one >> 32,
            one & 0xffff,
            (one >> 16) & 0xfff,
            two & 0xfff,
            two >> 16
        )
    }

    /// The same word, now and then in other letter case.
    fn cased(&mut self, word: &str) -> String {
        match self.below(12) {
            0 => word.to_uppercase(),
            1 => {
                let mut mixed = String::new();
                for letter in word.chars() {
                    if self.percent(50) {
                        mixed.extend(letter.to_uppercase());
                    } else {
                        mixed.extend(letter.to_lowercase());
                    }
                }
                mixed
            }
            _ => word.to_owned(),
        }
    }
}

/// A product as the maker knows it.
#[derive(Clone)]
struct Product {
    id: String,
    /// `None` for a SKU that no catalogue lists.
    part: Option<&'static str>,
    plans: Vec<String>,
}

const TEAMS: &str = "57ff2da0-773e-42df-b2af-ffb7a2317929";
const EXCHANGE_PLAN_1: &str = "9aaf7827-d63c-4b61-89c3-182f06f82e5c";

fn products() -> Vec<Product> {
    let office = [facts::EXCHANGE[0], facts::SHAREPOINT[0], facts::APPS[0]];
    let ems = [facts::ENTRA_P1[0], facts::INTUNE[0], facts::AIP_P1[0]];
    let ems_e5 = [facts::ENTRA_P2[0], facts::AIP_P2[0], facts::CLOUD_APPS[0], facts::DEFENDER_IDENTITY[0]];
    let product = |id: &str, part, plans: Vec<&[&str]>| Product {
        id: id.to_owned(),
        part: Some(part),
        plans: plans.concat().iter().map(|plan| (*plan).to_owned()).collect(),
    };
    vec![
        product("6fd2c87f-b296-42f0-b197-1e91e994b900", "ENTERPRISEPACK", vec![&office, &[TEAMS]]),
        product("efccb6f7-5641-4e0e-bd10-b4976e1bf68e", "EMS", vec![&ems]),
        product("05e9a617-0261-4cee-bb44-138d3ef5d965", "SPE_E3", vec![&office, &ems, &[TEAMS]]),
        product(
            "06ebc4ee-1bb5-47dd-8120-11324bc54e06",
            "SPE_E5",
            vec![&office, &[facts::ADVANCED_AUDITING], &ems, &ems_e5],
        ),
        product("b05e124f-c7cc-45a0-a6aa-8cf78c946968", "EMSPREMIUM", vec![&ems, &ems_e5]),
        product("18181a46-0d4e-45cd-891e-60aabd171b4e", "STANDARDPACK", vec![&[EXCHANGE_PLAN_1, TEAMS]]),
    ]
}

/// A group while the tenant is being made.
struct MakeGroup {
    id: String,
    name: &'static str,
    licenses: Vec<(usize, Vec<String>)>,
    processing: bool,
    dynamic: bool,
    hidden: bool,
    members: Vec<usize>,
    nested: Vec<usize>,
}

/// A user while the tenant is being made.
struct MakeUser {
    id: String,
    /// Entries: product, source, state, error, disabled plans.
    entries: Vec<Value>,
    holds: BTreeSet<usize>,
    external: bool,
}

struct Maker {
    dice: Dice,
    /// Per cent of the stated chance at which something odd happens.
    trouble: usize,
    products: Vec<Product>,
    groups: Vec<MakeGroup>,
    users: Vec<MakeUser>,
    deleted: Vec<(String, &'static str)>,
    /// Products that `subscribedSkus` will list.
    owned: BTreeSet<usize>,
    /// The first group hands out Office and the second EMS, to much the same people.
    split: bool,
}

/// The tenant and plan of a seed.
pub(crate) fn make(seed: u64) -> (World, Plan) {
    let mut dice = Dice::new(seed);
    let trouble = *dice.pick(&[0, 8, 25, 60, 100, 160, 250]);
    let mut maker = Maker {
        dice,
        trouble,
        products: products(),
        groups: vec![],
        users: vec![],
        deleted: vec![],
        owned: BTreeSet::new(),
        split: false,
    };
    maker.choose_products();
    maker.choose_groups();
    maker.choose_users();
    let world = maker.world(seed);
    let plan = maker.plan(&world);
    (world, plan)
}

impl Maker {
    /// Something odd that would happen in so many of a thousand cases in a tenant of middling order.
    fn odd(&mut self, per_mille: usize) -> bool {
        let chance = per_mille * self.trouble / 100;
        self.dice.below(1000) < chance
    }

    /// Set a property that Graph may leave null or out.
    fn put(&mut self, object: &mut Map<String, Value>, key: &str, value: Value) {
        self.put_or_lose(object, key, value, 12);
    }

    fn put_or_lose(&mut self, object: &mut Map<String, Value>, key: &str, value: Value, per_mille: usize) {
        if !self.odd(per_mille) {
            object.insert(key.to_owned(), value);
        } else if self.dice.percent(50) {
            object.insert(key.to_owned(), Value::Null);
        }
    }

    /// No list, or an empty one, or this one.
    fn null_or_absent(&mut self, object: &mut Map<String, Value>, key: &str) {
        if self.dice.percent(50) {
            object.insert(key.to_owned(), Value::Null);
        }
    }

    fn choose_products(&mut self) {
        // Two SKUs that no catalogue knows: one that gives Office, one that gives nothing of the suites.
        let odd_office = Product { id: self.dice.guid(), part: None, plans: self.products[0].plans.clone() };
        let odd_other = Product { id: self.dice.guid(), part: None, plans: vec![self.dice.guid()] };
        self.products.extend([odd_office, odd_other]);
        let pools: [&[usize]; 9] =
            [&[2], &[2], &[0, 1], &[0, 1], &[3], &[0, 4, 2], &[0, 1, 5], &[6, 1, 7], &[2, 3, 7, 1]];
        let pool = *self.dice.pick(&pools);
        self.owned = pool.iter().copied().collect();
        if self.dice.percent(15) {
            let more = self.dice.below(self.products.len());
            if self.owned.len() < 4 {
                self.owned.insert(more);
            }
        }
    }

    fn choose_groups(&mut self) {
        let mut names =
            vec!["Sales", "Marketing", "APP-Portal", "APP-Reports", "LIC-Staff", "Partners", "Überall"];
        let count = *self.dice.pick(&[0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5]);
        for _ in 0..count {
            let name = names.remove(self.dice.below(names.len()));
            let mut licenses: Vec<(usize, Vec<String>)> = vec![];
            if self.dice.percent(if self.trouble < 20 { 92 } else { 75 }) {
                for sku in self.owned.clone() {
                    if self.trouble < 20 || self.dice.percent(65) {
                        licenses.push((sku, self.some_disabled(sku)));
                    }
                }
                if self.odd(60) {
                    let stranger = self.dice.below(self.products.len());
                    licenses.push((stranger, vec![]));
                }
                if self.odd(40)
                    && let Some((sku, _)) = licenses.first().cloned()
                {
                    // The same SKU twice, with other plans off.
                    let disabled = self.some_disabled(sku);
                    licenses.push((sku, disabled));
                }
            }
            let group = MakeGroup {
                id: self.dice.guid(),
                name,
                processing: self.odd(180),
                dynamic: self.dice.percent(25),
                hidden: self.odd(60),
                licenses,
                members: vec![],
                nested: vec![],
            };
            self.groups.push(group);
        }
        if self.groups.len() > 1
            && self.owned.contains(&0)
            && self.owned.contains(&1)
            && self.dice.percent(50)
        {
            self.split = true;
            self.groups[0].licenses = vec![(0, self.some_disabled(0))];
            self.groups[1].licenses = vec![(1, self.some_disabled(1))];
        }
        for at in 0..self.groups.len() {
            for other in 0..self.groups.len() {
                // Cycles included; a group in itself too, now and then.
                if (at != other && self.odd(90)) || self.odd(8) {
                    self.groups[at].nested.push(other);
                }
            }
        }
        for name in ["Old Sales", "LIC-Old"] {
            if self.dice.percent(30) {
                let id = self.dice.guid();
                self.deleted.push((id, name));
            }
        }
        // Deleted, and made again under the same name.
        if self.odd(15)
            && let Some(group) = self.groups.first()
        {
            let name = group.name;
            let id = self.dice.guid();
            self.deleted.push((id, name));
        }
    }

    fn some_disabled(&mut self, sku: usize) -> Vec<String> {
        let mut disabled = vec![];
        let plans = self.products[sku].plans.clone();
        for plan in plans {
            // Teams is nobody's requirement, so it is switched off more often.
            if (plan == TEAMS && self.dice.percent(20)) || self.odd(25) {
                disabled.push(plan);
            }
        }
        if self.odd(20) {
            let stranger = self.dice.guid();
            disabled.push(stranger);
        }
        disabled
    }

    fn choose_users(&mut self) {
        let count = *self.dice.pick(&[0, 1, 1, 2, 2, 3, 3, 4, 5, 6, 8]);
        for at in 0..count {
            let id = self.dice.guid();
            let external = self.odd(70);
            self.users.push(MakeUser { id, entries: vec![], holds: BTreeSet::new(), external });
            for group in 0..self.groups.len() {
                if self.dice.percent(if self.split && group == 0 { 75 } else { 45 }) {
                    self.groups[group].members.push(at);
                }
            }
            if self.split
                && self.groups[0].members.contains(&at)
                && !self.groups[1].members.contains(&at)
                && self.dice.percent(92)
            {
                self.groups[1].members.push(at);
            }
        }
        for at in 0..count {
            self.choose_entries(at);
        }
    }

    /// One entry as Graph writes it.
    fn entry(
        &mut self,
        sku: usize,
        source: Option<&str>,
        state: &str,
        error: Option<&str>,
        off: &[String],
    ) -> Value {
        let mut entry = Map::new();
        let id = self.products[sku].id.clone();
        let sku_id = self.dice.cased(&id);
        self.put_or_lose(&mut entry, "skuId", json!(sku_id), 5);
        match source {
            Some(source) => {
                let source = self.dice.cased(source);
                entry.insert("assignedByGroup".to_owned(), json!(source));
            }
            None => self.null_or_absent(&mut entry, "assignedByGroup"),
        }
        let state = self.dice.cased(state);
        self.put_or_lose(&mut entry, "state", json!(state), 5);
        match error {
            Some(error) => {
                let error = self.dice.cased(error);
                entry.insert("error".to_owned(), json!(error));
            }
            None => match self.dice.below(5) {
                0 => {}
                1 => {
                    entry.insert("error".to_owned(), json!("None"));
                }
                2 => {
                    entry.insert("error".to_owned(), json!("none"));
                }
                3 => {
                    entry.insert("error".to_owned(), json!(""));
                }
                _ => {
                    entry.insert("error".to_owned(), Value::Null);
                }
            },
        }
        let off: Vec<String> = off.iter().map(|plan| self.dice.cased(plan)).collect();
        if off.is_empty() && self.odd(60) {
            self.null_or_absent(&mut entry, "disabledPlans");
        } else {
            entry.insert("disabledPlans".to_owned(), json!(off));
        }
        Value::Object(entry)
    }

    fn give(&mut self, user: usize, sku: usize, source: Option<&str>, odd_state: bool, off: &[String]) {
        let states = [
            ("Error", Some("CountViolation")),
            ("Error", Some("CountViolation")),
            ("Error", Some("MutuallyExclusiveViolation")),
            ("Error", Some("Other")),
            ("Error", None),
            ("ActiveWithError", Some("DependencyViolation")),
            ("ActiveWithError", None),
            ("Active", Some("ProhibitedInUsageLocationViolation")),
            ("Active", Some("Others")),
            ("Disabled", None),
            ("Disabled", Some("Other")),
            ("Suspended", None),
            ("PendingRemoval", Some("SomethingNew")),
        ];
        let (state, error) = if odd_state { *self.dice.pick(&states) } else { ("Active", None) };
        if state.starts_with("Active") {
            self.users[user].holds.insert(sku);
        }
        let entry = self.entry(sku, source, state, error, off);
        self.users[user].entries.push(entry);
    }

    fn choose_entries(&mut self, user: usize) {
        for group in 0..self.groups.len() {
            let id = self.groups[group].id.clone();
            let licenses = self.groups[group].licenses.clone();
            if self.groups[group].members.contains(&user) {
                // One product that fails takes the others of the group with it.
                let companions = self.odd(60);
                let failing = if licenses.is_empty() { 0 } else { self.dice.below(licenses.len()) };
                for (at, (sku, disabled)) in licenses.iter().enumerate() {
                    if companions {
                        let error = if at == failing {
                            *self.dice.pick(&["CountViolation", "UniquenessViolation", "Weird"])
                        } else {
                            *self.dice.pick(&["Other", "Others"])
                        };
                        let entry = self.entry(*sku, Some(&id), "Error", Some(error), disabled);
                        self.users[user].entries.push(entry);
                        continue;
                    }
                    let processing = self.groups[group].processing;
                    if self.odd(if processing { 300 } else { 70 }) {
                        continue;
                    }
                    let odd_state = self.odd(110);
                    let off = if self.odd(80) { self.some_disabled(*sku) } else { disabled.clone() };
                    self.give(user, *sku, Some(&id), odd_state, &off);
                    if self.odd(50) {
                        // Twice: the better one counts.
                        let off = self.some_disabled(*sku);
                        let odd_state = self.dice.percent(60);
                        self.give(user, *sku, Some(&id), odd_state, &off);
                    }
                }
            } else if self.odd(50) && !licenses.is_empty() {
                // Left behind.
                let (sku, disabled) = self.dice.pick(&licenses).clone();
                let odd_state = self.dice.percent(25);
                self.give(user, sku, Some(&id), odd_state, &disabled);
            }
        }
        for sku in self.owned.clone() {
            if self.odd(90) {
                let odd_state = self.odd(100);
                let off = if self.odd(150) { self.some_disabled(sku) } else { vec![] };
                self.give(user, sku, None, odd_state, &off);
            }
        }
        if self.odd(60) {
            // From a group that is gone, in the recycle bin, or no group of ours.
            let stranger = self.dice.guid();
            let source = match self.deleted.first() {
                Some((id, _)) if self.dice.percent(60) => id.clone(),
                _ if !self.groups.is_empty() && self.dice.percent(30) => {
                    self.dice.pick(&self.groups).id.clone()
                }
                _ => stranger,
            };
            let sku = *self.owned.iter().next().expect("at least one product");
            let odd_state = self.dice.percent(40);
            self.give(user, sku, Some(&source), odd_state, &[]);
        }
    }
}

/// Clocks of the audit, all of one day.
const CLOCKS: &[&str] = &["2026-11-22T12:00:00Z", "2026-11-22T00:00:00Z", "2026-11-22T23:59:59Z"];

impl Maker {
    fn world(&mut self, seed: u64) -> World {
        let mut catalogue = BTreeMap::new();
        for product in &self.products {
            if let Some(part) = product.part {
                catalogue.insert(
                    product.id.clone(),
                    CatalogueSku {
                        part_number: part.to_owned(),
                        plans: product.plans.iter().cloned().collect(),
                    },
                );
            }
        }
        let tenant = self.dice.guid();
        let organization = json!({"id": tenant, "displayName": "Contoso", "verifiedDomains": []});
        let subscribed_skus = self.subscribed_skus(&tenant);
        let subscriptions = self.subscriptions();
        let groups = self.group_rows();
        let deleted_groups = self.deleted_rows();
        let full: Vec<Value> = (0..self.users.len()).map(|at| self.user_row(at)).collect();
        let (users, mut asked) = self.user_list(&full);
        for answer in asked.values_mut() {
            // A single object comes with its context.
            if let Asked::Found(user) = answer
                && self.dice.percent(50)
            {
                user["@odata.context"] = json!("https://graph.microsoft.com/v1.0/$metadata#users/$entity");
            }
        }
        let members = self.member_lists();
        World {
            seed,
            organization: Listing::complete(vec![organization]),
            subscribed_skus,
            subscriptions,
            groups,
            deleted_groups,
            users,
            members,
            asked,
            catalogue,
        }
    }

    fn subscribed_skus(&mut self, tenant: &str) -> Listing {
        let mut rows = vec![];
        for sku in self.owned.clone() {
            if self.odd(50) {
                // Not owned after all.
                continue;
            }
            let product = self.products[sku].clone();
            let holders = self.users.iter().filter(|user| user.holds.contains(&sku)).count();
            let wanting = self
                .users
                .iter()
                .enumerate()
                .filter(|(at, _)| {
                    self.groups.iter().any(|group| {
                        group.members.contains(at) && group.licenses.iter().any(|license| license.0 == sku)
                    })
                })
                .count();
            let consumed = holders + usize::from(self.odd(120)) * self.dice.below(3);
            let mut enabled = wanting.max(consumed) + 1 + self.dice.below(3);
            if self.dice.percent(25) {
                enabled += 9 + self.dice.below(30);
            }
            if self.odd(300) {
                enabled = (consumed + self.dice.below(3)).saturating_sub(self.dice.below(3));
            }
            let mut warning = 0;
            if self.odd(180) {
                let part = self.dice.below(enabled + 1);
                enabled -= part;
                warning = part;
            }
            let mut status = if warning > 0 && enabled == 0 { "Warning" } else { "Enabled" };
            if self.odd(70) {
                status = *self.dice.pick(&["Suspended", "LockedOut", "Deleted", "Odd", "Suspended"]);
            }
            if self.odd(35) {
                (enabled, warning) = (0, 0);
            }
            let mut units = Map::new();
            self.put_or_lose(&mut units, "enabled", json!(enabled), 35);
            self.put_or_lose(&mut units, "warning", json!(warning), 35);
            self.put_or_lose(&mut units, "suspended", json!(0), 100);
            self.put_or_lose(&mut units, "lockedOut", json!(0), 300);
            let mut plans = vec![];
            for plan in &product.plans {
                if self.odd(15) {
                    continue;
                }
                let plan = self.variant(plan);
                let mut row = Map::new();
                let plan_id = self.dice.cased(&plan);
                row.insert("servicePlanId".to_owned(), json!(plan_id));
                let provisioning = *self.dice.pick(&["Success", "Disabled", "PendingActivation"]);
                self.put(&mut row, "provisioningStatus", json!(provisioning));
                let applies = *self.dice.pick(&["User", "User", "Company"]);
                self.put(&mut row, "appliesTo", json!(applies));
                plans.push(Value::Object(row));
            }
            let mut row = Map::new();
            row.insert("id".to_owned(), json!(format!("{tenant}_{}", product.id)));
            let sku_id = self.dice.cased(&product.id);
            row.insert("skuId".to_owned(), json!(sku_id));
            if let Some(part) = product.part {
                let part = self.dice.cased(part);
                self.put(&mut row, "skuPartNumber", json!(part));
            } else {
                row.insert("skuPartNumber".to_owned(), json!(format!("ODD_{sku}")));
            }
            let applies = if self.odd(25) { "Company" } else { "User" };
            let applies = self.dice.cased(applies);
            self.put_or_lose(&mut row, "appliesTo", json!(applies), 60);
            let status = self.dice.cased(status);
            self.put_or_lose(&mut row, "capabilityStatus", json!(status), 35);
            self.put_or_lose(&mut row, "consumedUnits", json!(consumed), 50);
            self.put_or_lose(&mut row, "prepaidUnits", Value::Object(units), 15);
            if self.odd(120) {
                if self.dice.percent(50) {
                    row.insert("servicePlans".to_owned(), json!([]));
                } else {
                    self.null_or_absent(&mut row, "servicePlans");
                }
            } else {
                row.insert("servicePlans".to_owned(), json!(plans));
            }
            if self.odd(20) {
                rows.push(Value::Object(row.clone()));
            }
            rows.push(Value::Object(row));
        }
        if self.odd(30) {
            return Listing { rows: vec![], coverage: Coverage::Unreadable };
        }
        Listing::complete(rows)
    }

    /// The government plan in the place of the common one, now and then.
    fn variant(&mut self, plan: &str) -> String {
        let families =
            [facts::EXCHANGE, facts::SHAREPOINT, facts::APPS, facts::INTUNE, facts::AIP_P1, facts::AIP_P2];
        for family in families {
            if family.contains(&plan) && self.odd(25) {
                return (*self.dice.pick(family)).to_owned();
            }
        }
        plan.to_owned()
    }

    fn subscriptions(&mut self) -> Listing {
        let mut rows = vec![];
        for sku in self.owned.clone() {
            for _ in 0..self.dice.below(3) {
                let mut row = Map::new();
                let id = self.dice.guid();
                row.insert("id".to_owned(), json!(id));
                let sku_id = self.products[sku].id.clone();
                let sku_id = self.dice.cased(&sku_id);
                self.put(&mut row, "skuId", json!(sku_id));
                let statuses = ["Enabled", "Enabled", "Warning", "Suspended", "Deleted", "LockedOut"];
                let status = *self.dice.pick(&statuses);
                let status = self.dice.cased(status);
                self.put(&mut row, "status", json!(status));
                let mut dates = vec!["2027-11-22T00:00:00Z", "2028-01-01T00:00:00.000Z"];
                if self.odd(400) {
                    // Overdue, soon, the last second that counts, the first that does not.
                    dates = vec![
                        "2026-11-01T00:00:00Z",
                        "2026-12-05T08:30:00.1234567Z",
                        "2026-12-22T12:00:00Z",
                        "2026-12-22T12:00:01Z",
                    ];
                }
                let date = *self.dice.pick(&dates);
                self.put_or_lose(&mut row, "nextLifecycleDateTime", json!(date), 100);
                row.insert("totalLicenses".to_owned(), json!(10));
                rows.push(Value::Object(row));
            }
        }
        if self.odd(30) {
            return Listing { rows: vec![], coverage: Coverage::Unreadable };
        }
        Listing::complete(rows)
    }

    fn group_rows(&mut self) -> Listing {
        let licenses_hidden = self.odd(80);
        let mut rows = vec![];
        for at in 0..self.groups.len() {
            let mut row = Map::new();
            let id = self.groups[at].id.clone();
            let shown_id = self.dice.cased(&id);
            row.insert("id".to_owned(), json!(shown_id));
            self.put_or_lose(&mut row, "displayName", json!(self.groups[at].name), 6);
            let mut kinds: Vec<&str> = vec![];
            if self.odd(80) {
                kinds.push("Unified");
            }
            if self.groups[at].dynamic {
                kinds.push("DynamicMembership");
            }
            let mail = kinds.contains(&"Unified") || self.odd(60);
            let kinds: Vec<String> = kinds.into_iter().map(|kind| self.dice.cased(kind)).collect();
            row.insert("groupTypes".to_owned(), json!(kinds));
            let security = !self.odd(60);
            self.put_or_lose(&mut row, "securityEnabled", json!(security), 45);
            self.put(&mut row, "mailEnabled", json!(mail));
            if self.groups[at].dynamic {
                let mut rules = vec!["(user.userType -eq \"Member\") and (user.department -eq \"Sales\")"];
                if self.odd(700) {
                    rules = vec![
                        "(user.department -eq \"Sales\")",
                        "user.accountEnabled -eq true",
                        "(User.UserType -ne \"Guest\")",
                        "(device.deviceOwnership -eq \"Company\")",
                        "(user.department -eq \"device.pool\")",
                        "(user.department -eq \"user.userType\")",
                    ];
                }
                let rule = *self.dice.pick(&rules);
                self.put(&mut row, "membershipRule", json!(rule));
                let state = if self.odd(250) { "Paused" } else { "On" };
                let state = self.dice.cased(state);
                self.put(&mut row, "membershipRuleProcessingState", json!(state));
            } else {
                self.null_or_absent(&mut row, "membershipRule");
                self.null_or_absent(&mut row, "membershipRuleProcessingState");
            }
            if self.groups[at].hidden {
                let hidden = self.dice.cased("HiddenMembership");
                row.insert("visibility".to_owned(), json!(hidden));
            } else {
                let visibility = *self.dice.pick(&["Private", "Public", "private"]);
                self.put_or_lose(&mut row, "visibility", json!(visibility), 500);
            }
            self.group_licenses(at, licenses_hidden, &mut row);
            if self.odd(15) {
                rows.push(Value::Object(row.clone()));
            }
            rows.push(Value::Object(row));
        }
        Listing::complete(rows)
    }

    fn group_licenses(&mut self, at: usize, licenses_hidden: bool, row: &mut Map<String, Value>) {
        let mut licenses = vec![];
        for (sku, disabled) in self.groups[at].licenses.clone() {
            let sku_id = self.products[sku].id.clone();
            let sku_id = self.dice.cased(&sku_id);
            let disabled: Vec<String> = disabled.iter().map(|plan| self.dice.cased(plan)).collect();
            licenses.push(json!({"skuId": sku_id, "disabledPlans": disabled}));
        }
        if licenses_hidden || licenses.is_empty() {
            if self.dice.percent(50) {
                row.insert("assignedLicenses".to_owned(), json!([]));
            } else {
                self.null_or_absent(row, "assignedLicenses");
            }
            if self.dice.percent(70) {
                self.null_or_absent(row, "licenseProcessingState");
                return;
            }
        } else {
            row.insert("assignedLicenses".to_owned(), json!(licenses));
        }
        let state = if self.groups[at].processing {
            *self.dice.pick(&[
                "QueuedForProcessing",
                "ProcessingInProgress",
                "ProcessingFailed",
                "ProcessingInProgress",
            ])
        } else {
            "ProcessingComplete"
        };
        let state = self.dice.cased(state);
        let state = match self.dice.below(50) {
            0..=6 => json!(state),
            7 => json!({"state": null}),
            _ => json!({"state": state}),
        };
        self.put(row, "licenseProcessingState", state);
    }

    fn deleted_rows(&mut self) -> Listing {
        let mut rows = vec![];
        for (id, name) in self.deleted.clone() {
            let id = self.dice.cased(&id);
            rows.push(json!({"id": id, "displayName": name, "deletedDateTime": "2026-11-01T09:00:00Z"}));
        }
        Listing::complete(rows)
    }

    /// The user with all that is known of him.
    fn user_row(&mut self, at: usize) -> Value {
        let mut row = Map::new();
        let id = self.users[at].id.clone();
        let id = self.dice.cased(&id);
        row.insert("id".to_owned(), json!(id));
        let mut upn = format!("user{at}@contoso.example");
        let mut kind = "Member";
        if self.users[at].external {
            // In disguise: any one of the marks, with either user type.
            kind = *self.dice.pick(&["Guest", "Member"]);
            match self.dice.below(4) {
                0 => {
                    let mark = self.dice.cased("#EXT#");
                    upn = format!("user{at}_fabrikam.example{mark}@contoso.example");
                }
                1 => {
                    let created = self.dice.cased("Invitation");
                    row.insert("creationType".to_owned(), json!(created));
                }
                2 => {
                    let state = *self.dice.pick(&["Accepted", "PendingAcceptance", "odd"]);
                    row.insert("externalUserState".to_owned(), json!(state));
                }
                _ => {
                    upn = format!("user{at}_fabrikam.example#EXT#@contoso.example");
                    row.insert("creationType".to_owned(), json!("Invitation"));
                    row.insert("externalUserState".to_owned(), json!("Accepted"));
                }
            }
        } else {
            if self.odd(40) {
                kind = "Guest";
            }
            if self.odd(40) {
                row.insert("creationType".to_owned(), json!("EmailVerified"));
            }
            if self.odd(40) {
                row.insert("externalUserState".to_owned(), json!(""));
            }
        }
        self.put(&mut row, "userPrincipalName", json!(upn));
        self.put(&mut row, "displayName", json!(format!("User {at}")));
        let kind = self.dice.cased(kind);
        self.put_or_lose(&mut row, "userType", json!(kind), 60);
        let enabled = !self.odd(80);
        self.put(&mut row, "accountEnabled", json!(enabled));
        self.put_or_lose(&mut row, "usageLocation", json!("NL"), 80);
        let entries = self.users[at].entries.clone();
        self.put_or_lose(&mut row, "licenseAssignmentStates", json!(entries), 25);
        Value::Object(row)
    }

    fn limited(&mut self, full: &Value) -> Value {
        let mut row = Map::new();
        if self.dice.percent(50) {
            row.insert("@odata.type".to_owned(), json!("#microsoft.graph.user"));
        }
        row.insert("id".to_owned(), full["id"].clone());
        if self.dice.percent(50) {
            for key in ["userPrincipalName", "displayName", "userType", "licenseAssignmentStates"] {
                row.insert(key.to_owned(), Value::Null);
            }
        }
        Value::Object(row)
    }

    fn user_list(&mut self, full: &[Value]) -> (Listing, BTreeMap<String, Asked>) {
        let mut rows = vec![];
        let mut asked = BTreeMap::new();
        let coverage = if self.odd(50) {
            *self.dice.pick(&[Coverage::Incomplete, Coverage::Incomplete, Coverage::Unreadable])
        } else {
            Coverage::Complete
        };
        let end = match coverage {
            Coverage::Complete => full.len(),
            Coverage::Incomplete => self.dice.below(full.len() + 1),
            Coverage::Unreadable => 0,
        };
        for (at, user) in full.iter().enumerate() {
            let limited = self.limited(user);
            let answer = match self.dice.below(20) {
                0..=6 => Asked::Gone,
                7..=11 => Asked::Found(user.clone()),
                12..=17 => Asked::Found(limited.clone()),
                _ => Asked::Refused,
            };
            let id = self.users[at].id.clone();
            if at >= end {
                asked.insert(id, Asked::Found(user.clone()));
            } else if self.odd(80) {
                // Absent from the list, or there without properties.
                if self.dice.percent(50) {
                    rows.push(limited);
                }
                asked.insert(id, answer);
            } else {
                rows.push(user.clone());
                if self.odd(20) {
                    rows.push(user.clone());
                }
            }
        }
        (Listing { rows, coverage }, asked)
    }

    fn member_lists(&mut self) -> BTreeMap<String, Listing> {
        let mut lists = BTreeMap::new();
        for at in 0..self.groups.len() {
            let mut rows = vec![];
            for user in self.groups[at].members.clone() {
                let id = self.users[user].id.clone();
                let id = self.dice.cased(&id);
                let kind = self.dice.cased("#microsoft.graph.user");
                let row = json!({"@odata.type": kind, "id": id});
                if self.odd(20) {
                    rows.push(row.clone());
                }
                rows.push(row);
            }
            for nested in self.groups[at].nested.clone() {
                let id = self.groups[nested].id.clone();
                let id = self.dice.cased(&id);
                rows.push(json!({"@odata.type": "#microsoft.graph.group", "id": id}));
            }
            for kind in ["device", "servicePrincipal", "orgContact"] {
                if self.odd(40) {
                    let id = self.dice.guid();
                    rows.push(json!({"@odata.type": format!("#microsoft.graph.{kind}"), "id": id}));
                }
            }
            let mut coverage = Coverage::Complete;
            if self.groups[at].hidden && self.dice.percent(70) {
                // Graph answers with an empty list or refuses.
                rows.clear();
                if self.dice.percent(30) {
                    coverage = Coverage::Unreadable;
                }
            } else if self.odd(45) {
                rows.truncate(self.dice.below(rows.len() + 1));
                coverage = Coverage::Incomplete;
            } else if self.odd(15) {
                rows.clear();
                coverage = Coverage::Unreadable;
            } else if self.odd(60) {
                // Nobody in it (yet).
                rows.retain(|row| {
                    !row["@odata.type"]
                        .as_str()
                        .expect("written above")
                        .eq_ignore_ascii_case("#microsoft.graph.user")
                });
            }
            lists.insert(self.groups[at].id.clone(), Listing { rows, coverage });
        }
        lists
    }
}

impl Maker {
    fn plan(&mut self, world: &World) -> Plan {
        let mut plan = Plan { as_of: (*self.dice.pick(CLOCKS)).to_owned(), ..Plan::default() };
        self.targets(world, &mut plan);
        if self.odd(60) {
            let group = *self.dice.pick(&["APP-*", "Sales", "*art*", "LIC-*", "Nobody"]);
            let mut group = self.dice.cased(group);
            if !self.groups.is_empty() && self.dice.percent(50) {
                group = self.dice.pick(&self.groups).id.to_uppercase();
            }
            plan.exclude_groups.push(group);
        }
        if self.odd(15) {
            plan.exclude_groups.extend(plan.targets.iter().map(|target| target.group.clone()));
        }
        if self.odd(50) {
            let sku = self.dice.below(self.products.len());
            let name = self.sku_name(sku);
            plan.exclude_skus.push(name);
        }
        if self.dice.percent(20) {
            plan.headroom = Some(*self.dice.pick(&[
                Headroom::Seats(0),
                Headroom::Seats(2),
                Headroom::Percent(10),
                Headroom::Percent(34),
            ]));
        }
        if self.dice.percent(20) {
            plan.lapse_window_days = Some(*self.dice.pick(&[0, 1, 30, 90, 400]));
        }
        self.waivers(world, &mut plan);
        plan
    }

    /// Part number where every catalogue knows it, else the id.
    fn sku_name(&mut self, sku: usize) -> String {
        let product = self.products[sku].clone();
        match product.part {
            // `EMS` could be meant for the suite as well; the id is plain.
            Some(part) if part != "EMS" && self.dice.percent(60) => self.dice.cased(part),
            _ => self.dice.cased(&product.id),
        }
    }

    fn targets(&mut self, world: &World, plan: &mut Plan) {
        if self.dice.percent(15) {
            return;
        }
        let mut wanted: Vec<String> = vec![];
        for at in 0..self.groups.len() {
            if self.dice.percent(if self.split && at == 0 { 85 } else { 55 }) {
                let name = self.groups[at].name.to_owned();
                let id = self.groups[at].id.clone();
                let text = if self.dice.percent(25) { id } else { name };
                let text = self.dice.cased(&text);
                wanted.push(text);
            }
        }
        if self.dice.percent(8) {
            let pattern = *self.dice.pick(&["APP-*", "*art*", "LIC-*", "*", "S*s", "app*l"]);
            wanted.push(pattern.to_owned());
        }
        if self.odd(40) {
            wanted.push("Nobody Knows".to_owned());
        }
        if self.odd(15) {
            let stranger = self.dice.guid();
            wanted.push(stranger);
        }
        if self.odd(80)
            && let Some((id, name)) = self.deleted.first().cloned()
        {
            wanted.push(if self.dice.percent(30) { id } else { name.to_owned() });
        }
        for group in wanted {
            let require = match self.dice.below(if self.trouble < 20 { 6 } else { 14 }) {
                0 => Some(vec!["office365".to_owned()]),
                1..=5 => None,
                6 => Some(vec!["ems".to_owned()]),
                7 => Some(vec!["office365:E5".to_owned(), "ems:E5".to_owned()]),
                8 => Some(vec!["office365:E3".to_owned(), "office365".to_owned()]),
                9 => Some(vec!["ems:E5".to_owned()]),
                10..=12 => {
                    let owned: Vec<usize> = self.owned.iter().copied().collect();
                    let sku = *self.dice.pick(&owned);
                    Some(vec![self.sku_name(sku)])
                }
                _ => {
                    let sku = self.dice.below(self.products.len());
                    Some(vec![self.sku_name(sku), "office365".to_owned()])
                }
            };
            let edition = match self.dice.below(12) {
                0 => Some("E3".to_owned()),
                1 if self.trouble >= 20 => Some("E5".to_owned()),
                _ => None,
            };
            plan.targets.push(Target { group, require, edition });
            // The configuration may not name a group twice.
            if Self::named_twice(world, plan) {
                plan.targets.pop();
            }
        }
    }

    /// Does a group, live or deleted, answer to two of the targets?
    fn named_twice(world: &World, plan: &Plan) -> bool {
        let rows: Vec<&Value> = world.groups.rows.iter().chain(&world.deleted_groups.rows).collect();
        let mut named = BTreeSet::new();
        for target in &plan.targets {
            let ids: BTreeSet<String> = rows
                .iter()
                .filter_map(|row| {
                    let id = facts::lower(row, "id")?;
                    let name = facts::text(row, "displayName");
                    facts::names(&target.group, &id, name.as_deref()).then_some(id)
                })
                .collect();
            for id in ids {
                if !named.insert(id) {
                    return true;
                }
            }
        }
        false
    }

    fn waivers(&mut self, world: &World, plan: &mut Plan) {
        if !self.dice.percent(35) {
            return;
        }
        let expected = judge(world, plan);
        let at = self.dice.below(4);
        let failing: Vec<usize> =
            (0..4).filter(|at| expected.criteria[*at].verdict == Verdict::Fail).collect();
        let at = if failing.is_empty() { at } else { *self.dice.pick(&failing) };
        let criterion = &expected.criteria[at];
        let everything = self.dice.percent(50);
        let unnarrowed = Waiver {
            criterion: criterion.id.to_owned(),
            code: None,
            group: None,
            user: None,
            sku: None,
            expires: "2027-03-31".to_owned(),
        };
        let mut waivers = vec![];
        if self.dice.percent(12) {
            waivers.push(unnarrowed.clone());
        }
        for judgement in &criterion.judgements {
            let root = judgement.kind == Kind::Violation && judgement.folded_under.is_none();
            if !root || !(everything || self.dice.percent(50)) {
                continue;
            }
            let mut waiver = unnarrowed.clone();
            waiver.code = Some(judgement.code.to_owned());
            if self.dice.percent(60) {
                waiver.group.clone_from(&judgement.group);
                if self.dice.percent(30)
                    && let Some(group) =
                        self.groups.iter().find(|group| Some(&group.id) == waiver.group.as_ref())
                    && world.groups.rows.iter().any(|row| row["displayName"] == json!(group.name))
                    && !self.deleted.iter().any(|(_, name)| *name == group.name)
                {
                    waiver.group = Some(group.name.to_owned());
                }
            }
            if self.dice.percent(50) {
                waiver.user.clone_from(&judgement.user);
                let row = world.users.rows.iter().find(|row| facts::lower(row, "id") == waiver.user);
                if self.dice.percent(40)
                    && let Some(name) = row.and_then(|row| facts::text(row, "userPrincipalName"))
                {
                    waiver.user = Some(name);
                }
            }
            if self.dice.percent(50) {
                waiver.sku.clone_from(&judgement.sku);
                let known = waiver.sku.as_ref().and_then(|sku| world.catalogue.get(sku));
                if self.dice.percent(40)
                    && let Some(known) = known
                {
                    waiver.sku = Some(known.part_number.clone());
                }
            }
            if waiver.group.is_some() && self.dice.percent(30) {
                waiver.code = None;
            }
            if self.dice.percent(20) {
                waiver.expires = self.dice.pick(&["2026-11-22", "2026-11-21", "2020-01-01"]).to_string();
            }
            if !waivers.contains(&waiver) {
                waivers.push(waiver);
            }
        }
        if self.dice.percent(25) {
            // Matches nothing.
            let mut waiver = unnarrowed;
            waiver.user = Some(self.dice.guid());
            waivers.push(waiver.clone());
            if self.dice.percent(30) {
                (*self.dice.pick(&CRITERIA)).clone_into(&mut waiver.criterion);
                "2026-11-21".clone_into(&mut waiver.expires);
                waivers.push(waiver);
            }
        }
        plan.waivers = waivers;
    }
}
