//! Opens an input: unpacks it, brings it to UTF-8, and tells how it is written by its bytes.

use crate::error::{Error, Result};
use crate::input::containers::encoding::{self, DecodingReader, Written};
use crate::input::containers::kind::{Kind, kind};
use crate::input::containers::workbook::Workbook;
use crate::input::containers::zip_entry::{self, LARGEST as LARGEST_ARCHIVE, ZipContent};
use crate::input::decompress::inflate;
use crate::input::fold::fold;
use crate::input::format::InputFormat;
use crate::input::live::{ByteSource, LiveReader, PieceRead as _};
use crate::input::open_codes;
use crate::input::open_json;
use crate::input::open_table;
use crate::input::opened::{
    Described, OpenedInput, Opening, ReadOptions, RunFlags, TextBytes, cannot_read, read_all,
};
use crate::input::sample;
use crate::storage::text_file::LARGEST;
use memchr::memchr_iter;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Files of a folder: their names are held until they are read.
const MOST_FILES: usize = 1 << 20;
/// Bytes by which the format of an input is told.
const TELLING: usize = 64 << 10;

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
        return stream("standard input", reader, None, options, stop);
    }
    let path = Path::new(input);
    let input_format = options.input.format;
    if path.is_dir() {
        let (files, remarks) = folder(path, input_format)?;
        return Ok(OpenedInput::Folder(files, remarks));
    }
    let cannot = |source| Error::io(format!("cannot open {input}"), source);
    let file = File::open(path).map_err(cannot)?;
    let stop = (!is_regular(&file)).then_some(&flags.stop);
    let by_name = InputFormat::by_name(path);
    stream(input, CountingReader(file, counted), by_name, options, stop)
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
///
/// # Errors
/// As [`open`].
pub(crate) fn stream(
    name: &str,
    reader: impl Read + Send + 'static,
    by_name: Option<InputFormat>,
    options: &ReadOptions<'_>,
    stop: Option<&Arc<AtomicBool>>,
) -> Result<OpenedInput> {
    let cannot = |source| cannot_read(name, source);
    let input = options.input;
    let (reader, packed) = inflate(reader).map_err(cannot)?;
    let (mut reader, mut start, mut ended) = first_bytes(name, reader, stop)?;
    let mut container = packed.map_or_else(String::new, |packed| format!("{packed}, "));
    let mut name = name.to_owned();
    let archive = match kind(&start) {
        Kind::Other(what, advice) => return Err(of_no_use(&name, packed, what, advice)),
        Kind::Text => None,
        Kind::Zip => Some("a ZIP archive or a workbook"),
        Kind::Compound => Some("a file of an office program"),
    };
    if let Some(what) = archive {
        if input.exact || packed.is_some() {
            let why = if input.exact {
                "--exact reads text only"
            } else {
                "unpack it"
            };
            return Err(Error::failed(format!("{name} is {what}; {why}")));
        }
        let most = (LARGEST_ARCHIVE + 1).saturating_sub(start.len() as u64);
        read_all(&mut reader, most, &mut start).map_err(|source| cannot_read(&name, source))?;
        if start.len() as u64 > LARGEST_ARCHIVE {
            return Err(Error::failed(format!(
                "{name} is {what} of over {LARGEST_ARCHIVE} bytes; unpack it, or save its sheet as CSV"
            )));
        }
        if kind(&start) == Kind::Compound {
            let book = Workbook::open(&name, start, true)?;
            return workbook(&name, book, options);
        }
        match zip_entry::open(&name, start)? {
            ZipContent::Workbook(bytes) => {
                let book = Workbook::open(&name, bytes, false)?;
                return workbook(&name, book, options);
            }
            ZipContent::Entry(entry, inner) => {
                (reader, start, ended) = first_bytes(&entry, inner, None)?;
                let mut what = kind(&start);
                if start.starts_with(b"\x1F\x8B") || start.starts_with(b"\x28\xB5\x2F\xFD") {
                    what = Kind::Other("a compressed file", "unpack the archive");
                }
                if what != Kind::Text {
                    return Err(Error::failed(format!(
                        "{entry} is a file within an archive that is no text of answers; unpack the archive \
                         and give the file itself"
                    )));
                }
                "ZIP, ".clone_into(&mut container);
                name = entry;
            }
        }
    }
    text(
        (&name, container),
        (reader, start, ended),
        by_name,
        options,
        stop.is_some(),
    )
}

/// The error of what is known and not read.
fn of_no_use(name: &str, packed: Option<&str>, what: &str, advice: &str) -> Error {
    let within = packed.map_or_else(String::new, |packed| format!(" compressed by {packed}"));
    Error::failed(format!(
        "{name} is {what}{within}, which is not read; {advice}"
    ))
}

/// Opens a text: brings it to UTF-8 and tells how it is written.
fn text(
    (name, container): (&str, String),
    (mut reader, mut start, mut ended): (ByteSource, Vec<u8>, bool),
    by_name: Option<InputFormat>,
    options: &ReadOptions<'_>,
    live: bool,
) -> Result<OpenedInput> {
    let cannot = |source| cannot_read(name, source);
    let input = options.input;
    let named = match (input.encoding, &input.map.encoding) {
        (None, Some(label)) => Some(encoding::named(label)?),
        (named, _) => named,
    };
    let mut written_in = "UTF-8";
    match encoding::written(&start, named) {
        Written::Utf8(mark) => drop(start.drain(..mark)),
        Written::Other(encoding) if !input.exact => {
            written_in = encoding.name();
            let before = io::Cursor::new(std::mem::take(&mut start)).chain(reader);
            reader = ByteSource::Decoded(Box::new(DecodingReader::new(before, encoding)));
            ended = fill(&mut reader, &mut start, TELLING).map_err(cannot)?;
        }
        Written::Unmarked(encoding) if !input.exact => {
            let label = encoding.name().to_lowercase();
            return Err(Error::failed(format!(
                "{name} seems to be {label} without its mark: say --encoding {label}, or save it as \"CSV UTF-8\""
            )));
        }
        Written::Other(_) | Written::Unmarked(_) => {
            return Err(Error::failed(format!(
                "{name} is UTF-16; save it as \"CSV UTF-8\""
            )));
        }
    }
    let give = "give a table whose header names questions, or NDJSON";
    ended = past_blank(name, (&mut reader, &mut start), ended, give)?;
    // tables of old Macintosh programs have no newline at all
    let newline = if start.contains(&b'\r') && !start.contains(&b'\n') {
        b'\r'
    } else {
        b'\n'
    };
    if !ended {
        ended = sampled(&mut reader, &mut start, newline, live).map_err(cannot)?;
    }
    let opening = Opening {
        name: name.to_owned(),
        told: Described {
            container,
            encoding: written_in.to_owned(),
            ..Described::default()
        },
        options,
        live,
    };
    let format = input
        .format
        .unwrap_or_else(|| InputFormat::of(&start, by_name));
    if format == InputFormat::Toml {
        let most = (LARGEST + 1).saturating_sub(start.len() as u64);
        read_all(&mut reader, most, &mut start).map_err(cannot)?;
        return Ok(OpenedInput::Sheet {
            name: name.to_owned(),
            bytes: start,
        });
    }
    if !input.exact {
        encoding::check(name, &start, ended)?;
    }
    let bytes = TextBytes {
        reader,
        start,
        newline,
        ended,
    };
    let source = match format {
        InputFormat::Ndjson => open_json::open(opening, bytes)?,
        InputFormat::Codes => open_codes::open(opening, bytes)?,
        format => open_table::text(opening, bytes, format)?,
    };
    Ok(OpenedInput::Records(Box::new(source)))
}

/// Opens a workbook: the sheet that was asked for, or the first that holds questions.
fn workbook(name: &str, mut book: Workbook, options: &ReadOptions<'_>) -> Result<OpenedInput> {
    let asked = options.input.map.sheet.as_deref();
    let names = book.names.clone();
    let names: Vec<&String> = match asked {
        Some(asked) => {
            let alike = |name: &&String| name.trim() == asked.trim() || fold(name) == fold(asked);
            names.iter().filter(alike).take(1).collect()
        }
        None => names.iter().collect(),
    };
    if names.is_empty() {
        let all: Vec<String> = book.names.iter().map(|name| format!("{name:?}")).collect();
        return Err(match asked {
            Some(asked) => Error::failed(format!(
                "{name}: no sheet {asked:?}; there are {}",
                all.join(", ")
            )),
            None => Error::failed(format!("{name} has no sheet with cells")),
        });
    }
    let mut first = None;
    for sheet in &names {
        let rows = book.rows(name, sheet)?;
        if rows.iter().all(|b| *b == b'\n') {
            continue;
        }
        let opening = Opening {
            name: name.to_owned(),
            told: Described {
                container: book.kind.to_owned(),
                sheet: Some((*sheet).clone()),
                ..Described::default()
            },
            options,
            live: false,
        };
        match open_table::sheet(opening, rows, sheet) {
            Ok(source) => return Ok(OpenedInput::Records(Box::new(source))),
            Err(error) => drop(first.get_or_insert(error)),
        }
    }
    let others = match names.len() {
        1 => String::new(),
        n => format!(
            "\n(none of its {n} sheets holds questions; --sheet NAME says which one to look at)"
        ),
    };
    Err(first.map_or_else(
        || {
            Error::failed(format!(
                "{name} is empty; give a table whose header names questions"
            ))
        },
        |error| Error::failed(format!("{error}{others}")),
    ))
}

/// The first bytes of an input, which is read as another program writes it with `stop`.
fn first_bytes(
    name: &str,
    reader: Box<dyn Read + Send>,
    stop: Option<&Arc<AtomicBool>>,
) -> Result<(ByteSource, Vec<u8>, bool)> {
    let mut reader = match stop {
        // without a thread, a pause of the writer's is not noticed
        Some(stop) => {
            LiveReader::start(reader, stop).map_or_else(ByteSource::Plain, ByteSource::Live)
        }
        None => ByteSource::Plain(reader),
    };
    let mut start = Vec::new();
    let ended = fill(&mut reader, &mut start, TELLING);
    let ended = ended.map_err(|source| cannot_read(name, source))?;
    Ok((reader, start, ended))
}

/// Reads on to so many bytes, or to a pause behind a whole line; whether the input has ended.
fn fill(reader: &mut ByteSource, start: &mut Vec<u8>, most: usize) -> io::Result<bool> {
    reader.begin(!start.is_empty());
    loop {
        let left = most.saturating_sub(start.len()) as u64;
        match reader.by_ref().take(left).read_to_end(start) {
            Ok(_) => return Ok(start.len() < most),
            Err(paused) if paused.kind() == io::ErrorKind::WouldBlock => {
                if start.trim_ascii_start().contains(&b'\n') {
                    return Ok(false); // a whole line is enough
                }
            }
            Err(source) => return Err(source),
        }
    }
}

/// Reads on to what is looked at; whether that is all.
fn sampled(
    reader: &mut ByteSource,
    start: &mut Vec<u8>,
    newline: u8,
    live: bool,
) -> io::Result<bool> {
    if live && start.len() < TELLING {
        return Ok(false); // its writer has paused
    }
    let mut ended = false;
    while !ended && more_rows(start.trim_ascii_start(), newline) {
        let most = start.len() + TELLING;
        ended = fill(reader, start, most)?;
        if live && start.len() < most {
            return Ok(false);
        }
    }
    Ok(ended)
}

/// Whether more is read of a text of which the first rows are looked at: a line may have as many bytes as are looked
/// at, and its end.
fn more_rows(start: &[u8], newline: u8) -> bool {
    let lines = memchr_iter(newline, start).count();
    start.len() < sample::BYTES && lines <= sample::ROWS + sample::HEADER_ROWS
        || start.len() < sample::BYTES + 2 && lines == 0
}

/// Reads on to something but white space; whether that is all.
///
/// # Errors
/// When nothing else comes, or only behind very much of it; `give` says what to give in its place.
fn past_blank(
    name: &str,
    (reader, start): (&mut ByteSource, &mut Vec<u8>),
    mut ended: bool,
    give: &str,
) -> Result<bool> {
    let mut blank = 0;
    loop {
        // what was found blank is not looked at again
        blank += start[blank..].len() - start[blank..].trim_ascii_start().len();
        if blank == start.len() && ended {
            return Err(Error::failed(format!("{name} is empty; {give}")));
        }
        // also where something follows: what is read at once may go over the bound and behind it
        if blank > sample::BYTES {
            return Err(Error::failed(format!(
                "{name} begins with over {} bytes of blank lines; take them out",
                sample::BYTES
            )));
        }
        if blank < start.len() {
            return Ok(ended);
        }
        let most = start.len() + TELLING;
        ended = fill(reader, start, most).map_err(|source| cannot_read(name, source))?;
    }
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
    let (reader, packed) = inflate(reader).map_err(cannot)?;
    let (mut reader, mut start, ended) = first_bytes(name, reader, stop)?;
    if let Kind::Other(what, advice) = kind(&start) {
        return Err(of_no_use(name, packed, what, advice));
    }
    match encoding::written(&start, None) {
        Written::Utf8(mark) => drop(start.drain(..mark)),
        Written::Other(_) | Written::Unmarked(_) => {
            return Err(Error::failed(format!(
                "{name} is UTF-16; save it as \"{save}\""
            )));
        }
    }
    past_blank(name, (&mut reader, &mut start), ended, give)?;
    Ok((reader, start))
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
