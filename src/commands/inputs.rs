//! What commands over many inputs ask of them before they are opened.

use crate::error::{Error, Result};
use crate::files::save::same_file;
use std::path::Path;

/// Holds that no output takes the place of an input.
///
/// # Errors
/// When one does.
pub(crate) fn not_outputs<'a>(
    inputs: impl IntoIterator<Item = &'a String>,
    outputs: &[Option<&Path>],
) -> Result<()> {
    for input in inputs.into_iter().filter(|input| *input != "-") {
        let lost = |output: &Path| same_file(output, Path::new(input));
        if outputs.iter().flatten().any(|output| lost(output)) {
            return Err(Error::Usage(format!(
                "{input} is an input, and would be lost; write to another file"
            )));
        }
    }
    Ok(())
}

/// Bytes of all inputs, where they can be known.
pub(crate) fn size(inputs: &[String]) -> Option<u64> {
    let size = |input: &String| {
        let file = std::fs::metadata(input).ok()?;
        file.is_file().then_some(file.len())
    };
    inputs.iter().map(size).sum()
}
