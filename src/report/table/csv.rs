//! Tables as CSV. No text of the tenant becomes a formula or a control sequence.

use std::borrow::Cow;
use std::io::{self, Write};
use std::str::FromStr;

use ::csv::{Terminator, Writer, WriterBuilder};
use jiff::Timestamp;
use rustc_hash::FxHashMap;

use super::{Cell, Rows, Table, fill, visible};
use crate::pack::Pack;
use crate::report::Texts;
use crate::rules::Audit;

/// The name of the format, and its version: it changes when a column changes, not when one is added at the end.
pub const FORMAT: &str = "tollgate/csv/v1";

/// How values are separated, and what marks the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dialect {
    /// RFC 4180: comma, no byte order mark.
    Rfc4180,
    /// Excel with English settings: comma, byte order mark.
    Excel,
    /// Excel with Dutch settings: semicolon, decimal comma, byte order mark.
    ExcelNl,
}

impl Dialect {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::Rfc4180, Self::Excel, Self::ExcelNl];

    /// The name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rfc4180 => "rfc4180",
            Self::Excel => "excel",
            Self::ExcelNl => "excel-nl",
        }
    }

    fn delimiter(self) -> u8 {
        match self {
            Self::Rfc4180 | Self::Excel => b',',
            Self::ExcelNl => b';',
        }
    }

    fn byte_order_mark(self) -> &'static [u8] {
        match self {
            Self::Rfc4180 => b"",
            Self::Excel | Self::ExcelNl => "\u{feff}".as_bytes(),
        }
    }
}

/// A dialect that there is not.
#[derive(Debug, thiserror::Error)]
#[error("there is no kind of CSV called `{0}`\nhint: choose from {list}", list = Dialect::ALL.map(Dialect::as_str).join(", "))]
pub struct DialectError(String);

impl FromStr for Dialect {
    type Err = DialectError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|dialect| dialect.as_str().eq_ignore_ascii_case(text.trim()));
        known.ok_or_else(|| DialectError(text.to_owned()))
    }
}

/// Writes a table.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(
    table: Table,
    audit: &Audit<'_>,
    pack: &Pack,
    texts: &Texts,
    dialect: Dialect,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut records = Records::begin(table.columns(), dialect, out)?;
    fill(table, audit, pack, texts, &mut records)?;
    records.end()
}

/// A table that is being written.
pub(in crate::report) struct Records<W: Write> {
    writer: Writer<W>,
    dialect: Dialect,
    /// Moments as they are written. Millions of rows share the few thousand moments at which pages were read.
    moments: FxHashMap<Timestamp, String>,
}

impl<W: Write> Records<W> {
    /// Begins with the row that names the columns.
    pub(in crate::report) fn begin(columns: &[&str], dialect: Dialect, mut out: W) -> io::Result<Self> {
        out.write_all(dialect.byte_order_mark())?;
        let writer =
            WriterBuilder::new().delimiter(dialect.delimiter()).terminator(Terminator::CRLF).from_writer(out);
        let mut records = Self { writer, dialect, moments: FxHashMap::default() };
        records.row(columns.iter().map(|column| Cell::Word(column)))?;
        Ok(records)
    }

    pub(in crate::report) fn end(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl<W: Write> Rows for Records<W> {
    fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) -> io::Result<()> {
        for cell in cells {
            let text = match &cell {
                Cell::Moment(moment) => {
                    let written = self.moments.entry(*moment).or_insert_with(|| moment.to_string());
                    Cow::Borrowed(written.as_str())
                }
                cell => render(cell, self.dialect),
            };
            self.writer.write_field(text.as_bytes()).map_err(io::Error::from)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(io::Error::from)
    }
}

fn render<'a>(cell: &'a Cell<'_>, dialect: Dialect) -> Cow<'a, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Word(word) => Cow::Borrowed(word),
        Cell::Text(text) => guarded(text),
        Cell::Number(0) => Cow::Borrowed("0"),
        Cell::Number(number) => Cow::Owned(number.to_string()),
        Cell::Decimal(number) if dialect == Dialect::ExcelNl => Cow::Owned(number.replace('.', ",")),
        Cell::Decimal(number) => Cow::Borrowed(number),
        Cell::Flag(flag) => Cow::Borrowed(if *flag { "true" } else { "false" }),
        Cell::Moment(moment) => Cow::Owned(moment.to_string()),
        Cell::Day(day) => Cow::Owned(day.to_string()),
    }
}

/// What makes a spreadsheet take a text for a formula where it begins with it: the four signs, which Japanese
/// editions also take in full width, and white space that some programs drop before they look.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Visible text with an apostrophe in front of what a spreadsheet would take for a formula.
pub(crate) fn guarded(text: &str) -> Cow<'_, str> {
    if text.starts_with(FORMULA) { Cow::Owned(format!("'{}", visible(text))) } else { visible(text) }
}
