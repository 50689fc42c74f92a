//! Who we are: the way of signing in, and the token it gives.
//!
//! A method of signing in is a [`Source`]: it makes an `azure_core` `TokenCredential`, and everything else
//! (keeping the token, renewing it, the time limit, telling what went wrong) is the same for all.
//!
//! Secrets come from the environment only, and nothing here prints one.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use azure_core::credentials::{AccessToken, Secret};
use azure_core::time::OffsetDateTime;
use tokio::sync::Mutex;

use super::cloud::Endpoint;
use super::device::Prompt;
use super::error::{GraphError, clean};
use super::settings::Settings;
use super::source::{self, Source};

/// A token is replaced this long before it ends, so that it does not end on the way.
const RENEW_BEFORE: Duration = Duration::from_mins(5);

/// A way of signing in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AuthMethod {
    /// A token that was got elsewhere, in `TOLLGATE_ACCESS_TOKEN`. It cannot be renewed.
    Token,
    /// An application with a client secret: `AZURE_CLIENT_ID`, `AZURE_CLIENT_SECRET` and a tenant.
    Secret,
    /// An application with a certificate: `AZURE_CLIENT_ID`, `AZURE_CLIENT_CERTIFICATE_PATH` (PEM, with its
    /// unencrypted RSA key) and a tenant.
    Certificate,
    /// An application that another issuer vouches for: `AZURE_CLIENT_ID`, `AZURE_FEDERATED_TOKEN_FILE` and a
    /// tenant.
    Workload,
    /// The service connection of an Azure Pipelines job: `SYSTEM_OIDCREQUESTURI`, `SYSTEM_ACCESSTOKEN`, and
    /// `AZURESUBSCRIPTION_CLIENT_ID`, `…_TENANT_ID` and `…_SERVICE_CONNECTION_ID`.
    Pipelines,
    /// The managed identity of this Azure machine: `IDENTITY_ENDPOINT` and `IDENTITY_HEADER`, or else the
    /// metadata service of a virtual machine. `AZURE_CLIENT_ID` names one identity of several.
    Managed,
    /// Whoever is signed in to the Azure CLI (`az login`).
    Cli,
    /// A user who enters a code in a browser: `AZURE_CLIENT_ID` of a public client, and a tenant.
    Device,
}

impl AuthMethod {
    /// All methods, in the order in which they are tried when none is chosen; the last one never is.
    pub const ALL: [Self; 8] = [
        Self::Token,
        Self::Secret,
        Self::Certificate,
        Self::Workload,
        Self::Pipelines,
        Self::Managed,
        Self::Cli,
        Self::Device,
    ];

    /// The name on the command line, such as `secret`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Secret => "secret",
            Self::Certificate => "certificate",
            Self::Workload => "workload",
            Self::Pipelines => "pipelines",
            Self::Managed => "managed",
            Self::Cli => "cli",
            Self::Device => "device",
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

/// The way of signing in that was taken, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The way.
    pub method: AuthMethod,
    /// The reason, as a sentence without a capital or full stop: `AZURE_CLIENT_SECRET is set`.
    pub why: &'static str,
}

/// What gets tokens. It keeps the current one and renews it in time.
pub struct Credential {
    source: Source,
    scope: String,
    settings: Settings,
    prompt: Option<Prompt>,
    current: Mutex<Option<Current>>,
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
    /// `method` is the user's choice. Without one it is the first of [`AuthMethod::ALL`] that the environment
    /// announces, or else the Azure CLI; a device code and the metadata service of a virtual machine are used
    /// only when asked for. `tenant` comes before `AZURE_TENANT_ID`. `AZURE_AUTHORITY_HOST` is used where it
    /// is of the endpoint's cloud, or where a custom endpoint has no authority. `env` reads an environment
    /// variable; an empty one counts as not set. (`azure_identity` finds `IDENTITY_ENDPOINT`,
    /// `IDENTITY_HEADER` and `SYSTEM_OIDCREQUESTURI` in the process itself.)
    ///
    /// # Errors
    /// Of kind [`ErrorKind::Configuration`](super::ErrorKind::Configuration), naming the variables that are
    /// missing or what is wrong with the tenant, the authority, the certificate or the CA file.
    pub fn from_environment(
        method: Option<AuthMethod>,
        tenant: Option<&str>,
        endpoint: &Endpoint,
        settings: &Settings,
        env: &dyn Fn(&str) -> Option<String>,
    ) -> Result<(Self, Choice), GraphError> {
        let env = |name: &str| env(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let (method, why) = match method {
            Some(method) => (method, "it was asked for"),
            None => source::first_that_applies(&env),
        };
        let source = Source::from_environment(method, tenant, endpoint, settings, &env)?;
        Ok((Self::new(source, endpoint, settings), Choice { method, why }))
    }

    fn new(source: Source, endpoint: &Endpoint, settings: &Settings) -> Self {
        Self {
            source,
            scope: endpoint.scope.clone(),
            settings: settings.clone(),
            prompt: None,
            current: Mutex::default(),
        }
    }

    /// The same, showing the user where to enter a device code through `show`, which gets one line without
    /// control characters. Without it, a device code cannot be used.
    #[must_use]
    pub fn with_prompt(self, show: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self { prompt: Some(Arc::new(show)), ..self }
    }

    /// How this credential signs in.
    pub fn method(&self) -> AuthMethod {
        self.source.method()
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
        let (credential, transport) = self.source.credential(&self.settings, self.prompt.as_ref())?;
        let scopes = [self.scope.as_str()];
        let limit = self.source.time_limit();
        let answer = tokio::time::timeout(limit, credential.get_token(&scopes, None)).await;
        let failure = transport.and_then(|transport| transport.failure());
        match answer {
            Ok(Ok(token)) => Ok(token),
            Ok(Err(error)) => Err(failure.unwrap_or_else(|| self.source.untold(&error))),
            Err(_) => Err(failure.unwrap_or_else(|| {
                GraphError::sign_in(&format!("no answer within {} seconds", limit.as_secs()))
            })),
        }
    }
}

/// When to replace a token: some minutes before it ends, or after half its life if it is a short one.
fn renewal(now: OffsetDateTime, end: OffsetDateTime) -> OffsetDateTime {
    let lifetime = Duration::try_from(end - now).unwrap_or_default();
    end - RENEW_BEFORE.min(lifetime / 2)
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;
    use std::io;
    use std::process::{Command, Output};
    use std::sync::Mutex as SyncMutex;

    use azure_identity::Executor;

    use super::super::{Cloud, ErrorKind};
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
