//! How answers read as sentences: in the built-in pack and the examples each rating question has its two.

use crate::pack::lint::readability;
use crate::pack::model::{AnswerFormat, Pack};
use crate::tests::help::{files_of, folders, root};
use std::collections::HashSet;

/// At most this many characters: one sentence is at most two lines on a terminal of 60 columns.
const LONGEST: usize = 110;
/// At most this many words.
const MOST_WORDS: usize = 18;
/// School grade up to which words for students may read, a year below what `check` lets pass.
const GRADE: f64 = 8.0;

/// The built-in pack and each of the examples, with its folder's name.
fn packs() -> Vec<(String, Pack)> {
    let examples = folders(&root().join("examples"));
    let with_questions = examples
        .into_iter()
        .filter(|folder| folder.join("questions").is_dir());
    let all = with_questions.chain([root().to_owned()]);
    all.map(|folder| {
        let pack = Pack::parse(&files_of(&folder)).expect("it is valid");
        (folder.display().to_string(), pack)
    })
    .collect()
}

/// What is wrong with a sentence, if anything.
fn flaw(sentence: &str, pack: &Pack) -> Option<&'static str> {
    let small = sentence.to_lowercase();
    let names_a_trait = |t: &crate::pack::model::Trait| small.contains(&t.name.to_lowercase());
    if !sentence.starts_with("You ") {
        Some("does not speak to the person")
    } else if !sentence.ends_with('.') || sentence.matches('.').count() != 1 {
        Some("is not one sentence with its full stop")
    } else if sentence.chars().count() > LONGEST {
        Some("is too long")
    } else if sentence.split(' ').count() > MOST_WORDS {
        Some("has too many words")
    } else if sentence.contains(|c: char| c.is_numeric()) {
        Some("holds a figure")
    } else if pack.traits.iter().any(names_a_trait) {
        Some("names a trait, which the person never spoke of")
    } else {
        None
    }
}

#[test]
fn every_rating_question_of_the_packs_has_its_two_sentences() {
    let packs = packs();
    assert_eq!(packs.len(), 3);
    for (folder, pack) in &packs {
        let mut seen = HashSet::new();
        for question in &pack.questions {
            let id = &question.id;
            let both = (question.you_like(), question.you_dislike());
            if question.format() != AnswerFormat::Rating {
                assert_eq!(both, (None, None), "{folder}: {id}");
                continue;
            }
            let (Some(like), Some(dislike)) = both else {
                panic!("{folder}: {id} has no sentences");
            };
            for sentence in [like, dislike] {
                assert_eq!(flaw(sentence, pack), None, "{folder}: {id}: {sentence}");
                assert!(seen.insert(sentence), "{folder}: {id}: twice: {sentence}");
            }
        }
        let grade = readability(seen.into_iter());
        assert!(grade <= GRADE, "{folder}: grade {grade:.2}");
    }
}

#[test]
fn a_reversed_question_speaks_of_the_question_as_it_is_asked() {
    let (_, pack) = packs().pop().expect("the built-in pack");
    let question = &pack.questions[pack.question("urgency-6").expect("it is there")];
    assert!(question.reversed());
    // it measures urgency, and who likes it likes a day without any
    assert!(question.text.contains("calm every day"));
    assert!(
        question
            .you_like()
            .is_some_and(|s| s.starts_with("You would like working in a place that is calm"))
    );
    assert!(
        question
            .you_dislike()
            .is_some_and(|s| s.starts_with("You would rather not"))
    );
}
