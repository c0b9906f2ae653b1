//! Files of estimators, and how tables are read for the estimators in them.

use super::{Learned, OrRaise, features};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use seodang::compare;
use seodang_core::Array;
use seodang_data::Table;
use seodang_learn::saving::{self, Contents};
use seodang_learn::{Fitted, Schema};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Writes a file of Python's objects, whole or not at all.
#[pyfunction]
fn learn_write(
    py: Python<'_>,
    path: PathBuf,
    root: usize,
    objects: &str,
    arrays: &Bound<'_, PyDict>,
    models: Vec<Bound<'_, Learned>>,
) -> PyResult<()> {
    let objects = serde_json::from_str(objects)
        .map_err(|e| pyo3::exceptions::PyValueError::new_err(e.to_string()))?;
    let mut named: BTreeMap<String, Array> = BTreeMap::new();
    for (name, array) in arrays {
        named.insert(name.extract()?, crate::convert::array_of(&array)?);
    }
    let models: Vec<&Fitted> = models.iter().map(|m| &m.get().0).collect();
    let bytes = saving::objects_to_bytes(root, objects, named, &models);
    py.detach(|| bytes.and_then(|bytes| seodang_files::replace(path, &bytes))).or_raise()
}

/// Reads a file: an estimator of Rust, or a tuple of the number of the object that it is of, the objects
/// as JSON, their arrays, and what Rust learned of them.
#[pyfunction]
fn learn_read(py: Python<'_>, path: PathBuf) -> PyResult<Bound<'_, PyAny>> {
    let read = || {
        let bytes = seodang_files::read(&path)?;
        saving::read(&bytes).map_err(|e| e.during(path.display().to_string()))
    };
    let all = match py.detach(read).or_raise()? {
        Contents::Estimator(fitted) => return Ok(Bound::new(py, Learned(*fitted))?.into_any()),
        Contents::Objects(all) => all,
    };
    let arrays = PyDict::new(py);
    for (name, array) in &all.arrays {
        arrays.set_item(name, crate::convert::to_numpy(py, array)?)?;
    }
    let models: Vec<Learned> = all.models.into_iter().map(Learned).collect();
    let objects = serde_json::Value::Array(all.objects).to_string();
    Ok((all.root, objects, arrays, models).into_pyobject(py)?.into_any())
}

/// The way from the cells of a table to features.
#[pyclass(frozen, module = "seodang._native")]
struct TableReader(compare::TableReader);

#[pymethods]
impl TableReader {
    /// Of columns with their words or None, and of a note as JSON that says how cells are read.
    #[new]
    #[pyo3(signature = (columns, note=None))]
    fn new(
        columns: Option<Vec<(String, Option<Vec<String>>)>>,
        note: Option<&str>,
    ) -> PyResult<Self> {
        let schema = columns.map(Schema::new);
        let Some(note) = note else {
            let schema = schema.unwrap_or_default();
            return Ok(TableReader(compare::TableReader::of_schema(schema)));
        };
        let note = serde_json::from_str(note)
            .map_err(|e| pyo3::exceptions::PyValueError::new_err(e.to_string()))?;
        compare::TableReader::noted(note, schema).or_raise().map(TableReader)
    }

    /// The names of the columns that are read.
    fn names(&self) -> Vec<String> {
        self.0.reading().inputs()
    }

    /// The features of rows, from their cells row by row.
    fn features<'py>(
        &self,
        py: Python<'py>,
        names: Vec<String>,
        cells: Vec<String>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let read = || Table::from_cells(names, &cells).and_then(|t| self.0.features(&t));
        features::to_python(py, py.detach(read).or_raise()?)
    }
}

pub(super) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_class::<TableReader>()?;
    m.add_function(wrap_pyfunction!(learn_write, m)?)?;
    m.add_function(wrap_pyfunction!(learn_read, m)?)
}
