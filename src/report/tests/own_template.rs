//! Templates of users: the page about them tells the truth, and mistakes are told with place and choice.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use super::{PLAN, STRANGE_PLAN, audit, strange, troubled};
use crate::pack::Pack;
use crate::report::{Format, Language, OwnTemplate, Texts, json};

const PAGE: &str = include_str!("../../../docs/templates.md");

fn made(name: &str, source: &str) -> Result<String, String> {
    let tenant = troubled();
    let audit = audit(&tenant, PLAN);
    let template =
        OwnTemplate::parse(Path::new(name), source.to_owned()).map_err(|error| error.to_string())?;
    let texts = Texts::new(Language::En);
    template.render(&audit, Pack::built_in(), &texts).map_err(|error| error.to_string())
}

#[test]
fn the_example_of_the_page_works() {
    let (_, rest) = PAGE.split_once("```handlebars\n").expect("an example");
    let (example, _) = rest.split_once("```").expect("its end");
    let text = made("summary.txt.hbs", example).expect("a report");
    assert!(text.starts_with("Contoso, 2026-11-22T09:00:00Z: fail\n"), "{text}");
    assert!(
        text.contains("\n- seats-exhausted: 3 of 7 people who need Office 365 E3 have no seat"),
        "{text}"
    );
    assert!(text.contains("The run: Scan: 1,234 requests"), "{text}");
}

/// The fields of every object, by where it stands.
fn shape(value: &Value, at: &str, found: &mut BTreeMap<String, BTreeSet<String>>) {
    match value {
        Value::Object(fields) => {
            let free = ["args", "verdicts", "seen", "wanted", "wantedMessage"];
            if free.iter().any(|free| at.trim_end_matches("[]").ends_with(free)) {
                return;
            }
            found.entry(at.to_owned()).or_default().extend(fields.keys().cloned());
            let below = if at.is_empty() { String::new() } else { format!("{at}.") };
            for (name, value) in fields {
                shape(value, &format!("{below}{name}"), found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| shape(item, &format!("{at}[]"), found)),
        _ => {}
    }
}

#[test]
fn the_page_lists_the_data() {
    let mut found = BTreeMap::new();
    for (tenant, plan) in [(troubled(), PLAN), (strange(), STRANGE_PLAN)] {
        let audit = audit(&tenant, plan);
        let data = json::document(&audit, Pack::built_in(), &Texts::new(Language::En));
        shape(&data, "", &mut found);
    }
    // Said in a sentence below the table.
    found.retain(|at, _| {
        !["group", "user", "sku", "waiver"].iter().any(|part| at.ends_with(part)) && !at.contains("folded")
    });
    let mut told = BTreeMap::new();
    let rows = PAGE.lines().skip_while(|line| !line.starts_with("| object")).skip(2);
    for row in rows.map_while(|line| line.strip_prefix("| ")) {
        let (at, fields) = row.trim_end_matches(" |").split_once(" | ").expect("two cells");
        let at = if at == "the document" { "" } else { at.trim_matches('`') };
        let fields: BTreeSet<String> =
            fields.split(", ").map(|field| field.trim_matches('`').to_owned()).collect();
        told.insert(at.to_owned(), fields);
    }
    assert_eq!(told, found);
}

#[test]
fn a_mistake_is_told_with_line_column_and_choice() {
    let error = made("a.txt.hbs", "fine\n  {{tenant.displayname}}").expect_err("no such field");
    assert!(
        error.starts_with("a.txt.hbs:2:3: there is no field `tenant.displayname` here\nhint: "),
        "{error}"
    );
    assert!(error.contains("did you mean `displayName`? `tenant` has displayName, id"), "{error}");
    let error = made("a.txt.hbs", "{{#each criteria}}{{verdikt}}{{/each}}").expect_err("no such field");
    assert!(
        error.contains("did you mean `verdict`?") && error.contains("the document has asOf, causes"),
        "{error}"
    );
    let error = made("a.txt.hbs", "one\n{{#each criteria}}").expect_err("no end");
    assert!(error.starts_with("a.txt.hbs:") && error.contains("hint: "), "{error}");
    let error = made("a.txt.hbs", "{{say \"no-such-text\"}}").expect_err("no such text");
    assert!(error.contains("there is no text `no-such-text`"), "{error}");
}

#[test]
fn names_that_are_none_or_taken_are_refused() {
    for name in ["report.html", ".hbs", "..hbs", "x/.hbs", "summary.txt"] {
        let error = made(name, "").expect_err("no name");
        assert!(
            error.contains("a template's name ends in .hbs") && error.contains("hint: "),
            "{name}: {error}"
        );
    }
    for format in Format::ALL {
        for taken in format.file_names() {
            let error = made(&format!("{}.hbs", taken.to_uppercase()), "").expect_err("taken");
            assert!(error.contains("is the name of a report of this program"), "{error}");
        }
    }
}

#[test]
fn names_of_the_tenant_are_escaped_by_the_name_of_the_report() {
    let source =
        "{{#each criteria}}{{#each findings}}{{#if user}}{{user.displayName}}{{/if}}\n{{/each}}{{/each}}";
    let html = made("x.html.hbs", source).expect("a report");
    assert!(html.contains("&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt;"), "{html}");
    let markdown = made("x.md.hbs", source).expect("a report");
    assert!(markdown.contains("\\<img src=x onerror=alert(1)>"), "{markdown}");
    let text = made("x.txt.hbs", source).expect("a report");
    assert!(text.contains("<img src=x onerror=alert(1)>"), "{text}");
    for text in [html, markdown, text] {
        assert!(!text.contains(|letter: char| letter != '\n' && crate::clean::is_harmful(letter)), "{text}");
    }
}
