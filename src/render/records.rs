//! Results as records for programs: CSV rows and NDJSON lines, with fixed decimals.

use crate::engine::assess::Outcome;
use crate::engine::fit::{Design, Fit};
use crate::engine::report::Receipt;
use crate::render::look::{Look, cell, fixed, inert};
use crate::render::words;
use std::fmt::Write as _;

/// How many roles a record holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Top {
    /// At most this many.
    Best(usize),
    /// Every role in play.
    All,
}

impl Top {
    /// How many of `roles`.
    pub fn of(self, roles: usize) -> usize {
        match self {
            Self::Best(n) => n.min(roles),
            Self::All => roles,
        }
    }
}

impl std::str::FromStr for Top {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.parse() {
            _ if text == "all" => Ok(Self::All),
            Ok(n) if n > 0 => Ok(Self::Best(n)),
            _ => Err("a number from 1, or all".to_owned()),
        }
    }
}

/// A cell of CSV: quoted where needed, and never one that a spreadsheet runs as a formula.
fn csv_cell(text: &str) -> String {
    let runs = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let safe = if runs {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if safe.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", safe.replace('"', "\"\""))
    } else {
        safe
    }
}

fn conflict_ids<'p>(design: &Design<'p>, outcome: &Outcome, at: usize) -> Vec<&'p str> {
    let pack = design.pack;
    outcome.conflicts[at]
        .iter()
        .map(|&c| pack.questions[pack.conditions[c]].id.as_str())
        .collect()
}

fn role_id<'p>(design: &Design<'p>, at: usize) -> &'p str {
    &design.pack.roles[design.in_play[at]].id
}

/// The header of [`csv_row`].
pub fn csv_header(design: &Design<'_>, top: Top) -> String {
    let mut line = "id,state,flags,band".to_owned();
    for n in 1..=top.of(design.in_play.len()) {
        let _ = write!(line, ",role_{n},rank_{n},match_{n},conflicts_{n}");
    }
    line
}

/// One person as a row of CSV.
pub fn csv_row(design: &Design<'_>, id: &str, outcome: &Outcome, top: Top) -> String {
    let flags: Vec<&str> = outcome.flags.iter().map(|f| f.word()).collect();
    let band: Vec<&str> = outcome
        .ranking
        .band
        .iter()
        .map(|&at| role_id(design, at))
        .collect();
    let mut line = format!(
        "{},{},{},{}",
        csv_cell(id),
        outcome.state.word(),
        flags.join(";"),
        band.join(";")
    );
    for n in 0..top.of(design.in_play.len()) {
        match outcome.ranking.order.get(n) {
            Some(&at) => {
                let rank = outcome.ranking.ranks[at].map_or_else(String::new, |r| r.to_string());
                let matched = outcome.fits[at].map_or_else(String::new, |f| fixed(f.matched(), 2));
                let _ = write!(
                    line,
                    ",{},{rank},{matched},{}",
                    role_id(design, at),
                    conflict_ids(design, outcome, at).join(";")
                );
            }
            None => line.push_str(",,,,"),
        }
    }
    line
}

/// One person as a line of NDJSON.
pub fn ndjson(design: &Design<'_>, id: &str, outcome: &Outcome, top: Top) -> String {
    let list = |words: &[&str]| {
        let quoted: Vec<String> = words.iter().map(|w| json(w)).collect();
        format!("[{}]", quoted.join(","))
    };
    let flags: Vec<&str> = outcome.flags.iter().map(|f| f.word()).collect();
    let band: Vec<&str> = outcome
        .ranking
        .band
        .iter()
        .map(|&at| role_id(design, at))
        .collect();
    let roles: Vec<String> = outcome
        .ranking
        .order
        .iter()
        .take(top.of(design.in_play.len()))
        .map(|&at| {
            let number = |of: fn(&Fit) -> f64, decimals| {
                outcome.fits[at].map_or_else(|| "null".to_owned(), |fit| fixed(of(&fit), decimals))
            };
            format!(
                "{{\"role\":{},\"rank\":{},\"z\":{},\"se\":{},\"match\":{},\"conflicts\":{}}}",
                json(role_id(design, at)),
                outcome.ranking.ranks[at].map_or_else(|| "null".to_owned(), |r| r.to_string()),
                number(|f| f.z, 4),
                number(|f| f.se, 4),
                number(Fit::matched, 2),
                list(&conflict_ids(design, outcome, at)),
            )
        })
        .collect();
    let traits: Vec<String> = design
        .pack
        .traits
        .iter()
        .zip(&outcome.scores)
        .map(|(t, score)| {
            let number = |n: Option<f64>| n.map_or_else(|| "null".to_owned(), |n| fixed(n, 2));
            format!(
                "{}:{{\"raw\":{},\"sem\":{},\"z\":{},\"reliability\":{}}}",
                json(&t.id),
                number(score.raw),
                number(score.sem),
                fixed(score.estimate, 4),
                fixed(score.reliability, 4)
            )
        })
        .collect();
    format!(
        "{{\"format\":1,\"id\":{},\"state\":{},\"flags\":{},\"band\":{},\"roles\":[{}],\
         \"traits\":{{{}}},\"receipt\":{}}}",
        json(id),
        json(outcome.state.word()),
        list(&flags),
        list(&band),
        roles.join(","),
        traits.join(","),
        receipt(&Receipt::of(design))
    )
}

fn receipt(receipt: &Receipt<'_>) -> String {
    format!(
        "{{\"program\":{},\"pack\":{},\"version\":{},\"fingerprint\":{},\"norms\":null,\
         \"family\":{},\"aptitude_weight\":{:?}}}",
        json(receipt.program),
        json(receipt.pack),
        json(receipt.version),
        json(receipt.fingerprint),
        receipt.family.map_or_else(|| "null".to_owned(), json),
        receipt.aptitude_weight
    )
}

/// A text as JSON writes it.
fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The header of [`table_row`].
pub fn table_header(look: Look) -> String {
    look.bold(&format!(
        "{}  {}  {}  {}",
        cell("who", 16, look.ascii),
        cell("state", 12, look.ascii),
        cell("first role", 30, look.ascii),
        "match  also in the band"
    ))
}

/// One person as a line for people.
pub fn table_row(design: &Design<'_>, id: &str, outcome: &Outcome, look: Look) -> String {
    let first = outcome.ranking.order.first();
    let name = first.map_or("", |&at| {
        design.pack.roles[design.in_play[at]].name.as_str()
    });
    let matched = first
        .and_then(|&at| outcome.fits[at])
        .map_or_else(String::new, |fit| words::matched(&fit));
    let others = match outcome.ranking.band.len() {
        0 | 1 => String::new(),
        n => words::count(n - 1, "role", "roles"),
    };
    format!(
        "{}  {}  {}  {matched:>7}  {others}",
        cell(&inert(id), 16, look.ascii),
        cell(outcome.state.word(), 12, look.ascii),
        cell(name, 30, look.ascii),
    )
    .trim_end()
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::csv_cell;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(csv_cell("=1+1"), "'=1+1");
        assert_eq!(csv_cell("@x,y"), "\"'@x,y\"");
        assert_eq!(csv_cell("say \"hi\""), "\"say \"\"hi\"\"\"");
        assert_eq!(csv_cell("s-0412"), "s-0412");
    }
}
