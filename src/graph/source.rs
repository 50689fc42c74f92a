//! The ways to get a token, and what each takes from the environment.

use std::fmt;
use std::fs;
use std::sync::Arc;
use std::time::Duration;

use azure_core::cloud::{CloudConfiguration, CustomConfiguration};
use azure_core::credentials::{AccessToken, Secret, TokenCredential, TokenRequestOptions};
use azure_core::http::{ClientMethodOptions, ClientOptions, RetryOptions, Transport};
use azure_core::time::OffsetDateTime;
use azure_identity::{
    AzureCliCredential, AzureCliCredentialOptions, AzurePipelinesCredential, AzurePipelinesCredentialOptions,
    ClientAssertion, ClientAssertionCredential, ClientAssertionCredentialOptions, ClientSecretCredential,
    ClientSecretCredentialOptions, Executor, ManagedIdentityCredential, ManagedIdentityCredentialOptions,
    UserAssignedId,
};
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};

use super::aadsts;
use super::allow::{AllowList, IMDS, is_tenant};
use super::auth::AuthMethod;
use super::azure::{MANAGED_IDENTITY_TIME, SIGN_IN_TIME, Service, TokenTransport};
use super::certificate::Certificate;
use super::cloud::Endpoint;
use super::device::{Device, DeviceSignIn, Prompt};
use super::error::{ErrorKind, GraphError, clean};
use super::send::Sender;
use super::settings::Settings;

/// Environment variable of a token that was got elsewhere.
const TOKEN: &str = "TOLLGATE_ACCESS_TOKEN";
const CLIENT_ID: &str = "AZURE_CLIENT_ID";
const CLIENT_SECRET: &str = "AZURE_CLIENT_SECRET";
const CERTIFICATE: &str = "AZURE_CLIENT_CERTIFICATE_PATH";
const FEDERATED_TOKEN: &str = "AZURE_FEDERATED_TOKEN_FILE";
const TENANT_ID: &str = "AZURE_TENANT_ID";
const AUTHORITY_HOST: &str = "AZURE_AUTHORITY_HOST";
const IDENTITY_ENDPOINT: &str = "IDENTITY_ENDPOINT";
const IDENTITY_HEADER: &str = "IDENTITY_HEADER";
const MSI_ENDPOINT: &str = "MSI_ENDPOINT";
const OIDC_URL: &str = "SYSTEM_OIDCREQUESTURI";
const CONNECTION_CLIENT_ID: &str = "AZURESUBSCRIPTION_CLIENT_ID";
const CONNECTION_TENANT_ID: &str = "AZURESUBSCRIPTION_TENANT_ID";
const CONNECTION_ID: &str = "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID";
const JOB_TOKEN: &str = "SYSTEM_ACCESSTOKEN";

/// How long a managed identity service may take to be reached. It is in the machine itself.
const NEARBY: Duration = Duration::from_secs(1);

/// The first wait for a managed identity service (the documentation's waits are 2, 6, 14 and 30 s).
const MANAGED_IDENTITY_BACKOFF: Duration = Duration::from_secs(2);

/// Reads an environment variable; an empty one counts as not set.
pub(crate) type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// How a token is got. Each variant makes a fresh `TokenCredential`, without the cache of an earlier one.
pub(crate) enum Source {
    Ready(SecretString),
    Application(Box<Application>),
    Managed {
        /// The client id of one identity of several.
        identity: Option<String>,
        sender: Arc<Sender>,
    },
    Cli {
        tenant: Option<String>,
        executor: Arc<dyn Executor>,
    },
    Device {
        device: Arc<Device>,
        sender: Arc<Sender>,
    },
}

/// An application that signs in by itself.
pub(crate) struct Application {
    authority: Url,
    tenant: String,
    client_id: String,
    proof: Proof,
    sender: Arc<Sender>,
}

/// By what an application proves that it is itself.
enum Proof {
    Secret(SecretString),
    Certificate(Box<Certificate>),
    /// The path of a file with a token of another issuer. It is replaced from time to time.
    FederatedToken(String),
    Pipelines {
        connection: String,
        job_token: SecretString,
    },
}

/// A fresh credential, and the transport that knows what the sign-in service answered.
pub(crate) type Made = (Arc<dyn TokenCredential>, Option<Arc<TokenTransport>>);

/// The method to take when none is chosen, and why.
pub(crate) fn first_that_applies(env: Environment<'_>) -> (AuthMethod, &'static str) {
    let set = |name: &str| env(name).is_some();
    let pipelines = [OIDC_URL, CONNECTION_CLIENT_ID, CONNECTION_TENANT_ID, CONNECTION_ID, JOB_TOKEN];
    if set(TOKEN) {
        (AuthMethod::Token, "TOLLGATE_ACCESS_TOKEN is set")
    } else if set(CLIENT_SECRET) {
        (AuthMethod::Secret, "AZURE_CLIENT_SECRET is set")
    } else if set(CERTIFICATE) {
        (AuthMethod::Certificate, "AZURE_CLIENT_CERTIFICATE_PATH is set")
    } else if set(FEDERATED_TOKEN) {
        (AuthMethod::Workload, "AZURE_FEDERATED_TOKEN_FILE is set")
    } else if pipelines.into_iter().all(set) {
        (AuthMethod::Pipelines, "the variables of an Azure Pipelines service connection are set")
    } else if set(IDENTITY_ENDPOINT) && set(IDENTITY_HEADER) {
        (AuthMethod::Managed, "IDENTITY_ENDPOINT and IDENTITY_HEADER are set")
    } else {
        (AuthMethod::Cli, "the environment announces nothing else")
    }
}

/// Takes from the environment what is needed, and remembers what is not there.
struct Needs<'a> {
    env: Environment<'a>,
    missing: Vec<&'static str>,
}

impl Needs<'_> {
    fn take(&mut self, name: &'static str) -> String {
        self.or_missing((self.env)(name), name)
    }

    fn tenant(&mut self, tenant: Option<String>) -> String {
        self.or_missing(tenant, "a tenant (--tenant or AZURE_TENANT_ID)")
    }

    fn or_missing(&mut self, value: Option<String>, name: &'static str) -> String {
        value.unwrap_or_else(|| {
            self.missing.push(name);
            String::new()
        })
    }

    fn finish(self, method: AuthMethod) -> Result<(), GraphError> {
        if self.missing.is_empty() {
            return Ok(());
        }
        Err(GraphError::configuration(&format!(
            "signing in by {method} needs {}",
            self.missing.join(" and ")
        )))
    }
}

impl Source {
    /// Takes what `method` needs from the environment; nothing is sent yet.
    pub(crate) fn from_environment(
        method: AuthMethod,
        tenant: Option<&str>,
        endpoint: &Endpoint,
        settings: &Settings,
        env: Environment<'_>,
    ) -> Result<Self, GraphError> {
        let given = tenant.map(str::to_owned);
        let tenant = given.clone().or_else(|| env(TENANT_ID));
        let mut needs = Needs { env, missing: Vec::new() };
        match method {
            AuthMethod::Token => {
                let token = needs.take(TOKEN);
                needs.finish(method)?;
                Ok(Self::Ready(token.into()))
            }
            AuthMethod::Secret => {
                let (client_id, secret) = (needs.take(CLIENT_ID), needs.take(CLIENT_SECRET));
                let tenant = needs.tenant(tenant);
                needs.finish(method)?;
                Application::source(
                    tenant,
                    client_id,
                    Proof::Secret(secret.into()),
                    None,
                    endpoint,
                    settings,
                    env,
                )
            }
            AuthMethod::Certificate => {
                let (client_id, path) = (needs.take(CLIENT_ID), needs.take(CERTIFICATE));
                let tenant = needs.tenant(tenant);
                needs.finish(method)?;
                let proof = Proof::Certificate(Box::new(Certificate::read(&path)?));
                Application::source(tenant, client_id, proof, None, endpoint, settings, env)
            }
            AuthMethod::Workload => {
                let (client_id, path) = (needs.take(CLIENT_ID), needs.take(FEDERATED_TOKEN));
                let tenant = needs.tenant(tenant);
                needs.finish(method)?;
                Application::source(
                    tenant,
                    client_id,
                    Proof::FederatedToken(path),
                    None,
                    endpoint,
                    settings,
                    env,
                )
            }
            AuthMethod::Pipelines => {
                let (url, client_id) = (needs.take(OIDC_URL), needs.take(CONNECTION_CLIENT_ID));
                let tenant = given.unwrap_or_else(|| needs.take(CONNECTION_TENANT_ID));
                let (connection, job_token) = (needs.take(CONNECTION_ID), needs.take(JOB_TOKEN));
                needs.finish(method)?;
                let url = oidc_request(&url, &connection)?;
                let proof = Proof::Pipelines { connection, job_token: job_token.into() };
                Application::source(tenant, client_id, proof, Some(url), endpoint, settings, env)
            }
            AuthMethod::Managed => {
                let address = managed_identity_address(env)?;
                let allow = AllowList::new(endpoint, None).with_managed_identity(address.clone());
                let settings = Settings { connect_timeout: NEARBY, ..settings.clone() };
                let sender = Arc::new(Sender::new(&address, allow, &settings)?);
                Ok(Self::Managed { identity: env(CLIENT_ID), sender })
            }
            AuthMethod::Cli => Ok(Self::Cli {
                tenant: tenant.map(checked_tenant).transpose()?,
                executor: azure_identity::new_executor(),
            }),
            AuthMethod::Device => {
                let client_id = needs.take(CLIENT_ID);
                let tenant = needs.tenant(tenant);
                needs.finish(method)?;
                let authority = authority(endpoint, env)?;
                let allow = AllowList::new(endpoint, Some(authority.clone()));
                let sender = Arc::new(Sender::new(&authority, allow, settings)?);
                let device = Arc::new(Device::new(authority, checked_tenant(tenant)?, client_id));
                Ok(Self::Device { device, sender })
            }
        }
    }

    /// How this source signs in.
    pub(crate) fn method(&self) -> AuthMethod {
        match self {
            Self::Ready(_) => AuthMethod::Token,
            Self::Application(application) => match application.proof {
                Proof::Secret(_) => AuthMethod::Secret,
                Proof::Certificate(_) => AuthMethod::Certificate,
                Proof::FederatedToken(_) => AuthMethod::Workload,
                Proof::Pipelines { .. } => AuthMethod::Pipelines,
            },
            Self::Managed { .. } => AuthMethod::Managed,
            Self::Cli { .. } => AuthMethod::Cli,
            Self::Device { .. } => AuthMethod::Device,
        }
    }

    /// Within which time there is a token or an error.
    pub(crate) fn time_limit(&self) -> Duration {
        match self {
            Self::Ready(_) | Self::Application(_) | Self::Cli { .. } => SIGN_IN_TIME,
            Self::Managed { .. } => MANAGED_IDENTITY_TIME,
            // The code itself ends, by default after 15 minutes.
            Self::Device { .. } => Duration::from_hours(1),
        }
    }

    /// A fresh credential. `prompt` is what shows the user a device code.
    pub(crate) fn credential(
        &self,
        settings: &Settings,
        prompt: Option<&Prompt>,
    ) -> Result<Made, GraphError> {
        match self {
            Self::Ready(token) => Ok((Arc::new(ReadyToken(token.clone())), None)),
            Self::Application(application) => application.credential(settings),
            Self::Managed { identity, sender } => {
                let settings =
                    Settings { backoff: settings.backoff.max(MANAGED_IDENTITY_BACKOFF), ..settings.clone() };
                let transport =
                    Arc::new(TokenTransport::new(Service::ManagedIdentity, Arc::clone(sender), &settings));
                let options = ManagedIdentityCredentialOptions {
                    user_assigned_id: identity.clone().map(UserAssignedId::ClientId),
                    client_options: client_options(&transport, None),
                };
                Ok((
                    ManagedIdentityCredential::new(Some(options)).map_err(|e| unusable(&e))?,
                    Some(transport),
                ))
            }
            Self::Cli { tenant, executor } => {
                let options = AzureCliCredentialOptions {
                    tenant_id: tenant.clone(),
                    executor: Some(Arc::clone(executor)),
                    ..Default::default()
                };
                Ok((AzureCliCredential::new(Some(options)).map_err(|e| unusable(&e))?, None))
            }
            Self::Device { device, sender } => {
                let prompt = prompt.cloned().ok_or_else(|| {
                    GraphError::configuration("nobody is there to be shown the device code")
                })?;
                let transport = Arc::new(TokenTransport::new(Service::SignIn, Arc::clone(sender), settings));
                let sign_in =
                    DeviceSignIn { device: Arc::clone(device), transport: Arc::clone(&transport), prompt };
                Ok((Arc::new(sign_in), Some(transport)))
            }
        }
    }

    /// A failure of which the transport knows nothing.
    pub(crate) fn untold(&self, error: &azure_core::Error) -> GraphError {
        match self {
            // What `az` prints is written for its user.
            Self::Cli { .. } => {
                let text = error.to_string();
                let text = text.split("\nTo troubleshoot").next().unwrap_or_default();
                let text = text.trim_start_matches("AzureCliCredential authentication failed.").trim();
                GraphError::sign_in(&format!("the Azure CLI gave no token: {text}"))
                    .with_sign_in_codes(aadsts::codes_in(text))
                    .with_hint("set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET (docs/permissions.md shows how to get them), or run `az login`; `tollgate audit --demo` needs neither")
            }
            // The answer was a success without a token in it; its text might be half a token.
            Self::Ready(_) | Self::Application(_) | Self::Managed { .. } | Self::Device { .. } => {
                GraphError::sign_in("the sign-in service's answer holds no token")
                    .with_hint("check the authority URL, and whether a proxy stands in between")
            }
        }
    }
}

impl Application {
    fn source(
        tenant: String,
        client_id: String,
        proof: Proof,
        pipelines: Option<Url>,
        endpoint: &Endpoint,
        settings: &Settings,
        env: Environment<'_>,
    ) -> Result<Source, GraphError> {
        let tenant = checked_tenant(tenant)?;
        let authority = authority(endpoint, env)?;
        let mut allow = AllowList::new(endpoint, Some(authority.clone()));
        if let Some(address) = pipelines {
            allow = allow.with_pipelines(address);
        }
        let sender = Arc::new(Sender::new(&authority, allow, settings)?);
        Ok(Source::Application(Box::new(Self { authority, tenant, client_id, proof, sender })))
    }

    fn credential(&self, settings: &Settings) -> Result<Made, GraphError> {
        let service = match self.proof {
            Proof::Pipelines { .. } => Service::Pipelines,
            Proof::Secret(_) | Proof::Certificate(_) | Proof::FederatedToken(_) => Service::SignIn,
        };
        let transport = Arc::new(TokenTransport::new(service, Arc::clone(&self.sender), settings));
        let client_options = client_options(&transport, Some(&self.authority));
        let (tenant, client_id) = (self.tenant.clone(), self.client_id.clone());
        let credential: Arc<dyn TokenCredential> = match &self.proof {
            Proof::Secret(secret) => ClientSecretCredential::new(
                &tenant,
                client_id,
                Secret::new(secret.expose_secret().to_owned()),
                Some(ClientSecretCredentialOptions { client_options }),
            )
            .map_err(|error| unusable(&error))?,
            Proof::Certificate(certificate) => {
                let mut audience = self.authority.clone();
                audience.set_path(&format!("{tenant}/oauth2/v2.0/token"));
                let assertion = certificate.assertion(&client_id, audience.as_str())?;
                by_assertion(tenant, client_id, assertion, client_options)?
            }
            Proof::FederatedToken(path) => {
                by_assertion(tenant, client_id, federated_token(path)?, client_options)?
            }
            Proof::Pipelines { connection, job_token } => AzurePipelinesCredential::new(
                tenant,
                client_id,
                connection,
                job_token.expose_secret().to_owned(),
                Some(AzurePipelinesCredentialOptions {
                    credential_options: ClientAssertionCredentialOptions { client_options },
                }),
            )
            .map_err(|error| unusable(&error))?,
        };
        Ok((credential, Some(transport)))
    }
}

/// A credential of the library that sends through `transport`, which repeats by our rules.
fn client_options(transport: &Arc<TokenTransport>, authority: Option<&Url>) -> ClientOptions {
    let cloud = authority.map(|authority| {
        let mut cloud = CustomConfiguration::default();
        cloud.authority_host = authority.to_string();
        Arc::new(CloudConfiguration::from(cloud))
    });
    ClientOptions {
        transport: Some(Transport::new(Arc::clone(transport) as _)),
        cloud,
        retry: RetryOptions::none(),
        ..Default::default()
    }
}

/// What an application shows instead of a secret.
#[derive(Debug)]
struct Assertion(Secret);

#[async_trait::async_trait]
impl ClientAssertion for Assertion {
    async fn secret(&self, _options: Option<ClientMethodOptions<'_>>) -> azure_core::Result<String> {
        Ok(self.0.secret().to_owned())
    }
}

fn by_assertion(
    tenant: String,
    client_id: String,
    assertion: Secret,
    client_options: ClientOptions,
) -> Result<Arc<dyn TokenCredential>, GraphError> {
    let options = ClientAssertionCredentialOptions { client_options };
    let made = ClientAssertionCredential::new(tenant, client_id, Assertion(assertion), Some(options));
    Ok(made.map_err(|error| unusable(&error))?)
}

/// The file's token as it is now: whoever issues it replaces it before it ends.
fn federated_token(path: &str) -> Result<Secret, GraphError> {
    let refuse = |why: &str| {
        GraphError::configuration(&format!("the token file {} {why}", clean(path)))
            .with_hint("AZURE_FEDERATED_TOKEN_FILE names the file with the token of the other issuer")
    };
    let text = fs::read_to_string(path).map_err(|error| refuse(&format!("cannot be read: {error}")))?;
    let token = text.trim();
    if token.is_empty() { Err(refuse("is empty")) } else { Ok(Secret::new(token.to_owned())) }
}

/// The managed identity service that `azure_identity` will ask, which finds it in the same variables.
fn managed_identity_address(env: Environment<'_>) -> Result<Url, GraphError> {
    let unsupported = |what: &str| {
        GraphError::configuration(&format!(
            "the managed identity of {what} is not supported: sign in by another --auth, such as cli"
        ))
    };
    match (env(IDENTITY_ENDPOINT), env(IDENTITY_HEADER)) {
        (Some(_), Some(_)) if env("IDENTITY_SERVER_THUMBPRINT").is_some() => {
            Err(unsupported("Service Fabric"))
        }
        (Some(address), Some(_)) => match Url::parse(&address) {
            Ok(url)
                if matches!(url.scheme(), "http" | "https")
                    && url.query().is_none()
                    && url.fragment().is_none() =>
            {
                Ok(url)
            }
            _ => Err(GraphError::configuration("IDENTITY_ENDPOINT is not an http address without a query")),
        },
        (Some(_), None) => Err(unsupported("Azure Arc, or of an IDENTITY_ENDPOINT without IDENTITY_HEADER,")),
        (None, _) if env(MSI_ENDPOINT).is_some() => {
            Err(unsupported("Azure Cloud Shell and Azure ML (MSI_ENDPOINT)"))
        }
        (None, _) => Ok(Url::parse(IMDS).expect("a fixed address is a URL")),
    }
}

/// The request by which `azure_identity` gets a token from Azure Pipelines; another is not sent.
fn oidc_request(address: &str, connection: &str) -> Result<Url, GraphError> {
    let mut url = Url::parse(address)
        .ok()
        .filter(|url| url.scheme() == "https")
        .ok_or_else(|| GraphError::configuration(&format!("{OIDC_URL} is not an https address")))?;
    url.query_pairs_mut().append_pair("api-version", "7.1").append_pair("serviceConnectionId", connection);
    Ok(url)
}

/// A token that was got elsewhere. When it ends is not known: Graph tokens are opaque to their bearer.
struct ReadyToken(SecretString);

impl fmt::Debug for ReadyToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReadyToken")
    }
}

#[async_trait::async_trait]
impl TokenCredential for ReadyToken {
    async fn get_token(
        &self,
        _scopes: &[&str],
        _options: Option<TokenRequestOptions<'_>>,
    ) -> azure_core::Result<AccessToken> {
        Ok(AccessToken::new(self.0.expose_secret().to_owned(), OffsetDateTime::now_utc()))
    }
}

fn unusable(error: &azure_core::Error) -> GraphError {
    GraphError::configuration(&error.to_string())
}

fn checked_tenant(tenant: String) -> Result<String, GraphError> {
    if is_tenant(&tenant) {
        return Ok(tenant);
    }
    Err(GraphError::configuration(&format!(
        "`{}` names no single tenant: give its id or one of its domains, for instance contoso.onmicrosoft.com",
        clean(&tenant)
    )))
}

fn authority(endpoint: &Endpoint, env: Environment<'_>) -> Result<Url, GraphError> {
    endpoint
        .authority(env(AUTHORITY_HOST).as_deref())
        .map_err(|error| GraphError::new(ErrorKind::Configuration, "", "", &error.to_string()))?
        .ok_or_else(|| {
            GraphError::configuration(
                "signing in to a Graph of one's own needs the address of its sign-in service: --authority-url or AZURE_AUTHORITY_HOST",
            )
        })
}
