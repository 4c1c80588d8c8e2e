//! Screen of one question or practice puzzle: laid out so that every option fits a window, or scrolls.
//!
//! The layouts are tried from the roomiest to the tightest; the text of the question stands in all of them.

use crate::terminal::interview::AskedQuestion;
use crate::terminal::screens;
use crate::terminal::screens::{lines_of, progress};
use crate::terminal::viewport::{ScrollKeys, Viewport};
use console::measure_text_width;
use rolescope_core::write::{TextPage, TextStyle};
use rolescope_core::{AnswerFormat, Answers, Measure, Pack, Practice, Section};
use std::ops::Range;

/// Columns between a drawing and the options beside it.
const BETWEEN: usize = 3;
/// Narrowest column of options beside a drawing.
const NARROWEST_OPTIONS: usize = 30;

/// Codes of the answers to a question, in the order shown.
pub fn codes(asked: &AskedQuestion<'_>) -> Vec<u8> {
    let mut codes: Vec<u8> = (1..=asked.question.choices()).collect();
    if asked.question.format() == AnswerFormat::Choice {
        codes.push(Answers::DONT_KNOW);
    }
    codes
}

/// What is said below the options, apart from the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// Nothing.
    None,
    /// That Enter takes a marked answer, and none is marked.
    NothingMarked,
}

/// A question, its answers with a mark beside one, where it stands, and the keys.
pub fn question(
    asked: &AskedQuestion<'_>,
    mark: Option<usize>,
    note: Note,
    look: TextStyle,
    rows: usize,
) -> Viewport {
    let (labels, figure, keys) = match asked.question.measure() {
        Measure::Choice {
            figure, options, ..
        } => {
            let options = (lettered(asked.pack, options), letters(options));
            (options.0, figure.as_deref(), options.1)
        }
        Measure::Rating { .. } | Measure::Condition(_) => {
            let labels = asked.section.labels().iter().cloned();
            let numbers = (1..).map(|n: u8| n.to_string());
            let keys = format!("1-{}", asked.question.choices());
            (numbers.zip(labels).collect(), None, keys)
        }
    };
    let given = codes(asked).iter().position(|&c| c == asked.so_far);
    let part = screens::part(asked);
    let card = Card {
        pack: asked.pack,
        part: part.as_deref(),
        instructions: asked.opens.then(|| asked.section.instructions()),
        text: asked.question.text(),
        figure,
        labels: &labels,
        mark,
        given: given.filter(|_| asked.so_far != Answers::UNANSWERED),
        note,
        keys: &pack_keys(asked.pack, "quiz-keys", &keys),
        short_keys: &pack_keys(asked.pack, "quiz-keys-short", &keys),
    };
    card.lay_out(&|tight, page| progress(asked, tight, page), look, rows)
}

/// A practice puzzle with a mark beside one of its options.
pub fn practice(
    (pack, section): (&Pack, &Section),
    practice: &Practice,
    mark: Option<usize>,
    note: Note,
    look: TextStyle,
    rows: usize,
) -> Viewport {
    let keys = letters(practice.options());
    let card = Card {
        pack,
        part: None,
        instructions: Some(section.instructions()),
        text: practice.text(),
        figure: practice.figure(),
        labels: &lettered(pack, practice.options()),
        mark,
        given: None,
        note,
        keys: &pack_keys(pack, "puzzle-practice-keys", &keys),
        short_keys: &pack_keys(pack, "puzzle-practice-keys-short", &keys),
    };
    let title = |tight: bool, page: &mut TextPage| {
        if tight {
            page.title(section.title());
        } else {
            page.heading(section.title());
        }
    };
    card.lay_out(&title, look, rows)
}

/// A puzzle that was answered: which option is right, and why.
pub struct Solved<'s> {
    /// The pack that it is of.
    pub pack: &'s Pack,
    /// What stands above it.
    pub title: &'s str,
    /// What was asked.
    pub text: &'s str,
    /// Its text drawing.
    pub figure: Option<&'s str>,
    /// Its options.
    pub options: &'s [String],
    /// The right one, 1 for `a`.
    pub answer: u8,
    /// The answer given, as a code.
    pub given: u8,
    /// Why it is right.
    pub said: &'s str,
    /// What the keys do.
    pub keys: &'s str,
}

/// A puzzle with its answer and why it is right.
pub fn solved(solved: &Solved<'_>, look: TextStyle, rows: usize) -> Viewport {
    let card = Card {
        pack: solved.pack,
        part: None,
        instructions: None,
        text: solved.text,
        figure: solved.figure,
        labels: &solved.labels(),
        mark: None,
        given: None,
        note: Note::None,
        keys: solved.keys,
        short_keys: solved.keys,
    };
    let mut said = TextPage::new(look);
    said.gap();
    said.prose(0, solved.said);
    let said = lines_of(said);
    let title = |_: bool, page: &mut TextPage| page.title(solved.title);
    let mut view = card.lay_out(&title, look, rows.saturating_sub(said.len()));
    // where it scrolls, what is right and why is in sight first
    view.keys = ScrollKeys::All;
    let start = view.body.len();
    view.body.extend(said);
    view.focus = Some(start..view.body.len());
    view
}

impl Solved<'_> {
    /// The options, with words at the right one and at the one that was chosen.
    fn labels(&self) -> Vec<(String, String)> {
        let codes = 1..;
        let options = codes.zip(self.options.iter().cloned());
        options
            .chain([(Answers::DONT_KNOW, self.pack.say("quiz-dont-know"))])
            .filter(|&(code, _)| code != Answers::DONT_KNOW || self.given == code)
            .map(|(code, option)| {
                let said = match (code == self.answer, code == self.given) {
                    (true, true) => self.pack.phrase("puzzle-right-yours"),
                    (true, false) => self.pack.phrase("puzzle-right"),
                    (false, true) => self.pack.phrase("quiz-your-answer"),
                    (false, false) => return (key_of(code), option),
                };
                (key_of(code), said.text("option", option).to_string())
            })
            .collect()
    }
}

/// The key of an option by its code.
fn key_of(code: u8) -> String {
    if code == Answers::DONT_KNOW {
        "0".to_owned()
    } else {
        char::from(b'a' + code - 1).to_string()
    }
}

/// The keys of lettered options.
fn letters(options: &[String]) -> String {
    let last = b'a' + u8::try_from(options.len()).unwrap_or(8) - 1;
    format!("a-{}, 0", char::from(last))
}

/// Options with their letters, and the way to pass.
fn lettered(pack: &Pack, options: &[String]) -> Vec<(String, String)> {
    ('a'..)
        .map(String::from)
        .zip(options.iter().cloned())
        .chain([("0".to_owned(), pack.say("quiz-dont-know"))])
        .collect()
}

/// What the keys do, of which these answer.
fn pack_keys(pack: &Pack, id: &'static str, keys: &str) -> String {
    pack.phrase(id).text("keys", keys).to_string()
}

/// What one screen asks.
struct Card<'c> {
    /// The pack, which has the words around it.
    pack: &'c Pack,
    /// What part of the quiz begins.
    part: Option<&'c str>,
    /// Instructions, where the question opens its section.
    instructions: Option<&'c str>,
    /// What is asked.
    text: &'c str,
    /// A text drawing.
    figure: Option<&'c str>,
    /// Keys and labels of the answers.
    labels: &'c [(String, String)],
    /// The marked one.
    mark: Option<usize>,
    /// The one that is saved.
    given: Option<usize>,
    note: Note,
    /// What the keys do, and the same for a small window.
    keys: &'c str,
    short_keys: &'c str,
}

impl Card<'_> {
    /// The roomiest layout that fits the rows, or else the shortest, which scrolls. `title` writes what
    /// stands above the question, in fewer lines where asked for.
    fn lay_out(
        &self,
        title: &dyn Fn(bool, &mut TextPage),
        look: TextStyle,
        rows: usize,
    ) -> Viewport {
        let beside = self
            .figure
            .is_some_and(|figure| widest(figure) + BETWEEN + NARROWEST_OPTIONS <= look.columns());
        let ways = [(false, false), (false, true), (true, true), (true, false)];
        let views = ways
            .into_iter()
            .filter(|&(_, side)| beside || !side)
            .map(|(tight, side)| self.view(title, tight, side, look));
        let mut shortest: Option<Viewport> = None;
        for view in views {
            if view.lines() <= rows {
                return view;
            }
            // of two that are as long the first has the figure beside the options
            if shortest.as_ref().is_none_or(|s| view.lines() < s.lines()) {
                shortest = Some(view);
            }
        }
        shortest.unwrap_or_else(|| self.view(title, true, false, look))
    }

    fn view(
        &self,
        title: &dyn Fn(bool, &mut TextPage),
        tight: bool,
        side: bool,
        look: TextStyle,
    ) -> Viewport {
        let gap = |page: &mut TextPage| {
            if !tight {
                page.gap();
            }
        };
        let (mut head, mut body) = (TextPage::new(look), TextPage::new(look));
        title(tight, &mut head);
        // where there is little room the instructions scroll, and what is asked does not
        let above = if tight { &mut body } else { &mut head };
        if let Some(part) = self.part {
            gap(above);
            above.prose(0, part);
        }
        if let Some(instructions) = self.instructions {
            gap(above);
            above.prose(0, instructions);
        }
        gap(&mut head);
        head.prose(0, self.text);
        gap(&mut head);
        let mut body = lines_of(body);
        let (figure, width) = self.drawing(look);
        let focus = if side {
            let width = width + BETWEEN;
            let room = look.columns().saturating_sub(width);
            let (options, marked) = self.options(look.with_width(room));
            let start = body.len();
            for at in 0..figure.len().max(options.len()) {
                let left = figure.get(at).map_or("", String::as_str);
                let right = options.get(at).map_or("", String::as_str);
                let line = format!("{}{right}", look.cell(left, width));
                body.push(line.trim_end().to_owned());
            }
            marked.map(|lines| start + lines.start..start + lines.end)
        } else {
            let drawn = !figure.is_empty();
            body.extend(figure);
            if drawn && !tight {
                body.push(String::new());
            }
            let (options, marked) = self.options(look);
            let start = body.len();
            body.extend(options);
            marked.map(|lines| start + lines.start..start + lines.end)
        };
        let mut foot = TextPage::new(look);
        gap(&mut foot);
        if self.note == Note::NothingMarked {
            let id = if self.labels.iter().any(|(key, _)| key == "a") {
                "quiz-choose-letter"
            } else {
                "quiz-choose-number"
            };
            foot.prose(0, &self.pack.say(id));
        } else {
            let keys = if tight { self.short_keys } else { self.keys };
            foot.prose(0, &kept_together(keys));
        }
        Viewport {
            head: lines_of(head),
            body,
            foot: lines_of(foot),
            focus,
            keys: ScrollKeys::Pages,
        }
    }

    /// Lines of the figure and how wide they are; one wider than the window is cut, and a message says so.
    fn drawing(&self, look: TextStyle) -> (Vec<String>, usize) {
        let Some(figure) = self.figure else {
            return (Vec::new(), 0);
        };
        let widest = widest(figure);
        let mut page = TextPage::new(look);
        if widest > look.width() {
            let wide = self.pack.phrase("quiz-drawing-wide");
            page.prose(0, &wide.number("columns", widest).to_string());
        }
        for line in figure.lines() {
            page.line(&look.cell(line, widest.min(look.width())));
        }
        (lines_of(page), widest)
    }

    /// Lines of the options, and those of the marked one.
    fn options(&self, look: TextStyle) -> (Vec<String>, Option<Range<usize>>) {
        let mut lines: Vec<String> = Vec::new();
        let mut marked = None;
        for (at, (key, label)) in self.labels.iter().enumerate() {
            let is_marked = self.mark == Some(at);
            let pointer = if is_marked { ">" } else { " " };
            let label = if self.given == Some(at) {
                let given = self.pack.phrase("quiz-your-answer");
                given.text("option", label.as_str()).to_string()
            } else {
                label.clone()
            };
            let mut page = TextPage::new(look);
            page.hanging(&format!("{pointer} {key}  "), 5, &label);
            let start = lines.len();
            for line in lines_of(page) {
                lines.push(if is_marked { look.bold(&line) } else { line });
            }
            if is_marked {
                marked = Some(start..lines.len());
            }
        }
        (lines, marked)
    }
}

/// The columns that a text drawing takes.
fn widest(figure: &str) -> usize {
    figure.lines().map(measure_text_width).max().unwrap_or(0)
}

/// Line of key hints with non-breaking spaces between a key and its meaning.
fn kept_together(keys: &str) -> String {
    keys.split("   ")
        .map(|key| key.replace(' ', "\u{a0}"))
        .collect::<Vec<_>>()
        .join("   ")
}
