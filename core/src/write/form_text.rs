//! The questions as text for a terminal.

use crate::pack::model::{AnswerFormat, Measure};
use crate::pages::form;
use crate::pages::form::{Form, FormQuestion, FormSection};
use crate::write::terminal_text::{TextPage, TextStyle};
use crate::write::wording;

/// Columns before a question's text.
const MARGIN: usize = 6;

/// All questions, by section.
#[must_use]
pub fn page(form: &Form<'_>, look: TextStyle) -> String {
    let mut page = TextPage::new(look);
    page.heading(form::TITLE);
    page.prose(0, &form.origin());
    page.prose(0, &form.extent());
    for part in &form.parts {
        section(form, part, &mut page);
    }
    page.heading("What this is for");
    page.prose(0, wording::PURPOSE);
    page.gap();
    page.prose(
        0,
        "On paper: rolescope questions -f html -o form.html. A blank sheet to score: rolescope \
         questions -f csv. With the key: --key.",
    );
    page.finish()
}

fn section(form: &Form<'_>, part: &FormSection<'_>, page: &mut TextPage) {
    page.heading(&part.section.title);
    page.prose(0, &part.section.instructions);
    if !part.section.labels.is_empty() {
        page.gap();
    }
    for (number, label) in (1..).zip(&part.section.labels) {
        page.hanging(&format!("  {number}  "), 5, label);
    }
    page.gap();
    for (at, &item) in part.items.iter().enumerate() {
        if at > 0 && item.question.format() == AnswerFormat::Choice {
            page.gap();
        }
        question(form, item, page);
    }
}

fn question(form: &Form<'_>, item: FormQuestion<'_>, page: &mut TextPage) {
    let asked = item.question;
    let id = page.look().dim(&format!("[{}]", asked.id));
    page.hanging(
        &format!("{:>4}  ", item.number),
        MARGIN,
        &format!("{} {id}", asked.text),
    );
    if let Measure::Choice {
        figure, options, ..
    } = &asked.measure
    {
        if let Some(figure) = figure {
            drawing(figure, page);
        }
        for (letter, option) in form::options(options) {
            page.hanging(&format!("{:MARGIN$}{letter}  ", ""), MARGIN + 3, option);
        }
    }
    if form.key {
        key(form, item, page);
    }
}

/// A figure as it is: moved in where there is room, never wrapped.
fn drawing(figure: &str, page: &mut TextPage) {
    let widest = figure.lines().map(crate::write::columns::width).max();
    let margin = page
        .look()
        .columns()
        .saturating_sub(widest.unwrap_or(0))
        .min(MARGIN);
    page.gap();
    for line in figure.lines() {
        page.line(&format!("{:margin$}{line}", ""));
    }
    page.gap();
}

fn key(form: &Form<'_>, item: FormQuestion<'_>, page: &mut TextPage) {
    if let Some(right) = form::right(item) {
        page.prose(
            MARGIN,
            &format!("Right: {}. {}", right.letter, right.because),
        );
    } else if let Some(k) = item.question.trait_ix() {
        let reversed = if item.question.reversed() {
            ", reversed"
        } else {
            ""
        };
        page.prose(
            MARGIN,
            &format!("Measures: {}{reversed}", form.pack.traits[k].name),
        );
    }
}
