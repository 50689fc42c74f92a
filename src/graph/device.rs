//! Signing in with a device code: the user enters it in a browser, on this computer or another.
//!
//! Two requests (Microsoft documentation, "Microsoft identity platform and the OAuth 2.0 device authorization
//! grant flow"; RFC 8628): one gets the code, the other is repeated until the user has signed in. The answer
//! holds a refresh token too, with which later tokens are got without the user. It is kept in memory only.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use azure_core::credentials::{AccessToken, Secret, TokenCredential, TokenRequestOptions};
use azure_core::time::OffsetDateTime;
use bytes::Bytes;
use reqwest::header::{self, HeaderMap, HeaderValue};
use reqwest::{Method, Url};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::sync::Mutex;

use super::azure::TokenTransport;
use super::error::{ErrorKind, GraphError, clean};

/// What shows the user where to enter which code.
pub(crate) type Prompt = Arc<dyn Fn(&str) + Send + Sync>;

const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// RFC 8628, 3.5: by this much a client that is told to slow down waits longer, from then on.
const SLOWER: Duration = Duration::from_secs(5);

/// An application in which a user signs in, and the refresh token once that has happened.
pub(crate) struct Device {
    authority: Url,
    tenant: String,
    client_id: String,
    refresh: Mutex<Option<Secret>>,
}

impl fmt::Debug for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Device").field("tenant", &self.tenant).finish_non_exhaustive()
    }
}

/// One sign-in.
pub(crate) struct DeviceSignIn {
    pub(crate) device: Arc<Device>,
    pub(crate) transport: Arc<TokenTransport>,
    pub(crate) prompt: Prompt,
}

impl fmt::Debug for DeviceSignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceSignIn").field("device", &self.device).finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
#[expect(clippy::struct_field_names, reason = "these are the names of the protocol")]
struct Code {
    device_code: Secret,
    user_code: String,
    verification_uri: String,
    expires_in: u32,
    interval: Option<u32>,
    message: Option<String>,
}

#[derive(Deserialize)]
#[expect(clippy::struct_field_names, reason = "these are the names of the protocol")]
struct Token {
    access_token: Secret,
    expires_in: u32,
    refresh_token: Option<Secret>,
}

impl Device {
    pub(crate) fn new(authority: Url, tenant: String, client_id: String) -> Self {
        Self { authority, tenant, client_id, refresh: Mutex::default() }
    }
}

impl DeviceSignIn {
    async fn sign_in(&self, scope: &str) -> Result<AccessToken, GraphError> {
        // Without `offline_access` there is no refresh token, and a long scan would ask its user again.
        let scope = format!("{scope} offline_access");
        let mut refresh = self.device.refresh.lock().await;
        let renewed = match &*refresh {
            None => None,
            Some(known) => match self.renew(&scope, known).await {
                Ok(token) => Some(token),
                // It has ended, or a policy wants to see the user again.
                Err(error) if matches!(error.code(), Some("invalid_grant" | "interaction_required")) => None,
                Err(error) => return Err(error),
            },
        };
        let token = match renewed {
            Some(token) => token,
            None => self.ask_user(&scope).await?,
        };
        if token.refresh_token.is_some() {
            *refresh = token.refresh_token;
        }
        let ends = OffsetDateTime::now_utc() + Duration::from_secs(token.expires_in.into());
        Ok(AccessToken::new(token.access_token.secret().to_owned(), ends))
    }

    async fn renew(&self, scope: &str, refresh: &Secret) -> Result<Token, GraphError> {
        self.post(
            "token",
            &[
                ("grant_type", "refresh_token"),
                ("client_id", &self.device.client_id),
                ("scope", scope),
                ("refresh_token", refresh.secret()),
            ],
        )
        .await
    }

    /// Shows the code, and asks until it was entered.
    async fn ask_user(&self, scope: &str) -> Result<Token, GraphError> {
        let client_id = self.device.client_id.as_str();
        let code: Code = self.post("devicecode", &[("client_id", client_id), ("scope", scope)]).await?;
        (self.prompt)(&match code.message.as_deref().map(clean).filter(|message| !message.is_empty()) {
            Some(message) => message,
            None => format!(
                "to sign in, open {} and enter the code {}",
                clean(&code.verification_uri),
                clean(&code.user_code)
            ),
        });
        let clock = self.transport.clock();
        let end = clock.now() + Duration::from_secs(code.expires_in.into());
        let mut interval = Duration::from_secs(code.interval.unwrap_or(5).clamp(1, 60).into());
        let form =
            [("grant_type", GRANT), ("client_id", client_id), ("device_code", code.device_code.secret())];
        loop {
            let next = clock.now() + interval;
            if next >= end {
                return Err(expired());
            }
            clock.sleep_until(next).await;
            let error = match self.post("token", &form).await {
                Ok(token) => return Ok(token),
                Err(error) => error,
            };
            match error.code() {
                Some("authorization_pending") => {}
                Some("slow_down") => interval += SLOWER,
                Some("expired_token") => return Err(expired()),
                Some("authorization_declined" | "access_denied") => {
                    return Err(GraphError::sign_in("the sign-in was declined in the browser"));
                }
                _ => return Err(error),
            }
        }
    }

    async fn post<T: DeserializeOwned>(&self, what: &str, form: &[(&str, &str)]) -> Result<T, GraphError> {
        let mut url = self.device.authority.clone();
        url.set_path(&format!("{}/oauth2/v2.0/{what}", self.device.tenant));
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        let received = self.transport.ask(Method::POST, &url, headers, encode(form)).await?;
        // The parser's words are left out: they may quote a token.
        serde_json::from_slice(&received.body).map_err(|_| {
            GraphError::new(
                ErrorKind::SignIn,
                "POST",
                url.path(),
                "the answer is not one of the sign-in service",
            )
            .with_hint("check the authority URL, and whether a proxy stands in between")
        })
    }
}

#[async_trait::async_trait]
impl TokenCredential for DeviceSignIn {
    async fn get_token(
        &self,
        scopes: &[&str],
        _options: Option<TokenRequestOptions<'_>>,
    ) -> azure_core::Result<AccessToken> {
        self.sign_in(&scopes.join(" ")).await.map_err(|error| self.transport.fail(error))
    }
}

fn expired() -> GraphError {
    GraphError::sign_in("the device code was not entered in time")
        .with_hint("run it again, and sign in sooner")
}

/// The fields as the body of a form. A URL's query is encoded in the same way.
fn encode(form: &[(&str, &str)]) -> Bytes {
    let mut url = Url::parse("form:").expect("a scheme is a URL");
    url.query_pairs_mut().extend_pairs(form);
    Bytes::from(url.query().unwrap_or_default().to_owned())
}
