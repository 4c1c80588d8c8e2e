//! Characters that must not reach a reader as they are.

use std::borrow::Cow;

/// Whether a character has no picture of its own, or changes how others are shown: control
/// characters, bidirectional marks, zero-width characters, line and paragraph separators.
#[must_use]
pub fn unprintable(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{061C}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Strangers' text with every character that a terminal would act on, or that hides or turns other
/// characters, shown as a replacement mark.
#[must_use]
pub fn inert(text: &str) -> Cow<'_, str> {
    if text.chars().any(unprintable) {
        text.chars()
            .map(|c| if unprintable(c) { '\u{FFFD}' } else { c })
            .collect()
    } else {
        Cow::Borrowed(text)
    }
}
