//! A quiz in a browser: every call of the core stands here.

use rolescope_core::pages::{Audience, ResultOptions, ResultViews};
use rolescope_core::quiz::{QuestionOrder, ResponseTimes, name_on_page};
use rolescope_core::write::{AnswerFile, AnswerWriter, Document, RecordWriter};
use rolescope_core::{
    AnswerFormat, Answers, Comparison, Diagnostic, Measure, Norm, Norms, Pack, Question,
    QuestionIx, Section, SourceFile,
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What a page asks for; `op` names it.
#[derive(Debug, Deserialize)]
#[serde(tag = "op", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Request {
    /// Opens a pack: gives its name and fingerprint, the questions, and how long the quizzes are.
    Open(Setup),
    /// Begins a full or quick quiz: gives the ids of the questions that count as shown.
    Begin {
        /// The answers there are.
        answers: Given,
        /// Whether it is the quick quiz.
        quick: bool,
    },
    /// The question at a place of the quiz, or what else is due there: the offer to leave out questions that
    /// can change nothing, or the end.
    Ask(Place),
    /// The result as one page, for the person: HTML.
    Page(Person),
    /// A view of the result: HTML.
    View {
        /// Whose.
        person: Person,
        /// Which.
        view: View,
    },
    /// The roles of a result: those that lead, and all with how well each fits.
    Roles(Person),
    /// The answer file: TOML.
    File(Person),
    /// The answers as a code that survives a message.
    Code(Person),
    /// The record of a result with its answers: the line of NDJSON that `score --with-answers` writes.
    Record(Person),
}

/// A pack and how its answers are scored.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// Path and text of each file of the pack.
    files: Vec<(String, String)>,
    /// Tag of the language to show it in, which the files have texts for; else its own.
    #[serde(default)]
    language: Option<String>,
    /// The family whose roles are compared; else all.
    family: Option<String>,
    /// Weight of aptitudes in the match.
    aptitude_weight: f64,
    /// Measured norms.
    norms: Option<MeasuredNorms>,
    /// Version of the program that wrote the page, as receipts state it.
    program: String,
}

/// Norms measured on people.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasuredNorms {
    name: String,
    n: u32,
    /// Id, mean, standard deviation and reliability of each trait.
    traits: Vec<(String, f64, f64, f64)>,
}

/// A place in a quiz that was begun.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Ids of the questions that were shown, in their order.
    shown: Vec<String>,
    /// Which of them, from 0; as many as there are for the question after them.
    at: usize,
    /// The answers so far.
    answers: Given,
    /// Seconds that answers took, as [`Person`] has them.
    times: Vec<(String, f64)>,
    /// Whether it was offered to leave out scored questions.
    offered: bool,
    /// Whether they are left out.
    leave_out: bool,
}

/// Answers as files have them: a number, a letter or `?` by the question's id.
type Given = BTreeMap<String, Value>;

/// A person and what was answered.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Nickname or label.
    id: String,
    /// The answers.
    answers: Given,
    /// When the quiz began, as TOML writes a date and time.
    started: Option<String>,
    /// When it ended.
    finished: Option<String>,
    /// Seconds that answers took, by the question's id, each as often as it was answered.
    #[serde(default)]
    times: Vec<(String, f64)>,
}

/// A view of a result; roles are positions among the roles compared.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum View {
    /// What is seen first.
    First,
    /// Why the leading roles lead.
    Why,
    /// The person's traits.
    Profile,
    /// The map of the roles.
    Map,
    /// One role.
    Role(usize),
    /// Two roles side by side.
    Compare(usize, usize),
}

/// An open pack. What it refers to is never freed: a page opens one pack in its life.
pub struct Quiz {
    comparison: &'static Comparison<'static>,
    order: Option<QuestionOrder<'static>>,
}

/// Answers a request, which is JSON.
///
/// # Errors
/// When it is none of those in [`Request`], the pack has mistakes, or an answer is none of its question.
pub fn answer(quiz: &mut Option<Quiz>, request: &[u8]) -> Result<String, String> {
    let request: Request = serde_json::from_slice(request).map_err(|e| e.to_string())?;
    if let Request::Open(setup) = request {
        let (opened, reply) = open(setup)?;
        *quiz = Some(opened);
        return Ok(reply);
    }
    let quiz = quiz.as_mut().ok_or("no pack is open")?;
    match request {
        Request::Open(_) => Err("opened already".to_owned()),
        Request::Begin { answers, quick } => quiz.begin(&answers, quick),
        Request::Ask(place) => quiz.ask(&place),
        Request::Page(person) => quiz.page(&person),
        Request::View { person, view } => quiz.view(&person, view),
        Request::Roles(person) => quiz.roles(&person),
        Request::File(person) => quiz.file(&person),
        Request::Code(person) => Ok(quiz.answers(&person.answers)?.answer_code(quiz.pack())),
        Request::Record(person) => quiz.record(&person),
    }
}

/// Messages that the page shows as they are. What stands in braces is put in by the page.
const WORDS: &[&str] = &[
    "explore-about",
    "explore-all",
    "leave-yes",
    "web-about-collect",
    "web-about-result",
    "web-answers",
    "web-back",
    "web-begin-anew",
    "web-change",
    "web-code",
    "web-code-copied",
    "web-code-shown",
    "web-collected",
    "web-collected-what",
    "web-compare",
    "web-compare-job",
    "web-compare-with",
    "web-copy-code",
    "web-dont-know",
    "web-drawing",
    "web-failed",
    "web-failed-what",
    "web-finish",
    "web-forget",
    "web-forget-sure",
    "web-full-on",
    "web-go-on",
    "web-keep",
    "web-keeps-nothing",
    "web-kept",
    "web-moment",
    "web-new",
    "web-nickname",
    "web-no-answer",
    "web-noscript",
    "web-offer-ask",
    "web-practice",
    "web-practice-right",
    "web-print",
    "web-progress",
    "web-puzzles",
    "web-result",
    "web-result-now",
    "web-review",
    "web-review-choose",
    "web-review-complete",
    "web-right",
    "web-right-is",
    "web-said",
    "web-save-answers",
    "web-save-or-print",
    "web-save-result",
    "web-saved",
    "web-skip",
    "web-steps",
    "web-used-counted",
    "web-used-puzzles",
    "web-used-stored",
    "web-view-all",
    "web-view-map",
    "web-view-puzzles",
    "web-view-result",
    "web-view-why",
    "web-views",
    "welcome-how-used",
];
/// Messages with a number of questions that the page knows, none to all.
const COUNTED: &[&str] = &["web-continue", "web-review-open"];
/// What the page puts into messages.
const GAPS: [(&str, &str); 4] = [
    ("file", "{file}"),
    ("job", "{job}"),
    ("option", "{option}"),
    ("way", "{way}"),
];

/// What the page says, in the language of the pack: by id a text, or a list of them by a number.
fn words(comparison: &Comparison<'_>) -> Value {
    let pack = comparison.pack();
    let mut words = serde_json::Map::new();
    for &id in WORDS {
        let phrase = GAPS.iter().fold(pack.phrase(id), |phrase, (gap, shown)| {
            phrase.text(gap, *shown)
        });
        words.insert(id.to_owned(), json!(phrase.to_string()));
    }
    for &id in COUNTED {
        let count = |n: usize| pack.phrase(id).number("count", n).to_string();
        let all: Vec<String> = (0..=pack.questions().len()).map(count).collect();
        words.insert(id.to_owned(), json!(all));
    }
    let about = pack.phrase("web-about").text("pack", pack.title());
    let about = about.number("roles", comparison.candidates().len());
    words.insert("web-about".to_owned(), json!(about.to_string()));
    Value::Object(words)
}

/// Whole minutes, at least one.
fn whole(minutes: f64) -> usize {
    format!("{:.0}", minutes.max(1.0)).parse().unwrap_or(1)
}

fn open(setup: Setup) -> Result<(Quiz, String), String> {
    let files = setup.files.iter();
    let files: Vec<SourceFile> = files
        .map(|(path, text)| SourceFile::new(path, text))
        .collect();
    let mistakes = |all: Vec<Diagnostic>| Diagnostic::show_all(&all, &files, false);
    let mut pack = Pack::parse(&files).map_err(mistakes)?;
    if let Some(tag) = &setup.language {
        pack = pack.in_language(tag, &files).map_err(mistakes)?;
    }
    let pack: &'static Pack = Box::leak(Box::new(pack));
    let said = |why: &dyn std::fmt::Display| why.to_string();
    let mut builder = Comparison::builder(pack)
        .aptitude_weight(setup.aptitude_weight)
        .program(&setup.program);
    if let Some(family) = &setup.family {
        builder = builder.family(family).map_err(|why| said(&why))?;
    }
    if let Some(norms) = setup.norms {
        let traits = norms.traits.iter().map(|(id, mean, sd, reliability)| {
            let norm = Norm {
                mean: *mean,
                sd: *sd,
                reliability: *reliability,
            };
            (id.as_str(), norm)
        });
        let norms = Norms::new(&norms.name, norms.n, traits);
        builder = builder.norms(norms.map_err(|why| said(&why))?);
    }
    let comparison = builder.build().map_err(|why| said(&why))?;
    let comparison: &'static Comparison<'static> = Box::leak(Box::new(comparison));
    let none = Answers::none(pack);
    let length = |order: &QuestionOrder<'_>, id: &'static str| {
        let minutes = ResponseTimes::default().minutes(pack, &order.ahead(&[], &none));
        let label = pack.phrase(id).number("count", order.length());
        let label = label.number("minutes", whole(minutes)).to_string();
        json!({ "questions": order.length(), "label": label })
    };
    let questions = pack.questions().iter().map(question);
    let sections = pack.sections().iter().map(section);
    let reply = json!({
        "name": pack.title(),
        "version": pack.version(),
        "fingerprint": pack.fingerprint(),
        "roles": comparison.candidates().len(),
        "words": words(comparison),
        "questions": questions.collect::<Vec<_>>(),
        "sections": sections.collect::<Vec<_>>(),
        "full": length(&QuestionOrder::full(comparison), "web-full"),
        "quick": length(&QuestionOrder::quick(comparison, &none), "web-quick"),
    });
    let order = None;
    Ok((Quiz { comparison, order }, reply.to_string()))
}

/// A question as a page shows it.
fn question(question: &Question) -> Value {
    let mut shown = json!({
        "id": question.id(),
        "text": question.text(),
        "section": question.section(),
        "kind": match question.format() {
            AnswerFormat::Rating => "rating",
            AnswerFormat::Choice => "choice",
            AnswerFormat::Condition => "condition",
        },
        "answers": (1..=question.choices()).map(|code| question.written(code)).collect::<Vec<_>>(),
    });
    if let Measure::Choice {
        figure,
        options,
        answer,
        because,
        ..
    } = question.measure()
    {
        shown["figure"] = json!(figure);
        shown["options"] = json!(options);
        shown["right"] = json!(question.written(*answer));
        shown["because"] = json!(because);
        shown["unsure"] = json!(question.written(Answers::DONT_KNOW));
    }
    shown
}

fn section(section: &Section) -> Value {
    let practice = section.practice().map(|practice| {
        json!({
            "text": practice.text(),
            "figure": practice.figure(),
            "options": practice.options(),
            "right": practice.answer(),
            "because": practice.because(),
        })
    });
    json!({
        "title": section.title(),
        "instructions": section.instructions(),
        "labels": section.labels(),
        "practice": practice,
    })
}

impl Quiz {
    fn pack(&self) -> &'static Pack {
        self.comparison.pack()
    }

    /// The answers of a request. Those to questions that the pack does not have are an error.
    fn answers(&self, given: &Given) -> Result<Answers, String> {
        let mut answers = Answers::none(self.pack());
        for (id, answer) in given {
            let written = match answer {
                Value::String(text) => text.clone(),
                Value::Null => String::new(),
                other => other.to_string(),
            };
            let set = answers.write(self.pack(), id, &written);
            set.map_err(|why| why.to_string())?;
        }
        Ok(answers)
    }

    fn question(&self, id: &str) -> Result<QuestionIx, String> {
        let found = self.pack().question(id);
        found.ok_or_else(|| format!("no question {id:?}"))
    }

    fn ids(&self, questions: &[QuestionIx]) -> Vec<&'static str> {
        let all = self.pack().questions();
        questions.iter().map(|&q| all[q].id()).collect()
    }

    fn begin(&mut self, given: &Given, quick: bool) -> Result<String, String> {
        let answers = self.answers(given)?;
        let order = if quick {
            QuestionOrder::quick(self.comparison, &answers)
        } else {
            QuestionOrder::full(self.comparison)
        };
        let start = order.start(&answers);
        let reply = json!({ "shown": self.ids(&start) });
        self.order = Some(order);
        Ok(reply.to_string())
    }

    fn ask(&self, place: &Place) -> Result<String, String> {
        let order = self.order.as_ref().ok_or("no quiz was begun")?;
        let (pack, answers) = (self.pack(), self.answers(&place.answers)?);
        let shown = place.shown.iter().map(|id| self.question(id));
        let mut shown = shown.collect::<Result<Vec<_>, String>>()?;
        let mut at = place.at.min(shown.len());
        if place.leave_out {
            order.leave_out_scored();
        }
        while at == shown.len() {
            let ahead = order.ahead(&shown, &answers);
            let scored = ahead
                .iter()
                .filter(|&&q| pack.questions()[q].trait_ix().is_some());
            let scored = scored.count();
            // two are worth an offer
            if !place.offered
                && order.may_be_settled()
                && at > 0
                && scored >= 2
                && self.comparison.is_settled(&answers)
            {
                let others = ahead.len() - scored;
                let title = pack.phrase("web-offer-title").number("scored", scored);
                let text = pack.phrase("web-offer").number("others", others);
                let said = json!({ "title": title.to_string(), "text": text.to_string() });
                return Ok(json!({ "settled": said }).to_string());
            }
            let Some(q) = order.next(&shown, &answers) else {
                let open = self.ids(&order.open(&shown, &answers));
                return Ok(
                    json!({ "end": true, "shown": self.ids(&shown), "open": open }).to_string(),
                );
            };
            shown.push(q);
            at += usize::from(answers.has(q));
        }
        let q = shown[at];
        let section = pack.questions()[q].section();
        let of_section = |q: &QuestionIx| pack.questions()[*q].section() == section;
        let mut ahead = vec![q];
        ahead.extend(shown[at + 1..].iter().copied().filter(|&q| !answers.has(q)));
        ahead.extend(order.ahead(&shown, &answers));
        let practice = pack.sections()[section].practice().is_some();
        let begun = pack.sections()[section].questions().any(|q| answers.has(q));
        let part = order.part(q, &shown, &answers);
        let minutes = self.times(&place.times)?.minutes(pack, &ahead);
        let count = pack
            .phrase("web-count")
            .number("number", order.number(q, at))
            .number("count", order.length())
            .when("at-most", order.may_be_shorter())
            .number("minutes", whole(minutes));
        let part = part.map(|part| {
            let part_of = pack.phrase("web-part").number("questions", part.questions);
            part_of
                .number("more", part.left - part.questions)
                .to_string()
        });
        let reply = json!({
            "question": q,
            "shown": self.ids(&shown),
            "at": at,
            "number": order.number(q, at),
            "of": order.length(),
            "at_most": order.may_be_shorter(),
            "opens": !shown[..at].iter().any(of_section),
            "practise": practice && !begun,
            "part": part,
            "count": count.to_string(),
        });
        Ok(reply.to_string())
    }

    /// Response times of a request.
    fn times(&self, seconds: &[(String, f64)]) -> Result<ResponseTimes, String> {
        let mut times = ResponseTimes::default();
        for (id, seconds) in seconds {
            times.record(self.pack(), self.question(id)?, *seconds);
        }
        Ok(times)
    }

    /// The answers of a person, with the pace at which ratings were answered.
    fn answers_of(&self, person: &Person) -> Result<Answers, String> {
        let mut answers = self.answers(&person.answers)?;
        let paced = answers.set_pace(self.times(&person.times)?.of_ratings());
        paced.map_err(|why| why.to_string())?;
        Ok(answers)
    }

    /// Does something with the views of a person's result.
    fn views<T>(
        &self,
        person: &Person,
        show: impl FnOnce(&ResultViews<'_>) -> T,
    ) -> Result<T, String> {
        let answers = self.answers_of(person)?;
        let outcome = self.comparison.assess(&answers);
        let report = self.comparison.explain(&answers, &outcome);
        let name = name_on_page(&person.id, person.started.as_deref());
        let shown = ResultOptions::new(Audience::Student);
        let views = ResultViews::new(&report, &answers, &name, &shown);
        Ok(show(&views))
    }

    fn page(&self, person: &Person) -> Result<String, String> {
        self.views(person, |views| views.page().to_html())
    }

    fn view(&self, person: &Person, view: View) -> Result<String, String> {
        let roles = self.comparison.candidates().len();
        let (a, b) = match view {
            View::Role(at) => (at, at),
            View::Compare(a, b) => (a, b),
            View::First | View::Why | View::Profile | View::Map => (0, 0),
        };
        if a.max(b) >= roles {
            return Err(format!("there are {roles} roles"));
        }
        let document = |views: &ResultViews<'_>| -> Document {
            match view {
                View::First => views.first(),
                View::Why => views.why(),
                View::Profile => views.profile(),
                View::Map => views.map(),
                View::Role(at) => views.role(at),
                View::Compare(a, b) => views.compare((a, b)),
            }
        };
        self.views(person, |views| document(views).to_html())
    }

    fn roles(&self, person: &Person) -> Result<String, String> {
        let roles = |views: &ResultViews<'_>| {
            let all = views.all().into_iter();
            let all: Vec<Value> = all
                .map(|(at, line)| json!({ "at": at, "name": views.name(at), "line": line }))
                .collect();
            json!({ "leading": views.leading(), "all": all })
        };
        Ok(self.views(person, roles)?.to_string())
    }

    fn file(&self, person: &Person) -> Result<String, String> {
        let answers = self.answers_of(person)?;
        let pack = self.pack();
        let file = AnswerFile::new(&person.id, &answers)
            .started(person.started.as_deref())
            .finished(person.finished.as_deref())
            .given_to(Some([pack.name(), pack.version(), pack.fingerprint()]));
        Ok(file.to_toml(pack))
    }

    fn record(&self, person: &Person) -> Result<String, String> {
        let answers = self.answers_of(person)?;
        let outcome = self.comparison.assess(&answers);
        let mut record = Vec::new();
        RecordWriter::new(self.comparison)
            .best(5)
            .json(&mut record, &person.id, &outcome, &[]);
        RecordWriter::counts(&mut record, &answers);
        AnswerWriter::new(self.pack()).add(&mut record, &answers);
        record.push(b'\n');
        String::from_utf8(record).map_err(|why| why.to_string())
    }
}
