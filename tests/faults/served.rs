//! The faults themselves, seen from a bare connection: they are what they are called, and the next answer is right.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::{Value, json};
use tollgate::sim::{self, LabVariant, Options, Tenant};

/// Serves the lab with a fault, and sends the same GET twice, each on a connection of its own.
fn twice(fault: &str, path: &str) -> [String; 2] {
    send_twice(fault, "GET", path, "")
}

fn send_twice(fault: &str, method: &str, path: &str, body: &str) -> [String; 2] {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let faults = vec![fault.parse().unwrap()];
    let directory = Tenant::Lab(LabVariant::Done).directory();
    let options = Options { plain_http: true, faults, ..Options::default() };
    let server = runtime.block_on(sim::serve(directory, options)).unwrap();
    let request = format!(
        "{method} /v1.0{path} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nConsistencyLevel: eventual\r\n\
         Content-Length: {}\r\n\r\n{body}",
        server.address(),
        server.access_token(),
        body.len()
    );
    let answers = [(), ()].map(|()| {
        let mut connection = TcpStream::connect(server.address()).unwrap();
        connection.write_all(request.as_bytes()).unwrap();
        let (mut answer, mut buffer) = (String::new(), [0; 4096]);
        // Until the answer is whole, or the connection has ended.
        while !is_whole(&answer)
            && let Ok(read @ 1..) = connection.read(&mut buffer)
        {
            answer.push_str(&String::from_utf8_lossy(&buffer[..read]));
        }
        answer
    });
    assert_eq!(server.faults().into_values().sum::<u64>(), 1, "{fault}");
    answers
}

fn is_whole(answer: &str) -> bool {
    let length = header(answer, "content-length").and_then(|length| length.parse().ok());
    answer.contains("\r\n\r\n") && length.is_some_and(|length: usize| parts(answer).1.len() >= length)
}

/// The status line and headers, and the body.
fn parts(answer: &str) -> (&str, &str) {
    answer.split_once("\r\n\r\n").unwrap_or((answer, ""))
}

fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let lines = parts(answer).0.lines().filter_map(|line| line.split_once(": "));
    lines.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
}

/// The answer to the request when nothing goes wrong.
fn right(path: &str) -> String {
    parts(&twice("429#1", path)[1]).1.to_owned()
}

const USERS: &str = "/users?$select=id,displayName&$top=3";

#[test]
fn a_refusal_passes_and_may_say_when() {
    let [first, second] = twice("429:retry-after=7#1", USERS);
    assert!(first.starts_with("HTTP/1.1 429 ") && first.contains("\"TooManyRequests\""), "{first}");
    assert_eq!(header(&first, "retry-after"), Some("7"));
    assert!(second.starts_with("HTTP/1.1 200 ") && second.contains("@odata.nextLink"), "{second}");
    let [first, _] = twice("504-html#1", USERS);
    assert!(first.starts_with("HTTP/1.1 504 ") && first.contains("<html>"), "{first}");
    let [first, _] = twice("retry-after-years#1", USERS);
    assert_eq!(header(&first, "retry-after"), Some("3155760000"));
    let [first, _] = twice("deny:users#1", USERS);
    assert!(first.starts_with("HTTP/1.1 403 ") && first.contains("Authorization_RequestDenied"), "{first}");
}

#[test]
fn connections_break_before_an_answer_or_in_its_middle() {
    let right = right("/users/$count");
    let [first, second] = twice("reset#1", "/users/$count");
    assert_eq!((first.as_str(), parts(&second).1), ("", right.as_str()));
    for path in ["/users/$count", "/subscribedSkus"] {
        let [first, second] = twice("truncate#1", path);
        let whole: usize = header(&first, "content-length").unwrap().parse().unwrap();
        assert_eq!(parts(&second).1.len(), whole, "{path}: the length was that of the whole");
        assert!(parts(&first).1.len() < whole && parts(&first).1.len() <= whole / 2, "{path}: {first}");
        assert!(parts(&second).1.starts_with(parts(&first).1));
    }
}

#[test]
fn bodies_that_are_none() {
    let [first, second] = twice("empty-body#1", USERS);
    assert!(first.starts_with("HTTP/1.1 200 ") && parts(&first).1.is_empty(), "{first}");
    assert!(!parts(&second).1.is_empty());
    let [first, _] = twice("garbage#1", USERS);
    assert!(first.starts_with("HTTP/1.1 200 ") && header(&first, "content-type").unwrap().contains("json"));
    assert!(serde_json::from_str::<Value>(parts(&first).1).is_err());
}

#[test]
fn an_empty_page_has_the_objects_behind_its_link() {
    let [first, second] = twice("empty-page#1", USERS);
    let page: Value = serde_json::from_str(parts(&first).1).unwrap();
    assert_eq!(page["value"], json!([]));
    let link = page["@odata.nextLink"].as_str().unwrap();
    assert!(link.ends_with("/v1.0/users?$select=id,displayName&$top=3&behind-empty=1"), "{link}");
    let page: Value = serde_json::from_str(parts(&second).1).unwrap();
    assert_eq!(page["value"].as_array().unwrap().len(), 3);
}

#[test]
fn links_that_lead_astray() {
    let [first, _] = twice("foreign-link:to=https://elsewhere.example#1", USERS);
    assert!(first.contains("\"https://elsewhere.example/v1.0/users?$skiptoken="), "{first}");
    let [first, _] = twice("repeated-link#1", USERS);
    assert!(first.contains("/v1.0/users?$select=id,displayName&$top=3\""), "{first}");
}

#[test]
fn an_item_of_a_batch_fails_alone() {
    let items = ["/organization", "/groups?$select=id", "/subscribedSkus"].iter().enumerate();
    let items: Vec<_> =
        items.map(|(id, url)| json!({"id": id.to_string(), "method": "GET", "url": url})).collect();
    let batch = json!({"requests": items}).to_string();
    let statuses = |answer: &str| {
        let answer: Value = serde_json::from_str(parts(answer).1).unwrap();
        let responses = answer["responses"].as_array().unwrap().iter();
        let mut statuses: Vec<_> =
            responses.map(|item| (item["id"].as_str().unwrap().to_owned(), item["status"].clone())).collect();
        statuses.sort_by(|one, other| one.0.cmp(&other.0));
        statuses.into_iter().map(|(_, status)| status).collect::<Vec<_>>()
    };
    let [first, second] = send_twice("429:groups:retry-after=3#1", "POST", "/$batch", &batch);
    assert!(first.starts_with("HTTP/1.1 200 ") && first.contains("\"Retry-After\":\"3\""), "{first}");
    assert_eq!(statuses(&first), [200, 429, 200]);
    assert_eq!(statuses(&second), [200, 200, 200]);
    let [first, second] = send_twice("reset#1", "POST", "/$batch", &batch);
    assert_eq!((first.as_str(), statuses(&second).len()), ("", 3));
}
