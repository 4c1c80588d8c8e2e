//! One person's result in views to walk through: what leads, a role, the reasons, the traits, the map.

use crate::pack::model::Pack;
use crate::pages::own_words;
use crate::pages::result_options::ResultOptions;
use crate::pages::role_map;
use crate::pages::student::{self, BestMatches, FirstLook};
use crate::pages::student_compare;
use crate::pages::student_role;
use crate::results::report::{Report, RoleResult};
use crate::scoring::answers::Answers;
use crate::scoring::assessment::State;
use crate::write::document::{Block, Card, Document, list_after, prose};
use crate::write::terminal_text::TextStyle;
use crate::write::wording;

/// Views of one result. Roles are named by their positions among the roles in play, from 0.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// # let mut answers = Answers::none(&pack);
/// # answers.set_all(&[3, 3, 1, 2, 3, 2]).expect("six answers");
/// # let outcome = comparison.assess(&answers);
/// use rolescope_core::pages::{Audience, ResultOptions, ResultViews};
///
/// let report = comparison.explain(&answers, &outcome);
/// let shown = ResultOptions::new(Audience::Student);
/// let views = ResultViews::new(&report, &answers, "anna", &shown);
/// let best = views.leading()[0];
/// assert_eq!(views.role(best).title(), views.name(best));
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ResultViews<'r> {
    report: &'r Report<'r>,
    answers: &'r Answers,
    id: &'r str,
    shown: &'r ResultOptions<'r>,
}

impl<'r> ResultViews<'r> {
    /// Views of a result; `id` names the person.
    #[must_use]
    pub const fn new(
        report: &'r Report<'r>,
        answers: &'r Answers,
        id: &'r str,
        shown: &'r ResultOptions<'r>,
    ) -> Self {
        Self {
            report,
            answers,
            id,
            shown,
        }
    }

    fn best(&self) -> BestMatches<'r, 'r> {
        BestMatches::of(self.report, self.shown)
    }

    fn results(&self) -> impl Iterator<Item = &'r RoleResult<'r>> {
        self.report.band.iter().chain(&self.report.rest)
    }

    /// A view that says nothing yet.
    fn view(&self, title: String) -> Document {
        let foot = self.report.pack().say("result-foot");
        Document::new("student", title, foot)
    }

    /// The pack, which has the words around a view.
    #[must_use]
    pub fn pack(&self) -> &'r Pack {
        self.report.pack()
    }

    /// The roles that lead, at most three; none where too little was answered.
    #[must_use]
    pub fn leading(&self) -> Vec<usize> {
        if self.report.outcome.state == State::Insufficient {
            return Vec::new();
        }
        self.best().leading.iter().map(|r| r.at).collect()
    }

    /// Every role in play, those that fit best first, each with a line that says how well.
    #[must_use]
    pub fn all(&self) -> Vec<(usize, String)> {
        let pack = self.report.pack();
        let line = |r: &RoleResult<'_>| {
            let matched = r
                .fit
                .as_ref()
                .map_or_else(|| "-".to_owned(), |fit| wording::matched(pack, fit));
            let mark = wording::reach_mark(&pack.language, &pack.roles, r.role);
            let mark = mark.map_or_else(String::new, |mark| format!("  ({mark})"));
            format!("{matched:>7}  {}{mark}", r.role.name)
        };
        let mut all: Vec<&RoleResult<'_>> = self.results().collect();
        all.sort_by_key(|r| r.rank.unwrap_or(usize::MAX));
        all.into_iter().map(|r| (r.at, line(r))).collect()
    }

    /// The name of a role.
    ///
    /// # Panics
    /// Where there is no such role in play.
    #[must_use]
    pub fn name(&self, at: usize) -> &'r str {
        &self.report.comparison.role(at).name
    }

    /// What is seen first: the roles that lead, each with its best reason, and how sure that is.
    #[must_use]
    pub fn first(&self) -> Document {
        self.first_with(FirstLook::Whole)
    }

    /// The same for a window with room for so many lines: where all of it does not fit, without what other views have
    /// too, first the nearest role of one into which no way leads, then the reasons.
    #[must_use]
    pub fn first_within(&self, lines: usize, style: TextStyle) -> Document {
        let shorter = [FirstLook::Whole, FirstLook::Reason, FirstLook::Short];
        let mut views = shorter.map(|look| self.first_with(look)).into_iter();
        let fits = |view: &Document| view.to_text(style).lines().count() <= lines;
        // what does not fit at all is scrolled, and then it may as well be whole
        views.find(fits).unwrap_or_else(|| self.first())
    }

    fn first_with(&self, look: FirstLook) -> Document {
        let pack = self.report.pack();
        let mut doc = self.view(pack.say("result-title"));
        let best = self.best();
        let blocks = match self.report.outcome.state {
            State::Insufficient => vec![prose(pack.say("result-too-little"))],
            State::Unclear => vec![prose(pack.say("result-unclear"))],
            State::Clear => Vec::new(),
        };
        doc.opening = blocks;
        if !self.leading().is_empty() {
            let table = student::first_look(self.report, &best, look);
            doc.opening.push(Block::Table(table));
        }
        if self.report.outcome.state == State::Clear {
            let sure = student::certainty(self.report, &best);
            doc.opening.push(prose(sure));
            let apart: Vec<String> = best
                .apart
                .iter()
                .map(|r| student_role::summary(pack, r))
                .collect();
            if !apart.is_empty() {
                let lead = pack.say("result-set-apart");
                doc.opening.push(list_after(lead, apart));
            }
        }
        doc.opening.extend(own_words::wish(self.report, self.shown));
        doc
    }

    /// A role: the reasons, the work, how to get in, and all else that is known.
    ///
    /// # Panics
    /// Where there is no such role in play.
    #[must_use]
    pub fn role(&self, at: usize) -> Document {
        let mut doc = self.view(self.name(at).to_owned());
        let Some(result) = self.results().find(|r| r.at == at) else {
            return doc;
        };
        doc.opening
            .push(prose(student_role::what_it_is(result.role)));
        let card = student_role::card(self.report, result);
        for block in card.blocks {
            match block {
                Block::Detail(title, inside) => doc.part("story", &*title, inside),
                block => doc.opening.push(block),
            }
        }
        doc
    }

    /// Why the leading roles lead, in the person's own answers.
    #[must_use]
    pub fn why(&self) -> Document {
        let pack = self.report.pack();
        let mut doc = self.view(pack.say("explore-why"));
        let card = |r: &&RoleResult<'_>| {
            let reasons = student_role::reasons(self.report, r, usize::MAX);
            Card::new(r.role.name.as_str(), reasons.into_iter().collect())
        };
        let cards: Vec<Card> = self.best().leading.iter().map(card).collect();
        if cards.is_empty() {
            let why = match self.report.outcome.state {
                State::Insufficient => "result-too-little",
                State::Clear | State::Unclear => "result-all-apart",
            };
            doc.opening.push(prose(pack.say(why)));
        } else {
            doc.opening = vec![prose(pack.say("result-why")), Block::Cards(cards)];
        }
        doc
    }

    /// The person's traits.
    #[must_use]
    pub fn profile(&self) -> Document {
        let mut doc = self.view(self.report.pack().say("explore-about"));
        doc.opening = student::profile(self.report);
        doc
    }

    /// All roles as points, and where the person stands among them.
    #[must_use]
    pub fn map(&self) -> Document {
        role_map::of_person(self.report)
    }

    /// Two roles side by side.
    ///
    /// # Panics
    /// Where there is no such role in play.
    #[must_use]
    pub fn compare(&self, roles: (usize, usize)) -> Document {
        let result = |at| self.results().find(|r| r.at == at);
        match (result(roles.0), result(roles.1)) {
            (Some(first), Some(second)) => student_compare::doc(self.report, [first, second]),
            _ => self.view(self.name(roles.0).to_owned()),
        }
    }

    /// All of it as one page.
    #[must_use]
    pub fn page(&self) -> Document {
        student::doc(self.report, self.answers, self.id, self.shown)
    }
}
