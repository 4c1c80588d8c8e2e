//! The adaptive quick quiz.

pub(crate) mod selection;

pub use selection::{
    MOST, NextQuestion, SMALL_BAND, StopReason, band_now_and_complete,
    conditions as conditions_of_band, next as next_question,
};
