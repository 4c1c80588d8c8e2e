//! Where objects of JSON begin and end that may go over several lines, or stand in an array.

use memchr::memchr2;

/// What may stand between objects.
pub(crate) const fn between(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b',' | b'[' | b']')
}

/// Where the object ends that begins here; none where it does not, or is none.
pub(crate) fn object_end(bytes: &[u8]) -> Option<usize> {
    if bytes.first() != Some(&b'{') {
        return None;
    }
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            b'"' => loop {
                at += memchr2(b'"', b'\\', &bytes[at..])? + 1;
                if bytes[at - 1] == b'"' {
                    break;
                }
                at += 1;
                if at > bytes.len() {
                    return None;
                }
            },
            _ => {}
        }
    }
    None
}

/// How many bytes the object has that begins here, or else what stands in the place of one: up to where
/// one may begin. None where the bytes end before that can be said.
pub(crate) fn piece(bytes: &[u8]) -> Option<usize> {
    if bytes.first() == Some(&b'{') {
        return object_end(bytes);
    }
    let next = bytes.iter().skip(1).position(|b| matches!(b, b'{' | b'\n'));
    next.map(|next| next + 1)
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
    use super::{last_end, object_end};

    #[test]
    fn what_is_no_object_is_no_end() {
        for (text, end) in [
            ("[{},\n {", 6),
            ("[{}, 5, {}", 10),
            ("[{}]\n", 5),
            ("x", 0),
            ("x\n{}", 4),
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
            ("{\n}\n", Some(3)),
            ("{\"a\": 1", None),
            ("{\"a", None),
            ("{\"a\\", None),
            ("[]", None),
            ("", None),
        ] {
            assert_eq!(object_end(text.as_bytes()), end, "{text}");
        }
    }
}
