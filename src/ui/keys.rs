//! One key a question, on a full screen.
//!
//! Our own loop on [`Term`]: the menus of `dialoguer` ignore digits and leave rows behind when a
//! line wraps. Every question is drawn afresh on an empty screen, so a resize cannot spoil it.

use crate::engine::answers::{DONT_KNOW, UNANSWERED};
use crate::engine::pack::{Format, Measure};
use crate::error::{Error, Result};
use crate::render::look::{Look, Page};
use crate::ui::interview::{Asked, Interviewer, Reply};
use console::{Key, Term};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

const HELP: &str = "\
A digit (or a letter, for puzzles) answers and moves on. Arrows move the mark, Enter takes the \
marked answer. Backspace or Left goes back to see or change an answer. s skips. q, Esc or Ctrl-C \
stops: every answer is saved already, and the quiz goes on where you left it. There is no time \
limit. Press any key.";

/// Asks with single keys; gives the screen back when dropped.
pub struct Keys {
    term: Term,
    look: Look,
    resized: Arc<AtomicBool>,
    stopped: Arc<AtomicBool>,
    /// Whether a signal or Ctrl-C stopped it, not a choice.
    pub interrupted: bool,
}

impl Keys {
    /// Takes the screen.
    ///
    /// # Errors
    /// When the terminal or its signals cannot be taken.
    pub fn open(look: Look) -> Result<Self> {
        let keys = Self {
            term: Term::stderr(),
            look,
            resized: Arc::default(),
            stopped: Arc::default(),
            interrupted: false,
        };
        keys.take()
            .map_err(|source| Error::io("cannot use this terminal", source))?;
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
    fn draw(&self, text: &str) -> io::Result<()> {
        let (rows, _) = self.term.size();
        // the last line stays free: writing into the corner would scroll
        let rows = usize::from(rows).saturating_sub(1).max(1);
        let shown: Vec<&str> = text.lines().take(rows).collect();
        self.term
            .write_str(&format!("\x1b[H\x1b[2J{}", shown.join("\r\n")))?;
        self.term.flush()
    }

    fn fit(&mut self) {
        let (_, columns) = self.term.size();
        self.look.width = usize::from(columns);
    }

    /// The next key; none when the screen must be drawn again.
    fn key(&mut self) -> io::Result<Option<Key>> {
        match self.term.read_key_raw() {
            // a signal ends the wait like Ctrl-C does: the flags tell which it was
            Ok(Key::CtrlC) if self.resized.swap(false, Ordering::Relaxed) => {
                if self.stopped.load(Ordering::Relaxed) {
                    return Ok(Some(Key::CtrlC));
                }
                Ok(None)
            }
            Ok(key) => Ok(Some(key)),
            // the terminal has gone
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => Ok(Some(Key::CtrlC)),
            Err(e) => Err(e),
        }
    }

    fn converse(&mut self, asked: &Asked<'_>) -> io::Result<Reply> {
        // nothing typed ahead answers a question that was not seen
        forget_typed();
        let codes = codes(asked);
        let mut mark = codes
            .iter()
            .position(|&code| code == asked.so_far)
            .unwrap_or(0);
        loop {
            self.fit();
            self.draw(&screen(asked, mark, self.look))?;
            let Some(key) = self.key()? else { continue };
            match key {
                Key::Char(c) => {
                    if let Some(reply) = by_char(c, asked) {
                        return Ok(reply);
                    }
                    if c == '?' {
                        self.help()?;
                    }
                }
                Key::ArrowUp => mark = mark.checked_sub(1).unwrap_or(codes.len() - 1),
                Key::ArrowDown | Key::Tab => mark = (mark + 1) % codes.len(),
                Key::Enter | Key::ArrowRight => return Ok(Reply::Answer(codes[mark])),
                Key::Backspace | Key::ArrowLeft => return Ok(Reply::Back),
                Key::Escape => return Ok(Reply::Stop),
                Key::CtrlC => {
                    self.interrupted = true;
                    return Ok(Reply::Stop);
                }
                _ => {}
            }
        }
    }

    fn help(&mut self) -> io::Result<()> {
        loop {
            self.fit();
            let mut page = Page::new(self.look);
            page.heading("Keys");
            page.prose(0, HELP);
            self.draw(&page.finish())?;
            if self.key()?.is_some() {
                return Ok(());
            }
        }
    }
}

impl Interviewer for Keys {
    fn ask(&mut self, asked: &Asked<'_>) -> Result<Reply> {
        if self.stopped.load(Ordering::Relaxed) {
            self.interrupted = true;
            return Ok(Reply::Stop);
        }
        self.converse(asked)
            .map_err(|source| Error::io("cannot use this terminal", source))
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        let _ = self.term.write_str("\x1b[?1049l");
        let _ = self.term.show_cursor();
    }
}

/// Codes of the answers, in the order shown.
fn codes(asked: &Asked<'_>) -> Vec<u8> {
    let mut codes: Vec<u8> = (1..=asked.question.choices).collect();
    if asked.question.format() == Format::Choice {
        codes.push(DONT_KNOW);
    }
    codes
}

fn by_char(c: char, asked: &Asked<'_>) -> Option<Reply> {
    let choice = asked.question.format() == Format::Choice;
    let answers = 1..=asked.question.choices;
    let digit = c.to_digit(10).and_then(|d| u8::try_from(d).ok());
    match (digit, c.to_ascii_lowercase()) {
        (Some(0), _) if choice => Some(Reply::Answer(DONT_KNOW)),
        (Some(digit), _) => answers.contains(&digit).then_some(Reply::Answer(digit)),
        (None, 's') => Some(Reply::Skip),
        (None, 'q') => Some(Reply::Stop),
        (None, letter @ 'a'..='h') if choice => {
            let code = u8::try_from(letter).ok()? - b'a' + 1;
            answers.contains(&code).then_some(Reply::Answer(code))
        }
        _ => None,
    }
}

fn screen(asked: &Asked<'_>, mark: usize, look: Look) -> String {
    let mut page = Page::new(look);
    let left = asked.minutes_left.map_or_else(String::new, |m| {
        if m < 1.0 {
            ", under a minute left".to_owned()
        } else {
            format!(", about {m:.0} min left")
        }
    });
    page.line(&format!(
        "{}  {}",
        look.accent(&asked.section.title),
        look.dim(&format!("question {} of {}{left}", asked.number, asked.of))
    ));
    #[expect(
        clippy::cast_precision_loss,
        reason = "at most some thousand questions"
    )]
    let done = 100.0 * (asked.number - 1) as f64 / asked.of as f64;
    page.line(&look.dim(&look.bar(done, done, look.columns().min(40))));
    page.gap();
    if asked.opens {
        page.prose(0, &asked.section.instructions);
        page.gap();
    }
    page.prose(0, &asked.question.text);
    page.gap();
    let labels: Vec<(String, &str)> = match &asked.question.measure {
        Measure::Choice {
            figure, options, ..
        } => {
            if let Some(figure) = figure {
                for line in figure.lines() {
                    page.line(line);
                }
                page.gap();
            }
            ('a'..)
                .map(String::from)
                .zip(options.iter().map(String::as_str))
                .chain([("0".to_owned(), "I don't know")])
                .collect()
        }
        Measure::Rating { .. } | Measure::Condition(_) => (1..)
            .map(|n: u8| n.to_string())
            .zip(asked.section.labels.iter().map(String::as_str))
            .collect(),
    };
    let given = codes(asked).iter().position(|&c| c == asked.so_far);
    for (at, (key, label)) in labels.iter().enumerate() {
        let pointer = if at == mark { ">" } else { " " };
        let chosen = if given == Some(at) && asked.so_far != UNANSWERED {
            " (your answer)"
        } else {
            ""
        };
        let line = format!("{pointer} {key}  {label}{chosen}");
        page.line(&if at == mark { look.bold(&line) } else { line });
    }
    page.gap();
    let keys = if asked.question.format() == Format::Choice {
        let last = char::from(b'a' + asked.question.choices - 1);
        format!("a-{last} answer")
    } else {
        format!("1-{} answer", asked.question.choices)
    };
    page.prose(
        0,
        &format!("{keys}   Backspace back   s skip   ? help   q save and stop"),
    );
    page.finish()
}

/// Drops what was typed before the question was shown.
fn forget_typed() {
    #[cfg(unix)]
    {
        use rustix::termios::{QueueSelector, tcflush};
        let _ = tcflush(io::stdin(), QueueSelector::IFlush);
    }
}
