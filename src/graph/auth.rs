//! Who we are: credentials from the environment, and the token they give.
//!
//! A method of signing in is a [`Source`]: it makes an `azure_core` [`TokenCredential`], and everything else
//! (caching, renewing, the time limit, telling what went wrong) is the same for all. A further method is a
//! variant of [`AuthMethod`] and of [`Source`].
//!
//! Secrets come from the environment only, and nothing here prints one.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use azure_core::cloud::{CloudConfiguration, CustomConfiguration};
use azure_core::credentials::{AccessToken, Secret, TokenCredential, TokenRequestOptions};
use azure_core::http::{ClientOptions, RetryOptions, Transport};
use azure_core::time::OffsetDateTime;
use azure_identity::{
    AzureCliCredential, AzureCliCredentialOptions, ClientSecretCredential, ClientSecretCredentialOptions,
    Executor,
};
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;

use super::aadsts;
use super::allow::{AllowList, is_tenant};
use super::azure::{SIGN_IN_TIME, TokenTransport};
use super::cloud::{Endpoint, authority_origin};
use super::error::{ErrorKind, GraphError, clean};
use super::send::Sender;
use super::settings::Settings;

/// Environment variable of a token that was got elsewhere.
const TOKEN: &str = "TOLLGATE_ACCESS_TOKEN";
const CLIENT_ID: &str = "AZURE_CLIENT_ID";
const CLIENT_SECRET: &str = "AZURE_CLIENT_SECRET";
const TENANT_ID: &str = "AZURE_TENANT_ID";
const AUTHORITY_HOST: &str = "AZURE_AUTHORITY_HOST";

/// A token is replaced this long before it ends, so that it does not end on the way.
const RENEW_BEFORE: Duration = Duration::from_mins(5);

/// A way of signing in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AuthMethod {
    /// A token that was got elsewhere, in `TOLLGATE_ACCESS_TOKEN`. It cannot be renewed.
    Token,
    /// An application with a client secret: `AZURE_CLIENT_ID`, `AZURE_CLIENT_SECRET` and a tenant.
    Secret,
    /// Whoever is signed in to the Azure CLI (`az login`).
    Cli,
}

impl AuthMethod {
    /// All methods, in the order in which they are tried when none is chosen.
    pub const ALL: [Self; 3] = [Self::Token, Self::Secret, Self::Cli];

    /// The name on the command line: `token`, `secret` or `cli`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Secret => "secret",
            Self::Cli => "cli",
        }
    }
}

impl fmt::Display for AuthMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for AuthMethod {
    type Err = GraphError;

    fn from_str(name: &str) -> Result<Self, GraphError> {
        Self::ALL.into_iter().find(|method| method.name() == name).ok_or_else(|| {
            let known = Self::ALL.map(Self::name).join(", ");
            GraphError::configuration(&format!(
                "there is no way of signing in called `{}`: {known}",
                clean(name)
            ))
        })
    }
}

/// What gets tokens. It keeps the current one and renews it in time.
pub struct Credential {
    source: Source,
    scope: String,
    settings: Settings,
    current: Mutex<Option<Current>>,
}

/// How a token is got. Each variant makes a fresh `TokenCredential`, without the cache of an earlier one.
enum Source {
    Ready(SecretString),
    Secret { authority: Url, tenant: String, client_id: String, secret: SecretString, sender: Arc<Sender> },
    Cli { tenant: Option<String>, executor: Arc<dyn Executor> },
}

struct Current {
    token: Secret,
    renew_at: Option<OffsetDateTime>,
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential")
            .field("method", &self.method())
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}

impl Credential {
    /// Takes a credential from the environment; nothing is sent yet.
    ///
    /// `method` is the user's choice. Without one it is the first that applies: a token
    /// (`TOLLGATE_ACCESS_TOKEN`), a client secret (`AZURE_CLIENT_SECRET`), or the Azure CLI. `tenant` comes
    /// before `AZURE_TENANT_ID`, and `endpoint.authority` before `AZURE_AUTHORITY_HOST`. `env` reads an
    /// environment variable; an empty one counts as not set.
    ///
    /// # Errors
    /// Of kind [`ErrorKind::Configuration`], naming the variables that are missing or what is wrong with the
    /// tenant, the authority or the CA file.
    pub fn from_environment(
        method: Option<AuthMethod>,
        tenant: Option<&str>,
        endpoint: &Endpoint,
        settings: &Settings,
        env: &dyn Fn(&str) -> Option<String>,
    ) -> Result<(Self, AuthMethod), GraphError> {
        let env = |name: &str| env(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let method = method.unwrap_or_else(|| {
            if env(TOKEN).is_some() {
                AuthMethod::Token
            } else if env(CLIENT_SECRET).is_some() {
                AuthMethod::Secret
            } else {
                AuthMethod::Cli
            }
        });
        let tenant = tenant.map(str::to_owned).or_else(|| env(TENANT_ID));
        let source = match method {
            AuthMethod::Token => Source::Ready(env(TOKEN).ok_or_else(|| missing(method, &[TOKEN]))?.into()),
            AuthMethod::Secret => {
                let (Some(client_id), Some(secret), Some(tenant)) =
                    (env(CLIENT_ID), env(CLIENT_SECRET), tenant.clone())
                else {
                    let absent: Vec<_> = [
                        (CLIENT_ID, env(CLIENT_ID).is_none()),
                        (CLIENT_SECRET, env(CLIENT_SECRET).is_none()),
                        ("a tenant (--tenant or AZURE_TENANT_ID)", tenant.is_none()),
                    ]
                    .into_iter()
                    .filter_map(|(name, absent)| absent.then_some(name))
                    .collect();
                    return Err(missing(method, &absent));
                };
                let authority = authority(endpoint, env(AUTHORITY_HOST))?;
                let allow = AllowList::new(endpoint, Some(authority.clone()));
                let sender = Arc::new(Sender::new(&authority, allow, settings)?);
                Source::Secret {
                    authority,
                    tenant: checked_tenant(tenant)?,
                    client_id,
                    secret: secret.into(),
                    sender,
                }
            }
            AuthMethod::Cli => Source::Cli {
                tenant: tenant.map(checked_tenant).transpose()?,
                executor: azure_identity::new_executor(),
            },
        };
        Ok((Self::new(source, endpoint, settings), method))
    }

    fn new(source: Source, endpoint: &Endpoint, settings: &Settings) -> Self {
        Self { source, scope: endpoint.scope.clone(), settings: settings.clone(), current: Mutex::default() }
    }

    /// How this credential signs in.
    pub fn method(&self) -> AuthMethod {
        match self.source {
            Source::Ready(_) => AuthMethod::Token,
            Source::Secret { .. } => AuthMethod::Secret,
            Source::Cli { .. } => AuthMethod::Cli,
        }
    }

    /// The token to use now. Only one caller at a time asks for a new one; the others wait for it.
    pub(crate) async fn token(&self) -> Result<Secret, GraphError> {
        let mut current = self.current.lock().await;
        if let Some(known) = &*current
            && known.renew_at.is_none_or(|at| OffsetDateTime::now_utc() < at)
        {
            return Ok(known.token.clone());
        }
        self.replace(&mut current).await
    }

    /// Gets a token other than `refused`, which Graph did not accept.
    pub(crate) async fn another(&self, refused: &Secret) -> Result<(), GraphError> {
        let mut current = self.current.lock().await;
        // Otherwise another request was refused too, and has already got a new one.
        if current.as_ref().is_none_or(|known| known.token == *refused) {
            self.replace(&mut current).await?;
        }
        Ok(())
    }

    async fn replace(&self, current: &mut Option<Current>) -> Result<Secret, GraphError> {
        let token = self.fetch().await?;
        let renew_at = (self.method() != AuthMethod::Token)
            .then(|| renewal(OffsetDateTime::now_utc(), token.expires_on));
        *current = Some(Current { token: token.token.clone(), renew_at });
        Ok(token.token)
    }

    /// Gets a token, within the time limit.
    async fn fetch(&self) -> Result<AccessToken, GraphError> {
        let (credential, transport) = self.source.credential(&self.settings)?;
        let scopes = [self.scope.as_str()];
        let answer = tokio::time::timeout(SIGN_IN_TIME, credential.get_token(&scopes, None)).await;
        let failure = transport.and_then(|transport| transport.failure());
        match answer {
            Ok(Ok(token)) => Ok(token),
            Ok(Err(error)) => Err(failure.unwrap_or_else(|| self.untold(&error))),
            Err(_) => Err(failure.unwrap_or_else(|| {
                GraphError::sign_in(&format!("no answer within {} seconds", SIGN_IN_TIME.as_secs()))
            })),
        }
    }

    /// A failure that is not an answer of the sign-in service.
    fn untold(&self, error: &azure_core::Error) -> GraphError {
        match self.source {
            // What `az` prints is written for its user.
            Source::Cli { .. } => {
                let text = error.to_string();
                let text = text.split("\nTo troubleshoot").next().unwrap_or_default();
                let text = text.trim_start_matches("AzureCliCredential authentication failed.").trim();
                GraphError::sign_in(&format!("the Azure CLI gave no token: {text}"))
                    .with_sign_in_codes(aadsts::codes_in(text))
                    .with_hint("set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET (docs/permissions.md shows how to get them), or run `az login`; `tollgate audit --demo` needs neither")
            }
            // The answer was a success without a token in it; its text might be half a token.
            Source::Ready(_) | Source::Secret { .. } => {
                GraphError::sign_in("the sign-in service's answer holds no token")
                    .with_hint("check the authority URL, and whether a proxy stands in between")
            }
        }
    }
}

type Made = (Arc<dyn TokenCredential>, Option<Arc<TokenTransport>>);

impl Source {
    /// A fresh credential, and the transport that knows what the sign-in service answered.
    fn credential(&self, settings: &Settings) -> Result<Made, GraphError> {
        let unusable = |error: azure_core::Error| GraphError::configuration(&error.to_string());
        match self {
            Self::Ready(token) => Ok((Arc::new(ReadyToken(token.clone())), None)),
            Self::Secret { authority, tenant, client_id, secret, sender } => {
                let transport = Arc::new(TokenTransport::new(Arc::clone(sender), settings));
                let mut cloud = CustomConfiguration::default();
                cloud.authority_host = authority.to_string();
                let client_options = ClientOptions {
                    transport: Some(Transport::new(Arc::clone(&transport) as _)),
                    cloud: Some(Arc::new(CloudConfiguration::from(cloud))),
                    // The transport repeats, by our rules.
                    retry: RetryOptions::none(),
                    ..Default::default()
                };
                let credential = ClientSecretCredential::new(
                    tenant,
                    client_id.clone(),
                    Secret::new(secret.expose_secret().to_owned()),
                    Some(ClientSecretCredentialOptions { client_options }),
                )
                .map_err(unusable)?;
                Ok((credential, Some(transport)))
            }
            Self::Cli { tenant, executor } => {
                let options = AzureCliCredentialOptions {
                    tenant_id: tenant.clone(),
                    executor: Some(Arc::clone(executor)),
                    ..Default::default()
                };
                Ok((AzureCliCredential::new(Some(options)).map_err(unusable)?, None))
            }
        }
    }
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

/// When to replace a token: some minutes before it ends, or after half its life if it is a short one.
fn renewal(now: OffsetDateTime, end: OffsetDateTime) -> OffsetDateTime {
    let lifetime = Duration::try_from(end - now).unwrap_or_default();
    end - RENEW_BEFORE.min(lifetime / 2)
}

fn missing(method: AuthMethod, names: &[&str]) -> GraphError {
    GraphError::configuration(&format!("signing in by {method} needs {}", names.join(" and ")))
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

fn authority(endpoint: &Endpoint, from_environment: Option<String>) -> Result<Url, GraphError> {
    if let Some(authority) = &endpoint.authority {
        return Ok(authority.clone());
    }
    let Some(text) = from_environment else {
        return Err(GraphError::configuration(
            "signing in to a Graph of one's own needs the address of its sign-in service: --authority-url or AZURE_AUTHORITY_HOST",
        ));
    };
    authority_origin(&text)
        .map_err(|error| GraphError::new(ErrorKind::Configuration, "", "", &error.to_string()))
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;
    use std::io;
    use std::process::{Command, Output};
    use std::sync::Mutex as SyncMutex;

    use super::super::Cloud;
    use super::*;

    /// Stands in for `az`: answers with fixed words and remembers what was run.
    #[derive(Debug)]
    struct Az {
        succeeds: bool,
        says: &'static str,
        ran: SyncMutex<Vec<String>>,
    }

    #[async_trait::async_trait]
    impl Executor for Az {
        async fn run(&self, _program: &OsStr, arguments: &[&OsStr]) -> io::Result<Output> {
            let line = arguments.iter().map(|text| text.to_string_lossy()).collect::<Vec<_>>().join(" ");
            self.ran.lock().unwrap().push(line);
            // Any program will do for its exit status.
            let status = Command::new(if self.succeeds { "true" } else { "false" }).status()?;
            let (stdout, stderr) = if self.succeeds { (self.says, "") } else { ("", self.says) };
            Ok(Output { status, stdout: stdout.into(), stderr: stderr.into() })
        }
    }

    fn cli(succeeds: bool, says: &'static str) -> (Credential, Arc<Az>) {
        let az = Arc::new(Az { succeeds, says, ran: SyncMutex::default() });
        let source =
            Source::Cli { tenant: Some("contoso.example".to_owned()), executor: Arc::clone(&az) as _ };
        let endpoint = Endpoint::of(Cloud::UsGov).unwrap();
        (Credential::new(source, &endpoint, &Settings::default()), az)
    }

    #[test]
    fn a_token_is_replaced_in_good_time() {
        let now = OffsetDateTime::now_utc();
        let after = |seconds| now + Duration::from_secs(seconds);
        assert_eq!(renewal(now, after(3600)), after(3300));
        assert_eq!(renewal(now, after(200)), after(100));
        assert_eq!(renewal(now, now), now);
    }

    #[tokio::test]
    async fn the_cli_is_run_once_and_for_the_right_tenant_and_cloud() {
        let (credential, az) =
            cli(true, r#"{"accessToken":"token-hunter2","expires_on":4102444800,"tokenType":"Bearer"}"#);
        for _ in 0..2 {
            assert_eq!(credential.token().await.unwrap().secret(), "token-hunter2");
        }
        let ran = az.ran.lock().unwrap();
        assert_eq!(ran.len(), 1);
        assert!(
            ran[0].contains("--scope https://graph.microsoft.us/.default --tenant contoso.example"),
            "{ran:?}"
        );
    }

    #[tokio::test]
    async fn what_the_cli_complains_about_is_told_and_explained() {
        let (credential, _) = cli(false, "ERROR: AADSTS700082: The refresh token has expired.\r\n\u{1b}[0m");
        let error = credential.token().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::SignIn);
        assert_eq!(error.sign_in_codes(), [700_082]);
        let text = error.to_string();
        assert!(text.contains("the Azure CLI gave no token: ERROR") && !text.contains('\u{1b}'), "{text}");
        assert!(!text.contains("aka.ms"), "{text}");
        assert!(error.hint().unwrap().contains("sign in again"));

        let (credential, _) = cli(false, "Please run 'az login' to setup account.");
        assert!(credential.token().await.unwrap_err().hint().unwrap().contains("az login"));
    }
}
