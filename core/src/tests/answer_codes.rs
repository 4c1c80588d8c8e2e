//! Answer codes: what is written is read again, and nothing that is wrong goes unnoticed.

use crate::pack::model::{AnswerFormat, Pack};
use crate::scoring::answers::{AnswerError, Answers, DONT_KNOW};
use crate::simulation::respondents::SeededRng;
use crate::tests::generators;
use crate::tests::help::{built_in, small};

/// Random answers, some left out, some "I don't know".
fn random(pack: &Pack, chance: &mut SeededRng) -> Answers {
    let mut answers = Answers::none(pack);
    for (q, question) in pack.questions.iter().enumerate() {
        let code = chance.below(question.choices + 1);
        let unknown = question.format() == AnswerFormat::Choice && chance.below(4) == 0;
        answers.put(q, if unknown { DONT_KNOW } else { code });
    }
    answers
}

/// The group at fault.
fn group_of(error: &AnswerError) -> Option<usize> {
    match error {
        AnswerError::AnswerCode { group, .. } => *group,
        other => panic!("{other}"),
    }
}

/// A pack with so many questions.
fn long(questions: usize) -> Pack {
    let mut pack = built_in();
    let like = pack.questions.clone();
    pack.questions = (0..questions)
        .map(|n| {
            let mut question = like[n % like.len()].clone();
            question.id = format!("q-{n}");
            question
        })
        .collect();
    pack
}

#[test]
fn any_answers_to_any_pack_come_back() {
    let mut chance = SeededRng::new(11);
    let mut packs = vec![small(), built_in()];
    packs.extend((0..40).map(|seed| generators::pack(seed, 3)));
    packs.extend([144, 145, 146, 147, 295, 296, 2000].map(long));
    for pack in &packs {
        for _ in 0..20 {
            let answers = random(pack, &mut chance);
            let code = answers.answer_code(pack);
            assert_eq!(
                Answers::from_answer_code(pack, &code),
                Ok(answers),
                "{code}"
            );
        }
    }
}

#[test]
fn a_code_is_read_however_it_is_typed() {
    let pack = built_in();
    let answers = random(&pack, &mut SeededRng::new(2));
    let code = answers.answer_code(&pack);
    let (form, rest) = code.split_at(3);
    for typed in [
        code.to_lowercase(),
        code.replace('-', ""),
        code.replace('-', " - "),
        format!("  {}\t", code.replace('-', "\u{2013}")),
        code.replace('1', "l").replace('0', "o"),
        format!("{form}{}", rest.replace('1', "I").replace('0', "O")),
    ] {
        let read = Answers::from_answer_code(&pack, &typed);
        assert_eq!(read.as_ref(), Ok(&answers), "{typed}");
    }
}

#[test]
fn every_wrong_character_is_noticed_and_its_group_named() {
    let mut seen = 0;
    for pack in [small(), built_in(), long(300)] {
        let code = random(&pack, &mut SeededRng::new(3)).answer_code(&pack);
        for (at, right) in code.char_indices().filter(|(_, c)| *c != '-') {
            let group = code[..at].matches('-').count() + 1;
            for wrong in "0123456789ABCDEFGHJKMNPQRSTUVWXYZ"
                .chars()
                .filter(|c| *c != right)
            {
                let mut text = code.clone();
                text.replace_range(at..=at, &wrong.to_string());
                let error = Answers::from_answer_code(&pack, &text).expect_err(&text);
                assert_eq!(group_of(&error), Some(group), "{text}: {error}");
                let AnswerError::AnswerCode { at, found, .. } = &error else {
                    panic!("{error}");
                };
                assert!(text[*at..].starts_with(found), "{text}: {error}");
                seen += 1;
            }
        }
    }
    assert!(seen > 15_000, "{seen} were looked at");
}

#[test]
fn two_neighbours_that_are_swapped_are_noticed() {
    for (pack, seed) in [
        (small(), 4),
        (built_in(), 4),
        (built_in(), 5),
        (long(300), 6),
    ] {
        let code = random(&pack, &mut SeededRng::new(seed)).answer_code(&pack);
        let digits: Vec<usize> = (code.char_indices().filter(|(_, c)| *c != '-'))
            .map(|(at, _)| at)
            .collect();
        for pair in digits[3..].windows(2) {
            let (first, second) = (pair[0], pair[1]);
            let mut bytes = code.clone().into_bytes();
            bytes.swap(first, second);
            let text = String::from_utf8(bytes).expect("all are ASCII");
            if text == code {
                continue;
            }
            let error = Answers::from_answer_code(&pack, &text).expect_err(&text);
            if second == first + 1 {
                let group = code[..first].matches('-').count() + 1;
                assert_eq!(group_of(&error), Some(group), "{text}: {error}");
            }
        }
    }
}

#[test]
fn a_wrong_character_in_each_of_two_groups_is_noticed() {
    let pack = built_in();
    let mut chance = SeededRng::new(7);
    let code = random(&pack, &mut chance).answer_code(&pack);
    let digits: Vec<usize> = (code.char_indices().filter(|(_, c)| *c != '-'))
        .map(|(at, _)| at)
        .collect();
    let all = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    for (n, &first) in digits.iter().enumerate().skip(3) {
        for &second in &digits[n + 1..] {
            let mut bytes = code.clone().into_bytes();
            for at in [first, second] {
                let digit = all[usize::from(chance.below(32))];
                bytes[at] = if digit == bytes[at] { b'U' } else { digit };
            }
            if code[first..second].contains('-') {
                let text = String::from_utf8(bytes).expect("all are ASCII");
                assert!(Answers::from_answer_code(&pack, &text).is_err(), "{text}");
            }
        }
    }
}

#[test]
fn what_is_missing_or_too_much_is_told_by_its_group() {
    let pack = built_in();
    let code = random(&pack, &mut SeededRng::new(8)).answer_code(&pack);
    let digits: Vec<usize> = (code.char_indices().filter(|(_, c)| *c != '-'))
        .map(|(at, _)| at)
        .collect();
    for &at in &digits[3..] {
        let group = code[..at].matches('-').count() + 1;
        let mut short = code.clone();
        short.remove(at);
        let mut long = code.clone();
        long.insert(at, 'X');
        for text in [short, long] {
            let error = Answers::from_answer_code(&pack, &text).expect_err(&text);
            assert_eq!(group_of(&error), Some(group), "{text}: {error}");
            assert!(error.to_string().contains("characters where"), "{error}");
            let bare = text.replace('-', "");
            let error = Answers::from_answer_code(&pack, &bare).expect_err(&bare);
            assert!(
                error
                    .to_string()
                    .contains("characters where a code of this pack has"),
                "{error}"
            );
        }
    }
    for text in [
        "",
        "RS1",
        "RS1-",
        "RS1-0",
        "RS1-00",
        "RS1-0000-00",
        "RS1-00000000",
        "R",
        "RS2-0000",
        "hello",
        "RS1 é",
    ] {
        let error = Answers::from_answer_code(&pack, text).expect_err(text);
        assert!(!error.to_string().is_empty());
    }
}

#[test]
fn a_code_of_another_pack_says_so() {
    let (pack, other) = (built_in(), small());
    let code = random(&other, &mut SeededRng::new(9)).answer_code(&other);
    let error = Answers::from_answer_code(&pack, &code).expect_err("another pack's");
    assert!(
        error.to_string().contains("a code of another pack"),
        "{error}"
    );
    // and one as long
    let mut same = built_in();
    same.fingerprint = other.fingerprint.clone();
    let code = random(&same, &mut SeededRng::new(9)).answer_code(&same);
    let error = Answers::from_answer_code(&pack, &code).expect_err("another pack's");
    assert!(
        error.to_string().contains("a code of another pack") && group_of(&error) == Some(2),
        "{error}"
    );
}

#[test]
fn the_order_of_asking_does_not_change_a_code() {
    let pack = built_in();
    let answers = random(&pack, &mut SeededRng::new(10));
    let mut turned = built_in();
    turned.questions.reverse();
    let mut codes = answers.codes().to_vec();
    codes.reverse();
    let mut same = Answers::none(&turned);
    same.set_all(&codes).expect("the same answers");
    assert_eq!(same.answer_code(&turned), answers.answer_code(&pack));
}

#[test]
fn a_code_is_found_behind_an_id() {
    let code = "RS1-7K2M-0123AB-00";
    for (line, at) in [
        (code.to_owned(), Some(0)),
        (format!("s-01,{code}"), Some(5)),
        (format!("s-01;{code}\r\n"), Some(5)),
        (format!("s-01\t{}", code.to_lowercase()), Some(5)),
        (format!("anna {}", code.replace('-', " ")), Some(5)),
        (format!("\"anna\",\"{code}\""), Some(8)),
        (format!("rs1-anna,{code}"), Some(9)),
        (format!("rs1-class-of-thirty,{code}"), Some(20)),
        (format!("xRS1{code}"), None),
        ("id,helping-1,helping-2".to_owned(), None),
        ("RS1-,4,4,4,4,4".to_owned(), None),
        (format!("{code},anna"), None),
        (String::new(), None),
    ] {
        assert_eq!(Answers::find_answer_code(&line), at, "{line}");
    }
}
