//! The token endpoint, `POST /{tenant}/oauth2/v2.0/token`, for the client-credentials grant with a secret.
//!
//! Errors carry the codes of Microsoft's "Microsoft Entra authentication and authorization error codes". What a
//! client sends never comes back in one.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

use super::answer::Answer;
use super::query::{base64url, decode};

/// The application id that the simulator knows.
pub(super) const CLIENT_ID: &str = "d3b07384-d9a0-4c1e-8f6b-70116a7e0001";

/// What is said of a token that has ended.
pub(super) const ENDED: &str = "Lifetime validation failed, the token is expired.";

/// A token holds for so many requests before a fault may end it. Real ones last an hour.
const LIFE: u64 = 20;

/// Who may sign in, and the token they get. All but the ids is new at every start and cannot be guessed.
pub(super) struct SignIn {
    pub(super) tenant_id: String,
    domain: String,
    pub(super) client_secret: String,
    tokens: Mutex<Tokens>,
}

/// The token that holds, after those that have ended.
#[derive(Default)]
struct Tokens {
    current: String,
    ended: Vec<String>,
    /// How many requests came with the current one.
    used: u64,
}

/// A token that does not open Graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unaccepted {
    Ended,
    Unknown,
}

impl SignIn {
    pub(super) fn new(tenant_id: String, domain: String) -> Self {
        let tokens = Tokens { current: unguessable(), ..Tokens::default() };
        Self { tenant_id, domain, client_secret: unguessable(), tokens: Mutex::new(tokens) }
    }

    /// The token that Graph accepts now.
    pub(super) fn access_token(&self) -> String {
        self.tokens().current.clone()
    }

    /// Lets a token in, and says whether it is old enough to end.
    pub(super) fn check(&self, token: &str) -> Result<bool, Unaccepted> {
        let mut tokens = self.tokens();
        if token == tokens.current {
            tokens.used += 1;
            return Ok(tokens.used > LIFE);
        }
        let ended = tokens.ended.iter().any(|ended| ended == token);
        Err(if ended { Unaccepted::Ended } else { Unaccepted::Unknown })
    }

    /// The token serves an item of a batch, too.
    pub(super) fn serve(&self, token: &str) {
        let mut tokens = self.tokens();
        tokens.used += u64::from(token == tokens.current);
    }

    /// The token holds no longer; the next to sign in gets another.
    pub(super) fn end(&self, token: &str) {
        let mut tokens = self.tokens();
        if token == tokens.current {
            let next = Tokens { current: unguessable(), ..Tokens::default() };
            let last = std::mem::replace(&mut *tokens, next);
            tokens.ended = last.ended;
            tokens.ended.push(last.current);
        }
    }

    fn tokens(&self) -> MutexGuard<'_, Tokens> {
        // They stay good even if somebody panicked while holding them.
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a token request: the tenant of the path, and the form.
    pub(super) fn answer(&self, tenant: &str, form: &[u8]) -> Answer {
        let (status, body) = match self.grant(tenant, form) {
            Ok(()) => (
                200,
                json!({
                    "token_type": "Bearer", "expires_in": 3599, "ext_expires_in": 3599,
                    "access_token": self.access_token(),
                }),
            ),
            Err(refusal) => (refusal.status, refusal.body()),
        };
        Answer {
            status,
            content_type: "application/json; charset=utf-8",
            headers: Vec::new(),
            body: body.to_string().into_bytes(),
        }
    }

    fn grant(&self, tenant: &str, form: &[u8]) -> Result<(), Refusal> {
        let tenant_is_ours =
            tenant.eq_ignore_ascii_case(&self.tenant_id) || tenant.eq_ignore_ascii_case(&self.domain);
        if !tenant_is_ours {
            return Err(Refusal::new(
                400,
                "invalid_request",
                90002,
                "Tenant not found. Check the tenant id.",
            ));
        }
        let malformed = || Refusal::new(400, "invalid_request", 900_144, "The request body is not a form.");
        let form = std::str::from_utf8(form).map_err(|_| malformed())?;
        let mut fields = HashMap::new();
        for pair in form.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = decode(name).map_err(|_| malformed())?;
            fields.insert(name.into_owned(), decode(value).map_err(|_| malformed())?.into_owned());
        }
        let field = |name: &'static str| {
            fields.get(name).map(String::as_str).ok_or(Refusal::new(
                400,
                "invalid_request",
                900_144,
                match name {
                    "grant_type" => "The request body must contain the following parameter: 'grant_type'.",
                    "client_id" => "The request body must contain the following parameter: 'client_id'.",
                    _ => "The request body must contain the following parameter: 'scope'.",
                },
            ))
        };
        if field("grant_type")? != "client_credentials" {
            return Err(Refusal::new(
                400,
                "unsupported_grant_type",
                70003,
                "The grant type is not supported.",
            ));
        }
        if !field("client_id")?.eq_ignore_ascii_case(CLIENT_ID) {
            let text =
                "The application was not found in the directory. Check the application id and the tenant.";
            return Err(Refusal::new(400, "unauthorized_client", 700_016, text));
        }
        let scope = field("scope")?;
        if scope.contains(' ') || scope.strip_suffix("/.default").is_none_or(str::is_empty) {
            let text = "The provided value for the input parameter 'scope' is not valid.";
            return Err(Refusal::new(400, "invalid_scope", 70011, text));
        }
        match fields.get("client_secret") {
            None => {
                let text = "The request body must contain 'client_assertion' or 'client_secret'.";
                Err(Refusal::new(401, "invalid_client", 7_000_218, text))
            }
            Some(secret) if *secret == self.client_secret => Ok(()),
            Some(_) => Err(Refusal::new(401, "invalid_client", 7_000_215, "Invalid client secret provided.")),
        }
    }
}

/// Why there is no token.
#[derive(Clone, Copy)]
struct Refusal {
    status: u16,
    error: &'static str,
    code: u32,
    text: &'static str,
}

impl Refusal {
    const fn new(status: u16, error: &'static str, code: u32, text: &'static str) -> Self {
        Self { status, error, code, text }
    }

    fn body(self) -> Value {
        let [trace, correlation] =
            ["5f0c1a52-6b7e-4d0c-9a51-1f6d3c2b0100", "7a1e4b90-2c3d-4e5f-8a6b-9c0d1e2f0200"];
        let time = super::DEMO_NOW.replace('T', " ");
        let Self { error, code, text, .. } = self;
        json!({
            "error": error,
            "error_description": format!(
                "AADSTS{code}: {text} Trace ID: {trace} Correlation ID: {correlation} Timestamp: {time}"
            ),
            "error_codes": [code],
            "timestamp": time,
            "trace_id": trace,
            "correlation_id": correlation,
            "error_uri": format!("https://login.microsoftonline.com/error?code={code}"),
        })
    }
}

/// A word that nobody can guess: the standard library seeds its hash maps from the system's random source.
fn unguessable() -> String {
    let words = [(); 4].map(|()| RandomState::new().hash_one(()));
    base64url(&words.map(u64::to_be_bytes).concat())
}
