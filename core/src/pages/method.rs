//! The method card: what a pack is for, how it measures, what was found, and what nobody knows yet.
//! Its parts follow the model cards of Mitchell et al. (2019) and what the Standards for Educational
//! and Psychological Testing (AERA, APA & NCME 2014) ask to be reported of an instrument.

use crate::pack::model::{AnswerFormat, Pack, TraitKind};
use crate::pages::closing;
use crate::pages::evidence::{evidence, traits};
use crate::pages::facts_age::facts_age;
use crate::pages::formulae;
use crate::psychometrics::item_rules::LEAN;
use crate::results::report::Receipt;
use crate::scoring::comparison::Comparison;
use crate::simulation::balance::Balance;
use crate::write::document::{Block, Document, list, list_after, prose};
use crate::write::rich_text::RichText;
use crate::write::terminal_text::fixed;
use crate::write::wording;

/// The method card of a pack: what it is for, how answers become matches, the formulae with their sources,
/// and what simulated people (`balance`) show of its error.
#[must_use]
pub(crate) fn doc(comparison: &Comparison<'_>, balance: &Balance) -> Document {
    let pack = comparison.pack;
    let title = format!("Method card: {}", pack.name);
    let mut doc = Document::new("method", title, comparison.say("result-foot"));
    doc.opening = vec![prose(format!(
        "What this questionnaire is for, how it turns answers into matches, what has been \
             found out about it, and what nobody knows yet. It has {}, which measure {}, and \
             compares {}.",
        wording::count(pack.questions.len(), "question", "questions"),
        wording::count(pack.traits.len(), "trait", "traits"),
        wording::count(comparison.candidates.len(), "role", "roles"),
    ))];
    if let Some(family) = &comparison.family {
        let only = format!("Only the roles of the family \"{family}\" are compared here.");
        doc.opening.push(prose(only));
    }
    doc.part("use", "What it is for", uses(comparison));
    doc.part("measures", "What it measures", traits(comparison));
    doc.part(
        "formulae",
        "How a match comes about",
        formulae::steps(comparison),
    );
    doc.part(
        "evidence",
        "What has been found",
        evidence(comparison, balance),
    );
    doc.part("facts", "How old the facts are", facts_age(comparison.pack));
    doc.part("unknown", "What is not known", unknown(comparison));
    doc.part("protocol", "How to find out", protocol());
    doc.part("literature", "Where the methods come from", literature());
    closing::rests(comparison.say("page-rests"), None, comparison, &mut doc);
    doc
}

fn uses(comparison: &Comparison<'_>) -> Vec<Block> {
    let pack = comparison.pack;
    let mut never = vec![
        "Choosing people for a job, a course or a place, or turning them away.",
        "Saying how well someone will do, or how content they will be.",
        "Deciding for someone. The person who answered has the last word.",
    ];
    if pack
        .questions
        .iter()
        .any(|q| q.format() == AnswerFormat::Choice)
    {
        never.push("Judging ability. The puzzles are few, and practice changes their outcome.");
    }
    vec![
        prose(pack.say("page-purpose")),
        list_after(
            "It is made for:".to_owned(),
            [
                "Someone who wonders which of these roles to look at first, and why.",
                "A counsellor or teacher who talks that over with them.",
            ],
        ),
        list_after("It is never for:".to_owned(), never),
    ]
}

fn unknown(comparison: &Comparison<'_>) -> Vec<Block> {
    let norms = match comparison.measured.as_ref() {
        Some(_) => format!(
            "Whether the norms hold for others. In use are {}; they hold for people like those.",
            wording::norms(comparison.pack, &Receipt::of(comparison))
        ),
        None => {
            "How people really score. The norms and the reliability of a question are assumed, \
                 and every match, error and group above rests on them."
                .to_owned()
        }
    };
    let mut items = vec![
        "Whether people like, choose, stay in or do well in the roles that come first for them. \
         There is no criterion study yet: nobody's matches have been compared with what they \
         later thought or did."
            .into(),
        norms.into(),
    ];
    items.extend([
        "Whether the levels of the roles, and how much of each condition their work brings, are right. \
         They are judgements from the sources that each role names, not measurements of people who \
         do the work.",
        "Whether the questions of a trait measure one thing, and only that, in real people.",
        "How far traits go together in real people. The formulae take them for independent. A part \
         that is common to all of them moves no role; where only some go together, some roles come first \
         more often than others.",
        "Whether the same person gets the same result some weeks later.",
        "Whether it is as fair to people of every gender, age, language and culture.",
    ].map(RichText::from));
    items.extend(leading(comparison.pack));
    if comparison
        .pack
        .traits
        .iter()
        .any(|t| t.kind == TraitKind::Aptitude)
    {
        items.push(
            "Whether the aptitude questions say anything about how people do in training.".into(),
        );
    }
    vec![list(items)]
}

/// Which questions want the answers of real people first, where any is reversed.
fn leading(pack: &Pack) -> Option<RichText> {
    let reversed = pack.questions.iter().filter(|q| q.reversed());
    let ids: Vec<String> = reversed.map(|q| format!("`{}`", q.id)).collect();
    (!ids.is_empty()).then(|| {
        RichText::with_code(&format!(
            "Whether a question leads, so that nearly everyone gives it one answer: people who are simulated answer as \
             the norms say. The reversed questions want real answers first, as an opposite is hard to put so that it \
             can be liked as well: {}. `rolescope analyse` names a question whose mean is below {} or above {}.",
            ids.join(", "),
            fixed(50.0 - LEAN, 0),
            fixed(50.0 + LEAN, 0)
        ))
    })
}

fn protocol() -> Vec<Block> {
    vec![
        prose(RichText::with_code(
            "Reliability, norms and fairness come from the answers of many people: `rolescope \
             analyse ANSWERS`. Whether a match means anything comes from ratings that were given \
             without knowing it:",
        )),
        list(
            [
                "Ask people whether they agree, and say what it is for. Each gets a label that is \
                 no name, and answers the quiz. Nobody sees a result yet.",
                "Make the rating sheets: `rolescope roles --rating-sheet ANSWERS -o ratings.csv`. \
                 Each person gets every role, poor fits too, in an order of their own drawn by \
                 chance, with its summary and without any match.",
                "Each person gives every role a thumb up (1: I would like to know more about this \
                 work) or down (0), or leaves it blank.",
                "Then compute: `rolescope analyse ANSWERS --ratings ratings.csv`. The AUC is the \
                 chance that a role with a thumb up has a higher match than one with a thumb down; \
                 .5 is what guessing gives, 1 is perfect. Calibration is the share of thumbs up at \
                 each height of the match: it should rise with it.",
                "Now show the results, and talk. Tell the makers of the pack what was found, also \
                 if it is little.",
            ]
            .map(RichText::with_code),
        ),
        prose(
            "A thumb is an opinion of one day about a summary. It is a first test that the program \
             can fail, and no proof that it is right."
                .to_owned(),
        ),
    ]
}

fn literature() -> Vec<Block> {
    vec![list([
        "AERA, APA & NCME (2014). Standards for Educational and Psychological Testing.",
        "Brown (1910). Some experimental results in the correlation of mental abilities. \
             British Journal of Psychology 3.",
        "Cronbach & Gleser (1953). Assessing similarity between profiles. Psychological Bulletin 50.",
        "Kelley (1927). Interpretation of Educational Measurements.",
        "Mitchell et al. (2019). Model cards for model reporting. Proceedings of FAT* '19.",
        "Spearman (1910). Correlation calculated from faulty data. British Journal of \
             Psychology 3.",
    ])]
}
