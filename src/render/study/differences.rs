//! How groups differ, for people.

use crate::engine::study::analysis::{Estimate, Group, Groups};
use crate::engine::study::groups::COMPARED;
use crate::render::look::{Page, fixed, inert};

/// Characters of a group's name that are shown.
const LONGEST: usize = 60;

/// The groups of `people`: what differs by more than chance, and what that does not say.
pub(crate) fn groups(groups: &Groups, people: u64, page: &mut Page) {
    page.heading(&format!("Groups by {}", inert(&groups.by)));
    page.prose(
        0,
        &format!(
            "Each group against all others: by how many standard deviations its people score \
             higher (Hedges' g), and its share of first places as a ratio to theirs, where the 95 % \
             interval leaves no difference out. Of {} intervals one in twenty would do so by chance \
             alone, and a difference is no proof that a question is unfair: look at the questions \
             behind it.",
            groups.intervals
        ),
    );
    for group in &groups.groups {
        page.gap();
        one(group, page);
    }
    let named: u64 = groups.groups.iter().map(|group| group.people).sum();
    debug_assert_eq!(named, people, "everyone is of one group");
}

fn one(group: &Group, page: &mut Page) {
    let name: String = match group.name.as_str() {
        "" => "(blank)".to_owned(),
        name => inert(name).chars().take(LONGEST).collect(),
    };
    let look = page.look();
    page.line(&look.bold(&format!("{name}: {} people", group.people)));
    if !group.compared {
        page.prose(
            2,
            &format!("Not compared: it or all others together are fewer than {COMPARED} people."),
        );
        return;
    }
    let lines = page.lines();
    for t in &group.traits {
        if let Some(e) = t.difference.filter(|e| apart(e, 0.0)) {
            page.item(2, &format!("{}: {}", t.id, span(&e, "")));
        }
    }
    for role in &group.firsts {
        if let Some(e) = role.ratio.filter(|e| apart(e, 1.0)) {
            let first = role.first;
            page.item(
                2,
                &format!(
                    "{} first: {first} people, {}",
                    role.id,
                    span(&e, " times the others' share")
                ),
            );
        }
    }
    if page.lines() == lines {
        page.prose(2, "No difference beyond chance.");
    }
}

/// Whether an interval leaves a value out.
fn apart(e: &Estimate, value: f64) -> bool {
    e.low > value || e.high < value
}

fn span(e: &Estimate, unit: &str) -> String {
    let [value, low, high] = [e.value, e.low, e.high].map(|f| fixed(f, 2));
    format!("{value}{unit} ({low} to {high})")
}
