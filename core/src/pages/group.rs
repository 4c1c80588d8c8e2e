//! A group of people: never a name, never a count of a few.

use crate::pages::closing;
use crate::pages::group_summary;
use crate::pages::role_map::count_map;
use crate::psychometrics::group_counts::{FLAGS, STATES};
use crate::results::cell_suppression::FEWEST;
use crate::results::disclosure::{CountLine, DisclosedGroup, DisclosedMoments};
use crate::results::report::Receipt;
use crate::scoring::comparison::Comparison;
use crate::write::document::{
    Block, Cell, Column, ColumnKind, Document, Row, Sparkline, Table, column, note, prose,
    words as text,
};
use crate::write::terminal_text::fixed;
use crate::write::wording;

/// Groups side by side in a table; more go into the next.
const WIDE: usize = 4;
/// Characters of a part's name.
const LONGEST: usize = 40;
/// The sign of a figure that is withheld.
const WITHHELD: &str = "–";
/// The fifths of the scale.
const FIFTHS: [&str; 5] = ["0-19", "20-39", "40-59", "60-79", "80-100"];

/// What a group page is about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct GroupPage<'a> {
    /// What people are compared with.
    pub(crate) comparison: &'a Comparison<'a>,
    /// What may be told.
    pub(crate) told: &'a DisclosedGroup,
    /// The column that splits them.
    pub(crate) by: Option<&'a str>,
}

impl GroupPage<'_> {
    /// The name of a column.
    pub(crate) fn name(&self, at: usize) -> String {
        match &self.told.columns[at].name {
            Some(name) if name.is_empty() => self.say("group-not-stated"),
            Some(name) => wording::short(name, LONGEST),
            None => self.say("group-small"),
        }
    }

    /// A message that shows no values.
    fn say(&self, id: &'static str) -> String {
        self.comparison.say(id)
    }

    /// A column under a message.
    fn column(&self, id: &'static str, kind: ColumnKind) -> Column {
        column(self.say(id), kind)
    }

    pub(crate) fn role(&self, at: usize) -> &str {
        &self.comparison.role(at).name
    }

    /// Roles, those most often in a first group first.
    pub(crate) fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.told.band.len()).collect();
        order.sort_by_key(|&at| std::cmp::Reverse(self.told.band[at].whole.unwrap_or(0)));
        order
    }
}

/// A group of people: states, first places, bands and scores, each part of the group in a column. Counts
/// of fewer than five people are withheld.
#[must_use]
pub(crate) fn doc(group: &GroupPage<'_>) -> Document {
    let pack = group.comparison.pack;
    let mut doc = Document::new(
        "group",
        pack.phrase("group-title")
            .text("people", group.told.people.to_string())
            .to_string(),
        pack.say("result-foot"),
    );
    doc.opening = opening(group);
    doc.part(
        "short",
        group.say("group-short"),
        group_summary::blocks(group.comparison, group.told),
    );
    doc.part("grouproles", group.say("group-roles"), roles(group));
    doc.part("map", group.say("group-map"), map(group));
    doc.part("spread", group.say("page-traits"), traits(group));
    doc.part("states", group.say("group-states"), states(group));
    if !group.told.columns.is_empty() {
        doc.part(
            "split",
            pack.phrase("group-by")
                .text("by", group.by.unwrap_or_default())
                .to_string(),
            split(group),
        );
    }
    let title = group.say("group-rests");
    let purpose = Some(pack.say("page-purpose"));
    closing::rests(title, purpose, group.comparison, &mut doc);
    doc
}

fn opening(group: &GroupPage<'_>) -> Vec<Block> {
    let (told, pack) = (group.told, group.comparison.pack);
    let mut blocks = vec![prose(
        pack.phrase("group-compared")
            .text(
                "norms",
                wording::norms(pack, &Receipt::of(group.comparison)),
            )
            .text("fewest", FEWEST.to_string())
            .text("withheld", WITHHELD)
            .to_string(),
    )];
    blocks.extend(wording::few(pack, group.comparison.measured.as_ref()).map(note));
    if let (Some(by), true) = (group.by, told.columns.is_empty()) {
        blocks.push(note(
            pack.phrase("group-not-split")
                .text("by", by)
                .text("fewest", FEWEST.to_string())
                .to_string(),
        ));
    } else if told.pooled > 0 {
        blocks.push(prose(
            pack.phrase("group-pooled")
                .number("count", told.pooled)
                .to_string(),
        ));
    }
    blocks
}

fn count(count: Option<u64>) -> String {
    count.map_or_else(|| WITHHELD.to_owned(), |count| count.to_string())
}

#[expect(clippy::cast_precision_loss, reason = "people are far below 2^52")]
fn share(count: Option<u64>, of: u64) -> Option<f64> {
    Some(count? as f64 / of.max(1) as f64)
}

fn percent(number: Option<u64>, of: u64) -> String {
    share(number, of).map_or_else(
        || WITHHELD.to_owned(),
        |share| format!("{} %", fixed(100.0 * share, 0)),
    )
}

fn roles(group: &GroupPage<'_>) -> Vec<Block> {
    let told = group.told;
    let row = |at: usize| {
        let band = told.band[at].whole;
        let bar = share(band, told.people).map_or(Sparkline::Blank, |share| {
            Sparkline::Reach(100.0 * share, 100.0 * share)
        });
        Row::of(vec![
            text(group.role(at)),
            text(count(band)),
            text(percent(band, told.people)),
            text(count(told.first[at])),
            Cell::Picture(bar),
        ])
    };
    vec![Block::Table(Table {
        caption: group.say("group-roles-caption"),
        columns: vec![
            group.column("column-role", ColumnKind::Name),
            group.column("column-people", ColumnKind::Figures),
            group.column("column-share", ColumnKind::Figures),
            group.column("column-first", ColumnKind::Figures),
            column("", ColumnKind::Pictures),
        ],
        rows: group.order().into_iter().map(row).collect(),
    })]
}

/// The roles as a map, with the same counts as the table: what is withheld there is withheld here.
fn map(group: &GroupPage<'_>) -> Vec<Block> {
    let counts: Vec<Option<u64>> = group.told.band.iter().map(|line| line.whole).collect();
    count_map(group.comparison, &counts, WITHHELD)
}

fn moments(moments: Option<DisclosedMoments>) -> String {
    moments.map_or_else(
        || WITHHELD.to_owned(),
        |m| format!("{} ± {:<2}", fixed(m.mean, 0), fixed(m.sd, 0)),
    )
}

fn traits(group: &GroupPage<'_>) -> Vec<Block> {
    let told = group.told;
    let mut columns = vec![
        group.column("column-trait", ColumnKind::Name),
        group.column("column-mean", ColumnKind::Figures),
    ];
    columns.extend(FIFTHS.map(|fifth| column(fifth, ColumnKind::Figures)));
    columns.push(column("", ColumnKind::Pictures));
    let row = |k: usize| {
        let line = &told.traits[k];
        let mut cells = vec![
            text(&group.comparison.pack.traits[k].name),
            text(moments(line.whole)),
        ];
        cells.extend(line.bins.iter().map(|&bin| text(count(bin))));
        let shares = line.bins.iter().map(|&bin| share(bin, told.people));
        cells.push(Cell::Picture(Sparkline::Columns(shares.collect())));
        Row::of(cells)
    };
    vec![Block::Table(Table {
        caption: group.say("group-traits-caption"),
        columns,
        rows: (0..told.traits.len()).map(row).collect(),
    })]
}

/// States and flags, by the messages with their names.
fn signs(told: &DisclosedGroup) -> impl Iterator<Item = (&'static str, &CountLine)> {
    let states = STATES.iter().map(|&state| wording::state_name(state));
    let flags = FLAGS.iter().map(|&flag| wording::flag_name(flag));
    states.zip(&told.states).chain(flags.zip(&told.flags))
}

fn states(group: &GroupPage<'_>) -> Vec<Block> {
    let told = group.told;
    let row = |(name, line): (&'static str, &CountLine)| {
        Row::of(vec![
            text(group.say(name)),
            text(count(line.whole)),
            text(percent(line.whole, told.people)),
        ])
    };
    vec![Block::Table(Table {
        caption: group.say("group-states-caption"),
        columns: vec![
            group.column("column-state-or-flag", ColumnKind::Name),
            group.column("column-people", ColumnKind::Figures),
            group.column("column-share", ColumnKind::Figures),
        ],
        rows: signs(told).map(row).collect(),
    })]
}

/// The same for each part, a few parts to a table.
fn split(group: &GroupPage<'_>) -> Vec<Block> {
    let told = group.told;
    let parts: Vec<usize> = (0..told.columns.len()).collect();
    let mut blocks = Vec::new();
    let table = |caption: String, first: String, some: &[usize], rows: Vec<Row>| {
        let mut columns = vec![column(first, ColumnKind::Name)];
        columns.extend(
            some.iter()
                .map(|&c| column(group.name(c), ColumnKind::Figures)),
        );
        Block::Table(Table {
            caption,
            columns,
            rows,
        })
    };
    for some in parts.chunks(WIDE) {
        let line = |name: &str, line: &CountLine| {
            let cells = some.iter().map(|&c| text(count(line.columns[c])));
            Row::of([text(name)].into_iter().chain(cells).collect())
        };
        let people = some
            .iter()
            .map(|&c| text(told.columns[c].people.to_string()));
        let mut people = Row::of(
            [text(group.say("column-people"))]
                .into_iter()
                .chain(people)
                .collect(),
        );
        people.strong = true;
        let mut rows = vec![people];
        rows.extend(
            group
                .order()
                .into_iter()
                .map(|at| line(group.role(at), &told.band[at])),
        );
        blocks.push(table(
            group.say("group-split-roles"),
            group.say("column-role"),
            some,
            rows,
        ));
        let traits = told
            .traits
            .iter()
            .zip(&group.comparison.pack.traits)
            .map(|(told, t)| {
                let cells = some.iter().map(|&c| text(moments(told.columns[c])));
                Row::of([text(&t.name)].into_iter().chain(cells).collect())
            });
        let rows = traits.collect();
        blocks.push(table(
            group.say("group-split-traits"),
            group.say("column-trait"),
            some,
            rows,
        ));
        let rows = signs(told)
            .map(|(name, told)| line(&group.say(name), told))
            .collect();
        blocks.push(table(
            group.say("group-split-states"),
            group.say("column-state-or-flag"),
            some,
            rows,
        ));
    }
    blocks
}
