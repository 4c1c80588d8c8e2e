//! Rows between what reads a container or a layout and what reads their cells: a row a line, so that
//! whoever cuts an input into pieces needs to know no more.
//!
//! Cells are divided by the unit separator. A cell may carry its place (line and column of its file)
//! where that does not follow from its row, and a row what it was made of, byte for byte.

/// Between cells.
const CELL: u8 = 0x1F;
/// Before the place of a cell.
const PLACE: u8 = 0x1D;
/// Before what a row was made of.
const RAW: u8 = 0x1E;
/// Before a mistake in place of a row.
const MISTAKE: u8 = 0x1C;
/// Before a byte that would divide, which is then 64 higher.
const ESCAPE: u8 = 0x1B;

/// Where a cell stands in its file: line and column, from 1.
pub(crate) type Place = (u64, usize);

/// Rows being written.
#[derive(Clone, Debug, Default)]
pub(crate) struct FramedRows {
    /// The rows so far.
    pub bytes: Vec<u8>,
    begun: bool,
}

impl FramedRows {
    /// Adds a cell to the row.
    pub(crate) fn cell(&mut self, text: &[u8], place: Option<Place>) {
        if std::mem::replace(&mut self.begun, true) {
            self.bytes.push(CELL);
        }
        escape(&mut self.bytes, text);
        if let Some((line, column)) = place {
            self.bytes.push(PLACE);
            self.bytes
                .extend_from_slice(format!("{line}:{column}").as_bytes());
        }
    }

    /// Ends the row, which was made of `raw`.
    pub(crate) fn end(&mut self, raw: Option<&[u8]>) {
        if let Some(raw) = raw {
            self.bytes.push(RAW);
            escape(&mut self.bytes, raw);
        }
        self.bytes.push(b'\n');
        self.begun = false;
    }

    /// Adds a row that cannot be read: its place, what was found, why, and the row itself.
    pub(crate) fn mistake(&mut self, place: Place, [field, value, reason]: [&str; 3], raw: &[u8]) {
        self.bytes.push(MISTAKE);
        for text in [
            &place.0.to_string(),
            &place.1.to_string(),
            field,
            value,
            reason,
        ] {
            escape(&mut self.bytes, text.as_bytes());
            self.bytes.push(CELL);
        }
        escape(&mut self.bytes, raw);
        self.bytes.push(b'\n');
    }
}

fn divides(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r' | ESCAPE..=CELL)
}

fn escape(out: &mut Vec<u8>, text: &[u8]) {
    if !text.iter().copied().any(divides) {
        out.extend_from_slice(text);
        return;
    }
    for &byte in text {
        if divides(byte) {
            out.extend_from_slice(&[ESCAPE, byte + 64]);
        } else {
            out.push(byte);
        }
    }
}

fn unescape(text: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len());
    let mut bytes = text.iter();
    while let Some(&byte) = bytes.next() {
        match byte {
            ESCAPE => plain.extend(bytes.next().map(|b| b.wrapping_sub(64))),
            byte => plain.push(byte),
        }
    }
    plain
}

/// A row that was written so.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FramedRow<'a> {
    /// Cells, and what the row was made of, where that is known.
    Cells(&'a [u8], Option<&'a [u8]>),
    /// A mistake.
    Mistake(&'a [u8]),
}

impl<'a> FramedRow<'a> {
    /// Reads a line without its end.
    pub(crate) fn of(line: &'a [u8]) -> Self {
        match line.split_first() {
            Some((&MISTAKE, rest)) => Self::Mistake(rest),
            _ => match line.iter().position(|&b| b == RAW) {
                Some(at) => Self::Cells(&line[..at], Some(&line[at + 1..])),
                None => Self::Cells(line, None),
            },
        }
    }
}

/// Gives each cell and its place.
pub(crate) fn cells(row: &[u8], mut give: impl FnMut(&[u8], Option<Place>)) {
    for cell in row.split(|&b| b == CELL) {
        let (text, place) = match cell.iter().position(|&b| b == PLACE) {
            Some(at) => (&cell[..at], placed(&cell[at + 1..])),
            None => (cell, None),
        };
        if text.contains(&ESCAPE) {
            give(&unescape(text), place);
        } else {
            give(text, place);
        }
    }
}

fn placed(text: &[u8]) -> Option<Place> {
    let (line, column) = std::str::from_utf8(text).ok()?.split_once(':')?;
    Some((line.parse().ok()?, column.parse().ok()?))
}

/// What a row was made of.
pub(crate) fn raw(text: &[u8]) -> Vec<u8> {
    unescape(text)
}

/// The parts of a mistake: its place, field, value and reason, and the row itself.
pub(crate) fn mistake(text: &[u8]) -> Option<(Place, [String; 3], Vec<u8>)> {
    let mut parts = text.splitn(6, |&b| b == CELL).map(unescape);
    let mut text = || String::from_utf8(parts.next()?).ok();
    let (line, column) = (text()?.parse().ok()?, text()?.parse().ok()?);
    let told = [text()?, text()?, text()?];
    Some(((line, column), told, parts.next()?))
}

#[cfg(test)]
mod tests {
    use super::{FramedRow, FramedRows, cells, mistake, raw};

    #[test]
    fn rows_come_back_as_they_were_whatever_they_hold() {
        let all: Vec<u8> = (0..=255).collect();
        let mut rows = FramedRows::default();
        rows.cell(b"", None);
        rows.cell(&all, Some((7, 2)));
        rows.cell(b"x", None);
        rows.end(Some(&all));
        rows.mistake((3, 4), ["f", "v\n", "why"], &all);
        assert_eq!(memchr::memchr_iter(b'\n', &rows.bytes).count(), 2);
        let lines: Vec<&[u8]> = rows.bytes.split(|&b| b == b'\n').collect();
        let FramedRow::Cells(row, Some(made)) = FramedRow::of(lines[0]) else {
            panic!("cells");
        };
        let mut found = Vec::new();
        cells(row, |text, place| found.push((text.to_vec(), place)));
        let expected = [
            (vec![], None),
            (all.clone(), Some((7, 2))),
            (b"x".to_vec(), None),
        ];
        assert_eq!(found, expected);
        assert_eq!(raw(made), all);
        let FramedRow::Mistake(told) = FramedRow::of(lines[1]) else {
            panic!("a mistake");
        };
        let expected = ((3, 4), ["f", "v\n", "why"].map(str::to_owned), all);
        assert_eq!(mistake(told), Some(expected));
    }
}
