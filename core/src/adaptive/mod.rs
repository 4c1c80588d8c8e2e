//! The adaptive quick quiz.

pub(crate) mod selection;
