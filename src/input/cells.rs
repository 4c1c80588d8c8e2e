//! What a cell says: an answer, that there is none, or something that is neither.

use crate::input::code_tables::CodeTables;
use crate::input::codes::{CodeRange, equals, number};
use crate::input::fold::{fold, fold_inner, is_quote, short};
use rolescope_core::text::nearest;
use rolescope_core::{AnswerFormat, Answers, Measure, Pack, QuestionIx};
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::fmt::Write as _;

/// What says that a question was not answered, folded.
const MISSING: [&str; 10] = [
    "na", "n/a", "#n/a", "nan", "null", "none", "nil", ".", "-", "--",
];
/// Ways to say so of a puzzle, folded.
const NOT_KNOWN: [&str; 5] = [
    "i dont know",
    "i do not know",
    "dont know",
    "do not know",
    "idk",
];

/// In what form an answer was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerForm {
    /// A number, a letter or `?`.
    Code,
    /// The label's or the option's text, alone or with its number or letter.
    Text,
    /// `A4` or `AO04`.
    Survey,
}

/// What a cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// An answer, as the code that [`rolescope_core::Answers`] keeps.
    Answer(u8, AnswerForm),
    /// That there is none.
    Missing,
    /// Neither; with what would be right.
    Wrong(String),
}

/// What a person has said about the cells of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CellOptions {
    /// Nothing but the program's own dialect.
    pub exact: bool,
    /// Texts that say that there is no answer.
    pub missing: Vec<String>,
    /// Numbers of scales that do not count from 1.
    pub codes: Vec<CodeRange>,
    /// Texts that stand for an answer to any question that has it: the answer as files have it.
    pub texts: BTreeMap<String, String>,
    /// The same for one question, by its id.
    pub texts_of: BTreeMap<String, BTreeMap<String, String>>,
}

/// How the cells of each question are read.
#[derive(Clone, Debug)]
pub struct CellRules {
    exact: bool,
    missing: Vec<String>,
    missing_numbers: Vec<f64>,
    questions: Vec<QuestionCells>,
    /// A question that has each label or option.
    elsewhere: HashMap<String, QuestionIx>,
    /// What cells of one byte say in the program's own dialect.
    codes: CodeTables,
}

#[derive(Clone, Debug)]
struct QuestionCells {
    format: AnswerFormat,
    choices: u8,
    /// Labels or options, folded, that only one answer has.
    texts: Vec<(String, u8)>,
    /// Labels or options as they are written.
    written: Vec<String>,
    codes: Option<CodeRange>,
    /// What was said of texts, folded.
    said: HashMap<String, u8>,
    /// "I don't know" in the language of the pack, folded, where that has its own.
    not_known: Option<String>,
}

impl CellRules {
    /// The rules of a pack, with what a person has said.
    #[must_use]
    pub fn new(pack: &Pack, options: &CellOptions) -> Self {
        let mut elsewhere = HashMap::new();
        // what a form in the language of the pack writes
        let not_known = pack.own_words("quiz-dont-know").map(|text| fold(&text));
        let mut questions = Vec::with_capacity(pack.questions().len());
        for (q, question) in pack.questions().iter().enumerate() {
            let labels = match question.measure() {
                Measure::Choice { options, .. } => &options[..],
                _ => pack.sections()[question.section()].labels(),
            };
            let folded: Vec<String> = labels.iter().map(|label| fold(label)).collect();
            let mut texts = Vec::new();
            for (code, text) in (1_u8..).zip(&folded) {
                let once = folded.iter().filter(|other| *other == text).count() == 1;
                // a scale whose labels are numbers is read by its numbers
                let other = question.format() != AnswerFormat::Choice && number(text).is_some();
                if once && !other && !text.is_empty() {
                    texts.push((text.clone(), code));
                    elsewhere.entry(text.clone()).or_insert(q);
                }
            }
            let mut said = HashMap::new();
            let of_one = options.texts_of.get(question.id());
            for (text, answer) in options.texts.iter().chain(of_one.into_iter().flatten()) {
                if let Some(code) = question.code_of(answer) {
                    said.insert(fold_inner(text), code);
                }
            }
            let size = u16::from(question.choices());
            questions.push(QuestionCells {
                format: question.format(),
                choices: question.choices(),
                texts,
                written: labels.to_vec(),
                codes: match question.format() {
                    AnswerFormat::Choice => None,
                    _ => options.codes.iter().copied().find(|c| c.size() == size),
                },
                said,
                not_known: not_known.clone(),
            });
        }
        let missing: Vec<String> = options.missing.iter().map(|m| fold_inner(m)).collect();
        Self {
            exact: options.exact,
            missing_numbers: missing.iter().filter_map(|m| number(m)).collect(),
            missing,
            questions,
            elsewhere,
            codes: CodeTables::new(pack),
        }
    }

    /// What cells of one byte say in the program's own dialect.
    pub(crate) const fn codes(&self) -> &CodeTables {
        &self.codes
    }

    /// Whether a byte that stands alone may mean something else than in the program's own dialect.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.missing.is_empty()
            && (self.questions.iter()).all(|q| q.codes.is_none() && q.said.is_empty())
    }

    /// Reads the cell of a question. `survey` says that the column has nothing but answer codes of a
    /// survey system.
    #[must_use]
    pub fn read(&self, pack: &Pack, q: QuestionIx, cell: &str, survey: bool) -> Cell {
        let question = &pack.questions()[q];
        let rules = &self.questions[q];
        let trimmed = cell.trim();
        if self.exact {
            return match question.code_of(trimmed) {
                _ if trimmed.is_empty() => Cell::Missing,
                Some(code) => Cell::Answer(code, AnswerForm::Code),
                None => Cell::Wrong(format!("write {}", question.allowed())),
            };
        }
        if trimmed.contains(|c: char| c.is_control() && !c.is_whitespace()) {
            let right = question.allowed();
            return Cell::Wrong(format!("a control character in it: write {right}"));
        }
        let inner = fold_inner(trimmed);
        let cell = self.meaning(pack, q, (trimmed, &inner), survey);
        let stray = match cell {
            Cell::Missing | Cell::Answer(_, AnswerForm::Code) => has_stray_quote(trimmed),
            Cell::Answer(..) => {
                let as_written = rules.said.contains_key(&inner)
                    || rules.written.iter().any(|text| is_open(text));
                is_open(trimmed) && !as_written
            }
            Cell::Wrong(_) => false,
        };
        if stray {
            let right = question.allowed();
            return Cell::Wrong(format!("one quotation mark too many: write {right}"));
        }
        cell
    }

    /// What a cell says, as it was written and folded, if its quotation marks are taken for nothing.
    fn meaning(
        &self,
        pack: &Pack,
        q: QuestionIx,
        (trimmed, inner): (&str, &str),
        survey: bool,
    ) -> Cell {
        let (question, rules) = (&pack.questions()[q], &self.questions[q]);
        let value = number(inner);
        if inner.is_empty()
            || self.missing.iter().any(|text| text == inner)
            || value.is_some_and(|value| self.missing_numbers.contains(&value))
        {
            return Cell::Missing;
        }
        if let Some(&code) = rules.said.get(inner) {
            return Cell::Answer(code, AnswerForm::Text);
        }
        let found = match rules.format {
            AnswerFormat::Choice => rules.choice(inner),
            AnswerFormat::Rating | AnswerFormat::Condition => rules.scale(inner, value),
        };
        match found {
            Some(Ok((code, form))) => return Cell::Answer(code, form),
            Some(Err(reason)) => return Cell::Wrong(reason),
            None => {}
        }
        let code = survey_code(inner).filter(|code| (1..=rules.choices).contains(code));
        if let (true, Some(code)) = (survey, code) {
            return Cell::Answer(code, AnswerForm::Survey);
        }
        if MISSING.contains(&inner) {
            return Cell::Missing;
        }
        let mut reason = format!("write {}", question.allowed());
        if code.is_some() {
            reason += "; codes as A1 or AO01 are read where the whole column has only these";
        } else if let Some(value) = value {
            reason += &rules.odd_number(value, trimmed);
        } else if let Some(&other) = self.elsewhere.get(&fold(inner)) {
            let other = pack.questions()[other].id();
            let _ = write!(
                reason,
                "; this is an answer to {other}, not to this question"
            );
        } else if let Some(near) = nearest(&fold(inner), rules.texts.iter().map(|t| t.0.as_str())) {
            let code = rules.texts.iter().find(|t| t.0 == near).map_or(1, |t| t.1);
            let label = &rules.written[usize::from(code) - 1];
            let _ = write!(reason, "; did you mean {label:?}?");
        }
        Cell::Wrong(reason)
    }
}

/// Whether a quotation mark has no partner: damage, where no label of the pack is written so.
fn is_open(text: &str) -> bool {
    text.matches('"').count() % 2 == 1
}

/// Whether a quotation mark stands in a number or a letter, and neither around it nor, as spreadsheets
/// mark text, before it.
fn has_stray_quote(text: &str) -> bool {
    let mut within = text.chars();
    let (first, last) = (within.next(), within.next_back());
    let around = first.is_some_and(is_quote) && last.is_some_and(is_quote);
    let marked = first == Some('\'') && last.is_some_and(|c| !is_quote(c));
    let ends = [first, last].into_iter().flatten().any(is_quote);
    within.as_str().contains(is_quote) || ends && !around && !marked
}

/// What a person is offered for a number below 0 or far above a scale.
fn offer(value: f64, written: &str) -> String {
    if !(0.0..9.0).contains(&value) {
        return format!("; if {written} means not answered, say --missing {value}");
    }
    String::new()
}

type Found = Option<Result<(u8, AnswerForm), String>>;

impl QuestionCells {
    fn code_of_text(&self, folded: &str) -> Option<u8> {
        let found = self.texts.iter().find(|(text, _)| text == folded);
        found.map(|(_, code)| *code)
    }

    fn code_of_number(&self, value: f64) -> Option<u8> {
        match self.codes {
            Some(codes) => codes.answer(value),
            None => (1..=self.choices).find(|&code| equals(value, code)),
        }
    }

    /// An answer on a scale: a label, a number, or both.
    fn scale(&self, inner: &str, value: Option<f64>) -> Found {
        if let Some(value) = value {
            let code = self.code_of_number(value)?;
            return Some(Ok((code, AnswerForm::Code)));
        }
        if let Some(code) = self.code_of_text(&fold(inner)) {
            return Some(Ok((code, AnswerForm::Text)));
        }
        let (stated, label) = number_and_label(inner)?;
        let of_label = self.code_of_text(&fold(label))?;
        if self.code_of_number(stated) == Some(of_label) {
            return Some(Ok((of_label, AnswerForm::Text)));
        }
        let right = match self.codes {
            Some(codes) if codes.last > codes.first => codes.first + i16::from(of_label) - 1,
            Some(codes) => codes.first - i16::from(of_label) + 1,
            None => i16::from(of_label),
        };
        let label = &self.written[usize::from(of_label) - 1];
        let mut reason = format!("number and label disagree: {label:?} is {right}");
        let last = i16::from(self.choices);
        if self.codes.is_none() && equals(stated, of_label - 1) {
            let top = last - 1;
            let _ = write!(reason, "; if this file counts from 0, say --codes 0..{top}");
        } else if self.codes.is_none() && equals(stated, last + 1 - i16::from(of_label)) {
            let _ = write!(reason, "; if this file counts down, say --codes {last}..1");
        }
        Some(Err(reason))
    }

    /// An option of a puzzle: its letter, its text, or both.
    fn choice(&self, inner: &str) -> Found {
        let code = |letter: u8| letter.wrapping_sub(b'a') + 1;
        let within = |code: &u8| (1..=self.choices).contains(code);
        if let [letter @ b'a'..=b'z'] = *inner.as_bytes() {
            return Some(code(letter))
                .filter(within)
                .map(|code| Ok((code, AnswerForm::Code)));
        }
        let own = self.not_known.as_deref();
        let not_known = |text: &str| text == "?" || NOT_KNOWN.contains(&text) || own == Some(text);
        if inner == "?" {
            return Some(Ok((Answers::DONT_KNOW, AnswerForm::Code)));
        }
        let folded = fold(inner);
        if let Some(code) = self.code_of_text(&folded) {
            return Some(Ok((code, AnswerForm::Text)));
        }
        if not_known(&folded) {
            return Some(Ok((Answers::DONT_KNOW, AnswerForm::Text)));
        }
        let (letter, text) = letter_and_text(inner)?;
        let folded = fold(text);
        if not_known(text) || not_known(&folded) {
            return Some(Ok((Answers::DONT_KNOW, AnswerForm::Text)));
        }
        let code = Some(code(letter)).filter(within)?;
        if folded.is_empty() {
            return Some(Ok((code, AnswerForm::Code)));
        }
        let of_text = self.code_of_text(&folded)?;
        if of_text == code {
            return Some(Ok((code, AnswerForm::Text)));
        }
        let option = &self.written[usize::from(of_text) - 1];
        let right = char::from(b'a' + of_text - 1);
        Some(Err(format!(
            "letter and text disagree: {:?} is {right}",
            short(option)
        )))
    }

    /// What is to be said of a number that is no answer.
    fn odd_number(&self, value: f64, written: &str) -> String {
        let scale = self.format != AnswerFormat::Choice;
        if value.fract() != 0.0 {
            "; this number has a fraction".to_owned()
        } else if value == 0.0 && scale && self.codes.is_none() {
            format!(
                "; if this file counts from 0, say --codes 0..{}; if 0 means not answered, --missing 0",
                self.choices - 1
            )
        } else {
            offer(value, written)
        }
    }
}

/// A number and a label, in any order: `4 - like`, `5 = strongly like`, `like (4)`.
fn number_and_label(inner: &str) -> Option<(f64, &str)> {
    const DIVIDES: [char; 10] = [' ', '-', '=', ':', '.', ')', '(', '[', ']', '/'];
    let digits = |text: &str| text.parse::<u16>().ok().map(f64::from);
    let start = inner.trim_start_matches(['(', '[']);
    let end = start.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
    if let Some(number) = digits(&start[..end]) {
        let label = start[end..].trim_start_matches(DIVIDES);
        return (label.len() < start.len() - end).then_some((number, label));
    }
    let start = inner.trim_end_matches([')', ']', ' ']);
    let at = start.rfind(|c: char| !c.is_ascii_digit())?;
    let at = at + start[at..].chars().next().map_or(0, char::len_utf8);
    let number = digits(&start[at..])?;
    let label = start[..at].trim_end_matches(DIVIDES);
    (label.len() < at).then_some((number, label))
}

/// A letter and an option's text: `c) text`, `(c) text`, `c. text`, `c: text`, `c - text`; or the letter
/// alone so.
fn letter_and_text(inner: &str) -> Option<(u8, &str)> {
    let opened = inner.strip_prefix(['(', '[']).unwrap_or(inner);
    let letter = opened.bytes().next()?;
    let rest = &opened.get(1..)?;
    let behind = rest.trim_start();
    let divided = behind.starts_with([')', ']', '.', ':', '=', '-']);
    let known = letter.is_ascii_lowercase() && divided;
    known.then(|| {
        (
            letter,
            behind.trim_start_matches([')', ']', '.', ':', '=', '-', ' ']),
        )
    })
}

/// The answer that a code of a survey system stands for, from 1: `a4`, `ao04`.
#[must_use]
pub fn survey_code(inner: &str) -> Option<u8> {
    let digits = match inner.strip_prefix("ao") {
        Some(digits) if digits.len() == 2 => digits,
        Some(_) => return None,
        None => inner.strip_prefix('a').filter(|digits| digits.len() == 1)?,
    };
    digits.parse().ok().filter(|code| (1..=9).contains(code))
}

/// An answer as files have it, for a message.
#[must_use]
pub fn shown(pack: &Pack, q: QuestionIx, code: u8) -> String {
    pack.questions()[q].written(code)
}

#[cfg(test)]
mod tests {
    use super::{AnswerForm, Cell, CellOptions, CellRules, survey_code};
    use crate::builtin::built_in;
    use crate::input::codes::CodeRange;
    use rolescope_core::{Answers, Pack, SourceFile};

    fn pack() -> Pack {
        Pack::parse(&built_in()).expect("the pack is valid")
    }

    fn read(pack: &Pack, options: &CellOptions, id: &str, cell: &str) -> Cell {
        let q = pack.question(id).expect("a question");
        CellRules::new(pack, options).read(pack, q, cell, false)
    }

    #[test]
    fn answers_are_known_in_every_form() {
        let pack = pack();
        for (id, code, cells) in [
            (
                "helping-1",
                4,
                &[
                    "4",
                    " 4 ",
                    "4.0",
                    "4,0",
                    "\u{FF14}",
                    "4.000e+00",
                    "'4",
                    "\u{201C}4\u{201D}",
                    "Like",
                    "like.",
                    "LIKE",
                    "4 - Like",
                    "4 \u{2013} Like",
                    "4 = Like",
                    "4. Like",
                    "4) Like",
                    "(4) Like",
                    "4: like",
                    "Like (4)",
                    "Like - 4",
                    "Like [4]",
                    "4 Like",
                ][..],
            ),
            (
                "helping-1",
                5,
                &["5", "Strongly like", "strongly  like", "5 = Strongly like"],
            ),
            (
                "numerical-1",
                3,
                &[
                    "c",
                    "C",
                    " c ",
                    "c)",
                    "(c)",
                    "c.",
                    "120 mg",
                    "c) 120 mg",
                    "C. 120 mg",
                    "c - 120 mg",
                    "(c) 120 mg",
                ],
            ),
            ("perceptual-3", 2, &["b", "3", "b) 3"]),
            (
                "spatial-1",
                4,
                &["A pipe, open at both ends", "d: a pipe, open at both ends"],
            ),
            (
                "spatial-1",
                Answers::DONT_KNOW,
                &[
                    "?",
                    "I don't know",
                    "I don\u{2019}t know.",
                    "e) I don't know",
                    "I do not know",
                ],
            ),
            ("radiation", 3, &["3", "Not for me", "3 - Not for me"]),
        ] {
            for cell in cells {
                let found = read(&pack, &CellOptions::default(), id, cell);
                assert!(
                    matches!(found, Cell::Answer(c, _) if c == code),
                    "{id}: {cell:?}: {found:?}"
                );
            }
        }
    }

    #[test]
    fn not_to_know_is_an_answer_in_the_language_of_the_pack_too() {
        let words = SourceFile::new("languages/en-NZ.ftl", "quiz-dont-know = No idea at all\n");
        let pack = pack().in_language("en-NZ", &[words]).expect("it is valid");
        for cell in ["No idea at all", "no idea at all.", "?", "I don't know"] {
            let found = read(&pack, &CellOptions::default(), "spatial-1", cell);
            assert!(
                matches!(found, Cell::Answer(Answers::DONT_KNOW, _)),
                "{cell:?}: {found:?}"
            );
        }
    }

    #[test]
    fn missing_is_never_an_answer() {
        let pack = pack();
        for cell in [
            "", "  ", "NA", "n/a", "#N/A", "NaN", "NULL", "None", "nil", ".", "-", "--", "\u{2014}",
        ] {
            for id in ["helping-1", "numerical-1", "radiation"] {
                let found = read(&pack, &CellOptions::default(), id, cell);
                assert_eq!(found, Cell::Missing, "{id}: {cell:?}");
            }
        }
        let options = CellOptions {
            missing: vec!["-9".to_owned(), "999".to_owned(), "refused".to_owned()],
            ..CellOptions::default()
        };
        for cell in ["-9", "-9.0", "\u{2212}9", "999", "Refused"] {
            assert_eq!(
                read(&pack, &options, "helping-1", cell),
                Cell::Missing,
                "{cell}"
            );
        }
    }

    #[test]
    fn what_is_no_answer_is_told_with_what_gets_further() {
        let pack = pack();
        for (id, cell, part) in [
            ("helping-1", "7", "write a whole number 1 to 5"),
            ("helping-1", "4\"", "one quotation mark too many"),
            ("helping-1", "4'", "one quotation mark too many"),
            ("helping-1", "'", "one quotation mark too many"),
            ("helping-1", "\0", "a control character"),
            ("helping-1", "4\u{7}", "a control character"),
            ("numerical-1", "\u{201C}c", "one quotation mark too many"),
            ("helping-1", "Like\"", "one quotation mark too many"),
            ("helping-1", "\"", "one quotation mark too many"),
            ("helping-1", "4.5", "has a fraction"),
            ("helping-1", "-9", "--missing -9"),
            ("helping-1", "99", "--missing 99"),
            ("helping-1", "0", "--codes 0..4"),
            (
                "helping-1",
                "3 - Like",
                "disagree: \"Like\" is 4; if this file counts from 0, say --codes 0..4",
            ),
            ("helping-1", "2 - Like", "--codes 5..1"),
            ("helping-1", "Very easy", "an answer to steady-hands-5"),
            (
                "helping-1",
                "Strongly lik",
                "did you mean \"Strongly like\"?",
            ),
            ("helping-1", "?", "write a whole number"),
            ("helping-1", "A4", "the whole column"),
            (
                "numerical-1",
                "c) 60 mg",
                "letter and text disagree: \"60 mg\" is b",
            ),
            ("numerical-1", "3", "write a letter a to d"),
            ("numerical-1", "e", "write a letter a to d"),
            ("radiation", "4", "write a whole number 1 to 3"),
        ] {
            match read(&pack, &CellOptions::default(), id, cell) {
                Cell::Wrong(reason) => assert!(reason.contains(part), "{id}: {cell}: {reason}"),
                found => panic!("{id}: {cell}: {found:?}"),
            }
        }
    }

    #[test]
    fn codes_and_maps_say_what_numbers_and_texts_are() {
        let pack = pack();
        let mut options = CellOptions {
            codes: vec![CodeRange { first: 0, last: 4 }],
            ..CellOptions::default()
        };
        let code =
            |options: &CellOptions, id: &str, cell: &str| match read(&pack, options, id, cell) {
                Cell::Answer(code, _) => Some(code),
                _ => None,
            };
        assert_eq!(code(&options, "helping-1", "0"), Some(1));
        assert_eq!(code(&options, "helping-1", "3 - Like"), Some(4));
        assert_eq!(code(&options, "helping-1", "5"), None);
        assert_eq!(code(&options, "radiation", "3"), Some(3));
        options.codes = vec![CodeRange { first: 5, last: 1 }];
        assert_eq!(code(&options, "helping-1", "5"), Some(1));
        assert_eq!(code(&options, "helping-1", "Strongly like"), Some(5));
        options.texts.insert("Love it!".to_owned(), "5".to_owned());
        assert_eq!(code(&options, "helping-1", "love it!"), Some(5));
        assert!(!CellRules::new(&pack, &options).is_plain());
        options.exact = true;
        assert_eq!(code(&options, "helping-1", "Like"), None);
    }

    #[test]
    fn survey_codes_are_read_only_where_a_column_has_no_other() {
        assert_eq!(survey_code("a4"), Some(4));
        assert_eq!(survey_code("ao05"), Some(5));
        for text in ["a", "a0", "a10", "ao5", "b1", "4"] {
            assert_eq!(survey_code(text), None, "{text}");
        }
        let pack = pack();
        let rules = CellRules::new(&pack, &CellOptions::default());
        let q = pack.question("helping-1").expect("a question");
        assert_eq!(
            rules.read(&pack, q, "A4", true),
            Cell::Answer(4, AnswerForm::Survey)
        );
    }
}
