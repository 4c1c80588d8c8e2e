//! Atomic writes: a temporary file in the same folder, synced, then renamed.

use crate::error::{Error, Result};
use crate::storage::label::{names_device, without_case};
use crate::storage::lock::no_surprises;
use crate::storage::partial_files::{PartialFile, unnamed};
use crate::storage::synced_copy;
use rolescope_core::text::inert;
use std::fs::{File, Metadata};
use std::io::{self, BufWriter, IsTerminal as _, Stdout, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};
use tempfile::{NamedTempFile, PersistError, TempPath};

/// Prefix of the names of temporary files.
const PREFIX: &str = ".rolescope-";
/// Suffix of the names of temporary files.
const SUFFIX: &str = ".part";
/// How long to try again where another program has a file open, as a virus scanner does for a moment.
const PATIENCE: Duration = Duration::from_secs(2);

/// Writes a file whole or not at all. On Unix only its owner may read it.
///
/// # Errors
/// When the folder cannot be written; the old file is then untouched.
pub fn whole(path: &Path, bytes: &[u8]) -> Result<()> {
    with_mode(path, bytes, 0o600)
}

/// Writes a file whole or not at all, for anyone to read whom the umask allows.
///
/// # Errors
/// When the folder cannot be written; the old file is then untouched.
pub fn public(path: &Path, bytes: &[u8]) -> Result<()> {
    with_mode(path, bytes, 0o666)
}

/// Writes a file for its owner alone that can be made again, so that no disk is waited for: after a loss of power it
/// may be empty or old.
///
/// # Errors
/// When the folder cannot be written; the old file is then untouched.
pub(crate) fn unsynced(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = beside(path, 0o600)?;
    let written = file.write_all(bytes);
    written.map_err(|source| cannot_save(path, source))?;
    let named = file.persist(path);
    named.map(drop).map_err(|e| cannot_save(path, e.error))
}

fn with_mode(path: &Path, bytes: &[u8], mode: u32) -> Result<()> {
    let mut file = beside(path, mode)?;
    file.write_all(bytes)
        .map_err(|source| cannot_save(path, source))?;
    put(file, path).map(drop)
}

/// Writes a file whole or not at all, for its owner alone; one that is there keeps its mode and owner. Gives the
/// file that is there then.
///
/// # Errors
/// When the folder cannot be written; the old file is then untouched.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<File> {
    put(written_beside(path, bytes)?, path)
}

/// The same without waiting for a disk: after a loss of power the file may be empty or old, so a synced one must stand
/// beside it.
///
/// # Errors
/// When the folder cannot be written; the old file is then untouched.
pub(crate) fn replace_unsynced(path: &Path, bytes: &[u8]) -> Result<File> {
    let file = written_beside(path, bytes)?;
    named_as(file, path, |part, to| part.persist(to))
}

/// A temporary file of these bytes beside a file, with its mode and owner, or for the owner alone where there is none.
fn written_beside(path: &Path, bytes: &[u8]) -> Result<NamedTempFile> {
    let there = std::fs::metadata(path).ok();
    let mut file = beside(path, 0o600)?;
    if let Some(there) = there {
        keep(file.as_file(), &there);
    }
    let written = file.write_all(bytes);
    written.map_err(|source| cannot_save(path, source))?;
    Ok(file)
}

/// Syncs a file that is there, and its name.
///
/// # Errors
/// When it is not there, or cannot be synced.
pub(crate) fn sync(path: &Path) -> io::Result<()> {
    let mut options = no_surprises();
    // Windows syncs no file that is open for reading alone
    options.write(cfg!(windows));
    options.open(in_system(path))?.sync_all()?;
    settle(path);
    Ok(())
}

/// Writes a new file whole or not at all, for its owner alone; it replaces none. Gives the file.
///
/// # Errors
/// When one is there or the folder cannot be written.
pub(crate) fn new(path: &Path, bytes: &[u8]) -> Result<File> {
    let mut file = beside(path, 0o600)?;
    file.write_all(bytes)
        .and_then(|()| file.as_file().sync_all())
        .map_err(|source| cannot_save(path, source))?;
    let file = named_as(file, path, |part, to| part.persist_noclobber(to))?;
    settle(path);
    Ok(file)
}

/// Gives a file the owner and mode of another. Where the group cannot be kept, it may do nothing: it would
/// be another group.
fn keep(file: &File, there: &Metadata) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
        let (mut mode, own) = (there.mode() & 0o7777, file.metadata());
        let differs = own.is_ok_and(|own| (own.uid(), own.gid()) != (there.uid(), there.gid()));
        if differs
            && fchown(file, Some(there.uid()), Some(there.gid())).is_err()
            && fchown(file, None, Some(there.gid())).is_err()
        {
            mode &= !0o070;
        }
        let _ = file.set_permissions(std::fs::Permissions::from_mode(mode));
    }
    // elsewhere a file has the rights of its folder
    #[cfg(not(unix))]
    let _ = (file, there);
}

/// New files that appear together or not at all, and never replace existing ones.
#[derive(Debug, Default)]
pub struct FileBatch(Vec<(TempPath, PathBuf, SystemTime)>);

impl FileBatch {
    /// Writes a temporary file, to be renamed with the others; `changed` becomes its modification
    /// time then. Until then it is as young as it is, so that nobody takes it for a left-over.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn add(&mut self, path: PathBuf, bytes: &[u8], changed: SystemTime) -> Result<()> {
        let mut file = beside(&path, 0o600)?;
        file.write_all(bytes)
            .and_then(|()| file.as_file().sync_all())
            .map_err(|source| cannot_save(&path, source))?;
        self.0.push((file.into_temp_path(), path, changed));
        Ok(())
    }

    /// Renames all files to their final names.
    ///
    /// # Errors
    /// When one of the names is taken or the folder cannot be written; then none is there.
    pub fn put(self) -> Result<()> {
        let mut done: Vec<PathBuf> = Vec::new();
        for (file, path, changed) in self.0 {
            let dated = File::options().write(true).open(&file);
            // a file system without times still has the file
            let _ = dated.and_then(|file| file.set_modified(changed));
            let (mut part, to) = (Some(file), in_system(&path));
            let renamed = patiently(
                || match part.take().map(|part| part.persist_noclobber(&to)) {
                    Some(Err(e)) => {
                        part = Some(e.path);
                        Err(e.error)
                    }
                    _ => Ok(()),
                },
            );
            if let Err(e) = renamed {
                for path in done {
                    let _ = std::fs::remove_file(path);
                }
                return Err(cannot_save(&path, e));
            }
            done.push(path);
        }
        if let Some(path) = done.first() {
            settle(path);
        }
        Ok(())
    }
}

/// Removes temporary files that killed programs left in a folder, and synced copies of files that are gone, where
/// `theirs` accepts their text or they are too old to be in use.
pub fn sweep(folder: &Path, theirs: impl Fn(&str) -> bool) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        if is_left_over(&entry.file_name().to_string_lossy()) {
            sweep_file(&entry.path(), &theirs);
        }
    }
}

/// Whether a name is that of a temporary file or of a synced copy.
pub(crate) fn is_left_over(name: &str) -> bool {
    let partial = name.starts_with(PREFIX) && name.ends_with(SUFFIX);
    partial || synced_copy::file_of(Path::new(name)).is_some()
}

/// Removes a temporary file or a synced copy, as [`sweep`] does.
pub(crate) fn sweep_file(path: &Path, theirs: &dyn Fn(&str) -> bool) {
    // whoever opens the file next looks at its copy
    let file = synced_copy::file_of(path);
    if file.is_some_and(|file| std::fs::symlink_metadata(file).is_ok()) {
        return;
    }
    let changed = std::fs::symlink_metadata(path).and_then(|data| data.modified());
    let age = changed.ok().and_then(|changed| changed.elapsed().ok());
    let old = age.is_some_and(|age| age > Duration::from_secs(3600));
    if old || std::fs::read_to_string(path).is_ok_and(|text| theirs(&text)) {
        let _ = std::fs::remove_file(path);
    }
}

/// New file that is written piece by piece, appears whole, and replaces none. On Unix only its owner may read it.
pub struct NewFile {
    file: BufWriter<NamedTempFile>,
    path: PathBuf,
    _partial: PartialFile,
}

impl NewFile {
    /// Begins a file.
    ///
    /// # Errors
    /// When its folder cannot be written.
    pub fn begin(path: &Path) -> Result<Self> {
        let file = beside(path, 0o600)?;
        let partial = PartialFile::new(file.path(), path);
        Ok(Self {
            file: BufWriter::new(file),
            path: path.to_owned(),
            _partial: partial,
        })
    }

    /// Ends the file and gives it its name.
    ///
    /// # Errors
    /// When the last bytes cannot be written, or there is a file of that name by now.
    pub fn finish(self) -> Result<()> {
        let path = &self.path;
        let file = self.file.into_inner();
        let file = file.map_err(|e| cannot_save(path, e.into_error()))?;
        let synced = file.as_file().sync_all();
        synced.map_err(|source| cannot_save(path, source))?;
        named_as(file, path, |part, to| part.persist_noclobber(to))?;
        settle(path);
        Ok(())
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes).map_err(|e| named(&self.path, e))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush().map_err(|e| named(&self.path, e))
    }
}

/// Destination of results: standard output, or a file that is written atomically.
pub enum Output {
    /// Standard output.
    Stdout(BufWriter<Stdout>),
    /// A terminal that shows records: control characters of untrusted text are escaped.
    Screen(BufWriter<Stdout>),
    /// A file, written under a temporary name.
    File(BufWriter<NamedTempFile>, PathBuf, PartialFile),
    /// A device or pipe, which is written to and never replaced.
    Device(BufWriter<File>, PathBuf),
}

/// The file that an output names; none where it is standard output, as `-` says.
#[must_use]
pub fn output_file(path: Option<&Path>) -> Option<&Path> {
    path.filter(|path| *path != Path::new("-"))
}

impl Output {
    /// Opens standard output, also for `-`, or a file for `path`. A link is followed, and a file that is there
    /// already keeps its permissions.
    ///
    /// # Errors
    /// When the file's folder cannot be written, or `path` is a folder.
    pub fn open(path: Option<&Path>) -> Result<Self> {
        let Some(path) = output_file(path) else {
            return Ok(Self::Stdout(BufWriter::new(io::stdout())));
        };
        let name = path.to_string_lossy();
        // as NUL, whose words nobody keeps
        if cfg!(windows) && names_device(&name) && !name.contains('.') {
            let device = File::options().write(true).open(path);
            let device = device.map_err(|source| cannot_save(path, source))?;
            return Ok(Self::Device(BufWriter::new(device), path.to_owned()));
        }
        let path = match std::fs::canonicalize(path) {
            Ok(target) if path.is_symlink() => target,
            _ => path.to_owned(),
        };
        let there = std::fs::metadata(&path).ok();
        if there.as_ref().is_some_and(Metadata::is_dir) {
            return Err(Error::failed(format!(
                "cannot save {}: it is a folder; give the name of a file",
                path.display()
            )));
        }
        if there.as_ref().is_some_and(|there| !there.is_file()) {
            let device = File::options().write(true).open(&path);
            let device = device.map_err(|source| cannot_save(&path, source))?;
            return Ok(Self::Device(BufWriter::new(device), path));
        }
        let file = beside(&path, 0o666)?;
        let partial = PartialFile::new(file.path(), &path);
        // elsewhere a file has the rights of its folder
        #[cfg(unix)]
        if let Some(there) = there {
            // a file system without permissions still has the file
            let _ = file.as_file().set_permissions(there.permissions());
        }
        Ok(Self::File(BufWriter::new(file), path, partial))
    }

    /// Opens the same for records, whose untrusted text stays exact for programs. Each write must
    /// consist of whole lines.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_records(path: Option<&Path>) -> Result<Self> {
        if output_file(path).is_none() && io::stdout().is_terminal() {
            return Ok(Self::Screen(BufWriter::new(io::stdout())));
        }
        Self::open(path)
    }

    /// Flushes the output and renames it to its final name.
    ///
    /// # Errors
    /// When the last bytes cannot be written; the final name is then untouched.
    pub fn finish(self) -> Result<()> {
        match self {
            Self::Stdout(mut out) | Self::Screen(mut out) => out.flush().map_err(Error::output),
            Self::Device(mut out, path) => out.flush().map_err(|e| Error::output(named(&path, e))),
            Self::File(file, path, _half) => {
                let file = file
                    .into_inner()
                    .map_err(|e| cannot_save(&path, e.into_error()))?;
                put(file, &path).map(drop)
            }
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(out) => out.write(bytes),
            Self::Screen(out) => {
                for line in String::from_utf8_lossy(bytes).split_inclusive('\n') {
                    let text = line.strip_suffix('\n');
                    out.write_all(inert(text.unwrap_or(line)).as_bytes())?;
                    out.write_all(if text.is_some() { b"\n" } else { b"" })?;
                }
                Ok(bytes.len())
            }
            Self::File(out, path, _) => out.write(bytes).map_err(|e| named(path, e)),
            Self::Device(out, path) => out.write(bytes).map_err(|e| named(path, e)),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(out) | Self::Screen(out) => out.flush(),
            Self::File(out, path, _) => out.flush().map_err(|e| named(path, e)),
            Self::Device(out, path) => out.flush().map_err(|e| named(path, e)),
        }
    }
}

/// Adds the name of the file to a failed write; a closed pipe is left as it is.
fn named(path: &Path, source: io::Error) -> io::Error {
    if source.kind() == io::ErrorKind::BrokenPipe {
        return source;
    }
    let kind = source.kind();
    io::Error::new(kind, format!("{}: {}", path.display(), unnamed(source)))
}

/// Whether two paths name the same file, existing or not, so that writing one overwrites the
/// other. Devices never count as the same.
#[must_use]
pub fn same_file(a: &Path, b: &Path) -> bool {
    let place = |path: &Path| {
        std::fs::canonicalize(path).ok().or_else(|| {
            let folder = std::fs::canonicalize(folder_of(path)).ok()?;
            let name = path.file_name()?;
            // where capitals make no difference, two such names are one file
            if cfg!(any(windows, target_os = "macos")) {
                return Some(folder.join(without_case(&name.to_string_lossy())));
            }
            Some(folder.join(name))
        })
    };
    let device = std::fs::metadata(a).is_ok_and(|there| !there.is_file());
    !device && place(a).is_some_and(|a| place(b).is_some_and(|b| a == b))
}

fn cannot_save(path: &Path, source: io::Error) -> Error {
    Error::io(format!("cannot save {}", path.display()), unnamed(source))
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// A temporary file in the folder of `path`, with these permissions before the umask; elsewhere than on Unix with those
/// of the folder.
fn beside(path: &Path, mode: u32) -> Result<NamedTempFile> {
    no_device(path)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = mode;
    let place = in_system(path);
    builder
        .tempfile_in(folder_of(&place))
        .map_err(|source| cannot_save(path, source))
}

/// Gives a temporary file its name, and tries again for a while where another program has that file open.
fn named_as(
    file: NamedTempFile,
    path: &Path,
    how: impl Fn(NamedTempFile, &Path) -> std::result::Result<File, PersistError>,
) -> Result<File> {
    let (mut part, to) = (Some(file), in_system(path));
    let named = patiently(|| match part.take().map(|part| how(part, &to)) {
        Some(Ok(file)) => Ok(file),
        Some(Err(e)) => {
            part = Some(e.file);
            Err(e.error)
        }
        None => Err(io::Error::other("it has its name already")),
    });
    named.map_err(|source| {
        if is_open_elsewhere(&source) && is_writable(path) {
            return Error::failed(format!(
                "cannot save {}: it is open in another program; close it there, or give another name",
                path.display()
            ));
        }
        cannot_save(path, source)
    })
}

/// Tries again for a while where another program has a file open.
pub(crate) fn patiently<T>(mut attempt: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    let start = Instant::now();
    loop {
        match attempt() {
            Err(e) if is_open_elsewhere(&e) && start.elapsed() < PATIENCE => {
                std::thread::sleep(Duration::from_millis(20));
            }
            done => return done,
        }
    }
}

/// Whether an attempt failed because another program has the file open, which only Windows keeps from being replaced:
/// access denied, or a sharing or lock violation, or a part of the file is mapped into memory.
fn is_open_elsewhere(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33 | 1224))
}

/// Whether there is a plain file that may be written.
fn is_writable(path: &Path) -> bool {
    let there = std::fs::metadata(path);
    there.is_ok_and(|there| there.is_file() && !there.permissions().readonly())
}

/// Refuses a name that Windows takes for a device.
///
/// # Errors
/// There, for such a name.
pub(crate) fn no_device(path: &Path) -> Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if cfg!(windows) && names_device(&name) {
        return Err(Error::failed(format!(
            "cannot save {}: Windows takes this name for a device; give another name",
            path.display()
        )));
    }
    Ok(())
}

/// Makes a folder that files are put into one by one, where it is not there yet.
///
/// # Errors
/// When it cannot be made, or Windows takes its name for a device.
pub(crate) fn make_folder(folder: &Path) -> Result<()> {
    no_device(folder)?;
    std::fs::create_dir_all(folder).map_err(|source| {
        let what = format!("cannot make the folder {}", folder.display());
        Error::io(what, source)
    })
}

/// A path as every function of the system takes it: on Windows some take only short ones, but for this form.
pub(crate) fn in_system(path: &Path) -> PathBuf {
    #[cfg(windows)]
    {
        // 260 with the name of a temporary file
        const SHORT: usize = 220;
        let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        if whole.as_os_str().len() > SHORT
            && let Ok(folder) = std::fs::canonicalize(folder_of(&whole))
            && let Some(name) = whole.file_name()
        {
            return folder.join(name);
        }
    }
    path.to_owned()
}

fn put(file: NamedTempFile, path: &Path) -> Result<File> {
    file.as_file()
        .sync_all()
        .map_err(|source| cannot_save(path, source))?;
    let file = named_as(file, path, |part, to| part.persist(to))?;
    settle(path);
    Ok(file)
}

/// Syncs the renaming itself; a file system that refuses this still has the file.
pub(crate) fn settle(path: &Path) {
    #[cfg(unix)]
    if let Ok(folder) = std::fs::File::open(folder_of(path)) {
        let _ = folder.sync_all();
    }
    #[cfg(not(unix))]
    let _ = path;
}
