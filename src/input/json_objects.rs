//! Where objects of JSON begin and end that may go over several lines, or stand in an array.
//!
//! An object that is damaged must not take those behind it along: what can be no JSON any more ends
//! where something begins that looks like the next record.

use memchr::{memchr, memchr3};

/// What may stand between objects.
pub(crate) const fn between(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b',' | b'[' | b']')
}

/// How an object ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// Behind so many bytes.
    Whole(usize),
    /// Not at all: what stands behind so many bytes cannot belong to it.
    Broken(usize),
    /// Behind the bytes that are there.
    Cut,
}

/// How the object ends that begins with the first of the bytes. Only what tells objects apart is looked
/// at: names and values are not.
fn end_of(bytes: &[u8]) -> End {
    // for each object or array that is open, whether it is an object
    let mut open: Vec<bool> = Vec::new();
    // whether a value may follow, and whether it must be a name
    let (mut at, mut value, mut name) = (0, true, false);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' => {}
            b'{' | b'[' if value && !name => {
                name = byte == b'{';
                open.push(name);
            }
            b'}' | b']' if open.last() == Some(&(byte == b'}')) => {
                open.pop();
                if open.is_empty() {
                    return End::Whole(at + 1);
                }
                (value, name) = (false, false);
            }
            b',' if !value => (value, name) = (true, open.last() == Some(&true)),
            b':' if !value => value = true,
            b'"' if value => {
                let Some(length) = text_end(&bytes[at..]) else {
                    return End::Cut;
                };
                at += length - 1;
                if bytes[at] != b'"' {
                    return End::Broken(at); // a text has no line breaks
                }
                (value, name) = (false, false);
            }
            _ if value && !name && bare(byte) => {
                let more = bytes[at..].iter().take_while(|b| bare(**b)).count();
                at += more - 1;
                value = false;
            }
            _ => return End::Broken(at),
        }
        at += 1;
    }
    End::Cut
}

/// What a number or a word without quotes may hold.
const fn bare(byte: u8) -> bool {
    !matches!(
        byte,
        b' ' | b'\t' | b'\n' | b'\r' | b'{' | b'}' | b'[' | b']' | b',' | b':' | b'"'
    )
}

/// Where the text ends that a quote opens, or its line; none where the bytes end before.
fn text_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += memchr3(b'"', b'\\', b'\n', bytes.get(at..)?)? + 1;
        if bytes[at - 1] != b'\\' {
            return Some(at);
        }
        if bytes.get(at)? != &b'\n' {
            at += 1;
        }
    }
}

/// Where the object ends that begins here; none where it does not, or is none.
pub(crate) fn object_end(bytes: &[u8]) -> Option<usize> {
    match end_of(bytes) {
        End::Whole(length) if bytes.first() == Some(&b'{') => Some(length),
        _ => None,
    }
}

/// How many bytes the object has that begins here, or else what stands in the place of one: up to where
/// one may begin. None where the bytes end before that can be said.
pub(crate) fn piece(bytes: &[u8]) -> Option<usize> {
    if bytes.first() != Some(&b'{') {
        return misplaced(bytes);
    }
    match end_of(bytes) {
        End::Cut => None,
        End::Broken(at) => next_record(bytes, 1, at),
        End::Whole(length) => {
            let rest = &bytes[length..];
            let behind = rest.iter().position(|b| *b == b'\n' || !between(*b))?;
            let cut_off = match rest[behind] {
                b':' | b'}' => true,
                // the name that records begin with is the next one's, whose brace is missing
                b'"' => match name(&rest[behind..]) {
                    Name::Cut => return None,
                    name => name == Name::None || name != first_name(bytes),
                },
                _ => false,
            };
            if cut_off {
                // by a brace too many, and so the object is not what it was
                return next_record(bytes, length, length);
            }
            Some(length)
        }
    }
}

/// The same where the bytes end behind a piece, as those do that [`last_end`] has told.
pub(crate) fn last_piece(bytes: &[u8]) -> usize {
    let all = bytes.len();
    if let Some(length) = piece(bytes) {
        return length;
    }
    match end_of(bytes) {
        _ if bytes.first() != Some(&b'{') => all,
        End::Whole(length) if bytes[length..].iter().all(|b| between(*b)) => length,
        End::Cut => next_record(bytes, 1, all).unwrap_or(all),
        _ => all,
    }
}

/// The length of something that is no object.
fn misplaced(bytes: &[u8]) -> Option<usize> {
    let word = bytes.iter().position(|b| !bare(*b))?;
    let behind = bytes[word..]
        .iter()
        .find(|b| !matches!(b, b' ' | b'\t' | b'\r'))?;
    if word > 0 && matches!(behind, b',' | b']' | b'\n') {
        return Some(word); // a value that stands alone
    }
    next_record(bytes, 1, 1)
}

/// Where the next record seems to begin in bytes that are damaged from `broken` on: with the name that
/// the damaged one begins with (looked for from `from` on, for a part that was cut out may hide where it
/// ends), or at the start of a line. None where the bytes end before that can be said.
fn next_record(bytes: &[u8], from: usize, broken: usize) -> Option<usize> {
    let own = match first_name(bytes) {
        Name::Is(name) => Some(name),
        _ => None,
    };
    let mut at = from;
    loop {
        at += memchr(b'{', bytes.get(at..)?)?;
        let before = bytes[..at].trim_ascii_end();
        let begins_line = bytes[before.len()..at].contains(&b'\n');
        let behind = before.last().copied().unwrap_or_default();
        let is_value = matches!(behind, b':' | b'[');
        if at >= broken && begins_line && !is_value && (own.is_none() || bytes[at - 1] == b'\n') {
            return Some(at);
        }
        if begins_line || behind == b',' {
            let divides =
                behind == b',' && before[..before.len() - 1].trim_ascii_end().ends_with(b"}");
            match first_name(&bytes[at..]) {
                Name::Is(name) if Some(name) == own || name == b"id" => return Some(at),
                Name::Is(_) if own.is_none() && divides => return Some(at),
                Name::Cut => return None,
                _ => {}
            }
        }
        at += 1;
    }
}

/// A name in quotes.
#[derive(PartialEq, Eq)]
enum Name<'a> {
    Is(&'a [u8]),
    None,
    /// The bytes end before it does.
    Cut,
}

/// The name that bytes begin with, if it is a plain one: without what may begin a record, so that it is
/// the same whether more bytes are there or not.
fn name(bytes: &[u8]) -> Name<'_> {
    let text = match bytes.strip_prefix(b"\"") {
        Some(text) => text,
        None if bytes.is_empty() => return Name::Cut,
        None => return Name::None,
    };
    let end = text
        .iter()
        .position(|b| matches!(b, b'"' | b'\\' | b'\n' | b'{'));
    match end {
        Some(end) if text[end] == b'"' => Name::Is(&text[..end]),
        Some(_) => Name::None,
        None => Name::Cut,
    }
}

/// The first name in the object that begins with the first of the bytes.
fn first_name(bytes: &[u8]) -> Name<'_> {
    match bytes.strip_prefix(b"{") {
        Some(within) => name(within.trim_ascii_start()),
        None => Name::None,
    }
}

/// Where the last whole object ends, and what stands between objects behind it.
pub(crate) fn last_end(bytes: &[u8]) -> usize {
    let mut at = 0;
    loop {
        at += bytes[at..].iter().take_while(|b| between(**b)).count();
        match piece(&bytes[at..]) {
            Some(length) => at += length,
            None => return at,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{between, last_end, last_piece, object_end};
    use crate::input::record_splitter::{Splitting, tests::pieces};
    use proptest::prelude::*;

    /// What a reader of the pieces of a text takes for an object each.
    fn records(text: &str, size: usize) -> Vec<String> {
        let mut all = Vec::new();
        for (_, piece) in pieces(text.as_bytes(), Splitting::Objects, size) {
            let mut rest = &piece[..];
            loop {
                rest = &rest[rest.iter().take_while(|b| between(**b)).count()..];
                if rest.is_empty() {
                    break;
                }
                let (one, more) = rest.split_at(last_piece(rest));
                all.push(String::from_utf8_lossy(one).trim_end().to_owned());
                rest = more;
            }
        }
        all
    }

    #[test]
    fn what_is_no_object_is_no_end() {
        for (text, end) in [
            ("[{},\n {", 6),
            ("[{}, 5, {}", 8),
            ("[{}, 5, {}\n", 11),
            ("[{}]\n", 5),
            ("x", 0),
            ("x\n{}\n", 5),
        ] {
            assert_eq!(last_end(text.as_bytes()), end, "{text}");
        }
    }

    #[test]
    fn objects_end_where_they_do() {
        for (text, end) in [
            ("{}", Some(2)),
            ("{\"a\": {\"}\": 1}}, {", Some(15)),
            ("{\"a\\\"}\": 1}", Some(11)),
            ("{\"a\": [1, {\"b\": null}, []]}", Some(27)),
            ("{\n}\n", Some(3)),
            ("{\"a\": 1", None),
            ("{\"a\": 1]}", None),
            ("{\"a", None),
            ("{\"a\\", None),
            ("[]", None),
            ("", None),
        ] {
            assert_eq!(object_end(text.as_bytes()), end, "{text}");
        }
    }

    #[test]
    fn a_damaged_object_takes_none_behind_it_along() {
        let [a, b, c] = ["a", "b", "c"].map(|id| {
            format!("{{\"id\": \"{id}\", \"answers\": {{\"helping-1\": 4, \"making-1\": 2}}}}")
        });
        let pretty = |one: &str| one.replace("{\"", "{\n  \"").replace("}}", "\n}}");
        for (a, b, c) in [
            (a.clone(), b.clone(), c.clone()),
            (pretty(&a), pretty(&b), pretty(&c)),
        ] {
            for damaged in [
                b.replacen("4,", "4\"", 1),
                b.replacen(": \"b", ": b", 1),
                b.replacen("\"id", "id", 1),
                b.replacen("}}", "}", 1),
                b.replacen("}}", "}}}", 1),
                b.replacen(", \"making", "}}, \"making", 1),
                b.replacen('{', "", 1),
                b.replacen(": {", ": ", 1),
                b.replacen(": {", ": [", 1),
                b[..b.len() / 2].to_owned(),
                b[..b.len() - 8].to_owned(),
                format!("x{b}"),
                "null".to_owned(),
            ] {
                for (open, between, close) in [
                    ("", "\n", "\n"),
                    ("[", ", ", "]"),
                    ("[\n  ", ",\n  ", "\n]\n"),
                ] {
                    let text = format!("{open}{a}{between}{damaged}{between}{c}{close}");
                    let found = records(&text, 1 << 20);
                    let [first, _, last] = &found[..] else {
                        panic!("{found:#?}");
                    };
                    assert_eq!((first, last), (&a, &c), "{text}");
                    let many = format!("{text}{between}{}", [&*c; 9].join(between));
                    assert_eq!(records(&many, 300).len(), 12, "{many}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn objects_of_any_text_are_the_same_wherever_pieces_are_cut(
            text in "([{}\\[\\]:,\"\\\\\n ax]|\\{\"id\":|\\{\"a\":|\\},){0,40}",
        ) {
            let whole = records(&text, 1000);
            for size in 1..text.len() + 2 {
                prop_assert_eq!(&records(&text, size), &whole, "{}", size);
            }
        }
    }
}
