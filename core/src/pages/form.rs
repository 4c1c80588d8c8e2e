//! The questions that are asked, as every form shows them: which, in what order, what they measure.

use crate::pack::model::{Measure, Pack, Question, Section};
use crate::scoring::comparison::Comparison;
use crate::write::wording;

/// Heading of every form.
pub(crate) const TITLE: &str = "Career questions";
/// The answer that costs nothing.
pub(crate) const DONT_KNOW: &str = "I don't know";
/// How it is written in answer files.
pub(crate) const DONT_KNOW_SIGN: char = '?';
/// What to do with a form.
pub(crate) const HOW_TO: &str =
    "Tick one box for each question. Leave open whatever you do not want to answer.";
/// Where a name goes.
pub(crate) const NAME: &str = "Name or code (a pseudonym will do):";
/// Where the date goes.
pub(crate) const DATE: &str = "Date:";
/// Heading of the key.
pub(crate) const KEY: &str = "Key";
/// Whom the key is for.
pub(crate) const KEY_FOR: &str =
    "For whoever goes through the answers. Take it off before the form is handed out.";
/// Heading of the right answers.
pub(crate) const KEY_RIGHT: &str = "Right answers";
/// Heading of what the questions measure.
pub(crate) const KEY_TRAITS: &str = "What each question measures";
/// What reversed means for whoever types the answers.
pub(crate) const KEY_REVERSED: &str = "Reversed: agreeing speaks against the trait. Type what was ticked; \
     scoring turns it round. Questions about conditions of work are not here: they are never scored.";
/// Headings of the columns of both tables of the key.
pub(crate) const KEY_COLUMNS: [&str; 6] = ["No.", "Question", "Right", "Why", "Trait", "Questions"];

/// A question and its number on the form, from 1.
#[derive(Clone, Copy, Debug)]
pub struct FormQuestion<'a> {
    /// Its number.
    pub(crate) number: usize,
    /// The question.
    pub(crate) question: &'a Question,
}

/// A section and those of its questions that are asked.
#[derive(Clone, Debug)]
pub(crate) struct FormSection<'a> {
    /// The section.
    pub(crate) section: &'a Section,
    /// Its questions, in the order of asking.
    pub(crate) items: Vec<FormQuestion<'a>>,
}

/// The right answer of a choice.
#[derive(Clone, Copy, Debug)]
pub struct RightAnswer<'a> {
    /// The question.
    pub(crate) item: FormQuestion<'a>,
    /// Its letter.
    pub(crate) letter: char,
    /// Why it is right.
    pub(crate) because: &'a str,
}

/// A trait and the questions that measure it.
#[derive(Clone, Debug)]
pub struct TraitQuestions<'a> {
    /// The trait's name.
    pub(crate) name: &'a str,
    /// Ids of its questions, and whether each is reversed.
    pub(crate) questions: Vec<(&'a str, bool)>,
}

/// All that is asked.
#[derive(Clone, Debug)]
pub struct Form<'a> {
    /// The pack.
    pub(crate) pack: &'a Pack,
    /// The family that questions were chosen for, if not all.
    pub(crate) family: Option<&'a str>,
    /// Sections with a question that is asked.
    pub(crate) parts: Vec<FormSection<'a>>,
    /// Whether to add the key.
    pub(crate) key: bool,
}

impl<'a> Form<'a> {
    /// The questions of the traits on which the roles in play differ, and all about conditions.
    #[must_use]
    pub fn new(comparison: &'a Comparison<'_>, key: bool) -> Self {
        let pack = comparison.pack;
        let asked = comparison.asked_questions();
        let items: Vec<FormQuestion<'a>> = (1..)
            .zip(&asked)
            .map(|(number, &q)| FormQuestion {
                number,
                question: &pack.questions[q],
            })
            .collect();
        let parts = items
            .chunk_by(|a, b| a.question.section == b.question.section)
            .map(|items| FormSection {
                section: &pack.sections[items[0].question.section],
                items: items.to_vec(),
            })
            .collect();
        Self {
            pack,
            family: comparison.family.as_deref(),
            parts,
            key,
        }
    }

    /// All questions, in the order of asking.
    pub fn items(&self) -> impl Iterator<Item = FormQuestion<'a>> {
        self.parts
            .iter()
            .flat_map(|part| part.items.iter().copied())
    }

    /// How much is asked, for what roles.
    pub fn extent(&self) -> String {
        let roles = self
            .family
            .map_or_else(String::new, |f| format!(", for roles of the family {f}"));
        format!(
            "{} in {}{roles}.",
            wording::count(self.items().count(), "question", "questions"),
            wording::count(self.parts.len(), "part", "parts"),
        )
    }

    /// Where the questions come from.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("{}, version {}.", self.pack.name, self.pack.version)
    }

    /// The right answers, in the order of asking.
    pub fn right(&self) -> impl Iterator<Item = RightAnswer<'a>> {
        self.items().filter_map(right)
    }

    /// What is measured by which questions, in the order of the pack's traits.
    #[must_use]
    pub fn measured(&self) -> Vec<TraitQuestions<'a>> {
        let of = |k| {
            self.items()
                .filter(move |item| item.question.trait_ix() == Some(k))
                .map(|item| (item.question.id.as_str(), item.question.reversed()))
                .collect()
        };
        (0..)
            .zip(&self.pack.traits)
            .map(|(k, t)| TraitQuestions {
                name: &t.name,
                questions: of(k),
            })
            .filter(|measured: &TraitQuestions<'_>| !measured.questions.is_empty())
            .collect()
    }

    /// A blank answer sheet: the header of a table.
    #[must_use]
    pub fn blank_sheet(&self) -> String {
        let ids: Vec<&str> = self.items().map(|i| i.question.id.as_str()).collect();
        format!("id,{}\n", ids.join(","))
    }
}

/// The right answer, if the question has one.
#[must_use]
pub(crate) fn right(item: FormQuestion<'_>) -> Option<RightAnswer<'_>> {
    match &item.question.measure {
        Measure::Choice {
            answer, because, ..
        } => Some(RightAnswer {
            item,
            letter: char::from(b'a' + answer - 1),
            because,
        }),
        Measure::Rating { .. } | Measure::Condition(_) => None,
    }
}

/// The options of a choice and the letter or sign of each, "I don't know" last.
pub(crate) fn options(options: &[String]) -> impl Iterator<Item = (char, &str)> {
    ('a'..)
        .zip(options.iter().map(String::as_str))
        .chain([(DONT_KNOW_SIGN, DONT_KNOW)])
}

/// How the answers of a filled form get into a file.
#[must_use]
pub(crate) fn typing() -> String {
    format!(
        "To score it: `rolescope questions -f csv`, called like this form, writes the blank sheet. \
         Type the number over the ticked column, the letter of a puzzle, or {DONT_KNOW_SIGN} for \
         \"{DONT_KNOW}\"; what was left open stays empty."
    )
}
