//! Choice before the first question: the welcome, and what it leads to.

use crate::commands::shared::environment::data_folder;
use crate::commands::shared::global_args::GlobalArgs;
use crate::error::{Error, Result};
use crate::storage::quiz_folder::{KeptQuiz, kept};
use crate::terminal::full_screen::FullScreen;
use crate::terminal::line_mode::{FoldedOutput, LineMode};
use crate::terminal::welcome::{EarlierQuiz, QuizLength, Welcome, WelcomeChoice};
use rolescope_core::quiz::{QuestionOrder, ResponseTimes};
use rolescope_core::{Answers, Comparison, Date};
use std::path::{Path, PathBuf};

/// What a person wants to do.
#[derive(Debug)]
pub(crate) enum FirstChoice {
    /// A new quiz; whether it is the quick one.
    New { quick: bool },
    /// To go on with this file; whether by the quick quiz.
    Continue { path: PathBuf, quick: bool },
    /// To see the result of this quiz.
    Result(Box<KeptQuiz>),
    /// To change answers of the quiz in this file.
    Change(PathBuf),
    /// Nothing.
    Leave,
}

/// Welcomes a person and asks what to do: with the quizzes of the data folder, or about a new one that is
/// saved in `file`. `keys` says whether by keys on a full screen or by typed words; `quick` that the quick quiz
/// was asked for.
///
/// # Errors
/// When the terminal fails; interrupted when stopped by Ctrl-C.
pub(crate) fn ask(
    settings: &GlobalArgs,
    comparison: &Comparison<'_>,
    file: Option<&Path>,
    (keys, quick): (bool, bool),
) -> Result<FirstChoice> {
    let folder = data_folder()?;
    let quizzes = match file {
        Some(_) => Vec::new(),
        None => kept(&folder, comparison.pack()),
    };
    let asked = comparison.asked_questions();
    let unfinished = quizzes.iter().find(|quiz| !quiz.finished());
    let finished = quizzes.iter().find(|quiz| quiz.finished());
    if quick && unfinished.is_none() {
        return Ok(FirstChoice::New { quick });
    }
    let earlier = |quiz: &KeptQuiz| EarlierQuiz {
        day: Date::words_of(quiz.sheet.started.as_deref().unwrap_or_default()),
        answered: (asked.iter())
            .filter(|&&q| quiz.sheet.answers.has(q))
            .count(),
    };
    let (pack, none) = (comparison.pack(), Answers::none(comparison.pack()));
    let length = |order: &QuestionOrder<'_>| QuizLength {
        questions: order.length(),
        minutes: ResponseTimes::default().minutes(pack, &order.ahead(&[], &none)),
    };
    let welcome = Welcome {
        pack,
        roles: comparison.candidates().len(),
        full: (!quick).then(|| length(&QuestionOrder::full(comparison))),
        quick: length(&QuestionOrder::quick(comparison, &none)),
        unfinished: unfinished.map(earlier),
        finished: finished.map(earlier),
        saved_in: file.unwrap_or(&folder).display().to_string(),
    };
    let choice = if keys {
        let mut screen = FullScreen::open(settings.look_of_messages())?;
        let choice = screen.welcome(&welcome)?;
        if screen.interrupted {
            return Err(Error::Interrupted("Nothing was changed.".to_owned()));
        }
        choice
    } else {
        let output = FoldedOutput::new(std::io::stderr(), settings.look_of_messages().ascii());
        LineMode::new(std::io::stdin().lock(), output, true).welcome(&welcome)?
    };
    let path = |quiz: Option<&KeptQuiz>| quiz.map(|quiz| quiz.path.clone());
    Ok(match choice {
        WelcomeChoice::Full => FirstChoice::New { quick: false },
        WelcomeChoice::Quick => FirstChoice::New { quick: true },
        WelcomeChoice::Continue | WelcomeChoice::ContinueQuick => {
            path(unfinished).map_or(FirstChoice::Leave, |path| FirstChoice::Continue {
                path,
                quick: choice == WelcomeChoice::ContinueQuick,
            })
        }
        WelcomeChoice::Result => finished.map_or(FirstChoice::Leave, |quiz| {
            FirstChoice::Result(Box::new(quiz.clone()))
        }),
        WelcomeChoice::Change => path(finished).map_or(FirstChoice::Leave, FirstChoice::Change),
        WelcomeChoice::HowUsed | WelcomeChoice::Leave => FirstChoice::Leave,
    })
}
