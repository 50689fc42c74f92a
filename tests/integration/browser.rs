//! `report.html` in real Chromium: writes the pages that tests/browser/ looks at, and lets it look.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::json;
use tollgate::sim::{Directory, TenantBuilder};

use crate::common::{Desk, Served};

/// A tenant whose names would do harm where they are not written as text.
fn hostile() -> Directory {
    let names = [
        "<img src=x onerror=window.pwned=1>",
        "=cmd|' /C calc'!A0",
        "\" onmouseover=\"window.pwned=1\" x=\"",
        "</script><script>window.pwned=1</script>",
        "{{style}} {{{script}}} ${window.pwned=1}",
        "مبيعات وتسويق",
        "שיווק (2)",
        "abc\u{202e}gnp.exe\u{2066}",
        "🦊 👩‍👩‍👧‍👦 Фокс",
        "javascript:window.pwned=1//",
    ];
    let long = "W".repeat(256);
    let mut story = TenantBuilder::new("Contoso <b>&amp; \u{202e}Sons", "contoso.example")
        .product("ENTERPRISEPACK", 4)
        .product("EMS", 40);
    for (place, name) in names.into_iter().chain([long.as_str()]).enumerate() {
        story = story.group(name.to_owned()).grants("ENTERPRISEPACK").grants("EMS");
        for member in 0..2 {
            story = story
                .user(&format!("user{place}-{member}"))
                .property("displayName", json!(name))
                .property("userPrincipalName", json!(format!("{name}{member}@contoso.example")))
                .in_group(name)
                .fails(name, "ENTERPRISEPACK", name.to_owned());
        }
        // A candidate of nearly that name, which such a user owns.
        let candidate = format!("{name}!");
        story = story
            .group(candidate.clone())
            .owned_by(&format!("owner{place}"))
            .owned_by_application(name.to_owned())
            .user(&format!("owner{place}"))
            .property("userPrincipalName", json!(format!("{name}@contoso.example")))
            .direct("ENTERPRISEPACK")
            .in_group(&candidate)
            .user(&format!("guest{place}"))
            .invited()
            .in_group(&candidate);
    }
    story.build()
}

#[test]
#[ignore = "needs Node.js, npm ci in tests/browser, and Chromium (its path in CHROMIUM)"]
fn the_page_in_chromium() {
    let desk = Desk::new();
    fs::create_dir(desk.path("pages")).unwrap();
    let keep = |from: &str, name: &str| {
        fs::copy(desk.path(&format!("{from}/report.html")), desk.path(&format!("pages/{name}.html")))
            .unwrap();
    };
    // With the members of all groups, so that the page tells which are suitable.
    desk.run(&["groups", "--demo", "--save", "demo.snap"]);
    Served::new(hostile()).run(&desk, "groups", &["--save", "hostile.snap"]);
    for (snapshot, out, language) in
        [("demo.snap", "en", "en"), ("demo.snap", "nl", "nl"), ("hostile.snap", "hostile", "en")]
    {
        let arguments =
            ["audit", "--snapshot", snapshot, "--out", out, "--format", "html", "--lang", language];
        assert_eq!(desk.run(&arguments).code, 1);
        assert!(
            desk.text(&format!("{out}/report.html"))
                .contains("<table class=\"stacked sortable candidates\">")
        );
        keep(out, out);
    }

    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser/report.test.mjs");
    let node =
        Command::new("node").arg("--test").arg(tests).env("PAGES", desk.path("pages")).output().unwrap();
    assert!(node.status.success(), "{}", String::from_utf8_lossy(&node.stdout));
}
