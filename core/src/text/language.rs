//! The language that a pack is shown in: its tag, its interface strings, what it has no texts for.

use crate::text::catalogue::{Catalogue, OWN};
use fluent_bundle::FluentArgs;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use unic_langid::LanguageIdentifier;

/// A language.
#[derive(Clone)]
pub(crate) struct Language {
    /// Its tag (BCP 47): `en-NZ`.
    pub(crate) tag: String,
    /// Whether the pack was written in it.
    pub(crate) own: bool,
    /// Interface strings of a pack in it; those that are absent are English.
    pub(crate) strings: Option<Arc<Catalogue>>,
    /// How many texts and interface strings there are to be put into it; of the pack's own language the strings alone,
    /// where it has any.
    pub(crate) texts: usize,
    /// Which of them are not, in the order of the pack.
    pub(crate) missing: Vec<String>,
}

impl Default for Language {
    fn default() -> Self {
        Self::of(OWN)
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Language({})", self.tag)
    }
}

impl Language {
    /// The language of this tag as that of a pack itself, with interface strings in English.
    pub(crate) fn of(tag: impl Into<String>) -> Self {
        Self {
            tag: tag.into(),
            own: true,
            strings: None,
            texts: 0,
            missing: Vec::new(),
        }
    }

    /// The language of this tag, into which a pack of another is put.
    pub(crate) fn translated(tag: &str) -> Self {
        Self {
            own: false,
            ..Self::of(tag)
        }
    }

    /// A message that shows no values, where the pack has it.
    pub(crate) fn own_words(&self, id: &str) -> Option<String> {
        let strings = self.strings.as_deref()?;
        strings.message(id, &FluentArgs::new())
    }

    /// A message of the interface.
    pub(crate) fn phrase(&self, id: &'static str) -> Phrase<'_> {
        Phrase {
            language: self,
            id,
            values: FluentArgs::new(),
        }
    }
}

/// The tag as it is written: `fr-CA`; none where a text is no tag.
pub(crate) fn tag_of(text: &str) -> Option<String> {
    let tag: LanguageIdentifier = text.parse().ok()?;
    // `und` is no language to read in
    (!tag.language.is_empty()).then(|| tag.to_string())
}

/// The tag among `offered` that suits who wants another best: the same, else without its variants, region and script
/// in turn, else the first of the same language.
pub(crate) fn nearest_tag<'o>(wanted: &str, offered: &[&'o str]) -> Option<&'o str> {
    let mut wanted: LanguageIdentifier = wanted.parse().ok()?;
    let has = |tag: &LanguageIdentifier| {
        let tag = tag.to_string();
        offered.iter().copied().find(|other| *other == tag)
    };
    let language = wanted.language;
    let exact = has(&wanted);
    wanted.clear_variants();
    let plain = exact.or_else(|| has(&wanted));
    wanted.region = None;
    let without_region = plain.or_else(|| has(&wanted));
    wanted.script = None;
    let same = |tag: &&str| {
        let tag: Option<LanguageIdentifier> = tag.parse().ok();
        tag.is_some_and(|tag| tag.language == language)
    };
    without_region
        .or_else(|| has(&wanted))
        .or_else(|| offered.iter().copied().find(same))
}

/// A message of the interface in the language of a pack, with the values that it shows or chooses by.
///
/// Where the language has no such message it is in English.
///
/// ```
/// # use rolescope_core::{Pack, SourceFile};
/// # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
/// use rolescope_core::text::Phrase;
///
/// let phrase: Phrase<'_> = pack.phrase("puzzle-of").number("number", 2).number("count", 8);
/// assert_eq!(phrase.to_string(), "Puzzle 2 of 8");
/// ```
#[derive(Debug)]
pub struct Phrase<'a> {
    language: &'a Language,
    id: &'static str,
    values: FluentArgs<'a>,
}

impl<'a> Phrase<'a> {
    /// With a whole number, by which the message may choose its form.
    #[must_use]
    pub fn number(mut self, name: &'static str, number: usize) -> Self {
        self.values.set(name, number);
        self
    }

    /// With a figure that may have decimals, by which the message may choose its form.
    #[must_use]
    pub(crate) fn figure(mut self, name: &'static str, figure: f64) -> Self {
        self.values.set(name, figure);
        self
    }

    /// With a text.
    #[must_use]
    pub fn text(mut self, name: &'static str, text: impl Into<Cow<'a, str>>) -> Self {
        self.values.set(name, text.into());
        self
    }

    /// With a word that is never shown, by which the message chooses.
    #[must_use]
    pub fn when(self, name: &'static str, holds: bool) -> Self {
        self.text(name, if holds { "yes" } else { "no" })
    }
}

impl fmt::Display for Phrase<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let own = self.language.strings.as_deref();
        let own = own.and_then(|strings| strings.message(self.id, &self.values));
        let text = own.or_else(|| Catalogue::in_english(self.id, &self.values));
        debug_assert!(text.is_some(), "the catalogue has {}", self.id);
        f.write_str(text.as_deref().unwrap_or(self.id))
    }
}

#[cfg(test)]
mod tests {
    use super::{nearest_tag, tag_of};

    #[test]
    fn tags_are_written_in_one_way() {
        assert_eq!(tag_of("fr-ca").as_deref(), Some("fr-CA"));
        assert_eq!(tag_of("en_XA").as_deref(), Some("en-XA"));
        for text in ["", "e", "und", "en--NZ", "en-", "../en", "en.NZ"] {
            assert_eq!(tag_of(text), None, "{text}");
        }
    }

    #[test]
    fn the_nearest_language_is_found_or_none() {
        let offered = ["en-NZ", "en-XA", "fr", "zh-Hant"];
        let nearest = |wanted| nearest_tag(wanted, &offered);
        assert_eq!(nearest("en-XA"), Some("en-XA"));
        assert_eq!(nearest("fr-CA"), Some("fr"));
        assert_eq!(nearest("en-US"), Some("en-NZ"));
        assert_eq!(nearest("zh-Hant-TW"), Some("zh-Hant"));
        assert_eq!(nearest("de"), None);
    }
}
