//! What became of a saved result, in words and as a record.

use crate::results::report::Receipt;
use crate::results::verification::{ChangedPart, NO_QUESTION, StatedReceipt, VerificationResult};
use crate::scoring::comparison::Comparison;
use crate::scoring::norms::Norms;
use crate::write::receipt::json_text;
use crate::write::terminal_text::inert;
use crate::write::wording::{label, short};

/// Characters of a stranger's text that a line shows.
const LONGEST: usize = 80;

impl VerificationResult {
    /// Why a result does not hold, in a line. `stated`, the comparison and the norms are those that it was
    /// judged by; `kept_fingerprint` is whether it keeps the fingerprint of its answers.
    #[must_use]
    pub fn reason(
        &self,
        stated: &StatedReceipt,
        comparison: &Comparison<'_>,
        norms: Option<&Norms>,
        kept_fingerprint: bool,
    ) -> String {
        let now = Receipt::of(comparison);
        let mut parts: Vec<String> = Vec::new();
        for changed in &self.changed {
            parts.push(match changed {
            ChangedPart::Answers => "the answers are not those that it was made from".to_owned(),
            ChangedPart::Scoring => format!(
                "the program's scoring changed (version {} then, {} now)",
                stated.scoring, now.scoring
            ),
            ChangedPart::Pack => format!(
                "the pack changed ({} then, {} now)",
                digits(&stated.fingerprint),
                digits(now.fingerprint)
            ),
            ChangedPart::Program => format!(
                "the program changed ({} then, {} now)",
                short(&stated.program, 20),
                now.program
            ),
            ChangedPart::Norms => other_norms(stated, norms),
            ChangedPart::Record if kept_fingerprint => {
                "answers, pack, program and norms are the same, so the record itself was altered"
                    .to_owned()
            }
            ChangedPart::Record => {
                "pack, program and norms are the same, so the record or the answers were altered"
                    .to_owned()
            }
        });
        }
        if let Some(at) = &self.difference {
            let (found, right) = (short(&at.found, LONGEST), short(&at.right, LONGEST));
            let place = short(&at.place, LONGEST);
            parts.push(if right == NO_QUESTION {
                format!("{place}: {found}, but the pack has no such question")
            } else {
                format!("{place}: {found} where {right} is right")
            });
        }
        inert(&parts.join("; ")).into_owned()
    }
}

fn other_norms(stated: &StatedReceipt, norms: Option<&Norms>) -> String {
    let made = stated.norms.as_ref().map_or_else(String::new, |norms| {
        format!(
            "it was made with the measured norms \"{}\" of {} people ({})",
            short(&norms.name, LONGEST),
            norms.people,
            digits(&norms.fingerprint)
        )
    });
    match norms {
        None => format!("{made}: give them with --norms"),
        Some(norms) => format!("{made}, not with these ({})", digits(norms.fingerprint())),
    }
}

/// The first digits of a fingerprint.
fn digits(fingerprint: &str) -> String {
    fingerprint.chars().take(19).collect()
}

/// A record is known by its place: the input, and the line in it from 1.
impl VerificationResult {
    /// A line for people about a result of someone that does not hold, and why.
    #[must_use]
    pub fn failure((input, line): (&str, u64), id: &str, reason: &str) -> String {
        let who = label(id);
        format!("{input}:{line}: {}: does not hold: {reason}\n", inert(&who))
    }

    /// What became of the result of someone, as a JSON object and a newline.
    #[must_use]
    pub fn to_json(&self, (input, line): (&str, u64), id: &str) -> String {
        let changed: Vec<String> = self.changed().map(json_text).collect();
        let at = self.difference.as_ref().map_or_else(String::new, |at| {
            format!(
                ",\"place\":{},\"found\":{},\"right\":{}",
                json_text(&at.place),
                json_text(&at.found),
                json_text(&at.right)
            )
        });
        format!(
            "{{\"input\":{},\"line\":{line},\"id\":{},\"holds\":{},\"changed\":[{}]{at}}}\n",
            json_text(input),
            json_text(id),
            self.holds,
            changed.join(",")
        )
    }

    /// A record that cannot be checked and why, as a JSON object and a newline.
    #[must_use]
    pub fn unread_to_json((input, line): (&str, u64), why: &str) -> String {
        let (input, why) = (json_text(input), json_text(why));
        format!("{{\"input\":{input},\"line\":{line},\"holds\":null,\"error\":{why}}}\n")
    }
}
