//! `POST /$batch`: up to twenty GETs in one request ("Combine multiple HTTP requests using JSON batching").
//!
//! Answers come in another order than the requests, because Graph promises none, but in the same one every time.

use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value};

use super::answer::{Answer, Identifiers, Request};
use super::errors::GraphError;
use super::faults::{Outgoing, Wire};
use super::generated::SplitMix;
use super::query::base64_padded;

const LARGEST_BATCH: usize = 20;

#[derive(Deserialize)]
struct Batch {
    requests: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    id: String,
    method: String,
    url: String,
    #[serde(default)]
    headers: Map<String, Value>,
}

#[derive(Serialize)]
struct Responses<'a> {
    responses: Vec<Response<'a>>,
}

#[derive(Clone, Serialize)]
struct Response<'a> {
    id: &'a str,
    status: u16,
    headers: Map<String, Value>,
    body: Box<RawValue>,
}

/// Answers a batch; `get` answers one item.
pub(super) fn answer(
    body: &[u8],
    identifiers: &Identifiers,
    get: impl Fn(Request<'_>) -> Outgoing,
) -> Result<Answer, GraphError> {
    let batch: Batch = serde_json::from_slice(body)
        .map_err(|_| GraphError::bad_request("Unable to read JSON request payload."))?;
    let items = &batch.requests;
    if !(1..=LARGEST_BATCH).contains(&items.len()) {
        return Err(GraphError::bad_request(format!(
            "Number of batch request steps must be between 1 and {LARGEST_BATCH}."
        )));
    }
    for (place, item) in items.iter().enumerate() {
        if item.id.is_empty() || items[..place].iter().any(|earlier| earlier.id == item.id) {
            return Err(GraphError::bad_request("Request ids of a batch must be unique and not empty."));
        }
    }
    let mut responses = Vec::with_capacity(items.len());
    for item in items {
        let Outgoing { answer, wire, .. } =
            if item.method.eq_ignore_ascii_case("GET") && !item.url.contains("$batch") {
                get(item.request())
            } else {
                GraphError::method_not_allowed().into_answer(identifiers).into()
            };
        let times = match wire {
            Wire::Nothing => 0,
            Wire::Twice => 2,
            Wire::Whole | Wire::Late(_) | Wire::Half => 1,
        };
        let response = response(&item.id, &answer);
        responses.extend(std::iter::repeat_n(response, times));
    }
    shuffle(&mut responses);
    let body = serde_json::to_vec(&Responses { responses }).expect("texts and numbers become JSON");
    Ok(Answer::json(200, body))
}

impl Item {
    fn request(&self) -> Request<'_> {
        let url = self.url.strip_prefix('/').unwrap_or(&self.url);
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let eventual = self.headers.iter().any(|(name, value)| {
            name.eq_ignore_ascii_case("ConsistencyLevel")
                && value.as_str().is_some_and(|value| value.eq_ignore_ascii_case("eventual"))
        });
        Request { path, query, eventual }
    }
}

fn response<'a>(id: &'a str, answer: &Answer) -> Response<'a> {
    let mut headers = Map::new();
    headers.insert("Content-Type".to_owned(), answer.content_type.into());
    for (name, value) in &answer.headers {
        // Graph writes this one with capitals inside a batch; a client must not mind.
        let name = if *name == "retry-after" { "Retry-After" } else { name };
        headers.insert(name.to_owned(), value.as_str().into());
    }
    let body = if answer.is_json() { json(&answer.body) } else { None };
    let body =
        body.unwrap_or_else(|| to_raw_value(&base64_padded(&answer.body)).expect("a text becomes JSON"));
    Response { id, status: answer.status, headers, body }
}

/// The body as it is, where it is JSON; a fault may have made something else of it.
fn json(body: &[u8]) -> Option<Box<RawValue>> {
    RawValue::from_string(String::from_utf8(body.to_vec()).ok()?).ok()
}

/// Another order than the given one, wherever there is another.
fn shuffle<T>(responses: &mut [T]) {
    let mut random = SplitMix::new(responses.len() as u64);
    for place in (1..responses.len()).rev() {
        responses.swap(place, random.below(place));
    }
}
