//! Thousands of inputs, each spoilt in its own way, through the reader and scorer that `score` uses:
//! none may end the program, hang it or change a row that was left alone. Then the program itself on
//! some of them, and on large ones for its memory.
//!
//! `ROLESCOPE_CHAOS=100000` spoils as many; `ROLESCOPE_CHAOS_SEED=7` spoils others;
//! `ROLESCOPE_CHAOS_FROM=4711` begins with one that failed. An input that fails is kept in `target/tmp`.

mod damage;
mod rules;
mod spoil;

use rolescope::builtin;
use rolescope::input::ledger::Ledger;
use rolescope::input::mapping::InputOptions;
use rolescope::input::opened::ReadOptions;
use rolescope::input::pack_tables::PackTables;
use rolescope::input::pump::Pump;
use rolescope::input::row::{KeptField, Receiver, Rejection, RowBuffer};
use rolescope::storage::answer_file::AnswerSheet;
use rolescope_core::simulation::SimulatedPeople;
use rolescope_core::write::RecordWriter;
use rolescope_core::{Answers, Comparison, Pack};
use spoil::{DamageRng, Form};
use std::io::Write as _;
use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// People in each input.
const PEOPLE: usize = 12;
/// Seconds that an input of a few thousand bytes may take before it counts as hanging.
const HANGS: u64 = 20;

/// What is scored, and what comes of it when nothing is spoilt.
pub(crate) struct Clean<'p> {
    pack: &'p Pack,
    comparison: &'p Comparison<'p>,
    /// Id, answers and result of each person.
    people: Vec<(String, Answers, String)>,
}

impl<'p> Clean<'p> {
    fn new(comparison: &'p Comparison<'p>) -> Self {
        Self::of(comparison, PEOPLE)
    }

    fn of(comparison: &'p Comparison<'p>, number: usize) -> Self {
        let mut people = SimulatedPeople::new(comparison, 11);
        let one = |n: usize| {
            let answers = people.mixed(0.0);
            let id = format!("person-{n:03}");
            let result = RecordWriter::new(comparison).csv_line(&id, &comparison.assess(&answers));
            (id, answers, result)
        };
        Self {
            pack: comparison.pack(),
            comparison,
            people: (0..number).map(one).collect(),
        }
    }

    /// The sheets in a form, a line each; of TOML, a file each.
    fn written(&self, form: Form) -> Vec<String> {
        let mut all = Vec::new();
        let ids = self
            .pack
            .questions()
            .iter()
            .map(rolescope_core::Question::id);
        if form == Form::Table {
            let names: Vec<&str> = ["id"].into_iter().chain(ids.clone()).collect();
            all.push(names.join(",") + "\n");
        }
        for (id, answers, _) in &self.people {
            let questions = self.pack.questions().iter().zip(answers.codes());
            let cells: Vec<String> = questions.map(|(q, &code)| q.written(code)).collect();
            all.push(match form {
                Form::Table => format!("{id},{}\n", cells.join(",")),
                Form::Lines => {
                    let pairs = ids
                        .clone()
                        .zip(&cells)
                        .map(|(q, cell)| format!("\"{q}\":\"{cell}\""));
                    let pairs: Vec<String> = pairs.collect();
                    format!("{{\"id\":\"{id}\",\"answers\":{{{}}}}}\n", pairs.join(","))
                }
                Form::Folder => {
                    let mut sheet = AnswerSheet::new(id.clone(), self.pack);
                    sheet.answers.clone_from(answers);
                    sheet.to_toml(self.pack)
                }
            });
        }
        all
    }
}

/// What came of an input.
#[derive(Default)]
pub(crate) struct Came {
    /// Id, answers and result of each person accepted.
    accepted: Vec<(String, Answers, String)>,
    rejected: u64,
    /// Whether the input was read to its end.
    whole: bool,
    /// Rows of empty cells that were passed over.
    empty: u64,
}

/// Takes what is read; without a comparison nobody is scored.
struct Taker<'a, 'p>(Option<&'a Comparison<'p>>, Came);

impl Receiver for Taker<'_, '_> {
    fn person(&mut self, id: &str, answers: &Answers, _: &[KeptField]) -> bool {
        let score = |c| RecordWriter::new(c).csv_line(id, &c.assess(answers));
        let result = self.0.map(score).unwrap_or_default();
        self.1
            .accepted
            .push((id.to_owned(), answers.clone(), result));
        true
    }

    fn reject(&mut self, rejection: &Rejection<'_>) -> bool {
        assert!(rejection.line > 0 && !rejection.reason.is_empty());
        self.1.rejected += 1;
        true
    }

    fn unknown(&mut self, _: &str) {}
}

/// Reads an input in pieces of `size` bytes and scores it, as `score` does; or with `exact` only reads it,
/// as `score --exact` does. Of an input that is read to its end, every line is accounted for.
fn read(clean: &Clean<'_>, path: &Path, size: usize, exact: bool) -> Came {
    let pack = clean.pack;
    let options = InputOptions {
        exact,
        ..InputOptions::default()
    };
    let wanted = ReadOptions {
        pack,
        input: &options,
        keep: &[],
        size,
        tables: PackTables::default(),
    };
    let mut feed = Pump::new(&[path.display().to_string()], wanted);
    let scorer = (!exact).then_some(clean.comparison);
    let (mut taker, mut ledger) = (Taker(scorer, Came::default()), Ledger::default());
    let (mut row, mut bytes) = (RowBuffer::new(pack, &[]), Vec::new());
    loop {
        match feed.next(&mut bytes) {
            Ok(Some(piece)) => ledger.add(piece.read(pack, &bytes, &mut row, &mut taker)),
            Ok(None) => break taker.1.whole = true,
            Err(error) => break assert!(!error.to_string().is_empty()),
        }
    }
    let mut came = taker.1;
    if came.whole {
        ledger.add(feed.ledger());
        let people = came.accepted.len() as u64;
        let closed = ledger.close(people, came.rejected);
        closed.expect("all is accounted for");
        came.empty = ledger.empty;
    }
    came
}

fn number(name: &str, usual: u64) -> u64 {
    let stated = std::env::var(name).ok();
    stated.map_or(usual, |n| n.parse().expect("a number"))
}

/// Ends the program with the number of the input if one takes too long.
fn watch(at: &Arc<AtomicU64>, ended: &Arc<AtomicBool>) -> std::thread::JoinHandle<()> {
    let (at, ended) = (Arc::clone(at), Arc::clone(ended));
    std::thread::spawn(move || {
        let (mut last, mut since) = (u64::MAX, Instant::now());
        while !ended.load(Ordering::Relaxed) {
            std::thread::sleep(Duration::from_millis(50));
            let now = at.load(Ordering::Relaxed);
            if now != last {
                (last, since) = (now, Instant::now());
            } else if since.elapsed().as_secs() > HANGS {
                tell(&format!("input {now} hangs"));
                std::process::abort();
            }
        }
    })
}

/// Says something whatever becomes of what tests print.
fn tell(text: &str) {
    let _ = writeln!(std::io::stderr(), "chaos: {text}");
}

#[test]
fn no_spoilt_input_ends_hangs_or_misleads_the_scorer() {
    let pack = Pack::parse(&builtin::built_in()).expect("the built-in pack is valid");
    let comparison = Comparison::builder(&pack).build().expect("comparable");
    let clean = Clean::new(&comparison);
    let (count, seed) = (
        number("ROLESCOPE_CHAOS", 2_000),
        number("ROLESCOPE_CHAOS_SEED", 1),
    );
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (at, ended) = (
        Arc::new(AtomicU64::new(0)),
        Arc::new(AtomicBool::new(false)),
    );
    let watchdog = watch(&at, &ended);
    let (start, mut sum) = (Instant::now(), [0; 4]);
    let from = number("ROLESCOPE_CHAOS_FROM", 0);
    for n in from..count {
        at.store(n, Ordering::Relaxed);
        let mut chance = DamageRng::new(seed << 32 | n);
        let input = spoil::input(&clean, folder.path(), &mut chance);
        let size = [1 << 10, 16 << 10, 512 << 10][chance.below(3)];
        let held = std::panic::catch_unwind(AssertUnwindSafe(|| {
            let came = read(&clean, &input.path, size, false);
            let exact = read(&clean, &input.path, size, true);
            rules::hold(&clean, &input, &came, &exact);
            came
        }));
        let Ok(came) = held else {
            ended.store(true, Ordering::Relaxed);
            tell(&format!("input {n} of seed {seed} fails"));
            // before it was packed; of a folder nothing
            let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join("failed");
            let _ = std::fs::write(kept, &input.text);
            panic!("input {n}: {:?}", input.how);
        };
        if n % (count / 50).max(1) == 0 {
            rules::program_agrees(&input, &came);
        }
        let whole = u64::from(came.whole);
        let made = [
            came.accepted.len() as u64,
            came.rejected,
            whole,
            input.bytes,
        ];
        sum = std::array::from_fn(|i| sum[i] + made[i]);
        spoil::remove(&input.path);
    }
    ended.store(true, Ordering::Relaxed);
    watchdog.join().expect("nothing hung");
    let [accepted, rejected, whole, bytes] = sum;
    tell(&format!(
        "{count} inputs of {bytes} bytes in {:.1} s: {accepted} rows accepted, {rejected} rejected, \
         {whole} inputs read to the end",
        start.elapsed().as_secs_f64()
    ));
    let count = count - from;
    assert!(accepted > count && rejected > count / 2 && whole > count / 2 && whole < count);
}

#[cfg(target_os = "linux")] // `peak` reads the most memory that was taken from /proc
#[test]
fn large_spoilt_inputs_stay_within_the_memory() {
    let pack = Pack::parse(&builtin::built_in()).expect("the built-in pack is valid");
    let comparison = Comparison::builder(&pack).build().expect("comparable");
    let clean = Clean::new(&comparison);
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, bytes) in spoil::large(&clean) {
        let path = folder.path().join(name);
        std::fs::write(&path, &bytes).expect("written");
        let (start, peak) = (Instant::now(), rules::peak(&path));
        tell(&format!(
            "{name}, {} MiB: {peak} KiB at most, {:.1} s",
            bytes.len() >> 20,
            start.elapsed().as_secs_f64()
        ));
        assert!(peak < 64 << 10, "{name} took {peak} KiB");
        assert!(peak > 1 << 10, "{name} was measured");
    }
}
