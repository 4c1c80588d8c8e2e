//! Records as they are written: the same person in every format.

use super::harmless;
use super::packs::{LOOK, comparison, small};
use rolescope_core::Answers;
use rolescope_core::write::{CarriedField, RecordWriter};
use std::cell::RefCell;

/// One person in every format: an answer a byte, then who it is, and behind a line end what is carried
/// along.
pub fn records(bytes: &[u8]) {
    let questions = small().questions();
    let (given, rest) = bytes.split_at(bytes.len().min(questions.len()));
    let Ok(text) = std::str::from_utf8(rest) else {
        return;
    };
    let mut answers = Answers::none(small());
    for (q, byte) in given.iter().enumerate() {
        // one that the question does not have is none
        let _ = answers.set(q, byte % 8);
    }
    let (id, kept) = text.split_once('\n').unwrap_or((text, ""));
    let outcome = comparison().assess(&answers);
    let keep = ["class".to_owned()];
    let records = RecordWriter::new(comparison()).keeping(&keep);
    let carried = [CarriedField::new(kept, false)];

    let (mut header, mut row) = (Vec::new(), Vec::new());
    records.csv_header(&mut header);
    records.csv(&mut row, id, &outcome, &carried);
    assert_eq!(
        cells(&row),
        cells(&header),
        "{}",
        String::from_utf8_lossy(&row)
    );

    let mut json = Vec::new();
    records.json(&mut json, id, &outcome, &carried);
    let value: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    assert_eq!(
        (&value["id"], &value["kept"]["class"]),
        (&id.into(), &kept.into())
    );
    assert!(!json.contains(&b'\n'), "a record is one line");

    harmless(&records.table_row(id, &outcome, LOOK));
}

/// Cells of one row, which must not be two.
fn cells(row: &[u8]) -> usize {
    thread_local! {
        // its states are made once: that takes longer than a row
        static READER: RefCell<csv_core::Reader> = RefCell::new(csv_core::Reader::new());
    }
    READER.with_borrow_mut(|reader| {
        reader.reset();
        let (mut cells, mut rows) = (0, 0);
        let (mut at, mut buffer) = (0, [0; 256]);
        loop {
            let (result, read, _) = reader.read_field(&row[at..], &mut buffer);
            at += read;
            match result {
                csv_core::ReadFieldResult::Field { record_end } => {
                    cells += 1;
                    rows += usize::from(record_end);
                }
                csv_core::ReadFieldResult::End => break,
                _ => {}
            }
        }
        assert_eq!(rows, 1, "{}", String::from_utf8_lossy(row));
        cells
    })
}
