//! Where the tenant comes from: a snapshot, the simulated demo, or live Graph.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

use super::environment;
use super::exit::Failure;
use super::talk::Talk;
use crate::graph::{AuthMethod, Choice, Client, Cloud, Credential, Endpoint, Settings};
use crate::plan::{Config, Selector};
use crate::scan::{self, Estimate, MembersOf, Request, Save};
use crate::sim;
use crate::tenant::Tenant;
use crate::verdict::Message;

/// The name of the configuration that is read if it is there.
const DEFAULT_CONFIG: &str = "tollgate.toml";

/// Options that say which live tenant is read and how.
#[derive(Args, Debug)]
#[command(next_help_heading = "Which tenant")]
pub(super) struct LiveOptions {
    /// Configuration file [default: tollgate.toml, if it is there]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Tenant id or verified domain
    #[arg(long, value_name = "ID")]
    tenant: Option<String>,
    /// Cloud of the tenant: global, us-gov, us-gov-dod, china or custom [default: global]
    #[arg(long, value_name = "NAME")]
    cloud: Option<Cloud>,
    /// Graph's version root, ending in /v1.0; means the cloud `custom`
    #[arg(long, value_name = "URL")]
    graph_url: Option<String>,
    /// Where tokens come from, for the cloud `custom`
    #[arg(long, value_name = "URL")]
    authority_url: Option<String>,
    /// Scope of the token [default: the Graph origin + /.default]
    #[arg(long, value_name = "URL")]
    scope: Option<String>,
    /// Certificate authorities to trust besides the system's
    #[arg(long, value_name = "PEM")]
    pub(super) ca_file: Option<PathBuf>,
    /// How to sign in: token, secret, certificate, workload, pipelines, managed, cli or device [default: the
    /// first that the environment announces, or else cli]
    #[arg(long, value_name = "METHOD")]
    auth: Option<AuthMethod>,
    /// How long one request may wait in all when the service is busy [default: 300]
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(1..))]
    max_wait: Option<u32>,
    /// Resource units to spend in 10 seconds at most, to leave some of the tenant's quota to others [default:
    /// as many as the service grants]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(10..))]
    units: Option<u32>,
}

/// Options that say where the tenant comes from.
#[derive(Args, Debug)]
#[command(next_help_heading = "Which tenant")]
pub(super) struct SourceOptions {
    #[command(flatten)]
    live: LiveOptions,
    /// Judge a snapshot instead of reading a tenant
    #[arg(long, value_name = "FILE", conflicts_with_all = ["demo", "graph_url", "cloud", "tenant", "auth"])]
    pub(super) snapshot: Option<PathBuf>,
    /// Read a simulated tenant [default name: contoso]
    #[arg(long, value_name = "NAME", num_args = 0..=1, require_equals = true, default_missing_value = "contoso",
        conflicts_with_all = ["graph_url", "cloud", "tenant", "auth"])]
    pub(super) demo: Option<sim::Tenant>,
}

impl SourceOptions {
    /// Reads the configuration. A demo is only judged by one that is named: the file in this folder is about
    /// somebody's real tenant.
    pub(super) fn config(&self) -> Result<Config, Failure> {
        if self.demo.is_some() && self.live.config.is_none() {
            return Ok(Config::default());
        }
        self.live.config()
    }

    /// What a configuration has to say to reach this tenant again, besides its id: keys and values of `[tenant]`.
    /// A demo is gone when the program ends, and a snapshot needs no connection.
    pub(super) fn connection(&self, config: &Config) -> Vec<(&'static str, String)> {
        let (live, file) = (&self.live, &config.tenant);
        if self.demo.is_some() || self.snapshot.is_some() {
            return Vec::new();
        }
        let graph_url = live.graph_url.as_ref().or(file.graph_url.as_ref().filter(|_| live.cloud.is_none()));
        let cloud = match (graph_url, live.cloud) {
            (Some(_), _) => Some(Cloud::Custom.to_string()),
            (None, Some(cloud)) => Some(cloud.to_string()),
            (None, None) => file.cloud.clone(),
        };
        let keys = [
            ("cloud", cloud.as_ref()),
            ("graph-url", graph_url),
            ("authority-url", live.authority_url.as_ref().or(file.authority_url.as_ref())),
            ("scope", live.scope.as_ref().or(file.scope.as_ref())),
        ];
        keys.into_iter().filter_map(|(key, value)| Some((key, value?.clone()))).collect()
    }

    /// Whether anything says which tenant is meant: an option, a configuration or the environment.
    pub(super) fn is_given(&self, environment: &dyn Fn(&str) -> Option<String>) -> bool {
        self.is_named()
            || self.live.config_file().is_some()
            || ["AZURE_TENANT_ID", "TOLLGATE_ACCESS_TOKEN"].iter().any(|name| environment(name).is_some())
    }

    /// Whether an option says which tenant is meant.
    pub(super) fn is_named(&self) -> bool {
        let live = &self.live;
        self.snapshot.is_some()
            || self.demo.is_some()
            || live.config.is_some()
            || live.tenant.is_some()
            || live.graph_url.is_some()
            || live.auth.is_some()
    }

    /// Reads the tenant.
    pub(super) async fn read(
        &self,
        config: &Config,
        request: Request<'_>,
        talk: &Talk,
    ) -> Result<Tenant, Failure> {
        if let Some(path) = &self.snapshot {
            return Ok(scan::snapshot::load(path)?);
        }
        if let Some(demo) = self.demo {
            return read_demo(demo, request, talk).await;
        }
        let (client, _) = self.live.client(config, &Settings::default(), talk)?;
        scan_live(&client, request, talk).await
    }

    /// Works out what reading the tenant will cost; only counts are read.
    pub(super) async fn estimate(
        &self,
        config: &Config,
        members_of: MembersOf<'_>,
        talk: &Talk,
    ) -> Result<Estimate, Failure> {
        if let Some(demo) = self.demo {
            let served = Demo::serve(demo).await?;
            let estimate = scan::estimate(&served.client, &config.plan, members_of).await;
            served.server.stop().await;
            return Ok(estimate?);
        }
        let (client, _) = self.live.client(config, &Settings::default(), talk)?;
        tokio::select! {
            estimate = scan::estimate(&client, &config.plan, members_of) => Ok(estimate?),
            _ = tokio::signal::ctrl_c() => Err(Failure::interrupted(None)),
        }
    }
}

impl LiveOptions {
    /// The configuration that is read: the one that is named, or else the one in this folder.
    pub(super) fn config_file(&self) -> Option<&Path> {
        let default = || Some(Path::new(DEFAULT_CONFIG)).filter(|path| path.exists());
        self.config.as_deref().or_else(default)
    }

    /// Reads the configuration; everything is left to its default where there is none.
    pub(super) fn config(&self) -> Result<Config, Failure> {
        let Some(path) = self.config_file() else { return Ok(Config::default()) };
        let source = read_text(path)?;
        Ok(Config::parse(&path.display().to_string(), &source)?)
    }

    /// A client for the tenant, and how it signs in; nothing is sent yet.
    pub(super) fn client(
        &self,
        config: &Config,
        settings: &Settings,
        talk: &Talk,
    ) -> Result<(Client, Choice), Failure> {
        let endpoint = self.endpoint(config)?;
        let mut settings = Settings { ca_file: self.ca_file.clone(), ..settings.clone() };
        if let Some(seconds) = self.max_wait {
            settings.max_wait = Duration::from_secs(seconds.into());
        }
        settings.units_per_10_seconds = self.units;
        let tenant = self.tenant.as_deref().or(config.tenant.id.as_deref());
        let (credential, choice) =
            Credential::from_environment(self.auth, tenant, &endpoint, &settings, &environment)?;
        talk.note(
            &Message::new("signing-in")
                .with("method", choice.method.name())
                .with("because", choice.why)
                .with("graph", endpoint.graph.as_str()),
        );
        let progress = talk.progress().clone();
        let credential = credential.with_prompt(move |message| {
            // Also with --quiet: nobody can sign in who is not told the code.
            progress.suspend(|| {
                let _ = writeln!(io::stderr(), "{message}");
            });
        });
        Ok((Client::new(endpoint, credential, &settings)?, choice))
    }

    /// Flags win over the file; a Graph URL means the cloud `custom`.
    fn endpoint(&self, config: &Config) -> Result<Endpoint, Failure> {
        let tenant = &config.tenant;
        // Addresses in the file are of the cloud in the file.
        let written = |address: &'_ Option<String>| address.clone().filter(|_| self.cloud.is_none());
        let graph_url = self.graph_url.clone().or_else(|| written(&tenant.graph_url));
        let authority_url = self.authority_url.clone().or_else(|| written(&tenant.authority_url));
        let scope = self.scope.clone().or_else(|| written(&tenant.scope));
        let (graph_url, authority_url, scope) =
            (graph_url.as_deref(), authority_url.as_deref(), scope.as_deref());
        let cloud = match (self.cloud, &tenant.cloud) {
            (Some(cloud), _) => Some(cloud),
            (None, Some(written)) => {
                Some(written.parse().map_err(|error| Failure::usage(format!("{error}")))?)
            }
            (None, None) => None,
        };
        match (graph_url, cloud) {
            (Some(graph_url), None | Some(Cloud::Custom)) => {
                Ok(Endpoint::custom(graph_url, authority_url, scope)?)
            }
            (Some(graph_url), Some(_)) if self.graph_url.is_some() && self.cloud.is_none() => {
                Ok(Endpoint::custom(graph_url, authority_url, scope)?)
            }
            (Some(_), Some(cloud)) => Err(Failure::usage(format!(
                "a Graph URL goes with the cloud `custom`, and the cloud is `{cloud}`\nhint: leave one of them out"
            ))),
            (None, Some(Cloud::Custom)) => Err(Failure::usage(
                "the cloud `custom` needs a Graph URL\nhint: --graph-url https://HOST/v1.0 and --authority-url https://HOST",
            )),
            (None, cloud) => {
                let endpoint =
                    Endpoint::of(cloud.unwrap_or(Cloud::Global)).expect("only `custom` has no addresses");
                if authority_url.is_some() {
                    return Err(Failure::usage(
                        "an authority URL goes with a Graph URL: both are of one cloud\nhint: add --graph-url, or use --cloud",
                    ));
                }
                Ok(match scope {
                    Some(scope) => endpoint.with_scope(scope)?,
                    None => endpoint,
                })
            }
        }
    }
}

/// Reads a text file that the user named.
pub(super) fn read_text(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path).map_err(|error| cannot_read(&path.display().to_string(), &error))
}

/// A file, or stdin, that the user named and that could not be read.
pub(super) fn cannot_read(name: &str, error: &io::Error) -> Failure {
    Failure::usage(format!("cannot read {name}: {error}\nhint: check the name and its folder"))
}

/// The demo, served in this process over HTTPS as any other tenant.
struct Demo {
    server: sim::Server,
    client: Client,
    /// It is read when the client is made, and must not go before.
    _ca_file: tempfile::NamedTempFile,
}

impl Demo {
    async fn serve(demo: sim::Tenant) -> Result<Self, Failure> {
        let trouble =
            |error: &dyn std::fmt::Display| Failure::usage(format!("cannot serve the demo: {error}"));
        let options = sim::Options { deny: demo.deny().to_vec(), ..sim::Options::default() };
        let server = sim::serve(demo.directory(), options).await.map_err(|error| trouble(&error))?;
        let mut ca_file = tempfile::NamedTempFile::new().map_err(|error| trouble(&error))?;
        ca_file.write_all(server.ca_pem().as_bytes()).map_err(|error| trouble(&error))?;
        let endpoint = Endpoint::custom(&server.graph_url(), Some(&server.authority_url()), None)?;
        let settings = Settings { ca_file: Some(ca_file.path().to_owned()), ..Settings::default() };
        let environment = |name: &str| {
            Some(match name {
                "AZURE_TENANT_ID" => server.tenant_id().to_owned(),
                "AZURE_CLIENT_ID" => server.client_id().to_owned(),
                "AZURE_CLIENT_SECRET" => server.client_secret().to_owned(),
                _ => return None,
            })
        };
        let method = Some(AuthMethod::Secret);
        let (credential, _) = Credential::from_environment(method, None, &endpoint, &settings, &environment)?;
        let client = Client::new(endpoint, credential, &settings)?;
        Ok(Self { server, client, _ca_file: ca_file })
    }
}

/// Scans the demo.
async fn read_demo(demo: sim::Tenant, request: Request<'_>, talk: &Talk) -> Result<Tenant, Failure> {
    let served = Demo::serve(demo).await?;
    let tenant = scan_live(&served.client, request, talk).await;
    served.server.stop().await;
    tenant
}

async fn scan_live(client: &Client, request: Request<'_>, talk: &Talk) -> Result<Tenant, Failure> {
    // The members of one group that is named cost nothing to speak of.
    if let MembersOf::Candidates { named, .. } = request.members_of
        && named.is_none_or(Selector::is_pattern)
    {
        say_cost(client, request.members_of, named.is_some(), talk).await;
    }
    if let Some(Save { path, resume: false }) = request.save
        && scan::can_resume(path)
    {
        talk.say(&Message::new("journal-given-up").with("file", path.display().to_string()));
    }
    tokio::select! {
        tenant = scan::live(client, request, talk.progress()) => {
            let save = request.save.map(|save| save.path);
            let tenant = tenant.map_err(|error| Failure::from(error).or_resume(save))?;
            if let Some(save) = save.filter(|save| scan::can_resume(save)) {
                talk.say(&Message::new("journal-kept").with("file", save.display().to_string()));
            }
            Ok(tenant)
        }
        _ = tokio::signal::ctrl_c() => Err(Failure::interrupted(request.save.map(|save| save.path))),
    }
}

/// Says what reading the members of many groups will take. Where Graph does not count, nothing is said: the scan
/// tells what is wrong.
async fn say_cost(client: &Client, members_of: MembersOf<'_>, at_most: bool, talk: &Talk) {
    if let Ok(Estimate { groups, requests, resource_units, .. }) = scan::of_members(client, members_of).await
    {
        talk.say(
            &Message::new("groups-cost")
                .with("at-most", if at_most { "yes" } else { "no" })
                .with("groups", groups.unwrap_or_default())
                .with("requests", requests)
                .with("units", resource_units),
        );
    }
}
