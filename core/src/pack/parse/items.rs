//! Reads single questions and puzzles.

use crate::pack::model::{
    AnswerFormat, AnswerSentences, Measure, Pack, Practice, Question, TraitIx,
};
use crate::pack::parse::fields::{Fields, Located};
use crate::text::nearest;

/// Key of the sentence for the high answers of a rating question.
const YOU_LIKE: &str = "you_like";
/// Key of the sentence for its low answers.
const YOU_DISLIKE: &str = "you_dislike";
/// At most this many characters in such a sentence: two lines on a narrow screen are read at once.
const LONGEST_SENTENCE: usize = 200;

/// Reads a question of a section with this format and number of labels.
pub(crate) fn question(
    entry: &Fields<'_>,
    format: AnswerFormat,
    labels: usize,
    pack: &Pack,
    traits_known: bool,
) -> Option<Located<Question>> {
    let id = entry.id("id");
    let text = entry.required("text", 500);
    let (mut weight, mut core) = (1.0, false);
    let mut choices = u8::try_from(labels).unwrap_or(0);
    let measure = if format == AnswerFormat::Condition {
        Some(Measure::Condition(0))
    } else {
        let of = trait_of(entry, pack, traits_known);
        weight = entry.number("weight", 0.001..=1000.0).map_or(1.0, |w| w.0);
        core = entry.flag("core");
        if format == AnswerFormat::Rating {
            let reverse = entry.flag("reverse");
            of.map(|of| Measure::Rating { of, reverse })
        } else {
            let choice = choice(entry, of);
            if let Some(Measure::Choice { options, .. }) = &choice {
                choices = u8::try_from(options.len()).unwrap_or(0);
            }
            choice
        }
    };
    let sentences = if format == AnswerFormat::Rating {
        sentences(entry)
    } else {
        for key in [YOU_LIKE, YOU_DISLIKE] {
            entry.refuse(
                key,
                "only a rating question has such a sentence",
                "take it out: a puzzle's answer is right or wrong, and a condition is never a reason",
            );
        }
        None
    };
    let (id, span) = id?;
    let question = Question {
        id,
        text: text?.0,
        section: 0,
        measure: measure?,
        weight,
        choices,
        core,
        sentences,
    };
    Some((question, span))
}

/// How the answers to a rating question read as sentences: both or neither.
fn sentences(entry: &Fields<'_>) -> Option<AnswerSentences> {
    let like = entry.text(YOU_LIKE, LONGEST_SENTENCE);
    let dislike = entry.text(YOU_DISLIKE, LONGEST_SENTENCE);
    let alone = |span, key, other, example| {
        entry.mistake(
            span,
            &format!("`{key}` is there without `{other}`"),
            "this sentence stands alone",
            &format!("add `{other} = \"{example} ...\"`, or take this one out"),
        );
    };
    match (like, dislike) {
        (Some((like, _)), Some((dislike, _))) => Some(AnswerSentences { like, dislike }),
        // one that is there and could not be read has its own mistake
        (Some((_, span)), None) if !entry.has(YOU_DISLIKE) => {
            alone(&span, YOU_LIKE, YOU_DISLIKE, "You would rather not");
            None
        }
        (None, Some((_, span))) if !entry.has(YOU_LIKE) => {
            alone(&span, YOU_DISLIKE, YOU_LIKE, "You would like");
            None
        }
        _ => None,
    }
}

fn trait_of(entry: &Fields<'_>, pack: &Pack, traits_known: bool) -> Option<TraitIx> {
    let (word, span) = entry.required("trait", 60)?;
    let found = pack.traits.iter().position(|t| t.id == word);
    if found.is_none() && traits_known {
        let ids = pack.traits.iter().map(|t| t.id.as_str());
        let help = nearest(&word, ids).map_or_else(
            || "traits are listed in questions/traits.toml".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        entry.mistake(&span, "no trait has this id", "found here", &help);
    }
    found
}

/// A puzzle to practise on.
pub(crate) fn practice(fields: &Fields<'_>) -> Option<Practice> {
    let text = fields.required("text", 500);
    let puzzle = puzzle(fields);
    let text = text?.0;
    puzzle.map(|p| Practice { text, ..p })
}

fn choice(entry: &Fields<'_>, of: Option<TraitIx>) -> Option<Measure> {
    let p = puzzle(entry);
    let of = of?;
    p.map(|p| Measure::Choice {
        of,
        figure: p.figure,
        options: p.options,
        answer: p.answer,
        because: p.because,
    })
}

/// The options of a puzzle and its right one; the text is read by the caller.
fn puzzle(entry: &Fields<'_>) -> Option<Practice> {
    let figure = entry.text("figure", 5000).map(|f| f.0);
    let options: Vec<String> = entry
        .texts("options", 200)
        .into_iter()
        .map(|o| o.0)
        .collect();
    let because = entry.required("because", 600);
    let answer = entry.required("answer", 1);
    if !(2..=8).contains(&options.len()) {
        entry.mistake(
            &entry.span,
            "wrong number of options",
            &format!("this question has {}", options.len()),
            "a choice has 2 to 8 options",
        );
        return None;
    }
    let last = b'a' + u8::try_from(options.len()).unwrap_or(8) - 1;
    let (letter, span) = answer?;
    let answer = letter.as_bytes()[0];
    if letter.len() != 1 || !(b'a'..=last).contains(&answer) {
        entry.mistake(
            &span,
            "no option has this letter",
            "found here",
            &format!("the right option's letter, a to {}", char::from(last)),
        );
        return None;
    }
    Some(Practice {
        text: String::new(),
        figure,
        options,
        answer: answer - b'a' + 1,
        because: because?.0,
    })
}
