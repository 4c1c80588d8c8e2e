//! `session set`: tags, the first sitting, the wish and consent of a session.

use crate::commands::session::context::SessionContext;
use crate::commands::shared::answer_session::now;
use crate::commands::shared::completion_candidates;
use crate::commands::shared::global_args::say;
use crate::error::{Error, Result};
use crate::storage::label::checked;
use crate::storage::session_facts::{LONGEST_WISH, SessionFacts, Tag};
use clap_complete::engine::ArgValueCandidates;
use rolescope_core::text::{inert, unprintable};

/// What is recorded of a session beside its answers.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct FactsArgs {
    /// Tag the session: a word, or NAME=VALUE such as class=12B; may be given several times
    #[arg(long = "tag", value_name = "TAG", value_parser = Tag::parse)]
    tags: Vec<Tag>,
    /// Another sitting of the person of this session
    #[arg(long, value_name = "LABEL", add = ArgValueCandidates::new(completion_candidates::labels))]
    again: Option<String>,
    /// What the person wants to be, in their own words, asked before they see a result
    #[arg(long, value_name = "TEXT")]
    wish: Option<String>,
    /// The day on which the person, or whoever may, agreed that this is kept [default: today]
    #[arg(long, value_name = "DAY", num_args = 0..=1, default_missing_value = "today", value_parser = day)]
    consent: Option<String>,
}

/// A day as it is typed.
fn day(text: &str) -> std::result::Result<String, String> {
    if text == "today" {
        return Ok(jiff::ZonedDateTime::now().date().to_string());
    }
    text.parse::<jiff::civil::Date>()
        .ok()
        .filter(|day| text.len() == 10 && day.year() > 0)
        .map(|day| day.to_string())
        .ok_or_else(|| "a day such as 2026-11-27, or today".to_owned())
}

impl FactsArgs {
    /// Whether nothing is to be recorded.
    pub(crate) fn is_empty(&self) -> bool {
        self.tags.is_empty()
            && self.again.is_none()
            && self.wish.is_none()
            && self.consent.is_none()
    }

    /// Records what was typed for the session of a label.
    ///
    /// # Errors
    /// When the other sitting is not there or is the same, or the wish cannot be kept.
    pub(crate) fn record(
        &self,
        context: &SessionContext<'_>,
        label: &str,
        facts: &mut SessionFacts,
    ) -> Result<()> {
        if let Some(again) = &self.again {
            facts.first = Some(self::first(context, label, again)?);
        }
        for tag in &self.tags {
            let value = tag.value.clone().unwrap_or_default();
            facts.tags.insert(tag.name.clone(), value);
        }
        if let Some(wish) = &self.wish {
            facts.wish = Some(kept_wish(wish)?);
            facts.wished = Some(now());
        }
        if let Some(day) = &self.consent {
            facts.consent = Some(day.clone());
        }
        Ok(())
    }
}

/// The label of the first sitting of the person of another session.
fn first(context: &SessionContext<'_>, label: &str, again: &str) -> Result<String> {
    let other = context.session(again)?.sheet;
    let first = other.facts.first.unwrap_or(other.id);
    if first == label {
        return Err(Error::Usage(format!(
            "{:?} is the first sitting of {:?} itself: link the later one to it, by `{} --again {0:?}`",
            inert(label),
            inert(again),
            context.command("set", again)
        )));
    }
    let sittings = context.store.sittings(label, &context.pack)?;
    let mut later = sittings.iter().filter(|sheet| sheet.facts.first.is_some());
    if let Some(later) = later.next() {
        let later = &later.id;
        return Err(Error::Usage(format!(
            "{:?} is the first sitting of {:?}: link that one to {:?} before",
            inert(label),
            inert(later),
            inert(again)
        )));
    }
    Ok(first)
}

/// A wish as it is kept.
fn kept_wish(typed: &str) -> Result<String> {
    let wish = typed.trim();
    let length = wish.chars().count();
    if length == 0 || length > LONGEST_WISH {
        return Err(Error::Usage(format!(
            "a wish has 1 to {LONGEST_WISH} characters; this one has {length}"
        )));
    }
    if let Some(c) = wish.chars().find(|&c| unprintable(c)) {
        return Err(Error::Usage(format!(
            "the wish holds U+{:04X}, which cannot be shown",
            u32::from(c)
        )));
    }
    Ok(wish.to_owned())
}

/// Arguments of `session set`.
#[derive(Debug, clap::Args)]
pub struct SetArgs {
    /// Whose session
    #[arg(add = ArgValueCandidates::new(completion_candidates::labels))]
    label: String,
    #[command(flatten)]
    facts: FactsArgs,
    /// Take this tag off
    #[arg(long, value_name = "TAG", value_parser = Tag::parse)]
    untag: Vec<Tag>,
    /// Take this away: the link to a first sitting, the wish, or the consent
    #[arg(long, value_name = "WHAT")]
    unset: Vec<UnsetFact>,
}

/// What can be taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum UnsetFact {
    Again,
    Wish,
    Consent,
}

impl SetArgs {
    /// Runs the subcommand.
    ///
    /// # Errors
    /// When there is no such session, it is open elsewhere, or nothing was asked for.
    pub fn run(self, context: &SessionContext<'_>) -> Result<()> {
        if self.facts.is_empty() && self.untag.is_empty() && self.unset.is_empty() {
            return Err(Error::Usage(
                "nothing to set: give --tag, --again, --wish or --consent".to_owned(),
            ));
        }
        let label = checked(&self.label)?;
        let late = context.change(&label, |sheet| {
            for tag in &self.untag {
                if !tag.is_of(&sheet.facts) {
                    return Err(Error::Usage(format!(
                        "the session has no tag {:?}",
                        tag.written()
                    )));
                }
                sheet.facts.tags.remove(&tag.name);
            }
            for unset in &self.unset {
                match unset {
                    UnsetFact::Again => sheet.facts.first = None,
                    UnsetFact::Wish => (sheet.facts.wish, sheet.facts.wished) = (None, None),
                    UnsetFact::Consent => sheet.facts.consent = None,
                }
            }
            self.facts.record(context, &label, &mut sheet.facts)?;
            Ok(self.facts.wish.is_some() && sheet.finished.is_some())
        })?;
        context
            .settings
            .remark(&format!("Recorded for {}.", inert(&label)));
        if late {
            say(
                "The quiz was finished before: pages say that this wish was written down after it.",
            );
        }
        Ok(())
    }
}
