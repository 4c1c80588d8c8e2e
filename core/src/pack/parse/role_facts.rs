//! Reads the facts of a profile: typed tables, and the texts that older packs have in their place.

use crate::pack::parse::fields::{Fields, Located};
use crate::pack::role_facts::{
    Basis, Demand, Entry, Ladder, Link, LinkKind, Need, Neighbour, NextStep, Pay, PayPeriod,
    PayStage, Provider, Reach, ReachState, Registration, RoleFacts, RoleIx, Source, SourceIx,
    StepKind, Study, Subject, Support, SupportKind, Trend,
};
use crate::text::nearest;
use std::ops::Range;

/// Keys of a profile that a source may back.
const SUPPORTED: &[&str] = &[
    "name",
    "maori_name",
    "names",
    "also_known_as",
    "summary",
    "description",
    "content_note",
    "typical_day",
    "setting",
    "reach",
    "entry",
    "study",
    "providers",
    "registration",
    "subjects",
    "pay",
    "demand",
    "ladder",
    "support",
    "links",
    "limits",
    "neighbours",
];

/// Longest text of a fact, in characters.
pub(crate) const LONG: usize = 1500;
/// Longest line of a list.
pub(crate) const LINE: usize = 500;
/// Longest name of a place, a body or a programme.
pub(crate) const NAME: usize = 200;
/// Longest address.
const ADDRESS: usize = 600;
/// Most dollars that a figure may state, a year: what is above is a slip of the pen.
const MOST_DOLLARS: f64 = 2_000_000.0;
/// Years that a fact may be of.
const YEARS: std::ops::RangeInclusive<u16> = 1900..=2100;

/// Reads the facts; `ids` are the ids of all roles, by position.
pub(crate) fn facts(fields: &Fields<'_>, ids: &[String]) -> RoleFacts {
    let text = |key| fields.text(key, LONG).map(|t| t.0);
    let typical_day = lines(fields, "typical_day", 300);
    if typical_day.is_empty() && !fields.has("typical_day") {
        fields.missing("typical_day", "a list of things done on most days");
    }
    let sources = sources(fields);
    let reader = Reader {
        ids,
        sources: &sources,
    };
    let names = names(fields);
    let in_maori = names.iter().find(|(tag, _)| tag == "mi");
    RoleFacts {
        summary: fields
            .required("summary", 120)
            .map(|t| t.0)
            .unwrap_or_default(),
        description: fields
            .required("description", LONG)
            .map(|t| t.0)
            .unwrap_or_default(),
        content_note: text("content_note"),
        typical_day,
        also_known_as: lines(fields, "also_known_as", 120),
        maori_name: text("maori_name").or_else(|| Some(in_maori?.1.clone())),
        names,
        setting: text("setting"),
        reach: reader.reach(fields),
        entry: reader.entry(fields),
        subjects: reader.subjects(fields),
        study: reader.study(fields),
        providers: reader.each(fields, "providers", Reader::provider),
        registration: reader.registration(fields),
        pay: reader.pay(fields),
        demand: reader.demand(fields),
        ladder: reader.ladder(fields),
        support: reader.each(fields, "support", Reader::support),
        links: reader.each(fields, "links", Reader::link),
        next_steps: reader.each(fields, "next_steps", Reader::next_step),
        limits: lines(fields, "limits", LINE),
        neighbours: reader.each(fields, "neighbours", Reader::neighbour),
        sources,
    }
}

/// The texts of a list.
fn lines(fields: &Fields<'_>, key: &'static str, most: usize) -> Vec<String> {
    fields.texts(key, most).into_iter().map(|t| t.0).collect()
}

/// Titles in other languages.
fn names(fields: &Fields<'_>) -> Vec<(String, String)> {
    let Some(table) = fields.table("names") else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for ((tag, span), entry) in table.entries() {
        let parts: Vec<&str> = tag.split('-').collect();
        let is_tag = (2..=3).contains(&parts[0].len())
            && parts[0].bytes().all(|b| b.is_ascii_lowercase())
            && parts[1..].iter().all(|part| {
                (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
            });
        if !is_tag {
            table.mistake(
                &span,
                "not a language tag",
                "found here",
                "a BCP 47 tag: `mi` for te reo Māori, `sm` for Samoan, `cy` for Welsh",
            );
        }
        match entry.text {
            Some(title) if !title.trim().is_empty() && title.chars().count() <= NAME => {
                all.push((tag.to_owned(), title.trim().to_owned()));
            }
            _ => table.mistake(
                &entry.span,
                "not a title",
                "found here",
                "a text in quotes, of at most 200 characters",
            ),
        }
    }
    all
}

fn sources(fields: &Fields<'_>) -> Vec<Source> {
    let tables = fields.tables("sources");
    if tables.is_empty() {
        fields.missing("sources", "a list of { title, url, year }");
    }
    let mut all: Vec<Source> = Vec::new();
    for table in tables {
        let key = table.has("key").then(|| table.id("key")).flatten();
        let title = table.required("title", NAME);
        let url = table.required("url", ADDRESS);
        let year = table.whole("year", YEARS).map(|y| y.0);
        let (checked, review_by) = (table.day("checked"), table.day("review_by"));
        let owner = table.text("owner", NAME);
        let mirror = table.flag("mirror");
        if mirror && owner.is_none() {
            table.missing("owner", "whose fact it is, since this is a copy");
        }
        if let (false, Some((_, span))) = (mirror, &owner) {
            table.mistake(
                span,
                "an owner, but no copy",
                "found here",
                "add `mirror = true` where the page is a copy, or leave `owner` out",
            );
        }
        let mut supports = Vec::new();
        for (key, span) in table.texts("supports", 40) {
            if !SUPPORTED.contains(&key.as_str()) {
                let help = format!("one of {}", SUPPORTED.join(", "));
                table.mistake(&span, "a source cannot back this key", "found here", &help);
            }
            supports.push(key);
        }
        if let Some((url, span)) = &url {
            web(&table, url, span);
        }
        let key = key.and_then(|(key, span)| {
            let twice = all.iter().any(|other| other.key.as_deref() == Some(&*key));
            if twice {
                table.mistake(
                    &span,
                    "two sources have this key",
                    "the second one",
                    "keys are unique in a file",
                );
            }
            (!twice).then_some(key)
        });
        table.finish();
        // a source with a mistake keeps its place: the numbers of the others stay right
        all.push(Source {
            key,
            title: title.map(|t| t.0).unwrap_or_default(),
            url: url.map(|u| u.0).unwrap_or_default(),
            year,
            checked,
            review_by,
            copied_from: owner.map(|o| o.0),
            supports,
        });
    }
    all
}

fn web(fields: &Fields<'_>, address: &str, span: &Range<usize>) {
    if !(address.starts_with("https://") || address.starts_with("http://")) {
        fields.mistake(
            span,
            "not a web address",
            "found here",
            "start with https://",
        );
    }
}

/// An address.
fn address(fields: &Fields<'_>, key: &'static str) -> Option<String> {
    let (url, span) = fields.text(key, ADDRESS)?;
    web(fields, &url, &span);
    Some(url)
}

/// What facts refer to.
struct Reader<'r> {
    ids: &'r [String],
    sources: &'r [Source],
}

impl Reader<'_> {
    /// The tables of a list, each read as one thing.
    fn each<T>(
        &self,
        fields: &Fields<'_>,
        key: &'static str,
        read: impl Fn(&Self, &Fields<'_>) -> Option<T>,
    ) -> Vec<T> {
        let mut all = Vec::new();
        for table in fields.tables(key) {
            all.extend(read(self, &table));
            table.finish();
        }
        all
    }

    /// What a fact rests on.
    fn basis(&self, table: &Fields<'_>) -> Basis {
        Basis {
            source: self.source(table),
            checked: table.day("checked"),
            review_by: table.day("review_by"),
        }
    }

    fn source(&self, table: &Fields<'_>) -> Option<SourceIx> {
        let (key, span) = table.text("source", 60)?;
        let has = |source: &Source| source.key.as_deref() == Some(&*key);
        let found = self.sources.iter().position(has);
        if found.is_none() {
            let known: Vec<&str> = self
                .sources
                .iter()
                .filter_map(|s| s.key.as_deref())
                .collect();
            let help = match nearest(&key, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if known.is_empty() => {
                    format!("give a [[sources]] the line `key = \"{key}\"`")
                }
                None => format!("known: {}", known.join(", ")),
            };
            table.mistake(&span, "no source has this key", "found here", &help);
        }
        found
    }

    fn role(&self, table: &Fields<'_>, (id, span): Located<String>) -> Option<RoleIx> {
        let found = self.ids.iter().position(|other| *other == id);
        if found.is_none() {
            unknown(table, &span, "no role has this id", &id, self.ids);
        }
        found
    }

    fn roles(&self, table: &Fields<'_>, key: &'static str) -> Vec<RoleIx> {
        let ids = table.texts(key, 60).into_iter();
        ids.filter_map(|id| self.role(table, id)).collect()
    }

    fn neighbour(&self, table: &Fields<'_>) -> Option<Neighbour> {
        let role = table.id("role").and_then(|id| self.role(table, id));
        let difference = table.required("difference", 600);
        Some(Neighbour {
            role: role?,
            difference: difference?.0,
        })
    }

    fn reach(&self, fields: &Fields<'_>) -> Reach {
        let Some(table) = fields.table("reach") else {
            return Reach::default();
        };
        let state = table.required_word("state", &ReachState::WORDS);
        let named = |key: &'static str| {
            let id = table.has(key).then(|| table.id(key)).flatten()?;
            let span = id.1.clone();
            self.role(&table, id).map(|role| (role, span))
        };
        let (nearest, of) = (named("nearest"), named("of"));
        if state == Some(ReachState::Area) && !table.has("of") {
            table.missing("of", "the id of the role that this one is an area of");
        }
        let strays = [
            ("nearest", &nearest, ReachState::NoTraining),
            ("of", &of, ReachState::Area),
        ];
        for (key, role, fits) in strays {
            if let (Some(state), Some((_, span))) = (state, role)
                && state != fits
            {
                table.mistake(
                    span,
                    &format!("`{key}` does not go with this state"),
                    "found here",
                    &format!("`{key}` goes with `state = \"{}\"`", fits.word()),
                );
            }
        }
        let reach = Reach {
            state: state.unwrap_or_default(),
            role: of.or(nearest).map(|r| r.0),
            text: table.text("text", LONG).map(|t| t.0),
            basis: self.basis(&table),
        };
        table.finish();
        reach
    }

    fn entry(&self, fields: &Fields<'_>) -> Option<Entry> {
        if fields.is_text("entry") {
            return Some(Entry {
                text: Some(fields.text("entry", LONG)?.0),
                ..Entry::default()
            });
        }
        let table = fields.table("entry")?;
        let text = |key| table.text(key, LONG).map(|t| t.0);
        let entry = Entry {
            must: lines(&table, "must", LINE),
            helpful: lines(&table, "helpful", LINE),
            from_school: text("from_school"),
            from_work: text("from_work"),
            text: text("text"),
            url: address(&table, "url"),
            basis: self.basis(&table),
        };
        if ["must", "helpful", "from_school", "from_work", "text"]
            .iter()
            .all(|key| !table.has(key))
        {
            table.missing("must", "a list of what is required, each in a short line");
        }
        table.finish();
        Some(entry)
    }

    fn subjects(&self, fields: &Fields<'_>) -> Vec<Subject> {
        if fields.is_list_of_texts("subjects") {
            let names = lines(fields, "subjects", 120).into_iter();
            return names
                .map(|name| Subject {
                    name,
                    level: None,
                    need: None,
                    basis: Basis::default(),
                })
                .collect();
        }
        self.each(fields, "subjects", |reader, table| {
            let name = table.required("name", 120);
            let level = table.whole("level", 1..=3_u8).map(|l| l.0);
            let need = table.required_word("need", &Need::WORDS);
            let basis = reader.basis(table);
            Some(Subject {
                name: name?.0,
                level,
                need,
                basis,
            })
        })
    }

    fn study(&self, fields: &Fields<'_>) -> Option<Study> {
        if fields.is_text("study") {
            return Some(Study {
                text: Some(fields.text("study", LONG)?.0),
                ..Study::default()
            });
        }
        let table = fields.table("study")?;
        let years = table.number("years", 0.0..=15.0);
        let most = table.number("years_at_most", 0.0..=15.0);
        ascending(&table, &[("years", &years), ("years_at_most", &most)]);
        let study = Study {
            years: years.map(|y| y.0),
            years_at_most: most.map(|y| y.0),
            level: table.whole("level", 1..=10_u8).map(|l| l.0),
            name: table.text("name", NAME).map(|n| n.0),
            text: table.text("text", LONG).map(|t| t.0),
            basis: self.basis(&table),
        };
        if ["years", "level", "name", "text"]
            .iter()
            .all(|key| !table.has(key))
        {
            table.missing("name", "the name of the qualification, or `text`");
        }
        table.finish();
        Some(study)
    }

    fn provider(&self, table: &Fields<'_>) -> Option<Provider> {
        let name = table.required("name", NAME);
        let fee = table.number("fee", 0.0..=MOST_DOLLARS);
        let fee_year = table.whole("fee_year", YEARS);
        if let (Some((_, span)), false) = (&fee, table.has("fee_year")) {
            yearless(table, span, "fee", "fee_year");
        }
        let provider = Provider {
            name: name.as_ref().map(|n| n.0.clone()).unwrap_or_default(),
            town: table.text("town", NAME).map(|t| t.0),
            programme: table.text("programme", NAME).map(|p| p.0),
            url: address(table, "url"),
            fee: fee.zip(fee_year).map(|(fee, year)| (fee.0, year.0)),
            intake: table.text("intake", LINE).map(|i| i.0),
            basis: self.basis(table),
        };
        name.map(|_| provider)
    }

    fn registration(&self, fields: &Fields<'_>) -> Option<Registration> {
        if fields.is_text("registration") {
            return Some(Registration {
                text: Some(fields.text("registration", LONG)?.0),
                ..Registration::default()
            });
        }
        let table = fields.table("registration")?;
        if !table.has("required") {
            table.missing("required", "true or false: does the law ask for it?");
        }
        let registration = Registration {
            required: table.has("required").then(|| table.flag("required")),
            body: table.text("body", NAME).map(|b| b.0),
            url: address(&table, "url"),
            text: table.text("text", LONG).map(|t| t.0),
            basis: self.basis(&table),
        };
        table.finish();
        Some(registration)
    }

    fn pay(&self, fields: &Fields<'_>) -> Vec<Pay> {
        if !fields.is_table("pay") {
            return self.each(fields, "pay", Self::one_pay);
        }
        let Some(table) = fields.table("pay") else {
            return Vec::new();
        };
        let pay = self.one_pay(&table);
        table.finish();
        pay.into_iter().collect()
    }

    fn one_pay(&self, table: &Fields<'_>) -> Option<Pay> {
        let figure = |key| table.number(key, 0.0..=MOST_DOLLARS);
        let (low, usual, high) = (figure("low"), figure("usual"), figure("high"));
        let figures = [("low", &low), ("usual", &usual), ("high", &high)];
        ascending(table, &figures);
        if !table.has("year") {
            for (key, figure) in figures {
                if let Some((_, span)) = figure {
                    yearless(table, span, key, "year");
                }
            }
        }
        let text = table.text("text", LONG).map(|t| t.0);
        let pay = Pay {
            stage: table.word("stage", &PayStage::WORDS),
            low: low.map(|f| f.0),
            usual: usual.map(|f| f.0),
            high: high.map(|f| f.0),
            per: table.word("per", &PayPeriod::WORDS).unwrap_or_default(),
            employer: table.text("employer", NAME).map(|e| e.0),
            year: table.whole("year", YEARS).map(|y| y.0),
            text,
            basis: self.basis(table),
        };
        if ["low", "usual", "high", "text"]
            .iter()
            .all(|key| !table.has(key))
        {
            table.missing(
                "text",
                "a text in quotes, or figures: `low`, `usual`, `high`",
            );
            return None;
        }
        Some(pay)
    }

    fn demand(&self, fields: &Fields<'_>) -> Option<Demand> {
        let table = fields.table("demand")?;
        let figure = table.text("figure", LINE);
        if let (Some((_, span)), false) = (&figure, table.has("year")) {
            yearless(&table, span, "figure", "year");
        }
        let demand = Demand {
            trend: table.word("trend", &Trend::WORDS),
            figure: figure.map(|f| f.0),
            year: table.whole("year", YEARS).map(|y| y.0),
            text: table.text("text", LONG).map(|t| t.0),
            basis: self.basis(&table),
        };
        if ["trend", "figure", "text"]
            .iter()
            .all(|key| !table.has(key))
        {
            table.missing("text", "a text in quotes, or a `trend`");
        }
        table.finish();
        Some(demand)
    }

    fn ladder(&self, fields: &Fields<'_>) -> Ladder {
        let Some(table) = fields.table("ladder") else {
            return Ladder::default();
        };
        let ladder = Ladder {
            before: self.roles(&table, "before"),
            after: self.roles(&table, "after"),
            text: table.text("text", LONG).map(|t| t.0),
            basis: self.basis(&table),
        };
        table.finish();
        ladder
    }

    fn support(&self, table: &Fields<'_>) -> Option<Support> {
        let name = table.required("name", NAME);
        let kind = table.required_word("kind", &SupportKind::WORDS);
        let url = address(table, "url");
        let text = table.text("text", LONG).map(|t| t.0);
        let year = table.whole("year", YEARS).map(|y| y.0);
        let basis = self.basis(table);
        Some(Support {
            name: name?.0,
            kind: kind?,
            url,
            text,
            year,
            basis,
        })
    }

    #[expect(clippy::unused_self, reason = "read like every other list")]
    fn link(&self, table: &Fields<'_>) -> Option<Link> {
        let title = table.required("title", NAME);
        let kind = table.required_word("kind", &LinkKind::WORDS);
        if !table.has("url") {
            table.missing("url", "the address: https://...");
        }
        let url = address(table, "url");
        Some(Link {
            title: title?.0,
            url: url?,
            kind: kind?,
        })
    }

    #[expect(clippy::unused_self, reason = "read like every other list")]
    fn next_step(&self, table: &Fields<'_>) -> Option<NextStep> {
        let what = table.required("do", LINE);
        let kind = table.required_word("kind", &StepKind::WORDS);
        let url = address(table, "url");
        if kind == Some(StepKind::Read) && !table.has("url") {
            table.missing("url", "the page to read: https://...");
        }
        Some(NextStep {
            what: what?.0,
            kind: kind?,
            url,
        })
    }
}

/// Notes figures that do not rise in this order.
fn ascending(fields: &Fields<'_>, figures: &[(&str, &Option<Located<f64>>)]) {
    let given = figures.iter().filter_map(|(k, f)| Some((k, f.as_ref()?)));
    let given: Vec<_> = given.collect();
    for pair in given.windows(2) {
        let ((lower, (low, _)), (upper, (high, span))) = (pair[0], pair[1]);
        if low > high {
            fields.mistake(
                span,
                &format!("`{upper}` is below `{lower}`"),
                &format!("{high} is less than {low}"),
                &format!("`{upper}` is {low} or more"),
            );
        }
    }
}

/// Notes a figure that ages and has no year.
fn yearless(fields: &Fields<'_>, span: &Range<usize>, figure: &str, key: &str) {
    fields.mistake(
        span,
        &format!("`{figure}` has no year"),
        "this figure ages",
        &format!("add `{key} = 2026`, the year that it is of, or leave the figure out"),
    );
}

/// Notes an id that stands for nothing.
pub(crate) fn unknown(
    fields: &Fields<'_>,
    span: &Range<usize>,
    title: &str,
    word: &str,
    ids: &[String],
) {
    let help = nearest(word, ids.iter().map(String::as_str)).map_or_else(
        || format!("known: {}", ids.join(", ")),
        |near| format!("did you mean `{near}`?"),
    );
    fields.mistake(span, title, "found here", &help);
}
