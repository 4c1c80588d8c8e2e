//! Columns of a data frame as Arrow arrays: taken over where the library has Arrow's capsules, copied from buffers
//! where they are arrays of numbers.

use crate::error::{Error, RolescopeError};
use arrow_array::ffi_stream::RecordBatchStreamReader;
use arrow_array::types::{
    Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type,
};
use arrow_array::{ArrayRef, ArrowPrimitiveType, PrimitiveArray, RecordBatch, StringArray};
use arrow_array::{RecordBatchReader as _, make_array};
use arrow_pyarrow::FromPyArrow as _;
use arrow_schema::SchemaRef;
use pyo3::buffer::{Element, PyBuffer};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use std::sync::Arc;

/// A column in pieces.
#[derive(Debug)]
pub(crate) struct Column {
    /// Its name.
    pub(crate) name: String,
    /// Its cells, in order.
    pub(crate) pieces: Vec<ArrayRef>,
}

/// The columns of a data frame.
#[derive(Debug)]
pub(crate) struct Frame {
    /// How many rows each has.
    pub(crate) rows: usize,
    /// The columns, in order.
    pub(crate) columns: Vec<Column>,
}

impl Frame {
    /// Takes a data frame, or a dict of columns.
    ///
    /// # Errors
    /// Where it is neither, its columns have not the same length, or its library fails.
    pub(crate) fn of(data: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Ok(columns) = data.cast::<PyDict>() {
            return Self::of_columns(columns);
        }
        if data.hasattr("__arrow_c_stream__")? {
            let reader = RecordBatchStreamReader::from_pyarrow_bound(data)?;
            let schema = reader.schema();
            let batches: Result<Vec<RecordBatch>, _> = reader.collect();
            let batches = batches.map_err(|why| {
                RolescopeError::new_err(format!("the rows of the data frame cannot be had: {why}"))
            })?;
            return Ok(Self::of_batches(&schema, &batches));
        }
        if data.hasattr("__arrow_c_array__")? {
            let batch = RecordBatch::from_pyarrow_bound(data)?;
            return Ok(Self::of_batches(&batch.schema(), &[batch]));
        }
        Err(PyTypeError::new_err(format!(
            "data is a {}: give a data frame with Arrow's capsules (__arrow_c_stream__: one of polars or pyarrow, or of \
             pandas from 2.2 on with pyarrow), or a dict of columns",
            data.get_type().fully_qualified_name()?
        )))
    }

    fn of_batches(schema: &SchemaRef, batches: &[RecordBatch]) -> Self {
        let columns = schema.fields().iter().enumerate();
        let columns = columns.map(|(at, field)| Column {
            name: field.name().clone(),
            pieces: batches.iter().map(|b| Arc::clone(b.column(at))).collect(),
        });
        Self {
            rows: batches.iter().map(RecordBatch::num_rows).sum(),
            columns: columns.collect(),
        }
    }

    fn of_columns(columns: &Bound<'_, PyDict>) -> PyResult<Self> {
        let mut frame = Self {
            rows: 0,
            columns: Vec::with_capacity(columns.len()),
        };
        for (name, cells) in columns {
            let name: String = name.extract().map_err(|_| {
                PyTypeError::new_err(format!("{name:?}: the names of columns are texts"))
            })?;
            let cells = array(&name, &cells)?;
            match frame.columns.first() {
                None => frame.rows = cells.len(),
                Some(first) if cells.len() != frame.rows => {
                    return Err(Error::failed(format!(
                        "column {name:?} has {} rows and column {:?} has {}: all have the same number",
                        cells.len(),
                        first.name,
                        frame.rows
                    ))
                    .into());
                }
                Some(_) => {}
            }
            let pieces = vec![cells];
            frame.columns.push(Column { name, pieces });
        }
        Ok(frame)
    }
}

/// A column of a dict.
fn array(name: &str, cells: &Bound<'_, PyAny>) -> PyResult<ArrayRef> {
    if cells.hasattr("__arrow_c_array__")? {
        return Ok(make_array(arrow_array_data(cells)?));
    }
    // a text has a length and cells, too
    if cells.is_instance_of::<PyString>() {
        return Err(no_column(name, cells));
    }
    let from_buffer = [
        buffer::<i8, Int8Type>,
        buffer::<i16, Int16Type>,
        buffer::<i32, Int32Type>,
        buffer::<i64, Int64Type>,
        buffer::<u8, UInt8Type>,
        buffer::<u16, UInt16Type>,
        buffer::<u32, UInt32Type>,
        buffer::<u64, UInt64Type>,
        buffer::<f32, Float32Type>,
        buffer::<f64, Float64Type>,
    ];
    for take in from_buffer {
        if let Some(array) = take(name, cells)? {
            return Ok(array);
        }
    }
    texts(name, cells)
}

/// The data of a Python object that is an array of Arrow.
fn arrow_array_data<T: arrow_pyarrow::FromPyArrow>(cells: &Bound<'_, PyAny>) -> PyResult<T> {
    T::from_pyarrow_bound(cells)
}

/// A copy of an array of numbers of one type, if it is that.
fn buffer<N: Element, T: ArrowPrimitiveType<Native = N>>(
    name: &str,
    cells: &Bound<'_, PyAny>,
) -> PyResult<Option<ArrayRef>>
where
    PrimitiveArray<T>: From<Vec<N>>,
{
    let Ok(buffer) = PyBuffer::<N>::get(cells) else {
        return Ok(None);
    };
    if buffer.dimensions() != 1 {
        return Err(Error::failed(format!(
            "column {name:?} is an array of {} dimensions: a column has one",
            buffer.dimensions()
        ))
        .into());
    }
    let numbers = buffer.to_vec(cells.py())?;
    Ok(Some(Arc::new(PrimitiveArray::<T>::from(numbers))))
}

/// A list of texts and numbers, as texts: slow, for few rows, and for ids beside arrays of numbers.
fn texts(name: &str, cells: &Bound<'_, PyAny>) -> PyResult<ArrayRef> {
    let Ok(items) = cells.try_iter() else {
        return Err(no_column(name, cells));
    };
    let mut texts: Vec<Option<String>> = Vec::new();
    for item in items {
        let item = item?;
        texts.push(match item.extract::<String>() {
            Ok(text) => Some(text),
            Err(_) if item.is_none() => None,
            Err(_) => Some(item.str()?.to_string()),
        });
    }
    Ok(Arc::new(StringArray::from(texts)))
}

fn no_column(name: &str, cells: &Bound<'_, PyAny>) -> PyErr {
    let found = cells.get_type().fully_qualified_name();
    let found = found.map_or_else(|_| "object".to_owned(), |name| name.to_string());
    PyTypeError::new_err(format!(
        "column {name:?} is a {found}: give an array of numbers, an Arrow array, or a list of texts and numbers"
    ))
}
