//! What was written down beside the answers: the person's own wish, and notes.

use crate::pages::result_options::{Audience, ResultOptions};
use crate::results::report::Report;
use crate::scoring::assessment::State;
use crate::text::plain;
use crate::write::document::{Block, Card, prose};
use crate::write::wording;

/// The wish, and where the roles stand that it names; nothing where none was written down.
pub(crate) fn wish(report: &Report<'_>, shown: &ResultOptions<'_>) -> Vec<Block> {
    let Some((text, before)) = &shown.wish else {
        return Vec::new();
    };
    let pack = report.pack();
    let said = if shown.view == Audience::Student {
        let wish = pack.phrase("result-wish").when("before", *before);
        wish.text("wish", text).to_string()
    } else {
        let wish = pack.phrase("counsel-wish").when("before", *before);
        wish.text("wish", text).to_string()
    };
    let mut blocks = vec![prose(said)];
    if report.outcome.state != State::Insufficient {
        blocks.extend(named(report, text).map(prose));
    }
    blocks
}

/// Where the roles stand that a text names.
fn named<'r>(report: &'r Report<'_>, text: &str) -> impl Iterator<Item = String> + 'r {
    let wish = words(text);
    let comparison = report.comparison;
    let names = move |name: &str| {
        let name = words(name);
        name.trim().len() > 2 && wish.contains(&name)
    };
    (0..comparison.candidates.len()).filter_map(move |at| {
        let role = comparison.role(at);
        let called = std::iter::once(&role.name).chain(role.also_known_as());
        if !{ called }.any(|name| names(name)) {
            return None;
        }
        let ranking = &report.outcome.ranking;
        let pack = report.pack();
        let place = if ranking.band.contains(&at) {
            pack.phrase("result-wish-best")
        } else {
            let rank = ranking.ranks.get(at).copied().flatten()?;
            let place = pack.phrase("result-wish-rank").number("rank", rank);
            place.number("count", comparison.candidates.len())
        };
        Some(place.text("job", &role.name).to_string())
    })
}

/// A text as words between spaces, to find whole words in.
fn words(text: &str) -> String {
    let plain = plain(text);
    let words = plain.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

/// The notes, each under its date; nothing where none are to be shown.
pub(crate) fn notes(shown: &ResultOptions<'_>) -> Option<Block> {
    let cards = shown.notes.iter().map(|(date, text)| {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        Card::new(wording::minute(date), lines.map(prose).collect())
    });
    let cards: Vec<Card> = cards.collect();
    (!cards.is_empty()).then_some(Block::Cards(cards))
}
