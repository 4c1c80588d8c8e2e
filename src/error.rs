//! Errors of the program, and the exit code of each.

use std::io;

/// Result with [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// An error that ends the program.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The arguments ask for something that is not there.
    #[error("{0}")]
    Usage(String),
    /// A file could not be read or written.
    #[error("{doing}: {source}")]
    Io {
        /// What was tried.
        doing: String,
        /// Why it failed.
        source: io::Error,
    },
    /// A file has mistakes, all shown in one text.
    #[error("{0}")]
    Mistakes(String),
    /// Any other failure that the user can resolve.
    #[error("{0}")]
    Failed(String),
    /// Done, but for some of many; each was reported.
    #[error("{0}")]
    Partly(String),
    /// Nothing could be done: all of many were left out; each was reported.
    #[error("{0}")]
    Nothing(String),
    /// Stopped by Ctrl-C, after saving.
    #[error("{0}")]
    Interrupted(String),
    /// The reader of the output closed it.
    #[error("the output was closed")]
    Closed,
}

impl Error {
    /// A failure that the user can resolve.
    pub fn failed(message: impl Into<String>) -> Self {
        Self::Failed(message.into())
    }

    /// A file that could not be read or written.
    pub fn io(doing: impl Into<String>, source: io::Error) -> Self {
        Self::Io {
            doing: doing.into(),
            source,
        }
    }

    /// A failed write of results.
    #[must_use]
    pub fn output(source: io::Error) -> Self {
        if source.kind() == io::ErrorKind::BrokenPipe {
            Self::Closed
        } else {
            Self::io("cannot write the output", source)
        }
    }

    /// The exit code of the program.
    #[must_use]
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Closed => 0,
            Self::Io { .. } | Self::Mistakes(_) | Self::Failed(_) => 1,
            Self::Usage(_) => 2,
            Self::Partly(_) => 3,
            Self::Nothing(_) => 4,
            Self::Interrupted(_) => 130,
        }
    }
}
