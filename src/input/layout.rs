//! How people, questions and answers stand in a table, told from its first rows.

use crate::error::{Error, Result};
use crate::input::cells::{Cell, CellRules};
use crate::input::fold::{fold, short};
use crate::input::header::{HeaderContext, further, says_who};
use crate::input::mapping::Layout;
use crate::input::question_index::HeaderMeaning;
use crate::input::sample::{HEADER_ROWS, SampleRow};
use std::fmt::Write as _;

/// Headers of columns that name questions, folded.
const QUESTION: [&str; 9] = [
    "question",
    "questions",
    "question id",
    "item",
    "item id",
    "variable",
    "name",
    "key",
    "field",
];
/// Headers of columns of answers, folded.
const ANSWER: [&str; 10] = [
    "answer",
    "answers",
    "value",
    "response",
    "responses",
    "rating",
    "score",
    "choice",
    "reply",
    "result",
];
/// What forms write below a header, folded.
const LABELS: [&str; 6] = [
    "response",
    "responses",
    "open-ended response",
    "open ended response",
    "answer",
    "value",
];

/// Questions that a message about a header names.
const SHOWN: usize = 3;

/// The layout of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// How people and questions stand.
    pub layout: Layout,
    /// The header, as a place in the rows.
    pub header: usize,
    /// The first row behind it that is no label.
    pub data: usize,
    /// The cells of the header; those that are blank have what stands above them.
    pub names: Vec<String>,
    /// Rows that are passed over: line, and why.
    pub passed: Vec<(u64, &'static str)>,
    /// Of a long table, the columns of questions and of answers.
    pub long: Option<(usize, usize)>,
}

/// Tells the layout of a table from its first rows.
///
/// # Errors
/// When no row names questions, with what the table seems to be.
pub(crate) fn find(
    name: &str,
    rows: &[SampleRow],
    context: HeaderContext<'_>,
    rules: &CellRules,
) -> Result<Found> {
    let asked = context.options.map.layout;
    if asked.is_none_or(|layout| layout == Layout::Wide)
        && let Some(found) = wide(rows, context)
    {
        return Ok(found);
    }
    if !context.options.exact
        && asked.is_none_or(|layout| layout != Layout::Wide)
        && let Some(found) = other(rows, context, rules, asked)
    {
        return Ok(found);
    }
    Err(unknown(name, rows, context))
}

fn texts(row: &SampleRow) -> impl Iterator<Item = &str> {
    row.cells.iter().map(String::as_str)
}

/// The header of a table with a row a person.
fn wide(rows: &[SampleRow], context: HeaderContext<'_>) -> Option<Found> {
    let most = if context.options.exact {
        1
    } else {
        HEADER_ROWS
    };
    let filled = |row: &&SampleRow| !context.options.exact || !row.is_empty();
    let first = rows.iter().position(|row| filled(&row))?;
    let mut best: Option<(usize, usize)> = None;
    for (at, row) in rows.iter().enumerate().skip(first).take(most) {
        let count = context.questions_in(texts(row));
        if count >= context.fewest().max(1) && best.is_none_or(|(most, _)| count > most) {
            best = Some((count, at));
            if count == context.index.len() {
                break;
            }
        }
    }
    let (_, header) = best?;
    let mut names: Vec<String> = texts(&rows[header])
        .map(|name| name.trim().to_owned())
        .collect();
    if !context.options.exact {
        // forms put the names of other columns in a row above
        for (at, name) in names
            .iter_mut()
            .enumerate()
            .filter(|(_, name)| name.is_empty())
        {
            let above = rows[..header].iter().rev();
            let above = above
                .filter_map(|row| row.cells.get(at))
                .find(|cell| !cell.trim().is_empty());
            *name = above.map_or_else(String::new, |cell| cell.trim().to_owned());
        }
    }
    let mut passed: Vec<(u64, &'static str)> = rows[..header]
        .iter()
        .filter(|row| !row.is_empty())
        .map(|row| (row.line, "above the header"))
        .collect();
    let mut data = header + 1;
    while !context.options.exact
        && let Some(row) = rows.get(data)
        && let Some(why) = label_row(row, &names, context)
    {
        passed.push((row.line, why));
        data += 1;
    }
    Some(Found {
        layout: Layout::Wide,
        header,
        data,
        names,
        passed,
        long: None,
    })
}

/// Why a row below the header holds no person, if it does not.
fn label_row(
    row: &SampleRow,
    names: &[String],
    context: HeaderContext<'_>,
) -> Option<&'static str> {
    let (mut all, mut repeats, mut marks, mut labels) = (0, 0, 0, 0);
    for (cell, name) in row.cells.iter().zip(names) {
        let HeaderMeaning::One { question, .. } = context.meaning(name) else {
            continue;
        };
        let cell = cell.trim();
        if cell.is_empty() {
            continue;
        }
        all += 1;
        let same = matches!(context.index.meaning(cell), HeaderMeaning::One { question: q, .. } if q == question);
        repeats += usize::from(same || fold(cell) == fold(name));
        marks += usize::from(cell.starts_with('{') && cell.ends_with('}'));
        labels += usize::from(LABELS.contains(&fold(cell).as_str()));
    }
    match all {
        0 => None,
        _ if repeats * 2 > all => Some("repeats the questions"),
        _ if marks * 2 > all => Some("machine marks"),
        _ if labels == all => Some("labels of columns"),
        _ => None,
    }
}

/// The layout of a table in which a column names the questions.
fn other(
    rows: &[SampleRow],
    context: HeaderContext<'_>,
    rules: &CellRules,
    asked: Option<Layout>,
) -> Option<Found> {
    let width = rows.iter().map(|row| row.cells.len()).max()?;
    let mut best: Option<(usize, usize, usize)> = None;
    // what names questions stands among the first columns
    for column in 0..width.min(HEADER_ROWS) {
        let cells = || rows.iter().filter_map(|row| row.cells.get(column));
        let known = |cell: &&String| context.meaning(cell) != HeaderMeaning::None;
        let hits = cells().filter(known).count();
        if hits > best.map_or(0, |best| best.0) {
            let distinct = context.questions_in(cells().map(String::as_str));
            best = Some((hits, distinct, column));
        }
    }
    let (hits, distinct, column) = best?;
    if distinct < context.fewest() {
        return None;
    }
    let known = |row: &SampleRow| {
        row.cells
            .get(column)
            .is_some_and(|cell| context.meaning(cell) != HeaderMeaning::None)
    };
    let first = rows.iter().position(known)?;
    let header = rows[..first].iter().rposition(|row| !row.is_empty())?;
    let mut names: Vec<String> = texts(&rows[header])
        .map(|name| name.trim().to_owned())
        .collect();
    // a header may end before the column of questions
    for at in names.len()..=column {
        names.push(format!("column {}", at + 1));
    }
    let is_called = |words: &[&str], at: usize| {
        names
            .get(at)
            .is_some_and(|name| words.contains(&fold(name).replace(['_', '-'], " ").as_str()))
    };
    let answers: Vec<usize> = (0..names.len())
        .filter(|&at| at != column && is_called(&ANSWER, at))
        .collect();
    let layout = asked.unwrap_or(if is_called(&QUESTION, column) && answers.len() == 1 {
        Layout::Long
    } else if hits == distinct && column == 0 {
        Layout::Transposed
    } else {
        Layout::Long
    });
    let above = rows[..header].iter().filter(|row| !row.is_empty());
    let passed = above.map(|row| (row.line, "above the header")).collect();
    let long = match (layout, &answers[..]) {
        (Layout::Long, [answer]) => Some((column, *answer)),
        (Layout::Long, _) => Some((
            column,
            by_content(&rows[first..], &names, column, context, rules)?,
        )),
        _ => None,
    };
    Some(Found {
        layout,
        header,
        data: header + 1,
        names,
        passed,
        long,
    })
}

/// The only column that holds answers to the questions that another column names.
fn by_content(
    rows: &[SampleRow],
    names: &[String],
    question: usize,
    context: HeaderContext<'_>,
    rules: &CellRules,
) -> Option<usize> {
    let holds = |at: &usize| {
        if *at == question || says_who(&names[*at]) {
            return false;
        }
        let (mut all, mut right) = (0, 0);
        for row in rows {
            let (Some(asked), Some(cell)) = (row.cells.get(question), row.cells.get(*at)) else {
                continue;
            };
            let HeaderMeaning::One { question, .. } = context.meaning(asked) else {
                continue;
            };
            match rules.read(context.pack, question, cell, true) {
                Cell::Answer(..) => (all, right) = (all + 1, right + 1),
                Cell::Wrong(_) => all += 1,
                Cell::Missing => {}
            }
        }
        right > 0 && right * 10 >= all * 9
    };
    let found: Vec<usize> = (0..names.len()).filter(holds).collect();
    <[usize; 1]>::try_from(found).ok().map(|[at]| at)
}

/// The error of a table without a header: what it seems to be, its first rows, and how to go on.
fn unknown(name: &str, rows: &[SampleRow], context: HeaderContext<'_>) -> Error {
    let filled: Vec<&SampleRow> = rows.iter().filter(|row| !row.is_empty()).collect();
    let known = |row: &SampleRow| context.questions_in(texts(row));
    let is_question = |cell: &str| context.meaning(cell) != HeaderMeaning::None;
    // the first of those that name most
    let named = filled
        .iter()
        .take(HEADER_ROWS)
        .rev()
        .max_by_key(|row| known(row));
    // where rows name one each, a column names them and no row is a header
    let naming = filled.iter().filter(|row| known(row) > 0).count();
    let named = named.filter(|row| known(row) > usize::from(naming > 1));
    let columns = filled.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let widest = filled.iter().find(|row| row.cells.len() == columns);
    let place = named.or(filled.first()).map_or(1, |row| row.line);
    let mut text = format!("{name}:{place}: ");
    if let Some(row) = named {
        let questions: Vec<String> = texts(row)
            .filter(|cell| is_question(cell))
            .map(short)
            .collect();
        text += &too_few(&questions, known(row), context);
    } else {
        let ids = context.pack.questions().iter().take(3);
        let ids: Vec<&str> = ids.map(rolescope_core::Question::id).collect();
        let example = ids.join(",");
        let _ = writeln!(
            text,
            "no column is a question's id or text; a header looks like this: id,{example},..."
        );
    }
    let _ = writeln!(
        text,
        "  it seems to be a table of {} and {}",
        counted(columns, "column"),
        match rows.len() {
            n if n >= crate::input::sample::ROWS => format!("over {n} rows"),
            n => counted(n, "row"),
        }
    );
    for row in filled.iter().take(2) {
        let cells: Vec<String> = row
            .cells
            .iter()
            .take(5)
            .map(|cell| format!("{:?}", short(cell)))
            .collect();
        let more = if row.cells.len() > 5 { ", ..." } else { "" };
        let _ = writeln!(text, "  row {}: {}{more}", row.line, cells.join(", "));
    }
    let cells = named.or(widest).into_iter();
    let cells = cells.flat_map(|row| row.cells.iter().enumerate());
    let cells = cells.filter(|(_, cell)| !is_question(cell));
    let near = cells.filter_map(|(at, cell)| Some((at, cell, context.index.near(cell)?)));
    for (at, cell, near) in near.take(3) {
        let id = context.pack.questions()[near].id();
        let _ = writeln!(
            text,
            "  column {} ({:?}): did you mean {id}?",
            at + 1,
            short(cell)
        );
    }
    Error::failed(text + &further(&format!("{name}:{place}")))
}

/// What is wrong with a table whose columns are these questions, so many different ones.
fn too_few(questions: &[String], different: usize, context: HeaderContext<'_>) -> String {
    let are = match questions.len() {
        1 => "1 column is a question".to_owned(),
        n => format!("{n} columns are questions"),
    };
    let shown = questions.iter().take(SHOWN).map(String::as_str);
    let mut shown = shown.collect::<Vec<_>>().join(", ");
    if questions.len() > SHOWN {
        shown += ", ...";
    }
    let fewest = context.fewest();
    if different < fewest {
        return format!(
            "only {are} ({shown}), and a header names at least {fewest}; if this table asks no more, say --partial\n"
        );
    }
    let layout = context.options.map.layout.map_or("", Layout::word);
    format!(
        "{are} ({shown}), so a row is a person's, as in --layout wide, and this is no {layout} table\n"
    )
}

fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::{Found, find};
    use crate::builtin::built_in;
    use crate::input::cells::{CellOptions, CellRules};
    use crate::input::header::HeaderContext;
    use crate::input::mapping::{InputOptions, Layout};
    use crate::input::question_index::QuestionIndex;
    use crate::input::sample::SampleRow;
    use rolescope_core::Pack;

    fn told(text: &str) -> Result<Found, String> {
        let pack = Pack::parse(&built_in()).expect("the pack is valid");
        let index = QuestionIndex::new(&pack);
        let options = InputOptions::default();
        let context = HeaderContext {
            pack: &pack,
            index: &index,
            options: &options,
            keep: &[],
        };
        let rules = CellRules::new(&pack, &CellOptions::default());
        let rows: Vec<SampleRow> = (1..)
            .zip(text.lines())
            .map(|(line, row)| SampleRow {
                line,
                lines: 1,
                end: 0,
                cells: row.split(',').map(str::to_owned).collect(),
            })
            .collect();
        find("c.csv", &rows, context, &rules).map_err(|e| e.to_string())
    }

    #[test]
    fn headers_are_found_below_titles_and_above_labels() {
        let header = "Respondent ID,helping-1,physics-1,making-1";
        for (text, at, data, passed) in [
            (format!("{header}\na,4,4,4\n"), 0, 1, 0),
            (format!("Class 11,,,\n\n{header}\na,4,4,4\n"), 2, 3, 1),
            (
                format!(
                    "{header}\n,Helping a worried person feel calmer,Finding out how a machine makes pictures of the inside \
                     of the body,Taking a broken thing apart to mend it\n\
                     x,{{\"ImportId\":\"Q1\"}},{{\"ImportId\":\"Q2\"}},{{\"ImportId\":\"Q3\"}}\na,4,4,4\n"
                ),
                0,
                3,
                2,
            ),
            (
                format!("{header}\n,Response,Response,Response\na,4,4,4\n"),
                0,
                2,
                1,
            ),
        ] {
            let found = told(&text).expect("a header");
            assert_eq!(
                (found.layout, found.header, found.data),
                (Layout::Wide, at, data),
                "{text}"
            );
            assert_eq!(found.passed.len(), passed, "{text}");
            assert_eq!(found.names[0], "Respondent ID");
        }
        let above = "Respondent ID,How much would you like this?,,\n,helping-1,physics-1,making-1\na,4,4,4\n";
        let found = told(above).expect("a header");
        assert_eq!(
            (found.header, found.names[0].as_str()),
            (1, "Respondent ID")
        );
    }

    #[test]
    fn other_layouts_are_told_by_what_names_the_questions() {
        let long =
            told("id,question,answer\na,helping-1,4\na,physics-1,3\na,making-1,2\nb,helping-1,1\n");
        let long = long.expect("long");
        assert_eq!((long.layout, long.long), (Layout::Long, Some((1, 2))));
        let odd = told(
            "what,who,how much,note\nhelping-1,a,Like,x\nphysics-1,a,Dislike,y\nmaking-1,a,3,\nhelping-1,b,4,z\n",
        );
        assert_eq!(odd.expect("long").long, Some((0, 2)));
        let turned =
            told("question,a,b\nhelping-1,4,3\nphysics-1,1,2\nmaking-1,5,5\n").expect("transposed");
        assert_eq!((turned.layout, turned.header), (Layout::Transposed, 0));
    }

    #[test]
    fn a_table_of_something_else_is_told_with_what_gets_further() {
        let said = told("name,helping1,colour\nAnna,4,red\n").expect_err("no header");
        assert!(
            said.starts_with("c.csv:1: no column is a question's id"),
            "{said}"
        );
        assert!(
            said.contains("did you mean helping-1?") && said.contains("rolescope read c.csv"),
            "{said}"
        );
        assert!(said.lines().count() <= 7, "{said}");
    }

    #[test]
    fn a_table_of_too_few_questions_is_told_which_it_names() {
        let said = told("id,helping-1,physics_1,making1\na,4,3,2\n").expect_err("too few");
        let start = "c.csv:1: only 2 columns are questions (helping-1, physics_1), and a header names at least 3; if \
                     this table asks no more, say --partial\n";
        assert!(said.starts_with(start), "{said}");
        assert!(
            said.contains("column 4 (\"making1\"): did you mean making-1?"),
            "{said}"
        );
        assert_eq!(said.matches("did you mean").count(), 1, "{said}");
        let said = told("Class 11\n\nid,helping-1\na,4\n").expect_err("too few");
        let start = "c.csv:3: only 1 column is a question (helping-1)";
        assert!(
            said.starts_with(start) && !said.contains("did you mean"),
            "{said}"
        );
    }
}
