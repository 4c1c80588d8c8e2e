//! A full screen on a terminal: draws views, waits for keys, and gives the terminal back.
//!
//! Every screen is drawn completely, so a resize leaves nothing behind.

use crate::error::{Error, Result};
use crate::terminal::keyboard::Keyboard;
use crate::terminal::screens;
use crate::terminal::viewport::{ScrollKeys, Viewport};
use console::{Key, Term};
use rolescope_core::write::TextStyle;
use std::io;

/// Makes a view of a style and so many rows.
type ViewBuilder<'b> = dyn Fn(TextStyle, usize) -> Viewport + 'b;
/// Which keys scroll a view, and by how many lines a page.
type Scrolling = (ScrollKeys, usize);

/// Where a view has been scrolled to.
pub(super) struct Place {
    /// First line of the body in sight.
    top: usize,
    /// Whether the mark is kept in sight: not while someone scrolls by pages.
    follow: bool,
}

impl Place {
    /// At the top.
    pub(super) const fn start() -> Self {
        Self {
            top: 0,
            follow: true,
        }
    }

    /// Goes to the top where nothing is marked.
    pub(super) fn shows_top(&mut self, mark: Option<usize>) -> Option<usize> {
        if mark.is_none() {
            self.top = 0;
        }
        mark
    }
}

/// A full screen; restores the terminal when dropped.
pub struct FullScreen {
    term: Term,
    pub(super) look: TextStyle,
    pub(super) keyboard: Keyboard,
    /// Whether a signal or Ctrl-C stopped the quiz.
    pub interrupted: bool,
}

impl FullScreen {
    /// Whether standard input gives keys. The window of Git Bash and its like on Windows is a terminal, but to a
    /// program it is a pipe, which gives lines.
    pub fn has_keys() -> bool {
        Keyboard::is_there()
    }

    /// Switches the terminal to full-screen mode.
    ///
    /// # Errors
    /// When the terminal or its signals cannot be taken.
    pub fn open(look: TextStyle) -> Result<Self> {
        let term = Term::stderr();
        let keyboard = Keyboard::open(&term).map_err(lost)?;
        let screen = Self {
            term,
            look,
            keyboard,
            interrupted: false,
        };
        // the alternate screen: what stood in the terminal comes back afterwards
        screen.term.write_str("\x1b[?1049h").map_err(lost)?;
        screen.term.hide_cursor().map_err(lost)?;
        Ok(screen)
    }

    /// Draws a view on an empty screen; whether anything of it could be shown, and whether it scrolls.
    fn draw(&mut self, view: &ViewBuilder<'_>, place: &mut Place) -> io::Result<(bool, Scrolling)> {
        let (rows, columns) = self.keyboard.size();
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
    pub(super) fn key_at(&mut self, view: &ViewBuilder<'_>, place: &mut Place) -> io::Result<Key> {
        loop {
            let (fits, (keys, page)) = self.draw(view, place)?;
            let Some(key) = self.keyboard.next()? else {
                continue;
            };
            let up_and_down = keys != ScrollKeys::None;
            let arrows = keys == ScrollKeys::All;
            let by = match key {
                // Home and End, where a keyboard has no keys for pages
                Key::PageUp | Key::Home if up_and_down => -signed(page),
                Key::PageDown | Key::End if up_and_down => signed(page),
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

    /// Shows what a function makes of the window's style and its free rows until a key is pressed.
    ///
    /// # Errors
    /// When the terminal fails.
    pub fn key(&mut self, mut text: impl FnMut(TextStyle, usize) -> String) -> Result<Key> {
        loop {
            if self.keyboard.stopped() {
                return Ok(Key::CtrlC);
            }
            let (rows, columns) = self.keyboard.size();
            self.look = self.look.with_width(usize::from(columns));
            // the last line stays free: writing into the corner would scroll
            let (rows, columns) = (usize::from(rows), usize::from(columns));
            let free = rows.saturating_sub(1).max(1);
            let about_size = screens::about_size((rows, columns), self.look);
            let text = text(self.look, free.saturating_sub(about_size.len()));
            let lines = about_size.iter().map(String::as_str).chain(text.lines());
            let shown: Vec<&str> = lines.take(free).collect();
            self.put(&shown).map_err(lost)?;
            if let Some(key) = self.keyboard.next().map_err(lost)? {
                return Ok(key);
            }
        }
    }
}

pub(super) fn lost(source: io::Error) -> Error {
    Error::io("cannot use this terminal", source)
}

impl Drop for FullScreen {
    fn drop(&mut self) {
        let _ = self.term.write_str("\x1b[?1049l");
        let _ = self.term.show_cursor();
    }
}

/// Number of lines as a step downwards.
fn signed(lines: usize) -> isize {
    isize::try_from(lines.max(1)).unwrap_or(isize::MAX)
}
