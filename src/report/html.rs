//! `report.html`: the page for a checkpoint review. One file that asks the network for nothing, works without
//! script and gets better with it.
//!
//! Its policy allows this style sheet and this script, by their hashes, and nothing else. Template text is escaped
//! for text and quoted attributes; names of the tenant stand in `<bdi>`, so that their direction ends with them.

use std::io::{self, Write};

use handlebars::{Context, Handlebars, Helper, HelperResult, Output, RenderContext, html_escape};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::page::{Limits, Page};
use super::template;
use super::text::Texts;
use crate::pack::Pack;
use crate::rules::Audit;

const STYLE: &str = include_str!("../../reports/report.css");
const SCRIPT: &str = include_str!("../../reports/report.js");

/// The page, and the partials that it is made of.
const TEMPLATES: [(&str, &str); 11] = [
    ("page", include_str!("../../reports/report.html.hbs")),
    ("verdict", include_str!("../../reports/html/verdict.hbs")),
    ("causes", include_str!("../../reports/html/causes.hbs")),
    ("criteria", include_str!("../../reports/html/criteria.hbs")),
    ("finding", include_str!("../../reports/html/finding.hbs")),
    ("evidence", include_str!("../../reports/html/evidence.hbs")),
    ("seats", include_str!("../../reports/html/seats.hbs")),
    ("groups", include_str!("../../reports/html/groups.hbs")),
    ("suitable", include_str!("../../reports/html/suitable.hbs")),
    ("coverage", include_str!("../../reports/html/coverage.hbs")),
    ("closing", include_str!("../../reports/html/closing.hbs")),
];

const LIMITS: Limits = Limits {
    causes: 50,
    findings: 1_000,
    of_a_kind: 5,
    groups: 500,
    candidates: 500,
    collections: 100,
    longest: 1_000,
};

#[derive(Serialize)]
struct Document<'a> {
    #[serde(flatten)]
    page: Page,
    policy: String,
    style: &'a str,
    script: &'a str,
}

/// Writes `report.html`.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(audit: &Audit<'_>, pack: &Pack, texts: &Texts, out: &mut dyn Write) -> io::Result<()> {
    let mut engine = template::engine(texts, html_escape);
    for (name, source) in TEMPLATES {
        engine.register_template_string(name, source).expect("a test reads every template");
    }
    engine.register_helper("sentence", Box::new(sentence));
    let policy = format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; base-uri 'none'; form-action 'none'",
        hash(SCRIPT),
        hash(STYLE)
    );
    let page = Page::new(audit, pack, texts, LIMITS);
    template::render(&engine, &Document { page, policy, style: STYLE, script: SCRIPT }, out)
}

/// The hash by which a policy knows an element: of what stands between its tags.
fn hash(content: &str) -> String {
    format!("sha256-{}", azure_core::base64::encode(Sha256::digest(content)))
}

/// `{{sentence reason}}`: the pieces from outside in `<bdi>`.
fn sentence(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    for (text, foreign) in template::pieces(helper)? {
        if foreign {
            out.write(&format!("<bdi>{}</bdi>", html_escape(text)))?;
            continue;
        }
        for (text, is_code) in template::with_code(text) {
            let text = html_escape(text);
            out.write(&if is_code { format!("<code>{text}</code>") } else { text })?;
        }
    }
    Ok(())
}
