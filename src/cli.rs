//! Arguments and help of the program, and how an error ends it.

use crate::commands::analyse::AnalyseArgs;
use crate::commands::check::CheckArgs;
use crate::commands::code::CodeArgs;
use crate::commands::completions;
use crate::commands::completions::CompletionsArgs;
use crate::commands::learn::LearnArgs;
use crate::commands::man::ManArgs;
use crate::commands::method::MethodArgs;
use crate::commands::pack::PackArgs;
use crate::commands::questions::QuestionsArgs;
use crate::commands::quiz::QuizArgs;
use crate::commands::read::ReadArgs;
use crate::commands::report::ReportArgs;
use crate::commands::roles::{CompareArgs, DRAW, RolesArgs};
use crate::commands::sample::SampleArgs;
use crate::commands::score::ScoreArgs;
use crate::commands::session::SessionArgs;
use crate::commands::shared::environment::let_console_read_escapes;
use crate::commands::shared::global_args::{GlobalArgs, say, say_styled};
use crate::commands::verify::VerifyArgs;
use crate::commands::web::WebArgs;
use crate::error::{Error, Result};
use clap::{CommandFactory as _, Parser, Subcommand};
use std::io::IsTerminal as _;
use std::process::ExitCode;

/// Examples for a first use.
macro_rules! examples {
    () => {
        "Examples:
  rolescope                                       # the quiz
  rolescope roles sonographer
  rolescope report me.toml --for student -f html -o me.html
  rolescope sample -n 3 | rolescope score -"
    };
}

/// Long help: examples, environment variables and exit codes. `docs/formats.md` has the details.
const AFTER: &str = concat!(
    examples!(),
    "

Each command has examples of its own: rolescope help score

Environment:
  ROLESCOPE_DATA        Folder of quizzes and sessions, in place of the data folder
  ROLESCOPE_PLAIN       1: ask in numbered lines, as --plain does
  ROLESCOPE_COMPLETE    Set by completion scripts, which ask what may follow
  ROLESCOPE_PASSPHRASE  Passphrase of an encrypted archive, so that it is not asked for
  ROLESCOPE_LANG        Language of pages and of the quiz, such as cy; --lang goes before it
  LC_ALL, LC_MESSAGES, LANG  The same, where the pack is in that language
  NO_COLOR              Not empty: no colour, unless --color always
  CLICOLOR_FORCE        Not empty and not 0: colour where there is no terminal, too
  TERM                  dumb: no colour, and numbered lines
  COLUMNS               Width of text where there is no terminal; 80 without it
  LC_ALL, LC_CTYPE, LANG  The first that is set decides whether only ASCII is shown
  VISUAL, EDITOR        The editor for notes
  XDG_DATA_HOME, HOME   Where the data folder is (Windows: APPDATA)
  TZ                    Time zone of the dates in what is kept
  PROMPT                Windows: set by its shell; without it the quiz waits for Enter at its end

Exit codes:
  0      Done, or the reader of the output closed it
  1      Failed: the message says what, and where
  2      Wrong usage
  3      Done, but some rows or files were left out
  4      Nothing could be scored: all rows or files were left out
  130    Stopped by Ctrl-C; answers are saved"
);

/// Which medical technician and imaging roles fit a person, and why
#[derive(Debug, Parser)]
#[command(version, about, infer_long_args = false, after_help = examples!(), after_long_help = AFTER)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    settings: GlobalArgs,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the quiz: every answer is saved, the result is shown at the end
    #[command(after_help = "Examples:\n  \
              rolescope quiz\n  \
              rolescope quiz --quick --save me.toml\n  \
              rolescope quiz --resume me.toml -f html -o me.html")]
    Quiz(QuizArgs),
    /// Score answer files, folders or standard input
    #[command(after_help = "Examples:\n  \
              rolescope score me.toml\n  \
              rolescope score class.csv -f csv -o results.csv --rejects rejected.csv\n  \
              rolescope score answers -f ndjson --top all --explain")]
    Score(ScoreArgs),
    /// Show how a file of answers is read, without scoring anybody
    #[command(after_help = "Examples:\n  \
              rolescope read class.csv\n  \
              rolescope read class.csv --id id -o clean.csv\n  \
              rolescope read class.csv --write-map map.toml")]
    Read(ReadArgs),
    /// Write answers as codes that can be sent in a message and read again
    #[command(after_help = "Examples:\n  \
              rolescope code me.toml\n  \
              rolescope code class.csv -o codes.csv\n  \
              rolescope code me.toml | rolescope score -")]
    Code(CodeArgs),
    /// Write a result page: for one person, for a retest, or for a group
    #[command(after_help = "Examples:\n  \
              rolescope report me.toml --for student -f html -o me.html\n  \
              rolescope report me.toml --why sonographer\n  \
              rolescope report me.toml --what-if physics=+1sd --avoid shifts\n  \
              rolescope report me.toml --since last-year.toml\n  \
              rolescope report --each class.csv --for student -f html -o pages\n  \
              rolescope report --group class.csv --by year")]
    Report(Box<ReportArgs>),
    /// List the roles, read one in full, or draw them as a map
    #[command(after_help = "Examples:\n  \
              rolescope roles\n  \
              rolescope roles mri-technologist\n  \
              rolescope roles --family imaging\n  \
              rolescope roles --map\n  \
              rolescope roles -f html -o roles/        # the list and a page a role, with links",
              mut_arg("map", |arg| arg.num_args(0..=1).default_missing_value(DRAW)
                  .help("Draw the roles as a map: those that ask for much the same lie close together. With \
                         --rating-sheet and a FILE: read answers as this map says")))]
    Roles(RolesArgs),
    /// Manage sessions of many people: new, list, resume, note, delete, export, import
    Session(SessionArgs),
    /// Compare two roles side by side
    #[command(after_help = "Examples:\n  \
              rolescope compare nuclear-medicine-technologist mri-technologist\n  \
              rolescope compare \"CT technologist\" sonographer --answers me.toml\n  \
              rolescope compare orthotist prosthetist -f html -o two.html")]
    Compare(CompareArgs),
    /// Print the questions: as text, on paper, as a blank table, or as a form of a survey service
    #[command(after_help = "Examples:\n  \
              rolescope questions\n  \
              rolescope questions -f csv -o sheet.csv\n  \
              rolescope questions -f html --title \"Hill School\" -o form.html\n  \
              rolescope questions -f html --sheet -o sheet.html\n  \
              rolescope questions -f html --key -o key.html\n  \
              rolescope questions -f google-forms --title \"Hill School\" -o form.gs")]
    Questions(QuestionsArgs),
    /// Write the whole quiz as one file that runs in any browser, without network
    #[command(after_help = "Examples:\n  \
              rolescope web -o quiz.html\n  \
              rolescope web --family imaging --title \"Hill School\" -o quiz.html\n  \
              rolescope web --collect -o quiz.html     # answers only, for a counsellor")]
    Web(WebArgs),
    /// Generate simulated answer sheets
    #[command(after_help = "Examples:\n  \
              rolescope sample -n 20 --seed 7 -o people.csv\n  \
              rolescope sample -n 3 --like sonographer | rolescope score -\n  \
              rolescope sample -n 100 --blank 0.2 -f ndjson")]
    Sample(SampleArgs),
    /// Verify saved results by scoring their answers again
    #[command(after_help = "Examples:\n  \
              rolescope score class.csv -f ndjson --with-answers -o results.ndjson\n  \
              rolescope verify results.ndjson\n  \
              rolescope verify results.ndjson --answers class.csv")]
    Verify(VerifyArgs),
    /// Validate a pack and measure its balance
    #[command(after_help = "Examples:\n  \
              rolescope check --pack mine\n  \
              rolescope check --pack mine --no-simulation")]
    Check(CheckArgs),
    /// Item analysis: reliability, item statistics, group differences
    #[command(after_help = "Examples:\n  \
              rolescope analyse class.csv\n  \
              rolescope analyse class.csv -f html -o analysis.html\n  \
              rolescope analyse people.csv --criterion role --by gender\n  \
              rolescope analyse class.csv --write-norms norms.toml --mixed yes")]
    Analyse(AnalyseArgs),
    /// Learn the levels of roles from people who do the work or chose it
    #[command(after_help = "Examples:\n  \
              rolescope learn people.csv --criterion role\n  \
              rolescope learn people.csv --criterion role -o learned")]
    Learn(LearnArgs),
    /// Export the pack in use
    Pack(PackArgs),
    /// Write the method card: intended use, formulae, evidence and limits
    #[command(after_help = "Examples:\n  \
              rolescope method\n  \
              rolescope method -f html -o method.html")]
    Method(MethodArgs),
    /// Write the shell completion script
    #[command(after_help = "Examples:\n  \
              rolescope completions bash >> ~/.bash_completion\n  \
              rolescope completions zsh > ~/.zfunc/_rolescope    # a folder of your fpath\n  \
              rolescope completions fish > ~/.config/fish/completions/rolescope.fish\n  \
              rolescope completions powershell >> $PROFILE")]
    Completions(CompletionsArgs),
    /// Write the manual pages
    #[command(after_help = "Examples:\n  \
              rolescope man > rolescope.1\n  \
              rolescope man --dir ~/.local/share/man/man1")]
    Man(ManArgs),
}

/// Runs the program.
#[must_use]
pub fn main() -> ExitCode {
    let_console_read_escapes();
    let asked = completions::answer(Cli::command);
    let done = asked.and_then(|asked| if asked { Ok(()) } else { run(Cli::parse()) });
    let code = reported(done);
    let window = OwnWindow {
        arguments: std::env::args_os().len() > 1,
        shell: std::env::var_os("PROMPT").is_some(),
        person: is_person_there(),
    };
    if cfg!(windows) && window.closes_at_end() {
        say("Press Enter to close this window.");
        let _ = std::io::stdin().read_line(&mut String::new());
    }
    code
}

/// Says what became of a run, and gives its exit code.
fn reported(done: Result<()>) -> ExitCode {
    match done {
        Ok(()) | Err(Error::Closed) => ExitCode::SUCCESS,
        Err(error) => {
            match &error {
                Error::Interrupted(hint) => say(hint),
                Error::Mistakes(text) => say_styled(text),
                Error::Partly(_) => say(&format!("rolescope: {error}")),
                _ => say(&format!("rolescope: error: {error}")),
            }
            ExitCode::from(error.exit_code())
        }
    }
}

/// What tells on Windows whether the program has a window of its own, as after a double click, which closes when it
/// ends.
#[derive(Clone, Copy)]
struct OwnWindow {
    /// Whether anything was typed after the program's name.
    arguments: bool,
    /// Whether the command shell started it; PowerShell cannot be told, and there Enter is one key too many.
    shell: bool,
    /// Whether someone can read and type.
    person: bool,
}

impl OwnWindow {
    /// Whether what was said last would be gone before it was read.
    const fn closes_at_end(self) -> bool {
        !self.arguments && !self.shell && self.person
    }
}

/// Whether someone can read messages and type.
fn is_person_there() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

fn run(cli: Cli) -> Result<()> {
    let settings = &cli.settings;
    match cli.command {
        Some(Command::Quiz(quiz)) => quiz.run(settings),
        Some(Command::Score(score)) => score.run(settings),
        Some(Command::Read(read)) => read.run(settings),
        Some(Command::Code(code)) => code.run(settings),
        Some(Command::Report(report)) => report.run(settings),
        Some(Command::Roles(roles)) => roles.run(settings),
        Some(Command::Session(session)) => session.run(settings),
        Some(Command::Compare(compare)) => compare.run(settings),
        Some(Command::Questions(questions)) => questions.run(settings),
        Some(Command::Web(web)) => web.run(settings),
        Some(Command::Sample(sample)) => sample.run(settings),
        Some(Command::Check(check)) => check.run(settings),
        Some(Command::Verify(verify)) => verify.run(settings),
        Some(Command::Analyse(analyse)) => analyse.run(settings),
        Some(Command::Learn(learn)) => learn.run(settings),
        Some(Command::Pack(pack)) => pack.run(settings),
        Some(Command::Method(method)) => method.run(settings),
        Some(Command::Completions(completions)) => completions.run(),
        Some(Command::Man(man)) => man.run(settings, Cli::command()),
        None if is_person_there() => QuizArgs::default().run(settings),
        None => {
            let help = Cli::command().render_help();
            std::io::Write::write_all(&mut std::io::stdout(), help.to_string().as_bytes())
                .map_err(Error::output)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cli, OwnWindow};
    use clap::CommandFactory as _;

    #[test]
    fn arguments_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn only_a_window_of_its_own_waits_to_be_read() {
        let clicked = OwnWindow {
            arguments: false,
            shell: false,
            person: true,
        };
        assert!(clicked.closes_at_end());
        for other in [
            OwnWindow {
                arguments: true,
                ..clicked
            },
            OwnWindow {
                shell: true,
                ..clicked
            },
            OwnWindow {
                person: false,
                ..clicked
            },
        ] {
            assert!(!other.closes_at_end());
        }
    }
}
