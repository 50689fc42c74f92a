//! The words of reports, in English and Dutch: `rules/texts/*.ftl`, with plural rules (Fluent).
//!
//! Every finding and gap carries a message id and values; here they become a sentence. Texts that come from the
//! tenant are put in as they are: each format cleans them in its own way. A message or value that is missing is
//! a mistake of ours, which tests find; a reader sees the id instead.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rustc_hash::FxHashSet;
use serde_json::Value;
use unic_langid::LanguageIdentifier;

use crate::catalogue;
use crate::pack::Level;
use crate::rules::Audit;
use crate::tenant::{OtherOwner, Owner, SkuId, Tenant, UserIndex, Why};
use crate::verdict::{
    Argument, Code, CriterionId, Finding, GroupSubject, Judgement, Message, Severity, Subject, Verdict,
    Wanted,
};

const ENGLISH: &str = include_str!("../../rules/texts/en.ftl");
const DUTCH: &str = include_str!("../../rules/texts/nl.ftl");

/// A language of reports.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Language {
    /// English.
    En,
    /// Dutch.
    Nl,
}

impl Language {
    /// All languages.
    pub const ALL: [Self; 2] = [Self::En, Self::Nl];

    /// The code on the command line: `en` or `nl`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Nl => "nl",
        }
    }

    /// The language of the system: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set and not empty
    /// decides, as POSIX has it. Anything but Dutch is English.
    pub fn of_system(environment: &dyn Fn(&str) -> Option<String>) -> Self {
        let set = |name| environment(name).filter(|value| !value.is_empty());
        let locale = set("LC_ALL").or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG"));
        let locale = locale.unwrap_or_default().to_ascii_lowercase();
        if locale == "nl"
            || locale.starts_with("nl_")
            || locale.starts_with("nl-")
            || locale.starts_with("nl.")
        {
            Self::Nl
        } else {
            Self::En
        }
    }

    pub(super) fn source(self) -> &'static str {
        match self {
            Self::En => ENGLISH,
            Self::Nl => DUTCH,
        }
    }

    fn identifier(self) -> LanguageIdentifier {
        self.as_str().parse().expect("`en` and `nl` are language codes")
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A language that there is not.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is no language of the reports\nhint: en (English) or nl (Dutch)")]
pub struct LanguageError(String);

impl FromStr for Language {
    type Err = LanguageError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|language| language.as_str().eq_ignore_ascii_case(text));
        known.ok_or_else(|| LanguageError(text.to_owned()))
    }
}

/// How text from outside is put into a sentence: the name of the value, and its text.
pub type Clean = for<'a> fn(&str, &'a str) -> Cow<'a, str>;

/// All words in one language.
pub struct Texts {
    language: Language,
    bundle: FluentBundle<FluentResource>,
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Texts").field("language", &self.language).finish_non_exhaustive()
    }
}

impl Texts {
    /// The words of a language.
    pub fn new(language: Language) -> Self {
        let resource = FluentResource::try_new(language.source().to_owned());
        // A text with a slip in its grammar is left out, the others stay; a test finds it.
        let resource = resource.unwrap_or_else(|(resource, _)| resource);
        let mut bundle = FluentBundle::new_concurrent(vec![language.identifier()]);
        // Isolation marks are invisible, and would end up in spreadsheets and in what people copy.
        bundle.set_use_isolating(false);
        match language {
            Language::En => bundle.set_formatter(Some(|value, _| with_separators(value, ",", "."))),
            Language::Nl => bundle.set_formatter(Some(|value, _| with_separators(value, ".", ","))),
        }
        bundle.add_resource_overriding(resource);
        Self { language, bundle }
    }

    /// Which language it is.
    pub fn language(&self) -> Language {
        self.language
    }

    /// A message with values; its id where there is no such message.
    pub fn say(&self, id: &str, arguments: &[(&str, Argument)]) -> String {
        let mut values = FluentArgs::with_capacity(arguments.len());
        for (name, argument) in arguments {
            values.set(*name, self.value(name, argument, as_received));
        }
        self.format(id, None, &values)
    }

    /// Whether there is a message of that id.
    pub fn knows(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    /// A message with its values. Text from outside stands in it as it was received.
    pub fn message(&self, message: &Message) -> String {
        self.say(message.id, &message.arguments)
    }

    /// Why a collection is not complete.
    pub fn why(&self, why: Option<&Why>) -> String {
        why.map_or_else(|| self.word("why-unknown"), |why| self.message(&why.into()))
    }

    /// The value wanted, in words or as it is.
    pub fn wanted<'w>(&self, wanted: &'w Wanted) -> Cow<'w, Value> {
        match wanted {
            Wanted::Value(value) => Cow::Borrowed(value),
            Wanted::Said(message) => Cow::Owned(self.message(message).into()),
        }
    }

    /// A message without values.
    pub fn word(&self, id: &str) -> String {
        self.say(id, &[])
    }

    /// Fixed words of a part that knows no languages, such as the advice of `graph`: looked up by the English
    /// text among the messages `phrase-…`. Words that are not there stay as they are.
    pub fn phrase(&self, english: &str) -> String {
        let mut phrases = ENGLISH.lines().filter_map(|line| line.strip_prefix("phrase-")?.split_once(" = "));
        let known = phrases.find(|(_, text)| *text == english);
        known.map_or_else(|| english.to_owned(), |(id, _)| self.word(&format!("phrase-{id}")))
    }

    /// An error in this language: line by line, by the messages `error-…` whose English text it is, and by fixed
    /// words. What a server, a library or the system said stays as it is, and so does a line that is not known.
    pub fn retold(&self, error: &str) -> String {
        if self.language == Language::En {
            return error.to_owned();
        }
        let lines = error.lines().map(|line| {
            if let Some(hint) = line.strip_prefix("hint: ") {
                format!("{}: {}", self.word("hint"), self.retold_line(hint))
            } else {
                let told = line.trim_start();
                format!("{}{}", &line[..line.len() - told.len()], self.retold_line(told))
            }
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    fn retold_line(&self, line: &str) -> String {
        let known = ENGLISH.lines().filter(|message| message.starts_with("error-")).find_map(|message| {
            let (id, text) = message.split_once(" = ")?;
            Some((id, values_in(text, line)?))
        });
        match known {
            Some((id, values)) => {
                let mut arguments = FluentArgs::with_capacity(values.len());
                for (name, value) in values {
                    arguments.set(name, value);
                }
                self.format(id, None, &arguments)
            }
            None => self.phrase(line),
        }
    }

    /// Why there is a finding or gap, in a sentence. Text of the tenant stands in it as it was received.
    pub fn reason(
        &self,
        tenant: &Tenant,
        criterion: CriterionId,
        subject: &Subject,
        message: &Message,
    ) -> String {
        self.sentence(tenant, criterion, subject, message, None, as_received)
    }

    /// What to do about it, who can, and where.
    pub fn remedy(
        &self,
        tenant: &Tenant,
        criterion: CriterionId,
        subject: &Subject,
        message: &Message,
    ) -> String {
        self.sentence(tenant, criterion, subject, message, Some("remedy"), as_received)
    }

    /// The reason, or one of the message's attributes, with every text from outside cleaned before it is put
    /// into the sentence.
    pub fn sentence(
        &self,
        tenant: &Tenant,
        criterion: CriterionId,
        subject: &Subject,
        message: &Message,
        attribute: Option<&str>,
        clean: Clean,
    ) -> String {
        let names = Names::of(tenant, subject);
        let mut values = FluentArgs::with_capacity(message.arguments.len() + 4);
        values.set("criterion", criterion.as_str());
        for (name, text) in [("group", &names.group), ("user", &names.user), ("sku", &names.sku)] {
            if let Some(text) = text {
                values.set(name, clean(name, text));
            }
        }
        for (name, argument) in &message.arguments {
            values.set(*name, self.value(name, argument, clean));
        }
        self.format(message.id, attribute, &values)
    }

    /// What a criterion demands, as a title.
    pub fn title(&self, criterion: CriterionId) -> String {
        self.word(&format!("criterion-{}", criterion.as_str()))
    }

    /// The documentation page of a criterion.
    pub fn page(&self, criterion: CriterionId) -> &'static str {
        match (self.language, criterion) {
            (Language::En, _) => criterion.page(),
            (Language::Nl, CriterionId::GroupsConfigured) => {
                include_str!("../../docs/rules/nl/groups-configured.md")
            }
            (Language::Nl, CriterionId::NoB2bGroupsLicensed) => {
                include_str!("../../docs/rules/nl/no-b2b-groups-licensed.md")
            }
            (Language::Nl, CriterionId::EnoughSeats) => include_str!("../../docs/rules/nl/enough-seats.md"),
            (Language::Nl, CriterionId::MembersFullyLicensed) => {
                include_str!("../../docs/rules/nl/members-fully-licensed.md")
            }
        }
    }

    /// A verdict in words.
    pub fn verdict(&self, verdict: Verdict) -> String {
        self.word(&format!("verdict-{}", verdict.as_str()))
    }

    /// A severity in words.
    pub fn severity(&self, severity: Severity) -> String {
        self.word(&format!("severity-{}", severity.as_str()))
    }

    /// What Microsoft calls the exit criterion, and what follows where an optional one is not met.
    pub fn level(&self, level: Level, verdict: Verdict) -> String {
        let mut said = self.word(&format!("level-{}", level.as_str()));
        if level == Level::Optional && verdict == Verdict::Fail {
            said.push(' ');
            said.push_str(&self.word("level-optional-not-met"));
        }
        said
    }

    /// Why a criterion has its verdict, in a sentence with counts.
    pub fn criterion_reason(&self, tenant: &Tenant, judgement: &Judgement) -> String {
        self.say(&criterion_message(judgement), &criterion_arguments(tenant, judgement))
    }

    /// Why the audit has its verdict: one sentence, or two.
    pub fn overall_reason(&self, audit: &Audit<'_>) -> String {
        let count = |wanted: &[Verdict]| {
            audit.judgements.iter().filter(|judgement| wanted.contains(&judgement.verdict)).count()
        };
        let inconclusive = count(&[Verdict::Inconclusive]);
        let waived = count(&[Verdict::Waived]);
        let arguments = [
            ("criteria", Argument::from(audit.judgements.len())),
            ("failed", count(&[Verdict::Fail]).into()),
            ("inconclusive", inconclusive.into()),
            ("waived", waived.into()),
            ("passed", count(&[Verdict::Pass, Verdict::Waived]).into()),
        ];
        let verdict = audit.verdict();
        let mut reason = self.say(&format!("overall-{}", verdict.as_str()), &arguments);
        let mut also = |id| {
            reason.push(' ');
            reason.push_str(&self.say(id, &arguments));
        };
        if verdict == Verdict::Fail && inconclusive > 0 {
            also("overall-also-inconclusive");
        }
        if waived > 0 {
            also("overall-also-waived");
        }
        reason
    }

    /// Whether a message has this attribute.
    pub(super) fn has(&self, id: &str, attribute: &str) -> bool {
        self.bundle.get_message(id).is_some_and(|message| message.get_attribute(attribute).is_some())
    }

    fn value<'a>(&self, name: &str, argument: &'a Argument, clean: Clean) -> FluentValue<'a> {
        match argument {
            Argument::Number(number) => FluentValue::from(*number),
            Argument::Text(text) if text == "?" && matches!(name, "date" | "since") => {
                FluentValue::from(self.word("unknown-date"))
            }
            // Fixed words of parts that know no languages.
            Argument::Text(text) if matches!(name, "hint" | "because") => {
                FluentValue::from(self.phrase(text))
            }
            Argument::Text(text) => FluentValue::from(clean(name, text)),
            Argument::Said(message) => {
                let mut values = FluentArgs::with_capacity(message.arguments.len());
                for (name, argument) in &message.arguments {
                    values.set(*name, self.value(name, argument, clean));
                }
                FluentValue::from(self.format(message.id, None, &values))
            }
        }
    }

    fn format(&self, id: &str, attribute: Option<&str>, values: &FluentArgs<'_>) -> String {
        let pattern = self.bundle.get_message(id).and_then(|message| match attribute {
            None => message.value(),
            Some(name) => message.get_attribute(name).map(|attribute| attribute.value()),
        });
        // Errors are values that are missing: the sentence then shows their names.
        let mut errors = Vec::new();
        pattern.map_or_else(
            || id.to_owned(),
            |pattern| self.bundle.format_pattern(pattern, Some(values), &mut errors).into_owned(),
        )
    }
}

/// Text that is written by a format which makes it harmless itself.
pub(super) fn as_received<'a>(_: &str, text: &'a str) -> Cow<'a, str> {
    Cow::Borrowed(text)
}

/// The values with which a message without plurals gives a line; `None` where it is another message.
fn values_in<'l>(message: &'static str, line: &'l str) -> Option<Vec<(&'static str, &'l str)>> {
    let mut parts = message.split("{ $");
    let mut rest = line.strip_prefix(parts.next()?)?;
    let mut values = Vec::new();
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        let (name, literal) = part.split_once(" }")?;
        // The last value takes all that its words leave.
        let end =
            if parts.peek().is_none() { rest.len().checked_sub(literal.len())? } else { rest.find(literal)? };
        let value = rest.get(..end)?;
        rest = rest.get(end..)?.strip_prefix(literal)?;
        values.push((name, value));
    }
    rest.is_empty().then_some(values)
}

/// A number with separators between groups of three digits, and a real minus sign.
fn with_separators(value: &FluentValue<'_>, thousands: &str, decimal: &str) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let text = number.value.abs().to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::with_capacity(text.len() + 4);
    if number.value < 0.0 {
        out.push('−');
    }
    for (place, digit) in whole.char_indices() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            out.push_str(thousands);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push_str(decimal);
        out.push_str(fraction);
    }
    Some(out)
}

/// The id of the message that says why a criterion has its verdict.
pub(crate) fn criterion_message(judgement: &Judgement) -> String {
    if judgement.verdict == Verdict::Pass && no_plan(judgement).is_some() {
        return "groups-configured-pass-no-plan".to_owned();
    }
    format!("{}-{}", judgement.criterion.as_str(), judgement.verdict.as_str())
}

/// The values of that message: what is counted, and what the criterion says of a missing plan.
pub(crate) fn criterion_arguments(tenant: &Tenant, judgement: &Judgement) -> Vec<(&'static str, Argument)> {
    let mut arguments = Tally::of(tenant, judgement).arguments().to_vec();
    arguments.extend(no_plan(judgement).into_iter().flat_map(|message| message.arguments.iter().cloned()));
    arguments
}

fn no_plan(judgement: &Judgement) -> Option<&Message> {
    let finding = judgement.findings.iter().find(|finding| finding.code == Code::NoPlanGiven);
    finding.map(|finding| &finding.message)
}

/// What sentences call the things that a finding or gap is about.
#[derive(Debug)]
pub(crate) struct Names {
    /// Display name, else id.
    pub(crate) group: Option<String>,
    /// UPN, else display name, else id.
    pub(crate) user: Option<String>,
    /// Name in Microsoft's table, else part number, else id.
    pub(crate) sku: Option<String>,
}

impl Names {
    pub(crate) fn of(tenant: &Tenant, subject: &Subject) -> Self {
        Self {
            group: subject.group.as_ref().map(|group| group_name(tenant, group)),
            user: subject.user.map(|user| user_name(tenant, user)),
            sku: subject.sku.map(|sku| product_name(tenant, sku)),
        }
    }
}

/// A group's display name, else its id.
pub(crate) fn group_name(tenant: &Tenant, group: &GroupSubject) -> String {
    let name = group.display_name(tenant).filter(|name| !name.trim().is_empty());
    name.map(str::to_owned)
        .or_else(|| group.id(tenant).map(|id| tenant.id_text(id.0).into_owned()))
        .unwrap_or_default()
}

/// A user's UPN, else display name, else id.
pub(crate) fn user_name(tenant: &Tenant, user: UserIndex) -> String {
    let user = tenant.user(user);
    let names = [user.principal_name(), user.display_name()];
    let name = names.into_iter().flatten().find(|name| !name.trim().is_empty());
    name.map_or_else(|| tenant.id_text(user.id().0).into_owned(), str::to_owned)
}

/// What an owner of a group is called: as a user is, else by what the group showed.
pub(crate) fn owner_name(tenant: &Tenant, owner: &Owner) -> String {
    match owner {
        Owner::User(user) => user_name(tenant, *user),
        Owner::Other(OtherOwner { id, display_name, principal_name, .. }) => {
            let name = principal_name.as_ref().or(display_name.as_ref());
            name.cloned().unwrap_or_else(|| tenant.id_text(*id).into_owned())
        }
    }
}

/// A product's name, else its part number, else its id; also where nothing of the tenant mentions it.
pub(crate) fn product_name(tenant: &Tenant, sku: SkuId) -> String {
    match tenant.find_sku(sku) {
        Some(index) => tenant.product_name(index).into_owned(),
        None => catalogue::product(sku.0)
            .map_or_else(|| tenant.id_text(sku.0).into_owned(), |product| product.name.to_owned()),
    }
}

/// A product's part number, where the tenant or Microsoft's table has it.
pub(crate) fn part_number(tenant: &Tenant, sku: SkuId) -> Option<&str> {
    match tenant.find_sku(sku) {
        Some(index) => tenant.part_number(index),
        None => catalogue::product(sku.0).map(|product| product.part_number),
    }
}

/// What is counted of a criterion for its sentence and its row. People, groups and products are the distinct
/// ones that violations name which are not waived.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) violations: usize,
    pub(crate) waived: usize,
    pub(crate) advisories: usize,
    pub(crate) gaps: usize,
    people: usize,
    /// Of the people, those who have nothing but what a group left behind, and all others.
    left_behind: usize,
    lacking: usize,
    groups: usize,
    products: usize,
    examined: crate::verdict::Examined,
}

impl Tally {
    pub(crate) fn of(tenant: &Tenant, judgement: &Judgement) -> Self {
        let mut tally = Self { gaps: judgement.gaps.len(), examined: judgement.examined, ..Self::default() };
        let mut subjects = Subjects::default();
        let mut lacking: FxHashSet<UserIndex> = FxHashSet::default();
        for finding in &judgement.findings {
            match (finding.severity, finding.waiver) {
                (Severity::Advisory, _) => tally.advisories += 1,
                (Severity::Violation, Some(_)) => tally.waived += 1,
                (Severity::Violation, None) => {
                    tally.violations += 1;
                    subjects.add(tenant, finding);
                    if finding.code != Code::LicenseLeftBehind {
                        lacking.extend(finding.subject.user);
                    }
                }
            }
        }
        tally.people = subjects.people.len();
        tally.lacking = lacking.len();
        tally.left_behind = tally.people - tally.lacking;
        tally.groups = subjects.groups.len();
        tally.products = subjects.products.len();
        tally
    }

    fn arguments(&self) -> [(&'static str, Argument); 11] {
        [
            ("violations", self.violations.into()),
            ("waived", self.waived.into()),
            ("gaps", self.gaps.into()),
            ("people", self.people.into()),
            ("lacking", self.lacking.into()),
            ("left-behind", self.left_behind.into()),
            ("groups", self.groups.into()),
            ("products", self.products.into()),
            ("examined-groups", self.examined.groups.into()),
            ("examined-users", self.examined.users.into()),
            ("examined-skus", self.examined.skus.into()),
        ]
    }
}

/// The distinct things that findings are about.
#[derive(Default)]
pub(crate) struct Subjects<'f> {
    pub(crate) people: FxHashSet<UserIndex>,
    /// By id, or by name where there is no such group.
    pub(crate) groups: FxHashSet<(u128, &'f str)>,
    pub(crate) products: FxHashSet<SkuId>,
}

impl<'f> Subjects<'f> {
    pub(crate) fn add(&mut self, tenant: &Tenant, finding: &'f Finding) {
        self.people.extend(finding.subject.user);
        self.products.extend(finding.subject.sku);
        if let Some(group) = &finding.subject.group {
            let name = if let GroupSubject::Named(name) = group { name } else { "" };
            self.groups.insert((group.id(tenant).map_or(0, |id| id.0), name));
        }
    }
}
