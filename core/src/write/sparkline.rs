//! Pictures drawn with characters.

use crate::write::document::Sparkline;
use crate::write::terminal_text::TextStyle;

/// Standard deviations that a picture shows on either side of the middle.
pub(crate) const WIDEST: f64 = 2.5;

/// A picture in exactly `cells` columns.
pub(crate) fn picture(picture: &Sparkline, cells: usize, look: TextStyle) -> String {
    match picture {
        Sparkline::Reach(low, high) => look.bar(*low, *high, cells),
        Sparkline::Dots { you, error, role } => {
            let place = |z: f64| (z / WIDEST).clamp(-1.0, 1.0) * 50.0 + 50.0;
            let [point, other, line, middle] = if look.ascii {
                ['o', 'x', '-', '|']
            } else {
                ['●', '◇', '─', '│']
            };
            let mut row = CharacterRow::new(cells);
            row.put(50.0, middle);
            row.line(place(you - error), place(you + error), line);
            row.put(place(*role), other);
            row.put(place(*you), point);
            row.finish()
        }
        Sparkline::Shift(from, to) => {
            let [then, now, line] = if look.ascii {
                ['o', '*', '-']
            } else {
                ['○', '●', '─']
            };
            let mut row = CharacterRow::new(cells);
            row.line(*from, *to, line);
            row.put(*from, then);
            row.put(*to, now);
            row.finish()
        }
        Sparkline::Columns(heights) => {
            let most = heights.iter().flatten().fold(0.0_f64, |a, b| a.max(*b));
            let share = |height: &f64| if most > 0.0 { height / most } else { 0.0 };
            heights
                .iter()
                .map(|h| column(h.as_ref().map(share), look.ascii))
                .collect()
        }
        Sparkline::Blank => String::new(),
    }
}

/// A column of a height from 0 to 1; `?` where it is withheld.
fn column(height: Option<f64>, ascii: bool) -> char {
    let marks = if ascii {
        ['_', '.', ':', '|', '#']
    } else {
        ['▁', '▂', '▄', '▆', '█']
    };
    height.map_or('?', |height| {
        let full = [0.125, 0.375, 0.625, 0.875]
            .iter()
            .filter(|&&step| height >= step)
            .count();
        marks[full]
    })
}

/// A row of characters on a scale from 0 to 100.
struct CharacterRow(Vec<char>);

impl CharacterRow {
    fn new(cells: usize) -> Self {
        Self(vec!['·'; cells])
    }

    /// The cell in which a place lies.
    fn cell(&self, place: f64) -> usize {
        let last = self.0.len().saturating_sub(1);
        #[expect(
            clippy::cast_precision_loss,
            reason = "a picture has a few dozen cells"
        )]
        (1..=last)
            .rev()
            .find(|&cell| place >= 100.0 * cell as f64 / self.0.len() as f64)
            .unwrap_or(0)
    }

    fn put(&mut self, place: f64, mark: char) {
        let cell = self.cell(place);
        self.0[cell] = mark;
    }

    fn line(&mut self, from: f64, to: f64, mark: char) {
        let (from, to) = (self.cell(from.min(to)), self.cell(from.max(to)));
        self.0[from..=to].fill(mark);
    }

    fn finish(self) -> String {
        self.0.into_iter().collect()
    }
}
