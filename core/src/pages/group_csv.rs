//! A group as a long table for programs: a figure a row.

use crate::pages::group::GroupPage;
use crate::psychometrics::group_counts::{BINS, FLAGS, STATES};
use crate::results::disclosure::{CountLine, DisclosedMoments};
use crate::write::records::csv_cell;
use crate::write::terminal_text::fixed;

impl GroupPage<'_> {
    /// The table; a figure of everybody has no part, and one that is withheld is empty.
    #[must_use]
    pub(crate) fn to_csv(self) -> String {
        let mut out = GroupRows(b"part,kind,id,figure,value\n".to_vec());
        let (told, pack) = (self.told, self.comparison.pack);
        let parts: Vec<String> = (0..told.columns.len()).map(|c| self.name(c)).collect();
        out.row("", ["people", "", "people"], Some(told.people.to_string()));
        if let Some(norms) = &self.comparison.measured {
            let people = norms.people().to_string();
            out.row("", ["norms", norms.fingerprint(), "people"], Some(people));
        }
        for (name, part) in parts.iter().zip(&told.columns) {
            out.row(
                name,
                ["people", "", "people"],
                Some(part.people.to_string()),
            );
        }
        for (state, line) in STATES.iter().zip(&told.states) {
            out.line(&parts, ["state", state.word(), "people"], line);
        }
        for (flag, line) in FLAGS.iter().zip(&told.flags) {
            out.line(&parts, ["flag", flag.word(), "people"], line);
        }
        for (at, line) in told.band.iter().enumerate() {
            let id = &self.comparison.role(at).id;
            out.line(&parts, ["role", id, "in-band"], line);
            out.row(
                "",
                ["role", id, "first"],
                told.first[at].map(|n| n.to_string()),
            );
        }
        for (t, line) in pack.traits.iter().zip(&told.traits) {
            out.moments("", &t.id, line.whole);
            for (part, moments) in parts.iter().zip(&line.columns) {
                out.moments(part, &t.id, *moments);
            }
            for (bin, people) in line.bins.iter().take(BINS).enumerate() {
                let figure = format!("from-{}", 20 * bin);
                out.row("", ["trait", &t.id, &figure], people.map(|n| n.to_string()));
            }
        }
        String::from_utf8(out.0).unwrap_or_default()
    }
}

struct GroupRows(Vec<u8>);

impl GroupRows {
    fn row(&mut self, part: &str, [kind, id, figure]: [&str; 3], value: Option<String>) {
        csv_cell(&mut self.0, part);
        let rest = format!(",{kind},{id},{figure},{}\n", value.unwrap_or_default());
        self.0.extend_from_slice(rest.as_bytes());
    }

    fn line(&mut self, parts: &[String], what: [&str; 3], line: &CountLine) {
        self.row("", what, line.whole.map(|n| n.to_string()));
        for (part, count) in parts.iter().zip(&line.columns) {
            self.row(part, what, count.map(|n| n.to_string()));
        }
    }

    fn moments(&mut self, part: &str, id: &str, moments: Option<DisclosedMoments>) {
        self.row(
            part,
            ["trait", id, "mean"],
            moments.map(|m| fixed(m.mean, 2)),
        );
        self.row(part, ["trait", id, "sd"], moments.map(|m| fixed(m.sd, 2)));
    }
}
