//! Tables as sheets of `audit.xlsx`: the same columns as CSV, with real numbers, dates and booleans.
//!
//! Text is text here, whatever it begins with, so nothing is put in front of it. Rows of large tables go to a
//! temporary file on their way, so they take no memory. Nothing of this computer is in the file: its only time is
//! that of the audit.

use std::borrow::Cow;
use std::io::{self, Seek, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rust_xlsxwriter::{
    Chart, ChartType, Color, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet,
    XlsxError,
};

use super::{Cell, Rows, Table, fill, visible};
use crate::pack::Pack;
use crate::report::Texts;
use crate::rules::Audit;

/// How many rows a sheet gets; Excel takes 1,048,576 with the header (Excel specifications and limits).
pub const ROWS: usize = 1_000_000;
/// Longer text is cut: a cell takes 32,767 characters (Excel specifications and limits).
const LONGEST: usize = 32_767;
/// How many products the chart shows.
const BARS: u32 = 40;

/// Writes the workbook. Temporary files are made in `folder`. Tables of more than `most` rows, usually [`ROWS`],
/// are left to their CSV files. Ends with an error soon after `stop` is set.
///
/// # Errors
/// When `out` or a temporary file cannot be written.
pub fn write(
    audit: &Audit<'_>,
    pack: &Pack,
    texts: &Texts,
    folder: &Path,
    most: usize,
    stop: &AtomicBool,
    out: &mut (impl Write + Seek + Send),
) -> io::Result<()> {
    // The library panics where a temporary file cannot be written.
    let written = catch_unwind(AssertUnwindSafe(|| {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(folder)?;
        let as_of = moment(audit.context.tenant.as_of()).ok_or(XlsxError::RowColumnLimitError)?;
        let title = texts.word("title");
        workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&as_of));
        let styles = Styles::new();
        for table in Table::ALL {
            let sheet = add_sheet(&mut workbook, &styles, table)?;
            if table.rows(audit) > most {
                let arguments = [("file", table.file_name().into()), ("count", most.into())];
                sheet.write_string(1, 0, texts.say("left-to-csv", &arguments))?;
                continue;
            }
            let mut lines = Lines {
                sheet: &mut *sheet,
                styles: &styles,
                stop,
                columns: table.columns(),
                wraps: wraps(table),
                next: 1,
            };
            fill(table, audit, pack, texts, &mut lines).map_err(XlsxError::IoError)?;
            let last = lines.next - 1;
            sheet.autofilter(0, 0, last, column(table.columns().len() - 1))?;
            if table == Table::Seats && last > 0 {
                sheet.insert_chart(last + 2, 0, &seats_chart(table, last.min(BARS)))?;
            }
        }
        workbook.save_to_writer(out)
    }));
    match written {
        Ok(Ok(())) => Ok(()),
        Ok(Err(XlsxError::IoError(error))) => Err(error),
        Ok(Err(error)) => Err(io::Error::other(error)),
        Err(_) => Err(io::Error::other("a temporary file could not be written")),
    }
}

/// A sheet with the names of the columns.
fn add_sheet<'w>(
    workbook: &'w mut Workbook,
    styles: &Styles,
    table: Table,
) -> Result<&'w mut Worksheet, XlsxError> {
    let sheet = match table {
        // The chart needs the values in memory.
        Table::Seats => workbook.add_worksheet(),
        _ => workbook.add_worksheet_with_constant_memory()?,
    };
    sheet.set_name(table.name())?;
    for (place, name) in table.columns().iter().enumerate() {
        sheet.set_column_width(column(place), width(name))?;
        if wraps(table) {
            sheet.set_column_format(column(place), &styles.wrapped)?;
        }
        sheet.write_string_with_format(0, column(place), *name, &styles.header)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)
}

/// Whether long texts go on below: the actions are few, and all of each is to be read, on paper too.
fn wraps(table: Table) -> bool {
    table == Table::Actions
}

/// The place of a column as a sheet counts; tables have few.
fn column(place: usize) -> u16 {
    u16::try_from(place).unwrap_or(u16::MAX)
}

/// Bars of what is used, what is waited for and what there is, for each product.
fn seats_chart(table: Table, last: u32) -> Chart {
    let mut chart = Chart::new(ChartType::Bar);
    let place = |name: &str| table.columns().iter().position(|column| *column == name).unwrap_or_default();
    for (name, colour) in [("consumed", 0x44_72C4), ("waiting", 0xC0_0000), ("capacity", 0xA5_A5A5)] {
        chart
            .add_series()
            .set_name((table.name(), 0, column(place(name))))
            .set_categories((table.name(), 1, column(place("sku_name")), last, column(place("sku_name"))))
            .set_values((table.name(), 1, column(place(name)), last, column(place(name))))
            .set_format(
                rust_xlsxwriter::ChartFormat::new()
                    .set_solid_fill(rust_xlsxwriter::ChartSolidFill::new().set_color(Color::RGB(colour))),
            );
    }
    // The first product on top, as in the table.
    chart.y_axis().set_reverse();
    chart.set_width(900).set_height(120 + 48 * last);
    chart
}

struct Styles {
    header: Format,
    wrapped: Format,
    moment: Format,
    day: Format,
    red: Format,
    amber: Format,
    blue: Format,
    green: Format,
}

impl Styles {
    fn new() -> Self {
        let filled = |text, fill| {
            Format::new().set_font_color(Color::RGB(text)).set_background_color(Color::RGB(fill))
        };
        Self {
            header: filled(0xFF_FFFF, 0x1F_3864).set_bold().set_align(FormatAlign::Left),
            wrapped: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            moment: Format::new().set_num_format("yyyy-mm-dd hh:mm:ss"),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            red: filled(0x9C_0006, 0xFF_C7CE),
            amber: filled(0x7F_6000, 0xFF_EB9C),
            blue: filled(0x1F_3864, 0xDD_EBF7),
            green: filled(0x00_6100, 0xC6_EFCE),
        }
    }

    /// Colours for verdicts and severities; the word says the same.
    fn of(&self, column: &str, word: &str) -> Option<&Format> {
        const VERDICTS: [&str; 6] = [
            "verdict",
            "severity",
            "groups_configured",
            "no_b2b_groups_licensed",
            "enough_seats",
            "members_fully_licensed",
        ];
        match word {
            _ if !VERDICTS.contains(&column) => None,
            "fail" | "violation" => Some(&self.red),
            "inconclusive" | "gap" => Some(&self.amber),
            "waived" | "advisory" => Some(&self.blue),
            "pass" => Some(&self.green),
            _ => None,
        }
    }
}

struct Lines<'a> {
    sheet: &'a mut Worksheet,
    styles: &'a Styles,
    stop: &'a AtomicBool,
    columns: &'static [&'static str],
    /// Whether long texts go on below, in rows that are high enough.
    wraps: bool,
    next: u32,
}

impl Rows for Lines<'_> {
    fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) -> io::Result<()> {
        if self.stop.load(Ordering::Relaxed) {
            return Err(io::Error::other("interrupted"));
        }
        let mut lines = 1.0_f64;
        for ((place, name), cell) in self.columns.iter().enumerate().zip(cells) {
            if let Cell::Text(text) = &cell {
                let characters = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
                lines = lines.max((f64::from(characters) / width(name)).ceil());
            }
            self.cell(column(place), name, cell).map_err(io::Error::other)?;
        }
        if self.wraps {
            self.sheet.set_row_height(self.next, LINE * lines).map_err(io::Error::other)?;
        }
        self.next += 1;
        Ok(())
    }
}

impl Lines<'_> {
    #[expect(clippy::cast_precision_loss, reason = "a sheet has no other numbers; counts are far below 2^53")]
    fn cell(&mut self, place: u16, column: &str, cell: Cell<'_>) -> Result<(), XlsxError> {
        let (row, styles, sheet) = (self.next, self.styles, &mut *self.sheet);
        match cell {
            Cell::Empty => return Ok(()),
            Cell::Word(word) => match styles.of(column, word) {
                Some(format) => sheet.write_string_with_format(row, place, word, format)?,
                None => sheet.write_string(row, place, word)?,
            },
            Cell::Text(text) => sheet.write_string(row, place, shortened(&visible(&text)))?,
            Cell::Number(number) => sheet.write_number(row, place, number as f64)?,
            Cell::Decimal(number) => match number.parse::<f64>() {
                Ok(value) if value.is_finite() => sheet.write_number(row, place, value)?,
                _ => sheet.write_string(row, place, number)?,
            },
            Cell::Flag(flag) => sheet.write_boolean(row, place, flag)?,
            Cell::Moment(time) => match moment(time) {
                Some(value) => sheet.write_datetime_with_format(row, place, value, &styles.moment)?,
                None => sheet.write_string(row, place, time.to_string())?,
            },
            Cell::Day(day) => {
                match day.to_zoned(TimeZone::UTC).ok().and_then(|day| moment(day.timestamp())) {
                    Some(value) => sheet.write_datetime_with_format(row, place, value, &styles.day)?,
                    None => sheet.write_string(row, place, day.to_string())?,
                }
            }
        };
        Ok(())
    }
}

/// A moment as a sheet has it, in UTC and to the second; there are none before 1900.
fn moment(time: Timestamp) -> Option<ExcelDateTime> {
    ExcelDateTime::from_timestamp(time.as_second()).ok()
}

/// Excel counts in UTF-16 units.
fn shortened(text: &str) -> Cow<'_, str> {
    if text.len() <= LONGEST {
        return Cow::Borrowed(text);
    }
    let mut units = 0;
    let end = text.char_indices().find(|(_, character)| {
        units += character.len_utf16();
        units >= LONGEST
    });
    end.map_or(Cow::Borrowed(text), |(end, _)| Cow::Owned(format!("{}…", &text[..end])))
}

/// How high a line is, in points.
const LINE: f64 = 15.0;

/// How wide a column is, in characters.
fn width(column: &str) -> f64 {
    match column {
        _ if column.ends_with("_id") => 37.0,
        "reason" | "remedy" | "what_to_do" | "title" => 80.0,
        "action" => 9.0,
        "evidence_object" => 60.0,
        "evidence_seen" | "evidence_wanted" | "waiver_reason" | "role" | "note" => 40.0,
        "criterion" | "code" | "folded_under" | "place" | "criteria" | "codes" => 28.0,
        _ if column.ends_with("_name") => 34.0,
        "as_of" | "read_at" | "evidence_read_at" => 20.0,
        _ => 14.0_f64.max(f64::from(u32::try_from(column.len()).unwrap_or_default()) + 4.0),
    }
}
