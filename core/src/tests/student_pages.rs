//! The student's page of many people: short, in plain words, and true to the figures.

use crate::pack::lint::readability;
use crate::pages::ResultViews;
use crate::pages::reasons::sentence;
use crate::pages::result_options::{Audience, ResultOptions};
use crate::results::answer_evidence::Evidence;
use crate::results::report::Report;
use crate::scoring::answers::Answers;
use crate::scoring::assessment::State;
use crate::scoring::comparison::Comparison;
use crate::simulation::respondents::{SeededRng, SimulatedPerson};
use crate::tests::help::{built_in, same};
use crate::write::TextStyle;

/// People of a mixed population, a third of whom left some questions open.
fn people(comparison: &Comparison<'_>) -> Vec<Answers> {
    let mut chance = SeededRng::new(18);
    let person = |n: u32| {
        let person = SimulatedPerson::mixed(comparison, &mut chance);
        let blank = if n.is_multiple_of(3) { 0.2 } else { 0.0 };
        person.answers(comparison, blank, &mut chance)
    };
    (0..200).map(person).collect()
}

/// Words that say nothing to someone of sixteen.
const NOT_HERE: [&str; 16] = [
    "norm",
    "standard error",
    "standard deviation",
    "reliability",
    "first group",
    "band",
    "estimate",
    "elevation",
    "population",
    "percentile",
    "z-score",
    "variance",
    "trait",
    "profile",
    "aptitude",
    "own level",
];

/// A text without the addresses in it, which nobody reads aloud.
fn without_addresses(text: &str) -> String {
    let words = text.split_whitespace();
    let words = words.filter(|word| !word.contains("://") && !word.contains('/'));
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_page_is_short_and_in_plain_words() {
    let pack = built_in();
    let comparison = Comparison::new(&pack, None, 1.0);
    let shown = ResultOptions::new(Audience::Student);
    let mut longest = 0;
    for answers in people(&comparison) {
        let outcome = comparison.assess(&answers);
        let report = comparison.explain(&answers, &outcome);
        let page = report.page(&answers, "someone", &shown);
        let text = page.to_text(TextStyle::new(80));
        longest = longest.max(text.lines().count());
        assert!(text.lines().count() <= 136, "{text}");
        let views = ResultViews::new(&report, &answers, "someone", &shown);
        let screens = [views.first(), views.why(), views.profile()];
        let screens = screens.map(|view| view.to_text(TextStyle::new(80)));
        let names: Vec<String> = pack.roles.iter().map(|r| r.name.to_lowercase()).collect();
        for text in screens.iter().chain([&text]) {
            let mut words = text.to_lowercase().replace('\n', " ");
            for name in &names {
                words = words.replace(name, "");
            }
            for word in NOT_HERE {
                let said = format!(" {word}");
                let mut found = words
                    .match_indices(&said)
                    .map(|(at, _)| &words[at + said.len()..]);
                let whole = |rest: &str| {
                    !rest
                        .trim_start_matches('s')
                        .starts_with(char::is_alphabetic)
                };
                assert!(!found.any(whole), "{word}: {text}");
            }
            let signed = words.split(' ').find(|word| {
                word.strip_prefix(['+', '-'])
                    .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
            });
            assert_eq!(signed, None, "{text}");
        }
        let texts = page.texts();
        let read = texts.iter().filter(|(_, detail)| !detail);
        let read: Vec<String> = read.map(|(text, _)| without_addresses(text)).collect();
        let grade = readability(read.iter().map(String::as_str));
        assert!(grade <= 8.0, "grade {grade}: {text}");
    }
    assert!(longest > 100, "the limit is not put to the test: {longest}");
}

#[test]
fn the_first_screen_fits_a_window_of_60_by_20() {
    let pack = built_in();
    let comparison = Comparison::new(&pack, None, 1.0);
    let shown = ResultOptions::new(Audience::Student);
    // below it there are a gap, two or three lines of keys, and one that says that there is more
    let (lines, style) = (15, TextStyle::new(60));
    let (mut clear, mut cut) = (0, 0);
    for answers in people(&comparison) {
        let outcome = comparison.assess(&answers);
        if outcome.state != State::Clear {
            continue;
        }
        let report = comparison.explain(&answers, &outcome);
        let views = ResultViews::new(&report, &answers, "anna", &shown);
        let text = views.first_within(lines, style).to_text(style);
        assert!(text.lines().count() <= lines, "{text}");
        // the jobs, and how sure that is, are never left out
        let whole = views.first().to_text(style);
        for &at in &views.leading() {
            assert!(text.contains(views.name(at)), "{text}");
        }
        assert_eq!(text.lines().last(), whole.lines().last());
        clear += 1;
        cut += usize::from(whole.lines().count() > lines);
        // where there is room nothing is left out
        let wide = TextStyle::new(80);
        let whole = views.first().to_text(wide);
        assert_eq!(views.first_within(40, wide).to_text(wide), whole);
    }
    assert!(
        clear > 100 && cut > 0,
        "{clear} clear, {cut} too long for a small window"
    );
}

#[test]
fn a_reason_speaks_the_way_its_contribution_does() {
    let pack = built_in();
    let comparison = Comparison::new(&pack, None, 1.0);
    let mut of_ratings = 0;
    for answers in people(&comparison) {
        let outcome = comparison.assess(&answers);
        let report: Report<'_> = comparison.explain(&answers, &outcome);
        for role in report.band.iter().chain(&report.rest) {
            for reason in role.reasons_for.iter().chain(&role.reasons_against) {
                let text = sentence(reason, &pack);
                let speaks_for = reason.contribution > 0.0;
                assert!(!text.contains(", but ") || !speaks_for, "{text}");
                assert!(reason.contribution.abs() >= 0.1);
                let Some(Evidence::Rating {
                    question,
                    above,
                    reversed,
                    ..
                }) = reason.evidence
                else {
                    continue;
                };
                of_ratings += 1;
                let question = &pack.questions[question];
                let like = question.you_like().expect("all have one");
                let dislike = question.you_dislike().expect("all have one");
                let says_more = text.contains("this job has more ");
                let says_less = text.contains("this job has less ");
                assert!(!says_more || reason.asks_more, "{text}");
                assert!(!says_less || !reason.asks_more, "{text}");
                assert!(speaks_for || says_more || says_less, "{text}");
                // more of the trait than this person's usual, as the question asks it
                assert_eq!(
                    above,
                    (speaks_for == reason.asks_more) != reversed,
                    "{text}"
                );
                let says = |own: &str| text.starts_with(own.trim_end_matches('.'));
                assert!(if above { !says(dislike) } else { !says(like) }, "{text}");
            }
        }
    }
    assert!(of_ratings > 1000);
}

#[test]
fn unclear_and_insufficient_results_name_no_long_list() {
    let pack = built_in();
    let comparison = Comparison::new(&pack, None, 1.0);
    let shown = ResultOptions::new(Audience::Student);
    for answers in [same(&pack, "3"), Answers::none(&pack)] {
        let outcome = comparison.assess(&answers);
        let report = comparison.explain(&answers, &outcome);
        let text = report
            .page(&answers, "someone", &shown)
            .to_text(TextStyle::new(80));
        assert!(text.lines().count() < 60, "{text}");
        let named = pack.roles.iter().filter(|role| text.contains(&role.name));
        assert!(named.count() <= 6, "{text}");
    }
}
