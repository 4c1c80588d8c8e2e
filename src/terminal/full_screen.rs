//! Full-screen mode of the quiz: one question at a time, answered by one key.
//!
//! It has a loop of its own on [`Term`], because the menus of `dialoguer` ignore digits and leave rows
//! behind when a line wraps. Every screen is drawn completely, so a resize leaves nothing behind.

use crate::error::{Error, Result};
use crate::terminal::interview::{
    AnsweredPuzzle, AskedQuestion, Interviewer, LeaveOut, Overview, Reply, ReviewChoice,
};
use crate::terminal::question_screen;
use crate::terminal::question_screen::{Note, Solved, codes};
use crate::terminal::screens;
use crate::terminal::screens::lines_of;
use crate::terminal::viewport::{ScrollKeys, Viewport};
use crate::terminal::welcome::{Welcome, WelcomeChoice};
use console::{Key, Term};
use rolescope_core::write::{TextPage, TextStyle};
use rolescope_core::{AnswerFormat, Answers, Measure, Practice, Section};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Makes a view of a style and so many rows.
type ViewBuilder<'b> = dyn Fn(TextStyle, usize) -> Viewport + 'b;
/// Which keys scroll a view, and by how many lines a page.
type Scrolling = (ScrollKeys, usize);

/// Where a view has been scrolled to.
struct Place {
    /// First line of the body in sight.
    top: usize,
    /// Whether the mark is kept in sight: not while someone scrolls by pages.
    follow: bool,
}

impl Place {
    /// At the top.
    const fn start() -> Self {
        Self {
            top: 0,
            follow: true,
        }
    }

    /// Goes to the top where nothing is marked.
    fn shows_top(&mut self, mark: Option<usize>) -> Option<usize> {
        if mark.is_none() {
            self.top = 0;
        }
        mark
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

/// Full-screen interviewer; restores the terminal when dropped.
pub struct FullScreen {
    term: Term,
    look: TextStyle,
    resized: Arc<AtomicBool>,
    stopped: Arc<AtomicBool>,
    /// Whether a signal or Ctrl-C stopped the quiz.
    pub interrupted: bool,
}

impl FullScreen {
    /// Switches the terminal to full-screen mode.
    ///
    /// # Errors
    /// When the terminal or its signals cannot be taken.
    pub fn open(look: TextStyle) -> Result<Self> {
        let keys = Self {
            term: Term::stderr(),
            look,
            resized: Arc::default(),
            stopped: Arc::default(),
            interrupted: false,
        };
        keys.take().map_err(lost)?;
        Ok(keys)
    }

    fn take(&self) -> io::Result<()> {
        use signal_hook::consts::{SIGINT, SIGTERM};
        for signal in [SIGINT, SIGTERM] {
            signal_hook::flag::register(signal, Arc::clone(&self.stopped))?;
        }
        #[cfg(unix)]
        {
            use signal_hook::consts::{SIGHUP, SIGWINCH};
            signal_hook::flag::register(SIGHUP, Arc::clone(&self.stopped))?;
            signal_hook::flag::register(SIGWINCH, Arc::clone(&self.resized))?;
        }
        // the alternate screen: what stood in the terminal comes back afterwards
        self.term.write_str("\x1b[?1049h")?;
        self.term.hide_cursor()
    }

    /// Draws a view on an empty screen; whether anything of it could be shown, and whether it scrolls.
    fn draw(&mut self, view: &ViewBuilder<'_>, place: &mut Place) -> io::Result<(bool, Scrolling)> {
        let (rows, columns) = self.size();
        let (rows, columns) = (usize::from(rows), usize::from(columns));
        self.look = self.look.with_width(columns);
        // the last line stays free: writing into the corner would scroll
        let free = rows.saturating_sub(1).max(1);
        let about_size = screens::about_size((rows, columns), self.look);
        let room = free.saturating_sub(about_size.len());
        let view = view(self.look, room);
        let visible = view.fit((room, columns), place.top, place.follow);
        let fits = visible.is_some();
        let (lines, scrolling) = if let Some(visible) = visible {
            place.top = visible.top;
            let keys = Some(view.keys).filter(|_| visible.scrolls);
            let lines = [about_size, visible.lines].concat();
            (lines, (keys.unwrap_or(ScrollKeys::None), visible.page))
        } else {
            let lines = screens::too_small((rows, columns));
            (lines, (ScrollKeys::None, 0))
        };
        let shown: Vec<&str> = lines.iter().take(free).map(String::as_str).collect();
        self.put(&shown)?;
        Ok((fits, scrolling))
    }

    /// Puts lines on an empty screen.
    fn put(&self, lines: &[&str]) -> io::Result<()> {
        self.term
            .write_str(&format!("\x1b[H\x1b[2J{}", lines.join("\r\n")))?;
        self.term.flush()
    }

    /// Shows a view until a key is pressed that does not scroll it.
    fn key_at(&mut self, view: &ViewBuilder<'_>, place: &mut Place) -> io::Result<Key> {
        loop {
            let (fits, (keys, page)) = self.draw(view, place)?;
            let Some(key) = self.read_key()? else {
                continue;
            };
            let up_and_down = keys != ScrollKeys::None;
            let arrows = keys == ScrollKeys::All;
            let by = match key {
                Key::PageUp if up_and_down => -signed(page),
                Key::PageDown if up_and_down => signed(page),
                Key::ArrowUp if arrows => -1,
                Key::ArrowDown if arrows => 1,
                // nothing that was not in sight is answered
                Key::Char('q') | Key::Escape | Key::CtrlC => return Ok(key),
                _ if !fits => continue,
                _ => {
                    place.follow = true;
                    return Ok(key);
                }
            };
            place.top = place.top.saturating_add_signed(by);
            place.follow = false;
        }
    }

    /// Rows and columns of the window as it is now. A change that was told of before this is seen by it, and
    /// must not take the next Ctrl-C for itself.
    fn size(&self) -> (u16, u16) {
        self.resized.store(false, Ordering::Relaxed);
        self.term.size()
    }

    /// The next key; none where the window has another size, or where what came is no key.
    fn read_key(&self) -> io::Result<Option<Key>> {
        match self.term.read_key_raw() {
            // a signal ends the wait like Ctrl-C does: the flags tell which it was
            Ok(Key::CtrlC) if self.resized.swap(false, Ordering::Relaxed) => {
                let stopped = self.stopped.load(Ordering::Relaxed);
                Ok(stopped.then_some(Key::CtrlC))
            }
            // the terminal has gone
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => Ok(Some(Key::CtrlC)),
            Ok(Key::UnknownEscSeq(_) | Key::Unknown) => {
                forget_rest_of_sequence();
                Ok(None)
            }
            other => other.map(Some),
        }
    }

    /// Shows what a function makes of the window's style and its free rows until a key is pressed.
    ///
    /// # Errors
    /// When the terminal fails.
    pub fn key(&mut self, mut text: impl FnMut(TextStyle, usize) -> String) -> Result<Key> {
        loop {
            if self.stopped.load(Ordering::Relaxed) {
                return Ok(Key::CtrlC);
            }
            let (rows, columns) = self.size();
            self.look = self.look.with_width(usize::from(columns));
            // the last line stays free: writing into the corner would scroll
            let (rows, columns) = (usize::from(rows), usize::from(columns));
            let free = rows.saturating_sub(1).max(1);
            let about_size = screens::about_size((rows, columns), self.look);
            let text = text(self.look, free.saturating_sub(about_size.len()));
            let lines = about_size.iter().map(String::as_str).chain(text.lines());
            let shown: Vec<&str> = lines.take(free).collect();
            self.put(&shown).map_err(lost)?;
            if let Some(key) = self.read_key().map_err(lost)? {
                return Ok(key);
            }
        }
    }

    fn converse(&mut self, asked: &AskedQuestion<'_>) -> io::Result<Reply> {
        // nothing typed ahead answers a question that was not seen
        forget_typed();
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

    fn try_practice(&mut self, section: &Section, practice: &Practice) -> io::Result<Reply> {
        forget_typed();
        let options = u8::try_from(practice.options().len()).unwrap_or(8);
        let codes: Vec<u8> = (1..=options).chain([Answers::DONT_KNOW]).collect();
        let (mut mark, mut note) = (None, Note::None);
        let mut place = Place::start();
        let code = loop {
            let view =
                |look, rows| question_screen::practice(section, practice, mark, note, look, rows);
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
        let said = screens::feedback(practice, code);
        let solved = Solved {
            title: section.title(),
            text: practice.text(),
            figure: practice.figure(),
            options: practice.options(),
            answer: practice.answer(),
            given: code,
            said: &said,
            keys: "Press any key for the first puzzle.",
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
            let chosen = self.choose(&head, &items, "Enter or a number begins   q leaves")?;
            match chosen.map(|at| choices[at]) {
                Some(WelcomeChoice::HowUsed) => {
                    let view = |look, _| {
                        let mut page = TextPage::new(look);
                        page.heading("How your answers are used");
                        for (at, paragraph) in welcome.how_used().iter().enumerate() {
                            if at > 0 {
                                page.gap();
                            }
                            page.prose(0, paragraph);
                        }
                        screens::text(page, "Press any key to go back.")
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
        forget_typed();
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
        let mut choices = vec![("See the result".to_owned(), ReviewChoice::Finish)];
        if !overview.open.is_empty() {
            let open = format!("Answer what is open ({})", overview.open.len());
            choices.insert(0, (open, ReviewChoice::Open));
        }
        if !overview.ended {
            choices.insert(
                0,
                ("Back to the questions".to_owned(), ReviewChoice::Return),
            );
        }
        if !overview.puzzles.is_empty() {
            let text = "The puzzles: what was right (your answers to them then stay)";
            choices.push((text.to_owned(), ReviewChoice::Explain));
        }
        choices.push(("Stop, and go on another day".to_owned(), ReviewChoice::Stop));
        let mut items: Vec<String> = choices.iter().map(|(text, _)| text.clone()).collect();
        items.push("See or change one answer".to_owned());
        loop {
            let head = |page: &mut TextPage| {
                page.heading(screens::review_heading(overview));
                page.prose(0, &screens::cost(overview));
                page.gap();
            };
            let chosen = self.choose(&head, &items, "Enter or a number chooses   q goes back")?;
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

    fn show_solved(&mut self, puzzles: &[AnsweredPuzzle<'_>]) -> io::Result<Reply> {
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
            let solved = Solved {
                title: &format!("Puzzle {} of {}", at + 1, puzzles.len()),
                text: puzzle.question.text(),
                figure: figure.as_deref(),
                options,
                answer: *answer,
                given: puzzle.code,
                said: because,
                keys: "Enter next   Backspace back   q leave the puzzles",
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
            page.heading("Which one?");
            page.gap();
        };
        let chosen = self.choose(&head, &lines, "Enter chooses   q goes back")?;
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

fn lost(source: io::Error) -> Error {
    Error::io("cannot use this terminal", source)
}

impl Interviewer for FullScreen {
    fn ask(&mut self, asked: &AskedQuestion<'_>) -> Result<Reply> {
        if self.stopped.load(Ordering::Relaxed) {
            return Ok(self.interrupt());
        }
        self.converse(asked).map_err(lost)
    }

    fn review(&mut self, overview: &Overview<'_>) -> Result<ReviewChoice> {
        self.look_over(overview).map_err(lost)
    }

    fn practise(&mut self, section: &Section, practice: &Practice) -> Result<Reply> {
        self.try_practice(section, practice).map_err(lost)
    }

    fn leave_out(&mut self, scored: usize, others: usize) -> Result<LeaveOut> {
        let head = |page: &mut TextPage| {
            page.heading("You could stop here");
            page.prose(0, &screens::nothing_changes(scored, others));
            page.gap();
        };
        let items = ["Leave them out", "Answer them all the same"].map(str::to_owned);
        let chosen = self.choose(&head, &items, "Enter or a number chooses");
        Ok(match chosen.map_err(lost)? {
            _ if self.interrupted => LeaveOut::Stop,
            Some(0) => LeaveOut::Yes,
            _ => LeaveOut::No,
        })
    }

    fn explain(&mut self, puzzles: &[AnsweredPuzzle<'_>]) -> Result<Reply> {
        self.show_solved(puzzles).map_err(lost)
    }
}

impl Drop for FullScreen {
    fn drop(&mut self) {
        let _ = self.term.write_str("\x1b[?1049l");
        let _ = self.term.show_cursor();
    }
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

/// Number of lines as a step downwards.
fn signed(lines: usize) -> isize {
    isize::try_from(lines.max(1)).unwrap_or(isize::MAX)
}

/// Discards what is left of an escape sequence that means nothing here, such as a report of the mouse,
/// whose digits would answer a question.
fn forget_rest_of_sequence() {
    // its bytes come together, but not always at once
    std::thread::sleep(Duration::from_millis(20));
    forget_typed();
}

/// Discards keys that were typed before the question was shown.
fn forget_typed() {
    #[cfg(unix)]
    {
        use rustix::termios::{QueueSelector, tcflush};
        let _ = tcflush(io::stdin(), QueueSelector::IFlush);
    }
}
