//! What the targets share: a small pack, and rows read from bytes as `score` reads them.

use rolescope::input::format::InputFormat;
use rolescope::input::ledger::Ledger;
use rolescope::input::mapping::InputOptions;
use rolescope::input::opened::ReadOptions;
use rolescope::input::pump::Pump;
use rolescope::input::question_index::{HeaderMeaning, QuestionIndex};
use rolescope::input::row::{KeptField, Receiver, Rejection, RowBuffer};
use rolescope::storage::pack_files;
use rolescope_core::text::unprintable;
use rolescope_core::write::{CarriedField, RecordWriter, TextStyle};
use rolescope_core::{Answers, Comparison, Pack, SourceFile};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// The files of the small pack of the tests, with paths from its root.
pub fn small_files() -> Vec<SourceFile> {
    static FILES: OnceLock<Vec<SourceFile>> = OnceLock::new();
    FILES.get_or_init(read_small).clone()
}

fn read_small() -> Vec<SourceFile> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/packs/small"));
    let mut files = pack_files::folder(root).expect("the small pack can be read");
    for file in &mut files {
        let path = Path::new(file.path()).strip_prefix(root);
        let path = path.expect("within the pack").display().to_string();
        file.rename(path);
    }
    files
}

/// The small pack.
pub fn small() -> &'static Pack {
    static PACK: OnceLock<Pack> = OnceLock::new();
    PACK.get_or_init(|| Pack::parse(&small_files()).expect("the small pack is valid"))
}

/// Compared with all roles of the small pack.
pub fn comparison() -> &'static Comparison<'static> {
    static COMPARISON: OnceLock<Comparison<'static>> = OnceLock::new();
    COMPARISON.get_or_init(|| {
        let comparison = Comparison::builder(small()).build();
        comparison.expect("the small pack has roles to compare")
    })
}

/// Plain text, as a pipe gets it.
pub const LOOK: TextStyle = TextStyle::new(80);

/// Holds that a text has no character that a terminal would act on.
pub fn harmless(text: &str) {
    let found = text.chars().find(|&c| c != '\n' && unprintable(c));
    assert!(found.is_none(), "{found:?} in {text:?}");
}

/// A file in memory where there is a file system for that: readers open files by name.
fn scratch() -> &'static Path {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(|| {
        let memory = Path::new("/dev/shm");
        let folder = if memory.is_dir() {
            memory.to_owned()
        } else {
            std::env::temp_dir()
        };
        folder.join(format!("rolescope-fuzz-{}", std::process::id()))
    })
}

/// Rows as they come, each written in every format and looked at.
struct Taker<'d> {
    records: RecordWriter<'d>,
    rows: Vec<Result<(String, Answers), String>>,
    cells: usize,
}

impl Receiver for Taker<'_> {
    fn person(&mut self, id: &str, answers: &Answers, kept: &[KeptField]) -> bool {
        let outcome = comparison().assess(answers);
        let carried = kept.iter().map(|k| CarriedField::new(&k.text, k.json));
        let carried: Vec<CarriedField<'_>> = carried.collect();
        let mut csv = Vec::new();
        self.records.csv(&mut csv, id, &outcome, &carried);
        assert_eq!(cells(&csv), self.cells, "{}", String::from_utf8_lossy(&csv));
        let mut json = Vec::new();
        self.records.json(&mut json, id, &outcome, &carried);
        let value: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
        assert_eq!(value["id"], id);
        assert!(!json.contains(&b'\n'), "a record is one line");
        harmless(&self.records.table_row(id, &outcome, LOOK));
        self.rows.push(Ok((id.to_owned(), answers.clone())));
        true
    }

    fn reject(&mut self, rejection: &Rejection<'_>) -> bool {
        assert!(rejection.line > 0 && !rejection.reason.is_empty());
        self.rows.push(Err(rejection.reason.clone()));
        true
    }

    fn unknown(&mut self, _: &str) {}
}

/// Cells of one row, which must not be two.
fn cells(row: &[u8]) -> usize {
    let (mut cells, mut rows) = (0, 0);
    let mut reader = csv_core::Reader::new();
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
}

/// What comes of an input read in pieces of `size` bytes; nothing where it is refused as a whole.
fn read(
    format: Option<InputFormat>,
    size: usize,
) -> Option<Vec<Result<(String, Answers), String>>> {
    let keep = ["class".to_owned()];
    let input = InputOptions {
        format,
        partial: true,
        ..InputOptions::default()
    };
    let options = ReadOptions {
        pack: small(),
        input: &input,
        keep: if format == Some(InputFormat::Ndjson) {
            &keep
        } else {
            &[]
        },
        size,
    };
    let kept = options.keep.to_vec();
    let mut pump = Pump::new(&[scratch().display().to_string()], options);
    let records = RecordWriter::new(comparison()).keeping(&kept);
    let mut header = Vec::new();
    records.csv_header(&mut header);
    let mut taker = Taker {
        records,
        rows: Vec::new(),
        cells: cells(&header),
    };
    let (mut row, mut bytes) = (RowBuffer::new(small(), &kept), Vec::new());
    let mut ledger = Ledger::default();
    loop {
        match pump.next(&mut bytes) {
            Ok(Some(piece)) => ledger.add(piece.read(small(), &bytes, &mut row, &mut taker)),
            Ok(None) => {
                ledger.add(pump.ledger());
                let people = taker.rows.iter().filter(|row| row.is_ok()).count();
                let rejected = taker.rows.len() - people;
                let accounted = ledger.close(people as u64, rejected as u64);
                accounted.expect("every line is a person, a rejected row or passed over");
                return Some(taker.rows);
            }
            Err(error) => {
                assert!(!error.to_string().is_empty());
                return None;
            }
        }
    }
}

/// Reads and scores bytes as rows, twice: in one piece and in many, which must come to the same.
pub fn rows(format: impl Into<Option<InputFormat>>, bytes: &[u8]) {
    let format = format.into();
    std::fs::write(scratch(), bytes).expect("there is space");
    let whole = read(format, 1 << 20);
    let pieces = read(format, 64);
    assert_eq!(whole, pieces);
}

/// Looks up a header: it means the same in capitals, and nothing that is offered is taken.
pub fn header(text: &str) {
    static INDEX: OnceLock<QuestionIndex> = OnceLock::new();
    let index = INDEX.get_or_init(|| QuestionIndex::new(small()));
    let found = index.meaning(text);
    if let HeaderMeaning::One { question, .. } = found {
        assert!(question < small().questions().len());
        assert_ne!(
            index.meaning(&text.to_ascii_uppercase()),
            HeaderMeaning::None
        );
    }
    let _ = index.near(text);
}
