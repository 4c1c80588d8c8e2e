//! What people read about a role, and act on: each fact typed, with its source and its dates.
//!
//! Everything but a summary, a description and a day is optional: a pack states what its sources
//! say and leaves out the rest. Nothing here is scored.

use crate::pack::date::Date;
use serde::{Deserialize, Serialize};

/// Position of a role in `Pack::roles`.
pub(crate) type RoleIx = usize;
/// Position of a source in [`RoleFacts::sources`].
pub(crate) type SourceIx = usize;

/// What a fact rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Basis {
    /// Its source.
    pub(crate) source: Option<SourceIx>,
    /// The day it was last read there, where the fact says so itself.
    pub(crate) checked: Option<Date>,
    /// The day by which it must be read again, where the fact says so itself.
    pub(crate) review_by: Option<Date>,
}

/// Where facts about a role come from.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Source {
    /// What facts name it by; none in a list of the older form.
    pub(crate) key: Option<String>,
    /// Title of the page.
    pub(crate) title: String,
    /// Its address.
    pub(crate) url: String,
    /// The year it speaks of, where known.
    pub(crate) year: Option<u16>,
    /// The day its text was last read.
    pub(crate) checked: Option<Date>,
    /// The day by which it must be read again.
    pub(crate) review_by: Option<Date>,
    /// Whose fact it is, where the address is a copy on somebody else's site.
    pub(crate) copied_from: Option<String>,
    /// Names of the profile's keys that it backs.
    pub(crate) supports: Vec<String>,
}

/// Whether a way leads into the role in the country of the pack.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) enum ReachState {
    /// One can train for it or start in it.
    #[default]
    Open,
    /// Nobody trains for it here.
    NoTraining,
    /// No job of its own: an area of another role.
    Area,
}

impl ReachState {
    /// Every state with the word that packs and records use.
    pub(crate) const WORDS: [(&'static str, Self); 3] = [
        ("open", Self::Open),
        ("no-training", Self::NoTraining),
        ("area", Self::Area),
    ];

    /// The word that packs and records use.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::NoTraining => "no-training",
            Self::Area => "area",
        }
    }
}

/// Whether a way leads into the role, and the nearest one that does.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Reach {
    /// The state.
    pub(crate) state: ReachState,
    /// The nearest rung that is open, or the role of which this one is an area.
    pub(crate) role: Option<RoleIx>,
    /// What else is to be said.
    pub(crate) text: Option<String>,
    /// What it rests on.
    pub(crate) basis: Basis,
}

impl Reach {
    /// Whether one can train for the role here or start in it.
    pub(crate) const fn is_open(&self) -> bool {
        matches!(self.state, ReachState::Open)
    }
}

/// How to get in.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Entry {
    /// What is required, each in a short line.
    pub(crate) must: Vec<String>,
    /// What helps.
    pub(crate) helpful: Vec<String>,
    /// The way for a school leaver.
    pub(crate) from_school: Option<String>,
    /// The way for someone who comes from other work.
    pub(crate) from_work: Option<String>,
    /// What the other keys cannot say.
    pub(crate) text: Option<String>,
    /// The page of the authority that says how to get in.
    pub(crate) url: Option<String>,
    /// What it rests on.
    pub(crate) basis: Basis,
}

/// How much a subject is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) enum Need {
    /// A provider turns away whoever lacks it.
    Required,
    /// It helps.
    Preferred,
}

impl Need {
    /// Every need with the word that packs use.
    pub(crate) const WORDS: [(&'static str, Self); 2] =
        [("required", Self::Required), ("preferred", Self::Preferred)];
}

/// A school subject.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Subject {
    /// Its name.
    pub(crate) name: String,
    /// Level of the National Certificate of Educational Achievement, 1..=3.
    pub(crate) level: Option<u8>,
    /// How much it is wanted.
    pub(crate) need: Option<Need>,
    /// What it rests on.
    pub(crate) basis: Basis,
}

/// The training.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Study {
    /// Years until one may work in one's own name, 0..=15.
    pub(crate) years: Option<f64>,
    /// The same where it takes longest.
    pub(crate) years_at_most: Option<f64>,
    /// Level of the qualification in the national framework, 1..=10.
    pub(crate) level: Option<u8>,
    /// Name of the qualification.
    pub(crate) name: Option<String>,
    /// What the other keys cannot say.
    pub(crate) text: Option<String>,
    /// What it rests on.
    pub(crate) basis: Basis,
}

/// A place that trains for the role.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Provider {
    /// Its name.
    pub(crate) name: String,
    /// Where it is.
    pub(crate) town: Option<String>,
    /// Its programme.
    pub(crate) programme: Option<String>,
    /// The programme's page.
    pub(crate) url: Option<String>,
    /// Fee in dollars a year, and the year it is of.
    pub(crate) fee: Option<(f64, u16)>,
    /// When it takes people in and when applications close.
    pub(crate) intake: Option<String>,
    /// What it rests on.
    pub(crate) basis: Basis,
}

/// Registration.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Registration {
    /// Whether the law asks for it; none where a pack does not say.
    pub(crate) required: Option<bool>,
    /// The body that registers.
    pub(crate) body: Option<String>,
    /// Its page.
    pub(crate) url: Option<String>,
    /// What the other keys cannot say.
    pub(crate) text: Option<String>,
    /// What it rests on.
    pub(crate) basis: Basis,
}

/// How far someone is in a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) enum PayStage {
    /// In training.
    Trainee,
    /// Qualified.
    Qualified,
    /// With years or duties beyond that.
    Senior,
}

impl PayStage {
    /// Every stage with the word that packs use.
    pub(crate) const WORDS: [(&'static str, Self); 3] = [
        ("trainee", Self::Trainee),
        ("qualified", Self::Qualified),
        ("senior", Self::Senior),
    ];
}

/// What pay is counted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) enum PayPeriod {
    /// Dollars a year.
    #[default]
    Year,
    /// Dollars an hour.
    Hour,
}

impl PayPeriod {
    /// Every period with the word that packs use.
    pub(crate) const WORDS: [(&'static str, Self); 2] =
        [("year", Self::Year), ("hour", Self::Hour)];
}

/// What an employer pays at a stage.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Pay {
    /// The stage; none for the whole range.
    pub(crate) stage: Option<PayStage>,
    /// The least, in dollars.
    pub(crate) low: Option<f64>,
    /// What most get.
    pub(crate) usual: Option<f64>,
    /// The most.
    pub(crate) high: Option<f64>,
    /// What the figures are counted by.
    pub(crate) per: PayPeriod,
    /// Who pays.
    pub(crate) employer: Option<String>,
    /// The year of the figures.
    pub(crate) year: Option<u16>,
    /// What figures cannot say.
    pub(crate) text: Option<String>,
    /// What it rests on.
    pub(crate) basis: Basis,
}

impl Pay {
    /// Its figures in the order of their size.
    pub(crate) fn figures(&self) -> impl Iterator<Item = f64> {
        [self.low, self.usual, self.high].into_iter().flatten()
    }
}

/// Where demand goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) enum Trend {
    /// Too few people for the posts there are.
    Short,
    /// More posts each year.
    Growing,
    /// As many as before.
    Steady,
    /// Fewer posts each year.
    Falling,
    /// Nothing is known.
    Unknown,
}

impl Trend {
    /// Every trend with the word that packs use.
    pub(crate) const WORDS: [(&'static str, Self); 5] = [
        ("short", Self::Short),
        ("growing", Self::Growing),
        ("steady", Self::Steady),
        ("falling", Self::Falling),
        ("unknown", Self::Unknown),
    ];
}

/// How much people are wanted.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Demand {
    /// Where it goes.
    pub(crate) trend: Option<Trend>,
    /// The figure behind it.
    pub(crate) figure: Option<String>,
    /// Its year.
    pub(crate) year: Option<u16>,
    /// What else is to be said.
    pub(crate) text: Option<String>,
    /// What it rests on.
    pub(crate) basis: Basis,
}

/// Roles of the pack that lead here, and to which this one leads.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Ladder {
    /// Rungs that lead here.
    pub(crate) before: Vec<RoleIx>,
    /// Rungs from here.
    pub(crate) after: Vec<RoleIx>,
    /// How one moves.
    pub(crate) text: Option<String>,
    /// What it rests on.
    pub(crate) basis: Basis,
}

/// What a programme of help is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) enum SupportKind {
    /// Money for study.
    Scholarship,
    /// A kaupapa Māori programme.
    KaupapaMaori,
    /// A Pacific programme.
    Pacific,
    /// Any other.
    Other,
}

impl SupportKind {
    /// Every kind with the word that packs use.
    pub(crate) const WORDS: [(&'static str, Self); 4] = [
        ("scholarship", Self::Scholarship),
        ("kaupapa-maori", Self::KaupapaMaori),
        ("pacific", Self::Pacific),
        ("other", Self::Other),
    ];
}

/// A scholarship or another programme of help.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Support {
    /// Its name.
    pub(crate) name: String,
    /// What it is.
    pub(crate) kind: SupportKind,
    /// Its page.
    pub(crate) url: Option<String>,
    /// What it gives.
    pub(crate) text: Option<String>,
    /// The year of what is said.
    pub(crate) year: Option<u16>,
    /// What it rests on.
    pub(crate) basis: Basis,
}

/// Whose page a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) enum LinkKind {
    /// The national career service.
    CareerService,
    /// A board, society or union.
    Body,
    /// A place that trains.
    Provider,
    /// An employer.
    Employer,
    /// Someone who does the work tells of it.
    Story,
}

impl LinkKind {
    /// Every kind with the word that packs use.
    pub(crate) const WORDS: [(&'static str, Self); 5] = [
        ("career-service", Self::CareerService),
        ("body", Self::Body),
        ("provider", Self::Provider),
        ("employer", Self::Employer),
        ("story", Self::Story),
    ];
}

/// A page worth reading.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Link {
    /// Its title.
    pub(crate) title: String,
    /// Its address.
    pub(crate) url: String,
    /// Whose page it is.
    pub(crate) kind: LinkKind,
}

/// What kind of thing a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) enum StepKind {
    /// Read a page.
    Read,
    /// Ask someone.
    Ask,
    /// Try something like the work.
    Try,
    /// Choose, a subject for instance.
    Choose,
}

impl StepKind {
    /// Every kind with the word that packs use.
    pub(crate) const WORDS: [(&'static str, Self); 4] = [
        ("read", Self::Read),
        ("ask", Self::Ask),
        ("try", Self::Try),
        ("choose", Self::Choose),
    ];
}

/// Something to do next, this month and at no cost.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct NextStep {
    /// What to do.
    pub(crate) what: String,
    /// What kind of thing it is.
    pub(crate) kind: StepKind,
    /// The page to read.
    pub(crate) url: Option<String>,
}

/// A role that is easily confused with this one.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Neighbour {
    /// The other role.
    pub(crate) role: RoleIx,
    /// What tells the two apart.
    pub(crate) difference: String,
}

/// What people read about a role.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct RoleFacts {
    /// One line.
    pub(crate) summary: String,
    /// A paragraph.
    pub(crate) description: String,
    /// A sentence before what is hard to read or to do.
    pub(crate) content_note: Option<String>,
    /// Things done on most days.
    pub(crate) typical_day: Vec<String>,
    /// Other titles.
    pub(crate) also_known_as: Vec<String>,
    /// Title in te reo Māori, from a source.
    pub(crate) maori_name: Option<String>,
    /// Titles in other languages: BCP 47 tag, title.
    pub(crate) names: Vec<(String, String)>,
    /// Where the work is.
    pub(crate) setting: Option<String>,
    /// Whether a way leads into it.
    pub(crate) reach: Reach,
    /// How to get in.
    pub(crate) entry: Option<Entry>,
    /// School subjects that are asked for or help.
    pub(crate) subjects: Vec<Subject>,
    /// The training.
    pub(crate) study: Option<Study>,
    /// Where to train.
    pub(crate) providers: Vec<Provider>,
    /// Registration by law or by choice.
    pub(crate) registration: Option<Registration>,
    /// Pay, a statement an employer or stage.
    pub(crate) pay: Vec<Pay>,
    /// Demand.
    pub(crate) demand: Option<Demand>,
    /// What leads here and where it leads.
    pub(crate) ladder: Ladder,
    /// Scholarships and programmes of help.
    pub(crate) support: Vec<Support>,
    /// Pages worth reading.
    pub(crate) links: Vec<Link>,
    /// What to do next, in order.
    pub(crate) next_steps: Vec<NextStep>,
    /// What stands in the way.
    pub(crate) limits: Vec<String>,
    /// Roles easily confused with this one.
    pub(crate) neighbours: Vec<Neighbour>,
    /// Where the facts come from.
    pub(crate) sources: Vec<Source>,
}

impl RoleFacts {
    /// The day by which a fact must be read again: its own, or its source's.
    pub(crate) fn review_by(&self, basis: &Basis) -> Option<Date> {
        basis
            .review_by
            .or_else(|| self.sources.get(basis.source?)?.review_by)
    }

    /// The first and the last day on which any of its sources or facts was read.
    pub(crate) fn checked(&self) -> Option<(Date, Date)> {
        let days = || {
            let sources = self.sources.iter().filter_map(|s| s.checked);
            sources.chain(self.bases().filter_map(|(_, b)| b.checked))
        };
        Some((days().min()?, days().max()?))
    }

    /// Each data fact's key and what it rests on.
    pub(crate) fn bases(&self) -> impl Iterator<Item = (&'static str, &Basis)> {
        [
            ("reach", Some(&self.reach.basis)),
            ("entry", self.entry.as_ref().map(|f| &f.basis)),
            ("study", self.study.as_ref().map(|f| &f.basis)),
            ("registration", self.registration.as_ref().map(|f| &f.basis)),
            ("demand", self.demand.as_ref().map(|f| &f.basis)),
            ("ladder", Some(&self.ladder.basis)),
        ]
        .into_iter()
        .filter_map(|(key, basis)| Some((key, basis?)))
        .chain(self.subjects.iter().map(|f| ("subjects", &f.basis)))
        .chain(self.providers.iter().map(|f| ("providers", &f.basis)))
        .chain(self.pay.iter().map(|f| ("pay", &f.basis)))
        .chain(self.support.iter().map(|f| ("support", &f.basis)))
    }

    /// Keys of what is stated here without a source behind it.
    pub(crate) fn unsourced(&self) -> Vec<&'static str> {
        let backed = |key: &str| {
            let backs = |s: &Source| s.supports.iter().any(|k| k == key);
            self.sources.iter().any(backs)
        };
        let prose = [
            ("description", !self.description.is_empty()),
            ("typical_day", !self.typical_day.is_empty()),
            ("maori_name", self.maori_name.is_some() && !backed("names")),
            ("setting", self.setting.is_some()),
            ("limits", !self.limits.is_empty()),
            ("neighbours", !self.neighbours.is_empty()),
        ];
        let ladder = &self.ladder;
        let stated = |key: &str| match key {
            "reach" => !self.reach.is_open(),
            "ladder" => !ladder.before.is_empty() || !ladder.after.is_empty(),
            _ => true,
        };
        let data = self.bases();
        let data = data.filter(|(key, basis)| stated(key) && basis.source.is_none());
        let all = prose.into_iter().filter(|(_, there)| *there);
        let all = all.map(|(key, _)| key).chain(data.map(|(key, _)| key));
        let mut without: Vec<&'static str> = Vec::new();
        for key in all {
            if !backed(key) && !without.contains(&key) {
                without.push(key);
            }
        }
        without
    }

    /// Puts every role that the facts name at its place in a new order.
    pub(crate) fn reorder(&mut self, place: &[RoleIx]) {
        let named = self
            .neighbours
            .iter_mut()
            .map(|n| &mut n.role)
            .chain(&mut self.reach.role)
            .chain(&mut self.ladder.before)
            .chain(&mut self.ladder.after);
        for role in named {
            *role = place[*role];
        }
    }
}
