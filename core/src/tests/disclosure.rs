//! Statistical disclosure control of group counts: no count of few people can be worked out.

use crate::psychometrics::group_counts::{GroupTotals, ScoreSpread};
use crate::results::cell_suppression::{FEWEST, is_few, table};
use crate::results::disclosure::DisclosedGroup;
use crate::scoring::comparison::Comparison;
use crate::tests::help::built_in;
use proptest::prelude::*;

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
    fn no_suppressed_yes_or_no_count_can_be_derived(cells in tables(2, 3)) {
        withstands(&cells)?;
    }

    #[test]
    fn no_suppressed_state_count_can_be_derived(cells in tables(3, 2)) {
        withstands(&cells)?;
    }
}

#[test]
fn complementary_cells_are_suppressed_too() {
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
fn small_groups_are_merged_up_to_five_people() {
    let pack = built_in();
    let comparison = Comparison::new(&pack, None, 1.0);
    let told = |sizes: &[(&str, u64)]| {
        let parts = sizes
            .iter()
            .map(|&(name, n)| (name.to_owned(), nobody_in_particular(&comparison, n)));
        DisclosedGroup::of_parts(parts.collect()).map(|told| {
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
fn a_mean_of_few_people_is_suppressed_with_one_that_reveals_it() {
    let pack = built_in();
    let comparison = Comparison::new(&pack, None, 1.0);
    let part = |name: &str, answered: u64| {
        let mut counts = nobody_in_particular(&comparison, 20);
        counts.traits[0] = ScoreSpread {
            people: answered,
            sum: 500_000 * answered,
            squares: 260_000_000_000 * u128::from(answered),
            bins: [0, 0, answered, 0, 0],
        };
        (name.to_owned(), counts)
    };
    let told = DisclosedGroup::of_parts(vec![part("a", 3), part("b", 12), part("c", 9)])
        .expect("enough people");
    let line = &told.traits[0];
    let shown: Vec<bool> = line.columns.iter().map(Option::is_some).collect();
    assert_eq!(shown, [false, true, false]);
    let whole = line.whole.expect("24 people");
    assert!((whole.mean - 50.0).abs() < 1e-9 && (whole.sd - 10.0).abs() < 1e-9);
    assert_eq!(line.bins, [Some(0), Some(0), Some(24), Some(0), Some(0)]);
}
