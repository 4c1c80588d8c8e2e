//! Layout of a pack: a parsed pack as bytes, so that a program which carries one need not parse it at every start.

use crate::pack::model::{Pack, Role};
use crate::pack::role_facts::RoleFacts;
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

    /// What a list of all roles shows as bytes, of which [`Pack::outline_page`] makes the page; none if it is too large
    /// for memory. To read all of the pack for it would take most of the time.
    #[must_use]
    pub fn to_outline(&self) -> Option<Vec<u8>> {
        let shown = |role: &Role| Role {
            id: role.id.clone(),
            name: role.name.clone(),
            family: role.family.clone(),
            facts: RoleFacts {
                summary: role.facts.summary.clone(),
                maori_name: role.facts.maori_name.clone(),
                reach: role.facts.reach.clone(),
                ..RoleFacts::default()
            },
            levels: Vec::new(),
            weights: Vec::new(),
            spreads: Vec::new(),
            deviations: Vec::new(),
            exposures: Vec::new(),
        };
        let roles: Vec<Role> = self.roles.iter().map(shown).collect();
        postcard::to_allocvec(&(roles, &self.attribution)).ok()
    }

    /// The roles, with no more than a list of them shows, and the attribution of the pack whose
    /// [`Pack::to_outline`] these bytes are; none where they are not whole.
    pub(crate) fn from_outline(bytes: &[u8]) -> Option<(Vec<Role>, Option<String>)> {
        postcard::from_bytes(bytes).ok()
    }
}
