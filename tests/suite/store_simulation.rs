//! Many programs on one store at once: sessions are begun, answered, noted, copied, linked, renamed, relabelled, resolved
//! and deleted, programs killed, and the index of the store damaged or put back from before. What a program said was saved
//! is there at the end, and a label is found and never given twice wherever its file went.
//!
//! The suite takes few steps. For many: `ROLESCOPE_STORE_STEPS=100000 cargo test --release --test suite
//! store_simulation`; `ROLESCOPE_STORE_SEED` begins elsewhere.

use crate::help::{copy, program, root, stderr};
use rolescope::storage::answer_file::AnswerSheet;
use rolescope::storage::pack_files;
use rolescope_core::Pack;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, RwLock};
use std::time::Duration;

/// Labels that all programs share.
const LABELS: [&str; 4] = ["s-1", "s-10", "Mārama R", "mārama-r"];
/// Sessions beside them, so that the store is large enough for an index.
const OTHERS: usize = 520;
/// Questions that are added to the pack, so that nobody comes to the end of its ratings.
const MORE: usize = 200;
/// Programs at once.
const AT_ONCE: u64 = 6;

/// What may be said when a program does nothing, because of what another did.
const REASONS: [&str; 6] = [
    "is open in another rolescope",
    "files have the label",
    "a session",
    "no session",
    "was changed just now",
    "cannot read",
];

/// One label, and what programs said was saved under it.
#[derive(Default)]
struct Person {
    /// Held alone by what takes something away.
    turn: RwLock<()>,
    running: AtomicUsize,
    begun: AtomicU64,
    notes: Mutex<BTreeSet<String>>,
    /// Answers that were saved since the label was last begun or resolved, at least.
    answers: AtomicUsize,
}

fn number(name: &str, default: u64) -> u64 {
    let set = std::env::var(name).ok();
    set.map_or(default, |set| set.parse().expect("a number"))
}

/// A row of numbers that look drawn by chance (`SplitMix64`).
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % n
    }
}

/// Runs a subcommand; `after` milliseconds it is killed, if it is to be.
fn session(at: &Path, arguments: &[&str], input: &str, after: Option<u64>) -> Output {
    let mut child = program(at)
        .arg("session")
        .args(arguments)
        .args(["--pack", "pack"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    // whoever ends early closes it
    let _ = pipe.write_all(input.as_bytes());
    drop(pipe);
    if let Some(after) = after {
        std::thread::sleep(Duration::from_millis(after));
        let _ = child.kill();
    }
    child.wait_with_output().expect("it ends")
}

fn files(at: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(at.join("data"));
    let entries = entries.into_iter().flatten().flatten().map(|e| e.path());
    let named = |path: &PathBuf| {
        let name = path.file_name().expect("named").to_string_lossy();
        name.ends_with(".toml") && !name.starts_with('.') && !name.starts_with("other-")
    };
    entries.filter(named).collect()
}

fn one_of(at: &Path, label: &str, chance: &mut Chance) -> Option<PathBuf> {
    let line = format!("\nid = \"{label}\"\n");
    let holds = |path: &PathBuf| std::fs::read_to_string(path).is_ok_and(|t| t.contains(&line));
    let mut all: Vec<PathBuf> = files(at).into_iter().filter(holds).collect();
    all.sort();
    let place = chance.below(all.len().max(1) as u64);
    all.into_iter().nth(usize::try_from(place).expect("small"))
}

/// One step; the name of what was done.
fn step(at: &Path, people: &BTreeMap<&str, Person>, chance: &mut Chance, n: u64) -> &'static str {
    let label = LABELS[usize::try_from(chance.below(LABELS.len() as u64)).expect("small")];
    let person = &people[label];
    let kind = chance.below(100);
    let takes_away = kind < 20;
    let shared = (!takes_away).then(|| person.turn.read().expect("no panic"));
    let alone = takes_away.then(|| person.turn.write().expect("no panic"));
    let nobody = person.running.fetch_add(1, Ordering::SeqCst) == 0;
    let begun = person.begun.fetch_add(1, Ordering::SeqCst) + 1;
    let (done, what) = act(at, (label, person), chance, (kind, n));
    if let Some(output) = done {
        let said = stderr(&output);
        let by_itself = nobody && person.begun.load(Ordering::SeqCst) == begun;
        let open = said.contains("is open in another");
        assert!(
            !(open && by_itself),
            "{what} {label}: nobody has it open: {said}"
        );
        let ended = output.status.code();
        let excused = REASONS.iter().any(|reason| said.contains(reason));
        // Windows ends a program that is killed with 1, and gives it no words
        let killed = cfg!(windows) && what.starts_with("kill") && said.is_empty();
        let fine = matches!(ended, Some(0 | 130) | None)
            || matches!(ended, Some(1 | 2)) && (excused || killed);
        assert!(fine, "{what} {label}: {ended:?}: {said}");
        assert!(!said.contains("panicked"), "{what} {label}: {said}");
    }
    person.running.fetch_sub(1, Ordering::SeqCst);
    drop((shared, alone));
    what
}

fn act(
    at: &Path,
    (label, person): (&str, &Person),
    chance: &mut Chance,
    (kind, n): (u64, u64),
) -> (Option<Output>, &'static str) {
    let copy = |path: &Path, how: &str| {
        let stem = path.file_stem().expect("named").to_string_lossy();
        path.with_file_name(format!(
            "{}{how}{n}.toml",
            stem.chars().take(30).collect::<String>()
        ))
    };
    let good = |output: &Output| output.status.success();
    match kind {
        0..8 => {
            let output = session(at, &["delete", label, "--yes"], "", None);
            if good(&output) {
                person.notes.lock().expect("no panic").clear();
                person.answers.store(0, Ordering::SeqCst);
                let line = format!("\nid = \"{label}\"\n");
                for path in files(at) {
                    let text = std::fs::read_to_string(&path).unwrap_or_default();
                    assert!(!text.contains(&line), "{} stays", path.display());
                }
            }
            (Some(output), "delete")
        }
        8..16 => {
            let output = session(
                at,
                &["resolve", label, "--keep", "newest", "--notes"],
                "",
                None,
            );
            if good(&output) {
                person.answers.store(0, Ordering::SeqCst);
            }
            (Some(output), "resolve")
        }
        16..18 => (Some(moved(at, label, n)), "move"),
        18..20 => (Some(relabelled(at, (label, person), chance, n)), "relabel"),
        20..32 => {
            let output = session(at, &["new", label], "4\nquit\n", None);
            if good(&output) {
                person.answers.fetch_max(1, Ordering::SeqCst);
            }
            (Some(output), "new")
        }
        32..48 => {
            let output = session(at, &["resume", label], "3\n2\n4\nquit\n", None);
            (Some(output), "resume")
        }
        48..66 => {
            let text = format!("note {n}");
            let output = session(at, &["note", label, &text], "", None);
            if good(&output) {
                person.notes.lock().expect("no panic").insert(text);
            }
            (Some(output), "note")
        }
        66..74 => {
            let after = 1 + chance.below(40);
            let answers = "3\n".repeat(40);
            let output = session(at, &["resume", label], &answers, Some(after));
            (Some(output), "kill")
        }
        74..78 => {
            let after = chance.below(20);
            let output = session(at, &["show", label], "", Some(after));
            (Some(output), "kill a look")
        }
        78..82 => {
            index_fault(at, chance);
            (None, "index")
        }
        82..87 => {
            let path = one_of(at, label, chance);
            path.and_then(|path| std::fs::copy(&path, copy(&path, "-LAPTOP-")).ok());
            (None, "copy")
        }
        87..91 => {
            let path = one_of(at, label, chance);
            path.and_then(|path| std::fs::hard_link(&path, copy(&path, " (link) ")).ok());
            (None, "link")
        }
        91..95 => {
            let path = one_of(at, label, chance);
            path.and_then(|path| std::fs::rename(&path, copy(&path, "-moved-")).ok());
            (None, "rename")
        }
        _ => (Some(session(at, &["list"], "", None)), "list"),
    }
}

/// Moves a file of a label, or puts in a new one, under a name that says nothing: the label is still taken, and found.
fn moved(at: &Path, label: &str, n: u64) -> Output {
    let to = at.join(format!("data/e-{n}.toml"));
    let line = format!("\nid = \"{label}\"\n");
    let mut mine: Vec<PathBuf> = files(at);
    mine.retain(|path| std::fs::read_to_string(path).is_ok_and(|text| text.contains(&line)));
    if let Some(path) = mine.first() {
        std::fs::rename(path, &to).expect("renamed");
    } else {
        let part = at.join(format!("data/e-{n}.new"));
        std::fs::write(&part, other(label)).expect("written");
        std::fs::rename(&part, &to).expect("renamed");
    }
    let again = session(at, &["new", label], "quit\n", None);
    let said = stderr(&again);
    assert!(!again.status.success(), "{label} is given twice: {said}");
    assert!(said.contains("already"), "{label}: {said}");
    let found = session(at, &["show", label], "", None);
    let said = stderr(&found);
    let several = said.contains("files have the label");
    assert!(found.status.success() || several, "{label}: {said}");
    found
}

/// Gives all files of a label another one, in place or by another file: it is not there any more, and free.
fn relabelled(at: &Path, (label, person): (&str, &Person), chance: &mut Chance, n: u64) -> Output {
    let line = format!("\nid = \"{label}\"\n");
    for (k, path) in files(at).into_iter().enumerate() {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        if !text.contains(&line) {
            continue;
        }
        let text = text.replace(&line, &format!("\nid = \"was-{n}-{k}\"\n"));
        let part = at.join(format!("data/e-{n}-{k}.new"));
        let in_place = chance.below(2) == 0;
        std::fs::write(if in_place { &path } else { &part }, text).expect("written");
        if !in_place {
            std::fs::rename(&part, &path).expect("renamed");
        }
    }
    person.notes.lock().expect("no panic").clear();
    person.answers.store(0, Ordering::SeqCst);
    let found = session(at, &["show", label], "", None);
    let said = stderr(&found);
    assert!(said.contains("no session"), "{label} is gone: {said}");
    let begun = session(at, &["new", label], "quit\n", None);
    let said = stderr(&begun);
    assert!(begun.status.success(), "{label} is free: {said}");
    // the people who are called otherwise now are not to fill the store
    for path in files(at) {
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        if text.contains(&format!("\nid = \"was-{n}-")) {
            let _ = std::fs::remove_file(path);
        }
    }
    begun
}

/// Removes the index of the store, damages it, or puts back one from before.
fn index_fault(at: &Path, chance: &mut Chance) {
    let kept = at.join("index-before");
    let entries = std::fs::read_dir(at.join("data")).into_iter().flatten();
    let mut paths = entries.flatten().map(|entry| entry.path());
    let Some(path) = paths.find(|path| path.extension().is_some_and(|e| e == "index")) else {
        return;
    };
    // another may be at it
    match chance.below(5) {
        0 => drop(std::fs::remove_file(&path)),
        1 => drop(std::fs::write(&path, "anything")),
        2 => drop(std::fs::File::create(&path).map(|file| file.set_len(4096))),
        3 => drop(std::fs::copy(&path, &kept)),
        _ => drop(std::fs::copy(&kept, &path)),
    }
}

/// The small pack, which is read in a moment, with many more ratings.
fn quick_pack(at: &Path) -> Pack {
    let folder = at.join("pack");
    copy(&root().join("tests/packs/small"), &folder);
    let path = folder.join("questions/hands.toml");
    let mut hands = std::fs::read_to_string(&path).expect("read");
    for n in 0..MORE {
        let question = format!(
            "\n[[question]]\nid = \"more-{n}\"\ntext = \"I can do this: {n}.\"\ntrait = \"steady-hands\"\n"
        );
        hands.push_str(&question);
    }
    std::fs::write(path, hands).expect("written");
    let files = pack_files::folder(&folder).expect("the pack can be read");
    Pack::parse(&files).expect("the pack is valid")
}

/// An answer file without answers.
fn other(label: &str) -> String {
    format!("format = 1\nid = \"{label}\"\n\n[answers]\n")
}

#[test]
fn many_programs_on_one_store_lose_nothing_that_was_saved() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    let (steps, seed) = (
        number("ROLESCOPE_STORE_STEPS", 240),
        number("ROLESCOPE_STORE_SEED", 1),
    );
    let pack = quick_pack(at);
    std::fs::create_dir(at.join("data")).expect("made");
    for n in 0..OTHERS {
        let path = at.join(format!("data/other-{n}.toml"));
        std::fs::write(path, other(&format!("other-{n}"))).expect("written");
    }
    let people: BTreeMap<&str, Person> = LABELS.map(|label| (label, Person::default())).into();
    let kinds: Mutex<BTreeMap<&str, u64>> = Mutex::default();
    std::thread::scope(|scope| {
        for program in 0..AT_ONCE {
            let (people, kinds) = (&people, &kinds);
            scope.spawn(move || {
                let mut chance = Chance(seed << 32 | program);
                for n in 0..steps / AT_ONCE {
                    let what = step(at, people, &mut chance, n * AT_ONCE + program);
                    *kinds.lock().expect("no panic").entry(what).or_default() += 1;
                }
            });
        }
    });
    println!("{:?}", kinds.into_inner().expect("no panic"));
    let load = |path: &PathBuf| AnswerSheet::load(path, &pack, false).expect("whole and sound");
    for n in 0..OTHERS {
        let path = at.join(format!("data/other-{n}.toml"));
        let text = std::fs::read_to_string(path).expect("there");
        assert_eq!(text, other(&format!("other-{n}")), "nobody touched it");
    }
    let sheets: Vec<AnswerSheet> = files(at).iter().map(load).collect();
    for (label, person) in &people {
        let mine = || sheets.iter().filter(|sheet| sheet.id == *label);
        let notes: BTreeSet<&str> = mine()
            .flat_map(|sheet| sheet.notes.iter().map(|note| note.text.as_str()))
            .collect();
        for note in person.notes.lock().expect("no panic").iter() {
            assert!(notes.contains(note.as_str()), "{label}: {note} is lost");
        }
        let answers = mine().map(|sheet| sheet.answers.count()).max().unwrap_or(0);
        let saved = person.answers.load(Ordering::SeqCst);
        assert!(answers >= saved, "{label}: {answers} of {saved} answers");
    }
    // nothing is locked any more
    for label in LABELS {
        let said = stderr(&session(at, &["note", label, "the last"], "", None));
        assert!(!said.contains("is open"), "{said}");
    }
}
