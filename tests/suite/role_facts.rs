//! Facts about roles: read from packs old and new, advised upon, shown, and imported.

use crate::help::{built_in, root, run, snapshot, stderr, stdout};
use rolescope_core::{Comparison, Date, Diagnostic, Pack, SourceFile};
use std::path::Path;

/// The role that gets facts.
pub(crate) const MECHANIC: &str = "profiles/bicycle-mechanic.toml";

/// The files of a new pack, with some text put before the sources of one role.
pub(crate) fn with(text: &str) -> Vec<SourceFile> {
    let folder = root().join("src/scaffold");
    let read = |path: &str| std::fs::read_to_string(folder.join(path)).expect("it can be read");
    let mut files: Vec<SourceFile> = [
        "questions/traits.toml",
        "questions/interests.toml",
        MECHANIC,
        "profiles/gardener.toml",
        "profiles/baker.toml",
    ]
    .iter()
    .map(|path| SourceFile::new(*path, &read(path)))
    .collect();
    // plain keys first, then tables: what is put in stands before the first table
    let (keys, tables): (Vec<&str>, Vec<&str>) = text
        .split("\n\n")
        .partition(|part| !part.trim_start().starts_with('['));
    let mechanic = files[2].text().replacen(
        "[[next_steps]]",
        &format!(
            "{}\n\n{}\n\n[[next_steps]]",
            keys.join("\n"),
            tables.join("\n\n")
        ),
        1,
    );
    files[2] = SourceFile::new(files[2].path().to_owned(), &mechanic);
    files
}

/// The one mistake that a text makes in a role file: what, found, what would be right.
fn mistake(text: &str) -> Diagnostic {
    let mistakes = Pack::parse(&with(text)).expect_err(text);
    assert_eq!(mistakes.len(), 1, "{text}: {mistakes:#?}");
    let mistake = mistakes.into_iter().next().expect("there is one");
    assert_eq!(mistake.path(), MECHANIC, "{text}");
    mistake
}

/// Writes a pack to the folder `p`.
pub(crate) fn write(at: &Path, files: &[SourceFile]) {
    for file in files {
        let path = at.join("p").join(file.path());
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        std::fs::write(path, file.text()).expect("it can be written");
    }
}

#[test]
fn facts_of_the_older_form_are_read_as_before() {
    let text = r#"
entry = "Ask."
study = "A year."
registration = "None."
subjects = ["Physics", "Art"]
pay = { text = "$50,000 to $60,000", year = 2024 }
demand = { text = "Steady.", year = 2024 }
"#;
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), &with(text.trim()));
    let page = run(
        folder.path(),
        &["roles", "bicycle-mechanic", "--pack", "p"],
        b"",
    );
    let page = stdout(&page);
    for said in [
        "How to get in: Ask.",
        "Study: A year.",
        "Registration: None.",
        "Useful: Physics, Art",
        "2024: $50,000 to $60,000.",
        "Demand: Steady (2024)",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
}

/// Facts with a mistake, its title and a part of the help.
const MISTAKES: [(&str, &str, &str); 23] = [
    (
        "study = { years = 1, source = \"omet\" }",
        "no source has this key",
        "did you mean `onet`?",
    ),
    (
        "[[subjects]]\nname = \"Physics\"\nlevel = 4\nneed = \"required\"",
        "`level` is out of range",
        "from 1 to 3",
    ),
    (
        "[[subjects]]\nname = \"Physics\"\nneed = \"must\"",
        "`need` is none of the words for it",
        "one of required, preferred",
    ),
    (
        "[[subjects]]\nname = \"Physics\"",
        "`need` is missing",
        "required, preferred",
    ),
    (
        "[[pay]]\nlow = 50000",
        "`low` has no year",
        "add `year = 2026`",
    ),
    (
        "[[pay]]\nlow = 50000\nhigh = 40000\nyear = 2026",
        "`high` is below `low`",
        "50000 or more",
    ),
    ("[[pay]]\nyear = 2026", "`text` is missing", "figures"),
    (
        "[[providers]]\nname = \"A\"\nfee = 9000",
        "`fee` has no year",
        "add `fee_year = 2026`",
    ),
    (
        "demand = { figure = \"12 posts\" }",
        "`figure` has no year",
        "add `year = 2026`",
    ),
    (
        "[[links]]\ntitle = \"A\"\nurl = \"a.nz\"\nkind = \"body\"",
        "not a web address",
        "https://",
    ),
    (
        "[[links]]\ntitle = \"A\"\nurl = \"https://a.nz\"\nkind = \"boddy\"",
        "`kind` is none of the words for it",
        "career-service",
    ),
    (
        "[[next_steps]]\ndo = \"Read it\"\nkind = \"read\"",
        "`url` is missing",
        "the page to read",
    ),
    (
        "ladder = { before = [\"bakr\"] }",
        "no role has this id",
        "did you mean `baker`?",
    ),
    (
        "reach = { state = \"area\" }",
        "`of` is missing",
        "an area of",
    ),
    (
        "reach = { state = \"open\", nearest = \"baker\" }",
        "`nearest` does not go with this state",
        "no-training",
    ),
    (
        "registration = { body = \"Board\" }",
        "`required` is missing",
        "does the law ask",
    ),
    (
        "[entry]\nurl = \"https://a.nz\"",
        "`must` is missing",
        "what is required",
    ),
    (
        "names = { Maori = \"Kaitiaki\" }",
        "not a language tag",
        "BCP 47",
    ),
    (
        "study = { yeers = 1, text = \"A\" }",
        "unknown key",
        "`years`",
    ),
    (
        "[[sources]]\ntitle = \"A\"\nurl = \"https://a.nz\"\nmirror = true",
        "`owner` is missing",
        "whose fact it is",
    ),
    (
        "[[sources]]\nkey = \"onet\"\ntitle = \"A\"\nurl = \"https://a.nz\"",
        "two sources have this key",
        "unique",
    ),
    (
        "[[sources]]\ntitle = \"A\"\nurl = \"https://a.nz\"\nchecked = \"2026-11-27\"",
        "`checked` has a wrong value",
        "without quotes",
    ),
    (
        "[[sources]]\ntitle = \"A\"\nurl = \"https://a.nz\"\nchecked = 2026-11-27T10:00:00Z",
        "`checked` has a wrong value",
        "a day",
    ),
];

#[test]
fn each_mistake_in_a_fact_is_shown_at_its_place() {
    for (text, title, help) in MISTAKES {
        let found = mistake(text);
        assert!(found.title().contains(title), "{text}: {found:#?}");
        assert!(found.help().contains(help), "{text}: {found:#?}");
        let span = found.span().expect("it has a place");
        let file = &with(text)[2];
        assert!(file.place(span.start).0 > 1, "{text}");
    }
}

/// What `check` says of the role with some text put in.
fn advice(text: &str, day: &str) -> Vec<(bool, String)> {
    let pack = Pack::parse(&with(text)).unwrap_or_else(|m| panic!("{text}: {m:#?}"));
    said(&pack, day)
}

fn said(pack: &Pack, day: &str) -> Vec<(bool, String)> {
    let day = Date::parse(day).expect("a day");
    let all = Comparison::builder(pack)
        .build()
        .expect("comparable")
        .lint(day)
        .into_iter();
    all.map(|l| (l.note(), l.found().to_owned())).collect()
}

#[test]
fn check_advises_on_facts_that_are_undated_overdue_or_copied() {
    let source = |more: &str| {
        format!("[[sources]]\nkey = \"s\"\ntitle = \"S\"\nurl = \"https://a.nz/e\"\n{more}")
    };
    for (text, note, found) in [
        (
            source("checked = 2026-01-01\nreview_by = 2026-06-01"),
            true,
            "facts past the day by which they must be read again: bicycle-mechanic (1, since 2026-06-01)",
        ),
        (
            source("year = 2026")
                + "\n\n[entry]\nmust = [\"A\"]\nsource = \"s\"\nreview_by = 2026-11-26",
            true,
            "facts past the day by which they must be read again: bicycle-mechanic (1, since 2026-11-26)",
        ),
        (
            source(""),
            true,
            "sources with neither a year nor a day on which they were read: bicycle-mechanic (1 of 2)",
        ),
        (
            source("mirror = true\nowner = \"Board\""),
            true,
            "copies on somebody else's site: bicycle-mechanic (facts of Board)",
        ),
        (
            source("year = 2026\nmirror = true\nowner = \"Board\"")
                + "\n\n[entry]\nmust = [\"A\"]\nurl = \"https://a.nz/e\"\nsource = \"s\"",
            false,
            "role bicycle-mechanic: `entry.url` leads to a copy, not to Board",
        ),
        (
            "pay = { text = \"about $50,000\" }".to_owned(),
            false,
            "role bicycle-mechanic: `pay` states a figure without a year",
        ),
        (
            "subjects = [\"GCSE Physics\"]".to_owned(),
            false,
            "role bicycle-mechanic: \"gcse\" is a level of schools elsewhere",
        ),
        (
            "[[subjects]]\nname = \"Two A levels\"\nneed = \"required\"".to_owned(),
            false,
            "role bicycle-mechanic: \"a level\" is a level of schools elsewhere",
        ),
        (
            "setting = \"In a shed.\"".to_owned(),
            true,
            "facts that no source backs: bicycle-mechanic (setting)",
        ),
        (
            String::new(),
            true,
            "roles without a word on how to get in: baker, bicycle-mechanic, gardener",
        ),
    ] {
        let all = advice(&text, "2026-11-27");
        let there = all.contains(&(note, found.to_owned()));
        assert!(there, "{found}: {all:#?}");
    }
    // what is due today is not overdue
    let due = source("checked = 2026-01-01\nreview_by = 2026-11-27");
    let all = advice(&due, "2026-11-27");
    assert!(
        !all.iter().any(|(_, found)| found.contains("past the day")),
        "{all:#?}"
    );
}

#[test]
fn pay_below_the_least_that_the_law_allows_is_noticed() {
    let advice = |pay: &str| {
        let mut files = with(&format!("[[pay]]\nsource = \"onet\"\n{pay}"));
        let traits = files[0].text().replacen("# minimum_pay", "minimum_pay", 1);
        files[0] = SourceFile::new(files[0].path().to_owned(), &traits);
        let all = said(&Pack::parse(&files).expect("it is valid"), "2026-11-27");
        let of_pay = all
            .into_iter()
            .find(|(_, found)| found.contains("minimum wage"));
        of_pay.map(|(note, _)| note)
    };
    // 23.95 an hour is 49,816 a year
    for (pay, expected) in [
        ("low = 23.95\nper = \"hour\"\nyear = 2026", None),
        ("low = 23.94\nper = \"hour\"\nyear = 2026", Some(false)),
        ("low = 49816\nyear = 2026", None),
        ("low = 49815\nyear = 2026", Some(false)),
        // older figures were lawful once
        ("low = 41000\nyear = 2022", Some(true)),
        (
            "low = 41000\nyear = 2022\ntext = \"Below today's minimum wage.\"",
            None,
        ),
    ] {
        assert_eq!(advice(pay), expected, "{pay}");
    }
}

#[test]
fn a_new_pack_passes_check_and_is_never_written_over_another() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    let new = run(at, &["pack", "new", "mine"], b"");
    assert_eq!(new.status.code(), Some(0), "{}", stderr(&new));
    let checked = run(at, &["check", "--pack", "mine", "--year", "2026"], b"");
    assert_eq!(checked.status.code(), Some(0), "{}", stdout(&checked));
    assert!(stdout(&checked).contains("3 roles, 3 traits, 9 questions"));
    let again = run(at, &["pack", "new", "mine"], b"");
    assert_eq!(again.status.code(), Some(1));
    assert!(
        stderr(&again).contains("is not empty"),
        "{}",
        stderr(&again)
    );
}

#[test]
fn an_occupation_of_tahatu_becomes_facts_that_load() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    let file = root().join("tests/import/tahatu.json");
    let file = file.display().to_string();
    let import = |more: &[&str]| {
        let mut all = vec!["pack", "import-tahatu", &file, "--checked", "2026-11-27"];
        all.extend(more);
        run(at, &all, b"")
    };
    let whole = import(&["--code", "T00001"]);
    assert_eq!(whole.status.code(), Some(0), "{}", stderr(&whole));
    let facts = stdout(&whole);
    snapshot("snapshots", "import-tahatu", &facts);
    // as it is, it stands between the plain keys and the traits of a role file
    let (keys, tables) = facts.split_once("\n[entry]").expect("it has an entry");
    let keys = keys.replace("# registration", "registration");
    let both = format!("{}\n\n[entry]{tables}", keys.trim());
    let pack = Pack::parse(&with(&both)).unwrap_or_else(|m| panic!("{m:#?}"));
    let role = &pack.roles()[pack.role("bicycle-mechanic").expect("it is there")];
    assert_eq!(role.maori_name(), Some("Kaihanga rā"));
    // a year or an order that is missing leaves the figures out
    for (code, said) in [
        ("T00002", "# Pay, but of no stated year, so left out: 48000"),
        (
            "T00004",
            "# Pay, but its figures do not rise, so left out: 90000, 60000.5, 70000",
        ),
        (
            "T00004",
            "study = { text = \"1 to 2 years\", source = \"tahatu\" }",
        ),
    ] {
        let part = import(&["--code", code]);
        let part = stdout(&part);
        assert!(part.contains(said), "{part}");
        assert!(!part.contains("[[pay]]"), "{part}");
    }
    for (more, said) in [
        (
            &[][..],
            "3 occupations are in it; name one with --code: T00001 Sail maker",
        ),
        (&["--code", "T9"][..], "no occupation has the code T9"),
    ] {
        let none = import(more);
        assert_eq!(none.status.code(), Some(1));
        assert!(stderr(&none).contains(said), "{}", stderr(&none));
    }
    std::fs::write(at.join("bad.json"), "{\"data\": [}").expect("it can be written");
    let bad = run(at, &["pack", "import-tahatu", "bad.json"], b"");
    assert_eq!(bad.status.code(), Some(1));
    assert!(
        stderr(&bad).contains("this is not JSON"),
        "{}",
        stderr(&bad)
    );
}

#[test]
fn no_text_of_a_saved_answer_writes_keys_of_its_own() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    let hostile = "a\"\\\n[traits]\u{202e}\u{1b}[2J\u{9b}";
    let answer = serde_json::json!({
        "occupationCode": "T00001",
        "titleEnglish": hostile,
        "titleMaori": hostile,
        "altJobTitlesEnglish": [hostile],
        "descriptionEnglish": hostile,
        "entryRequirements": { "entryYouNeedEnglish": [hostile] },
        "registrationAuthority": { "name": hostile, "websiteUrl": hostile },
    });
    std::fs::write(at.join("saved.json"), answer.to_string()).expect("it can be written");
    let facts = run(at, &["pack", "import-tahatu", "saved.json"], b"");
    let facts = stdout(&facts);
    assert!(
        !facts.contains(|c: char| c.is_control() && c != '\n'),
        "{facts:?}"
    );
    assert!(!facts.contains('\u{202e}'), "{facts:?}");
    let read: toml::Table = facts.parse().unwrap_or_else(|e| panic!("{e}: {facts}"));
    assert_eq!(read.get("traits"), None);
    assert_eq!(read["maori_name"].as_str(), Some("a\"\\ [traits] [2J"));
    // an address is made from the code: one with more than letters and digits is none
    let other = answer.to_string().replace("T00001", "../x");
    std::fs::write(at.join("saved.json"), other).expect("it can be written");
    let none = run(at, &["pack", "import-tahatu", "saved.json"], b"");
    assert!(
        stderr(&none).contains("no occupation is in it"),
        "{}",
        stderr(&none)
    );
    let deep = format!("{}{}", "[".repeat(4000), "]".repeat(4000));
    std::fs::write(at.join("deep.json"), deep).expect("it can be written");
    let deep = run(at, &["pack", "import-tahatu", "deep.json"], b"");
    assert!(
        stderr(&deep).contains("recursion limit"),
        "{}",
        stderr(&deep)
    );
}

#[test]
fn a_role_without_a_way_in_is_marked_wherever_roles_are_listed() {
    let pack = built_in();
    let closed: Vec<&str> = pack
        .roles()
        .iter()
        .filter(|role| !role.is_open())
        .map(rolescope_core::Role::id)
        .collect();
    assert_eq!(closed.len(), 7, "{closed:?}");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    let example = root().join("examples/simulated-1.toml");
    let example = example.display().to_string();
    let output = |arguments: &[&str]| {
        let output = run(at, arguments, b"");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stdout(&output)
    };
    let json = output(&["score", &example, "-f", "ndjson", "--top", "all", "-q"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    let plain = output(&["score", &example, "-f", "csv", "--top", "all", "-q"]);
    let marked = [
        "score",
        &example,
        "-f",
        "csv",
        "--top",
        "all",
        "-q",
        "--reachable",
    ];
    let marked = output(&marked);
    let cells = |text: &str| -> Vec<String> {
        let row = text.lines().nth(1).expect("a row");
        row.split(',').map(str::to_owned).collect()
    };
    let (plain, marked) = (cells(&plain), cells(&marked));
    for (n, role) in json["roles"].as_array().expect("roles").iter().enumerate() {
        let id = role["role"].as_str().expect("an id");
        let state = pack.roles()[pack.role(id).expect("a role")].reach();
        assert_eq!(role["reach"], state, "{id}");
        assert_eq!(state != "open", closed.contains(&id), "{id}");
        // the same cells as ever, and the state behind them
        assert_eq!(marked[5 + 5 * n..9 + 5 * n], plain[5 + 4 * n..9 + 4 * n]);
        assert_eq!(marked[9 + 5 * n], state);
    }
    let page = output(&["report", &example]);
    assert!(page.contains("! an area of Medical imaging technologist, no job of its own"));
    let apart = output(&["report", &example, "--reachable"]);
    assert!(apart.contains("Set apart: 7 roles"), "{apart}");
    for id in &closed {
        let name = &pack.roles()[pack.role(id).expect("a role")].name();
        assert!(apart.contains(name), "{name}");
    }
}

#[test]
fn every_role_of_the_built_in_pack_says_how_to_get_in_and_what_to_do_next() {
    let folder = root().join("profiles");
    let mut without_degree = 0;
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("it can be read");
        let role: toml::Table = text.parse().expect("it is TOML");
        let name = path.display();
        let url = role["entry"].get("url").and_then(toml::Value::as_str);
        assert!(url.is_some_and(|url| url.starts_with("http")), "{name}");
        for key in ["must", "from_school"] {
            assert!(role["entry"].get(key).is_some(), "{name}: {key}");
        }
        let steps = role["next_steps"].as_array().map_or(0, Vec::len);
        assert!((3..=5).contains(&steps), "{name}: {steps} steps");
        assert!(
            role["links"]
                .as_array()
                .is_some_and(|links| !links.is_empty())
        );
        let asked = role
            .get("study")
            .map(ToString::to_string)
            .unwrap_or_default()
            + &role["entry"]["must"].to_string();
        let level = role.get("study").and_then(|s| s.get("level")?.as_integer());
        let degree = level.is_some_and(|level| level >= 7)
            || ["degree", "Bachelor", "Master"]
                .iter()
                .any(|word| asked.contains(word));
        let open = role.get("reach").is_none();
        without_degree += usize::from(open && !degree);
    }
    assert!(without_degree >= 14, "{without_degree}");
}
