//! Response times by a clock, where there is one.

use rolescope_core::{Pack, QuestionIx, quiz};

/// Collects response times, where there is a clock.
pub(crate) struct ResponseTimes<'c> {
    clock: Option<&'c dyn Fn() -> f64>,
    started: f64,
    times: quiz::ResponseTimes,
}

impl<'c> ResponseTimes<'c> {
    /// No replies yet.
    pub(crate) fn new(clock: Option<&'c dyn Fn() -> f64>) -> Self {
        Self {
            clock,
            started: 0.0,
            times: quiz::ResponseTimes::default(),
        }
    }

    /// Starts the time of a question.
    pub(crate) fn start(&mut self) {
        if let Some(now) = self.clock {
            self.started = now();
        }
    }

    /// Records the response time of the answer to a question.
    pub(crate) fn stop(&mut self, pack: &Pack, q: QuestionIx) {
        if let Some(now) = self.clock {
            self.times.record(pack, q, now() - self.started);
        }
    }

    /// Estimated minutes for these questions; none without a clock.
    pub(crate) fn minutes(&self, pack: &Pack, ahead: &[QuestionIx]) -> Option<f64> {
        self.clock?;
        Some(self.times.minutes(pack, ahead))
    }

    /// Median response time of ratings in seconds, once there are enough.
    pub(crate) fn of_ratings(&self) -> Option<f64> {
        self.times.of_ratings()
    }
}
