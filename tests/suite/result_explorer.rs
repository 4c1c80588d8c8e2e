//! The result on a terminal: walked through by keys, or by typed words.

use crate::help::{run, stdout};
use crate::terminal::Terminal;
use std::path::Path;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// Simulated people of three kinds, each in a file of answers.
fn people(folder: &Path) -> [String; 3] {
    let person = |name: &str, arguments: &[&str]| {
        let all = [&["sample", "-n", "1", "-f", "ndjson"], arguments].concat();
        let output = run(folder, &all, b"");
        let name = format!("{name}.ndjson");
        std::fs::write(folder.join(&name), stdout(&output)).expect("written");
        name
    };
    [
        person("one", &["--like", "sonographer", "--seed", "41"]),
        person("mixed", &["--seed", "5"]),
        person("open", &["--seed", "9", "--blank", "0.4"]),
    ]
}

/// Everything that can be opened by a key, from the first screen on.
const KEYS: [(&str, &str); 7] = [
    ("first", ""),
    ("role", "1"),
    ("why", "w"),
    ("about-you", "t"),
    ("map", "m"),
    ("all", "a"),
    ("compare", "c"),
];

/// The last key that is always named: it stands at the end of a whole screen.
const LEAVE: &str = "q leave";

fn settled(terminal: &Terminal) -> String {
    terminal.settled(LEAVE)
}

#[test]
#[cfg_attr(
    windows,
    ignore = "the pseudo-console of Wine 8 counts escape sequences as signs, and breaks coloured lines too early"
)]
fn every_view_fits_or_scrolls_in_each_window() {
    let folder = folder();
    let [one, ..] = people(folder.path());
    for (rows, columns) in [(20, 60), (24, 80), (40, 120)] {
        let mut terminal = Terminal::open(folder.path(), &["report", &one], rows, columns);
        for (name, key) in KEYS {
            let screen = match key {
                "" => settled(&terminal),
                key => terminal.turned_by(key, LEAVE),
            };
            assert!(
                screen.lines().count() < usize::from(rows),
                "{name}: {screen}"
            );
            if name == "first" {
                assert!(!screen.contains("more below"), "{screen}");
                continue;
            }
            // down to the end: what is said last is seen
            let mut steps = 0;
            while terminal.picture().contains("more below") {
                terminal.turned_by("\x1b[6~", LEAVE);
                steps += 1;
                assert!(steps < 60, "{name} has no end");
            }
        }
        terminal.press("q");
        assert_eq!(terminal.end(), 0);
    }
}

#[test]
#[cfg_attr(
    windows,
    ignore = "the pseudo-console of Wine 8 counts escape sequences as signs, and breaks coloured lines too early"
)]
fn a_list_opens_a_role_back_returns_and_a_resize_loses_nothing() {
    let folder = folder();
    let [one, ..] = people(folder.path());
    let mut terminal = Terminal::open(folder.path(), &["report", &one], 24, 80);
    terminal.await_text("What fits you");
    terminal.press("a");
    terminal.await_text("All jobs");
    terminal.press("\x1b[B\x1b[B\r");
    let role = terminal.await_text("In a day:");
    let name = role.lines().next().expect("a heading").trim().to_owned();
    terminal.resize(20, 60);
    // in a smaller window less of it is in sight, from the same line on
    terminal.await_text("(15 of ");
    assert!(settled(&terminal).starts_with(&name));
    terminal.press("\x7f");
    terminal.await_text("All jobs");
    terminal.press("c");
    terminal.await_text("Compare which job?");
    terminal.press("\r");
    terminal.await_text("with which?");
    terminal.press("\x1b[B\r");
    terminal.await_text("How well they fit you");
    terminal.press("\x7f");
    terminal.await_text("with which?");
    terminal.press("\x1b");
    terminal.await_text("Compare which job?");
    terminal.press("s");
    let screen = terminal.await_text("Saved:");
    assert!(screen.contains("my-result.html"), "{screen}");
    let page = std::fs::read_to_string(folder.path().join("my-result.html")).expect("saved");
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("What fits you"));
    // a second time beside the first, never over it
    terminal.press("s");
    terminal.await_text("my-result-2.html");
    terminal.press_ctrl_c();
    assert_eq!(terminal.end(), 130);
    assert!(!terminal.cursor_hidden());
}

#[test]
#[cfg_attr(
    windows,
    ignore = "a console draws the screen itself: what it was sent cannot be seen"
)]
fn words_walk_through_the_same_without_moving_the_cursor() {
    let folder = folder();
    let [one, ..] = people(folder.path());
    let mut terminal = Terminal::open(folder.path(), &["report", &one, "--plain"], 300, 100);
    for (typed, answer) in [
        ("", "What fits you"),
        ("1\r", "In a day:"),
        ("why\r", "What speaks for"),
        ("about me\r", "About you"),
        ("map\r", "A map of all the jobs"),
        ("all\r", "Type the number of a job"),
        ("2\r", "In a day:"),
        ("nonsense\r", "That is none of these."),
        ("back\r", "Type 1 for"),
        ("save\r", "Saved:"),
    ] {
        terminal.press(typed);
        terminal.await_text(answer);
    }
    terminal.press("quit\r");
    assert_eq!(terminal.end(), 0);
    let raw = terminal.raw();
    assert!(!raw.contains(&b'\x1b'), "no escape sequence");
}

#[test]
fn from_a_saved_result_one_goes_on_answering_and_comes_back_to_it() {
    let folder = folder();
    let file = folder.path().join("me.toml");
    let short = "format = 1\nid = \"me\"\n[answers]\nhelping-1 = 4\n";
    std::fs::write(&file, short).expect("written");
    let mut terminal = Terminal::open(folder.path(), &["report", "me.toml"], 24, 80);
    terminal.await_text("too few answers");
    terminal.await_text("g go on answering (92 open)");
    terminal.press("g");
    terminal.await_text("question 2 of 93");
    terminal.press("5");
    terminal.await_text("question 3 of 93");
    terminal.press("r");
    terminal.await_text("See the result");
    terminal.press("3");
    terminal.await_text("(91 open)");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    let saved = std::fs::read_to_string(&file).expect("it is there");
    assert!(saved.matches(" = 5").count() == 1, "{saved}");
    // a record of a table has no file to go on in
    let [_, _, open] = people(folder.path());
    let mut terminal = Terminal::open(folder.path(), &["report", &open], 24, 80);
    let screen = settled(&terminal);
    assert!(!screen.contains("go on answering"), "{screen}");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
#[cfg_attr(
    windows,
    ignore = "the pseudo-console of Wine 8 counts escape sequences as signs, and breaks coloured lines too early"
)]
fn what_is_set_apart_is_set_apart_in_the_explorer_too() {
    let folder = folder();
    let all = [
        "sample",
        "-n",
        "1",
        "-f",
        "ndjson",
        "--like",
        "medical-photographer",
    ];
    let person = stdout(&run(folder.path(), &all, b""));
    std::fs::write(folder.path().join("one.ndjson"), person).expect("written");
    let all = ["report", "one.ndjson", "--reachable"];
    let mut terminal = Terminal::open(folder.path(), &all, 40, 80);
    let screen = settled(&terminal);
    assert!(screen.contains("Set apart, as you asked:"), "{screen}");
    // the list says of each which way is open, whole, however narrow the window
    terminal.press("a");
    terminal.await_text("All jobs");
    terminal.resize(60, 60);
    terminal.await_text("  that is open: Medical");
    let list = settled(&terminal);
    let words = list.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        words.contains("nearest that is open: Medical imaging technologist)"),
        "{list}"
    );
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_page_stays_a_page_where_it_was_asked_for() {
    let folder = folder();
    let [one, ..] = people(folder.path());
    let piped = run(folder.path(), &["report", &one], b"");
    assert!(stdout(&piped).contains("The ranking after it"));
    let mut terminal = Terminal::open(folder.path(), &["report", &one, "--for", "student"], 24, 80);
    terminal.await_text("How these figures come about");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn what_the_person_wanted_to_be_stands_beside_the_result_and_on_its_page() {
    let folder = folder();
    let at = folder.path();
    let example = crate::help::root().join("examples/simulated-1.toml");
    let example = example.display().to_string();
    for arguments in [
        &["session", "import", &example, "--label", "anna"][..],
        &["session", "set", "anna", "--wish", "Astronaut"],
    ] {
        assert!(run(at, arguments, b"").status.success());
    }
    let wish = "\"Astronaut\"";
    let mut terminal = Terminal::open(at, &["session", "report", "anna"], 40, 100);
    let first = settled(&terminal);
    assert!(first.contains(wish), "{first}");
    terminal.press("s");
    terminal.await_text("Saved: ");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    let page = std::fs::read_to_string(at.join("my-result.html")).expect("saved");
    assert!(page.contains("&quot;Astronaut&quot;"), "{page}");
    let mut lines = Terminal::open(at, &["session", "report", "anna", "--plain"], 40, 100);
    lines.await_text(wish);
    lines.press("quit\r");
    assert_eq!(lines.end(), 0);
}
