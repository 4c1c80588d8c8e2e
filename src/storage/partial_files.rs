//! Registry of temporary files, removed on SIGINT and SIGTERM.
//!
//! A normal end of the program removes its temporary files as their guards are dropped; a signal
//! ends it without that.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::time::Duration;
use tempfile::TempDir;

/// The temporary files that exist now, each with its final name.
static ALL: Mutex<Vec<(PathBuf, PathBuf)>> = Mutex::new(Vec::new());

/// Tries at a folder that does not go, and the time between them: as long as a person waits for an end.
const TRIES: u32 = 1000;
const BETWEEN: Duration = Duration::from_millis(2);

/// Registers a temporary file until dropped.
pub struct PartialFile(PathBuf);

impl PartialFile {
    /// Registers the temporary file `part`, which will be renamed to `path`.
    pub(crate) fn new(part: &Path, path: &Path) -> Self {
        static WATCHING: Once = Once::new();
        WATCHING.call_once(watch);
        all().push((part.to_owned(), path.to_owned()));
        Self(part.to_owned())
    }

    /// Makes and registers a folder that will be renamed to `path`, or its files into it: in `beside`, or next to
    /// `path`. Whoever may read the final folder by the system's rules may read it.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(crate) fn folder(path: &Path, beside: Option<&Path>) -> io::Result<(TempDir, Self)> {
        let beside = beside.unwrap_or_else(|| match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        });
        std::fs::create_dir_all(beside)?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".rolescope-").suffix(".part");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            builder.permissions(std::fs::Permissions::from_mode(0o777));
        }
        let part = builder.tempdir_in(beside).map_err(unnamed)?;
        let registered = Self::new(part.path(), path);
        Ok((part, registered))
    }
}

impl Drop for PartialFile {
    fn drop(&mut self) {
        all().retain(|(part, _)| *part != self.0);
    }
}

/// A failure without the name of the temporary file, which tempfile adds and nobody knows.
pub(crate) fn unnamed(source: io::Error) -> io::Error {
    let said = source.to_string();
    match said.split_once(" at path \"") {
        Some((what, _)) => io::Error::new(source.kind(), what),
        None => source,
    }
}

fn all() -> MutexGuard<'static, Vec<(PathBuf, PathBuf)>> {
    ALL.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes all registered files and reports it.
fn clear() {
    for (part, path) in all().iter() {
        if std::fs::remove_file(part).is_ok() || remove_folder(part).is_ok() {
            let (mut err, path) = (std::io::stderr(), path.display());
            let _ = writeln!(err, "rolescope: stopped; {path} was not written");
        }
    }
}

/// Removes a folder in which another thread writes meanwhile: what it adds behind the look at the folder keeps the
/// folder from going, until a look finds it.
fn remove_folder(folder: &Path) -> io::Result<()> {
    let mut removed = std::fs::remove_dir_all(folder);
    for _ in 0..TRIES {
        if removed.is_ok() || !folder.exists() {
            break;
        }
        std::thread::sleep(BETWEEN);
        removed = std::fs::remove_dir_all(folder);
    }
    removed
}

/// Waits for the signals that end a program, cleans up, and lets the signal take its default effect, so that a
/// shell sees what happened. Where there is no thread for this, files may be left over.
#[cfg(unix)]
fn watch() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
    use signal_hook::iterator::Signals;
    let ignored = ignored();
    let ending = [SIGHUP, SIGINT, SIGTERM];
    let ending = ending.iter().filter(|s| ignored >> (*s - 1) & 1 == 0);
    // a file over the limit then is an error of the write and not the end of the program
    let Ok(mut signals) = Signals::new(ending.chain([&SIGXFSZ])) else {
        return;
    };
    let wait = move || {
        for signal in signals.forever().filter(|s| *s != SIGXFSZ) {
            clear();
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    };
    let _ = std::thread::Builder::new().spawn(wait);
}

/// The signals that whoever started this program told it to ignore, as `nohup` does, a bit each from
/// the lowest; none where the system does not say.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|l| l.strip_prefix("SigIgn:"));
    mask.map_or(0, |mask| u64::from_str_radix(mask.trim(), 16).unwrap_or(0))
}

/// Looks for Ctrl-C, which is no signal here but a flag that a thread of the system sets, cleans up, and ends the
/// program as Ctrl-C does elsewhere.
#[cfg(windows)]
fn watch() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    let stopped = Arc::new(AtomicBool::new(false));
    let registered = signal_hook::flag::register(signal_hook::consts::SIGINT, Arc::clone(&stopped));
    if registered.is_err() {
        return;
    }
    let wait = move || {
        while !stopped.load(Ordering::Relaxed) {
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        clear();
        signal_hook::low_level::exit(130);
    };
    let _ = std::thread::Builder::new().spawn(wait);
}

/// Without signals there is nothing to wait for.
#[cfg(not(any(unix, windows)))]
fn watch() {
    let _ = clear;
}

#[cfg(test)]
mod tests {
    use super::remove_folder;

    #[test]
    fn a_folder_goes_although_somebody_writes_into_it() {
        let beside = tempfile::tempdir().expect("a folder");
        for round in 0..20 {
            let folder = beside.path().join(format!("{round}.part"));
            std::fs::create_dir(&folder).expect("made");
            let (told, written) = std::sync::mpsc::channel();
            let writer = std::thread::spawn({
                let folder = folder.clone();
                move || {
                    for page in 0.. {
                        if std::fs::write(folder.join(format!("{page}.html")), "x").is_err() {
                            break;
                        }
                        if page == 200 {
                            told.send(()).expect("awaited");
                        }
                    }
                }
            });
            written.recv().expect("pages are there");
            remove_folder(&folder).expect("it goes");
            writer.join().expect("it ends, as its folder is gone");
            assert!(!folder.exists(), "round {round}");
        }
    }
}
