//! One person's result for the person: the best matches with reasons in their own answers, what the jobs
//! are and how to get in, and what to do next.

use crate::adaptive::selection::QuickQuiz;
use crate::pack::model::{AnswerFormat, Pack, QuestionIx};
use crate::pages::closing;
use crate::pages::own_words;
use crate::pages::reasons::sentence;
use crate::pages::result_band::{is_apart, match_and_bar};
use crate::pages::result_options::ResultOptions;
use crate::pages::result_parts::{missing, nobody_fits, suppositions};
use crate::pages::result_role::steps;
use crate::pages::role_map::{JOB, map_blocks};
use crate::pages::strengths::strengths;
use crate::pages::student_role::{
    card, clear_conflicts, first_clause, reasons_in_order, summary, what_it_is,
};
use crate::pages::student_wording as say;
use crate::results::report::{Conflict, PopulationThird, Report, RoleResult};
use crate::scoring::answers::Answers;
use crate::scoring::assessment::State;
use crate::scoring::response_quality::Flag;
use crate::write::document::{
    Beyond, Block, Card, Cell, ColumnKind, Document, Row, Sparkline, Table, column, detail, items,
    list, list_after, note, prose, words,
};
use crate::write::rich_text::RichText;
use crate::write::wording;
use std::ops::ControlFlow;

/// Roles that lead the page: more than three are no suggestion.
const LEADING: usize = 3;
/// Roles beside the leading ones that have a line each.
const LISTED: usize = 4;
/// Open questions that are named.
const QUESTIONS: usize = 3;
/// Things to do next, over the leading roles together.
const STEPS: usize = 3;

/// What a person's result leads with.
pub(crate) struct BestMatches<'r, 'a> {
    /// At most three roles, the best first.
    pub(crate) leading: Vec<&'r RoleResult<'a>>,
    /// Roles that fit about as well.
    pub(crate) as_well: Vec<&'r RoleResult<'a>>,
    /// Roles of either kind that were asked to be set apart.
    pub(crate) apart: Vec<&'r RoleResult<'a>>,
}

impl<'r, 'a> BestMatches<'r, 'a> {
    /// Those of a result; none where it is insufficient.
    pub(crate) fn of(report: &'r Report<'a>, shown: &ResultOptions<'_>) -> Self {
        let (apart, mut leading): (Vec<_>, Vec<_>) =
            report.band.iter().partition(|r| is_apart(r, shown));
        let as_well = leading.split_off(leading.len().min(LEADING));
        Self {
            leading,
            as_well,
            apart,
        }
    }
}

/// The page. `title` is its heading.
pub(crate) fn doc(
    report: &Report<'_>,
    answers: &Answers,
    id: &str,
    shown: &ResultOptions<'_>,
) -> Document {
    let pack = report.pack();
    let text = |id| pack.say(id);
    let title = pack
        .phrase("result-title-of")
        .text("name", wording::label(id));
    let mut doc = Document::new("student", title.to_string(), text("result-foot"));
    doc.opening = suppositions(report, shown);
    let few = report.receipt.norms.filter(|norms| norms.few());
    doc.opening
        .extend(few.map(|norms| note(say::few(pack, norms))));
    let best = BestMatches::of(report, shown);
    let (next, questions) = (text("result-next"), text("result-questions"));
    match report.outcome.state {
        State::Insufficient => {
            doc.opening.push(prose(text("result-too-little")));
            let missing = missing(report).into_iter().chain(flags(report, &best));
            doc.part("missing", text("result-missing"), missing);
            doc.part("questions", questions, open_questions(report, answers));
            doc.part("next", next, next_steps(report, &best));
        }
        State::Unclear => {
            doc.opening.push(prose(text("result-unclear")));
            doc.opening.extend(nobody_fits(report));
            let about_you = strengths(report).into_iter().chain(flags(report, &best));
            doc.part("strengths", text("result-strengths"), about_you);
            doc.part("questions", questions, open_questions(report, answers));
            doc.part("best", text("result-best"), looked_at(pack, &best));
            doc.part("next", next, next_steps(report, &best));
        }
        State::Clear => {
            doc.opening.extend(opening(report, &best));
            doc.part("next", next, next_steps(report, &best));
            matches(report, answers, &best, &mut doc);
        }
    }
    doc.opening.extend(own_words::wish(report, shown));
    about(report, &mut doc);
    doc
}

/// How much a first look says of each of the best matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FirstLook {
    /// Its bar, and in a word or two where no way leads in.
    Short,
    /// One reason too.
    Reason,
    /// And the nearest role into which a way leads.
    Whole,
    /// And what the job is.
    WithWork,
}

/// The best matches as they stand first.
pub(crate) fn first_look(
    report: &Report<'_>,
    best: &BestMatches<'_, '_>,
    look: FirstLook,
) -> Table {
    let row = |(number, result): (usize, &&RoleResult<'_>)| {
        let (matched, bar) = match_and_bar(report.pack(), result);
        let mut row = Row::of(vec![
            words(number.to_string()),
            words(&result.role.name),
            words(matched),
            Cell::Picture(bar),
        ]);
        let because = reasons_in_order(result)
            .next()
            .filter(|_| look >= FirstLook::Reason);
        let because = because.map(|reason| sentence(reason, report.pack()));
        let what = (look == FirstLook::WithWork).then(|| what_it_is(result.role));
        let about: Vec<String> = [what, because].into_iter().flatten().collect();
        row.about = (!about.is_empty()).then(|| about.join(" ").into());
        let pack = report.pack();
        let mark = if look >= FirstLook::Whole {
            wording::reach_mark(&pack.language, &pack.roles, result.role)
        } else {
            wording::short_reach_mark(&pack.language, result.role)
        };
        row.beyond = mark.map(|mark| Beyond::new(&pack.language, mark));
        row.strong = true;
        row
    };
    Table {
        caption: String::new(),
        columns: vec![
            column("", ColumnKind::Figures),
            column(report.pack().say("result-column-job"), ColumnKind::Name),
            column(report.pack().say("result-column-fits"), ColumnKind::Figures),
            column("", ColumnKind::Pictures),
        ],
        rows: (1..).zip(&best.leading).map(row).collect(),
    }
}

/// How sure the order is, in a sentence or two.
pub(crate) fn certainty(report: &Report<'_>, best: &BestMatches<'_, '_>) -> String {
    let pack = report.pack();
    let more = best.as_well.len();
    let apart = say::apart(pack, best.apart.len());
    let names: Vec<&str> = (best.as_well.iter())
        .map(|r| r.role.name.as_str())
        .collect();
    let few = names.len() <= LISTED;
    let order = match (best.leading.len(), more) {
        (0, _) => return pack.say("result-all-apart"),
        (1, 0) => apart.is_none().then(|| pack.phrase("result-stands-out")),
        (1, _) if few => Some(pack.phrase("result-one-more-named")),
        (1, _) => Some(pack.phrase("result-one-more")),
        (2, 0) => Some(pack.phrase("result-both")),
        (_, 0) => Some(pack.phrase("result-equal")),
        _ if few => Some(pack.phrase("result-first-named")),
        _ => Some(pack.phrase("result-first")),
    };
    let order = order.map(|order| {
        // what is set apart comes before the others
        let order = order.when("apart", apart.is_some());
        let order = order.number("count", best.leading.len());
        let order = order.number("more", more);
        order.text("names", names.join(", ")).to_string()
    });
    let open = report.outcome.flags.contains(&Flag::Incomplete);
    let part = open && best.leading.len() + more > 1;
    let part = part.then(|| pack.say("result-could-part"));
    let off = report
        .could_come_first()
        .and_then(|more| say::if_off(pack, more));
    let sentences: Vec<String> = [apart, order, part, off].into_iter().flatten().collect();
    sentences.join(" ")
}

fn opening(report: &Report<'_>, best: &BestMatches<'_, '_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let pack = report.pack();
    if best.leading.is_empty() {
        blocks.push(prose(pack.say("result-all-apart")));
    } else {
        blocks.push(Block::Table(first_look(report, best, FirstLook::WithWork)));
        blocks.push(prose(format!(
            "{} {}",
            pack.say("result-figure"),
            certainty(report, best)
        )));
    }
    blocks.extend(nobody_fits(report));
    blocks
}

fn matches(report: &Report<'_>, answers: &Answers, best: &BestMatches<'_, '_>, doc: &mut Document) {
    let pack = report.pack();
    let cards: Vec<Card> = best.leading.iter().map(|r| card(report, r)).collect();
    if !cards.is_empty() {
        let stories = [prose(pack.say("result-why")), Block::Cards(cards)];
        doc.part("stories", pack.say("result-stories"), stories);
    }
    let others: Vec<Block> = [
        ("result-as-well", &best.as_well),
        ("result-set-apart", &best.apart),
    ]
    .into_iter()
    .filter(|(_, all)| !all.is_empty())
    .map(|(lead, all)| list_after(pack.say(lead), listed(pack, all)))
    .collect();
    let mut blocks = others;
    if report.outcome.flags.contains(&Flag::Incomplete) {
        let questions = open_questions(report, answers);
        if !questions.is_empty() {
            blocks.push(detail(pack.say("result-questions"), questions));
        }
    }
    doc.part("others", pack.say("result-others"), blocks);
    let about_you = strengths(report)
        .into_iter()
        .chain(flags(report, best))
        .chain(map(report));
    doc.part("strengths", pack.say("result-strengths"), about_you);
}

/// All roles as points, and where the person stands among them.
fn map(report: &Report<'_>) -> Option<Block> {
    let blocks = map_blocks(report.comparison, Some(report), JOB);
    (!blocks.is_empty()).then(|| detail(report.pack().say("result-map"), blocks))
}

/// Roles in a line each; the last of many in one line.
fn listed(pack: &Pack, all: &[&RoleResult<'_>]) -> Vec<String> {
    let own = if all.len() > LISTED + 1 {
        LISTED
    } else {
        all.len()
    };
    let (first, rest) = all.split_at(own);
    let mut lines: Vec<String> = first.iter().map(|r| summary(pack, r)).collect();
    if !rest.is_empty() {
        let names: Vec<&str> = rest.iter().map(|r| r.role.name.as_str()).collect();
        let more = pack.phrase("result-and-more").number("count", names.len());
        lines.push(more.text("names", names.join(", ")).to_string());
    }
    lines
}

/// The first roles of an unclear result, a line each.
fn looked_at(pack: &Pack, best: &BestMatches<'_, '_>) -> Vec<Block> {
    let line = |r: &&RoleResult<'_>| match clear_conflicts(pack, r) {
        Some(clear) => format!("{}. {clear}", summary(pack, r)),
        None => summary(pack, r),
    };
    let lines = best.leading.iter().map(line);
    vec![prose(pack.say("result-look")), list(lines)]
}

/// The open questions whose answers would tell most.
fn open_questions(report: &Report<'_>, answers: &Answers) -> Vec<Block> {
    let (pack, comparison) = (report.pack(), report.comparison);
    let mut asked: Vec<QuestionIx> = Vec::new();
    while asked.len() < QUESTIONS {
        match QuickQuiz::new(comparison).next(&asked, answers) {
            ControlFlow::Continue(q) => asked.push(q),
            ControlFlow::Break(_) => break,
        }
    }
    if asked.is_empty() {
        return Vec::new();
    }
    let texts = asked.iter().map(|&q| pack.questions[q].text.as_str());
    vec![
        list_after(pack.say("result-open"), texts),
        Block::Command(RichText::with_code(&pack.say("result-resume"))),
    ]
}

fn flags(report: &Report<'_>, best: &BestMatches<'_, '_>) -> Vec<Block> {
    let (pack, flags) = (report.pack(), report.outcome.flags.iter());
    let mut texts: Vec<String> = flags.filter_map(|flag| say::flag(pack, *flag)).collect();
    if !report.not_asked.is_empty() {
        texts.push(pack.say("result-not-asked"));
    }
    texts.extend(slight(pack, best));
    items(texts).into_iter().collect()
}

/// What the leading roles have a little more of than was wished, in one line.
fn slight(pack: &Pack, best: &BestMatches<'_, '_>) -> Option<String> {
    let conflicts = || best.leading.iter().flat_map(|r| &r.own_conflicts);
    let mut what: Vec<&str> = Vec::new();
    for conflict in conflicts() {
        let same = |c: &&Conflict<'_>| c.question.id == conflict.question.id;
        let clause = first_clause(&conflict.question.text);
        // what is clearly more for one of them stands beside that one
        if !conflicts().filter(same).any(Conflict::is_clear) && !what.contains(&clause) {
            what.push(clause);
        }
    }
    let slight = pack.phrase("result-slight").text("what", what.join("; "));
    (!what.is_empty()).then(|| slight.to_string())
}

/// Things to do for the leading roles together: what each role names in turn, none twice.
fn next_steps(report: &Report<'_>, best: &BestMatches<'_, '_>) -> Vec<Block> {
    let mut todo: Vec<(Vec<&str>, RichText)> = Vec::new();
    let each: Vec<Vec<RichText>> = best
        .leading
        .iter()
        .map(|result| steps(report, result))
        .collect();
    let longest = each.iter().map(Vec::len).max().unwrap_or(0);
    for turn in 0..longest {
        for (begins, (result, of_role)) in best.leading.iter().zip(&each).enumerate() {
            // each role begins with another kind of step
            let at = (turn + begins) % of_role.len().max(1);
            let Some(step) = of_role.get(at).filter(|_| turn < of_role.len()) else {
                continue;
            };
            let name = result.role.name.as_str();
            if let Some((names, _)) = todo.iter_mut().find(|(_, known)| known == step) {
                names.push(name);
            } else if todo.len() < STEPS {
                todo.push((vec![name], step.clone()));
            }
        }
    }
    let mut todo: Vec<RichText> = todo
        .into_iter()
        .map(|(names, step)| RichText::from(format!("{}: ", names.join(", "))).and(step))
        .collect();
    let elsewhere = report.pack().elsewhere.as_deref();
    todo.extend(elsewhere.map(RichText::with_addresses));
    if todo.is_empty() {
        return Vec::new();
    }
    vec![Block::Checklist(todo)]
}

/// Every trait in a word, with its bar.
pub(crate) fn profile(report: &Report<'_>) -> Vec<Block> {
    let (pack, comparison) = (report.pack(), report.comparison);
    let row = |(k, of): (usize, &crate::pack::model::Trait)| {
        let score = report.score(k);
        let (word, bar) = match (score.raw(), score.sem(&comparison.norms[k])) {
            (Some(raw), Some(sem)) => {
                let reach = Sparkline::Reach((raw - sem).max(0.0), (raw + sem).min(100.0));
                (
                    say::third(pack, PopulationThird::of(score.estimate), of.kind),
                    reach,
                )
            }
            _ if report.passed_over.contains(&k) => (pack.say("result-left-out"), Sparkline::Blank),
            _ => (pack.say("result-unasked"), Sparkline::Blank),
        };
        Row::of(vec![words(&of.name), words(word), Cell::Picture(bar)])
    };
    let table = Table {
        caption: String::new(),
        columns: vec![
            column("", ColumnKind::Name),
            column(pack.say("result-column-you"), ColumnKind::Words),
            column("", ColumnKind::Pictures),
        ],
        rows: pack.traits.iter().enumerate().map(row).collect(),
    };
    let no_test = puzzles_count(report).then(|| prose(pack.say("result-no-test")));
    [Block::Table(table)].into_iter().chain(no_test).collect()
}

/// Whether puzzles that the person answered count in the result.
fn puzzles_count(report: &Report<'_>) -> bool {
    let pack = report.pack();
    let puzzles = |k: &usize| pack.format_of(*k) == AnswerFormat::Choice;
    let mut of_puzzles = (0..pack.traits.len()).filter(puzzles);
    of_puzzles.any(|k| report.score(k).raw().is_some())
}

/// How the figures come about, what this is for, and what it rests on.
fn about(report: &Report<'_>, doc: &mut Document) {
    let receipt = &report.receipt;
    let short: String = receipt
        .fingerprint
        .chars()
        .take("sha256:".len() + 12)
        .collect();
    let pack = report.pack();
    let made = pack
        .phrase("result-made")
        .text("program", receipt.program)
        .text("pack", pack.title())
        .text("version", receipt.version)
        .text("fingerprint", short);
    let mut text = vec![pack.say("result-counts")];
    if puzzles_count(report) {
        text.push(pack.say("result-no-test"));
    }
    text.extend([
        say::compared_with(pack, receipt.norms),
        pack.say("result-purpose"),
        made.to_string(),
    ]);
    let mut blocks = vec![prose(text.join(" "))];
    let mut rests = Document::new("", "", "");
    closing::rests(pack.say("page-rests"), None, report.comparison, &mut rests);
    let rests = rests.parts.into_iter().flat_map(|part| part.blocks);
    blocks.push(detail(
        pack.say("result-terms"),
        [prose(wording::figures(pack, receipt))]
            .into_iter()
            .chain(rests)
            .collect(),
    ));
    doc.part("figures", pack.say("result-about"), blocks);
}
