//! How a file is read, as one value: what `read` finds out, what a person may change, and what every
//! command takes. It is kept as a small TOML file.

use crate::error::{Error, Result};
use crate::input::cells::CellOptions;
use crate::input::codes::CodeRange;
use crate::input::containers::encoding;
use crate::input::fold::fold;
use crate::input::format::InputFormat;
use crate::storage::text_file::text_of;
use encoding_rs::Encoding;
use rolescope_core::Pack;
use rolescope_core::text::nearest;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// How people, questions and answers stand in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A row a person, a column a question.
    Wide,
    /// A row an answer: whose it is, to which question, and what it is.
    Long,
    /// A row a question, a column a person.
    Transposed,
}

impl Layout {
    /// The layouts, by their words.
    pub const ALL: [Self; 3] = [Self::Wide, Self::Long, Self::Transposed];

    /// The layout of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layout| layout.word() == word)
    }

    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Long => "long",
            Self::Transposed => "transposed",
        }
    }
}

/// How a file is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// How people and questions stand.
    pub layout: Option<Layout>,
    /// The column that says who.
    pub id: Option<String>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The encoding of a text.
    pub encoding: Option<String>,
    /// Headers, each with the question of its column, or nothing where it is left alone.
    pub columns: Vec<(String, Option<String>)>,
    /// Texts that say that there is no answer.
    pub missing: Vec<String>,
    /// Numbers of scales that do not count from 1.
    pub codes: Vec<CodeRange>,
    /// Texts that stand for an answer to any question that has it.
    pub texts: BTreeMap<String, String>,
    /// The same for one question.
    pub texts_of: BTreeMap<String, BTreeMap<String, String>>,
}

/// What the file of a map holds.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct MapFile {
    format: u16,
    layout: Option<String>,
    id: Option<String>,
    sheet: Option<String>,
    encoding: Option<String>,
    #[serde(default)]
    missing: Vec<toml::Value>,
    #[serde(default)]
    codes: Vec<String>,
    #[serde(default)]
    columns: toml::Table,
    #[serde(default)]
    answers: toml::Table,
}

impl Mapping {
    /// Reads a map for a pack.
    ///
    /// # Errors
    /// When it cannot be read, is no map, or names what the pack does not have.
    pub fn load(path: &Path, pack: &Pack) -> Result<Self> {
        let name = path.display().to_string();
        Self::parse(&name, &text_of(path, "a map")?, pack)
    }

    /// Reads a map from its text; `name` is what messages call it.
    ///
    /// # Errors
    /// As [`Mapping::load`].
    pub fn parse(name: &str, text: &str, pack: &Pack) -> Result<Self> {
        let wrong = |why: String| Error::failed(format!("{name}: {why}"));
        let file: MapFile = toml::from_str(text).map_err(|e| {
            wrong(format!(
                "this is no map: {}\n`rolescope read FILE --write-map {name}` writes one",
                e.to_string().trim_end()
            ))
        })?;
        if file.format != 1 {
            return Err(wrong(format!(
                "format {}: this version reads maps of format 1",
                file.format
            )));
        }
        let question = |id: &str| {
            pack.question(id).ok_or_else(|| {
                let near = nearest(
                    id,
                    pack.questions().iter().map(rolescope_core::Question::id),
                );
                let near = near.map_or_else(String::new, |near| format!("; did you mean {near}?"));
                wrong(format!("no question {id:?} in this pack{near}"))
            })
        };
        let mut map = Self {
            id: file.id.filter(|id| !id.is_empty()),
            sheet: file.sheet,
            encoding: file.encoding,
            missing: file.missing.iter().map(written).collect(),
            ..Self::default()
        };
        if let Some(encoding) = &map.encoding {
            encoding::named(encoding)?;
        }
        if let Some(word) = &file.layout {
            let wide_or = || wrong(format!("layout {word:?}: write wide, long or transposed"));
            map.layout = Some(Layout::of(word).ok_or_else(wide_or)?);
        }
        for text in &file.codes {
            let range = CodeRange::parse(text);
            map.codes
                .push(range.map_err(|why| wrong(format!("codes {text:?}: {why}")))?);
        }
        for (header, id) in file.columns {
            let id = written(&id);
            if !id.is_empty() {
                question(&id)?;
            }
            map.columns
                .push((header, Some(id).filter(|id| !id.is_empty())));
        }
        for (key, value) in file.answers {
            let toml::Value::Table(texts) = value else {
                let answer = written(&value);
                if !pack
                    .questions()
                    .iter()
                    .any(|q| q.code_of(&answer).is_some())
                {
                    return Err(wrong(format!(
                        "answers.{key:?}: {answer:?} is an answer to no question"
                    )));
                }
                map.texts.insert(key, answer);
                continue;
            };
            let q = question(&key)?;
            let of_one = map.texts_of.entry(key.clone()).or_default();
            for (text, answer) in texts {
                let answer = written(&answer);
                if pack.questions()[q].code_of(&answer).is_none() {
                    let right = pack.questions()[q].allowed();
                    return Err(wrong(format!(
                        "answers.{key}.{text:?}: {answer:?}: write {right}"
                    )));
                }
                of_one.insert(text, answer);
            }
        }
        Ok(map)
    }

    /// The map as text; [`Mapping::parse`] reads the same from it.
    #[must_use]
    pub fn to_toml(&self) -> String {
        let mut text = "# How a file of answers is read: change what is wrong, and give it by --map.\n\
                        # A column with \"\" is left alone. `rolescope questions -f csv` lists the questions.\n\
                        format = 1\n"
            .to_owned();
        let mut line = |key: &str, value: &str| {
            let _ = writeln!(text, "{key} = {value}");
        };
        if let Some(layout) = self.layout {
            line("layout", &quoted(layout.word()));
        }
        for (key, value) in [
            ("sheet", &self.sheet),
            ("encoding", &self.encoding),
            ("id", &self.id),
        ] {
            if let Some(value) = value {
                line(key, &quoted(value));
            }
        }
        let list = |all: Vec<String>| format!("[{}]", all.join(", "));
        line(
            "missing",
            &list(self.missing.iter().map(|m| quoted(m)).collect()),
        );
        line(
            "codes",
            &list(self.codes.iter().map(|c| quoted(&c.text())).collect()),
        );
        text.push_str("\n[columns]\n");
        for (header, question) in &self.columns {
            let question = question.as_deref().unwrap_or_default();
            let _ = writeln!(text, "{} = {}", quoted(header), quoted(question));
        }
        text.push_str("\n# Texts of cells that stand for an answer: \"Love it\" = 5\n[answers]\n");
        let pairs = |texts: &BTreeMap<String, String>| -> String {
            let pairs = texts
                .iter()
                .map(|(text, answer)| format!("{} = {}\n", quoted(text), quoted(answer)));
            pairs.collect()
        };
        text.push_str(&pairs(&self.texts));
        for (id, texts) in &self.texts_of {
            let _ = write!(text, "\n[answers.{}]\n{}", quoted(id), pairs(texts));
        }
        text
    }

    /// What the map says of a header: a question's id, or nothing where its column is left alone.
    #[must_use]
    pub fn column(&self, header: &str) -> Option<&str> {
        let is = |(name, _): &&(String, Option<String>)| name.trim() == header.trim();
        let alike = |(name, _): &&(String, Option<String>)| fold(name) == fold(header);
        let mut all = self.columns.iter();
        let found = all.find(is).or_else(|| self.columns.iter().find(alike))?;
        found.1.as_deref()
    }
}

/// A value as text: numbers without quotes are as good.
fn written(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A text as TOML quotes it in one line, as a key must be.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// What says which columns are questions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColumnSource {
    /// The header of each input, by ids and texts of questions.
    #[default]
    Header,
    /// The map that was given: columns that it does not name are no questions.
    Map,
}

/// All that a person has said about how files are read.
#[derive(Clone, Debug, Default)]
pub struct InputOptions {
    /// Nothing but the program's own dialect.
    pub exact: bool,
    /// Questions without a column are no mistake.
    pub partial: bool,
    /// How the input is written, where its bytes do not tell.
    pub format: Option<InputFormat>,
    /// The encoding of texts.
    pub encoding: Option<&'static Encoding>,
    /// Count the cells of every column: for `read`.
    pub counts: bool,
    /// How files are read. Its columns are those of `--map`.
    pub map: Mapping,
    /// What says which columns are questions.
    pub columns: ColumnSource,
}

impl InputOptions {
    /// Whether the map says which columns are questions.
    #[must_use]
    pub fn is_mapped(&self) -> bool {
        self.columns == ColumnSource::Map
    }

    /// What is said of cells.
    #[must_use]
    pub fn cells(&self) -> CellOptions {
        CellOptions {
            exact: self.exact,
            missing: self.map.missing.clone(),
            codes: self.map.codes.clone(),
            texts: self.map.texts.clone(),
            texts_of: self.map.texts_of.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Layout, Mapping};
    use crate::builtin::built_in;
    use crate::input::codes::CodeRange;
    use proptest::prelude::*;
    use rolescope_core::Pack;
    use std::sync::LazyLock;

    fn pack() -> &'static Pack {
        static PACK: LazyLock<Pack> =
            LazyLock::new(|| Pack::parse(&built_in()).expect("the pack is valid"));
        &PACK
    }

    #[test]
    fn a_map_says_what_a_person_may_say() {
        let text = "format = 1\nlayout = \"long\"\nid = \"Student ID\"\nmissing = [-9, \"none\"]\ncodes = [\"0..4\"]\n\
                    [columns]\nQ1 = \"helping-1\"\nName = \"\"\n[answers]\n\"Love it\" = 5\n[answers.numerical-1]\n\"ninety\" = \"c\"\n";
        let map = Mapping::parse("m.toml", text, pack()).expect("a map");
        assert_eq!(map.layout, Some(Layout::Long));
        assert_eq!(map.missing, ["-9", "none"]);
        assert_eq!(map.codes, [CodeRange { first: 0, last: 4 }]);
        assert_eq!(map.column(" q1 "), Some("helping-1"));
        assert_eq!(map.column("Name"), None);
        assert_eq!(map.texts["Love it"], "5");
        assert_eq!(map.texts_of["numerical-1"]["ninety"], "c");
        assert_eq!(
            Mapping::parse("m.toml", &map.to_toml(), pack()).expect("a map"),
            map
        );
    }

    #[test]
    fn what_is_no_map_is_told() {
        for (text, part) in [
            ("id,helping-1\n", "no map"),
            ("format = 2\n", "format 2"),
            ("format = 1\nlayuot = \"wide\"\n", "layuot"),
            (
                "format = 1\nlayout = \"tall\"\n",
                "wide, long or transposed",
            ),
            ("format = 1\ncodes = [\"0-4\"]\n", "0..4"),
            (
                "format = 1\n[columns]\nQ1 = \"helping1\"\n",
                "did you mean helping-1?",
            ),
            (
                "format = 1\n[answers]\nx = 77\n",
                "an answer to no question",
            ),
            ("format = 1\n[answers.helping-1]\nx = 6\n", "1 to 5"),
            ("format = 1\nencoding = \"utf-9\"\n", "no encoding"),
        ] {
            let said = Mapping::parse("m.toml", text, pack())
                .expect_err("refused")
                .to_string();
            assert!(said.contains(part), "{text}: {said}");
        }
    }

    proptest! {
        #[test]
        fn any_map_comes_back_as_it_was(
            headers in prop::collection::btree_set(".{0,20}", 0..6),
            id in prop::option::of(".{1,9}"),
            missing in prop::collection::vec(".{0,5}", 0..3),
        ) {
            let map = Mapping {
                id,
                missing,
                columns: headers.into_iter().map(|h| (h, Some("helping-1".to_owned()))).collect(),
                ..Mapping::default()
            };
            let mut again = Mapping::parse("m", &map.to_toml(), pack()).expect("a map");
            again.columns.sort();
            prop_assert_eq!(again, map);
        }
    }
}
