//! What a counsellor keeps of a session beside answers and notes: tags, the first sitting, the wish, consent.

use crate::storage::text_file::quoted;
use rolescope_core::pack::Fields;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Maximum length of a tag's name or value, in characters.
pub const LONGEST_TAG: usize = 100;
/// Maximum length of a wish, in characters.
pub const LONGEST_WISH: usize = 1000;

/// What an answer file holds in its table `session`; all of it may be absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionFacts {
    /// The label of the person's first sitting; none where this is the first.
    pub first: Option<String>,
    /// The day of consent, as TOML writes a date.
    pub consent: Option<String>,
    /// What the person wanted to be, in their own words, before they saw a result.
    pub wish: Option<String>,
    /// When the wish was written down.
    pub wished: Option<String>,
    /// Tags: a name and a value each, as class and 12B.
    pub tags: BTreeMap<String, String>,
    /// Names of what a later version wrote into the table: it stays in the file and means nothing here.
    pub unknown: Vec<String>,
}

/// What this version writes into the table.
pub(crate) const KNOWN: [&str; 5] = ["first", "consent", "wish", "wished", "tags"];

impl SessionFacts {
    /// Whether there is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let unknown = self.unknown.clone();
        *self
            == Self {
                unknown,
                ..Self::default()
            }
    }

    /// Reads the table, if the file has it, with a label of so many characters at most; mistakes are noted there.
    /// What a later version adds to it is passed over, so that programs of different years read the same files.
    pub(crate) fn read(file: &Fields<'_>, label: usize) -> Self {
        let mut facts = Self::default();
        let Some(table) = file.table("session") else {
            return facts;
        };
        facts.first = table.text("first", label).map(|t| t.0);
        facts.consent = table.day("consent").map(|day| day.to_string());
        facts.wish = table.text("wish", LONGEST_WISH).map(|t| t.0);
        facts.wished = table.moment("wished");
        if let Some(tags) = table.table("tags") {
            for ((name, span), entry) in tags.entries() {
                match entry.text() {
                    Some(value) if is_tag(name) && (value.is_empty() || is_tag(value)) => {
                        facts.tags.insert(name.to_owned(), value.to_owned());
                    }
                    _ => tags.mistake(
                        &span,
                        "not a tag",
                        "found here",
                        "a name and a text in quotes on one line: `class = \"12B\"`",
                    ),
                }
            }
        }
        let names = table.entries().into_iter().map(|((name, _), _)| name);
        let unknown = names.filter(|name| !KNOWN.contains(name) && !name.starts_with("x_"));
        facts.unknown = unknown.map(str::to_owned).collect();
        facts
    }

    /// The table as text with an empty line before it; nothing where there is nothing.
    pub(crate) fn write(&self, text: &mut String) {
        if self.is_empty() {
            return;
        }
        text.push_str("\n[session]\n");
        if let Some(first) = &self.first {
            let _ = writeln!(text, "first = {}", quoted(first));
        }
        if let Some(day) = &self.consent {
            let _ = writeln!(text, "consent = {day}");
        }
        if let Some(wish) = &self.wish {
            let _ = writeln!(text, "wish = {}", quoted(wish));
        }
        if let Some(moment) = &self.wished {
            let _ = writeln!(text, "wished = {moment}");
        }
        if !self.tags.is_empty() {
            let tags = self.tags.iter();
            let tags = tags.map(|(name, value)| format!("{} = {}", quoted(name), quoted(value)));
            let tags: Vec<String> = tags.collect();
            let _ = writeln!(text, "tags = {{ {} }}", tags.join(", "));
        }
    }

    /// All of it for people to read, a line each.
    #[must_use]
    pub fn in_lines(&self) -> Vec<String> {
        let tags = (!self.tags.is_empty()).then(|| format!("Tags: {}", self.tags_in_a_line()));
        let first = self.first.as_ref();
        let all = [
            first.map(|first| format!("Another sitting of the person of {first}")),
            tags,
            self.consent.as_ref().map(|day| format!("Consent: {day}")),
            self.wish
                .as_ref()
                .map(|wish| format!("Wants to be: \"{wish}\"")),
            (!self.unknown.is_empty()).then(|| {
                let names = self.unknown.join(", ");
                format!("Not known to this version, and kept in the file: {names}")
            }),
        ];
        all.into_iter().flatten().collect()
    }

    /// The tags in one line, as they are typed: `class=12B, visit`.
    #[must_use]
    pub fn tags_in_a_line(&self) -> String {
        let tags = self.tags.iter().map(|(name, value)| written(name, value));
        tags.collect::<Vec<_>>().join(", ")
    }
}

/// A tag as it is typed.
fn written(name: &str, value: &str) -> String {
    if value.is_empty() {
        name.to_owned()
    } else {
        format!("{name}={value}")
    }
}

/// Whether a text can be the name or the value of a tag: 1 to [`LONGEST_TAG`] characters that can be shown, with
/// no space around them, no comma and no sign of equality.
#[must_use]
pub fn is_tag(text: &str) -> bool {
    let length = text.chars().count();
    (1..=LONGEST_TAG).contains(&length)
        && text.trim() == text
        && !text
            .chars()
            .any(|c| c == ',' || c == '=' || rolescope_core::text::unprintable(c))
}

/// A tag as it was typed: its name, and its value where one was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// Its value; none where only the name was typed.
    pub value: Option<String>,
}

impl Tag {
    /// Reads `class=12B` or `visit`.
    ///
    /// # Errors
    /// What may be written.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name.trim(), Some(value.trim())),
            None => (text.trim(), None),
        };
        if !is_tag(name) || !value.is_none_or(is_tag) {
            return Err(format!(
                "a tag is a name or NAME=VALUE, such as class=12B: each of 1 to {LONGEST_TAG} characters without \
                 commas"
            ));
        }
        Ok(Self {
            name: name.to_owned(),
            value: value.map(str::to_owned),
        })
    }

    /// Whether a session has it; a name alone is met by any value.
    #[must_use]
    pub fn is_of(&self, facts: &SessionFacts) -> bool {
        let found = facts.tags.get(&self.name);
        found.is_some_and(|found| self.value.as_ref().is_none_or(|value| value == found))
    }

    /// The tag as it is typed.
    #[must_use]
    pub fn written(&self) -> String {
        written(&self.name, self.value.as_deref().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::{SessionFacts, Tag};

    #[test]
    fn tags_are_typed_as_they_are_shown() {
        for typed in ["class=12B", "visit", "year=2026", "room=4 / east"] {
            assert_eq!(Tag::parse(typed).expect("a tag").written(), typed);
        }
        for typed in [
            "",
            "=",
            "a=",
            "=b",
            "a,b",
            "a=b=c",
            "a\nb",
            &"x".repeat(101),
        ] {
            assert!(Tag::parse(typed).is_err(), "{typed:?}");
        }
        let mut facts = SessionFacts::default();
        facts.tags.insert("class".to_owned(), "12B".to_owned());
        let is = |typed: &str| Tag::parse(typed).expect("a tag").is_of(&facts);
        assert!(is("class=12B") && is("class") && !is("class=12A") && !is("12B"));
    }
}
