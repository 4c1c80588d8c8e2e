//! The one way in for people: all inputs of a run one after the other, opened, cut into pieces, and each
//! piece read by any thread.

use crate::error::Result;
use crate::input::input_log::PieceLog;
use crate::input::ledger::Ledger;
use crate::input::open::{open, stream};
use crate::input::opened::{
    Described, OpenedInput, ReadOptions, RecordReader, RecordSource, RowReader, RunFlags,
    cannot_read, unclosed,
};
use crate::input::record_splitter::{Chunk, LONGEST, SHOWN};
use crate::input::row::{CellMistake, Receiver, Rejection, RowBuffer};
use crate::storage::answer_file::{AnswerSheet, PlacedMistake, WHAT};
use crate::storage::text_file::{LARGEST, bytes_of, not_utf8, text_of_bytes};
use rolescope_core::Pack;
use std::collections::VecDeque;
use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Answer files of one piece.
const FILES: usize = 64;

/// Part of an input, to be read by any thread.
#[derive(Debug)]
pub struct Piece {
    source: PieceSource,
    /// Whether another program writes the input now, so that results should not wait.
    pub live: bool,
}

#[derive(Debug)]
enum PieceSource {
    /// Records, in the caller's buffer, the first on this line.
    Records(Arc<RecordReader>, u64),
    /// A record over the bound, on this line, that starts so.
    TooLong(Arc<RecordReader>, u64, Vec<u8>),
    /// Answer files.
    Files(Vec<PathBuf>),
    /// One answer file, as its name and what it holds.
    Sheet(String, Vec<u8>),
}

/// An input that is still to be opened.
enum QueuedInput {
    /// As it was typed.
    Typed(String),
    /// A file of a folder.
    Inside(PathBuf),
    /// What somebody else opened, by its name.
    Opened(String, Box<dyn Read + Send>),
}

/// The inputs of a run, as pieces in order.
pub struct Pump<'a> {
    options: ReadOptions<'a>,
    inputs: VecDeque<QueuedInput>,
    open: Option<Box<RecordSource>>,
    ledger: Ledger,
    remarks: Vec<String>,
    told: Vec<(String, Described)>,
    headers: Vec<u8>,
    flags: RunFlags,
    opened: u64,
    several: bool,
}

impl<'a> Pump<'a> {
    /// The pieces of these inputs: files, folders, `-` for standard input.
    #[must_use]
    pub fn new(inputs: &[String], options: ReadOptions<'a>) -> Self {
        let inputs = inputs.iter().cloned().map(QueuedInput::Typed);
        Self::of(inputs.collect(), options)
    }

    /// The pieces of one input that is read from `reader`; `name` is what messages call it.
    #[must_use]
    pub fn of_reader(
        name: &str,
        reader: impl Read + Send + 'static,
        options: ReadOptions<'a>,
    ) -> Self {
        let input = QueuedInput::Opened(name.to_owned(), Box::new(reader));
        Self::of(VecDeque::from([input]), options)
    }

    fn of(inputs: VecDeque<QueuedInput>, options: ReadOptions<'a>) -> Self {
        Self {
            options,
            several: inputs.len() > 1,
            inputs,
            open: None,
            ledger: Ledger::default(),
            remarks: Vec::new(),
            told: Vec::new(),
            headers: Vec::new(),
            flags: RunFlags::default(),
            opened: 0,
        }
    }

    /// Bytes read so far, before decompression.
    #[must_use]
    pub fn bytes_read(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.flags.read)
    }

    /// What ends the waiting for another program's input when it is set.
    pub(crate) fn stop(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.flags.stop)
    }

    /// What was handed out so far of inputs that are at their end.
    #[must_use]
    pub const fn ledger(&self) -> Ledger {
        self.ledger
    }

    /// How inputs are read that were opened since the last call, with their names; kept only where that is
    /// asked for.
    pub(crate) fn take_told(&mut self) -> Vec<(String, Described)> {
        std::mem::take(&mut self.told)
    }

    /// How many inputs were opened, each file of a folder one.
    pub(crate) const fn opened(&self) -> u64 {
        self.opened
    }

    /// The next piece; records are put in `bytes`.
    ///
    /// # Errors
    /// When an input cannot be read, or nothing in it can be scored. The next call goes on with the next
    /// input.
    pub fn next(&mut self, bytes: &mut Vec<u8>) -> Result<Option<Piece>> {
        loop {
            if let Some(source) = self.open.take() {
                if let Some(piece) = self.cut(source, bytes)? {
                    return Ok(Some(piece));
                }
                continue;
            }
            let sheets = self.sheets();
            if !sheets.is_empty() {
                self.ledger.lines += sheets.len() as u64;
                self.opened += sheets.len() as u64;
                return Ok(Some(PieceSource::Files(sheets).into()));
            }
            let Some(input) = self.inputs.pop_front() else {
                return Ok(None);
            };
            self.opened += 1;
            let opened = match input {
                QueuedInput::Typed(input) => open(&input, &self.options, &self.flags),
                QueuedInput::Inside(path) => {
                    open(&path.display().to_string(), &self.options, &self.flags)
                }
                QueuedInput::Opened(name, reader) => {
                    stream(&name, reader, None, &self.options, None)
                }
            };
            match opened? {
                OpenedInput::Records(mut source) => {
                    self.remarks.append(&mut source.remarks);
                    self.headers.clone_from(&source.reader.header);
                    if self.options.input.counts {
                        let told = std::mem::take(&mut source.told);
                        self.told.push((source.reader.name.clone(), told));
                    }
                    self.open = Some(source);
                }
                OpenedInput::Sheet { name, bytes } => {
                    self.ledger.lines += 1;
                    return Ok(Some(PieceSource::Sheet(name, bytes).into()));
                }
                OpenedInput::Folder(files, mut remarks) => {
                    self.opened -= 1;
                    self.several |= files.len() > 1;
                    self.remarks.append(&mut remarks);
                    for file in files.into_iter().rev() {
                        self.inputs.push_front(QueuedInput::Inside(file));
                    }
                }
            }
        }
    }

    /// The same, where an input of many that cannot be read is noted, and the next one follows unless
    /// `strict` is set.
    ///
    /// # Errors
    /// When the only input cannot be read.
    pub(crate) fn next_told(
        &mut self,
        bytes: &mut Vec<u8>,
        strict: bool,
        log: &mut PieceLog,
    ) -> Result<Option<Piece>> {
        let piece = loop {
            match self.next(bytes) {
                Err(_) if self.flags.stop.load(Ordering::Relaxed) => break Ok(None),
                Err(error) if self.several && !strict => log.unread(&error),
                next => break next,
            }
        };
        log.remarks.append(&mut self.remarks);
        log.headers.append(&mut self.headers);
        piece
    }

    /// The next piece of a stream, which stays open; none at its end.
    fn cut(&mut self, mut source: Box<RecordSource>, bytes: &mut Vec<u8>) -> Result<Option<Piece>> {
        let next = source.splitter.next(source.splitting, bytes);
        let reader = Arc::clone(&source.reader);
        let found = match next {
            Ok(Chunk::Records { line }) => PieceSource::Records(reader, line),
            Ok(Chunk::TooLong { line, lines, start }) => {
                self.ledger.row(lines);
                PieceSource::TooLong(reader, line, start)
            }
            ended => {
                self.ledger.lines += source.splitter.lines();
                self.ledger.add(source.passed);
                return match ended.map_err(|source| cannot_read(&reader.name, source))? {
                    Chunk::Unclosed { line, cell } => Err(unclosed(&reader.name, line, cell)),
                    _ => Ok(None),
                };
            }
        };
        let live = source.live;
        self.open = Some(source);
        Ok(Some(Piece {
            source: found,
            live,
        }))
    }

    /// The next answer files of a folder, as many as one piece has.
    fn sheets(&mut self) -> Vec<PathBuf> {
        let mut sheets = Vec::new();
        while sheets.len() < FILES
            && let Some(QueuedInput::Inside(path)) = self.inputs.front()
            && path
                .extension()
                .is_some_and(|extension| extension == "toml")
            && let Some(QueuedInput::Inside(path)) = self.inputs.pop_front()
        {
            sheets.push(path);
        }
        sheets
    }
}

impl From<PieceSource> for Piece {
    fn from(source: PieceSource) -> Self {
        Self {
            source,
            live: false,
        }
    }
}

impl Piece {
    /// Whether it is of answer files, one person each.
    pub(crate) const fn is_sheet(&self) -> bool {
        matches!(self.source, PieceSource::Files(_) | PieceSource::Sheet(..))
    }

    /// Reads the piece: gives its rows to the receiver. Returns what else a ledger is to count.
    pub fn read(
        &self,
        pack: &Pack,
        bytes: &[u8],
        row: &mut RowBuffer,
        receiver: &mut impl Receiver,
    ) -> Ledger {
        match &self.source {
            PieceSource::Records(source, line) => {
                row.answers.set_asked(source.asked);
                let whose = (source.name.as_str(), pack);
                return match &source.rows {
                    RowReader::Table(table) => table.read(whose, bytes, *line, row, receiver),
                    RowReader::Cells(table) => table.read(whose, bytes, *line, row, receiver),
                    RowReader::Lines(lines) => lines.read(whose, bytes, *line, row, receiver),
                    RowReader::Codes(codes) => codes.read(whose, bytes, *line, row, receiver),
                };
            }
            PieceSource::TooLong(source, line, start) => {
                let reason =
                    format!("the row is over {LONGEST} bytes; a row of answers is smaller");
                receiver.reject(&Rejection {
                    line: *line,
                    ..rejection(&source.name, reason, start)
                });
            }
            PieceSource::Files(paths) => {
                for path in paths {
                    let name = path.display().to_string();
                    let go_on = match bytes_of(path) {
                        Ok(bytes) => sheet(&name, &bytes, pack, row, receiver),
                        Err(e) => {
                            receiver.reject(&rejection(&name, format!("cannot be read: {e}"), b""))
                        }
                    };
                    if !go_on {
                        break;
                    }
                }
            }
            PieceSource::Sheet(name, bytes) => {
                sheet(name, bytes, pack, row, receiver);
            }
        }
        Ledger::default()
    }
}

/// A person's answer file, read: true to go on.
fn sheet(
    name: &str,
    bytes: &[u8],
    pack: &Pack,
    row: &mut RowBuffer,
    receiver: &mut impl Receiver,
) -> bool {
    // whole if it is no larger than one may be
    let whole = bytes.len() as u64 <= LARGEST;
    let shown = if whole { bytes } else { &bytes[..SHOWN] };
    let text = match text_of_bytes(name, bytes.to_vec(), WHAT) {
        Ok(text) => text,
        Err(error) => {
            let Some(place) = not_utf8(bytes).filter(|_| whole) else {
                let reason = error.to_string().trim_end().to_owned();
                return receiver.reject(&rejection(name, reason, shown));
            };
            let reason = "not UTF-8; an answer file is UTF-8 text".to_owned();
            let mistakes = vec![in_sheet((place, reason))];
            return receiver.reject(&Rejection::of(name, mistakes, shown));
        }
    };
    match AnswerSheet::parse_places(&text, pack) {
        Ok(sheet) => {
            for (id, _) in &sheet.dropped {
                receiver.unknown(id);
            }
            row.clear();
            row.keep_of(&sheet);
            let go_on = receiver.person(&sheet.id, &sheet.answers, &row.kept);
            // a table that comes next does not have all that a sheet has
            row.clear();
            go_on
        }
        Err(mistakes) => {
            let mistakes = mistakes.into_iter().map(in_sheet).collect();
            receiver.reject(&Rejection::of(name, mistakes, shown))
        }
    }
}

/// A mistake of an answer file, with its place.
fn in_sheet(((line, column), reason): PlacedMistake) -> CellMistake {
    CellMistake {
        line: line as u64,
        column: Some(column),
        reason,
        ..CellMistake::default()
    }
}

/// The rejection of what starts on the first line.
fn rejection<'a>(input: &'a str, reason: String, row: &'a [u8]) -> Rejection<'a> {
    let mistake = CellMistake {
        line: 1,
        reason,
        ..CellMistake::default()
    };
    Rejection::of(input, vec![mistake], row)
}
