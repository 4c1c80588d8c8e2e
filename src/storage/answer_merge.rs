//! Merge of two versions of one person's answers: those that are open here, and those that another program wrote.

use crate::storage::answer_file::{AnswerSheet, Note};
use crate::storage::session_facts::SessionFacts;
use rolescope_core::{Answers, QuestionIx};
use std::collections::BTreeSet;

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
    sheet.facts = facts(&base.facts, &ours.facts, &theirs.facts);
    if sheet.answers.pace().is_none() {
        // within its range, as it was read
        let _ = sheet.answers.set_pace(theirs.answers.pace());
    }
    merged
}

/// Merges what is kept of a session beside its answers: each fact that was not changed here is as it is there.
fn facts(base: &SessionFacts, ours: &SessionFacts, theirs: &SessionFacts) -> SessionFacts {
    fn one<T: Clone + PartialEq>(was: &T, here: &T, there: &T) -> T {
        if here == was { there } else { here }.clone()
    }
    let names = base.tags.keys().chain(ours.tags.keys());
    let names: BTreeSet<&String> = names.chain(theirs.tags.keys()).collect();
    let tag = |name: &String| {
        let [was, here, there] = [base, ours, theirs].map(|facts| facts.tags.get(name));
        let value = one(&was, &here, &there)?;
        Some((name.clone(), value.clone()))
    };
    let wished = |facts: &SessionFacts| (facts.wish.clone(), facts.wished.clone());
    let (wish, wished) = one(&wished(base), &wished(ours), &wished(theirs));
    SessionFacts {
        first: one(&base.first, &ours.first, &theirs.first),
        consent: one(&base.consent, &ours.consent, &theirs.consent),
        wish,
        wished,
        tags: names.into_iter().filter_map(tag).collect(),
        unknown: theirs.unknown.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::merge;
    use crate::storage::answer_file::AnswerSheet;
    use crate::storage::session_facts::SessionFacts;

    fn facts(wish: &str, tag: &str) -> SessionFacts {
        let mut facts = SessionFacts {
            wish: Some(wish.to_owned()),
            ..SessionFacts::default()
        };
        facts.tags.insert(tag.to_owned(), String::new());
        facts
    }

    /// The facts that a merge leaves of what was opened, is here, and is there.
    fn merged(was: &SessionFacts, here: &SessionFacts, there: &SessionFacts) -> SessionFacts {
        let files = crate::builtin::built_in();
        let pack = rolescope_core::Pack::parse(&files).expect("valid");
        let sheet = |facts: &SessionFacts| AnswerSheet {
            facts: facts.clone(),
            ..AnswerSheet::new("s-1".to_owned(), &pack)
        };
        merge(&sheet(was), &sheet(here), &sheet(there)).sheet.facts
    }

    #[test]
    fn facts_that_were_changed_outside_are_taken_and_those_changed_here_stay() {
        let [a, b, c] = [
            facts("to help", "a"),
            facts("to mend", "b"),
            facts("to learn", "c"),
        ];
        let none = SessionFacts::default();
        assert_eq!(merged(&a, &a, &b), b, "changed outside");
        assert_eq!(merged(&a, &b, &a), b, "changed here");
        assert_eq!(merged(&none, &none, &a), a, "recorded outside");
        assert_eq!(merged(&a, &a, &none), none, "taken away outside");
        // each that was changed on one side only
        let mut here = a.clone();
        here.wish = b.wish.clone();
        let mut there = a.clone();
        there.tags = c.tags.clone();
        there.consent = Some("2026-03-02".to_owned());
        let both = merged(&a, &here, &there);
        assert_eq!((both.wish, both.consent), (b.wish.clone(), there.consent));
        assert_eq!(both.tags, c.tags);
        // on both: as here, with the tags of both
        let both = merged(&a, &b, &c);
        assert_eq!(both.wish, b.wish);
        assert_eq!(both.tags_in_a_line(), "b, c");
    }

    #[test]
    fn a_tag_that_was_added_on_each_side_is_there_and_one_taken_off_is_not() {
        let mut was = SessionFacts::default();
        was.tags.insert("old".to_owned(), "1".to_owned());
        let (mut here, mut there) = (was.clone(), was.clone());
        here.tags.insert("class".to_owned(), "12B".to_owned());
        there.tags.insert("year".to_owned(), "2026".to_owned());
        there.tags.remove("old");
        let tags = merged(&was, &here, &there).tags;
        let names: Vec<&str> = tags.keys().map(String::as_str).collect();
        assert_eq!(names, ["class", "year"]);
    }
}
