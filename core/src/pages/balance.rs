//! What `check` measured, as a table for people.

use crate::scoring::comparison::Comparison;
use crate::simulation::balance::{BLANK, Balance, COMMON, YEA_SAYING};
use crate::write::terminal_text::{TextPage, TextStyle, cell, fixed};

/// Pairs of roles shown as most confused.
const PAIRS: usize = 5;

/// The table of roles, the figures of the whole pack, and a verdict for each rule.
pub fn page(comparison: &Comparison<'_>, balance: &Balance, look: TextStyle) -> String {
    let id = |at: usize| comparison.role(at).id.as_str();
    let mut page = TextPage::new(look);
    page.heading("Roles");
    page.prose(
        0,
        &format!(
            "fair: first places of {} mixed people, 1 is an equal share; true: the same with \
             endless questions. first, top 3, band: of {} people made like the role, how many \
             have it there.",
            balance.mixed_people, balance.like_people
        ),
    );
    let name = 32.min(look.columns() - 36);
    page.line(&look.bold(&format!(
        "  {}   fair   true  first  top 3   band",
        cell("", name, look.ascii)
    )));
    for (at, role) in balance.roles.iter().enumerate() {
        page.line(&format!(
            "  {}  {:>5}  {:>5}  {:>5}  {:>5}  {:>5}",
            cell(id(at), name, look.ascii),
            fixed(role.fair, 2),
            fixed(role.fair_true, 2),
            fixed(role.first, 2),
            fixed(role.top3, 2),
            fixed(role.in_band, 2)
        ));
    }
    page.heading("Most confused");
    for &(a, b, share) in balance.confusions.iter().take(PAIRS) {
        page.item(
            0,
            &format!(
                "{} of 100 people made like {} have {} first",
                fixed(100.0 * share, 0),
                id(a),
                id(b)
            ),
        );
    }
    page.heading("Under strain");
    for figure in strain(balance) {
        page.item(0, &figure);
    }
    page.heading("Rules");
    for verdict in balance.verdicts() {
        let mark = if verdict.kept { "kept  " } else { "BROKEN" };
        let worst = verdict
            .worst
            .map_or_else(String::new, |at| format!(" ({})", id(at)));
        page.hanging(
            &format!("  {mark}  "),
            10,
            &format!("{}: {}{worst}", verdict.rule, fixed(verdict.measured, 3)),
        );
    }
    page.finish()
}

/// How the figures hold up: a second occasion, missing answers, yea-saying, the quick quiz.
pub(crate) fn strain(balance: &Balance) -> Vec<String> {
    let quick = &balance.quick;
    vec![
        format!(
            "A second occasion gives the same first role to {} of 100; bands overlap by {}.",
            fixed(100.0 * balance.retest_same, 0),
            fixed(balance.retest_overlap, 2)
        ),
        format!(
            "With {} % of the answers missing the first role stays for {} of 100; the band has \
             {} roles and holds the true first {} of 100 times.",
            fixed(100.0 * BLANK, 0),
            fixed(100.0 * balance.blank_same, 0),
            fixed(balance.blank.size, 1),
            fixed(100.0 * balance.blank.coverage, 0)
        ),
        format!(
            "Yea-saying (spread {YEA_SAYING} of a label) moves {} of 100 first places to another \
             role, over the whole population.",
            fixed(100.0 * balance.yea_saying, 1)
        ),
        format!(
            "For people with a clear pattern the band holds the true first {} of 100 times.",
            fixed(100.0 * balance.clear.coverage, 0)
        ),
        format!(
            "The quick quiz asks people with a clear pattern {} questions and leaves {} roles, \
             with the true first among them {} of 100 times; a fixed form of the same length \
             leaves {}, {} of 100 times.",
            fixed(quick.questions, 1),
            fixed(quick.quick.size, 1),
            fixed(100.0 * quick.quick.coverage, 0),
            fixed(quick.fixed.size, 1),
            fixed(100.0 * quick.fixed.coverage, 0)
        ),
        common(balance),
        format!(
            "If every level of every role is off by a point, by chance, {} of 100 first places go to \
             another role.",
            fixed(100.0 * balance.levels.moved, 0)
        ),
        odds(balance),
    ]
}

/// First places where people differ in how much they like everything.
fn common(balance: &Balance) -> String {
    let ranges = COMMON.iter().enumerate().map(|(n, f)| {
        let shares = || balance.roles.iter().map(|r| r.fair_common[n]);
        let (least, most) = (
            shares().fold(f64::INFINITY, f64::min),
            shares().fold(0.0, f64::max),
        );
        format!(
            "{} to {} where {} % of the variance is common",
            fixed(least, 2),
            fixed(most, 2),
            fixed(100.0 * f, 0)
        )
    });
    format!(
        "Among people who differ in how much they like everything, roles have these first places, of \
         their fair share: {}.",
        ranges.collect::<Vec<_>>().join(", and ")
    )
}

/// Whether the odds of one role over another hold when levels are off by their spreads.
fn odds(balance: &Balance) -> String {
    let classes = balance.levels.odds.iter().flatten();
    let said = classes
        .map(|(said, right)| format!("{} ({})", fixed(100.0 * said, 0), fixed(100.0 * right, 0)));
    format!(
        "Odds of one role over another, in 100, and how often they are right (in brackets) when levels \
         are off by their spreads: {}.",
        said.collect::<Vec<_>>().join(", ")
    )
}
