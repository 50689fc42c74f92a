//! `report.html` and `report.md`: what is in them, and what hostile names can do there.

use std::collections::BTreeSet;

use handlebars::Handlebars;
use proptest::prelude::*;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{E3, EMS, Objects, PLAN, audit, entry, tenants, troubled};
use crate::pack::Pack;
use crate::report::{Language, Texts, html, markdown};
use crate::rules::Audit;

const SOURCES: [&str; 14] = [
    include_str!("../../../reports/report.html.hbs"),
    include_str!("../../../reports/report.md.hbs"),
    include_str!("../../../reports/html/verdict.hbs"),
    include_str!("../../../reports/html/causes.hbs"),
    include_str!("../../../reports/html/criteria.hbs"),
    include_str!("../../../reports/html/finding.hbs"),
    include_str!("../../../reports/html/evidence.hbs"),
    include_str!("../../../reports/html/seats.hbs"),
    include_str!("../../../reports/html/groups.hbs"),
    include_str!("../../../reports/html/suitable.hbs"),
    include_str!("../../../reports/html/coverage.hbs"),
    include_str!("../../../reports/html/closing.hbs"),
    include_str!("../page.rs"),
    include_str!("../page/suitable.rs"),
];

/// How many of them are templates.
const TEMPLATES: usize = 12;

fn page(audit: &Audit<'_>, language: Language) -> String {
    let mut out = Vec::new();
    html::write(audit, Pack::built_in(), &Texts::new(language), &mut out).expect("memory");
    String::from_utf8(out).expect("UTF-8")
}

fn short(audit: &Audit<'_>, language: Language) -> String {
    let mut out = Vec::new();
    markdown::write(audit, Pack::built_in(), &Texts::new(language), &mut out).expect("memory");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn the_mark_that_proves_an_external_account_is_not_cut_off() {
    let tenant = Objects::default()
        .user(101, "Fox", json!([]))
        .last_user("creationType", "Invitation")
        .last_user("externalUserState", "PendingAcceptance")
        .last_user("userPrincipalName", "fox_partner.example#EXT#@contoso.example")
        .group(10, "Sales", &[E3])
        .members(&[101])
        .tenant();
    let text = short(&audit(&tenant, ""), Language::En);
    assert!(text.contains("userPrincipalName = …#EXT#…`"), "{text}");
}

#[test]
fn every_tenant_gets_both_pages_in_both_languages_and_the_same_every_time() {
    for (tenant, plan) in tenants() {
        let audit = audit(&tenant, plan);
        for language in Language::ALL {
            let html = page(&audit, language);
            assert!(html.starts_with(&format!("<!doctype html>\n<html lang=\"{language}\">")));
            assert!(html.ends_with("</html>\n"));
            assert_eq!(html, page(&audit, language));
            assert_eq!(short(&audit, language), short(&audit, language));
            for text in [html, short(&audit, language)] {
                for left in ["{{", "}}", "page-", "code-", "collection-", "{$"] {
                    let markup = text.contains(&left.to_string()) && left == "{{";
                    assert!(!markup, "{left}");
                }
                assert!(!text.contains('\u{2068}') && !text.contains('\u{2069}'));
            }
        }
    }
}

#[test]
fn every_text_that_a_page_asks_for_is_there_and_every_text_of_pages_is_asked_for() {
    let texts = Texts::new(Language::En);
    let mut asked = BTreeSet::new();
    for source in SOURCES {
        for call in ["say \"", "word(\"", "say(\""] {
            for rest in source.split(call).skip(1) {
                let id = rest.split('"').next().unwrap_or_default();
                assert!(texts.knows(id) || id.contains('{'), "{id}");
                asked.insert(id.to_owned());
            }
        }
    }
    assert!(asked.len() > 80, "{}", asked.len());
    let composed = |id: &str| {
        id.starts_with("page-class-") || id.starts_with("page-folded-") || id.starts_with("page-seat-")
    };
    for line in Language::En.source().lines() {
        let Some((id, _)) = line.split_once(" = ") else { continue };
        if id.starts_with("page-") && !composed(id) {
            let in_rust = SOURCES[TEMPLATES..].iter().any(|source| source.contains(&format!("\"{id}\"")));
            assert!(asked.contains(id) || in_rust, "nothing asks for {id}");
        }
    }
}

#[test]
fn every_code_has_a_title_in_both_languages() {
    for code in crate::verdict::Code::ALL {
        for language in Language::ALL {
            assert!(Texts::new(language).knows(&format!("code-{}", code.as_str())), "{}", code.as_str());
        }
    }
}

#[test]
fn templates_are_in_order_and_put_values_only_where_they_are_escaped() {
    for source in &SOURCES[..TEMPLATES] {
        Handlebars::new().register_template_string("template", *source).expect("a template");
        // Raw: our own style sheet and script. Everything else is escaped, and attributes are quoted.
        let raw: Vec<&str> =
            source.split("{{{").skip(1).map(|rest| rest.split("}}}").next().expect("an end")).collect();
        assert!(raw.iter().all(|name| ["style", "script"].contains(name)), "{raw:?}");
        assert!(!source.contains("={{"), "an attribute without quotes");
        for address in source.split("href=\"").skip(1) {
            assert!(address.starts_with('#'), "an address that leaves the page: {address:.30}");
        }
        for never in [" src=", " style=", " onclick", "javascript:", "http://", "https://", "<img", "<link"] {
            assert!(!source.contains(never), "{never}");
        }
    }
}

#[test]
fn the_policy_names_the_hashes_of_what_stands_between_the_tags_and_nothing_else() {
    let tenant = troubled();
    let page = page(&audit(&tenant, PLAN), Language::En);
    let between = |open: &str, close: &str| {
        let (_, rest) = page.split_once(open).expect("an element");
        rest.split_once(close).expect("its end").0.to_owned()
    };
    let hash = |content: &str| {
        let encoded = azure_core::base64::encode(Sha256::digest(content));
        handlebars::html_escape(&format!("'sha256-{encoded}'"))
    };
    let policy = between("http-equiv=\"Content-Security-Policy\" content=\"", "\">");
    let (style, script) = (hash(&between("<style>", "</style>")), hash(&between("<script>", "</script>")));
    assert_eq!(
        policy,
        format!(
            "{}; script-src {script}; style-src {style}; {}",
            handlebars::html_escape("default-src 'none'"),
            handlebars::html_escape("base-uri 'none'; form-action 'none'")
        )
    );
    assert_eq!(page.matches("<script").count(), 1);
    assert_eq!(page.matches("<style").count(), 1);
}

#[test]
fn the_page_says_what_the_audit_says() {
    let tenant = troubled();
    let audit = audit(&tenant, PLAN);
    let page = page(&audit, Language::En);
    for wanted in [
        "Exit criterion for group-based licensing",
        "3 of 4 criteria are not met.",
        "edition of January 2019",
        "Microsoft calls this exit criterion optional.",
        "id=\"enough-seats\"",
        "0 enabled + 4 in grace = 4 seats; 4 − 4 in use = 0 free. 7 needed, 3 waiting.",
        "identity team",
        "2027-03-31",
        "joint venture, contract 2026-114",
        "APP-*",
        "FLOW_FREE",
        "403 Forbidden: Authorization_RequestDenied",
        "Not everything was read to its end.",
        "Signature",
        "licenseAssignmentStates",
        "1,234 requests",
    ] {
        let escaped = handlebars::html_escape(wanted);
        assert!(page.contains(wanted) || page.contains(&escaped), "{wanted}");
    }
    let findings: usize = audit.judgements.iter().map(|it| it.findings.len() + it.gaps.len()).sum();
    assert_eq!(page.matches("<li class=\"finding\"").count(), findings);
}

#[test]
fn every_fragment_is_there_once_and_every_link_goes_somewhere() {
    for (tenant, plan) in tenants() {
        let page = page(&audit(&tenant, plan), Language::Nl);
        let mut ids = BTreeSet::new();
        for rest in page.split(" id=\"").skip(1) {
            let id = rest.split('"').next().expect("an id");
            assert!(ids.insert(id), "{id} stands twice");
        }
        for rest in page.split("href=\"#").skip(1) {
            let id = rest.split('"').next().expect("an id");
            assert!(ids.contains(id), "nothing is called {id}");
        }
    }
}

#[test]
fn a_finding_keeps_its_fragment_when_others_come_and_go() {
    let fragments = |tenant: &crate::tenant::Tenant, plan: &str| -> BTreeSet<String> {
        let page = page(&audit(tenant, plan), Language::En);
        let ids = page.split("class=\"finding\" id=\"").skip(1);
        ids.map(|rest| rest.split('"').next().expect("an id").to_owned()).collect()
    };
    let tenant_of = |more: bool| {
        let mut objects = Objects::default()
            .seats(E3, "ENTERPRISEPACK", 10, 0, 0)
            .user(101, "Ada", json!([]))
            .user(102, "Grace", json!([]))
            .group(10, "Sales", &[E3])
            .members(if more { &[101, 102] } else { &[102] });
        objects.groups[0]["displayName"] = json!(if more { "Sales" } else { "Sales and more" });
        objects.tenant()
    };
    let (few, many) = (fragments(&tenant_of(false), ""), fragments(&tenant_of(true), ""));
    assert!(few.len() < many.len());
    assert!(few.is_subset(&many), "{few:?} {many:?}");
}

#[test]
fn hostile_names_stand_in_the_page_as_text() {
    let tenant = troubled();
    let audit = audit(&tenant, PLAN);
    let html = page(&audit, Language::En);
    assert!(html.contains("<bdi>u102@contoso.example</bdi>"));
    assert!(!html.contains("<img"));
    assert!(!html.contains(['\u{202e}', '\u{1b}', '\u{7}']));
    assert!(html.contains("<bdi>@Sales Interns</bdi>"));
}

#[test]
fn the_short_report_is_bounded_and_mentions_nobody() {
    let mut objects = Objects::default().seats(E3, "ENTERPRISEPACK", 5000, 0, 0);
    for group in 10..60 {
        let first = group * 100;
        for user in first..first + 20 {
            objects =
                objects.user(user, &"@team ".repeat(42), json!([entry(E3, Some(group), "Error", "Other")]));
        }
        let members: Vec<u32> = (first..first + 20).collect();
        objects =
            objects.group(group, &"@everybody | [x](http://x.example) ".repeat(7), &[E3]).members(&members);
    }
    let tenant = objects.tenant();
    let audit = audit(&tenant, "");
    let short = short(&audit, Language::En);
    // A comment on GitHub holds 65,536 characters.
    assert!(short.chars().count() < 65_536, "{}", short.chars().count());
    assert!(short.contains("findings.csv"));
    for line in short.lines() {
        // Outside of code nothing is left of them.
        let outside: String = line.split('`').step_by(2).collect();
        assert!(!outside.contains('@') && !outside.contains("http://"), "{line}");
    }
    let page = page(&audit, Language::En);
    assert_eq!(page.matches("<li class=\"finding\"").count(), 1_000);
    assert!(page.contains("Shown are 1,000 of 1,"), "it says that there are more");
}

fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,60}",
        ".{0,60}",
        "[<>\"'`&=/|@#*_\\[\\]()!:;{}\\\\ \n\r\ta-c]{0,60}",
        Just("</script><script>alert(1)</script>".to_owned()),
        Just("{{verdict}} {{{style}}}".to_owned()),
        Just("\u{2068}x\u{2069}\u{202e}y".to_owned()),
        Just("ع".repeat(256)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn no_name_adds_an_element_an_attribute_or_a_line(name in hostile()) {
        let build = |name: &str| {
            Objects::default()
                .seats(E3, name, 1, 0, 1)
                .seats(EMS, "EMS", 9, 0, 1)
                .user(101, name, json!([entry(E3, Some(10), "Error", name)]))
                .last_user("userPrincipalName", name)
                .group(10, name, &[E3, EMS])
                .members(&[101])
                .tenant()
        };
        let (plain, hostile) = (build("plain"), build(&name));
        let (plain, hostile) = (audit(&plain, ""), audit(&hostile, ""));
        let html = page(&hostile, Language::En);
        prop_assert_eq!(html.matches("<script").count(), 1);
        let (_, body) = html.split_once("<body>").expect("a body");
        for piece in body.split('<').skip(1) {
            let tag: String = piece.chars().take_while(|letter| letter.is_ascii_alphanumeric() || *letter == '/').collect();
            prop_assert!(TAGS.contains(&tag.trim_start_matches('/')), "{}", tag);
        }
        prop_assert!(!html.contains(|c: char| crate::clean::is_harmful(c) && c != '\n'));
        // A table or list of the short report gains no line by a name; a blank one may take its place.
        let lines = |text: &str| text.lines().count();
        let blank = name.trim().is_empty();
        if !blank && !name.chars().any(crate::clean::is_harmful) {
            prop_assert_eq!(lines(&short(&hostile, Language::En)), lines(&short(&plain, Language::En)));
        }
    }
}

const TAGS: &[&str] = &[
    "a",
    "article",
    "b",
    "bdi",
    "blockquote",
    "body",
    "br",
    "button",
    "caption",
    "circle",
    "code",
    "dd",
    "defs",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "header",
    "html",
    "input",
    "label",
    "li",
    "line",
    "main",
    "nav",
    "ol",
    "option",
    "output",
    "p",
    "path",
    "pattern",
    "rect",
    "script",
    "section",
    "select",
    "span",
    "summary",
    "svg",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "time",
    "tr",
    "ul",
];
