//! Promises 1 and 5: it only reads, and the token goes to the configured Graph origin only.

use super::server::{Server, answer, json};
use super::{SECRET, TENANT, TOKEN, client, from_environment, settings};
use crate::graph::{Client, Endpoint, ErrorKind};

#[tokio::test]
async fn a_next_link_to_another_origin_is_not_requested() {
    let elsewhere = Server::start(|_, _| json(r#"{"value":[{"id":"stolen"}]}"#));
    let foreign = elsewhere.origin();
    for link in [
        format!("{foreign}/v1.0/users?$skiptoken=hunter4"),
        "https://{host}/v1.0/users".to_owned(),
        "http://localhost:{port}/v1.0/users".to_owned(),
        "http://{host}@evil.example/v1.0/users".to_owned(),
        "http://evil.example\\\\@{host}/v1.0/users".to_owned(),
        "file:///etc/passwd".to_owned(),
    ] {
        let text = link.clone();
        let server = Server::start(move |seen, _| {
            let host = seen.header("host").unwrap();
            let link = text.replace("{host}", host).replace("{port}", host.split(':').nth(1).unwrap());
            json(&format!(r#"{{"value":[{{"id":"a"}}],"@odata.nextLink":"{link}"}}"#))
        });
        let client = client(&server);
        let mut pages = client.pages("/users", &[]);
        assert_eq!(pages.next().await.unwrap().unwrap().objects().len(), 1, "the page itself is good");
        let error = pages.next().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ForeignNextLink, "{link}");
        assert!(!error.to_string().contains("hunter"), "{error}");
        assert_eq!((server.seen().len(), client.usage().requests, pages.read()), (1, 1, 1), "{link}");
    }
    assert!(elsewhere.seen().is_empty(), "the token went elsewhere");
}

#[tokio::test]
async fn a_next_link_beside_the_root_is_not_requested() {
    for path in ["/beta/users", "/v1.0/../beta/users", "/v1.0/%2e%2e/x", "/"] {
        let server = Server::start(move |seen, _| {
            let host = seen.header("host").unwrap();
            json(&format!(r#"{{"value":[],"@odata.nextLink":"http://{host}{path}"}}"#))
        });
        let client = client(&server);
        let mut pages = client.pages("/users", &[]);
        pages.next().await.unwrap();
        assert_eq!(pages.next().await.unwrap_err().kind(), ErrorKind::NotAllowed, "{path}");
        assert_eq!(server.seen().len(), 1, "{path}");
    }
    let server = Server::start(|seen, _| {
        let host = seen.header("host").unwrap();
        json(&format!(r#"{{"value":[],"@odata.nextLink":"http://me:pw@{host}/v1.0/users"}}"#))
    });
    let client = client(&server);
    let mut pages = client.pages("/users", &[]);
    pages.next().await.unwrap();
    assert_eq!(pages.next().await.unwrap_err().kind(), ErrorKind::NotAllowed);
}

#[tokio::test]
async fn a_path_that_leaves_the_root_is_not_requested() {
    let server = Server::start(|_, _| json("{}"));
    let client = client(&server);
    for path in ["/../beta/users", "@evil.example/users", ".evil.example/users", "", "/"] {
        assert_eq!(client.get(path).await.unwrap_err().kind(), ErrorKind::NotAllowed, "{path}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Server::start(|_, _| json(r#"{"value":[]}"#));
    let location = format!("Location: {}/v1.0/users", elsewhere.origin());
    for status in [301, 302, 303, 307, 308] {
        let location = location.clone();
        let server = Server::start(move |_, _| answer(status, &[&location], ""));
        let error = client(&server).pages("/users", &[]).next().await.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Malformed, Some(status)));
        assert!(error.to_string().contains("redirect") && server.seen().len() == 1, "{error}");
    }
    assert!(elsewhere.seen().is_empty());
}

#[tokio::test]
async fn a_token_that_was_got_elsewhere_is_not_renewed() {
    let body = r#"{"error":{"code":"InvalidAuthenticationToken","message":"Lifetime validation failed."}}"#;
    let server = Server::start(move |_, _| answer(401, &[], body));
    let error = client(&server).get("/users").await.unwrap_err();
    assert_eq!((error.kind(), server.seen().len()), (ErrorKind::Unauthorized, 1));
    assert!(error.hint().is_some_and(|hint| hint.contains("TOLLGATE_ACCESS_TOKEN")));
}

#[test]
fn plain_http_is_read_with_a_ready_token_only() {
    let endpoint = Endpoint::custom("http://127.0.0.1:9/v1.0", Some("https://login.example"), None).unwrap();
    let variables = [("AZURE_CLIENT_ID", "c"), ("AZURE_CLIENT_SECRET", SECRET), ("AZURE_TENANT_ID", TENANT)];
    for variables in [&variables[..], &[]] {
        let (credential, _) = from_environment(&endpoint, &settings(), variables).unwrap();
        let error = Client::new(endpoint.clone(), credential, &settings()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.hint().unwrap().contains("TOLLGATE_ACCESS_TOKEN"), "{error}");
    }
}

#[tokio::test]
async fn an_endpoint_made_by_hand_gets_no_token_over_plain_http_either() {
    let mut endpoint = Endpoint::of(crate::graph::Cloud::Global).unwrap();
    endpoint.graph.set_host(Some("graph.invalid")).unwrap();
    endpoint.graph = endpoint.graph.as_str().replace("https", "http").parse().unwrap();
    let (credential, _) =
        from_environment(&endpoint, &settings(), &[("TOLLGATE_ACCESS_TOKEN", TOKEN)]).unwrap();
    let client = Client::new(endpoint, credential, &settings()).unwrap();
    assert_eq!(client.get("/users").await.unwrap_err().kind(), ErrorKind::NotAllowed);
}

#[tokio::test]
async fn nothing_that_can_be_printed_holds_a_secret() {
    let server = Server::start(|_, _| answer(401, &[], r#"{"error":{"code":"InvalidAuthenticationToken"}}"#));
    let client = client(&server);
    client.sign_in().await.unwrap();
    let error = client.get("/users").await.unwrap_err();
    let pages = client.pages("/users", &[]);
    let endpoint = Endpoint::of(crate::graph::Cloud::Global).unwrap();
    let variables = [("AZURE_CLIENT_ID", "c"), ("AZURE_CLIENT_SECRET", SECRET), ("AZURE_TENANT_ID", TENANT)];
    let (credential, choice) = from_environment(&endpoint, &settings(), &variables).unwrap();
    let unsendable = [("TOLLGATE_ACCESS_TOKEN", "token-hunter2\nX-Header: y")];
    let (bad, _) = from_environment(client.endpoint(), &settings(), &unsendable).unwrap();
    let bad = Client::new(client.endpoint().clone(), bad, &settings()).unwrap();
    let unsent = bad.get("/users").await.unwrap_err();
    assert_eq!(unsent.kind(), ErrorKind::NotAllowed);
    let printed = format!(
        "{client:?} {client:#?} {error:?} {error} {:?} {pages:?} {credential:?} {credential:#?} {choice:?} {:?} {:?} \
         {unsent:?} {unsent}",
        error.hint(),
        settings(),
        client.usage(),
    );
    assert!(!printed.contains("hunter"), "{printed}");
}
