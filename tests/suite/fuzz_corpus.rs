//! What fuzzers have found, done again without one: every input that is kept of every target, and the seeds.

use crate::help::root;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

#[expect(unreachable_pub, reason = "the targets of the fuzzer see it")]
#[path = "../../fuzz/src/lib.rs"]
mod fuzzed;

/// The inputs of a folder, none where there is no folder.
fn inputs(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("listed").path()).collect();
    paths.sort();
    paths
}

#[test]
fn every_input_that_is_kept_does_what_it_should() {
    let folder = root().join("fuzz");
    let (mut done, mut wrong) = (0, Vec::new());
    for (name, target) in fuzzed::TARGETS {
        for from in ["kept", "seeds"] {
            for path in inputs(&folder.join(from).join(name)) {
                let bytes = std::fs::read(&path).expect("an input can be read");
                if catch_unwind(AssertUnwindSafe(|| target(&bytes))).is_err() {
                    wrong.push(path);
                }
                done += 1;
            }
        }
    }
    assert!(wrong.is_empty(), "see above: {wrong:#?}");
    assert!(done > 200, "{done} inputs");
}

#[test]
fn every_target_has_its_file_and_what_is_kept_is_small() {
    let folder = root().join("fuzz");
    for (name, _) in fuzzed::TARGETS {
        let path = folder.join("fuzz_targets").join(format!("{name}.rs"));
        let text = std::fs::read_to_string(&path).expect("a target has a file");
        assert!(
            text.contains(&format!("rolescope_fuzz::{name}(bytes)")),
            "{name}"
        );
    }
    assert_eq!(
        inputs(&folder.join("fuzz_targets")).len(),
        fuzzed::TARGETS.len()
    );
    let names: Vec<&str> = fuzzed::TARGETS.iter().map(|(name, _)| *name).collect();
    let (mut count, mut bytes) = (0, 0);
    for folder in inputs(&folder.join("kept")) {
        let name = folder
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        assert!(names.contains(&name.as_str()), "{name} is no target");
        for input in inputs(&folder) {
            count += 1;
            bytes += std::fs::metadata(input).expect("it is there").len();
        }
    }
    assert!(
        count <= 400 && bytes <= 1 << 20,
        "{count} inputs, {bytes} bytes"
    );
}
