//! Input in pieces that end after a record, each with the number of its first line.
//!
//! Pieces are cut while one thread holds the input and read by all, so cutting looks at as little
//! as it can: the last newline, and quotes only where there are any.

use memchr::{memchr, memchr_iter, memrchr};
use std::io::{self, Read};

/// Most bytes of one record: a row of answers has a few hundred.
pub const LONGEST: usize = 1 << 20;
/// Bytes of a record over [`LONGEST`] that a message keeps.
pub(crate) const SHOWN: usize = 200;

/// What the next piece of an input is.
#[derive(Debug)]
pub(crate) enum Piece {
    /// Whole records, in the caller's buffer; the last ends with a newline, added where missing.
    Records {
        /// Line of the first, from 1.
        line: u64,
    },
    /// A record over [`LONGEST`], skipped.
    TooLong {
        /// Its line.
        line: u64,
        /// How it starts.
        start: Vec<u8>,
    },
    /// A quote that is not closed within [`LONGEST`].
    Unclosed {
        /// The line where the record starts.
        line: u64,
    },
    /// Nothing is left.
    End,
}

/// How records are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// At every newline.
    Lines,
    /// At newlines outside quotes; a quote opens at the start of a cell only.
    Table {
        /// Between cells.
        delimiter: u8,
    },
}

/// An input being cut.
pub(crate) struct Chunks<R> {
    reader: R,
    size: usize,
    carry: Vec<u8>,
    newline: u8,
    line: u64,
    ended: bool,
}

impl<R: Read> Chunks<R> {
    /// Cuts pieces of about `size` bytes; `start` has been read already.
    pub(crate) fn new(reader: R, start: Vec<u8>, newline: u8, size: usize) -> Self {
        Self {
            reader,
            size,
            carry: start,
            newline,
            line: 1,
            ended: false,
        }
    }

    /// The next piece, in `bytes`.
    ///
    /// # Errors
    /// When the input cannot be read.
    pub(crate) fn next(&mut self, cut: Cut, bytes: &mut Vec<u8>) -> io::Result<Piece> {
        bytes.clear();
        bytes.append(&mut self.carry);
        let line = self.line;
        let mut size = self.size;
        loop {
            self.fill(bytes, size)?;
            if bytes.is_empty() {
                return Ok(Piece::End);
            }
            if self.ended {
                if bytes.last() != Some(&self.newline) {
                    bytes.push(self.newline);
                }
                break;
            }
            let (end, within_quotes) = last_end(bytes, cut, self.newline);
            if end > 0 {
                self.carry.extend_from_slice(&bytes[end..]);
                bytes.truncate(end);
                break;
            }
            if bytes.len() > LONGEST {
                if within_quotes {
                    return Ok(Piece::Unclosed { line });
                }
                self.skip_line(bytes)?;
                return Ok(Piece::TooLong {
                    line,
                    start: bytes[..SHOWN].to_vec(),
                });
            }
            size = LONGEST + 1;
        }
        self.line += memchr_iter(self.newline, bytes).count() as u64;
        Ok(Piece::Records { line })
    }

    fn fill(&mut self, bytes: &mut Vec<u8>, size: usize) -> io::Result<()> {
        let wanted = size.saturating_sub(bytes.len());
        if wanted > 0 && !self.ended {
            let read = self
                .reader
                .by_ref()
                .take(wanted as u64)
                .read_to_end(bytes)?;
            self.ended = read < wanted;
        }
        Ok(())
    }

    /// Reads on to the end of a line without keeping it.
    fn skip_line(&mut self, start: &[u8]) -> io::Result<()> {
        let mut block = Vec::new();
        let mut lines = memchr_iter(self.newline, start).count() as u64;
        while !self.ended {
            block.clear();
            self.fill(&mut block, self.size)?;
            if let Some(end) = memchr(self.newline, &block) {
                self.carry.extend_from_slice(&block[end + 1..]);
                lines += 1;
                break;
            }
        }
        self.line += lines;
        Ok(())
    }
}

/// Where the last whole record of `bytes` ends, and whether what follows is within quotes.
fn last_end(bytes: &[u8], cut: Cut, newline: u8) -> (usize, bool) {
    match cut {
        Cut::Table { delimiter } if memchr(b'"', bytes).is_some() => {
            last_end_in_quotes(bytes, delimiter, newline)
        }
        _ => (memrchr(newline, bytes).map_or(0, |at| at + 1), false),
    }
}

/// The same where there are quotes. Counting them would do only if no cell had one in its middle, so
/// this follows the cells.
fn last_end_in_quotes(bytes: &[u8], delimiter: u8, newline: u8) -> (usize, bool) {
    #[derive(Clone, Copy, PartialEq)]
    enum At {
        Start,
        Plain,
        Quoted,
        /// After a quote within quotes: closed, unless another follows.
        Closed,
    }
    let (mut end, mut at) = (0, At::Start);
    for (place, &byte) in bytes.iter().enumerate() {
        at = match (at, byte) {
            (At::Quoted, b'"') => At::Closed,
            (At::Quoted, _) | (At::Start | At::Closed, b'"') => At::Quoted,
            (_, b'\n' | b'\r') => {
                if byte == newline {
                    end = place + 1;
                }
                At::Start
            }
            (_, byte) if byte == delimiter => At::Start,
            _ => At::Plain,
        };
    }
    (end, at == At::Quoted)
}

#[cfg(test)]
mod tests {
    use super::{Chunks, Cut, LONGEST, Piece};

    const TABLE: Cut = Cut::Table { delimiter: b',' };

    /// All pieces of a text and the lines where they start.
    fn pieces(text: &[u8], cut: Cut, size: usize) -> Vec<(u64, Vec<u8>)> {
        let mut chunks = Chunks::new(text, Vec::new(), b'\n', size);
        let (mut all, mut bytes) = (Vec::new(), Vec::new());
        loop {
            match chunks.next(cut, &mut bytes).expect("memory can be read") {
                Piece::Records { line } => all.push((line, bytes.clone())),
                Piece::TooLong { line, .. } => all.push((line, b"too long".to_vec())),
                Piece::Unclosed { line } => {
                    all.push((line, b"unclosed".to_vec()));
                    return all;
                }
                Piece::End => return all,
            }
        }
    }

    #[test]
    fn pieces_end_after_a_record_wherever_they_are_cut() {
        let text = b"a,\"1\n2\"\nb,5\" pipe\n\nc,\"\"\"\n\"\r\nd,4";
        for size in 1..40 {
            let all = pieces(text, TABLE, size);
            let joined: Vec<u8> = all.iter().flat_map(|(_, bytes)| bytes.clone()).collect();
            assert_eq!(joined, [&text[..], b"\n"].concat(), "{size}");
            let mut before = 1;
            for (line, bytes) in &all {
                assert_eq!(*line, before);
                before += bytes.split(|&b| b == b'\n').count() as u64 - 1;
                assert!(
                    [&b"a,"[..], b"b,", b"\n", b"c,", b"d,"]
                        .iter()
                        .any(|s| bytes.starts_with(s)),
                    "{size}: {bytes:?}"
                );
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
        let open = [b"a,1\nb,\"".to_vec(), b"x,y\n".repeat(LONGEST)].concat();
        let all = pieces(&open, TABLE, 1000);
        assert_eq!(all.last(), Some(&(2, b"unclosed".to_vec())));
    }
}
