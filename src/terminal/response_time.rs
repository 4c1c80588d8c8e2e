//! Response times of a person's replies.

/// Response times over this many seconds are ignored as pauses.
const PAUSE: f64 = 120.0;
/// Minimum number of ratings for a median.
const ENOUGH: usize = 10;

/// Collects response times, where there is a clock.
pub(crate) struct ResponseTimes<'c> {
    clock: Option<&'c dyn Fn() -> f64>,
    started: f64,
    all: Vec<f64>,
    ratings: Vec<f64>,
}

impl<'c> ResponseTimes<'c> {
    /// No replies yet.
    pub(crate) const fn new(clock: Option<&'c dyn Fn() -> f64>) -> Self {
        Self {
            clock,
            started: 0.0,
            all: Vec::new(),
            ratings: Vec::new(),
        }
    }

    /// Starts the time of a question.
    pub(crate) fn start(&mut self) {
        if let Some(now) = self.clock {
            self.started = now();
        }
    }

    /// Records the response time of its answer.
    pub(crate) fn stop(&mut self, rating: bool) {
        let Some(now) = self.clock else { return };
        let seconds = now() - self.started;
        if seconds < PAUSE {
            self.all.push(seconds);
            if rating {
                self.ratings.push(seconds);
            }
        }
    }

    /// Estimated minutes for so many more questions, once there are enough replies.
    pub(crate) fn minutes(&self, questions: usize) -> Option<f64> {
        if self.all.len() < 3 {
            return None;
        }
        let questions = f64::from(u32::try_from(questions).unwrap_or(u32::MAX));
        median(&self.all).map(|seconds| seconds * questions / 60.0)
    }

    /// Median response time of ratings in seconds, once there are enough.
    pub(crate) fn of_ratings(&self) -> Option<f64> {
        (self.ratings.len() >= ENOUGH)
            .then(|| median(&self.ratings))
            .flatten()
    }
}

fn median(seconds: &[f64]) -> Option<f64> {
    let mut sorted = seconds.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied()
}
