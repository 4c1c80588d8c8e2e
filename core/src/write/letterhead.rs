//! Whose page it is, above all else that a page says: a name, whom to ask, and a picture.

use crate::write::markup::escape;
use std::fmt::Write as _;

/// What a school or service puts above its pages.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Letterhead {
    /// A name.
    pub(crate) name: Option<String>,
    /// Whom to ask, and how.
    pub(crate) contact: Option<String>,
    /// A picture, PNG or SVG, as its file holds it.
    pub(crate) logo: Option<Vec<u8>>,
}

/// What a page with a picture from elsewhere may do: show it. The browser holds it to that.
pub(crate) const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
     style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\">\n";

impl Letterhead {
    /// Whether there is none.
    pub(crate) const fn is_empty(&self) -> bool {
        self.name.is_none() && self.contact.is_none() && self.logo.is_none()
    }

    /// What is said, a line each.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &str> {
        let lines = [&self.name, &self.contact].into_iter().flatten();
        lines.map(String::as_str)
    }

    /// As HTML. Where the picture is `once` in the style, a page refers to it there.
    pub(crate) fn html(&self, once: bool) -> String {
        if self.is_empty() {
            return String::new();
        }
        let mut out = String::from("<div class=\"letterhead\">\n");
        if let Some(address) = self.address() {
            // its words stand beside it
            let _ = if once {
                writeln!(out, "<span class=\"logo\"></span>")
            } else {
                writeln!(out, "<img class=\"logo\" alt=\"\" src=\"{address}\">")
            };
        }
        out.push_str("<div>\n");
        if let Some(name) = &self.name {
            let _ = writeln!(out, "<p class=\"name\">{}</p>", escape(name));
        }
        if let Some(contact) = &self.contact {
            let _ = writeln!(out, "<p>{}</p>", escape(contact));
        }
        out + "</div>\n</div>\n"
    }

    /// The style of the picture where it stands once for many pages.
    pub(crate) fn style_of_logo(&self) -> String {
        self.address().map_or_else(String::new, |address| {
            format!(".letterhead .logo {{\n  content: url(\"{address}\");\n}}\n")
        })
    }

    /// The picture as an address that holds all of it. Its letters are those of base64, so it ends no attribute and
    /// no string of a style, whatever the file holds; and what is shown as a picture runs nothing.
    fn address(&self) -> Option<String> {
        let bytes = self.logo.as_ref()?;
        let kind = if bytes.starts_with(b"\x89PNG") {
            "png"
        } else {
            "svg+xml"
        };
        Some(format!("data:image/{kind};base64,{}", base64(bytes)))
    }
}

/// Bytes in the usual alphabet of base64, padded (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let at = |n: usize| u32::from(three.get(n).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            if place > three.len() {
                out.push('=');
            } else {
                let letter = bits >> (18 - 6 * place) & 63;
                out.push(char::from(LETTERS[letter as usize]));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Letterhead, base64};
    use crate::write::document::Document;
    use crate::write::terminal_text::TextStyle;

    #[test]
    fn base64_is_that_of_the_rfc() {
        let all = ["", "f", "fo", "foo", "foob", "fooba", "foobar"];
        let written = all.map(|text| base64(text.as_bytes()));
        let expected = [
            "", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy",
        ];
        assert_eq!(written, expected);
    }

    fn page(logo: Option<&[u8]>) -> Document {
        Document::new("student", "A result", "foot").with_letterhead(
            Some("Hill <School>"),
            Some("*careers*@hill.example"),
            logo,
        )
    }

    #[test]
    fn every_format_says_whose_it_is_and_only_html_shows_the_picture() {
        let page = page(Some(b"\x89PNG\r\n\"></style><script>"));
        let text = page.to_text(TextStyle::new(80));
        assert_eq!(
            text,
            "Hill <School>\n*careers*@hill.example\n\nA result\n────────\n"
        );
        let expected = "**Hill \\<School\\>**\n\n\\*careers\\*\\@hill.example\n\n# A result\n";
        assert_eq!(page.to_markdown(), expected);
        let html = page.to_html();
        assert!(
            html.contains(
                "<p class=\"name\">Hill &lt;School&gt;</p>\n<p>*careers*@hill.example</p>"
            ),
            "{html}"
        );
        assert!(
            html.contains("<img class=\"logo\" alt=\"\" src=\"data:image/png;base64,iVBORw0K"),
            "{html}"
        );
        assert!(html.contains("img-src data:;"), "{html}");
        assert_eq!(html.matches("<script").count(), 0);
        assert!(page.texts().iter().any(|(text, _)| text == "Hill <School>"));
    }

    #[test]
    fn many_pages_hold_the_picture_once() {
        let page = page(Some(b"<svg/>"));
        let sheets = (1..4)
            .map(|n| page.to_html_sheet(n, "All"))
            .collect::<String>();
        assert_eq!(sheets.matches("data:image/svg+xml;base64,").count(), 1);
        assert_eq!(sheets.matches("<span class=\"logo\"></span>").count(), 3);
    }

    #[test]
    fn without_one_a_page_stays_as_it_was() {
        let plain = Document::new("student", "A result", "foot");
        let same = plain.clone().with_letterhead(None, None, None);
        assert_eq!(plain.to_html(), same.to_html());
        assert!(!plain.to_html().contains("letterhead"));
        assert!(Letterhead::default().is_empty());
    }
}
