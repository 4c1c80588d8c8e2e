//! The forms of a quiz: every question once in each format, and the key only where it is asked for.

use crate::pack::model::{AnswerFormat, Measure, Pack};
use crate::pages::form::{answer_sheet, blank_table, form};
use crate::scoring::comparison::Comparison;
use crate::tests::help::{built_in, small};
use crate::write::PageFormat;
use crate::write::terminal_text::TextStyle;

fn look(width: usize, colour: bool) -> TextStyle {
    TextStyle {
        colour,
        width,
        ascii: false,
    }
}

/// The forms of all formats: text, Markdown, HTML, blank table.
fn forms(pack: &Pack, family: Option<&str>, key: bool) -> [String; 4] {
    let comparison = Comparison::new(pack, family, 1.0);
    let doc = form(&comparison, None, key);
    let of = |format| doc.to_format(format, look(80, false));
    [
        of(PageFormat::Text),
        of(PageFormat::Markdown),
        of(PageFormat::Html),
        blank_table(&comparison),
    ]
}

/// Words of a page without what its format adds.
fn words(page: &str) -> String {
    let page = page
        .replace("&#39;", "'")
        .replace("&quot;", "\"")
        .replace('\\', "");
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_question_stands_once_in_each_form_and_its_id_beside_none() {
    for pack in [built_in(), small()] {
        let [text, md, html, table] = forms(&pack, None, false);
        for q in &pack.questions {
            for form in [&text, &md, &html] {
                let form = words(form);
                assert!(form.contains(&words(&q.text)), "{}", q.id);
            }
            // a condition's id may be a word of its text
            if q.trait_ix().is_some() {
                for form in [&text, &md, &html] {
                    assert!(!form.contains(&q.id), "{}", q.id);
                }
            }
            let ids = table.trim_end().split(',');
            assert_eq!(ids.filter(|id| *id == q.id).count(), 1);
        }
        let numbered = html.matches("<span class=\"number\">").count();
        assert_eq!(numbered, pack.questions.len());
        let puzzles = pack.questions.iter();
        let puzzles = puzzles
            .filter(|q| q.format() == AnswerFormat::Choice)
            .count();
        let practice = pack
            .sections
            .iter()
            .filter(|s| s.practice.is_some())
            .count();
        let open = html.matches("I don&#39;t know</li>").count();
        assert_eq!(open, puzzles + practice);
    }
}

#[test]
fn a_form_begins_with_what_it_is_for_and_holds_the_practice_puzzle() {
    let mut pack = built_in();
    let comparison = Comparison::new(&pack, None, 1.0);
    let title = Some("Hill School");
    let sheet = answer_sheet(&comparison, title);
    let doc = form(&comparison, title, false);
    for doc in [&sheet, &doc] {
        let html = doc.to_format(PageFormat::Html, look(80, false));
        let head = html.split("</header>").next().expect("a header");
        for part in [
            "<h1>Hill School</h1>",
            "conversation about careers",
            "Nobody else",
        ] {
            assert!(head.contains(part), "{part} in {head}");
        }
        assert!(
            !html
                .split("<body>")
                .nth(1)
                .expect("a body")
                .contains("rolescope")
        );
    }
    let html = doc.to_format(PageFormat::Html, look(80, false));
    let practice = pack.sections.iter().find_map(|s| s.practice.as_ref());
    let practice = practice.expect("a practice puzzle");
    assert!(words(&html).contains(&practice.because) && words(&html).contains(&practice.text));
    // every number has its boxes
    let grid = sheet.to_format(PageFormat::Html, look(80, false));
    for (number, q) in (1..).zip(&pack.questions) {
        let row = grid
            .split(&format!("<li><strong>{number}</strong>"))
            .nth(1)
            .expect("a row");
        let boxes = row
            .split("</li>")
            .next()
            .expect("its end")
            .matches("class=\"box\"");
        let open = usize::from(q.format() == AnswerFormat::Choice);
        assert_eq!(boxes.count(), usize::from(q.choices) + open, "{number}");
    }
    // a pack's own words stand in place of the program's
    pack.purpose = Some("The class reads this: see https://example.org.".to_owned());
    let comparison = Comparison::new(&pack, None, 1.0);
    let html = answer_sheet(&comparison, None).to_format(PageFormat::Html, look(80, false));
    assert!(html.contains("see <a class=\"says\" href=\"https://example.org\">"));
    assert!(!html.contains("Nobody else"));
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
    let text = words(&text);
    for (number, q) in (1..).zip(&pack.questions) {
        match &q.measure {
            Measure::Choice {
                answer, because, ..
            } => {
                let letter = char::from(b'a' + answer - 1);
                let row = format!("| {number} | `{}` | {letter} | ", q.id);
                assert!(md.contains(&row), "{row}");
                let cells = format!("<code>{}</code></th><td>{letter}</td>", q.id);
                assert!(html.contains(&cells), "{cells}");
                assert!(text.contains(&words(because)), "{because}");
            }
            Measure::Rating { reverse, .. } => {
                let id = format!("{number} <code>{}</code>", q.id);
                assert!(html.contains(&id), "{id}");
                let reversed = format!("{id}, reversed</li>");
                assert_eq!(html.contains(&reversed), *reverse, "{id}");
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
        for kept in ["variety-1", "spatial-7"] {
            assert!(some.contains(kept), "{kept}");
        }
    }
    for (all, some) in all.iter().zip(&some).take(3) {
        assert!(words(all).contains("30 questions in 5 parts."));
        assert!(
            words(some).contains("26 questions in 5 parts, for roles of the family technician.")
        );
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
    let doc = form(&comparison, None, true);
    let of = |width, colour| doc.to_format(PageFormat::Text, look(width, colour));
    for (width, widest) in [(40, 40), (80, 80), (100, 100), (240, 100)] {
        let plain = of(width, false);
        for line in plain.lines() {
            assert!(
                crate::write::columns::width(line) <= widest || figures.contains(&line.trim()),
                "{width}: {line}"
            );
        }
        let coloured = of(width, true);
        assert_ne!(coloured, plain);
        assert_eq!(without_styles(&coloured), plain);
        // a drawing is never cut or wrapped
        assert!(figures.iter().all(|drawn| plain.contains(drawn)));
    }
}

/// A text without the escape sequences of styles.
fn without_styles(text: &str) -> String {
    let mut parts = text.split('\x1b');
    let first = parts.next().unwrap_or_default().to_owned();
    let after = parts.map(|part| part.split_once('m').expect("a style").1);
    after.fold(first, |text, part| text + part)
}
