//! The questions on paper: the booklet to read or tick, its key, and the answer sheet of one page.

use crate::pack::model::{AnswerFormat, Measure, Pack, Question, Section};
use crate::scoring::comparison::Comparison;
use crate::write::document::{
    AnswerRow, Block, Card, ColumnKind, Document, Puzzle, Row, Table, Ticks, column, note, prose,
    words,
};
use crate::write::rich_text::RichText;
use crate::write::wording;

/// The answer that costs nothing.
pub(crate) const DONT_KNOW: &str = "I don't know";
/// How it is written in answer files.
const DONT_KNOW_SIGN: char = '?';

/// A section and those of its questions that are asked, each with its number from 1.
pub(crate) struct FormSection<'a> {
    pub(crate) section: &'a Section,
    pub(crate) items: Vec<(usize, &'a Question)>,
}

/// The questions of the traits on which the roles in play differ, and all about conditions.
pub(crate) fn sections<'a>(comparison: &'a Comparison<'_>) -> Vec<FormSection<'a>> {
    let pack = comparison.pack;
    let asked = comparison.asked_questions();
    let numbered = (1..).zip(asked.iter().map(|&q| &pack.questions[q]));
    let items: Vec<(usize, &Question)> = numbered.collect();
    let parts = items.chunk_by(|a, b| a.1.section == b.1.section);
    parts
        .map(|items| FormSection {
            section: &pack.sections[items[0].1.section],
            items: items.to_vec(),
        })
        .collect()
}

/// The questions as a form to be read or ticked on paper, section by section.
#[must_use]
pub(crate) fn form(comparison: &Comparison<'_>, title: Option<&str>, with_key: bool) -> Document {
    let pack = comparison.pack;
    let parts = sections(comparison);
    let mut doc = Document::new("form", title.unwrap_or(TITLE), wording::FOOT);
    doc.opening = vec![prose(format!(
        "{}, version {}. {}",
        pack.title,
        pack.version,
        extent(comparison, &parts)
    ))];
    purpose(pack, &mut doc);
    doc.opening.extend([
        Block::Blanks(BLANKS.to_vec()),
        prose(
            "Tick one box for each question: here, or on the answer sheet if you were given one, and \
             then leave these pages clean. Leave open whatever you do not want to answer.",
        ),
    ]);
    for part in &parts {
        let mut blocks = vec![prose(&part.section.instructions)];
        blocks.extend(practice(part.section));
        blocks.extend(questions(part));
        doc.part("questions", &part.section.title, blocks);
    }
    if with_key {
        key(comparison, &parts, &mut doc);
    }
    doc
}

/// The heading of a form that has no other.
pub(crate) const TITLE: &str = "Career questions";
/// What is written in by hand.
const BLANKS: [&str; 2] = ["Name or code (a pseudonym will do):", "Date:"];

/// What the answers are for and who sees them: the pack's own words where it has some.
fn purpose(pack: &Pack, doc: &mut Document) {
    doc.opening.push(match &pack.purpose {
        Some(text) => prose(RichText::with_addresses(text)),
        None => prose(format!(
            "{} Whoever gave you this reads your answers and talks about the result with you. \
             Nobody else needs to see them: ask who keeps these pages, and for how long.",
            wording::PURPOSE
        )),
    });
}

/// How much is asked, for what roles.
fn extent(comparison: &Comparison<'_>, parts: &[FormSection<'_>]) -> String {
    let family = comparison.family.as_ref();
    let roles = family.map_or_else(String::new, |f| format!(", for roles of the family {f}"));
    let asked = parts.iter().map(|part| part.items.len()).sum();
    format!(
        "{} in {}{roles}.",
        wording::count(asked, "question", "questions"),
        wording::count(parts.len(), "part", "parts"),
    )
}

/// The options of a choice and the letter or sign of each, "I don't know" last.
fn options(options: &[String]) -> Vec<(char, String)> {
    let lettered = ('a'..).zip(options.iter().cloned());
    lettered
        .chain([(DONT_KNOW_SIGN, DONT_KNOW.to_owned())])
        .collect()
}

/// The puzzle to practise on, and why its answer is right.
fn practice(section: &Section) -> Vec<Block> {
    let Some(practice) = &section.practice else {
        return Vec::new();
    };
    let puzzle = Puzzle {
        number: None,
        text: practice.text.clone(),
        figure: practice.figure.clone(),
        options: options(&practice.options),
    };
    let letter = char::from(b'a' + practice.answer - 1);
    vec![
        Block::Puzzle(puzzle),
        prose(format!(
            "The answer to the practice puzzle is {letter}. {}",
            practice.because
        )),
    ]
}

fn questions(part: &FormSection<'_>) -> Vec<Block> {
    if part.section.format != AnswerFormat::Choice {
        let items = part.items.iter();
        return vec![Block::Ticks(Ticks {
            labels: part.section.labels.clone(),
            questions: items.map(|(n, q)| (*n, q.text.clone())).collect(),
        })];
    }
    let puzzle = |(number, question): &(usize, &Question)| {
        let Measure::Choice {
            figure, options, ..
        } = &question.measure
        else {
            return None;
        };
        Some(Block::Puzzle(Puzzle {
            number: Some(*number),
            text: question.text.clone(),
            figure: figure.clone(),
            options: self::options(options),
        }))
    };
    part.items.iter().filter_map(puzzle).collect()
}

/// The answer sheet: every number with its boxes on one page, so that booklets are used again.
#[must_use]
pub(crate) fn answer_sheet(comparison: &Comparison<'_>, title: Option<&str>) -> Document {
    let pack = comparison.pack;
    let mut doc = Document::new("sheet", title.unwrap_or("Answer sheet"), wording::FOOT);
    purpose(pack, &mut doc);
    doc.opening.extend([
        Block::Blanks(BLANKS.to_vec()),
        prose(format!(
            "For the questions of {}, version {}. Tick one box for each number. Leave open whatever \
             you do not want to answer.",
            pack.name, pack.version
        )),
    ]);
    for part in sections(comparison) {
        let labels = (1..).zip(&part.section.labels);
        let labels: Vec<String> = labels.map(|(n, label)| format!("{n} {label}")).collect();
        let legend = if labels.is_empty() {
            format!("The letter of the option; {DONT_KNOW_SIGN} for \"{DONT_KNOW}\".")
        } else {
            format!("{}.", labels.join(", "))
        };
        let rows = part.items.iter().map(|(number, question)| AnswerRow {
            number: *number,
            boxes: boxes(part.section, question),
        });
        let blocks = [prose(legend), Block::AnswerGrid(rows.collect())];
        doc.part("answers", &part.section.title, blocks);
    }
    doc
}

/// What stands at the boxes of a question.
fn boxes(section: &Section, question: &Question) -> Vec<char> {
    match &question.measure {
        Measure::Choice { options, .. } => {
            let letters = ('a'..).take(options.len());
            letters.chain([DONT_KNOW_SIGN]).collect()
        }
        Measure::Rating { .. } | Measure::Condition(_) => {
            ('1'..).take(section.labels.len()).collect()
        }
    }
}

/// The right answers, what each question measures, and how a filled form is scored.
fn key(comparison: &Comparison<'_>, parts: &[FormSection<'_>], doc: &mut Document) {
    let items = || parts.iter().flat_map(|part| &part.items);
    let mut blocks = vec![
        note("For whoever goes through the answers. Take it off before the form is handed out."),
        prose(RichText::with_code(
            "To score it: `rolescope questions -f csv`, called like this form, writes the blank \
             sheet. Type the number over the ticked column, the letter of a puzzle, or ? for \"I \
             don't know\"; what was left open stays empty.",
        )),
    ];
    let right: Vec<Row> = items()
        .filter_map(|(number, question)| match &question.measure {
            Measure::Choice {
                answer, because, ..
            } => Some(Row::of(vec![
                words(number.to_string()),
                words(RichText::code(&question.id)),
                words(char::from(b'a' + answer - 1).to_string()),
                words(because),
            ])),
            Measure::Rating { .. } | Measure::Condition(_) => None,
        })
        .collect();
    if !right.is_empty() {
        blocks.push(Block::Table(Table {
            caption: "Right answers".to_owned(),
            columns: vec![
                column("No.", ColumnKind::Figures),
                column("question", ColumnKind::Name),
                column("right", ColumnKind::Words),
                column("why", ColumnKind::Words),
            ],
            rows: right,
        }));
    }
    let of = |k: usize| -> Vec<RichText> {
        items()
            .filter(|(_, question)| question.trait_ix() == Some(k))
            .map(|(number, question)| {
                let reversed = if question.reversed() {
                    ", reversed"
                } else {
                    ""
                };
                RichText::from(format!("{number} "))
                    .and(RichText::code(&question.id))
                    .and(reversed)
            })
            .collect()
    };
    let cards = comparison.pack.traits.iter().enumerate().map(|(k, t)| {
        let questions = of(k);
        (!questions.is_empty()).then(|| Card::new(&t.name, vec![Block::Items(None, questions)]))
    });
    blocks.extend([
        prose(
            "What each question measures. Reversed: agreeing speaks against the trait. Type what was \
             ticked; scoring turns it round. Questions about conditions of work are not here: they \
             are never scored.",
        ),
        Block::Cards(cards.flatten().collect()),
    ]);
    doc.part("key", "Key", blocks);
}

/// A blank answer sheet for programs: the header of a table.
#[must_use]
pub(crate) fn blank_table(comparison: &Comparison<'_>) -> String {
    let parts = sections(comparison);
    let items = parts.iter().flat_map(|part| &part.items);
    let ids: Vec<&str> = items.map(|(_, question)| question.id.as_str()).collect();
    format!("id,{}\n", ids.join(","))
}
