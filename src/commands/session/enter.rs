//! `session enter`: types paper forms, into a session or into a table of many people.

use crate::commands::session::context::SessionContext;
use crate::commands::session::set::FactsArgs;
use crate::commands::shared::answer_session;
use crate::commands::shared::answer_session::AnswerSession;
use crate::commands::shared::completion_candidates;
use crate::commands::shared::environment::end_on_ctrl_c;
use crate::commands::shared::one_person::{self, Called};
use crate::error::{Error, Result};
use crate::input::mapping::InputOptions;
use crate::storage::atomic_write;
use crate::storage::label::checked;
use crate::storage::session_facts::SessionFacts;
use crate::storage::session_store::StoredEntry;
use crate::terminal::line_mode::FoldedOutput;
use crate::terminal::paper_entry::{EntryEnd, EntryLines, PaperForm, TypedSheet};
use clap_complete::engine::ArgValueCandidates;
use rolescope_core::text::inert;
use rolescope_core::write::{count, csv_cell};
use rolescope_core::{Answers, Comparison, QuestionIx};
use std::io::{BufRead, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

/// Arguments of `session enter`.
#[derive(Debug, clap::Args)]
pub struct EnterArgs {
    /// Label of the person; of a session that is there, to go on with it or put answers right
    #[arg(required_unless_present = "output", conflicts_with = "output",
          add = ArgValueCandidates::new(completion_candidates::labels))]
    label: Option<String>,
    /// Type the forms of many people into this table, one after the other, each after its label
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Type what is there a second time, and tell where the two differ; nothing is changed
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    facts: FactsArgs,
}

impl EnterArgs {
    /// Runs the subcommand.
    ///
    /// # Errors
    /// When answers cannot be saved, or a line is wrong that nobody can type again; partly done where a second
    /// pass differs.
    pub fn run(self, context: &SessionContext<'_>) -> Result<()> {
        let comparison = context.settings.comparison(&context.pack)?;
        end_on_ctrl_c()?;
        let patient = std::io::stdin().is_terminal();
        let ascii = context.settings.look_of_messages().ascii();
        let output = FoldedOutput::new(std::io::stderr(), ascii);
        let mut typing = Typing {
            lines: EntryLines::new(std::io::stdin().lock(), output, patient),
            form: PaperForm::new(&comparison),
            context,
            check: self.check,
        };
        if patient {
            context.settings.remark(
                "Type the answers as the form has them, several on a line; each line is kept. Type help for \
                 more.",
            );
        }
        if let Some(path) = &self.output {
            if !self.facts.is_empty() {
                return Err(Error::Usage(
                    "a table has no place for tags, links, wishes or consent: they are of sessions"
                        .to_owned(),
                ));
            }
            return typing.table(&comparison, path);
        }
        typing.session(&checked(&self.label.unwrap_or_default())?, &self.facts)
    }
}

struct Typing<'c, R, W> {
    lines: EntryLines<R, W>,
    form: PaperForm<'c>,
    context: &'c SessionContext<'c>,
    check: bool,
}

impl TypedSheet for AnswerSession<'_> {
    fn answers(&self) -> &Answers {
        &self.sheet().answers
    }

    fn put(&mut self, codes: &[(QuestionIx, u8)]) -> Result<()> {
        self.change(codes)
    }
}

/// Answers that are not saved: those of a second pass.
struct SecondPass(Answers);

impl TypedSheet for SecondPass {
    fn answers(&self) -> &Answers {
        &self.0
    }

    fn put(&mut self, codes: &[(QuestionIx, u8)]) -> Result<()> {
        codes.iter().try_for_each(|&(q, code)| {
            let set = self.0.set(q, code);
            set.map_err(|why| Error::failed(why.to_string()))
        })
    }
}

/// A table that is typed; its last row is the person whose form is typed.
struct TypedTable<'c> {
    comparison: &'c Comparison<'c>,
    path: &'c Path,
    people: Vec<(String, Answers)>,
    at: usize,
}

impl TypedTable<'_> {
    fn save(&self) -> Result<()> {
        let pack = self.comparison.pack();
        let mut text = self.comparison.blank_table().into_bytes();
        for (label, answers) in &self.people {
            csv_cell(&mut text, label);
            for q in self.comparison.asked_questions() {
                text.push(b',');
                let answer = pack.questions()[q].written(answers.code(q));
                text.extend_from_slice(answer.as_bytes());
            }
            text.push(b'\n');
        }
        atomic_write::whole(self.path, &text)
    }
}

impl TypedSheet for TypedTable<'_> {
    fn answers(&self) -> &Answers {
        &self.people[self.at].1
    }

    fn put(&mut self, codes: &[(QuestionIx, u8)]) -> Result<()> {
        let before = self.people[self.at].1.clone();
        let answers = &mut self.people[self.at].1;
        for &(q, code) in codes {
            let set = answers.set(q, code);
            set.map_err(|why| Error::failed(why.to_string()))?;
        }
        self.save().inspect_err(|_| self.people[self.at].1 = before)
    }
}

impl<R: BufRead, W: Write> Typing<'_, R, W> {
    /// Types one form into a session.
    fn session(&mut self, label: &str, facts: &FactsArgs) -> Result<()> {
        let context = self.context;
        let there = context.store.find(label, &context.pack);
        if self.check {
            let first = context.session(label)?.sheet.answers;
            return self.second_pass(label, &first, &context.command("enter", label));
        }
        let mut place = if matches!(there, Ok(StoredEntry::Kept(_))) {
            if !facts.is_empty() {
                context.change(label, |sheet| {
                    facts.record(context, label, &mut sheet.facts)
                })?;
            }
            context.open(&context.session(label)?.path)?
        } else {
            let mut kept = SessionFacts::default();
            facts.record(context, label, &mut kept)?;
            let of = (label.to_owned(), kept);
            let place = answer_session::new_in(&context.store, of, &context.pack, None)?;
            place.resumed_by(|label| context.command("enter", label))
        };
        let end = self.lines.sheet(&self.form, &mut place, None)?;
        place.settle()?;
        self.show(label, place.answers())?;
        if end == EntryEnd::Stopped {
            let saved = format!("Kept. Go on with: {}", context.command("enter", label));
            return self.lines.say(&saved);
        }
        place.end()?;
        let next = format!(
            "Kept: {}. A second pass finds slips: {} --check",
            count(place.answers().count(), "answer", "answers"),
            context.command("enter", label)
        );
        context.settings.remark(&next);
        Ok(())
    }

    /// Types a form again and tells where it differs.
    fn second_pass(&mut self, label: &str, first: &Answers, correct: &str) -> Result<()> {
        let mut again = SecondPass(Answers::none(&self.context.pack));
        let end = self.lines.sheet(&self.form, &mut again, Some(first))?;
        if end == EntryEnd::Stopped {
            return Err(Error::failed(
                "the second pass was not typed to its end; `done` ends it",
            ));
        }
        let other = self.form.differences(first, &again.0);
        if other.is_empty() {
            let same = format!("{}: both passes are the same.", inert(label));
            self.context.settings.remark(&same);
            return Ok(());
        }
        for line in &other {
            self.lines
                .say(&format!("{}, question {line}", inert(label)))?;
        }
        Err(Error::Partly(format!(
            "{} of {}; look at the form, and put right what was wrong by its number, as 17: 4, in: {correct}",
            count(other.len(), "answer differs", "answers differ"),
            inert(label)
        )))
    }

    /// Types the forms of many people into a table.
    fn table<'c>(&mut self, comparison: &'c Comparison<'c>, path: &'c Path) -> Result<()> {
        let mut table = TypedTable {
            comparison,
            path,
            people: self.typed_before(comparison, path)?,
            at: 0,
        };
        let mut differing = 0;
        while let Some(label) = self.next_label()? {
            let found = table.people.iter().position(|(there, _)| *there == label);
            match (found, self.check) {
                (Some(at), true) => {
                    let first = table.people[at].1.clone();
                    let correct = format!("rolescope session enter -o {}", path.display());
                    match self.second_pass(&label, &first, &correct) {
                        Err(Error::Partly(why)) => {
                            self.lines.say(&why)?;
                            differing += 1;
                        }
                        done => done?,
                    }
                    continue;
                }
                (None, true) => {
                    let why = format!("{:?} is not in {}", inert(&label), path.display());
                    self.lines.wrong(&why)?;
                    continue;
                }
                (Some(at), false) => {
                    let (typed, asked) = (table.people[at].1.count(), self.form.asked().len());
                    self.lines.say(&format!(
                        "{} is there, with {typed} of {asked} answers: go on, or put one right by its number, as \
                         17: 4",
                        inert(&label)
                    ))?;
                    table.at = at;
                }
                (None, false) => {
                    table.at = table.people.len();
                    table
                        .people
                        .push((label.clone(), Answers::none(&self.context.pack)));
                    table.save()?;
                }
            }
            let end = self.lines.sheet(&self.form, &mut table, None)?;
            self.show(&label, table.answers())?;
            if end == EntryEnd::Stopped {
                break;
            }
        }
        if self.check {
            return match differing {
                0 => Ok(()),
                n => Err(Error::Partly(format!(
                    "{} from the first pass; see above",
                    count(n, "form differs", "forms differ")
                ))),
            };
        }
        self.context.settings.remark(&format!(
            "{} in {}. Read by: rolescope score {1}",
            count(table.people.len(), "person", "people"),
            path.display()
        ));
        Ok(())
    }

    /// The people of a table that is there already.
    fn typed_before(
        &self,
        comparison: &Comparison<'_>,
        path: &Path,
    ) -> Result<Vec<(String, Answers)>> {
        let text = match std::fs::read(path) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound && !self.check => {
                return Ok(Vec::new());
            }
            Err(e) => return Err(Error::io(format!("cannot read {}", path.display()), e)),
        };
        // other columns, or another order, would be lost
        if !text.starts_with(comparison.blank_table().as_bytes()) {
            return Err(Error::failed(format!(
                "{} has another header than `rolescope questions -f csv` writes, so it is left alone; type into a \
                 new file",
                path.display()
            )));
        }
        let name = path.display().to_string();
        let options = InputOptions::default();
        let (settings, pack) = (self.context.settings, &self.context.pack);
        let called = Called::itself(&name);
        let (people, rejected) =
            one_person::everybody(settings, called, pack, &options, |_| Ok(()))?;
        if rejected > 0 {
            return Err(Error::failed(format!(
                "{name}: {} cannot be read, and would be lost; put them right first",
                count(rejected, "row", "rows")
            )));
        }
        Ok(people)
    }

    /// The label of the next person; none at the end.
    fn next_label(&mut self) -> Result<Option<String>> {
        let patient = std::io::stdin().is_terminal();
        loop {
            let line = self.lines.line("Label of the next form (Enter ends) >")?;
            match line.as_deref() {
                // `done` ends a form, and here all of them
                None | Some("quit" | "q" | "done") => return Ok(None),
                Some("") if patient => return Ok(None),
                // several empty lines between forms
                Some("") => {}
                Some(typed) => match checked(typed) {
                    Ok(label) => return Ok(Some(label)),
                    Err(why) => self.lines.wrong(&why.to_string())?,
                },
            }
        }
    }

    /// Writes the sheet of what was typed.
    fn show(&self, label: &str, answers: &Answers) -> Result<()> {
        let sheet = self.form.sheet(label, answers);
        writeln!(std::io::stdout(), "{sheet}").map_err(Error::output)
    }
}
