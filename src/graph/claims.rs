//! What an access token says of itself, for diagnosis only.
//!
//! Microsoft asks clients not to rely on what is in a token for Graph: it need not be a JWT. So nothing is decided
//! here, the signature is not checked, and what cannot be read is unknown.

use azure_core::base64::decode_url_safe;
use jiff::Timestamp;
use serde_json::{Map, Value};

use super::error::clean;

/// No token comes near this; a longer one is not looked into.
const LONGEST_TOKEN: usize = 1 << 20;

/// What an access token says of itself (Microsoft identity platform, "Access token claims reference"). Texts are
/// cleaned; the token itself is not kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TokenClaims {
    /// Permissions of an application (`roles`), such as `User.Read.All`.
    pub roles: Vec<String>,
    /// Permissions that a user delegated (`scp`).
    pub scopes: Vec<String>,
    /// The id of the application (`appid`, or `azp`).
    pub application: Option<String>,
    /// The id of the tenant (`tid`).
    pub tenant: Option<String>,
    /// When the token ends (`exp`).
    pub expires: Option<Timestamp>,
}

impl TokenClaims {
    /// Reads the payload of a JWT; `None` where the token is none.
    pub(crate) fn read(token: &str) -> Option<Self> {
        if token.len() > LONGEST_TOKEN {
            return None;
        }
        let mut parts = token.split('.');
        let (Some(_), Some(payload), Some(_), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return None;
        };
        let payload = decode_url_safe(payload.trim_end_matches('=')).ok()?;
        let claims: Map<String, Value> = serde_json::from_slice(&payload).ok()?;
        let text = |name: &str| claims.get(name).and_then(Value::as_str).map(clean);
        let roles = claims.get("roles").and_then(Value::as_array);
        let scopes = claims.get("scp").and_then(Value::as_str);
        Some(Self {
            roles: roles.into_iter().flatten().filter_map(Value::as_str).map(clean).collect(),
            scopes: scopes.unwrap_or_default().split_whitespace().map(clean).collect(),
            application: text("appid").or_else(|| text("azp")),
            tenant: text("tid"),
            expires: claims
                .get("exp")
                .and_then(Value::as_i64)
                .and_then(|seconds| Timestamp::from_second(seconds).ok()),
        })
    }
}

#[cfg(test)]
mod tests {
    use azure_core::base64::encode_url_safe;
    use serde_json::json;

    use super::*;

    fn token(payload: &[u8]) -> String {
        format!("eyJhbGciOiJub25lIn0.{}.", encode_url_safe(payload))
    }

    fn claims(payload: &Value) -> Option<TokenClaims> {
        TokenClaims::read(&token(payload.to_string().as_bytes()))
    }

    #[test]
    fn the_permissions_of_an_application_and_of_a_user_are_read() {
        let read = claims(&json!({ "roles": ["User.Read.All", "Group.Read.All"], "appid": "a", "tid": "t",
            "exp": 1_800_000_000 }))
        .unwrap();
        assert_eq!(read.roles, ["User.Read.All", "Group.Read.All"]);
        assert_eq!((read.application.as_deref(), read.tenant.as_deref()), (Some("a"), Some("t")));
        assert_eq!(read.expires.unwrap().as_second(), 1_800_000_000);
        assert!(read.scopes.is_empty());

        let read = claims(&json!({ "scp": " openid  User.Read.All ", "azp": "b" })).unwrap();
        assert_eq!(read.scopes, ["openid", "User.Read.All"]);
        assert_eq!(read.application.as_deref(), Some("b"));
        assert!(read.roles.is_empty());
    }

    #[test]
    fn padding_does_no_harm() {
        for payload in [r#"{"tid":"t"}"#, r#"{"tid":"t" }"#, r#"{"tid":"t"  }"#] {
            let padded = token(payload.as_bytes()).trim_end_matches('.').to_owned() + "==.";
            assert_eq!(TokenClaims::read(&padded).unwrap().tenant.as_deref(), Some("t"), "{payload}");
        }
    }

    #[test]
    fn what_is_no_jwt_says_nothing() {
        let list = token(b"[1]");
        let five = token(b"{}") + ".e.f";
        let half = token(br#"{"roles":["#);
        let no_text = token(&[0xff, 0xfe]);
        let long = token(&vec![b' '; LONGEST_TOKEN]);
        let deep = token("[".repeat(100_000).as_bytes());
        for token in
            ["", ".", "..", "opaque", "a.b", "a.!!!.c", "a.é.c", &list, &five, &half, &no_text, &long, &deep]
        {
            assert_eq!(TokenClaims::read(token), None);
        }
    }

    #[test]
    fn claims_of_another_shape_are_left_out_and_texts_are_harmless() {
        let read = claims(&json!({ "roles": [1, null, {"a": 1}, "User.\u{1b}[2JRead\u{202e}", "x".repeat(9_000)],
            "scp": ["User.Read.All"], "appid": 7, "azp": {}, "tid": "t\r\n", "exp": 9_000_000_000_000_000_000_u64 }))
        .unwrap();
        assert_eq!(read.roles[0], "User.[2JRead");
        assert!(read.roles.len() == 2 && read.roles[1].chars().count() < 400);
        assert_eq!(read.tenant.as_deref(), Some("t"));
        assert_eq!((read.scopes.len(), read.application, read.expires), (0, None, None));
        assert_eq!(claims(&json!({ "roles": "User.Read.All", "exp": -1.5 })), Some(TokenClaims::default()));
    }
}
