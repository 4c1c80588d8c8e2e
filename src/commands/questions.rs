//! `rolescope questions`: the questions to read, as a paper form, as an answer sheet, as a blank table.

use crate::commands::shared::formats::{OutputFormat, RecordFormat, pages_or, write_page};
use crate::commands::shared::global_args::{GlobalArgs, write_text};
use crate::error::{Error, Result};
use std::path::PathBuf;

/// Arguments of `questions`.
#[derive(Debug, clap::Args)]
pub struct QuestionsArgs {
    /// How to write the questions; csv is a blank table, the header that `score` reads
    #[arg(short, long, default_value = "text", value_parser = pages_or(&[RecordFormat::Csv]))]
    format: OutputFormat,
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
        let OutputFormat::Page(format) = self.format else {
            let only = [
                (self.key, "--key", "the key"),
                (self.sheet, "--sheet", "an answer sheet to tick"),
                (title.is_some(), "--title", "a heading"),
            ];
            if let Some((_, typed, what)) = only.iter().find(|(asked, ..)| *asked) {
                return Err(Error::Usage(format!(
                    "a blank table has no place for {what}: `score` would read it as a person's \
                     answers; use {typed} with -f text, markdown or html"
                )));
            }
            let pack = settings.load()?;
            return write_text(&settings.comparison(&pack)?.blank_table(), path);
        };
        let pack = settings.load()?;
        let comparison = settings.comparison(&pack)?;
        let doc = if self.sheet {
            comparison.answer_sheet_page(title)
        } else {
            comparison.form_page(title, self.key)
        };
        write_page(settings, &doc, format, path)
    }
}
