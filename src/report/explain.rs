//! What an audit knows of one user or group, told as a colleague would: in short first, then what is there, then
//! how each criterion sees it, on what that rests, and what would make it pass.

use std::io::{self, Write};

use jiff::Timestamp;
use serde_json::Value;

use super::suitability::{next_step, seats_to_buy, why};
use super::table::flatten;
use super::terminal::{Page, Style, clean, clean_long, clean_value};
use super::text::{self, Texts};
use crate::catalogue::{Edition, Suite};
use crate::rules::Audit;
use crate::rules::dossier::{self, GroupDossier, Held, Object, Seen, UserDossier};
use crate::rules::suitability;
use crate::tenant::{
    GroupId, GroupIndex, LicenseEntry, SkuId, SkuIndex, Source, Tenant, Trouble, Usability, User, UserId,
    UserIndex, parse_guid,
};
use crate::verdict::{
    Argument, CriterionId, Evidence, Finding, Gap, GroupSubject, Message, Severity, Subject, Verdict,
};

/// How many findings of a kind are told in full.
const FINDINGS: usize = 3;
/// How many groups or names are listed.
const NAMES: usize = 10;
/// How many pieces of evidence of a finding are shown.
const EVIDENCE: usize = 4;

/// Prints what is known of an object.
///
/// # Errors
/// When `out` cannot be written.
pub fn print(
    audit: &Audit<'_>,
    object: Object,
    texts: &Texts,
    style: &Style<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let page = &mut Page::new(style, out);
    let view = View { audit, tenant: audit.context.tenant, texts };
    match object {
        Object::User(user) => view.user(page, &dossier::of_user(audit, user)),
        Object::Group(group) => view.group(page, &dossier::of_group(audit, group)),
        Object::Deleted(place) => view.deleted(page, place),
    }
}

/// How an object is told apart from others of its name: kind, name and id, on one line.
pub fn label(tenant: &Tenant, object: Object, texts: &Texts) -> String {
    match object {
        Object::User(index) => {
            let user = tenant.user(index);
            let names = [user.display_name(), user.principal_name()].into_iter().flatten().map(clean);
            format!("{}  {}", tenant.id_text(user.id().0), names.collect::<Vec<_>>().join(", "))
        }
        Object::Group(index) => {
            let name = clean(&text::group_name(tenant, &GroupSubject::Known(index)));
            let kind = suitability::Kind::of(tenant.group(index));
            let kind = texts.word(&format!("kind-{}", kind.as_str()));
            format!("{}  {name}, {kind}", tenant.id_text(tenant.group(index).id.0))
        }
        Object::Deleted(place) => {
            let group = &tenant.deleted_groups()[place];
            let since = group.deleted.as_deref().map(clean).unwrap_or_default();
            format!("{}  {since}", tenant.id_text(group.id.0))
        }
    }
}

struct View<'a, 't> {
    audit: &'a Audit<'t>,
    tenant: &'t Tenant,
    texts: &'a Texts,
}

impl View<'_, '_> {
    fn user(&self, page: &mut Page<'_>, dossier: &UserDossier<'_, '_>) -> io::Result<()> {
        let Self { tenant, texts, .. } = self;
        let user = tenant.user(dossier.user);
        let title = match (user.display_name(), user.principal_name()) {
            (Some(name), Some(principal)) => format!("{} ({})", clean(name), clean(principal)),
            _ => clean(&text::user_name(tenant, dossier.user)),
        };
        page.title(&title, "1")?;
        page.facts(&[
            (texts.word("explain-account"), self.account(user)),
            (texts.word("explain-id"), tenant.id_text(user.id().0).into_owned()),
            (texts.word("explain-read"), self.read_at(tenant.read_at(user.read()))),
        ])?;
        self.in_short(page, &dossier.criteria, "yes")?;
        page.blank()?;
        page.heading(&texts.word("explain-groups"))?;
        self.memberships(page, dossier)?;
        page.blank()?;
        page.heading(&texts.word("explain-licenses"))?;
        match &dossier.entries {
            None => page.paragraph(2, &texts.word("explain-licenses-unread"))?,
            Some(entries) if entries.is_empty() => page.paragraph(2, &texts.word("explain-no-licenses"))?,
            Some(entries) => {
                for entry in entries {
                    page.item("-", &self.entry(dossier.user, *entry))?;
                }
            }
        }
        if dossier.entries.is_some() {
            page.blank()?;
            page.heading(&texts.word("explain-suites"))?;
            self.held(page, &dossier.held)?;
        }
        self.criteria(page, &dossier.criteria, "yes")
    }

    fn account(&self, user: User<'_>) -> String {
        let texts = self.texts;
        if !user.is_readable() {
            return texts.word("explain-unreadable");
        }
        let mut facts =
            vec![texts.word(if user.is_external() { "explain-external" } else { "explain-internal" })];
        if let Some(kind) = user.user_type() {
            facts.push(texts.say("explain-user-type", &[("type", clean(kind).into())]));
        }
        match user.account_enabled() {
            Some(true) => facts.push(texts.word("explain-enabled")),
            Some(false) => facts.push(texts.word("explain-blocked")),
            None => {}
        }
        facts.push(match user.usage_location() {
            Some(location) => texts.say("explain-location", &[("location", clean(location).into())]),
            None => texts.word("explain-no-location"),
        });
        facts.join(", ")
    }

    fn memberships(&self, page: &mut Page<'_>, dossier: &UserDossier<'_, '_>) -> io::Result<()> {
        let Self { tenant, texts, .. } = self;
        if dossier.memberships.is_empty() {
            page.paragraph(2, &texts.word("explain-no-groups"))?;
        }
        for membership in dossier.memberships.iter().take(NAMES) {
            let gives = self.gives(membership.group);
            let values = [("group", self.group_name(membership.group).into()), ("gives", gives.into())];
            let text = if membership.through.is_empty() {
                texts.say("explain-member-direct", &values)
            } else {
                let through = self.group_names(&membership.through).into();
                let [group, gives] = values;
                texts.say("explain-member-nested", &[group, gives, ("through", through)])
            };
            page.item("-", &text)?;
        }
        self.more(page, dossier.memberships.len().saturating_sub(NAMES))?;
        let unread =
            tenant.groups().filter(|(index, group)| group.listed && tenant.members(*index).is_none());
        match unread.count() {
            0 => Ok(()),
            unread => page.paragraph(2, &texts.say("explain-unread-groups", &[("count", unread.into())])),
        }
    }

    fn gives(&self, group: GroupIndex) -> String {
        let context = &self.audit.context;
        if context.is_excluded_group(group) {
            return self.texts.word("explain-left-out");
        }
        let skus: Vec<SkuIndex> = context.licenses(group).iter().map(|license| license.sku).collect();
        if skus.is_empty() {
            return self.texts.word("explain-gives-nothing");
        }
        self.texts.say("explain-gives", &[("products", self.products(&skus).into())])
    }

    fn entry(&self, user: UserIndex, entry: LicenseEntry<'_>) -> String {
        let Self { tenant, texts, .. } = self;
        let source = match entry.source() {
            Source::Direct => texts.word("explain-source-direct"),
            Source::Group(group) => {
                let left =
                    tenant.members(group).is_some_and(|members| members.complete && !members.contains(user));
                let id = if left { "explain-source-not-member" } else { "explain-source-group" };
                texts.say(id, &[("group", self.group_name(group).into())])
            }
            Source::Elsewhere(group) => {
                texts.say("explain-source-gone", &[("group", tenant.id_text(group.0).into_owned().into())])
            }
        };
        let state = entry.state_text().map_or_else(|| texts.word("explain-state-null"), clean);
        let state = match entry.error_text().filter(|_| entry.trouble() != Trouble::None) {
            None => texts.say("explain-state-plain", &[("state", state.into())]),
            Some(error) => {
                texts.say("explain-state-error", &[("state", state.into()), ("error", clean(error).into())])
            }
        };
        let product = clean(&tenant.product_name(entry.sku()));
        let values = [("product", product.into()), ("source", source.into()), ("state", state.into())];
        let mut text = texts.say("explain-entry", &values);
        if tenant.usability(entry.sku()) == Usability::Unusable {
            text.push_str(&texts.word("explain-not-in-force"));
        }
        let off = tenant.plan_set_names(entry.disabled());
        if !off.is_empty() {
            let plans = clean_long(&off.join(", "));
            text.push_str(&texts.say("explain-plans-off", &[("plans", plans.into())]));
        }
        text
    }

    /// Suite by suite; parts that come from the same products together.
    fn held(&self, page: &mut Page<'_>, held: &[Held]) -> io::Result<()> {
        for Held { suite, edition, parts } in held {
            let suite = match suite {
                Suite::Office365 => "Office 365",
                Suite::Ems => "EMS",
            };
            let nothing = parts.iter().all(|part| part.by.is_empty() && part.off_in.is_empty());
            let id = match edition {
                None if nothing => "explain-suite-nothing",
                None => "explain-suite-incomplete",
                Some(Edition::E3) => "explain-suite-e3",
                Some(Edition::E5) => "explain-suite-e5",
            };
            page.item("-", &self.texts.say(id, &[("suite", suite.into())]))?;
            if nothing {
                continue;
            }
            for alike in parts.chunk_by(|one, other| (&one.by, &one.off_in) == (&other.by, &other.off_in)) {
                let (id, products) = match (&alike[0].by[..], &alike[0].off_in[..]) {
                    ([], []) => ("explain-part-lacking", &[][..]),
                    ([], off_in) => ("explain-part-off", off_in),
                    (by, _) => ("explain-part-by", by),
                };
                let names: Vec<&str> = alike.iter().map(|part| part.name).collect();
                let values =
                    [("part", names.join(", ").into()), ("products", self.products(products).into())];
                page.paragraph(4, &self.texts.say(id, &values))?;
            }
        }
        Ok(())
    }

    fn in_short(&self, page: &mut Page<'_>, criteria: &[Seen<'_>], user: &str) -> io::Result<()> {
        let count = |verdict: Verdict| criteria.iter().filter(|seen| seen.verdict == verdict).count();
        let (id, number) = match () {
            () if count(Verdict::Fail) > 0 => ("explain-short-fail", count(Verdict::Fail)),
            () if count(Verdict::Inconclusive) > 0 => {
                ("explain-short-inconclusive", count(Verdict::Inconclusive))
            }
            () if count(Verdict::Waived) > 0 => ("explain-short-accepted", 0),
            () if count(Verdict::Pass) > 0 => ("explain-short-pass", 0),
            () => ("explain-short-not-applicable", 0),
        };
        let values: [(&'static str, Argument); 3] =
            [("criteria", number.into()), ("all", criteria.len().into()), ("user", user.into())];
        let mut short = format!("{}: {}", self.texts.word("explain-short"), self.texts.say(id, &values));
        // What concerns members says most, then guests, then seats.
        let first = |wanted: Severity| {
            criteria.iter().rev().find_map(|seen| {
                let counts = |finding: &&&Finding| finding.severity == wanted && finding.waiver.is_none();
                seen.findings
                    .iter()
                    .find(counts)
                    .map(|finding| self.sentence(seen.criterion, &finding.subject, &finding.message, None))
            })
        };
        let violation = first(Severity::Violation);
        let advisory =
            || Some(format!("{}: {}", self.texts.word("explain-worth"), first(Severity::Advisory)?));
        if let Some(sentence) = violation.or_else(advisory) {
            short.push(' ');
            short.push_str(&sentence);
        }
        page.blank()?;
        page.paragraph(0, &short)
    }

    fn criteria(&self, page: &mut Page<'_>, criteria: &[Seen<'_>], user: &str) -> io::Result<()> {
        let texts = self.texts;
        if criteria.iter().all(|seen| {
            seen.verdict == Verdict::NotApplicable && seen.findings.is_empty() && seen.gaps.is_empty()
        }) {
            return Ok(());
        }
        page.blank()?;
        page.heading(&texts.word("explain-criteria"))?;
        for (place, seen) in criteria.iter().enumerate() {
            let title = format!("{}. {}", place + 1, texts.title(seen.criterion));
            page.paragraph(0, &format!("{title}: {}", texts.verdict(seen.verdict).to_uppercase()))?;
            if seen.findings.is_empty() && seen.gaps.is_empty() {
                let text = if seen.verdict == Verdict::NotApplicable {
                    let values: [(&'static str, Argument); 2] =
                        [("criterion", seen.criterion.as_str().into()), ("user", user.into())];
                    texts.say("explain-not-concerned", &values)
                } else {
                    texts.word("explain-nothing-found")
                };
                page.paragraph(3, &text)?;
            }
            self.findings(page, seen)?;
            self.gaps(page, seen)?;
        }
        Ok(())
    }

    /// Of each kind the first few in full, and how many there are besides.
    fn findings(&self, page: &mut Page<'_>, seen: &Seen<'_>) -> io::Result<()> {
        for kind in seen.findings.chunk_by(|one, other| {
            (one.severity, one.code, one.message.id) == (other.severity, other.code, other.message.id)
        }) {
            for (place, finding) in kind.iter().take(FINDINGS).enumerate() {
                // The remedy of the last one told stands for all of the kind.
                let last = place + 1 == kind.len().min(FINDINGS);
                self.finding(page, seen.criterion, finding, last)?;
            }
            self.more(page, kind.len().saturating_sub(FINDINGS))?;
        }
        Ok(())
    }

    fn finding(
        &self,
        page: &mut Page<'_>,
        criterion: CriterionId,
        finding: &Finding,
        with_remedy: bool,
    ) -> io::Result<()> {
        let texts = self.texts;
        let mark = if finding.severity == Severity::Violation { "x" } else { "-" };
        let say = |attribute| self.sentence(criterion, &finding.subject, &finding.message, attribute);
        page.paragraph(3, &format!("{mark} {}: {}", finding.code.as_str(), say(None)))?;
        for folded in &finding.folded {
            let reason = self.sentence(criterion, &folded.subject, &folded.message, None);
            let code = folded.code.as_str();
            page.paragraph(5, &format!("{}: {code}: {reason}", texts.word("explain-folded")))?;
        }
        if let Some(applied) = super::waiver_of(self.audit, finding) {
            let waiver = &applied.waiver;
            let values = [
                ("owner", clean(&waiver.owner).into()),
                ("expires", waiver.expires.to_string().into()),
                ("reason", clean_long(&waiver.reason).into()),
            ];
            page.paragraph(5, &texts.say("explain-waived", &values))?;
        }
        // What is merely worth knowing is not argued.
        if finding.severity == Severity::Violation {
            self.evidence(page, &finding.evidence)?;
        }
        if with_remedy {
            let violation = finding.severity == Severity::Violation && finding.waiver.is_none();
            let label = if violation { "explain-to-pass" } else { "what-to-do" };
            page.paragraph(5, &format!("{}: {}", texts.word(label), say(Some("remedy"))))?;
        }
        Ok(())
    }

    fn gaps(&self, page: &mut Page<'_>, seen: &Seen<'_>) -> io::Result<()> {
        for kind in seen
            .gaps
            .chunk_by(|one: &&Gap, other: &&Gap| (one.code, one.message.id) == (other.code, other.message.id))
        {
            for (place, gap) in kind.iter().take(FINDINGS).enumerate() {
                let say = |attribute| self.sentence(seen.criterion, &gap.subject, &gap.message, attribute);
                page.paragraph(3, &format!("? {}: {}", gap.code.as_str(), say(None)))?;
                if place + 1 == kind.len().min(FINDINGS) {
                    let label = self.texts.word("explain-to-pass");
                    page.paragraph(5, &format!("{label}: {}", say(Some("remedy"))))?;
                }
            }
            self.more(page, kind.len().saturating_sub(FINDINGS))?;
        }
        Ok(())
    }

    /// What a finding rests on: what was seen of which objects, what was wanted, and when it was read.
    fn evidence(&self, page: &mut Page<'_>, evidence: &[Evidence]) -> io::Result<()> {
        let shown = &evidence[..evidence.len().min(EVIDENCE)];
        for alike in shown.chunk_by(|one, other| (&one.wanted, one.read_at) == (&other.wanted, other.read_at))
        {
            let mut seen = String::new();
            for of_object in alike.chunk_by(|one, other| one.object == other.object) {
                if !seen.is_empty() {
                    seen.push_str("; ");
                }
                seen.push_str(&self.object(&of_object[0].object));
                for (place, Evidence { property, seen: value, .. }) in of_object.iter().enumerate() {
                    seen.push_str(if place == 0 { ": " } else { ", " });
                    match self.told(value) {
                        Some(told) => seen.push_str(&told),
                        None => seen.extend([property, " = ", &self.value(value)]),
                    }
                }
            }
            let values = [
                ("seen", seen.into()),
                ("wanted", self.value(&self.texts.wanted(&alike[0].wanted)).into()),
                ("when", moment(alike[0].read_at).into()),
            ];
            let text = self.texts.say("explain-evidence", &values);
            page.paragraph(5, &format!("{}: {text}", self.texts.word("explain-rests-on")))?;
        }
        Ok(())
    }

    /// Graph's path of an object, with its name where it is known.
    fn object(&self, path: &str) -> String {
        let named = match path.split('/').collect::<Vec<_>>()[..] {
            [_, id] => self.named(id),
            ["groups", id, "members"] => {
                let group = self.named(id);
                group.map(|group| self.texts.say("explain-members-of", &[("group", group.into())]))
            }
            _ => None,
        };
        named.unwrap_or_else(|| clean_long(path))
    }

    /// What the tenant calls the user, group or product with this id.
    fn named(&self, id: &str) -> Option<String> {
        let id = parse_guid(id)?;
        let tenant = self.tenant;
        if let Some(group) = tenant.find_group(GroupId(id)) {
            return Some(self.group_name(group));
        }
        if let Some(sku) = tenant.find_sku(SkuId(id)) {
            return Some(clean(&tenant.product_name(sku)));
        }
        tenant.find_user(UserId(id)).map(|user| clean(&text::user_name(tenant, user)))
    }

    /// What was counted or compared and is no value of a property, as a clause.
    fn told(&self, value: &Value) -> Option<String> {
        let number = |name| value.get(name).and_then(Value::as_i64).map(Argument::from);
        if value.get("thisUser") == Some(&Value::Bool(false)) {
            return Some(self.texts.say("explain-evidence-not-member", &[("users", number("users")?)]));
        }
        let groups = value.get("groups").and_then(Value::as_array)?.len();
        let [demand, waiting] = [number("demand")?, number("waiting")?];
        let values = [("demand", demand), ("waiting", waiting), ("groups", groups.into())];
        Some(self.texts.say("explain-evidence-demand", &values))
    }

    /// A value in words, with names in the place of ids.
    fn value(&self, value: &Value) -> String {
        fn with_names(view: &View<'_, '_>, value: &Value) -> Value {
            match value {
                Value::String(text) => view.named(text).unwrap_or_else(|| text.clone()).into(),
                Value::Array(items) if items.is_empty() => with_names(view, &Value::Null),
                Value::Array(items) => items.iter().map(|item| with_names(view, item)).collect(),
                Value::Null => view.texts.word("explain-evidence-null").into(),
                Value::Object(properties) => Value::Object(
                    properties.iter().map(|(name, value)| (name.clone(), with_names(view, value))).collect(),
                ),
                other => other.clone(),
            }
        }
        let mut text = String::new();
        flatten(&with_names(self, value), &mut text);
        clean_long(&text)
    }

    fn group(&self, page: &mut Page<'_>, dossier: &GroupDossier<'_>) -> io::Result<()> {
        let Self { tenant, texts, audit } = self;
        let group = tenant.group(dossier.group);
        page.title(&self.group_name(dossier.group), "1")?;
        let assessed = suitability::of_group(audit, dossier.group);
        let mut facts =
            vec![(texts.word("explain-group-kind"), texts.word(&format!("kind-{}", assessed.kind.as_str())))];
        facts.push((texts.word("explain-group-members"), self.members(dossier.group)));
        if let Some(rule) = &group.membership_rule {
            let paused = if group.rule_paused() {
                format!(" ({})", texts.word("explain-rule-paused"))
            } else {
                String::new()
            };
            facts.push((texts.word("explain-group-rule"), format!("{}{paused}", clean_long(rule))));
        }
        let nested = tenant.members(dossier.group).map_or(&[][..], |members| &members.groups);
        for (label, groups) in
            [("explain-group-nested", nested), ("explain-group-nested-in", &dossier.nested_in[..])]
        {
            if !groups.is_empty() {
                facts.push((texts.word(label), self.group_names(groups)));
            }
        }
        facts.push((texts.word("explain-products"), self.assigns(dossier.group)));
        if let Some(state) = &group.processing {
            facts.push((texts.word("explain-group-state"), clean(state)));
        }
        facts.push((texts.word("explain-group-target"), self.target(dossier.group)));
        facts.push((texts.word("explain-id"), tenant.id_text(group.id.0).into_owned()));
        facts.push((texts.word("explain-read"), self.read_at(tenant.read_at(group.read))));
        page.facts(&facts)?;
        self.in_short(page, &dossier.criteria, "no")?;
        if audit.context.is_licensed(dossier.group) {
            page.blank()?;
            page.heading(&texts.word("explain-suites-group"))?;
            self.held(page, &dossier.held)?;
        } else {
            page.blank()?;
            page.heading(&texts.word("explain-as-candidate"))?;
            page.paragraph(2, &format!("{}.", texts.word(&format!("class-{}", assessed.class.as_str()))))?;
            for step in seats_to_buy(texts, tenant, &assessed, clean_value) {
                page.paragraph(2, &format!("{}: {step}", texts.word("what-to-do")))?;
            }
            for reason in assessed.reasons.iter().chain(&assessed.remarks) {
                page.paragraph(2, &why(texts, tenant, reason, clean_value))?;
                if let Some(step) = next_step(texts, tenant, reason, clean_value) {
                    page.paragraph(4, &format!("{}: {step}", texts.word("what-to-do")))?;
                }
            }
        }
        self.criteria(page, &dossier.criteria, "no")
    }

    fn members(&self, group: GroupIndex) -> String {
        let Self { tenant, texts, audit } = self;
        if !audit.context.membership_known(group) {
            return texts.word("suit-members-unknown");
        }
        let users = audit.context.member_users(group);
        let external = users.iter().filter(|user| tenant.user(**user).is_external()).count();
        let mut members = texts.say("suit-members", &[("members", users.len().into())]);
        if external > 0 {
            members.push_str(", ");
            members.push_str(&texts.say("suit-members-external", &[("guests", external.into())]));
        }
        members
    }

    fn assigns(&self, group: GroupIndex) -> String {
        let Self { tenant, texts, audit } = self;
        let products: Vec<String> = audit
            .context
            .licenses(group)
            .iter()
            .map(|license| {
                let free: Argument = match suitability::free(&audit.context, license.sku) {
                    None => "unknown".into(),
                    Some(free) => free.into(),
                };
                let product = clean(&tenant.product_name(license.sku));
                let mut text = texts.say("explain-product", &[("product", product.into()), ("free", free)]);
                let off = tenant.plan_set_names(license.disabled);
                if !off.is_empty() {
                    let plans = clean_long(&off.join(", "));
                    text.push_str(&texts.say("explain-plans-off", &[("plans", plans.into())]));
                }
                text
            })
            .collect();
        if products.is_empty() { texts.word("explain-evidence-null") } else { products.join(" · ") }
    }

    fn target(&self, group: GroupIndex) -> String {
        let requirements = dossier::requirements(&self.audit.context, group);
        if requirements.is_empty() {
            return self.texts.word("explain-no-target");
        }
        let names: Vec<String> =
            requirements.iter().map(|requirement| clean(&requirement.label(self.tenant))).collect();
        self.texts.say("explain-requires", &[("requirements", names.join(", ").into())])
    }

    fn deleted(&self, page: &mut Page<'_>, place: usize) -> io::Result<()> {
        let group = &self.tenant.deleted_groups()[place];
        let unknown = || self.texts.word("unknown-date");
        let values = [
            ("group", clean(group.display_name.as_deref().unwrap_or_default()).into()),
            ("id", self.tenant.id_text(group.id.0).into_owned().into()),
            ("since", group.deleted.as_deref().map_or_else(unknown, clean).into()),
        ];
        page.paragraph(0, &self.texts.say("explain-deleted", &values))
    }

    fn sentence(
        &self,
        criterion: CriterionId,
        subject: &Subject,
        message: &Message,
        attribute: Option<&str>,
    ) -> String {
        self.texts.sentence(self.tenant, criterion, subject, message, attribute, clean_value)
    }

    fn more(&self, page: &mut Page<'_>, more: usize) -> io::Result<()> {
        match more {
            0 => Ok(()),
            more => page.paragraph(3, &self.texts.say("explain-more", &[("count", more.into())])),
        }
    }

    fn products(&self, skus: &[SkuIndex]) -> String {
        let names: Vec<String> = skus.iter().map(|sku| clean(&self.tenant.product_name(*sku))).collect();
        names.join(", ")
    }

    fn group_name(&self, group: GroupIndex) -> String {
        clean(&text::group_name(self.tenant, &GroupSubject::Known(group)))
    }

    fn group_names(&self, groups: &[GroupIndex]) -> String {
        let names: Vec<String> = groups.iter().take(NAMES).map(|group| self.group_name(*group)).collect();
        let rest = groups.len().saturating_sub(NAMES);
        self.texts.say("examples", &[("names", names.join(", ").into()), ("count", rest.into())])
    }

    fn read_at(&self, at: Timestamp) -> String {
        self.texts.say("explain-read-at", &[("when", moment(at).into())])
    }
}

fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%S").to_string()
}
