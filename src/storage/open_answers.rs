//! Open answers: a person's sheet in its locked file, merged before each save with what others wrote there.

use crate::error::{Error, Result};
use crate::storage::answer_file::AnswerSheet;
use crate::storage::answer_merge::merge;
use crate::storage::answer_text::with_sheet;
use crate::storage::locked_file::{FileChange, LockedFile};
use crate::storage::text_file::bounded;
use rolescope_core::Pack;
use rolescope_core::write::count;
use std::path::{Path, PathBuf};

/// Answers that are open for change.
#[derive(Debug)]
pub struct OpenAnswers<'p> {
    pack: &'p Pack,
    path: PathBuf,
    file: LockedFile,
    /// What was opened.
    base: AnswerSheet,
    /// What is to be saved.
    sheet: AnswerSheet,
    /// What the person should know.
    remarks: Vec<String>,
}

impl<'p> OpenAnswers<'p> {
    /// Opens a file, or begins it with a sheet where there is none.
    ///
    /// # Errors
    /// When it has mistakes, is open elsewhere, or cannot be read or written; without a sheet, when there is none.
    pub fn open(
        path: &Path,
        pack: &'p Pack,
        colour: bool,
        begun: Option<AnswerSheet>,
    ) -> Result<Self> {
        if begun.is_none() {
            // first the file, lest a mistyped name leave a lock behind
            let there = std::fs::metadata(path);
            there.map_err(|e| Error::io(format!("cannot read {}", path.display()), e))?;
        }
        let file = LockedFile::open(path)?;
        let Some(bytes) = file.bytes() else {
            let Some(sheet) = begun else {
                let gone = std::io::ErrorKind::NotFound.into();
                return Err(Error::io(format!("cannot read {}", path.display()), gone));
            };
            return Self::begun(path, file, sheet, pack);
        };
        let name = path.display().to_string();
        let sheet = AnswerSheet::of_bytes(&name, bytes.to_vec(), pack, colour)?;
        Ok(Self::new(path, file, sheet, pack))
    }

    /// Begins a new file; none if there is one, or another program is about to make it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin(path: &Path, sheet: AnswerSheet, pack: &'p Pack) -> Result<Option<Self>> {
        if std::fs::symlink_metadata(path).is_ok() {
            return Ok(None);
        }
        match LockedFile::try_open(path)? {
            Some(file) if file.bytes().is_none() => Self::begun(path, file, sheet, pack).map(Some),
            _ => Ok(None),
        }
    }

    fn begun(path: &Path, file: LockedFile, sheet: AnswerSheet, pack: &'p Pack) -> Result<Self> {
        let mut open = Self::new(path, file, sheet, pack);
        open.save()?;
        Ok(open)
    }

    fn new(path: &Path, file: LockedFile, sheet: AnswerSheet, pack: &'p Pack) -> Self {
        let mut remarks = Vec::new();
        if !file.is_locked() {
            remarks.push(format!(
                "This file system has no locks: open {} in one program at a time.",
                path.display()
            ));
        }
        if let Some(restored) = file.restored() {
            remarks.push(format!("{} {restored}.", path.display()));
        }
        Self {
            pack,
            path: path.to_owned(),
            file,
            base: sheet.clone(),
            sheet,
            remarks,
        }
    }

    /// The file, as it was named.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The pack of the answers.
    #[must_use]
    pub const fn pack(&self) -> &'p Pack {
        self.pack
    }

    /// What the file holds, with changes that are not saved yet.
    #[must_use]
    pub const fn sheet(&self) -> &AnswerSheet {
        &self.sheet
    }

    /// The same, to be changed.
    pub const fn sheet_mut(&mut self) -> &mut AnswerSheet {
        &mut self.sheet
    }

    /// What should be said about the file, once.
    pub fn remarks(&mut self) -> Vec<String> {
        std::mem::take(&mut self.remarks)
    }

    /// Saves the sheet and waits for the disk. What another program wrote into the file since is merged, or set aside
    /// beside it where it cannot be.
    ///
    /// # Errors
    /// When the folder cannot be written, or the sheet has grown too large to be read again; the
    /// old file is then untouched.
    pub fn save(&mut self) -> Result<()> {
        let text = self.next_text()?;
        self.file.write(text)
    }

    /// The same while the disk follows: when this returns, no killed program loses what was saved, but a loss of power may
    /// until [`Self::settle`] returns.
    ///
    /// # Errors
    /// As [`Self::save`].
    pub fn save_behind(&mut self) -> Result<()> {
        let text = self.next_text()?;
        self.file.write_behind(text)
    }

    /// Waits until all that was saved is on the disk.
    ///
    /// # Errors
    /// When it cannot be brought there, written anew either.
    pub fn settle(&mut self) -> Result<()> {
        self.file.settle().or_else(|_| self.save())
    }

    /// What the file is to hold, after a look at what it holds.
    fn next_text(&mut self) -> Result<Vec<u8>> {
        match self.file.change()? {
            FileChange::None => {}
            FileChange::Gone => self.remark("was removed while it was open, and is written anew"),
            FileChange::Changed(bytes) => self.take_in(bytes)?,
        }
        let last = self.file.bytes().and_then(|b| std::str::from_utf8(b).ok());
        // what somebody wrote into it stays; a file as this program writes it is written so again
        let text = match last.filter(|last| !self.is_own(last)) {
            Some(last) => with_sheet(last, &self.sheet, self.pack),
            None => self.sheet.to_toml(self.pack),
        };
        bounded(
            &self.path.display().to_string(),
            text.len(),
            "an answer file",
        )?;
        if self.file.has_other_names() {
            self.remark("has another name, by a hard link, which keeps what it held before");
        }
        Ok(text.into_bytes())
    }

    /// Whether a text is what this program writes, to the byte.
    fn is_own(&self, text: &str) -> bool {
        let sheet = AnswerSheet::parse_briefly(text, self.pack);
        sheet.is_ok_and(|sheet| sheet.to_toml(self.pack) == text)
    }

    /// Merges other bytes of the file, or sets them aside.
    fn take_in(&mut self, bytes: Vec<u8>) -> Result<()> {
        let other = std::str::from_utf8(&bytes).ok();
        let other = other.and_then(|text| AnswerSheet::parse_briefly(text, self.pack).ok());
        let Some(other) = other.filter(|other| other.id == self.sheet.id) else {
            let aside = self.file.set_aside(&bytes)?;
            self.remark(&format!(
                "was changed outside while it was open; what was there is not this person's sheet, and lies in {}",
                aside.display()
            ));
            return Ok(());
        };
        let merged = merge(&self.base, &self.sheet, &other);
        let taken = [
            (merged.answers, "answer", "answers"),
            (merged.notes, "note", "notes"),
        ];
        let taken = taken.iter().filter(|(n, ..)| *n > 0);
        let taken: Vec<String> = taken.map(|(n, one, many)| count(*n, one, many)).collect();
        let taken = if taken.is_empty() {
            "nothing new was in it".to_owned()
        } else {
            format!("taken in: {}", taken.join(" and "))
        };
        if merged.conflicts.is_empty() {
            self.remark(&format!("was changed outside while it was open; {taken}"));
        } else {
            let aside = self.file.set_aside(&bytes)?;
            let ids = merged.conflicts.iter();
            let ids = ids
                .map(|&q| self.pack.questions()[q].id())
                .collect::<Vec<_>>();
            self.remark(&format!(
                "was changed outside while it was open; {taken}. Answered there in another way, so left as \
                 answered here: {}. The other version lies in {}",
                ids.join(", "),
                aside.display()
            ));
        }
        for q in 0..self.sheet.answers.codes().len() {
            // what was taken in counts as opened
            let (here, new) = (self.sheet.answers.code(q), merged.sheet.answers.code(q));
            if here != new {
                let _ = self.base.answers.set(q, new); // a code of this question
            }
        }
        self.sheet = merged.sheet;
        self.file.accept(bytes);
        Ok(())
    }

    /// Notes what should be said about the file.
    fn remark(&mut self, what: &str) {
        let remark = format!("{} {what}.", self.path.display());
        if !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }
}
