//! What a pack says, for whoever reads it from outside of this crate: nothing can be changed, so a pack
//! stays as valid as it was when it was read.

use crate::pack::model::{
    AnswerFormat, Measure, Pack, Practice, Question, QuestionIx, Role, Section, Trait, TraitKind,
};
use crate::text::language::Phrase;

impl Pack {
    /// Name of the pack, the same in every language: receipts and answer files state it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its name in its [`language`](Self::language), for people.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Its version.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Credit that its data ask for.
    #[must_use]
    pub fn attribution(&self) -> Option<&str> {
        self.attribution.as_deref()
    }

    /// Where wider guidance is to be had, for those whom no role fits.
    #[must_use]
    pub fn elsewhere(&self) -> Option<&str> {
        self.elsewhere.as_deref()
    }

    /// Traits, as listed.
    #[must_use]
    pub fn traits(&self) -> &[Trait] {
        &self.traits
    }

    /// Sections, in the order of asking.
    #[must_use]
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// Questions, in the order of asking.
    #[must_use]
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// The question of each condition.
    #[must_use]
    pub fn conditions(&self) -> &[QuestionIx] {
        &self.conditions
    }

    /// Roles, by id.
    #[must_use]
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// `sha256:...` over everything that scoring depends on.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Tag of the language of its texts: `en-NZ`.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language.tag
    }

    /// Whether it is shown in another language than the one that it was written in.
    #[must_use]
    pub const fn is_translated(&self) -> bool {
        !self.language.own
    }

    /// How many texts and interface strings there are to be put into its language, and the keys of those that are
    /// not, in the order of the pack; none of the language that the pack was written in, whatever interface strings it
    /// has for that.
    #[must_use]
    pub fn untranslated(&self) -> (usize, &[String]) {
        if self.language.own {
            (0, &[])
        } else {
            (self.language.texts, &self.language.missing)
        }
    }

    /// A message of the interface that shows no values, where the pack has it in its own words; none where it is that
    /// of the program.
    #[must_use]
    pub fn own_words(&self, id: &str) -> Option<String> {
        self.language.own_words(id)
    }

    /// A message of the interface in its language, for the values that it shows.
    #[must_use]
    pub fn phrase(&self, id: &'static str) -> Phrase<'_> {
        self.language.phrase(id)
    }

    /// A message of the interface in its language that shows no values.
    #[must_use]
    pub fn say(&self, id: &'static str) -> String {
        self.language.phrase(id).to_string()
    }
}

impl Trait {
    /// Kebab-case name in files.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Name for people.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Interest, preference or aptitude.
    #[must_use]
    pub const fn kind(&self) -> TraitKind {
        self.kind
    }

    /// The field's standard term.
    #[must_use]
    pub fn term(&self) -> &str {
        &self.term
    }

    /// What a low score means.
    #[must_use]
    pub fn low(&self) -> &str {
        &self.low
    }

    /// What a high score means.
    #[must_use]
    pub fn high(&self) -> &str {
        &self.high
    }

    /// Norm: population mean, 0..=100.
    #[must_use]
    pub const fn mean(&self) -> f64 {
        self.mean
    }

    /// Norm: population standard deviation of true scores, 0..=100.
    #[must_use]
    pub const fn sd(&self) -> f64 {
        self.sd
    }

    /// Stated reliability of a single question, 0..1; by format where absent.
    #[must_use]
    pub const fn reliability(&self) -> Option<f64> {
        self.reliability
    }

    /// Stated doubt of the norm's mean, in points; by kind where absent.
    #[must_use]
    pub const fn norm_doubt(&self) -> Option<f64> {
        self.norm_doubt
    }

    /// Its questions, by id, so that moving a question within its file changes no number.
    #[must_use]
    pub fn items(&self) -> &[QuestionIx] {
        &self.items
    }
}

impl Section {
    /// Heading for people.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What to do, in a sentence or two.
    #[must_use]
    pub fn instructions(&self) -> &str {
        &self.instructions
    }

    /// How its questions are answered.
    #[must_use]
    pub const fn format(&self) -> AnswerFormat {
        self.format
    }

    /// The scale, lowest first; empty for choices.
    #[must_use]
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// A puzzle to practise on, for choices.
    #[must_use]
    pub const fn practice(&self) -> Option<&Practice> {
        self.practice.as_ref()
    }

    /// Its questions, in the order of asking.
    #[must_use]
    pub fn questions(&self) -> std::ops::Range<QuestionIx> {
        self.questions.clone()
    }
}

impl Practice {
    /// What is asked.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// A text drawing.
    #[must_use]
    pub fn figure(&self) -> Option<&str> {
        self.figure.as_deref()
    }

    /// The options, `a` first.
    #[must_use]
    pub fn options(&self) -> &[String] {
        &self.options
    }

    /// The right one, 1 for `a`.
    #[must_use]
    pub const fn answer(&self) -> u8 {
        self.answer
    }

    /// Why it is right.
    #[must_use]
    pub fn because(&self) -> &str {
        &self.because
    }
}

impl Question {
    /// Kebab-case name in files; for a condition question the condition's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What is asked.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Position of its section.
    #[must_use]
    pub const fn section(&self) -> usize {
        self.section
    }

    /// What it measures.
    #[must_use]
    pub const fn measure(&self) -> &Measure {
        &self.measure
    }

    /// Weight in its trait, above 0.
    #[must_use]
    pub const fn weight(&self) -> f64 {
        self.weight
    }

    /// How many answers there are to choose from, 2..=9.
    #[must_use]
    pub const fn choices(&self) -> u8 {
        self.choices
    }

    /// Whether the quick quiz asks it first.
    #[must_use]
    pub const fn core(&self) -> bool {
        self.core
    }

    /// How a high answer reads as a sentence to the person ("You would like building a shelf."). High means
    /// above the middle of the section's labels for the question as it is asked: in a reversed question it
    /// speaks against the trait. None where the pack has no such sentence, and for choices and conditions;
    /// there exactly where [`Question::you_dislike`] is.
    #[must_use]
    pub fn you_like(&self) -> Option<&str> {
        self.sentences.as_ref().map(|s| s.like.as_str())
    }

    /// How a low answer, one below the middle of the section's labels, reads as a sentence to the person
    /// ("You would rather not build a shelf."). There exactly where [`Question::you_like`] is.
    #[must_use]
    pub fn you_dislike(&self) -> Option<&str> {
        self.sentences.as_ref().map(|s| s.dislike.as_str())
    }
}

impl Role {
    /// The stem of its file.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Name for people.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Kebab-case word for the group that it belongs to.
    #[must_use]
    pub fn family(&self) -> &str {
        &self.family
    }

    /// Level of each trait, 0..=10, relative to the other roles.
    #[must_use]
    pub fn levels(&self) -> &[f64] {
        &self.levels
    }

    /// Weight of each trait, 0 or more.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Exposure to each condition, 0..=3.
    #[must_use]
    pub fn exposures(&self) -> &[u8] {
        &self.exposures
    }
}

/// # Facts
///
/// What people read about a role. Nothing of it is scored, and [`Role::page`] has all of it.
///
/// ```
/// # use rolescope_core::{Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// let role = &pack.roles()[1];
/// assert_eq!(role.typical_day(), ["Cut wood.", "Fit a door."]);
/// assert!(role.is_open());
/// for (other, difference) in role.neighbours() {
///     println!("{}: {difference}", pack.roles()[other].name());
/// }
/// for (title, address) in role.sources() {
///     println!("{title}: {address}");
/// }
/// ```
impl Role {
    /// The role in one line.
    #[must_use]
    pub fn summary(&self) -> &str {
        &self.facts.summary
    }

    /// The role in a paragraph.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.facts.description
    }

    /// Things done on most days.
    #[must_use]
    pub fn typical_day(&self) -> &[String] {
        &self.facts.typical_day
    }

    /// Other titles.
    #[must_use]
    pub fn also_known_as(&self) -> &[String] {
        &self.facts.also_known_as
    }

    /// Title in te reo Māori, from a source.
    #[must_use]
    pub fn maori_name(&self) -> Option<&str> {
        self.facts.maori_name.as_deref()
    }

    /// What stands in the way.
    #[must_use]
    pub fn limits(&self) -> &[String] {
        &self.facts.limits
    }

    /// Whether one can train for the role, or start in it, in the country of the pack.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.facts.reach.is_open()
    }

    /// The same as records say it: `open`, `no-training` where nobody trains for it there, or `area` where it is
    /// no job of its own but an area of another role.
    #[must_use]
    pub fn reach(&self) -> &'static str {
        self.facts.reach.state.word()
    }

    /// Roles easily confused with this one, by their positions in [`Pack::roles`], and what tells the two apart.
    pub fn neighbours(&self) -> impl Iterator<Item = (usize, &str)> {
        let all = self.facts.neighbours.iter();
        all.map(|n| (n.role, n.difference.as_str()))
    }

    /// Where the facts come from: the title of each page and its address.
    pub fn sources(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.facts.sources.iter();
        all.map(|source| (source.title.as_str(), source.url.as_str()))
    }
}
