//! What goes wrong outside: networks, credentials, permissions, files. Each time the exit code says what it was, the
//! message says what to do next, and nothing half-written stays behind.

use serde_json::Value;
use tokio::net::TcpSocket;
use tollgate::sim::{Collection, MemberAccess, Options, TenantBuilder};

use crate::common::{Desk, REPORTS, Served, codes, directory, run, verdicts};

const SALES: &str = "[[target]]\ngroup = \"Sales\"\n";

/// A loopback address at whose port nobody listens.
fn nobody() -> (TcpSocket, String) {
    // Bound but not listening: the port cannot be given to anybody else meanwhile.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let address = socket.local_addr().unwrap().to_string();
    (socket, address)
}

/// The program with a secret for a tenant that is nowhere.
fn audit_at(desk: &Desk, graph: &str, authority: &str) -> assert_cmd::Command {
    let mut command = desk.tollgate(&["audit", "--graph-url", graph, "--authority-url", authority]);
    command
        .args(["--out", "out", "--save", "kept.snap"])
        .env("AZURE_TENANT_ID", "contoso.example")
        .env("AZURE_CLIENT_ID", "d3b07384-d9a0-4c1e-8f6b-70116a7e0001")
        .env("AZURE_CLIENT_SECRET", "correct horse battery staple");
    command
}

// --- The network ---

#[test]
fn a_closed_port_is_told_as_a_refused_connection() {
    let (desk, (_socket, address)) = (Desk::new(), nobody());
    let origin = format!("https://{address}");
    let ran = run(&mut audit_at(&desk, &format!("{origin}/v1.0"), &origin));
    let message = ran.advised(3);
    assert!(message.contains("failed to sign in") && message.contains("refused"), "{message}");
    assert!(message.contains("check the network"), "{message}");
    assert!(desk.files().is_empty(), "{:?}", desk.files());
}

#[test]
fn a_closed_port_is_told_with_a_ready_token_too() {
    let (desk, (_socket, address)) = (Desk::new(), nobody());
    let mut command = desk.tollgate(&["audit", "--graph-url", &format!("https://{address}/v1.0")]);
    let ran = run(command.args(["--save", "kept.snap"]).env("TOLLGATE_ACCESS_TOKEN", "token"));
    let message = ran.advised(3);
    assert!(message.contains("/organization") && message.contains("refused"), "{message}");
    assert!(desk.files().is_empty(), "{:?}", desk.files());
}

#[test]
fn a_host_that_does_not_exist_is_told_as_that() {
    let desk = Desk::new();
    let ran =
        run(&mut audit_at(&desk, "https://graph.nowhere.invalid/v1.0", "https://login.nowhere.invalid"));
    assert!(ran.advised(3).contains("check the host name"), "{}", ran.stderr);
    assert!(desk.files().is_empty(), "{:?}", desk.files());
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_not_trusted() {
    let (desk, tenant) = (Desk::new(), Served::named("lab"));
    let (graph, authority) = (tenant.server.graph_url(), tenant.server.authority_url());
    let ran = run(&mut audit_at(&desk, &graph, &authority));
    assert!(ran.advised(3).contains("--ca-file"), "{}", ran.stderr);
    let mut command = desk.tollgate(&["audit", "--graph-url", &graph]);
    let ran = run(command.env("TOLLGATE_ACCESS_TOKEN", tenant.server.access_token()));
    assert!(ran.advised(3).contains("--ca-file"), "{}", ran.stderr);
    assert!(tenant.server.log().is_empty(), "nothing was sent: {:?}", tenant.server.log());
    assert!(desk.files().is_empty(), "{:?}", desk.files());
}

#[test]
fn a_ca_file_that_is_missing_or_holds_no_certificate_is_refused() {
    let (desk, tenant) = (Desk::new(), Served::named("lab"));
    desk.write("notes.txt", "this is no certificate");
    for name in ["missing.pem", "notes.txt"] {
        let mut command = audit_at(&desk, &tenant.server.graph_url(), &tenant.server.authority_url());
        let ran = run(command.args(["--ca-file", name]));
        assert!(ran.advised(2).contains(name), "{}", ran.stderr);
    }
    assert!(tenant.server.log().is_empty());
    assert_eq!(desk.files(), ["notes.txt"]);
}

#[test]
fn plain_http_goes_to_this_computer_only() {
    let desk = Desk::new();
    let mut command = desk.tollgate(&["audit", "--graph-url", "http://graph.example/v1.0", "--out", "out"]);
    let ran = run(command.env("TOLLGATE_ACCESS_TOKEN", "token"));
    assert!(ran.refused(2).contains("write https://"), "{}", ran.stderr);
    assert!(desk.files().is_empty());
}

#[test]
fn a_secret_is_not_used_with_plain_http() {
    let options = Options { plain_http: true, ..Options::default() };
    let (desk, tenant) = (Desk::new(), Served::with(directory("lab"), options));
    // The authority may not be plain http, whatever Graph is.
    let ran = run(&mut audit_at(&desk, &tenant.server.graph_url(), &tenant.server.authority_url()));
    assert!(ran.refused(2).contains("write https://"), "{}", ran.stderr);
    let ran = run(&mut audit_at(&desk, &tenant.server.graph_url(), "https://login.nowhere.invalid"));
    assert!(ran.advised(2).contains("TOLLGATE_ACCESS_TOKEN"), "{}", ran.stderr);
    assert!(tenant.server.log().is_empty());
    assert!(desk.files().is_empty());
}

#[test]
fn plain_http_on_loopback_works_with_a_ready_token() {
    let options = Options { plain_http: true, ..Options::default() };
    let (desk, tenant) = (Desk::new(), Served::with(directory("lab"), options));
    let mut command = desk.tollgate(&["audit", "--graph-url", &tenant.server.graph_url()]);
    let ran = run(command.env("TOLLGATE_ACCESS_TOKEN", tenant.server.access_token()));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(tenant.server.log().iter().all(|line| line.starts_with("GET ")), "{:?}", tenant.server.log());
}

// --- Credentials ---

#[test]
fn a_wrong_secret_is_explained_and_not_repeated() {
    let (desk, tenant) = (Desk::new(), Served::named("lab"));
    let mut command = tenant.tollgate(&desk, "audit", &["--out", "out", "--save", "kept.snap"]);
    let ran = run(command.env("AZURE_CLIENT_SECRET", "correct horse battery staple"));
    let message = ran.advised(3);
    assert!(message.contains("AADSTS7000215") && message.contains("AZURE_CLIENT_SECRET"), "{message}");
    assert!(!message.contains("battery"), "{message}");
    assert_eq!(tenant.server.log().len(), 1, "a wrong secret is not tried again: {:?}", tenant.server.log());
    assert_eq!(desk.files(), ["ca.pem"]);
}

#[test]
fn an_unknown_tenant_or_application_is_explained() {
    for (variable, value, code, word) in [
        ("AZURE_TENANT_ID", "fabrikam.example", "AADSTS90002", "--cloud"),
        ("AZURE_CLIENT_ID", "00000000-0000-4000-8000-000000000000", "AADSTS700016", "AZURE_CLIENT_ID"),
    ] {
        let (desk, tenant) = (Desk::new(), Served::named("lab"));
        let mut command = tenant.tollgate(&desk, "audit", &["--out", "out"]);
        let ran = run(command.env(variable, value));
        let message = ran.advised(3);
        assert!(message.contains(code) && message.contains(word), "{message}");
        assert_eq!(desk.files(), ["ca.pem"]);
    }
}

#[test]
fn the_tenant_of_the_command_line_wins_over_the_environment_and_the_file() {
    let (desk, tenant) = (Desk::new(), Served::named("lab"));
    desk.write("tollgate.toml", "[tenant]\nid = \"fabrikam.example\"\n");
    assert_eq!(tenant.run(&desk, "audit", &[]).code, 3, "the file wins over the environment");
    let ran = tenant.run(&desk, "audit", &["--tenant", "contosotoycompany.onmicrosoft.com"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
}

#[test]
fn a_token_that_graph_does_not_accept_is_told() {
    let (desk, tenant) = (Desk::new(), Served::named("lab"));
    let mut command = tenant.tollgate(&desk, "audit", &["--out", "out"]);
    let ran = run(command.env("TOLLGATE_ACCESS_TOKEN", "stale"));
    let message = ran.advised(3);
    assert!(message.contains("401") && message.contains("get a new one"), "{message}");
    assert_eq!(desk.files(), ["ca.pem"]);
}

#[test]
fn without_credentials_the_variables_that_are_missing_are_named() {
    let desk = Desk::new();
    let ran = desk.run(&["audit", "--auth", "secret"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    for name in ["AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET", "AZURE_TENANT_ID"] {
        assert!(ran.stderr.contains(name), "{name}: {}", ran.stderr);
    }
    let ran = desk.run(&["audit"]);
    assert!(ran.advised(3).contains("az login"), "{}", ran.stderr);
}

// --- Permissions ---

/// A collection that is refused, the exit code, the verdicts, the gap that stands where a verdict is inconclusive, and
/// the permission that is asked for.
type Denial = (Collection, i32, [&'static str; 4], &'static str, &'static str);

const DENIALS: [Denial; 7] = [
    (
        Collection::Users,
        4,
        ["pass", "inconclusive", "inconclusive", "inconclusive"],
        "? users-incomplete",
        "User.Read.All",
    ),
    (Collection::Groups, 4, ["inconclusive"; 4], "? group-licenses-unreadable", "GroupMember.Read.All"),
    (
        Collection::Members,
        4,
        ["pass", "inconclusive", "inconclusive", "inconclusive"],
        "? members-incomplete",
        "GroupMember.Read.All",
    ),
    (
        Collection::SubscribedSkus,
        4,
        ["pass", "pass", "inconclusive", "inconclusive"],
        "? seats-unreadable",
        "Organization.Read.All",
    ),
    (Collection::Subscriptions, 0, ["pass"; 4], "", "Organization.Read.All"),
    (Collection::Organization, 0, ["pass"; 4], "", "Organization.Read.All"),
    (Collection::DeletedItems, 0, ["pass"; 4], "", ""),
];

#[test]
fn what_may_not_be_read_makes_what_rests_on_it_inconclusive_and_names_the_permission() {
    for configuration in ["", SALES] {
        for (denied, exit, expected, gap, permission) in DENIALS {
            let (desk, tenant) = (Desk::new(), Served::denying(directory("lab"), &[denied]));
            desk.write("tollgate.toml", configuration);
            let ran = tenant.run(&desk, "audit", &["--out", "out"]);
            let result = desk.json("out/result.json");
            assert_eq!((ran.code, verdicts(&result)), (exit, expected.to_vec()), "{denied:?}");
            for (criterion, verdict) in expected.into_iter().enumerate() {
                let said = codes(&result, criterion);
                let gaps: Vec<_> = said.iter().filter(|code| code.starts_with('?')).collect();
                let wanted: &[&str] = if verdict == "inconclusive" { &[gap] } else { &[] };
                assert_eq!(gaps, wanted, "{denied:?}, criterion {}", criterion + 1);
                assert!(!said.iter().any(|code| code.starts_with('!')), "{denied:?}: {said:?}");
            }
            assert!(ran.stdout.contains(permission), "{denied:?}: {}", ran.stdout);
            let incomplete: Vec<&Value> = incomplete(&result);
            assert_eq!(incomplete.is_empty(), denied == Collection::DeletedItems, "{denied:?}");
            for line in incomplete {
                assert!(line["reason"].as_str().unwrap().contains(permission), "{line:#}");
            }
        }
    }
}

fn incomplete(result: &Value) -> Vec<&Value> {
    result["coverage"].as_array().unwrap().iter().filter(|line| line["complete"] == false).collect()
}

#[test]
fn a_denied_scan_keeps_what_was_read_and_says_that_it_is_incomplete() {
    let (desk, tenant) = (Desk::new(), Served::denying(directory("lab"), &[Collection::Users]));
    let ran = tenant.run(&desk, "scan", &["--save", "kept.snap"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (4, ""));
    assert!(ran.stderr.contains("User.Read.All"), "{}", ran.stderr);
    assert_eq!(desk.files(), ["ca.pem", "kept.snap"]);
}

#[test]
fn where_neither_groups_nor_users_may_be_read_there_is_no_report() {
    let denied = [Collection::Groups, Collection::Users];
    let (desk, tenant) = (Desk::new(), Served::denying(directory("lab"), &denied));
    let ran = tenant.run(&desk, "audit", &["--out", "out", "--save", "kept.snap"]);
    let message = ran.advised(3);
    for word in ["neither groups nor users", "GroupMember.Read.All", "User.Read.All"] {
        assert!(message.contains(word), "{word}: {message}");
    }
    assert_eq!(desk.files(), ["ca.pem"]);
}

#[test]
fn an_application_without_any_permission_gets_no_report() {
    let denied = [
        Collection::Organization,
        Collection::SubscribedSkus,
        Collection::Subscriptions,
        Collection::Groups,
        Collection::Members,
        Collection::Users,
        Collection::DeletedItems,
    ];
    let (desk, tenant) = (Desk::new(), Served::denying(directory("lab"), &denied));
    assert!(tenant.run(&desk, "audit", &["--out", "out"]).advised(3).contains("admin consent"));
    assert_eq!(desk.files(), ["ca.pem"]);
}

#[test]
fn members_that_are_hidden_limited_or_refused_are_no_pass() {
    for (access, gap) in
        [(MemberAccess::Hidden, "? membership-hidden"), (MemberAccess::Denied, "? members-incomplete")]
    {
        let directory = TenantBuilder::new("Hidden", "hidden.example")
            .product("SPE_E3", 30)
            .group("Sales")
            .grants("SPE_E3")
            .shows_members(access)
            .user("ada")
            .in_group("Sales")
            .build();
        let (desk, tenant) = (Desk::new(), Served::new(directory));
        let ran = tenant.run(&desk, "audit", &["--out", "out", "--print", "none"]);
        let result = desk.json("out/result.json");
        assert_eq!(ran.code, 4, "{access:?}");
        for criterion in 1..4 {
            assert!(codes(&result, criterion).contains(&gap.to_owned()), "{access:?} {criterion}");
        }
    }
    let directory = TenantBuilder::new("Limited", "limited.example")
        .product("SPE_E3", 30)
        .group("Sales")
        .grants("SPE_E3")
        .user("ada")
        .in_group("Sales")
        .user("someone")
        .limited()
        .in_group("Sales")
        .build();
    let (desk, tenant) = (Desk::new(), Served::new(directory));
    let ran = tenant.run(&desk, "audit", &["--out", "out", "--print", "none"]);
    let result = desk.json("out/result.json");
    assert_eq!((ran.code, verdicts(&result)[1]), (4, "inconclusive"));
    for criterion in 1..4 {
        assert!(codes(&result, criterion).contains(&"? limited-information".to_owned()), "{criterion}");
    }
}

// --- The tenant itself ---

#[test]
fn a_tenant_with_nothing_to_judge_is_never_a_pass() {
    for name in ["lab-empty", "lab-unlicensed"] {
        for configuration in ["", SALES] {
            let (desk, tenant) = (Desk::new(), Served::named(name));
            desk.write("tollgate.toml", configuration);
            assert_eq!(tenant.run(&desk, "audit", &[]).code, 1, "{name} {configuration}");
        }
    }
    let nothing = TenantBuilder::new("Nothing", "nothing.example").build();
    let (desk, tenant) = (Desk::new(), Served::new(nothing));
    assert_eq!(tenant.run(&desk, "audit", &[]).code, 1);
}

// --- Configuration ---

fn audit_with(configuration: &str) -> (Desk, crate::common::Ran) {
    let (desk, tenant) = (Desk::new(), Served::named("lab"));
    desk.write("plan.toml", configuration);
    let ran = tenant.run(&desk, "audit", &["--config", "plan.toml", "--out", "out"]);
    (desk, ran)
}

#[test]
fn a_misspelt_key_is_shown_where_it_stands_with_the_nearest_known_one() {
    let (desk, ran) = audit_with("[tenant]\n\n[[target]]\ngruop = \"Sales\"\n");
    let message = ran.advised(2);
    assert!(message.contains("plan.toml:4:1"), "{message}");
    assert!(message.contains("4 | gruop = \"Sales\""), "{message}");
    assert!(message.lines().any(|line| line.trim_end() == "  | ^^^^^"), "{message}");
    assert!(message.contains("`group`"), "{message}");
    assert_eq!(desk.files(), ["ca.pem", "plan.toml"]);
}

#[test]
fn a_configuration_that_is_no_toml_is_shown_where_it_breaks() {
    for (text, place) in [("[tenant\n", "plan.toml:1:"), ("[seats]\nheadroom = \n", "plan.toml:2:")] {
        let (_, ran) = audit_with(text);
        assert!(ran.refused(2).contains(place), "{}", ran.stderr);
    }
}

#[test]
fn a_configuration_that_says_what_cannot_be_is_refused() {
    for (text, word) in [
        ("[[target]]\ngroup = \"Sales\"\nrequire = []\n", "require"),
        ("[[target]]\ngroup = \"Sales\"\nrequire = [\"ofice365\"]\n", "ofice365"),
        ("[[target]]\ngroup = \"Sales\"\nedition = \"E4\"\n", "E5"),
        ("[[target]]\ngroup = \"Sales\"\n[[target]]\ngroup = \"SALES\"\n", "twice"),
        ("[seats]\nheadroom = \"lots\"\n", "headroom"),
        ("[seats]\nlapse-window = \"soon\"\n", "lapse-window"),
        ("[tenant]\ncloud = \"gcc\"\n", "us-gov-dod"),
        ("[target]\ngroup = \"Sales\"\n", "[[target]]"),
        (
            "[[waiver]]\ncriterion = \"enough-seets\"\nreason = \"r\"\nowner = \"o\"\nexpires = 2027-01-01\n",
            "enough-seats",
        ),
        ("[[waiver]]\ncriterion = \"enough-seats\"\nowner = \"o\"\nexpires = 2027-01-01\n", "reason"),
    ] {
        let (desk, ran) = audit_with(text);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{text}: {}", ran.stderr);
        assert!(ran.stderr.contains(word), "{text}: {}", ran.stderr);
        assert_eq!(desk.files(), ["ca.pem", "plan.toml"], "{text}");
    }
}

#[test]
fn a_configuration_that_is_missing_is_refused() {
    let desk = Desk::new();
    let ran = desk.run(&["audit", "--demo", "--config", "missing.toml", "--out", "out"]);
    assert!(ran.advised(2).contains("missing.toml"), "{}", ran.stderr);
    assert!(desk.files().is_empty());
}

#[test]
fn a_name_that_fits_two_groups_is_an_error_that_lists_them() {
    let directory = TenantBuilder::new("Twice", "twice.example").group("Sales").group("SALES");
    let directory = directory.build();
    let ids: Vec<String> = directory.groups.iter().map(|group| group.id.to_string()).collect();
    let (desk, tenant) = (Desk::new(), Served::new(directory));
    desk.write("plan.toml", SALES);
    let ran = tenant.run(&desk, "audit", &["--config", "plan.toml", "--out", "out"]);
    let message = ran.advised(2);
    assert!(ids.iter().all(|id| message.contains(id)), "{message}");
    assert_eq!(desk.files(), ["ca.pem", "plan.toml"]);
    // By its id either can be meant.
    desk.write("plan.toml", format!("[[target]]\ngroup = \"{}\"\n", ids[1].to_uppercase()));
    assert_eq!(tenant.run(&desk, "audit", &["--config", "plan.toml"]).code, 1);
}

#[test]
fn a_requirement_that_nobody_knows_is_an_error_and_a_guid_is_not() {
    let (desk, ran) = audit_with("[[target]]\ngroup = \"Sales\"\nrequire = [\"SPE_E33\"]\n");
    assert!(ran.advised(2).contains("SPE_E33"), "{}", ran.stderr);
    assert_eq!(desk.files(), ["ca.pem", "plan.toml"]);
    let guid = "00000000-0000-4000-8000-0000000000ab";
    let (desk, ran) = audit_with(&format!("[[target]]\ngroup = \"Sales\"\nrequire = [\"{guid}\"]\n"));
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(codes(&desk.json("out/result.json"), 0).contains(&"! missing-product".to_owned()));
}

#[test]
fn a_target_that_does_not_exist_is_a_violation() {
    for name in ["Nowhere", "Now*", "00000000-0000-4000-8000-0000000000ab"] {
        let (desk, ran) = audit_with(&format!("[[target]]\ngroup = \"{name}\"\n"));
        assert_eq!(ran.code, 1, "{}", ran.stderr);
        let result = desk.json("out/result.json");
        let finding = &result["criteria"][0]["findings"][0];
        assert_eq!(
            (&finding["code"], &finding["severity"]),
            (&"target-not-found".into(), &"violation".into())
        );
        assert_eq!((&finding["group"]["displayName"], &finding["group"]["id"]), (&name.into(), &Value::Null));
    }
}

#[test]
fn a_pack_that_is_missing_or_no_pack_is_refused() {
    let desk = Desk::new();
    desk.write("pack.toml", "id = \"mine\"\nfoo = 1\n");
    for (name, place) in [("missing.toml", "missing.toml"), ("pack.toml", "pack.toml:")] {
        let ran = desk.run(&["audit", "--demo", "--pack", name, "--out", "out"]);
        assert!(ran.refused(2).contains(place), "{}", ran.stderr);
    }
    assert_eq!(desk.files(), ["pack.toml"]);
}

// --- Snapshots ---

fn snapshot(desk: &Desk) -> Vec<u8> {
    assert_eq!(desk.run(&["audit", "--demo=lab", "--save", "good.snap"]).code, 0);
    desk.bytes("good.snap")
}

#[test]
fn a_snapshot_that_is_missing_is_a_wrong_name() {
    let desk = Desk::new();
    let ran = desk.run(&["audit", "--snapshot", "missing.snap", "--out", "out"]);
    assert!(ran.advised(2).contains("missing.snap"), "{}", ran.stderr);
    assert!(desk.files().is_empty(), "{:?}", desk.files());
}

#[test]
fn a_snapshot_that_was_cut_is_not_judged() {
    let desk = Desk::new();
    let good = snapshot(&desk);
    for left in [0, 1, 3, 4, 17, good.len() / 3, good.len() / 2, good.len() - 100, good.len() - 1] {
        desk.write("cut.snap", &good[..left]);
        let ran = desk.run(&["audit", "--snapshot", "cut.snap", "--out", "out"]);
        assert!(ran.advised(3).contains("damaged"), "{left}: {}", ran.stderr);
    }
    assert_eq!(desk.files(), ["cut.snap", "good.snap"]);
}

#[test]
fn a_snapshot_with_a_byte_more_is_not_judged() {
    let desk = Desk::new();
    let good = snapshot(&desk);
    for more in [&b"\n"[..], b"x", &good] {
        desk.write("more.snap", [&good, more].concat());
        assert!(desk.run(&["audit", "--snapshot", "more.snap"]).advised(3).contains("damaged"));
    }
}

#[test]
fn a_snapshot_with_one_wrong_byte_is_not_judged() {
    let desk = Desk::new();
    let good = snapshot(&desk);
    let stride = (good.len() / 24).max(1);
    for place in (0..good.len()).step_by(stride) {
        let mut bad = good.clone();
        bad[place] ^= 0x10;
        desk.write("bad.snap", &bad);
        let ran = desk.run(&["audit", "--snapshot", "bad.snap", "--out", "out"]);
        assert!(ran.advised(3).contains("damaged"), "byte {place}: {}", ran.stderr);
    }
    assert_eq!(desk.files(), ["bad.snap", "good.snap"]);
}

#[test]
fn a_line_changed_inside_a_snapshot_does_not_escape_its_checksum() {
    let desk = Desk::new();
    let lines = zstd::decode_all(&*snapshot(&desk)).unwrap();
    let text = String::from_utf8(lines).unwrap();
    for (from, to) in [
        ("\"consumedUnits\":4", "\"consumedUnits\":3"),
        ("contosotoycompany", "contosotoxcompany"),
        ("\"asOf\":\"2026", "\"asOf\":\"2025"),
        ("\"complete\":true", "\"complete\":false"),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{from}");
        desk.write("changed.snap", zstd::encode_all(changed.as_bytes(), 3).unwrap());
        let ran = desk.run(&["audit", "--snapshot", "changed.snap"]);
        assert!(ran.advised(3).contains("damaged"), "{from}: {}", ran.stderr);
    }
    desk.write("same.snap", zstd::encode_all(text.as_bytes(), 19).unwrap());
    assert_eq!(
        desk.run(&["audit", "--snapshot", "same.snap"]).code,
        0,
        "compressed otherwise, it is the same"
    );
}

#[test]
fn a_snapshot_of_another_version_is_told_as_that() {
    let desk = Desk::new();
    let text = String::from_utf8(zstd::decode_all(&*snapshot(&desk)).unwrap()).unwrap();
    let later = text.replacen("\"version\":1", "\"version\":2", 1);
    assert_ne!(later, text);
    desk.write("later.snap", zstd::encode_all(later.as_bytes(), 3).unwrap());
    let ran = desk.run(&["audit", "--snapshot", "later.snap", "--out", "out"]);
    let message = ran.advised(3);
    assert!(message.contains("version 2") && !message.contains("damaged"), "{message}");
    assert_eq!(desk.files(), ["good.snap", "later.snap"]);
}

#[test]
fn what_is_no_snapshot_is_not_judged() {
    let desk = Desk::new();
    let endless = zstd::encode_all(&vec![b'x'; 1 << 20][..], 3).unwrap();
    let json = zstd::encode_all(&b"{\"@tollgate\":\"cake\",\"version\":1}\n"[..], 3).unwrap();
    for bytes in [&b"PK\x03\x04 not ours"[..], b"{}\n", b"\0\0\0\0\0\0\0\0", &endless, &json] {
        desk.write("other.snap", bytes);
        assert!(desk.run(&["audit", "--snapshot", "other.snap"]).advised(3).contains("damaged"));
    }
    assert_eq!(desk.files(), ["other.snap"]);
}

// --- Files to write ---

#[test]
fn a_folder_that_cannot_be_made_is_told_before_anything_is_read() {
    let (desk, tenant) = (Desk::new(), Served::named("lab"));
    desk.write("out", "a file in its place");
    for folder in ["out", "out/deeper"] {
        let ran = tenant.run(&desk, "audit", &["--out", folder]);
        assert!(ran.advised(2).contains("--out"), "{}", ran.stderr);
    }
    assert!(tenant.server.log().is_empty(), "{:?}", tenant.server.log());
    assert_eq!(desk.files(), ["ca.pem", "out"]);
    assert_eq!(desk.text("out"), "a file in its place");
}

#[test]
fn a_snapshot_that_cannot_be_written_is_told_before_anything_is_read() {
    let (desk, tenant) = (Desk::new(), Served::named("lab"));
    desk.write("file", "");
    for (command, save) in [("audit", "missing/kept.snap"), ("scan", "file/kept.snap")] {
        let ran = tenant.run(&desk, command, &["--save", save]);
        assert!(ran.advised(2).contains(save), "{}", ran.stderr);
    }
    assert!(tenant.server.log().is_empty(), "{:?}", tenant.server.log());
    assert_eq!(desk.files(), ["ca.pem", "file"]);
}

#[test]
fn a_snapshot_is_not_written_over_a_folder() {
    let (desk, tenant) = (Desk::new(), Served::named("lab"));
    std::fs::create_dir(desk.path("kept.snap")).unwrap();
    let ran = tenant.run(&desk, "scan", &["--save", "kept.snap"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{}", ran.stderr);
    assert!(tenant.server.log().is_empty(), "told before anything is read: {:?}", tenant.server.log());
    assert_eq!(desk.files(), ["ca.pem"]);
}

#[test]
fn reports_of_an_earlier_audit_stay_when_the_next_one_cannot_be_done() {
    let desk = Desk::new();
    desk.run(&["audit", "--demo", "--out", "out"]);
    let before = desk.contents("out");
    assert_eq!(before.keys().map(String::as_str).collect::<Vec<_>>(), REPORTS);
    desk.run(&["audit", "--snapshot", "missing.snap", "--out", "out"]).advised(2);
    assert_eq!(desk.contents("out"), before);
}
