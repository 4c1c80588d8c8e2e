//! Numbers that stand for the answers of a scale in another way than 1 for the first.

/// Numbers in a row, the first of which stands for a scale's first answer: `0..4`, or `5..1` where the
/// scale is keyed the other way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeRange {
    /// What stands for the first answer.
    pub first: i16,
    /// What stands for the last.
    pub last: i16,
}

impl CodeRange {
    /// Reads `0..4`.
    ///
    /// # Errors
    /// What may be written.
    pub fn parse(text: &str) -> Result<Self, String> {
        let ends = text.split_once("..");
        let number = |part: &str| part.trim().parse::<i16>().ok();
        let found = ends.and_then(|(a, b)| Some((number(a)?, number(b)?)));
        match found {
            Some((first, last)) if (1..9).contains(&first.abs_diff(last)) => {
                Ok(Self { first, last })
            }
            _ => Err(
                "write the first and the last code, 2 to 9 in all, as in 0..4 or 5..1".to_owned(),
            ),
        }
    }

    /// As it is written.
    #[must_use]
    pub fn text(self) -> String {
        format!("{}..{}", self.first, self.last)
    }

    /// How many numbers there are, 2 to 9.
    #[must_use]
    pub const fn size(self) -> u16 {
        self.first.abs_diff(self.last) + 1
    }

    /// The answer that a number stands for, from 1.
    #[must_use]
    pub fn answer(self, number: f64) -> Option<u8> {
        let (first, last) = (f64::from(self.first), f64::from(self.last));
        let place = if last > first {
            number - first
        } else {
            first - number
        };
        (1..=self.size())
            .find(|&code| equals(place, code - 1))
            .and_then(|code| u8::try_from(code).ok())
    }
}

/// The number that a text is, if it is one: `4`, `4.0`, `4,0`, `-9`, `4e0`.
#[must_use]
pub fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let plain = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'e' | b'E' | b'+' | b'-');
    if !digits.starts_with(|c: char| c.is_ascii_digit()) || !digits.bytes().all(plain) {
        return None;
    }
    // a comma divides the fraction in many countries
    let value: f64 = text.replacen(',', ".", 1).parse().ok()?;
    value.is_finite().then_some(value)
}

/// Whether a number is this whole number and no other: `4.0` is 4, `4.001` is not. A cell near a code is
/// not an answer, so there is no margin.
#[expect(
    clippy::float_cmp,
    reason = "whole numbers of this size are exact, and only the number itself is the code"
)]
pub(crate) fn equals(value: f64, whole: impl Into<f64>) -> bool {
    value == whole.into()
}

#[cfg(test)]
mod tests {
    use super::{CodeRange, number};

    #[test]
    fn codes_stand_for_answers_in_their_order() {
        let codes = |text| CodeRange::parse(text).expect("codes");
        let all = |text| {
            (-1..7)
                .map(|n| codes(text).answer(f64::from(n)))
                .collect::<Vec<_>>()
        };
        let up = [
            None,
            Some(1),
            Some(2),
            Some(3),
            Some(4),
            Some(5),
            None,
            None,
        ];
        assert_eq!(all("0..4"), up);
        let down = [
            None,
            None,
            Some(5),
            Some(4),
            Some(3),
            Some(2),
            Some(1),
            None,
        ];
        assert_eq!(all("5..1"), down);
        assert_eq!(codes("-2..2").answer(-2.0), Some(1));
        assert_eq!(codes("0..4").answer(1.5), None);
        for wrong in ["", "0", "0-4", "1..1", "0..9", "a..b", "0..", "1...5"] {
            assert!(CodeRange::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn numbers_are_known_however_they_are_written() {
        for (text, value) in [
            ("4", 4.0),
            ("4.0", 4.0),
            ("4,00", 4.0),
            ("-9", -9.0),
            ("4.0e+00", 4.0),
            ("04", 4.0),
        ] {
            assert_eq!(number(text), Some(value), "{text}");
        }
        for text in [
            "",
            "-",
            "4a",
            ".5",
            "1,000,000",
            "nan",
            "inf",
            "4 5",
            "1e999",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
