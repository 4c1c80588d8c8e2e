//! `session note`: dated words about a person, kept in the same file.

use crate::commands::candidates;
use crate::commands::context::say;
use crate::commands::place::now;
use crate::commands::session::errand::Desk;
use crate::engine::text::unprintable;
use crate::error::{Error, Result};
use crate::files::draft::{self, Draft};
use crate::files::lock::Lock;
use crate::files::sheet::{self, LONGEST_NOTE, Sheet};
use clap_complete::engine::ArgValueCandidates;
use std::io::IsTerminal as _;
use std::path::Path;

/// Arguments of `session note`.
#[derive(Debug, clap::Args)]
pub struct Note {
    /// Whose session
    #[arg(add = ArgValueCandidates::new(candidates::labels))]
    label: String,
    /// What to note; left out, $VISUAL or $EDITOR opens, or standard input is read
    text: Option<String>,
}

impl Note {
    /// Runs the errand.
    ///
    /// # Errors
    /// When there is no such session, it is open elsewhere, or the note cannot be kept.
    pub fn run(self, desk: &Desk<'_>) -> Result<()> {
        let path = desk.session(&self.label)?.path;
        // held while the editor is open, so that what is written there has a place
        let _lock = Lock::take(&path)?;
        match self.text {
            Some(text) => keep(desk, &path, &text),
            None if std::io::stdin().is_terminal() => edit(desk, &path),
            None => keep(desk, &path, &draft::text(std::io::stdin().lock())?),
        }
    }
}

/// Keeps what a person writes in their editor, or leaves it there.
fn edit(desk: &Desk<'_>, path: &Path) -> Result<()> {
    let set = |name: &str| std::env::var(name).ok().filter(|v| !v.trim().is_empty());
    let editor = set("VISUAL").or_else(|| set("EDITOR")).ok_or_else(|| {
        Error::Usage("write the note after the label, or set VISUAL or EDITOR to an editor".into())
    })?;
    let draft = Draft::of(path)?;
    let kept = written(&editor, &draft).and_then(|typed| keep(desk, path, &typed));
    if kept.is_err() && draft.text().is_ok_and(|text| !text.trim().is_empty()) {
        say("What you wrote is not lost: the same command opens it again.");
    } else {
        Draft::discard(path);
    }
    kept
}

fn written(editor: &str, draft: &Draft) -> Result<String> {
    let mut words = editor.split_whitespace();
    let status = std::process::Command::new(words.next().unwrap_or_default())
        .args(words)
        .arg(draft.path())
        .status()
        .map_err(|source| Error::io(format!("cannot open the editor {editor:?}"), source))?;
    if !status.success() {
        return Err(Error::failed(format!(
            "the editor ended with {status}; nothing was noted"
        )));
    }
    draft.text()
}

fn keep(desk: &Desk<'_>, path: &Path, typed: &str) -> Result<()> {
    let text = clean(typed)?;
    let colour = desk.settings.look_of_messages().colour;
    let mut sheet = Sheet::load(path, &desk.pack, colour)?;
    sheet.notes.push(sheet::Note { date: now(), text });
    sheet.save(path, &desk.pack)?;
    desk.settings.remark(&format!(
        "Noted. {}",
        match sheet.notes.len() {
            1 => "It is the first note here.".to_owned(),
            n => format!("There are {n} notes now."),
        }
    ));
    Ok(())
}

/// A note as it is kept: nothing in it that could not be read again.
fn clean(typed: &str) -> Result<String> {
    let text = typed.replace("\r\n", "\n").replace('\t', "    ");
    let text = text.trim_matches('\n').trim_end();
    if text.trim().is_empty() {
        return Err(Error::failed("the note is empty; nothing was noted"));
    }
    let length = text.chars().count();
    if length > LONGEST_NOTE {
        return Err(Error::failed(format!(
            "the note has {length} characters; at most {LONGEST_NOTE} are kept in one"
        )));
    }
    if let Some(c) = text.chars().find(|&c| c != '\n' && unprintable(c)) {
        return Err(Error::failed(format!(
            "the note holds U+{:04X}, which cannot be shown; nothing was noted",
            u32::from(c)
        )));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn a_note_is_kept_as_it_can_be_read_again() {
        assert_eq!(clean("\n a\tb\r\nc \n\n").expect("kept"), " a    b\nc");
        for text in ["", " \n\t\n", "a\0b", "\u{1b}[2J", &"ā".repeat(20_001)] {
            assert!(clean(text).is_err(), "{text:?}");
        }
    }
}
