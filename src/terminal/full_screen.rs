//! Full-screen mode of the quiz: one question at a time, answered by one key.
//!
//! It has a loop of its own on [`Term`], because the menus of `dialoguer` ignore digits and leave rows
//! behind when a line wraps. Every screen is drawn completely, so a resize leaves nothing behind.

use crate::error::{Error, Result};
use crate::terminal::interview::{AskedQuestion, Interviewer, Overview, Reply, ReviewChoice};
use crate::terminal::screens;
use crate::terminal::screens::codes;
use console::{Key, Term};
use rolescope_core::write::{TextPage, TextStyle};
use rolescope_core::{AnswerFormat, Answers, Practice, Section};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

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

    /// Draws a text at the top of an empty screen.
    fn draw(&mut self, mut text: impl FnMut(TextStyle) -> String) -> io::Result<()> {
        let (rows, columns) = self.term.size();
        self.look = self.look.with_width(usize::from(columns));
        // the last line stays free: writing into the corner would scroll
        let rows = usize::from(rows).saturating_sub(1).max(1);
        let text = text(self.look);
        let shown: Vec<&str> = text.lines().take(rows).collect();
        self.term
            .write_str(&format!("\x1b[H\x1b[2J{}", shown.join("\r\n")))?;
        self.term.flush()
    }

    /// Shows a text until a key is pressed.
    fn key_at(&mut self, mut text: impl FnMut(TextStyle) -> String) -> io::Result<Key> {
        loop {
            self.draw(&mut text)?;
            match self.term.read_key_raw() {
                // a signal ends the wait like Ctrl-C does: the flags tell which it was
                Ok(Key::CtrlC) if self.resized.swap(false, Ordering::Relaxed) => {
                    if self.stopped.load(Ordering::Relaxed) {
                        return Ok(Key::CtrlC);
                    }
                }
                // the terminal has gone
                Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(Key::CtrlC),
                other => return other,
            }
        }
    }

    /// Shows what a function makes of the window's style and its rows until a key is pressed.
    ///
    /// # Errors
    /// When the terminal fails.
    pub fn key(&mut self, mut text: impl FnMut(TextStyle, usize) -> String) -> Result<Key> {
        if self.stopped.load(Ordering::Relaxed) {
            return Ok(Key::CtrlC);
        }
        let term = self.term.clone();
        let rows = || usize::from(term.size().0).saturating_sub(1).max(1);
        self.key_at(|look| text(look, rows())).map_err(lost)
    }

    fn converse(&mut self, asked: &AskedQuestion<'_>) -> io::Result<Reply> {
        // nothing typed ahead answers a question that was not seen
        forget_typed();
        let codes = codes(asked);
        let given = codes.iter().position(|&code| code == asked.so_far);
        let mut mark = given.unwrap_or(0);
        loop {
            match self.key_at(|look| screens::question(asked, mark, look))? {
                Key::Char('?') if self.key_at(|look| screens::help(asked, look))? == Key::CtrlC => {
                    return Ok(self.interrupt());
                }
                Key::Char(c) => {
                    let choice = asked.question.format() == AnswerFormat::Choice;
                    if let Some(reply) = by_char(c, choice, asked.question.choices()) {
                        return Ok(reply);
                    }
                }
                Key::ArrowUp => mark = mark.checked_sub(1).unwrap_or(codes.len() - 1),
                Key::ArrowDown | Key::Tab => mark = (mark + 1) % codes.len(),
                Key::Enter => return Ok(Reply::Answer(codes[mark])),
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
        loop {
            let key = self.key_at(|look| screens::practice(section, practice, None, look))?;
            let code = match key {
                Key::CtrlC => return Ok(self.interrupt()),
                Key::Escape => return Ok(Reply::Stop),
                Key::Char(c) => match by_char(c, true, options) {
                    Some(Reply::Answer(code)) => code,
                    Some(reply) => return Ok(reply),
                    None => continue,
                },
                _ => continue,
            };
            let said = screens::feedback(practice, code);
            let shown = |look| screens::practice(section, practice, Some(&said), look);
            if self.key_at(shown)? == Key::CtrlC {
                return Ok(self.interrupt());
            }
            return Ok(Reply::Skip);
        }
    }

    /// A menu; the position chosen, none to leave it.
    fn choose(
        &mut self,
        head: &dyn Fn(&mut TextPage),
        items: &[String],
    ) -> io::Result<Option<usize>> {
        forget_typed();
        let mut mark = 0;
        loop {
            let (rows, _) = self.term.size();
            let key = self.key_at(|look| menu(head, items, mark, usize::from(rows), look))?;
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
        choices.push(("Stop, and go on another day".to_owned(), ReviewChoice::Stop));
        let mut items: Vec<String> = choices.iter().map(|(text, _)| text.clone()).collect();
        items.push("See or change one answer".to_owned());
        loop {
            let head = |page: &mut TextPage| {
                page.heading("Your answers so far");
                page.prose(0, &screens::cost(overview));
                page.gap();
            };
            let chosen = self.choose(&head, &items)?;
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
                None if overview.ended => return Ok(ReviewChoice::Stop),
                None => return Ok(ReviewChoice::Return),
            }
        }
    }

    fn pick(&mut self, overview: &Overview<'_>) -> io::Result<Option<usize>> {
        let columns = self.look.columns().saturating_sub(8);
        let lines: Vec<String> = (0..overview.answers.len())
            .map(|at| screens::overview_line(overview, at, columns, self.look.ascii()))
            .collect();
        let head = |page: &mut TextPage| {
            page.heading("Which one?");
            page.prose(0, "Arrows and Enter choose; Backspace leaves.");
            page.gap();
        };
        let chosen = self.choose(&head, &lines)?;
        Ok(chosen.map(|at| overview.answers[at].0))
    }
}

/// Renders a menu: as many items as fit around the selected one.
fn menu(
    head: &dyn Fn(&mut TextPage),
    items: &[String],
    mark: usize,
    rows: usize,
    look: TextStyle,
) -> String {
    let mut page = TextPage::new(look);
    head(&mut page);
    let room = rows.saturating_sub(page.lines() + 2).max(3);
    let first = mark
        .saturating_sub(room / 2)
        .min(items.len().saturating_sub(room));
    for (at, item) in items.iter().enumerate().skip(first).take(room) {
        let pointer = if at == mark { ">" } else { " " };
        let line = format!("{pointer} {:>2}  {item}", at + 1);
        page.line(&if at == mark { look.bold(&line) } else { line });
    }
    page.finish()
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

/// Discards keys that were typed before the question was shown.
fn forget_typed() {
    #[cfg(unix)]
    {
        use rustix::termios::{QueueSelector, tcflush};
        let _ = tcflush(io::stdin(), QueueSelector::IFlush);
    }
}
