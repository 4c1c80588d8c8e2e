//! The layers of both crates: who may use whom, no circle of files, a home for every library, a
//! first line in every file. `docs/architecture.md` states the layers as this file does.

use crate::help::root;
use crate::imports::{Module, Sources, rust_files, written};
use std::collections::BTreeSet;

/// A file or folder, and the layers of its crate that its files may use besides their own.
pub(crate) struct Layer {
    /// Its path from the root of the project.
    pub(crate) path: &'static str,
    /// Names of the layers that it may use.
    pub(crate) uses: &'static [&'static str],
}

impl Layer {
    /// Its path in the sources of its crate, without an ending: `pack/parse`.
    pub(crate) fn name(&self) -> &'static str {
        let inner = self.path.strip_prefix("core/").unwrap_or(self.path);
        let inner = inner.strip_prefix("src/").expect("in the sources");
        inner.trim_end_matches(".rs")
    }
}

const fn layer(path: &'static str, uses: &'static [&'static str]) -> Layer {
    Layer { path, uses }
}

/// The layers of `rolescope-core`, the lowest first. A file belongs to the longest path that fits.
pub(crate) const CORE: &[Layer] = &[
    layer("core/src/text", &[]),
    layer("core/src/scoring/version.rs", &[]),
    layer("core/src/pack", &["text", "scoring/version"]),
    layer("core/src/scoring", &["text", "scoring/version", "pack"]),
    layer("core/src/pack/parse", &["text", "pack", "scoring"]),
    layer("core/src/pack/lint.rs", &["text", "pack", "scoring"]),
    layer("core/src/adaptive", &["pack", "scoring"]),
    layer("core/src/quiz", &["pack", "scoring", "adaptive"]),
    layer("core/src/simulation", &["pack", "scoring", "adaptive"]),
    layer(
        "core/src/psychometrics",
        &["text", "pack", "pack/parse", "scoring", "simulation"],
    ),
    layer(
        "core/src/results",
        &[
            "text",
            "scoring/version",
            "pack",
            "scoring",
            "psychometrics",
        ],
    ),
    layer(
        "core/src/write",
        &[
            "text",
            "pack",
            "scoring",
            "simulation",
            "psychometrics",
            "results",
        ],
    ),
    layer(
        "core/src/pages",
        &[
            "text",
            "pack",
            "adaptive",
            "scoring",
            "simulation",
            "psychometrics",
            "results",
            "write",
        ],
    ),
];

/// The layers of the program, the lowest first.
pub(crate) const PROGRAM: &[Layer] = &[
    layer("src/error.rs", &[]),
    layer("src/builtin", &[]),
    layer("src/web.rs", &[]),
    layer("src/threads.rs", &[]),
    layer("src/storage", &["error", "threads"]),
    layer("src/input", &["error", "threads", "storage"]),
    layer("src/terminal", &["error"]),
    layer(
        "src/commands",
        &[
            "error", "builtin", "web", "threads", "storage", "input", "terminal",
        ],
    ),
    layer("src/cli.rs", &["error", "commands"]),
];

/// Libraries and the layers that may name them. Every dependency has a row, so that a new one is a
/// decision; the core's are those with a home there.
const HOMES: &[(&str, &[&str])] = &[
    ("age", &["src/storage"]),
    ("anstyle_query", &["src/commands"]),
    ("annotate_snippets", &["core/src/pack/parse"]),
    ("calamine", &["src/input"]),
    ("clap", &["src/commands", "src/cli.rs"]),
    ("clap_complete", &["src/commands"]),
    ("clap_mangen", &["src/commands"]),
    ("console", &["src/commands", "src/terminal"]),
    ("crossterm_winapi", &["src/terminal"]),
    ("dialoguer", &["src/terminal"]),
    ("encoding_rs", &["src/input"]),
    ("etcetera", &["src/commands"]),
    ("fluent_bundle", &["core/src/text"]),
    ("fluent_syntax", &["core/src/text"]),
    ("flate2", &["src/input", "src/storage", "src/web.rs"]),
    ("indicatif", &["src/terminal"]),
    ("jiff", &["src/commands", "src/storage"]),
    (
        "libm",
        &[
            "core/src/scoring",
            "core/src/simulation",
            "core/src/psychometrics",
            "core/src/write",
        ],
    ),
    ("memchr", &["src/input", "src/storage"]),
    ("postcard", &["core/src/pack"]),
    ("pulp", &["core/src/scoring"]),
    ("rand_xoshiro", &["core/src/simulation"]),
    ("rolescope_core", &["src"]),
    ("rustix", &["src/storage", "src/terminal"]),
    ("ruzstd", &["src/input"]),
    ("quick_xml", &["src/input"]),
    ("serde", &["core/src", "src"]),
    (
        "serde_json",
        &[
            "core/src/write",
            "core/src/pages",
            "src/input",
            "src/storage",
            "src/web.rs",
        ],
    ),
    ("sha2", &["core/src/pack", "src/storage", "src/web.rs"]),
    (
        "signal_hook",
        &["src/commands", "src/storage", "src/terminal"],
    ),
    ("strsim", &["core/src/text"]),
    ("tar", &["src/storage"]),
    ("tempfile", &["src/storage"]),
    ("textwrap", &["core/src/write"]),
    ("thiserror", &["core/src", "src/error.rs"]),
    (
        "toml",
        &[
            "core/src/pack/parse",
            "core/src/write",
            "src/input",
            "src/storage",
        ],
    ),
    ("toml_edit", &["src/storage"]),
    ("unic_langid", &["core/src/text"]),
    ("unicode_normalization", &["src/input", "src/storage"]),
    ("unicode_width", &["core/src/write"]),
    ("zip", &["src/input"]),
];

/// What the core may not name: files, threads, the clock, the environment, the terminal.
const OUTSIDE: &[&str] = &[
    "std::env",
    "std::fs",
    "std::io::stderr",
    "std::io::stdin",
    "std::io::stdout",
    "std::net",
    "std::os",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
    "SystemTime::now",
];

fn crates() -> [(&'static str, &'static [Layer], Sources); 2] {
    let read = |folder| Sources::read(&root().join(folder));
    [
        ("core/src", CORE, read("core/src")),
        ("src", PROGRAM, read("src")),
    ]
}

/// The layer of a module: the one whose name is the longest beginning of its path.
fn layer_of<'l>(layers: &'l [Layer], module: &Module) -> Option<&'l Layer> {
    let path = written(module);
    let fits = |layer: &&Layer| {
        let rest = path.strip_prefix(layer.name());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    layers.iter().filter(fits).max_by_key(|l| l.name().len())
}

#[test]
fn files_use_only_the_layers_below_them() {
    let mut upward = BTreeSet::new();
    for (folder, layers, sources) in crates() {
        assert!(sources.files.len() > 40, "the sources were found");
        for (at, layer) in layers.iter().enumerate() {
            for used in layer.uses {
                let below = layers[..at].iter().any(|l| l.name() == *used);
                assert!(below, "{} uses {used}, which is not below it", layer.path);
            }
        }
        for module in sources.files.keys() {
            if module.is_empty() {
                continue;
            }
            let file = sources.files[module].path.display();
            let layer = layer_of(layers, module);
            let layer = layer.unwrap_or_else(|| panic!("{folder}/{file} is in no layer"));
            for used in sources.used_by(module) {
                let Some(other) = layer_of(layers, &used) else {
                    continue;
                };
                if sources.is_folder_of(module, &used)
                    || other.path == layer.path
                    || layer.uses.contains(&other.name())
                {
                    continue;
                }
                let (from, to) = (written(module), written(&used));
                upward.insert(format!("{from} -> {to}"));
            }
        }
    }
    assert!(
        upward.is_empty(),
        "against the order of the layers: {upward:#?}"
    );
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let mut found: Vec<BTreeSet<String>> = Vec::new();
    for (_, _, sources) in crates() {
        let circles = sources.circles().into_iter();
        found.extend(circles.map(|c| c.iter().map(written).collect()));
    }
    assert!(found.is_empty(), "files that use each other: {found:#?}");
}

#[test]
fn libraries_are_named_in_their_layers_only() {
    for (folder, layers, sources) in crates() {
        for module in sources.files.keys() {
            let layer = layer_of(layers, module).map_or(folder, |l| l.path);
            for path in sources.foreign(module) {
                let library = path.split("::").next().unwrap_or_default();
                let home = HOMES.iter().find(|(name, _)| *name == library);
                let Some((_, homes)) = home else { continue };
                assert!(
                    homes.contains(&layer) || homes.contains(&folder),
                    "{folder}/{} names {library}, whose home is {homes:?}",
                    sources.files[module].path.display()
                );
            }
        }
    }
}

#[test]
fn every_dependency_has_a_home() {
    for (manifest, folder) in [("Cargo.toml", "src"), ("core/Cargo.toml", "core/src")] {
        let text = std::fs::read_to_string(root().join(manifest)).expect("it can be read");
        let table: toml::Table = text.parse().expect("a manifest is TOML");
        let dependencies = table["dependencies"].as_table().expect("a table");
        let of_systems = table.get("target").and_then(toml::Value::as_table);
        let of_systems = of_systems.into_iter().flat_map(|all| all.values());
        let of_systems = of_systems.filter_map(|one| one.get("dependencies")?.as_table());
        let all = std::iter::once(dependencies).chain(of_systems);
        let named: BTreeSet<String> = all
            .flat_map(|table| table.keys().map(|k| k.replace('-', "_")))
            .collect();
        let at_home = HOMES.iter().filter(|(_, homes)| {
            let mut homes = homes.iter();
            homes.any(|home| {
                home.strip_prefix(folder)
                    .is_some_and(|r| !r.starts_with(char::is_alphanumeric))
            })
        });
        let at_home: BTreeSet<String> = at_home.map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(named, at_home, "dependencies of {manifest} and their homes");
    }
}

#[test]
fn the_core_has_no_input_and_no_output() {
    let (_, _, sources) = crates().into_iter().next().expect("the core is the first");
    for module in sources.files.keys() {
        for path in sources.foreign(module) {
            let outside = |o: &&&str| path == **o || path.starts_with(&format!("{o}::"));
            let found = OUTSIDE.iter().find(outside);
            assert!(found.is_none(), "{} names {path}", written(module));
        }
    }
}

#[test]
fn every_file_says_first_what_it_is() {
    for folder in [
        "src",
        "core/src",
        "tests",
        "fuzz/src",
        "fuzz/fuzz_targets",
        "benches/batch/src",
        "python/src",
    ] {
        for path in rust_files(&root().join(folder)) {
            let text = std::fs::read_to_string(&path).expect("a source can be read");
            let lines = text.lines().map_while(|line| line.strip_prefix("//!"));
            let sentence: Vec<&str> = lines.map(str::trim).take_while(|l| !l.is_empty()).collect();
            let sentence = sentence.join(" ");
            assert!(
                sentence.ends_with(['.', ':', ')']),
                "{}: its first line is no `//!` sentence: {sentence:?}",
                path.display()
            );
        }
    }
}
