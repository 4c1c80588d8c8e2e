//! One person's result page: audience, what-if scores, and output format.

use crate::commands::shared::answer_session::name_on_page;
use crate::commands::shared::completion_candidates;
use crate::commands::shared::explore;
use crate::commands::shared::formats::{OutputFormat, RecordFormat, pages_or, write_page};
use crate::commands::shared::global_args::{GlobalArgs, role_at, write_records, write_text};
use crate::commands::shared::page_look::{PageLook, PageLookArgs};
use crate::error::{Error, Result};
use crate::storage::answer_file::AnswerSheet;
use clap_complete::engine::ArgValueCandidates;
use rolescope_core::pages::{Audience, ResultOptions};
use rolescope_core::text::nearest;
use rolescope_core::write::{AnswerWriter, Document, PageFormat, RecordWriter};
use rolescope_core::{Comparison, Pack, TraitScore};
use std::path::{Path, PathBuf};

/// Output format and file of one person's result.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct ResultOutput {
    /// How to write it
    #[arg(short, long, default_value = "text", value_parser = pages_or(RESULTS))]
    pub format: OutputFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub page_look: PageLookArgs,
}

/// The records that a result is written as.
pub(crate) const RESULTS: &[RecordFormat] = &[RecordFormat::Csv, RecordFormat::Ndjson];

impl ResultOutput {
    /// Writes a page, with what stands above it.
    ///
    /// # Errors
    /// When the logo is no sound picture, or the output fails.
    pub(crate) fn write(
        &self,
        settings: &GlobalArgs,
        page: Document,
        format: PageFormat,
    ) -> Result<()> {
        let page = self.page_look.read()?.on(page);
        write_page(settings, &page, format, self.output.as_deref())
    }

    /// The format of a page.
    ///
    /// # Errors
    /// When the format is one for programs.
    pub(crate) fn page(&self, what: &str) -> Result<PageFormat> {
        match self.format {
            OutputFormat::Page(format) => Ok(format),
            OutputFormat::Records(_) => Err(Error::Usage(format!(
                "{what} makes a page for people: use -f text, markdown or html"
            ))),
        }
    }
}

/// Writes one person's result.
///
/// # Errors
/// When the output fails.
pub(crate) fn write_result(
    settings: &GlobalArgs,
    comparison: &Comparison<'_>,
    sheet: &AnswerSheet,
    shown: &ResultOptions<'_>,
    (format, path): (OutputFormat, Option<&Path>),
    look: &PageLook,
) -> Result<()> {
    let outcome = comparison.assess(&sheet.answers);
    let records = RecordWriter::new(comparison)
        .best(5)
        .with_reach(shown.is_reachable());
    let text = match format {
        OutputFormat::Page(format) => {
            let report = comparison.explain(&sheet.answers, &outcome);
            let doc = look.on(report.page(&sheet.answers, &name_on_page(sheet), shown));
            return write_page(settings, &doc, format, path);
        }
        OutputFormat::Records(RecordFormat::Csv) => format!(
            "{}\n{}\n",
            records.csv_header_line(),
            records.csv_line(&sheet.id, &outcome)
        ),
        OutputFormat::Records(_) => records.json_line(&sheet.id, &sheet.answers, &outcome) + "\n",
    };
    write_records(&text, path)
}

/// What a page shows of one person's answers.
#[derive(Clone, Debug, Default, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "a flag each")]
pub(crate) struct PageArgs {
    /// Whom the page is for: student, counsellor or both [default: both]
    #[arg(long = "for", value_name = "VIEW", value_parser = view)]
    pub view: Option<Audience>,
    /// Show the result if a trait score were another: TRAIT=+1sd, TRAIT=-0.5sd, or TRAIT=80 for a raw score
    #[arg(long, value_name = "TRAIT=WHERE", add = ArgValueCandidates::new(completion_candidates::traits))]
    pub what_if: Vec<String>,
    /// Treat these conditions of work as unacceptable, and list the roles that have them separately
    #[arg(long, value_name = "CONDITION,...", value_delimiter = ',',
          add = ArgValueCandidates::new(completion_candidates::conditions))]
    pub avoid: Vec<String>,
    /// Set apart roles into which no way leads here; with csv: say of each role whether one does
    #[arg(long)]
    pub reachable: bool,
    /// With ndjson: the answers too, so that `rolescope verify` can check the result
    #[arg(long, conflicts_with_all = ["why", "view", "what_if", "avoid"])]
    pub with_answers: bool,
    /// Show what every answer adds to the match of this role
    #[arg(long, value_name = "ROLE", conflicts_with_all = ["view", "what_if", "avoid"],
          add = ArgValueCandidates::new(completion_candidates::roles))]
    pub why: Option<String>,
    /// With --for counsellor: the notes too
    #[arg(long)]
    pub notes: bool,
    /// On a terminal: numbered choices and typed words instead of keys, for screen readers
    #[arg(long)]
    pub plain: bool,
}

fn view(text: &str) -> std::result::Result<Audience, String> {
    match text {
        "student" => Ok(Audience::Student),
        "counsellor" => Ok(Audience::Counsellor),
        "both" => Ok(Audience::Both),
        _ => Err("student, counsellor or both".to_owned()),
    }
}

impl PageArgs {
    /// What a page shows besides the result as answered, where nothing is supposed.
    pub(crate) fn options(&self) -> ResultOptions<'_> {
        ResultOptions::new(self.view.unwrap_or_default()).reachable(self.reachable)
    }

    /// Whether the result is walked through: on a terminal, where no page was asked for.
    pub(crate) fn is_walk(&self, out: &ResultOutput) -> bool {
        let page = self.view.is_some()
            || self.why.is_some()
            || self.notes
            || self.with_answers
            || out.page_look.given().is_some()
            || !(self.what_if.is_empty() && self.avoid.is_empty());
        !page && explore::walk_mode(out.format, out.output.as_deref(), self.plain).is_some()
    }

    /// The notes that the page is to show.
    fn noted(&self, sheet: &AnswerSheet) -> Vec<(String, String)> {
        let notes = sheet.notes.iter().filter(|_| self.notes);
        notes
            .map(|note| (note.date.clone(), note.text.clone()))
            .collect()
    }

    /// Writes the page of a sheet.
    ///
    /// # Errors
    /// When a role, trait or condition is not known, a trait has no score to move, or the output
    /// fails.
    pub(crate) fn run(
        &self,
        settings: &GlobalArgs,
        out: &ResultOutput,
        comparison: &Comparison<'_>,
        sheet: &AnswerSheet,
    ) -> Result<()> {
        let path = out.output.as_deref();
        if self.notes && self.view != Some(Audience::Counsellor) {
            return Err(Error::Usage(
                "--notes puts notes on the counsellor's page: use it with --for counsellor"
                    .to_owned(),
            ));
        }
        if matches!(out.format, OutputFormat::Records(_)) {
            out.page_look.refuse("records")?;
        }
        let outcome = comparison.assess(&sheet.answers);
        if let Some(typed) = &self.why {
            let at = role_at(comparison, typed)?;
            let doc = comparison.why_page(&sheet.answers, &outcome, at);
            return out.write(settings, doc, out.page("--why")?);
        }
        if self.view.is_none() && self.what_if.is_empty() && self.avoid.is_empty() {
            if !self.with_answers {
                let shown = ResultOptions::default().reachable(self.reachable);
                let shown = shown.wish(sheet.wish());
                let look = out.page_look.read()?;
                return write_result(
                    settings,
                    comparison,
                    sheet,
                    &shown,
                    (out.format, path),
                    &look,
                );
            }
            if out.format != OutputFormat::Records(RecordFormat::Ndjson) {
                return Err(Error::Usage("--with-answers needs -f ndjson".to_owned()));
            }
            let (id, answers) = (&sheet.id, &sheet.answers);
            let mut record = RecordWriter::new(comparison)
                .best(5)
                .json_line(id, answers, &outcome)
                .into_bytes();
            AnswerWriter::new(comparison.pack()).add(&mut record, answers);
            record.push(b'\n');
            return write_text(&String::from_utf8(record).unwrap_or_default(), path);
        }
        let format = out.page("this")?;
        let pack = comparison.pack();
        let puts = self
            .what_if
            .iter()
            .map(|typed| put(comparison, outcome.scores(), typed));
        let puts = puts.collect::<Result<Vec<_>>>()?;
        let conditions = self.avoid.iter().map(|typed| condition(pack, typed));
        let conditions = conditions.collect::<Result<Vec<_>>>()?;
        let answers = comparison.avoid(&sheet.answers, &conditions);
        let (outcome, supposed) = comparison.with_scores(&comparison.assess(&answers), &puts);
        let questions = conditions
            .iter()
            .map(|&c| &pack.questions()[pack.conditions()[c]]);
        let shown = ResultOptions::new(self.view.unwrap_or_default())
            .what_if(supposed, questions.collect())
            .reachable(self.reachable)
            .wish(sheet.wish())
            .notes(self.noted(sheet));
        let report = comparison.explain(&answers, &outcome);
        let doc = report.page(&answers, &name_on_page(sheet), &shown);
        out.write(settings, doc, format)
    }
}

/// The nearest id as a suggestion, or a list of all ids.
fn meant<'c>(typed: &str, ids: impl Iterator<Item = &'c str>) -> String {
    let ids: Vec<&str> = ids.collect();
    nearest(typed, ids.iter().copied()).map_or_else(
        || format!("there are {}", ids.join(", ")),
        |near| format!("did you mean {near}?"),
    )
}

/// Parses a what-if score: the trait, and the raw score that it is put at.
fn put(comparison: &Comparison<'_>, scores: &[TraitScore], typed: &str) -> Result<(usize, f64)> {
    let pack = comparison.pack();
    let usage = |text: String| Err(Error::Usage(text));
    let Some((name, to)) = typed.split_once('=') else {
        return usage(format!(
            "--what-if {typed:?} has no =; write TRAIT=+1sd, TRAIT=-0.5sd or TRAIT=80"
        ));
    };
    let is = |t: &rolescope_core::Trait| t.id() == name || t.name().eq_ignore_ascii_case(name);
    let Some(k) = pack.traits().iter().position(is) else {
        let ids = pack.traits().iter().map(rolescope_core::Trait::id);
        return usage(format!("no trait {name:?}; {}", meant(name, ids)));
    };
    let Some(now) = scores[k].raw() else {
        return usage(format!(
            "{name}: none of its questions is answered, so there is no score to move"
        ));
    };
    let number = |text: &str| text.parse::<f64>().ok().filter(|n| n.is_finite());
    let put = match to.strip_suffix("sd") {
        Some(by) if by.starts_with(['+', '-']) => {
            number(by).map(|by| now + by * comparison.norms()[k].sd)
        }
        Some(_) => None,
        None if to.starts_with(['+', '-']) => None,
        None => number(to).filter(|n| (0.0..=100.0).contains(n)),
    };
    let found = put.map(|put| (k, put));
    found.ok_or_else(|| {
        Error::Usage(format!(
            "{name}={to}: write +1sd or -0.5sd for standard deviations from where it is, or a raw \
             score from 0 to 100"
        ))
    })
}

fn condition(pack: &Pack, typed: &str) -> Result<usize> {
    let id = |&q: &usize| pack.questions()[q].id();
    let found = pack.conditions().iter().position(|q| id(q) == typed.trim());
    found.ok_or_else(|| {
        let ids = pack.conditions().iter().map(id);
        Error::Usage(format!("no condition {typed:?}; {}", meant(typed, ids)))
    })
}
