//! `rolescope report`: result pages of saved answers: one person, a retest, a group.

use crate::commands::quiz::QuizOptions;
use crate::commands::shared::answer_session;
use crate::commands::shared::environment::data_folder;
use crate::commands::shared::files_from::FilesFrom;
use crate::commands::shared::global_args::GlobalArgs;
use crate::commands::shared::group;
use crate::commands::shared::input_args::InputArgs;
use crate::commands::shared::one_person;
use crate::commands::shared::page_each;
use crate::commands::shared::result_page::{PageArgs, ResultOutput};
use crate::commands::shared::retest;
use crate::error::{Error, Result};
use crate::storage::quiz_folder;
use clap::ValueHint;
use rolescope_core::{Date, Pack};
use std::path::{Path, PathBuf};

/// Arguments of `report`.
#[derive(Debug, clap::Args)]
pub struct ReportArgs {
    /// The answers of one person: an answer file as the quiz saves it, or a table or records [default: the
    /// last quiz in the data folder]
    #[arg(conflicts_with = "files_from")]
    answers: Option<PathBuf>,
    /// Of a file that holds several people, the one of this id
    #[arg(long, value_name = "ID", conflicts_with = "group")]
    person: Option<String>,
    #[command(flatten)]
    page: PageArgs,
    /// Compare with this older answer file of the same person (retest)
    #[arg(long, value_name = "OLD", conflicts_with_all = ["view", "what_if", "avoid", "why", "with_answers"])]
    since: Option<PathBuf>,
    /// Write one page about all people in these answer files, tables or folders, or - for standard input
    #[arg(long, value_name = "INPUT", num_args = 1.., value_hint = ValueHint::AnyPath,
          conflicts_with_all = ["answers", "since", "view", "what_if", "avoid", "why", "with_answers"])]
    group: Vec<String>,
    /// Write a page for each person in these answer files, tables or folders, or - for standard input, into the
    /// folder that -o names: with a page that leads to all, and a file that prints all
    #[arg(long, value_name = "INPUT", num_args = 0.., value_hint = ValueHint::AnyPath,
          conflicts_with_all = ["answers", "group", "by", "person", "since", "what_if", "avoid", "why", "with_answers"])]
    each: Option<Vec<String>>,
    /// With --each: replace pages that are in the folder already
    #[arg(long, requires = "each")]
    force: bool,
    #[command(flatten)]
    list: FilesFrom,
    /// Split the group by this column (of NDJSON: field) of the input; of answer files by finished or
    /// month
    #[arg(long, value_name = "COL")]
    by: Option<String>,
    #[command(flatten)]
    out: ResultOutput,
    #[command(flatten)]
    input: InputArgs,
}

impl ReportArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// When the answers cannot be read or the page cannot be written.
    pub fn run(self, settings: &GlobalArgs) -> Result<()> {
        let pack = settings.load_shown()?;
        let comparison = settings.comparison(&pack)?;
        let input = self.input.options(&pack)?;
        if let Some(each) = &self.each {
            let inputs = self.list.after(each)?;
            if inputs.is_empty() {
                let text = "--each writes a page for each person: name the file that they are in";
                return Err(Error::Usage(text.to_owned()));
            }
            let shown = (&self.page.options(), self.force);
            let inputs = (&inputs[..], &input);
            return page_each::write(settings, &self.out, &comparison, inputs, shown);
        }
        let of_many = !self.group.is_empty() || self.list.files_from.is_some();
        let last = match &self.answers {
            None if !of_many => Some(last_quiz(settings, &pack)?),
            _ => None,
        };
        let Some(path) = self.answers.as_ref().or(last.as_ref()) else {
            let inputs = self.list.after(&self.group)?;
            let (inputs, by) = ((&inputs[..], &input), self.by.as_deref());
            let look = &self.out.page_look;
            let out = (self.out.format, self.out.output.as_deref(), look);
            return group::write(settings, out, &comparison, inputs, by);
        };
        if self.by.is_some() {
            let text = "--by splits a group: use it with --group".to_owned();
            return Err(Error::Usage(text));
        }
        let load =
            |path: &Path| one_person::load(settings, path, &pack, &input, self.person.as_deref());
        let sheet = load(path)?;
        if let Some(since) = &self.since {
            let old = load(since)?;
            return retest::write(settings, &self.out, &comparison, [&old, &sheet]);
        }
        if self.page.is_walk(&self.out) {
            let asking = QuizOptions::of_result(self.page.plain, self.page.reachable);
            let open = || answer_session::load(path, &pack, settings);
            let own = self.person.is_none() && one_person::is_answer_file(path, &input);
            return asking.look_at(settings, &comparison, &sheet, own.then_some(&open));
        }
        self.page.run(settings, &self.out, &comparison, &sheet)
    }
}

/// The file of the last quiz in the data folder, and a remark that says which.
fn last_quiz(settings: &GlobalArgs, pack: &Pack) -> Result<PathBuf> {
    let folder = data_folder()?;
    let quiz = quiz_folder::last(&folder, pack).ok_or_else(|| {
        Error::Usage(format!(
            "no file is named, and no quiz is saved in {}; take the quiz with `rolescope quiz`, or name a file \
             of answers",
            folder.display()
        ))
    })?;
    let state = if quiz.finished() {
        "finished"
    } else {
        "unfinished"
    };
    let day = Date::words_of(quiz.sheet.started.as_deref().unwrap_or_default());
    let path = quiz.path.display();
    settings.remark(&format!("The {state} quiz of {day}: {path}"));
    Ok(quiz.path)
}
