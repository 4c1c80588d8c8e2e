//! How text is laid out on a terminal: width, colour, letters, all of them arguments.

use crate::text::ascii;
pub(crate) use crate::text::inert;
pub(crate) use crate::write::columns::cell;
use crate::write::columns::width;
use textwrap::{Options, WordSplitter};

/// Widest text, in columns: longer lines are hard to read.
const WIDEST: usize = 100;
/// Narrowest width that anything is laid out for, in columns.
const NARROWEST: usize = 30;

/// Heavier text.
const BOLD: &str = "\x1b[1m";
/// Lighter text.
const DIM: &str = "\x1b[2m";
/// Cyan and heavier.
const ACCENT: &str = "\x1b[36m\x1b[1m";

/// What a terminal can show.
///
/// ```
/// use rolescope_core::write::TextStyle;
///
/// let style = TextStyle::new(72).with_ascii(true);
/// assert_eq!(style.bold("a"), "a"); // no colour, no escape sequences
/// assert_eq!(style.bar(50.0, 80.0, 10), "#####===..");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextStyle {
    /// Whether to use colour and weight.
    pub(crate) colour: bool,
    /// Width of the terminal, in columns.
    pub(crate) width: usize,
    /// Whether to draw with ASCII only.
    pub(crate) ascii: bool,
}

impl TextStyle {
    /// Whether to use colour and weight.
    #[must_use]
    pub const fn colour(&self) -> bool {
        self.colour
    }

    /// Width of the terminal, in columns.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Whether to draw with ASCII only.
    #[must_use]
    pub const fn ascii(&self) -> bool {
        self.ascii
    }
}

impl TextStyle {
    /// Text without colour for a width in columns.
    #[must_use]
    pub const fn new(width: usize) -> Self {
        Self {
            colour: false,
            width,
            ascii: false,
        }
    }

    /// The same with colour and weight, or without.
    #[must_use]
    pub const fn with_colour(self, colour: bool) -> Self {
        Self { colour, ..self }
    }

    /// The same for another width, in columns.
    #[must_use]
    pub const fn with_width(self, width: usize) -> Self {
        Self { width, ..self }
    }

    /// The same drawn with ASCII only, or with all characters.
    #[must_use]
    pub const fn with_ascii(self, ascii: bool) -> Self {
        Self { ascii, ..self }
    }

    /// Width that text is laid out in, in columns.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.width.clamp(NARROWEST, WIDEST)
    }

    /// A text between an escape sequence and the one that ends all styles (ECMA-48, SGR).
    fn styled(self, text: &str, style: &str) -> String {
        if self.colour {
            format!("{style}{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }

    /// Heavier text.
    #[must_use]
    pub fn bold(self, text: &str) -> String {
        self.styled(text, BOLD)
    }

    /// Lighter text, for what matters less.
    #[must_use]
    pub fn dim(self, text: &str) -> String {
        self.styled(text, DIM)
    }

    /// Text that stands out. Cyan reads on light and dark backgrounds.
    #[must_use]
    pub fn accent(self, text: &str) -> String {
        self.styled(text, ACCENT)
    }

    /// A text in exactly `columns` columns, cut with an ellipsis or filled with spaces.
    #[must_use]
    pub fn cell(self, text: &str, columns: usize) -> String {
        cell(text, columns, self.ascii)
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
///
/// ```
/// use rolescope_core::write::{TextPage, TextStyle};
///
/// let mut page = TextPage::new(TextStyle::new(40).with_ascii(true));
/// page.heading("Notes");
/// page.item(0, "Bring a pen.");
/// assert_eq!(page.finish(), "Notes\n-----\n* Bring a pen.\n");
/// ```
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
            widest = widest.max(width(&line));
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
        if self.look.ascii {
            ascii(&self.text).into_owned()
        } else {
            self.text
        }
    }
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
    use super::{TextStyle, fixed, inert};

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
    fn styles_are_escape_sequences_only_where_there_is_colour() {
        let look = TextStyle::new(80);
        assert_eq!(look.accent("a"), "a");
        let look = look.with_colour(true);
        assert_eq!(look.bold("a"), "\x1b[1ma\x1b[0m");
        assert_eq!(look.dim("a"), "\x1b[2ma\x1b[0m");
        assert_eq!(look.accent("a"), "\x1b[36m\x1b[1ma\x1b[0m");
    }

    #[test]
    fn escape_sequences_and_turned_text_are_inert() {
        assert_eq!(inert("a\x1b[31mb\u{202E}c"), "a\u{FFFD}[31mb\u{FFFD}c");
        assert_eq!(inert("Ngā"), "Ngā");
    }
}
