//! What people's own roles say of matches, for people.

use crate::pages::analysis_cells::figures;
use crate::pages::validity::{auc, odds};
use crate::psychometrics::criterion_study::{CriterionStudy, FLOOR, PlaceShare};
use crate::psychometrics::estimate::Estimate;
use crate::write::document::{
    Block, ColumnKind, Row, Table, column, fact, items_after, list, note, prose, words as text,
};
use crate::write::terminal_text::fixed;
use crate::write::wording::count;

/// The heading.
pub(crate) const TITLE: &str = "Do matches tell people of a role from others?";

fn number(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

/// A figure with its interval.
fn with_interval(e: Option<Estimate>) -> String {
    e.map_or_else(
        || "cannot be computed".to_owned(),
        |e| {
            let [value, low, high] = [e.value, e.low, e.high].map(|f| fixed(f, 2));
            format!("{value} (95 % interval {low} to {high})")
        },
    )
}

/// What was found.
pub(crate) fn blocks(study: &CriterionStudy) -> Vec<Block> {
    let mut blocks = vec![prose(who(study))];
    if study.people < FLOOR {
        blocks.push(note(format!(
            "Fewer than {FLOOR} people: no figure is given."
        )));
        return blocks;
    }
    blocks.extend([
        fact("AUC within a role", auc(study.auc)),
        prose(format!(
            "The chance that someone of a role has a higher match with it than someone of another role: the mean over {}, \
             each counted alike. 0.5 is what guessing gives, 1 is perfect. This is what a match promises.",
            count(study.roles.len(), "role", "roles")
        )),
        prose(verdict(study)),
        fact("AUC within a person", with_interval(study.within)),
        fact(
            "One list for everybody",
            study.within_list.map_or_else(|| "cannot be computed".to_owned(), |f| fixed(f, 2)),
        ),
        prose(format!(
            "Within a person: the share of other roles whose match is below that of the own role. The list has the \
             roles in the order of how many of these people are of them, and asks nobody anything; the match is above \
             it by {}.",
            with_interval(study.within_gain)
        )),
        list(
            [
                format!("Own role first: {}", place(&study.first)),
                format!("Own role among the first three: {}", place(&study.three)),
            ],
        ),
        roles(study),
        odds(
            &study.odds,
            "Stated odds: of pairs of the own role and another, how often the one stated to fit better was the own one, \
             in 100, with a 95 % interval by the jackknife over people.",
        ),
    ]);
    let groups = study.groups.iter().map(|group| {
        format!(
            "{}: AUC within a role {}, over {}",
            group.name,
            auc(group.auc),
            count(group.roles, "role", "roles")
        )
    });
    let lead = "Groups, on the roles that have enough people in each of them. Their intervals take roles for independent.";
    blocks.extend(items_after(lead.to_owned(), groups));
    blocks
}

/// How many people there are, and who is left out.
fn who(study: &CriterionStudy) -> String {
    let left = [
        (study.blank, "without a role"),
        (study.elsewhere, "of a role not compared here"),
        (study.unranked, "with too few answers"),
    ];
    let left = left.iter().filter(|(n, _)| *n > 0);
    let left: Vec<String> = left.map(|(n, why)| format!("{n} {why}")).collect();
    let people = count(number(study.people), "person has", "people have");
    let more = if left.is_empty() {
        String::new()
    } else {
        format!(" Left out: {}.", left.join(", "))
    };
    format!(
        "{people} a role of their own in column {}.{more}",
        study.column
    )
}

/// What the interval says.
fn verdict(study: &CriterionStudy) -> String {
    if study.evidence() {
        "The interval lies above 0.5: matches tell people of these roles from others.".to_owned()
    } else {
        "No evidence that matches tell people of these roles from others: the interval does not lie above 0.5.".to_owned()
    }
}

fn place(place: &PlaceShare) -> String {
    let hundred = |share: f64| fixed(100.0 * share, 1);
    let share = place.share.map_or_else(String::new, |share| {
        format!(
            "{} of 100 (95 % interval {} to {}); ",
            hundred(share.value),
            hundred(share.low),
            hundred(share.high)
        )
    });
    format!(
        "{share}one list for everybody {}, chance {}",
        hundred(place.list),
        hundred(place.chance)
    )
}

fn roles(study: &CriterionStudy) -> Block {
    let rows = study.roles.iter().map(|role| {
        Row::of(vec![
            text(&role.id),
            text(role.people.to_string()),
            text(auc(Some(role.auc))),
        ])
    });
    let few = match study.few {
        0 => String::new(),
        n => format!(
            " {} fewer than {FLOOR} people and no figure.",
            count(n, "role has", "roles have")
        ),
    };
    Block::Table(Table {
        caption: format!(
            "AUC of each role, with the 95 % interval of DeLong. Matches are counted in steps of 1/32 of a standard \
             deviation, which moves the mean by at most {}.{few}",
            fixed(study.grid_error, 4)
        ),
        columns: vec![
            column("role", ColumnKind::Name),
            figures("people"),
            figures("AUC"),
        ],
        rows: rows.collect(),
    })
}
