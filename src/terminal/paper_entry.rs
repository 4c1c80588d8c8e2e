//! Typing of paper forms: answers by the numbers that are printed, several on a line, with undo and a second pass
//! that compares.

use crate::error::{Error, Result};
use crate::terminal::line_mode::{LONGEST, typed_line};
use rolescope_core::text::inert;
use rolescope_core::write::count;
use rolescope_core::{Answers, Comparison, Pack, QuestionIx};
use std::fmt::Write as _;
use std::io::{BufRead, Write};

const HELP: &str = "\
Type the answers in the order of the form, as many on a line as you like:
  4253 1?b   a character each: the number over the tick, the letter, or ?
  -          nothing is ticked
  17: 42     from question 17 on; so a single answer is put right, too
Each line is kept when you press Enter. Other words:
  undo       takes the last line back
  show       all that was typed
  done       the sheet is finished, whatever is left open
  quit       stop; go on later
  help       this text
After the last question Enter alone is the same as done.";

/// Characters of a question that the prompt shows.
const SHOWN: usize = 48;
/// Answers in a row of the sheet of what was typed.
const ROW: usize = 10;
/// Answers without a space between them there.
const TOGETHER: usize = 5;

/// Where typed answers are kept.
pub trait TypedSheet {
    /// What is there.
    fn answers(&self) -> &Answers;
    /// Keeps these codes of questions before it returns.
    ///
    /// # Errors
    /// When they cannot be saved; what was there before is then still there.
    fn put(&mut self, codes: &[(QuestionIx, u8)]) -> Result<()>;
}

/// How the typing of a sheet ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryEnd {
    /// The sheet is finished.
    Done,
    /// It is to be gone on with.
    Stopped,
}

/// What a line of answers says: codes of questions, and the number of the question that comes next, from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
struct TypedLine {
    codes: Vec<(QuestionIx, u8)>,
    next: usize,
}

/// A paper form, as it is typed.
pub struct PaperForm<'p> {
    pack: &'p Pack,
    /// The questions, in the order of the form.
    asked: Vec<QuestionIx>,
}

impl<'p> PaperForm<'p> {
    /// The form of a comparison, as `rolescope questions` prints it.
    #[must_use]
    pub fn new(comparison: &Comparison<'p>) -> Self {
        Self {
            pack: comparison.pack(),
            asked: comparison.asked_questions(),
        }
    }

    /// The questions, in the order of the form.
    #[must_use]
    pub fn asked(&self) -> &[QuestionIx] {
        &self.asked
    }

    /// The place after the last answer that is there, from 0.
    fn begin(&self, answers: &Answers) -> usize {
        let last = self.asked.iter().rposition(|&q| answers.has(q));
        last.map_or(0, |last| last + 1)
    }

    /// Reads a line that begins at a question. All of it counts or nothing.
    ///
    /// # Errors
    /// What is wrong, at which question, and what would be right.
    fn read(&self, line: &str, from: usize) -> std::result::Result<TypedLine, String> {
        let mut typed = TypedLine {
            codes: Vec::new(),
            next: from,
        };
        // a number ends in a colon, with or without a space after it
        let line = line.replace(':', ": ").replace(',', " ");
        let mut jumped = false;
        for part in line.split_whitespace() {
            if let Some(number) = part.strip_suffix(':') {
                let found = number.parse::<usize>().ok();
                let found = found.filter(|n| (1..=self.asked.len()).contains(n));
                typed.next = found.map(|n| n - 1).ok_or_else(|| {
                    format!(
                        "{:?} is no number of a question: they go from 1 to {}",
                        inert(number),
                        self.asked.len()
                    )
                })?;
                jumped = true;
                continue;
            }
            for sign in part.chars() {
                let Some(&q) = self.asked.get(typed.next) else {
                    return Err(format!(
                        "more is typed than the form has questions: number {} is the last",
                        self.asked.len()
                    ));
                };
                let question = &self.pack.questions()[q];
                let code = match sign {
                    '-' => Some(Answers::UNANSWERED),
                    sign => question.code_of(&sign.to_string()),
                };
                let code = code.ok_or_else(|| {
                    format!(
                        "{:?} is no answer to question {}: write {}, or - where nothing is ticked",
                        sign,
                        typed.next + 1,
                        question.allowed()
                    )
                })?;
                typed.codes.push((q, code));
                typed.next += 1;
                jumped = false;
            }
        }
        if jumped || !typed.codes.is_empty() {
            return Ok(typed);
        }
        Err("no answer is typed; `help` says how".to_owned())
    }

    /// How an answer is typed.
    fn sign(&self, q: QuestionIx, code: u8) -> String {
        match code {
            Answers::UNANSWERED => "-".to_owned(),
            code => self.pack.questions()[q].written(code),
        }
    }

    /// The sheet of what was typed: a row of signs for each ten questions, in the parts of the form.
    #[must_use]
    pub fn sheet(&self, label: &str, answers: &Answers) -> String {
        let mut text = format!("{}\n", inert(label));
        let numbered: Vec<(usize, QuestionIx)> = (1..).zip(self.asked.iter().copied()).collect();
        let section = |q: QuestionIx| self.pack.questions()[q].section();
        for part in numbered.chunk_by(|a, b| section(a.1) == section(b.1)) {
            let title = self.pack.sections()[section(part[0].1)].title();
            let _ = writeln!(text, "{}", inert(title));
            for row in part.chunks(ROW) {
                let _ = write!(text, "{:>4}:", row[0].0);
                for some in row.chunks(TOGETHER) {
                    text.push(' ');
                    text.extend(some.iter().map(|&(_, q)| self.sign(q, answers.code(q))));
                }
                text.push('\n');
            }
        }
        text
    }

    /// Where two sheets differ: the number of each question, and how it was answered then and now.
    #[must_use]
    pub fn differences(&self, then: &Answers, now: &Answers) -> Vec<String> {
        let numbered = (1..).zip(self.asked.iter().copied());
        let other = numbered.filter(|&(_, q)| then.code(q) != now.code(q));
        other
            .map(|(number, q)| {
                let [then, now] = [then, now].map(|answers| self.sign(q, answers.code(q)));
                format!("{number}: {then} was typed first, and {now} now")
            })
            .collect()
    }
}

/// Lines that are typed, and what is said to whoever types.
pub struct EntryLines<R, W> {
    input: R,
    output: W,
    /// Whether someone is there to type a line again.
    patient: bool,
    read: u64,
}

impl<R: BufRead, W: Write> EntryLines<R, W> {
    /// Reads from `input`, speaks to `output`; `patient` asks again after a wrong line.
    pub const fn new(input: R, output: W, patient: bool) -> Self {
        Self {
            input,
            output,
            patient,
            read: 0,
        }
    }

    /// Says a line.
    ///
    /// # Errors
    /// When the output fails.
    pub fn say(&mut self, text: &str) -> Result<()> {
        writeln!(self.output, "{text}").map_err(Error::output)
    }

    /// Says what is wrong with a line.
    ///
    /// # Errors
    /// What is wrong, where nobody is there to type it again: later lines would answer other questions.
    pub fn wrong(&mut self, why: &str) -> Result<()> {
        if self.patient {
            return self.say(why);
        }
        Err(Error::failed(format!(
            "line {}: {why}. What was typed before is kept",
            self.read
        )))
    }

    /// The next line without spaces around it; none at the end of the input.
    ///
    /// # Errors
    /// When the input fails or a line is too long.
    pub fn line(&mut self, prompt: &str) -> Result<Option<String>> {
        if self.patient {
            write!(self.output, "{prompt} ").map_err(Error::output)?;
            self.output.flush().map_err(Error::output)?;
        }
        let line = typed_line(&mut self.input)
            .map_err(|source| Error::io("cannot read what is typed", source))?;
        self.read += 1;
        if line.as_ref().is_some_and(|line| line.len() > LONGEST) {
            return Err(Error::failed(format!(
                "line {} has over {LONGEST} bytes; what was typed before is kept",
                self.read
            )));
        }
        Ok(line.map(|line| {
            let line = String::from_utf8_lossy(&line);
            line.trim_start_matches('\u{FEFF}').trim().to_owned()
        }))
    }

    /// Has a sheet typed. With `first` it is a second pass: each difference from those answers is told at once.
    ///
    /// # Errors
    /// When the input fails, the answers cannot be saved, or a line is wrong that nobody can type again.
    pub fn sheet(
        &mut self,
        form: &PaperForm<'_>,
        sheet: &mut dyn TypedSheet,
        first: Option<&Answers>,
    ) -> Result<EntryEnd> {
        let all = form.asked.len();
        let mut next = form.begin(sheet.answers());
        let mut undo: Vec<TypedLine> = Vec::new();
        loop {
            let prompt = form.asked.get(next).map_or_else(
                || format!("All {all} typed; Enter ends, undo takes the last line back >"),
                |&q| {
                    let text: String = form.pack.questions()[q]
                        .text()
                        .chars()
                        .take(SHOWN)
                        .collect();
                    format!("{} of {all}, {} >", next + 1, inert(&text))
                },
            );
            let Some(line) = self.line(&prompt)? else {
                let end = if next >= all {
                    EntryEnd::Done
                } else {
                    EntryEnd::Stopped
                };
                return Ok(end);
            };
            match line.as_str() {
                "done" => return Ok(EntryEnd::Done),
                "" if next >= all || !self.patient => return Ok(EntryEnd::Done),
                "quit" | "q" => return Ok(EntryEnd::Stopped),
                "help" | "" => self.say(HELP)?,
                "show" => {
                    let typed = form.sheet("So far:", sheet.answers());
                    self.say(typed.trim_end())?;
                }
                "undo" => match undo.pop() {
                    Some(before) => {
                        sheet.put(&before.codes)?;
                        next = before.next;
                    }
                    None => self.wrong("nothing is left to take back")?,
                },
                line => match form.read(line, next) {
                    Ok(typed) => {
                        let before = typed.codes.iter();
                        // a question that a line answers twice goes back to what was there before
                        let before = before.map(|&(q, _)| (q, sheet.answers().code(q))).rev();
                        let before = TypedLine {
                            codes: before.collect(),
                            next,
                        };
                        sheet.put(&typed.codes)?;
                        undo.push(before);
                        next = typed.next;
                        if let Some(first) = first {
                            self.compare(form, &typed, first)?;
                        }
                    }
                    Err(why) => self.wrong(&why)?,
                },
            }
        }
    }

    /// Tells where a line differs from what was typed first.
    fn compare(&mut self, form: &PaperForm<'_>, typed: &TypedLine, first: &Answers) -> Result<()> {
        let other = typed
            .codes
            .iter()
            .filter(|&&(q, code)| first.code(q) != code);
        let other: Vec<String> = other
            .filter_map(|&(q, code)| {
                let number = form.asked.iter().position(|&asked| asked == q)? + 1;
                let was = form.sign(q, first.code(q));
                Some(format!(
                    "{number} ({was} before, {} now)",
                    form.sign(q, code)
                ))
            })
            .collect();
        if other.is_empty() || !self.patient {
            return Ok(());
        }
        let other = format!(
            "{} from the first pass: {}",
            count(other.len(), "answer differs", "answers differ"),
            other.join(", ")
        );
        self.say(&other)
    }
}

#[cfg(test)]
mod tests {
    use super::{PaperForm, TypedLine};
    use rolescope_core::{AnswerFormat, Answers, Comparison, Pack, SourceFile};

    fn read(line: &str, from: usize) -> Result<TypedLine, String> {
        let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
        let comparison = Comparison::builder(&pack)
            .build()
            .expect("it has two roles");
        PaperForm::new(&comparison).read(line, from)
    }

    #[test]
    fn a_line_counts_as_a_whole_or_not_at_all() {
        let codes = |line: &str| read(line, 0).map(|typed| typed.codes);
        let three = vec![(0, 3), (1, 2), (2, 1)];
        for line in ["321", "3 2 1", " 3,2,1 ", "1: 321", "1:321", "2: 2 1: 321"] {
            let typed = codes(line).expect("it is right");
            assert!(typed.ends_with(&three), "{line}: {typed:?}");
        }
        assert_eq!(codes("3-1").expect("right")[1], (1, Answers::UNANSWERED));
        for (line, says) in [
            ("39", "'9' is no answer to question 2"),
            ("0", "'0' is no answer to question 1"),
            ("99: 3", "go from 1 to"),
            ("0: 3", "go from 1 to"),
            ("x: 3", "is no number of a question"),
            (",", "no answer is typed"),
        ] {
            let why = codes(line).expect_err("it is wrong");
            assert!(why.contains(says), "{line}: {why}");
        }
        assert_eq!(read("3:", 0).expect("a jump").next, 2);
        let last = read("3", 500).expect_err("the form has an end");
        assert!(last.contains("is the last"), "{last}");
    }

    #[test]
    fn what_was_typed_is_shown_as_it_can_be_typed_again() {
        let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
        let comparison = Comparison::builder(&pack)
            .build()
            .expect("it has two roles");
        let form = PaperForm::new(&comparison);
        let mut answers = Answers::none(&pack);
        for (q, question) in pack.questions().iter().enumerate().skip(1) {
            let code = match question.format() {
                AnswerFormat::Choice => Answers::DONT_KNOW,
                AnswerFormat::Rating | AnswerFormat::Condition => 2,
            };
            answers.set(q, code).expect("an answer");
        }
        let mut again = Answers::none(&pack);
        for line in form
            .sheet("s-1", &answers)
            .lines()
            .filter(|l| l.starts_with("  "))
        {
            for (q, code) in form.read(line, 0).expect("a line").codes {
                again.set(q, code).expect("an answer");
            }
        }
        assert_eq!(again.codes(), answers.codes());
        assert!(form.differences(&answers, &again).is_empty());
        again.set(1, 3).expect("an answer");
        let other = form.differences(&answers, &again);
        assert_eq!(other, ["2: 2 was typed first, and 3 now"]);
    }
}
