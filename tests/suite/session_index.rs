//! The index of a large session store: it saves reading, and is never believed over the files. What is renamed, copied,
//! edited or removed outside is found or missed as the files have it, and an index that is damaged, old or of another
//! folder changes nothing.

use crate::help::{built_in, program, run, stderr, stdout};
use rolescope::storage::answer_file::AnswerSheet;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::sync::LazyLock;
use std::time::Duration;

/// Sessions that make a store a large one.
const MANY: usize = 600;

fn session(folder: &Path, arguments: &[&str]) -> Output {
    run(folder, &[&["session"], arguments].concat(), b"quit\n")
}

fn text(label: &str) -> String {
    // a pack takes its time to be read
    static EMPTY: LazyLock<String> = LazyLock::new(|| {
        let pack = built_in();
        AnswerSheet::new("LABEL".to_owned(), &pack).to_toml(&pack)
    });
    EMPTY.replace("LABEL", label)
}

/// The index of a store.
fn index(folder: &Path) -> Option<PathBuf> {
    let entries = std::fs::read_dir(folder.join("data")).expect("listed");
    let paths = entries.map(|entry| entry.expect("read").path());
    let mut paths = paths.filter(|path| path.extension().is_some_and(|e| e == "index"));
    let found = paths.next();
    assert!(paths.next().is_none(), "one index");
    found
}

/// Waits until what was written is so old that another time would be seen.
fn settle() {
    std::thread::sleep(Duration::from_millis(150));
}

/// A store of many sessions, `f-0` and on, and `s-1`; with an index.
fn large(folder: &Path) {
    let data = folder.join("data");
    std::fs::create_dir(&data).expect("made");
    for n in 0..MANY {
        let label = format!("f-{n}");
        std::fs::write(data.join(format!("{label}.toml")), text(&label)).expect("written");
    }
    std::fs::write(data.join("s-1.toml"), text("s-1")).expect("written");
    settle();
    found(folder, "s-1");
    assert!(index(folder).is_some(), "a large store has an index");
}

fn found(folder: &Path, label: &str) {
    let output = session(folder, &["show", label]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(0), "{label}: {said}");
    assert!(stdout(&output).contains(label), "{label}");
}

fn refused(folder: &Path, arguments: &[&str], why: &str) {
    let output = session(folder, arguments);
    let said = stderr(&output);
    assert_ne!(output.status.code(), Some(0), "{arguments:?}: {said}");
    assert!(said.contains(why), "{arguments:?}: {said}");
}

#[test]
fn a_label_is_found_and_kept_wherever_its_file_went() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    large(at);
    let data = at.join("data");
    // under a name that says nothing
    std::fs::rename(data.join("s-1.toml"), data.join("z.toml")).expect("renamed");
    refused(at, &["new", "s-1"], "already");
    found(at, "s-1");
    // beside a copy
    std::fs::copy(data.join("z.toml"), data.join("a.toml")).expect("copied");
    refused(at, &["show", "s-1"], "2 files have the label");
    refused(at, &["new", "s-1"], "already");
    // put in from elsewhere, as young as it may be
    std::fs::write(data.join("x.toml"), text("new here")).expect("written");
    refused(at, &["new", "new here"], "already");
    found(at, "new here");
    // gone
    for name in ["a.toml", "z.toml"] {
        std::fs::remove_file(data.join(name)).expect("removed");
    }
    refused(at, &["show", "s-1"], "no session");
    let again = session(at, &["new", "s-1"]);
    assert_eq!(again.status.code(), Some(0), "{}", stderr(&again));
    found(at, "s-1");
}

#[test]
#[cfg_attr(
    windows,
    ignore = "what is changed in place with its length and time kept is not seen: no safe call there gives the time that nobody can set"
)]
fn a_label_that_was_edited_is_the_label() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    large(at);
    let data = at.join("data");
    // in place, of the same length, with its time put back
    let path = data.join("f-7.toml");
    let before = std::fs::metadata(&path).expect("there").modified();
    let edited = text("f-7").replace("f-7", "q-7");
    std::fs::write(&path, &edited).expect("written");
    let file = std::fs::File::options().write(true).open(&path);
    file.expect("opened")
        .set_modified(before.expect("dated"))
        .expect("dated");
    found(at, "q-7");
    refused(at, &["show", "f-7"], "no session");
    // and taken: seen at the end of a quiz that took its time, if not before
    let edited = text("f-6").replace("f-6", "q-6");
    std::fs::write(data.join("f-6.toml"), &edited).expect("written");
    let mut new = program(at)
        .args(["session", "new", "q-6"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    while !data.join("q-6.toml").exists() && new.try_wait().expect("a child").is_none() {
        std::thread::sleep(Duration::from_millis(10));
    }
    std::thread::sleep(Duration::from_millis(1500));
    drop(new.stdin.take());
    let said = stderr(&new.wait_with_output().expect("it ends"));
    let seen = said.contains("already") || said.contains("2 files have the label");
    assert!(seen, "{said}");
    // by another file in its place
    let part = data.join("part");
    std::fs::write(&part, text("r-8")).expect("written");
    std::fs::rename(&part, data.join("f-8.toml")).expect("replaced");
    refused(at, &["new", "r-8"], "already");
    found(at, "r-8");
    refused(at, &["show", "f-8"], "no session");
    // by a look-alike
    refused(at, &["new", "ｆ-9"], "looks the same");
}

#[test]
fn what_is_begun_is_added_to_the_index_and_no_part_of_it_is_believed_over_the_files() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    large(at);
    let data = at.join("data");
    let path = index(at).expect("there");
    let size = || std::fs::metadata(&path).expect("there").len();
    let before = size();
    for label in ["n-1", "n-2", "n-3"] {
        let begun = session(at, &["new", label]);
        assert_eq!(begun.status.code(), Some(0), "{}", stderr(&begun));
    }
    settle();
    found(at, "n-3");
    assert_eq!(size(), before + 3 * 56, "added, and not written anew");
    let whole = std::fs::read(&path).expect("read");
    let mut other = whole.clone();
    other[whole.len() - 70] ^= 1;
    // a program was killed while it added, or added nonsense
    let short = |by: usize| whole[..whole.len() - by].to_vec();
    let long = [&whole[..], &[7; 100]].concat();
    for bytes in [short(1), short(56), short(100), other, long] {
        std::fs::write(&path, bytes).expect("written");
        refused(at, &["new", "n-2"], "already");
        refused(at, &["new", "n-3"], "already");
        refused(at, &["new", "ｎ-3"], "looks the same");
        found(at, "n-1");
    }
    // what was added before is taken away, moved and put back under other labels
    std::fs::write(&path, &whole).expect("written");
    std::fs::rename(data.join("n-1.toml"), data.join("elsewhere.toml")).expect("renamed");
    std::fs::remove_file(data.join("n-2.toml")).expect("removed");
    std::fs::write(data.join("n-3.toml"), text("was 3")).expect("written");
    refused(at, &["new", "n-1"], "already");
    found(at, "n-1");
    refused(at, &["show", "n-2"], "no session");
    refused(at, &["show", "n-3"], "no session");
    for label in ["n-2", "n-3"] {
        let begun = session(at, &["new", label]);
        assert_eq!(begun.status.code(), Some(0), "{label}: {}", stderr(&begun));
        found(at, label);
    }
    found(at, "was 3");
}

#[test]
#[cfg_attr(
    windows,
    ignore = "what is changed in place with its length and time kept is not seen: no safe call there gives the time that nobody can set"
)]
fn a_file_that_is_changed_as_soon_as_it_was_read_is_read_again() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    large(at);
    let path = at.join("data/young.toml");
    for n in 0..12 {
        // of the same length, in place, with the same time, at once
        let (one, other) = (format!("one-{n:02}"), format!("two-{n:02}"));
        std::fs::write(&path, text(&one)).expect("written");
        let before = std::fs::metadata(&path).expect("there").modified();
        found(at, &one);
        std::fs::write(&path, text(&other)).expect("written");
        let file = std::fs::File::options().write(true).open(&path);
        let dated = file.expect("opened").set_modified(before.expect("dated"));
        dated.expect("dated");
        found(at, &other);
        refused(at, &["show", &one], "no session");
    }
}

#[test]
fn of_programs_that_begin_one_label_at_once_one_does() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    large(at);
    // the second letter of some is another alphabet's
    for (nth, pair) in [["same", "same"], ["sаme-2", "same-2"]].iter().enumerate() {
        let begun: Vec<Output> = std::thread::scope(|scope| {
            let begin = |n: usize| scope.spawn(move || session(at, &["new", pair[n % 2]]));
            let all: Vec<_> = (0..6).map(begin).collect();
            all.into_iter()
                .map(|one| one.join().expect("no panic"))
                .collect()
        });
        let good = begun
            .iter()
            .filter(|output| output.status.success())
            .count();
        let said: Vec<String> = begun.iter().map(stderr).collect();
        assert_eq!(good, 1, "{nth}: {said:?}");
    }
    let locks = std::fs::read_dir(at.join("data")).expect("listed");
    let locks = locks.map(|entry| entry.expect("read").file_name());
    let mut locks = locks.filter(|name| name.to_string_lossy().ends_with(".lock"));
    assert_eq!(locks.next(), None, "nothing is left locked");
}

#[test]
fn an_index_that_is_damaged_or_of_another_store_changes_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    large(at);
    let path = index(at).expect("there");
    let whole = std::fs::read(&path).expect("read");
    let mut other = whole.clone();
    other[100] ^= 1;
    let zeros = vec![0; whole.len()];
    for bytes in [&whole[..50], b"", &other, &zeros, b"anything at all"] {
        std::fs::write(&path, bytes).expect("written");
        refused(at, &["new", "f-3"], "already");
        found(at, "f-3");
        let again = std::fs::read(&path).expect("read");
        assert_eq!(again.len(), whole.len(), "made again");
    }
    // of a copy of the store elsewhere, where other files have the names
    let copy = tempfile::tempdir().expect("a temporary folder");
    std::fs::create_dir(copy.path().join("data")).expect("made");
    for n in 0..MANY {
        let file = copy.path().join(format!("data/f-{n}.toml"));
        std::fs::write(file, text(&format!("g-{n}"))).expect("written");
    }
    let name = path.file_name().expect("named");
    std::fs::copy(&path, copy.path().join("data").join(name)).expect("copied");
    refused(copy.path(), &["new", "g-3"], "already");
    refused(copy.path(), &["show", "f-3"], "no session");
    // where it cannot be written, as on a stick that may only be read
    std::fs::remove_file(&path).expect("removed");
    std::fs::create_dir(&path).expect("made");
    found(at, "f-3");
    refused(at, &["new", "f-3"], "already");
}

#[test]
fn a_small_store_has_no_index_and_a_deleted_person_is_in_none() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    large(at);
    let size = |at: &Path| std::fs::metadata(index(at).expect("there")).map(|data| data.len());
    let before = size(at).expect("a size");
    let gone = session(at, &["delete", "s-1", "--yes"]);
    assert_eq!(gone.status.code(), Some(0), "{}", stderr(&gone));
    assert_eq!(size(at).expect("a size"), before - 48, "one record is gone");
    for n in 100..MANY {
        std::fs::remove_file(at.join(format!("data/f-{n}.toml"))).expect("removed");
    }
    found(at, "f-7");
    assert_eq!(index(at), None);
}
