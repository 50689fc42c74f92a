//! The report on the terminal: the verdict first, then why, then the seats, what was not read, and where the
//! rest is. It shows the worst and says how much more there is; every finding is in the files.
//!
//! Readable at 80 columns and without colour. Text of the tenant is stripped of control characters, and
//! shortened where it is very long.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use comfy_table::presets::NOTHING;
use comfy_table::{Cell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, Width};

use super::causes;
use super::text::{self, Names, Subjects, Texts};
use crate::pack::Pack;
use crate::rules::{Audit, Exact};
use crate::tenant::{Collection, Tenant};
use crate::verdict::{Argument, CriterionId, Finding, Gap, Judgement, Message, Severity, Subject, Verdict};

/// Fewer columns are treated as so many.
const NARROWEST: u16 = 40;
/// Longer lines are hard to read.
const WIDEST: u16 = 120;
/// How many kinds of findings, and of gaps, are shown per criterion.
const KINDS: usize = 5;
/// How many names stand for the members of one kind.
const NAMES: usize = 3;
/// How many causes are shown.
const CAUSES: usize = 12;
/// How many collections that were not read completely are shown.
const COLLECTIONS: usize = 10;
/// From how many characters on a name is shortened.
const NAME_LENGTH: usize = 64;
/// From how many characters on other text is shortened.
const TEXT_LENGTH: usize = 400;

/// How the report is to look.
#[derive(Clone, Copy, Debug)]
pub struct Style<'a> {
    /// Columns of the terminal; less than 40 counts as 40, and more than 120 are not used.
    pub width: u16,
    /// Whether colours may be used. They never say anything that words do not.
    pub colour: bool,
    /// Where the report files were written.
    pub out_dir: Option<&'a Path>,
    /// Whether the tenant is simulated.
    pub demo: bool,
    /// Only the verdicts, and what they do not reach.
    pub quiet: bool,
}

/// Prints the report.
///
/// # Errors
/// When `out` cannot be written.
pub fn print(
    audit: &Audit<'_>,
    pack: &Pack,
    texts: &Texts,
    style: &Style<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let page = &mut Page::new(style, out);
    let report = Report { audit, tenant: audit.context.tenant, pack, texts };
    report.head(page, style)?;
    for (place, judgement) in audit.judgements.iter().enumerate() {
        report.criterion(page, place + 1, judgement, style.quiet)?;
    }
    if style.quiet {
        return Ok(());
    }
    report.causes(page)?;
    report.seats(page)?;
    report.coverage(page)?;
    report.foot(page, style)
}

/// Findings or gaps that share a message.
struct Kind<'a> {
    criterion: CriterionId,
    mark: &'static str,
    heading: String,
    /// Never empty.
    subjects: Vec<&'a Subject>,
    /// Of the first.
    message: &'a Message,
    /// How many findings are folded under these.
    folded: usize,
}

struct Report<'a, 't> {
    audit: &'a Audit<'t>,
    tenant: &'t Tenant,
    pack: &'a Pack,
    texts: &'a Texts,
}

impl Report<'_, '_> {
    fn head(&self, page: &mut Page<'_>, style: &Style<'_>) -> io::Result<()> {
        let Self { audit, tenant, texts, .. } = self;
        let verdict = audit.verdict();
        let headline = format!("{}: {}", texts.word("title"), texts.verdict(verdict).to_uppercase());
        page.headline(&headline, verdict)?;
        page.paragraph(0, &texts.overall_reason(audit))?;
        if !style.quiet {
            page.paragraph(0, &texts.level(self.pack.level, verdict))?;
        }
        if style.demo {
            page.paragraph(0, &texts.word("demo"))?;
        }
        if tenant.is_redacted() {
            page.paragraph(0, &texts.word("redacted"))?;
        }
        let mut facts = Vec::new();
        if !style.quiet {
            page.blank()?;
            let pack = [("id", self.pack.id.as_str().into()), ("version", self.pack.version.as_str().into())];
            facts = tenant_facts(tenant, texts);
            facts.push((texts.word("pack"), texts.say("pack-version", &pack)));
        }
        facts.extend(self.excluded().map(|excluded| (texts.word("excluded"), excluded)));
        page.facts(&facts)
    }

    /// What the configuration leaves out; every report says so, however short.
    fn excluded(&self) -> Option<String> {
        let (groups, products) = &self.audit.excluded;
        let excluded: Vec<String> = [("excluded-groups", groups), ("excluded-products", products)]
            .into_iter()
            .filter(|(_, names)| !names.is_empty())
            .map(|(id, names)| {
                let names: Vec<_> = names.iter().map(|name| clean(name)).collect();
                self.texts.say(id, &[("names", names.join(", ").into())])
            })
            .collect();
        (!excluded.is_empty()).then(|| excluded.join("; "))
    }

    fn criterion(
        &self,
        page: &mut Page<'_>,
        number: usize,
        judgement: &Judgement,
        quiet: bool,
    ) -> io::Result<()> {
        let Self { tenant, texts, .. } = self;
        let verdict = texts.verdict(judgement.verdict);
        let title = format!("{number}. {}", texts.title(judgement.criterion));
        if quiet {
            return page.paragraph(0, &format!("{title}: {verdict}"));
        }
        page.blank()?;
        page.criterion(&title, &verdict.to_uppercase(), judgement.verdict)?;
        page.paragraph(3, &texts.criterion_reason(tenant, judgement))?;
        self.violations(page, judgement)?;
        self.waived(page, judgement)?;
        self.gaps(page, judgement)?;
        self.advisories(page, judgement)
    }

    /// The worst first: of each code how many, who, and why.
    fn violations(&self, page: &mut Page<'_>, judgement: &Judgement) -> io::Result<()> {
        let counted = judgement
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Violation && finding.waiver.is_none());
        // By message, not by code: one sentence fits all findings of a message.
        let mut kinds: BTreeMap<(&str, &str), Vec<&Finding>> = BTreeMap::new();
        for finding in counted {
            kinds.entry((finding.code.as_str(), finding.message.id)).or_default().push(finding);
        }
        let mut kinds: Vec<_> = kinds.into_iter().collect();
        kinds.sort_by_key(|(_, findings)| std::cmp::Reverse(findings.len()));
        let more: Vec<&str> = kinds.iter().skip(KINDS).map(|((code, _), _)| *code).collect();
        for ((code, _), findings) in kinds.into_iter().take(KINDS) {
            let mut named = Subjects::default();
            for finding in &findings {
                named.add(self.tenant, finding);
            }
            let kind = Kind {
                criterion: judgement.criterion,
                mark: "x",
                heading: match self.how_many(&named, findings.len()) {
                    Some(count) => format!("{code} · {count}"),
                    None => code.to_owned(),
                },
                subjects: findings.iter().map(|finding| &finding.subject).collect(),
                message: &findings[0].message,
                folded: findings.iter().map(|finding| finding.folded.len()).sum(),
            };
            self.kind(page, &kind)?;
        }
        self.more(page, "more-codes", &more)
    }

    fn waived(&self, page: &mut Page<'_>, judgement: &Judgement) -> io::Result<()> {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for finding in &judgement.findings {
            if let Some(waiver) = finding.waiver {
                *counts.entry(waiver).or_default() += 1;
            }
        }
        for (place, count) in counts {
            let Some(applied) = self.audit.waivers.get(place) else { continue };
            let waiver = &applied.waiver;
            let line = self.texts.say(
                "waiver-line",
                &[
                    ("violations", count.into()),
                    ("owner", clean(&waiver.owner).into()),
                    ("reason", clean_long(&waiver.reason).into()),
                    ("expires", waiver.expires.to_string().into()),
                ],
            );
            page.paragraph(3, &format!("{}: {line}", self.texts.word("waivers")))?;
        }
        Ok(())
    }

    /// What was not seen.
    fn gaps(&self, page: &mut Page<'_>, judgement: &Judgement) -> io::Result<()> {
        let mut kinds: BTreeMap<(&str, &str), Vec<&Gap>> = BTreeMap::new();
        for gap in &judgement.gaps {
            kinds.entry((gap.code.as_str(), gap.message.id)).or_default().push(gap);
        }
        let more: Vec<&str> = kinds.keys().skip(KINDS).map(|(code, _)| *code).collect();
        for ((code, _), gaps) in kinds.into_iter().take(KINDS) {
            let kind = Kind {
                criterion: judgement.criterion,
                mark: "?",
                heading: match gaps.len() {
                    1 => format!("{}: {code}", self.texts.word("gaps")),
                    count => format!("{}: {code} · {}", self.texts.word("gaps"), self.number(count)),
                },
                subjects: gaps.iter().map(|gap| &gap.subject).collect(),
                message: &gaps[0].message,
                folded: 0,
            };
            self.kind(page, &kind)?;
        }
        self.more(page, "more-gaps", &more)
    }

    fn more(&self, page: &mut Page<'_>, words: &str, codes: &[&str]) -> io::Result<()> {
        if codes.is_empty() {
            return Ok(());
        }
        let arguments = [("count", codes.len().into()), ("codes", codes.join(", ").into())];
        page.paragraph(3, &self.texts.say(words, &arguments))
    }

    /// A heading, who, and the reason of the first.
    fn kind(&self, page: &mut Page<'_>, kind: &Kind<'_>) -> io::Result<()> {
        let Self { tenant, texts, .. } = self;
        let Kind { criterion, mark, heading, subjects, message, folded } = kind;
        let reason = texts.sentence(tenant, *criterion, subjects[0], message, None, clean_value);
        page.paragraph(3, &format!("{mark} {heading}"))?;
        if subjects.len() > 1 {
            page.paragraph(5, &self.examples(subjects))?;
            page.paragraph(5, &format!("{}: {reason}", texts.word("for-example")))?;
        } else {
            page.paragraph(5, &reason)?;
        }
        if *folded > 0 {
            page.paragraph(5, &texts.say("folded", &[("count", (*folded).into())]))?;
        }
        Ok(())
    }

    /// What has to be done, once for all findings and gaps that it mends.
    fn causes(&self, page: &mut Page<'_>) -> io::Result<()> {
        let Self { audit, tenant, texts, .. } = self;
        let causes = causes::causes(audit);
        if causes.is_empty() {
            return Ok(());
        }
        page.blank()?;
        page.heading(&texts.word("causes"))?;
        for (place, cause) in causes.iter().take(CAUSES).enumerate() {
            let mut hands = [cause.role(texts), cause.place(texts)].into_iter().flatten();
            let hands = match (hands.next(), hands.next()) {
                (Some(role), Some(place)) => {
                    texts.say("causes-hands", &[("role", role.into()), ("place", place.into())])
                }
                (role, _) => role.unwrap_or_default(),
            };
            page.labelled(0, &format!("{}.", place + 1), 4, &cause.reason(tenant, texts, clean_value))?;
            page.labelled(4, "→", 2, &cause.action(tenant, texts, clean_value))?;
            if !hands.is_empty() {
                page.paragraph(6, &hands)?;
            }
        }
        match causes.len().saturating_sub(CAUSES) {
            0 => Ok(()),
            more => page.paragraph(4, &texts.say("more-causes", &[("count", more.into())])),
        }
    }

    /// The first different names, and how many there are besides.
    fn examples(&self, subjects: &[&Subject]) -> String {
        let mut names: Vec<String> = Vec::new();
        for subject in subjects {
            let Names { group, user, sku } = Names::of(self.tenant, subject);
            let Some(name) = user.or(group).or(sku) else { continue };
            let name = clean(&name);
            if !names.contains(&name) {
                names.push(name);
            }
            if names.len() > NAMES {
                break;
            }
        }
        names.truncate(NAMES);
        let different = {
            let key = |subject: &&Subject| {
                let group = match subject.user {
                    Some(_) => None,
                    None => subject.group.as_ref().map(|group| text::group_name(self.tenant, group)),
                };
                (subject.user, subject.sku.filter(|_| subject.user.is_none() && group.is_none()), group)
            };
            subjects.iter().map(key).collect::<std::collections::BTreeSet<_>>().len()
        };
        let rest = different.saturating_sub(names.len());
        self.texts.say("examples", &[("names", names.join(", ").into()), ("count", rest.into())])
    }

    fn how_many(&self, subjects: &Subjects<'_>, findings: usize) -> Option<String> {
        let counts = [
            ("people", Argument::from(subjects.people.len())),
            ("groups", subjects.groups.len().into()),
            ("products", subjects.products.len().into()),
        ];
        let id = match (subjects.people.len(), subjects.groups.len(), subjects.products.len()) {
            _ if findings == 1 => return None,
            (1.., 1.., _) => "of-people-and-groups",
            (_, 1.., _) => "n-groups",
            (_, _, 1..) => "n-products",
            _ => return Some(self.number(findings)),
        };
        Some(self.texts.say(id, &counts))
    }

    fn advisories(&self, page: &mut Page<'_>, judgement: &Judgement) -> io::Result<()> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in judgement.findings.iter().filter(|finding| finding.severity == Severity::Advisory) {
            *counts.entry(finding.code.as_str()).or_default() += 1;
        }
        if counts.is_empty() {
            return Ok(());
        }
        let counts: Vec<String> =
            counts.into_iter().map(|(code, count)| format!("{code} {}", self.number(count))).collect();
        page.paragraph(3, &format!("{}: {}", self.texts.word("advisories"), counts.join(" · ")))
    }

    fn seats(&self, page: &mut Page<'_>) -> io::Result<()> {
        let Self { audit, tenant, texts, .. } = self;
        if audit.seats.is_empty() {
            return Ok(());
        }
        page.blank()?;
        page.heading(&texts.word("seats"))?;
        let planned = audit.seats.iter().any(|seats| seats.planned != 0);
        let mut columns = vec!["enabled", "warning", "consumed", "free", "demand", "waiting"];
        if planned {
            columns.push("planned");
        }
        let mut header = vec![texts.word("column-product")];
        header.extend(columns.iter().map(|column| texts.word(&format!("column-{column}"))));
        let mut table = page.table();
        table.set_header(header);
        for seats in &audit.seats {
            let owned = tenant.sku(seats.sku).owned.as_ref();
            // A product that the tenant does not own has no counters; others may have one that was not read.
            let unknown = if owned.is_none() && tenant.skus_complete() { "-" } else { "?" };
            let known =
                |number: Option<i64>| number.map_or_else(|| unknown.to_owned(), |number| self.signed(number));
            let bound = |number: i64, exact: bool| {
                let mark = if exact { "" } else { "*" };
                format!("{}{mark}", self.signed(number))
            };
            let mut row = vec![
                clean(&tenant.product_name(seats.sku)),
                known(owned.and_then(|owned| owned.enabled)),
                known(owned.and_then(|owned| owned.warning)),
                known(owned.and_then(|owned| owned.consumed)),
                known(seats.free(tenant)),
                bound(seats.demand, seats.exact.demand),
                bound(seats.waiting, seats.exact.waiting),
            ];
            if planned {
                row.push(bound(seats.planned, seats.exact.planned));
            }
            table.add_row(row);
        }
        for column in table.column_iter_mut().skip(1) {
            column.set_cell_alignment(CellAlignment::Right);
        }
        page.print_table(&table)?;
        page.paragraph(0, &texts.word("seats-formula"))?;
        if planned {
            page.paragraph(0, &texts.word("seats-planned"))?;
        }
        let shown = |exact: Exact| exact.for_verdict() && (exact.planned || !planned);
        if !audit.seats.iter().all(|seats| shown(seats.exact)) {
            page.paragraph(0, &texts.word("seats-lower-bound"))?;
        }
        Ok(())
    }

    fn coverage(&self, page: &mut Page<'_>) -> io::Result<()> {
        let Self { tenant, texts, .. } = self;
        let incomplete = || tenant.coverage().iter().filter(|line| !line.complete);
        let count = incomplete().count();
        if count == 0 {
            return Ok(());
        }
        page.blank()?;
        page.heading(&texts.word("coverage"))?;
        let number = |number: u64| self.signed(i64::try_from(number).unwrap_or(i64::MAX));
        for line in incomplete().take(COLLECTIONS) {
            let why = clean_long(&texts.why(line.reason.as_ref()));
            let text = texts.say(
                "coverage-line",
                &[
                    ("collection", self.collection(&line.collection).into()),
                    ("read", number(line.read).into()),
                    ("expected", line.expected.map_or_else(|| "?".to_owned(), number).into()),
                    ("why", why.into()),
                ],
            );
            page.item("?", &text)?;
        }
        match count.saturating_sub(COLLECTIONS) {
            0 => Ok(()),
            more => page.paragraph(2, &texts.say("more-collections", &[("count", more.into())])),
        }
    }

    /// A collection's path; with the name of the group if it is the members of one.
    fn collection(&self, path: &str) -> String {
        let path_shown = clean_long(path);
        let Some(Collection::Members(id)) = Collection::parse(path) else { return path_shown };
        let group = self.tenant.find_group(id).map(|group| self.tenant.group(group));
        match group.and_then(|group| group.display_name.as_deref()) {
            None => path_shown,
            Some(name) => self
                .texts
                .say("coverage-members", &[("collection", path_shown.into()), ("group", clean(name).into())]),
        }
    }

    fn foot(&self, page: &mut Page<'_>, style: &Style<'_>) -> io::Result<()> {
        let Self { tenant, texts, .. } = self;
        page.blank()?;
        let files = match style.out_dir {
            Some(directory) => {
                let directory = clean_long(&directory.display().to_string());
                texts.say("files", &[("directory", directory.into())])
            }
            None => texts.word("no-files"),
        };
        page.paragraph(0, &files)?;
        page.paragraph(0, &scan_line(tenant, texts))?;
        let run = tenant.run();
        if run.reread > 0 {
            let sampled = run.reread < run.accused;
            let id = if sampled { "scan-reread-sample" } else { "scan-reread" };
            let figures = [
                ("people", run.reread.into()),
                ("accused", run.accused.into()),
                ("cleared", run.cleared.into()),
            ];
            page.paragraph(0, &texts.say(id, &figures))?;
        }
        Ok(())
    }

    fn number(&self, number: usize) -> String {
        self.texts.say("number", &[("number", number.into())])
    }

    fn signed(&self, number: i64) -> String {
        self.texts.say("number", &[("number", number.into())])
    }
}

/// Whose tenant it is, and as of when.
pub(super) fn tenant_facts(tenant: &Tenant, texts: &Texts) -> Vec<(String, String)> {
    let organization = tenant.organization();
    let whose = match (organization.display_name.as_deref(), organization.id.as_deref()) {
        (Some(name), Some(id)) => format!("{} ({})", clean(name), clean(id)),
        (Some(one), None) | (None, Some(one)) => clean(one),
        (None, None) => texts.word("unknown-tenant"),
    };
    let when = tenant.as_of().strftime("%Y-%m-%d %H:%M:%S UTC").to_string();
    vec![(texts.word("tenant"), whose), (texts.word("as-of"), when)]
}

/// What the scan took.
pub(super) fn scan_line(tenant: &Tenant, texts: &Texts) -> String {
    let run = tenant.run();
    texts.say(
        "scan-line",
        &[
            ("requests", run.requests.into()),
            ("units", run.resource_units.into()),
            ("retries", run.retries.into()),
            ("seconds", Argument::Text(format!("{:.0}", run.throttled_seconds))),
            ("kilobytes", run.bytes.div_ceil(1000).into()),
        ],
    )
}

/// A name from outside: without what would act on a terminal, and not longer than a name needs to be.
pub(super) fn clean(name: &str) -> String {
    crate::clean::line(name, NAME_LENGTH)
}

/// Another text from outside.
pub(super) fn clean_long(text: &str) -> String {
    crate::clean::line(text, TEXT_LENGTH)
}

/// A value of a sentence: a name, or something longer, such as a reason or a list.
pub(super) fn clean_value<'a>(value: &str, text: &'a str) -> Cow<'a, str> {
    match value {
        "group" | "target" | "user" | "sku" | "through" | "example-user" | "example-group"
        | "processing-group" => Cow::Owned(clean(text)),
        _ => Cow::Owned(clean_long(text)),
    }
}

/// Where the report goes: lines that fit, and colours if they are wanted.
pub(super) struct Page<'a> {
    out: &'a mut dyn Write,
    width: usize,
    colour: bool,
}

impl<'a> Page<'a> {
    pub(super) fn new(style: &Style<'_>, out: &'a mut dyn Write) -> Self {
        Self { out, width: usize::from(style.width.clamp(NARROWEST, WIDEST)), colour: style.colour }
    }

    pub(super) fn blank(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    fn line(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", text.trim_end())
    }

    fn painted(&self, text: &str, code: &str) -> String {
        if self.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn headline(&mut self, text: &str, verdict: Verdict) -> io::Result<()> {
        self.title(text, paint_of(verdict))
    }

    /// A headline in a colour, with a line below.
    pub(super) fn title(&mut self, text: &str, paint: &str) -> io::Result<()> {
        let rule = "=".repeat(text.chars().count().min(self.width));
        for line in wrap(text, self.width) {
            let line = self.painted(&line, paint);
            self.line(&line)?;
        }
        self.line(&rule)
    }

    /// Labels and what they label, in two columns.
    pub(super) fn facts(&mut self, facts: &[(String, String)]) -> io::Result<()> {
        let column = facts.iter().map(|(label, _)| label.chars().count()).max().unwrap_or(0) + 2;
        for (label, fact) in facts {
            self.labelled(0, label, column, fact)?;
        }
        Ok(())
    }

    pub(super) fn heading(&mut self, text: &str) -> io::Result<()> {
        let text = self.painted(text, "1");
        self.line(&text)
    }

    /// The title, and the verdict at the right margin where there is room.
    fn criterion(&mut self, title: &str, verdict: &str, of: Verdict) -> io::Result<()> {
        let room = self.width.saturating_sub(verdict.chars().count() + 2);
        let lines = wrap(title, room);
        for (place, line) in lines.iter().enumerate() {
            let bold = self.painted(line, "1");
            if place == 0 {
                let space =
                    " ".repeat(self.width.saturating_sub(line.chars().count() + verdict.chars().count()));
                let verdict = self.painted(verdict, paint_of(of));
                self.line(&format!("{bold}{space}{verdict}"))?;
            } else {
                self.line(&format!("   {bold}"))?;
            }
        }
        Ok(())
    }

    pub(super) fn paragraph(&mut self, indent: usize, text: &str) -> io::Result<()> {
        let margin = " ".repeat(indent);
        for line in wrap(text, self.width.saturating_sub(indent)) {
            self.line(&format!("{margin}{line}"))?;
        }
        Ok(())
    }

    /// A mark, and a text that hangs behind it.
    pub(super) fn item(&mut self, mark: &str, text: &str) -> io::Result<()> {
        self.labelled(0, mark, 2, text)
    }

    pub(super) fn labelled(
        &mut self,
        indent: usize,
        label: &str,
        column: usize,
        text: &str,
    ) -> io::Result<()> {
        let room = self.width.saturating_sub(indent + column);
        let margin = " ".repeat(indent);
        for (place, line) in wrap(text, room).iter().enumerate() {
            let label = if place == 0 { label } else { "" };
            self.line(&format!("{margin}{label:<column$}{line}"))?;
        }
        Ok(())
    }

    /// A table without borders, one line below the header.
    fn table(&self) -> Table {
        let mut table = bare(self.width);
        table.style_mut();
        let style = NOTHING.header_separator(LineStyle::none().fill('-').junction('-'));
        table.load_style(style);
        table
    }

    fn print_table(&mut self, table: &Table) -> io::Result<()> {
        for line in table.lines() {
            self.line(line.strip_prefix(' ').unwrap_or(&line))?;
        }
        Ok(())
    }
}

fn paint_of(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Fail => "1;31",
        Verdict::Inconclusive => "1;33",
        Verdict::Pass | Verdict::Waived => "1;32",
        Verdict::NotApplicable => "1",
    }
}

fn bare(width: usize) -> Table {
    let mut table = Table::new();
    table
        .load_style(NOTHING)
        .force_no_tty()
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width).unwrap_or(u16::MAX));
    table
}

/// Breaks a text into lines of at most `width` columns, between words where possible. Wide characters count
/// as two, which is why a table does it.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut table = bare(width);
    table.add_row(vec![Cell::new(text)]);
    if let Some(column) = table.column_mut(0) {
        column.set_padding((0, 0));
        let width = u16::try_from(width).unwrap_or(u16::MAX);
        column.set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(width)));
    }
    table.lines().map(|line| line.trim_end().to_owned()).collect()
}
