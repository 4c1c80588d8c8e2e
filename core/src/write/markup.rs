//! Text inside markup: whatever it holds, nothing of it becomes markup.

use crate::text::unprintable;

/// Punctuation that makes markup wherever it stands in a line of Markdown, in one dialect or another.
const MARKS: &str = "\\`*_{}[]<>#|~&$^@";

/// A text for HTML, between tags or in a quoted attribute. Characters that hide or turn others are
/// shown as a replacement mark.
pub(crate) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(shown(c)),
        }
    }
    safe
}

/// A text as one line of Markdown where a block can begin: a paragraph, a heading, an item.
pub(crate) fn markdown(text: &str) -> String {
    let text = text.trim_start();
    let safe = markdown_inline(text);
    match opening(text) {
        Some(at) => format!("{}\\{}", &safe[..at], &safe[at..]),
        None => safe,
    }
}

/// Where in a line stands the character that would begin a list, a rule or another block.
fn opening(line: &str) -> Option<usize> {
    let first = line.chars().next()?;
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(char::is_whitespace);
    match first {
        '+' | '-' => {
            let run = line.trim_start_matches(first);
            (ends(&line[1..]) || ends(run)).then_some(0)
        }
        '=' | ':' | '%' => Some(0),
        _ => {
            // `1.`, `a)` and `(1)` begin a list where a space or nothing follows
            let start = usize::from(first == '(');
            let word = line[start..].find(|c: char| !c.is_ascii_alphanumeric());
            let word = start + word?;
            let number = line[start..word].bytes().all(|b| b.is_ascii_digit());
            let short = word == start + 1 || number && word > start;
            let closes = line[word..].starts_with(['.', ')']) && ends(&line[word + 1..]);
            (short && closes).then_some(word)
        }
    }
}

/// A text as a piece of a line of Markdown: within a paragraph, in a cell of a table.
pub(crate) fn markdown_inline(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut after_space = false;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() && c != '\u{a0}' {
            if !after_space {
                safe.push(' ');
            }
            after_space = true;
            continue;
        }
        after_space = false;
        let (before, rest) = text.split_at(at);
        // some dialects make links of bare addresses
        let links = rest.starts_with("://") || c == '.' && before.ends_with("www");
        if links || MARKS.contains(c) {
            safe.push('\\');
        }
        safe.push(shown(c));
    }
    safe
}

/// A text as code in a line or cell, between as many backticks as it takes.
pub(crate) fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let inside: String = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { shown(c) })
        .collect();
    let gap = if longest > 0 { " " } else { "" };
    format!("{fence}{gap}{inside}{gap}{fence}")
}

/// A text as a block of Markdown in which nothing is markup, in a fence that the text cannot close.
pub(crate) fn fenced(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat((longest + 1).max(3));
    let lines: Vec<String> = text
        .lines()
        .map(|line| line.chars().map(shown).collect())
        .collect();
    format!("{fence}text\n{}\n{fence}\n", lines.join("\n"))
}

fn shown(c: char) -> char {
    if c != '\n' && unprintable(c) {
        '\u{FFFD}'
    } else {
        c
    }
}

#[cfg(test)]
mod tests {
    use super::{code, escape, fenced, markdown, markdown_inline};

    #[test]
    fn nothing_is_a_tag_or_ends_an_attribute() {
        assert_eq!(
            escape("<script>\"a\" & 'b'</script>"),
            "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;"
        );
        assert_eq!(escape("two\nlines\u{202E}\0"), "two\nlines\u{FFFD}\u{FFFD}");
        assert_eq!(escape("Ngā mihi"), "Ngā mihi");
    }

    #[test]
    fn nothing_is_emphasis_a_link_a_list_or_a_cell() {
        for (text, safe) in [
            ("a *b* | `c` <d>", "a \\*b\\* \\| \\`c\\` \\<d\\>"),
            ("[x](y) \\", "\\[x\\](y) \\\\"),
            ("- one\n# two", "\\- one \\# two"),
            ("-", "\\-"),
            ("--- ", "\\--- "),
            ("+ a", "\\+ a"),
            ("= a", "\\= a"),
            ("12. three", "12\\. three"),
            ("12.", "12\\."),
            ("a) three", "a\\) three"),
            ("(1) three", "(1\\) three"),
            ("    code", "code"),
            ("see https://a.nz", "see https\\://a.nz"),
            ("see www.a.nz: b", "see www\\.a.nz: b"),
        ] {
            assert_eq!(markdown(text), safe);
        }
        // figures and words that begin nothing stay as they are
        for text in [
            "49.2",
            "-0.40 between",
            "+0.89",
            "0.3 mg (an x-ray).",
            "Yes. And",
            "(blank): 20 people",
            "-",
        ] {
            assert_eq!(markdown_inline(text), text);
            assert_eq!(markdown(text), if text == "-" { "\\-" } else { text });
        }
        assert_eq!(code("a|b"), "`a|b`");
        assert_eq!(code("a`b\nc"), "`` a`b c ``");
    }

    #[test]
    fn a_fence_is_longer_than_any_inside() {
        assert_eq!(fenced("a"), "```text\na\n```\n");
        assert_eq!(fenced("a\n````\nb"), "`````text\na\n````\nb\n`````\n");
    }
}
