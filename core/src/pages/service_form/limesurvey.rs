//! The structure of a survey of `LimeSurvey`, as tab-separated values: a row for each setting, group, question
//! and answer.

use super::{SurveyForm, SurveyItem, SurveyNameError, drawing, html, practice_html};
use std::collections::HashSet;

/// The columns, in their order.
const HEADER: &str = "class\ttype/scale\tname\trelevance\ttext\thelp\tlanguage\tvalidation\tmandatory\tother\tdefault\tsame_default\n";
/// Longest name of a question.
const LONGEST: usize = 20;

/// One row; what it does not state is empty.
#[derive(Clone, Copy, Default)]
struct Row<'a> {
    class: &'a str,
    kind: &'a str,
    name: &'a str,
    relevance: &'a str,
    text: &'a str,
    help: &'a str,
    /// Whether an answer is asked for that may be left out.
    optional: bool,
    /// The language of its texts.
    language: &'a str,
}

impl Row<'_> {
    fn write(&self, out: &mut String) {
        let language = if self.class == "S" { "" } else { self.language };
        let (mandatory, other) = if self.optional { ("N", "N") } else { ("", "") };
        let cells = [
            self.class,
            self.kind,
            self.name,
            self.relevance,
            self.text,
            self.help,
            language,
            "",
            mandatory,
            other,
            "",
            "",
        ];
        out.push_str(&cells.join("\t"));
        out.push('\n');
    }
}

/// The settings, and what the form is called and says first.
fn settings(form: &SurveyForm<'_>, of_language: Row<'_>, out: &mut String) {
    let settings = [
        ("language", of_language.language),
        ("format", "G"),
        ("allowprev", "Y"),
        ("showprogress", "Y"),
        ("showgroupinfo", "B"),
        ("showqnumcode", "X"),
        ("shownoanswer", "Y"),
    ];
    for (name, text) in settings {
        Row {
            class: "S",
            name,
            text,
            ..of_language
        }
        .write(out);
    }
    for (name, text) in [
        ("surveyls_title", form.title.as_str()),
        ("surveyls_welcometext", form.about.as_str()),
    ] {
        Row {
            class: "SL",
            name,
            text: &safe(text),
            ..of_language
        }
        .write(out);
    }
}

/// The structure.
pub(super) fn structure(form: &SurveyForm<'_>) -> Result<String, SurveyNameError> {
    let mut out = format!("\u{feff}{HEADER}");
    let language = form.language.as_str();
    let of_language = Row {
        language,
        ..Row::default()
    };
    settings(form, of_language, &mut out);
    let group = |name: &str, text: &str, out: &mut String| {
        let (name, relevance) = (&safe(name), "1");
        Row {
            class: "G",
            name,
            relevance,
            text,
            ..of_language
        }
        .write(out);
    };
    group(&form.who_part, "", &mut out);
    let who = form.who.replace('-', "");
    let question = Row {
        class: "Q",
        relevance: "1",
        optional: true,
        ..of_language
    };
    Row {
        kind: "S",
        name: &who,
        text: "Code",
        help: &form.who_help,
        ..question
    }
    .write(&mut out);
    let mut names = HashSet::from([who]);
    for section in &form.sections {
        let practice = section
            .practice
            .map(|practice| practice_html(form.pack, practice));
        let practice = practice.unwrap_or_default();
        let text = format!(
            "<p>{}</p>{}",
            safe(section.instructions),
            in_line(&practice)
        );
        group(section.title, &text, &mut out);
        for item in &section.items {
            let name = name(item).filter(|name| names.insert(name.to_lowercase()));
            let name = name.ok_or_else(|| SurveyNameError {
                id: item.id.to_owned(),
                service: "LimeSurvey",
                reason: "one begins with a letter and has up to 20 letters and digits, with X for each hyphen",
            })?;
            let drawing = item.figure.map(drawing).unwrap_or_default();
            Row {
                language,
                class: "Q",
                kind: "L",
                name: &name,
                relevance: "1",
                text: &safe(&item.text),
                // beside the question's text, which names its column
                help: &in_line(&drawing),
                optional: true,
            }
            .write(&mut out);
            for (code, text) in &item.answers {
                let name = if code == "?" { "idk" } else { code };
                Row {
                    class: "A",
                    kind: "0",
                    name,
                    text: &safe(text),
                    ..of_language
                }
                .write(&mut out);
            }
        }
    }
    Ok(out)
}

/// The name of a question: letters and digits only, so that `X` stands for each hyphen of its id.
fn name(item: &SurveyItem<'_>) -> Option<String> {
    let name = item.id.replace('-', "X");
    let letter = name.starts_with(|c: char| c.is_ascii_alphabetic());
    (letter && name.len() <= LONGEST).then_some(name)
}

/// A text in HTML that stays in its cell.
fn safe(text: &str) -> String {
    in_line(&html(text))
}

/// HTML without what ends a cell or a row, quotes it, or begins an expression.
fn in_line(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut opens = true;
    for c in html.chars() {
        match c {
            '"' => {
                out.push(if opens { '\u{201c}' } else { '\u{201d}' });
                opens = !opens;
            }
            '\n' => out.push_str("<br>"),
            '{' => out.push_str("&#123;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
