//! How groups differ, for people.

use crate::pages::analysis_wording;
use crate::psychometrics::analysis::{GroupComparison, GroupStatistics};
use crate::text::first;
use crate::write::terminal_text::{TextPage, inert};

/// Characters of a group's name that are shown.
const LONGEST: usize = 60;

/// The groups: what differs by more than chance, and what that does not say.
pub(crate) fn groups(groups: &GroupComparison, page: &mut TextPage) {
    page.heading(&format!("Groups by {}", inert(&groups.by)));
    page.prose(0, &analysis_wording::differences(groups));
    for group in &groups.groups {
        page.gap();
        one(group, page);
    }
}

/// A group's name, and how many it has.
pub(crate) fn name(group: &GroupStatistics) -> String {
    let name: String = match group.name.as_str() {
        "" => "(blank)".to_owned(),
        name => first(name, LONGEST).to_owned(),
    };
    format!("{name}: {} people", group.people)
}

fn one(group: &GroupStatistics, page: &mut TextPage) {
    let look = page.look();
    page.line(&look.bold(&inert(&name(group))));
    let apart = analysis_wording::apart(group);
    for difference in &apart {
        page.item(2, difference);
    }
    if apart.is_empty() {
        page.prose(2, &analysis_wording::alike(group));
    }
}
