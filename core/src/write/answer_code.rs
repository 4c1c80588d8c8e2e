//! Answer codes: the answers of a person as text that survives a message, a phone call or a pencil.
//!
//! `RS1-` states the form. Four letters of the pack's fingerprint follow, then the answers in the order of
//! their questions' ids, 6 bits each, five answers in a group of six characters of Crockford's base32.
//! Two check characters close each block of up to 30 groups.
//!
//! The checks are two sums over the field of 32 elements: character i of group g weighs aⁱ in the first
//! and aⁱ·aᵍ in the second, where a is a generator of the field. A wrong character, or two neighbours of
//! a group that are swapped, leaves sums whose quotient is aᵍ and so names the group; a swap across two
//! groups leaves sums that are not both 0.

use crate::pack::model::{Pack, QuestionIx};
use crate::scoring::answers::{AnswerError, Answers, DONT_KNOW, UNANSWERED};

/// What a code of this form begins with.
const FORM: &str = "RS1";
/// The digits of Crockford's base32, by their value.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of the pack's fingerprint.
const LETTERS: usize = 4;
/// Answers of a group, and the characters that hold them.
const ANSWERS: usize = 5;
const GROUP: usize = 6;
/// Bits of an answer and of a character.
const ANSWER_BITS: usize = 6;
const BITS: usize = 5;
/// What stands for "I don't know".
const UNKNOWN: u8 = 63;
/// Groups that two check characters protect: one less than the field has powers, so that a quotient of 1
/// says that the check characters are swapped.
const BLOCK: usize = 30;
/// Check characters of a block.
const CHECKS: usize = 2;

/// What is wrong with a code, as [`AnswerError::AnswerCode`] tells it.
#[derive(Debug)]
struct CodeFault {
    group: Option<usize>,
    at: usize,
    found: String,
    reason: String,
}

impl From<CodeFault> for AnswerError {
    fn from(fault: CodeFault) -> Self {
        Self::AnswerCode {
            group: fault.group,
            at: fault.at,
            found: fault.found,
            reason: fault.reason,
        }
    }
}

impl Answers {
    /// The answers as a code, which [`Answers::from_answer_code`] reads: capital letters, digits and hyphens. The
    /// pace is not part of it.
    ///
    /// ```
    /// # use rolescope_core::{Answers, Pack, SourceFile};
    /// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
    /// let mut answers = Answers::none(&pack);
    /// answers.write(&pack, "rush-1", "2")?;
    /// let code = answers.answer_code(&pack);
    /// assert!(code.starts_with("RS1-"));
    /// assert_eq!(Answers::from_answer_code(&pack, &code.to_lowercase().replace('-', " ")), Ok(answers));
    /// # Ok::<(), rolescope_core::AnswerError>(())
    /// ```
    #[must_use]
    pub fn answer_code(&self, pack: &Pack) -> String {
        let codes = self.codes();
        let mut values = letters(pack).to_vec();
        for five in by_id(pack).chunks(ANSWERS) {
            values.extend(packed(five.iter().map(|&q| codes[q])));
        }
        let mut text = FORM.to_owned();
        for block in groups(values.len()).chunks(BLOCK) {
            let protected = block.iter().map(|group| &values[group.clone()]);
            let checks = sums(protected.clone());
            for group in protected.chain([&checks[..]]) {
                text.push('-');
                let digits = group.iter().map(|&v| char::from(DIGITS[usize::from(v)]));
                text.extend(digits);
            }
        }
        text
    }

    /// Reads a code of answers to this pack. Small letters are as good as capitals, I and L are read as 1
    /// and O as 0, hyphens and spaces are passed over.
    ///
    /// # Errors
    /// When the text is no such code, with the group at fault where it is known: every wrong character and
    /// every two neighbours that are swapped are noticed.
    ///
    /// ```
    /// # use rolescope_core::{Answers, Pack, SourceFile};
    /// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
    /// use rolescope_core::AnswerError;
    ///
    /// let code = Answers::none(&pack).answer_code(&pack).replace("-0000", "-00Z0");
    /// let Err(AnswerError::AnswerCode { group, found, .. }) = Answers::from_answer_code(&pack, &code) else {
    ///     panic!("it is noticed")
    /// };
    /// assert_eq!((group, found.as_str()), (Some(3), "00Z000"));
    /// ```
    pub fn from_answer_code(pack: &Pack, text: &str) -> Result<Self, AnswerError> {
        let written = WrittenCode::of(text)?;
        let order = by_id(pack);
        let right = LETTERS + characters(order.len());
        let ours: Vec<u8> = letters(pack).to_vec();
        let values = written.unchecked();
        let of_ours = values.starts_with(&ours);
        if values.len() != right {
            let whole = written.digits.len() > LETTERS + CHECKS;
            if whole && !of_ours && written.fault().is_none() {
                return Err(written.of_another(pack).into());
            }
            return Err(written.of_length(right).into());
        }
        if let Some(error) = written.fault() {
            return Err(error.into());
        }
        if !of_ours {
            return Err(written.of_another(pack).into());
        }
        let mut codes = vec![UNANSWERED; order.len()];
        let fives = order.chunks(ANSWERS).zip(values[LETTERS..].chunks(GROUP));
        for (group, (questions, values)) in fives.enumerate() {
            let mut bits = values
                .iter()
                .fold(0_u32, |all, &v| all << BITS | u32::from(v));
            let spare = values.len() * BITS - questions.len() * ANSWER_BITS;
            let padded = bits & ((1 << spare) - 1) != 0;
            bits >>= spare;
            for &q in questions.iter().rev() {
                codes[q] = match (bits & 63) as u8 {
                    UNKNOWN => DONT_KNOW,
                    DONT_KNOW => WRONG,
                    code => code,
                };
                bits >>= ANSWER_BITS;
            }
            let mut one = Self::none(pack);
            let wrong = questions.iter().find(|&&q| one.set(q, codes[q]).is_err());
            if let Some(&q) = wrong {
                let question = &pack.questions[q];
                let reason = format!(
                    "no answer to {}; right is {}",
                    question.id,
                    question.allowed()
                );
                return Err(written.at_group(group + 1, reason).into());
            }
            if padded {
                let reason =
                    "it holds more than its answers; take the code again from where it was shown";
                return Err(written.at_group(group + 1, reason.to_owned()).into());
            }
        }
        let mut answers = Self::none(pack);
        let all = answers.set_all(&codes);
        debug_assert!(all.is_ok(), "each was looked at");
        Ok(answers)
    }

    /// Where in a line an answer code begins, in bytes, if one ends it: behind nothing, or behind an id and
    /// a comma, semicolon, tab or space. Whether the code is right is not looked at.
    #[must_use]
    pub fn find_answer_code(line: &str) -> Option<usize> {
        let bytes = line.as_bytes();
        let begins = |at: usize| {
            let before = at.checked_sub(1).map(|before| bytes[before]);
            let form = bytes.get(at..at + FORM.len());
            before.is_none_or(|byte| b",;\t \"".contains(&byte))
                && form.is_some_and(|form| {
                    form[..2].eq_ignore_ascii_case(b"RS") && b"1IiLl".contains(&form[2])
                })
        };
        let is_code = |at: &usize| {
            let rest = &bytes[at + FORM.len()..];
            let rest = rest.trim_ascii_end();
            let rest = rest.strip_suffix(b"\"").unwrap_or(rest);
            let digits = rest.iter().filter(|b| b.is_ascii_alphanumeric()).count();
            digits >= LETTERS + CHECKS && !rest.iter().any(|byte| b",;\t".contains(byte))
        };
        (0..bytes.len()).filter(|&at| begins(at)).find(is_code)
    }
}

/// What is no code of an answer.
const WRONG: u8 = 62;

/// A code as it was written: its characters behind the form, and where each stands.
struct WrittenCode<'t> {
    text: &'t str,
    /// Value of each character, and its place in the text, in characters.
    digits: Vec<(u8, usize)>,
}

impl<'t> WrittenCode<'t> {
    fn of(text: &'t str) -> Result<Self, CodeFault> {
        let mut all = text.chars().enumerate().filter(|(_, c)| !separates(*c));
        let form: Vec<(usize, char)> = all.by_ref().take(FORM.len()).collect();
        let known = form
            .iter()
            .map(|&(_, c)| value(c))
            .eq(FORM.chars().map(value));
        if !known {
            let found: String = form.iter().map(|&(_, c)| c).collect();
            let reason = format!("an answer code begins with {FORM}");
            let at = form.first().map_or(0, |&(at, _)| at);
            return Err(CodeFault {
                group: Some(1),
                at,
                found,
                reason,
            });
        }
        let rest: Vec<(usize, char)> = all.collect();
        let digits = rest.iter().map(|&(at, c)| (value(c).unwrap_or(0), at));
        let digits = digits.collect();
        let written = Self { text, digits };
        if let Some(place) = rest.iter().position(|&(_, c)| value(c).is_none()) {
            let groups = written.groups();
            let group = groups.iter().position(|(group, _)| group.contains(&place));
            let reason = format!(
                "{:?} is no character of a code, which are 0 to 9 and A to Z without U",
                rest[place].1
            );
            return Err(written.at_group(group.unwrap_or(0), reason));
        }
        Ok(written)
    }

    /// The groups of the code, check characters among them, as places in `digits`; for each whether it
    /// closes a block.
    fn groups(&self) -> Vec<(std::ops::Range<usize>, bool)> {
        let mut all = Vec::new();
        let mut at = 0;
        while at < self.digits.len() {
            let most = block_length(at == 0);
            let length = most.min((self.digits.len() - at).saturating_sub(CHECKS));
            let first = at == 0;
            for group in block_groups(length, first) {
                all.push((at + group.start..at + group.end, false));
            }
            let end = (at + length + CHECKS).min(self.digits.len());
            all.push((at + length..end, true));
            at = end;
        }
        all
    }

    /// The values but for check characters.
    fn unchecked(&self) -> Vec<u8> {
        let groups = self.groups();
        let protected = groups.iter().filter(|(_, checks)| !checks);
        protected
            .flat_map(|(group, _)| self.digits[group.clone()].iter().map(|digit| digit.0))
            .collect()
    }

    /// What the check characters say, if anything is wrong.
    fn fault(&self) -> Option<CodeFault> {
        let groups = self.groups();
        let values: Vec<u8> = self.digits.iter().map(|digit| digit.0).collect();
        let mut first = 0;
        for block in groups.split_inclusive(|(_, checks)| *checks) {
            let (checks, protected) = block.split_last()?;
            let sums = sums(protected.iter().map(|(group, _)| &values[group.clone()]));
            let found = &values[checks.0.clone()];
            if found.len() < CHECKS {
                return Some(self.of_length(LETTERS));
            }
            let left = [sums[0] ^ found[0], sums[1] ^ found[1]];
            let group = match left {
                [0, 0] => None,
                [0, _] | [_, 0] => Some(protected.len()),
                [one, other] if one == other => Some(protected.len()),
                [one, other] => {
                    let group = (1..=BLOCK).find(|&g| times(one, power(g)) == other);
                    Some(group.map_or(usize::MAX, |g| g - 1))
                }
            };
            match group {
                None => {}
                Some(group) if group < block.len() => {
                    let reason = if group == protected.len() {
                        "these check characters do not fit the groups before them: compare them with the \
                         code as it was shown; if they are right, more than one group is wrong"
                    } else {
                        "the check characters do not fit it: compare this group with the code as it was \
                         shown; if it is right, more than one group is wrong"
                    };
                    return Some(self.at_group(first + group, reason.to_owned()));
                }
                Some(_) => {
                    return Some(CodeFault {
                        group: None,
                        at: 0,
                        found: self.text.to_owned(),
                        reason: "the check characters do not fit: more than one group of this code is wrong; \
                                 compare it with the code as it was shown"
                            .to_owned(),
                    });
                }
            }
            first += block.len();
        }
        None
    }

    /// The error of a group behind the form, from 0, check characters counted.
    fn at_group(&self, group: usize, reason: String) -> CodeFault {
        let groups = self.groups();
        let range = groups[group].0.clone();
        let at = self.digits[range.start].1;
        let last = self.digits[range.end - 1].1;
        CodeFault {
            group: Some(group + 2),
            at,
            found: self.text.chars().skip(at).take(last - at + 1).collect(),
            reason,
        }
    }

    /// The error of a code that is of another pack.
    fn of_another(&self, pack: &Pack) -> CodeFault {
        let right: String = letters(pack)
            .iter()
            .map(|&v| char::from(DIGITS[usize::from(v)]))
            .collect();
        let reason = format!(
            "this is a code of another pack: those of {:?} have {right} here; --pack DIR reads \
                              with the pack that was answered",
            pack.name
        );
        self.at_group(0, reason)
    }

    /// The error of a code with more or fewer characters than `right`, check characters not counted: the
    /// first group of another length, where groups are still apart.
    fn of_length(&self, right: usize) -> CodeFault {
        let mut wanted: Vec<usize> = vec![FORM.len()];
        for block in groups(right).chunks(BLOCK) {
            wanted.extend(block.iter().map(ExactSizeIterator::len));
            wanted.push(CHECKS);
        }
        let total: usize = wanted.iter().sum();
        let found = FORM.len() + self.digits.len();
        let sum = format!("{found} characters where a code of this pack has {total}");
        let mut at = 0;
        let parts = self.text.split(separates).map(|part| {
            let start = at;
            at += part.chars().count() + 1;
            (start, part)
        });
        let parts: Vec<(usize, &str)> = parts.filter(|(_, part)| !part.is_empty()).collect();
        let odd = parts
            .iter()
            .zip(&wanted)
            .position(|((_, part), &wanted)| part.chars().count() != wanted);
        match odd {
            Some(group) if parts.len() > 2 => {
                let (at, part) = parts[group];
                CodeFault {
                    group: Some(group + 1),
                    at,
                    found: part.to_owned(),
                    reason: format!(
                        "{} characters where {} are right: {sum}",
                        part.chars().count(),
                        wanted[group]
                    ),
                }
            }
            _ => CodeFault {
                group: None,
                at: 0,
                found: self.text.to_owned(),
                reason: sum,
            },
        }
    }
}

/// What stands between groups and is passed over.
fn separates(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// The value of a character.
fn value(c: char) -> Option<u8> {
    let c = match c.to_ascii_uppercase() {
        'I' | 'L' => '1',
        'O' => '0',
        c => c,
    };
    let found = DIGITS.iter().position(|&digit| char::from(digit) == c)?;
    u8::try_from(found).ok()
}

/// Questions by id: the order of asking may change and the pack's fingerprint stay the same.
fn by_id(pack: &Pack) -> Vec<QuestionIx> {
    let mut order: Vec<QuestionIx> = (0..pack.questions.len()).collect();
    order.sort_by_key(|&q| &pack.questions[q].id);
    order
}

/// The first 20 bits of the pack's fingerprint.
fn letters(pack: &Pack) -> [u8; LETTERS] {
    let hex = pack
        .fingerprint
        .bytes()
        .skip("sha256:".len())
        .take(LETTERS * BITS / 4);
    let bits = hex.fold(0_u32, |all, digit| {
        all << 4 | char::from(digit).to_digit(16).unwrap_or_default()
    });
    [15, 10, 5, 0].map(|shift| (bits >> shift & 31) as u8)
}

/// Characters that so many answers take.
const fn characters(answers: usize) -> usize {
    (answers * ANSWER_BITS).div_ceil(BITS)
}

/// Up to five answers as characters, the last filled up with zeros.
fn packed(codes: impl ExactSizeIterator<Item = u8>) -> impl Iterator<Item = u8> {
    let length = characters(codes.len());
    let spare = length * BITS - codes.len() * ANSWER_BITS;
    let bits = codes.fold(0_u32, |all, code| {
        let code = if code == DONT_KNOW { UNKNOWN } else { code };
        all << ANSWER_BITS | u32::from(code)
    });
    let bits = bits << spare;
    (0..length)
        .rev()
        .map(move |place| (bits >> (place * BITS) & 31) as u8)
}

/// Groups of so many characters: the letters of the pack, then six each.
fn groups(length: usize) -> Vec<std::ops::Range<usize>> {
    block_groups(length, true)
}

fn block_groups(length: usize, first: bool) -> Vec<std::ops::Range<usize>> {
    let mut start = 0;
    let mut all = Vec::new();
    while start < length {
        let size = if first && start == 0 { LETTERS } else { GROUP };
        let end = length.min(start + size);
        all.push(start..end);
        start = end;
    }
    all
}

/// Characters that a whole block protects.
const fn block_length(first: bool) -> usize {
    if first {
        LETTERS + (BLOCK - 1) * GROUP
    } else {
        BLOCK * GROUP
    }
}

/// The check characters of a block of groups.
fn sums<'v>(groups: impl Iterator<Item = &'v [u8]>) -> [u8; CHECKS] {
    let mut all = [0; CHECKS];
    for (g, group) in (1..).zip(groups) {
        let sum = group
            .iter()
            .enumerate()
            .fold(0, |sum, (i, &v)| sum ^ times(v, power(i)));
        all[0] ^= sum;
        all[1] ^= times(sum, power(g));
    }
    all
}

/// A product in the field of 32 elements, of x⁵ + x² + 1.
fn times(a: u8, b: u8) -> u8 {
    (0..BITS).rev().fold(0, |product, bit| {
        let doubled = if product & 16 == 0 {
            product << 1
        } else {
            product << 1 & 31 ^ 0b101
        };
        doubled ^ if b >> bit & 1 == 1 { a } else { 0 }
    })
}

/// A power of the field's generator.
fn power(n: usize) -> u8 {
    (0..n % 31).fold(1, |product, _| times(product, 2))
}
