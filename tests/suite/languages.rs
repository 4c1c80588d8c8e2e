//! A pack in two languages: the same ids, figures and fingerprint, other texts; and the catalogue of what the program
//! itself says. The second language is made by rule, with marks on letters, so that nothing is said to be a translation.

use crate::help::{copy, program, root, run, stderr, stdout};
use crate::imports::rust_files;
use rolescope::storage::pack_files;
use rolescope_core::{Pack, SourceFile};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The answers of one person to the pack.
const ANSWERS: &str = "3\n3\n1\n1\n3\n2\n";

fn folder() -> PathBuf {
    root().join("tests/packs/two-languages")
}

fn files() -> Vec<SourceFile> {
    pack_files::folder(&folder()).expect("the pack can be read")
}

fn pack() -> Pack {
    Pack::parse(&files()).expect("it is valid")
}

/// The pack with another file in place of one of its language, shown in that.
fn mistakes_of(name: &str, text: &str) -> String {
    let mut files = files();
    files.retain(|file| !file.path().ends_with(name));
    files.push(SourceFile::new(format!("languages/{name}"), text));
    let tag = name.split('.').next().unwrap_or_default();
    let mistakes = pack().in_language(tag, &files).expect_err("it is wrong");
    rolescope_core::Diagnostic::show_all(&mistakes, &files, false)
}

/// Runs the program on the pack.
fn of_pack(at: &Path, arguments: &[&str], input: &str) -> (String, String) {
    let pack = folder().display().to_string();
    let all: Vec<&str> = ["--pack", &pack].iter().chain(arguments).copied().collect();
    let output = run(at, &all, input.as_bytes());
    assert!(output.status.success(), "{}", stderr(&output));
    (stdout(&output), stderr(&output))
}

#[test]
fn a_language_changes_texts_and_nothing_that_is_scored() {
    let own = pack();
    let shown = own.clone().in_language("en-XA", &files()).expect("valid");
    assert_eq!(shown.fingerprint(), own.fingerprint());
    assert_eq!((own.language(), shown.language()), ("en-NZ", "en-XA"));
    assert_eq!((shown.name(), shown.title()), ("Two crafts", "Twö çräfts"));
    assert_eq!(shown.roles()[1].name(), "Jöïñér");
    assert_eq!(shown.sections()[0].labels()[2], "Lïké");
    let ids = |pack: &Pack| -> Vec<String> {
        let questions = pack.questions().iter().map(|q| q.id().to_owned());
        let roles = pack.roles().iter().map(|r| r.id().to_owned());
        questions.chain(roles).collect()
    };
    assert_eq!(ids(&shown), ids(&own));
    // what is missing stays as it is, and is counted
    let rush = shown.question("rush-2").expect("it is there");
    assert_eq!(shown.questions()[rush].text(), "Do three things at once.");
    let (texts, missing) = shown.untranslated();
    assert_eq!(missing[0], "questions.rush-2.text");
    assert!(texts > missing.len() && missing.len() > 100, "{missing:?}");
    assert_eq!(own.untranslated().0, 0);
}

#[test]
fn the_same_answers_give_the_same_figures_in_every_language() {
    let at = tempfile::tempdir().expect("a folder");
    let score = |language: &[&str]| {
        let ask = [&["score", "-", "-f", "csv"], language].concat();
        let table = "id,making-1,making-2,growing-1,growing-2,rush-1,rush-2\nanna,3,3,1,1,3,2\n";
        of_pack(at.path(), &ask, table).0
    };
    let (own, shown) = (score(&[]), score(&["--lang", "en-XA"]));
    // a table names roles and conditions by their ids
    assert!(own.contains("joiner,1,"), "{own}");
    assert_eq!(own, shown);
}

#[test]
fn the_quiz_asks_and_answers_in_the_language_that_was_asked_for() {
    let at = tempfile::tempdir().expect("a folder");
    let ask = ["--lang", "en-XA", "quiz", "--save", "anna.toml"];
    let (result, asked) = of_pack(at.path(), &ask, ANSWERS);
    for text in [
        "Qüéstïöñ 1 öf 6. Büïld ä shélf.",
        "3  Lïké",
        "Do three things at once.",
    ] {
        assert!(asked.contains(text), "{text}: {asked}");
    }
    for text in ["Whät fïts ýöü", "Jöïñér", "Ýöü wöüld lïké tö"] {
        assert!(result.contains(text), "{text}: {result}");
    }
    // the file holds ids and the name of the pack, the same in every language
    let file = std::fs::read_to_string(at.path().join("anna.toml")).expect("saved");
    assert!(
        file.contains("Two crafts") && !file.contains("Twö"),
        "{file}"
    );
    let html = of_pack(
        at.path(),
        &["--lang", "en-XA", "report", "anna.toml", "-f", "html"],
        "",
    )
    .0;
    assert!(html.contains("<html lang=\"en-XA\">") && html.contains("Jöïñér"));
    let html = of_pack(at.path(), &["report", "anna.toml", "-f", "html"], "").0;
    assert!(html.contains("<html lang=\"en-NZ\">") && html.contains("Joiner"));
}

#[test]
fn the_environment_chooses_a_language_that_is_there_and_never_fails() {
    let at = tempfile::tempdir().expect("a folder");
    let roles = |variables: &[(&str, &str)], arguments: &[&str]| {
        let output = program(at.path())
            .arg("--pack")
            .arg(folder())
            .args(arguments)
            .envs(variables.iter().copied())
            .output()
            .expect("it runs");
        assert!(output.status.success(), "{}", stderr(&output));
        stdout(&output)
    };
    let listed = |variables: &[(&str, &str)]| roles(variables, &["roles", "joiner"]);
    assert!(listed(&[("ROLESCOPE_LANG", "en-XA")]).contains("Jöïñér"));
    assert!(listed(&[("LANG", "en_XA.UTF-8")]).contains("Jöïñér"));
    // the first that is set decides
    let both = [("LC_ALL", "en_NZ.UTF-8"), ("LANG", "en_XA.UTF-8")];
    assert!(listed(&both).contains("Joiner"));
    for other in ["de_DE.UTF-8", "C.UTF-8", "//", "xx-yy-zz"] {
        assert!(listed(&[("LANG", other)]).contains("Joiner"), "{other}");
        assert!(listed(&[("ROLESCOPE_LANG", other)]).contains("Joiner"));
    }
    // what is asked for goes first, and records do not depend on the environment
    let asked = roles(
        &[("ROLESCOPE_LANG", "en-XA")],
        &["--lang", "en-NZ", "roles", "joiner"],
    );
    assert!(asked.contains("Joiner"));
}

#[test]
fn a_language_that_is_not_there_is_an_error_that_says_which_are() {
    let at = tempfile::tempdir().expect("a folder");
    let pack = folder().display().to_string();
    let output = run(at.path(), &["--pack", &pack, "roles", "--lang", "cy"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("--lang \"cy\": this pack has en-NZ, en-XA"),
        "{}",
        stderr(&output)
    );
    let output = run(at.path(), &["roles", "--lang", "mi"], b"");
    assert!(stderr(&output).contains("this pack has en-NZ"));
    // a region that there is not takes the language
    let output = run(at.path(), &["roles", "--lang", "en-US"], b"");
    assert!(output.status.success());
}

#[test]
fn mistakes_in_a_language_are_told_with_their_place_and_what_would_be_right() {
    let cases = [
        (
            "en-XA.toml",
            "[questions.making-9]\ntext = \"X\"\n",
            "did you mean `making-",
        ),
        ("en-XA.toml", "[traits.making]\nlevel = 3\n", "unknown key"),
        (
            "en-XA.toml",
            "[traits.making]\nname = 3\n",
            "a text in quotes",
        ),
        (
            "en-XA.toml",
            "[sections.likes]\nlabels = [\"A\"]\n",
            "1 of 3",
        ),
        (
            "en-XA.toml",
            "[roles.joiner]\nsetting = \"X\"\n",
            "no such text",
        ),
        (
            "en-XA.toml",
            "[roles]\njoiner = \"X\"\n",
            "write [roles.joiner]",
        ),
        ("en-XA.toml", "elsewhere = \"X\"\n", "no such text"),
        (
            "en-XA.toml",
            "[roles.joiner]\nname = \"Gardener\"\n",
            "two roles are called",
        ),
        ("en_xa.toml", "name = \"X\"\n", "name it `en-XA`"),
        (
            "en-NZ.toml",
            "name = \"X\"\n",
            "the pack itself is in this language",
        ),
        (
            "en-XA.ftl",
            "quiz-plaze = X\n",
            "did you mean `quiz-place`?",
        ),
        (
            "en-XA.ftl",
            "quiz-place = { $nmber }\n",
            "this message has $at-most",
        ),
        (
            "en-XA.ftl",
            "quiz-place = { NUMBER($number) }\n",
            "no functions here",
        ),
        (
            "en-XA.ftl",
            "quiz-place = { \"\\u001B\" }\n",
            "write the character itself",
        ),
        ("en-XA.ftl", "quiz-place = \u{202E}X\n", "U+202E"),
        ("en-XA.ftl", "quiz-place { 3\n", "no message of Fluent"),
        (
            "en-XA.ftl",
            "quiz-place = A\nquiz-place = B\n",
            "two messages",
        ),
    ];
    for (name, text, right) in cases {
        let told = mistakes_of(name, text);
        assert!(told.contains(right), "{name}: {text}\n{told}");
        assert!(told.contains(name), "{told}");
    }
}

#[test]
fn check_counts_what_a_language_lacks_and_shows_its_mistakes() {
    let at = tempfile::tempdir().expect("a folder");
    copy(&folder(), &at.path().join("pack"));
    let check = || {
        let ask = ["check", "--pack", "pack", "--no-simulation"];
        let output = run(at.path(), &ask, b"");
        (stdout(&output), stderr(&output))
    };
    let (said, _) = check();
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("en-XA: ") && said.contains("texts missing: questions.rush-2.text"));
    // asked for one language it names everything
    let ask = [
        "check",
        "--pack",
        "pack",
        "--no-simulation",
        "--lang",
        "en-XA",
    ];
    let full = stdout(&run(at.path(), &ask, b""));
    assert!(
        full.contains("welcome-title") && !full.contains(" more:"),
        "{full}"
    );
    let file = at.path().join("pack/languages/en-XA.toml");
    std::fs::write(&file, "[questions.making-9]\ntext = \"X\"\n").expect("written");
    let (_, wrong) = check();
    assert!(wrong.contains("en-XA.toml:1:12"), "{wrong}");
    // nobody who reads in the language of the pack is stopped by that
    let output = run(at.path(), &["roles", "--pack", "pack"], b"");
    assert!(output.status.success());
    let output = program(at.path())
        .args(["roles", "--pack", "pack"])
        .env("LANG", "en_XA.UTF-8")
        .output()
        .expect("it runs");
    assert!(output.status.success() && stdout(&output).contains("Joiner"));
    assert!(stderr(&output).contains("rolescope check shows them"));
}

#[test]
fn norms_of_another_language_are_remarked_upon() {
    let at = tempfile::tempdir().expect("a folder");
    let norms = |language: &str| {
        let traits = ["making", "growing", "rush"].map(|id| {
            format!("\n[[trait]]\nid = \"{id}\"\nmean = 50\nsd = 20\nreliability = 0.4\n")
        });
        let head = format!("format = 1\nname = \"A school\"\nn = 200\n{language}");
        std::fs::write(at.path().join("norms.toml"), head + &traits.concat()).expect("written");
    };
    let table = "id,making-1,making-2,growing-1,growing-2,rush-1,rush-2\nanna,3,3,1,1,3,2\n";
    std::fs::write(at.path().join("a.csv"), table).expect("written");
    let remark = |language: &[&str]| {
        let ask = [&["score", "a.csv", "--norms", "norms.toml"], language].concat();
        of_pack(at.path(), &ask, "").1
    };
    norms("language = \"en-XA\"\n");
    assert!(remark(&[]).contains("Norms hold for one language"));
    assert!(!remark(&["--lang", "en-XA"]).contains("Norms hold"));
    norms("");
    assert!(!remark(&[]).contains("Norms hold"));
    assert!(remark(&["--lang", "en-XA"]).contains("Norms hold"));
}

#[test]
fn interface_strings_of_its_own_language_make_a_pack_no_translation() {
    let at = tempfile::tempdir().expect("a folder");
    copy(&folder(), &at.path().join("pack"));
    let own = at.path().join("pack/languages/en-NZ.ftl");
    std::fs::write(own, "welcome-title = Which craft fits you?\n").expect("written");
    let files = pack_files::folder(&at.path().join("pack")).expect("it can be read");
    let pack = Pack::parse(&files).expect("valid");
    let shown = pack.in_language("en-NZ", &files).expect("valid");
    assert!(!shown.is_translated());
    assert_eq!(shown.untranslated(), (0, &[][..]));
    assert_eq!(shown.say("welcome-title"), "Which craft fits you?");
    // norms that state no language are of the pack's own
    let traits = ["making", "growing", "rush"]
        .map(|id| format!("\n[[trait]]\nid = \"{id}\"\nmean = 50\nsd = 20\nreliability = 0.4\n"));
    let head = "format = 1\nname = \"A school\"\nn = 200\n".to_owned();
    std::fs::write(at.path().join("norms.toml"), head + &traits.concat()).expect("written");
    let table = "id,making-1,making-2,growing-1,growing-2,rush-1,rush-2\nanna,3,3,1,1,3,2\n";
    std::fs::write(at.path().join("a.csv"), table).expect("written");
    let ask = ["score", "a.csv", "--norms", "norms.toml", "--pack", "pack"];
    let output = run(at.path(), &ask, b"");
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(
        !stderr(&output).contains("Norms hold"),
        "{}",
        stderr(&output)
    );
    // and a page in a browser says what the pack says
    let output = run(at.path(), &["web", "--pack", "pack", "-o", "-", "-q"], b"");
    assert!(stdout(&output).contains("<title>Which craft fits you?</title>"));
    let asked = [
        "web", "--pack", "pack", "-o", "-", "-q", "--title", "Room 12",
    ];
    assert!(stdout(&run(at.path(), &asked, b"")).contains("<title>Room 12</title>"));
}

#[test]
fn a_web_page_carries_the_language_that_was_asked_for() {
    let at = tempfile::tempdir().expect("a folder");
    of_pack(at.path(), &["--lang", "en-XA", "web", "-o", "xa.html"], "");
    of_pack(at.path(), &["web", "-o", "own.html"], "");
    let page = |name| std::fs::read_to_string(at.path().join(name)).expect("written");
    assert!(page("xa.html").contains("<html lang=\"en-XA\">"));
    assert!(page("own.html").contains("<html lang=\"en-NZ\">"));
}

/// The ids of the messages in the catalogue of the program.
fn catalogue() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("core/src/text/en-NZ.ftl")).expect("there");
    let lines = text
        .lines()
        .filter(|line| line.starts_with(char::is_lowercase));
    let ids = lines.filter_map(|line| Some(line.split_once(" =")?.0.to_owned()));
    ids.collect()
}

/// The sources of the crates without what only tests read.
fn sources() -> String {
    let folders = ["src", "core/src", "web/engine/src"];
    let all = folders.map(|folder| rust_files(&root().join(folder)));
    let own = |path: &&PathBuf| !path.components().any(|part| part.as_os_str() == "tests");
    let texts = all.iter().flatten().filter(own);
    texts
        .map(|path| std::fs::read_to_string(path).expect("read"))
        .collect()
}

#[test]
fn every_message_of_the_catalogue_is_used() {
    let sources = sources();
    let catalogue = catalogue();
    assert!(catalogue.len() > 100, "they were found");
    let within = std::fs::read_to_string(root().join("core/src/text/en-NZ.ftl")).expect("there");
    let unused: Vec<&String> = (catalogue.iter())
        .filter(|id| !sources.contains(&format!("\"{id}\"")))
        .filter(|id| !within.contains(&format!("{{ {id} }}")))
        .collect();
    assert!(unused.is_empty(), "messages that nothing says: {unused:?}");
    let unique: BTreeSet<&String> = catalogue.iter().collect();
    assert_eq!(unique.len(), catalogue.len(), "ids are unique");
}

#[test]
fn a_page_in_a_browser_says_what_the_engine_gives_it_and_nothing_else() {
    let read = |name: &str| {
        let path = root().join("web").join(name);
        std::fs::read_to_string(path).expect("read")
    };
    let quiz = read("engine/src/quiz.rs");
    let given = |id: &str| quiz.contains(&format!("\"{id}\""));
    let files = std::fs::read_dir(root().join("web")).expect("a folder");
    let names = files.map(|entry| entry.expect("an entry").file_name());
    let names = names.filter_map(|name| name.into_string().ok());
    let scripts: Vec<String> = names
        .filter(|name| Path::new(name).extension().is_some_and(|end| end == "js"))
        .collect();
    let script: String = scripts.iter().map(|name| read(name)).collect();
    let page = read("page.html");
    // ids in calls, with a choice between two of them too
    let ids = script.split("phrase(").skip(1).flat_map(|call| {
        let call = call.split(')').next().unwrap_or_default();
        call.split('"').skip(1).step_by(2)
    });
    let ids = ids.filter(|id| id.contains('-'));
    let filled = page
        .split("{{")
        .skip(1)
        .filter_map(|rest| rest.split("}}").next());
    let filled = filled.filter(|id| id.contains('-'));
    let said: BTreeSet<&str> = ids.chain(filled).collect();
    assert!(said.len() > 60, "{said:?}");
    let unknown: Vec<&&str> = said.iter().filter(|id| !given(id)).collect();
    assert!(unknown.is_empty(), "the engine does not give {unknown:?}");
    let catalogue = catalogue();
    let of_page = catalogue.iter().filter(|id| id.starts_with("web-"));
    // those that the engine fills itself are in its replies
    let filled = [
        "web-count",
        "web-full",
        "web-offer",
        "web-offer-title",
        "web-part",
        "web-quick",
    ];
    let unused: Vec<&String> = of_page
        .filter(|id| !said.contains(id.as_str()) && !filled.contains(&id.as_str()))
        .collect();
    assert!(unused.is_empty(), "no page says {unused:?}");
    // a text of two words or more in a script is a text past the catalogue
    let bare = script
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with("//") && !line.starts_with('*'));
    let quoted = bare.flat_map(|line| line.split('"').skip(1).step_by(2));
    let texts: Vec<&str> = quoted
        .filter(|text| text.starts_with(char::is_uppercase) && text.contains(' '))
        .collect();
    assert!(texts.is_empty(), "said past the catalogue: {texts:?}");
}

#[test]
fn every_message_that_is_used_is_in_the_catalogue() {
    let (sources, catalogue) = (sources(), catalogue());
    let families: BTreeSet<&str> = (catalogue.iter())
        .filter_map(|id| Some(id.split_once('-')?.0))
        .collect();
    let called = [".phrase(\"", ".say(\"", "say(\"", "two(\"", "text(\""];
    let mut seen = 0;
    for call in called {
        for (at, _) in sources.match_indices(call) {
            let rest = &sources[at + call.len()..];
            let id = rest.split('"').next().unwrap_or_default();
            let of_family = id
                .split_once('-')
                .is_some_and(|(f, _)| families.contains(f));
            let is_id = id
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b"-0123456789".contains(&b));
            if of_family && is_id {
                seen += 1;
                assert!(catalogue.iter().any(|known| known == id), "{id}");
            }
        }
    }
    assert!(seen > 100, "{seen} were found");
}
