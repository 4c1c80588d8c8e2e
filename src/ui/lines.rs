//! Questions as numbered lines, for screen readers, pipes and simple terminals: nothing moves,
//! nothing is coloured, and everything is reached by typed words.

use crate::engine::answers::{UNANSWERED, allowed, code_of, written};
use crate::engine::pack::{Format, Measure};
use crate::error::{Error, Result};
use crate::ui::interview::{Asked, Interviewer, Reply};
use std::io::{BufRead, Write};

const HELP: &str = "\
Type the number or letter of your answer and press Enter. Other words:
  back   to the question before, to see or change its answer
  skip   leave this one open (an empty line does the same)
  help   this text
  quit   stop; every answer is saved already";

/// Asks in lines.
pub struct Lines<R, W> {
    input: R,
    output: W,
    /// Whether someone is there to answer again: in a pipe a wrong line ends the conversation,
    /// lest every later line answers the wrong question.
    patient: bool,
    /// Whether the input ended before the questions did.
    pub ended: bool,
}

impl<R: BufRead, W: Write> Lines<R, W> {
    /// Reads replies from `input`, writes questions to `output`; `patient` asks again after a wrong
    /// line.
    pub const fn new(input: R, output: W, patient: bool) -> Self {
        Self {
            input,
            output,
            patient,
            ended: false,
        }
    }

    fn show(&mut self, asked: &Asked<'_>) -> std::io::Result<()> {
        let out = &mut self.output;
        writeln!(out)?;
        if asked.opens {
            writeln!(
                out,
                "{}. {}\n",
                asked.section.title, asked.section.instructions
            )?;
        }
        writeln!(
            out,
            "Question {} of {}: {}",
            asked.number, asked.of, asked.question.text
        )?;
        match &asked.question.measure {
            Measure::Choice {
                figure, options, ..
            } => {
                if let Some(figure) = figure {
                    writeln!(out, "{figure}")?;
                }
                for (letter, option) in ('a'..).zip(options) {
                    writeln!(out, "  {letter}  {option}")?;
                }
                writeln!(out, "  0  I don't know")?;
            }
            Measure::Rating { .. } | Measure::Condition(_) => {
                for (number, label) in (1..).zip(&asked.section.labels) {
                    writeln!(out, "  {number}  {label}")?;
                }
            }
        }
        if asked.so_far != UNANSWERED {
            writeln!(
                out,
                "Your answer so far: {}",
                written(asked.question, asked.so_far)
            )?;
        }
        Ok(())
    }
}

impl<R: BufRead, W: Write> Interviewer for Lines<R, W> {
    fn ask(&mut self, asked: &Asked<'_>) -> Result<Reply> {
        self.show(asked).map_err(Error::output)?;
        loop {
            write!(self.output, "> ").map_err(Error::output)?;
            self.output.flush().map_err(Error::output)?;
            let mut line = Vec::new();
            let read = self
                .input
                .read_until(b'\n', &mut line)
                .map_err(|source| Error::io("cannot read your answer", source))?;
            if read == 0 {
                self.ended = true;
                return Ok(Reply::Stop);
            }
            let text = String::from_utf8_lossy(&line);
            let word = text.trim();
            let choice = asked.question.format() == Format::Choice;
            let reply = match word.to_ascii_lowercase().as_str() {
                "" | "skip" | "s" => Some(Reply::Skip),
                "back" => Some(Reply::Back),
                "quit" | "q" => Some(Reply::Stop),
                "0" if choice => code_of(asked.question, "?").map(Reply::Answer),
                "help" | "?" if word != "?" || !choice => {
                    writeln!(self.output, "{HELP}").map_err(Error::output)?;
                    continue;
                }
                _ => code_of(asked.question, word).map(Reply::Answer),
            };
            if let Some(reply) = reply {
                return Ok(reply);
            }
            if !self.patient {
                return Err(Error::failed(format!(
                    "{:?} is no answer to {}: write {}; the answers before it are saved",
                    word,
                    asked.question.id,
                    allowed(asked.question)
                )));
            }
            writeln!(
                self.output,
                "That is no answer here. Write {}; or back, skip, help, quit.",
                allowed(asked.question)
            )
            .map_err(Error::output)?;
        }
    }
}
