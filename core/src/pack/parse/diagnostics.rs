//! Diagnostics: all mistakes of a file at once, each with its place.

use crate::text::{inert, line_and_column, replaced, unprintable};
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet, renderer::DecorStyle};
use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt::Write as _;
use std::ops::Range;

/// Mistakes that are shown; more are counted. Each takes time that grows with its file.
const SHOWN: usize = 100;

/// A file that was read: its path as people know it, and its text.
///
/// ```
/// use rolescope_core::SourceFile;
///
/// let file = SourceFile::new("profiles/joiner.toml", "\u{FEFF}name = \"Joiner\"\r\n");
/// assert_eq!(file.text(), "name = \"Joiner\"\n");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Its path, as people know it.
    pub(crate) path: String,
    /// Its text, without carriage returns.
    pub(crate) text: String,
}

impl SourceFile {
    /// Its path, as people know it.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Its text, without carriage returns.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte of the text, both from 1; columns are characters.
    #[must_use]
    pub fn place(&self, at: usize) -> (usize, usize) {
        line_and_column(&self.text, at)
    }
}

impl SourceFile {
    /// A file of this text, without its byte-order mark and the carriage returns of its line ends.
    #[must_use]
    pub fn new(path: impl Into<String>, text: &str) -> Self {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        Self {
            path: path.into(),
            // most files have none, which is found sooner than pairs are
            text: if text.as_bytes().contains(&b'\r') {
                text.replace("\r\n", "\n")
            } else {
                text.to_owned()
            },
        }
    }

    /// Whether it stands in a folder of this name.
    pub(crate) fn in_folder(&self, folder: &str) -> bool {
        let parent = std::path::Path::new(&self.path).parent();
        let name = parent.and_then(std::path::Path::file_name);
        name.is_some_and(|name| name == folder)
    }

    /// Whether this is its name, without the folders that it stands in.
    pub(crate) fn is_named(&self, name: &str) -> bool {
        let own = std::path::Path::new(&self.path).file_name();
        own.is_some_and(|own| own == name)
    }

    /// Gives the file another path.
    pub fn rename(&mut self, path: impl Into<String>) {
        self.path = path.into();
    }
}

/// Something wrong at a place of a file.
///
/// ```
/// use rolescope_core::{Diagnostic, Pack, SourceFile};
///
/// let mut files = SourceFile::example();
/// files[3] = SourceFile::new("profiles/joiner.toml", "name = 7\n");
/// let mistakes = Pack::parse(&files).expect_err("a name is a text");
/// let mistake = mistakes.iter().find(|m| m.span() == Some(&(7..8))).expect("at the 7");
/// assert_eq!(mistake.path(), "profiles/joiner.toml");
/// println!("{}", Diagnostic::show_all(&mistakes, &files, false));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What is wrong.
    pub(crate) title: String,
    /// Path of the file.
    pub(crate) path: String,
    /// Where, in bytes of the file's text; none for the whole file.
    pub(crate) span: Option<Range<usize>>,
    /// What was found there.
    pub(crate) found: String,
    /// What would be right.
    pub(crate) help: String,
}

impl Diagnostic {
    /// What is wrong.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Path of the file.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Where, in bytes of the file's text; none for the whole file.
    #[must_use]
    pub const fn span(&self) -> Option<&Range<usize>> {
        self.span.as_ref()
    }

    /// What was found there.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.found
    }

    /// What would be right.
    #[must_use]
    pub fn help(&self) -> &str {
        &self.help
    }
}

impl Diagnostic {
    /// Something wrong with a whole file.
    pub(crate) fn of_file(path: &str, title: &str, help: &str) -> Self {
        Self {
            title: title.to_owned(),
            path: path.to_owned(),
            span: None,
            found: String::new(),
            help: help.to_owned(),
        }
    }

    /// The mistake in one line: where, what, and what would be right.
    #[must_use]
    pub fn brief(&self, file: &SourceFile) -> String {
        let place = self.span.as_ref().map_or_else(String::new, |span| {
            let (line, column) = line_and_column(&file.text, span.start);
            format!("line {line}, column {column}: ")
        });
        format!("{place}{}; {}", self.title, self.help)
    }
}

/// Mistakes as they are found, collected while reading goes on.
#[derive(Debug, Default)]
pub(crate) struct Diagnostics(RefCell<Vec<Diagnostic>>);

impl Diagnostics {
    /// Notes a mistake.
    pub(crate) fn add(
        &self,
        file: &SourceFile,
        span: Option<Range<usize>>,
        title: impl Into<String>,
        found: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.0.borrow_mut().push(Diagnostic {
            title: title.into(),
            path: file.path.clone(),
            span,
            found: found.into(),
            help: help.into(),
        });
    }

    /// Whether nothing is wrong so far.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    /// The mistakes in the order of files and places.
    pub(crate) fn into_sorted(self, files: &[SourceFile]) -> Vec<Diagnostic> {
        let mut mistakes = self.0.into_inner();
        let place = |m: &Diagnostic| {
            (
                files.iter().position(|f| f.path == m.path),
                m.span.as_ref().map(|s| s.start),
            )
        };
        mistakes.sort_by_key(place);
        mistakes.dedup();
        mistakes
    }
}

impl Diagnostic {
    /// Shows mistakes as people read them: file, line, column, the text itself, and what would be right.
    #[must_use]
    pub fn show_all(mistakes: &[Self], files: &[SourceFile], colour: bool) -> String {
        let renderer = if colour {
            Renderer::styled().decor_style(DecorStyle::Unicode)
        } else {
            Renderer::plain().decor_style(DecorStyle::Ascii)
        };
        let mut text = String::new();
        for mistake in mistakes.iter().take(SHOWN) {
            // whoever names a file may have put anything in its name
            let path = inert(&mistake.path);
            let title = Level::ERROR.primary_title(mistake.title.as_str());
            // names that are not UTF-8 may look alike: the file is the one that has the place
            let has = |file: &&SourceFile| {
                let place = mistake.span.clone();
                file.path == mistake.path && place.is_none_or(|span| file.text.get(span).is_some())
            };
            let file = files.iter().find(has);
            let group = if let (Some(file), Some(span)) = (file, &mistake.span) {
                let annotation = AnnotationKind::Primary
                    .span(span.clone())
                    .label(mistake.found.as_str());
                title.element(
                    Snippet::source(file.text.as_str())
                        .path(path.as_ref())
                        .annotation(annotation),
                )
            } else {
                title.element(annotate_snippets::Origin::path(path.as_ref()))
            };
            let group = group.element(Level::HELP.message(mistake.help.as_str()));
            text.push_str(&renderer.render(&[group]));
            text.push_str("\n\n");
        }
        // the renderer shows most of what is not to be seen, and leaves alone what is rare; escape
        // sequences are its own
        let acts = |c: char| unprintable(c) && c != '\n' && !(colour && c == '\u{1b}');
        if let Cow::Owned(safe) = replaced(&text, acts) {
            text = safe;
        }
        if let Some(more) = mistakes.len().checked_sub(SHOWN).filter(|&more| more > 0) {
            let _ = writeln!(text, "and {more} more mistakes; these come first");
        }
        text
    }
}
