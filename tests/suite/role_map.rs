//! The map of the roles: by itself, of a family, on the pages of a person and of a group.

use crate::help::{program, root, run, snapshot, stdout};
use rolescope_core::pages::{Audience, ResultOptions, ResultViews};
use std::process::Output;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn done(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    stdout(output)
}

#[test]
fn the_map_of_the_roles_matches_its_snapshots() {
    let folder = folder();
    let all = run(folder.path(), &["roles", "--map"], b"");
    snapshot("snapshots", "map", &done(&all));
    let narrow = program(folder.path())
        .args(["roles", "--map", "--family", "imaging"])
        .envs([("COLUMNS", "40"), ("LC_ALL", "C")])
        .output();
    let narrow = done(&narrow.expect("the program starts"));
    // of a family, on a narrow terminal without line drawing: the map again, from other signs
    assert!(narrow.is_ascii() && narrow.lines().all(|line| line.len() <= 40));
    let joined: Vec<&str> = narrow.split_whitespace().collect();
    let joined = joined.join(" ");
    for said in [
        "A map of 12 roles ----------------- ! Only the roles of the family \"imaging\" are on this \
         map.",
        " ^ Urgent work, Life science |",
        " | v Helping people, Lasting contact, Art and design < Deciding for yourself, Life science, \
         Physics and imaging Variety of work, Working in a team, Urgent work > . 1 Cardiac \
         sonographer . 2 CT technologist",
        " .12 Sonographer The map shows 45 % of what tells these roles apart",
    ] {
        assert!(joined.contains(said), "{said} is not in {narrow}");
    }
    let (_, map) = narrow.split_once("^ ").expect("its upper end");
    let (map, _) = map.split_once("\nv ").expect("its lower end");
    let map: Vec<&str> = map.lines().skip(1).collect();
    assert_eq!(map.len(), 14, "{narrow}");
    assert_eq!(
        map[7], "---------------------+------------------",
        "{narrow}"
    );
    let dots = map.join(" ").replace(['-', '|', '+'], " ");
    let mut dots: Vec<&str> = dots.split_whitespace().collect();
    dots.sort_unstable();
    let mut roles: Vec<String> = (1..=12).map(|number| format!(".{number}")).collect();
    roles.sort_unstable();
    assert_eq!(dots, roles, "each role once");
    let small = root().join("tests/packs/small").display().to_string();
    for arguments in [
        &["--pack", &small][..],
        &["-f", "markdown"],
        &["-f", "html"],
    ] {
        let again = |()| {
            done(&run(
                folder.path(),
                &[&["roles", "--map"], arguments].concat(),
                b"",
            ))
        };
        assert_eq!(again(()), again(()));
    }
}

#[test]
fn every_role_is_in_the_list_of_each_format() {
    let folder = folder();
    for format in ["text", "markdown", "html"] {
        let page = done(&run(folder.path(), &["roles", "--map", "-f", format], b""));
        for role in crate::help::built_in().roles() {
            assert!(page.contains(role.name()), "{} in {format}", role.name());
        }
    }
    let html = done(&run(folder.path(), &["roles", "--map", "-f", "html"], b""));
    assert!(html.contains("role=\"img\" aria-label=\"A map of ") && !html.contains("<script"));
}

#[test]
fn a_person_is_on_the_map_of_the_longer_pages_only() {
    let folder = folder();
    let sheet = root()
        .join("examples/simulated-1.toml")
        .display()
        .to_string();
    let page = |view: &str| done(&run(folder.path(), &["report", &sheet, "--for", view], b""));
    for view in ["both", "counsellor"] {
        let page = page(view);
        assert!(
            page.contains("@ you") && page.contains("● fits you best"),
            "{page}"
        );
    }
    // its questions are only those that were answered: nobody without answers has a place
    let pack = crate::help::built_in();
    let mut none = rolescope::storage::answer_file::AnswerSheet::new("none".to_owned(), &pack);
    none.answers = rolescope_core::Answers::none(&pack);
    let comparison = rolescope_core::Comparison::builder(&pack)
        .build()
        .expect("comparable");
    let outcome = comparison.assess(&none.answers);
    let report = comparison.explain(&none.answers, &outcome);
    let style = rolescope_core::write::TextStyle::new(80);
    let shown = ResultOptions::new(Audience::Student);
    let views = ResultViews::new(&report, &none.answers, "none", &shown);
    let text = views.map().to_text(style);
    assert!(
        text.contains("You are not on it yet") && !text.contains("@ you"),
        "{text}"
    );
}

#[test]
fn the_map_of_a_group_withholds_what_its_table_withholds() {
    let folder = folder();
    let sheets = stdout(&run(
        folder.path(),
        &["-q", "sample", "-n", "12", "--seed", "7"],
        b"",
    ));
    let page = |format: &str| {
        let all = ["-q", "report", "--group", "-", "-f", format];
        done(&run(folder.path(), &all, sheets.as_bytes()))
    };
    let (csv, text) = (page("csv"), page("text"));
    let map = text.split("Where these roles lie").nth(1).expect("a map");
    let map = map.split("\nTraits\n").next().expect("its end");
    let pack = crate::help::built_in();
    let mut withheld = 0;
    for role in pack.roles() {
        let start = format!(",role,{},in-band,", role.id());
        let figure = csv.lines().find_map(|line| line.strip_prefix(&start));
        let figure = figure.unwrap_or_else(|| panic!("{} in {csv}", role.id()));
        let said = if figure.is_empty() { "–" } else { figure };
        withheld += u32::from(figure.is_empty());
        let line = format!("{} ({said})", role.name());
        let joined: Vec<&str> = map.split_whitespace().collect();
        assert!(joined.join(" ").contains(&line), "{line} in {map}");
    }
    assert!(withheld > 0, "the test sees a figure that is withheld");
}
