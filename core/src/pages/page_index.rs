//! The page that leads to the pages of many people.

use crate::scoring::answers::Answers;
use crate::scoring::assessment::{Outcome, State};
use crate::scoring::comparison::Comparison;
use crate::write::document::{Block, Cell};
use crate::write::document::{
    ColumnKind, Document, Row, Table, column, minor_column, note, prose, words,
};
use crate::write::rich_text::RichText;
use crate::write::wording::{self, count};

/// Roles of a first group that are named.
const NAMED: usize = 3;
/// Said at the foot of each printed page.
const FOOT: &str =
    "Whoever holds this holds what each person answered: it is for whoever talks with them.";

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
/// let index = IndexedPerson::page(&[anna], Some("print"), 0);
/// assert!(index.to_html().contains("<a class=\"says\" href=\"page-1.html\">anna</a>"));
/// ```
#[derive(Clone, Debug)]
pub struct IndexedPerson {
    label: String,
    page: String,
    state: State,
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
            first.push(format!("{} more", band.len() - NAMED));
        }
        Self {
            label: wording::label(label),
            page: page.to_owned(),
            state: outcome.state,
            first: match outcome.state {
                State::Clear => first.join(", "),
                State::Unclear => "none stands out".to_owned(),
                State::Insufficient => "too little was answered".to_owned(),
            },
            answered: format!("{} of {}", answers.count(), answers.asked()),
        }
    }

    /// The page that leads to those of all these people, in their order, and to `print`, the page that holds
    /// all of them, if there is one; `rejected` rows held nobody.
    #[must_use]
    pub fn page(people: &[Self], print: Option<&str>, rejected: u64) -> Document {
        let title = count(people.len(), "person", "people");
        let mut doc = Document::new("sessions", format!("Results: {title}"), FOOT);
        if let Some(print) = print {
            let text = RichText::page("All pages for the printer", print);
            let text = text.and(": one print job, each person on new sheets.");
            doc.opening.push(prose(text));
        }
        if rejected > 0 {
            let rows = usize::try_from(rejected).unwrap_or(usize::MAX);
            let rows = count(rows, "row", "rows");
            doc.opening
                .push(note(format!("{rows} could not be read: no page here.")));
        }
        let row = |person: &Self| {
            Row::of(vec![
                Cell::Text(RichText::page(&person.label, &person.page)),
                words(person.state.word()),
                words(&person.first),
                words(&person.answered),
            ])
        };
        doc.opening.push(Block::Table(Table {
            caption: "The first roles are those that the answers cannot tell apart from the best: a start for a \
                      conversation, and no order of merit."
                .to_owned(),
            columns: vec![
                column("person", ColumnKind::Name),
                column("state", ColumnKind::Words),
                column("first roles", ColumnKind::Words),
                minor_column("answered", ColumnKind::Words),
            ],
            rows: people.iter().map(row).collect(),
        }));
        doc
    }
}
