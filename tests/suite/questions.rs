//! The questions to read, as a blank sheet and as a paper form.

use crate::help::{built_in, program, root, run, small, snapshot, stderr, stdout};
use rolescope_core::pack::model::{AnswerFormat, Measure, Pack};
use rolescope_core::pages::form::Form;
use rolescope_core::scoring::comparison::Comparison;
use rolescope_core::write::form_html;
use rolescope_core::write::form_markdown;
use rolescope_core::write::form_text;
use rolescope_core::write::markup::{escape, markdown};
use rolescope_core::write::terminal_text::TextStyle;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn look(width: usize, colour: bool) -> TextStyle {
    TextStyle {
        colour,
        width,
        ascii: false,
    }
}

/// The forms of all formats: text, Markdown, HTML, blank sheet.
fn forms(pack: &Pack, family: Option<&str>, key: bool) -> [String; 4] {
    let comparison = Comparison::new(pack, family, 1.0);
    let form = Form::new(&comparison, key);
    [
        form_text::page(&form, look(80, false)),
        form_markdown::page(&form),
        form_html::page(&form),
        form.blank_sheet(),
    ]
}

#[test]
fn the_forms_of_the_small_pack_read_well() {
    let folder = folder();
    let pack = root().join("tests/packs/small").display().to_string();
    let page = |name: &str, arguments: &[&str]| {
        let all = [&["questions", "--pack", &pack], arguments].concat();
        let output = run(folder.path(), &all, b"");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        snapshot("snapshots", name, &stdout(&output));
    };
    page("questions", &[]);
    page("questions-key", &["--key"]);
    page("questions-markdown", &["--key", "-f", "markdown"]);
    page("questions-html", &["--key", "-f", "html"]);
    page("questions-csv", &["-f", "csv"]);
}

#[test]
fn a_filled_blank_sheet_is_scored() {
    let folder = folder();
    for pack in [
        None,
        Some(root().join("tests/packs/small").display().to_string()),
    ] {
        let chosen: Vec<&str> = pack.iter().flat_map(|p| ["--pack", p.as_str()]).collect();
        let sheet = [&["questions", "-f", "csv", "-o", "sheet.csv"], &chosen[..]].concat();
        let output = run(folder.path(), &sheet, b"");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let path = folder.path().join("sheet.csv");
        let header = std::fs::read_to_string(&path).expect("written");
        assert!(header.starts_with("id,helping-1,") && header.lines().count() == 1);

        let questions = pack.as_ref().map_or_else(built_in, |_| small()).questions;
        assert_eq!(header.trim_end().split(',').count(), questions.len() + 1);
        let cells: Vec<&str> = questions
            .iter()
            .map(|q| match q.format() {
                AnswerFormat::Choice => "b",
                AnswerFormat::Rating | AnswerFormat::Condition => "2",
            })
            .collect();
        std::fs::write(&path, format!("{header}me,{}\n", cells.join(","))).expect("written");
        let score = [&["score", "-f", "csv", "sheet.csv"], &chosen[..]].concat();
        let output = run(folder.path(), &score, b"");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(
            stdout(&output)
                .lines()
                .nth(1)
                .is_some_and(|row| row.starts_with("me,"))
        );
        assert!(!stderr(&output).contains("column"), "{}", stderr(&output));
    }
}

#[test]
fn a_blank_sheet_has_no_key() {
    let folder = folder();
    let arguments = ["questions", "-f", "csv", "--key", "-o", "sheet.csv"];
    let output = run(folder.path(), &arguments, b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("a blank sheet has no place for the key"));
    assert!(!folder.path().join("sheet.csv").exists());
}

#[test]
fn a_form_goes_to_a_file_whole() {
    let folder = folder();
    for format in ["text", "csv", "markdown", "html"] {
        let shown = run(folder.path(), &["questions", "-f", format], b"");
        let saved = run(
            folder.path(),
            &["questions", "-f", format, "-o", "form"],
            b"",
        );
        assert_eq!(
            (saved.status.code(), stdout(&saved).as_str()),
            (Some(0), "")
        );
        let file = std::fs::read_to_string(folder.path().join("form")).expect("written");
        assert_eq!(file, stdout(&shown), "{format}");
    }
    let output = run(folder.path(), &["questions", "-o", "no/form"], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("cannot save no/form"));
}

#[test]
fn every_question_stands_once_in_each_form() {
    for pack in [built_in(), small()] {
        let [text, md, html, sheet] = forms(&pack, None, false);
        for q in &pack.questions {
            let once = [
                (&text, format!("[{}]", q.id)),
                (&md, format!("{} `{}`", markdown(&q.text), q.id)),
                (&html, format!("</span> {} <small>", escape(&q.text))),
                (&html, format!("<small>{}</small>", q.id)),
            ];
            for (form, part) in once {
                assert_eq!(form.matches(&part).count(), 1, "{part}");
            }
            assert_eq!(
                sheet.trim_end().split(',').filter(|c| **c == q.id).count(),
                1
            );
        }
        assert_eq!(html.matches("<small>").count(), pack.questions.len());
        let puzzles = pack
            .questions
            .iter()
            .filter(|q| q.format() == AnswerFormat::Choice);
        assert_eq!(
            html.matches("I don&#39;t know</li>").count(),
            puzzles.count()
        );
    }
}

#[test]
fn the_page_needs_no_script_and_no_other_file() {
    for key in [false, true] {
        let [_, _, html, _] = forms(&built_in(), None, key);
        for part in [
            "<script", "http", "src=", "href=", "url(", "@import", "<link", "<img", " on", "<form",
        ] {
            let body = html.split("<body>").nth(1).expect("a body");
            let found = if part == " on" {
                // the words of questions have it, tags must not
                body.split('<')
                    .any(|tag| tag.split('>').next().is_some_and(|t| t.contains(part)))
            } else {
                html.contains(part)
            };
            assert!(!found, "{part}");
        }
        assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"en-NZ\">"));
    }
}

#[test]
fn a_key_only_adds() {
    for pack in [built_in(), small()] {
        let (plain, keyed) = (forms(&pack, None, false), forms(&pack, None, true));
        for (plain, keyed) in plain.iter().zip(&keyed).take(3) {
            assert!(keyed.len() > plain.len());
            let mut lines = keyed.lines();
            for line in plain.lines() {
                assert!(lines.any(|other| other == line), "{line}");
            }
        }
    }
}

#[test]
fn nothing_of_the_key_shows_without_it() {
    let pack = built_in();
    let mut other = pack.clone();
    for question in &mut other.questions {
        match &mut question.measure {
            Measure::Rating { of, reverse } => {
                *reverse = !*reverse;
                *of = (*of + 1) % pack.traits.len();
            }
            Measure::Choice {
                answer, because, ..
            } => {
                *answer = *answer % question.choices + 1;
                because.push('!');
            }
            Measure::Condition(_) => {}
        }
    }
    assert_eq!(forms(&pack, None, false), forms(&other, None, false));
    let (one, two) = (forms(&pack, None, true), forms(&other, None, true));
    assert!(one.iter().zip(&two).take(3).all(|(a, b)| a != b));
}

#[test]
fn a_key_tells_the_answer_and_what_is_reversed() {
    let pack = built_in();
    let [text, md, html, _] = forms(&pack, None, true);
    for q in &pack.questions {
        match &q.measure {
            Measure::Choice {
                answer, because, ..
            } => {
                let letter = char::from(b'a' + answer - 1);
                assert!(md.contains(&format!(
                    "`{}` | **{letter}** | {} |",
                    q.id,
                    markdown(because)
                )));
                assert!(html.contains(&format!(
                    "{}</th><td><b>{letter}</b></td><td>{}</td>",
                    q.id,
                    escape(because)
                )));
                assert!(text.contains(&format!("Right: {letter}. ")));
            }
            Measure::Rating { of, reverse } => {
                assert_eq!(md.contains(&format!("`{}` (reversed)", q.id)), *reverse);
                let mark = format!("<span>{} <b>(reversed)</b></span>", q.id);
                assert_eq!(html.contains(&mark), *reverse);
                let after = text.split(&format!("[{}]\n", q.id)).nth(1);
                let line = after.and_then(|rest| rest.lines().next()).unwrap_or("");
                let name = &pack.traits[*of].name;
                let reversed = if *reverse { ", reversed" } else { "" };
                assert_eq!(line.trim(), format!("Measures: {name}{reversed}"));
            }
            Measure::Condition(_) => {}
        }
    }
}

#[test]
fn a_family_leaves_out_what_does_not_tell_its_roles_apart() {
    let mut pack = small();
    let urgency = pack.traits.iter().position(|t| t.id == "pace");
    let urgency = urgency.expect("the trait is there");
    for role in &mut pack.roles {
        if role.family == "technician" {
            role.levels[urgency] = 5.0;
        }
    }
    let all = forms(&pack, None, true);
    let some = forms(&pack, Some("technician"), true);
    for (all, some) in all.iter().zip(&some) {
        assert!(all.contains("pace-1") && !some.contains("pace-1"));
        for kept in ["variety-1", "spatial-7", "blood", "shifts", "lifting"] {
            assert!(some.contains(kept), "{kept}");
        }
    }
    for (all, some) in all.iter().zip(&some).take(3) {
        assert!(all.contains("30 questions in 5 parts."));
        assert!(some.contains("26 questions in 5 parts, for roles of the family technician."));
    }
    let folder = folder();
    let output = run(folder.path(), &["questions", "--family", "cooks"], b"");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn text_keeps_to_the_width() {
    let pack = built_in();
    let figures: Vec<&str> = pack
        .questions
        .iter()
        .filter_map(|q| match &q.measure {
            Measure::Choice { figure, .. } => figure.as_deref(),
            _ => None,
        })
        .flat_map(str::lines)
        .map(str::trim)
        .collect();
    let comparison = Comparison::new(&pack, None, 1.0);
    let form = Form::new(&comparison, true);
    for (width, widest) in [(40, 40), (80, 80), (100, 100), (240, 100)] {
        let page = form_text::page(&form, look(width, false));
        for line in page.lines() {
            assert!(
                console::measure_text_width(line) <= widest || figures.contains(&line.trim()),
                "{width}: {line}"
            );
        }
        let coloured = form_text::page(&form, look(width, true));
        assert_ne!(coloured, page);
        assert_eq!(console::strip_ansi_codes(&coloured), page);
        // a drawing is never cut or wrapped
        assert!(figures.iter().all(|drawn| page.contains(drawn)));
    }
    let folder = folder();
    let narrow = program(folder.path())
        .args(["questions", "--key"])
        .env("COLUMNS", "40")
        .output()
        .expect("the program runs");
    assert_eq!(stdout(&narrow), form_text::page(&form, look(40, false)));
}
