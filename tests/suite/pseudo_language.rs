//! Every page for people in a pseudo-language: all messages of the catalogue and all texts of the built-in pack with
//! marks on their letters. What is left without marks is said past the catalogue, in English whatever the language.

use crate::help::{root, run, stderr, stdout};
use crate::terminal::Terminal;
use rolescope::builtin::built_in;
use std::path::Path;
use toml::Value;

/// Letters with their marks, in the order of the alphabet.
const MARKED: &str = "áḃćḋéḟǵḣíĵḱĺḿńóṕɋŕśṫúṽẃẋýź";

/// A text with a mark on each letter, but what stands between backquotes, which is typed as it is.
fn marked(text: &str) -> String {
    marked_beside_code(text, &mut false)
}

/// The same of a part of a text, that begins within backquotes or not.
fn marked_beside_code(text: &str, code: &mut bool) -> String {
    let mark = |c: char| {
        *code ^= c == '`';
        let at = usize::from(
            u8::try_from(c)
                .unwrap_or(0)
                .to_ascii_lowercase()
                .wrapping_sub(b'a'),
        );
        match MARKED.chars().nth(at) {
            Some(marked) if !*code && c.is_ascii_lowercase() => marked.to_string(),
            Some(marked) if !*code => marked.to_uppercase().collect(),
            _ => c.to_string(),
        }
    };
    text.chars().map(mark).collect()
}

/// A line of a message with its letters marked: what stands in braces stays.
fn marked_message(line: &str, code: &mut bool) -> String {
    let mut all = String::new();
    let mut rest = line;
    while let Some((text, braced)) = rest.split_once('{') {
        all += &marked_beside_code(text, code);
        let Some((inside, after)) = braced.split_once('}') else {
            return all + "{" + braced;
        };
        for piece in ["{", inside, "}"] {
            all.push_str(piece);
        }
        rest = after;
    }
    all + &marked_beside_code(rest, code)
}

/// The catalogue of the program with marks on all that it says.
fn catalogue() -> String {
    let english = std::fs::read_to_string(root().join("core/src/text/en-NZ.ftl")).expect("there");
    let mut code = false;
    let lines = english.lines().map(|line| {
        code &= line.starts_with(' ');
        let head = if line.starts_with(' ') {
            let bare = line.trim_start();
            let variant = bare.strip_prefix('*').unwrap_or(bare).starts_with('[');
            match line.find("] ").filter(|_| variant) {
                Some(end) => end + 2,
                None => line.len() - bare.len(),
            }
        } else if line.starts_with('#') {
            line.len()
        } else {
            line.find('=').map_or(0, |end| end + 1)
        };
        let (head, text) = line.split_at(head);
        head.to_owned() + &marked_message(text, &mut code)
    });
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// Keys of a pack whose values are names for programs.
const NO_TEXTS: &[&str] = &[
    "id",
    "kind",
    "format",
    "trait",
    "key",
    "source",
    "supports",
    "family",
    "version",
    "role",
    "need",
    "per",
    "stage",
    "trend",
    "state",
    "required",
    "checked",
    "review_by",
    "before",
    "after",
    "answer",
    "of",
    "nearest",
    "language",
    "neighbours",
    "basis",
    "was",
];

/// A value of a pack with marks on its texts.
fn mark(key: &str, value: &mut Value) {
    match value {
        // short, so that it is not broken in two
        Value::String(text) if key == "url" => "https://www.a.nz".clone_into(text),
        Value::String(text) if !NO_TEXTS.contains(&key) => *text = marked(text),
        Value::Array(all) => all.iter_mut().for_each(|value| mark(key, value)),
        Value::Table(table) => {
            for (key, value) in table {
                mark(key, value);
            }
        }
        _ => {}
    }
}

/// Puts the built-in pack in the pseudo-language, and gives its ids, which stand on pages as they are.
fn write_pack(folder: &Path) -> Vec<String> {
    let mut ids = Vec::new();
    for file in built_in() {
        let mut table: toml::Table = file.text().parse().expect("it is TOML");
        for (key, value) in &mut table {
            mark(key, value);
        }
        let name = Path::new(file.path());
        if name.ends_with("traits.toml") {
            table.insert("language".to_owned(), Value::from("en-XA"));
        }
        ids.extend(
            name.file_stem()
                .map(|stem| stem.to_string_lossy().into_owned()),
        );
        for key in ["id", "family"] {
            let found = file.text().lines();
            let found = found.filter_map(|line| line.strip_prefix(&format!("{key} = \"")));
            ids.extend(found.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
        }
        let at = folder.join(name);
        std::fs::create_dir_all(at.parent().expect("a folder")).expect("made");
        std::fs::write(at, toml::to_string(&table).expect("it can be written")).expect("written");
    }
    std::fs::create_dir_all(folder.join("languages")).expect("made");
    std::fs::write(folder.join("languages/en-XA.ftl"), catalogue()).expect("written");
    ids.sort_by_key(|id| std::cmp::Reverse(id.len()));
    ids
}

/// What people read of a page of HTML: its letters, and what is read aloud.
fn read_of_html(page: &str) -> String {
    let mut all = String::new();
    let body = page.split_once("<body>").map_or(page, |(_, body)| body);
    for piece in body.split('<') {
        let (tag, text) = piece.split_once('>').unwrap_or(("", piece));
        for name in ["aria-label=\"", "alt=\"", "title=\""] {
            let found = tag.split_once(name);
            let found = found.and_then(|(_, rest)| rest.split_once('"'));
            all.push_str(found.map_or("", |(text, _)| text));
            all.push('\n');
        }
        let shown = !["style", "script", "pre", "code", "span lang=\"mi\""]
            .iter()
            .any(|name| tag.starts_with(name));
        if shown {
            all.push_str(text);
        }
        all.push('\n');
    }
    for (entity, letter) in [
        ("&quot;", "\""),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        all = all.replace(entity, letter);
    }
    all
}

/// The words without marks in what people read, beside those that stand on pages as they are.
fn english(text: &str, as_they_are: &[String]) -> Vec<String> {
    let mut rest = text.to_owned();
    // what is typed, and addresses
    let parts: Vec<String> = rest.split('`').step_by(2).map(str::to_owned).collect();
    rest = parts.join(" ");
    let addresses = rest
        .split_whitespace()
        .filter(|word| !word.contains("://") && !word.contains("sha256:"));
    rest = addresses.collect::<Vec<_>>().join(" ");
    for word in as_they_are {
        rest = rest.replace(word.as_str(), " ");
    }
    let words = rest.split(|c: char| !c.is_alphabetic());
    let plain = words.filter(|word| word.len() > 2 && word.is_ascii());
    plain.map(str::to_owned).collect()
}

/// Names that stand on pages as they are: of the program, of people here, of files.
const NAMES: &[&str] = &["rolescope", "anna.toml", "anna", "toml", "simulated"];
/// What is typed: in text it stands without quotes around it.
const TYPED: &[&str] = &[
    "compare",
    "dir",
    "questions",
    "quiz",
    "report",
    "resume",
    "roles",
    "session",
    "FILE",
    "csv",
    "why",
];

/// What was shown so far.
struct Shown {
    folder: tempfile::TempDir,
    as_they_are: Vec<String>,
    /// What was said without marks, and where.
    left: Vec<String>,
}

impl Shown {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut as_they_are = write_pack(&folder.path().join("pack"));
        as_they_are.extend(NAMES.iter().map(|&name| name.to_owned()));
        Self {
            folder,
            as_they_are,
            left: Vec::new(),
        }
    }

    /// What the program writes to its output, and what it says beside that.
    fn output(&self, arguments: &[&str], input: &str) -> (String, String) {
        let all = [&["--pack", "pack"], arguments].concat();
        let output = run(self.folder.path(), &all, input.as_bytes());
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            stderr(&output)
        );
        (stdout(&output), stderr(&output))
    }

    /// Notes what a text says without marks, beside what is typed.
    fn look(&mut self, what: &str, text: &str, typed: &[&str]) {
        let mut found = english(text, &self.as_they_are);
        found.retain(|word| !typed.contains(&word.as_str()));
        if !found.is_empty() {
            self.left.push(format!("{what}: {}", found.join(" ")));
        }
    }

    /// A page in each format.
    fn page(&mut self, arguments: &[&str]) {
        for format in ["text", "html", "markdown"] {
            let all = [arguments, &["-f", format]].concat();
            let (page, _) = self.output(&all, "");
            let (read, typed) = match format {
                "html" => (read_of_html(&page), &[][..]),
                "text" => (page, TYPED),
                _ => (page, &[][..]),
            };
            self.look(&all.join(" "), &read, typed);
        }
    }
}

#[test]
fn no_page_for_people_says_anything_past_the_catalogue() {
    let mut shown = Shown::new();
    let at = shown.folder.path().to_owned();
    shown.output(
        &[
            "sample",
            "-n",
            "12",
            "--seed",
            "3",
            "--blank",
            "0.1",
            "-o",
            "class.csv",
        ],
        "",
    );
    // a quiz in lines, with a help and a skip in it
    let answers = "help\n2\n".to_owned() + &"skip\n".repeat(100) + "result\n";
    let (page, asked) = shown.output(&["quiz", "--plain", "--save", "anna.toml"], &answers);
    shown.look("quiz", &asked, TYPED);
    shown.look("quiz", &page, TYPED);
    let table = std::fs::read_to_string(at.join("class.csv")).expect("written");
    let mut lines = table.lines();
    let head = lines.next().expect("a head");
    for (number, line) in lines.enumerate() {
        std::fs::write(
            at.join(format!("p{number}.csv")),
            format!("{head}\n{line}\n"),
        )
        .expect("written");
        shown.as_they_are.push(format!("p{number}.csv"));
    }
    let pack = rolescope_core::Pack::parse(&built_in()).expect("valid");
    let [first, second] = [0, 1].map(|at| pack.roles()[at].id());
    for person in ["anna.toml", "p0.csv", "p1.csv", "p2.csv"] {
        for reader in ["student", "counsellor", "both"] {
            shown.page(&["report", person, "--for", reader]);
        }
        shown.page(&["report", person, "--why", first]);
        shown.page(&["compare", first, second, "--answers", person]);
    }
    shown.page(&["report", "p0.csv", "--since", "p1.csv"]);
    shown.page(&["report", "--group", "class.csv"]);
    for role in pack.roles() {
        shown.page(&["roles", role.id()]);
    }
    shown.page(&["roles"]);
    shown.page(&["roles", "--map"]);
    shown.page(&["questions"]);
    shown.page(&["questions", "--key"]);
    shown.page(&["questions", "--sheet"]);
    let (rows, _) = shown.output(&["score", "class.csv"], "");
    shown.look("score", &rows, &[]);
    let (sheet, _) = shown.output(&["roles", "--level-sheet", first], "");
    let (_, rows) = sheet.split_once('\n').expect("a head");
    shown.look("a level sheet", rows, &[]);
    shown.output(
        &[
            "session", "import", "p0.csv", "--label", "anna", "--dir", "anna",
        ],
        "",
    );
    shown.output(
        &[
            "session",
            "note",
            "anna",
            &marked("Of a talk"),
            "--dir",
            "anna",
        ],
        "",
    );
    shown.page(&["session", "show", "anna", "--dir", "anna"]);
    shown.output(
        &["report", "--each", "class.csv", "-f", "html", "-o", "pages"],
        "",
    );
    let index = std::fs::read_to_string(at.join("pages/index.html")).expect("written");
    shown.look("the page that leads to all", &read_of_html(&index), &[]);
    for service in ["google-forms", "surveyjs", "redcap", "limesurvey"] {
        let (form, _) = shown.output(&["questions", "-f", service], "");
        for text in [
            "The code or pseudonym that you were given.",
            "I don't know",
            "The answer is",
        ] {
            assert!(form.contains(&marked(text)), "{service}: {text}");
            assert!(!form.contains(text), "{service}: {text}");
        }
    }
    let (page, _) = shown.output(&["web", "-o", "-", "-q"], "");
    let (page, _) = page.split_once("<script").expect("a script");
    shown.look("web", &read_of_html(page), &[]);
    assert!(
        shown.left.is_empty(),
        "said past the catalogue:\n{}",
        shown.left.join("\n")
    );
}

#[test]
#[cfg_attr(
    windows,
    ignore = "the pseudo-console of Wine 8 counts escape sequences as signs, and breaks coloured lines too early"
)]
fn no_screen_says_anything_past_the_catalogue() {
    let mut shown = Shown::new();
    let at = shown.folder.path().to_owned();
    shown.as_they_are.push(at.display().to_string());
    let [one, last] = [marked("question 1 of"), marked("question 2 of")];
    let quiz = ["--pack", "pack", "quiz", "--save", "anna.toml"];
    let mut terminal = Terminal::open(&at, &quiz, 40, 120);
    shown.look("welcome", &terminal.settled(&marked("Enter")), &[]);
    terminal.press("\r");
    shown.look("a question", &terminal.settled(&one), &[]);
    for (what, key, there, back) in [
        ("help", "?", "There is no time limit", " "),
        ("review", "r", "chooses", "q"),
    ] {
        let screen = terminal.turned_by(key, &marked(there));
        shown.look(what, &screen, &["Esc", "Ctrl"]);
        terminal.press(back);
        terminal.await_text(&one);
    }
    terminal.press("2");
    shown.look("the next", &terminal.settled(&last), &[]);
    terminal.press("q");
    terminal.end();
    shown.look("the end", &terminal.picture(), TYPED);

    let (answers, _) = shown.output(&["sample", "-n", "1", "--seed", "5"], "");
    std::fs::write(at.join("p0.csv"), answers).expect("written");
    let report = ["--pack", "pack", "report", "p0.csv"];
    let mut terminal = Terminal::open(&at, &report, 40, 120);
    let leave = marked("q leave");
    shown.look("first", &terminal.settled(&leave), &[]);
    for (what, key) in [
        ("role", "1"),
        ("why", "w"),
        ("about you", "t"),
        ("map", "m"),
        ("all", "a"),
        ("compare", "c"),
        ("saved", "s"),
    ] {
        let screen = terminal.turned_by(key, &leave);
        shown.look(what, &screen, &["html", "result"]);
    }
    terminal.press("q");
    terminal.end();
    assert!(
        shown.left.is_empty(),
        "said past the catalogue:\n{}",
        shown.left.join("\n")
    );
}

#[test]
fn what_is_said_past_the_catalogue_is_found() {
    assert_eq!(
        marked("Go on: `rolescope quiz` {x}"),
        "Ǵó óń: `rolescope quiz` {ẋ}"
    );
    assert_eq!(marked_message("At { $n ->", &mut false), "Áṫ { $n ->");
    assert!(english(&marked("Every word has its marks."), &[]).is_empty());
    let page = "<body><p>Ḣéŕé and there</p><svg aria-label=\"Drawn\"></svg>";
    assert_eq!(english(&read_of_html(page), &[]), ["and", "there", "Drawn"]);
}
