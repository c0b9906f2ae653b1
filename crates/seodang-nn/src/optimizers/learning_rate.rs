//! A learning rate: a number, or a schedule.

use crate::record::{Choice, Setting, stash};
use crate::schedules::Schedule;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use std::borrow::Cow;

/// A learning rate: a number, which callbacks may change, or a schedule of the number of steps.
#[derive(Clone, Debug)]
pub enum LearningRate {
    /// The number to begin with.
    Constant(f64),
    /// The schedule.
    Schedule(Choice<dyn Schedule>),
}

impl From<f64> for LearningRate {
    fn from(rate: f64) -> LearningRate {
        LearningRate::Constant(rate)
    }
}

impl<S: Schedule> From<S> for LearningRate {
    fn from(schedule: S) -> LearningRate {
        LearningRate::Schedule(schedule.into())
    }
}

impl Setting<LearningRate> for f64 {
    fn into_setting(self) -> LearningRate {
        self.into()
    }
}

impl<S: Schedule> Setting<LearningRate> for S {
    fn into_setting(self) -> LearningRate {
        self.into()
    }
}

impl Serialize for LearningRate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            LearningRate::Constant(rate) => rate.serialize(serializer),
            LearningRate::Schedule(schedule) => Serialize::serialize(schedule, serializer),
        }
    }
}

impl<'de> Deserialize<'de> for LearningRate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<LearningRate, D::Error> {
        let value = Value::deserialize(deserializer)?;
        match value.as_f64() {
            Some(rate) => Ok(LearningRate::Constant(rate)),
            None => Choice::from_value(&value)
                .map(LearningRate::Schedule)
                .map_err(|e| D::Error::custom(stash(e))),
        }
    }
}

impl JsonSchema for LearningRate {
    fn schema_name() -> Cow<'static, str> {
        "LearningRate".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let schedule = generator.subschema_for::<Choice<dyn Schedule>>();
        json_schema!({ "anyOf": [{ "type": "number" }, schedule] })
    }
}
