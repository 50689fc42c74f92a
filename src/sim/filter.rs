//! `$filter`: the grammar the simulator understands, and which clause needs an advanced query.
//!
//! The rules are those of Microsoft's "Advanced query capabilities on Microsoft Entra ID objects": `ne`, `not` and
//! `endsWith` need `ConsistencyLevel: eventual` and `$count=true`; what a property does not list is refused.

use serde_json::Value;

use super::errors::GraphError;
use super::property::{Entity, Field, Filters, Property};

/// Tells whether an object passes.
pub(super) type Predicate<'f, T> = Box<dyn Fn(&T) -> bool + 'f>;

/// A filter that was read and checked against a type.
#[derive(Debug)]
pub(super) enum Filter {
    All(Vec<Filter>),
    Any(Vec<Filter>),
    Not(Box<Filter>),
    Compare {
        property: String,
        operator: Operator,
        literal: Literal,
    },
    In {
        property: String,
        literals: Vec<Literal>,
    },
    StartsWith {
        property: String,
        text: String,
    },
    EndsWith {
        property: String,
        text: String,
    },
    /// `assignedLicenses/any(x:x/skuId eq …)` or `groupTypes/any(c:c eq '…')`.
    AnyElement {
        property: String,
        inner: Option<String>,
        literal: Literal,
    },
    /// `assignedLicenses/$count ne 0`.
    Count {
        property: String,
        operator: Operator,
        number: i64,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Eq,
    Ne,
    Ge,
    Gt,
    Le,
    Lt,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Literal {
    Null,
    Flag(bool),
    Number(i64),
    /// Quoted.
    Text(String),
    /// A GUID or a time: bare.
    Bare(String),
}

impl Filter {
    /// Reads a filter and checks it for a type; `advanced` where the request asks for an advanced query.
    pub(super) fn parse<T: Entity>(text: &str, advanced: bool) -> Result<Self, GraphError> {
        let mut parser = Parser { tokens: tokens(text)?, place: 0 };
        let filter = parser.either()?;
        if parser.place < parser.tokens.len() {
            return Err(invalid("unexpected text at the end"));
        }
        filter.check::<T>(advanced)?;
        Ok(filter)
    }

    fn check<T: Entity>(&self, advanced: bool) -> Result<(), GraphError> {
        let supported = |name: &str, supports: &dyn Fn(Filters) -> bool| match T::property(name) {
            None => Err(GraphError::bad_request(format!(
                "Invalid filter clause: Could not find a property named '{name}' on type \
                 'microsoft.graph.{}'.",
                T::RESOURCE.to_ascii_lowercase()
            ))),
            Some(property) if supports(property.filters) => Ok(()),
            Some(property) if property.filters.unindexed() => {
                Err(GraphError::unsupported("The request uses a filter property that is not indexed"))
            }
            Some(_) => Err(GraphError::unsupported(format!(
                "Unsupported or invalid query filter clause specified for property '{name}' of resource '{}'.",
                T::RESOURCE
            ))),
        };
        match self {
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().try_for_each(|part| part.check::<T>(advanced))
            }
            Self::Not(inner) => {
                inner.check::<T>(advanced)?;
                if advanced {
                    Ok(())
                } else {
                    Err(GraphError::unsupported("Operator 'not' is not supported without an advanced query."))
                }
            }
            Self::Compare { property, operator, literal } => {
                supported(property, &|filters| match (operator, literal) {
                    (Operator::Eq, Literal::Null) => filters.null(advanced),
                    (Operator::Eq, _) => filters.eq(),
                    (Operator::Ne, _) => filters.eq() && advanced,
                    _ => filters.range(),
                })
            }
            Self::In { property, .. } => supported(property, &|filters| filters.within()),
            Self::StartsWith { property, .. } => supported(property, &|filters| filters.starts_with()),
            Self::EndsWith { property, .. } => {
                supported(property, &|filters| filters.ends_with() && advanced)
            }
            Self::AnyElement { property, inner, literal } => {
                supported(property, &|filters| filters.any())?;
                match (inner.as_deref(), literal) {
                    (Some("skuId"), Literal::Bare(_)) | (None, Literal::Text(_)) => Ok(()),
                    _ => Err(GraphError::bad_request(
                        "Invalid filter clause: A binary operator with incompatible types was detected.",
                    )),
                }
            }
            Self::Count { property, .. } => supported(property, &|filters| filters.count() && advanced),
        }
    }

    /// Tells of each object whether it passes. Properties are looked up once: lists are long.
    pub(super) fn predicate<T: Entity>(&self) -> Predicate<'_, T> {
        match self {
            Self::All(parts) => {
                let parts: Vec<_> = parts.iter().map(Self::predicate).collect();
                Box::new(move |entity| parts.iter().all(|part| part(entity)))
            }
            Self::Any(parts) => {
                if let Some((property, texts)) = beginnings(parts) {
                    // The value is fetched once, not for each clause.
                    let property = T::property(property);
                    return Box::new(move |entity| match property.and_then(|property| property.of(entity)) {
                        Some(Field::Text(value)) => texts.iter().any(|text| starts_with(value, text)),
                        _ => self.matches(entity),
                    });
                }
                let parts: Vec<_> = parts.iter().map(Self::predicate).collect();
                Box::new(move |entity| parts.iter().any(|part| part(entity)))
            }
            Self::Not(inner) => {
                let inner = inner.predicate();
                Box::new(move |entity| !inner(entity))
            }
            Self::StartsWith { property, text } => {
                let property = T::property(property);
                Box::new(move |entity| match property.and_then(|property| property.of(entity)) {
                    Some(Field::Text(value)) => starts_with(value, text),
                    _ => self.matches(entity),
                })
            }
            _ => Box::new(|entity| self.matches(entity)),
        }
    }

    /// Whether an object passes.
    fn matches<T: Entity>(&self, entity: &T) -> bool {
        let value = |name: &str| {
            let field = T::property(name).and_then(|property: &Property<T>| property.of(entity));
            serde_json::to_value(field).expect("plain values become JSON")
        };
        match self {
            Self::All(parts) => parts.iter().all(|part| part.matches(entity)),
            Self::Any(parts) => parts.iter().any(|part| part.matches(entity)),
            Self::Not(inner) => !inner.matches(entity),
            Self::Compare { property, operator, literal } => literal.compared(&value(property), *operator),
            Self::In { property, literals } => {
                let value = value(property);
                literals.iter().any(|literal| literal.compared(&value, Operator::Eq))
            }
            Self::StartsWith { property, text } => {
                value(property).as_str().is_some_and(|value| value.to_lowercase().starts_with(text))
            }
            Self::EndsWith { property, text } => {
                value(property).as_str().is_some_and(|value| value.to_lowercase().ends_with(text))
            }
            Self::AnyElement { property, inner, literal } => {
                value(property).as_array().into_iter().flatten().any(|element| {
                    let element = inner.as_ref().map_or(element, |inner| &element[inner.as_str()]);
                    literal.compared(element, Operator::Eq)
                })
            }
            Self::Count { property, operator, number } => {
                let count = value(property).as_array().map_or(0, Vec::len);
                operator.holds(i64::try_from(count).unwrap_or(i64::MAX).cmp(number))
            }
        }
    }
}

impl Operator {
    fn holds(self, order: std::cmp::Ordering) -> bool {
        match self {
            Self::Eq => order.is_eq(),
            Self::Ne => order.is_ne(),
            Self::Ge => order.is_ge(),
            Self::Gt => order.is_gt(),
            Self::Le => order.is_le(),
            Self::Lt => order.is_lt(),
        }
    }
}

impl Literal {
    /// `value operator self`; strings compare without regard to letter case, as the directory does.
    fn compared(&self, value: &Value, operator: Operator) -> bool {
        match (self, value) {
            (Self::Null, Value::Null) => operator.holds(std::cmp::Ordering::Equal),
            (Self::Flag(flag), Value::Bool(value)) => operator.holds(value.cmp(flag)),
            (Self::Number(number), Value::Number(value)) => {
                value.as_i64().is_some_and(|value| operator.holds(value.cmp(number)))
            }
            (Self::Text(text) | Self::Bare(text), Value::String(value)) => {
                operator.holds(value.to_lowercase().cmp(&text.to_lowercase()))
            }
            _ => operator == Operator::Ne,
        }
    }
}

/// The property and the texts, where all clauses are about how one property begins.
fn beginnings(parts: &[Filter]) -> Option<(&str, Vec<&str>)> {
    let Filter::StartsWith { property, .. } = parts.first()? else { return None };
    let texts = parts.iter().map(|part| match part {
        Filter::StartsWith { property: of, text } if of == property => Some(text.as_str()),
        _ => None,
    });
    Some((property, texts.collect::<Option<_>>()?))
}

/// The one clause of a list of one.
fn only(parts: Vec<Filter>) -> Result<Filter, Vec<Filter>> {
    <[_; 1]>::try_from(parts).map(|[only]| only)
}

/// Whether a value begins with a text in lower case, in any letter case.
fn starts_with(value: &str, text: &str) -> bool {
    match value.as_bytes().get(..text.len()) {
        Some(begin) if begin.is_ascii() && text.is_ascii() => begin.eq_ignore_ascii_case(text.as_bytes()),
        _ => value.to_lowercase().starts_with(text),
    }
}

fn invalid(what: &str) -> GraphError {
    GraphError::bad_request(format!("Invalid filter clause: {what}."))
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Quoted(String),
    Open,
    Close,
    Comma,
}

/// Words keep `/`, `$`, `:`, `-` and `.`, which names, lambdas, GUIDs and times are made of.
fn tokens(text: &str) -> Result<Vec<Token>, GraphError> {
    let mut tokens = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            ' ' => {}
            '(' => tokens.push(Token::Open),
            ')' => tokens.push(Token::Close),
            ',' => tokens.push(Token::Comma),
            '\'' => {
                let mut quoted = String::new();
                loop {
                    match letters.next() {
                        None => return Err(invalid("there is an unterminated string literal")),
                        Some('\'') if letters.next_if_eq(&'\'').is_some() => quoted.push('\''),
                        Some('\'') => break,
                        Some(letter) => quoted.push(letter),
                    }
                }
                tokens.push(Token::Quoted(quoted));
            }
            letter => {
                let mut word = String::from(letter);
                while let Some(letter) = letters.next_if(|letter| !" (),'".contains(*letter)) {
                    word.push(letter);
                }
                tokens.push(Token::Word(word));
            }
        }
    }
    Ok(tokens)
}

struct Parser {
    tokens: Vec<Token>,
    place: usize,
}

impl Parser {
    fn next(&mut self) -> Option<Token> {
        let token = self.tokens.get(self.place).cloned();
        self.place += 1;
        token
    }

    fn takes(&mut self, token: &Token) -> bool {
        let found = self.tokens.get(self.place) == Some(token);
        self.place += usize::from(found);
        found
    }

    fn takes_word(&mut self, word: &str) -> bool {
        self.takes(&Token::Word(word.to_owned()))
    }

    fn needs(&mut self, token: &Token) -> Result<(), GraphError> {
        if self.takes(token) { Ok(()) } else { Err(invalid("syntax error")) }
    }

    fn word(&mut self) -> Result<String, GraphError> {
        match self.next() {
            Some(Token::Word(word)) => Ok(word),
            _ => Err(invalid("a name or operator is missing")),
        }
    }

    fn either(&mut self) -> Result<Filter, GraphError> {
        let mut parts = vec![self.both()?];
        while self.takes_word("or") {
            parts.push(self.both()?);
        }
        Ok(only(parts).unwrap_or_else(Filter::Any))
    }

    fn both(&mut self) -> Result<Filter, GraphError> {
        let mut parts = vec![self.clause()?];
        while self.takes_word("and") {
            parts.push(self.clause()?);
        }
        Ok(only(parts).unwrap_or_else(Filter::All))
    }

    fn clause(&mut self) -> Result<Filter, GraphError> {
        if self.takes_word("not") {
            return Ok(Filter::Not(Box::new(self.clause()?)));
        }
        if self.takes(&Token::Open) {
            let inner = self.either()?;
            self.needs(&Token::Close)?;
            return Ok(inner);
        }
        let name = self.word()?;
        if matches!(&*name.to_ascii_lowercase(), "startswith" | "endswith") && self.takes(&Token::Open) {
            let property = self.word()?;
            self.needs(&Token::Comma)?;
            let Some(Token::Quoted(text)) = self.next() else {
                return Err(invalid("a string literal is missing"));
            };
            self.needs(&Token::Close)?;
            let text = text.to_lowercase();
            return Ok(if name.to_ascii_lowercase().starts_with('s') {
                Filter::StartsWith { property, text }
            } else {
                Filter::EndsWith { property, text }
            });
        }
        if let Some(property) = name.strip_suffix("/any") {
            return self.any_element(property);
        }
        if let Some(property) = name.strip_suffix("/$count") {
            let operator = self.operator()?;
            let Literal::Number(number) = self.literal()? else {
                return Err(invalid("a count is compared with a number"));
            };
            return Ok(Filter::Count { property: property.to_owned(), operator, number });
        }
        if self.takes_word("in") {
            self.needs(&Token::Open)?;
            let mut literals = vec![self.literal()?];
            while self.takes(&Token::Comma) {
                literals.push(self.literal()?);
            }
            self.needs(&Token::Close)?;
            return Ok(Filter::In { property: name, literals });
        }
        let operator = self.operator()?;
        Ok(Filter::Compare { property: name, operator, literal: self.literal()? })
    }

    /// `(x:x/skuId eq GUID)` behind `assignedLicenses/any`.
    fn any_element(&mut self, property: &str) -> Result<Filter, GraphError> {
        self.needs(&Token::Open)?;
        let lambda = self.word()?;
        let lambda = if lambda.ends_with(':') { lambda + &self.word()? } else { lambda };
        let (variable, path) =
            lambda.split_once(':').ok_or_else(|| invalid("a range variable is missing"))?;
        let inner = match path.strip_prefix(variable) {
            Some("") => None,
            Some(rest) if rest.starts_with('/') => Some(rest[1..].to_owned()),
            _ => return Err(invalid("the range variable is not used")),
        };
        if self.operator()? != Operator::Eq {
            return Err(GraphError::unsupported("Only 'eq' is supported within 'any'."));
        }
        let literal = self.literal()?;
        self.needs(&Token::Close)?;
        Ok(Filter::AnyElement { property: property.to_owned(), inner, literal })
    }

    fn operator(&mut self) -> Result<Operator, GraphError> {
        Ok(match &*self.word()? {
            "eq" => Operator::Eq,
            "ne" => Operator::Ne,
            "ge" => Operator::Ge,
            "gt" => Operator::Gt,
            "le" => Operator::Le,
            "lt" => Operator::Lt,
            other => return Err(invalid(&format!("'{other}' is no operator"))),
        })
    }

    fn literal(&mut self) -> Result<Literal, GraphError> {
        let word = match self.next() {
            Some(Token::Quoted(text)) => return Ok(Literal::Text(text)),
            Some(Token::Word(word)) => word,
            _ => return Err(invalid("a literal is missing")),
        };
        Ok(match &*word {
            "null" => Literal::Null,
            "true" => Literal::Flag(true),
            "false" => Literal::Flag(false),
            _ if word.parse::<i64>().is_ok() => Literal::Number(word.parse().unwrap_or_default()),
            _ if uuid::Uuid::try_parse(&word).is_ok() || word.parse::<jiff::Timestamp>().is_ok() => {
                Literal::Bare(word)
            }
            _ => return Err(invalid(&format!("'{word}' is no literal"))),
        })
    }
}
