//! The result page as text for a terminal.

use crate::engine::assess::State;
use crate::engine::report::{Report, RoleResult, Standing};
use crate::render::look::{Look, Page, cell, fixed, inert};
use crate::render::role;
use crate::render::words;
use console::measure_text_width;

/// Columns of a match bar.
const BAR: usize = 20;

/// Roles of a large band that are told apart from the first; `compare` does the rest.
const COMPARED: usize = 3;

/// The whole page.
#[must_use]
pub fn page(report: &Report<'_>, id: &str, look: Look) -> String {
    let mut page = Page::new(look);
    page.heading(&format!("Roles that fit: {}", inert(id)));
    page.prose(0, words::state(report.outcome.state, report.band.len()));
    if report.outcome.state == State::Insufficient {
        missing(report, &mut page);
    } else {
        if !report.stands_out {
            page.gap();
            page.prose(0, words::NOBODY_FITS);
            if let Some(elsewhere) = &report.pack().elsewhere {
                page.prose(0, elsewhere);
            }
        }
        band(report, &mut page);
        apart(report, &mut page);
        change(report, &mut page);
        after(report, &mut page);
    }
    traits(report, &mut page);
    flags(report, &mut page);
    for result in &report.band {
        role::about(report, result, &mut page);
    }
    role::next_steps(report, &mut page);
    closing(report, &mut page);
    page.finish()
}

fn missing(report: &Report<'_>, page: &mut Page) {
    page.heading("What is missing");
    for &k in &report.missing {
        let t = &report.pack().traits[k];
        page.item(
            0,
            &format!(
                "{}: none of {} answered",
                t.name,
                words::count(t.items.len(), "question", "questions")
            ),
        );
    }
}

/// A role in a ranking: rank, name, match and bar in one line, or in two where that is too narrow.
fn rank_line(result: &RoleResult<'_>, equal: bool, report: &Report<'_>, page: &mut Page) {
    let look = page.look();
    let rank = result.rank.map_or_else(
        || "-".to_owned(),
        |r| format!("{r}{}", if equal { "=" } else { "" }),
    );
    let name = &result.role.name;
    let Some(fit) = result.fit else {
        page.hanging(
            &format!("{rank:>4}  "),
            6,
            &format!("{name}: no match, for nothing was answered that it asks about"),
        );
        return;
    };
    let pack = report.pack();
    let names = report.design.in_play.iter().map(|&r| &pack.roles[r].name);
    let names = names
        .map(|name| measure_text_width(name))
        .max()
        .unwrap_or(0);
    // rank, two gaps and the match take 17 columns beside the name and the bar
    let (low, high) = words::reach(&fit);
    let bar = |cells: usize| look.bar(low, high, cells.min(BAR));
    let matched = words::matched(&fit);
    let cells = look.columns().saturating_sub(17 + names);
    if cells >= 8 {
        let name = look.bold(&cell(name, names, look.ascii));
        page.line(&format!("{rank:>4}  {name}  {matched:>7}  {}", bar(cells)));
    } else {
        page.line(&format!(
            "{rank:>4}  {}",
            look.bold(&cell(name, look.columns() - 6, look.ascii))
        ));
        page.line(&format!("      {matched:>7}  {}", bar(look.columns() - 15)));
    }
}

fn is_equal(result: &RoleResult<'_>, all: &[RoleResult<'_>]) -> bool {
    result.rank.is_some() && all.iter().filter(|r| r.rank == result.rank).count() > 1
}

fn conflicts(result: &RoleResult<'_>, page: &mut Page) {
    if !result.conflicts.is_empty() {
        let texts: Vec<&str> = result.conflicts.iter().map(|q| q.text.as_str()).collect();
        page.hanging(
            "      ! ",
            8,
            &format!("goes beyond what you ruled out: {}", texts.join("; ")),
        );
    }
}

fn band(report: &Report<'_>, page: &mut Page) {
    page.heading(&match report.band.len() {
        1 => "The role that stands out".to_owned(),
        n => format!("Your first group: {n} roles"),
    });
    page.prose(
        0,
        &format!(
            "The figure is the match: the role fits you better than it fits that many of 100 \
             people ({}). The shaded end of a bar is its error.",
            words::ASSUMED
        ),
    );
    for result in &report.band {
        page.gap();
        rank_line(result, is_equal(result, &report.band), report, page);
        for (mark, reasons) in [
            ("      + ", &result.reasons_for),
            ("      - ", &result.reasons_against),
        ] {
            for reason in reasons {
                page.hanging(mark, 8, &words::reason(reason, report.pack()));
            }
        }
        conflicts(result, page);
    }
    if report
        .rest
        .iter()
        .any(|r| r.rank.is_some() && r.rank < report.band.last().and_then(|b| b.rank))
    {
        page.gap();
        page.prose(0, words::SKIPPED);
    }
    page.gap();
    page.prose(
        0,
        "The signed figures add up, over all traits, to the match on its standard normal scale.",
    );
}

fn after(report: &Report<'_>, page: &mut Page) {
    if report.rest.is_empty() {
        return;
    }
    page.heading("The ranking after it");
    for result in &report.rest {
        rank_line(result, is_equal(result, &report.rest), report, page);
        if !result.conflicts.is_empty() {
            let ids: Vec<&str> = result.conflicts.iter().map(|q| q.id.as_str()).collect();
            page.hanging("      ! ", 8, &format!("goes beyond: {}", ids.join(", ")));
        }
    }
}

fn flags(report: &Report<'_>, page: &mut Page) {
    let flags = &report.outcome.flags;
    if flags.is_empty() && report.not_asked.is_empty() {
        return;
    }
    page.heading("Worth knowing about these answers");
    for flag in flags {
        page.item(0, words::flag(*flag));
    }
    if !report.not_asked.is_empty() {
        let ids: Vec<&str> = report.not_asked.iter().map(|q| q.id.as_str()).collect();
        page.item(
            0,
            &format!("Not asked, so no warning is possible: {}.", ids.join(", ")),
        );
    }
}

fn traits(report: &Report<'_>, page: &mut Page) {
    page.heading("Your traits");
    page.prose(
        0,
        "0 to 100, with the standard error; the word compares you with the assumed norms.",
    );
    let look = page.look();
    let narrow = look.columns() < 72;
    for (k, t) in report.pack().traits.iter().enumerate() {
        let score = report.score(k);
        if score.raw.is_none() && !report.design.differs[k] {
            continue;
        }
        let name = cell(&t.name, 30.min(look.columns() - 22), look.ascii);
        let (Some(raw), Some(sem)) = (score.raw, score.sem) else {
            page.line(&format!("  {name}   not asked"));
            continue;
        };
        let word = Standing::of(score.estimate).word();
        let bar = if narrow {
            String::new()
        } else {
            look.bar((raw - sem).max(0.0), (raw + sem).min(100.0), BAR)
        };
        page.line(&format!(
            "  {name} {:>3} ± {:<2}  {word:<9} {bar}",
            fixed(raw, 0),
            fixed(sem, 0),
        ));
    }
    page.prose(0, words::NO_TEST);
}

fn apart(report: &Report<'_>, page: &mut Page) {
    let Some(first) = report.band.first().filter(|_| !report.apart.is_empty()) else {
        return;
    };
    page.heading("What tells them apart");
    for apart in report.apart.iter().take(COMPARED) {
        let other = &report.pack().roles[report.design.in_play[apart.other]].name;
        page.prose(
            0,
            &format!(
                "{} or {other}: {} in 100 that the first truly fits better.",
                first.role.name,
                fixed(100.0 * apart.first_better, 0)
            ),
        );
        for difference in &apart.differences {
            page.item(
                2,
                &words::difference(difference, &first.role.name, other, report.pack()),
            );
        }
    }
}

fn change(report: &Report<'_>, page: &mut Page) {
    page.heading("What would change the result");
    let text = match &report.change {
        Some(change) => format!(
            "{} would come level with the first if your score for \"{}\" were {} instead of {}. \
             That is the smallest change of a single trait that does it.",
            report.pack().roles[report.design.in_play[change.role]].name,
            report.pack().traits[change.of].name,
            fixed(change.to, 0),
            fixed(change.from, 0),
        ),
        None => "No change of a single trait puts another role first.".to_owned(),
    };
    page.prose(0, &text);
}

fn closing(report: &Report<'_>, page: &mut Page) {
    page.heading("What the figures mean");
    page.prose(0, words::FIGURES);
    page.gap();
    page.prose(0, words::PURPOSE);
    page.heading("What this rests on");
    page.prose(0, &words::receipt(&report.receipt));
    if let Some(credit) = &report.pack().attribution {
        page.gap();
        page.prose(0, credit);
    }
}
