//! Interface strings in one language, in the format of Project Fluent, and what is wrong in a file of them.

use crate::text::{nearest, unprintable};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};
use unic_langid::LanguageIdentifier;

/// The catalogue of the program itself: every message there is.
const ENGLISH: &str = include_str!("en-NZ.ftl");
/// Its language.
pub(crate) const OWN: &str = "en-NZ";

/// Messages of one language.
pub(crate) struct Catalogue {
    bundle: FluentBundle<Arc<FluentResource>>,
    resource: Arc<FluentResource>,
}

/// Something wrong at a place of a catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct CatalogueMistake {
    /// Where, in bytes.
    pub(crate) span: Range<usize>,
    /// What is wrong.
    pub(crate) title: String,
    /// What was found there.
    pub(crate) found: String,
    /// What would be right.
    pub(crate) help: String,
}

/// Messages in English whose ids begin with the same word.
#[derive(Default)]
struct EnglishPart {
    /// Each as it is written.
    written: Vec<&'static str>,
    read: OnceLock<Catalogue>,
}

impl EnglishPart {
    /// The part in which a message is, by the first word of its id.
    fn of(id: &str) -> Option<&'static Self> {
        static PARTS: OnceLock<BTreeMap<&'static str, EnglishPart>> = OnceLock::new();
        PARTS.get_or_init(Self::all).get(first_word(id))
    }

    fn all() -> BTreeMap<&'static str, Self> {
        let mut all: BTreeMap<&str, Self> = BTreeMap::new();
        let mut add = |written: &'static str| {
            let part = all.entry(first_word(written)).or_default();
            part.written.push(written);
        };
        let (mut begun, mut at) = (None, 0);
        for line in ENGLISH.split_inclusive('\n') {
            // what goes on is set in from the margin, or blank
            if line.starts_with(|c: char| c == '#' || c.is_ascii_alphabetic()) {
                if let Some(start) = begun.take() {
                    add(&ENGLISH[start..at]);
                }
                begun = (!line.starts_with('#')).then_some(at);
            }
            at += line.len();
        }
        if let Some(start) = begun {
            add(&ENGLISH[start..]);
        }
        all
    }
}

/// What stands before the first hyphen or space.
fn first_word(text: &str) -> &str {
    text.split(['-', ' ']).next().unwrap_or(text)
}

impl Catalogue {
    /// All messages in English.
    pub(crate) fn english() -> &'static Self {
        static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
        CATALOGUE.get_or_init(|| Self::of(OWN, ENGLISH).0)
    }

    /// A message in English with these values. Of the catalogue that part alone is read that it is in, as a run shows few
    /// messages and does not wait for the others.
    pub(crate) fn in_english(id: &str, values: &FluentArgs<'_>) -> Option<String> {
        let part = EnglishPart::of(id)?;
        let read = || Self::of(OWN, &part.written.concat()).0;
        part.read.get_or_init(read).message(id, values)
    }

    /// The messages of a text, and the mistakes of syntax in it.
    fn of(tag: &str, text: &str) -> (Self, Vec<CatalogueMistake>) {
        let (resource, errors) = match FluentResource::try_new(text.to_owned()) {
            Ok(resource) => (resource, Vec::new()),
            Err((resource, errors)) => (resource, errors),
        };
        let mistakes = errors.into_iter().map(|error| CatalogueMistake {
            span: whole_characters(text, error.pos),
            title: "this is no message of Fluent".to_owned(),
            found: error.kind.to_string(),
            help: "a message is one line: `quiz-your-answer = your answer`; what it shows of the quiz stands in \
                   braces: `{ $name }`"
                .to_owned(),
        });
        let mistakes = mistakes.collect();
        let tag: LanguageIdentifier = tag.parse().unwrap_or_default();
        let resource = Arc::new(resource);
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // marks that set strangers' text apart in lines of two directions would be shown as signs on terminals
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(Arc::clone(&resource));
        (Self { bundle, resource }, mistakes)
    }

    /// The messages that a file has in the language of this tag.
    ///
    /// # Errors
    /// Everything in it that could not be shown: mistakes of syntax, messages that the program does not have, and in
    /// a message what the program does not give it.
    pub(crate) fn read(tag: &str, text: &str) -> Result<Self, Vec<CatalogueMistake>> {
        let (read, mut mistakes) = Self::of(tag, text);
        let hidden = text
            .char_indices()
            .filter(|&(_, c)| c != '\n' && unprintable(c));
        mistakes.extend(hidden.map(|(at, c)| CatalogueMistake {
            span: at..at + c.len_utf8(),
            title: "a character that cannot be shown".to_owned(),
            found: format!("U+{:04X}", u32::from(c)),
            help: "take it out: a terminal would act on it instead of showing it".to_owned(),
        }));
        mistakes.extend(read.misfits(&Self::english().variables()));
        if mistakes.is_empty() {
            Ok(read)
        } else {
            Err(mistakes)
        }
    }

    /// A message with these values; none where it is absent or cannot be made of them.
    pub(crate) fn message(&self, id: &str, values: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.value()?;
        let mut errors = Vec::new();
        let text = self
            .bundle
            .format_pattern(pattern, Some(values), &mut errors);
        errors.is_empty().then(|| text.into_owned())
    }

    /// The ids of its messages, in the order of its text.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.resource.entries().filter_map(|entry| match entry {
            Entry::Message(message) => Some(message.id.name),
            _ => None,
        })
    }

    /// Whether it has a message.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    /// Each message with the values that it shows or chooses by, those of a message within it too.
    fn variables(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let mut all = BTreeMap::new();
        let mut within: Vec<(&str, &str)> = Vec::new();
        for entry in self.resource.entries() {
            let Entry::Message(message) = entry else {
                continue;
            };
            let (own, mut named) = (message.id.name, BTreeSet::new());
            if let Some(pattern) = &message.value {
                each_expression(pattern, &mut |expression| match expression {
                    InlineExpression::VariableReference { id } => {
                        named.insert(id.name);
                    }
                    InlineExpression::MessageReference { id, .. } => within.push((own, id.name)),
                    _ => {}
                });
            }
            all.insert(own, named);
        }
        for (outer, inner) in within {
            let more = all.get(inner).cloned().unwrap_or_default();
            all.entry(outer).or_default().extend(more);
        }
        all
    }

    /// What does not fit the messages of the program, each of which has these values.
    fn misfits(&self, known: &BTreeMap<&str, BTreeSet<&str>>) -> Vec<CatalogueMistake> {
        let mut mistakes = Vec::new();
        let mut seen = BTreeSet::new();
        for entry in self.resource.entries() {
            let (id, pattern, values) = match entry {
                Entry::Message(message) => {
                    let id = message.id.name;
                    let Some(values) = known.get(id) else {
                        let help = nearest(id, known.keys().copied()).map_or_else(
                            || "the catalogue of the program lists all messages".to_owned(),
                            |near| format!("did you mean `{near}`?"),
                        );
                        mistakes.push(self.mistake(id, "no message has this id", &help));
                        continue;
                    };
                    (id, message.value.as_ref(), Some(values))
                }
                Entry::Term(term) => (term.id.name, Some(&term.value), None),
                _ => continue,
            };
            if !seen.insert((id, values.is_some())) {
                mistakes.push(self.mistake(id, "two messages have this id", "ids are unique"));
            }
            let Some(pattern) = pattern else {
                mistakes.push(self.mistake(
                    id,
                    "this message has no text",
                    "write it after the `=`",
                ));
                continue;
            };
            each_expression(pattern, &mut |expression| {
                mistakes.extend(self.misfit(expression, values));
            });
        }
        mistakes
    }

    /// What is wrong with an expression of a message that has these values; terms have none.
    fn misfit(
        &self,
        expression: &InlineExpression<&str>,
        values: Option<&BTreeSet<&str>>,
    ) -> Option<CatalogueMistake> {
        match expression {
            InlineExpression::VariableReference { id } => {
                let values = values?;
                if values.contains(id.name) {
                    return None;
                }
                let all: Vec<String> = values.iter().map(|name| format!("${name}")).collect();
                let help = if all.is_empty() {
                    "this message shows nothing of the quiz: take it out".to_owned()
                } else {
                    format!("this message has {}", all.join(", "))
                };
                Some(self.mistake(id.name, "this message has no such value", &help))
            }
            InlineExpression::FunctionReference { id, .. } => {
                let help = "write the value alone: `{ $count }`";
                Some(self.mistake(id.name, "there are no functions here", help))
            }
            InlineExpression::MessageReference { id, attribute } => {
                let there = attribute.is_none() && self.bundle.has_message(id.name);
                let help = "name a message of this file";
                (!there).then(|| self.mistake(id.name, "no message has this id", help))
            }
            InlineExpression::StringLiteral { value }
                if value.contains("\\u") || value.contains("\\U") =>
            {
                let help = "write the character itself";
                Some(self.mistake(value, "a character is written by its number", help))
            }
            _ => None,
        }
    }

    fn mistake(&self, at: &str, title: &str, help: &str) -> CatalogueMistake {
        let start = at.as_ptr().addr() - self.resource.source().as_ptr().addr();
        CatalogueMistake {
            span: start..start + at.len(),
            title: title.to_owned(),
            found: "found here".to_owned(),
            help: help.to_owned(),
        }
    }
}

/// Every expression of a pattern, those within others too.
fn each_expression<'p>(
    pattern: &'p Pattern<&'p str>,
    see: &mut dyn FnMut(&'p InlineExpression<&'p str>),
) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            within(expression, see);
        }
    }
}

fn within<'p>(
    expression: &'p Expression<&'p str>,
    see: &mut dyn FnMut(&'p InlineExpression<&'p str>),
) {
    let (Expression::Inline(inline)
    | Expression::Select {
        selector: inline, ..
    }) = expression;
    see(inline);
    if let InlineExpression::Placeable { expression } = inline {
        within(expression, see);
    }
    if let Expression::Select { variants, .. } = expression {
        for variant in variants {
            each_expression(&variant.value, see);
        }
    }
}

/// A range of a text that begins and ends between characters.
fn whole_characters(text: &str, range: Range<usize>) -> Range<usize> {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(range.start);
    start..floor(range.end).max(start)
}

#[cfg(test)]
mod tests {
    use super::{Catalogue, EnglishPart};
    use fluent_bundle::FluentArgs;

    #[test]
    fn a_part_of_the_catalogue_says_what_the_whole_does() {
        let whole = Catalogue::english();
        let variables = whole.variables();
        assert!(variables.len() > 500);
        for (id, names) in variables {
            let mut values = FluentArgs::new();
            for name in names {
                values.set(name.to_owned(), 2);
            }
            let said = whole.message(id, &values);
            assert!(said.is_some(), "{id}");
            assert_eq!(Catalogue::in_english(id, &values), said, "{id}");
        }
        let parts = EnglishPart::all();
        let written: usize = parts.values().map(|part| part.written.len()).sum();
        assert_eq!(whole.ids().count(), written);
        assert_eq!(
            Catalogue::in_english("no-such-message", &FluentArgs::new()),
            None
        );
    }
}
