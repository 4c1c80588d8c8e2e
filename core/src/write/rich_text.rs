//! Running text with what is more than letters in it: links, typed commands, names in te reo Māori.
//! Nothing of it is markup yet; each writer makes it safe for whom it writes to.

use std::fmt::Write as _;

/// Characters after which an address in running text ends, however it goes on.
const AFTER_ADDRESS: &[char] = &['.', ',', ';', ':', '!', '?', ')', ']', '"', '\''];

/// Running text, in pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RichText(Vec<Span>);

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Span {
    /// Letters.
    Plain(String),
    /// What is typed, or stands in files.
    Code(String),
    /// Words in te reo Māori, so that a voice reads them as what they are.
    Maori(String),
    /// A link and its words.
    Link(String, LinkTarget),
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LinkTarget {
    /// An address of the web.
    Address(String),
    /// Another page of the same set, by its name without extension.
    Page(String),
    /// An item of the numbered list of this page, from 1.
    Item(usize),
}

impl Span {
    /// The letters of it.
    pub(crate) fn letters(&self) -> &str {
        match self {
            Self::Plain(text) | Self::Code(text) | Self::Maori(text) | Self::Link(text, _) => text,
        }
    }
}

impl RichText {
    /// A text of the program, in which backticks stand around what is typed.
    pub(crate) fn with_code(text: &str) -> Self {
        let pieces = text.split('`').enumerate();
        let spans = pieces.filter(|(_, piece)| !piece.is_empty());
        Self(
            spans
                .map(|(at, piece)| match at % 2 {
                    0 => Span::Plain(piece.to_owned()),
                    _ => Span::Code(piece.to_owned()),
                })
                .collect(),
        )
    }

    /// A text of a pack, in which addresses are links.
    pub(crate) fn with_addresses(text: &str) -> Self {
        let mut spans = Vec::new();
        let mut rest = text;
        while let Some(at) = ["https://", "http://"]
            .iter()
            .filter_map(|scheme| rest.find(scheme))
            .min()
        {
            let end = rest[at..].find(char::is_whitespace);
            let word = &rest[at..end.map_or(rest.len(), |end| at + end)];
            let address = word.trim_end_matches(AFTER_ADDRESS);
            if at > 0 {
                spans.push(Span::Plain(rest[..at].to_owned()));
            }
            spans.extend(Self::link(address, address).0);
            rest = &rest[at + address.len()..];
        }
        if !rest.is_empty() {
            spans.push(Span::Plain(rest.to_owned()));
        }
        Self(spans)
    }

    /// What is typed.
    pub(crate) fn code(text: impl Into<String>) -> Self {
        Self(vec![Span::Code(text.into())])
    }

    /// Words that lead to an address of the web; where it is none, both as they are.
    pub(crate) fn link(words: impl Into<String>, address: &str) -> Self {
        let words = words.into();
        if is_address(address) {
            let to = LinkTarget::Address(address.to_owned());
            Self(vec![Span::Link(words, to)])
        } else if words == address {
            Self::from(words)
        } else {
            Self::from(format!("{words} ({address})"))
        }
    }

    /// Words that lead to another page of the same set.
    pub(crate) fn page(words: impl Into<String>, name: &str) -> Self {
        let to = LinkTarget::Page(name.to_owned());
        Self(vec![Span::Link(words.into(), to)])
    }

    /// The number of an item of this page's numbered list.
    pub(crate) fn item(number: usize) -> Self {
        let to = LinkTarget::Item(number);
        Self(vec![Span::Link(number.to_string(), to)])
    }

    /// Words in te reo Māori.
    pub(crate) fn maori(words: &str) -> Self {
        Self(vec![Span::Maori(words.to_owned())])
    }

    /// A name with the one in te reo Māori beside it, where there is one.
    pub(crate) fn beside(self, maori: Option<&str>) -> Self {
        match maori {
            None => self,
            Some(maori) => self.and(" (").and(Self::maori(maori)).and(")"),
        }
    }

    /// Texts after each other with something between them.
    pub(crate) fn joined(texts: impl IntoIterator<Item = Self>, between: &str) -> Self {
        let mut all = Self::default();
        for (at, text) in texts.into_iter().enumerate() {
            all = if at == 0 {
                text
            } else {
                all.and(between).and(text)
            };
        }
        all
    }

    /// This and more after it.
    #[must_use]
    pub(crate) fn and(mut self, more: impl Into<Self>) -> Self {
        self.0.extend(more.into().0);
        self
    }

    /// Its pieces.
    pub(crate) fn spans(&self) -> &[Span] {
        &self.0
    }

    /// Whether there is nothing in it.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|span| span.letters().is_empty())
    }

    /// Its letters and nothing else.
    pub(crate) fn letters(&self) -> String {
        self.0.iter().map(Span::letters).collect()
    }

    /// As letters alone, an address in brackets after the words that lead to it.
    pub(crate) fn plain(&self) -> String {
        let mut text = String::new();
        for span in &self.0 {
            let _ = match span {
                Span::Link(words, LinkTarget::Address(address)) if words != address => {
                    write!(text, "{words} ({address})")
                }
                Span::Code(code) => write!(text, "`{code}`"),
                other => write!(text, "{}", other.letters()),
            };
        }
        text
    }
}

impl From<&str> for RichText {
    fn from(text: &str) -> Self {
        Self(vec![Span::Plain(text.to_owned())])
    }
}

impl From<&String> for RichText {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<String> for RichText {
    fn from(text: String) -> Self {
        Self(vec![Span::Plain(text)])
    }
}

/// Whether a text is an address that a link may lead to: of the web, and nothing but what an address
/// is made of (RFC 3986).
pub(crate) fn is_address(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        host.contains('.')
            && host.split('.').all(|label| !label.is_empty())
            && rest
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&b))
    })
}

#[cfg(test)]
mod tests {
    use super::{RichText, is_address};

    #[test]
    fn addresses_in_a_text_end_where_the_sentence_goes_on() {
        let text = "See (https://a.nz/b/), or http://c.org/d?e=f. Then https://g.nz";
        let rich = RichText::with_addresses(text);
        let words: Vec<&str> = rich.spans().iter().map(super::Span::letters).collect();
        let expected = [
            "See (",
            "https://a.nz/b/",
            "), or ",
            "http://c.org/d?e=f",
            ". Then ",
            "https://g.nz",
        ];
        assert_eq!(words, expected);
        assert_eq!(rich.plain(), text);
        for odd in ["https://", "a https:// b", "https://x y", ""] {
            assert_eq!(RichText::with_addresses(odd).plain(), odd);
        }
    }

    #[test]
    fn a_link_leads_nowhere_but_to_the_web() {
        for good in ["https://a.nz", "http://a.b.nz/c(d)?e=f&g#h"] {
            assert!(is_address(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "https://a",
            "https://a..nz",
            "https://a.nz/ b",
            "https://a.nz/\"onclick=x",
            "https://a.nz/<b>",
            "data:text/html,x",
            "//a.nz",
        ] {
            assert!(!is_address(bad), "{bad}");
        }
        let plain = RichText::link("here", "javascript:alert(1)").plain();
        assert_eq!(plain, "here (javascript:alert(1))");
        assert_eq!(
            RichText::link("here", "https://a.nz").plain(),
            "here (https://a.nz)"
        );
        assert_eq!(
            RichText::with_code("type `a b` now").plain(),
            "type `a b` now"
        );
    }
}
