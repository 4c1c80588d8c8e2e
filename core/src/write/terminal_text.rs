//! How text is laid out on a terminal: width, colour, letters, all of them arguments.

pub(crate) use crate::text::inert;
use console::{Style, measure_text_width};
use textwrap::{Options, WordSplitter};

/// Widest text, in columns: longer lines are hard to read.
const WIDEST: usize = 100;
/// Narrowest width that anything is laid out for, in columns.
const NARROWEST: usize = 30;

/// What a terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextStyle {
    /// Whether to use colour and weight.
    pub colour: bool,
    /// Width of the terminal, in columns.
    pub width: usize,
    /// Whether to draw with ASCII only.
    pub ascii: bool,
}

impl TextStyle {
    /// Width that text is laid out in, in columns.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.width.clamp(NARROWEST, WIDEST)
    }

    fn styled(self, text: &str, style: &Style) -> String {
        if self.colour {
            style.clone().force_styling(true).apply_to(text).to_string()
        } else {
            text.to_owned()
        }
    }

    /// Heavier text.
    #[must_use]
    pub fn bold(self, text: &str) -> String {
        self.styled(text, &Style::new().bold())
    }

    /// Lighter text, for what matters less.
    #[must_use]
    pub fn dim(self, text: &str) -> String {
        self.styled(text, &Style::new().dim())
    }

    /// Text that stands out. Cyan reads on light and dark backgrounds.
    #[must_use]
    pub fn accent(self, text: &str) -> String {
        self.styled(text, &Style::new().cyan().bold())
    }

    /// A bar of `cells` columns for a value from 0 to 100 whose error reaches from `low` to `high`:
    /// full up to `low`, shaded up to `high`.
    #[must_use]
    pub fn bar(self, low: f64, high: f64, cells: usize) -> String {
        let (full, shaded, empty) = if self.ascii {
            ('#', '=', '.')
        } else {
            ('█', '▒', '·')
        };
        #[expect(clippy::cast_precision_loss, reason = "a bar has a few dozen cells")]
        (0..cells)
            .map(|cell| {
                let place = 100.0 * (cell as f64 + 0.5) / cells as f64;
                if place < low {
                    full
                } else if place < high {
                    shaded
                } else {
                    empty
                }
            })
            .collect()
    }

    /// A rule under a heading.
    #[must_use]
    pub const fn rule(self) -> &'static str {
        if self.ascii { "-" } else { "─" }
    }

    /// The mark of an item in a list.
    #[must_use]
    pub const fn bullet(self) -> &'static str {
        if self.ascii { "*" } else { "•" }
    }
}

/// A page of text being laid out.
#[derive(Debug)]
pub struct TextPage {
    look: TextStyle,
    text: String,
}

impl TextPage {
    /// An empty page.
    #[must_use]
    pub const fn new(look: TextStyle) -> Self {
        Self {
            look,
            text: String::new(),
        }
    }

    /// How it is laid out.
    #[must_use]
    pub const fn look(&self) -> TextStyle {
        self.look
    }

    /// How many lines there are so far.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.text.matches('\n').count()
    }

    /// A heading with a rule under it, after an empty line.
    pub fn heading(&mut self, title: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let mut widest = 0;
        for line in textwrap::wrap(title, self.words()) {
            widest = widest.max(measure_text_width(&line));
            self.line(&self.look.accent(&line));
        }
        self.line(&self.look.dim(&self.look.rule().repeat(widest)));
    }

    /// A heading without a rule.
    pub fn title(&mut self, title: &str) {
        for line in textwrap::wrap(title, self.words()) {
            self.line(&self.look.bold(&line));
        }
    }

    /// How lines are broken: between words, and within one only where it fills more than a line.
    fn words(&self) -> Options<'static> {
        // `x-ray` stays in one piece
        Options::new(self.look.columns()).word_splitter(WordSplitter::NoHyphenation)
    }

    /// An empty line.
    pub fn gap(&mut self) {
        self.text.push('\n');
    }

    /// A line as it is.
    pub fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// Running text, wrapped, each line indented by `indent` columns.
    pub fn prose(&mut self, indent: usize, text: &str) {
        let margin = " ".repeat(indent);
        self.hanging(&margin, indent, text);
    }

    /// Running text after a mark, later lines indented by `indent` columns.
    pub fn hanging(&mut self, mark: &str, indent: usize, text: &str) {
        let margin = " ".repeat(indent);
        let options = self.words().initial_indent(mark).subsequent_indent(&margin);
        for line in textwrap::wrap(text, options) {
            // a space that must not break has done its work
            self.line(&line.replace('\u{a0}', " "));
        }
    }

    /// An item of a list.
    pub fn item(&mut self, indent: usize, text: &str) {
        let mark = format!("{}{} ", " ".repeat(indent), self.look.bullet());
        self.hanging(&mark, indent + 2, text);
    }

    /// The text laid out.
    #[must_use]
    pub fn finish(self) -> String {
        self.text
    }
}

/// `text` in exactly `columns` columns, cut with an ellipsis or filled with spaces.
#[must_use]
pub fn cell(text: &str, columns: usize, ascii: bool) -> String {
    let tail = if ascii { "~" } else { "…" };
    let cut = console::truncate_str(text, columns, tail);
    console::pad_str(&cut, columns, console::Alignment::Left, None).into_owned()
}

/// A number with fixed decimals, never -0.00.
#[must_use]
pub(crate) fn fixed(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    if text.bytes().all(|b| matches!(b, b'-' | b'0' | b'.')) {
        text.trim_start_matches('-').to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::{TextStyle, cell, fixed, inert};

    #[test]
    fn fixed_never_prints_a_negative_nothing() {
        assert_eq!(fixed(-0.000_01, 4), "0.0000");
        assert_eq!(fixed(-0.000_05, 4), "-0.0001");
        assert_eq!(fixed(12.0, 2), "12.00");
    }

    #[test]
    fn a_bar_shows_its_error() {
        let look = TextStyle {
            colour: false,
            width: 80,
            ascii: true,
        };
        assert_eq!(look.bar(50.0, 80.0, 10), "#####===..");
        assert_eq!(look.bar(0.0, 0.0, 4), "....");
    }

    #[test]
    fn cells_have_their_width_with_macrons_too() {
        assert_eq!(console::measure_text_width(&cell("Māori", 9, false)), 9);
        assert_eq!(cell("sonographer", 6, true), "sonog~");
    }

    #[test]
    fn escape_sequences_and_turned_text_are_inert() {
        assert_eq!(inert("a\x1b[31mb\u{202E}c"), "a\u{FFFD}[31mb\u{FFFD}c");
        assert_eq!(inert("Ngā"), "Ngā");
    }
}
