//! Hostile text, of every class, in every place where a stranger can put it, through every output: no
//! terminal acts on it, no browser runs it, no Markdown or spreadsheet takes it for its own, no file is
//! written outside its folder. (`hostile_packs.rs` has the texts of packs; `privacy.rs` and `data_safety.rs`
//! have archives.)

use crate::help::{root, run, stderr, stdout};
#[cfg(unix)]
use crate::{
    help::{program, small_files},
    terminal::Terminal,
};
use std::path::Path;

/// What strangers write, by what it would do.
const CLASSES: [(&str, &str); 14] = [
    ("clear the screen", "a\u{1b}[2Jb"),
    ("rename the window", "a\u{1b}]0;owned\u{7}b"),
    ("an eight-bit sequence", "a\u{9b}31mb"),
    ("go back over the line", "a\rb\u{8}c"),
    ("turn the reading direction", "a\u{202e}b\u{2066}c\u{200f}d"),
    ("hide letters", "a\u{200b}b\u{2060}c\u{feff}d"),
    ("break the line", "a\u{2028}b\u{2029}c\u{85}d"),
    ("hide a tag", "a\u{e0041}\u{e007f}b"),
    (
        "a script",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
    ),
    ("end an attribute", "\"'><b onclick=x>&amp;"),
    ("a formula", "=HYPERLINK(\"http://x\";\"y\")"),
    ("a command", "@SUM(1+1)*cmd|' /C calc'!A0"),
    ("Markdown", "`x` | [l](javascript:x) *b* # <b>"),
    ("a way out", "../../out"),
];

/// Characters that only act: they must reach no reader.
fn acts(c: char) -> bool {
    rolescope_core::text::unprintable(c) && c != '\n'
}

/// Holds that a text for people, or of messages, acts on no terminal.
fn harmless(what: &str, text: &str) {
    let found = text.chars().find(|&c| acts(c));
    assert!(found.is_none(), "{what}: {found:?} in {text:?}");
}

/// Holds that an output in a format is what that format says and nothing of the stranger's doing.
fn inert(what: &str, format: &str, text: &str) {
    match format {
        "html" => {
            harmless(what, text);
            for bad in [
                "<script",
                "<img",
                "<b ",
                "<b>",
                "onclick=x>",
                "onerror=alert(1)>",
            ] {
                assert!(!text.contains(bad), "{what}: {bad} in {text}");
            }
        }
        "markdown" => {
            harmless(what, text);
            for bad in ["<script", "<img", "<b", "](javascript"] {
                let at = text.find(bad);
                let escaped = at.is_some_and(|at| text[..at].ends_with('\\'));
                assert!(at.is_none() || escaped, "{what}: {bad} in {text}");
            }
        }
        "csv" => {
            for row in crate::batch::cells(text.as_bytes()) {
                for cell in row {
                    let runs = matches!(cell.first(), Some(b'=' | b'@' | b'\t' | b'\r'));
                    assert!(!runs, "{what}: {}", String::from_utf8_lossy(&cell));
                }
            }
        }
        "ndjson" => {
            for line in text.lines() {
                let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
                assert!(value.is_object(), "{what}: {line}");
            }
        }
        _ => harmless(what, text),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn toml(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// Runs the program and looks at all that it says, whatever comes of it.
fn look(what: &str, at: &Path, words: &[&str], input: &[u8], format: &str) {
    let what = format!("{what}: {words:?}");
    // the small pack is read sooner
    let small = root().join("tests/packs/small").display().to_string();
    let own = words.contains(&"--pack");
    let pack = ["--pack", &small];
    let words = [if own { &[][..] } else { &pack }, words].concat();
    let output = run(at, &words, input);
    assert!(matches!(output.status.code(), Some(0..=4 | 130)), "{what}");
    harmless(&what, &stderr(&output));
    inert(&what, format, &stdout(&output));
}

#[test]
fn hostile_text_in_rows_of_tables_and_records() {
    for (what, text) in CLASSES {
        let folder = folder();
        let at = folder.path();
        let cell = quoted(text);
        // as an id, as a column's name, as a kept value, as a group, as an answer, and as a question
        let mut table = format!("id,helping-1,class,{cell}\n");
        let answers = ["1", "2", "3", "4", "5", "1", &cell];
        let rows = answers.map(|answer| format!("{cell},{answer},{cell},x\n"));
        table.extend(rows);
        std::fs::write(at.join("a.csv"), &table).expect("written");
        let text = serde_json::to_string(text).expect("JSON");
        let lines = format!(
            "{{\"id\":{text},\"answers\":{{\"helping-1\":4,{text}:1}},\"class\":{text}}}\n\
             {{\"id\":{text},\"answers\":{{\"helping-1\":{text}}},\"class\":{{\"a\":{text}}}}}\n"
        );
        std::fs::write(at.join("a.ndjson"), lines).expect("written");
        for input in ["a.csv", "a.ndjson"] {
            for format in ["table", "csv", "ndjson"] {
                let words = [
                    "score",
                    "--partial",
                    "-f",
                    format,
                    "--keep",
                    "class",
                    "--rejects",
                    "r.csv",
                    input,
                ];
                look(what, at, &words, b"", format);
                let rejects = std::fs::read_to_string(at.join("r.csv")).expect("written");
                inert(what, "csv", &rejects);
            }
        }
        let named: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let named = named.as_str().expect("a text");
        look(
            what,
            at,
            &["score", "--partial", "-f", "csv", "--keep", named, "a.csv"],
            b"",
            "csv",
        );
        for format in ["text", "csv", "html", "markdown"] {
            for by in ["class", named] {
                let words = ["report", "--group", "a.csv", "--by", by, "-f", format];
                look(what, at, &words, b"", format);
            }
        }
    }
}

#[test]
fn hostile_text_in_answer_files() {
    for (what, text) in CLASSES {
        let folder = folder();
        let at = folder.path();
        let value = toml(text);
        let person = |id: &str, note: &str, pack: &str, key: &str| {
            format!(
                "format = 1\nid = {id}\nfinished = 2026-03-02T09:14:00Z\n\
                 pack = {{ name = {pack}, version = {pack}, fingerprint = {pack} }}\n\
                 [answers]\nhelping-1 = 4\n{key} = 1\n\
                 [[note]]\ndate = 2026-03-02T09:14:00Z\ntext = {note}\n"
            )
        };
        let plain = "\"plain\"";
        for (place, file) in [
            ("label", person(&value, plain, plain, "old")),
            ("note", person(plain, &value, plain, "old")),
            ("pack", person(plain, plain, &value, "old")),
            ("question", person(plain, plain, plain, &value)),
            (
                "answer",
                person(plain, plain, plain, "old").replace("= 4", &format!("= {value}")),
            ),
            ("bare", person(text, text, text, text)),
        ] {
            let what = format!("{what} as {place}");
            std::fs::write(at.join("a.toml"), file).expect("written");
            for format in ["text", "html", "markdown", "csv", "ndjson"] {
                look(&what, at, &["report", "a.toml", "-f", format], b"", format);
                let pair = ["report", "a.toml", "--since", "a.toml", "-f", format];
                look(&what, at, &pair, b"", format);
            }
            look(
                &what,
                at,
                &["report", "a.toml", "--why", "carer"],
                b"",
                "text",
            );
            look(
                &what,
                at,
                &["quiz", "--resume", "a.toml"],
                b"quit\n",
                "text",
            );
            look(&what, at, &["session", "import", "a.toml"], b"", "text");
            look(&what, at, &["session", "list"], b"", "text");
            look(&what, at, &["session", "list", "-f", "csv"], b"", "csv");
            for label in [text, "plain"] {
                for errand in ["show", "report", "resolve", "delete"] {
                    let mut words = vec!["session", errand, label];
                    words.extend((errand == "delete").then_some("--yes"));
                    look(&what, at, &words, b"", "text");
                }
            }
            look(&what, at, &["session", "new", text], b"quit\n", "text");
            look(&what, at, &["session", "note", "plain", text], b"", "text");
        }
        // whatever the label, its file is in the folder
        for entry in std::fs::read_dir(at).expect("listed") {
            let name = entry.expect("read").file_name();
            assert!(name == "data" || name == "a.toml", "{what}: {name:?}");
        }
    }
}

#[cfg(unix)] // elsewhere such names cannot be
#[test]
fn hostile_names_of_files_and_folders() {
    for (what, text) in CLASSES {
        let folder = folder();
        let at = folder.path();
        // a name of a file has no slash in it
        let name = text.replace('/', "_");
        let bad = format!("{name}.toml");
        for part in ["answers", "data", "pack/questions", "pack/profiles"] {
            std::fs::create_dir_all(at.join(part)).expect("made");
        }
        for file in small_files() {
            std::fs::write(at.join("pack").join(file.path()), file.text()).expect("written");
        }
        let torn = "format = 1\nid = ";
        for place in ["answers", "data", "pack/profiles", "."] {
            std::fs::write(at.join(place).join(&bad), torn).expect("written");
        }
        std::fs::create_dir(at.join("answers/odd.toml")).expect("made");
        let person = root().join("examples/simulated-1.toml");
        std::fs::copy(person, at.join("answers/good.toml")).expect("copied");
        for format in ["table", "csv", "ndjson"] {
            look(
                what,
                at,
                &["score", "answers", "-f", format, "--rejects", "r.csv"],
                b"",
                format,
            );
            look(what, at, &["score", &bad, "-f", format], b"", format);
        }
        inert(
            what,
            "csv",
            &std::fs::read_to_string(at.join("r.csv")).expect("written"),
        );
        look(what, at, &["report", &bad], b"", "text");
        look(what, at, &["report", &name], b"", "text");
        look(what, at, &["quiz", "--resume", &bad], b"", "text");
        look(
            what,
            at,
            &["quiz", "--save", &format!("{name}/x")],
            b"",
            "text",
        );
        look(what, at, &["session", "list"], b"", "text");
        look(what, at, &["session", "list", "-f", "csv"], b"", "csv");
        look(what, at, &["session", "export", "all.tar.gz"], b"", "text");
        look(what, at, &["session", "import", &bad], b"", "text");
        look(what, at, &["roles", "--pack", "pack"], b"", "text");
        look(what, at, &["roles", "--pack", &name], b"", "text");
        look(what, at, &["roles", &name], b"", "text");
        look(what, at, &["roles", "--family", &name], b"", "text");
        look(
            what,
            at,
            &["report", "answers/good.toml", "--avoid", &name],
            b"",
            "text",
        );
        look(
            what,
            at,
            &["report", "answers/good.toml", "--what-if", &name],
            b"",
            "text",
        );
        look(what, at, &["pack", "export", &bad], b"", "text");
        look(what, at, &["pack", "import-tahatu", &bad], b"", "text");
        look(what, at, &["man", "--dir", &bad], b"", "text");
    }
}

#[cfg(unix)] // elsewhere names are no bytes
#[test]
fn names_that_are_not_utf_8() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = folder();
    let at = folder.path();
    for part in ["pack/questions", "pack/profiles"] {
        std::fs::create_dir_all(at.join(part)).expect("made");
    }
    for file in small_files() {
        std::fs::write(at.join("pack").join(file.path()), file.text()).expect("written");
    }
    // the mistake in one stands where the other has ended already
    for (name, text) in [
        (b"a\xfe.toml", "=".to_owned()),
        (b"a\xff.toml", "#\n".repeat(500) + "="),
    ] {
        let name = std::ffi::OsStr::from_bytes(name);
        if std::fs::write(at.join("pack/profiles").join(name), text).is_err() {
            println!("this file system takes UTF-8 names only");
            return;
        }
    }
    let output = run(at, &["roles", "--pack", "pack"], b"");
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("pack/profiles/a\u{FFFD}.toml:501:1"),
        "{said}"
    );
}

#[cfg(unix)] // a console of Windows draws the screen itself, and what it was sent cannot be seen
#[test]
fn records_are_exact_for_programs_and_act_on_no_terminal() {
    let folder = folder();
    let at = folder.path();
    let (_, hostile) = CLASSES[0];
    let table = format!("id,helping-1\n{hostile}\u{202e}\u{9b}x,4\n");
    std::fs::write(at.join("a.csv"), &table).expect("written");
    for format in ["csv", "ndjson", "json"] {
        let all = ["score", "-q", "--partial", "-f", format, "a.csv"];
        let output = program(at).args(all).output().expect("the program runs");
        assert!(stdout(&output).contains("\u{202e}\u{9b}x"), "{format}");
        let mut terminal = Terminal::open(at, &all, 30, 120);
        assert_eq!(terminal.end(), 0);
        let raw = String::from_utf8(terminal.raw()).expect("UTF-8");
        assert!(raw.contains("insufficient"), "{format}: {raw}");
        harmless(format, &raw.replace("\r\n", "\n"));
    }
}
