//! The quiz in a real pseudo-terminal.

use crate::help::{built_in, kills, patience, run, stderr, stdout};
use crate::terminal::Terminal;
use rolescope_core::quiz::QuestionOrder;
use rolescope_core::{AnswerFormat, Answers, Comparison, Pack, Question};
use std::path::Path;
use std::time::{Duration, Instant};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn of(n: usize) -> String {
    format!("question {n} of {}", built_in().questions().len())
}

/// The questions of the full quiz of the built-in pack, in the order of asking.
fn in_turn(pack: &Pack) -> Vec<&Question> {
    let comparison = Comparison::builder(pack).build().expect("comparable");
    let order = QuestionOrder::full(&comparison);
    let questions = order.ahead(&[], &Answers::none(pack)).into_iter();
    questions.map(|q| &pack.questions()[q]).collect()
}

/// A terminal with a quiz that begins, past the welcome.
fn begin(folder: &Path, arguments: &[&str], rows: u16, cols: u16) -> Terminal {
    let mut terminal = Terminal::open(folder, arguments, rows, cols);
    if arguments.contains(&"--plain") {
        terminal.await_text("Type a number and press Enter");
    } else {
        terminal.await_text("How your answers are used");
    }
    terminal.press("\r");
    terminal
}

/// Goes through the puzzle to practise on, wrongly, and reads why.
fn practise(terminal: &mut Terminal) {
    terminal.await_text("it does not count");
    terminal.press("a");
    terminal.await_text("The right one is c.");
    terminal.press(" ");
}

/// The answers of a saved file, as text.
fn saved_answers(path: &Path) -> String {
    let file = std::fs::read_to_string(path).expect("saved");
    let (_, answers) = file.split_once("[answers]\n").expect("a table of answers");
    answers.to_owned()
}

#[test]
#[cfg_attr(
    windows,
    ignore = "the pseudo-console of Wine 8 counts escape sequences as signs, and breaks coloured lines too early"
)]
fn a_persons_quiz_ends_in_a_saved_file_whose_report_is_the_same() {
    let folder = folder();
    let mut terminal = begin(
        folder.path(),
        &["quiz", "--save", "me.toml", "-o", "page.txt"],
        40,
        80,
    );
    let pack = built_in();
    for (n, question) in in_turn(&pack).into_iter().enumerate() {
        if question.id() == "spatial-1" {
            practise(&mut terminal);
        }
        terminal.await_text(&of(n + 1));
        terminal.press(match (question.format(), n % 3) {
            (AnswerFormat::Choice, 0) => "b",
            (AnswerFormat::Choice, 1) => "0",
            (AnswerFormat::Choice, _) => "3",
            (_, 0) => "2",
            (_, 1) => "1",
            _ => "3",
        });
    }
    // what was right in the puzzles, and why: all of them in turn
    terminal.await_text("That was the last question");
    terminal.press("2");
    for n in 1..=18 {
        terminal.await_text(&format!("Puzzle {n} of 18"));
        let picture = terminal.await_text("(right");
        assert!(
            picture.contains("(your answer)") || picture.contains("(right, your answer)"),
            "{picture}"
        );
        terminal.press("\r");
    }
    terminal.await_text("That was the last question");
    terminal.press("1");
    assert_eq!(terminal.end(), 0);
    assert!(!terminal.cursor_hidden());
    let page = std::fs::read_to_string(folder.path().join("page.txt")).expect("written");
    let report = run(
        folder.path(),
        &["report", "me.toml", "--for", "student"],
        b"",
    );
    assert_eq!(stdout(&report), page);
    let file = std::fs::read_to_string(folder.path().join("me.toml")).expect("saved");
    assert_eq!(
        file.lines().skip_while(|l| *l != "[answers]").count(),
        pack.questions().len() + 1,
        "{file}"
    );
    assert!(
        file.contains("= \"?\"") && file.contains("= \"c\""),
        "{file}"
    );
}

#[cfg(unix)] // elsewhere a terminal has no such modes
#[test]
fn the_terminal_takes_no_key_for_itself_between_two_questions() {
    let folder = folder();
    let mut terminal = begin(folder.path(), &["quiz", "--save", "me.toml"], 24, 80);
    terminal.await_text(&of(1));
    for n in 2..10 {
        terminal.press("5");
        let start = Instant::now();
        // while the answer is saved and the next question is drawn: a picture takes as long as that
        while !terminal.picture().contains(&of(n)) {
            for _ in 0..500 {
                assert!(!terminal.has_mode("ICANON"), "before question {n}");
            }
            assert!(start.elapsed() < patience(20), "{}", terminal.picture());
        }
    }
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    assert!(terminal.has_mode("ICANON") && terminal.has_mode("ECHO"));
}

#[test]
#[cfg_attr(
    windows,
    ignore = "the pseudo-console of Wine 8 counts escape sequences as signs, and breaks coloured lines too early"
)]
fn keys_do_what_they_say_at_forty_columns() {
    let folder = folder();
    let mut terminal = begin(folder.path(), &["quiz", "--save", "me.toml"], 24, 40);
    terminal.await_text(&of(1)[..12]);
    terminal.await_text("Small window: 40 x 24.");
    // nothing is marked yet, so that Enter answers nothing
    terminal.press("x9\r");
    terminal.await_text("Choose with the arrows or a number.");
    terminal.press("\x1b[B\x1b[B\x1b[B\r");
    terminal.await_text("question 2");
    terminal.press("\x7f");
    terminal.await_text("(your answer)");
    assert!(terminal.picture().contains("> 3"), "{}", terminal.picture());
    terminal.press("5");
    terminal.await_text("question 2");
    terminal.press("s");
    terminal.await_text("question 3");
    terminal.press("?");
    terminal.await_text("About this question");
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
    let pack = built_in();
    let first = pack.questions()[0].id();
    assert!(
        file.ends_with(&format!("[answers]\n{first} = 5\n")),
        "{file}"
    );
}

#[test]
#[cfg_attr(
    windows,
    ignore = "a console reads escape sequences itself, and gives keys"
)]
fn an_escape_sequence_without_a_meaning_answers_nothing() {
    let folder = folder();
    let mut terminal = begin(folder.path(), &["quiz", "--save", "me.toml"], 24, 80);
    terminal.await_text(&of(1));
    // the mouse as xterm and as older terminals report it, a function key, Alt and a letter, a paste
    for sequence in [
        "\x1b[<0;3;4M",
        "\x1b[M 23",
        "\x1b[15;2~",
        "\x1bOP",
        "\x1b4",
        "\x1b[200~4\x1b[201~",
    ] {
        terminal.press(sequence);
        std::thread::sleep(Duration::from_millis(100));
        assert!(terminal.picture().contains(&of(1)), "{sequence:?}");
    }
    terminal.press("4");
    terminal.await_text(&of(2));
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
#[cfg_attr(
    windows,
    ignore = "the pseudo-console of Wine 8 counts escape sequences as signs, and breaks coloured lines too early"
)]
fn a_window_too_small_for_the_question_says_so_and_answers_nothing() {
    let folder = folder();
    let mut terminal = begin(folder.path(), &["quiz", "--save", "me.toml"], 24, 80);
    terminal.await_text(&of(1));
    terminal.resize(5, 20);
    terminal.await_text("Window too small");
    terminal.press("4");
    std::thread::sleep(Duration::from_millis(100));
    terminal.resize(24, 80);
    terminal.await_text(&of(1));
    terminal.press("4");
    terminal.await_text(&of(2));
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    assert_eq!(
        saved_answers(&folder.path().join("me.toml"))
            .lines()
            .count(),
        1
    );
}

#[test]
fn ctrl_c_saves_gives_the_terminal_back_and_ends_with_130() {
    let folder = folder();
    let mut terminal = begin(folder.path(), &["quiz", "--save", "me.toml"], 24, 80);
    terminal.await_text(&of(1));
    terminal.press("4");
    terminal.await_text(&of(2));
    terminal.press_ctrl_c();
    assert_eq!(terminal.end(), 130);
    assert!(!terminal.cursor_hidden());
    assert!(
        terminal
            .picture()
            .contains("rolescope quiz --resume me.toml")
    );
    let mut terminal = Terminal::open(folder.path(), &["quiz", "--resume", "me.toml"], 24, 80);
    terminal.await_text(&of(2));
    // Wine waits for what follows Escape
    terminal.press(if cfg!(windows) { "q" } else { "\x1b" });
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_resize_draws_the_question_anew() {
    let folder = folder();
    let mut terminal = begin(folder.path(), &["quiz", "--save", "me.toml"], 24, 100);
    terminal.await_text(&of(1));
    terminal.resize(24, 44);
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
    let mut terminal = begin(folder.path(), &["quiz", "--save", "me.toml"], 24, 80);
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
    let mut terminal = begin(folder.path(), &arguments, 24, 80);
    terminal.await_text("Question 1 of");
    terminal.press("4\r");
    terminal.await_text("Question 2 of");
    terminal.press("back\r");
    terminal.await_text("Your answer so far: 4");
    terminal.press("quit\r");
    assert_eq!(terminal.end(), 0);
}

#[test]
#[cfg_attr(
    windows,
    ignore = "the pseudo-console of Wine 8 counts escape sequences as signs, and breaks coloured lines too early"
)]
fn keys_plain_words_and_a_pipe_end_in_the_same_answers() {
    let folder = folder();
    let pack = built_in();
    let answer = |n: usize, format: AnswerFormat| match (format, n % 3) {
        (AnswerFormat::Choice, 1) => "0",
        (AnswerFormat::Choice, _) => "d",
        (_, 0) => "3",
        (_, 1) => "1",
        _ => "2",
    };
    let quiz = |name: &str, more: &[&str]| {
        let arguments = [&["quiz", "--save", name, "-o", "page.txt"], more].concat();
        begin(folder.path(), &arguments, 40, 80)
    };
    let (mut keys, mut plain) = (quiz("keys.toml", &[]), quiz("plain.toml", &["--plain"]));
    let mut piped = vec!["\n"; pack.questions().len()];
    for (n, question) in in_turn(&pack).into_iter().enumerate() {
        if question.id() == "spatial-1" {
            practise(&mut keys);
            plain.await_text("it does not count");
            plain.press("c\r");
        }
        let key = answer(n, question.format());
        keys.await_text(&of(n + 1));
        keys.press(key);
        plain.await_text(&format!("Question {} of", n + 1));
        plain.press(&format!("{key}\r"));
        // in a pipe the order is that of the pack
        let at = pack
            .questions()
            .iter()
            .position(|q| q.id() == question.id());
        piped[at.expect("one of the pack")] = key;
    }
    keys.await_text("That was the last question");
    keys.press("1");
    plain.await_text("That was the last question");
    plain.press("puzzles\r");
    plain.await_text("Right is b; your answer was");
    plain.press("done\r");
    plain.press("result\r");
    assert_eq!((keys.end(), plain.end()), (0, 0));
    let arguments = ["quiz", "--save", "pipe.toml"];
    assert_eq!(
        run(folder.path(), &arguments, piped.join("\n").as_bytes())
            .status
            .code(),
        Some(0)
    );
    let of_keys = saved_answers(&folder.path().join("keys.toml"));
    assert_eq!(of_keys.lines().count(), pack.questions().len());
    assert_eq!(of_keys, saved_answers(&folder.path().join("plain.toml")));
    assert_eq!(of_keys, saved_answers(&folder.path().join("pipe.toml")));
}

#[test]
fn a_review_lists_what_is_open_and_changes_any_answer() {
    let folder = folder();
    let mut terminal = begin(folder.path(), &["quiz", "--save", "me.toml"], 30, 80);
    terminal.await_text(&of(1));
    terminal.press("4");
    terminal.await_text(&of(2));
    terminal.press("s");
    terminal.await_text(&of(3));
    terminal.press("r");
    terminal.await_text("Your answers so far");
    terminal.await_text("questions are open");
    // the last item: one answer, the first
    terminal.press("\x1b[A");
    terminal.press("\r");
    terminal.await_text("Which one?");
    terminal.press("\r");
    terminal.await_text("(your answer)");
    terminal.press("2");
    terminal.await_text("Your answers so far");
    terminal.press("1");
    terminal.await_text(&of(3));
    terminal.press("r");
    terminal.await_text("Your answers so far");
    // answer what is open: the skipped question comes first
    terminal.press("2");
    terminal.await_text(&of(2));
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    let pack = built_in();
    let first = pack.questions()[0].id();
    assert_eq!(
        saved_answers(&folder.path().join("me.toml")),
        format!("{first} = 2\n")
    );
}

#[test]
#[cfg_attr(
    windows,
    ignore = "the pseudo-console of Wine 8 counts escape sequences as signs, and breaks coloured lines too early"
)]
fn finishing_early_gives_a_result() {
    let folder = folder();
    let arguments = ["quiz", "--save", "me.toml", "-o", "page.txt"];
    let mut terminal = begin(folder.path(), &arguments, 30, 80);
    for n in 1..=12 {
        terminal.await_text(&of(n));
        terminal.press(if n % 2 == 0 { "5" } else { "2" });
    }
    practise(&mut terminal);
    for n in 13..=15 {
        terminal.await_text(&of(n));
        terminal.press("s");
    }
    terminal.await_text(&of(16));
    terminal.press("r");
    terminal.await_text("You can finish now:");
    terminal.press("3");
    assert_eq!(terminal.end(), 0);
    let page = std::fs::read_to_string(folder.path().join("page.txt")).expect("a page");
    assert!(page.contains("What fits you"), "{page}");
}

#[test]
#[cfg_attr(
    windows,
    ignore = "the pseudo-console of Wine 8 counts escape sequences as signs, and breaks coloured lines too early"
)]
fn the_quick_quiz_says_why_it_stops_and_offers_the_rest() {
    let folder = folder();
    let arguments = ["quiz", "--quick", "--save", "me.toml", "-o", "page.txt"];
    let mut terminal = Terminal::open(folder.path(), &arguments, 40, 80);
    let (mut asked, mut practised) = (0, false);
    let start = Instant::now();
    loop {
        let picture = terminal.picture();
        assert!(start.elapsed() < patience(60), "{picture}");
        if picture.contains("The quick quiz ends here") {
            break;
        }
        if picture.contains("it does not count") && !practised {
            practise(&mut terminal);
            practised = true;
        } else if picture.contains(&format!("question {} of at most", asked + 1)) {
            asked += 1;
            terminal.press(if asked % 3 == 0 { "1" } else { "3" });
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!((18..=53).contains(&asked), "{asked}");
    terminal.await_text("Go on with the other");
    terminal.press("n");
    terminal.await_text("That was the last question");
    terminal.press("1");
    assert_eq!(terminal.end(), 0, "{}", terminal.picture());
    assert!(folder.path().join("page.txt").exists());
}

#[test]
fn the_welcome_says_what_this_is_and_how_long_it_takes() {
    let folder = folder();
    let mut terminal = Terminal::open(folder.path(), &[], 20, 60);
    terminal.await_text("Leave");
    crate::help::snapshot("snapshots", "welcome", &terminal.picture());
    terminal.press("3");
    let picture = terminal.await_text("Nothing is sent anywhere.");
    assert!(picture.contains("Press any key to go back."), "{picture}");
    terminal.press(" ");
    terminal.await_text("Leave");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    // nothing is left behind where nothing was begun
    let kept = std::fs::read_dir(folder.path().join("data"));
    assert_eq!(kept.map_or(0, Iterator::count), 0);
    // the quick quiz by one key
    let mut terminal = Terminal::open(folder.path(), &[], 24, 80);
    terminal.await_text("Quick quiz: at most 53 questions");
    terminal.press("2");
    terminal.await_text("question 1 of at most 53");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn plain_words_choose_at_the_welcome_too() {
    let folder = folder();
    let mut terminal = Terminal::open(folder.path(), &["quiz", "--plain"], 30, 80);
    terminal.await_text("Type a number and press Enter");
    terminal.press("9\r");
    terminal.await_text("Type a number from 1 to 4.");
    terminal.press("3\r");
    terminal.await_text("Nothing is sent anywhere.");
    terminal.press("2\r");
    terminal.await_text("Question 1 of at most 53.");
    terminal.press("quit\r");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn someone_who_comes_back_goes_on_sees_the_result_or_changes_answers() {
    let folder = folder();
    let mut terminal = begin(folder.path(), &["quiz"], 30, 80);
    terminal.await_text(&of(1));
    terminal.press("4");
    terminal.await_text(&of(2));
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    let report = run(folder.path(), &["report"], b"");
    assert!(
        stderr(&report).contains("unfinished"),
        "{}",
        stderr(&report)
    );
    let mut terminal = Terminal::open(folder.path(), &[], 30, 80);
    terminal.await_text("1 of 93 answered");
    terminal.press("\r");
    terminal.await_text(&of(2));
    terminal.press("r");
    terminal.await_text("See the result");
    terminal.press("3");
    // the result on the screen, from which one may go on answering
    terminal.await_text("go on answering (92 open)");
    terminal.press("g");
    terminal.await_text(&of(2));
    terminal.press("r");
    terminal.await_text("See the result");
    terminal.press("3");
    terminal.await_text("go on answering");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    // a finished quiz: its result, as the end of the quiz shows it
    let arguments = ["quiz", "-o", "page.txt"];
    let mut terminal = Terminal::open(folder.path(), &arguments, 30, 80);
    terminal.await_text("See the result of the quiz of");
    terminal.press("1");
    assert_eq!(terminal.end(), 0);
    let page = std::fs::read_to_string(folder.path().join("page.txt")).expect("written");
    let report = run(folder.path(), &["report", "--for", "student"], b"");
    assert_eq!(stdout(&report), page);
    assert!(stderr(&report).contains("finished"), "{}", stderr(&report));
    // its one answer is changed
    let mut terminal = Terminal::open(folder.path(), &arguments, 30, 80);
    terminal.await_text("Change answers of that quiz");
    terminal.press("2");
    terminal.await_text("92 questions are open");
    terminal.press("4");
    terminal.await_text("Which one?");
    terminal.press("\r");
    terminal.await_text("(your answer)");
    terminal.press("2");
    terminal.await_text("92 questions are open");
    terminal.press("2");
    assert_eq!(terminal.end(), 0);
    let files = std::fs::read_dir(folder.path().join("data")).expect("a folder");
    let file = files.map(|entry| entry.expect("an entry").path());
    let file = file
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .last();
    assert!(saved_answers(&file.expect("a file")).ends_with(" = 2\n"));
}

#[test]
fn two_quizzes_on_one_file_are_refused_and_a_stale_lock_is_no_obstacle() {
    let folder = folder();
    let mut terminal = begin(folder.path(), &["quiz", "--save", "me.toml"], 30, 80);
    terminal.await_text(&of(1));
    let second = run(folder.path(), &["quiz", "--resume", "me.toml"], b"4\n");
    assert_eq!(second.status.code(), Some(1));
    assert!(stderr(&second).contains("is open in another rolescope"));
    terminal.kill();
    assert!(folder.path().join(".me.toml.lock").exists(), "it is stale");
    let third = run(
        folder.path(),
        &["quiz", "--resume", "me.toml"],
        b"4\nquit\n",
    );
    assert_eq!(third.status.code(), Some(0), "{}", stderr(&third));
}

#[test]
#[cfg_attr(
    windows,
    ignore = "a hundred programs in the pseudo-console of Wine 8 take over seven minutes"
)]
fn kills_never_lose_an_answer_but_the_one_on_screen() {
    let folder = folder();
    let pack = built_in();
    let path = folder.path().join("me.toml");
    let mut given = 0;
    for kill in 0..kills(100) {
        // every fourth begins anew, the others go on where the last was killed
        if kill % 4 == 0 {
            let _ = std::fs::remove_file(&path);
            given = 0;
        }
        let arguments = ["quiz", "--save", "me.toml"];
        let mut terminal = if given == 0 && !path.exists() {
            begin(folder.path(), &arguments, 30, 80)
        } else {
            Terminal::open(folder.path(), &arguments, 30, 80)
        };
        // never as far as the first puzzle
        let answers = usize::try_from(1 + (kill * 7) % 3).expect("it is small");
        for n in given + 1..=given + answers {
            terminal.await_text(&of(n));
            terminal.press("4");
        }
        // a moment that differs from kill to kill: before, within or after the save
        std::thread::sleep(Duration::from_micros((kill * 397) % 6000));
        terminal.kill();
        let saved = saved_answers(&path).lines().count();
        let due = given + answers;
        assert!((due - 1..=due).contains(&saved), "{saved} of {due}");
        rolescope::storage::answer_file::AnswerSheet::load(&path, &pack, false).expect("it loads");
        given = saved;
    }
}

#[test]
fn left_goes_back_after_a_skip_and_right_goes_forward_again() {
    let folder = folder();
    let mut terminal = begin(folder.path(), &["quiz", "--save", "me.toml"], 30, 80);
    terminal.await_text(&of(1));
    terminal.press("s");
    terminal.await_text(&of(2));
    terminal.press("\x1b[D");
    terminal.await_text(&of(1));
    terminal.press("4");
    terminal.await_text(&of(2));
    terminal.press("\x1b[D");
    terminal.await_text("(your answer)");
    // right keeps the answer that is there, and on an open question does nothing
    terminal.press("\x1b[C");
    terminal.await_text(&of(2));
    terminal.press("\x1b[C");
    std::thread::sleep(Duration::from_millis(100));
    assert!(terminal.picture().contains(&of(2)));
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    assert_eq!(
        saved_answers(&folder.path().join("me.toml"))
            .lines()
            .count(),
        1
    );
}

#[test]
#[cfg_attr(
    windows,
    ignore = "a console draws the screen itself: what it was sent cannot be seen"
)]
fn plain_mode_depends_on_no_colour_position_or_redrawn_line() {
    let folder = folder();
    let arguments = ["quiz", "--plain", "--color", "always"];
    let mut terminal = Terminal::open(folder.path(), &arguments, 24, 80);
    terminal.await_text("Type a number and press Enter");
    terminal.press("3\r");
    terminal.await_text("delete the file.");
    terminal.press("1\r");
    for n in 1..=12 {
        terminal.await_text(&format!("Question {n} of 93"));
        terminal.press("4\r");
    }
    terminal.await_text("it does not count");
    terminal.press("c\r");
    terminal.await_text("Question 13 of 93");
    terminal.press("b\r");
    terminal.await_text("Question 14 of 93");
    terminal.press("review\r");
    terminal.await_text("Type result for the result");
    terminal.press("back\r");
    terminal.await_text("Question 14 of 93");
    terminal.press("quit\r");
    assert_eq!(terminal.end(), 0);
    let raw = String::from_utf8(terminal.raw()).expect("UTF-8");
    // lines only: no escape sequence, no backspace, no return to the start of a line
    let lines = raw.replace("\r\n", "\n");
    let acts = |c: char| c.is_control() && c != '\n';
    assert!(!lines.contains(acts), "{lines:?}");
}

#[test]
fn nothing_is_called_saved_before_there_is_an_answer() {
    let folder = folder();
    let arguments = ["quiz", "--plain", "--save", "me.toml"];
    let mut terminal = begin(folder.path(), &arguments, 24, 80);
    terminal.await_text("Question 1 of 93");
    terminal.press("quit\r");
    assert_eq!(terminal.end(), 0);
    let picture = terminal.picture();
    assert!(!picture.contains("answers are saved"), "{picture}");
    assert!(picture.contains("Nothing is answered yet."), "{picture}");
}

#[test]
fn a_c_locale_is_shown_nothing_but_ascii() {
    let folder = folder();
    for (mode, arguments) in [
        ("keys", &["quiz", "--save", "keys.toml"][..]),
        ("plain", &["quiz", "--plain", "--save", "plain.toml"]),
    ] {
        let locale = ("LC_ALL", "C");
        let mut terminal = Terminal::open_with(folder.path(), arguments, 24, 80, locale);
        terminal.await_text("How your answers are used");
        terminal.press("1\r");
        terminal.await_text("uestion 1 of 93");
        terminal.press(if mode == "keys" { "4" } else { "4\r" });
        terminal.await_text("uestion 2 of 93");
        terminal.press(if mode == "keys" { "q" } else { "quit\r" });
        assert_eq!(terminal.end(), 0);
        let raw = terminal.raw();
        assert!(raw.is_ascii(), "{}", String::from_utf8_lossy(&raw));
    }
    for arguments in [
        &["report", "keys.toml"][..],
        &["roles", "sonographer"],
        &["roles"],
        &["compare", "sonographer", "mri-technologist"],
    ] {
        let mut program = crate::help::program(folder.path());
        let output = program.args(arguments).env("LC_ALL", "C").output();
        let output = output.expect("the program runs");
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(
            output.stdout.is_ascii() && output.stderr.is_ascii(),
            "{arguments:?}"
        );
    }
}

#[test]
fn a_page_in_a_file_is_said_to_lie_there_and_how_to_open_it() {
    let folder = folder();
    std::fs::write(
        folder.path().join("a.toml"),
        include_str!("../../examples/simulated-1.toml"),
    )
    .expect("written");
    let report = run(
        folder.path(),
        &["report", "a.toml", "-f", "html", "-o", "me.html"],
        b"",
    );
    let said = stderr(&report);
    assert!(
        said.contains("me.html") && said.contains("Open it with a web browser"),
        "{said}"
    );
}

#[test]
#[cfg_attr(
    windows,
    ignore = "a console draws the screen itself: what it was sent cannot be seen"
)]
fn a_dumb_terminal_gets_lines_without_being_asked() {
    let folder = folder();
    for (name, value) in [("TERM", "dumb"), ("ROLESCOPE_PLAIN", "1")] {
        let arguments = ["quiz", "--save", "me.toml"];
        let mut terminal = Terminal::open_with(folder.path(), &arguments, 30, 80, (name, value));
        if !folder.path().join("me.toml").exists() {
            terminal.await_text("Type a number and press Enter");
            terminal.press("1\r");
        }
        terminal.await_text("Question 1 of 93");
        terminal.press("review\r");
        terminal.await_text("Type result for the result");
        terminal.press("back\r");
        // the list has pushed the first showing off the screen
        terminal.await_text("Question 1 of 93");
        terminal.press("quit\r");
        assert_eq!(terminal.end(), 0);
        let raw = terminal.raw();
        assert!(!raw.contains(&0x1b), "{}", String::from_utf8_lossy(&raw));
    }
}
