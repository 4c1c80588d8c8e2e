//! Changes in the text of an answer file: comments, order and everything else that is not changed stay.

use crate::storage::answer_file::{AnswerSheet, Note};
use crate::storage::session_facts::{KNOWN, SessionFacts};
use crate::storage::text_file::quoted;
use rolescope_core::{AnswerFormat, Pack};
use std::collections::HashMap;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, TableLike, Value, value};

/// The text of an answer file with what a sheet holds. A text that cannot be changed in place gives the sheet as it
/// is written anew.
pub(crate) fn with_sheet(text: &str, sheet: &AnswerSheet, pack: &Pack) -> String {
    let changed = changed(text, sheet, pack).filter(|changed| {
        // what would not be read as it is meant is not written
        AnswerSheet::parse_briefly(changed, pack).is_ok_and(|mut read| {
            // it stays as it was, and is not of the sheet
            read.facts.unknown.clear();
            read == rounded(sheet, pack)
        })
    });
    changed.unwrap_or_else(|| sheet.to_toml(pack))
}

/// A sheet as it is read again: its pace has one decimal.
fn rounded(sheet: &AnswerSheet, pack: &Pack) -> AnswerSheet {
    let again = AnswerSheet::parse_briefly(&sheet.to_toml(pack), pack);
    again.unwrap_or_else(|_| sheet.clone())
}

fn changed(text: &str, sheet: &AnswerSheet, pack: &Pack) -> Option<String> {
    let text = text.trim_start_matches('\u{FEFF}');
    let old = AnswerSheet::parse_briefly(text, pack).ok()?;
    let mut document: DocumentMut = text.parse().ok()?;
    let root = document.as_table_mut();
    if old.id != sheet.id {
        set(root, "id", &quoted(&sheet.id))?;
    }
    for (key, old, new) in [
        ("started", &old.started, &sheet.started),
        ("finished", &old.finished, &sheet.finished),
    ] {
        if old != new {
            set_or_remove(root, key, new.as_deref())?;
        }
    }
    if old.given != sheet.given {
        let given = sheet.given.as_ref().map(|given| {
            let [name, version, fingerprint] =
                [&given.name, &given.version, &given.fingerprint].map(|text| quoted(text));
            format!("{{ name = {name}, version = {version}, fingerprint = {fingerprint} }}")
        });
        set_or_remove(root, "pack", given.as_deref())?;
    }
    let written = |pace: f64| format!("{pace:.1}");
    let [was, seconds] = [&old, sheet].map(|sheet| sheet.answers.pace().map(written));
    if was != seconds {
        set_or_remove(root, "pace", seconds.as_deref())?;
    }
    answers(root, &old, sheet, pack)?;
    facts(root, &old.facts, &sheet.facts)?;
    notes(root, &old.notes, &sheet.notes)?;
    Some(document.to_string())
}

/// Changes what differs in the table of the session; what a later version wrote there stays.
fn facts(root: &mut Table, old: &SessionFacts, new: &SessionFacts) -> Option<()> {
    let table = |facts: &SessionFacts| {
        let mut text = String::new();
        facts.write(&mut text);
        let mut document: DocumentMut = text.parse().ok()?;
        Some(document.remove("session"))
    };
    let [old, new] = [table(old)?, table(new)?];
    let Some(there) = root.get_mut("session") else {
        if let Some(mut new) = new {
            // behind all that is there
            if let Some(table) = new.as_table_mut() {
                table.set_position(None);
            }
            root.insert("session", new);
        }
        return Some(());
    };
    let there = there.as_table_like_mut()?;
    for key in KNOWN {
        let of = |table: &Option<Item>| table.as_ref()?.get(key)?.as_value().cloned();
        let [old, new] = [of(&old), of(&new)];
        let written = |value: &Option<Value>| value.as_ref().map(ToString::to_string);
        if written(&old) != written(&new) {
            match new {
                Some(new) => drop(there.insert(key, value(new))),
                None => drop(there.remove(key)),
            }
        }
    }
    if there.is_empty() {
        root.remove("session");
    }
    Some(())
}

fn answers(root: &mut Table, old: &AnswerSheet, sheet: &AnswerSheet, pack: &Pack) -> Option<()> {
    let questions = pack.questions();
    let places = questions.iter().enumerate();
    let places: HashMap<&str, usize> = places.map(|(q, question)| (question.id(), q)).collect();
    let place = |id: &str| places.get(id).copied().unwrap_or(usize::MAX);
    let item = root.get_mut("answers")?;
    let table = item.as_table_like_mut()?;
    let order: Vec<usize> = table.iter().map(|(id, _)| place(id)).collect();
    let before = order.len();
    for (q, question) in questions.iter().enumerate() {
        let code = sheet.answers.code(q);
        if old.answers.code(q) == code {
            continue;
        }
        let answer = sheet.answers.has(q).then(|| question.written(code));
        let answer = answer.map(|answer| match question.format() {
            AnswerFormat::Choice => quoted(&answer),
            AnswerFormat::Rating | AnswerFormat::Condition => answer,
        });
        set_or_remove(table, question.id(), answer.as_deref())?;
    }
    for dropped in &sheet.dropped {
        if !old.dropped.contains(dropped) {
            set(table, &dropped.0, &dropped.1)?;
        }
    }
    let grown = table.len() > before;
    if let Some(table) = item.as_table_mut().filter(|_| grown && order.is_sorted()) {
        // new answers stand where they would have been asked; somebody's own order stays
        table.sort_values_by(|a, _, b, _| place(a.get()).cmp(&place(b.get())));
    }
    Some(())
}

/// Adds the notes that follow those that are there; where others were changed or are gone, all are written anew.
fn notes(root: &mut Table, old: &[Note], new: &[Note]) -> Option<()> {
    let added = new.strip_prefix(old).unwrap_or_else(|| {
        root.remove("note");
        new
    });
    if added.is_empty() {
        return Some(());
    }
    let tables = root
        .entry("note")
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let tables = tables.as_array_of_tables_mut()?;
    for note in added {
        let mut table = Table::new();
        set(&mut table, "date", &note.date)?;
        set(&mut table, "text", &quoted(&note.text))?;
        tables.push(table);
    }
    Some(())
}

fn set_or_remove(table: &mut dyn TableLike, key: &str, literal: Option<&str>) -> Option<()> {
    if let Some(literal) = literal {
        return set(table, key, literal);
    }
    table.remove(key);
    Some(())
}

/// Sets a key to a value as TOML writes it; what stands around an old value stays.
fn set(table: &mut dyn TableLike, key: &str, literal: &str) -> Option<()> {
    let mut new: Value = literal.parse().ok()?;
    match table.get_mut(key) {
        Some(Item::Value(old)) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        Some(_) => return None,
        None => {
            *new.decor_mut() = toml_edit::Decor::default();
            table.insert(key, value(new));
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::with_sheet;
    use crate::storage::answer_file::AnswerSheet;

    #[test]
    fn what_a_later_version_wrote_of_a_session_stays() {
        let pack = crate::builtin::built_in();
        let pack = rolescope_core::Pack::parse(&pack).expect("valid");
        let later = "format = 1\nid = \"s-1\"\n\n[answers]\n\n[session] # the desk's\nmeeting = 2027-03-01 # in \
                     room 4\nconsent = 2026-03-02\nwish = \"to help\"\n\n[session.care]\nnext = [1, 2]\n";
        let mut sheet = AnswerSheet::parse_briefly(later, &pack).expect("read");
        assert_eq!(sheet.facts.unknown, ["care", "meeting"]);
        assert_eq!(with_sheet(later, &sheet, &pack), later);
        sheet.facts.wish = None;
        sheet
            .facts
            .tags
            .insert("class".to_owned(), "12B".to_owned());
        let text = with_sheet(later, &sheet, &pack);
        for kept in [
            "[session] # the desk's\nmeeting = 2027-03-01 # in room 4\nconsent = 2026-03-02\n",
            "[session.care]\nnext = [1, 2]\n",
            "\"class\" = \"12B\"",
        ] {
            assert!(text.contains(kept), "{text}");
        }
        assert!(!text.contains("to help"), "{text}");
        assert_eq!(AnswerSheet::parse_briefly(&text, &pack), Ok(sheet.clone()));
        // the last of its own goes, and the table stays for what is another's
        sheet.facts.tags.clear();
        sheet.facts.consent = None;
        let text = with_sheet(&text, &sheet, &pack);
        assert!(
            text.contains("meeting = 2027-03-01") && !text.contains("consent"),
            "{text}"
        );
    }
}
