//! `report.md`: the same in short, for a pull request or a wiki (GitHub-flavoured Markdown).
//!
//! Text of the tenant stands in code spans, in which nothing is a link, a mention, markup or HTML; other text has
//! its marks escaped. The whole stays below what a comment on GitHub may hold.

use std::io::{self, Write};

use handlebars::{
    Context, Handlebars, Helper, HelperResult, Output, RenderContext, RenderError, RenderErrorReason,
};

use super::page::{Limits, Page};
use super::template;
use super::text::Texts;
use crate::pack::Pack;
use crate::rules::Audit;

const TEMPLATE: &str = include_str!("../../reports/report.md.hbs");

const LIMITS: Limits = Limits {
    causes: 12,
    findings: 80,
    of_a_kind: 1,
    groups: 25,
    candidates: 10,
    collections: 10,
    longest: 100,
};

/// Writes `report.md`.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(audit: &Audit<'_>, pack: &Pack, texts: &Texts, out: &mut dyn Write) -> io::Result<()> {
    let mut engine = template::engine(texts, escape);
    engine.register_template_string("page", TEMPLATE).expect("a test reads every template");
    engine.register_helper("verbatim", Box::new(verbatim));
    engine.register_helper("sentence", Box::new(sentence));
    template::render(&engine, &Page::new(audit, pack, texts, LIMITS), out)
}

/// Text in which no character is markup, on one line: also in a cell of a table.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|' | '~' | '#' | '&' => {
                out.push('\\');
                out.push(character);
            }
            // Neither a mention nor the address of a mail, which GitHub looks for behind the markup.
            '@' => out.push_str("@\u{200b}"),
            // No address that becomes a link by itself.
            ':' if out.ends_with("http") || out.ends_with("https") => out.push_str("\\:"),
            '.' if out.ends_with("www") => out.push_str("\\."),
            character if character.is_whitespace() => out.push(' '),
            character => out.push(character),
        }
    }
    out
}

/// A code span: fenced by more backticks than it holds. The bar of a table is escaped even there.
fn code_span(text: &str, in_cell: bool) -> String {
    let line: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let line = if in_cell { line.replace('|', "\\|") } else { line };
    if line.trim().is_empty() {
        return String::new();
    }
    let longest = line.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if line.starts_with(['`', ' ']) || line.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{space}{line}{space}{fence}")
}

/// Whether a helper stands in a cell of a table: `cell=true`.
fn in_cell(helper: &Helper<'_>) -> bool {
    helper.hash_get("cell").is_some_and(|cell| cell.value().as_bool() == Some(true))
}

/// `{{verbatim name}}`: a name of the tenant.
fn verbatim(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    let text = helper.param(0).and_then(|text| text.value().as_str());
    let text = text.ok_or(RenderErrorReason::InvalidParamType("a text"))?;
    out.write(&code_span(text, in_cell(helper))).map_err(RenderError::from)
}

/// `{{sentence reason}}`: the pieces from outside as code.
fn sentence(
    helper: &Helper<'_>,
    _: &Handlebars<'_>,
    _: &Context,
    _: &mut RenderContext<'_, '_>,
    out: &mut dyn Output,
) -> HelperResult {
    for (text, foreign) in template::pieces(helper)? {
        if foreign {
            out.write(&code_span(text, in_cell(helper)))?;
            continue;
        }
        for (text, is_code) in template::with_code(text) {
            out.write(&if is_code { code_span(text, in_cell(helper)) } else { escape(text) })?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{code_span, escape};

    #[test]
    fn marks_are_escaped_and_lines_joined() {
        assert_eq!(escape("a|b *c* <i> [x](y)\n# z & `t`"), r"a\|b \*c\* \<i> \[x\](y) \# z \& \`t\`");
    }

    #[test]
    fn nobody_is_mentioned_and_nothing_becomes_a_link() {
        assert_eq!(escape("@team"), "@\u{200b}team");
        assert_eq!(escape("https://x.example www.x.example"), r"https\://x.example www\.x.example");
    }

    #[test]
    fn a_code_span_holds_its_backticks_and_bars() {
        assert_eq!(code_span("plain", false), "`plain`");
        assert_eq!(code_span("a`b``c", false), "```a`b``c```");
        assert_eq!(code_span("`x`", false), "`` `x` ``");
        assert_eq!(code_span("a|b", true), r"`a\|b`");
        assert_eq!(code_span("a|b", false), "`a|b`");
        assert_eq!(code_span("  ", false), "");
    }
}
