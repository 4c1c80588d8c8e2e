//! Each writer over a page that holds every block there is: what it looks like, and that no text is
//! lost on the way.

use crate::results::role_map::MapPerson;
use crate::text::language::Language;
use crate::write::PageFormat;
use crate::write::document::{
    AnswerRow, Beyond, Block, BoxDrawing, Card, Cell, ColumnKind, Document, ListMark, Map, Plot,
    Puzzle, Row, Sparkline, Table, Ticks, column, detail, fact, list_after, marks, minor_column,
    note, prose, words,
};
use crate::write::map::{MapDrawing, MapEnds, MapPoint, MapWords};
use crate::write::rich_text::RichText;
use crate::write::terminal_text::TextStyle;

/// Letters that each format has a use of its own for.
const ODD: &str = "1. <b>|*_`[a](b)\\ & \"c\" 'd' # 49.2 \u{202e}www.a.nz";

fn table() -> Table {
    let picture = |picture| Cell::Picture(picture);
    let row = |name: &str, figure: &str, picture: Cell| {
        Row::of(vec![
            words(name),
            words(figure),
            words("minor words"),
            picture,
        ])
    };
    let mut strong = row("Strong", "+0.5", picture(Sparkline::Reach(20.0, 40.0)));
    strong.strong = true;
    strong.about = Some(RichText::from("more about it"));
    strong.beyond = Some(Beyond::new(
        &Language::default(),
        "beyond a limit".to_owned(),
    ));
    Table {
        caption: "A caption.".to_owned(),
        columns: vec![
            column("name", ColumnKind::Name),
            column("figure", ColumnKind::Figures),
            minor_column("a column that makes room first", ColumnKind::Words),
            column("", ColumnKind::Pictures),
        ],
        rows: vec![
            strong,
            row(ODD, "-12", picture(Sparkline::Shift(10.0, 90.0))),
            row(
                "Dots",
                "3",
                picture(Sparkline::Dots {
                    you: 1.0,
                    error: 0.5,
                    role: -1.0,
                }),
            ),
            row(
                "Columns",
                "4",
                picture(Sparkline::Columns(vec![Some(0.1), None, Some(0.9)])),
            ),
            row("Blank", "", picture(Sparkline::Blank)),
        ],
    }
}

fn plot(drawing: BoxDrawing) -> Block {
    Block::Plot(Plot {
        figures: ["Figures", "of: What is drawn."].map(str::to_owned),
        title: "What is drawn.".to_owned(),
        alt: "What the drawing shows.".to_owned(),
        drawing,
        table: Table {
            caption: String::new(),
            columns: vec![
                column("place", ColumnKind::Name),
                column("people", ColumnKind::Figures),
            ],
            rows: vec![Row::of(vec![words("50"), words("7")])],
        },
    })
}

fn map() -> Block {
    let point = |number, name: &str, note: &str, at, strong| MapPoint {
        number,
        name: name.to_owned(),
        note: note.to_owned(),
        at,
        share: None,
        strong,
        order: 10 - number,
    };
    Block::Map(Box::new(Map {
        places: ["Places", "on: What is mapped."].map(str::to_owned),
        title: "What is mapped.".to_owned(),
        alt: "What the map shows.".to_owned(),
        drawing: MapDrawing {
            ends: MapEnds {
                left: "left end".to_owned(),
                right: "right end".to_owned(),
                bottom: "bottom end".to_owned(),
                top: ODD.to_owned(),
            },
            points: vec![
                point(1, "A strong one", "noted", [0.5, 0.5], true),
                point(2, ODD, "", [-0.5, 0.25], false),
                point(3, "At the same place", "", [-0.5, 0.25], false),
                point(4, "A strong one with a long name", "", [0.6, 0.45], true),
            ],
            strong: "stands out".to_owned(),
            words: MapWords::of(&Language::default()),
            you: Some(MapPerson {
                at: [0.25, 0.25],
                half_axes: [0.4, 0.2],
                along: [0.8, 0.6],
            }),
        },
        table: Table {
            caption: "Places.".to_owned(),
            columns: vec![
                column("name", ColumnKind::Name),
                column("across", ColumnKind::Figures),
                column("", ColumnKind::Words),
            ],
            rows: vec![
                Row::of(vec![
                    words("1 A strong one"),
                    words("75"),
                    words("noted, stands out"),
                ]),
                Row::of(vec![words(ODD), words("25"), words("")]),
                Row::of(vec![words("3 At the same place"), words("25"), words("")]),
                Row::of(vec![
                    words("4 A strong one with a long name"),
                    words("80"),
                    words(""),
                ]),
            ],
        },
    }))
}

/// A page that holds every block.
fn every_block() -> Document {
    let mut doc = Document::new(
        "every",
        RichText::from("Every block ").beside(Some("Ngā mea katoa")),
        "Said at the foot.",
    );
    let rich = RichText::with_code("Type `a|b` or see ")
        .and(RichText::link(
            "the page",
            "https://example.org/a?b=c&d=(e)",
        ))
        .and(", ")
        .and(RichText::with_addresses("https://example.org/."))
        .and(" Others: ")
        .and(RichText::page("a page beside", "beside"))
        .and(" [")
        .and(RichText::item(2))
        .and("].");
    doc.opening = vec![prose(rich), prose(ODD), note("A note."), fact("Fact", ODD)];
    doc.part(
        "lists",
        "Lists",
        [
            list_after("With a lead:".to_owned(), ["one", ODD]),
            Block::Checklist(vec![
                "Ask for an open day".into(),
                RichText::from("Read ").and(RichText::link("a page", "https://example.org/a")),
            ]),
            Block::Numbered(vec![
                RichText::link("Source", "https://example.org"),
                RichText::link("No link", "javascript:alert(1)"),
            ]),
            marks(
                &Language::default(),
                vec![
                    (ListMark::For, "speaks for".to_owned()),
                    (ListMark::Against, ODD.to_owned()),
                    (ListMark::Beyond, "to mind".to_owned()),
                ],
            ),
            Block::Command(RichText::code("rolescope roles")),
        ],
    );
    doc.part(
        "cards",
        "Cards",
        [Block::Cards(vec![
            Card {
                title: RichText::page("First", "first").beside(Some("Tuatahi")),
                id: Some("first".to_owned()),
                blocks: vec![prose("In the first.")],
            },
            Card::new(ODD, vec![prose("In the second.")]),
        ])],
    );
    doc.part("tables", "A table", [Block::Table(table())]);
    doc.part(
        "drawings",
        "Drawings",
        [
            plot(BoxDrawing::Bars {
                people: vec![0, 7, 3],
                mean: 50.0,
                norm: 40.0,
            }),
            detail(
                "Folded away",
                vec![plot(BoxDrawing::Curve(vec![
                    (0.0, 10.0, 3),
                    (90.0, 60.0, 5),
                ]))],
            ),
        ],
    );
    doc.part("map", "A map", [map()]);
    on_paper(&mut doc);
    doc
}

/// Adds what is for paper.
fn on_paper(doc: &mut Document) {
    doc.part(
        "paper",
        "On paper",
        [
            Block::Blanks(["Name:", "Date:"].map(str::to_owned).to_vec()),
            Block::Write("What do you think?".into(), 2),
            Block::Ticks(Ticks {
                heading: "Question".to_owned(),
                number: "No.".to_owned(),
                labels: vec!["No".to_owned(), "Yes".to_owned()],
                questions: vec![(1, "Do you?".to_owned()), (2, ODD.to_owned())],
            }),
            Block::Puzzle(Puzzle {
                number: Some(3),
                text: "Which one?".to_owned(),
                figure: Some("# . #\n. <b> ```".to_owned()),
                options: vec![('a', "This".to_owned()), ('?', ODD.to_owned())],
            }),
            Block::Puzzle(Puzzle {
                number: None,
                text: "To practise.".to_owned(),
                figure: None,
                options: vec![('a', "That".to_owned())],
            }),
            Block::AnswerGrid(vec![AnswerRow {
                number: 4,
                boxes: vec!['a', 'b', '?'],
            }]),
        ],
    );
}

fn written(format: PageFormat, width: usize) -> String {
    let style = TextStyle {
        colour: false,
        width,
        ascii: false,
    };
    every_block().to_format(format, style)
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn every_block_is_written_in_each_format() {
    snapshot("text-80", &written(PageFormat::Text, 80));
    snapshot("text-40", &written(PageFormat::Text, 40));
    snapshot("markdown", &written(PageFormat::Markdown, 80));
    // the style is a file of its own
    let html = written(PageFormat::Html, 80);
    let (start, rest) = html.split_once("<style>").expect("a style");
    let (_, end) = rest.split_once("</style>").expect("its end");
    snapshot("html", &format!("{start}{end}"));
}

/// Letters without the spaces between them, as lines break where they will.
fn joined(text: &str) -> String {
    text.replace('\u{202e}', "\u{fffd}")
        .split_whitespace()
        .collect()
}

/// What a reader of Markdown sees, and where links lead.
fn read_markdown(text: &str) -> String {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let all = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut seen = String::new();
    for event in Parser::new_ext(text, all) {
        match event {
            Event::Text(text) | Event::Code(text) => seen.push_str(&text),
            Event::Start(Tag::Link { dest_url, .. }) => seen.push_str(&dest_url),
            Event::Html(html) | Event::InlineHtml(html) => panic!("HTML: {html}"),
            Event::Start(Tag::Image { .. } | Tag::Strikethrough) => panic!("markup in {text}"),
            _ => {}
        }
    }
    seen
}

/// What a reader of HTML sees or hears, and where links lead.
fn read_html(text: &str) -> String {
    let body = text.split_once("<body>").expect("a body").1;
    let mut seen = String::new();
    for piece in body.split('<').skip(1) {
        let (tag, words) = piece.split_once('>').expect("a tag ends");
        for said in ["href=\"", "aria-label=\""] {
            let value = tag
                .split_once(said)
                .and_then(|(_, rest)| rest.split_once('"'));
            seen.push_str(value.map_or("", |(value, _)| value));
        }
        seen.push_str(words);
    }
    let marks = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ];
    marks
        .iter()
        .fold(seen, |seen, (safe, mark)| seen.replace(safe, mark))
}

#[test]
fn no_text_is_lost_in_any_format() {
    let texts = every_block().texts();
    assert!(texts.len() > 60);
    for width in [40, 80, 120] {
        let seen = joined(&written(PageFormat::Text, width));
        for (text, detail) in &texts {
            let there = seen.contains(&joined(text));
            // what one detail says may stand elsewhere too
            assert!(there || *detail, "{width}: {text}\n{seen}");
        }
    }
    let markdown = joined(&read_markdown(&written(PageFormat::Markdown, 80)));
    let html = joined(&read_html(&written(PageFormat::Html, 80)));
    for (text, _) in &texts {
        assert!(markdown.contains(&joined(text)), "{text}\n{markdown}");
        assert!(html.contains(&joined(text)), "{text}\n{html}");
    }
    let text = written(PageFormat::Text, 80);
    assert!(!text.contains("Folded away"), "details are not for text");
}

#[test]
fn markdown_is_not_spoilt_by_what_needs_no_mark() {
    let markdown = written(PageFormat::Markdown, 80);
    assert!(markdown.contains("# 49.2") && !markdown.contains("49\\.2"));
    assert!(markdown.contains("<https://example.org/>"));
    assert!(!markdown.contains("https\\:"));
}
