//! Several readings in one request: each comes to what it would have come to alone.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::server::{Seen, Server, answer, json as ok};
use super::{SECRET, TENANT, TOKEN, client, client_with, from_environment, settings};
use crate::graph::{Begun, Client, Endpoint, ErrorKind, GraphError, Settings};

/// The URLs of a batch by their ids, after a look at what every batch must be.
fn items(seen: &Seen) -> BTreeMap<String, String> {
    assert_eq!((seen.method.as_str(), &*seen.target), ("POST", "/v1.0/$batch"));
    assert_eq!(seen.header("content-type"), Some("application/json"));
    assert!(seen.header("authorization").is_some_and(|token| token.starts_with("Bearer ")));
    assert!(!seen.body.contains("hunter") && !seen.body.to_lowercase().contains("authorization"));
    let body: Value = serde_json::from_str(&seen.body).unwrap();
    let requests = body["requests"].as_array().unwrap();
    let items: BTreeMap<_, _> = requests
        .iter()
        .map(|item| {
            assert_eq!((&item["method"], &item["body"]), (&json!("GET"), &Value::Null));
            let counts = item["url"].as_str().unwrap().ends_with("/$count");
            let eventual = if counts { json!("eventual") } else { Value::Null };
            let headers = &item["headers"];
            assert_eq!(
                (&headers["x-ms-throttle-priority"], &headers["consistencylevel"]),
                (&"Low".into(), &eventual)
            );
            (item["id"].as_str().unwrap().to_owned(), item["url"].as_str().unwrap().to_owned())
        })
        .collect();
    assert_eq!(items.len(), requests.len(), "no id twice");
    items
}

/// The answer to a batch; each item is made from its URL, and they come in the opposite order.
fn answers(seen: &Seen, each: impl Fn(&str) -> Value) -> Vec<u8> {
    ok(&bodies(seen, each).to_string())
}

fn bodies(seen: &Seen, each: impl Fn(&str) -> Value) -> Value {
    let mut responses: Vec<Value> = items(seen)
        .into_iter()
        .map(|(id, url)| {
            let mut item = each(&url);
            item["id"] = id.into();
            item
        })
        .collect();
    responses.reverse();
    json!({ "responses": responses })
}

/// An object that says what it answers.
fn good(url: &str) -> Value {
    json!({"status": 200, "headers": {"X-MS-Resource-Unit": "2"}, "body": {"url": url, "value": []}})
}

fn refusal(status: u16, code: &str, retry_after: &str) -> Value {
    let body = json!({"error": {"code": code, "message": "No.", "innererror": {"request-id": "r-1"}}});
    let headers = if retry_after.is_empty() { json!({}) } else { json!({"RETRY-After": retry_after}) };
    json!({"status": status, "headers": headers, "body": body})
}

fn paths(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| format!("/users/{name}?$select=id")).collect()
}

/// Reads users in a batch, and alone where that does not settle it: an object's text, or what went wrong.
async fn read(client: &Client, names: &[&str]) -> Vec<Result<String, GraphError>> {
    let paths = paths(names);
    let mut batch = client.batch(&paths);
    let mut results: Vec<_> = names.iter().map(|_| None).collect();
    while let Some((place, begun)) = batch.next().await {
        let answer = client.get_begun(&paths[place], begun).await;
        assert!(results[place].replace(answer.map(|answer| answer.text().to_owned())).is_none());
    }
    results.into_iter().map(Option::unwrap).collect()
}

fn url_in(text: &str) -> String {
    serde_json::from_str::<Value>(text).unwrap()["url"].as_str().unwrap().to_owned()
}

fn posts(server: &Server) -> usize {
    server.seen().iter().filter(|seen| seen.method == "POST").count()
}

#[tokio::test]
async fn each_item_is_what_it_would_have_been_alone() {
    let each = |url: &str| match url.split(['/', '?']).nth(2).unwrap() {
        "gone" => refusal(404, "Request_ResourceNotFound", ""),
        "hidden" => refusal(403, "Authorization_RequestDenied", ""),
        "old" => refusal(400, "Directory_ExpiredPageToken", ""),
        "dated" => json!({"status": 200, "headers": {"date": "Sun, 22 Nov 2026 07:00:00 GMT",
            "x-ms-resource-unit": 3}, "body": {"url": url, "of": "dated"}}),
        _ => good(url),
    };
    let server = Server::start(move |seen, _| {
        let headers = ["Date: Sun, 22 Nov 2026 06:00:00 GMT", "request-id: batch", "x-ms-resource-unit: 1"];
        answer(200, &headers, &bodies(seen, each).to_string())
    });
    let client = client(&server);
    let names = ["ada", "gone", "hidden", "old", "dated"];
    let paths = paths(&names);
    let mut batch = client.batch(&paths);
    assert!(server.seen().is_empty(), "nothing is sent before it is asked for");
    let mut told = BTreeMap::new();
    while let Some((place, begun)) = batch.next().await {
        told.insert(place, client.get_begun(&paths[place], begun).await);
    }
    assert_eq!(told.len(), 5);
    let answer = |place: usize| told[&place].as_ref().unwrap();
    assert_eq!(url_in(answer(0).text()), "/users/ada?$select=id", "relative to the version root");
    assert_eq!(answer(0).read_at().to_string(), "2026-11-22T06:00:00Z");
    assert_eq!(answer(4).read_at().to_string(), "2026-11-22T07:00:00Z");
    for (place, kind) in [(1, ErrorKind::NotFound), (2, ErrorKind::Denied), (3, ErrorKind::ExpiredPageToken)]
    {
        let error = told[&place].as_ref().unwrap_err();
        assert_eq!((error.kind(), error.attempts(), error.request_id()), (kind, 1, Some("r-1")));
        assert_eq!(error.path(), format!("/users/{}", names[place]));
    }
    let usage = client.usage();
    assert_eq!((usage.requests, usage.retries, usage.resource_units), (1, 0, 5), "the items tell the units");
    assert_eq!(usage.bytes, bodies(&server.seen()[0], each).to_string().len() as u64);
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn an_object_in_a_batch_is_handed_on_as_received() {
    let text = "{ \"id\" : \"a\",\n \"x\":[1 ,2] }";
    let server = Server::start(move |_, _| {
        ok(&format!(r#"{{"responses":[{{"body":{text},"status":200,"id":"0"}}]}}"#))
    });
    let client = client(&server);
    assert_eq!(read(&client, &["a"]).await[0].as_ref().unwrap(), text);
}

#[tokio::test]
async fn what_is_throttled_travels_again_after_the_longest_wait() {
    let server = Server::start(|seen, number| {
        answers(seen, |url| match (number, url.split(['/', '?']).nth(2).unwrap()) {
            (0, "two") => refusal(429, "TooManyRequests", "2"),
            (0, "fraction") => refusal(429, "TooManyRequests", "6.5"),
            (0, "date") => {
                let mut item = refusal(503, "ServiceUnavailable", "Sun, 22 Nov 2026 06:00:07 GMT");
                item["headers"]["Date"] = "Sun, 22 Nov 2026 06:00:00 GMT".into();
                item
            }
            (0, "number") => json!({"status": 429, "headers": {"retry-after": 3}}),
            (1, "two") => refusal(504, "GatewayTimeout", "4"),
            _ => good(url),
        })
    });
    let client = client_with(&server, &Settings { concurrency: 8, ..settings() });
    let names = ["good", "two", "fraction", "date", "number"];
    for (name, result) in names.iter().zip(read(&client, &names).await) {
        assert_eq!(url_in(&result.unwrap()), format!("/users/{name}?$select=id"));
    }
    let seen = server.seen();
    let asked: Vec<Vec<String>> = seen.iter().map(|seen| items(seen).into_values().collect()).collect();
    assert_eq!(
        (asked.len(), &asked[1][..], &asked[2][..]),
        (3, &paths(&names[1..])[..], &paths(&["two"])[..])
    );
    let usage = client.usage();
    assert_eq!((usage.requests, usage.retries), (3, 2));
    assert_eq!(usage.throttled.as_secs(), 7 + 4, "once for all of them");
    assert_eq!(client.lanes(), 4, "throttled items slow down as throttled requests do, and a 504 does not");
}

#[tokio::test]
async fn a_wait_of_years_ends_that_reading_only() {
    let server = Server::start(|seen, _| {
        answers(seen, |url| {
            if url.contains("years") { refusal(429, "TooManyRequests", "3155760000") } else { good(url) }
        })
    });
    let client = client(&server);
    let results = read(&client, &["ada", "years", "bob"]).await;
    assert!(results[0].is_ok() && results[2].is_ok());
    let error = results[1].as_ref().unwrap_err();
    assert_eq!((error.kind(), error.path()), (ErrorKind::Throttled, "/users/years"));
    assert!(error.to_string().contains("only 300 s of waiting are left"), "{error}");
    assert_eq!((server.seen().len(), client.usage().throttled.as_secs()), (1, 0));
}

#[tokio::test]
async fn what_has_no_usable_answer_goes_alone() {
    let usable = || json!({"id": "1", "status": 200, "body": {"url": "bob"}});
    let unusable = [
        json!([usable()]),
        json!([usable(), {"id": "0", "status": 200, "body": "eyJpZCI6ImEifQ=="}]),
        json!([usable(), {"id": "0", "status": 200, "body": null}]),
        json!([usable(), {"id": "0", "status": 200, "body": []}]),
        json!([usable(), {"id": "0", "status": 200}]),
        json!([usable(), {"id": "0", "status": "200", "body": {}}]),
        json!([usable(), {"id": 0, "status": 200, "body": {}}]),
        json!([usable(), {"id": "2", "status": 200, "body": {}}]),
        json!([usable(), {"id": "-1", "status": 200, "body": {}}]),
        json!([{"id": "0", "status": 200, "body": {}}, usable(), {"id": "0", "status": 200, "body": {}}]),
        json!([{"id": "0", "status": 200, "body": {}}, {"id": "0", "status": 404}, usable()]),
        json!([usable(), "nonsense", null, 7]),
    ];
    for responses in unusable {
        let shown = responses.to_string();
        let server = Server::start(move |seen, _| {
            if seen.method == "POST" {
                ok(&json!({ "responses": responses }).to_string())
            } else {
                ok(r#"{"url":"alone"}"#)
            }
        });
        let client = client(&server);
        let results = read(&client, &["ada", "bob"]).await;
        let urls: Vec<String> = results.into_iter().map(|result| url_in(&result.unwrap())).collect();
        assert_eq!(urls, ["alone", "bob"], "{shown}");
        assert_eq!(server.seen()[1].target, "/v1.0/users/ada?$select=id", "{shown}");
        let usage = client.usage();
        assert_eq!((usage.requests, usage.retries), (2, 1), "{shown}");
    }
}

#[tokio::test]
async fn a_service_that_takes_no_batches_is_read_all_the_same_and_asked_once() {
    for status in [400, 403, 404, 405, 501, 301, 204, 401] {
        let server = Server::start(move |seen, _| {
            if seen.method == "POST" { answer(status, &[], "") } else { ok(r#"{"url":"alone"}"#) }
        });
        let client = client_with(&server, &Settings { attempts: 1, ..settings() });
        assert!(client.batches(33) && !client.batches(32), "more than may be under way at once");
        for _ in 0..2 {
            assert!(read(&client, &["ada", "bob"]).await.iter().all(Result::is_ok), "{status}");
        }
        assert!(!client.batches(1_000), "{status}");
        let usage = client.usage();
        assert_eq!((posts(&server), usage.requests, usage.retries), (1, 5, 0), "{status}");
    }
}

#[tokio::test]
async fn a_batch_is_as_patient_as_a_get() {
    let failures: [(&str, Vec<u8>); 8] = [
        ("throttled", answer(429, &["Retry-After: 7"], "")),
        ("overloaded", answer(503, &["Retry-After: 7"], "<html>")),
        ("a gateway", answer(504, &["Retry-After: 7"], "")),
        ("a reset", Vec::new()),
        ("no JSON", ok("<html>")),
        ("other JSON", ok("[null]")),
        ("no responses", ok(r#"{"responses":null}"#)),
        ("half of it", answer(200, &[], r#"{"responses":[{"id":"0","sta"#)),
    ];
    for (what, failure) in failures {
        let waits = failure.windows(11).any(|part| part == b"Retry-After");
        let server = Server::start(
            move |seen, number| {
                if number == 0 { failure.clone() } else { answers(seen, good) }
            },
        );
        let client = client(&server);
        assert!(read(&client, &["ada", "bob"]).await.iter().all(Result::is_ok), "{what}");
        let usage = client.usage();
        assert_eq!((posts(&server), usage.requests, usage.retries), (2, 2, 1), "{what}");
        assert_eq!(usage.throttled.as_secs(), if waits { 7 } else { 0 }, "{what}");
        assert!(client.batches(33), "{what}: it takes batches");
    }
    // Its items were throttled, says the whole: they are looked at.
    let server = Server::start(|seen, _| answer(424, &[], &bodies(seen, good).to_string()));
    let client = client(&server);
    assert!(read(&client, &["ada", "bob"]).await.iter().all(Result::is_ok));
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_batch_that_never_succeeds_leaves_half_of_the_patience_to_each_item() {
    for failure in [answer(500, &[], ""), answer(424, &[], ""), ok("[null]"), Vec::new()] {
        let first = failure.clone();
        let server =
            Server::start(
                move |seen, _| {
                    if seen.method == "POST" { first.clone() } else { ok(r#"{"url":"alone"}"#) }
                },
            );
        let client = super::client(&server);
        assert!(read(&client, &["ada", "bob"]).await.iter().all(Result::is_ok));
        assert_eq!((posts(&server), server.seen().len(), client.usage().retries), (3, 5, 4));

        let server =
            Server::start(move |seen, _| if seen.method == "POST" { failure.clone() } else { Vec::new() });
        let error = read(&super::client(&server), &["ada", "bob"]).await.remove(0).unwrap_err();
        assert_eq!((error.attempts(), error.path()), (6, "/users/ada"), "no more attempts than alone");
        assert_eq!(server.seen().len(), 3 + 2 * 3);
    }
}

#[tokio::test]
async fn a_wait_of_years_for_the_whole_batch_ends_every_reading_in_it() {
    let server = Server::start(|_, _| answer(429, &["Retry-After: 3155760000"], ""));
    let results = read(&client(&server), &["ada", "bob"]).await;
    for (name, result) in ["ada", "bob"].iter().zip(results) {
        let error = result.unwrap_err();
        assert_eq!((error.kind(), error.path()), (ErrorKind::Throttled, &*format!("/users/{name}")));
    }
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_token_that_ends_is_replaced_once_for_the_batch_or_an_item() {
    for of_an_item in [false, true] {
        let server = Server::start_tls(move |seen, number| {
            if seen.target.ends_with("/token") {
                let token =
                    format!(r#"{{"token_type":"Bearer","expires_in":3599,"access_token":"t{number}"}}"#);
                return ok(&token);
            }
            let ended = seen.header("authorization") == Some("Bearer t0");
            let refused = refusal(401, "InvalidAuthenticationToken", "");
            match (ended, of_an_item) {
                (true, false) => answer(401, &[], &refused["body"].to_string()),
                (true, true) => {
                    answers(seen, |url| if url.contains("bob") { refused.clone() } else { good(url) })
                }
                (false, _) => answers(seen, good),
            }
        });
        let settings = Settings { ca_file: Some(server.ca_file()), ..settings() };
        let endpoint = Endpoint::custom(&server.graph(), Some(&server.origin()), None).unwrap();
        let variables =
            [("AZURE_CLIENT_ID", "c"), ("AZURE_CLIENT_SECRET", SECRET), ("AZURE_TENANT_ID", TENANT)];
        let (credential, _) = from_environment(&endpoint, &settings, &variables).unwrap();
        let client = Client::new(endpoint, credential, &settings).unwrap();
        assert!(read(&client, &["ada", "bob"]).await.iter().all(Result::is_ok));
        let tokens = server.seen().iter().filter(|seen| seen.target.ends_with("/token")).count();
        assert_eq!((tokens, server.seen().len()), (2, 4), "of an item: {of_an_item}");
        let again = server.seen().into_iter().last().unwrap();
        assert_eq!(
            items(&again).len(),
            if of_an_item { 1 } else { 2 },
            "what was answered is not asked again"
        );
    }
}

#[tokio::test]
async fn a_ready_token_that_ends_is_told_for_each() {
    let body = r#"{"error":{"code":"InvalidAuthenticationToken","message":"expired"}}"#;
    let server = Server::start(move |_, _| answer(401, &[], body));
    let results = read(&client(&server), &["ada", "bob"]).await;
    for result in results {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unauthorized);
        assert!(error.hint().is_some_and(|hint| hint.contains("TOLLGATE_ACCESS_TOKEN")));
    }
    assert_eq!(server.seen().len(), 1);
}

/// Reads `/groups/{name}/members` whose first page comes in a batch of one: objects, or what went wrong at last.
async fn members(server: &Server, client: &Client, first: Value) -> Result<usize, GraphError> {
    let path = "/groups/g/members?$select=id&$top=999".to_owned();
    let mut batch = client.batch(std::slice::from_ref(&path));
    let (_, begun) = batch.next().await.unwrap();
    assert!(batch.next().await.is_none());
    assert_eq!(items(&server.seen()[0])["0"], path, "{first}");
    let mut pages = client.pages_begun(&path, &[], begun);
    let mut objects = 0;
    while let Some(page) = pages.next().await? {
        objects += page.objects().len();
    }
    Ok(objects)
}

fn page_server(first: &Value) -> Server {
    let first = first.clone();
    Server::start(move |seen, _| {
        let origin = format!("http://{}", seen.header("host").unwrap());
        match &*seen.target {
            "/v1.0/$batch" => {
                let text = json!({"responses": [{"id": "0", "status": 200, "body": first}]}).to_string();
                ok(&text.replace("ORIGIN", &origin))
            }
            "/v1.0/groups/g/members?page=2" => ok(r#"{"value":[{"id":"c"}]}"#),
            _ => ok(r#"{"value":[{"id":"a"},{"id":"b"}]}"#),
        }
    })
}

#[tokio::test]
async fn a_page_that_came_in_a_batch_goes_on_at_its_link() {
    let page = |link: &str| json!({"value": [{"id": "a"}, {"id": "b"}], "@odata.nextLink": link});
    let first = page("ORIGIN/v1.0/groups/g/members?page=2");
    let server = page_server(&first);
    let client = client(&server);
    assert_eq!(members(&server, &client, first).await.unwrap(), 3);
    assert_eq!((server.seen().len(), client.usage().retries), (2, 0));

    let elsewhere = Server::start(|_, _| ok("{}"));
    for (link, kind) in [
        (format!("{}/v1.0/groups/g/members?page=2", elsewhere.origin()), ErrorKind::ForeignNextLink),
        ("ORIGIN/v1.0/groups/g/members?$select=id&$top=999".to_owned(), ErrorKind::RepeatedNextLink),
        ("ORIGIN/beta/groups/g/members".to_owned(), ErrorKind::NotAllowed),
    ] {
        let first = page(&link);
        let server = page_server(&first);
        let client = super::client(&server);
        assert_eq!(members(&server, &client, first).await.unwrap_err().kind(), kind, "{link}");
        assert_eq!(server.seen().len(), 1, "{link}");
    }
    assert!(elsewhere.seen().is_empty(), "the token went elsewhere");
}

#[tokio::test]
async fn what_is_no_page_in_a_batch_is_asked_for_alone_and_never_taken_for_an_empty_one() {
    for first in [json!({}), json!({"value": null}), json!({"value": [1]}), json!({"error": {"code": "x"}})] {
        let server = page_server(&first);
        let client = client(&server);
        assert_eq!(members(&server, &client, first.clone()).await.unwrap(), 2, "{first}");
        assert_eq!((server.seen().len(), client.usage().retries), (2, 1), "{first}");
    }
}

#[tokio::test]
async fn a_count_is_read_in_whichever_way_it_stands_in_a_batch() {
    let bom_and_7 = "77u/Nw==";
    let read: [(Value, Option<u64>); 14] = [
        (json!(7), Some(7)),
        (json!(0), Some(0)),
        (json!("7"), Some(7)),
        (json!("Nw=="), Some(7)),
        (json!("Nw"), Some(7)),
        (json!("MTIzNDU2Nzg5MA=="), Some(1_234_567_890)),
        (json!(bom_and_7), Some(7)),
        (json!("\u{feff}7"), None),
        (json!("many"), None),
        (json!(-7), None),
        (json!(7.5), None),
        (json!(null), None),
        (json!({"value": 7}), None),
        (json!(""), None),
    ];
    for (body, count) in read {
        let shown = body.to_string();
        let server = Server::start(move |seen, _| {
            if seen.method == "GET" {
                return answer(200, &["Content-Type: text/plain"], "99");
            }
            answers(seen, |url| match url {
                "/groups/a/members/$count" => json!({"status": 200, "body": body}),
                _ => refusal(404, "Request_ResourceNotFound", ""),
            })
        });
        let client = client(&server);
        let paths = ["/groups/a/members/$count", "/groups/b/members/$count"].map(str::to_owned);
        let mut batch = client.batch(&paths);
        let mut counts = BTreeMap::new();
        while let Some((place, begun)) = batch.next().await {
            counts.insert(place, client.count_begun(&paths[place], begun).await);
        }
        // Where it is none, the count alone tells.
        assert_eq!(counts[&0].as_ref().unwrap(), &count.unwrap_or(99), "{shown}");
        assert_eq!(counts[&1].as_ref().unwrap_err().kind(), ErrorKind::NotFound);
        assert_eq!(server.seen().len(), if count.is_some() { 1 } else { 2 }, "{shown}");
    }
}

#[tokio::test]
async fn what_is_no_address_under_the_root_is_not_sent() {
    let server = Server::start(|seen, _| answers(seen, good));
    let client = client(&server);
    for path in ["/../beta/users", "@evil.example/users", "//evil.example/users", "/$batch", ""] {
        let mut batch = client.batch(&[path.to_owned()]);
        let (_, begun) = batch.next().await.unwrap();
        let error = client.get_begun(path, begun).await;
        if path.starts_with("//") || path == "/$batch" {
            continue; // A GET of it is allowed, and the server knows no such thing; the batch was not sent.
        }
        assert_eq!(error.unwrap_err().kind(), ErrorKind::NotAllowed, "{path}");
    }
    assert!(server.seen().iter().all(|seen| seen.method == "GET"), "{:?}", server.seen());
}

#[tokio::test]
async fn a_batch_keeps_to_the_units_that_were_agreed() {
    let server = Server::start(|seen, _| answers(seen, good));
    let settings = Settings { units_per_10_seconds: Some(150), ..settings() };
    let client = client_with(&server, &settings);
    let names: Vec<String> = (0..20).map(|number| format!("u{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    // 40 units each; before the answer, 5 are set aside for each item.
    for paced in [0, 0, 9, 9, 19] {
        assert!(read(&client, &names).await.iter().all(Result::is_ok));
        let usage = client.usage();
        assert!((paced..=paced + 1).contains(&usage.paced.as_secs()), "{paced}: {usage:?}");
    }
    assert_eq!((client.usage().requests, client.usage().resource_units), (5, 200));
}

#[tokio::test]
async fn nothing_of_a_batch_that_can_be_printed_holds_the_token() {
    let server = Server::start(|seen, _| answers(seen, |url| refusal(500, url, "")));
    let client = client(&server);
    let paths = paths(&["ada"]);
    let mut batch = client.batch(&paths);
    let before = format!("{batch:?}");
    let (_, begun) = batch.next().await.unwrap();
    let printed = format!("{before} {batch:#?} {begun:?} {:?}", Begun::default());
    assert!(
        printed.contains("Alone") && !printed.contains(TOKEN) && !printed.contains("hunter"),
        "{printed}"
    );
}
