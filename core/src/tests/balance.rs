//! Balance: the built-in pack keeps every rule of `check`, and flawed packs get their advice.

use crate::pack::date::Date;
use crate::pack::model::Pack;
use crate::pack::parse::diagnostics::SourceFile;
use crate::scoring::comparison::Comparison;
use crate::simulation::balance::{Balance, BalanceCounts};
use crate::simulation::balance_rules::RuleResult;
use crate::tests::help::{built_in, built_in_files, small_files, snapshot};
use std::fmt::Write as _;

fn figures(comparison: &Comparison<'_>, batches: u64) -> Balance {
    let mut all = BalanceCounts::default();
    for number in 0..batches {
        all.add(&BalanceCounts::simulate(comparison, 1, number));
    }
    all.figures()
}

fn verdicts(comparison: &Comparison<'_>, batches: u64) -> Vec<RuleResult> {
    figures(comparison, batches).verdicts()
}

#[test]
fn the_built_in_pack_keeps_every_rule() {
    let pack = built_in();
    assert_eq!(pack.roles.len(), 40);
    let comparison = Comparison::new(&pack, None, 1.0);
    let figures = figures(&comparison, 12);
    let verdicts = figures.verdicts();
    assert_eq!(verdicts.len(), 14);
    for verdict in verdicts {
        assert!(verdict.kept, "{verdict:?}");
    }
    // four standard errors of 624 quick quizzes from what these gave: 33.4, 6.3 and 9.3
    let quick = figures.quick;
    assert!(quick.questions < 34.4, "{quick:?}");
    assert!(
        quick.quick.size < 6.7 && quick.quick.coverage > 0.97,
        "{quick:?}"
    );
    assert!(quick.fixed.size > 8.6, "{quick:?}");
    // four standard errors of 240 quick quizzes of mixed people, who gave 39.1, 14.1 and .92, and of 6,000 people
    // whose norms and levels were off: .59 and .92, and .62 and .93 where all levels were off by as much
    let quick = figures.quick_mixed;
    assert!(
        quick.questions < 41.5 && quick.quick.size < 15.6 && quick.quick.coverage > 0.85,
        "{quick:?}"
    );
    let near = |share: f64, known: f64| (share - known).abs() < 0.025;
    let (stated, further) = (figures.off.as_stated, figures.off.further);
    assert!(near(stated.band.coverage, 0.595) && near(stated.wide.coverage, 0.92));
    assert!(near(further.band.coverage, 0.62) && near(further.wide.coverage, 0.925));
}

#[test]
fn the_built_in_pack_gets_no_advice() {
    let pack = built_in();
    for family in [None, Some("imaging"), Some("technician")] {
        let lints = Comparison::new(&pack, family, 1.0).lint(Date::start_of(2026));
        assert!(lints.iter().all(|l| l.note), "{lints:#?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_figures_and_another_does_not() {
    let pack = built_in();
    let comparison = Comparison::new(&pack, None, 1.0);
    assert_eq!(
        BalanceCounts::simulate(&comparison, 1, 0),
        BalanceCounts::simulate(&comparison, 1, 0)
    );
    assert_ne!(
        BalanceCounts::simulate(&comparison, 1, 0),
        BalanceCounts::simulate(&comparison, 1, 1)
    );
    assert_ne!(
        BalanceCounts::simulate(&comparison, 1, 0),
        BalanceCounts::simulate(&comparison, 2, 0)
    );
}

/// A pack with texts replaced, in files whose path ends so; every time they occur.
fn flawed(mut files: Vec<SourceFile>, edits: &[Edit]) -> Vec<SourceFile> {
    for (path, from, to) in edits {
        let mut found = false;
        for file in files.iter_mut().filter(|f| f.path.ends_with(path)) {
            found |= file.text.contains(from);
            file.text = file.text.replace(from, to);
        }
        assert!(found, "{path} holds {from}");
    }
    files
}

/// A text replaced in files whose path ends so.
type Edit = (&'static str, &'static str, &'static str);

/// Flaws of the small pack, each by its edits.
const FLAWS: &[(&str, &[Edit])] = &[
    ("none", &[]),
    (
        "too-few-questions",
        &[("questions/shapes.toml", "weight = 1.0", "weight = 0.1")],
    ),
    (
        "everything-reversed",
        &[(
            "questions/interests.toml",
            "trait = \"helping\"",
            "trait = \"helping\"\nreverse = true",
        )],
    ),
    (
        "hard-to-read",
        &[(
            "questions/interests.toml",
            "Build a shelf.",
            "Constructing sophisticated accommodation arrangements notwithstanding considerable \
             interdisciplinary administrative complications.",
        )],
    ),
    (
        "gendered",
        &[
            ("questions/interests.toml", "Calm a child.", "Calm a man."),
            ("carer.toml", "No such job is meant.", "She is not meant."),
        ],
    ),
    (
        "sentences-for-some",
        &[(
            "questions/interests.toml",
            "text = \"Build a shelf.\"",
            "text = \"Build a shelf.\"\nyou_like = \"You would like building a shelf.\"\n\
             you_dislike = \"You would rather leave shelves to the men.\"",
        )],
    ),
    (
        "sentences-hard-to-read",
        &[(
            "questions/hands.toml",
            "text = ",
            "you_like = \"You appreciate extraordinarily sophisticated manipulations.\"\n\
             you_dislike = \"You depreciate extraordinarily sophisticated manipulations.\"\ntext = ",
        )],
    ),
    (
        "te-reo-without-a-source",
        &[(
            "carer.toml",
            "family = ",
            "maori_name = \"Kaiāwhina\"\nfamily = ",
        )],
    ),
    (
        "old-sources",
        &[
            ("carer.toml", "year = 2024", "year = 2004"),
            (
                "fitter.toml",
                "[traits.helping]",
                "[pay]\ntext = \"Little.\"\nyear = 2011\n[traits.helping]",
            ),
        ],
    ),
    (
        "a-condition-no-role-has",
        &[
            (".toml", "blood = 1", "blood = 0"),
            (".toml", "blood = 2", "blood = 0"),
            (".toml", "blood = 3", "blood = 0"),
        ],
    ),
];

#[test]
fn each_kind_of_flaw_gets_its_advice() {
    let mut text = String::new();
    for (name, edits) in FLAWS {
        advise(name, &flawed(small_files(), edits), &mut text);
    }

    let mut files = small_files();
    for file in &mut files {
        let Some((before, after)) = file.text.split_once("[traits.pace]\nlevel = ") else {
            continue;
        };
        let (level, rest) = after.split_once('\n').expect("a line");
        let level: f64 = level.parse().expect("a number");
        let level = 5.0 + level / 20.0;
        file.text = format!("{before}[traits.pace]\nlevel = {level}\n{rest}");
    }
    advise("a-trait-that-hardly-separates", &files, &mut text);

    let mut files = small_files();
    files.push(SourceFile {
        path: "profiles/home-carer.toml".to_owned(),
        text: text_of("carer.toml")
            .replace("Ward carer", "Home carer")
            .replace("level = 9", "level = 8.5"),
    });
    advise("a-role-twice", &files, &mut text);

    // the small pack has too few puzzles to judge their letters
    let letters: &[Edit] = &[
        ("aptitudes.toml", "answer = \"b\"", "answer = \"a\""),
        ("aptitudes.toml", "answer = \"c\"", "answer = \"a\""),
    ];
    advise(
        "one-right-letter",
        &flawed(built_in_files(), letters),
        &mut text,
    );
    snapshot("snapshots", "advice", &text);
}

fn advise(name: &str, files: &[SourceFile], text: &mut String) {
    let pack = Pack::parse(files).unwrap_or_else(|m| panic!("{name}: {m:#?}"));
    let comparison = Comparison::new(&pack, None, 1.0);
    text.push_str(name);
    text.push('\n');
    for l in comparison.lint(Date::start_of(2026)) {
        let mark = if l.note { "note" } else { "mend" };
        let _ = writeln!(text, "  {mark} {}: {}", l.found, l.help);
    }
}

#[test]
fn a_dominated_role_breaks_a_rule() {
    // one role is another with less of everything that sets that apart
    let mut files = small_files();
    for file in &mut files {
        if file.path.ends_with("reader.toml") {
            let twin = text_of("carer.toml");
            file.text = twin
                .replace("Ward carer", "Reader")
                .replace("[traits.helping]\nlevel = 9", "[traits.helping]\nlevel = 7");
        }
    }
    let pack = Pack::parse(&files).expect("valid");
    let broken: Vec<RuleResult> = verdicts(&Comparison::new(&pack, None, 1.0), 4)
        .into_iter()
        .filter(|v| !v.kept)
        .collect();
    assert!(!broken.is_empty());
}

fn text_of(name: &str) -> String {
    let mut files = small_files();
    files.retain(|f| f.path.ends_with(name));
    files.remove(0).text
}
