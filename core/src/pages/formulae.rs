//! How a match comes about, every formula in words (scoring, sections 1 to 7), as far as the pack has
//! what it is about.

use crate::pack::model::{AnswerFormat, TraitKind};
use crate::scoring::comparison::Comparison;
use crate::scoring::norms::Norms;
use crate::scoring::ranking::BAND;
use crate::write::document::{Block, fact};
use crate::write::terminal_text::fixed;

/// The steps from an answer to the first group.
#[expect(
    clippy::too_many_lines,
    reason = "one formula after the other, in the order of computation"
)]
pub(crate) fn steps(comparison: &Comparison<'_>) -> Vec<Block> {
    let pack = comparison.pack;
    let has = |format: AnswerFormat| pack.questions.iter().any(|q| q.format() == format);
    let aptitudes = pack.traits.iter().any(|t| t.kind == TraitKind::Aptitude);
    let doubt = doubt(comparison);
    let mut blocks = vec![
        fact("An answer", answer(has(AnswerFormat::Choice))),
        fact(
            "A score",
            "The values of the questions of one trait that were answered, each times the weight of \
             its question, added up; divided by the sum of those weights; times 100. So a score \
             runs from 0 to 100."
                .to_owned(),
        ),
        fact(
            "Its reliability",
            "The share of the differences between people's scores that would come again with other \
             questions of the same kind. One question has the reliability r that the table above \
             states, and brings its weight times r divided by 1 minus r. With G the sum of what \
             the answered questions bring, the score has the reliability G divided by 1 plus G \
             (Spearman 1910; Brown 1910). A score without answers has none."
                .to_owned(),
        ),
        fact(
            "Its error",
            "The standard deviation of the norm times the square root of 1 minus the reliability, \
             divided by the square root of the reliability. About two of three people get a score \
             within one error of their true one."
                .to_owned(),
        ),
        fact(
            "A standing",
            "The score minus the mean of the norm, divided by the standard deviation of the norm, \
             times the reliability: the less a score can be relied on, the nearer it is taken to \
             the middle (Kelley 1927). The error of a standing is the square root of 1 minus the \
             reliability. Above 0.5 it is called high, below -0.5 low (of an aptitude: more \
             effort), and middle between the two."
                .to_owned(),
        ),
        fact("A role's key", key(aptitudes, comparison.aptitude_weight)),
        fact(
            "The key for a person",
            "From a role's keys on interests and preferences their mean is taken away, in which each \
             counts as much as the person's score on that trait can be relied on. Traits on which \
             every role's key is 0 are left out of it, and keys on aptitudes stay as they are. Why: \
             people differ in how much they like everything, and some roles ask for more of \
             everything than others. Without this, liking everything would choose roles; with it, \
             one and the same added to every true interest and preference changes no match."
                .to_owned(),
        ),
        fact(
            "The match",
            "On each trait the key for the person times the standing; all these added up; divided by \
             the length of that key, which is the square root of the sum of each key squared times \
             the reliability on its trait. Among people as the norms say, whose traits are \
             independent of each other, this figure is standard normal for every role, so no role \
             is favoured by its profile. The match is the share of those people, in percent, \
             whose figure is lower. A role of whose traits nothing was answered has none."
                .to_owned(),
        ),
        fact(
            "The own level",
            "The standings on interests and preferences, added up, divided by the sum of their \
             reliabilities: how high someone rates everything, in standard deviations of the norms \
             (elevation; Cronbach and Gleser 1953)."
                .to_owned(),
        ),
        fact(
            "A reason",
            "What a trait adds to a match is the key for the person times the standing, divided by the \
             length; on interests and preferences the own level times the reliability is first \
             taken from the standing. What an answer adds is its share of that. The parts add up \
             to the match exactly. So a reason says what stands out for this person: who likes \
             everything has no large ones. Less than 0.10 either way is not shown as a reason."
                .to_owned(),
        ),
        fact(
            "The error of a match",
            "The square root of the sum of each key for the person squared times 1 minus the \
             reliability on its trait, divided by the same length."
                .to_owned(),
        ),
        fact(
            "The first group",
            format!(
                "The role with the highest match, and each other role that is behind it by no more \
                 than {BAND} times the standard error of the difference of the two. That error is \
                 the square root of a sum over the traits: the difference of the two keys for the \
                 person, each divided by its length, squared, times 1 minus the reliability. The \
                 factor is that of a one-sided interval of 90 %."
            ),
        ),
        fact(
            "What could come first",
            format!(
                "The same with an error that counts more: besides the answers, the mean of each norm, which may \
                 be off by its doubt, and the levels of both roles, as in the odds below. A doubt adds the \
                 difference of the two keys squared, times the reliability squared, times the doubt squared \
                 over the standard deviation of the norm squared. {doubt} Results say how many roles that adds \
                 to the first group."
            ),
        ),
        fact(
            "The odds of two roles",
            "The share of the standard normal distribution below the difference of the two matches \
             divided by its error. That error counts the answers, as above, and the levels of both \
             roles: each level may be off by its spread, which is 1 point where it is a judgement. \
             What a spread moves is the weight of the trait for the role, times the spread over \
             the standard deviation of levels, times what stands out on the trait as in a reason, \
             divided by the length; the squares of all these are added. Why: without the levels' \
             own error, odds promise more than they keep."
                .to_owned(),
        ),
        fact(
            "The map",
            "Each role is its key with all questions answered, each part times the square root of the \
             reliability on its trait, divided by its length; the axes are the two directions that keep \
             most of the squares of all these (singular value decomposition; a biplot, Gabriel 1971). A \
             person is the standings beside the own level, each divided by the same root, and divided by \
             the length of these or by that of the shortest key, whichever is longer; the patch holds \
             the true place in 68 of 100 cases."
                .to_owned(),
        ),
        fact(
            "When there is no ranking",
            "A result is called unclear where the first group holds all roles, or at least three \
             and more than half of them, or where nearly all ratings are the same number. It is \
             called insufficient, and nothing is ranked, where fewer than half of the traits on \
             which roles differ have a score."
                .to_owned(),
        ),
    ];
    if let Some(deviations) = &comparison.deviations {
        blocks.push(fact(
            "Single questions",
            single_questions(deviations.items.len()),
        ));
    }
    if has(AnswerFormat::Condition) {
        blocks.push(fact(
            "Conditions",
            "What someone accepts only seldom or not at all is compared with how much of it a role \
             brings: none, seldom, regular or constant. One step more than was accepted is said in a \
             quiet line; two or three steps mark the role; what all roles bring is said once. Why: \
             a mark on every role would tell nothing apart. It never changes a match and never \
             takes a role away."
                .to_owned(),
        ));
    }
    blocks
}

/// What deviations of roles on single questions do.
fn single_questions(questions: usize) -> String {
    format!(
        "Some roles ask for more or less on single questions than their level on the trait says; here {questions} questions \
         are compared so. A role's key on a question is its deviation minus the mean of the roles that are compared, divided by \
         the standard deviation of levels, times the weight of the trait for this role, minus the mean of these over the \
         questions of the trait that were answered. What the answer stands above the person's own score of the trait, in \
         standard deviations of the norm, times this key, times what the question brings to reliability (as above), is \
         added to the match before it is divided by the length; what the question brings times the key squared is added to \
         the square of the length, and to the square of the error: what one answer shows beside its trait is taken for \
         chance, so groups err on the wide side. The trait's reason and the answer's include it."
    )
}

/// How far the means of the norms in use are doubted.
fn doubt(comparison: &Comparison<'_>) -> String {
    let people = comparison.measured.as_ref().map_or(0, Norms::people);
    let doubts = comparison.doubts.iter().copied();
    let (least, most) = (
        doubts
            .clone()
            .filter(|doubt| *doubt > 0.0)
            .fold(f64::INFINITY, f64::min),
        doubts.fold(0.0, f64::max),
    );
    if most <= 0.0 {
        return "Here no mean is doubted.".to_owned();
    }
    let points = if least < most {
        format!("{} to {} points", fixed(least, 1), fixed(most, 1))
    } else {
        format!("{} points", fixed(most, 1))
    };
    let usual = "13.6 points for an assumed mean of an interest or preference unless the pack states another, and \
                 none for aptitudes";
    if people == 0 {
        return format!("A doubt is a standard deviation: {usual}; here {points}.");
    }
    format!(
        "A doubt is a standard deviation: {usual}; divided by the square root of 1 plus a third of the number \
         of people where the mean was measured. Here, with {people} people, it is {points}."
    )
}

fn answer(puzzles: bool) -> String {
    let puzzle = if puzzles {
        " In a puzzle the right option is 1, a wrong one 0, and \"I don't know\" is what a blind \
         guess gives on average: 1 divided by the number of options. Where more than half of the \
         answers to the puzzles of a trait are \"I don't know\", the trait counts as not answered, so \
         that saying so costs nothing to someone who is tired or has not been taught this."
    } else {
        ""
    };
    format!(
        "A rating becomes a value from 0 to 1: the lowest label is 0, the highest 1, and those \
         between lie at equal steps. Where a question speaks against its trait, the value is taken \
         from 1.{puzzle} A question that was skipped counts for nothing; it is never taken for an \
         answer in the middle."
    )
}

fn key(aptitudes: bool, weight: f64) -> String {
    let only = if aptitudes {
        format!(
            " For an aptitude the key is never below 0, so that a talent speaks for roles that ask \
             for it and never against the others; it is multiplied by {weight}, which a counsellor \
             may set."
        )
    } else {
        String::new()
    };
    format!(
        "Each role has a level from 0 to 10 on each trait. Its key is that level minus the mean of \
         the roles that are compared, divided by the standard deviation over all roles of the \
         pack, times the weight of the trait for this role. So only what sets a role apart from \
         the others counts.{only}"
    )
}
