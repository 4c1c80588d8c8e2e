//! The quiz of three people in a terminal, from the welcome to leaving their results: every screen.

use crate::help::{built_in, patience, run, snapshot, stdout};
use crate::terminal::Terminal;
use rolescope_core::{AnswerFormat, Answers, Measure, Pack, Question};
use std::fmt::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

/// Screens in turn as text: of each the lines that the one before did not have, and of one that was seen
/// before, whatever stood above it, only where it stands.
#[derive(Default)]
struct Transcript {
    before: Vec<String>,
    seen: Vec<Vec<String>>,
}

impl Transcript {
    fn of(&mut self, screens: &[String]) -> String {
        let mut text = String::new();
        for screen in screens {
            let lines: Vec<String> = screen
                .lines()
                .map(|line| timeless(line.trim_end()))
                .filter(|line| !line.trim().is_empty())
                .collect();
            let standing = |line: &&String| line.contains("question ") || is_bar(line);
            let (above, body): (Vec<&String>, Vec<&String>) = lines.iter().partition(standing);
            let body: Vec<String> = body.into_iter().cloned().collect();
            let new: Vec<&str> = if self.seen.contains(&body) {
                let first = body.first().map_or("", String::as_str);
                let above = above.into_iter().map(String::as_str);
                above.chain([first, "as before"]).collect()
            } else {
                let new = lines.iter().filter(|line| !self.before.contains(line));
                new.map(String::as_str).collect()
            };
            // a question more differs in its header, its bar and its text
            if new.len() <= 5 {
                let new: Vec<&str> = new.iter().map(|line| line.trim()).collect();
                let _ = writeln!(text, "= {}", new.join(" | "));
            } else {
                let _ = writeln!(text, "=\n{}", new.join("\n"));
            }
            self.before = lines;
            self.seen.push(body);
        }
        text
    }
}

/// Whether a line is the bar of a question.
fn is_bar(line: &str) -> bool {
    line.chars()
        .all(|c| ('\u{2588}'..='\u{258f}').contains(&c) || c == '\u{b7}')
}

/// A line without what the pace and the day of the test decide.
fn timeless(line: &str) -> String {
    if let Some((start, day)) = line.split_once(" quiz of ") {
        let end = day.split_once(':').map_or("", |(_, end)| end);
        return format!("{start} quiz of today{end}");
    }
    let from = [", about ", ", under a minute"];
    let from = from.iter().filter_map(|mark| line.find(mark)).min();
    match from {
        Some(at) if line.ends_with(" left") => format!("{}, some time left", &line[..at]),
        _ => line.to_owned(),
    }
}

/// How a question ends that is asked without a full screen.
const ASKED_IN_A_LINE: &str = "[y/N]";

/// What stands in the last line of a whole screen.
const KEYS: [&str; 4] = ["q ", "Press any key", "a number chooses", "to go on."];

/// A person at a terminal.
struct Walk<'a> {
    terminal: Terminal,
    pack: &'a Pack,
    answers: &'a Answers,
    screens: Vec<String>,
}

impl<'a> Walk<'a> {
    /// Opens the quiz, after these screens of it.
    fn begin(folder: &Path, pack: &'a Pack, answers: &'a Answers, screens: Vec<String>) -> Self {
        let data = ("ROLESCOPE_DATA", "data");
        let terminal = Terminal::open_with(folder, &["quiz"], 24, 80, data);
        let mut walk = Self {
            terminal,
            pack,
            answers,
            screens,
        };
        walk.settle("");
        walk
    }

    /// Waits for a screen other than one, until nothing more is drawn, and keeps it.
    fn settle(&mut self, other: &str) -> String {
        let start = Instant::now();
        let mut before = String::new();
        loop {
            let now = self.terminal.picture();
            // between two full screens what stood in the terminal before shows for a moment, and a screen may
            // be half drawn: a whole one says last what the keys do
            let last = now.trim_end().lines().last().unwrap_or_default();
            let keys = KEYS.iter().any(|keys| last.contains(keys));
            let full = self.terminal.screen().alternate_screen() && keys;
            // with its answer behind it, it is no longer asked
            let asked = last.ends_with(ASKED_IN_A_LINE);
            if now == before && now != other && (full || asked) {
                self.screens.push(now.clone());
                return now;
            }
            assert!(start.elapsed() < patience(20), "nothing follows\n{now}");
            before = now;
            std::thread::sleep(Duration::from_millis(40));
        }
    }

    /// Presses keys and gives the screen after them.
    fn press(&mut self, keys: &str) -> String {
        let before = self.terminal.picture();
        self.terminal.press(keys);
        self.settle(&before)
    }

    /// Answers what is asked until a screen holds one of these texts, or so many answers are given.
    fn answer_until(&mut self, ends: &[&str], most: usize) -> String {
        let mut screen = self.terminal.picture();
        for _ in 0..most {
            if ends.iter().any(|end| screen.contains(end)) {
                return screen;
            }
            let key = if screen.contains("it does not count") {
                self.press("b");
                " ".to_owned()
            } else {
                self.key(&screen)
            };
            screen = self.press(&key);
        }
        screen
    }

    /// The key of this person's answer to the question on a screen.
    fn key(&self, screen: &str) -> String {
        let joined = |text: &str| -> String { text.split_whitespace().collect() };
        let seen = joined(screen);
        let is_it = |question: &&Question| {
            let options = match question.measure() {
                Measure::Choice { options, .. } => &options[..],
                _ => &[],
            };
            let mut texts = options.iter().map(String::as_str).chain([question.text()]);
            texts.all(|text| seen.contains(&joined(text)))
        };
        let question = self.pack.questions().iter().find(is_it);
        let question = question.unwrap_or_else(|| panic!("no question on\n{screen}"));
        let at = self.pack.question(question.id()).expect("it is there");
        match (self.answers.code(at), question.format()) {
            (Answers::UNANSWERED, _) => "s".to_owned(),
            (Answers::DONT_KNOW, _) => "0".to_owned(),
            (code, AnswerFormat::Choice) => char::from(b'a' + code - 1).to_string(),
            (code, _) => code.to_string(),
        }
    }

    fn leave(mut self) -> Vec<String> {
        self.terminal.press("q");
        assert_eq!(self.terminal.end(), 0);
        assert!(!self.terminal.cursor_hidden());
        self.screens
    }
}

/// The answers of a simulated person.
fn answers(folder: &Path, pack: &Pack, arguments: &[&str]) -> Answers {
    let all = [&["sample", "-n", "1", "-f", "ndjson"], arguments].concat();
    let record = stdout(&run(folder, &all, b""));
    let record: serde_json::Value = serde_json::from_str(&record).expect("a record");
    let mut answers = Answers::none(pack);
    for question in pack.questions() {
        let written = match &record["answers"][question.id()] {
            serde_json::Value::String(text) => text.clone(),
            serde_json::Value::Null => continue,
            other => other.to_string(),
        };
        answers
            .write(pack, question.id(), &written)
            .expect("an answer");
    }
    answers
}

/// What can be opened by a key from the first screen of a result.
const VIEWS: [&str; 6] = ["1", "w", "t", "m", "a", "c"];

#[test]
#[cfg_attr(
    windows,
    ignore = "the pseudo-console of Wine 8 counts escape sequences as signs, and breaks coloured lines too early"
)]
fn three_people_walk_from_the_welcome_to_the_end_of_their_results() {
    let people = [answers_everything, takes_the_quick_quiz, finishes_early];
    let screens = std::thread::scope(|scope| {
        let walks = people.map(|walk| scope.spawn(walk));
        walks.map(|walk| walk.join().expect("it comes to its end"))
    });
    let mut transcript = Transcript::default();
    for (name, screens) in ["walk-full", "walk-quick", "walk-early"]
        .iter()
        .zip(&screens)
    {
        snapshot("snapshots", name, &transcript.of(screens));
    }
}

/// Someone who answers everything, and looks at all of the result.
fn answers_everything() -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let pack = built_in();
    let answers = answers(
        folder.path(),
        &pack,
        &["--like", "sonographer", "--seed", "3"],
    );
    let mut walk = Walk::begin(folder.path(), &pack, &answers, Vec::new());
    // how the answers are used, and back
    walk.press("3");
    walk.press(" ");
    walk.press("\r");
    let ends = ["That was the last question", "You could stop here"];
    let mut screen = walk.answer_until(&ends, 100);
    while screen.contains("You could stop here") {
        walk.press("2");
        screen = walk.answer_until(&ends, 100);
    }
    // what was right in the first puzzle, and why
    walk.press("2");
    walk.press("q");
    let first = walk.press("1");
    assert!(first.contains("What fits you"), "{first}");
    for view in VIEWS {
        walk.press(view);
    }
    walk.leave()
}

/// Someone in a hurry.
fn takes_the_quick_quiz() -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let pack = built_in();
    let answers = answers(folder.path(), &pack, &["--seed", "5"]);
    let mut walk = Walk::begin(folder.path(), &pack, &answers, Vec::new());
    walk.press("2");
    let screen = walk.answer_until(&[ASKED_IN_A_LINE, "That was the last question"], 60);
    let screen = if screen.contains(ASKED_IN_A_LINE) {
        walk.press("n")
    } else {
        screen
    };
    if screen.contains("That was the last question") {
        walk.press("1");
    }
    walk.press("1");
    walk.press("w");
    walk.leave()
}

/// Someone who stops, goes on and finishes early.
fn finishes_early() -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let pack = built_in();
    let answers = answers(folder.path(), &pack, &["--seed", "9", "--blank", "0.4"]);
    let mut walk = Walk::begin(folder.path(), &pack, &answers, Vec::new());
    walk.press("\r");
    // back once, on without a change, then stopped
    walk.answer_until(&[], 10);
    walk.press("\x7f");
    walk.press("s");
    let screens = walk.leave();
    // a day later
    let mut walk = Walk::begin(folder.path(), &pack, &answers, screens);
    let screen = walk.press("1");
    assert!(screen.contains("question"), "{screen}");
    walk.answer_until(&[], 40);
    let review = walk.press("r");
    assert!(review.contains("Your answers so far"), "{review}");
    walk.press("3");
    // from the result to what is open, and to the result again
    walk.press("1");
    let question = walk.press("g");
    assert!(question.contains("question"), "{question}");
    walk.answer_until(&[], 3);
    walk.press("r");
    walk.press("3");
    let screens = walk.leave();
    // the same quiz another time: its result, and what of it can be changed
    let mut walk = Walk::begin(folder.path(), &pack, &answers, screens);
    let review = walk.press("2");
    assert!(review.contains("Your answers so far"), "{review}");
    let result = walk.press("q");
    assert!(result.contains("What fits you"), "{result}");
    walk.leave()
}
