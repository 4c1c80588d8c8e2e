//! The questions as forms of survey services: what each imports, so that what it exports is read again.
//!
//! Names, texts and answers are written so that a header and a cell of the export mean one question and one
//! answer, whatever the service is told to export.

mod google_forms;
mod limesurvey;
mod redcap;
mod surveyjs;

use crate::pack::model::{AnswerFormat, Measure, Pack, Practice, Question};
use crate::pages::form::{heading, sections};
use crate::scoring::comparison::Comparison;
use std::collections::HashMap;

/// A service for surveys.
///
/// ```
/// # use rolescope_core::{Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// use rolescope_core::pages::SurveyService;
///
/// let form = SurveyService::SurveyJs.form(&comparison, Some("Room 12"))?;
/// assert!(form.contains("\"title\": \"Room 12\"") && form.contains("\"name\": \"making-1\""));
/// # Ok::<(), rolescope_core::pages::SurveyNameError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SurveyService {
    /// A script of Google Apps Script that makes the form.
    GoogleForms,
    /// The JSON of a survey of `SurveyJS`.
    SurveyJs,
    /// A data dictionary of `REDCap`, as CSV.
    Redcap,
    /// The structure of a survey of `LimeSurvey`, as tab-separated values.
    LimeSurvey,
}

/// A question whose id cannot be a name in a service, so that its export would not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{id}: {service} has no such name: {reason}; give the question another id")]
#[non_exhaustive]
pub struct SurveyNameError {
    /// Id of the question.
    pub id: String,
    /// The service.
    pub service: &'static str,
    /// What names it has.
    pub reason: &'static str,
}

impl SurveyService {
    /// The questions of the roles in play as a form of the service, under a heading of one's own.
    ///
    /// # Errors
    /// When the id of a question cannot be a name there.
    pub fn form(
        self,
        comparison: &Comparison<'_>,
        title: Option<&str>,
    ) -> Result<String, SurveyNameError> {
        let form = SurveyForm::of(comparison, title);
        match self {
            Self::GoogleForms => Ok(google_forms::script(&form)),
            Self::SurveyJs => Ok(surveyjs::json(&form)),
            Self::Redcap => redcap::dictionary(&form),
            Self::LimeSurvey => limesurvey::structure(&form),
        }
    }
}

/// What every form has.
struct SurveyForm<'a> {
    title: String,
    /// What it is for, and the pack.
    about: String,
    /// What the field is called that says who.
    who: &'static str,
    /// What the field that says who asks.
    who_help: String,
    /// What the part with that field is called, where it has a heading.
    who_part: String,
    /// The language that its texts are in, without region.
    language: String,
    pack: &'a Pack,
    sections: Vec<SurveySection<'a>>,
}

/// Names that a reader takes for a column that says who.
const WHO_NAMES: [&str; 3] = ["code", "label", "token"];

struct SurveySection<'a> {
    title: &'a str,
    instructions: &'a str,
    practice: Option<&'a Practice>,
    /// Whether its questions all have the same answers.
    scale: bool,
    items: Vec<SurveyItem<'a>>,
}

struct SurveyItem<'a> {
    id: &'a str,
    /// The text, that no other question has.
    text: String,
    figure: Option<&'a str>,
    /// Each answer as files have it, and as people read it.
    answers: Vec<(String, String)>,
}

impl<'a> SurveyForm<'a> {
    fn of(comparison: &'a Comparison<'_>, title: Option<&'a str>) -> Self {
        let pack = comparison.pack;
        let parts = sections(comparison);
        let mut texts: HashMap<String, usize> = HashMap::new();
        for question in &pack.questions {
            *texts.entry(bare(&question.text)).or_default() += 1;
        }
        let item = |question: &'a Question| SurveyItem {
            id: &question.id,
            text: if texts[&bare(&question.text)] == 1 {
                question.text.clone()
            } else {
                format!("{}. {}", question.id, question.text)
            },
            figure: match &question.measure {
                Measure::Choice { figure, .. } => figure.as_deref(),
                Measure::Rating { .. } | Measure::Condition(_) => None,
            },
            answers: answers(pack, question),
        };
        let sections = parts.iter().map(|part| SurveySection {
            title: &part.section.title,
            instructions: &part.section.instructions,
            practice: part.section.practice.as_ref(),
            scale: part.section.format != AnswerFormat::Choice,
            items: part
                .items
                .iter()
                .map(|(_, question)| item(question))
                .collect(),
        });
        let taken = |name: &&&str| pack.question(name).is_none();
        let purpose = pack.purpose.clone();
        let purpose = purpose.unwrap_or_else(|| pack.say("page-purpose"));
        let about = pack.phrase("service-about").text("purpose", purpose);
        let about = about
            .text("pack", &pack.name)
            .text("version", &pack.version);
        let tag = pack.language();
        Self {
            title: heading(pack, title, "form-title"),
            about: about.to_string(),
            who_help: pack.say("service-who"),
            who_part: pack.say("service-who-part"),
            language: tag.split('-').next().unwrap_or(tag).to_owned(),
            pack,
            who: WHO_NAMES.iter().find(taken).unwrap_or(&"respondent-id"),
            sections: sections.collect(),
        }
    }
}

/// A text without what does not tell it from others.
fn bare(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The answers to a question: as files have them, and as people read them. The last of a puzzle is that one
/// does not know, with nothing for it in files.
fn answers(pack: &Pack, question: &Question) -> Vec<(String, String)> {
    match &question.measure {
        Measure::Choice { options, .. } => {
            let lettered = ('a'..).zip(options);
            let all =
                lettered.map(|(letter, text)| (letter.to_string(), format!("{letter}) {text}")));
            all.chain([("?".to_owned(), pack.say("quiz-dont-know"))])
                .collect()
        }
        Measure::Rating { .. } | Measure::Condition(_) => {
            let labels = &pack.sections[question.section].labels;
            let numbered = (1..).zip(labels);
            numbered
                .map(|(n, label)| (n.to_string(), label.clone()))
                .collect()
        }
    }
}

/// The puzzle to practise on, as lines: options with their letters, and what is right.
fn practice_lines(pack: &Pack, practice: &Practice) -> Vec<String> {
    let mut lines: Vec<String> = (('a'..).zip(&practice.options))
        .map(|(letter, text)| format!("{letter}) {text}"))
        .collect();
    let right = char::from(b'a' + practice.answer - 1);
    let answer = pack
        .phrase("service-practice")
        .text("right", right.to_string());
    lines.push(answer.text("because", &practice.because).to_string());
    lines
}

/// A text safe within HTML, as services show it.
fn html(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// The same where quotation marks must stay as they are.
fn quoted_html(text: &str) -> String {
    html(text).replace('"', "&quot;")
}

/// A drawing in a face in which all signs have one width.
fn drawing(figure: &str) -> String {
    format!("<pre>{}</pre>", quoted_html(figure.trim_end_matches('\n')))
}

/// A puzzle to practise on as HTML.
fn practice_html(pack: &Pack, practice: &Practice) -> String {
    let figure = practice.figure.as_deref().map(drawing).unwrap_or_default();
    let lines: Vec<String> = practice_lines(pack, practice)
        .iter()
        .map(|line| quoted_html(line))
        .collect();
    format!(
        "<p>{}</p>{figure}<p>{}</p>",
        quoted_html(&practice.text),
        lines.join("<br>")
    )
}
