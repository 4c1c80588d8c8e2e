//! The core as a WebAssembly module without imports: a page writes a request into its memory, has it
//! answered, and reads the reply.
//!
//! A request is JSON, see [`quiz::Request`]; a reply is JSON too, or the text that was asked for.
//!
//! ```text
//! at = input(size)        room for the request: write its bytes there
//! ok = answer()           1 where it was answered, 0 where the reply says what is wrong
//! output(), output_size() where the reply stands, and how many bytes it has
//! ```
//!
//! No code here is unsafe. `unsafe_code` is denied rather than forbidden for one reason: a symbol without
//! mangling counts as unsafe, since two of the same name would clash, and a module without such symbols could
//! not be called. Each of them says so. Memory is passed by address: to make an address of a vector is safe,
//! and the page writes and reads through it only between two calls, as C code would.

pub mod quiz;

use quiz::Quiz;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What stays between two calls.
struct State {
    input: Vec<u8>,
    output: Vec<u8>,
    quiz: Option<Quiz>,
}

static STATE: Mutex<State> = Mutex::new(State {
    input: Vec::new(),
    output: Vec::new(),
    quiz: None,
});

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes room for a request of so many bytes, and gives its address.
#[expect(unsafe_code, reason = "the symbol must keep its name")]
#[unsafe(no_mangle)]
pub extern "C" fn input(size: usize) -> *mut u8 {
    let mut state = state();
    state.input.clear();
    state.input.resize(size, 0);
    state.input.as_mut_ptr()
}

/// Answers the request; 0 where the reply is a message about what is wrong with it.
#[expect(unsafe_code, reason = "the symbol must keep its name")]
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> u32 {
    let mut state = state();
    let request = std::mem::take(&mut state.input);
    let (reply, right) = match quiz::answer(&mut state.quiz, &request) {
        Ok(reply) => (reply, 1),
        Err(message) => (message, 0),
    };
    state.output = reply.into_bytes();
    right
}

/// The address of the reply.
#[expect(unsafe_code, reason = "the symbol must keep its name")]
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    state().output.as_ptr()
}

/// How many bytes the reply has.
#[expect(unsafe_code, reason = "the symbol must keep its name")]
#[unsafe(no_mangle)]
pub extern "C" fn output_size() -> usize {
    state().output.len()
}
