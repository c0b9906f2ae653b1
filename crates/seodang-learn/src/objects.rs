//! What Python made of estimators, in files: how it is written, and what of it Rust has too.
//!
//! An object is a JSON object of one of these forms. A tensor of object 7 is called `objects.7`, or has
//! `objects.7.` and a word as its name.
//!
//! | form | what |
//! |---|---|
//! | `{"class": "pipeline.Pipeline", "state": {...}}` | an instance: its attributes by name |
//! | `{"class": "linear_model.Ridge", "parameters": {...}, "model": 0, "state": {...}}` | an estimator that Rust fitted: its parameters, what it learned, and what Python knows beside it |
//! | `{"class": "utils.Bunch", "items": [[key, value], ...]}` | a dictionary with attributes |
//! | `{"model": 0}` | what Rust learned, alone |
//! | `{"array": "C"}` | an array, the tensor; of `"F"` the tensor is transposed. `dtype`, if it is there, is NumPy's name of the type that it is a view as: dates are integers, complex numbers pairs |
//! | `{"strings": [2, 3], "dtype": "<U5"}` | an array of words of this shape: the tensor has their UTF-8 behind each other, `ends` where each ends; `dtype` may be `"object"` |
//! | `{"items": [...], "shape": [2, 3]}` | an array of any values |
//! | `{"masked": [array, mask], "fill": value}` | an array with holes |
//! | `{"sparse": "csr_matrix", "shape": [2, 3], "parts": [...]}` | a sparse matrix: `data`, `indices`, `indptr` |
//! | `{"random": ["MT19937", key, position, has_gauss, gauss]}` | a state of random numbers; of a newer generator `{"random": [name, state]}` |
//!
//! A value is `null`, a truth value, an integer, a number, a text, a list of values, or
//!
//! | form | what |
//! |---|---|
//! | `{"ref": 3}` | object 3, one before the object that holds the value |
//! | `{"tuple": [...]}`, `{"set": [...]}`, `{"frozenset": [...]}` | of values |
//! | `{"dict": [[key, value], ...]}` | a dictionary |
//! | `{"float": "nan"}`, `{"int": "123..."}`, `{"complex": [1.0, 2.0]}`, `{"bytes": "00ff"}`, `{"text": "eda080"}` | what JSON has not; bytes, and texts that are no Unicode, in hexadecimal |
//! | `{"number": ["float32", 0.5]}` | one of NumPy's numbers, by its type |
//! | `{"type": "numpy.float64"}`, `{"dtype": "<f8"}` | a type |
//! | `{"slice": [0, 3, null]}`, `{"range": [0, 3, 1]}` | of integers |
//! | `{"function": "numpy.log1p"}` | a function of a closed table, by its name |
//! | `{"distribution": ["uniform", [0, 1], {"dict": []}]}` | one of SciPy's, with its arguments |
//!
//! Rust reads the estimators that it has, `Pipeline`, `ColumnTransformer` and votes of them, and of a search
//! the best estimator. A pipeline's first step may be a `TableReader`: the schema and the note of a file that
//! Rust wrote.

use crate::compose::{fitted_columns, fitted_steps, hard_voting, voting};
use crate::estimator::Fitted;
use crate::saving::{Objects, damaged};
use crate::table::Schema;
use crate::target::Classes;
use seodang_core::{Array, Error, Result, text};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// Objects within objects are read down to here.
const DEEPEST: usize = 64;

/// What only Python has: `part` is its class or what it is, `place` where it is.
fn only_python(part: &str, place: &str) -> Error {
    Error::unsupported(text!(
        en: "'{part}' ({place}) is there only in Python",
        ko: "'{part}'({place})은(는) 파이썬에만 있습니다"
    ))
    .hint(text!(
        en: "seodang.learn.load reads the file in Python",
        ko: "파이썬에서 seodang.learn.load로 읽을 수 있습니다"
    ))
}

/// The estimator that the file is of.
///
/// # Errors
/// `Unsupported`, if only Python has it or a part of it; `Format` for objects that do not fit together.
pub(crate) fn fitted(all: Objects) -> Result<Fitted> {
    let models = all.models.into_iter().map(Some).collect();
    let mut graph = Graph { objects: all.objects, arrays: all.arrays, models };
    graph.estimator(all.root, "the estimator", 0)
}

struct Graph {
    objects: Vec<Json>,
    arrays: BTreeMap<String, Array>,
    /// What is not taken yet.
    models: Vec<Option<Fitted>>,
}

fn list<'a>(value: &'a Json, what: &str) -> Result<&'a Vec<Json>> {
    let list = value.get("tuple").unwrap_or(value);
    list.as_array().ok_or_else(|| damaged(what))
}

/// What a pipeline learned after a reader of tables, with the schema and the note that the reader has.
fn with_table(fitted: Fitted, reader: &Json) -> Result<Fitted> {
    let fitted = match &reader["columns"] {
        Json::Null => fitted,
        columns => {
            let pairs: Option<Json> =
                columns.as_array().map(|all| all.iter().map(|c| c["tuple"].clone()).collect());
            let schema = pairs.and_then(|pairs| Schema::from_json(&pairs));
            fitted.with_schema(schema.ok_or_else(|| damaged("columns"))?)?
        }
    };
    match reader["note"].as_str() {
        None => Ok(fitted),
        Some(note) => {
            let note = serde_json::from_str(note).map_err(|e| damaged("note").source_error(e))?;
            Ok(fitted.with_note("table", note))
        }
    }
}

impl Graph {
    fn estimator(&mut self, number: usize, place: &str, depth: usize) -> Result<Fitted> {
        let object = self.objects.get(number).cloned().ok_or_else(|| damaged("objects"))?;
        if depth == DEEPEST {
            return Err(damaged("objects"));
        }
        if let Some(model) = object.get("model") {
            let model = model.as_u64().and_then(|m| self.models.get_mut(m as usize));
            let model = model.ok_or_else(|| damaged("model"))?.take();
            let class = object["class"].as_str().unwrap_or("a model");
            return model.ok_or_else(|| {
                only_python(class, place).given("reason", "it is in the file at two places")
            });
        }
        let state = &object["state"];
        match object["class"].as_str() {
            Some("pipeline.Pipeline") => self.pipeline(number, state, depth),
            Some("compose.ColumnTransformer") => self.columns(number, state, place, depth),
            Some("model_selection.GridSearchCV" | "model_selection.RandomizedSearchCV") => {
                let best = self.reference(&state["best_estimator_"], number, "best_estimator_")?;
                self.estimator(best, "best_estimator_", depth + 1)
            }
            Some("ensemble.VotingRegressor") => voting(self.votes(number, state, depth)?),
            Some("ensemble.VotingClassifier") => {
                let encoder = self.reference(&state["le_"], number, "le_")?;
                let classes = &self.objects[encoder]["state"]["classes_"];
                let classes = self.classes(self.reference(classes, number, "classes_")?)?;
                let votes = self.votes(number, state, depth)?;
                let mut fitted = match state["voting"].as_str() {
                    Some("soft") => voting(votes)?,
                    Some("hard") => hard_voting(votes)?,
                    _ => return Err(damaged("voting")),
                };
                // What votes learned the numbers of the classes.
                if fitted.classes.iter().any(|c| c.len() != classes.len()) {
                    return Err(damaged("classes_"));
                }
                fitted.classes = vec![classes];
                Ok(fitted)
            }
            Some(class) => Err(only_python(class, place)),
            None => Err(damaged("class")),
        }
    }

    /// The number of an object that a value refers to, one before the object that has the value.
    fn reference(&self, value: &Json, holder: usize, what: &str) -> Result<usize> {
        let number = value.get("ref").and_then(Json::as_u64).map(|n| n as usize);
        number.filter(|&n| n < holder).ok_or_else(|| damaged(what))
    }

    fn pipeline(&mut self, number: usize, state: &Json, depth: usize) -> Result<Fitted> {
        let (mut steps, mut reader) = (Vec::new(), None);
        for step in list(&state["steps"], "steps")? {
            let [name, step] = list(step, "steps")?.as_slice() else {
                return Err(damaged("steps"));
            };
            let name = name.as_str().ok_or_else(|| damaged("steps"))?;
            if step.is_null() || step == "passthrough" {
                continue;
            }
            let at = self.reference(step, number, "steps")?;
            if steps.is_empty() && self.objects[at]["class"] == "TableReader" {
                reader = Some(at);
                continue;
            }
            steps.push((
                name.to_string(),
                self.estimator(at, &format!("step '{name}'"), depth + 1)?,
            ));
        }
        if steps.is_empty() {
            return Err(only_python("pipeline.Pipeline", "without steps"));
        }
        let fitted = fitted_steps(steps, 0)?;
        match reader {
            Some(at) => with_table(fitted, &self.objects[at]["state"]),
            None => Ok(fitted),
        }
    }

    fn columns(
        &mut self,
        number: usize,
        state: &Json,
        place: &str,
        depth: usize,
    ) -> Result<Fitted> {
        if !state["transformer_weights"].is_null() {
            return Err(only_python("transformer_weights", place));
        }
        let features = state["n_features_in_"].as_u64().ok_or_else(|| damaged("n_features_in_"))?;
        let names = match state.get("feature_names_in_") {
            None => Vec::new(),
            Some(names) => {
                let at = self.reference(names, number, "feature_names_in_")?;
                self.words(at)?
            }
        };
        let numbers = list(&state["_numbers"]["dict"], "_numbers")?;
        let columns_of = |name: &Json| -> Result<Vec<usize>> {
            let pairs = numbers.iter().filter_map(Json::as_array);
            let found = pairs.filter(|p| p.len() == 2).find(|p| p[0] == *name);
            let found = found.and_then(|p| p[1].as_array()).ok_or_else(|| damaged("_numbers"))?;
            let number = |n: &Json| n.as_u64().map(|n| n as usize);
            found.iter().map(number).collect::<Option<_>>().ok_or_else(|| damaged("_numbers"))
        };
        let mut parts = Vec::new();
        for part in list(&state["transformers_"], "transformers_")? {
            let [name, transformer, _] = list(part, "transformers_")?.as_slice() else {
                return Err(damaged("transformers_"));
            };
            let columns = columns_of(name)?;
            let name = name.as_str().ok_or_else(|| damaged("transformers_"))?;
            if columns.is_empty() || transformer == "drop" {
                continue;
            }
            let part = match transformer == "passthrough" {
                true => fitted_steps(Vec::new(), columns.len())?,
                false => {
                    let at = self.reference(transformer, number, "transformers_")?;
                    self.estimator(at, &format!("transformer '{name}'"), depth + 1)?
                }
            };
            parts.push((name.to_string(), part, columns));
        }
        fitted_columns(parts, names, features as usize)
    }

    /// What votes, with its name and its weight; what was dropped and what counts nothing does not.
    fn votes(
        &mut self,
        number: usize,
        state: &Json,
        depth: usize,
    ) -> Result<Vec<(String, Fitted, f64)>> {
        let mut names = Vec::new();
        for voter in list(&state["estimators"], "estimators")? {
            let [name, voter] = list(voter, "estimators")?.as_slice() else {
                return Err(damaged("estimators"));
            };
            let name = name.as_str().ok_or_else(|| damaged("estimators"))?;
            names.push((name.to_string(), voter == "drop"));
        }
        let weights: Option<Vec<f64>> = match &state["weights"] {
            Json::Null => Some(vec![1.0; names.len()]),
            weights => match weights.get("ref") {
                None => list(weights, "weights")?.iter().map(Json::as_f64).collect(),
                Some(_) => {
                    let at = self.reference(weights, number, "weights")?;
                    self.arrays.get(&format!("objects.{at}")).map(Array::to_f64_vec)
                }
            },
        };
        let weights =
            weights.filter(|w| w.len() == names.len()).ok_or_else(|| damaged("weights"))?;
        let there = names.into_iter().zip(weights).filter(|((_, dropped), _)| !dropped);
        let there: Vec<(String, f64)> = there.map(|((name, _), weight)| (name, weight)).collect();
        let learned = list(&state["estimators_"], "estimators_")?;
        if learned.len() != there.len() {
            return Err(damaged("estimators_"));
        }
        let mut voters = Vec::new();
        for (voter, (name, weight)) in learned.iter().zip(there).filter(|(_, (_, w))| *w != 0.0) {
            let at = self.reference(voter, number, "estimators_")?;
            let voter = self.estimator(at, &format!("estimator '{name}'"), depth + 1)?;
            voters.push((name, voter, weight));
        }
        Ok(voters)
    }

    /// Classes: an array of words, or of numbers.
    fn classes(&self, number: usize) -> Result<Classes> {
        if self.objects[number].get("strings").is_some() {
            return self.words(number).map(Classes::Names);
        }
        let numbers = self.arrays.get(&format!("objects.{number}"));
        numbers.cloned().map(Classes::Numbers).ok_or_else(|| damaged("classes_"))
    }

    /// An array of words.
    fn words(&self, number: usize) -> Result<Vec<String>> {
        let broken = || damaged("strings");
        if self.objects[number].get("strings").is_none() {
            return Err(broken());
        }
        let take = |name: String| self.arrays.get(&name).cloned().ok_or_else(broken);
        let bytes = take(format!("objects.{number}"))?;
        let ends = take(format!("objects.{number}.ends"))?;
        let text =
            std::str::from_utf8(bytes.as_slice::<u8>()?).map_err(|e| broken().source_error(e))?;
        let mut from = 0;
        let mut word = |&end: &i64| {
            let to = usize::try_from(end).ok()?;
            let word = text.get(from..to)?.to_string();
            from = to;
            Some(word)
        };
        ends.as_slice::<i64>()?.iter().map(&mut word).collect::<Option<_>>().ok_or_else(broken)
    }
}
