//! Which file of a crate uses which other one, read from the sources: `use` declarations and paths
//! within expressions, re-exports followed to the file that defines the name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A module as the parts of its path below the crate: `["input", "csv"]`.
pub(crate) type Module = Vec<String>;

/// One path that a file names, with its parts, and the name that a re-export gives it.
#[derive(Clone, Debug)]
struct Named {
    parts: Vec<String>,
    exported_as: Option<String>,
}

/// A source file, without its unit tests.
#[derive(Clone, Debug)]
pub(crate) struct SourceFile {
    /// Its path from the folder of the crate's sources.
    pub(crate) path: PathBuf,
    /// Whether it stands for its folder: `mod.rs` or `lib.rs`.
    is_folder: bool,
    named: Vec<Named>,
}

/// All files of a crate by module.
pub(crate) struct Sources {
    /// The files.
    pub(crate) files: BTreeMap<Module, SourceFile>,
}

/// The parts of a program that matter here.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    /// `::`
    Colons,
    Mark(char),
}

impl Token {
    fn is(&self, mark: char) -> bool {
        *self == Self::Mark(mark)
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self, Self::Word(w) if w == word)
    }
}

/// Words and marks of a text; comments, strings and characters are left out.
fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let at = |i: usize| chars.get(i).copied().unwrap_or('\0');
    let mut all = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        let c = chars[i];
        if c == '/' && at(i + 1) == '/' {
            while i < chars.len() && chars[i] != '\n' {
                i += 1;
            }
        } else if c == '/' && at(i + 1) == '*' {
            while i < chars.len() && !(chars[i] == '*' && at(i + 1) == '/') {
                i += 1;
            }
            i += 2;
        } else if c == '"' {
            i += 1;
            while i < chars.len() && chars[i] != '"' {
                i += 1 + usize::from(chars[i] == '\\');
            }
            i += 1;
        } else if c == '\'' && (at(i + 1) == '\\' || at(i + 2) == '\'') {
            i += if at(i + 1) == '\\' { 3 } else { 2 };
            while i < chars.len() && chars[i] != '\'' {
                i += 1;
            }
            i += 1;
        } else if c.is_alphanumeric() || c == '_' {
            let start = i;
            while at(i).is_alphanumeric() || at(i) == '_' {
                i += 1;
            }
            let word: String = chars[start..i].iter().collect();
            let hashes = chars[i..].iter().take_while(|&&h| h == '#').count();
            if matches!(word.as_str(), "r" | "br") && at(i + hashes) == '"' {
                let end: String = std::iter::once('"')
                    .chain(std::iter::repeat_n('#', hashes))
                    .collect();
                let rest: String = chars[i + hashes + 1..].iter().collect();
                let length = rest.find(&end).map_or(rest.len(), |l| l + end.len());
                i += hashes + 1 + rest[..length].chars().count();
            } else {
                all.push(Token::Word(word));
            }
        } else if c == ':' && at(i + 1) == ':' {
            all.push(Token::Colons);
            i += 2;
        } else {
            if !c.is_whitespace() {
                all.push(Token::Mark(c));
            }
            i += 1;
        }
    }
    all
}

/// The tokens without modules of unit tests.
fn without_tests(all: &[Token]) -> Vec<Token> {
    let test: Vec<Token> = tokens("#[cfg(test)] mod");
    let mut kept = Vec::new();
    let mut i = 0;
    while i < all.len() {
        if !all[i..].starts_with(&test) {
            kept.push(all[i].clone());
            i += 1;
            continue;
        }
        while i < all.len() && !all[i].is('{') && !all[i].is(';') {
            i += 1;
        }
        let mut depth = 0;
        while i < all.len() {
            depth += i32::from(all[i].is('{')) - i32::from(all[i].is('}'));
            i += 1;
            if depth == 0 {
                break;
            }
        }
    }
    kept
}

/// Reads one tree of a `use` declaration from `i` on; gives back where it ends.
fn use_tree(
    all: &[Token],
    mut i: usize,
    before: &[String],
    exported: bool,
    out: &mut Vec<Named>,
) -> usize {
    let mut parts = before.to_vec();
    while let Some(token) = all.get(i) {
        match token {
            Token::Word(word) => parts.push(word.clone()),
            Token::Colons => {}
            Token::Mark('*') => parts.push("*".to_owned()),
            Token::Mark('{') => {
                i += 1;
                while !all[i].is('}') {
                    i = use_tree(all, i, &parts, exported, out);
                    i += usize::from(all[i].is(','));
                }
                return i + 1;
            }
            Token::Mark(_) => break,
        }
        i += 1;
        if all.get(i).is_some_and(|t| t.is_word("as")) {
            break;
        }
    }
    if parts.last().is_some_and(|p| p == "self") {
        parts.pop();
    }
    let mut name = parts.last().cloned();
    if all.get(i).is_some_and(|t| t.is_word("as")) {
        if let Some(Token::Word(alias)) = all.get(i + 1) {
            name = Some(alias.clone());
        }
        i += 2;
    }
    out.push(Named {
        parts,
        exported_as: name.filter(|_| exported),
    });
    i
}

/// Every path that the text names.
fn named(text: &str) -> Vec<Named> {
    let all = without_tests(&tokens(text));
    let mut out = Vec::new();
    let mut i = 0;
    while i < all.len() {
        if all[i].is_word("use") {
            let exported = i > 0 && (all[i - 1].is_word("pub") || all[i - 1].is(')'));
            i = use_tree(&all, i + 1, &[], exported, &mut out);
            continue;
        }
        let begins = i == 0 || all[i - 1] != Token::Colons;
        if begins && matches!(all[i], Token::Word(_)) && all.get(i + 1) == Some(&Token::Colons) {
            let mut parts = Vec::new();
            while let (Some(Token::Word(word)), next) = (all.get(i), all.get(i + 1)) {
                parts.push(word.clone());
                i += 1;
                if next != Some(&Token::Colons) {
                    break;
                }
                i += 1;
            }
            let exported_as = None;
            out.push(Named { parts, exported_as });
            continue;
        }
        i += 1;
    }
    out
}

/// All Rust files below a folder.
pub(crate) fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            all.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            all.push(path);
        }
    }
    all.sort();
    all
}

impl Sources {
    /// The files of a crate whose root is `lib.rs` in `folder`; `main.rs` and unit tests in folders
    /// `tests` are left out.
    pub(crate) fn read(folder: &Path) -> Self {
        let mut files = BTreeMap::new();
        for full in rust_files(folder) {
            let path = full.strip_prefix(folder).expect("within").to_owned();
            let mut module: Module = (path.with_extension("").iter())
                .map(|part| part.to_string_lossy().into_owned())
                .collect();
            if module == ["main"] || module.iter().any(|part| part == "tests") {
                continue;
            }
            let is_folder = module == ["lib"] || module.last().is_some_and(|m| m == "mod");
            if is_folder {
                module.pop();
            }
            let text = std::fs::read_to_string(&full).expect("a source can be read");
            let named = named(&text);
            let file = SourceFile {
                path,
                is_folder,
                named,
            };
            files.insert(module, file);
        }
        Self { files }
    }

    /// The path from the root of the crate, where it begins in the crate.
    fn absolute(&self, from: &Module, parts: &[String]) -> Option<Vec<String>> {
        let mut path = match parts.first()?.as_str() {
            "crate" => Vec::new(),
            "self" => from.clone(),
            "super" => from[..from.len().checked_sub(1)?].to_vec(),
            child => {
                let mut path = from.clone();
                path.push(child.to_owned());
                return self.files.contains_key(&path).then(|| {
                    path.extend_from_slice(&parts[1..]);
                    path
                });
            }
        };
        for part in &parts[1..] {
            if part == "super" {
                path.pop()?;
            } else {
                path.push(part.clone());
            }
        }
        Some(path)
    }

    /// The files that a path leads through: the one it names, and where that gives the name on, the
    /// one it comes from. A `mod.rs` that only gives a name on is no file on the way.
    fn leads_to(&self, path: &[String]) -> Vec<Module> {
        let mut path = path.to_vec();
        let mut on_the_way = Vec::new();
        for _ in 0..8 {
            let Some(length) = (0..=path.len())
                .rev()
                .find(|&n| self.files.contains_key(&path[..n]))
            else {
                break;
            };
            let module = path[..length].to_vec();
            let file = &self.files[&module];
            let name = path.get(length);
            let source = name.and_then(|name| {
                let mut exports = file.named.iter();
                let export = exports.find(|n| n.exported_as.as_ref() == Some(name))?;
                self.absolute(&module, &export.parts)
            });
            let Some(mut source) = source else {
                on_the_way.push(module);
                break;
            };
            if !file.is_folder {
                on_the_way.push(module);
            }
            source.extend_from_slice(&path[length + 1..]);
            path = source;
        }
        on_the_way
    }

    /// The modules that a file uses, without itself and the folders that it stands in.
    pub(crate) fn used_by(&self, module: &Module) -> BTreeSet<Module> {
        let paths = self.files[module].named.iter();
        paths
            .filter_map(|n| self.absolute(module, &n.parts))
            .flat_map(|path| self.leads_to(&path))
            .filter(|used| !module.starts_with(used))
            .collect()
    }

    /// The first parts of all paths of a file that do not begin in the crate: libraries and `std`,
    /// with what follows.
    pub(crate) fn foreign(&self, module: &Module) -> Vec<String> {
        let paths = self.files[module].named.iter();
        paths
            .filter(|n| self.absolute(module, &n.parts).is_none())
            .map(|n| n.parts.join("::"))
            .collect()
    }

    /// Whether one module is the other's folder.
    pub(crate) fn is_folder_of(&self, folder: &Module, module: &Module) -> bool {
        self.files[folder].is_folder && module.starts_with(folder)
    }

    /// Groups of two and more files that use each other, directly or through others.
    pub(crate) fn circles(&self) -> Vec<BTreeSet<Module>> {
        let edges: BTreeMap<&Module, BTreeSet<Module>> = (self.files.keys())
            .map(|module| (module, self.used_by(module)))
            .collect();
        let reach = |from: &Module| {
            let mut seen = BTreeSet::new();
            let mut open = vec![from.clone()];
            while let Some(module) = open.pop() {
                for used in &edges[&module] {
                    if seen.insert(used.clone()) {
                        open.push(used.clone());
                    }
                }
            }
            seen
        };
        let reached: BTreeMap<&Module, BTreeSet<Module>> = edges
            .keys()
            .map(|&module| (module, reach(module)))
            .collect();
        let mut circles: Vec<BTreeSet<Module>> = Vec::new();
        for (&module, seen) in &reached {
            if !seen.contains(module) || circles.iter().any(|c| c.contains(module)) {
                continue;
            }
            let within = |other: &&Module| reached[*other].contains(module);
            circles.push(seen.iter().filter(within).cloned().collect());
        }
        circles
    }
}

/// The module as it is written in a list.
pub(crate) fn written(module: &Module) -> String {
    if module.is_empty() {
        "lib".to_owned()
    } else {
        module.join("/")
    }
}

#[test]
fn paths_are_found_in_code_only() {
    let text = r##"
        //! crate::comment::One
        pub(crate) use crate::a::{self, b::C as D, e::*};
        use super::f;
        const TEXT: &str = "crate::text::Two \" crate::text::Three";
        const RAW: &str = r#"crate::"raw"::Four"#;
        fn g<'a>(c: char) -> bool { c == '"' || crate::h::i(c) /* crate::j */ }
        #[cfg(test)]
        mod tests { use crate::k::l; fn m() { crate::n::o() } }
        fn last() { std::fs::read() }
    "##;
    let found: Vec<(String, Option<String>)> = named(text)
        .into_iter()
        .map(|n| (n.parts.join("::"), n.exported_as))
        .collect();
    let plain = |path: &str| (path.to_owned(), None);
    let exported = |path: &str, name: &str| (path.to_owned(), Some(name.to_owned()));
    assert_eq!(
        found,
        [
            exported("crate::a", "a"),
            exported("crate::a::b::C", "D"),
            exported("crate::a::e::*", "*"),
            plain("super::f"),
            plain("crate::h::i"),
            plain("std::fs::read"),
        ]
    );
}

#[test]
fn circles_are_found_through_other_files_and_re_exports() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    };
    write("lib.rs", "mod a; mod b; mod c;");
    write("a.rs", "use crate::b::Given;");
    // names given on: `a` uses `b/given`, not all that `b` holds
    write("b/mod.rs", "mod given; mod other; pub use given::Given;");
    write("b/given.rs", "use super::Shared;");
    write("b/other.rs", "use crate::a::A; fn f() { crate::c::g() }");
    write("c.rs", "use crate::b::other::Other;");
    let sources = Sources::read(folder.path());
    let found: Vec<Vec<String>> = (sources.circles().iter())
        .map(|circle| circle.iter().map(written).collect())
        .collect();
    assert_eq!(found, [["b/other", "c"]]);
}
