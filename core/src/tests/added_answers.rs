//! Answers within records: what is added is read back.

use super::help::built_in;
use crate::pack::model::{AnswerFormat, Question};
use crate::scoring::answers::{Answers, DONT_KNOW, UNANSWERED};
use crate::write::AnswerWriter;

#[test]
fn what_was_added_is_read_back_and_nothing_else() {
    let pack = built_in();
    let writer = AnswerWriter::new(&pack);
    let mut answers = Answers::none(&pack);
    let mut read = Answers::none(&pack);
    let all = |rating: u8, choice: u8| -> Vec<u8> {
        let code = |q: &Question| match q.format() {
            AnswerFormat::Choice => choice,
            AnswerFormat::Rating | AnswerFormat::Condition => rating,
        };
        pack.questions().iter().map(code).collect()
    };
    for codes in [
        all(UNANSWERED, UNANSWERED),
        all(UNANSWERED, DONT_KNOW),
        all(3, 2),
    ] {
        for pace in [None, Some(2.25)] {
            answers.set_all(&codes).expect("answers");
            answers.set_pace(pace).expect("a pace");
            let mut record = b"{}".to_vec();
            writer.add(&mut record, &answers);
            let text = &record[1..];
            assert!(writer.read(text, &mut read), "{codes:?} {pace:?}");
            assert_eq!(read, answers);
            for at in 0..text.len() {
                let mut spoilt = text.to_vec();
                spoilt[at] ^= 1;
                assert!(!writer.read(&spoilt, &mut read), "{codes:?} {at}");
                assert!(!writer.read(&text[..at], &mut read), "{codes:?} {at}");
            }
        }
    }
}
