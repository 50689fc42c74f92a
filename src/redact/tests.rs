//! Text of others loses its names, and names come back fitted to what they stand in.

use jiff::Timestamp;
use serde_json::json;

use super::{Form, Key, KeyFile, Redactor, RevealError, Revealer, Scrubber};
use crate::plan::Plan;
use crate::tenant::{Collection, Coverage, Decoded, Run, Tenant, TenantBuilder, UserId, Why};

const ADA: &str = "0e000000-0000-4000-8000-0000000000ad";
const EVE: &str = "0E000000-0000-4000-8000-0000000000EE";

fn tenant() -> Tenant {
    let mut builder = TenantBuilder::new();
    let mut page = Decoded::new(Collection::Users, Timestamp::UNIX_EPOCH);
    for (id, principal_name, display_name) in [
        (ADA, "ada@contoso.example", "Ada Lovelace"),
        (EVE, "eve_partner.example#EXT#@contoso.example", "<b>Eve</b> \"=1\""),
    ] {
        let user = json!({ "id": id, "userPrincipalName": principal_name, "displayName": display_name });
        page.object(&user.to_string()).unwrap();
    }
    builder.add(page).unwrap();
    let users = Coverage {
        collection: "users".to_owned(),
        partition: None,
        expected: Some(2),
        read: 2,
        pages: 1,
        restarts: 0,
        complete: true,
        reason: None,
    };
    builder.finish(Timestamp::UNIX_EPOCH, vec![users], Run::default())
}

fn pseudonym(key: &Key, id: &str) -> u128 {
    key.pseudonym(UserId::parse(id).unwrap()).0
}

#[test]
fn names_in_the_text_of_others_give_way_to_pseudonyms() {
    let (key, tenant) = (Key::random(), tenant());
    let scrubber = Scrubber::of(&key, &tenant);
    let ada = pseudonym(&key, ADA);
    let name = crate::tenant::pseudonym::display_name(ada);
    let principal_name = crate::tenant::pseudonym::principal_name(ada, "");
    let id = crate::tenant::pseudonym::id(ada);
    for (text, wanted) in [
        (format!("Direct Reports for \"{ADA}\""), format!("Direct Reports for \"{id}\"")),
        ("user.mail -eq \"ADA@contoso.example\"".to_owned(), format!("user.mail -eq \"{principal_name}\"")),
        ("asked by Ada Lovelace, twice".to_owned(), format!("asked by {name}, twice")),
        ("of Ada Lovelaces".to_owned(), "of Ada Lovelaces".to_owned()),
        ("ask bob@fabrikam.example".to_owned(), "ask somebody@redacted.invalid".to_owned()),
        (
            "group 0e000000-0000-4000-8000-000000005a1e @ noon".to_owned(),
            "group 0e000000-0000-4000-8000-000000005a1e @ noon".to_owned(),
        ),
        (
            "Zoë İ <b>Eve</b> \"=1\"".to_owned(),
            format!("zoë i\u{307} {}", crate::tenant::pseudonym::display_name(pseudonym(&key, EVE))),
        ),
    ] {
        assert_eq!(scrubber.scrub(&text), wanted);
    }
}

#[test]
fn parts_of_the_user_list_are_not_called_by_the_beginnings_of_names() {
    let part = |name: &str| Coverage {
        collection: "users".to_owned(),
        partition: Some(name.to_owned()),
        expected: Some(1),
        read: 0,
        pages: 1,
        restarts: 0,
        complete: false,
        reason: Some(Why::PartTooFew { part: name.to_owned(), read: 0, expected: 1 }),
    };
    let mut tenant = tenant();
    let (builder, as_of, mut ledger, run) = TenantBuilder::reopen(tenant);
    ledger.extend([part("ada@contoso"), part("eve_partner")]);
    tenant = builder.finish(as_of, ledger, run);
    let redacted = Redactor::for_once().apply(tenant, &mut Plan::default()).unwrap();
    let parts: Vec<_> = redacted.coverage().iter().filter_map(|line| line.partition.as_deref()).collect();
    assert_eq!(parts, ["part 1", "part 2"]);
    let told = format!("{:?}", redacted.coverage());
    assert!(!told.contains("ada") && !told.contains("eve"), "{told}");
}

#[test]
fn a_line_of_the_log_names_nobody_before_anybody_is_known() {
    let key = Key::random();
    let scrubber = Scrubber::without_tenant(&key);
    let id = crate::tenant::pseudonym::id(pseudonym(&key, ADA));
    for (line, wanted) in [
        (format!("read /users/{ADA}: HTTP 503"), format!("read /users/{id}: HTTP 503")),
        (
            format!("HTTP 404, Resource '{ADA}' does not exist (request-id {EVE})"),
            format!("HTTP 404, Resource '{id}' does not exist (request-id {EVE})"),
        ),
        (format!("read /groups/{EVE}/members"), format!("read /groups/{EVE}/members")),
        (
            "invalid type: string \"Ada\", expected a boolean".to_owned(),
            "invalid type: string \"…\", expected a boolean".to_owned(),
        ),
        (
            "no mailbox ada@contoso.example here".to_owned(),
            "no mailbox somebody@redacted.invalid here".to_owned(),
        ),
    ] {
        assert_eq!(scrubber.scrub_line(&line), wanted);
    }
}

/// A key file that knows the people of the tenant, and their pseudonyms.
fn kept() -> (tempfile::TempDir, Revealer, Key) {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("key");
    let file = KeyFile::open_or_create(&path).unwrap();
    file.remember(&tenant()).unwrap();
    let key = file.key().clone();
    (folder, Revealer::open(&path).unwrap(), key)
}

#[test]
fn names_are_fitted_to_the_form_that_they_stand_in() {
    let (_folder, revealer, key) = kept();
    let name = crate::tenant::pseudonym::display_name(pseudonym(&key, EVE));
    let reveal = |text: String, form| revealer.reveal(&text, form).unwrap().text;
    assert_eq!(reveal(format!("{name}."), Form::Text), "<b>Eve</b> \"=1\".");
    assert_eq!(reveal(format!("{{\"a\": \"{name}\"}}"), Form::Json), r#"{"a": "<b>Eve</b> \"=1\""}"#);
    assert_eq!(
        reveal(format!("<p>{name}</p>"), Form::Markup),
        "<p>&lt;b&gt;Eve&lt;/b&gt; &quot;&#x3D;1&quot;</p>"
    );
    assert_eq!(reveal(format!("| {name} |"), Form::Markdown), "| &lt;b\\>Eve&lt;/b\\> \"=1\" |");
    assert_eq!(reveal(format!("a;{name}\r\n"), Form::Csv(b';')), "a;\"<b>Eve</b> \"\"=1\"\"\"\r\n");
}

#[test]
fn a_code_span_of_markdown_gets_a_name_without_escapes() {
    let (_folder, revealer, key) = kept();
    let address = crate::tenant::pseudonym::principal_name(pseudonym(&key, EVE), "#EXT#");
    let reveal = |text: String| revealer.reveal(&text, Form::Markdown).unwrap().text;
    let name = "eve_partner.example#EXT#@contoso.example";
    let escaped = r"eve\_partner.example\#EXT\#@contoso.example";
    for (text, wanted) in [
        (format!("`{address}` is"), format!("`{name}` is")),
        (format!("`a` and ``b ` {address}``"), format!("`a` and ``b ` {name}``")),
        (format!("| `{address}` |"), format!("| `{name}` |")),
        (format!("`a` {address} `b`"), format!("`a` {escaped} `b`")),
        (format!("\\`{address}\\`"), format!("\\`{escaped}\\`")),
        (format!("`{address}\n`"), format!("`{escaped}\n`")),
    ] {
        assert_eq!(reveal(text), wanted);
    }
}

#[test]
fn an_address_comes_back_whole_also_where_markdown_put_backslashes_in() {
    let (_folder, revealer, key) = kept();
    let address = crate::tenant::pseudonym::principal_name(pseudonym(&key, EVE), "#EXT#");
    let escaped = address.replace('#', "\\#").replace('.', "\\.");
    assert_eq!(
        revealer.reveal(&escaped, Form::Text).unwrap().text,
        "eve_partner.example#EXT#@contoso.example"
    );
    let id = crate::tenant::pseudonym::id(pseudonym(&key, EVE));
    assert_eq!(revealer.reveal(&format!("users/{id}"), Form::Text).unwrap().text, format!("users/{EVE}"));
}

#[test]
fn words_that_look_like_pseudonyms_are_left_alone() {
    let (_folder, revealer, key) = kept();
    let id = crate::tenant::pseudonym::id(pseudonym(&key, ADA));
    let text = format!("username0123456 x{id} {id}0 {id}");
    let outcome = revealer.reveal(&text, Form::Text).unwrap();
    assert_eq!(outcome.text, format!("username0123456 x{id} {id}0 {ADA}"));
    assert!(matches!(revealer.reveal("nobody", Form::Text), Err(RevealError::NoPseudonyms)));
    let stranger = crate::tenant::pseudonym::id(pseudonym(&Key::random(), ADA));
    assert!(matches!(revealer.reveal(&stranger, Form::Text), Err(RevealError::OtherKey { count: 1 })));
    assert_eq!(revealer.reveal(&format!("{id} {stranger}"), Form::Text).unwrap().unknown, 1);
}

#[test]
fn a_key_file_keeps_old_people_and_survives_a_line_that_was_cut_off() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("key");
    let file = KeyFile::open_or_create(&path).unwrap();
    file.remember(&tenant()).unwrap();
    let whole = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() - 10]).unwrap();
    assert_eq!(file.people().unwrap().len(), 1);
    KeyFile::open_or_create(&path).unwrap().remember(&tenant()).unwrap();
    assert_eq!(file.people().unwrap().len(), 2);
    let again = std::fs::read(&path).unwrap();
    file.remember(&tenant()).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), again);
}

#[test]
fn forms_are_told_by_name_or_by_how_they_begin() {
    let of = |name: &str, text| Form::of(Some(std::path::Path::new(name)), text);
    assert_eq!(of("result.JSON", ""), Form::Json);
    assert_eq!(of("result.sarif", ""), Form::Json);
    assert_eq!(of("report.html", ""), Form::Markup);
    assert_eq!(of("junit.xml", ""), Form::Markup);
    assert_eq!(of("report.md", ""), Form::Markdown);
    assert_eq!(of("a.csv", "\u{feff}user_id;x\r\n"), Form::Csv(b';'));
    assert_eq!(Form::of(None, "group_id,group_name\r\n"), Form::Csv(b','));
    assert_eq!(Form::of(None, "\n {\"a\": 1}"), Form::Json);
    assert_eq!(Form::of(None, "<!doctype html>"), Form::Markup);
    assert_eq!(Form::of(None, "Exit criterion"), Form::Text);
}
