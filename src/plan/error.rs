//! Configuration errors: what is wrong, in which line and column, with a caret and the nearest known word.

use std::fmt;
use std::ops::Range;

/// Why a configuration (or a pack) cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    file: String,
    message: String,
    hint: Option<String>,
    place: Option<Place>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    line: usize,
    column: usize,
    text: String,
    width: usize,
}

impl ConfigError {
    /// An error at a byte range of `source`.
    pub(crate) fn at(
        file: &str,
        source: &str,
        span: Option<Range<usize>>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            file: file.to_owned(),
            message: message.into(),
            hint: None,
            place: span.map(|span| place(source, span)),
        }
    }

    /// The same with what to do next.
    #[must_use]
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Translates an error of the TOML reader, and adds the nearest known key.
    pub(crate) fn from_toml(file: &str, source: &str, error: &toml::de::Error) -> Self {
        let message = error.message().trim().replace('\n', " ");
        let nearest = if message.contains("expected a sequence") {
            Some("a table that may stand several times has two brackets, as [[target]]; a list has one, as require = [\"office365\", \"ems\"]".to_owned())
        } else {
            nearest_of_message(&message)
        };
        let known = Self::at(file, source, error.span(), message);
        match nearest {
            Some(hint) => known.hint(hint),
            None => known,
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            None => write!(f, "{}: {}", self.file, self.message)?,
            Some(place) => {
                let number = place.line.to_string();
                let gutter = " ".repeat(number.len());
                writeln!(f, "{}:{}:{}: {}", self.file, place.line, place.column, self.message)?;
                writeln!(f, "{gutter} |")?;
                writeln!(f, "{number} | {}", place.text)?;
                write!(f, "{gutter} | {}{}", " ".repeat(place.column - 1), "^".repeat(place.width))?;
            }
        }
        match &self.hint {
            Some(hint) => write!(f, "\nhint: {hint}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for ConfigError {}

/// The line of a span with control characters made visible as spaces, so that the caret stands right.
fn place(source: &str, span: Range<usize>) -> Place {
    let mut start = span.start.min(source.len());
    while !source.is_char_boundary(start) {
        start -= 1;
    }
    let line_start = source[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = source[start..].find('\n').map_or(source.len(), |at| start + at);
    let mut end = span.end.clamp(start, line_end);
    while !source.is_char_boundary(end) {
        end += 1;
    }
    let visible = |text: &str| text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    Place {
        line: source[..start].matches('\n').count() + 1,
        column: source[line_start..start].chars().count() + 1,
        text: visible(&source[line_start..line_end]),
        width: source[start..end].chars().count().max(1),
    }
}

/// For "unknown field `x`, expected one of `a`, `b`": which known word is nearest.
fn nearest_of_message(message: &str) -> Option<String> {
    if !message.contains("unknown field") && !message.contains("unknown variant") {
        return None;
    }
    let mut words = message.split('`').skip(1).step_by(2);
    let written = words.next()?;
    nearest(written, words).map(|known| format!("did you mean `{known}`?"))
}

/// The known word that is most like the written one, if any is alike.
pub(crate) fn nearest<'w>(written: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    known
        .into_iter()
        .map(|word| (strsim::jaro_winkler(&written.to_lowercase(), &word.to_lowercase()), word))
        .filter(|(likeness, _)| *likeness > 0.7)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, word)| word)
}
