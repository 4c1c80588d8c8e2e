//! `web`: the quiz as one page, and the built engine that it carries.

use crate::help::{built_in, root, run, stderr, stdout};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Most bytes of a page of the built-in pack.
const LARGEST: usize = 800 * 1024;

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut all, byte| {
        let _ = write!(all, "{byte:02x}");
        all
    })
}

/// All files below a folder that the engine is made of: not those that only tests read.
fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("it can be listed") {
        let path = entry.expect("an entry").path();
        let inner = path.strip_prefix(root()).expect("in the project");
        if path.is_file() {
            found.push(inner.to_owned());
        } else if inner != Path::new("core/src/tests") && !inner.ends_with("snapshots") {
            files(&path, found);
        }
    }
}

#[test]
fn the_built_engine_is_of_these_sources() {
    let manifests = [
        "core/Cargo.toml",
        "web/engine/Cargo.toml",
        "web/engine/Cargo.lock",
    ];
    let mut all: Vec<PathBuf> = manifests.map(PathBuf::from).to_vec();
    files(&root().join("core/src"), &mut all);
    files(&root().join("web/engine/src"), &mut all);
    let mut lines: Vec<String> = (all.iter())
        .map(|path| {
            let bytes = std::fs::read(root().join(path)).expect("it can be read");
            let name = path.display().to_string().replace('\\', "/");
            format!("{}  {name}", hexadecimal(&Sha256::digest(&bytes)))
        })
        .collect();
    lines.sort_by(|a, b| a[64..].cmp(&b[64..]));
    let stated = std::fs::read_to_string(root().join("web/engine.sources")).expect("it is there");
    let stated: Vec<&str> = stated.lines().collect();
    let name = |line: &str| line.get(66..).unwrap_or_default().to_owned();
    let mut changed: Vec<String> = (lines.iter().filter(|l| !stated.contains(&l.as_str())))
        .map(|line| name(line))
        .chain((stated.iter().filter(|l| !lines.contains(&(**l).to_owned()))).map(|l| name(l)))
        .collect();
    changed.sort_unstable();
    changed.dedup();
    assert!(
        changed.is_empty(),
        "web/engine.wasm.gz was built before these were changed: {changed:?}; build it again: web/build"
    );
}

/// The built engine, unpacked.
fn engine() -> Vec<u8> {
    let packed = std::fs::read(root().join("web/engine.wasm.gz")).expect("it is there");
    let mut bytes = Vec::new();
    let mut unpacked = flate2::read::GzDecoder::new(&packed[..]);
    unpacked.read_to_end(&mut bytes).expect("it is gzip");
    bytes
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|part| part == text.as_bytes())
}

#[test]
fn the_engine_holds_no_content_and_no_path_of_a_machine() {
    let engine = engine();
    assert!(engine.starts_with(b"\0asm"));
    let pack = built_in();
    let texts = pack.questions().iter().map(rolescope_core::Question::text);
    let roles = pack.roles().iter().map(rolescope_core::Role::name);
    for text in texts.chain(roles).chain([pack.name()]) {
        assert!(!holds(&engine, text), "{text:?}");
    }
    for path in [
        "/home/",
        "/root/",
        "/Users/",
        "C:\\",
        "registry/src",
        "/work/",
    ] {
        assert!(!holds(&engine, path), "{path}");
    }
}

fn page(arguments: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let output = run(
        folder.path(),
        &[&["-q", "web", "-o", "-"], arguments].concat(),
        b"",
    );
    assert!(output.status.success(), "{}", stderr(&output));
    stdout(&output)
}

/// The text between two others.
fn between<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    let rest = page.split_once(from).expect(from).1;
    rest.split_once(to).expect(to).0
}

#[test]
fn a_page_runs_one_script_asks_for_nothing_and_is_small() {
    let whole = page(&[]);
    assert!(whole.len() <= LARGEST, "{} bytes", whole.len());
    assert_eq!(page(&[]), whole, "the same bytes each time");
    let policy = between(&whole, "Content-Security-Policy\" content=\"", "\"");
    let script = between(&whole, "<script type=\"module\">", "</script>");
    // base64 of 32 bytes, by the one in the policy: 44 letters
    let stated = between(policy, "script-src 'sha256-", "'");
    assert_eq!(stated.len(), 44);
    let value = |c: u8| {
        let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let at = alphabet.iter().position(|&letter| letter == c);
        u32::try_from(at.unwrap_or(0)).expect("below 64")
    };
    let bytes: Vec<u8> = (stated.as_bytes().chunks(4))
        .flat_map(|four| {
            let bits = four.iter().fold(0, |bits, &c| bits << 6 | value(c));
            let [_, three @ ..] = bits.to_be_bytes();
            three
        })
        .take(32)
        .collect();
    assert_eq!(hexadecimal(&bytes), hexadecimal(&Sha256::digest(script)));
    assert_eq!(
        policy.replace(stated, ""),
        "default-src 'none'; script-src 'sha256-' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; base-uri 'none'; \
         form-action 'none'"
    );
    assert_eq!(whole.matches("<script").count(), 3, "two of them are data");
    for word in [
        "http:",
        "https:",
        "fetch(",
        "XMLHttpRequest",
        "sendBeacon",
        "innerHTML",
        "document.cookie",
        "eval(",
    ] {
        let inside = script.contains(word) || between(&whole, "<head>", "</head>").contains(word);
        assert!(!inside, "{word}");
    }
}

#[test]
fn a_title_is_inert() {
    let evil = "</title><script>alert(1)</script>{{script}}";
    let whole = page(&["--title", evil]);
    let title = between(&whole, "<title>", "</title>");
    assert_eq!(
        title,
        "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;{{script}}"
    );
    assert_eq!(whole.matches("<script").count(), 3);
}

#[test]
fn a_page_is_written_once_and_says_what_cannot_be() {
    let folder = tempfile::tempdir().expect("a folder");
    let here = folder.path();
    let quiz = |arguments: &[&str]| {
        run(
            here,
            &[&["web", "-o", "quiz.html"], arguments].concat(),
            b"",
        )
    };
    let output = quiz(&["--quick", "--collect"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(stderr(&output).contains("The quiz is in quiz.html"));
    let first = std::fs::read(here.join("quiz.html")).expect("it is there");
    let output = quiz(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("quiz.html is there already; --force replaces it"));
    assert_eq!(
        std::fs::read(here.join("quiz.html")).expect("as before"),
        first
    );
    assert!(quiz(&["--force"]).status.success());
    assert_ne!(
        std::fs::read(here.join("quiz.html")).expect("another"),
        first
    );
    let output = quiz(&["--force", "--family", "imagin"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("imaging"), "{}", stderr(&output));
    let output = run(here, &["web"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("--output <FILE>"));
}
