//! The simulated cases, served over HTTPS, scanned and judged as any tenant: what an audit says is what the case
//! lists, and no code is without a tenant.

use std::collections::BTreeSet;
use std::io::Write;

use tollgate::graph::{AuthMethod, Client, Credential, Endpoint, Settings};
use tollgate::pack::Pack;
use tollgate::plan::Config;
use tollgate::rules;
use tollgate::scan::{self, MembersOf, Progress, Request};
use tollgate::sim::{self, Place, Planted, PlantedKind, cases, expected_at, where_found};
use tollgate::tenant::Tenant;
use tollgate::verdict::{CriterionId, Severity, Subject, page};

/// What is said at the top level, in words that can be compared.
type Line = (String, &'static str, &'static str, Option<String>, Option<String>, Option<String>);

/// Serves the tenant of that name and scans it.
async fn scanned(name: &str, plan: &Config) -> Tenant {
    let tenant: sim::Tenant = name.parse().expect("a simulated tenant");
    let options = sim::Options { deny: tenant.deny().to_vec(), ..sim::Options::default() };
    let server = sim::serve(tenant.directory(), options).await.expect("a server on loopback");
    let mut ca_file = tempfile::NamedTempFile::new().expect("a file");
    ca_file.write_all(server.ca_pem().as_bytes()).expect("written");
    let endpoint =
        Endpoint::custom(&server.graph_url(), Some(&server.authority_url()), None).expect("its addresses");
    let settings = Settings { ca_file: Some(ca_file.path().to_owned()), ..Settings::default() };
    let environment = |name: &str| {
        Some(match name {
            "AZURE_TENANT_ID" => server.tenant_id().to_owned(),
            "AZURE_CLIENT_ID" => server.client_id().to_owned(),
            "AZURE_CLIENT_SECRET" => server.client_secret().to_owned(),
            _ => return None,
        })
    };
    let method = Some(AuthMethod::Secret);
    let (credential, _) =
        Credential::from_environment(method, None, &endpoint, &settings, &environment).expect("its secret");
    let client = Client::new(endpoint, credential, &settings).expect("a client");
    let request =
        Request { plan: &plan.plan, members_of: MembersOf::InScope, save: None, accused: &|_| Vec::new() };
    let scanned = scan::live(&client, request, &Progress::hidden()).await;
    server.stop().await;
    scanned.expect("a scan")
}

/// Everything that an audit of the tenant says at its top level.
async fn audited(name: &str, plan: Option<&str>) -> Vec<Line> {
    let plan = Config::parse("tollgate.toml", plan.unwrap_or_default()).expect("a valid configuration");
    let tenant = scanned(name, &plan).await;
    let directory = name.parse::<sim::Tenant>().expect("a simulated tenant").directory();
    let audit = rules::judge(&tenant, &plan.plan, Pack::built_in()).expect("a plan that fits the tenant");
    let mut lines = Vec::new();
    let mut line = |criterion: CriterionId, code, kind, subject: &Subject| {
        let group = subject.group.as_ref().and_then(|group| group.display_name(&tenant)).map(str::to_owned);
        let user = subject.user.map(|user| {
            let id = tenant.user(user).id().to_string();
            let known = directory.users.iter().find(|known| known.id.hyphenated().to_string() == id);
            known.expect("a user of the directory").user_principal_name.to_string()
        });
        let sku = subject.sku.map(|sku| {
            let index = tenant.find_sku(sku).expect("a product of the tenant");
            tenant.part_number(index).expect("a part number").to_owned()
        });
        lines.push((criterion.as_str().to_owned(), code, kind, group, user, sku));
    };
    for judged in &audit.judgements {
        for finding in &judged.findings {
            let kind = match finding.severity {
                Severity::Violation => "violation",
                Severity::Advisory => "advisory",
            };
            line(judged.criterion, finding.code.as_str(), kind, &finding.subject);
        }
        for gap in &judged.gaps {
            line(judged.criterion, gap.code.as_str(), "gap", &gap.subject);
        }
    }
    lines.sort_unstable();
    lines
}

fn listed(planted: &[Planted]) -> Vec<Line> {
    let own = |text: Option<&str>| text.map(str::to_owned);
    let mut lines: Vec<Line> = planted
        .iter()
        .map(|planted| {
            let kind = match planted.kind {
                PlantedKind::Violation => "violation",
                PlantedKind::Advisory => "advisory",
                PlantedKind::Gap => "gap",
            };
            let Planted { criterion, code, group, user, sku, .. } = *planted;
            (criterion.to_owned(), code, kind, own(group), own(user), own(sku))
        })
        .collect();
    lines.sort_unstable();
    lines
}

#[tokio::test]
async fn each_case_says_what_it_lists_and_nothing_else() {
    let mut wrong = Vec::new();
    for case in cases() {
        let (said, expected) = (audited(case.name, case.plan).await, listed(case.expected));
        if said != expected {
            let more: Vec<_> = said.iter().filter(|line| !expected.contains(line)).collect();
            let less: Vec<_> = expected.iter().filter(|line| !said.contains(line)).collect();
            wrong.push(format!("{}: only the audit says {more:#?}; only the list says {less:#?}", case.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn the_demo_company_says_what_it_lists_with_its_plan_and_without() {
    assert_eq!(audited("contoso", None).await, listed(&sim::planted()));
    assert_eq!(audited("contoso", Some(sim::demo_plan())).await, listed(&sim::planted_with_plan()));
}

#[test]
fn every_code_of_every_criterion_occurs_where_the_table_says() {
    for criterion in CriterionId::ALL {
        for (code, kind) in page::codes(criterion) {
            let place = where_found(criterion.as_str(), code.as_str());
            let place =
                place.unwrap_or_else(|| panic!("{} is nowhere under {}", code.as_str(), criterion.as_str()));
            if place == Place::Snapshot {
                assert_eq!(code.as_str(), "members-not-in-snapshot");
                continue;
            }
            let there = listed(&expected_at(place));
            let found = there
                .iter()
                .any(|line| (line.0.as_str(), line.1, line.2) == (criterion.as_str(), code.as_str(), kind));
            assert!(found, "{} of {} is not in {place:?}", code.as_str(), criterion.as_str());
        }
    }
}

#[test]
fn what_no_page_documents_is_in_no_case() {
    let documented: BTreeSet<(&str, &str, &str)> = CriterionId::ALL
        .into_iter()
        .flat_map(|criterion| {
            page::codes(criterion).map(move |(code, kind)| (criterion.as_str(), code.as_str(), kind))
        })
        .collect();
    for case in cases() {
        for (criterion, code, kind, ..) in listed(case.expected) {
            assert!(documented.contains(&(criterion.as_str(), code, kind)), "{}: {code}", case.name);
        }
    }
}

#[test]
fn a_case_is_found_by_its_name_and_does_not_crowd_the_list() {
    for case in cases() {
        assert!(case.name.starts_with("case-"));
        assert_eq!(case.name.parse::<sim::Tenant>().expect("known"), sim::Tenant::Case(case));
        assert!(sim::Tenant::names().all(|name| name != case.name));
    }
    assert!("case-nowhere".parse::<sim::Tenant>().is_err());
}
