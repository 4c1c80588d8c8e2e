//! Many people as lines for people.

use crate::scoring::assessment::Outcome;
use crate::write::records::RecordWriter;
use crate::write::terminal_text::{TextStyle, inert};
use crate::write::wording;

impl RecordWriter<'_> {
    /// The header of [`RecordWriter::table_row`].
    #[must_use]
    pub fn table_header(look: TextStyle) -> String {
        look.bold(&format!(
            "{}  {}  {}  {}",
            look.cell("who", 16),
            look.cell("state", 12),
            look.cell("first role", 30),
            "match  also in the band"
        ))
    }

    /// One person as a line for people.
    #[must_use]
    pub fn table_row(&self, id: &str, outcome: &Outcome, look: TextStyle) -> String {
        let comparison = self.comparison;
        let first = outcome.ranking.order.first();
        let name = first.map_or("", |&at| comparison.role(at).name.as_str());
        let matched = first
            .and_then(|&at| outcome.fits[at])
            .map_or_else(String::new, |fit| wording::matched(&fit));
        let closed =
            first.and_then(|&at| wording::reach_mark(&comparison.pack.roles, comparison.role(at)));
        let open = outcome.ranking.order.iter();
        let open = open.filter(|&&at| outcome.fits[at].is_some());
        let open = self
            .reach
            .then(|| open.map(|&at| comparison.role(at)).find(|r| r.is_open()))
            .flatten();
        let closed = match (closed, open) {
            (Some(mark), Some(open)) => format!("  ! {mark}; first that is open: {}", open.name),
            (Some(mark), None) => format!("  ! {mark}"),
            (None, _) => String::new(),
        };
        let others = match outcome.ranking.band.len() {
            0 | 1 => String::new(),
            n => wording::count(n - 1, "role", "roles"),
        };
        format!(
            "{}  {}  {}  {matched:>7}  {others}{closed}",
            look.cell(&inert(id), 16),
            look.cell(outcome.state.word(), 12),
            look.cell(name, 30),
        )
        .trim_end()
        .to_owned()
    }
}
