//! Getting tokens: the environment, the sign-in service, the Azure CLI, and trust.

use std::fs;
use std::path::PathBuf;

use super::server::{Seen, Server, answer, json};
use super::{SECRET, TENANT, TOKEN, from_environment, settings};
use crate::graph::{AuthMethod, Client, Cloud, Credential, Endpoint, ErrorKind, Fault, GraphError, Settings};

const EMPTY: &str = r#"{"value":[]}"#;
const VARIABLES: [(&str, &str); 3] =
    [("AZURE_CLIENT_ID", "client-1"), ("AZURE_CLIENT_SECRET", SECRET), ("AZURE_TENANT_ID", TENANT)];

fn token(text: &str, lifetime: u32) -> Vec<u8> {
    json(&format!(r#"{{"token_type":"Bearer","expires_in":{lifetime},"access_token":"{text}"}}"#))
}

fn is_token_request(seen: &Seen) -> bool {
    seen.target.ends_with("/token")
}

/// A client that signs in with a secret at the server itself.
fn client(server: &Server, trusted: bool) -> Result<Client, GraphError> {
    let settings = Settings { ca_file: trusted.then(|| server.ca_file()), ..settings() };
    let endpoint = Endpoint::custom(&server.graph(), Some(&server.origin()), None).unwrap();
    let (credential, choice) = from_environment(&endpoint, &settings, &VARIABLES)?;
    assert_eq!(choice.method, AuthMethod::Secret);
    Client::new(endpoint, credential, &settings)
}

fn token_requests(server: &Server) -> usize {
    server.seen().iter().filter(|seen| is_token_request(seen)).count()
}

#[tokio::test]
async fn a_secret_gets_one_token_for_many_requests() {
    let server =
        Server::start_tls(|seen, _| if is_token_request(seen) { token(TOKEN, 3599) } else { json(EMPTY) });
    let client = client(&server, true).unwrap();
    client.sign_in().await.unwrap();
    for _ in 0..3 {
        client.get("/users").await.unwrap();
    }
    let seen = server.seen();
    assert_eq!((seen.len(), token_requests(&server)), (4, 1));
    let asked = &seen[0];
    assert_eq!((asked.method.as_str(), &*asked.target), ("POST", &*format!("/{TENANT}/oauth2/v2.0/token")));
    assert_eq!(asked.header("authorization"), None);
    assert!(asked.header("user-agent").unwrap().starts_with("tollgate/"));
    assert!(asked.body.contains("client_secret=secret%2Bhunter3%3D%26"), "{}", asked.body);
    assert!(asked.body.contains("scope=https%3A%2F%2Flocalhost%3A"), "{}", asked.body);
    assert!(seen[1..].iter().all(|seen| seen.header("authorization") == Some(&*format!("Bearer {TOKEN}"))));
    assert_eq!(client.usage().requests, 3, "the figures are about Graph only");
}

#[tokio::test]
async fn a_wrong_secret_is_told_after_one_request() {
    let server = Server::start_tls(|_, _| {
        answer(
            401,
            &["Content-Type: application/json"],
            r#"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid \"secret\" of Ada",
                "error_codes":[7000215],"trace_id":"t-1","correlation_id":"c-1"}"#,
        )
    });
    let error = client(&server, true).unwrap().sign_in().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts(), server.seen().len()), (ErrorKind::SignIn, 1, 1));
    assert_eq!(error.to_string(), "sign in: HTTP 401 invalid_client AADSTS7000215 (request-id t-1)");
    assert!(error.hint().is_some_and(|hint| hint.contains("AZURE_CLIENT_SECRET")));
    assert!(!format!("{error:?}").contains("Ada"));
}

#[tokio::test]
async fn a_busy_sign_in_service_is_asked_again() {
    let server = Server::start_tls(|seen, number| match number {
        0 => answer(503, &["Retry-After: 3"], "<html>"),
        1 => answer(400, &[], r#"{"error":"temporarily_unavailable","error_codes":[90024]}"#),
        2 => Vec::new(),
        _ if is_token_request(seen) => token(TOKEN, 3599),
        _ => json(EMPTY),
    });
    let client = client(&server, true).unwrap();
    client.get("/users").await.unwrap();
    assert_eq!(token_requests(&server), 4);

    let server = Server::start_tls(|_, _| answer(500, &[], ""));
    let error = super::signing_in::client(&server, true).unwrap().sign_in().await.unwrap_err();
    assert_eq!((error.kind(), error.status(), error.attempts()), (ErrorKind::SignIn, Some(500), 6));
}

#[tokio::test]
async fn an_answer_without_a_token_is_a_failed_sign_in() {
    for body in ["<html>token-hunter2</html>", r#"{"access_token":"token-hunter2","expires_in":"soon"}"#] {
        let server = Server::start_tls(move |_, _| json(body));
        let error = client(&server, true).unwrap().sign_in().await.unwrap_err();
        assert_eq!((error.kind(), server.seen().len()), (ErrorKind::SignIn, 1));
        assert!(!format!("{error:?}").contains("hunter"), "{error:?}");
    }
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let refusal = r#"{"error":{"code":"InvalidAuthenticationToken","message":"expired"}}"#;
    let server = Server::start_tls(move |seen, number| {
        if is_token_request(seen) {
            token(&format!("token-{number}"), 3599)
        } else if seen.header("authorization") == Some("Bearer token-0") {
            answer(401, &[], refusal)
        } else {
            json(EMPTY)
        }
    });
    let good = client(&server, true).unwrap();
    good.get("/users").await.unwrap();
    good.get("/users").await.unwrap();
    assert_eq!((server.seen().len(), token_requests(&server)), (5, 2));

    let server = Server::start_tls(move |seen, _| {
        if is_token_request(seen) { token(TOKEN, 3599) } else { answer(401, &[], refusal) }
    });
    let error = client(&server, true).unwrap().get("/users").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Unauthorized, 2));
    assert_eq!((server.seen().len(), token_requests(&server)), (4, 2));
}

#[tokio::test]
async fn a_token_that_has_ended_is_renewed_before_it_is_sent() {
    let server =
        Server::start_tls(|seen, _| if is_token_request(seen) { token(TOKEN, 0) } else { json(EMPTY) });
    let client = client(&server, true).unwrap();
    client.get("/users").await.unwrap();
    client.get("/users").await.unwrap();
    assert_eq!(token_requests(&server), 2);
}

#[tokio::test]
async fn a_certificate_that_is_not_trusted_is_told_at_once() {
    let server = Server::start_tls(|_, _| json(EMPTY));
    let error = client(&server, false).unwrap().sign_in().await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport(Fault::NotTrusted), 1));
    assert!(error.to_string().contains("UnknownIssuer"), "{error}");
    assert!(error.hint().is_some_and(|hint| hint.contains("--ca-file")));

    let endpoint = Endpoint::custom(&server.graph(), None, None).unwrap();
    let ready = [("TOLLGATE_ACCESS_TOKEN", TOKEN)];
    let (credential, _) = from_environment(&endpoint, &settings(), &ready).unwrap();
    let error = Client::new(endpoint, credential, &settings()).unwrap().get("/users").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport(Fault::NotTrusted), 1));
    assert!(server.seen().is_empty());
}

#[test]
fn a_ca_file_must_hold_certificates() {
    let folder = tempfile::tempdir().unwrap();
    let damaged = "-----BEGIN CERTIFICATE-----\nnot base64!\n-----END CERTIFICATE-----\n";
    for (name, content) in
        [("missing", None), ("empty", Some("")), ("text", Some("hello")), ("damaged", Some(damaged))]
    {
        let file: PathBuf = folder.path().join(name);
        if let Some(content) = content {
            fs::write(&file, content).unwrap();
        }
        let settings = Settings { ca_file: Some(file), ..settings() };
        let endpoint = Endpoint::of(Cloud::Global).unwrap();
        let ready = [("TOLLGATE_ACCESS_TOKEN", TOKEN)];
        let (credential, _) = from_environment(&endpoint, &settings, &ready).unwrap();
        let error = Client::new(endpoint, credential, &settings).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{name}");
        assert!(error.to_string().contains(name), "{error}");
    }
}

#[test]
fn the_first_method_that_applies_is_taken() {
    let endpoint = Endpoint::of(Cloud::Global).unwrap();
    let method = |variables: &[(&str, &str)]| {
        from_environment(&endpoint, &settings(), variables).map(|made| made.1.method)
    };
    let token = ("TOLLGATE_ACCESS_TOKEN", TOKEN);
    assert_eq!(method(&[token, VARIABLES[0], VARIABLES[1], VARIABLES[2]]).unwrap(), AuthMethod::Token);
    assert_eq!(method(&VARIABLES).unwrap(), AuthMethod::Secret);
    assert_eq!(method(&[VARIABLES[0], VARIABLES[2], ("AZURE_CLIENT_SECRET", " ")]).unwrap(), AuthMethod::Cli);
    assert_eq!(method(&[]).unwrap(), AuthMethod::Cli);
    for name in AuthMethod::ALL {
        assert_eq!(name.to_string().parse::<AuthMethod>().unwrap(), name);
    }
    assert!("password".parse::<AuthMethod>().unwrap_err().to_string().contains("token, secret, certificate"));
}

#[test]
fn what_is_missing_is_named() {
    let endpoint = Endpoint::of(Cloud::Global).unwrap();
    let ask = |method, variables: &'static [(&str, &str)]| {
        let read = |name: &str| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        Credential::from_environment(method, None, &endpoint, &settings(), &read).unwrap_err()
    };
    let error = ask(Some(AuthMethod::Token), &VARIABLES);
    assert!(error.to_string().contains("TOLLGATE_ACCESS_TOKEN"), "{error}");
    let error = ask(None, &[("AZURE_CLIENT_SECRET", SECRET)]).to_string();
    assert!(error.contains("AZURE_CLIENT_ID and a tenant") && error.contains("AZURE_TENANT_ID"), "{error}");
    assert!(!error.contains("AZURE_CLIENT_SECRET"), "{error}");
    let error = ask(Some(AuthMethod::Secret), &[]).to_string();
    assert!(error.contains("AZURE_CLIENT_ID and AZURE_CLIENT_SECRET and a tenant"), "{error}");
}

#[test]
fn a_tenant_is_checked_before_it_becomes_part_of_a_url() {
    let endpoint = Endpoint::of(Cloud::Global).unwrap();
    for tenant in ["common", "organizations", "consumers", "a.b/../c", "evil.example?x=", "x\u{1b}"] {
        for method in [AuthMethod::Secret, AuthMethod::Cli] {
            let read = |name: &str| {
                VARIABLES.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
            };
            let error =
                Credential::from_environment(Some(method), Some(tenant), &endpoint, &settings(), &read)
                    .unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Configuration);
            assert!(error.to_string().contains("contoso.onmicrosoft.com"), "{error}");
            assert!(!error.to_string().contains('\u{1b}'));
        }
    }
}

#[test]
fn a_graph_of_ones_own_takes_its_authority_from_the_environment() {
    let endpoint = Endpoint::custom("https://graph.example/v1.0", None, None).unwrap();
    let error = from_environment(&endpoint, &settings(), &VARIABLES).unwrap_err().to_string();
    assert!(error.contains("AZURE_AUTHORITY_HOST"), "{error}");
    let with = |host| {
        let variables = [VARIABLES[0], VARIABLES[1], VARIABLES[2], ("AZURE_AUTHORITY_HOST", host)];
        from_environment(&endpoint, &settings(), &variables).map(drop)
    };
    assert!(with("https://login.example/").is_ok());
    assert!(with("http://login.example/").unwrap_err().to_string().contains("https://"));
}
