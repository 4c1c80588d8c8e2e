//! Random packs and people for properties: few levels, so that matches tie; weights, identical roles,
//! sparse profiles, any number of labels and options.

use crate::pack::model::{AnswerFormat, Measure, Pack, Question, Role, Section, Trait, TraitKind};
use crate::scoring::answers::{Answers, DONT_KNOW, UNANSWERED};
use crate::simulation::respondents::SeededRng;
use crate::tests::help::small;

fn pick<T: Copy>(chance: &mut SeededRng, of: &[T]) -> T {
    let n = u8::try_from(of.len()).expect("a few");
    of[usize::from(chance.below(n))]
}

/// A pack with that many roles; it need not pass `check`, for scoring must hold for any.
pub(crate) fn pack(seed: u64, roles: usize) -> Pack {
    let mut chance = SeededRng::new(seed);
    let mut pack = small();
    let (a_trait, a_role) = (pack.traits[0].clone(), pack.roles[0].clone());
    let conditions: Vec<Question> = (pack.conditions.iter())
        .map(|&q| pack.questions[q].clone())
        .collect();
    let asks = (pack.sections.iter())
        .find(|s| s.format == AnswerFormat::Condition)
        .cloned();
    (pack.traits, pack.sections, pack.questions) = (Vec::new(), Vec::new(), Vec::new());
    for k in 0..3 + usize::from(chance.below(12)) {
        add_trait(&mut pack, k, &a_trait, &mut chance);
    }
    let start = pack.questions.len();
    for question in conditions {
        let section = pack.sections.len();
        pack.questions.push(Question {
            section,
            ..question
        });
    }
    pack.conditions = (start..pack.questions.len()).collect();
    pack.sections.extend(asks.map(|section| Section {
        questions: start..start + pack.conditions.len(),
        ..section
    }));
    pack.roles.clear();
    for r in 0..roles {
        let role = role(&pack, r, &a_role, &mut chance);
        pack.roles.push(role);
    }
    pack
}

fn add_trait(pack: &mut Pack, k: usize, like: &Trait, chance: &mut SeededRng) {
    let rating = chance.below(4) > 0;
    let labels = 2 + chance.below(8);
    // questions of half of the traits are worth alike: these are counted, others are summed
    let alike = chance.below(2) == 0;
    let (mut weight, mut options) = (1.0, 2);
    let start = pack.questions.len();
    for i in 0..usize::from(pick(chance, &[0_u8, 1, 4, 4, 5, 6])) {
        if i == 0 || !alike {
            weight = pick(chance, &[1.0, 1.0, 0.5, 2.0, 1.7]);
            options = 2 + chance.below(7);
        }
        let choices = if rating { labels } else { options };
        let measure = if rating {
            let reverse = chance.below(3) == 0;
            Measure::Rating { of: k, reverse }
        } else {
            Measure::Choice {
                of: k,
                figure: None,
                options: vec![String::new(); usize::from(choices)],
                answer: 1 + chance.below(choices),
                because: String::new(),
            }
        };
        pack.questions.push(Question {
            id: format!("t{k:02}-{i}"),
            text: String::new(),
            section: pack.sections.len(),
            measure,
            weight,
            choices,
            core: false,
            sentences: None,
        });
    }
    let questions = start..pack.questions.len();
    pack.traits.push(Trait {
        id: format!("t{k:02}"),
        kind: pick(
            chance,
            &[
                TraitKind::Interest,
                TraitKind::Preference,
                TraitKind::Aptitude,
            ],
        ),
        mean: pick(chance, &[50.0, 50.0, 62.5, 31.3]),
        sd: pick(chance, &[22.0, 16.5, 9.7]),
        reliability: pick(chance, &[None, Some(0.2), Some(0.61)]),
        norm_doubt: pick(chance, &[None, Some(0.0), Some(7.5), Some(40.0)]),
        items: questions.clone().collect(),
        ..like.clone()
    });
    let mut section = section(rating, labels);
    section.questions = questions;
    pack.sections.push(section);
}

fn section(rating: bool, labels: u8) -> Section {
    let format = if rating {
        AnswerFormat::Rating
    } else {
        AnswerFormat::Choice
    };
    let mut sections = small().sections.into_iter();
    let mut section = (sections.find(|s| s.format == format)).expect("the small pack has both");
    if rating {
        section.labels = vec![String::new(); usize::from(labels)];
    }
    section
}

fn role(pack: &Pack, r: usize, like: &Role, chance: &mut SeededRng) -> Role {
    let mut role = like.clone();
    role.id = format!("r{r:03}");
    // names in another order than ids
    role.name = format!("{:03} of {r}", r * 37 % 101);
    role.family = String::from(pick(chance, &["one", "other"]));
    let traits = pack.traits.len();
    role.levels = (0..traits).map(|_| f64::from(chance.below(3))).collect();
    role.weights = (0..traits)
        .map(|_| pick(chance, &[1.0, 1.0, 1.0, 0.0, 2.0, 0.3]))
        .collect();
    role.spreads = (0..traits)
        .map(|_| pick(chance, &[1.0, 1.0, 0.0, 0.5, 3.0]))
        .collect();
    role.exposures = (pack.conditions.iter()).map(|_| chance.below(4)).collect();
    if r > 0 && chance.below(4) == 0 {
        // a twin, or one that differs in a single trait
        let other = &pack.roles[usize::from(chance.below(u8::try_from(r).unwrap_or(u8::MAX)))];
        (role.levels, role.weights) = (other.levels.clone(), other.weights.clone());
        if chance.below(2) == 0 {
            let k = usize::from(chance.below(u8::try_from(traits).expect("a few")));
            role.levels[k] = f64::from(chance.below(3));
        }
    }
    role
}

/// The same pack with deviations of single questions, few values of them, so that matches still tie.
pub(crate) fn deviating(pack: &Pack, chance: &mut SeededRng) -> Pack {
    let mut pack = pack.clone();
    let deviates = |q: &usize| {
        let question = &pack.questions[*q];
        let kind = question.trait_ix().map(|k| pack.traits[k].kind);
        question.format() == AnswerFormat::Rating && kind != Some(TraitKind::Aptitude)
    };
    let questions: Vec<usize> = (0..pack.questions.len()).filter(deviates).collect();
    for role in &mut pack.roles {
        let points = questions
            .iter()
            .map(|&q| (q, pick(chance, &[0.0, 0.0, 0.0, -2.0, 1.5, 9.0])));
        role.deviations = points.filter(|of| of.1 != 0.0).collect();
    }
    pack
}

/// The answers of someone: honest, blank in places or wholly, always the same, or in the middle.
pub(crate) fn person(pack: &Pack, chance: &mut SeededRng) -> Answers {
    let mut answers = Answers::none(pack);
    answers.pace = pick(chance, &[None, Some(1.4999), Some(1.5), Some(9.0)]);
    let habit = chance.below(8);
    let asked: Vec<bool> = pack.traits.iter().map(|_| chance.below(3) > 0).collect();
    for (q, question) in pack.questions.iter().enumerate() {
        let letters = question.choices + u8::from(question.format() == AnswerFormat::Choice);
        let any = 1 + chance.below(letters);
        let code = match habit {
            0 => UNANSWERED,
            1 => 1,
            2 => question.choices,
            3 => question.choices.div_ceil(2),
            // whole traits left out: few of them tell roles apart, and many tie
            4 | 5 if question.trait_ix().is_some_and(|k| !asked[k]) => UNANSWERED,
            6 if chance.below(3) == 0 => UNANSWERED,
            _ if any > question.choices => DONT_KNOW,
            _ => any,
        };
        answers.put(q, code);
    }
    answers
}
