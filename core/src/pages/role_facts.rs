//! Facts about a role as pages show them: how to get in, pay and demand, where it leads, what to do
//! next. Result pages, the page of a role and the comparison of two all take them from here, so that
//! a fact reads the same everywhere.

use crate::pack::date::Date;
use crate::pack::model::{Pack, Role};
use crate::pack::role_facts::{
    Basis, Demand, Entry, Link, LinkKind, Need, NextStep, Pay, PayPeriod, PayStage, Provider,
    ReachState, Registration, RoleFacts, RoleIx, Study, Subject, Support, SupportKind, Trend,
};
use crate::write::document::{Block, list_after, note};
use crate::write::rich_text::RichText;
use crate::write::terminal_text::fixed;

/// Facts of one role, ready to be worded.
#[derive(Clone, Copy)]
pub(crate) struct FactsOf<'p> {
    /// The pack, for the names of other roles.
    pub pack: &'p Pack,
    /// The role.
    pub role: &'p Role,
    /// Whether each fact is followed by the number of its source, as on the page of a role.
    pub numbered: bool,
}

/// Places to train that a short page names.
const PLACES: usize = 4;
/// Letters of what stands in the way that a short page has room for.
const LIMITS: usize = 75;
/// Letters of the way in from school that a short page has room for; of more, the first sentence.
const ENTRY: usize = 125;
/// Letters of a figure of demand that a short page has room for.
const FIGURE: usize = 50;

impl<'p> FactsOf<'p> {
    /// The facts of a role without the numbers of their sources.
    pub(crate) const fn plain(pack: &'p Pack, role: &'p Role) -> Self {
        Self {
            pack,
            role,
            numbered: false,
        }
    }

    const fn facts(&self) -> &'p RoleFacts {
        &self.role.facts
    }

    fn name(&self, role: RoleIx) -> &'p str {
        &self.pack.roles[role].name
    }

    fn names(&self, roles: &[RoleIx]) -> String {
        let names: Vec<&str> = roles.iter().map(|&role| self.name(role)).collect();
        names.join(", ")
    }

    /// The numbers of what backs a fact, ready to follow it.
    fn cited(&self, key: &str, basis: &Basis) -> RichText {
        if self.numbered {
            cited(self.facts(), key, Some(basis))
        } else {
            RichText::default()
        }
    }

    /// A fact with the numbers of what backs it.
    fn backed(&self, text: &str, key: &str, basis: &Basis) -> RichText {
        RichText::with_addresses(text).and(self.cited(key, basis))
    }

    /// What decides, each in a line: the way in, subjects, study, registration, pay, demand, and what stands
    /// in the way beside them.
    pub(crate) fn in_brief(&self) -> Vec<RichText> {
        let facts = self.facts();
        let entry = facts.entry.as_ref();
        let from_school = entry.and_then(|entry| entry.from_school.as_deref());
        let whole = |text: &&str| text.len() <= ENTRY;
        let from_school = from_school.map(|text| {
            let whole = Some(text).filter(whole);
            whole.unwrap_or_else(|| first_sentence(text)).to_owned()
        });
        let mut limits = String::new();
        for limit in facts.limits.iter().map(|text| first_sentence(text)) {
            if limits.is_empty() || limits.len() + limit.len() <= LIMITS {
                limits.extend((!limits.is_empty()).then_some(' '));
                limits.push_str(limit);
            }
        }
        let mut required = facts
            .registration
            .iter()
            .filter(|r| r.required == Some(true));
        let registration = required.find_map(|r| registration_lead(self.pack, r));
        let demand = facts.demand.as_ref();
        [
            ("fact-school", from_school.or_else(|| self.entry_line())),
            ("fact-subjects-now", some(self.subjects_in_brief())),
            ("fact-study", self.study_in_brief()),
            ("fact-registration", registration),
            ("fact-pay-title", self.pay_in_brief()),
            (
                "fact-demand",
                demand.and_then(|d| demand_in_brief(self.pack, d)),
            ),
            ("fact-hard", some(limits)),
        ]
        .into_iter()
        .filter_map(|(name, text)| {
            let (name, text) = (self.pack.say(name), sentences(&[Some(&text?)]));
            Some(format!("{name}: {text}").into())
        })
        .collect()
    }

    /// School subjects in one line: those of one level and need together.
    fn subjects_in_brief(&self) -> String {
        let subjects = &self.facts().subjects;
        let mut groups: Vec<(Option<u8>, bool, Vec<&str>)> = Vec::new();
        for subject in subjects {
            let (level, required) = (subject.level, subject.need == Some(Need::Required));
            match groups.iter_mut().find(|g| (g.0, g.1) == (level, required)) {
                Some(group) => group.2.push(&subject.name),
                None => groups.push((level, required, vec![&subject.name])),
            }
        }
        let line = |(level, required, names): (Option<u8>, bool, Vec<&str>)| {
            let level = level.map(|level| level_said(self.pack, level));
            let required = required.then(|| self.pack.say("fact-subject-required"));
            let about: Vec<String> = [level, required].into_iter().flatten().collect();
            if about.is_empty() {
                names.join(", ")
            } else {
                format!("{} ({})", names.join(", "), about.join(", "))
            }
        };
        groups.into_iter().map(line).collect::<Vec<_>>().join("; ")
    }

    /// The training and where it is offered.
    fn study_in_brief(&self) -> Option<String> {
        let facts = self.facts();
        let study = facts.study.as_ref().map(|study| {
            let told = study.name.is_none() && study.years.is_none();
            let text = study.text.as_deref().filter(|_| told).map(first_sentence);
            study_line(self.pack, study, text)
        });
        let mut places: Vec<&str> = Vec::new();
        for provider in &facts.providers {
            // what stands in brackets after a name is not the name
            let name = provider.name.split(" (").next().unwrap_or_default();
            if !places.contains(&name) {
                places.push(name);
            }
        }
        let more = places.len().saturating_sub(PLACES);
        places.truncate(PLACES);
        let places = some(places.join(", ")).map(|places| {
            let at = self.pack.phrase("fact-places").text("places", places);
            at.number("more", more).to_string()
        });
        some(sentences(&[study.as_deref(), places.as_deref()]))
    }

    /// What it pays, in figures where there are any.
    fn pay_in_brief(&self) -> Option<String> {
        let pay = &self.facts().pay;
        let mut figures: Vec<String> = pay
            .iter()
            .filter_map(|p| pay_in_brief(self.pack, p))
            .collect();
        let of_one_time = |a: &Pay, b: &Pay| a.year == b.year && a.per == b.per;
        let with_figures: Vec<&Pay> = pay
            .iter()
            .filter(|p| p.figures().next().is_some())
            .collect();
        if let [first, .., last] = &with_figures[..]
            && with_figures.iter().all(|p| of_one_time(p, first))
            && let Some(all) = pay_from_to(self.pack, first, last)
        {
            figures = vec![all];
        }
        // what is said about pay without a sum stands with the rest of the facts
        some(figures.join("; "))
    }

    /// What to know before the role is chosen: that no way leads in here, or what is hard in it.
    pub(crate) fn before_all(&self) -> Vec<Block> {
        let all = self.reach().map(note).into_iter();
        all.chain(self.content()).collect()
    }

    /// What is hard in a role, to know before it is chosen.
    pub(crate) fn content(&self) -> Option<Block> {
        let content = self.facts().content_note.as_deref();
        content.map(RichText::with_addresses).map(note)
    }

    /// Whether a way leads in, in a sentence or two; none where one does.
    pub(crate) fn reach(&self) -> Option<RichText> {
        let reach = &self.facts().reach;
        let other = reach.role.map(|role| self.name(role));
        let lead = match (reach.state, other) {
            (ReachState::Open, _) => return None,
            (ReachState::NoTraining, _) => self.pack.say("fact-no-training"),
            (ReachState::Area, Some(other)) => {
                let area = self.pack.phrase("fact-area");
                area.text("job", other).to_string()
            }
            (ReachState::Area, None) => self.pack.say("fact-no-job"),
        };
        let text = reach.text.as_deref();
        let nearest = match (reach.state, other) {
            (ReachState::NoTraining, Some(other)) => {
                let nearest = self.pack.phrase("fact-nearest-open");
                Some(nearest.text("job", other).to_string())
            }
            _ => None,
        };
        let parts = [Some(lead.as_str()), text, nearest.as_deref()];
        Some(self.backed(&sentences(&parts), "reach", &reach.basis))
    }

    /// How to get in: what is needed, subjects, study, where, registration.
    pub(crate) fn way_in(&self) -> Vec<Block> {
        let facts = self.facts();
        let mut blocks = Vec::new();
        if let Some(entry) = &facts.entry {
            self.entry(entry, &mut blocks);
        }
        self.items("fact-subjects", self.subjects(), &mut blocks);
        self.fact("fact-study", self.study(), &mut blocks);
        self.items("fact-providers", self.providers(), &mut blocks);
        self.fact("fact-registration", self.registration(), &mut blocks);
        blocks
    }

    fn entry(&self, entry: &Entry, blocks: &mut Vec<Block>) {
        // the number of the source follows what is said first
        let mut first = Some(self.cited("entry", &entry.basis));
        let mut with =
            |text: &str| RichText::with_addresses(text).and(first.take().unwrap_or_default());
        if let Some(text) = &entry.text {
            blocks.push(Block::Fact(self.pack.say("fact-entry").into(), with(text)));
        }
        if let Some((last, others)) = entry.must.split_last() {
            let mut must: Vec<RichText> = others.iter().map(RichText::from).collect();
            must.push(with(last));
            blocks.push(list_after(self.pack.say("fact-must"), must));
        }
        let helpful = entry.helpful.iter().map(RichText::from);
        self.items("fact-helpful", helpful.collect(), blocks);
        for (name, text) in [
            ("fact-school", &entry.from_school),
            ("fact-work", &entry.from_work),
        ] {
            self.fact(name, text.as_deref().map(&mut with), blocks);
        }
        let url = entry.url.as_deref().map(RichText::with_addresses);
        self.fact("fact-entry-full", url, blocks);
    }

    /// What is needed, in one line.
    pub(crate) fn entry_line(&self) -> Option<String> {
        let entry = self.facts().entry.as_ref()?;
        let must = (!entry.must.is_empty()).then(|| entry.must.join("; "));
        let text = must.or_else(|| entry.text.clone());
        text.or_else(|| entry.from_school.clone())
    }

    /// School subjects, a line for each need and level.
    pub(crate) fn subjects(&self) -> Vec<RichText> {
        let subjects = &self.facts().subjects;
        let mut kinds: Vec<(Option<Need>, Option<u8>)> = Vec::new();
        for subject in subjects {
            if !kinds.contains(&(subject.need, subject.level)) {
                kinds.push((subject.need, subject.level));
            }
        }
        let line = |(need, level): (Option<Need>, Option<u8>)| {
            let like = |s: &&Subject| s.need == need && s.level == level;
            let names = subjects.iter().filter(like);
            let names = names.map(|s| self.backed(&s.name, "subjects", &s.basis));
            let need = self.pack.say(match need {
                Some(Need::Required) => "fact-required",
                Some(Need::Preferred) => "fact-wanted",
                None => "fact-useful",
            });
            let level = level.map_or_else(String::new, |level| {
                let ncea = self.pack.phrase("fact-school-level");
                format!(", {}", ncea.text("level", level.to_string()))
            });
            RichText::from(format!("{need}{level}: ")).and(RichText::joined(names, ", "))
        };
        kinds.into_iter().map(line).collect()
    }

    /// The training in one line.
    pub(crate) fn study(&self) -> Option<RichText> {
        let study = self.facts().study.as_ref()?;
        let text = study.text.as_deref();
        let line = study_line(self.pack, study, text);
        Some(self.backed(&line, "study", &study.basis))
    }

    /// Where to train, a line a place.
    pub(crate) fn providers(&self) -> Vec<RichText> {
        let line = |p: &Provider| self.backed(&provider_line(self.pack, p), "providers", &p.basis);
        let providers = &self.facts().providers;
        providers.iter().map(line).collect()
    }

    /// Registration in one line.
    pub(crate) fn registration(&self) -> Option<RichText> {
        let registration = self.facts().registration.as_ref()?;
        let line = registration_line(self.pack, registration);
        Some(self.backed(&line, "registration", &registration.basis))
    }

    /// What it pays and how much people are wanted.
    pub(crate) fn prospects(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        self.items("fact-pay", self.pay(), &mut blocks);
        self.fact("fact-demand", self.demand(), &mut blocks);
        blocks
    }

    /// Pay, a line a statement.
    pub(crate) fn pay(&self) -> Vec<RichText> {
        let line = |p: &Pay| self.backed(&pay_line(self.pack, p), "pay", &p.basis);
        self.facts().pay.iter().map(line).collect()
    }

    /// Demand in one line.
    pub(crate) fn demand(&self) -> Option<RichText> {
        let demand = self.facts().demand.as_ref()?;
        Some(self.backed(&demand_line(self.pack, demand), "demand", &demand.basis))
    }

    /// What leads here and where it leads.
    pub(crate) fn ladder(&self) -> Option<RichText> {
        let ladder = &self.facts().ladder;
        let step = |id: &'static str, roles: &[RoleIx]| {
            let step = self.pack.phrase(id).text("roles", self.names(roles));
            (!roles.is_empty()).then(|| step.to_string())
        };
        let before = step("fact-ladder-from", &ladder.before);
        let after = step("fact-ladder-to", &ladder.after);
        let parts = [before.as_deref(), after.as_deref(), ladder.text.as_deref()];
        let line = sentences(&parts);
        (!line.is_empty()).then(|| self.backed(&line, "ladder", &ladder.basis))
    }

    /// Where it leads, and who helps.
    pub(crate) fn onward(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        self.fact("fact-ladder", self.ladder(), &mut blocks);
        self.items("fact-support", self.support(), &mut blocks);
        blocks
    }

    /// Scholarships and programmes of help, as a list.
    pub(crate) fn help(&self) -> Option<Block> {
        let support = self.support();
        (!support.is_empty()).then(|| list_after(self.pack.say("fact-support"), support))
    }

    /// Scholarships and programmes of help, a line each.
    pub(crate) fn support(&self) -> Vec<RichText> {
        let line = |s: &Support| {
            let mark = self.cited("support", &s.basis);
            addressed(&support_line(self.pack, s), s.url.as_deref()).and(mark)
        };
        self.facts().support.iter().map(line).collect()
    }

    /// What to do next, a line a step.
    pub(crate) fn next_steps(&self) -> Vec<RichText> {
        let line = |step: &NextStep| match &step.url {
            Some(url) => RichText::link(step.what.trim_end_matches(['.', ':']), url),
            None => RichText::with_addresses(&step.what),
        };
        self.facts().next_steps.iter().map(line).collect()
    }

    /// Pages worth reading.
    pub(crate) fn links(&self) -> Vec<RichText> {
        let mut links: Vec<&Link> = self.facts().links.iter().collect();
        // the national career service first, people's stories last; otherwise as the pack has them
        links.sort_by_key(|link| match link.kind {
            LinkKind::CareerService => 0,
            LinkKind::Body | LinkKind::Provider | LinkKind::Employer => 1,
            LinkKind::Story => 2,
        });
        let line = |link: &&Link| addressed(&link.title, Some(&link.url));
        links.iter().map(line).collect()
    }

    /// Pages worth reading, as a list.
    pub(crate) fn links_block(&self) -> Option<Block> {
        let links = self.links();
        (!links.is_empty()).then(|| list_after(self.pack.say("fact-links"), links))
    }

    /// When the facts were last read, said once; none where no source states it.
    pub(crate) fn age(&self) -> Option<String> {
        let facts = self.facts();
        let (first, last) = facts.checked()?;
        let month = |day: Date| {
            let month = self.pack.phrase("page-month").number("month", day.month());
            month.text("year", day.year().to_string()).to_string()
        };
        let (first, last) = (month(first), month(last));
        let checked = if first == last {
            self.pack.phrase("fact-checked-in")
        } else {
            let from = self.pack.phrase("fact-checked-from");
            from.text("first", first)
        };
        let checked = checked.text("last", last).to_string();
        let unread = facts.sources.iter().filter(|s| s.checked.is_none()).count();
        Some(if unread == 0 {
            checked
        } else {
            let unknown = self.pack.phrase("fact-unchecked").number("unread", unread);
            format!("{checked} {}", unknown.number("count", facts.sources.len()))
        })
    }

    /// A list after a line, unless it is empty.
    fn items(&self, lead: &'static str, lines: Vec<RichText>, blocks: &mut Vec<Block>) {
        if !lines.is_empty() {
            blocks.push(list_after(self.pack.say(lead), lines));
        }
    }

    /// A fact under its name, where there is one.
    fn fact(&self, name: &'static str, text: Option<RichText>, blocks: &mut Vec<Block>) {
        blocks.extend(text.map(|text| Block::Fact(self.pack.say(name).into(), text)));
    }
}

/// The numbers of the sources that back a key or that a fact names, ready to follow a text.
pub(crate) fn cited(facts: &RoleFacts, key: &str, basis: Option<&Basis>) -> RichText {
    let named = basis.and_then(|basis| basis.source);
    let backs = |(n, source): &(usize, &crate::pack::role_facts::Source)| {
        match named {
            // a fact that names its source rests on that one
            Some(named) => *n == named,
            None => source.supports.iter().any(|k| k == key),
        }
    };
    let sources = facts.sources.iter().enumerate().filter(backs);
    let numbers = sources.map(|(n, _)| RichText::item(n + 1));
    let numbers = RichText::joined(numbers, ", ");
    if numbers.is_empty() {
        numbers
    } else {
        RichText::from(" [").and(numbers).and("]")
    }
}

/// Some sentences after each other; each ends with a full stop.
fn sentences(parts: &[Option<&str>]) -> String {
    let whole = |part: &&str| !part.trim().is_empty();
    let parts = parts.iter().flatten().copied().filter(whole).map(|part| {
        if part.ends_with(['.', '!', '?']) {
            part.to_owned()
        } else {
            format!("{part}.")
        }
    });
    parts.collect::<Vec<_>>().join(" ")
}

/// A text and the address that goes with it.
fn addressed(text: &str, url: Option<&str>) -> RichText {
    match url {
        Some(url) if !text.contains(url) => {
            let text = text.trim_end_matches(['.', ':']);
            RichText::with_addresses(text)
                .and(": ")
                .and(RichText::link(url, url))
        }
        _ => RichText::with_addresses(text),
    }
}

/// Dollars with separators: `$57,000`, `$23.95`.
pub(crate) fn dollars(amount: f64) -> String {
    let decimals = if amount.fract() == 0.0 { 0 } else { 2 };
    let digits = fixed(amount, decimals);
    let (whole, cents) = digits.split_once('.').unwrap_or((&digits, ""));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if cents.is_empty() {
        format!("${grouped}")
    } else {
        format!("${grouped}.{cents}")
    }
}

/// A text with the year that it is of, unless it says so itself.
fn of_year(text: &str, year: Option<u16>) -> String {
    match year {
        Some(year) if !text.contains(&year.to_string()) => {
            format!("{} ({year})", text.trim_end_matches('.'))
        }
        _ => text.to_owned(),
    }
}

/// A text, unless it is empty.
fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// The first sentence of a text, its full stop with it.
fn first_sentence(text: &str) -> &str {
    let end = text.find(['.', '!', '?']).map_or(text.len(), |first| {
        // a full stop ends a sentence where a capital letter follows
        text.match_indices(['.', '!', '?'])
            .map(|(at, _)| at + 1)
            .find(|&at| {
                let rest = &text[at..];
                rest.is_empty()
                    || rest.starts_with(' ') && rest.trim_start().starts_with(char::is_uppercase)
            })
            .unwrap_or(text.len().max(first))
    });
    &text[..end]
}

/// From the low figure of one statement to the high one of another of the same year.
fn pay_from_to(pack: &Pack, first: &Pay, last: &Pay) -> Option<String> {
    let (low, high) = (first.low?, last.high.or(last.low)?);
    let year = in_brackets(first.year);
    let (from, to) = (stage_word(pack, first), stage_word(pack, last));
    let said = pack
        .phrase("fact-pay-from-to")
        .text("from", from + &dollars(low));
    let said = said.text("to", to + &dollars(high));
    Some(format!("{}{year}", said.text("per", per_word(first.per))))
}

/// A year after what is of it.
fn in_brackets(year: Option<u16>) -> String {
    year.map_or_else(String::new, |year| format!(" ({year})"))
}

/// How often it is paid: a word that messages choose by.
const fn per_word(per: PayPeriod) -> &'static str {
    match per {
        PayPeriod::Year => "year",
        PayPeriod::Hour => "hour",
    }
}

/// The stage of a statement of pay, ready to stand before a figure.
fn stage_word(pack: &Pack, pay: &Pay) -> String {
    pay.stage.map_or_else(String::new, |stage| {
        let stage = pack.say(match stage {
            PayStage::Trainee => "fact-pay-trainee",
            PayStage::Qualified => "fact-pay-qualified",
            PayStage::Senior => "fact-pay-senior",
        });
        stage + " "
    })
}

/// The figures of a statement of pay with stage and year; none where it has none.
fn pay_in_brief(pack: &Pack, pay: &Pay) -> Option<String> {
    let figures = pay_figures(pack, pay)?;
    let year = in_brackets(pay.year);
    Some(format!("{}{figures}{year}", stage_word(pack, pay)))
}

/// The figures of a statement of pay; none where it has none.
fn pay_figures(pack: &Pack, pay: &Pay) -> Option<String> {
    let phrase = |id: &'static str| pack.phrase(id).text("per", per_word(pay.per));
    let alone = |id: &'static str, sum: f64| phrase(id).text("sum", dollars(sum)).to_string();
    let range = match (pay.low, pay.high) {
        (Some(low), Some(high)) if low < high => {
            let range = phrase("fact-pay-from-to").text("from", dollars(low));
            Some(range.text("to", dollars(high)).to_string())
        }
        (Some(low), Some(_)) => Some(alone("fact-pay-sum", low)),
        (Some(low), None) => Some(alone("fact-pay-from", low)),
        (None, Some(high)) => Some(alone("fact-pay-up-to", high)),
        (None, None) => None,
    };
    let usual = pay.usual.map(|usual| match range {
        Some(_) => {
            let usually = pack.phrase("fact-pay-usually");
            usually.text("sum", dollars(usual)).to_string()
        }
        None => alone("fact-pay-usual", usual),
    });
    let figures: Vec<String> = [range, usual].into_iter().flatten().collect();
    some(figures.join(", "))
}

fn pay_line(pack: &Pack, pay: &Pay) -> String {
    let figures = pay_figures(pack, pay);
    let stage = pay.stage.map(|stage| {
        pack.say(match stage {
            PayStage::Trainee => "fact-stage-trainee",
            PayStage::Qualified => "fact-stage-qualified",
            PayStage::Senior => "fact-stage-senior",
        })
    });
    let year = pay.year.map(|year| year.to_string());
    let text = pay.text.as_deref().unwrap_or_default();
    // the year is shown once: many texts say it themselves
    let year = year.filter(|year| figures.is_some() || !text.contains(year.as_str()));
    let who: Vec<&str> = [stage.as_deref(), pay.employer.as_deref(), year.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    let said = sentences(&[figures.as_deref(), Some(text)]);
    if who.is_empty() {
        said
    } else {
        format!("{}: {said}", who.join(", "))
    }
}

/// A level of the national framework.
fn level_said(pack: &Pack, level: u8) -> String {
    let said = pack.phrase("fact-level");
    said.text("level", level.to_string()).to_string()
}

fn study_line(pack: &Pack, study: &Study, text: Option<&str>) -> String {
    let years = study.years.map(|years| match study.years_at_most {
        Some(most) if most > years => {
            let years = pack.phrase("fact-years-to").figure("years", years);
            years.figure("most", most).to_string()
        }
        _ => pack.phrase("fact-years").figure("years", years).to_string(),
    });
    let level = study.level.map(|level| level_said(pack, level));
    let name = study.name.as_ref().map(|name| match &level {
        // many names say it themselves
        Some(level) if !says(name, level) => {
            format!("{name} ({level})")
        }
        _ => name.clone(),
    });
    let head: Vec<String> = [name.or(level), years].into_iter().flatten().collect();
    sentences(&[Some(&head.join(", ")), text])
}

fn provider_line(pack: &Pack, provider: &Provider) -> String {
    let place = match &provider.town {
        Some(town) if !provider.name.contains(town.as_str()) => {
            format!("{}, {town}", provider.name)
        }
        _ => provider.name.clone(),
    };
    let head = match &provider.programme {
        Some(programme) => format!("{place}: {programme}"),
        None => place,
    };
    let fee = provider.fee.map(|(fee, year)| {
        let said = pack.phrase("fact-fee").text("year", year.to_string());
        said.text("sum", dollars(fee)).to_string()
    });
    let said = sentences(&[Some(&head), fee.as_deref(), provider.intake.as_deref()]);
    match &provider.url {
        Some(url) => format!("{said} {url}"),
        None => said,
    }
}

/// Whether it is required, and with whom.
fn registration_lead(pack: &Pack, registration: &Registration) -> Option<String> {
    let body = registration.body.as_deref();
    let with = |id: &'static str, body: &str| {
        let said = pack.phrase(id).text("body", bare(pack, body));
        said.to_string()
    };
    match (registration.required, body) {
        (Some(true), Some(body)) => Some(with("fact-registered-with", body)),
        (Some(true), None) => Some(pack.say("fact-registered")),
        (Some(false), Some(body)) => Some(with("fact-not-registered-with", body)),
        (Some(false), None) => Some(pack.say("fact-not-registered")),
        (None, _) => body.map(str::to_owned),
    }
}

fn registration_line(pack: &Pack, registration: &Registration) -> String {
    let lead = registration_lead(pack, registration);
    let said = sentences(&[lead.as_deref(), registration.text.as_deref()]);
    match &registration.url {
        Some(url) => format!("{said} {url}"),
        None => said,
    }
}

/// A name without the article that it begins with in English, which messages have themselves.
fn bare<'n>(pack: &Pack, name: &'n str) -> &'n str {
    let english = pack.language().starts_with("en");
    let article = english.then(|| name.strip_prefix("The ")).flatten();
    article.unwrap_or(name)
}

/// The trend as a word.
fn trend_word(pack: &Pack, demand: &Demand) -> Option<String> {
    demand.trend.map(|trend| {
        pack.say(match trend {
            Trend::Short => "fact-trend-short",
            Trend::Growing => "fact-trend-growing",
            Trend::Steady => "fact-trend-steady",
            Trend::Falling => "fact-trend-falling",
            Trend::Unknown => "fact-trend-unknown",
        })
    })
}

/// The trend and its figure where it is at most so long, without the year.
fn demand_said(pack: &Pack, demand: &Demand, longest: usize) -> Option<String> {
    let figure = demand.figure.as_deref();
    match (
        trend_word(pack, demand),
        figure.filter(|figure| figure.len() <= longest),
    ) {
        (Some(trend), Some(figure)) => Some(format!("{trend}: {figure}")),
        (Some(trend), None) => Some(trend),
        (None, Some(figure)) => Some(figure.to_owned()),
        (None, None) => None,
    }
}

/// The trend and a short figure with the year; none where the trend is not known.
fn demand_in_brief(pack: &Pack, demand: &Demand) -> Option<String> {
    let known = demand.trend != Some(Trend::Unknown);
    let said = demand_said(pack, demand, FIGURE).filter(|_| known)?;
    Some(of_year(&said, demand.year))
}

fn demand_line(pack: &Pack, demand: &Demand) -> String {
    match (demand_said(pack, demand, usize::MAX), &demand.text) {
        (Some(head), text) => {
            let year = demand.year.filter(|year| {
                let year = year.to_string();
                !text.as_ref().is_some_and(|text| text.contains(&year))
            });
            sentences(&[Some(&of_year(&head, year)), text.as_deref()])
        }
        (None, Some(text)) => of_year(text, demand.year),
        (None, None) => String::new(),
    }
}

/// Whether a name says a word, in whatever letters.
fn says(name: &str, word: &str) -> bool {
    name.to_lowercase().contains(&word.to_lowercase())
}

fn support_line(pack: &Pack, support: &Support) -> String {
    let kind = match support.kind {
        SupportKind::Scholarship if says(&support.name, &pack.say("fact-scholarship")) => None,
        SupportKind::Scholarship => Some("fact-scholarship"),
        SupportKind::KaupapaMaori => Some("fact-kaupapa-maori"),
        SupportKind::Pacific => Some("fact-pacific"),
        SupportKind::Other => None,
    };
    let name = match kind {
        Some(kind) => format!("{} ({})", support.name, pack.say(kind)),
        None => support.name.clone(),
    };
    match &support.text {
        Some(text) => format!("{name}: {}", of_year(text, support.year)),
        None => of_year(&name, support.year),
    }
}

#[cfg(test)]
mod tests {
    use super::{demand_line, dollars, pay_line, sentences, study_line};
    use crate::pack::model::Pack;
    use crate::pack::parse::diagnostics::SourceFile;
    use crate::pack::role_facts::{Demand, Pay, PayPeriod, PayStage, Study, Trend};

    fn pack() -> Pack {
        Pack::parse(&SourceFile::example()).expect("it is valid")
    }

    #[test]
    fn dollars_have_separators_and_cents_where_there_are_any() {
        for (amount, text) in [
            (0.0, "$0"),
            (950.0, "$950"),
            (9269.0, "$9,269"),
            (116_390.0, "$116,390"),
            (1_234_567.0, "$1,234,567"),
            (23.95, "$23.95"),
            (1023.5, "$1,023.50"),
        ] {
            assert_eq!(dollars(amount), text);
        }
    }

    #[test]
    fn a_line_of_pay_says_who_when_and_how_much() {
        let pack = pack();
        let pay = Pay {
            stage: Some(PayStage::Qualified),
            low: Some(77_078.0),
            high: Some(116_390.0),
            employer: Some("Health New Zealand".to_owned()),
            year: Some(2025),
            ..Pay::default()
        };
        assert_eq!(
            pay_line(&pack, &pay),
            "Qualified, Health New Zealand, 2025: $77,078 to $116,390 a year."
        );
        let hourly = Pay {
            low: Some(23.95),
            per: PayPeriod::Hour,
            year: Some(2026),
            text: Some("The adult minimum wage".to_owned()),
            ..Pay::default()
        };
        assert_eq!(
            pay_line(&pack, &hourly),
            "2026: from $23.95 an hour. The adult minimum wage."
        );
    }

    #[test]
    fn a_year_is_said_once() {
        let pack = pack();
        let demand = Demand {
            trend: Some(Trend::Short),
            figure: Some("160 people short in 2024".to_owned()),
            year: Some(2024),
            ..Demand::default()
        };
        assert_eq!(
            demand_line(&pack, &demand),
            "too few people: 160 people short in 2024."
        );
        let old = Pay {
            text: Some("$50,000 in 2021".to_owned()),
            year: Some(2021),
            ..Pay::default()
        };
        assert_eq!(pay_line(&pack, &old), "$50,000 in 2021.");
    }

    #[test]
    fn study_says_how_long() {
        let pack = pack();
        let study = Study {
            years: Some(3.0),
            years_at_most: Some(4.0),
            level: Some(7),
            name: Some("Bachelor's degree".to_owned()),
            ..Study::default()
        };
        assert_eq!(
            study_line(&pack, &study, None),
            "Bachelor's degree (Level 7), 3 to 4 years."
        );
        assert_eq!(sentences(&[None, Some("One"), Some("Two!")]), "One. Two!");
    }
}
