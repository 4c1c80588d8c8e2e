//! Workbooks: XLSX, XLS, XLSB and ODS, read by calamine.

use crate::error::{Error, Result};
use crate::input::containers::framed::FramedRows;
use crate::input::containers::{compound_file, ods_size, shared_texts, style_size};
use calamine::{
    Data, DataRef, DataType, ExcelDateTime, Ods, Range, Reader, SheetType, Xls, Xlsb, Xlsx,
    open_workbook_from_rs,
};
use memchr::memmem;
use std::cell::Cell;
use std::io::Cursor;
use std::panic::AssertUnwindSafe;
use std::sync::Once;

/// Cells that a sheet may have, empty ones among them: a cell far away may ask for billions.
const CELLS: u64 = 1 << 26;
/// Columns of a sheet in any spreadsheet program: a damaged name of a cell may be that of one far away.
const COLUMNS: u32 = 1 << 14;
/// Cells of an ODS, fewer: its reader makes room for each, and for its formula, twice, whatever it holds: 128 bytes. Of
/// 67 million, which a file of 700 bytes may ask for, these would be 8 GiB.
const ROOM: u64 = 1 << 24;

/// A workbook, opened.
pub(crate) struct Workbook {
    sheets: Sheets,
    /// The sheets with cells, in their order.
    pub names: Vec<String>,
    /// What it is: `XLSX`, `XLS` or `ODS`.
    pub kind: &'static str,
}

enum Sheets {
    Xlsx(Xlsx<Cursor<Vec<u8>>>),
    Xlsb(Xlsb<Cursor<Vec<u8>>>),
    Xls(Xls<Cursor<Vec<u8>>>),
    Ods(Ods<Cursor<Vec<u8>>>),
}

impl Workbook {
    /// Opens a workbook: one in a ZIP archive, or with `compound` an XLS.
    ///
    /// # Errors
    /// When it is damaged, or nothing of the kind.
    pub(crate) fn open(name: &str, bytes: Vec<u8>, compound: bool) -> Result<Self> {
        let cannot = |why: String| {
            Error::failed(format!(
                "cannot read {name} as a workbook: {why}; save its sheet as CSV (UTF-8)"
            ))
        };
        let opened = without_panic(|| Self::opened(name, bytes, compound, &cannot));
        opened.unwrap_or_else(|| Err(cannot(BROKEN.to_owned())))
    }

    fn opened(
        name: &str,
        bytes: Vec<u8>,
        compound: bool,
        cannot: &impl Fn(String) -> Error,
    ) -> Result<Self> {
        let find = |wanted: &[u8]| memmem::find(&bytes, wanted).is_some();
        let (sheets, kind) = if compound {
            // an office program puts a workbook with a password into such a file
            let package = "EncryptedPackage".encode_utf16();
            if find(&package.flat_map(u16::to_le_bytes).collect::<Vec<u8>>()) {
                return Err(Error::failed(format!(
                    "{name} is a workbook, and it is encrypted; open it with its password and save it without"
                )));
            }
            compound_file::bounded(&bytes).map_err(cannot)?;
            let book = open_workbook_from_rs::<Xls<_>, _>(Cursor::new(bytes));
            (Sheets::Xls(book.map_err(|e| cannot(e.to_string()))?), "XLS")
        } else if find(b"xl/workbook.bin") {
            style_size::bounded(&bytes).map_err(cannot)?;
            let book = open_workbook_from_rs::<Xlsb<_>, _>(Cursor::new(bytes));
            (
                Sheets::Xlsb(book.map_err(|e| cannot(e.to_string()))?),
                "XLSB",
            )
        } else if find(b"xl/workbook.xml") {
            shared_texts::bounded(&bytes).map_err(cannot)?;
            style_size::bounded(&bytes).map_err(cannot)?;
            let book = open_workbook_from_rs::<Xlsx<_>, _>(Cursor::new(bytes));
            (
                Sheets::Xlsx(book.map_err(|e| cannot(e.to_string()))?),
                "XLSX",
            )
        } else {
            ods_size::bounded(&bytes, ROOM).map_err(cannot)?;
            let book = open_workbook_from_rs::<Ods<_>, _>(Cursor::new(bytes));
            (Sheets::Ods(book.map_err(|e| cannot(e.to_string()))?), "ODS")
        };
        let all = match &sheets {
            Sheets::Xlsx(book) => book.sheets_metadata(),
            Sheets::Xlsb(book) => book.sheets_metadata(),
            Sheets::Xls(book) => book.sheets_metadata(),
            Sheets::Ods(book) => book.sheets_metadata(),
        };
        let names = all.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        let names = names.map(|sheet| sheet.name.clone()).collect();
        Ok(Self {
            sheets,
            names,
            kind,
        })
    }

    /// The rows of a sheet, each with the number that it has there; an empty row is an empty line.
    ///
    /// # Errors
    /// When the sheet is damaged or over the bounds.
    pub(crate) fn rows(&mut self, name: &str, sheet: &str) -> Result<Vec<u8>> {
        let cannot = |why: String| {
            Error::failed(format!(
                "cannot read {name}, sheet {sheet}: {why}; save it as CSV (UTF-8)"
            ))
        };
        let read = without_panic(|| self.cells(sheet));
        read.unwrap_or_else(|| Err(BROKEN.to_owned()))
            .map_err(cannot)
    }

    fn cells(&mut self, sheet: &str) -> std::result::Result<Vec<u8>, String> {
        let mut rows = RowsOfCells::default();
        match &mut self.sheets {
            Sheets::Xlsx(book) => {
                let mut cells = book.worksheet_cells_reader(sheet).map_err(told)?;
                while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(told)? {
                    let place = cell.pos;
                    if matches!(cell.value, DataRef::Empty) && cell.formula.is_some() {
                        return Err(unsaved(place));
                    }
                    rows.add_value(place, &cell.value)?;
                }
            }
            Sheets::Xlsb(book) => {
                // not as a range, which makes room for all places between its cells
                let mut cells = book.worksheet_cells_reader(sheet).map_err(told)?;
                while let Some(cell) = cells.next_cell().map_err(told)? {
                    rows.add_value(cell.get_position(), cell.get_value())?;
                }
            }
            Sheets::Xls(book) => {
                let range = book.worksheet_range(sheet).map_err(told)?;
                rows.all(&range)?;
            }
            Sheets::Ods(book) => {
                let range = book.worksheet_range(sheet).map_err(told)?;
                let formulas = book.worksheet_formula(sheet).map_err(told)?;
                let (top, left) = formulas.start().unwrap_or_default();
                for (row, column, formula) in formulas.used_cells() {
                    let place = absolute((top, left), (row, column));
                    let value = range.get_value(place);
                    if !formula.is_empty() && value.is_none_or(DataType::is_empty) {
                        return Err(unsaved(place));
                    }
                }
                rows.all(&range)?;
            }
        }
        Ok(rows.end())
    }
}

/// What is said of a workbook whose reader comes to nothing.
const BROKEN: &str = "it is damaged";

thread_local! {
    /// Whether a panic of this thread is awaited, so that nothing is said of it.
    static AWAITED: Cell<bool> = const { Cell::new(false) };
}

/// What calamine makes of a workbook, none where it panics: it takes records of XLS and XLSB for as long as they say
/// that they are, and so a damaged file would end the program with a message about a line of its sources.
fn without_panic<T>(read: impl FnOnce() -> T) -> Option<T> {
    static SILENT: Once = Once::new();
    SILENT.call_once(|| {
        let others = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !AWAITED.get() {
                others(panic);
            }
        }));
    });
    let before = AWAITED.replace(true);
    // nothing of what it leaves half done is looked at again
    let read = std::panic::catch_unwind(AssertUnwindSafe(read));
    AWAITED.set(before);
    read.ok()
}

fn told(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Of a formula whose result was not saved with it.
fn unsaved((row, column): (u32, u32)) -> String {
    format!(
        "{} is a formula, and its result was not saved with it; open the workbook in a spreadsheet program, which \
         computes it, and save it there",
        place(u64::from(row) + 1, column as usize + 1)
    )
}

/// The place of a cell of a range that begins elsewhere.
fn absolute((top, left): (u32, u32), (row, column): (usize, usize)) -> (u32, u32) {
    let place = |start: u32, at: usize| start.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
    (place(top, row), place(left, column))
}

/// Cells as they come, row by row.
#[derive(Default)]
struct RowsOfCells {
    rows: FramedRows,
    row: u32,
    column: u32,
    cells: u64,
    /// The text of a number or a date, in room that is used again.
    text: String,
}

impl RowsOfCells {
    fn add(&mut self, row: u32, column: u32, text: &str) -> std::result::Result<(), String> {
        if row < self.row || row == self.row && column < self.column {
            return Err("its cells stand in no order".to_owned());
        }
        if column >= COLUMNS {
            let place = place(u64::from(row) + 1, column as usize + 1);
            return Err(format!(
                "a cell is called {place}, and the last column of a sheet is XFD"
            ));
        }
        if row > self.row {
            self.cells += u64::from(row - self.row);
            self.column = 0;
        }
        self.cells += u64::from(column - self.column) + 1;
        if self.cells > CELLS {
            return Err(format!("its cells lie over {CELLS} places apart"));
        }
        while self.row < row {
            self.rows.end(None);
            self.row += 1;
        }
        while self.column < column {
            self.rows.cell(b"", None);
            self.column += 1;
        }
        self.rows.cell(text.as_bytes(), None);
        self.column += 1;
        // many cells may hold one text
        ods_size::texts_bounded(self.rows.bytes.len() as u64)
    }

    /// Adds a cell unless it is empty.
    fn add_value(
        &mut self,
        (row, column): (u32, u32),
        value: &DataRef<'_>,
    ) -> std::result::Result<(), String> {
        match value {
            DataRef::SharedString(text) => self.add(row, column, text),
            DataRef::String(text) => self.add(row, column, text),
            DataRef::Empty => Ok(()),
            value => {
                let mut text = std::mem::take(&mut self.text);
                text.clear();
                write(&mut text, &Data::from(value.clone()));
                let added = self.add(row, column, &text);
                self.text = text;
                added
            }
        }
    }

    fn all(&mut self, range: &Range<Data>) -> std::result::Result<(), String> {
        let start = range.start().unwrap_or_default();
        let mut text = String::new();
        for (row, column, value) in range.used_cells() {
            text.clear();
            write(&mut text, value);
            let (row, column) = absolute(start, (row, column));
            self.add(row, column, &text)?;
        }
        Ok(())
    }

    fn end(mut self) -> Vec<u8> {
        if self.column > 0 {
            self.rows.end(None);
        }
        self.rows.bytes
    }
}

/// A cell as it is written in a table: dates as year, month and day.
fn write(text: &mut String, value: &Data) {
    use std::fmt::Write as _;
    let _ = match value {
        Data::DateTime(date) if date.is_datetime() => write!(text, "{}", moment(*date)),
        Data::Error(error) => write!(text, "{error}"),
        value if value.is_empty() => Ok(()),
        value => write!(text, "{value}"),
    };
}

fn moment(date: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let day = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second) {
        (0, 0, 0) => day,
        _ => format!("{day} {hour:02}:{minute:02}:{second:02}"),
    }
}

/// The name of a place in a sheet: `B7`.
pub(crate) fn place(row: u64, column: usize) -> String {
    let (mut letters, mut rest) = (Vec::new(), column);
    while rest > 0 {
        letters.push(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0));
        rest = (rest - 1) / 26;
    }
    letters.reverse();
    format!("{}{row}", String::from_utf8_lossy(&letters))
}

#[cfg(test)]
mod tests {
    use super::{RowsOfCells, place};

    #[test]
    fn no_cell_stands_beyond_the_end_of_a_sheet() {
        let added = |row, column| RowsOfCells::default().add(row, column, "x");
        for (row, column, found) in [(0, 1 << 14, "XFE1"), (3, 1_588_214, "CLIKE4")] {
            let told = format!("a cell is called {found}, and the last column of a sheet is XFD");
            assert_eq!(added(row, column), Err(told));
        }
        assert_eq!(added(0, (1 << 14) - 1), Ok(()));
    }

    #[test]
    fn places_have_the_names_of_spreadsheets() {
        for (column, name) in [
            (1, "A7"),
            (26, "Z7"),
            (27, "AA7"),
            (90, "CL7"),
            (702, "ZZ7"),
            (703, "AAA7"),
        ] {
            assert_eq!(place(7, column), name);
        }
    }
}
