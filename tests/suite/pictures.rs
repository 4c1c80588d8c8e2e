//! The pictures in the README, drawn from a real run in a pseudo-terminal. `INSTA_UPDATE=always`
//! draws them anew.

use crate::help::root;
use crate::terminal::Terminal;
use std::fmt::Write as _;
use vt100::{Color, Screen};

/// Size of a character cell, in pixels.
const CELL: (f64, f64) = (8.4, 18.0);

/// A screen as SVG: runs of cells that look alike are one text each, stretched to the grid.
fn svg(screen: &Screen, title: &str) -> String {
    let (rows, cols) = screen.size();
    let (rows, cols) = (rows.get(), cols.get());
    let (width, height) = (
        f64::from(cols) * CELL.0 + 32.0,
        f64::from(rows) * CELL.1 + 32.0,
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" \
         role=\"img\" aria-label=\"{title}\" font-family=\"ui-monospace, Menlo, Consolas, \
         monospace\" font-size=\"14\">\n<title>{title}</title>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#16212b\"/>\n"
    );
    for row in 0..rows {
        let mut col = 0;
        while col < cols {
            let style = |c: u16| {
                screen
                    .cell(row, c)
                    .map(|cell| (cell.fgcolor(), cell.bold(), cell.dim()))
            };
            let start = col;
            let mut text = String::new();
            while col < cols && style(col) == style(start) {
                let contents = screen.cell(row, col).map_or("", |cell| cell.contents());
                text.push_str(if contents.is_empty() { " " } else { contents });
                col += 1;
            }
            if text.trim().is_empty() {
                continue;
            }
            let Some((colour, bold, dim)) = style(start) else {
                continue;
            };
            let fill = match colour {
                Color::Default if dim => "#8a9aa6",
                Color::Default => "#e6edf3",
                _ => "#5cc8d7",
            };
            let lead = text.chars().take_while(|c| *c == ' ').count();
            let text = text.trim();
            let cells = f64::from(u32::try_from(text.chars().count()).expect("short"));
            let x =
                16.0 + (f64::from(start) + f64::from(u32::try_from(lead).expect("short"))) * CELL.0;
            let y = 16.0 + (f64::from(row) + 0.75) * CELL.1;
            let weight = if bold { " font-weight=\"bold\"" } else { "" };
            let escaped = text
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;");
            let _ = writeln!(
                svg,
                "<text x=\"{x:.1}\" y=\"{y:.1}\" textLength=\"{:.1}\" fill=\"{fill}\"{weight} \
                 xml:space=\"preserve\">{escaped}</text>",
                cells * CELL.0
            );
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// Holds that a picture of the documents is this one, or draws it anew.
pub(crate) fn compare(name: &str, picture: &str) {
    let path = root().join("docs").join(name);
    if std::env::var("INSTA_UPDATE").is_ok_and(|v| v == "always") {
        std::fs::write(&path, picture).expect("written");
    }
    let there = std::fs::read_to_string(&path).expect("the picture is there");
    assert!(
        there == picture,
        "{name} is old: INSTA_UPDATE=always cargo test draws it anew"
    );
}

#[test]
#[cfg_attr(
    windows,
    ignore = "the pseudo-console of Wine 8 counts escape sequences as signs, and breaks coloured lines too early"
)]
fn pictures_of_the_documents_are_current() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut terminal = Terminal::open(folder.path(), &["quiz", "--save", "me.toml"], 22, 84);
    terminal.await_text("How your answers are used");
    terminal.press("\r");
    let questions = 28;
    for n in 1..questions {
        if n == 13 {
            terminal.await_text("it does not count");
            terminal.press("c");
            terminal.await_text("Yes.");
            terminal.press(" ");
        }
        terminal.await_text(&format!("question {n} of"));
        terminal.press(match n {
            13..=15 => "b",
            n if n % 3 == 0 => "2",
            _ => "4",
        });
    }
    terminal.await_text(&format!("question {questions} of"));
    terminal.press("\x1b[B");
    terminal.await_text("> a");
    let picture = svg(&terminal.screen(), "A question of the quiz");
    compare("quiz.svg", &picture);
    terminal.press("q");
    terminal.end();

    let sheet = root().join("examples/simulated-1.toml");
    let sheet = sheet.to_str().expect("a path");
    let mut terminal = Terminal::open(folder.path(), &["report", sheet], 22, 84);
    terminal.await_text("q leave");
    let picture = svg(&terminal.screen(), "What is seen first of a result");
    terminal.press("q");
    terminal.end();
    compare("result.svg", &picture);
}
