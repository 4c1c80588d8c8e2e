//! A full screen on a terminal: draws views, waits for keys, and gives the terminal back.
//!
//! Every screen is drawn completely, so a resize leaves nothing behind.

use crate::error::{Error, Result};
use crate::terminal::screens;
use crate::terminal::viewport::{ScrollKeys, Viewport};
use console::{Key, Term};
use rolescope_core::write::TextStyle;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

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
    resized: Arc<AtomicBool>,
    pub(super) stopped: Arc<AtomicBool>,
    /// Ends the thread that repeats signals.
    #[cfg(unix)]
    waking: Option<signal_hook::iterator::Handle>,
    /// Whether a signal or Ctrl-C stopped the quiz.
    pub interrupted: bool,
}

impl FullScreen {
    /// Switches the terminal to full-screen mode.
    ///
    /// # Errors
    /// When the terminal or its signals cannot be taken.
    pub fn open(look: TextStyle) -> Result<Self> {
        let mut keys = Self {
            term: Term::stderr(),
            look,
            resized: Arc::default(),
            stopped: Arc::default(),
            #[cfg(unix)]
            waking: None,
            interrupted: false,
        };
        keys.take().map_err(lost)?;
        Ok(keys)
    }

    fn take(&mut self) -> io::Result<()> {
        use signal_hook::consts::{SIGINT, SIGTERM};
        for signal in [SIGINT, SIGTERM] {
            signal_hook::flag::register(signal, Arc::clone(&self.stopped))?;
        }
        #[cfg(unix)]
        {
            use signal_hook::consts::{SIGHUP, SIGWINCH};
            signal_hook::flag::register(SIGHUP, Arc::clone(&self.stopped))?;
            signal_hook::flag::register(SIGWINCH, Arc::clone(&self.resized))?;
            self.waking = Some(wake(&self.resized, &self.stopped)?);
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
    pub(super) fn key_at(&mut self, view: &ViewBuilder<'_>, place: &mut Place) -> io::Result<Key> {
        loop {
            let (fits, (keys, page)) = self.draw(view, place)?;
            let Some(key) = self.read_key()? else {
                continue;
            };
            let up_and_down = keys != ScrollKeys::None;
            let arrows = keys == ScrollKeys::All;
            let by = match key {
                // a console of Windows gives the other two only
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
            // on Windows also the keys that are held for another count as keys
            Ok(Key::Shift | Key::Alt) => Ok(None),
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
}

pub(super) fn lost(source: io::Error) -> Error {
    Error::io("cannot use this terminal", source)
}

/// Repeats a signal until it is noticed: one that comes between drawing and the wait for a key does not end
/// that wait.
#[cfg(unix)]
fn wake(
    resized: &Arc<AtomicBool>,
    stopped: &Arc<AtomicBool>,
) -> io::Result<signal_hook::iterator::Handle> {
    use rustix::process::{Signal, getpid, kill_process};
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGWINCH};
    let (resized, stopped) = (Arc::clone(resized), Arc::clone(stopped));
    let all = [SIGWINCH, SIGINT, SIGTERM, SIGHUP];
    let mut signals = signal_hook::iterator::Signals::new(all)?;
    let handle = signals.handle();
    let repeat = move || {
        for _ in signals.forever() {
            std::thread::sleep(Duration::from_millis(50));
            if resized.load(Ordering::Relaxed) || stopped.load(Ordering::Relaxed) {
                let _ = kill_process(getpid(), Signal::WINCH);
            }
        }
    };
    // without a thread, such a signal waits for the next key
    let _ = std::thread::Builder::new().spawn(repeat);
    Ok(handle)
}

impl Drop for FullScreen {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(waking) = &self.waking {
            waking.close();
        }
        let _ = self.term.write_str("\x1b[?1049l");
        let _ = self.term.show_cursor();
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
pub(super) fn forget_typed() {
    #[cfg(unix)]
    {
        use rustix::termios::{QueueSelector, tcflush};
        let _ = tcflush(io::stdin(), QueueSelector::IFlush);
    }
}
