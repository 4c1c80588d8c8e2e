//! Ratings of roles: a table with the columns `id`, `role` and `rating`; others are left alone.

use crate::error::Result;
use crate::input::fold::short;
use crate::input::small_table::TableKind;
use rolescope_core::text::nearest;
use std::collections::BTreeMap;
use std::path::Path;

/// The table.
const RATINGS: TableKind<3> = TableKind {
    holds: "ratings",
    header: "id,shown,role,rating",
    command: "rolescope roles --rating-sheet",
    columns: ["id", "role", "rating"],
};

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
    let mut ratings = RatingsReader::default();
    RATINGS.read(path, &mut |row| ratings.add(row, roles))?;
    Ok(ratings)
}

/// Reads ratings from their text.
///
/// # Errors
/// As [`read`].
pub fn parse(name: &str, bytes: &[u8], roles: &[&str]) -> Result<RatingsReader> {
    let mut ratings = RatingsReader::default();
    RATINGS.parse(name, bytes, &mut |row| ratings.add(row, roles))?;
    Ok(ratings)
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
