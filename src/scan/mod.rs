//! Collects what the rules need: from live Graph (of which the simulator is one), or from a snapshot.
//!
//! Every page is decoded apart and added to the [`TenantBuilder`] and, if one is kept, to the snapshot; loading a snapshot feeds the
//! same builder. What cannot be read is written down in the ledger with the reason, and the scan goes on:
//! the rules turn it into gaps.

mod estimate;
mod journal;
mod kept;
mod parts;
mod probe;
mod progress;
pub mod snapshot;
mod users;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use jiff::Timestamp;
use tokio::task::JoinSet;

pub use estimate::{Estimate, Expected, estimate, of_members};
use indicatif::ProgressBar;
use journal::{Chain, Entry, Journal, Note, Progress as Progressed, Resumed};
use kept::Kept;
use parts::Part;
pub use probe::{Probe, first_page};
pub use progress::Progress;
pub use snapshot::SnapshotError;

use crate::graph::{Begun, Client, ErrorKind, GraphError, LARGEST_BATCH, Page, off_the_async_threads};
use crate::plan::{Plan, Selector};
use crate::tenant::{Collection, Coverage, GroupId, Run, SkuId, Tenant, TenantBuilder, UserId, Why};
use crate::verdict::CriterionId;

/// How often a collection begins again because its page token expired.
const RESTARTS: u64 = 2;

/// So many pages in a row without an object that was not there before lead nowhere.
const PAGES_WITHOUT_NEWS: u64 = 100;

/// The most objects on a page (Microsoft Graph documentation, "Paging").
const LARGEST_PAGE: u64 = 999;

/// The same where a relationship is expanded; more may be asked for, and does not come (Microsoft Graph known issues,
/// "$expand on directory objects").
const LARGEST_EXPANDED_PAGE: u64 = 100;

/// How many members that no list shows are asked for by id.
const SINGLE_USERS: usize = 1_000;

/// Up to how many accused users are all read once more, and how many of a larger number.
const READ_AGAIN: usize = 1_000;
const READ_AGAIN_SAMPLE: usize = 200;

const USER_PROPERTIES: &str = "id,displayName,userPrincipalName,accountEnabled,userType,usageLocation,\
                               creationType,externalUserState,licenseAssignmentStates";

/// Whose members are read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MembersOf<'a> {
    /// Targets, licensed groups, and groups nested in them.
    InScope,
    /// Besides those, groups that could be licensed, and groups nested in them.
    Candidates {
        /// Only those that it fits; all where there is none.
        named: Option<&'a Selector>,
        /// Those too that are not security-enabled.
        any_kind: bool,
        /// Whether the owners of groups are read too.
        owners: bool,
    },
    /// Every group.
    All,
}

impl MembersOf<'_> {
    /// Whether the owners of groups are read beside the members.
    fn with_owners(self) -> bool {
        matches!(self, Self::Candidates { owners: true, .. })
    }
}

/// Why a scan could not be done at all.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// Graph or the sign-in service could not be reached, or refused the sign-in.
    #[error("failed to {0}{hint}", hint = hint(.0))]
    Graph(GraphError),
    /// Neither groups nor users could be read: there is nothing to judge.
    #[error(
        "neither groups nor users could be read\n  groups: {groups}\n  users: {users}\nhint: where they were refused, grant GroupMember.Read.All and User.Read.All with admin consent (docs/permissions.md shows how), then run again"
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

/// Reads a tenant from Graph, and keeps a snapshot of it if that is wanted. The journal stays beside the snapshot
/// where the connection was lost or the service gave up ([`can_resume`] tells), because what is missing can be read
/// later.
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
    let store = Store { builder, journal, failed: None, broke_off: false, ledger: BTreeMap::new(), resumed };
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
        let keep = store.broke_off;
        journal.finish(&tenant, keep)?;
    }
    Ok(tenant)
}

/// What is read, and what becomes of it.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The targets and exclusions that decide which groups are in scope.
    pub plan: &'a Plan,
    /// Whose members are read.
    pub members_of: MembersOf<'a>,
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

/// Whether a scan that did not come to its end left a journal beside this file that is worth going on with.
pub fn can_resume(save: &Path) -> bool {
    journal::has_entries(save)
}

/// What is read as one chain of pages, and how.
struct Reading {
    chain: Chain,
    query: String,
    headers: &'static [(&'static str, &'static str)],
    /// How many objects it has, where that was counted.
    expected: Option<u64>,
    /// How often it may begin again.
    restarts: u64,
}

/// How far a chain was read.
struct End {
    pages: u64,
    restarts: u64,
    result: Result<(), GraphError>,
}

/// Notices when page after page brings only what was there: such a chain would never end.
#[derive(Default)]
struct Novelty {
    pages: u64,
    objects: u64,
    /// Distinct objects of the collection when that was last looked at.
    distinct: u64,
}

impl Novelty {
    /// Takes note of a page that has been stored, and tells whether enough is enough.
    fn is_over(&mut self, reading: &Reading, objects: usize, builder: &mut TenantBuilder) -> bool {
        self.pages += 1;
        self.objects += objects as u64;
        let expected = reading.expected.unwrap_or_default();
        if reading.chain.part.is_some() {
            // Which objects are new shows of a collection only. A page may repeat the one before, but not more.
            return self.objects > 2 * expected + PAGES_WITHOUT_NEWS * LARGEST_PAGE;
        }
        if !self.pages.is_multiple_of(PAGES_WITHOUT_NEWS) || self.objects <= expected {
            return false;
        }
        let before = std::mem::replace(&mut self.distinct, builder.read(reading.chain.collection));
        self.distinct == before
    }
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
    /// Whether something was not read that may be read later, so that going on is worth while.
    broke_off: bool,
    ledger: BTreeMap<Collection, Vec<Coverage>>,
    /// What an interrupted scan had read already.
    resumed: Resumed,
}

impl Scan {
    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().expect("no reader panicked")
    }

    async fn run(&self, plan: &Plan, members_of: MembersOf<'_>) -> Result<(), ScanError> {
        // The first answer gives the audit its clock, and a broken connection is told before anything else;
        // so this is read again even where an interrupted scan goes on.
        self.store().resumed.progress.remove(&Collection::Organization.into());
        if let Err(error) = self.read(Collection::Organization, Begun::default()).await {
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
        let users = tokio::spawn(async move { users.read_users().await });
        let seats = self.read_all([Collection::SubscribedSkus, Collection::Subscriptions]);
        let ((), _) = tokio::join!(seats, self.read(Collection::Groups, Begun::default()));
        self.read_deleted_groups(plan).await;
        // Owners decide nothing: where they cannot be read, they are not shown.
        let owners = members_of.with_owners().then_some(Collection::Owners);
        tokio::join!(self.read_members(plan, members_of), self.read_all(owners));
        users.await.expect("reading users does not panic");
        self.read_single_users().await;
        self.nothing_readable()
    }

    /// Reads collections beside each other; the client limits how many requests are under way. What went wrong is in
    /// the ledger.
    async fn read_all(&self, collections: impl IntoIterator<Item = Collection>) {
        let mut readers = JoinSet::new();
        for collection in collections {
            let scan = self.clone();
            readers.spawn(async move { scan.read(collection, Begun::default()).await });
        }
        readers.join_all().await;
    }

    /// Reads something of many collections beside each other with `read`. The first requests, for the paths that `ask`
    /// makes, travel in batches where that pays; what an interrupted scan has begun already goes on by itself.
    async fn read_many<T, F>(
        &self,
        collections: Vec<Collection>,
        ask: fn(&Self, Collection) -> String,
        read: F,
    ) -> Vec<T::Output>
    where
        T: Future<Output: Send> + Send + 'static,
        F: Fn(Self, Collection, Begun) -> T + Clone + Send + 'static,
    {
        let (begun, new): (Vec<_>, Vec<_>) = {
            let store = self.store();
            collections.into_iter().partition(|known| store.resumed.progress.contains_key(&(*known).into()))
        };
        let size = if self.client.batches(new.len()) { LARGEST_BATCH } else { 1 };
        let mut readers = JoinSet::new();
        for together in new.chunks(size) {
            readers.spawn(self.clone().read_together(together.to_vec(), ask, read.clone()));
        }
        for collection in begun {
            readers.spawn(self.clone().read_together(vec![collection], ask, read.clone()));
        }
        readers.join_all().await.into_iter().flatten().collect()
    }

    /// Reads collections whose first requests travel in one batch; one alone is no batch.
    async fn read_together<T, F>(
        self,
        collections: Vec<Collection>,
        ask: fn(&Self, Collection) -> String,
        read: F,
    ) -> Vec<T::Output>
    where
        T: Future<Output: Send> + Send + 'static,
        F: Fn(Self, Collection, Begun) -> T,
    {
        if let [alone] = collections[..] {
            return vec![read(self, alone, Begun::default()).await];
        }
        let paths: Vec<String> = collections.iter().map(|collection| ask(&self, *collection)).collect();
        let mut batch = self.client.batch(&paths);
        let mut readers = JoinSet::new();
        while let Some((place, begun)) = batch.next().await {
            readers.spawn(read(self.clone(), collections[place], begun));
        }
        readers.join_all().await
    }

    /// Reads one collection to its end and writes its ledger line.
    async fn read(&self, collection: Collection, begun: Begun) -> Result<(), GraphError> {
        let expected = self.count_before(collection).await;
        let bar = title(collection).map(|title| self.progress.begin(title, expected));
        let reading = Reading { expected, ..self.reading(collection) };
        let end = self.read_chain(&reading, begun, bar.as_ref()).await;
        if let Some(bar) = bar {
            bar.finish_and_clear();
        }
        let line = self.line(&reading, &end).await;
        self.store().ledger.insert(collection, vec![line]);
        end.result
    }

    /// A whole collection as one chain of pages.
    fn reading(&self, collection: Collection) -> Reading {
        Reading {
            chain: collection.into(),
            query: self.query(collection),
            headers: &[],
            expected: None,
            restarts: RESTARTS,
        }
    }

    /// What the ledger says of a collection that was read as one chain.
    async fn line(&self, reading: &Reading, end: &End) -> Coverage {
        let collection = reading.chain.collection;
        let mut line = Coverage {
            collection: collection.ledger_path(),
            partition: None,
            expected: reading.expected,
            read: self.store().builder.read(collection),
            pages: end.pages,
            restarts: end.restarts,
            complete: end.result.is_ok(),
            reason: end.result.as_ref().err().map(|error| why(collection, error)),
        };
        if line.complete {
            self.compare_with_count(collection, &mut line).await;
        }
        line
    }

    /// Reads a chain of pages to its end, from where an interrupted scan left it.
    async fn read_chain(&self, reading: &Reading, begun: Begun, bar: Option<&ProgressBar>) -> End {
        let Reading { chain, query, headers, .. } = reading;
        let mut progress = self.store().resumed.progress.remove(chain).unwrap_or_default();
        let mut pages_read = progress.pages;
        if progress.pages > 0 && progress.next.is_none() {
            return End { pages: pages_read, restarts: progress.restarts, result: Ok(()) };
        }
        let mut pages = match &progress.next {
            Some(link) => self.client.pages_from(query, headers, link),
            None => self.client.pages_begun(query, headers, begun),
        };
        // The link of an interrupted scan may have lost its validity in whatever way.
        let mut link_is_old = progress.next.is_some();
        let mut novelty = Novelty::default();
        let result = loop {
            let (collection, saves) = (chain.collection, self.saves);
            match pages.next_by(move |answer| Kept::read(collection, saves, answer)).await {
                Ok(Some(page)) => {
                    link_is_old = false;
                    pages_read += 1;
                    progress.pages += 1;
                    progress.next = pages.next_link().map(str::to_owned);
                    let objects = page.objects;
                    if let Some(bar) = bar {
                        bar.inc(objects as u64);
                    }
                    self.keep(chain, || page, &progress).await;
                    if novelty.is_over(reading, objects, &mut self.store().builder) {
                        break Err(nothing_new(query));
                    }
                }
                Ok(None) => break Ok(()),
                Err(error) if begins_again(&error, link_is_old, progress.restarts, reading.restarts) => {
                    link_is_old = false;
                    progress = Progressed { restarts: progress.restarts + 1, ..Progressed::default() };
                    self.store().restart(chain, &progress, &self.client);
                    pages = self.client.pages(query, headers);
                    novelty = Novelty::default();
                }
                Err(error) => break Err(error),
            }
        };
        if result.as_ref().is_err_and(passes) {
            self.store().broke_off = true;
        }
        End { pages: pages_read, restarts: progress.restarts, result }
    }

    /// Keeps a page. The store is locked for adding it only, apart from those who wait for answers.
    async fn keep(&self, chain: &Chain, page: impl FnOnce() -> Kept + Send + 'static, progress: &Progressed) {
        let (scan, chain, progress) = (self.clone(), chain.clone(), progress.clone());
        off_the_async_threads(move || {
            let page = page();
            scan.store().add(page, &chain, &progress, &scan.client);
        })
        .await;
    }

    /// How many objects there are, for the collections where that is asked before they are read.
    async fn count_before(&self, collection: Collection) -> Option<u64> {
        match collection {
            Collection::Groups => self.count(collection).await,
            _ => None,
        }
    }

    /// `None` where the server does not say: a count is a second opinion and nothing that must be there.
    async fn count(&self, collection: Collection) -> Option<u64> {
        self.client.count(&self.count_path(collection)).await.ok()
    }

    fn count_path(&self, collection: Collection) -> String {
        format!("{}/$count", self.path(collection))
    }

    /// A list that is shorter than its count lost something; it may also have changed meanwhile, or the
    /// count's index lags behind, so the count is asked again before that is said.
    async fn compare_with_count(&self, collection: Collection, line: &mut Coverage) {
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
            Collection::Owners => "/groups".to_owned(),
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
            store.is_complete(Collection::Groups)
                && plan.targets.iter().any(|target| {
                    !target.group.is_pattern()
                        && !store.builder.groups().any(|(id, name, _)| target.group.matches(id.0, [name]))
                })
        };
        if missing {
            let _ = self.read(Collection::DeletedGroups, Begun::default()).await;
        }
    }

    /// Members of the groups in scope, then of the groups found among them, until there are no more.
    async fn read_members(&self, plan: &Plan, members_of: MembersOf<'_>) {
        let mut asked: BTreeSet<GroupId> = BTreeSet::new();
        let mut wanted = self.groups_in_scope(plan, members_of);
        let bar = self.progress.begin("members", Some(wanted.len() as u64));
        while !wanted.is_empty() {
            let collections = wanted.iter().map(|group| Collection::Members(*group)).collect();
            let ended = bar.clone();
            self.read_many(collections, Self::query, move |scan, collection, begun| {
                let ended = ended.clone();
                async move {
                    // What went wrong is in the ledger.
                    let _ = scan.read(collection, begun).await;
                    ended.inc(1);
                }
            })
            .await;
            asked.extend(&wanted);
            let store = self.store();
            let nested = wanted.iter().flat_map(|group| store.builder.nested_in(*group));
            wanted = nested.filter(|group| !asked.contains(group)).collect();
            bar.inc_length(wanted.len() as u64);
        }
        self.count_members(asked).await;
        bar.finish_and_clear();
    }

    /// Counts the members of groups where that tells more: one page comes whole or not at all, but several may lose
    /// one, and an empty list may be one that hides.
    async fn count_members(&self, groups: BTreeSet<GroupId>) {
        let doubtful = {
            let store = self.store();
            let doubtful = |collection: &Collection| {
                let line = &store.ledger[collection][0];
                line.complete && (line.pages > 1 || line.read == 0)
            };
            groups.into_iter().map(Collection::Members).filter(doubtful).collect()
        };
        self.read_many(doubtful, Self::count_path, |scan, collection, begun| async move {
            let mut line = scan.store().ledger[&collection][0].clone();
            line.expected = scan.client.count_begun(&scan.count_path(collection), begun).await.ok();
            scan.compare_with_count(collection, &mut line).await;
            scan.store().ledger.insert(collection, vec![line]);
        })
        .await;
    }

    fn groups_in_scope(&self, plan: &Plan, members_of: MembersOf<'_>) -> BTreeSet<GroupId> {
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
            let named = |selector: &Selector| selector.matches(id.0, [name]);
            if plan.exclude_groups.iter().any(named) {
                return false;
            }
            skus.iter().any(|sku| !excluded.contains(sku))
                || plan.targets.iter().any(|target| named(&target.group))
        };
        let also = |id: GroupId, name: Option<&str>| match members_of {
            MembersOf::InScope => false,
            MembersOf::Candidates { named, any_kind, .. } => {
                named.is_none_or(|selector| selector.matches(id.0, [name]))
                    && (any_kind || store.builder.is_security_enabled(id))
            }
            MembersOf::All => true,
        };
        store
            .builder
            .groups()
            .filter(|(id, name, skus)| also(*id, *name) || in_scope(*id, *name, skus))
            .map(|(id, _, _)| id)
            .collect()
    }

    /// Members that the complete user list does not show, or of whom it shows nothing, are asked for by id.
    async fn read_single_users(&self) {
        let unread = {
            let mut store = self.store();
            let complete = store.is_complete(Collection::Users);
            store.builder.unread_members(complete)
        };
        if unread.is_empty() {
            return;
        }
        let answered =
            |user: &UserId| self.store().resumed.progress.contains_key(&Collection::SingleUser(*user).into());
        let already = unread.iter().filter(|user| answered(user)).count() as u64;
        let asked = unread.iter().take(SINGLE_USERS).filter(|user| !answered(user));
        let asked = asked.map(|user| Collection::SingleUser(*user)).collect();
        let results = self.read_many(asked, Self::query, |scan, user, begun| async move {
            scan.read_user(user, begun, |error| error.kind() == ErrorKind::NotFound).await
        });
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
        for result in results.await {
            match result {
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
        self.store().ledger.insert(Collection::SingleUser(unread[0]), vec![line]);
    }

    /// Reads one user by id. That there is none is believed where `is_gone` takes the server's word for it.
    async fn read_user(
        &self,
        user: Collection,
        begun: Begun,
        is_gone: fn(&GraphError) -> bool,
    ) -> Result<(), GraphError> {
        let chain = Chain::from(user);
        let progress = Progressed { pages: 1, ..Progressed::default() };
        let page = match self.client.get_begun(&self.query(user), begun).await {
            Ok(answer) => Page::from(answer),
            // A page without an object says that the user is gone.
            Err(error) if is_gone(&error) => {
                Page::empty(self.client.usage().last_date.unwrap_or_else(Timestamp::now))
            }
            Err(error) => {
                self.store().broke_off |= passes(&error);
                return Err(error);
            }
        };
        let saves = self.saves;
        self.keep(&chain, move || Kept::of(user, saves, &page), &progress).await;
        Ok(())
    }

    /// What was read, as a tenant.
    fn tenant(&self) -> Tenant {
        let mut store = self.store();
        let run = store.run(&self.client);
        // The server's date in the first answer, of the interrupted scan where one goes on.
        let as_of = run.started_at.or(store.builder.first_read()).unwrap_or_else(Timestamp::now);
        let ledger = store.ledger.values().flatten().cloned().collect();
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
        let chosen = chosen.into_iter().map(Collection::SingleUser).collect();
        let ended = bar.clone();
        let results = self.read_many(chosen, Self::query, move |scan, user, begun| {
            let ended = ended.clone();
            async move {
                let result = scan.read_user(user, begun, says_gone).await;
                ended.inc(1);
                result
            }
        });
        for result in results.await {
            match result {
                Ok(()) => run.reread += 1,
                Err(error) => tracing::warn!("not read once more: {error}"),
            }
        }
        bar.finish_and_clear();
        run.accused = suspects.len() as u64;
        let builder = std::mem::take(&mut self.store().builder);
        let nothing_new = builder.shows_nothing_new();
        let mut tenant = builder.finish(as_of, ledger, run);
        if !nothing_new {
            let still: BTreeSet<UserId> = accused(&tenant).into_iter().collect();
            tenant.set_cleared(suspects.iter().filter(|user| !still.contains(user)).count() as u64);
        }
        tenant
    }

    fn nothing_readable(&self) -> Result<(), ScanError> {
        let store = self.store();
        let unread = |collection| {
            let lines = store.ledger.get(&collection)?;
            let nothing = lines.iter().all(|line| line.pages == 0 && !line.complete);
            nothing.then(|| lines[0].reason.as_ref().map_or_else(String::new, |why| why.error().to_owned()))
        };
        match (unread(Collection::Groups), unread(Collection::Users)) {
            (Some(groups), Some(users)) => Err(ScanError::NothingReadable { groups, users }),
            _ => Ok(()),
        }
    }
}

impl Store {
    /// Whether all of a collection was read.
    fn is_complete(&self, collection: Collection) -> bool {
        self.ledger.get(&collection).is_some_and(|lines| lines.iter().all(|line| line.complete))
    }

    fn add(&mut self, page: Kept, chain: &Chain, progress: &Progressed, client: &Client) {
        if let Err(error) = self.builder.add(page.decoded) {
            tracing::warn!("{error}");
        }
        let run = self.run(client);
        self.write(page.entry.as_ref(), || Note::of(chain, progress.clone(), run));
    }

    /// Notes that a chain begins again. What was read of a collection is forgotten; what was read of a part stays,
    /// because it cannot be told from the other parts, and of what is read twice the last counts.
    fn restart(&mut self, chain: &Chain, progress: &Progressed, client: &Client) {
        let run = self.run(client);
        let note = || Note::of(chain, progress.clone(), run);
        if chain.part.is_some() {
            let at = client.usage().last_date.unwrap_or_else(Timestamp::now);
            return self.write(Some(&Entry::page(chain.collection, at, [].into_iter())), note);
        }
        self.builder.restart(chain.collection);
        self.write(Some(&Entry::restart(chain.collection)), note);
    }

    /// Notes into which parts the users are divided; none where they are one list after all. What was read of them
    /// is forgotten.
    fn divide(&mut self, parts: &[Part], client: &Client) {
        self.builder.restart(Collection::Users);
        let restarts = u64::from(parts.is_empty());
        let progress = Progressed { restarts, ..Progressed::default() };
        if parts.is_empty() {
            self.resumed.progress.retain(|chain, _| chain.collection != Collection::Users);
            self.resumed.progress.insert(Collection::Users.into(), progress.clone());
        }
        let run = self.run(client);
        self.write(Some(&Entry::restart(Collection::Users)), || Note::divided(parts, progress, run));
    }

    /// Writes to the journal, if one is kept; the first failure is kept until the end of the scan.
    fn write(&mut self, entry: Option<&Entry>, note: impl FnOnce() -> Note) {
        if let (Some(journal), Some(entry)) = (&mut self.journal, entry)
            && let Err(error) = journal.write(entry, &note())
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
        Collection::Owners => format!(
            "$select=id&$expand=owners($select=id,displayName,userPrincipalName)&$top={LARGEST_EXPANDED_PAGE}"
        ),
        Collection::Users => format!("$select={USER_PROPERTIES}&$top=999"),
        Collection::SingleUser(_) => format!("$select={USER_PROPERTIES}"),
        Collection::DeletedGroups => "$select=id,displayName,deletedDateTime&$top=999".to_owned(),
    }
}

/// Why a chain of new links that shows nothing new is not followed any further.
fn nothing_new(path: &str) -> GraphError {
    let why = "page after page shows only what was read before, and says that there are more";
    GraphError::new(ErrorKind::RepeatedNextLink, "GET", path, why)
}

/// Whether a collection is read from its first page again: its page token expired, or the link to go on with is
/// of an interrupted scan and no good any more.
fn begins_again(error: &GraphError, link_is_old: bool, restarts: u64, most: u64) -> bool {
    let expired = error.kind() == ErrorKind::ExpiredPageToken && restarts < most;
    expired || (link_is_old && !matches!(error.kind(), ErrorKind::Transport(_) | ErrorKind::Throttled))
}

/// Whether what failed may be read later as it was asked for: the connection broke off, or the service is busy or
/// has a failure.
fn passes(error: &GraphError) -> bool {
    matches!(error.kind(), ErrorKind::Transport(_) | ErrorKind::Throttled | ErrorKind::Server)
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
        Collection::Groups | Collection::Members(_) | Collection::Owners => "GroupMember.Read.All",
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
        reads: &["groups", "groups/{id}/members", "groups?$expand=owners"],
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
