//! What became of a saved result, in words and as a record.

use crate::results::report::Receipt;
use crate::results::verification::{ChangedPart, NO_QUESTION, StatedReceipt, VerificationResult};
use crate::scoring::norms::Norms;
use crate::write::receipt::json_text;
use crate::write::terminal_text::inert;
use crate::write::wording::{label, short};

/// Characters of a stranger's text that a line shows.
const LONGEST: usize = 80;

impl VerificationResult {
    /// Why a result does not hold, in a line.
    #[must_use]
    pub fn reason(
        &self,
        stated: &StatedReceipt,
        now: &Receipt<'_>,
        norms: Option<&Norms>,
        kept_fingerprint: bool,
    ) -> String {
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

/// Which record of which input.
///
/// ```
/// use rolescope_core::pages::RecordPlace;
///
/// let place = RecordPlace::new("results.ndjson", 3);
/// let line = place.failure("anna", "the answers are not those that it was made from");
/// assert!(line.starts_with("results.ndjson:3: anna: does not hold: "));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct RecordPlace<'a> {
    /// The input.
    pub(crate) input: &'a str,
    /// The line, from 1.
    pub(crate) line: u64,
}

impl<'a> RecordPlace<'a> {
    /// A line of an input, from 1.
    #[must_use]
    pub const fn new(input: &'a str, line: u64) -> Self {
        Self { input, line }
    }

    /// The input.
    #[must_use]
    pub fn input(&self) -> &'a str {
        self.input
    }

    /// The line, from 1.
    #[must_use]
    pub const fn line(&self) -> u64 {
        self.line
    }
}

impl RecordPlace<'_> {
    /// A line for people about a result that does not hold.
    #[must_use]
    pub fn failure(self, id: &str, reason: &str) -> String {
        let RecordPlace { input, line } = self;
        let who = label(id);
        format!("{input}:{line}: {}: does not hold: {reason}\n", inert(&who))
    }

    /// A verdict as a JSON object and a newline.
    #[must_use]
    pub fn to_json(self, id: &str, verdict: &VerificationResult) -> String {
        let changed: Vec<String> = verdict
            .changed
            .iter()
            .map(|c| json_text(c.word()))
            .collect();
        let at = verdict.difference.as_ref().map_or_else(String::new, |at| {
            format!(
                ",\"place\":{},\"found\":{},\"right\":{}",
                json_text(&at.place),
                json_text(&at.found),
                json_text(&at.right)
            )
        });
        format!(
            "{{\"input\":{},\"line\":{},\"id\":{},\"holds\":{},\"changed\":[{}]{at}}}\n",
            json_text(self.input),
            self.line,
            json_text(id),
            verdict.holds,
            changed.join(",")
        )
    }

    /// A record that cannot be checked, as a JSON object and a newline.
    #[must_use]
    pub fn unread_to_json(self, why: &str) -> String {
        let (input, why) = (json_text(self.input), json_text(why));
        format!(
            "{{\"input\":{input},\"line\":{},\"holds\":null,\"error\":{why}}}\n",
            self.line
        )
    }
}
