//! The groups on the terminal: candidates with their reasons first, then what is licensed, not known and not
//! suitable. It shows the first of each class and says how many more there are.

use std::io::{self, Write};

use super::super::terminal::{Page, Style, clean, clean_long, clean_value, scan_line, tenant_facts};
use super::super::text::{self, Texts};
use super::{
    NAMES, class_name, next_step, owners_line, owners_unread, products, seats, seats_to_buy, summary, what,
    why,
};
use crate::rules::Audit;
use crate::rules::suitability::{Assessed, Assessment, Class, Reason};
use crate::tenant::Tenant;
use crate::verdict::GroupSubject;

/// How many groups of a class are shown.
const GROUPS: usize = 20;
/// How many reasons of a group are shown.
const REASONS: usize = 4;

/// Prints the groups.
///
/// # Errors
/// When `out` cannot be written.
pub fn print(
    audit: &Audit<'_>,
    assessment: &Assessment,
    texts: &Texts,
    style: &Style<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let page = &mut Page::new(style, out);
    let view = View { tenant: audit.context.tenant, texts };
    view.head(page, assessment, style)?;
    for class in Class::ALL {
        view.class(page, assessment, class)?;
    }
    view.foot(page, assessment, style)
}

struct View<'a, 't> {
    tenant: &'t Tenant,
    texts: &'a Texts,
}

impl View<'_, '_> {
    fn head(&self, page: &mut Page<'_>, assessment: &Assessment, style: &Style<'_>) -> io::Result<()> {
        let Self { tenant, texts, .. } = self;
        page.title(&texts.word("suit-title"), "1")?;
        page.paragraph(0, &summary(texts, assessment))?;
        if style.demo {
            page.paragraph(0, &texts.word("demo"))?;
        }
        page.blank()?;
        page.facts(&tenant_facts(tenant, texts))?;
        for gap in &assessment.gaps {
            let reason = Reason::from(gap.clone());
            page.blank()?;
            page.item("?", &why(texts, tenant, &reason, clean_value))?;
            self.next_steps(page, 2, std::slice::from_ref(&reason))?;
        }
        Ok(())
    }

    fn class(&self, page: &mut Page<'_>, assessment: &Assessment, class: Class) -> io::Result<()> {
        let groups: Vec<&Assessed> =
            assessment.groups.iter().filter(|assessed| assessed.class == class).collect();
        if groups.is_empty() {
            return Ok(());
        }
        page.blank()?;
        page.heading(&format!("{} ({})", class_name(self.texts, class), self.number(groups.len())))?;
        if class == Class::Suitable || (class == Class::AfterChange && assessment.count(Class::Suitable) == 0)
        {
            page.paragraph(0, &self.texts.word("suit-ranking"))?;
        }
        for assessed in groups.iter().take(GROUPS) {
            self.group(page, assessed)?;
        }
        self.more(page, groups.len().saturating_sub(GROUPS))
    }

    fn group(&self, page: &mut Page<'_>, assessed: &Assessed) -> io::Result<()> {
        let Self { tenant, texts, .. } = self;
        let name = self.name(assessed.group);
        let mark = match (assessed.rank, assessed.class) {
            (Some(rank), _) => format!("{}.", self.number(rank)),
            (None, Class::LicensedButWrong) => "x".to_owned(),
            (None, Class::Unknown) => "?".to_owned(),
            (None, _) => "-".to_owned(),
        };
        let indent = 3 + mark.chars().count() + 1;
        page.paragraph(3, &format!("{mark} {name} · {}", what(texts, tenant, assessed)))?;
        for reason in assessed.reasons.iter().take(REASONS) {
            page.paragraph(indent, &why(texts, tenant, reason, clean_value))?;
        }
        for need in &assessed.needs {
            page.paragraph(indent, &seats(texts, tenant, need, clean_value))?;
        }
        if assessed.rank.is_some() {
            self.covered(page, indent, assessed)?;
            self.overlaps(page, indent, assessed)?;
        }
        if !matches!(assessed.class, Class::Licensed | Class::Unsuitable) {
            self.owners(page, indent, assessed)?;
        }
        if assessed.class != Class::Unsuitable {
            self.remarks(page, indent, assessed)?;
        }
        if matches!(assessed.class, Class::Suitable | Class::AfterChange | Class::Unknown) {
            for step in seats_to_buy(texts, tenant, assessed, clean_value) {
                page.paragraph(indent, &format!("{}: {step}", texts.word("what-to-do")))?;
            }
            self.next_steps(page, indent, &assessed.reasons)?;
        }
        Ok(())
    }

    fn covered(&self, page: &mut Page<'_>, indent: usize, assessed: &Assessed) -> io::Result<()> {
        let people = &assessed.newly_covered;
        if people.is_empty() {
            return Ok(());
        }
        let names: Vec<String> =
            people.iter().take(NAMES).map(|user| clean(&text::user_name(self.tenant, *user))).collect();
        let rest = people.len() - names.len();
        let names = self.texts.say("examples", &[("names", names.join(", ").into()), ("count", rest.into())]);
        page.paragraph(indent, &self.texts.say("suit-covered", &[("names", names.into())]))
    }

    fn overlaps(&self, page: &mut Page<'_>, indent: usize, assessed: &Assessed) -> io::Result<()> {
        if assessed.overlaps.is_empty() {
            return Ok(());
        }
        let names: Vec<String> = assessed
            .overlaps
            .iter()
            .map(|overlap| {
                let group = self.name(overlap.group);
                let values = [("group", group.into()), ("shared", overlap.shared.into())];
                self.texts.say("suit-overlap-name", &values)
            })
            .collect();
        let rest = assessed.overlapping - names.len();
        let names = self.texts.say("examples", &[("names", names.join(", ").into()), ("count", rest.into())]);
        page.paragraph(indent, &format!("{}.", self.texts.say("suit-overlap", &[("names", names.into())])))
    }

    /// Whom to ask; that there is nobody is a remark.
    fn owners(&self, page: &mut Page<'_>, indent: usize, assessed: &Assessed) -> io::Result<()> {
        let Self { tenant, texts, .. } = self;
        let Some(owners) = tenant.owners(assessed.group).filter(|owners| !owners.all.is_empty()) else {
            return Ok(());
        };
        page.paragraph(indent, &owners_line(texts, tenant, owners, clean_value))
    }

    /// What to do, each step once.
    fn next_steps(&self, page: &mut Page<'_>, indent: usize, reasons: &[Reason]) -> io::Result<()> {
        let mut steps: Vec<String> = reasons
            .iter()
            .take(REASONS)
            .filter_map(|reason| next_step(self.texts, self.tenant, reason, clean_value))
            .collect();
        steps.dedup();
        for step in steps {
            page.paragraph(indent, &format!("{}: {step}", self.texts.word("what-to-do")))?;
        }
        Ok(())
    }

    /// Codes for what is licensed, sentences for candidates.
    fn remarks(&self, page: &mut Page<'_>, indent: usize, assessed: &Assessed) -> io::Result<()> {
        let Self { tenant, texts, .. } = self;
        let (own, of_criteria): (Vec<_>, Vec<_>) =
            assessed.remarks.iter().partition(|remark| remark.criterion.is_none());
        for remark in own {
            page.paragraph(indent, &why(texts, tenant, remark, clean_value))?;
        }
        let mut codes: Vec<&str> = of_criteria.iter().map(|remark| remark.code).collect();
        codes.sort_unstable();
        codes.dedup();
        if codes.is_empty() {
            return Ok(());
        }
        page.paragraph(indent, &format!("{}: {}", texts.word("suit-also"), codes.join(" · ")))
    }

    fn more(&self, page: &mut Page<'_>, groups: usize) -> io::Result<()> {
        match groups {
            0 => Ok(()),
            more => page.paragraph(3, &self.texts.say("suit-more-groups", &[("count", more.into())])),
        }
    }

    fn foot(&self, page: &mut Page<'_>, assessment: &Assessment, style: &Style<'_>) -> io::Result<()> {
        let Self { tenant, texts, .. } = self;
        page.blank()?;
        page.paragraph(0, &products(texts, tenant, assessment, clean_value))?;
        if assessment.count(Class::Suitable) + assessment.count(Class::AfterChange) > 0 {
            page.paragraph(0, &texts.word("suit-decide"))?;
        }
        if assessment.left_out > 0 {
            page.paragraph(0, &texts.say("suit-left-out", &[("count", assessment.left_out.into())]))?;
        }
        if let Some(unread) = owners_unread(texts, tenant) {
            page.paragraph(0, &clean_long(&unread))?;
        }
        let files = match style.out_dir {
            Some(directory) => {
                texts.say("files", &[("directory", clean_long(&directory.display().to_string()).into())])
            }
            None => texts.word("suit-no-files"),
        };
        page.paragraph(0, &files)?;
        page.paragraph(0, &scan_line(tenant, texts))
    }

    fn name(&self, group: crate::tenant::GroupIndex) -> String {
        clean(&text::group_name(self.tenant, &GroupSubject::Known(group)))
    }

    fn number(&self, number: usize) -> String {
        self.texts.say("number", &[("number", number.into())])
    }
}
