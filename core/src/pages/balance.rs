//! What `check` found: advice to the author of the pack, and what simulated people show of its balance.

use crate::pack::advice::Lint;
use crate::results::report::Receipt;
use crate::scoring::comparison::Comparison;
use crate::simulation::balance::{BLANK, Balance, COMMON, RoleFigures, YEA_SAYING};
use crate::simulation::band_coverage::BandFigures;
use crate::simulation::norm_study::{LEVELS_OFF, NormFigures};
use crate::write::document::{
    Block, ColumnKind, Document, Row, Table, column, items, prose, words,
};
use crate::write::rich_text::RichText;
use crate::write::terminal_text::fixed;
use crate::write::wording;

/// Pairs of roles shown as most confused.
const PAIRS: usize = 5;
/// Said at the foot of each printed page.
const FOOT: &str = "About a pack, never about a person.";

/// What is to be said of a pack: the advice of [`Comparison::lint`] and, of simulated people, how evenly
/// roles come first and which rules the pack breaks; without a simulation only what reading it tells.
#[must_use]
pub(crate) fn page(
    comparison: &Comparison<'_>,
    lints: &[Lint],
    balance: Option<&Balance>,
) -> Document {
    let pack = comparison.pack;
    let mut doc = Document::new("check", format!("{} {}", pack.name, pack.version), FOOT);
    doc.opening = vec![
        prose(format!(
            "{} roles, {} traits, {} questions in {} {}, no mistakes",
            pack.roles.len(),
            pack.traits.len(),
            pack.questions.len(),
            pack.sections.len(),
            if pack.sections.len() == 1 {
                "section"
            } else {
                "sections"
            }
        )),
        prose(&pack.fingerprint),
    ];
    if comparison.measured.is_some() {
        let norms = wording::norms(comparison.pack, &Receipt::of(comparison));
        doc.opening.push(prose(format!("compared with {norms}")));
    }
    doc.part("advice", "Advice", items(lints.iter().map(advice)));
    if let Some(balance) = balance {
        doc.part("roles", "Roles", [roles(comparison, balance)]);
        let id = |at: usize| comparison.role(at).id.as_str();
        let confused = balance.confusions.iter().take(PAIRS).map(|&(a, b, share)| {
            format!(
                "{} of 100 people made like {} have {} first",
                fixed(100.0 * share, 0),
                id(a),
                id(b)
            )
        });
        doc.part("confused", "Most confused", items(confused));
        doc.part("strain", "Under strain", items(strain(balance)));
        doc.part("rules", "Rules", [rules(comparison, balance)]);
    }
    doc
}

fn advice(lint: &Lint) -> RichText {
    let kind = if lint.note { "Note" } else { "Mend" };
    RichText::with_addresses(&format!("{kind}: {}: {}", lint.found, lint.help))
}

/// Each rule, what was measured, and the role for which it is worst.
pub(crate) fn rules(comparison: &Comparison<'_>, balance: &Balance) -> Block {
    let rows = balance.verdicts().into_iter().map(|verdict| {
        let worst = verdict
            .worst
            .map_or_else(String::new, |at| format!(" ({})", comparison.role(at).id));
        Row::of(vec![
            words(format!("{}{worst}", verdict.rule)),
            words(fixed(verdict.measured, 3)),
            words(if verdict.kept { "kept" } else { "BROKEN" }),
        ])
    });
    Block::Table(Table {
        caption:
            "Balance, recovery and coverage: each rule of the pack, what was measured, and the \
                  role for which it is worst."
                .to_owned(),
        columns: vec![
            column("rule", ColumnKind::Name),
            column("measured", ColumnKind::Figures),
            column("", ColumnKind::Words),
        ],
        rows: rows.collect(),
    })
}

/// What became of each role among simulated people.
pub(crate) fn roles(comparison: &Comparison<'_>, balance: &Balance) -> Block {
    let rows = balance.roles.iter().enumerate().map(|(at, role)| {
        let figures = [
            role.fair,
            role.fair_true,
            role.first,
            role.top3,
            role.in_band,
        ];
        let figures = figures.iter().map(|figure| words(fixed(*figure, 2)));
        let id = words(&comparison.role(at).id);
        Row::of([id].into_iter().chain(figures).collect())
    });
    let figures = |name: &str| column(name, ColumnKind::Figures);
    Block::Table(Table {
        caption: format!(
            "Role by role. Fair: its first places among {} mixed people, where 1 is an equal share; \
             true: the same with endless questions. First, top 3, group: of {} people made like it, \
             the share who have it there.",
            balance.mixed_people, balance.like_people
        ),
        columns: vec![
            column("role", ColumnKind::Name),
            figures("fair"),
            figures("true"),
            figures("first"),
            figures("top 3"),
            figures("group"),
        ],
        rows: rows.collect(),
    })
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
        format!(
            "Mixed people are asked {} questions by it, and it leaves them {} roles, with the true first \
             among them {} of 100 times.",
            fixed(balance.quick_mixed.questions, 1),
            fixed(balance.quick_mixed.quick.size, 1),
            fixed(100.0 * balance.quick_mixed.quick.coverage, 0)
        ),
        common(balance),
        format!(
            "If every level of every role is off by a point, by chance, {} of 100 first places go to \
             another role.",
            fixed(100.0 * balance.levels.moved, 0)
        ),
        odds(balance),
        off(balance),
    ]
}

/// What either band holds where norms and levels are off.
fn off(balance: &Balance) -> String {
    let NormFigures { as_stated, further } = balance.off;
    let held = |figures: BandFigures| fixed(100.0 * figures.coverage, 0);
    format!(
        "If every mean of the norms is off by its doubt and every level by its spread, by chance, the first \
         group has {} roles and holds the true first {} of 100 times; the wide band has {} and holds it {} of 100 \
         times. If levels are off by {LEVELS_OFF} points they hold it {} and {} of 100 times.",
        fixed(as_stated.band.size, 1),
        held(as_stated.band),
        fixed(as_stated.wide.size, 1),
        held(as_stated.wide),
        held(further.band),
        held(further.wide)
    )
}

/// First places where traits go together: by a common part, and as the norms in use say.
fn common(balance: &Balance) -> String {
    let range = |share: &dyn Fn(&RoleFigures) -> f64| {
        let shares = || balance.roles.iter().map(share);
        let (least, most) = (
            shares().fold(f64::INFINITY, f64::min),
            shares().fold(0.0, f64::max),
        );
        format!("{} to {}", fixed(least, 2), fixed(most, 2))
    };
    let ranges = COMMON.iter().enumerate().map(|(n, f)| {
        format!(
            "{} where {} % of the variance is common",
            range(&|role| role.fair_common[n]),
            fixed(100.0 * f, 0)
        )
    });
    let text = format!(
        "Among people who differ in how much they like everything, roles have these first places, of \
         their fair share: {}.",
        ranges.collect::<Vec<_>>().join(", and ")
    );
    if balance
        .roles
        .iter()
        .any(|role| role.fair_measured.is_none())
    {
        return text;
    }
    format!(
        "{text} Among people whose traits go together as those of the measured norms do: {}.",
        range(&|role| role.fair_measured.unwrap_or(0.0))
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
