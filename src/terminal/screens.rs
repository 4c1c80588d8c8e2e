//! Texts around the questions: where a quiz stands, help, feedback, the review of all answers.

use crate::terminal::interview::{AskedQuestion, Overview};
use crate::terminal::viewport::{ScrollKeys, Viewport};
use console::measure_text_width;
use rolescope_core::write::{TextPage, TextStyle};
use rolescope_core::{AnswerFormat, Answers, Measure, Pack, Practice};

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
    let place = match asked.minutes_left {
        None => asked.pack.phrase("quiz-place"),
        Some(left) => {
            let minutes = if left < 1.0 { 0 } else { whole_minutes(left) };
            let place = asked.pack.phrase("quiz-place-minutes");
            place.number("minutes", minutes)
        }
    };
    let place = place.number("number", asked.number);
    let place = place.when("at-most", asked.at_most);
    let place = place.number("count", asked.of).to_string();
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
    let part = asked.pack.phrase("quiz-part");
    let part = part.number("questions", ahead.questions);
    let part = part.text("section", asked.section.title());
    let part = part.when("at-most", asked.at_most && ahead.left > ahead.questions);
    Some(part.number("left", ahead.left).to_string())
}

/// Minutes to the nearest whole one.
pub(crate) fn whole_minutes(minutes: f64) -> usize {
    format!("{minutes:.0}").parse().unwrap_or_default()
}

/// The offer to leave out questions that can change nothing.
pub(crate) fn nothing_changes(pack: &Pack, scored: usize, others: usize) -> String {
    let offer = match others {
        0 => pack.phrase("leave-offer"),
        n => pack.phrase("leave-offer-rest").number("others", n),
    };
    offer.number("scored", scored).to_string()
}

/// Feedback after a practice puzzle.
pub(crate) fn feedback(pack: &Pack, practice: &Practice, code: u8) -> String {
    let right = char::from(b'a' + practice.answer() - 1);
    let verdict = if code == practice.answer() {
        pack.phrase("puzzle-yes")
    } else {
        pack.phrase("puzzle-no").text("right", right.to_string())
    };
    verdict.text("because", practice.because()).to_string()
}

/// Help about a question and the keys.
pub(crate) fn help(asked: &AskedQuestion<'_>, look: TextStyle) -> Viewport {
    let mut page = TextPage::new(look);
    let say = |id| asked.pack.say(id);
    page.heading(&say("help-question"));
    page.prose(0, &about(asked));
    page.heading(&say("help-keys"));
    for (keys, what) in [
        ("1-9, a-h".to_owned(), say("help-answer")),
        (say("help-arrows"), say("help-mark")),
        (say("help-pages"), say("help-scroll")),
        (say("help-left"), say("help-back")),
        ("s".to_owned(), say("help-skip")),
        ("r".to_owned(), say("help-review")),
        ("q, Esc, Ctrl-C".to_owned(), say("help-stop")),
    ] {
        if look.columns() < 60 {
            page.hanging("", 2, &format!("{keys}: {what}"));
        } else {
            page.hanging(&format!("  {}  ", look.cell(&keys, 15)), 19, &what);
        }
    }
    text(page, &say("help-no-limit"))
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
    let pack = asked.pack;
    let about = match asked.question.measure() {
        Measure::Rating { .. } => pack.phrase("help-rating"),
        Measure::Choice { .. } => pack.phrase("help-puzzle"),
        Measure::Condition(_) => pack.phrase("help-condition"),
    };
    let of = asked.question.trait_ix().map(|k| pack.traits()[k].name());
    about.text("trait", of.unwrap_or_default()).to_string()
}

/// What stands above the review of all answers.
pub(crate) fn review_heading(overview: &Overview<'_>) -> String {
    let id = match (overview.ended && overview.open.is_empty(), overview.again) {
        (true, false) => "review-last",
        (true, true) => "review-again",
        (false, _) => "review-so-far",
    };
    overview.pack.say(id)
}

/// What the result would lack if the quiz ended now, in words.
pub(crate) fn cost(overview: &Overview<'_>) -> String {
    let (now, complete) = overview.band;
    let cost = match (overview.open.len(), now) {
        (0, _) => return overview.pack.say("review-complete"),
        (_, 0) => overview.pack.phrase("review-too-little"),
        _ => overview.pack.phrase("review-open"),
    };
    let cost = cost.number("open", overview.open.len());
    let cost = cost.number("now", now).number("complete", complete);
    cost.to_string()
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
        (Answers::UNANSWERED, _) => overview.pack.say("review-unanswered"),
        (Answers::DONT_KNOW, _) => overview.pack.say("quiz-dont-know"),
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
