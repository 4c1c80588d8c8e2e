//! Data model of a pack: traits, questions and role profiles.
//!
//! A [`Pack`] is valid by construction (`content::check` builds it), so nothing that takes one can
//! fail. Inside a pack everything is a position; ids live only in files and in what people read.

use crate::pack::role_facts::RoleFacts;
use crate::text::language::Language;
use serde::{Deserialize, Serialize};

pub(crate) use crate::pack::role_facts::RoleIx;

/// Position of a trait in [`Pack::traits`].
pub(crate) type TraitIx = usize;
/// Position of a question in [`Pack::questions`].
pub type QuestionIx = usize;
/// Position of a condition in [`Pack::conditions`].
pub(crate) type ConditionIx = usize;

/// What a trait is about, which decides how a role's level becomes a key.
///
/// ```
/// # use rolescope_core::{Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// use rolescope_core::TraitKind;
///
/// assert_eq!(pack.traits()[0].kind(), TraitKind::Interest);
/// assert_eq!(TraitKind::Interest.word(), "interest");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub enum TraitKind {
    /// What draws a person.
    Interest,
    /// How a person wants to work.
    Preference,
    /// What a person finds easy: counts only towards roles that ask for more of it than most.
    Aptitude,
}

impl TraitKind {
    /// The word that packs use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Interest => "interest",
            Self::Preference => "preference",
            Self::Aptitude => "aptitude",
        }
    }
}

/// One dimension that is measured, such as an interest: what a low and a high score mean, its
/// questions, and the norm that the pack assumes.
///
/// ```
/// # use rolescope_core::{Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// let making = &pack.traits()[0];
/// assert_eq!((making.id(), making.name()), ("making", "Making things"));
/// assert_eq!(making.items().len(), 2); // positions of its questions
/// assert_eq!((making.mean(), making.sd()), (50.0, 22.0)); // of scores from 0 to 100
/// ```
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Trait {
    /// Kebab-case name in files.
    pub(crate) id: String,
    /// Name for people.
    pub(crate) name: String,
    /// Interest, preference or aptitude.
    pub(crate) kind: TraitKind,
    /// The field's standard term.
    pub(crate) term: String,
    /// What a low score means.
    pub(crate) low: String,
    /// What a high score means.
    pub(crate) high: String,
    /// Norm: population mean, 0..=100.
    pub(crate) mean: f64,
    /// Norm: population standard deviation of true scores, 0..=100.
    pub(crate) sd: f64,
    /// Stated reliability of a single question, 0..1; by format where absent.
    pub(crate) reliability: Option<f64>,
    /// Stated doubt of the mean, in points, 0..=50: its standard deviation around that of the people who are
    /// truly compared; by kind where absent.
    pub(crate) norm_doubt: Option<f64>,
    /// Its questions, by id, so that moving a question within its file changes no number.
    pub(crate) items: Vec<QuestionIx>,
}

/// How the questions of a section are answered.
///
/// ```
/// # use rolescope_core::{Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// use rolescope_core::AnswerFormat;
///
/// assert_eq!(pack.sections()[0].format(), AnswerFormat::Rating);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub enum AnswerFormat {
    /// A place on a scale of labels.
    Rating,
    /// One right option among several.
    Choice,
    /// A condition of work: fine, seldom, not for me.
    Condition,
}

impl AnswerFormat {
    /// Reliability of one question where its trait states none (scoring, section 2).
    #[must_use]
    pub const fn usual_reliability(self) -> f64 {
        match self {
            Self::Choice => 0.15,
            Self::Rating | Self::Condition => 0.43,
        }
    }
}

/// A run of questions with one format, instructions and labels.
///
/// ```
/// # use rolescope_core::{Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// let section = &pack.sections()[0];
/// assert_eq!(section.labels(), ["Dislike", "Not sure", "Like"]);
/// assert_eq!(section.questions(), 0..6); // positions among all questions
/// ```
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Section {
    /// The stem of its file.
    pub(crate) id: String,
    /// Heading for people.
    pub(crate) title: String,
    /// What to do, in a sentence or two.
    pub(crate) instructions: String,
    /// How its questions are answered.
    pub(crate) format: AnswerFormat,
    /// The scale, lowest first; empty for choices.
    pub(crate) labels: Vec<String>,
    /// A puzzle to practise on, for choices.
    pub(crate) practice: Option<Practice>,
    /// Its questions, in the order of asking.
    pub(crate) questions: std::ops::Range<QuestionIx>,
}

/// A puzzle to practise on; its answer is not kept.
///
/// ```
/// # use rolescope_core::{Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// // only sections of choices may have one
/// assert!(pack.sections()[0].practice().is_none());
/// ```
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Practice {
    /// What is asked.
    pub(crate) text: String,
    /// A text drawing.
    pub(crate) figure: Option<String>,
    /// The options, `a` first.
    pub(crate) options: Vec<String>,
    /// The right one, 1 for `a`.
    pub(crate) answer: u8,
    /// Why it is right.
    pub(crate) because: String,
}

/// What a question measures.
///
/// ```
/// # use rolescope_core::{Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// use rolescope_core::Measure;
///
/// let growing = pack.traits().iter().position(|t| t.id() == "growing");
/// let first = &pack.questions()[2];
/// assert!(matches!(first.measure(), Measure::Rating { of, reverse: false } if Some(*of) == growing));
/// ```
#[derive(Clone, Debug, Deserialize, Serialize)]
pub enum Measure {
    /// A place on the section's scale.
    Rating {
        /// The trait that it measures.
        of: TraitIx,
        /// Whether agreeing speaks against the trait.
        reverse: bool,
    },
    /// A question with one right option.
    Choice {
        /// The trait that it measures.
        of: TraitIx,
        /// A text drawing.
        figure: Option<String>,
        /// The options, `a` first.
        options: Vec<String>,
        /// The right one, 1 for `a`.
        answer: u8,
        /// Why it is right.
        because: String,
    },
    /// Tolerance of a condition of work; never scored.
    Condition(ConditionIx),
}

/// One question of a pack.
///
/// Answers are kept as codes: 1 for the first label, option or degree, and so on. [`Question::code_of`] and
/// [`Question::written`] turn them into what files hold and back.
///
/// ```
/// # use rolescope_core::{Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// let question = &pack.questions()[pack.question("rush-1").expect("it is there")];
/// assert_eq!(question.choices(), 3);
/// assert_eq!(question.code_of("2"), Some(2));
/// assert_eq!(question.code_of("4"), None);
/// assert_eq!(question.allowed(), "a whole number 1 to 3");
/// // how its answers read to the person, where the pack says so
/// assert_eq!(question.you_like(), Some("You would like to finish on the minute."));
/// assert_eq!(question.you_dislike(), Some("You would rather not have to finish on the minute."));
/// ```
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Question {
    /// Kebab-case name in files; for a condition question the condition's id.
    pub(crate) id: String,
    /// What is asked.
    pub(crate) text: String,
    /// Position of its section.
    pub(crate) section: usize,
    /// What it measures.
    pub(crate) measure: Measure,
    /// Weight in its trait, above 0.
    pub(crate) weight: f64,
    /// How many answers there are to choose from, 2..=9.
    pub(crate) choices: u8,
    /// Whether the quick quiz asks it first.
    pub(crate) core: bool,
    /// How an answer reads as a sentence, where a rating question says so.
    pub(crate) sentences: Option<AnswerSentences>,
}

/// How the answers to a rating question read as sentences to the person. Both are there or neither is, so
/// that a page never has words for one direction only.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct AnswerSentences {
    /// For the high answers of the question as it is asked, whether or not it is reversed.
    pub(crate) like: String,
    /// For its low answers.
    pub(crate) dislike: String,
}

impl Question {
    /// The trait that it measures, if it is scored.
    #[must_use]
    pub const fn trait_ix(&self) -> Option<TraitIx> {
        match self.measure {
            Measure::Rating { of, .. } | Measure::Choice { of, .. } => Some(of),
            Measure::Condition(_) => None,
        }
    }

    /// Whether agreeing speaks against the trait.
    #[must_use]
    pub const fn reversed(&self) -> bool {
        matches!(self.measure, Measure::Rating { reverse: true, .. })
    }

    /// Its format.
    #[must_use]
    pub const fn format(&self) -> AnswerFormat {
        match self.measure {
            Measure::Rating { .. } => AnswerFormat::Rating,
            Measure::Choice { .. } => AnswerFormat::Choice,
            Measure::Condition(_) => AnswerFormat::Condition,
        }
    }
}

/// A role and its weighted trait profile.
///
/// ```
/// # use rolescope_core::{Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// let joiner = &pack.roles()[pack.role("joiner").expect("it is there")];
/// assert_eq!((joiner.name(), joiner.family()), ("Joiner", "craft"));
/// assert_eq!(joiner.levels(), [9.0, 2.0, 6.0]); // 0 to 10, by trait
/// assert_eq!(joiner.summary(), "Builds with wood");
/// ```
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Role {
    /// The stem of its file.
    pub(crate) id: String,
    /// Name for people.
    pub(crate) name: String,
    /// Kebab-case word for the group that it belongs to.
    pub(crate) family: String,
    /// What people read about it.
    pub(crate) facts: RoleFacts,
    /// Level of each trait, 0..=10, relative to the other roles.
    pub(crate) levels: Vec<f64>,
    /// Weight of each trait, 0 or more.
    pub(crate) weights: Vec<f64>,
    /// How far each level may be off, in points: the standard deviation of its error, 0 or more.
    pub(crate) spreads: Vec<f64>,
    /// How far what is asked of single rating questions is off the level of their trait, in level points, -10..=10 and
    /// not 0; by id of the question.
    pub(crate) deviations: Vec<(QuestionIx, f64)>,
    /// Exposure to each condition, 0..=3.
    pub(crate) exposures: Vec<u8>,
}

/// The least that may be paid by law: figures of pay below it are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize, Serialize)]
pub(crate) struct MinimumPay {
    /// Dollars an hour.
    pub(crate) hour: f64,
    /// The year from which it holds.
    pub(crate) year: u16,
}

/// A questionnaire and what its answers are compared with: traits, sections of questions, roles,
/// conditions of work.
///
/// Valid by construction: it comes only from [`Pack::parse`], or from what [`Pack::to_layout`] kept of such a one, and
/// nothing of it can be set.
///
/// ```
/// # use rolescope_core::{Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// assert_eq!((pack.name(), pack.version()), ("Two crafts", "1"));
/// assert_eq!((pack.traits().len(), pack.questions().len(), pack.roles().len()), (3, 6, 2));
/// assert_eq!(pack.families(), ["craft"]);
/// assert!(pack.fingerprint().starts_with("sha256:"));
/// ```
#[derive(Clone, Debug)]
pub struct Pack {
    /// Name of the pack, as receipts and answer files state it.
    pub(crate) name: String,
    /// Its name in the language that it is shown in.
    pub(crate) title: String,
    /// Its version.
    pub(crate) version: String,
    /// Credit that its data ask for.
    pub(crate) attribution: Option<String>,
    /// What the answers are for and who sees them, at the top of paper forms; a sentence of the program's
    /// own where there is none.
    pub(crate) purpose: Option<String>,
    /// Where wider guidance is to be had, for those whom no role fits.
    pub(crate) elsewhere: Option<String>,
    /// The least that may be paid by law, where the pack states it.
    pub(crate) minimum_pay: Option<MinimumPay>,
    /// Traits, as listed.
    pub(crate) traits: Vec<Trait>,
    /// Sections, in the order of asking.
    pub(crate) sections: Vec<Section>,
    /// Questions, in the order of asking.
    pub(crate) questions: Vec<Question>,
    /// The question of each condition.
    pub(crate) conditions: Vec<QuestionIx>,
    /// Roles, by id.
    pub(crate) roles: Vec<Role>,
    /// `sha256:...` over everything that scoring depends on.
    pub(crate) fingerprint: String,
    /// The language of its texts.
    pub(crate) language: Language,
}

impl Pack {
    /// Lists each trait's items, by id.
    pub(crate) fn list_items(&mut self) {
        for (k, item_trait) in self.traits.iter_mut().enumerate() {
            item_trait.items = (0..self.questions.len())
                .filter(|&q| self.questions[q].trait_ix() == Some(k))
                .collect();
            item_trait
                .items
                .sort_by(|&a, &b| self.questions[a].id.cmp(&self.questions[b].id));
        }
    }

    /// The role with this id.
    #[must_use]
    pub fn role(&self, id: &str) -> Option<RoleIx> {
        self.roles.iter().position(|role| role.id == id)
    }

    /// The question with this id.
    #[must_use]
    pub fn question(&self, id: &str) -> Option<QuestionIx> {
        self.questions.iter().position(|question| question.id == id)
    }

    /// The families that roles belong to, sorted.
    #[must_use]
    pub fn families(&self) -> Vec<&str> {
        let mut families: Vec<&str> = self.roles.iter().map(|r| r.family.as_str()).collect();
        families.sort_unstable();
        families.dedup();
        families
    }

    /// Format of a trait's questions; ratings where it has none.
    #[must_use]
    pub fn format_of(&self, k: TraitIx) -> AnswerFormat {
        self.traits[k]
            .items
            .first()
            .map_or(AnswerFormat::Rating, |&q| self.questions[q].format())
    }
}
