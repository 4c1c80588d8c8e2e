//! Help and manual pages: complete, and every example in them runs.

use crate::help::{built_in, copy, program, root, run, stderr, stdout};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// What a command says of itself.
pub(crate) fn help(arguments: &[&str]) -> String {
    let folder = folder();
    let output = run(folder.path(), &[arguments, &["--help"]].concat(), b"");
    assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    stdout(&output)
}

/// The commands that a help lists, without `help` itself.
fn commands(help: &str) -> Vec<String> {
    let list = help.split("\nCommands:\n").nth(1).unwrap_or_default();
    let lines = list.lines().take_while(|line| line.starts_with("  "));
    lines
        .filter(|line| !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect()
}

/// Every command, as its words.
pub(crate) fn all_commands() -> Vec<Vec<String>> {
    let mut all = vec![Vec::new()];
    let mut next = 0;
    while next < all.len() {
        let words: Vec<&str> = all[next].iter().map(String::as_str).collect();
        let below = commands(&help(&words));
        for name in below {
            let mut command = all[next].clone();
            command.push(name);
            all.push(command);
        }
        next += 1;
    }
    all
}

/// The lines of a help that are typed as they stand.
fn examples(help: &str) -> Vec<String> {
    let lines = help.lines().filter_map(|line| line.strip_prefix("  "));
    lines
        .filter(|line| *line == "rolescope" || line.starts_with("rolescope "))
        .map(str::to_owned)
        .collect()
}

/// A person's home with what the examples speak of.
fn home() -> tempfile::TempDir {
    let home = folder();
    let at = home.path();
    let person = root().join("examples/simulated-1.toml");
    let write = |name: &str, bytes: &[u8]| std::fs::write(at.join(name), bytes).expect("written");
    for name in ["me.toml", "last-year.toml"] {
        std::fs::copy(&person, at.join(name)).expect("copied");
    }
    copy(&root().join("examples/workshop"), &at.join("mine"));
    std::fs::create_dir(at.join("answers")).expect("made");
    std::fs::copy(&person, at.join("answers/a.toml")).expect("copied");
    let class = run(at, &["sample", "-n", "20"], b"");
    let class = stdout(&class);
    let years = class.lines().enumerate().map(|(n, line)| match n {
        0 => format!("{line},year\n"),
        n => format!("{line},{}\n", 11 + n % 2),
    });
    write("class.csv", years.collect::<String>().as_bytes());
    write("form.csv", class.as_bytes());
    let people = run(at, &["sample", "-n", "30"], b"");
    let people = stdout(&people);
    let own = people.lines().enumerate().map(|(n, line)| match n {
        0 => format!("{line},role,gender\n"),
        n => format!(
            "{line},{},{}\n",
            ["orthotist", "phlebotomist", "sonographer"][n % 3],
            ["a", "b"][n / 3 % 2]
        ),
    });
    write("people.csv", own.collect::<String>().as_bytes());
    let occupations = std::fs::read_to_string(root().join("tests/import/tahatu.json"));
    let occupations = occupations.expect("read").replace("T00001", "T00501");
    write("occupations.json", occupations.as_bytes());
    let scored = ["score", "class.csv", "-f", "ndjson", "--with-answers"];
    let with_answers = [&scored[..], &["-o", "results.ndjson"]].concat();
    assert_eq!(run(at, &with_answers, b"").status.code(), Some(0));
    for label in ["s-0412", "s-0412-may", "a", "b", "c"] {
        let all = ["session", "import", "me.toml", "--label", label];
        assert_eq!(run(at, &all, b"").status.code(), Some(0));
    }
    let archive = ["session", "export", "sessions.tar.gz"];
    assert_eq!(run(at, &archive, b"").status.code(), Some(0));
    for made in [".zfunc", ".config/fish/completions"] {
        std::fs::create_dir_all(at.join(made)).expect("made");
    }
    home
}

/// Runs a line in a shell of that person, who types `quit` if asked something.
fn type_in(home: &Path, line: &str) {
    let bin = Path::new(env!("CARGO_BIN_EXE_rolescope"));
    let bin = bin.parent().expect("a folder").display();
    let path = std::env::var("PATH").unwrap_or_default();
    let mut shell = Command::new("sh");
    shell.current_dir(home).env_clear();
    for (key, value) in program(home).get_envs() {
        shell.env(key, value.unwrap_or_default());
    }
    shell
        .env("PATH", format!("{bin}:{path}"))
        .env("HOME", home)
        .env("ROLESCOPE_PASSPHRASE", "a passphrase of several words")
        .env("PROFILE", home.join("profile.ps1"));
    let mut child = shell
        .args(["-c", line])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a shell");
    let mut keys = child.stdin.take().expect("standard input is a pipe");
    // a program that asks nothing may have ended
    let _ = std::io::Write::write_all(&mut keys, b"quit\n");
    drop(keys);
    let output = child.wait_with_output().expect("it ends");
    let said = stderr(&output);
    // roles that were dealt out by turns have nothing to teach
    let refused = line.starts_with("rolescope learn ") && said.contains("beyond chance");
    let right = i32::from(refused);
    assert_eq!(output.status.code(), Some(right), "`{line}`: {said}");
}

#[test]
fn every_command_has_examples_and_each_of_them_runs() {
    let home = home();
    let mut run = 0;
    for command in all_commands() {
        let words: Vec<&str> = command.iter().map(String::as_str).collect();
        let help = help(&words);
        let typed = examples(&help);
        let whole = format!("rolescope {}", words.join(" "));
        // what is only a family of commands has no example of its own
        let own = typed.iter().any(|line| line.starts_with(whole.trim_end()));
        assert!(own || !commands(&help).is_empty(), "{whole}: {help}");
        for line in &typed {
            let fresh = folder();
            copy(home.path(), fresh.path());
            type_in(fresh.path(), line);
            run += 1;
        }
    }
    assert!(run > 40, "{run} examples");
}

#[test]
fn help_fits_the_terminal() {
    for command in all_commands() {
        let words: Vec<&str> = command.iter().map(String::as_str).collect();
        for line in help(&words).lines() {
            assert!(line.chars().count() <= 80, "{words:?}: {line}");
        }
    }
}

/// Every variable that a source asks the environment for.
fn asked_for(folder: &Path, all: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("src can be listed") {
        let path: PathBuf = entry.expect("read").path();
        if path.is_dir() {
            asked_for(&path, all);
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a source can be read");
        if !text.contains("env::var") {
            continue;
        }
        // all texts of such a file that look like a variable, but for names of arguments
        let parts: Vec<&str> = text.split('"').collect();
        let texts = parts
            .chunks_exact(2)
            .filter(|pair| !pair[0].ends_with("value_name = "));
        let texts = texts.map(|pair| pair[1]);
        let looks = |text: &&str| {
            let upper = |c: char| c.is_ascii_uppercase() || c == '_';
            text.len() > 3 && text.chars().all(upper)
        };
        all.extend(texts.filter(looks).map(str::to_owned));
    }
}

#[test]
fn every_variable_and_exit_code_is_in_the_help_and_on_the_page() {
    let mut names = BTreeSet::new();
    asked_for(&root().join("src"), &mut names);
    for known in ["ROLESCOPE_DATA", "NO_COLOR", "COLUMNS", "EDITOR"] {
        assert!(names.contains(known), "{known} is found: {names:?}");
    }
    let help = help(&[]);
    let page = std::fs::read_to_string(root().join("docs/formats.md")).expect("the page");
    let (_, told) = help.split_once("\nEnvironment:\n").expect("they are told");
    let (told, codes) = told.split_once("\nExit codes:\n").expect("they are told");
    for name in &names {
        assert!(told.contains(name.as_str()), "{name} is not in the help");
        assert!(
            page.contains(&format!("`{name}`")),
            "{name} is not on the page"
        );
    }
    for code in [0, 1, 2, 3, 130] {
        assert!(codes.contains(&format!("  {code}  ")), "{code}");
        assert!(page.contains(&format!("| {code} |")), "{code}");
    }
}

#[test]
fn every_command_has_a_valid_manual_page() {
    let folder = folder();
    let output = run(folder.path(), &["man", "--dir", "man1"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let mut pages = BTreeSet::new();
    for entry in std::fs::read_dir(folder.path().join("man1")).expect("made") {
        let name = entry.expect("read").file_name();
        pages.insert(name.to_string_lossy().into_owned());
    }
    let expected: BTreeSet<String> = all_commands()
        .iter()
        .map(|words| {
            let words: Vec<&str> = std::iter::once("rolescope")
                .chain(words.iter().map(String::as_str))
                .collect();
            format!("{}.1", words.join("-"))
        })
        .collect();
    assert_eq!(pages, expected);
    let main = run(folder.path(), &["man"], b"");
    let page = std::fs::read(folder.path().join("man1/rolescope.1")).expect("read");
    assert_eq!(main.stdout, page);
    let page = stdout(&main);
    for part in [
        ".TH ROLESCOPE 1 \" \" \"rolescope ",
        ".SH EXAMPLES\n.nf\nrolescope  ",
        ".SH ENVIRONMENT\n.TP\n\\fBROLESCOPE_DATA\\fR\n",
        ".SH \"EXIT CODES\"\n.TP\n\\fB0\\fR\n",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let lint = Command::new("mandoc")
        .args(["-T", "lint", "-W", "error"])
        .args(pages.iter().map(|p| folder.path().join("man1").join(p)))
        .output();
    match lint {
        Ok(lint) => assert!(lint.status.success(), "{}", stdout(&lint)),
        Err(_) => println!("mandoc is not installed: no page was opened"),
    }
}

#[test]
fn a_mistyped_id_gets_a_suggestion_everywhere() {
    let home = home();
    for (line, near) in [
        ("roles sonografer", "sonographer"),
        ("compare sonographer mri-tecnologist", "mri-technologist"),
        ("sample --like flebotomist", "phlebotomist"),
        ("report me.toml --why ortotist", "orthotist"),
        ("report me.toml --what-if phisics=+1sd", "physics"),
        ("report me.toml --avoid nedles", "needles"),
        ("roles --family imagin", "imaging"),
        ("session show s-0421", "\"s-0412\""),
        ("session report s-0412 --since s-0412-mai", "\"s-0412-may\""),
        ("session report s-0412 --why ortotist", "orthotist"),
        ("report --group class.csv --by yaer", "year"),
        ("score class.csv --keep yeer", "year"),
    ] {
        let words: Vec<&str> = line.split(' ').collect();
        let output = run(home.path(), &words, b"");
        let said = stderr(&output);
        assert!(
            matches!(output.status.code(), Some(1 | 2)),
            "{line}: {said}"
        );
        assert!(
            said.contains(&format!("did you mean {near}?")),
            "{line}: {said}"
        );
    }
    for (typed, near) in [
        ("qiuz", "quiz"),
        ("sesion", "session"),
        ("reprot", "report"),
    ] {
        let output = run(home.path(), &[typed], b"");
        assert!(
            stderr(&output).contains(&format!("'{near}'")),
            "{}",
            stderr(&output)
        );
    }
    assert!(
        built_in().role("sonographer").is_some(),
        "the ids are of this pack"
    );
}
