//! A page as Markdown.

use crate::write::document::{Block, Cell, ColumnKind, Document, Table};
use crate::write::markup::markdown;
use crate::write::sparkline;
use crate::write::terminal_text::TextStyle;
use std::fmt::Write as _;

/// Characters of a picture.
const PICTURE: usize = 15;

/// The whole page.
#[must_use]
pub fn page(doc: &Document) -> String {
    let mut out = format!("# {}\n", markdown(&doc.title));
    blocks(&doc.opening, 3, &mut out);
    for part in &doc.parts {
        let _ = write!(out, "\n## {}\n", markdown(&part.title));
        blocks(&part.blocks, 3, &mut out);
    }
    out
}

fn blocks(blocks: &[Block], level: usize, out: &mut String) {
    for block in blocks {
        out.push('\n');
        let _ = match block {
            Block::Prose(text) => writeln!(out, "{}", markdown(text)),
            Block::Note(text) => writeln!(out, "> **{}**", markdown(text)),
            Block::Fact(name, text) => writeln!(out, "**{name}:** {}", markdown(text)),
            Block::Items(lead, items) => {
                if let Some(lead) = lead {
                    let _ = writeln!(out, "{lead}\n");
                }
                items
                    .iter()
                    .try_for_each(|item| writeln!(out, "- {}", markdown(item)))
            }
            Block::Marks(marks) => marks.iter().try_for_each(|(mark, text)| {
                writeln!(out, "- **{}** {}", mark.word(), markdown(text))
            }),
            Block::Cards(cards) => {
                for (at, card) in cards.iter().enumerate() {
                    let gap = if at > 0 { "\n" } else { "" };
                    let _ = writeln!(
                        out,
                        "{gap}{} {}",
                        "#".repeat(level),
                        markdown(&card.heading())
                    );
                    self::blocks(&card.blocks, level + 1, out);
                }
                Ok(())
            }
            Block::Table(table) => {
                self::table(table, out);
                Ok(())
            }
            Block::Plot(plot) => {
                let _ = writeln!(out, "{}\n", markdown(&plot.alt));
                self::table(&plot.table, out);
                Ok(())
            }
            Block::Write(prompt, lines) => {
                let line = "\n\n\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_";
                writeln!(out, "{}{}", markdown(prompt), line.repeat(*lines))
            }
        };
    }
}

fn table(table: &Table, out: &mut String) {
    let look = TextStyle {
        colour: false,
        width: 80,
        ascii: false,
    };
    if !table.caption.is_empty() {
        let _ = writeln!(out, "{}\n", markdown(&table.caption));
    }
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let names = table.columns.iter().map(|column| markdown(&column.name));
    out.push_str(&line(names.collect()));
    let rules = table.columns.iter().map(|column| match column.holds {
        ColumnKind::Figures => "--:".to_owned(),
        _ => ":--".to_owned(),
    });
    out.push_str(&line(rules.collect()));
    for row in &table.rows {
        let cells = table
            .columns
            .iter()
            .zip(&row.cells)
            .map(|(column, cell)| match cell {
                Cell::Text(text) if column.holds == ColumnKind::Name => {
                    let name = markdown(text);
                    let name = if row.strong {
                        format!("**{name}**")
                    } else {
                        name
                    };
                    let beyond = row.beyond.as_ref().map(|b| format!(" ({})", markdown(b)));
                    name + &beyond.unwrap_or_default()
                }
                Cell::Text(text) => markdown(text),
                Cell::Picture(picture) => {
                    let drawn = sparkline::picture(picture, PICTURE, look);
                    if drawn.is_empty() {
                        drawn
                    } else {
                        format!("`{drawn}`")
                    }
                }
            });
        out.push_str(&line(cells.collect()));
    }
}
