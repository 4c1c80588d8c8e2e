//! The subcommands of `session`.

pub mod context;
pub mod delete;
pub mod list;
pub mod note;
pub mod run_quiz;
pub mod show;
pub mod transfer;
