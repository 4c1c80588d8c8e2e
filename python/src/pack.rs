//! Packs: the built-in one, or a folder.

use crate::builtin::files::BUILT_IN;
use crate::error::{Error, Result};
use crate::storage::pack_files;
use crate::table::{ColumnOf, Table};
use pyo3::prelude::*;
use rolescope_core::{Comparison, Diagnostic, SourceFile};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// A pack: traits, questions and roles, read once for many calls.
#[pyclass(frozen, module = "rolescope")]
pub(crate) struct Pack {
    pack: Arc<rolescope_core::Pack>,
}

/// A pack as an argument: one that was read, or its folder.
#[derive(FromPyObject)]
pub(crate) enum PackArgument {
    /// One that was read.
    Pack(Py<Pack>),
    /// The folder of one.
    Folder(PathBuf),
}

/// The pack of an argument; without one the built-in pack.
pub(crate) fn asked(argument: Option<PackArgument>) -> Result<Arc<rolescope_core::Pack>> {
    match argument {
        None => built_in(),
        Some(PackArgument::Pack(pack)) => Ok(Arc::clone(&pack.get().pack)),
        Some(PackArgument::Folder(folder)) => read(&folder),
    }
}

fn built_in() -> Result<Arc<rolescope_core::Pack>> {
    static BUILT: OnceLock<std::result::Result<Arc<rolescope_core::Pack>, String>> =
        OnceLock::new();
    let pack = BUILT.get_or_init(|| {
        let files = BUILT_IN.iter();
        let files: Vec<SourceFile> = files
            .map(|(path, text)| SourceFile::new(*path, text))
            .collect();
        parsed(&files)
    });
    pack.clone().map_err(Error::failed)
}

fn read(folder: &Path) -> Result<Arc<rolescope_core::Pack>> {
    parsed(&pack_files::folder(folder)?).map_err(Error::failed)
}

/// The pack of these files, with the words that it has in its own language.
fn parsed(files: &[SourceFile]) -> std::result::Result<Arc<rolescope_core::Pack>, String> {
    let pack = rolescope_core::Pack::parse(files).and_then(|pack| {
        let language = pack.language().to_owned();
        pack.in_language(&language, files)
    });
    pack.map(Arc::new)
        .map_err(|mistakes| Diagnostic::show_all(&mistakes, files, false))
}

#[pymethods]
impl Pack {
    /// Reads the pack in a folder; without one, the built-in pack.
    #[new]
    #[pyo3(signature = (path=None))]
    fn new(py: Python<'_>, path: Option<PathBuf>) -> PyResult<Self> {
        let pack = py.detach(|| path.map_or_else(built_in, |path| read(&path)))?;
        Ok(Self { pack })
    }

    /// What the pack is called.
    #[getter]
    fn name(&self) -> &str {
        self.pack.name()
    }

    /// Its version.
    #[getter]
    fn version(&self) -> &str {
        self.pack.version()
    }

    /// The language that it is in, as `en-NZ`.
    #[getter]
    fn language(&self) -> &str {
        self.pack.language()
    }

    /// What tells its content from any other.
    #[getter]
    fn fingerprint(&self) -> &str {
        self.pack.fingerprint()
    }

    fn __repr__(&self) -> String {
        format!(
            "<rolescope.Pack {} {}: {} questions, {} roles>",
            self.pack.name(),
            self.pack.version(),
            self.pack.questions().len(),
            self.pack.roles().len()
        )
    }
}

/// The roles of a pack, or of one family of it: `id`, `name`, `family` and `reach`.
#[pyfunction]
#[pyo3(signature = (*, pack=None, family=None))]
pub(crate) fn roles(pack: Option<PackArgument>, family: Option<&str>) -> PyResult<Table> {
    let pack = asked(pack)?;
    let comparison = comparison(&pack, family, 1.0)?;
    let roles = 0..comparison.candidates().len();
    let roles: Vec<&rolescope_core::Role> = roles.map(|at| comparison.role(at)).collect();
    let texts = |text: fn(&rolescope_core::Role) -> &str| {
        ColumnOf::Texts(roles.iter().map(|role| text(role).to_owned()).collect())
    };
    Table::of_columns(vec![
        ("id", texts(rolescope_core::Role::id)),
        ("name", texts(rolescope_core::Role::name)),
        ("family", texts(rolescope_core::Role::family)),
        ("reach", texts(|role| role.reach())),
    ])
}

/// The questions of a pack, which are its columns: `id`, `text` and what may be answered.
#[pyfunction]
#[pyo3(signature = (*, pack=None))]
pub(crate) fn questions(pack: Option<PackArgument>) -> PyResult<Table> {
    let pack = asked(pack)?;
    let texts = |text: fn(&rolescope_core::Question) -> String| {
        ColumnOf::Texts(pack.questions().iter().map(text).collect())
    };
    Table::of_columns(vec![
        ("id", texts(|question| question.id().to_owned())),
        ("text", texts(|question| question.text().to_owned())),
        ("answers", texts(rolescope_core::Question::allowed)),
    ])
}

/// The comparison that people are scored by.
pub(crate) fn comparison<'p>(
    pack: &'p rolescope_core::Pack,
    family: Option<&str>,
    aptitude_weight: f64,
) -> Result<Comparison<'p>> {
    // as the program has it
    if !(0.0..=100.0).contains(&aptitude_weight) {
        return Err(Error::failed(format!(
            "aptitude_weight {aptitude_weight}: a number from 0 to 100"
        )));
    }
    let mut builder = Comparison::builder(pack)
        .aptitude_weight(aptitude_weight)
        .program(env!("CARGO_PKG_VERSION"));
    if let Some(family) = family {
        builder = builder
            .family(family)
            .map_err(|why| Error::failed(why.to_string()))?;
    }
    builder
        .build()
        .map_err(|why| Error::failed(why.to_string()))
}
