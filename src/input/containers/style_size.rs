//! Whether the parts of an XLSX that are read at once, before any cell, have room: each style of a cell is made with
//! copies of its font and its number format, so that a file of 2 kB may ask for any amount.

use crate::input::containers::book_parts;
use crate::input::containers::ods_size::texts_bounded;
use quick_xml::Reader;
use quick_xml::events::Event;
use std::io::{BufRead, BufReader, Read as _};

/// Bytes of the part with the styles, of the one with the names of the sheets, and of each that says where parts are.
const LARGEST: u64 = 32 << 20;
/// Styles of cells, twice: those that have a name, and those that cells have. A spreadsheet program takes 65,490.
const STYLES: usize = 1 << 17;
/// Bytes of a text of a style. The name of a font has 31 letters, a number format 255.
const LONGEST: usize = 2048;

/// Holds that these parts have room, and the texts that cells share. An archive that is damaged is left to who reads
/// it.
///
/// # Errors
/// What is over a bound.
pub(super) fn bounded(bytes: &[u8]) -> Result<(), String> {
    book_parts::each(bytes, |name, size, part| {
        if name.ends_with("sharedstrings.xml") || name.ends_with("sharedstrings.bin") {
            texts_bounded(size)?;
        }
        let at_once = ["styles.xml", "workbook.xml", "workbook.bin", ".rels"];
        if size > LARGEST && at_once.iter().any(|end| name.ends_with(end)) {
            return Err(format!(
                "its part {name} has {size} bytes, more than {LARGEST}"
            ));
        }
        if name.ends_with("styles.xml") {
            styles_bounded(BufReader::new(part.take(LARGEST)))?;
        }
        Ok(())
    })
}

/// Counts the styles of cells of a part.
fn styles_bounded(part: impl BufRead) -> Result<(), String> {
    let mut reader = Reader::from_reader(part);
    let (mut buffer, mut styles) = (Vec::new(), 0);
    loop {
        buffer.clear();
        let element = match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element) | Event::Empty(element)) => element,
            // what is damaged is left to who reads the workbook
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => continue,
        };
        styles += usize::from(element.local_name().as_ref() == "xf");
        if styles > STYLES {
            return Err(format!("it has over {STYLES} styles of cells"));
        }
        let mut texts = element.attributes().flatten();
        if let Some(long) = texts.find(|text| text.value.len() > LONGEST) {
            return Err(format!(
                "a text of its styles has {} bytes, more than {LONGEST}",
                long.value.len()
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::styles_bounded;

    #[test]
    fn styles_are_counted_and_their_texts_are_short() {
        let part = |fonts: &str, styles: usize| {
            let styles = "<xf fontId=\"0\"/>".repeat(styles);
            let part = format!(
                "<styleSheet><fonts>{fonts}</fonts><cellXfs>{styles}</cellXfs></styleSheet>"
            );
            styles_bounded(part.as_bytes())
        };
        let font = |length: usize| {
            let name = "a".repeat(length);
            format!("<font><name val=\"{name}\"/></font>")
        };
        assert_eq!(part(&font(2048), 1 << 17), Ok(()));
        let said = part("", (1 << 17) + 1).expect_err("one more");
        assert!(said.contains("over 131072 styles"), "{said}");
        let said = part(&font(2049), 1).expect_err("too long");
        assert!(said.contains("2049 bytes, more than 2048"), "{said}");
        assert_eq!(styles_bounded(b"no xml".as_slice()), Ok(()));
        // a prefix is what the file says
        let other = "<x:xf/>".repeat((1 << 17) + 1);
        assert!(styles_bounded(format!("<x:a>{other}</x:a>").as_bytes()).is_err());
    }
}
