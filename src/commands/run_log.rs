//! What a person is told while `score` runs.

use crate::commands::global_args::{GlobalArgs, say};
use crate::commands::run_counts::{RejectionMessage, RunCounts, RunListener, SHOWN};
use crate::terminal::progress::Progress;
use rolescope_core::{Pack, inert, nearest};

/// Tells a person what happens.
pub(crate) struct RunLog<'a> {
    /// The settings that were typed.
    pub settings: &'a GlobalArgs,
    /// Whose questions are known.
    pub pack: &'a Pack,
    /// How far the run is.
    pub progress: Progress,
    /// How many rejected rows were told of.
    pub told: usize,
}

impl RunListener for RunLog<'_> {
    fn remark(&mut self, text: &str) {
        let (settings, text) = (self.settings, inert(text));
        self.progress.suspend(|| settings.remark(&text));
    }

    fn rejected(&mut self, told: &RejectionMessage) {
        self.told += 1;
        self.progress.suspend(|| {
            say(if self.told > SHOWN {
                "further rejected rows are only counted"
            } else {
                &told.0
            });
        });
    }

    fn unknown(&mut self, question: &str) {
        let ids = self.pack.questions().iter().map(|q| q.id());
        let near =
            nearest(question, ids).map_or_else(String::new, |n| format!("; did you mean {n}?"));
        self.remark(&format!("no question {question}, ignored{near}"));
    }

    fn done(&mut self, tally: &RunCounts) {
        self.progress.rows(tally.rows);
    }
}
