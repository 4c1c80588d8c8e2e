//! Texts around the questions: where a quiz stands, help, feedback, the review of all answers.

use crate::terminal::interview::{AskedQuestion, Overview};
use crate::terminal::viewport::{ScrollKeys, Viewport};
use console::measure_text_width;
use rolescope_core::write::{TextPage, TextStyle};
use rolescope_core::{AnswerFormat, Answers, Measure, Practice};

/// Smallest window that everything is laid out for, in rows and columns.
const SMALLEST: (usize, usize) = (20, 60);

/// The lines of a page.
pub(crate) fn lines_of(page: TextPage) -> Vec<String> {
    page.finish().lines().map(str::to_owned).collect()
}

/// What a small window says about itself, above everything else.
pub(crate) fn about_size((rows, columns): (usize, usize), look: TextStyle) -> Vec<String> {
    let mut page = TextPage::new(look);
    if rows < SMALLEST.0 || columns < SMALLEST.1 {
        page.prose(0, &format!("Small window: {columns} x {rows}. {LARGER}"));
    }
    lines_of(page)
}

/// What helps where a window is too small.
const LARGER: &str = "Make it larger, or run with --plain.";

/// What is shown where nothing else fits; broken at the width of the window itself, however narrow.
pub(crate) fn too_small((rows, columns): (usize, usize)) -> Vec<String> {
    let mut lines = vec![String::new()];
    let text = format!("Window too small: {columns} x {rows}. {LARGER} q stops.");
    for word in text.split(' ') {
        let line = lines.last_mut().expect("there is one");
        if line.is_empty() {
            line.push_str(word);
        } else if line.len() + 1 + word.len() <= columns {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines.truncate(rows.max(1));
    lines
}

/// Where a question stands: its section, its number, the time left; a bar too unless `tight`.
pub(crate) fn progress(asked: &AskedQuestion<'_>, tight: bool, page: &mut TextPage) {
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
        page.title(title);
        page.prose(0, &place);
    }
    if tight {
        return;
    }
    let cells = look.columns().min(40);
    page.line(&look.dim(&progress_bar(
        asked.number - 1,
        asked.of,
        cells,
        look.ascii(),
    )));
}

/// A bar of so many cells that grows with every question: each cell fills in steps.
pub(crate) fn progress_bar(done: usize, of: usize, cells: usize, ascii: bool) -> String {
    let steps: &[char] = if ascii {
        &['.', '-', '=', '#']
    } else {
        &[
            '\u{b7}', '\u{258f}', '\u{258e}', '\u{258d}', '\u{258c}', '\u{258b}', '\u{258a}',
            '\u{2589}', '\u{2588}',
        ]
    };
    let full = steps.len() - 1;
    let filled = done.min(of) * cells * full / of.max(1);
    (0..cells)
        .map(|cell| steps[filled.saturating_sub(cell * full).min(full)])
        .collect()
}

/// What part of the quiz begins, in a line.
pub(crate) fn part(asked: &AskedQuestion<'_>) -> Option<String> {
    let ahead = asked.part?;
    let most = if asked.at_most && ahead.left > ahead.questions {
        "at most "
    } else {
        ""
    };
    let noun = if ahead.questions == 1 {
        "question"
    } else {
        "questions"
    };
    Some(format!(
        "Next: {} {noun} of \"{}\". {most}{} left in all.",
        ahead.questions,
        asked.section.title(),
        ahead.left
    ))
}

/// The offer to leave out questions that can change nothing.
pub(crate) fn nothing_changes(scored: usize, others: usize) -> String {
    let rest = match others {
        0 => String::new(),
        1 => " One question about a condition of work comes after that.".to_owned(),
        n => format!(" {n} questions about conditions of work come after that."),
    };
    format!(
        "Whatever you answer to the next {scored} questions, the roles that fit you best stay the same, in the \
         same order. You may leave these questions out.{rest}"
    )
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
pub(crate) fn help(asked: &AskedQuestion<'_>, look: TextStyle) -> Viewport {
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
        ("Page up, down", "scroll, where a question does not fit"),
        ("Backspace, Left", "go back to see or change an answer"),
        ("s", "skip: an open question is not counted as anything"),
        ("r", "look over all answers, change any, or finish early"),
        ("q, Esc, Ctrl-C", "stop; every answer is saved already"),
    ] {
        if look.columns() < 60 {
            page.hanging("", 2, &format!("{keys}: {what}"));
        } else {
            page.hanging(&format!("  {}  ", look.cell(keys, 15)), 19, what);
        }
    }
    text(page, "There is no time limit. Press any key to go on.")
}

/// A page to be read, which the arrows scroll, and what the keys do.
pub(crate) fn text(page: TextPage, keys: &str) -> Viewport {
    let mut foot = TextPage::new(page.look());
    foot.gap();
    foot.prose(0, keys);
    Viewport {
        head: Vec::new(),
        body: lines_of(page),
        foot: lines_of(foot),
        focus: None,
        keys: ScrollKeys::All,
    }
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

/// What stands above the review of all answers.
pub(crate) const fn review_heading(overview: &Overview<'_>) -> &'static str {
    match (overview.ended && overview.open.is_empty(), overview.again) {
        (true, false) => "That was the last question",
        (true, true) => "Your answers",
        (false, _) => "Your answers so far",
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
        "{open} {noun} open. You can finish now: {now} jobs fit you best as it \
         stands, and about {complete} with every question answered."
    )
}

/// One line for a question in the overview.
pub(crate) fn overview_line(
    overview: &Overview<'_>,
    at: usize,
    columns: usize,
    look: TextStyle,
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
        look.cell(&answer, answers),
        look.cell(question.text(), text)
    )
}

#[cfg(test)]
mod tests {
    use super::progress_bar;

    #[test]
    fn the_bar_moves_with_every_question_and_is_full_at_the_end_only() {
        for ascii in [false, true] {
            for of in [1, 3, 40, 50, 88] {
                let bars: Vec<String> = (0..=of).map(|n| progress_bar(n, of, 40, ascii)).collect();
                assert!(bars.windows(2).all(|pair| pair[0] != pair[1]), "{of}");
                let full = if ascii { "#" } else { "\u{2588}" }.repeat(40);
                assert_eq!(bars.iter().filter(|bar| **bar == full).count(), 1);
                assert_eq!(bars[of], full);
            }
        }
    }
}
