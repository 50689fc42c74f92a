//! Reads all users: one chain of pages, or parts beside each other where there are many.
//!
//! What came of the parts is compared with what was counted of each. Where that does not add up, or the server does not
//! take the filters, what was read of users is forgotten and they are read as one list after all: that is warned of,
//! and stands in the ledger as a restart with its reason.

use indicatif::ProgressBar;
use serde::Deserialize;
use tokio::task::JoinSet;

use super::journal::Chain;
use super::parts::{self, Directory, Part, Sorter, Undivided};
use super::{RESTARTS, Reading, Scan, options, why};
use crate::graph::{Begun, ErrorKind, GraphError};
use crate::tenant::coverage::Why;
use crate::tenant::{Collection, Coverage};

/// How many parts that came out short are counted again.
const COUNTED_AGAIN: usize = 6;

/// Asks for an advanced query (Microsoft documentation, "Advanced query capabilities on Microsoft Entra ID objects").
const ADVANCED: &[(&str, &str)] = &[("consistencylevel", "eventual")];

/// A user of whom only the sign-in name is asked.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Named {
    user_principal_name: Option<String>,
}

impl Scan {
    /// Reads all users and writes their lines of the ledger.
    pub(super) async fn read_users(&self) {
        let expected = self.count(Collection::Users).await;
        if let Some(expected) = expected {
            self.store().builder.expect_users(expected);
        }
        let bar = self.progress.begin("users", expected);
        let lines = match self.users_in_parts(expected, &bar).await {
            Ok(Some(lines)) => lines,
            Ok(None) => vec![self.users_as_one_list(expected, &bar, None).await],
            Err(why) => vec![self.users_as_one_list(expected, &bar, Some(why)).await],
        };
        bar.finish_and_clear();
        self.store().ledger.insert(Collection::Users, lines);
    }

    /// Reads users in parts, where there are many and they can be divided. An error is why that came to nothing.
    async fn users_in_parts(
        &self,
        expected: Option<u64>,
        bar: &ProgressBar,
    ) -> Result<Option<Vec<Coverage>>, OneList> {
        let (mut parts, begun) = {
            let mut store = self.store();
            let begun = store.resumed.progress.contains_key(&Collection::Users.into());
            (std::mem::take(&mut store.resumed.parts), begun)
        };
        if parts.is_empty() {
            let total = expected.filter(|total| *total > self.client.settings().parts_above && !begun);
            let Some(total) = total else { return Ok(None) };
            parts = parts::divide(self, total).await.map_err(OneList::undivided)?;
            self.store().divide(&parts, &self.client);
        }
        match self.read_parts(&parts, bar).await {
            Ok(lines) => Ok(Some(lines)),
            Err(why) => {
                self.store().divide(&[], &self.client);
                bar.reset();
                Err(OneList { why, again: true })
            }
        }
    }

    async fn users_as_one_list(
        &self,
        expected: Option<u64>,
        bar: &ProgressBar,
        instead: Option<OneList>,
    ) -> Coverage {
        if let Some(instead) = &instead {
            tracing::warn!("{}", instead.told());
        }
        let again = u64::from(instead.as_ref().is_some_and(|instead| instead.again));
        let reading = Reading { expected, restarts: RESTARTS + again, ..self.reading(Collection::Users) };
        let end = self.read_chain(&reading, Begun::default(), Some(bar)).await;
        let mut line = self.line(&reading, &end).await;
        if let Some(instead) = instead {
            line.reason.get_or_insert(instead.why);
        }
        line
    }

    /// Reads the parts beside each other. The error says why they are not taken for the whole.
    async fn read_parts(&self, parts: &[Part], bar: &ProgressBar) -> Result<Vec<Coverage>, Why> {
        let mut readers = JoinSet::new();
        for (place, part) in parts.iter().enumerate() {
            let (scan, bar, reading) = (self.clone(), bar.clone(), reading_of(part));
            readers
                .spawn(async move { (place, scan.read_chain(&reading, Begun::default(), Some(&bar)).await) });
        }
        let mut lines: Vec<Coverage> = parts.iter().map(line_of).collect();
        let mut refused = None;
        while let Some(reader) = readers.join_next().await {
            let (place, end) = match reader {
                Ok(ended) => ended,
                Err(stopped) if stopped.is_cancelled() => continue,
                Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
            };
            let line = &mut lines[place];
            (line.pages, line.restarts) = (end.pages, end.restarts);
            if let Err(error) = &end.result {
                line.complete = false;
                line.reason = Some(why(Collection::Users, error));
                if may_be_the_filter(error) && refused.is_none() {
                    refused = Some(Why::PartFailed { error: error.to_string() });
                    readers.abort_all();
                }
            }
        }
        match refused {
            Some(why) => Err(why),
            None => self.prove(parts, lines).await,
        }
    }

    /// Compares what was read of each part with what was counted, once more where it came out short: users may have
    /// gone or changed their names meanwhile. Together the parts were counted to hold everybody.
    async fn prove(&self, parts: &[Part], mut lines: Vec<Coverage>) -> Result<Vec<Coverage>, Why> {
        let sorter = Sorter::new(parts);
        let mut read = self.store().builder.users_by(parts.len() + 1, |name| sorter.part_of(name));
        // Names that are not shown are taken for those that are missing.
        let mut elsewhere = read.pop().unwrap_or_default();
        for (line, read) in lines.iter_mut().zip(read) {
            let missing = line.expected.unwrap_or_default().saturating_sub(read).min(elsewhere);
            elsewhere -= missing;
            line.read = read + missing;
        }
        if let Some(line) = lines.last_mut() {
            line.read += elsewhere;
        }
        let mut again = 0;
        for (part, line) in parts.iter().zip(&mut lines) {
            if !line.complete || line.expected.is_none_or(|expected| line.read >= expected) {
                continue;
            }
            again += 1;
            let count = if again > COUNTED_AGAIN { None } else { self.count_of(&part.filter()).await.ok() };
            if count.is_none_or(|count| count > line.read) {
                let expected = count.or(line.expected).unwrap_or_default();
                return Err(Why::PartTooFew { part: part.label(), read: line.read, expected });
            }
            line.expected = count;
        }
        Ok(lines)
    }

    /// How many users a filter shows; all of them where it is empty.
    async fn count_of(&self, filter: &str) -> Result<u64, GraphError> {
        let filter = if filter.is_empty() { String::new() } else { format!("?$filter={filter}") };
        self.client.count(&format!("/users/$count{filter}")).await
    }
}

/// Why users are read as one list.
struct OneList {
    why: Why,
    /// Whether some of them had been read in parts before.
    again: bool,
}

impl OneList {
    fn undivided(why: Undivided<GraphError>) -> Self {
        let why = match why {
            Undivided::Names => Why::NamesAlike,
            Undivided::Refused(error) => Why::NotDivided { error: error.to_string() },
        };
        Self { why, again: false }
    }

    /// For the log.
    fn told(&self) -> String {
        let told = match &self.why {
            // Without the part, whose name is beginnings of people's names.
            Why::PartTooFew { read, expected, .. } => {
                format!("of a part {read} of {expected} came, though all its pages were read")
            }
            Why::NamesAlike => {
                "their sign-in names cannot be divided into parts of about one size".to_owned()
            }
            other => other.error().to_owned(),
        };
        format!("users are read as one list: {told}")
    }
}

fn reading_of(part: &Part) -> Reading {
    let advanced = part.is_rest();
    let count = if advanced { "&$count=true" } else { "" };
    let options = options(Collection::Users);
    Reading {
        chain: Chain { collection: Collection::Users, part: Some(part.label()) },
        query: format!("/users?$filter={}{count}&{options}", part.filter()),
        headers: if advanced { ADVANCED } else { &[] },
        expected: Some(part.expected),
        restarts: RESTARTS,
    }
}

fn line_of(part: &Part) -> Coverage {
    Coverage {
        collection: Collection::Users.ledger_path(),
        partition: Some(part.label()),
        expected: Some(part.expected),
        read: 0,
        pages: 0,
        restarts: 0,
        complete: true,
        reason: None,
    }
}

/// Whether a part may have failed for being one, and the whole list be readable.
fn may_be_the_filter(error: &GraphError) -> bool {
    match error.kind() {
        ErrorKind::Unsupported
        | ErrorKind::NotFound
        | ErrorKind::ExpiredPageToken
        | ErrorKind::Server
        | ErrorKind::Malformed
        | ErrorKind::ForeignNextLink
        | ErrorKind::RepeatedNextLink => true,
        ErrorKind::Configuration
        | ErrorKind::SignIn
        | ErrorKind::Unauthorized
        | ErrorKind::Denied
        | ErrorKind::Throttled
        | ErrorKind::Transport(_)
        | ErrorKind::NotAllowed => false,
    }
}

impl Directory for Scan {
    type Error = GraphError;

    async fn counts(&self, filters: Vec<String>) -> Result<Vec<u64>, GraphError> {
        let mut counts = vec![0; filters.len()];
        let mut readers = JoinSet::new();
        for (place, filter) in filters.into_iter().enumerate() {
            let scan = self.clone();
            readers.spawn(async move { (place, scan.count_of(&filter).await) });
        }
        while let Some(reader) = readers.join_next().await {
            let (place, count) = reader.expect("a reader does not panic");
            counts[place] = count?;
        }
        Ok(counts)
    }

    async fn names(&self, filter: Option<String>) -> Result<Vec<String>, GraphError> {
        let filter = filter.map(|filter| format!("$filter={filter}&")).unwrap_or_default();
        let query = format!("/users?{filter}$select=userPrincipalName&$top=999");
        let Some(page) = self.client.pages(&query, &[]).next().await? else { return Ok(Vec::new()) };
        let name = |object: &str| serde_json::from_str::<Named>(object).ok()?.user_principal_name;
        Ok(page.objects().filter_map(name).collect())
    }
}
