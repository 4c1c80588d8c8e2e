//! Lints: advice to the author of a pack about what is valid but probably unintended.

use crate::pack::advice::Lint;
use crate::pack::date::Date;
use crate::pack::lint_facts::facts;
use crate::pack::model::{AnswerFormat, Measure, Pack, Question, TraitKind};
use crate::scoring::comparison::{Comparison, population_sd};

/// Keys of two roles closer than this (cosine) are one profile twice.
const DUPLICATE: f64 = 0.9;
/// Levels of a trait with a standard deviation below this hardly separate roles.
const FLAT: f64 = 1.0;
/// A trait whose full score is less reliable than this has too few questions.
const RELIABLE: f64 = 0.5;
/// Grade of schools in the United States above which a section's questions are hard to read: age 15.
const GRADE: f64 = 9.0;
/// Words that suppose a gender.
const GENDERED: &[&str] = &[
    "he", "she", "him", "her", "his", "hers", "himself", "herself", "man", "woman", "men", "women",
    "boy", "girl", "boys", "girls", "guys", "lady", "ladies", "chairman", "salesman", "mankind",
];

impl Comparison<'_> {
    /// All advice about a pack, as of a day.
    #[must_use]
    pub fn lint(&self, today: Date) -> Vec<Lint> {
        let mut all = Vec::new();
        profiles(self, &mut all);
        traits(self, &mut all);
        letters(self.pack, &mut all);
        sentences(self.pack, &mut all);
        // both know English alone
        if self.pack.language().starts_with("en") {
            reading(self.pack, &mut all);
            words(self.pack, &mut all);
        }
        facts(self.pack, today, &mut all);
        conditions(self.pack, &mut all);
        all
    }
}

fn profiles(comparison: &Comparison<'_>, all: &mut Vec<Lint>) {
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    for (a, key_a) in comparison.keys.iter().enumerate() {
        for (b, key_b) in comparison.keys.iter().enumerate().skip(a + 1) {
            let lengths = (dot(key_a, key_a) * dot(key_b, key_b)).sqrt();
            if dot(key_a, key_b) > DUPLICATE * lengths {
                all.push(Lint {
                    note: false,
                    found: format!(
                        "{} and {} have nearly the same profile",
                        comparison.role(a).id,
                        comparison.role(b).id
                    ),
                    help: "give each what sets it apart, or make them one role",
                });
            }
        }
    }
}

fn traits(comparison: &Comparison<'_>, all: &mut Vec<Lint>) {
    let pack = comparison.pack;
    let reversed = |k: usize| {
        let items = &pack.traits[k].items;
        let n = items
            .iter()
            .filter(|&&q| pack.questions[q].reversed())
            .count();
        (n, items.len())
    };
    let rated_like = |kind: TraitKind| {
        (0..pack.traits.len()).filter(move |&k| {
            pack.traits[k].kind == kind && pack.format_of(k) == AnswerFormat::Rating
        })
    };
    for (k, t) in pack.traits.iter().enumerate() {
        let levels: Vec<f64> = pack.roles.iter().map(|role| role.levels[k]).collect();
        if population_sd(&levels) < FLAT {
            all.push(Lint {
                note: false,
                found: format!("{} hardly separates the roles", t.id),
                help: "let its levels spread, or drop the trait",
            });
        }
        let weight: f64 = t.items.iter().map(|&q| pack.questions[q].weight).sum();
        if comparison.norms[k].reliability_of(weight) < RELIABLE {
            all.push(Lint {
                note: false,
                found: format!("{} has too few questions for a reliability of .5", t.id),
                help: "write more questions for it",
            });
        }
        if pack.format_of(k) == AnswerFormat::Rating {
            let (n, of) = reversed(k);
            let mixed_elsewhere = rated_like(t.kind).any(|other| {
                let (n, of) = reversed(other);
                n > 0 && n < of
            });
            if n == of || (n == 0 && mixed_elsewhere) {
                all.push(Lint {
                    note: false,
                    found: format!("{n} of {of} questions of {} are reversed", t.id),
                    help: "reverse some, not all, as in its fellow traits: liking everything is \
                           no profile",
                });
            }
        }
    }
}

fn letters(pack: &Pack, all: &mut Vec<Lint>) {
    // by number of options, for a guess is as good as its options are many
    for options in 2..=8_u8 {
        let right: Vec<char> = pack
            .questions
            .iter()
            .filter(|q| q.choices == options)
            .filter_map(|q| match q.measure {
                Measure::Choice { answer, .. } => Some(char::from(b'a' + answer - 1)),
                _ => None,
            })
            .collect();
        let k = usize::from(options);
        for letter in ('a'..).take(k) {
            let n = right.iter().filter(|&&a| a == letter).count();
            if right.len() >= 2 * k && (n * k > 2 * right.len() || n == 0) {
                all.push(Lint {
                    note: false,
                    found: format!("{n} of {} right answers are {letter}", right.len()),
                    help: "spread the right letters evenly",
                });
            }
        }
    }
}

/// Automated Readability Index of some sentences, a school grade (Senter & Smith 1967). It counts
/// letters and words, so it needs no guess at syllables.
pub(crate) fn readability<'t>(texts: impl Iterator<Item = &'t str>) -> f64 {
    let (mut characters, mut words, mut sentences) = (0.0, 0.0, 0.0);
    for text in texts {
        for word in text.split_whitespace() {
            let letters = word.chars().filter(|c| c.is_alphanumeric()).count();
            if letters > 0 {
                words += 1.0;
                characters += f64::from(u32::try_from(letters).unwrap_or(u32::MAX));
            }
            if word.ends_with(['.', '?', '!']) {
                sentences += 1.0;
            }
        }
        if !text.trim_end().ends_with(['.', '?', '!']) {
            sentences += 1.0;
        }
    }
    if words == 0.0 {
        return 0.0;
    }
    4.71 * characters / words + 0.5 * words / sentences - 21.43
}

/// Sections where some rating questions say how their answers read and others do not: a page would mix
/// sentences with quoted questions.
fn sentences(pack: &Pack, all: &mut Vec<Lint>) {
    for section in &pack.sections {
        let questions = &pack.questions[section.questions.clone()];
        let rated = || {
            let rating = |q: &&Question| q.format() == AnswerFormat::Rating;
            questions.iter().filter(rating)
        };
        let without: Vec<&str> = rated()
            .filter(|q| q.sentences.is_none())
            .map(|q| q.id.as_str())
            .collect();
        let of = rated().count();
        if !without.is_empty() && without.len() < of {
            all.push(Lint {
                note: false,
                found: format!(
                    "{} of {of} questions of \"{}\" are without `you_like` and `you_dislike`: {}",
                    without.len(),
                    section.title,
                    without.join(", ")
                ),
                help: "give them to every question of the section, or to none",
            });
        }
    }
}

fn reading(pack: &Pack, all: &mut Vec<Lint>) {
    for section in &pack.sections {
        let questions = &pack.questions[section.questions.clone()];
        let asked = readability(questions.iter().map(Question::text));
        let told = questions
            .iter()
            .flat_map(|q| [q.you_like(), q.you_dislike()])
            .flatten();
        for (whose, verb, grade) in [
            ("", "reads", asked),
            ("the sentences for answers to ", "read", readability(told)),
        ] {
            if grade > GRADE {
                all.push(Lint {
                    note: false,
                    found: format!(
                        "{whose}\"{}\" {verb} at United States school grade {grade:.1} (Automated Readability Index)",
                        section.title
                    ),
                    help: "shorter words and sentences: a 15-year-old should follow at once",
                });
            }
        }
    }
}

fn words(pack: &Pack, all: &mut Vec<Lint>) {
    let gendered = |text: &str| {
        text.split(|c: char| !c.is_alphabetic())
            .map(str::to_lowercase)
            .find(|word| GENDERED.contains(&word.as_str()))
    };
    for question in &pack.questions {
        let texts = [
            Some(question.text.as_str()),
            question.you_like(),
            question.you_dislike(),
        ];
        if let Some(word) = texts.into_iter().flatten().find_map(gendered) {
            all.push(Lint {
                note: false,
                found: format!("question {} says \"{word}\"", question.id),
                help: "ask without supposing a gender",
            });
        }
    }
    for role in &pack.roles {
        let facts = &role.facts;
        let texts = [&facts.summary, &facts.description]
            .into_iter()
            .chain(&facts.typical_day);
        if let Some(word) = texts.map(String::as_str).find_map(gendered) {
            all.push(Lint {
                note: true,
                found: format!("role {} says \"{word}\"", role.id),
                help: "fine where it is about whom the work serves; not about who does it",
            });
        }
    }
}

fn conditions(pack: &Pack, all: &mut Vec<Lint>) {
    for (c, &q) in pack.conditions.iter().enumerate() {
        if pack.roles.iter().all(|role| role.exposures[c] == 0) {
            all.push(Lint {
                note: false,
                found: format!("no role has the condition {}", pack.questions[q].id),
                help: "state exposures, or take the question out",
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::readability;

    #[test]
    fn readability_follows_its_formula() {
        // 6 words, 24 letters, 1 sentence: 4.71 * 4 + 0.5 * 6 - 21.43
        let grade = readability(["Keep your hands very very still."].into_iter());
        assert!(
            (grade - (4.71 * 26.0 / 6.0 + 3.0 - 21.43)).abs() < 1e-9,
            "{grade}"
        );
        assert!(readability(std::iter::empty()).abs() < 1e-9);
    }
}
