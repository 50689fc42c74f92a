//! The query string: `$select`, `$expand`, `$top`, `$count`, `$filter`, `$skiptoken`, and what is refused.
//!
//! Strict on purpose. Graph ignores some options it does not support; a client that relies on that would pass
//! here and be wrong there, so every option that a resource does not document is refused.

use std::borrow::Cow;
use std::hash::{BuildHasher, RandomState};

use super::errors::GraphError;
use super::property::{Entity, Property};

/// The largest page, and the one without `$top` ("Paging Microsoft Graph data").
const LARGEST_PAGE: usize = 999;
const DEFAULT_PAGE: usize = 100;

/// The largest page of directory objects with `$expand` (Microsoft Graph known issues, "$expand on directory objects").
const LARGEST_EXPANDED_PAGE: usize = 100;

/// The options of a request, decoded.
#[derive(Debug, Default)]
pub(super) struct Query {
    pub(super) select: Option<Vec<String>>,
    /// `$expand=owners`, with the options between its parentheses.
    pub(super) owners: Option<Box<Query>>,
    pub(super) top: Option<usize>,
    pub(super) count: bool,
    pub(super) filter: Option<String>,
    pub(super) skip_token: Option<String>,
    /// The options given, for [`Query::allow`].
    given: Vec<String>,
    /// The query string as received, less `$skiptoken`: what a page token is bound to.
    pub(super) rest: String,
}

impl Query {
    /// Reads a query string as it came over the wire.
    pub(super) fn parse(raw: &str) -> Result<Self, GraphError> {
        let mut query = Self::default();
        for pair in raw.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decode(name)?, decode(value)?.into_owned());
            if name != "$skiptoken" {
                if !query.rest.is_empty() {
                    query.rest.push('&');
                }
                query.rest.push_str(pair);
            }
            if !name.starts_with('$') {
                continue; // a custom parameter; Graph ignores those
            }
            if query.given.iter().any(|given| *given == name) {
                return Err(GraphError::bad_request(format!(
                    "Query option '{name}' was specified more than once, but it must be specified at most once."
                )));
            }
            match &*name {
                "$select" => query.select = Some(names(&value)?),
                "$expand" => query.owners = Some(Box::new(expanded_owners(&value)?)),
                "$top" => query.top = Some(page_size(&value)?),
                "$count" => query.count = flag(&value)?,
                "$filter" => query.filter = Some(value),
                "$skiptoken" => query.skip_token = Some(value),
                _ => {}
            }
            query.given.push(name.into_owned());
        }
        Ok(query)
    }

    /// Refuses every option but these.
    pub(super) fn allow(&self, options: &[&str]) -> Result<(), GraphError> {
        match self.given.iter().find(|given| !options.contains(&given.as_str())) {
            None => Ok(()),
            Some(option) => Err(GraphError::unsupported(format!(
                "The query option '{option}' is not supported by this resource."
            ))),
        }
    }

    /// How many objects a page holds.
    pub(super) fn page_size(&self) -> usize {
        let most = if self.owners.is_some() { LARGEST_EXPANDED_PAGE } else { LARGEST_PAGE };
        self.top.unwrap_or(DEFAULT_PAGE).min(most)
    }

    /// The selected properties of a type, or its standard ones.
    pub(super) fn selection<T: Entity>(&self) -> Result<Vec<&'static Property<T>>, GraphError> {
        match &self.select {
            None => Ok(T::properties().iter().filter(|property| property.standard).collect()),
            Some(names) => names
                .iter()
                .map(|name| T::property(name).ok_or_else(|| unknown_property(name, T::RESOURCE)))
                .collect(),
        }
    }

    /// The selected properties that a type has, for lists of several types.
    pub(super) fn selection_of_any<T: Entity>(&self) -> Vec<&'static Property<T>> {
        match &self.select {
            None => T::properties().iter().filter(|property| property.standard).collect(),
            Some(names) => names.iter().filter_map(|name| T::property(name)).collect(),
        }
    }

    /// `(id,displayName)` for `@odata.context`, or nothing.
    pub(super) fn selected_names(&self) -> String {
        let owners = self.owners.as_ref().map(|owners| format!("owners{}", owners.selected_names()));
        let names: Vec<&str> =
            self.select.iter().flatten().map(String::as_str).chain(owners.as_deref()).collect();
        if names.is_empty() { String::new() } else { format!("({})", names.join(",")) }
    }
}

/// `owners` or `owners($select=…)`; of the relationships of a group no other is served.
fn expanded_owners(value: &str) -> Result<Query, GraphError> {
    let malformed = || {
        GraphError::bad_request(format!(
            "Parsing OData Select and Expand failed: Term '{value}' is not valid in a $select or $expand expression."
        ))
    };
    let (relationship, options) = match value.split_once('(') {
        None => (value, ""),
        Some((relationship, options)) => (relationship, options.strip_suffix(')').ok_or_else(malformed)?),
    };
    if relationship.trim() != "owners" {
        return Err(GraphError::unsupported(format!(
            "The relationship '{relationship}' cannot be expanded."
        )));
    }
    let query = Query::parse(&options.replace(';', "&"))?;
    query.allow(&["$select"])?;
    Ok(query)
}

/// 400: a name that the type does not have.
pub(super) fn unknown_property(name: &str, resource: &str) -> GraphError {
    GraphError::bad_request(format!(
        "Parsing OData Select and Expand failed: Could not find a property named '{name}' on type \
         'microsoft.graph.{}{}'.",
        resource[..1].to_ascii_lowercase(),
        &resource[1..]
    ))
}

fn names(list: &str) -> Result<Vec<String>, GraphError> {
    let names: Vec<String> = list.split(',').map(|name| name.trim().to_owned()).collect();
    if names.iter().any(String::is_empty) {
        return Err(GraphError::bad_request(
            "Parsing OData Select and Expand failed: Term '' is not valid in a $select or $expand expression.",
        ));
    }
    Ok(names)
}

fn page_size(value: &str) -> Result<usize, GraphError> {
    match value.parse::<i64>() {
        Ok(size) => {
            usize::try_from(size).ok().filter(|size| (1..=LARGEST_PAGE).contains(size)).ok_or_else(|| {
                GraphError::bad_request(format!(
                    "Invalid page size specified: '{size}'. Must be between 1 and {LARGEST_PAGE} inclusive."
                ))
            })
        }
        Err(_) => Err(GraphError::bad_request(format!(
            "Invalid value '{value}' for $top query option found. The $top query option requires a \
             non-negative integer value."
        ))),
    }
}

fn flag(value: &str) -> Result<bool, GraphError> {
    match value {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(GraphError::bad_request(format!(
            "Invalid value '{value}' for $count query option found. Valid values are 'true' and 'false'."
        ))),
    }
}

/// Takes `%XX` and `+` apart; text that is not UTF-8 then is refused.
pub(super) fn decode(text: &str) -> Result<Cow<'_, str>, GraphError> {
    if !text.contains(['%', '+']) {
        return Ok(Cow::Borrowed(text));
    }
    let malformed = || GraphError::bad_request("The request URI is not correctly encoded.");
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16));
                let (high, low) = (digit().ok_or_else(malformed)?, digit().ok_or_else(malformed)?);
                u8::try_from(high << 4 | low).expect("two hexadecimal digits make a byte")
            }
            byte => byte,
        });
    }
    String::from_utf8(bytes).map(Cow::Owned).map_err(|_| malformed())
}

/// Makes and reads page tokens: a place in a list, sealed for one path and query. Nothing is kept, so tokens stay
/// valid as long as the server runs; nobody else can make one; all are equally long.
#[derive(Debug)]
pub(super) struct PageTokens([RandomState; 3]);

impl PageTokens {
    pub(super) fn new() -> Self {
        Self([RandomState::new(), RandomState::new(), RandomState::new()])
    }

    /// The token for the page that starts at `place`.
    pub(super) fn seal(&self, path: &str, query: &str, place: usize) -> String {
        let [mask, left, right] = &self.0;
        let seal = [left.hash_one((path, query, place)), right.hash_one((path, query, place))];
        let hidden = place as u64 ^ mask.hash_one((path, query, seal));
        let bytes: Vec<u8> = [hidden, seal[0], seal[1]].iter().flat_map(|word| word.to_be_bytes()).collect();
        base64url(&bytes)
    }

    /// The place, if this token was given out for this path and query.
    pub(super) fn open(&self, path: &str, query: &str, token: &str) -> Option<usize> {
        let bytes = from_base64url(token)?;
        let words: Vec<u64> = bytes
            .chunks_exact(8)
            .map(|word| u64::from_be_bytes(word.try_into().expect("chunks of eight")))
            .collect();
        let &[hidden, left, right] = words.as_slice() else { return None };
        let place = hidden ^ self.0[0].hash_one((path, query, [left, right]));
        let place = usize::try_from(place).ok()?;
        (self.seal(path, query, place) == token).then_some(place)
    }
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// base64url without padding.
pub(super) fn base64url(bytes: &[u8]) -> String {
    base64(bytes, ALPHABET)
}

/// base64 with padding, as a batch gives bodies that are not JSON.
pub(super) fn base64_padded(bytes: &[u8]) -> String {
    let mut text = base64(bytes, b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

fn base64(bytes: &[u8], alphabet: &[u8; 64]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group =
            chunk.iter().fold(0u32, |group, &byte| group << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for digit in 0..=chunk.len() {
            text.push(char::from(alphabet[(group >> (18 - 6 * digit) & 63) as usize]));
        }
    }
    text
}

fn from_base64url(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text
        .bytes()
        .map(|letter| {
            ALPHABET.iter().position(|&known| known == letter).and_then(|place| u32::try_from(place).ok())
        })
        .collect();
    let mut bytes = Vec::new();
    for chunk in digits?.chunks(4) {
        let group = chunk.iter().fold(0u32, |group, digit| group << 6 | digit) << (6 * (4 - chunk.len()));
        bytes.extend_from_slice(&group.to_be_bytes()[1..chunk.len().max(1)]);
    }
    Some(bytes)
}
