//! The quiz and everything else that a person sees on a terminal.

pub mod full_screen;
pub mod interview;
pub mod line_mode;
pub mod menus;
pub mod progress;
pub mod question_order;
pub mod response_time;
pub mod screens;
