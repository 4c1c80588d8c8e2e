//! What holds for any answers whatever, in any family, at any weight: not only for people as the model
//! makes them (`scoring.rs`), but for every way in which a sheet can be filled.

use crate::pack::model::{AnswerFormat, Pack};
use crate::pack::parse::diagnostics::{Diagnostic, SourceFile};
use crate::pages::result::doc;
use crate::pages::result_options::ResultOptions;
use crate::scoring::answers::{Answers, DONT_KNOW, UNANSWERED};
use crate::scoring::assessment::State;
use crate::scoring::comparison::Comparison;
use crate::scoring::difference::probability_better;
use crate::scoring::kernel::assessor::assess;
use crate::tests::help::{built_in, small};
use crate::text::{inert, unprintable};
use crate::write::PageFormat;
use crate::write::records::RecordWriter;
use crate::write::terminal_text::TextStyle;
use proptest::prelude::*;
use std::borrow::Cow;

/// A sheet whose answers are these draws, each one of what its question allows or nothing.
fn sheet(pack: &Pack, draws: &[u8]) -> Answers {
    let mut answers = Answers::none(pack);
    for (q, question) in pack.questions.iter().enumerate() {
        let draw = draws[q % draws.len()].wrapping_add(u8::try_from(q / draws.len()).unwrap_or(0));
        let code = match draw % (question.choices + 2) {
            0 => UNANSWERED,
            code if code <= question.choices => code,
            _ if question.format() == AnswerFormat::Choice => DONT_KNOW,
            _ => UNANSWERED,
        };
        answers.put(q, code);
    }
    answers
}

/// Either pack, one of its families or none, and a weight.
fn with_designs(
    weight: f64,
    mut hold: impl FnMut(&Comparison<'_>) -> Result<(), TestCaseError>,
) -> Result<(), TestCaseError> {
    for pack in [small(), built_in()] {
        let mut families = vec![None];
        families.extend(pack.families().into_iter().map(Some));
        for family in families {
            let comparison = Comparison::new(&pack, family, weight);
            if comparison.candidates.len() > 1 {
                hold(&comparison)?;
            }
        }
    }
    Ok(())
}

fn draws() -> impl Strategy<Value = Vec<u8>> {
    // short lists repeat themselves: whole sheets of one answer, and patterns
    prop_oneof![
        proptest::collection::vec(any::<u8>(), 1..4),
        proptest::collection::vec(any::<u8>(), 120),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_text_is_lent_unless_something_in_it_has_to_be_replaced(text in any::<String>(), odd in any::<bool>()) {
        // few texts of chance have no letter that is replaced
        let text = if odd { text } else { text.replace(unprintable, "x") };
        let letters = text.chars().map(|c| if unprintable(c) { '\u{FFFD}' } else { c });
        let safe = inert(&text);
        prop_assert_eq!(safe.as_ref(), letters.collect::<String>());
        prop_assert_eq!(matches!(safe, Cow::Borrowed(_)), !text.contains(unprintable));
    }

    #[test]
    fn mistakes_are_shown_as_they_are_but_for_what_acts(text in any::<String>(), path in any::<String>(), colour: bool) {
        let file = SourceFile::new(path.clone(), &text);
        let mistake = |span| Diagnostic {
            title: text.clone(),
            path: path.clone(),
            span,
            found: text.clone(),
            help: path.clone(),
        };
        let shown = Diagnostic::show_all(&[mistake(None), mistake(Some(0..0))], &[file], colour);
        let acts = |c: char| unprintable(c) && c != '\n' && !(colour && c == '\u{1b}');
        prop_assert!(!shown.contains(acts), "{shown:?}");
    }

    #[test]
    fn every_figure_is_finite_and_in_its_range(draws in draws(), weight in 0.0..100.0) {
        with_designs(weight, |comparison| {
            let outcome = assess(comparison, &sheet(comparison.pack, &draws));
            for (score, norm) in outcome.scores.iter().zip(&comparison.norms) {
                prop_assert!(score.raw().is_none_or(|raw| (0.0..=100.0).contains(&raw)));
                prop_assert!(score.sem(norm).is_none_or(|sem| sem.is_finite() && sem >= 0.0));
                prop_assert!((0.0..1.0).contains(&score.reliability), "{}", score.reliability);
                prop_assert!(score.estimate.is_finite());
            }
            for fit in outcome.fits.iter().flatten() {
                prop_assert!(fit.z.is_finite() && fit.se().is_finite() && fit.se() >= 0.0);
                prop_assert!((0.0..=100.0).contains(&fit.matched()));
            }
            Ok(())
        })?;
    }

    #[test]
    fn the_ranking_is_one(draws in draws(), weight in 0.0..100.0) {
        with_designs(weight, |comparison| {
            let outcome = assess(comparison, &sheet(comparison.pack, &draws));
            let ranking = &outcome.ranking;
            let mut all = ranking.order.clone();
            all.sort_unstable();
            let everyone: Vec<usize> = (0..outcome.fits.len()).collect();
            if outcome.state == State::Insufficient {
                prop_assert!(ranking.order.is_empty() && ranking.band.is_empty());
                return Ok(());
            }
            prop_assert_eq!(all, everyone);
            let z = |at: usize| outcome.fits[at].as_ref().map_or(f64::NAN, |fit| fit.z);
            for pair in ranking.order.windows(2) {
                let [one, next] = [ranking.ranks[pair[0]], ranking.ranks[pair[1]]];
                // roles without a match come last
                prop_assert!(next.is_none() || one.is_some() && one <= next);
                prop_assert!(next.is_none() || z(pair[0]) >= z(pair[1]) - 1e-9);
            }
            prop_assert!(ranking.firsts().all(|first| ranking.band.contains(&first)));
            let fits: Vec<_> = ranking.order.iter().filter_map(|&at| outcome.fits[at].as_ref().map(|fit| (at, fit))).collect();
            for &a in &fits {
                for &b in &fits {
                    let there = probability_better(comparison, &outcome.scores, a, b);
                    let back = probability_better(comparison, &outcome.scores, b, a);
                    prop_assert!((0.0..=1.0).contains(&there));
                    prop_assert!((there + back - 1.0).abs() < 1e-9, "{there} {back}");
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn conditions_mark_roles_and_change_no_match(draws in draws()) {
        with_designs(1.0, |comparison| {
            let answers = sheet(comparison.pack, &draws);
            let all: Vec<usize> = (0..comparison.pack.conditions.len()).collect();
            let (before, after) = (assess(comparison, &answers), assess(comparison, &comparison.avoid(&answers, &all)));
            let z = |fits: &[Option<crate::scoring::role_match::RoleMatch>]| -> Vec<Option<u64>> {
                fits.iter().map(|fit| fit.as_ref().map(|fit| fit.z.to_bits())).collect()
            };
            prop_assert_eq!(z(&before.fits), z(&after.fits));
            prop_assert_eq!(before.ranking.order, after.ranking.order);
            Ok(())
        })?;
    }

    #[test]
    fn a_retest_with_the_same_answers_shows_no_change(draws in draws()) {
        with_designs(1.0, |comparison| {
            let outcome = assess(comparison, &sheet(comparison.pack, &draws));
            let same = comparison.retest(&outcome, &outcome);
            prop_assert!(same.once.is_empty());
            prop_assert!(same.traits.iter().all(|t| !t.is_sure() && t.from.to_bits() == t.to.to_bits()));
            prop_assert!(same.roles.iter().all(|role| role.ranks[0] == role.ranks[1]));
            prop_assert!(same.roles.iter().all(|role| role.in_band[0] == role.in_band[1]));
            Ok(())
        })?;
    }

    #[test]
    fn a_trait_set_to_its_own_score_changes_no_match(draws in draws(), k: prop::sample::Index) {
        with_designs(1.0, |comparison| {
            let outcome = assess(comparison, &sheet(comparison.pack, &draws));
            let k = k.index(outcome.scores.len());
            let Some(raw) = outcome.scores[k].raw() else { return Ok(()) };
            let (put, _) = comparison.with_scores(&outcome, &[(k, raw)]);
            for (old, new) in outcome.fits.iter().zip(&put.fits) {
                let z = |fit: &Option<crate::scoring::role_match::RoleMatch>| fit.as_ref().map(|fit| fit.z);
                prop_assert_eq!(old.is_some(), new.is_some());
                prop_assert!(z(old).zip(z(new)).is_none_or(|(a, b)| (a - b).abs() < 1e-9));
            }
            Ok(())
        })?;
    }

    #[test]
    fn every_sheet_has_its_pages_and_records(draws in draws(), width in 0_usize..300) {
        with_designs(1.0, |comparison| {
            let answers = sheet(comparison.pack, &draws);
            let outcome = assess(comparison, &answers);
            let row = RecordWriter::new(comparison).csv_line("a", &outcome);
            prop_assert_eq!(row.matches(',').count(), 4 + 4 * comparison.candidates.len());
            let record: serde_json::Value =
                serde_json::from_str(&RecordWriter::new(comparison).json_line("a", &answers, &outcome)).expect("JSON");
            prop_assert_eq!(&record["state"], outcome.state.word());
            let report = comparison.explain(&answers, &outcome);
            let doc = doc(&report, &answers, "a", &ResultOptions::default());
            let look = TextStyle { colour: false, width, ascii: width % 2 == 0 };
            for format in [PageFormat::Text, PageFormat::Html, PageFormat::Markdown] {
                let text = doc.to_format(format, look);
                prop_assert!(text.len() > 200);
                prop_assert!(!text.contains("NaN") && !text.contains("inf "));
                prop_assert!(text.chars().all(|c| c == '\n' || !unprintable(c)));
            }
            Ok(())
        })?;
    }
}
