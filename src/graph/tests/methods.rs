//! The ways of signing in other than with a secret: what each sends, and what it makes of the answers.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use azure_core::base64::decode_url_safe;
use reqwest::Url;
use ring::signature::{KeyPair, RSA_PSS_2048_8192_SHA256, RsaKeyPair, UnparsedPublicKey};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::server::{Seen, Server, answer, json};
use super::{SECRET, TENANT, TOKEN, settings};
use crate::graph::{
    AuthMethod, Choice, Client, Cloud, Credential, Endpoint, ErrorKind, GraphError, Settings,
};

const EMPTY: &str = r#"{"value":[]}"#;
const CERTIFICATE: &str = include_str!("certificate.pem");

fn token(text: &str, lifetime: u32) -> Vec<u8> {
    json(&format!(
        r#"{{"token_type":"Bearer","expires_in":{lifetime},"access_token":"{text}","refresh_token":"refresh-{text}"}}"#
    ))
}

fn is_token_request(seen: &Seen) -> bool {
    seen.method == "POST" && seen.target.ends_with("/oauth2/v2.0/token")
}

/// What was posted as a form.
fn form(seen: &Seen) -> HashMap<String, String> {
    let url = Url::parse(&format!("form:?{}", seen.body)).unwrap();
    url.query_pairs().into_owned().collect()
}

fn choose(
    method: Option<AuthMethod>,
    endpoint: &Endpoint,
    settings: &Settings,
    variables: &[(&str, &str)],
) -> Result<(Credential, Choice), GraphError> {
    let variables: HashMap<_, _> = variables.iter().copied().collect();
    let read = |name: &str| variables.get(name).map(|value| (*value).to_owned());
    Credential::from_environment(method, None, endpoint, settings, &read)
}

fn endpoint(server: &Server) -> Endpoint {
    Endpoint::custom(&server.graph(), Some(&server.origin()), None).unwrap()
}

fn trusting(server: &Server) -> Settings {
    Settings { ca_file: Some(server.ca_file()), ..settings() }
}

/// A client that reads from the server and signs in there by `method`.
fn client(server: &Server, method: AuthMethod, variables: &[(&str, &str)]) -> Result<Client, GraphError> {
    let (credential, choice) = choose(None, &endpoint(server), &trusting(server), variables)?;
    assert_eq!(choice.method, method);
    Client::new(endpoint(server), credential, &trusting(server))
}

fn file(folder: &Path, content: &str) -> PathBuf {
    let file = folder.join("file");
    fs::write(&file, content).unwrap();
    file
}

#[test]
fn the_environment_decides_and_the_reason_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let certificate = file(folder.path(), CERTIFICATE);
    let all = [
        ("TOLLGATE_ACCESS_TOKEN", TOKEN),
        ("AZURE_CLIENT_SECRET", SECRET),
        ("AZURE_CLIENT_CERTIFICATE_PATH", certificate.to_str().unwrap()),
        ("AZURE_FEDERATED_TOKEN_FILE", "/nowhere"),
        ("SYSTEM_OIDCREQUESTURI", "https://dev.example/oidctoken"),
        ("IDENTITY_ENDPOINT", "http://127.0.0.1:1/msi/token"),
        ("AZURE_CLIENT_ID", "client-1"),
        ("AZURE_TENANT_ID", TENANT),
        ("AZURESUBSCRIPTION_CLIENT_ID", "client-2"),
        ("AZURESUBSCRIPTION_TENANT_ID", TENANT),
        ("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID", "connection-1"),
        ("SYSTEM_ACCESSTOKEN", "job-hunter4"),
        ("IDENTITY_HEADER", "header-hunter5"),
        ("MSI_ENDPOINT", "http://127.0.0.1:1/msi"),
    ];
    let endpoint = Endpoint::of(Cloud::Global).unwrap();
    let mut expected = AuthMethod::ALL.into_iter();
    for first in 0..=6 {
        let (credential, choice) = choose(None, &endpoint, &settings(), &all[first..]).unwrap();
        assert_eq!(Some(choice.method), expected.next());
        assert_eq!(credential.method(), choice.method);
        let announced =
            all.get(first).filter(|_| first < 6).map_or("announces nothing else", |(name, _)| *name);
        let pipelines = "the variables of an Azure Pipelines service connection are set";
        assert!(choice.why.contains(announced) || choice.why == pipelines, "{choice:?}");
        let printed = format!("{credential:?} {choice:?}");
        assert!(!printed.contains("hunter"), "{printed}");
    }
    // A part of what Azure Pipelines sets is in every job, also in one that has signed in to the Azure CLI.
    let (_, choice) = choose(None, &endpoint, &settings(), &all[4..5]).unwrap();
    assert_eq!(choice.method, AuthMethod::Cli);
    let (_, choice) = choose(Some(AuthMethod::Cli), &endpoint, &settings(), &all).unwrap();
    assert_eq!((choice.method, choice.why), (AuthMethod::Cli, "it was asked for"));
    let (credential, _) = choose(Some(AuthMethod::Managed), &endpoint, &settings(), &[]).unwrap();
    assert_eq!(credential.method(), AuthMethod::Managed, "a virtual machine's, when asked for");
}

#[test]
fn each_method_names_what_it_misses() {
    let endpoint = Endpoint::of(Cloud::Global).unwrap();
    let tenant = "a tenant (--tenant or AZURE_TENANT_ID)";
    for (method, names) in [
        (AuthMethod::Certificate, vec!["AZURE_CLIENT_ID", "AZURE_CLIENT_CERTIFICATE_PATH", tenant]),
        (AuthMethod::Workload, vec!["AZURE_CLIENT_ID", "AZURE_FEDERATED_TOKEN_FILE", tenant]),
        (AuthMethod::Device, vec!["AZURE_CLIENT_ID", tenant]),
        (
            AuthMethod::Pipelines,
            vec![
                "SYSTEM_OIDCREQUESTURI",
                "AZURESUBSCRIPTION_CLIENT_ID",
                "AZURESUBSCRIPTION_TENANT_ID",
                "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID",
                "SYSTEM_ACCESSTOKEN",
            ],
        ),
    ] {
        let error = choose(Some(method), &endpoint, &settings(), &[]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        let wanted = format!("signing in by {method} needs {}", names.join(" and "));
        assert!(error.to_string().contains(&wanted), "{error}");
    }
    let managed = |variables: &[(&str, &str)]| {
        choose(Some(AuthMethod::Managed), &endpoint, &settings(), variables).unwrap_err().to_string()
    };
    assert!(managed(&[("MSI_ENDPOINT", "http://127.0.0.1:1")]).contains("Cloud Shell"));
    assert!(managed(&[("IDENTITY_ENDPOINT", "http://127.0.0.1:1")]).contains("Azure Arc"));
    let fabric = [
        ("IDENTITY_ENDPOINT", "https://127.0.0.1:1"),
        ("IDENTITY_HEADER", "h"),
        ("IDENTITY_SERVER_THUMBPRINT", "t"),
    ];
    assert!(managed(&fabric).contains("Service Fabric"));
    for bad in ["nonsense", "file:///etc/passwd", "http://127.0.0.1:1/token?resource=x"] {
        assert!(
            managed(&[("IDENTITY_ENDPOINT", bad), ("IDENTITY_HEADER", "h")]).contains("not an http address")
        );
    }
}

#[test]
fn an_authority_of_another_cloud_is_refused_for_every_application() {
    let endpoint = Endpoint::of(Cloud::Global).unwrap();
    for method in [AuthMethod::Secret, AuthMethod::Workload, AuthMethod::Device] {
        let ask = |authority| {
            let variables = [
                ("AZURE_CLIENT_ID", "c"),
                ("AZURE_CLIENT_SECRET", SECRET),
                ("AZURE_FEDERATED_TOKEN_FILE", "/nowhere"),
                ("AZURE_TENANT_ID", TENANT),
                ("AZURE_AUTHORITY_HOST", authority),
            ];
            choose(Some(method), &endpoint, &settings(), &variables)
        };
        assert!(ask("https://login.microsoftonline.com/").is_ok());
        let error = ask("https://login.microsoftonline.us/").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains("different clouds"), "{error}");
    }
}

#[tokio::test]
async fn a_certificate_signs_an_assertion_that_its_public_key_verifies() {
    let server = Server::start_tls(|seen, number| {
        // Each token ends at once, so that each request needs another.
        if is_token_request(seen) { token(&format!("token-{number}"), 0) } else { json(EMPTY) }
    });
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), CERTIFICATE);
    let variables = [
        ("AZURE_CLIENT_ID", "client-1"),
        ("AZURE_CLIENT_CERTIFICATE_PATH", path.to_str().unwrap()),
        ("AZURE_TENANT_ID", TENANT),
    ];
    let client = client(&server, AuthMethod::Certificate, &variables).unwrap();
    client.get("/users").await.unwrap();
    client.get("/users").await.unwrap();

    let der = CertificateDer::from_pem_slice(CERTIFICATE.as_bytes()).unwrap();
    let key = PrivatePkcs8KeyDer::from_pem_slice(CERTIFICATE.as_bytes()).unwrap();
    let public = RsaKeyPair::from_pkcs8(key.secret_pkcs8_der()).unwrap().public_key().as_ref().to_vec();
    let public = UnparsedPublicKey::new(&RSA_PSS_2048_8192_SHA256, public);
    let mut ids = HashSet::new();
    for seen in server.seen().iter().filter(|seen| is_token_request(seen)) {
        let form = form(seen);
        assert_eq!(form["client_assertion_type"], "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        assert_eq!((&*form["grant_type"], &*form["client_id"]), ("client_credentials", "client-1"));
        assert!(form["scope"].ends_with("/.default") && !form.contains_key("client_secret"));
        let assertion = &form["client_assertion"];
        let (signed, signature) = assertion.rsplit_once('.').unwrap();
        public.verify(signed.as_bytes(), &decode_url_safe(signature).unwrap()).unwrap();
        let (header, claims) = signed.split_once('.').unwrap();
        let read = |part: &str| -> Value { serde_json::from_slice(&decode_url_safe(part).unwrap()).unwrap() };
        let (header, claims) = (read(header), read(claims));
        assert_eq!((&header["alg"], &header["typ"]), (&Value::from("PS256"), &Value::from("JWT")));
        let thumbprint = decode_url_safe(header["x5t#S256"].as_str().unwrap()).unwrap();
        assert_eq!(thumbprint, Sha256::digest(&der).to_vec());
        assert_eq!(claims["aud"], format!("{}/{TENANT}/oauth2/v2.0/token", server.origin()));
        assert_eq!((&claims["iss"], &claims["sub"]), (&Value::from("client-1"), &Value::from("client-1")));
        let (issued, ends) = (claims["iat"].as_u64().unwrap(), claims["exp"].as_u64().unwrap());
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        assert!(claims["nbf"] == claims["iat"] && now.abs_diff(issued) < 60 && ends - issued == 600);
        ids.insert(claims["jti"].as_str().unwrap().to_owned());
    }
    assert_eq!(ids.len(), 2, "each request has an assertion of its own");
}

#[test]
fn a_certificate_file_that_is_not_there_is_told() {
    let endpoint = Endpoint::of(Cloud::Global).unwrap();
    let variables = [
        ("AZURE_CLIENT_ID", "c"),
        ("AZURE_CLIENT_CERTIFICATE_PATH", "/nowhere.pem"),
        ("AZURE_TENANT_ID", TENANT),
    ];
    let error = choose(None, &endpoint, &settings(), &variables).unwrap_err();
    assert!(error.to_string().contains("/nowhere.pem cannot be read"), "{error}");
}

#[tokio::test]
async fn a_federated_token_is_read_again_for_each_sign_in() {
    let server =
        Server::start_tls(|seen, _| if is_token_request(seen) { token(TOKEN, 0) } else { json(EMPTY) });
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "issued-1\n");
    let variables = [
        ("AZURE_CLIENT_ID", "client-1"),
        ("AZURE_FEDERATED_TOKEN_FILE", path.to_str().unwrap()),
        ("AZURE_TENANT_ID", TENANT),
    ];
    let client = client(&server, AuthMethod::Workload, &variables).unwrap();
    client.get("/users").await.unwrap();
    file(folder.path(), "issued-2");
    client.get("/users").await.unwrap();
    let shown: Vec<_> = server
        .seen()
        .iter()
        .filter(|seen| is_token_request(seen))
        .map(|seen| form(seen)["client_assertion"].clone())
        .collect();
    assert_eq!(shown, ["issued-1", "issued-2"]);

    file(folder.path(), " ");
    let error = client.get("/users").await.unwrap_err();
    assert!(error.to_string().contains("is empty"), "{error}");
    fs::remove_file(&path).unwrap();
    let error = client.get("/users").await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("cannot be read"), "{error}");
}

const DEVICE: [(&str, &str); 2] = [("AZURE_CLIENT_ID", "client-1"), ("AZURE_TENANT_ID", TENANT)];
const CODE: &str = r#"{"device_code":"code-hunter6","user_code":"ABC-DEF","verification_uri":"https://login.example/device",
    "expires_in":900,"interval":5,"message":"Open https://login.example/device\u001b[2J and enter ABC-DEF"}"#;

/// A client that signs in with a device code, and what its user is shown.
fn device(server: &Server) -> (Client, Arc<Mutex<Vec<String>>>) {
    let shown = Arc::new(Mutex::new(Vec::new()));
    let screen = Arc::clone(&shown);
    let (credential, choice) =
        choose(Some(AuthMethod::Device), &endpoint(server), &trusting(server), &DEVICE).unwrap();
    assert_eq!(choice.method, AuthMethod::Device);
    let credential = credential.with_prompt(move |text| screen.lock().unwrap().push(text.to_owned()));
    (Client::new(endpoint(server), credential, &trusting(server)).unwrap(), shown)
}

fn refusal(error: &str) -> Vec<u8> {
    answer(400, &["Content-Type: application/json"], &format!(r#"{{"error":"{error}","trace_id":"t-1"}}"#))
}

#[tokio::test]
async fn a_device_code_is_shown_and_asked_about_until_it_was_entered() {
    let server = Server::start_tls(|seen, number| match number {
        0 => json(CODE),
        1 => refusal("authorization_pending"),
        2 => refusal("slow_down"),
        3 => Vec::new(),
        _ if is_token_request(seen) => token(TOKEN, 3599),
        _ => json(EMPTY),
    });
    let (client, shown) = device(&server);
    client.get("/users").await.unwrap();
    assert_eq!(*shown.lock().unwrap(), ["Open https://login.example/device[2J and enter ABC-DEF"]);
    let seen = server.seen();
    assert_eq!(seen[0].target, format!("/{TENANT}/oauth2/v2.0/devicecode"));
    let asked = form(&seen[0]);
    assert_eq!(asked["client_id"], "client-1");
    assert_eq!(asked["scope"], format!("{}/.default offline_access", server.origin()));
    for seen in &seen[1..5] {
        let form = form(seen);
        assert_eq!(form["grant_type"], "urn:ietf:params:oauth:grant-type:device_code");
        assert_eq!((&*form["device_code"], &*form["client_id"]), ("code-hunter6", "client-1"));
    }
    assert_eq!(seen[5].header("authorization"), Some(&*format!("Bearer {TOKEN}")));
}

#[tokio::test]
async fn a_user_is_asked_once_and_the_token_is_renewed_without_him() {
    let server = Server::start_tls(|seen, number| {
        if seen.target.ends_with("devicecode") {
            json(CODE)
        } else if is_token_request(seen) {
            match form(seen).get("refresh_token").map(String::as_str) {
                None | Some("refresh-token-1") => token(&format!("token-{number}"), 0),
                Some(_) => refusal("invalid_grant"),
            }
        } else {
            json(EMPTY)
        }
    });
    let (client, shown) = device(&server);
    client.get("/users").await.unwrap();
    client.get("/users").await.unwrap();
    assert_eq!(shown.lock().unwrap().len(), 1);
    let renewal = form(&server.seen()[3]);
    assert_eq!((&*renewal["grant_type"], &*renewal["client_id"]), ("refresh_token", "client-1"));
    assert_eq!(server.seen()[4].header("authorization"), Some("Bearer token-3"));
    // The second refresh token is refused, so the user is asked again.
    client.get("/users").await.unwrap();
    assert_eq!(shown.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn a_device_code_that_leads_nowhere_is_told() {
    for (error, wanted) in [
        ("expired_token", "not entered in time"),
        ("authorization_declined", "declined in the browser"),
        ("access_denied", "declined in the browser"),
        ("bad_verification_code", "bad_verification_code"),
    ] {
        let server =
            Server::start_tls(move |_, number| if number == 0 { json(CODE) } else { refusal(error) });
        let told = device(&server).0.sign_in().await.unwrap_err();
        assert_eq!((told.kind(), server.seen().len()), (ErrorKind::SignIn, 2));
        assert!(told.to_string().contains(wanted), "{told}");
        assert!(!format!("{told:?}").contains("hunter"), "{told:?}");
    }
    // 900 s are asked through, by 5 s each, and no longer.
    let server = Server::start_tls(
        |_, number| {
            if number == 0 { json(CODE) } else { refusal("authorization_pending") }
        },
    );
    let told = device(&server).0.sign_in().await.unwrap_err();
    assert!(told.to_string().contains("not entered in time"), "{told}");
    let polls = server.seen().len() - 1;
    assert!((170..180).contains(&polls), "{polls}");
    // Slowing down lasts: 10 s, 15 s, 20 s, …
    let server = Server::start_tls(|_, number| if number == 0 { json(CODE) } else { refusal("slow_down") });
    device(&server).0.sign_in().await.unwrap_err();
    let polls = server.seen().len() - 1;
    assert!((15..20).contains(&polls), "{polls}");
}

#[tokio::test]
async fn an_answer_without_a_device_code_is_a_failed_sign_in() {
    for body in ["<html>hunter2</html>", r#"{"device_code":"code-hunter6"}"#] {
        let server = Server::start_tls(move |_, _| json(body));
        let (client, shown) = device(&server);
        let error = client.sign_in().await.unwrap_err();
        assert_eq!((error.kind(), server.seen().len()), (ErrorKind::SignIn, 1));
        assert!(shown.lock().unwrap().is_empty() && !format!("{error:?}").contains("hunter"), "{error:?}");
    }
    let server = Server::start_tls(|_, _| json(CODE));
    let (credential, _) =
        choose(Some(AuthMethod::Device), &endpoint(&server), &trusting(&server), &DEVICE).unwrap();
    let client = Client::new(endpoint(&server), credential, &trusting(&server)).unwrap();
    assert_eq!(client.sign_in().await.unwrap_err().kind(), ErrorKind::Configuration);
    assert!(server.seen().is_empty(), "no code is asked for that nobody would see");
}

/// Runs one test of this file in a process of its own, with these variables: `azure_identity` reads those of
/// the platform from the process, and a test may not change its own.
fn with_variables(test: &str, variables: &[(&str, &str)]) {
    let test = format!("{}::{test}", module_path!().split_once("::").unwrap().1);
    let mut command = Command::new(std::env::current_exe().unwrap());
    for (name, _) in std::env::vars_os() {
        // What is set for whoever runs the tests is not for them.
        let upper = name.to_string_lossy().to_uppercase();
        let prefixes = ["AZURE", "TOLLGATE", "IDENTITY_", "MSI_", "SYSTEM_"];
        if upper.ends_with("_PROXY") || prefixes.iter().any(|prefix| upper.starts_with(prefix)) {
            command.env_remove(name);
        }
    }
    let output = command
        .args(["--exact", &test, "--nocapture"])
        .env(CHILD, "yes")
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

const CHILD: &str = "TOLLGATE_TEST_CHILD";
const CHILD_GRAPH: &str = "TOLLGATE_TEST_GRAPH";
const CHILD_CA: &str = "TOLLGATE_TEST_CA";

fn is_child() -> bool {
    std::env::var_os(CHILD).is_some()
}

/// In the process of its own: a client of the server that the variables name, signing in as they say.
fn child_client(method: AuthMethod) -> Client {
    let env = |name: &str| std::env::var(name).ok();
    let graph = env(CHILD_GRAPH).unwrap();
    let endpoint = Endpoint::custom(&graph, Some(graph.trim_end_matches("/v1.0")), None).unwrap();
    let settings = Settings { ca_file: Some(env(CHILD_CA).unwrap().into()), ..settings() };
    let (credential, choice) = Credential::from_environment(None, None, &endpoint, &settings, &env).unwrap();
    assert_eq!(choice.method, method);
    Client::new(endpoint, credential, &settings).unwrap()
}

#[tokio::test]
async fn a_managed_identity_is_asked_for_nearby_and_not_through_a_proxy() {
    if is_child() {
        let client = child_client(AuthMethod::Managed);
        client.get("/users").await.unwrap();
        client.get("/users").await.unwrap();
        return;
    }
    let graph = Server::start_tls(|_, _| json(EMPTY));
    let proxy = Server::start(|_, _| answer(502, &[], ""));
    let identity = Server::start(|_, number| match number {
        // As while the service is being upgraded.
        0 => answer(410, &[], ""),
        1 => answer(404, &[], ""),
        _ => json(&format!(
            r#"{{"access_token":"{TOKEN}","expires_on":"4102444800","resource":"x","token_type":"Bearer"}}"#
        )),
    });
    // On Unix this leads to the same computer, and is no loopback address that would never use a proxy.
    let nearby =
        if cfg!(unix) { identity.origin().replace("127.0.0.1", "0.0.0.0") } else { identity.origin() };
    let ca_file = graph.ca_file();
    with_variables(
        "a_managed_identity_is_asked_for_nearby_and_not_through_a_proxy",
        &[
            ("IDENTITY_ENDPOINT", &format!("{nearby}/msi/token")),
            ("IDENTITY_HEADER", "header-hunter5"),
            ("AZURE_CLIENT_ID", "identity-1"),
            ("HTTP_PROXY", &proxy.origin()),
            ("http_proxy", &proxy.origin()),
            (CHILD_GRAPH, &graph.graph()),
            (CHILD_CA, ca_file.to_str().unwrap()),
        ],
    );
    assert!(proxy.seen().is_empty());
    let seen = identity.seen();
    assert_eq!(seen.len(), 3, "two that are asked again, and one token for two requests");
    let asked = Url::parse(&identity.origin()).unwrap().join(&seen[2].target).unwrap();
    let query: HashMap<_, _> = asked.query_pairs().into_owned().collect();
    assert_eq!((&*seen[2].method, asked.path()), ("GET", "/msi/token"));
    assert_eq!(query["resource"], graph.origin());
    assert_eq!((&*query["api-version"], &*query["client_id"]), ("2019-08-01", "identity-1"));
    assert_eq!(seen[2].header("x-identity-header"), Some("header-hunter5"));
    assert_eq!(graph.seen()[1].header("authorization"), Some(&*format!("Bearer {TOKEN}")));
}

#[tokio::test]
async fn a_managed_identity_that_is_not_there_is_told() {
    if is_child() {
        let error = child_client(AuthMethod::Managed).sign_in().await.unwrap_err();
        assert_eq!((error.kind(), error.status(), error.attempts()), (ErrorKind::SignIn, Some(400), 1));
        assert!(error.to_string().contains("managed identity service gave no token"), "{error}");
        assert!(error.hint().is_some_and(|hint| hint.contains("AZURE_CLIENT_ID")), "{error:?}");
        assert!(!format!("{error:?}").contains("hunter"), "{error:?}");
        return;
    }
    let graph = Server::start_tls(|_, _| json(EMPTY));
    let identity = Server::start(|_, _| answer(400, &[], r#"{"statusCode":400,"message":"hunter: none"}"#));
    let ca_file = graph.ca_file();
    with_variables(
        "a_managed_identity_that_is_not_there_is_told",
        &[
            ("IDENTITY_ENDPOINT", &format!("{}/msi/token", identity.origin())),
            ("IDENTITY_HEADER", "header-hunter5"),
            (CHILD_GRAPH, &graph.graph()),
            (CHILD_CA, ca_file.to_str().unwrap()),
        ],
    );
    assert_eq!(identity.seen().len(), 1);
}

#[tokio::test]
async fn azure_pipelines_vouches_for_its_job() {
    if is_child() {
        let client = child_client(AuthMethod::Pipelines);
        let error = client.sign_in().await.unwrap_err();
        assert!(error.to_string().contains("Azure Pipelines gave no token"), "{error}");
        assert!(error.hint().is_some_and(|hint| hint.contains("SYSTEM_ACCESSTOKEN")), "{error:?}");
        client.get("/users").await.unwrap();
        return;
    }
    // The token of the job is for Azure Pipelines, the token from there for the sign-in service.
    let server = Server::start_tls(|seen, number| {
        if seen.target.starts_with("/oidctoken") {
            if number == 0 { answer(401, &[], "<html>") } else { json(r#"{"oidcToken":"oidc-hunter7"}"#) }
        } else if is_token_request(seen) {
            token(TOKEN, 3599)
        } else {
            json(EMPTY)
        }
    });
    let ca_file = server.ca_file();
    with_variables(
        "azure_pipelines_vouches_for_its_job",
        &[
            ("SYSTEM_OIDCREQUESTURI", &format!("{}/oidctoken", server.origin())),
            ("AZURESUBSCRIPTION_CLIENT_ID", "client-2"),
            ("AZURESUBSCRIPTION_TENANT_ID", TENANT),
            ("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID", "connection-1"),
            ("SYSTEM_ACCESSTOKEN", "job-hunter4"),
            (CHILD_GRAPH, &server.graph()),
            (CHILD_CA, ca_file.to_str().unwrap()),
        ],
    );
    let seen = server.seen();
    let line = |seen: &Seen| format!("{} {}", seen.method, seen.target);
    let oidc = "POST /oidctoken?api-version=7.1&serviceConnectionId=connection-1";
    let sign_in = format!("POST /{TENANT}/oauth2/v2.0/token");
    assert_eq!(seen.iter().map(line).collect::<Vec<_>>(), [oidc, oidc, &sign_in, "GET /v1.0/users"]);
    assert_eq!(seen[1].header("authorization"), Some("Bearer job-hunter4"));
    assert_eq!(seen[1].header("x-tfs-fedauthredirect"), Some("Suppress"));
    assert_eq!(seen[2].header("authorization"), None);
    let form = form(&seen[2]);
    assert_eq!((&*form["client_assertion"], &*form["client_id"]), ("oidc-hunter7", "client-2"));
    assert_eq!(seen[3].header("authorization"), Some(&*format!("Bearer {TOKEN}")));
}
