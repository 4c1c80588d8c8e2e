//! Progress of a long run, shown on a terminal only.

use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How often a progress line moves.
const TICK: Duration = Duration::from_millis(100);

/// Progress line on standard error; nothing is shown where it is not a terminal.
pub struct Progress {
    bar: ProgressBar,
    read: Arc<AtomicU64>,
    started: Instant,
}

impl Progress {
    /// A progress line for so many counted things, for a command that writes nothing before they are done. Shown
    /// when standard error is a terminal, unless `quiet`; it moves also while the first of them is being done.
    #[must_use]
    pub fn of_counted(quiet: bool, all: u64, what: &str) -> Self {
        let style =
            format!("{{spinner}} {{bar:20}} {{human_pos}} of {{human_len}} {what}, {{elapsed}}");
        let progress = Self::styled(quiet, Some(all), Arc::default(), &style);
        if !progress.bar.is_hidden() {
            let bar = progress.bar.downgrade();
            let tick = move || {
                while let Some(bar) = bar.upgrade().filter(|bar| !bar.is_finished()) {
                    bar.tick();
                    drop(bar);
                    std::thread::sleep(TICK);
                }
            };
            // where the system gives no thread, it moves when something is done
            drop(std::thread::Builder::new().spawn(tick));
        }
        progress
    }

    /// Nothing that is shown.
    #[must_use]
    pub fn none() -> Self {
        Self::styled(true, None, Arc::default(), "")
    }

    /// A progress line for rows of files: bytes of `size` so far as `read` counts them, rows, rows a
    /// second, and the time left where the size is known. Shown when standard error is a terminal,
    /// unless `quiet`.
    pub fn of_bytes(quiet: bool, size: Option<u64>, read: Arc<AtomicU64>) -> Self {
        let style = if size.is_some() {
            "{bar:20} {bytes} of {total_bytes}, {msg}, {eta} left"
        } else {
            "{spinner} {bytes}, {msg}, {elapsed}"
        };
        Self::styled(quiet, size, read, style)
    }

    fn styled(quiet: bool, size: Option<u64>, read: Arc<AtomicU64>, style: &str) -> Self {
        let target = if !quiet && std::io::stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(size, target);
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        Self {
            bar,
            read,
            started: Instant::now(),
        }
    }

    /// Sets the total number of rows done; call it once for many rows.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a rate for people"
    )]
    pub fn rows(&self, rows: u64) {
        if self.bar.is_hidden() {
            return;
        }
        let seconds = self.started.elapsed().as_secs_f64().max(0.001);
        let rate = (rows as f64 / seconds) as u64;
        self.bar.set_message(format!(
            "{} rows, {} a second",
            HumanCount(rows),
            HumanCount(rate)
        ));
        self.bar.set_position(self.read.load(Ordering::Relaxed));
    }

    /// Adds `n` to what is done; call it once for many.
    pub fn add(&self, n: u64) {
        self.bar.inc(n);
    }

    /// Runs `say` while the progress line is hidden.
    pub fn suspend(&self, say: impl FnOnce()) {
        self.bar.suspend(say);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
