//! Response times of a person's replies, and what they say about the time that the rest will take.
//!
//! A puzzle takes several times as long as a rating, and the last puzzles of a trait longer than its first.
//! Each kind of question therefore has a usual time and a pace of its own: the median of how long this
//! person took in relation to the usual, blended with 1 as if that had been seen a few times.

use crate::pack::model::{AnswerFormat, Pack, QuestionIx};

/// How many replies at the usual pace the estimate starts from, by kind of question: more of puzzles, whose
/// times differ most from one to the next.
const PRIOR: [f64; 3] = [5.0, 12.0, 5.0];
/// Seconds that questions usually take.
const RATING: f64 = 5.0;
const PUZZLE: f64 = 40.0;
const CONDITION: f64 = 6.0;
/// How much less than that the first puzzle of a trait takes, and how much more the last, as a share.
const EASE: f64 = 0.3;
/// Response times over this many times the usual are ignored as pauses.
const PAUSE: f64 = 10.0;
/// Response times of ratings over this many seconds are ignored as pauses.
const RATING_PAUSE: f64 = 120.0;
/// Minimum number of ratings for a median.
const ENOUGH: usize = 10;

/// Seconds that a question usually takes.
fn usual_seconds(pack: &Pack, q: QuestionIx) -> f64 {
    let question = &pack.questions()[q];
    match question.format() {
        AnswerFormat::Rating => RATING,
        AnswerFormat::Condition => CONDITION,
        AnswerFormat::Choice => {
            let all = pack.questions().iter().enumerate();
            let puzzles: Vec<QuestionIx> = all
                .filter(|(_, other)| {
                    other.format() == AnswerFormat::Choice
                        && other.trait_ix() == question.trait_ix()
                })
                .map(|(at, _)| at)
                .collect();
            let place = puzzles.iter().position(|&p| p == q).unwrap_or(0);
            let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
            let last = puzzles.len().saturating_sub(1).max(1);
            // from -1 for the first to 1 for the last; 0 for one alone
            let hard = match puzzles.len() {
                1 => 0.0,
                _ => 2.0 * number(place) / number(last) - 1.0,
            };
            PUZZLE * (1.0 + EASE * hard)
        }
    }
}

/// Response times of one person.
///
/// ```
/// # use rolescope_core::{Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// use rolescope_core::quiz::ResponseTimes;
///
/// let mut times = ResponseTimes::default();
/// times.record(&pack, 0, 3.0);
/// assert_eq!(times.of_ratings(), None); // too few for a median
/// assert!(times.minutes(&pack, &[1, 2]) < 1.0);
/// ```
#[derive(Clone, Debug, Default)]
pub struct ResponseTimes {
    /// Times in relation to the usual, by kind of question.
    relative: [Vec<f64>; 3],
    /// Seconds of ratings.
    ratings: Vec<f64>,
}

/// Place of a kind of question in [`ResponseTimes::relative`].
const fn kind(format: AnswerFormat) -> usize {
    match format {
        AnswerFormat::Rating => 0,
        AnswerFormat::Choice => 1,
        AnswerFormat::Condition => 2,
    }
}

impl ResponseTimes {
    /// Records how many seconds the answer to a question took.
    pub fn record(&mut self, pack: &Pack, q: QuestionIx, seconds: f64) {
        let format = pack.questions()[q].format();
        let relative = seconds / usual_seconds(pack, q);
        if relative < PAUSE {
            self.relative[kind(format)].push(relative);
        }
        if format == AnswerFormat::Rating && seconds < RATING_PAUSE {
            self.ratings.push(seconds);
        }
    }

    /// Estimated minutes for these questions: as they usually take, where nothing was recorded.
    #[must_use]
    pub fn minutes(&self, pack: &Pack, ahead: &[QuestionIx]) -> f64 {
        let kinds = self.relative.iter().zip(PRIOR);
        let paces: Vec<f64> = kinds.map(|(times, prior)| pace(times, prior)).collect();
        let seconds = ahead
            .iter()
            .map(|&q| paces[kind(pack.questions()[q].format())] * usual_seconds(pack, q))
            .sum::<f64>();
        seconds / 60.0
    }

    /// Median response time of ratings in seconds, once there are enough.
    #[must_use]
    pub fn of_ratings(&self) -> Option<f64> {
        (self.ratings.len() >= ENOUGH)
            .then(|| median(&self.ratings))
            .flatten()
    }
}

/// The pace that times in relation to the usual show, blended with the usual.
fn pace(relative: &[f64], prior: f64) -> f64 {
    let count = f64::from(u32::try_from(relative.len()).unwrap_or(u32::MAX));
    let own = median(relative).unwrap_or(1.0);
    (prior + count * own) / (prior + count)
}

/// The middle of some numbers, of an even count the mean of the two in the middle.
fn median(numbers: &[f64]) -> Option<f64> {
    let mut sorted = numbers.to_vec();
    sorted.sort_by(f64::total_cmp);
    let above = sorted.get(sorted.len() / 2)?;
    let below = sorted.get((sorted.len() - 1) / 2)?;
    Some(f64::midpoint(*below, *above))
}
