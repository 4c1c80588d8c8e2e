//! `rolescope verify`: scores saved results again and reports differences.

use crate::commands::shared::distinct_outputs::ensure_outputs_distinct;
use crate::commands::shared::global_args::{GlobalArgs, say};
use crate::commands::shared::input_args::InputArgs;
use crate::commands::shared::people_run::RunMessages;
use crate::commands::shared::result_verifier::ResultVerifier;
use crate::error::{Error, Result};
use crate::input::results::read;
use crate::storage::atomic_write::Output;
use crate::terminal::progress::Progress;
use clap::ValueEnum;
use rolescope_core::results::VerificationResult;
use rolescope_core::text::inert;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Maximum number of messages about records that cannot be checked; further ones are counted.
const SHOWN: u64 = 20;

/// Output format of the verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum VerdictFormat {
    /// A line for each result that does not hold.
    Text,
    /// A JSON object for each result.
    Ndjson,
}

/// Arguments of `verify`.
#[derive(Debug, clap::Args)]
pub struct VerifyArgs {
    /// Saved results: what -f ndjson or -f json wrote, or - for standard input
    #[arg(required = true, value_name = "RESULT")]
    results: Vec<String>,
    /// The answers of the results, in the same order, if the results do not include them
    #[arg(long, value_name = "INPUT")]
    answers: Option<String>,
    #[command(flatten)]
    input: InputArgs,
    /// How to write the verdicts
    #[arg(short, long, default_value = "text")]
    format: VerdictFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl VerifyArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// When an input cannot be read, the output fails, a result does not hold, or one could not be
    /// checked.
    pub fn run(self, settings: &GlobalArgs) -> Result<()> {
        self.ensure_outputs_distinct(settings)?;
        let pack = settings.load()?;
        let norms = settings.measured(&pack)?;
        let mut messages = RunMessages {
            again: false,
            settings,
            progress: Progress::none(),
        };
        let answers = self.answers.as_deref();
        let input = self.input.options(&pack)?;
        let given = (answers, &input);
        let mut checker = ResultVerifier::new(&pack, norms.as_ref(), given, &mut messages)?;
        let mut out = Output::open(self.output.as_deref())?;
        let mut counts = VerdictCounts::default();
        for input in &self.results {
            let name = if input == "-" {
                "standard input"
            } else {
                input
            };
            read(input, &mut |records| {
                checker.check_all(name, records, &mut |line, found| {
                    let place = (name, line);
                    let told = match found {
                        Ok(found) => {
                            counts.add(&found.verdict);
                            match self.format {
                                VerdictFormat::Ndjson => found.verdict.to_json(place, &found.id),
                                VerdictFormat::Text if found.verdict.holds() => String::new(),
                                VerdictFormat::Text => {
                                    VerificationResult::failure(place, &found.id, &found.reason)
                                }
                            }
                        }
                        Err(why) => {
                            counts.unread(place, &why);
                            match self.format {
                                VerdictFormat::Ndjson => {
                                    VerificationResult::unread_to_json(place, &why)
                                }
                                VerdictFormat::Text => String::new(),
                            }
                        }
                    };
                    out.write_all(told.as_bytes()).map_err(Error::output)
                })
            })?;
        }
        if checker.more_answers()? {
            settings.remark("the answers hold more people than there are results");
        }
        out.finish()?;
        counts.end(settings)
    }

    fn ensure_outputs_distinct(&self, settings: &GlobalArgs) -> Result<()> {
        #[expect(clippy::float_cmp, reason = "1 is what it is unless set")]
        if settings.family.is_some() || settings.aptitude_weight != 1.0 {
            return Err(Error::Usage(
                "each result states its own family and aptitude weight: leave out --family and \
                 --aptitude-weight"
                    .to_owned(),
            ));
        }
        let inputs = self.results.iter().chain(&self.answers);
        if inputs.clone().filter(|input| *input == "-").count() > 1 {
            let text = "standard input (-) can be read only once".to_owned();
            return Err(Error::Usage(text));
        }
        let norms = settings.norms.as_deref();
        ensure_outputs_distinct(inputs.map(Path::new).chain(norms), &[&self.output])
    }
}

#[derive(Default)]
struct VerdictCounts {
    holds: u64,
    though_changed: u64,
    fails: u64,
    unread: u64,
}

impl VerdictCounts {
    fn add(&mut self, verdict: &VerificationResult) {
        if verdict.holds() {
            self.holds += 1;
            self.though_changed += u64::from(verdict.changed().next().is_some());
        } else {
            self.fails += 1;
        }
    }

    fn unread(&mut self, (input, line): (&str, u64), why: &str) {
        self.unread += 1;
        if self.unread <= SHOWN {
            say(&format!("{input}:{line}: {}", inert(why)));
        } else if self.unread == SHOWN + 1 {
            say("further records that cannot be checked are only counted");
        }
    }

    fn end(&self, settings: &GlobalArgs) -> Result<()> {
        let all = self.holds + self.fails + self.unread;
        let though = match self.though_changed {
            0 => String::new(),
            n => format!(" ({n} though pack or program changed)"),
        };
        settings.remark(&format!(
            "{all} checked: {} hold{though}, {} do not, {} cannot be checked",
            self.holds, self.fails, self.unread
        ));
        if self.fails > 0 {
            return Err(Error::failed(format!(
                "{} of {all} results do not hold",
                self.fails
            )));
        }
        if self.unread > 0 {
            let rest = if self.holds > 0 {
                "; the others hold"
            } else {
                ""
            };
            return Err(Error::Partly(format!(
                "{} of {all} records cannot be checked{rest}",
                self.unread
            )));
        }
        if all == 0 {
            return Err(Error::failed("no result was found"));
        }
        Ok(())
    }
}
