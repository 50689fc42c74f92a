//! Where Graph and its sign-in service are: the Microsoft clouds, or addresses of one's own.
//!
//! The addresses are those of the Microsoft documentation pages "National cloud deployments" (Graph) and
//! "National clouds" (Microsoft identity platform). Microsoft 365 GCC uses the global addresses.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use reqwest::Url;

use super::error::clean;

/// A Microsoft cloud, or `custom` for addresses given by the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cloud {
    /// The public cloud, Microsoft 365 GCC included.
    Global,
    /// US Government L4 (GCC High).
    UsGov,
    /// US Government L5 (DoD).
    UsGovDod,
    /// China, operated by 21Vianet.
    China,
    /// Any other deployment of Graph: see [`Endpoint::custom`].
    Custom,
}

impl Cloud {
    /// All clouds, in the order in which they are listed to the user.
    pub const ALL: [Self; 5] = [Self::Global, Self::UsGov, Self::UsGovDod, Self::China, Self::Custom];

    /// The name in the configuration and on the command line, for instance `us-gov`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::UsGov => "us-gov",
            Self::UsGovDod => "us-gov-dod",
            Self::China => "china",
            Self::Custom => "custom",
        }
    }
}

impl fmt::Display for Cloud {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Cloud {
    type Err = EndpointError;

    fn from_str(name: &str) -> Result<Self, EndpointError> {
        Self::ALL
            .into_iter()
            .find(|cloud| cloud.name() == name)
            .ok_or_else(|| EndpointError::UnknownCloud { name: clean(name) })
    }
}

/// Where to read, where to sign in, and for what: the three addresses of one Graph deployment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// The cloud these addresses belong to.
    pub cloud: Cloud,
    /// The Graph root. It ends in `/v1.0`, without a slash behind it.
    pub graph: Url,
    /// The origin of the sign-in service; `None` when only a ready token or the Azure CLI can be used.
    pub authority: Option<Url>,
    /// What a token is asked for: the Graph origin and `/.default`.
    pub scope: String,
}

/// A Microsoft cloud's Graph, and the hosts of its sign-in service, the one to use first. The others are older
/// names of the same service; the Azure tools still set them.
struct Hosts {
    cloud: Cloud,
    graph: &'static str,
    authorities: &'static [&'static str],
}

const GOVERNMENT: &[&str] = &["login.microsoftonline.us", "login.usgovcloudapi.net"];

const HOSTS: [Hosts; 4] = [
    Hosts {
        cloud: Cloud::Global,
        graph: "graph.microsoft.com",
        authorities: &["login.microsoftonline.com", "login.microsoft.com", "login.windows.net"],
    },
    Hosts { cloud: Cloud::UsGov, graph: "graph.microsoft.us", authorities: GOVERNMENT },
    Hosts { cloud: Cloud::UsGovDod, graph: "dod-graph.microsoft.us", authorities: GOVERNMENT },
    Hosts {
        cloud: Cloud::China,
        graph: "microsoftgraph.chinacloudapi.cn",
        authorities: &["login.partner.microsoftonline.cn", "login.chinacloudapi.cn"],
    },
];

/// Microsoft Graph's application id, the same in all clouds: a scope may name it instead of the address.
const GRAPH_ID: &str = "00000003-0000-0000-c000-000000000000";

impl Endpoint {
    /// The fixed addresses of a Microsoft cloud; `None` for [`Cloud::Custom`], which has none.
    #[expect(clippy::missing_panics_doc, reason = "the fixed addresses are URLs, and a test parses them all")]
    pub fn of(cloud: Cloud) -> Option<Self> {
        let hosts = HOSTS.iter().find(|hosts| hosts.cloud == cloud)?;
        let url = |text: String| Url::parse(&text).expect("a fixed address is a URL");
        Some(Self {
            cloud,
            graph: url(format!("https://{}/v1.0", hosts.graph)),
            authority: Some(url(format!("https://{}", hosts.authorities[0]))),
            scope: format!("https://{}/.default", hosts.graph),
        })
    }

    /// Addresses given by the user.
    ///
    /// `graph_url` ends in `/v1.0` (a slash behind it is tolerated); plain http is accepted for a loopback
    /// host only. `authority_url` is an https origin. `scope` defaults to the Graph origin + `/.default`.
    ///
    /// # Errors
    /// Every refusal says what to write instead.
    pub fn custom(
        graph_url: &str,
        authority_url: Option<&str>,
        scope: Option<&str>,
    ) -> Result<Self, EndpointError> {
        let graph = graph_root(graph_url)?;
        let authority = authority_url.map(authority_origin).transpose()?;
        let own = format!("{}/.default", graph.origin().ascii_serialization());
        let endpoint = Self { cloud: Cloud::Custom, graph, authority, scope: own };
        if let Some(authority) = &endpoint.authority {
            endpoint.check_authority(authority, "authority URL", "give the one that goes with this Graph")?;
        }
        match scope {
            Some(text) => endpoint.with_scope(text),
            None => Ok(endpoint),
        }
    }

    /// The same, asking for tokens with this scope.
    ///
    /// # Errors
    /// It must end in `/.default` and be of the same cloud as Graph.
    pub fn with_scope(self, scope: &str) -> Result<Self, EndpointError> {
        let scope = checked_scope(scope)?;
        let of_a_cloud = |host: &str| HOSTS.iter().any(|hosts| hosts.graph == host);
        let same = Url::parse(&scope).map_or_else(
            |_| scope == format!("{GRAPH_ID}/.default"),
            |url| {
                url.origin() == self.graph.origin()
                    // Only what stands before a Graph of one's own may have a scope of another name.
                    || (self.hosts().is_none() && self.cloud == Cloud::Custom)
                    || (self.cloud == Cloud::Custom && !url.host_str().is_some_and(of_a_cloud))
            },
        );
        if !same {
            return Err(EndpointError::MixedClouds {
                what: "scope",
                text: scope,
                graph: self.graph.origin().ascii_serialization(),
                advice: "leave it out",
            });
        }
        Ok(Self { scope, ..self })
    }

    /// Where to sign in: the cloud's own address, or what `AZURE_AUTHORITY_HOST` says if it is of the same
    /// cloud. An authority that was given with a custom Graph comes before the variable.
    ///
    /// # Errors
    /// The variable holds no https origin, or that of another cloud: its tokens would be of no use here.
    pub(crate) fn authority(&self, from_environment: Option<&str>) -> Result<Option<Url>, EndpointError> {
        if self.cloud == Cloud::Custom && self.authority.is_some() {
            return Ok(self.authority.clone());
        }
        let Some(text) = from_environment else { return Ok(self.authority.clone()) };
        let authority = authority_origin(text)?;
        self.check_authority(
            &authority,
            "AZURE_AUTHORITY_HOST",
            "unset it, or choose the cloud of the tenant with --cloud",
        )?;
        Ok(Some(authority))
    }

    /// The cloud whose Graph this is, also when its address was given by hand.
    fn hosts(&self) -> Option<&'static Hosts> {
        HOSTS.iter().find(|hosts| self.graph.host_str() == Some(hosts.graph))
    }

    fn check_authority(
        &self,
        authority: &Url,
        what: &'static str,
        advice: &'static str,
    ) -> Result<(), EndpointError> {
        let Some(hosts) = self.hosts() else { return Ok(()) };
        let host = authority.host_str().unwrap_or_default();
        let of_a_cloud = HOSTS.iter().any(|hosts| hosts.authorities.contains(&host));
        // What is in front of a Graph address given by hand may be somebody's own.
        if hosts.authorities.contains(&host) || (self.cloud == Cloud::Custom && !of_a_cloud) {
            return Ok(());
        }
        Err(EndpointError::MixedClouds {
            what,
            text: authority.origin().ascii_serialization(),
            graph: self.graph.origin().ascii_serialization(),
            advice,
        })
    }
}

/// Why an address cannot be used, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// No cloud has this name.
    #[error("there is no cloud `{name}`: write global, us-gov, us-gov-dod, china or custom")]
    UnknownCloud {
        /// What was written.
        name: String,
    },
    /// The text is not a URL with a host.
    #[error("the {what} `{text}` is not a URL: write the whole address, for instance {example}")]
    NotAUrl {
        /// "Graph URL" or "authority URL".
        what: &'static str,
        /// What was written.
        text: String,
        /// A good one.
        example: &'static str,
    },
    /// Plain http to a host other than this computer.
    #[error(
        "the Graph URL `{text}` is not https: write https://…; plain http is for 127.0.0.1, [::1] and localhost only"
    )]
    PlainHttp {
        /// What was written.
        text: String,
    },
    /// The Graph root names no version, or not v1.0.
    #[error("the Graph URL `{text}` does not end in /v1.0: write {better}")]
    NotV1 {
        /// What was written.
        text: String,
        /// The address with the right end.
        better: String,
    },
    /// A user name, password, query or fragment in an address.
    #[error("the {what} has more than a scheme, host, port and path: write {better}")]
    TooMuch {
        /// "Graph URL" or "authority URL".
        what: &'static str,
        /// The address without the superfluous parts.
        better: String,
    },
    /// The sign-in service is only spoken to over https.
    #[error(
        "the authority URL `{text}` is not https: write https://…; without https only a ready token can be used"
    )]
    AuthorityNotHttps {
        /// What was written.
        text: String,
    },
    /// The authority has a path; the tenant is put behind it by the program.
    #[error("the authority URL `{text}` has a path: write {better}, the tenant is given apart")]
    AuthorityWithPath {
        /// What was written.
        text: String,
        /// The origin alone.
        better: String,
    },
    /// Graph, the sign-in service and the scope are not all of one cloud.
    #[error(
        "the {what} `{text}` and the Graph {graph} are of different clouds, whose tokens are not interchangeable: {advice}"
    )]
    MixedClouds {
        /// What does not fit: "scope", "authority URL" or "`AZURE_AUTHORITY_HOST`".
        what: &'static str,
        /// The address that does not fit.
        text: String,
        /// The origin of the Graph that is read.
        graph: String,
        /// What to do.
        advice: &'static str,
    },
    /// A scope that no app-only token can be asked for.
    #[error(
        "the scope `{text}` cannot be used: write the Graph origin and /.default, for instance https://graph.microsoft.com/.default"
    )]
    Scope {
        /// What was written.
        text: String,
    },
}

/// Whether the URL's host is this computer: `localhost`, 127.0.0.0/8 or `[::1]`.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || bare.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
        || bare.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback())
}

/// An https origin of a sign-in service, such as `https://login.microsoftonline.com`.
pub(crate) fn authority_origin(text: &str) -> Result<Url, EndpointError> {
    const WHAT: &str = "authority URL";
    let url = parse(WHAT, text, "https://login.microsoftonline.com")?;
    if url.scheme() != "https" {
        return Err(EndpointError::AuthorityNotHttps { text: clean(text) });
    }
    let better = url.origin().ascii_serialization();
    if has_extras(&url) {
        return Err(EndpointError::TooMuch { what: WHAT, better });
    }
    if url.path() != "/" {
        return Err(EndpointError::AuthorityWithPath { text: clean(text), better });
    }
    Ok(url)
}

fn graph_root(text: &str) -> Result<Url, EndpointError> {
    const WHAT: &str = "Graph URL";
    let mut url = parse(WHAT, text, "https://graph.microsoft.com/v1.0")?;
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        _ => return Err(EndpointError::PlainHttp { text: clean(text) }),
    }
    if has_extras(&url) {
        let better = format!("{}{}", url.origin().ascii_serialization(), clean(url.path()));
        return Err(EndpointError::TooMuch { what: WHAT, better });
    }
    let path = url.path().trim_end_matches('/').to_owned();
    if !path.ends_with("/v1.0") {
        let stem = path.trim_end_matches("/beta");
        let better = format!("{}{}/v1.0", url.origin().ascii_serialization(), clean(stem));
        return Err(EndpointError::NotV1 { text: clean(text), better });
    }
    url.set_path(&path);
    Ok(url)
}

fn parse(what: &'static str, text: &str, example: &'static str) -> Result<Url, EndpointError> {
    match Url::parse(text.trim()) {
        Ok(url) if url.has_host() => Ok(url),
        _ => Err(EndpointError::NotAUrl { what, text: clean(text), example }),
    }
}

/// A user name or password could be a secret, so the text of such a URL is not shown.
fn has_extras(url: &Url) -> bool {
    !url.username().is_empty()
        || url.password().is_some()
        || url.query().is_some()
        || url.fragment().is_some()
}

/// The Azure CLI gets the scope on a command line, so only the characters of a URL pass.
fn checked_scope(text: &str) -> Result<String, EndpointError> {
    let good = text.ends_with("/.default")
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '/'));
    if good { Ok(text.to_owned()) } else { Err(EndpointError::Scope { text: clean(text) }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(graph: &str, authority: Option<&str>, scope: Option<&str>) -> String {
        Endpoint::custom(graph, authority, scope).expect_err("must be refused").to_string()
    }

    #[test]
    fn every_cloud_is_found_by_its_name_and_has_its_own_scope() {
        for cloud in Cloud::ALL {
            assert_eq!(cloud.to_string().parse(), Ok(cloud));
            let Some(endpoint) = Endpoint::of(cloud) else {
                assert_eq!(cloud, Cloud::Custom);
                continue;
            };
            assert!(endpoint.graph.as_str().ends_with("/v1.0"), "{}", endpoint.graph);
            let origin = endpoint.graph.origin().ascii_serialization();
            assert_eq!(endpoint.scope, format!("{origin}/.default"));
            assert_eq!(endpoint.authority.expect("an authority").scheme(), "https");
        }
        let error = "gcc".parse::<Cloud>().expect_err("no such cloud").to_string();
        assert!(error.contains("`gcc`") && error.contains("us-gov-dod"), "{error}");
    }

    #[test]
    fn the_addresses_of_two_clouds_are_never_mixed() {
        let global = Endpoint::of(Cloud::Global).unwrap();
        let government = Endpoint::of(Cloud::UsGovDod).unwrap();
        let china = Endpoint::of(Cloud::China).unwrap();
        let host = |endpoint: &Endpoint, text: &str| {
            endpoint.authority(Some(text)).map(|url| url.unwrap().host_str().unwrap().to_owned())
        };
        assert_eq!(
            host(&government, "https://login.microsoftonline.us/").unwrap(),
            "login.microsoftonline.us"
        );
        assert_eq!(host(&china, "https://login.chinacloudapi.cn").unwrap(), "login.chinacloudapi.cn");
        assert_eq!(china.authority(None), Ok(china.authority.clone()));
        for (endpoint, other) in [
            (&global, "https://login.microsoftonline.us"),
            (&government, "https://login.microsoftonline.com"),
            (&china, "https://login.microsoftonline.com"),
            (&global, "https://login.example"),
            (&global, "https://login.microsoftonline.com.evil.example"),
        ] {
            let text = host(endpoint, other).unwrap_err().to_string();
            assert!(text.contains(other) && text.contains("AZURE_AUTHORITY_HOST"), "{text}");
            assert!(text.contains("different clouds") && text.contains("--cloud"), "{text}");
        }

        let (graph, us) = ("https://graph.microsoft.com/v1.0", "https://login.microsoftonline.us");
        assert!(refusal(graph, Some(us), None).contains("different clouds"));
        let by_hand = Endpoint::custom(graph, None, None).unwrap();
        assert!(host(&by_hand, us).is_err());
        assert_eq!(host(&by_hand, "https://login.windows.net").unwrap(), "login.windows.net");
        let given =
            Endpoint::custom("https://graph.example/v1.0", Some("https://login.example"), None).unwrap();
        assert_eq!(host(&given, us).unwrap(), "login.example", "what was given comes first");
        let own = Endpoint::custom("https://graph.example/v1.0", None, None).unwrap();
        assert_eq!(host(&own, us).unwrap(), "login.microsoftonline.us");
    }

    #[test]
    fn a_scope_is_of_the_cloud_that_is_read() {
        let scope = |endpoint: Endpoint, text: &str| endpoint.with_scope(text).map(|made| made.scope);
        let government = || Endpoint::of(Cloud::UsGov).unwrap();
        for good in ["https://graph.microsoft.us/.default", "00000003-0000-0000-c000-000000000000/.default"] {
            assert_eq!(scope(government(), good).as_deref(), Ok(good));
        }
        for bad in ["https://graph.microsoft.com/.default", "https://graph.example/.default"] {
            assert!(scope(government(), bad).unwrap_err().to_string().contains("different clouds"));
        }
        let other = Some("https://graph.microsoft.com/.default");
        assert!(refusal("https://graph.microsoft.us/v1.0", None, other).contains("different clouds"));
        assert!(Endpoint::custom("https://gateway.example/v1.0", None, other).is_ok());
    }

    #[test]
    fn a_custom_graph_keeps_its_port_and_path() {
        let endpoint = Endpoint::custom("https://graph.example:8443/gw/v1.0/", None, None).unwrap();
        assert_eq!(endpoint.graph.as_str(), "https://graph.example:8443/gw/v1.0");
        assert_eq!(endpoint.scope, "https://graph.example:8443/.default");
        assert_eq!((endpoint.cloud, endpoint.authority), (Cloud::Custom, None));
    }

    #[test]
    fn plain_http_is_for_this_computer_only() {
        for good in ["http://127.0.0.1:1/v1.0", "http://127.3.2.1/v1.0", "http://[::1]:80/v1.0"] {
            assert!(Endpoint::custom(good, None, None).is_ok(), "{good}");
        }
        assert!(Endpoint::custom("http://LOCALHOST:9/v1.0", None, None).is_ok());
        for bad in
            ["http://graph.microsoft.com/v1.0", "http://localhost.example/v1.0", "http://128.0.0.1/v1.0"]
        {
            assert!(refusal(bad, None, None).contains("write https://"), "{bad}");
        }
        assert!(refusal("ftp://127.0.0.1/v1.0", None, None).contains("not https"));
    }

    #[test]
    fn every_refusal_says_what_to_write_instead() {
        let https = "https://graph.example/v1.0";
        let cases = [
            (refusal("graph.example", None, None), "https://graph.microsoft.com/v1.0"),
            (refusal("https://graph.example", None, None), "write https://graph.example/v1.0"),
            (refusal("https://graph.example/beta/", None, None), "write https://graph.example/v1.0"),
            (refusal("https://graph.example/v1.0?a=b", None, None), "write https://graph.example/v1.0"),
            (refusal(https, Some("login"), None), "https://login.microsoftonline.com"),
            (refusal(https, Some("http://127.0.0.1:1"), None), "write https://"),
            (refusal(https, Some("https://login.example/tenant"), None), "write https://login.example,"),
            (refusal(https, None, Some("https://graph.example")), "/.default"),
            (refusal(https, None, Some("$(id)/.default")), "/.default"),
        ];
        for (text, wanted) in cases {
            assert!(text.contains(wanted), "{text} lacks {wanted}");
        }
    }

    #[test]
    fn a_password_in_an_address_is_refused_and_not_repeated() {
        let text = refusal("https://me:hunter2@graph.example/v1.0", None, None);
        assert!(text.contains("https://graph.example/v1.0") && !text.contains("hunter2"), "{text}");
        let text = refusal("https://graph.example/v1.0", Some("https://me:hunter2@login.example/"), None);
        assert!(!text.contains("hunter2"), "{text}");
    }
}
