//! A role on a result page: the job, what stands in the way, how to get in, what to do next.

use crate::engine::report::{Report, RoleResult};
use crate::render::catalogue;
use crate::render::look::Page;

/// The job, a typical day, what stands in the way, how to get in, and the nearest neighbour.
pub(crate) fn about(report: &Report<'_>, result: &RoleResult<'_>, page: &mut Page) {
    let (role, facts) = (result.role, &result.role.facts);
    page.heading(&catalogue::title(role));
    page.prose(0, &facts.description);
    page.gap();
    page.line("A typical day:");
    for task in &facts.typical_day {
        page.item(2, task);
    }
    for (name, text) in [("How to get in", &facts.entry), ("Study", &facts.study)] {
        if let Some(text) = text {
            page.gap();
            page.prose(0, &format!("{name}: {text}"));
        }
    }
    if !facts.limits.is_empty() {
        page.gap();
        page.line("What stands in the way:");
        for limit in &facts.limits {
            page.item(2, limit);
        }
    }
    if let Some(neighbour) = result.nearest {
        page.gap();
        page.prose(
            0,
            &format!(
                "Nearest neighbour, {}: {}",
                report.pack().roles[neighbour.role].name,
                neighbour.difference
            ),
        );
    }
}

/// Real things to do next: watch, ask, visit.
pub(crate) fn next_steps(report: &Report<'_>, page: &mut Page) {
    let Some(first) = report.band.first() else {
        return;
    };
    let name = &first.role.name;
    page.heading("What to do next");
    page.item(
        0,
        &format!(
            "Read the whole page of a role, with its sources: rolescope roles {}",
            first.role.id
        ),
    );
    if let Some(other) = report.band.get(1) {
        page.item(
            0,
            &format!(
                "Put two side by side: rolescope compare {} {}",
                first.role.id, other.role.id
            ),
        );
    }
    page.item(
        0,
        &format!(
            "Watch: look for a film of a working day ({name}), and note one thing you would like \
             and one you would not."
        ),
    );
    page.item(
        0,
        "Ask someone who does the work: what fills most of your day? What surprised you? What \
         would make you leave?",
    );
    page.item(
        0,
        "Visit: ask a workplace near you for an hour beside someone, or go to an open day of a \
         place that trains for it.",
    );
    if let Some(source) = first
        .role
        .facts
        .sources
        .iter()
        .find(|s| s.supports.iter().any(|k| k == "entry"))
    {
        page.item(
            0,
            &format!(
                "Check how to get in, for it changes: {} ({})",
                source.url, source.title
            ),
        );
    }
    page.item(
        0,
        &format!(
            "See which of your answers made this: rolescope report FILE --why {}",
            first.role.id
        ),
    );
}
