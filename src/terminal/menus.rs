//! Confirmations, choices and passphrases by `dialoguer`.

use crate::error::{Error, Result};
use dialoguer::{Confirm, Password, Select};

/// Asks yes or no; `default` where only Enter is pressed, and no where it is left.
///
/// # Errors
/// When the terminal fails.
pub fn confirm(question: &str, default: bool) -> Result<bool> {
    Confirm::new()
        .with_prompt(question)
        .default(default)
        .interact_opt()
        .map(|answer| answer.unwrap_or(false))
        .map_err(cannot_ask)
}

/// Asks which of some options, the first unless another is chosen; none where it is left.
///
/// # Errors
/// When the terminal fails.
pub(crate) fn choose(question: &str, options: &[String]) -> Result<Option<usize>> {
    let menu = Select::new().with_prompt(question).items(options);
    menu.default(0).interact_opt().map_err(cannot_ask)
}

/// Asks for a passphrase, which is not shown.
///
/// # Errors
/// When the terminal fails.
pub(crate) fn ask_passphrase(prompt: &str) -> Result<String> {
    let asked = Password::new().with_prompt(prompt);
    asked.interact().map_err(cannot_ask)
}

/// Asks for a new passphrase, which is not shown, until it is typed the same twice.
///
/// # Errors
/// When the terminal fails.
pub(crate) fn ask_passphrase_twice(prompt: &str) -> Result<String> {
    let asked = Password::new()
        .with_prompt(prompt)
        .with_confirmation("The same again", "These are not the same.");
    asked.interact().map_err(cannot_ask)
}

fn cannot_ask(dialoguer::Error::IO(source): dialoguer::Error) -> Error {
    Error::io("cannot ask here", source)
}
