//! Reading Graph: one object, a count, or the pages of a collection.
//!
//! All requests of a client share its throttle: a gate that shuts when Graph asks for it, a number of requests
//! that may be under way at once, and perhaps a pace.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use azure_core::Uuid;
use azure_core::credentials::Secret;
use bytes::Bytes;
use jiff::Timestamp;
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Url};
use serde_json::value::RawValue;
use tokio::task::spawn_blocking;

use super::allow::AllowList;
use super::auth::{AuthMethod, Credential};
use super::batch::Begun;
use super::claims::TokenClaims;
use super::cloud::Endpoint;
use super::error::{ErrorKind, Fault, GraphError, is_invalid_token};
use super::page::Pages;
use super::retry::{self, Clock, GaveUp, Patience};
use super::send::{Connection, Received, SendError, Sender};
use super::settings::Settings;
use super::throttle::{Lane, Reservation, Throttle};

/// Reads one deployment of Graph. Cheap to clone: the clones share connections, patience and figures.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    endpoint: Endpoint,
    credential: Credential,
    sender: Sender,
    settings: Settings,
    clock: Clock,
    throttle: Throttle,
    usage: Mutex<Usage>,
    /// Whether Graph has accepted a token: one that is refused after that has ended, and is not of another Graph.
    /// Which one was accepted last says nothing, because many requests are under way at once.
    accepted: AtomicBool,
    /// Whether the service has refused a batch.
    refused_batch: AtomicBool,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("endpoint", &self.0.endpoint)
            .field("credential", &self.0.credential)
            .finish_non_exhaustive()
    }
}

/// What reading has cost so far: requests to Graph only, not those for tokens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Usage {
    /// Requests sent, every attempt counted.
    pub requests: u64,
    /// Resource units that Graph charged (`x-ms-resource-unit`).
    pub resource_units: u64,
    /// Attempts after the first.
    pub retries: u64,
    /// Time spent waiting: pauses that Graph asked for (one pause counts once, however many requests waited),
    /// and waits before other attempts.
    pub throttled: Duration,
    /// Time spent waiting so as not to exceed [`Settings::units_per_10_seconds`], over all requests.
    pub paced: Duration,
    /// Bytes of all answers, decompressed.
    pub bytes: u64,
    /// The server's clock in the first answer.
    pub first_date: Option<Timestamp>,
    /// The server's clock in the last answer.
    pub last_date: Option<Timestamp>,
}

/// One object as received.
#[derive(Debug, Clone)]
pub struct Answer {
    pub(super) text: String,
    pub(super) read_at: Timestamp,
}

impl Answer {
    #[cfg(test)]
    pub(crate) fn of(text: &str, read_at: Timestamp) -> Self {
        Self { text: text.to_owned(), read_at }
    }

    /// The JSON text of the object.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// When it was read: the server's clock, or else this computer's.
    pub fn read_at(&self) -> Timestamp {
        self.read_at
    }
}

/// What is sent: a GET, or where there is a body the POST of a batch.
pub(super) struct Request<'a> {
    pub(super) url: &'a Url,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: Bytes,
    /// How many readings it holds; each is charged by itself.
    pub(super) readings: u32,
}

/// How far the attempts at a request have come.
#[derive(Debug, Clone)]
pub(super) struct Trying {
    patience: Patience,
    connection: Connection,
    /// The token of the last attempt.
    token: Option<Secret>,
    /// Whether that one was refused, and another is to be got.
    refused: bool,
    /// Whether a token was refused before.
    replaced: bool,
    /// How long to wait before the next attempt.
    wait: Duration,
}

/// A request that was answered as it should be. It still holds its lane.
pub(super) struct Answered<'c, T> {
    pub(super) value: T,
    pub(super) lane: Lane<'c>,
    pub(super) reservation: Reservation<'c>,
}

/// What was not right about an attempt, and what follows.
pub(super) struct Failure {
    pub(super) error: GraphError,
    pub(super) next: Next,
}

pub(super) enum Next {
    /// It would fail again.
    Stop,
    /// Graph does not accept the token.
    AnotherToken,
    /// This request waits; the time is the server's wish.
    Wait(Option<Duration>),
    /// All requests wait.
    Pause(Option<Duration>),
}

impl<'a> Request<'a> {
    pub(super) fn get(url: &'a Url, headers: &'a HeaderMap) -> Self {
        Self { url, headers, body: Bytes::new(), readings: 1 }
    }

    fn is_batch(&self) -> bool {
        !self.body.is_empty()
    }

    /// Whether an answer with this status is read. Items of a batch may be throttled where the batch says 424
    /// (Microsoft documentation, "Microsoft Graph throttling guidance").
    fn is_answered_by(&self, status: u16) -> bool {
        status == 200 || (status == 424 && self.is_batch())
    }
}

impl Trying {
    pub(super) fn new(settings: &Settings) -> Self {
        Self {
            patience: Patience::new(settings),
            connection: Connection::Any,
            token: None,
            refused: false,
            replaced: false,
            wait: Duration::ZERO,
        }
    }

    /// The same with an attempt that was made elsewhere.
    pub(super) fn after_one(settings: &Settings) -> Self {
        let mut trying = Self::new(settings);
        trying.patience.attempt();
        trying
    }

    /// Whether half of the attempts are made.
    pub(super) fn is_half_over(&self) -> bool {
        self.patience.is_half_over()
    }

    /// Attempts made.
    pub(super) fn made(&self) -> u32 {
        self.patience.made()
    }

    /// What two requests that failed together want before they are sent again together.
    pub(super) fn with(self, other: &Self) -> Self {
        let connection = if self.connection == Connection::New { self.connection } else { other.connection };
        Self {
            connection,
            refused: self.refused || other.refused,
            replaced: self.replaced || other.replaced,
            wait: self.wait.max(other.wait),
            ..self
        }
    }
}

impl Client {
    /// A client for `endpoint`; nothing is sent yet.
    ///
    /// # Errors
    /// Of kind [`ErrorKind::Configuration`]: an unreadable CA file, or plain http (which is for a loopback
    /// host) with a credential other than a ready token.
    pub fn new(endpoint: Endpoint, credential: Credential, settings: &Settings) -> Result<Self, GraphError> {
        if endpoint.graph.scheme() != "https" && credential.method() != AuthMethod::Token {
            return Err(GraphError::configuration(
                "a Graph URL with plain http is read with a ready token only",
            )
            .with_hint("use https, or give a token of that server in TOLLGATE_ACCESS_TOKEN"));
        }
        let allow = AllowList::new(&endpoint, None);
        let sender = Sender::new(&endpoint.graph, allow, settings)?;
        Ok(Self(Arc::new(Inner {
            endpoint,
            credential,
            sender,
            settings: settings.clone(),
            clock: Clock::new(settings.waiting),
            throttle: Throttle::new(settings.concurrency, settings.units_per_10_seconds),
            usage: Mutex::default(),
            accepted: AtomicBool::new(false),
            refused_batch: AtomicBool::new(false),
        })))
    }

    /// The deployment that is read.
    pub fn endpoint(&self) -> &Endpoint {
        &self.0.endpoint
    }

    /// Gets the first token, so that a wrong secret is told before anything is read.
    pub async fn sign_in(&self) -> Result<(), GraphError> {
        self.0.credential.token().await.map(drop)
    }

    /// What the token says of itself, for diagnosis; `None` where it is no JWT, which it need not be.
    ///
    /// # Errors
    /// When there is no token yet and the sign-in fails.
    pub async fn token_claims(&self) -> Result<Option<TokenClaims>, GraphError> {
        let token = self.0.credential.token().await?;
        Ok(TokenClaims::read(token.secret()))
    }

    /// Reads one object: `/users/{id}?$select=id`, relative to the Graph root.
    pub async fn get(&self, path_and_query: &str) -> Result<Answer, GraphError> {
        self.get_begun(path_and_query, Begun::default()).await
    }

    /// Reads one object whose reading began in a [`Batch`](super::Batch).
    pub async fn get_begun(&self, path_and_query: &str, begun: Begun) -> Result<Answer, GraphError> {
        let trying = match begun.goes_on(&self.0.settings)? {
            Ok(answer) => return Ok(answer),
            Err(trying) => trying,
        };
        let url = self.url(path_and_query)?;
        let headers = json_headers(&[]);
        self.read(&url, &headers, trying, |received| {
            let read_at = received.read_at();
            let text = text_of(received.body)?;
            match serde_json::from_str::<&RawValue>(&text) {
                Ok(object) if object.get().starts_with('{') => Ok(Answer { text, read_at }),
                Ok(_) => Err("the answer is not a JSON object".to_owned()),
                Err(error) => Err(format!("the answer is not JSON: {error}")),
            }
        })
        .await
    }

    /// Reads a count: `/users/$count`. Graph wants the header `ConsistencyLevel: eventual` for it, and
    /// answers in plain text.
    pub async fn count(&self, path: &str) -> Result<u64, GraphError> {
        self.count_begun(path, Begun::default()).await
    }

    /// Reads a count whose reading began in a [`Batch`](super::Batch).
    pub async fn count_begun(&self, path: &str, begun: Begun) -> Result<u64, GraphError> {
        let trying = match begun.goes_on(&self.0.settings)? {
            Ok(answer) => return number(&answer.text).map_err(|why| malformed(path, &why)),
            Err(trying) => trying,
        };
        let url = self.url(path)?;
        self.read(&url, &count_headers(), trying, |received| number(&text_of(received.body)?)).await
    }

    /// The pages of a collection: `/groups?$select=id&$top=999`. Nothing is sent before the first
    /// [`Pages::next`]. The headers (lower case names) go out with every page: Graph does not remember them.
    pub fn pages(&self, path_and_query: &str, headers: &[(&'static str, &'static str)]) -> Pages {
        Pages::new(self.clone(), path_and_query, json_headers(headers), Begun::default())
    }

    /// The pages of a collection whose first page was asked for in a [`Batch`](super::Batch).
    pub fn pages_begun(
        &self,
        path_and_query: &str,
        headers: &[(&'static str, &'static str)],
        begun: Begun,
    ) -> Pages {
        Pages::new(self.clone(), path_and_query, json_headers(headers), begun)
    }

    /// The pages of a collection from `link` on, a [`Pages::next_link`] of an earlier run. It is followed only
    /// on the Graph origin, as any other.
    pub fn pages_from(
        &self,
        path_and_query: &str,
        headers: &[(&'static str, &'static str)],
        link: &str,
    ) -> Pages {
        Pages::resumed(self.clone(), path_and_query, json_headers(headers), link.to_owned())
    }

    /// Whether so many readings, of which none waits for another, are sent in batches: where that pays
    /// ([`Settings::batches`]), and the service has not refused one.
    pub fn batches(&self, readings: usize) -> bool {
        self.0.settings.batches(readings as u64) && self.takes_batches()
    }

    /// Whether the service has not refused a batch yet.
    pub(super) fn takes_batches(&self) -> bool {
        !self.0.refused_batch.load(Ordering::Relaxed)
    }

    /// The service refused a batch: no other is sent.
    pub(super) fn take_no_batches(&self, error: &GraphError) {
        if !self.0.refused_batch.swap(true, Ordering::Relaxed) {
            tracing::info!("the service takes no batches, so every request goes alone: {error}");
        }
    }

    /// How patiently and how broadly it reads.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// What reading has cost so far.
    pub fn usage(&self) -> Usage {
        self.usage_mut(|usage| usage.clone())
    }

    /// How many requests may be under way now.
    #[cfg(test)]
    pub(crate) fn lanes(&self) -> usize {
        self.0.throttle.lanes.width()
    }

    fn usage_mut<T>(&self, change: impl FnOnce(&mut Usage) -> T) -> T {
        change(&mut self.0.usage.lock().expect("no panic while the figures are held"))
    }

    /// The URL of a path under the Graph root.
    pub(crate) fn url(&self, path_and_query: &str) -> Result<Url, GraphError> {
        let text = format!("{}{path_and_query}", self.0.endpoint.graph);
        Url::parse(&text).map_err(|_| not_allowed(path_and_query, "this is not a path under the Graph root"))
    }

    /// The part of a URL's path that follows the Graph root.
    pub(crate) fn path<'a>(&self, url: &'a Url) -> &'a str {
        url.path().strip_prefix(self.0.endpoint.graph.path()).unwrap_or(url.path())
    }

    /// Reads `url` until `decode` accepts the answer or the patience is used up. Other answers are received while
    /// it decodes.
    pub(super) async fn read<T: Send + 'static>(
        &self,
        url: &Url,
        headers: &HeaderMap,
        mut trying: Trying,
        decode: impl Fn(Received) -> Result<T, String> + Clone + Send + 'static,
    ) -> Result<T, GraphError> {
        let request = Request::get(url, headers);
        loop {
            match self.attempt(&request, &mut trying, decode.clone()).await {
                Ok(Answered { value, lane, .. }) => {
                    lane.succeeded();
                    return Ok(value);
                }
                Err(failure) => self.after(failure, &mut trying)?,
            }
        }
    }

    /// Sends once, as soon as that may be, and judges the answer.
    pub(super) async fn attempt<T: Send + 'static>(
        &self,
        request: &Request<'_>,
        trying: &mut Trying,
        decode: impl FnOnce(Received) -> Result<T, String> + Send + 'static,
    ) -> Result<Answered<'_, T>, Failure> {
        let inner = &*self.0;
        let stop = |error| Failure { error, next: Next::Stop };
        if let Some(token) = trying.token.take_if(|_| std::mem::take(&mut trying.refused)) {
            inner.credential.another(&token).await.map_err(stop)?;
        }
        let wait = std::mem::take(&mut trying.wait);
        if !wait.is_zero() {
            inner.clock.sleep_until(inner.clock.now() + wait).await;
            trying.patience.waited(wait);
            self.usage_mut(|usage| usage.throttled += wait);
        }
        loop {
            trying.patience.waited(inner.throttle.gate.pass(&inner.clock).await);
            let lane = inner.throttle.lanes.enter().await;
            let (mut reservation, paced) = inner.throttle.pace.reserve(&inner.clock, request.readings).await;
            self.usage_mut(|usage| usage.paced += paced);
            if !inner.throttle.gate.is_open(inner.clock.now()) {
                // It shut while this request waited for its turn.
                reservation.unused();
                continue;
            }
            if request.is_batch() && !self.takes_batches() {
                // Another was refused meanwhile.
                reservation.unused();
                let why = "the service takes no batches";
                let error = GraphError::new(ErrorKind::Unsupported, "GET", self.path(request.url), why);
                return Err(stop(error));
            }
            // Now, and each time: a token may end while its request waits for its turn.
            let token = match inner.credential.token().await {
                Ok(token) => token,
                Err(error) => {
                    reservation.unused();
                    return Err(stop(error));
                }
            };
            trying.patience.attempt();
            trying.token = Some(token.clone());
            return match self.send(request, &token, trying, &mut reservation, decode).await {
                Ok(value) => {
                    inner.accepted.store(true, Ordering::Relaxed);
                    Ok(Answered { value, lane, reservation })
                }
                Err(failure) => {
                    if matches!(failure.next, Next::Pause(_)) {
                        lane.throttled();
                    }
                    Err(Failure { error: failure.error.with_attempts(trying.made()), ..failure })
                }
            };
        }
    }

    /// What is to be done before another attempt; an error where there is to be none. Shuts the gate where all
    /// requests are to wait.
    pub(super) fn after(&self, failure: Failure, trying: &mut Trying) -> Result<(), GraphError> {
        let inner = &*self.0;
        let Failure { error, next } = failure;
        if error.status() == Some(503) {
            trying.connection = Connection::New;
        }
        let (asked, pause) = match next {
            Next::Stop => return Err(error),
            Next::AnotherToken if inner.credential.method() == AuthMethod::Token => {
                return Err(error.with_hint(
                    "the token in TOLLGATE_ACCESS_TOKEN has ended or is for something else: get a new one",
                ));
            }
            Next::AnotherToken
                if trying.replaced
                    && (trying.patience.is_over() || !inner.accepted.load(Ordering::Relaxed)) =>
            {
                return Err(error.with_hint(
                    "check --cloud, --graph-url and --scope: the token may be for another Graph",
                ));
            }
            Next::AnotherToken => {
                (trying.refused, trying.replaced) = (true, true);
                return Ok(());
            }
            Next::Wait(asked) => (asked, false),
            Next::Pause(asked) => (asked, true),
        };
        let wait = match trying.patience.next_wait(asked) {
            Ok(wait) => wait,
            Err(GaveUp::Attempts) => {
                // This request is over, and the others still wait as Graph asks.
                if let Some(asked) = asked.filter(|asked| pause && *asked <= inner.settings.max_wait) {
                    self.pause(asked);
                }
                return Err(error);
            }
            Err(GaveUp::Wait { needed, left }) => {
                let remark = format!(
                    "the next attempt would be {} s away, and only {} s of waiting are left",
                    needed.as_secs_f64().ceil(),
                    left.as_secs()
                );
                return Err(error.with_remark(&remark));
            }
        };
        // Said before the first wait, so that nobody sits before a silent program.
        if matches!(error.kind(), ErrorKind::Transport(_)) && trying.made() == 1 {
            tracing::warn!("{error}; trying again");
        } else {
            tracing::debug!("{error}; trying again");
        }
        if pause {
            self.pause(wait);
        } else {
            trying.wait = wait;
        }
        Ok(())
    }

    /// Shuts the gate for all requests.
    fn pause(&self, wait: Duration) {
        let now = self.0.clock.now();
        let prolonged = self.0.throttle.gate.shut(now, now + wait);
        self.usage_mut(|usage| usage.throttled += prolonged);
    }

    /// Takes note of what Graph charged.
    pub(super) fn charge(&self, units: u64, reservation: &mut Reservation<'_>) {
        reservation.cost(units);
        self.usage_mut(|usage| usage.resource_units += units);
    }

    /// Sends now and judges the answer.
    async fn send<T: Send + 'static>(
        &self,
        request: &Request<'_>,
        token: &Secret,
        trying: &Trying,
        reservation: &mut Reservation<'_>,
        decode: impl FnOnce(Received) -> Result<T, String> + Send + 'static,
    ) -> Result<T, Failure> {
        let path = self.path(request.url);
        let stop = |error| Failure { error, next: Next::Stop };
        let mut headers = request.headers.clone();
        let request_id = HeaderValue::try_from(Uuid::new_v4().to_string()).expect("a GUID is a header value");
        headers.insert(HeaderName::from_static("client-request-id"), request_id);
        let method = if request.is_batch() { Method::POST } else { Method::GET };
        let allowed = self
            .0
            .sender
            .allow(method, request.url.clone(), headers, request.body.clone())
            .and_then(|request| request.with_token(token))
            .map_err(|why| stop(not_allowed(path, &why.to_string())))?;
        self.usage_mut(|usage| {
            usage.requests += 1;
            usage.retries += u64::from(trying.made() > 1);
        });
        let received = match self.0.sender.send(allowed, trying.connection).await {
            Ok(received) => received,
            Err(SendError::TooLarge) => {
                return Err(stop(malformed(path, "the answer is larger than any answer of Graph")));
            }
            Err(SendError::Transport(fault, chain)) => {
                let error = GraphError::transport("GET", path, fault, &chain);
                // A certificate that is not trusted now will not be trusted in a minute.
                let next = if fault == Fault::NotTrusted { Next::Stop } else { Next::Wait(None) };
                return Err(Failure { error, next });
            }
        };
        self.usage_mut(|usage| usage.add(&received));
        let is_answer = request.is_answered_by(received.status);
        // What the items of a batch cost stands in the items.
        if let Some(units) = received.resource_units().filter(|_| !(is_answer && request.is_batch())) {
            self.charge(units, reservation);
        }
        if !is_answer {
            return Err(refused(path, &received));
        }
        let decoded = off_the_async_threads(move || decode(received)).await;
        decoded.map_err(|why| Failure { error: malformed(path, &why), next: Next::Wait(None) })
    }
}

impl Usage {
    fn add(&mut self, received: &Received) {
        self.bytes += received.body.len() as u64;
        if let Some(date) = received.date() {
            self.first_date.get_or_insert(date);
            self.last_date = self.last_date.max(Some(date));
        }
    }
}

impl Received {
    /// What Graph charged for the request, if it told.
    pub(super) fn resource_units(&self) -> Option<u64> {
        self.headers.get("x-ms-resource-unit")?.to_str().ok()?.trim().parse().ok().map(u32::into)
    }

    /// The server's clock, if it told the time.
    pub(super) fn date(&self) -> Option<Timestamp> {
        retry::date(&self.headers).and_then(|date| Timestamp::try_from(date).ok())
    }

    /// The server's clock, or else this computer's.
    pub(crate) fn read_at(&self) -> Timestamp {
        self.date().or_else(|| Timestamp::try_from(SystemTime::now()).ok()).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

/// An answer that is not a success.
pub(super) fn refused(path: &str, received: &Received) -> Failure {
    let status = received.status;
    let error = GraphError::from_answer(path, status, &received.headers, &received.body);
    let asked = retry::retry_after(&received.headers);
    let next = if status == 401 && is_invalid_token(&received.body) {
        Next::AnotherToken
    } else if retry::is_throttling(status) {
        Next::Pause(asked)
    } else if retry::is_transient(status) {
        Next::Wait(asked)
    } else {
        Next::Stop
    };
    Failure { error, next }
}

/// Does work on a thread for it. An interrupted program drops work that has not begun: nobody then waits for it any
/// more, and that is no failure.
pub(crate) async fn off_the_async_threads<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match spawn_blocking(work).await {
        Ok(done) => done,
        Err(stopped) if stopped.is_cancelled() => std::future::pending().await,
        Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
    }
}

fn number(text: &str) -> Result<u64, String> {
    text.trim().parse().map_err(|_| "the answer is not a number".to_owned())
}

/// The body as text, without a byte order mark; its UTF-8 is checked here and nowhere else.
pub(crate) fn text_of(body: Vec<u8>) -> Result<String, String> {
    let mut text = String::from_utf8(body).map_err(|_| "the answer is not UTF-8 text".to_owned())?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}

/// What goes out with every request; `extra` replaces or adds.
pub(crate) fn json_headers(extra: &[(&'static str, &'static str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    // Under pressure Graph throttles low priority first; an audit can wait, the tenant's own work cannot.
    headers.insert(HeaderName::from_static("x-ms-throttle-priority"), HeaderValue::from_static("Low"));
    for (name, value) in extra {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers
}

/// What goes out with a count.
pub(super) fn count_headers() -> HeaderMap {
    let mut headers = json_headers(&[("consistencylevel", "eventual")]);
    headers.insert(header::ACCEPT, HeaderValue::from_static("text/plain"));
    headers
}

pub(crate) fn malformed(path: &str, why: &str) -> GraphError {
    GraphError::new(ErrorKind::Malformed, "GET", path, why)
}

pub(crate) fn not_allowed(path: &str, why: &str) -> GraphError {
    GraphError::new(ErrorKind::NotAllowed, "GET", path, why)
}
