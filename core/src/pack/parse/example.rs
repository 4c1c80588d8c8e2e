//! The small pack of the folder `example/`, for trying the crate out.

use crate::pack::parse::diagnostics::SourceFile;

/// A file of the folder, by its path in it.
macro_rules! file {
    ($path:literal) => {
        (
            $path,
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/example/", $path)),
        )
    };
}

/// The files of the pack: path and text.
const FILES: [(&str, &str); 4] = [
    file!("questions/traits.toml"),
    file!("questions/likes.toml"),
    file!("profiles/gardener.toml"),
    file!("profiles/joiner.toml"),
];

impl SourceFile {
    /// The files of a pack of three traits, six questions and two roles, for trying the crate out: its
    /// levels describe no real trade.
    ///
    /// ```
    /// use rolescope_core::{Pack, SourceFile};
    ///
    /// let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
    /// let roles: Vec<&str> = pack.roles().iter().map(|role| role.id()).collect();
    /// assert_eq!(roles, ["gardener", "joiner"]);
    /// ```
    #[must_use]
    pub fn example() -> [Self; 4] {
        FILES.map(|(path, text)| Self::new(path, text))
    }
}
