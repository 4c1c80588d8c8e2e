//! The quiz on a full screen: one question at a time, answered by one key.
//!
//! It has a loop of its own, because the menus of `dialoguer` ignore digits and leave rows behind when a
//! line wraps.

use crate::error::Result;
use crate::terminal::full_screen::{FullScreen, Place, lost};
use crate::terminal::interview::{
    AnsweredPuzzle, AskedQuestion, Interviewer, LeaveOut, Overview, Reply, ReviewChoice,
};
use crate::terminal::question_screen;
use crate::terminal::question_screen::{Note, Solved, codes};
use crate::terminal::screens;
use crate::terminal::screens::lines_of;
use crate::terminal::viewport::{ScrollKeys, Viewport};
use crate::terminal::welcome::{Welcome, WelcomeChoice};
use console::Key;
use rolescope_core::write::{TextPage, TextStyle};
use rolescope_core::{AnswerFormat, Answers, Measure, Pack, Practice, Section};
use std::io;

impl Interviewer for FullScreen {
    fn ask(&mut self, asked: &AskedQuestion<'_>) -> Result<Reply> {
        if self.keyboard.stopped() {
            return Ok(self.interrupt());
        }
        self.converse(asked).map_err(lost)
    }

    fn review(&mut self, overview: &Overview<'_>) -> Result<ReviewChoice> {
        self.look_over(overview).map_err(lost)
    }

    fn practise(&mut self, pack: &Pack, section: &Section, practice: &Practice) -> Result<Reply> {
        self.try_practice(pack, section, practice).map_err(lost)
    }

    fn leave_out(&mut self, pack: &Pack, scored: usize, others: usize) -> Result<LeaveOut> {
        let head = |page: &mut TextPage| {
            page.heading(&pack.say("leave-title"));
            page.prose(0, &screens::nothing_changes(pack, scored, others));
            page.gap();
        };
        let items = ["leave-yes", "leave-no"].map(|id| pack.say(id));
        let chosen = self.choose(&head, &items, &pack.say("quiz-menu-keys"));
        Ok(match chosen.map_err(lost)? {
            _ if self.interrupted => LeaveOut::Stop,
            Some(0) => LeaveOut::Yes,
            _ => LeaveOut::No,
        })
    }

    fn explain(&mut self, pack: &Pack, puzzles: &[AnsweredPuzzle<'_>]) -> Result<Reply> {
        self.show_solved(pack, puzzles).map_err(lost)
    }
}

impl FullScreen {
    fn converse(&mut self, asked: &AskedQuestion<'_>) -> io::Result<Reply> {
        // nothing typed ahead answers a question that was not seen
        self.keyboard.forget();
        let codes = codes(asked);
        let given = codes.iter().position(|&code| code == asked.so_far);
        let (mut mark, mut note) = (given, Note::None);
        let mut place = Place::start();
        loop {
            let view = |look, rows| question_screen::question(asked, mark, note, look, rows);
            let key = self.key_at(&view, &mut place)?;
            note = Note::None;
            match key {
                Key::Char('?') => {
                    let help = |look, _| screens::help(asked, look);
                    if self.key_at(&help, &mut Place::start())? == Key::CtrlC {
                        return Ok(self.interrupt());
                    }
                }
                Key::Char(c) => {
                    let choice = asked.question.format() == AnswerFormat::Choice;
                    if let Some(reply) = by_char(c, choice, asked.question.choices()) {
                        return Ok(reply);
                    }
                }
                Key::ArrowUp | Key::BackTab => mark = above(mark, codes.len(), &mut place),
                Key::ArrowDown | Key::Tab => mark = below(mark, codes.len(), &mut place),
                Key::Enter => match mark {
                    Some(at) => return Ok(Reply::Answer(codes[at])),
                    None => note = Note::NothingMarked,
                },
                // forward again after going back, never an answer by itself
                Key::ArrowRight if given.is_some() => return Ok(Reply::Skip),
                Key::Backspace | Key::ArrowLeft => return Ok(Reply::Back),
                Key::Escape => return Ok(Reply::Stop),
                Key::CtrlC => return Ok(self.interrupt()),
                _ => {}
            }
        }
    }

    fn interrupt(&mut self) -> Reply {
        self.interrupted = true;
        Reply::Stop
    }

    fn try_practice(
        &mut self,
        pack: &Pack,
        section: &Section,
        practice: &Practice,
    ) -> io::Result<Reply> {
        self.keyboard.forget();
        let options = u8::try_from(practice.options().len()).unwrap_or(8);
        let codes: Vec<u8> = (1..=options).chain([Answers::DONT_KNOW]).collect();
        let (mut mark, mut note) = (None, Note::None);
        let mut place = Place::start();
        let code = loop {
            let view = |look, rows| {
                question_screen::practice((pack, section), practice, mark, note, look, rows)
            };
            let key = self.key_at(&view, &mut place)?;
            note = Note::None;
            match key {
                Key::CtrlC => return Ok(self.interrupt()),
                Key::Escape => return Ok(Reply::Stop),
                Key::Char(c) => match by_char(c, true, options) {
                    Some(Reply::Answer(code)) => break code,
                    Some(reply) => return Ok(reply),
                    None => {}
                },
                Key::ArrowUp | Key::BackTab => mark = above(mark, codes.len(), &mut place),
                Key::ArrowDown | Key::Tab => mark = below(mark, codes.len(), &mut place),
                Key::Enter => match mark {
                    Some(at) => break codes[at],
                    None => note = Note::NothingMarked,
                },
                _ => {}
            }
        };
        let said = screens::feedback(pack, practice, code);
        let solved = Solved {
            pack,
            title: section.title(),
            text: practice.text(),
            figure: practice.figure(),
            options: practice.options(),
            answer: practice.answer(),
            given: code,
            said: &said,
            keys: &pack.say("puzzle-first"),
        };
        let view = |look, rows| question_screen::solved(&solved, look, rows);
        if self.key_at(&view, &mut Place::start())? == Key::CtrlC {
            return Ok(self.interrupt());
        }
        Ok(Reply::Skip)
    }

    /// Shows what the quiz is, and asks how to begin.
    ///
    /// # Errors
    /// When the terminal fails.
    pub fn welcome(&mut self, welcome: &Welcome) -> Result<WelcomeChoice> {
        self.choose_first(welcome).map_err(lost)
    }

    fn choose_first(&mut self, welcome: &Welcome) -> io::Result<WelcomeChoice> {
        let (items, choices): (Vec<_>, Vec<_>) = welcome.choices().into_iter().unzip();
        loop {
            let head = |page: &mut TextPage| welcome.head(page);
            let chosen = self.choose(&head, &items, &welcome.pack.say("welcome-keys"))?;
            match chosen.map(|at| choices[at]) {
                Some(WelcomeChoice::HowUsed) => {
                    let view = |look, _| {
                        let mut page = TextPage::new(look);
                        page.heading(&welcome.pack.say("welcome-how-used"));
                        for (at, paragraph) in welcome.how_used().iter().enumerate() {
                            if at > 0 {
                                page.gap();
                            }
                            page.prose(0, paragraph);
                        }
                        screens::text(page, &welcome.pack.say("quiz-any-key-back"))
                    };
                    if self.key_at(&view, &mut Place::start())? == Key::CtrlC {
                        self.interrupted = true;
                        return Ok(WelcomeChoice::Leave);
                    }
                }
                Some(choice) => return Ok(choice),
                None => return Ok(WelcomeChoice::Leave),
            }
        }
    }

    /// A menu; the position chosen, none to leave it.
    fn choose(
        &mut self,
        head: &dyn Fn(&mut TextPage),
        items: &[String],
        keys: &str,
    ) -> io::Result<Option<usize>> {
        self.keyboard.forget();
        let mut mark = 0;
        let mut place = Place::start();
        loop {
            let key = self.key_at(&|look, _| menu((head, keys), items, mark, look), &mut place)?;
            match key {
                Key::ArrowUp => mark = mark.checked_sub(1).unwrap_or(items.len() - 1),
                Key::ArrowDown | Key::Tab => mark = (mark + 1) % items.len(),
                Key::PageUp => mark = mark.saturating_sub(10),
                Key::PageDown => mark = (mark + 10).min(items.len() - 1),
                Key::Enter | Key::Char(' ') => return Ok(Some(mark)),
                Key::Char(c) => {
                    let number = c.to_digit(10).and_then(|d| usize::try_from(d).ok());
                    if let Some(n) = number.filter(|n| (1..=items.len().min(9)).contains(n)) {
                        return Ok(Some(n - 1));
                    }
                    if c == 'q' {
                        return Ok(None);
                    }
                }
                Key::Backspace | Key::ArrowLeft | Key::Escape => return Ok(None),
                Key::CtrlC => {
                    self.interrupted = true;
                    return Ok(None);
                }
                _ => {}
            }
        }
    }

    fn look_over(&mut self, overview: &Overview<'_>) -> io::Result<ReviewChoice> {
        let pack = overview.pack;
        let mut choices = vec![(pack.say("review-result"), ReviewChoice::Finish)];
        if !overview.open.is_empty() {
            let open = pack.phrase("review-answer-open");
            let open = open.number("open", overview.open.len());
            choices.insert(0, (open.to_string(), ReviewChoice::Open));
        }
        if !overview.ended {
            choices.insert(0, (pack.say("review-back"), ReviewChoice::Return));
        }
        if !overview.puzzles.is_empty() {
            choices.push((pack.say("review-puzzles"), ReviewChoice::Explain));
        }
        choices.push((pack.say("review-stop"), ReviewChoice::Stop));
        let mut items: Vec<String> = choices.iter().map(|(text, _)| text.clone()).collect();
        items.push(pack.say("review-one"));
        loop {
            let head = |page: &mut TextPage| {
                page.heading(&screens::review_heading(overview));
                page.prose(0, &screens::cost(overview));
                page.gap();
            };
            let chosen = self.choose(&head, &items, &pack.say("quiz-menu-keys-back"))?;
            if self.interrupted {
                return Ok(ReviewChoice::Stop);
            }
            match chosen {
                Some(at) if at < choices.len() => return Ok(choices[at].1),
                Some(_) => {
                    if let Some(q) = self.pick(overview)? {
                        return Ok(ReviewChoice::Jump(q));
                    }
                }
                None if overview.ended => return Ok(ReviewChoice::Finish),
                None => return Ok(ReviewChoice::Return),
            }
        }
    }

    fn show_solved(&mut self, pack: &Pack, puzzles: &[AnsweredPuzzle<'_>]) -> io::Result<Reply> {
        let mut at = 0;
        loop {
            let Some(puzzle) = puzzles.get(at) else {
                return Ok(Reply::Skip);
            };
            let Measure::Choice {
                figure,
                options,
                answer,
                because,
                ..
            } = puzzle.question.measure()
            else {
                at += 1;
                continue;
            };
            let number = pack.phrase("puzzle-of").number("number", at + 1);
            let solved = Solved {
                pack,
                title: &number.number("count", puzzles.len()).to_string(),
                text: puzzle.question.text(),
                figure: figure.as_deref(),
                options,
                answer: *answer,
                given: puzzle.code,
                said: because,
                keys: &pack.say("puzzle-keys"),
            };
            let view = |look, rows| question_screen::solved(&solved, look, rows);
            match self.key_at(&view, &mut Place::start())? {
                Key::Enter | Key::Char(' ') | Key::ArrowRight => at += 1,
                Key::Backspace | Key::ArrowLeft => at = at.saturating_sub(1),
                Key::Escape | Key::Char('q') => return Ok(Reply::Skip),
                Key::CtrlC => return Ok(self.interrupt()),
                _ => {}
            }
        }
    }

    fn pick(&mut self, overview: &Overview<'_>) -> io::Result<Option<usize>> {
        let columns = self.look.columns().saturating_sub(8);
        let lines: Vec<String> = (0..overview.answers.len())
            .map(|at| screens::overview_line(overview, at, columns, self.look))
            .collect();
        let head = |page: &mut TextPage| {
            page.heading(&overview.pack.say("review-which"));
            page.gap();
        };
        let chosen = self.choose(&head, &lines, &overview.pack.say("review-choose"))?;
        Ok(chosen.map(|at| overview.answers[at].0))
    }
}

/// A menu: its items scroll around the marked one where they do not fit.
fn menu(
    (head, keys): (&dyn Fn(&mut TextPage), &str),
    items: &[String],
    mark: usize,
    look: TextStyle,
) -> Viewport {
    let mut page = TextPage::new(look);
    head(&mut page);
    let mut foot = TextPage::new(look);
    foot.gap();
    foot.prose(0, keys);
    let (mut body, mut focus) = (Vec::new(), None);
    for (at, item) in items.iter().enumerate() {
        let pointer = if at == mark { ">" } else { " " };
        let mut lines = TextPage::new(look);
        lines.hanging(&format!("{pointer} {:>2}  ", at + 1), 6, item);
        let start = body.len();
        for line in lines_of(lines) {
            body.push(if at == mark { look.bold(&line) } else { line });
        }
        if at == mark {
            focus = Some(start..body.len());
        }
    }
    Viewport {
        head: lines_of(page),
        body,
        foot: lines_of(foot),
        focus,
        keys: ScrollKeys::None,
    }
}

/// The mark above; above the first there is none, and the top of the question is in sight.
fn above(mark: Option<usize>, options: usize, place: &mut Place) -> Option<usize> {
    let mark = mark.map_or(Some(options - 1), |at| at.checked_sub(1));
    place.shows_top(mark)
}

/// The mark below; after the last there is none, and the top of the question is in sight.
fn below(mark: Option<usize>, options: usize, place: &mut Place) -> Option<usize> {
    let mark = mark.map_or(0, |at| at + 1);
    place.shows_top(Some(mark).filter(|&at| at < options))
}

/// What a typed character means; `choice` takes letters too.
fn by_char(c: char, choice: bool, answers: u8) -> Option<Reply> {
    let digit = c.to_digit(10).and_then(|d| u8::try_from(d).ok());
    match (digit, c.to_ascii_lowercase()) {
        (Some(0), _) if choice => Some(Reply::Answer(Answers::DONT_KNOW)),
        (Some(digit), _) => (1..=answers)
            .contains(&digit)
            .then_some(Reply::Answer(digit)),
        (None, 's') => Some(Reply::Skip),
        (None, 'r') => Some(Reply::Review),
        (None, 'q') => Some(Reply::Stop),
        (None, letter @ 'a'..='h') if choice => {
            let code = u8::try_from(letter).ok()? - b'a' + 1;
            (1..=answers).contains(&code).then_some(Reply::Answer(code))
        }
        _ => None,
    }
}
