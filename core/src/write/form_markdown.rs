//! The questions as a paper form in Markdown.

use crate::pack::model::{AnswerFormat, Measure};
use crate::pages::form;
use crate::pages::form::{Form, FormQuestion, FormSection};
use crate::write::markup::{fenced, markdown};
use crate::write::wording;
use std::fmt::Write as _;

/// An empty tick box.
const BOX: char = '☐';

/// The form, and the key if it is asked for.
#[must_use]
pub fn page(form: &Form<'_>) -> String {
    let mut out = format!(
        "# {}\n\n{} {}\n\n{} {}  {} {}\n\n{}\n",
        form::TITLE,
        markdown(&form.origin()),
        markdown(&form.extent()),
        form::NAME,
        "\\_".repeat(30),
        form::DATE,
        "\\_".repeat(12),
        form::HOW_TO
    );
    for part in &form.parts {
        section(part, &mut out);
    }
    let _ = write!(
        out,
        "\n---\n\n{} {}\n\n{}\n",
        wording::PURPOSE,
        markdown(&form.origin()),
        form::typing()
    );
    if form.key {
        key(form, &mut out);
    }
    out
}

fn section(part: &FormSection<'_>, out: &mut String) {
    let _ = write!(
        out,
        "\n## {}\n\n{}\n",
        markdown(&part.section.title),
        markdown(&part.section.instructions)
    );
    if part.section.format != AnswerFormat::Choice {
        out.push('\n');
        let labels: Vec<String> = (1..)
            .zip(&part.section.labels)
            .map(|(n, label)| format!("{n} {}", markdown(label)))
            .collect();
        row(out, &["No.", "Question", &labels.join(" | ")]);
        row(out, &["--:", ":--", &vec![":-:"; labels.len()].join(" | ")]);
    }
    for item in &part.items {
        question(*item, part.section.labels.len(), out);
    }
}

fn question(item: FormQuestion<'_>, labels: usize, out: &mut String) {
    let asked = item.question;
    let text = format!("{} `{}`", markdown(&asked.text), asked.id);
    let Measure::Choice {
        figure, options, ..
    } = &asked.measure
    else {
        let boxes = vec![BOX.to_string(); labels].join(" | ");
        row(out, &[&item.number.to_string(), &text, &boxes]);
        return;
    };
    let _ = write!(out, "\n### {}. {text}\n\n", item.number);
    if let Some(figure) = figure {
        let _ = writeln!(out, "{}", fenced(figure));
    }
    for (letter, option) in form::options(options) {
        let _ = writeln!(out, "- {BOX} **{letter}** {}", markdown(option));
    }
}

fn key(form: &Form<'_>, out: &mut String) {
    let _ = write!(out, "\n---\n\n## {}\n\n{}\n", form::KEY, form::KEY_FOR);
    let [number, question, right, why, of, questions] = form::KEY_COLUMNS;
    if form.right().next().is_some() {
        let _ = write!(out, "\n### {}\n\n", form::KEY_RIGHT);
        row(out, &[number, question, right, why]);
        row(out, &["--:", ":--", ":-:", ":--"]);
    }
    for right in form.right() {
        row(
            out,
            &[
                &right.item.number.to_string(),
                &format!("`{}`", right.item.question.id),
                &format!("**{}**", right.letter),
                &markdown(right.because),
            ],
        );
    }
    let _ = write!(
        out,
        "\n### {}\n\n{}\n\n",
        form::KEY_TRAITS,
        form::KEY_REVERSED
    );
    row(out, &[of, questions]);
    row(out, &[":--", ":--"]);
    for measured in form.measured() {
        let ids: Vec<String> = measured
            .questions
            .iter()
            .map(|(id, reversed)| format!("`{id}`{}", if *reversed { " (reversed)" } else { "" }))
            .collect();
        row(out, &[&markdown(measured.name), &ids.join(", ")]);
    }
}

fn row(out: &mut String, cells: &[&str]) {
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}
