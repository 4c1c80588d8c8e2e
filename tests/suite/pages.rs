//! Pages of one person, for each reader and in each format.

use crate::help::{root, run, snapshot, stderr, stdout};
use std::path::Path;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn example() -> String {
    root()
        .join("examples/simulated-1.toml")
        .display()
        .to_string()
}

fn page(folder: &Path, arguments: &[&str]) -> String {
    let all = [&["report"], arguments].concat();
    let output = run(folder, &all, b"");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output)
}

#[test]
fn every_view_matches_its_snapshots() {
    let folder = folder();
    // someone with two roles in the first group: all parts, and not the same part many times
    let arguments = ["sample", "-n", "1", "--like", "sonographer", "--seed", "3"];
    let person = run(folder.path(), &arguments, b"");
    std::fs::write(folder.path().join("one.csv"), stdout(&person)).expect("written");
    for view in ["student", "counsellor", "both"] {
        let page = page(folder.path(), &["one.csv", "--for", view]);
        snapshot("snapshots", &format!("page-{view}"), &page);
    }
}

#[test]
fn the_student_page_shows_no_technical_figures() {
    let folder = folder();
    let student = page(folder.path(), &[&example(), "--for", "student"]);
    let counsellor = page(folder.path(), &[&example(), "--for", "counsellor"]);
    assert!(!student.contains("(+0.") && !student.contains("Worksheet"));
    for part in [
        "What each trait adds",
        "(+0.64)",
        "Answers that point opposite ways",
        "Worksheet",
        "____",
    ] {
        assert!(counsellor.contains(part), "{part}");
    }
}

#[test]
fn html_is_self_contained_and_accessible() {
    let folder = folder();
    let html = page(folder.path(), &[&example(), "-f", "html"]);
    for part in ["<script", "src=", "url(", "@import", "<link", " on"] {
        let at = html.find(part).filter(|_| part != " on");
        assert!(at.is_none(), "{part}");
    }
    let web = ["href=\"https://", "href=\"http://"].map(|link| html.matches(link).count());
    let links = html.matches("href=").count();
    assert_eq!(links, web[0] + web[1], "links lead to the web only");
    assert!(html.contains("<html lang=\"en-NZ\">") && html.contains("<title>Roles that fit"));
    assert!(html.contains("prefers-color-scheme: dark") && html.contains("@media print"));
    let drawings = html
        .matches("<td class=\"picture\" aria-hidden=\"true\"><svg")
        .count();
    assert_eq!(
        drawings,
        html.matches("<svg width=").count(),
        "each stands in a row of figures"
    );
    assert!(html.contains("<caption>") && html.contains("<th scope=\"row\">"));
}

#[test]
fn a_what_if_says_so_and_hides_no_role() {
    let folder = folder();
    let page = |format| {
        let arguments = [
            "--what-if",
            "physics=-1sd",
            "--what-if",
            "Helping people=90",
        ];
        let more = ["--avoid", "radiation,shifts", "-f", format];
        page(
            folder.path(),
            &[&[example().as_str()], &arguments[..], &more].concat(),
        )
    };
    let text = page("text");
    let start: Vec<&str> = text.split_whitespace().take(80).collect();
    let start = start.join(" ");
    for part in [
        "This is a what-if, not the result of the answers",
        "\"Physics and imaging\" were 59 instead of 81",
        "\"Helping people\" were 90 instead of 38",
        "were ruled out",
    ] {
        assert!(start.contains(part), "{part} in {start}");
    }
    assert!(text.contains("Set apart:"));
    let all = crate::help::built_in();
    for format in ["text", "markdown", "html"] {
        let page = page(format);
        assert!(page.contains("what-if"), "{format}");
        for role in all.roles() {
            assert!(page.contains(role.name()), "{} in {format}", role.name());
        }
    }
}

#[test]
fn a_page_says_with_what_it_compares() {
    let folder = folder();
    let page = page(
        folder.path(),
        &[&example(), "--family", "imaging", "--aptitude-weight", "2"],
    );
    assert!(page.contains("Only the roles of the family \"imaging\" are compared here."));
    assert!(page.contains("Aptitudes count 2 times as much here as they usually do."));
}

/// The example as it might have been answered before: some answers and the pack's scoring other.
fn older(folder: &Path) -> String {
    let text = std::fs::read_to_string(example()).expect("the example is there");
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let moved = ["physics-", "pace-", "lasting-contact-1"];
        let name = line.split(" = ").next().unwrap_or_default();
        lines.push(if moved.iter().any(|m| name.starts_with(m)) {
            format!("{name} = 3")
        } else {
            line.replace("2026-11-24", "2026-03-02")
                .replace("sha256:f6", "sha256:00")
        });
    }
    std::fs::write(folder.join("old.toml"), lines.join("\n")).expect("written");
    "old.toml".to_owned()
}

#[test]
fn the_retest_page_matches_its_snapshots() {
    let folder = folder();
    let old = older(folder.path());
    for format in ["text", "markdown", "html"] {
        let page = page(folder.path(), &[&example(), "--since", &old, "-f", format]);
        if format == "text" {
            snapshot("snapshots", "retest", &page);
        }
        for part in ["2026-03-02", "2026-11-24", "scored anew here"] {
            assert!(page.contains(part), "{part} in {format}");
        }
    }
    // the other way round
    let page = page(folder.path(), &[&old, "--since", &example()]);
    assert!(page.contains("are older than the others"), "{page}");
}

#[test]
fn a_retest_of_unrelated_answers_gets_a_remark() {
    let folder = folder();
    let text = std::fs::read_to_string(example()).expect("the example is there");
    let other = text.replace("id = \"simulated-1\"", "id = \"someone\"");
    std::fs::write(folder.path().join("other.toml"), other).expect("written");
    let page = page(folder.path(), &[&example(), "--since", "other.toml"]);
    assert!(page.contains("different labels, \"someone\" and \"simulated-1\""));
    assert!(page.contains("0 traits of 18 moved"));
    assert!(page.contains("The same roles stand in the first group."));
}

#[test]
fn errors_say_what_is_right() {
    let folder = folder();
    let file = example();
    let fails = |arguments: &[&str], part: &str| {
        let all = [&["report", &file], arguments].concat();
        let output = run(folder.path(), &all, b"");
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(part) && stdout(&output).is_empty(), "{said}");
    };
    fails(&["--what-if", "physic=+1sd"], "did you mean physics?");
    fails(&["--what-if", "physics"], "has no =");
    for bad in ["+1", "1sd", "101", "-5", "much", "+infsd", "nan"] {
        fails(
            &["--what-if", &format!("physics={bad}")],
            "write +1sd or -0.5sd",
        );
    }
    fails(&["--avoid", "radiaton"], "did you mean radiation?");
    fails(&["--avoid", "zzz"], "there are radiation, blood");
    fails(&["--for", "parents"], "student, counsellor or both");
    fails(
        &["--for", "student", "-f", "csv"],
        "makes a page for people",
    );
    fails(
        &["--since", &file, "-f", "ndjson"],
        "makes a page for people",
    );
    fails(
        &["--since", &file, "--for", "student"],
        "cannot be used with",
    );
    fails(
        &["--why", "orthotist", "--what-if", "physics=1"],
        "cannot be used with",
    );
    std::fs::write(
        folder.path().join("few.toml"),
        "format = 1\nid = \"x\"\n[answers]\nhelping-1 = 3\n",
    )
    .expect("written");
    let output = run(
        folder.path(),
        &["report", "few.toml", "--what-if", "physics=50"],
        b"",
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("none of its questions is answered"));
}

#[test]
fn untrusted_labels_are_escaped_in_every_format() {
    let folder = folder();
    let text = std::fs::read_to_string(example()).expect("the example is there");
    let hostile = "'<script>x</script>&|`*[l](u)'";
    let text = text.replace("id = \"simulated-1\"", &format!("id = \"{hostile}\""));
    std::fs::write(folder.path().join("me.toml"), text).expect("written");
    let html = page(folder.path(), &["me.toml", "-f", "html"]);
    assert!(!html.contains("<script"));
    assert!(html.contains("&lt;script&gt;x&lt;/script&gt;&amp;|`*[l](u)"));
    let markdown = page(folder.path(), &["me.toml", "-f", "markdown"]);
    assert!(
        markdown.contains("\\<script\\>x\\</script\\>\\&\\|\\`\\*\\[l\\](u)"),
        "{markdown}"
    );
}
