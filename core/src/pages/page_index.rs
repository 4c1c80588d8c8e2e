//! The page that leads to the pages of many people.

use crate::pack::model::Pack;
use crate::scoring::answers::Answers;
use crate::scoring::assessment::{Outcome, State};
use crate::scoring::comparison::Comparison;
use crate::write::document::{Block, Cell};
use crate::write::document::{
    ColumnKind, Document, Row, Table, column, minor_column, note, prose, words,
};
use crate::write::rich_text::RichText;
use crate::write::wording;

/// Roles of a first group that are named.
const NAMED: usize = 3;
/// A person whose page is one of many.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// # let mut answers = Answers::none(&pack);
/// # answers.set_all(&[3, 3, 1, 2, 3, 2]).expect("six answers");
/// use rolescope_core::pages::IndexedPerson;
///
/// let outcome = comparison.assess(&answers);
/// let anna = IndexedPerson::new("anna", "page-1", &comparison, &answers, &outcome);
/// let index = IndexedPerson::page(&pack, &[anna], Some("print"), 0);
/// assert!(index.to_html().contains("<a class=\"says\" href=\"page-1.html\">anna</a>"));
/// ```
#[derive(Clone, Debug)]
pub struct IndexedPerson {
    label: String,
    page: String,
    state: String,
    first: String,
    answered: String,
}

impl IndexedPerson {
    /// A person by label, and the name of the page without its ending.
    #[must_use]
    pub fn new(
        label: &str,
        page: &str,
        comparison: &Comparison<'_>,
        answers: &Answers,
        outcome: &Outcome,
    ) -> Self {
        let band = &outcome.ranking.band;
        let mut first: Vec<String> = (band.iter().take(NAMED))
            .map(|&at| comparison.role(at).name.clone())
            .collect();
        if band.len() > NAMED {
            first.push(
                comparison
                    .pack
                    .phrase("index-more")
                    .number("count", band.len() - NAMED)
                    .to_string(),
            );
        }
        Self {
            label: wording::label(label),
            page: page.to_owned(),
            state: comparison.say(wording::state_name(outcome.state)),
            first: match outcome.state {
                State::Clear => first.join(", "),
                State::Unclear => comparison.say("index-none"),
                State::Insufficient => comparison.say("index-too-little"),
            },
            answered: comparison
                .pack
                .phrase("index-answered")
                .number("answered", answers.count())
                .number("asked", answers.asked())
                .to_string(),
        }
    }

    /// The page that leads to those of all these people, in their order, and to `print`, the page that holds
    /// all of them, if there is one; `rejected` rows held nobody. The pack has the words.
    #[must_use]
    pub fn page(pack: &Pack, people: &[Self], print: Option<&str>, rejected: u64) -> Document {
        let title = pack.phrase("index-title").number("count", people.len());
        let mut doc = Document::new("sessions", title.to_string(), pack.say("index-foot"));
        if let Some(print) = print {
            let text = RichText::page(pack.say("index-print"), print);
            let text = text.and(": ").and(pack.say("index-print-how"));
            doc.opening.push(prose(text));
        }
        if rejected > 0 {
            let rows = usize::try_from(rejected).unwrap_or(usize::MAX);
            doc.opening.push(note(
                pack.phrase("index-rejected")
                    .number("count", rows)
                    .to_string(),
            ));
        }
        let row = |person: &Self| {
            Row::of(vec![
                Cell::Text(RichText::page(&person.label, &person.page)),
                words(&person.state),
                words(&person.first),
                words(&person.answered),
            ])
        };
        doc.opening.push(Block::Table(Table {
            caption: pack.say("index-caption"),
            columns: vec![
                column(pack.say("column-person"), ColumnKind::Name),
                column(pack.say("column-state"), ColumnKind::Words),
                column(pack.say("index-column-first"), ColumnKind::Words),
                minor_column(pack.say("column-answered"), ColumnKind::Words),
            ],
            rows: people.iter().map(row).collect(),
        }));
        doc.in_language_of(pack)
    }
}
