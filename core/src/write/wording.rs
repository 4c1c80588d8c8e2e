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
use crate::text::language::Language;
use crate::write::terminal_text::fixed;

/// A match for people: whole numbers, and no certainty at the ends.
#[must_use]
pub(crate) fn matched(pack: &Pack, fit: &RoleMatch) -> String {
    match end_of_scale(fit) {
        Some(End::Over) => pack.say("result-over-99"),
        Some(End::Under) => pack.say("result-under-1"),
        None => fixed(fit.matched(), 0),
    }
}

/// The same with the words for matches over 99 and under 1 at hand.
#[must_use]
pub(crate) fn matched_as(fit: &RoleMatch, [over, under]: [&str; 2]) -> String {
    match end_of_scale(fit) {
        Some(End::Over) => over.to_owned(),
        Some(End::Under) => under.to_owned(),
        None => fixed(fit.matched(), 0),
    }
}

/// An end of the scale of matches, where figures would promise too much.
enum End {
    Over,
    Under,
}

fn end_of_scale(fit: &RoleMatch) -> Option<End> {
    let percent = fit.matched();
    if percent > 99.5 {
        Some(End::Over)
    } else if percent < 0.5 {
        Some(End::Under)
    } else {
        None
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

/// The message that says what a role asks of a trait, from its level relative to the roles in play, in standard
/// deviations.
#[must_use]
pub(crate) const fn asks(relative_levels: f64) -> &'static str {
    if relative_levels > 0.5 {
        "counsel-role-more"
    } else if relative_levels < -0.5 {
        "counsel-role-less"
    } else {
        "counsel-role-as-most"
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

/// The message that says what a state means and what to do; `band` is how many roles the first group holds.
#[must_use]
pub(crate) const fn state(state: State, band: usize) -> &'static str {
    match state {
        State::Clear if band == 1 => "state-clear-one",
        State::Clear => "state-clear",
        State::Unclear => "state-unclear",
        State::Insufficient => "state-insufficient",
    }
}

/// The message with the name of a state.
#[must_use]
pub(crate) const fn state_name(state: State) -> &'static str {
    match state {
        State::Clear => "state-name-clear",
        State::Unclear => "state-name-unclear",
        State::Insufficient => "state-name-insufficient",
    }
}

/// How many roles beside the first group could come first if norms or levels are a little off.
#[must_use]
pub(crate) fn if_off(pack: &Pack, more: usize) -> String {
    let off = pack.phrase("state-if-off").number("more", more);
    off.to_string()
}

/// The message that says what a flag means and what to do.
#[must_use]
pub(crate) const fn flag(flag: Flag) -> &'static str {
    match flag {
        Flag::StraightLine => "flag-straight",
        Flag::Inconsistent => "flag-inconsistent",
        Flag::Guessing => "flag-guessing",
        Flag::Unattempted => "flag-unattempted",
        Flag::Incomplete => "flag-incomplete",
        Flag::Rushed => "flag-rushed",
    }
}

/// The message with the name of a flag.
#[must_use]
pub(crate) const fn flag_name(flag: Flag) -> &'static str {
    match flag {
        Flag::StraightLine => "flag-name-straight",
        Flag::Inconsistent => "flag-name-inconsistent",
        Flag::Guessing => "flag-name-guessing",
        Flag::Unattempted => "flag-name-unattempted",
        Flag::Incomplete => "flag-name-incomplete",
        Flag::Rushed => "flag-name-rushed",
    }
}

/// The message to show, after [`state`], when no interest or preference stands out beside a person's own level.
#[must_use]
pub(crate) fn alike(own_level: f64) -> &'static str {
    if own_level > 0.5 {
        "state-alike-high"
    } else if own_level < -0.5 {
        "state-alike-low"
    } else {
        "state-alike-middle"
    }
}

/// The message that says where in the population a person stands on a trait of a kind. A low aptitude is not
/// called so: a few puzzles do not judge a person, and practice changes them.
#[must_use]
pub(crate) const fn third(third: PopulationThird, kind: TraitKind) -> &'static str {
    match third {
        PopulationThird::Low if matches!(kind, TraitKind::Aptitude) => "result-effort",
        PopulationThird::Low => "result-low",
        PopulationThird::Middling => "result-middle",
        PopulationThird::High => "result-high",
    }
}

/// What the figures say, and what they do not.
#[must_use]
pub(crate) fn figures(pack: &Pack, receipt: &Receipt<'_>) -> String {
    match receipt.norms {
        None => pack.say("figures-mean"),
        Some(norms) => {
            let mean = pack.phrase("figures-mean-measured");
            mean.text("norms", named(pack, norms)).to_string()
        }
    }
}

/// What the person's own level is.
#[must_use]
pub(crate) fn own_level(pack: &Pack, level: f64) -> String {
    let own = pack.phrase("counsel-own-level-is");
    own.text("level", signed(level, 2)).to_string()
}

/// What the norms are that a result was compared with.
#[must_use]
pub(crate) fn norms(pack: &Pack, receipt: &Receipt<'_>) -> String {
    receipt.norms.map_or_else(
        || pack.say("norms-assumed"),
        |norms| {
            let measured = pack.phrase("norms-measured");
            measured.text("norms", named(pack, norms)).to_string()
        },
    )
}

/// Whom norms were measured on.
fn named(pack: &Pack, norms: &Norms) -> String {
    let named = pack.phrase("norms-named").text("name", norms.name());
    let named = named.number("people", norms.people() as usize);
    named.when("few", norms.few()).to_string()
}

/// What to say of norms that were measured on few people; nothing of others.
#[must_use]
pub(crate) fn few(pack: &Pack, norms: Option<&Norms>) -> Option<String> {
    norms.and_then(|norms| norms.warning_in(&pack.language))
}

impl Norms {
    /// What to say of norms that were measured on few people; nothing of others.
    #[must_use]
    pub fn warning(&self) -> Option<String> {
        self.warning_in(&Language::default())
    }

    fn warning_in(&self, language: &Language) -> Option<String> {
        let few = language.phrase("norms-few").text("name", self.name());
        let few = few.number("people", self.people() as usize);
        let few = few.number("enough", ENOUGH as usize);
        self.few().then(|| few.to_string())
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
    let (speaks, role) = match difference.contribution {
        c if c > 0.0 => ("yes", first),
        c if c < 0.0 => ("yes", other),
        _ => ("no", ""),
    };
    let id = if difference.raw.is_some() {
        "counsel-apart-trait"
    } else {
        "counsel-apart-no-score"
    };
    let said = (pack.phrase(id))
        .text("trait", &pack.traits[difference.of].name)
        .text("more", more);
    let said = match difference.raw {
        None => said,
        Some(raw) => said
            .text("score", fixed(raw, 0))
            .text("speaks", speaks)
            .text("role", role),
    };
    said.to_string()
}

/// The receipt in one paragraph.
#[must_use]
pub(crate) fn receipt(pack: &Pack, receipt: &Receipt<'_>) -> String {
    let norms = receipt.norms.map_or_else(
        || pack.say("receipt-norms-assumed"),
        |norms| {
            let measured = pack.phrase("receipt-norms-measured");
            let measured = measured.text("norms", named(pack, norms));
            measured
                .text("fingerprint", norms.fingerprint())
                .to_string()
        },
    );
    let family = receipt.family.map(str::to_owned);
    pack.phrase("receipt-line")
        .text("program", receipt.program)
        .text("scoring", receipt.scoring.to_string())
        .text("pack", receipt.pack)
        .text("version", receipt.version)
        .text("fingerprint", receipt.fingerprint)
        .text(
            "roles",
            family.unwrap_or_else(|| pack.say("receipt-all-roles")),
        )
        .text("weight", receipt.aptitude_weight.to_string())
        .text("norms", norms)
        .to_string()
}

/// A short mark of a role into which no way leads, with the nearest one that is open; none of a role
/// that is open. `roles` are all roles of the pack.
#[must_use]
pub(crate) fn reach_mark(language: &Language, roles: &[Role], role: &Role) -> Option<String> {
    let reach = &role.facts.reach;
    let other = reach.role.map(|other| roles[other].name.as_str());
    let mark = match (reach.state, other) {
        (ReachState::Open, _) => return None,
        (ReachState::NoTraining, None) => language.phrase("result-mark-no-training"),
        (ReachState::NoTraining, Some(_)) => language.phrase("result-mark-nearest"),
        (ReachState::Area, None) => language.phrase("result-mark-no-job"),
        (ReachState::Area, Some(_)) => language.phrase("result-mark-area"),
    };
    Some(mark.text("job", other.unwrap_or_default()).to_string())
}

/// The same without the nearest role.
#[must_use]
pub(crate) fn short_reach_mark(language: &Language, role: &Role) -> Option<String> {
    let id = match role.facts.reach.state {
        ReachState::Open => return None,
        ReachState::NoTraining => "result-mark-no-training",
        ReachState::Area => "result-mark-no-job",
    };
    Some(language.phrase(id).to_string())
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
