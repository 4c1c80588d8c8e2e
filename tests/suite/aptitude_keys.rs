//! Works every aptitude question out from what is printed, and compares the stated letter with it.

use std::collections::{BTreeMap, BTreeSet};

struct Item {
    id: String,
    of: String,
    text: String,
    figure: String,
    options: Vec<String>,
    answer: char,
}

/// Whether an option is right, worked out from the text and the figure.
type Method = fn(&Item, &str) -> bool;

/// A drawing, by lines; blanks between signs left out.
type Grid = Vec<Vec<char>>;

const METHODS: [(&str, Method); 18] = [
    ("spatial-1", hollow_of_slices),
    ("spatial-2", beside_sam),
    ("spatial-3", only_turned),
    ("spatial-4", seen_from_the_side),
    ("spatial-5", opposite_in_cube),
    ("spatial-6", sides_of_cut),
    ("perceptual-1", same_code),
    ("perceptual-2", broken_row),
    ("perceptual-3", differing_lines),
    ("perceptual-4", uneven_row),
    ("perceptual-5", row_of_pattern),
    ("perceptual-6", times_followed),
    ("numerical-1", daily_dose),
    ("numerical-2", doses_in_bottle),
    ("numerical-3", given_in_minutes),
    ("numerical-4", largest_share),
    ("numerical-5", water_to_add),
    ("numerical-6", mean_rate),
];

fn items() -> Vec<Item> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/questions/aptitudes.toml");
    let text = std::fs::read_to_string(path).expect(path);
    let file = text.parse::<toml::Table>().expect(path);
    let questions = file["question"].as_array().expect("questions");
    questions.iter().map(item).collect()
}

fn item(question: &toml::Value) -> Item {
    let text = |key: &str| question[key].as_str().expect(key).to_owned();
    let options = question["options"].as_array().expect("options");
    Item {
        id: text("id"),
        of: text("trait"),
        text: text("text"),
        figure: question
            .get("figure")
            .map_or_else(String::new, |_| text("figure")),
        options: options
            .iter()
            .map(|o| o.as_str().expect("option").to_owned())
            .collect(),
        answer: text("answer").chars().next().expect("answer"),
    }
}

/// The numbers in a text, in order.
fn numbers(text: &str) -> Vec<f64> {
    text.split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter_map(|word| word.trim_matches('.').parse().ok())
        .collect()
}

/// The same, as exactly `N` of them.
fn given<const N: usize>(text: &str) -> [f64; N] {
    let found = numbers(text);
    <[f64; N]>::try_from(found).unwrap_or_else(|found| panic!("{found:?} in {text:?}"))
}

/// Whether an option names this number and no other.
fn names(option: &str, number: f64) -> bool {
    let [named] = given(option);
    (named - number).abs() < 1e-9
}

/// The same for a count or a row.
fn counts(option: &str, count: usize) -> bool {
    numbers(option).len() == 1 && option.split(' ').any(|word| word.parse() == Ok(count))
}

/// The lines of a figure that start with their number, and the words after it.
fn rows(figure: &str) -> Vec<(usize, Vec<&str>)> {
    let numbered = |line: &'_ str| line.split_whitespace().next()?.parse::<usize>().ok();
    figure
        .lines()
        .filter_map(|line| Some((numbered(line)?, line.split_whitespace().skip(1).collect())))
        .collect()
}

/// The drawings in # and . that stand side by side, two blanks or more apart.
fn drawings(figure: &str) -> Vec<Grid> {
    let mut all: Vec<Grid> = Vec::new();
    let drawn = |line: &&str| !line.is_empty() && line.chars().all(|c| "#. ".contains(c));
    for line in figure.lines().filter(drawn) {
        let parts = line.split("  ").filter(|part| !part.trim().is_empty());
        for (at, part) in parts.enumerate() {
            all.resize_with(all.len().max(at + 1), Vec::new);
            all[at].push(part.chars().filter(|c| *c != ' ').collect());
        }
    }
    all
}

/// Floods each slice from its rim: what stays dry and is not solid is a hollow.
fn hollow_of_slices(item: &Item, option: &str) -> bool {
    let slices = drawings(&item.figure);
    let hollow: Vec<bool> = slices.iter().map(has_hollow).collect();
    let (top, bottom) = (hollow[0], hollow[hollow.len() - 1]);
    match option {
        o if o.contains("no hollow") => !hollow.contains(&true),
        o if o.contains("both ends") => top && bottom,
        o if o.contains("the top") => top && !bottom,
        o if o.contains("the bottom") => bottom && !top,
        _ => panic!("{option}"),
    }
}

fn has_hollow(slice: &Grid) -> bool {
    let (height, width) = (slice.len(), slice[0].len());
    let mut wet = BTreeSet::new();
    let mut next: Vec<(usize, usize)> = (0..height)
        .flat_map(|y| (0..width).map(move |x| (y, x)))
        .filter(|&(y, x)| y == 0 || x == 0 || y + 1 == height || x + 1 == width)
        .collect();
    while let Some((y, x)) = next.pop() {
        if y < height && x < width && slice[y][x] == '.' && wet.insert((y, x)) {
            next.extend([
                (y + 1, x),
                (y.wrapping_sub(1), x),
                (y, x + 1),
                (y, x.wrapping_sub(1)),
            ]);
        }
    }
    wet.len() < slice.iter().flatten().filter(|c| **c == '.').count()
}

/// Measures each thing's way from S along the arrow and along the arrow turned a quarter left.
fn beside_sam(item: &Item, option: &str) -> bool {
    let (sx, sy) = place(&item.figure, "S");
    let arrows = [("v", (0, 1)), ("^", (0, -1)), ("<", (-1, 0)), (">", (1, 0))];
    let (_, (ax, ay)) = arrows
        .into_iter()
        .find(|(a, _)| item.figure.contains(a))
        .expect("arrow");
    let (x, y) = place(&item.figure, option.trim_start_matches("The "));
    let ahead = (x - sx) * ax + (y - sy) * ay;
    let leftward = (x - sx) * ay - (y - sy) * ax;
    (ahead > 0) == item.text.contains("in front") && (leftward > 0) == item.text.contains("left")
}

/// Column and line of the middle of a word in a figure.
fn place(figure: &str, word: &str) -> (i32, i32) {
    let whole = |line: &str| line.split_whitespace().any(|w| w == word);
    let (y, line) = figure
        .lines()
        .enumerate()
        .find(|(_, line)| whole(line))
        .expect(word);
    let x = line.find(word).expect(word) + word.len() / 2;
    (i32::try_from(x).expect(word), i32::try_from(y).expect(word))
}

/// Turns the first drawing by (y, x) -> (x, -y) up to three times.
fn only_turned(item: &Item, option: &str) -> bool {
    let all: Vec<_> = drawings(&item.figure).iter().map(cells).collect();
    let which = option.bytes().last().expect("a letter") - b'A';
    let mut shape = all[0].clone();
    (0..4).any(|_| {
        shape = shape.iter().map(|&(y, x)| (x, -y)).collect();
        moved_home(&shape) == all[usize::from(which) + 1]
    })
}

fn cells(drawing: &Grid) -> BTreeSet<(i32, i32)> {
    let line = |(y, line): (i32, &Vec<char>)| {
        let solid = (0..).zip(line.clone()).filter(|(_, c)| *c == '#');
        solid.map(|(x, _)| (y, x)).collect::<Vec<_>>()
    };
    moved_home(&(0..).zip(drawing).flat_map(line).collect())
}

fn moved_home(shape: &BTreeSet<(i32, i32)>) -> BTreeSet<(i32, i32)> {
    let top = shape.iter().map(|c| c.0).min().expect("cells");
    let left = shape.iter().map(|c| c.1).min().expect("cells");
    shape.iter().map(|&(y, x)| (y - top, x - left)).collect()
}

/// Takes each row's highest stack, the row nearest to the onlooker's left hand first.
fn seen_from_the_side(item: &Item, option: &str) -> bool {
    let map: Vec<Vec<f64>> = item
        .figure
        .lines()
        .map(numbers)
        .filter(|n| !n.is_empty())
        .collect();
    let mut seen: Vec<f64> = map
        .iter()
        .map(|row| row.iter().copied().fold(0.0, f64::max))
        .collect();
    if item.text.contains("from the right") {
        seen.reverse();
    }
    numbers(option) == seen
}

/// Rolls a cube over the net and notes which way each face looks in space.
fn opposite_in_cube(item: &Item, option: &str) -> bool {
    let mut net = BTreeMap::new();
    for (y, line) in (0..).zip(item.figure.lines()) {
        for (x, c) in (0..)
            .zip(line.chars())
            .filter(|(_, c)| c.is_ascii_uppercase())
        {
            net.insert(((x - 2) / 4, (y - 1) / 2), c);
        }
    }
    let less = |v: [i32; 3]| v.map(|n| -n);
    let mut looks = BTreeMap::new();
    let first = *net.keys().next().expect("a face");
    let mut next = vec![(first, [1, 0, 0], [0, 1, 0], [0, 0, 1])];
    while let Some(((x, y), right, down, out)) = next.pop() {
        let Some(&face) = net.get(&(x, y)) else {
            continue;
        };
        if looks.insert(face, out).is_none() {
            next.extend([
                ((x + 1, y), less(out), down, right),
                ((x - 1, y), out, down, less(right)),
                ((x, y + 1), right, less(out), down),
                ((x, y - 1), right, out, less(down)),
            ]);
        }
    }
    assert_eq!(
        looks.values().collect::<BTreeSet<_>>().len(),
        6,
        "the net folds into a cube"
    );
    let asked = item
        .text
        .trim_end_matches('?')
        .chars()
        .last()
        .expect("a face");
    looks[&option.chars().last().expect("a face")] == less(looks[&asked])
}

/// Counts the edges that the level plane x + y + z = 3 * height crosses.
fn sides_of_cut(item: &Item, option: &str) -> bool {
    assert!(item.text.contains("halfway up") && item.text.contains("corner straight above"));
    let level = 3.0 * 0.5;
    let height = |corner: u32| f64::from(corner.count_ones());
    let sides = (0..8_u32)
        .flat_map(|a| [1, 2, 4].map(|edge| (a, a | edge)))
        .filter(|&(a, b)| a != b && height(a) < level && level < height(b))
        .count();
    let shapes = [
        ("triangle", 3),
        ("square", 4),
        ("hexagon", 6),
        ("octagon", 8),
    ];
    let named = shapes
        .iter()
        .find(|(name, _)| option.ends_with(name))
        .expect(option);
    named.1 == sides
}

/// Compares sign by sign with the last word of the text.
fn same_code(item: &Item, option: &str) -> bool {
    item.text.trim_end_matches('?').rsplit(' ').next() == Some(option)
}

/// Looks for the one row that no step of up to eight signs maps onto itself.
fn broken_row(item: &Item, option: &str) -> bool {
    let repeats = |row: &[&str]| (1..=8).any(|step| row[step..] == row[..row.len() - step]);
    the_row(item, option, |row| !repeats(row))
}

/// Whether the option names the only row of the figure that stands out.
fn the_row(item: &Item, option: &str, stands_out: impl Fn(&[&str]) -> bool) -> bool {
    let found: Vec<_> = rows(&item.figure)
        .into_iter()
        .filter(|(_, row)| stands_out(row))
        .collect();
    assert_eq!(found.len(), 1, "{}: one row stands out", item.id);
    counts(option, found[0].0)
}

/// Compares the two labels of each line.
fn differing_lines(item: &Item, option: &str) -> bool {
    let differing = rows(&item.figure)
        .iter()
        .filter(|(_, labels)| labels[0] != labels[1])
        .count();
    counts(option, differing)
}

/// Measures the gaps between peaks; in the row sought one gap, and only one, is wider.
fn uneven_row(item: &Item, option: &str) -> bool {
    the_row(item, option, |row| {
        let peaks: Vec<usize> = row[0].match_indices("/\\").map(|(at, _)| at).collect();
        let gaps: Vec<usize> = peaks.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let least = gaps.iter().min().expect("two peaks");
        let wider = gaps.iter().filter(|gap| *gap > least).count();
        assert!(wider <= 1, "{}: at most one gap is wider", item.id);
        wider == 1
    })
}

/// Lays the pattern over every place of the grid.
fn row_of_pattern(item: &Item, option: &str) -> bool {
    let (above, below) = item
        .figure
        .split_once("\n\n")
        .expect("pattern, blank line, grid");
    let pattern: Vec<Vec<&str>> = above
        .lines()
        .map(|line| line.split_whitespace().collect())
        .collect();
    let grid = rows(below);
    let fits = |y: usize, x: usize| {
        let under = |(dy, line): (usize, &Vec<&str>)| grid[y + dy].1[x..x + line.len()] == line[..];
        pattern.iter().enumerate().all(under)
    };
    let found: Vec<usize> = (0..=grid.len() - pattern.len())
        .flat_map(|y| (0..=grid[y].1.len() - pattern[0].len()).map(move |x| (y, x)))
        .filter(|&(y, x)| fits(y, x))
        .map(|(y, _)| grid[y].0)
        .collect();
    found.len() == 1 && counts(option, found[0])
}

/// Counts, row by row, the pair of letters that the text names.
fn times_followed(item: &Item, option: &str) -> bool {
    let words = item.text.split([' ', ',']).filter(|word| word.len() == 1);
    let pair: String = words
        .filter(|word| word.chars().all(char::is_uppercase))
        .collect();
    assert_eq!(pair.len(), 2, "{}: a pair of letters", item.id);
    let times = rows(&item.figure)
        .iter()
        .map(|(_, row)| row[0].matches(&pair).count())
        .sum();
    counts(option, times)
}

/// Milligrams a tablet, times tablets, times a day.
fn daily_dose(item: &Item, option: &str) -> bool {
    let [milligrams, tablets, times] = given(&item.text);
    names(option, milligrams * tablets * times)
}

/// Milligrams to micrograms, by the dose.
fn doses_in_bottle(item: &Item, option: &str) -> bool {
    let [bottle, dose, one, micrograms] = given(&item.text);
    names(option, bottle / one * micrograms / dose)
}

/// The amount of an hour, times the minutes in hours.
fn given_in_minutes(item: &Item, option: &str) -> bool {
    let [amount, hours, minutes] = given(&item.text);
    names(option, amount / hours * minutes / 60.0)
}

/// The day whose missed of booked is above that of every other day.
fn largest_share(item: &Item, option: &str) -> bool {
    let share = |line: &str| {
        let found = numbers(line);
        (found.len() == 2).then(|| found[1] / found[0])
    };
    let own = item
        .figure
        .lines()
        .find(|line| line.starts_with(option))
        .and_then(share);
    let others = item
        .figure
        .lines()
        .filter(|line| !line.starts_with(option))
        .filter_map(share);
    own.is_some_and(|own| others.into_iter().all(|other| own > other))
}

/// The dye stays: its amount by the percentage wanted is the whole, less what there is.
fn water_to_add(item: &Item, option: &str) -> bool {
    let [amount, percent, wanted] = given(&item.text);
    names(option, amount * percent / wanted - amount)
}

/// All the liquid by all the time.
fn mean_rate(item: &Item, option: &str) -> bool {
    let [first, fast, second, slow] = given(&item.text);
    names(option, (first + second) / (first / fast + second / slow))
}

#[test]
fn every_key_is_the_only_right_option() {
    let methods = BTreeMap::from(METHODS);
    for item in items() {
        let method = methods.get(item.id.as_str()).expect(&item.id);
        let letters = ('a'..).zip(&item.options);
        let right: Vec<char> = letters
            .filter(|(_, option)| method(&item, option))
            .map(|(letter, _)| letter)
            .collect();
        assert_eq!(right, [item.answer], "{}", item.id);
    }
}

#[test]
fn every_item_is_worked_out() {
    let stated: BTreeSet<String> = items().into_iter().map(|item| item.id).collect();
    let worked: BTreeSet<String> = METHODS.iter().map(|(id, _)| (*id).to_owned()).collect();
    assert_eq!(stated, worked);
    assert_eq!(items().len(), METHODS.len());
}

#[test]
fn right_letters_are_spread() {
    let mut overall: BTreeMap<char, usize> = BTreeMap::new();
    let mut by_trait: BTreeMap<(String, char), usize> = BTreeMap::new();
    for item in items() {
        *overall.entry(item.answer).or_default() += 1;
        *by_trait.entry((item.of, item.answer)).or_default() += 1;
    }
    assert_eq!(overall.len(), 4);
    assert!(overall.values().all(|n| (4..=5).contains(n)), "{overall:?}");
    assert!(by_trait.values().all(|n| *n <= 2), "{by_trait:?}");
}

#[test]
fn items_fit_a_narrow_terminal() {
    for item in items() {
        let distinct: BTreeSet<&String> = item.options.iter().collect();
        assert_eq!((item.options.len(), distinct.len()), (4, 4), "{}", item.id);
        assert!(item.options.iter().all(|o| o.len() <= 48), "{}", item.id);
        assert!(item.text.len() <= 160, "{}: {}", item.id, item.text.len());
        let plain = |c: char| c == '\n' || c == ' ' || c.is_ascii_graphic();
        assert!(item.figure.chars().all(plain), "{}", item.id);
        assert!(item.figure.lines().count() <= 16, "{}", item.id);
        assert!(
            item.figure.lines().all(|line| line.len() <= 56),
            "{}",
            item.id
        );
    }
}
