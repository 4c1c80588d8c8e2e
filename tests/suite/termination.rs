//! Termination of a run of `score`: closed pipes, full disks, signals; and its progress on a terminal.

use crate::batch::{ended, folder, names, put, sheets};
use crate::help::{patience, program, stderr, stdout};
use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Runs a line of shell in which `$ROLESCOPE` is the program.
fn shell(folder: &Path, line: &str) -> Output {
    let template = program(folder);
    let mut shell = Command::new("sh");
    shell.current_dir(folder).args(["-c", line]);
    shell.env("ROLESCOPE", template.get_program());
    shell.output().expect("a shell")
}

#[test]
fn a_closed_output_pipe_is_no_error() {
    let folder = folder();
    put(folder.path(), "a.csv", sheets(5000, "csv"));
    for format in ["table", "csv", "ndjson", "json"] {
        // the shell ends as the last of a pipe does, so the first writes down how it ended
        let line = format!(
            "{{ \"$ROLESCOPE\" score -f {format} --rejects bad.csv a.csv; echo $? >code; }} | head -n 1"
        );
        let output = shell(folder.path(), &line);
        assert_eq!(stdout(&output).lines().count(), 1);
        assert_eq!(stderr(&output), "", "{format}");
        let code = std::fs::read_to_string(folder.path().join("code")).expect("written");
        assert_eq!(code, "0\n", "{format}");
        assert_eq!(
            names(folder.path()),
            ["a.csv", "code"],
            "half of the rejects is none"
        );
    }
}

#[cfg(target_os = "linux")] // only there is /dev/full
#[test]
fn a_full_disk_is_an_error_and_leaves_no_file() {
    let folder = folder();
    put(folder.path(), "a.csv", sheets(2000, "csv"));
    let full = shell(
        folder.path(),
        "\"$ROLESCOPE\" score -f csv a.csv >/dev/full",
    );
    ended(
        &full,
        1,
        &["cannot write the output: No space left on device"],
    );
    let full = shell(
        folder.path(),
        "\"$ROLESCOPE\" score -f csv -o /dev/full a.csv",
    );
    ended(
        &full,
        1,
        &["cannot write the output: /dev/full: No space left on device"],
    );
    let full = shell(
        folder.path(),
        "\"$ROLESCOPE\" score a.csv --rejects /dev/full",
    );
    ended(&full, 1, &["/dev/full: No space left on device"]);
    // a limit on the size of files stands for a disk that fills: 64 blocks of 512 bytes
    put(folder.path(), "out.csv", "what was there before");
    let output = shell(
        folder.path(),
        "ulimit -f 64; \"$ROLESCOPE\" score -f csv -o out.csv a.csv",
    );
    ended(
        &output,
        1,
        &["cannot write the output: out.csv: File too large"],
    );
    assert!(!stderr(&output).contains(".part"), "nobody knows that file");
    assert_eq!(names(folder.path()), ["a.csv", "out.csv"]);
    let file = std::fs::read_to_string(folder.path().join("out.csv")).expect("there");
    assert_eq!(file, "what was there before");
    let small = shell(
        folder.path(),
        "ulimit -f 64; \"$ROLESCOPE\" score --top 1 -f csv -o ok.csv - <a.csv",
    );
    assert_eq!(
        small.status.code(),
        Some(1),
        "over the limit with one role as well"
    );
}

/// Waits until something is so.
fn until(what: &str, so: impl Fn() -> bool) {
    let start = Instant::now();
    while !so() {
        assert!(start.elapsed() < patience(20), "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// A run in the middle of its work, with results and rejects half written.
fn half_way(folder: &Path, before: &str) -> Child {
    let line = format!("{before} exec \"$ROLESCOPE\" score -f csv -o out.csv --rejects bad.csv -");
    let template = program(folder);
    let mut child = Command::new("sh")
        .current_dir(folder)
        .args(["-c", &line])
        .env("ROLESCOPE", template.get_program())
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a shell");
    let rows = sheets(3000, "csv");
    let stdin = child.stdin.as_mut().expect("a pipe");
    stdin.write_all(rows.as_bytes()).expect("taken");
    let parts = || {
        let entries = std::fs::read_dir(folder).expect("listed").flatten();
        let sizes = entries.filter_map(|e| Some(e.metadata().ok()?.len()));
        sizes.collect::<Vec<u64>>()
    };
    until("half of the results", || {
        parts().len() == 2 && parts().iter().any(|&n| n > 100_000)
    });
    child
}

fn kill(child: &Child, signal: &str) {
    let id = child.id().to_string();
    let status = Command::new("kill").args([signal, &id]).status();
    assert!(status.expect("kill runs").success());
}

/// Whether whoever started these tests has a signal ignored, which the programs they start inherit.
fn ignored(signal: i32) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|l| l.strip_prefix("SigIgn:"));
    let mask = mask.and_then(|m| u64::from_str_radix(m.trim(), 16).ok());
    mask.unwrap_or(0) >> (signal - 1) & 1 == 1
}

#[test]
fn a_signal_leaves_no_partial_or_temporary_file() {
    use std::os::unix::process::ExitStatusExt as _;
    for (name, number) in [("-INT", 2), ("-TERM", 15), ("-HUP", 1)] {
        let folder = folder();
        let mut child = half_way(folder.path(), "");
        kill(&child, name);
        if ignored(number) {
            drop(child.stdin.take());
            assert!(
                child.wait().expect("it ends").success(),
                "{name} was to be ignored"
            );
            continue;
        }
        // it ends though its input is open, as the signal always ends a program: 130 in a shell
        let stdin = child.stdin.take();
        let output = child.wait_with_output().expect("it ends");
        drop(stdin);
        assert_eq!(output.status.signal(), Some(number), "{name}");
        assert_eq!(names(folder.path()), Vec::<String>::new(), "{name}");
        for file in ["out.csv", "bad.csv"] {
            let told = format!("rolescope: stopped; {file} was not written");
            assert!(
                stderr(&output).contains(&told),
                "{name}: {}",
                stderr(&output)
            );
        }
    }
}

#[cfg(target_os = "linux")] // elsewhere the program has no /proc to tell which signals are ignored
#[test]
fn an_ignored_signal_stays_ignored() {
    let folder = folder();
    let mut child = half_way(folder.path(), "trap '' HUP;");
    kill(&child, "-HUP");
    std::thread::sleep(Duration::from_millis(100));
    drop(child.stdin.take());
    let output = child.wait_with_output().expect("it ends");
    ended(&output, 0, &["3000 scored"]);
    assert_eq!(names(folder.path()), ["bad.csv", "out.csv"]);
}

#[test]
fn a_pipe_or_device_is_written_to_and_never_replaced() {
    use std::os::unix::fs::FileTypeExt as _;
    let folder = folder();
    put(
        folder.path(),
        "a.csv",
        format!("{}bad,1\n", sheets(3, "csv")),
    );
    let line = "mkfifo out bad; cat out >got & cat bad >rows & \
                \"$ROLESCOPE\" score -f csv -o out --rejects bad a.csv; code=$?; wait; exit $code";
    ended(&shell(folder.path(), line), 3, &["3 scored"]);
    let there = std::fs::metadata(folder.path().join("out")).expect("there");
    assert!(there.file_type().is_fifo());
    let got = |name| std::fs::read_to_string(folder.path().join(name)).expect("written");
    assert_eq!(
        (got("got").lines().count(), got("rows").lines().count()),
        (4, 2)
    );
}

#[test]
fn a_file_that_is_there_keeps_its_permissions_and_a_link_its_place() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder();
    put(folder.path(), "a.csv", sheets(2, "csv"));
    put(folder.path(), "private.csv", "");
    let path = folder.path().join("private.csv");
    let own = std::fs::Permissions::from_mode(0o600);
    std::fs::set_permissions(&path, own).expect("changed");
    std::os::unix::fs::symlink("private.csv", folder.path().join("link.csv")).expect("linked");
    ended(
        &shell(
            folder.path(),
            "\"$ROLESCOPE\" score -f csv -o link.csv a.csv",
        ),
        0,
        &[],
    );
    assert!(folder.path().join("link.csv").is_symlink());
    let mode = std::fs::metadata(&path)
        .expect("there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let file = std::fs::read_to_string(&path).expect("there");
    assert_eq!(file.lines().count(), 3);
}

/// What a terminal shows while the program scores a file.
fn watched(folder: &Path, arguments: &str) -> String {
    shown(folder, &format!("score {arguments}"))
}

/// What a terminal shows while the program does this.
fn shown(folder: &Path, arguments: &str) -> String {
    use portable_pty::{CommandBuilder, PtySize, native_pty_system};
    use std::io::Read as _;
    let size = PtySize {
        rows: 24,
        cols: 100,
        pixel_width: 0,
        pixel_height: 0,
    };
    let pair = native_pty_system().openpty(size).expect("a terminal");
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", &format!("\"$ROLESCOPE\" {arguments}")]);
    command.cwd(folder);
    command.env("ROLESCOPE", env!("CARGO_BIN_EXE_rolescope"));
    command.env("TERM", "xterm");
    let mut child = pair.slave.spawn_command(command).expect("a shell");
    drop(pair.slave);
    let mut output = pair.master.try_clone_reader().expect("its output");
    let reader = std::thread::spawn(move || {
        let mut all = Vec::new();
        // a terminal whose program has gone ends with an error on some systems
        let _ = output.read_to_end(&mut all);
        String::from_utf8_lossy(&all).into_owned()
    });
    assert!(child.wait().expect("it ends").success());
    drop(pair.master);
    reader.join().expect("read")
}

#[test]
fn a_check_shows_how_far_it_is() {
    let folder = folder();
    let pack = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/packs/small");
    let check = format!("check --batches 1 --year 2026 --pack '{pack}'");
    // whether the pack is in balance is another question
    let said = shown(folder.path(), &format!("{check} >page.txt || true"));
    assert!(said.contains(" simulated people, "), "{said:?}");
    let quiet = shown(folder.path(), &format!("{check} -q >page.txt || true"));
    assert!(!quiet.contains(" simulated people, "), "{quiet:?}");
    let silent = shown(
        folder.path(),
        &format!("{check} 2>said.txt >page.txt || true"),
    );
    assert_eq!(silent, "", "only where standard error is a terminal");
}

#[test]
fn progress_is_shown_on_a_terminal_only() {
    let folder = folder();
    put(folder.path(), "a.csv", sheets(40_000, "csv"));
    for arguments in ["-f csv a.csv >out.csv", "-f csv -o out.csv a.csv"] {
        let shown = watched(folder.path(), arguments);
        for part in [" MiB of ", " rows, ", " a second, ", " left"] {
            assert!(shown.contains(part), "{arguments}: {part} in {shown:?}");
        }
        assert!(shown.contains("40000 scored"));
    }
    // of standard input nobody knows how much there is
    let shown = watched(folder.path(), "-f csv - <a.csv >out.csv");
    assert!(
        shown.contains(" rows, ") && !shown.contains(" left"),
        "{shown:?}"
    );
    let quiet = watched(folder.path(), "-q -f csv a.csv >out.csv");
    assert_eq!(quiet, "");
    let rows = watched(folder.path(), "-f csv a.csv | tail -n 1");
    assert!(rows.contains(" rows, "), "a pipe is no terminal");
    let rows = watched(folder.path(), "-f csv a.csv");
    assert!(!rows.contains(" rows, "), "not among the rows");
    let silent = shell(folder.path(), "\"$ROLESCOPE\" score -f csv a.csv >out.csv");
    ended(&silent, 0, &["40000 scored"]);
    assert!(!stderr(&silent).contains("rows, "));
}
