//! A page as text for a terminal.

use crate::write::columns::width as columns_of;
use crate::write::document::{
    Beyond, Block, Cell, Column, ColumnKind, Document, Puzzle, Row, Table, Ticks,
};
use crate::write::map_text;
use crate::write::rich_text::RichText;
use crate::write::sparkline;
use crate::write::terminal_text::{TextPage, TextStyle, cell, inert};

/// Columns of a picture.
const PICTURE: usize = 21;
/// Columns under which a picture is left out: the figures say the same.
const SMALLEST: usize = 8;
/// Columns before the text of a question.
const MARGIN: usize = 6;

/// The whole page.
#[must_use]
pub(crate) fn page(doc: &Document, look: TextStyle) -> String {
    let mut page = TextPage::new(look);
    for line in doc.head.lines() {
        page.prose(0, &inert(line));
    }
    page.heading(&plain(&doc.title));
    blocks(&doc.opening, &mut page);
    for part in &doc.parts {
        // a part that only text leaves out has no heading either
        if part.blocks.iter().all(|b| matches!(b, Block::Detail(..))) {
            continue;
        }
        page.heading(&plain(&part.title));
        blocks(&part.blocks, &mut page);
    }
    page.finish()
}

/// A text as letters that act on no terminal.
fn plain(text: &RichText) -> String {
    inert(&text.plain()).into_owned()
}

fn blocks(blocks: &[Block], page: &mut TextPage) {
    let shown = blocks.iter().filter(|b| !matches!(b, Block::Detail(..)));
    for (at, block) in shown.enumerate() {
        if at > 0 && !matches!(block, Block::Marks(_)) {
            page.gap();
        }
        write(block, page);
    }
}

fn write(block: &Block, page: &mut TextPage) {
    match block {
        Block::Prose(text) => page.prose(0, &plain(text)),
        // to be copied, so without marks around it
        Block::Command(text) => page.prose(0, &inert(&text.letters())),
        Block::Note(text) => page.hanging("! ", 2, &plain(text)),
        Block::Fact(name, text) => page.prose(0, &format!("{name}: {}", plain(text))),
        Block::Items(lead, items) => {
            if let Some(lead) = lead {
                page.line(lead);
            }
            for item in items {
                page.item(if lead.is_some() { 2 } else { 0 }, &plain(item));
            }
        }
        Block::Numbered(items) => {
            for (number, item) in (1..).zip(items) {
                page.hanging(&format!("{number:>3}  "), 5, &plain(item));
            }
        }
        Block::Checklist(items) => {
            for item in items {
                page.hanging("[ ] ", 4, &plain(item));
            }
        }
        Block::Marks(marks) => {
            for (mark, _, text) in marks {
                page.hanging(&format!("  {} ", mark.sign()), 4, &plain(text));
            }
        }
        Block::Cards(cards) => {
            for (at, card) in cards.iter().enumerate() {
                if at > 0 {
                    page.gap();
                }
                page.title(&plain(&card.title));
                if let Some(id) = &card.id {
                    page.line(&page.look().dim(&inert(id)));
                }
                blocks(&card.blocks, page);
            }
        }
        Block::Table(table) => self::table(table, page),
        Block::Plot(plot) => page.prose(0, &inert(&plot.alt)),
        Block::Map(map) => map_text::write(&map.drawing, page),
        Block::Detail(..) => {}
        Block::Write(prompt, lines) => {
            page.prose(0, &plain(prompt));
            for _ in 0..*lines {
                page.gap();
                page.line(&"_".repeat(page.look().columns()));
            }
        }
        Block::Blanks(words) => {
            for word in words {
                let left = page.look().columns().saturating_sub(columns_of(word) + 1);
                page.prose(0, word);
                page.line(&"_".repeat(left.clamp(8, 30)));
            }
        }
        Block::Ticks(ticks) => self::ticks(ticks, page),
        Block::Puzzle(puzzle) => self::puzzle(puzzle, page),
        Block::AnswerGrid(rows) => {
            for row in rows {
                let boxes: Vec<String> = row.boxes.iter().map(|b| format!("[ ] {b}")).collect();
                page.hanging(&format!("{:>4}  ", row.number), MARGIN, &boxes.join("  "));
            }
        }
    }
}

fn ticks(ticks: &Ticks, page: &mut TextPage) {
    for (number, label) in (1..).zip(&ticks.labels) {
        page.hanging(&format!("  {number}  "), 5, &inert(label));
    }
    page.gap();
    for (number, text) in &ticks.questions {
        page.hanging(&format!("{number:>4}  "), MARGIN, &inert(text));
    }
}

fn puzzle(puzzle: &Puzzle, page: &mut TextPage) {
    let number = puzzle.number.map_or_else(String::new, |n| n.to_string());
    page.hanging(&format!("{number:>4}  "), MARGIN, &inert(&puzzle.text));
    if let Some(figure) = &puzzle.figure {
        // moved in where there is room, never wrapped
        let widest = figure.lines().map(columns_of).max();
        let left = page.look().columns().saturating_sub(widest.unwrap_or(0));
        let margin = left.min(MARGIN);
        page.gap();
        for line in figure.lines() {
            page.line(&format!("{:margin$}{}", "", inert(line)));
        }
        page.gap();
    }
    for (letter, option) in &puzzle.options {
        let mark = format!("{:MARGIN$}{letter}  ", "");
        page.hanging(&mark, MARGIN + 3, &inert(option));
    }
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => plain(text),
        Cell::Picture(_) => String::new(),
    }
}

fn table(table: &Table, page: &mut TextPage) {
    if !table.caption.is_empty() {
        page.prose(0, &inert(&table.caption));
        page.gap();
    }
    let look = page.look();
    let columns = &table.columns;
    let width = |c: usize| {
        let cells = table.rows.iter().map(|row| text(&row.cells[c]));
        let all = cells.chain([inert(&columns[c].name).into_owned()]);
        all.map(|text| columns_of(&text)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let picture = |c: &usize| columns[*c].holds == ColumnKind::Pictures;
    let taken = |shown: &[usize]| -> usize {
        let lettered = shown.iter().filter(|c| !picture(c));
        lettered.map(|&c| widths[c] + 2).sum()
    };
    let mut shown: Vec<usize> = (0..columns.len()).collect();
    if taken(&shown) > look.columns() {
        shown.retain(|&c| !columns[c].minor);
    }
    if taken(&shown) > look.columns() {
        shown.retain(|&c| columns[c].holds == ColumnKind::Name);
        for row in &table.rows {
            for &c in &shown {
                page.hanging("  ", 4, &text(&row.cells[c]));
            }
            below(columns, &shown, row, page);
        }
        return;
    }
    let left = look.columns() - taken(&shown);
    let room = if left >= SMALLEST + 2 {
        (left - 2).min(PICTURE)
    } else {
        0
    };
    let lay = |write: &dyn Fn(usize) -> String| {
        let cells: Vec<String> = shown
            .iter()
            .filter(|c| !picture(c) || room > 0)
            .map(|&c| match columns[c].holds {
                ColumnKind::Pictures => write(c),
                ColumnKind::Figures => format!("{:>1$}", write(c), widths[c]),
                ColumnKind::Name | ColumnKind::Words => cell(&write(c), widths[c], look.ascii),
            })
            .collect();
        format!("  {}", cells.join("  "))
    };
    let header = lay(&|c| inert(&columns[c].name).into_owned());
    if !header.trim().is_empty() {
        page.line(&look.dim(header.trim_end()));
    }
    for row in &table.rows {
        let line = lay(&|c| match &row.cells[c] {
            Cell::Picture(picture) => sparkline::picture(picture, room, look),
            Cell::Text(words) => plain(words),
        });
        page.line(&if row.strong { look.bold(&line) } else { line });
        below(columns, &shown, row, page);
    }
}

/// What stands below a row: the cells for which there was no room, each after its column's name, then
/// more about the row and what to mind.
fn below(columns: &[Column], shown: &[usize], row: &Row, page: &mut TextPage) {
    let mut rest: Vec<String> = Vec::new();
    for (c, (column, cell)) in columns.iter().zip(&row.cells).enumerate() {
        let text = text(cell);
        if !shown.contains(&c) && !text.trim().is_empty() {
            rest.push(format!("{} {}", inert(&column.name), text.trim()));
        }
    }
    if !rest.is_empty() {
        page.prose(MARGIN, &rest.join(", "));
    }
    if let Some(about) = &row.about {
        page.prose(MARGIN, &plain(about));
    }
    if let Some(Beyond { text, .. }) = &row.beyond {
        page.hanging("      ! ", 8, &inert(text));
    }
}
