//! Which question a header means: by its id, by its text, or by both, in the ways that forms and
//! statistics programs write them. A near miss is never taken, only offered.

use crate::input::fold::{as_id, fold};
use rolescope_core::text::nearest;
use rolescope_core::{Pack, QuestionIx};
use std::collections::HashMap;

/// By what a header was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderRule {
    /// It is the id.
    Id,
    /// It is the id, with other characters for its hyphens or in other letters.
    IdVariant,
    /// It is the text.
    Text,
    /// The text stands in square brackets behind something else.
    Bracketed,
    /// A number stands before the text.
    Numbered,
    /// The id stands before the text.
    IdAndText,
    /// A map says so.
    Mapped,
}

impl HeaderRule {
    /// The rule in a few words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Id => "its id",
            Self::IdVariant => "its id, written otherwise",
            Self::Text => "its text",
            Self::Bracketed => "its text in brackets",
            Self::Numbered => "a number and its text",
            Self::IdAndText => "its id and its text",
            Self::Mapped => "the map",
        }
    }
}

/// What a header means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeaderMeaning {
    /// No question.
    None,
    /// One question.
    One {
        /// The question.
        question: QuestionIx,
        /// By what it was known.
        rule: HeaderRule,
        /// Whether a number in brackets stood behind it, as programs write behind a header that they
        /// have used already.
        repeated: bool,
    },
    /// More than one question.
    Several(Vec<QuestionIx>),
}

/// The ids and texts of a pack's questions, folded.
#[derive(Clone, Debug)]
pub struct QuestionIndex {
    exact: HashMap<String, QuestionIx>,
    ids: HashMap<String, QuestionIx>,
    texts: HashMap<String, Vec<QuestionIx>>,
    /// Ids and texts as they are written, for what is offered.
    written: Vec<(String, QuestionIx)>,
    /// Bytes of the longest of them.
    longest: usize,
}

impl QuestionIndex {
    /// The questions of a pack.
    #[must_use]
    pub fn new(pack: &Pack) -> Self {
        let mut index = Self {
            exact: HashMap::new(),
            ids: HashMap::new(),
            texts: HashMap::new(),
            written: Vec::new(),
            longest: 0,
        };
        for (q, question) in pack.questions().iter().enumerate() {
            index.exact.insert(question.id().to_owned(), q);
            index.ids.insert(as_id(&fold(question.id())), q);
            let same = index.texts.entry(fold(question.text())).or_default();
            same.push(q);
            index.written.push((question.id().to_owned(), q));
            index.written.push((fold(question.text()), q));
        }
        // LimeSurvey's names have letters and digits only
        for (q, question) in pack.questions().iter().enumerate() {
            let name = fold(question.id()).replace('-', "x");
            index.ids.entry(name).or_insert(q);
        }
        let lengths = index.written.iter().map(|(name, _)| name.len());
        index.longest = lengths.max().unwrap_or_default();
        index
    }

    /// How many questions there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.exact.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.exact.is_empty()
    }

    /// The question of this very id.
    #[must_use]
    pub fn exact(&self, id: &str) -> Option<QuestionIx> {
        self.exact.get(id).copied()
    }

    /// What a header means.
    #[must_use]
    pub fn meaning(&self, header: &str) -> HeaderMeaning {
        if let Some(question) = self.exact(header.trim()) {
            return one(question, HeaderRule::Id, false);
        }
        let folded = fold(header);
        if folded.is_empty() {
            return HeaderMeaning::None;
        }
        let found = self.whole(&folded, false);
        if found != HeaderMeaning::None {
            return found;
        }
        match without_repeat(&folded) {
            Some(base) => self.whole(base, true),
            None => HeaderMeaning::None,
        }
    }

    /// The question that a header may have been meant for; to be offered, never taken.
    #[must_use]
    pub fn near(&self, header: &str) -> Option<QuestionIx> {
        let folded = fold(header);
        // `helping1` is nearest to the id with the same letters and digits
        let bare = |text: &str| text.replace(['-', '_', '.', ' '], "");
        let same = |(name, _): &&(String, QuestionIx)| bare(name) == bare(&folded);
        // what is far longer than any of them is like none
        if folded.is_empty() || folded.len() > 2 * self.longest {
            return None;
        }
        let found = self.written.iter().find(same).map(|(_, q)| *q);
        found.or_else(|| {
            let names = self.written.iter().map(|(name, _)| name.as_str());
            let near = nearest(&folded, names)?;
            let found = self.written.iter().find(|(name, _)| name == near);
            found.map(|(_, q)| *q)
        })
    }

    fn whole(&self, folded: &str, repeated: bool) -> HeaderMeaning {
        if let Some(&question) = self.ids.get(&as_id(folded)) {
            return one(question, HeaderRule::IdVariant, repeated);
        }
        if let Some(found) = self.text(folded, HeaderRule::Text, repeated) {
            return found;
        }
        if let Some(found) = in_brackets(folded)
            .and_then(|inner| self.text(&fold(inner), HeaderRule::Bracketed, repeated))
        {
            return found;
        }
        self.prefixed(folded, repeated)
    }

    fn text(&self, folded: &str, rule: HeaderRule, repeated: bool) -> Option<HeaderMeaning> {
        Some(match self.texts.get(folded)?[..] {
            [question] => one(question, rule, repeated),
            ref several => HeaderMeaning::Several(several.to_vec()),
        })
    }

    /// A number or an id, then the text.
    fn prefixed(&self, folded: &str, repeated: bool) -> HeaderMeaning {
        const DIVIDES: [char; 7] = ['.', ':', ')', ' ', '-', ']', '_'];
        let ends = folded.char_indices().filter(|(_, c)| DIVIDES.contains(c));
        for (at, c) in ends {
            let rest = &folded[at + c.len_utf8()..];
            // of several that follow each other the last one divides: each of them is one of the above
            if rest.starts_with([' ', '.', ':', ')', '-']) {
                continue;
            }
            // a long header has many places to divide it, and is not looked up whole at each
            let known = (rest.len() <= self.longest).then(|| self.texts.get(rest));
            let Some(of_text) = known.flatten() else {
                continue;
            };
            let prefix = folded[..=at].trim_matches([' ', '.', ':', '(', ')', '[', ']', '-', '_']);
            if let Some(&of_id) = self.ids.get(&as_id(prefix)) {
                if of_text.contains(&of_id) {
                    return one(of_id, HeaderRule::IdAndText, repeated);
                }
                let several = [of_id].into_iter().chain(of_text.iter().copied());
                return HeaderMeaning::Several(several.collect());
            }
            if is_number(prefix) {
                return self
                    .text(rest, HeaderRule::Numbered, repeated)
                    .unwrap_or(HeaderMeaning::None);
            }
        }
        HeaderMeaning::None
    }
}

const fn one(question: QuestionIx, rule: HeaderRule, repeated: bool) -> HeaderMeaning {
    HeaderMeaning::One {
        question,
        rule,
        repeated,
    }
}

/// Whether a prefix numbers a question: `12`, `q12`, `question 12`, `q3_1`, `1.2`.
fn is_number(prefix: &str) -> bool {
    let words = ["question", "item", "q", "no", "nr", "#"];
    let rest = words
        .iter()
        .find_map(|word| prefix.strip_prefix(word))
        .unwrap_or(prefix);
    let rest = rest.trim_start_matches([' ', '.', '-', '_']);
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    rest.len() <= 12 && rest.split(['.', '_', '-']).all(digits)
}

/// What stands in the last square brackets, which end the text.
fn in_brackets(folded: &str) -> Option<&str> {
    let inner = folded.strip_suffix(']')?;
    let mut depth = 1;
    for (at, c) in inner.char_indices().rev() {
        match c {
            ']' => depth += 1,
            '[' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(&inner[at + 1..]);
        }
    }
    None
}

/// A header without the number in brackets that a program put behind one it had used already.
fn without_repeat(folded: &str) -> Option<&str> {
    let (base, number) = folded.strip_suffix(')')?.rsplit_once('(')?;
    let number = number.trim();
    let is = !number.is_empty() && number.len() < 4 && number.bytes().all(|b| b.is_ascii_digit());
    is.then(|| base.trim_end_matches([' ', '.', ':', '?', '!', ',', ';', '*']))
}

#[cfg(test)]
mod tests {
    use super::{HeaderMeaning, HeaderRule, QuestionIndex};
    use crate::builtin::built_in;
    use rolescope_core::Pack;

    #[test]
    fn headers_of_many_programs_are_known_and_near_misses_are_not() {
        let pack = Pack::parse(&built_in()).expect("the pack is valid");
        let index = QuestionIndex::new(&pack);
        let id = |header: &str| match index.meaning(header) {
            HeaderMeaning::One {
                question,
                rule,
                repeated,
            } => Some((pack.questions()[question].id(), rule, repeated)),
            _ => None,
        };
        let text = "Helping a worried person feel calmer";
        let (h, first) = ("helping-1", Some(("helping-1", HeaderRule::Text, false)));
        for (header, rule) in [
            ("helping-1", HeaderRule::Id),
            (" helping-1 ", HeaderRule::Id),
            ("Helping_1", HeaderRule::IdVariant),
            ("helping.1", HeaderRule::IdVariant),
            ("HELPING 1", HeaderRule::IdVariant),
            ("helping\u{2013}1", HeaderRule::IdVariant),
            ("helpingX1", HeaderRule::IdVariant),
            (text, HeaderRule::Text),
            ("helping a  WORRIED person feel calmer.", HeaderRule::Text),
            (
                "What you like to do [Helping a worried person feel calmer]",
                HeaderRule::Bracketed,
            ),
            (
                "[Helping a worried person feel calmer.]",
                HeaderRule::Bracketed,
            ),
            (
                "12. Helping a worried person feel calmer",
                HeaderRule::Numbered,
            ),
            (
                "Q12: Helping a worried person feel calmer",
                HeaderRule::Numbered,
            ),
            (
                "Q3_1 - Helping a worried person feel calmer",
                HeaderRule::Numbered,
            ),
            (
                "(4) Helping a worried person feel calmer",
                HeaderRule::Numbered,
            ),
            (
                "helping-1. Helping a worried person feel calmer",
                HeaderRule::IdAndText,
            ),
            (
                "helping_1: Helping a worried person feel calmer?",
                HeaderRule::IdAndText,
            ),
        ] {
            assert_eq!(id(header), Some((h, rule, false)), "{header:?}");
        }
        assert_eq!(id(text), first);
        assert_eq!(
            id(&format!("{text} (2)")),
            Some((h, HeaderRule::Text, true))
        );
        for header in [
            "helping1",
            "helping",
            "helping-11",
            "Helping a worried person",
            "",
            "id",
            "physics",
        ] {
            assert_eq!(id(header), None, "{header:?}");
        }
        let near = |header: &str| index.near(header).map(|q| pack.questions()[q].id());
        assert_eq!(near("helping1"), Some(h));
        assert_eq!(near("Helping a worried persons feel calmer"), Some(h));
        let crossed = index.meaning("physics-1. Helping a worried person feel calmer");
        assert!(matches!(crossed, HeaderMeaning::Several(two) if two.len() == 2));
    }
}
