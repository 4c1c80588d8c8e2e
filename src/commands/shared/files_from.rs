//! `--files-from`: names of inputs, read from a file, for more than a command line can hold.

use crate::error::{Error, Result};
use std::io::Read as _;
use std::path::PathBuf;

/// Maximum size of such a file, in bytes.
const LARGEST: u64 = 64 << 20;

/// Arguments that name a list of inputs.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct FilesFrom {
    /// Read the names of inputs from this file, a name a line, or - for standard input
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,
    /// With --files-from: names end with a NUL, as `find -print0` writes them
    #[arg(short = '0', long, requires = "files_from")]
    null: bool,
}

impl FilesFrom {
    /// The inputs that were typed, and those that are named in the file.
    ///
    /// # Errors
    /// When the file cannot be read, is no text, or names nothing.
    pub(crate) fn after(&self, typed: &[String]) -> Result<Vec<String>> {
        let mut inputs = typed.to_vec();
        let Some(path) = &self.files_from else {
            return Ok(inputs);
        };
        let name = path.display();
        let cannot = |source| Error::io(format!("cannot read {name}"), source);
        let mut bytes = Vec::new();
        if path.as_os_str() == "-" {
            if typed.iter().any(|input| input == "-") {
                let text = "standard input (-) can be read only once".to_owned();
                return Err(Error::Usage(text));
            }
            let mut names = std::io::stdin().lock().take(LARGEST + 1);
            names.read_to_end(&mut bytes).map_err(cannot)?;
        } else {
            let file = std::fs::File::open(path).map_err(cannot)?;
            file.take(LARGEST + 1)
                .read_to_end(&mut bytes)
                .map_err(cannot)?;
        }
        if bytes.len() as u64 > LARGEST {
            return Err(Error::failed(format!(
                "{name} has over {LARGEST} bytes; a list of inputs is smaller"
            )));
        }
        let text = String::from_utf8(bytes)
            .map_err(|_| Error::failed(format!("{name} is not UTF-8 text")))?;
        let end = if self.null { '\0' } else { '\n' };
        let names = text.split(end);
        let names = names.map(|name| name.strip_suffix('\r').unwrap_or(name));
        inputs.extend(names.filter(|name| !name.is_empty()).map(str::to_owned));
        if inputs.is_empty() {
            return Err(Error::failed(format!("{name} names no inputs")));
        }
        Ok(inputs)
    }
}
