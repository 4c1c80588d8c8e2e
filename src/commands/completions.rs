//! `rolescope completions`: completion scripts for shells, and the candidates when a shell asks for them.
//! The scripts call this program, so they offer the current ids and labels.

use crate::commands::shared::global_args::write_text;
use crate::error::{Error, Result};
use clap::ValueEnum;
use clap_complete::env::{CompleteEnv, Shells};

/// Environment variable with which a completion script asks; its value is the name of the shell.
const ASKED: &str = "ROLESCOPE_COMPLETE";

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
pub struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Shell {
    Bash,
    Elvish,
    Fish,
    Powershell,
    Zsh,
}

impl Shell {
    const fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Elvish => "elvish",
            Self::Fish => "fish",
            Self::Powershell => "powershell",
            Self::Zsh => "zsh",
        }
    }
}

impl CompletionsArgs {
    /// Runs the command.
    ///
    /// # Errors
    /// When the output fails.
    pub fn run(self) -> Result<()> {
        let mut script = Vec::new();
        let shells = Shells::builtins();
        let name = "rolescope";
        if let Some(shell) = shells.completer(self.shell.name()) {
            shell
                .write_registration(ASKED, name, name, name, &mut script)
                .map_err(Error::output)?;
        }
        let mut script = String::from_utf8_lossy(&script).trim().to_owned();
        if matches!(self.shell, Shell::Zsh) {
            // a file of the fpath is read at the first Tab, which it then has to answer
            script.push_str(
                "\nif [[ $funcstack[1] == _rolescope ]]; then\n    \
                 _clap_dynamic_completer_rolescope \"$@\"\nfi",
            );
        }
        write_text(&format!("{script}\n"), None)
    }
}

/// Prints completion candidates if a shell asks for them; false if none does.
///
/// # Errors
/// When the shell is not known or has gone.
pub(crate) fn answer(command: fn() -> clap::Command) -> Result<bool> {
    if std::env::var_os(ASKED).is_none() {
        return Ok(false);
    }
    let folder = std::env::current_dir().ok();
    CompleteEnv::with_factory(command)
        .var(ASKED)
        .try_complete(std::env::args_os(), folder.as_deref())
        .map_err(|error| Error::failed(format!("{ASKED}: {}", error.to_string().trim_end())))
}
