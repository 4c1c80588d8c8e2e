//! Many people as lines for people.

use crate::scoring::assessment::Outcome;
use crate::write::records::RecordWriter;
use crate::write::row_words::{ROLE, RowWords};
use crate::write::terminal_text::{TextStyle, inert};
use crate::write::wording;

impl RecordWriter<'_> {
    /// The header of [`RecordWriter::table_row`].
    #[must_use]
    pub fn table_header(&self, look: TextStyle) -> String {
        let pack = self.comparison.pack;
        look.bold(&format!(
            "{}  {}  {}  {}  {}",
            look.cell(&pack.say("rows-who"), 16),
            look.cell(&pack.say("rows-state"), 12),
            look.cell(&pack.say("rows-first-role"), 30),
            pack.say("rows-match"),
            pack.say("rows-band")
        ))
    }

    /// One person as a line for people.
    #[must_use]
    pub fn table_row(&self, id: &str, outcome: &Outcome, look: TextStyle) -> String {
        let comparison = self.comparison;
        let words = self.row_words.get_or_init(|| RowWords::of(comparison));
        let first = outcome.ranking.order.first();
        let name = first.map_or("", |&at| comparison.role(at).name.as_str());
        let fit = first.and_then(|&at| outcome.fits[at]);
        let matched = fit.map_or_else(String::new, |fit| {
            wording::matched_as(&fit, [&words.over_99, &words.under_1])
        });
        let closed = first.and_then(|&at| words.marks[at].as_deref());
        let open = outcome.ranking.order.iter();
        let open = open.filter(|&&at| outcome.fits[at].is_some());
        let open = self
            .reach
            .then(|| open.map(|&at| comparison.role(at)).find(|r| r.is_open()))
            .flatten();
        let closed = match (closed, open) {
            (Some(mark), Some(open)) => {
                let first = words.first_open.replace(ROLE, &open.name);
                format!("  ! {mark}; {first}")
            }
            (Some(mark), None) => format!("  ! {mark}"),
            (None, _) => String::new(),
        };
        let others = match outcome.ranking.band.len() {
            0 | 1 => "",
            n => words.roles[n - 1].as_str(),
        };
        let state = words
            .states
            .iter()
            .find(|(state, _)| *state == outcome.state);
        format!(
            "{}  {}  {}  {matched:>7}  {others}{closed}",
            look.cell(&inert(id), 16),
            look.cell(state.map_or("", |(_, name)| name), 12),
            look.cell(name, 30),
        )
        .trim_end()
        .to_owned()
    }
}
