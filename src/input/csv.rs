//! Rows of a table.
//!
//! Nearly every cell is one byte or blank, so a row is split by looking at the byte after each:
//! measured on a million sheets of 88 answers, a third of the time of csv-core. Most others are texts
//! that the first rows have, too, and are known without being told apart. Any row that has something
//! else where an answer stands (spaces, a mistake) is read again by `crate::input::table`, which knows
//! all that a table may hold.

use crate::input::code_tables::{CodeTables, WRONG};
use crate::input::known_texts::WrittenTexts;
use crate::input::ledger::Ledger;
use crate::input::quoting::{Shape, line_end};
use crate::input::row::{Receiver, RowBuffer, text_of};
use crate::input::sample::ROWS;
use crate::input::table::TableReader;
use memchr::{memchr_iter, memchr3};
use rolescope_core::{Answers, Pack, QuestionIx};
use std::fmt::Write as _;
use std::ops::Range;

/// What a column is to the quick way: its question, and the byte that ends its cell.
#[derive(Clone, Copy, Debug)]
struct CsvColumn {
    question: Option<QuestionIx>,
    /// The table of the question's codes.
    codes: usize,
    end: u8,
    /// Where it is the first of [`ABREAST`] questions that are all ended by the delimiter: which of
    /// [`CsvReader::groups`] they are.
    group: Option<usize>,
    /// Which of [`CsvReader::known`] are its texts.
    known: usize,
}

/// Questions whose columns stand side by side.
#[derive(Clone, Debug)]
struct ColumnGroup {
    /// The questions, and the tables of their codes.
    questions: [(QuestionIx, usize); ABREAST],
    /// Whether they stand side by side in the pack, too, and have the same table.
    alike: bool,
}

impl ColumnGroup {
    /// The group of these questions; none where they are not so many.
    fn of(questions: Vec<(QuestionIx, usize)>) -> Option<Self> {
        let questions: [_; ABREAST] = questions.try_into().ok()?;
        let (first, table) = questions[0];
        let alike = (first..).zip(&questions).all(|(q, of)| *of == (q, table));
        Some(Self { questions, alike })
    }
}

/// Cells that are looked at together, and their bytes where each is one byte.
const ABREAST: usize = 8;
const WINDOW: usize = 2 * ABREAST;
/// As many bytes as cells of one byte in quotes.
const QUOTED: usize = WINDOW / 4;

/// Where these bytes are no eight cells of one byte each: 0 where every second byte is the delimiter and
/// no other, else the lowest bit stands in the first byte that is out of place. With the delimiters turned
/// to 0, the highest bit of each 0 (Mycroft's test, which may see one too many after a true one).
fn irregular(window: [u8; WINDOW], delimiter: u8) -> u128 {
    const ONES: u128 = u128::from_ne_bytes([1; WINDOW]);
    const HIGH: u128 = ONES << 7;
    // the highest bit of every second byte
    const SECOND: u128 = u128::MAX / 0xffff * 0x8000;
    let bytes = u128::from_le_bytes(window) ^ (ONES * u128::from(delimiter));
    (bytes.wrapping_sub(ONES) & !bytes & HIGH) ^ SECOND
}

/// How many cells of one byte in quotes these bytes begin with: at most [`QUOTED`].
fn in_quotes(window: [u8; WINDOW], delimiter: u8) -> usize {
    let byte = |byte: u8| u32::from(byte);
    // a quote, any byte, a quote, the delimiter
    let cell = byte(b'"') | byte(b'"') << 16 | byte(delimiter) << 24;
    let all = |cell: u32| u128::MAX / u128::from(u32::MAX) * u128::from(cell);
    let wrong = (u128::from_le_bytes(window) ^ all(cell)) & all(0xffff_00ff);
    wrong.trailing_zeros() as usize / 32
}

/// A table being read.
#[derive(Clone, Debug)]
pub(crate) struct CsvReader {
    shape: Shape,
    delimiter: u8,
    newline: u8,
    /// What reads rows that are not plain.
    general: TableReader,
    columns: Vec<CsvColumn>,
    groups: Vec<ColumnGroup>,
    /// What the first rows have in columns beside single bytes: few, so that all stay in the fastest
    /// memory.
    known: Vec<WrittenTexts>,
    /// Where in a row the quick way finds what is kept; `id` first.
    texts: Vec<usize>,
    codes: CodeTables,
}

impl CsvReader {
    /// A table that this reader reads, where its rows are plain; they are tables of text.
    pub(crate) fn new(general: TableReader, (shape, newline): (Shape, u8)) -> Self {
        let delimiter = shape.delimiter;
        let mut codes = general.rules.codes().clone();
        let last = general.names.len() - 1;
        let (mut columns, mut known) = (Vec::new(), Vec::new());
        for (at, column) in general.columns.iter().enumerate() {
            let end = if at == last { newline } else { delimiter };
            let (mut table, mut texts) = (0, WrittenTexts::new(&column.known, shape, end));
            if let Some(q) = column.question {
                table = codes.with(q, column.known.bytes());
                if at == last && newline == b'\n' {
                    // a line may end with a carriage return, too, behind any cell or an empty one
                    texts = WrittenTexts::of_last(&column.known, shape, &codes.tables[table]);
                    let empty = (b'\r', Answers::UNANSWERED);
                    table = codes.with(q, column.known.bytes().chain([empty]));
                }
            }
            let same = known.iter().position(|other| *other == texts);
            columns.push(CsvColumn {
                question: column.question,
                codes: table,
                end,
                group: None,
                known: same.unwrap_or(known.len()),
            });
            if same.is_none() {
                known.push(texts);
            }
        }
        let mut groups = Vec::new();
        for at in ABREAST..columns.len() {
            let mut all = general.columns[at - ABREAST..at].iter();
            if all.any(|column| column.known.has_words()) {
                continue; // hardly ever a byte each
            }
            let group = &mut columns[at - ABREAST..at];
            let questions = group.iter().filter_map(|c| Some((c.question?, c.codes)));
            if let Some(all) = ColumnGroup::of(questions.collect()) {
                group[0].group = Some(groups.len());
                groups.push(all);
            }
        }
        Self {
            shape,
            delimiter,
            newline,
            columns,
            groups,
            known,
            texts: general.id.iter().chain(&general.keep).copied().collect(),
            general,
            codes,
        }
    }

    /// Whether all rows at the start of a table are plain; the last may be cut off.
    pub(crate) fn all_plain(&self, bytes: &[u8], ended: bool, row: &mut RowBuffer) -> bool {
        let mut at = 0;
        let mut rows = 0;
        while let Some(&first) = bytes.get(at) {
            if first == b'\n' || first == b'\r' {
                at += 1;
                continue;
            }
            rows += 1;
            if rows > ROWS || !ended && !bytes[at..].contains(&self.newline) {
                break;
            }
            match self
                .bare(&bytes[at..])
                .or_else(|| self.quick(&bytes[at..], 1, row))
            {
                Some(taken) => at += taken,
                None => return false,
            }
        }
        true
    }

    /// The reader of rows that are not plain.
    pub(crate) fn into_general(self) -> TableReader {
        self.general
    }

    /// Reads whole rows; `line` is that of the first. Returns what is to be counted beside people and
    /// rejected rows.
    pub(crate) fn read(
        &self,
        (input, pack): (&str, &Pack),
        bytes: &[u8],
        mut line: u64,
        row: &mut RowBuffer,
        receiver: &mut impl Receiver,
    ) -> Ledger {
        let mut at = 0;
        let mut ledger = Ledger::default();
        row.clear();
        while let Some(&first) = bytes.get(at) {
            if first <= b' ' || first == self.delimiter {
                if first == b'\n' || first == b'\r' {
                    line += u64::from(first == self.newline);
                    ledger.blank += u64::from(first == self.newline);
                    at += 1;
                    continue;
                }
                if let Some(taken) = self.bare(&bytes[at..]) {
                    // a line that a return ends may have a newline behind it
                    let row = &bytes[at..at + taken];
                    let lines = memchr_iter(self.newline, row).count() as u64;
                    ledger.empty += 1;
                    ledger.row(lines);
                    line += lines;
                    at += taken;
                    continue;
                }
            }
            let go_on;
            if let Some(taken) = self.quick(&bytes[at..], line, row).filter(|_| row.fill()) {
                go_on = receiver.person(&row.id, &row.answers, &row.kept);
                line += 1;
                at += taken;
            } else {
                let rest = &bytes[at..];
                let form = (self.shape, self.newline);
                let general = &self.general;
                let (read, length) = general.record((input, pack), form, rest, line, row, receiver);
                ledger.empty += u64::from(read.is_none());
                go_on = read.unwrap_or(true);
                let lines = memchr_iter(self.newline, &rest[..length]).count() as u64;
                ledger.row(lines);
                line += lines;
                at += length;
            }
            if !go_on {
                break;
            }
        }
        ledger
    }

    /// The bytes of a row that has nothing but delimiters and white space, its line end included.
    fn bare(&self, bytes: &[u8]) -> Option<usize> {
        let bare = |b: &&u8| matches!(**b, b' ' | b'\t') || **b == self.delimiter;
        let end = bytes.iter().take_while(bare).count();
        matches!(bytes.get(end), Some(b'\n' | b'\r')).then(|| line_end(bytes, end))
    }

    /// Splits a row whose answers are single bytes, blank or known texts; none of any other, or of one
    /// with a mistake. Returns the bytes taken.
    fn quick(&self, bytes: &[u8], line: u64, row: &mut RowBuffer) -> Option<usize> {
        let codes = &mut row.codes[..];
        let (mut at, mut place, mut seen) = (0, 0, 0);
        let mut texts = [(0, 0); 8];
        while let Some(column) = self.columns.get(place) {
            let rest = bytes.get(at..)?;
            if let Some(group) = column.group
                && let Some(&window) = rest.first_chunk()
            {
                let ColumnGroup { questions, alike } = &self.groups[group];
                if window[0] == b'"' {
                    let (cells, length, found) = self.in_quotes(questions, &window, codes);
                    if cells > 0 {
                        seen |= found;
                        place += cells;
                        at += length;
                        continue;
                    }
                }
                let irregular = irregular(window, self.delimiter);
                if irregular == 0 {
                    let (first, table) = questions[0];
                    let table = &self.codes.tables[table];
                    if *alike && let Some(codes) = codes[first..].first_chunk_mut::<ABREAST>() {
                        for (cell, put) in codes.iter_mut().enumerate() {
                            *put = table[usize::from(window[2 * cell])];
                            seen |= *put;
                        }
                    } else {
                        seen |= self.put(questions, window.iter().step_by(2), codes);
                    }
                    place += ABREAST;
                    at += WINDOW;
                    continue;
                }
                // so many cells of one byte, and mostly an empty one behind them
                let single = irregular.trailing_zeros() as usize / 16;
                if let Some((q, window)) = questions.get(single).zip(window.get(..=2 * single)) {
                    seen |= self.put(&questions[..single], window.iter().step_by(2), codes);
                    let empty = window[2 * single] == self.delimiter;
                    if empty {
                        codes[q.0] = Answers::UNANSWERED;
                    }
                    place += single + usize::from(empty);
                    at += 2 * single + usize::from(empty);
                    if empty || single > 0 {
                        continue;
                    }
                }
            }
            if let Some(q) = column.question {
                // branches that the processor guesses right: without any, each cell would wait for
                // the one before it
                let &[cell, next] = rest.first_chunk()?;
                if cell == column.end {
                    codes[q] = Answers::UNANSWERED;
                    at += 1;
                } else if next == column.end {
                    let code = self.codes.tables[column.codes][usize::from(cell)];
                    codes[q] = code;
                    seen |= code;
                    at += 2;
                } else {
                    let behind = self.words(bytes, (place, at), codes);
                    if behind.0 == place {
                        return None;
                    }
                    (place, at) = behind;
                    continue;
                }
            } else {
                let (cell, end) = self.text(rest, column.end)?;
                for (text, _) in self.texts.iter().enumerate().filter(|t| *t.1 == place) {
                    *texts.get_mut(text)? = (at + cell.start, at + cell.end);
                }
                at += end;
            }
            place += 1;
        }
        if seen & WRONG != 0 {
            return None;
        }
        row.id.clear();
        let mut texts = texts.iter().map(|&(from, to)| &bytes[from..to]);
        if self.general.id.is_some() {
            row.id.push_str(text_of(texts.next()?).ok()?);
        }
        if row.id.is_empty() {
            if row.codes.iter().all(|&code| code == Answers::UNANSWERED) {
                return None; // perhaps a row of nothing
            }
            let _ = write!(row.id, "row {line}");
        }
        for (kept, (text, &column)) in row.kept.iter_mut().zip(texts.zip(&self.general.keep)) {
            if self.columns[column].question.is_some() {
                return None;
            }
            kept.text.clear();
            kept.text.push_str(text_of(text).ok()?);
        }
        Some(at)
    }

    /// Reads cells in quotes that these questions begin with, each of one byte or empty; gives how many, their bytes,
    /// and the bits of all codes.
    #[inline(always)]
    fn in_quotes(
        &self,
        questions: &[(QuestionIx, usize); ABREAST],
        window: &[u8; WINDOW],
        codes: &mut [u8],
    ) -> (usize, usize, u8) {
        let cells = in_quotes(*window, self.delimiter);
        if cells == 0 && window[1..].starts_with(&[b'"', self.delimiter]) {
            codes[questions[0].0] = Answers::UNANSWERED;
            return (1, 3, 0);
        }
        let bytes = window.iter().skip(1).step_by(WINDOW / QUOTED);
        let found = self.put(&questions[..cells], bytes, codes);
        (cells, cells * (WINDOW / QUOTED), found)
    }

    /// Puts the codes of cells of one byte each; gives the bits of all.
    #[inline(always)]
    fn put<'c>(
        &self,
        questions: &[(QuestionIx, usize)],
        cells: impl Iterator<Item = &'c u8>,
        codes: &mut [u8],
    ) -> u8 {
        cells.zip(questions).fold(0, |seen, (&cell, &(q, table))| {
            let code = self.codes.tables[table][usize::from(cell)];
            codes[q] = code;
            seen | code
        })
    }

    /// Reads cells that are known texts or empty, as many as stand here: from a column, and where its cell
    /// begins. Returns where the next begins.
    ///
    /// Apart from whoever reads plain cells, so that the processor's registers are left to these.
    #[inline(never)]
    fn words(
        &self,
        bytes: &[u8],
        (mut place, mut at): (usize, usize),
        codes: &mut [u8],
    ) -> (usize, usize) {
        while let Some(column) = self.columns.get(place)
            && let Some(q) = column.question
            && let Some(rest) = bytes.get(at..)
        {
            if rest.first() == Some(&column.end) {
                codes[q] = Answers::UNANSWERED;
                at += 1;
            } else if let Some((code, length)) = self.known[column.known].find(rest) {
                codes[q] = code;
                at += length;
            } else {
                break;
            }
            place += 1;
        }
        (place, at)
    }

    /// Where the text of the cell at the front of these bytes stands, and where what ends it ends.
    #[inline(never)]
    fn text(&self, bytes: &[u8], end: u8) -> Option<(Range<usize>, usize)> {
        let cell = match bytes.first() {
            Some(b'"') => self.quoted(bytes)?,
            _ => 0..memchr3(self.delimiter, b'\n', b'\r', bytes)?,
        };
        let behind = cell.end + usize::from(cell.start > 0);
        let length = match *bytes.get(behind..)? {
            [byte, ..] if byte == end => 1,
            [b'\r', b'\n', ..] if end == b'\n' => 2,
            _ => return None,
        };
        Some((cell, behind + length))
    }

    /// Where the text stands within the quotes that open here, if it says something, and has no line
    /// breaks and no quotes in it.
    fn quoted(&self, bytes: &[u8]) -> Option<Range<usize>> {
        let close = 1 + memchr3(b'"', b'\n', b'\r', bytes.get(1..)?)?;
        let text = &bytes[1..close];
        let plain = bytes[close] == b'"' && !text.trim_ascii().is_empty();
        (plain && !self.shape.holds_row(text)).then_some(1..close)
    }
}

#[cfg(test)]
mod tests {
    use super::CsvReader;
    use crate::builtin::built_in;
    use crate::input::cells::{AnswerForm, CellOptions, CellRules};
    use crate::input::header::Header;
    use crate::input::known_texts::KnownTexts;
    use crate::input::quoting::Shape;
    use crate::input::row::{KeptField, Receiver, Rejection, RowBuffer};
    use crate::input::table::{TableColumn, TableForm, TableReader};
    use rolescope_core::{Answers, Pack};
    use std::sync::Arc;

    /// Enough that some stand side by side whatever the one before them holds.
    const QUESTIONS: usize = 12;

    /// What became of rows, in their order.
    #[derive(Debug, Default, PartialEq)]
    struct Told(Vec<String>);

    impl Receiver for Told {
        fn person(&mut self, id: &str, answers: &Answers, kept: &[KeptField]) -> bool {
            let codes: Vec<u8> = (0..QUESTIONS).map(|q| answers.code(q)).collect();
            self.0.push(format!("{id:?} {codes:?} {kept:?}"));
            true
        }
        fn reject(&mut self, rejection: &Rejection<'_>) -> bool {
            self.0.push(format!("{rejection:?}"));
            true
        }
        fn unknown(&mut self, _: &str) {}
    }

    /// A reader of an id, or a column that is left alone, and questions, which may be turned round.
    fn reader(
        pack: &Pack,
        shape: Shape,
        (with_id, turned): (bool, bool),
        texts: &[&str],
    ) -> TableReader {
        let texts = (1..).zip(texts);
        let texts =
            texts.map(|(code, text): (u8, _)| ((*text).to_owned(), code.min(5), AnswerForm::Text));
        let known = KnownTexts::new(texts);
        let question = |q| if turned { QUESTIONS - 1 - q } else { q };
        let questions = (0..QUESTIONS).map(|q| Some(question(q)));
        let questions: Vec<_> = std::iter::once(None).chain(questions).collect();
        let columns = questions.iter().map(|&question| TableColumn {
            question,
            known: question.map_or_else(KnownTexts::default, |_| known.clone()),
            ..TableColumn::default()
        });
        let header = Header {
            names: (0..=QUESTIONS).map(|n| format!("column {n}")).collect(),
            questions: questions.clone(),
            id: with_id.then_some(0),
            rules: vec![None; questions.len()],
            keep: Vec::new(),
            remarks: Vec::new(),
        };
        let rules = Arc::new(CellRules::new(pack, &CellOptions::default()));
        TableReader::new(
            TableForm::Text(shape, b'\n'),
            header,
            columns.collect(),
            rules,
        )
    }

    #[test]
    fn the_quick_way_reads_a_row_as_the_general_one_does() {
        let pack = Pack::parse(&built_in()).expect("the pack is valid");
        let ids = [
            "",
            "x",
            " ",
            "\"x\"",
            "\"\"",
            "\"a,b\"",
            "\"q\"\"q\"",
            "\"x\" ",
            "x\"y",
            "\"open",
        ];
        let cells = [
            "",
            "4",
            "7",
            "9",
            " ",
            "Like",
            "\"Like\"",
            "\"4\"",
            "\"\"",
            "\"a, b\"",
            "a, b",
            "Strongly dislike",
            "Like it, or not",
            "\"Like it, or not\"",
            "like",
            "\"Like",
            "Like\"",
            "\"",
            "Li\rke",
            "-",
        ];
        let shape = |delimiter| Shape {
            delimiter,
            separators: QUESTIONS,
        };
        let mut quick_ones = 0;
        let words = [
            "Like",
            "Strongly dislike",
            "a, b",
            "7",
            "\"",
            " ",
            "Like it, or not",
        ];
        for (delimiter, columns, texts) in [
            (b',', (true, false), &words[..]),
            (b';', (true, false), &words),
            (b'\t', (true, false), &words),
            (b',', (false, false), &words),
            (b',', (true, false), &["7"]),
            (b',', (true, true), &["7"]),
        ] {
            let general = reader(&pack, shape(delimiter), columns, texts);
            let quick = CsvReader::new(general.clone(), (shape(delimiter), b'\n'));
            let mut row = RowBuffer::new(&pack, &[]);
            let pairs = cells
                .iter()
                .flat_map(|one| cells.iter().map(move |other| ("x", one, other)));
            let with_ids = ids
                .iter()
                .flat_map(|id| cells.iter().map(move |one| (*id, one, &"")));
            for (id, one, other) in pairs.chain(with_ids) {
                for end in ["\n", "\r\n", "\r", ",\n"] {
                    let divided = char::from(delimiter).to_string();
                    let plain = ["1", "2", "1", "4", "5", "3"];
                    let mixed = [one, "3", other, "", "2", other];
                    let alike = [*one; 6];
                    let row_of = |id: &str, first: [&str; 6], last: [&str; 6]| {
                        let cells = [&[id], &first[..], &last].concat();
                        cells.join(&divided) + end
                    };
                    let mut text = row_of(id, mixed, plain) + &row_of(id, alike, alike);
                    text += &row_of(id, plain, mixed);
                    text += &row_of("next", plain, plain).replace(end, "\n");
                    text += &["next", "1", "2", "1", "4", "", "Strongly dislike"].join(&divided);
                    text += "\nlast, but far enough from the end of all,1,2,3\n";
                    let (mut by_quick, mut by_general) = (Told::default(), Told::default());
                    let whose = ("t.csv", &pack);
                    let counted = quick.read(whose, text.as_bytes(), 7, &mut row, &mut by_quick);
                    row.clear();
                    quick_ones += usize::from(quick.quick(text.as_bytes(), 7, &mut row).is_some());
                    let all = general.read(whose, text.as_bytes(), 7, &mut row, &mut by_general);
                    assert_eq!((by_quick, counted), (by_general, all), "{text:?}");
                }
            }
        }
        assert!(
            quick_ones > 1000,
            "{quick_ones} rows are read the quick way"
        );
    }

    #[test]
    fn a_row_of_empty_cells_is_a_line_whatever_ends_it() {
        let pack = Pack::parse(&built_in()).expect("the pack is valid");
        let commas = Shape {
            delimiter: b',',
            separators: QUESTIONS,
        };
        for newline in [b'\n', b'\r'] {
            let general = reader(&pack, commas, (true, false), &["7"]);
            let quick = CsvReader::new(general, (commas, newline));
            let (mut row, mut told) = (RowBuffer::new(&pack, &[]), Told::default());
            for text in [",,\r\n", ",,\n", ",,\r", " \r\n\n,\r"] {
                let mut ledger =
                    quick.read(("t.csv", &pack), text.as_bytes(), 1, &mut row, &mut told);
                ledger.lines = text.bytes().filter(|byte| *byte == newline).count() as u64;
                assert!(ledger.close(0, 0).is_ok(), "{newline} {text:?}: {ledger:?}");
            }
        }
    }
}
