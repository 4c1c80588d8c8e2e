//! A page as one HTML file that needs nothing else: no script, no other file. Charts are tables whose
//! figures stand beside their pictures, so that a reader who sees no picture misses nothing.

use crate::write::document::{Block, Cell, ColumnKind, Document, ListMark, Plot, Table};
use crate::write::markup::{escape, html_page};
use crate::write::plot;
use crate::write::svg;
use std::fmt::Write as _;

const STYLE: &str = concat!(include_str!("page.css"), include_str!("print.css"));
/// What pages with plots need besides.
const PLOTS: &str = include_str!("plot.css");

/// The whole page.
#[must_use]
pub fn page(doc: &Document) -> String {
    let mut body = format!(
        "<main class=\"{}\">\n<header>\n<h1>{}</h1>\n",
        doc.class,
        escape(&doc.title)
    );
    blocks(&doc.opening, &mut body);
    body.push_str("</header>\n");
    for (at, part) in doc.parts.iter().enumerate() {
        let _ = writeln!(
            body,
            "<section class=\"{}\" aria-labelledby=\"part-{at}\">\n<h2 id=\"part-{at}\">{}</h2>",
            part.class,
            escape(&part.title)
        );
        blocks(&part.blocks, &mut body);
        body.push_str("</section>\n");
    }
    body.push_str("</main>\n");
    let mut style = STYLE.replace("FOOT", doc.foot);
    if body.contains("<figure class=\"plot\">") {
        style.push_str(PLOTS);
    }
    html_page(&doc.title, &style, &body)
}

fn blocks(blocks: &[Block], out: &mut String) {
    for block in blocks {
        write(block, out);
    }
}

fn write(block: &Block, out: &mut String) {
    let _ = match block {
        Block::Prose(text) => writeln!(out, "<p>{}</p>", escape(text)),
        Block::Note(text) => writeln!(out, "<p class=\"note\">{}</p>", escape(text)),
        Block::Fact(name, text) => writeln!(out, "<p><b>{name}:</b> {}</p>", escape(text)),
        Block::Items(lead, items) => {
            if let Some(lead) = lead {
                let _ = writeln!(out, "<p class=\"lead\"><b>{lead}</b></p>");
            }
            out.push_str("<ul>\n");
            for item in items {
                let _ = writeln!(out, "<li>{}</li>", escape(item));
            }
            writeln!(out, "</ul>")
        }
        Block::Marks(marks) => {
            out.push_str("<ul class=\"marks\">\n");
            for (mark, text) in marks {
                let _ = writeln!(out, "<li>{}{}</li>", sign(*mark), escape(text));
            }
            writeln!(out, "</ul>")
        }
        Block::Cards(cards) => {
            out.push_str("<div class=\"cards\">\n");
            for card in cards {
                let _ = writeln!(
                    out,
                    "<div class=\"card\">\n<h3>{}{}</h3>",
                    escape(&card.title),
                    card.maori.as_deref().map_or_else(String::new, maori)
                );
                blocks(&card.blocks, out);
                out.push_str("</div>\n");
            }
            writeln!(out, "</div>")
        }
        Block::Table(table) => {
            self::table(table, out);
            Ok(())
        }
        Block::Plot(plot) => {
            self::plot(plot, out);
            Ok(())
        }
        Block::Write(prompt, lines) => writeln!(
            out,
            "<div class=\"write\">\n<p>{}</p>\n{}</div>",
            escape(prompt),
            "<div class=\"line\"></div>\n".repeat(*lines)
        ),
    };
}

/// A name in te reo Māori beside the English one, so that a voice reads it as what it is.
fn maori(name: &str) -> String {
    format!(" (<span lang=\"mi\">{}</span>)", escape(name))
}

/// A drawing that is heard as a sentence, with its figures to unfold.
fn plot(plot: &Plot, out: &mut String) {
    let (title, alt) = (escape(&plot.title), escape(&plot.alt));
    let _ = write!(
        out,
        "<figure class=\"plot\">\n<figcaption>{title}</figcaption>\n{}\n<details>\n\
         <summary>Figures<span class=\"heard\"> of: {title}</span></summary>\n",
        plot::svg(&plot.drawing, &alt)
    );
    table(&plot.table, out);
    out.push_str("</details>\n</figure>\n");
}

/// A mark that is seen, and its word that is heard.
fn sign(mark: ListMark) -> String {
    let (class, seen) = match mark {
        ListMark::For => ("for", "+"),
        ListMark::Against => ("against", "\u{2212}"),
        ListMark::Beyond => ("beyond", "!"),
        ListMark::Slightly => ("slightly", "~"),
    };
    format!(
        "<span class=\"mark {class}\" aria-hidden=\"true\">{seen}</span><span class=\"heard\">{}: </span>",
        mark.word()
    )
}

fn table(table: &Table, out: &mut String) {
    // many columns may be wider than a telephone: they scroll in a frame that keys can reach
    let wide = table
        .columns
        .iter()
        .filter(|c| c.holds == ColumnKind::Figures)
        .count()
        > 3;
    if wide {
        let _ = writeln!(
            out,
            "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">",
            escape(&table.caption)
        );
    }
    out.push_str("<table>\n");
    if !table.caption.is_empty() {
        let _ = writeln!(out, "<caption>{}</caption>", escape(&table.caption));
    }
    out.push_str("<thead>\n<tr>");
    for column in &table.columns {
        let _ = match column.holds {
            ColumnKind::Pictures => write!(
                out,
                "<td class=\"picture\" aria-hidden=\"true\">{}</td>",
                escape(&column.name)
            ),
            holds => write!(
                out,
                "<th scope=\"col\"{}>{}</th>",
                class(holds),
                escape(&column.name)
            ),
        };
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &table.rows {
        out.push_str(if row.strong {
            "<tr class=\"strong\">"
        } else {
            "<tr>"
        });
        for (column, cell) in table.columns.iter().zip(&row.cells) {
            let _ = match cell {
                Cell::Text(text) if column.holds == ColumnKind::Name => {
                    let beyond = row.beyond.as_ref().map(|text| {
                        format!(" <small>{}{}</small>", sign(ListMark::Beyond), escape(text))
                    });
                    write!(
                        out,
                        "<th scope=\"row\">{}{}</th>",
                        escape(text),
                        beyond.unwrap_or_default()
                    )
                }
                Cell::Text(text) => write!(out, "<td{}>{}</td>", class(column.holds), escape(text)),
                Cell::Picture(picture) => write!(
                    out,
                    "<td class=\"picture\" aria-hidden=\"true\">{}</td>",
                    svg::picture(picture)
                ),
            };
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
    if wide {
        out.push_str("</div>\n");
    }
}

const fn class(holds: ColumnKind) -> &'static str {
    match holds {
        ColumnKind::Figures => " class=\"figure\"",
        ColumnKind::Name | ColumnKind::Words | ColumnKind::Pictures => "",
    }
}
