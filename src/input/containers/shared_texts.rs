//! Whether an XLSX states as many shared texts as it can have: what reads it makes room for as many as are stated, and
//! a file of 3 kB may state four billion.

use crate::input::containers::book_parts;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::io::{BufRead, BufReader, Read as _};

/// Bytes of the part before its first element, which states the number.
const HEAD: u64 = 64 << 10;
/// Bytes of the shortest element of a text: `<si/>`.
const SHORTEST: u64 = 5;

/// Holds that the texts that are stated have room in the part that holds them. An archive that is damaged is left to
/// who reads it.
///
/// # Errors
/// How many are stated, where they have none.
pub(super) fn bounded(bytes: &[u8]) -> Result<(), String> {
    book_parts::each(bytes, |name, size, part| {
        if name.ends_with("sharedstrings.xml") {
            return stated(BufReader::new(part.take(HEAD)), size);
        }
        Ok(())
    })
}

/// Looks at the head of a part of so many bytes.
fn stated(head: impl BufRead, size: u64) -> Result<(), String> {
    let mut reader = Reader::from_reader(head);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let element = match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element) | Event::Empty(element)) => element,
            // no element yet; what is damaged is left to who reads the workbook
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => continue,
        };
        // as it is read: an attribute that is given twice counts, too
        for attribute in element.attributes().with_checks(false).flatten() {
            let number = attribute.value.trim().parse::<u64>().unwrap_or(0);
            if attribute.key.as_ref() == "uniqueCount" && number > size / SHORTEST {
                return Err(format!(
                    "it states {number} shared texts in a part of {size} bytes"
                ));
            }
        }
        return Ok(());
    }
}

#[cfg(test)]
mod tests {
    use super::stated;

    #[test]
    fn no_more_texts_are_stated_than_fit() {
        let part = |count: &str| {
            format!("<?xml version=\"1.0\"?><sst uniqueCount=\"{count}\"><si/><si/></sst>")
        };
        let looked_at = |count: &str| {
            let part = part(count);
            stated(part.as_bytes(), part.len() as u64)
        };
        assert_eq!(looked_at("2"), Ok(()));
        assert_eq!(looked_at("x"), Ok(()));
        let refused = looked_at("4294967295").expect_err("they do not fit");
        assert!(refused.contains("4294967295 shared texts"), "{refused}");
        // what reads it takes the last of them
        let twice = looked_at("1\"|x uniqueCount=\"2 t=4\" uniqueCount=\"4294967295");
        let refused = twice.expect_err("the last of them does not fit");
        assert!(refused.contains("4294967295 shared texts"), "{refused}");
        assert_eq!(stated(b"no xml".as_slice(), 6), Ok(()));
    }
}
