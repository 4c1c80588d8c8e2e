//! Ratings of roles: a table with the columns `id`, `role` and `rating`; others are left alone.

use crate::error::{Error, Result};
use crate::input::open::unpacked;
use crate::input::opened::cannot_read;
use crate::input::quoting::{Extent, Shape, extent, line_end, refusal};
use crate::input::row_cells::{RowCells, delimiter};
use memchr::memchr_iter;
use rolescope_core::text::nearest;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// A file of ratings may be this large, in bytes.
const LARGEST: u64 = 64 << 20;
/// Columns of a table that are looked at.
const COLUMNS: usize = 100;
/// Mistakes shown; the rest are counted.
const SHOWN: usize = 20;

/// What people rated, by label.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RatingsReader {
    /// Of each person, the roles by their number in the list given, and whether the thumb was up.
    pub people: BTreeMap<String, BTreeMap<usize, bool>>,
    /// Rows without a rating.
    pub blank: u64,
}

/// Reads a file of ratings of these roles.
///
/// # Errors
/// When it cannot be read, is no such table, or has a mistake: all are shown, with their lines.
pub fn read(path: &Path, roles: &[&str]) -> Result<RatingsReader> {
    let name = path.display().to_string();
    let reading = |source| Error::io(format!("cannot read {name}"), source);
    let file = File::open(path).map_err(reading)?;
    let give = "give the table that `rolescope roles --rating-sheet` writes, filled in";
    let (rest, mut bytes) = unpacked(&name, file, "CSV UTF-8", give, None)?;
    rest.take((LARGEST + 1).saturating_sub(bytes.len() as u64))
        .read_to_end(&mut bytes)
        .map_err(|source| cannot_read(&name, source))?;
    if bytes.len() as u64 > LARGEST {
        return Err(Error::failed(format!(
            "{name} has over {LARGEST} bytes; a file of ratings is smaller"
        )));
    }
    parse(&name, &bytes, roles)
}

/// Reads ratings from their text.
///
/// # Errors
/// As [`read`].
pub fn parse(name: &str, bytes: &[u8], roles: &[&str]) -> Result<RatingsReader> {
    let text = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    if let Err(wrong) = std::str::from_utf8(text) {
        let line = 1 + memchr_iter(b'\n', &text[..wrong.valid_up_to()]).count();
        return Err(Error::failed(format!(
            "{name}:{line}: this is not UTF-8 text; save it as \"CSV UTF-8\""
        )));
    }
    // the last row may lack its line end, which is what ends a record
    let text = [text, b"\n"].concat();
    let mut shape = Shape {
        delimiter: delimiter(&text),
        separators: 0,
    };
    let mut cells = RowCells::default();
    let breaks = text.iter().take_while(|b| b"\r\n".contains(b)).count();
    // the line end that was added is left to an empty file
    let begin = breaks.min(text.len() - 1);
    let (length, refused) = record(name, 1, &text[begin..], shape, &mut cells)?;
    if let Some(reason) = refused {
        return Err(Error::failed(format!("{name}:1: the header: {reason}")));
    }
    let mut at = begin + length;
    let header = cells.names();
    shape.separators = header.len() - 1;
    let column =
        |wanted: &str| {
            header.iter().position(|name| name == wanted).ok_or_else(|| {
            Error::failed(format!(
                "{name}:1: no column {wanted}; a header looks like this: id,shown,role,rating\n\
                 `rolescope roles --rating-sheet` writes such a table"
            ))
        })
        };
    let columns = [column("id")?, column("role")?, column("rating")?];
    let mut ratings = RatingsReader::default();
    let (mut mistakes, mut more): (Vec<String>, usize) = (Vec::new(), 0);
    let (mut line, mut counted) = (1, 0);
    while at < text.len() {
        let blank = |b: &&u8| b"\r\n".contains(*b);
        let start = at + text[at..].iter().take_while(blank).count();
        line += memchr_iter(b'\n', &text[counted..start]).count();
        counted = start;
        if start == text.len() {
            break;
        }
        let (taken, refused) = record(name, line, &text[start..], shape, &mut cells)?;
        at = start + taken;
        let row = cells.names();
        let found = columns.map(|c| row.get(c).map_or("", String::as_str));
        let added = refused.map_or_else(
            || ratings.add(found, roles),
            |reason| Err(reason.to_owned()),
        );
        if let Err(mistake) = added {
            if mistakes.len() < SHOWN {
                mistakes.push(format!("{name}:{line}: {mistake}"));
            } else {
                more += 1;
            }
        }
    }
    if more > 0 {
        mistakes.push(format!("and {more} rows more"));
    }
    if mistakes.is_empty() {
        return Ok(ratings);
    }
    Err(Error::Mistakes(mistakes.join("\n")))
}

/// Takes the cells of the record at the start of a text; gives its length, and why it is refused, if so.
///
/// # Errors
/// When a quotation mark is open at the end: it would take the rest of the file into one cell.
fn record(
    name: &str,
    line: usize,
    text: &[u8],
    shape: Shape,
    cells: &mut RowCells,
) -> Result<(usize, Option<&'static str>)> {
    match extent(text, shape, true) {
        Extent::Whole(length) => {
            cells.split(shape, &text[..length], COLUMNS);
            Ok((length, None))
        }
        Extent::Refused(quote, behind) => Ok((line_end(text, quote.at), Some(refusal(behind)))),
        Extent::Cut(_) => Err(Error::failed(format!(
            "{name}:{line}: a quotation mark (\") is opened in this row and never closed"
        ))),
    }
}

impl RatingsReader {
    fn add(
        &mut self,
        [id, role, rating]: [&str; 3],
        roles: &[&str],
    ) -> std::result::Result<(), String> {
        if id.is_empty() {
            return Err("id: blank: write whose rating this is".to_owned());
        }
        let Some(at) = roles.iter().position(|known| *known == role) else {
            let near = nearest(role, roles.iter().copied()).map_or_else(
                || "`rolescope roles` lists them".to_owned(),
                |near| format!("did you mean {near}?"),
            );
            return Err(format!("role: {:?}: no such role; {near}", short(role)));
        };
        let up = match rating.to_lowercase().as_str() {
            "" => {
                self.blank += 1;
                return Ok(());
            }
            "1" | "up" => true,
            "0" | "down" => false,
            _ => {
                return Err(format!(
                    "rating: {:?}: write 1 (thumb up), 0 (thumb down) or nothing",
                    short(rating)
                ));
            }
        };
        let mine = self.people.entry(id.to_owned()).or_default();
        if mine.insert(at, up).is_some() {
            return Err(format!("{:?} rates {role} a second time", short(id)));
        }
        Ok(())
    }
}

/// The start of a text that strangers chose.
fn short(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::parse;

    const ROLES: [&str; 2] = ["baker", "florist"];

    #[test]
    fn columns_stand_in_any_order_and_others_are_left_alone() {
        for text in [
            "id,shown,role,rating,name\na,1,florist,1,\"x,\ny\"\na,2,baker,0,\nb,1,baker,,\n",
            "\u{FEFF}rating;role;id\r\nUP;florist;a\r\n\r\n down ; baker ;a\r\n;baker;b\r\n",
            "role\tid\trating\nflorist\ta\t1\nbaker\ta\tDown\nbaker\tb\t",
        ] {
            let ratings = parse("r.csv", text.as_bytes(), &ROLES).expect("it is read");
            assert_eq!(ratings.blank, 1, "{text}");
            assert_eq!(ratings.people.len(), 1);
            let mine: Vec<(usize, bool)> =
                ratings.people["a"].iter().map(|(a, b)| (*a, *b)).collect();
            assert_eq!(mine, [(0, false), (1, true)], "{text}");
        }
    }

    #[test]
    fn a_header_that_is_refused_for_a_quote_is_told() {
        for text in ["id,\"role\" x,rating\na,baker,1\n", "\"id\" x\n"] {
            let error = parse("r.csv", text.as_bytes(), &ROLES).expect_err("a mistake");
            let said = error.to_string();
            assert!(
                said.starts_with("r.csv:1: the header: text stands behind"),
                "{said}"
            );
        }
    }

    #[test]
    fn every_mistake_is_told_with_its_line() {
        let text =
            "id,role,rating\na,\"florist\",1\n,baker,1\na,bakr,1\na,baker,2\n\na,florist,0\nb\n";
        let error = parse("r.csv", text.as_bytes(), &ROLES).expect_err("mistakes");
        let said = error.to_string();
        let lines: Vec<&str> = said.lines().collect();
        assert_eq!(
            lines,
            [
                "r.csv:3: id: blank: write whose rating this is",
                "r.csv:4: role: \"bakr\": no such role; did you mean baker?",
                "r.csv:5: rating: \"2\": write 1 (thumb up), 0 (thumb down) or nothing",
                "r.csv:7: \"a\" rates florist a second time",
                "r.csv:8: role: \"\": no such role; `rolescope roles` lists them",
            ]
        );
        let many = format!("id,role,rating\n{}", "a,baker,9\n".repeat(30));
        let said = parse("r.csv", many.as_bytes(), &ROLES)
            .expect_err("mistakes")
            .to_string();
        assert!(
            said.ends_with("and 10 rows more") && said.lines().count() == 21,
            "{said}"
        );
    }

    #[test]
    fn what_would_lose_rows_is_refused() {
        for (text, line) in [
            (
                &b"id,role,rating,name\na,baker,1,x\nb,baker,1,\"x\nc,baker,1,x\n"[..],
                3,
            ),
            (b"id,role,rating\na,baker,\"1", 2),
            (b"id,role,\"rating\na,baker,1\n", 1),
            (b"id,role,rating\na,baker,1\nJos\xe9,baker,1\n", 3),
        ] {
            let said = parse("r.csv", text, &ROLES)
                .expect_err("refused")
                .to_string();
            assert!(said.starts_with(&format!("r.csv:{line}: ")), "{said}");
        }
        for row in ["a,baker,\"1\"", "\"a\n\",baker,\"1\"\n\n"] {
            let ratings = parse("r.csv", format!("id,role,rating\n{row}").as_bytes(), &ROLES);
            assert_eq!(ratings.expect("closed").people.len(), 1);
        }
    }

    #[test]
    fn a_table_of_something_else_is_refused() {
        for text in ["", "id,role\na,baker\n", "{\"id\": 1}", "\0\0\0"] {
            let said = parse("r.csv", text.as_bytes(), &ROLES)
                .expect_err("no ratings")
                .to_string();
            assert!(said.starts_with("r.csv:1: no column "), "{said}");
        }
    }
}
