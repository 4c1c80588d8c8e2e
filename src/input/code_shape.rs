//! Tells by its first lines whether a text is one of answer codes.

use memchr::memchr;
use rolescope_core::Answers;

/// Columns that a table of codes may have: one with more is a table of answers.
const COLUMNS: usize = 12;

/// Whether a text is one of answer codes, by its first lines: the first has a code, or the second, below the
/// names of a few columns.
pub(crate) fn holds_codes(start: &[u8]) -> bool {
    let newline = if start.contains(&b'\n') { b'\n' } else { b'\r' };
    has_code(first_line(start, newline).0) || header_end(start, newline).is_some()
}

/// The first line that is not blank, and where it ends.
pub(crate) fn first_line(start: &[u8], newline: u8) -> (&[u8], usize) {
    let from = start.iter().take_while(|b| b.is_ascii_whitespace()).count();
    let end = memchr(newline, &start[from..]).map_or(start.len(), |end| from + end + 1);
    (start[from..end].trim_ascii(), end)
}

/// Where the line ends that names columns, if the first line does.
pub(crate) fn header_end(start: &[u8], newline: u8) -> Option<usize> {
    let (header, end) = first_line(start, newline);
    let (row, _) = first_line(&start[end..], newline);
    let few = cells(header).count() <= COLUMNS;
    (!has_code(header) && few && code_cell(row).is_some()).then_some(end)
}

fn has_code(line: &[u8]) -> bool {
    std::str::from_utf8(line).is_ok_and(|line| Answers::find_answer_code(line).is_some())
}

/// Cells, as far as they can be told without knowing what divides them: codes hold none of it.
fn cells(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    line.split(|b| matches!(b, b',' | b';' | b'\t'))
        .map(|cell| cell.trim_ascii().trim_ascii_start())
}

fn code_cell(line: &[u8]) -> Option<usize> {
    cells(line).position(|cell| {
        let cell = cell.strip_prefix(b"\"").unwrap_or(cell);
        std::str::from_utf8(cell).is_ok_and(|cell| Answers::find_answer_code(cell) == Some(0))
    })
}
