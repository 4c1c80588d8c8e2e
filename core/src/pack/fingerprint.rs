//! Fingerprint of a pack: a hash of everything that scoring depends on (scoring, section 8).
//!
//! Texts do not change it, nor does the order of files, questions or roles. The version of the formulae
//! does: the same pack scored otherwise gives other results.

use crate::pack::model::{Measure, Pack, Question};
use crate::scoring::version::SCORING;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

impl Pack {
    /// Completes a pack whose parts refer to each other correctly: takes the fingerprint.
    pub(crate) fn complete(mut self) -> Self {
        self.fingerprint = of(&self);
        self
    }
}

/// `sha256:` and 64 hex digits over the scoring content of `pack`.
pub(crate) fn of(pack: &Pack) -> String {
    let mut lines = format!("scoring {SCORING}\n");
    for t in &pack.traits {
        // `{:?}` prints the shortest digits that read back as the same number
        let _ = write!(
            lines,
            "trait {} {} {:?} {:?} {:?}",
            t.id,
            t.kind.word(),
            t.mean,
            t.sd,
            t.reliability
        );
        // a pack that states none keeps the fingerprint that it had before there was such a key
        if let Some(doubt) = t.norm_doubt {
            let _ = write!(lines, " doubt {:?}", doubt + 0.0);
        }
        lines.push('\n');
    }
    let mut questions: Vec<&Question> = pack.questions.iter().collect();
    questions.sort_by(|a, b| a.id.cmp(&b.id));
    for q in questions {
        let key = match &q.measure {
            Measure::Rating { of, reverse } => {
                format!("rating {} {reverse}", pack.traits[*of].id)
            }
            Measure::Choice { of, answer, .. } => {
                format!("choice {} {answer}", pack.traits[*of].id)
            }
            Measure::Condition(_) => "condition".to_owned(),
        };
        let _ = writeln!(
            lines,
            "question {} {key} {} {:?}",
            q.id, q.choices, q.weight
        );
    }
    for role in &pack.roles {
        let _ = writeln!(lines, "role {} {}", role.id, role.family);
        for (k, t) in pack.traits.iter().enumerate() {
            let _ = writeln!(
                lines,
                " {} {:?} {:?} {:?}",
                t.id, role.levels[k], role.weights[k], role.spreads[k]
            );
        }
        // a pack without deviations keeps the fingerprint that it had before there was such a table
        for &(q, points) in &role.deviations {
            let _ = writeln!(lines, " deviation {} {points:?}", pack.questions[q].id);
        }
        let mut exposures: Vec<(&str, u8)> = pack
            .conditions
            .iter()
            .zip(&role.exposures)
            .map(|(&q, &exposure)| (pack.questions[q].id.as_str(), exposure))
            .collect();
        exposures.sort_unstable();
        for (id, exposure) in exposures {
            let _ = writeln!(lines, " {id} {exposure}");
        }
    }
    hex(lines.as_bytes())
}

/// `sha256:` and 64 hex digits over what a person answered: question and answer as files write them,
/// sorted by question, and the pace.
#[must_use]
pub(crate) fn of_answers<'a>(
    given: impl Iterator<Item = (&'a str, &'a str)>,
    pace: Option<f64>,
) -> String {
    let mut lines = String::new();
    for (id, answer) in given {
        lines += &answer_start(id);
        lines += &answer_text(answer);
    }
    of_lines(lines.into_bytes(), pace)
}

/// How the line of an answer begins.
pub(crate) fn answer_start(id: &str) -> String {
    format!("answer {id:?} ")
}

/// How it ends: with what was answered.
pub(crate) fn answer_text(answer: &str) -> String {
    format!("{answer:?}\n")
}

/// The fingerprint of answers, of which these are the lines.
pub(crate) fn of_lines(mut lines: Vec<u8>, pace: Option<f64>) -> String {
    if let Some(pace) = pace {
        lines.extend_from_slice(format!("pace {pace:?}\n").as_bytes());
    }
    hex(&lines)
}

/// `sha256:` and the hash of some bytes.
#[must_use]
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut text = "sha256:".to_owned();
    for byte in Sha256::digest(bytes) {
        for digit in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(digit.into(), 16));
        }
    }
    text
}
