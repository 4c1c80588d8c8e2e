//! The files of the built-in pack, as the program embeds them.

#[allow(unreachable_pub, reason = "the program gives it on")]
#[path = "../../src/builtin/files.rs"]
pub(crate) mod files;
