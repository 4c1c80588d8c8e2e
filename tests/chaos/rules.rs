//! What must hold of whatever comes of a spoilt input.

use crate::spoil::{Form, Input};
use crate::{Came, Clean};
use rolescope_core::Answers;
use serde_json::Value;
use std::collections::HashMap;
use std::process::Command;

fn holds(text: &[u8], part: &str) -> bool {
    text.windows(part.len()).any(|w| w == part.as_bytes())
}

/// Holds that rows which were left alone are scored as ever, and that all of them are wherever
/// nothing in front of them can have swallowed them.
/// `exact` is what came of reading nothing but the program's own dialect.
pub(crate) fn hold(clean: &Clean<'_>, input: &Input, came: &Came, exact: &Came) {
    let known: HashMap<&str, usize> = clean
        .people
        .iter()
        .enumerate()
        .map(|(n, p)| (p.0.as_str(), n))
        .collect();
    let mut found = vec![0; clean.people.len()];
    let mut other = vec![0; clean.people.len()];
    for person in &came.accepted {
        if let Some(&n) = known.get(person.0.as_str()) {
            if *person == clean.people[n] {
                found[n] += 1;
            } else {
                other[n] += 1;
            }
        }
    }
    let how = &input.how;
    if input.form == Form::Folder {
        assert!(came.whole, "no file ends a folder: {how:?}");
        for (n, alone) in input.alone.iter().enumerate() {
            assert!(!alone || found[n] > 0, "person {n} is missing: {how:?}");
        }
        assert_eq!(
            came.accepted.len() as u64 + came.rejected,
            input.alone.len() as u64
        );
        return;
    }
    if !input.spoilt_text {
        // a checksum tells: what was read to its end is what was written
        assert!(
            !came.whole || other.iter().all(|&n| n == 0),
            "undetected: {how:?}"
        );
        return;
    }
    let parts = clean.written(input.form);
    let rows = usize::from(input.form == Form::Table);
    if rows == 1 && !input.text.starts_with(parts[0].as_bytes()) {
        return; // another header, other columns
    }
    agrees_with_a_plain_reader(clean, input, exact);
    accounts_for_every_line(clean, input, came);
    let mut alone = vec![0; clean.people.len()];
    let (mut spoilt, mut quotes) = (vec![false; clean.people.len()], false);
    for line in input.text.split(|&b| b == b'\n').skip(rows) {
        let same = parts[rows..]
            .iter()
            .position(|part| part.trim_end().as_bytes() == line);
        if let Some(n) = same {
            alone[n] += 1;
            continue;
        }
        quotes |= line.contains(&b'"');
        for (n, person) in clean.people.iter().enumerate() {
            spoilt[n] |= holds(line, &person.0);
        }
    }
    for n in (0..alone.len()).filter(|&n| !spoilt[n]) {
        assert_eq!(other[n], 0, "person {n} is scored otherwise: {how:?}");
        assert!(
            found[n] <= alone[n],
            "person {n} comes from nowhere: {how:?}"
        );
        // a quote may swallow what follows, an error ends the reading
        if came.whole && (input.form == Form::Lines || !quotes) {
            assert_eq!(found[n], alone[n], "person {n} is missing: {how:?}");
        }
    }
}

/// Holds that every line with anything on it is a person's, a rejected row's, or passed over for a reason
/// that can be seen, as whoever counts lines counts them; of texts in which a line is a row.
fn accounts_for_every_line(clean: &Clean<'_>, input: &Input, came: &Came) {
    let mut lines = input.text.split(|&b| b == b'\n');
    if !came.whole || input.text.contains(&b'\r') {
        return;
    }
    let told = came.accepted.len() as u64 + came.rejected + came.empty;
    if input.form == Form::Lines {
        let mut lines = lines.filter(|line| !line.trim_ascii().is_empty());
        let first = lines.next().unwrap_or_default();
        // otherwise it is read as records that go over several lines
        if serde_json::from_slice::<Value>(first).is_ok() {
            let rows = 1 + lines.count() as u64;
            assert_eq!(told, rows, "rows are divided otherwise: {:?}", input.how);
        }
        return;
    }
    if input.text.contains(&b'"') {
        return;
    }
    lines.next();
    let (mut rows, mut empty, mut labels, mut above) = (0, 0, 0, true);
    for line in lines.filter(|line| !line.is_empty()) {
        let blank = line.iter().all(|b| *b == b',' || b.is_ascii_whitespace());
        // below the header the questions may be repeated
        above &= !clean.people.iter().any(|person| holds(line, &person.0));
        labels += u64::from(above && !blank);
        empty += u64::from(blank);
        rows += 1;
    }
    let how = &input.how;
    assert_eq!(came.empty, empty, "other rows are passed over: {how:?}");
    assert!(told <= rows, "rows are divided otherwise: {how:?}");
    assert!(
        rows - told <= labels,
        "{} lines are lost: {how:?}",
        rows - told
    );
}

/// Who is in a text as the plainest of readers reads it, rows that it cannot read left out, and the
/// number of all rows. A person without an id has none.
fn read_plainly(clean: &Clean<'_>, input: &Input) -> (Vec<(String, Answers)>, u64) {
    let (mut all, mut rows) = (Vec::new(), 0);
    if input.form == Form::Lines {
        for line in input.text.split(|&b| b == b'\n') {
            rows += u64::from(!line.trim_ascii().is_empty());
            let value: Value = serde_json::from_slice(line).unwrap_or_default();
            let id = match &value["id"] {
                Value::String(id) => Some(id.trim().to_owned()),
                Value::Number(id) => Some(id.to_string()),
                Value::Null => Some(String::new()),
                _ => None,
            };
            let cells = value["answers"].as_object().map(|answers| {
                let cells = answers.iter().filter(|(_, cell)| !cell.is_null());
                let cells = cells.map(|(q, cell)| match cell {
                    Value::String(text) => (q.clone(), text.clone()),
                    other => (q.clone(), other.to_string()),
                });
                cells.collect::<Vec<_>>()
            });
            all.extend(id.zip(cells.and_then(|cells| coded(clean, &cells))));
        }
        return (all, rows);
    }
    let mut reader = csv_core::Reader::new();
    let (mut at, mut out, mut ends) = (0, vec![0; input.text.len()], vec![0; 100_000]);
    let mut names = Vec::new();
    loop {
        let text = &input.text[at..];
        let (result, read, _, count) = reader.read_record(text, &mut out, &mut ends);
        at += read;
        let empty = out[..count.checked_sub(1).map_or(0, |last| ends[last])].trim_ascii();
        if result == csv_core::ReadRecordResult::Record && empty.is_empty() {
            continue; // nobody's
        }
        rows += u64::from(!names.is_empty());
        match result {
            csv_core::ReadRecordResult::End => return (all, rows - 1),
            // the last row, which has no newline: the next call ends it
            csv_core::ReadRecordResult::InputEmpty => {
                let rest = input.text.len() - text.len();
                let mut whole = input.text[rest..].to_vec();
                whole.push(b'\n');
                reader.reset();
                let (_, _, _, count) = reader.read_record(&whole, &mut out, &mut ends);
                let blank = whole.iter().all(|b| b"\r\n, \t".contains(b));
                if !blank {
                    all.extend(row_of(clean, &names, &out, &ends[..count]));
                }
                return (all, rows - u64::from(blank));
            }
            _ if names.is_empty() => names = cells_of(&out, &ends[..count]).unwrap_or_default(),
            _ => all.extend(row_of(clean, &names, &out, &ends[..count])),
        }
    }
}

fn cells_of(out: &[u8], ends: &[usize]) -> Option<Vec<String>> {
    let starts = [0].into_iter().chain(ends.iter().copied());
    let cells = starts
        .zip(ends)
        .map(|(start, &end)| String::from_utf8(out[start..end].to_vec()));
    cells.collect::<Result<_, _>>().ok()
}

fn row_of(
    clean: &Clean<'_>,
    names: &[String],
    out: &[u8],
    ends: &[usize],
) -> Option<(String, Answers)> {
    let cells = cells_of(out, ends).filter(|cells| cells.len() == names.len())?;
    let pairs: Vec<_> = names
        .iter()
        .cloned()
        .zip(cells.iter().cloned())
        .skip(1)
        .collect();
    let id = cells[0].trim().to_owned();
    (!id.contains('\0')).then_some((id, coded(clean, &pairs)?))
}

/// Answers from their texts; none if one is no answer.
fn coded(clean: &Clean<'_>, cells: &[(String, String)]) -> Option<Answers> {
    let mut answers = Answers::none(clean.pack);
    for (name, cell) in cells.iter().filter(|(_, cell)| !cell.trim().is_empty()) {
        if let Some(q) = clean.pack.questions().iter().position(|q| q.id() == *name) {
            answers
                .set(q, clean.pack.questions()[q].code_of(cell)?)
                .expect("an answer");
        }
    }
    Some(answers)
}

/// Holds that every row, spoilt or not, is what the plainest of readers says it is.
fn agrees_with_a_plain_reader(clean: &Clean<'_>, input: &Input, came: &Came) {
    if input.text.len() > 1 << 20 {
        return; // rows over the bound are rejected, which that reader does not know
    }
    // nor does it know which quotes are refused: `damage` holds what comes of those
    let quote = |pair: &[u8]| pair[1] == b'"' && b",\n\r".contains(&pair[0]);
    if input.form == Form::Table && input.text.windows(2).any(quote) {
        return;
    }
    let (plain, rows) = read_plainly(clean, input);
    let mut plain = plain.iter();
    for (id, answers, _) in &came.accepted {
        let same = |(other, same): &(String, Answers)| {
            let unnamed = ["line-", "row "].iter().any(|word| id.starts_with(word));
            (other == id || other.is_empty() && unnamed) && same == answers
        };
        let found = match input.form {
            // that reader lets a line name a question twice
            Form::Lines => plain.any(same),
            _ => plain.next().is_some_and(same),
        };
        let line = input
            .text
            .split(|&b| b == b'\n')
            .find(|line| holds(line, id));
        let line = String::from_utf8_lossy(line.unwrap_or_default()).into_owned();
        assert!(found, "{id} is read otherwise: {:?}: {line:?}", input.how);
    }
    if came.whole {
        let all = came.accepted.len() as u64 + came.rejected;
        assert_eq!(all, rows, "rows are divided otherwise: {:?}", input.how);
        assert!(
            input.form == Form::Lines || plain.next().is_none(),
            "someone is missing: {:?}",
            input.how
        );
    }
}

/// Holds that the program does what the library did, on three threads.
pub(crate) fn program_agrees(input: &Input, came: &Came) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_rolescope"));
    program.args(["score", "-q", "-f", "ndjson", "--jobs", "3"]);
    let output = program.arg(&input.path).output().expect("the program runs");
    let rows = output.stdout.split(|&b| b == b'\n').count() - 1;
    let code = match (came.whole, came.rejected) {
        (false, _) => 1,
        (true, 0) => 0,
        (true, _) if came.accepted.is_empty() => 4,
        (true, _) => 3,
    };
    assert_eq!(output.status.code(), Some(code), "{:?}", input.how);
    assert!(
        !came.whole || rows == came.accepted.len(),
        "{:?}",
        input.how
    );
    let messages = String::from_utf8(output.stderr).expect("messages are UTF-8");
    assert!(!messages.contains("panicked") && !messages.contains('\x1B'));
}

/// The most memory that the program takes for an input, in KiB, with two threads.
#[cfg(target_os = "linux")]
pub(crate) fn peak(path: &std::path::Path) -> u64 {
    use std::process::Stdio;

    let mut program = Command::new(env!("CARGO_BIN_EXE_rolescope"));
    program.args([
        "score",
        "-q",
        "-f",
        "ndjson",
        "--jobs",
        "2",
        "--rejects",
        "/dev/null",
    ]);
    program
        .arg(path)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut child = program.spawn().expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    while child.try_wait().expect("it can be waited for").is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|l| l.strip_prefix("VmHWM:"));
        let kib = line.and_then(|l| l.trim().strip_suffix(" kB")?.parse().ok());
        peak = peak.max(kib.unwrap_or(0));
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    peak
}
