//! The answers Graph gives when it refuses: status, code and text, and the body they come in.
//!
//! Codes and texts are those of Microsoft's documentation ("Microsoft Graph error responses") and of recorded
//! answers. A client must branch on status and code; the texts are for people.

use std::borrow::Cow;

use serde_json::json;

use super::answer::{Answer, Identifiers};

/// A refusal.
#[derive(Debug)]
pub(super) struct GraphError {
    status: u16,
    code: &'static str,
    message: Cow<'static, str>,
    headers: Vec<(&'static str, String)>,
}

impl GraphError {
    fn new(status: u16, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self { status, code, message: message.into(), headers: Vec::new() }
    }

    /// 400: the request is malformed.
    pub(super) fn bad_request(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(400, "Request_BadRequest", message)
    }

    /// 400: well-formed, but the service does not do this, or not in this way.
    pub(super) fn unsupported(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(400, "Request_UnsupportedQuery", message)
    }

    /// 400: no such path.
    pub(super) fn unknown_segment(segment: &str) -> Self {
        Self::new(400, "BadRequest", format!("Resource not found for the segment '{segment}'."))
    }

    /// 400: a page token that this query was not given.
    pub(super) fn bad_token() -> Self {
        Self::bad_request("The specified page token value is invalid for the request.")
    }

    /// 400: a page token that was given, but too long ago.
    pub(super) fn expired_page_token() -> Self {
        Self::new(
            400,
            "Directory_ExpiredPageToken",
            "The specified page token value has expired and can no longer be included in your request.",
        )
    }

    /// A refusal that passes, with the seconds to wait where the service says so.
    pub(super) fn passing(status: u16, retry_after: Option<u64>) -> Self {
        let (code, message) = match status {
            429 => ("TooManyRequests", "Please retry again later."),
            503 => ("serviceNotAvailable", "The service is temporarily unavailable."),
            504 => ("UnknownError", ""),
            509 => ("bandwidthLimitExceeded", "The bandwidth limit was exceeded."),
            _ => ("InternalServerError", "An internal server error occurred."),
        };
        let mut error = Self::new(status, code, message);
        error.headers.extend(retry_after.map(|seconds| ("retry-after", seconds.to_string())));
        error
    }

    /// 401: no token, or not ours.
    pub(super) fn unauthenticated(message: &'static str) -> Self {
        let mut error = Self::new(401, "InvalidAuthenticationToken", message);
        error.headers.push(("www-authenticate", "Bearer".to_owned()));
        error
    }

    /// 403: the application lacks a permission.
    pub(super) fn denied() -> Self {
        Self::new(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
    }

    /// 404: no such object.
    pub(super) fn no_object(id: &str) -> Self {
        Self::new(
            404,
            "Request_ResourceNotFound",
            format!(
                "Resource '{id}' does not exist or one of its queried reference-property objects are not present."
            ),
        )
    }

    /// 501: the service does not do this at all.
    pub(super) fn not_implemented() -> Self {
        Self::new(501, "NotImplemented", "The requested feature is not implemented.")
    }

    /// 405: the simulator is as read-only as its client.
    pub(super) fn method_not_allowed() -> Self {
        let mut error = Self::new(
            405,
            "Request_BadRequest",
            "Specified HTTP method is not allowed for the request target.",
        );
        error.headers.push(("allow", "GET".to_owned()));
        error
    }

    /// 429: more resource units than the quota allows; come back in so many seconds.
    pub(super) fn throttled(seconds: u64, scope: String) -> Self {
        let mut error = Self::new(429, "TooManyRequests", "Please retry again later.");
        error.headers.push(("retry-after", seconds.to_string()));
        error.headers.push(("x-ms-throttle-scope", scope));
        error.headers.push(("x-ms-throttle-information", "ResourceUnitLimitExceeded".to_owned()));
        error
    }

    /// The whole answer, with the body every Graph error has.
    pub(super) fn into_answer(self, identifiers: &Identifiers) -> Answer {
        let body = json!({ "error": {
            "code": self.code,
            "message": self.message,
            "innerError": {
                "date": &super::DEMO_NOW[..19],
                "request-id": identifiers.request_id,
                "client-request-id": identifiers.client_request_id,
            },
        }});
        let mut answer = Answer::json(self.status, body.to_string().into_bytes());
        answer.headers = self.headers;
        answer
    }
}
