//! Faults on purpose: what a real Graph, the network or a proxy does on a bad day, at a rate or at a request.
//!
//! A fault is put in the place of an answer that is already made; it never changes the tenant, the place in a
//! list or the quota. So a request that is sent again gets what it should have got, unless a fault hits it once
//! more. Which requests are hit follows from a seed and from the number of the request, with the generator of
//! the simulated tenants. (With several requests under way, which of them gets which number is up to them.)

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Map, Value};

use super::Collection;
use super::answer::{Answer, Identifiers};
use super::errors::GraphError;
use super::generated::SplitMix;

/// A hundred years, in seconds.
const YEARS: u64 = 3_155_760_000;
/// What the link behind an injected empty page carries, so that no second one follows.
const BEHIND_EMPTY: &str = "behind-empty=1";
/// Where foreign links point when nothing else is said: a name that never resolves (RFC 2606).
const FOREIGN: &str = "https://graph.invalid";
/// What makes a link that leads to the same page a new one, with a number behind it.
const ROUND: &str = "round=";
/// A whole, as the rates are counted.
const WHOLE: u32 = 1_000_000;

/// A fault, and which requests it hits.
///
/// Written as `KIND[:OPTION]…[@RATE%|#N|#N+K]`, as in `429:retry-after=2@20%`, `truncate:users#3` or
/// `503:members#1+10`; the page `docs/simulator.md` lists kinds and options. Without a rate or a number every
/// request is hit.
///
/// ```
/// use tollgate::sim::{Collection, Fault, When};
///
/// let fault: Fault = "503:users:seed=7@20%".parse()?;
/// assert_eq!((fault.when, fault.collection), (When::Rate(200_000), Some(Collection::Users)));
/// assert_eq!(fault.to_string(), "503:users:seed=7@20%");
/// # Ok::<(), tollgate::sim::FaultError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What goes wrong.
    pub kind: FaultKind,
    /// How often. Counted are the requests that the fault could hit, and that no fault before it in the list hit.
    pub when: When,
    /// Only requests for this collection.
    pub collection: Option<Collection>,
    /// Only requests with a `$filter`.
    pub filtered: bool,
    /// How often at most for one path, so that `expired-page-token` can stay within what a client forgives.
    pub most: Option<u32>,
    /// Other seeds hit other requests.
    pub seed: u64,
}

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// A refusal that passes: 429, 500, 502, 503, 504 or 509.
    Status {
        /// The status.
        status: u16,
        /// With a web page for a body, as a proxy gives it.
        html: bool,
        /// The header `Retry-After`, in seconds.
        retry_after: Option<u64>,
    },
    /// The connection is closed before an answer; other requests on it (HTTP/2) go with it.
    Reset,
    /// The connection is closed in the middle of the body.
    Truncate,
    /// Success, but the body is not JSON.
    Garbage,
    /// Success, but there is no body.
    EmptyBody,
    /// The answer comes late.
    Slow(Duration),
    /// 401: the token has ended. The token endpoint has another, which then holds for some requests.
    ExpiredToken,
    /// 400: the token of the page has ended. First pages have none.
    ExpiredPageToken,
    /// The next page is said to be on another host.
    ForeignLink {
        /// Scheme, host and port of that host.
        origin: String,
    },
    /// The next page is said to be this one.
    RepeatedLink,
    /// The objects of the page before come again.
    Duplicates,
    /// An empty page comes first, and the page behind its link.
    EmptyPage,
    /// 403: a permission is missing. Hit always, the collection's objects show only their ids elsewhere, too.
    Deny,
    /// Every property but ids and types is null.
    Nulls,
    /// The next page is said to be this one, under a link that is new each time.
    EndlessLink,
    /// The last object of the page does not come.
    LostObject,
    /// 400: the filter is not supported.
    NoFilter,
    /// The answer of a batch lacks one of the items.
    MissingItem,
    /// The answer of a batch holds one of the items twice.
    DoubledItem,
    /// An item of a batch is answered with text instead of an object.
    TextItem,
    /// 424 for the batch as a whole, with the answers to its items.
    FailedBatch,
    /// 501 and 400 in turn: there are no batches here.
    NoBatch,
    /// Success with this body, whatever was asked. For tests; it cannot be written as a text.
    Body(String),
}

/// How often a fault strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// Each time.
    Always,
    /// So many times in a million.
    Rate(u32),
    /// From the `first` (which is 1 or more) on, `count` times in a row.
    Numbers {
        /// The number of the first request that is hit.
        first: u64,
        /// How many requests are hit.
        count: u64,
    },
}

/// Why a text is no [`Fault`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultError {
    /// There is no fault of that name.
    #[error("there is no fault named `{0}`; there are {names}", names = NAMES.join(", "))]
    UnknownKind(String),
    /// Neither a collection nor an option of that fault.
    #[error(
        "`{option}` is no option of `{kind}`; all faults take a collection ({collections}), filtered, most=N and \
         seed=N, the statuses retry-after=SECONDS, foreign-link to=ORIGIN",
        collections = COLLECTIONS.map(|(name, _)| name).join(", ")
    )]
    UnknownOption {
        /// The fault.
        kind: String,
        /// What was written.
        option: String,
    },
    /// A number is missing or is none.
    #[error("`{0}` wants a whole number, as in `{0}=2`")]
    Number(&'static str),
    /// `slow` without its milliseconds.
    #[error("`slow` wants milliseconds, as in `slow:250@20%`")]
    Slow,
    /// No rate.
    #[error("`@{0}` is no rate; write a percentage from 0 to 100, as in `@20%` or `@0.5%`")]
    Rate(String),
    /// No request number.
    #[error(
        "`#{0}` is no request number; write `#3` for the third request, or `#3+5` for five from the third on"
    )]
    Numbers(String),
    /// Said twice.
    #[error("say once which requests are hit: `@20%`, `#3` or `#3+5`")]
    Twice,
}

/// All kinds, as they are written.
const NAMES: [&str; 24] = [
    "429",
    "500",
    "502",
    "503",
    "504",
    "509",
    "504-html (any of these with -html)",
    "reset",
    "truncate",
    "garbage",
    "empty-body",
    "slow:MS",
    "expired-token",
    "expired-page-token",
    "foreign-link, repeated-link, endless-link",
    "duplicates, empty-page",
    "deny",
    "nulls",
    "lost-object",
    "no-filter",
    "missing-item, doubled-item, text-item",
    "424",
    "no-batch",
    "retry-after-years",
];

const COLLECTIONS: [(&str, Collection); 8] = [
    ("users", Collection::Users),
    ("groups", Collection::Groups),
    ("members", Collection::Members),
    ("owners", Collection::Owners),
    ("subscribedSkus", Collection::SubscribedSkus),
    ("subscriptions", Collection::Subscriptions),
    ("organization", Collection::Organization),
    ("deletedItems", Collection::DeletedItems),
];

impl Fault {
    /// A fault that hits every request.
    pub fn always(kind: FaultKind) -> Self {
        Self { kind, when: When::Always, collection: None, filtered: false, most: None, seed: 0 }
    }

    /// The collections that this fault takes away for good.
    pub(super) fn denies(&self) -> impl Iterator<Item = Collection> {
        let always = self.when == When::Always && self.most.is_none() && !self.filtered;
        let for_good = self.kind == FaultKind::Deny && always;
        let only = self.collection;
        COLLECTIONS
            .into_iter()
            .map(|(_, collection)| collection)
            .filter(move |collection| for_good && only.is_none_or(|only| only == *collection))
    }
}

impl FaultKind {
    /// What the fault is called where faults are counted.
    pub fn name(&self) -> String {
        let name = match self {
            Self::Status { retry_after: Some(YEARS), status: 429, .. } => "retry-after-years",
            Self::Status { status, html, .. } => {
                return format!("{status}{}", if *html { "-html" } else { "" });
            }
            Self::Reset => "reset",
            Self::Truncate => "truncate",
            Self::Garbage => "garbage",
            Self::EmptyBody => "empty-body",
            Self::Slow(_) => "slow",
            Self::ExpiredToken => "expired-token",
            Self::ExpiredPageToken => "expired-page-token",
            Self::ForeignLink { .. } => "foreign-link",
            Self::RepeatedLink => "repeated-link",
            Self::EndlessLink => "endless-link",
            Self::Duplicates => "duplicates",
            Self::EmptyPage => "empty-page",
            Self::Deny => "deny",
            Self::Nulls => "nulls",
            Self::LostObject => "lost-object",
            Self::NoFilter => "no-filter",
            Self::MissingItem => "missing-item",
            Self::DoubledItem => "doubled-item",
            Self::TextItem => "text-item",
            Self::FailedBatch => "424",
            Self::NoBatch => "no-batch",
            Self::Body(_) => "body",
        };
        name.to_owned()
    }

    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "reset" => Self::Reset,
            "truncate" => Self::Truncate,
            "garbage" => Self::Garbage,
            "empty-body" => Self::EmptyBody,
            "slow" => Self::Slow(Duration::ZERO),
            "expired-token" => Self::ExpiredToken,
            "expired-page-token" => Self::ExpiredPageToken,
            "foreign-link" => Self::ForeignLink { origin: FOREIGN.to_owned() },
            "repeated-link" => Self::RepeatedLink,
            "endless-link" => Self::EndlessLink,
            "duplicates" => Self::Duplicates,
            "empty-page" => Self::EmptyPage,
            "deny" => Self::Deny,
            "nulls" => Self::Nulls,
            "lost-object" => Self::LostObject,
            "no-filter" => Self::NoFilter,
            "missing-item" => Self::MissingItem,
            "doubled-item" => Self::DoubledItem,
            "text-item" => Self::TextItem,
            "424" => Self::FailedBatch,
            "no-batch" => Self::NoBatch,
            "retry-after-years" => Self::Status { status: 429, html: false, retry_after: Some(YEARS) },
            status => {
                let (status, html) = match status.strip_suffix("-html") {
                    Some(status) => (status, true),
                    None => (status, false),
                };
                let status = status.parse().ok()?;
                if !matches!(status, 429 | 500 | 502 | 503 | 504 | 509) {
                    return None;
                }
                Self::Status { status, html, retry_after: None }
            }
        })
    }
}

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let mut when = None;
        let mut parts = Vec::new();
        let mut rest = Some(text.trim());
        while let Some(text) = rest {
            // An origin holds colons, and is the last of the options.
            let (part, left) = match text.split_once(':') {
                Some((part, left)) if !text.starts_with("to=") => (part, Some(left)),
                _ => (text, None),
            };
            rest = left;
            // There may be an `@` in it, too.
            let sign = |c: char| c == '#' || c == '@' && (part.ends_with('%') || !part.starts_with("to="));
            let (part, hits) = match part.rfind(sign) {
                Some(place) => (&part[..place], Some(When::parse(&part[place..])?)),
                None => (part, None),
            };
            if hits.is_some() && when.is_some() {
                return Err(FaultError::Twice);
            }
            when = when.or(hits);
            parts.push(part);
        }
        let kind = FaultKind::of(parts[0]).ok_or_else(|| FaultError::UnknownKind(parts[0].to_owned()))?;
        let mut fault = Self { when: when.unwrap_or(When::Always), ..Self::always(kind) };
        for option in &parts[1..] {
            fault.option(parts[0], option)?;
        }
        match fault.kind {
            FaultKind::Slow(Duration::ZERO) => Err(FaultError::Slow),
            _ => Ok(fault),
        }
    }
}

impl Fault {
    fn option(&mut self, kind: &str, option: &str) -> Result<(), FaultError> {
        let named = COLLECTIONS.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(option));
        let (name, value) = option.split_once('=').unwrap_or((option, ""));
        match (name, &mut self.kind) {
            ("filtered", _) if value.is_empty() => self.filtered = true,
            ("most", _) => self.most = Some(value.parse().map_err(|_| FaultError::Number("most"))?),
            ("seed", _) => self.seed = value.parse().map_err(|_| FaultError::Number("seed"))?,
            ("retry-after", FaultKind::Status { retry_after, .. }) => {
                *retry_after = Some(value.parse().map_err(|_| FaultError::Number("retry-after"))?);
            }
            ("to", FaultKind::ForeignLink { origin }) if value.contains("://") => {
                value.trim_end_matches('/').clone_into(origin);
            }
            (_, FaultKind::Slow(time)) if named.is_none() => {
                *time = Duration::from_millis(option.parse().map_err(|_| FaultError::Slow)?);
            }
            _ => match named {
                Some((_, collection)) => self.collection = Some(collection),
                None => {
                    return Err(FaultError::UnknownOption {
                        kind: kind.to_owned(),
                        option: option.to_owned(),
                    });
                }
            },
        }
        Ok(())
    }
}

impl When {
    /// Reads `@20%`, `#3` and `#3+5`.
    fn parse(text: &str) -> Result<Self, FaultError> {
        let (sign, text) = text.split_at(1);
        if sign == "@" {
            return rate(text).map(Self::Rate).ok_or_else(|| FaultError::Rate(text.to_owned()));
        }
        let (first, count) = text.split_once('+').unwrap_or((text, "1"));
        match (first.parse(), count.parse()) {
            (Ok(first), Ok(count)) if first > 0 && count > 0 => Ok(Self::Numbers { first, count }),
            _ => Err(FaultError::Numbers(text.to_owned())),
        }
    }

    fn hits(self, place: usize, seed: u64, number: u64) -> bool {
        match self {
            Self::Always => true,
            Self::Numbers { first, count } => (first..first.saturating_add(count)).contains(&number),
            // Each fault of a list draws for itself, or all would strike at the same requests.
            Self::Rate(rate) => {
                let mut of_fault = SplitMix::new(seed.wrapping_add(place as u64));
                let draw = SplitMix::new(of_fault.next() ^ number).next();
                draw % u64::from(WHOLE) < u64::from(rate)
            }
        }
    }
}

/// A percentage with at most four decimals, in millionths.
fn rate(text: &str) -> Option<u32> {
    let (whole, decimals) = text.strip_suffix('%')?.split_once('.').unwrap_or((text.strip_suffix('%')?, ""));
    if decimals.len() > 4 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let rate = format!("{whole}{decimals:0<4}").parse().ok()?;
    (rate <= WHOLE).then_some(rate)
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.kind.name())?;
        match &self.kind {
            FaultKind::Slow(time) => write!(f, ":{}", time.as_millis())?,
            FaultKind::Status { retry_after: Some(seconds), .. } if *seconds != YEARS => {
                write!(f, ":retry-after={seconds}")?;
            }
            _ => {}
        }
        if let Some(collection) = self.collection {
            let named = COLLECTIONS.into_iter().find(|(_, known)| *known == collection);
            write!(f, ":{}", named.map_or("", |(name, _)| name))?;
        }
        if self.filtered {
            f.write_str(":filtered")?;
        }
        if let Some(most) = self.most {
            write!(f, ":most={most}")?;
        }
        if self.seed != 0 {
            write!(f, ":seed={}", self.seed)?;
        }
        if let FaultKind::ForeignLink { origin } = &self.kind
            && origin != FOREIGN
        {
            write!(f, ":to={origin}")?;
        }
        match self.when {
            When::Always => Ok(()),
            When::Rate(rate) => {
                let text = format!("{}.{:04}", rate / 10_000, rate % 10_000);
                write!(f, "@{}%", text.trim_end_matches('0').trim_end_matches('.'))
            }
            When::Numbers { first, count: 1 } => write!(f, "#{first}"),
            When::Numbers { first, count } => write!(f, "#{first}+{count}"),
        }
    }
}

/// The faults of a server, and how often each has struck.
#[derive(Debug)]
pub(super) struct Faults {
    faults: Vec<Fault>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    tallies: Vec<Tally>,
    /// The objects of the last page of each path, where a fault repeats them.
    pages: BTreeMap<String, Vec<Value>>,
}

#[derive(Clone, Debug, Default)]
struct Tally {
    seen: u64,
    injected: u64,
    by_path: BTreeMap<String, u32>,
}

/// What a fault may look at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    /// Below the version root; `$batch` for a batch.
    pub(super) path: &'a str,
    /// As received.
    pub(super) query: &'a str,
    /// The version root, for links.
    pub(super) root: &'a str,
    /// An item of a batch has no connection of its own.
    pub(super) batched: bool,
    /// Whether the token is old enough to end.
    pub(super) token_may_end: bool,
}

/// An answer on its way out, and what happens to it there.
#[derive(Debug)]
pub(super) struct Outgoing {
    pub(super) answer: Answer,
    pub(super) wire: Wire,
    /// The token that came with the request holds no longer.
    pub(super) token_ended: bool,
}

/// How an answer gets onto the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wire {
    Whole,
    Late(Duration),
    Half,
    /// No answer; of an item of a batch, too.
    Nothing,
    /// An item of a batch, twice in its answer.
    Twice,
}

impl From<Answer> for Outgoing {
    fn from(answer: Answer) -> Self {
        Self { answer, wire: Wire::Whole, token_ended: false }
    }
}

/// A query without the mark of a link behind an injected empty page, or of one that is only new.
pub(super) fn unmarked(query: &str) -> &str {
    let round =
        query.rsplit_once(ROUND).filter(|(_, number)| number.bytes().all(|byte| byte.is_ascii_digit()));
    let marked = query.strip_suffix(BEHIND_EMPTY).or(round.map(|(query, _)| query));
    marked.map_or(query, |query| query.strip_suffix('&').unwrap_or(query))
}

impl Faults {
    pub(super) fn new(faults: Vec<Fault>) -> Self {
        let tallies = vec![Tally::default(); faults.len()];
        Self { faults, state: Mutex::new(State { tallies, pages: BTreeMap::new() }) }
    }

    /// How many of each name were injected.
    pub(super) fn injected(&self) -> BTreeMap<String, u64> {
        let state = self.state();
        let mut counts = BTreeMap::new();
        for (fault, tally) in self.faults.iter().zip(&state.tallies) {
            *counts.entry(fault.kind.name()).or_default() += tally.injected;
        }
        counts
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // The counts stay good even if somebody panicked while holding them.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts the first fault that strikes in the place of the answer.
    pub(super) fn disturb(&self, asked: Asked<'_>, answer: Answer, identifiers: &Identifiers) -> Outgoing {
        if self.faults.is_empty() {
            return answer.into();
        }
        let mut state = self.state();
        let before = self.page_before(&mut state, asked, &answer);
        let collection = collection_of(asked);
        for (place, (fault, tally)) in self.faults.iter().zip(&mut state.tallies).enumerate() {
            let wanted = fault.collection.is_none_or(|only| Some(only) == collection)
                && (!fault.filtered || asked.query.contains("$filter="));
            if !wanted || !can_strike(&fault.kind, asked, &answer, before.is_some()) {
                continue;
            }
            tally.seen += 1;
            let so_far = tally.by_path.get(asked.path).copied().unwrap_or(0);
            if !fault.when.hits(place, fault.seed, tally.seen)
                || fault.most.is_some_and(|most| so_far >= most)
            {
                continue;
            }
            tally.injected += 1;
            tally.by_path.insert(asked.path.to_owned(), so_far + 1);
            let number = tally.injected;
            drop(state);
            return strike(&fault.kind, asked, answer, before, identifiers, number);
        }
        answer.into()
    }

    /// The objects of the page before, where the fault that repeats them is wanted; keeps those of this one.
    fn page_before(&self, state: &mut State, asked: Asked<'_>, answer: &Answer) -> Option<Vec<Value>> {
        let wanted = self.faults.iter().any(|fault| fault.kind == FaultKind::Duplicates);
        if !wanted || !is_page(answer) {
            return None;
        }
        let objects = match object(&answer.body).remove("value") {
            Some(Value::Array(objects)) => objects,
            _ => Vec::new(),
        };
        let before = state.pages.insert(asked.path.to_owned(), objects);
        before.filter(|_| is_later_page(asked))
    }
}

/// Whether a fault fits a request and the answer it would get.
fn can_strike(kind: &FaultKind, asked: Asked<'_>, answer: &Answer, has_page_before: bool) -> bool {
    let is_batch = asked.path == "$batch";
    match kind {
        FaultKind::Status { .. } | FaultKind::Deny => true,
        FaultKind::Reset
        | FaultKind::Truncate
        | FaultKind::Garbage
        | FaultKind::EmptyBody
        | FaultKind::Slow(_) => !asked.batched,
        FaultKind::ExpiredToken => !asked.batched && asked.token_may_end,
        FaultKind::ExpiredPageToken => is_later_page(asked) && answer.status == 200,
        FaultKind::ForeignLink { .. }
        | FaultKind::RepeatedLink
        | FaultKind::EndlessLink
        | FaultKind::LostObject => is_page(answer),
        FaultKind::NoFilter => asked.query.contains("$filter=") && answer.status == 200,
        FaultKind::Duplicates => has_page_before,
        FaultKind::EmptyPage => is_page(answer) && !asked.query.ends_with(BEHIND_EMPTY),
        FaultKind::Nulls => answer.status == 200 && answer.is_json() && !is_batch,
        FaultKind::MissingItem | FaultKind::DoubledItem => asked.batched,
        FaultKind::TextItem => asked.batched && answer.status == 200,
        FaultKind::FailedBatch | FaultKind::NoBatch => is_batch,
        FaultKind::Body(_) => !is_batch,
    }
}

fn strike(
    kind: &FaultKind,
    asked: Asked<'_>,
    mut answer: Answer,
    before: Option<Vec<Value>>,
    identifiers: &Identifiers,
    number: u64,
) -> Outgoing {
    let refusal = |error: GraphError| Outgoing::from(error.into_answer(identifiers));
    let this = |separator: &str, more: &str| {
        format!("{}/{}?{}{separator}{more}", asked.root, asked.path, asked.query)
    };
    match kind {
        FaultKind::Status { status, html: true, retry_after } => {
            let mut page = web_page(*status);
            page.headers.extend(retry_after.map(|seconds| ("retry-after", seconds.to_string())));
            page.into()
        }
        FaultKind::Status { status, html: false, retry_after } => {
            refusal(GraphError::passing(*status, *retry_after))
        }
        FaultKind::Deny => refusal(GraphError::denied()),
        FaultKind::Reset | FaultKind::MissingItem => Outgoing { wire: Wire::Nothing, ..answer.into() },
        FaultKind::DoubledItem => Outgoing { wire: Wire::Twice, ..answer.into() },
        FaultKind::TextItem => Answer { content_type: "text/plain", ..answer }.into(),
        FaultKind::FailedBatch => Answer { status: 424, ..answer }.into(),
        FaultKind::NoBatch if number % 2 == 1 => refusal(GraphError::not_implemented()),
        FaultKind::NoBatch => refusal(GraphError::unknown_segment("$batch")),
        FaultKind::Truncate => Outgoing { wire: Wire::Half, ..answer.into() },
        FaultKind::Slow(time) => Outgoing { wire: Wire::Late(*time), ..answer.into() },
        FaultKind::ExpiredToken => {
            Outgoing { token_ended: true, ..refusal(GraphError::unauthenticated(super::token::ENDED)) }
        }
        FaultKind::ExpiredPageToken => refusal(GraphError::expired_page_token()),
        FaultKind::Garbage => {
            answer.body = garbage(number, &answer.body);
            answer.into()
        }
        FaultKind::EmptyBody => {
            answer.body.clear();
            answer.into()
        }
        FaultKind::Body(body) => Answer::json(200, body.clone().into_bytes()).into(),
        FaultKind::ForeignLink { origin } => {
            let path = asked.root.splitn(4, '/').nth(3).unwrap_or_default();
            let link = format!("{origin}/{path}/{}?$skiptoken=foreign", asked.path);
            with_link(&answer, link).into()
        }
        FaultKind::EndlessLink => {
            let query = unmarked(asked.query);
            let separator = if query.is_empty() { "" } else { "&" };
            let link = format!("{}/{}?{query}{separator}{ROUND}{number}", asked.root, asked.path);
            with_link(&answer, link).into()
        }
        FaultKind::LostObject => {
            let mut page = object(&answer.body);
            if let Some(Value::Array(objects)) = page.get_mut("value") {
                objects.pop();
            }
            with_body(&answer, page).into()
        }
        FaultKind::NoFilter => refusal(GraphError::unsupported(
            "Unsupported or invalid query filter clause specified for property 'userPrincipalName' of resource \
             'User'.",
        )),
        FaultKind::RepeatedLink => with_link(&answer, this("", "").trim_end_matches('?').to_owned()).into(),
        FaultKind::EmptyPage => {
            let separator = if asked.query.is_empty() { "" } else { "&" };
            let mut page = object(&answer.body);
            page.insert("value".to_owned(), Value::Array(Vec::new()));
            page.insert("@odata.nextLink".to_owned(), this(separator, BEHIND_EMPTY).into());
            with_body(&answer, page).into()
        }
        FaultKind::Duplicates => {
            let mut page = object(&answer.body);
            if let Some(Value::Array(objects)) = page.get_mut("value") {
                objects.splice(0..0, before.unwrap_or_default());
            }
            with_body(&answer, page).into()
        }
        FaultKind::Nulls => {
            let mut page = object(&answer.body);
            match page.get_mut("value") {
                Some(Value::Array(objects)) => {
                    objects.iter_mut().filter_map(Value::as_object_mut).for_each(make_null);
                }
                _ => make_null(&mut page),
            }
            with_body(&answer, page).into()
        }
    }
}

/// Every property but those by which an object is known becomes null.
fn make_null(object: &mut Map<String, Value>) {
    for (name, value) in object {
        if name != "id" && name != "skuId" && !name.starts_with('@') {
            *value = Value::Null;
        }
    }
}

/// Where later pages begin is in their token.
fn is_later_page(asked: Asked<'_>) -> bool {
    asked.query.contains("$skiptoken=") || asked.query.contains("%24skiptoken=")
}

/// Whether the answer is a page of a collection: the objects follow a short head.
fn is_page(answer: &Answer) -> bool {
    let head = &answer.body[..answer.body.len().min(2_000)];
    let list = b"\"value\":[";
    answer.status == 200 && answer.is_json() && head.windows(list.len()).any(|bytes| bytes == list)
}

fn object(body: &[u8]) -> Map<String, Value> {
    serde_json::from_slice(body).expect("our own bodies are JSON objects")
}

fn with_body(answer: &Answer, page: Map<String, Value>) -> Answer {
    Answer {
        headers: answer.headers.clone(),
        ..Answer::json(200, Value::Object(page).to_string().into_bytes())
    }
}

fn with_link(answer: &Answer, link: String) -> Answer {
    let mut page = object(&answer.body);
    page.insert("@odata.nextLink".to_owned(), link.into());
    with_body(answer, page)
}

/// What proxies answer.
fn web_page(status: u16) -> Answer {
    let body = format!("<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>\r\n");
    Answer { status, content_type: "text/html", headers: Vec::new(), body: body.into_bytes() }
}

/// In turn: a web page under the name of JSON, JSON that stops in the middle, bytes of no meaning, other JSON.
fn garbage(number: u64, body: &[u8]) -> Vec<u8> {
    match number % 4 {
        1 => web_page(200).body,
        2 => body.split_last().map_or(b"{".to_vec(), |(_, but_one)| [but_one, b"\""].concat()),
        3 => {
            let mut random = SplitMix::new(number);
            [(); 64].iter().flat_map(|()| random.next().to_be_bytes()).chain([0xff]).collect()
        }
        _ => b"[null]".to_vec(),
    }
}

/// The collection that a request reads.
fn collection_of(asked: Asked<'_>) -> Option<Collection> {
    let segments: Vec<&str> = asked.path.trim_end_matches('/').split('/').collect();
    Some(match segments.as_slice() {
        ["users", ..] => Collection::Users,
        ["groups", _, "members" | "transitiveMembers" | "membersWithLicenseErrors", ..] => {
            Collection::Members
        }
        ["groups"] if asked.query.contains("expand=owners") => Collection::Owners,
        ["groups", ..] => Collection::Groups,
        ["subscribedSkus", ..] => Collection::SubscribedSkus,
        ["directory", "subscriptions", ..] => Collection::Subscriptions,
        ["directory", "deletedItems", ..] => Collection::DeletedItems,
        ["organization", ..] => Collection::Organization,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Fault {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn a_fault_is_written_as_it_is_read() {
        for text in [
            "429",
            "429@20%",
            "429:retry-after=2@20%",
            "503:users@0.5%",
            "504-html@10%",
            "reset#3",
            "truncate:members#3+5",
            "slow:250@100%",
            "expired-page-token:most=2:seed=9@33.3333%",
            "foreign-link:to=http://127.0.0.1:99#2",
            "deny:subscribedSkus",
            "retry-after-years:organization",
            "endless-link:users:filtered",
            "missing-item:members#2",
            "424@5%",
        ] {
            assert_eq!(parse(text).to_string(), text);
        }
        assert_eq!(parse("429@20%:users"), parse("429:USERS@20%"));
        assert_eq!(parse("foreign-link:to=https://a@b.example/").kind.name(), "foreign-link");
    }

    #[test]
    fn what_is_wrong_is_said() {
        let error = |text: &str| text.parse::<Fault>().unwrap_err().to_string();
        assert!(error("403@20%").starts_with("there is no fault named `403`; there are 429, 500"));
        assert!(error("").starts_with("there is no fault named ``"));
        assert!(error("reset:retry-after=2").starts_with("`retry-after=2` is no option of `reset`"));
        assert!(error("reset:planets").contains("(users, groups, members, owners, subscribedSkus"));
        assert_eq!(
            error("429:retry-after=soon"),
            "`retry-after` wants a whole number, as in `retry-after=2`"
        );
        assert_eq!(error("slow@20%"), "`slow` wants milliseconds, as in `slow:250@20%`");
        for text in ["429@20", "429@-1%", "429@101%", "429@x%", "429@1.23456%"] {
            assert!(error(text).ends_with("as in `@20%` or `@0.5%`"), "{text}");
        }
        for text in ["429#0", "429#x", "429#1+0", "429#"] {
            assert!(error(text).contains("is no request number"), "{text}");
        }
        assert!(error("429#1:users@2%").starts_with("say once"));
    }

    #[test]
    fn a_rate_is_kept_and_follows_from_the_seed() {
        let hits = |place, seed| -> Vec<u64> {
            (1..=10_000).filter(|number| When::Rate(200_000).hits(place, seed, *number)).collect()
        };
        assert_eq!(hits(0, 1), hits(0, 1));
        assert!((1_850..=2_150).contains(&hits(0, 1).len()), "{}", hits(0, 1).len());
        assert_ne!(hits(0, 1), hits(0, 2));
        let both = hits(0, 1).iter().filter(|number| hits(1, 1).contains(number)).count();
        assert!((300..=500).contains(&both), "two faults are independent: {both}");
        assert!(!When::Rate(0).hits(0, 1, 1) && When::Rate(WHOLE).hits(0, 1, 1));
    }
}
