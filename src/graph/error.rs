//! What went wrong, in words that hold no secret, no query string and no text that could harm a terminal.

use std::error::Error as _;
use std::fmt::{self, Write as _};
use std::io;

use reqwest::header::HeaderMap;
use serde_json::Value;

use super::aadsts;

/// The most characters shown of a text that came from the tenant or a server.
const LONGEST_TEXT: usize = 300;

/// What kind of failure it is, for the caller to decide what follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// What the user gave cannot be used: credentials that are missing or malformed, an unreadable CA file.
    Configuration,
    /// No token was given: the sign-in service or the Azure CLI refused.
    SignIn,
    /// HTTP 401: the token is not accepted.
    Unauthorized,
    /// HTTP 403: a permission is missing, or a policy forbids it.
    Denied,
    /// HTTP 404: there is no such object (any more).
    NotFound,
    /// HTTP 400 `Directory_ExpiredPageToken`: the collection must be read from its first page again.
    ExpiredPageToken,
    /// HTTP 400 and other refusals of the request itself: this cannot be asked here.
    Unsupported,
    /// HTTP 429 or 509, until the patience was used up.
    Throttled,
    /// HTTP 5xx, until the attempts were used up.
    Server,
    /// The request did not get through.
    Transport(Fault),
    /// The answer is not what Graph answers: broken JSON, a web page, a redirect.
    Malformed,
    /// The next page is on another origin than Graph; it was not requested.
    ForeignNextLink,
    /// The next page is one that was read before; reading on would not end.
    RepeatedNextLink,
    /// The request is not on the list of what may be sent; it was not sent.
    NotAllowed,
}

/// Why a request did not get through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// The host name was not found.
    NameNotFound,
    /// The server's certificate is not trusted, or not for this name.
    NotTrusted,
    /// Nobody listens there.
    Refused,
    /// It took too long.
    TimedOut,
    /// The connection broke off, or another failure of the network.
    Broken,
}

/// A request that failed: what was asked, what came back, how often it was tried.
///
/// Display is a lowercase fragment that fits "failed to …". It holds no query string, no token, and only
/// cleaned text from outside.
#[derive(Debug, Clone)]
pub struct GraphError(Box<Facts>);

#[derive(Debug, Clone)]
struct Facts {
    kind: ErrorKind,
    method: &'static str,
    path: String,
    status: Option<u16>,
    code: Option<String>,
    message: Option<String>,
    request_id: Option<String>,
    attempts: u32,
    sign_in_codes: Vec<u64>,
    hint: Option<String>,
}

impl GraphError {
    /// A failure of the request `method path`, with our own words for it. The path loses its query string.
    pub(crate) fn new(kind: ErrorKind, method: &'static str, path: &str, message: &str) -> Self {
        let path = path.split('?').next().unwrap_or_default();
        Self(Box::new(Facts {
            kind,
            method,
            path: clean(path),
            status: None,
            code: None,
            message: (!message.is_empty()).then(|| clean(message)),
            request_id: None,
            attempts: 0,
            sign_in_codes: Vec::new(),
            hint: None,
        }))
    }

    /// Something the user gave that cannot be used.
    pub(crate) fn configuration(message: &str) -> Self {
        Self::new(ErrorKind::Configuration, "", "", message)
    }

    /// A sign-in that failed, in our own words.
    pub(crate) fn sign_in(message: &str) -> Self {
        Self::new(ErrorKind::SignIn, "POST", "", message)
    }

    /// A GET of Graph that was answered with something other than success.
    pub(crate) fn from_answer(path: &str, status: u16, headers: &HeaderMap, body: &[u8]) -> Self {
        let wire = WireError::read(body);
        let kind = match status {
            400 if wire.codes.iter().any(|code| code == "Directory_ExpiredPageToken") => {
                ErrorKind::ExpiredPageToken
            }
            300..400 => ErrorKind::Malformed,
            401 => ErrorKind::Unauthorized,
            403 => ErrorKind::Denied,
            404 => ErrorKind::NotFound,
            429 | 509 => ErrorKind::Throttled,
            400..500 => ErrorKind::Unsupported,
            _ => ErrorKind::Server,
        };
        let mut error = Self::new(kind, "GET", path, "");
        let facts = &mut *error.0;
        facts.status = Some(status);
        facts.code = wire.codes.last().map(|code| clean(code));
        facts.request_id = wire
            .request_id
            .or_else(|| headers.get("request-id").and_then(|value| value.to_str().ok().map(str::to_owned)))
            .map(|id| clean(&id));
        facts.message = match wire.message {
            Some(message) => Some(clean(&message)),
            None if (300..400).contains(&status) => {
                Some("the answer is a redirect, which is never followed".to_owned())
            }
            None => None,
        };
        if kind == ErrorKind::Malformed {
            facts.hint = Some("check the Graph URL, and whether a proxy stands in between".to_owned());
        }
        error
    }

    /// A token request that the sign-in service answered with an error.
    ///
    /// Its `error_description` is left out: the numbers say the same, and it may name things of the tenant.
    pub(crate) fn from_sign_in_answer(path: &str, status: u16, body: &[u8]) -> Self {
        let wire: Value = serde_json::from_slice(body).unwrap_or_default();
        let text = |key: &str| wire.get(key).and_then(Value::as_str).map(clean);
        let mut error = Self::new(ErrorKind::SignIn, "POST", path, "");
        let facts = &mut *error.0;
        facts.status = Some(status);
        facts.code = text("error");
        facts.request_id = text("trace_id").or_else(|| text("correlation_id"));
        facts.sign_in_codes = wire
            .get("error_codes")
            .and_then(Value::as_array)
            .map(|codes| codes.iter().filter_map(Value::as_u64).collect())
            .unwrap_or_default();
        if facts.code.is_none() {
            facts.message = Some("the answer is not one of the sign-in service".to_owned());
            facts.hint = Some("check the authority URL, and whether a proxy stands in between".to_owned());
        }
        error
    }

    /// A request that did not get through.
    pub(crate) fn transport(method: &'static str, path: &str, fault: Fault, chain: &str) -> Self {
        Self::new(ErrorKind::Transport(fault), method, path, chain)
    }

    pub(crate) fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// The same failure, of the request for another path.
    pub(crate) fn about(mut self, path: &str) -> Self {
        self.0.path = clean(path.split('?').next().unwrap_or_default());
        self
    }

    pub(crate) fn with_hint(mut self, hint: &str) -> Self {
        self.0.hint = Some(hint.to_owned());
        self
    }

    pub(crate) fn with_sign_in_codes(mut self, codes: Vec<u64>) -> Self {
        self.0.sign_in_codes = codes;
        self
    }

    /// Replaces what is told in words.
    pub(crate) fn with_message(mut self, message: &str) -> Self {
        self.0.message = Some(clean(message));
        self
    }

    /// Adds to what is told, behind what is there.
    pub(crate) fn with_remark(mut self, remark: &str) -> Self {
        let facts = &mut *self.0;
        facts.message = Some(match facts.message.take() {
            Some(message) => format!("{message}; {remark}"),
            None => remark.to_owned(),
        });
        self
    }

    /// What kind of failure it is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The request's method, `GET` or `POST`; empty when no request failed.
    pub fn method(&self) -> &'static str {
        self.0.method
    }

    /// The path under the Graph root (or at the sign-in service), without the query string.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// The HTTP status of the last answer, if there was one.
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// Graph's error code, the most specific one: `Authorization_RequestDenied`; or the sign-in service's.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// Graph's message, or our own words; cleaned and at most about 300 characters.
    pub fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// The id by which Microsoft finds the request: Graph's `request-id`, or the sign-in's trace id.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// How often the request was sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The `AADSTS…` numbers of a sign-in that was refused.
    pub fn sign_in_codes(&self) -> &[u64] {
        &self.0.sign_in_codes
    }

    /// The next step for the user, where there is one that this folder knows. For HTTP 403 the caller knows
    /// better: which permission the collection needs.
    pub fn hint(&self) -> Option<String> {
        if let Some(text) = self.0.sign_in_codes.iter().find_map(|code| aadsts::explain(*code)) {
            return Some(text.to_owned());
        }
        if self.0.hint.is_some() {
            return self.0.hint.clone();
        }
        let text = match self.0.kind {
            ErrorKind::Transport(Fault::NotTrusted) => {
                "give the certificate authority of your proxy or server with --ca-file"
            }
            ErrorKind::Transport(Fault::NameNotFound) => {
                "check the host name, the network and the proxy settings"
            }
            ErrorKind::Transport(_) => "check the network and the proxy settings (HTTPS_PROXY, NO_PROXY)",
            ErrorKind::Throttled => {
                "run it again later, when the tenant is less busy, or be more patient with --max-wait"
            }
            ErrorKind::Server => "run it again later; the service had a failure",
            ErrorKind::Malformed => "check whether a proxy changes the answers, then run it again",
            _ => return None,
        };
        Some(text.to_owned())
    }
}

impl GraphError {
    /// What came back, without the request that it answers: HTTP status, code, message and request id as they
    /// were received, or the network library's words.
    pub fn outcome(&self) -> String {
        let facts = &*self.0;
        let status = facts.status.map(|status| format!("HTTP {status}"));
        let numbers = facts.sign_in_codes.iter().map(|code| format!("AADSTS{code}"));
        let head: Vec<String> = status.into_iter().chain(facts.code.clone()).chain(numbers).collect();
        let mut outcome = head.join(" ");
        if let Some(message) = &facts.message {
            outcome.push_str(if outcome.is_empty() { "" } else { ", " });
            outcome.push_str(message);
        }
        if let Some(id) = &facts.request_id {
            let _ = write!(outcome, " (request-id {id})");
        }
        outcome
    }
}

impl fmt::Display for GraphError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let facts = &*self.0;
        match (facts.kind, facts.method) {
            (ErrorKind::Configuration, _) => f.write_str("set up the connection")?,
            (ErrorKind::SignIn, _) | (_, "POST") => f.write_str("sign in")?,
            _ => write!(f, "read {}", facts.path)?,
        }
        let mut separator = ": ";
        if let Some(status) = facts.status {
            write!(f, "{separator}HTTP {status}")?;
            separator = " ";
        }
        if let Some(code) = &facts.code {
            write!(f, "{separator}{code}")?;
        }
        if !facts.sign_in_codes.is_empty() {
            for code in &facts.sign_in_codes {
                write!(f, " AADSTS{code}")?;
            }
        }
        if let Some(message) = &facts.message {
            let separator = if facts.status.is_some() || facts.code.is_some() { ", " } else { ": " };
            write!(f, "{separator}{message}")?;
        }
        match (&facts.request_id, facts.attempts) {
            (Some(id), 0 | 1) => write!(f, " (request-id {id})"),
            (Some(id), attempts) => write!(f, " (request-id {id}, {attempts} attempts)"),
            (None, 0 | 1) => Ok(()),
            (None, attempts) => write!(f, " ({attempts} attempts)"),
        }
    }
}

impl std::error::Error for GraphError {}

/// What is used of Graph's error body, `{"error":{"code","message","innerError":{…}}}`.
#[derive(Default)]
struct WireError {
    /// From the general to the specific.
    codes: Vec<String>,
    message: Option<String>,
    request_id: Option<String>,
}

impl WireError {
    /// Reads the error and the errors within it; the inner one is spelled in two ways (Microsoft
    /// documentation, "Microsoft Graph error responses and resource types").
    fn read(body: &[u8]) -> Self {
        let document: Value = serde_json::from_slice(body).unwrap_or_default();
        let mut wire = Self::default();
        let mut level = document.get("error");
        while let Some(error) = level {
            let text = |key: &str| error.get(key).and_then(Value::as_str).map(str::to_owned);
            // A bare number repeats the HTTP status and says less than the code around it.
            if let Some(code) = text("code")
                && !code.is_empty()
                && !code.bytes().all(|byte| byte.is_ascii_digit())
            {
                wire.codes.push(code);
            }
            wire.message = wire.message.or_else(|| text("message").filter(|message| !message.is_empty()));
            wire.request_id = wire.request_id.or_else(|| text("request-id"));
            level = error.get("innerError").or_else(|| error.get("innererror"));
        }
        wire
    }
}

/// The code by which Graph says that a token is not accepted, wherever it stands in the error.
pub(crate) fn is_invalid_token(body: &[u8]) -> bool {
    WireError::read(body).codes.iter().any(|code| code == "InvalidAuthenticationToken")
}

/// What a failed request of the HTTP library was, and the text of its whole chain of causes.
///
/// The library's own text says only "error sending request"; the cause is at the bottom. The URL is left out:
/// its query string may hold a page token.
pub(crate) fn fault_of(error: reqwest::Error) -> (Fault, String) {
    let error = error.without_url();
    let mut fault = if error.is_timeout() {
        Fault::TimedOut
    } else if error.is_dns() {
        Fault::NameNotFound
    } else {
        Fault::Broken
    };
    let mut texts = vec![error.to_string()];
    let mut cause = error.source();
    while let Some(current) = cause {
        let text = current.to_string();
        if !texts.iter().any(|known| known.contains(&text)) {
            texts.push(text);
        }
        let tls = innermost(current).downcast_ref::<rustls::Error>();
        if matches!(tls, Some(rustls::Error::InvalidCertificate(_))) {
            fault = Fault::NotTrusted;
        } else if current
            .downcast_ref::<io::Error>()
            .is_some_and(|io| io.kind() == io::ErrorKind::ConnectionRefused)
        {
            fault = Fault::Refused;
        }
        cause = current.source();
    }
    (fault, texts.join(": "))
}

/// What an I/O error was made from: its `source()` skips that, and TLS errors come wrapped in several.
fn innermost<'a>(error: &'a (dyn std::error::Error + 'static)) -> &'a (dyn std::error::Error + 'static) {
    let mut current = error;
    while let Some(inner) = current.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        current = inner;
    }
    current
}

/// Text from outside, made harmless: no control or direction characters, and not too long.
pub(crate) fn clean(text: &str) -> String {
    let harmless = |c: &char| {
        !c.is_control()
            && !matches!(*c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let mut rest = text.chars().filter(harmless);
    let mut cleaned: String = rest.by_ref().take(LONGEST_TEXT).collect();
    if rest.next().is_some() {
        cleaned.push('…');
    }
    cleaned
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> GraphError {
        GraphError::from_answer("/users?$skiptoken=hunter2", status, &HeaderMap::new(), body.as_bytes())
    }

    #[test]
    fn the_most_specific_code_and_the_request_id_are_found() {
        let body = r#"{"error":{"code":"BadRequest","message":"No.","innererror":{"code":"400",
            "innerError":{"code":"Directory_ExpiredPageToken","request-id":"r-1"}}}}"#;
        let error = answer(400, body);
        assert_eq!(error.kind(), ErrorKind::ExpiredPageToken);
        assert_eq!((error.code(), error.request_id()), (Some("Directory_ExpiredPageToken"), Some("r-1")));
        assert_eq!(
            error.with_attempts(2).to_string(),
            "read /users: HTTP 400 Directory_ExpiredPageToken, No. (request-id r-1, 2 attempts)"
        );
    }

    #[test]
    fn each_status_has_its_kind() {
        for (status, kind) in [
            (302, ErrorKind::Malformed),
            (400, ErrorKind::Unsupported),
            (401, ErrorKind::Unauthorized),
            (403, ErrorKind::Denied),
            (404, ErrorKind::NotFound),
            (429, ErrorKind::Throttled),
            (500, ErrorKind::Server),
            (503, ErrorKind::Server),
            (509, ErrorKind::Throttled),
        ] {
            let error = answer(status, "<html>");
            assert_eq!((error.kind(), error.status()), (kind, Some(status)));
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn the_request_id_of_the_header_is_used_when_the_body_has_none() {
        let mut headers = HeaderMap::new();
        headers.insert("request-id", "r-2".parse().unwrap());
        assert_eq!(GraphError::from_answer("/users", 500, &headers, b"").request_id(), Some("r-2"));
    }

    #[test]
    fn text_from_outside_is_made_harmless() {
        let hostile = format!("\u{1b}[2Jred\r\n\u{202e}{}", "x".repeat(1000));
        let body = serde_json::json!({"error": {"code": "a\u{7}b", "message": hostile}}).to_string();
        let error = answer(403, &body);
        assert_eq!(error.code(), Some("ab"));
        let message = error.message().unwrap();
        assert!(message.starts_with("[2Jredx") && message.ends_with('…'), "{message}");
        assert_eq!(message.chars().count(), LONGEST_TEXT + 1);
        assert!(!error.to_string().chars().any(char::is_control));
    }

    #[test]
    fn a_refused_sign_in_shows_numbers_and_our_own_words_only() {
        let body = br#"{"error":"invalid_client","error_description":"AADSTS7000215: secret hunter2",
            "error_codes":[7000215],"trace_id":"t-1","correlation_id":"c-1"}"#;
        let error = GraphError::from_sign_in_answer("/t/oauth2/v2.0/token", 401, body);
        assert_eq!(error.to_string(), "sign in: HTTP 401 invalid_client AADSTS7000215 (request-id t-1)");
        assert!(error.hint().unwrap().contains("AZURE_CLIENT_SECRET"));
        assert!(!format!("{error:?}").contains("hunter2"));
    }

    #[test]
    fn an_answer_of_somebody_else_is_told_as_that() {
        let error = GraphError::from_sign_in_answer("/t/oauth2/v2.0/token", 502, b"<html>hunter2</html>");
        assert_eq!(error.to_string(), "sign in: HTTP 502, the answer is not one of the sign-in service");
        assert!(error.hint().unwrap().contains("proxy"));
    }
}
