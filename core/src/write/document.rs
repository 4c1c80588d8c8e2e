//! A page before it has a format: what it says and in which order. Text, Markdown and HTML each write
//! the same pieces, so that no format holds a fact that another lacks. All texts are plain; whoever
//! writes them makes them safe.

use crate::pack::model::Pack;
use crate::text::catalogue::OWN;
use crate::text::language::Language;
use crate::write::letterhead::Letterhead;
use crate::write::map::MapDrawing;
use crate::write::rich_text::{LinkTarget, RichText, Span};
use std::borrow::Cow;

/// A whole page.
///
/// ```
/// # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
/// # let mut answers = Answers::none(&pack);
/// # answers.set_all(&[3, 3, 1, 2, 3, 2]).expect("six answers");
/// # let outcome = comparison.assess(&answers);
/// use rolescope_core::pages::ResultOptions;
/// use rolescope_core::write::{PageFormat, TextStyle};
///
/// let report = comparison.explain(&answers, &outcome);
/// let page = report.page(&answers, "anna", &ResultOptions::default());
/// let style = TextStyle::new(80);
/// assert_eq!(page.to_format(PageFormat::Text, style), page.to_text(style));
/// assert!(page.to_html().starts_with("<!DOCTYPE html>"));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// A word for the style.
    pub(crate) class: &'static str,
    /// Its heading.
    pub(crate) title: RichText,
    /// What stands before the first part.
    pub(crate) opening: Vec<Block>,
    /// Its parts.
    pub(crate) parts: Vec<Part>,
    /// Said at the foot of each printed page.
    pub(crate) foot: Cow<'static, str>,
    /// Tag of the language that it is in.
    pub(crate) language: String,
    /// Whose page it is, above all else.
    pub(crate) head: Letterhead,
}

/// A part with its heading.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Part {
    /// A word for the style.
    pub(crate) class: &'static str,
    /// Its heading.
    pub(crate) title: RichText,
    /// What it says.
    pub(crate) blocks: Vec<Block>,
}

/// A piece of a part.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Block {
    /// A paragraph.
    Prose(RichText),
    /// A paragraph that must not be overlooked.
    Note(RichText),
    /// A paragraph that begins with its name.
    Fact(Cow<'static, str>, RichText),
    /// What to type to get further: for a screen, never printed.
    Command(RichText),
    /// A list; it may have a line before it.
    Items(Option<Cow<'static, str>>, Vec<RichText>),
    /// A list whose items are referred to by their numbers, from 1. A page has one at most.
    Numbered(Vec<RichText>),
    /// Things to do, each with a box to tick.
    Checklist(Vec<RichText>),
    /// A list in which each item has a mark, and the word that is read for it.
    Marks(Vec<(ListMark, String, RichText)>),
    /// Things side by side where there is room.
    Cards(Vec<Card>),
    /// A table; its pictures are a chart.
    Table(Table),
    /// A drawing with axes.
    Plot(Plot),
    /// Points of a plane with their names.
    Map(Box<Map>),
    /// Figures behind what was said: folded away in HTML unless a map is among them, left out of text for a
    /// terminal and of paper.
    Detail(Cow<'static, str>, Vec<Block>),
    /// Something to write on: what about, and how many lines.
    Write(RichText, usize),
    /// Words that are each followed by a line to write on.
    Blanks(Vec<String>),
    /// Questions with a box for each label.
    Ticks(Ticks),
    /// A question with options, one of which is to be ticked.
    Puzzle(Puzzle),
    /// Numbers of questions with boxes, for answers apart from the questions.
    AnswerGrid(Vec<AnswerRow>),
}

/// Questions that share a scale: a box for each label.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ticks {
    /// What stands over the questions.
    pub heading: String,
    /// What stands over their numbers.
    pub number: String,
    /// The labels, the lowest first.
    pub labels: Vec<String>,
    /// Number and text of each question.
    pub questions: Vec<(usize, String)>,
}

/// A question with options.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Puzzle {
    /// Its number; none for one to practise on.
    pub number: Option<usize>,
    /// What is asked.
    pub text: String,
    /// A text drawing.
    pub figure: Option<String>,
    /// Letter or sign, and text, of each option.
    pub options: Vec<(char, String)>,
}

/// A question on an answer sheet.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AnswerRow {
    /// Its number.
    pub number: usize,
    /// What stands at each box.
    pub boxes: Vec<char>,
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
    /// What its figures are called, and what goes on for whoever hears it: of which drawing.
    pub(crate) figures: [String; 2],
    /// Its figures.
    pub(crate) table: Table,
}

/// A map, what it shows in words, and every place on it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Map {
    /// What it is of.
    pub(crate) title: String,
    /// What it shows, for whoever does not see it.
    pub(crate) alt: String,
    /// The drawing.
    pub(crate) drawing: MapDrawing,
    /// What its places are called, and what goes on for whoever hears it: on which map.
    pub(crate) places: [String; 2],
    /// Its places.
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
    pub(crate) const fn sign(self) -> char {
        match self {
            Self::For => '+',
            Self::Against => '-',
            Self::Beyond => '!',
            Self::Slightly => '~',
        }
    }

    /// The message with the word that is read aloud for it.
    const fn word(self) -> &'static str {
        match self {
            Self::For => "mark-for",
            Self::Against => "mark-against",
            Self::Beyond => "mark-beyond",
            Self::Slightly => "mark-slightly",
        }
    }
}

/// One of several things side by side.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Card {
    /// Its heading.
    pub(crate) title: RichText,
    /// What it is called in files.
    pub(crate) id: Option<String>,
    /// What it says.
    pub(crate) blocks: Vec<Block>,
}

impl Card {
    /// A card.
    pub(crate) fn new(title: impl Into<RichText>, blocks: Vec<Block>) -> Self {
        Self {
            title: title.into(),
            id: None,
            blocks,
        }
    }
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
    /// Whether it makes room first where a table is too wide: its cells then stand below their row.
    pub(crate) minor: bool,
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
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Row {
    /// A cell for each column.
    pub(crate) cells: Vec<Cell>,
    /// More about its name.
    pub(crate) about: Option<RichText>,
    /// Something to mind about it.
    pub(crate) beyond: Option<Beyond>,
    /// Whether it stands out from the others, as a role of the band does.
    pub(crate) strong: bool,
}

/// Something to mind about a row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Beyond {
    /// What is read aloud for its sign.
    pub(crate) word: String,
    /// What to mind.
    pub(crate) text: String,
}

impl Beyond {
    /// What to mind, in a language.
    pub(crate) fn new(language: &Language, text: String) -> Self {
        Self {
            word: language.phrase(ListMark::Beyond.word()).to_string(),
            text,
        }
    }
}

impl Row {
    /// A row like any other.
    pub(crate) fn of(cells: Vec<Cell>) -> Self {
        Self {
            cells,
            ..Self::default()
        }
    }
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Words or figures.
    Text(RichText),
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

/// A column.
pub(crate) fn column(name: impl Into<String>, holds: ColumnKind) -> Column {
    Column {
        name: name.into(),
        holds,
        minor: false,
    }
}

/// A column that makes room first.
pub(crate) fn minor_column(name: impl Into<String>, holds: ColumnKind) -> Column {
    Column {
        minor: true,
        ..column(name, holds)
    }
}

/// A cell of words.
pub(crate) fn words(text: impl Into<RichText>) -> Cell {
    Cell::Text(text.into())
}

/// A paragraph.
pub(crate) fn prose(text: impl Into<RichText>) -> Block {
    Block::Prose(text.into())
}

/// A paragraph that must not be overlooked.
pub(crate) fn note(text: impl Into<RichText>) -> Block {
    Block::Note(text.into())
}

/// A paragraph that begins with its name.
pub(crate) fn fact(name: impl Into<Cow<'static, str>>, text: impl Into<RichText>) -> Block {
    Block::Fact(name.into(), text.into())
}

/// A list.
pub(crate) fn list<T: Into<RichText>>(texts: impl IntoIterator<Item = T>) -> Block {
    Block::Items(None, texts.into_iter().map(Into::into).collect())
}

/// A list after a line.
pub(crate) fn list_after<T: Into<RichText>>(
    lead: String,
    texts: impl IntoIterator<Item = T>,
) -> Block {
    let texts = texts.into_iter().map(Into::into);
    Block::Items(Some(lead.into()), texts.collect())
}

/// What is folded away, under a name.
pub(crate) fn detail(name: impl Into<Cow<'static, str>>, blocks: Vec<Block>) -> Block {
    Block::Detail(name.into(), blocks)
}

/// A list in which each item has a mark.
pub(crate) fn marks(language: &Language, all: Vec<(ListMark, String)>) -> Block {
    let all = all.into_iter();
    let word = |mark: ListMark| language.phrase(mark.word()).to_string();
    let all = all.map(|(mark, text)| (mark, word(mark), text.into()));
    Block::Marks(all.collect())
}

/// A list, unless there is nothing in it.
pub(crate) fn items<T: Into<RichText>>(texts: impl IntoIterator<Item = T>) -> Option<Block> {
    let mut texts = texts.into_iter().peekable();
    texts.peek().is_some().then(|| list(texts))
}

/// A list after a line, unless there is nothing in it.
pub(crate) fn items_after<T: Into<RichText>>(
    lead: String,
    texts: impl IntoIterator<Item = T>,
) -> Option<Block> {
    let mut texts = texts.into_iter().peekable();
    texts.peek().is_some().then(|| list_after(lead, texts))
}

impl Document {
    /// A page that says nothing yet.
    pub(crate) fn new(
        class: &'static str,
        title: impl Into<RichText>,
        foot: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            class,
            title: title.into(),
            opening: Vec::new(),
            parts: Vec::new(),
            foot: foot.into(),
            language: OWN.to_owned(),
            head: Letterhead::default(),
        }
    }

    /// The same page, in the language that a pack is shown in.
    pub(crate) fn in_language_of(mut self, pack: &Pack) -> Self {
        pack.language().clone_into(&mut self.language);
        self
    }

    /// A part, unless there is nothing to say.
    pub(crate) fn part(
        &mut self,
        class: &'static str,
        title: impl Into<RichText>,
        blocks: impl IntoIterator<Item = Block>,
    ) {
        let blocks: Vec<Block> = blocks.into_iter().collect();
        if !blocks.is_empty() {
            self.parts.push(Part {
                class,
                title: title.into(),
                blocks,
            });
        }
    }

    /// With whose page it is above all else: a name, as a school's; whom to ask, and how; and a picture, the bytes of
    /// a PNG or SVG file, which only HTML shows.
    ///
    /// A page holds the picture itself, so that it needs no other file, and as a picture, which runs nothing. Whether
    /// it is a sound one is not looked at.
    ///
    /// ```
    /// # use rolescope_core::{Pack, SourceFile};
    /// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
    /// let page = pack.roles()[1].page(&pack).with_letterhead(Some("Hill School"), None, None);
    /// assert!(page.to_markdown().starts_with("**Hill School**"));
    /// ```
    #[must_use]
    pub fn with_letterhead(
        mut self,
        name: Option<&str>,
        contact: Option<&str>,
        logo: Option<&[u8]>,
    ) -> Self {
        self.head = Letterhead {
            name: name.map(str::to_owned),
            contact: contact.map(str::to_owned),
            logo: logo.map(<[u8]>::to_vec),
        };
        self
    }

    /// Its heading as letters.
    #[must_use]
    pub fn title(&self) -> String {
        self.title.plain()
    }

    /// Every text of the page, in the order of reading, each as letters, with the addresses that it
    /// leads to; and whether it is detail, which text for a terminal leaves out.
    #[must_use]
    pub fn texts(&self) -> Vec<(String, bool)> {
        let mut all = Vec::new();
        let mut see = |text: &str, detail: bool| all.push((text.to_owned(), detail));
        self.head.lines().for_each(|line| see(line, false));
        rich(&self.title, false, &mut see);
        visit(&self.opening, false, &mut see);
        for part in &self.parts {
            rich(&part.title, false, &mut see);
            visit(&part.blocks, false, &mut see);
        }
        all.retain(|(text, _)| !text.trim().is_empty());
        all
    }
}

/// What is told of each text: its letters, and whether it is detail.
type See<'s> = dyn FnMut(&str, bool) + 's;

fn rich(text: &RichText, detail: bool, see: &mut See<'_>) {
    for span in text.spans() {
        see(span.letters(), detail);
        if let Span::Link(_, LinkTarget::Address(address)) = span {
            see(address, detail);
        }
    }
}

fn visit(blocks: &[Block], detail: bool, see: &mut See<'_>) {
    for block in blocks {
        match block {
            Block::Prose(text)
            | Block::Note(text)
            | Block::Command(text)
            | Block::Write(text, _) => rich(text, detail, see),
            Block::Fact(name, text) => {
                see(name, detail);
                rich(text, detail, see);
            }
            Block::Items(lead, texts) => {
                see(lead.as_deref().unwrap_or_default(), detail);
                for text in texts {
                    rich(text, detail, see);
                }
            }
            Block::Numbered(texts) | Block::Checklist(texts) => {
                for text in texts {
                    rich(text, detail, see);
                }
            }
            Block::Marks(marks) => marks
                .iter()
                .for_each(|(_, _, text)| rich(text, detail, see)),
            Block::Cards(cards) => {
                for card in cards {
                    rich(&card.title, detail, see);
                    see(card.id.as_deref().unwrap_or_default(), detail);
                    visit(&card.blocks, detail, see);
                }
            }
            Block::Table(table) => visit_table(table, detail, see),
            Block::Plot(plot) => {
                see(&plot.title, true);
                see(&plot.alt, detail);
                visit_table(&plot.table, true, see);
            }
            Block::Map(map) => {
                see(&map.title, true);
                see(&map.alt, true);
                let ends = &map.drawing.ends;
                for end in [&ends.top, &ends.bottom, &ends.left, &ends.right] {
                    see(end, detail);
                }
                see(&map.drawing.strong, detail);
                for point in map.drawing.listed() {
                    see(&point.number.to_string(), detail);
                    see(&point.name, detail);
                    see(&point.note, detail);
                }
                visit_table(&map.table, true, see);
            }
            Block::Detail(name, blocks) => {
                see(name, true);
                visit(blocks, true, see);
            }
            Block::Blanks(words) => words.iter().for_each(|word| see(word, detail)),
            Block::Ticks(ticks) => {
                ticks.labels.iter().for_each(|label| see(label, detail));
                for (number, text) in &ticks.questions {
                    see(&number.to_string(), detail);
                    see(text, detail);
                }
            }
            Block::Puzzle(puzzle) => {
                see(&puzzle.text, detail);
                let figure = puzzle.figure.iter().flat_map(|figure| figure.lines());
                figure.for_each(|line| see(line, detail));
                for (letter, option) in &puzzle.options {
                    see(&letter.to_string(), detail);
                    see(option, detail);
                }
            }
            Block::AnswerGrid(rows) => {
                let numbers = rows.iter().map(|row| row.number.to_string());
                numbers.for_each(|number| see(&number, detail));
            }
        }
    }
}

fn visit_table(table: &Table, detail: bool, see: &mut See<'_>) {
    see(&table.caption, detail);
    for row in &table.rows {
        for (column, cell) in table.columns.iter().zip(&row.cells) {
            if let Cell::Text(text) = cell {
                // where a table is narrow, names stand without the heading that says they are names
                if column.holds != ColumnKind::Name && !text.is_empty() {
                    see(&column.name, detail);
                }
                rich(text, detail, see);
            }
        }
        if let Some(about) = &row.about {
            rich(about, detail, see);
        }
        see(
            row.beyond.as_ref().map_or("", |beyond| &beyond.text),
            detail,
        );
    }
}
