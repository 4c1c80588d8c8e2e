//! What a school puts above its pages: name, contact, logo, on every page and in every format, and nothing that runs.

use crate::help::{root, run, stderr, stdout};
use flate2::Crc;
use std::path::Path;
use std::process::Output;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

#[track_caller]
fn done(folder: &Path, arguments: &[&str]) -> String {
    let output = run(folder, arguments, b"");
    assert_eq!(
        output.status.code(),
        Some(0),
        "{arguments:?}: {}",
        stderr(&output)
    );
    stdout(&output)
}

#[track_caller]
fn refused(output: &Output, says: &str) {
    let said = stderr(output);
    assert!(!output.status.success() && said.contains(says), "{said}");
}

const SVG: &str =
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">\n<circle r=\"4\"/>\n</svg>\n";
const ABOVE: [&str; 6] = [
    "--title",
    "Hill <School>",
    "--contact",
    "careers@hill.example, room 4",
    "--logo",
    "logo.svg",
];

fn png() -> Vec<u8> {
    let piece = |kind: &[u8], data: &[u8]| {
        let mut sum = Crc::new();
        sum.update(kind);
        sum.update(data);
        let size = u32::try_from(data.len()).expect("it is small");
        [&size.to_be_bytes(), kind, data, &sum.sum().to_be_bytes()].concat()
    };
    let head = [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0];
    let pixel = [0x78, 0x9c, 0x63, 0x60, 0, 0, 0, 2, 0, 1];
    [
        &b"\x89PNG\r\n\x1a\n"[..],
        &piece(b"IHDR", &head),
        &piece(b"IDAT", &pixel),
        &piece(b"IEND", &[]),
    ]
    .concat()
}

/// Five sessions, a table of five, a logo.
fn school(folder: &Path) {
    let example = root()
        .join("examples/simulated-1.toml")
        .display()
        .to_string();
    for label in ["a", "b", "c", "d", "e"] {
        done(
            folder,
            &["-q", "session", "import", &example, "--label", label],
        );
    }
    done(folder, &["-q", "sample", "-n", "5", "-o", "five.csv"]);
    std::fs::write(folder.join("logo.svg"), SVG).expect("written");
    std::fs::write(folder.join("logo.png"), png()).expect("written");
}

#[test]
fn every_page_of_a_person_or_a_group_has_it_in_each_format() {
    let folder = folder();
    let at = folder.path();
    school(at);
    for page in [
        &["session", "report", "a"][..],
        &["session", "report", "a", "--for", "student"],
        &["session", "report", "a", "--for", "counsellor"],
        &["session", "report", "b", "--since", "a"],
        &["session", "report", "a", "--why", "orthotist"],
        &["session", "group"],
        &["report", "five.csv", "--person", "simulated-1"],
        &["report", "--group", "five.csv"],
    ] {
        let written = |format: &str| done(at, &[page, &["-q", "-f", format], &ABOVE].concat());
        let text = written("text");
        assert!(
            text.starts_with("Hill <School>\ncareers@hill.example, room 4\n\n"),
            "{page:?}: {text}"
        );
        let markdown = written("markdown");
        assert!(
            markdown.starts_with("**Hill \\<School\\>**\n\ncareers\\@hill.example, room 4\n\n# "),
            "{page:?}: {markdown}"
        );
        let html = written("html");
        assert!(html.contains(
            "<p class=\"name\">Hill &lt;School&gt;</p>\n<p>careers@hill.example, room 4</p>"
        ));
        assert_eq!(html.matches("src=\"data:image/svg+xml;base64,").count(), 1);
        assert!(html.contains(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
        ));
        for outside in [
            "http-equiv=\"refresh",
            "<script",
            "<link",
            "@import",
            "src=\"http",
        ] {
            assert!(!html.contains(outside), "{page:?}: {outside}");
        }
    }
}

#[test]
fn many_pages_have_it_each_and_their_file_for_the_printer_holds_the_logo_once() {
    let folder = folder();
    let at = folder.path();
    school(at);
    for (many, out) in [
        (&["session", "report", "--all"][..], "all"),
        (&["report", "--each", "five.csv"], "each"),
    ] {
        done(
            at,
            &[
                many,
                &["-q", "-f", "html", "-o", out],
                &ABOVE[..4],
                &["--logo", "logo.png"],
            ]
            .concat(),
        );
        let pages: Vec<_> = std::fs::read_dir(at.join(out)).expect("pages").collect();
        assert_eq!(pages.len(), 7);
        for page in pages {
            let path = page.expect("read").path();
            let html = std::fs::read_to_string(&path).expect("a page");
            assert_eq!(
                html.matches("data:image/png;base64,").count(),
                1,
                "{path:?}"
            );
            assert!(html.contains("Hill &lt;School&gt;"), "{path:?}");
        }
    }
}

#[test]
fn a_logo_that_does_more_than_show_is_refused_with_its_place_and_nothing_is_written() {
    let folder = folder();
    let at = folder.path();
    school(at);
    let page = |logo: &str, bytes: &[u8]| {
        std::fs::write(at.join(logo), bytes).expect("written");
        let arguments = [
            "session", "report", "a", "-f", "html", "-o", "out.html", "--logo", logo,
        ];
        run(at, &arguments, b"")
    };
    let with = |inside: &str| SVG.replace("<circle", &format!("{inside}<circle"));
    for (inside, says) in [
        ("<script>1</script>", "bad.svg:2:1: the SVG holds a script"),
        (
            "<g onclick=\"a()\"/>",
            "bad.svg:2:1: the SVG holds an event attribute (onclick",
        ),
        ("<foreignObject/>", "a foreign object"),
        (
            "<image href=\"https://a.example/b.png\"/>",
            "an external reference",
        ),
        ("<style>@import 'a';</style>", "an external reference"),
    ] {
        refused(&page("bad.svg", with(inside).as_bytes()), says);
    }
    refused(
        &page("bad.png", &png()[..40]),
        "bad.png: the PNG is cut short",
    );
    refused(&page("big.svg", &vec![b' '; 300 << 10]), "over 256 KiB");
    refused(&page("photo.jpg", b"\xff\xd8\xff\xe0"), "it is a JPEG");
    refused(
        &run(
            at,
            &["session", "report", "a", "-f", "html", "--logo", "none.png"],
            b"",
        ),
        "cannot read none.png",
    );
    assert!(!at.join("out.html").exists());
}

#[test]
fn records_have_no_place_for_it_and_a_line_is_a_line() {
    let folder = folder();
    let at = folder.path();
    school(at);
    for arguments in [
        &["session", "report", "a", "-f", "csv", "--title", "Hill"][..],
        &["session", "group", "-f", "csv", "--contact", "Hill"],
        &[
            "report", "--group", "five.csv", "-f", "csv", "--logo", "logo.svg",
        ],
    ] {
        refused(&run(at, arguments, b""), "have no place for --");
    }
    for title in ["", " ", "two\nlines", &"a".repeat(201)] {
        let arguments = ["session", "report", "a", "--title", title];
        refused(
            &run(at, &arguments, b""),
            "one line of at most 200 characters",
        );
    }
}
