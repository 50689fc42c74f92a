//! What is asked again, how long is waited, and when it is enough.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Mutex, mpsc};
use std::time::Duration;

use super::server::{Server, answer, json, kept};
use super::{client, client_with, settings};
use crate::graph::{ErrorKind, Fault, Settings};

const EMPTY: &str = r#"{"value":[]}"#;

#[tokio::test]
async fn passing_failures_are_asked_again() {
    const STATUSES: [u16; 6] = [429, 503, 502, 504, 500, 509];
    for status in STATUSES {
        let server =
            Server::start(
                move |_, number| {
                    if number < 2 { answer(status, &["Retry-After: 7"], "") } else { json(EMPTY) }
                },
            );
        let client = client(&server);
        assert!(client.pages("/users", &[]).next().await.unwrap().is_some(), "{status}");
        let usage = client.usage();
        assert_eq!((usage.requests, usage.retries), (3, 2), "{status}");
        assert_eq!(usage.throttled.as_secs(), 14, "{status}");
    }
}

#[tokio::test]
async fn lasting_failures_are_not() {
    for (status, kind) in [
        (400, ErrorKind::Unsupported),
        (401, ErrorKind::Unauthorized),
        (403, ErrorKind::Denied),
        (404, ErrorKind::NotFound),
        (501, ErrorKind::Server),
        (204, ErrorKind::Server),
    ] {
        let server = Server::start(move |_, _| answer(status, &["request-id: r-1"], ""));
        let error = client(&server).get("/users/1?$select=id").await.unwrap_err();
        assert_eq!((error.kind(), error.status(), error.attempts()), (kind, Some(status), 1));
        assert_eq!((error.request_id(), error.path()), (Some("r-1"), "/users/1"));
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn attempts_are_limited() {
    let server =
        Server::start(|_, _| answer(429, &[], r#"{"error":{"code":"TooManyRequests","message":"Wait."}}"#));
    let settings = Settings { attempts: 3, ..settings() };
    let error = client_with(&server, &settings).get("/users").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), server.seen().len()), (ErrorKind::Throttled, 3, 3));
    assert_eq!(error.to_string(), "read /users: HTTP 429 TooManyRequests, Wait. (3 attempts)");
}

#[tokio::test]
async fn a_wait_that_is_longer_than_the_patience_ends_at_once() {
    let server = Server::start(|_, number| {
        answer(429, &[if number == 0 { "Retry-After: 290" } else { "Retry-After: 11" }], "")
    });
    let client = client(&server);
    let error = client.get("/users").await.unwrap_err();
    assert_eq!((error.kind(), server.seen().len()), (ErrorKind::Throttled, 2));
    assert!(
        error.to_string().contains("11 s away") && error.to_string().contains("10 s of waiting"),
        "{error}"
    );
    assert_eq!(client.usage().throttled.as_secs(), 290);
}

#[tokio::test]
async fn an_answer_that_is_not_a_page_is_asked_for_again_and_never_taken_for_an_empty_one() {
    let bad: [Vec<u8>; 12] = [
        json(""),
        json("<html>sign in to the proxy</html>"),
        json(r#"{"value":[{"id":"a"},{"id"#),
        json("{}"),
        json(r#"{"value":null}"#),
        json(r#"{"value":{}}"#),
        json(r#"{"value":[1]}"#),
        json(r#"{"value":[null]}"#),
        json(r#"{"value":[],"value":[]}"#),
        json(r#"{"error":{"code":"x"}}"#),
        json(r#"{"value":[]} trailing"#),
        answer(200, &[], "{\"value\":[{\"id\":\"\u{0}\"}]}")
            .into_iter()
            .map(|b| if b == 0 { 0xff } else { b })
            .collect(),
    ];
    for bad in bad {
        let shown = String::from_utf8_lossy(&bad).into_owned();
        let first = bad.clone();
        let server = Server::start(move |_, number| if number == 0 { first.clone() } else { json(EMPTY) });
        let page = client(&server).pages("/users", &[]).next().await.unwrap().unwrap();
        assert_eq!((page.objects().len(), server.seen().len()), (0, 2), "{shown}");

        let server = Server::start(move |_, _| bad.clone());
        let client = client(&server);
        let mut pages = client.pages("/users?$select=id", &[]);
        let error = pages.next().await.unwrap_err();
        assert_eq!((error.kind(), error.attempts(), pages.read()), (ErrorKind::Malformed, 6, 0), "{shown}");
    }
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_asked_for_again() {
    let whole = json(r#"{"value":[{"id":"a"}]}"#);
    let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"val".to_vec();
    let broken = [
        Vec::new(),
        b"HTTP/1.1 2".to_vec(),
        whole[..whole.len() - 3].to_vec(),
        chunked,
        b"nonsense\r\n\r\n".to_vec(),
    ];
    for broken in broken {
        let shown = String::from_utf8_lossy(&broken).into_owned();
        let first = broken.clone();
        let server = Server::start(move |_, number| if number == 0 { first.clone() } else { json(EMPTY) });
        assert!(client(&server).pages("/users", &[]).next().await.unwrap().is_some(), "{shown}");
        assert_eq!(server.seen().len(), 2, "{shown}");

        let server = Server::start(move |_, _| broken.clone());
        let error = client(&server).pages("/users?$skiptoken=x", &[]).next().await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport(Fault::Broken), 6), "{shown}");
        assert!(error.message().is_some_and(|text| text.contains(": ")), "the cause is told: {error}");
        assert!(!error.to_string().contains("skiptoken"), "{error}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_as_that() {
    let server = Server::start(|_, _| Vec::new());
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let graph = server.graph().replace(&server.origin(), &format!("http://{gone}"));
    let settings = Settings { attempts: 2, ..settings() };
    let endpoint = crate::graph::Endpoint::custom(&graph, None, None).unwrap();
    let token = [("TOLLGATE_ACCESS_TOKEN", super::TOKEN)];
    let (credential, _) = super::from_environment(&endpoint, &settings, &token).unwrap();
    let client = crate::graph::Client::new(endpoint, credential, &settings).unwrap();
    let error = client.get("/users").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport(Fault::Refused), 2));
    assert!(error.hint().is_some_and(|hint| hint.contains("proxy")), "{error}");
}

#[tokio::test]
async fn an_answer_that_does_not_come_ends_in_time() {
    let (release, held) = mpsc::channel::<()>();
    let held = Mutex::new(held);
    let server = Server::start(move |_, _| {
        // Until the test has its answer, and lets go.
        let _ = held.lock().unwrap().recv();
        Vec::new()
    });
    let settings = Settings { attempts: 1, request_timeout: Duration::from_millis(20), ..settings() };
    let error = client_with(&server, &settings).get("/users").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport(Fault::TimedOut));
    drop(release);
}

#[tokio::test]
async fn a_throttled_request_holds_back_the_others() {
    let server = Server::start(|seen, number| match number {
        0 => answer(429, &["Retry-After: 60"], ""),
        _ if seen.target == "/v1.0/groups" => answer(429, &["Retry-After: 250"], ""),
        _ => json(EMPTY),
    });
    // One at a time, so that the second request has its turn during the pause that the first one met.
    let settings = Settings { concurrency: 1, ..settings() };
    let client = client_with(&server, &settings);
    let (first, second) = tokio::join!(biased; client.get("/users"), client.get("/groups"));
    first.unwrap();
    // It would have had 300 s left, had it not waited 60 s (and the little that the test itself takes).
    let error = second.unwrap_err().to_string();
    assert!(error.contains("only 240 s") || error.contains("only 239 s"), "{error}");
    let usage = client.usage();
    assert_eq!((usage.requests, usage.retries, usage.throttled.as_secs()), (3, 1, 60));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_more_requests_are_under_way_than_agreed() {
    let together = Barrier::new(3);
    let (active, most) = (AtomicUsize::new(0), Arc::new(AtomicUsize::new(0)));
    let highest = Arc::clone(&most);
    let server = Server::start(move |_, _| {
        highest.fetch_max(active.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        // Three must be here at once, or nobody goes on.
        together.wait();
        active.fetch_sub(1, Ordering::SeqCst);
        json(EMPTY)
    });
    let settings = Settings { concurrency: 3, attempts: 1, ..settings() };
    let client = client_with(&server, &settings);
    let reads: Vec<_> = (0..12)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.get("/users").await.map(drop) })
        })
        .collect();
    for read in reads {
        read.await.unwrap().unwrap();
    }
    assert_eq!(most.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn throttling_halves_the_requests_under_way_and_successes_give_them_back() {
    for status in [429, 503] {
        let server =
            Server::start(
                move |_, number| {
                    if number == 0 { answer(status, &["Retry-After: 1"], "") } else { json(EMPTY) }
                },
            );
        let client = client_with(&server, &Settings { concurrency: 8, ..settings() });
        assert_eq!(client.lanes(), 8);
        client.get("/users").await.unwrap();
        assert_eq!(client.lanes(), 4, "{status}");
        for _ in 0..19 {
            client.get("/users").await.unwrap();
        }
        assert_eq!(client.lanes(), 5, "{status}");
    }
    // A failure of one request is no reason for the others to slow down.
    let server = Server::start(|_, number| if number == 0 { answer(502, &[], "") } else { json(EMPTY) });
    let client = client_with(&server, &Settings { concurrency: 8, ..settings() });
    client.get("/users").await.unwrap();
    assert_eq!(client.lanes(), 8);
}

#[tokio::test]
async fn requests_keep_to_the_units_that_were_agreed() {
    let server = Server::start(|_, _| answer(200, &["x-ms-resource-unit: 5"], "{}"));
    let settings = Settings { units_per_10_seconds: Some(10), concurrency: 1, ..settings() };
    let client = client_with(&server, &settings);
    for _ in 0..6 {
        client.get("/users").await.unwrap();
    }
    let usage = client.usage();
    assert_eq!((usage.requests, usage.resource_units, usage.retries), (6, 30, 0));
    assert!((19..=20).contains(&usage.paced.as_secs()), "two requests in ten seconds: {usage:?}");
    assert_eq!(usage.throttled, Duration::ZERO);
}

#[tokio::test]
async fn an_absurd_wait_ends_the_request_at_once_and_says_so() {
    let server = Server::start(|_, _| answer(503, &["Retry-After: 99999999"], ""));
    let client = client(&server);
    let error = client.get("/users").await.unwrap_err();
    assert_eq!((error.status(), error.attempts(), server.seen().len()), (Some(503), 1, 1));
    assert!(error.to_string().contains("99999999 s away, and only 300 s of waiting are left"), "{error}");
    assert_eq!(client.usage().throttled, Duration::ZERO);
}

#[tokio::test]
async fn a_request_that_gives_up_leaves_the_others_waiting() {
    let server = Server::start(
        |_, number| {
            if number == 0 { answer(429, &["Retry-After: 60"], "") } else { json(EMPTY) }
        },
    );
    let client = client_with(&server, &Settings { attempts: 1, ..settings() });
    assert_eq!(client.get("/users").await.unwrap_err().kind(), ErrorKind::Throttled);
    assert_eq!(client.usage().throttled.as_secs(), 60);
    client.get("/groups").await.unwrap();
}

#[tokio::test]
async fn an_overloaded_server_is_asked_again_over_a_new_connection() {
    let server = Server::start(|_, number| match number {
        1 => kept(503, &["Retry-After: 1"], ""),
        3 => kept(502, &["Retry-After: 1"], ""),
        _ => kept(200, &[], EMPTY),
    });
    let client = client(&server);
    for _ in 0..3 {
        client.get("/users").await.unwrap();
    }
    let connections: Vec<_> = server.seen().iter().map(|seen| seen.connection).collect();
    assert_eq!(connections, [0, 0, 1, 0, 0], "only the attempt after the 503 is on another");
}
