//! `rolescope analyse`: item analysis of the answers of many people.

use crate::commands::shared::distinct_outputs::ensure_outputs_distinct;
use crate::commands::shared::files_from::FilesFrom;
use crate::commands::shared::formats::{OutputFormat, RecordFormat, pages_or, write_page};
use crate::commands::shared::global_args::{GlobalArgs, say, write_text};
use crate::commands::shared::id_sample::RepeatedIds;
use crate::commands::shared::input_args::InputArgs;
use crate::commands::shared::people_run::{Assessing, PeopleRun, too_many_groups};
use crate::commands::shared::ratings::{RatedPerson, RatingsByLabel};
use crate::error::{Error, Result};
use crate::input::input_log::InputSummary;
use crate::input::parallel::Sinks;
use crate::storage::atomic_write::same_file;
use crate::storage::norms_file;
use rolescope_core::psychometrics::{Analysis, AnalysisCounts};
use rolescope_core::write::count;
use rolescope_core::{Comparison, Norms};
use std::path::{Path, PathBuf};

/// Maximum number of groups: a column with more values identifies people.
const GROUPS: usize = 50;

/// Arguments of `analyse`.
#[derive(Debug, clap::Args)]
pub struct AnalyseArgs {
    /// Answer files, folders of them, or - for standard input
    #[arg(required_unless_present = "files_from")]
    inputs: Vec<String>,
    #[command(flatten)]
    list: FilesFrom,
    /// How to write it
    #[arg(short, long, default_value = "text",
          value_parser = pages_or(&[RecordFormat::Csv, RecordFormat::Json]))]
    format: OutputFormat,
    #[command(flatten)]
    input: InputArgs,
    /// Compare groups of people by this column of the input (NDJSON: field)
    #[arg(long, value_name = "COL")]
    by: Option<String>,
    /// Measure the validity of the matches against these ratings of roles, given without knowing them
    #[arg(long, value_name = "FILE")]
    ratings: Option<PathBuf>,
    /// Write the norms of these people to this file, for --norms
    #[arg(long, value_name = "FILE")]
    write_norms: Option<PathBuf>,
    /// Write norms of fewer than 100 people too; every page that uses them then says so
    #[arg(long, requires = "write_norms")]
    force: bool,
    /// Threads to use, at most two a core [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl AnalyseArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// When an input cannot be read, people are too few, an output fails, or rows were rejected.
    pub fn run(mut self, settings: &GlobalArgs) -> Result<()> {
        self.inputs = self.list.after(&self.inputs)?;
        self.ensure_outputs_distinct(settings)?;
        let pack = settings.load()?;
        let comparison = settings.comparison(&pack)?;
        let nobody = AnalysisCounts::new(&comparison).ok_or_else(|| {
            Error::failed(
                "a trait of this pack has too many questions to set each against each; an analysis \
                 takes some 300",
            )
        })?;
        let book = self
            .ratings
            .as_deref()
            .map(|path| RatingsByLabel::open(path, &comparison));
        let book = book.transpose()?;
        let (counts, found, read) = self.count(settings, &comparison, &nobody, book.as_ref())?;
        read.somebody("counted")?;
        let people = counts.people();
        if people < Analysis::FEWEST {
            return Err(Error::failed(format!(
                "{}; an analysis of questions needs at least {}, and says \
                 little below a hundred",
                read_people(people, "could be read"),
                Analysis::FEWEST
            )));
        }
        let mut analysis = Analysis::new(&comparison, &counts, self.by.as_deref());
        if let Some(book) = &book {
            analysis.add_ratings(&book.usable(found, settings)?);
        }
        let norms = self.write_norms.as_deref().map(|path| {
            let norms = self.norms(path, &comparison, &counts, &analysis)?;
            Ok((path, norms))
        });
        // before anything is written, so that nothing is where norms are refused
        let norms = norms.transpose()?;
        let path = self.output.as_deref();
        match self.format {
            OutputFormat::Page(format) => {
                write_page(settings, &analysis.page(&comparison), format, path)?;
            }
            OutputFormat::Records(RecordFormat::Csv) => write_text(&analysis.to_csv(), path)?,
            OutputFormat::Records(_) => write_text(&analysis.to_json(&comparison), path)?,
        }
        if let Some((path, measured)) = &norms {
            norms_file::write(path, measured)?;
            settings.remark(&format!(
                "norms of {} people written to {}",
                measured.people(),
                path.display()
            ));
            if let Some(few) = measured.warning() {
                say(&few);
            }
        }
        read.end("counted")
    }

    /// The norms of these people.
    ///
    /// # Errors
    /// When they are too few, or a trait cannot be measured.
    fn norms(
        &self,
        path: &Path,
        comparison: &Comparison<'_>,
        counts: &AnalysisCounts,
        analysis: &Analysis,
    ) -> Result<Norms> {
        let name = path.file_stem().map(|stem| stem.to_string_lossy());
        let name = name.unwrap_or_default();
        let norms = counts.norms(comparison, analysis, &name);
        let norms = norms.map_err(|all| {
            let all: Vec<String> = all.iter().map(|why| format!("  {why}")).collect();
            Error::failed(format!("these people give no norms:\n{}", all.join("\n")))
        })?;
        if norms.few() && !self.force {
            return Err(Error::failed(format!(
                "norms of {} people would be loose: {} are needed, who answered the same \
                 questions; --force writes them all the same",
                norms.people(),
                Norms::ENOUGH
            )));
        }
        Ok(norms)
    }

    /// Ensures that no output overwrites an input or the other output.
    fn ensure_outputs_distinct(&self, settings: &GlobalArgs) -> Result<()> {
        let inputs = self.inputs.iter().map(Path::new);
        let others = [&self.ratings, &settings.norms];
        let others = others.into_iter().flatten().map(PathBuf::as_path);
        ensure_outputs_distinct(inputs.chain(others), &[&self.output, &self.write_norms])?;
        if let (Some(output), Some(norms)) = (&self.output, &self.write_norms)
            && same_file(output, norms)
        {
            return Err(Error::Usage(format!(
                "the analysis and the norms cannot both go to {}",
                output.display()
            )));
        }
        Ok(())
    }

    /// Counts everyone, and collects those with ratings.
    fn count(
        &self,
        settings: &GlobalArgs,
        comparison: &Comparison<'_>,
        nobody: &AnalysisCounts,
        ratings: Option<&RatingsByLabel>,
    ) -> Result<(AnalysisCounts, Vec<RatedPerson>, InputSummary)> {
        let keep: Vec<String> = self.by.iter().cloned().collect();
        let input = self.input.options(comparison.pack())?;
        let run = PeopleRun {
            keep: &keep,
            jobs: self.jobs,
            output: self.output.as_deref(),
            ..PeopleRun::new(settings, comparison.pack(), (&self.inputs, &input))
        };
        let worker = || {
            Assessing::new(
                (comparison, keep.len()),
                (nobody.clone(), Vec::new(), RepeatedIds::default()),
                |(counts, ..)| counts.groups().len() > GROUPS,
                |(counts, found, ids), person, outcome, _| {
                    ids.add(&person.id);
                    found.extend(ratings.and_then(|book| book.found(&person.id, outcome)));
                    let group = person.kept.first().map(|kept| kept.text.trim());
                    counts.add(&person.answers, outcome, group);
                },
            )
        };
        let (workers, read) = run.run(worker, Sinks::default())?;
        let (mut counts, mut found) = (nobody.clone(), Vec::new());
        let mut ids = RepeatedIds::default();
        for worker in workers {
            let (more, mut rated, seen) = worker.state;
            ids.merge(seen);
            counts.merge(&more);
            found.append(&mut rated);
        }
        if counts.groups().len() > GROUPS {
            return Err(too_many_groups(
                self.by.as_deref().unwrap_or_default(),
                GROUPS,
            ));
        }
        let passed = read.passed_over();
        settings.remark(&format!(
            "{}, {} rows rejected{}",
            read_people(read.people, "read"),
            read.rejected,
            passed.map_or_else(String::new, |passed| format!(", {passed}"))
        ));
        if let Some(told) = ids.told() {
            settings.remark(&format!(
                "{told}: an analysis takes every row for a person; keep one row of each"
            ));
        }
        Ok((counts, found, read))
    }
}

fn read_people(people: u64, read: &str) -> String {
    let (one, many) = (format!("person {read}"), format!("people {read}"));
    count(usize::try_from(people).unwrap_or(usize::MAX), &one, &many)
}
