//! The pages of a collection.
//!
//! The link to the next page is followed as Graph wrote it; it is neither taken apart nor rebuilt. (Parsing it
//! as a URL percent-encodes the few characters that may not stand in one: space, `"`, `'`, `<`, `>` and what
//! is not ASCII. `%2B`, `%24`, `|` and the rest stay as they are.) It is followed on the Graph origin only.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use std::ops::Range;

use jiff::Timestamp;
use reqwest::Url;
use reqwest::header::HeaderMap;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::batch::Begun;
use super::client::{Answer, Client, Trying, malformed, off_the_async_threads, text_of};
use super::error::{ErrorKind, GraphError};
use super::send::Received;

/// So many empty pages in a row lead nowhere. Graph sends some where a filter leaves little of a page.
const MOST_EMPTY_PAGES: u32 = 100;

/// A collection that is being read, page by page.
#[derive(Debug)]
pub struct Pages {
    client: Client,
    headers: HeaderMap,
    /// The URL of the next page, as text; none when the last page was read.
    next: Option<String>,
    /// How far a batch came with the next page.
    begun: Begun,
    /// The path that was asked for, for errors.
    path: String,
    seen: HashSet<String>,
    read: u64,
    empty_in_a_row: u32,
}

/// One page of a collection, as received.
#[derive(Debug)]
pub struct Page {
    text: String,
    objects: Vec<Range<usize>>,
    count: Option<u64>,
    read_at: Timestamp,
}

/// A page after it was looked through: what was made of it, how many objects it had, and the link to the next one.
#[derive(Debug)]
pub struct Through<T> {
    content: T,
    objects: usize,
    next: Option<String>,
}

/// What is used of a page. Everything else in it is ignored; the objects are only found, not interpreted.
#[derive(Deserialize)]
struct WirePage<'a> {
    #[serde(borrow)]
    value: Vec<&'a RawValue>,
    #[serde(borrow, rename = "@odata.nextLink")]
    next: Option<Cow<'a, str>>,
    #[serde(borrow, rename = "@odata.count")]
    count: Option<&'a RawValue>,
}

impl Pages {
    pub(crate) fn new(client: Client, path_and_query: &str, headers: HeaderMap, begun: Begun) -> Self {
        let next = format!("{}{path_and_query}", client.endpoint().graph);
        Self { begun, ..Self::resumed(client, path_and_query, headers, next) }
    }

    /// Reads the next page; `None` after the last one.
    ///
    /// A page may be empty and still have others behind it. After an error the same page can be asked for
    /// again.
    ///
    /// # Errors
    /// [`ErrorKind::ForeignNextLink`] when the next page is on another origin: it is not requested.
    /// [`ErrorKind::RepeatedNextLink`] when it was read before. [`ErrorKind::ExpiredPageToken`] when the
    /// collection must be started anew. [`ErrorKind::Malformed`] when the answer is no page, also after
    /// asking again; a page that is not whole is never taken for an empty one.
    pub async fn next(&mut self) -> Result<Option<Page>, GraphError> {
        self.next_by(Answer::into_page).await
    }

    /// Reads the next page and makes something else of it, on a thread for work: with [`Answer::into_page`] or
    /// [`Answer::decode_page`]. What `look_through` does not accept is asked for again.
    ///
    /// # Errors
    /// As those of [`Self::next`].
    pub async fn next_by<T: Send + 'static>(
        &mut self,
        look_through: impl Fn(Answer) -> Result<Through<T>, String> + Clone + Send + 'static,
    ) -> Result<Option<T>, GraphError> {
        let Some(link) = &self.next else { return Ok(None) };
        let url = self.followable(link)?;
        let settings = self.client.settings();
        let read = match std::mem::take(&mut self.begun).goes_on(settings)? {
            Err(trying) => Err(trying),
            Ok(answer) => {
                let look_through = look_through.clone();
                let page = off_the_async_threads(move || look_through(answer)).await;
                page.map_err(|why| {
                    tracing::debug!("{}; trying again", malformed(&self.path, &why));
                    Trying::after_one(settings)
                })
            }
        };
        let Through { content, objects, next } = match read {
            Ok(read) => read,
            Err(trying) => {
                let decode = move |received: Received| {
                    let read_at = received.read_at();
                    look_through(Answer { text: text_of(received.body)?, read_at })
                };
                self.client.read(&url, &self.headers, trying, decode).await?
            }
        };
        self.seen.extend(self.next.take());
        self.next = next;
        self.read += 1;
        self.empty_in_a_row = if objects == 0 { self.empty_in_a_row + 1 } else { 0 };
        if self.empty_in_a_row > MOST_EMPTY_PAGES {
            let why = "page after page is empty and says that there are more";
            return Err(GraphError::new(ErrorKind::RepeatedNextLink, "GET", &self.path, why));
        }
        Ok(Some(content))
    }

    /// The pages of a collection from a page on whose link was kept.
    pub(crate) fn resumed(client: Client, path: &str, headers: HeaderMap, link: String) -> Self {
        let path = path.split('?').next().unwrap_or_default().to_owned();
        Self {
            client,
            headers,
            next: Some(link),
            begun: Begun::default(),
            path,
            seen: HashSet::new(),
            read: 0,
            empty_in_a_row: 0,
        }
    }

    /// The link to the page that comes next; `None` after the last one.
    pub fn next_link(&self) -> Option<&str> {
        self.next.as_deref()
    }

    /// Pages read so far.
    pub fn read(&self) -> u64 {
        self.read
    }

    /// The URL of a link that may be followed.
    fn followable(&self, link: &str) -> Result<Url, GraphError> {
        let error = |kind, why: &str| GraphError::new(kind, "GET", &self.path, why);
        let url =
            Url::parse(link).map_err(|_| malformed(&self.path, "the link to the next page is not a URL"))?;
        if url.origin() != self.client.endpoint().graph.origin() {
            let origin = url.origin().ascii_serialization();
            let why = format!("the next page is said to be at {origin}; the token does not go there");
            return Err(error(ErrorKind::ForeignNextLink, &why));
        }
        if self.seen.contains(link) {
            return Err(error(ErrorKind::RepeatedNextLink, "the next page is one that was read before"));
        }
        Ok(url)
    }
}

impl From<Answer> for Page {
    /// An object that was asked for by itself, as a page of one.
    fn from(answer: Answer) -> Self {
        let Answer { text, read_at } = answer;
        let whole = 0..text.len();
        Self { text, objects: vec![whole], count: None, read_at }
    }
}

impl Page {
    /// A page without objects.
    pub fn empty(read_at: Timestamp) -> Self {
        Self { text: String::new(), objects: Vec::new(), count: None, read_at }
    }

    /// The JSON text of each object, as received and in that order.
    pub fn objects(&self) -> impl ExactSizeIterator<Item = &str> {
        self.objects.iter().map(|range| &self.text[range.clone()])
    }

    /// When the page was read: the server's clock, or else this computer's.
    pub fn read_at(&self) -> Timestamp {
        self.read_at
    }

    /// The size of the whole collection (`@odata.count`), on the first page if it was asked for.
    pub fn count(&self) -> Option<u64> {
        self.count
    }
}

impl<T> Through<T> {
    /// How many objects the page had.
    pub fn objects(&self) -> usize {
        self.objects
    }

    /// The same page with something else made of it.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Through<U> {
        Through { content: make(self.content), objects: self.objects, next: self.next }
    }
}

impl Answer {
    /// Finds the objects of a page, each for itself, and the link to the next one.
    ///
    /// # Errors
    /// What is wrong, when the answer is no page of objects.
    pub fn into_page(self) -> Result<Through<Page>, String> {
        let Self { text, read_at } = self;
        // Else an array would be taken for the fields of a page in their order.
        if !text.trim_start().starts_with('{') {
            return Err("the answer is not a page of a collection: it is not an object".to_owned());
        }
        let wire: WirePage<'_> = serde_json::from_str(&text)
            .map_err(|error| format!("the answer is not a page of a collection: {error}"))?;
        let start = text.as_ptr().addr();
        let mut objects = Vec::with_capacity(wire.value.len());
        for object in &wire.value {
            let object = object.get();
            if !object.starts_with('{') {
                return Err("the page holds something that is not an object".to_owned());
            }
            let from = object.as_ptr().addr() - start;
            objects.push(from..from + object.len());
        }
        let next = wire.next.map(Cow::into_owned);
        let count = wire.count.and_then(|count| count.get().parse().ok());
        let page = Page { text, objects, count, read_at };
        Ok(Through { objects: page.objects.len(), content: page, next })
    }

    /// Gives each object of a page to `objects`, and finds the link to the next one, in one go: nothing is looked at
    /// twice, which a page taken apart by [`Self::into_page`] is.
    ///
    /// # Errors
    /// When the answer is no page, or an object of it is refused. What became of `objects` is then not to be used;
    /// `into_page` tells which it is.
    pub fn decode_page<'a, T>(&'a self, mut objects: T) -> Result<Through<T>, serde_json::Error>
    where
        for<'t> &'t mut T: DeserializeSeed<'a, Value = ()>,
    {
        let mut json = serde_json::Deserializer::from_str(&self.text);
        let (number, next) = json.deserialize_map(PageOf(&mut objects))?;
        json.end()?;
        Ok(Through { content: objects, objects: number, next })
    }
}

/// Looks through a page.
struct PageOf<'t, T>(&'t mut T);

/// Looks through `value`.
struct ObjectsOf<'t, T>(&'t mut T);

/// Takes one object. Without it an array would be taken for the properties of an object in their order.
struct ObjectOf<'t, T>(&'t mut T);

impl<'de, T> Visitor<'de> for PageOf<'_, T>
where
    for<'t> &'t mut T: DeserializeSeed<'de, Value = ()>,
{
    type Value = (usize, Option<String>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page of a collection")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut page: A) -> Result<Self::Value, A::Error> {
        let (mut objects, mut next, mut counted) = (None, None, false);
        while let Some(property) = page.next_key::<Cow<'de, str>>()? {
            match &*property {
                "value" if objects.is_some() => return Err(Error::duplicate_field("value")),
                "value" => objects = Some(page.next_value_seed(ObjectsOf(&mut *self.0))?),
                "@odata.nextLink" if next.is_some() => return Err(Error::duplicate_field("@odata.nextLink")),
                "@odata.nextLink" => next = Some(page.next_value::<Option<String>>()?),
                "@odata.count" if counted => return Err(Error::duplicate_field("@odata.count")),
                other => {
                    counted |= other == "@odata.count";
                    page.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok((objects.ok_or_else(|| Error::missing_field("value"))?, next.flatten()))
    }
}

impl<'de, T> DeserializeSeed<'de> for ObjectsOf<'_, T>
where
    for<'t> &'t mut T: DeserializeSeed<'de, Value = ()>,
{
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, list: D) -> Result<usize, D::Error> {
        list.deserialize_seq(self)
    }
}

impl<'de, T> Visitor<'de> for ObjectsOf<'_, T>
where
    for<'t> &'t mut T: DeserializeSeed<'de, Value = ()>,
{
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of objects")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<usize, A::Error> {
        let mut number = 0;
        while list.next_element_seed(ObjectOf(&mut *self.0))?.is_some() {
            number += 1;
        }
        Ok(number)
    }
}

impl<'de, T> DeserializeSeed<'de> for ObjectOf<'_, T>
where
    for<'t> &'t mut T: DeserializeSeed<'de, Value = ()>,
{
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, object: D) -> Result<(), D::Error> {
        object.deserialize_map(self)
    }
}

impl<'de, T> Visitor<'de> for ObjectOf<'_, T>
where
    for<'t> &'t mut T: DeserializeSeed<'de, Value = ()>,
{
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, properties: A) -> Result<(), A::Error> {
        self.0.deserialize(MapAccessDeserializer::new(properties))
    }
}
