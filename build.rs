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
    let folder = std::env::var_os("OUT_DIR").expect("cargo names a folder");
    let layout = pack.to_layout().expect("a pack fits in memory");
    std::fs::write(PathBuf::from(folder).join("built-in-pack"), layout).expect("it can be written");
}
