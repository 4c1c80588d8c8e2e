//! Texts of the full-screen mode: questions, help, the review of all answers.

use crate::terminal::interview::{AskedQuestion, Overview};
use console::measure_text_width;
use rolescope_core::write::{TextPage, TextStyle, cell};
use rolescope_core::{AnswerFormat, Answers, Measure, Practice, Section};

/// Codes of the answers to a question, in the order shown.
pub(crate) fn codes(asked: &AskedQuestion<'_>) -> Vec<u8> {
    let mut codes: Vec<u8> = (1..=asked.question.choices()).collect();
    if asked.question.format() == AnswerFormat::Choice {
        codes.push(Answers::DONT_KNOW);
    }
    codes
}

/// A question, its answers with a mark beside one, where it stands, and the keys.
pub(crate) fn question(asked: &AskedQuestion<'_>, mark: usize, look: TextStyle) -> String {
    let mut page = TextPage::new(look);
    progress(asked, &mut page);
    if asked.opens {
        page.prose(0, asked.section.instructions());
        page.gap();
    }
    page.prose(0, asked.question.text());
    page.gap();
    let labels: Vec<(String, &str)> = match asked.question.measure() {
        Measure::Choice {
            figure, options, ..
        } => {
            draw(figure.as_deref(), &mut page);
            lettered(options)
        }
        Measure::Rating { .. } | Measure::Condition(_) => (1..)
            .map(|n: u8| n.to_string())
            .zip(asked.section.labels().iter().map(String::as_str))
            .collect(),
    };
    let given = codes(asked).iter().position(|&c| c == asked.so_far);
    let given = given.filter(|_| asked.so_far != Answers::UNANSWERED);
    options(&labels, mark, given, &mut page);
    let keys = if asked.question.format() == AnswerFormat::Choice {
        format!(
            "a-{}, 0 answer",
            char::from(b'a' + asked.question.choices() - 1)
        )
    } else {
        format!("1-{} answer", asked.question.choices())
    };
    page.prose(
        0,
        &kept_together(&format!(
            "{keys}   Backspace back   s skip   r review   ? help   q save and stop"
        )),
    );
    page.finish()
}

/// Line of key hints with non-breaking spaces between a key and its meaning.
fn kept_together(keys: &str) -> String {
    keys.split("   ")
        .map(|key| key.replace(' ', "\u{a0}"))
        .collect::<Vec<_>>()
        .join("   ")
}

fn progress(asked: &AskedQuestion<'_>, page: &mut TextPage) {
    let look = page.look();
    let left = asked.minutes_left.map_or_else(String::new, |m| {
        if m < 1.0 {
            ", under a minute left".to_owned()
        } else {
            format!(", about {m:.0} min left")
        }
    });
    let most = if asked.at_most { "at most " } else { "" };
    let place = format!("question {} of {most}{}{left}", asked.number, asked.of);
    let title = asked.section.title();
    if measure_text_width(title) + measure_text_width(&place) + 2 <= look.columns() {
        page.line(&format!("{}  {}", look.accent(title), look.dim(&place)));
    } else {
        page.line(&look.accent(title));
        page.prose(0, &place);
    }
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    let done = 100.0 * number(asked.number - 1) / number(asked.of);
    page.line(&look.dim(&look.bar(done, done, look.columns().min(40))));
    page.gap();
}

/// Prints the figure of a question; one wider than the terminal is cut, and a message says so.
fn draw(figure: Option<&str>, page: &mut TextPage) {
    let Some(figure) = figure else { return };
    let widest = figure.lines().map(measure_text_width).max().unwrap_or(0);
    if widest > page.look().width() {
        page.prose(
            0,
            &format!("(The drawing needs {widest} columns: make the window wider to see it all.)"),
        );
    }
    for line in figure.lines() {
        let cut = cell(line, widest.min(page.look().width()), page.look().ascii());
        page.line(&cut);
    }
    page.gap();
}

fn lettered(options: &[String]) -> Vec<(String, &str)> {
    ('a'..)
        .map(String::from)
        .zip(options.iter().map(String::as_str))
        .chain([("0".to_owned(), "I don't know")])
        .collect()
}

fn options(labels: &[(String, &str)], mark: usize, given: Option<usize>, page: &mut TextPage) {
    let look = page.look();
    for (at, (key, label)) in labels.iter().enumerate() {
        let pointer = if at == mark { ">" } else { " " };
        let chosen = if given == Some(at) {
            " (your answer)"
        } else {
            ""
        };
        let line = format!("{pointer} {key}  {label}{chosen}");
        page.line(&if at == mark { look.bold(&line) } else { line });
    }
    page.gap();
}

/// A practice puzzle, and the feedback once it is answered.
pub(crate) fn practice(
    section: &Section,
    practice: &Practice,
    feedback: Option<&str>,
    look: TextStyle,
) -> String {
    let mut page = TextPage::new(look);
    page.heading(section.title());
    page.prose(0, section.instructions());
    page.gap();
    page.prose(0, practice.text());
    page.gap();
    draw(practice.figure(), &mut page);
    let last = char::from(b'a' + u8::try_from(practice.options().len()).unwrap_or(8) - 1);
    options(&lettered(practice.options()), usize::MAX, None, &mut page);
    match feedback {
        None => page.prose(0, &format!("a-{last}, 0 answer   s skip   q save and stop")),
        Some(feedback) => {
            page.prose(0, feedback);
            page.gap();
            page.prose(0, "Press any key for the first question.");
        }
    }
    page.finish()
}

/// Feedback after a practice puzzle.
pub(crate) fn feedback(practice: &Practice, code: u8) -> String {
    let right = char::from(b'a' + practice.answer() - 1);
    let verdict = if code == practice.answer() {
        "Yes.".to_owned()
    } else {
        format!("The right one is {right}.")
    };
    format!("{verdict} {}", practice.because())
}

/// Help about a question and the keys.
pub(crate) fn help(asked: &AskedQuestion<'_>, look: TextStyle) -> String {
    let mut page = TextPage::new(look);
    page.heading("About this question");
    page.prose(0, &about(asked));
    page.heading("Keys");
    for (keys, what) in [
        (
            "1-9, a-h",
            "answer and move on; 0 in a puzzle is \"I don't know\"",
        ),
        ("arrows, Enter", "move the mark, take the marked answer"),
        ("Backspace, Left", "go back to see or change an answer"),
        ("s", "skip: an open question is not counted as anything"),
        ("r", "look over all answers, change any, or finish early"),
        ("q, Esc, Ctrl-C", "stop; every answer is saved already"),
    ] {
        if look.columns() < 60 {
            page.hanging("", 2, &format!("{keys}: {what}"));
        } else {
            page.hanging(&format!("  {}  ", cell(keys, 15, look.ascii())), 19, what);
        }
    }
    page.gap();
    page.prose(0, "There is no time limit. Press any key to go on.");
    page.finish()
}

/// What a question is about, in a sentence or two.
pub(crate) fn about(asked: &AskedQuestion<'_>) -> String {
    match asked.question.measure() {
        Measure::Rating { of, .. } => format!(
            "It is one of the questions about \"{}\". Think of yourself doing it often; there is \
             no right answer.",
            asked.pack.traits()[*of].name()
        ),
        Measure::Choice { of, .. } => format!(
            "It is one of the puzzles for \"{}\". One option is right. Take your time; \"I don't \
             know\" costs nothing.",
            asked.pack.traits()[*of].name()
        ),
        Measure::Condition(_) => "It is about a condition of work. Your answer changes no match: \
             it marks the roles where you would meet the condition more than you want."
            .to_owned(),
    }
}

/// What the result would lack if the quiz ended now, in words.
pub(crate) fn cost(overview: &Overview<'_>) -> String {
    let (now, complete) = overview.band;
    if overview.open.is_empty() {
        return "Every question of this quiz has an answer.".to_owned();
    }
    let open = overview.open.len();
    let noun = if open == 1 {
        "question is"
    } else {
        "questions are"
    };
    if now == 0 {
        return format!("{open} {noun} open; so far there is too little for a result.");
    }
    format!(
        "{open} {noun} open. You can finish now: the first group of roles holds {now} as it \
         stands, and about {complete} with every question answered."
    )
}

/// One line for a question in the overview.
pub(crate) fn overview_line(
    overview: &Overview<'_>,
    at: usize,
    columns: usize,
    ascii: bool,
) -> String {
    let (q, code) = overview.answers[at];
    let question = &overview.pack.questions()[q];
    let answer = match (code, question.format()) {
        (Answers::UNANSWERED, _) => "open".to_owned(),
        (Answers::DONT_KNOW, _) => "I don't know".to_owned(),
        (code, AnswerFormat::Choice) => question.written(code),
        (code, _) => {
            overview.pack.sections()[question.section()].labels()[usize::from(code) - 1].clone()
        }
    };
    let answers = 18.min(columns / 3);
    let text = columns.saturating_sub(answers + 2);
    format!(
        "{}  {}",
        cell(&answer, answers, ascii),
        cell(question.text(), text, ascii)
    )
}
