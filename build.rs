//! Parses the built-in pack, so that no start of the program has to.

use rolescope_core::{Diagnostic, Pack, SourceFile};
use std::path::PathBuf;

#[path = "src/builtin/files.rs"]
#[expect(
    unreachable_pub,
    reason = "the program gives the files on, this script does not"
)]
mod files;

fn main() {
    // its files are part of this script
    println!("cargo::rerun-if-changed=build.rs");
    let files = files::BUILT_IN.iter();
    let files: Vec<SourceFile> = files
        .map(|(path, text)| SourceFile::new(*path, text))
        .collect();
    let pack = match Pack::parse(&files) {
        Ok(pack) => pack,
        Err(mistakes) => panic!("{}", Diagnostic::show_all(&mistakes, &files, false)),
    };
    let folder = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo names a folder"));
    for (name, bytes) in [
        ("built-in-pack", pack.to_layout()),
        ("built-in-outline", pack.to_outline()),
    ] {
        let bytes = bytes.expect("a pack fits in memory");
        std::fs::write(folder.join(name), bytes).expect("it can be written");
    }
}
