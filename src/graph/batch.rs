//! Several GETs in one request: `POST /$batch`.
//!
//! A batch saves round trips and nothing else: each item is charged, throttled and refused by itself (Microsoft
//! documentation, "Combine multiple HTTP requests using JSON batching"). So what comes of an item is what would have
//! come of the same GET alone. Those that are to be asked again travel together again, after the longest wait that
//! one of them needs; what has no usable answer in the batch goes alone, and so does all that is left when half of
//! the patience is used up. Where the service takes no batches, everything goes alone from then on.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, VecDeque};

use azure_core::base64::decode_url_safe;
use reqwest::Url;
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::client::{
    Answer, Answered, Client, Failure, Next, Request, Trying, count_headers, json_headers, refused, text_of,
};
use super::error::{ErrorKind, GraphError};
use super::send::Received;
use super::settings::Settings;

/// The most items of a batch (Microsoft documentation, as above).
pub(crate) const LARGEST_BATCH: usize = 20;

/// Readings that travel together.
#[derive(Debug)]
pub struct Batch {
    client: Client,
    /// Those without an answer yet: their place in the list that was given, and what is asked.
    left: Vec<(usize, Url)>,
    settled: VecDeque<(usize, Begun)>,
    trying: Trying,
}

/// How far a reading came in a [`Batch`]; by default it was in none.
#[derive(Debug, Default)]
pub struct Begun(pub(super) Stage);

#[derive(Debug, Default)]
pub(super) enum Stage {
    /// Nothing was sent.
    #[default]
    New,
    /// It was answered, with a JSON object or the number that was asked for.
    Answered(Answer),
    /// It failed as it would have failed alone.
    Failed(GraphError),
    /// It goes on alone.
    Alone(Trying),
}

impl Begun {
    /// The answer that there is already, or else how to go on.
    ///
    /// # Errors
    /// That of a reading that failed.
    pub(super) fn goes_on(self, settings: &Settings) -> Result<Result<Answer, Trying>, GraphError> {
        match self.0 {
            Stage::New => Ok(Err(Trying::new(settings))),
            Stage::Answered(answer) => Ok(Ok(answer)),
            Stage::Failed(error) => Err(error),
            Stage::Alone(trying) => Ok(Err(trying)),
        }
    }
}

/// What is sent.
#[derive(Serialize)]
struct WireRequests<'a> {
    requests: Vec<WireRequest<'a>>,
}

#[derive(Serialize)]
struct WireRequest<'a> {
    id: String,
    method: &'static str,
    url: &'a str,
    headers: BTreeMap<&'a str, &'a str>,
}

/// What comes back. Each response is looked at by itself, so that a damaged one does no harm to the others.
#[derive(Deserialize)]
struct WireResponses<'a> {
    #[serde(borrow)]
    responses: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct WireResponse<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    status: u16,
    #[serde(borrow, default)]
    headers: Option<HashMap<Cow<'a, str>, &'a RawValue>>,
    #[serde(borrow, default)]
    body: Option<&'a RawValue>,
}

/// The items of an answer, in the order in which they were asked for.
struct Items {
    items: Vec<Item>,
    /// What the batch cost, where that was told.
    units: Option<u64>,
}

enum Item {
    Answered(Answer),
    Refused(Received),
    /// Missing, ambiguous, or without what was asked for.
    Unusable,
}

impl Client {
    /// Begins readings in one request: `/users/{id}?$select=id`, the first pages of collections, counts. Nothing is
    /// sent before the first [`Batch::next`].
    ///
    /// # Panics
    /// With more than twenty paths.
    pub fn batch(&self, paths: &[String]) -> Batch {
        assert!(paths.len() <= LARGEST_BATCH, "a batch holds {LARGEST_BATCH} requests at most");
        let trying = Trying::new(self.settings());
        let mut batch = Batch { client: self.clone(), left: Vec::new(), settled: VecDeque::new(), trying };
        for (place, path) in paths.iter().enumerate() {
            match self.url(path) {
                Ok(url) if self.below_root(&url).is_some() => batch.left.push((place, url)),
                // Alone it is refused.
                _ => batch.settled.push_back((place, Begun::default())),
            }
        }
        batch
    }

    /// The address of an item: what follows the Graph root.
    fn below_root<'u>(&self, url: &'u Url) -> Option<&'u str> {
        url.as_str().strip_prefix(self.endpoint().graph.as_str()).filter(|path| path.starts_with('/'))
    }
}

impl Batch {
    /// How far one of the readings came, and its place in the list of paths; `None` when all have been told.
    pub async fn next(&mut self) -> Option<(usize, Begun)> {
        loop {
            if let Some(settled) = self.settled.pop_front() {
                return Some(settled);
            }
            if self.left.is_empty() {
                return None;
            }
            if self.client.takes_batches() && !self.trying.is_half_over() {
                self.send().await;
            } else {
                let trying = self.trying.clone();
                self.settle(|_| Stage::Alone(trying.clone()));
            }
        }
    }

    /// Sends what is left once, and settles what that settles.
    async fn send(&mut self) {
        let client = self.client.clone();
        let url = client.url("/$batch").expect("a path under the Graph root");
        let headers = json_headers(&[("content-type", "application/json")]);
        let counts: Vec<bool> = self.left.iter().map(|(_, url)| is_count(url)).collect();
        let request = Request {
            url: &url,
            headers: &headers,
            body: self.body().into(),
            readings: u32::try_from(counts.len()).expect("at most twenty"),
        };
        match client.attempt(&request, &mut self.trying, move |received| split(received, &counts)).await {
            Ok(answered) => self.sort(answered),
            Err(failure) if refuses_batches(&failure) => {
                client.take_no_batches(&failure.error);
                let fresh = Trying::new(client.settings());
                self.settle(|_| Stage::Alone(fresh.clone()));
            }
            Err(failure) => {
                if let Err(error) = client.after(failure, &mut self.trying) {
                    self.settle(|path| Stage::Failed(error.clone().about(path)));
                }
            }
        }
    }

    /// Settles the items that need not be sent again together.
    fn sort(&mut self, answered: Answered<'_, Items>) {
        let Answered { value: Items { items, units }, lane, mut reservation } = answered;
        let client = self.client.clone();
        if let Some(units) = units {
            client.charge(units, &mut reservation);
        }
        let mut throttled = false;
        let mut again: Option<Trying> = None;
        for ((place, url), item) in std::mem::take(&mut self.left).into_iter().zip(items) {
            let stage = match item {
                Item::Answered(answer) => Stage::Answered(answer),
                Item::Unusable => Stage::Alone(self.trying.clone()),
                Item::Refused(received) => {
                    let Failure { error, next } = refused(client.path(&url), &received);
                    throttled |= matches!(next, Next::Pause(_));
                    let error = error.with_attempts(self.trying.made());
                    let mut trying = self.trying.clone();
                    if let Err(error) = client.after(Failure { error, next }, &mut trying) {
                        Stage::Failed(error)
                    } else {
                        again = Some(again.map_or_else(|| trying.clone(), |others| others.with(&trying)));
                        self.left.push((place, url));
                        continue;
                    }
                }
            };
            self.settled.push_back((place, Begun(stage)));
        }
        if throttled {
            lane.throttled();
        } else {
            lane.succeeded();
        }
        if let Some(again) = again {
            self.trying = again;
        }
    }

    /// Settles everything that is left; `stage` is given the path of each.
    fn settle(&mut self, stage: impl Fn(&str) -> Stage) {
        for (place, url) in self.left.drain(..) {
            self.settled.push_back((place, Begun(stage(self.client.path(&url)))));
        }
    }

    /// The body of the request. The token stands in the headers of the batch and nowhere in here.
    fn body(&self) -> Vec<u8> {
        let [plain, counting] = [json_headers(&[]), count_headers()];
        let requests = self.left.iter().enumerate().map(|(id, (_, url))| WireRequest {
            id: id.to_string(),
            method: "GET",
            url: self.client.below_root(url).expect("others are not in a batch"),
            headers: if is_count(url) { &counting } else { &plain }
                .iter()
                .map(|(name, value)| (name.as_str(), value.to_str().expect("our own headers are text")))
                .collect(),
        });
        let requests = WireRequests { requests: requests.collect() };
        serde_json::to_vec(&requests).expect("it holds texts only")
    }
}

/// Whether the service answered that it takes no batches. A failure on the way is none, nor is a sign-in that fails.
fn refuses_batches(failure: &Failure) -> bool {
    let elsewhere = matches!(
        failure.error.kind(),
        ErrorKind::Transport(_) | ErrorKind::SignIn | ErrorKind::Configuration
    );
    matches!(failure.next, Next::Stop) && !elsewhere
}

/// Whether it is a count, which is answered with text.
fn is_count(url: &Url) -> bool {
    url.path().ends_with("/$count")
}

/// Finds the answer to each item; it is told which of them are counts.
fn split(mut received: Received, counts: &[bool]) -> Result<Items, String> {
    let text = text_of(std::mem::take(&mut received.body))?;
    let wire: WireResponses<'_> =
        serde_json::from_str(&text).map_err(|error| format!("the answer is not that of a batch: {error}"))?;
    let mut items: Vec<Option<Item>> = counts.iter().map(|_| None).collect();
    let mut units = None;
    for response in wire.responses {
        let Ok(response) = serde_json::from_str::<WireResponse<'_>>(response.get()) else { continue };
        let Some(id) = response.id.parse().ok().filter(|id: &usize| *id < items.len()) else { continue };
        let item = &mut items[id];
        let (response, charged) = response.read(&received.headers, counts[id]);
        units = units.map_or(charged, |sum: u64| Some(sum + charged.unwrap_or(0)));
        *item = Some(if item.is_some() { Item::Unusable } else { response });
    }
    let items = items.into_iter().map(|item| item.unwrap_or(Item::Unusable)).collect();
    Ok(Items { items, units: units.or_else(|| received.resource_units()) })
}

impl WireResponse<'_> {
    /// The answer as it would have come alone, and what was charged for it.
    fn read(self, batch: &HeaderMap, is_count: bool) -> (Item, Option<u64>) {
        let mut headers = HeaderMap::new();
        for (name, value) in self.headers.iter().flatten() {
            // A number is as good as its text.
            let text = serde_json::from_str(value.get()).unwrap_or(Cow::Borrowed(value.get()));
            if let (Ok(name), Ok(value)) = (HeaderName::try_from(&**name), HeaderValue::try_from(&*text)) {
                headers.insert(name, value);
            }
        }
        for name in [header::DATE, HeaderName::from_static("request-id")] {
            if let Some(value) = batch.get(&name) {
                headers.entry(name).or_insert_with(|| value.clone());
            }
        }
        let body = self.body.map_or("", RawValue::get);
        let mut received = Received { status: self.status, headers, body: Vec::new() };
        let units = received.resource_units();
        if self.status != 200 {
            received.body = body.into();
            return (Item::Refused(received), units);
        }
        let text = if is_count { count_in(body) } else { body.starts_with('{').then(|| body.to_owned()) };
        let answer = text.map(|text| Answer { text, read_at: received.read_at() });
        (answer.map_or(Item::Unusable, Item::Answered), units)
    }
}

/// The number that a count's item holds, as text. A count is plain text, and how that stands in the JSON of a batch
/// is not documented for it: as a number, as text or, as other content that is no JSON, in base64. A number is never
/// the base64 of another, which would begin with a letter.
fn count_in(body: &str) -> Option<String> {
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let text = || serde_json::from_str::<String>(body).ok();
    let decoded = || {
        let bytes = decode_url_safe(text()?.trim_end_matches('=').replace('/', "_")).ok()?;
        number(text_of(bytes).ok()?.as_str())
    };
    let count = number(body).or_else(|| number(&text()?)).or_else(decoded)?;
    Some(count.to_string())
}
