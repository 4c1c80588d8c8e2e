//! What a person is told while `score` runs.

use crate::commands::context::{Settings, say};
use crate::commands::tally::{Listener, SHOWN, Tally, Told};
use crate::engine::pack::Pack;
use crate::input::mistakes::nearest;
use crate::render::look::inert;
use crate::ui::progress::Progress;

/// Tells a person what happens.
pub(crate) struct Teller<'a> {
    /// The settings that were typed.
    pub settings: &'a Settings,
    /// Whose questions are known.
    pub pack: &'a Pack,
    /// How far the run is.
    pub progress: Progress,
    /// How many rejected rows were told of.
    pub told: usize,
}

impl Listener for Teller<'_> {
    fn remark(&mut self, text: &str) {
        let (settings, text) = (self.settings, inert(text));
        self.progress.suspend(|| settings.remark(&text));
    }

    fn rejected(&mut self, told: &Told) {
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
        let ids = self.pack.questions.iter().map(|q| q.id.as_str());
        let near =
            nearest(question, ids).map_or_else(String::new, |n| format!("; did you mean {n}?"));
        self.remark(&format!("no question {question}, ignored{near}"));
    }

    fn done(&mut self, tally: &Tally) {
        self.progress.rows(tally.rows);
    }
}
