//! What must hold of the formulae for every pack and every person, and the independent computation.

mod deviations;
mod properties;
mod reference;

use crate::pack::model::{AnswerFormat, Measure, Pack, TraitKind};
use crate::pack::parse::diagnostics::SourceFile;
use crate::scoring::answers::{Answers, DONT_KNOW};
use crate::scoring::comparison::Comparison;
use crate::scoring::question_part::QuestionPart;
use crate::scoring::trait_scores::TraitScore;
use crate::simulation::respondents::SeededRng;
use crate::simulation::respondents::SimulatedPerson;
use std::path::{Path, PathBuf};

/// The project's folder.
fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The files of a pack in a folder of the project, or of those that stand in place of another's.
fn source_files(folder: &str) -> Vec<SourceFile> {
    let root = project().join(folder);
    let mut files = Vec::new();
    for part in ["questions", "profiles"] {
        for entry in std::fs::read_dir(root.join(part)).into_iter().flatten() {
            let path = entry.expect("a file").path();
            if path.extension().is_some_and(|kind| kind == "toml") {
                let name = path.file_name().expect("a name").to_string_lossy();
                files.push(SourceFile {
                    path: format!("{part}/{name}"),
                    text: std::fs::read_to_string(&path).expect("a text"),
                });
            }
        }
    }
    files
}

fn parsed(files: &[SourceFile]) -> Pack {
    Pack::parse(files).expect("a valid pack")
}

/// The pack in a folder of the project.
fn pack(folder: &str) -> Pack {
    parsed(&source_files(folder))
}

/// The same pack with a third of all questions of interests and preferences deviating in each role, by N(0, 3) points.
pub(crate) fn deviating(mut pack: Pack, chance: &mut SeededRng) -> Pack {
    for r in 0..pack.roles.len() {
        let mut deviations = Vec::new();
        for (q, question) in pack.questions.iter().enumerate() {
            let aptitude = |k: usize| pack.traits[k].kind == TraitKind::Aptitude;
            let rating = question.format() == AnswerFormat::Rating;
            if rating && !question.trait_ix().is_some_and(aptitude) && chance.below(3) == 0 {
                deviations.push((q, (3.0 * chance.normal()).clamp(-10.0, 10.0)));
            }
        }
        pack.roles[r].deviations = deviations;
    }
    pack
}

/// What single answers of a person add, where roles deviate on them.
fn questions(
    comparison: &Comparison<'_>,
    sheet: &Answers,
    scores: &[TraitScore],
) -> Option<QuestionPart> {
    QuestionPart::of(comparison, scores, |q| sheet.keyed(comparison.pack, q))
}

/// Answers of someone of the mixed population, some left blank, some puzzles passed over.
fn person(comparison: &Comparison<'_>, blank: f64, unsure: f64, chance: &mut SeededRng) -> Answers {
    let person = SimulatedPerson::mixed(comparison, chance);
    let mut sheet = person.answers(comparison, blank, chance);
    for (q, question) in comparison.pack.questions.iter().enumerate() {
        let puzzle = matches!(question.measure, Measure::Choice { .. });
        if puzzle && sheet.has(q) && chance.uniform() < unsure {
            sheet.set(q, DONT_KNOW).expect("an answer of its question");
        }
    }
    sheet
}
