//! The Python module `rolescope`: scores the columns of a data frame in process and gives columns, the same
//! values and bytes as the program `rolescope score -f csv`.
//!
//! A [`frame`] is taken apart into Arrow arrays without a copy, [`people`] reads its cells a column at a time as
//! the program reads them, [`scored`] scores blocks of rows on all cores, and a [`table`] hands the columns on.
//! What reads headers, cells and packs are the sources of the program themselves ([`input`], [`storage`],
//! [`builtin`]), so that nothing can mean one thing here and another there.

mod arguments;
mod builtin;
mod error;
mod frame;
mod input;
mod pack;
mod people;
mod scored;
mod storage;
mod table;
#[allow(
    dead_code,
    unreachable_pub,
    reason = "the program does more things at the same time"
)]
#[path = "../../src/threads.rs"]
mod threads;

/// Scores answers to a career quiz from data frames: ranked roles with their error, the same results as the
/// program `rolescope`.
#[pyo3::pymodule]
mod rolescope {
    #[pymodule_export]
    use crate::arguments::{score, score_csv};
    #[pymodule_export]
    use crate::error::RolescopeError;
    #[pymodule_export]
    use crate::pack::{Pack, questions, roles};
    #[pymodule_export]
    use crate::table::Table;
    use pyo3::prelude::*;

    /// States the version.
    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
