//! The codes of single bytes: what a cell of one byte says.

use rolescope_core::{Pack, QuestionIx};

/// The mark of a cell that is no answer; never an answer's code.
pub(crate) const WRONG: u8 = 64;

/// For each question, the code of each byte that may stand alone in its cell, [`WRONG`] for all
/// others: a table for every kind of question.
#[derive(Clone, Debug, Default)]
pub(crate) struct CodeTables {
    /// The tables: few, so that all stay in the fastest memory.
    pub tables: Vec<[u8; 256]>,
    /// Which of them is each question's.
    pub of: Vec<usize>,
}

impl CodeTables {
    /// The tables of a pack.
    pub(crate) fn new(pack: &Pack) -> Self {
        let mut all = Self::default();
        for question in pack.questions() {
            let mut codes = [WRONG; 256];
            for byte in 0..128_u8 {
                let cell = [byte];
                let text = std::str::from_utf8(&cell).unwrap_or_default();
                if !text.trim().is_empty()
                    && let Some(code) = question.code_of(text)
                {
                    codes[usize::from(byte)] = code;
                }
            }
            let table = all.place(codes);
            all.of.push(table);
        }
        all
    }

    /// The table of a question, where other bytes that are no answer have these codes.
    pub(crate) fn with(&mut self, q: QuestionIx, others: impl Iterator<Item = (u8, u8)>) -> usize {
        let mut codes = self.tables[self.of[q]];
        for (byte, code) in others {
            let found = &mut codes[usize::from(byte)];
            if *found == WRONG {
                *found = code;
            }
        }
        self.place(codes)
    }

    /// Where a table stands, which is added where it is new.
    fn place(&mut self, codes: [u8; 256]) -> usize {
        let known = self.tables.iter().position(|table| *table == codes);
        known.unwrap_or_else(|| {
            self.tables.push(codes);
            self.tables.len() - 1
        })
    }

    /// The code of a byte that stands alone in the cell of a question.
    pub(crate) fn code(&self, q: QuestionIx, byte: u8) -> u8 {
        self.tables[self.of[q]][usize::from(byte)]
    }
}
