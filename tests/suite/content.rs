//! The built-in content: complete, and consistent with what it states.

use crate::help::{built_in, root, run, stderr, stdout};
use rolescope::builtin;
use rolescope_core::{AnswerFormat, Measure, TraitKind};
use std::collections::BTreeSet;

#[test]
fn every_file_of_the_folders_is_embedded() {
    let mut there = BTreeSet::new();
    for part in ["questions", "profiles"] {
        for entry in std::fs::read_dir(root().join(part)).expect("the folder is there") {
            let name = entry.expect("the entry can be read").file_name();
            there.insert(format!("{part}/{}", name.to_string_lossy()));
        }
    }
    let embedded: BTreeSet<String> = builtin::BUILT_IN
        .iter()
        .map(|(path, _)| (*path).to_owned())
        .collect();
    assert_eq!(there, embedded);
}

#[test]
fn every_trait_is_measured_as_planned() {
    let pack = built_in();
    assert_eq!(pack.traits().len(), 18);
    for (k, t) in pack.traits().iter().enumerate() {
        let rated = pack.format_of(k) == AnswerFormat::Rating;
        // these two tell more roles apart than others, and no element measures them well
        let wide = ["variety", "urgency"].contains(&t.id());
        let items = match (rated, wide) {
            (true, true) => 5,
            (true, false) => 4,
            (false, _) => 6,
        };
        assert_eq!(t.items().len(), items, "{}", t.id());
        let reversed = t
            .items()
            .iter()
            .filter(|&&q| {
                matches!(
                    pack.questions()[q].measure(),
                    Measure::Rating { reverse: true, .. }
                )
            })
            .count();
        let expected = usize::from(t.kind() != TraitKind::Aptitude);
        assert_eq!(reversed, expected, "{}: reversed questions", t.id());
        let core = t
            .items()
            .iter()
            .filter(|&&q| pack.questions()[q].core())
            .count();
        assert_eq!(core, 1, "{}: core questions", t.id());
    }
    assert_eq!(pack.conditions().len(), 13);
}

#[test]
fn two_questions_of_one_trait_never_follow_each_other_in_ratings_of_many() {
    let pack = built_in();
    for section in pack.sections() {
        let traits: BTreeSet<_> = section
            .questions()
            .clone()
            .filter_map(|q| pack.questions()[q].trait_ix())
            .collect();
        if section.format() == AnswerFormat::Rating && traits.len() > 1 {
            for q in section.questions().clone().skip(1) {
                assert_ne!(
                    pack.questions()[q].trait_ix(),
                    pack.questions()[q - 1].trait_ix(),
                    "{}",
                    pack.questions()[q].id()
                );
            }
        }
    }
}

#[test]
fn figures_fit_a_plain_terminal_of_sixty_columns() {
    for question in built_in().questions() {
        if let Measure::Choice {
            figure: Some(figure),
            ..
        } = question.measure()
        {
            assert!(figure.is_ascii(), "{}", question.id());
            assert!(figure.lines().all(|l| l.len() <= 58), "{}", question.id());
        }
    }
}

#[test]
fn the_outline_of_roles_equals_the_list_of_the_whole_pack() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    let export = run(at, &["pack", "export", "whole"], b"");
    assert_eq!(export.status.code(), Some(0), "{}", stderr(&export));
    let whole = run(at, &["roles", "--pack", "whole"], b"");
    let outline = run(at, &["roles"], b"");
    assert!(stdout(&whole).contains("Sonographer"));
    assert_eq!(stdout(&outline), stdout(&whole));
}
