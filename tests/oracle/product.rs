//! The product over the same tenants: what it says, in the oracle's words, must be what the oracle says.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde_json::Value;
use tollgate::pack::Pack;
use tollgate::plan::Config;
use tollgate::rules;
use tollgate::tenant::{Collection, Coverage, GroupId, Run, Tenant, TenantBuilder};
use tollgate::verdict::{Finding, Severity, Subject};

use crate::expected::{CriterionExpected, Expected, Judgement, Kind, Verdict};
use crate::facts::Facts;
use crate::judge::judge;
use crate::plan::Plan;
use crate::variations::{backwards, in_capitals};
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
        builder.page(collection, as_of);
        for row in rows {
            builder.object(&row.to_string()).expect("a world holds Graph objects");
        }
        ledger.push(Coverage {
            collection: collection.ledger_path(),
            partition: None,
            expected: None,
            read: rows.len() as u64,
            pages: 1,
            restarts: 0,
            complete,
            reason: (!complete).then(|| "cut off".to_owned()),
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
        match &world.asked[&user.to_string()] {
            Asked::Refused => {}
            Asked::Gone => builder.page(Collection::SingleUser(user), as_of),
            Asked::Found(object) => {
                builder.page(Collection::SingleUser(user), as_of);
                builder.object(&object.to_string()).expect("a world holds Graph objects");
            }
        }
    }
    builder.finish(as_of, ledger, Run::default())
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
                        !evidence.wanted.is_null() || evidence.seen != evidence.wanted,
                        "seed {seed}: {evidence:?}"
                    );
                }
            }
        }
    }
}
