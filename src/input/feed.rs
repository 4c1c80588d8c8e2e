//! All inputs of a run as numbered tasks: files, folders of answer files, standard input; told by
//! name or content, plain or compressed.

use crate::error::{Error, Result};
use crate::input::csv::CsvReader;
use crate::input::decompress::{ByteSource, inflate};
use crate::input::format::InputFormat;
use crate::input::header;
use crate::input::ledger::Ledger;
use crate::input::ndjson::NdjsonReader;
use crate::input::quoting::Shape;
use crate::input::record_splitter::{Chunk, LONGEST, RecordSplitter, Splitting};
use crate::input::row_cells::{RowCells, delimiter};
use crate::input::tasks::{OpenInput, RowReader, Task};
use crate::storage::text_file::LARGEST;
use rolescope_core::pack::model::Pack;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Answer files of one task.
const FILES: usize = 64;
/// Answer files of a folder: their names are held until they are read.
const MOST_FILES: usize = 1 << 20;
/// Bytes by which the format of an input is told.
const TELLING: usize = 64 << 10;
/// Most columns of a table: what each takes is kept for the whole run.
const COLUMNS: usize = 1 << 18;

/// What all inputs have in common.
#[derive(Clone, Debug)]
pub struct FeedOptions<'a> {
    /// The pack that is answered.
    pub pack: &'a Pack,
    /// How inputs are written, where name and content do not tell.
    pub written: Option<InputFormat>,
    /// Columns or fields carried to the output.
    pub keep: &'a [String],
    /// Bytes of one task.
    pub size: usize,
}

/// The inputs of a run, as tasks.
pub struct Feed<'a> {
    wanted: FeedOptions<'a>,
    inputs: VecDeque<String>,
    files: VecDeque<PathBuf>,
    open: Option<(Arc<OpenInput>, RecordSplitter<ByteSource>, Splitting)>,
    ledger: Ledger,
    remarks: Vec<String>,
    read: Arc<AtomicU64>,
}

impl<'a> Feed<'a> {
    /// The tasks of these inputs.
    #[must_use]
    pub fn new(inputs: &[String], wanted: FeedOptions<'a>) -> Self {
        Self {
            wanted,
            inputs: inputs.iter().cloned().collect(),
            files: VecDeque::new(),
            open: None,
            ledger: Ledger::default(),
            remarks: Vec::new(),
            read: Arc::default(),
        }
    }

    /// Bytes read so far, before decompression.
    #[must_use]
    pub fn bytes_read(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.read)
    }

    /// What was handed out so far of inputs that are at their end.
    #[must_use]
    pub const fn ledger(&self) -> Ledger {
        self.ledger
    }

    /// What is worth saying about inputs opened since the last call.
    pub fn take_remarks(&mut self) -> Vec<String> {
        std::mem::take(&mut self.remarks)
    }

    /// The next task; rows are put in `bytes`.
    ///
    /// # Errors
    /// When an input cannot be read, or nothing in it can be scored.
    pub fn next(&mut self, bytes: &mut Vec<u8>) -> Result<Option<Task>> {
        loop {
            if !self.files.is_empty() {
                let some = self.files.len().min(FILES);
                self.ledger.lines += some as u64;
                return Ok(Some(Task::Files(self.files.drain(..some).collect())));
            }
            if let Some((source, chunks, cut)) = &mut self.open {
                let name = &source.name;
                match chunks.next(*cut, bytes).map_err(|e| cannot_read(name, e))? {
                    Chunk::Records { line } => {
                        return Ok(Some(Task::Rows(Arc::clone(source), line)));
                    }
                    Chunk::TooLong { line, lines, start } => {
                        self.ledger.row(lines);
                        return Ok(Some(Task::TooLong(Arc::clone(source), line, start)));
                    }
                    Chunk::Unclosed { line, cell } => return Err(unclosed(name, line, cell)),
                    Chunk::End => {
                        self.ledger.lines += chunks.lines();
                        self.open = None;
                    }
                }
            }
            let Some(input) = self.inputs.pop_front() else {
                return Ok(None);
            };
            if let Some(work) = self.open(&input)? {
                return Ok(Some(work));
            }
        }
    }

    fn open(&mut self, input: &str) -> Result<Option<Task>> {
        let read = Arc::clone(&self.read);
        if input == "-" {
            let reader = CountingReader(io::stdin(), read);
            return self.stream("standard input", reader, self.wanted.written);
        }
        let path = Path::new(input);
        if path.is_dir() {
            let (files, odd) = folder(path)?;
            self.files = files;
            self.remarks.extend(odd);
            return Ok(None);
        }
        let written = self.wanted.written.or_else(|| InputFormat::by_name(path));
        let file =
            File::open(path).map_err(|source| Error::io(format!("cannot open {input}"), source))?;
        self.stream(input, CountingReader(file, read), written)
    }

    fn stream(
        &mut self,
        name: &str,
        reader: impl Read + Send + 'static,
        written: Option<InputFormat>,
    ) -> Result<Option<Task>> {
        let cannot = |source| cannot_read(name, source);
        let give = "give a table whose header names questions, or NDJSON";
        let (reader, mut start) = opened(name, reader, "CSV UTF-8", give)?;
        // tables of old Macintosh programs have no newline at all
        let newline = if start.contains(&b'\r') && !start.contains(&b'\n') {
            b'\r'
        } else {
            b'\n'
        };
        let FeedOptions {
            pack, keep, size, ..
        } = self.wanted;
        let (rows, cut, newline) = match written.unwrap_or_else(|| InputFormat::by_content(&start))
        {
            InputFormat::Toml => {
                let most = (LARGEST + 1).saturating_sub(start.len() as u64);
                reader.take(most).read_to_end(&mut start).map_err(cannot)?;
                self.ledger.lines += 1;
                return Ok(Some(Task::Text(name.to_owned(), start)));
            }
            InputFormat::Ndjson => (
                RowReader::Lines(NdjsonReader::new(pack, keep)),
                Splitting::Lines,
                b'\n',
            ),
            written => {
                let delimiter = match written {
                    InputFormat::Tsv => b'\t',
                    _ => delimiter(&start),
                };
                let mut shape = Shape {
                    delimiter,
                    separators: 0,
                };
                let mut chunks = RecordSplitter::new(reader, start, newline, size);
                let mut bytes = Vec::new();
                match chunks.header(shape, &mut bytes).map_err(cannot)? {
                    Chunk::Records { line } => {
                        self.ledger.blank += line - 1;
                        self.ledger.headers += chunks.lines() - (line - 1);
                    }
                    Chunk::Unclosed { line, cell } => return Err(unclosed(name, line, cell)),
                    Chunk::TooLong { .. } | Chunk::End => {
                        return Err(Error::failed(format!(
                            "{name}:1: the header is over {LONGEST} bytes"
                        )));
                    }
                }
                let mut cells = RowCells::default();
                cells.split(shape, &bytes, COLUMNS);
                if cells.total() > COLUMNS {
                    return Err(Error::failed(format!(
                        "{name}:1: {} columns, more than {COLUMNS}; leave out those that are not needed",
                        cells.total()
                    )));
                }
                let header = header::resolve(name, cells.names(), pack, keep)?;
                let remarks = header.remarks.iter().map(|r| format!("{name}: {r}"));
                self.remarks.extend(remarks);
                shape.separators = header.names.len() - 1;
                let rows = RowReader::Table(Box::new(CsvReader::new(shape, newline, header, pack)));
                let name = name.to_owned();
                let source = Arc::new(OpenInput { name, rows });
                self.open = Some((source, chunks, Splitting::Table(shape)));
                return Ok(None);
            }
        };
        let chunks = RecordSplitter::new(reader, start, newline, size);
        let name = name.to_owned();
        self.open = Some((Arc::new(OpenInput { name, rows }), chunks, cut));
        Ok(None)
    }
}

/// A text input that is no longer compressed, and its first bytes, without the mark of UTF-8;
/// `save` is how to save it as UTF-8, and `give` says what to give in place of nothing.
pub(crate) fn opened(
    name: &str,
    reader: impl Read + Send + 'static,
    save: &str,
    give: &str,
) -> Result<(ByteSource, Vec<u8>)> {
    let cannot = |source| cannot_read(name, source);
    let mut reader = inflate(reader).map_err(cannot)?;
    let mut start = Vec::new();
    reader
        .by_ref()
        .take(TELLING as u64)
        .read_to_end(&mut start)
        .map_err(cannot)?;
    if start.starts_with(b"\xEF\xBB\xBF") {
        start.drain(..3);
    }
    // with its mark, or without: every other byte of a header is 0
    if let [0xFF, 0xFE, ..]
    | [0xFE, 0xFF, ..]
    | [0, 1..=255, 0, 1..=255, ..]
    | [1..=255, 0, 1..=255, 0, ..] = start[..]
    {
        return Err(Error::failed(format!(
            "{name} is UTF-16; save it as \"{save}\""
        )));
    }
    if start.trim_ascii().is_empty() {
        return Err(Error::failed(format!("{name} is empty; {give}")));
    }
    Ok((reader, start))
}

pub(crate) fn cannot_read(name: &str, source: io::Error) -> Error {
    if source.kind() == io::ErrorKind::UnexpectedEof {
        return Error::failed(format!(
            "cannot read {name}: it ends early, so part of it is missing"
        ));
    }
    Error::io(format!("cannot read {name}"), source)
}

fn unclosed(name: &str, line: u64, cell: usize) -> Error {
    Error::failed(format!(
        "{name}:{line}:{cell}: a quote that opens here is not closed within {LONGEST} bytes or by the \
         end of the input; close it or take it out"
    ))
}

/// The answer files of a folder, and what is no file though its name says so.
fn folder(path: &Path) -> Result<(VecDeque<PathBuf>, Vec<String>)> {
    let cannot = |source| Error::io(format!("cannot list {}", path.display()), source);
    let (mut files, mut odd) = (Vec::new(), Vec::new());
    for entry in std::fs::read_dir(path).map_err(cannot)? {
        let file = entry.map_err(cannot)?.path();
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') || !name.ends_with(".toml") {
            continue;
        }
        // one that is there but cannot be looked at is told of when it is read
        if std::fs::metadata(&file).is_ok_and(|there| !there.is_file()) {
            odd.push(format!("{} is no file, ignored", file.display()));
        } else {
            files.push(file);
        }
        if files.len() + odd.len() > MOST_FILES {
            return Err(Error::failed(format!(
                "{} has over {MOST_FILES} answer files; divide it",
                path.display()
            )));
        }
    }
    if files.is_empty() {
        return Err(Error::failed(format!(
            "{} has no answer files (*.toml)",
            path.display()
        )));
    }
    files.sort();
    odd.sort();
    Ok((files.into(), odd))
}

/// A reader that counts its bytes for whoever shows progress.
struct CountingReader<R>(R, Arc<AtomicU64>);

impl<R: Read> Read for CountingReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(buffer)?;
        self.1.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
