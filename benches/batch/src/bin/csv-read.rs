//! What reading a table takes with the csv crate on one thread, and nothing else done: the length of
//! every cell is added up, so that nothing is optimised away.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("csv-read FILE")?;
    let mut reader = csv::ReaderBuilder::new()
        .buffer_capacity(256 << 10)
        .from_path(path)?;
    let mut record = csv::ByteRecord::new();
    let (mut rows, mut bytes) = (0_u64, 0);
    while reader.read_byte_record(&mut record)? {
        rows += 1;
        bytes += record.iter().map(<[u8]>::len).sum::<usize>();
    }
    println!("{rows} rows, {bytes} bytes in cells");
    Ok(())
}
