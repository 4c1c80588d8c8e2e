//! Line mode of the quiz, for screen readers, pipes and simple terminals: numbered lines without
//! cursor movement or colour, answered by typed words.

use crate::error::{Error, Result};
use crate::terminal::interview::{
    AnsweredPuzzle, AskedQuestion, Interviewer, LeaveOut, Overview, Reply, ReviewChoice,
};
use crate::terminal::screens;
use crate::terminal::welcome::{Welcome, WelcomeChoice};
use rolescope_core::text::{ascii, inert};
use rolescope_core::write::TextStyle;
use rolescope_core::{AnswerFormat, Answers, Measure, Practice, Section};
use std::io::{self, BufRead, Read as _, Write};

const HELP: &str = "\
Type the number or letter of your answer and press Enter. Other words:
  back     to the question before, to see or change its answer
  skip     leave this one open (an empty line does the same)
  review   all your answers, to change any or to finish early
  help     this text
  quit     stop; every answer is saved already
There is no time limit.";

/// Maximum length of a typed line without its end, in bytes.
pub(crate) const LONGEST: usize = 4096;

/// The next typed line without its end, or more than [`LONGEST`] bytes of one that is longer; none at the end of the
/// input.
///
/// # Errors
/// When the input cannot be read.
pub(crate) fn typed_line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    // a line end of two bytes may follow
    let most = LONGEST as u64 + 2;
    let read = input.take(most).read_until(b'\n', &mut line)?;
    if line.ends_with(b"\n") {
        line.pop();
        line.pop_if(|byte| *byte == b'\r');
    }
    Ok((read > 0).then_some(line))
}

/// Output that folds what it is given to ASCII where a terminal shows nothing else.
pub struct FoldedOutput<W> {
    output: W,
    ascii: bool,
}

impl<W> FoldedOutput<W> {
    /// Writes to `output`, in ASCII alone if `ascii`.
    pub const fn new(output: W, ascii: bool) -> Self {
        Self { output, ascii }
    }
}

impl<W: Write> Write for FoldedOutput<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.ascii {
            // whole texts come, never a part of a character
            let text = String::from_utf8_lossy(bytes);
            self.output.write_all(ascii(&text).as_bytes())?;
            return Ok(bytes.len());
        }
        self.output.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

/// Interviewer in line mode.
pub struct LineMode<R, W> {
    input: R,
    output: W,
    /// Whether someone is there to answer again: in a pipe a wrong line ends the conversation,
    /// lest every later line answers the wrong question.
    patient: bool,
    /// Whether the input ended before the questions did.
    pub ended: bool,
}

impl<R: BufRead, W: Write> LineMode<R, W> {
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

    /// Says what the quiz is, and asks how to begin.
    ///
    /// # Errors
    /// When the input or output fails.
    pub fn welcome(&mut self, welcome: &Welcome) -> Result<WelcomeChoice> {
        let choices = welcome.choices();
        self.say(&welcome.about().join("\n"))?;
        for (number, (text, _)) in (1..).zip(&choices) {
            self.say(&format!("  {number}  {text}"))?;
        }
        self.say("Type a number and press Enter; Enter alone takes 1.")?;
        loop {
            let Some(word) = self.line()? else {
                return Ok(WelcomeChoice::Leave);
            };
            let number = match word.as_str() {
                "" => Some(1),
                "q" | "quit" => return Ok(WelcomeChoice::Leave),
                word => word.parse::<usize>().ok(),
            };
            match number.and_then(|n| choices.get(n.checked_sub(1)?)) {
                Some((_, WelcomeChoice::HowUsed)) => {
                    self.say(&welcome.how_used().join("\n"))?;
                    self.say(&format!("Type a number from 1 to {}.", choices.len()))?;
                }
                Some((_, choice)) => return Ok(*choice),
                None => self.say(&format!("Type a number from 1 to {}.", choices.len()))?,
            }
        }
    }

    fn say(&mut self, text: &str) -> Result<()> {
        writeln!(self.output, "{text}").map_err(Error::output)
    }

    /// The next line without its end; none at the end of the input.
    fn line(&mut self) -> Result<Option<String>> {
        write!(self.output, "> ").map_err(Error::output)?;
        self.output.flush().map_err(Error::output)?;
        let line = typed_line(&mut self.input)
            .map_err(|source| Error::io("cannot read your answer", source))?;
        self.ended = line.is_none();
        if line.as_ref().is_some_and(|line| line.len() > LONGEST) {
            return Err(Error::failed(format!(
                "a line of over {LONGEST} bytes is no answer; the answers before it are saved"
            )));
        }
        Ok(line.map(|line| String::from_utf8_lossy(&line).trim().to_owned()))
    }

    fn show(&mut self, asked: &AskedQuestion<'_>) -> io::Result<()> {
        let out = &mut self.output;
        writeln!(out)?;
        if let Some(part) = screens::part(asked) {
            writeln!(out, "{part}\n")?;
        }
        if asked.opens {
            writeln!(
                out,
                "{}. {}\n",
                asked.section.title(),
                asked.section.instructions()
            )?;
        }
        let most = if asked.at_most { "at most " } else { "" };
        let left = asked.minutes_left.map_or_else(String::new, |m| {
            format!(" About {:.0} minutes left.", m.max(1.0))
        });
        writeln!(
            out,
            "Question {} of {most}{}.{left} {}",
            asked.number,
            asked.of,
            asked.question.text()
        )?;
        match asked.question.measure() {
            Measure::Choice {
                figure, options, ..
            } => puzzle(out, figure.as_deref(), options)?,
            Measure::Rating { .. } | Measure::Condition(_) => {
                for (number, label) in (1..).zip(asked.section.labels()) {
                    writeln!(out, "  {number}  {label}")?;
                }
            }
        }
        if asked.so_far != Answers::UNANSWERED {
            writeln!(
                out,
                "Your answer so far: {}",
                asked.question.written(asked.so_far)
            )?;
        }
        Ok(())
    }

    /// All answers, with the number by which each is changed.
    fn list(&mut self, overview: &Overview<'_>) -> Result<()> {
        self.say("\nYour answers so far")?;
        let look = TextStyle::new(200).with_ascii(true);
        for at in 0..overview.answers.len() {
            let line = screens::overview_line(overview, at, 200, look);
            self.say(&format!("{:>3}  {}", at + 1, line.trim_end()))?;
        }
        Ok(())
    }

    /// What a typed word means; none where it means nothing here.
    fn reply(asked: &AskedQuestion<'_>, word: &str) -> Option<Reply> {
        let choice = asked.question.format() == AnswerFormat::Choice;
        match word.to_ascii_lowercase().as_str() {
            "" | "skip" | "s" => Some(Reply::Skip),
            "back" => Some(Reply::Back),
            "review" | "r" => Some(Reply::Review),
            "quit" | "q" => Some(Reply::Stop),
            "0" if choice => asked.question.code_of("?").map(Reply::Answer),
            _ => asked.question.code_of(word).map(Reply::Answer),
        }
    }

    fn answer(&mut self, asked: &AskedQuestion<'_>) -> Result<Reply> {
        loop {
            let Some(word) = self.line()? else {
                return Ok(Reply::Stop);
            };
            if let Some(reply) = Self::reply(asked, &word) {
                return Ok(reply);
            }
            if word == "help" || word == "?" {
                let about = screens::about(asked);
                self.say(&format!("{about}\n{HELP}"))?;
                continue;
            }
            let right = asked.question.allowed();
            if !self.patient {
                let word: String = word.chars().take(60).collect();
                return Err(Error::failed(format!(
                    "{:?} is no answer to {}: write {right}; the answers before it are saved",
                    inert(&word),
                    asked.question.id(),
                )));
            }
            self.say(&format!(
                "That is no answer here. Write {right}; or back, skip, review, help, quit."
            ))?;
        }
    }
}

fn puzzle(out: &mut impl Write, figure: Option<&str>, options: &[String]) -> io::Result<()> {
    if let Some(figure) = figure {
        writeln!(out, "{figure}")?;
    }
    for (letter, option) in ('a'..).zip(options) {
        writeln!(out, "  {letter}  {option}")?;
    }
    writeln!(out, "  0  I don't know")
}

impl<R: BufRead, W: Write> Interviewer for LineMode<R, W> {
    fn ask(&mut self, asked: &AskedQuestion<'_>) -> Result<Reply> {
        self.show(asked).map_err(Error::output)?;
        self.answer(asked)
    }

    fn review(&mut self, overview: &Overview<'_>) -> Result<ReviewChoice> {
        if !self.patient {
            return Ok(ReviewChoice::Finish);
        }
        let done = overview.ended && overview.open.is_empty();
        if done {
            let heading = screens::review_heading(overview);
            self.say(&format!("\n{heading}."))?;
        } else {
            self.list(overview)?;
        }
        let mut words = vec!["result for the result"];
        if !overview.open.is_empty() {
            words.push("open to answer what is open");
        }
        if !overview.puzzles.is_empty() {
            words.push("puzzles for what was right in them (your answers to them then stay)");
        }
        words.push(if done {
            "list for all your answers"
        } else {
            "a number to change that answer"
        });
        if !overview.ended {
            words.push("back for the questions");
        }
        let cost = screens::cost(overview);
        self.say(&format!("{cost}\nType {}, or quit.", words.join(", ")))?;
        loop {
            let Some(word) = self.line()? else {
                return Ok(ReviewChoice::Stop);
            };
            let number = word.parse::<usize>().ok();
            let jump = number
                .and_then(|n| overview.answers.get(n.checked_sub(1)?))
                .map(|(q, _)| ReviewChoice::Jump(*q));
            match word.as_str() {
                "result" => return Ok(ReviewChoice::Finish),
                "open" if !overview.open.is_empty() => return Ok(ReviewChoice::Open),
                "puzzles" if !overview.puzzles.is_empty() => return Ok(ReviewChoice::Explain),
                "back" if !overview.ended => return Ok(ReviewChoice::Return),
                "list" => {
                    self.list(overview)?;
                    self.say("Type a number to change that answer, result or quit.")?;
                    continue;
                }
                "quit" | "q" => return Ok(ReviewChoice::Stop),
                _ => {}
            }
            if let Some(choice) = jump {
                return Ok(choice);
            }
            self.say(&format!("Type {}, or quit.", words.join(", ")))?;
        }
    }

    fn leave_out(&mut self, scored: usize, others: usize) -> Result<LeaveOut> {
        if !self.patient {
            return Ok(LeaveOut::No);
        }
        let offer = screens::nothing_changes(scored, others);
        self.say(&format!(
            "\n{offer}\nType leave to leave them out, or press Enter to answer them all the same."
        ))?;
        Ok(match self.line()?.as_deref() {
            None | Some("quit" | "q") => LeaveOut::Stop,
            Some("leave") => LeaveOut::Yes,
            Some(_) => LeaveOut::No,
        })
    }

    fn explain(&mut self, puzzles: &[AnsweredPuzzle<'_>]) -> Result<Reply> {
        for (at, puzzle) in puzzles.iter().enumerate() {
            let Measure::Choice {
                figure,
                options,
                answer,
                because,
                ..
            } = puzzle.question.measure()
            else {
                continue;
            };
            let text = puzzle.question.text();
            self.say(&format!("\nPuzzle {} of {}. {text}", at + 1, puzzles.len()))?;
            self::puzzle(&mut self.output, figure.as_deref(), options).map_err(Error::output)?;
            let letter = char::from(b'a' + answer - 1);
            let given = match puzzle.code {
                Answers::DONT_KNOW => "I don't know".to_owned(),
                code => char::from(b'a' + code - 1).to_string(),
            };
            self.say(&format!(
                "Right is {letter}; your answer was {given}. {because}\nPress Enter to go on, or type done to \
                 leave the puzzles."
            ))?;
            match self.line()? {
                None => return Ok(Reply::Stop),
                Some(word) if word == "done" => break,
                Some(word) if word == "quit" || word == "q" => return Ok(Reply::Stop),
                Some(_) => {}
            }
        }
        Ok(Reply::Skip)
    }

    fn practise(&mut self, section: &Section, practice: &Practice) -> Result<Reply> {
        if !self.patient {
            return Ok(Reply::Skip);
        }
        self.say(&format!(
            "\n{}. {}\n\n{}",
            section.title(),
            section.instructions(),
            practice.text()
        ))?;
        puzzle(&mut self.output, practice.figure(), practice.options()).map_err(Error::output)?;
        let Some(word) = self.line()? else {
            return Ok(Reply::Stop);
        };
        if word == "quit" || word == "q" {
            return Ok(Reply::Stop);
        }
        let code = word.to_ascii_lowercase().bytes().next();
        let code = code.map_or(0, |letter| letter.wrapping_sub(b'a').wrapping_add(1));
        self.say(&screens::feedback(practice, code))?;
        Ok(Reply::Skip)
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, typed_line};

    #[test]
    fn a_typed_line_may_be_as_long_as_the_bound_says() {
        for end in ["\n", "\r\n", ""] {
            for (length, next) in [(LONGEST, Some(1)), (LONGEST + 1, None)] {
                let text = format!("{}{end}4", "x".repeat(length));
                let mut input = text.as_bytes();
                let line = typed_line(&mut input).expect("memory can be read");
                let line = line.expect("a line");
                if end.is_empty() || next.is_none() {
                    assert!(line.len() > LONGEST, "{end:?}");
                    continue;
                }
                assert_eq!(line.len(), length, "{end:?}");
                let behind = typed_line(&mut input).expect("memory can be read");
                assert_eq!(behind.map(|line| line.len()), next, "{end:?}");
            }
        }
        assert_eq!(typed_line(&mut &b""[..]).expect("read"), None);
        assert_eq!(typed_line(&mut &b"\n"[..]).expect("read"), Some(Vec::new()));
    }
}
