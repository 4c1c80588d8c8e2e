//! The terminal: the quiz in full-screen or line mode, prompts and progress.

#[cfg(windows)]
mod console_records;
pub mod full_screen;
pub mod interview;
mod key_interview;
mod keyboard;
pub mod line_mode;
pub mod menus;
pub mod paper_entry;
pub mod progress;
pub mod question_screen;
pub mod response_time;
pub mod result_explorer;
pub mod screens;
pub mod viewport;
pub mod welcome;
