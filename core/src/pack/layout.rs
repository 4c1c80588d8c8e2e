//! Layout of a pack: a parsed pack as bytes, so that a program which carries one need not parse it at every start.

use crate::pack::model::Pack;
use crate::text::language::Language;

impl Pack {
    /// The pack as bytes, from which [`Pack::from_layout`] makes it again, without interface strings of a language; none if
    /// it is too large for memory.
    ///
    /// ```
    /// use rolescope_core::{Pack, SourceFile};
    ///
    /// let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
    /// let kept = pack.to_layout().expect("it is small");
    /// let again = Pack::from_layout(&kept).expect("it is whole");
    /// assert_eq!(again.fingerprint(), pack.fingerprint());
    /// ```
    #[must_use]
    pub fn to_layout(&self) -> Option<Vec<u8>> {
        let Self {
            name,
            title,
            language,
            version,
            attribution,
            purpose,
            elsewhere,
            minimum_pay,
            traits,
            sections,
            questions,
            conditions,
            roles,
            fingerprint,
        } = self;
        let texts = (
            name,
            title,
            &language.tag,
            version,
            attribution,
            purpose,
            elsewhere,
            fingerprint,
        );
        let parts = (minimum_pay, traits, sections, questions, conditions, roles);
        postcard::to_allocvec(&(texts, parts)).ok()
    }

    /// The pack whose [`Pack::to_layout`] these bytes are; none where they are not whole.
    ///
    /// Nothing of the pack is checked again: the bytes must be those that the same version of this crate wrote.
    #[must_use]
    pub fn from_layout(bytes: &[u8]) -> Option<Self> {
        let (texts, parts) = postcard::from_bytes(bytes).ok()?;
        let (name, title, tag, version, attribution, purpose, elsewhere, fingerprint) = texts;
        let tag: String = tag;
        let (minimum_pay, traits, sections, questions, conditions, roles) = parts;
        Some(Self {
            name,
            title,
            language: Language::of(tag),
            version,
            attribution,
            purpose,
            elsewhere,
            minimum_pay,
            traits,
            sections,
            questions,
            conditions,
            roles,
            fingerprint,
        })
    }
}
