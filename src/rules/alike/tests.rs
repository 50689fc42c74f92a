//! Verdicts are the same whether users who look alike are judged together or each by himself.

use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use serde_json::{Value, json};

use super::*;
use crate::pack::Pack;
use crate::plan::{Config, Plan};
use crate::rules::judge_criterion;
use crate::tenant::{Collection, Coverage, Decoded, GroupId, Run, TenantBuilder, Why};
use crate::verdict::CriterionId;

/// `SPE_E3`, `SPE_E5`, and a product that nobody knows.
const PRODUCTS: [&str; 3] = [
    "05e9a617-0261-4cee-bb44-138d3ef5d965",
    "06ebc4ee-1bb5-47dd-8120-11324bc54e06",
    "5a1e5000-0000-4000-8000-0000000000aa",
];

/// `INTUNE_A`, a service plan of both suites.
const PLAN: &str = "c1ec4a95-1f05-45b3-a911-aa3fa01094f5";

/// Groups 1 to 3 hand the products out in turn, 4 and 5 hand out nothing; 6 is no group of the tenant.
const GROUPS: u32 = 5;

fn id(number: u32) -> String {
    format!("5a1e5000-0000-4000-8000-{number:012x}")
}

/// A user, before names.
#[derive(Clone, Debug)]
struct Person {
    /// Not even in the user list, or there with nothing but the id.
    listed: bool,
    limited: bool,
    properties: Value,
    /// Nothing where the property is null.
    entries: Option<Vec<Value>>,
    groups: Vec<u32>,
}

/// One thing that a user can differ in.
type Change = (usize, Index);

impl Person {
    /// The same but for one thing.
    fn changed(mut self, (what, index): &Change, other: &Self) -> Self {
        let words =
            ["accountEnabled", "userType", "usageLocation", "creationType", "externalUserState", "mark"];
        match what {
            0 => self.listed = !self.listed,
            1 => self.limited = !self.limited,
            2 => self.entries.clone_from(&other.entries),
            3 => self.groups.clone_from(&other.groups),
            4 => {
                let group = 1 + u32::try_from(index.index(5)).expect("five groups");
                match self.groups.iter().position(|known| *known == group) {
                    Some(place) => drop(self.groups.remove(place)),
                    None => self.groups.push(group),
                }
            }
            5 => {
                if let Some(entries) = self.entries.as_mut().filter(|entries| !entries.is_empty()) {
                    let place = index.index(entries.len());
                    entries.remove(place);
                }
            }
            _ => {
                let word = words[index.index(words.len())];
                self.properties[word] = other.properties[word].clone();
            }
        }
        self
    }
}

fn entry() -> impl Strategy<Value = Value> {
    let source = select(vec![None, Some(1), Some(1), Some(2), Some(2), Some(3), Some(4), Some(6)]);
    let state = select(vec![
        ("Active", "None"),
        ("Active", "None"),
        ("Error", "CountViolation"),
        ("Error", "Other"),
        ("ActiveWithError", "DependencyViolation"),
        ("Disabled", "None"),
        ("New", "None"),
    ]);
    (select(&PRODUCTS[..]), source, state, prop::bool::weighted(0.2)).prop_map(
        |(sku, source, (state, error), off)| {
            json!({"skuId": sku, "assignedByGroup": source.map(id), "state": state, "error": error,
            "disabledPlans": if off { vec![PLAN] } else { vec![] }})
        },
    )
}

fn person() -> impl Strategy<Value = Person> {
    let word = |words: &[&'static str]| {
        let words = words.iter().map(|word| json!(word)).chain([Value::Null]);
        select(words.collect::<Vec<_>>())
    };
    let properties = (
        select(vec![json!(true), json!(true), json!(false), Value::Null]),
        word(&["Member", "Member", "Guest"]),
        word(&["NL", "NL", "BE", ""]),
        word(&["", "", "Invitation"]),
        word(&["", "", "Accepted"]),
        select(vec![json!(""), json!(""), json!(""), json!("#EXT#")]),
    );
    let properties = properties.prop_map(|(enabled, user_type, location, creation, external, mark)| {
        json!({"accountEnabled": enabled, "userType": user_type, "usageLocation": location,
            "creationType": creation, "externalUserState": external, "mark": mark})
    });
    let entries = prop::option::weighted(0.9, prop::collection::vec(entry(), 0..4));
    let groups = subsequence((1..=GROUPS).collect::<Vec<_>>(), 0..4);
    (prop::bool::weighted(0.9), prop::bool::weighted(0.1), properties, entries, groups).prop_map(
        |(listed, limited, properties, entries, groups)| Person {
            listed,
            limited,
            properties,
            entries,
            groups,
        },
    )
}

/// Some kinds of people; everybody is one of them, or one who differs from it in one thing.
fn people() -> impl Strategy<Value = Vec<Person>> {
    let change = prop::option::weighted(0.4, (0..12_usize, any::<Index>()));
    let kinds = prop::collection::vec(person(), 2..5);
    (kinds, prop::collection::vec((any::<Index>(), any::<Index>(), change), 4..24)).prop_map(
        |(kinds, users)| {
            let user = |(kind, other, change): (Index, Index, Option<Change>)| {
                let person = kind.get(&kinds).clone();
                match change {
                    Some(change) => person.changed(&change, other.get(&kinds)),
                    None => person,
                }
            };
            users.into_iter().map(user).collect()
        },
    )
}

/// What is not about people.
#[derive(Clone, Debug)]
struct World {
    /// By group: nothing where it is still processing.
    complete: Vec<bool>,
    hidden: Vec<bool>,
    /// Which group is nested in which.
    nested: Vec<(u32, u32)>,
    /// Collections that were not read to their ends.
    broken: Vec<String>,
    status: &'static str,
    seats: i64,
    targets: Vec<u32>,
    requirement: &'static str,
}

fn world() -> impl Strategy<Value = World> {
    let flags = |weight| prop::collection::vec(prop::bool::weighted(weight), GROUPS as usize);
    let nested = prop::collection::vec((1..=GROUPS, 1..=GROUPS), 0..3);
    let collections = ["users", "groups", "subscribedSkus"].map(str::to_owned).into_iter();
    let members = (1..=GROUPS).map(|group| format!("groups/{}/members", id(group)));
    let collections: Vec<String> = collections.chain(members).collect();
    let broken = (prop::bool::weighted(0.3), subsequence(collections, 0..3));
    let broken = broken.prop_map(|(any, broken)| if any { broken } else { Vec::new() });
    let targets = subsequence(vec![1, 3, 4], 0..=3);
    let rest = (
        select(vec!["Enabled", "Enabled", "Suspended", "New"]),
        prop_oneof![Just(100_i64), 0..10_i64],
        targets,
        select(vec!["office365", "SPE_E5"]),
    );
    (flags(0.8), flags(0.1), nested, broken, rest).prop_map(
        |(complete, hidden, nested, broken, (status, seats, targets, requirement))| World {
            complete,
            hidden,
            nested,
            broken,
            status,
            seats,
            targets,
            requirement,
        },
    )
}

impl World {
    fn plan(&self) -> Plan {
        let target = |group: &u32| {
            format!("[[target]]\ngroup = \"{}\"\nrequire = [\"{}\"]\n", id(*group), self.requirement)
        };
        let text: String = self.targets.iter().map(target).collect();
        Config::parse("tollgate.toml", &text).expect("a configuration").plan
    }

    fn tenant(&self, people: &[Person]) -> Tenant {
        let numbered = || (1_000..).zip(people);
        let products = PRODUCTS.map(|sku| {
            json!({"id": sku, "skuId": sku, "skuPartNumber": sku, "capabilityStatus": self.status, "appliesTo": "User",
                "consumedUnits": 3, "prepaidUnits": {"enabled": self.seats, "warning": 0}})
        });
        let groups = (1..=GROUPS).map(|group| {
            let place = group as usize - 1;
            let licenses: Vec<Value> = PRODUCTS
                .get(place)
                .map(|sku| json!({"skuId": sku, "disabledPlans": if group == 2 { vec![PLAN] } else { vec![] }}))
                .into_iter()
                .collect();
            json!({"id": id(group), "displayName": id(group), "groupTypes": [], "securityEnabled": true,
                "assignedLicenses": licenses,
                "visibility": if self.hidden[place] { "HiddenMembership" } else { "Private" },
                "licenseProcessingState": {"state": if self.complete[place] { "ProcessingComplete" } else { "Queued" }}})
        });
        let users = numbered().filter(|(_, person)| person.listed).map(|(number, person)| {
            let mut object = json!({"id": id(number)});
            if !person.limited {
                let mark = person.properties["mark"].as_str().unwrap_or_default();
                for (property, value) in person.properties.as_object().expect("an object") {
                    object[property] = value.clone();
                }
                object["userPrincipalName"] = json!(format!("user{number}{mark}@contoso.example"));
                object["licenseAssignmentStates"] = json!(person.entries);
            }
            object
        });
        let mut collections: Vec<(Collection, Vec<Value>)> = vec![
            (Collection::SubscribedSkus, products.into()),
            (Collection::Groups, groups.collect()),
            (Collection::Users, users.collect()),
        ];
        for group in 1..=GROUPS {
            let member = |kind: &str, number| json!({"@odata.type": format!("#microsoft.graph.{kind}"), "id": id(number)});
            let members = numbered().filter(|(_, person)| person.groups.contains(&group));
            let users = members.map(|(number, _)| member("user", number));
            let inner = self.nested.iter().filter(|(outer, _)| *outer == group);
            let groups = inner.map(|(_, inner)| member("group", *inner));
            let of_group = Collection::Members(GroupId::parse(&id(group)).expect("an id"));
            collections.push((of_group, users.chain(groups).collect()));
        }
        let as_of = "2026-11-22T09:00:00Z".parse().expect("a moment");
        let mut builder = TenantBuilder::new();
        let mut coverage = Vec::new();
        for (collection, objects) in collections {
            let mut page = Decoded::new(collection, as_of);
            for object in objects {
                page.object(&object.to_string()).expect("an object of its shape");
            }
            builder.add(page).expect("there are few names");
            let broken = self.broken.contains(&collection.ledger_path());
            coverage.push(Coverage {
                read: builder.read(collection),
                collection: collection.ledger_path(),
                partition: None,
                expected: None,
                pages: 1,
                restarts: 0,
                complete: !broken,
                reason: broken.then(|| Why::Busy { error: "503 Service Unavailable".to_owned() }),
            });
        }
        builder.finish(as_of, coverage, Run::default())
    }
}

/// All that rules say, for people to compare.
fn said(tenant: &Tenant, plan: &Plan, classes: Option<Classes>) -> Vec<String> {
    let pack = Pack::built_in();
    let context = Context::new(tenant, plan, pack.headroom, pack.lapse_window).expect("a plan that fits");
    if let Some(classes) = classes {
        context.set_classes(classes);
    }
    let mut said: Vec<String> = Vec::new();
    for criterion in CriterionId::ALL {
        let (judgement, _) = judge_criterion(&context, criterion, &[], pack);
        said.push(format!("{criterion:?}: {:?} of {:?}", judgement.verdict, judgement.examined));
        said.extend(judgement.gaps.iter().map(|gap| format!("{gap:?}")));
        said.extend(judgement.findings.iter().map(|finding| format!("{finding:?}")));
    }
    said.extend(context.seats().iter().map(|seats| format!("{seats:?}")));
    said
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]
    #[test]
    fn who_is_judged_with_others_is_judged_as_if_he_were_alone(world in world(), people in people()) {
        let (tenant, plan) = (world.tenant(&people), world.plan());
        let (together, alone) = (said(&tenant, &plan, None), said(&tenant, &plan, Some(Classes::alone(&tenant))));
        prop_assert_eq!(together, alone);
    }
}
