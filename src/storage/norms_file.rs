//! Norms files: norms estimated from answers, written by `analyse` and read with `--norms`.

use crate::error::{Error, Result};
use crate::storage::atomic_write::Output;
use crate::storage::text_file::{check_format, file_of, quoted, text_of};
use rolescope_core::pack::Fields;
use rolescope_core::text::nearest;
use rolescope_core::{Diagnostic, Norm, Norms, Pack, SourceFile};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

/// The format that is written; later ones are refused.
const FORMAT: u16 = 1;

/// Reads the norms of a pack's traits.
///
/// # Errors
/// When the file cannot be read, or every mistake in it with its place.
pub fn read(path: &Path, pack: &Pack, colour: bool) -> Result<Norms> {
    let text = text_of(path, "a norms file")?;
    parse_text(&path.display().to_string(), &text, pack, colour)
}

/// Reads norms from the text of their file; `name` is what messages call it.
///
/// # Errors
/// Every mistake in it with its place.
pub fn parse_text(name: &str, text: &str, pack: &Pack, colour: bool) -> Result<Norms> {
    let file = file_of(name, text);
    examine(&file, pack).map_err(|mistakes| {
        let files = std::slice::from_ref(&file);
        Error::Mistakes(Diagnostic::show_all(&mistakes, files, colour))
    })
}

/// Reads norms from their file, before mistakes are made into a message.
///
/// # Errors
/// Every mistake in it with its place.
pub fn examine(file: &SourceFile, pack: &Pack) -> std::result::Result<Norms, Vec<Diagnostic>> {
    Fields::read(file, |fields| norms_of(fields, pack))
}

/// Writes a norms file atomically, in the order of the norms' traits.
///
/// # Errors
/// When the folder cannot be written; an older file is then untouched.
pub fn write(path: &Path, norms: &Norms) -> Result<()> {
    let mut out = Output::open(Some(path))?;
    out.write_all(text(norms).as_bytes())
        .map_err(Error::output)?;
    out.finish()
}

/// Norms as the text of their file.
#[must_use]
pub fn text(norms: &Norms) -> String {
    let mut text = format!(
        "format = {FORMAT}\nname = {}\nn = {}\n",
        quoted(norms.name()),
        norms.people()
    );
    if norms.mixed() {
        text.push_str("mixed = true\n");
    }
    if let Some(tag) = norms.language() {
        let _ = writeln!(text, "language = {}", quoted(tag));
    }
    if !norms.correlations().is_empty() {
        text.push_str(
            "# of true scores: of each trait below with those before it, a line a trait\n",
        );
        text.push_str("correlations = [\n");
        let (mut rest, mut row) = (norms.correlations(), 1);
        while !rest.is_empty() {
            let (line, more) = rest.split_at(row.min(rest.len()));
            let line: Vec<String> = line.iter().map(|r| format!("{r:?}")).collect();
            let _ = writeln!(text, "  {},", line.join(", "));
            (rest, row) = (more, row + 1);
        }
        text.push_str("]\n");
    }
    for (id, norm) in norms.traits() {
        // `{:?}` prints the shortest digits that read back as the same number
        let _ = write!(
            text,
            "\n[[trait]]\nid = {}\nmean = {:?}\nsd = {:?}\nreliability = {:?}\n",
            quoted(id),
            norm.mean,
            norm.sd,
            norm.reliability
        );
    }
    text
}

fn norms_of(fields: Fields<'_>, pack: &Pack) -> Option<Norms> {
    check_format(&fields, FORMAT);
    let name = fields.required("name", Norms::LONGEST_NAME);
    if let Some((text, span)) = &name
        && text.contains('\n')
    {
        let help = "write the name in one line";
        fields.mistake(span, "`name` has several lines", "found here", help);
    }
    let people = fields.whole("n", 2..=u32::MAX);
    if people.is_none() && !fields.has("n") {
        fields.missing("n", "how many people the norms were measured on");
    }
    let mixed = fields.stated_flag("mixed");
    if let Some((false, span)) = &mixed {
        let help = "what people of one kind have in common would count for nothing: measure people of all kinds";
        fields.mistake(span, "norms of one kind of people", "found here", help);
    }
    let language = fields.text("language", 40);
    let correlations = fields.numbers("correlations", &(-1.0..=1.0));
    let traits = traits_of(&fields, pack);
    let pairs = traits.len() * traits.len().saturating_sub(1) / 2;
    if let Some((found, span)) = &correlations
        && found.len() != pairs
    {
        fields.mistake(
            span,
            "`correlations` has not one number for each pair of traits",
            &format!("these are {}", found.len()),
            &format!(
                "{pairs} for {} traits: each with those before it",
                traits.len()
            ),
        );
    }
    fields.finish();
    let traits = traits.iter().map(|(id, norm)| (id.as_str(), *norm));
    let mut norms = Norms::new(&name?.0, people?.0, traits).ok()?;
    if mixed.is_some_and(|(mixed, _)| mixed) {
        norms = norms.of_mixed_people();
    }
    if let Some((tag, _)) = language {
        norms = norms.asked_in(tag);
    }
    match correlations {
        Some((all, _)) => norms.with_correlations(all).ok(),
        None => Some(norms),
    }
}

/// All traits whose figures are right.
fn traits_of(fields: &Fields<'_>, pack: &Pack) -> Vec<(String, Norm)> {
    let (mut traits, mut named) = (Vec::new(), Vec::<String>::new());
    for table in fields.tables("trait") {
        let id = table.id("id");
        if let Some((id, span)) = &id {
            let ids = || pack.traits().iter().map(rolescope_core::Trait::id);
            if named.contains(id) {
                let help = "one [[trait]] a trait: take one of them out";
                table.mistake(span, &format!("`{id}` has two norms"), "the second", help);
            } else if !ids().any(|known| known == id) {
                let help = nearest(id, ids()).map_or_else(
                    || "the norms are of another pack; take it out".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                table.mistake(span, "this pack has no such trait", "found here", &help);
            }
            named.push(id.clone());
        }
        let [mean, sd, reliability] = Norm::FIGURES.map(|named| figure(&table, named));
        table.finish();
        if let (Some((id, _)), Some(mean), Some(sd), Some(reliability)) =
            (id, mean, sd, reliability)
        {
            let norm = Norm {
                mean,
                sd,
                reliability,
            };
            traits.push((id, norm));
        }
    }
    let measured = pack.traits().iter().filter(|t| !t.items().is_empty());
    let missing: Vec<&str> = measured
        .map(rolescope_core::Trait::id)
        .filter(|id| !named.iter().any(|n| n == id))
        .collect();
    if !missing.is_empty() {
        fields.mistake(
            &(0..0),
            &format!("no norm of {}", missing.join(", ")),
            "in this file",
            "add a [[trait]] for each: the pack has questions about it",
        );
    }
    traits
}

/// A figure by its name and what it may be.
fn figure(table: &Fields<'_>, (key, right): (&'static str, &'static str)) -> Option<f64> {
    let found = table.number_that(key, || right.to_owned(), |found| Norm::may_be(key, found));
    if found.is_none() && !table.has(key) {
        table.missing(key, right);
    }
    found.map(|found| found.0)
}
