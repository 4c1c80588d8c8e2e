//! Whether a run accounts for all that it was given: nobody goes missing without a word.

use crate::error::{Error, Result};

/// What a run was given, as whoever cuts inputs counts it, and what became of it, as their readers
/// do. The lines of a table or of NDJSON are counted; of a folder, its files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// Lines that were handed out, headers included.
    pub lines: u64,
    /// Lines of headers.
    pub headers: u64,
    /// Lines passed over because nothing stands on them.
    pub blank: u64,
    /// Rows passed over because all their cells are empty.
    pub empty: u64,
    /// Lines of rows beyond the first of each; a row that shares its line with the next counts as
    /// one less.
    pub inner: i64,
}

impl Ledger {
    /// Adds what another has counted.
    pub fn add(&mut self, other: Self) {
        self.lines += other.lines;
        self.headers += other.headers;
        self.blank += other.blank;
        self.empty += other.empty;
        self.inner += other.inner;
    }

    /// Counts the lines of a row of a table beyond its first.
    pub(crate) fn row(&mut self, lines: u64) {
        self.inner += lines.cast_signed() - 1;
    }

    /// Holds that every line is a header's, a person's, a rejected row's or passed over, where so many
    /// people were scored and so many rows rejected.
    ///
    /// # Errors
    /// When one is missing: a mistake of the program.
    pub fn close(&self, people: u64, rejected: u64) -> Result<()> {
        let told = self.headers + self.blank + self.empty + people + rejected;
        if told.checked_add_signed(self.inner) == Some(self.lines) {
            return Ok(());
        }
        Err(Error::failed(format!(
            "of {} lines read, {} of headers, {people} people, {rejected} rejected rows with {} lines \
             more, and {} passed over do not account for all: this is a mistake of the program, and \
             its results are not to be used; please report it with the file",
            self.lines,
            self.headers,
            self.inner,
            self.blank + self.empty
        )))
    }

    /// What is to be said of rows that were passed over, if there are any.
    #[must_use]
    pub fn passed_over(&self) -> Option<String> {
        let rows = if self.empty == 1 { "row" } else { "rows" };
        (self.empty > 0).then(|| format!("{} {rows} of empty cells passed over", self.empty))
    }
}

#[cfg(test)]
mod tests {
    use super::Ledger;

    #[test]
    fn a_line_that_nobody_accounts_for_is_an_error() {
        let ledger = Ledger {
            lines: 10,
            headers: 1,
            blank: 2,
            empty: 1,
            inner: 1,
        };
        assert!(ledger.close(4, 1).is_ok());
        for (people, rejected) in [(3, 1), (4, 0), (5, 1), (0, 0)] {
            let error = ledger.close(people, rejected).expect_err("one is missing");
            assert_eq!(error.exit_code(), 1);
            assert!(error.to_string().contains("report it with the file"));
        }
        let said = ledger.passed_over();
        assert_eq!(said.as_deref(), Some("1 row of empty cells passed over"));
        assert_eq!(Ledger::default().passed_over(), None);
    }
}
