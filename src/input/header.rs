//! The header of a table: which column is which question, who, and what is carried along.

use crate::error::{Error, Result};
use crate::input::fold::{as_id, fold, short};
use crate::input::mapping::InputOptions;
use crate::input::question_index::{HeaderMeaning, HeaderRule, QuestionIndex};
use rolescope_core::text::nearest;
use rolescope_core::{Pack, QuestionIx};
use std::fmt::Write as _;

/// Unknown columns and missing questions named one by one; the rest are counted.
const NAMED: usize = 20;

/// Headers of columns that say who, folded, the first before the others.
const IDS: [&str; 8] = [
    "id",
    "code",
    "label",
    "student id",
    "respondent id",
    "response id",
    "token",
    "record id",
];

/// What headers are looked at with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HeaderContext<'a> {
    /// The pack that is answered.
    pub pack: &'a Pack,
    /// Its questions.
    pub index: &'a QuestionIndex,
    /// What a person has said.
    pub options: &'a InputOptions,
    /// Columns that are kept.
    pub keep: &'a [String],
}

impl HeaderContext<'_> {
    /// What a header means.
    pub(crate) fn meaning(&self, header: &str) -> HeaderMeaning {
        if self.options.is_mapped() {
            let mapped = self.options.map.column(header);
            return match mapped.and_then(|id| self.pack.question(id)) {
                Some(question) => HeaderMeaning::One {
                    question,
                    rule: HeaderRule::Mapped,
                    repeated: false,
                },
                None => HeaderMeaning::None,
            };
        }
        if self.options.exact {
            return match self.index.exact(header) {
                Some(question) => HeaderMeaning::One {
                    question,
                    rule: HeaderRule::Id,
                    repeated: false,
                },
                None => HeaderMeaning::None,
            };
        }
        self.index.meaning(header)
    }

    /// How many different questions some cells name.
    pub(crate) fn questions_in<'n>(&self, names: impl Iterator<Item = &'n str>) -> usize {
        let mut found: Vec<QuestionIx> = Vec::new();
        for name in names {
            match self.meaning(name) {
                HeaderMeaning::One { question, .. } => found.push(question),
                HeaderMeaning::Several(all) => found.extend(all),
                HeaderMeaning::None => {}
            }
        }
        found.sort_unstable();
        found.dedup();
        found.len()
    }

    /// How many questions a row names at least that is a header.
    pub(crate) fn fewest(&self) -> usize {
        if self.options.partial || self.options.is_mapped() {
            1
        } else {
            self.index.len().min(3)
        }
    }
}

/// What the columns of a table are.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    /// Their names.
    pub names: Vec<String>,
    /// The question of each, if it is one.
    pub questions: Vec<Option<QuestionIx>>,
    /// By what each was known.
    pub rules: Vec<Option<HeaderRule>>,
    /// The column of ids.
    pub id: Option<usize>,
    /// The columns that are kept, in the order asked for.
    pub keep: Vec<usize>,
    /// What is worth saying about them once.
    pub remarks: Vec<String>,
}

impl Header {
    /// Whether every question is named by its id, and ids by `id`: the program's own dialect.
    pub(crate) fn is_plain(&self) -> bool {
        self.rules
            .iter()
            .flatten()
            .all(|rule| *rule == HeaderRule::Id)
    }
}

/// Resolves the cells of a header; `place` is its file and line. With `open`, questions without a
/// column are no mistake, as in records that leave out what was not answered.
///
/// # Errors
/// When a question has two columns or a column two questions, one has none, too few columns are
/// understood, or there is no column that is to be kept or to say who.
pub(crate) fn resolve(
    place: &str,
    names: Vec<String>,
    context: HeaderContext<'_>,
    open: bool,
) -> Result<Header> {
    let HeaderContext { pack, options, .. } = context;
    let (questions, rules) = questions(place, &names, context)?;
    let keep = context
        .keep
        .iter()
        .map(|wanted| column(place, &names, wanted, "to keep"))
        .collect::<Result<Vec<usize>>>()?;
    let id = match &options.map.id {
        Some(wanted) => Some(column(place, &names, wanted, "of ids")?),
        None => known_id(place, &names, &questions, options.exact)?,
    };
    let mut header = Header {
        remarks: Vec::new(),
        rules,
        questions,
        id,
        keep,
        names,
    };
    let missing = missing(&header, pack);
    if !missing.is_empty() && !open {
        if !options.is_mapped() && !options.exact {
            understood(place, &header, context, &missing)?;
        }
        if !options.partial && !options.is_mapped() {
            return Err(lacking(place, &header, context, &missing));
        }
    }
    if let Some(lost) = mapped_but_not_there(&header, options) {
        return Err(Error::failed(format!(
            "{place}: the map names a column {:?}, which is not here; its columns are {}",
            short(lost),
            listed(header.names.iter().map(String::as_str))
        )));
    }
    header.remarks = remarks(&header, context, &missing, open);
    Ok(header)
}

type Found = (Vec<Option<QuestionIx>>, Vec<Option<HeaderRule>>);

/// The question of each column.
fn questions(place: &str, names: &[String], context: HeaderContext<'_>) -> Result<Found> {
    let pack = context.pack;
    let id = |q: QuestionIx| pack.questions()[q].id();
    let mut claims: Vec<Vec<(usize, HeaderRule, bool)>> = vec![Vec::new(); pack.questions().len()];
    for (at, name) in names.iter().enumerate() {
        match context.meaning(name) {
            HeaderMeaning::None => {}
            HeaderMeaning::One {
                question,
                rule,
                repeated,
            } => claims[question].push((at, rule, repeated)),
            HeaderMeaning::Several(all) => {
                let ids: Vec<&str> = all.iter().map(|&q| id(q)).collect();
                return Err(Error::failed(format!(
                    "{place}: column {} ({:?}) can mean {}; write the id of one as its header, or say which \
                     by --map",
                    at + 1,
                    short(name),
                    ids.join(" and ")
                )));
            }
        }
    }
    let mut questions = vec![None; names.len()];
    let mut rules = vec![None; names.len()];
    for (q, claims) in claims.iter().enumerate() {
        let first: Vec<_> = claims.iter().filter(|claim| !claim.2).collect();
        let all: Vec<_> = if first.is_empty() {
            claims.iter().collect()
        } else {
            first
        };
        match all[..] {
            [] => {}
            [&(at, rule, _)] => {
                questions[at] = Some(q);
                rules[at] = Some(rule);
            }
            [a, b, ..] => {
                return Err(Error::failed(format!(
                    "{place}: columns {} ({:?}) and {} ({:?}) both mean {}; take one out, or say which by --map",
                    a.0 + 1,
                    short(&names[a.0]),
                    b.0 + 1,
                    short(&names[b.0]),
                    id(q)
                )));
            }
        }
    }
    Ok((questions, rules))
}

/// A column by its name, or by a name that folds to the same.
pub(crate) fn column(place: &str, names: &[String], wanted: &str, what: &str) -> Result<usize> {
    let all = |is: &dyn Fn(&str) -> bool| -> Vec<usize> {
        (0..names.len()).filter(|&at| is(&names[at])).collect()
    };
    let mut found = all(&|name| name == wanted);
    if found.is_empty() {
        found = all(&|name| fold(name) == fold(wanted));
    }
    match found[..] {
        [at] => Ok(at),
        [] => {
            let near = nearest(wanted, names.iter().map(String::as_str)).map_or_else(
                || format!("; there are {}", listed(names.iter().map(String::as_str))),
                |near| format!("; did you mean {}?", short(near)),
            );
            Err(Error::failed(format!(
                "{place}: no column {wanted} {what}{near}"
            )))
        }
        [a, b, ..] => Err(Error::failed(format!(
            "{place}: columns {} and {} are both called {wanted}; take one out",
            a + 1,
            b + 1
        ))),
    }
}

/// The column that is called as columns of ids are.
pub(crate) fn known_id(
    place: &str,
    names: &[String],
    questions: &[Option<QuestionIx>],
    exact: bool,
) -> Result<Option<usize>> {
    let known: &[&str] = if exact { &IDS[..1] } else { &IDS };
    for wanted in known {
        let alike = |at: &usize| {
            let name = names[*at].as_str();
            let found = if exact {
                name == *wanted
            } else {
                is_id_name(name, wanted)
            };
            questions[*at].is_none() && found
        };
        let mut found: Vec<usize> = (0..names.len()).filter(alike).collect();
        // the program's own name goes before one that only folds to it
        let own: Vec<usize> = found
            .iter()
            .copied()
            .filter(|at| names[*at] == *wanted)
            .collect();
        if own.len() == 1 {
            found = own;
        }
        match found[..] {
            [] => {}
            [at] => return Ok(Some(at)),
            [a, b, ..] => {
                return Err(Error::failed(format!(
                    "{place}: columns {} and {} are called {} and {}, so it cannot be told which says who; take one \
                     out, or name one by --id",
                    a + 1,
                    b + 1,
                    names[a],
                    names[b]
                )));
            }
        }
    }
    Ok(None)
}

/// Whether a header is a name of a column of ids: `Student ID`, `student_id`, `StudentId`.
fn is_id_name(header: &str, wanted: &str) -> bool {
    let folded = as_id(&fold(header));
    let wanted = as_id(wanted);
    folded == wanted || folded == wanted.replace('-', "")
}

/// Whether a header is a name of a column of ids.
pub(crate) fn says_who(header: &str) -> bool {
    IDS.iter().any(|wanted| is_id_name(header, wanted))
}

/// The place of a folded header among the names of columns of ids, the first before the others.
pub(crate) fn id_rank(folded: &str) -> usize {
    let is = |wanted: &&str| is_id_name(folded, wanted);
    IDS.iter().position(is).unwrap_or(IDS.len())
}

fn missing(header: &Header, pack: &Pack) -> Vec<QuestionIx> {
    let mut asked = vec![false; pack.questions().len()];
    for q in header.questions.iter().flatten() {
        asked[*q] = true;
    }
    (0..asked.len()).filter(|q| !asked[*q]).collect()
}

/// Columns that are not understood.
fn unknown(header: &Header) -> impl Iterator<Item = usize> + '_ {
    (0..header.names.len()).filter(|at| {
        header.questions[*at].is_none() && header.id != Some(*at) && !header.keep.contains(at)
    })
}

/// Refuses a table of which under half of the columns are understood.
fn understood(
    place: &str,
    header: &Header,
    context: HeaderContext<'_>,
    missing: &[QuestionIx],
) -> Result<()> {
    let named = |at: &usize| !header.names[*at].trim().is_empty();
    let all = (0..header.names.len()).filter(named).count();
    let known = all - unknown(header).filter(named).count();
    if known * 2 >= all {
        return Ok(());
    }
    Err(Error::failed(format!(
        "{place}: {known} of {all} columns are understood, under half, so most of what was asked would go \
         missing:\n{}{}",
        offers(header, context, missing),
        further(place)
    )))
}

/// The error of a table in which questions have no column.
fn lacking(
    place: &str,
    header: &Header,
    context: HeaderContext<'_>,
    missing: &[QuestionIx],
) -> Error {
    let ids = missing.iter().map(|&q| context.pack.questions()[q].id());
    let (has, some) = match missing.len() {
        1 => ("has", "1 question".to_owned()),
        n => ("have", format!("{n} questions")),
    };
    Error::failed(format!(
        "{place}: {some} of {} {has} no column: {}\n{}say --partial to go on without {}, or name the columns \
         in a map (rolescope read FILE --write-map map.toml)",
        context.index.len(),
        listed(ids),
        offers(header, context, missing),
        if missing.len() == 1 { "it" } else { "them" }
    ))
}

/// Columns that may have been meant for questions without one, a line each.
fn offers(header: &Header, context: HeaderContext<'_>, missing: &[QuestionIx]) -> String {
    let mut text = String::new();
    for at in unknown(header).take(NAMED) {
        let name = &header.names[at];
        let near = context.index.near(name).filter(|q| missing.contains(q));
        if let Some(near) = near {
            let id = context.pack.questions()[near].id();
            let _ = writeln!(
                text,
                "  column {} ({:?}): did you mean {id}?",
                at + 1,
                short(name)
            );
        }
    }
    text
}

/// How to get further with a table that is not understood.
pub(crate) fn further(place: &str) -> String {
    // a colon may be part of a path, as in C:\\class.csv
    let colon = place.char_indices().skip(2).find(|(_, c)| *c == ':');
    let file = colon.map_or(place, |(at, _)| &place[..at]);
    let file = if file.contains(' ') { "FILE" } else { file };
    format!(
        "`rolescope read {file}` shows what each column is; `rolescope questions -f csv` writes a sheet with \
         the whole header; `rolescope read {file} --write-map map.toml` writes a map to fill in for --map"
    )
}

/// A few names, and how many more.
fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let all: Vec<String> = names.map(short).collect();
    match all.len().saturating_sub(NAMED) {
        0 => all.join(", "),
        more => format!("{} and {more} more", all[..NAMED].join(", ")),
    }
}

/// A column of a map that the table does not have.
fn mapped_but_not_there<'o>(header: &Header, options: &'o InputOptions) -> Option<&'o str> {
    if !options.is_mapped() {
        return None;
    }
    let there = |name: &str| {
        header
            .names
            .iter()
            .any(|n| n.trim() == name.trim() || fold(n) == fold(name))
    };
    let mut wanted = options
        .map
        .columns
        .iter()
        .filter(|(_, question)| question.is_some());
    wanted
        .find(|(name, _)| !there(name))
        .map(|(name, _)| name.as_str())
}

fn remarks(
    header: &Header,
    context: HeaderContext<'_>,
    missing: &[QuestionIx],
    open: bool,
) -> Vec<String> {
    let mut all = Vec::new();
    let unknown: Vec<usize> = unknown(header)
        .filter(|at| !header.names[*at].is_empty())
        .collect();
    for &at in unknown.iter().take(NAMED) {
        let name: String = header.names[at].chars().take(60).collect();
        let near = context.index.near(&name).map_or_else(String::new, |q| {
            format!("; did you mean {}?", context.pack.questions()[q].id())
        });
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
    if !missing.is_empty() && !open {
        let ids = missing.iter().map(|&q| context.pack.questions()[q].id());
        let ids: Vec<&str> = ids.collect();
        all.push(format!("no column for {}", ids.join(", ")));
    }
    all
}
