//! The report on the terminal: looked at as a whole, and what must hold whatever the tenant is called.

use std::path::Path;

use super::{
    E3, EMS, Objects, PLAN, PLAN_OF_ONE, STRANGE_PLAN, audit, blind, entry, on_terminal, strange, troubled,
};
use crate::report::{Language, Style};
use serde_json::json;

const STYLE: Style<'_> = Style { width: 80, colour: false, out_dir: None, demo: false, quiet: false };

/// The report on one line, so that it does not matter where lines are broken.
fn on_one_line(tenant: &crate::tenant::Tenant, plan: &str) -> String {
    let text = on_terminal(&audit(tenant, plan), Language::En, &STYLE);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A tenant in order: one group, two members, all licensed.
fn sound() -> crate::tenant::Tenant {
    let both = || json!([entry(E3, Some(10), "Active", "None"), entry(EMS, Some(10), "Active", "None")]);
    Objects::default()
        .seats(E3, "ENTERPRISEPACK", 25, 0, 22)
        .seats(EMS, "EMS", 25, 0, 22)
        .user(101, "Ada", both())
        .user(102, "Grace", both())
        .group(10, "Sales", &[E3, EMS])
        .members(&[101, 102])
        .tenant()
}

#[test]
fn troubled_tenant_in_english() {
    let tenant = troubled();
    let style = Style { out_dir: Some(Path::new("reports")), demo: true, ..STYLE };
    insta::assert_snapshot!(on_terminal(&audit(&tenant, PLAN), Language::En, &style));
}

#[test]
fn troubled_tenant_in_dutch() {
    let tenant = troubled();
    insta::assert_snapshot!(on_terminal(&audit(&tenant, PLAN), Language::Nl, &STYLE));
}

#[test]
fn strange_tenant_in_english() {
    let tenant = strange();
    insta::assert_snapshot!(on_terminal(&audit(&tenant, STRANGE_PLAN), Language::En, &STYLE));
}

#[test]
fn sound_tenant_in_english() {
    let tenant = sound();
    insta::assert_snapshot!(on_terminal(&audit(&tenant, PLAN_OF_ONE), Language::En, &STYLE));
}

#[test]
fn blind_audit_in_english() {
    let tenant = blind("users");
    insta::assert_snapshot!(on_terminal(&audit(&tenant, PLAN_OF_ONE), Language::En, &STYLE));
}

#[test]
fn quietly_only_the_verdicts_are_told() {
    let tenant = troubled();
    let text = on_terminal(&audit(&tenant, PLAN), Language::En, &Style { quiet: true, ..STYLE });
    insta::assert_snapshot!(text, @r"
Exit criterion for group-based licensing: NOT MET
=================================================
3 of 4 criteria are not met. 1 other could not be judged.
Left out  groups APP-*; products FLOW_FREE
1. The right groups hand out the required products: not met
2. No licensed group contains B2B accounts: inconclusive
3. There are enough seats for every member: not met
4. Every member has the licenses, through the group: not met
");
}

#[test]
fn lines_fit_the_width() {
    for (tenant, plan) in [(troubled(), PLAN), (strange(), STRANGE_PLAN)] {
        let audit = audit(&tenant, plan);
        for width in [40, 60, 80, 200] {
            for language in Language::ALL {
                let text = on_terminal(&audit, language, &Style { width, ..STYLE });
                for line in text.lines() {
                    assert!(line.chars().count() <= usize::from(width), "{width}: {line}");
                    assert_eq!(line, line.trim_end());
                }
            }
        }
    }
}

#[test]
fn very_narrow_and_very_wide_terminals_count_as_forty_and_a_hundred_and_twenty() {
    let tenant = troubled();
    let audit = audit(&tenant, PLAN);
    let print = |width| on_terminal(&audit, Language::En, &Style { width, ..STYLE });
    assert_eq!(print(0), print(40));
    assert_eq!(print(u16::MAX), print(120));
}

#[test]
fn nothing_in_the_report_acts_on_the_terminal() {
    for (tenant, plan) in [(troubled(), PLAN), (strange(), STRANGE_PLAN)] {
        let audit = audit(&tenant, plan);
        let text = on_terminal(&audit, Language::En, &STYLE);
        assert!(!text.contains(|character: char| character.is_control() && character != '\n'));
        assert!(!text.contains('\u{202e}'));
    }
}

#[test]
fn a_long_name_is_shortened_and_a_list_is_not() {
    let tenant = troubled();
    let text = on_one_line(&tenant, PLAN);
    assert!(
        text.contains("Группа с очень длинным именем Группа с очень длинным именем Гру…” were not read"),
        "{text}"
    );
    let tenant = Objects::default()
        .seats(E3, "ENTERPRISEPACK", 25, 0, 1)
        .user(101, "Ada", json!([entry(E3, Some(10), "Active", "None")]))
        .group(10, "Sales", &[E3])
        .members(&[101])
        .tenant();
    let text = on_one_line(&tenant, PLAN_OF_ONE);
    let list = "Microsoft Entra ID P1, Microsoft Intune Plan 1, Azure Information Protection Premium P1.";
    assert!(text.contains(list), "{text}");
}

#[test]
fn colour_adds_nothing_but_colour() {
    let tenant = troubled();
    let audit = audit(&tenant, PLAN);
    let coloured = on_terminal(&audit, Language::En, &Style { colour: true, ..STYLE });
    assert!(coloured.contains("\u{1b}[1;31m") && coloured.contains("\u{1b}[1;33m"));
    let mut plain = String::new();
    for (place, part) in coloured.split("\u{1b}[").enumerate() {
        plain.push_str(if place == 0 { part } else { part.split_once('m').expect("a colour ends in m").1 });
    }
    assert_eq!(plain, on_terminal(&audit, Language::En, &STYLE));
}

#[test]
fn many_findings_are_counted_and_three_are_named() {
    let mut objects = Objects::default().seats(E3, "ENTERPRISEPACK", 2000, 0, 0).group(10, "Sales", &[E3]);
    let members: Vec<u32> = (1000..2101).collect();
    for &member in &members {
        objects = objects.user(member, "Somebody", json!([]));
    }
    let tenant = objects.members(&members).tenant();
    let text = on_one_line(&tenant, "");
    assert!(text.contains("x not-licensed-without-error · 1,101 people in 1 group u1000"), "{text}");
    let named = "u1000@contoso.example, u1001@contoso.example, u1002@contoso.example and 1,098 more";
    assert!(text.contains(named), "{text}");
    assert!(text.contains("For example: u1000@contoso.example is a member of “Sales”"), "{text}");
}

#[test]
fn what_to_do_about_a_gap_is_said_once() {
    let tenant = blind("users");
    let text = on_one_line(&tenant, PLAN_OF_ONE);
    assert_eq!(text.matches("Not known: users-incomplete").count(), 3, "{text}");
    assert_eq!(text.matches("→ If it was refused, grant User.Read.All").count(), 1, "{text}");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { failure_persistence: None, ..proptest::prelude::ProptestConfig::with_cases(64) })]

    #[test]
    fn no_name_acts_on_the_terminal_or_breaks_the_page(name in "\\PC{0,80}|.{0,80}|[ -~]{0,200}") {
        let tenant = Objects::default()
            .seats(E3, &name, 1, 0, 1)
            .user(101, &name, json!([entry(E3, Some(10), "Error", &name)]))
            .group(10, &name, &[E3])
            .members(&[101])
            .tenant();
        let text = on_terminal(&audit(&tenant, ""), Language::Nl, &STYLE);
        assert!(!text.contains(|character: char| character.is_control() && character != '\n'), "{text}");
        // Marks that are written over a letter take no column, so only plain text can be measured here.
        for line in text.lines().filter(|line| line.is_ascii()) {
            assert!(line.len() <= 80, "{line}");
        }
    }
}
