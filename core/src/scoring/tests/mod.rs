//! What must hold of the formulae for every pack and every person, and the independent computation.

mod properties;
mod reference;

use crate::pack::model::{Measure, Pack};
use crate::pack::parse::diagnostics::SourceFile;
use crate::scoring::answers::{Answers, DONT_KNOW};
use crate::scoring::comparison::Comparison;
use crate::simulation::respondents::SeededRng;
use crate::simulation::respondents::SimulatedPerson;
use std::path::{Path, PathBuf};

/// The project's folder.
fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The pack in a folder of the project.
fn pack(folder: &str) -> Pack {
    let root = project().join(folder);
    let mut files = Vec::new();
    for part in ["questions", "profiles"] {
        for entry in std::fs::read_dir(root.join(part)).expect("a folder of the pack") {
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
    Pack::parse(&files).expect("a valid pack")
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
