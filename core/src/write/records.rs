//! Results as records for programs: CSV rows and NDJSON lines, with fixed decimals.

use crate::results::report::Receipt;
use crate::scoring::answers::Answers;
use crate::scoring::assessment::Outcome;
use crate::scoring::comparison::Comparison;
use crate::scoring::contributions::contributions;
use crate::scoring::response_quality::Flag;
use crate::scoring::role_match::RoleMatch;
use crate::write::digits;
use crate::write::facts_json;
use crate::write::padded_key::PaddedKey;
use crate::write::receipt;
use crate::write::receipt::json_text as json;
use crate::write::row_room::RowRoom;
use crate::write::row_words::RowWords;
use std::sync::OnceLock;

/// Adds a cell of CSV: quoted where needed, and never one that a spreadsheet runs as a formula, not even one that
/// takes semicolons for the ends of cells.
pub fn csv_cell(out: &mut Vec<u8>, text: &str) {
    let marks = |byte: &u8| matches!(byte, b',' | b'"' | b'\n' | b'\r' | b';');
    let runs = matches!(text.bytes().next(), Some(b'=' | b'+' | b'-' | b'@' | b'\t'));
    if !runs && !text.as_bytes().iter().any(marks) {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    let quoted = text.contains([',', '"', '\n', '\r']);
    let quote: &[u8] = if quoted { b"\"" } else { b"" };
    out.extend_from_slice(quote);
    for (n, part) in text.split(';').enumerate() {
        let runs = part.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number(part);
        out.extend_from_slice(if n > 0 { b";" } else { b"" });
        out.extend_from_slice(if runs { b"'" } else { b"" });
        for (n, piece) in part.split('"').enumerate() {
            out.extend_from_slice(if n > 0 { b"\"\"" } else { b"" });
            out.extend_from_slice(piece.as_bytes());
        }
    }
    out.extend_from_slice(quote);
}

/// Whether a text is a plain number, which runs nothing.
fn is_number(text: &str) -> bool {
    let digits = text.trim_start_matches(['+', '-']);
    text.len() - digits.len() <= 1
        && digits.bytes().any(|b| b.is_ascii_digit())
        && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && digits.bytes().filter(|&b| b == b'.').count() <= 1
}

/// A column or field that is copied from the input.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// # let mut answers = Answers::none(&pack);
/// # answers.set_all(&[3, 3, 1, 2, 3, 2]).expect("six answers");
/// # let outcome = comparison.assess(&answers);
/// use rolescope_core::write::{CarriedField, RecordWriter};
///
/// let records = RecordWriter::new(&comparison).keeping(&["class".to_owned()]);
/// let mut row = Vec::new();
/// records.csv(&mut row, "anna", &outcome, &[CarriedField::new("12A", false)]);
/// assert!(row.windows(3).any(|part| part == b"12A"));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct CarriedField<'a> {
    /// Its text.
    pub(crate) text: &'a str,
    /// Whether the text is JSON and no plain text.
    pub(crate) json: bool,
}

impl<'a> CarriedField<'a> {
    /// A text; `json` where it is JSON and goes into a JSON record as it is.
    #[must_use]
    pub const fn new(text: &'a str, json: bool) -> Self {
        Self { text, json }
    }
}

/// Writes people as records, all words looked up once.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// # let mut answers = Answers::none(&pack);
/// # answers.set_all(&[3, 3, 1, 2, 3, 2]).expect("six answers");
/// # let outcome = comparison.assess(&answers);
/// use rolescope_core::write::RecordWriter;
///
/// let records = RecordWriter::new(&comparison).best(1);
/// assert!(records.csv_header_line().starts_with("id,state,flags,band,band_wide,role_1,rank_1,"));
/// assert!(records.csv_line("anna", &outcome).starts_with("anna,clear,"));
/// ```
#[derive(Clone, Debug)]
pub struct RecordWriter<'d> {
    pub(crate) comparison: &'d Comparison<'d>,
    top: usize,
    explain: bool,
    /// Whether a row says of roles whether a way leads in.
    pub(crate) reach: bool,
    kept: Vec<String>,
    /// `flag;` of each sign, in their order.
    flags: [PaddedKey; Flag::ALL.len()],
    /// `role;` of each role in play.
    listed_roles: Vec<PaddedKey>,
    /// `,"reach":"open"` of each role in play.
    reaches: Vec<String>,
    /// `condition;` of each condition.
    listed_conditions: Vec<PaddedKey>,
    /// `,"trait":{"raw":` of each trait.
    traits: Vec<String>,
    /// `"trait":` of each trait.
    trait_ids: Vec<String>,
    /// `"condition":` of each condition.
    condition_ids: Vec<String>,
    receipt: String,
    /// Words of [`RecordWriter::table_row`], once one was written.
    pub(crate) row_words: OnceLock<RowWords>,
}

impl<'d> RecordWriter<'d> {
    /// Records with all roles in play.
    #[must_use]
    pub fn new(comparison: &'d Comparison<'d>) -> Self {
        let pack = comparison.pack;
        let ids = pack.traits.iter().map(|t| json(&t.id));
        let trait_ids: Vec<String> = ids.map(|id| format!("{id}:")).collect();
        Self {
            top: comparison.candidates.len(),
            explain: false,
            reach: false,
            kept: Vec::new(),
            flags: Flag::ALL.map(|flag| PaddedKey::new(format!("{};", flag.word()))),
            listed_roles: (comparison.candidates.iter())
                .map(|&r| PaddedKey::new(format!("{};", pack.roles[r].id)))
                .collect(),
            reaches: (comparison.candidates.iter())
                .map(|&r| format!(",\"reach\":\"{}\"", pack.roles[r].reach()))
                .collect(),
            listed_conditions: (pack.conditions.iter())
                .map(|&q| PaddedKey::new(format!("{};", pack.questions[q].id)))
                .collect(),
            traits: trait_ids
                .iter()
                .map(|id| format!("{id}{{\"raw\":"))
                .collect(),
            trait_ids,
            condition_ids: (pack.conditions.iter())
                .map(|&q| format!("{}:", json(&pack.questions[q].id)))
                .collect(),
            receipt: receipt::json(&Receipt::of(comparison)),
            row_words: OnceLock::new(),
            comparison,
        }
    }

    /// The same records with the `roles` that fit best, or all where there are no more.
    #[must_use]
    pub fn best(mut self, roles: usize) -> Self {
        self.top = roles.min(self.comparison.candidates.len());
        self
    }

    /// The same records; an object of JSON says what each trait adds to each role, if `wanted`.
    #[must_use]
    pub fn explained(mut self, wanted: bool) -> Self {
        self.explain = wanted;
        self
    }

    /// The same records with the columns of these names, copied from the input.
    #[must_use]
    pub fn keeping(mut self, names: &[String]) -> Self {
        self.kept = names.to_vec();
        self
    }

    /// The same records; a row of CSV has the columns `reach_N` too, and a line for people names the first
    /// role that is open where no way leads into the first of all.
    #[must_use]
    pub fn with_reach(mut self, wanted: bool) -> Self {
        self.reach = wanted;
        self
    }

    fn role_id(&self, at: usize) -> &'d str {
        &self.comparison.role(at).id
    }

    fn conflicts(&self, outcome: &Outcome, at: usize) -> impl Iterator<Item = &'d str> {
        let pack = self.comparison.pack;
        let conflicts = outcome.conflicts[at].iter();
        conflicts.map(|c| pack.questions[pack.conditions[c]].id.as_str())
    }

    /// Adds the header of [`RecordWriter::csv`].
    pub fn csv_header(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"id,state,flags,band,band_wide");
        for n in 1..=self.top {
            let columns = format!(",role_{n},rank_{n},match_{n},conflicts_{n}");
            out.extend_from_slice(columns.as_bytes());
            if self.reach {
                out.extend_from_slice(format!(",reach_{n}").as_bytes());
            }
        }
        for name in &self.kept {
            out.push(b',');
            csv_cell(out, name);
        }
        out.push(b'\n');
    }

    /// Adds a person as a row of CSV.
    pub fn csv(&self, out: &mut Vec<u8>, id: &str, outcome: &Outcome, kept: &[CarriedField<'_>]) {
        let ranking = &outcome.ranking;
        csv_cell(out, id);
        out.push(b',');
        let mut row = RowRoom::new(out);
        row.cell(outcome.state.word().as_bytes());
        row.words(outcome.flags.iter().map(|flag| &self.flags[*flag as usize]));
        row.words(ranking.band.iter().map(|&at| &self.listed_roles[at]));
        row.words(ranking.band_wide.iter().map(|&at| &self.listed_roles[at]));
        for &at in ranking.order.iter().take(self.top) {
            row.words([&self.listed_roles[at]].into_iter());
            match ranking.ranks[at] {
                Some(rank) => row.whole(rank),
                None => row.empty(),
            }
            match &outcome.fits[at] {
                Some(fit) => row.matched(fit),
                None => row.empty(),
            }
            let conflicts = outcome.conflicts[at].iter();
            row.words(conflicts.map(|c| &self.listed_conditions[c]));
            if self.reach {
                row.cell(self.comparison.role(at).reach().as_bytes());
            }
        }
        for _ in ranking.order.len().min(self.top)..self.top {
            for _ in 0..4 + usize::from(self.reach) {
                row.empty();
            }
        }
        row.finish();
        for kept in kept {
            out.push(b',');
            csv_cell(out, kept.text);
        }
        out.push(b'\n');
    }

    /// Adds a person as a JSON object, without a newline.
    pub fn json(&self, out: &mut Vec<u8>, id: &str, outcome: &Outcome, kept: &[CarriedField<'_>]) {
        let ranking = &outcome.ranking;
        out.extend_from_slice(b"{\"format\":1,\"id\":");
        quoted(out, id);
        out.extend_from_slice(b",\"state\":");
        quoted(out, outcome.state.word());
        out.extend_from_slice(b",\"flags\":");
        array(out, outcome.flags.iter().map(|f| f.word()));
        out.extend_from_slice(b",\"band\":");
        array(out, ranking.band.iter().map(|&at| self.role_id(at)));
        out.extend_from_slice(b",\"band_wide\":");
        array(out, ranking.band_wide.iter().map(|&at| self.role_id(at)));
        out.extend_from_slice(b",\"roles\":[");
        for (place, &at) in ranking.order.iter().take(self.top).enumerate() {
            if place > 0 {
                out.push(b',');
            }
            self.role(out, outcome, at);
        }
        out.extend_from_slice(b"],\"traits\":{");
        for (k, (name, score)) in self.traits.iter().zip(&outcome.scores).enumerate() {
            if k > 0 {
                out.push(b',');
            }
            out.extend_from_slice(name.as_bytes());
            number(out, score.raw(), digits::two);
            out.extend_from_slice(b",\"sem\":");
            number(out, score.sem(&self.comparison.norms[k]), digits::two);
            out.extend_from_slice(b",\"z\":");
            digits::four(out, score.estimate);
            out.extend_from_slice(b",\"reliability\":");
            digits::four(out, score.reliability);
            out.push(b'}');
        }
        out.extend_from_slice(b"},\"receipt\":");
        out.extend_from_slice(self.receipt.as_bytes());
        if !self.kept.is_empty() {
            out.extend_from_slice(b",\"kept\":{");
            for (n, (name, kept)) in self.kept.iter().zip(kept).enumerate() {
                if n > 0 {
                    out.push(b',');
                }
                quoted(out, name);
                out.push(b':');
                if kept.json {
                    out.extend_from_slice(kept.text.as_bytes());
                } else {
                    quoted(out, kept.text);
                }
            }
            out.push(b'}');
        }
        out.push(b'}');
    }

    /// Adds to a record, which ends with `}`, how many questions were answered, and how many were asked.
    pub fn counts(out: &mut Vec<u8>, answers: &Answers) {
        out.pop();
        out.extend_from_slice(b",\"answered\":");
        digits::whole(out, answers.count());
        out.extend_from_slice(b",\"asked\":");
        digits::whole(out, answers.asked());
        out.push(b'}');
    }

    fn role(&self, out: &mut Vec<u8>, outcome: &Outcome, at: usize) {
        let fit = outcome.fits[at].as_ref();
        out.extend_from_slice(b"{\"role\":");
        quoted(out, self.role_id(at));
        out.extend_from_slice(b",\"rank\":");
        number(out, outcome.ranking.ranks[at], digits::whole);
        out.extend_from_slice(b",\"z\":");
        number(out, fit.map(|f| f.z), digits::four);
        out.extend_from_slice(b",\"se\":");
        number(out, fit.map(RoleMatch::se), digits::four);
        out.extend_from_slice(b",\"match\":");
        number(out, fit, digits::matched);
        out.extend_from_slice(b",\"conflicts\":");
        array(out, self.conflicts(outcome, at));
        out.extend_from_slice(b",\"beyond\":{");
        for (n, (c, degree)) in outcome.beyond(self.comparison, at).enumerate() {
            if n > 0 {
                out.push(b',');
            }
            out.extend_from_slice(self.condition_ids[c].as_bytes());
            digits::whole(out, usize::from(degree));
        }
        out.push(b'}');
        out.extend_from_slice(self.reaches[at].as_bytes());
        if let (true, Some(fit)) = (self.explain, fit) {
            out.extend_from_slice(b",\"contributions\":");
            let all = contributions(self.comparison, outcome, at, fit);
            for (k, (name, adds)) in self.trait_ids.iter().zip(all).enumerate() {
                out.push(if k > 0 { b',' } else { b'{' });
                out.extend_from_slice(name.as_bytes());
                digits::four(out, adds);
            }
            out.push(b'}');
        }
        out.push(b'}');
    }
}

fn number<T>(out: &mut Vec<u8>, value: Option<T>, write: impl FnOnce(&mut Vec<u8>, T)) {
    match value {
        Some(value) => write(out, value),
        None => out.extend_from_slice(b"null"),
    }
}

/// Adds words as a JSON array.
fn array<'w>(out: &mut Vec<u8>, words: impl Iterator<Item = &'w str>) {
    out.push(b'[');
    for (n, word) in words.enumerate() {
        if n > 0 {
            out.push(b',');
        }
        quoted(out, word);
    }
    out.push(b']');
}

/// Adds a text as JSON writes it; one without marks as it is.
fn quoted(out: &mut Vec<u8>, text: &str) {
    if text.bytes().any(|b| b < b' ' || b == b'"' || b == b'\\') {
        out.extend_from_slice(json(text).as_bytes());
    } else {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    }
}

/// A record as text without its newline.
fn text(write: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut out = Vec::new();
    write(&mut out);
    let line = String::from_utf8(out).unwrap_or_default();
    line.trim_end_matches('\n').to_owned()
}

impl RecordWriter<'_> {
    /// The header of CSV, without its newline.
    #[must_use]
    pub fn csv_header_line(&self) -> String {
        text(|out| self.csv_header(out))
    }

    /// One person as a row of CSV, without its newline.
    #[must_use]
    pub fn csv_line(&self, id: &str, outcome: &Outcome) -> String {
        text(|out| self.csv(out, id, outcome, &[]))
    }

    /// One person as a JSON object on a line, without its newline: with how many questions were asked
    /// and answered, and what is known of the roles that are listed.
    #[must_use]
    pub fn json_line(&self, id: &str, answers: &Answers, outcome: &Outcome) -> String {
        text(|out| {
            self.json(out, id, outcome, &[]);
            Self::counts(out, answers);
            let listed = outcome.ranking.order.iter().take(self.top);
            let listed = listed.map(|&at| self.comparison.role(at));
            out.pop();
            out.extend_from_slice(b",\"facts\":");
            let facts = facts_json::facts(self.comparison.pack, listed);
            out.extend_from_slice(facts.to_string().as_bytes());
            out.push(b'}');
        })
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_cell_is_a_formula() {
        let cell = |text: &str| super::text(|out| super::csv_cell(out, text));
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("@x,y"), "\"'@x,y\"");
        assert_eq!(cell("say \"hi\""), "\"say \"\"hi\"\"\"");
        assert_eq!(cell("s-0412"), "s-0412");
        assert_eq!(cell("-5.2"), "-5.2");
        assert_eq!(cell("-5+cmd"), "'-5+cmd");
        assert_eq!(cell("a;=1+1;b;-2"), "a;'=1+1;b;-2");
        assert_eq!(cell(";+a\"b"), "\";'+a\"\"b\"");
    }
}
