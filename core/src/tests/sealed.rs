//! What must not be possible from outside of the crate comes back as an error. What must not even
//! compile stands as `compile_fail` examples on the crate's front page.

use crate::scoring::answers::{AnswerError, Answers, DONT_KNOW, UNANSWERED};
use crate::scoring::comparison::Comparison;
use crate::scoring::comparison_builder::ComparisonError;
use crate::tests::help::small;

#[test]
fn an_answer_that_its_question_does_not_have_is_refused() {
    let pack = small();
    let mut answers = Answers::none(&pack);
    assert_eq!(answers.set(0, 200), Err(AnswerError::Code(0, 200)));
    let many = pack.questions.len();
    assert_eq!(answers.set(many, 1), Err(AnswerError::Position(many)));
    for (q, question) in pack.questions.iter().enumerate() {
        for code in 0..=u8::MAX {
            let choice = question.format() == crate::pack::model::AnswerFormat::Choice;
            let right = code <= question.choices || choice && code == DONT_KNOW;
            assert_eq!(
                answers.set(q, code).is_ok(),
                right,
                "{} {code}",
                question.id
            );
        }
    }
}

#[test]
fn codes_of_a_whole_sheet_are_refused_together() {
    let pack = small();
    let mut answers = Answers::none(&pack);
    let mut codes = vec![1; pack.questions.len()];
    assert_eq!(answers.set_all(&codes), Ok(()));
    assert_eq!(answers.count(), codes.len());
    codes[3] = 64;
    assert_eq!(answers.set_all(&codes), Err(AnswerError::Code(3, 64)));
    codes.pop();
    let (found, right) = (codes.len(), pack.questions.len());
    let wrong = Err(AnswerError::Length { found, right });
    assert_eq!(answers.set_all(&codes), wrong);
    assert!(answers.codes().iter().all(|&code| code == 1), "as before");
    answers.clear();
    assert!(answers.codes().iter().all(|&code| code == UNANSWERED));
}

#[test]
fn seconds_out_of_range_are_refused() {
    let mut answers = Answers::none(&small());
    for seconds in [-0.1, 86_400.1, f64::NAN, f64::INFINITY] {
        assert_eq!(answers.set_pace(Some(seconds)), Err(AnswerError::Pace));
    }
    assert_eq!(answers.set_pace(Some(2.5)), Ok(()));
    assert_eq!(answers.pace(), Some(2.5));
}

#[test]
fn an_unknown_family_is_refused_with_the_nearest() {
    let pack = small();
    let wrong = Comparison::builder(&pack).family("technicain");
    let Err(ComparisonError::UnknownFamily { nearest, .. }) = wrong else {
        panic!("{wrong:?}");
    };
    assert_eq!(nearest.as_deref(), Some("technician"));
    assert!(Comparison::builder(&pack).family("").is_err());
}

#[test]
fn a_family_of_one_role_is_refused() {
    let mut pack = small();
    pack.roles[0].family = "alone".to_owned();
    let alone = Comparison::builder(&pack)
        .family("alone")
        .expect("a family");
    let wrong = alone.build().err();
    assert_eq!(wrong, Some(ComparisonError::SingleRole));
}

#[test]
fn a_weight_out_of_range_is_refused() {
    let pack = small();
    for weight in [-1.0, -f64::MIN_POSITIVE, 100.1, f64::NAN, f64::INFINITY] {
        let wrong = Comparison::builder(&pack).aptitude_weight(weight).build();
        assert!(
            matches!(wrong, Err(ComparisonError::AptitudeWeight(_))),
            "{weight}"
        );
    }
    for weight in [0.0, 1.0, 100.0] {
        let right = Comparison::builder(&pack).aptitude_weight(weight).build();
        assert!(right.is_ok(), "{weight}");
    }
}

#[test]
fn the_version_of_the_program_is_what_was_passed_in() {
    let pack = small();
    let comparison = Comparison::builder(&pack).program("9.8.7").build();
    let comparison = comparison.expect("comparable");
    let receipt = crate::results::report::Receipt::of(&comparison);
    assert_eq!(receipt.program, "9.8.7");
}
