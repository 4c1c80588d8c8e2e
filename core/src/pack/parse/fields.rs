//! Reads the keys of a TOML table one by one. A wrong value is noted and reading goes on, so that
//! every mistake is reported at once.

use crate::pack::date::Date;
use crate::pack::parse::diagnostics::{Diagnostic, Diagnostics, SourceFile};
use crate::pack::parse::values::{as_number, is_id, kind};
use crate::text::{nearest, unprintable};
use std::cell::RefCell;
use std::fmt::Display;
use std::ops::{Range, RangeInclusive};
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

/// Keys that most tables are asked for.
const ASKED: usize = 16;

/// A value and its place.
pub(crate) type Located<T> = (T, Range<usize>);

/// A value of a table whose keys are ids.
///
/// ```
/// use rolescope_core::SourceFile;
/// use rolescope_core::pack::Fields;
///
/// let file = SourceFile::new("answers.toml", "making-1 = 3\n");
/// let answers = Fields::read(&file, |fields| {
///     let all = fields.entries().into_iter();
///     Some(all.map(|((id, _), entry)| (id.to_owned(), entry.number())).collect::<Vec<_>>())
/// });
/// assert_eq!(answers, Ok(vec![("making-1".to_owned(), Some(3.0))]));
/// ```
pub struct IdEntry<'a> {
    /// Its keys, if it is a table.
    pub(crate) fields: Option<Fields<'a>>,
    /// The number, if it is one.
    pub(crate) number: Option<f64>,
    /// The text, if it is one.
    pub(crate) text: Option<&'a str>,
    /// Where it stands.
    pub(crate) span: Range<usize>,
}

impl<'a> IdEntry<'a> {
    /// The number, if it is one.
    #[must_use]
    pub const fn number(&self) -> Option<f64> {
        self.number
    }

    /// The text, if it is one.
    #[must_use]
    pub const fn text(&self) -> Option<&'a str> {
        self.text
    }

    /// Where it stands.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }
}

/// A table being read key by key: each value is checked and comes with its place.
///
/// ```
/// use rolescope_core::SourceFile;
/// use rolescope_core::pack::Fields;
///
/// fn team(fields: Fields<'_>) -> Option<(String, u8)> {
///     let (name, size) = (fields.required("name", 80), fields.whole("size", 1..=50));
///     fields.finish(); // notes keys that were not asked for
///     Some((name?.0, size?.0))
/// }
///
/// let file = SourceFile::new("team.toml", "name = \"Blue\"\nsize = 7\n");
/// assert_eq!(Fields::read(&file, team), Ok(("Blue".to_owned(), 7)));
///
/// let file = SourceFile::new("team.toml", "size = \"many\"\ncolour = 3\n");
/// let mistakes = Fields::read(&file, team).expect_err("it has mistakes");
/// assert_eq!(mistakes.len(), 3); // no name, a wrong size and a key of no meaning
/// assert!(mistakes[1].brief(&file).starts_with("line 1, column 8: "));
/// ```
pub struct Fields<'a> {
    /// The file that it stands in.
    pub(crate) file: &'a SourceFile,
    /// Where it stands.
    pub(crate) span: Range<usize>,
    table: &'a DeTable<'a>,
    log: &'a Diagnostics,
    asked: RefCell<Vec<&'static str>>,
}

/// Tables and lists that may stand within each other.
const DEEPEST: usize = 80;

/// Parses a file; its syntax mistakes are noted, and what could be read is returned.
pub(crate) fn parse<'a>(file: &'a SourceFile, log: &Diagnostics) -> Spanned<DeTable<'a>> {
    let (document, errors) = DeTable::parse_recoverable(&file.text);
    for error in errors {
        if error.message().contains("recursion") {
            let span = error.span().or_else(|| deep_key(&file.text));
            log.add(
                file,
                span.or(Some(0..0)),
                "tables and lists stand too deep within each other",
                format!("over {DEEPEST} deep"),
                "write fewer dots or brackets within each other; such a file needs two",
            );
            continue;
        }
        log.add(
            file,
            error.span().or(Some(0..0)),
            "this is not TOML",
            error.message(),
            "a key and its value on one line: `name = \"...\"`; texts in straight quotes",
        );
    }
    document
}

/// Where the first key stands that has more parts than tables may stand within each other: who reads it gives no
/// place for it.
fn deep_key(text: &str) -> Option<Range<usize>> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let key = line.split(['=', '#']).next().unwrap_or_default();
        if key.matches('.').count() >= DEEPEST {
            let from = at + key.len() - key.trim_start().len();
            return Some(from..at + key.trim_end().len());
        }
        at += line.len();
    }
    None
}

impl Fields<'_> {
    /// What `make` makes of a file, which gets the topmost table of it.
    ///
    /// # Errors
    /// The mistakes of syntax; where there are none, all that reading the keys has noted, in the order of their
    /// places.
    pub fn read<T>(
        file: &SourceFile,
        make: impl FnOnce(Fields<'_>) -> Option<T>,
    ) -> Result<T, Vec<Diagnostic>> {
        let log = Diagnostics::default();
        let document = parse(file, &log);
        let found = if log.is_empty() {
            make(Fields::of(file, &document, &log))
        } else {
            // what seems to be missing stands after the place where reading ended
            None
        };
        let mistakes = log.into_sorted(std::slice::from_ref(file));
        found.filter(|_| mistakes.is_empty()).ok_or(mistakes)
    }
}

impl<'a> Fields<'a> {
    /// The keys of a table.
    pub(crate) fn of(
        file: &'a SourceFile,
        table: &'a Spanned<DeTable<'a>>,
        log: &'a Diagnostics,
    ) -> Self {
        Self::within(file, table.get_ref(), table.span(), log)
    }

    fn within(
        file: &'a SourceFile,
        table: &'a DeTable<'a>,
        span: Range<usize>,
        log: &'a Diagnostics,
    ) -> Self {
        Self {
            file,
            span: first_line(file, span),
            table,
            log,
            asked: RefCell::new(Vec::with_capacity(ASKED)),
        }
    }

    /// Notes a mistake at a place of this file.
    pub fn mistake(&self, span: &Range<usize>, title: &str, found: &str, help: &str) {
        self.log
            .add(self.file, Some(span.clone()), title, found, help);
    }

    fn value(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().push(key);
        self.table.get(key)
    }

    fn wrong(&self, value: &Spanned<DeValue<'_>>, key: &str, right: &str) {
        self.mistake(
            &value.span(),
            &format!("`{key}` has a wrong value"),
            &format!("this is {}", kind(value.get_ref())),
            &format!("`{key}` is {right}"),
        );
    }

    /// Notes that a required key is absent.
    pub fn missing(&self, key: &str, right: &str) {
        self.mistake(
            &self.span,
            &format!("`{key}` is missing"),
            "in this table",
            &format!("add `{key} = ...`: {right}"),
        );
    }

    /// A text of 1..=`most` characters, none of them a control character save a newline.
    pub fn text(&self, key: &'static str, most: usize) -> Option<Located<String>> {
        let value = self.value(key)?;
        self.as_text(value, key, most)
    }

    fn as_text(
        &self,
        value: &Spanned<DeValue<'_>>,
        key: &str,
        most: usize,
    ) -> Option<Located<String>> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong(value, key, "a text in quotes");
            return None;
        };
        // most texts are ASCII, and all texts of a pack are read at every start
        let plain = |&b: &u8| (b == b'\n') | (b' '..=b'~').contains(&b);
        // to the end, so that many bytes are looked at together
        let plain = text.as_bytes().iter().fold(true, |all, b| all & plain(b));
        let length = if plain {
            text.trim_ascii().len()
        } else {
            text.trim().chars().count()
        };
        if length == 0 || length > most {
            self.mistake(
                &value.span(),
                &format!("`{key}` is empty or too long"),
                &format!("{length} characters"),
                &format!("write 1 to {most} characters"),
            );
            return None;
        }
        let hidden = |&c: &char| c != '\n' && unprintable(c);
        if let Some(c) = (!plain).then(|| text.chars().find(hidden)).flatten() {
            self.mistake(
                &value.span(),
                &format!("`{key}` has a character that cannot be shown"),
                &format!("U+{:04X}", u32::from(c)),
                "take it out: a terminal would act on it instead of showing it",
            );
            return None;
        }
        Some((text.trim_end().to_owned(), value.span()))
    }

    /// A text that must be there.
    pub fn required(&self, key: &'static str, most: usize) -> Option<Located<String>> {
        if !self.table.contains_key(key) {
            self.asked.borrow_mut().push(key);
            self.missing(key, "a text in quotes");
            return None;
        }
        self.text(key, most)
    }

    /// A kebab-case id.
    pub fn id(&self, key: &'static str) -> Option<Located<String>> {
        let (id, span) = self.required(key, 60)?;
        if !is_id(&id) {
            self.mistake(
                &span,
                &format!("`{key}` is not an id"),
                "found here",
                "an id has small letters a to z, digits and single hyphens: `lasting-contact`",
            );
            return None;
        }
        Some((id, span))
    }

    /// A number within a range, written 1 or 1.0.
    pub fn number(&self, key: &'static str, range: RangeInclusive<f64>) -> Option<Located<f64>> {
        let right = || format!("a number from {} to {}", range.start(), range.end());
        self.number_that(key, right, |number| range.contains(&number))
    }

    /// A number that holds to a rule; `right` says the rule.
    pub fn number_that(
        &self,
        key: &'static str,
        right: impl Fn() -> String,
        holds: impl Fn(f64) -> bool,
    ) -> Option<Located<f64>> {
        let value = self.value(key)?;
        match as_number(value.get_ref()) {
            Some(number) if holds(number) => Some((number, value.span())),
            Some(number) => {
                self.mistake(
                    &value.span(),
                    &format!("`{key}` is out of range"),
                    &format!("this is {number}"),
                    &format!("`{key}` is {}", right()),
                );
                None
            }
            None => {
                self.wrong(value, key, &right());
                None
            }
        }
    }

    /// A whole number within a range.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be a whole number within the range"
    )]
    pub fn whole<N>(&self, key: &'static str, range: RangeInclusive<N>) -> Option<Located<N>>
    where
        N: Copy + Display + Into<f64> + TryFrom<u32>,
    {
        let (number, span) = self.number(key, (*range.start()).into()..=(*range.end()).into())?;
        if number.fract() != 0.0 {
            self.mistake(
                &span,
                &format!("`{key}` is not a whole number"),
                &format!("this is {number}"),
                &format!("write {} to {}", range.start(), range.end()),
            );
            return None;
        }
        Some((N::try_from(number as u32).ok()?, span))
    }

    /// `true` or `false`; false where absent.
    pub fn flag(&self, key: &'static str) -> bool {
        self.stated_flag(key).is_some_and(|(flag, _)| flag)
    }

    /// `true` or `false`; none where absent.
    pub fn stated_flag(&self, key: &'static str) -> Option<Located<bool>> {
        let value = self.value(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong(value, key, "true or false");
        }
        Some((flag?, value.span()))
    }

    /// A list of numbers within a range and where it stands; none where absent or wrong.
    pub fn numbers(
        &self,
        key: &'static str,
        range: &RangeInclusive<f64>,
    ) -> Option<Located<Vec<f64>>> {
        let right = || {
            format!(
                "a list of numbers from {} to {}",
                range.start(),
                range.end()
            )
        };
        let list = self.value(key)?;
        let mut all = Vec::new();
        for value in self.items(key, right) {
            let number = as_number(value.get_ref()).filter(|number| range.contains(number));
            if number.is_none() {
                self.wrong(value, key, &right());
            }
            all.push(number?);
        }
        Some((all, list.span()))
    }

    /// A day, written without quotes.
    pub fn day(&self, key: &'static str) -> Option<Date> {
        let value = self.value(key)?;
        let day = match value.get_ref().as_datetime() {
            Some(&Datetime {
                date: Some(date),
                time: None,
                offset: None,
            }) => Date::new(date.year, date.month, date.day),
            _ => None,
        };
        if day.is_none() {
            self.wrong(value, key, "a day, without quotes: 2026-11-27");
        }
        day
    }

    /// One of some words, each of which stands for something; none where absent.
    pub fn word<T: Copy>(&self, key: &'static str, words: &[(&'static str, T)]) -> Option<T> {
        let (word, span) = self.text(key, 60)?;
        let found = words.iter().find(|(known, _)| *known == word);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
            self.mistake(
                &span,
                &format!("`{key}` is none of the words for it"),
                "found here",
                &format!("one of {}", known.join(", ")),
            );
        }
        found.map(|(_, means)| *means)
    }

    /// One of some words, which must be there.
    pub fn required_word<T: Copy>(
        &self,
        key: &'static str,
        words: &[(&'static str, T)],
    ) -> Option<T> {
        if !self.has(key) {
            let known: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
            self.missing(key, &format!("one of {}", known.join(", ")));
            return None;
        }
        self.word(key, words)
    }

    /// Whether a key's value is a text.
    pub fn is_text(&self, key: &'static str) -> bool {
        matches!(
            self.value(key).map(Spanned::get_ref),
            Some(DeValue::String(_))
        )
    }

    /// Whether a key's value is a table.
    pub fn is_table(&self, key: &'static str) -> bool {
        matches!(
            self.value(key).map(Spanned::get_ref),
            Some(DeValue::Table(_))
        )
    }

    /// Whether a key's value is a list that begins with a text.
    pub fn is_list_of_texts(&self, key: &'static str) -> bool {
        let Some(DeValue::Array(list)) = self.value(key).map(Spanned::get_ref) else {
            return false;
        };
        matches!(list.first().map(Spanned::get_ref), Some(DeValue::String(_)))
    }

    /// A list of texts; empty where absent.
    pub fn texts(&self, key: &'static str, most: usize) -> Vec<Located<String>> {
        let right = || "a list of texts: [\"...\", \"...\"]".to_owned();
        self.items(key, right)
            .iter()
            .filter_map(|value| self.as_text(value, key, most))
            .collect()
    }

    fn items(&self, key: &'static str, right: impl Fn() -> String) -> &'a [Spanned<DeValue<'a>>] {
        let Some(value) = self.value(key) else {
            return &[];
        };
        if let DeValue::Array(array) = value.get_ref() {
            return array;
        }
        self.wrong(value, key, &right());
        &[]
    }

    /// A table.
    pub fn table(&self, key: &'static str) -> Option<Fields<'a>> {
        let value = self.value(key)?;
        if let DeValue::Table(table) = value.get_ref() {
            return Some(Fields::within(self.file, table, value.span(), self.log));
        }
        self.wrong(value, key, &format!("a table: [{key}]"));
        None
    }

    /// A list of tables; empty where absent.
    pub fn tables(&self, key: &'static str) -> Vec<Fields<'a>> {
        let right = || format!("a list of tables: [[{key}]]");
        self.items(key, right)
            .iter()
            .filter_map(|value| {
                if let DeValue::Table(table) = value.get_ref() {
                    return Some(Fields::within(self.file, table, value.span(), self.log));
                }
                self.wrong(value, key, &right());
                None
            })
            .collect()
    }

    /// Whether a key is there; counts as read.
    pub fn has(&self, key: &'static str) -> bool {
        self.value(key).is_some()
    }

    /// All keys of a table whose keys are ids, with their values.
    pub fn entries(&self) -> Vec<(Located<&'a str>, IdEntry<'a>)> {
        self.table
            .iter()
            .map(|(key, value)| {
                let fields = match value.get_ref() {
                    DeValue::Table(table) => {
                        Some(Fields::within(self.file, table, value.span(), self.log))
                    }
                    _ => None,
                };
                let entry = IdEntry {
                    fields,
                    number: as_number(value.get_ref()),
                    text: value.get_ref().as_str(),
                    span: value.span(),
                };
                ((key.get_ref().as_ref(), key.span()), entry)
            })
            .collect()
    }

    /// A date and time, as written.
    pub fn moment(&self, key: &'static str) -> Option<String> {
        let value = self.value(key)?;
        if let Some(moment) = value.get_ref().as_datetime() {
            return Some(moment.to_string());
        }
        self.wrong(value, key, "a date and time: 2026-03-02T09:14:00+13:00");
        None
    }

    /// Notes a mistake at a key, where it is there, that other tables of this kind may have and this one may
    /// not. Where it is absent it stays unknown, so that no message offers it.
    pub(crate) fn refuse(&self, key: &'static str, title: &str, help: &str) {
        if let Some((found, _)) = self.table.get_key_value(key) {
            self.asked.borrow_mut().push(key);
            self.mistake(&found.span(), title, "found here", help);
        }
    }

    /// Notes every key that nobody asked for, save those that begin with `x_`: an author's own.
    pub fn finish(self) {
        let mut asked = self.asked.into_inner();
        let unknown = |word: &str| !asked.contains(&word) && !word.starts_with("x_");
        let keys = self.table.keys();
        let unknown: Vec<_> = keys.filter(|key| unknown(key.get_ref())).collect();
        asked.sort_unstable();
        asked.dedup();
        for key in unknown {
            let word = key.get_ref().as_ref();
            let help = nearest(word, asked.iter().copied()).map_or_else(
                || format!("known here: {}", asked.join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            self.log.add(
                self.file,
                Some(key.span()),
                "unknown key",
                "not known here",
                help,
            );
        }
    }
}

/// A table's span cut to its first line: a message should point at its head, not at all of it.
fn first_line(file: &SourceFile, span: Range<usize>) -> Range<usize> {
    let text = file.text.get(span.clone()).unwrap_or_default();
    let end = text.find('\n').unwrap_or(text.len());
    span.start..span.start + end
}
