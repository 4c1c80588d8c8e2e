//! How groups differ, for people.

use crate::engine::study::analysis::{Group, Groups};
use crate::engine::text::first;
use crate::render::look::{Page, inert};
use crate::render::study::said;

/// Characters of a group's name that are shown.
const LONGEST: usize = 60;

/// The groups: what differs by more than chance, and what that does not say.
pub(crate) fn groups(groups: &Groups, page: &mut Page) {
    page.heading(&format!("Groups by {}", inert(&groups.by)));
    page.prose(0, &said::differences(groups));
    for group in &groups.groups {
        page.gap();
        one(group, page);
    }
}

/// A group's name, and how many it has.
pub(crate) fn name(group: &Group) -> String {
    let name: String = match group.name.as_str() {
        "" => "(blank)".to_owned(),
        name => first(name, LONGEST).to_owned(),
    };
    format!("{name}: {} people", group.people)
}

fn one(group: &Group, page: &mut Page) {
    let look = page.look();
    page.line(&look.bold(&inert(&name(group))));
    let apart = said::apart(group);
    for difference in &apart {
        page.item(2, difference);
    }
    if apart.is_empty() {
        page.prose(2, &said::alike(group));
    }
}
