//! A page as one HTML file that needs nothing else: no script, no other file. Charts are tables whose
//! figures stand beside their pictures, so that a reader who sees no picture misses nothing.

use crate::write::document::{
    Block, Card, Cell, ColumnKind, Document, ListMark, Map, Plot, Puzzle, Row, Table, Ticks,
};
use crate::write::letterhead::POLICY;
use crate::write::map_svg;
use crate::write::markup::escape;
use crate::write::plot;
use crate::write::rich_text::{LinkTarget, RichText, Span};
use crate::write::svg;
use std::fmt::Write as _;

const STYLE: &str = concat!(include_str!("page.css"), include_str!("print.css"));
/// What pages with plots need besides.
const PLOTS: &str = include_str!("plot.css");
/// What pages with maps need besides.
const MAPS: &str = include_str!("map.css");
/// What files of several pages need besides.
const SHEETS: &str = include_str!("sheets.css");
/// What forms need besides.
const FORMS: &str = include_str!("form.css");
/// What pages need besides that say whose they are.
const LETTERHEAD: &str = include_str!("letterhead.css");
/// An empty tick box: drawn by the style, as its glyph differs between fonts.
const BOX: &str = "<span class=\"box\"></span>";
/// A table of up to this many questions is kept on one page.
const SHORT: usize = 12;

/// The whole page.
#[must_use]
pub(crate) fn page(doc: &Document) -> String {
    let body = written(doc, "main", "", false);
    let mut style = STYLE.replace("FOOT", &of_style(&doc.foot));
    if body.contains("<figure class=\"plot\">") {
        style.push_str(PLOTS);
    }
    if body.contains("<figure class=\"map\">") {
        style.push_str(MAPS);
    }
    if body.contains(BOX) {
        style.push_str(FORMS);
    }
    if !doc.head.is_empty() {
        style.push_str(LETTERHEAD);
    }
    format!("{}{body}{END}", head(doc, &doc.title(), &style))
}

/// A text within quotes of a style, which ends neither the quotes nor the style.
fn of_style(text: &str) -> String {
    let kept = text
        .chars()
        .filter(|c| !matches!(c, '"' | '\\' | '<' | '\n'));
    kept.collect()
}

/// What ends a page.
pub(crate) const END: &str = "</body>\n</html>\n";

/// All that stands before what a page says.
fn head(doc: &Document, title: &str, style: &str) -> String {
    let policy = doc.head.logo.as_ref().map_or("", |_| POLICY);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         {policy}<title>{}</title>\n<style>\n{style}</style>\n</head>\n<body>\n",
        escape(&doc.language),
        escape(title)
    )
}

/// One of many pages in one HTML file, for one print job: each begins on the front of a new sheet, so that
/// paper printed on both sides holds one person only. The first opens the file, under a title and with its
/// own foot on all sheets; [`END`] ends it.
pub(crate) fn sheet(doc: &Document, number: usize, title: &str) -> String {
    let article = written(doc, "article", &format!("p{number}-"), true);
    if number > 1 {
        return article;
    }
    let mut style = [STYLE, PLOTS, MAPS, FORMS, SHEETS].concat();
    style = style.replace("FOOT", &of_style(&doc.foot));
    if !doc.head.is_empty() {
        style += LETTERHEAD;
        style += &doc.head.style_of_logo();
    }
    head(doc, title, &style) + &article
}

/// What a page says, in an element of this name. `ids` begins the anchors in it, so that those of several pages differ;
/// `many` are in one file, which holds their logo once.
fn written(doc: &Document, element: &str, ids: &str, many: bool) -> String {
    let mut body = format!(
        "<{element} class=\"{}\">\n<header>\n{}<h1>{}</h1>\n",
        doc.class,
        doc.head.html(many),
        rich(&doc.title, ids)
    );
    blocks(&doc.opening, ids, &mut body);
    body.push_str("</header>\n");
    for (at, part) in doc.parts.iter().enumerate() {
        let _ = writeln!(
            body,
            "<section class=\"{}\" aria-labelledby=\"{ids}part-{at}\">\n<h2 id=\"{ids}part-{at}\">{}</h2>",
            part.class,
            rich(&part.title, ids)
        );
        blocks(&part.blocks, ids, &mut body);
        body.push_str("</section>\n");
    }
    let _ = writeln!(body, "</{element}>");
    body
}

/// A text with its links.
fn rich(text: &RichText, ids: &str) -> String {
    text.spans().iter().map(|one| span(one, ids)).collect()
}

fn span(span: &Span, ids: &str) -> String {
    let words = escape(span.letters());
    match span {
        Span::Plain(_) => words,
        Span::Code(_) => format!("<code>{words}</code>"),
        Span::Maori(_) => format!("<span lang=\"mi\">{words}</span>"),
        Span::Link(_, LinkTarget::Address(address)) => {
            // on paper the address stands after words that do not say it
            let says = if span.letters() == address {
                " class=\"says\""
            } else {
                ""
            };
            format!("<a{says} href=\"{}\">{words}</a>", escape(address))
        }
        Span::Link(_, LinkTarget::Page(name)) => {
            format!(
                "<a class=\"says\" href=\"{}.html\">{words}</a>",
                escape(name)
            )
        }
        Span::Link(_, LinkTarget::Item(number)) => {
            format!("<a class=\"says\" href=\"#{ids}item-{number}\">{words}</a>")
        }
    }
}

fn blocks(blocks: &[Block], ids: &str, out: &mut String) {
    for block in blocks {
        write(block, ids, out);
    }
}

/// A list, each item as some function of its own makes it.
fn list<T>(class: &str, all: &[T], item: impl Fn(&T) -> String, out: &mut String) {
    let _ = writeln!(out, "<ul{class}>");
    for one in all {
        let _ = writeln!(out, "<li>{}</li>", item(one));
    }
    out.push_str("</ul>\n");
}

fn write(block: &Block, ids: &str, out: &mut String) {
    let _ = match block {
        Block::Prose(text) => writeln!(out, "<p>{}</p>", rich(text, ids)),
        Block::Command(text) => writeln!(out, "<p class=\"command\">{}</p>", rich(text, ids)),
        Block::Note(text) => writeln!(out, "<p class=\"note\">{}</p>", rich(text, ids)),
        Block::Fact(name, text) => {
            writeln!(out, "<p><strong>{name}:</strong> {}</p>", rich(text, ids))
        }
        Block::Items(lead, items) => {
            if let Some(lead) = lead {
                let _ = writeln!(out, "<p class=\"lead\"><strong>{lead}</strong></p>");
            }
            list("", items, |item| rich(item, ids), out);
            Ok(())
        }
        Block::Numbered(items) => {
            out.push_str("<ol>\n");
            for (number, item) in (1..).zip(items) {
                let _ = writeln!(
                    out,
                    "<li id=\"{ids}item-{number}\">{}</li>",
                    rich(item, ids)
                );
            }
            writeln!(out, "</ol>")
        }
        Block::Checklist(items) => {
            let item = |text: &RichText| {
                format!(
                    "<label><input type=\"checkbox\"><span>{}</span></label>",
                    rich(text, ids)
                )
            };
            list(" class=\"todo\"", items, item, out);
            Ok(())
        }
        Block::Marks(marks) => {
            let item = |(mark, word, text): &(ListMark, String, RichText)| {
                sign(*mark, word) + &rich(text, ids)
            };
            list(" class=\"marks\"", marks, item, out);
            Ok(())
        }
        Block::Cards(cards) => {
            out.push_str("<div class=\"cards\">\n");
            for card in cards {
                self::card(card, ids, out);
            }
            writeln!(out, "</div>")
        }
        Block::Table(table) => {
            self::table(table, ids, out);
            Ok(())
        }
        Block::Plot(plot) => {
            self::plot(plot, ids, out);
            Ok(())
        }
        Block::Map(map) => {
            self::map(map, ids, out);
            Ok(())
        }
        Block::Detail(name, inside) => {
            // a picture is there to be seen at once
            let picture = inside.iter().any(|block| matches!(block, Block::Map(_)));
            let open = if picture { " open" } else { "" };
            let _ = writeln!(out, "<details{open}>\n<summary>{name}</summary>");
            blocks(inside, ids, out);
            writeln!(out, "</details>")
        }
        Block::Write(prompt, lines) => writeln!(
            out,
            "<div class=\"write\">\n<p>{}</p>\n{}</div>",
            rich(prompt, ids),
            "<div class=\"line\"></div>\n".repeat(*lines)
        ),
        Block::Blanks(words) => {
            let words: Vec<String> = words.iter().map(|w| format!("<span>{w}</span>")).collect();
            writeln!(out, "<p class=\"blanks\">{}</p>", words.join(" "))
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
            out.push_str("<ul class=\"grid\">\n");
            for row in rows {
                let _ = write!(out, "<li><strong>{}</strong>", row.number);
                for sign in &row.boxes {
                    let _ = write!(out, " <span>{BOX}{sign}</span>");
                }
                out.push_str("</li>\n");
            }
            writeln!(out, "</ul>")
        }
    };
}

fn card(card: &Card, ids: &str, out: &mut String) {
    let _ = writeln!(
        out,
        "<div class=\"card\">\n<h3>{}</h3>",
        rich(&card.title, ids)
    );
    if let Some(id) = &card.id {
        let _ = writeln!(out, "<p class=\"id\"><code>{}</code></p>", escape(id));
    }
    blocks(&card.blocks, ids, out);
    out.push_str("</div>\n");
}

/// A drawing that is heard as a sentence, with its figures to unfold.
fn plot(plot: &Plot, ids: &str, out: &mut String) {
    let (title, alt) = (escape(&plot.title), escape(&plot.alt));
    let [figures, of] = plot.figures.each_ref().map(|text| escape(text));
    let _ = write!(
        out,
        "<figure class=\"plot\">\n<figcaption>{title}</figcaption>\n{}\n<details>\n\
         <summary>{figures}<span class=\"heard\"> {of}</span></summary>\n",
        plot::svg(&plot.drawing, &alt)
    );
    table(&plot.table, ids, out);
    out.push_str("</details>\n</figure>\n");
}

/// A map that is heard as a sentence, with the names of its ends around it and its places to unfold.
fn map(map: &Map, ids: &str, out: &mut String) {
    let (title, alt) = (escape(&map.title), escape(&map.alt));
    let [places, on] = map.places.each_ref().map(|text| escape(text));
    // where no point is named on the map, its list says what is what
    let open = if map.drawing.strong.is_empty() {
        " open"
    } else {
        ""
    };
    let ends = &map.drawing.ends;
    let [top, bottom, left, right] =
        [&ends.top, &ends.bottom, &ends.left, &ends.right].map(|end| escape(end));
    let _ = write!(
        out,
        "<figure class=\"map\">\n<figcaption>{title}</figcaption>\n<p class=\"high\">\u{2191} {top}</p>\n{}\n\
         <p class=\"low\">\u{2193} {bottom}</p>\n<p class=\"sides\"><span>\u{2190}\u{a0}{left}</span> \
         <span>{right}\u{a0}\u{2192}</span></p>\n<details{open}>\n\
         <summary>{places}<span class=\"heard\"> {on}</span></summary>\n",
        map_svg::svg(&map.drawing, &alt)
    );
    table(&map.table, ids, out);
    out.push_str("</details>\n</figure>\n");
}

/// A mark that is seen, and its word that is heard.
fn sign(mark: ListMark, word: &str) -> String {
    let (class, seen) = match mark {
        ListMark::For => ("for", "+"),
        ListMark::Against => ("against", "\u{2212}"),
        ListMark::Beyond => ("beyond", "!"),
        ListMark::Slightly => ("slightly", "~"),
    };
    format!(
        "<span class=\"mark {class}\" aria-hidden=\"true\">{seen}</span><span class=\"heard\">{}: </span>",
        escape(word)
    )
}

fn table(table: &Table, ids: &str, out: &mut String) {
    // many columns may be wider than a telephone: they scroll in a frame that keys can reach
    let figures = table
        .columns
        .iter()
        .filter(|c| c.holds == ColumnKind::Figures);
    let wide = figures.count() > 3;
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
        let name = escape(&column.name);
        let _ = match column.holds {
            ColumnKind::Pictures => {
                write!(
                    out,
                    "<td class=\"picture\" aria-hidden=\"true\">{name}</td>"
                )
            }
            holds => write!(out, "<th scope=\"col\"{}>{name}</th>", class(holds)),
        };
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for row in &table.rows {
        let strong = if row.strong { " class=\"strong\"" } else { "" };
        let _ = write!(out, "<tr{strong}>");
        for (column, cell) in table.columns.iter().zip(&row.cells) {
            let _ = match cell {
                Cell::Text(text) if column.holds == ColumnKind::Name => {
                    write!(
                        out,
                        "<th scope=\"row\">{}{}</th>",
                        rich(text, ids),
                        below(row, ids)
                    )
                }
                Cell::Text(text) => {
                    write!(out, "<td{}>{}</td>", class(column.holds), rich(text, ids))
                }
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

/// What stands below the name of a row: more about it, and what to mind.
fn below(row: &Row, ids: &str) -> String {
    let small = |text: String| format!(" <small>{text}</small>");
    let about = row.about.as_ref().map(|text| small(rich(text, ids)));
    let beyond = row.beyond.as_ref();
    let beyond = beyond.map(|b| small(sign(ListMark::Beyond, &b.word) + &escape(&b.text)));
    about.unwrap_or_default() + &beyond.unwrap_or_default()
}

const fn class(holds: ColumnKind) -> &'static str {
    match holds {
        ColumnKind::Figures => " class=\"figure\"",
        ColumnKind::Name | ColumnKind::Words | ColumnKind::Pictures => "",
    }
}

/// A table with a tick box for each label; its head is printed again on each page.
fn ticks(ticks: &Ticks, out: &mut String) {
    let short = if ticks.questions.len() <= SHORT {
        " short"
    } else {
        ""
    };
    let _ = write!(
        out,
        "<table class=\"ticks{short}\">\n<thead>\n<tr><th scope=\"col\">{}</th>",
        escape(&ticks.heading)
    );
    for (number, label) in (1..).zip(&ticks.labels) {
        let _ = write!(
            out,
            "<th scope=\"col\" class=\"label\"><span><strong>{number}</strong> {}</span></th>",
            escape(label)
        );
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    let boxes = format!("<td>{BOX}</td>").repeat(ticks.labels.len());
    for (number, text) in &ticks.questions {
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\"><span class=\"number\">{number}</span> {}</th>{boxes}</tr>",
            escape(text)
        );
    }
    out.push_str("</tbody>\n</table>\n");
}

fn puzzle(puzzle: &Puzzle, out: &mut String) {
    let number = puzzle.number.map_or_else(String::new, |number| {
        format!("<span class=\"number\">{number}</span> ")
    });
    let _ = writeln!(
        out,
        "<div class=\"puzzle\">\n<h3>{number}{}</h3>",
        escape(&puzzle.text)
    );
    if let Some(figure) = &puzzle.figure {
        let widest = figure.lines().map(crate::write::columns::width).max();
        let _ = writeln!(
            out,
            "<pre style=\"--columns: {}\">{}</pre>",
            widest.unwrap_or(1),
            escape(figure)
        );
    }
    let _ = writeln!(out, "<ul style=\"--widest: {}\">", widest(&puzzle.options));
    for (letter, option) in &puzzle.options {
        let _ = writeln!(
            out,
            "<li>{BOX} <strong>{letter}</strong> {}</li>",
            escape(option)
        );
    }
    out.push_str("</ul>\n</div>\n");
}

/// About how wide the widest option is in a face without serifs, in whole ems.
fn widest(options: &[(char, String)]) -> usize {
    let percent = |c: char| match c {
        'a'..='z' => 52,
        ' ' | '!'..='/' => 33,
        'A'..='Z' | '0'..='9' => 65,
        _ => 100,
    };
    let width = |(_, option): &(char, String)| option.chars().map(percent).sum::<usize>();
    options.iter().map(width).max().unwrap_or(0).div_ceil(100)
}
