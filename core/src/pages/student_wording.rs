//! The words of the student's page: plain ones, and no term of statistics.

use crate::scoring::norms::Norms;
use crate::scoring::response_quality::Flag;

/// The heading of the page.
pub(crate) const TITLE: &str = "What fits you";

/// Before the reasons of the leading roles.
pub(crate) const WHY: &str = "What speaks for (+) and against (-) each, from your own answers.";

/// The heading of what stands out for a person.
pub(crate) const STRENGTHS: &str = "What stands out in your answers";

/// The heading of things to do.
pub(crate) const NEXT: &str = "What to do next";

/// The heading of open questions.
pub(crate) const QUESTIONS: &str = "Questions that would tell more";

/// The heading of the map.
pub(crate) const MAP: &str = "A map of all the jobs, and you";

/// Above what two jobs differ in.
pub(crate) const PARTS: &str =
    "What the two differ in most comes first; further right is more of it.";

/// Before open questions.
pub(crate) const OPEN: &str = "These answers would tell most:";

/// What the figure beside a bar is.
pub(crate) const FIGURE: &str = "A figure of 80 means: the job would suit you better than it would suit 80 of 100 people. The longer the \
     pale end of its bar, the less sure that is.";

/// Before roles that fit about as well as those that lead.
pub(crate) const AS_WELL: &str = "These fit you about as well:";

/// Before roles that were asked to be set apart.
pub(crate) const SET_APART: &str = "Set apart, as you asked:";

/// Where every one of the best roles is set apart.
pub(crate) const ALL_APART: &str =
    "Each of your best matches is one that you asked to set apart, so they are listed below.";

/// What is said of an unclear result.
pub(crate) const UNCLEAR: &str = "Your answers fit many of these jobs about equally well, so no list can choose for you. What \
     helps now is to try things: an open day, a talk with someone in the job.";

/// What is said of too few answers.
pub(crate) const TOO_LITTLE: &str = "There are too few answers to name jobs yet. Answer some more of the questions, and look again.";

/// Before the first roles of an unclear result.
pub(crate) const LOOK: &str =
    "If you want somewhere to start, look at these. Others may suit you just as well.";

/// How many of the best roles are set apart.
pub(crate) fn apart(n: usize) -> Option<String> {
    match n {
        0 => None,
        1 => Some("One that fits as well is set apart, as you asked.".to_owned()),
        n => Some(format!("{n} that fit as well are set apart, as you asked.")),
    }
}

/// Where a condition was not asked about.
pub(crate) const NOT_ASKED: &str =
    "Some conditions of work were not asked about: no warning of them is possible.";

/// Before conditions that the best matches have a little more of.
pub(crate) const SLIGHT: &str = "Your best matches have a little more than you wished of";

/// How the figures come about.
pub(crate) const ABOUT: &str = "What counts is what you like more than other things.";

/// What puzzles are not.
pub(crate) const NO_TEST: &str = "The puzzles you solved count too, but a few are no test.";

/// What this is for.
pub(crate) const PURPOSE: &str =
    "This is a start for a talk about careers, never a reason to choose or turn away anyone.";

/// Whom a person is compared with.
pub(crate) fn compared_with(norms: Option<&Norms>) -> String {
    norms.map_or_else(
        || "How others answer is a guess so far.".to_owned(),
        |norms| {
            format!(
                "You are compared with {} people: {}.",
                norms.people(),
                norms.name()
            )
        },
    )
}

/// What to say where few people are compared with.
pub(crate) fn few(norms: &Norms) -> String {
    format!(
        "These figures compare you with only {} people ({}), so they can be far off.",
        norms.people(),
        norms.name()
    )
}

/// A small number as a word.
pub(crate) fn number(n: usize) -> String {
    match n {
        2 => "two".to_owned(),
        3 => "three".to_owned(),
        n => n.to_string(),
    }
}

/// How many more fit.
pub(crate) fn fit(more: usize, begins: bool) -> String {
    match (more, begins) {
        (1, true) => "One more fits".to_owned(),
        (1, false) => "one more fits".to_owned(),
        (more, _) => format!("{more} more fit"),
    }
}

/// How many more could come first if norms or levels are a little off; nothing of none.
pub(crate) fn if_off(more: usize) -> Option<String> {
    let who = match more {
        0 => return None,
        1 => "One more job could".to_owned(),
        more => format!("{more} more jobs could"),
    };
    Some(format!(
        "{who} come first if what we take for granted about people or jobs is a little off."
    ))
}

/// What a flag means for the person, and what to do.
pub(crate) const fn flag(flag: Flag) -> Option<&'static str> {
    Some(match flag {
        Flag::StraightLine => {
            "You gave nearly the same answer all through, so it says little. If you were in a hurry, go \
             through them again."
        }
        Flag::Inconsistent => {
            "Some of your answers do not agree. That happens: try again on another day."
        }
        Flag::Guessing => {
            "Some puzzle answers may be guesses. \"I don't know\" is a good answer when you do not know."
        }
        Flag::Unattempted => {
            "You left most puzzles of one kind with \"I don't know\". That kind was not counted, for or \
             against any job."
        }
        Flag::Rushed => "You answered very fast. Slower answers may give another result.",
        Flag::Incomplete => return None,
    })
}
