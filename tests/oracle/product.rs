//! The product over the same tenants: what it says, in the oracle's words, must be what the oracle says.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::{Value, json};
use tollgate::pack::Pack;
use tollgate::plan::Config;
use tollgate::rules;
use tollgate::tenant::{Collection, Coverage, Decoded, GroupId, Run, Tenant, TenantBuilder};
use tollgate::verdict::{Finding, Severity, Subject};

use crate::expected::{CriterionExpected, Expected, Judgement, Kind, Verdict};
use crate::facts::Facts;
use crate::judge::judge;
use crate::plan::Plan;
use crate::variations::{accusations, backwards, in_capitals};
use crate::world::{Asked, Coverage as Reach, Listing, World, make};

/// The tenant as the scanner would build it: members of the groups in scope and of those nested in them, and
/// whom of these the user list does not show, asked for by id.
fn tenant(world: &World, plan: &Plan) -> Tenant {
    let as_of: Timestamp = plan.as_of.parse().expect("the clock of the plan");
    let facts = Facts::read(world, plan);
    let in_scope: Vec<String> = facts.in_scope().map(|(id, _)| id.clone()).collect();
    let nested: Vec<String> = in_scope.iter().flat_map(|id| facts.below(id)).collect();
    let mut builder = TenantBuilder::new();
    let mut ledger = Vec::new();
    let mut take = |collection: Collection, rows: &[Value], complete: bool| {
        let mut page = Decoded::new(collection, as_of);
        for row in rows {
            page.object(&row.to_string()).expect("a world holds Graph objects");
        }
        builder.add(page).expect("a world has few names");
        ledger.push(Coverage {
            collection: collection.ledger_path(),
            partition: None,
            expected: None,
            read: rows.len() as u64,
            pages: 1,
            restarts: 0,
            complete,
            reason: (!complete).then(|| "cut off".into()),
        });
    };
    let mut list = |collection, listing: &Listing| {
        take(collection, &listing.rows, listing.coverage == Reach::Complete);
    };
    list(Collection::Organization, &world.organization);
    list(Collection::SubscribedSkus, &world.subscribed_skus);
    list(Collection::Subscriptions, &world.subscriptions);
    list(Collection::Groups, &world.groups);
    list(Collection::DeletedGroups, &world.deleted_groups);
    list(Collection::Users, &world.users);
    for (id, members) in world.members.iter().filter(|(id, _)| in_scope.contains(id) || nested.contains(id)) {
        list(Collection::Members(GroupId::parse(id).expect("a group id")), members);
    }
    for user in builder.unread_members(world.users.coverage == Reach::Complete) {
        let mut page = Decoded::new(Collection::SingleUser(user), as_of);
        match &world.asked[&user.to_string()] {
            Asked::Refused => continue,
            Asked::Gone => {}
            Asked::Found(object) => {
                page.object(&object.to_string()).expect("a world holds Graph objects");
            }
        }
        builder.add(page).expect("a world has few names");
    }
    // Opened and closed once more, nothing is different.
    let (builder, as_of, ledger, run) = TenantBuilder::reopen(builder.finish(as_of, ledger, Run::default()));
    builder.finish(as_of, ledger, run)
}

fn product(world: &World, plan: &Plan) -> Expected {
    let tenant = tenant(world, plan);
    let config = Config::parse("tollgate.toml", &plan.to_toml()).expect("the plan is a valid configuration");
    let audit = rules::judge(&tenant, &config.plan, Pack::built_in()).expect("the plan fits the tenant");
    let criteria: Vec<CriterionExpected> = audit
        .judgements
        .iter()
        .map(|judged| {
            let mut judgements = BTreeSet::new();
            for gap in &judged.gaps {
                judgements.insert(judgement(
                    &tenant,
                    Kind::Gap,
                    gap.code.as_str(),
                    &gap.subject,
                    None,
                    false,
                ));
            }
            for finding in &judged.findings {
                let waived = finding.waiver.is_some();
                judgements.insert(of_finding(&tenant, finding, None, waived));
                for folded in &finding.folded {
                    judgements.insert(of_finding(&tenant, folded, Some(finding.code.as_str()), waived));
                }
            }
            CriterionExpected { id: judged.criterion.as_str(), verdict: verdict(judged.verdict), judgements }
        })
        .collect();
    Expected {
        overall: verdict(audit.verdict()),
        criteria: criteria.try_into().expect("there are four criteria"),
    }
}

fn of_finding(tenant: &Tenant, finding: &Finding, root: Option<&'static str>, waived: bool) -> Judgement {
    let kind = match finding.severity {
        Severity::Violation => Kind::Violation,
        Severity::Advisory => Kind::Advisory,
    };
    judgement(tenant, kind, finding.code.as_str(), &finding.subject, root, waived)
}

fn judgement(
    tenant: &Tenant,
    kind: Kind,
    code: &'static str,
    subject: &Subject,
    folded_under: Option<&'static str>,
    waived: bool,
) -> Judgement {
    Judgement {
        kind,
        code,
        group: subject.group.as_ref().and_then(|group| group.id(tenant)).map(|id| id.to_string()),
        user: subject.user.map(|user| tenant.user(user).id().to_string()),
        sku: subject.sku.map(|sku| sku.to_string()),
        folded_under,
        waived,
    }
}

fn verdict(verdict: tollgate::verdict::Verdict) -> Verdict {
    match verdict {
        tollgate::verdict::Verdict::Fail => Verdict::Fail,
        tollgate::verdict::Verdict::Inconclusive => Verdict::Inconclusive,
        tollgate::verdict::Verdict::Waived => Verdict::Waived,
        tollgate::verdict::Verdict::Pass => Verdict::Pass,
        tollgate::verdict::Verdict::NotApplicable => Verdict::NotApplicable,
    }
}

fn compare(seed: u64) {
    let (world, plan) = make(seed);
    let expected = judge(&world, &plan);
    let said = product(&world, &plan);
    for (said, expected) in said.criteria.iter().zip(&expected.criteria) {
        let more: Vec<_> = said.judgements.difference(&expected.judgements).collect();
        let less: Vec<_> = expected.judgements.difference(&said.judgements).collect();
        assert!(
            more.is_empty() && less.is_empty(),
            "seed {seed}, {}: only the product says {more:#?}; only the oracle says {less:#?}",
            said.id
        );
        assert_eq!(said.verdict, expected.verdict, "seed {seed}, {}", said.id);
    }
    assert_eq!(said.overall, expected.overall, "seed {seed}");
}

#[test]
fn the_product_agrees_with_the_oracle_on_ten_thousand_tenants() {
    for seed in 0..10_000 {
        compare(seed);
    }
}

#[test]
fn letter_case_order_and_repetition_change_nothing_for_the_product() {
    for seed in 20_000..21_000 {
        let (world, plan) = make(seed);
        let said = product(&world, &plan);
        assert_eq!(product(&in_capitals(&world), &plan), said, "capitals, seed {seed}");
        assert_eq!(product(&backwards(&world), &plan), said, "backwards, seed {seed}");
        assert_eq!(product(&said_twice(&world), &plan), said, "twice, seed {seed}");
    }
}

/// Every object of every collection once more at its end.
fn said_twice(world: &World) -> World {
    let mut world = world.clone();
    let lists = [&mut world.subscribed_skus, &mut world.subscriptions, &mut world.groups, &mut world.users];
    for list in lists.into_iter().chain(world.members.values_mut()) {
        let rows = list.rows.clone();
        list.rows.extend(rows);
    }
    world
}

#[test]
fn every_violation_of_the_product_has_evidence() {
    for seed in 0..2_000 {
        let (world, plan) = make(seed);
        let tenant = tenant(&world, &plan);
        let config = Config::parse("tollgate.toml", &plan.to_toml()).expect("a configuration");
        let audit = rules::judge(&tenant, &config.plan, Pack::built_in()).expect("the plan fits");
        for finding in audit.judgements.iter().flat_map(|judged| &judged.findings) {
            for finding in std::iter::once(finding).chain(&finding.folded) {
                assert!(
                    !finding.evidence.is_empty(),
                    "seed {seed}: {} has no evidence",
                    finding.code.as_str()
                );
                for evidence in &finding.evidence {
                    assert!(!evidence.object.is_empty() && !evidence.property.is_empty(), "seed {seed}");
                    assert!(
                        evidence.wanted != tollgate::verdict::Wanted::Value(evidence.seen.clone()),
                        "seed {seed}: {evidence:?}"
                    );
                }
            }
        }
    }
}

/// How good a verdict is; what is not applicable is as good as a pass.
fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Fail => 0,
        Verdict::Inconclusive => 1,
        Verdict::Waived => 2,
        Verdict::Pass | Verdict::NotApplicable => 3,
    }
}

/// A tenant under its plan without waivers, and what is said of it.
fn unwaived(seed: u64) -> (World, Plan, Expected) {
    let (world, mut plan) = make(seed);
    plan.waivers.clear();
    let before = product(&world, &plan);
    (world, plan, before)
}

#[test]
fn adding_a_guest_never_improves_a_verdict() {
    let guest = "fffffff0-0000-4000-8000-00000000fff0";
    let mut tried = 0;
    for seed in 40_000..40_600 {
        let (mut world, mut plan) = make(seed);
        plan.waivers.clear();
        // A guest whom one may see also shows that the membership is not hidden; that is another matter.
        for group in &mut world.groups.rows {
            group["visibility"] = Value::Null;
        }
        let before = product(&world, &plan);
        for (group, members) in &world.members {
            // The first member whom a group shows also shows that its membership is settled.
            let is_user = |row: &Value| {
                row["@odata.type"].as_str().is_some_and(|word| word.to_lowercase().contains("graph.user"))
            };
            if !members.rows.iter().any(is_user) {
                continue;
            }
            let mut worse = world.clone();
            worse.users.rows.push(json!({
                "id": guest, "userPrincipalName": "new_partner.example#EXT#@contoso.example",
                "userType": "Member", "licenseAssignmentStates": [],
            }));
            let list = worse.members.get_mut(group).expect("it is a key");
            list.rows.push(json!({ "@odata.type": "#microsoft.graph.user", "id": guest }));
            let after = product(&worse, &plan);
            for (after, before) in after.criteria.iter().zip(&before.criteria) {
                assert!(rank(after.verdict) <= rank(before.verdict), "seed {seed}, {group}, {}", after.id);
            }
            tried += 1;
        }
    }
    assert!(tried > 500);
}

#[test]
fn taking_a_seat_away_never_improves_a_verdict() {
    let mut tried = 0;
    for seed in 41_000..42_000 {
        let (world, plan, before) = unwaived(seed);
        for place in 0..world.subscribed_skus.rows.len() {
            let mut worse = world.clone();
            let units = &mut worse.subscribed_skus.rows[place]["prepaidUnits"];
            let Some(enabled) = units["enabled"].as_i64().filter(|enabled| *enabled > 0) else { continue };
            units["enabled"] = (enabled - 1).into();
            let after = product(&worse, &plan);
            for (after, before) in after.criteria.iter().zip(&before.criteria) {
                assert!(
                    rank(after.verdict) <= rank(before.verdict),
                    "seed {seed}, row {place}, {}",
                    after.id
                );
            }
            tried += 1;
        }
    }
    assert!(tried > 500);
}

/// Every way to see less of a tenant: a list not read to its end, a member of whom nothing but the id is shown,
/// entries, counters and words that are not shown.
fn seen_less(world: &World) -> Vec<(String, World)> {
    let mut less = Vec::new();
    let mut with = |what: String, change: &dyn Fn(&mut World)| {
        let mut world = world.clone();
        change(&mut world);
        less.push((what, world));
    };
    let cut = |list: &mut Listing| {
        if list.coverage == Reach::Complete {
            list.coverage = Reach::Incomplete;
        }
    };
    with("users".to_owned(), &|world| cut(&mut world.users));
    for group in world.members.keys() {
        with(format!("members of {group}"), &|world| cut(world.members.get_mut(group).expect("it is a key")));
        with(format!("the last member of {group}"), &|world| {
            let list = world.members.get_mut(group).expect("it is a key");
            list.rows.pop();
            cut(list);
        });
    }
    for place in 0..world.users.rows.len() {
        with(format!("user {place}"), &|world| {
            let id = world.users.rows[place]["id"].clone();
            let Some(key) = id.as_str().map(str::to_lowercase) else { return };
            // The same user may be there twice.
            for row in &mut world.users.rows {
                if row["id"].as_str().is_some_and(|other| other.to_lowercase() == key) {
                    *row = json!({ "id": id });
                }
            }
            world.asked.insert(key, Asked::Refused);
        });
        with(format!("entries of user {place}"), &|world| {
            world.users.rows[place]["licenseAssignmentStates"] = Value::Null;
        });
    }
    for place in 0..world.subscribed_skus.rows.len() {
        for (object, property) in
            [("", "capabilityStatus"), ("", "consumedUnits"), ("prepaidUnits", "enabled")]
        {
            with(format!("{property} of row {place}"), &|world| {
                let row = &mut world.subscribed_skus.rows[place];
                let object = if object.is_empty() { row } else { &mut row[object] };
                if object.is_object() {
                    object[property] = Value::Null;
                }
            });
        }
    }
    for place in 0..world.groups.rows.len() {
        with(format!("kind of group {place}"), &|world| {
            world.groups.rows[place]["securityEnabled"] = Value::Null;
        });
    }
    less
}

#[test]
fn seeing_less_never_turns_anything_into_a_pass_and_accuses_nobody_more() {
    let mut tried = 0;
    for seed in 43_000..43_250 {
        let (world, plan, before) = unwaived(seed);
        for (what, less) in seen_less(&world) {
            let after = product(&less, &plan);
            for (after, before) in after.criteria.iter().zip(&before.criteria) {
                let passes_now = after.verdict == Verdict::Pass && before.verdict != Verdict::Pass;
                assert!(!passes_now, "seed {seed}, without {what}: {} was {:?}", after.id, before.verdict);
            }
            // Of two words for one lack, which it is may hang on what was not seen; that there is one does not.
            let accused = |expected: &Expected| -> BTreeSet<(&'static str, String)> {
                let one_word = |text: &str| text.replace("required-plan-disabled", "missing-product");
                accusations(expected)
                    .into_iter()
                    .map(|(criterion, what)| (criterion, one_word(&what)))
                    .collect()
            };
            // Whoever proves that group licenses are invisible may be the one who was not seen: then they look absent.
            let proven = |expected: &Expected| {
                let gaps = expected.criteria[0].judgements.iter();
                gaps.filter(|gap| gap.code == "group-licenses-unreadable").count() > 0
            };
            let mut more: Vec<_> = accused(&after).difference(&accused(&before)).cloned().collect();
            // Who is absent from a list that was cut is not asked for, and so not known to be gone: he counts.
            more.retain(|(_, said)| what != "users" || !said.starts_with("demand-exceeds-seats"));
            assert!(
                more.is_empty() || (proven(&before) && !proven(&after)),
                "seed {seed}, without {what}: {more:?}"
            );
            assert!(
                rank(after.overall) < 3 || rank(before.overall) == 3,
                "seed {seed}, without {what}: overall was {:?}",
                before.overall
            );
            tried += 1;
        }
    }
    assert!(tried > 1_000);
}
