//! `rolescope learn`: levels of roles from people who do the work or chose it.

use crate::commands::check::today;
use crate::commands::shared::balance_run::{SimulationArgs, measure};
use crate::commands::shared::files_from::FilesFrom;
use crate::commands::shared::formats::write_page;
use crate::commands::shared::global_args::GlobalArgs;
use crate::commands::shared::input_args::InputArgs;
use crate::commands::shared::people_run::{Assessing, PeopleRun};
use crate::error::{Error, Result};
use crate::input::mapping::InputOptions;
use crate::input::parallel::Sinks;
use crate::storage::pack_folder;
use rolescope_core::psychometrics::{AnalysisCounts, LevelLearning};
use rolescope_core::write::PageFormat;
use rolescope_core::{Comparison, Diagnostic, Pack, SourceFile};
use std::path::{Path, PathBuf};

/// Arguments of `learn`.
#[derive(Debug, clap::Args)]
pub struct LearnArgs {
    /// Answer files or folders of them; they are read twice, so no pipes
    #[arg(required_unless_present = "files_from")]
    inputs: Vec<String>,
    #[command(flatten)]
    list: FilesFrom,
    /// The column with the id of each person's own role, blank for none (NDJSON: field)
    #[arg(long, value_name = "COL")]
    criterion: String,
    #[command(flatten)]
    input: InputArgs,
    /// Write the pack with the learned levels to this new folder; without it only the gain is told
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Move a folder that is there aside, to DIR.old, and write a pack that `check` finds fault with
    #[arg(long, requires = "output")]
    force: bool,
    /// Threads to use, at most two a core [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
}

impl LearnArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// When an input cannot be read, there is nothing to learn, learned levels do not help, the pack would not pass
    /// `check`, or rows were rejected.
    pub fn run(mut self, settings: &GlobalArgs) -> Result<()> {
        self.inputs = self.list.after(&self.inputs)?;
        self.ensure_read_twice()?;
        if let Some(folder) = &self.output {
            pack_folder::ensure_free(folder, self.force)?;
        }
        let files = settings.files()?;
        let pack = settings.load()?;
        let comparison = settings.comparison(&pack)?;
        let input = self.input.options(&pack)?;
        let (counts, read) = self.count(settings, &comparison, &input)?;
        read.somebody("counted")?;
        if let Some(mistake) = counts.criterion_mistake(&self.criterion) {
            return Err(Error::failed(mistake));
        }
        let learning = counts.learn(&comparison);
        let learning =
            learning.map_err(|why| Error::failed(format!("no levels were learned: {why}")))?;
        let learning = self.gain(settings, &learning, &comparison, &input)?;
        let page = learning.page();
        write_page(settings, &page, PageFormat::Text, None)?;
        if !learning.helps() {
            return Err(Error::failed(
                "the learned levels do not help people they were not learned from, beyond chance; nothing was written",
            ));
        }
        if let Some(folder) = &self.output {
            self.write(settings, &learning, (&files, &comparison), folder)?;
        }
        read.end("counted")
    }

    /// Ensures that every input can be read a second time.
    fn ensure_read_twice(&self) -> Result<()> {
        let once = |input: &&String| {
            let there = std::fs::metadata(input);
            input.as_str() == "-" || there.is_ok_and(|there| !there.is_file() && !there.is_dir())
        };
        match self.inputs.iter().find(once) {
            Some(input) => Err(Error::Usage(format!(
                "{input} can be read once only, and people are read twice: to learn, and to see what it gains; save \
                 the answers to a file first"
            ))),
            None => Ok(()),
        }
    }

    fn people_run<'a>(
        &'a self,
        settings: &'a GlobalArgs,
        pack: &'a Pack,
        (keep, input): (&'a [String], &'a InputOptions),
    ) -> PeopleRun<'a> {
        PeopleRun {
            keep,
            jobs: self.jobs,
            ..PeopleRun::new(settings, pack, (&self.inputs, input))
        }
    }

    /// Counts everyone.
    fn count(
        &self,
        settings: &GlobalArgs,
        comparison: &Comparison<'_>,
        input: &InputOptions,
    ) -> Result<(AnalysisCounts, crate::input::input_log::InputSummary)> {
        let nobody = AnalysisCounts::new(comparison).ok_or_else(|| {
            Error::failed(
                "a trait of this pack has too many questions to be analysed; some 300 are possible",
            )
        })?;
        let nobody = nobody.with_criterion(comparison);
        let keep = [self.criterion.clone()];
        let run = self.people_run(settings, comparison.pack(), (&keep, input));
        let worker = || {
            Assessing::new(
                (comparison, 1),
                nobody.clone(),
                |_| false,
                |counts, person, outcome, _| {
                    let cell = person.kept.first().map_or("", |kept| kept.text.as_str());
                    counts.add(&person.answers, outcome, None);
                    counts.add_criterion(comparison, (&person.answers, outcome), None, cell);
                },
            )
        };
        let (workers, read) = run.run(worker, Sinks::default())?;
        let mut counts = nobody.clone();
        for worker in workers {
            counts.merge(&worker.state);
        }
        settings.remark(&format!(
            "{} people read, {} rows rejected",
            read.people, read.rejected
        ));
        Ok((counts, read))
    }

    /// Counts what the learned levels gain, in a second run over the same people.
    fn gain<'c>(
        &self,
        settings: &GlobalArgs,
        nobody: &LevelLearning<'c>,
        comparison: &'c Comparison<'c>,
        input: &InputOptions,
    ) -> Result<LevelLearning<'c>> {
        let keep = [self.criterion.clone()];
        let run = PeopleRun {
            again: true,
            ..self.people_run(settings, comparison.pack(), (&keep, input))
        };
        let worker = || {
            Assessing::new(
                (comparison, 1),
                nobody.clone(),
                |_| false,
                |learning, person, outcome, _| {
                    let cell = person.kept.first().map_or("", |kept| kept.text.as_str());
                    learning.add(&person.answers, outcome, cell);
                },
            )
        };
        let (workers, _) = run.run(worker, Sinks::default())?;
        let mut learning = nobody.clone();
        for worker in workers {
            learning.merge(&worker.state);
        }
        if learning.is_complete() {
            Ok(learning)
        } else {
            Err(Error::failed(
                "the inputs changed while they were read; learn again when nobody writes to them",
            ))
        }
    }

    /// Writes the pack, where `check` has no more against it than against the pack in use.
    fn write(
        &self,
        settings: &GlobalArgs,
        learning: &LevelLearning<'_>,
        (files, before): (&[SourceFile], &Comparison<'_>),
        folder: &Path,
    ) -> Result<()> {
        let files = learning.files(files).map_err(Error::failed)?;
        let pack = Pack::parse(&files).map_err(|mistakes| {
            let colour = settings.look_of_messages().colour();
            Error::Mistakes(Diagnostic::show_all(&mistakes, &files, colour))
        })?;
        let after = settings.comparison(&pack)?;
        let faults = |comparison: &Comparison<'_>| {
            let lints = comparison.lint(today());
            let balance = measure(comparison, &SimulationArgs::USUAL, settings.quiet);
            lints.iter().filter(|lint| !lint.note()).count() + balance.broken_rules()
        };
        let new = faults(&after);
        // what is without fault need not be set beside what was
        let old = if new == 0 { 0 } else { faults(before) };
        if new > old {
            let what = format!(
                "`check` finds {new} faults of the pack with the learned levels, and {old} of the one in use"
            );
            if !self.force {
                return Err(Error::failed(format!(
                    "{what}; nothing was written; --force writes it all the same"
                )));
            }
            settings.remark(&what);
        }
        let aside = pack_folder::write(folder, &files, self.force)?;
        if let Some(aside) = aside {
            settings.remark(&format!("what was there is in {} now", aside.display()));
        }
        settings.remark(&format!(
            "{} files written; see them by: rolescope --pack {} check",
            files.len(),
            folder.display()
        ));
        Ok(())
    }
}
