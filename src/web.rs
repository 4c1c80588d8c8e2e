//! The quiz as one page, put together from the files of `web/`: template, style, script and built engine.

use flate2::Compression;
use flate2::write::GzEncoder;
use rolescope_core::{Norms, SourceFile};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::io::Write as _;
use std::path::Path;

/// The core as the built engine calls it: what it says first is written into the page, so that nobody waits for
/// the engine to start.
#[path = "../web/engine/src/quiz.rs"]
#[allow(unreachable_pub)] // in the engine it is reached
mod engine;

/// The page without its parts, which are named in double braces.
const TEMPLATE: &str = include_str!("../web/page.html");
/// What it looks like.
const STYLE: &str = include_str!("../web/style.css");
/// The core as a WebAssembly module, as `web/build` leaves it.
const ENGINE: &[u8] = include_bytes!("../web/engine.wasm.gz");
/// The modules of the script, each after those that it imports from.
const SCRIPT: &[&str] = &[
    include_str!("../web/dom.js"),
    include_str!("../web/engine.js"),
    include_str!("../web/store.js"),
    include_str!("../web/start.js"),
    include_str!("../web/question.js"),
    include_str!("../web/result.js"),
    include_str!("../web/main.js"),
];

/// What a page is made of besides the files of `web/`.
#[derive(Clone, Copy, Debug)]
pub struct WebQuiz<'a> {
    /// The files of the pack.
    pub files: &'a [SourceFile],
    /// Tag of the language to show the pack in: its own, or one that the files have texts for.
    pub language: &'a str,
    /// The family whose roles are compared; else all.
    pub family: Option<&'a str>,
    /// Weight of aptitudes in the match.
    pub aptitude_weight: f64,
    /// Measured norms.
    pub norms: Option<&'a Norms>,
    /// Version of the program, as receipts state it.
    pub program: &'a str,
    /// Heading of the first screen.
    pub title: &'a str,
    /// Whether only the quick quiz is offered.
    pub quick: bool,
    /// Whether the answers are collected and no result is shown.
    pub collect: bool,
}

/// The setup of the engine, as `web/engine` reads it.
#[derive(Serialize)]
struct Setup<'a> {
    files: Vec<(String, &'a str)>,
    language: &'a str,
    family: Option<&'a str>,
    aptitude_weight: f64,
    norms: Option<MeasuredNorms<'a>>,
    program: &'a str,
}

#[derive(Serialize)]
struct MeasuredNorms<'a> {
    name: &'a str,
    n: u32,
    /// Id, mean, standard deviation and reliability of each trait.
    traits: Vec<(&'a str, f64, f64, f64)>,
}

/// What the script reads for itself.
#[derive(Serialize)]
struct Options<'a> {
    title: &'a str,
    quick: bool,
    collect: bool,
}

/// What the script is given.
#[derive(Serialize)]
struct Carried<'a> {
    setup: Setup<'a>,
    options: Options<'a>,
    /// What the engine says when it opens the pack.
    pack: Value,
    first: FirstQuestions,
}

/// What the engine says when a quiz without answers begins.
#[derive(Serialize)]
struct FirstQuestions {
    full: Value,
    quick: Value,
}

impl WebQuiz<'_> {
    /// The page. The same pack and options give the same bytes.
    ///
    /// # Errors
    /// When the pack has mistakes, or the family is none of it.
    pub fn page(&self) -> std::io::Result<String> {
        let setup = Setup {
            files: (self.files.iter())
                .map(|file| (inner_path(file.path()), file.text()))
                .filter(|(path, _)| is_shown(path, self.language))
                .collect(),
            language: self.language,
            family: self.family,
            aptitude_weight: self.aptitude_weight,
            norms: self.norms.map(measured),
            program: self.program,
        };
        let (pack, first) = first_screens(&setup)?;
        let words = pack["words"].as_object().into_iter().flatten();
        let words = words.filter_map(|(id, text)| Some((id.clone(), escaped(text.as_str()?))));
        let words: Vec<(String, String)> = words.collect();
        let carried = Carried {
            setup,
            pack,
            first,
            options: Options {
                title: self.title,
                quick: self.quick,
                collect: self.collect,
            },
        };
        let script = script();
        let mut parts = vec![
            ("hash", base64(&Sha256::digest(script.as_bytes()))),
            ("language", escaped(self.language)),
            ("title", escaped(self.title)),
            ("style", STYLE.to_owned()),
            ("pack", base64(&gzip(&serde_json::to_vec(&carried)?)?)),
            ("engine", base64(ENGINE)),
            ("script", script),
        ];
        parts.extend(words.iter().map(|(id, text)| (id.as_str(), text.clone())));
        Ok(filled(TEMPLATE, &parts))
    }
}

/// What the engine says of a pack, and of the first question of both quizzes.
fn first_screens(setup: &Setup<'_>) -> std::io::Result<(Value, FirstQuestions)> {
    let mut quiz = None;
    let mut ask = |request: Value| -> std::io::Result<Value> {
        let reply = engine::answer(&mut quiz, request.to_string().as_bytes());
        let reply = reply.map_err(std::io::Error::other)?;
        Ok(serde_json::from_str(&reply)?)
    };
    let mut open = serde_json::to_value(setup)?;
    open["op"] = json!("open");
    let pack = ask(open)?;
    let mut first = |quick: bool| {
        ask(json!({ "op": "begin", "answers": {}, "quick": quick }))?;
        ask(json!({
            "op": "ask", "shown": [], "at": 0, "answers": {}, "times": [], "offered": false, "leave_out": false,
        }))
    };
    let first = FirstQuestions {
        full: first(false)?,
        quick: first(true)?,
    };
    Ok((pack, first))
}

/// The path of a file within its pack, which says nothing of the folder that the pack was read from.
fn inner_path(path: &str) -> String {
    let path = Path::new(path);
    let folder = path.parent().and_then(Path::file_name).unwrap_or_default();
    let name = path.file_name().unwrap_or_default();
    format!("{}/{}", folder.display(), name.display())
}

/// Whether a page in a language needs this file of the pack: other languages would only make it larger.
fn is_shown(path: &str, language: &str) -> bool {
    let Some(name) = path.strip_prefix("languages/") else {
        return true;
    };
    let ending = name.strip_prefix(language);
    ending.is_some_and(|ending| ending.starts_with('.'))
}

fn measured(norms: &Norms) -> MeasuredNorms<'_> {
    let traits = norms.traits();
    let traits = traits.map(|(id, norm)| (id, norm.mean, norm.sd, norm.reliability));
    MeasuredNorms {
        name: norms.name(),
        n: norms.people(),
        traits: traits.collect(),
    }
}

/// The modules as one, without their comments and indentation: names that one exports are those that others use.
fn script() -> String {
    let lines = SCRIPT.iter().flat_map(|module| module.lines());
    let lines = lines.map(str::trim_start);
    let comment = |line: &str| {
        ["//", "/**", "* "]
            .iter()
            .any(|mark| line.starts_with(mark))
    };
    let kept =
        lines.filter(|line| !line.is_empty() && !line.starts_with("import ") && !comment(line));
    let plain = kept.map(|line| line.strip_prefix("export ").unwrap_or(line));
    plain.fold(String::from("\n"), |all, line| all + line + "\n")
}

/// A template with its parts in; what a part holds is not looked at again.
fn filled(template: &str, parts: &[(&str, String)]) -> String {
    let mut page = String::new();
    for piece in template.split("{{") {
        let (name, rest) = piece.split_once("}}").unwrap_or(("", piece));
        let part = parts.iter().find(|(part, _)| *part == name);
        page.push_str(part.map_or("", |(_, text)| text));
        page.push_str(rest);
    }
    page
}

/// A text that markup cannot be read in.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;")
}

/// A gzip file with these bytes in it, which states neither a time nor a name.
fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes)?;
    packed.finish()
}

/// Bytes in the usual alphabet of base64, padded (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            if at > three.len() {
                text.push('=');
            } else {
                let six = (bits >> (18 - 6 * at)) & 63;
                text.push(char::from(ALPHABET[six as usize]));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{base64, escaped, filled, inner_path, script};

    #[test]
    fn base64_is_that_of_the_rfc() {
        let all = ["", "f", "fo", "foo", "foob", "fooba", "foobar"];
        let written = all.map(|text| base64(text.as_bytes()));
        let right = [
            "", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy",
        ];
        assert_eq!(written, right);
    }

    #[test]
    fn parts_are_put_in_once() {
        let parts = [("a", "{{b}}".to_owned()), ("b", "x".to_owned())];
        assert_eq!(filled("1{{a}}2{{b}}3", &parts), "1{{b}}2x3");
    }

    #[test]
    fn a_script_of_modules_imports_nothing_and_ends_no_element() {
        let script = script();
        assert!(!script.contains("import ") || !script.contains(" from \""));
        assert!(!script.contains("\nexport "));
        assert!(!script.contains("</script"));
        assert!(script.len() < 20_480, "{} bytes", script.len());
    }

    #[test]
    fn a_page_says_nothing_of_folders_and_keeps_titles_inert() {
        assert_eq!(
            inner_path("/home/anna/pack/profiles/baker.toml"),
            "profiles/baker.toml"
        );
        assert_eq!(escaped("</title><b>&"), "&lt;/title&gt;&lt;b&gt;&amp;");
    }
}
