//! `rolescope questions`: the questions to read, as a paper form, as an answer sheet, as a blank table, as a
//! form of a survey service.

use crate::commands::shared::formats::{page_format, page_values, write_page};
use crate::commands::shared::global_args::{GlobalArgs, write_text};
use crate::error::{Error, Result};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use rolescope_core::pages::SurveyService;
use rolescope_core::write::PageFormat;
use std::path::PathBuf;

/// What the questions are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum QuestionsFormat {
    /// A page.
    Page(PageFormat),
    /// The header of a table.
    BlankTable,
    /// A form of a survey service.
    Survey(SurveyService),
}

/// What is typed for those that are no page: the word, what it is, which.
const OTHERS: [(&str, &str, QuestionsFormat); 5] = [
    (
        "csv",
        "A blank table for programs",
        QuestionsFormat::BlankTable,
    ),
    (
        "google-forms",
        "A script that makes a form of Google Forms",
        QuestionsFormat::Survey(SurveyService::GoogleForms),
    ),
    (
        "surveyjs",
        "A survey of SurveyJS, as JSON",
        QuestionsFormat::Survey(SurveyService::SurveyJs),
    ),
    (
        "redcap",
        "A data dictionary of REDCap, as CSV",
        QuestionsFormat::Survey(SurveyService::Redcap),
    ),
    (
        "limesurvey",
        "The structure of a survey of LimeSurvey, as tab-separated values",
        QuestionsFormat::Survey(SurveyService::LimeSurvey),
    ),
];

fn formats() -> impl TypedValueParser<Value = QuestionsFormat> {
    let others = OTHERS.iter();
    let others = others.map(|(word, help, _)| PossibleValue::new(word).help(help));
    let values: Vec<PossibleValue> = page_values().chain(others).collect();
    PossibleValuesParser::new(values).map(|typed| {
        let other = OTHERS.iter().find(|(word, ..)| *word == typed);
        other.map_or_else(
            || QuestionsFormat::Page(page_format(&typed).unwrap_or_default()),
            |(.., format)| *format,
        )
    })
}

/// Arguments of `questions`.
#[derive(Debug, clap::Args)]
pub struct QuestionsArgs {
    /// How to write the questions; csv is a blank table, the header that `score` reads, and what each survey
    /// service takes becomes a form there, whose export is read as it is
    #[arg(short, long, default_value = "text", value_parser = formats())]
    format: QuestionsFormat,
    /// Add the right answers, and what each question measures
    #[arg(long)]
    key: bool,
    /// Write an answer sheet of one page instead, so that printed questions are used again
    #[arg(long, conflicts_with = "key")]
    sheet: bool,
    /// The heading of the form or sheet, such as a school's name
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl QuestionsArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// When a blank table is asked for with what only a form has, or the output fails.
    pub fn run(self, settings: &GlobalArgs) -> Result<()> {
        let path = self.output.as_deref();
        let title = self.title.as_deref();
        let only = [
            (self.key, "--key", "the key"),
            (self.sheet, "--sheet", "an answer sheet to tick"),
            (title.is_some(), "--title", "a heading"),
        ];
        let refused = |what: &str, why: &str, only: &[(bool, &str, &str)]| {
            let asked = only.iter().find(|(asked, ..)| *asked);
            asked.map_or(Ok(()), |(_, typed, part)| {
                Err(Error::Usage(format!(
                    "{what} has no place for {part}: {why}; use {typed} with -f text, markdown or html"
                )))
            })
        };
        let format = match self.format {
            QuestionsFormat::Page(format) => format,
            QuestionsFormat::BlankTable => {
                let why = "`score` would read it as a person's answers";
                refused("a blank table", why, &only)?;
                let pack = settings.load_shown()?;
                return write_text(&settings.comparison(&pack)?.blank_table(), path);
            }
            QuestionsFormat::Survey(service) => {
                refused(
                    "a form of a service",
                    "those who answer would see it",
                    &only[..2],
                )?;
                let pack = settings.load_shown()?;
                let form = service.form(&settings.comparison(&pack)?, title);
                return write_text(&form.map_err(|e| Error::failed(e.to_string()))?, path);
            }
        };
        let pack = settings.load_shown()?;
        let comparison = settings.comparison(&pack)?;
        let doc = if self.sheet {
            comparison.answer_sheet_page(title)
        } else {
            comparison.form_page(title, self.key)
        };
        write_page(settings, &doc, format, path)
    }
}
