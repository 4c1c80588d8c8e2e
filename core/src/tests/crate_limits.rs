//! What the crate may stand on: its dependencies are a list, and none of its code is unsafe.

/// Every dependency of the crate. None of them reads files, starts threads, asks for the time or knows
/// a terminal; a new one is a decision.
const ALLOWED: [&str; 16] = [
    "annotate-snippets",
    "fluent-bundle",
    "fluent-syntax",
    "libm",
    "postcard",
    "pulp",
    "rand_xoshiro",
    "serde",
    "serde_json",
    "sha2",
    "strsim",
    "textwrap",
    "thiserror",
    "toml",
    "unic-langid",
    "unicode-width",
];

#[test]
fn the_dependencies_are_those_allowed() {
    let manifest = include_str!("../../Cargo.toml");
    let manifest: toml::Table = manifest.parse().expect("a manifest");
    let dependencies = manifest["dependencies"].as_table().expect("a table");
    let names: Vec<&str> = dependencies.keys().map(String::as_str).collect();
    assert_eq!(names, ALLOWED);
    for other in ["build-dependencies", "target", "features"] {
        assert!(!manifest.contains_key(other), "{other}");
    }
}

#[test]
fn no_code_is_unsafe() {
    assert!(include_str!("../lib.rs").contains("\n#![forbid(unsafe_code)]\n"));
}
