//! `Pipeline`.

use super::parts::{Step, agree, without_parameters};
use crate::estimator::{Estimator, Fitted, Model, Tags, Task, cannot};
use crate::features::Features;
use crate::preprocessing::shared::kept;
use crate::record::Value;
use crate::state::{broken, model};
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
            // It lets everything through.
            return Tags { sparse: true, nan: true, ..Tags::new(Task::Transformer) };
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
            let with = match &schema {
                Some(schema) => step.for_schema(schema)?,
                None => step.boxed(),
            };
            let weights = weights.filter(|_| step.tags().weights && i + 1 == self.steps.len());
            let learned =
                with.fit_encoded(&held, y, weights).map_err(|e| e.during(name.clone()))?;
            // As it was given: it may learn again, from another table.
            let fitted = Fitted::new(step.boxed(), learned, Vec::new(), held.cols());
            if i + 1 < self.steps.len() {
                held = fitted.model.transform(&held)?;
                schema = schema.and_then(|s| fitted.model.columns_out(&s).ok());
            }
            model.names.push(name.clone());
            model.steps.push(fitted.into());
        }
        Ok(Box::new(model))
    }

    fn methods(&self) -> &'static [&'static str] {
        self.steps.last().map_or(&[], |(_, last)| last.methods())
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
            if x.cols() != step.features {
                return Err(broken("steps"));
            }
            let next = step.model.transform(&x)?;
            held = Some(next);
        }
        let held = held.unwrap_or_else(|| Features::from(x).take_all());
        if held.cols() != last.features {
            return Err(broken("steps"));
        }
        Ok((&*last.model, held))
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
        if self.steps.is_empty() {
            return Ok(Features::from(x).take_all());
        }
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

    fn assembled(&self) -> Option<Box<dyn Estimator>> {
        let steps = self.names.iter().zip(&self.steps);
        let steps = steps.map(|(name, step)| (name.clone(), step.estimator.boxed())).collect();
        Some(Box::new(Pipeline { steps, schema: None }))
    }
}

impl PipelineModel {
    /// The steps with their names.
    pub(crate) fn parts(&self) -> impl ExactSizeIterator<Item = (&str, &Fitted)> {
        self.names.iter().zip(&self.steps).map(|(name, step)| (name.as_str(), &**step))
    }
}

/// A pipeline of fitted steps; one without steps lets `features` features through.
///
/// # Errors
/// `Value`, if the first step's columns are not as many as its features, or if two steps number the words of
/// a column differently.
pub(crate) fn fitted(steps: Vec<(String, Fitted)>, features: usize) -> Result<Fitted> {
    for pair in steps.windows(2) {
        let [before, after] = [0, 1].map(|i| pair[i].1.schema.iter().flat_map(Schema::columns));
        let (name, columns) = (&pair[1].0, before.clone().count());
        let words = |column: &(String, Option<Vec<String>>)| column.1.clone();
        let same = |(a, b)| agree(&mut words(a), &words(b));
        // What has as many columns may be those of before.
        if columns == after.clone().count() && !before.zip(after).all(same) {
            return Err(Error::value(text!(
                en: "step '{name}' and the one before it know different words of a column",
                ko: "단계 '{name}'와(과) 그 앞 단계가 한 열의 단어를 다르게 알고 있습니다"
            )));
        }
    }
    let features = steps.first().map_or(features, |(_, first)| first.features);
    let classes = steps.last().map_or_else(Vec::new, |(_, last)| last.classes.clone());
    let (schema, names) = steps
        .first()
        .map_or_else(Default::default, |(_, first)| (first.schema.clone(), first.names.clone()));
    let (names_of, steps) = steps.into_iter().map(|(n, s)| (n, Step::from(s))).unzip();
    let model = PipelineModel { names: names_of, steps };
    let pipeline = model.assembled().unwrap_or_else(|| Box::new(Pipeline::new()));
    let fitted = Fitted::new(pipeline, Box::new(model), classes, features);
    match schema {
        Some(schema) => fitted.with_schema(schema),
        None => fitted.with_feature_names(names),
    }
}
