//! Finds its way in the documentation pages of the criteria: one text for docs, `tollgate explain` and rustdoc.

use super::{Code, CriterionId};

/// The page's first line: the criterion and what it demands.
pub fn title(criterion: CriterionId) -> &'static str {
    let first = criterion.page().lines().next().unwrap_or_default();
    first.trim_start_matches('#').trim()
}

/// The codes of the page in its order, each with `violation`, `advisory` or `gap`.
pub fn codes(criterion: CriterionId) -> impl Iterator<Item = (Code, &'static str)> {
    sections(criterion.page()).filter_map(|section| {
        let mut lines = section.lines();
        let code = Code::parse(lines.next()?.trim())?;
        let word = lines.find(|line| !line.trim().is_empty())?;
        Some((code, word.trim().trim_matches('*')))
    })
}

/// What the page says of a code, its heading left out.
pub fn section(criterion: CriterionId, code: Code) -> Option<&'static str> {
    section_of(criterion.page(), code)
}

/// What a page, in whatever language, says of a code, its heading left out.
pub fn section_of(page: &'static str, code: Code) -> Option<&'static str> {
    sections(page).find_map(|section| {
        let (heading, text) = section.split_once('\n')?;
        (heading.trim() == code.as_str()).then_some(text.trim())
    })
}

fn sections(page: &'static str) -> impl Iterator<Item = &'static str> {
    page.split("\n### ").skip(1)
}
