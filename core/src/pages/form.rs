//! The questions on paper: the booklet to read or tick, its key, and the answer sheet of one page.

use crate::pack::model::{AnswerFormat, Measure, Pack, Question, Section};
use crate::scoring::comparison::Comparison;
use crate::write::document::{
    AnswerRow, Block, Card, ColumnKind, Document, Puzzle, Row, Table, Ticks, column, note, prose,
    words,
};
use crate::write::rich_text::RichText;

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
    let mut doc = Document::new(
        "form",
        heading(pack, title, "form-title"),
        pack.say("result-foot"),
    );
    let about = pack.phrase("form-about").text("pack", &pack.title);
    let about = about.text("version", &pack.version);
    let about = about.text("extent", extent(comparison, &parts));
    doc.opening = vec![prose(about.to_string())];
    purpose(pack, &mut doc);
    doc.opening.extend([
        Block::Blanks(BLANKS.map(|id| pack.say(id)).to_vec()),
        prose(pack.say("form-tick")),
    ]);
    for part in &parts {
        let mut blocks = vec![prose(&part.section.instructions)];
        blocks.extend(practice(pack, part.section));
        blocks.extend(questions(pack, part));
        doc.part("questions", &part.section.title, blocks);
    }
    if with_key {
        key(comparison, &parts, &mut doc);
    }
    doc
}

/// The messages that name what is written in by hand.
const BLANKS: [&str; 2] = ["form-name", "form-date"];

/// The heading of a form, or its usual one.
pub(crate) fn heading(pack: &Pack, title: Option<&str>, usual: &'static str) -> String {
    title.map_or_else(|| pack.say(usual), str::to_owned)
}

/// What the answers are for and who sees them: the pack's own words where it has some.
fn purpose(pack: &Pack, doc: &mut Document) {
    doc.opening.push(match &pack.purpose {
        Some(text) => prose(RichText::with_addresses(text)),
        None => prose(
            pack.phrase("form-purpose")
                .text("purpose", pack.say("page-purpose"))
                .to_string(),
        ),
    });
}

/// How much is asked, for what roles.
fn extent(comparison: &Comparison<'_>, parts: &[FormSection<'_>]) -> String {
    let family = comparison.family();
    let asked = parts.iter().map(|part| part.items.len()).sum();
    let extent = comparison.pack.phrase("form-extent").number("asked", asked);
    let extent = extent.number("parts", parts.len());
    extent.text("family", family.unwrap_or("none")).to_string()
}

/// The options of a choice and the letter or sign of each, "I don't know" last.
fn options(pack: &Pack, options: &[String]) -> Vec<(char, String)> {
    let lettered = ('a'..).zip(options.iter().cloned());
    lettered
        .chain([(DONT_KNOW_SIGN, pack.say("quiz-dont-know"))])
        .collect()
}

/// The puzzle to practise on, and why its answer is right.
fn practice(pack: &Pack, section: &Section) -> Vec<Block> {
    let Some(practice) = &section.practice else {
        return Vec::new();
    };
    let puzzle = Puzzle {
        number: None,
        text: practice.text.clone(),
        figure: practice.figure.clone(),
        options: options(pack, &practice.options),
    };
    let letter = char::from(b'a' + practice.answer - 1);
    vec![
        Block::Puzzle(puzzle),
        prose(
            pack.phrase("form-practice")
                .text("letter", letter.to_string())
                .text("because", &practice.because)
                .to_string(),
        ),
    ]
}

fn questions(pack: &Pack, part: &FormSection<'_>) -> Vec<Block> {
    if part.section.format != AnswerFormat::Choice {
        let items = part.items.iter();
        return vec![Block::Ticks(Ticks {
            heading: pack.say("form-question"),
            number: pack.say("column-no"),
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
            options: self::options(pack, options),
        }))
    };
    part.items.iter().filter_map(puzzle).collect()
}

/// The answer sheet: every number with its boxes on one page, so that booklets are used again.
#[must_use]
pub(crate) fn answer_sheet(comparison: &Comparison<'_>, title: Option<&str>) -> Document {
    let pack = comparison.pack;
    let mut doc = Document::new(
        "sheet",
        heading(pack, title, "form-sheet"),
        pack.say("result-foot"),
    );
    purpose(pack, &mut doc);
    doc.opening.extend([
        Block::Blanks(BLANKS.map(|id| pack.say(id)).to_vec()),
        prose(
            pack.phrase("form-sheet-about")
                .text("pack", &pack.name)
                .text("version", &pack.version)
                .to_string(),
        ),
    ]);
    for part in sections(comparison) {
        let labels = (1..).zip(&part.section.labels);
        let labels: Vec<String> = labels.map(|(n, label)| format!("{n} {label}")).collect();
        let legend = if labels.is_empty() {
            pack.phrase("form-letter")
                .text("sign", DONT_KNOW_SIGN.to_string())
                .text("unsure", pack.say("quiz-dont-know"))
                .to_string()
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
    let pack = comparison.pack;
    let items = || parts.iter().flat_map(|part| &part.items);
    let mut blocks = vec![
        note(pack.say("form-key-note")),
        prose(RichText::with_code(&pack.say("form-key-score"))),
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
            caption: pack.say("form-right"),
            columns: vec![
                column(pack.say("column-no"), ColumnKind::Figures),
                column(pack.say("column-question"), ColumnKind::Name),
                column(pack.say("form-column-right"), ColumnKind::Words),
                column(pack.say("form-column-why"), ColumnKind::Words),
            ],
            rows: right,
        }));
    }
    let of = |k: usize| -> Vec<RichText> {
        items()
            .filter(|(_, question)| question.trait_ix() == Some(k))
            .map(|(number, question)| {
                let reversed = question.reversed().then(|| pack.say("form-reversed"));
                let reversed = reversed.map_or_else(String::new, |said| format!(", {said}"));
                RichText::from(format!("{number} "))
                    .and(RichText::code(&question.id))
                    .and(reversed)
            })
            .collect()
    };
    let cards = pack.traits.iter().enumerate().map(|(k, t)| {
        let questions = of(k);
        (!questions.is_empty()).then(|| Card::new(&t.name, vec![Block::Items(None, questions)]))
    });
    blocks.extend([
        prose(pack.say("form-key-what")),
        Block::Cards(cards.flatten().collect()),
    ]);
    doc.part("key", pack.say("form-key"), blocks);
}

/// A blank answer sheet for programs: the header of a table.
#[must_use]
pub(crate) fn blank_table(comparison: &Comparison<'_>) -> String {
    let parts = sections(comparison);
    let items = parts.iter().flat_map(|part| &part.items);
    let ids: Vec<&str> = items.map(|(_, question)| question.id.as_str()).collect();
    format!("id,{}\n", ids.join(","))
}
