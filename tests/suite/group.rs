//! Pages of groups: what they count, and what they withhold.

use crate::help::{built_in, first_of_each_kind, run, snapshot, stderr, stdout};
use proptest::prelude::*;
use rolescope_core::results::cell_suppression::{FEWEST, is_few, table};
use rolescope_core::results::disclosure::publish;
use rolescope_core::results::group_counts::{GroupTotals, ScoreSpread};
use rolescope_core::scoring::comparison::Comparison;
use std::fmt::Write as _;

/// All ways to fill a column of `left` people where some cells are known.
fn fillings(known: &[Option<u64>], left: u64) -> Vec<Vec<u64>> {
    let Some((first, rest)) = known.split_first() else {
        return if left == 0 { vec![vec![]] } else { vec![] };
    };
    let options = first.map_or(0..=left, |n| n..=n);
    options
        .filter(|n| *n <= left)
        .flat_map(|n| {
            let mut all = fillings(rest, left - n);
            for filling in &mut all {
                filling.insert(0, n);
            }
            all
        })
        .collect()
}

/// Every table that fits what is shown: some counts, the people in each column, and that the columns
/// add up to the whole, which stands last.
fn attack(shown: &[Vec<Option<u64>>], people: &[u64]) -> Vec<Vec<Vec<u64>>> {
    let groups = people.len() - 1;
    let column = |c: usize| -> Vec<Option<u64>> { shown.iter().map(|row| row[c]).collect() };
    let mut partial: Vec<Vec<Vec<u64>>> = vec![vec![]];
    for (c, &all) in people[..groups].iter().enumerate() {
        let options = fillings(&column(c), all);
        partial = partial
            .iter()
            .flat_map(|table| {
                options.iter().map(|option| {
                    let mut table = table.clone();
                    table.push(option.clone());
                    table
                })
            })
            .collect();
    }
    let whole = column(groups);
    partial.retain_mut(|columns| {
        let sums: Vec<u64> = (0..shown.len())
            .map(|r| columns.iter().map(|column| column[r]).sum())
            .collect();
        columns.push(sums.clone());
        sums.iter()
            .zip(&whole)
            .all(|(sum, known)| known.is_none_or(|k| k == *sum))
    });
    partial
}

/// A table of so many rows and groups: the cells, and the whole last.
fn tables(rows: usize, groups: usize) -> impl Strategy<Value = Vec<Vec<u64>>> {
    let cell = prop_oneof![2 => 0_u64..=2, 2 => 3_u64..=5, 1 => 6_u64..=8];
    proptest::collection::vec(proptest::collection::vec(cell, groups), rows).prop_map(|mut all| {
        for row in &mut all {
            let whole = row.iter().sum();
            row.push(whole);
        }
        all
    })
}

fn withstands(cells: &[Vec<u64>]) -> Result<(), TestCaseError> {
    let hidden = table(cells);
    let columns = cells[0].len();
    let people: Vec<u64> = (0..columns)
        .map(|c| cells.iter().map(|row| row[c]).sum())
        .collect();
    // a group is shown only from five people on
    prop_assume!(people.iter().all(|&n| n >= FEWEST));
    let shown: Vec<Vec<Option<u64>>> = cells
        .iter()
        .zip(&hidden)
        .map(|(row, hidden)| {
            row.iter()
                .zip(hidden)
                .map(|(&n, &h)| (!h).then_some(n))
                .collect()
        })
        .collect();
    let possible = attack(&shown, &people);
    prop_assert!(!possible.is_empty(), "the truth is possible");
    for (r, row) in cells.iter().enumerate() {
        for (c, &count) in row.iter().enumerate() {
            prop_assert!(hidden[r][c] || !is_few(count), "{count} is shown");
            if hidden[r][c] {
                let mut values: Vec<u64> = possible.iter().map(|t| t[c][r]).collect();
                values.sort_unstable();
                values.dedup();
                prop_assert!(
                    values.len() > 1,
                    "{cells:?}: row {r}, column {c} is {values:?}"
                );
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_withheld_count_of_yes_or_no_can_be_derived(cells in tables(2, 3)) {
        withstands(&cells)?;
    }

    #[test]
    fn no_withheld_state_can_be_derived(cells in tables(3, 2)) {
        withstands(&cells)?;
    }
}

#[test]
fn what_would_give_a_withheld_count_away_is_withheld_too() {
    // 2 of 20: the other 18 give it away, and the second group would by the whole
    let hidden = table(&[vec![2, 9, 11], vec![18, 11, 29]]);
    assert_eq!(hidden, [[true, true, false], [true, true, false]]);
    // nothing is withheld without need
    let hidden = table(&[vec![5, 0, 5], vec![7, 9, 16]]);
    assert_eq!(hidden, [[false; 3], [false; 3]]);
}

/// A group of so many people with nothing answered.
fn nobody_in_particular(comparison: &Comparison<'_>, people: u64) -> GroupTotals {
    let mut counts = GroupTotals::new(comparison);
    counts.people = people;
    counts.states[2] = people;
    counts.no_first = people;
    counts
}

#[test]
fn small_groups_are_put_together_until_they_are_five_people() {
    let pack = built_in();
    let comparison = Comparison::new(&pack, None, 1.0);
    let told = |sizes: &[(&str, u64)]| {
        let parts = sizes
            .iter()
            .map(|&(name, n)| (name.to_owned(), nobody_in_particular(&comparison, n)));
        publish(parts.collect()).map(|told| {
            let columns = told.columns.into_iter().map(|c| (c.name, c.people));
            (columns.collect::<Vec<_>>(), told.pooled)
        })
    };
    let name = |text: &str| Some(text.to_owned());
    assert_eq!(told(&[("a", 3), ("b", 1)]), None, "fewer than five in all");
    assert_eq!(
        told(&[("a", 9), ("b", 2), ("c", 3)]),
        Some((vec![(name("a"), 9), (None, 5)], 2))
    );
    // two people alone would follow from the whole: the next smallest goes with them
    assert_eq!(
        told(&[("a", 9), ("b", 2), ("c", 8), ("d", 20)]),
        Some((vec![(name("a"), 9), (name("d"), 20), (None, 10)], 2))
    );
    assert_eq!(
        told(&[("a", 9), ("b", 2)]),
        Some((vec![], 2)),
        "no split is left"
    );
}

#[test]
fn the_mean_of_a_few_is_withheld_with_one_that_would_give_it_away() {
    let pack = built_in();
    let comparison = Comparison::new(&pack, None, 1.0);
    let part = |name: &str, answered: u64| {
        let mut counts = nobody_in_particular(&comparison, 20);
        #[expect(clippy::cast_precision_loss, reason = "a few people")]
        let n = answered as f64;
        counts.traits[0] = ScoreSpread {
            people: answered,
            sum: 50.0 * n,
            squares: 2600.0 * n,
            bins: [0, 0, answered, 0, 0],
        };
        (name.to_owned(), counts)
    };
    let told = publish(vec![part("a", 3), part("b", 12), part("c", 9)]).expect("enough people");
    let line = &told.traits[0];
    let shown: Vec<bool> = line.columns.iter().map(Option::is_some).collect();
    assert_eq!(shown, [false, true, false]);
    let whole = line.whole.expect("24 people");
    assert!((whole.mean - 50.0).abs() < 1e-9 && (whole.sd - 10.0).abs() < 1e-9);
    assert_eq!(line.bins, [Some(0), Some(0), Some(24), Some(0), Some(0)]);
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// Simulated sheets with a class each: of 18, 12, 7 and 3 people.
fn classes() -> String {
    let folder = folder();
    let output = run(
        folder.path(),
        &["-q", "sample", "-n", "40", "--seed", "7"],
        b"",
    );
    let mut table = String::new();
    for (n, line) in stdout(&output).lines().enumerate() {
        let class = match n {
            0 => "class",
            1..=18 => "10A",
            19..=30 => "10B",
            31..=37 => "10C",
            _ => "10D",
        };
        let _ = writeln!(table, "{line},{class}");
    }
    table
}

#[test]
fn a_group_reads_well_and_names_nobody() {
    let folder = folder();
    let table = classes();
    let page = |arguments: &[&str]| {
        let all = [
            &["-q", "report", "--group", "-", "--by", "class"],
            arguments,
        ]
        .concat();
        let output = run(folder.path(), &all, table.as_bytes());
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let page = stdout(&output);
        assert!(!page.contains("simulated-"), "no label of a person");
        assert!(
            !page.contains("10C") && !page.contains("10D"),
            "nor of a small class"
        );
        page
    };
    snapshot("snapshots", "group-text", &page(&[]));
    let table = first_of_each_kind(&page(&["-f", "csv"]), &[0, 1, 3]);
    snapshot("snapshots", "group-csv", &table);
    page(&["-f", "markdown"]);
    page(&["-f", "html"]);
}

#[test]
fn what_a_group_file_shows_gives_no_few_people_away() {
    let folder = folder();
    let all = ["-q", "report", "--group", "-", "--by", "class", "-f", "csv"];
    let csv = stdout(&run(folder.path(), &all, classes().as_bytes()));
    let rows: Vec<Vec<&str>> = csv
        .lines()
        .skip(1)
        .map(|l| l.split(',').collect())
        .collect();
    let parts: Vec<&str> = rows
        .iter()
        .filter(|row| row[1] == "people")
        .map(|row| row[0])
        .collect();
    assert_eq!(parts, ["", "10A", "10B", "small groups"], "{csv}");
    let people: Vec<u64> = rows
        .iter()
        .filter(|row| row[1] == "people")
        .map(|row| row[4].parse().expect("a number"))
        .collect();
    let counts = |kind: &str, id: &str| -> Vec<Option<u64>> {
        let rows = rows
            .iter()
            .filter(|r| r[1] == kind && r[2] == id && r[3] != "first");
        rows.map(|row| row[4].parse().ok()).collect()
    };
    let mut withheld = 0;
    for role in &built_in().roles {
        let line = counts("role", &role.id);
        assert_eq!(line.len(), 4);
        for (count, people) in line.iter().zip(&people) {
            assert!(
                count.is_none_or(|n| !is_few(n) && !is_few(people - n)),
                "{line:?}"
            );
        }
        let hidden = line.iter().filter(|n| n.is_none()).count();
        withheld += hidden;
        assert_ne!(
            hidden, 1,
            "{}: {line:?}: one missing count follows from the others",
            role.id
        );
    }
    assert!(withheld > 10, "the test has something to derive");
}

#[test]
fn the_same_people_in_any_input_make_the_same_page() {
    let folder = folder();
    let sample = stdout(&run(
        folder.path(),
        &["-q", "sample", "-n", "12", "--seed", "3"],
        b"",
    ));
    let ndjson = run(
        folder.path(),
        &["-q", "sample", "-n", "12", "--seed", "3", "-f", "ndjson"],
        b"",
    );
    let page = |input: &[u8]| {
        let output = run(folder.path(), &["-q", "report", "--group", "-"], input);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stdout(&output)
    };
    let lines: Vec<&str> = sample.lines().collect();
    let (head, people) = lines.split_first().expect("a header");
    let backwards: Vec<&str> = people.iter().rev().copied().collect();
    let backwards = format!("{head}\n{}\n", backwards.join("\n"));
    assert_eq!(page(sample.as_bytes()), page(&ndjson.stdout));
    assert_eq!(page(sample.as_bytes()), page(backwards.as_bytes()));
}

#[test]
fn mistakes_with_groups_say_what_would_be_right() {
    let folder = folder();
    let table = classes();
    let fails = |arguments: &[&str], input: &str, code: i32, part: &str| {
        let output = run(folder.path(), arguments, input.as_bytes());
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(said.contains(part), "{said}");
    };
    let group = ["-q", "report", "--group", "-"];
    let with = |more: &[&'static str]| [&group[..], more].concat();
    fails(&with(&["--by", "clas"]), &table, 1, "did you mean class?");
    fails(
        &with(&["-f", "ndjson"]),
        &table,
        2,
        "text, markdown, html or csv",
    );
    fails(
        &with(&["--for", "student"]),
        &table,
        2,
        "cannot be used with",
    );
    fails(
        &["report", "x.toml", "--by", "class"],
        "",
        2,
        "use it with --group",
    );
    let few: Vec<&str> = table.lines().take(5).collect();
    fails(&group, &few.join("\n"), 1, "fewer than 5 people");
    let many: String = (0..202).fold("id,who,helping-1\n".to_owned(), |all, n| {
        format!("{all}{n},person-{n},4\n")
    });
    fails(&with(&["--by", "who"]), &many, 1, "has over 200 values");
    let bad = table.replace("10B\n", "10B,\n");
    fails(&group, &bad, 3, "12 of 40 rows were rejected");
}
