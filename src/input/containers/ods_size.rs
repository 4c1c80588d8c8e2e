//! Whether a spreadsheet in the open document format can be given to what reads it: that waits for ever for an
//! element to end that does not, and writes out repeated rows, cells and spaces at once, of which a file of 500 bytes
//! may ask for any amount.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{BufRead, BufReader, Cursor};
use zip::ZipArchive;

/// Bytes of the texts of a workbook, once all that is shared or repeated is written out.
const TEXTS: u64 = 256 << 20;

/// Holds that the texts of a workbook have no more bytes than they may.
///
/// # Errors
/// What the bound is.
pub(super) fn texts_bounded(bytes: u64) -> Result<(), String> {
    if bytes > TEXTS {
        return Err(format!(
            "its texts have over {TEXTS} bytes once they are all written out"
        ));
    }
    Ok(())
}

/// Holds that the sheets of a spreadsheet have no more cells than so many, written out and from corner to corner, and
/// that their texts are within the bound, and that every element ends. An archive that is damaged is left to who reads it.
///
/// # Errors
/// What is over a bound, or that it is damaged.
pub(super) fn bounded(bytes: &[u8], most: u64) -> Result<(), String> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return Ok(());
    };
    match archive.by_name("content.xml") {
        Ok(content) => content_bounded(BufReader::new(content), most),
        Err(_) => Ok(()),
    }
}

fn content_bounded(content: impl BufRead, most: u64) -> Result<(), String> {
    let mut reader = Reader::from_reader(content);
    let (mut counts, mut buffer, mut depth) = (Counts::default(), Vec::new(), 0_u64);
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(start)) => {
                depth += 1;
                counts.start(&start);
            }
            Ok(Event::Empty(start)) => {
                counts.start(&start);
                counts.end(start.name().as_ref());
            }
            Ok(Event::End(end)) => {
                // an end without a beginning is an error of the reader's
                depth = depth.saturating_sub(1);
                counts.end(end.name().as_ref());
            }
            Ok(Event::Text(text)) => counts.text(text.len()),
            Ok(Event::CData(text)) => counts.text(text.len()),
            Ok(Event::GeneralRef(_)) => counts.text(4),
            Ok(Event::Eof) if depth == 0 => return Ok(()),
            Ok(Event::Eof) => return Err("its content.xml is cut short".to_owned()),
            Err(why) => return Err(format!("its content.xml is damaged: {why}")),
            Ok(_) => {}
        }
        if counts.cells > most {
            return Err(format!(
                "it has over {most} cells once they are all written out"
            ));
        }
        if counts.places() > most {
            return Err(format!(
                "the cells of its sheets, each from corner to corner, lie over {most} places apart"
            ));
        }
        texts_bounded(counts.texts)?;
        buffer.clear();
    }
}

/// What was counted so far.
#[derive(Default)]
struct Counts {
    /// Cells and bytes of all rows that have ended.
    cells: u64,
    texts: u64,
    /// How often the row that is open is repeated, its cells up to the last with something in it, those behind
    /// that, and its bytes.
    rows: u64,
    filled: u64,
    empty: u64,
    row_texts: u64,
    /// How often the cell that is open is repeated, and its bytes.
    columns: u64,
    cell_texts: u64,
    /// Rows of the sheet that is open, its columns and rows with something in them, and the places of those before.
    height: u64,
    width: Option<[u64; 2]>,
    filled_rows: Option<[u64; 2]>,
    places_before: u64,
}

/// A range with another in it.
fn with(range: Option<[u64; 2]>, [first, last]: [u64; 2]) -> [u64; 2] {
    range.map_or([first, last], |[from, to]| [from.min(first), to.max(last)])
}

impl Counts {
    /// The places between the cells of all sheets: what reads a sheet makes room for each.
    fn places(&self) -> u64 {
        let length =
            |range: Option<[u64; 2]>| range.map_or(0, |[from, to]| (to - from).saturating_add(1));
        let here = length(self.width).saturating_mul(length(self.filled_rows));
        self.places_before.saturating_add(here)
    }

    fn start(&mut self, start: &BytesStart<'_>) {
        match local(start.name().as_ref()) {
            "table" => self.end_sheet(),
            "table-row" => {
                (self.filled, self.empty, self.row_texts) = (0, 0, 0);
                self.rows = number(start, "number-rows-repeated");
            }
            "table-cell" | "covered-table-cell" => {
                self.columns = number(start, "number-columns-repeated");
                // a value or a formula is written out with its cell
                self.cell_texts = values(start);
            }
            // several spaces
            "s" => self.cell_texts = self.cell_texts.saturating_add(number(start, "c")),
            _ => {}
        }
    }

    fn end_sheet(&mut self) {
        self.places_before = self.places();
        (self.height, self.width, self.filled_rows) = (0, None, None);
    }

    fn text(&mut self, bytes: usize) {
        self.cell_texts = self.cell_texts.saturating_add(bytes as u64);
    }

    fn end(&mut self, name: &str) {
        match local(name) {
            "table-cell" | "covered-table-cell" => {
                if self.cell_texts == 0 {
                    self.empty = self.empty.saturating_add(self.columns);
                    return;
                }
                let first = self.filled.saturating_add(self.empty);
                let last = first.saturating_add(self.columns.saturating_sub(1));
                self.width = Some(with(self.width, [first, last]));
                let all = self.empty.saturating_add(self.columns);
                self.filled = self.filled.saturating_add(all);
                self.empty = 0;
                let texts = self.cell_texts.saturating_mul(self.columns);
                self.row_texts = self.row_texts.saturating_add(texts);
                self.cell_texts = 0;
            }
            "table-row" => {
                let add = |sum: &mut u64, each: u64| {
                    *sum = sum.saturating_add(each.saturating_mul(self.rows));
                };
                add(&mut self.cells, self.filled);
                add(&mut self.texts, self.row_texts);
                if self.filled > 0 && self.rows > 0 {
                    let rows = [self.height, self.height.saturating_add(self.rows - 1)];
                    self.filled_rows = Some(with(self.filled_rows, rows));
                }
                self.height = self.height.saturating_add(self.rows);
                (self.filled, self.row_texts) = (0, 0);
            }
            "table" => self.end_sheet(),
            _ => {}
        }
        // a row that is open counts as far as it goes
        if self.filled.max(self.row_texts).max(self.cell_texts) > TEXTS {
            self.cells = self.cells.max(self.filled);
            self.texts = self.texts.max(self.row_texts).max(self.cell_texts);
        }
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The number of an attribute; 1 where there is none.
fn number(start: &BytesStart<'_>, wanted: &str) -> u64 {
    let mut found = start.attributes().flatten();
    let found = found.find(|attribute| local(attribute.key.as_ref()) == wanted);
    let value = found.and_then(|attribute| attribute.value.trim().parse().ok());
    value.unwrap_or(1)
}

/// Bytes of the attributes of a cell that are what it holds.
fn values(start: &BytesStart<'_>) -> u64 {
    let all = start.attributes().flatten();
    let held = all.filter(|attribute| {
        let name = local(attribute.key.as_ref());
        name == "formula" || name.ends_with("value") || name == "value-type"
    });
    held.map(|attribute| attribute.value.len() as u64).sum()
}

#[cfg(test)]
mod tests {
    use super::content_bounded;

    fn found(rows: &str, most: u64) -> Result<(), String> {
        let content = format!("<a:table>{rows}</a:table>");
        content_bounded(content.as_bytes(), most)
    }

    #[test]
    fn what_is_repeated_is_counted_as_often() {
        let cell = "<a:table-cell a:number-columns-repeated=\"10\"><b:p>x</b:p></a:table-cell>";
        let row = |cells: &str| {
            format!("<a:table-row a:number-rows-repeated=\"7\">{cells}</a:table-row>")
        };
        assert_eq!(found(&row(cell), 70), Ok(()));
        assert!(found(&row(cell), 69).is_err());
        // empty cells count where something stands behind them, and only there
        let gap = "<a:table-cell a:number-columns-repeated=\"90\"/>";
        assert_eq!(found(&row(&[cell, gap].concat()), 70), Ok(()));
        assert_eq!(found(&row(&[gap, cell].concat()), 700), Ok(()));
        assert!(found(&row(&[gap, cell].concat()), 699).is_err());
        assert_eq!(found(&row(gap), 0), Ok(()));
    }

    #[test]
    fn the_places_of_a_sheet_lie_from_corner_to_corner() {
        let cell = |gap: u64| {
            let gap = format!("<a:table-cell a:number-columns-repeated=\"{gap}\"/>");
            format!("{gap}<a:table-cell><b:p>x</b:p></a:table-cell>")
        };
        let row = |cells: &str, count: u64| {
            format!("<a:table-row a:number-rows-repeated=\"{count}\">{cells}</a:table-row>")
        };
        // a far cell, rows without any, and a near cell: ten columns, eight rows
        let sheet = [
            row(&cell(10), 1),
            row("", 5),
            row(&cell(1), 2),
            row("", 900),
        ]
        .concat();
        assert_eq!(found(&sheet, 80), Ok(()));
        assert!(found(&sheet, 79).is_err_and(|why| why.contains("79 places apart")));
        // what is left of the first and above it is none of them
        let aside = [row("", 900), row(&cell(30), 1), row(&cell(31), 1)].concat();
        assert_eq!(found(&aside, 63), Ok(()));
        let sheets = format!("{sheet}</a:table><a:table>{sheet}");
        assert_eq!(found(&sheets, 160), Ok(()));
        assert!(found(&sheets, 159).is_err());
        for first in ["", &cell(1)] {
            let endless = [row(first, u64::MAX), row(&cell(u64::MAX), u64::MAX)].concat();
            assert!(found(&endless, u64::MAX - 1).is_err());
        }
    }

    #[test]
    fn an_element_that_does_not_end_is_told() {
        let row = "<a:table-row><a:table-cell>x";
        assert!(found(row, 10).is_err_and(|why| why.contains("damaged")));
        let cut = content_bounded("<a:table><a:table-row/>".as_bytes(), 10);
        assert!(cut.is_err_and(|why| why.contains("cut short")));
        assert!(content_bounded("<a></b>".as_bytes(), 10).is_err());
        assert_eq!(content_bounded("".as_bytes(), 10), Ok(()));
    }

    #[test]
    fn texts_and_spaces_are_counted_as_often_too() {
        let spaces =
            "<a:table-row><a:table-cell><b:s b:c=\"268435457\"/></a:table-cell></a:table-row>";
        assert!(found(spaces, 10).is_err_and(|why| why.contains("268435456 bytes")));
        let text = "x".repeat(1 << 10);
        let row = |columns: u32| {
            format!(
                "<a:table-row><a:table-cell a:number-columns-repeated=\"{columns}\"><b:p>{text}</b:p>\
                 </a:table-cell></a:table-row>"
            )
        };
        assert_eq!(found(&row(1 << 18), 1 << 20), Ok(()));
        assert!(found(&row((1 << 18) + 1), 1 << 20).is_err());
        let endless = "<a:table-row a:number-rows-repeated=\"18446744073709551615\"><a:table-cell \
                       a:number-columns-repeated=\"18446744073709551615\"><b:p>x</b:p></a:table-cell></a:table-row>";
        assert!(found(endless, 1 << 20).is_err());
    }
}
