//! The templates of `reports/` at work: strict, with words in the reader's language.
//!
//! `{{say "id" name=value}}` is a text of `rules/texts`. Formats add what they need to escape and to set text of the
//! tenant apart; everything else is loops and conditions.

use std::io::{self, Write};

use handlebars::{
    Context, Handlebars, Helper, HelperDef, RenderContext, RenderError, RenderErrorReason, ScopedJson,
};
use serde::Serialize;
use serde_json::Value;

use super::text::Texts;
use crate::verdict::Argument;

/// Text of a format in which nothing of it acts.
pub(super) type Escape = fn(&str) -> String;

/// A template engine: strict, so that a name that is not there is an error and no empty place.
pub(super) fn engine(texts: &Texts, escape: Escape) -> Handlebars<'_> {
    let mut engine = Handlebars::new();
    engine.set_strict_mode(true);
    engine.set_prevent_indent(true);
    engine.register_escape_fn(escape);
    engine.register_helper("say", Box::new(Say(texts)));
    engine
}

/// Renders the template `page`.
///
/// # Errors
/// When `out` cannot be written; a template of ours that asks for what is not there is found by tests.
pub(super) fn render(engine: &Handlebars<'_>, page: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    engine.render_to_write("page", page, out).map_err(|error| match error.reason() {
        RenderErrorReason::IOError(source) => io::Error::new(source.kind(), source.to_string()),
        _ => io::Error::other(error.to_string()),
    })
}

/// `{{say "id" name=value}}`.
struct Say<'t>(&'t Texts);

impl HelperDef for Say<'_> {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        _: &'rc Context,
        _: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        let id = helper.param(0).and_then(|id| id.value().as_str());
        let id = id.ok_or(RenderErrorReason::ParamNotFoundForIndex("say", 0))?;
        if !self.0.knows(id) {
            return Err(RenderErrorReason::Other(format!("there is no text `{id}`")).into());
        }
        let mut arguments = Vec::new();
        for (name, value) in helper.hash() {
            let argument = match value.value() {
                Value::Number(number) => Argument::Number(number.as_i64().unwrap_or(i64::MAX)),
                Value::String(text) => Argument::Text(text.clone()),
                _ => {
                    let message = format!("`{name}` of the text `{id}` is neither a text nor a number");
                    return Err(RenderErrorReason::Other(message).into());
                }
            };
            arguments.push((*name, argument));
        }
        Ok(ScopedJson::Derived(Value::String(self.0.say(id, &arguments))))
    }
}

/// The pieces of a helper's sentence: each with whether it came from outside.
pub(super) fn pieces<'h>(helper: &'h Helper<'_>) -> Result<Vec<(&'h str, bool)>, RenderError> {
    let wrong = || RenderErrorReason::InvalidParamType("a sentence");
    let pieces = helper.param(0).and_then(|sentence| sentence.value().as_array()).ok_or_else(wrong)?;
    let piece = |piece: &'h Value| Some((piece["text"].as_str()?, piece["foreign"].as_bool()?));
    Ok(pieces.iter().map(piece).collect::<Option<Vec<_>>>().ok_or_else(wrong)?)
}

/// A text of ours in parts: what stands between backticks is code. An odd backtick is a letter.
pub(super) fn with_code(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let paired = text.matches('`').count().is_multiple_of(2);
    let parts = text.split(move |letter| paired && letter == '`').enumerate();
    parts.map(|(place, part)| (part, place % 2 == 1)).filter(|(part, _)| !part.is_empty())
}
