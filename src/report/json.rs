//! `result.json`, schema `tollgate/result/v1`: what other programs read.
//!
//! The structs here are the format: fields are only ever added, never renamed or removed. Findings are written
//! one by one, so a million of them take no memory. What each field means is in `docs/formats.md`, the JSON
//! Schema in `reports/result.schema.json`.

use std::borrow::Cow;
use std::io::{self, Write};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::Value;
use serde_json::ser::{Formatter, PrettyFormatter};

use super::causes::{self, Cause};
use super::text::{self, Texts};
use crate::clean::is_harmful;
use crate::pack::Pack;
use crate::rules::{Audit, Seats};
use crate::tenant::{Coverage, GroupIndex, SkuId, Tenant, UserIndex};
use crate::verdict::{
    AppliedWaiver, Argument, Code, CriterionId, Evidence, Finding, Gap, GroupSubject, Judgement, Message,
    Subject, Verdict, Wanted,
};

/// The name of the format, and its version.
pub const SCHEMA: &str = "tollgate/result/v1";

/// Writes `result.json`: two spaces of indentation, a line end after the last brace.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(audit: &Audit<'_>, pack: &Pack, texts: &Texts, out: &mut dyn Write) -> io::Result<()> {
    write_document(&result(audit, pack, texts), out)
}

/// The same as a value.
pub(super) fn document(audit: &Audit<'_>, pack: &Pack, texts: &Texts) -> Value {
    serde_json::to_value(result(audit, pack, texts))
        .expect("its keys are texts, and writing to memory does not fail")
}

/// Writes a document so that nothing in it acts on a terminal.
pub(super) fn write_document(document: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(&mut *out, Harmless::default());
    document.serialize(&mut serializer).map_err(io::Error::from)?;
    out.write_all(b"\n")
}

/// A text as it stands between the quotes of a value.
pub(crate) fn inside_quotes(text: &str) -> String {
    let mut out = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut out, Harmless::default());
    text.serialize(&mut serializer).expect("memory takes all");
    let quoted = String::from_utf8(out).expect("JSON is UTF-8");
    quoted[1..quoted.len() - 1].to_owned()
}

/// Indents by two spaces, and writes as `\u202e` what a terminal would act on: the same text for a program,
/// harmless for a reader of `--print json`.
#[derive(Default)]
struct Harmless<'a>(PrettyFormatter<'a>);

macro_rules! indented {
    ($($method:ident($($argument:ident: $kind:ty)?)),+ $(,)?) => {
        $(fn $method<W: ?Sized + Write>(&mut self, writer: &mut W $(, $argument: $kind)?) -> io::Result<()> {
            self.0.$method(writer $(, $argument)?)
        })+
    };
}

impl Formatter for Harmless<'_> {
    indented!(
        begin_array(),
        end_array(),
        begin_array_value(first: bool),
        end_array_value(),
        begin_object(),
        end_object(),
        begin_object_key(first: bool),
        begin_object_value(),
        end_object_value(),
    );

    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        // Most texts have none, which is quickly seen of their bytes.
        if fragment.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return writer.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some((at, character)) = rest.char_indices().find(|(_, character)| is_harmful(*character)) {
            writer.write_all(&rest.as_bytes()[..at])?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[at + character.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}

fn result<'a>(audit: &'a Audit<'_>, pack: &'a Pack, texts: &'a Texts) -> impl Serialize + 'a {
    let tenant = audit.context.tenant;
    let organization = tenant.organization();
    let run = tenant.run();
    ResultFile {
        schema: SCHEMA,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        tenant: Organization {
            id: organization.id.as_deref(),
            display_name: organization.display_name.as_deref(),
        },
        as_of: tenant.as_of(),
        level: pack.level.as_str(),
        pack: PackName { id: &pack.id, version: &pack.version },
        verdict: audit.verdict().as_str(),
        criteria: Each(move || {
            audit.judgements.iter().map(move |judgement| criterion(audit, pack, texts, judgement))
        }),
        causes: Each(move || {
            causes::causes(audit).into_iter().map(move |cause| cause_row(tenant, texts, &cause))
        }),
        waivers: Each(move || audit.waivers.iter().map(waiver)),
        excluded: Excluded::of(audit),
        seats: Each(move || audit.seats.iter().map(move |seats| seats_row(tenant, seats))),
        groups: Each(move || audit.groups().map(move |(group, verdicts)| group_row(audit, group, verdicts))),
        coverage: Each(move || tenant.coverage().iter().map(move |line| coverage(texts, line))),
        scan: Scan {
            started_at: run.started_at,
            finished_at: run.finished_at,
            requests: run.requests,
            resource_units: run.resource_units,
            retries: run.retries,
            throttled_seconds: run.throttled_seconds,
            bytes: run.bytes,
            reread: run.reread,
            accused: run.accused,
            cleared: run.cleared,
        },
        redacted: tenant.is_redacted(),
    }
}

/// A list that is made while it is written.
pub(super) struct Each<F>(pub(super) F);

impl<F, I> Serialize for Each<F>
where
    F: Fn() -> I,
    I: Iterator,
    I::Item: Serialize,
{
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResultFile<'a, Criteria, Causes, Waivers, Rows, Groups, Lines> {
    schema: &'static str,
    tool: Tool,
    tenant: Organization<'a>,
    as_of: Timestamp,
    level: &'static str,
    pack: PackName<'a>,
    verdict: &'static str,
    criteria: Criteria,
    causes: Causes,
    waivers: Waivers,
    excluded: Excluded<'a>,
    seats: Rows,
    groups: Groups,
    coverage: Lines,
    scan: Scan,
    redacted: bool,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Organization<'a> {
    id: Option<&'a str>,
    display_name: Option<&'a str>,
}

#[derive(Serialize)]
struct PackName<'a> {
    id: &'a str,
    version: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CriterionRow<Gaps, Findings> {
    id: &'static str,
    level: &'static str,
    verdict: &'static str,
    message_id: String,
    args: Arguments<'static>,
    reason: String,
    examined: ExaminedRow,
    gaps: Gaps,
    findings: Findings,
}

#[derive(Serialize)]
struct ExaminedRow {
    groups: usize,
    skus: usize,
    users: usize,
}

#[derive(Serialize)]
struct GapRow<'a> {
    code: &'static str,
    #[serde(flatten)]
    about: About<'a>,
    #[serde(flatten)]
    said: Said<'a>,
    reason: String,
    remedy: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FindingRow<'a, Folded> {
    #[serde(rename = "as", skip_serializing_if = "Option::is_none")]
    folded_as: Option<&'static str>,
    code: &'static str,
    severity: &'static str,
    waiver: Option<WaiverNote<'a>>,
    #[serde(flatten)]
    about: About<'a>,
    message_id: &'static str,
    args: Arguments<'a>,
    reason: String,
    remedy: String,
    folded: Folded,
    evidence: Vec<EvidenceRow<'a>>,
}

/// What a finding or gap names.
#[derive(Serialize)]
struct About<'a> {
    group: Option<GroupRef>,
    user: Option<UserRef<'a>>,
    sku: Option<SkuRef>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GroupRef {
    id: Option<String>,
    display_name: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct UserRef<'a> {
    id: String,
    user_principal_name: Option<&'a str>,
    display_name: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SkuRef {
    id: String,
    part_number: Option<String>,
    name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CauseRow {
    kind: &'static str,
    criteria: Vec<&'static str>,
    codes: Vec<&'static str>,
    group: Option<GroupRef>,
    sku: Option<SkuRef>,
    people: usize,
    groups: usize,
    findings: usize,
    gaps: usize,
    message_id: &'static str,
    args: Arguments<'static>,
    reason: String,
    action: String,
    role: Option<String>,
    place: Option<String>,
}

#[derive(Serialize)]
struct WaiverNote<'a> {
    reason: &'a str,
    owner: &'a str,
    expires: Date,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct EvidenceRow<'a> {
    object: &'a str,
    property: &'a str,
    seen: &'a Value,
    wanted: Cow<'a, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wanted_message: Option<Said<'a>>,
    read_at: Timestamp,
}

#[derive(Serialize)]
struct WaiverRow<'a> {
    criterion: &'static str,
    code: Option<&'static str>,
    reason: &'a str,
    owner: &'a str,
    expires: Date,
    state: &'static str,
    matched: usize,
}

/// What the configuration leaves out, as it is written there.
#[derive(Serialize)]
pub(super) struct Excluded<'a> {
    groups: &'a [String],
    skus: &'a [String],
}

impl<'a> Excluded<'a> {
    pub(super) fn of(audit: &'a Audit<'_>) -> Self {
        let (groups, skus) = &audit.excluded;
        Self { groups, skus }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SeatsRow {
    sku_id: String,
    part_number: Option<String>,
    name: String,
    enabled: Option<i64>,
    warning: Option<i64>,
    suspended: Option<i64>,
    locked_out: Option<i64>,
    consumed: Option<i64>,
    capacity: Option<i64>,
    free: Option<i64>,
    demand: i64,
    waiting: i64,
    planned: i64,
    exact: ExactRow,
}

/// False is a lower bound.
#[derive(Serialize)]
struct ExactRow {
    demand: bool,
    waiting: bool,
    planned: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct GroupRow {
    id: String,
    display_name: Option<String>,
    target: bool,
    licenses: Vec<String>,
    members: Option<usize>,
    verdicts: Verdicts,
}

struct Verdicts(Vec<(CriterionId, Verdict)>);

impl Serialize for Verdicts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (criterion, verdict) in &self.0 {
            map.serialize_entry(criterion.as_str(), verdict.as_str())?;
        }
        map.end()
    }
}

/// A sentence for programs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Said<'a> {
    message_id: &'static str,
    args: Arguments<'a>,
}

impl<'a> From<&'a Message> for Said<'a> {
    fn from(message: &'a Message) -> Self {
        Self { message_id: message.id, args: Arguments(Cow::Borrowed(&message.arguments)) }
    }
}

impl From<Message> for Said<'static> {
    fn from(message: Message) -> Self {
        Self { message_id: message.id, args: Arguments(Cow::Owned(message.arguments)) }
    }
}

/// The message's own values.
struct Arguments<'a>(Cow<'a, [(&'static str, Argument)]>);

impl Serialize for Arguments<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, argument) in self.0.iter() {
            match argument {
                Argument::Number(number) => map.serialize_entry(name, number)?,
                Argument::Text(text) => map.serialize_entry(name, text)?,
                Argument::Said(message) => map.serialize_entry(name, &Said::from(message))?,
            }
        }
        map.end()
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CoverageRow<'a> {
    collection: &'a str,
    partition: Option<&'a str>,
    expected: Option<u64>,
    read: u64,
    pages: u64,
    restarts: u64,
    complete: bool,
    reason: Option<String>,
    reason_message: Option<Said<'static>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Scan {
    started_at: Option<Timestamp>,
    finished_at: Option<Timestamp>,
    requests: u64,
    resource_units: u64,
    retries: u64,
    throttled_seconds: f64,
    bytes: u64,
    reread: u64,
    accused: u64,
    cleared: u64,
}

fn criterion<'a>(
    audit: &'a Audit<'_>,
    pack: &Pack,
    texts: &'a Texts,
    judgement: &'a Judgement,
) -> impl Serialize + 'a {
    let tenant = audit.context.tenant;
    let id = judgement.criterion;
    CriterionRow {
        id: id.as_str(),
        level: pack.criterion(id).level.as_str(),
        verdict: judgement.verdict.as_str(),
        message_id: text::criterion_message(judgement),
        args: Arguments(Cow::Owned(text::criterion_arguments(tenant, judgement))),
        reason: texts.criterion_reason(tenant, judgement),
        examined: ExaminedRow {
            groups: judgement.examined.groups,
            skus: judgement.examined.skus,
            users: judgement.examined.users,
        },
        gaps: Each(move || judgement.gaps.iter().map(move |gap| gap_row(tenant, texts, id, gap))),
        findings: Each(move || {
            judgement.findings.iter().map(move |finding| {
                let folded = finding
                    .folded
                    .iter()
                    .map(|folded| finding_row(audit, texts, id, folded, Some(finding), NOTHING));
                finding_row(audit, texts, id, finding, None, folded.collect::<Vec<_>>())
            })
        }),
    }
}

fn gap_row<'a>(tenant: &'a Tenant, texts: &Texts, criterion: CriterionId, gap: &'a Gap) -> GapRow<'a> {
    GapRow {
        code: gap.code.as_str(),
        about: about(tenant, &gap.subject),
        said: Said::from(&gap.message),
        reason: texts.reason(tenant, criterion, &gap.subject, &gap.message),
        remedy: texts.remedy(tenant, criterion, &gap.subject, &gap.message),
    }
}

fn finding_row<'a, Folded>(
    audit: &'a Audit<'_>,
    texts: &Texts,
    criterion: CriterionId,
    finding: &'a Finding,
    root: Option<&'a Finding>,
    folded: Folded,
) -> FindingRow<'a, Folded> {
    let tenant = audit.context.tenant;
    FindingRow {
        folded_as: root.map(|_| folded_as(finding.code)),
        code: finding.code.as_str(),
        severity: finding.severity.as_str(),
        waiver: super::waiver_of(audit, root.unwrap_or(finding)).map(|applied| WaiverNote {
            reason: &applied.waiver.reason,
            owner: &applied.waiver.owner,
            expires: applied.waiver.expires,
        }),
        about: about(tenant, &finding.subject),
        message_id: finding.message.id,
        args: Arguments(Cow::Borrowed(&finding.message.arguments)),
        reason: texts.reason(tenant, criterion, &finding.subject, &finding.message),
        remedy: texts.remedy(tenant, criterion, &finding.subject, &finding.message),
        folded,
        evidence: finding.evidence.iter().map(|row| evidence(texts, row)).collect(),
    }
}

/// Nothing is folded under what is folded.
const NOTHING: [(); 0] = [];

/// Why a finding is folded under another: another failed license of the same group, a requirement that is
/// unmet because of it, or something worth knowing about it.
pub(crate) fn folded_as(code: Code) -> &'static str {
    match code {
        Code::MissingProduct | Code::RequiredPlanDisabled => "missing",
        Code::DirectOnly => "advisory",
        _ => "companion",
    }
}

fn evidence<'a>(texts: &Texts, evidence: &'a Evidence) -> EvidenceRow<'a> {
    EvidenceRow {
        object: &evidence.object,
        property: evidence.property,
        seen: &evidence.seen,
        wanted: texts.wanted(&evidence.wanted),
        wanted_message: match &evidence.wanted {
            Wanted::Value(_) => None,
            Wanted::Said(message) => Some(Said::from(message)),
        },
        read_at: evidence.read_at,
    }
}

fn about<'a>(tenant: &'a Tenant, subject: &'a Subject) -> About<'a> {
    About {
        group: subject.group.as_ref().map(|group| group_ref(tenant, group)),
        user: subject.user.map(|user| user_ref(tenant, user)),
        sku: subject.sku.map(|sku| sku_ref(tenant, sku)),
    }
}

fn group_ref(tenant: &Tenant, group: &GroupSubject) -> GroupRef {
    GroupRef {
        id: group.id(tenant).map(|id| tenant.id_text(id.0).into_owned()),
        display_name: group.display_name(tenant).map(str::to_owned),
    }
}

fn user_ref(tenant: &Tenant, user: UserIndex) -> UserRef<'_> {
    let user = tenant.user(user);
    UserRef {
        id: tenant.id_text(user.id().0).into_owned(),
        user_principal_name: user.principal_name(),
        display_name: user.display_name(),
    }
}

fn sku_ref(tenant: &Tenant, sku: SkuId) -> SkuRef {
    SkuRef {
        id: tenant.id_text(sku.0).into_owned(),
        part_number: text::part_number(tenant, sku).map(str::to_owned),
        name: text::product_name(tenant, sku),
    }
}

fn cause_row(tenant: &Tenant, texts: &Texts, cause: &Cause<'_>) -> CauseRow {
    let message = cause.message();
    CauseRow {
        kind: cause.kind.as_str(),
        criteria: cause.criteria.iter().map(|criterion| criterion.as_str()).collect(),
        codes: cause.codes.clone(),
        group: cause.subject.group.as_ref().map(|group| group_ref(tenant, group)),
        sku: cause.subject.sku.map(|sku| sku_ref(tenant, sku)),
        people: cause.people,
        groups: cause.groups,
        findings: cause.findings,
        gaps: cause.gaps,
        message_id: message.id,
        args: Arguments(Cow::Owned(message.arguments.clone())),
        reason: cause.reason(tenant, texts, text::as_received),
        action: cause.action(tenant, texts, text::as_received),
        role: cause.role(texts),
        place: cause.place(texts),
    }
}

fn waiver(applied: &AppliedWaiver) -> WaiverRow<'_> {
    WaiverRow {
        criterion: applied.waiver.criterion.as_str(),
        code: applied.waiver.code.map(Code::as_str),
        reason: &applied.waiver.reason,
        owner: &applied.waiver.owner,
        expires: applied.waiver.expires,
        state: applied.state.as_str(),
        matched: applied.matched,
    }
}

fn seats_row(tenant: &Tenant, seats: &Seats) -> SeatsRow {
    let owned = tenant.sku(seats.sku).owned.as_ref();
    let SkuRef { id, part_number, name } = sku_ref(tenant, seats.id);
    SeatsRow {
        sku_id: id,
        part_number,
        name,
        enabled: owned.and_then(|owned| owned.enabled),
        warning: owned.and_then(|owned| owned.warning),
        suspended: owned.map(|owned| owned.suspended),
        locked_out: owned.map(|owned| owned.locked_out),
        consumed: owned.and_then(|owned| owned.consumed),
        capacity: seats.capacity(tenant),
        free: seats.free(tenant),
        demand: seats.demand,
        waiting: seats.waiting,
        planned: seats.planned,
        exact: ExactRow {
            demand: seats.exact.demand,
            waiting: seats.exact.waiting,
            planned: seats.exact.planned,
        },
    }
}

fn group_row(audit: &Audit<'_>, group: GroupIndex, verdicts: Vec<(CriterionId, Verdict)>) -> GroupRow {
    let tenant = audit.context.tenant;
    let details = tenant.group(group);
    GroupRow {
        id: tenant.id_text(details.id.0).into_owned(),
        display_name: details.display_name.clone(),
        target: audit.context.target(group).is_some(),
        licenses: super::licenses_of(audit, group),
        members: super::member_count(audit, group),
        verdicts: Verdicts(verdicts),
    }
}

fn coverage<'a>(texts: &Texts, line: &'a Coverage) -> CoverageRow<'a> {
    let message = line.reason.as_ref().map(Message::from);
    CoverageRow {
        collection: &line.collection,
        partition: line.partition.as_deref(),
        expected: line.expected,
        read: line.read,
        pages: line.pages,
        restarts: line.restarts,
        complete: line.complete,
        reason: message.as_ref().map(|message| texts.message(message)),
        reason_message: message.map(Said::from),
    }
}
