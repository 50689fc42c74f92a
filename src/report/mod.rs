//! Reports: the same audit for people and for programs, one file per format. Nothing is judged here.
//!
//! Rows come from iterators and go to a writer, so a report of a million members takes no memory. Files are
//! written under another name first and take their names when all of them are complete.

pub mod causes;
pub mod draft;
pub mod explain;
pub mod html;
pub mod json;
pub mod junit;
pub mod markdown;
mod own_template;
mod page;
pub mod sarif;
pub mod suitability;
pub mod table;
mod template;
pub mod terminal;
#[cfg(test)]
mod tests;
pub mod text;

use std::io::{BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::{fmt, fs, io};

use tempfile::NamedTempFile;

pub use self::own_template::{OwnTemplate, TemplateError};
pub use self::table::csv::{Dialect, DialectError};
pub use self::table::{Table, csv, xlsx};
pub use self::terminal::Style;
pub use self::text::{Language, LanguageError, Texts};

use crate::pack::Pack;
use crate::rules::Audit;
use crate::tenant::GroupIndex;
use crate::verdict::{AppliedWaiver, Finding, Waiver};

/// A kind of report file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// `result.json`.
    Json,
    /// `report.html`.
    Html,
    /// `report.md`.
    Markdown,
    /// All tables, each a file.
    Csv,
    /// `audit.xlsx`: all tables, each a sheet.
    Xlsx,
    /// `junit.xml`.
    Junit,
    /// `result.sarif`.
    Sarif,
}

impl Format {
    /// All there are.
    pub const ALL: [Self; 7] =
        [Self::Json, Self::Html, Self::Markdown, Self::Csv, Self::Xlsx, Self::Junit, Self::Sarif];

    /// The name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Junit => "junit",
            Self::Sarif => "sarif",
        }
    }

    /// The names of its files.
    pub fn file_names(self) -> Vec<&'static str> {
        match self {
            Self::Json => vec!["result.json"],
            Self::Html => vec!["report.html"],
            Self::Markdown => vec!["report.md"],
            Self::Csv => Table::ALL.map(Table::file_name).to_vec(),
            Self::Xlsx => vec!["audit.xlsx"],
            Self::Junit => vec!["junit.xml"],
            Self::Sarif => vec!["result.sarif"],
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A format that there is not, or not yet.
#[derive(Debug, thiserror::Error)]
#[error("there is no report format `{0}`\nhint: choose from {list}", list = Format::ALL.map(Format::as_str).join(", "))]
pub struct FormatError(String);

impl FromStr for Format {
    type Err = FormatError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let known = Self::ALL.into_iter().find(|format| format.as_str().eq_ignore_ascii_case(text.trim()));
        known.ok_or_else(|| FormatError(text.to_owned()))
    }
}

/// A report that could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The directory is not there and could not be made.
    #[error("the directory {} could not be made: {source}\nhint: choose another with --out, or make it yourself", path.display())]
    Directory {
        /// The directory.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file could not be written to its end, or not be given its name.
    #[error("{} could not be written: {source}\nhint: check that there is room and that you may write there, or choose another directory with --out", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It was asked to stop.
    #[error("interrupted; no report was written")]
    Interrupted,
}

/// Makes the directory for report files and tries whether files can be written there.
///
/// # Errors
/// When it cannot be made, or nothing can be written in it.
pub fn prepare(out: &Path) -> Result<(), ReportError> {
    fs::create_dir_all(out).map_err(|source| ReportError::Directory { path: out.to_owned(), source })?;
    let tried = NamedTempFile::new_in(out).map(drop);
    tried.map_err(|source| ReportError::File { path: out.to_owned(), source })
}

/// Writes report files into `out`, which is made where it is missing; returns their paths.
///
/// Every file has mode 0600. Files of earlier audits with the same names are replaced, all of them only after
/// all were written. When `stop` is set meanwhile, it ends soon.
///
/// # Errors
/// When something cannot be written, or it was stopped; then no file is left half-written.
pub fn write_all(
    audit: &Audit<'_>,
    pack: &Pack,
    texts: &Texts,
    out: &Path,
    formats: &[Format],
    dialect: Dialect,
    stop: &AtomicBool,
) -> Result<Vec<PathBuf>, ReportError> {
    fs::create_dir_all(out).map_err(|source| ReportError::Directory { path: out.to_owned(), source })?;
    let mut written: Vec<(NamedTempFile, PathBuf)> = Vec::new();
    for format in Format::ALL.into_iter().filter(|format| formats.contains(format)) {
        for name in format.file_names() {
            let write = |file: &mut Writer<'_>| match format {
                Format::Json => json::write(audit, pack, texts, file),
                Format::Html => html::write(audit, pack, texts, file),
                Format::Markdown => markdown::write(audit, pack, texts, file),
                Format::Csv => {
                    let table = Table::ALL.into_iter().find(|table| table.file_name() == name);
                    csv::write(table.expect("the name is of a table"), audit, pack, texts, dialect, file)
                }
                Format::Xlsx => xlsx::write(audit, pack, texts, out, xlsx::ROWS, stop, file),
                Format::Junit => junit::write(audit, pack, texts, file),
                Format::Sarif => sarif::write(audit, pack, texts, file),
            };
            written.push(new_file(out, stop, name, write)?);
        }
    }
    if stop.load(Ordering::SeqCst) {
        return Err(ReportError::Interrupted);
    }
    let mut paths = Vec::new();
    for (file, path) in written {
        file.persist(&path).map_err(|error| ReportError::File { path: path.clone(), source: error.error })?;
        paths.push(path);
    }
    Ok(paths)
}

/// Writes one more file into `out`, made ready elsewhere, with mode 0600; returns its path.
///
/// # Errors
/// When it cannot be written; then a file of that name stays as it was.
pub fn write_file(out: &Path, stop: &AtomicBool, name: &str, content: &[u8]) -> Result<PathBuf, ReportError> {
    let (file, path) = new_file(out, stop, name, |file| file.write_all(content))?;
    file.persist(&path).map_err(|error| ReportError::File { path: path.clone(), source: error.error })?;
    Ok(path)
}

/// Where a report is written.
type Writer<'f> = BufWriter<Stoppable<'f>>;

/// A file that cannot be written any more once it is to stop.
struct Stoppable<'f> {
    file: &'f mut fs::File,
    stop: &'f AtomicBool,
}

impl Write for Stoppable<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.stop.load(Ordering::SeqCst) {
            return Err(io::Error::other("interrupted"));
        }
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Seek for Stoppable<'_> {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.file.seek(position)
    }
}

/// Writes a file under a name of its own; it goes away unless it is renamed.
fn new_file(
    out: &Path,
    stop: &AtomicBool,
    name: &str,
    write: impl FnOnce(&mut Writer<'_>) -> io::Result<()>,
) -> Result<(NamedTempFile, PathBuf), ReportError> {
    let path = out.join(name);
    let made = || {
        let mut file = tempfile::Builder::new().prefix(".tollgate-").tempfile_in(out)?;
        let mut writer = BufWriter::with_capacity(1 << 16, Stoppable { file: file.as_file_mut(), stop });
        write(&mut writer)?;
        writer.flush()?;
        drop(writer);
        Ok(file)
    };
    match made() {
        Ok(file) => Ok((file, path)),
        Err(_) if stop.load(Ordering::SeqCst) => Err(ReportError::Interrupted),
        Err(source) => Err(ReportError::File { path, source }),
    }
}

/// The waiver that covers a finding.
fn waiver_of<'a>(audit: &'a Audit<'_>, finding: &Finding) -> Option<&'a AppliedWaiver> {
    finding.waiver.and_then(|place| audit.waivers.get(place))
}

/// Who accepts so many violations, until when and why.
fn waiver_line(texts: &Texts, waiver: &Waiver, violations: usize) -> String {
    let arguments = [
        ("violations", violations.into()),
        ("owner", line(&waiver.owner).into()),
        ("expires", waiver.expires.to_string().into()),
        ("reason", line(&waiver.reason).into()),
    ];
    texts.say("waiver-line", &arguments)
}

/// Text from outside on one line; names are shorter in Graph than where it is cut.
fn line(text: &str) -> String {
    crate::clean::line(text, 400)
}

/// What a group hands out, excluded products left out: part numbers, else ids, sorted.
fn licenses_of(audit: &Audit<'_>, group: GroupIndex) -> Vec<String> {
    let tenant = audit.context.tenant;
    let licenses = audit.context.licenses(group).iter();
    let mut names: Vec<String> = licenses
        .map(|license| match tenant.part_number(license.sku) {
            Some(part_number) => part_number.to_owned(),
            None => tenant.id_text(tenant.sku(license.sku).id.0).into_owned(),
        })
        .collect();
    names.sort_unstable();
    names
}

/// How many users are direct members; `None` where that was not read completely, or is hidden.
fn member_count(audit: &Audit<'_>, group: GroupIndex) -> Option<usize> {
    audit.context.membership_known(group).then(|| audit.context.member_users(group).len())
}
