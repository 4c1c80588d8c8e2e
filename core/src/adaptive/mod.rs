//! The adaptive quick quiz: which question to ask next, and when to stop.
//!
//! The next question is the one whose answer is expected to tell most about which roles are in the band.
//! The quiz stops when at most [`QuickQuiz::SMALL_BAND`] roles are left in it, no answer could change it, or [`QuickQuiz::MOST`]
//! questions were asked.
//!
//! ```
//! # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
//! # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
//! # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
//! use rolescope_core::adaptive::{QuickQuiz, StopReason};
//! use std::ops::ControlFlow;
//!
//! let quiz = QuickQuiz::new(&comparison);
//! let (mut asked, mut answers) = (Vec::new(), Answers::none(&pack));
//! let reason = loop {
//!     match quiz.next(&asked, &answers) {
//!         ControlFlow::Continue(question) => {
//!             answers.set(question, 3).expect("each question has three answers");
//!             asked.push(question);
//!         }
//!         ControlFlow::Break(reason) => break reason,
//!     }
//! };
//! assert_eq!(reason, StopReason::SmallBand); // the pack has two roles
//! ```

pub(crate) mod selection;

pub use selection::{QuickQuiz, StopReason};
