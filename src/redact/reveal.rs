//! Turns pseudonyms in a text back into names, and fits the names into the format of the text.

use std::borrow::Cow;
use std::path::Path;

use rustc_hash::FxHashMap;

use super::key_file::{KeyError, KeyFile, Person};
use crate::clean;
use crate::report::{csv, json};
use crate::tenant::UserId;
use crate::tenant::pseudonym::{self, DISPLAY_NAME, DOMAIN, EXTERNAL, ID, LENGTH, PRINCIPAL_NAME};

/// Why nothing could be turned back.
#[derive(Debug, thiserror::Error)]
pub enum RevealError {
    /// The key file cannot be used.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// There is nothing to turn back.
    #[error("there are no pseudonyms in this text\nhint: give a report that was made with --redact-key")]
    NoPseudonyms,
    /// All pseudonyms are of another key.
    #[error(
        "none of the {count} pseudonyms in this text was made with this key\nhint: give the key file that was used for the report"
    )]
    OtherKey {
        /// How many different ones there are.
        count: usize,
    },
    /// The table cannot be taken apart.
    #[error("this is no CSV that can be read: {0}\nhint: give the file as tollgate wrote it")]
    Table(String),
}

/// What a text is, so that names do no harm in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// Lines of text.
    Text,
    /// JSON, SARIF.
    Json,
    /// A table with this separator.
    Csv(u8),
    /// HTML, XML.
    Markup,
    /// Markdown.
    Markdown,
}

impl Form {
    /// What a file is by its name, or else by how it begins.
    pub fn of(path: Option<&Path>, text: &str) -> Self {
        let extension = path.and_then(Path::extension).and_then(|extension| extension.to_str());
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let separator = || {
            let first = text.lines().next().unwrap_or_default();
            if first.contains(';') && !first.contains(',') { b';' } else { b',' }
        };
        match extension.map(str::to_ascii_lowercase).as_deref() {
            Some("json" | "sarif") => Self::Json,
            Some("html" | "htm" | "xml") => Self::Markup,
            Some("md") => Self::Markdown,
            Some("csv") => Self::Csv(separator()),
            Some("txt") => Self::Text,
            _ if text.starts_with(['{', '[']) => Self::Json,
            _ if text.starts_with('<') => Self::Markup,
            _ if ["criterion", "sku_id", "group_id", "user_id"]
                .iter()
                .any(|column| text.strip_prefix(column).is_some_and(|rest| rest.starts_with([',', ';']))) =>
            {
                Self::Csv(separator())
            }
            _ => Self::Text,
        }
    }

    fn fit(self, name: &str, code: Option<Code>) -> Cow<'_, str> {
        match self {
            Self::Text => Cow::Owned(clean::line(name, usize::MAX - 1)),
            Self::Json => Cow::Owned(json::inside_quotes(name)),
            Self::Csv(_) => Cow::Borrowed(name),
            Self::Markup => Cow::Owned(markup(name)),
            Self::Markdown if let Some(code) = code => Cow::Owned(code.fit(name)),
            Self::Markdown => {
                let plain = clean::line(name, usize::MAX - 1);
                let mut out = String::with_capacity(plain.len());
                for letter in plain.chars() {
                    match letter {
                        '<' => out.push_str("&lt;"),
                        '&' => out.push_str("&amp;"),
                        _ if "\\`*_{}[]()#+-!|~>".contains(letter) => out.extend(['\\', letter]),
                        _ => out.push(letter),
                    }
                }
                Cow::Owned(out)
            }
        }
    }
}

/// A code span of Markdown, in which no backslash escapes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Code {
    /// Whether it stands in a row of a table, where a bar ends a cell even there.
    in_table: bool,
}

impl Code {
    /// The name as it is read there; a backtick in it would end the span.
    fn fit(self, name: &str) -> String {
        let plain = clean::line(name, usize::MAX - 1).replace('`', "'");
        if self.in_table { plain.replace('|', "\\|") } else { plain }
    }

    /// The code span that is open at the end of `before`, a line up to here, if `after` closes it.
    fn open(before: &str, after: &str) -> Option<Self> {
        let mut open = None;
        let mut rest = before;
        while let Some(place) = rest.find(['`', '\\']) {
            rest = &rest[place..];
            if open.is_none() && rest.starts_with('\\') {
                let mut letters = rest.chars();
                letters.nth(1);
                rest = letters.as_str();
                continue;
            }
            let run = rest.len() - rest.trim_start_matches('`').len();
            match open {
                None => open = Some(run),
                Some(fence) if fence == run => open = None,
                Some(_) => {}
            }
            rest = &rest[run.max(1)..];
        }
        let fence = open?;
        let after = after.split('\n').next().unwrap_or_default();
        let closes = after.split(|letter| letter != '`').any(|run| run.len() == fence);
        closes.then(|| Self { in_table: before.trim_start().starts_with('|') })
    }
}

/// Text between tags or in a quoted attribute.
fn markup(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for letter in name.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#x27;"),
            '`' => out.push_str("&#x60;"),
            '=' => out.push_str("&#x3D;"),
            _ if clean::is_harmful(letter) => {}
            _ => out.push(letter),
        }
    }
    out
}

/// A text with names in the place of pseudonyms.
#[derive(Debug)]
pub struct Revealed {
    /// The text.
    pub text: String,
    /// How many different pseudonyms were left, because they are of another key.
    pub unknown: usize,
}

/// Knows who is behind the pseudonyms of a key.
#[derive(Debug)]
pub struct Revealer {
    people: FxHashMap<u128, Person>,
}

impl Revealer {
    /// Reads a key file.
    ///
    /// # Errors
    /// When it cannot be read, or is none.
    pub fn open(path: &Path) -> Result<Self, RevealError> {
        let file = KeyFile::open(path)?;
        let key = file.key().clone();
        let people = file.people()?.into_iter();
        Ok(Self { people: people.map(|(id, person)| (key.pseudonym(UserId(id)).0, person)).collect() })
    }

    /// Turns the pseudonyms of a text back.
    ///
    /// # Errors
    /// When there are none, or none of this key; when a table cannot be taken apart.
    pub fn reveal(&self, text: &str, form: Form) -> Result<Revealed, RevealError> {
        let mut tally = Tally::default();
        let text = match form {
            Form::Csv(separator) => self.table(text, separator, &mut tally)?,
            _ => self.replace(text, form, &mut tally),
        };
        match (tally.known, tally.unknown.len()) {
            (0, 0) => Err(RevealError::NoPseudonyms),
            (0, count) => Err(RevealError::OtherKey { count }),
            (_, unknown) => Ok(Revealed { text, unknown }),
        }
    }

    /// Cell by cell, because a name may hold separators, quotes, or what a spreadsheet takes for a formula.
    fn table(&self, text: &str, separator: u8, tally: &mut Tally) -> Result<String, RevealError> {
        let (mark, rows) = match text.strip_prefix('\u{feff}') {
            Some(rows) => ("\u{feff}", rows),
            None => ("", text),
        };
        let mut reader = ::csv::ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(rows.as_bytes());
        let mut writer = ::csv::WriterBuilder::new()
            .delimiter(separator)
            .terminator(::csv::Terminator::CRLF)
            .flexible(true)
            .from_writer(Vec::new());
        let unreadable = |error: ::csv::Error| RevealError::Table(error.to_string());
        for row in reader.records() {
            let row = row.map_err(unreadable)?;
            let cells = row.iter().map(|cell| {
                let revealed = self.replace(cell, Form::Csv(separator), tally);
                if revealed == cell { revealed } else { csv::guarded(&revealed).into_owned() }
            });
            writer.write_record(cells).map_err(unreadable)?;
        }
        let bytes = writer.into_inner().map_err(|error| RevealError::Table(error.to_string()))?;
        let rows = String::from_utf8(bytes).map_err(|error| RevealError::Table(error.to_string()))?;
        Ok(format!("{mark}{rows}"))
    }

    fn replace(&self, text: &str, form: Form, tally: &mut Tally) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        let mut before: Option<char> = None;
        while let Some(letter) = rest.chars().next() {
            if !before.is_some_and(|before| before.is_ascii_alphanumeric())
                && let Some((length, kind, pseudonym)) = pseudonym_at(rest)
            {
                if let Some(name) = self.people.get(&pseudonym).and_then(|person| kind.of(person)) {
                    let line = &text[..text.len() - rest.len()];
                    let line = &line[line.rfind('\n').map_or(0, |end| end + 1)..];
                    out.push_str(&form.fit(name, Code::open(line, &rest[length..])));
                    tally.known += 1;
                } else {
                    out.push_str(&rest[..length]);
                    tally.unknown.insert(pseudonym);
                }
                before = rest[..length].chars().next_back();
                rest = &rest[length..];
            } else {
                out.push(letter);
                before = Some(letter);
                rest = &rest[letter.len_utf8()..];
            }
        }
        out
    }
}

#[derive(Default)]
struct Tally {
    known: usize,
    unknown: std::collections::BTreeSet<u128>,
}

/// What a pseudonym stands for.
#[derive(Clone, Copy)]
enum Kind {
    Id,
    PrincipalName,
    DisplayName,
}

impl Kind {
    const ALL: [(&'static str, Self); 3] =
        [(ID, Self::Id), (PRINCIPAL_NAME, Self::PrincipalName), (DISPLAY_NAME, Self::DisplayName)];

    fn of(self, person: &Person) -> Option<&str> {
        match self {
            Self::Id => Some(&person.id),
            Self::PrincipalName => person.principal_name.as_deref(),
            Self::DisplayName => person.display_name.as_deref(),
        }
    }
}

/// The pseudonym that a text begins with: its length, what it stands for, and which it is.
fn pseudonym_at(text: &str) -> Option<(usize, Kind, u128)> {
    let (prefix, kind) = Kind::ALL.into_iter().find(|(prefix, _)| text.starts_with(prefix))?;
    let end = prefix.len() + LENGTH;
    let pseudonym = pseudonym::parse_digits(text.get(prefix.len()..end)?)?;
    let rest = &text[end..];
    if rest.starts_with(|letter: char| letter.is_ascii_alphanumeric()) {
        return None;
    }
    let domain = match kind {
        Kind::PrincipalName => {
            // Markdown may have put backslashes in between; a name that was cut off has none of it.
            let external = plainly(rest, EXTERNAL).unwrap_or(0);
            plainly(&rest[external..], DOMAIN).map_or(0, |domain| external + domain)
        }
        Kind::Id | Kind::DisplayName => 0,
    };
    Some((end + domain, kind, pseudonym))
}

/// How much of the text is `wanted`, backslashes before marks aside.
fn plainly(text: &str, wanted: &str) -> Option<usize> {
    let mut rest = text;
    for letter in wanted.chars() {
        if !letter.is_ascii_alphanumeric() {
            rest = rest.strip_prefix('\\').unwrap_or(rest);
        }
        rest = rest.strip_prefix(letter)?;
    }
    Some(text.len() - rest.len())
}
