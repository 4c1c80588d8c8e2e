//! Occupations of Tahatū, the national career service of New Zealand, as role facts.
//!
//! The service answers with JSON, described at
//! <https://api-docs.prd.dxs.pub.tec.govt.nz/docs/occupations>. Every field may be missing or null, and
//! fields that are not known here are passed over. Prose stays the author's: what the service says of
//! the work is given as comments to read beside one's own.

use rolescope_core::Date;
use rolescope_core::text::unprintable;
use serde_json::Value;
use std::fmt::Write as _;

/// What the address of every page of an occupation begins with.
const PAGES: &str = "https://tahatu.govt.nz/work/explore-career-ideas/occupation/";
/// Occupations that a message names.
const NAMED: usize = 20;

/// The facts of one occupation as TOML for a role file, read on a day. `text` is an answer of the
/// service: the whole of it, a list of occupations or a single one.
///
/// # Errors
/// When the text is not JSON, or which occupation is meant cannot be told.
pub fn role_facts(text: &str, code: Option<&str>, checked: Date) -> Result<String, String> {
    let answer: Value =
        serde_json::from_str(text).map_err(|error| format!("this is not JSON: {error}"))?;
    let list = match &answer {
        Value::Array(list) => list.iter().collect(),
        Value::Object(map) => match map.get("data") {
            Some(Value::Array(list)) => list.iter().collect(),
            _ => vec![&answer],
        },
        _ => Vec::new(),
    };
    let all: Vec<Occupation<'_>> = list.into_iter().filter_map(Occupation::of).collect();
    let named = || {
        let named = all.iter().take(NAMED);
        let named: Vec<_> = named.map(|o| format!("{} {}", o.code, o.title)).collect();
        named.join(", ")
    };
    let one = match (code, &all[..]) {
        (_, []) => {
            return Err(
                "no occupation is in it: each has an `occupationCode` and a `titleEnglish`"
                    .to_owned(),
            );
        }
        (None, [one]) => one,
        (None, all) => {
            let count = all.len();
            return Err(format!(
                "{count} occupations are in it; name one with --code: {}",
                named()
            ));
        }
        (Some(code), all) => all.iter().find(|o| o.code == code).ok_or_else(|| {
            let code = clean(code);
            format!("no occupation has the code {code}; there are {}", named())
        })?,
    };
    Ok(one.toml(checked))
}

/// An occupation with a code and a title.
struct Occupation<'v> {
    fields: &'v Value,
    code: String,
    title: String,
}

impl<'v> Occupation<'v> {
    fn of(fields: &'v Value) -> Option<Self> {
        let code = text(&fields["occupationCode"])?;
        // the form is documented: a letter T and five digits; an address is made from it
        let is_code = code.len() <= 12 && code.bytes().all(|b| b.is_ascii_alphanumeric());
        Some(Self {
            fields,
            code: is_code.then_some(code)?,
            title: text(&fields["titleEnglish"])?,
        })
    }

    fn text(&self, key: &str) -> Option<String> {
        text(&self.fields[key])
    }

    /// The page of the occupation: its code and its title, as on every page that was seen.
    fn page(&self) -> String {
        let mut slug = String::new();
        for c in self.title.chars().flat_map(char::to_lowercase) {
            if c.is_alphanumeric() {
                slug.push(c);
            } else if !slug.ends_with('-') {
                slug.push('-');
            }
        }
        format!("{PAGES}{}-{}", self.code, slug.trim_matches('-'))
    }

    fn toml(&self, checked: Date) -> String {
        let mut out = Toml::default();
        let updated = self.text("lastUpdatedDate");
        let year = updated
            .as_deref()
            .and_then(|day| Date::parse(day.get(..10)?));
        let year = year.map(Date::year);
        let (title, page) = (&self.title, self.page());
        out.remark("From Tahatū, the national career service", title);
        out.remark("See that this is its page", &page);
        out.pair("x_tahatu", &quoted(&self.code));
        let mut supports = Vec::new();
        if let Some(maori) = self.text("titleMaori") {
            out.pair("maori_name", &quoted(&maori));
            supports.push("maori_name");
        }
        let also = texts(&self.fields["altJobTitlesEnglish"]);
        if !also.is_empty() {
            out.pair("also_known_as", &list(&also));
            supports.push("also_known_as");
        }
        self.study(&mut out);
        self.registration(&mut out);
        for (what, key) in [
            ("It sums the work up as", "descriptionEnglish"),
            ("A task", "detailedWorkActivitiesEnglish"),
            ("Life on the job", "lifeOnTheJobEnglish"),
        ] {
            let said = texts(&self.fields[key]);
            for said in said.iter().chain(&self.text(key)) {
                out.remark(what, said);
            }
        }
        self.entry(&page, &mut out);
        self.pay(year, &mut out);
        out.table("[[links]]");
        let of = format!("{title} on Tahatū, the national career service");
        out.pair("title", &quoted(&of));
        out.pair("url", &quoted(&page));
        out.pair("kind", "\"career-service\"");
        out.table("[[sources]]");
        out.pair("key", "\"tahatu\"");
        let of = format!("Tahatū, national career service: {title}");
        out.pair("title", &quoted(&of));
        out.pair("url", &quoted(&page));
        if let Some(year) = year {
            out.pair("year", &year.to_string());
        }
        out.pair("checked", &checked.to_string());
        out.pair("review_by", &checked.a_year_later().to_string());
        if !supports.is_empty() {
            let supports: Vec<String> = supports.into_iter().map(str::to_owned).collect();
            out.pair("supports", &list(&supports));
        }
        out.0
    }

    fn study(&self, out: &mut Toml) {
        let Some(duration) = self.text("trainingDuration") else {
            return;
        };
        let years: Option<f64> = duration.parse().ok();
        let study = match years.filter(|years| (0.0..=15.0).contains(years)) {
            Some(years) => format!("{{ years = {years}, source = \"tahatu\" }}"),
            None => format!("{{ text = {}, source = \"tahatu\" }}", quoted(&duration)),
        };
        out.pair("study", &study);
    }

    /// The body that registers; whether the law asks for it is not said, so the author decides.
    fn registration(&self, out: &mut Toml) {
        let body = &self.fields["registrationAuthority"];
        let Some(name) = text(&body["name"]) else {
            return;
        };
        let url = text(&body["websiteUrl"]).filter(|url| url.starts_with("https://"));
        let url = url.map_or_else(String::new, |url| format!("url = {}, ", quoted(&url)));
        out.remark(
            "Say whether the law asks for registration, then take the mark off",
            "",
        );
        let _ = writeln!(
            out.0,
            "# registration = {{ required = true, body = {}, {url}source = \"tahatu\" }}",
            quoted(&name)
        );
    }

    fn entry(&self, page: &str, out: &mut Toml) {
        let entry = &self.fields["entryRequirements"];
        // both ways of nesting were seen in the documentation
        let field = |key: &str| match &entry[key] {
            Value::Null => &self.fields[key],
            found => found,
        };
        let must = texts(field("entryYouNeedEnglish"));
        let helpful = texts(field("entryYouMayNeedEnglish"));
        let school = text(field("entryInSchoolEnglish"));
        let summary = text(field("entrySummaryEnglish"));
        if must.is_empty() && helpful.is_empty() && school.is_none() && summary.is_none() {
            return;
        }
        out.table("[entry]");
        for (key, lines) in [("must", must), ("helpful", helpful)] {
            if !lines.is_empty() {
                out.pair(key, &list(&lines));
            }
        }
        for (key, said) in [("from_school", &school), ("text", &summary)] {
            if let Some(said) = said {
                out.pair(key, &quoted(said));
            }
        }
        out.pair("url", &quoted(page));
        out.pair("source", "\"tahatu\"");
        if school.is_some() {
            out.remark(
                "Look in `from_school` for [[subjects]]: name, level, need",
                "",
            );
        }
    }

    fn pay(&self, year: Option<u16>, out: &mut Toml) {
        let pay = &self.fields["remuneration"];
        let figure = |key: &str| pay[key].as_f64().filter(|f| (1.0..=2e6).contains(f));
        let (low, high) = (figure("payLowerBound"), figure("payUpperBound"));
        let (from, to) = (figure("payMidLowerBound"), figure("payMidUpperBound"));
        let middle = from.zip(to);
        let usual =
            figure("payMedian").or_else(|| middle.map(|(from, to)| f64::midpoint(from, to)));
        let figures: Vec<f64> = [low, usual, high].into_iter().flatten().collect();
        if figures.is_empty() {
            return;
        }
        let written: Vec<String> = figures.iter().map(ToString::to_string).collect();
        let Some(year) = year else {
            out.remark(
                "Pay, but of no stated year, so left out",
                &written.join(", "),
            );
            return;
        };
        if !figures.is_sorted() {
            out.remark(
                "Pay, but its figures do not rise, so left out",
                &written.join(", "),
            );
            return;
        }
        out.table("[[pay]]");
        for (key, figure) in [("low", low), ("usual", usual), ("high", high)] {
            if let Some(figure) = figure {
                out.pair(key, &figure.to_string());
            }
        }
        out.pair("year", &year.to_string());
        if let Some((from, to)) = middle {
            out.pair("text", &quoted(&format!("Most earn ${from} to ${to}.")));
        }
        out.pair("source", "\"tahatu\"");
    }
}

/// TOML as it grows.
#[derive(Default)]
struct Toml(String);

impl Toml {
    fn pair(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.0, "{key} = {value}");
    }

    fn table(&mut self, head: &str) {
        let _ = writeln!(self.0, "\n{head}");
    }

    fn remark(&mut self, what: &str, text: &str) {
        let mark = if text.is_empty() { "" } else { ": " };
        let _ = writeln!(self.0, "# {what}{mark}{}", clean(text));
    }
}

/// A text on one line, without anything that a terminal would act on.
fn clean(text: &str) -> String {
    let kept: String = text
        .chars()
        .map(|c| if unprintable(c) { ' ' } else { c })
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text or a number as text; none where there is nothing to read.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => clean(text),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn texts(value: &Value) -> Vec<String> {
    let list = value.as_array().into_iter().flatten();
    list.filter_map(text).collect()
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}
