//! The words for numbers, reasons, states and flags.

use crate::pack::model::{AnswerFormat, Pack, QuestionIx, Role, TraitKind};
use crate::pack::role_facts::ReachState;
use crate::results::report::{PopulationThird, Reason, Receipt, RoleDifference};
use crate::scoring::answers::{Answers, DONT_KNOW};
use crate::scoring::assessment::State;
use crate::scoring::norms::{ENOUGH, Norms};
use crate::scoring::response_quality::Flag;
use crate::scoring::role_match::{RoleMatch, phi};
use crate::text::first;
use crate::write::terminal_text::fixed;

/// A match for people: whole numbers, and no certainty at the ends.
#[must_use]
pub(crate) fn matched(fit: &RoleMatch) -> String {
    let percent = fit.matched();
    if percent > 99.5 {
        "over 99".to_owned()
    } else if percent < 0.5 {
        "under 1".to_owned()
    } else {
        fixed(percent, 0)
    }
}

/// The same in the language of a pack.
#[must_use]
pub(crate) fn matched_in(pack: &Pack, fit: &RoleMatch) -> String {
    let percent = fit.matched();
    if percent > 99.5 {
        pack.say("result-over-99")
    } else if percent < 0.5 {
        pack.say("result-under-1")
    } else {
        matched(fit)
    }
}

/// One standard error either side of a match, in percent.
#[must_use]
pub(crate) fn reach(fit: &RoleMatch) -> (f64, f64) {
    (100.0 * phi(fit.z - fit.se()), 100.0 * phi(fit.z + fit.se()))
}

/// Where a person stands and what the role asks, for one trait, and what that adds to the match.
#[must_use]
pub(crate) fn reason(reason: &Reason, pack: &Pack) -> String {
    let name = format!(
        "{} ({})",
        pack.traits[reason.of].name,
        signed(reason.contribution, 2)
    );
    in_words(reason, &name, pack)
}

/// The same without the figure.
#[must_use]
pub(crate) fn plain_reason(reason: &Reason, pack: &Pack) -> String {
    in_words(reason, &pack.traits[reason.of].name, pack)
}

fn in_words(reason: &Reason, name: &str, pack: &Pack) -> String {
    let level = match (PopulationThird::of(reason.estimate), reason.estimate > 0.0) {
        (PopulationThird::High, _) => "high",
        (PopulationThird::Low, _) if pack.traits[reason.of].kind == TraitKind::Aptitude => "effort",
        (PopulationThird::Low, _) => "low",
        (PopulationThird::Middling, true) => "above",
        (PopulationThird::Middling, false) => "below",
    };
    let said = pack.phrase("reason-plain").text("trait", name);
    let said = said.text("level", level).when("more", reason.asks_more);
    said.when("most", reason.than_most).to_string()
}

/// How much of a trait the role of a reason has.
#[must_use]
pub(crate) const fn has(reason: &Reason) -> &'static str {
    match (reason.asks_more, reason.than_most) {
        (true, true) => "more than most",
        (false, true) => "less than most",
        (true, false) => "more of it than of other things",
        (false, false) => "less of it than of other things",
    }
}

/// What a role asks of a trait, from its level relative to the roles in play, in standard deviations.
#[must_use]
pub(crate) const fn asks(relative_levels: f64) -> &'static str {
    if relative_levels > 0.5 {
        "more"
    } else if relative_levels < -0.5 {
        "less"
    } else {
        "as most"
    }
}

/// An answer in the words of its label or option.
#[must_use]
pub(crate) fn answer(pack: &Pack, q: QuestionIx, answers: &Answers) -> String {
    let (question, code) = (&pack.questions[q], answers.code(q));
    match question.format() {
        _ if code == DONT_KNOW => pack.say("quiz-dont-know"),
        AnswerFormat::Choice => question.written(code),
        AnswerFormat::Rating | AnswerFormat::Condition => {
            pack.sections[question.section].labels[usize::from(code) - 1].clone()
        }
    }
}

/// A text that strangers chose, no longer than so many characters.
#[must_use]
pub(crate) fn short(text: &str, longest: usize) -> String {
    if first(text, longest).len() == text.len() {
        return text.to_owned();
    }
    format!("{}…", first(text, longest - 1))
}

/// A label of a person, short enough for a heading.
#[must_use]
pub(crate) fn label(id: &str) -> String {
    short(id, 100)
}

/// A number with its sign; nothing has none.
#[must_use]
pub(crate) fn signed(number: f64, decimals: usize) -> String {
    let text = fixed(number, decimals);
    if text.starts_with('-') || text.bytes().all(|b| matches!(b, b'0' | b'.')) {
        text
    } else {
        format!("+{text}")
    }
}

/// What a state means and what to do; `band` is how many roles the first group holds.
#[must_use]
pub(crate) const fn state(state: State, band: usize) -> &'static str {
    match state {
        State::Clear if band == 1 => {
            "Your answers show a pattern, and one role stands out from the others by more than \
             the error of the answers."
        }
        State::Clear => {
            "Your answers show a pattern. The roles in the first group cannot be told apart by \
             these answers: treat them as equal."
        }
        State::Unclear => {
            "No clear pattern stands out, so the order below says little. Trying things out (an open \
             day, a talk with someone in the job) and answering any questions you skipped will help \
             more than this list."
        }
        State::Insufficient => {
            "There are too few answers for a ranking. Answer at least some questions about each \
             of the traits below, then look again."
        }
    }
}

/// How many roles beside the first group could come first if norms or levels are a little off.
#[must_use]
pub(crate) fn if_off(more: usize) -> String {
    let who = match more {
        0 => return "No other role is likely to come first if the norms or the levels of the roles are a little off."
            .to_owned(),
        1 => "1 more role".to_owned(),
        more => format!("{more} more roles"),
    };
    format!("{who} could come first if the norms or the levels of the roles are a little off.")
}

/// What a flag means and what to do.
#[must_use]
pub(crate) const fn flag(flag: Flag) -> &'static str {
    match flag {
        Flag::StraightLine => {
            "Nearly all ratings are the same number, so they say little. If you were in a \
             hurry, go through them again."
        }
        Flag::Inconsistent => {
            "Questions about the same thing got rather different answers. That happens: talk about \
             them with someone, or answer again on another day."
        }
        Flag::Guessing => {
            "Some answers to the right-or-wrong questions may be guesses. \"I don't know\" is a good \
             answer when you do not know: a kind of puzzle that you mostly answer so is left out."
        }
        Flag::Unattempted => {
            "Most puzzles of one kind were answered with \"I don't know\", so that kind is left out: it \
             speaks neither for nor against any role."
        }
        Flag::Incomplete => {
            "Some questions are unanswered. More answers make the first group smaller."
        }
        Flag::Rushed => {
            "The ratings took under a second and a half each. Slower answers may give another \
             result."
        }
    }
}

/// What to say, after [`state`], when no interest or preference stands out beside a person's own level.
#[must_use]
pub(crate) fn alike(own_level: f64) -> &'static str {
    if own_level > 0.5 {
        "You like most of what was asked about equally well, and a list cannot choose for someone who \
         would enjoy many things. If you could do only one of them next week, which would it be?"
    } else if own_level < -0.5 {
        "Little of what was asked draws you more than the rest. Think of something that you do like and \
         that was not asked about: that is a better start than this list."
    } else {
        "You rated most of what was asked about equally, near the middle. If you had to keep three of \
         these things and drop the rest, which would they be?"
    }
}

/// What to say of a pattern when no interest or preference stands out beside a person's own level.
pub(crate) const DRAWN_ALIKE: &str = "Your interests and preferences were all rated about alike, so little of the order below comes from \
     what draws you.";

/// Why a role with a better rank can stand outside the first group.
pub(crate) const SKIPPED: &str = "A role in the ranking below may have a better rank than a role of this group. It is left out \
     because its profile is more like that of the first, and so the answers tell those two apart \
     more surely.";

/// What the figures say, and what they do not.
#[must_use]
pub(crate) fn figures(receipt: &Receipt<'_>) -> String {
    let people = match receipt.norms {
        None => "if people score as the assumed norms say. Norms are what people usually score; \
                 here they are a guess"
            .to_owned(),
        Some(norms) => format!(
            "if people score as the measured norms say ({}). Norms are what people usually score",
            named(norms)
        ),
    };
    format!(
        "A match of 80 means that the role fits you better than it would fit 80 of 100 people, \
         {people}. A match says nothing about the chance of success. Every score has an error, \
         because a few questions stand for all that could be asked: on another day the figures \
         would be somewhat different. Roles in the first group differ from the first by too \
         little to be told apart, given that error."
    )
}

/// What this is for.
pub(crate) const PURPOSE: &str = "This is the start of a conversation about careers. It is never a reason to select or turn \
     away anyone.";

/// What the signed figures are.
pub(crate) const SIGNED: &str =
    "The signed figures add up, over all traits, to the match on its standard normal scale.";

/// What reasons are measured by.
pub(crate) const FOR_YOU: &str = "\"For you\" compares an interest or preference with your own level over all of them: what counts is \
     what stands out for you, not how much you like everything.";

/// What the person's own level is.
#[must_use]
pub(crate) fn own_level(level: f64) -> String {
    format!(
        "{} standard deviations of the norms, over all interests and preferences together. It moves no \
         role: a match goes by what stands out beside it.",
        signed(level, 2)
    )
}

/// What a contradiction is.
pub(crate) const CONTRADICTIONS: &str = "The two questions of each pair are about the same thing. By chance alone, only one pair in \
     twenty would differ as much as these do. A few such pairs are usual; it is worth asking what \
     was different about the two.";

/// Said at the foot of each printed page.
pub(crate) const FOOT: &str =
    "A start for a conversation about careers, never a reason to select anyone.";

/// What the aptitude figures are not.
pub(crate) const NO_TEST: &str =
    "The right-or-wrong part is a few puzzles. It is no test of ability, and practice changes it.";

/// What the norms are that a result was compared with.
#[must_use]
pub(crate) fn norms(receipt: &Receipt<'_>) -> String {
    receipt.norms.map_or_else(
        || "assumed norms".to_owned(),
        |norms| format!("measured norms: {}", named(norms)),
    )
}

/// Whom norms were measured on.
fn named(norms: &Norms) -> String {
    let only = if norms.few() { "only " } else { "" };
    format!("{}, {only}{} people", norms.name(), norms.people())
}

/// What to say of norms that were measured on few people; nothing of others.
#[must_use]
pub(crate) fn few(norms: Option<&Norms>) -> Option<String> {
    norms.and_then(Norms::warning)
}

impl Norms {
    /// What to say of norms that were measured on few people; nothing of others.
    #[must_use]
    pub fn warning(&self) -> Option<String> {
        self.few().then(|| format!(
        "The norms \"{}\" were measured on only {} people. Norms of fewer than {ENOUGH} people can be \
         far off, and with them every figure here.",
        self.name(),
        self.people()
    ))
    }
}

/// How two roles differ on a trait, and what that means for this person.
#[must_use]
pub(crate) fn difference(
    difference: &RoleDifference,
    first: &str,
    other: &str,
    pack: &Pack,
) -> String {
    let more = if difference.first_asks_more {
        first
    } else {
        other
    };
    let speaks = match difference.contribution {
        c if c > 0.0 => format!(" speaks for {first}"),
        c if c < 0.0 => format!(" speaks for {other}"),
        _ => " speaks for neither".to_owned(),
    };
    let raw = difference.raw.map_or_else(
        || "no score".to_owned(),
        |raw| format!("your {}{speaks}", fixed(raw, 0)),
    );
    format!("{}: more in {more}; {raw}", pack.traits[difference.of].name)
}

/// The receipt in one paragraph.
#[must_use]
pub(crate) fn receipt(receipt: &Receipt<'_>) -> String {
    format!(
        "rolescope {}, scoring {}; pack \"{}\" {}, {}; roles: {}; aptitude weight {}; norms: {}.",
        receipt.program,
        receipt.scoring,
        receipt.pack,
        receipt.version,
        receipt.fingerprint,
        receipt.family.unwrap_or("all"),
        receipt.aptitude_weight,
        receipt.norms.map_or_else(
            || "assumed".to_owned(),
            |norms| format!("measured ({}, {})", named(norms), norms.fingerprint())
        ),
    )
}

/// A short mark of a role into which no way leads, with the nearest one that is open; none of a role
/// that is open. `roles` are all roles of the pack.
#[must_use]
pub(crate) fn reach_mark(roles: &[Role], role: &Role) -> Option<String> {
    let reach = &role.facts.reach;
    let other = reach.role.map(|other| roles[other].name.as_str());
    Some(match (reach.state, other) {
        (ReachState::Open, _) => return None,
        (ReachState::NoTraining, None) => "no training here".to_owned(),
        (ReachState::NoTraining, Some(other)) => {
            format!("no training here; nearest that is open: {other}")
        }
        (ReachState::Area, None) => "no job of its own here".to_owned(),
        (ReachState::Area, Some(other)) => format!("an area of {other}, no job of its own"),
    })
}

/// The same in the language of a pack.
#[must_use]
pub(crate) fn reach_mark_in(pack: &Pack, role: &Role) -> Option<String> {
    let reach = &role.facts.reach;
    let other = reach.role.map(|other| pack.roles[other].name.as_str());
    let mark = match (reach.state, other) {
        (ReachState::Open, _) => return None,
        (ReachState::NoTraining, None) => pack.phrase("result-mark-no-training"),
        (ReachState::NoTraining, Some(_)) => pack.phrase("result-mark-nearest"),
        (ReachState::Area, None) => pack.phrase("result-mark-no-job"),
        (ReachState::Area, Some(_)) => pack.phrase("result-mark-area"),
    };
    Some(mark.text("job", other.unwrap_or_default()).to_string())
}

/// A count and its noun.
#[must_use]
pub fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 {
        format!("1 {one}")
    } else {
        format!("{n} {many}")
    }
}

/// A moment as TOML writes it, to the minute and without its offset.
pub(crate) fn minute(moment: &str) -> String {
    let minute: String = moment.chars().take(16).collect();
    minute.replace('T', " ")
}
