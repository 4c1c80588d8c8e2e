//! Quizzes that a person took without naming a file: they lie in the data folder, named by the time.

use crate::storage::answer_file::AnswerSheet;
use rolescope_core::Pack;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A quiz of the data folder.
#[derive(Clone, Debug)]
pub struct KeptQuiz {
    /// Its file.
    pub path: PathBuf,
    /// Its content.
    pub sheet: AnswerSheet,
}

impl KeptQuiz {
    /// Whether it was finished, or nothing in it is open.
    #[must_use]
    pub fn finished(&self) -> bool {
        self.sheet.finished.is_some() || self.sheet.answers.count() == self.sheet.answers.asked()
    }
}

/// The quizzes of a folder that have answers, the one that was changed last first; what cannot be read is
/// passed over.
#[must_use]
pub fn kept(folder: &Path, pack: &Pack) -> Vec<KeptQuiz> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut files: Vec<(SystemTime, PathBuf)> = entries
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            // a number follows, unless it is the label of a session
            let stamp = name.strip_prefix("quiz-")?;
            let ours = stamp.starts_with(|c: char| c.is_ascii_digit()) && name.ends_with(".toml");
            // a pipe would be waited for
            let data = std::fs::metadata(entry.path()).ok()?;
            (ours && data.is_file()).then_some((data.modified().ok()?, entry.path()))
        })
        .collect();
    files.sort();
    let newest_first = files.into_iter().rev();
    newest_first
        .filter_map(|(_, path)| {
            let sheet = AnswerSheet::load(&path, pack, false).ok()?;
            (sheet.answers.count() > 0).then_some(KeptQuiz { path, sheet })
        })
        .collect()
}

/// The quiz whose result is wanted where no file is named: the last that was finished, or else the last that
/// has answers.
#[must_use]
pub fn last(folder: &Path, pack: &Pack) -> Option<KeptQuiz> {
    let mut all = kept(folder, pack);
    let at = all.iter().position(KeptQuiz::finished).unwrap_or(0);
    (!all.is_empty()).then(|| all.swap_remove(at))
}
