//! `rolescope analyse`: item analysis of the answers of many people.

use crate::commands::shared::distinct_outputs::ensure_outputs_distinct;
use crate::commands::shared::files_from::FilesFrom;
use crate::commands::shared::formats::{OutputFormat, RecordFormat, pages_or, write_page};
use crate::commands::shared::global_args::{GlobalArgs, say, write_text};
use crate::commands::shared::id_sample::RepeatedIds;
use crate::commands::shared::input_args::InputArgs;
use crate::commands::shared::people_run::{
    Assessing, LONGEST_GROUP, PeopleRun, too_long_group, too_many_groups,
};
use crate::commands::shared::ratings::{RatedPerson, RatingsByLabel};
use crate::error::{Error, Result};
use crate::input::input_log::InputSummary;
use crate::input::parallel::Sinks;
use crate::input::row::SheetPart;
use crate::storage::atomic_write::same_file;
use crate::storage::norms_file;
use crate::terminal::menus::confirm;
use rolescope_core::psychometrics::{Analysis, AnalysisCounts};
use rolescope_core::text::inert;
use rolescope_core::write::count;
use rolescope_core::{Comparison, Norms};
use std::collections::BTreeMap;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

/// Maximum number of groups: a column with more values identifies people.
const GROUPS: usize = 50;

/// Whether people are of all kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum MixedPeople {
    /// They are.
    Yes,
    /// They are of one course, job or interest.
    No,
}

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
    /// Measure the validity of the matches against people's own roles: a column of role ids, blank for none
    #[arg(long, value_name = "COL")]
    criterion: Option<String>,
    /// Write the norms of these people to this file, for --norms
    #[arg(long, value_name = "FILE")]
    write_norms: Option<PathBuf>,
    /// Whether these people are mixed, as a whole class or year is, and not of one course, job or interest
    #[arg(long, value_name = "yes|no", requires = "write_norms")]
    mixed: Option<MixedPeople>,
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
        if let Some(path) = &self.write_norms {
            self.ensure_mixed(path)?;
        }
        let pack = settings.load()?;
        let comparison = settings.comparison(&pack)?;
        let nobody = AnalysisCounts::new(&comparison).ok_or_else(|| {
            Error::failed(
                "a trait of this pack has too many questions to set each against each; an analysis \
                 takes some 300",
            )
        })?;
        let nobody = match &self.criterion {
            Some(_) => nobody.with_criterion(&comparison),
            None => nobody,
        };
        let book = self
            .ratings
            .as_deref()
            .map(|path| RatingsByLabel::open(path, &comparison));
        let book = book.transpose()?;
        let (counts, found, ids, read) =
            self.count(settings, &comparison, &nobody, book.as_ref())?;
        read.somebody("counted")?;
        let (rows, people) = (counts.people(), ids.everybody.people(counts.people()));
        let (fewest, of) = if self.write_norms.is_some() {
            (u64::from(Norms::FEWEST), "norms need at least")
        } else {
            (Analysis::FEWEST, "an analysis of questions needs at least")
        };
        if people < fewest {
            return Err(Error::failed(format!(
                "{}{}; {of} {fewest}, and say{} little below a hundred",
                read_people(people, "could be read"),
                in_rows(people, rows),
                if self.write_norms.is_some() { "" } else { "s" },
            )));
        }
        ids.ensure_groups()?;
        let mut analysis = Analysis::new(&comparison, &counts, self.by.as_deref());
        if ids.everybody.is_whole() {
            analysis.set_persons(people);
        }
        if let Some(column) = &self.criterion {
            if let Some(mistake) = counts.criterion_mistake(column) {
                return Err(Error::failed(mistake));
            }
            analysis.add_criterion(&counts, column);
        }
        if let Some(book) = &book {
            analysis.add_ratings(&book.usable(found, settings)?);
        }
        let norms = self.write_norms.as_deref().map(|path| {
            let norms = Self::norms(path, &comparison, &counts, &analysis)?;
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
        Ok(norms
            .of_mixed_people()
            .asked_in(comparison.pack().language()))
    }

    /// Ensures that the people are stated to be mixed: where nothing is said it is asked, if somebody is there.
    ///
    /// # Errors
    /// When they are of one kind, or nobody says.
    fn ensure_mixed(&self, path: &Path) -> Result<()> {
        let mixed = if let Some(mixed) = self.mixed {
            mixed == MixedPeople::Yes
        } else {
            let here = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
            if !here || self.inputs.iter().any(|input| input == "-") {
                return Err(Error::Usage(format!(
                    "norms need mixed people, as a whole class or year is, and not those of one course, job \
                     or interest; where that is so: --write-norms {} --mixed yes",
                    path.display()
                )));
            }
            confirm(
                "Are these people mixed, as a whole class or year is, and not of one course, job or interest?",
                false,
            )?
        };
        if mixed {
            return Ok(());
        }
        Err(Error::failed(
            "people of one kind give no norms: what they have in common would be taken for what everybody \
             likes, and count for nothing in anyone's result (norms of thirty engineers agree with measured \
             norms no better than assumed ones do); give the answers of people of all kinds, or leave out \
             --write-norms",
        ))
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
    ) -> Result<(AnalysisCounts, Vec<RatedPerson>, CountedIds, InputSummary)> {
        let keep: Vec<String> = self.by.iter().chain(&self.criterion).cloned().collect();
        let grouped = self.by.is_some();
        let input = self.input.options(comparison.pack())?;
        let run = PeopleRun {
            keep: &keep,
            of_sheets: SheetPart::Sittings,
            jobs: self.jobs,
            output: self.output.as_deref(),
            ..PeopleRun::new(settings, comparison.pack(), (&self.inputs, &input))
        };
        let worker = || {
            Assessing::new(
                (comparison, keep.len() + 2),
                (nobody.clone(), Vec::new(), CountedIds::default()),
                |(counts, _, ids)| counts.groups().len() > GROUPS || ids.long,
                |(counts, found, ids), person, outcome, _| {
                    let (columns, sitting) = person.kept.split_at(keep.len());
                    let first = sitting.first().map_or("", |first| first.text.as_str());
                    let mut columns = columns.iter().map(|kept| kept.text.trim());
                    let group = if grouped { columns.next() } else { None };
                    if group.is_some_and(|group| group.len() > LONGEST_GROUP) {
                        ids.long = true;
                        return;
                    }
                    ids.add(if first.is_empty() { &person.id } else { first }, group);
                    found.extend(
                        ratings.and_then(|book| book.found(&person.id, comparison, outcome)),
                    );
                    counts.add(&person.answers, outcome, group);
                    if let Some(own) = columns.next() {
                        counts.add_criterion(comparison, (&person.answers, outcome), group, own);
                    }
                },
            )
        };
        let (workers, read) = run.run(worker, Sinks::default())?;
        let (mut counts, mut found) = (nobody.clone(), Vec::new());
        let mut ids = CountedIds::default();
        for worker in workers {
            let (more, mut rated, seen) = worker.state;
            ids.merge(seen);
            counts.merge(&more);
            found.append(&mut rated);
        }
        if ids.long {
            return Err(too_long_group(self.by.as_deref().unwrap_or_default()));
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
        if let Some(told) = ids.everybody.told() {
            settings.remark(&format!(
                "{told}, or is a later sitting of the same person: an analysis takes every row for a person; keep one \
                 row of each"
            ));
        }
        Ok((counts, found, ids, read))
    }
}

/// Whose rows were counted: equal ids, and sittings that are linked, are one person's.
#[derive(Clone, Debug, Default)]
struct CountedIds {
    everybody: RepeatedIds,
    /// Rows and ids of each group.
    groups: BTreeMap<String, (u64, RepeatedIds)>,
    /// Whether a group was named by too long a text.
    long: bool,
}

impl CountedIds {
    /// Counts a row.
    fn add(&mut self, id: &str, group: Option<&str>) {
        self.everybody.add(id);
        let Some(group) = group else { return };
        if !self.groups.contains_key(group) {
            // more are refused
            if self.groups.len() > GROUPS {
                return;
            }
            self.groups.insert(group.to_owned(), Default::default());
        }
        if let Some((rows, ids)) = self.groups.get_mut(group) {
            *rows += 1;
            ids.add(id);
        }
    }

    /// Adds what another thread has counted.
    fn merge(&mut self, other: Self) {
        self.everybody.merge(other.everybody);
        self.long |= other.long;
        for (group, (rows, ids)) in other.groups {
            let (all, mine) = self.groups.entry(group).or_default();
            *all += rows;
            mine.merge(ids);
        }
    }

    /// Ensures that no group seems larger than it is by people who are there more than once.
    ///
    /// # Errors
    /// When one does, and is of fewer people than an analysis needs.
    fn ensure_groups(&self) -> Result<()> {
        let people = |(rows, ids): &(u64, RepeatedIds)| ids.people(*rows);
        let small = self
            .groups
            .iter()
            .find(|(_, group)| group.0 >= Analysis::FEWEST && people(group) < Analysis::FEWEST);
        small.map_or(Ok(()), |(name, group)| {
            let of = people(group);
            Err(Error::failed(format!(
                "the group {:?} is of {}{}: too few for a page that tells nothing of each; keep one row of each person",
                inert(name),
                read_people(of, "").trim_end(),
                in_rows(of, group.0)
            )))
        })
    }
}

/// In how many rows people are, where these are more.
fn in_rows(people: u64, rows: u64) -> String {
    if rows > people {
        format!(" ({rows} rows: equal ids and linked sittings are one person's)")
    } else {
        String::new()
    }
}

fn read_people(people: u64, read: &str) -> String {
    let (one, many) = (format!("person {read}"), format!("people {read}"));
    count(usize::try_from(people).unwrap_or(usize::MAX), &one, &many)
}
