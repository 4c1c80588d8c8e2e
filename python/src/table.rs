//! Columns for Python: handed on by Arrow's capsules, without a copy.

use crate::error::RolescopeError;
use arrow_array::cast::AsArray as _;
use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{
    Array as _, ArrayRef, Int64Array, RecordBatch, RecordBatchIterator, StringArray,
};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList};
use std::sync::Arc;

/// Columns of one length.
///
/// Data frame libraries take it over without a copy, by Arrow's capsules: `polars.DataFrame(table)`,
/// `pyarrow.table(table)`, `pandas.DataFrame.from_arrow(table)` or `pyarrow.table(table).to_pandas()`.
#[pyclass(frozen, module = "rolescope")]
pub(crate) struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
    rejected: Option<Py<Table>>,
}

impl Table {
    /// These columns, with the rows that were left out.
    pub(crate) fn new(
        schema: SchemaRef,
        batches: Vec<RecordBatch>,
        rejected: Option<Py<Self>>,
    ) -> Self {
        Self {
            schema,
            batches,
            rejected,
        }
    }

    /// Columns of texts and whole numbers.
    pub(crate) fn of_columns(columns: Vec<(&str, ColumnOf)>) -> PyResult<Self> {
        let (mut fields, mut arrays): (Vec<Field>, Vec<ArrayRef>) = (Vec::new(), Vec::new());
        for (name, column) in columns {
            let array: ArrayRef = match column {
                ColumnOf::Texts(texts) => Arc::new(StringArray::from(texts)),
                ColumnOf::Numbers(numbers) => Arc::new(Int64Array::from(numbers)),
            };
            fields.push(Field::new(name, array.data_type().clone(), false));
            arrays.push(array);
        }
        let schema = Arc::new(Schema::new(fields));
        let batch = RecordBatch::try_new(Arc::clone(&schema), arrays).map_err(broken)?;
        Ok(Self::new(schema, vec![batch], None))
    }

    fn rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }
}

/// The cells of a column.
pub(crate) enum ColumnOf {
    Texts(Vec<String>),
    Numbers(Vec<i64>),
}

#[expect(clippy::needless_pass_by_value, reason = "it maps errors")]
fn broken(why: ArrowError) -> PyErr {
    RolescopeError::new_err(format!("the columns cannot be laid out: {why}"))
}

#[pymethods]
impl Table {
    /// The names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<&str> {
        let fields = self.schema.fields().iter();
        fields.map(|field| field.name().as_str()).collect()
    }

    /// How many rows there are.
    #[getter]
    fn num_rows(&self) -> usize {
        self.rows()
    }

    /// The cells for which rows were left out: `row` from 0, `column`, `value` and `reason`.
    #[getter]
    fn rejected(&self, py: Python<'_>) -> Option<Py<Self>> {
        self.rejected.as_ref().map(|table| table.clone_ref(py))
    }

    fn __len__(&self) -> usize {
        self.rows()
    }

    fn __repr__(&self) -> String {
        let columns = self.schema.fields().len();
        format!(
            "<rolescope.Table of {} rows and {columns} columns>",
            self.rows()
        )
    }

    /// The columns as lists by their names: for where there is no library of data frames.
    fn to_pydict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let all = PyDict::new(py);
        for (at, field) in self.schema.fields().iter().enumerate() {
            let cells = PyList::empty(py);
            for batch in &self.batches {
                let column = batch.column(at);
                match column.data_type() {
                    DataType::Int64 => {
                        for cell in column.as_primitive::<Int64Type>() {
                            cells.append(cell)?;
                        }
                    }
                    DataType::Float64 => {
                        for cell in column.as_primitive::<Float64Type>() {
                            cells.append(cell)?;
                        }
                    }
                    _ => {
                        for cell in column.as_string::<i32>() {
                            cells.append(cell)?;
                        }
                    }
                }
            }
            all.set_item(field.name(), cells)?;
        }
        Ok(all)
    }

    /// The names and types of the columns, as Arrow's capsule.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.schema.as_ref()).map_err(broken)?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// The columns, as Arrow's capsule.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // a wish, which need not be met
        drop(requested_schema);
        let batches = self.batches.clone().into_iter().map(Ok);
        let reader = RecordBatchIterator::new(batches, Arc::clone(&self.schema));
        let stream = FFI_ArrowArrayStream::new(Box::new(reader));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }
}
