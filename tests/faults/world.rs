//! One scan under faults, and what came of it.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Write};
use std::net::TcpListener;
use std::time::Duration;

use serde_json::Value;
use tollgate::graph::{AuthMethod, Client, Credential, Endpoint, Settings, Waiting};
use tollgate::pack::Pack;
use tollgate::plan::{Config, Plan};
use tollgate::report::{Language, Texts, json};
use tollgate::rules;
use tollgate::scan::{self, MembersOf, Progress, Request, Save};
use tollgate::sim::{self, Directory, Fault, Options};
use tollgate::tenant::Tenant;

/// A scan that takes longer hangs: waits are imagined, and the tenants are small.
const HANGS: Duration = Duration::from_mins(2);

/// How the client comes to the tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// HTTP/2 over TLS, signing in with a secret.
    Tls,
    /// HTTP/1.1 with a ready token.
    Plain,
}

/// A tenant, and what it is judged by.
#[derive(Clone)]
pub(crate) struct Scene {
    pub(crate) directory: Directory,
    pub(crate) plan: Plan,
    pub(crate) way: Way,
    pub(crate) settings: Settings,
    /// Whether a snapshot is kept, judged again, and compared.
    snapshot: bool,
}

/// What came of a scan.
pub(crate) struct Outcome {
    /// The result file, or why there is none.
    pub(crate) result: Result<Value, String>,
    /// Every request that the server got.
    pub(crate) log: Vec<String>,
    /// The body of every batch.
    pub(crate) batches: Vec<String>,
    pub(crate) injected: BTreeMap<String, u64>,
}

impl Scene {
    /// A scene that is judged by a configuration; one request is tried as often as it takes.
    pub(crate) fn new(directory: Directory, config: &str) -> Self {
        let plan = Config::parse("tollgate.toml", config).unwrap().plan;
        let settings = Settings {
            attempts: 60,
            backoff: Duration::ZERO,
            waiting: Waiting::Imagined,
            max_wait: Duration::from_hours(24),
            ..Settings::default()
        };
        Self { directory, plan, way: Way::Tls, settings, snapshot: false }
    }

    pub(crate) fn over(self, way: Way) -> Self {
        Self { way, ..self }
    }

    /// As patient as the product is by default.
    pub(crate) fn with_default_patience(mut self) -> Self {
        let Settings { attempts, max_wait, .. } = Settings::default();
        self.settings.attempts = attempts;
        self.settings.max_wait = max_wait;
        self
    }

    pub(crate) fn and_snapshot(self) -> Self {
        Self { snapshot: true, ..self }
    }

    /// Scans and judges with the faults that the text lists.
    pub(crate) fn run(&self, faults: &str) -> Outcome {
        let faults = faults.split(',').filter(|spec| !spec.is_empty());
        self.run_with(faults.map(|spec| spec.parse().unwrap()).collect())
    }

    pub(crate) fn run_with(&self, faults: Vec<Fault>) -> Outcome {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        runtime.unwrap().block_on(self.scan(faults))
    }

    async fn scan(&self, faults: Vec<Fault>) -> Outcome {
        let named = faults.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
        let plain_http = self.way == Way::Plain;
        let options = Options { plain_http, faults, ..Options::default() };
        let server = sim::serve(self.directory.clone(), options).await.unwrap();
        let mut ca_file = tempfile::NamedTempFile::new().unwrap();
        ca_file.write_all(server.ca_pem().as_bytes()).unwrap();
        let mut settings = self.settings.clone();
        settings.ca_file = (!plain_http).then(|| ca_file.path().to_owned());
        let authority = server.authority_url();
        let authority = (!plain_http).then_some(authority.as_str());
        let endpoint = Endpoint::custom(&server.graph_url(), authority, None).unwrap();
        let environment = |name: &str| {
            Some(match name {
                "TOLLGATE_ACCESS_TOKEN" => server.access_token(),
                "AZURE_TENANT_ID" => server.tenant_id().to_owned(),
                "AZURE_CLIENT_ID" => server.client_id().to_owned(),
                "AZURE_CLIENT_SECRET" => server.client_secret().to_owned(),
                _ => return None,
            })
        };
        let method = Some(if plain_http { AuthMethod::Token } else { AuthMethod::Secret });
        let (credential, _) =
            Credential::from_environment(method, None, &endpoint, &settings, &environment).unwrap();
        let client = Client::new(endpoint, credential, &settings).unwrap();
        let progress = Progress::hidden();
        let folder = tempfile::tempdir().unwrap();
        let snapshot = self.snapshot.then(|| folder.path().join("bad-day.tollgate"));
        let save = snapshot.as_deref().map(|path| Save { path, resume: false });
        let members_of = MembersOf::InScope;
        let request = Request { plan: &self.plan, members_of, save, accused: &|_| Vec::new() };
        let scan = scan::live(&client, request, &progress);
        let scanned = tokio::time::timeout(HANGS, scan).await;
        let scanned = scanned.unwrap_or_else(|_| {
            let log = server.log();
            panic!("{named}: no end after {} requests, at last {:?}", log.len(), log.last())
        });
        let result = scanned.map_err(|error| error.to_string()).and_then(|tenant| self.judge(&tenant));
        if let Some(snapshot) = &snapshot {
            let again = scan::snapshot::load(snapshot).unwrap();
            assert_eq!(result, self.judge(&again), "{named}: the snapshot tells another story");
        }
        let result = result.map(|bytes| serde_json::from_slice(&bytes).unwrap());
        let (log, batches, injected) = (server.log(), server.batches(), server.faults());
        let outcome = Outcome { result, log, batches, injected };
        outcome.only_read(&named, server.tenant_id());
        outcome
    }

    /// The bytes of the result file.
    fn judge(&self, tenant: &Tenant) -> Result<Vec<u8>, String> {
        let pack = Pack::built_in();
        let audit = rules::judge(tenant, &self.plan, pack).map_err(|error| error.to_string())?;
        let mut bytes = Vec::new();
        json::write(&audit, pack, &Texts::new(Language::En), &mut bytes).unwrap();
        Ok(bytes)
    }
}

impl Outcome {
    /// Nothing but GETs of Graph, batches of GETs and requests for tokens came.
    fn only_read(&self, named: &str, tenant: &str) {
        let allowed = [format!("POST /{tenant}/oauth2/v2.0/token"), "POST /v1.0/$batch".to_owned()];
        for line in &self.log {
            assert!(line.starts_with("GET /v1.0/") || allowed.contains(line), "{named}: {line} was sent");
        }
        for batch in &self.batches {
            let batch: Value = serde_json::from_str(batch).unwrap();
            let items = batch["requests"].as_array().unwrap();
            assert!(items.iter().all(|item| item["method"] == "GET" && item["body"].is_null()), "{batch}");
        }
    }

    pub(crate) fn result(&self) -> &Value {
        self.result.as_ref().unwrap_or_else(|error| panic!("no result: {error}"))
    }

    /// The verdict of each criterion, in the order of the design.
    pub(crate) fn verdicts(&self) -> [&str; 4] {
        let criteria = self.result()["criteria"].as_array().unwrap();
        std::array::from_fn(|place| criteria[place]["verdict"].as_str().unwrap())
    }

    pub(crate) fn injected(&self) -> u64 {
        self.injected.values().sum()
    }

    /// The result without what a bad day may change: the times of reading, and what the reading cost.
    pub(crate) fn lasting(&self) -> Value {
        let mut result = self.result().clone();
        result.as_object_mut().unwrap().remove("scan");
        for line in result["coverage"].as_array_mut().unwrap() {
            let line = line.as_object_mut().unwrap();
            // The members of a group are counted only where their list had several pages, and a fault may
            // split one; that the line is complete says that the count was met.
            let members = line["collection"].as_str().unwrap().ends_with("/members");
            for name in ["restarts", "pages"].into_iter().chain(members.then_some("expected")) {
                line.remove(name);
            }
        }
        without_times(&mut result);
        result
    }
}

fn without_times(value: &mut Value) {
    match value {
        Value::Object(object) => {
            object.remove("readAt");
            object.values_mut().for_each(without_times);
        }
        Value::Array(values) => values.iter_mut().for_each(without_times),
        _ => {}
    }
}

/// Asserts that two results are the same, and names the first difference rather than printing both.
pub(crate) fn assert_same(what: &str, good: &Value, bad: &Value) {
    if let Some(difference) = difference(good, bad, "") {
        panic!("{what}: {difference}");
    }
}

fn difference(good: &Value, bad: &Value, path: &str) -> Option<String> {
    match (good, bad) {
        (Value::Object(one), Value::Object(other)) if one.keys().eq(other.keys()) => {
            one.iter().find_map(|(name, value)| difference(value, &other[name], &format!("{path}/{name}")))
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => one
            .iter()
            .zip(other)
            .enumerate()
            .find_map(|(place, (one, other))| difference(one, other, &format!("{path}/{place}"))),
        _ if good == bad => None,
        _ => {
            let short = |value: &Value| value.to_string().chars().take(400).collect::<String>();
            Some(format!("{path}: {} became {}", short(good), short(bad)))
        }
    }
}

/// A host that is not the tenant's, where nobody may call.
pub(crate) struct Foreign(TcpListener);

impl Foreign {
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        Self(listener)
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.0.local_addr().unwrap())
    }

    pub(crate) fn saw_nobody(&self) {
        match self.0.accept() {
            Err(error) if error.kind() == ErrorKind::WouldBlock => {}
            called => panic!("somebody called the foreign host: {called:?}"),
        }
    }
}
