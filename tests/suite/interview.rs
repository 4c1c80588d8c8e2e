//! Scripted interviews without a terminal.

use crate::help::small;
use rolescope::error::Result;
use rolescope::terminal::interview::{
    AnswerRecord, AnsweredPuzzle, AskedQuestion, InterviewEnd, Interviewer, LeaveOut, Overview,
    Reply, ReviewChoice, conduct,
};
use rolescope_core::quiz::QuestionOrder;
use rolescope_core::{AnswerFormat, Answers, Comparison, Measure, Pack, Practice, Section};
use std::cell::Cell;

/// Replies in turn and remembers what it was asked.
struct Script {
    replies: Vec<Reply>,
    asked: Vec<(usize, u8)>,
    choices: Vec<ReviewChoice>,
    open: Vec<usize>,
    explained: Vec<usize>,
}

impl Script {
    fn new(replies: &[Reply]) -> Self {
        Self {
            replies: replies.iter().rev().copied().collect(),
            asked: Vec::new(),
            choices: Vec::new(),
            open: Vec::new(),
            explained: Vec::new(),
        }
    }
}

impl Interviewer for Script {
    fn ask(&mut self, asked: &AskedQuestion<'_>) -> Result<Reply> {
        self.asked.push((asked.number, asked.so_far));
        Ok(self.replies.pop().unwrap_or(Reply::Stop))
    }

    fn review(&mut self, overview: &Overview<'_>) -> Result<ReviewChoice> {
        self.open.push(overview.open.len());
        Ok(self.choices.pop().unwrap_or(ReviewChoice::Finish))
    }

    fn practise(&mut self, _: &Pack, _: &Section, _: &Practice) -> Result<Reply> {
        Ok(Reply::Skip)
    }

    fn leave_out(&mut self, _: &Pack, _: usize, _: usize) -> Result<LeaveOut> {
        Ok(LeaveOut::No)
    }

    fn explain(&mut self, _: &Pack, puzzles: &[AnsweredPuzzle<'_>]) -> Result<Reply> {
        self.explained.push(puzzles.len());
        Ok(Reply::Skip)
    }
}

/// Answers that are kept, how often one came, and whether the quiz is finished.
struct Kept<'a>(&'a mut Answers, usize, bool);

impl AnswerRecord for Kept<'_> {
    fn answers(&self) -> &Answers {
        self.0
    }

    fn record(&mut self, question: usize, code: u8, pace: Option<f64>) -> Result<()> {
        let paced = self.0.set_pace(pace.or(self.0.pace()));
        paced.expect("a pace");
        self.0.set(question, code).expect("an answer");
        self.1 += 1;
        Ok(())
    }

    fn finished(&self) -> bool {
        self.2
    }

    fn finish(&mut self) -> Result<()> {
        self.2 = true;
        Ok(())
    }
}

fn talk(answers: &mut Answers, replies: &[Reply]) -> (InterviewEnd, Vec<(usize, u8)>, usize) {
    let pack = small();
    let mut script = Script::new(replies);
    let mut kept = Kept(answers, 0, false);
    let comparison = Comparison::builder(&pack).build().expect("comparable");
    let end = conduct(
        &comparison,
        &QuestionOrder::listed(&pack, vec![0, 1, 2, 3]),
        &mut kept,
        &mut script,
        None,
    )
    .expect("nothing fails");
    (end, script.asked, kept.1)
}

#[test]
fn answers_are_saved_one_by_one_before_the_next_question() {
    let mut answers = Answers::none(&small());
    let (end, asked, saves) = talk(&mut answers, &[Reply::Answer(2); 4]);
    assert_eq!((end, saves), (InterviewEnd::Complete, 4));
    assert_eq!(asked, [(1, 0), (2, 0), (3, 0), (4, 0)]);
}

#[test]
fn back_shows_the_answer_and_it_can_be_changed() {
    let mut answers = Answers::none(&small());
    let replies = [
        Reply::Answer(2),
        Reply::Back,
        Reply::Answer(5),
        Reply::Answer(1),
        Reply::Stop,
    ];
    let (end, asked, _) = talk(&mut answers, &replies);
    assert_eq!(end, InterviewEnd::Stopped);
    assert_eq!(asked, [(1, 0), (2, 0), (1, 2), (2, 0), (3, 0)]);
    assert_eq!((answers.code(0), answers.code(1)), (5, 1));
}

#[test]
fn back_reaches_a_skipped_question_and_at_the_start_stays() {
    let mut answers = Answers::none(&small());
    let replies = [
        Reply::Back,
        Reply::Skip,
        Reply::Back,
        Reply::Answer(3),
        Reply::Stop,
    ];
    let (_, asked, saves) = talk(&mut answers, &replies);
    assert_eq!(asked, [(1, 0), (1, 0), (2, 0), (1, 0), (2, 0)]);
    assert_eq!((answers.code(0), saves), (3, 1));
}

#[test]
fn resuming_starts_at_the_first_open_question_and_passes_over_answered_ones() {
    let mut answers = Answers::none(&small());
    answers.set(0, 1).expect("an answer");
    answers.set(2, 1).expect("an answer");
    let (end, asked, _) = talk(&mut answers, &[Reply::Answer(4), Reply::Answer(4)]);
    assert_eq!(end, InterviewEnd::Complete);
    assert_eq!(asked, [(2, 0), (4, 0)]);
}

#[test]
fn skipping_is_no_answer() {
    let mut answers = Answers::none(&small());
    let (end, _, saves) = talk(&mut answers, &[Reply::Skip; 4]);
    assert_eq!((end, saves, answers.count()), (InterviewEnd::Done, 0, 0));
}

#[test]
fn what_was_skipped_is_reviewed_at_the_end_and_can_be_answered_there() {
    let pack = small();
    let comparison = Comparison::builder(&pack).build().expect("comparable");
    let mut answers = Answers::none(&pack);
    let replies = [1, 0, 2, 3, 4].map(|code| match code {
        0 => Reply::Skip,
        code => Reply::Answer(code),
    });
    let mut script = Script::new(&replies);
    script.choices = vec![
        ReviewChoice::Finish,
        ReviewChoice::Jump(0),
        ReviewChoice::Open,
    ];
    let end = conduct(
        &comparison,
        &QuestionOrder::listed(&pack, vec![0, 1, 2]),
        &mut Kept(&mut answers, 0, false),
        &mut script,
        None,
    );
    assert_eq!(end.expect("nothing fails"), InterviewEnd::Done);
    // the open one first, then the one jumped to
    assert_eq!(script.asked, [(1, 0), (2, 0), (3, 0), (2, 0), (1, 1)]);
    assert_eq!(script.open, [1, 0, 0]);
    assert_eq!((answers.code(0), answers.code(1)), (4, 3));
}

#[test]
fn coming_back_to_a_complete_quiz_shows_the_review() {
    let pack = small();
    let comparison = Comparison::builder(&pack).build().expect("comparable");
    let mut answers = Answers::none(&pack);
    answers.set(0, 1).expect("an answer");
    let mut script = Script::new(&[]);
    let end = conduct(
        &comparison,
        &QuestionOrder::listed(&pack, vec![0]),
        &mut Kept(&mut answers, 0, false),
        &mut script,
        None,
    );
    assert_eq!(end.expect("nothing fails"), InterviewEnd::Done);
    assert_eq!((script.asked.len(), script.open.as_slice()), (0, &[0][..]));
}

#[test]
fn the_quick_quiz_asks_core_questions_first_and_none_twice() {
    let pack = crate::help::built_in();
    let comparison = Comparison::builder(&pack).build().expect("comparable");
    let mut answers = Answers::none(&pack);
    let course = QuestionOrder::quick(&comparison, &answers);
    let mut shown = Vec::new();
    while let Some(q) = course.next(&shown, &answers) {
        assert!(!shown.contains(&q), "{}", pack.questions()[q].id());
        // every fourth is skipped
        if shown.len() % 4 != 3 {
            let code = u8::try_from(shown.len() % 3 + 1).expect("small");
            answers.set(q, code).expect("an answer");
        }
        shown.push(q);
    }
    assert!(shown[..18].iter().all(|&q| pack.questions()[q].core()));
    assert!(course.ended_because().is_some());
    let conditions = shown
        .iter()
        .filter(|&&q| pack.questions()[q].trait_ix().is_none())
        .count();
    assert!(shown.len() - conditions <= 40, "{}", shown.len());
    assert!(conditions > 0);
    assert!(shown.len() <= course.length(), "{}", shown.len());
}

#[test]
fn a_family_leaves_out_questions_that_do_not_tell_its_roles_apart() {
    let mut files = crate::help::small_files();
    for file in &mut files {
        if file.text().contains("family = \"technician\"") {
            let (before, after) = file
                .text()
                .split_once("[traits.pace]\nlevel = ")
                .expect("pace");
            let (_, rest) = after.split_once('\n').expect("a line");
            let text = format!("{before}[traits.pace]\nlevel = 4\n{rest}");
            *file = rolescope_core::SourceFile::new(file.path(), &text);
        }
    }
    let pack = Pack::parse(&files).expect("valid");
    let asks_pace = |family: Option<&str>| {
        let all = Comparison::builder(&pack);
        let some = match family {
            Some(family) => all.family(family).expect("a family"),
            None => all,
        };
        let comparison = some.build().expect("comparable");
        let asked = comparison.asked_questions();
        asked
            .iter()
            .any(|&q| pack.questions()[q].id().starts_with("pace-"))
    };
    assert!(asks_pace(None));
    assert!(!asks_pace(Some("technician")));
}

#[test]
fn puzzles_are_spread_among_the_ratings_easy_ones_first_and_nothing_is_lost() {
    for pack in [crate::help::built_in(), small()] {
        let comparison = Comparison::builder(&pack).build().expect("comparable");
        let order = QuestionOrder::full(&comparison).ahead(&[], &Answers::none(&pack));
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, comparison.asked_questions());
        let format = |q: &usize| pack.questions()[*q].format();
        // what is no puzzle keeps its order
        let others = order.iter().copied();
        let others: Vec<usize> = others
            .filter(|q| format(q) != AnswerFormat::Choice)
            .collect();
        assert!(others.is_sorted());
        for run in order.chunk_by(|a, b| format(a) == format(b)) {
            match format(&run[0]) {
                AnswerFormat::Choice => assert!(run.len() <= 5, "{run:?}"),
                AnswerFormat::Rating => assert!(run.len() <= 12, "{run:?}"),
                AnswerFormat::Condition => {}
            }
        }
        for k in 0..pack.traits().len() {
            let puzzles = order.iter().copied();
            let puzzles: Vec<usize> = puzzles
                .filter(|q| {
                    format(q) == AnswerFormat::Choice && pack.questions()[*q].trait_ix() == Some(k)
                })
                .collect();
            assert!(puzzles.is_sorted(), "{puzzles:?}");
        }
    }
}

#[test]
fn a_puzzle_that_was_explained_is_asked_no_more() {
    let pack = crate::help::built_in();
    let comparison = Comparison::builder(&pack).build().expect("comparable");
    let at = |id: &str| pack.question(id).expect("a puzzle");
    let (shown, other) = (at("spatial-1"), at("perceptual-1"));
    let order = QuestionOrder::listed(&pack, vec![0, shown, other]);
    let mut answers = Answers::none(&pack);
    answers.set(shown, 1).expect("an answer");
    // a puzzle and a rating are skipped: neither was explained, so both are still asked
    let mut script = Script::new(&[Reply::Skip, Reply::Skip, Reply::Answer(3), Reply::Answer(2)]);
    script.choices = vec![
        ReviewChoice::Finish,
        ReviewChoice::Open,
        ReviewChoice::Explain,
    ];
    let mut kept = Kept(&mut answers, 0, false);
    let end = conduct(&comparison, &order, &mut kept, &mut script, None);
    assert_eq!(end.expect("nothing fails"), InterviewEnd::Done);
    assert_eq!((script.explained, script.open), (vec![1], vec![2, 2, 0]));
    assert!(kept.finished(), "a kill after it leaves no puzzle open");
    assert!(answers.has(0) && answers.has(other));
}

#[test]
fn in_a_finished_quiz_answers_to_puzzles_stay_and_all_else_can_be_changed() {
    let pack = crate::help::built_in();
    let comparison = Comparison::builder(&pack).build().expect("comparable");
    let at = |id: &str| pack.question(id).expect("a puzzle");
    let (done, open) = (at("spatial-1"), at("perceptual-1"));
    let order = QuestionOrder::listed(&pack, vec![0, done, 1, open]);
    let mut answers = Answers::none(&pack);
    for (q, code) in [(0, 2), (done, 1), (1, 2)] {
        answers.set(q, code).expect("an answer");
    }
    // back passes over the puzzle that has an answer, and forward again
    let mut script = Script::new(&[
        Reply::Back,
        Reply::Back,
        Reply::Answer(4),
        Reply::Skip,
        Reply::Answer(3),
    ]);
    let mut kept = Kept(&mut answers, 0, true);
    let end = conduct(&comparison, &order, &mut kept, &mut script, None);
    assert_eq!(end.expect("nothing fails"), InterviewEnd::Complete);
    assert_eq!(script.asked, [(4, 0), (3, 2), (1, 2), (3, 2), (4, 0)]);
    assert_eq!((answers.code(0), answers.code(done)), (4, 1));
    assert!(answers.has(open));
}

/// Answers every question after a time of its own on a clock that does not wait, and remembers the estimates.
struct Paced<'a> {
    now: &'a Cell<f64>,
    seconds: &'a dyn Fn(&AskedQuestion<'_>) -> f64,
    /// The time and the minutes left at each question.
    estimates: Vec<(f64, f64)>,
}

impl Interviewer for Paced<'_> {
    fn ask(&mut self, asked: &AskedQuestion<'_>) -> Result<Reply> {
        let left = asked.minutes_left.expect("there is a clock");
        self.estimates.push((self.now.get(), left));
        self.now.set(self.now.get() + (self.seconds)(asked));
        Ok(Reply::Answer(1))
    }

    fn review(&mut self, _: &Overview<'_>) -> Result<ReviewChoice> {
        Ok(ReviewChoice::Finish)
    }

    fn practise(&mut self, _: &Pack, _: &Section, _: &Practice) -> Result<Reply> {
        Ok(Reply::Skip)
    }

    fn leave_out(&mut self, _: &Pack, _: usize, _: usize) -> Result<LeaveOut> {
        Ok(LeaveOut::No)
    }

    fn explain(&mut self, _: &Pack, _: &[AnsweredPuzzle<'_>]) -> Result<Reply> {
        Ok(Reply::Skip)
    }
}

#[test]
fn the_time_left_is_right_within_thirty_percent() {
    let pack = crate::help::built_in();
    let comparison = Comparison::builder(&pack).build().expect("comparable");
    let order = QuestionOrder::full(&comparison);
    let puzzles = order.ahead(&[], &Answers::none(&pack)).into_iter();
    let puzzles: Vec<usize> = puzzles
        .filter(|&q| pack.questions()[q].format() == AnswerFormat::Choice)
        .collect();
    let place = |asked: &AskedQuestion<'_>| {
        let q = pack.question(asked.question.id()).expect("it is there");
        puzzles.iter().position(|&p| p == q).expect("a puzzle")
    };
    // puzzles from 10 to 90 seconds: harder and harder, or one long, one short
    let rising = |asked: &AskedQuestion<'_>| {
        10.0 + 80.0 * f64::from(u8::try_from(place(asked)).expect("few")) / 17.0
    };
    let mixed = |asked: &AskedQuestion<'_>| [30.0, 90.0, 10.0, 70.0, 50.0][place(asked) % 5];
    for name in ["rising", "mixed"] {
        let puzzle = |asked: &AskedQuestion<'_>| match name {
            "rising" => rising(asked),
            _ => mixed(asked),
        };
        let seconds = |asked: &AskedQuestion<'_>| match asked.question.format() {
            AnswerFormat::Rating => 4.0,
            AnswerFormat::Condition => 5.0,
            AnswerFormat::Choice => puzzle(asked),
        };
        let now = Cell::new(0.0);
        let clock = || now.get();
        let mut paced = Paced {
            now: &now,
            seconds: &seconds,
            estimates: Vec::new(),
        };
        let mut answers = Answers::none(&pack);
        let mut kept = Kept(&mut answers, 0, false);
        conduct(&comparison, &order, &mut kept, &mut paced, Some(&clock)).expect("nothing fails");
        assert_eq!(paced.estimates.len(), 93);
        for n in [5, 31, 61] {
            let (at, left) = paced.estimates[n - 1];
            let truth = (now.get() - at) / 60.0;
            let off = 100.0 * (left / truth - 1.0);
            println!("{name} {n}: {left:.1} of {truth:.1} minutes, {off:.0} %");
            assert!(
                off.abs() <= 30.0,
                "{name} {n}: {left:.1} for {truth:.1} minutes"
            );
        }
    }
}

#[test]
fn three_fast_answers_do_not_bring_the_end_near() {
    let pack = crate::help::built_in();
    let comparison = Comparison::builder(&pack).build().expect("comparable");
    let now = Cell::new(0.0);
    let clock = || now.get();
    let mut paced = Paced {
        now: &now,
        seconds: &|_| 0.2,
        estimates: Vec::new(),
    };
    let mut answers = Answers::none(&pack);
    let order = QuestionOrder::full(&comparison);
    let mut kept = Kept(&mut answers, 0, false);
    conduct(&comparison, &order, &mut kept, &mut paced, Some(&clock)).expect("nothing fails");
    assert!(paced.estimates[..10].iter().all(|&(_, left)| left > 10.0));
}

#[test]
fn someone_whose_result_is_settled_may_leave_out_the_rest_and_is_asked_once() {
    /// Answers like a role asks for it, and counts the offers.
    struct Sure<'p> {
        pack: &'p Pack,
        levels: &'p [f64],
        leave: LeaveOut,
        offers: Vec<(usize, usize)>,
        asked: Vec<usize>,
    }

    impl Interviewer for Sure<'_> {
        fn ask(&mut self, asked: &AskedQuestion<'_>) -> Result<Reply> {
            assert!(asked.number <= asked.of && asked.of == 93);
            let q = self
                .pack
                .question(asked.question.id())
                .expect("it is there");
            self.asked.push(q);
            Ok(Reply::Answer(match asked.question.measure() {
                Measure::Rating { of, reverse } => {
                    let high = self.levels[*of] >= 5.0;
                    if high == *reverse { 1 } else { 5 }
                }
                Measure::Choice { answer, .. } => *answer,
                Measure::Condition(_) => 1,
            }))
        }

        fn review(&mut self, _: &Overview<'_>) -> Result<ReviewChoice> {
            Ok(ReviewChoice::Finish)
        }

        fn practise(&mut self, _: &Pack, _: &Section, _: &Practice) -> Result<Reply> {
            Ok(Reply::Skip)
        }

        fn leave_out(&mut self, _: &Pack, scored: usize, others: usize) -> Result<LeaveOut> {
            self.offers.push((scored, others));
            Ok(self.leave)
        }

        fn explain(&mut self, _: &Pack, _: &[AnsweredPuzzle<'_>]) -> Result<Reply> {
            Ok(Reply::Skip)
        }
    }

    let pack = crate::help::built_in();
    let comparison = Comparison::builder(&pack).build().expect("comparable");
    let mut offered = Vec::new();
    for role in pack.roles() {
        let mut bands = Vec::new();
        for leave in [LeaveOut::Yes, LeaveOut::No] {
            let mut sure = Sure {
                pack: &pack,
                levels: role.levels(),
                leave,
                offers: Vec::new(),
                asked: Vec::new(),
            };
            let mut answers = Answers::none(&pack);
            let order = QuestionOrder::full(&comparison);
            let mut kept = Kept(&mut answers, 0, false);
            conduct(&comparison, &order, &mut kept, &mut sure, None).expect("nothing fails");
            assert!(sure.offers.len() <= 1);
            let left_out = match (leave, sure.offers.first()) {
                (LeaveOut::Yes, Some((scored, _))) => *scored,
                _ => 0,
            };
            assert_eq!(sure.asked.len(), 93 - left_out);
            offered.extend(sure.offers);
            let outcome = comparison.assess(&answers);
            let band = outcome.ranking().band();
            bands.push(
                band.iter()
                    .map(|&at| comparison.role(at).id())
                    .collect::<Vec<_>>(),
            );
        }
        // what was left out changes nothing
        assert_eq!(bands[0], bands[1]);
    }
    println!("offers: {offered:?}");
    assert!(!offered.is_empty());
}
