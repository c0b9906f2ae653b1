//! Estimators of `seodang-learn` for Python: what is known of their classes, and fitted ones as handles.
//!
//! The classes that people use are Python, in `python/seodang/learn`: they hold the parameters, look at
//! what they are given as scikit-learn does, and number the classes; the learning is here.

mod distances;
mod features;
mod files;
mod labels;
mod values;

use features::Held;
use numpy::{PyArray1, PyReadonlyArray1};
use pyo3::exceptions::{PyKeyboardInterrupt, PyNotImplementedError};
use pyo3::exceptions::{PyOSError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyTuple};
use seodang_core::{Error, ErrorKind, Lang};
use seodang_learn::neighbors::lending;
use seodang_learn::numbers::Numbers;
use seodang_learn::state::State;
use seodang_learn::target::{Codes, Values};
use seodang_learn::warning::{self, Warning};
use seodang_learn::{Classes, Estimator, Features, Fitted, Model, Schema, Start, Value, Y};
use seodang_learn::{compose, record, registry, saving};
use std::error::Error as _;
use std::path::PathBuf;
use values::{from_python, to_python};

/// An error of ours as scikit-learn raises it: a `ValueError` where TensorFlow has classes of its own.
fn raise(e: Error) -> PyErr {
    Python::attach(|py| {
        if let Some(cause) = e.source().and_then(|s| s.downcast_ref::<PyErr>()) {
            return cause.clone_ref(py);
        }
        // The first line stays English, so that it can be searched for.
        let mut message = e.render(Lang::En);
        if Lang::current() == Lang::Ko {
            message = format!("{message}\n\n{}", e.render(Lang::Ko));
        }
        match e.kind() {
            ErrorKind::Unsupported => PyNotImplementedError::new_err(message),
            ErrorKind::Io => PyOSError::new_err(message),
            ErrorKind::Interrupted => PyKeyboardInterrupt::new_err(message),
            _ => PyValueError::new_err(message),
        }
    })
}

trait OrRaise<T> {
    fn or_raise(self) -> PyResult<T>;
}

impl<T> OrRaise<T> for seodang_core::Result<T> {
    fn or_raise(self) -> PyResult<T> {
        self.map_err(raise)
    }
}

/// A file's bytes, and the functions that no file holds.
type Pickled<'py> = (Bound<'py, PyBytes>, Bound<'py, PyList>);

/// A part of a fitted estimator: its name, itself unless its columns stay as they are, and its columns.
type Part = (String, Option<Learned>, Option<Vec<usize>>);

/// A fitted estimator.
#[pyclass(frozen, name = "Learned", module = "seodang._native")]
struct Learned(Fitted);

impl Learned {
    /// Runs `f` on features without Python's lock, once they are checked against those of `fit`.
    fn on<T: Send>(
        &self,
        py: Python<'_>,
        x: &Bound<'_, PyAny>,
        f: impl FnOnce(&dyn Model, &Features<'_>) -> seodang_core::Result<T> + Send,
    ) -> PyResult<T> {
        let held = Held::new(x)?;
        let features = held.features()?;
        py.detach(|| self.0.ask(&features, |model| f(model, &features))).or_raise()
    }
}

#[pymethods]
impl Learned {
    /// The values that a regressor predicts.
    fn predict_values<'py>(
        &self,
        py: Python<'py>,
        x: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let y = self.on(py, x, |m, x| m.predict_values(x))?;
        crate::convert::into_numpy(py, y)
    }

    /// The numbers of the classes that a classifier predicts: an array for each output.
    fn predict_codes<'py>(
        &self,
        py: Python<'py>,
        x: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyList>> {
        let held = Held::new(x)?;
        let features = held.features()?;
        let all = py.detach(|| self.0.predict_codes(&features)).or_raise()?;
        let arrays = all.into_iter().map(|codes| {
            let codes: Vec<i64> = codes.into_iter().map(i64::from).collect();
            Ok(PyArray1::from_vec(py, codes).into_any())
        });
        PyList::new(py, arrays.collect::<PyResult<Vec<_>>>()?)
    }

    /// The classes that a classifier predicts, by the `classes` of each output: an array for each.
    fn predict_classes<'py>(
        &self,
        py: Python<'py>,
        x: &Bound<'py, PyAny>,
        classes: Vec<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyList>> {
        let held = Held::new(x)?;
        let features = held.features()?;
        let all = py.detach(|| self.0.predict_codes(&features)).or_raise()?;
        let pairs = classes.iter().zip(all);
        let arrays = pairs.map(|(classes, codes)| labels::decoded(classes, codes));
        PyList::new(py, arrays.collect::<PyResult<Vec<_>>>()?)
    }

    /// The probabilities of the classes: a table for each output.
    fn predict_proba<'py>(
        &self,
        py: Python<'py>,
        x: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyList>> {
        let all = self.on(py, x, |m, x| m.predict_proba(x))?;
        let arrays = all.into_iter().map(|a| crate::convert::into_numpy(py, a));
        PyList::new(py, arrays.collect::<PyResult<Vec<_>>>()?)
    }

    /// How far on which side each sample lies.
    fn decision_function<'py>(
        &self,
        py: Python<'py>,
        x: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let y = self.on(py, x, |m, x| m.decision_function(x))?;
        crate::convert::into_numpy(py, y)
    }

    /// Other features.
    fn transform<'py>(
        &self,
        py: Python<'py>,
        x: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let y = self.on(py, x, |m, x| m.transform(x))?;
        features::to_python(py, y)
    }

    /// The features that `transform` had. They need not be as many as in `fit`.
    fn inverse_transform<'py>(
        &self,
        py: Python<'py>,
        x: &Bound<'py, PyAny>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let held = Held::new(x)?;
        let features = held.features()?;
        let y = py.detach(|| self.0.model().inverse_transform(&features)).or_raise()?;
        features::to_python(py, y)
    }

    /// The names of the columns that `transform` gives, for the names of those in `fit`.
    fn feature_names_out(&self, names: Vec<String>) -> PyResult<Vec<String>> {
        let columns = match self.0.schema() {
            Some(schema) => schema.clone(),
            None => Schema::numbers(&names),
        };
        Ok(self.0.model().columns_out(&columns).or_raise()?.names())
    }

    /// What only some estimators can.
    #[pyo3(signature = (name, x=None, arguments=Vec::new()))]
    fn call<'py>(
        &self,
        py: Python<'py>,
        name: &str,
        x: Option<&Bound<'py, PyAny>>,
        arguments: Vec<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let arguments = arguments.iter().map(from_python).collect::<PyResult<Vec<Value>>>()?;
        let out = match x {
            Some(x) => self.on(py, x, |m, x| m.call(name, Some(x), &arguments))?,
            None => py.detach(|| self.0.model().call(name, None, &arguments)).or_raise()?,
        };
        to_python(py, &out)
    }

    /// The attributes that were learned, by name.
    fn attributes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let out = PyDict::new(py);
        for (name, value) in self.0.model().attributes() {
            out.set_item(name, to_python(py, &value)?)?;
        }
        Ok(out)
    }

    /// The number of features in `fit`.
    #[getter]
    fn n_features_in(&self) -> usize {
        self.0.n_features_in()
    }

    /// The names of the features, if they have any.
    #[getter]
    fn feature_names_in(&self) -> Vec<String> {
        self.0.feature_names_in().to_vec()
    }

    /// The name of the class.
    #[getter]
    fn class_name(&self) -> &'static str {
        self.0.estimator().class_name()
    }

    /// The parameters that were in force.
    fn parameters<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let out = PyDict::new(py);
        for (name, value) in self.0.estimator().values() {
            out.set_item(name, to_python(py, &value)?)?;
        }
        Ok(out)
    }

    /// The classes of each output.
    fn classes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let all = self.0.classes().iter().map(|classes| match classes {
            Classes::Numbers(a) => crate::convert::to_numpy(py, a),
            Classes::Names(names) => Ok(PyList::new(py, names)?.into_any()),
        });
        PyList::new(py, all.collect::<PyResult<Vec<_>>>()?)
    }

    /// What was learned as named arrays and values, as a file keeps it.
    fn state<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyDict>, Bound<'py, PyDict>)> {
        let mut state = State::default();
        self.0.model().store(&mut state, "").or_raise()?;
        let (arrays, values) = (PyDict::new(py), PyDict::new(py));
        for (name, array) in &state.arrays {
            arrays.set_item(name, crate::convert::to_numpy(py, array)?)?;
        }
        for (name, json) in &state.values {
            values.set_item(name, to_python(py, &Value::from_json(json).or_raise()?)?)?;
        }
        Ok((arrays, values))
    }

    /// The words of each column of the table that it learned from, or None for one of numbers.
    fn words(&self) -> Option<Vec<Option<Vec<String>>>> {
        Some(self.0.schema()?.columns().iter().map(|(_, words)| words.clone()).collect())
    }

    /// A file's bytes.
    fn to_bytes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let bytes = py.detach(|| saving::to_bytes(&self.0)).or_raise()?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// What `to_bytes` gave, or a pickle with the functions that were beside it.
    #[staticmethod]
    #[pyo3(signature = (bytes, functions=Vec::new()))]
    fn from_bytes(
        py: Python<'_>,
        bytes: &[u8],
        functions: Vec<Bound<'_, PyAny>>,
    ) -> PyResult<Learned> {
        let functions = functions.iter().map(values::function).collect();
        let read = || record::among(functions, || saving::from_bytes(bytes));
        py.detach(read).or_raise().map(Learned)
    }

    /// Writes a file, whole or not at all.
    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        py.detach(|| self.0.save(path)).or_raise()
    }

    /// What whoever fitted it wants to be kept, by name, as JSON.
    fn note(&self, name: &str) -> Option<String> {
        self.0.note(name).map(ToString::to_string)
    }

    /// The columns of the table that it learned from, each with its words or None.
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Option<Vec<Bound<'py, PyTuple>>>> {
        let Some(schema) = self.0.schema() else { return Ok(None) };
        let pair = |(name, words): &(String, Option<Vec<String>>)| (name, words).into_pyobject(py);
        schema.columns().iter().map(pair).collect::<PyResult<_>>().map(Some)
    }

    /// The parts of a pipeline or of a transformer of columns: of each its name, itself, and its columns.
    fn parts(&self) -> PyResult<Vec<Part>> {
        let parts = compose::parts(&self.0).or_raise()?;
        Ok(parts.into_iter().map(|p| (p.name, p.fitted.map(Learned), p.columns)).collect())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Learned>) -> PyResult<(Bound<'py, PyAny>, Pickled<'py>)> {
        let (py, fitted) = (slf.py(), &slf.get().0);
        let (bytes, functions) = py.detach(|| record::beside(|| saving::to_bytes(fitted)));
        let origins = functions.iter().filter_map(|f| f.origin::<Py<PyAny>>());
        let functions = PyList::new(py, origins.map(|f| f.bind(py)))?;
        let state = (PyBytes::new(py, &bytes.or_raise()?), functions);
        Ok((slf.get_type().getattr("from_bytes")?, state))
    }

    fn __deepcopy__<'py>(
        slf: Bound<'py, Learned>,
        _memo: &Bound<'py, PyAny>,
    ) -> Bound<'py, Learned> {
        slf
    }
}

/// The estimator of a class with these parameters.
fn estimator(class: &str, parameters: &Bound<'_, PyDict>) -> PyResult<Box<dyn Estimator>> {
    let mut estimator = registry::new(class).or_raise()?;
    for (name, value) in parameters {
        estimator.set(&name.extract::<String>()?, &from_python(&value)?).or_raise()?;
    }
    Ok(estimator)
}

/// Fits. `y` is nothing, an array of values, or a list of (numbers, classes) for each output. `before`
/// is what the estimator had learned, and `batch` whether this is a batch after those; `given` are more
/// arguments of `fit`; `seed` is the random state where the parameters have none.
#[pyfunction]
#[pyo3(signature = (
    record, parameters, x, y=None, weights=None, names=Vec::new(), *, before=None, batch=false,
    given=None, seed=None,
))]
// Its arguments are Python's, by name.
#[allow(clippy::too_many_arguments)]
fn learn_fit(
    py: Python<'_>,
    record: &str,
    parameters: &Bound<'_, PyDict>,
    x: &Bound<'_, PyAny>,
    y: Option<&Bound<'_, PyAny>>,
    weights: Option<Vec<f64>>,
    names: Vec<String>,
    before: Option<&Bound<'_, Learned>>,
    batch: bool,
    given: Option<&Bound<'_, PyDict>>,
    seed: Option<u64>,
) -> PyResult<Learned> {
    let estimator = estimator(record, parameters)?;
    estimator.check_ranges().or_raise()?;
    let held = Held::new(x)?;
    let features = held.features()?;
    let (mut classes, mut target) = (Vec::new(), Y::None);
    match y {
        None => {}
        Some(y) => match y.cast::<PyList>() {
            Ok(outputs) => {
                let mut all = Vec::new();
                for output in outputs {
                    let (codes, known): (Bound<'_, PyAny>, Bound<'_, PyAny>) = output.extract()?;
                    let known = known_classes(&known)?;
                    all.push(codes_of(&codes, &known)?);
                    classes.push(known);
                }
                target = Y::Classes(all);
            }
            Err(_) => target = Y::Values(values_of(y)?),
        },
    }
    let weights = weights.as_deref();
    let given = match given {
        None => Vec::new(),
        Some(given) => {
            let pair = |(k, v): (Bound<'_, PyAny>, Bound<'_, PyAny>)| {
                Ok((k.extract::<String>()?, from_python(&v)?))
            };
            given.iter().map(pair).collect::<PyResult<_>>()?
        }
    };
    let before = before.map(|b| b.get().0.model());
    let start = Start { before, batch, given: &given };
    let fit = || estimator.fit_from(&start, &features, &target, weights);
    let lent = held.lent();
    let fit = || lending(lent, fit);
    let (model, warnings) =
        py.detach(|| warning::gathered(|| record::seed::with_entropy(seed, fit)));
    warn_of(py, &warnings)?;
    let model = model.or_raise()?;
    let fitted = Fitted::new(estimator, model, classes, features.cols());
    fitted.with_feature_names(names).or_raise().map(Learned)
}

/// What an estimator has learned, from named arrays and values: those of a file. `words` are the words of
/// each column of a table that it learned from.
#[pyfunction]
#[pyo3(signature = (record, parameters, arrays, values, names, words=None, has_names=true))]
fn learn_made(
    record: &str,
    parameters: &Bound<'_, PyDict>,
    arrays: &Bound<'_, PyDict>,
    values: &Bound<'_, PyDict>,
    names: Vec<String>,
    words: Option<Vec<Option<Vec<String>>>>,
    has_names: bool,
) -> PyResult<Learned> {
    let estimator = estimator(record, parameters)?;
    let mut state = State::default();
    for (name, array) in arrays {
        state.put_array(&name.extract::<String>()?, crate::convert::array_of(&array)?);
    }
    for (name, value) in values {
        state.put(&name.extract::<String>()?, &from_python(&value)?).or_raise()?;
    }
    let model = estimator.restore(&mut state).or_raise()?;
    let fitted = Fitted::new(estimator, model, Vec::new(), names.len());
    let fitted = match words {
        Some(words) => fitted.with_schema(Schema::new(names.into_iter().zip(words).collect())),
        None if has_names => fitted.with_feature_names(names),
        None => Ok(fitted),
    };
    fitted.or_raise().map(Learned)
}

/// Warns in Python, as whoever called the estimator's method.
fn warn_of(py: Python<'_>, warnings: &[Warning]) -> PyResult<()> {
    if warnings.is_empty() {
        return Ok(());
    }
    let ours = py.import("seodang.learn.exceptions")?;
    for warning in warnings {
        let class = match ours.getattr(warning.kind.name()) {
            Ok(class) => class,
            Err(_) => py.import("builtins")?.getattr(warning.kind.name())?,
        };
        // Of `learn_fit`, `_fit` and `fit`, the last is the user's.
        ours.call_method1("warn", (&warning.message, class, 3))?;
    }
    Ok(())
}

fn known_classes(known: &Bound<'_, PyAny>) -> PyResult<Classes> {
    match known.cast::<PyList>() {
        Ok(names) => Ok(Classes::Names(names.extract()?)),
        Err(_) => crate::convert::array_of(known).map(Classes::Numbers),
    }
}

fn codes_of(codes: &Bound<'_, PyAny>, known: &Classes) -> PyResult<Codes> {
    let n = known.len();
    let codes: Numbers<u32> = match codes.extract::<PyReadonlyArray1<'_, u32>>() {
        Ok(codes) if let Some(codes) = features::kept(&codes) => codes.into(),
        _ => features::integers(codes, |c| u32::try_from(c).unwrap_or(u32::MAX))?.into(),
    };
    if codes.iter().any(|&c| c as usize >= n) {
        return Err(PyValueError::new_err("a class number is out of range"));
    }
    Ok(Codes::of(codes, known.clone()))
}

fn values_of(y: &Bound<'_, PyAny>) -> PyResult<Values> {
    // Where they are, if they are numbers as they are learned from.
    if let Ok(y) = y.extract::<PyReadonlyArray1<'_, f64>>() {
        let numbers = features::kept(&y).map(Numbers::from);
        return Values::of(numbers.unwrap_or_else(|| y.as_array().to_vec().into())).or_raise();
    }
    let array = crate::convert::array_of(y)?;
    seodang_learn::Target::Numbers(array).values().or_raise()
}

/// Checks parameters as `fit` does, without data.
#[pyfunction]
fn learn_check(record: &str, parameters: &Bound<'_, PyDict>) -> PyResult<()> {
    estimator(record, parameters)?.check_ranges().or_raise()
}

/// Refuses NaN (unless allowed) and infinities in an array of floats.
#[pyfunction]
#[pyo3(signature = (x, nan_allowed=false, who="this estimator"))]
fn learn_check_finite(x: &Bound<'_, PyAny>, nan_allowed: bool, who: &str) -> PyResult<()> {
    Held::new(x)?.features()?.check_finite(nan_allowed, who).or_raise()
}

/// A compiled-in data set's file, gzipped; None if there is none of the name.
#[pyfunction]
fn learn_data_file<'py>(py: Python<'py>, name: &str) -> Option<Bound<'py, PyBytes>> {
    seodang_data::builtin_file(name).map(|bytes| PyBytes::new(py, bytes))
}

/// What is known of every estimator's class, for the generator of the Python classes.
#[pyfunction]
fn learn_classes(py: Python<'_>) -> PyResult<Bound<'_, PyList>> {
    let out = PyList::empty(py);
    for estimator in registry::all() {
        let tags = estimator.tags();
        let entry = PyDict::new(py);
        entry.set_item("name", estimator.class_name())?;
        entry.set_item("module", estimator.module())?;
        entry.set_item("doc", estimator.doc())?;
        let flags = PyDict::new(py);
        flags.set_item("sparse", tags.sparse)?;
        flags.set_item("nan", tags.nan)?;
        flags.set_item("multioutput", tags.multioutput)?;
        flags.set_item("weights", tags.weights)?;
        flags.set_item("requires_y", tags.requires_y)?;
        flags.set_item("positive", tags.positive)?;
        flags.set_item("binary_only", tags.binary_only)?;
        flags.set_item("pairwise", tags.pairwise)?;
        entry.set_item("tags", flags)?;
        entry.set_item("methods", estimator.methods())?;
        entry.set_item("task", format!("{:?}", tags.task))?;
        let parameters = PyList::empty(py);
        for p in estimator.parameters() {
            let one = PyDict::new(py);
            one.set_item("name", p.name)?;
            one.set_item("doc", p.doc)?;
            one.set_item("default", to_python(py, &p.default)?)?;
            one.set_item("takes", p.takes)?;
            one.set_item("annotation", p.annotation)?;
            parameters.append(one)?;
        }
        entry.set_item("parameters", parameters)?;
        out.append(entry)?;
    }
    Ok(out)
}

pub(crate) fn register(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_class::<Learned>()?;
    m.add_class::<distances::SampleTree>()?;
    m.add_function(wrap_pyfunction!(distances::learn_distances, m)?)?;
    m.add_function(wrap_pyfunction!(distances::learn_chi_squares, m)?)?;
    files::register(m)?;
    m.add_function(wrap_pyfunction!(learn_data_file, m)?)?;
    m.add_function(wrap_pyfunction!(learn_fit, m)?)?;
    m.add_function(wrap_pyfunction!(learn_made, m)?)?;
    m.add_function(wrap_pyfunction!(learn_check, m)?)?;
    m.add_function(wrap_pyfunction!(labels::learn_numbered, m)?)?;
    m.add_function(wrap_pyfunction!(learn_check_finite, m)?)?;
    m.add_function(wrap_pyfunction!(learn_classes, m)?)
}
