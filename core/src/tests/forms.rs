//! The forms of a quiz: every question once in each format, and the key only where it is asked for.

use crate::pack::model::{AnswerFormat, Measure, Pack};
use crate::pages::form::Form;
use crate::scoring::comparison::Comparison;
use crate::tests::help::{built_in, small};
use crate::write::form_html;
use crate::write::form_markdown;
use crate::write::form_text;
use crate::write::markup::{escape, markdown};
use crate::write::terminal_text::TextStyle;

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
fn each_form_holds_every_question_once() {
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
fn a_key_only_adds_to_a_form() {
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
fn a_form_without_key_shows_nothing_of_it() {
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
fn a_key_shows_right_answers_and_reversed_questions() {
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
                crate::write::columns::width(line) <= widest || figures.contains(&line.trim()),
                "{width}: {line}"
            );
        }
        let coloured = form_text::page(&form, look(width, true));
        assert_ne!(coloured, page);
        assert_eq!(without_styles(&coloured), page);
        // a drawing is never cut or wrapped
        assert!(figures.iter().all(|drawn| page.contains(drawn)));
    }
}

/// A text without the escape sequences of styles.
fn without_styles(text: &str) -> String {
    let mut parts = text.split('\x1b');
    let first = parts.next().unwrap_or_default().to_owned();
    let after = parts.map(|part| part.split_once('m').expect("a style").1);
    after.fold(first, |text, part| text + part)
}
