//! Storage on disk: answer files, sessions, archives, locks, atomic writes.

pub mod answer_file;
pub(crate) mod answer_merge;
pub(crate) mod answer_text;
pub mod archive;
pub mod archive_copies;
pub mod atomic_write;
pub mod label;
pub mod lock;
pub mod locked_file;
pub(crate) mod look_alike;
pub mod norms_file;
pub mod note_draft;
pub mod open_answers;
pub mod pack_files;
pub mod pack_folder;
pub mod page_folder;
pub mod partial_files;
pub mod private_folder;
pub mod quiz_folder;
pub mod session_facts;
pub mod session_store;
pub mod text_file;
