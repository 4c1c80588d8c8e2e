//! Keys of a terminal, and what else ends the wait for one: a signal, or a window of another size.

use console::{Key, Term};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
#[cfg(not(windows))]
use std::time::Duration;

/// The keys of a terminal until dropped. Ctrl-C is one of them.
pub(super) struct Keyboard {
    term: Term,
    /// Whether the window has another size than was last asked for.
    resized: Arc<AtomicBool>,
    /// Whether a signal ends the program.
    stopped: Arc<AtomicBool>,
    /// Ends the thread that repeats signals.
    #[cfg(unix)]
    waking: signal_hook::iterator::Handle,
    /// The modes that the terminal had.
    #[cfg(unix)]
    modes: Option<rustix::termios::Termios>,
    /// A console of Windows gives records, and tells nobody of its size.
    #[cfg(windows)]
    records: crate::terminal::console_records::ConsoleRecords,
    #[cfg(windows)]
    size: std::cell::Cell<(u16, u16)>,
}

impl Keyboard {
    /// Whether standard input gives keys, where it is a terminal.
    #[cfg(windows)]
    pub(super) fn is_there() -> bool {
        crate::terminal::console_records::ConsoleRecords::is_there()
    }

    /// Whether standard input gives keys, where it is a terminal: outside Windows always.
    #[cfg(not(windows))]
    pub(super) const fn is_there() -> bool {
        true
    }

    /// Takes the keys of a terminal, and the signals that end or resize it.
    ///
    /// # Errors
    /// When they cannot be taken.
    pub(super) fn open(term: &Term) -> io::Result<Self> {
        use signal_hook::consts::{SIGINT, SIGTERM};
        let (resized, stopped) = (Arc::default(), Arc::default());
        for signal in [SIGINT, SIGTERM] {
            signal_hook::flag::register(signal, Arc::clone(&stopped))?;
        }
        #[cfg(unix)]
        {
            use signal_hook::consts::{SIGHUP, SIGWINCH};
            signal_hook::flag::register(SIGHUP, Arc::clone(&stopped))?;
            signal_hook::flag::register(SIGWINCH, Arc::clone(&resized))?;
        }
        #[cfg(windows)]
        signal_hook::flag::register(
            crate::terminal::console_records::BREAK,
            Arc::clone(&stopped),
        )?;
        Ok(Self {
            term: term.clone(),
            #[cfg(unix)]
            waking: wake(&resized, &stopped)?,
            #[cfg(unix)]
            modes: key_by_key(),
            #[cfg(windows)]
            records: crate::terminal::console_records::ConsoleRecords::open()?,
            #[cfg(windows)]
            size: std::cell::Cell::new(term.size()),
            resized,
            stopped,
        })
    }

    /// Whether a signal or a Ctrl-C that was typed ahead ends the program.
    pub(super) fn stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// Rows and columns of the window as it is now. A change that was told of before this is seen by it, and
    /// must not take the next Ctrl-C for itself.
    pub(super) fn size(&self) -> (u16, u16) {
        self.resized.store(false, Ordering::Relaxed);
        let size = self.term.size();
        #[cfg(windows)]
        self.size.set(size);
        size
    }

    /// The next key; none where the window has another size, or where what came is no key.
    ///
    /// # Errors
    /// When the terminal fails.
    #[cfg(not(windows))]
    pub(super) fn next(&self) -> io::Result<Option<Key>> {
        match self.term.read_key_raw() {
            // a signal ends the wait like Ctrl-C does: the flags tell which it was
            Ok(Key::CtrlC) if self.resized.swap(false, Ordering::Relaxed) => {
                Ok(self.stopped().then_some(Key::CtrlC))
            }
            // the terminal has gone
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => Ok(Some(Key::CtrlC)),
            Ok(Key::UnknownEscSeq(_) | Key::Unknown) => {
                // what is left of an escape sequence that means nothing here, such as a report of the mouse,
                // whose digits would answer a question; its bytes come together, but not always at once
                std::thread::sleep(Duration::from_millis(20));
                self.forget();
                Ok(None)
            }
            other => other.map(Some),
        }
    }

    /// The same for a console of Windows: nothing ends a wait there, so it looks for all of them in turn.
    #[cfg(windows)]
    pub(super) fn next(&self) -> io::Result<Option<Key>> {
        loop {
            if self.stopped() {
                return Ok(Some(Key::CtrlC));
            }
            if self.term.size() != self.size.get() {
                return Ok(None);
            }
            if let Some(key) = self.records.next()? {
                return Ok(Some(key));
            }
        }
    }

    /// Discards keys that were typed before a question was shown.
    #[cfg_attr(
        not(windows),
        expect(clippy::unused_self, reason = "standard input is this terminal")
    )]
    pub(super) fn forget(&self) {
        #[cfg(unix)]
        {
            use rustix::termios::{QueueSelector, tcflush};
            let _ = tcflush(io::stdin(), QueueSelector::IFlush);
        }
        #[cfg(windows)]
        if self.records.forget() {
            self.stopped.store(true, Ordering::Relaxed);
        }
    }
}

/// Lets the terminal give each key at once and show none, also while nothing waits for one: a terminal that edits
/// lines takes a Backspace for itself. Gives the modes that it had; none where standard input is no terminal.
#[cfg(unix)]
fn key_by_key() -> Option<rustix::termios::Termios> {
    use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr};
    let had = tcgetattr(io::stdin()).ok()?;
    let mut modes = had.clone();
    modes.local_modes -= LocalModes::ICANON | LocalModes::ECHO;
    modes.special_codes[SpecialCodeIndex::VMIN] = 1;
    modes.special_codes[SpecialCodeIndex::VTIME] = 0;
    tcsetattr(io::stdin(), OptionalActions::Drain, &modes).ok()?;
    Some(had)
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

#[cfg(unix)]
impl Drop for Keyboard {
    fn drop(&mut self) {
        self.waking.close();
        if let Some(modes) = &self.modes {
            use rustix::termios::{OptionalActions, tcsetattr};
            let _ = tcsetattr(io::stdin(), OptionalActions::Drain, modes);
        }
    }
}
