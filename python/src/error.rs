//! What goes wrong, for the sources that are shared with the program, and as exceptions of Python.

use pyo3::PyErr;
use pyo3::exceptions::{PyOSError, PyValueError};
use std::io;

/// Result with [`Error`].
pub(crate) type Result<T> = std::result::Result<T, Error>;

/// What a caller can mend.
#[derive(Debug)]
pub(crate) enum Error {
    /// A file could not be read.
    Io {
        /// What was tried.
        doing: String,
        /// Why it failed.
        source: io::Error,
    },
    /// Anything else.
    Failed(String),
}

impl Error {
    /// What a caller can mend.
    pub(crate) fn failed(message: impl Into<String>) -> Self {
        Self::Failed(message.into())
    }

    /// A file that could not be read.
    pub(crate) fn io(doing: impl Into<String>, source: io::Error) -> Self {
        Self::Io {
            doing: doing.into(),
            source,
        }
    }
}

pyo3::create_exception!(
    rolescope,
    RolescopeError,
    PyValueError,
    "What was given cannot be scored; the message says where, what was found and what would be right."
);

impl From<Error> for PyErr {
    fn from(error: Error) -> Self {
        match error {
            Error::Io { doing, source } => PyOSError::new_err(format!("{doing}: {source}")),
            Error::Failed(message) => RolescopeError::new_err(message),
        }
    }
}
