//! With `--lang nl` nothing stays English: every word that is only in the English texts is looked for in what
//! Dutch reports and commands say.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;
use tollgate::sim::{self, LabVariant, Options};

use crate::common::{Desk, Served};

/// Fields of `result.json` and of a check that hold words for people.
const SAID: [&str; 5] = ["reason", "remedy", "wanted", "seen", "advice"];

/// Fields that hold names and values of others, which stay as they are.
const NAMES: [&str; 9] = [
    "displayName",
    "userPrincipalName",
    "id",
    "name",
    "partNumber",
    "code",
    "verdict",
    "collection",
    "owner",
];

fn words(text: &str) -> BTreeSet<String> {
    let machine = |word: &str| {
        // Codes, permissions, properties, file names, commands and figures.
        let camel = word
            .chars()
            .zip(word.chars().skip(1))
            .any(|(one, next)| one.is_lowercase() && next.is_uppercase());
        camel || word.chars().any(|letter| letter.is_ascii_digit() || "-_./$=@#".contains(letter))
    };
    let words =
        text.split(|letter: char| letter.is_whitespace() || "(),;:“”‘’\"'`[]{}<>|·×".contains(letter));
    let words = words.map(|word| word.trim_matches(['.', '!', '?', '*']));
    let words = words.filter(|word| word.chars().count() > 1 && !machine(word));
    words.filter(|word| word.chars().all(char::is_alphabetic)).map(str::to_lowercase).collect()
}

/// The words of a language's texts, without names of values and messages.
fn vocabulary(language: &str) -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("rules/texts/{language}.ftl"));
    let mut text = String::new();
    for line in fs::read_to_string(path).unwrap().lines().filter(|line| !line.starts_with('#')) {
        let said = match line.split_once(" = ") {
            Some((name, said)) if !name.trim().contains(' ') => said,
            _ => line,
        };
        let mut rest = said;
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            text.push(' ');
            rest = after.split_once('}').map_or("", |(_, rest)| rest);
        }
        text.push_str(
            rest.trim_start().trim_start_matches('*').split_once("] ").map_or(rest, |(_, said)| said),
        );
        text.push('\n');
    }
    words(&text)
}

/// Words that English has and Dutch has not.
fn english() -> BTreeSet<String> {
    let mut english: BTreeSet<String> = vocabulary("en").difference(&vocabulary("nl")).cloned().collect();
    for word in ["the", "and", "seats", "are", "with", "licenses", "which", "grant", "waiting", "again"] {
        assert!(english.contains(word), "{word}");
    }
    assert!(english.len() > 300, "{}", english.len());
    // A key of the configuration, the folder of these tests, states of Graph, and a word that is Dutch as well.
    for word in ["target", "out", "accepted", "invitation", "rest"] {
        english.remove(word);
    }
    english
}

/// Collects what is said, and what others called their things.
fn collect(value: &Value, said: &mut Vec<String>, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                match field {
                    // A value or a formula is the same in all languages.
                    _ if name == "wanted" && !fields.contains_key("wantedMessage") => texts(field, names),
                    _ if name == "seen" && fields.contains_key("readAt") => texts(field, names),
                    Value::String(text) if SAID.contains(&name.as_str()) => said.push(text.clone()),
                    Value::String(text) if NAMES.contains(&name.as_str()) => {
                        names.insert(text.clone());
                    }
                    _ if matches!(name.as_str(), "args" | "licenses" | "seen" | "excluded") => {
                        texts(field, names);
                    }
                    _ => collect(field, said, names),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, said, names)),
        _ => {}
    }
}

fn texts(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => {
            // A format may escape what stands between the sentences of a server.
            found.extend(text.split([',', '(', ')', '_']).map(|part| part.trim().to_owned()));
            found.insert(text.clone());
        }
        Value::Object(fields) => fields.values().for_each(|field| texts(field, found)),
        Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
        _ => {}
    }
}

#[track_caller]
fn assert_dutch(english: &BTreeSet<String>, names: &BTreeSet<String>, text: &str, whose: &str) {
    let mut names: Vec<&String> = names.iter().filter(|name| name.len() > 1).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    // Lines were broken between words, of names too.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = names.iter().fold(text, |text, name| {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() { text } else { text.replace(&name, " ") }
    });
    let left: Vec<String> = words(&text).intersection(english).cloned().collect();
    assert!(left.is_empty(), "{whose} says {left:?}:\n{text}");
}

/// What a page shows: without styles, scripts, tags, and what stands in code.
fn shown(page: &str) -> String {
    let mut text = page.to_owned();
    for (begin, end) in [("<style", "</style>"), ("<script", "</script>"), ("<code", "</code>")] {
        while let Some(at) = text.find(begin) {
            let length = text[at..].find(end).map_or(text.len() - at, |length| length + end.len());
            text.replace_range(at..at + length, " ");
        }
    }
    let mut shown = String::new();
    for part in text.split('<') {
        shown.push_str(part.split_once('>').map_or(part, |(_, after)| after));
        shown.push(' ');
    }
    let marks = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#x3D;", "="),
        ("&#x60;", "`"),
        ("&amp;", "&"),
    ];
    marks.iter().fold(shown, |text, (mark, letter)| text.replace(mark, letter))
}

/// An audit in Dutch: what it prints, and what its files say.
#[track_caller]
fn assert_audit(english: &BTreeSet<String>, desk: &Desk, ran: &crate::common::Ran, whose: &str) {
    let mut names = BTreeSet::from(["Group-based licensing", "ADATUM"].map(str::to_owned));
    let mut said = Vec::new();
    collect(&desk.json("out/result.json"), &mut said, &mut names);
    assert!(said.len() > 3, "{said:?}");
    for text in [&said.join("\n"), &ran.stdout, &ran.stderr] {
        assert_dutch(english, &names, text, whose);
    }
    // What evidence saw and wanted stands there in Graph's words and those of formulas.
    let keys = [
        "error",
        "state",
        "waiting",
        "groups",
        "users",
        "consumed",
        "enabled",
        "warning",
        "free",
        "demand",
        "suspended",
    ];
    let english: &BTreeSet<String> =
        &english.iter().filter(|word| !keys.contains(&word.as_str())).cloned().collect();
    let page = shown(&desk.text("out/report.html"));
    assert!(page.contains("iet "), "{page}");
    assert_dutch(english, &names, &page, whose);
    // What others said stands between backticks, and may be cut off.
    let markdown: String = desk.text("out/report.md").split('`').step_by(2).collect::<Vec<_>>().join(" ");
    let markdown = markdown.replace('\\', "").replace("&lt;", "<").replace("&amp;", "&");
    assert_dutch(english, &names, &markdown, whose);
}

#[test]
fn audits_of_the_simulated_tenants_speak_dutch() {
    let english = english();
    let variants = LabVariant::ALL.into_iter().map(|(name, _)| name);
    for name in ["contoso", "contoso-repaired"].into_iter().chain(variants) {
        let desk = Desk::new();
        let ran = desk.run(&["audit", &format!("--demo={name}"), "--lang", "nl", "--out", "out"]);
        assert_audit(&english, &desk, &ran, name);
    }
}

#[test]
fn audits_of_every_case_speak_dutch() {
    let english = english();
    for case in sim::cases() {
        let options = Options { deny: case.deny.to_vec(), ..Options::default() };
        let (desk, tenant) = (Desk::new(), Served::with(case.directory(), options));
        desk.write("tollgate.toml", case.plan.unwrap_or_default());
        let ran = tenant.run(&desk, "audit", &["--lang", "nl", "--out", "out"]);
        assert_audit(&english, &desk, &ran, case.name);
    }
}

#[test]
fn the_other_commands_speak_dutch() {
    let english = english();
    // Names of Microsoft and of menus, and what is the same in all languages.
    let names: Vec<String> = [
        "Microsoft 365 Apps for enterprise",
        "Defender for Cloud Apps",
        "Defender for Identity",
        "Azure Information Protection",
        "Enterprise Mobility + Security",
        "Global Reader",
        "Exchange Online",
    ]
    .map(str::to_owned)
    .to_vec();
    let paths = ["organization", "groups", "users"].map(str::to_owned);
    let names: BTreeSet<String> = names.into_iter().chain(paths).collect();
    let desk = Desk::new();
    for arguments in [&["rules"][..], &["rules", "--permissions"]] {
        let ran = desk.run(&[arguments, &["--lang", "nl"]].concat());
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert_dutch(&english, &names, &ran.stdout, arguments[0]);
    }
    let tenant = Served::denying(crate::common::directory("lab"), &[sim::Collection::Users]);
    let ran = tenant.run(&desk, "doctor", &["--lang", "nl", "--print", "json"]);
    let (mut said, mut names) = (Vec::new(), names);
    collect(&serde_json::from_str(&ran.stdout).unwrap(), &mut said, &mut names);
    names.insert("read /users".to_owned());
    assert_dutch(&english, &names, &said.join("\n"), "doctor");
    let ran = tenant.run(&desk, "scan", &["--lang", "nl", "--save", "snap"]);
    assert_eq!(ran.code, 4, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("Momentopname geschreven") && ran.stderr.contains("geweigerd:"),
        "{}",
        ran.stderr
    );
}

#[test]
fn errors_are_dutch_apart_from_what_others_said() {
    let desk = Desk::new();
    let ran = desk.run(&["audit", "--snapshot", "nowhere.snap", "--lang", "nl"]);
    assert_eq!(ran.code, 2);
    let told = "fout: kan de momentopname nowhere.snap niet lezen: No such file or directory (os error 2)\n\
                tip: controleer de naam, of maak er een met `tollgate scan --save`\n";
    assert_eq!(ran.stderr, told);
    let denied = [sim::Collection::Users, sim::Collection::Groups];
    let tenant = Served::denying(crate::common::directory("lab"), &denied);
    let ran = tenant.run(&desk, "audit", &["--lang=nl"]);
    assert_eq!(ran.code, 3);
    assert!(
        ran.stderr.starts_with("fout: groepen noch gebruikers waren te lezen\n  groepen: "),
        "{}",
        ran.stderr
    );
    let mut command = tenant.tollgate(&desk, "audit", &["--lang", "nl"]);
    let ran = crate::common::run(command.env("AZURE_CLIENT_SECRET", "hunter2"));
    assert!(ran.stderr.starts_with("fout: aanmelden mislukt: "), "{}", ran.stderr);
    assert!(ran.stderr.contains("\ntip: het clientgeheim klopt niet"), "{}", ran.stderr);
}

#[test]
fn explanations_are_dutch() {
    let english = english();
    let names = [
        "Microsoft 365 Apps for enterprise",
        "Defender for Cloud Apps",
        "Defender for Identity",
        "Azure Information Protection",
        "Enterprise Mobility + Security",
        "Exchange Online",
        "user principal name",
    ];
    let names: BTreeSet<String> = names.map(str::to_owned).into_iter().collect();
    let desk = Desk::new();
    for subject in [
        "groups-configured",
        "no-b2b-groups-licensed",
        "enough-seats",
        "members-fully-licensed",
        "waiver-unused",
    ] {
        let ran = desk.run(&["explain", subject, "--lang", "nl"]);
        assert!(ran.stdout.contains("Wat te doen: "), "{}", ran.stdout);
        assert_dutch(&english, &names, &ran.stdout, subject);
    }
    // The codes of licensing errors are words of Graph.
    let ran = desk.run(&["explain", "waiver-unused"]);
    assert!(ran.stdout.contains("What to do: "), "{}", ran.stdout);
}
