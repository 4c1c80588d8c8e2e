//! Every question of every pack on screens of three sizes: nothing is hidden without a sign.

use crate::help::{built_in, root, small, small_files, snapshot};
use rolescope::storage::pack_files;
use rolescope::terminal::interview::AskedQuestion;
use rolescope::terminal::question_screen::{self, Note, codes};
use rolescope::terminal::viewport::Viewport;
use rolescope_core::quiz::PartAhead;
use rolescope_core::write::TextStyle;
use rolescope_core::{Answers, Measure, Pack, SourceFile};

/// Rows and columns of the windows.
const WINDOWS: [(usize, usize); 3] = [(20, 60), (24, 80), (40, 120)];

fn packs() -> Vec<Pack> {
    let folder = |name: &str| {
        let files = pack_files::folder(&root().join(name)).expect("it can be read");
        Pack::parse(&files).expect("valid")
    };
    let mut all = vec![built_in(), small(), longest()];
    all.extend(["examples/workshop", "examples/riasec"].map(folder));
    all
}

/// A pack whose puzzles are as long as a pack may make them.
fn longest() -> Pack {
    let mut files = small_files();
    for file in &mut files {
        if file.path().ends_with("shapes.toml") {
            let text = file.text();
            let start = text.find("text = ").expect("a question");
            let end = start + text[start..].find('\n').expect("a line");
            let words = "which of these ".repeat(33);
            let figure: String = (0..45)
                .flat_map(|n| {
                    [
                        "row ".to_owned(),
                        n.to_string(),
                        " of a drawing\n".to_owned(),
                    ]
                })
                .collect();
            let question = format!("text = \"{words}\"\nfigure = '''\n{figure}'''");
            let mut long = format!("{}{question}{}", &text[..start], &text[end..]);
            let start = long.find("options = [\"").expect("options") + "options = [\"".len();
            long.insert_str(start, &"an option that is long ".repeat(8));
            *file = SourceFile::new(file.path(), &long);
        }
    }
    Pack::parse(&files).expect("valid")
}

/// A text with one space for every gap and end of line.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a picture holds the words of a text in turn; words of a drawing beside it may stand between.
fn holds_words(picture: &str, text: &str) -> bool {
    let mut words = picture.split_whitespace();
    text.split_whitespace()
        .all(|wanted| words.any(|word| word == wanted))
}

/// Moves the mark through all options, and holds that each is in sight when it is marked, that the text of
/// the question always is, and that every line of the drawing is seen on the way.
fn walk(
    (rows, columns): (usize, usize),
    (text, figure, options): (&str, Option<&str>, &[String]),
    view: &dyn Fn(Option<usize>, usize) -> Viewport,
) {
    // the last row stays free
    let free = rows - 1;
    let (mut top, mut seen) = (0, String::new());
    let mut draw = |mark: Option<usize>, follow: bool, top: &mut usize| {
        let shown = view(mark, free).fit((free, columns), *top, follow);
        let shown = shown.expect("it is large enough");
        *top = shown.top;
        let page = shown.page;
        assert!(shown.lines.len() <= free, "{rows} x {columns}: {text}");
        for line in &shown.lines {
            assert!(line.chars().count() <= columns, "{columns}: {line}");
        }
        let picture = shown.lines.join("\n");
        assert!(squeezed(&picture).contains(&squeezed(text)), "{picture}");
        let complete = view(mark, free).lines() <= free;
        let told = picture.contains("^ more above") || picture.contains("v more below");
        assert_eq!(told, !complete, "{picture}");
        seen.push_str(&picture);
        seen.push('\n');
        (picture, page)
    };
    let (_, mut page) = draw(None, true, &mut top);
    // through it by pages
    for _ in 0..20 {
        top += page;
        (_, page) = draw(None, false, &mut top);
    }
    for (at, option) in options.iter().enumerate() {
        let (picture, _) = draw(Some(at), true, &mut top);
        assert!(holds_words(&picture, option), "{option}: {picture}");
        let marked = picture
            .lines()
            .filter(|line| line.starts_with("> ") || line.contains("   > "));
        assert_eq!(marked.count(), 1, "{picture}");
    }
    for line in figure.unwrap_or_default().lines() {
        assert!(seen.contains(line.trim_end()), "{rows} x {columns}: {line}");
    }
}

#[test]
fn every_option_of_every_question_is_in_sight_or_reached_by_the_mark() {
    for pack in packs() {
        for question in pack.questions() {
            let section = &pack.sections()[question.section()];
            for opens in [true, false] {
                let asked = AskedQuestion {
                    pack: &pack,
                    question,
                    section,
                    opens,
                    part: opens.then_some(PartAhead {
                        questions: 12,
                        left: 93,
                    }),
                    number: 93,
                    of: 93,
                    at_most: true,
                    so_far: Answers::UNANSWERED,
                    minutes_left: Some(12.0),
                };
                let (figure, mut options) = match question.measure() {
                    Measure::Choice {
                        figure, options, ..
                    } => (figure.as_deref(), options.clone()),
                    _ => (None, section.labels().to_vec()),
                };
                options.resize(codes(&asked).len(), "I don't know".to_owned());
                for window in WINDOWS {
                    let style = TextStyle::new(window.1);
                    let view = |mark, rows| {
                        question_screen::question(&asked, mark, Note::None, style, rows)
                    };
                    walk(window, (question.text(), figure, &options), &view);
                }
            }
        }
    }
}

#[test]
fn every_option_of_every_practice_puzzle_is_in_sight_or_reached_by_the_mark() {
    let mut found = 0;
    for pack in packs() {
        for section in pack.sections() {
            let Some(practice) = section.practice() else {
                continue;
            };
            found += 1;
            for window in WINDOWS {
                let style = TextStyle::new(window.1);
                let view = |mark, rows| {
                    question_screen::practice(
                        (&pack, section),
                        practice,
                        mark,
                        Note::None,
                        style,
                        rows,
                    )
                };
                let asked = (practice.text(), practice.figure(), practice.options());
                walk(window, asked, &view);
            }
        }
    }
    assert!(found > 0);
}

#[test]
fn a_drawing_and_its_options_stand_side_by_side_where_that_shows_all() {
    let pack = built_in();
    let q = pack
        .question("spatial-2")
        .expect("a puzzle with a tall drawing");
    let question = &pack.questions()[q];
    let asked = AskedQuestion {
        pack: &pack,
        question,
        section: &pack.sections()[question.section()],
        opens: false,
        part: None,
        number: 64,
        of: 93,
        at_most: false,
        so_far: Answers::UNANSWERED,
        minutes_left: None,
    };
    let view = question_screen::question(&asked, None, Note::None, TextStyle::new(80), 23);
    assert!(view.lines() <= 23);
    assert!(
        view.body
            .iter()
            .any(|line| line.contains("book     a  The book"))
    );
    let lines = [&view.head[..], &view.body, &view.foot].concat().join("\n");
    snapshot("snapshots", "puzzle-beside-options", &lines);
}
