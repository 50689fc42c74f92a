//! Every sentence that the rules ask for is there, in both languages, with the values that it gets.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::{E3, EMS, Objects, PLAN, audit, strange, tenants, troubled};
use crate::report::text::{Language, Texts};
use crate::verdict::{Argument, CriterionId, Finding, Message, Severity, Subject, Verdict};

/// The sums that most sentences about seats get.
const SUMS: &[&str] = &["#enabled", "#warning", "#consumed", "#capacity", "#free", "#demand", "#waiting"];

/// Every message of the rules: what its subject names (`g`roup, `u`ser, `s`ku), and its values; `#` marks numbers, `&`
/// what is itself said in the reader's language.
/// A subject in capitals may be absent, so that no sentence can rest on it.
const MESSAGES: &[(&str, &str, &[&[&str]])] = &[
    ("all-targets-excluded", "", &[]),
    ("assignment-active-with-error", "gus", &[&["error", "state"]]),
    ("assignment-active-with-error-dependency", "gus", &[&["error", "state"]]),
    ("assignment-active-with-error-exclusive", "gus", &[&["error", "state"]]),
    ("assignment-active-with-error-location", "gus", &[&["error", "state"]]),
    ("assignment-active-with-error-uniqueness", "gus", &[&["error", "state"]]),
    ("assignment-disabled", "gus", &[&["error", "state"]]),
    ("assignment-error", "gus", &[&["error", "state"]]),
    ("assignment-error-count", "gus", &[&["error", "state"]]),
    ("assignment-error-count-by-now", "gus", &[&["error", "state"]]),
    ("assignment-error-dependency", "gus", &[&["error", "state"]]),
    ("assignment-error-exclusive", "gus", &[&["error", "state"]]),
    ("assignment-error-location", "gus", &[&["error", "state"]]),
    ("assignment-error-none", "gus", &[&["error", "state"]]),
    ("assignment-error-other", "gus", &[&["error", "state"]]),
    ("assignment-error-uniqueness", "gus", &[&["error", "state"]]),
    ("count-violation-stale", "gus", &[SUMS]),
    ("demand-exceeds-seats", "s", &[SUMS]),
    ("direct-and-inherited", "gus", &[]),
    ("direct-only", "gus", &[]),
    ("direct-only-requirement", "guS", &[&["requirement"]]),
    ("disabled-account-holds-seat", "gu", &[]),
    ("dynamic-rule-admits-guests", "g", &[]),
    ("empty-licensed-group", "g", &[&["#others"]]),
    ("group-kind-unknown", "g", &[]),
    ("group-name-unknown", "g", &[&["target"]]),
    ("group-licenses-unreadable", "", &[&["example-user", "example-group"]]),
    ("group-licenses-unreadable-list", "", &[&["&why"]]),
    ("group-type-not-eligible", "g", &[]),
    ("group-type-not-eligible-devices", "g", &[]),
    ("guest-in-licensed-group", "gu", &[&["marks"]]),
    ("guest-in-licensed-group-member", "gu", &[&["marks"]]),
    ("guest-in-nested-group", "gu", &[&["through"]]),
    ("guest-in-target-group", "gu", &[]),
    ("internal-guest", "gu", &[]),
    ("license-left-behind", "gu", &[&["products"]]),
    ("license-left-behind-advisory", "gu", &[&["products"]]),
    ("license-pending", "guS", &[&["processing-group", "state", "product"]]),
    ("license-processing-not-complete", "g", &[&["state"]]),
    ("license-states-missing", "gu", &[]),
    ("license-suspended", "gus", &[&["status"]]),
    ("license-suspended-not-owned", "gus", &[&["status"]]),
    ("limited-information", "gu", &[]),
    ("low-headroom", "s", &[SUMS, &["#headroom", "setting"]]),
    ("member-through-nested-group", "gus", &[&["through"]]),
    ("members-incomplete", "g", &[&["&why"]]),
    ("members-not-in-snapshot", "g", &[]),
    ("membership-hidden", "g", &[]),
    ("membership-not-settled", "g", &[]),
    ("membership-rule-paused", "g", &[]),
    ("missing-product-group", "gS", &[&["requirement", "missing"]]),
    ("missing-product-group-sku", "gS", &[&["requirement", "missing"]]),
    ("missing-product-member", "guS", &[&["requirement", "missing"]]),
    ("missing-product-member-sku", "guS", &[&["requirement", "missing"]]),
    ("nested-group-members-not-licensed", "g", &[&["#members", "outer"]]),
    ("nested-members-hidden", "g", &[]),
    ("no-group-configured", "", &[]),
    ("no-group-grants-both-suites", "", &[&["#groups", "#lacking", "suites"]]),
    ("no-license-assigned", "g", &[&["requirements"]]),
    ("no-plan-given", "", &[&["#granting", "#licensed"]]),
    ("no-seat-left", "s", &[SUMS]),
    ("not-a-plain-security-group-m365", "g", &[]),
    ("not-a-plain-security-group-mail", "g", &[]),
    ("not-licensed-without-error", "gus", &[]),
    ("orphan-assignment", "gus", &[]),
    ("over-consumed", "s", &[SUMS]),
    ("plans-differ-from-group", "gus", &[&["#off", "switched-off", "#on", "switched-on"]]),
    ("product-from-another-group", "gS", &[&["requirement", "#members"]]),
    ("required-plan-disabled-group", "gS", &[&["requirement", "missing"]]),
    ("required-plan-disabled-member", "guS", &[&["requirement", "missing"]]),
    ("seat-counters-missing", "s", &[&["counters"]]),
    ("seats-exhausted", "s", &[SUMS]),
    ("seats-in-grace", "s", &[SUMS, &["date"]]),
    ("seats-unreadable", "", &[&["&why"]]),
    ("sku-not-owned", "s", &[&["#demand"]]),
    ("sku-plans-missing", "s", &[]),
    ("sku-unreadable", "s", &[&["status"]]),
    ("subscription-lapses", "s", &[&["date", "#seats", "#subscriptions"]]),
    ("subscription-suspended-empty", "s", &[SUMS, &["#suspended"]]),
    ("subscription-suspended-status", "s", &[SUMS, &["status"]]),
    ("target-deleted", "g", &[&["since"]]),
    ("target-not-found", "g", &[]),
    ("target-not-found-bin-unread", "g", &[]),
    ("target-not-found-pattern", "g", &[]),
    ("unplanned-licensed-group", "g", &[]),
    ("unrecognised-state", "gus", &[&["error", "state"]]),
    ("unused-seats", "s", &[SUMS]),
    ("usage-location-missing", "gu", &[]),
    ("users-incomplete", "", &[&["&why"]]),
    ("waiver-covers-all", "", &[&["owner", "reason", "expires"]]),
    ("waiver-expired", "", &[&["owner", "reason", "expires"]]),
    ("waiver-unused", "", &[&["owner", "reason", "expires"]]),
];

/// Kebab-case words in the rules' sources that are no message ids: names of values.
const NO_MESSAGES: [&str; 5] =
    ["example-group", "example-user", "processing-group", "switched-off", "switched-on"];

const SOURCES: &[&str] = &[
    include_str!("../../rules/context.rs"),
    include_str!("../../rules/enough_seats.rs"),
    include_str!("../../rules/evidence.rs"),
    include_str!("../../rules/gaps.rs"),
    include_str!("../../rules/groups_configured.rs"),
    include_str!("../../rules/holding.rs"),
    include_str!("../../rules/members_fully_licensed.rs"),
    include_str!("../../rules/no_b2b_groups_licensed.rs"),
    include_str!("../../verdict/waiver.rs"),
];

fn arguments(lists: &[&[&'static str]]) -> BTreeSet<&'static str> {
    lists.iter().flat_map(|list| list.iter()).map(|name| name.trim_start_matches(['#', '&'])).collect()
}

/// A text file of a language, taken apart: id or `id.attribute`, and the text.
fn entries(language: Language) -> BTreeMap<String, String> {
    let mut entries: BTreeMap<String, String> = BTreeMap::new();
    let mut message = String::new();
    let mut current = None;
    for line in language.source().lines().filter(|line| !line.starts_with('#')) {
        let name = line.split_once(" =").map(|(name, _)| name);
        let entry = match name {
            Some(name) if name.starts_with("    .") => {
                Some(format!("{message}.{}", name.trim().trim_start_matches('.')))
            }
            Some(name)
                if name.chars().all(|letter| {
                    letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-'
                }) =>
            {
                name.clone_into(&mut message);
                Some(message.clone())
            }
            _ => None,
        };
        if let Some(entry) = entry {
            assert!(!entries.contains_key(&entry), "{entry} is there twice");
            current = Some(entry);
        }
        if let Some(current) = &current {
            let text = entries.entry(current.clone()).or_default();
            text.push_str(line);
            text.push('\n');
        }
    }
    entries
}

/// The `$values` of a text, and the messages and terms that it takes in.
fn placeholders(text: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for inside in text.split('{').skip(1) {
        let inside = inside.trim_start();
        let end = inside.find(|letter: char| !(letter.is_ascii_alphanumeric() || "$-".contains(letter)));
        found.insert(&inside[..end.unwrap_or(inside.len())]);
    }
    found
}

#[test]
fn both_languages_have_the_same_messages_attributes_and_placeholders() {
    let (english, dutch) = (entries(Language::En), entries(Language::Nl));
    let names = |entries: &BTreeMap<String, String>| entries.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&english), names(&dutch));
    for (name, text) in &english {
        let menus = |placeholders: BTreeSet<&str>| {
            // Where to click is named once more or less in a language; what comes from the audit is not.
            placeholders
                .into_iter()
                .filter(|name| !name.starts_with('-'))
                .map(str::to_owned)
                .collect::<BTreeSet<_>>()
        };
        assert_eq!(menus(placeholders(text)), menus(placeholders(&dutch[name])), "{name}");
    }
}

#[test]
fn the_files_are_free_of_grammatical_slips() {
    for language in Language::ALL {
        let parsed = fluent_bundle::FluentResource::try_new(language.source().to_owned());
        assert!(parsed.is_ok(), "{language}: {:?}", parsed.err().map(|(_, errors)| errors));
    }
}

#[test]
fn every_message_of_the_rules_has_a_reason_and_a_remedy() {
    let known: BTreeSet<&str> = MESSAGES.iter().map(|(id, _, _)| *id).collect();
    let mut used = BTreeSet::new();
    for source in SOURCES {
        for literal in source.split('"').skip(1) {
            let kebab = literal.contains('-')
                && literal.split('-').all(|word| {
                    !word.is_empty()
                        && word.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
                });
            let other = literal.starts_with("wanted-") || literal.starts_with("why-");
            if kebab && !other && !NO_MESSAGES.contains(&literal) {
                assert!(
                    known.contains(literal),
                    "{literal} is no message known here: give it a text and its values"
                );
                used.insert(literal);
            }
        }
    }
    assert_eq!(used, known, "messages that no rule uses any more");
    let texts = entries(Language::En);
    let with_remedy: BTreeSet<&str> = texts.keys().filter_map(|name| name.strip_suffix(".remedy")).collect();
    assert_eq!(with_remedy, known);
}

#[test]
fn a_message_uses_only_what_it_gets() {
    let texts = entries(Language::En);
    for (id, subject, lists) in MESSAGES {
        let mut allowed = arguments(lists);
        allowed.insert("criterion");
        allowed.extend(subject.chars().filter_map(|letter| match letter {
            'g' => Some("group"),
            'u' => Some("user"),
            's' => Some("sku"),
            _ => None,
        }));
        for name in [(*id).to_owned(), format!("{id}.remedy")] {
            for value in placeholders(&texts[&name]).into_iter().filter_map(|name| name.strip_prefix('$')) {
                assert!(allowed.contains(value), "{name} asks for ${value}");
            }
        }
    }
}

#[test]
fn every_sentence_is_complete_in_both_languages_for_none_one_and_many() {
    let tenant = troubled();
    let audit = audit(&tenant, PLAN);
    let subject = audit.judgements[3].findings.iter().map(|finding| &finding.subject);
    let subject =
        subject.clone().find(|subject| subject.sku.is_some()).expect("a finding that names all three");
    for language in Language::ALL {
        let texts = Texts::new(language);
        for (id, _, lists) in MESSAGES {
            for count in [0_i64, 1, 2, 1101] {
                let mut message = Message::new(id);
                for name in lists.iter().flat_map(|list| list.iter()) {
                    message = match (name.strip_prefix('#'), name.strip_prefix('&')) {
                        (Some(name), _) => message.with(name, count),
                        (_, Some(name)) => message.with(name, Message::new("why-unknown")),
                        _ => message.with(name, "some text"),
                    };
                }
                let say = |attribute| {
                    texts.sentence(
                        &tenant,
                        CriterionId::EnoughSeats,
                        subject,
                        &message,
                        attribute,
                        |_, text| text.into(),
                    )
                };
                for sentence in [say(None), say(Some("remedy"))] {
                    assert_sentence(&sentence);
                }
            }
        }
    }
}

pub(super) fn assert_sentence(sentence: &str) {
    assert!(sentence.ends_with(['.', ':']), "{sentence}");
    assert!(!sentence.contains(['{', '}', '$', '\n', '\u{2068}']), "{sentence}");
    assert!(!sentence.contains("  "), "{sentence}");
    assert!(sentence.chars().count() > 25, "{sentence}");
}

#[test]
fn what_the_rules_really_send_is_what_the_texts_count_on() {
    let mut seen = BTreeSet::new();
    let more = [
        (strange(), ""),
        (
            Objects::default().group(10, "Sales", &[]).tenant(),
            "scope.exclude-groups = ['*']\n[[target]]\ngroup = 'Sales'",
        ),
    ];
    for (tenant, plan) in tenants().into_iter().chain(more) {
        let audit = audit(&tenant, plan);
        for judgement in &audit.judgements {
            let folded = judgement.findings.iter().flat_map(|finding| &finding.folded);
            let findings = judgement.findings.iter().chain(folded);
            let findings = findings.map(|Finding { subject, message, .. }| (subject, message));
            let gaps = judgement.gaps.iter().map(|gap| (&gap.subject, &gap.message));
            for (subject, message) in findings.chain(gaps) {
                seen.insert(message.id);
                assert_sent(subject, message);
                for texts in Language::ALL.map(Texts::new) {
                    let reason = texts.reason(&tenant, judgement.criterion, subject, message);
                    assert!(!reason.contains("{$"), "{reason}");
                }
            }
        }
    }
    assert!(seen.len() >= 60, "the tenants of these tests give only {} messages: {seen:?}", seen.len());
}

fn assert_sent(subject: &Subject, message: &Message) {
    let (_, names, lists) =
        MESSAGES.iter().find(|(id, _, _)| *id == message.id).expect("another test finds unknown ids");
    for (letter, there) in
        [('g', subject.group.is_some()), ('u', subject.user.is_some()), ('s', subject.sku.is_some())]
    {
        if names.contains(letter) {
            assert!(there, "{} names no {letter}: {subject:?}", message.id);
        } else if !names.contains(letter.to_ascii_uppercase()) {
            assert!(!there, "{} names a {letter}: {subject:?}", message.id);
        }
    }
    let expected: BTreeSet<&str> = lists.iter().flat_map(|list| list.iter().copied()).collect();
    let sent: Vec<String> = message
        .arguments
        .iter()
        .map(|(name, argument)| match argument {
            Argument::Number(_) => format!("#{name}"),
            Argument::Text(_) => (*name).to_owned(),
            Argument::Said(_) => format!("&{name}"),
        })
        .collect();
    assert_eq!(sent.iter().map(String::as_str).collect::<BTreeSet<_>>(), expected, "{}", message.id);
}

#[test]
fn numbers_take_their_plural_and_their_separators() {
    let say = |language, count: i64| Texts::new(language).say("n-people", &[("people", count.into())]);
    assert_eq!(say(Language::En, 0), "0 people");
    assert_eq!(say(Language::En, 1), "1 person");
    assert_eq!(say(Language::En, 1_234_567), "1,234,567 people");
    assert_eq!(say(Language::Nl, 1), "1 persoon");
    assert_eq!(say(Language::Nl, 1101), "1.101 personen");
    assert_eq!(say(Language::En, -3), "−3 people");
    assert_eq!(say(Language::En, 999), "999 people");
    assert_eq!(say(Language::En, 100_000), "100,000 people");
}

#[test]
fn the_formula_stands_in_the_reason() {
    let tenant = troubled();
    let audit = audit(&tenant, PLAN);
    let finding = audit.judgements[2].findings.iter().find(|finding| finding.message.id == "seats-exhausted");
    let finding = finding.expect("too few seats");
    let say = |language| {
        Texts::new(language).reason(&tenant, CriterionId::EnoughSeats, &finding.subject, &finding.message)
    };
    assert_eq!(
        say(Language::En),
        "3 of 7 people who need Office 365 E3 have no seat: \
         0 enabled + 4 in grace − 4 consumed = 0 free, 3 waiting."
    );
    assert_eq!(
        say(Language::Nl),
        "3 van 7 personen die Office 365 E3 nodig hebben, hebben geen licentie: \
         0 actief + 4 in respijtperiode − 4 toegewezen = 0 vrij, 3 wachtend."
    );
}

#[test]
fn without_a_plan_the_reason_says_what_was_judged_and_groups_with_one_suite_are_not() {
    let tenant = Objects::default()
        .seats(E3, "ENTERPRISEPACK", 5, 0, 0)
        .seats(EMS, "EMS", 5, 0, 0)
        .user(101, "Ada", serde_json::json!([]))
        .group(10, "Office", &[E3])
        .members(&[101])
        .group(11, "Both", &[E3, EMS])
        .members(&[])
        .tenant();
    let audit = audit(&tenant, "");
    assert_eq!(
        Texts::new(Language::En).criterion_reason(&tenant, &audit.judgements[0]),
        "1 of 2 licensed groups hands out both Office 365 and EMS. \
         No plan was given, so whether these are the right groups was not judged."
    );
    let verdicts: Vec<Verdict> = audit.groups().map(|(_, verdicts)| verdicts[0].1).collect();
    assert_eq!(verdicts, [Verdict::NotApplicable, Verdict::Pass]);
}

#[test]
fn who_has_kept_a_license_is_not_counted_among_those_who_lack_one() {
    let tenant = Objects::default()
        .seats(E3, "ENTERPRISEPACK", 5, 0, 1)
        .user(101, "Ada", serde_json::json!([super::entry(E3, Some(10), "Active", "None")]))
        .group(10, "Sales", &[E3])
        .members(&[])
        .tenant();
    let audit = audit(&tenant, "");
    assert_eq!(
        Texts::new(Language::En).criterion_reason(&tenant, &audit.judgements[3]),
        "1 person has kept licenses of a group after leaving it: 1 violation in 1 group."
    );
}

#[test]
fn a_reason_that_is_not_known_is_said_to_be_unknown() {
    let tenant = troubled();
    let message = Message::new("users-incomplete").with("why", Message::new("why-unknown"));
    let reason =
        Texts::new(Language::En).reason(&tenant, CriterionId::EnoughSeats, &Subject::none(), &message);
    assert_eq!(reason, "The list of users was not read to the end (the scan did not say why).");
}

#[test]
fn an_unknown_message_shows_its_id() {
    let texts = Texts::new(Language::En);
    assert_eq!(texts.word("no-such-message"), "no-such-message");
    let subject = Subject::none();
    let message = Message::new("no-such-message");
    assert_eq!(texts.remedy(&troubled(), CriterionId::EnoughSeats, &subject, &message), "no-such-message");
}

#[test]
fn every_criterion_has_a_title_and_a_sentence_for_each_verdict() {
    const VERDICTS: [Verdict; 5] =
        [Verdict::Fail, Verdict::Inconclusive, Verdict::Waived, Verdict::Pass, Verdict::NotApplicable];
    for language in Language::ALL {
        let texts = Texts::new(language);
        for verdict in VERDICTS {
            assert!(!texts.verdict(verdict).contains("verdict-"));
            for criterion in CriterionId::ALL {
                let id = format!("{}-{}", criterion.as_str(), verdict.as_str());
                for count in [0_i64, 1, 2, 1101] {
                    let names = [
                        "violations",
                        "waived",
                        "gaps",
                        "people",
                        "lacking",
                        "left-behind",
                        "groups",
                        "products",
                        "examined-groups",
                        "examined-users",
                        "examined-skus",
                    ];
                    assert_sentence(&texts.say(&id, &names.map(|name| (name, count.into()))));
                }
            }
        }
        for criterion in CriterionId::ALL {
            assert!(!texts.title(criterion).contains("criterion-"));
        }
        for severity in [Severity::Violation, Severity::Advisory] {
            assert!(!texts.severity(severity).contains("severity-"));
        }
    }
}

#[test]
fn the_pages_of_both_languages_have_the_same_sections_codes_and_severities() {
    let [english, dutch] = Language::ALL.map(Texts::new);
    for criterion in CriterionId::ALL {
        let shape = |texts: &Texts| -> Vec<String> {
            let words = ["violation", "advisory", "gap"]
                .map(|word| (format!("*{}*", texts.word(&format!("severity-{word}"))), format!("*{word}*")));
            let lines = texts.page(criterion).lines().filter_map(|line| {
                let word = words.iter().find(|(said, _)| line == said).map(|(_, word)| word.clone());
                let heading = if line.starts_with("### ") { line } else { "##" };
                word.or_else(|| line.starts_with('#').then(|| heading.to_owned()))
            });
            lines.collect()
        };
        assert_eq!(shape(&english), shape(&dutch), "{}", criterion.as_str());
        let title = format!("# {}: {}\n", criterion.as_str(), dutch.title(criterion));
        assert!(dutch.page(criterion).starts_with(&title), "{title}");
        let advice = |texts: &Texts, words| texts.page(criterion).matches(words).count();
        assert_eq!(advice(&english, "**What to do:**"), advice(&dutch, "**Wat te doen:**"));
    }
}

#[test]
fn every_fixed_word_of_the_part_that_signs_in_can_be_said_in_dutch() {
    let dutch = Texts::new(Language::Nl);
    let explained =
        include_str!("../../graph/aadsts.rs").split("pub(crate) fn explain").nth(1).expect("a function");
    let explained = explained.split("_ => return None").next().expect("its arms");
    let explained: Vec<&str> =
        explained.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let explained = explained.join(" ");
    let explained = explained.split('"').skip(1).step_by(2);
    let chosen =
        include_str!("../../graph/source.rs").split("fn first_that_applies").nth(1).expect("a function");
    let chosen = chosen.split("\n}").next().expect("its end").split('"').skip(1).step_by(2);
    let mut count = 0;
    for phrase in explained.chain(chosen) {
        assert_ne!(dutch.phrase(phrase), phrase);
        count += 1;
    }
    assert!(count > 25, "{count}");
    let source: String = own_sources().split_whitespace().collect::<Vec<_>>().join(" ");
    for rest in source.split("with_hint(").skip(1) {
        let Some(literal) = rest.trim_start().strip_prefix('"') else { continue };
        let phrase = literal.split('"').next().unwrap_or_default();
        assert_ne!(dutch.phrase(phrase), phrase);
    }
}

#[test]
fn the_english_titles_are_those_of_the_documentation() {
    for criterion in CriterionId::ALL {
        let title = format!("{}: {}", criterion.as_str(), Texts::new(Language::En).title(criterion));
        assert_eq!(crate::verdict::page::title(criterion), title);
    }
}

/// The program's own sources, without its tests.
fn sources(directory: &Path) -> String {
    let mut paths: Vec<_> =
        fs::read_dir(directory).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let mut text = String::new();
    for path in paths {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() && name != "tests" {
            text.push_str(&sources(&path));
        } else if path.extension().is_some_and(|kind| kind == "rs" || kind == "hbs") && name != "tests.rs" {
            let source = fs::read_to_string(&path).expect("a source");
            text.push_str(source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default());
        }
    }
    text
}

fn own_sources() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    sources(&root.join("src")) + &sources(&root.join("reports"))
}

/// Beginnings of ids that the program puts together with a word of its own.
const MADE_IDS: [&str; 14] = [
    "criterion-",
    "verdict-",
    "severity-",
    "level-",
    "column-",
    "progress-",
    "state-",
    "phrase-",
    "error-",
    "code-",
    "class-",
    "kind-",
    "page-class-",
    "page-folded-",
];

#[test]
fn every_id_that_the_program_asks_for_is_there() {
    let known = entries(Language::En);
    let source: String = own_sources().split_whitespace().collect::<Vec<_>>().join(" ");
    let mut count = 0;
    for call in [".word(", ".say(", "Message::new(", "Wanted::said(", "failed("] {
        for rest in source.split(call).skip(1) {
            let Some(literal) = rest.trim_start().strip_prefix('"') else { continue };
            let id = literal.split('"').next().unwrap_or_default();
            if call == "failed(" && !id.starts_with("why-") {
                continue;
            }
            assert!(known.contains_key(id), "{call}{id}");
            count += 1;
        }
    }
    assert!(count > 120, "{count}");
}

/// The templates of reports.
fn templates(directory: &Path) -> String {
    let mut text = String::new();
    for entry in fs::read_dir(directory).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            text.push_str(&templates(&path));
        } else if path.extension().is_some_and(|kind| kind == "hbs") {
            text.push_str(&fs::read_to_string(&path).expect("a template"));
        }
    }
    text
}

#[test]
fn no_message_is_there_for_nothing() {
    let source = own_sources() + &templates(&Path::new(env!("CARGO_MANIFEST_DIR")).join("reports"));
    let texts = entries(Language::En);
    let used_by_others: BTreeSet<&str> = texts.values().flat_map(|text| placeholders(text)).collect();
    let verdicts = ["fail", "inconclusive", "waived", "pass", "not-applicable"];
    for id in texts.keys().filter(|id| !id.contains('.')) {
        let of_criterion =
            CriterionId::ALL.map(CriterionId::as_str).into_iter().chain(["overall"]).any(|start| {
                let rest = id.strip_prefix(start).and_then(|rest| rest.strip_prefix('-'));
                rest.is_some_and(|rest| verdicts.contains(&rest))
            });
        let made = MADE_IDS.iter().any(|start| id.starts_with(start));
        let used = source.contains(&format!("\"{id}\"")) || used_by_others.contains(id.as_str());
        assert!(used || made || of_criterion, "{id} is used by nobody");
    }
}

#[test]
fn every_error_that_has_dutch_words_is_one_that_the_program_tells() {
    let source = own_sources().replace("\\\"", "\"");
    let [english, dutch] = Language::ALL.map(Texts::new);
    let mut count = 0;
    for (id, text) in entries(Language::En).into_iter().filter(|(id, _)| id.starts_with("error-")) {
        let text = text.split_once(" = ").expect("a text").1.trim_end_matches('\n').to_owned();
        let literals =
            text.split("{ $").map(|part| part.split_once(" }").map_or(part, |(_, literal)| literal));
        let longest = literals.max_by_key(|literal| literal.len()).unwrap_or_default();
        // Told in parts: `unread` of an unknown requirement, and `failed to` of what Graph failed to do.
        let parts = longest.split(" (its products could not be read)");
        let parts =
            parts.flat_map(|part| part.split(" of this tenant")).flat_map(|part| part.split("failed to "));
        for part in parts {
            assert!(source.contains(part.trim_end_matches(": ")), "{id}: nobody says {part:?}");
        }
        let line = placeholders(&text)
            .iter()
            .fold(text.clone(), |line, name| line.replace(&format!("{{ {name} }}"), "x/1"));
        assert_eq!(english.retold(&line), line);
        let told = dutch.retold(&line);
        assert_ne!(told, line, "{id}");
        assert_eq!(told.matches("x/1").count(), placeholders(&text).len(), "{told}");
        assert_eq!(dutch.retold(&format!("{line}\nhint: {line}")), format!("{told}\ntip: {told}"), "{id}");
        count += 1;
    }
    assert!(count > 45, "{count}");
    assert_eq!(dutch.retold("TOML parse error"), "TOML parse error", "what is not known stays");
}

#[test]
fn every_phrase_is_one_that_the_program_says() {
    let source = own_sources().replace("\\\"", "\"");
    for (id, text) in entries(Language::En) {
        let Some(rest) = id.strip_prefix("phrase-") else { continue };
        let english = text.split_once(" = ").expect("a text").1.trim();
        assert!(source.contains(english), "phrase-{rest}: nobody says {english:?}");
        assert_eq!(Texts::new(Language::En).phrase(english), english);
        assert_ne!(Texts::new(Language::Nl).phrase(english), english);
    }
}

#[test]
fn nothing_is_left_in_english() {
    const ENGLISH: &[&str] = &[
        "the",
        "and",
        "or",
        "with",
        "people",
        "seats",
        "seat",
        "licenses",
        "license",
        "group",
        "groups",
        "user",
        "users",
        "grant",
        "run",
        "again",
        "has",
        "not",
        "what",
        "which",
        "criterion's",
        "waived",
        "gap",
        "gaps",
    ];
    for (name, text) in entries(Language::Nl) {
        let mut text = text.split_once('=').map(|(_, text)| text.to_owned()).unwrap_or_default();
        // Names of values, messages and menus are no words of a sentence; nor are commands and names of Microsoft.
        for known in [
            "Change user license",
            "license-",
            "-and (user.userType -eq \"Member\")",
            "user.userType",
            "`tollgate groups --members all`",
            "`tollgate groups`",
            "`tollgate groups --save FILE`",
            "`tollgate groups --snapshot FILE --out MAP`",
        ] {
            text = text.replace(known, " ");
        }
        let mut outside = String::new();
        let mut inside = false;
        for letter in text.chars() {
            match letter {
                '{' => inside = true,
                '}' => inside = false,
                '\n' => {
                    inside = false;
                    outside.push(' ');
                }
                _ if inside => {}
                _ => outside.push(letter),
            }
        }
        for word in outside.split_whitespace() {
            // `Group.Read.All` keeps its points in between, and is no English word by that.
            let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
            assert!(!ENGLISH.contains(&word.to_lowercase().as_str()), "{name}: {word} in {outside}");
        }
    }
}

#[test]
fn dutch_uses_the_terms_of_microsoft() {
    let source = Language::Nl.source();
    for term in [
        "licenties op groepsbasis",
        "beveiligingsgroep",
        "gastgebruiker",
        "geneste groep",
        "gebruikslocatie",
        "respijtperiode",
        "lidmaatschapsregel",
        "rechtstreeks",
        "Microsoft 365-beheercentrum",
        "licentiebeheerder",
        "niet voldaan",
        "niet beoordeeld",
        "niet van toepassing",
        "licentietekort",
    ] {
        assert!(source.contains(term), "{term}");
    }
}

#[test]
fn the_language_is_that_of_the_system() {
    let of = |variables: &[(&str, &str)]| {
        Language::of_system(&|name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    };
    assert_eq!(of(&[]), Language::En);
    assert_eq!(of(&[("LANG", "nl_NL.UTF-8")]), Language::Nl);
    assert_eq!(of(&[("LANG", "nl_BE")]), Language::Nl);
    assert_eq!(of(&[("LANG", "nl_NL.UTF-8"), ("LC_ALL", "C")]), Language::En);
    assert_eq!(of(&[("LANG", "en_US.UTF-8"), ("LC_MESSAGES", "nl")]), Language::Nl);
    assert_eq!(of(&[("LANG", "nl_NL"), ("LC_ALL", ""), ("LC_MESSAGES", "de_DE")]), Language::En);
    assert_eq!(of(&[("LANG", "nlx")]), Language::En);
}

#[test]
fn a_language_is_read_and_another_is_refused_with_the_choice() {
    assert_eq!("NL".parse::<Language>().expect("Dutch"), Language::Nl);
    let error = "fr".parse::<Language>().expect_err("there is no French").to_string();
    assert!(
        error.contains("`fr`") && error.contains("en (English)") && error.contains("nl (Dutch)"),
        "{error}"
    );
}
