//! What can be typed, and how errors end the program.

use crate::commands::analyse::Analyse;
use crate::commands::check::Check;
use crate::commands::context::{Settings, say};
use crate::commands::pack::Pack;
use crate::commands::questions::Questions;
use crate::commands::quiz::Quiz;
use crate::commands::report::Report;
use crate::commands::roles::{Compare, Roles};
use crate::commands::sample::Sample;
use crate::commands::score::Score;
use crate::commands::session::errand::Session;
use crate::commands::verify::Verify;
use crate::error::{Error, Result};
use clap::{CommandFactory as _, Parser, Subcommand};
use std::io::IsTerminal as _;
use std::process::ExitCode;

/// Which medical technician and imaging roles fit a person, and why
#[derive(Debug, Parser)]
#[command(version, about, infer_long_args = false)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Ask the questions, save every answer, show the result
    Quiz(Quiz),
    /// Score answer files, folders or standard input
    Score(Score),
    /// Write pages of saved answers: of one person, of two sittings, of a group
    Report(Report),
    /// List the roles, or read one in full
    Roles(Roles),
    /// Keep the quizzes of many people: begin, list, go on, note, delete, carry away
    Session(Session),
    /// Put two roles side by side
    Compare(Compare),
    /// Print the questions: to read, as a blank sheet, as a paper form
    Questions(Questions),
    /// Make simulated answer sheets
    Sample(Sample),
    /// Score saved results again and say whether they hold
    Verify(Verify),
    /// Validate a pack and measure its balance
    Check(Check),
    /// Tell from many answers how the questions, traits and roles do
    Analyse(Analyse),
    /// Work on packs
    Pack(Pack),
}

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(()) | Err(Error::Closed) => ExitCode::SUCCESS,
        Err(error) => {
            match &error {
                Error::Interrupted(hint) => say(hint),
                Error::Mistakes(text) => say(text),
                Error::Rejected { .. } | Error::Partly(_) => say(&format!("rolescope: {error}")),
                _ => say(&format!("rolescope: error: {error}")),
            }
            ExitCode::from(error.exit_code())
        }
    }
}

fn run(cli: Cli) -> Result<()> {
    let settings = &cli.settings;
    match cli.command {
        Some(Command::Quiz(quiz)) => quiz.run(settings),
        Some(Command::Score(score)) => score.run(settings),
        Some(Command::Report(report)) => report.run(settings),
        Some(Command::Roles(roles)) => roles.run(settings),
        Some(Command::Session(session)) => session.run(settings),
        Some(Command::Compare(compare)) => compare.run(settings),
        Some(Command::Questions(questions)) => questions.run(settings),
        Some(Command::Sample(sample)) => sample.run(settings),
        Some(Command::Check(check)) => check.run(settings),
        Some(Command::Analyse(analyse)) => analyse.run(settings),
        Some(Command::Verify(verify)) => verify.run(settings),
        Some(Command::Pack(pack)) => pack.run(settings),
        None if std::io::stdin().is_terminal() && std::io::stderr().is_terminal() => {
            Quiz::default().run(settings)
        }
        None => {
            let help = Cli::command().render_help();
            std::io::Write::write_all(&mut std::io::stdout(), help.to_string().as_bytes())
                .map_err(Error::output)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Cli;
    use clap::CommandFactory as _;

    #[test]
    fn arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
