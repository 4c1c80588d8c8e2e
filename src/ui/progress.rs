//! How far a long run is, on a terminal only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal as _;

/// A line on standard error that tells how far a run is; silent where nobody watches.
pub struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A progress line for counted things, shown only when standard error is a terminal, standard
    /// output is not, and nobody asked for quiet.
    pub fn new(quiet: bool, what: &str) -> Self {
        let watched = !quiet && std::io::stderr().is_terminal() && !std::io::stdout().is_terminal();
        let target = if watched {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(None, target);
        let style = format!("{{spinner}} {{human_pos}} {what}, {{per_sec}}, {{elapsed}}");
        if let Ok(style) = ProgressStyle::with_template(&style) {
            bar.set_style(style);
        }
        Self { bar }
    }

    /// Tells that `n` more are done; call it once for many.
    pub fn add(&self, n: u64) {
        self.bar.inc(n);
    }

    /// Runs `say` with the line out of the way.
    pub fn suspend(&self, say: impl FnOnce()) {
        self.bar.suspend(say);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
