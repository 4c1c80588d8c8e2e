//! The questions as a paper form in HTML, to print on A4.

use crate::pack::model::{AnswerFormat, Measure};
use crate::pages::form;
use crate::pages::form::{Form, FormQuestion, FormSection};
use crate::write::markup::{escape, html_page};
use crate::write::wording;
use std::fmt::Write as _;

const STYLE: &str = include_str!("form.css");

/// A table of up to this many questions is kept on one page.
const SHORT: usize = 12;

/// An empty tick box: drawn by the style, as its glyph differs between fonts.
const BOX: &str = "<span class=\"box\"></span>";

/// The form, and the key if it is asked for.
#[must_use]
pub fn page(form: &Form<'_>) -> String {
    let mut body = format!(
        "<main>\n<header>\n<h1>{}</h1>\n<p>{} {}</p>\n\
         <p class=\"who\"><span>{}</span> <span>{}</span></p>\n<p>{}</p>\n</header>\n",
        form::TITLE,
        escape(&form.origin()),
        escape(&form.extent()),
        form::NAME,
        form::DATE,
        form::HOW_TO
    );
    for part in &form.parts {
        section(part, &mut body);
    }
    let _ = write!(
        body,
        "</main>\n<footer>\n<p>{} {}</p>\n<p>{}</p>\n</footer>\n",
        wording::PURPOSE,
        escape(&form.origin()),
        in_code(&form::typing())
    );
    if form.key {
        key(form, &mut body);
    }
    let title = format!("{}: {}", form::TITLE, form.pack.name);
    html_page(&title, STYLE, &body)
}

fn section(part: &FormSection<'_>, out: &mut String) {
    let choice = part.section.format == AnswerFormat::Choice;
    let short = !choice && part.items.len() <= SHORT;
    let _ = write!(
        out,
        "<section{}>\n<h2>{}</h2>\n<p class=\"instructions\">{}</p>\n",
        if short { " class=\"short\"" } else { "" },
        escape(&part.section.title),
        escape(&part.section.instructions)
    );
    if choice {
        for item in &part.items {
            puzzle(*item, out);
        }
    } else {
        ratings(part, out);
    }
    out.push_str("</section>\n");
}

/// A table with a tick box for each label; its head is printed again on each page.
fn ratings(part: &FormSection<'_>, out: &mut String) {
    out.push_str("<table class=\"ratings\">\n<thead>\n<tr><th scope=\"col\">Question</th>");
    for (number, label) in (1..).zip(&part.section.labels) {
        let _ = write!(
            out,
            "<th scope=\"col\" class=\"label\"><span><b>{number}</b> {}</span></th>",
            escape(label)
        );
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    let boxes = format!("<td>{BOX}</td>").repeat(part.section.labels.len());
    for item in &part.items {
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th>{boxes}</tr>",
            heading(*item)
        );
    }
    out.push_str("</tbody>\n</table>\n");
}

/// Number, text and id of a question.
fn heading(item: FormQuestion<'_>) -> String {
    format!(
        "<span class=\"number\">{}</span> {} <small>{}</small>",
        item.number,
        escape(&item.question.text),
        escape(&item.question.id)
    )
}

fn puzzle(item: FormQuestion<'_>, out: &mut String) {
    let Measure::Choice {
        figure, options, ..
    } = &item.question.measure
    else {
        return;
    };
    let _ = writeln!(out, "<div class=\"puzzle\">\n<h3>{}</h3>", heading(item));
    if let Some(figure) = figure {
        let widest = figure.lines().map(crate::write::columns::width).max();
        let _ = writeln!(
            out,
            "<pre style=\"--columns: {}\">{}</pre>",
            widest.unwrap_or(1),
            escape(figure)
        );
    }
    let _ = writeln!(out, "<ul style=\"--widest: {}\">", widest(options));
    for (letter, option) in form::options(options) {
        let _ = writeln!(out, "<li>{BOX} <b>{letter}</b> {}</li>", escape(option));
    }
    out.push_str("</ul>\n</div>\n");
}

/// About how wide the widest option is in a face without serifs, in whole ems.
fn widest(options: &[String]) -> usize {
    let percent = |c: char| match c {
        'a'..='z' => 52,
        ' ' | '!'..='/' => 33,
        'A'..='Z' | '0'..='9' => 65,
        _ => 100,
    };
    let width = |(_, option): (char, &str)| option.chars().map(percent).sum::<usize>();
    let most = form::options(options).map(width).max().unwrap_or(0);
    most.div_ceil(100)
}

fn key(form: &Form<'_>, out: &mut String) {
    let [number, question, right, why, of, questions] = form::KEY_COLUMNS;
    let _ = write!(
        out,
        "<section class=\"key\">\n<h2>{}</h2>\n<p>{}</p>\n",
        form::KEY,
        form::KEY_FOR
    );
    if form.right().next().is_some() {
        let _ = write!(
            out,
            "<h3>{}</h3>\n<table class=\"right\">\n",
            form::KEY_RIGHT
        );
        head(&[number, question, right, why], out);
        for right in form.right() {
            let _ = writeln!(
                out,
                "<tr><td>{}</td><th scope=\"row\">{}</th><td><b>{}</b></td><td>{}</td></tr>",
                right.item.number,
                escape(&right.item.question.id),
                right.letter,
                escape(right.because)
            );
        }
        out.push_str("</tbody>\n</table>\n");
    }
    let _ = write!(
        out,
        "<div class=\"short\">\n<h3>{}</h3>\n<p>{}</p>\n<table>\n",
        form::KEY_TRAITS,
        form::KEY_REVERSED
    );
    head(&[of, questions], out);
    for measured in form.measured() {
        let ids: Vec<String> = measured
            .questions
            .iter()
            .map(|(id, reversed)| {
                let mark = if *reversed { " <b>(reversed)</b>" } else { "" };
                format!("<span>{}{mark}</span>", escape(id))
            })
            .collect();
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td>{}</td></tr>",
            escape(measured.name),
            ids.join(", ")
        );
    }
    out.push_str("</tbody>\n</table>\n</div>\n</section>\n");
}

fn head(names: &[&str], out: &mut String) {
    out.push_str("<thead>\n<tr>");
    for name in names {
        let _ = write!(out, "<th scope=\"col\">{name}</th>");
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
}

/// A text of ours in which backticks mark what is typed.
fn in_code(text: &str) -> String {
    text.split('`')
        .enumerate()
        .map(|(at, part)| match at % 2 {
            0 => escape(part),
            _ => format!("<code>{}</code>", escape(part)),
        })
        .collect()
}
