//! Storage on disk: answer files, sessions, archives, locks, atomic writes.

pub mod answer_file;
pub(crate) mod answer_merge;
pub(crate) mod answer_text;
pub mod archive;
pub mod archive_copies;
pub mod atomic_write;
pub mod encryption;
pub(crate) mod folder_names;
pub mod label;
pub(crate) mod label_index;
pub mod lock;
pub mod locked_file;
pub(crate) mod look_alike;
pub mod norms_file;
pub mod note_draft;
pub mod open_answers;
pub mod pack_files;
pub mod page_folder;
pub mod partial_files;
pub mod private_folder;
pub mod quiz_folder;
pub mod session_facts;
pub mod session_store;
pub(crate) mod session_survey;
pub mod stored_person;
pub mod text_file;
