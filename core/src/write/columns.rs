//! Columns that text takes where every character has the same width, or two of them (Unicode Standard
//! Annex 11).

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// The columns that a text without escape sequences takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// `text` in exactly `columns` columns, cut with an ellipsis or filled with spaces.
pub(crate) fn cell(text: &str, columns: usize, ascii: bool) -> String {
    let taken = width(text);
    if taken <= columns {
        return format!("{text}{}", " ".repeat(columns - taken));
    }
    let tail = if ascii { "~" } else { "…" };
    let room = columns.saturating_sub(width(tail));
    let (mut end, mut used) = (0, 0);
    for (at, c) in text.char_indices() {
        if used == room && room > 0 {
            break;
        }
        used += c.width().unwrap_or(0);
        if used > room {
            break;
        }
        end = at + c.len_utf8();
    }
    let cut = format!("{}{tail}", &text[..end]);
    let left = columns.saturating_sub(width(&cut));
    cut + &" ".repeat(left)
}

#[cfg(test)]
mod tests {
    use super::{cell, width};

    #[test]
    fn cells_have_their_width_with_macrons_too() {
        assert_eq!(width(&cell("Māori", 9, false)), 9);
        assert_eq!(width(&cell("Ma\u{304}ori", 9, false)), 9);
        assert_eq!(cell("sonographer", 6, true), "sonog~");
        assert_eq!(cell("sonographer", 6, false), "sonog…");
        assert_eq!(cell("sonographer", 11, false), "sonographer");
    }

    #[test]
    fn a_wide_character_that_does_not_fit_leaves_a_space() {
        assert_eq!(cell("日本語", 4, false), "日… ");
        assert_eq!(cell("日本語", 5, false), "日本…");
        assert_eq!(cell("日本語", 1, true), "~");
    }
}
