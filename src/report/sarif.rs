//! `result.sarif`, SARIF 2.1.0: for code scanning pages and other readers of that format.
//!
//! A rule is a criterion and a code, with the documentation of the code as its help. A result is a finding or a
//! gap; findings that are folded under another are not told again. Evidence stays in `result.json`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use jiff::Timestamp;
use rustc_hash::FxHashMap;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::json::{Each, Excluded, write_document};
use super::line;
use super::text::{Names, Texts};
use crate::pack::Pack;
use crate::rules::Audit;
use crate::tenant::Tenant;
use crate::verdict::{
    AppliedWaiver, Argument, Code, CriterionId, Finding, Gap, Message, Severity, Subject, page,
};

/// Where the schema of the format is published.
pub const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// GitHub refuses a run with more results (SARIF support for code scanning, limits). The worst come first.
pub(super) const RESULTS: usize = 25_000;
/// Nothing is in a file of source code, and code scanning wants a file: the one that says what is demanded.
const FILE: &str = "tollgate.toml";
/// Writes `result.sarif`.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(audit: &Audit<'_>, pack: &Pack, texts: &Texts, out: &mut dyn Write) -> io::Result<()> {
    let tenant = audit.context.tenant;
    let organization = tenant.organization();
    let places: BTreeMap<(CriterionId, Code), usize> = rule_ids().zip(0..).collect();
    let statements = || Rank::ALL.into_iter().flat_map(move |rank| statements(audit, rank));
    let left_out = statements().count().saturating_sub(RESULTS);
    let notification = (left_out > 0).then(|| Notification {
        level: "warning",
        message: Text::new(texts.say("more-in-table", &[("count", left_out.into())])),
    });
    let results = Each(|| {
        let mut seen = FxHashMap::default();
        let places = &places;
        statements().take(RESULTS).map(move |statement| result(audit, texts, places, &mut seen, &statement))
    });
    let driver = Driver {
        name: env!("CARGO_PKG_NAME"),
        semantic_version: env!("CARGO_PKG_VERSION"),
        rules: rule_ids().map(|(criterion, code)| rule(pack, criterion, code)).collect(),
    };
    let run = Run {
        tool: Tool { driver },
        automation_details: AutomationDetails {
            id: format!(
                "{}/{}/",
                env!("CARGO_PKG_NAME"),
                line(organization.id.as_deref().unwrap_or("tenant"))
            ),
        },
        language: texts.language().as_str(),
        invocations: [Invocation {
            execution_successful: true,
            tool_execution_notifications: notification.into_iter().collect(),
        }],
        results,
        properties: RunProperties {
            as_of: tenant.as_of(),
            tenant: organization.id.as_deref(),
            verdict: audit.verdict().as_str(),
            pack: &pack.id,
            level: pack.level.as_str(),
            excluded: Excluded::of(audit),
        },
    };
    write_document(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] }, out)
}

#[derive(Serialize)]
struct Log<'a, R: Serialize> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a, R>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a, R: Serialize> {
    tool: Tool,
    automation_details: AutomationDetails,
    language: &'static str,
    invocations: [Invocation; 1],
    results: R,
    properties: RunProperties<'a>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: String,
    short_description: Text,
    full_description: Text,
    help: Help,
    help_uri: &'static str,
    default_configuration: Configuration,
    properties: RuleProperties,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

impl Text {
    fn new(text: impl Into<String>) -> Self {
        Self { text: text.into() }
    }
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: &'static str,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct RuleProperties {
    tags: [&'static str; 1],
}

#[derive(Serialize)]
struct AutomationDetails {
    id: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: &'static str,
    message: Text,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RunProperties<'a> {
    as_of: Timestamp,
    tenant: Option<&'a str>,
    verdict: &'static str,
    pack: &'a str,
    level: &'static str,
    excluded: Excluded<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ResultRow {
    rule_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Text,
    locations: [Location; 1],
    partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<[Suppression; 1]>,
    properties: ResultProperties,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
    logical_locations: Vec<LogicalLocation>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    fully_qualified_name: Option<String>,
    kind: &'static str,
}

/// What tells a result of one audit that it is that of another.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fingerprints {
    /// The name that GitHub reads; what counts is that it is the same for the same thing.
    primary_location_line_hash: String,
}

#[derive(Serialize)]
struct Suppression {
    kind: &'static str,
    status: &'static str,
    justification: String,
}

#[derive(Serialize)]
struct ResultProperties {
    severity: &'static str,
    /// The codes of what is folded under it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    folded: Vec<&'static str>,
}

/// Every criterion with every code of its page, in the order of the pages.
fn rule_ids() -> impl Iterator<Item = (CriterionId, Code)> {
    CriterionId::ALL
        .into_iter()
        .flat_map(|criterion| page::codes(criterion).map(move |(code, _)| (criterion, code)))
}

fn rule_id(criterion: CriterionId, code: Code) -> String {
    format!("{}/{}", criterion.as_str(), code.as_str())
}

fn rule(pack: &Pack, criterion: CriterionId, code: Code) -> Rule {
    let section = page::section(criterion, code).unwrap_or_default();
    // The first paragraph is `*violation*`, `*advisory*` or `*gap*`, which the level says.
    let (_, markdown) = section.split_once("\n\n").unwrap_or_default();
    let mut paragraphs = markdown.split("\n\n").map(plain);
    let short = paragraphs.next().unwrap_or_default();
    let severity = pack.criterion(criterion).codes().find(|(known, _)| *known == code);
    Rule {
        id: rule_id(criterion, code),
        full_description: Text::new(format!("{}. {short}", plain(page::title(criterion)))),
        short_description: Text::new(short),
        help: Help { text: plain(markdown), markdown },
        help_uri: help_uri(criterion),
        default_configuration: Configuration {
            level: severity.map_or(Rank::Gap.level(), |(_, severity)| match severity {
                Severity::Violation => Rank::Violation.level(),
                Severity::Advisory => Rank::Advisory.level(),
            }),
        },
        properties: RuleProperties { tags: [criterion.as_str()] },
    }
}

/// Microsoft's page on what a criterion is about.
fn help_uri(criterion: CriterionId) -> &'static str {
    match criterion {
        CriterionId::GroupsConfigured | CriterionId::NoB2bGroupsLicensed => {
            "https://learn.microsoft.com/entra/fundamentals/concept-group-based-licensing"
        }
        CriterionId::EnoughSeats | CriterionId::MembersFullyLicensed => {
            "https://learn.microsoft.com/entra/fundamentals/licensing-groups-resolve-problems"
        }
    }
}

/// Markdown without its marks.
fn plain(markdown: &str) -> String {
    markdown.trim().replace("**", "").replace(['*', '`'], "")
}

/// What comes first: the worst.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rank {
    Violation,
    /// A gap leaves a criterion open, and has to be seen: it is no `note`, and no result of kind `open`, which
    /// must not have a level and is not shown by everyone.
    Gap,
    Waived,
    Advisory,
}

impl Rank {
    const ALL: [Self; 4] = [Self::Violation, Self::Gap, Self::Waived, Self::Advisory];

    fn as_str(self) -> &'static str {
        match self {
            Self::Violation | Self::Waived => Severity::Violation.as_str(),
            Self::Gap => "gap",
            Self::Advisory => Severity::Advisory.as_str(),
        }
    }

    fn level(self) -> &'static str {
        match self {
            Self::Violation | Self::Waived => "error",
            Self::Gap => "warning",
            Self::Advisory => "note",
        }
    }
}

/// A finding or a gap.
struct Statement<'a> {
    rank: Rank,
    criterion: CriterionId,
    code: Code,
    subject: &'a Subject,
    message: &'a Message,
    waiver: Option<&'a AppliedWaiver>,
    folded: &'a [Finding],
}

/// The statements of a rank, in the order of the other reports.
fn statements<'a>(audit: &'a Audit<'_>, rank: Rank) -> impl Iterator<Item = Statement<'a>> {
    audit.judgements.iter().flat_map(move |judgement| {
        let criterion = judgement.criterion;
        let gaps: &[Gap] = if rank == Rank::Gap { &judgement.gaps } else { &[] };
        let gaps = gaps.iter().map(move |gap| Statement {
            rank,
            criterion,
            code: gap.code,
            subject: &gap.subject,
            message: &gap.message,
            waiver: None,
            folded: &[],
        });
        let findings = judgement.findings.iter().filter(move |finding| rank_of(finding) == rank);
        let findings = findings.map(move |finding| Statement {
            rank,
            criterion,
            code: finding.code,
            subject: &finding.subject,
            message: &finding.message,
            waiver: super::waiver_of(audit, finding),
            folded: &finding.folded,
        });
        findings.chain(gaps)
    })
}

fn rank_of(finding: &Finding) -> Rank {
    match (finding.severity, finding.waiver) {
        (Severity::Violation, None) => Rank::Violation,
        (Severity::Violation, Some(_)) => Rank::Waived,
        (Severity::Advisory, _) => Rank::Advisory,
    }
}

fn result(
    audit: &Audit<'_>,
    texts: &Texts,
    places: &BTreeMap<(CriterionId, Code), usize>,
    seen: &mut FxHashMap<[u8; 16], usize>,
    statement: &Statement<'_>,
) -> ResultRow {
    let tenant = audit.context.tenant;
    let Statement { criterion, code, subject, message, .. } = *statement;
    let say = |attribute| texts.sentence(tenant, criterion, subject, message, attribute, clean_value);
    ResultRow {
        rule_id: rule_id(criterion, code),
        rule_index: places.get(&(criterion, code)).copied(),
        level: statement.rank.level(),
        message: Text::new(format!("{}\n\n{}: {}", say(None), texts.word("what-to-do"), say(Some("remedy")))),
        locations: [Location {
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation { uri: FILE },
                region: Region { start_line: 1 },
            },
            logical_locations: logical_locations(tenant, subject),
        }],
        partial_fingerprints: Fingerprints {
            primary_location_line_hash: fingerprint(tenant, statement, seen),
        },
        suppressions: statement.waiver.map(|applied| {
            let justification = super::waiver_line(texts, &applied.waiver, 1);
            [Suppression { kind: "external", status: "accepted", justification }]
        }),
        properties: ResultProperties {
            severity: statement.rank.as_str(),
            folded: statement.folded.iter().map(|folded| folded.code.as_str()).collect(),
        },
    }
}

/// What it is about, by Graph's paths: group, user, product; the tenant where it names none of them.
fn logical_locations(tenant: &Tenant, subject: &Subject) -> Vec<LogicalLocation> {
    let Names { group, user, sku } = Names::of(tenant, subject);
    let path = |collection: &str, id: u128| format!("{collection}/{}", tenant.id_text(id));
    let mut locations = Vec::new();
    let mut add = |kind, name: Option<String>, fully_qualified_name| {
        locations.extend(name.map(|name| LogicalLocation { name: line(&name), fully_qualified_name, kind }));
    };
    let group_id = subject.group.as_ref().and_then(|group| group.id(tenant));
    add("group", group, group_id.map(|id| path("groups", id.0)));
    add("user", user, subject.user.map(|user| path("users", tenant.user(user).id().0)));
    add("product", sku, subject.sku.map(|sku| path("subscribedSkus", sku.0)));
    if locations.is_empty() {
        let organization = tenant.organization();
        let id = organization.id.as_deref().map(line);
        locations.push(LogicalLocation {
            name: organization.display_name.as_deref().map_or_else(|| "tenant".to_owned(), line),
            fully_qualified_name: id.map(|id| format!("organization/{id}")),
            kind: "tenant",
        });
    }
    locations
}

/// The same for the same thing in every audit: from what it is about, not from what is said of it. The number at
/// the end tells apart what is about the same.
fn fingerprint(tenant: &Tenant, statement: &Statement<'_>, seen: &mut FxHashMap<[u8; 16], usize>) -> String {
    let Subject { group, user, sku } = statement.subject;
    let group = group.as_ref();
    let group_id = group.and_then(|group| group.id(tenant)).map(|id| id.0);
    let name = group.filter(|_| group_id.is_none()).and_then(|group| group.display_name(tenant));
    let user = user.map(|user| tenant.user(user).id().0);
    let requirement = statement.message.arguments.iter().find_map(|(name, value)| match value {
        Argument::Text(text) if *name == "requirement" => Some(text.as_str()),
        _ => None,
    });
    let id = |id: Option<u128>| id.map_or_else(String::new, |id| format!("{id:032x}"));
    let parts = [
        rule_id(statement.criterion, statement.code),
        id(group_id),
        name.unwrap_or_default().to_owned(),
        id(user),
        id(sku.map(|sku| sku.0)),
        requirement.unwrap_or_default().to_owned(),
    ];
    let mut hash = [0; 16];
    hash.copy_from_slice(&Sha256::digest(parts.join("\n").as_bytes())[..16]);
    let times = seen.entry(hash).or_insert(0);
    *times += 1;
    let mut text = String::with_capacity(40);
    for byte in hash {
        let _ = write!(text, "{byte:02x}");
    }
    let _ = write!(text, ":{times}");
    text
}

/// Text from outside as a message takes it: brackets would make a link, and braces stand for values
/// (SARIF 2.1.0, sections 3.11.5 and 3.11.6).
fn clean_value<'a>(_: &str, text: &'a str) -> Cow<'a, str> {
    let mut clean = String::with_capacity(text.len());
    for character in line(text).chars() {
        match character {
            '[' | ']' | '\\' => clean.extend(['\\', character]),
            '{' | '}' => clean.extend([character, character]),
            _ => clean.push(character),
        }
    }
    Cow::Owned(clean)
}
