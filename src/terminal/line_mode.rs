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
use rolescope_core::{AnswerFormat, Answers, Measure, Pack, Practice, Section};
use std::io::{self, BufRead, Read as _, Write};

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
        self.say(&welcome.pack.say("welcome-type"))?;
        let up_to = welcome.pack.phrase("welcome-type-up-to");
        let up_to = up_to.number("count", choices.len()).to_string();
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
                    self.say(&up_to)?;
                }
                Some((_, choice)) => return Ok(*choice),
                None => self.say(&up_to)?,
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
        let line = match asked.minutes_left {
            None => asked.pack.phrase("quiz-line"),
            Some(left) => {
                let line = asked.pack.phrase("quiz-line-minutes");
                line.number("minutes", screens::whole_minutes(left).max(1))
            }
        };
        let line = line.number("number", asked.number);
        let line = line
            .when("at-most", asked.at_most)
            .number("count", asked.of);
        writeln!(out, "{}", line.text("question", asked.question.text()))?;
        match asked.question.measure() {
            Measure::Choice {
                figure, options, ..
            } => puzzle(asked.pack, out, figure.as_deref(), options)?,
            Measure::Rating { .. } | Measure::Condition(_) => {
                for (number, label) in (1..).zip(asked.section.labels()) {
                    writeln!(out, "  {number}  {label}")?;
                }
            }
        }
        if asked.so_far != Answers::UNANSWERED {
            let so_far = asked.pack.phrase("quiz-so-far");
            let written = asked.question.written(asked.so_far);
            writeln!(out, "{}", so_far.text("answer", written))?;
        }
        Ok(())
    }

    /// All answers, with the number by which each is changed.
    fn list(&mut self, overview: &Overview<'_>) -> Result<()> {
        self.say(&format!("\n{}", overview.pack.say("review-so-far")))?;
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
                self.say(&format!("{about}\n{}", asked.pack.say("help-lines")))?;
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
            let no_answer = asked.pack.phrase("help-no-answer");
            self.say(&no_answer.text("right", right_answer(asked)).to_string())?;
        }
    }
}

/// What may be typed as an answer.
fn right_answer(asked: &AskedQuestion<'_>) -> String {
    let choices = asked.question.choices();
    let right = if asked.question.format() == AnswerFormat::Choice {
        let last = char::from(b'a' + choices - 1).to_string();
        asked.pack.phrase("help-write-letter").text("last", last)
    } else {
        let right = asked.pack.phrase("help-write-number");
        right.number("last", usize::from(choices))
    };
    right.to_string()
}

fn puzzle(
    pack: &Pack,
    out: &mut impl Write,
    figure: Option<&str>,
    options: &[String],
) -> io::Result<()> {
    if let Some(figure) = figure {
        writeln!(out, "{figure}")?;
    }
    for (letter, option) in ('a'..).zip(options) {
        writeln!(out, "  {letter}  {option}")?;
    }
    writeln!(out, "  0  {}", pack.say("quiz-dont-know"))
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
        let pack = overview.pack;
        let mut words = vec![pack.say("review-word-result")];
        if !overview.open.is_empty() {
            words.push(pack.say("review-word-open"));
        }
        if !overview.puzzles.is_empty() {
            words.push(pack.say("review-word-puzzles"));
        }
        words.push(pack.say(if done {
            "review-word-list"
        } else {
            "review-word-number"
        }));
        if !overview.ended {
            words.push(pack.say("review-word-back"));
        }
        let ask = pack.phrase("review-type").text("words", words.join(", "));
        let ask = ask.to_string();
        let cost = screens::cost(overview);
        self.say(&format!("{cost}\n{ask}"))?;
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
                    self.say(&pack.say("review-type-number"))?;
                    continue;
                }
                "quit" | "q" => return Ok(ReviewChoice::Stop),
                _ => {}
            }
            if let Some(choice) = jump {
                return Ok(choice);
            }
            self.say(&ask)?;
        }
    }

    fn leave_out(&mut self, pack: &Pack, scored: usize, others: usize) -> Result<LeaveOut> {
        if !self.patient {
            return Ok(LeaveOut::No);
        }
        let offer = screens::nothing_changes(pack, scored, others);
        self.say(&format!("\n{offer}\n{}", pack.say("leave-type")))?;
        Ok(match self.line()?.as_deref() {
            None | Some("quit" | "q") => LeaveOut::Stop,
            Some("leave") => LeaveOut::Yes,
            Some(_) => LeaveOut::No,
        })
    }

    fn explain(&mut self, pack: &Pack, puzzles: &[AnsweredPuzzle<'_>]) -> Result<Reply> {
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
            let number = pack.phrase("puzzle-of").number("number", at + 1);
            let number = number.number("count", puzzles.len());
            self.say(&format!("\n{number}. {text}"))?;
            self::puzzle(pack, &mut self.output, figure.as_deref(), options)
                .map_err(Error::output)?;
            let letter = char::from(b'a' + answer - 1);
            let given = match puzzle.code {
                Answers::DONT_KNOW => pack.say("quiz-dont-know"),
                code => char::from(b'a' + code - 1).to_string(),
            };
            let solved = pack.phrase("puzzle-solved");
            let solved = solved.text("right", letter.to_string());
            let solved = solved.text("given", given).text("because", because);
            self.say(&format!("{solved}\n{}", pack.say("puzzle-type")))?;
            match self.line()? {
                None => return Ok(Reply::Stop),
                Some(word) if word == "done" => break,
                Some(word) if word == "quit" || word == "q" => return Ok(Reply::Stop),
                Some(_) => {}
            }
        }
        Ok(Reply::Skip)
    }

    fn practise(&mut self, pack: &Pack, section: &Section, practice: &Practice) -> Result<Reply> {
        if !self.patient {
            return Ok(Reply::Skip);
        }
        self.say(&format!(
            "\n{}. {}\n\n{}",
            section.title(),
            section.instructions(),
            practice.text()
        ))?;
        puzzle(
            pack,
            &mut self.output,
            practice.figure(),
            practice.options(),
        )
        .map_err(Error::output)?;
        let Some(word) = self.line()? else {
            return Ok(Reply::Stop);
        };
        if word == "quit" || word == "q" {
            return Ok(Reply::Stop);
        }
        let code = word.to_ascii_lowercase().bytes().next();
        let code = code.map_or(0, |letter| letter.wrapping_sub(b'a').wrapping_add(1));
        self.say(&screens::feedback(pack, practice, code))?;
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
