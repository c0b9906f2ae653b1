//! HDF5 files as trees of Python's plain values: `{"attributes": {...}, "groups": {name: tree},
//! "arrays": {name: ndarray}}`. Nothing in a file is run, and no size that it claims is trusted.

use crate::convert::{array_of, to_numpy};
use crate::errors::OrRaise;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyFloat, PyInt, PyList, PyString};
use seodang_nn::saving::hdf5::{self, Attribute, Dataset, Group, Node};

fn attribute_to_python<'py>(py: Python<'py>, value: &Attribute) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Attribute::Text(text) => PyString::new(py, text).into_any(),
        Attribute::Texts(list) => PyList::new(py, list)?.into_any(),
        Attribute::Integer(n) => n.into_pyobject(py)?.into_any(),
        Attribute::Number(x) => x.into_pyobject(py)?.into_any(),
        Attribute::Numbers(list) => PyList::new(py, list)?.into_any(),
    })
}

fn attribute_from_python(value: &Bound<'_, PyAny>) -> PyResult<Attribute> {
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(Attribute::Text(text.to_str()?.to_string()));
    }
    if let Ok(bytes) = value.cast::<PyBytes>() {
        let text = String::from_utf8(bytes.as_bytes().to_vec());
        return text.map(Attribute::Text).map_err(|e| PyValueError::new_err(e.to_string()));
    }
    if value.is_instance_of::<PyInt>() {
        return Ok(Attribute::Integer(value.extract()?));
    }
    if value.is_instance_of::<PyFloat>() {
        return Ok(Attribute::Number(value.extract()?));
    }
    if let Ok(texts) = value.extract::<Vec<String>>() {
        return Ok(Attribute::Texts(texts));
    }
    if let Ok(numbers) = value.extract::<Vec<f64>>() {
        return Ok(Attribute::Numbers(numbers));
    }
    Err(PyTypeError::new_err(format!(
        "an attribute of an HDF5 file is a text, a number or a list of one of them, got {}",
        value.repr()?
    )))
}

fn group_to_python<'py>(py: Python<'py>, group: &Group) -> PyResult<Bound<'py, PyDict>> {
    let (attributes, groups, arrays) = (PyDict::new(py), PyDict::new(py), PyDict::new(py));
    for (name, value) in &group.attributes {
        attributes.set_item(name, attribute_to_python(py, value)?)?;
    }
    for (name, node) in &group.children {
        match node {
            Node::Group(inner) => groups.set_item(name, group_to_python(py, inner)?)?,
            Node::Dataset(data) => arrays.set_item(name, to_numpy(py, &data.array)?)?,
        }
    }
    let tree = PyDict::new(py);
    tree.set_item("attributes", attributes)?;
    tree.set_item("groups", groups)?;
    tree.set_item("arrays", arrays)?;
    Ok(tree)
}

fn group_from_python(tree: &Bound<'_, PyDict>) -> PyResult<Group> {
    let part = |name: &str| -> PyResult<Vec<(String, Bound<'_, PyAny>)>> {
        match tree.get_item(name)? {
            Some(found) if !found.is_none() => found
                .cast::<PyDict>()
                .map_err(|_| PyTypeError::new_err(format!("\"{name}\" of a tree is a dict")))?
                .iter()
                .map(|(k, v)| Ok((k.extract()?, v)))
                .collect(),
            _ => Ok(Vec::new()),
        }
    };
    let mut group = Group::new();
    for (name, value) in part("attributes")? {
        group.attributes.insert(name, attribute_from_python(&value)?);
    }
    for (name, value) in part("groups")? {
        let inner =
            value.cast::<PyDict>().map_err(|_| PyTypeError::new_err("a group is a dict"))?;
        group.children.insert(name, Node::Group(group_from_python(inner)?));
    }
    for (name, value) in part("arrays")? {
        let array = crate::convert::numpy(tree.py())?.call_method1("asarray", (value,))?;
        group.children.insert(name, Node::Dataset(Dataset::from(array_of(&array)?)));
    }
    Ok(group)
}

/// The tree of an HDF5 file's bytes. Raises ValueError for bytes that are no such file.
#[pyfunction]
fn read_h5<'py>(py: Python<'py>, data: &Bound<'py, PyBytes>) -> PyResult<Bound<'py, PyDict>> {
    let bytes = data.as_bytes().to_vec();
    let root = py.detach(|| hdf5::read(bytes)).or_raise()?;
    group_to_python(py, &root)
}

/// The bytes of an HDF5 file with a tree.
#[pyfunction]
fn write_h5<'py>(py: Python<'py>, tree: &Bound<'py, PyDict>) -> PyResult<Bound<'py, PyBytes>> {
    let root = group_from_python(tree)?;
    let bytes = py.detach(|| hdf5::write(&root)).or_raise()?;
    Ok(PyBytes::new(py, &bytes))
}

pub(crate) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_function(wrap_pyfunction!(read_h5, m)?)?;
    m.add_function(wrap_pyfunction!(write_h5, m)?)
}
