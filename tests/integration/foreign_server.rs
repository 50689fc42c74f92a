//! A second Graph, written for this test only, that does whatever Graph is allowed to do and the simulator does not:
//! its own page sizes, an empty page, odd links, upper-case ids, indented JSON, nulls, refusals.
//!
//! It shares nothing with the simulator and speaks HTTP/1.1 with its own hands: no `Date`, chunked bodies.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::{Value, json};

use crate::common::{Desk, Ran, Statement, codes, run, statements, verdicts};

const TOKEN: &str = "a-token-of-another-server";

/// Office 365 and EMS in one product: Microsoft 365 E3.
const E3: &str = "05E9A617-0261-4CEE-BB44-138D3EF5D965";
const LICENSED: &str = "AAAAAAAA-0000-4000-8000-00000000000A";
const NESTED: &str = "BBBBBBBB-0000-4000-8000-00000000000B";
const PLAIN: &str = "CCCCCCCC-0000-4000-8000-00000000000C";
const ADA: &str = "ADAADAAD-0000-4000-8000-000000000001";
const BOB: &str = "B0BB0BB0-0000-4000-8000-000000000002";
const EVE: &str = "E4EE4EE4-0000-4000-8000-000000000003";
const CARL: &str = "CAC1CAC1-0000-4000-8000-000000000004";
const ZOE: &str = "20E20E20-0000-4000-8000-000000000005";
const GONE: &str = "60600000-0000-4000-8000-000000000006";
const DEVICE: &str = "DE51CE00-0000-4000-8000-000000000007";

/// An answer: status and body.
type Reply = (u16, String);

/// What is answered to which path and query, both exactly as they must be asked.
#[derive(Default)]
struct Script {
    replies: BTreeMap<String, Reply>,
    counts: BTreeMap<String, Reply>,
}

struct Foreign {
    address: SocketAddr,
    /// Every request line, and what was wrong with requests.
    log: Arc<Mutex<Vec<String>>>,
}

impl Foreign {
    /// Serves a script, made for the address, as long as the test runs.
    fn serve(script: impl FnOnce(SocketAddr) -> Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let script = Arc::new(script(address));
        let log = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&log);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (script, log) = (Arc::clone(&script), Arc::clone(&kept));
                thread::spawn(move || answer(&stream.unwrap(), &script, &log));
            }
        });
        Self { address, log }
    }

    fn audit(&self, desk: &Desk, arguments: &[&str]) -> Ran {
        let url = format!("http://{}/v1.0", self.address);
        let mut command = desk.tollgate(&["audit", "--graph-url", &url, "--no-progress"]);
        run(command.args(arguments).env("TOLLGATE_ACCESS_TOKEN", TOKEN))
    }

    fn log(&self) -> Vec<String> {
        self.log.lock().unwrap().clone()
    }
}

/// Answers one request and closes the connection.
fn answer(mut stream: &TcpStream, script: &Script, log: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty());
    let Some(first) = lines.next() else { return };
    let headers: Vec<String> = lines.map(|line| line.to_lowercase()).collect();
    log.lock().unwrap().push(first.clone());
    let target = first.strip_prefix("GET ").and_then(|rest| rest.strip_suffix(" HTTP/1.1"));
    let signed_in = headers.iter().any(|line| *line == format!("authorization: bearer {TOKEN}"));
    let (status, body) = match target {
        Some(_) if !signed_in => (401, refusal("InvalidAuthenticationToken", "Who are you?")),
        Some(target) if target.ends_with("/$count") => match script.counts.get(target) {
            Some(reply) => reply.clone(),
            None => (400, refusal("Request_BadRequest", "$count is not currently supported.")),
        },
        Some(target) => match script.replies.get(target) {
            Some(reply) => reply.clone(),
            None => (400, refusal("BadRequest", &format!("Nobody expected {target}."))),
        },
        None => (405, refusal("BadRequest", "Only GET.")),
    };
    let (head, tail) = body.split_at(body.len() / 2);
    let head_and_tail: String =
        [head, tail].iter().filter(|part| !part.is_empty()).fold(String::new(), |mut chunks, part| {
            write!(chunks, "{:x}\r\n{part}\r\n", part.len()).unwrap();
            chunks
        });
    let response = format!(
        "HTTP/1.1 {status} Whatever\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\
         connection: close\r\n\r\n{head_and_tail}0\r\n\r\n"
    );
    // A client that has gone away is the test's business.
    let _ = stream.write_all(response.as_bytes());
}

/// An error with the details spelled `innererror`, two levels deep.
fn refusal(code: &str, message: &str) -> String {
    json!({ "error": { "code": code, "message": message, "target": null, "details": [],
        "innererror": { "date": "2026-11-16T08:00:00", "request-id": "5d3f", "client-request-id": "5d3f",
            "innererror": { "code": "403" } } } })
    .to_string()
}

impl Script {
    fn reply(mut self, target: &str, status: u16, body: &Value) -> Self {
        // Indented, with the line breaks of another system.
        let text = serde_json::to_string_pretty(body).unwrap().replace('\n', "\r\n");
        self.replies.insert(target.to_owned(), (status, text));
        self
    }

    /// A list in pages. Each link has its options in another order, odd but legal characters, and an escape or two.
    fn list(mut self, address: SocketAddr, path: &str, query: &str, pages: &[Value]) -> Self {
        let mut target = format!("/v1.0/{path}?{query}");
        for (number, page) in pages.iter().enumerate() {
            let mut body = json!({
                "@odata.context": "https://graph.example/$metadata#things", "@odata.count": 9_999,
                "@microsoft.graph.tips": "Use $select", "value": page,
            });
            let next = format!(
                "/v1.0/{path}?%24skiptoken=RFN!{number}*(a)~;:@/?,.%2B%2f%3d%E2%82%AC_-&x=&%24top=2&{}",
                query.replace('$', "%24")
            );
            if number + 1 < pages.len() {
                body["@odata.nextLink"] = format!("HTTP://{address}{next}").into();
            }
            self = self.reply(&target, 200, &body);
            target = next;
        }
        self
    }

    fn refuse(mut self, target: &str, code: &str, message: &str) -> Self {
        self.replies.insert(target.to_owned(), (403, refusal(code, message)));
        self
    }
}

const USER: &str = "$select=id,displayName,userPrincipalName,accountEnabled,userType,usageLocation,\
                    creationType,externalUserState,licenseAssignmentStates";
const GROUP: &str = "$select=id,displayName,groupTypes,securityEnabled,mailEnabled,membershipRule,\
                     membershipRuleProcessingState,visibility,assignedLicenses,licenseProcessingState&$top=999";
const SKU: &str = "/v1.0/subscribedSkus?$select=id,skuId,skuPartNumber,appliesTo,capabilityStatus,\
                   consumedUnits,prepaidUnits,servicePlans";
const SUBSCRIPTIONS: &str = "/v1.0/directory/subscriptions?$select=id,skuId,skuPartNumber,status,\
                             totalLicenses,nextLifecycleDateTime";

fn user(id: &str, name: &str, location: &Value, states: &Value) -> Value {
    json!({
        "@odata.type": "#microsoft.graph.user", "id": id, "displayName": null,
        "userPrincipalName": format!("{name}@other.example"), "accountEnabled": null, "userType": null,
        "usageLocation": location, "creationType": null, "externalUserState": null,
        "licenseAssignmentStates": states, "favouriteColour": "green", "manager@odata.associationLink": [],
    })
}

fn from_group(group: &str) -> Value {
    json!([{
        "skuId": E3.to_lowercase(), "assignedByGroup": group.to_lowercase(), "disabledPlans": null,
        "state": "active", "error": null, "lastUpdatedDateTime": null, "somethingNew": {"a": [1, 2]},
    }, null])
}

fn group(id: &str, name: &str, licenses: &Value, processing: &Value) -> Value {
    json!({
        "id": id, "displayName": name, "groupTypes": null, "securityEnabled": true, "mailEnabled": null,
        "membershipRule": null, "membershipRuleProcessingState": null, "visibility": null,
        "assignedLicenses": licenses, "licenseProcessingState": processing, "isArchived": null,
    })
}

/// One product, one licensed group with everything that may be in one, one nested in it, one plain.
fn script(address: SocketAddr) -> Script {
    let members = format!("groups/{LICENSED}/members");
    let eve = {
        let mut eve = user(EVE, "eve", &Value::Null, &from_group(LICENSED));
        eve["externalUserState"] = "PendingAcceptance".into();
        eve
    };
    let zoe = user(ZOE, "zoe", &"BE".into(), &from_group(LICENSED));
    Script::default()
        .reply(
            "/v1.0/organization?$select=id,displayName",
            200,
            &json!({"value": [{"id": "0F0F0F0F-0000-4000-8000-00000000000F", "displayName": "Other & Sons",
                "verifiedDomains": []}]}),
        )
        .reply(
            SKU,
            200,
            &json!({"value": [{
                "id": format!("x_{E3}"), "skuId": E3, "skuPartNumber": "SPE_E3", "appliesTo": null,
                "capabilityStatus": "enabled", "consumedUnits": 3, "servicePlans": null, "accountName": null,
                "prepaidUnits": {"enabled": 10, "warning": 0, "suspended": null, "lockedOut": null},
            }]}),
        )
        .refuse(SUBSCRIPTIONS, "Authorization_RequestDenied", "Insufficient privileges, \u{1b}[31mred.")
        .list(
            address,
            "groups",
            GROUP,
            &[
                json!([
                    group(
                        LICENSED,
                        "Licensed",
                        &json!([{"skuId": E3, "disabledPlans": null}, null]),
                        &"processingcomplete".into()
                    ),
                    group(PLAIN, "Plain", &Value::Null, &Value::Null),
                ]),
                json!([]),
                json!([group(NESTED, "Nested", &json!([]), &json!({"state": null}))]),
            ],
        )
        .list(
            address,
            "users",
            &format!("{USER}&$top=999"),
            &[
                json!([user(ADA, "ada", &"NL".into(), &from_group(LICENSED)), eve]),
                json!([]),
                json!([
                    user(BOB, "bob", &Value::Null, &json!([])),
                    user(CARL, "carl", &"NL".into(), &json!([]))
                ]),
                json!([]),
            ],
        )
        .list(
            address,
            &members,
            "$select=id&$top=999",
            &[
                json!([{"@odata.type": "#microsoft.graph.user", "id": ADA}, {"id": BOB}]),
                json!([]),
                json!([{"id": NESTED}, {"@odata.type": "#Microsoft.Graph.Device", "id": DEVICE}]),
                json!([{"@odata.type": "#microsoft.graph.user", "id": EVE, "mail": null},
                    {"id": GONE}, {"@odata.type": "#microsoft.graph.user", "id": ZOE}]),
            ],
        )
        .list(
            address,
            &format!("groups/{NESTED}/members"),
            "$select=id&$top=999",
            &[json!([{"id": CARL}]), json!([])],
        )
        .reply(&format!("/v1.0/users/{ZOE}?{USER}"), 200, &zoe)
        .reply(
            &format!("/v1.0/users/{GONE}?{USER}"),
            404,
            &json!({"error": {"code": "Request_ResourceNotFound", "message": "Gone."}}),
        )
}

fn statement(criterion: &str, kind: &str, code: &str, names: [Option<&str>; 3]) -> Statement {
    let [group, user, sku] = names.map(|name| name.map(str::to_owned));
    Statement { criterion: criterion.into(), kind: kind.into(), code: code.into(), group, user, sku }
}

const PLAN: &str = "[[target]]\ngroup = \"aaaaaaaa-0000-4000-8000-00000000000a\"\n";

#[test]
fn a_server_that_differs_wherever_it_may_is_audited_rightly() {
    let (desk, server) = (Desk::new(), Foreign::serve(script));
    desk.write("tollgate.toml", PLAN);
    let before = jiff::Timestamp::now();
    let ran = server.audit(&desk, &["--out", "out", "--save", "kept.snap"]);
    let result = desk.json("out/result.json");
    let [eve, bob, carl] = ["eve", "bob", "carl"].map(|name| format!("{name}@other.example"));
    let (licensed, sku) = (Some("Licensed"), Some("SPE_E3"));
    let mut expected = vec![
        statement(
            "no-b2b-groups-licensed",
            "violation",
            "guest-in-licensed-group",
            [licensed, Some(&eve), None],
        ),
        statement(
            "members-fully-licensed",
            "violation",
            "not-licensed-without-error",
            [licensed, Some(&bob), sku],
        ),
        statement(
            "members-fully-licensed",
            "violation",
            "member-through-nested-group",
            [licensed, Some(&carl), sku],
        ),
        statement(
            "members-fully-licensed",
            "violation",
            "nested-group-members-not-licensed",
            [Some("Nested"), None, None],
        ),
        statement(
            "members-fully-licensed",
            "advisory",
            "usage-location-missing",
            [licensed, Some(&eve), None],
        ),
    ];
    expected.sort();
    assert_eq!(statements(&result), expected);
    assert_eq!((verdicts(&result), ran.code), (vec!["pass", "fail", "pass", "fail"], 1));
    assert_eq!(result["tenant"]["displayName"], "Other & Sons");
    for (figure, value) in [
        ("capacity", 10),
        ("suspended", 0),
        ("lockedOut", 0),
        ("consumed", 3),
        ("free", 7),
        ("demand", 4),
        ("waiting", 1),
    ] {
        assert_eq!(result["seats"][0][figure], value, "{figure}");
    }
    assert_eq!(result["groups"][0]["members"], 4, "the device, the group and whoever is gone are none");
    let as_of: jiff::Timestamp = result["asOf"].as_str().unwrap().parse().unwrap();
    assert!(as_of >= before && as_of <= jiff::Timestamp::now(), "without a Date, this computer's clock");
    assert_eq!(result["scan"]["resourceUnits"], 0);
    assert!(!ran.stdout.contains('\u{1b}'), "the server's words are shown without what acts");

    // What came in other shapes is kept and judged again as it was.
    let again = desk.run(&["audit", "--snapshot", "kept.snap", "--out", "again", "--quiet"]);
    assert_eq!(again.code, 1);
    assert_eq!(desk.contents("again"), desk.contents("out"));
}

#[test]
fn links_are_followed_exactly_as_they_were_given_and_nothing_is_asked_twice() {
    let (desk, server) = (Desk::new(), Foreign::serve(script));
    desk.write("tollgate.toml", PLAN);
    server.audit(&desk, &["--print", "none"]);
    let mut asked: Vec<String> = server
        .log()
        .into_iter()
        .filter(|line| !line.contains("/$count "))
        .map(|line| line.replace("GET ", "").replace(" HTTP/1.1", ""))
        .collect();
    asked.sort();
    let expected: Vec<String> = script(server.address).replies.into_keys().collect();
    // Accused users are read once more; this server knows nothing of that, and the first reading stands.
    asked.retain(|path| expected.contains(path) || !path.starts_with("/v1.0/users/"));
    assert_eq!(asked, expected);
}

#[test]
fn objects_as_received_keep_their_ids_as_received() {
    let (desk, server) = (Desk::new(), Foreign::serve(script));
    desk.write("tollgate.toml", PLAN);
    server.audit(&desk, &["--out", "out", "--print", "none"]);
    let result = desk.json("out/result.json");
    assert_eq!(result["groups"][0]["id"], LICENSED);
    assert_eq!(result["seats"][0]["skuId"], E3);
    let guest = &result["criteria"][1]["findings"][0];
    assert_eq!((&guest["group"]["id"], &guest["user"]["id"]), (&LICENSED.into(), &EVE.into()));
}

/// The same script with one list answered otherwise.
fn with(change: impl Fn(SocketAddr, Script) -> Script) -> Foreign {
    Foreign::serve(|address| change(address, script(address)))
}

#[test]
fn a_list_that_breaks_off_on_its_second_page_is_a_gap_and_no_short_list() {
    let server = with(|_, script| {
        let second = script.replies.keys().find(|target| target.starts_with("/v1.0/users?%24")).unwrap();
        let second = second.clone();
        script.refuse(&second, "Authorization_RequestDenied", "Not any more.")
    });
    let desk = Desk::new();
    desk.write("tollgate.toml", PLAN);
    let ran = server.audit(&desk, &["--out", "out"]);
    let result = desk.json("out/result.json");
    let found = codes(&result, 1);
    assert!(found.contains(&"? users-incomplete".to_owned()), "{found:?}");
    assert!(found.contains(&"! guest-in-licensed-group".to_owned()), "who was seen was seen: {found:?}");
    assert_eq!(ran.code, 1);
    let users = result["coverage"].as_array().unwrap().iter().find(|line| line["collection"] == "users");
    assert_eq!((&users.unwrap()["complete"], &users.unwrap()["read"]), (&false.into(), &2.into()));
}

#[test]
fn a_list_shorter_than_its_count_is_a_gap() {
    let server = with(|_, mut script| {
        script.counts.insert("/v1.0/users/$count".into(), (200, "5".into()));
        script
    });
    let desk = Desk::new();
    desk.write("tollgate.toml", PLAN);
    server.audit(&desk, &["--out", "out"]);
    let result = desk.json("out/result.json");
    for criterion in 1..4 {
        let found = codes(&result, criterion);
        assert!(found.contains(&"? users-incomplete".to_owned()), "{criterion}: {found:?}");
    }
}

#[test]
fn a_link_to_another_server_is_not_followed_and_gets_no_token() {
    let elsewhere = Foreign::serve(|_| Script::default());
    let address = elsewhere.address;
    let server = with(|_, script| {
        let link = format!("http://{address}/v1.0/groups?$skiptoken=x");
        let page = json!({"value": [], "@odata.nextLink": link});
        script.reply(&format!("/v1.0/groups?{GROUP}"), 200, &page)
    });
    let desk = Desk::new();
    let ran = server.audit(&desk, &["--out", "out"]);
    assert_eq!(ran.code, 4, "{}", ran.stderr);
    assert_eq!(elsewhere.log(), [""; 0]);
    let result = desk.json("out/result.json");
    assert_eq!(verdicts(&result), ["inconclusive"; 4]);
}

#[test]
fn a_link_that_comes_back_to_itself_ends() {
    let server = with(|address, script| {
        let target = format!("/v1.0/groups?{GROUP}");
        let page = json!({"value": [], "@odata.nextLink": format!("http://{address}{target}")});
        script.reply(&target, 200, &page)
    });
    let desk = Desk::new();
    let ran = server.audit(&desk, &["--out", "out"]);
    assert_eq!(ran.code, 4, "{}", ran.stderr);
    let asked = server.log().iter().filter(|line| line.contains("/groups?")).count();
    assert!(asked <= 3, "asked {asked} times");
}

#[test]
fn an_object_that_cannot_be_understood_makes_its_list_incomplete() {
    let server = with(|_, script| {
        let page = json!({"value": [{"id": LICENSED, "displayName": "Licensed"}, {"displayName": "no id"}]});
        script.reply(&format!("/v1.0/groups?{GROUP}"), 200, &page)
    });
    let desk = Desk::new();
    let ran = server.audit(&desk, &["--out", "out"]);
    assert_eq!(ran.code, 4, "{}", ran.stderr);
    assert_eq!(verdicts(&desk.json("out/result.json")), ["inconclusive"; 4]);
}
