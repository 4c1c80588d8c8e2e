//! Confirmations by `dialoguer`.

use crate::error::{Error, Result};
use dialoguer::Confirm;

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
