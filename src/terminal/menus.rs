//! Prompts before and after a quiz: confirmations and menus by `dialoguer`.

use crate::error::{Error, Result};
use dialoguer::{Confirm, Select};

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
        .map_err(|dialoguer::Error::IO(source)| Error::io("cannot ask here", source))
}

/// Asks for one of several; none where it is left.
///
/// # Errors
/// When the terminal fails.
pub fn select(question: &str, items: &[String]) -> Result<Option<usize>> {
    // a wrapped item leaves rows behind after the choice
    let columns = usize::from(console::Term::stderr().size().1).saturating_sub(4);
    let items: Vec<String> = items
        .iter()
        .map(|item| console::truncate_str(item, columns, "...").into_owned())
        .collect();
    let _ = console::Term::stderr().write_line(question);
    Select::new()
        .items(&items)
        .default(0)
        .interact_opt()
        .map_err(|dialoguer::Error::IO(source)| Error::io("cannot ask here", source))
}
