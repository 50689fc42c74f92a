//! `--plan` of `audit` and `scan`: what it will cost, before anything but counts is read.

use std::io::{self, Write};

use comfy_table::{CellAlignment, Table, presets};

use crate::report::Texts;
use crate::scan::Estimate;

/// The estimate for people.
pub(super) fn table(estimate: &Estimate, texts: &Texts, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(
        ["plan-collection", "plan-objects", "plan-requests", "plan-units"].map(|word| texts.word(word)),
    );
    for row in &estimate.collections {
        let objects = row.objects.map_or_else(|| "?".to_owned(), |objects| objects.to_string());
        let (requests, units) = (row.requests.to_string(), row.resource_units.to_string());
        table.add_row([row.collection, &objects, &requests, &units]);
    }
    table.add_row([
        &*texts.word("plan-all"),
        "",
        &estimate.requests.to_string(),
        &estimate.resource_units.to_string(),
    ]);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    writeln!(out, "{table}\n")?;
    writeln!(out, "{}", texts.word("plan-note"))
}

/// The estimate for programs.
pub(super) fn json(estimate: &Estimate, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, estimate)?;
    writeln!(out)
}
