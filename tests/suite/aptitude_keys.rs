//! Solves every aptitude question from its printed text, and compares the result with the stated key.

use std::collections::{BTreeMap, BTreeSet};

/// Works out, from a question's text and figure, words that only the right option holds.
type Method = fn(&str, &str) -> String;

const METHODS: [(&str, Method); 18] = [
    ("spatial-1", open_ends),
    ("spatial-2", beside_sam),
    ("spatial-3", only_turned),
    ("spatial-4", seen_from_the_right),
    ("spatial-5", opposite_in_cube),
    ("spatial-6", shape_of_cut),
    // the code itself
    ("perceptual-1", |text, _| last_word(text).to_owned()),
    ("perceptual-2", broken_row),
    ("perceptual-3", differing_lines),
    ("perceptual-4", uneven_row),
    ("perceptual-5", row_of_pattern),
    ("perceptual-6", times_followed),
    // a tablet, times tablets, times a day
    ("numerical-1", |text, _| {
        worked(text, |[mg, tablets, times]| mg * tablets * times)
    }),
    // milligrams to micrograms, by the dose
    ("numerical-2", |text, _| {
        worked(text, |[mg, dose, one, micro]| mg / one * micro / dose)
    }),
    // the amount of an hour, times the minutes in hours
    ("numerical-3", |text, _| {
        worked(text, |[ml, hours, minutes]| ml / hours * minutes / 60.0)
    }),
    ("numerical-4", largest_share),
    // the dye stays: its amount by the share wanted is the whole, less what there is
    ("numerical-5", |text, _| {
        worked(text, |[ml, dye, wanted]| ml * dye / wanted - ml)
    }),
    // all the liquid by all the time
    ("numerical-6", |text, _| {
        worked(text, |[a, fast, b, slow]| (a + b) / (a / fast + b / slow))
    }),
];

fn items() -> Vec<toml::Table> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/questions/aptitudes.toml");
    let file = std::fs::read_to_string(path).expect(path);
    let file = file.parse::<toml::Table>().expect(path);
    let questions = file["question"].as_array().expect(path);
    let table = |question: &toml::Value| question.as_table().expect(path).clone();
    questions.iter().map(table).collect()
}

fn field<'a>(item: &'a toml::Table, key: &str) -> &'a str {
    item.get(key).map_or("", |value| value.as_str().expect(key))
}

fn options(item: &toml::Table) -> Vec<&str> {
    let list = item["options"].as_array().expect("options");
    list.iter().map(|o| o.as_str().expect("option")).collect()
}

fn last_word(text: &str) -> &str {
    let words = text.trim_end_matches('?').rsplit(' ').next();
    words.expect("a word")
}

/// The one thing there is, in writing; more or fewer make the question ambiguous.
fn only<T: ToString>(found: impl IntoIterator<Item = T>) -> String {
    let found: Vec<String> = found.into_iter().map(|one| one.to_string()).collect();
    assert_eq!(found.len(), 1, "one answer, not {found:?}");
    found.concat()
}

/// The numbers in a text, in order.
fn numbers(text: &str) -> Vec<f64> {
    let words = text.split(|c: char| !c.is_ascii_digit() && c != '.');
    let words = words.map(|word| word.trim_matches('.'));
    words.filter_map(|word| word.parse().ok()).collect()
}

/// What a formula makes of all the numbers in a text, without what floating point adds.
fn worked<const N: usize>(text: &str, formula: fn([f64; N]) -> f64) -> String {
    let given = numbers(text).try_into();
    let result = formula(given.expect("as many numbers as the formula takes"));
    ((result * 1e9).round() / 1e9).to_string()
}

/// The lines of a figure that start with their number: that number, and the words after it.
fn rows(figure: &str) -> Vec<(&str, Vec<&str>)> {
    let lines = figure.lines().map(str::split_whitespace);
    let split = lines.filter_map(|mut words| Some((words.next()?, words.collect())));
    split.filter(|(n, _)| n.parse::<u8>().is_ok()).collect()
}

/// The drawings in # and . that stand side by side, two blanks or more apart; a blank between
/// signs is left out.
fn drawings(figure: &str) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = Vec::new();
    let drawn = |line: &&str| line.chars().all(|c| "#. ".contains(c));
    for line in figure.lines().filter(drawn) {
        let parts = line.split("  ").filter(|part| !part.trim().is_empty());
        for (at, part) in parts.enumerate() {
            all.resize(all.len().max(at + 1), Vec::new());
            all[at].push(part.replace(' ', ""));
        }
    }
    all
}

/// Looks in the first and the last slice for a line with a hollow between solid.
fn open_ends(_: &str, figure: &str) -> String {
    let open = |line: &String| line.trim_matches('.').contains('.');
    let slices = drawings(figure);
    let ends = [&slices[0], &slices[slices.len() - 1]];
    let words = match ends.map(|slice| slice.iter().any(open)) {
        [true, true] => "both ends",
        [true, false] => "the top",
        [false, true] => "the bottom",
        [false, false] => "no hollow",
    };
    words.to_owned()
}

/// Measures each thing's way from S along the arrow and along the arrow turned a quarter left.
fn beside_sam(text: &str, figure: &str) -> String {
    let place = |word: &str| {
        let line = figure.lines().position(|line| line.contains(word));
        let column = figure.lines().find_map(|line| line.find(word));
        [column, line].map(|n| i32::try_from(n.expect(word)).expect(word))
    };
    let [sx, sy] = place("S");
    let [ax, ay] = place("v");
    let sides = |thing: &str| {
        let [x, y] = place(thing);
        let ahead = (x - sx) * (ax - sx) + (y - sy) * (ay - sy);
        let leftward = (x - sx) * (ay - sy) - (y - sy) * (ax - sx);
        (ahead > 0, leftward > 0)
    };
    let asked = (text.contains("in front"), text.contains("left-hand"));
    let things = figure
        .split_whitespace()
        .filter(|word| word.len() > 2 && *word != "YOU");
    only(things.filter(|thing| sides(thing) == asked))
}

/// Turns shape S on the page, and compares outlines wherever they stand in their frames.
fn only_turned(_: &str, figure: &str) -> String {
    let quarter = |shape: &[String]| -> Vec<String> {
        let column = |x: usize| shape.iter().rev().map(|line| &line[x..=x]).collect();
        (0..shape[0].len()).map(column).collect()
    };
    let outline = |shape: &[String]| shape.join("....").trim_matches('.').to_owned();
    let all = drawings(figure);
    let mut turns = vec![all[0].clone()];
    for turn in 0..3 {
        turns.push(quarter(&turns[turn]));
    }
    let turned = |shape: &[String]| turns.iter().any(|t| outline(t) == outline(shape));
    let letters = ('A'..).zip(&all[1..]).filter(|(_, shape)| turned(shape));
    only(letters.map(|(letter, _)| letter))
}

/// Takes each row's highest stack, the front row, at the onlooker's left hand, first.
fn seen_from_the_right(text: &str, figure: &str) -> String {
    let words: Vec<&str> = figure.split_whitespace().collect();
    assert!(text.contains("from the right") && words[0] == "back");
    let map = figure
        .lines()
        .rev()
        .map(numbers)
        .filter(|row| !row.is_empty());
    let highest = map.map(|row| row.into_iter().fold(0.0, f64::max).to_string());
    highest.collect::<Vec<_>>().join(", ")
}

/// Rolls a cube over the net and notes which way each face looks in space.
fn opposite_in_cube(text: &str, figure: &str) -> String {
    let mut net = BTreeMap::new();
    for (y, line) in (0..).zip(figure.lines()) {
        let signs = (0..).zip(line.chars()).filter(|s| s.1.is_alphabetic());
        net.extend(signs.map(|(x, face)| (((x - 2) / 4, y / 2), face.to_string())));
    }
    let less = |v: [i32; 3]| v.map(|n| -n);
    let mut looks = BTreeMap::new();
    let start = *net.keys().next().expect("a face");
    let mut ahead = vec![(start, [1, 0, 0], [0, 1, 0], [0, 0, 1])];
    while let Some(((x, y), right, down, out)) = ahead.pop() {
        if let Some(face) = net.remove(&(x, y)) {
            looks.insert(face, out);
            ahead.push(((x + 1, y), less(out), down, right));
            ahead.push(((x - 1, y), out, down, less(right)));
            ahead.push(((x, y + 1), right, less(out), down));
            ahead.push(((x, y - 1), right, out, less(down)));
        }
    }
    assert_eq!(looks.len(), 6, "a cube has six faces");
    let sought = less(looks[last_word(text)]);
    let faces = looks.iter().filter(|(_, out)| **out == sought);
    only(faces.map(|(face, _)| face))
}

/// Counts the edges between (0, 0, 0) and (1, 1, 1) that the plane x + y + z = 3 / 2 crosses.
fn shape_of_cut(text: &str, _: &str) -> String {
    assert!(text.contains("the corner farthest from it is straight above"));
    assert!(text.contains("cut flat across, halfway up"));
    let twice_height = |corner: u32| 2 * corner.count_ones();
    let edges = (0..8_u32).flat_map(|a| [1, 2, 4].map(|b| (a, a | b)));
    let crossed = edges.filter(|&(a, b)| twice_height(a) < 3 && 3 < twice_height(b));
    let words = ["triangle", "square", "pentagon", "hexagon"];
    words[crossed.count() - 3].to_owned()
}

/// Looks for the row that no shift by up to eight signs maps onto itself.
fn broken_row(_: &str, figure: &str) -> String {
    let shifted = |row: &[&str], by: usize| row[by..] == row[..row.len() - by];
    let broken = |row: &[&str]| !(1..=8).any(|by| shifted(row, by));
    let found = rows(figure).into_iter().filter(|(_, row)| broken(row));
    only(found.map(|(n, _)| n))
}

/// Compares the two labels of each line.
fn differing_lines(_: &str, figure: &str) -> String {
    let lines = rows(figure).into_iter();
    let differing = lines.filter(|(_, labels)| labels[0] != labels[1]);
    differing.count().to_string()
}

/// Measures the gaps between peaks, and looks for a row whose widest is wider than its others.
fn uneven_row(_: &str, figure: &str) -> String {
    let uneven = |trace: &str| {
        let peaks: Vec<usize> = trace.match_indices("/\\").map(|(at, _)| at).collect();
        let mut gaps: Vec<usize> = peaks.windows(2).map(|pair| pair[1] - pair[0]).collect();
        gaps.sort_unstable();
        let widest = gaps.pop();
        assert!(gaps.iter().all(|g| *g == gaps[0]), "one odd gap at most");
        widest > gaps.first().copied()
    };
    let found = rows(figure).into_iter().filter(|(_, row)| uneven(row[0]));
    only(found.map(|(n, _)| n))
}

/// Lays the pattern over every place of the grid.
fn row_of_pattern(_: &str, figure: &str) -> String {
    let (pattern, grid) = figure.split_once("\n\n").expect("a blank line");
    let words = pattern.lines().map(str::split_whitespace);
    let pattern: Vec<Vec<&str>> = words.map(Iterator::collect).collect();
    let grid = rows(grid);
    let mut tops = Vec::new();
    for under in grid.windows(pattern.len()) {
        for x in 0..=under[0].1.len() - pattern[0].len() {
            let mut lines = pattern.iter().zip(under);
            if lines.all(|(line, (_, row))| row[x..].starts_with(line)) {
                tops.push(under[0].0);
            }
        }
    }
    only(tops)
}

/// Counts, row by row, the pair of letters that the text names.
fn times_followed(text: &str, figure: &str) -> String {
    let capital = |word: &&str| word.len() == 1 && word.chars().all(char::is_uppercase);
    let pair: String = text.split([' ', ',']).filter(capital).collect();
    assert_eq!(pair.len(), 2, "two letters");
    let rows = rows(figure).into_iter();
    let times = rows.map(|(_, row)| row[0].matches(&pair).count());
    times.sum::<usize>().to_string()
}

/// The day with the largest missed / booked.
fn largest_share(_: &str, figure: &str) -> String {
    let mut days = Vec::new();
    for line in figure.lines() {
        if let [booked, missed] = numbers(line)[..] {
            days.push((line.split(' ').next().unwrap_or(line), missed / booked));
        }
    }
    let most = days.iter().map(|day| day.1).fold(0.0, f64::max);
    only(days.iter().filter(|day| day.1 >= most).map(|day| day.0))
}

#[test]
fn every_key_is_the_only_right_option() {
    let methods = BTreeMap::from(METHODS);
    for item in items() {
        let id = field(&item, "id");
        let words = methods[id](field(&item, "text"), field(&item, "figure"));
        let holds = |option: &str| format!(" {option} ").contains(&format!(" {words} "));
        let right = ('a'..).zip(options(&item)).filter(|o| holds(o.1));
        let letters: String = right.map(|(letter, _)| letter).collect();
        let answer = field(&item, "answer");
        assert_eq!(letters, answer, "{id}: worked out {words:?}");
    }
}

#[test]
fn every_item_has_a_method() {
    let items = items();
    let mut stated: Vec<&str> = items.iter().map(|item| field(item, "id")).collect();
    let mut worked = METHODS.map(|(id, _)| id);
    stated.sort_unstable();
    worked.sort_unstable();
    assert_eq!(stated, worked);
}

#[test]
fn right_letters_are_spread() {
    let items = items();
    for letter in ["a", "b", "c", "d"] {
        let right = items.iter().filter(|item| field(item, "answer") == letter);
        let traits: Vec<&str> = right.map(|item| field(item, "trait")).collect();
        assert!((4..=5).contains(&traits.len()), "{letter}: {traits:?}");
        let most = |of: &&str| traits.iter().filter(|t| *t == of).count() <= 2;
        assert!(traits.iter().all(most), "{letter}: {traits:?}");
    }
}

#[test]
fn items_fit_a_narrow_terminal() {
    for item in items() {
        let [id, text, figure] = ["id", "text", "figure"].map(|key| field(&item, key));
        let options = options(&item);
        let distinct: BTreeSet<&str> = options.iter().copied().collect();
        assert_eq!((options.len(), distinct.len()), (4, 4), "{id}");
        assert!(options.iter().all(|o| o.len() <= 48), "{id}");
        assert!(text.len() <= 160, "{id}");
        assert!(figure.lines().count() <= 16, "{id}");
        assert!(figure.lines().all(|line| line.len() <= 56), "{id}");
        let plain = |c: char| c == '\n' || c == ' ' || c.is_ascii_graphic();
        assert!(figure.chars().all(plain), "{id}");
    }
}
