//! `--template FILE.hbs`: a report of one's own, from the data of `result.json`.
//!
//! Strict: a name that is not there is an error and no empty place. Text of the tenant is hostile, so what acts on
//! a screen is replaced before the template sees it, and it is escaped for HTML or Markdown where the name of the
//! template says so. The template itself is trusted.

use std::fmt;
use std::path::{Path, PathBuf};

use handlebars::{Handlebars, RenderErrorReason, html_escape, no_escape};
use serde_json::Value;

use super::text::Texts;
use super::{Format, json, markdown, template};
use crate::clean;
use crate::pack::Pack;
use crate::plan::nearest;
use crate::rules::Audit;

/// A template of the user.
#[derive(Debug)]
pub struct OwnTemplate {
    path: PathBuf,
    /// The name of the file that it makes.
    name: String,
    source: String,
}

/// A template that cannot be used: where, why, and what to do.
#[derive(Debug)]
pub struct TemplateError {
    /// The template, with line and column where they are known.
    place: String,
    message: String,
    hint: String,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\nhint: {}", self.place, self.message, self.hint)
    }
}

impl std::error::Error for TemplateError {}

impl OwnTemplate {
    /// Reads a template; `path` ends in `.hbs`, and what stands before it is the name of the report.
    ///
    /// # Errors
    /// When the name is none, or that of a report of this program, or the template has a slip in its grammar.
    pub fn parse(path: &Path, source: String) -> Result<Self, TemplateError> {
        let refuse = |message: String, hint: &str| TemplateError {
            place: path.display().to_string(),
            message,
            hint: hint.to_owned(),
        };
        let file_name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let name = file_name.strip_suffix(".hbs").filter(|name| !name.trim_matches('.').is_empty());
        let Some(name) = name else {
            return Err(refuse(
                "a template's name ends in .hbs".to_owned(),
                "what stands before it becomes the name of the report: summary.txt.hbs makes summary.txt",
            ));
        };
        let taken = Format::ALL.into_iter().flat_map(Format::file_names);
        if taken.into_iter().any(|taken| taken.eq_ignore_ascii_case(name)) {
            return Err(refuse(
                format!("{name} is the name of a report of this program"),
                "give the template another name",
            ));
        }
        if let Err(error) = Handlebars::new().register_template_string("template", &source) {
            let (line, column) = error.pos().unwrap_or((1, 1));
            return Err(TemplateError {
                place: format!("{}:{line}:{column}", path.display()),
                message: error.reason().to_string(),
                hint: "docs/templates.md shows how a template is written".to_owned(),
            });
        }
        Ok(Self { path: path.to_owned(), name: name.to_owned(), source })
    }

    /// The name of the file that it makes.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Makes the report.
    ///
    /// # Errors
    /// When the template asks for what is not there.
    pub fn render(&self, audit: &Audit<'_>, pack: &Pack, texts: &Texts) -> Result<String, TemplateError> {
        let mut data = json::document(audit, pack, texts);
        make_harmless(&mut data);
        let escape: template::Escape = match self.name.rsplit('.').next().unwrap_or_default() {
            "html" | "htm" | "xhtml" | "xml" | "svg" => html_escape,
            "md" | "markdown" => markdown::escape,
            _ => no_escape,
        };
        let engine = template::engine(texts, escape);
        engine.render_template(&self.source, &data).map_err(|error| {
            let place = self.path.display();
            let (message, hint) = match error.reason() {
                RenderErrorReason::MissingVariable(Some(name)) => {
                    (format!("there is no field `{name}` here"), fields(&data, name))
                }
                reason => (reason.to_string(), "docs/templates.md lists the data and the helpers".to_owned()),
            };
            TemplateError {
                place: match (error.line_no, error.column_no) {
                    (Some(line), Some(column)) => format!("{place}:{line}:{column}"),
                    _ => place.to_string(),
                },
                message,
                hint,
            }
        })
    }
}

/// Replaces in every text what acts on a screen, and line ends by spaces.
fn make_harmless(value: &mut Value) {
    match value {
        Value::String(text) if text.contains(clean::is_harmful) => {
            *text = clean::visible(text, usize::MAX - 1);
        }
        Value::Array(items) => items.iter_mut().for_each(make_harmless),
        Value::Object(fields) => fields.values_mut().for_each(make_harmless),
        _ => {}
    }
}

/// Which fields there are where a name was not found: those of the object that it leads to, else of the document.
fn fields(data: &Value, name: &str) -> String {
    let mut segments =
        name.split(['.', '/']).filter(|segment| !matches!(*segment, "this" | "" | "@root")).peekable();
    let mut object = data;
    let mut before = None;
    while let Some(next) = segments.peek().and_then(|segment| object.get(*segment)) {
        before = segments.next();
        object = next;
    }
    let missing = segments.next().unwrap_or(name);
    let list = |value: &Value| {
        let names = value.as_object().map(|fields| fields.keys().cloned().collect::<Vec<_>>());
        names.filter(|names| !names.is_empty()).map(|names| names.join(", "))
    };
    let mut known = std::collections::BTreeSet::new();
    collect_names(data, &mut known);
    let near = nearest(missing, known).map(|near| format!("did you mean `{near}`? "));
    let there = match (before, list(object)) {
        (Some(before), Some(names)) => format!("`{before}` has {names}"),
        _ => format!("the document has {}", list(data).unwrap_or_default()),
    };
    format!("{}{there}; docs/templates.md lists all", near.unwrap_or_default())
}

fn collect_names<'v>(value: &'v Value, names: &mut std::collections::BTreeSet<&'v str>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect_names(item, names)),
        Value::Object(fields) => {
            for (name, value) in fields {
                names.insert(name);
                collect_names(value, names);
            }
        }
        _ => {}
    }
}
