//! The adapter through which `azure_identity` asks for tokens: its requests become ours.
//!
//! It implements `azure_core`'s `HttpClient` over [`Sender`], so that the allow-list and the one sending
//! function hold for the library too. It also repeats what is worth repeating (the library's own retry is
//! switched off), and keeps what the sign-in service answered, because the library's error would show the
//! service's description verbatim.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use azure_core::error::ErrorKind as AzureErrorKind;
use azure_core::http::headers::Headers;
use azure_core::http::{AsyncRawResponse, Body, HttpClient, Method as AzureMethod, Request};
use bytes::Bytes;
use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::aadsts;
use super::error::GraphError;
use super::retry::{self, Clock, Patience};
use super::send::{Received, SendError, Sender};
use super::settings::Settings;

/// A sign-in is over within this time, waits included.
pub(crate) const SIGN_IN_TIME: Duration = Duration::from_secs(30);

/// Sends the token requests of one sign-in, and remembers why the last of them failed.
pub(crate) struct TokenTransport {
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
    pub(crate) fn new(sender: Arc<Sender>, settings: &Settings) -> Self {
        Self {
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

    fn remember(&self, error: GraphError) {
        *self.failure.lock().expect("no panic while the failure is held") = Some(error);
    }

    /// Sends until there is a final answer.
    async fn ask(
        &self,
        method: Method,
        request: &Request,
        headers: HeaderMap,
        body: Bytes,
    ) -> Result<Received, GraphError> {
        let path = request.url().path();
        let mut patience = Patience::new(&self.settings).at_most(SIGN_IN_TIME);
        loop {
            let allowed = self
                .sender
                .allow(method.clone(), request.url().clone(), headers.clone(), body.clone())
                .map_err(|why| {
                    GraphError::new(super::ErrorKind::NotAllowed, "POST", path, &why.to_string())
                })?;
            patience.attempt();
            let (error, asked) = match self.sender.send(allowed).await {
                Ok(received) if (200..300).contains(&received.status) => return Ok(received),
                Ok(received) => {
                    let error = GraphError::from_sign_in_answer(path, received.status, &received.body);
                    let transient = retry::is_transient(received.status)
                        || error.sign_in_codes().iter().any(|code| aadsts::is_transient(*code));
                    if !transient {
                        return Err(error.with_attempts(patience.made()));
                    }
                    (error, retry::retry_after(&received.headers))
                }
                Err(SendError::Transport(fault, chain)) => {
                    let error = GraphError::transport("POST", path, fault, &chain);
                    if fault == super::Fault::NotTrusted {
                        return Err(error.with_attempts(patience.made()));
                    }
                    (error, None)
                }
                Err(SendError::TooLarge) => {
                    return Err(GraphError::sign_in("the answer is not one of the sign-in service"));
                }
            };
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
        match self.ask(method, request, headers, body.clone()).await {
            Ok(received) => {
                Ok(AsyncRawResponse::from_bytes(received.status.into(), Headers::new(), received.body))
            }
            Err(error) => {
                let text = error.to_string();
                self.remember(error);
                Err(azure_error(&text))
            }
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
