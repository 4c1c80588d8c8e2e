//! Helper: the program in a pseudo-terminal, and the screen that it shows.

use crate::help::patience;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read as _, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A terminal with the program in it.
pub(crate) struct Terminal {
    parser: Arc<Mutex<vt100::Parser>>,
    raw: Arc<Mutex<Vec<u8>>>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    pub(crate) fn open(folder: &Path, arguments: &[&str], rows: u16, cols: u16) -> Self {
        Self::open_with(folder, arguments, rows, cols, ("TERM", "xterm-256color"))
    }

    /// The same with another variable in its environment.
    pub(crate) fn open_with(
        folder: &Path,
        arguments: &[&str],
        rows: u16,
        cols: u16,
        (name, value): (&str, &str),
    ) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_rolescope"));
        command.args(arguments);
        command.cwd(folder);
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("ROLESCOPE_DATA", folder.join("data"));
        // without it a program of Windows has a window of its own, and waits at its end
        command.env("PROMPT", "$P$G");
        command.env(name, value);
        Self::of(command, rows, cols)
    }

    /// The same as after a double click in Windows: without arguments, and no shell has started it.
    #[cfg(windows)]
    pub(crate) fn of_its_own(folder: &Path, rows: u16, cols: u16) -> Self {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_rolescope"));
        command.cwd(folder);
        command.env_clear();
        command.env("ROLESCOPE_DATA", folder.join("data"));
        Self::of(command, rows, cols)
    }

    /// A terminal with any program in it.
    pub(crate) fn of(command: CommandBuilder, rows: u16, cols: u16) -> Self {
        let size = PtySize {
            rows,
            cols,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).expect("a terminal");
        let child = pair
            .slave
            .spawn_command(command)
            .expect("the program starts");
        drop(pair.slave);
        let parser = Arc::new(Mutex::new(vt100::Parser::new(some(rows), some(cols), 1000)));
        let mut output = pair.master.try_clone_reader().expect("its output");
        let shared = Arc::clone(&parser);
        let raw = Arc::new(Mutex::new(Vec::new()));
        let all = Arc::clone(&raw);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(n @ 1..) = output.read(&mut bytes) {
                all.lock()
                    .expect("not poisoned")
                    .extend_from_slice(&bytes[..n]);
                shared.lock().expect("not poisoned").process(&bytes[..n]);
            }
        });
        Self {
            parser,
            raw,
            keys: pair.master.take_writer().expect("its input"),
            child,
            master: pair.master,
        }
    }

    pub(crate) fn picture(&self) -> String {
        self.parser
            .lock()
            .expect("not poisoned")
            .screen()
            .contents()
    }

    /// The screen as it is now.
    pub(crate) fn screen(&self) -> vt100::Screen {
        self.parser.lock().expect("not poisoned").screen().clone()
    }

    /// Every byte that was printed.
    pub(crate) fn raw(&self) -> Vec<u8> {
        self.raw.lock().expect("not poisoned").clone()
    }

    /// Ends the program without warning.
    pub(crate) fn kill(&mut self) {
        // of Unix: without a chance to end by itself
        #[cfg(unix)]
        {
            let id = self.child.process_id().expect("it runs").to_string();
            let killed = std::process::Command::new("kill")
                .args(["-9", &id])
                .status();
            assert!(killed.expect("kill runs").success());
        }
        #[cfg(not(unix))]
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ended");
    }

    pub(crate) fn cursor_hidden(&self) -> bool {
        self.parser
            .lock()
            .expect("not poisoned")
            .screen()
            .hide_cursor()
    }

    /// Whether the program goes on.
    #[cfg(windows)]
    pub(crate) fn runs(&mut self) -> bool {
        let status = self.child.try_wait().expect("the program can be asked");
        status.is_none()
    }

    /// Waits until the picture holds a text.
    pub(crate) fn await_text(&self, text: &str) -> String {
        self.await_text_within(text, 20)
    }

    /// The same within so many seconds.
    pub(crate) fn await_text_within(&self, text: &str, seconds: u64) -> String {
        let start = Instant::now();
        loop {
            let picture = self.picture();
            if picture.contains(text) {
                return picture;
            }
            assert!(
                start.elapsed() < patience(seconds),
                "no {text:?} in\n{picture}"
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// The picture once it holds a text and changes no more.
    pub(crate) fn settled(&self, text: &str) -> String {
        let mut before = self.await_text(text);
        loop {
            std::thread::sleep(Duration::from_millis(60));
            let now = self.picture();
            if now == before {
                return now;
            }
            before = now;
        }
    }

    /// Presses keys that show something else, and gives that once it holds a text and changes no more.
    pub(crate) fn turned_by(&mut self, keys: &str, text: &str) -> String {
        let (before, start) = (self.picture(), Instant::now());
        self.press(keys);
        while self.picture() == before {
            assert!(
                start.elapsed() < patience(20),
                "{keys:?} changes nothing in\n{before}"
            );
            std::thread::sleep(Duration::from_millis(5));
        }
        self.settled(text)
    }

    /// Whether the terminal has a local mode, by its name.
    #[cfg(unix)] // elsewhere a terminal has no such modes
    pub(crate) fn has_mode(&self, mode: &str) -> bool {
        let state = self.master.get_termios();
        let state = state.expect("the state of the terminal");
        let flags = format!("{:?}", state.local_flags);
        let mut flags = flags.split(|c: char| !c.is_ascii_alphanumeric());
        flags.any(|flag| flag == mode)
    }

    /// Answers a prompt that is there for the nth time, once what is typed is not shown.
    #[cfg(unix)] // whether it is shown is a mode of such a terminal
    #[track_caller]
    pub(crate) fn whisper(&mut self, prompt: &str, nth: usize, keys: &str) {
        let hidden = |terminal: &Self| !terminal.has_mode("ECHO");
        let start = Instant::now();
        while self.picture().matches(prompt).count() < nth || !hidden(self) {
            assert!(
                start.elapsed() < patience(60),
                "not asked:\n{}",
                self.picture()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
        self.press(keys);
    }

    pub(crate) fn press(&mut self, keys: &str) {
        self.keys
            .write_all(keys.as_bytes())
            .expect("the terminal is open");
        self.keys.flush().expect("the terminal is open");
    }

    /// Presses Ctrl-C.
    pub(crate) fn press_ctrl_c(&mut self) {
        if !self.told(&["ctrl-c"]) {
            self.press("\x03");
        }
    }

    /// Whether a program that does in its console what this terminal cannot was told to: under Wine, see
    /// `tests/windows/console.c`.
    fn told(&self, words: &[&str]) -> bool {
        let Some(helper) = std::env::var_os("ROLESCOPE_TEST_CONSOLE").filter(|_| cfg!(windows))
        else {
            return false;
        };
        let id = self.child.process_id().expect("it runs").to_string();
        let status = std::process::Command::new(helper)
            .arg(id)
            .args(words)
            .status();
        let status = status.expect("the helper starts");
        assert!(status.success(), "{words:?}: {status}");
        true
    }

    /// Gives the window another size.
    pub(crate) fn resize(&mut self, rows: u16, cols: u16) {
        let size = PtySize {
            rows,
            cols,
            pixel_width: 0,
            pixel_height: 0,
        };
        let mut parser = self.parser.lock().expect("not poisoned");
        parser.screen_mut().set_size(some(rows), some(cols));
        drop(parser);
        if !self.told(&["size", &rows.to_string(), &cols.to_string()]) {
            self.master.resize(size).expect("resized");
        }
    }

    pub(crate) fn end(&mut self) -> u32 {
        let start = Instant::now();
        let code = loop {
            if let Some(status) = self.child.try_wait().expect("the program can be asked") {
                break status.exit_code();
            }
            assert!(
                start.elapsed() < patience(20),
                "it does not end\n{}",
                self.picture()
            );
            std::thread::sleep(Duration::from_millis(5));
        };
        // what it printed last may still be on its way
        std::thread::sleep(Duration::from_millis(100));
        code
    }
}

/// A size that is not zero.
fn some(n: u16) -> std::num::NonZeroU16 {
    std::num::NonZeroU16::new(n).expect("not zero")
}
