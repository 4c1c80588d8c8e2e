//! Opens an input: unpacks it, tells how it is written by name or content, and resolves its header.

use crate::error::{Error, Result};
use crate::input::csv::CsvReader;
use crate::input::decompress::inflate;
use crate::input::format::InputFormat;
use crate::input::header;
use crate::input::ledger::Ledger;
use crate::input::live::{ByteSource, LiveReader, PieceRead as _};
use crate::input::ndjson::NdjsonReader;
use crate::input::quoting::Shape;
use crate::input::record_splitter::{Chunk, LONGEST, RecordSplitter, Splitting};
use crate::input::row_cells::{RowCells, delimiter};
use crate::storage::text_file::LARGEST;
use rolescope_core::Pack;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Files of a folder: their names are held until they are read.
const MOST_FILES: usize = 1 << 20;
/// Bytes by which the format of an input is told.
const TELLING: usize = 64 << 10;
/// Most columns of a table: what each takes is kept for the whole run.
const COLUMNS: usize = 1 << 18;

/// What all inputs of a run have in common.
#[derive(Clone, Debug)]
pub struct ReadOptions<'a> {
    /// The pack that is answered.
    pub pack: &'a Pack,
    /// How inputs are written, where name and content do not tell.
    pub format: Option<InputFormat>,
    /// Columns or fields carried to the output.
    pub keep: &'a [String],
    /// Bytes of one piece.
    pub size: usize,
}

/// What a run shares with whoever watches it.
#[derive(Clone, Debug, Default)]
pub(crate) struct RunFlags {
    /// Bytes read so far, before decompression.
    pub read: Arc<AtomicU64>,
    /// Whether the run has ended and nothing more is waited for.
    pub stop: Arc<AtomicBool>,
}

/// An input, opened: where its people come from.
pub(crate) enum OpenedInput {
    /// Records of a stream.
    Records(Box<RecordSource>),
    /// One person's answer file, whole.
    Sheet {
        /// What messages call it.
        name: String,
        /// What it holds.
        bytes: Vec<u8>,
    },
    /// Files of a folder, in the order of their names, and what is worth saying of others.
    Folder(Vec<PathBuf>, Vec<String>),
}

/// A stream of records, and how each is read.
pub(crate) struct RecordSource {
    /// How records are read, by any thread.
    pub reader: Arc<RecordReader>,
    /// What cuts them.
    pub splitter: RecordSplitter<ByteSource>,
    /// Where it cuts.
    pub splitting: Splitting,
    /// Whether another program writes the input now.
    pub live: bool,
    /// Lines before the first record, and what they are.
    pub passed: Ledger,
    /// What is worth saying about it.
    pub remarks: Vec<String>,
}

/// How the records of an input are read.
#[derive(Debug)]
pub(crate) struct RecordReader {
    /// What messages call the input.
    pub name: String,
    /// How its rows are read.
    pub rows: RowReader,
}

/// How rows are read.
#[derive(Debug)]
pub(crate) enum RowReader {
    /// As cells.
    Table(Box<CsvReader>),
    /// As JSON.
    Lines(NdjsonReader),
}

/// Opens an input by its path, `-` for standard input.
///
/// # Errors
/// When it cannot be read, or nothing in it can be scored.
pub(crate) fn open(
    input: &str,
    options: &ReadOptions<'_>,
    flags: &RunFlags,
) -> Result<OpenedInput> {
    let counted = Arc::clone(&flags.read);
    if input == "-" {
        let live = stdin_file().is_none_or(|file| !is_regular(&file));
        let stop = live.then_some(&flags.stop);
        let reader = CountingReader(io::stdin(), counted);
        return stream("standard input", reader, options.format, options, stop);
    }
    let path = Path::new(input);
    if path.is_dir() {
        let (files, remarks) = folder(path, options.format)?;
        return Ok(OpenedInput::Folder(files, remarks));
    }
    let cannot = |source| Error::io(format!("cannot open {input}"), source);
    let file = File::open(path).map_err(cannot)?;
    let stop = (!is_regular(&file)).then_some(&flags.stop);
    let format = options.format.or_else(|| InputFormat::by_name(path));
    stream(input, CountingReader(file, counted), format, options, stop)
}

fn is_regular(file: &File) -> bool {
    file.metadata().is_ok_and(|there| there.is_file())
}

/// Standard input as a file, where the system has such a thing.
fn stdin_file() -> Option<File> {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd as _;
        io::stdin()
            .as_fd()
            .try_clone_to_owned()
            .ok()
            .map(File::from)
    }
    #[cfg(not(unix))]
    None
}

/// Opens a stream; `stop` ends the waiting for one that another program writes.
fn stream(
    name: &str,
    reader: impl Read + Send + 'static,
    format: Option<InputFormat>,
    options: &ReadOptions<'_>,
    stop: Option<&Arc<AtomicBool>>,
) -> Result<OpenedInput> {
    let cannot = |source| cannot_read(name, source);
    let give = "give a table whose header names questions, or NDJSON";
    let (reader, mut start) = unpacked(name, reader, "CSV UTF-8", give, stop)?;
    let live = stop.is_some();
    // tables of old Macintosh programs have no newline at all
    let newline = if start.contains(&b'\r') && !start.contains(&b'\n') {
        b'\r'
    } else {
        b'\n'
    };
    let ReadOptions {
        pack, keep, size, ..
    } = *options;
    let name = name.to_owned();
    match format.unwrap_or_else(|| InputFormat::by_content(&start)) {
        InputFormat::Toml => {
            let most = (LARGEST + 1).saturating_sub(start.len() as u64);
            read_all(reader, most, &mut start).map_err(cannot)?;
            Ok(OpenedInput::Sheet { name, bytes: start })
        }
        InputFormat::Ndjson => {
            let rows = RowReader::Lines(NdjsonReader::new(pack, keep));
            Ok(OpenedInput::Records(Box::new(RecordSource {
                reader: Arc::new(RecordReader { name, rows }),
                splitter: RecordSplitter::new(reader, start, b'\n', size),
                splitting: Splitting::Lines,
                live,
                passed: Ledger::default(),
                remarks: Vec::new(),
            })))
        }
        written => {
            let delimiter = match written {
                InputFormat::Tsv => b'\t',
                _ => delimiter(&start),
            };
            let splitter = RecordSplitter::new(reader, start, newline, size);
            let mut table = table(name, splitter, (delimiter, newline), options)?;
            table.live = live;
            Ok(OpenedInput::Records(Box::new(table)))
        }
    }
}

/// Resolves the header of a table.
fn table(
    name: String,
    mut splitter: RecordSplitter<ByteSource>,
    (delimiter, newline): (u8, u8),
    options: &ReadOptions<'_>,
) -> Result<RecordSource> {
    let mut shape = Shape {
        delimiter,
        separators: 0,
    };
    let (mut bytes, mut passed) = (Vec::new(), Ledger::default());
    let header = splitter.header(shape, &mut bytes);
    match header.map_err(|source| cannot_read(&name, source))? {
        Chunk::Records { line } => {
            passed.blank = line - 1;
            passed.headers = splitter.lines() - (line - 1);
        }
        Chunk::Unclosed { line, cell } => return Err(unclosed(&name, line, cell)),
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
    let header = header::resolve(&name, cells.names(), options.pack, options.keep)?;
    let remarks = header.remarks.iter().map(|r| format!("{name}: {r}"));
    let remarks = remarks.collect();
    shape.separators = header.names.len() - 1;
    let rows = RowReader::Table(Box::new(CsvReader::new(
        shape,
        newline,
        header,
        options.pack,
    )));
    Ok(RecordSource {
        reader: Arc::new(RecordReader { name, rows }),
        splitter,
        splitting: Splitting::Table(shape),
        live: false,
        passed,
        remarks,
    })
}

/// A text input that is no longer compressed, and its first bytes, without the mark of UTF-8;
/// `save` is how to save it as UTF-8, and `give` says what to give in place of nothing. With `stop` it
/// is read as another program writes it.
pub(crate) fn unpacked(
    name: &str,
    reader: impl Read + Send + 'static,
    save: &str,
    give: &str,
    stop: Option<&Arc<AtomicBool>>,
) -> Result<(ByteSource, Vec<u8>)> {
    let cannot = |source| cannot_read(name, source);
    let reader = inflate(reader).map_err(cannot)?;
    let mut reader = match stop {
        Some(stop) => ByteSource::Live(LiveReader::new(reader, stop)),
        None => ByteSource::Plain(reader),
    };
    let mut start = Vec::new();
    reader.begin(false);
    loop {
        let left = (TELLING - start.len()) as u64;
        match reader.by_ref().take(left).read_to_end(&mut start) {
            Ok(_) => break,
            Err(paused) if paused.kind() == io::ErrorKind::WouldBlock => {
                if start.trim_ascii_start().contains(&b'\n') {
                    break; // a whole line is enough
                }
            }
            Err(source) => return Err(cannot(source)),
        }
    }
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

/// Reads on to the end, however long the writer pauses, but no more than `most` bytes.
fn read_all(mut reader: ByteSource, most: u64, bytes: &mut Vec<u8>) -> io::Result<()> {
    let most = bytes.len() as u64 + most;
    loop {
        let left = most.saturating_sub(bytes.len() as u64);
        match reader.by_ref().take(left).read_to_end(bytes) {
            Err(paused) if paused.kind() == io::ErrorKind::WouldBlock => {}
            read => return read.map(|_| ()),
        }
    }
}

pub(crate) fn cannot_read(name: &str, source: io::Error) -> Error {
    if source.kind() == io::ErrorKind::UnexpectedEof {
        return Error::failed(format!(
            "cannot read {name}: it ends early, so part of it is missing"
        ));
    }
    Error::io(format!("cannot read {name}"), source)
}

pub(crate) fn unclosed(name: &str, line: u64, cell: usize) -> Error {
    Error::failed(format!(
        "{name}:{line}:{cell}: a quote that opens here is not closed within {LONGEST} bytes or by the \
         end of the input; close it or take it out"
    ))
}

/// The files of a folder that by their names hold answers, in this format if one was told, and what is no
/// file though its name says so.
fn folder(path: &Path, told: Option<InputFormat>) -> Result<(Vec<PathBuf>, Vec<String>)> {
    let cannot = |source| Error::io(format!("cannot list {}", path.display()), source);
    let (mut files, mut odd) = (Vec::new(), Vec::new());
    for entry in std::fs::read_dir(path).map_err(cannot)? {
        let file = entry.map_err(cannot)?.path();
        let format = InputFormat::by_name(&file);
        if !InputFormat::in_folder(&file) || told.is_some() && told != format {
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
            "{} has no answer files (*.toml, *.csv, *.tsv, *.ndjson, *.jsonl)",
            path.display()
        )));
    }
    files.sort();
    odd.sort();
    Ok((files, odd))
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
