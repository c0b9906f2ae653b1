//! The contract: an estimator has parameters and learns; what it learned predicts or transforms.

use crate::features::{Features, IntoFeatures};
use crate::record::{Record, Value};
use crate::state::{Learned, State};
use crate::stop;
use crate::table::{Schema, Table};
use crate::target::{Classes, Target, Y};
use crate::warning::{self, Warning};
use crate::{metrics, saving};
use seodang_core::{Array, Error, Result, text};
use std::any::Any;
use std::fmt::Debug;
use std::hint::select_unpredictable;
use std::path::Path;

/// What an estimator is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Task {
    /// Says which class a sample is of.
    Classifier,
    /// Says a number.
    Regressor,
    /// Makes other features.
    Transformer,
    /// Finds groups.
    Clusterer,
    /// Finds what does not belong.
    OutlierDetector,
    /// Something else.
    Other,
}

/// What an estimator takes.
#[derive(Clone, Copy, Debug)]
pub struct Tags {
    /// What it is for.
    pub task: Task,
    /// Sparse features, without making them dense.
    pub sparse: bool,
    /// NaN among the features, as a missing value.
    pub nan: bool,
    /// Infinities among the features, as numbers beyond all others.
    pub infinite: bool,
    /// Several columns of `y`.
    pub multioutput: bool,
    /// `sample_weight` in `fit`.
    pub weights: bool,
    /// `y`, which it cannot do without.
    pub requires_y: bool,
    /// Only features that are not negative.
    pub positive: bool,
    /// Only two classes.
    pub binary_only: bool,
    /// `X` holds distances or kernels between samples.
    pub pairwise: bool,
    /// `fit` and what predicts fail by themselves for features that are not finite: what is computed shows
    /// it, so that no other pass over them has to look before.
    pub finds_nan: bool,
}

impl Tags {
    /// What most estimators of a kind take: dense features without NaN, one output, no weights.
    pub const fn new(task: Task) -> Tags {
        Tags {
            task,
            sparse: false,
            nan: false,
            infinite: false,
            multioutput: false,
            weights: false,
            requires_y: matches!(task, Task::Classifier | Task::Regressor),
            positive: false,
            binary_only: false,
            pairwise: false,
            finds_nan: false,
        }
    }
}

/// From where an estimator learns.
#[derive(Clone, Copy, Default)]
pub struct Start<'a> {
    /// What it had learned before: the batches until now, or, with `warm_start`, the last `fit`.
    pub before: Option<&'a dyn Model>,
    /// Whether this is a batch of samples, one of many (`partial_fit`), and not all of them.
    pub batch: bool,
    /// More arguments of `fit`: `coef_init`.
    pub given: &'a [(String, Value)],
}

impl Start<'_> {
    /// Whether it learns all of the samples, from nothing.
    pub fn is_plain(&self) -> bool {
        self.before.is_none() && !self.batch && self.given.is_empty()
    }

    /// What it had learned before, if that is of this type.
    pub fn model<M: Model>(&self) -> Option<&M> {
        (self.before? as &dyn Any).downcast_ref()
    }

    /// An argument by its name; `None` is as if it were not given.
    pub fn argument(&self, name: &str) -> Option<&Value> {
        let found = self.given.iter().find(|(n, _)| n == name);
        found.map(|(_, v)| v).filter(|v| !matches!(v, Value::None))
    }
}

/// An estimator with its parameters, not yet fitted.
pub trait Estimator: Record {
    /// What it takes.
    fn tags(&self) -> Tags;

    /// What it can when fitted, besides `predict` and what its task says: `predict_proba`, `kneighbors`.
    fn methods(&self) -> &'static [&'static str] {
        &[]
    }

    /// Learns. `x` and `y` have been checked to fit each other, the parameters against their ranges.
    ///
    /// # Errors
    /// `Value` for parameters that do not go together, or data that cannot be learned from.
    fn learn(&self, x: &Features<'_>, y: &Y, weights: Option<&[f64]>) -> Result<Box<dyn Model>>;

    /// Learns from where it was: a batch of samples after others (`partial_fit`, if `methods` names it),
    /// or anew from the last solution (`warm_start`). Of a batch, `y` has the numbers of all classes.
    ///
    /// # Errors
    /// As [`Estimator::learn`]; `Unsupported` for batches, if it cannot learn by them.
    fn learn_from(
        &self,
        start: &Start<'_>,
        x: &Features<'_>,
        y: &Y,
        weights: Option<&[f64]>,
    ) -> Result<Box<dyn Model>> {
        if start.batch { Err(cannot("partial_fit")) } else { self.learn(x, y, weights) }
    }

    /// What it had learned, from a file.
    ///
    /// # Errors
    /// `Format`, if the state is not of this estimator.
    fn restore(&self, state: &mut State) -> Result<Box<dyn Model>>;

    /// A copy.
    fn boxed(&self) -> Box<dyn Estimator>;

    /// A copy that knows the columns that it will learn from: their names, and the words behind numbers.
    ///
    /// # Errors
    /// `NotFound` for a column that a parameter names and there is not.
    fn for_schema(&self, schema: &Schema) -> Result<Box<dyn Estimator>> {
        let _ = schema;
        Ok(self.boxed())
    }
}

/// What an estimator has learned. A method that makes no sense for it stays as it is here, and says so.
pub trait Model: Learned + Debug + Send + Sync + Any {
    /// Values (a regressor): one dimension for one output, else rows by outputs.
    ///
    /// # Errors
    /// `Unsupported`, if it is none; `Value` for features that it cannot take.
    fn predict_values(&self, x: &Features<'_>) -> Result<Array> {
        let _ = x;
        Err(cannot("predict"))
    }

    /// The numbers of the classes (a classifier), for each output.
    ///
    /// # Errors
    /// As [`Model::predict_values`].
    fn predict_codes(&self, x: &Features<'_>) -> Result<Vec<Vec<u32>>> {
        likeliest(&self.predict_proba(x)?)
    }

    /// The probability of each class, rows by classes, for each output.
    ///
    /// # Errors
    /// As [`Model::predict_values`].
    fn predict_proba(&self, x: &Features<'_>) -> Result<Vec<Array>> {
        let _ = x;
        Err(cannot("predict_proba"))
    }

    /// How far on which side: one dimension for two classes, else rows by classes.
    ///
    /// # Errors
    /// As [`Model::predict_values`].
    fn decision_function(&self, x: &Features<'_>) -> Result<Array> {
        let _ = x;
        Err(cannot("decision_function"))
    }

    /// Other features.
    ///
    /// # Errors
    /// As [`Model::predict_values`].
    fn transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        let _ = x;
        Err(cannot("transform"))
    }

    /// The features that [`Model::transform`] had.
    ///
    /// # Errors
    /// As [`Model::predict_values`].
    fn inverse_transform(&self, x: &Features<'_>) -> Result<Features<'static>> {
        let _ = x;
        Err(cannot("inverse_transform"))
    }

    /// The columns that [`Model::transform`] gives for these.
    ///
    /// # Errors
    /// `Unsupported`, if it gives none, or has no names for them.
    fn columns_out(&self, columns: &Schema) -> Result<Schema> {
        let _ = columns;
        Err(cannot("get_feature_names_out"))
    }

    /// What only some estimators can: `kneighbors`, `apply`, `staged_predict`, ...
    ///
    /// # Errors
    /// `Unsupported` for a name that it does not know; else its own.
    fn call(&self, name: &str, x: Option<&Features<'_>>, arguments: &[Value]) -> Result<Value> {
        let _ = (x, arguments);
        Err(cannot(name))
    }

    /// Whether there is a method of this name.
    fn can(&self, name: &str) -> bool {
        let _ = name;
        true
    }

    /// The estimator, if it is made of others: theirs are in what they learned.
    fn assembled(&self) -> Option<Box<dyn Estimator>> {
        None
    }
}

pub(crate) fn cannot(what: &str) -> Error {
    Error::unsupported(text!(
        en: "this estimator has no '{what}'",
        ko: "이 추정기에는 '{what}'이(가) 없습니다"
    ))
}

/// The numbers of the likeliest classes, of each output's probabilities.
pub(crate) fn likeliest(probabilities: &[Array]) -> Result<Vec<Vec<u32>>> {
    let best = |p: &Array| {
        let n = p.shape().dims()[1];
        Ok(p.to_f64_vec().chunks(n).map(argmax).collect())
    };
    probabilities.iter().map(best).collect()
}

/// The place of the greatest number, the first of equal ones.
#[inline]
pub(crate) fn argmax<T: PartialOrd + Copy>(row: &[T]) -> u32 {
    let (mut best, mut most) = (0, row[0]);
    for (i, &x) in row.iter().enumerate() {
        // Which is the greatest nobody can predict: no branch.
        let better = x > most;
        best = select_unpredictable(better, i, best);
        most = select_unpredictable(better, x, most);
    }
    best as u32
}

/// An estimator that has learned.
#[derive(Debug)]
pub struct Fitted {
    pub(crate) estimator: Box<dyn Estimator>,
    pub(crate) model: Box<dyn Model>,
    pub(crate) classes: Vec<Classes>,
    pub(crate) features: usize,
    pub(crate) names: Vec<String>,
    /// The columns of the table that it learned from.
    pub(crate) schema: Option<Schema>,
    pub(crate) warnings: Vec<Warning>,
    /// What whoever fitted it wants to be kept with it.
    pub(crate) notes: serde_json::Map<String, serde_json::Value>,
}

impl dyn Estimator {
    /// Learns from samples and what belongs to them.
    ///
    /// # Errors
    /// `Value`, in scikit-learn's words, for parameters out of range, data that is not finite, rows
    /// that do not fit, and what the method itself cannot take.
    pub fn fit(
        &self,
        x: &Features<'_>,
        y: Option<&Target>,
        weights: Option<&[f64]>,
    ) -> Result<Fitted> {
        let tags = self.tags();
        let (classes, y) = match (tags.task, y) {
            (Task::Classifier, Some(y)) => {
                let (classes, codes) = y.classes()?;
                (classes, Y::Classes(codes))
            }
            (Task::Regressor, Some(y)) => (Vec::new(), Y::Values(y.values()?)),
            (_, Some(y)) if tags.requires_y => {
                let (classes, codes) = y.classes()?;
                (classes, Y::Classes(codes))
            }
            _ => (Vec::new(), Y::None),
        };
        let (model, warnings) = warning::gathered(|| self.fit_encoded(x, &y, weights));
        let fitted = Fitted::new(self.boxed(), model?, classes, x.cols());
        Ok(Fitted { warnings, ..fitted })
    }

    /// Learns from the first batch of many; [`Fitted::partial_fit`] takes the others. A classifier must
    /// be told all `classes`, unless they are all in this batch.
    ///
    /// # Errors
    /// As `fit`; `Unsupported`, if the estimator cannot learn by batches.
    pub fn partial_fit(
        &self,
        x: &Features<'_>,
        y: Option<&Target>,
        classes: Option<&Target>,
        weights: Option<&[f64]>,
    ) -> Result<Fitted> {
        let (classes, y) = match (self.tags().task, y) {
            (Task::Classifier, Some(y)) => {
                let (classes, _) = classes.unwrap_or(y).classes()?;
                let codes = y.codes_among(&classes)?;
                (classes, Y::Classes(codes))
            }
            (Task::Regressor, Some(y)) => (Vec::new(), Y::Values(y.values()?)),
            _ => (Vec::new(), Y::None),
        };
        let start = Start { batch: true, ..Start::default() };
        let (model, warnings) = warning::gathered(|| self.fit_from(&start, x, &y, weights));
        let fitted = Fitted::new(self.boxed(), model?, classes, x.cols());
        Ok(Fitted { warnings, ..fitted })
    }

    /// Learns from the columns of a table and what belongs to its rows.
    ///
    /// # Errors
    /// As `fit`; `NotFound` for a column that a parameter names and there is not.
    pub fn fit_table(
        &self,
        x: &Table,
        y: Option<&Target>,
        weights: Option<&[f64]>,
    ) -> Result<Fitted> {
        let schema = x.schema();
        let fitted = self.for_schema(&schema)?.fit(&schema.encode(x)?, y, weights)?;
        fitted.with_schema(schema)
    }

    /// `fit` with classes that are numbered already.
    ///
    /// # Errors
    /// As there.
    pub fn fit_encoded(
        &self,
        x: &Features<'_>,
        y: &Y,
        weights: Option<&[f64]>,
    ) -> Result<Box<dyn Model>> {
        self.fit_from(&Start::default(), x, y, weights)
    }

    /// `fit_encoded` from where the estimator was.
    ///
    /// # Errors
    /// As there.
    pub fn fit_from(
        &self,
        start: &Start<'_>,
        x: &Features<'_>,
        y: &Y,
        weights: Option<&[f64]>,
    ) -> Result<Box<dyn Model>> {
        let (who, tags) = (self.class_name(), self.tags());
        self.check_ranges()?;
        check_size(x, who)?;
        let rows = match y {
            Y::None if tags.requires_y => {
                return Err(Error::value(text!(
                    en: "{who} requires y to be passed, but the target y is None.",
                    ko: "{who}에는 y가 필요한데 주어지지 않았습니다."
                )));
            }
            Y::None => x.rows(),
            Y::Classes(outputs) => outputs.first().map_or(0, |o| o.codes.len()),
            Y::Values(v) => v.rows(),
        };
        let counts = [Some(rows), weights.map(<[f64]>::len)];
        if let Some(n) = counts.into_iter().flatten().find(|&n| n != x.rows()) {
            let rows = x.rows();
            return Err(Error::value(text!(
                en: "Found input variables with inconsistent numbers of samples: [{rows}, {n}]",
                ko: "입력의 샘플 수가 서로 다릅니다: [{rows}, {n}]"
            )));
        }
        if let Some(w) = weights {
            if !tags.weights {
                return Err(Error::value(text!(
                    en: "{who} does not support sample weights.",
                    ko: "{who}에는 샘플 가중치를 줄 수 없습니다."
                ))
                .hint(text!(
                    en: "fit it without weights, or take samples as often as they count",
                    ko: "가중치 없이 학습하거나, 샘플을 가중치만큼 되풀이해 넣으세요"
                )));
            }
            crate::features::finite(w, false, "sample_weight", who)?;
        }
        with_numbers(x, tags, who, || {
            let learned = if start.is_plain() {
                self.learn(x, y, weights)
            } else {
                self.learn_from(start, x, y, weights)
            };
            // What was stopped has learned some of what it should, and nobody could tell.
            learned.and_then(|model| stop::check().map(|()| model)).map_err(|e| e.during(who))
        })
    }
}

/// `fit` for the records themselves.
pub trait Fit: Estimator + Sized {
    /// Learns from samples and what belongs to them.
    ///
    /// # Errors
    /// `Value`, in scikit-learn's words, for parameters out of range, data that is not finite, rows
    /// that do not fit, and what the method itself cannot take.
    fn fit<'a>(&self, x: impl IntoFeatures<'a>, y: impl Into<Target>) -> Result<Fitted> {
        (self as &dyn Estimator).fit(&x.into_features()?, Some(&y.into()), None)
    }

    /// Learns from samples of which some count more than others.
    ///
    /// # Errors
    /// As [`Fit::fit`].
    fn fit_weighted<'a>(
        &self,
        x: impl IntoFeatures<'a>,
        y: impl Into<Target>,
        weights: &[f64],
    ) -> Result<Fitted> {
        (self as &dyn Estimator).fit(&x.into_features()?, Some(&y.into()), Some(weights))
    }

    /// Learns from the columns of a table and what belongs to its rows.
    ///
    /// # Errors
    /// As [`Fit::fit`]; `NotFound` for a column that a parameter names and there is not.
    fn fit_table(&self, x: &Table, y: impl Into<Target>) -> Result<Fitted> {
        (self as &dyn Estimator).fit_table(x, Some(&y.into()), None)
    }

    /// Learns from samples alone.
    ///
    /// # Errors
    /// As [`Fit::fit`].
    fn fit_unlabelled<'a>(&self, x: impl IntoFeatures<'a>) -> Result<Fitted> {
        (self as &dyn Estimator).fit(&x.into_features()?, None, None)
    }
}

impl<E: Estimator + Sized> Fit for E {}

fn check_numbers(x: &Features<'_>, tags: Tags, who: &str) -> Result<()> {
    if tags.nan && tags.infinite { Ok(()) } else { x.check_finite(tags.nan, who) }
}

/// Runs what features are given to, after a look at their numbers, or before one if that finds out itself:
/// the error then is as if they had been looked at.
fn with_numbers<T>(
    x: &Features<'_>,
    tags: Tags,
    who: &str,
    run: impl FnOnce() -> Result<T>,
) -> Result<T> {
    if !tags.finds_nan {
        check_numbers(x, tags, who)?;
        return run();
    }
    run().or_else(|e| check_numbers(x, tags, who).and(Err(e)))
}

fn check_size(x: &Features<'_>, who: &str) -> Result<()> {
    let (rows, cols) = (x.rows(), x.cols());
    if rows == 0 {
        return Err(Error::value(text!(
            en: "Found array with 0 sample(s) (shape=({rows}, {cols})) while a minimum of 1 is \
                 required by {who}.",
            ko: "{who}에는 샘플이 적어도 하나 있어야 하는데 배열의 모양이 ({rows}, {cols})입니다."
        )));
    }
    if cols == 0 {
        return Err(Error::value(text!(
            en: "Found array with 0 feature(s) (shape=({rows}, {cols})) while a minimum of 1 is \
                 required by {who}.",
            ko: "{who}에는 특성이 적어도 하나 있어야 하는데 배열의 모양이 ({rows}, {cols})입니다."
        )));
    }
    Ok(())
}

impl Fitted {
    /// A fitted estimator of its parts.
    pub fn new(
        estimator: Box<dyn Estimator>,
        model: Box<dyn Model>,
        classes: Vec<Classes>,
        features: usize,
    ) -> Fitted {
        let (names, warnings) = (Vec::new(), Vec::new());
        let notes = serde_json::Map::new();
        Fitted { estimator, model, classes, features, names, schema: None, warnings, notes }
    }

    /// With a note that its file keeps, under a name.
    pub fn with_note(mut self, name: &str, note: serde_json::Value) -> Fitted {
        self.notes.insert(name.to_owned(), note);
        self
    }

    /// The note of a name.
    pub fn note(&self, name: &str) -> Option<&serde_json::Value> {
        self.notes.get(name)
    }

    /// What the estimator had to say in the last `fit` that was no error.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// Learns from one more batch of samples.
    ///
    /// # Errors
    /// As `fit`; `Value` for a class that was not there in the first batch; `Unsupported`, if the
    /// estimator cannot learn by batches.
    pub fn partial_fit<'a>(
        &mut self,
        x: impl IntoFeatures<'a>,
        y: impl Into<Target>,
        weights: Option<&[f64]>,
    ) -> Result<()> {
        let x = x.into_features()?;
        self.check(&x)?;
        let y: Target = y.into();
        let y = match self.estimator.tags().task {
            Task::Classifier => Y::Classes(y.codes_among(&self.classes)?),
            Task::Regressor => Y::Values(y.values()?),
            _ => Y::None,
        };
        let start = Start { before: Some(&*self.model), batch: true, given: &[] };
        let fit = || self.estimator.fit_from(&start, &x, &y, weights);
        let (model, warnings) = warning::gathered(fit);
        (self.model, self.warnings) = (model?, warnings);
        Ok(())
    }

    /// With the names of the features: as many as there are, or none.
    ///
    /// # Errors
    /// `Value` for another number of names.
    pub fn with_feature_names(mut self, names: Vec<String>) -> Result<Fitted> {
        if !names.is_empty() && names.len() != self.features {
            return Err(Error::value(text!(
                en: "not as many names as features", ko: "이름의 수가 특성의 수와 다릅니다"
            ))
            .given("names", names.len())
            .given("features", self.features));
        }
        self.names = names;
        Ok(self)
    }

    /// With the columns of the table that it learned from.
    ///
    /// # Errors
    /// `Value` for another number of columns than there are features.
    pub fn with_schema(self, schema: Schema) -> Result<Fitted> {
        let fitted = self.with_feature_names(schema.names())?;
        Ok(Fitted { schema: Some(schema), ..fitted })
    }

    /// The columns of the table that it learned from, if it was one.
    pub fn schema(&self) -> Option<&Schema> {
        self.schema.as_ref()
    }

    /// The columns of a table that it learned from, as numbers: what `predict` and `transform` take.
    ///
    /// # Errors
    /// `Value`, if it did not learn from a table, or a column has words where it had numbers;
    /// `NotFound` for a column that is not there.
    pub fn encode(&self, table: &Table) -> Result<Features<'static>> {
        match &self.schema {
            Some(schema) => schema.encode(table),
            None if !self.names.is_empty() => Schema::numbers(&self.names).encode(table),
            None => Err(Error::value(text!(
                en: "the estimator did not learn from a table, so its features have no names",
                ko: "표로 학습하지 않은 추정기라서 특성에 이름이 없습니다"
            ))),
        }
    }

    /// The names of what [`Fitted::transform`] gives.
    ///
    /// # Errors
    /// `Unsupported`, if it does not transform.
    pub fn feature_names_out(&self) -> Result<Vec<String>> {
        self.model.columns_out(&self.columns_in()).map(|s| s.names())
    }

    /// The columns in `fit`: `x0`, `x1`, ... if they had no names.
    fn columns_in(&self) -> Schema {
        match &self.schema {
            Some(schema) => schema.clone(),
            None if !self.names.is_empty() => Schema::numbers(&self.names),
            None => {
                let names: Vec<_> = (0..self.features).map(|i| format!("x{i}")).collect();
                Schema::numbers(&names)
            }
        }
    }

    /// The names of the features, if they have any.
    pub fn feature_names_in(&self) -> &[String] {
        &self.names
    }

    /// The estimator, with its parameters.
    pub fn estimator(&self) -> &dyn Estimator {
        &*self.estimator
    }

    /// What was learned.
    pub fn model(&self) -> &dyn Model {
        &*self.model
    }

    /// The classes, for each output.
    pub fn classes(&self) -> &[Classes] {
        &self.classes
    }

    /// The number of features in `fit`.
    pub fn n_features_in(&self) -> usize {
        self.features
    }

    /// A learned attribute by scikit-learn's name, such as `"coef_"`.
    ///
    /// # Errors
    /// `NotFound`, with the names that there are.
    pub fn attribute(&self, name: &str) -> Result<Value> {
        let all = self.model.attributes();
        if let Some((_, value)) = all.iter().find(|(n, _)| *n == name) {
            return Ok(value.clone());
        }
        let who = self.estimator.class_name();
        let names: Vec<_> = all.iter().map(|(n, _)| *n).collect();
        let names = names.join(", ");
        Err(Error::not_found(text!(
            en: "'{who}' object has no attribute '{name}'; it has: {names}",
            ko: "{who}에는 속성 '{name}'이(가) 없습니다. 있는 것: {names}"
        )))
    }

    /// Checks the number of features against that of `fit`.
    fn check(&self, x: &Features<'_>) -> Result<()> {
        let who = self.estimator.class_name();
        let (given, expected) = (x.cols(), self.features);
        if given != expected {
            return Err(Error::value(text!(
                en: "X has {given} features, but {who} is expecting {expected} features as input.",
                ko: "X의 특성은 {given}개인데 {who}은(는) {expected}개를 기대합니다."
            )));
        }
        check_size(x, who)
    }

    /// Gives features to the model, once they are checked against those of `fit`.
    ///
    /// # Errors
    /// `Value`, in scikit-learn's words, for features that do not fit those of `fit`, or are not numbers
    /// that it can take; else the model's own.
    pub fn ask<T>(
        &self,
        x: &Features<'_>,
        what: impl FnOnce(&dyn Model) -> Result<T>,
    ) -> Result<T> {
        self.check(x)?;
        let who = self.estimator.class_name();
        with_numbers(x, self.estimator.tags(), who, || what(&*self.model))
    }

    /// The number of each sample's class, for each output.
    ///
    /// # Errors
    /// As [`Fitted::predict`].
    pub fn predict_codes(&self, x: &Features<'_>) -> Result<Vec<Vec<u32>>> {
        let mut all = self.ask(x, |m| m.predict_codes(x))?;
        for (_, codes) in self.classes.iter().zip(&mut all).filter(|(c, _)| c.len() == 1) {
            // What knows one class has nothing else to say, though a network's output is a share of two.
            codes.fill(0);
        }
        Ok(all)
    }

    /// What belongs to each sample: its class, or its value.
    ///
    /// # Errors
    /// `Value`, in scikit-learn's words, for features that do not fit those of `fit`; `Unsupported`,
    /// if the estimator does not predict.
    pub fn predict<'a>(&self, x: impl IntoFeatures<'a>) -> Result<Target> {
        let x = x.into_features()?;
        if self.classes.is_empty() {
            return self.ask(&x, |m| m.predict_values(&x)).map(Target::Numbers);
        }
        let codes = self.predict_codes(&x)?;
        if let ([classes], [codes]) = (self.classes.as_slice(), codes.as_slice()) {
            return classes.decode(codes);
        }
        let mut columns = Vec::new();
        for (classes, codes) in self.classes.iter().zip(&codes) {
            match classes.decode(codes)? {
                Target::Numbers(a) => columns.push(a),
                Target::Names(_) => return Err(cannot("predict")),
            }
        }
        let dtype = columns[0].dtype();
        let (rows, n) = (x.rows(), columns.len());
        let columns: Vec<Vec<f64>> = columns.iter().map(Array::to_f64_vec).collect();
        Ok(Target::Numbers(Array::from_fn(dtype, [rows, n], |i| columns[i % n][i / n])))
    }

    /// The probability of each class: rows by classes.
    ///
    /// # Errors
    /// As [`Fitted::predict`]; `Unsupported` for several outputs.
    pub fn predict_proba<'a>(&self, x: impl IntoFeatures<'a>) -> Result<Array> {
        let x = x.into_features()?;
        let mut all = self.ask(&x, |m| m.predict_proba(&x))?;
        match all.len() {
            1 => Ok(all.remove(0)),
            _ => Err(Error::unsupported(text!(
                en: "there is a table of probabilities for each output: ask the model()",
                ko: "출력마다 확률표가 있습니다. model()에서 얻으세요"
            ))),
        }
    }

    /// How far on which side: one dimension for two classes, else rows by classes.
    ///
    /// # Errors
    /// As [`Fitted::predict`].
    pub fn decision_function<'a>(&self, x: impl IntoFeatures<'a>) -> Result<Array> {
        let x = x.into_features()?;
        self.ask(&x, |m| m.decision_function(&x))
    }

    /// Other features.
    ///
    /// # Errors
    /// As [`Fitted::predict`].
    pub fn transform<'a>(&self, x: impl IntoFeatures<'a>) -> Result<Features<'static>> {
        let x = x.into_features()?;
        self.ask(&x, |m| m.transform(&x))
    }

    /// The accuracy of a classifier, the coefficient of determination of a regressor.
    ///
    /// # Errors
    /// As [`Fitted::predict`]; `Value`, if the numbers of samples differ.
    pub fn score<'a>(&self, x: impl IntoFeatures<'a>, y: impl Into<Target>) -> Result<f64> {
        let (y, predicted) = (y.into(), self.predict(x)?);
        match self.estimator.tags().task {
            _ if !self.classes.is_empty() => metrics::accuracy(&y, &predicted, None),
            Task::Classifier => metrics::accuracy(&y, &predicted, None),
            _ => metrics::r2(&y.values()?, &predicted.values()?, None),
        }
    }

    /// Writes the estimator and what it learned to a file, whole or not at all.
    ///
    /// # Errors
    /// `Io`; `Unsupported`, if a parameter is a function.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<()> {
        saving::save(self, path.as_ref())
    }

    /// Reads what [`Fitted::save`] wrote.
    ///
    /// # Errors
    /// `Io`; `Format` for a file that is none, was cut off or changed.
    pub fn load(path: impl AsRef<Path>) -> Result<Fitted> {
        saving::load(path.as_ref())
    }
}
