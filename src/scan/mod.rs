//! Collects what the rules need: from live Graph (of which the simulator is one), or from a snapshot.
//!
//! Every page goes to the [`TenantBuilder`] and, if one is kept, to the snapshot; loading a snapshot feeds the
//! same builder. What cannot be read is written down in the ledger with the reason, and the scan goes on:
//! the rules turn it into gaps.

mod progress;
pub mod snapshot;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Mutex, MutexGuard};

use jiff::Timestamp;
use tokio::task::JoinSet;

pub use progress::Progress;
pub use snapshot::SnapshotError;

use crate::graph::{Client, ErrorKind, GraphError};
use crate::plan::Plan;
use crate::tenant::{Collection, Coverage, GroupId, Run, SkuId, Tenant, TenantBuilder, UserId};
use crate::verdict::CriterionId;

/// How often a collection begins again because its page token expired.
const RESTARTS: u64 = 2;

/// How many members that no list shows are asked for by id.
const SINGLE_USERS: usize = 1_000;

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
        /// Why not the groups.
        groups: String,
        /// Why not the users.
        users: String,
    },
    /// The snapshot could not be written.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
}

fn hint(error: &GraphError) -> String {
    error.hint().map(|hint| format!("\nhint: {hint}")).unwrap_or_default()
}

/// Reads a tenant from Graph, and keeps a snapshot at `save` if that is wanted.
///
/// # Errors
/// When Graph cannot be reached or the sign-in is refused; when neither groups nor users can be read; when
/// the snapshot cannot be written. What else cannot be read is in the tenant's ledger.
pub async fn live(
    client: &Client,
    plan: &Plan,
    members_of: MembersOf,
    save: Option<&Path>,
    progress: &Progress,
) -> Result<Tenant, ScanError> {
    let writer = save.map(snapshot::Writer::create).transpose()?;
    let store = Store { builder: TenantBuilder::new(), writer, failed: None, ledger: BTreeMap::new() };
    let scan = Scan {
        client: client.clone(),
        progress: progress.clone(),
        store: std::sync::Arc::new(Mutex::new(store)),
    };
    client.sign_in().await.map_err(ScanError::Graph)?;
    scan.run(plan, members_of).await?;
    let Scan { client, store, .. } = scan;
    let store = std::sync::Arc::into_inner(store).expect("all readers have ended");
    store.into_inner().expect("no reader panicked").finish(&client)
}

/// One scan under way; cheap to clone into tasks.
#[derive(Clone)]
struct Scan {
    client: Client,
    progress: Progress,
    store: std::sync::Arc<Mutex<Store>>,
}

/// What was collected so far.
struct Store {
    builder: TenantBuilder,
    writer: Option<snapshot::Writer>,
    failed: Option<SnapshotError>,
    ledger: BTreeMap<Collection, Coverage>,
}

impl Scan {
    fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().expect("no reader panicked")
    }

    async fn run(&self, plan: &Plan, members_of: MembersOf) -> Result<(), ScanError> {
        // The first answer gives the audit its clock, and a broken connection is told before anything else.
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
        let mut restarts = 0;
        let mut pages_read = 0;
        let result = 'collection: loop {
            let mut pages = self.client.pages(&self.query(collection), &[]);
            loop {
                match pages.next().await {
                    Ok(Some(page)) => {
                        pages_read += 1;
                        let objects: Vec<&str> = page.objects().collect();
                        if let Some(bar) = &bar {
                            bar.inc(objects.len() as u64);
                        }
                        self.store().page(collection, page.read_at(), &objects);
                    }
                    Ok(None) => break 'collection Ok(()),
                    Err(error) if error.kind() == ErrorKind::ExpiredPageToken && restarts < RESTARTS => {
                        restarts += 1;
                        self.store().restart(collection);
                        break;
                    }
                    Err(error) => break 'collection Err(error),
                }
            }
        };
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
            reason: result.as_ref().err().map(|error| reason(collection, error)),
        };
        if result.is_ok() {
            self.compare_with_count(collection, &mut line).await;
        }
        self.store().ledger.insert(collection, line);
        result
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
            line.reason =
                Some(format!("{} of {expected} objects came, though all pages were read", line.read));
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

    /// What is asked: only what rules use, in the largest pages there are.
    fn query(&self, collection: Collection) -> String {
        let options = match collection {
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
        };
        format!("{}?{options}", self.path(collection))
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
            let store = self.store();
            let complete = store.ledger.get(&Collection::Users).is_some_and(|line| line.complete);
            store.builder.unread_members(complete)
        };
        if unread.is_empty() {
            return;
        }
        let mut readers = JoinSet::new();
        for &user in unread.iter().take(SINGLE_USERS) {
            let scan = self.clone();
            readers.spawn(async move { scan.read_user(user).await });
        }
        let mut line = Coverage {
            collection: Collection::SingleUser(unread[0]).ledger_path(),
            partition: None,
            expected: Some(unread.len() as u64),
            read: 0,
            pages: 0,
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
                Err(why) => {
                    line.reason.get_or_insert(why);
                }
            }
        }
        if line.expected != Some(line.read) {
            line.complete = false;
            line.reason.get_or_insert_with(|| format!("only {SINGLE_USERS} members were asked for by id"));
        }
        self.store().ledger.insert(Collection::SingleUser(unread[0]), line);
    }

    async fn read_user(&self, user: UserId) -> Result<(), String> {
        let collection = Collection::SingleUser(user);
        match self.client.get(&self.query(collection)).await {
            Ok(answer) => {
                self.store().page(collection, answer.read_at(), &[answer.text()]);
                Ok(())
            }
            // A page without an object says that the user is gone.
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let at = self.client.usage().last_date.unwrap_or_else(Timestamp::now);
                self.store().page(collection, at, &[]);
                Ok(())
            }
            Err(error) => Err(reason(collection, &error)),
        }
    }

    fn nothing_readable(&self) -> Result<(), ScanError> {
        let store = self.store();
        let unread = |collection| {
            let line = store.ledger.get(&collection).filter(|line| line.pages == 0 && !line.complete)?;
            Some(line.reason.clone().unwrap_or_default())
        };
        match (unread(Collection::Groups), unread(Collection::Users)) {
            (Some(groups), Some(users)) => Err(ScanError::NothingReadable { groups, users }),
            _ => Ok(()),
        }
    }
}

impl Store {
    fn page(&mut self, collection: Collection, at: Timestamp, objects: &[&str]) {
        self.builder.page(collection, at);
        for object in objects {
            if let Err(error) = self.builder.object(object) {
                tracing::warn!("{error}");
            }
        }
        self.keep(|writer| writer.page(collection, at, objects.iter().copied()));
    }

    fn restart(&mut self, collection: Collection) {
        self.builder.restart(collection);
        self.keep(|writer| writer.restart(collection));
    }

    /// Writes to the snapshot; the first failure is kept until the end of the scan.
    fn keep(&mut self, write: impl FnOnce(&mut snapshot::Writer) -> Result<(), SnapshotError>) {
        if let Some(writer) = &mut self.writer
            && let Err(error) = write(writer)
        {
            self.failed = Some(error);
            self.writer = None;
        }
    }

    fn finish(self, client: &Client) -> Result<Tenant, ScanError> {
        if let Some(error) = self.failed {
            return Err(error.into());
        }
        let usage = client.usage();
        let run = Run {
            started_at: usage.first_date,
            finished_at: usage.last_date,
            requests: usage.requests,
            resource_units: usage.resource_units,
            retries: usage.retries,
            throttled_seconds: usage.throttled.as_secs_f64(),
            bytes: usage.bytes,
            reread: 0,
        };
        let as_of = usage.first_date.unwrap_or_else(Timestamp::now);
        let tenant = self.builder.finish(as_of, self.ledger.into_values().collect(), run);
        if let Some(writer) = self.writer {
            writer.finish(&tenant)?;
        }
        Ok(tenant)
    }
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
fn reason(collection: Collection, error: &GraphError) -> String {
    match (error.kind(), error.hint()) {
        (ErrorKind::Denied, _) => format!("{error}; grant {} and admin consent", permission(collection)),
        (_, Some(hint)) => format!("{error}; {hint}"),
        (_, None) => error.to_string(),
    }
}

/// The least permission that reads a collection (Microsoft Graph permissions reference).
pub fn permission(collection: Collection) -> &'static str {
    match collection {
        Collection::Organization | Collection::SubscribedSkus | Collection::Subscriptions => {
            "Organization.Read.All"
        }
        Collection::Groups | Collection::Members(_) | Collection::DeletedGroups => "GroupMember.Read.All",
        Collection::Users | Collection::SingleUser(_) => "User.Read.All",
    }
}

/// A permission of Microsoft Graph, and what it is for.
#[derive(Debug)]
pub struct Permission {
    /// Its name.
    pub name: &'static str,
    /// The collections that it reads.
    pub reads: &'static [&'static str],
    /// The criteria that cannot be judged without it; none for an optional one.
    pub without: &'static [CriterionId],
    /// What an optional one adds.
    pub note: &'static str,
}

/// What an audit needs, application and delegated alike.
pub const PERMISSIONS: [Permission; 4] = [
    Permission {
        name: "Organization.Read.All",
        reads: &["organization", "subscribedSkus", "directory/subscriptions"],
        without: &[CriterionId::EnoughSeats, CriterionId::MembersFullyLicensed],
        note: "",
    },
    Permission {
        name: "GroupMember.Read.All (or Group.Read.All, where group licenses stay invisible with it)",
        reads: &["groups", "groups/{id}/members", "directory/deletedItems/microsoft.graph.group"],
        without: &CriterionId::ALL,
        note: "",
    },
    Permission {
        name: "User.Read.All",
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
        reads: &["members of groups with hidden membership"],
        without: &[],
        note: "only where such groups are licensed",
    },
];
