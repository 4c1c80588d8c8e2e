//! Which languages a pack is in besides its own, and the pack in one of them: files of `languages/` with its texts by
//! the ids that it has, and with interface strings.

use crate::pack::advice::Lint;
use crate::pack::model::Pack;
use crate::pack::parse::diagnostics::{Diagnostic, Diagnostics, SourceFile};
use crate::pack::parse::fields::{Fields, parse};
use crate::pack::parse::profiles::id_of;
use crate::text::catalogue::Catalogue;
use crate::text::language::{Language, nearest_tag, tag_of};
use std::sync::Arc;

/// Missing texts that are named.
const NAMED: usize = 3;

/// The folder of a pack that its texts in other languages are in.
pub(crate) const LANGUAGES: &str = "languages";

impl Pack {
    /// The languages that the files of this pack have texts or interface strings in, its own first.
    #[must_use]
    pub fn languages(&self, files: &[SourceFile]) -> Vec<String> {
        let in_folder = files.iter().filter(|file| file.in_folder(LANGUAGES));
        let mut tags: Vec<String> = in_folder.map(id_of).collect();
        tags.sort_unstable();
        tags.dedup();
        tags.retain(|tag| tag != self.language());
        tags.insert(0, self.language().to_owned());
        tags
    }

    /// The language among [`languages`](Self::languages) that suits who wants another best: the same, without its
    /// region (`fr` for `fr-CA`), or the same language of another region. None where there is none.
    #[must_use]
    pub fn nearest_language(&self, files: &[SourceFile], wanted: &str) -> Option<String> {
        let offered = self.languages(files);
        let offered: Vec<&str> = offered.iter().map(String::as_str).collect();
        nearest_tag(wanted, &offered).map(str::to_owned)
    }

    /// The pack with its texts in a language that its files have, by tag. Ids, figures and the fingerprint stay, so that
    /// answers count the same; a text that the language does not have stays as it is
    /// ([`untranslated`](Self::untranslated)).
    ///
    /// ```
    /// use rolescope_core::{Pack, SourceFile};
    ///
    /// let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
    /// let other = SourceFile::new("languages/en-XA.toml", "[roles.joiner]\nname = \"Ĵöïñér\"\n");
    /// let shown = pack.clone().in_language("en-XA", &[other]).expect("it is valid too");
    /// assert_eq!(shown.roles()[1].name(), "Ĵöïñér");
    /// assert_eq!((shown.language(), shown.fingerprint()), ("en-XA", pack.fingerprint()));
    /// ```
    ///
    /// # Errors
    /// Where there is no such language; all mistakes of its files.
    pub fn in_language(mut self, tag: &str, files: &[SourceFile]) -> Result<Self, Vec<Diagnostic>> {
        let log = Diagnostics::default();
        let own = self.language.own && self.language.tag == tag;
        let found = |ending: &str| {
            let name = format!("{tag}.{ending}");
            let named = |file: &&SourceFile| file.in_folder(LANGUAGES) && file.is_named(&name);
            files.iter().find(named)
        };
        let (texts, strings) = (found("toml"), found("ftl"));
        let Some(file) = texts.or(strings) else {
            if own {
                return Ok(self);
            }
            let all = self.languages(files).join(", ");
            return Err(vec![Diagnostic::of_file(
                &format!("{LANGUAGES}/{tag}.toml"),
                "the pack has no texts in this language",
                &format!("it has {all}"),
            )]);
        };
        if tag_of(tag).as_deref() != Some(tag) {
            let help = tag_of(tag).map_or_else(
                || {
                    "a BCP 47 tag: `cy.toml` for Welsh, `fr-CA.toml` for French in Canada"
                        .to_owned()
                },
                |right| format!("name it `{right}`"),
            );
            log.add(file, None, "the file's name is no language tag", "", help);
        }
        let mut language = Language::translated(tag);
        language.own = own;
        if let Some(file) = texts {
            if own {
                let help = format!(
                    "take it out: only interface strings, `{tag}.ftl`, go with the language of the pack"
                );
                log.add(file, None, "the pack itself is in this language", "", help);
            } else {
                let document = parse(file, &log);
                let fields = Fields::of(file, &document, &log);
                if log.is_empty() {
                    language.lack(self.put_texts(Some(&fields)));
                    fields.finish();
                    self.check_names(file, &log);
                }
            }
        } else if !own {
            language.lack(self.put_texts(None));
        }
        let all = Catalogue::english().ids();
        let strings = strings.map(|file| (file, Catalogue::read(tag, &file.text)));
        match strings {
            None => language.lack_strings(all),
            Some((_, Ok(strings))) => {
                language.lack_strings(all.filter(|id| !strings.has(id)));
                language.strings = Some(Arc::new(strings));
            }
            Some((file, Err(mistakes))) => {
                for wrong in mistakes {
                    log.add(file, Some(wrong.span), wrong.title, wrong.found, wrong.help);
                }
            }
        }
        self.language = language;
        if log.is_empty() {
            Ok(self)
        } else {
            Err(log.into_sorted(files))
        }
    }

    /// What is to be said of the languages of the files beside that of the pack: how much each lacks, and of one of
    /// them, by its tag, everything that it lacks.
    ///
    /// # Errors
    /// All mistakes of their files.
    pub fn lint_languages(
        &self,
        files: &[SourceFile],
        in_full: Option<&str>,
    ) -> Result<Vec<Lint>, Vec<Diagnostic>> {
        let (mut lints, mut mistakes) = (Vec::new(), Vec::new());
        for tag in self.languages(files) {
            match self.clone().in_language(&tag, files) {
                Ok(shown) => {
                    let full = in_full == Some(tag.as_str());
                    let named = if full { usize::MAX } else { NAMED };
                    lints.extend(shown.language.lint(named));
                }
                Err(more) => mistakes.extend(more),
            }
        }
        if mistakes.is_empty() {
            Ok(lints)
        } else {
            Err(mistakes)
        }
    }

    /// Notes two roles that a language gives one name.
    fn check_names(&self, file: &SourceFile, log: &Diagnostics) {
        for (r, role) in self.roles.iter().enumerate() {
            if self.roles[..r].iter().any(|other| other.name == role.name) {
                log.add(
                    file,
                    None,
                    format!("two roles are called \"{}\"", role.name),
                    "",
                    "people tell roles apart by their names: make them differ",
                );
            }
        }
    }
}

impl Language {
    /// Counts texts that there are, and the keys of those that it does not have.
    fn lack(&mut self, (texts, mut missing): (usize, Vec<String>)) {
        self.texts += texts;
        self.missing.append(&mut missing);
    }

    /// Counts the interface strings, and those that it does not have.
    fn lack_strings<'s>(&mut self, missing: impl Iterator<Item = &'s str>) {
        let keys = missing
            .map(|id| format!("{}.ftl: {id}", self.tag))
            .collect();
        self.lack((Catalogue::english().ids().count(), keys));
    }

    /// What it lacks, with so many keys by their names; nothing where it is complete.
    fn lint(&self, named: usize) -> Option<Lint> {
        let (first, rest) = self.missing.split_at(self.missing.len().min(named));
        if first.is_empty() {
            return None;
        }
        let more = match rest.len() {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        Some(Lint {
            note: true,
            found: format!(
                "{}: {} of {} texts missing: {}{more}",
                self.tag,
                self.missing.len(),
                self.texts,
                first.join(", ")
            ),
            help: "they are shown in the language of the pack until someone writes them",
        })
    }
}
