//! A page as Markdown (`CommonMark`, with the tables of GitHub).

use crate::write::document::{
    Block, Card, Cell, ColumnKind, Document, Map, Puzzle, Row, Sparkline, Table, Ticks,
};
use crate::write::markup::{code, fenced, markdown, markdown_inline};
use crate::write::rich_text::{LinkTarget, RichText, Span};
use crate::write::sparkline;
use crate::write::terminal_text::TextStyle;
use std::fmt::Write as _;

/// Characters of a picture.
const PICTURE: usize = 15;
/// An empty tick box.
const BOX: char = '☐';

/// The whole page.
#[must_use]
pub(crate) fn page(doc: &Document) -> String {
    let mut out = String::new();
    if let Some(name) = &doc.head.name {
        let _ = write!(out, "**{}**\n\n", markdown_inline(name));
    }
    if let Some(contact) = &doc.head.contact {
        let _ = write!(out, "{}\n\n", markdown(contact));
    }
    let _ = writeln!(out, "# {}", rich(&doc.title));
    blocks(&doc.opening, 3, &mut out);
    for part in &doc.parts {
        let _ = write!(out, "\n## {}\n", rich(&part.title));
        blocks(&part.blocks, 3, &mut out);
    }
    out
}

/// A text as one line: a paragraph, a heading, an item.
fn rich(text: &RichText) -> String {
    let mut spans = text.spans().iter();
    let mut out = match spans.next() {
        Some(Span::Plain(words)) => markdown(words),
        Some(other) => span(other),
        None => String::new(),
    };
    out.extend(spans.map(span));
    out.trim_end().to_owned()
}

/// The same where nothing can begin a block: in a cell, or after other words.
fn inline(text: &RichText) -> String {
    let line: String = text.spans().iter().map(span).collect();
    line.trim().to_owned()
}

fn span(span: &Span) -> String {
    match span {
        Span::Plain(words) | Span::Maori(words) | Span::Link(words, LinkTarget::Item(_)) => {
            markdown_inline(words)
        }
        Span::Code(words) => code(words),
        Span::Link(words, LinkTarget::Address(address)) if words == address => {
            format!("<{}>", target(address))
        }
        Span::Link(words, LinkTarget::Address(address)) => {
            format!("[{}](<{}>)", markdown_inline(words), target(address))
        }
        Span::Link(words, LinkTarget::Page(name)) => {
            format!("[{}](<{}.md>)", markdown_inline(words), target(name))
        }
    }
}

/// An address between angle brackets, and in a cell: nothing ends it early.
fn target(address: &str) -> String {
    address
        .replace('|', "%7C")
        .replace('<', "%3C")
        .replace('>', "%3E")
}

fn blocks(blocks: &[Block], level: usize, out: &mut String) {
    for block in blocks {
        out.push('\n');
        write(block, level, out);
    }
}

fn write(block: &Block, level: usize, out: &mut String) {
    let _ = match block {
        Block::Prose(text) | Block::Command(text) => writeln!(out, "{}", rich(text)),
        Block::Note(text) => writeln!(out, "> **{}**", inline(text)),
        Block::Fact(name, text) => writeln!(out, "**{name}:** {}", inline(text)),
        Block::Items(lead, items) => {
            if let Some(lead) = lead {
                let _ = writeln!(out, "{lead}\n");
            }
            let mut items = items.iter();
            items.try_for_each(|item| writeln!(out, "- {}", rich(item)))
        }
        Block::Numbered(items) => {
            let mut items = (1..).zip(items);
            items.try_for_each(|(n, item)| writeln!(out, "{n}. {}", rich(item)))
        }
        Block::Checklist(items) => {
            let mut items = items.iter();
            items.try_for_each(|item| writeln!(out, "- [ ] {}", rich(item)))
        }
        Block::Marks(marks) => {
            let mut marks = marks.iter();
            marks.try_for_each(|(_, word, text)| {
                writeln!(out, "- **{}** {}", markdown_inline(word), inline(text))
            })
        }
        Block::Cards(cards) => {
            for (at, card) in cards.iter().enumerate() {
                out.push_str(if at > 0 { "\n" } else { "" });
                self::card(card, level, out);
            }
            Ok(())
        }
        Block::Table(table) => {
            self::table(table, out);
            Ok(())
        }
        Block::Plot(plot) => {
            let (title, alt) = (markdown_inline(&plot.title), markdown(&plot.alt));
            let _ = writeln!(out, "**{title}**\n\n{alt}\n");
            self::table(&plot.table, out);
            Ok(())
        }
        Block::Map(map) => {
            self::map(map, out);
            Ok(())
        }
        Block::Detail(name, inside) => {
            let _ = writeln!(out, "**{name}**");
            blocks(inside, level, out);
            Ok(())
        }
        Block::Write(prompt, lines) => {
            let line = format!("\n\n{}", "\\_".repeat(20));
            writeln!(out, "{}{}", rich(prompt), line.repeat(*lines))
        }
        Block::Blanks(words) => {
            let line = "\\_".repeat(20);
            let words: Vec<String> = words.iter().map(|word| format!("{word} {line}")).collect();
            writeln!(out, "{}", words.join("\n\n"))
        }
        Block::Ticks(ticks) => {
            self::ticks(ticks, out);
            Ok(())
        }
        Block::Puzzle(puzzle) => {
            self::puzzle(puzzle, out);
            Ok(())
        }
        Block::AnswerGrid(rows) => {
            for row in rows {
                let boxes: Vec<String> = row.boxes.iter().map(|b| format!("{BOX} {b}")).collect();
                let _ = writeln!(out, "- **{}** {}", row.number, boxes.join(" "));
            }
            Ok(())
        }
    };
}

/// A map in words, and every place on it.
fn map(map: &Map, out: &mut String) {
    let (title, alt) = (markdown_inline(&map.title), markdown(&map.alt));
    let _ = writeln!(out, "**{title}**\n\n{alt}\n");
    let ends = &map.drawing.ends;
    let words = &map.drawing.words;
    for (way, end) in [
        (&words.left, &ends.left),
        (&words.right, &ends.right),
        (&words.bottom, &ends.bottom),
        (&words.top, &ends.top),
    ] {
        let way = markdown_inline(way);
        let _ = writeln!(out, "- **{way}:** {}", markdown_inline(end));
    }
    out.push('\n');
    table(&map.table, out);
}

fn card(card: &Card, level: usize, out: &mut String) {
    let _ = writeln!(out, "{} {}", "#".repeat(level), rich(&card.title));
    if let Some(id) = &card.id {
        let _ = write!(out, "\n{}\n", code(id));
    }
    blocks(&card.blocks, level + 1, out);
}

fn ticks(ticks: &Ticks, out: &mut String) {
    let labels = (1..).zip(&ticks.labels);
    let labels = labels.map(|(n, label)| format!("{n} {}", markdown_inline(label)));
    let head = [&ticks.number, &ticks.heading];
    let head = head.into_iter().map(|head| markdown_inline(head));
    line(head.chain(labels), out);
    let rules = ["--:", ":--"].into_iter().map(str::to_owned);
    line(
        rules.chain(ticks.labels.iter().map(|_| ":-:".to_owned())),
        out,
    );
    for (number, text) in &ticks.questions {
        let cells = [number.to_string(), markdown_inline(text)].into_iter();
        line(
            cells.chain(ticks.labels.iter().map(|_| BOX.to_string())),
            out,
        );
    }
}

fn puzzle(puzzle: &Puzzle, out: &mut String) {
    let number = puzzle
        .number
        .map_or_else(String::new, |n| format!("**{n}** "));
    let text = if number.is_empty() {
        markdown(&puzzle.text)
    } else {
        markdown_inline(&puzzle.text)
    };
    let _ = writeln!(out, "{number}{text}\n");
    if let Some(figure) = &puzzle.figure {
        let _ = writeln!(out, "{}", fenced(figure));
    }
    for (letter, option) in &puzzle.options {
        let _ = writeln!(out, "- {BOX} **{letter}** {}", markdown_inline(option));
    }
}

/// A line of a table.
fn line(cells: impl Iterator<Item = String>, out: &mut String) {
    let cells: Vec<String> = cells.map(|cell| without_bars(&cell)).collect();
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}

/// A cell whose bars all have a backslash before them: one in code ends a cell too.
fn without_bars(cell: &str) -> String {
    let mut safe = String::new();
    for c in cell.chars() {
        if c == '|' && !safe.ends_with('\\') {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

fn table(table: &Table, out: &mut String) {
    if !table.caption.is_empty() {
        let _ = writeln!(out, "{}\n", markdown(&table.caption));
    }
    let columns = || table.columns.iter();
    line(columns().map(|column| markdown_inline(&column.name)), out);
    let rule = |holds| match holds {
        ColumnKind::Figures => "--:".to_owned(),
        _ => ":--".to_owned(),
    };
    line(columns().map(|column| rule(column.holds)), out);
    for row in &table.rows {
        let cells = columns().zip(&row.cells);
        let cells = cells.map(|(column, cell)| match cell {
            Cell::Text(text) if column.holds == ColumnKind::Name => name(text, row),
            Cell::Text(text) => inline(text),
            Cell::Picture(picture) => self::picture(picture),
        });
        line(cells, out);
    }
}

/// The name of a row, and more about it.
fn name(text: &RichText, row: &Row) -> String {
    let mut name = inline(text);
    if row.strong {
        name = format!("**{name}**");
    }
    let about = row.about.as_ref().map(inline);
    let beyond = row.beyond.as_ref().map(|b| markdown_inline(&b.text));
    for more in [about, beyond].into_iter().flatten() {
        let _ = write!(name, " ({more})");
    }
    name
}

fn picture(picture: &Sparkline) -> String {
    let look = TextStyle {
        colour: false,
        width: 80,
        ascii: false,
    };
    match sparkline::picture(picture, PICTURE, look) {
        drawn if drawn.is_empty() => drawn,
        drawn => format!("`{drawn}`"),
    }
}
