//! `session note`: adds a dated note about a person to the answer file.

use crate::commands::session::context::SessionContext;
use crate::commands::shared::answer_session::now;
use crate::commands::shared::completion_candidates;
use crate::commands::shared::global_args::say;
use crate::error::{Error, Result};
use crate::storage::answer_file::{AnswerSheet, LONGEST_NOTE, Note};
use crate::storage::label::checked;
use crate::storage::note_draft;
use crate::storage::note_draft::NoteDraft;
use crate::storage::open_answers::OpenAnswers;
use clap_complete::engine::ArgValueCandidates;
use rolescope_core::text::unprintable;
use rolescope_core::write::count;
use std::io::IsTerminal as _;
use std::path::Path;

/// Arguments of `session note`.
#[derive(Debug, clap::Args)]
pub struct NoteArgs {
    /// Whose session
    #[arg(add = ArgValueCandidates::new(completion_candidates::labels))]
    label: String,
    /// Text of the note; without it $VISUAL or $EDITOR opens, or standard input is read
    text: Option<String>,
    /// Replace the note of this number by the text, or without one change it in $VISUAL or $EDITOR; `session show`
    /// numbers the notes
    #[arg(long, value_name = "N", conflicts_with = "delete")]
    edit: Option<usize>,
    /// Delete the note of this number
    #[arg(long, value_name = "N", conflicts_with = "text")]
    delete: Option<usize>,
}

impl NoteArgs {
    /// Runs the subcommand.
    ///
    /// # Errors
    /// When there is no such session, it is open elsewhere, or the note cannot be kept.
    pub fn run(self, context: &SessionContext<'_>) -> Result<()> {
        if let Some(number) = self.edit.or(self.delete) {
            return self.change(context, number);
        }
        let path = context.session(&self.label)?.path;
        // open while the editor is, so that what is written there has a place
        let colour = context.settings.look_of_messages().colour();
        let mut open = OpenAnswers::open(&path, &context.pack, colour, None)?;
        let kept = match self.text {
            Some(text) => keep(context, &mut open, &text),
            None if std::io::stdin().is_terminal() => edit(context, &mut open),
            None => {
                let typed = note_draft::text(std::io::stdin().lock())?;
                keep(context, &mut open, &typed)
            }
        };
        open.remarks().iter().for_each(|remark| say(remark));
        kept
    }
}

impl NoteArgs {
    /// Replaces a note by what a person makes of it in an editor.
    fn edited(&self, context: &SessionContext<'_>, number: usize) -> Result<()> {
        let editor = editor()?;
        let path = context.session(&self.label)?.path;
        // open while the editor is, so that the note is still there afterwards
        let colour = context.settings.look_of_messages().colour();
        let mut open = OpenAnswers::open(&path, &context.pack, colour, None)?;
        let at = place(number, open.sheet())?;
        let before = open.sheet().notes[at].text.clone();
        let draft = NoteDraft::of_change(&path, &before)?;
        let done = kept_of((&editor, draft), &before, |typed| {
            let text = clean(typed)?;
            if text == before {
                context
                    .settings
                    .remark(&format!("Note {number} is as it was."));
                return Ok(());
            }
            open.sheet_mut().notes[at].text = text;
            open.save()?;
            context
                .settings
                .remark(&format!("Note {number} is changed."));
            Ok(())
        });
        open.remarks().iter().for_each(|remark| say(remark));
        done
    }

    /// Replaces or deletes a note.
    fn change(&self, context: &SessionContext<'_>, number: usize) -> Result<()> {
        let text = match (&self.text, self.delete) {
            (_, Some(_)) => None,
            (Some(text), _) => Some(clean(text)?),
            (None, _) if std::io::stdin().is_terminal() => return self.edited(context, number),
            (None, _) => Some(clean(&note_draft::text(std::io::stdin().lock())?)?),
        };
        let left = context.change(&checked(&self.label)?, |sheet| {
            let at = place(number, sheet)?;
            match &text {
                Some(text) => sheet.notes[at].text.clone_from(text),
                None => drop(sheet.notes.remove(at)),
            }
            Ok(sheet.notes.len())
        })?;
        context.settings.remark(&match text {
            Some(_) => format!("Note {number} is changed."),
            None => format!(
                "Note {number} is deleted; {}.",
                match left {
                    0 => "there are none now".to_owned(),
                    n => count(n, "is left", "are left"),
                }
            ),
        });
        Ok(())
    }
}

/// Where the note of a number is.
fn place(number: usize, sheet: &AnswerSheet) -> Result<usize> {
    let at = number.checked_sub(1).filter(|&at| at < sheet.notes.len());
    at.ok_or_else(|| {
        Error::Usage(format!(
            "there is no note {number}: {}",
            match sheet.notes.len() {
                0 => "the session has none".to_owned(),
                n => format!("they go from 1 to {n}"),
            }
        ))
    })
}

/// Saves the text that a person writes in an editor.
fn edit(context: &SessionContext<'_>, open: &mut OpenAnswers<'_>) -> Result<()> {
    let editor = editor()?;
    let draft = NoteDraft::of(open.path())?;
    kept_of((&editor, draft), "", |typed| keep(context, open, typed))
}

/// The editor that a person has set.
fn editor() -> Result<String> {
    let set = |name: &str| std::env::var(name).ok().filter(|v| !v.trim().is_empty());
    let of_system = || cfg!(windows).then(|| "notepad".to_owned());
    let editor = set("VISUAL").or_else(|| set("EDITOR"));
    editor.or_else(of_system).ok_or_else(|| {
        Error::Usage("write the note after the label, or set VISUAL or EDITOR to an editor".into())
    })
}

/// Keeps what a person writes into a draft; the draft stays if that fails and it holds another text than before.
fn kept_of(
    (editor, draft): (&str, NoteDraft),
    before: &str,
    keep: impl FnOnce(&str) -> Result<()>,
) -> Result<()> {
    let kept = written(editor, &draft).and_then(|typed| keep(&typed));
    let other = |text: String| !text.trim().is_empty() && text.trim() != before.trim();
    if kept.is_err() && draft.text().is_ok_and(other) {
        say("What you wrote is not lost: the same command opens it again.");
    } else {
        draft.remove();
    }
    kept
}

/// The program of an editor, and its arguments: spaces are between them, unless quotes are around the program or all
/// of it is the path of a file, as below `C:\Program Files`.
fn program_of(editor: &str) -> (&str, &str) {
    let editor = editor.trim();
    if Path::new(editor).is_file() {
        return (editor, "");
    }
    let quoted = editor
        .strip_prefix('"')
        .and_then(|rest| rest.split_once('"'));
    let parts = quoted.or_else(|| editor.split_once(char::is_whitespace));
    parts.unwrap_or((editor, ""))
}

fn written(editor: &str, draft: &NoteDraft) -> Result<String> {
    let (program, arguments) = program_of(editor);
    let status = std::process::Command::new(program)
        .args(arguments.split_whitespace())
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

fn keep(context: &SessionContext<'_>, open: &mut OpenAnswers<'_>, typed: &str) -> Result<()> {
    let text = clean(typed)?;
    let note = Note { date: now(), text };
    open.sheet_mut().notes.push(note);
    open.save()?;
    context.settings.remark(&format!(
        "Noted. {}",
        match open.sheet().notes.len() {
            1 => "It is the first note here.".to_owned(),
            n => format!("There are {n} notes now."),
        }
    ));
    Ok(())
}

/// Validates and normalises a note, so that it can be read back.
fn clean(typed: &str) -> Result<String> {
    // an editor of Windows may write a mark of the encoding first
    let typed = typed.trim_start_matches('\u{FEFF}');
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
    use super::{clean, program_of};

    #[test]
    fn a_note_is_kept_as_it_can_be_read_again() {
        assert_eq!(
            clean("\u{FEFF}\n a\tb\r\nc \n\n").expect("kept"),
            " a    b\nc"
        );
        for text in ["", " \n\t\n", "a\0b", "\u{1b}[2J", &"ā".repeat(20_001)] {
            assert!(clean(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn an_editor_may_have_arguments_or_spaces_in_its_path() {
        assert_eq!(program_of("vi"), ("vi", ""));
        assert_eq!(program_of(" code --wait "), ("code", "--wait"));
        assert_eq!(
            program_of(r#""C:\Program Files\Editor\ed.exe" -n 1"#),
            (r"C:\Program Files\Editor\ed.exe", " -n 1")
        );
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("my editor");
        std::fs::write(&path, "").expect("written");
        let path = path.to_str().expect("text");
        assert_eq!(program_of(path), (path, ""));
    }
}
