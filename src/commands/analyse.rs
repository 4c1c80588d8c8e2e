//! `rolescope analyse`: what the answers of many people say about the questions.

use crate::commands::counting_run::{CountingRun, GROUPS, RunTotals};
use crate::commands::distinct_outputs::{apart, size};
use crate::commands::formats::{OutputFormat, RecordFormat, pages_or, write_page};
use crate::commands::global_args::{GlobalArgs, say, write_text};
use crate::commands::ratings::RatingsByLabel;
use crate::commands::run_counts::SHOWN;
use crate::error::{Error, Result};
use crate::input::feed::{Feed, FeedOptions};
use crate::input::format::InputFormat;
use crate::input::tasks::cores;
use crate::storage::atomic_write::same_file;
use crate::storage::norms_file;
use crate::terminal::progress::Progress;
use rolescope_core::pages::analysis;
use rolescope_core::psychometrics::analysis::Analysis;
use rolescope_core::psychometrics::layout::AnalysisLayout;
use rolescope_core::psychometrics::norm_estimation::measured;
use rolescope_core::psychometrics::statistics::FEWEST;
use rolescope_core::scoring::comparison::Comparison;
use rolescope_core::scoring::norms::{ENOUGH, Norms};
use rolescope_core::write::analysis_csv;
use rolescope_core::write::analysis_json;
use rolescope_core::write::terminal_text::inert;
use rolescope_core::write::wording;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

/// Bytes of a task.
const TASK: usize = 256 << 10;

/// Arguments of `analyse`.
#[derive(Debug, clap::Args)]
pub struct AnalyseArgs {
    /// Answer files, folders of them, or - for standard input
    #[arg(required = true)]
    inputs: Vec<String>,
    /// How to write it
    #[arg(short, long, default_value = "text",
          value_parser = pages_or(&[RecordFormat::Csv, RecordFormat::Json]))]
    format: OutputFormat,
    /// How the input is written, where name and content do not tell
    #[arg(long, value_name = "FORMAT", value_parser = InputFormat::parse)]
    input_format: Option<InputFormat>,
    /// Compare the groups that this column (of NDJSON: field) of the input splits people into
    #[arg(long, value_name = "COL")]
    by: Option<String>,
    /// Put these ratings of roles, given without knowing any match, beside the matches
    #[arg(long, value_name = "FILE")]
    ratings: Option<PathBuf>,
    /// Write the norms of these people to this file, for --norms
    #[arg(long, value_name = "FILE")]
    write_norms: Option<PathBuf>,
    /// Write norms of fewer than 100 people too; they are then said to be few wherever they are used
    #[arg(long, requires = "write_norms")]
    force: bool,
    /// Threads to use [default: one a core]
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
    pub fn run(self, settings: &GlobalArgs) -> Result<()> {
        self.apart(settings)?;
        let pack = settings.load()?;
        let comparison = settings.comparison(&pack)?;
        let layout = AnalysisLayout::of(&comparison).ok_or_else(|| {
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
        let mut counted = self.count(settings, &comparison, &layout, book.as_ref())?;
        let people = counted.counts.people;
        if people < FEWEST {
            return Err(Error::failed(format!(
                "{} could be read; an analysis of questions needs at least {FEWEST}, and says \
                 little below a hundred",
                read_people(people, "could be read")
            )));
        }
        let mut analysis = Analysis::new(&comparison, &layout, &counted.counts, self.by.as_deref());
        if let Some(book) = &book {
            let found = std::mem::take(&mut counted.found);
            analysis.ratings = Some(book.validity(found, settings)?);
        }
        let norms = self.write_norms.as_deref().map(|path| {
            let norms = self.norms(path, &comparison, &layout, &counted, &analysis)?;
            Ok((path, norms))
        });
        // before anything is written, so that nothing is where norms are refused
        let norms = norms.transpose()?;
        let path = self.output.as_deref();
        match self.format {
            OutputFormat::Page(format) => {
                write_page(
                    settings,
                    &analysis::doc(&comparison, &analysis),
                    format,
                    path,
                )?;
            }
            OutputFormat::Records(RecordFormat::Csv) => {
                write_text(&analysis_csv::table(&analysis), path)?;
            }
            OutputFormat::Records(_) => {
                write_text(&analysis_json::object(&comparison, &analysis), path)?;
            }
        }
        if let Some((path, measured)) = &norms {
            norms_file::write(path, measured)?;
            settings.remark(&format!(
                "norms of {} people written to {}",
                measured.people(),
                path.display()
            ));
            if let Some(few) = wording::few(Some(measured)) {
                say(&few);
            }
        }
        if counted.rejected > 0 {
            return Err(Error::Partly(format!(
                "{} of {} rows were rejected; the others were counted",
                counted.rejected, counted.rows
            )));
        }
        Ok(())
    }

    /// The norms of these people.
    ///
    /// # Errors
    /// When they are too few, or a trait cannot be measured.
    fn norms(
        &self,
        path: &Path,
        comparison: &Comparison<'_>,
        layout: &AnalysisLayout,
        counted: &RunTotals,
        analysis: &Analysis,
    ) -> Result<Norms> {
        let name = path.file_stem().map(|stem| stem.to_string_lossy());
        let name = name.unwrap_or_default();
        let norms = measured(comparison, layout, &counted.counts, &analysis.scales, &name);
        let norms = norms.map_err(|all| {
            let all: Vec<String> = all.iter().map(|why| format!("  {why}")).collect();
            Error::failed(format!("these people give no norms:\n{}", all.join("\n")))
        })?;
        if norms.few() && !self.force {
            return Err(Error::failed(format!(
                "norms of {} people would be loose: {ENOUGH} are needed, who answered the same \
                 questions; --force writes them all the same",
                norms.people()
            )));
        }
        Ok(norms)
    }

    /// Holds that no output takes the place of an input or of the other output.
    fn apart(&self, settings: &GlobalArgs) -> Result<()> {
        let inputs = self.inputs.iter().map(Path::new);
        let others = [&self.ratings, &settings.norms];
        let others = others.into_iter().flatten().map(PathBuf::as_path);
        apart(inputs.chain(others), &[&self.output, &self.write_norms])?;
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

    fn count(
        &self,
        settings: &GlobalArgs,
        comparison: &Comparison<'_>,
        layout: &AnalysisLayout,
        ratings: Option<&RatingsByLabel>,
    ) -> Result<RunTotals> {
        let keep: Vec<String> = self.by.iter().cloned().collect();
        let feed = Feed::new(
            &self.inputs,
            FeedOptions {
                pack: comparison.pack,
                written: self.input_format,
                keep: &keep,
                size: TASK,
            },
        );
        let quiet = settings.quiet || self.output.is_none() && std::io::stdout().is_terminal();
        let progress = Progress::of_bytes(quiet, size(&self.inputs), feed.bytes_read());
        let census = CountingRun {
            comparison,
            layout,
            grouped: self.by.is_some(),
            ratings,
            jobs: self.jobs.map_or_else(cores, usize::from),
        };
        let counted = census.run(feed, &progress);
        drop(progress);
        let counted = counted?;
        if counted.counts.groups.len() > GROUPS {
            return Err(Error::failed(format!(
                "{} has over {GROUPS} values, so it tells people apart and no groups",
                self.by.as_deref().unwrap_or_default()
            )));
        }
        tell(&counted, settings);
        Ok(counted)
    }
}

/// Says what is to be said about the input.
fn tell(counted: &RunTotals, settings: &GlobalArgs) {
    for remark in &counted.remarks {
        settings.remark(&inert(remark));
    }
    for question in counted.unknown.iter().take(SHOWN) {
        settings.remark(&format!("no question {}, ignored", inert(question)));
    }
    for told in &counted.told {
        say(&told.0);
    }
    if counted.rejected > SHOWN as u64 {
        say("further rejected rows are only counted");
    }
    let passed = counted.ledger.passed_over();
    settings.remark(&format!(
        "{}, {} rows rejected{}",
        read_people(counted.counts.people, "read"),
        counted.rejected,
        passed.map_or_else(String::new, |passed| format!(", {passed}"))
    ));
}

fn read_people(people: u64, read: &str) -> String {
    let (one, many) = (format!("person {read}"), format!("people {read}"));
    wording::count(usize::try_from(people).unwrap_or(usize::MAX), &one, &many)
}
