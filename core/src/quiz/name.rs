//! What a page calls a person: a label, or the day of a quiz that has none.

use crate::pack::date::Date;
use std::borrow::Cow;

/// What a page calls the answers of a file: its label, or the day of a quiz that was saved under the time at
/// which it began.
///
/// ```
/// use rolescope_core::quiz::name_on_page;
///
/// let started = Some("2026-11-27T06:43:03+13:00");
/// assert_eq!(name_on_page("anna", started), "anna");
/// assert_eq!(name_on_page("quiz-2026-11-27-064303", started), "quiz of 27 November 2026");
/// ```
#[must_use]
pub fn name_on_page<'i>(id: &'i str, started: Option<&str>) -> Cow<'i, str> {
    let stamp = id.strip_prefix("quiz-");
    let by_time = stamp.is_some_and(|stamp| stamp.starts_with(|c: char| c.is_ascii_digit()));
    match started.filter(|_| by_time) {
        Some(started) => format!("quiz of {}", Date::words_of(started)).into(),
        None => id.into(),
    }
}
