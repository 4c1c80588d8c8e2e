//! Rows of people, read from bytes as `score` reads them.

use super::packs::few;
use rolescope::input::format::InputFormat;
use rolescope::input::ledger::Ledger;
use rolescope::input::mapping::InputOptions;
use rolescope::input::opened::ReadOptions;
use rolescope::input::pack_tables::PackTables;
use rolescope::input::pump::{Piece, Pump};
use rolescope::input::question_index::{HeaderMeaning, QuestionIndex};
use rolescope::input::row::{KeptField, Receiver, Rejection, RowBuffer};
use rolescope_core::Answers;
use std::io::Cursor;
use std::sync::OnceLock;

/// Bytes of a piece in which small inputs are whole.
const WHOLE: usize = 1 << 20;

/// How inputs of one format are read, made once.
struct Reading {
    input: InputOptions,
    tables: PackTables,
}

impl Reading {
    fn new(format: Option<InputFormat>) -> Self {
        Self {
            input: InputOptions {
                format,
                partial: true,
                ..InputOptions::default()
            },
            tables: PackTables::default(),
        }
    }

    fn options(&self, size: usize) -> ReadOptions<'_> {
        ReadOptions {
            pack: few(),
            input: &self.input,
            keep: &[],
            size,
            tables: self.tables.clone(),
        }
    }

    /// Reads an input in pieces of `size` bytes and gives its rows to `taker`; whether it was read, and not
    /// refused as a whole.
    fn read(&self, bytes: &[u8], size: usize, taker: &mut impl Taker) -> bool {
        let reader = Cursor::new(bytes.to_vec());
        let mut pump = Pump::of_reader("an input", reader, self.options(size));
        let (mut row, mut buffer) = (RowBuffer::new(few(), &[]), Vec::new());
        let mut ledger = Ledger::default();
        loop {
            match pump.next(&mut buffer) {
                Ok(Some(piece)) => ledger.add(piece.read(few(), &buffer, &mut row, taker)),
                Ok(None) => {
                    ledger.add(pump.ledger());
                    let (people, rejected) = taker.counted();
                    let accounted = ledger.close(people, rejected);
                    accounted.expect("every line is a person, a rejected row or passed over");
                    return true;
                }
                Err(error) => {
                    assert!(!error.to_string().is_empty());
                    return false;
                }
            }
        }
    }
}

/// What takes rows and counts them.
trait Taker: Receiver {
    /// People, and rejected rows.
    fn counted(&self) -> (u64, u64);
}

/// Rows, counted.
#[derive(Default)]
struct Counted {
    people: u64,
    rejected: u64,
}

impl Receiver for Counted {
    fn person(&mut self, id: &str, answers: &Answers, _: &[KeptField]) -> bool {
        assert!(!id.is_empty() && answers.codes().len() == few().questions().len());
        self.people += 1;
        true
    }

    fn reject(&mut self, rejection: &Rejection<'_>) -> bool {
        assert!(rejection.line > 0 && !rejection.reason.is_empty());
        self.rejected += 1;
        true
    }

    fn unknown(&mut self, _: &str) {}
}

impl Taker for Counted {
    fn counted(&self) -> (u64, u64) {
        (self.people, self.rejected)
    }
}

/// Rows, kept.
#[derive(Debug, Default, PartialEq)]
struct Kept(Vec<Row>);

/// A person with answers, or why a row is rejected.
type Row = Result<(String, Answers), String>;

impl Receiver for Kept {
    fn person(&mut self, id: &str, answers: &Answers, _: &[KeptField]) -> bool {
        self.0.push(Ok((id.to_owned(), answers.clone())));
        true
    }

    fn reject(&mut self, rejection: &Rejection<'_>) -> bool {
        self.0.push(Err(rejection.reason.clone()));
        true
    }

    fn unknown(&mut self, _: &str) {}
}

impl Taker for Kept {
    fn counted(&self) -> (u64, u64) {
        let people = self.0.iter().filter(|row| row.is_ok()).count() as u64;
        (people, self.0.len() as u64 - people)
    }
}

/// How a table is read.
fn table() -> &'static Reading {
    static READING: OnceLock<Reading> = OnceLock::new();
    READING.get_or_init(|| Reading::new(Some(InputFormat::Csv)))
}

/// Rows below a header that was opened before: opening takes longer than reading them, and is for other
/// targets.
struct OpenedRows {
    piece: Piece,
    newline: u8,
}

impl OpenedRows {
    /// An input that is opened, of which the first rows are these.
    fn new(reading: &Reading, start: String, newline: u8) -> Self {
        let reader = Cursor::new(start.into_bytes());
        let mut pump = Pump::of_reader("an input", reader, reading.options(WHOLE));
        let piece = pump.next(&mut Vec::new()).expect("it can be read");
        let piece = piece.expect("it has rows");
        Self { piece, newline }
    }

    /// Reads these rows in its place; every line of them is accounted for.
    fn read(&self, rows: &[u8]) {
        let mut rows = rows.to_vec();
        rows.push(self.newline);
        let (mut row, mut taker) = (RowBuffer::new(few(), &[]), Counted::default());
        let mut ledger = self.piece.read(few(), &rows, &mut row, &mut taker);
        ledger.lines += rows.split(|byte| *byte == self.newline).count() as u64 - 1;
        let accounted = ledger.close(taker.people, taker.rejected);
        accounted.expect("every line is a person, a rejected row or passed over");
    }
}

/// Rows of a table below a header that is right; the first byte says what divides its cells, what ends a
/// line, and whether rows are read the quick way.
pub fn csv(bytes: &[u8]) {
    static OPENED: OnceLock<Vec<OpenedRows>> = OnceLock::new();
    let Some((how, rows)) = bytes.split_first() else {
        return;
    };
    let opened = OPENED.get_or_init(|| (0..16).map(opened_table).collect());
    opened[usize::from(how % 16)].read(rows);
}

/// A table that is opened in one of 16 ways.
fn opened_table(how: usize) -> OpenedRows {
    let delimiter = [",", ";", "\t", "|"][how % 4];
    let names = [
        "id",
        "making-1",
        "making-2",
        "variety-1",
        "spatial-1",
        "spatial-2",
        "blood",
    ];
    let newline = if how & 4 == 0 { "\n" } else { "\r" };
    let mut reading = Reading::new(Some(InputFormat::Csv));
    // where cells are counted, none is read the quick way
    reading.input.counts = how & 8 != 0;
    let row = ["a", "4", "3", "2", "b", "?", "1"].join(delimiter);
    let start = [names.join(delimiter), row, String::new()].join(newline);
    OpenedRows::new(&reading, start, newline.as_bytes()[0])
}

/// A table with its header, and what stands above it.
pub fn tables(bytes: &[u8]) {
    table().read(bytes, WHOLE, &mut Counted::default());
}

/// JSON objects, a line each; over several lines or in an array where the first bytes look so.
pub fn ndjson(bytes: &[u8]) {
    static OPENED: OnceLock<[OpenedRows; 2]> = OnceLock::new();
    let opened = OPENED.get_or_init(|| {
        ["", "\n"].map(|more| {
            let start = format!("{{{more}\"id\":\"a\",\"answers\":{{\"making-1\":1}}}}\n");
            let reading = Reading::new(Some(InputFormat::Ndjson));
            OpenedRows::new(&reading, start, b'\n')
        })
    });
    let several = matches!(bytes, [b'[', ..] | [b'{', b' ' | b'\n' | b'\r', ..]);
    opened[usize::from(several)].read(bytes);
}

/// Answer codes, one a line.
pub fn codes(bytes: &[u8]) {
    static READING: OnceLock<Reading> = OnceLock::new();
    let reading = READING.get_or_init(|| Reading::new(Some(InputFormat::Codes)));
    let mut kept = Kept::default();
    reading.read(bytes, WHOLE, &mut kept);
    for (_, answers) in kept.0.iter().flatten() {
        let code = answers.answer_code(few());
        assert_eq!(
            Answers::from_answer_code(few(), &code).as_ref(),
            Ok(answers)
        );
    }
}

/// Any file: encodings, layouts and headers as they are told from its bytes.
pub fn inputs(bytes: &[u8]) {
    any().read(bytes, WHOLE, &mut Counted::default());
}

/// How an input is read of which nothing is known.
fn any() -> &'static Reading {
    static READING: OnceLock<Reading> = OnceLock::new();
    READING.get_or_init(|| Reading::new(None))
}

/// The same, where what is read in pieces must be what is read as a whole.
pub fn pieces(bytes: &[u8]) {
    let (mut whole, mut parts) = (Kept::default(), Kept::default());
    let read = any().read(bytes, WHOLE, &mut whole);
    assert_eq!(read, any().read(bytes, 64, &mut parts));
    if read {
        assert_eq!(whole, parts);
    }
}

/// What `read` tells of an input: the same people, with the cells of every column counted.
pub fn read(bytes: &[u8]) {
    static READING: OnceLock<Reading> = OnceLock::new();
    let reading = READING.get_or_init(|| {
        let mut reading = Reading::new(None);
        reading.input.counts = true;
        reading
    });
    let (mut plain, mut counted) = (Kept::default(), Kept::default());
    let read = any().read(bytes, WHOLE, &mut plain);
    assert_eq!(read, reading.read(bytes, WHOLE, &mut counted));
    if read {
        assert_eq!(plain, counted);
    }
}

/// What a header means: the same in capitals, and nothing that is offered is taken.
pub fn headers(bytes: &[u8]) {
    static INDEX: OnceLock<QuestionIndex> = OnceLock::new();
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let index = INDEX.get_or_init(|| QuestionIndex::new(few()));
    let found = index.meaning(text);
    if let HeaderMeaning::One { question, .. } = found {
        assert!(question < few().questions().len());
        let capitals = index.meaning(&text.to_ascii_uppercase());
        assert_ne!(capitals, HeaderMeaning::None);
    }
    let _ = index.near(text);
}
