//! The simulated tenant on the network: TLS, sign-in, the log of requests, the quota, the frozen clock.
//!
//! It listens on loopback unless told otherwise and never calls anybody.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, Method, StatusCode, Version, header};
use axum::response::Response;
use axum::serve::{Listener, ListenerExt};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, KeyUsagePurpose};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::answer::{Answer, Graph, Identifiers, Request, cost};
use super::batch;
use super::connection::{Breakable, Connection};
use super::errors::GraphError;
use super::faults::{Asked, Fault, Faults, Outgoing, Wire, unmarked};
use super::generated::SplitMix;
use super::token::{CLIENT_ID, ENDED, SignIn, Unaccepted};
use super::{Collection, DEMO_NOW, Directory};

/// The quota is counted over this long ("identity and access service limits").
const WINDOW: Duration = Duration::from_secs(10);
/// A batch of twenty GETs is some kilobytes; more is a mistake.
const LARGEST_BODY: usize = 1 << 20;

/// How the simulated tenant is served.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Without TLS, for proxies; a client then brings [`Server::access_token`] along.
    pub plain_http: bool,
    /// Scheme, host and port under which clients come, where that is not the listening address.
    pub public_url: Option<String>,
    /// How long every answer waits.
    pub latency: Duration,
    /// Resource units per 10 seconds; beyond them 429.
    pub units: Option<u32>,
    /// Collections that answer 403.
    pub deny: Vec<Collection>,
    /// Whether answers are kept, and given again from memory: what is measured then is the reader.
    pub keep_answers: bool,
    /// What goes wrong, and when. Of several that would hit a request, the first in the list does.
    pub faults: Vec<Fault>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            plain_http: false,
            public_url: None,
            latency: Duration::ZERO,
            units: None,
            deny: Vec::new(),
            keep_answers: false,
            faults: Vec::new(),
        }
    }
}

/// Why the simulated tenant cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum SimError {
    /// The address is taken or not ours.
    #[error("listen on {address}")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the system says.
        source: io::Error,
    },
    /// No certificate could be made.
    #[error("make a certificate for the simulated tenant")]
    Certificate(#[from] rcgen::Error),
    /// The certificate was made but TLS does not take it.
    #[error("set up TLS for the simulated tenant")]
    Tls(#[from] rustls::Error),
}

/// A simulated tenant that is being served. Dropping it stops it.
pub struct Server {
    address: SocketAddr,
    origin: String,
    ca_pem: String,
    simulation: Arc<Simulation>,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl fmt::Debug for Server {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Server").field("origin", &self.origin).finish_non_exhaustive()
    }
}

/// Serves a directory until the server is stopped or dropped. Needs a running tokio runtime.
pub async fn serve(directory: Directory, options: Options) -> Result<Server, SimError> {
    let refused = |source| SimError::Listen { address: options.listen, source };
    let listener = TcpListener::bind(options.listen).await.map_err(refused)?;
    let address = listener.local_addr().map_err(refused)?;
    let scheme = if options.plain_http { "http" } else { "https" };
    let origin = match &options.public_url {
        Some(url) => url.trim_end_matches('/').to_owned(),
        None => format!("{scheme}://{address}"),
    };
    let organization = &directory.organization;
    let sign_in =
        SignIn::new(organization.id.hyphenated().to_string(), organization.domain.clone().into_owned());
    let denied = options.faults.iter().flat_map(Fault::denies);
    let deny = options.deny.into_iter().chain(denied).collect();
    let simulation = Arc::new(Simulation {
        graph: Graph::new(directory, deny, format!("{origin}/v1.0")),
        kept: options.keep_answers.then(Mutex::default),
        sign_in,
        faults: Faults::new(options.faults),
        latency: options.latency,
        quota: options.units.map(|units| Quota { units, window: Mutex::default() }),
        log: Mutex::default(),
        batches: Mutex::default(),
        requests: AtomicU64::new(0),
    });
    let router = Router::new().fallback(handle).with_state(Arc::clone(&simulation));
    let router = router.into_make_service_with_connect_info::<Connection>();
    let (stop, stopped) = oneshot::channel::<()>();
    let stopped = async {
        let _ = stopped.await; // a dropped sender stops the server too
    };
    let mut ca_pem = String::new();
    let task = if options.plain_http {
        let listener = listener.tap_io(|stream| {
            let _ = stream.set_nodelay(true); // slower without, not wrong
        });
        tokio::spawn(async {
            let _ = axum::serve(Breakable(listener), router).with_graceful_shutdown(stopped).await; // never an error
        })
    } else {
        let (tls, pem) = certificate(address)?;
        ca_pem = pem;
        let listener = TlsListener::new(listener, tls, address);
        tokio::spawn(async {
            let _ = axum::serve(Breakable(listener), router).with_graceful_shutdown(stopped).await; // never an error
        })
    };
    Ok(Server { address, origin, ca_pem, simulation, stop: Some(stop), task })
}

impl Server {
    /// Where it listens, whatever its public URL.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The Graph root: `https://127.0.0.1:PORT/v1.0`.
    pub fn graph_url(&self) -> String {
        format!("{}/v1.0", self.origin)
    }

    /// The sign-in authority, without the tenant: `https://127.0.0.1:PORT`.
    pub fn authority_url(&self) -> String {
        self.origin.clone()
    }

    /// The certificate to trust, in PEM; empty with plain http.
    pub fn ca_pem(&self) -> &str {
        &self.ca_pem
    }

    /// Every request so far, in the order of arrival: `GET /v1.0/groups?$top=999`, query as received.
    pub fn log(&self) -> Vec<String> {
        lock(&self.simulation.log).clone()
    }

    /// The body of every batch so far, as it was received.
    pub fn batches(&self) -> Vec<String> {
        lock(&self.simulation.batches).clone()
    }

    /// How many faults of each name were injected so far; a name with none yet has 0.
    pub fn faults(&self) -> BTreeMap<String, u64> {
        self.simulation.faults.injected()
    }

    /// The tenant id that the token endpoint knows (it knows the default domain, too).
    pub fn tenant_id(&self) -> &str {
        &self.simulation.sign_in.tenant_id
    }

    /// The application id that may sign in.
    pub fn client_id(&self) -> &str {
        CLIENT_ID
    }

    /// The secret of the application, new at every start.
    pub fn client_secret(&self) -> &str {
        &self.simulation.sign_in.client_secret
    }

    /// A token that Graph accepts here, new at every start.
    pub fn access_token(&self) -> String {
        self.simulation.sign_in.access_token()
    }

    /// Stops listening, lets the answers under way finish, and waits for that.
    pub async fn stop(mut self) {
        self.stop.take();
        let _ = self.task.await; // it only fails if it panicked, and then it has stopped
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // The data stays good even if somebody panicked while holding it: it is written in single steps.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// By path, query and whether it was an advanced query.
type Kept = Mutex<BTreeMap<(String, String, bool), Arc<Answer>>>;

struct Simulation {
    graph: Graph,
    kept: Option<Kept>,
    sign_in: SignIn,
    faults: Faults,
    latency: Duration,
    quota: Option<Quota>,
    log: Mutex<Vec<String>>,
    batches: Mutex<Vec<String>>,
    requests: AtomicU64,
}

async fn handle(
    State(simulation): State<Arc<Simulation>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    request: axum::extract::Request,
) -> Response {
    let (head, body) = request.into_parts();
    let (path, query) = (head.uri.path(), head.uri.query());
    lock(&simulation.log).push(match query {
        Some(query) => format!("{} {path}?{query}", head.method),
        None => format!("{} {path}", head.method),
    });
    if !simulation.latency.is_zero() {
        tokio::time::sleep(simulation.latency).await;
    }
    let identifiers = simulation.identifiers(&head.headers);
    let Outgoing { answer, wire, .. } = match to_bytes(body, LARGEST_BODY).await {
        Ok(body) => simulation.answer(
            &head.method,
            path,
            query.unwrap_or_default(),
            &head.headers,
            &body,
            &identifiers,
        ),
        Err(_) => {
            GraphError::bad_request("The request body could not be read.").into_answer(&identifiers).into()
        }
    };
    let length = answer.body.len();
    let response = response(answer, identifiers);
    match wire {
        Wire::Whole | Wire::Twice => {}
        Wire::Late(time) => tokio::time::sleep(time).await,
        Wire::Nothing => connection.break_after(0),
        Wire::Half => {
            connection.break_after(length / 2 + head_length(head.version, response.headers(), length));
        }
    }
    response
}

/// About how many bytes stand before a body of that length; never more than do.
fn head_length(version: Version, headers: &HeaderMap, length: usize) -> usize {
    if version == Version::HTTP_2 {
        // Headers are compressed: the frame headers, and little more.
        return 30;
    }
    let lines = headers.iter().map(|(name, value)| name.as_str().len() + value.len() + ": \r\n".len());
    let status_and_length = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n").len();
    status_and_length + lines.sum::<usize>()
}

/// Puts an answer onto the connection, with the headers that all of them carry.
fn response(answer: Answer, identifiers: Identifiers) -> Response {
    let mut response = Response::builder()
        .status(StatusCode::from_u16(answer.status).expect("our own statuses are valid"))
        .header(header::CONTENT_TYPE, answer.content_type)
        .header(header::DATE, date_header())
        .header(header::CACHE_CONTROL, "no-cache")
        .header("odata-version", "4.0")
        .header("request-id", identifiers.request_id)
        .header("client-request-id", identifiers.client_request_id);
    for (name, value) in answer.headers {
        response = response.header(name, value);
    }
    response.body(Body::from(answer.body)).expect("our own headers are valid")
}

/// `Date` of every answer: the simulator's clock stands still.
fn date_header() -> String {
    let now: jiff::Timestamp = DEMO_NOW.parse().expect("a valid time");
    now.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

impl Simulation {
    /// Every answer, whatever was asked: the token endpoint, batches, Graph.
    fn answer(
        &self,
        method: &Method,
        path: &str,
        query: &str,
        headers: &HeaderMap,
        body: &[u8],
        identifiers: &Identifiers,
    ) -> Outgoing {
        if let Some(tenant) = path.strip_prefix('/').and_then(|path| path.strip_suffix("/oauth2/v2.0/token"))
        {
            return if method == Method::POST {
                self.sign_in.answer(tenant, body).into()
            } else {
                GraphError::method_not_allowed().into_answer(identifiers).into()
            };
        }
        let Some(path) = path.strip_prefix("/v1.0/") else {
            return GraphError::unknown_segment(path.trim_matches('/')).into_answer(identifiers).into();
        };
        let (token, token_may_end) = match self.check_token(headers) {
            Ok(checked) => checked,
            Err(error) => return error.into_answer(identifiers).into(),
        };
        let asked = Asked { path, query, root: &self.graph.root, batched: false, token_may_end };
        let eventual = headers.get("consistencylevel");
        let eventual = eventual.is_some_and(|level| level.as_bytes().eq_ignore_ascii_case(b"eventual"));
        let answer = if method == Method::POST && path == "$batch" {
            lock(&self.batches).push(String::from_utf8_lossy(body).into_owned());
            batch::answer(body, identifiers, |item| {
                self.sign_in.serve(token);
                let asked = Asked { path: item.path, query: item.query, batched: true, ..asked };
                self.faults.disturb(asked, self.get(item, identifiers), identifiers)
            })
            .unwrap_or_else(|error| error.into_answer(identifiers))
        } else if method != Method::GET || path == "$batch" {
            return GraphError::method_not_allowed().into_answer(identifiers).into();
        } else {
            self.get(Request { path, query, eventual }, identifiers)
        };
        let outgoing = self.faults.disturb(asked, answer, identifiers);
        if outgoing.token_ended {
            self.sign_in.end(token);
        }
        outgoing
    }

    /// Every answer to a GET on Graph, alone or in a batch: what it costs is charged, then it is answered.
    fn get(&self, request: Request<'_>, identifiers: &Identifiers) -> Answer {
        let request = Request { query: unmarked(request.query), ..request };
        let cost = cost(request);
        let used = match self.quota.as_ref().map_or(Ok(0.0), |quota| quota.charge(cost)) {
            Ok(used) => used,
            Err(seconds) => {
                let scope = format!("Tenant_Application/Read/{CLIENT_ID}/{}", self.sign_in.tenant_id);
                return GraphError::throttled(seconds, scope).into_answer(identifiers);
            }
        };
        let answer = match &self.kept {
            None => self.graph.answer(request),
            Some(kept) => self.answer_again(kept, request),
        };
        let mut answer = answer.unwrap_or_else(|error| error.into_answer(identifiers));
        answer.headers.push(("x-ms-resource-unit", cost.to_string()));
        if used > 0.8 {
            answer.headers.push(("x-ms-throttle-limit-percentage", format!("{used:.1}")));
        }
        answer
    }

    /// The answer that was given before, or a new one, which is kept.
    fn answer_again(&self, kept: &Kept, request: Request<'_>) -> Result<Answer, GraphError> {
        let key = (request.path.to_owned(), request.query.to_owned(), request.eventual);
        let known = lock(kept).get(&key).cloned();
        if let Some(known) = known {
            return Ok(Answer::clone(&known));
        }
        let answer = self.graph.answer(request)?;
        lock(kept).insert(key, Arc::new(answer.clone()));
        Ok(answer)
    }

    /// The token of a request that is let in, and whether it is old enough to end.
    fn check_token<'h>(&self, headers: &'h HeaderMap) -> Result<(&'h str, bool), GraphError> {
        let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = match bearer.and_then(|value| value.split_once(' ')) {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() => token,
            Some((_, token)) if !token.is_empty() => return Err(unknown_token()),
            _ => return Err(GraphError::unauthenticated("Access token is empty.")),
        };
        match self.sign_in.check(token) {
            Ok(may_end) => Ok((token, may_end)),
            Err(Unaccepted::Ended) => Err(GraphError::unauthenticated(ENDED)),
            Err(Unaccepted::Unknown) => Err(unknown_token()),
        }
    }

    /// A request id of our own, and the client's if it sent a sound one.
    fn identifiers(&self, headers: &HeaderMap) -> Identifiers {
        let number = self.requests.fetch_add(1, Ordering::Relaxed);
        let request_id = SplitMix::new(number).uuid().hyphenated().to_string();
        let sent = headers.get("client-request-id").and_then(|value| value.to_str().ok());
        let client_request_id = sent.filter(|sent| !sent.is_empty()).unwrap_or(&request_id).to_owned();
        Identifiers { request_id, client_request_id }
    }
}

fn unknown_token() -> GraphError {
    GraphError::unauthenticated("CompactToken parsing failed with error code: 80049217")
}

/// Resource units per window of ten seconds; the first request opens a window.
struct Quota {
    units: u32,
    window: Mutex<Option<(Instant, u32)>>,
}

impl Quota {
    /// The share of the quota in use, or after how many seconds to come back.
    fn charge(&self, cost: u32) -> Result<f64, u64> {
        let mut window = lock(&self.window);
        let (opened, used) = match *window {
            Some((opened, used)) if opened.elapsed() < WINDOW => (opened, used),
            _ => (Instant::now(), 0),
        };
        // A request dearer than the whole quota is let in when nothing else is, or it would wait for ever.
        if used > 0 && used + cost > self.units {
            let left = WINDOW.saturating_sub(opened.elapsed());
            return Err(left.as_secs() + 1);
        }
        *window = Some((opened, used + cost));
        Ok(f64::from(used + cost) / f64::from(self.units.max(1)))
    }
}

/// A certificate of our own for loopback and the listening address, new at every start, and the CA to trust.
fn certificate(address: SocketAddr) -> Result<(TlsAcceptor, String), SimError> {
    let mut authority = CertificateParams::default();
    authority.distinguished_name.push(DnType::CommonName, "Simulated tenant");
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate()?)?;

    let names = ["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned(), address.ip().to_string()];
    let mut names = names.to_vec();
    names.sort();
    names.dedup();
    let mut leaf = CertificateParams::new(names)?;
    leaf.distinguished_name.push(DnType::CommonName, "Simulated Graph");
    leaf.use_authority_key_identifier_extension = true;
    leaf.extended_key_usages = vec![rcgen::ExtendedKeyUsagePurpose::ServerAuth];
    let key = KeyPair::generate()?;
    let certificate = leaf.signed_by(&key, &authority)?;

    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::try_from(key.serialize_der()).expect("a key that was just made is a key"),
        )?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok((TlsAcceptor::from(Arc::new(config)), authority.pem()))
}

/// Connections that finished their handshake. Each handshake is a task of its own, so that a client that stalls
/// in it holds up nobody.
struct TlsListener {
    connections: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    address: SocketAddr,
}

impl TlsListener {
    fn new(listener: TcpListener, tls: TlsAcceptor, address: SocketAddr) -> Self {
        let (ready, connections) = mpsc::channel(64);
        tokio::spawn(async move {
            let mut listener = listener;
            loop {
                let (stream, peer) = tokio::select! {
                    accepted = Listener::accept(&mut listener) => accepted,
                    () = ready.closed() => return,
                };
                let _ = stream.set_nodelay(true); // slower without, not wrong
                let (tls, ready) = (tls.clone(), ready.clone());
                tokio::spawn(async move {
                    if let Ok(stream) = tls.accept(stream).await {
                        let _ = ready.send((stream, peer)).await; // it fails when the server has stopped
                    }
                });
            }
        });
        Self { connections, address }
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.connections.recv().await {
            Some(connection) => connection,
            // The accepting task is gone, with the runtime; no connection will come.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok(self.address)
    }
}
