//! Collects what the rules need: from live Graph (of which the simulator is one), or from a snapshot.
//!
//! Every page is decoded apart and added to the [`TenantBuilder`] and, if one is kept, to the snapshot; loading a snapshot feeds the
//! same builder. What cannot be read is written down in the ledger with the reason, and the scan goes on:
//! the rules turn it into gaps.

mod journal;
mod probe;
mod progress;
pub mod snapshot;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use jiff::Timestamp;
use tokio::task::{JoinSet, spawn_blocking};

use journal::{Entry, Journal, Progress as Progressed, Resumed};
pub use probe::{Probe, first_page};
pub use progress::Progress;
pub use snapshot::SnapshotError;

use crate::graph::{Client, ErrorKind, GraphError, Page};
use crate::plan::Plan;
use crate::tenant::{Collection, Coverage, Decoded, GroupId, Run, SkuId, Tenant, TenantBuilder, UserId, Why};
use crate::verdict::CriterionId;

/// How often a collection begins again because its page token expired.
const RESTARTS: u64 = 2;

/// How many members that no list shows are asked for by id.
const SINGLE_USERS: usize = 1_000;

/// Up to how many accused users are all read once more, and how many of a larger number.
const READ_AGAIN: usize = 1_000;
const READ_AGAIN_SAMPLE: usize = 200;

const USER_PROPERTIES: &str = "id,displayName,userPrincipalName,accountEnabled,userType,usageLocation,\
                               creationType,externalUserState,licenseAssignmentStates";

/// Whose members are read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MembersOf {
    /// Targets, licensed groups, and groups nested in them.
    InScope,
    /// Every group.
    All,
}

/// Why a scan could not be done at all.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// Graph or the sign-in service could not be reached, or refused the sign-in.
    #[error("failed to {0}{hint}", hint = hint(.0))]
    Graph(GraphError),
    /// Neither groups nor users could be read: there is nothing to judge.
    #[error(
        "neither groups nor users could be read\n  groups: {groups}\n  users: {users}\nhint: grant the permissions that `docs/permissions.md` lists, and admin consent, then run again"
    )]
    NothingReadable {
        /// What came back instead of the groups.
        groups: String,
        /// What came back instead of the users.
        users: String,
    },
    /// The snapshot could not be written.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
}

fn hint(error: &GraphError) -> String {
    error.hint().map(|hint| format!("\nhint: {hint}")).unwrap_or_default()
}

/// Tells which users a judgement of the tenant accuses, in the order of their ids.
pub type Accused<'a> = &'a dyn Fn(&Tenant) -> Vec<UserId>;

/// Reads a tenant from Graph, and keeps a snapshot of it if that is wanted.
///
/// Reads happen at different moments. So the users whom [`Request::accused`] names are read once more before the tenant is
/// handed over (design section 4.5): all of up to 1,000, beyond that a sample of 200. Their second reading
/// counts; the snapshot keeps both.
///
/// # Errors
/// When Graph cannot be reached or the sign-in is refused; when neither groups nor users can be read; when
/// the snapshot cannot be written. What else cannot be read is in the tenant's ledger.
pub async fn live(client: &Client, request: Request<'_>, progress: &Progress) -> Result<Tenant, ScanError> {
    let Request { plan, members_of, save, accused } = request;
    let mut builder = TenantBuilder::new();
    let graph_url = client.endpoint().graph.as_str();
    let (journal, resumed) = match save {
        None => (None, Resumed::default()),
        Some(Save { path, resume: false }) => (Some(Journal::begin(path, graph_url)?), Resumed::default()),
        Some(Save { path, resume: true }) => {
            let (journal, resumed) = Journal::resume(path, graph_url, &mut builder)?;
            (Some(journal), resumed)
        }
    };
    let store = Store { builder, journal, failed: None, ledger: BTreeMap::new(), resumed };
    let scan = Scan {
        client: client.clone(),
        progress: progress.clone(),
        saves: save.is_some(),
        store: Arc::new(Mutex::new(store)),
    };
    client.sign_in().await.map_err(ScanError::Graph)?;
    if let Err(error) = scan.run(plan, members_of).await {
        if let (ScanError::NothingReadable { .. }, Some(journal)) = (&error, scan.store().journal.take()) {
            journal.discard();
        }
        return Err(error);
    }
    let tenant = scan.read_again(scan.tenant(), accused).await;
    let mut store = scan.store();
    if let Some(error) = store.failed.take() {
        return Err(error.into());
    }
    if let Some(journal) = store.journal.take() {
        journal.finish(&tenant)?;
    }
    Ok(tenant)
}

/// What is read, and what becomes of it.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The targets and exclusions that decide which groups are in scope.
    pub plan: &'a Plan,
    /// Whose members are read.
    pub members_of: MembersOf,
    /// Where a snapshot is kept, if that is wanted.
    pub save: Option<Save<'a>>,
    /// Who is read once more.
    pub accused: Accused<'a>,
}

/// Where a snapshot goes.
#[derive(Clone, Copy, Debug)]
pub struct Save<'p> {
    /// The file.
    pub path: &'p Path,
    /// Whether an interrupted scan goes on, from the journal that it left beside the file.
    pub resume: bool,
}

/// Whether an interrupted scan left a journal beside this file that is worth going on with.
pub fn can_resume(save: &Path) -> bool {
    journal::has_entries(save)
}

/// One scan under way; cheap to clone into tasks.
#[derive(Clone)]
struct Scan {
    client: Client,
    progress: Progress,
    /// Whether a journal is kept.
    saves: bool,
    store: Arc<Mutex<Store>>,
}

/// What was collected so far.
struct Store {
    builder: TenantBuilder,
    journal: Option<Journal>,
    failed: Option<SnapshotError>,
    ledger: BTreeMap<Collection, Coverage>,
    /// What an interrupted scan had read already.
    resumed: Resumed,
}

impl Scan {
    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().expect("no reader panicked")
    }

    async fn run(&self, plan: &Plan, members_of: MembersOf) -> Result<(), ScanError> {
        // The first answer gives the audit its clock, and a broken connection is told before anything else;
        // so this is read again even where an interrupted scan goes on.
        self.store().resumed.progress.remove(&Collection::Organization);
        if let Err(error) = self.read(Collection::Organization).await {
            match error.kind() {
                ErrorKind::Transport(_)
                | ErrorKind::SignIn
                | ErrorKind::Unauthorized
                | ErrorKind::Configuration => {
                    return Err(ScanError::Graph(error));
                }
                _ => {}
            }
        }
        let users = self.clone();
        let users = tokio::spawn(async move { users.read(Collection::Users).await });
        let seats = self.read_all([Collection::SubscribedSkus, Collection::Subscriptions]);
        let ((), _) = tokio::join!(seats, self.read(Collection::Groups));
        self.read_deleted_groups(plan).await;
        self.read_members(plan, members_of).await;
        let _ = users.await.expect("reading users does not panic");
        self.read_single_users().await;
        self.nothing_readable()
    }

    /// Reads collections beside each other; the client limits how many requests are under way.
    async fn read_all(&self, collections: impl IntoIterator<Item = Collection>) {
        let mut readers = JoinSet::new();
        for collection in collections {
            let scan = self.clone();
            readers.spawn(async move { scan.read(collection).await });
        }
        while let Some(reader) = readers.join_next().await {
            // What went wrong is in the ledger.
            let _ = reader.expect("a reader does not panic");
        }
    }

    /// Reads one collection to its end and writes its ledger line.
    async fn read(&self, collection: Collection) -> Result<(), GraphError> {
        let expected = self.count_before(collection).await;
        if let (Collection::Users, Some(expected)) = (collection, expected) {
            self.store().builder.expect_users(expected);
        }
        let bar = title(collection).map(|title| self.progress.begin(title, expected));
        let mut progress = self.store().resumed.progress.remove(&collection).unwrap_or_default();
        let done = progress.pages > 0 && progress.next.is_none();
        let mut pages_read = progress.pages;
        let mut pages = match &progress.next {
            Some(link) => self.client.pages_from(&self.query(collection), link),
            None => self.client.pages(&self.query(collection), &[]),
        };
        // The link of an interrupted scan may have lost its validity in whatever way.
        let mut link_is_old = progress.next.is_some();
        let result = loop {
            if done {
                break Ok(());
            }
            match pages.next().await {
                Ok(Some(page)) => {
                    link_is_old = false;
                    pages_read += 1;
                    progress.pages += 1;
                    progress.next = pages.next_link().map(str::to_owned);
                    if let Some(bar) = &bar {
                        bar.inc(page.objects().len() as u64);
                    }
                    self.keep(collection, page, &progress).await;
                }
                Ok(None) => break Ok(()),
                Err(error) if begins_again(&error, link_is_old, progress.restarts) => {
                    link_is_old = false;
                    progress = Progressed { restarts: progress.restarts + 1, ..Progressed::default() };
                    self.store().restart(collection, &progress, &self.client);
                    pages = self.client.pages(&self.query(collection), &[]);
                }
                Err(error) => break Err(error),
            }
        };
        let restarts = progress.restarts;
        if let Some(bar) = bar {
            bar.finish_and_clear();
        }
        let read = self.store().builder.read(collection);
        let mut line = Coverage {
            collection: collection.ledger_path(),
            partition: None,
            expected,
            read,
            pages: pages_read,
            restarts,
            complete: result.is_ok(),
            reason: result.as_ref().err().map(|error| why(collection, error)),
        };
        if result.is_ok() {
            self.compare_with_count(collection, &mut line).await;
        }
        self.store().ledger.insert(collection, line);
        result
    }

    /// Keeps a page. It is decoded, and compressed for the journal, apart from the store and from those who wait
    /// for answers; the store is locked for adding it only.
    async fn keep(&self, collection: Collection, page: Page, progress: &Progressed) {
        let (scan, progress) = (self.clone(), progress.clone());
        let kept = spawn_blocking(move || {
            let mut decoded = Decoded::new(collection, page.read_at());
            for object in page.objects() {
                if let Err(error) = decoded.object(object) {
                    tracing::warn!("{error}");
                }
            }
            let entry = scan.saves.then(|| Entry::page(collection, page.read_at(), page.objects()));
            drop(page);
            scan.store().add(decoded, entry, &progress, &scan.client);
        });
        kept.await.expect("keeping a page does not panic");
    }

    /// How many objects there are, for the collections where that is asked before they are read.
    async fn count_before(&self, collection: Collection) -> Option<u64> {
        match collection {
            Collection::Users | Collection::Groups => self.count(collection).await,
            _ => None,
        }
    }

    /// `None` where the server does not say: a count is a second opinion and nothing that must be there.
    async fn count(&self, collection: Collection) -> Option<u64> {
        self.client.count(&format!("{}/$count", self.path(collection))).await.ok()
    }

    /// A list that is shorter than its count lost something; it may also have changed meanwhile, or the
    /// count's index lags behind, so the count is asked again before that is said.
    async fn compare_with_count(&self, collection: Collection, line: &mut Coverage) {
        // One page comes whole or not at all; several may lose one, and an empty list may be one that hides.
        if matches!(collection, Collection::Members(_)) && (line.pages > 1 || line.read == 0) {
            line.expected = self.count(collection).await;
        }
        if line.expected.is_some_and(|expected| line.read < expected) {
            let again = self.count(collection).await;
            if again.is_some_and(|again| again <= line.read) {
                line.expected = again;
                return;
            }
            let expected = line.expected.unwrap_or_default();
            line.complete = false;
            line.reason = Some(Why::TooFew { read: line.read, expected });
        }
    }

    /// The path of a collection below the version root, with ids as they were received.
    fn path(&self, collection: Collection) -> String {
        match collection {
            Collection::Members(group) => {
                format!("/groups/{}/members", self.store().builder.id_text(group.0))
            }
            Collection::SingleUser(user) => format!("/users/{}", self.store().builder.id_text(user.0)),
            other => format!("/{other}"),
        }
    }

    fn query(&self, collection: Collection) -> String {
        format!("{}?{}", self.path(collection), options(collection))
    }

    /// The recycle bin is only looked at where a target is in no list.
    async fn read_deleted_groups(&self, plan: &Plan) {
        let missing = {
            let store = self.store();
            let complete = store.ledger.get(&Collection::Groups).is_some_and(|line| line.complete);
            complete
                && plan.targets.iter().any(|target| {
                    !target.group.is_pattern()
                        && !store.builder.groups().any(|(id, name, _)| target.group.matches(id.0, [name]))
                })
        };
        if missing {
            let _ = self.read(Collection::DeletedGroups).await;
        }
    }

    /// Members of the groups in scope, then of the groups found among them, until there are no more.
    async fn read_members(&self, plan: &Plan, members_of: MembersOf) {
        let mut asked: BTreeSet<GroupId> = BTreeSet::new();
        let mut wanted = self.groups_in_scope(plan, members_of);
        let bar = self.progress.begin("members", Some(wanted.len() as u64));
        while !wanted.is_empty() {
            let mut readers = JoinSet::new();
            for &group in &wanted {
                let scan = self.clone();
                readers.spawn(async move { scan.read(Collection::Members(group)).await });
            }
            while let Some(reader) = readers.join_next().await {
                let _ = reader.expect("a reader does not panic");
                bar.inc(1);
            }
            asked.extend(&wanted);
            let store = self.store();
            let nested = wanted.iter().flat_map(|group| store.builder.nested_in(*group));
            wanted = nested.filter(|group| !asked.contains(group)).collect();
            bar.inc_length(wanted.len() as u64);
        }
        bar.finish_and_clear();
    }

    fn groups_in_scope(&self, plan: &Plan, members_of: MembersOf) -> BTreeSet<GroupId> {
        let store = self.store();
        let excluded: BTreeSet<SkuId> = store
            .builder
            .owned_products()
            .filter(|(sku, part_number)| {
                plan.exclude_skus.iter().any(|selector| selector.matches_sku(*sku, *part_number))
            })
            .map(|(sku, _)| sku)
            .collect();
        let in_scope = |id: GroupId, name: Option<&str>, skus: &[SkuId]| {
            let named = |selector: &crate::plan::Selector| selector.matches(id.0, [name]);
            if plan.exclude_groups.iter().any(named) {
                return false;
            }
            skus.iter().any(|sku| !excluded.contains(sku))
                || plan.targets.iter().any(|target| named(&target.group))
        };
        store
            .builder
            .groups()
            .filter(|(id, name, skus)| members_of == MembersOf::All || in_scope(*id, *name, skus))
            .map(|(id, _, _)| id)
            .collect()
    }

    /// Members that the complete user list does not show, or of whom it shows nothing, are asked for by id.
    async fn read_single_users(&self) {
        let unread = {
            let mut store = self.store();
            let complete = store.ledger.get(&Collection::Users).is_some_and(|line| line.complete);
            store.builder.unread_members(complete)
        };
        if unread.is_empty() {
            return;
        }
        let mut readers = JoinSet::new();
        let answered =
            |user: &UserId| self.store().resumed.progress.contains_key(&Collection::SingleUser(*user));
        let already = unread.iter().filter(|user| answered(user)).count() as u64;
        for &user in unread.iter().take(SINGLE_USERS).filter(|user| !answered(user)) {
            let scan = self.clone();
            readers.spawn(
                async move { scan.read_user(user, |error| error.kind() == ErrorKind::NotFound).await },
            );
        }
        let mut line = Coverage {
            collection: Collection::SingleUser(unread[0]).ledger_path(),
            partition: None,
            expected: Some(unread.len() as u64),
            read: already,
            pages: already,
            restarts: 0,
            complete: true,
            reason: None,
        };
        while let Some(reader) = readers.join_next().await {
            match reader.expect("a reader does not panic") {
                Ok(()) => {
                    line.read += 1;
                    line.pages += 1;
                }
                Err(error) => {
                    line.reason.get_or_insert_with(|| why(Collection::SingleUser(unread[0]), &error));
                }
            }
        }
        if line.expected != Some(line.read) {
            line.complete = false;
            line.reason.get_or_insert(Why::NotAllAsked { asked: SINGLE_USERS as u64 });
        }
        self.store().ledger.insert(Collection::SingleUser(unread[0]), line);
    }

    /// Reads one user by id. That there is none is believed where `is_gone` takes the server's word for it.
    async fn read_user(&self, user: UserId, is_gone: fn(&GraphError) -> bool) -> Result<(), GraphError> {
        let collection = Collection::SingleUser(user);
        let progress = Progressed { pages: 1, ..Progressed::default() };
        match self.client.get(&self.query(collection)).await {
            Ok(answer) => {
                self.keep(collection, answer.into(), &progress).await;
                Ok(())
            }
            // A page without an object says that the user is gone.
            Err(error) if is_gone(&error) => {
                let at = self.client.usage().last_date.unwrap_or_else(Timestamp::now);
                self.keep(collection, Page::empty(at), &progress).await;
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// What was read, as a tenant.
    fn tenant(&self) -> Tenant {
        let mut store = self.store();
        let run = store.run(&self.client);
        // The server's date in the first answer, of the interrupted scan where one goes on.
        let as_of = run.started_at.or(store.builder.first_read()).unwrap_or_else(Timestamp::now);
        let ledger = store.ledger.values().cloned().collect();
        std::mem::take(&mut store.builder).finish(as_of, ledger, run)
    }

    /// Reads accused users once more. Who cannot be read now stays as he was.
    async fn read_again(&self, tenant: Tenant, accused: Accused<'_>) -> Tenant {
        let suspects = accused(&tenant);
        if suspects.is_empty() {
            return tenant;
        }
        let chosen = sample(&suspects);
        let bar = self.progress.begin("read-again", Some(chosen.len() as u64));
        let (builder, as_of, ledger, mut run) = TenantBuilder::reopen(tenant);
        self.store().builder = builder;
        let mut readers = JoinSet::new();
        for &user in &chosen {
            let scan = self.clone();
            readers.spawn(async move { scan.read_user(user, says_gone).await });
        }
        while let Some(reader) = readers.join_next().await {
            bar.inc(1);
            match reader.expect("a reader does not panic") {
                Ok(()) => run.reread += 1,
                Err(error) => tracing::warn!("not read once more: {error}"),
            }
        }
        bar.finish_and_clear();
        run.accused = suspects.len() as u64;
        let mut tenant = std::mem::take(&mut self.store().builder).finish(as_of, ledger, run);
        let still: BTreeSet<UserId> = accused(&tenant).into_iter().collect();
        tenant.set_cleared(suspects.iter().filter(|user| !still.contains(user)).count() as u64);
        tenant
    }

    fn nothing_readable(&self) -> Result<(), ScanError> {
        let store = self.store();
        let unread = |collection| {
            let line = store.ledger.get(&collection).filter(|line| line.pages == 0 && !line.complete)?;
            Some(line.reason.as_ref().map_or_else(String::new, |why| why.error().to_owned()))
        };
        match (unread(Collection::Groups), unread(Collection::Users)) {
            (Some(groups), Some(users)) => Err(ScanError::NothingReadable { groups, users }),
            _ => Ok(()),
        }
    }
}

impl Store {
    fn add(&mut self, page: Decoded, entry: Option<Entry>, progress: &Progressed, client: &Client) {
        let collection = page.collection();
        if let Err(error) = self.builder.add(page) {
            tracing::warn!("{error}");
        }
        self.write(collection, entry, progress, client);
    }

    fn restart(&mut self, collection: Collection, progress: &Progressed, client: &Client) {
        self.builder.restart(collection);
        self.write(collection, Some(Entry::restart(collection)), progress, client);
    }

    /// Writes to the journal, if one is kept; the first failure is kept until the end of the scan.
    fn write(
        &mut self,
        collection: Collection,
        entry: Option<Entry>,
        progress: &Progressed,
        client: &Client,
    ) {
        let run = self.run(client);
        if let (Some(journal), Some(entry)) = (&mut self.journal, entry)
            && let Err(error) = journal.write(collection, &entry, progress.clone(), run)
        {
            self.failed = Some(error);
            self.journal = None;
        }
    }

    /// What the scan took so far, that of its interrupted part included.
    fn run(&self, client: &Client) -> Run {
        let (usage, before) = (client.usage(), &self.resumed.run);
        Run {
            started_at: before.started_at.or(usage.first_date),
            finished_at: usage.last_date.or(before.finished_at),
            requests: before.requests + usage.requests,
            resource_units: before.resource_units + usage.resource_units,
            retries: before.retries + usage.retries,
            throttled_seconds: before.throttled_seconds + usage.throttled.as_secs_f64(),
            bytes: before.bytes + usage.bytes,
            ..Run::default()
        }
    }
}

/// What is asked of a collection: only what rules use, in the largest pages there are.
fn options(collection: Collection) -> String {
    match collection {
        Collection::Organization => "$select=id,displayName".to_owned(),
        Collection::SubscribedSkus => "$select=id,skuId,skuPartNumber,appliesTo,capabilityStatus,consumedUnits,\
                                       prepaidUnits,servicePlans"
            .to_owned(),
        Collection::Subscriptions => {
            "$select=id,skuId,skuPartNumber,status,totalLicenses,nextLifecycleDateTime".to_owned()
        }
        Collection::Groups => "$select=id,displayName,groupTypes,securityEnabled,mailEnabled,membershipRule,\
                               membershipRuleProcessingState,visibility,assignedLicenses,licenseProcessingState\
                               &$top=999"
            .to_owned(),
        Collection::Members(_) => "$select=id&$top=999".to_owned(),
        Collection::Users => format!("$select={USER_PROPERTIES}&$top=999"),
        Collection::SingleUser(_) => format!("$select={USER_PROPERTIES}"),
        Collection::DeletedGroups => "$select=id,displayName,deletedDateTime&$top=999".to_owned(),
    }
}

/// Whether a collection is read from its first page again: its page token expired, or the link to go on with is
/// of an interrupted scan and no good any more.
fn begins_again(error: &GraphError, link_is_old: bool, restarts: u64) -> bool {
    let expired = error.kind() == ErrorKind::ExpiredPageToken && restarts < RESTARTS;
    expired || (link_is_old && !matches!(error.kind(), ErrorKind::Transport(_) | ErrorKind::Throttled))
}

/// Whether Graph itself says that the object is gone. A 404 of somebody else on the way would clear everybody.
fn says_gone(error: &GraphError) -> bool {
    let code = error.code().unwrap_or_default();
    error.kind() == ErrorKind::NotFound && code.eq_ignore_ascii_case("Request_ResourceNotFound")
}

/// Everybody where there are few, else a sample spread evenly over the ids, which the service gives at random.
fn sample(users: &[UserId]) -> Vec<UserId> {
    if users.len() <= READ_AGAIN {
        return users.to_vec();
    }
    (0..READ_AGAIN_SAMPLE).map(|at| users[at * users.len() / READ_AGAIN_SAMPLE]).collect()
}

/// What a progress bar is called; members have one bar together.
fn title(collection: Collection) -> Option<&'static str> {
    match collection {
        Collection::Users => Some("users"),
        Collection::Groups => Some("groups"),
        _ => None,
    }
}

/// Why a collection is not complete, with the permission that reads it where one is missing.
fn why(collection: Collection, failure: &GraphError) -> Why {
    let error = failure.outcome();
    match failure.kind() {
        ErrorKind::Denied => Why::Refused { error, permission: permission(collection).to_owned() },
        ErrorKind::Throttled => Why::Busy { error },
        ErrorKind::Server => Why::ServiceFailed { error },
        ErrorKind::Transport(_) => Why::NotReached { error },
        ErrorKind::Malformed => Why::NotUnderstood { error },
        ErrorKind::Unauthorized | ErrorKind::SignIn => Why::TokenRefused { error },
        _ => Why::Failed { error },
    }
}

/// The least permission that reads a collection (Microsoft Graph permissions reference).
pub fn permission(collection: Collection) -> &'static str {
    match collection {
        Collection::Organization | Collection::SubscribedSkus | Collection::Subscriptions => {
            "Organization.Read.All"
        }
        Collection::Groups | Collection::Members(_) => "GroupMember.Read.All",
        Collection::DeletedGroups => "Group.Read.All",
        Collection::Users | Collection::SingleUser(_) => "User.Read.All",
    }
}

/// A permission of Microsoft Graph, and what it is for.
#[derive(Debug)]
pub struct Permission {
    /// Its name.
    pub name: &'static str,
    /// Its id as an application permission (Microsoft Graph permissions reference).
    pub id: &'static str,
    /// The collections that it reads.
    pub reads: &'static [&'static str],
    /// The criteria that cannot be judged without it; none for an optional one.
    pub without: &'static [CriterionId],
    /// The message that says what an optional one adds.
    pub note: &'static str,
}

/// What an audit needs, application and delegated alike.
pub const PERMISSIONS: [Permission; 5] = [
    Permission {
        name: "Organization.Read.All",
        id: "498476ce-e0fe-48b0-b801-37ba7e2685c6",
        reads: &["organization", "subscribedSkus", "directory/subscriptions"],
        without: &[CriterionId::EnoughSeats, CriterionId::MembersFullyLicensed],
        note: "",
    },
    Permission {
        name: "GroupMember.Read.All",
        id: "98830695-27a2-44f7-8c18-0c3ebc9698f6",
        reads: &["groups", "groups/{id}/members"],
        without: &CriterionId::ALL,
        note: "",
    },
    Permission {
        name: "Group.Read.All",
        id: "5b567255-7703-4780-807c-7be8301ae99b",
        reads: &["groups (assignedLicenses)", "directory/deletedItems/microsoft.graph.group"],
        without: &[],
        note: "permission-instead",
    },
    Permission {
        name: "User.Read.All",
        id: "df021288-bdef-4463-88db-98f22de89214",
        reads: &["users", "users/{id}"],
        without: &[
            CriterionId::NoB2bGroupsLicensed,
            CriterionId::EnoughSeats,
            CriterionId::MembersFullyLicensed,
        ],
        note: "",
    },
    Permission {
        name: "Member.Read.Hidden",
        id: "658aa5d8-239f-45c4-aa12-864f4fc7e490",
        reads: &["groups/{id}/members (HiddenMembership)"],
        without: &[],
        note: "permission-hidden",
    },
];
