//! Pages, counts and single objects.

use super::server::{Server, answer, json};
use super::{TOKEN, client};
use crate::graph::ErrorKind;

#[tokio::test]
async fn a_collection_is_read_to_its_last_page_with_the_headers_on_each() {
    let server = Server::start(|seen, number| {
        let host = seen.header("host").unwrap();
        let next = format!(r#","@odata.nextLink":"http://{host}/v1.0/users?$skiptoken={number}""#);
        match number {
            0 => answer(
                200,
                &["Date: Sun, 22 Nov 2026 06:00:00 GMT", "x-ms-resource-unit: 2"],
                &format!(r#"{{"@odata.count":3,"value":[{{"id": "a",  "x":1}},{{"id":"b"}}]{next}}}"#),
            ),
            1 => json(&format!(r#"{{"value":[]{next}}}"#)),
            _ => answer(
                200,
                &["Date: Sun, 22 Nov 2026 06:00:09 GMT", "x-ms-resource-unit: 1"],
                "\u{feff}{\"new\":{\"value\":[1]},\"value\":[{\"id\":\"c\"}],\"@odata.nextLink\":null}",
            ),
        }
    });
    let client = client(&server);
    let mut pages = client.pages("/users?$select=id&$top=999", &[("consistencylevel", "eventual")]);
    assert!(server.seen().is_empty(), "nothing is sent before the first page is asked for");

    let mut objects = Vec::new();
    let mut counts = Vec::new();
    let mut last_read = None;
    while let Some(page) = pages.next().await.unwrap() {
        objects.extend(page.objects().map(str::to_owned));
        counts.push(page.count());
        last_read = Some(page.read_at().to_string());
    }
    assert!(pages.next().await.unwrap().is_none());
    assert_eq!(objects, [r#"{"id": "a",  "x":1}"#, r#"{"id":"b"}"#, r#"{"id":"c"}"#]);
    assert_eq!((counts, pages.read()), (vec![Some(3), None, None], 3));
    assert_eq!(last_read.as_deref(), Some("2026-11-22T06:00:09Z"));

    let seen = server.seen();
    assert_eq!(seen[0].target, "/v1.0/users?$select=id&$top=999");
    for request in &seen {
        assert_eq!(request.header("consistencylevel"), Some("eventual"));
        assert_eq!(request.header("authorization"), Some(&*format!("Bearer {TOKEN}")));
        assert_eq!(request.header("accept"), Some("application/json"));
        assert_eq!(request.header("accept-encoding"), Some("gzip"));
        assert_eq!(request.header("user-agent"), Some(concat!("tollgate/", env!("CARGO_PKG_VERSION"))));
    }
    let id = |number: usize| seen[number].header("client-request-id").unwrap().to_owned();
    assert!(id(0).len() == 36 && id(0) != id(1), "each attempt has an id of its own");

    let usage = client.usage();
    assert_eq!((usage.requests, usage.retries, usage.resource_units), (3, 0, 3));
    assert_eq!(usage.first_date.unwrap().to_string(), "2026-11-22T06:00:00Z");
    assert_eq!(usage.last_date.unwrap().to_string(), "2026-11-22T06:00:09Z");
    assert!(usage.bytes > 200, "{usage:?}");
}

#[tokio::test]
async fn a_next_link_is_followed_as_it_was_written() {
    // What may stand in a URL stays; what may not is percent-encoded, which says the same to the server.
    const LINKS: [(&str, &str); 4] = [
        ("?$skiptoken=RFNwd%2BAQ%24x%2Fy%3D%3d", "?$skiptoken=RFNwd%2BAQ%24x%2Fy%3D%3d"),
        ("?%24skiptoken=m~A|B!(c)*;,:@[]{}^`\\\\+%7E%61", "?%24skiptoken=m~A|B!(c)*;,:@[]{}^`\\+%7E%61"),
        (
            "?$filter=startsWith(displayName,'O''Brien') and a eq \\\"b\\\"",
            "?$filter=startsWith(displayName,%27O%27%27Brien%27)%20and%20a%20eq%20%22b%22",
        ),
        ("/x%2Fy?a=é\\u0026b=\\u00e9", "/x%2Fy?a=%C3%A9&b=%C3%A9"),
    ];
    let server = Server::start(|seen, number| {
        let Some((link, _)) = LINKS.get(number) else { return json(r#"{"value":[]}"#) };
        let host = seen.header("host").unwrap();
        json(&format!(r#"{{"value":[],"@odata.nextLink":"http://{host}/v1.0/users{link}"}}"#))
    });
    let client = client(&server);
    let mut pages = client.pages("/users", &[]);
    while pages.next().await.unwrap().is_some() {}
    let targets: Vec<_> = server.seen().into_iter().skip(1).map(|seen| seen.target).collect();
    let wanted: Vec<_> = LINKS.iter().map(|(_, sent)| format!("/v1.0/users{sent}")).collect();
    assert_eq!(targets, wanted);
}

#[tokio::test]
async fn a_next_link_that_was_read_before_ends_the_paging() {
    let server = Server::start(|seen, number| {
        let host = seen.header("host").unwrap();
        json(&format!(r#"{{"value":[],"@odata.nextLink":"http://{host}/v1.0/users?page={}"}}"#, number % 2))
    });
    let client = client(&server);
    let mut pages = client.pages("/users", &[]);
    for _ in 0..3 {
        assert!(pages.next().await.unwrap().is_some());
    }
    let error = pages.next().await.unwrap_err();
    assert_eq!((error.kind(), server.seen().len()), (ErrorKind::RepeatedNextLink, 3));

    // The first page counts too.
    let server = Server::start(|seen, _| {
        let host = seen.header("host").unwrap();
        json(&format!(r#"{{"value":[],"@odata.nextLink":"http://{host}/v1.0/users"}}"#))
    });
    let client = super::client(&server);
    let mut pages = client.pages("/users", &[]);
    assert!(pages.next().await.unwrap().is_some());
    assert_eq!(pages.next().await.unwrap_err().kind(), ErrorKind::RepeatedNextLink);
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn an_expired_page_token_is_told_as_that_and_not_tried_again() {
    let server = Server::start(|_, _| {
        answer(400, &[], r#"{"error":{"code":"Directory_ExpiredPageToken","message":"expired"}}"#)
    });
    let client = client(&server);
    let error = client.pages("/users?$skiptoken=x", &[]).next().await.unwrap_err();
    assert_eq!((error.kind(), server.seen().len()), (ErrorKind::ExpiredPageToken, 1));
}

#[tokio::test]
async fn json_that_is_no_page_is_not_taken_for_an_empty_one() {
    for body in ["[[],null,null]", " [[]]", "[]", "{}", "null", "\"value\"", "{\"value\":[[1]]}"] {
        let server = Server::start(move |_, _| json(body));
        let error = client(&server).pages("/groups", &[]).next().await.expect_err(body);
        assert_eq!(error.kind(), ErrorKind::Malformed, "{body}");
    }
}

#[tokio::test]
async fn a_large_page_is_split_into_its_objects() {
    let objects: Vec<_> =
        (0..999).map(|number| format!(r#"{{"id":"{number}","name":"{}é"}}"#, "x".repeat(1000))).collect();
    let body = format!(r#"{{"value":[{}]}}"#, objects.join(" ,\n"));
    let server = Server::start(move |_, _| json(&body));
    let client = client(&server);
    let page = client.pages("/users", &[]).next().await.unwrap().unwrap();
    assert_eq!(page.objects().len(), 999);
    assert!(page.objects().eq(objects.iter().map(String::as_str)));
}

#[tokio::test]
async fn a_count_is_read_from_plain_text() {
    let server = Server::start(|_, _| answer(200, &["Content-Type: text/plain"], "\u{feff}1234567"));
    let client = client(&server);
    assert_eq!(client.count("/users/$count").await.unwrap(), 1_234_567);
    let seen = &server.seen()[0];
    assert_eq!(
        (seen.target.as_str(), seen.header("consistencylevel")),
        ("/v1.0/users/$count", Some("eventual"))
    );

    let server = Server::start(|_, _| answer(200, &[], "many"));
    let error = super::client(&server).count("/users/$count").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Malformed, 6));
}

#[tokio::test]
async fn one_object_is_handed_on_as_received() {
    let server =
        Server::start(|_, _| answer(200, &["Date: Sun, 22 Nov 2026 06:00:00 GMT"], r#"{ "id" : "a" }"#));
    let answer = client(&server).get("/users/a?$select=id").await.unwrap();
    assert_eq!(answer.text(), r#"{ "id" : "a" }"#);
    assert_eq!(answer.read_at().to_string(), "2026-11-22T06:00:00Z");

    let server = Server::start(|_, _| json(r#"["a"]"#));
    assert_eq!(client(&server).get("/users/a").await.unwrap_err().kind(), ErrorKind::Malformed);
}

#[tokio::test]
async fn a_compressed_page_is_read_and_counted_in_full() {
    // `{"value":[{"id":"zipped"}]}`, compressed with gzip.
    const ZIPPED: &[u8] = &[
        0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xab, 0x56, 0x2a, 0x4b, 0xcc, 0x29, 0x4d,
        0x55, 0xb2, 0x8a, 0xae, 0x56, 0xca, 0x4c, 0x51, 0xb2, 0x52, 0xaa, 0xca, 0x2c, 0x28, 0x48, 0x4d, 0x51,
        0xaa, 0x8d, 0xad, 0x05, 0x00, 0xff, 0x9e, 0xa1, 0x69, 0x1b, 0x00, 0x00, 0x00,
    ];
    let server = Server::start(|_, _| {
        let mut bytes = format!(
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
            ZIPPED.len()
        )
        .into_bytes();
        bytes.extend_from_slice(ZIPPED);
        bytes
    });
    let client = client(&server);
    let page = client.pages("/users", &[]).next().await.unwrap().unwrap();
    assert!(page.objects().eq([r#"{"id":"zipped"}"#]));
    assert_eq!(client.usage().bytes, 27);
}

#[tokio::test]
async fn pages_can_be_read_in_a_task_of_their_own() {
    fn shared<T: Send + Sync>(thing: T) -> T {
        thing
    }
    let server = Server::start(|_, _| json(r#"{"value":[{}]}"#));
    let client = shared(client(&server));
    let task = tokio::spawn(async move { shared(client.pages("/users", &[])).next().await });
    let page = shared(task.await.unwrap()).unwrap().unwrap();
    assert_eq!(shared(page).objects().len(), 1);
}

#[tokio::test]
async fn empty_pages_without_end_end_the_paging() {
    let server = Server::start(|seen, number| {
        let host = seen.header("host").unwrap();
        json(&format!(r#"{{"value":[],"@odata.nextLink":"http://{host}/v1.0/users?page={number}"}}"#))
    });
    let client = client(&server);
    let mut pages = client.pages("/users", &[]);
    let error = loop {
        match pages.next().await {
            Ok(page) => assert!(page.is_some(), "there is always one more"),
            Err(error) => break error,
        }
    };
    assert_eq!((error.kind(), server.seen().len()), (ErrorKind::RepeatedNextLink, 101));
}
