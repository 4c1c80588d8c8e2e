//! What `docs/privacy.md` promises: no network code in the program or its dependencies.

use crate::help::root;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Libraries that speak to a network, or are what those stand on: those that `deny.toml` bans.
fn network() -> Vec<String> {
    let denied = toml("deny.toml");
    let denied = denied["bans"]["deny"].as_array().expect("a list");
    let names = denied.iter().map(|one| one["crate"].as_str());
    names.map(|name| name.expect("a name").to_owned()).collect()
}

fn toml(name: &str) -> toml::Table {
    let text = std::fs::read_to_string(root().join(name)).expect("the file is there");
    text.parse().expect("it is TOML")
}

/// What each locked package needs, by name; of several versions of one name, all together.
fn locked() -> BTreeMap<String, BTreeSet<String>> {
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in toml("Cargo.lock")["package"].as_array().expect("a list") {
        let name = package["name"].as_str().expect("a name").to_owned();
        let needs = package.get("dependencies").and_then(|d| d.as_array());
        let needs = needs.into_iter().flatten().filter_map(|need| {
            // a version may follow the name
            need.as_str()?.split(' ').next().map(str::to_owned)
        });
        all.entry(name).or_default().extend(needs);
    }
    all
}

/// Every package that a section of `Cargo.toml` brings into the program, on any system.
fn brought_by(section: &str) -> BTreeSet<String> {
    let locked = locked();
    let manifest = toml("Cargo.toml");
    let of_systems = manifest.get("target").and_then(toml::Value::as_table);
    let of_systems = of_systems.into_iter().flat_map(toml::Table::values);
    let of_systems = of_systems.filter_map(|system| system.get(section)?.as_table());
    let of_systems: Vec<String> = of_systems.flat_map(|all| all.keys().cloned()).collect();
    let mut open: Vec<String> = manifest[section]
        .as_table()
        .expect("a table")
        .keys()
        .cloned()
        .chain(of_systems)
        .collect();
    let mut all = BTreeSet::new();
    while let Some(name) = open.pop() {
        let needs = locked.get(&name);
        let needs = needs.unwrap_or_else(|| panic!("{name} is not in Cargo.lock"));
        open.extend(needs.iter().filter(|need| !all.contains(*need)).cloned());
        all.insert(name);
    }
    all
}

#[test]
fn no_dependency_uses_the_network() {
    let manifest = toml("Cargo.toml");
    // the build script parses the pack, and needs nothing but the core for it
    let builds = manifest["build-dependencies"].as_table().expect("a table");
    assert!(builds.keys().eq(["rolescope-core"]), "{builds:?}");
    let all = brought_by("dependencies");
    assert!(
        all.len() > 50 && all.contains("clap_lex"),
        "the walk goes down: {all:?}"
    );
    assert!(
        !all.contains("portable-pty"),
        "what only tests need is no part of it"
    );
    let network = network();
    assert!(network.len() > 40 && network.iter().any(|name| name == "socket2"));
    for name in network {
        assert!(!all.contains(&name), "{name} speaks to a network");
    }
    // one library that is there could open a connection: that part of it stays off
    let features = manifest["dependencies"]["rustix"]["features"].as_array();
    let features = features.expect("a list");
    assert!(
        features.iter().all(|f| f.as_str() != Some("net")),
        "{features:?}"
    );
}

/// All files in a folder and those in it, with their text.
pub(crate) fn sources(folder: &Path, all: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("src can be listed") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            sources(&path, all);
        } else {
            let text = std::fs::read_to_string(&path).expect("a source can be read");
            all.push((path.display().to_string(), text));
        }
    }
}

#[test]
fn no_source_opens_a_connection_or_starts_another_program() {
    let mut all = Vec::new();
    sources(&root().join("src"), &mut all);
    assert!(all.len() > 50, "src was found");
    let mut starts = 0;
    for (name, text) in &all {
        for word in [
            "std::net",
            "os::unix::net",
            "rustix::net",
            "TcpStream",
            "UdpSocket",
            "ToSocketAddrs",
        ] {
            assert!(!text.contains(word), "{name} names {word}");
        }
        for word in ["process::Command", "libc::", "extern \"C\""] {
            let found = text.contains(word);
            starts += usize::from(found);
            let editor = name.ends_with("note.rs") && word == "process::Command";
            assert!(!found || editor, "{name} names {word}");
        }
    }
    assert_eq!(starts, 1, "the editor of a note, and nothing else");
}
