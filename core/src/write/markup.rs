//! Text inside markup: whatever it holds, nothing of it becomes markup.

use crate::text::unprintable;

/// Punctuation that makes markup wherever it stands in a line of Markdown, in one dialect or another.
const MARKS: &str = "\\`*_{}[]<>#|~&$^@";
/// Punctuation that makes markup at the start of a line of Markdown.
const STARTS: &str = "+-=:%(";

/// A text for HTML, between tags or in a quoted attribute. Characters that hide or turn others are
/// shown as a replacement mark.
#[must_use]
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

/// A text as one line of Markdown: a paragraph, a heading, an item or a cell of a table.
pub(crate) fn markdown(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let first = line.chars().take_while(char::is_ascii_alphanumeric).count();
    let mut safe = String::with_capacity(line.len());
    for (at, c) in line.char_indices() {
        let (before, rest) = line.split_at(at);
        let opens = at == 0 && STARTS.contains(c);
        // `1.` and `a)` start a list
        let numbers = at == first && first > 0 && matches!(c, '.' | ')');
        // addresses become links by themselves
        let links = rest.starts_with("://") || c == '.' && before.ends_with("www");
        if opens || numbers || links || MARKS.contains(c) {
            safe.push('\\');
        }
        safe.push(shown(c));
    }
    safe
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

/// A whole HTML page that needs nothing else: no script, no other file.
#[must_use]
pub(crate) fn html_page(title: &str, style: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en-NZ\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        escape(title)
    )
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
    use super::{escape, fenced, markdown};

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
        assert_eq!(markdown("a *b* | `c` <d>"), "a \\*b\\* \\| \\`c\\` \\<d\\>");
        assert_eq!(markdown("[x](y) \\"), "\\[x\\](y) \\\\");
        assert_eq!(markdown("- one\n# two"), "\\- one \\# two");
        assert_eq!(markdown("12. three"), "12\\. three");
        assert_eq!(markdown("0.3 mg (an x-ray)."), "0\\.3 mg (an x-ray).");
        assert_eq!(markdown("    code"), "code");
        assert_eq!(markdown("see https://a.nz"), "see https\\://a.nz");
        assert_eq!(markdown("see www.a.nz: b"), "see www\\.a.nz: b");
    }

    #[test]
    fn a_fence_is_longer_than_any_inside() {
        assert_eq!(fenced("a"), "```text\na\n```\n");
        assert_eq!(fenced("a\n````\nb"), "`````text\na\n````\nb\n`````\n");
    }
}
