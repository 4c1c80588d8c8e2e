//! A logo for pages: a PNG or SVG file of bounded size that shows a picture, does nothing and needs nothing else. It is
//! taken as it is or refused with the place and the reason, never changed.

use crate::error::{Error, Result};
use flate2::Crc;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use rolescope_core::text::inert;
use std::io::Read as _;
use std::path::Path;

/// Maximum size of the file, in bytes: every page holds it.
const LARGEST: u64 = 256 << 10;
/// Maximum width and height of a PNG, in pixels.
const WIDEST: u32 = 4096;
/// How a PNG file begins.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
/// The namespace of SVG.
const SVG: &str = "http://www.w3.org/2000/svg";
/// Elements that run something, show something that is no drawing, or change attributes later, in small letters.
const REFUSED: &[(&str, &str)] = &[
    ("script", "a script"),
    ("handler", "a script"),
    ("listener", "a script"),
    ("foreignobject", "a foreign object"),
    ("iframe", "another page"),
    ("frame", "another page"),
    ("object", "a foreign object"),
    ("embed", "a foreign object"),
    ("audio", "sound"),
    ("video", "a film"),
    ("canvas", "a canvas"),
    ("link", "an external reference"),
    ("animate", "an animation"),
    ("animatecolor", "an animation"),
    ("animatemotion", "an animation"),
    ("animatetransform", "an animation"),
    ("set", "an animation"),
    ("discard", "an animation"),
];

/// Reads a logo and ensures that it is one.
///
/// # Errors
/// When it cannot be read, is too large, is neither PNG nor SVG, is damaged, or does more than show a picture.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    let name = path.display().to_string();
    let cannot = |source| Error::io(format!("cannot read {name}"), source);
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(cannot)?;
    file.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(cannot)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Error::failed(format!(
            "{name} has over {} KiB, and each page would hold it: save the logo smaller, some 600 pixels wide",
            LARGEST >> 10
        )));
    }
    parse(&name, &bytes)?;
    Ok(bytes)
}

/// Ensures that bytes are a logo; `name` is what messages call it.
///
/// # Errors
/// As [`read`], for all but the file itself.
pub fn parse(name: &str, bytes: &[u8]) -> Result<()> {
    let checked = if bytes.starts_with(PNG) {
        png(bytes).map_err(|why| format!("{name}: {why}"))
    } else {
        svg(bytes).map_err(|(place, why)| match place {
            Some((line, column)) => format!("{name}:{line}:{column}: {why}"),
            None => format!("{name}: {why}"),
        })
    };
    checked.map_err(Error::failed)
}

/// Checks a PNG: its pieces one after another, each with its check sum, and nothing after the last.
fn png(bytes: &[u8]) -> std::result::Result<(), String> {
    let cut = || "the PNG is cut short".to_owned();
    let mut rest = &bytes[PNG.len()..];
    let mut pieces = 0;
    loop {
        let (head, after) = rest.split_at_checked(8).ok_or_else(cut)?;
        let size = u32::from_be_bytes([head[0], head[1], head[2], head[3]]);
        let kind = &head[4..];
        let size = usize::try_from(size).map_err(|_| cut())?;
        let (data, after) = after.split_at_checked(size).ok_or_else(cut)?;
        let (sum, after) = after.split_at_checked(4).ok_or_else(cut)?;
        let mut found = Crc::new();
        found.update(kind);
        found.update(data);
        if found.sum().to_be_bytes() != sum {
            let at = bytes.len() - rest.len();
            return Err(format!(
                "the PNG is damaged: the check sum of the piece at byte {at} is another"
            ));
        }
        if pieces == 0 {
            let pixels = |at: usize| {
                u32::from_be_bytes([data[at], data[at + 1], data[at + 2], data[at + 3]])
            };
            if kind != b"IHDR" || data.len() != 13 {
                return Err("the PNG is damaged: it does not begin with its size".to_owned());
            }
            let (width, height) = (pixels(0), pixels(4));
            if !(1..=WIDEST).contains(&width) || !(1..=WIDEST).contains(&height) {
                return Err(format!(
                    "the PNG is {width} by {height} pixels; a logo has 1 to {WIDEST} each way"
                ));
            }
        }
        pieces += 1;
        rest = after;
        if kind == b"IEND" {
            break;
        }
    }
    if rest.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "something follows the end of the PNG, {} bytes: save it again",
            rest.len()
        ))
    }
}

/// A line and a column, from 1.
type Place = Option<(usize, usize)>;

/// Checks an SVG: that it is sound XML, and that nothing in it runs or leads elsewhere.
fn svg(bytes: &[u8]) -> std::result::Result<(), (Place, String)> {
    if bytes.starts_with(&[0xff, 0xd8]) {
        return Err((None, "it is a JPEG: a logo is PNG or SVG".to_owned()));
    }
    if bytes.starts_with(&[0x1f, 0x8b]) {
        return Err((
            None,
            "it is compressed: save it as SVG without compression, or as PNG".to_owned(),
        ));
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        let why = "it is neither a PNG nor an SVG in UTF-8: save the logo as one of them";
        return Err((None, why.to_owned()));
    };
    let mut reader = Reader::from_str(text.strip_prefix('\u{feff}').unwrap_or(text));
    let (mut depth, mut roots, mut styles) = (0_usize, 0_usize, 0_usize);
    loop {
        let at = offset(reader.buffer_position());
        let place = || Some(place_of(text, at));
        let refuse = |what: &str| {
            Err((
                place(),
                format!("the SVG holds {what}: save it as a plain drawing without, or as PNG"),
            ))
        };
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(why) => {
                let at = offset(reader.error_position());
                let why = if roots == 0 {
                    "it is neither a PNG nor an SVG: save the logo as one of them".to_owned()
                } else {
                    format!("the SVG is no sound XML: {why}")
                };
                return Err((Some(place_of(text, at)), why));
            }
        };
        match event {
            Event::Eof => break,
            Event::Start(ref start) | Event::Empty(ref start) => {
                if depth == 0 {
                    roots += 1;
                    if roots > 1 || local(start.name().as_ref()) != "svg" || !is_svg(start) {
                        let why = format!("it is no SVG: its first element is no svg of {SVG}");
                        return Err((place(), why));
                    }
                }
                if let Some(what) = element(start) {
                    return refuse(&what);
                }
                if matches!(event, Event::Start(_)) {
                    depth += 1;
                    if local(start.name().as_ref()) == "style" || styles > 0 {
                        styles += 1;
                    }
                }
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                styles = styles.saturating_sub(1);
            }
            Event::Text(ref words) if styles > 0 => {
                if let Some(what) = style(words) {
                    return refuse(&what);
                }
            }
            Event::CData(ref words) if styles > 0 => {
                if let Some(what) = style(words) {
                    return refuse(&what);
                }
            }
            Event::GeneralRef(_) if styles > 0 => return refuse("a reference in a style"),
            Event::Text(ref words) if depth == 0 && !words.trim().is_empty() => {
                let why = "it is neither a PNG nor an SVG: save the logo as one of them";
                return Err((place(), why.to_owned()));
            }
            Event::DocType(_) => return refuse("a document type, which may refer to other files"),
            Event::PI(_) => return refuse("an instruction to programs"),
            Event::Text(_)
            | Event::CData(_)
            | Event::GeneralRef(_)
            | Event::Comment(_)
            | Event::Decl(_) => {}
        }
    }
    if depth > 0 {
        return Err((
            Some(place_of(text, text.len())),
            "the SVG is cut short".to_owned(),
        ));
    }
    if roots == 0 {
        return Err((None, "it is empty: a logo is a PNG or an SVG".to_owned()));
    }
    Ok(())
}

fn offset(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}

fn place_of(text: &str, at: usize) -> (usize, usize) {
    let before = &text.as_bytes()[..at.min(text.len())];
    let (mut line, mut column) = (1, 1);
    for byte in before {
        (line, column) = if *byte == b'\n' {
            (line + 1, 1)
        } else {
            (line, column + 1)
        };
    }
    (line, column)
}

/// A name without the prefix of its namespace.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Whether an element declares the namespace of SVG.
fn is_svg(start: &BytesStart<'_>) -> bool {
    let attributes = start.attributes().flatten();
    let mut spaces = attributes.filter(|one| is_namespace(one.key.as_ref()));
    spaces.any(|one| one.value.as_ref() == SVG)
}

/// Whether an attribute declares a namespace.
fn is_namespace(name: &str) -> bool {
    name == "xmlns" || name.starts_with("xmlns:")
}

/// What an element has that a picture has not, if anything.
fn element(start: &BytesStart<'_>) -> Option<String> {
    let name = start.name();
    let name = local(name.as_ref()).to_ascii_lowercase();
    if let Some((_, what)) = REFUSED.iter().find(|(refused, _)| *refused == name) {
        return Some(format!("{what} (element {:?})", inert(&name)));
    }
    for attribute in start.attributes() {
        let Ok(attribute) = attribute else {
            return Some(format!(
                "an attribute that is no sound XML, in element {:?}",
                inert(&name)
            ));
        };
        let Ok(value) = attribute.normalized_value(XmlVersion::Implicit1_0) else {
            return Some(format!(
                "a reference that XML does not know, in element {:?}",
                inert(&name)
            ));
        };
        let full = attribute.key.as_ref();
        if is_namespace(full) {
            if value.contains("xhtml") {
                return Some("HTML".to_owned());
            }
            continue;
        }
        let key = local(full).to_ascii_lowercase();
        let shown = inert(full).into_owned();
        let what = match key.as_str() {
            _ if key.starts_with("on") => Some("an event attribute"),
            "href" | "src" if !stays_within(&value) => Some("an external reference"),
            "base" => Some("an external reference"),
            _ => None,
        };
        if let Some(what) = what {
            return Some(format!("{what} ({shown} of element {:?})", inert(&name)));
        }
        if let Some(what) = style(&value) {
            return Some(format!("{what} ({shown} of element {:?})", inert(&name)));
        }
    }
    None
}

/// Whether an address leads to a part of the file itself, or holds a picture of pixels.
fn stays_within(address: &str) -> bool {
    let address = address.trim().to_ascii_lowercase();
    let pixels = ["png", "jpeg", "gif", "webp"];
    let picture = |kind: &str| address.starts_with(&format!("data:image/{kind};base64,"));
    address.starts_with('#') || pixels.into_iter().any(picture)
}

/// What a style refers to outside of the file, if anything. Escapes and comments could hide that, so a style that may
/// refer to something has none.
fn style(text: &str) -> Option<String> {
    let text = text.to_ascii_lowercase();
    if text.contains("javascript:") {
        return Some("a script".to_owned());
    }
    let refers = ["url", "@import", "image-set", "src(", "image(", "\\"];
    if !refers.iter().any(|one| text.contains(one)) {
        return None;
    }
    if text.contains('\\') && ["(", "@"].iter().any(|one| text.contains(one)) {
        return Some("a style with escapes".to_owned());
    }
    if ["@import", "image-set(", "src(", "image("]
        .iter()
        .any(|one| text.contains(one))
    {
        return Some("an external reference".to_owned());
    }
    for (at, found) in text.match_indices("url") {
        let after = text[at + found.len()..].trim_start();
        let Some(after) = after.strip_prefix('(') else {
            continue;
        };
        let address = after.trim_start().trim_start_matches(['"', '\'']);
        if !stays_within(address) {
            return Some("an external reference".to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{PNG, png, svg};
    use flate2::Crc;

    fn whole(inside: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?>\n<!-- a mark -->\n<svg xmlns=\"http://www.w3.org/2000/svg\" \
                 xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\">\n{inside}\n</svg>\n"
        )
    }

    #[test]
    fn a_drawing_is_taken() {
        for inside in [
            "<circle r=\"4\" fill=\"#0c6875\"/>",
            "<defs><linearGradient id=\"a\"/></defs><rect fill=\"url(#a)\" style=\"fill: url('#a')\"/>",
            "<use xlink:href=\"#a\"/><text>Hill &amp; School &#x101;</text>",
            "<style>.a { fill: red } @media print { .a { fill: url(#b) } }</style>",
            "<style><![CDATA[ .a > .b { fill: red } ]]></style>",
            "<image href=\"data:image/png;base64,iVBORw0K\"/>",
            "<g font-family=\"Curls\" class=\"once\"/>",
            "<metadata><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><a rdf:about=\"\"/></rdf:RDF></metadata>",
        ] {
            assert_eq!(svg(whole(inside).as_bytes()), Ok(()), "{inside}");
        }
        let prefixed = "\u{feff}<s:svg xmlns:s=\"http://www.w3.org/2000/svg\"><s:g/></s:svg>";
        assert_eq!(svg(prefixed.as_bytes()), Ok(()));
    }

    #[test]
    fn what_runs_or_leads_elsewhere_is_refused_with_its_place() {
        for (inside, what) in [
            ("<script>alert(1)</script>", "a script"),
            ("<SCRIPT/>", "a script"),
            (
                "<x:script xmlns:x=\"http://www.w3.org/2000/svg\"/>",
                "a script",
            ),
            (
                "<g onload=\"alert(1)\"/>",
                "an event attribute (onload of element \"g\")",
            ),
            ("<g ONclick='a()'/>", "an event attribute"),
            ("<foreignObject><p/></foreignObject>", "a foreign object"),
            ("<g xmlns=\"http://www.w3.org/1999/xhtml\"/>", "HTML"),
            (
                "<image href=\"https://a.example/b.png\"/>",
                "an external reference",
            ),
            ("<image xlink:href=\"logo.png\"/>", "an external reference"),
            (
                "<image href=\" &#104;ttps://a.example\"/>",
                "an external reference",
            ),
            (
                "<a href=\"javascript:alert(1)\"><g/></a>",
                "an external reference",
            ),
            (
                "<image href=\"data:image/svg+xml;base64,PHN2Zz4=\"/>",
                "an external reference",
            ),
            ("<use href=\"other.svg#a\"/>", "an external reference"),
            (
                "<g xml:base=\"https://a.example\"/>",
                "an external reference",
            ),
            (
                "<rect fill=\"url(https://a.example)\"/>",
                "an external reference",
            ),
            (
                "<rect style=\"fill:url( 'a.svg#b')\"/>",
                "an external reference",
            ),
            (
                "<rect style=\"fill:u\\72l(a.svg)\"/>",
                "a style with escapes",
            ),
            ("<style>@import 'a.css';</style>", "an external reference"),
            ("<style>@\\69mport 'a.css';</style>", "a style with escapes"),
            (
                "<style>.a{fill:URL(//a.example)}</style>",
                "an external reference",
            ),
            (
                "<style><![CDATA[.a{background:url(a.png)}]]></style>",
                "an external reference",
            ),
            (
                "<style>.a{fill:u&#114;l(a.png)}</style>",
                "a reference in a style",
            ),
            (
                "<style>.a{background:image-set('a.png' 1x)}</style>",
                "an external reference",
            ),
            (
                "<set attributeName=\"href\" to=\"https://a.example\"/>",
                "an animation",
            ),
            ("<?xml-stylesheet href=\"a.css\"?>", "an instruction"),
            ("<g a=\"&unknown;\"/>", "does not know"),
        ] {
            let (place, why) = svg(whole(inside).as_bytes()).expect_err(inside);
            assert!(why.contains(what), "{inside}: {why}");
            assert_eq!(place.map(|(line, _)| line), Some(4), "{inside}: {why}");
        }
        let (place, _) = svg(whole("<g/><g>\n  <script/></g>").as_bytes()).expect_err("a script");
        assert_eq!(place, Some((5, 3)));
    }

    #[test]
    fn what_is_no_sound_svg_is_refused() {
        for (text, what) in [
            ("", "empty"),
            ("hello", "neither"),
            (
                "<html><svg xmlns=\"http://www.w3.org/2000/svg\"/></html>",
                "no SVG",
            ),
            ("<svg/>", "no SVG"),
            ("<svg xmlns=\"http://www.w3.org/2000/svg\"><g>", "cut short"),
            (
                "<svg xmlns=\"http://www.w3.org/2000/svg\"><g></svg>",
                "no sound XML",
            ),
            (
                "<svg xmlns=\"http://www.w3.org/2000/svg\"/><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                "no SVG",
            ),
            ("<svg xmlns=\"http://www.w3.org/2000/svg\"/>more", "neither"),
            (
                "<!DOCTYPE svg PUBLIC \"a\" \"https://a.example/b.dtd\"><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                "a document type",
            ),
            (
                "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg xmlns=\"http://www.w3.org/2000/svg\"/>",
                "a document type",
            ),
        ] {
            let (_, why) = svg(text.as_bytes()).expect_err(text);
            assert!(why.contains(what), "{text}: {why}");
        }
        assert!(svg(&[0xff, 0xd8, 0xff]).is_err_and(|(_, why)| why.contains("JPEG")));
        assert!(svg(&[0x1f, 0x8b]).is_err_and(|(_, why)| why.contains("compressed")));
        assert!(svg(&[b'<', 0, 0xff]).is_err_and(|(_, why)| why.contains("neither")));
    }

    fn piece(kind: &[u8], data: &[u8]) -> Vec<u8> {
        let mut sum = Crc::new();
        sum.update(kind);
        sum.update(data);
        let size = u32::try_from(data.len()).expect("it is small");
        [&size.to_be_bytes(), kind, data, &sum.sum().to_be_bytes()].concat()
    }

    #[test]
    fn a_png_is_whole_of_a_size_and_nothing_follows() {
        let sized = |width: u32| {
            let header = [&width.to_be_bytes()[..], &[0, 0, 0, 2, 8, 0, 0, 0, 0]].concat();
            [
                PNG,
                &piece(b"IHDR", &header),
                &piece(b"IDAT", &[1, 2, 3]),
                &piece(b"IEND", &[]),
            ]
            .concat()
        };
        let good = sized(3);
        assert_eq!(png(&good), Ok(()));
        for at in PNG.len()..good.len() {
            assert!(
                png(&good[..at]).is_err_and(|why| why.contains("cut short")),
                "{at}"
            );
            let mut changed = good.clone();
            changed[at] ^= 1;
            assert!(png(&changed).is_err(), "{at}");
        }
        assert!(png(&[&good[..], b"PK"].concat()).is_err_and(|why| why.contains("follows")));
        for width in [0, 5000] {
            assert!(png(&sized(width)).is_err_and(|why| why.contains("pixels")));
        }
    }
}
