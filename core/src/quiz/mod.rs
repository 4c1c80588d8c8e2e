//! The course of a quiz, whatever it is shown on: in which order questions are asked, and how long the rest takes.
//!
//! ```
//! # use rolescope_core::{Answers, Comparison, Pack, SourceFile};
//! # let pack = Pack::parse(&SourceFile::example()).expect("it is valid");
//! # let comparison = Comparison::builder(&pack).build().expect("it has two roles");
//! use rolescope_core::quiz::QuestionOrder;
//!
//! let (order, mut answers) = (QuestionOrder::full(&comparison), Answers::none(&pack));
//! let mut shown = order.start(&answers);
//! while let Some(question) = order.next(&shown, &answers) {
//!     answers.set(question, 3).expect("each question has three answers");
//!     shown.push(question);
//! }
//! assert_eq!(shown.len(), order.length());
//! ```

mod name;
mod question_order;
mod response_times;

pub use name::name_on_page;
pub use question_order::{PartAhead, QuestionOrder};
pub use response_times::ResponseTimes;
