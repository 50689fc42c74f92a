//! The simulated tenant through the eyes of a client: over TLS, with nothing but HTTP.

#![expect(clippy::disallowed_methods, reason = "the tests are the client here; nothing of it ships")]

use std::collections::BTreeSet;

use reqwest::{Certificate, Method, RequestBuilder, Version};
use serde_json::{Value, json};

use super::builder::TenantBuilder;
use super::directory::{Directory, MemberAccess};
use super::{Collection, LabVariant, Options, Server, Tenant, serve};

const EVENTUAL: (&str, &str) = ("ConsistencyLevel", "eventual");

struct Client {
    http: reqwest::Client,
    server: Server,
}

struct Reply {
    status: u16,
    headers: reqwest::header::HeaderMap,
    body: Value,
    text: String,
    version: Version,
}

impl Reply {
    fn error(&self) -> (u16, &str, &str) {
        let error = &self.body["error"];
        (self.status, error["code"].as_str().unwrap(), error["message"].as_str().unwrap())
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    fn values(&self) -> &Vec<Value> {
        assert_eq!(self.status, 200, "{}", self.text);
        self.body["value"].as_array().unwrap()
    }

    fn names(&self, property: &str) -> Vec<&str> {
        self.values().iter().map(|value| value[property].as_str().unwrap()).collect()
    }
}

impl Client {
    async fn of(directory: Directory) -> Self {
        Self::with(directory, Options::default()).await
    }

    async fn with(directory: Directory, options: Options) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let server = serve(directory, options).await.unwrap();
        let mut http = reqwest::Client::builder().no_proxy();
        if !server.ca_pem().is_empty() {
            http = http.tls_certs_only([Certificate::from_pem(server.ca_pem().as_bytes()).unwrap()]);
        }
        Self { http: http.build().unwrap(), server }
    }

    async fn get(&self, path: &str) -> Reply {
        self.get_with(path, &[]).await
    }

    async fn get_eventual(&self, path: &str) -> Reply {
        self.get_with(path, &[EVENTUAL]).await
    }

    async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        let mut request = self.request(Method::GET, path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        reply(request).await
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = if path.starts_with("http") {
            path.to_owned()
        } else {
            format!("{}{path}", self.server.graph_url())
        };
        self.http.request(method, url).bearer_auth(self.server.access_token())
    }

    async fn batch(&self, requests: Value) -> Reply {
        let body = json!({ "requests": requests }).to_string();
        reply(self.request(Method::POST, "/$batch").body(body)).await
    }

    async fn token(&self, tenant: &str, form: &str) -> Reply {
        let url = format!("{}/{tenant}/oauth2/v2.0/token", self.server.authority_url());
        let request = self.http.post(url).header("content-type", "application/x-www-form-urlencoded");
        reply(request.body(form.to_owned())).await
    }
}

async fn reply(request: RequestBuilder) -> Reply {
    let response = request.send().await.unwrap();
    let (status, headers, version) =
        (response.status().as_u16(), response.headers().clone(), response.version());
    let text = response.text().await.unwrap();
    let body = serde_json::from_str(&text).unwrap_or(Value::Null);
    Reply { status, headers, body, text, version }
}

async fn lab() -> Client {
    Client::of(Tenant::Lab(LabVariant::Done).directory()).await
}

/// 2,300 accounts with ada0 … ada2299 in one group.
fn crowd() -> Directory {
    let mut tenant =
        TenantBuilder::new("Crowd", "crowd.example").product("SPE_E5", 3_000).group("All").grants("SPE_E5");
    for number in 0..2_300 {
        tenant = tenant.user(&format!("ada{number}")).in_group("All");
    }
    tenant.build()
}

/// A group of everything: two users, a group with a third user, a device.
fn mixture() -> Directory {
    TenantBuilder::new("Mixture", "mixture.example")
        .product("ENTERPRISEPACK", 10)
        .product("EMS", 10)
        .group("Outer")
        .grants("ENTERPRISEPACK")
        .grants_without("EMS", &["INTUNE_A"])
        .contains_group("Inner")
        .contains("device", "LAPTOP-1")
        .group("Inner")
        .contains_group("Outer")
        .group("Team")
        .microsoft365()
        .group("Old")
        .deleted("2026-11-01T00:00:00Z")
        .user("ada")
        .in_group("Outer")
        .user("bob")
        .in_group("Outer")
        .fails("Outer", "ENTERPRISEPACK", "CountViolation")
        .user("cem_partner.example#EXT#")
        .invited()
        .in_group("Inner")
        .build()
}

fn id_of(directory: &Directory, group: &str) -> String {
    directory.groups.iter().find(|known| known.display_name == group).unwrap().id.hyphenated().to_string()
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[tokio::test]
async fn every_tenant_that_can_be_named_is_served() {
    for name in Tenant::names() {
        let tenant: Tenant = name.parse().unwrap();
        let client = Client::of(tenant.directory()).await;
        assert_eq!(client.get("/organization").await.values().len(), 1, "{name}");
    }
    let error = "lab-nowhere".parse::<Tenant>().unwrap_err().to_string();
    assert!(error.contains("\"lab-nowhere\"") && error.contains("lab-no-seats"), "{error}");
}

#[tokio::test]
async fn http_2_and_http_1_are_both_spoken_and_the_clock_stands_still() {
    let client = lab().await;
    let reply = client.get("/organization").await;
    assert_eq!(reply.version, Version::HTTP_2);
    assert_eq!(reply.header("date"), Some("Mon, 16 Nov 2026 08:00:00 GMT"));
    let certificate = Certificate::from_pem(client.server.ca_pem().as_bytes()).unwrap();
    let old =
        reqwest::Client::builder().no_proxy().http1_only().tls_certs_only([certificate]).build().unwrap();
    let url = format!("{}/organization", client.server.graph_url());
    let reply = self::reply(old.get(url).bearer_auth(client.server.access_token())).await;
    assert_eq!((reply.version, reply.status), (Version::HTTP_11, 200));
    assert_eq!(reply.headers.get_all("date").iter().count(), 1);
    assert_eq!(reply.header("date"), Some("Mon, 16 Nov 2026 08:00:00 GMT"));
}

#[tokio::test]
async fn a_server_that_was_stopped_answers_nobody() {
    let client = lab().await;
    assert_eq!(client.get("/organization").await.version, Version::HTTP_2);
    let request = client.request(Method::GET, "/organization");
    client.server.stop().await;
    assert!(request.send().await.is_err());
}

#[tokio::test]
async fn a_client_that_does_not_trust_the_certificate_gets_nowhere() {
    let client = lab().await;
    let stranger = reqwest::Client::builder().no_proxy().build().unwrap();
    assert!(stranger.get(client.server.graph_url()).send().await.is_err());
    assert!(client.server.log().is_empty());
}

#[tokio::test]
async fn a_stalled_handshake_holds_up_nobody() {
    let client = lab().await;
    let address = client.server.authority_url().replace("https://", "");
    let _silent = tokio::net::TcpStream::connect(&address).await.unwrap();
    assert_eq!(client.get("/organization").await.status, 200);
}

#[tokio::test]
async fn plain_http_and_a_public_url() {
    let options = Options {
        plain_http: true,
        public_url: Some("http://graph.test:8080/".to_owned()),
        ..Options::default()
    };
    let _ = rustls::crypto::ring::default_provider().install_default();
    let server = serve(crowd(), options).await.unwrap();
    let address = server.address();
    assert_eq!(server.graph_url(), "http://graph.test:8080/v1.0");
    assert_eq!(server.authority_url(), "http://graph.test:8080");
    assert_eq!(server.ca_pem(), "");
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let request = http.get(format!("http://{address}/v1.0/users")).bearer_auth(server.access_token());
    let next = reply(request).await.body["@odata.nextLink"].as_str().unwrap().to_owned();
    assert!(next.starts_with("http://graph.test:8080/v1.0/users?$skiptoken="), "{next}");
    server.stop().await;
    assert!(http.get(format!("http://{address}/v1.0/users")).send().await.is_err());
}

#[tokio::test]
async fn a_request_without_a_token_or_with_a_wrong_one_is_refused() {
    let client = lab().await;
    let url = format!("{}/organization", client.server.graph_url());
    let none = reply(client.http.get(&url)).await;
    assert_eq!(none.error(), (401, "InvalidAuthenticationToken", "Access token is empty."));
    assert_eq!(none.header("www-authenticate"), Some("Bearer"));
    let wrong = reply(client.http.get(&url).bearer_auth("nonsense")).await;
    assert_eq!((wrong.status, wrong.error().1), (401, "InvalidAuthenticationToken"));
    assert!(!wrong.text.contains("nonsense"));
}

#[tokio::test]
async fn the_token_endpoint_gives_the_token_to_the_right_client_only() {
    let client = lab().await;
    let (tenant, id, secret) =
        (client.server.tenant_id(), client.server.client_id(), client.server.client_secret());
    let form = |id: &str, secret: &str, scope: &str| {
        format!("grant_type=client_credentials&client_id={id}&client_secret={secret}&scope={scope}")
    };
    let scope = "https%3A%2F%2Fgraph.microsoft.com%2F.default";
    let reply = client.token(tenant, &form(id, secret, scope)).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.body["token_type"], "Bearer");
    assert_eq!((&reply.body["expires_in"], &reply.body["ext_expires_in"]), (&json!(3599), &json!(3599)));
    assert_eq!(reply.body["access_token"], client.server.access_token());
    let by_domain = client.token("contosotoycompany.onmicrosoft.com", &form(id, secret, scope)).await;
    assert_eq!(by_domain.status, 200);

    for (tenant, form, status, error, code) in [
        (tenant, form(id, "wrong-secret", scope), 401, "invalid_client", 7_000_215),
        (tenant, form("other-client", secret, scope), 400, "unauthorized_client", 700_016),
        ("elsewhere", form(id, secret, scope), 400, "invalid_request", 90002),
        (
            tenant,
            form(id, secret, "https%3A%2F%2Fgraph.microsoft.com%2FUser.Read.All"),
            400,
            "invalid_scope",
            70011,
        ),
        (tenant, form(id, secret, "%2F.default"), 400, "invalid_scope", 70011),
        (tenant, format!("grant_type=password&client_id={id}"), 400, "unsupported_grant_type", 70003),
        (tenant, format!("client_id={id}"), 400, "invalid_request", 900_144),
        (
            tenant,
            format!("grant_type=client_credentials&client_id={id}&scope={scope}"),
            401,
            "invalid_client",
            7_000_218,
        ),
    ] {
        let reply = client.token(tenant, &form).await;
        assert_eq!((reply.status, reply.body["error"].as_str().unwrap()), (status, error), "{form}");
        assert_eq!(reply.body["error_codes"], json!([code]));
        let description = reply.body["error_description"].as_str().unwrap();
        assert!(description.starts_with(&format!("AADSTS{code}: ")), "{description}");
        for secret in [secret, "wrong-secret", "other-client"] {
            assert!(!reply.text.contains(secret), "{}", reply.text);
        }
    }
    let log = client.server.log();
    assert_eq!(log[0], format!("POST /{tenant}/oauth2/v2.0/token"));
    assert!(!log.concat().contains(secret));
    assert!(!format!("{:?}", client.server).contains(secret));
}

#[tokio::test]
async fn two_servers_have_two_secrets() {
    let (one, other) = (lab().await, lab().await);
    assert_ne!(one.server.client_secret(), other.server.client_secret());
    assert_ne!(one.server.access_token(), other.server.access_token());
    assert_ne!(one.server.access_token(), one.server.client_secret());
    assert_eq!(one.server.tenant_id(), other.server.tenant_id());
}

#[tokio::test]
async fn without_select_the_standard_properties_come_and_no_others() {
    let client = lab().await;
    let users = client.get("/users").await;
    let mut standard = [
        "businessPhones",
        "displayName",
        "givenName",
        "id",
        "jobTitle",
        "mail",
        "mobilePhone",
        "officeLocation",
        "preferredLanguage",
        "surname",
        "userPrincipalName",
    ];
    standard.sort_unstable();
    let mut found = keys(&users.values()[0]);
    found.sort_unstable();
    assert_eq!(found, standard);
    assert_eq!(users.body["@odata.context"], "https://graph.microsoft.com/v1.0/$metadata#users");
    let groups = client.get("/groups").await;
    let group = &groups.values()[0];
    assert!(group.get("assignedLicenses").is_none() && group.get("licenseProcessingState").is_none());
    assert_eq!(group["groupTypes"], json!(["Unified", "DynamicMembership"]));
    assert_eq!(group["membershipRule"], "(user.department -eq \"Sales\")");
}

#[tokio::test]
async fn select_gives_exactly_what_was_selected() {
    let client = lab().await;
    let users = client.get("/users?$select=id,licenseAssignmentStates,assignedLicenses,usageLocation").await;
    assert_eq!(
        users.body["@odata.context"],
        "https://graph.microsoft.com/v1.0/$metadata#users(id,licenseAssignmentStates,assignedLicenses,usageLocation)"
    );
    let licensed =
        users.values().iter().find(|user| user["id"] == "05e40000-0000-4000-8000-000000000004").unwrap();
    assert_eq!(
        licensed,
        &json!({
            "id": "05e40000-0000-4000-8000-000000000004",
            "usageLocation": "US",
            "assignedLicenses": [{ "disabledPlans": [], "skuId": "06ebc4ee-1bb5-47dd-8120-11324bc54e06" }],
            "licenseAssignmentStates": [{
                "skuId": "06ebc4ee-1bb5-47dd-8120-11324bc54e06",
                "assignedByGroup": "5a1e5000-0000-4000-8000-000000000001",
                "disabledPlans": [], "state": "Active", "error": "None",
                "lastUpdatedDateTime": "2026-10-05T06:30:00Z",
            }],
        })
    );
    let direct = &users.values()[0]["licenseAssignmentStates"][0];
    assert_eq!(direct["assignedByGroup"], Value::Null);

    let members = client.get("/groups/5a1e5000-0000-4000-8000-000000000001/members?$select=id").await;
    assert_eq!(
        members.values(),
        &vec![
            json!({ "@odata.type": "#microsoft.graph.user", "id": "05e40000-0000-4000-8000-000000000004" })
        ]
    );
    let group =
        client.get("/groups/5A1E5000-0000-4000-8000-000000000001?$select=licenseProcessingState").await;
    assert_eq!(keys(&group.body), ["@odata.context", "licenseProcessingState"]);
    assert_eq!(group.body["licenseProcessingState"], json!({ "state": "ProcessingComplete" }));
}

#[tokio::test]
async fn what_cannot_be_selected_is_refused() {
    let client = lab().await;
    for path in [
        "/users?$select=id,shoeSize",
        "/groups?$select=hasMembersWithLicenseErrors",
        "/groups/5a1e5000-0000-4000-8000-000000000001/members?$select=shoeSize",
        "/subscribedSkus?$select=price",
        "/users?$select=",
        "/users?$select=id&$select=mail",
        "/users/05e40000-0000-4000-8000-000000000004/licenseDetails?$select=price",
    ] {
        let reply = client.get(path).await;
        assert_eq!((reply.status, reply.error().1), (400, "Request_BadRequest"), "{path}");
    }
}

#[tokio::test]
async fn page_sizes_are_one_to_999_and_100_by_itself() {
    let client = Client::of(crowd()).await;
    for (query, expected) in [("", 100), ("?$top=1", 1), ("?$top=999", 999)] {
        assert_eq!(client.get(&format!("/users{query}")).await.values().len(), expected);
    }
    for size in ["0", "1000", "-5"] {
        let reply = client.get(&format!("/groups?$top={size}")).await;
        let text = format!("Invalid page size specified: '{size}'. Must be between 1 and 999 inclusive.");
        assert_eq!(reply.error(), (400, "Request_BadRequest", &*text));
    }
    assert_eq!(client.get("/users?$top=many").await.status, 400);
}

#[tokio::test]
async fn options_that_a_resource_does_not_document_are_refused() {
    let client = lab().await;
    for path in [
        "/subscribedSkus?$top=5",
        "/subscribedSkus?$filter=skuPartNumber%20eq%20'SPE_E5'",
        "/organization?$top=1",
        "/directory/subscriptions?$top=5",
        "/directory/subscriptions?$count=true",
        "/users?$skip=5",
        "/users?$orderby=displayName",
        "/users?$expand=manager",
        "/users?$expand=owners",
        "/groups?$expand=members",
        "/groups?$expand=owners($filter=id%20eq%20'x')",
        "/groups/5a1e5000-0000-4000-8000-000000000001?$expand=owners",
        "/users?$search=%22ada%22",
        "/groups/5a1e5000-0000-4000-8000-000000000001?$top=5",
    ] {
        let reply = client.get(path).await;
        assert_eq!((reply.status, reply.error().1), (400, "Request_UnsupportedQuery"), "{path}");
    }
    assert_eq!(client.get("/subscribedSkus?$select=skuId").await.values().len(), 2);
    assert_eq!(client.get("/users?api-hint=whatever").await.status, 200);
    let lapsed = client.get("/directory/subscriptions?$filter=status%20eq%20'Warning'").await;
    assert!(lapsed.values().is_empty());
}

#[tokio::test]
async fn next_links_lead_through_all_objects_and_stay_valid() {
    let client = Client::of(crowd()).await;
    let mut seen = BTreeSet::new();
    let mut links = Vec::new();
    let mut next = Some("/users?$select=id&$top=999".to_owned());
    while let Some(link) = next {
        let page = client.get(&link).await;
        seen.extend(page.names("id").into_iter().map(str::to_owned));
        next = page.body["@odata.nextLink"].as_str().map(str::to_owned);
        links.extend(next.clone());
    }
    assert_eq!((seen.len(), links.len()), (2_300, 2));
    let root = client.server.graph_url();
    assert!(links[0].starts_with(&format!("{root}/users?$select=id&$top=999&$skiptoken=")), "{}", links[0]);
    assert_eq!(links[0].len(), links[1].len());
    let token = links[0].split("$skiptoken=").nth(1).unwrap();
    assert!(token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
    // Asked twice, answered twice.
    assert_eq!(client.get(&links[0]).await.text, client.get(&links[0]).await.text);
    // Another query, another path, another server, another letter: none of them.
    let other = format!("{}{}", &token[..5], if &token[5..6] == "A" { "B" } else { "A" }) + &token[6..];
    for stolen in [
        format!("/users?$select=id&$top=998&$skiptoken={token}"),
        format!("/groups?$select=id&$top=999&$skiptoken={token}"),
        format!("/users?$select=id&$top=999&$skiptoken={other}"),
        "/users?$select=id&$top=999&$skiptoken=".to_owned(),
        "/users?$select=id&$top=999&$skiptoken=!".to_owned(),
    ] {
        let reply = client.get(&stolen).await;
        assert_eq!((reply.status, reply.error().1), (400, "Request_BadRequest"), "{stolen}");
    }
    let elsewhere = Client::of(crowd()).await;
    assert_eq!(elsewhere.get(&format!("/users?$select=id&$top=999&$skiptoken={token}")).await.status, 400);
}

#[tokio::test]
async fn the_host_header_decides_nothing() {
    let client = Client::with(crowd(), Options { plain_http: true, ..Options::default() }).await;
    let reply =
        client.get_with("/users", &[("host", "evil.example"), ("x-forwarded-host", "evil.example")]).await;
    assert_eq!(reply.version, Version::HTTP_11);
    let next = reply.body["@odata.nextLink"].as_str().unwrap();
    assert!(next.starts_with(&client.server.graph_url()), "{next}");
    let context = reply.body["@odata.context"].as_str().unwrap();
    assert_eq!(context, "https://graph.microsoft.com/v1.0/$metadata#users");
}

#[tokio::test]
async fn a_count_comes_on_the_first_page_and_with_the_header_only() {
    let client = Client::of(crowd()).await;
    let silent = client.get("/users?$count=true&$top=999").await;
    assert_eq!((silent.status, silent.body.get("@odata.count")), (200, None));
    let first = client.get_eventual("/users?$count=true&$top=999").await;
    assert_eq!(first.body["@odata.count"], 2_300);
    let next = first.body["@odata.nextLink"].as_str().unwrap();
    let second = client.get_eventual(next).await;
    assert_eq!((second.values().len(), second.body.get("@odata.count")), (999, None));
}

#[tokio::test]
async fn count_segments_need_the_header_and_answer_text() {
    let directory = mixture();
    let outer = id_of(&directory, "Outer");
    let client = Client::of(directory).await;
    for (path, expected) in [
        ("/users/$count".to_owned(), "3"),
        ("/groups/$count".to_owned(), "3"),
        (format!("/groups/{outer}/members/$count"), "4"),
        (format!("/groups/{outer}/members/microsoft.graph.user/$count"), "2"),
        (format!("/groups/{outer}/transitiveMembers/$count"), "6"),
        ("/users/$count?$filter=userType%20ne%20'Guest'".to_owned(), "2"),
        (format!("/groups/{outer}/transitiveMembers/graph.user/$count?$filter=userType%20ne%20'Guest'"), "2"),
    ] {
        let plain = client.get(&path).await;
        assert_eq!(
            plain.error(),
            (400, "Request_BadRequest", "$count is not currently supported."),
            "{path}"
        );
        let reply = client.get_eventual(&path).await;
        assert_eq!((reply.status, &*reply.text), (200, expected), "{path}");
        assert_eq!(reply.header("content-type"), Some("text/plain"));
    }
}

#[tokio::test]
async fn casts_are_advanced_queries_on_every_page_and_carry_no_type() {
    let directory = mixture();
    let (outer, team) = (id_of(&directory, "Outer"), id_of(&directory, "Team"));
    let client = Client::of(directory).await;
    for relation in ["members", "transitiveMembers"] {
        let path = format!("/groups/{outer}/{relation}/microsoft.graph.user");
        for (query, eventual) in [("?$count=true", false), ("", true), ("", false)] {
            let headers: &[(&str, &str)] = if eventual { &[EVENTUAL] } else { &[] };
            let reply = client.get_with(&format!("{path}{query}"), headers).await;
            assert_eq!((reply.status, reply.error().1), (400, "Request_UnsupportedQuery"));
        }
    }
    let page = client
        .get_eventual(&format!("/groups/{outer}/members/graph.user?$count=true&$select=id&$top=1"))
        .await;
    assert_eq!(keys(&page.values()[0]), ["id"]);
    assert_eq!(page.body["@odata.count"], 2);
    let next = page.body["@odata.nextLink"].as_str().unwrap();
    assert_eq!(client.get(next).await.status, 400, "the header is not in the token");
    assert_eq!(client.get_eventual(next).await.values().len(), 1);

    let groups = format!("/groups/{outer}/members/microsoft.graph.group?$count=true&$select=displayName");
    assert_eq!(client.get_eventual(&groups).await.names("displayName"), ["Inner"]);
    let devices = format!("/groups/{outer}/members/microsoft.graph.device?$count=true");
    assert_eq!(client.get_eventual(&devices).await.names("displayName"), ["LAPTOP-1"]);
    let impossible = format!("/groups/{team}/members/microsoft.graph.group?$count=true");
    assert_eq!(client.get_eventual(&impossible).await.error().1, "Request_UnsupportedQuery");
    assert_eq!(
        client.get_eventual(&format!("/groups/{outer}/members/microsoft.graph.cat")).await.status,
        400
    );
}

#[tokio::test]
async fn members_direct_and_transitive_with_their_types() {
    let directory = mixture();
    let outer = id_of(&directory, "Outer");
    let client = Client::of(directory).await;
    let direct = client.get(&format!("/groups/{outer}/members?$select=id,displayName,userType")).await;
    assert_eq!(
        direct.body["@odata.context"],
        "https://graph.microsoft.com/v1.0/$metadata#directoryObjects(id,displayName,userType)"
    );
    let mut types = direct.names("@odata.type");
    types.sort_unstable();
    assert_eq!(
        types,
        [
            "#microsoft.graph.device",
            "#microsoft.graph.group",
            "#microsoft.graph.user",
            "#microsoft.graph.user"
        ]
    );
    let group =
        direct.values().iter().find(|member| member["@odata.type"] == "#microsoft.graph.group").unwrap();
    assert_eq!(keys(group), ["@odata.type", "displayName", "id"], "a group has no userType");
    let all = client.get(&format!("/groups/{outer}/transitiveMembers?$select=displayName")).await;
    let names: BTreeSet<&str> = all.names("displayName").into_iter().collect();
    assert_eq!(
        names,
        BTreeSet::from(["Inner", "LAPTOP-1", "Outer", "ada", "bob", "cem_partner.example#EXT#"])
    );
    assert_eq!(names.len(), all.values().len());
    let failed = client.get(&format!("/groups/{outer}/membersWithLicenseErrors?$select=displayName")).await;
    assert_eq!(failed.names("displayName"), ["bob"]);
    let filtered = client.get(&format!("/groups/{outer}/members?$filter=userType%20eq%20'Guest'")).await;
    assert_eq!(filtered.error().1, "Request_UnsupportedQuery");
}

#[tokio::test]
async fn filters_plain_advanced_and_refused() {
    let client = Client::of(mixture()).await;
    let filter = |collection: &str, text: &str| {
        format!("/{collection}?$select=displayName&$filter={}", text.replace(' ', "%20").replace('#', "%23"))
    };
    for (collection, text, expected) in [
        ("users", "startsWith(userPrincipalName,'A')", vec!["ada"]),
        ("users", "userPrincipalName eq 'BOB@mixture.example'", vec!["bob"]),
        ("users", "userPrincipalName in ('ada@mixture.example','bob@mixture.example')", vec!["ada", "bob"]),
        ("users", "userType eq 'Guest' or displayName eq 'ada'", vec!["ada", "cem_partner.example#EXT#"]),
        ("users", "accountEnabled eq true and startsWith(displayName,'b')", vec!["bob"]),
        ("users", "assignedLicenses/any(x:x/skuId eq efccb6f7-5641-4e0e-bd10-b4976e1bf68e)", vec!["ada"]),
        ("users", "usageLocation eq null", vec!["cem_partner.example#EXT#"]),
        ("groups", "groupTypes/any(c:c eq 'Unified')", vec!["Team"]),
        (
            "groups",
            "securityEnabled eq true and (displayName eq 'Inner' or displayName eq 'O''Brien')",
            vec!["Inner"],
        ),
        ("groups", "hasMembersWithLicenseErrors eq true", vec!["Outer"]),
    ] {
        assert_eq!(client.get(&filter(collection, text)).await.names("displayName"), expected, "{text}");
    }
    for (collection, text, expected) in [
        ("users", "userType ne 'Guest'", vec!["ada", "bob"]),
        ("users", "not(startsWith(userPrincipalName,'a'))", vec!["bob", "cem_partner.example#EXT#"]),
        ("users", "endsWith(mail,'mixture.example')", vec!["ada", "bob"]),
        ("users", "department eq null", vec!["ada", "bob", "cem_partner.example#EXT#"]),
        ("users", "assignedLicenses/$count eq 0", vec!["bob", "cem_partner.example#EXT#"]),
        ("groups", "assignedLicenses/$count ne 0", vec!["Outer"]),
    ] {
        let path = filter(collection, text);
        for refused in [
            client.get(&path).await,
            client.get(&format!("{path}&$count=true")).await,
            client.get_eventual(&path).await,
        ] {
            assert_eq!((refused.status, refused.error().1), (400, "Request_UnsupportedQuery"), "{text}");
        }
        let advanced = client.get_eventual(&format!("{path}&$count=true")).await;
        assert_eq!(advanced.names("displayName"), expected, "{text}");
        assert_eq!(advanced.body["@odata.count"], expected.len());
    }
    for (collection, text, code) in [
        ("users", "licenseAssignmentStates/any(x:x/state eq 'Error')", "Request_UnsupportedQuery"),
        ("groups", "licenseProcessingState eq 'ProcessingComplete'", "Request_UnsupportedQuery"),
        ("groups", "hasMembersWithLicenseErrors eq false", "Request_UnsupportedQuery"),
        ("users", "userPrincipalName ge 'a'", "Request_UnsupportedQuery"),
        ("users", "shoeSize eq 44", "Request_BadRequest"),
        ("users", "displayName eq ada", "Request_BadRequest"),
        ("users", "displayName eq 'ada", "Request_BadRequest"),
        ("users", "(displayName eq 'ada'", "Request_BadRequest"),
        ("users", "displayName", "Request_BadRequest"),
        (
            "users",
            "assignedLicenses/any(x:x/skuId eq 'efccb6f7-5641-4e0e-bd10-b4976e1bf68e')",
            "Request_BadRequest",
        ),
    ] {
        let reply = client.get(&filter(collection, text)).await;
        assert_eq!((reply.status, reply.error().1), (400, code), "{text}");
    }
    let ordered = client.get(&filter("users", "id ge '0'")).await;
    assert_eq!(
        ordered.error(),
        (400, "Request_UnsupportedQuery", "The request uses a filter property that is not indexed")
    );
    let errors = client.get_eventual(&filter("groups", "hasMembersWithLicenseErrors eq true")).await;
    assert_eq!((errors.status, errors.error().1), (400, "Request_UnsupportedQuery"));
}

#[tokio::test]
async fn one_user_by_id_or_name_and_what_is_not_there() {
    let client = Client::of(mixture()).await;
    let guest =
        client.get("/users/cem_partner.example%23EXT%23@mixture.example?$select=id,creationType").await;
    assert_eq!(guest.body["creationType"], "Invitation");
    assert_eq!(
        guest.body["@odata.context"],
        "https://graph.microsoft.com/v1.0/$metadata#users(id,creationType)/$entity"
    );
    let id = guest.body["id"].as_str().unwrap();
    assert_eq!(client.get(&format!("/users/{id}?$select=id")).await.body["id"], id);
    for path in [
        "/users/nobody@mixture.example",
        "/users/00000000-0000-4000-8000-00000000dead",
        "/groups/00000000-0000-4000-8000-00000000dead",
        "/groups/00000000-0000-4000-8000-00000000dead/members",
    ] {
        assert_eq!(
            (client.get(path).await.status, client.get(path).await.error().1),
            (404, "Request_ResourceNotFound")
        );
    }
    assert_eq!(client.get("/groups/Outer").await.error().1, "Request_BadRequest");
}

#[tokio::test]
async fn license_details_show_the_plans_as_the_user_has_them() {
    let client = Client::of(mixture()).await;
    let details = client.get("/users/ada@mixture.example/licenseDetails").await;
    assert_eq!(details.names("skuPartNumber"), ["ENTERPRISEPACK", "EMS"]);
    let plans = details.values()[1]["servicePlans"].as_array().unwrap();
    let intune = plans.iter().find(|plan| plan["servicePlanName"] == "INTUNE_A").unwrap();
    assert_eq!(intune["provisioningStatus"], "Disabled");
    let slim = client.get("/users/ada@mixture.example/licenseDetails?$select=skuId").await;
    assert_eq!(keys(&slim.values()[0]), ["skuId"]);
    assert!(client.get("/users/bob@mixture.example/licenseDetails").await.values().is_empty());
}

#[tokio::test]
async fn products_subscriptions_organization_and_the_recycle_bin() {
    let client = Client::of(mixture()).await;
    let skus = client.get("/subscribedSkus").await;
    let [office, ems] = skus.values().as_slice() else { panic!("two products") };
    assert_eq!(
        office["prepaidUnits"],
        json!({ "enabled": 10, "warning": 0, "suspended": 0, "lockedOut": 0 })
    );
    assert_eq!((&office["consumedUnits"], &ems["consumedUnits"]), (&json!(1), &json!(1)));
    assert_eq!(
        office["id"].as_str().unwrap(),
        format!("{}_{}", client.server.tenant_id(), office["skuId"].as_str().unwrap())
    );
    let plans: Vec<&str> = ems["servicePlans"]
        .as_array()
        .unwrap()
        .iter()
        .map(|plan| plan["servicePlanName"].as_str().unwrap())
        .collect();
    assert!(plans.contains(&"AAD_PREMIUM") && plans.contains(&"INTUNE_A"));
    let subscriptions = client.get("/directory/subscriptions").await;
    assert_eq!(office["subscriptionIds"][0], subscriptions.values()[0]["commerceSubscriptionId"]);
    assert_eq!(subscriptions.values()[0]["nextLifecycleDateTime"], "2027-09-30T00:00:00Z");
    let organization = client.get("/organization?$select=id,displayName").await;
    assert_eq!(
        organization.values()[0],
        json!({ "id": client.server.tenant_id(), "displayName": "Mixture" })
    );
    let bin =
        client.get("/directory/deletedItems/microsoft.graph.group?$select=displayName,deletedDateTime").await;
    assert_eq!(
        bin.values(),
        &vec![json!({ "displayName": "Old", "deletedDateTime": "2026-11-01T00:00:00Z" })]
    );
    assert!(client.get("/directory/deletedItems/microsoft.graph.user").await.values().is_empty());
    assert_eq!(client.get("/directory/deletedItems/microsoft.graph.device").await.status, 400);
}

#[tokio::test]
async fn unknown_paths_and_methods_that_write_are_refused() {
    let client = lab().await;
    for path in ["/nothing", "/users/a/b", "/groups/a/owners/b", "/directory", "/"] {
        assert_eq!(client.get(path).await.status, 400, "{path}");
    }
    assert_eq!(
        client.get(&format!("{}/beta/users", client.server.authority_url())).await.error().1,
        "BadRequest"
    );
    for method in [Method::POST, Method::PATCH, Method::PUT, Method::DELETE] {
        let reply = reply(client.request(method, "/groups/5a1e5000-0000-4000-8000-000000000001")).await;
        assert_eq!((reply.status, reply.header("allow")), (405, Some("GET")));
    }
    assert_eq!(client.get("/$batch").await.status, 405);
}

#[tokio::test]
async fn a_batch_answers_every_item_in_another_order() {
    let directory = mixture();
    let outer = id_of(&directory, "Outer");
    let client = Client::of(directory).await;
    let requests = json!([
        { "id": "1", "method": "GET", "url": format!("/groups/{outer}/members?$select=id&$top=1") },
        { "id": "2", "method": "GET", "url": "/users/nobody@mixture.example" },
        { "id": "3", "method": "PATCH", "url": "/users/ada@mixture.example", "headers": {}, "body": {} },
        { "id": "4", "method": "GET", "url": "users?$count=true&$select=id", "headers": { "consistencylevel": "eventual" } },
        { "id": "5", "method": "GET", "url": "/users/$count", "headers": { "ConsistencyLevel": "eventual" } },
    ]);
    let reply = client.batch(requests.clone()).await;
    assert_eq!(reply.status, 200);
    let responses = reply.body["responses"].as_array().unwrap();
    let order: Vec<&str> = responses.iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_ne!(order, ["1", "2", "3", "4", "5"]);
    assert_eq!(order.len(), 5);
    let item = |id: &str| responses.iter().find(|item| item["id"] == id).unwrap();
    let statuses: Vec<&Value> = ["1", "2", "3", "4", "5"].iter().map(|id| &item(id)["status"]).collect();
    assert_eq!(statuses, [200, 404, 405, 200, 200]);
    let next = item("1")["body"]["@odata.nextLink"].as_str().unwrap();
    assert!(next.starts_with(&client.server.graph_url()));
    assert_eq!(client.get(next).await.values().len(), 1);
    assert_eq!(item("1")["headers"]["x-ms-resource-unit"], "1", "3, less $select, less a small page");
    assert_eq!(item("2")["body"]["error"]["code"], "Request_ResourceNotFound");
    assert_eq!(item("4")["body"]["@odata.count"], 3);
    assert_eq!(item("5")["body"], "Mw==", "text comes in base64");
    let again = client.batch(requests).await;
    let order_again: Vec<&str> =
        again.body["responses"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(order, order_again);
}

#[tokio::test]
async fn a_malformed_batch_is_refused_as_a_whole() {
    let client = lab().await;
    let get = |id: &str| json!({ "id": id, "method": "GET", "url": "/organization" });
    let twenty: Vec<Value> = (0..20).map(|number| get(&number.to_string())).collect();
    assert_eq!(client.batch(json!(twenty)).await.body["responses"].as_array().unwrap().len(), 20);
    let many: Vec<Value> = (0..21).map(|number| get(&number.to_string())).collect();
    for wrong in
        [json!([]), json!(many), json!([get("a"), get("a")]), json!([{ "id": "a" }]), json!("no list")]
    {
        let reply = client.batch(wrong).await;
        assert_eq!((reply.status, reply.error().1), (400, "Request_BadRequest"));
    }
    let nested = client.batch(json!([{ "id": "a", "method": "GET", "url": "/$batch" }])).await;
    assert_eq!(nested.body["responses"][0]["status"], 405);
}

#[tokio::test]
async fn resource_units_follow_the_published_table() {
    let directory = mixture();
    let outer = id_of(&directory, "Outer");
    let client = Client::of(directory).await;
    for (path, units) in [
        ("/users".to_owned(), "2"),
        ("/users?$select=id&$top=999".to_owned(), "1"),
        ("/groups?$select=id".to_owned(), "1"),
        ("/subscribedSkus".to_owned(), "3"),
        ("/subscribedSkus?$select=skuId".to_owned(), "2"),
        (format!("/groups/{outer}/members"), "3"),
        (format!("/groups/{outer}/members?$select=id&$top=999"), "2"),
        (format!("/groups/{outer}/members?$select=id&$top=19"), "1"),
        (format!("/groups/{outer}/transitiveMembers?$select=id"), "4"),
        ("/users/ada@mixture.example/licenseDetails".to_owned(), "2"),
        ("/organization".to_owned(), "1"),
    ] {
        assert_eq!(client.get(&path).await.header("x-ms-resource-unit"), Some(units), "{path}");
    }
}

#[tokio::test]
async fn beyond_the_quota_there_is_429_and_when_to_come_back() {
    let client = Client::with(mixture(), Options { units: Some(5), ..Options::default() }).await;
    assert_eq!(client.get("/subscribedSkus").await.status, 200);
    let busy = client.get("/users").await;
    assert_eq!((busy.status, busy.header("x-ms-throttle-limit-percentage")), (200, Some("1.0")));
    let refused = client.get("/organization").await;
    assert_eq!((refused.status, refused.error().1), (429, "TooManyRequests"));
    let seconds: u64 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=10).contains(&seconds));
    assert_eq!(refused.header("x-ms-throttle-information"), Some("ResourceUnitLimitExceeded"));
    let batch = client.batch(json!([{ "id": "1", "method": "GET", "url": "/organization" }])).await;
    let item = &batch.body["responses"][0];
    assert_eq!((batch.status, &item["status"]), (200, &json!(429)));
    assert!(item["headers"]["Retry-After"].is_string());
}

#[tokio::test]
async fn a_kept_answer_is_the_answer_and_costs_the_same() {
    let keeps = Client::with(crowd(), Options { keep_answers: true, ..Options::default() }).await;
    let mut path = "/users?$select=id&$top=999".to_owned();
    for _ in 0..2 {
        let (first, again) = (keeps.get(&path).await, keeps.get(&path).await);
        assert_eq!((first.status, &first.text), (200, &again.text));
        assert_eq!(first.header("x-ms-resource-unit"), again.header("x-ms-resource-unit"));
        assert_ne!(first.header("request-id"), again.header("request-id"));
        path = first.body["@odata.nextLink"].as_str().unwrap_or(&path).to_owned();
    }
    assert_eq!(keeps.get("/users/$count").await.status, 400);
    let counted = keeps.get_eventual("/users/$count").await;
    assert_eq!((counted.status, &counted.text), (200, &keeps.get_eventual("/users/$count").await.text));
    // Errors are not kept, and what was answered is told by the whole request.
    assert_eq!(keeps.get("/users/$count").await.status, 400);
    assert_ne!(keeps.get("/users?$top=1").await.text, keeps.get("/users?$top=2").await.text);
}

#[tokio::test]
async fn requests_are_identified_and_logged() {
    let client = lab().await;
    let reply = client.get_with("/users?$select=id&$top=5", &[("client-request-id", "c0ffee")]).await;
    assert_eq!(reply.header("client-request-id"), Some("c0ffee"));
    assert!(uuid::Uuid::try_parse(reply.header("request-id").unwrap()).is_ok());
    let refused = client.get("/nothing").await;
    let inner = &refused.body["error"]["innerError"];
    assert_eq!(inner["request-id"].as_str(), refused.header("request-id"));
    assert_eq!(inner["client-request-id"].as_str(), refused.header("client-request-id"));
    assert_eq!(inner["date"], "2026-11-16T08:00:00");
    assert_ne!(reply.header("request-id"), refused.header("request-id"));
    assert_eq!(client.server.log(), ["GET /v1.0/users?$select=id&$top=5", "GET /v1.0/nothing"]);
}

#[tokio::test]
async fn a_denied_collection_answers_403_and_the_others_do_not() {
    let directory = mixture();
    let outer = id_of(&directory, "Outer");
    let members = format!("/groups/{outer}/members");
    let paths = [
        (Collection::Users, "/users"),
        (Collection::Groups, "/groups"),
        (Collection::Members, &*members),
        (Collection::Owners, "/groups?$expand=owners"),
        (Collection::SubscribedSkus, "/subscribedSkus"),
        (Collection::Subscriptions, "/directory/subscriptions"),
        (Collection::Organization, "/organization"),
        (Collection::DeletedItems, "/directory/deletedItems/microsoft.graph.group"),
    ];
    for (denied, _) in paths {
        let client =
            Client::with(directory.clone(), Options { deny: vec![denied], ..Options::default() }).await;
        for (collection, path) in paths {
            let reply = client.get(path).await;
            let too = (denied, collection) == (Collection::Groups, Collection::Owners);
            if collection == denied || too {
                let text = "Insufficient privileges to complete the operation.";
                assert_eq!(reply.error(), (403, "Authorization_RequestDenied", text));
            } else {
                assert_eq!(reply.status, 200, "{path}");
            }
        }
    }
}

#[tokio::test]
async fn groups_come_with_their_owners_where_that_is_asked() {
    let mut tenant = TenantBuilder::new("Owned", "owned.example")
        .group("Some")
        .owned_by("ada")
        .owned_by_application("Provisioning")
        .group("None")
        .group("Null")
        .property("owners", Value::Null)
        .group("Absent")
        .without_property("owners")
        .group("Crowd");
    for number in 0..25 {
        tenant = tenant.owned_by(&format!("u{number}"));
    }
    for number in 0..150 {
        tenant = tenant.group(format!("More {number}"));
    }
    tenant = tenant.user("ada").named("Ada", "Lovelace");
    for number in 0..25 {
        tenant = tenant.user(&format!("u{number}"));
    }
    let directory = tenant.build();
    let asked =
        "/groups?$select=id,displayName&$expand=owners($select=id,displayName,userPrincipalName)&$top=999";
    let client = Client::of(directory.clone()).await;
    let page = client.get(asked).await;
    assert_eq!((page.status, page.header("x-ms-resource-unit")), (200, Some("1")));
    assert_eq!(page.values().len(), 100, "pages are smaller than asked for");
    assert!(page.body["@odata.nextLink"].is_string());
    let owners = |place: usize| &page.values()[place]["owners"];
    let [application, ada] = &owners(0).as_array().unwrap()[..] else { panic!("{}", owners(0)) };
    assert_eq!(ada["@odata.type"], "#microsoft.graph.user");
    assert_eq!(
        (&ada["displayName"], &ada["userPrincipalName"]),
        (&json!("Ada Lovelace"), &json!("ada@owned.example"))
    );
    assert_eq!(application["@odata.type"], "#microsoft.graph.servicePrincipal");
    assert_eq!(
        (&application["displayName"], application.get("userPrincipalName")),
        (&json!("Provisioning"), None)
    );
    assert_eq!((owners(1), owners(2)), (&json!([]), &Value::Null));
    assert_eq!(page.values()[2].get("owners"), Some(&Value::Null));
    assert_eq!(page.values()[3].get("owners"), None);
    assert_eq!(owners(4).as_array().unwrap().len(), 20, "and nothing says that there are more");
    assert_eq!(client.get("/groups?$expand=owners($select=id,colour)").await.status, 400);
    assert_eq!(client.get("/groups?$expand=owners($select=id").await.status, 400);
    let advanced = [("ConsistencyLevel", "eventual")];
    assert_eq!(client.get_with("/groups?$expand=owners&$count=true", &advanced).await.status, 400);

    // Who may not read users sees that there are owners, and not who.
    let blind =
        Client::with(directory, Options { deny: vec![Collection::Users], ..Options::default() }).await;
    let page = blind.get(asked).await;
    let ada = &page.values()[0]["owners"][1];
    assert!(ada["id"].is_string() && ada["@odata.type"] == "#microsoft.graph.user");
    assert_eq!((&ada["displayName"], &ada["userPrincipalName"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn members_that_may_not_be_seen() {
    let directory = TenantBuilder::new("Shy", "shy.example")
        .group("Open")
        .group("Limited")
        .shows_members(MemberAccess::Limited)
        .group("Hidden")
        .shows_members(MemberAccess::Hidden)
        .group("Denied")
        .shows_members(MemberAccess::Denied)
        .user("ada")
        .in_group("Open")
        .in_group("Limited")
        .in_group("Hidden")
        .in_group("Denied")
        .user("bob")
        .limited()
        .in_group("Open")
        .build();
    let path =
        |group: &str| format!("/groups/{}/members?$select=id,displayName,userType", id_of(&directory, group));
    let paths = ["Open", "Limited", "Hidden", "Denied"].map(path);
    let client = Client::of(directory.clone()).await;
    let open = client.get(&paths[0]).await;
    let open = open.values();
    assert_eq!((&open[0]["displayName"], &open[1]["displayName"]), (&json!("ada"), &Value::Null));
    assert!(open[1]["id"].is_string());
    let limited = client.get(&paths[1]).await;
    let ada = directory.users[0].id.hyphenated().to_string();
    assert_eq!(
        limited.values(),
        &vec![
            json!({ "@odata.type": "#microsoft.graph.user", "id": ada, "displayName": null, "userType": null })
        ]
    );
    assert!(client.get(&paths[2]).await.values().is_empty());
    let hidden = client.get("/groups?$select=displayName,visibility").await;
    assert_eq!(hidden.values()[2]["visibility"], "HiddenMembership");
    assert_eq!(client.get(&paths[3]).await.status, 403);
}

#[tokio::test]
async fn whoever_may_not_read_users_sees_members_by_id_only() {
    let directory = mixture();
    let path = format!("/groups/{}/members", id_of(&directory, "Outer"));
    let client =
        Client::with(directory, Options { deny: vec![Collection::Users], ..Options::default() }).await;
    let members = client.get(&format!("{path}?$select=id,displayName")).await;
    for member in members.values() {
        assert_eq!(member["displayName"].is_null(), member["@odata.type"] == "#microsoft.graph.user");
        assert!(member["id"].is_string());
    }
    let cast =
        client.get_eventual(&format!("{path}/microsoft.graph.user?$count=true&$select=displayName")).await;
    assert_eq!(cast.values(), &vec![json!({ "displayName": null }); 2]);
}

#[tokio::test]
async fn a_test_may_answer_anything_or_nothing_for_a_property() {
    let directory = TenantBuilder::new("Odd", "odd.example")
        .product("EMS", 5)
        .property("consumedUnits", Value::Null)
        .user("ada")
        .property("licenseAssignmentStates", Value::Null)
        .property("displayName", json!("=1+1\u{202e}\u{7}"))
        .without_property("userType")
        .build();
    let client = Client::of(directory).await;
    let users = client.get("/users?$select=displayName,licenseAssignmentStates,userType").await;
    assert_eq!(
        users.values(),
        &vec![json!({ "displayName": "=1+1\u{202e}\u{7}", "licenseAssignmentStates": null })]
    );
    assert_eq!(client.get("/subscribedSkus").await.values()[0]["consumedUnits"], Value::Null);
}

#[tokio::test]
async fn the_lab_tells_the_story_of_the_guide() {
    for (_, variant) in LabVariant::ALL {
        let directory = Tenant::Lab(variant).directory();
        let sales = directory.groups.first();
        let user4 =
            directory.users.iter().find(|user| user.user_principal_name.starts_with("user4")).unwrap();
        let inherited: Vec<_> = user4
            .license_assignment_states
            .iter()
            .filter(|entry| entry.assigned_by_group.is_some())
            .collect();
        let in_group = sales.is_some_and(|group| !group.members.is_empty());
        let state = inherited.first().map(|entry| &*entry.state);
        let expected = match variant {
            LabVariant::Done
            | LabVariant::Paused
            | LabVariant::Guest
            | LabVariant::Direct
            | LabVariant::NotSecurity => (true, Some("Active")),
            LabVariant::Before | LabVariant::Left | LabVariant::Empty => (false, None),
            LabVariant::Processing | LabVariant::Unlicensed => (true, None),
            LabVariant::Leaving => (false, Some("Active")),
            LabVariant::NoSeats => (true, Some("Error")),
        };
        assert_eq!((in_group, state), expected, "{variant:?}");
        let consumed: i64 = directory.skus.iter().map(|sku| sku.consumed_units).sum();
        let seats = directory.users.iter().filter(|user| !user.assigned_licenses().is_empty()).count();
        assert_eq!(consumed, i64::try_from(seats).unwrap(), "{variant:?}");
    }
}
