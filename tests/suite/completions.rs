//! Completions, as a person presses Tab in the shells that are here. bash must be; zsh and fish are
//! tried where they are installed; of PowerShell only the answers that its script reads are tested.

use crate::help::{copy, program, root, run, stderr, stdout};
use crate::terminal::Terminal;
use portable_pty::CommandBuilder;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is typed before Tab, and the line that stands there after it.
const TYPED: [(&str, &str); 9] = [
    ("rolescope quest", "rolescope questions "),
    ("rolescope roles sonog", "rolescope roles sonographer "),
    (
        "rolescope sample --like phle",
        "rolescope sample --like phlebotomist ",
    ),
    (
        "rolescope report me.toml --why orthotis",
        "rolescope report me.toml --why orthotist ",
    ),
    (
        "rolescope report me.toml --what-if phys",
        "rolescope report me.toml --what-if physics=",
    ),
    (
        "rolescope report me.toml --avoid need",
        "rolescope report me.toml --avoid needles ",
    ),
    (
        "rolescope --pack mine roles bic",
        "rolescope --pack mine roles bicycle-mechanic ",
    ),
    // there is another label with this beginning, which a shell would run
    (
        "rolescope session show s-0",
        "rolescope session show s-0412 ",
    ),
    ("rolescope report me.t", "rolescope report me.toml "),
];

/// A folder with an answer file, a pack and two sessions.
fn prepared() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = folder.path();
    let person = root().join("examples/simulated-1.toml");
    std::fs::copy(&person, at.join("me.toml")).expect("copied");
    copy(&root().join("examples/workshop"), &at.join("mine"));
    for label in ["s-0412", "s-0413$(touch run)"] {
        let all = ["session", "import", "me.toml", "--label", label];
        let output = run(at, &all, b"");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    }
    folder
}

/// The search path with this program in front.
fn path() -> String {
    let bin = Path::new(env!("CARGO_BIN_EXE_rolescope"));
    let bin = bin.parent().expect("a folder").display();
    format!("{bin}:{}", std::env::var("PATH").unwrap_or_default())
}

/// Where a shell is, if it is here.
fn installed(shell: &str) -> Option<PathBuf> {
    let found = std::env::split_paths(&path())
        .map(|folder| folder.join(shell))
        .find(|file| file.is_file());
    if found.is_none() {
        println!("{shell} is not installed: nothing was tried in it");
    }
    found
}

/// Types every line in an interactive shell, with Tab after it.
fn press_tab(shell: &Path, arguments: &[&str], set_up: &str) {
    let folder = prepared();
    let mut command = CommandBuilder::new(shell);
    command.args(arguments);
    command.cwd(folder.path());
    command.env_clear();
    for (name, value) in [("TERM", "xterm"), ("PATH", &path()), ("PS1", "> ")] {
        command.env(name, value);
    }
    command.env("HOME", folder.path());
    command.env("ROLESCOPE_DATA", folder.path().join("data"));
    let mut terminal = Terminal::of(command, 50, 100);
    terminal.await_text("> ");
    terminal.press(&format!("{set_up}; echo re''ady\r"));
    terminal.await_text("ready\n> ");
    for (typed, completed) in TYPED {
        terminal.press(typed);
        terminal.await_text(typed);
        terminal.press("\tX");
        // the letter typed after Tab shows whether a space was put between
        terminal.await_text(&format!("> {completed}X"));
        terminal.press("\u{15}");
    }
    terminal.press("exit\r");
    terminal.end();
    assert!(!folder.path().join("run").exists());
}

#[test]
fn bash_completes_commands_ids_labels_and_files() {
    let bash = installed("bash").expect("bash is on every system that this is built on");
    press_tab(
        &bash,
        &["--norc", "--noprofile", "-i"],
        "bind 'set enable-bracketed-paste off'; source <(rolescope completions bash)",
    );
}

#[test]
fn zsh_completes_commands_ids_labels_and_files() {
    if let Some(zsh) = installed("zsh") {
        press_tab(
            &zsh,
            &["-f", "-i"],
            "unset zle_bracketed_paste; mkdir z; rolescope completions zsh > z/_rolescope; \
             fpath=($PWD/z $fpath); autoload -Uz compinit; compinit -u -D",
        );
    }
}

#[test]
fn fish_completes_commands_ids_labels_and_files() {
    let Some(fish) = installed("fish") else {
        return;
    };
    let folder = prepared();
    for (typed, completed) in TYPED {
        let mut command = Command::new(&fish);
        command.current_dir(folder.path()).env_clear();
        command.env("PATH", path()).env("HOME", folder.path());
        command.env("ROLESCOPE_DATA", folder.path().join("data"));
        let script = format!("rolescope completions fish | source; complete -C '{typed}'");
        let output = command.args(["--no-config", "-c", &script]).output();
        let output = output.expect("fish runs");
        let said = stdout(&output);
        let word = completed.split_whitespace().last().expect("a word");
        let offered: Vec<&str> = said.lines().filter_map(|l| l.split('\t').next()).collect();
        // an unfinished word has several ends
        let fits =
            |offered: &&str| offered == &word || word.ends_with('=') && offered.starts_with(word);
        let all = !offered.is_empty() && offered.iter().all(fits);
        assert!(all, "{typed}: {said}{}", stderr(&output));
    }
}

#[test]
fn the_answers_to_powershell_have_ids_and_what_they_mean() {
    let folder = prepared();
    let asked = |line: &[&str]| {
        let mut command = program(folder.path());
        command.env("ROLESCOPE_COMPLETE", "powershell").arg("--");
        let output = command.args(line).output().expect("the program runs");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stdout(&output)
    };
    let roles = asked(&["rolescope", "roles", "mri"]);
    assert_eq!(roles, "mri-technologist\tMRI technologist\n");
    let traits = asked(&["rolescope", "report", "me.toml", "--what-if", ""]);
    assert!(
        traits.contains("physics=+1sd\tPhysics and imaging\n"),
        "{traits}"
    );
    assert_eq!(traits.lines().count(), 36, "{traits}");
    let script = run(folder.path(), &["completions", "powershell"], b"");
    assert!(stdout(&script).contains("Register-ArgumentCompleter -Native -CommandName rolescope"));
}

#[test]
fn a_line_that_cannot_be_completed_offers_nothing_and_says_nothing() {
    let folder = prepared();
    std::fs::write(folder.path().join("mine/questions/traits.toml"), "=").expect("written");
    for line in [
        &["rolescope", "--pack", "mine", "roles", ""][..],
        &["rolescope", "--pack", "nowhere", "sample", "--like", ""],
        &["rolescope", "session", "--dir", "nowhere", "show", "x"],
        &["rolescope", "no-such-command", "x"],
    ] {
        let mut command = program(folder.path());
        command.env("ROLESCOPE_COMPLETE", "fish").arg("--");
        let output = command.args(line).output().expect("the program runs");
        let offered = stdout(&output);
        let ids = offered.lines().filter(|l| !l.starts_with('-')).count();
        assert_eq!(
            (output.status.code(), ids),
            (Some(0), 0),
            "{line:?}: {offered}"
        );
        assert_eq!(stderr(&output), "", "{line:?}");
    }
    let mut command = program(folder.path());
    let output = command.env("ROLESCOPE_COMPLETE", "tcsh").output();
    let output = output.expect("the program runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("unknown shell `tcsh`"),
        "{}",
        stderr(&output)
    );
}
