//! Merge of two versions of one person's answers: those that are open here, and those that another program wrote.

use crate::storage::answer_file::{AnswerSheet, Note};
use rolescope_core::{Answers, QuestionIx};

/// Merged versions of a sheet, and what came of the merging.
#[derive(Debug)]
pub(crate) struct MergedSheet {
    /// The sheet with what both hold. An answer that was given here stays.
    pub(crate) sheet: AnswerSheet,
    /// How many answers were taken from the other version.
    pub(crate) answers: usize,
    /// How many notes were taken from it.
    pub(crate) notes: usize,
    /// Questions answered both here and there, in different ways.
    pub(crate) conflicts: Vec<QuestionIx>,
}

/// Merges what is open here with another version of the file; `base` is what was opened. An answer that the other
/// version does not have is kept: it may be an older one.
pub(crate) fn merge(base: &AnswerSheet, ours: &AnswerSheet, theirs: &AnswerSheet) -> MergedSheet {
    let mut merged = MergedSheet {
        sheet: ours.clone(),
        answers: 0,
        notes: 0,
        conflicts: Vec::new(),
    };
    for q in 0..ours.answers.codes().len() {
        let [was, here, there] = [base, ours, theirs].map(|sheet| sheet.answers.code(q));
        if there == Answers::UNANSWERED || there == here || there == was && here != was {
            continue;
        }
        if here != was {
            merged.conflicts.push(q);
        } else if merged.sheet.answers.set(q, there).is_ok() {
            merged.answers += 1;
        }
    }
    let sheet = &mut merged.sheet;
    for (id, answer) in &theirs.dropped {
        match sheet.dropped.iter_mut().find(|(known, _)| known == id) {
            Some((_, known)) if known == answer => {}
            Some((_, known)) => {
                known.clone_from(answer);
                merged.answers += 1;
            }
            None => {
                sheet.dropped.push((id.clone(), answer.clone()));
                merged.answers += 1;
            }
        }
    }
    let new = |notes: &[Note], note: &&Note| !notes.contains(note);
    let taken = theirs.notes.iter().filter(|note| new(&ours.notes, note));
    merged.notes = taken.count();
    let own = ours.notes.iter().filter(|note| new(&theirs.notes, note));
    sheet.notes = theirs.notes.iter().chain(own).cloned().collect();
    for (here, there) in [
        (&mut sheet.started, &theirs.started),
        (&mut sheet.finished, &theirs.finished),
    ] {
        if here.is_none() {
            here.clone_from(there);
        }
    }
    if ours.facts == base.facts {
        sheet.facts.clone_from(&theirs.facts);
    }
    if sheet.answers.pace().is_none() {
        // within its range, as it was read
        let _ = sheet.answers.set_pace(theirs.answers.pace());
    }
    merged
}
