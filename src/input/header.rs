//! The header of a table: question ids in any order, `id`, and columns that are carried along.

use crate::error::{Error, Result};
use rolescope_core::{Pack, QuestionIx, nearest};
use std::collections::HashMap;

/// Unknown columns and missing questions named one by one; the rest are counted.
const NAMED: usize = 20;

/// What the columns of a table are.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    /// Their names.
    pub names: Vec<String>,
    /// The question of each, if it is one.
    pub questions: Vec<Option<QuestionIx>>,
    /// The column of ids.
    pub id: Option<usize>,
    /// The columns that are kept, in the order asked for.
    pub keep: Vec<usize>,
    /// What is worth saying about them once.
    pub remarks: Vec<String>,
}

/// Resolves the cells of a header.
///
/// # Errors
/// When it names no question, one thing twice, or not a column that is to be kept.
pub(crate) fn resolve(
    input: &str,
    names: Vec<String>,
    pack: &Pack,
    keep: &[String],
) -> Result<Header> {
    let ids: HashMap<&str, QuestionIx> = pack
        .questions
        .iter()
        .enumerate()
        .map(|(q, question)| (question.id.as_str(), q))
        .collect();
    let questions: Vec<Option<QuestionIx>> = names
        .iter()
        .map(|name| ids.get(name.as_str()).copied())
        .collect();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (at, name) in names.iter().enumerate() {
        if questions[at].is_none() && name != "id" && !keep.contains(name) {
            continue;
        }
        if let Some(first) = seen.insert(name, at) {
            return Err(Error::failed(format!(
                "{input}:1: columns {} and {} are both called {name}; take one out",
                first + 1,
                at + 1
            )));
        }
    }
    if seen.keys().all(|name| !ids.contains_key(name)) {
        let example: Vec<&str> = ids_of(pack).take(3).collect();
        return Err(Error::failed(format!(
            "{input}:1: no column is a question's id; a header looks like this: id,{},...\n\
             `rolescope questions -f csv` writes a sheet with the whole header",
            example.join(",")
        )));
    }
    let keep = keep
        .iter()
        .map(|wanted| {
            seen.get(wanted.as_str()).copied().ok_or_else(|| {
                let near = nearest(wanted, names.iter().map(String::as_str))
                    .map_or_else(String::new, |n| format!("; did you mean {n}?"));
                Error::failed(format!("{input}:1: no column {wanted} to keep{near}"))
            })
        })
        .collect::<Result<Vec<usize>>>()?;
    let id = match seen.get("id") {
        Some(&at) => Some(at),
        None => folded_id(input, &names)?,
    };
    let mut header = Header {
        remarks: Vec::new(),
        questions,
        id,
        keep,
        names,
    };
    header.remarks = remarks(&header, pack);
    Ok(header)
}

/// The column that is called `id` but for small and large letters.
fn folded_id(input: &str, names: &[String]) -> Result<Option<usize>> {
    let mut found = (0..names.len()).filter(|&at| names[at].eq_ignore_ascii_case("id"));
    match (found.next(), found.next()) {
        (Some(first), Some(second)) => Err(Error::failed(format!(
            "{input}:1: columns {} and {} are called {} and {}, so it cannot be told which says who; \
             call one of them id",
            first + 1,
            second + 1,
            names[first],
            names[second]
        ))),
        (found, _) => Ok(found),
    }
}

fn ids_of(pack: &Pack) -> impl Iterator<Item = &str> {
    pack.questions.iter().map(|q| q.id.as_str())
}

fn remarks(header: &Header, pack: &Pack) -> Vec<String> {
    let unknown: Vec<usize> = (0..header.names.len())
        .filter(|at| {
            header.questions[*at].is_none() && header.id != Some(*at) && !header.keep.contains(at)
        })
        .collect();
    let mut all = Vec::new();
    for &at in unknown.iter().take(NAMED) {
        let name: String = header.names[at].chars().take(60).collect();
        let near = nearest(&name, ids_of(pack))
            .map_or_else(String::new, |n| format!("; did you mean {n}?"));
        all.push(format!(
            "column {} ({name}) is no question, ignored{near}",
            at + 1
        ));
    }
    if unknown.len() > NAMED {
        all.push(format!(
            "{} further columns are no questions, ignored",
            unknown.len() - NAMED
        ));
    }
    let mut asked = vec![false; pack.questions.len()];
    for q in header.questions.iter().flatten() {
        asked[*q] = true;
    }
    let missing: Vec<&str> = ids_of(pack)
        .zip(asked)
        .filter_map(|(id, asked)| (!asked).then_some(id))
        .collect();
    if !missing.is_empty() {
        all.push(format!("no column for {}", missing.join(", ")));
    }
    all
}
