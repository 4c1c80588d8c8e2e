//! Every console example of the README, run. A line `$ command` is followed by what it prints,
//! where `...` stands for lines left out.

use crate::help::{program, root};

#[test]
fn the_readme_is_true() {
    let text = std::fs::read_to_string(root().join("README.md")).expect("the README is there");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut examples = 0;
    for block in text.split("```console\n").skip(1) {
        let block = block.split("```").next().unwrap_or_default();
        for example in block.split("$ ").skip(1) {
            let (line, expected) = example.split_once('\n').unwrap_or((example, ""));
            if !line.contains("rolescope ") {
                continue;
            }
            examples += 1;
            let bin = env!("CARGO_BIN_EXE_rolescope");
            let line = line.replace("rolescope ", &format!("{bin} "));
            let mut shell = std::process::Command::new("sh");
            shell.current_dir(root()).env_clear();
            for (name, value) in program(folder.path()).get_envs() {
                if let Some(value) = value {
                    shell.env(name, value);
                }
            }
            shell.env("PATH", std::env::var_os("PATH").unwrap_or_default());
            let output = shell.args(["-c", &line]).output().expect("a shell");
            let printed = String::from_utf8_lossy(&output.stdout);
            let mut rest = printed.as_ref();
            for part in expected.split("...\n") {
                let part = part.trim_end();
                let found = rest.find(part);
                assert!(
                    found.is_some(),
                    "`{line}` does not print\n{part}\nbut\n{printed}"
                );
                rest = &rest[found.unwrap_or(0) + part.len()..];
            }
        }
    }
    assert!(examples >= 3, "{examples} examples");
}
