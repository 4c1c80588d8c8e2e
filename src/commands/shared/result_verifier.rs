//! Verifies saved results: scores their answers again and compares.

use crate::commands::shared::global_args::VERSION;
use crate::error::{Error, Result};
use crate::input::input_log::Messages;
use crate::input::json_diff::difference;
use crate::input::mapping::InputOptions;
use crate::input::people::PeopleReader;
use crate::input::results::{RecordParts, ResultLine, SavedResult};
use crate::threads::{cores, map_in_order};
use rolescope_core::results::{RecordDifference, StatedReceipt, VerificationResult};
use rolescope_core::text::inert;
use rolescope_core::write::{AnswerWriter, RecordWriter};
use rolescope_core::{Answers, Assessor, Comparison, ComparisonError, Norms, Pack};
use std::collections::HashMap;

/// Result of the verification of one record.
pub struct CheckedRecord {
    /// Whose it is.
    pub id: String,
    /// Whether it holds.
    pub verdict: VerificationResult,
    /// Why it does not, in words.
    pub reason: String,
}

/// How a record was made.
struct RecordDesign {
    stated: StatedReceipt,
    roles: usize,
    explained: bool,
}

/// People whose answers are scored side by side.
const LANES: usize = 16;
/// Blocks of so many people that a thread takes at a time.
const SHARE: usize = 2;

/// A saved result in parts, as it is where it has its answers.
fn parts(text: &str) -> Option<RecordParts<'_>> {
    RecordParts::of(text, AnswerWriter::START)
}

/// Answers as they were given, and how they bear on the record.
struct GivenAnswers {
    answers: Answers,
    /// Whether they are those of the fingerprint that the record keeps.
    same: Option<bool>,
    /// The first that is none to this pack.
    wrong: Option<RecordDifference>,
}

/// Scores saved results again, one after the other.
pub struct ResultVerifier<'p> {
    pack: &'p Pack,
    ids: HashMap<&'p str, usize>,
    answered: AnswerWriter,
    norms: Option<&'p Norms>,
    /// What receipts are compared with.
    usual: Comparison<'p>,
    /// The comparison of the last record: those of a run are alike.
    last: Option<Comparison<'p>>,
    /// How the last record was made, where it is what this program makes of the answers in it now.
    design: Option<RecordDesign>,
    /// How many records are looked at together.
    ahead: usize,
    people: Option<PeopleReader<'p>>,
}

impl<'p> ResultVerifier<'p> {
    /// Results of a pack, made with its norms or these; `answers` are those of the results, in the
    /// same order, if they do not hold them, and `messages` hears of those that cannot be read.
    ///
    /// # Errors
    /// When the roles of the pack cannot be compared.
    pub fn new(
        pack: &'p Pack,
        norms: Option<&'p Norms>,
        (answers, input): (Option<&str>, &'p InputOptions),
        messages: &'p mut dyn Messages,
    ) -> Result<Self> {
        let ids = pack.questions().iter().enumerate();
        let usual = Comparison::builder(pack).program(VERSION).build();
        Ok(Self {
            ids: ids.map(|(q, question)| (question.id(), q)).collect(),
            answered: AnswerWriter::new(pack),
            norms,
            usual: usual.map_err(|why| Error::failed(why.to_string()))?,
            last: None,
            design: None,
            ahead: LANES,
            people: answers.map(|answers| PeopleReader::new(answers, pack, messages, input)),
            pack,
        })
    }

    /// Whether answers are left over after the last result.
    ///
    /// # Errors
    /// When they cannot be read.
    pub(crate) fn more_answers(&mut self) -> Result<bool> {
        let people = self.people.as_mut();
        Ok(people
            .map(PeopleReader::next_person)
            .transpose()?
            .flatten()
            .is_some())
    }

    /// Checks records of an input, one after the other: `take` is given the line of each and whether it holds, or why it
    /// cannot be checked.
    ///
    /// # Errors
    /// When the answers cannot be read, or are not those of the results, or `take` fails.
    pub fn check_all(
        &mut self,
        input: &str,
        mut records: &[ResultLine<'_>],
        take: &mut impl FnMut(u64, std::result::Result<CheckedRecord, String>) -> Result<()>,
    ) -> Result<()> {
        while !records.is_empty() {
            let together = &records[..self.ahead.min(records.len())];
            let alike = self.alike(together);
            let checked = alike.len();
            for (found, (line, _)) in alike.into_iter().zip(together) {
                take(*line, Ok(found))?;
            }
            records = &records[checked..];
            if checked == together.len() {
                self.ahead = self.ahead.saturating_mul(2);
                continue;
            }
            self.ahead = LANES;
            let (line, text) = &together[checked];
            let found = match text {
                Ok(text) => self.check((input, *line), text)?,
                Err(why) => Err(why.clone()),
            };
            take(*line, found)?;
            records = &records[1..];
        }
        Ok(())
    }

    /// Checks the first records for as long as they are, byte for byte, what this program makes of the answers in them
    /// in the way in which the last one was made. These are nearly all, and no part of them has to be taken out.
    fn alike(&self, records: &[ResultLine<'_>]) -> Vec<CheckedRecord> {
        let (Some(design), Some(comparison), None) = (&self.design, &self.last, &self.people)
        else {
            return Vec::new();
        };
        let begins =
            |(_, text): &ResultLine<'_>| text.as_ref().is_ok_and(|text| parts(text).is_some());
        if !records.first().is_some_and(begins) {
            return Vec::new();
        }
        let writer = RecordWriter::new(comparison).best(design.roles.max(1));
        let writer = writer.explained(design.explained);
        let blocks: Vec<&[ResultLine<'_>]> = records.chunks(LANES).collect();
        let with = (self.pack, &self.answered);
        let held = map_in_order(&blocks, (cores(), SHARE), |block| {
            held(with, comparison, &writer, block)
        });
        let mut all = Vec::with_capacity(records.len());
        for (block, ids) in blocks.iter().zip(held) {
            all.extend(ids.iter().map(|id| {
                CheckedRecord {
                    id: (*id).to_owned(),
                    verdict: design
                        .stated
                        .judge(&self.usual, self.norms, Some(true), None),
                    reason: String::new(),
                }
            }));
            if ids.len() < block.len() {
                break;
            }
        }
        all
    }

    /// Checks a record at a place, input and line; if that is impossible, returns the reason.
    ///
    /// # Errors
    /// When the answers cannot be read, or are not those of the results.
    fn check(
        &mut self,
        place: (&str, u64),
        text: &str,
    ) -> Result<std::result::Result<CheckedRecord, String>> {
        let saved = match SavedResult::parse(text) {
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
            found = match self.comparison(&saved.stated) {
                Ok(comparison) => rescored(comparison, &saved, &given.answers, text),
                Err(wrong) => Some(wrong),
            };
        }
        let stated = &saved.stated;
        let verdict = stated.judge(&self.usual, norms, given.same, found);
        self.design = None;
        let reason = if verdict.holds() {
            if verdict.changed().next().is_none() {
                self.design = Some(RecordDesign {
                    stated: stated.clone(),
                    roles: saved.roles,
                    explained: saved.explained,
                });
            }
            String::new()
        } else {
            verdict.reason(stated, &self.usual, norms, given.same.is_some())
        };
        Ok(Ok(CheckedRecord {
            reason,
            verdict,
            id: saved.id,
        }))
    }

    /// The answers of a record, or those given for it; none where there are none.
    fn given(
        &mut self,
        (input, line): (&str, u64),
        saved: &SavedResult,
    ) -> Result<Option<GivenAnswers>> {
        let kept = saved.fingerprint.as_ref();
        if let Some(people) = &mut self.people {
            let next = people.next_person()?;
            return match next {
                Some((id, answers)) if id == saved.id => Ok(Some(GivenAnswers {
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
                        "{input}:{line}: this result is of {}, but {next}; give the answers that the \
                         results were made from, in the same order",
                        inert(&saved.id)
                    )))
                }
            };
        }
        let Some(given) = &saved.given else {
            return Ok(None);
        };
        let mut answers = Answers::none(self.pack);
        let (mut wrong, mut plain) = (None, Vec::with_capacity(given.len()));
        if let Err(right) = answers.set_pace(saved.pace) {
            let stated = saved.pace.unwrap_or_default();
            wrong = Some(RecordDifference::new("pace", &stated, &right));
        }
        for (id, answer) in given {
            let known = self.ids.get(id.as_str()).copied();
            let code = known.and_then(|q| Some((q, self.pack.questions()[q].code_of(answer)?)));
            let code = code.filter(|&(q, code)| answers.set(q, code).is_ok());
            if let Some((q, code)) = code {
                plain.push((id.as_str(), self.pack.questions()[q].written(code)));
                continue;
            }
            plain.push((id.as_str(), answer.clone()));
            wrong.get_or_insert_with(|| {
                let right = known.map_or_else(
                    || RecordDifference::NO_QUESTION.to_owned(),
                    |q| self.pack.questions()[q].allowed(),
                );
                RecordDifference::new(format!("answers.{id}"), &answer, &right)
            });
        }
        let plain = plain.iter().map(|(id, answer)| (*id, answer.as_str()));
        let now = AnswerWriter::fingerprint_of(plain, saved.pace);
        Ok(Some(GivenAnswers {
            answers,
            same: kept.map(|kept| *kept == now),
            wrong,
        }))
    }

    /// The comparison that a record was made with.
    fn comparison(
        &mut self,
        stated: &StatedReceipt,
    ) -> std::result::Result<&Comparison<'p>, RecordDifference> {
        let family = stated.family.as_deref();
        let measured = stated.norms.is_some();
        let alike = |comparison: &Comparison<'_>| {
            comparison.family() == family
                && comparison.aptitude_weight().to_bits() == stated.aptitude_weight.to_bits()
                && comparison.measured().is_some() == measured
        };
        let comparison = match self.last.take().filter(alike) {
            Some(comparison) => comparison,
            None => compared(self.pack, stated, self.norms.filter(|_| measured))?,
        };
        Ok(self.last.insert(comparison))
    }
}

/// The ids of the first records of a block that a writer makes of the answers in them.
fn held<'t>(
    (pack, answered): (&Pack, &AnswerWriter),
    comparison: &Comparison<'_>,
    writer: &RecordWriter<'_>,
    block: &[ResultLine<'t>],
) -> Vec<&'t str> {
    let mut people = vec![Answers::none(pack); block.len()];
    let texts = block
        .iter()
        .map_while(|(_, text)| parts(text.as_ref().ok()?));
    let read = texts.zip(&mut people).map_while(|(text, answers)| {
        let read = answered.read(text.answers, answers);
        read.then_some(text)
    });
    let texts: Vec<RecordParts<'t>> = read.collect();
    let mut assessor: Assessor<'_, LANES> = Assessor::new(comparison);
    for (lane, answers) in people[..texts.len()].iter().enumerate() {
        assessor.put(lane, answers);
    }
    assessor.assess();
    let mut right = Vec::new();
    let texts = texts.iter().zip(&people).enumerate();
    let same = texts.map_while(|(lane, (text, answers))| {
        right.clear();
        writer.json(&mut right, text.id, assessor.look(lane), &[]);
        RecordWriter::counts(&mut right, answers);
        (right.strip_suffix(b"}") == Some(text.result)).then_some(text.id)
    });
    same.collect()
}

/// A comparison as a record states it.
fn compared<'p>(
    pack: &'p Pack,
    stated: &StatedReceipt,
    norms: Option<&Norms>,
) -> std::result::Result<Comparison<'p>, RecordDifference> {
    let wrong = |why: ComparisonError| match why {
        ComparisonError::UnknownFamily { .. } | ComparisonError::SingleRole => {
            let family = stated.family.as_deref().unwrap_or_default();
            RecordDifference::new("receipt.family", &family, &"a family of two roles or more")
        }
        ComparisonError::AptitudeWeight(found) => {
            RecordDifference::new("receipt.aptitude_weight", &found, &"a number from 0 to 100")
        }
    };
    let mut builder = Comparison::builder(pack)
        .aptitude_weight(stated.aptitude_weight)
        .program(VERSION);
    if let Some(family) = &stated.family {
        builder = builder.family(family).map_err(wrong)?;
    }
    if let Some(norms) = norms {
        builder = builder.norms(norms.clone());
    }
    builder.build().map_err(wrong)
}

/// The first difference between a record and its answers scored again.
fn rescored(
    comparison: &Comparison<'_>,
    saved: &SavedResult,
    answers: &Answers,
    text: &str,
) -> Option<RecordDifference> {
    let outcome = comparison.assess(answers);
    let mut right = Vec::new();
    RecordWriter::new(comparison)
        .best(saved.roles.max(1))
        .explained(saved.explained)
        .json(&mut right, &saved.id, &outcome, &[]);
    // what may follow in a record is what was carried along
    let start = right.strip_suffix(b"}").unwrap_or(&right);
    let same = text.as_bytes().strip_prefix(start);
    if same.is_some_and(|rest| rest.starts_with(b",") || rest == b"}") {
        return None;
    }
    difference(text, &right)
}
