//! Pages that are documents: every text of each in every format, links that lead somewhere, formats
//! that help offers and that work.

use crate::help::{built_in, root, run, small, stderr, stdout};
use pulldown_cmark::{Event, Options, Parser, Tag};
use rolescope::storage::answer_file::AnswerSheet;
use rolescope_core::pages::{Audience, ResultOptions, ResultViews, SessionPerson};
use rolescope_core::simulation::{BalanceCounts, SimulatedPeople};
use rolescope_core::write::{Document, PageFormat, TextStyle};
use rolescope_core::{Comparison, Date, Pack};
use std::collections::BTreeSet;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn written(document: &Document, format: PageFormat, width: usize) -> String {
    let style = TextStyle::new(width);
    document.to_format(format, style)
}

/// Pages of one person and of the roles of a pack, with a name each.
fn documents(pack: &Pack) -> Vec<(String, Document)> {
    let builder = Comparison::builder(pack).program(env!("CARGO_PKG_VERSION"));
    let comparison = builder.build().expect("comparable");
    let answers = SimulatedPeople::new(&comparison, 1).mixed(0.0);
    let mut sheet = AnswerSheet::new("simulated-1".to_owned(), pack);
    sheet.answers = answers;
    let outcome = comparison.assess(&sheet.answers);
    let report = comparison.explain(&sheet.answers, &outcome);
    let mut all = Vec::new();
    let mut put = |name: &str, document| all.push((name.to_owned(), document));
    for view in [Audience::Student, Audience::Counsellor, Audience::Both] {
        let shown = ResultOptions::new(view);
        put(view.word(), report.page(&sheet.answers, &sheet.id, &shown));
    }
    let both = Some((sheet.id.as_str(), &outcome));
    put("compare", comparison.compare_page((0, 1), both));
    put("why", comparison.why_page(&sheet.answers, &outcome, 0));
    put("roles", comparison.roles_page());
    for role in pack.roles() {
        put(role.id(), role.page(pack));
    }
    put("form", comparison.form_page(None, true));
    put("sheet", comparison.answer_sheet_page(None));
    let found = BalanceCounts::simulate(&comparison, 1, 0).figures();
    put(
        "check",
        comparison.check_page(&comparison.lint(Date::start_of(2026)), Some(&found)),
    );
    put("method", comparison.method_page(&found));
    let person = SessionPerson {
        label: "s-0412",
        file: "data/s-0412.toml",
        started: Some("2026-11-24T00:59:00Z"),
        finished: Some("2026-11-24T00:59:00Z"),
        changed: "2026-11-24T00:59:00Z",
        progress: (93, 93),
        pack: Some(("Pack", "1")),
        other_pack: true,
        dropped: 2,
        recorded: &["Tags: class=12B".to_owned()],
        notes: &[("2026-11-24T00:59:00Z", "One.\nTwo.")],
        next: "rolescope session report s-0412",
    };
    put("map", comparison.map_page());
    let shown = ResultOptions::new(Audience::Student);
    let views = ResultViews::new(&report, &sheet.answers, &sheet.id, &shown);
    for (name, view) in [
        ("view-first", views.first()),
        ("view-role", views.role(0)),
        ("view-why", views.why()),
        ("view-compare", views.compare((0, 1))),
        ("view-profile", views.profile()),
        ("view-map", views.map()),
    ] {
        put(name, view);
    }
    put("session", person.page(&comparison, &outcome));
    all
}

/// Letters without the spaces between them, as lines break where they will.
fn joined(text: &str) -> String {
    text.split_whitespace().collect()
}

/// What a reader of Markdown sees, and where links lead.
fn read_markdown(name: &str, text: &str) -> (String, Vec<String>) {
    let (mut seen, mut links) = (String::new(), Vec::new());
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Text(text) | Event::Code(text) => seen.push_str(&text),
            Event::Start(Tag::Link { dest_url, .. }) => {
                seen.push_str(&dest_url);
                links.push(dest_url.to_string());
            }
            Event::Html(html) | Event::InlineHtml(html) => panic!("{name}: HTML {html}"),
            _ => {}
        }
    }
    (seen, links)
}

/// What a reader of HTML sees or hears, and where links lead.
fn read_html(text: &str) -> (String, Vec<String>) {
    let plain = |text: &str| {
        let marks = [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&#39;", "'"),
            ("&amp;", "&"),
        ];
        marks.iter().fold(text.to_owned(), |text, (safe, mark)| {
            text.replace(safe, mark)
        })
    };
    let body = text.split_once("<body>").expect("a body").1;
    let (mut seen, mut links) = (String::new(), Vec::new());
    for piece in body.split('<').skip(1) {
        let (tag, words) = piece.split_once('>').expect("a tag ends");
        let value = |name: &str| {
            let rest = tag.split_once(name)?.1;
            Some(plain(rest.split_once('"')?.0))
        };
        if let Some(link) = value("href=\"") {
            seen.push_str(&link);
            links.push(link);
        }
        seen.push_str(&value("aria-label=\"").unwrap_or_default());
        seen.push_str(&plain(words));
    }
    (seen, links)
}

#[test]
fn every_text_of_every_page_stands_in_every_format() {
    for pack in [built_in(), small()] {
        for (name, document) in documents(&pack) {
            let texts: BTreeSet<(String, bool)> = document.texts().into_iter().collect();
            assert!(texts.len() > 5, "{name}");
            let markdown = written(&document, PageFormat::Markdown, 80);
            for spoilt in ["https\\:", "http\\:"] {
                assert!(!markdown.contains(spoilt), "{name}: {spoilt}");
            }
            let digits = |c: char| c.is_ascii_digit();
            let mut dots = markdown.match_indices("\\.");
            assert!(
                !dots.any(|(at, _)| markdown[at + 2..].starts_with(digits)),
                "{name}: a figure with a mark in it"
            );
            let (markdown, links) = read_markdown(&name, &markdown);
            let (html, same) = read_html(&written(&document, PageFormat::Html, 80));
            let web = |links: &[String]| -> Vec<String> {
                let web = links.iter().filter(|link| link.starts_with("http"));
                web.cloned().collect()
            };
            assert_eq!(web(&links), web(&same), "{name}: the same links");
            let all = [
                ("40", joined(&written(&document, PageFormat::Text, 40))),
                ("80", joined(&written(&document, PageFormat::Text, 80))),
                ("markdown", joined(&markdown)),
                ("html", joined(&html)),
            ];
            for (text, detail) in &texts {
                for (format, seen) in &all {
                    let there = seen.contains(&joined(text));
                    let skipped = *detail && format.parse::<u8>().is_ok();
                    assert!(there || skipped, "{name} as {format} lacks {text:?}");
                }
            }
        }
    }
}

#[test]
fn links_lead_to_the_sources_of_a_role_and_to_pages_that_are_there() {
    let pack = built_in();
    for role in pack.roles() {
        let html = written(&role.page(&pack), PageFormat::Html, 80);
        let (_, links) = read_html(&html);
        for (_, url) in role.sources() {
            assert!(links.iter().any(|link| link == url), "{}: {url}", role.id());
        }
        for link in links.iter().filter(|link| link.starts_with('#')) {
            assert!(html.contains(&format!("id=\"{}\"", &link[1..])), "{link}");
        }
    }
    let folder = folder();
    for (format, extension) in [("html", "html"), ("markdown", "md")] {
        let output = run(folder.path(), &["roles", "-f", format, "-o", "site/"], b"");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(stderr(&output).contains(&format!("index.{extension}")));
        let site = folder.path().join("site");
        let mut pages = 0;
        for entry in std::fs::read_dir(&site).expect("the folder is there") {
            let path = entry.expect("an entry").path();
            if path.extension().is_none_or(|e| e != extension) {
                continue;
            }
            pages += 1;
            let text = std::fs::read_to_string(&path).expect("a page");
            let (_, links) = match format {
                "html" => read_html(&text),
                _ => read_markdown(format, &text),
            };
            let beside = |link: &&String| !link.starts_with("http") && !link.starts_with('#');
            let beside: Vec<&String> = links.iter().filter(beside).collect();
            assert!(!beside.is_empty(), "{}", path.display());
            for link in beside {
                assert!(site.join(link).is_file(), "{link} in {}", path.display());
            }
        }
        assert_eq!(pages, pack.roles().len() + 1);
    }
    let output = run(folder.path(), &["roles", "-o", "site/"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("use -f html or markdown"));
}

#[test]
fn help_offers_the_formats_that_work() {
    let folder = folder();
    let sheet = root()
        .join("examples/simulated-1.toml")
        .display()
        .to_string();
    let small = root().join("tests/packs/small").display().to_string();
    let mut sheets = stdout(&run(folder.path(), &["sample", "-n", "30"], b""));
    sheets.push('\n');
    std::fs::write(folder.path().join("class.csv"), sheets.trim_end()).expect("written");
    let run = |words: &[&str]| run(folder.path(), words, b"");
    run(&["session", "import", &sheet]);
    for (command, words) in [
        (&["report"][..], &["report", &sheet][..]),
        (&["analyse"], &["analyse", "class.csv"]),
        (&["method"], &["method", "--batches", "1", "--pack", &small]),
        (&["questions"], &["questions"]),
        (&["roles"], &["roles"]),
        (&["compare"], &["compare", "orthotist", "prosthetist"]),
        (&["check"], &["check", "--no-simulation"]),
        (&["session", "show"], &["session", "show", "simulated-1"]),
        (&["session", "list"], &["session", "list"]),
        (&["session", "group"], &["session", "group"]),
    ] {
        let help = stdout(&run(&[command, &["-h"]].concat()));
        let help: Vec<&str> = help.split_whitespace().collect();
        let help = help.join(" ");
        let formats = help.split("--format <FORMAT>").nth(1).expect("a format");
        let formats = formats
            .split("[possible values:")
            .nth(1)
            .expect("its values");
        let formats = formats.split(']').next().expect("their end");
        assert!(
            ["text", "markdown", "html"]
                .iter()
                .all(|f| formats.contains(f))
        );
        for format in formats.split(',').map(str::trim) {
            let output = run(&[words, &["-f", format]].concat());
            // `check` and a group of one say why they fail; neither finds the format wrong
            assert_ne!(output.status.code(), Some(2), "{words:?} {format}");
        }
        for format in ["csv", "ndjson", "json"] {
            if !formats.split(',').any(|offered| offered.trim() == format) {
                let output = run(&[words, &["-f", format]].concat());
                assert_eq!(output.status.code(), Some(2), "{words:?} {format}");
            }
        }
    }
}

#[test]
fn nothing_to_type_stands_on_a_students_sheet() {
    let pack = built_in();
    for (name, document) in documents(&pack) {
        if name == "student" || name == "sheet" {
            for format in [PageFormat::Text, PageFormat::Markdown, PageFormat::Html] {
                let text = written(&document, format, 80);
                let body = text
                    .split_once("<body>")
                    .map_or(text.as_str(), |(_, body)| body);
                let program = format!("rolescope {}", env!("CARGO_PKG_VERSION"));
                let typed = body.replace(&program, "");
                assert!(
                    !typed.contains("rolescope") && !typed.contains("--for"),
                    "{name}: {typed}"
                );
            }
        }
    }
}

#[test]
fn an_analysis_says_what_it_rests_on_in_every_format() {
    let folder = folder();
    let sheets = stdout(&run(folder.path(), &["sample", "-n", "30"], b""));
    std::fs::write(folder.path().join("class.csv"), sheets).expect("written");
    let pack = built_in();
    for format in ["text", "markdown", "html"] {
        let output = run(
            folder.path(),
            &["analyse", "-q", "class.csv", "-f", format],
            b"",
        );
        let page = stdout(&output);
        for part in [
            "assumed norms",
            "What weak means",
            &pack.fingerprint()[..20],
            "USDOL/ETA",
        ] {
            assert!(page.contains(part), "{part} in {format}");
        }
    }
}
