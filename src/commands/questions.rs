//! `rolescope questions`: the questions as text, as a blank answer sheet, or as a paper form.

use crate::commands::global_args::{GlobalArgs, write_text};
use crate::error::{Error, Result};
use clap::ValueEnum;
use rolescope_core::{Form, form_html, form_markdown, form_text};
use std::path::PathBuf;

/// Output format of the questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FormFormat {
    /// Text to read.
    Text,
    /// A blank answer sheet: the header that `score` reads.
    Csv,
    /// A paper form in Markdown.
    Markdown,
    /// A paper form in HTML, to print on A4.
    Html,
}

/// Arguments of `questions`.
#[derive(Debug, clap::Args)]
pub struct QuestionsArgs {
    /// How to write the questions
    #[arg(short, long, default_value = "text")]
    format: FormFormat,
    /// Add the right answers, and what each question measures
    #[arg(long)]
    key: bool,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl QuestionsArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// When a blank sheet is asked for with the key, or the output fails.
    pub fn run(self, settings: &GlobalArgs) -> Result<()> {
        if self.key && self.format == FormFormat::Csv {
            return Err(Error::Usage(
                "a blank sheet has no place for the key: `score` would read it as a person's \
                 answers; use --key with -f text, markdown or html"
                    .to_owned(),
            ));
        }
        let pack = settings.load()?;
        let comparison = settings.comparison(&pack)?;
        let form = Form::new(&comparison, self.key);
        let path = self.output.as_deref();
        let text = match self.format {
            FormFormat::Text => form_text(&form, settings.look_for(path)),
            FormFormat::Csv => form.blank_sheet(),
            FormFormat::Markdown => form_markdown(&form),
            FormFormat::Html => form_html(&form),
        };
        write_text(&text, path)
    }
}
