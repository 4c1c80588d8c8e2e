//! `rolescope quiz`: runs the quiz, saves every answer, shows the result.

use crate::commands::shared::answer_session;
use crate::commands::shared::answer_session::AnswerSession;
use crate::commands::shared::environment::end_on_ctrl_c;
use crate::commands::shared::explore;
use crate::commands::shared::first_choice;
use crate::commands::shared::first_choice::FirstChoice;
use crate::commands::shared::formats::{OutputFormat, pages_or};
use crate::commands::shared::global_args::{GlobalArgs, say};
use crate::commands::shared::page_look::PageLook;
use crate::commands::shared::result_page::{RESULTS, write_result};
use crate::error::{Error, Result};
use crate::storage::answer_file::AnswerSheet;
use crate::terminal::full_screen::FullScreen;
use crate::terminal::interview::{InterviewEnd, conduct};
use crate::terminal::line_mode::{FoldedOutput, LineMode};
use crate::terminal::menus::confirm;
use crate::terminal::result_explorer::Leaving;
use rolescope_core::adaptive::{QuickQuiz, StopReason};
use rolescope_core::pages::{Audience, ResultOptions};
use rolescope_core::quiz::QuestionOrder;
use rolescope_core::{AnswerFormat, Comparison, Pack};
use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::time::Instant;

/// Arguments of `quiz`.
#[derive(Debug, Default, clap::Args)]
pub struct QuizArgs {
    /// Save the answers to this file; an unfinished one is resumed
    #[arg(long, value_name = "FILE", conflicts_with = "resume")]
    save: Option<PathBuf>,
    /// Resume the quiz of this answer file
    #[arg(long, value_name = "FILE")]
    resume: Option<PathBuf>,
    #[command(flatten)]
    asking: QuizOptions,
}

/// How to ask and how to show the result.
#[derive(Debug, Default, clap::Args)]
pub struct QuizOptions {
    /// Ask fewer questions, chosen by your answers: of the built-in pack at most 50
    #[arg(long)]
    quick: bool,
    /// Numbered lines and typed words, for screen readers and pipes
    #[arg(long)]
    plain: bool,
    /// How to write the result
    #[arg(short, long, default_value = "text", value_parser = pages_or(RESULTS))]
    format: OutputFormat,
    /// Set apart roles into which no way leads here
    #[arg(long)]
    reachable: bool,
    /// Write the result to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// User interface of a quiz.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AskingMode {
    /// A full screen, one key a question.
    Keys,
    /// Numbered lines on a terminal.
    Lines,
    /// Numbered lines in a pipe, where nobody can answer again.
    Pipe,
}

impl QuizArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// When the answers cannot be saved or the terminal fails; interrupted when stopped by Ctrl-C.
    pub fn run(self, settings: &GlobalArgs) -> Result<()> {
        let pack = settings.load_shown()?;
        let comparison = settings.comparison(&pack)?;
        let way = self.asking.way();
        let chosen = match (&self.resume, &self.save) {
            (Some(path), _) => FirstChoice::Continue {
                path: path.clone(),
                quick: self.asking.quick,
            },
            // what flags or a file decide is not asked, and in a pipe nobody is there
            (None, Some(path)) if path.exists() || self.asking.quick => FirstChoice::New {
                quick: self.asking.quick,
            },
            _ if way == AskingMode::Pipe => FirstChoice::New {
                quick: self.asking.quick,
            },
            (None, file) => {
                let keys = way == AskingMode::Keys;
                let quick = self.asking.quick;
                first_choice::ask(settings, &comparison, file.as_deref(), (keys, quick))?
            }
        };
        let mut asking = self.asking;
        let place = match chosen {
            FirstChoice::New { quick } => {
                asking.quick = quick;
                match &self.save {
                    Some(path) => answer_session::at(path, &pack, settings)?,
                    None => answer_session::new_in_data_folder(&pack)?,
                }
            }
            FirstChoice::Continue { path, quick } => {
                asking.quick = quick;
                answer_session::load(&path, &pack, settings)?
            }
            FirstChoice::Result(quiz) => {
                let open = || answer_session::load(&quiz.path, &pack, settings);
                return asking.look_at(settings, &comparison, &quiz.sheet, Some(&open));
            }
            FirstChoice::Change(path) => {
                let place = answer_session::load(&path, &pack, settings)?;
                return asking.change(settings, &comparison, place);
            }
            FirstChoice::Leave => return Ok(()),
        };
        asking.run(settings, &comparison, place)
    }
}

impl QuizOptions {
    /// Asks what is open in an answer file, and shows the result.
    ///
    /// # Errors
    /// When the answers cannot be saved or the terminal fails; interrupted when stopped by Ctrl-C.
    pub fn run(
        self,
        settings: &GlobalArgs,
        comparison: &Comparison<'_>,
        mut place: AnswerSession<'_>,
    ) -> Result<()> {
        let way = self.way();
        let quick = QuestionOrder::quick(comparison, &place.sheet().answers);
        let all = full_order(way, comparison);
        let mut end = if self.quick {
            ask(way, comparison, &quick, &mut place, settings)?
        } else {
            ask(way, comparison, &all, &mut place, settings)?
        };
        if end != InterviewEnd::Stopped
            && self.quick
            && offer_full((way, comparison.pack()), &quick, &all, &place)?
        {
            end = ask(way, comparison, &all, &mut place, settings)?;
        }
        if end == InterviewEnd::Complete && way != AskingMode::Pipe {
            // the last look: what was right in the puzzles, and why
            let answers = &place.sheet().answers;
            let puzzles = comparison.asked_questions().into_iter().any(|q| {
                let question = &comparison.pack().questions()[q];
                question.format() == AnswerFormat::Choice && answers.has(q)
            });
            if puzzles {
                let review = QuestionOrder::review(comparison, answers, false);
                end = ask(way, comparison, &review, &mut place, settings)?;
            }
        }
        self.finish(settings, comparison, &mut place, end)
    }

    /// To look at a result as it was asked for.
    pub(crate) fn of_result(plain: bool, reachable: bool) -> Self {
        Self {
            plain,
            reachable,
            ..Self::default()
        }
    }

    /// Shows the result of saved answers, from where a person may go on answering if `open` can open their
    /// file again.
    ///
    /// # Errors
    /// When the file is open elsewhere, or as [`run`](Self::run).
    pub(crate) fn look_at<'p>(
        self,
        settings: &GlobalArgs,
        comparison: &Comparison<'_>,
        sheet: &AnswerSheet,
        open: Option<&dyn Fn() -> Result<AnswerSession<'p>>>,
    ) -> Result<()> {
        let left = match open {
            Some(_) => full_order(self.way(), comparison).open(&[], &sheet.answers),
            None => Vec::new(),
        };
        let leaving = self.show_result(settings, comparison, sheet, left.len())?;
        match (leaving, open) {
            (Leaving::Answer, Some(open)) => self.run(settings, comparison, open()?),
            _ => Ok(()),
        }
    }

    /// Shows the answers of a finished quiz to be changed, and then the result.
    ///
    /// # Errors
    /// When the answers cannot be saved or the terminal fails; interrupted when stopped by Ctrl-C.
    fn change(
        &self,
        settings: &GlobalArgs,
        comparison: &Comparison<'_>,
        mut place: AnswerSession<'_>,
    ) -> Result<()> {
        let review = QuestionOrder::review(comparison, &place.sheet().answers, true);
        let end = ask(self.way(), comparison, &review, &mut place, settings)?;
        self.finish(settings, comparison, &mut place, end)
    }

    /// Says how to go on with a quiz that was stopped; of another records the end and shows the result, from
    /// where a person may go on answering.
    fn finish(
        &self,
        settings: &GlobalArgs,
        comparison: &Comparison<'_>,
        place: &mut AnswerSession<'_>,
        mut end: InterviewEnd,
    ) -> Result<()> {
        let all = full_order(self.way(), comparison);
        while end != InterviewEnd::Stopped {
            place.end()?;
            place.tell();
            let saved = comparison.pack().phrase("quiz-saved-in");
            let saved = saved.text("file", place.path().display().to_string());
            let saved = saved.to_string();
            let open = all.open(&[], &place.sheet().answers).len();
            if self.walk_mode().is_none() {
                settings.remark(&saved);
            }
            let leaving = self.show_result(settings, comparison, place.sheet(), open)?;
            if leaving == Leaving::Quit {
                if self.walk_mode().is_some() {
                    settings.remark(&saved);
                }
                return Ok(());
            }
            end = ask(self.way(), comparison, &all, place, settings)?;
        }
        say(&place.how_to_go_on());
        Ok(())
    }

    /// How the result is walked through; none where it is written as a page.
    fn walk_mode(&self) -> Option<explore::WalkMode> {
        explore::walk_mode(self.format, self.output.as_deref(), self.plain)
    }

    /// Shows the result of a quiz, of which so many questions can still be answered.
    fn show_result(
        &self,
        settings: &GlobalArgs,
        comparison: &Comparison<'_>,
        sheet: &AnswerSheet,
        open: usize,
    ) -> Result<Leaving> {
        if let Some(mode) = self.walk_mode() {
            return explore::result(settings, comparison, sheet, self.reachable, (mode, open));
        }
        let shown = ResultOptions::new(Audience::Student)
            .reachable(self.reachable)
            .wish(sheet.wish());
        let out = (self.format, self.output.as_deref());
        write_result(
            settings,
            comparison,
            sheet,
            &shown,
            out,
            &PageLook::default(),
        )?;
        Ok(Leaving::Quit)
    }

    fn way(&self) -> AskingMode {
        if !std::io::stdin().is_terminal() {
            AskingMode::Pipe
        } else if explore::plain_asked(self.plain) {
            AskingMode::Lines
        } else {
            AskingMode::Keys
        }
    }
}

/// The order of the full quiz: with the puzzles spread among the rest for a person, who would tire of many
/// in a row; that of the pack and of its forms in a pipe, so that lines written for it go on to fit.
fn full_order(way: AskingMode, comparison: &Comparison<'_>) -> QuestionOrder<'static> {
    if way == AskingMode::Pipe {
        QuestionOrder::listed(comparison.pack(), comparison.asked_questions())
    } else {
        QuestionOrder::full(comparison)
    }
}

/// Runs the interview, and says what became of the file. Where it stops, waits for the disk, which no answer did. Ctrl-C
/// gives an error that says how to resume.
fn ask(
    way: AskingMode,
    comparison: &Comparison<'_>,
    course: &QuestionOrder<'_>,
    place: &mut AnswerSession<'_>,
    settings: &GlobalArgs,
) -> Result<InterviewEnd> {
    let end = interview(way, comparison, course, place, settings);
    let settled = match end {
        // more follows, and then the end
        Ok(InterviewEnd::Done | InterviewEnd::Complete) => Ok(()),
        _ => place.settle(),
    };
    place.tell();
    match (end, settled) {
        // what it says is saved is not
        (Ok(_) | Err(Error::Interrupted(_)), Err(why)) => Err(why),
        (end, _) => end,
    }
}

/// Runs the interview and saves every change; the screen is given back when this returns.
fn interview(
    way: AskingMode,
    comparison: &Comparison<'_>,
    course: &QuestionOrder<'_>,
    place: &mut AnswerSession<'_>,
    settings: &GlobalArgs,
) -> Result<InterviewEnd> {
    let start = Instant::now();
    let clock = || start.elapsed().as_secs_f64();
    let (end, interrupted) = if way == AskingMode::Keys {
        let mut keys = FullScreen::open(settings.look_of_messages())?;
        let end = conduct(comparison, course, place, &mut keys, Some(&clock))?;
        (end, keys.interrupted)
    } else {
        end_on_ctrl_c()?;
        let saved = if place.sheet().answers.count() > 0 {
            format!("{}\n", place.how_to_go_on())
        } else {
            String::new()
        };
        let pack = comparison.pack();
        settings.remark(&format!(
            "{} {saved}{}",
            pack.say("quiz-saved-at-once"),
            pack.say("quiz-type-help")
        ));
        let patient = way == AskingMode::Lines;
        let output = FoldedOutput::new(std::io::stderr(), settings.look_of_messages().ascii());
        let mut lines = LineMode::new(std::io::stdin().lock(), output, patient);
        // a pipe has no pace
        let clock: Option<&dyn Fn() -> f64> = patient.then_some(&clock);
        let end = conduct(comparison, course, place, &mut lines, clock)?;
        (end, end == InterviewEnd::Stopped && lines.ended)
    };
    if interrupted {
        return Err(Error::Interrupted(place.how_to_go_on()));
    }
    Ok(end)
}

/// Reports why the quick quiz ended, and offers the remaining questions.
fn offer_full(
    (way, pack): (AskingMode, &Pack),
    quick: &QuestionOrder<'_>,
    all: &QuestionOrder<'_>,
    place: &AnswerSession<'_>,
) -> Result<bool> {
    let why = match quick.ended_because() {
        Some(StopReason::SmallBand) => {
            let small = pack.phrase("quiz-quick-small");
            small.number("count", QuickQuiz::SMALL_BAND)
        }
        Some(StopReason::Decided) => pack.phrase("quiz-quick-decided"),
        Some(StopReason::Enough) => {
            let enough = pack.phrase("quiz-quick-enough");
            enough.number("count", QuickQuiz::MOST)
        }
        Some(StopReason::Exhausted) => pack.phrase("quiz-quick-all"),
        // finished early, by choice
        None => return Ok(false),
    };
    say(&why.to_string());
    let left = all.open(&[], &place.sheet().answers).len();
    if way == AskingMode::Pipe || left == 0 {
        return Ok(false);
    }
    let more = pack.phrase("quiz-quick-more").number("count", left);
    confirm(&more.to_string(), false)
}
