//! How headers and cells are read: the sources of the program, so that a column means the same to both.

#[allow(
    dead_code,
    unreachable_pub,
    reason = "the program reads more kinds of input with them"
)]
#[path = "../../src/input/cells.rs"]
pub(crate) mod cells;
#[allow(dead_code, reason = "the program looks cells up in these tables")]
#[path = "../../src/input/code_tables.rs"]
pub(crate) mod code_tables;
#[allow(unreachable_pub, reason = "the program gives it on")]
#[path = "../../src/input/codes.rs"]
pub(crate) mod codes;
#[allow(unreachable_pub, reason = "the program gives it on")]
#[path = "../../src/input/fold.rs"]
pub(crate) mod fold;
#[allow(
    dead_code,
    unreachable_pub,
    reason = "the program tells by what a header was known"
)]
#[path = "../../src/input/question_index.rs"]
pub(crate) mod question_index;
