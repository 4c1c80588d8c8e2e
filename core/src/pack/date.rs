//! A day of the calendar, as packs state when a fact was last read.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Names of the months, January first.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day of the Gregorian calendar; earlier days come first.
///
/// ```
/// use rolescope_core::Date;
///
/// let day = Date::parse("2026-11-27").expect("a day");
/// assert!(day < Date::start_of(2027));
/// assert_eq!(day.month_of_year(), "November 2026");
/// assert_eq!(day.in_words(), "27 November 2026");
/// assert_eq!(Date::parse("2026-02-29"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day with this year, month (1..=12) and day of the month; none where the calendar has none.
    #[must_use]
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        if day == 0 || day > days {
            return None;
        }
        Some(Self { year, month, day })
    }

    /// The first day of a year: whoever knows the year only takes nothing to be overdue that falls
    /// due within it.
    #[must_use]
    pub const fn start_of(year: u16) -> Self {
        Self {
            year,
            month: 1,
            day: 1,
        }
    }

    /// The day that a text `2026-11-27` states.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let plain =
            |part: &str, length| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        if !(plain(year, 4) && plain(month, 2) && plain(day, 2)) {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// Its year.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// Its month, from 1.
    pub(crate) fn month(self) -> usize {
        usize::from(self.month)
    }

    /// Its month and year, as people say it: `November 2026`.
    #[must_use]
    pub fn month_of_year(self) -> String {
        format!("{} {}", MONTHS[usize::from(self.month) - 1], self.year)
    }

    /// The day in words: `27 November 2026`.
    #[must_use]
    pub fn in_words(self) -> String {
        format!("{} {}", self.day, self.month_of_year())
    }

    /// The day of a date and time, as TOML writes one, in words; `an earlier day` where it states none.
    #[must_use]
    pub fn words_of(moment: &str) -> String {
        let day = moment.get(..10).and_then(Self::parse);
        day.map_or_else(|| "an earlier day".to_owned(), Self::in_words)
    }

    /// The same day a year later; the last of February where that year has no 29th.
    #[must_use]
    pub fn a_year_later(self) -> Self {
        Self::new(self.year + 1, self.month, self.day).unwrap_or(Self {
            year: self.year + 1,
            month: 2,
            day: 28,
        })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::Date;

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        assert!(Date::new(2024, 2, 29).is_some());
        for (year, month, day) in [(2023, 2, 29), (1900, 2, 29), (2026, 4, 31), (2026, 13, 1)] {
            assert_eq!(Date::new(year, month, day), None);
        }
        for text in ["2026-11-27", "2000-02-29"] {
            assert_eq!(Date::parse(text).unwrap().to_string(), text);
        }
        for text in [
            "",
            "2026",
            "2026-1-2",
            "27-11-2026",
            "2026-11-27T10:00",
            "+026-11-27",
        ] {
            assert_eq!(Date::parse(text), None, "{text}");
        }
    }

    #[test]
    fn earlier_days_come_first() {
        let day = |text| Date::parse(text).unwrap();
        assert!(day("2025-12-31") < day("2026-01-01"));
        assert_eq!(day("2024-02-29").a_year_later(), day("2025-02-28"));
        assert_eq!(day("2026-11-27").month_of_year(), "November 2026");
    }
}
