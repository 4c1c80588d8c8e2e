//! A page as text for a terminal.

use crate::write::columns::width;
use crate::write::document::{Block, Cell, Column, ColumnKind, Document, Row, Table};
use crate::write::sparkline;
use crate::write::terminal_text::{TextPage, TextStyle, cell, inert};

/// Columns of a picture.
const PICTURE: usize = 21;
/// Columns under which a picture is left out: the figures say the same.
const SMALLEST: usize = 8;

/// The whole page.
#[must_use]
pub fn page(doc: &Document, look: TextStyle) -> String {
    let mut page = TextPage::new(look);
    page.heading(&inert(&doc.title));
    blocks(&doc.opening, &mut page);
    for part in &doc.parts {
        page.heading(&inert(&part.title));
        blocks(&part.blocks, &mut page);
    }
    page.finish()
}

/// Some pieces of a page.
pub(crate) fn blocks(blocks: &[Block], page: &mut TextPage) {
    for (at, block) in blocks.iter().enumerate() {
        if at > 0 && !matches!(block, Block::Marks(_)) {
            page.gap();
        }
        write(block, page);
    }
}

fn write(block: &Block, page: &mut TextPage) {
    match block {
        Block::Prose(text) => page.prose(0, &inert(text)),
        Block::Note(text) => page.hanging("! ", 2, &inert(text)),
        Block::Fact(name, text) => page.prose(0, &inert(&format!("{name}: {text}"))),
        Block::Items(lead, items) => {
            if let Some(lead) = lead {
                page.line(lead);
            }
            for item in items {
                page.item(if lead.is_some() { 2 } else { 0 }, &inert(item));
            }
        }
        Block::Marks(marks) => {
            for (mark, text) in marks {
                page.hanging(&format!("  {} ", mark.sign()), 4, &inert(text));
            }
        }
        Block::Cards(cards) => {
            for (at, card) in cards.iter().enumerate() {
                if at > 0 {
                    page.gap();
                }
                page.title(&inert(&card.heading()));
                blocks(&card.blocks, page);
            }
        }
        Block::Table(table) => self::table(table, page),
        Block::Plot(plot) => {
            page.prose(0, &inert(&plot.alt));
            page.gap();
            self::table(&plot.table, page);
        }
        Block::Write(prompt, lines) => {
            page.prose(0, &inert(prompt));
            for _ in 0..*lines {
                page.gap();
                page.line(&"_".repeat(page.look().columns()));
            }
        }
    }
}

fn text(cell: &Cell) -> &str {
    match cell {
        Cell::Text(text) => text,
        Cell::Picture(_) => "",
    }
}

fn table(table: &Table, page: &mut TextPage) {
    if !table.caption.is_empty() {
        page.prose(0, &inert(&table.caption));
        page.gap();
    }
    let look = page.look();
    let widths: Vec<usize> = table
        .columns
        .iter()
        .enumerate()
        .map(|(c, column)| {
            let cells = table.rows.iter().map(|row| text(&row.cells[c]));
            let widest = cells.chain([column.name.as_str()]).map(width);
            match column.holds {
                ColumnKind::Pictures => 0,
                _ => widest.max().unwrap_or(0),
            }
        })
        .collect();
    let shown = |c: &usize| table.columns[*c].holds != ColumnKind::Pictures;
    let taken: usize = (0..widths.len()).filter(shown).map(|c| widths[c] + 2).sum();
    if taken > look.columns() {
        for row in &table.rows {
            stacked(&table.columns, row, page);
        }
        return;
    }
    let left = look.columns() - taken;
    let room = if left >= SMALLEST + 2 {
        (left - 2).min(PICTURE)
    } else {
        0
    };
    let lay = |write: &dyn Fn(usize) -> String| {
        let cells: Vec<String> = (0..widths.len())
            .filter(|c| shown(c) || room > 0)
            .map(|c| match table.columns[c].holds {
                ColumnKind::Pictures => write(c),
                ColumnKind::Figures => format!("{:>1$}", write(c), widths[c]),
                ColumnKind::Name | ColumnKind::Words => cell(&write(c), widths[c], look.ascii),
            })
            .collect();
        format!("  {}", cells.join("  "))
    };
    let header = lay(&|c| inert(&table.columns[c].name).into_owned());
    page.line(&look.dim(header.trim_end()));
    for row in &table.rows {
        let line = lay(&|c| match &row.cells[c] {
            Cell::Text(text) => inert(text).into_owned(),
            Cell::Picture(picture) => sparkline::picture(picture, room, look),
        });
        page.line(&if row.strong { look.bold(&line) } else { line });
        beyond(row, page);
    }
}

/// A row where there is no room for columns: its name, then each figure after its column's name.
fn stacked(columns: &[Column], row: &Row, page: &mut TextPage) {
    let mut rest: Vec<String> = Vec::new();
    for (column, cell) in columns.iter().zip(&row.cells) {
        let text = inert(text(cell));
        match column.holds {
            ColumnKind::Name => page.hanging("  ", 4, &text),
            ColumnKind::Words | ColumnKind::Figures if !text.is_empty() => {
                rest.push(format!("{} {}", inert(&column.name), text.trim()));
            }
            ColumnKind::Words | ColumnKind::Figures | ColumnKind::Pictures => {}
        }
    }
    page.prose(6, &rest.join(", "));
    beyond(row, page);
}

fn beyond(row: &Row, page: &mut TextPage) {
    if let Some(text) = &row.beyond {
        page.hanging("      ! ", 8, &inert(text));
    }
}
