//! `rolescope web`: the whole quiz as one file for any browser.

use crate::commands::shared::answer_session::word;
use crate::commands::shared::distinct_outputs::ensure_outputs_distinct;
use crate::commands::shared::global_args::{GlobalArgs, VERSION, write_text};
use crate::error::{Error, Result};
use crate::storage::atomic_write::output_file;
use crate::web::WebQuiz;
use std::path::PathBuf;

/// Arguments of `web`.
#[derive(Debug, clap::Args)]
pub struct WebArgs {
    /// Write the page to this file, or to standard output for -
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// The heading of the first screen, such as a school's name [default: Which roles fit you?]
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Offer the quick quiz only
    #[arg(long)]
    quick: bool,
    /// Show no result: the answers are saved as a file, for whoever goes through them with the person
    #[arg(long)]
    collect: bool,
    /// Replace the file if it is there
    #[arg(long)]
    force: bool,
}

impl WebArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// When the pack has mistakes, the file is there already, or it cannot be written.
    pub fn run(self, settings: &GlobalArgs) -> Result<()> {
        let files = settings.files()?;
        let pack = settings.load()?;
        // what the page would refuse is refused here
        let comparison = settings.comparison(&pack)?;
        let output = Some(self.output);
        ensure_outputs_distinct(settings.norms.as_deref(), &[&output])?;
        let path = output_file(output.as_deref());
        if let Some(path) = path.filter(|path| path.is_file() && !self.force) {
            return Err(Error::failed(format!(
                "{} is there already; --force replaces it",
                path.display()
            )));
        }
        let title = self.title.unwrap_or_else(|| pack.say("welcome-title"));
        let quiz = WebQuiz {
            files: &files,
            language: pack.language(),
            family: comparison.family(),
            aptitude_weight: comparison.aptitude_weight(),
            norms: comparison.measured(),
            program: VERSION,
            title: &title,
            quick: self.quick,
            collect: self.collect,
        };
        let page = quiz
            .page()
            .map_err(|source| Error::io("cannot pack the quiz", source))?;
        write_text(&page, output.as_deref())?;
        if let Some(path) = path {
            let name = word(&path.display().to_string());
            settings.remark(&format!(
                "The quiz is in {name}: open it with a web browser, or give the file to others. It needs no network."
            ));
        }
        Ok(())
    }
}
