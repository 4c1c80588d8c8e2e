//! A page before it has a format: what it says and in which order. Text, Markdown and HTML each write
//! the same pieces, so that no format holds a fact that another lacks. All texts are plain; whoever
//! writes them makes them safe.

/// A whole page.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// A word for the style.
    pub(crate) class: &'static str,
    /// Its heading.
    pub(crate) title: String,
    /// What stands before the first part.
    pub(crate) opening: Vec<Block>,
    /// Its parts.
    pub(crate) parts: Vec<Part>,
    /// Said at the foot of each printed page.
    pub(crate) foot: &'static str,
}

impl Document {
    /// Its heading.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }
}

/// A part with its heading.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Part {
    /// A word for the style.
    pub(crate) class: &'static str,
    /// Its heading.
    pub(crate) title: String,
    /// What it says.
    pub(crate) blocks: Vec<Block>,
}

/// A piece of a part.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Block {
    /// A paragraph.
    Prose(String),
    /// A paragraph that must not be overlooked.
    Note(String),
    /// A paragraph that begins with its name.
    Fact(&'static str, String),
    /// A list; it may have a line before it.
    Items(Option<&'static str>, Vec<String>),
    /// A list in which each item has a mark.
    Marks(Vec<(ListMark, String)>),
    /// Things side by side where there is room.
    Cards(Vec<Card>),
    /// A table; its pictures are a chart.
    Table(Table),
    /// A drawing with axes.
    Plot(Plot),
    /// Something to write on: what about, and how many lines.
    Write(String, usize),
}

/// A drawing with axes, what it shows in words, and every figure in it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Plot {
    /// What it is of.
    pub(crate) title: String,
    /// What it shows, for whoever does not see it.
    pub(crate) alt: String,
    /// The drawing.
    pub(crate) drawing: BoxDrawing,
    /// Its figures.
    pub(crate) table: Table,
}

/// What is drawn over a scale from 0 to 100.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum BoxDrawing {
    /// People at each place, in equal steps from 0 to 100; the means of these and of the norm.
    Bars {
        /// How many people.
        people: Vec<u64>,
        /// Their mean.
        mean: f64,
        /// What the norm takes it to be.
        norm: f64,
    },
    /// A value from 0 to 100 at some places: where, how much, of how many people.
    Curve(Vec<(f64, f64, u64)>),
}

/// What an item of a list says about a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ListMark {
    /// Speaks for it.
    For,
    /// Speaks against it.
    Against,
    /// Goes clearly beyond what was ruled out.
    Beyond,
    /// Goes a little beyond what was wished.
    Slightly,
}

impl ListMark {
    /// As it is printed.
    #[must_use]
    pub(crate) const fn sign(self) -> char {
        match self {
            Self::For => '+',
            Self::Against => '-',
            Self::Beyond => '!',
            Self::Slightly => '~',
        }
    }

    /// As it is read aloud.
    #[must_use]
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::For => "for",
            Self::Against => "against",
            Self::Beyond => "mind",
            Self::Slightly => "note",
        }
    }
}

/// One of several things side by side.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Card {
    /// Its heading.
    pub(crate) title: String,
    /// The same in te reo Māori, shown beside it.
    pub(crate) maori: Option<String>,
    /// What it says.
    pub(crate) blocks: Vec<Block>,
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table {
    /// What it shows.
    pub(crate) caption: String,
    /// Its columns.
    pub(crate) columns: Vec<Column>,
    /// Its rows.
    pub(crate) rows: Vec<Row>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Column {
    /// Its heading.
    pub(crate) name: String,
    /// What it holds.
    pub(crate) holds: ColumnKind,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ColumnKind {
    /// The name of the row.
    Name,
    /// Words.
    Words,
    /// Figures.
    Figures,
    /// A picture of the figures.
    Pictures,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    /// A cell for each column.
    pub(crate) cells: Vec<Cell>,
    /// Something to mind about it.
    pub(crate) beyond: Option<String>,
    /// Whether it stands out from the others, as a role of the band does.
    pub(crate) strong: bool,
}

impl Row {
    /// A row like any other.
    #[must_use]
    pub(crate) const fn of(cells: Vec<Cell>) -> Self {
        Self {
            cells,
            beyond: None,
            strong: false,
        }
    }
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Words or figures.
    Text(String),
    /// A picture of the figures beside it.
    Picture(Sparkline),
}

/// A picture of a few figures. Every figure also stands in words beside it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Sparkline {
    /// A value from 0 to 100 as its error: from, to.
    Reach(f64, f64),
    /// A person and a role on a standard normal scale.
    Dots {
        /// The person's estimate.
        you: f64,
        /// Its standard error.
        error: f64,
        /// The role's relative level.
        role: f64,
    },
    /// A score from 0 to 100, then and now.
    Shift(f64, f64),
    /// Shares of people from 0 to 1 in equal parts of a scale; none where withheld.
    Columns(Vec<Option<f64>>),
    /// Nothing known to draw.
    Blank,
}

impl Card {
    /// The whole heading as plain text.
    pub(crate) fn heading(&self) -> String {
        beside(&self.title, self.maori.as_deref())
    }
}

/// A name with the one in te reo Māori beside it, where there is one.
pub(crate) fn beside(name: &str, maori: Option<&str>) -> String {
    maori.map_or_else(|| name.to_owned(), |maori| format!("{name} ({maori})"))
}

/// A column.
pub(crate) fn column(name: impl Into<String>, holds: ColumnKind) -> Column {
    Column {
        name: name.into(),
        holds,
    }
}

/// A cell of words.
pub(crate) fn words(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

impl Document {
    /// A part, unless there is nothing to say.
    pub(crate) fn part(
        &mut self,
        class: &'static str,
        title: impl Into<String>,
        blocks: Vec<Block>,
    ) {
        if !blocks.is_empty() {
            self.parts.push(Part {
                class,
                title: title.into(),
                blocks,
            });
        }
    }
}
