//! Input in pieces that end after a record, each with the number of its first line.
//!
//! Pieces are cut while one thread holds the input and read by all, so cutting looks at as little
//! as it can: the last newline, and quotes only where there are any.

use crate::input::json_objects;
use crate::input::live::PieceRead;
use crate::input::quoting::{Extent, Quote, Shape, extent, line_end};
use memchr::{memchr, memchr_iter, memrchr};
use std::io::{self, Read as _};

/// Most bytes of one record: a row of answers has a few hundred.
pub const LONGEST: usize = 1 << 20;
/// Bytes of a record over [`LONGEST`] that a message keeps.
pub(crate) const SHOWN: usize = 200;

/// What the next piece of an input is.
#[derive(Debug)]
pub(crate) enum Chunk {
    /// Whole records, in the caller's buffer; the last ends with a newline, added where missing.
    Records {
        /// Line of the first, from 1.
        line: u64,
    },
    /// A record over [`LONGEST`], skipped.
    TooLong {
        /// Its line.
        line: u64,
        /// How many lines it has.
        lines: u64,
        /// How it starts.
        start: Vec<u8>,
    },
    /// A quote that is not closed within [`LONGEST`], or by the end of the input.
    Unclosed {
        /// The line where it opens.
        line: u64,
        /// The number of its cell, from 1.
        cell: usize,
    },
    /// Nothing is left.
    End,
}

/// How records are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Splitting {
    /// At every newline.
    Lines,
    /// At newlines outside the quotes that are accepted.
    Table(Shape),
    /// Behind objects of JSON, which may go over several lines.
    Objects,
}

/// An input being cut.
pub(crate) struct RecordSplitter<R> {
    reader: R,
    size: usize,
    carry: Vec<u8>,
    newline: u8,
    line: u64,
    ended: bool,
    /// What an input must end with, if that is known, and the last byte that was handed out.
    closing: Option<u8>,
    last: u8,
}

impl<R: PieceRead> RecordSplitter<R> {
    /// Cuts pieces of about `size` bytes; `start` has been read already.
    pub(crate) fn new(reader: R, start: Vec<u8>, newline: u8, size: usize) -> Self {
        Self {
            reader,
            size,
            carry: start,
            newline,
            line: 1,
            ended: false,
            closing: None,
            last: 0,
        }
    }

    /// The same, where the first byte stands on this line.
    pub(crate) const fn starting_at_line(mut self, line: u64) -> Self {
        self.line = line;
        self
    }

    /// The same, where the last byte but white space must be this one.
    pub(crate) const fn closed_by(mut self, closing: u8) -> Self {
        self.closing = Some(closing);
        self
    }

    /// Lines handed out so far.
    pub(crate) const fn lines(&self) -> u64 {
        self.line - 1
    }

    /// The next piece, in `bytes`.
    ///
    /// # Errors
    /// When the input cannot be read.
    pub(crate) fn next(&mut self, cut: Splitting, bytes: &mut Vec<u8>) -> io::Result<Chunk> {
        bytes.clear();
        bytes.append(&mut self.carry);
        self.reader.begin(!bytes.is_empty());
        let line = self.line;
        let mut size = self.size;
        loop {
            self.fill(bytes, size)?;
            if bytes.is_empty() {
                return match self.closing {
                    // an array that is not closed is cut short
                    Some(closing) if self.last != closing => {
                        Err(io::ErrorKind::UnexpectedEof.into())
                    }
                    _ => Ok(Chunk::End),
                };
            }
            if self.ended && bytes.last() != Some(&self.newline) {
                bytes.push(self.newline);
            }
            let (mut end, mut open) = last_end(bytes, cut, self.newline, false);
            let over = !self.ended && bytes.len() > LONGEST;
            let objects = cut == Splitting::Objects && self.ended;
            if end == 0 && (open.is_some() || objects) && (over || self.ended) {
                // what may follow changes nothing any more
                (end, open) = last_end(bytes, cut, self.newline, true);
            }
            if end > 0 {
                self.carry.extend_from_slice(&bytes[end..]);
                bytes.truncate(end);
                break;
            }
            if let (true, Some(quote)) = (over || self.ended, open) {
                return Ok(self.unclosed(bytes, quote));
            }
            if over {
                self.skip_line(bytes)?;
                return Ok(Chunk::TooLong {
                    line,
                    lines: self.line - line,
                    start: bytes[..SHOWN].to_vec(),
                });
            }
            size = LONGEST + 1;
        }
        if self.closing.is_some() {
            self.last = bytes.trim_ascii_end().last().copied().unwrap_or(self.last);
        }
        self.line += memchr_iter(self.newline, bytes).count() as u64;
        Ok(Chunk::Records { line })
    }

    /// Of a quote in the next bytes.
    fn unclosed(&self, bytes: &[u8], quote: Quote) -> Chunk {
        let before = memchr_iter(self.newline, &bytes[..quote.at]).count() as u64;
        Chunk::Unclosed {
            line: self.line + before,
            cell: quote.cell + 1,
        }
    }

    /// Reads until there are `size` bytes, or fewer where the input ends or its writer pauses.
    fn fill(&mut self, bytes: &mut Vec<u8>, size: usize) -> io::Result<()> {
        let wanted = size.saturating_sub(bytes.len());
        if wanted > 0 && !self.ended {
            match self.reader.by_ref().take(wanted as u64).read_to_end(bytes) {
                // the writer pauses: what is there may be enough
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                read => self.ended = read? < wanted,
            }
        }
        Ok(())
    }

    /// Reads on to the end of a line without keeping it.
    fn skip_line(&mut self, start: &[u8]) -> io::Result<()> {
        let mut block = Vec::new();
        // the last line of an input ends with it
        let lines = memchr_iter(self.newline, start).count() as u64 + 1;
        while !self.ended {
            block.clear();
            self.fill(&mut block, self.size)?;
            if let Some(end) = memchr(self.newline, &block) {
                self.carry.extend_from_slice(&block[end + 1..]);
                break;
            }
        }
        self.line += lines;
        Ok(())
    }
}

/// Where the last whole record of `bytes` ends, and the quote that is open behind it. With `whole` no
/// further bytes can change what becomes of that.
fn last_end(bytes: &[u8], cut: Splitting, newline: u8, whole: bool) -> (usize, Option<Quote>) {
    match cut {
        Splitting::Table(shape) if memchr(b'"', bytes).is_some() => {
            last_end_in_quotes(bytes, shape, newline, whole)
        }
        Splitting::Objects if whole => (bytes.len(), None),
        Splitting::Objects => (json_objects::last_end(bytes), None),
        _ => (memrchr(newline, bytes).map_or(0, |at| at + 1), None),
    }
}

/// The same where there are quotes: record by record.
fn last_end_in_quotes(
    bytes: &[u8],
    shape: Shape,
    newline: u8,
    whole: bool,
) -> (usize, Option<Quote>) {
    let (mut end, mut at) = (0, 0);
    while at < bytes.len() {
        at += match extent(&bytes[at..], shape, whole) {
            Extent::Whole(length) => length,
            Extent::Refused(quote, _) => line_end(&bytes[at..], quote.at),
            Extent::Cut(quote) => return (end, quote),
        };
        if bytes[at - 1] == newline {
            end = at;
        }
        if whole && end > 0 {
            break; // only what was waited for
        }
    }
    (end, None)
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Chunk, LONGEST, RecordSplitter, Splitting};
    use crate::input::quoting::Shape;

    /// Two cells between commas.
    pub(crate) const SHAPE: Shape = Shape {
        delimiter: b',',
        separators: 1,
    };
    const TABLE: Splitting = Splitting::Table(SHAPE);

    /// All pieces of a text and the lines where they start.
    pub(crate) fn pieces(text: &[u8], cut: Splitting, size: usize) -> Vec<(u64, Vec<u8>)> {
        let mut chunks = RecordSplitter::new(text, Vec::new(), b'\n', size);
        let (mut all, mut bytes) = (Vec::new(), Vec::new());
        loop {
            match chunks.next(cut, &mut bytes).expect("memory can be read") {
                Chunk::Records { line } => all.push((line, bytes.clone())),
                Chunk::TooLong { line, .. } => all.push((line, b"too long".to_vec())),
                Chunk::Unclosed { line, cell } => {
                    all.push((line, format!("unclosed {cell}").into_bytes()));
                    return all;
                }
                Chunk::End => return all,
            }
        }
    }

    #[test]
    fn a_record_without_end_is_skipped_or_ends_the_reading() {
        let long = [
            b"a,1\n".to_vec(),
            vec![b'x'; 10 * LONGEST],
            b"\nb,2\n".to_vec(),
        ]
        .concat();
        let all = pieces(&long, TABLE, 1000);
        let expected = [(1, &b"a,1\n"[..]), (2, b"too long"), (3, b"b,2\n")];
        assert_eq!(all, expected.map(|(line, bytes)| (line, bytes.to_vec())));
        let open = [b"a,1\nb,\"".to_vec(), b"x,y,z".repeat(LONGEST)].concat();
        let all = pieces(&open, TABLE, 1000);
        assert_eq!(all.last(), Some(&(2, b"unclosed 2".to_vec())));
    }
}
