//! A map drawn with characters: a sign and a number at each point, and the list of the numbers below.

use crate::write::columns::width as columns_of;
use crate::write::map::{Frame, MapDrawing, MapPoint, MapWords};
use crate::write::terminal_text::{TextPage, TextStyle, inert};

/// Widest drawing, in columns.
const WIDEST: usize = 72;
/// Lines of the widest and of the narrowest drawing.
const LINES: (usize, usize) = (20, 14);
/// How far from its place a point may be moved where another one is, in lines and columns.
const MOVED: (usize, usize) = (2, 6);

/// The signs of a drawing.
struct Signs {
    strong: char,
    weak: char,
    shade: char,
    across: char,
    up: char,
    middle: char,
    ends: [&'static str; 4],
}

const DRAWN: Signs = Signs {
    strong: '●',
    weak: '·',
    shade: '░',
    across: '─',
    up: '│',
    middle: '┼',
    ends: ["←", "→", "↓", "↑"],
};
const ASCII: Signs = Signs {
    strong: '*',
    weak: '.',
    shade: ':',
    across: '-',
    up: '|',
    middle: '+',
    ends: ["<", ">", "v", "^"],
};

/// Writes the map with its list.
pub(crate) fn write(map: &MapDrawing, page: &mut TextPage) {
    let look = page.look();
    let signs = if look.ascii() { &ASCII } else { &DRAWN };
    let columns = look.columns().min(WIDEST);
    let [left, right, down, up] = signs.ends;
    let ends = &map.ends;
    centred(&format!("{up} {}", inert(&ends.top)), columns, page);
    let grid = Grid::of(map, columns, signs);
    for line in grid.lines() {
        page.line(&line);
    }
    centred(&format!("{down} {}", inert(&ends.bottom)), columns, page);
    page.prose(0, &format!("{left} {}", inert(&ends.left)));
    let right = format!("{} {right}", inert(&ends.right));
    let room = columns.saturating_sub(columns_of(&right));
    if columns_of(&right) > columns {
        page.prose(0, &right);
    } else {
        page.line(&format!("{:room$}{right}", ""));
    }
    page.gap();
    if map.you.is_some() {
        page.prose(
            0,
            &format!(
                "@ {}",
                inert(&map.words.patch).replace(MapWords::SIGN, &signs.shade.to_string())
            ),
        );
    }
    if map.points.iter().any(|point| point.strong) {
        page.prose(0, &format!("{} {}", signs.strong, inert(&map.strong)));
    }
    list(map, signs, look, page);
    if !grid.left_out.is_empty() {
        let numbers: Vec<String> = grid.left_out.iter().map(ToString::to_string).collect();
        page.prose(
            0,
            &format!("{} {}", inert(&map.words.no_room), numbers.join(", ")),
        );
    }
}

/// A line in the middle of the drawing, or wrapped where it is wider.
fn centred(text: &str, columns: usize, page: &mut TextPage) {
    let room = columns.saturating_sub(columns_of(text)) / 2;
    if columns_of(text) > columns {
        page.prose(0, text);
    } else {
        page.line(&format!("{:room$}{text}", ""));
    }
}

/// Every point with its number, side by side where there is room.
fn list(map: &MapDrawing, signs: &Signs, look: TextStyle, page: &mut TextPage) {
    let digits = digits(map);
    let entry = |point: &MapPoint| {
        let sign = if point.strong {
            signs.strong
        } else {
            signs.weak
        };
        let mark = format!("{sign}{:>digits$} ", point.number);
        let note = if point.note.is_empty() {
            String::new()
        } else {
            format!(" ({})", inert(&point.note))
        };
        (mark, format!("{}{note}", inert(&point.name)))
    };
    let entries: Vec<((String, String), bool)> = map
        .listed()
        .map(|point| (entry(point), point.strong))
        .collect();
    let widest = entries
        .iter()
        .map(|((mark, text), _)| columns_of(mark) + columns_of(text));
    let widest = widest.max().unwrap_or(0);
    let side_by_side = (look.columns() / (widest + 2)).max(1);
    if side_by_side == 1 {
        for ((mark, text), _) in &entries {
            page.hanging(mark, columns_of(mark), text);
        }
        return;
    }
    for row in entries.chunks(side_by_side) {
        let cells = row.iter().map(|((mark, text), strong)| {
            let cell = format!("{mark}{text}");
            let room = widest.saturating_sub(columns_of(&cell));
            let cell = format!("{cell}{:room$}", "");
            if *strong { look.bold(&cell) } else { cell }
        });
        page.line(&cells.collect::<Vec<String>>().join("  "));
    }
}

/// Digits of the largest number.
fn digits(map: &MapDrawing) -> usize {
    let largest = map.points.iter().map(|point| point.number).max();
    largest.unwrap_or(1).to_string().len()
}

/// The cells of a drawing.
struct Grid {
    cells: Vec<Vec<char>>,
    /// Which cells a point or the person takes.
    taken: Vec<Vec<bool>>,
    /// Numbers of points for which there is no room.
    left_out: Vec<usize>,
}

impl Grid {
    fn of(map: &MapDrawing, columns: usize, signs: &Signs) -> Self {
        let lines = (LINES.0 * columns / WIDEST).clamp(LINES.1, LINES.0);
        let frame = map.frame();
        let mut grid = Self {
            cells: vec![vec![' '; columns]; lines],
            taken: vec![vec![false; columns]; lines],
            left_out: Vec::new(),
        };
        grid.axes(frame, signs);
        if let Some(you) = map.you {
            for line in 0..lines {
                for column in 0..columns {
                    let place = [
                        place(frame.across, column, columns),
                        place(frame.up, lines - 1 - line, lines),
                    ];
                    if you.reaches(place) {
                        grid.cells[line][column] = signs.shade;
                    }
                }
            }
            let (line, column) = grid.cell(frame, you.at);
            grid.put(line, column, "@");
        }
        for point in map.listed() {
            let sign = if point.strong {
                signs.strong
            } else {
                signs.weak
            };
            let label = format!("{sign}{}", point.number);
            let (line, column) = grid.cell(frame, point.at);
            match grid.free(line, column, label.chars().count()) {
                Some((line, column)) => grid.put(line, column, &label),
                None => grid.left_out.push(point.number),
            }
        }
        grid.left_out.sort_unstable();
        grid
    }

    /// Lines through the middle of the plane.
    fn axes(&mut self, frame: Frame, signs: &Signs) {
        let (line, column) = self.cell(frame, [0.0, 0.0]);
        self.cells[line].fill(signs.across);
        for row in &mut self.cells {
            row[column] = signs.up;
        }
        self.cells[line][column] = signs.middle;
    }

    /// The line and column in which a place lies.
    fn cell(&self, frame: Frame, [x, y]: [f64; 2]) -> (usize, usize) {
        let (lines, columns) = (self.cells.len(), self.cells[0].len());
        let line = lines - 1 - nearest(frame.up, y, lines);
        (line, nearest(frame.across, x, columns))
    }

    /// The nearest cell from which on so many are free, with one before and one after them.
    fn free(&self, line: usize, column: usize, wide: usize) -> Option<(usize, usize)> {
        let mut best: Option<(usize, usize, usize)> = None;
        let (lines, columns) = (self.cells.len(), self.cells[0].len());
        let last = columns.saturating_sub(wide);
        for l in line.saturating_sub(MOVED.0)..=(line + MOVED.0).min(lines - 1) {
            for c in column.saturating_sub(MOVED.1)..=(column + MOVED.1).min(last) {
                let around = c.saturating_sub(1)..(c + wide + 1).min(columns);
                if self.taken[l][around].contains(&true) {
                    continue;
                }
                // a line is about twice as high as a column is wide
                let apart = 2 * line.abs_diff(l) + column.abs_diff(c);
                if best.is_none_or(|(least, ..)| apart < least) {
                    best = Some((apart, l, c));
                }
            }
        }
        best.map(|(_, line, column)| (line, column))
    }

    fn put(&mut self, line: usize, column: usize, label: &str) {
        for (at, sign) in label.chars().enumerate() {
            self.cells[line][column + at] = sign;
            self.taken[line][column + at] = true;
        }
    }

    fn lines(&self) -> impl Iterator<Item = String> {
        self.cells.iter().map(|row| row.iter().collect())
    }
}

/// Where the middle of a cell is.
#[expect(
    clippy::cast_precision_loss,
    reason = "a drawing has a few dozen cells"
)]
fn place([from, to]: [f64; 2], cell: usize, cells: usize) -> f64 {
    from + (to - from) * cell as f64 / (cells - 1) as f64
}

/// The cell whose middle is nearest to a place.
fn nearest(range: [f64; 2], at: f64, cells: usize) -> usize {
    let between =
        |cell: usize| f64::midpoint(place(range, cell - 1, cells), place(range, cell, cells));
    (1..cells)
        .rev()
        .find(|&cell| at >= between(cell))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::text::language::Language;
    use crate::write::columns::width;
    use crate::write::map::{MapDrawing, MapEnds, MapPoint, MapWords};
    use crate::write::terminal_text::{TextPage, TextStyle};

    #[test]
    fn each_point_is_drawn_or_said_to_have_no_room() {
        let point = |number: usize| MapPoint {
            number,
            name: format!("Role {number}"),
            note: String::new(),
            at: [0.25, -0.5],
            share: None,
            strong: number == 7,
            order: 0,
        };
        for (points, columns) in [(0, 80), (1, 30), (9, 80), (60, 30), (200, 100)] {
            let map = MapDrawing {
                ends: MapEnds::default(),
                points: (1..=points).map(point).collect(),
                strong: "stands out".to_owned(),
                words: MapWords::of(&Language::default()),
                you: None,
            };
            let style = TextStyle::new(columns).with_ascii(true);
            let mut page = TextPage::new(style);
            write(&map, &mut page);
            let text = page.finish();
            assert!(text.is_ascii());
            assert!(text.lines().all(|line| width(line) <= columns), "{text}");
            let (drawing, list) = text.split_once("\n\n").unwrap_or((&text, ""));
            let (_, left_out) = list.split_once("No room").unwrap_or((list, ""));
            let drawn = |n: usize, sign: char| {
                let label = format!("{sign}{n}");
                let mut found = drawing.match_indices(&label);
                found.any(|(at, _)| {
                    let after = drawing[at + label.len()..].chars().next();
                    !after.is_some_and(|c| c.is_ascii_digit())
                })
            };
            for n in 1..=points {
                let number = n.to_string();
                let mut words = left_out.split([' ', ',', '\n']);
                let out = words.any(|word| word == number);
                let sign = if n == 7 { '*' } else { '.' };
                assert!(drawn(n, sign) != out, "{n} of {points}: {text}");
            }
        }
    }
}
