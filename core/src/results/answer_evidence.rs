//! The answers behind a reason: what a person said that makes a trait speak for or against a role.

use crate::pack::model::{AnswerFormat, Measure, QuestionIx, TraitIx};
use crate::scoring::answers::{Answers, DONT_KNOW};
use crate::scoring::comparison::Comparison;
use crate::scoring::contributions::answer_contributions;
use crate::scoring::role_match::RoleMatch;
use crate::scoring::trait_scores::TraitScore;
use std::cmp::Ordering;

/// What a person answered that stands behind a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Evidence {
    /// A rating, the one of its trait that adds most to the reason.
    Rating {
        /// The question.
        question: QuestionIx,
        /// Its answer.
        code: u8,
        /// Whether the answer stands above the person's own level, as the question is asked.
        above: bool,
        /// Whether more of the trait is less of what is asked.
        reversed: bool,
    },
    /// Puzzles of one kind.
    Puzzles {
        /// How many were solved.
        right: usize,
        /// How many were answered, "I don't know" included.
        of: usize,
    },
}

/// What every answer adds to the match of one role, from which evidence is chosen.
pub(crate) struct AnswerShares<'a> {
    comparison: &'a Comparison<'a>,
    answers: &'a Answers,
    shares: Vec<(QuestionIx, f64)>,
}

impl<'a> AnswerShares<'a> {
    /// Those of the role at `at` in play, by the scores of traits alone: what single questions add beside these says
    /// nothing of the direction of a reason.
    pub(crate) fn of(
        comparison: &'a Comparison<'a>,
        answers: &'a Answers,
        scores: &[TraitScore],
        at: usize,
        fit: &RoleMatch,
    ) -> Self {
        Self {
            shares: answer_contributions(comparison, answers, scores, at, fit),
            comparison,
            answers,
        }
    }

    /// What stands behind the contribution of a trait; `asks_more` is whether more of it counts for the
    /// role. Of ratings it is the one that adds most in the direction of the trait, of those first whose
    /// answer is on the same side of its scale and which are not reversed; none where no answer points that
    /// way, as in a what-if.
    pub(crate) fn evidence(
        &self,
        of: TraitIx,
        contribution: f64,
        asks_more: bool,
    ) -> Option<Evidence> {
        let pack = self.comparison.pack;
        if pack.format_of(of) == AnswerFormat::Choice {
            return self.puzzles(of);
        }
        let higher = (contribution > 0.0) == asks_more;
        let mut best: Option<(bool, bool, f64, Evidence)> = None;
        for &(q, share) in &self.shares {
            let question = &pack.questions[q];
            if question.trait_ix() != Some(of) || share * contribution <= 0.0 {
                continue;
            }
            let reversed = matches!(question.measure, Measure::Rating { reverse: true, .. });
            let (code, above) = (self.answers.code(q), higher != reversed);
            let middle = i32::from(question.choices) + 1;
            let side = (2 * i32::from(code)).cmp(&middle);
            let plain = side
                == if above {
                    Ordering::Greater
                } else {
                    Ordering::Less
                };
            let rank = (plain, !reversed, share.abs());
            let first = best.is_none_or(|(was, straight, most, _)| rank > (was, straight, most));
            if first {
                let evidence = Evidence::Rating {
                    question: q,
                    code,
                    above,
                    reversed,
                };
                best = Some((rank.0, rank.1, rank.2, evidence));
            }
        }
        best.map(|best| best.3)
    }

    fn puzzles(&self, of: TraitIx) -> Option<Evidence> {
        let pack = self.comparison.pack;
        let (mut right, mut answered) = (0, 0);
        for &q in &pack.traits[of].items {
            let code = self.answers.code(q);
            answered += usize::from(self.answers.has(q));
            let solved = matches!(pack.questions[q].measure, Measure::Choice { answer, .. } if code == answer);
            right += usize::from(solved && code != DONT_KNOW);
        }
        (answered > 0).then_some(Evidence::Puzzles {
            right,
            of: answered,
        })
    }
}
