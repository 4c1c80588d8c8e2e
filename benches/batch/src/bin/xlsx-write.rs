//! Writes the rows of a table as the first sheet of a workbook: numbers as numbers, all other cells as texts.

use rust_xlsxwriter::Workbook;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut paths = std::env::args().skip(1);
    let (Some(table), Some(workbook)) = (paths.next(), paths.next()) else {
        return Err("xlsx-write TABLE WORKBOOK".into());
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_path(table)?;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, record) in (0..).zip(reader.records()) {
        for (column, cell) in (0..).zip(&record?) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number)?,
                Err(_) if cell.is_empty() => continue,
                Err(_) => sheet.write_string(row, column, cell)?,
            };
        }
    }
    book.save(workbook)?;
    Ok(())
}
