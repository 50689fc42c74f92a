//! Root causes: nothing that counts is left out of them or counted twice, and what is accepted is in none.

use serde_json::{Value, json};

use super::{
    E3, EMS, Objects, PLAN, PLAN_OF_ONE, STRANGE_PLAN, audit, blind, entry, on_terminal, strange, troubled,
};
use crate::pack::Pack;
use crate::plan::Config;
use crate::report::causes::{Cause, CauseKind, causes};
use crate::report::text::{Language, Texts, as_received};
use crate::report::{Style, causes};
use crate::rules::{Audit, judge};
use crate::tenant::Tenant;
use crate::verdict::{CriterionId, Severity};

/// Ten members of Sales without a seat, two of whom have another trouble, and a guest.
fn short_of_seats() -> Tenant {
    let mut objects = Objects::default().seats(E3, "ENTERPRISEPACK", 5, 0, 5).seats(EMS, "EMS", 100, 0, 20);
    for number in 101..=105 {
        objects = objects.user(number, "Has it", json!([entry(E3, Some(10), "Active", "None")]));
    }
    for number in 106..=115 {
        let refused = json!([entry(E3, Some(10), "Error", "CountViolation")]);
        objects = objects.user(number, "Waits", refused);
    }
    objects = objects
        .user(116, "Refused earlier", json!([entry(EMS, Some(11), "Error", "CountViolation")]))
        .user(117, "Guest", json!([entry(EMS, Some(11), "Active", "None")]))
        .last_user("creationType", "Invitation");
    let sales: Vec<u32> = (101..=115).collect();
    objects
        .group(10, "Sales", &[E3])
        .members(&sales)
        .group(11, "Partners", &[EMS])
        .members(&[116, 117])
        .tenant()
}

/// Two members who were refused a product whose seats were not read.
fn unread_seats() -> Tenant {
    let refused = json!([entry(E3, Some(10), "Error", "CountViolation")]);
    let mut objects = Objects::default()
        .user(101, "Ada", refused.clone())
        .user(102, "Bob", refused)
        .group(10, "Sales", &[E3])
        .members(&[101, 102]);
    objects.broken.push(("subscribedSkus", "403 Forbidden"));
    objects.tenant()
}

fn reasons(audit: &Audit<'_>) -> Vec<String> {
    let texts = Texts::new(Language::En);
    causes(audit).iter().map(|cause| cause.reason(audit.context.tenant, &texts, as_received)).collect()
}

fn of_kind<'c, 'a>(causes: &'c [Cause<'a>], kind: CauseKind) -> &'c Cause<'a> {
    causes.iter().find(|cause| cause.kind == kind).expect("a cause of the kind")
}

#[test]
fn people_without_a_seat_are_one_cause_with_the_shortage_of_the_product() {
    let tenant = short_of_seats();
    let audit = audit(&tenant, "");
    let causes = causes(&audit);
    let seats = of_kind(&causes, CauseKind::Seats);
    assert_eq!(seats.criteria, [CriterionId::EnoughSeats, CriterionId::MembersFullyLicensed]);
    assert_eq!(seats.codes, ["assignment-error", "demand-exceeds-seats", "seats-exhausted"]);
    assert_eq!((seats.people, seats.groups, seats.findings), (10, 1, 12));
    assert_eq!(seats.examples.len(), causes::EXAMPLES);
    let texts = Texts::new(Language::En);
    assert_eq!(
        seats.reason(&tenant, &texts, as_received),
        "No seat of Office 365 E3 is free: 10 members of 1 group wait."
    );
    assert!(seats.action(&tenant, &texts, as_received).starts_with("Buy at least 10 seats,"));
    assert_eq!(seats.role(&texts).as_deref(), Some("Billing Administrator"));
    assert_eq!(seats.place(&texts).as_deref(), Some("Microsoft 365 admin center, Billing > Your products"));
    let dutch = seats.reason(&tenant, &Texts::new(Language::Nl), as_received);
    assert_eq!(dutch, "Er is geen licentie voor Office 365 E3 vrij: 10 leden van 1 groep wachten.");
}

#[test]
fn who_was_refused_though_there_are_seats_by_now_is_another_cause() {
    let tenant = short_of_seats();
    let audit = audit(&tenant, "");
    let causes = causes(&audit);
    let earlier = of_kind(&causes, CauseKind::RefusedEarlier);
    assert_eq!((earlier.people, earlier.findings), (1, 1));
    let reason = earlier.reason(&tenant, &Texts::new(Language::En), as_received);
    assert!(reason.contains("Enterprise Mobility + Security E3") && reason.contains("by now"), "{reason}");
    let said = |refused: &str| {
        let findings = audit.judgements[3].findings.iter();
        let ids =
            findings.filter(|finding| finding.subject.sku.is_some_and(|sku| sku.to_string() == refused));
        ids.map(|finding| finding.message.id).collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(said(EMS).into_iter().collect::<Vec<_>>(), ["assignment-error-count-by-now"]);
    assert_eq!(said(E3).into_iter().collect::<Vec<_>>(), ["assignment-error-count"]);
}

#[test]
fn seats_that_were_not_read_are_read_before_any_are_bought() {
    let tenant = unread_seats();
    let audit = audit(&tenant, "");
    let causes = causes(&audit);
    let unread = of_kind(&causes, CauseKind::SeatsUnread);
    let texts = Texts::new(Language::En);
    assert_eq!(
        unread.reason(&tenant, &texts, as_received),
        "2 people were refused a seat of Office 365 E3; whether some are free now was not read."
    );
    assert!(unread.action(&tenant, &texts, as_received).starts_with("Grant Organization.Read.All"));
    assert_eq!(unread.role(&texts).as_deref(), Some("Privileged Role Administrator"));
    assert!(causes.iter().all(|cause| cause.kind != CauseKind::Seats));
}

#[test]
fn a_nested_group_names_what_does_not_reach_it_and_two_ways_out() {
    let tenant = Objects::default()
        .seats(E3, "ENTERPRISEPACK", 5, 0, 0)
        .user(101, "Ada", json!([]))
        .group(10, "Sales", &[E3])
        .nested(&[11])
        .group(11, "Interns", &[])
        .members(&[101])
        .tenant();
    let audit = audit(&tenant, "");
    let causes = causes(&audit);
    let nested = of_kind(&causes, CauseKind::Nested);
    let texts = Texts::new(Language::En);
    assert_eq!(
        nested.reason(&tenant, &texts, as_received),
        "Licenses of “Sales” do not reach nested groups: 1 member of “Interns” goes without Office 365 E3."
    );
    let action = nested.action(&tenant, &texts, as_received);
    assert!(action.starts_with("Make these people direct members of “Sales”."), "{action}");
    assert!(action.contains("a License Administrator assigns Office 365 E3 to “Interns” itself"), "{action}");
    assert_eq!(nested.role(&texts).as_deref(), Some("Groups Administrator, or the owner of the group"));
    let rows = super::files::rows(&audit, crate::report::Table::Actions);
    let row = rows.iter().find(|row| row["kind"] == "nested").expect("the cause");
    assert_eq!((row["group_name"].as_str(), row["sku_part_number"].as_str()), ("Sales", "ENTERPRISEPACK"));
}

#[test]
fn a_dependency_is_mended_whether_or_not_the_license_is_there() {
    for state in ["Error", "ActiveWithError"] {
        let tenant = Objects::default()
            .seats(E3, "ENTERPRISEPACK", 5, 0, 1)
            .user(101, "Ada", json!([entry(E3, Some(10), state, "DependencyViolation")]))
            .group(10, "Sales", &[E3])
            .members(&[101])
            .tenant();
        let audit = audit(&tenant, "");
        let causes = causes(&audit);
        let conflict = of_kind(&causes, CauseKind::PlanConflict);
        let action = conflict.action(&tenant, &Texts::new(Language::En), as_received);
        assert!(action.starts_with("Assign the service plan that the other depends on"), "{action}");
    }
}

#[test]
fn causes_stand_in_the_order_of_the_criteria_and_the_largest_first() {
    let tenant = troubled();
    let audit = audit(&tenant, PLAN);
    let causes = causes(&audit);
    let order: Vec<_> = causes
        .iter()
        .map(|cause| (cause.gaps > 0, cause.criteria[0], std::cmp::Reverse(cause.people)))
        .collect();
    assert!(order.is_sorted(), "{order:?}");
    assert!(order.iter().any(|(gap, ..)| *gap), "a gap is a cause as well");
}

#[test]
fn every_violation_and_gap_is_in_one_cause_and_nothing_that_is_waived() {
    let audits = [
        (troubled(), PLAN),
        (troubled(), ""),
        (strange(), ""),
        (strange(), STRANGE_PLAN),
        (short_of_seats(), ""),
        (unread_seats(), ""),
        (blind("groups"), PLAN_OF_ONE),
        (blind("users"), PLAN_OF_ONE),
    ];
    let mut kinds = std::collections::BTreeSet::new();
    for (tenant, plan) in audits {
        let audit = audit(&tenant, plan);
        let causes = causes(&audit);
        let counted: usize = causes.iter().map(|cause| cause.findings).sum();
        let findings = audit.judgements.iter().flat_map(|judgement| &judgement.findings);
        let violations: Vec<_> = findings
            .filter(|finding| finding.severity == Severity::Violation && finding.waiver.is_none())
            .collect();
        assert_eq!(counted, violations.len());
        let codes = |cause: &Cause<'_>| cause.codes.clone();
        let told: std::collections::BTreeSet<_> = causes.iter().flat_map(codes).collect();
        for finding in violations {
            assert!(told.contains(finding.code.as_str()), "{:?}", finding.code);
        }
        for gap in audit.judgements.iter().flat_map(|judgement| &judgement.gaps) {
            assert!(told.contains(gap.code.as_str()), "{:?}", gap.code);
        }
        for texts in Language::ALL.map(Texts::new) {
            for cause in &causes {
                kinds.insert(cause.kind);
                let words =
                    [cause.reason(&tenant, &texts, as_received), cause.action(&tenant, &texts, as_received)];
                for sentence in words {
                    super::texts::assert_sentence(&sentence);
                }
                for word in cause.role(&texts).into_iter().chain(cause.place(&texts)) {
                    assert!(!word.starts_with("role-") && !word.starts_with("place-"), "{word}");
                }
            }
        }
    }
    kinds.insert(raised_by_a_pack());
    let missing: Vec<_> = CauseKind::ALL.iter().filter(|kind| !kinds.contains(kind)).collect();
    assert!(missing.is_empty(), "no tenant of these tests has {missing:?}");
}

/// The kind of a code that only a pack makes a violation: the words of the finding stand for it.
fn raised_by_a_pack() -> CauseKind {
    let pack = include_str!("../../../rules/crit-identity-group-license.toml");
    let pack = pack.replace("direct-and-inherited = \"advisory\"", "direct-and-inherited = \"violation\"");
    let pack = Pack::parse("pack.toml", &pack).expect("a pack");
    let twice = json!([entry(E3, Some(10), "Active", "None"), entry(E3, None, "Active", "None")]);
    let tenant = Objects::default()
        .seats(E3, "ENTERPRISEPACK", 5, 0, 2)
        .user(101, "Ada", twice.clone())
        .user(102, "Bob", twice)
        .group(10, "Sales", &[E3])
        .members(&[101, 102])
        .tenant();
    let plan = Config::parse("tollgate.toml", "").expect("a configuration").plan;
    let audit = judge(&tenant, &plan, &pack).expect("a plan that fits");
    let causes = causes(&audit);
    let cause = of_kind(&causes, CauseKind::Other);
    assert_eq!((cause.findings, cause.people), (2, 2));
    let reason = cause.reason(&tenant, &Texts::new(Language::En), as_received);
    assert!(
        reason.starts_with("u101@contoso.example has Office 365 E3 from “Sales” and directly"),
        "{reason}"
    );
    assert!(reason.ends_with("There is 1 more like it."), "{reason}");
    cause.kind
}

#[test]
fn a_waived_violation_needs_no_action() {
    let tenant = short_of_seats();
    let guests = |plan| {
        let audit = audit(&tenant, plan);
        reasons(&audit).iter().filter(|reason| reason.contains("external account")).count()
    };
    assert_eq!(guests(""), 1);
    let waived = "[[waiver]]\ncriterion = 'no-b2b-groups-licensed'\ngroup = 'Partners'\nreason = 'contract'\n\
                  owner = 'us'\nexpires = 2027-01-01";
    assert_eq!(guests(waived), 0);
}

#[test]
fn a_sound_tenant_has_no_cause_and_the_terminal_says_nothing_of_them() {
    let tenant = Objects::default()
        .seats(E3, "ENTERPRISEPACK", 10, 0, 1)
        .user(101, "Ada", json!([entry(E3, Some(10), "Active", "None")]))
        .group(10, "Sales", &[E3])
        .members(&[101])
        .tenant();
    let audit = audit(&tenant, "[[target]]\ngroup = 'Sales'\nrequire = ['ENTERPRISEPACK']");
    assert!(causes(&audit).is_empty());
    let style = Style { width: 80, colour: false, out_dir: None, demo: false, quiet: false };
    let text = on_terminal(&audit, Language::En, &style);
    assert!(!text.contains("What to do"), "{text}");
}

#[test]
fn result_and_table_tell_the_same_causes() {
    let tenant = troubled();
    let audit = audit(&tenant, PLAN);
    let result: Value = serde_json::from_str(&super::files::result(&audit)).expect("JSON");
    let listed = result["causes"].as_array().expect("causes");
    let rows = super::files::rows(&audit, crate::report::Table::Actions);
    assert_eq!((listed.len(), rows.len()), (causes(&audit).len(), listed.len()));
    for (place, (row, cause)) in rows.iter().zip(listed).enumerate() {
        assert_eq!(row["action"], (place + 1).to_string());
        assert_eq!(row["kind"], cause["kind"].as_str().expect("a word"));
        assert_eq!(row["people"], cause["people"].to_string());
        assert_eq!(row["role"], cause["role"].as_str().unwrap_or_default());
        for empty in ["owner", "due_date", "note"] {
            assert_eq!(row[empty], "", "to be filled in by people");
        }
    }
}
