//! Advice in words: what was found, and what to try.

use crate::psychometrics::advice::Weakness;
use crate::psychometrics::analysis::{ItemStatistics, ScaleStatistics};
use crate::psychometrics::item_rules::{
    END, IDLE, JUDGED, LEAN, RELIABLE, SCALE_END, better, idle,
};
use crate::write::terminal_text::fixed;

/// Most questions or traits with too few answers that are named; of more their number says it.
const FEW_NAMED: usize = 5;

/// A share as percent, in words: `7 %`.
#[must_use]
pub(crate) fn percent(share: f64) -> String {
    format!("{} %", fixed(100.0 * share, 0))
}

fn of(share: Option<f64>) -> String {
    share.map_or_else(String::new, percent)
}

fn number(figure: Option<f64>) -> String {
    figure.map_or_else(String::new, |r| fixed(r, 2))
}

/// That these questions or traits, each with its number of answers or people, have too few of them; none
/// where there are none. The words for both are in the plural. In one line, since it mostly holds of all.
#[must_use]
pub(crate) fn too_few(which: &[(&str, u64)], [which_are, counted]: [&str; 2]) -> Option<String> {
    let numbers = which.iter().map(|(_, number)| *number);
    let numbers = match (numbers.clone().min()?, numbers.max()?) {
        (least, most) if least == most => most.to_string(),
        (least, most) => format!("{least} to {most}"),
    };
    let subject = if which.len() > FEW_NAMED {
        format!("{} {which_are}", which.len())
    } else {
        let ids: Vec<&str> = which.iter().map(|(id, _)| *id).collect();
        ids.join(", ")
    };
    Some(format!(
        "{subject}: {numbers} {counted} are too few for a judgement (at least {JUDGED})"
    ))
}

/// What is weak about a question and what to try, in a sentence or two.
#[must_use]
pub(crate) fn item(item: &ItemStatistics, advice: Weakness) -> String {
    let rest = number(item.item_rest);
    let choice = item.puzzle.is_some();
    match advice {
        Weakness::Reversed if choice => format!(
            "those who do well elsewhere are right less often (item-rest {rest}): the key is \
             probably wrong; solve it anew"
        ),
        Weakness::Reversed => format!(
            "its answers go against those of the trait's other questions (item-rest {rest}): \
             probably `reverse` is set wrongly, or the text is read the other way round"
        ),
        Weakness::Apart => format!(
            "its answers hardly go with the trait's other questions (item-rest {rest}): it \
             measures something else, or is understood in several ways; rewrite or drop it"
        ),
        Weakness::Loose => format!(
            "its answers go with the trait's other questions less than is good (item-rest \
             {rest}): say one thing, more plainly"
        ),
        Weakness::Constant => "everyone gives the same answer: it tells nobody apart".to_owned(),
        Weakness::Floor => format!(
            "{} give the lowest answer: ask for less, so that more can agree",
            of(item.floor)
        ),
        Weakness::Ceiling => format!(
            "{} give the highest answer: ask for more, so that fewer can agree",
            of(item.ceiling)
        ),
        Weakness::ExtremeMean => {
            let mean = item.mean.unwrap_or_default();
            format!(
                "the mean answer is {} of 100: nearly everyone says much the same; ask for {}, or see whether the \
                 question leads",
                fixed(mean, 0),
                if mean > 50.0 { "more" } else { "less" }
            )
        }
        Weakness::Skipped => format!(
            "{} of {} left it out: is it clear, and does everyone know what it speaks of?",
            item.skipped,
            item.answered + item.skipped
        ),
        Weakness::Few | Weakness::Unreliable | Weakness::Better | Weakness::Worse => String::new(),
        Weakness::Miskeyed
        | Weakness::DistractorDominates
        | Weakness::Easy
        | Weakness::Hard
        | Weakness::LowDiscrimination
        | Weakness::NonfunctioningDistractor => puzzle(item, advice),
    }
}

/// The same of a question with one right option.
fn puzzle(item: &ItemStatistics, advice: Weakness) -> String {
    let Some(puzzle) = &item.puzzle else {
        return String::new();
    };
    let right = percent(puzzle.facility);
    let pull = puzzle.pull.as_deref().unwrap_or_default();
    match advice {
        Weakness::Miskeyed => {
            let better = better(item).join(", ");
            format!(
                "those who take {better} do better elsewhere than those who take {}: is the key \
                 right, and is only one option right?",
                puzzle.right
            )
        }
        Weakness::DistractorDominates => format!(
            "{} take {pull} and {right} the right one: what makes {pull} look right?",
            percent(puzzle.pull_share)
        ),
        Weakness::Easy => format!("{right} are right: it tells few apart; make it harder"),
        Weakness::Hard => format!(
            "{right} are right, hardly more than by guessing: make it easier, or look for what \
             misleads"
        ),
        Weakness::LowDiscrimination => format!(
            "those who do well elsewhere are right hardly more often than others (discrimination \
             {}): rewrite it",
            number(puzzle.discrimination)
        ),
        Weakness::NonfunctioningDistractor => format!(
            "hardly anyone takes {}: put something in its place that a mistake leads to",
            idle(item).join(", ")
        ),
        _ => String::new(),
    }
}

/// What is weak about a trait and what to try.
#[must_use]
pub(crate) fn scale(scale: &ScaleStatistics, advice: Weakness) -> String {
    let alpha = number(scale.alpha.map(|a| a.value));
    let single = number(scale.single.map(|s| s.value));
    let assumed = number(Some(scale.assumed_single));
    match advice {
        Weakness::Unreliable => format!(
            "alpha is {alpha}, below {RELIABLE}: add questions or mend the weak ones, and word a \
             score of it softly"
        ),
        Weakness::Worse => format!(
            "one question measures less well than scoring assumes ({single}, not {assumed}), so \
             errors are larger than results say: use measured norms"
        ),
        Weakness::Better => format!(
            "one question measures better than scoring assumes ({single}, not {assumed}), so \
             errors are smaller than results say: use measured norms"
        ),
        Weakness::Floor => format!(
            "over {} have the lowest score: add questions that ask for less",
            percent(SCALE_END)
        ),
        Weakness::Ceiling => format!(
            "over {} have the highest score: add questions that ask for more",
            percent(SCALE_END)
        ),
        _ => String::new(),
    }
}

/// The rules, for the end of a page.
#[must_use]
pub(crate) fn rules() -> String {
    format!(
        "A question is called weak by rules of thumb: item-rest and discrimination below .20 (Ebel \
         & Frisbie 1991), item-rest of ratings below .30 and alpha below .70 (Nunnally & Bernstein \
         1994), wrong options under {} (Haladyna & Downing 1993), over {} at one end of a trait \
         (Terwee et al. 2007); and, as judgements of this program, over {} at one end of a rating, a mean rating outside {} to {}, \
         over 95 % right, within .10 of guessing, over 10 % left out, fewer than {JUDGED} answers. \
         Correlations, discriminations, alpha and means count as weak only where they miss the rule by more \
         than chance (their 95 % interval).",
        percent(IDLE),
        percent(SCALE_END),
        percent(END),
        fixed(50.0 - LEAN, 0),
        fixed(50.0 + LEAN, 0)
    )
}

#[cfg(test)]
mod tests {
    use super::too_few;

    #[test]
    fn too_few_answers_are_told_in_one_line() {
        let words = ["questions", "answers"];
        let all: Vec<(&str, u64)> = [40; 6].map(|n| ("a", n)).into();
        for (which, told) in [
            (
                &all[..],
                "6 questions: 40 answers are too few for a judgement (at least 50)",
            ),
            (
                &[("a", 0), ("b", 49), ("c", 7)],
                "a, b, c: 0 to 49 answers are too few for a judgement (at least 50)",
            ),
            (
                &[("a", 12)],
                "a: 12 answers are too few for a judgement (at least 50)",
            ),
        ] {
            assert_eq!(too_few(which, words).as_deref(), Some(told));
        }
        assert_eq!(too_few(&[], words), None);
    }
}
