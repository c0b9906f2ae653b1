//! `Pipeline`.

use super::parts::{Step, without_parameters};
use crate::estimator::{Estimator, Fitted, Model, Tags, Task, cannot};
use crate::features::Features;
use crate::preprocessing::shared::kept;
use crate::record::Value;
use crate::state::model;
use crate::table::Schema;
use crate::target::Y;
use seodang_core::{Array, Error, Result, text};

/// Estimators one after another: each but the last transforms for the next.
///
/// ```
/// use seodang_learn::{Column, Fit, Table, linear_model::LinearRegression};
/// use seodang_learn::{compose::{ColumnTransformer, Pipeline}, preprocessing::OneHotEncoder};
/// let table = Table::new()
///     .with("size", Column::Numbers(vec![1.0, 2.0, 3.0, 4.0]))?
///     .with("city", Column::words([Some("Seoul"), Some("Busan"), None, Some("Seoul")]))?;
/// let model = Pipeline::new()
///     .step("columns", ColumnTransformer::new()
///         .part("words", OneHotEncoder::new().handle_unknown("ignore"), ["city"])
///         .passthrough())
///     .step("model", LinearRegression::new())
///     .fit_table(&table, &vec![1.0, 4.0, 3.0, 4.0])?;
/// assert_eq!(model.predict(&model.encode(&table)?)?.len(), 4);
/// # Ok::<(), seodang_core::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct Pipeline {
    steps: Vec<(String, Box<dyn Estimator>)>,
    schema: Option<Schema>,
}

impl Clone for Pipeline {
    fn clone(&self) -> Pipeline {
        let steps = self.steps.iter().map(|(n, e)| (n.clone(), e.boxed())).collect();
        Pipeline { steps, schema: self.schema.clone() }
    }
}

impl Pipeline {
    /// A pipeline without steps.
    pub fn new() -> Pipeline {
        Pipeline::default()
    }

    /// With one more step.
    #[must_use]
    pub fn step(self, name: impl Into<String>, estimator: impl Estimator) -> Pipeline {
        self.boxed_step(name, Box::new(estimator))
    }

    /// With one more step, of a type that is only known at run time.
    #[must_use]
    pub fn boxed_step(mut self, name: impl Into<String>, step: Box<dyn Estimator>) -> Pipeline {
        self.steps.push((name.into(), step));
        self
    }

    /// The steps with their names.
    pub fn steps(&self) -> &[(String, Box<dyn Estimator>)] {
        &self.steps
    }
}

without_parameters!(Pipeline in "pipeline", "Estimators one after another: each but the last transforms for the next.");

model! {
    /// What `Pipeline` learns.
    pub(crate) struct PipelineModel {
        names: Vec<String>,
        steps: Vec<Step>,
    }
}

impl Estimator for Pipeline {
    fn tags(&self) -> Tags {
        let Some((_, last)) = self.steps.last() else {
            // One from a file: what it learned has the steps, and each refuses what it cannot take.
            return Tags { sparse: true, nan: true, ..Tags::new(Task::Other) };
        };
        let first = self.steps[0].1.tags();
        Tags {
            sparse: first.sparse,
            nan: first.nan,
            positive: first.positive,
            requires_y: self.steps.iter().any(|(_, s)| s.tags().requires_y),
            ..last.tags()
        }
    }

    fn learn(&self, x: &Features<'_>, y: &Y, weights: Option<&[f64]>) -> Result<Box<dyn Model>> {
        if self.steps.is_empty() {
            return Err(Error::value(text!(
                en: "The pipeline is empty. Please add steps.", ko: "파이프라인에 단계가 없습니다."
            )));
        }
        let mut held = Features::from(x).take_all();
        let mut schema = self.schema.clone();
        let mut model = PipelineModel { names: Vec::new(), steps: Vec::new() };
        for (i, (name, step)) in self.steps.iter().enumerate() {
            let step = match &schema {
                Some(schema) => step.for_schema(schema)?,
                None => step.boxed(),
            };
            let weights = weights.filter(|_| step.tags().weights && i + 1 == self.steps.len());
            let learned =
                step.fit_encoded(&held, y, weights).map_err(|e| e.during(name.clone()))?;
            let fitted = Fitted::new(step, learned, Vec::new(), held.cols());
            if i + 1 < self.steps.len() {
                held = fitted.model.transform(&held)?;
                schema = schema.and_then(|s| fitted.model.columns_out(&s).ok());
            }
            model.names.push(name.clone());
            model.steps.push(fitted.into());
        }
        Ok(Box::new(model))
    }

    kept!(PipelineModel);

    fn for_schema(&self, schema: &Schema) -> Result<Box<dyn Estimator>> {
        Ok(Box::new(Pipeline { schema: Some(schema.clone()), ..self.clone() }))
    }
}

impl PipelineModel {
    /// The last step, and the features that it takes.
    fn before<'a>(&'a self, x: &Features<'_>) -> Result<(&'a dyn Model, Features<'static>)> {
        let Some((last, steps)) = self.steps.split_last() else { return Err(cannot("predict")) };
        let mut held: Option<Features<'static>> = None;
        for step in steps {
            let x = held.as_ref().map_or_else(|| Features::from(x), Features::from);
            let next = step.model.transform(&x)?;
            held = Some(next);
        }
        Ok((&*last.model, held.unwrap_or_else(|| Features::from(x).take_all())))
    }
}

impl Model for PipelineModel {
    fn predict_values(&self, x: &Features<'_>) -> Result<Array> {
        let (last, x) = self.before(x)?;
        last.predict_values(&x)
    }

    fn predict_codes(&self, x: &Features<'_>) -> Result<Vec<Vec<u32>>> {
        let (last, x) = self.before(x)?;
        last.predict_codes(&x)
    }

    fn predict_proba(&self, x: &Features<'_>) -> Result<Vec<Array>> {
        let (last, x) = self.before(x)?;
        last.predict_proba(&x)
    }

    fn decision_function(&self, x: &Features<'_>) -> Result<Array> {
        let (last, x) = self.before(x)?;
        last.decision_function(&x)
    }

    fn transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        let (last, x) = self.before(x)?;
        last.transform(&x)
    }

    fn call(&self, name: &str, x: Option<&Features<'_>>, arguments: &[Value]) -> Result<Value> {
        let Some(x) = x else { return Err(cannot(name)) };
        let (last, x) = self.before(x)?;
        last.call(name, Some(&x), arguments)
    }

    fn can(&self, name: &str) -> bool {
        self.steps.last().is_some_and(|last| last.model.can(name))
    }

    fn columns_out(&self, columns: &Schema) -> Result<Schema> {
        self.steps.iter().try_fold(columns.clone(), |s, step| step.model.columns_out(&s))
    }
}
