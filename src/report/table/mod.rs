//! Tables for spreadsheets and databases: one fact per row, fixed columns, documented in `docs/formats.md`.
//!
//! A table is defined once, here; [`csv`] writes it as text, [`xlsx`] as a sheet. Rows are given as they are made;
//! nothing is collected.

pub mod csv;
pub mod xlsx;

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io;

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

use super::causes;
use super::json::folded_as;
use super::text::{self, Tally, Texts};
use crate::pack::Pack;
use crate::rules::Audit;
use crate::tenant::{GroupIndex, SkuIndex, Source, Tenant, User};
use crate::verdict::{CriterionId, Evidence, Finding, Message, Subject, Wanted};

/// A table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Table {
    /// A row per criterion.
    Criteria,
    /// A row per finding, folded finding and gap.
    Findings,
    /// A row per root cause, with empty columns for who does it until when.
    Actions,
    /// A row per product that licensed groups in scope hand out.
    Seats,
    /// A row per group in scope.
    Groups,
    /// A row per member and product of every licensed group in scope.
    Members,
}

impl Table {
    /// All there are.
    pub const ALL: [Self; 6] =
        [Self::Criteria, Self::Findings, Self::Actions, Self::Seats, Self::Groups, Self::Members];

    /// The name of the sheet, and of the file without its ending.
    pub fn name(self) -> &'static str {
        self.file_name().trim_end_matches(".csv")
    }

    /// The name of the file.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Criteria => "criteria.csv",
            Self::Findings => "findings.csv",
            Self::Actions => "actions.csv",
            Self::Seats => "seats.csv",
            Self::Groups => "groups.csv",
            Self::Members => "members.csv",
        }
    }

    /// How many rows it has, where that can be very many; 0 for a table that is always short.
    fn rows(self, audit: &Audit<'_>) -> usize {
        let context = &audit.context;
        match self {
            Self::Findings => {
                let judgements = audit.judgements.iter();
                let folded = |finding: &Finding| 1 + finding.folded.len();
                judgements.map(|one| one.gaps.len() + one.findings.iter().map(folded).sum::<usize>()).sum()
            }
            Self::Groups => context.in_scope.len(),
            Self::Members => context
                .licensed_in_scope()
                .map(|group| context.member_users(group).len() * context.licenses(group).len())
                .sum(),
            Self::Criteria | Self::Actions | Self::Seats => 0,
        }
    }

    /// The columns, as the first row names them.
    #[expect(clippy::too_many_lines, reason = "a list, a column in each line")]
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Criteria => &[
                "criterion",
                "title",
                "level",
                "verdict",
                "reason",
                "violations",
                "waived_violations",
                "advisories",
                "gaps",
                "examined_groups",
                "examined_skus",
                "examined_users",
                "tenant_id",
                "as_of",
                "excluded_groups",
                "excluded_skus",
            ],
            Self::Findings => &[
                "criterion",
                "severity",
                "code",
                "folded_under",
                "folded_as",
                "group_id",
                "group_name",
                "user_id",
                "user_principal_name",
                "user_display_name",
                "sku_id",
                "sku_part_number",
                "sku_name",
                "reason",
                "remedy",
                "waiver_reason",
                "waiver_owner",
                "waiver_expires",
                "evidence_object",
                "evidence_property",
                "evidence_seen",
                "evidence_wanted",
                "evidence_read_at",
                "evidence_count",
            ],
            Self::Actions => &[
                "action",
                "kind",
                "reason",
                "what_to_do",
                "role",
                "place",
                "criteria",
                "codes",
                "group_id",
                "group_name",
                "sku_id",
                "sku_part_number",
                "sku_name",
                "people",
                "groups",
                "findings",
                "gaps",
                "owner",
                "due_date",
                "note",
            ],
            Self::Seats => &[
                "sku_id",
                "sku_part_number",
                "sku_name",
                "capability_status",
                "enabled",
                "warning",
                "suspended",
                "locked_out",
                "consumed",
                "capacity",
                "free",
                "demand",
                "waiting",
                "planned",
                "all_read",
                "groups",
                "demand_exact",
                "waiting_exact",
                "planned_exact",
            ],
            Self::Groups => &[
                "group_id",
                "group_name",
                "target",
                "licenses",
                "members",
                "processing_state",
                "groups_configured",
                "no_b2b_groups_licensed",
                "enough_seats",
                "members_fully_licensed",
            ],
            Self::Members => &[
                "group_id",
                "group_name",
                "user_id",
                "user_principal_name",
                "user_display_name",
                "account_enabled",
                "user_type",
                "external",
                "usage_location",
                "sku_id",
                "sku_part_number",
                "sku_name",
                "from_group",
                "state",
                "error",
                "plans_off",
                "direct",
                "other_groups",
                "read_at",
            ],
        }
    }
}

/// Takes the rows of a table, whatever it makes of them.
pub(super) trait Rows {
    fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) -> io::Result<()>;
}

/// Gives all rows of a table, without the names of its columns.
fn fill(table: Table, audit: &Audit<'_>, pack: &Pack, texts: &Texts, rows: &mut impl Rows) -> io::Result<()> {
    match table {
        Table::Criteria => criteria(audit, pack, texts, rows),
        Table::Findings => findings(audit, texts, rows),
        Table::Actions => actions(audit, texts, rows),
        Table::Seats => seats(audit, rows),
        Table::Groups => groups(audit, rows),
        Table::Members => members(audit, rows),
    }
}

/// A value in a row.
pub(super) enum Cell<'a> {
    /// Nothing, or not known.
    Empty,
    /// A word of ours.
    Word(&'a str),
    /// Text that holds, or may hold, text of the tenant.
    Text(Cow<'a, str>),
    /// A number, which a spreadsheet may take for one.
    Number(i64),
    /// A number as JSON writes it.
    Decimal(String),
    /// Yes or no.
    Flag(bool),
    /// A moment, in UTC.
    Moment(Timestamp),
    /// A day.
    Day(Date),
}

impl<'a> Cell<'a> {
    pub(super) fn text(text: Option<&'a str>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(Cow::Borrowed(text)))
    }

    pub(super) fn owned(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    pub(super) fn count(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }

    pub(super) fn number(number: Option<i64>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }

    fn word(word: Option<&'a str>) -> Self {
        word.map_or(Self::Empty, Self::Word)
    }

    pub(super) fn flag(flag: Option<bool>) -> Self {
        flag.map_or(Self::Empty, Self::Flag)
    }
}

/// Text that does nothing: what acts instead of being shown is replaced. Line feeds stay.
fn visible(text: &str) -> Cow<'_, str> {
    // Nearly all text is of this kind, and bytes are looked at faster than characters.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let strange = |character| is_control(character) && character != '\n';
    if !text.contains(strange) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars().map(|character| if strange(character) { '\u{fffd}' } else { character }).collect(),
    )
}

/// Whether a character does something instead of showing something: a control character, a mark that turns the
/// direction in which a text is written (and can make a name look like another), or what is no character.
fn is_control(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}')
}

fn criteria(audit: &Audit<'_>, pack: &Pack, texts: &Texts, rows: &mut impl Rows) -> io::Result<()> {
    let tenant = audit.context.tenant;
    for judgement in &audit.judgements {
        let tally = Tally::of(tenant, judgement);
        rows.row([
            Cell::Word(judgement.criterion.as_str()),
            Cell::owned(texts.title(judgement.criterion)),
            Cell::Word(pack.criterion(judgement.criterion).level.as_str()),
            Cell::Word(judgement.verdict.as_str()),
            Cell::owned(texts.criterion_reason(tenant, judgement)),
            Cell::count(tally.violations + tally.waived),
            Cell::count(tally.waived),
            Cell::count(tally.advisories),
            Cell::count(tally.gaps),
            Cell::count(judgement.examined.groups),
            Cell::count(judgement.examined.skus),
            Cell::count(judgement.examined.users),
            Cell::text(tenant.organization().id.as_deref()),
            Cell::Moment(tenant.as_of()),
            Cell::text(left_out(&audit.excluded.0).as_deref()),
            Cell::text(left_out(&audit.excluded.1).as_deref()),
        ])?;
    }
    Ok(())
}

/// What the configuration leaves out, as it names it; `None` where it leaves out nothing.
fn left_out(names: &[String]) -> Option<String> {
    (!names.is_empty()).then(|| names.join(", "))
}

fn findings(audit: &Audit<'_>, texts: &Texts, rows: &mut impl Rows) -> io::Result<()> {
    for judgement in &audit.judgements {
        let criterion = judgement.criterion;
        for finding in &judgement.findings {
            finding_row(audit, texts, criterion, finding, None, rows)?;
            for folded in &finding.folded {
                finding_row(audit, texts, criterion, folded, Some(finding), rows)?;
            }
        }
        for gap in &judgement.gaps {
            let row = FindingRow {
                criterion,
                severity: "gap",
                code: gap.code.as_str(),
                root: None,
                subject: &gap.subject,
                message: &gap.message,
                waived: None,
                evidence: &[],
            };
            row.write(audit.context.tenant, texts, rows)?;
        }
    }
    Ok(())
}

fn finding_row(
    audit: &Audit<'_>,
    texts: &Texts,
    criterion: CriterionId,
    finding: &Finding,
    root: Option<&Finding>,
    rows: &mut impl Rows,
) -> io::Result<()> {
    let row = FindingRow {
        criterion,
        severity: finding.severity.as_str(),
        code: finding.code.as_str(),
        root: root.map(|root| (root.code.as_str(), folded_as(finding.code))),
        subject: &finding.subject,
        message: &finding.message,
        waived: super::waiver_of(audit, root.unwrap_or(finding)),
        evidence: &finding.evidence,
    };
    row.write(audit.context.tenant, texts, rows)
}

/// A row of `findings.csv`: a finding or a gap.
struct FindingRow<'a> {
    criterion: CriterionId,
    severity: &'static str,
    code: &'static str,
    /// The code of the finding that it is folded under, and why.
    root: Option<(&'static str, &'static str)>,
    subject: &'a Subject,
    message: &'a Message,
    waived: Option<&'a crate::verdict::AppliedWaiver>,
    evidence: &'a [Evidence],
}

impl FindingRow<'_> {
    fn write(&self, tenant: &Tenant, texts: &Texts, rows: &mut impl Rows) -> io::Result<()> {
        let Self { subject, message, criterion, .. } = *self;
        let group = subject.group.as_ref();
        let group_id = group.and_then(|group| group.id(tenant));
        let user = subject.user.map(|user| tenant.user(user));
        let waiver = self.waived.map(|applied| &applied.waiver);
        let first = self.evidence.first();
        rows.row([
            Cell::Word(criterion.as_str()),
            Cell::Word(self.severity),
            Cell::Word(self.code),
            Cell::word(self.root.map(|(code, _)| code)),
            Cell::word(self.root.map(|(_, why)| why)),
            group_id.map_or(Cell::Empty, |id| Cell::Text(tenant.id_text(id.0))),
            Cell::text(group.and_then(|group| group.display_name(tenant))),
            user.map_or(Cell::Empty, |user| Cell::Text(tenant.id_text(user.id().0))),
            Cell::text(user.and_then(crate::tenant::User::principal_name)),
            Cell::text(user.and_then(crate::tenant::User::display_name)),
            subject.sku.map_or(Cell::Empty, |sku| Cell::Text(tenant.id_text(sku.0))),
            Cell::text(subject.sku.and_then(|sku| text::part_number(tenant, sku))),
            subject.sku.map_or(Cell::Empty, |sku| Cell::owned(text::product_name(tenant, sku))),
            Cell::owned(texts.reason(tenant, criterion, subject, message)),
            Cell::owned(texts.remedy(tenant, criterion, subject, message)),
            Cell::text(waiver.map(|waiver| waiver.reason.as_str())),
            Cell::text(waiver.map(|waiver| waiver.owner.as_str())),
            waiver.map_or(Cell::Empty, |waiver| Cell::Day(waiver.expires)),
            Cell::text(first.map(|evidence| evidence.object.as_str())),
            Cell::word(first.map(|evidence| evidence.property)),
            first.map_or(Cell::Empty, |evidence| plain(&evidence.seen)),
            first.map_or(Cell::Empty, |evidence| match &evidence.wanted {
                Wanted::Value(value) => plain(value),
                Wanted::Said(message) => Cell::owned(texts.message(message)),
            }),
            first.map_or(Cell::Empty, |evidence| Cell::Moment(evidence.read_at)),
            Cell::count(self.evidence.len()),
        ])
    }
}

/// A value as a person would write it: no quotes, braces or brackets.
fn plain(value: &Value) -> Cell<'_> {
    match value {
        Value::Null => Cell::Word("null"),
        Value::Bool(flag) => Cell::Flag(*flag),
        Value::Number(number) => {
            number.as_i64().map_or_else(|| Cell::Decimal(number.to_string()), Cell::Number)
        }
        Value::String(text) => Cell::Text(Cow::Borrowed(text)),
        Value::Array(_) | Value::Object(_) => {
            let mut text = String::new();
            flatten(value, &mut text);
            Cell::owned(text)
        }
    }
}

/// `state: Error; error: CountViolation; disabledPlans: []`.
pub(super) fn flatten(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::String(text) => out.push_str(text),
        Value::Bool(_) | Value::Number(_) => {
            let _ = write!(out, "{value}");
        }
        Value::Array(items) if items.is_empty() => out.push_str("[]"),
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    out.push_str(", ");
                }
                flatten(item, out);
            }
        }
        Value::Object(properties) => {
            for (place, (name, value)) in properties.iter().enumerate() {
                if place > 0 {
                    out.push_str("; ");
                }
                out.push_str(name);
                out.push_str(": ");
                flatten(value, out);
            }
        }
    }
}

fn actions(audit: &Audit<'_>, texts: &Texts, rows: &mut impl Rows) -> io::Result<()> {
    let tenant = audit.context.tenant;
    for (place, cause) in causes::causes(audit).iter().enumerate() {
        let group = cause.subject.group.as_ref();
        let sku = cause.subject.sku;
        let criteria: Vec<_> = cause.criteria.iter().map(|criterion| criterion.as_str()).collect();
        rows.row([
            Cell::count(place + 1),
            Cell::Word(cause.kind.as_str()),
            Cell::owned(cause.reason(tenant, texts, text::as_received)),
            Cell::owned(cause.action(tenant, texts, text::as_received)),
            cause.role(texts).map_or(Cell::Empty, Cell::owned),
            cause.place(texts).map_or(Cell::Empty, Cell::owned),
            Cell::owned(criteria.join(" ")),
            Cell::owned(cause.codes.join(" ")),
            group
                .and_then(|group| group.id(tenant))
                .map_or(Cell::Empty, |id| Cell::Text(tenant.id_text(id.0))),
            Cell::text(group.and_then(|group| group.display_name(tenant))),
            sku.map_or(Cell::Empty, |sku| Cell::Text(tenant.id_text(sku.0))),
            Cell::text(sku.and_then(|sku| text::part_number(tenant, sku))),
            sku.map_or(Cell::Empty, |sku| Cell::owned(text::product_name(tenant, sku))),
            Cell::count(cause.people),
            Cell::count(cause.groups),
            Cell::count(cause.findings),
            Cell::count(cause.gaps),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
        ])?;
    }
    Ok(())
}

fn seats(audit: &Audit<'_>, rows: &mut impl Rows) -> io::Result<()> {
    let tenant = audit.context.tenant;
    for seats in &audit.seats {
        let owned = tenant.sku(seats.sku).owned.as_ref();
        rows.row([
            Cell::Text(tenant.id_text(seats.id.0)),
            Cell::text(tenant.part_number(seats.sku)),
            Cell::Text(tenant.product_name(seats.sku)),
            Cell::text(owned.and_then(|owned| owned.status.as_deref())),
            Cell::number(owned.and_then(|owned| owned.enabled)),
            Cell::number(owned.and_then(|owned| owned.warning)),
            Cell::number(owned.map(|owned| owned.suspended)),
            Cell::number(owned.map(|owned| owned.locked_out)),
            Cell::number(owned.and_then(|owned| owned.consumed)),
            Cell::number(seats.capacity(tenant)),
            Cell::number(seats.free(tenant)),
            Cell::Number(seats.demand),
            Cell::Number(seats.waiting),
            Cell::Number(seats.planned),
            Cell::Flag(seats.exact.for_verdict()),
            Cell::count(seats.groups.len()),
            Cell::Flag(seats.exact.demand),
            Cell::Flag(seats.exact.waiting),
            Cell::Flag(seats.exact.planned),
        ])?;
    }
    Ok(())
}

fn groups(audit: &Audit<'_>, rows: &mut impl Rows) -> io::Result<()> {
    let tenant = audit.context.tenant;
    for (group, verdicts) in audit.groups() {
        let details = tenant.group(group);
        let cells = [
            Cell::Text(tenant.id_text(details.id.0)),
            Cell::text(details.display_name.as_deref()),
            Cell::Flag(audit.context.target(group).is_some()),
            Cell::owned(super::licenses_of(audit, group).join(" ")),
            super::member_count(audit, group).map_or(Cell::Empty, Cell::count),
            Cell::text(details.processing.as_deref()),
        ];
        let verdicts = CriterionId::ALL.map(|criterion| {
            let verdict = verdicts.iter().find(|(known, _)| *known == criterion);
            Cell::word(verdict.map(|(_, verdict)| verdict.as_str()))
        });
        rows.row(cells.into_iter().chain(verdicts))?;
    }
    Ok(())
}

/// A row per member and product, of which there may be millions: what many rows share is made once.
fn members(audit: &Audit<'_>, rows: &mut impl Rows) -> io::Result<()> {
    let context = &audit.context;
    let tenant = context.tenant;
    for group in context.licensed_in_scope() {
        let group_id = tenant.id_text(tenant.group(group).id.0);
        let products: Vec<Product<'_>> =
            context.licenses(group).iter().map(|license| Product::of(tenant, license.sku)).collect();
        for &user in context.member_users(group) {
            let user = tenant.user(user);
            let member = Member {
                tenant,
                group,
                group_id: &group_id,
                user,
                user_id: &tenant.id_text(user.id().0),
                read_at: tenant.read_at(user.read()),
            };
            for product in &products {
                member.row(product, rows)?;
            }
        }
    }
    Ok(())
}

/// A product as rows name it.
struct Product<'t> {
    sku: SkuIndex,
    id: Cow<'t, str>,
    part_number: Option<&'t str>,
    name: Cow<'t, str>,
}

impl<'t> Product<'t> {
    fn of(tenant: &'t Tenant, sku: SkuIndex) -> Self {
        Self {
            sku,
            id: tenant.id_text(tenant.sku(sku).id.0),
            part_number: tenant.part_number(sku),
            name: tenant.product_name(sku),
        }
    }
}

/// A member of a group, as rows name both.
struct Member<'a> {
    tenant: &'a Tenant,
    group: GroupIndex,
    group_id: &'a str,
    user: User<'a>,
    user_id: &'a str,
    read_at: Timestamp,
}

impl Member<'_> {
    fn row(&self, product: &Product<'_>, rows: &mut impl Rows) -> io::Result<()> {
        let Self { tenant, group, user, .. } = *self;
        // Without readable properties nothing is said of the account, and without states nothing of its entries.
        let readable = user.is_readable();
        let of_product =
            user.entries().map(|entries| entries.iter().filter(|entry| entry.sku() == product.sku));
        let inherited = of_product
            .clone()
            .and_then(|mut entries| entries.find(|entry| entry.source() == Source::Group(group)));
        let direct =
            of_product.clone().map(|mut entries| entries.any(|entry| entry.source() == Source::Direct));
        let others = of_product.clone().map(|entries| {
            let other = entries.filter(|entry| !matches!(entry.source(), Source::Direct));
            other.filter(|entry| entry.source() != Source::Group(group)).count()
        });
        let plans_off = inherited.map(|entry| tenant.plan_set_names(entry.disabled()).join(" "));
        rows.row([
            Cell::Word(self.group_id),
            Cell::text(tenant.group(group).display_name.as_deref()),
            Cell::Word(self.user_id),
            Cell::text(user.principal_name()),
            Cell::text(user.display_name()),
            Cell::flag(user.account_enabled()),
            Cell::text(user.user_type()),
            Cell::flag(readable.then(|| user.is_external())),
            Cell::text(user.usage_location()),
            Cell::Word(&product.id),
            Cell::text(product.part_number),
            Cell::text(Some(&product.name)),
            Cell::flag(of_product.map(|_| inherited.is_some())),
            Cell::text(inherited.and_then(crate::tenant::LicenseEntry::state_text)),
            Cell::text(inherited.and_then(crate::tenant::LicenseEntry::error_text)),
            plans_off.map_or(Cell::Empty, Cell::owned),
            Cell::flag(direct),
            others.map_or(Cell::Empty, Cell::count),
            Cell::Moment(self.read_at),
        ])
    }
}
