//! The one function that sends.
//!
//! [`Sender::send`] takes an [`Allowed`], which only the allow-list can make. Everything that leaves this
//! program goes through it, the token requests of `azure_identity` included (see the adapter). It sends once:
//! it neither repeats nor follows a redirect.

use std::fs;
use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use reqwest::header::HeaderMap;
use reqwest::{Certificate, ClientBuilder, Method, Url, redirect};

use super::allow::{AllowList, Allowed, NotAllowed};
use super::cloud::is_loopback;
use super::error::{Fault, GraphError, fault_of};
use super::settings::Settings;

/// No answer of Graph comes near this (a page of 999 users has about 1 MB); one that does is not read to its end.
const LARGEST_BODY: usize = 64 << 20;

/// An HTTP client that can send what its allow-list lets through.
#[derive(Debug)]
pub(crate) struct Sender {
    http: reqwest::Client,
    /// The same without a pool: each request sets up a connection of its own.
    unpooled: reqwest::Client,
    allow: AllowList,
}

/// Over which connection a request is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Connection {
    /// One that is open, if there is one.
    Any,
    /// A new one, which may lead to another server behind the same address (Microsoft documentation,
    /// "Microsoft Graph error responses and resource types", HTTP 503).
    New,
}

/// A whole answer.
pub(crate) struct Received {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    /// The body, decompressed.
    pub(crate) body: Vec<u8>,
}

/// Why there is no answer.
pub(crate) enum SendError {
    /// The request did not get through, or its answer broke off.
    Transport(Fault, String),
    /// The answer was larger than any answer of Graph.
    TooLarge,
}

impl Sender {
    /// A client for the host of `target`, with the system's trust and that of `settings.ca_file`.
    pub(crate) fn new(target: &Url, allow: AllowList, settings: &Settings) -> Result<Self, GraphError> {
        // reqwest panics without a provider. Another one installed before ours is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let unpooled = builder(target, &allow, settings)?.pool_max_idle_per_host(0);
        let build = |builder: ClientBuilder| {
            builder.build().map_err(|error| {
                let (_, chain) = fault_of(error);
                GraphError::configuration(&format!("the HTTP client cannot be set up: {chain}"))
            })
        };
        Ok(Self { http: build(builder(target, &allow, settings)?)?, unpooled: build(unpooled)?, allow })
    }

    /// Turns a request into one that may be sent.
    pub(crate) fn allow(
        &self,
        method: Method,
        url: Url,
        headers: HeaderMap,
        body: Bytes,
    ) -> Result<Allowed, NotAllowed> {
        self.allow.check(method, url, headers, body)
    }

    /// Sends the request once and reads the whole answer, whatever its status.
    #[expect(clippy::disallowed_methods, reason = "this is the one function that sends")]
    pub(crate) async fn send(&self, request: Allowed, connection: Connection) -> Result<Received, SendError> {
        let broken = |error| {
            let (fault, chain) = fault_of(error);
            SendError::Transport(fault, chain)
        };
        let (method, url, headers, body) = request.into_parts();
        let http = match connection {
            Connection::Any => &self.http,
            Connection::New => &self.unpooled,
        };
        let request = http.request(method, url).headers(headers).body(body).build().map_err(broken)?;
        let mut answer = http.execute(request).await.map_err(broken)?;
        let length = answer.content_length().and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
        let mut body = Vec::with_capacity(length.min(LARGEST_BODY));
        while let Some(chunk) = answer.chunk().await.map_err(broken)? {
            if body.len() + chunk.len() > LARGEST_BODY {
                return Err(SendError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Received { status: answer.status().as_u16(), headers: answer.headers().clone(), body })
    }
}

/// What all our HTTP clients have in common.
fn builder(target: &Url, allow: &AllowList, settings: &Settings) -> Result<ClientBuilder, GraphError> {
    let mut builder = reqwest::Client::builder()
        .user_agent(concat!("tollgate/", env!("CARGO_PKG_VERSION")))
        .redirect(redirect::Policy::none())
        .referer(false)
        // Every attempt is ours to count.
        .retry(reqwest::retry::never())
        .https_only(target.scheme() == "https")
        .connect_timeout(settings.connect_timeout)
        .timeout(settings.request_timeout)
        .pool_idle_timeout(Duration::from_secs(90));
    if is_loopback(target) || allow.is_managed_identity(target) {
        // A proxy is another computer: what is meant for this one must not be shown to it.
        builder = builder.no_proxy();
    }
    if let Some(file) = &settings.ca_file {
        builder = builder.tls_certs_merge(certificates(file)?);
    }
    Ok(builder)
}

/// All certificates of a PEM file.
fn certificates(file: &Path) -> Result<Vec<Certificate>, GraphError> {
    let unusable = |why: &str| {
        GraphError::configuration(&format!("the CA file {} {why}", file.display()))
            .with_hint("--ca-file takes a PEM file, with lines `-----BEGIN CERTIFICATE-----`")
    };
    let pem = fs::read(file).map_err(|error| unusable(&format!("cannot be read: {error}")))?;
    let certificates =
        Certificate::from_pem_bundle(&pem).map_err(|error| unusable(&format!("is damaged: {error}")))?;
    if certificates.is_empty() {
        return Err(unusable("holds no certificate"));
    }
    Ok(certificates)
}
