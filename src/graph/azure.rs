//! The adapter through which `azure_identity` asks for tokens: its requests become ours.
//!
//! It implements `azure_core`'s `HttpClient` over [`Sender`], so that the allow-list and the one sending
//! function hold for the library too. It also repeats what is worth repeating (the library's own retry is
//! switched off), and keeps what the sign-in service answered, because the library's error would show the
//! service's description verbatim.
//!
//! Besides the sign-in service, two others give tokens: the managed identity service of an Azure machine, and
//! Azure Pipelines, whose token is then shown to the sign-in service.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use azure_core::error::ErrorKind as AzureErrorKind;
use azure_core::http::headers::Headers;
use azure_core::http::{AsyncRawResponse, Body, HttpClient, Method as AzureMethod, Request};
use bytes::Bytes;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Url};

use super::aadsts;
use super::error::{Fault, GraphError};
use super::retry::{self, Clock, Patience};
use super::send::{Connection, Received, SendError, Sender};
use super::settings::Settings;

/// A sign-in is over within this time, waits included; one with a device code takes as long as its user.
pub(crate) const SIGN_IN_TIME: Duration = Duration::from_secs(30);

/// A managed identity service that is being upgraded is back within 70 s (Microsoft documentation, "How to use
/// managed identities for Azure resources on an Azure VM to acquire an access token").
pub(crate) const MANAGED_IDENTITY_TIME: Duration = Duration::from_secs(90);

/// Who is asked for a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Service {
    /// The sign-in service.
    SignIn,
    /// Azure Pipelines first, and then the sign-in service.
    Pipelines,
    /// The managed identity service of this machine.
    ManagedIdentity,
}

impl Service {
    fn time(self) -> Duration {
        match self {
            Self::SignIn | Self::Pipelines => SIGN_IN_TIME,
            Self::ManagedIdentity => MANAGED_IDENTITY_TIME,
        }
    }

    /// Whether the same request may get another answer with time.
    fn is_transient(self, status: u16) -> bool {
        // The page named above: the service answers so while it starts or is being upgraded.
        let starting = self == Self::ManagedIdentity && matches!(status, 404 | 410);
        starting || retry::is_transient(status)
    }

    /// Whether a request that did not get through never will.
    fn is_final(self, fault: Fault) -> bool {
        match fault {
            Fault::NotTrusted => true,
            // The service is in the machine itself: who does not reach it at once is on no such machine.
            Fault::Refused | Fault::TimedOut => self == Self::ManagedIdentity,
            Fault::NameNotFound | Fault::Broken => false,
        }
    }

    /// Tells what an answer that is not a success means.
    fn explain(self, url: &Url, error: GraphError) -> GraphError {
        match self {
            Self::ManagedIdentity => error
                .with_message("the managed identity service gave no token")
                .with_hint("assign a managed identity to this machine; if it has several, AZURE_CLIENT_ID must name one"),
            Self::Pipelines if !url.path().ends_with("/oauth2/v2.0/token") => error
                .with_message("Azure Pipelines gave no token for the service connection")
                .with_hint("check AZURESUBSCRIPTION_SERVICE_CONNECTION_ID, and that the step maps SYSTEM_ACCESSTOKEN: $(System.AccessToken)"),
            Self::SignIn | Self::Pipelines => error,
        }
    }
}

/// Sends the token requests of one sign-in, and remembers why the last of them failed.
pub(crate) struct TokenTransport {
    service: Service,
    sender: Arc<Sender>,
    settings: Settings,
    clock: Clock,
    failure: Mutex<Option<GraphError>>,
}

impl fmt::Debug for TokenTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenTransport").finish_non_exhaustive()
    }
}

impl TokenTransport {
    pub(crate) fn new(service: Service, sender: Arc<Sender>, settings: &Settings) -> Self {
        Self {
            service,
            sender,
            settings: settings.clone(),
            clock: Clock::new(settings.waiting),
            failure: Mutex::default(),
        }
    }

    /// Why no token was given, if a request of this sign-in failed.
    pub(crate) fn failure(&self) -> Option<GraphError> {
        self.failure.lock().expect("no panic while the failure is held").clone()
    }

    /// Keeps the failure, and gives the error that the library is told instead.
    pub(crate) fn fail(&self, error: GraphError) -> azure_core::Error {
        let text = error.to_string();
        self.remember(error);
        azure_error(&text)
    }

    fn remember(&self, error: GraphError) {
        *self.failure.lock().expect("no panic while the failure is held") = Some(error);
    }

    /// The clock on which this sign-in waits.
    pub(crate) fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Sends until there is a final answer.
    pub(crate) async fn ask(
        &self,
        method: Method,
        url: &Url,
        headers: HeaderMap,
        body: Bytes,
    ) -> Result<Received, GraphError> {
        let path = url.path();
        let mut patience = Patience::new(&self.settings).at_most(self.service.time());
        let mut connection = Connection::Any;
        loop {
            let allowed =
                self.sender.allow(method.clone(), url.clone(), headers.clone(), body.clone()).map_err(
                    |why| GraphError::new(super::ErrorKind::NotAllowed, "POST", path, &why.to_string()),
                )?;
            patience.attempt();
            let (error, asked) = match self.sender.send(allowed, connection).await {
                Ok(received) if (200..300).contains(&received.status) => return Ok(received),
                Ok(received) => {
                    let error = GraphError::from_sign_in_answer(path, received.status, &received.body);
                    let error = self.service.explain(url, error);
                    let transient = self.service.is_transient(received.status)
                        || error.sign_in_codes().iter().any(|code| aadsts::is_transient(*code));
                    if !transient {
                        return Err(error.with_attempts(patience.made()));
                    }
                    (error, retry::retry_after(&received.headers))
                }
                Err(SendError::Transport(fault, chain)) => {
                    let error = GraphError::transport("POST", path, fault, &chain);
                    if self.service.is_final(fault) {
                        let error = match self.service {
                            Service::ManagedIdentity => error
                                .with_hint("no managed identity service answers here: use another --auth"),
                            Service::SignIn | Service::Pipelines => error,
                        };
                        return Err(error.with_attempts(patience.made()));
                    }
                    (error, None)
                }
                Err(SendError::TooLarge) => {
                    return Err(GraphError::sign_in("the answer is not one of the sign-in service"));
                }
            };
            if error.status() == Some(503) {
                connection = Connection::New;
            }
            let error = error.with_attempts(patience.made());
            let Ok(wait) = patience.next_wait(asked) else { return Err(error) };
            // In case the time limit of the sign-in cuts the wait off.
            self.remember(error);
            self.clock.sleep_until(self.clock.now() + wait).await;
            patience.waited(wait);
        }
    }
}

#[async_trait::async_trait]
impl HttpClient for TokenTransport {
    async fn execute_request(&self, request: &Request) -> azure_core::Result<AsyncRawResponse> {
        let (Some(method), Some(headers), Body::Bytes(body)) =
            (method(request.method()), headers(request.headers()), request.body())
        else {
            return Err(azure_error("a request that no sign-in makes"));
        };
        match self.ask(method, request.url(), headers, body.clone()).await {
            Ok(received) => {
                Ok(AsyncRawResponse::from_bytes(received.status.into(), Headers::new(), received.body))
            }
            Err(error) => Err(self.fail(error)),
        }
    }
}

/// An error of the kind that the library neither repeats nor looks into.
fn azure_error(text: &str) -> azure_core::Error {
    azure_core::Error::with_message(AzureErrorKind::Other, text.to_owned())
}

fn method(method: AzureMethod) -> Option<Method> {
    match method {
        AzureMethod::Get => Some(Method::GET),
        AzureMethod::Post => Some(Method::POST),
        _ => None,
    }
}

/// The library's headers, without its user agent: the sign-in log shall show who we are.
fn headers(headers: &Headers) -> Option<HeaderMap> {
    let mut map = HeaderMap::new();
    for (name, value) in headers.iter() {
        let name: HeaderName = name.as_str().parse().ok()?;
        if name != reqwest::header::USER_AGENT {
            map.insert(name, HeaderValue::from_str(value.as_str()).ok()?);
        }
    }
    Some(map)
}
