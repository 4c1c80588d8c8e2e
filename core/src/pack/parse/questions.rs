//! Reads `questions/`: the traits, and sections of questions.

use crate::pack::model::{
    AnswerFormat, Measure, MinimumPay, Pack, Question, Section, Trait, TraitIx, TraitKind,
};
use crate::pack::parse::diagnostics::{Diagnostics, SourceFile};
use crate::pack::parse::fields::{Fields, Located, parse};
use crate::pack::parse::items::{practice, question};
use crate::pack::parse::profiles::id_of;
use crate::text::language::{Language, tag_of};
use std::collections::{HashMap, HashSet};

/// At most this many questions, of all sections: a position fits a sheet and a screen.
const MOST_QUESTIONS: usize = 2000;

/// Reads `traits.toml` into an otherwise empty pack.
pub(crate) fn traits(file: &SourceFile, log: &Diagnostics) -> Pack {
    let document = parse(file, log);
    let fields = Fields::of(file, &document, log);
    let name = fields
        .required("name", 200)
        .map(|n| n.0)
        .unwrap_or_default();
    let mut pack = Pack {
        title: name.clone(),
        name,
        version: fields
            .required("version", 40)
            .map(|v| v.0)
            .unwrap_or_default(),
        attribution: fields.text("attribution", 2000).map(|a| a.0),
        purpose: fields.text("purpose", 500).map(|p| p.0),
        elsewhere: fields.text("elsewhere", 500).map(|e| e.0),
        minimum_pay: minimum_pay(&fields),
        traits: Vec::new(),
        sections: Vec::new(),
        questions: Vec::new(),
        conditions: Vec::new(),
        roles: Vec::new(),
        fingerprint: String::new(),
        language: language(&fields),
    };
    let entries = fields.tables("trait");
    if entries.is_empty() && !fields.has("trait") {
        fields.missing("trait", "one [[trait]] for each dimension of the profile");
    }
    let mut seen = HashSet::new();
    for entry in entries {
        // read every key before giving up on the trait, so that all mistakes show at once
        let id = entry.id("id");
        let name = entry.required("name", 60);
        let kind = kind(&entry);
        let term = entry.required("term", 200);
        let low = entry.required("low", 300);
        let high = entry.required("high", 300);
        let mean = required_number(&entry, "mean", 0.0, 100.0);
        let sd = required_number(&entry, "sd", 0.1, 100.0);
        let reliability = entry.number("reliability", 0.01..=0.99).map(|r| r.0);
        let norm_doubt = entry.number("norm_doubt", 0.0..=50.0).map(|d| d.0);
        if let Some((id, span)) = &id
            && !seen.insert(id.clone())
        {
            entry.mistake(
                span,
                "two traits have this id",
                "the second one",
                "ids are unique",
            );
        }
        entry.finish();
        if let (
            Some(id),
            Some(name),
            Some(kind),
            Some(term),
            Some(low),
            Some(high),
            Some(mean),
            Some(sd),
        ) = (id, name, kind, term, low, high, mean, sd)
        {
            pack.traits.push(Trait {
                id: id.0,
                name: name.0,
                kind,
                term: term.0,
                low: low.0,
                high: high.0,
                mean,
                sd,
                reliability,
                norm_doubt,
                items: Vec::new(),
            });
        }
    }
    fields.finish();
    pack
}

/// The language that the pack is written in.
fn language(fields: &Fields<'_>) -> Language {
    let Some((tag, span)) = fields.text("language", 40) else {
        return Language::default();
    };
    let right = tag_of(&tag);
    if right.as_ref() != Some(&tag) {
        let help = right.map_or_else(
            || "a BCP 47 tag: `cy` for Welsh, `fr-CA` for French in Canada".to_owned(),
            |right| format!("write it as `{right}`"),
        );
        fields.mistake(&span, "not a language tag", "found here", &help);
    }
    Language::of(tag)
}

/// The least that may be paid by law.
fn minimum_pay(fields: &Fields<'_>) -> Option<MinimumPay> {
    let table = fields.table("minimum_pay")?;
    let hour = required_number(&table, "hour", 0.0, 1000.0);
    if !table.has("year") {
        table.missing("year", "the year from which it holds");
    }
    let year = table.whole("year", 1900..=2100_u16);
    table.finish();
    Some(MinimumPay {
        hour: hour?,
        year: year?.0,
    })
}

fn required_number(fields: &Fields<'_>, key: &'static str, from: f64, to: f64) -> Option<f64> {
    if !fields.has(key) {
        fields.missing(key, &format!("a number from {from} to {to}"));
        return None;
    }
    fields.number(key, from..=to).map(|n| n.0)
}

fn kind(entry: &Fields<'_>) -> Option<TraitKind> {
    let (word, span) = entry.required("kind", 20)?;
    let kind = [
        TraitKind::Interest,
        TraitKind::Preference,
        TraitKind::Aptitude,
    ]
    .into_iter()
    .find(|k| k.word() == word);
    if kind.is_none() {
        entry.mistake(
            &span,
            "unknown kind of trait",
            "found here",
            "a kind is interest, preference or aptitude",
        );
    }
    kind
}

/// Reads the sections, in the order of asking, into `pack`; notes ids that stand twice and traits
/// that mix formats.
pub(crate) fn sections(files: &[&SourceFile], pack: &mut Pack, log: &Diagnostics) {
    let mut drafts = Vec::new();
    let traits_known = log.is_empty();
    for &file in files {
        let document = parse(file, log);
        let fields = Fields::of(file, &document, log);
        if let Some(draft) = section(&fields, pack, traits_known) {
            drafts.push((draft, file));
        }
        fields.finish();
    }
    drafts.sort_by(|(a, fa), (b, fb)| a.order.total_cmp(&b.order).then(fa.path.cmp(&fb.path)));
    let mut ids: HashSet<String> = HashSet::new();
    let mut formats: HashMap<TraitIx, AnswerFormat> = HashMap::new();
    for (draft, file) in drafts {
        let first = pack.questions.len();
        for (mut question, span) in draft.questions {
            let mistake = |title: &str, found: &str, help: &str| {
                log.add(file, Some(span.clone()), title, found, help);
            };
            if question.id == "id" {
                mistake(
                    "no question may be called `id`",
                    "found here",
                    "a table of answers has a column `id` that names the person",
                );
            } else if !ids.insert(question.id.clone()) {
                mistake(
                    "two questions have this id",
                    "the second one",
                    "ids are unique over all sections",
                );
            }
            if let Some(k) = question.trait_ix()
                && *formats.entry(k).or_insert(question.format()) != question.format()
            {
                mistake(
                    "this trait has questions of another format",
                    "not the format of its first question",
                    "all scored questions of a trait have one format",
                );
            }
            if let Measure::Condition(c) = &mut question.measure {
                *c = pack.conditions.len();
                pack.conditions.push(pack.questions.len());
            }
            question.section = pack.sections.len();
            pack.questions.push(question);
        }
        if pack.questions.len() > MOST_QUESTIONS {
            log.add(
                file,
                None,
                format!("more than {MOST_QUESTIONS} questions"),
                "",
                "nobody answers so many: split the pack",
            );
        }
        pack.sections.push(Section {
            questions: first..pack.questions.len(),
            ..draft.section
        });
    }
}

struct SectionDraft {
    order: f64,
    section: Section,
    questions: Vec<Located<Question>>,
}

fn section(fields: &Fields<'_>, pack: &Pack, traits_known: bool) -> Option<SectionDraft> {
    let title = fields.required("title", 100);
    let instructions = fields.required("instructions", 1000);
    let order = required_number(fields, "order", 0.0, 1000.0);
    let format = format(fields);
    let labels: Vec<String> = fields
        .texts("labels", 40)
        .into_iter()
        .map(|l| l.0)
        .collect();
    let practice = (format == Some(AnswerFormat::Choice))
        .then(|| fields.table("practice"))
        .flatten()
        .and_then(|table| {
            let practice = practice(&table);
            table.finish();
            practice
        });
    let entries = fields.tables("question");
    if let Some(format) = format {
        check_labels(fields, format, labels.len());
    }
    if entries.is_empty() {
        fields.missing("question", "one [[question]] or more");
    }
    let mut questions = Vec::new();
    for entry in entries {
        let read = format.and_then(|f| question(&entry, f, labels.len(), pack, traits_known));
        if format.is_some() {
            entry.finish();
        }
        questions.extend(read);
    }
    Some(SectionDraft {
        order: order?,
        section: Section {
            id: id_of(fields.file),
            title: title?.0,
            instructions: instructions?.0,
            format: format?,
            labels,
            practice,
            questions: 0..0,
        },
        questions,
    })
}

fn format(fields: &Fields<'_>) -> Option<AnswerFormat> {
    let (word, span) = fields.required("format", 20)?;
    match word.as_str() {
        "rating" => Some(AnswerFormat::Rating),
        "choice" => Some(AnswerFormat::Choice),
        "condition" => Some(AnswerFormat::Condition),
        _ => {
            fields.mistake(
                &span,
                "unknown format",
                "found here",
                "a format is rating, choice or condition",
            );
            None
        }
    }
}

fn check_labels(fields: &Fields<'_>, format: AnswerFormat, labels: usize) {
    let (ok, right) = match format {
        AnswerFormat::Rating => ((2..=9).contains(&labels), "2 to 9 labels, lowest first"),
        AnswerFormat::Choice => (labels == 0, "no labels: each question has its own options"),
        AnswerFormat::Condition => (labels == 3, "exactly 3 labels: fine, seldom, not for me"),
    };
    if !ok {
        fields.mistake(
            &fields.span,
            "wrong number of labels",
            &format!("this section has {labels}"),
            &format!("it needs {right}"),
        );
    }
}
