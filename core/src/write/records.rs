//! Results as records for programs: CSV rows and NDJSON lines, with fixed decimals.

use crate::results::report::Receipt;
use crate::scoring::answers::Answers;
use crate::scoring::assessment::Outcome;
use crate::scoring::comparison::Comparison;
use crate::scoring::contributions::{contributions_beside, own_estimates};
use crate::scoring::response_quality::Flag;
use crate::write::facts_json;
use crate::write::padded_key::PaddedKey;
use crate::write::padded_output::PaddedOutput;
use crate::write::receipt;
use crate::write::receipt::json_text as json;
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
    /// `flag;` and `"flag",` of each sign, in their order.
    flags: [ListedWord; Flag::ALL.len()],
    /// `role;` and `"role",` of each role in play.
    roles: Vec<ListedWord>,
    /// `{"role":"role","rank":` of each role in play.
    role_starts: Vec<PaddedKey>,
    /// `,"reach":"open"` of each role in play.
    reaches: Vec<PaddedKey>,
    /// `condition;` and `"condition",` of each condition.
    conditions: Vec<ListedWord>,
    /// `"condition":` of each condition.
    condition_ids: Vec<PaddedKey>,
    /// `"trait":{"raw":` of each trait.
    traits: Vec<PaddedKey>,
    /// `"trait":` of each trait.
    trait_ids: Vec<PaddedKey>,
    receipt: String,
    /// Words of [`RecordWriter::table_row`], once one was written.
    pub(crate) row_words: OnceLock<RowWords>,
}

/// A word as a list of CSV has it, and as one of JSON.
#[derive(Clone, Debug)]
struct ListedWord {
    csv: PaddedKey,
    json: PaddedKey,
}

impl ListedWord {
    fn new(word: &str) -> Self {
        Self {
            csv: PaddedKey::new(format!("{word};")),
            json: PaddedKey::new(json(word) + ","),
        }
    }
}

impl<'d> RecordWriter<'d> {
    /// Records with all roles in play.
    #[must_use]
    pub fn new(comparison: &'d Comparison<'d>) -> Self {
        let pack = comparison.pack;
        let roles = || (comparison.candidates.iter()).map(|&r| &pack.roles[r]);
        let conditions = || (pack.conditions.iter()).map(|&q| &pack.questions[q].id);
        let traits = || pack.traits.iter().map(|t| json(&t.id));
        Self {
            top: comparison.candidates.len(),
            explain: false,
            reach: false,
            kept: Vec::new(),
            flags: Flag::ALL.map(|flag| ListedWord::new(flag.word())),
            roles: roles().map(|role| ListedWord::new(&role.id)).collect(),
            role_starts: roles()
                .map(|role| format!("{{\"role\":{},\"rank\":", json(&role.id)))
                .map(PaddedKey::new)
                .collect(),
            reaches: roles()
                .map(|role| PaddedKey::new(format!(",\"reach\":\"{}\"", role.reach())))
                .collect(),
            conditions: conditions().map(|id| ListedWord::new(id)).collect(),
            condition_ids: conditions()
                .map(|id| PaddedKey::new(json(id) + ":"))
                .collect(),
            traits: traits()
                .map(|id| PaddedKey::new(id + ":{\"raw\":"))
                .collect(),
            trait_ids: traits().map(|id| PaddedKey::new(id + ":")).collect(),
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
        let mut row = PaddedOutput::new(out);
        let flags = outcome.flags.iter().map(|flag| &self.flags[*flag as usize]);
        row.bytes(outcome.state.word().as_bytes());
        row.byte(b',');
        row.words(flags.map(|flag| &flag.csv), b',');
        for band in [&ranking.band, &ranking.band_wide] {
            row.words(band.iter().map(|&at| &self.roles[at].csv), b',');
        }
        for &at in ranking.order.iter().take(self.top) {
            row.words([&self.roles[at].csv].into_iter(), b',');
            match ranking.ranks[at] {
                Some(rank) => row.whole(rank, b','),
                None => row.byte(b','),
            }
            match &outcome.fits[at] {
                Some(fit) => row.matched(fit, b','),
                None => row.byte(b','),
            }
            let conflicts = outcome.conflicts[at].iter();
            row.words(conflicts.map(|c| &self.conditions[c].csv), b',');
            if self.reach {
                row.bytes(self.comparison.role(at).reach().as_bytes());
                row.byte(b',');
            }
        }
        for _ in ranking.order.len().min(self.top)..self.top {
            for _ in 0..4 + usize::from(self.reach) {
                row.byte(b',');
            }
        }
        row.finish_before_last();
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
        let mut row = PaddedOutput::new(out);
        let flags = outcome.flags.iter().map(|flag| &self.flags[*flag as usize]);
        row.bytes(b",\"state\":\"");
        row.bytes(outcome.state.word().as_bytes());
        row.bytes(b"\",\"flags\":[");
        row.words(flags.map(|flag| &flag.json), b']');
        row.bytes(b",\"band\":[");
        row.words(ranking.band.iter().map(|&at| &self.roles[at].json), b']');
        row.bytes(b",\"band_wide\":[");
        let wide = ranking.band_wide.iter();
        row.words(wide.map(|&at| &self.roles[at].json), b']');
        row.bytes(b",\"roles\":[");
        let start = row.end();
        let own = self
            .explain
            .then(|| own_estimates(self.comparison, &outcome.scores));
        for &at in ranking.order.iter().take(self.top) {
            self.role(&mut row, outcome, at, own.as_deref());
        }
        row.end_list(start, b']');
        row.bytes(b",\"traits\":{");
        let start = row.end();
        for ((name, score), norm) in self
            .traits
            .iter()
            .zip(&outcome.scores)
            .zip(&self.comparison.norms)
        {
            row.key(name);
            match score.raw() {
                Some(raw) => row.two(raw, b','),
                None => row.bytes(b"null,"),
            }
            row.bytes(b"\"sem\":");
            match score.sem(norm) {
                Some(sem) => row.two(sem, b','),
                None => row.bytes(b"null,"),
            }
            row.bytes(b"\"z\":");
            row.four(score.estimate, b',');
            row.bytes(b"\"reliability\":");
            row.four(score.reliability, b'}');
            row.byte(b',');
        }
        row.end_list(start, b'}');
        row.bytes(b",\"receipt\":");
        row.bytes(self.receipt.as_bytes());
        row.finish();
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
        let mut row = PaddedOutput::new(out);
        row.bytes(b",\"answered\":");
        row.whole(answers.count(), b',');
        row.bytes(b"\"asked\":");
        row.whole(answers.asked(), b'}');
        row.finish();
    }

    /// Adds the match of a role, and a comma; `own` are what the reasons go by, where these are wanted.
    fn role(&self, row: &mut PaddedOutput<'_>, outcome: &Outcome, at: usize, own: Option<&[f64]>) {
        let fit = outcome.fits[at].as_ref();
        row.key(&self.role_starts[at]);
        match outcome.ranking.ranks[at] {
            Some(rank) => row.whole(rank, b','),
            None => row.bytes(b"null,"),
        }
        row.bytes(b"\"z\":");
        if let Some(fit) = fit {
            row.four(fit.z, b',');
            row.bytes(b"\"se\":");
            row.four(fit.se(), b',');
            row.bytes(b"\"match\":");
            row.matched(fit, b',');
        } else {
            row.bytes(b"null,\"se\":null,\"match\":null,");
        }
        row.bytes(b"\"conflicts\":[");
        let conflicts = outcome.conflicts[at].iter();
        row.words(conflicts.map(|c| &self.conditions[c].json), b']');
        row.bytes(b",\"beyond\":{");
        let start = row.end();
        for (c, degree) in outcome.beyond(self.comparison, at) {
            row.key(&self.condition_ids[c]);
            row.whole(usize::from(degree), b',');
        }
        row.end_list(start, b'}');
        row.key(&self.reaches[at]);
        if let (Some(own), Some(fit)) = (own, fit) {
            row.bytes(b",\"contributions\":{");
            let start = row.end();
            let questions = outcome.questions.as_ref();
            let all = contributions_beside(self.comparison, (own, questions), at, fit);
            for (name, adds) in self.trait_ids.iter().zip(all) {
                row.key(name);
                row.four(adds, b',');
            }
            row.end_list(start, b'}');
        }
        row.bytes(b"},");
    }
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
