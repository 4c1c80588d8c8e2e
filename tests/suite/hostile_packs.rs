//! Packs whose texts contain markup: it is shown as text in every output.

use crate::help::{run, small_files, stderr, stdout};
use std::path::Path;

/// A text that is markup in HTML, in Markdown and in tables.
const HOSTILE: &str = "<script>\"x\"</script> & 'q' | `c` *s* _e_ [l](x) \\ ~~d~~ #";
/// The same, short enough for a label.
const HOSTILE_LABEL: &str = "<b>\"L\" & 'l'|`c`*s*[l](x)\\";
/// A drawing that tries to close its block.
const HOSTILE_FIGURE: &str = "</pre><script>x</script>\n```\n# | * &lt;\n````";

/// Writes the small pack with some texts replaced; gives its folder's name.
fn small_with(folder: &Path, texts: [&str; 3]) -> String {
    let [text, label, figure] = texts;
    let changes = [
        ("\"Small pack for tests\"", text),
        ("\"Making things\"", text),
        ("\"What you like to do\"", text),
        ("\"Say how much you would like each activity.\"", text),
        ("\"Mend a broken pump.\"", text),
        ("\"Seeing blood.\"", text),
        ("\"Which shape has no corner?\"", text),
        ("\"cone with a cut top\"", text),
        ("\"Picture it.\"", text),
        ("\"Strongly dislike\"", label),
        ("\"Not for me\"", label),
    ];
    let mut made = 0;
    for mut file in small_files() {
        for (from, to) in changes {
            made += file.text.matches(from).count();
            file.text = file.text.replace(from, &format!("'''{to}'''"));
        }
        file.text = file.text.replace(
            "id = \"spatial-7\"",
            &format!("id = \"spatial-7\"\nfigure = '''\n{figure}\n'''"),
        );
        let path = folder.join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, file.text).expect("written");
    }
    assert!(made >= changes.len(), "every text was found");
    folder.display().to_string()
}

/// A text as HTML shows it.
fn escape(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '&' => "&amp;".to_owned(),
            '<' => "&lt;".to_owned(),
            '>' => "&gt;".to_owned(),
            '"' => "&quot;".to_owned(),
            '\'' => "&#39;".to_owned(),
            c => c.to_string(),
        })
        .collect()
}

/// A text as Markdown shows it: a backslash before everything that could be markup.
fn markdown(text: &str) -> String {
    let marks = |c: char| "\\`*_{}[]<>#|~&$^@".contains(c);
    text.chars()
        .flat_map(|c| marks(c).then_some('\\').into_iter().chain([c]))
        .collect()
}

/// The names of all tags, in order.
fn tags(html: &str) -> Vec<String> {
    html.split('<')
        .skip(1)
        .map(|tag| {
            tag.chars()
                .take_while(|c| !c.is_whitespace() && *c != '>')
                .collect()
        })
        .collect()
}

/// What of each line of Markdown makes markup; blocks of literal text left out.
fn marks(md: &str) -> Vec<String> {
    let mut fence = None;
    let mut all = Vec::new();
    for line in md.lines() {
        if let Some(end) = fence {
            if line == end {
                fence = None;
            }
            continue;
        }
        if let Some(start) = line.strip_suffix("text").filter(|l| l.starts_with("```")) {
            fence = Some(start);
            continue;
        }
        let mut chars = line.chars();
        let mut kept = String::new();
        while let Some(c) = chars.next() {
            match c {
                '\\' => drop(chars.next()),
                '|' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' | '&' => kept.push(c),
                _ => {}
            }
        }
        all.push(kept);
    }
    assert!(fence.is_none(), "every block ends");
    all
}

#[test]
fn hostile_texts_are_shown_and_change_no_markup() {
    let folder = || tempfile::tempdir().expect("a temporary folder");
    let (one, two) = (folder(), folder());
    let hostile = small_with(one.path(), [HOSTILE, HOSTILE_LABEL, HOSTILE_FIGURE]);
    let plain = small_with(two.path(), ["plain", "plain", "plain"]);
    let form = |pack: &str, format: &str| {
        let all = ["questions", "--key", "--pack", pack, "-f", format];
        let output = run(one.path(), &all, b"");
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stdout(&output)
    };
    let html = form(&hostile, "html");
    assert!(!html.contains("<script") && !html.contains("</pre><"));
    assert_eq!(tags(&html), tags(&form(&plain, "html")));
    for text in [HOSTILE, HOSTILE_LABEL, HOSTILE_FIGURE] {
        assert!(html.contains(&escape(text)), "{text}");
    }
    let md = form(&hostile, "markdown");
    assert_eq!(marks(&md), marks(&form(&plain, "markdown")));
    for text in [HOSTILE, HOSTILE_LABEL] {
        assert!(md.contains(&markdown(text)), "{text}");
    }
    assert!(md.contains(&format!("`````text\n{HOSTILE_FIGURE}\n`````\n")));
}
