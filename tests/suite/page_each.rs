//! Pages for a class: one a person, a page that leads to each, one file for the printer; whole or not at
//! all, and under names that are safe on every system.

use crate::batch::{ended, folder, names, put, sheets};
use crate::help::{run, stderr, stdout};
use std::collections::BTreeSet;
use std::path::Path;

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).expect("the file is there")
}

/// All values of an attribute, in their order.
fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    let parts = html.split(attribute).skip(1);
    parts
        .map(|part| part.split('"').next().unwrap_or_default())
        .collect()
}

#[test]
fn everybody_has_the_page_that_report_writes_and_all_are_in_one_file() {
    let folder = folder();
    let at = folder.path();
    put(at, "class.csv", sheets(30, "csv"));
    let output = run(
        at,
        &[
            "report",
            "--each",
            "class.csv",
            "--for",
            "student",
            "-f",
            "html",
            "-o",
            "pages",
        ],
        b"",
    );
    ended(
        &output,
        0,
        &["30 pages in pages; begin with index.html; to print all: print.html"],
    );
    assert_eq!(names(&at.join("pages")).len(), 32);
    let person = [
        "report",
        "class.csv",
        "--person",
        "simulated-7",
        "--for",
        "student",
        "-f",
        "html",
    ];
    assert_eq!(
        read(at, "pages/simulated-7.html"),
        stdout(&run(at, &person, b""))
    );
    let index = read(at, "pages/index.html");
    for page in names(&at.join("pages"))
        .iter()
        .filter(|name| *name != "index.html")
    {
        assert!(index.contains(&format!("href=\"{page}\"")), "{page}");
    }
    assert!(index.contains("Results: 30 people") && index.contains("<td>clear</td>"));
    let print = read(at, "pages/print.html");
    assert_eq!(print.matches("<article ").count(), 30);
    assert_eq!(
        print.matches("<html").count() + print.matches("</html>").count(),
        2
    );
    assert!(print.contains("break-before: recto"));
    let ids = values(&print, " id=\"");
    let distinct: BTreeSet<&str> = ids.iter().copied().collect();
    assert!(
        ids.len() > 100 && ids.len() == distinct.len(),
        "anchors are each their own"
    );
    for to in values(&print, "href=\"#")
        .iter()
        .chain(&values(&print, "labelledby=\""))
    {
        assert!(distinct.contains(to), "{to}");
    }
}

#[test]
fn whatever_can_be_scored_has_pages() {
    let folder = folder();
    let at = folder.path();
    let table = sheets(3, "csv");
    put(at, "class.csv", &table);
    put(
        at,
        "class.ndjson",
        sheets(3, "ndjson").replace("simulated", "other"),
    );
    let codes = stdout(&run(at, &["code", "-"], table.as_bytes()));
    for (inputs, count) in [
        (&["class.csv"][..], 3),
        (&["class.csv", "class.ndjson"], 6),
        (&["-"], 3),
    ] {
        for (format, ending) in [("text", "txt"), ("markdown", "md"), ("html", "html")] {
            let arguments = [&["report", "-f", format, "-o", "out", "--each"], inputs].concat();
            ended(
                &run(at, &arguments, codes.as_bytes()),
                0,
                &[&format!("{count} pages in out")],
            );
            let print = usize::from(format != "markdown");
            assert_eq!(names(&at.join("out")).len(), count + 1 + print);
            assert!(at.join(format!("out/simulated-3.{ending}")).is_file());
            std::fs::remove_dir_all(at.join("out")).expect("removed");
        }
    }
    let text = run(at, &["report", "--each", "class.csv", "-o", "out"], b"");
    ended(&text, 0, &[]);
    assert_eq!(read(at, "out/print.txt").split('\u{c}').count(), 3);
    put(at, "list.txt", "class.csv\n");
    ended(
        &run(
            at,
            &[
                "report",
                "--each",
                "--files-from",
                "list.txt",
                "-o",
                "listed",
            ],
            b"",
        ),
        0,
        &["3 pages"],
    );
}

#[test]
fn names_are_safe_whatever_people_are_called() {
    let folder = folder();
    let at = folder.path();
    let long = "a".repeat(900);
    let ids = [
        "../../x",
        "/etc/passwd",
        "INDEX",
        "print",
        "anna",
        "Anna",
        "anna",
        "CON",
        "nul.html",
        "",
        "a/b\\c",
        "Mārama",
        &long,
        "<b>",
        "\u{202E}x",
    ];
    let rows: Vec<String> = ids.iter().map(|id| format!("{id},4\n")).collect();
    let table = format!("id,helping-1\n{}", rows.concat());
    let arguments = [
        "report",
        "--each",
        "-",
        "--partial",
        "-f",
        "html",
        "-o",
        "pages",
    ];
    let output = run(at, &arguments, table.as_bytes());
    ended(
        &output,
        0,
        &[
            "15 pages in pages",
            "Anna: a page of that name was there already; this one is anna-",
        ],
    );
    assert_eq!(names(at), ["pages"], "nothing is written beside the folder");
    let all = names(&at.join("pages"));
    assert_eq!(all.len(), 17);
    let small: BTreeSet<String> = all.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(small.len(), 17, "{all:?}");
    for name in &all {
        let stem = name.strip_suffix(".html").expect("a page");
        assert!(
            stem.chars().all(|c| c.is_alphanumeric() || c == '-'),
            "{name}"
        );
        assert!(
            name.len() < 100 && !["con", "nul"].contains(&stem),
            "{name}"
        );
    }
    let index = read(at, "pages/index.html");
    assert!(index.contains(">&lt;b&gt;</a>") && index.contains("href=\"mārama.html\""));
    assert!(!index.contains('\u{202E}'));
}

#[test]
fn nothing_is_overwritten_and_nothing_is_left_half_done() {
    let folder = folder();
    let at = folder.path();
    put(at, "class.csv", sheets(3, "csv"));
    std::fs::create_dir(at.join("pages")).expect("a folder");
    put(at, "pages/simulated-1.html", "mine");
    let arguments = ["report", "--each", "class.csv", "-f", "html", "-o", "pages"];
    ended(
        &run(at, &arguments, b""),
        1,
        &["pages is there and not empty", "--force"],
    );
    assert_eq!(names(&at.join("pages")), ["simulated-1.html"]);
    assert_eq!(read(at, "pages/simulated-1.html"), "mine");
    put(at, "pages/notes.txt", "mine");
    let forced = [&arguments[..], &["--force"]].concat();
    ended(
        &run(at, &forced, b""),
        0,
        &[
            "3 pages in pages",
            "1 other file in pages is left as before",
        ],
    );
    assert_ne!(read(at, "pages/simulated-1.html"), "mine");
    assert_eq!(names(&at.join("pages")).len(), 6);
    // what cannot be read leaves nothing behind
    put(at, "bad.csv", "id,helping-1\na,9\nb,x\n");
    let bad = [
        "report",
        "--each",
        "bad.csv",
        "--partial",
        "-f",
        "html",
        "-o",
        "new",
    ];
    ended(
        &run(at, &bad, b""),
        4,
        &["bad.csv:2:2", "nothing could be written"],
    );
    for arguments in [
        &["report", "--each", "none.csv", "-f", "html", "-o", "new"][..],
        &["report", "--each", "class.csv", "-f", "csv", "-o", "new"],
        &["report", "--each", "class.csv", "-f", "html"],
        &["report", "--each", "-o", "new"],
        &[
            "report",
            "--each",
            "class.csv",
            "-f",
            "html",
            "-o",
            "class.csv",
        ],
        &[
            "report",
            "--each",
            "class.csv",
            "--why",
            "sonographer",
            "-o",
            "new",
        ],
    ] {
        let output = run(at, arguments, b"");
        assert!(
            matches!(output.status.code(), Some(1 | 2)),
            "{arguments:?}: {}",
            stderr(&output)
        );
    }
    assert_eq!(names(at), ["bad.csv", "class.csv", "pages"]);
    // one wrong row of many: the others have their pages, and the index says so
    put(at, "mixed.csv", "id,helping-1\na,4\nb,9\n");
    let mixed = [
        "report",
        "--each",
        "mixed.csv",
        "--partial",
        "-f",
        "html",
        "-o",
        "new",
    ];
    ended(
        &run(at, &mixed, b""),
        3,
        &[
            "mixed.csv:3:2",
            "1 page in new",
            "1 of 2 rows were rejected; the others were written",
        ],
    );
    let index = read(at, "new/index.html");
    assert!(
        index.contains("1 row could not be read: no page here"),
        "{index}"
    );
}

#[test]
fn sessions_have_pages_too() {
    let folder = folder();
    let at = folder.path();
    put(at, "class.csv", sheets(4, "csv"));
    ended(&run(at, &["session", "import", "class.csv"], b""), 0, &[]);
    let output = run(
        at,
        &[
            "session",
            "report",
            "--all",
            "--for",
            "counsellor",
            "-f",
            "html",
            "-o",
            "pages",
        ],
        b"",
    );
    ended(&output, 0, &["4 pages in pages"]);
    let one = [
        "session",
        "report",
        "simulated-2",
        "--for",
        "counsellor",
        "-f",
        "html",
    ];
    assert_eq!(
        read(at, "pages/simulated-2.html"),
        stdout(&run(at, &one, b""))
    );
    ended(&run(at, &["session", "report"], b""), 2, &["<LABEL>"]);
}
