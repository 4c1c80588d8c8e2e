//! The built-in pack, embedded from `questions/` and `profiles/`.

mod files;

pub use files::BUILT_IN;
use rolescope_core::{Pack, SourceFile};

/// The built-in pack as the build script parsed it: parsing takes longer than all else at a start.
const LAYOUT: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/built-in-pack"));

/// What a list of its roles shows.
pub(crate) const OUTLINE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/built-in-outline"));

/// The files of the built-in pack.
#[must_use]
pub fn built_in() -> Vec<SourceFile> {
    BUILT_IN
        .iter()
        .map(|(path, text)| SourceFile::new(*path, text))
        .collect()
}

/// Those of them that have it in other languages, which are no part of what the build script parsed.
#[must_use]
pub fn translations() -> Vec<SourceFile> {
    let in_languages = |(path, _): &&(&str, &str)| path.starts_with("languages/");
    let files = BUILT_IN.iter().filter(in_languages);
    files
        .map(|(path, text)| SourceFile::new(*path, text))
        .collect()
}

/// The built-in pack; none only if the program is damaged.
#[must_use]
pub fn pack() -> Option<Pack> {
    Pack::from_layout(LAYOUT)
}

#[cfg(test)]
mod tests {
    use super::{built_in, pack};
    use rolescope_core::Pack;

    #[test]
    fn the_pack_that_was_built_in_is_that_of_its_files() {
        let parsed = Pack::parse(&built_in()).expect("it has no mistakes");
        let laid_out = pack().expect("it is whole");
        assert_eq!(format!("{laid_out:?}"), format!("{parsed:?}"));
    }
}
