//! The inner parts, each by itself: `cargo bench --bench parts`.
//!
//! The tenant is a simulated one, read once: 50,000 users, or as many as `TOLLGATE_BENCH_USERS` says. The names of the
//! benches are those of the parts, so `cargo bench --bench parts -- rule` runs the rules only.

mod simulated;

use std::hint::black_box;
use std::io;
use std::path::PathBuf;
use std::process::Stdio;

use criterion::{BatchSize, Criterion, Throughput};
use jiff::Timestamp;
use serde::de::IgnoredAny;
use simulated::Simulated;
use tollgate::pack::Pack;
use tollgate::plan::Plan;
use tollgate::report::{Dialect, Language, Table, Texts, csv, json, junit, sarif};
use tollgate::rules::{self, Context};
use tollgate::scan::snapshot;
use tollgate::tenant::{Collection, Coverage, Decoded, Run, Tenant, TenantBuilder};
use tollgate::verdict::CriterionId;

fn main() {
    let users = std::env::var("TOLLGATE_BENCH_USERS").ok();
    let users = users.map_or(50_000, |users| users.parse().expect("TOLLGATE_BENCH_USERS is a number"));
    let folder = tempfile::tempdir().expect("a folder");
    let simulated = Simulated::start(users, 1, &[]);
    let scanned = simulated
        .command(folder.path(), &["scan", "--save", "tenant.tollgate"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(scanned.expect("the program can be started").success(), "the tenant can be scanned");
    drop(simulated);
    let file = folder.path().join("tenant.tollgate");
    let tenant = snapshot::load(&file).expect("the snapshot is whole");

    let mut criterion = Criterion::default().configure_from_args().sample_size(10);
    pages(&mut criterion, &file);
    criterion.bench_function("snapshot/load", |bencher| {
        bencher.iter(|| snapshot::load(&file).expect("it is whole"));
    });
    judging(&mut criterion, &tenant);
    reports(&mut criterion, &tenant);
    criterion.final_summary();
}

/// A page of the snapshot: the objects' texts.
struct Page {
    collection: Collection,
    objects: Vec<String>,
}

#[derive(serde::Deserialize)]
struct Mark {
    collection: Option<String>,
    objects: Option<usize>,
}

fn pages_of(file: &PathBuf) -> Vec<Page> {
    let bytes = std::fs::read(file).expect("the snapshot");
    let text = String::from_utf8(zstd::decode_all(&bytes[..]).expect("zstd")).expect("UTF-8");
    let mut lines = text.lines().skip(1);
    let mut pages = Vec::new();
    while let Some(line) = lines.next() {
        let mark: Mark = serde_json::from_str(line).expect("a mark");
        let (Some(collection), Some(count)) = (mark.collection, mark.objects) else { continue };
        let collection = Collection::parse(&collection).expect("a collection");
        pages.push(Page { collection, objects: lines.by_ref().take(count).map(str::to_owned).collect() });
    }
    pages
}

fn decoded(page: &Page) -> Decoded {
    let mut decoded = Decoded::new(page.collection, Timestamp::UNIX_EPOCH);
    for object in &page.objects {
        decoded.object(object).expect("the simulator sends Graph's objects");
    }
    decoded
}

/// Decoding a page of users and one of members, beside the parser alone; and building the model.
fn pages(criterion: &mut Criterion, file: &PathBuf) {
    let pages = pages_of(file);
    let full = |which: fn(Collection) -> bool| {
        let of_kind = pages.iter().filter(|page| which(page.collection));
        of_kind.max_by_key(|page| page.objects.len()).expect("there is such a page")
    };
    let users = full(|collection| collection == Collection::Users);
    let members = full(|collection| matches!(collection, Collection::Members(_)));
    let mut group = criterion.benchmark_group("page");
    for (name, page) in [("users", users), ("members", members)] {
        group.throughput(Throughput::Bytes(page.objects.iter().map(|object| object.len() as u64).sum()));
        group.bench_function(format!("decode {name}"), |bencher| bencher.iter(|| decoded(page)));
        group.bench_function(format!("skip {name}, the parser alone"), |bencher| {
            bencher.iter(|| {
                for object in &page.objects {
                    black_box(serde_json::from_str::<IgnoredAny>(object).expect("JSON"));
                }
            });
        });
    }
    group.finish();

    let ledger: Vec<Coverage> = Vec::new();
    criterion.bench_function("model/add and finish", |bencher| {
        bencher.iter_batched(
            || pages.iter().map(decoded).collect::<Vec<_>>(),
            |pages| {
                let mut builder = TenantBuilder::new();
                for page in pages {
                    builder.add(page).expect("there are few names");
                }
                builder.finish(Timestamp::UNIX_EPOCH, ledger.clone(), Run::default())
            },
            BatchSize::PerIteration,
        );
    });
}

/// Each rule with a view of the tenant that no rule has looked through yet; and all of them together.
fn judging(criterion: &mut Criterion, tenant: &Tenant) {
    let (plan, pack) = (Plan::default(), Pack::built_in());
    let context =
        || Context::new(tenant, &plan, pack.headroom, pack.lapse_window).expect("an empty plan fits");
    criterion.bench_function("rule/view of the tenant", |bencher| bencher.iter(context));
    for rule in CriterionId::ALL {
        criterion.bench_function(&format!("rule/{}", rule.as_str()), |bencher| {
            bencher.iter_batched(
                context,
                |context| rules::judge_criterion(&context, rule, &[], pack),
                BatchSize::PerIteration,
            );
        });
    }
    criterion.bench_function("rule/all", |bencher| {
        bencher.iter(|| rules::judge(tenant, &plan, pack).expect("an empty plan fits").verdict());
    });
}

fn reports(criterion: &mut Criterion, tenant: &Tenant) {
    let (pack, texts) = (Pack::built_in(), Texts::new(Language::En));
    let audit = rules::judge(tenant, &Plan::default(), pack).expect("an empty plan fits");
    let mut report = |name: &str, write: &dyn Fn(&mut dyn io::Write) -> io::Result<()>| {
        criterion.bench_function(&format!("report/{name}"), |bencher| {
            bencher.iter(|| write(&mut io::sink()).expect("nothing can fail"));
        });
    };
    report("result.json", &|out| json::write(&audit, pack, &texts, out));
    report("junit.xml", &|out| junit::write(&audit, pack, &texts, out));
    report("result.sarif", &|out| sarif::write(&audit, pack, &texts, out));
    for table in Table::ALL {
        report(table.file_name(), &|out| csv::write(table, &audit, pack, &texts, Dialect::Rfc4180, out));
    }
}
