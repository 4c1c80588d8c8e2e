//! What reading the first sheet of a workbook takes with calamine, cell by cell as the program does, and
//! nothing else done: cells and the lengths of texts are added up, so that nothing is optimised away.

use calamine::{DataRef, Reader, Xlsx, open_workbook};
use std::error::Error;
use std::fs::File;
use std::io::BufReader;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("xlsx-read FILE")?;
    let mut book: Xlsx<BufReader<File>> = open_workbook(path)?;
    let sheet = book.sheet_names().into_iter().next().ok_or("no sheet")?;
    let mut cells = book.worksheet_cells_reader(&sheet)?;
    let (mut count, mut bytes, mut sum) = (0_u64, 0, 0.0);
    while let Some(cell) = cells.next_cell()? {
        count += 1;
        match cell.get_value() {
            DataRef::SharedString(text) => bytes += text.len(),
            DataRef::String(text) => bytes += text.len(),
            DataRef::Float(number) => sum += number,
            _ => {}
        }
    }
    println!("{count} cells, {bytes} bytes of texts, {sum} in numbers");
    Ok(())
}
