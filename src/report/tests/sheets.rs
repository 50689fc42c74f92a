//! The tables in a real spreadsheet program: LibreOffice reads what we write, and the same cells come back.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::AtomicBool;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::json;

use super::{E3, EMS, Objects, PLAN, audit, entry, troubled};
use crate::pack::Pack;
use crate::report::{self, Dialect, Language, Table, Texts};
use crate::rules::Audit;
use crate::tenant::Tenant;

/// Names that a spreadsheet would take for something else, and names that programs garble.
const NAMES: [&str; 32] = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "=HYPERLINK(\"http://evil.example\";\"x\")",
    "+1+1",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(A1)",
    "{=1+1}",
    "'quoted",
    "Zoë Müller-Łuczak, ’s-Gravenhage",
    "Ångström & Søn",
    "中文名字 and 日本語",
    "مرحبا بالعالم",
    "🦊 Фокс 👩‍👩‍👧",
    "semi;colon, comma \"quotes\" and\ttab",
    "two\nlines",
    " space before and after ",
    "<b>bold</b> &amp; <!-- not -->",
    "_x0041_ stays",
    "\u{1b}[31mred\u{202e}gnp",
    "\u{feff}mark",
    "1,5",
    "true story",
    "R1C1",
    "#REF!",
];

fn hostile() -> Tenant {
    let mut objects = Objects::default()
        .seats(E3, "ENTERPRISEPACK", 20, 4, 31)
        .seats(EMS, "=EMS", 2500, 0, 6)
        .group(10, "=Sales+1", &[E3, EMS]);
    let mut members = Vec::new();
    for (number, name) in (101..).zip(NAMES.map(str::to_owned).into_iter().chain(["W".repeat(256)])) {
        let error = if number % 2 == 0 { "CountViolation" } else { "=Other" };
        objects = objects
            .user(number, &name, json!([entry(E3, Some(10), "Error", error)]))
            .last_user("userPrincipalName", name.as_str());
        members.push(number);
    }
    objects.members(&members).tenant()
}

fn tenants() -> [(Tenant, &'static str); 2] {
    [(hostile(), PLAN_WITH_WAIVER), (troubled(), PLAN)]
}

const PLAN_WITH_WAIVER: &str = "
    [[target]]
    group = '=Sales+1'
    [[waiver]]
    criterion = 'enough-seats'
    reason = '=1+1'
    owner = '-1'
    expires = 2027-03-31
";

fn csv_text(audit: &Audit<'_>, table: Table, dialect: Dialect) -> Vec<u8> {
    let mut out = Vec::new();
    let texts = Texts::new(Language::Nl);
    report::csv::write(table, audit, Pack::built_in(), &texts, dialect, &mut out).expect("memory");
    out
}

fn workbook(audit: &Audit<'_>) -> Vec<u8> {
    workbook_of(audit, report::xlsx::ROWS)
}

fn workbook_of(audit: &Audit<'_>, most: usize) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut out = Cursor::new(Vec::new());
    let stop = AtomicBool::new(false);
    let texts = Texts::new(Language::Nl);
    report::xlsx::write(audit, Pack::built_in(), &texts, folder.path(), most, &stop, &mut out)
        .expect("memory");
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 0, "temporary files are gone");
    out.into_inner()
}

/// The rows of a table as CSV has them, the header first.
fn expected(audit: &Audit<'_>, table: Table) -> Vec<Vec<String>> {
    let text = csv_text(audit, table, Dialect::Rfc4180);
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(&text[..]);
    let rows = reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect());
    rows.collect()
}

#[test]
fn the_workbook_is_the_same_every_time_and_has_no_time_of_this_computer() {
    let (one, other) = (hostile(), hostile());
    let first = workbook(&audit(&one, PLAN_WITH_WAIVER));
    assert!(first == workbook(&audit(&other, PLAN_WITH_WAIVER)), "the bytes differ");
    // The date and time of every file in the archive (after the signature `PK\x03\x04`, at 10): 1 January 1980.
    let headers: Vec<_> = first.windows(14).filter(|bytes| bytes.starts_with(b"PK\x03\x04\x14")).collect();
    assert!(headers.len() > 10, "{}", headers.len());
    assert!(headers.iter().all(|header| header[10..14] == [0, 0, 0x21, 0]));
}

#[test]
fn a_workbook_that_is_stopped_is_an_error() {
    let tenant = troubled();
    let stop = AtomicBool::new(true);
    let folder = tempfile::tempdir().expect("a folder");
    let mut out = Cursor::new(Vec::new());
    let texts = Texts::new(Language::En);
    let written = report::xlsx::write(
        &audit(&tenant, PLAN),
        Pack::built_in(),
        &texts,
        folder.path(),
        report::xlsx::ROWS,
        &stop,
        &mut out,
    );
    assert_eq!(written.expect_err("stopped").to_string(), "interrupted");
}

/// A cell as LibreOffice has it: its type, and its value in the same form as in CSV.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    kind: String,
    value: String,
}

/// Opens files, all of one kind, and gives the tables of each: name and rows.
fn opened(folder: &Path, filter: Option<&str>, files: &[String]) -> BTreeMap<String, Vec<Vec<Seen>>> {
    let mut soffice = Command::new("soffice");
    soffice
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--norestore", "--convert-to", "fods", "--outdir"])
        .arg(folder.join("opened"))
        .args(filter.map(|filter| format!("--infilter={filter}")))
        .args(files.iter().map(|file| folder.join(file)));
    let output = soffice.output().expect("LibreOffice is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut tables = BTreeMap::new();
    for file in files {
        let path = folder.join("opened").join(Path::new(file).with_extension("fods"));
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        // LibreOffice gives the booleans of a workbook a formula of their own.
        let booleans = ["of:=TRUE()", "of:=FALSE()"].map(|formula| format!("table:formula=\"{formula}\""));
        let left = booleans.iter().fold(text.clone(), |text, formula| text.replace(formula, ""));
        assert!(!left.contains("table:formula="), "a formula in {file}");
        tables.extend(read(&text));
    }
    tables
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element.try_get_attribute(name).expect("XML")?;
    Some(attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).expect("XML").into_owned())
}

/// The tables of a flat OpenDocument spreadsheet. Repeated empty cells at the end of rows are left out.
fn read(text: &str) -> BTreeMap<String, Vec<Vec<Seen>>> {
    let mut reader = Reader::from_str(text);
    let mut tables: BTreeMap<String, Vec<Vec<Seen>>> = BTreeMap::new();
    let (mut name, mut rows, mut row) = (String::new(), Vec::new(), Vec::new());
    let mut cell: Option<(usize, Seen)> = None;
    let mut paragraphs = 0;
    let mut in_text = false;
    let start = |element: &BytesStart<'_>| {
        let times = attribute(element, "table:number-columns-repeated");
        let times = times.map_or(1, |times| times.parse().expect("a number"));
        match attribute(element, "table:formula").as_deref() {
            Some("of:=TRUE()") => {
                return (times, Seen { kind: "boolean".to_owned(), value: "true".to_owned() });
            }
            Some(_) => return (times, Seen { kind: "boolean".to_owned(), value: "false".to_owned() }),
            None => {}
        }
        let kind = attribute(element, "office:value-type").unwrap_or_default();
        let value = ["office:value", "office:boolean-value", "office:date-value"];
        let value = value.into_iter().find_map(|name| attribute(element, name)).unwrap_or_default();
        (times, Seen { kind, value })
    };
    let push = |row: &mut Vec<Seen>, (times, seen): (usize, Seen)| {
        // A row is filled up to the last column of the sheet.
        row.extend(std::iter::repeat_n(seen, if times > 1000 { 0 } else { times }));
    };
    loop {
        match reader.read_event().expect("XML") {
            Event::Eof => return tables,
            Event::Start(element) => match element.name().as_ref() {
                b"table:table" => name = attribute(&element, "table:name").expect("a name"),
                b"table:table-cell" => (cell, paragraphs) = (Some(start(&element)), 0),
                // A chart, with a table of its own.
                b"table:shapes" | b"draw:frame" => {
                    reader.read_to_end(element.name()).expect("XML");
                }
                b"text:p" => {
                    if let Some((_, seen)) = cell.as_mut().filter(|_| paragraphs > 0) {
                        seen.value.push('\n');
                    }
                    (in_text, paragraphs) = (true, paragraphs + 1);
                }
                _ => {}
            },
            Event::Empty(element) => match element.name().as_ref() {
                b"table:table-cell" => push(&mut row, start(&element)),
                b"text:p" => paragraphs += 1,
                b"text:s" => {
                    let count =
                        attribute(&element, "text:c").map_or(1, |count| count.parse().expect("a number"));
                    cell.as_mut().expect("a cell").1.value.push_str(&" ".repeat(count));
                }
                b"text:tab" => cell.as_mut().expect("a cell").1.value.push('\t'),
                b"text:line-break" => cell.as_mut().expect("a cell").1.value.push('\n'),
                _ => {}
            },
            Event::Text(text) => {
                if let Some((_, seen)) = cell.as_mut().filter(|(_, seen)| in_text && seen.kind == "string") {
                    seen.value.push_str(&text.decode().expect("UTF-8"));
                }
            }
            Event::GeneralRef(reference) => {
                let name = reference.decode().expect("UTF-8");
                let text = match reference.resolve_char_ref().expect("a character") {
                    Some(character) => character.to_string(),
                    None => {
                        quick_xml::escape::resolve_predefined_entity(&name).expect("an entity").to_owned()
                    }
                };
                if let Some((_, seen)) = cell.as_mut().filter(|(_, seen)| in_text && seen.kind == "string") {
                    seen.value.push_str(&text);
                }
            }
            Event::End(element) => match element.name().as_ref() {
                b"text:p" => in_text = false,
                b"table:table-cell" => push(&mut row, cell.take().expect("a cell")),
                b"table:table-row" => rows.push(std::mem::take(&mut row)),
                b"table:table" => {
                    // A sheet is filled up to its last row.
                    while rows
                        .last()
                        .is_some_and(|row: &Vec<Seen>| row.iter().all(|seen| seen.kind.is_empty()))
                    {
                        rows.pop();
                    }
                    tables.insert(std::mem::take(&mut name), std::mem::take(&mut rows));
                }
                _ => {}
            },
            _ => {}
        }
    }
}

/// The text of a cell before it was guarded.
fn unguarded(cell: &str) -> &str {
    let rest = cell.strip_prefix('\'').unwrap_or(cell);
    let guarded = rest.starts_with(['=', '+', '-', '@', '\n', '\u{fffd}', '＝', '＋', '－', '＠']);
    if guarded { rest } else { cell }
}

/// Compares a table with what came back, cell by cell.
#[track_caller]
fn assert_came_back(
    what: &str,
    expected: &[Vec<String>],
    seen: &[Vec<Seen>],
    same: impl Fn(&str, &Seen) -> bool,
) {
    for (place, row) in expected.iter().enumerate() {
        let found = seen.get(place).unwrap_or_else(|| panic!("{what}: no row {place}"));
        for (column, cell) in row.iter().enumerate() {
            let empty = Seen { kind: String::new(), value: String::new() };
            let back = found.get(column).unwrap_or(&empty);
            assert!(
                same(cell, back),
                "{what}, row {place}, column {}: {cell:?} {back:?}",
                expected[0][column]
            );
        }
    }
    assert_eq!(seen.len(), expected.len(), "{what}: rows");
}

#[test]
#[ignore = "needs LibreOffice"]
fn libreoffice_reads_every_csv_dialect_and_the_same_cells_come_back() {
    // Separator, quote, UTF-8, from line 1, language (English, Dutch), and formulas are evaluated: the worst case.
    for (dialect, separator, language) in
        [(Dialect::Rfc4180, ',', 1033), (Dialect::Excel, ',', 1033), (Dialect::ExcelNl, ';', 1043)]
    {
        for (tenant, plan) in tenants() {
            let audit = audit(&tenant, plan);
            let folder = tempfile::tempdir().expect("a folder");
            for table in Table::ALL {
                fs::write(folder.path().join(table.file_name()), csv_text(&audit, table, dialect))
                    .expect("a file");
            }
            let filter = format!(
                "CSV:{},34,76,1,,{language},false,false,false,false,false,-1,true",
                u32::from(separator)
            );
            let files = Table::ALL.map(|table| table.file_name().to_owned());
            let opened = opened(folder.path(), Some(&filter), &files);
            for table in Table::ALL {
                let what = format!("{} {}", dialect.as_str(), table.file_name());
                assert_came_back(&what, &expected(&audit, table), &opened[table.name()], |cell, back| {
                    match back.kind.as_str() {
                        // What looks like a number is one to a spreadsheet, ours and those in names.
                        "float" => cell.replace(',', ".").parse::<f64>().ok() == back.value.parse().ok(),
                        _ => cell == back.value,
                    }
                });
            }
        }
    }
}

#[test]
#[ignore = "needs LibreOffice"]
fn libreoffice_reads_the_workbook_and_the_same_cells_come_back_with_their_types() {
    for (tenant, plan) in tenants() {
        let audit = audit(&tenant, plan);
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("audit.xlsx"), workbook(&audit)).expect("a file");
        let opened = opened(folder.path(), None, &["audit.xlsx".to_owned()]);
        let names: Vec<_> = Table::ALL.map(Table::name).into();
        let mut sorted = names.clone();
        sorted.sort_unstable();
        assert_eq!(opened.keys().map(String::as_str).collect::<Vec<_>>(), sorted);
        let mut kinds = std::collections::BTreeSet::new();
        for table in Table::ALL {
            let expected = expected(&audit, table);
            assert_came_back(table.name(), &expected, &opened[table.name()], |cell, back| {
                match back.kind.as_str() {
                    "float" => cell.parse::<f64>().ok() == back.value.parse().ok(),
                    "date" => cell.trim_end_matches('Z') == back.value,
                    _ => unguarded(cell) == back.value,
                }
            });
            for row in &opened[table.name()][1..] {
                for (column, seen) in table.columns().iter().zip(row) {
                    let wanted = match *column {
                        "as_of" | "read_at" | "evidence_read_at" | "waiver_expires" => "date",
                        "violations" | "gaps" | "capacity" | "free" | "demand" | "evidence_count" => "float",
                        "target" | "from_group" | "direct" | "account_enabled" | "external" => "boolean",
                        "evidence_seen" | "evidence_wanted" => continue,
                        _ if column.ends_with("_id") || column.ends_with("_name") || *column == "reason" => {
                            "string"
                        }
                        _ => continue,
                    };
                    assert!(
                        seen.kind == wanted || seen.kind.is_empty(),
                        "{} {column}: {seen:?}",
                        table.name()
                    );
                    kinds.insert(wanted);
                }
            }
        }
        assert_eq!(kinds.len(), 4, "{kinds:?}");
    }
}

#[test]
#[ignore = "needs LibreOffice"]
fn a_table_of_too_many_rows_is_left_to_the_csv_and_the_sheet_says_so() {
    let tenant = troubled();
    let audit = audit(&tenant, PLAN);
    let findings = expected(&audit, Table::Findings).len() - 1;
    let folder = tempfile::tempdir().expect("a folder");
    let opened_with = |most: usize| {
        fs::write(folder.path().join("audit.xlsx"), workbook_of(&audit, most)).expect("a file");
        opened(folder.path(), None, &["audit.xlsx".to_owned()])
    };
    assert_eq!(opened_with(findings)["findings"].len(), findings + 1, "as many as there may be");
    let sheets = opened_with(findings - 1);
    let sheet = &sheets["findings"];
    assert_eq!(sheet.len(), 2, "{sheet:?}");
    assert_eq!(
        sheet[1][0].value,
        format!(
            "Meer dan {} rijen is te veel voor een werkblad: deze tabel staat in findings.csv.",
            findings - 1
        )
    );
    assert!(sheets["members"].len() > 10, "the others are whole");
}

#[test]
#[ignore = "needs LibreOffice"]
fn libreoffice_would_have_shown_a_formula() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("bad.csv"), "name\r\n=1+1\r\n").expect("a file");
    let filter = "CSV:44,34,76,1,,1033,false,false,false,false,false,-1,true";
    let open = || opened(folder.path(), Some(filter), &["bad.csv".to_owned()]);
    let caught =
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(open)).expect_err("a formula is noticed");
    let said = caught.downcast_ref::<String>().map_or("", String::as_str);
    assert!(said.contains("a formula in bad.csv"), "{said}");
}
