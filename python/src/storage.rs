//! How the folder of a pack is read: the source of the program, with its bounds.

#[allow(unreachable_pub, reason = "the program gives it on")]
#[path = "../../src/storage/pack_files.rs"]
pub(crate) mod pack_files;
