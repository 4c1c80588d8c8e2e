//! How the texts of a file of `languages/` are put in place of those that a pack has, by ids and keys.
//!
//! Nothing there changes what is scored. What a file has no text for stays in the language of the pack.

use crate::pack::model::{AnswerSentences, Measure, Pack, Practice, Question, Role};
use crate::pack::parse::fields::Fields;
use crate::pack::parse::role_facts::{LINE, LONG, NAME, unknown};
use crate::pack::role_facts::RoleFacts;

impl Pack {
    /// Puts the texts of a file in place of those that are there, or only counts them where there is no file: how many
    /// there are, and the keys of those that the file lacks.
    pub(super) fn put_texts(&mut self, fields: Option<&Fields<'_>>) -> (usize, Vec<String>) {
        let part = &Part {
            fields,
            path: String::new(),
        };
        let mut texts = Texts::default();
        texts.text(part, "name", 200, &mut self.title);
        texts.optional(part, "attribution", 2000, &mut self.attribution);
        texts.optional(part, "purpose", 500, &mut self.purpose);
        texts.optional(part, "elsewhere", 500, &mut self.elsewhere);
        let ids: Vec<String> = self.traits.iter().map(|t| t.id.clone()).collect();
        texts.by_id(part, "traits", &ids, |texts, at, part| {
            let of = &mut self.traits[at];
            texts.text(part, "name", 60, &mut of.name);
            texts.text(part, "term", 200, &mut of.term);
            texts.text(part, "low", 300, &mut of.low);
            texts.text(part, "high", 300, &mut of.high);
        });
        let ids: Vec<String> = self.sections.iter().map(|s| s.id.clone()).collect();
        texts.by_id(part, "sections", &ids, |texts, at, part| {
            let section = &mut self.sections[at];
            texts.text(part, "title", 100, &mut section.title);
            texts.text(part, "instructions", 1000, &mut section.instructions);
            texts.list(part, "labels", 40, &mut section.labels, true);
            texts.part(part, "practice", section.practice.as_mut(), Texts::practice);
        });
        let ids: Vec<String> = self.questions.iter().map(|q| q.id.clone()).collect();
        texts.by_id(part, "questions", &ids, |texts, at, part| {
            texts.question(part, &mut self.questions[at]);
        });
        let ids: Vec<String> = self.roles.iter().map(|r| r.id.clone()).collect();
        texts.by_id(part, "roles", &ids, |texts, at, part| {
            texts.role(part, &mut self.roles[at], &ids);
        });
        (texts.count, texts.missing)
    }
}

/// A table of a language's file, none where the file has nothing of it, and what leads there.
struct Part<'f, 'a> {
    fields: Option<&'f Fields<'a>>,
    path: String,
}

impl Part<'_, '_> {
    fn key(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }

    fn has(&self, key: &'static str) -> bool {
        self.fields.is_some_and(|fields| fields.has(key))
    }

    /// Notes a text where the pack has none.
    fn refuse(&self, key: &'static str) {
        if let Some(fields) = self.fields {
            fields.refuse(
                key,
                "the pack itself has no such text",
                "take it out, or write one in the pack first",
            );
        }
    }
}

/// The texts of a pack, as they are put into a language one by one.
#[derive(Default)]
struct Texts {
    /// How many there are.
    count: usize,
    /// Keys of those that the language does not have.
    missing: Vec<String>,
}

impl Texts {
    /// Counts a text of the pack, unless it has no letters and so reads the same in every language.
    fn count(&mut self, part: &Part<'_, '_>, key: &'static str, own: &str) {
        if own.chars().any(char::is_alphabetic) {
            self.count += 1;
            if !part.has(key) {
                self.missing.push(part.key(key));
            }
        }
    }

    fn text(&mut self, part: &Part<'_, '_>, key: &'static str, most: usize, own: &mut String) {
        self.count(part, key, own);
        if let Some((text, _)) = part.fields.and_then(|fields| fields.text(key, most)) {
            *own = text;
        }
    }

    fn optional(
        &mut self,
        part: &Part<'_, '_>,
        key: &'static str,
        most: usize,
        own: &mut Option<String>,
    ) {
        match own {
            Some(own) => self.text(part, key, most, own),
            None => part.refuse(key),
        }
    }

    /// A list of texts; `same` where each of them stands for one of the pack.
    fn list(
        &mut self,
        part: &Part<'_, '_>,
        key: &'static str,
        most: usize,
        own: &mut Vec<String>,
        same: bool,
    ) {
        if own.is_empty() {
            part.refuse(key);
            return;
        }
        self.count(part, key, &own.concat());
        let Some(fields) = part.fields.filter(|fields| fields.has(key)) else {
            return;
        };
        let texts: Vec<_> = fields.texts(key, most);
        let (given, has) = (texts.len(), own.len());
        match texts.first() {
            Some((_, span)) if same && given != has => fields.mistake(
                span,
                &format!("`{key}` has another length than in the pack"),
                &format!("{given} of {has}"),
                "write one for each of the pack, in the same order",
            ),
            None => fields.mistake(
                &fields.span,
                &format!("`{key}` is empty"),
                "in this table",
                "write its texts, or take the key out",
            ),
            Some(_) => *own = texts.into_iter().map(|text| text.0).collect(),
        }
    }

    /// A table within a table, where the pack has what it is about.
    fn part<T>(
        &mut self,
        part: &Part<'_, '_>,
        key: &'static str,
        own: Option<&mut T>,
        read: impl FnOnce(&mut Self, &Part<'_, '_>, &mut T),
    ) {
        let Some(own) = own else {
            part.refuse(key);
            return;
        };
        let table = part.fields.and_then(|fields| fields.table(key));
        let within = Part {
            fields: table.as_ref(),
            path: part.key(key),
        };
        read(self, &within, own);
        if let Some(table) = table {
            table.finish();
        }
    }

    /// A list of tables, one for each of the pack in its order.
    fn each<T>(
        &mut self,
        part: &Part<'_, '_>,
        key: &'static str,
        own: &mut [T],
        read: impl Fn(&mut Self, &Part<'_, '_>, &mut T),
    ) {
        if own.is_empty() {
            part.refuse(key);
            return;
        }
        let tables = part.fields.map(|fields| fields.tables(key));
        let mut tables = tables.unwrap_or_default();
        if let Some(first) = tables.first()
            && tables.len() != own.len()
        {
            first.mistake(
                &first.span,
                &format!("`{key}` has another length than in the pack"),
                &format!("{} of {}", tables.len(), own.len()),
                "write one for each of the pack, in the same order",
            );
        }
        tables.reverse();
        for (at, own) in own.iter_mut().enumerate() {
            let table = tables.pop();
            let within = Part {
                fields: table.as_ref(),
                path: part.key(&format!("{key}.{}", at + 1)),
            };
            read(self, &within, own);
            if let Some(table) = table {
                table.finish();
            }
        }
    }

    /// A table whose keys are ids of the pack.
    fn by_id(
        &mut self,
        part: &Part<'_, '_>,
        key: &'static str,
        ids: &[String],
        mut read: impl FnMut(&mut Self, usize, &Part<'_, '_>),
    ) {
        let table = part.fields.and_then(|fields| fields.table(key));
        let mut found: Vec<Option<Fields<'_>>> = ids.iter().map(|_| None).collect();
        for ((id, span), entry) in table.iter().flat_map(Fields::entries) {
            let Some(table) = &table else { continue };
            let at = ids.iter().position(|known| known == id);
            match (at, entry.fields) {
                (Some(at), Some(fields)) => found[at] = Some(fields),
                (Some(_), None) => table.mistake(
                    &entry.span,
                    "these texts are no table",
                    "found here",
                    &format!(
                        "write [{}.{id}], and its texts by their keys below",
                        part.key(key)
                    ),
                ),
                (None, _) => unknown(table, &span, "the pack has nothing of this id", id, ids),
            }
        }
        for (at, (id, fields)) in ids.iter().zip(found).enumerate() {
            let within = Part {
                fields: fields.as_ref(),
                path: part.key(&format!("{key}.{id}")),
            };
            read(self, at, &within);
            if let Some(fields) = fields {
                fields.finish();
            }
        }
    }

    fn practice(&mut self, part: &Part<'_, '_>, own: &mut Practice) {
        self.text(part, "text", 500, &mut own.text);
        Self::figure(part, &mut own.figure);
        self.list(part, "options", 200, &mut own.options, true);
        self.text(part, "because", 600, &mut own.because);
    }

    /// A drawing, which may be the same in every language and so is not counted.
    fn figure(part: &Part<'_, '_>, own: &mut Option<String>) {
        if own.is_none() {
            part.refuse("figure");
        } else if let Some((figure, _)) = part.fields.and_then(|f| f.text("figure", 5000)) {
            *own = Some(figure);
        }
    }

    fn question(&mut self, part: &Part<'_, '_>, own: &mut Question) {
        self.text(part, "text", 500, &mut own.text);
        if let Measure::Choice {
            figure,
            options,
            because,
            ..
        } = &mut own.measure
        {
            Self::figure(part, figure);
            self.list(part, "options", 200, options, true);
            self.text(part, "because", 600, because);
        }
        if let Some(AnswerSentences { like, dislike }) = &mut own.sentences {
            self.text(part, "you_like", 200, like);
            self.text(part, "you_dislike", 200, dislike);
        } else {
            part.refuse("you_like");
            part.refuse("you_dislike");
        }
    }

    fn role(&mut self, part: &Part<'_, '_>, role: &mut Role, ids: &[String]) {
        self.text(part, "name", 80, &mut role.name);
        let RoleFacts {
            summary,
            description,
            content_note,
            typical_day,
            also_known_as,
            setting,
            reach,
            entry,
            subjects,
            study,
            providers,
            registration,
            pay,
            demand,
            ladder,
            support,
            links,
            next_steps,
            limits,
            neighbours,
            // titles in other languages and of sources stand as they are
            maori_name: _,
            names: _,
            sources: _,
        } = &mut role.facts;
        self.text(part, "summary", 120, summary);
        self.text(part, "description", LONG, description);
        self.optional(part, "content_note", LONG, content_note);
        self.list(part, "typical_day", 300, typical_day, true);
        self.list(part, "also_known_as", 120, also_known_as, false);
        self.optional(part, "setting", LONG, setting);
        let reach = reach.text.is_some().then_some(reach);
        self.part(part, "reach", reach, |texts, part, own| {
            texts.optional(part, "text", LONG, &mut own.text);
        });
        self.part(part, "entry", entry.as_mut(), |texts, part, own| {
            texts.list(part, "must", LINE, &mut own.must, true);
            texts.list(part, "helpful", LINE, &mut own.helpful, true);
            texts.optional(part, "from_school", LONG, &mut own.from_school);
            texts.optional(part, "from_work", LONG, &mut own.from_work);
            texts.optional(part, "text", LONG, &mut own.text);
        });
        self.each(part, "subjects", subjects, |texts, part, own| {
            texts.text(part, "name", 120, &mut own.name);
        });
        self.part(part, "study", study.as_mut(), |texts, part, own| {
            texts.optional(part, "name", NAME, &mut own.name);
            texts.optional(part, "text", LONG, &mut own.text);
        });
        self.each(part, "providers", providers, |texts, part, own| {
            texts.text(part, "name", NAME, &mut own.name);
            texts.optional(part, "town", NAME, &mut own.town);
            texts.optional(part, "programme", NAME, &mut own.programme);
            texts.optional(part, "intake", LINE, &mut own.intake);
        });
        self.part(
            part,
            "registration",
            registration.as_mut(),
            |texts, part, own| {
                texts.optional(part, "body", NAME, &mut own.body);
                texts.optional(part, "text", LONG, &mut own.text);
            },
        );
        self.each(part, "pay", pay, |texts, part, own| {
            texts.optional(part, "employer", NAME, &mut own.employer);
            texts.optional(part, "text", LONG, &mut own.text);
        });
        self.part(part, "demand", demand.as_mut(), |texts, part, own| {
            texts.optional(part, "figure", LINE, &mut own.figure);
            texts.optional(part, "text", LONG, &mut own.text);
        });
        let ladder = ladder.text.is_some().then_some(ladder);
        self.part(part, "ladder", ladder, |texts, part, own| {
            texts.optional(part, "text", LONG, &mut own.text);
        });
        self.each(part, "support", support, |texts, part, own| {
            texts.text(part, "name", NAME, &mut own.name);
            texts.optional(part, "text", LONG, &mut own.text);
        });
        self.each(part, "links", links, |texts, part, own| {
            texts.text(part, "title", NAME, &mut own.title);
        });
        self.each(part, "next_steps", next_steps, |texts, part, own| {
            texts.text(part, "do", LINE, &mut own.what);
        });
        self.list(part, "limits", LINE, limits, true);
        // by the id of the neighbour, of which the pack names some
        let named: Vec<String> = neighbours.iter().map(|n| ids[n.role].clone()).collect();
        self.by_id(part, "neighbours", &named, |texts, at, part| {
            texts.text(part, "difference", 600, &mut neighbours[at].difference);
        });
    }
}
