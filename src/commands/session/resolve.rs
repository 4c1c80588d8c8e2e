//! `session resolve`: shows how files with the same label differ, and keeps one.

use crate::commands::session::context::SessionContext;
use crate::commands::session::list::{local, progress};
use crate::commands::shared::answer_session::word;
use crate::commands::shared::completion_candidates;
use crate::commands::shared::formats::PageOutput;
use crate::error::{Error, Result};
use crate::storage::answer_file::Note;
use crate::storage::label::checked;
use crate::storage::session_store::StoredEntry;
use crate::storage::stored_person::StoredPerson;
use crate::terminal::menus::{choose, confirm};
use clap_complete::engine::ArgValueCandidates;
use rolescope_core::pages::SessionCopy;
use rolescope_core::text::inert;
use rolescope_core::write::count;
use std::io::IsTerminal as _;

/// Arguments of `session resolve`.
#[derive(Debug, clap::Args)]
pub struct ResolveArgs {
    /// Whose session
    #[arg(add = ArgValueCandidates::new(completion_candidates::labels))]
    label: String,
    /// Keep this file and remove the others; `newest` is the one that was changed last
    #[arg(long, value_name = "FILE")]
    keep: Option<String>,
    /// Take the notes of the others into the file that is kept
    #[arg(long, requires = "keep")]
    notes: bool,
    #[command(flatten)]
    out: PageOutput,
}

impl ResolveArgs {
    /// Runs the subcommand.
    ///
    /// # Errors
    /// When there is no such session, the file to keep is none of it, or one of its files is open elsewhere.
    pub fn run(self, context: &SessionContext<'_>) -> Result<()> {
        let label = checked(&self.label)?;
        let copies = match context.store.find(&label, &context.pack)? {
            StoredEntry::Copies(copies) => copies,
            StoredEntry::Kept(kept) => {
                context.settings.remark(&format!(
                    "Only {} has this label: nothing is to be resolved.",
                    kept.path.display()
                ));
                return Ok(());
            }
            StoredEntry::Damaged(bad) => {
                let (path, reason) = (bad.path.display(), bad.reason);
                return Err(Error::failed(format!("{path} is damaged: {reason}")));
            }
        };
        let (keep, notes) = if let Some(keep) = &self.keep {
            (named(&copies, keep)?, self.notes)
        } else {
            self.show(context, &label, &copies)?;
            let asked = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
            match if asked { asked_for(&copies)? } else { None } {
                Some(chosen) => chosen,
                None => return Ok(()),
            }
        };
        let mut all = copies[keep].sheet.notes.clone();
        let own = all.len();
        for note in copies.iter().flat_map(|copy| &copy.sheet.notes) {
            if notes && !all.contains(note) {
                all.push(note.clone());
            }
        }
        let taken = all.len() - own;
        all.sort_by_key(moment);
        let with = match taken {
            0 => String::new(),
            n => format!(", with {} of the others", count(n, "note", "notes")),
        };
        let path = context.store.keep_one(&copies, keep, all, &context.pack)?;
        context.settings.remark(&format!(
            "Kept: {} in {}{with}; {} removed.",
            name(&copies[keep]),
            path.display(),
            count(copies.len() - 1, "other file was", "other files were"),
        ));
        Ok(())
    }

    /// Writes the page of what differs.
    fn show(
        &self,
        context: &SessionContext<'_>,
        label: &str,
        copies: &[StoredPerson],
    ) -> Result<()> {
        let comparison = context.settings.comparison(&context.pack)?;
        let asked = comparison.asked_questions();
        let names: Vec<String> = copies.iter().map(name).collect();
        let changed: Vec<String> = copies.iter().map(|copy| local(copy.changed)).collect();
        let shown = copies.iter().enumerate().map(|(at, copy)| {
            let others = || {
                copies
                    .iter()
                    .enumerate()
                    .filter(move |(other, _)| *other != at)
            };
            let own = copy
                .sheet
                .notes
                .iter()
                .filter(|note| others().any(|(_, other)| !other.sheet.notes.contains(note)));
            SessionCopy {
                file: &names[at],
                changed: &changed[at],
                finished: copy.sheet.finished.as_deref(),
                progress: progress(&asked, &copy.sheet.answers),
                notes: copy.sheet.notes.len(),
                own_notes: own.map(|n| (n.date.as_str(), n.text.as_str())).collect(),
            }
        });
        let shown: Vec<SessionCopy<'_>> = shown.collect();
        let questions = context.pack.questions().iter().enumerate();
        let differing = questions.filter_map(|(q, question)| {
            let first = copies[0].sheet.answers.code(q);
            let differs = copies
                .iter()
                .any(|copy| copy.sheet.answers.code(q) != first);
            let written = |copy: &StoredPerson| {
                let answers = &copy.sheet.answers;
                answers.has(q).then(|| question.written(answers.code(q)))
            };
            differs.then(|| (question.id(), copies.iter().map(written).collect()))
        });
        let differing: Vec<(&str, Vec<Option<String>>)> = differing.collect();
        let resolve = context.command("resolve", label);
        let next = [
            format!("{resolve} --keep newest --notes"),
            format!("{resolve} --keep {}", word(&names[1])),
        ];
        let doc = SessionCopy::page(label, &shown, &differing, &next);
        self.out.write(context.settings, &doc)
    }
}

/// Which file is kept and whether with the notes of the others, as a person chooses; none where it is left.
fn asked_for(copies: &[StoredPerson]) -> Result<Option<(usize, bool)>> {
    let names: Vec<String> = copies.iter().map(name).collect();
    let question = "Which file is kept? The others are removed (Esc leaves all as they are)";
    let Some(keep) = choose(question, &names)? else {
        return Ok(None);
    };
    let notes = &copies[keep].sheet.notes;
    let mut others = copies.iter().flat_map(|copy| &copy.sheet.notes);
    let more = others.any(|note| !notes.contains(note));
    let take = more && confirm("Take the notes of the others into it?", true)?;
    Ok(Some((keep, take)))
}

/// The place of the file that was named.
fn named(copies: &[StoredPerson], typed: &str) -> Result<usize> {
    if typed == "newest" {
        return Ok(0);
    }
    let fits =
        |copy: &StoredPerson| name(copy) == typed || copy.path == std::path::Path::new(typed);
    copies.iter().position(fits).ok_or_else(|| {
        let names: Vec<String> = copies.iter().map(name).collect();
        Error::Usage(format!(
            "{:?} is none of its files: {}",
            inert(typed),
            names.join(", ")
        ))
    })
}

fn name(copy: &StoredPerson) -> String {
    let name = copy.path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// When a note was written; none where its date has no offset.
fn moment(note: &Note) -> Option<jiff::Timestamp> {
    note.date.parse().ok()
}
