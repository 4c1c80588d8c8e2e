//! A folder of pages, one a person, that appears whole or not at all.

use crate::error::{Error, Result};
use crate::storage::atomic_write::{no_device, patiently};
use crate::storage::label;
use crate::storage::partial_files::PartialFile;
use std::collections::HashSet;
use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Pages of a folder.
const MOST: usize = 100_000;

/// A folder being written: under another name, until it is finished.
pub struct PageFolder {
    folder: PathBuf,
    part: TempDir,
    _registered: PartialFile,
    /// Whether the folder is there already, and files of the same name are replaced.
    there: bool,
    ending: &'static str,
    /// Names of files, as systems compare them that do not tell capitals from small letters.
    taken: HashSet<String>,
    /// Files in the order in which they were written.
    files: Vec<String>,
}

impl PageFolder {
    /// Begins a folder of files with this ending; `reserved` are names, without it, that no person's page may
    /// have.
    ///
    /// # Errors
    /// When something is there already, unless `force` is set, or the folder cannot be made.
    pub fn begin(
        folder: &Path,
        ending: &'static str,
        reserved: &[&str],
        force: bool,
    ) -> Result<Self> {
        let cannot = |source| {
            Error::io(
                format!("cannot make the folder {}", folder.display()),
                source,
            )
        };
        no_device(folder)?;
        let there = folder.exists();
        if there {
            if !folder.is_dir() {
                return Err(Error::failed(format!(
                    "{} is there and no folder; give another name by -o",
                    folder.display()
                )));
            }
            let mut inside = std::fs::read_dir(folder).map_err(cannot)?;
            if !force && inside.next().is_some() {
                return Err(Error::failed(format!(
                    "{} is there and not empty; give a new folder by -o, or replace pages of the same names by \
                     --force",
                    folder.display()
                )));
            }
        }
        // beside its final place, so that it can be renamed; within it where it is there
        let within = there.then_some(folder);
        let (part, registered) = PartialFile::folder(folder, within).map_err(cannot)?;
        Ok(Self {
            folder: folder.to_owned(),
            _registered: registered,
            part,
            there,
            ending,
            taken: reserved
                .iter()
                .map(|name| label::without_case(&format!("{name}.{ending}")))
                .collect(),
            files: Vec::new(),
        })
    }

    /// Writes the page of a person under a name made of the label. Returns the name, without its ending, and
    /// whether another person's label gave the same.
    ///
    /// # Errors
    /// When it cannot be written, or there are too many.
    pub fn person(&mut self, label: &str, page: &str) -> Result<(String, bool)> {
        if self.files.len() >= MOST {
            return Err(Error::failed(format!(
                "over {MOST} pages for one folder; divide the people"
            )));
        }
        let first = format!("{}.{}", label::stem(label), self.ending);
        let is_taken = |name: &str| self.taken.contains(&label::without_case(name));
        let again = is_taken(&first);
        let name = label::name(label, self.ending, is_taken);
        self.taken.insert(label::without_case(&name));
        let stem = name
            .trim_end_matches(self.ending)
            .trim_end_matches('.')
            .to_owned();
        self.file(&stem, page)?;
        Ok((stem, again))
    }

    /// Writes a file whose name is reserved.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn file(&mut self, stem: &str, text: &str) -> Result<()> {
        let mut file = self.open(stem)?;
        file.write_all(text.as_bytes())
            .map_err(|source| self.cannot_save(stem, source))?;
        self.close(stem, file)
    }

    /// Begins a file that is written bit by bit.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn open(&self, stem: &str) -> Result<BufWriter<File>> {
        let name = format!("{stem}.{}", self.ending);
        no_device(Path::new(&name))?;
        // never over the page of another person
        let file = File::create_new(self.part.path().join(name))
            .map_err(|source| self.cannot_save(stem, source))?;
        Ok(BufWriter::new(file))
    }

    /// Ends such a file.
    ///
    /// # Errors
    /// When its last bytes cannot be written.
    pub fn close(&mut self, stem: &str, file: BufWriter<File>) -> Result<()> {
        let ended = file
            .into_inner()
            .map_err(std::io::IntoInnerError::into_error);
        ended
            .and_then(|file| file.sync_all())
            .map_err(|source| self.cannot_save(stem, source))?;
        self.files.push(format!("{stem}.{}", self.ending));
        Ok(())
    }

    /// The error of a file that cannot be written.
    pub(crate) fn cannot_save(&self, stem: &str, source: std::io::Error) -> Error {
        let path = self.folder.join(format!("{stem}.{}", self.ending));
        Error::io(format!("cannot save {}", path.display()), source)
    }

    /// Puts the folder in its place. Returns how many other files stay in a folder that was there.
    ///
    /// # Errors
    /// When it cannot be renamed; of a new folder nothing is then there.
    pub fn finish(self) -> Result<usize> {
        let to = &self.folder;
        let cannot = |source| Error::io(format!("cannot save {}", to.display()), source);
        if !self.there {
            patiently(|| std::fs::rename(self.part.path(), to)).map_err(cannot)?;
            return Ok(0);
        }
        for name in &self.files {
            let rename = || std::fs::rename(self.part.path().join(name), to.join(name));
            patiently(rename).map_err(cannot)?;
        }
        drop(self.part);
        let inside = std::fs::read_dir(to).map_err(cannot)?;
        Ok(inside.count().saturating_sub(self.files.len()))
    }
}
