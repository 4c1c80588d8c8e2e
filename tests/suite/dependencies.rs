//! Dependencies: a reason for each, none that needs a newer Rust than ours, locked sources and checksums,
//! and no unsafe code of ours. `cargo deny` checks the rest (`deny.toml`): licences, duplicates, network
//! libraries.

use crate::help::root;
use std::process::Command;

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).expect("the file is there")
}

#[test]
fn every_dependency_has_its_reason_and_only_the_features_that_are_used() {
    let manifests = [read("Cargo.toml"), read("core/Cargo.toml")];
    let sections = [
        "[dependencies]",
        "[dev-dependencies]",
        "[target.'cfg(windows)'.dependencies]",
    ];
    let parts = manifests
        .iter()
        .flat_map(|manifest| sections.map(|section| (manifest, section)));
    let mut seen = 0;
    for (manifest, section) in parts {
        let begun = format!("\n{section}\n");
        let Some((_, after)) = manifest.split_once(&begun) else {
            assert!(section.starts_with("[target"), "{section} is missing");
            continue;
        };
        for line in after.lines().take_while(|l| !l.starts_with('[')) {
            if line.is_empty() {
                continue;
            }
            let (_, reason) = line.split_once(" # ").unwrap_or_default();
            assert!(reason.split_whitespace().count() >= 2, "no reason: {line}");
            seen += 1;
        }
    }
    assert!(seen > 25, "{seen} dependencies");
}

/// `1.88` or `1.88.0` as numbers.
fn version(text: &str) -> Vec<u32> {
    let mut parts: Vec<u32> = text
        .split('.')
        .map(|n| n.parse().expect("a number"))
        .collect();
    parts.resize(3, 0);
    parts
}

#[test]
#[cfg_attr(
    windows,
    ignore = "it asks cargo, which says the same wherever it runs; where this program is tested there may be none"
)]
fn no_dependency_needs_a_newer_rust_than_we_promise() {
    let cargo = env!("CARGO");
    let metadata = |offline: &[&str]| {
        let mut command = Command::new(cargo);
        command.current_dir(root());
        command.args(["metadata", "--format-version", "1", "--locked"]);
        command.args(offline).output().expect("cargo runs")
    };
    let mut output = metadata(&["--offline"]);
    if !output.status.success() {
        // what only other systems need may not be here yet
        output = metadata(&[]);
    }
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let all: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = all["packages"].as_array().expect("a list");
    let stated = |p: &serde_json::Value| p["rust_version"].as_str().map(version);
    let ours = packages.iter().find(|p| p["name"] == "rolescope");
    let ours = ours.and_then(stated).expect("rust-version is stated");
    assert!(packages.len() > 80, "{} packages", packages.len());
    for package in packages {
        let name = &package["name"];
        assert!(
            stated(package) <= Some(ours.clone()),
            "{name} needs a newer Rust"
        );
    }
}

#[test]
fn every_locked_package_comes_from_crates_io_with_its_checksum() {
    let lock: toml::Table = read("Cargo.lock").parse().expect("TOML");
    let packages = lock["package"].as_array().expect("a list");
    for package in packages {
        let name = package["name"].as_str().expect("a name");
        let source = package.get("source").and_then(|s| s.as_str());
        if ["rolescope", "rolescope-core"].contains(&name) {
            assert_eq!(source, None);
            continue;
        }
        let place = "registry+https://github.com/rust-lang/crates.io-index";
        assert_eq!(source, Some(place), "{name}");
        let sum = package.get("checksum").and_then(|s| s.as_str());
        assert_eq!(sum.map(str::len), Some(64), "{name}");
    }
}

#[test]
fn unsafe_code_is_forbidden() {
    // forbidden, not denied: no `allow` anywhere can undo it
    let parse = |name| -> toml::Table { read(name).parse().expect("TOML") };
    let workspace = parse("Cargo.toml");
    let lint = workspace["workspace"]["lints"]["rust"]["unsafe_code"].as_str();
    assert_eq!(lint, Some("forbid"));
    for manifest in [workspace, parse("core/Cargo.toml")] {
        assert_eq!(manifest["lints"]["workspace"].as_bool(), Some(true));
    }
}

#[test]
fn what_reads_the_bytes_of_strangers_is_listed_with_the_version_in_use() {
    let lock: toml::Table = read("Cargo.lock").parse().expect("TOML");
    let packages = lock["package"].as_array().expect("a list");
    let locked = |name: &str, version: &str| {
        packages.iter().any(|package| {
            let of = package["version"].as_str().expect("a version");
            package["name"].as_str() == Some(name) && of.split('+').next() == Some(version)
        })
    };
    let page = read("docs/dependencies.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `"));
    let rows: Vec<Vec<&str>> = rows.map(|row| row.split(" | ").collect()).collect();
    for row in &rows {
        let name = row[0].trim_end_matches('`');
        assert!(
            locked(name, row[2]),
            "{name}: {} is not the version in use; see what changed, and who has reviewed it \
             (packaging/reviews.py)",
            row[2]
        );
    }
    for reader in [
        "calamine",
        "encoding_rs",
        "flate2",
        "quick-xml",
        "ruzstd",
        "serde_json",
        "tar",
        "toml",
        "zip",
    ] {
        let listed = rows.iter().any(|row| row[0] == format!("{reader}`"));
        assert!(listed, "{reader} is not on the page");
    }
}
