//! Fitted parts of an estimator, within its state.

use crate::estimator::Fitted;
use crate::record::{Param, Value};
use crate::registry;
use crate::saving::taken;
use crate::state::{State, Stored, broken};
use crate::table::Schema;
use crate::target::Classes;
use seodang_core::{Result, text};
use serde_json::{Map, Value as Json, json};
use std::cell::Cell;
use std::ops::Deref;
use std::sync::Arc;

/// Writes the [`Record`](crate::record::Record) of an estimator that has no plain parameters.
macro_rules! without_parameters {
    ($name:ident in $module:literal, $doc:literal) => {
        impl $crate::record::Record for $name {
            fn class_name(&self) -> &'static str {
                stringify!($name)
            }

            fn module(&self) -> &'static str {
                $module
            }

            fn doc(&self) -> &'static str {
                $doc
            }

            fn parameters(&self) -> Vec<$crate::record::Parameter> {
                Vec::new()
            }

            fn values(&self) -> Vec<(&'static str, $crate::record::Value)> {
                Vec::new()
            }

            fn set(&mut self, name: &str, _: &$crate::record::Value) -> seodang_core::Result<()> {
                Err($crate::record::unknown(stringify!($name), name, &[]))
            }

            fn check_ranges(&self) -> seodang_core::Result<()> {
                Ok(())
            }
        }
    };
}
pub(super) use without_parameters;

/// Notes the words that a part knows of a column; whether they are those that other parts know.
pub(super) fn agree(known: &mut Option<Vec<String>>, words: &Option<Vec<String>>) -> bool {
    if known.is_none() {
        known.clone_from(words);
    }
    words.is_none() || known == words
}

/// Parts within parts are read down to here: no file brings the stack to its end.
const DEEPEST: usize = 64;

thread_local! {
    static LEVEL: Cell<usize> = const { Cell::new(0) };
}

/// One more level of parts, while it lives.
struct Level;

impl Level {
    fn deeper(name: &str) -> Result<Level> {
        if LEVEL.get() == DEEPEST {
            return Err(broken(name).expected(text!(
                en: "parts within at most {DEEPEST} others", ko: "{DEEPEST}단계까지 겹친 부분"
            )));
        }
        LEVEL.set(LEVEL.get() + 1);
        Ok(Level)
    }
}

impl Drop for Level {
    fn drop(&mut self) {
        LEVEL.set(LEVEL.get() - 1);
    }
}

/// A fitted part.
#[derive(Clone, Debug)]
pub(super) struct Step(Arc<Fitted>);

impl From<Fitted> for Step {
    fn from(fitted: Fitted) -> Step {
        Step(Arc::new(fitted))
    }
}

impl Deref for Step {
    type Target = Fitted;

    fn deref(&self) -> &Fitted {
        &self.0
    }
}

impl Stored for Step {
    fn store(&self, state: &mut State, name: &str) -> Result<()> {
        let mut parameters = Map::new();
        for (parameter, value) in self.estimator.values() {
            parameters.insert(parameter.into(), value.to_json().map_err(|e| e.during(parameter))?);
        }
        let about = json!({
            "class": self.estimator.class_name(),
            "parameters": parameters,
            "features": self.features,
            "names": self.names,
            "outputs": self.classes.len(),
            "schema": self.schema.as_ref().map(Schema::to_json),
        });
        state.values.insert(name.to_string(), about);
        for (i, classes) in self.classes.iter().enumerate() {
            classes.store(state, &format!("{name}.classes.{i}"))?;
        }
        self.model.store(state, &format!("{name}/"))
    }

    fn restore(state: &mut State, name: &str) -> Result<Step> {
        let _level = Level::deeper(name)?;
        let about = state.values.remove(name).ok_or_else(|| broken(name))?;
        let class = about["class"].as_str().ok_or_else(|| broken(name))?;
        let mut estimator = registry::new(class)?;
        let parameters = about["parameters"].as_object().ok_or_else(|| broken(name))?;
        for (parameter, json) in parameters {
            estimator.set(parameter, &Value::from_json(json)?)?;
        }
        let outputs = about["outputs"].as_u64().ok_or_else(|| broken(name))?;
        let classes = (0..outputs)
            .map(|i| Classes::restore(state, &format!("{name}.classes.{i}")))
            .collect::<Result<_>>()?;
        // The part's own state: what begins with its name.
        let prefix = format!("{name}/");
        let mut own = State {
            arrays: taken(&mut state.arrays, &prefix),
            values: taken(&mut state.values, &prefix),
        };
        let model = estimator.restore(&mut own).map_err(|e| e.during(class.to_string()))?;
        let features = about["features"].as_u64().ok_or_else(|| broken(name))? as usize;
        let names = Vec::<String>::from_value(&Value::from_json(&about["names"])?);
        let names = names.ok_or_else(|| broken(name))?;
        let estimator = model.assembled().unwrap_or(estimator);
        let fitted = Fitted::new(estimator, model, classes, features).with_feature_names(names)?;
        match &about["schema"] {
            Json::Null => Ok(fitted.into()),
            json => {
                let schema = Schema::from_json(json).ok_or_else(|| broken(name))?;
                fitted.with_schema(schema).map(Step::from)
            }
        }
    }
}
