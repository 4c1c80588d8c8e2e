//! The quiz in a real pseudo-terminal.

use crate::help::{built_in, run, stdout};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rolescope::engine::pack::Format;
use std::io::{Read as _, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A terminal with the program in it.
struct Terminal {
    parser: Arc<Mutex<vt100::Parser>>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    fn open(folder: &Path, arguments: &[&str], rows: u16, cols: u16) -> Self {
        let size = PtySize {
            rows,
            cols,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).expect("a terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_rolescope"));
        command.args(arguments);
        command.cwd(folder);
        command.env_clear();
        command.env("TERM", "xterm-256color");
        command.env("ROLESCOPE_DATA", folder.join("data"));
        let child = pair
            .slave
            .spawn_command(command)
            .expect("the program starts");
        drop(pair.slave);
        let parser = Arc::new(Mutex::new(vt100::Parser::new(some(rows), some(cols), 1000)));
        let mut output = pair.master.try_clone_reader().expect("its output");
        let shared = Arc::clone(&parser);
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(n @ 1..) = output.read(&mut bytes) {
                shared.lock().expect("not poisoned").process(&bytes[..n]);
            }
        });
        Self {
            parser,
            keys: pair.master.take_writer().expect("its input"),
            child,
            master: pair.master,
        }
    }

    fn picture(&self) -> String {
        self.parser
            .lock()
            .expect("not poisoned")
            .screen()
            .contents()
    }

    fn cursor_hidden(&self) -> bool {
        self.parser
            .lock()
            .expect("not poisoned")
            .screen()
            .hide_cursor()
    }

    /// Waits until the picture holds a text.
    fn await_text(&self, text: &str) -> String {
        let start = Instant::now();
        loop {
            let picture = self.picture();
            if picture.contains(text) {
                return picture;
            }
            assert!(
                start.elapsed() < Duration::from_secs(20),
                "no {text:?} in\n{picture}"
            );
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn press(&mut self, keys: &str) {
        self.keys
            .write_all(keys.as_bytes())
            .expect("the terminal is open");
        self.keys.flush().expect("the terminal is open");
    }

    fn end(&mut self) -> u32 {
        let code = self.child.wait().expect("the program ends").exit_code();
        // what it printed last may still be on its way
        std::thread::sleep(Duration::from_millis(100));
        code
    }
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn of(n: usize) -> String {
    format!("question {n} of {}", built_in().questions.len())
}

#[test]
fn a_persons_quiz_ends_in_a_saved_file_whose_report_is_the_same() {
    let folder = folder();
    let mut terminal = Terminal::open(
        folder.path(),
        &["quiz", "--save", "me.toml", "-o", "page.txt"],
        40,
        80,
    );
    let pack = built_in();
    for (n, question) in pack.questions.iter().enumerate() {
        terminal.await_text(&of(n + 1));
        terminal.press(match (question.format(), n % 3) {
            (Format::Choice, 0) => "b",
            (Format::Choice, 1) => "0",
            (Format::Choice, _) => "3",
            (_, 0) => "2",
            (_, 1) => "1",
            _ => "3",
        });
    }
    assert_eq!(terminal.end(), 0);
    assert!(!terminal.cursor_hidden());
    let page = std::fs::read_to_string(folder.path().join("page.txt")).expect("written");
    let report = run(folder.path(), &["report", "me.toml"], b"");
    assert_eq!(stdout(&report), page);
    let file = std::fs::read_to_string(folder.path().join("me.toml")).expect("saved");
    assert_eq!(
        file.lines().skip_while(|l| *l != "[answers]").count(),
        pack.questions.len() + 1,
        "{file}"
    );
    assert!(
        file.contains("= \"?\"") && file.contains("= \"c\""),
        "{file}"
    );
}

#[test]
fn keys_do_what_they_say_at_forty_columns() {
    let folder = folder();
    let mut terminal = Terminal::open(folder.path(), &["quiz", "--save", "me.toml"], 24, 40);
    terminal.await_text(&of(1)[..12]);
    terminal.press("x9");
    terminal.press("\x1b[B\x1b[B\r");
    terminal.await_text("question 2");
    terminal.press("\x7f");
    terminal.await_text("(your answer)");
    assert!(terminal.picture().contains("> 3"), "{}", terminal.picture());
    terminal.press("5");
    terminal.await_text("question 2");
    terminal.press("s");
    terminal.await_text("question 3");
    terminal.press("?");
    terminal.await_text("There is no time limit");
    terminal.press(" ");
    terminal.await_text("question 3");
    assert!(terminal.cursor_hidden());
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    assert!(
        terminal.picture().contains("--resume"),
        "{}",
        terminal.picture()
    );
    assert!(!terminal.cursor_hidden());
    let file = std::fs::read_to_string(folder.path().join("me.toml")).expect("saved");
    let first = &built_in().questions[0].id;
    assert!(
        file.ends_with(&format!("[answers]\n{first} = 5\n")),
        "{file}"
    );
}

#[test]
fn ctrl_c_saves_gives_the_terminal_back_and_ends_with_130() {
    let folder = folder();
    let mut terminal = Terminal::open(folder.path(), &["quiz", "--save", "me.toml"], 24, 80);
    terminal.await_text(&of(1));
    terminal.press("4");
    terminal.await_text(&of(2));
    terminal.press("\x03");
    assert_eq!(terminal.end(), 130);
    assert!(!terminal.cursor_hidden());
    assert!(
        terminal
            .picture()
            .contains("rolescope quiz --resume me.toml")
    );
    let mut terminal = Terminal::open(folder.path(), &["quiz", "--resume", "me.toml"], 24, 80);
    terminal.await_text(&of(2));
    terminal.press("\x1b");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_resize_draws_the_question_anew() {
    let folder = folder();
    let mut terminal = Terminal::open(folder.path(), &["quiz", "--save", "me.toml"], 24, 100);
    terminal.await_text(&of(1));
    let size = PtySize {
        rows: 24,
        cols: 44,
        pixel_width: 0,
        pixel_height: 0,
    };
    terminal
        .parser
        .lock()
        .expect("not poisoned")
        .screen_mut()
        .set_size(some(24), some(44));
    terminal.master.resize(size).expect("resized");
    std::thread::sleep(Duration::from_millis(200));
    let picture = terminal.await_text("question 1");
    assert!(
        picture.lines().all(|l| l.chars().count() <= 44),
        "{picture}"
    );
    terminal.press("4");
    terminal.await_text("question 2");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn nothing_typed_ahead_answers_an_unseen_question() {
    let folder = folder();
    let mut terminal = Terminal::open(folder.path(), &["quiz", "--save", "me.toml"], 24, 80);
    terminal.await_text(&of(1));
    terminal.press("44444444");
    std::thread::sleep(Duration::from_millis(300));
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    let file = std::fs::read_to_string(folder.path().join("me.toml")).expect("saved");
    assert_eq!(file.matches(" = 4\n").count(), 1, "{file}");
}

#[test]
fn plain_mode_moves_no_cursor_and_uses_no_colour() {
    let folder = folder();
    let arguments = ["quiz", "--plain", "--save", "me.toml"];
    let mut terminal = Terminal::open(folder.path(), &arguments, 24, 80);
    terminal.await_text("Question 1 of");
    terminal.press("4\r");
    terminal.await_text("Question 2 of");
    terminal.press("back\r");
    terminal.await_text("Your answer so far: 4");
    terminal.press("quit\r");
    assert_eq!(terminal.end(), 0);
}

fn some(n: u16) -> std::num::NonZeroU16 {
    std::num::NonZeroU16::new(n).expect("not zero")
}
