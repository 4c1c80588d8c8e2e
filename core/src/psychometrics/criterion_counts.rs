//! Counts of people whose own role is known: whole numbers only, so that any parts of the people merge to the same whole.

use crate::pack::model::AnswerFormat;
use crate::psychometrics::binned_area::{PARTS, STEPS, part, step};
use crate::psychometrics::group_counts::add_counts;
use crate::psychometrics::role_scores::RoleScores;
use crate::psychometrics::stated_odds::{ODDS, OddsCount, StatedOdds};
use crate::scoring::answers::Answers;
use crate::scoring::assessment::{Outcome, State};
use crate::scoring::comparison::Comparison;
use crate::scoring::role_match::RoleMatch;
use crate::text::nearest;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Values that are no role and are held, the first in the order of their letters.
const STRANGERS: usize = 20;
/// Matches of all people and of each role's own, by role and step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MatchGrid {
    /// People whose own role it is.
    pub(crate) own: Vec<u64>,
    /// All people.
    pub(crate) all: Vec<u64>,
}

impl MatchGrid {
    /// Nobody yet.
    pub(crate) fn new(roles: usize) -> Self {
        Self {
            own: vec![0; roles * STEPS],
            all: vec![0; roles * STEPS],
        }
    }

    /// Counts the matches of a person with this own role.
    pub(crate) fn add(&mut self, fits: &[Option<RoleMatch>], own: usize) {
        for (at, fit) in fits.iter().enumerate() {
            if let Some(fit) = fit {
                let place = at * STEPS + step(fit.z);
                self.all[place] += 1;
                self.own[place] += u64::from(at == own);
            }
        }
    }

    /// Adds the matches of other people.
    pub(crate) fn merge(&mut self, other: &Self) {
        add_counts(&mut self.own, &other.own);
        add_counts(&mut self.all, &other.all);
    }

    /// Counts of a role's own people by step, and of all others.
    pub(crate) fn of(&self, role: usize) -> (Vec<u64>, Vec<u64>) {
        let place = role * STEPS..(role + 1) * STEPS;
        let own = self.own[place.clone()].to_vec();
        let others = self.all[place].iter().zip(&own);
        let others = others.map(|(all, own)| all - own).collect();
        (own, others)
    }
}

/// One part of the people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CriterionPart {
    /// People by own role.
    pub(crate) people: Vec<u64>,
    /// Of them, those whose own role comes first, by role.
    pub(crate) first: Vec<u64>,
    /// Those who have it among the first three, by role.
    pub(crate) three: Vec<u64>,
    /// Matches.
    pub(crate) grid: MatchGrid,
    /// Stated odds.
    pub(crate) odds: [OddsCount; ODDS.len()],
    /// Scores by own role and trait: of interests and preferences beside the person's own level.
    pub(crate) scores: Vec<RoleScores>,
    /// Answers by own role and question, each beside the person's own score of its trait; empty before anybody's are
    /// counted.
    pub(crate) residuals: Vec<RoleScores>,
}

impl CriterionPart {
    fn new(roles: usize, traits: usize) -> Self {
        Self {
            people: vec![0; roles],
            first: vec![0; roles],
            three: vec![0; roles],
            grid: MatchGrid::new(roles),
            odds: [OddsCount::default(); ODDS.len()],
            scores: vec![RoleScores::default(); roles * traits],
            residuals: Vec::new(),
        }
    }

    /// Takes some of the people out.
    fn take(&mut self, some: &Self) {
        let take = |all: &mut [u64], some: &[u64]| {
            for (all, some) in all.iter_mut().zip(some) {
                *all -= some;
            }
        };
        take(&mut self.people, &some.people);
        take(&mut self.first, &some.first);
        take(&mut self.three, &some.three);
        take(&mut self.grid.own, &some.grid.own);
        take(&mut self.grid.all, &some.grid.all);
        for (all, some) in self.odds.iter_mut().zip(&some.odds) {
            all.pairs -= some.pairs;
            all.right -= some.right;
            all.stated -= some.stated;
        }
        for (all, some) in self.scores.iter_mut().zip(&some.scores) {
            all.take(some);
        }
        for (all, some) in self.residuals.iter_mut().zip(&some.residuals) {
            all.take(some);
        }
    }

    /// Adds other people.
    fn merge(&mut self, other: &Self) {
        add_counts(&mut self.people, &other.people);
        add_counts(&mut self.first, &other.first);
        add_counts(&mut self.three, &other.three);
        self.grid.merge(&other.grid);
        for (mine, more) in self.odds.iter_mut().zip(&other.odds) {
            mine.merge(more);
        }
        for (mine, more) in self.scores.iter_mut().zip(&other.scores) {
            mine.merge(more);
        }
        if self.residuals.len() < other.residuals.len() {
            self.residuals
                .resize(other.residuals.len(), RoleScores::default());
        }
        for (mine, more) in self.residuals.iter_mut().zip(&other.residuals) {
            mine.merge(more);
        }
    }
}

/// People whose own role is known, counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CriterionCounts {
    /// Ids of the roles in play, in their order.
    pub(crate) ids: Vec<String>,
    /// Ids of the pack's other roles.
    others: Vec<String>,
    /// The people in parts by a hash of their answers.
    pub(crate) parts: Vec<CriterionPart>,
    /// By own role and twice the number of other roles with a lower match, ties once.
    pub(crate) places: Vec<u64>,
    /// Matches of each group of people.
    pub(crate) groups: BTreeMap<String, MatchGrid>,
    /// People without a role.
    pub(crate) blank: u64,
    /// People of a role that is not in play.
    pub(crate) elsewhere: u64,
    /// People whose answers are too few for a ranking, or for a match with their own role.
    pub(crate) unranked: u64,
    /// What is no role of the pack, the first in the order of letters, and how often.
    strangers: BTreeMap<String, u64>,
}

impl CriterionCounts {
    /// Nobody yet.
    pub(crate) fn new(comparison: &Comparison<'_>) -> Self {
        let (roles, traits) = (comparison.candidates.len(), comparison.pack.traits.len());
        let id = |at: usize| comparison.role(at).id.clone();
        let ids: Vec<String> = (0..roles).map(id).collect();
        let others = comparison.pack.roles.iter().map(|role| role.id.clone());
        Self {
            others: others.filter(|id| !ids.contains(id)).collect(),
            ids,
            parts: vec![CriterionPart::new(roles, traits); PARTS],
            places: vec![0; roles * (2 * roles - 1)],
            groups: BTreeMap::new(),
            blank: 0,
            elsewhere: 0,
            unranked: 0,
            strangers: BTreeMap::new(),
        }
    }

    /// The position in play of the role that a cell names; whoever has none is counted as such.
    pub(crate) fn own_role(&mut self, cell: &str) -> Option<usize> {
        let cell = cell.trim();
        if cell.is_empty() {
            self.blank += 1;
            return None;
        }
        let found = self.ids.iter().position(|id| id == cell);
        if found.is_none() {
            if self.others.iter().any(|id| id == cell) {
                self.elsewhere += 1;
            } else {
                self.stranger(cell, 1);
            }
        }
        found
    }

    fn stranger(&mut self, cell: &str, people: u64) {
        match self.strangers.entry(cell.to_owned()) {
            Entry::Occupied(mut held) => *held.get_mut() += people,
            Entry::Vacant(place) => {
                place.insert(people);
                // what is held at the end was held from its first row on, so its count is exact
                if self.strangers.len() > STRANGERS {
                    self.strangers.pop_last();
                }
            }
        }
    }

    /// Counts a person whose own role is at this position in play, and tells whether there is a ranking to count.
    pub(crate) fn add(
        &mut self,
        comparison: &Comparison<'_>,
        (answers, outcome): (&Answers, &Outcome),
        group: Option<&str>,
        own: usize,
    ) -> bool {
        let ranks = &outcome.ranking.ranks;
        let ranked = outcome.state != State::Insufficient;
        let Some(rank) = ranks.get(own).copied().flatten().filter(|_| ranked) else {
            self.unranked += 1;
            return false;
        };
        let roles = self.ids.len();
        let part = &mut self.parts[part(answers.codes())];
        part.people[own] += 1;
        part.first[own] += u64::from(rank == 1);
        part.three[own] += u64::from(rank <= 3);
        part.grid.add(&outcome.fits, own);
        let others = (0..roles).filter(|&other| other != own);
        for stated in StatedOdds::new(comparison, outcome).better(own, others) {
            OddsCount::count(&mut part.odds, stated);
        }
        scores(comparison, outcome, own, &mut part.scores);
        let (mut above, mut tied) = (0, 0);
        for other in (0..roles).filter(|&other| other != own) {
            match ranks[other] {
                Some(other) if other < rank => above += 1,
                Some(other) if other == rank => tied += 1,
                _ => {}
            }
        }
        let twice = 2 * (roles - 1) - 2 * above - tied;
        self.places[own * (2 * roles - 1) + twice] += 1;
        if let Some(name) = group {
            if let Some(grid) = self.groups.get_mut(name) {
                grid.add(&outcome.fits, own);
            } else {
                let mut grid = MatchGrid::new(roles);
                grid.add(&outcome.fits, own);
                self.groups.insert(name.to_owned(), grid);
            }
        }
        true
    }

    /// Counts how a person that was counted answered single questions.
    pub(crate) fn add_questions(
        &mut self,
        comparison: &Comparison<'_>,
        (answers, outcome): (&Answers, &Outcome),
        own: usize,
    ) {
        let part = &mut self.parts[part(answers.codes())];
        residuals(comparison, (answers, outcome), own, &mut part.residuals);
    }

    /// Adds the people that another has counted.
    pub(crate) fn merge(&mut self, other: &Self) {
        for (mine, more) in self.parts.iter_mut().zip(&other.parts) {
            mine.merge(more);
        }
        add_counts(&mut self.places, &other.places);
        for (name, more) in &other.groups {
            match self.groups.get_mut(name) {
                Some(mine) => mine.merge(more),
                None => {
                    self.groups.insert(name.clone(), more.clone());
                }
            }
        }
        self.blank += other.blank;
        self.elsewhere += other.elsewhere;
        self.unranked += other.unranked;
        for (cell, people) in &other.strangers {
            self.stranger(cell, *people);
        }
    }

    /// All parts together.
    pub(crate) fn whole(&self) -> CriterionPart {
        let mut whole = self.parts[0].clone();
        for part in &self.parts[1..] {
            whole.merge(part);
        }
        whole
    }

    /// The people without each part, whether or not it has somebody.
    pub(crate) fn rests(&self) -> impl Iterator<Item = CriterionPart> {
        let whole = self.whole();
        self.parts.iter().map(move |part| {
            let mut rest = whole.clone();
            rest.take(part);
            rest
        })
    }

    /// Whether each part has somebody.
    pub(crate) fn peopled(&self) -> impl Iterator<Item = bool> {
        let parts = self.parts.iter();
        parts.map(|part| part.people.iter().any(|&n| n > 0))
    }

    /// What is in the column and no role of the pack, with the id that is most like it; none where all is right.
    pub(crate) fn mistake(&self, column: &str) -> Option<String> {
        let (first, people) = self.strangers.iter().next()?;
        let ids = self.ids.iter().chain(&self.others).map(String::as_str);
        let near = nearest(first, ids).map_or_else(
            || "`rolescope roles` lists the ids".to_owned(),
            |near| format!("did you mean {near}?"),
        );
        let more = match self.strangers.len() {
            1 => String::new(),
            n if n < STRANGERS => format!(" and {} other values", n - 1),
            _ => " and many other values".to_owned(),
        };
        Some(format!(
            "column {column} has {first:?} ({people} times){more}, which is no role of this pack; {near} Leave the cell \
             blank for whoever is of no role here"
        ))
    }
}

/// Counts the scores of a person of this role, of interests and preferences beside their mean.
fn scores(comparison: &Comparison<'_>, outcome: &Outcome, own: usize, sums: &mut [RoleScores]) {
    let traits = comparison.pack.traits.len();
    let standing = |k: usize| {
        let raw = outcome.scores[k].raw()?;
        Some((raw - comparison.norms[k].mean) / comparison.norms[k].sd)
    };
    let (mut level, mut answered) = (0.0, 0.0);
    for k in (0..traits).filter(|&k| comparison.centred[k]) {
        if let Some(z) = standing(k) {
            level += z;
            answered += 1.0;
        }
    }
    let level = if answered > 0.0 {
        level / answered
    } else {
        0.0
    };
    for k in 0..traits {
        let Some(z) = standing(k) else { continue };
        let beside = if comparison.centred[k] { z - level } else { z };
        sums[own * traits + k].add(beside);
    }
}

/// Counts how a person of this role answered each rating question of an interest or preference beside their own score of
/// its trait, where they answered several of that trait.
fn residuals(
    comparison: &Comparison<'_>,
    (answers, outcome): (&Answers, &Outcome),
    own: usize,
    sums: &mut Vec<RoleScores>,
) {
    let pack = comparison.pack;
    let questions = pack.questions.len();
    sums.resize(
        comparison.candidates.len() * questions,
        RoleScores::default(),
    );
    for (k, t) in pack.traits.iter().enumerate() {
        let rated = pack.format_of(k) == AnswerFormat::Rating;
        let several = t.items.iter().filter(|&&q| answers.has(q)).count() > 1;
        let Some(raw) = outcome.scores[k].raw().filter(|_| rated && several) else {
            continue;
        };
        if !comparison.centred[k] {
            continue;
        }
        for &q in &t.items {
            if let Some(u) = answers.keyed(pack, q) {
                sums[own * questions + q].add((100.0 * u - raw) / comparison.norms[k].sd);
            }
        }
    }
}
