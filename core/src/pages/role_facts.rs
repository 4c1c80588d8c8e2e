//! Facts about a role as pages show them: how to get in, pay and demand, where it leads, what to do
//! next. Result pages, the page of a role and the comparison of two all take them from here, so that
//! a fact reads the same everywhere.

use crate::pack::model::{Pack, Role};
use crate::pack::role_facts::{
    Basis, Demand, Entry, Link, LinkKind, Need, NextStep, Pay, PayPeriod, PayStage, Provider,
    ReachState, Registration, RoleFacts, RoleIx, Study, Subject, Support, SupportKind, Trend,
};
use crate::write::document::{Block, list, note};
use crate::write::rich_text::RichText;
use crate::write::terminal_text::fixed;
use crate::write::wording::count;

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
        let registration = required.find_map(registration_lead);
        [
            ("From school", from_school.or_else(|| self.entry_line())),
            ("At school now", some(self.subjects_in_brief())),
            ("Study", self.study_in_brief()),
            ("Registration", registration),
            ("Pay", self.pay_in_brief()),
            ("Demand", facts.demand.as_ref().and_then(demand_in_brief)),
            ("The hard part", some(limits)),
        ]
        .into_iter()
        .filter_map(|(name, text)| Some(format!("{name}: {}", sentences(&[Some(&text?)])).into()))
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
            let level = level.map(|level| format!("Level {level}"));
            let required = required.then(|| "required".to_owned());
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
            study_line(study, text)
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
        let more = (more > 0).then(|| format!(" and {more} more"));
        let places = some(places.join(", "))
            .map(|places| format!("At {places}{}", more.unwrap_or_default()));
        some(sentences(&[study.as_deref(), places.as_deref()]))
    }

    /// What it pays, in figures where there are any.
    fn pay_in_brief(&self) -> Option<String> {
        let pay = &self.facts().pay;
        let mut figures: Vec<String> = pay.iter().filter_map(pay_in_brief).collect();
        let of_one_time = |a: &Pay, b: &Pay| a.year == b.year && a.per == b.per;
        let with_figures: Vec<&Pay> = pay
            .iter()
            .filter(|p| p.figures().next().is_some())
            .collect();
        if let [first, .., last] = &with_figures[..]
            && with_figures.iter().all(|p| of_one_time(p, first))
            && let Some(all) = pay_from_to(first, last)
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
            (ReachState::NoTraining, _) => "Nobody trains for this role here.".to_owned(),
            (ReachState::Area, Some(other)) => {
                format!("Not a job of its own here: an area of {other}.")
            }
            (ReachState::Area, None) => "Not a job of its own here.".to_owned(),
        };
        let text = reach.text.as_deref();
        let nearest = match (reach.state, other) {
            (ReachState::NoTraining, Some(other)) => {
                Some(format!("The nearest role that is open: {other}."))
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
        items("School subjects:", self.subjects(), &mut blocks);
        fact("Study", self.study(), &mut blocks);
        items("Where to train:", self.providers(), &mut blocks);
        fact("Registration", self.registration(), &mut blocks);
        blocks
    }

    fn entry(&self, entry: &Entry, blocks: &mut Vec<Block>) {
        // the number of the source follows what is said first
        let mut first = Some(self.cited("entry", &entry.basis));
        let mut with =
            |text: &str| RichText::with_addresses(text).and(first.take().unwrap_or_default());
        if let Some(text) = &entry.text {
            blocks.push(Block::Fact("How to get in".into(), with(text)));
        }
        if let Some((last, others)) = entry.must.split_last() {
            let mut must: Vec<RichText> = others.iter().map(RichText::from).collect();
            must.push(with(last));
            blocks.push(Block::Items(Some("You need:".into()), must));
        }
        let helpful = entry.helpful.iter().map(RichText::from);
        items("It helps to have:", helpful.collect(), blocks);
        for (name, text) in [
            ("From school", &entry.from_school),
            ("From other work", &entry.from_work),
        ] {
            fact(name, text.as_deref().map(&mut with), blocks);
        }
        let url = entry.url.as_deref().map(RichText::with_addresses);
        fact("How to get in, in full", url, blocks);
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
            let need = match need {
                Some(Need::Required) => "Required",
                Some(Need::Preferred) => "Wanted",
                None => "Useful",
            };
            let level = level.map_or_else(String::new, |level| format!(", NCEA Level {level}"));
            RichText::from(format!("{need}{level}: ")).and(RichText::joined(names, ", "))
        };
        kinds.into_iter().map(line).collect()
    }

    /// The training in one line.
    pub(crate) fn study(&self) -> Option<RichText> {
        let study = self.facts().study.as_ref()?;
        let text = study.text.as_deref();
        let line = study_line(study, text);
        Some(self.backed(&line, "study", &study.basis))
    }

    /// Where to train, a line a place.
    pub(crate) fn providers(&self) -> Vec<RichText> {
        let line = |p: &Provider| self.backed(&provider_line(p), "providers", &p.basis);
        let providers = &self.facts().providers;
        providers.iter().map(line).collect()
    }

    /// Registration in one line.
    pub(crate) fn registration(&self) -> Option<RichText> {
        let registration = self.facts().registration.as_ref()?;
        let line = registration_line(registration);
        Some(self.backed(&line, "registration", &registration.basis))
    }

    /// What it pays and how much people are wanted.
    pub(crate) fn prospects(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        items("Pay:", self.pay(), &mut blocks);
        fact("Demand", self.demand(), &mut blocks);
        blocks
    }

    /// Pay, a line a statement.
    pub(crate) fn pay(&self) -> Vec<RichText> {
        let line = |p: &Pay| self.backed(&pay_line(p), "pay", &p.basis);
        self.facts().pay.iter().map(line).collect()
    }

    /// Demand in one line.
    pub(crate) fn demand(&self) -> Option<RichText> {
        let demand = self.facts().demand.as_ref()?;
        Some(self.backed(&demand_line(demand), "demand", &demand.basis))
    }

    /// What leads here and where it leads.
    pub(crate) fn ladder(&self) -> Option<RichText> {
        let ladder = &self.facts().ladder;
        let before =
            (!ladder.before.is_empty()).then(|| format!("From {}.", self.names(&ladder.before)));
        let after =
            (!ladder.after.is_empty()).then(|| format!("On to {}.", self.names(&ladder.after)));
        let parts = [before.as_deref(), after.as_deref(), ladder.text.as_deref()];
        let line = sentences(&parts);
        (!line.is_empty()).then(|| self.backed(&line, "ladder", &ladder.basis))
    }

    /// Where it leads, and who helps.
    pub(crate) fn onward(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        fact("Steps between roles", self.ladder(), &mut blocks);
        items("Help with study:", self.support(), &mut blocks);
        blocks
    }

    /// Scholarships and programmes of help, as a list.
    pub(crate) fn help(&self) -> Option<Block> {
        let support = self.support();
        (!support.is_empty()).then(|| list(Some("Help with study:"), support))
    }

    /// Scholarships and programmes of help, a line each.
    pub(crate) fn support(&self) -> Vec<RichText> {
        let line = |s: &Support| {
            let mark = self.cited("support", &s.basis);
            addressed(&support_line(s), s.url.as_deref()).and(mark)
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
        (!links.is_empty()).then(|| list(Some("Worth reading:"), links))
    }

    /// When the facts were last read, said once; none where no source states it.
    pub(crate) fn age(&self) -> Option<String> {
        let facts = self.facts();
        let (first, last) = facts.checked()?;
        let (first, last) = (first.month_of_year(), last.month_of_year());
        let when = if first == last {
            format!("in {last}")
        } else {
            format!("from {first} to {last}")
        };
        let unread = facts.sources.iter().filter(|s| s.checked.is_none()).count();
        let rest = match unread {
            0 => String::new(),
            n => format!(
                " For {n} of {} it is not known when they were read last.",
                count(facts.sources.len(), "source", "sources")
            ),
        };
        Some(format!("These facts were checked {when}.{rest}"))
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

fn items(lead: &'static str, lines: Vec<RichText>, blocks: &mut Vec<Block>) {
    if !lines.is_empty() {
        blocks.push(Block::Items(Some(lead.into()), lines));
    }
}

fn fact(name: &'static str, text: Option<RichText>, blocks: &mut Vec<Block>) {
    blocks.extend(text.map(|text| Block::Fact(name.into(), text)));
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
fn pay_from_to(first: &Pay, last: &Pay) -> Option<String> {
    let (low, high) = (first.low?, last.high.or(last.low)?);
    let year = first
        .year
        .map_or_else(String::new, |year| format!(" ({year})"));
    let (from, to) = (stage_word(first), stage_word(last));
    let per = per_word(first.per);
    Some(format!(
        "{from}{} to {to}{} {per}{year}",
        dollars(low),
        dollars(high)
    ))
}

/// How often it is paid.
const fn per_word(per: PayPeriod) -> &'static str {
    match per {
        PayPeriod::Year => "a year",
        PayPeriod::Hour => "an hour",
    }
}

/// The stage of a statement of pay, ready to stand before a figure.
fn stage_word(pay: &Pay) -> &'static str {
    pay.stage.map_or("", |stage| match stage {
        PayStage::Trainee => "in training ",
        PayStage::Qualified => "qualified ",
        PayStage::Senior => "senior ",
    })
}

/// The figures of a statement of pay with stage and year; none where it has none.
fn pay_in_brief(pay: &Pay) -> Option<String> {
    let figures = pay_figures(pay)?;
    let year = pay
        .year
        .map_or_else(String::new, |year| format!(" ({year})"));
    Some(format!("{}{figures}{year}", stage_word(pay)))
}

/// The figures of a statement of pay; none where it has none.
fn pay_figures(pay: &Pay) -> Option<String> {
    let per = per_word(pay.per);
    let range = match (pay.low, pay.high) {
        (Some(low), Some(high)) if low < high => {
            Some(format!("{} to {} {per}", dollars(low), dollars(high)))
        }
        (Some(low), Some(_)) => Some(format!("{} {per}", dollars(low))),
        (Some(low), None) => Some(format!("from {} {per}", dollars(low))),
        (None, Some(high)) => Some(format!("up to {} {per}", dollars(high))),
        (None, None) => None,
    };
    let usual = pay.usual.map(|usual| match range {
        Some(_) => format!("usually {}", dollars(usual)),
        None => format!("usually {} {per}", dollars(usual)),
    });
    let figures: Vec<String> = [range, usual].into_iter().flatten().collect();
    some(figures.join(", "))
}

fn pay_line(pay: &Pay) -> String {
    let figures = pay_figures(pay);
    let stage = pay.stage.map(|stage| match stage {
        PayStage::Trainee => "In training",
        PayStage::Qualified => "Qualified",
        PayStage::Senior => "Senior",
    });
    let year = pay.year.map(|year| year.to_string());
    let text = pay.text.as_deref().unwrap_or_default();
    // the year is shown once: many texts say it themselves
    let year = year.filter(|year| figures.is_some() || !text.contains(year.as_str()));
    let who: Vec<&str> = [stage, pay.employer.as_deref(), year.as_deref()]
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

fn study_line(study: &Study, text: Option<&str>) -> String {
    let years = study.years.map(|years| match study.years_at_most {
        Some(most) if most > years => format!("{years} to {most} years"),
        _ if (years - 1.0).abs() < f64::EPSILON => "1 year".to_owned(),
        _ => format!("{years} years"),
    });
    let name = study.name.as_ref().map(|name| match study.level {
        Some(level) if !name.to_lowercase().contains(&format!("level {level}")) => {
            format!("{name} (Level {level})")
        }
        _ => name.clone(),
    });
    let level = study.level.map(|level| format!("Level {level}"));
    let head: Vec<String> = [name.or(level), years].into_iter().flatten().collect();
    sentences(&[Some(&head.join(", ")), text])
}

fn provider_line(provider: &Provider) -> String {
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
    let fee = provider
        .fee
        .map(|(fee, year)| format!("Fee in {year}: {} a year", dollars(fee)));
    let said = sentences(&[Some(&head), fee.as_deref(), provider.intake.as_deref()]);
    match &provider.url {
        Some(url) => format!("{said} {url}"),
        None => said,
    }
}

/// Whether it is required, and with whom.
fn registration_lead(registration: &Registration) -> Option<String> {
    let body = registration.body.as_deref();
    match (registration.required, body) {
        (Some(true), Some(body)) => Some(format!("Required by law, with the {}", bare(body))),
        (Some(true), None) => Some("Required by law".to_owned()),
        (Some(false), Some(body)) => {
            Some(format!("Not required by law; {} has a register", the(body)))
        }
        (Some(false), None) => Some("Not required by law".to_owned()),
        (None, _) => body.map(str::to_owned),
    }
}

fn registration_line(registration: &Registration) -> String {
    let lead = registration_lead(registration);
    let said = sentences(&[lead.as_deref(), registration.text.as_deref()]);
    match &registration.url {
        Some(url) => format!("{said} {url}"),
        None => said,
    }
}

/// A name without its article.
fn bare(name: &str) -> &str {
    name.strip_prefix("The ").unwrap_or(name)
}

/// A name with its article.
fn the(name: &str) -> String {
    format!("the {}", bare(name))
}

/// The trend as a word.
fn trend_word(demand: &Demand) -> Option<&'static str> {
    demand.trend.map(|trend| match trend {
        Trend::Short => "too few people",
        Trend::Growing => "growing",
        Trend::Steady => "steady",
        Trend::Falling => "falling",
        Trend::Unknown => "not known",
    })
}

/// The trend and its figure where it is at most so long, without the year.
fn demand_said(demand: &Demand, longest: usize) -> Option<String> {
    let figure = demand.figure.as_deref();
    match (
        trend_word(demand),
        figure.filter(|figure| figure.len() <= longest),
    ) {
        (Some(trend), Some(figure)) => Some(format!("{trend}: {figure}")),
        (Some(said), None) | (None, Some(said)) => Some(said.to_owned()),
        (None, None) => None,
    }
}

/// The trend and a short figure with the year; none where the trend is not known.
fn demand_in_brief(demand: &Demand) -> Option<String> {
    let known = demand.trend != Some(Trend::Unknown);
    let said = demand_said(demand, FIGURE).filter(|_| known)?;
    Some(of_year(&said, demand.year))
}

fn demand_line(demand: &Demand) -> String {
    match (demand_said(demand, usize::MAX), &demand.text) {
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

fn support_line(support: &Support) -> String {
    let kind = match support.kind {
        SupportKind::Scholarship if support.name.to_lowercase().contains("scholarship") => None,
        SupportKind::Scholarship => Some("scholarship"),
        SupportKind::KaupapaMaori => Some("kaupapa Māori"),
        SupportKind::Pacific => Some("Pacific"),
        SupportKind::Other => None,
    };
    let name = match kind {
        Some(kind) => format!("{} ({kind})", support.name),
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
    use crate::pack::role_facts::{Demand, Pay, PayPeriod, PayStage, Study, Trend};

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
        let pay = Pay {
            stage: Some(PayStage::Qualified),
            low: Some(77_078.0),
            high: Some(116_390.0),
            employer: Some("Health New Zealand".to_owned()),
            year: Some(2025),
            ..Pay::default()
        };
        assert_eq!(
            pay_line(&pay),
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
            pay_line(&hourly),
            "2026: from $23.95 an hour. The adult minimum wage."
        );
    }

    #[test]
    fn a_year_is_said_once() {
        let demand = Demand {
            trend: Some(Trend::Short),
            figure: Some("160 people short in 2024".to_owned()),
            year: Some(2024),
            ..Demand::default()
        };
        assert_eq!(
            demand_line(&demand),
            "too few people: 160 people short in 2024."
        );
        let old = Pay {
            text: Some("$50,000 in 2021".to_owned()),
            year: Some(2021),
            ..Pay::default()
        };
        assert_eq!(pay_line(&old), "$50,000 in 2021.");
    }

    #[test]
    fn study_says_how_long() {
        let study = Study {
            years: Some(3.0),
            years_at_most: Some(4.0),
            level: Some(7),
            name: Some("Bachelor's degree".to_owned()),
            ..Study::default()
        };
        assert_eq!(
            study_line(&study, None),
            "Bachelor's degree (Level 7), 3 to 4 years."
        );
        assert_eq!(sentences(&[None, Some("One"), Some("Two!")]), "One. Two!");
    }
}
