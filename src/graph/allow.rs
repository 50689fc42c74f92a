//! What may be sent at all. Nothing leaves this folder that has not become an [`Allowed`] here.
//!
//! The list is short on purpose, so that "it only reads" can be checked by reading one page:
//!
//! | method | where | why |
//! |---|---|---|
//! | GET | under the Graph root | the reading itself |
//! | POST | `{graph root}/$batch`, body only GETs | several readings in one call |
//! | POST | `{authority}/{tenant}/oauth2/v2.0/token` and `…/devicecode` | signing in |
//! | GET | the managed identity service of the machine, when that is how we sign in | signing in |
//! | POST | the address at which Azure Pipelines gives a token, without a body, likewise | signing in |
//!
//! Plain http is for loopback and the managed identity service only. A header that could turn a method into
//! another, carry a token where none belongs, or name another host is refused; Azure Pipelines alone is shown
//! the token of its own job.

use std::collections::BTreeMap;
use std::fmt;

use azure_core::credentials::Secret;
use bytes::Bytes;
use reqwest::header::{self, HeaderMap, HeaderValue};
use reqwest::{Method, Url};
use serde::Deserialize;

use super::batch::LARGEST_BATCH;
use super::cloud::{Endpoint, is_loopback};
use super::error::clean;

/// Headers that nobody but [`Allowed::with_token`] and the HTTP library may set.
const REFUSED_HEADERS: [&str; 7] = [
    "authorization",
    "proxy-authorization",
    "cookie",
    "host",
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
];

/// Where virtual machines get tokens for their managed identity.
pub(crate) const IMDS: &str = "http://169.254.169.254/metadata/identity/oauth2/token";

/// The parameters of a request for the token of a managed identity.
const MANAGED_IDENTITY_PARAMETERS: [&str; 3] = ["api-version", "resource", "client_id"];

/// The services that may be spoken to.
#[derive(Debug, Clone)]
pub(crate) struct AllowList {
    graph: Url,
    authority: Option<Url>,
    managed_identity: Option<Url>,
    pipelines: Option<Url>,
}

/// A request that may be sent. Only [`AllowList::check`] makes one, and nothing can change it afterwards.
pub(crate) struct Allowed {
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Bytes,
    to_graph: bool,
}

/// Why a request may not be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NotAllowed(String);

impl fmt::Display for NotAllowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl AllowList {
    /// The list for one deployment of Graph. `authority` is where tokens are asked for, if anywhere.
    pub(crate) fn new(endpoint: &Endpoint, authority: Option<Url>) -> Self {
        Self { graph: endpoint.graph.clone(), authority, managed_identity: None, pipelines: None }
    }

    /// The same, and the managed identity service at this address.
    pub(crate) fn with_managed_identity(self, address: Url) -> Self {
        Self { managed_identity: Some(address), ..self }
    }

    /// The same, and the address with query at which Azure Pipelines gives a token.
    pub(crate) fn with_pipelines(self, address: Url) -> Self {
        Self { pipelines: Some(address), ..self }
    }

    /// Turns a request into one that may be sent.
    pub(crate) fn check(
        &self,
        method: Method,
        url: Url,
        headers: HeaderMap,
        body: Bytes,
    ) -> Result<Allowed, NotAllowed> {
        let refuse = |why: &str| Err(NotAllowed(why.to_owned()));
        let managed_identity = self.is_managed_identity(&url);
        let pipelines = self.pipelines.as_ref() == Some(&url) && url.scheme() == "https";
        let plain = url.scheme() == "http" && (is_loopback(&url) || managed_identity);
        if url.scheme() != "https" && !plain {
            return refuse("only https is used, or plain http to this computer");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return refuse("a URL with a user name or password is not used");
        }
        let refused = |name: &&str| headers.contains_key(*name) && !(pipelines && *name == "authorization");
        if let Some(name) = REFUSED_HEADERS.into_iter().find(refused) {
            return refuse(&format!("the header `{name}` is not sent"));
        }
        let to_graph = if let Some(path) = self.path_in_graph(&url) {
            match method {
                Method::GET if body.is_empty() => {}
                Method::POST if path == "$batch" && url.query().is_none() => self.only_gets(&body)?,
                _ => return refuse(&format!("Graph is only read, {method} is not sent")),
            }
            true
        } else if self.is_sign_in(&url) {
            if method != Method::POST {
                return refuse(&format!("the sign-in service gets POST only, {method} is not sent"));
            }
            false
        } else if managed_identity {
            if method != Method::GET || !body.is_empty() {
                return refuse(&format!("the managed identity service gets GET only, {method} is not sent"));
            }
            false
        } else if pipelines {
            if method != Method::POST || !body.is_empty() {
                return refuse(&format!("Azure Pipelines gets an empty POST only, {method} is not sent"));
            }
            false
        } else {
            return refuse("the URL is neither under the Graph root nor a sign-in address");
        };
        Ok(Allowed { method, url, headers, body, to_graph })
    }

    /// What follows the Graph root, without the slash; `None` for a URL that is not under it.
    fn path_in_graph<'a>(&self, url: &'a Url) -> Option<&'a str> {
        if url.origin() != self.graph.origin() {
            return None;
        }
        let below = url.path().strip_prefix(self.graph.path())?.strip_prefix('/')?;
        (!below.is_empty()).then_some(below)
    }

    /// A batch may hold GETs of addresses under the Graph root, and nothing that has a body.
    fn only_gets(&self, body: &[u8]) -> Result<(), NotAllowed> {
        let batch: Batch<'_> = serde_json::from_slice(body)
            .map_err(|error| NotAllowed(format!("a batch that is not one: {error}")))?;
        if !(1..=LARGEST_BATCH).contains(&batch.requests.len()) {
            return Err(NotAllowed(format!(
                "a batch holds one request at least and {LARGEST_BATCH} at most"
            )));
        }
        for item in batch.requests {
            if item.method != "GET" || item.body.is_some() {
                return Err(NotAllowed(format!("a batch holds only GETs, not {}", clean(item.method))));
            }
            let relative = item.url.starts_with('/') && !item.url.starts_with("//");
            let url = Url::parse(&format!("{}{}", self.graph, item.url)).ok();
            let path = url.as_ref().and_then(|url| self.path_in_graph(url));
            if !relative || path.is_none_or(|path| path == "$batch") {
                return Err(NotAllowed("a batch holds only addresses under the Graph root".to_owned()));
            }
            let refused = |name: &&str| REFUSED_HEADERS.iter().any(|known| name.eq_ignore_ascii_case(known));
            if let Some(name) = item.headers.into_keys().find(refused) {
                return Err(NotAllowed(format!("the header `{name}` is not sent")));
            }
        }
        Ok(())
    }

    /// Whether the URL is the managed identity service's, with nothing but the parameters of a token request.
    pub(crate) fn is_managed_identity(&self, url: &Url) -> bool {
        self.managed_identity.as_ref().is_some_and(|known| {
            let (mut known, mut asked) = (known.clone(), url.clone());
            known.set_query(None);
            asked.set_query(None);
            known == asked
                && url.query_pairs().all(|(name, _)| MANAGED_IDENTITY_PARAMETERS.contains(&name.as_ref()))
        })
    }

    fn is_sign_in(&self, url: &Url) -> bool {
        let Some(authority) = &self.authority else { return false };
        if url.origin() != authority.origin() || url.query().is_some() {
            return false;
        }
        let Some((tenant, rest)) = url.path().trim_start_matches('/').split_once('/') else { return false };
        is_tenant(tenant) && matches!(rest, "oauth2/v2.0/token" | "oauth2/v2.0/devicecode")
    }
}

impl Allowed {
    /// Adds the bearer token. It is refused for every request that does not go to Graph.
    pub(crate) fn with_token(mut self, token: &Secret) -> Result<Self, NotAllowed> {
        if !self.to_graph {
            return Err(NotAllowed("the token goes to Graph only".to_owned()));
        }
        let mut value = HeaderValue::try_from(format!("Bearer {}", token.secret()))
            .map_err(|_| NotAllowed("the token holds characters that no token has".to_owned()))?;
        value.set_sensitive(true);
        self.headers.insert(header::AUTHORIZATION, value);
        Ok(self)
    }

    /// Gives the parts to the sender.
    pub(crate) fn into_parts(self) -> (Method, Url, HeaderMap, Bytes) {
        (self.method, self.url, self.headers, self.body)
    }
}

/// Whether the text is a tenant id or a domain name, and so may be a part of a URL.
///
/// `common`, `organizations` and `consumers` have no dot and are no GUID: they are refused by the same rule.
pub(crate) fn is_tenant(text: &str) -> bool {
    is_guid(text) || is_domain(text)
}

fn is_guid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(position, byte)| match position {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    text.len() <= 253 && text.contains('.') && text.split('.').all(is_label)
}

#[derive(Deserialize)]
struct Batch<'a> {
    #[serde(borrow)]
    requests: Vec<BatchItem<'a>>,
}

#[derive(Deserialize)]
struct BatchItem<'a> {
    method: &'a str,
    url: &'a str,
    #[serde(borrow, default)]
    headers: BTreeMap<&'a str, &'a str>,
    body: Option<serde::de::IgnoredAny>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const TENANT: &str = "0f0e0d0c-0b0a-0908-0706-050403020100";

    fn list(graph: &str) -> AllowList {
        let endpoint = Endpoint::custom(graph, Some("https://login.example"), None).unwrap();
        AllowList::new(&endpoint, endpoint.authority.clone())
    }

    fn check(graph: &str, method: &Method, url: &str, body: &str) -> Result<Allowed, NotAllowed> {
        let url = Url::parse(url).unwrap();
        list(graph).check(method.clone(), url, HeaderMap::new(), Bytes::copy_from_slice(body.as_bytes()))
    }

    fn allowed(method: &Method, url: &str, body: &str) -> bool {
        check("https://graph.example/v1.0", method, url, body).is_ok()
    }

    #[test]
    fn graph_is_only_read() {
        let users = "https://graph.example/v1.0/users?$select=id";
        assert!(allowed(&Method::GET, users, ""));
        for method in [
            Method::POST,
            Method::PUT,
            Method::PATCH,
            Method::DELETE,
            Method::HEAD,
            Method::OPTIONS,
            Method::CONNECT,
            Method::TRACE,
        ] {
            assert!(!allowed(&method, users, ""), "{method}");
        }
        let assign = "https://graph.example/v1.0/users/1/assignLicense";
        assert!(!allowed(&Method::POST, assign, r#"{"addLicenses":[]}"#));
        assert!(!allowed(&Method::GET, users, "a body"));
    }

    #[test]
    fn only_what_lies_under_the_configured_root_is_read() {
        for url in [
            "https://graph.example/beta/users",
            "https://graph.example/v1.0",
            "https://graph.example/v1.0/",
            "https://graph.example/v1.0.evil/users",
            "https://graph.example/v1.0/../beta/users",
            "https://graph.example/v1.0/%2e%2E/beta/users",
            "https://graph.example:444/v1.0/users",
            "http://graph.example/v1.0/users",
            "https://graph.example.evil/v1.0/users",
            "https://graph.example@evil/v1.0/users",
            "https://me@graph.example/v1.0/users",
            "https://login.example/v1.0/users",
        ] {
            assert!(!allowed(&Method::GET, url, ""), "{url}");
        }
        assert!(allowed(&Method::GET, "https://GRAPH.example:443/v1.0/users", ""));
    }

    #[test]
    fn plain_http_goes_to_loopback_only() {
        let get = |graph: &str| {
            let mut endpoint = Endpoint::of(super::super::Cloud::Global).unwrap();
            endpoint.graph = Url::parse(graph).unwrap();
            let url = Url::parse(&format!("{graph}/users")).unwrap();
            AllowList::new(&endpoint, None).check(Method::GET, url, HeaderMap::new(), Bytes::new()).is_ok()
        };
        assert!(
            get("http://127.0.0.1:8080/v1.0") && get("http://[::1]/v1.0") && get("http://localhost/v1.0")
        );
        assert!(!get("http://graph.example/v1.0") && !get("http://169.254.169.254/v1.0"));
        assert!(!get("ftp://127.0.0.1/v1.0"));
    }

    #[test]
    fn the_sign_in_service_gets_a_post_to_two_addresses_of_a_tenant() {
        let at = |rest: &str| format!("https://login.example/{rest}");
        assert!(allowed(&Method::POST, &at(&format!("{TENANT}/oauth2/v2.0/token")), "a=b"));
        assert!(allowed(&Method::POST, &at("contoso.example/oauth2/v2.0/devicecode"), "a=b"));
        assert!(!allowed(&Method::GET, &at(&format!("{TENANT}/oauth2/v2.0/token")), ""));
        for rest in [
            "common/oauth2/v2.0/token",
            "oauth2/v2.0/token",
            "contoso.example/oauth2/v2.0/authorize",
            "contoso.example/oauth2/v2.0/token/more",
            "contoso.example/oauth2/v2.0/token?x=y",
            "a/contoso.example/oauth2/v2.0/token",
        ] {
            assert!(!allowed(&Method::POST, &at(rest), "a=b"), "{rest}");
        }
        assert!(!allowed(&Method::POST, &format!("https://evil.example/{TENANT}/oauth2/v2.0/token"), "a=b"));
    }

    #[test]
    fn a_managed_identity_service_gets_a_get_at_one_address_and_only_when_it_is_used() {
        let endpoint = Endpoint::of(super::super::Cloud::Global).unwrap();
        let without = AllowList::new(&endpoint, None);
        let with = |address: &str| without.clone().with_managed_identity(Url::parse(address).unwrap());
        let sent = |list: &AllowList, method: Method, url: &str, body: &'static str| {
            list.check(method, Url::parse(url).unwrap(), HeaderMap::new(), Bytes::from(body)).is_ok()
        };
        let request = format!("{IMDS}?api-version=2019-08-01&resource=https%3A%2F%2Fgraph&client_id=c");
        let list = with(IMDS);
        assert!(sent(&list, Method::GET, &request, ""));
        assert!(!sent(&list, Method::POST, &request, "") && !sent(&list, Method::GET, &request, "a"));
        assert!(!sent(&without, Method::GET, &request, ""));
        assert!(!sent(&with("http://169.254.130.2:4141/msi/token"), Method::GET, &request, ""));
        assert!(sent(
            &with("http://169.254.130.2:4141/msi/token"),
            Method::GET,
            "http://169.254.130.2:4141/msi/token?resource=x",
            ""
        ));
        for other in [
            "http://169.254.169.254/metadata/instance?api-version=2021-02-01",
            "http://169.254.169.254/metadata/identity/oauth2/token/more",
            "http://169.254.169.254:81/metadata/identity/oauth2/token",
            "http://169.254.169.253/metadata/identity/oauth2/token",
            "http://me@169.254.169.254/metadata/identity/oauth2/token",
            "https://169.254.169.254/metadata/identity/oauth2/token",
            "http://169.254.169.254/metadata/identity/oauth2/token?bypass_cache=true",
            "http://169.254.169.254/metadata/identity/oauth2/token#x",
        ] {
            assert!(!sent(&list, Method::GET, other, ""), "{other}");
        }
        let token = Secret::new("hunter2");
        let request = list.check(Method::GET, Url::parse(&request).unwrap(), HeaderMap::new(), Bytes::new());
        assert!(request.unwrap().with_token(&token).is_err(), "the Graph token goes to Graph only");
    }

    #[test]
    fn azure_pipelines_gets_an_empty_post_at_one_address_and_its_own_token() {
        let endpoint = Endpoint::of(super::super::Cloud::Global).unwrap();
        let address = "https://dev.example/oidctoken?api-version=7.1&serviceConnectionId=c";
        let list = AllowList::new(&endpoint, None).with_pipelines(Url::parse(address).unwrap());
        let sent = |method: Method, url: &str, header: &'static str, body: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header, HeaderValue::from_static("x"));
            list.check(method, Url::parse(url).unwrap(), headers, Bytes::from(body)).is_ok()
        };
        assert!(sent(Method::POST, address, "authorization", ""));
        assert!(!sent(Method::GET, address, "authorization", ""));
        assert!(!sent(Method::POST, address, "authorization", "a"));
        assert!(!sent(Method::POST, address, "x-http-method", ""));
        for other in [
            "https://dev.example/oidctoken?api-version=7.1&serviceConnectionId=d",
            "https://dev.example/oidctoken",
            "http://dev.example/oidctoken?api-version=7.1&serviceConnectionId=c",
            "https://graph.microsoft.com/v1.0/users",
        ] {
            assert!(!sent(Method::POST, other, "authorization", ""), "{other}");
        }
        assert!(!sent(Method::GET, "https://graph.microsoft.com/v1.0/users", "authorization", ""));
        let plain = AllowList::new(&endpoint, None).with_pipelines(Url::parse("http://127.0.0.1/x").unwrap());
        let url = Url::parse("http://127.0.0.1/x").unwrap();
        assert!(plain.check(Method::POST, url, HeaderMap::new(), Bytes::new()).is_err(), "https only");
    }

    #[test]
    fn a_batch_holds_only_gets() {
        let batch = "https://graph.example/v1.0/$batch";
        let one =
            |item: &str| format!(r#"{{"requests":[{{"id":"1","method":"GET","url":"/users"}},{item}]}}"#);
        assert!(allowed(&Method::POST, batch, &one(r#"{"id":"2","method":"GET","url":"/groups?$top=1"}"#)));
        for item in [
            r#"{"id":"2","method":"POST","url":"/users"}"#,
            r#"{"id":"2","method":"get","url":"/users"}"#,
            r#"{"id":"2","url":"/users"}"#,
            r#"{"id":"2","method":"GET","method":"DELETE","url":"/users"}"#,
            r#"{"id":"2","method":"GET","url":"/users","body":{}}"#,
            r#"{"id":"2","method":"GET","url":"https://evil.example/"}"#,
            r#"{"id":"2","method":"GET","url":"//evil.example/"}"#,
        ] {
            assert!(!allowed(&Method::POST, batch, &one(item)), "{item}");
        }
        assert!(!allowed(&Method::POST, batch, r#"{"requests":[]}"#) && !allowed(&Method::POST, batch, ""));
        assert!(!allowed(
            &Method::POST,
            "https://graph.example/v1.0/users/$batch",
            &one(r#"{"id":"2","method":"GET","url":"/groups"}"#)
        ));
    }

    #[test]
    fn no_header_changes_the_method_the_host_or_the_caller() {
        for name in REFUSED_HEADERS {
            let mut headers = HeaderMap::new();
            headers.insert(name, HeaderValue::from_static("PATCH"));
            let url = Url::parse("https://graph.example/v1.0/users").unwrap();
            let result = list("https://graph.example/v1.0").check(Method::GET, url, headers, Bytes::new());
            assert!(result.is_err_and(|why| why.to_string().contains(name)), "{name}");
        }
    }

    #[test]
    fn the_token_goes_to_graph_only() {
        let token = Secret::new("hunter2");
        let graph = check("https://graph.example/v1.0", &Method::GET, "https://graph.example/v1.0/users", "");
        let (.., headers, _) = graph.unwrap().with_token(&token).unwrap().into_parts();
        assert_eq!(headers["authorization"], "Bearer hunter2");
        assert!(!format!("{headers:?}").contains("hunter2"), "a token must not be printed");

        let sign_in = format!("https://login.example/{TENANT}/oauth2/v2.0/token");
        let sign_in = check("https://graph.example/v1.0", &Method::POST, &sign_in, "a=b").unwrap();
        assert!(sign_in.with_token(&token).is_err());
    }

    #[test]
    fn a_tenant_is_an_id_or_a_domain() {
        for good in [TENANT, "contoso.onmicrosoft.com", "xn--bcher-kva.example"] {
            assert!(is_tenant(good), "{good}");
        }
        for bad in [
            "",
            "common",
            "organizations",
            "consumers",
            "a/b.c",
            "a..b",
            ".a.b",
            "-a.b",
            "a b.c",
            "a.b?c",
            "é.com",
        ] {
            assert!(!is_tenant(bad), "{bad}");
        }
    }
}
