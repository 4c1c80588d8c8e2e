//! Part of a text that fits a window: its head and foot always stand, and what is between them scrolls.

use std::ops::Range;

/// Fewest lines between head and foot that are worth scrolling through.
const LEAST_ROOM: usize = 3;
/// Narrowest window that text is laid out for, in columns.
const NARROWEST: usize = 30;

/// Which keys scroll a view, before anything else reads them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScrollKeys {
    /// None: a mark is moved, and the view follows it.
    None,
    /// Page up and page down.
    Pages,
    /// These and the arrows.
    All,
}

/// A text in three parts, each a list of lines.
#[derive(Clone, Debug)]
pub struct Viewport {
    /// Lines at the top, which always stand.
    pub head: Vec<String>,
    /// Lines between, which scroll where they do not fit.
    pub body: Vec<String>,
    /// Lines at the bottom, which always stand.
    pub foot: Vec<String>,
    /// Lines of the body that are to be in sight, such as those of a mark.
    pub focus: Option<Range<usize>>,
    /// Which keys scroll it.
    pub keys: ScrollKeys,
}

/// What a window shows of a view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visible {
    /// The lines, no more than there are rows.
    pub lines: Vec<String>,
    /// The first line of the body that is shown.
    pub top: usize,
    /// Whether anything is out of sight.
    pub scrolls: bool,
    /// How many lines a page up or down moves it, so that one line of the last page stays.
    pub page: usize,
}

impl Viewport {
    /// How many lines it has.
    pub const fn lines(&self) -> usize {
        self.head.len() + self.body.len() + self.foot.len()
    }

    /// The lines for so many rows, the body from about `top` on and with the focus in sight if `follow`;
    /// none where the window is too small for anything.
    pub fn fit(
        &self,
        (rows, columns): (usize, usize),
        top: usize,
        follow: bool,
    ) -> Option<Visible> {
        if columns < NARROWEST {
            return None;
        }
        if self.lines() <= rows {
            let lines = [&self.head[..], &self.body, &self.foot].concat();
            return Some(Visible {
                lines,
                top: 0,
                scrolls: false,
                page: 0,
            });
        }
        let room = rows.checked_sub(self.head.len() + self.foot.len())?;
        if room < LEAST_ROOM {
            return None;
        }
        let top = self.top(room, top, follow);
        let end = end(self.body.len(), room, top);
        let mut lines = self.head.clone();
        if top > 0 {
            lines.push(format!("  ^ more above ({top} lines)"));
        }
        lines.extend_from_slice(&self.body[top..end]);
        if end < self.body.len() {
            let below = self.body.len() - end;
            lines.push(format!("  v more below ({below} lines)"));
        }
        lines.extend_from_slice(&self.foot);
        Some(Visible {
            lines,
            top,
            scrolls: true,
            page: (end - top).saturating_sub(1).max(1),
        })
    }

    /// The first line of the body to show: the nearest to `top` from which the focus is in sight.
    fn top(&self, room: usize, top: usize, follow: bool) -> usize {
        let length = self.body.len();
        // from here on the end of the body is in sight, under one line that says what is above
        let last = (length + 1).saturating_sub(room);
        let mut top = top.min(last);
        if let Some(focus) = self.focus.as_ref().filter(|_| follow) {
            top = top.min(focus.start);
            while top < focus.start && end(length, room, top) < focus.end {
                top += 1;
            }
        }
        top
    }
}

/// The line of a body of `length` after the last that `room` lines show from `top` on, where a line says
/// that there is more above and one that there is more below.
fn end(length: usize, room: usize, top: usize) -> usize {
    let end = top + room - usize::from(top > 0);
    if end < length { end - 1 } else { length }
}

#[cfg(test)]
mod tests {
    use super::{ScrollKeys, Viewport};

    fn view(lines: usize, focus: Option<usize>) -> Viewport {
        Viewport {
            head: vec!["head".to_owned()],
            body: (0..lines).map(|n| format!("line {n}")).collect(),
            foot: vec!["foot".to_owned()],
            focus: focus.map(|at| at..at + 1),
            keys: ScrollKeys::Pages,
        }
    }

    #[test]
    fn every_line_is_reached_and_what_is_hidden_is_told() {
        for lines in 0..20 {
            for rows in 5..24 {
                for at in 0..lines {
                    for top in 0..lines + 2 {
                        let shown = view(lines, Some(at)).fit((rows, 80), top, true);
                        let shown = shown.expect("it is large enough");
                        let text = shown.lines.join("\n") + "\n";
                        assert!(shown.lines.len() <= rows, "{lines} in {rows}");
                        assert!(text.contains(&format!("line {at}\n")), "{text}");
                        let first = text.contains("line 0\n");
                        assert_eq!(text.contains("more above"), !first, "{text}");
                        let last = text.contains(&format!("line {}\n", lines - 1));
                        assert_eq!(text.contains("more below"), !last, "{text}");
                        assert!(text.starts_with("head\n") && text.ends_with("foot\n"));
                    }
                }
            }
        }
    }

    #[test]
    fn a_window_that_is_too_small_shows_nothing_rather_than_a_part() {
        assert_eq!(view(9, None).fit((4, 80), 0, true), None);
        assert_eq!(view(9, None).fit((40, 20), 0, true), None);
        assert!(view(9, None).fit((5, 80), 0, true).is_some());
    }
}
