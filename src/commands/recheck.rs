//! A saved result against its answers, scored now.

use crate::engine::answers::{Answers, allowed, code_of, written};
use crate::engine::assess::assess;
use crate::engine::design::Design;
use crate::engine::fingerprint;
use crate::engine::norms::Norms;
use crate::engine::pack::Pack;
use crate::engine::report::Receipt;
use crate::engine::verify::{Difference, NO_QUESTION, Stated, Verdict, judge};
use crate::error::{Error, Result};
use crate::files::differ::difference;
use crate::files::people::People;
use crate::files::results::Saved;
use crate::render::answered::Answered;
use crate::render::look::inert;
use crate::render::records::{Records, Top};
use crate::render::verdict::{self, Place};
use std::collections::HashMap;

/// What was found of a record.
pub(crate) struct Checked {
    /// Whose it is.
    pub id: String,
    /// Whether it holds.
    pub verdict: Verdict,
    /// Why it does not, in words.
    pub reason: String,
}

/// Answers as they were given, and how they bear on the record.
struct Given {
    answers: Answers,
    /// Whether they are those of the fingerprint that the record keeps.
    same: Option<bool>,
    /// The first that is none to this pack.
    wrong: Option<Difference>,
}

/// Scores saved results again, one after the other.
pub(crate) struct Checker<'p> {
    pack: &'p Pack,
    ids: HashMap<&'p str, usize>,
    answered: Answered<'p>,
    norms: Option<&'p Norms>,
    /// What receipts are compared with.
    usual: Design<'p>,
    /// The design of the last record: those of a run are alike.
    last: Option<Design<'p>>,
    people: Option<People<'p>>,
}

impl<'p> Checker<'p> {
    /// Results of a pack, made with its norms or these; `answers` are those of the results, in the
    /// same order, if they do not hold them.
    pub(crate) fn new(pack: &'p Pack, norms: Option<&'p Norms>, answers: Option<&str>) -> Self {
        let ids = pack.questions.iter().enumerate();
        Self {
            ids: ids.map(|(q, question)| (question.id.as_str(), q)).collect(),
            answered: Answered::new(pack),
            norms,
            usual: Design::new(pack, None, 1.0),
            last: None,
            people: answers.map(|input| People::new(input, pack)),
            pack,
        }
    }

    /// Whether there are answers after those of the last result.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(crate) fn more_answers(&mut self) -> Result<bool> {
        let people = self.people.as_mut();
        Ok(people
            .map(People::next_person)
            .transpose()?
            .flatten()
            .is_some())
    }

    /// Checks a record; one that cannot be checked comes as the reason.
    ///
    /// # Errors
    /// When the answers cannot be read, or are not those of the results.
    pub(crate) fn check(
        &mut self,
        place: Place<'_>,
        text: &str,
    ) -> Result<std::result::Result<Checked, String>> {
        let saved = match Saved::parse(text) {
            Ok(saved) => saved,
            Err(why) => {
                return Ok(Err(format!(
                    "{why}; a saved result is a line of `score -f ndjson --with-answers`"
                )));
            }
        };
        let Some(given) = self.given(place, &saved)? else {
            return Ok(Err(
                "it does not hold its answers: give them with --answers, or have results made with \
                 --with-answers"
                    .to_owned(),
            ));
        };
        let norms = self.norms;
        let mut found = given.wrong;
        if found.is_none() && saved.stated.can_use(norms) {
            found = match self.design(&saved.stated) {
                Ok(design) => rescored(design, &saved, &given.answers, text),
                Err(wrong) => Some(wrong),
            };
        }
        let now = Receipt::of(&self.usual);
        let stated = &saved.stated;
        let verdict = judge(stated, &now, norms, given.same, found);
        let reason = if verdict.holds {
            String::new()
        } else {
            verdict::reason(&verdict, stated, &now, norms, given.same.is_some())
        };
        Ok(Ok(Checked {
            reason,
            verdict,
            id: saved.id,
        }))
    }

    /// The answers of a record, or those given for it; none where there are none.
    fn given(&mut self, place: Place<'_>, saved: &Saved) -> Result<Option<Given>> {
        let kept = saved.fingerprint.as_ref();
        if let Some(people) = &mut self.people {
            let next = people.next_person()?;
            return match next {
                Some((id, answers)) if id == saved.id => Ok(Some(Given {
                    same: kept.map(|kept| *kept == self.answered.fingerprint(&answers)),
                    answers,
                    wrong: None,
                })),
                other => {
                    let next = other.map_or_else(
                        || "there are no more answers".to_owned(),
                        |(id, _)| format!("the next answers are of {}", inert(&id)),
                    );
                    Err(Error::failed(format!(
                        "{}:{}: this result is of {}, but {next}; give the answers that the results \
                         were made from, in the same order",
                        place.input,
                        place.line,
                        inert(&saved.id)
                    )))
                }
            };
        }
        let Some(given) = &saved.given else {
            return Ok(None);
        };
        let mut answers = Answers::none(self.pack);
        answers.pace = saved.pace;
        let (mut wrong, mut plain) = (None, Vec::with_capacity(given.len()));
        for (id, answer) in given {
            let known = self.ids.get(id.as_str()).copied();
            let code = known.and_then(|q| Some((q, code_of(&self.pack.questions[q], answer)?)));
            if let Some((q, code)) = code {
                answers.set(q, code);
                plain.push((id.as_str(), written(&self.pack.questions[q], code)));
                continue;
            }
            plain.push((id.as_str(), answer.clone()));
            wrong.get_or_insert_with(|| Difference {
                place: format!("answers.{id}"),
                found: answer.clone(),
                right: known.map_or_else(
                    || NO_QUESTION.to_owned(),
                    |q| allowed(&self.pack.questions[q]),
                ),
            });
        }
        let plain = plain.iter().map(|(id, answer)| (*id, answer.as_str()));
        let now = fingerprint::of_answers(plain, saved.pace);
        Ok(Some(Given {
            answers,
            same: kept.map(|kept| *kept == now),
            wrong,
        }))
    }

    /// What a record's person was compared with.
    fn design(&mut self, stated: &Stated) -> std::result::Result<&Design<'p>, Difference> {
        let family = stated.family.as_deref();
        let measured = stated.norms.is_some();
        let alike = |design: &Design<'_>| {
            design.family.as_deref() == family
                && design.aptitude_weight.to_bits() == stated.aptitude_weight.to_bits()
                && design.measured.is_some() == measured
        };
        let design = self.last.take().filter(alike).unwrap_or_else(|| {
            let norms = self.norms.filter(|_| measured).cloned();
            Design::compared(self.pack, family, stated.aptitude_weight, norms)
        });
        if design.in_play.len() < 2 {
            return Err(Difference {
                place: "receipt.family".to_owned(),
                found: stated.family.clone().unwrap_or_default(),
                right: "a family of two roles or more".to_owned(),
            });
        }
        Ok(self.last.insert(design))
    }
}

/// Where a record differs from its answers scored now.
fn rescored(
    design: &Design<'_>,
    saved: &Saved,
    answers: &Answers,
    text: &str,
) -> Option<Difference> {
    let outcome = assess(design, answers);
    let top = Top::Best(saved.roles.max(1));
    let mut right = Vec::new();
    Records::new(design, top, saved.explained, &[]).json(&mut right, &saved.id, &outcome, &[]);
    // what may follow in a record is what was carried along
    let start = right.strip_suffix(b"}").unwrap_or(&right);
    let same = text.as_bytes().strip_prefix(start);
    if same.is_some_and(|rest| rest.starts_with(b",") || rest == b"}") {
        return None;
    }
    difference(text, &right)
}
