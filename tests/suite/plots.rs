//! Plots of the analysis page: each has a text alternative and its figures in every format.

use crate::batch::{ended, folder, put, sheets};
use crate::help::{built_in, run, stdout};
use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;

/// The analysis of some simulated people, in a format.
fn analysed(folder: &Path, more: &[&str]) -> String {
    let all = [&["analyse", "class.csv", "-q"], more].concat();
    let output = run(folder, &all, b"");
    ended(&output, 0, &[]);
    stdout(&output)
}

/// What stands between two marks, each time.
fn between<'t>(text: &'t str, start: &str, end: &str) -> Vec<&'t str> {
    text.split(start)
        .skip(1)
        .map(|rest| rest.split(end).next().unwrap_or_default())
        .collect()
}

#[test]
fn each_drawing_has_a_text_alternative_and_its_figures() {
    let folder = folder();
    put(folder.path(), "class.csv", sheets(60, "csv"));
    let html = analysed(folder.path(), &["-f", "html"]);
    let json = analysed(folder.path(), &["-f", "json"]);
    let json: Value = serde_json::from_str(&json).expect("JSON");
    let plots = between(&html, "<figure class=\"plot\">", "</figure>");
    let curves = json["items"].as_array().expect("items").iter();
    let curves = curves.filter(|item| item["curve"].as_array().is_some_and(|c| c.len() >= 3));
    let expected = built_in().traits().len() + curves.count();
    assert_eq!(plots.len(), expected, "one a trait and one a question");
    for plot in &plots {
        let words = between(plot, "role=\"img\" aria-label=\"", "\"");
        assert!(words.len() == 1 && words[0].contains("people"), "{plot}");
        assert_eq!(plot.matches("<table>").count(), 1, "{plot}");
        let rows = plot.matches("<th scope=\"row\">").count();
        let drawn = plot.matches("<circle").count() + plot.matches("<rect").count();
        assert_eq!(
            rows, drawn,
            "every figure is drawn, every sign stands in words: {plot}"
        );
    }
    // the figures are those of the records
    let item = &json["items"][0];
    let id = item["id"].as_str().expect("an id");
    let plot = plots
        .iter()
        .find(|plot| plot.contains(&format!("<figcaption>{id}: ")))
        .expect("its curve");
    let cells = between(plot, "<td class=\"figure\">", "</td>");
    let points = item["curve"].as_array().expect("a curve");
    assert_eq!(cells.len(), 2 * points.len());
    for (cells, point) in cells.chunks(2).zip(points) {
        assert_eq!(cells[0], point["people"].to_string());
        let mean = point["mean"].as_f64().expect("a mean");
        let shown: f64 = cells[1].parse().expect("a figure");
        assert!((shown - mean).abs() <= 0.5 + 1e-9, "{cells:?} {point}");
    }
}

#[test]
fn the_analysis_page_is_self_contained() {
    let folder = folder();
    put(folder.path(), "class.csv", sheets(30, "csv"));
    let html = analysed(folder.path(), &["-f", "html"]);
    for part in ["<script", "src=", "url(", "@import", "<link"] {
        assert!(!html.contains(part), "{part}");
    }
    assert!(html.contains("<html lang=\"en-NZ\">") && html.contains("@media print"));
    assert!(html.contains("Fewer than 100 people"));
    // pages without drawings carry no style for them
    let method = run(folder.path(), &["questions", "-f", "html"], b"");
    assert!(!stdout(&method).contains(".plot"));
}

#[test]
fn markdown_says_what_html_says() {
    let folder = folder();
    let class = sheets(60, "csv");
    let mut rows = class.lines();
    let mut grouped = format!("{},year\n", rows.next().expect("a header"));
    for (n, row) in rows.enumerate() {
        let year = ["10", "<b>11|", "=1"][n % 3];
        let _ = writeln!(grouped, "{row},{year}");
    }
    put(folder.path(), "class.csv", grouped);
    let by = |format| analysed(folder.path(), &["--by", "year", "-f", format]);
    let (markdown, html) = (by("markdown"), by("html"));
    assert!(html.contains("&lt;b&gt;11|: 20 people") && !html.contains("<b>11"));
    assert!(markdown.contains("\\<b\\>11\\|: 20 people"), "{markdown}");
    let words = |text: &str| -> Vec<String> {
        let plain = text.replace("&#39;", "'").replace('\\', "");
        let words = plain.split(|c: char| !c.is_alphanumeric());
        words.filter(|w| w.len() > 3).map(str::to_owned).collect()
    };
    let html = words(&html);
    for word in words(&markdown) {
        assert!(html.contains(&word), "{word} is not in html");
    }
    for part in [
        "Helping people",
        "Histogram of the scores",
        "Groups by year",
        "What weak means",
    ] {
        assert!(markdown.contains(part), "{part}");
    }
}

#[test]
fn people_without_answers_make_no_drawing() {
    let folder = folder();
    let class = sheets(12, "csv");
    let header = class.lines().next().expect("a header");
    let blank = ",".repeat(header.matches(',').count());
    let rows: Vec<String> = (0..12).map(|n| format!("p{n}{blank}")).collect();
    put(
        folder.path(),
        "class.csv",
        format!("{header}\n{}\n", rows.join("\n")),
    );
    let html = analysed(folder.path(), &["-f", "html"]);
    assert!(!html.contains("<figure") && !html.contains("NaN"));
    assert!(html.contains("Helping people"));
}
