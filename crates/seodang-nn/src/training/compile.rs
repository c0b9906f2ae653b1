//! What `compile` is told: optimizer, losses, metrics, for each output of the model.

use crate::losses::{self, Loss};
use crate::metrics::{self, Metric, MetricRef};
use crate::optimizers::{Adam, Optimizer};
use crate::{Choice, Dims};
use seodang_core::{Error, Result, text};
use serde_json::{Map, Value as Json, json};

/// What to train a model with: the optimizer, the losses and the metrics (Keras's `compile`).
///
/// ```
/// use seodang_nn::training::Compile;
/// use seodang_nn::losses::Huber;
/// use seodang_nn::optimizers::SGD;
///
/// let one_output = Compile::new(SGD::new(0.01)).loss(Huber::new()).metrics(["mae"]);
/// let two_outputs = Compile::new("adam")
///     .loss_of("kind", "sparse_categorical_crossentropy")
///     .loss_of("size", "mse")
///     .loss_weight_of("size", 0.3)
///     .metrics_of("kind", ["accuracy"]);
/// ```
#[derive(Clone, Debug)]
#[must_use = "give it to compile_with"]
pub struct Compile {
    pub(crate) optimizer: Choice<dyn Optimizer>,
    pub(crate) loss: PerOutput<Choice<dyn Loss>>,
    pub(crate) loss_weights: PerOutput<f64>,
    pub(crate) metrics: PerOutput<Metrics>,
    pub(crate) weighted_metrics: PerOutput<Metrics>,
}

/// Metrics by name or as records.
#[derive(Clone, Debug, Default)]
pub struct Metrics(Vec<Choice<dyn Metric>>);

/// Something for each output of a model.
#[derive(Clone, Debug)]
pub(crate) enum PerOutput<T> {
    /// Nothing.
    None,
    /// The same for all outputs.
    All(T),
    /// One for each output, in order.
    Each(Vec<Option<T>>),
    /// By the output's name.
    Named(Vec<(String, T)>),
}

impl<M: Into<Choice<dyn Metric>>, const N: usize> From<[M; N]> for Metrics {
    fn from(list: [M; N]) -> Metrics {
        Metrics(list.into_iter().map(Into::into).collect())
    }
}

impl<M: Into<Choice<dyn Metric>>> From<Vec<M>> for Metrics {
    fn from(list: Vec<M>) -> Metrics {
        Metrics(list.into_iter().map(Into::into).collect())
    }
}

impl From<()> for Metrics {
    fn from((): ()) -> Metrics {
        Metrics::default()
    }
}

impl Default for Compile {
    fn default() -> Compile {
        Compile::new(Adam::default())
    }
}

impl Compile {
    /// With an optimizer, by name or as a record; losses and metrics are to be added.
    pub fn new(optimizer: impl Into<Choice<dyn Optimizer>>) -> Compile {
        Compile {
            optimizer: optimizer.into(),
            loss: PerOutput::None,
            loss_weights: PerOutput::None,
            metrics: PerOutput::None,
            weighted_metrics: PerOutput::None,
        }
    }

    /// The loss, of every output.
    pub fn loss(mut self, loss: impl Into<Choice<dyn Loss>>) -> Compile {
        self.loss = PerOutput::All(loss.into());
        self
    }

    /// The loss of one output.
    pub fn loss_of(mut self, output: &str, loss: impl Into<Choice<dyn Loss>>) -> Compile {
        self.loss.set(output, loss.into());
        self
    }

    /// How much the loss of one output counts in the sum; 1 if not set.
    pub fn loss_weight_of(mut self, output: &str, weight: f64) -> Compile {
        self.loss_weights.set(output, weight);
        self
    }

    /// The metrics, without sample weights. With several outputs use [`Compile::metrics_of`].
    pub fn metrics(mut self, metrics: impl Into<Metrics>) -> Compile {
        self.metrics = PerOutput::All(metrics.into());
        self
    }

    /// The metrics of one output.
    pub fn metrics_of(mut self, output: &str, metrics: impl Into<Metrics>) -> Compile {
        self.metrics.set(output, metrics.into());
        self
    }

    /// Metrics to which sample weights and class weights apply.
    pub fn weighted_metrics(mut self, metrics: impl Into<Metrics>) -> Compile {
        self.weighted_metrics = PerOutput::All(metrics.into());
        self
    }

    /// The weighted metrics of one output.
    pub fn weighted_metrics_of(mut self, output: &str, metrics: impl Into<Metrics>) -> Compile {
        self.weighted_metrics.set(output, metrics.into());
        self
    }

    /// Checks every name, so that a mistake is reported by `compile` and not by `fit`.
    pub(crate) fn check(&self) -> Result<()> {
        self.optimizer.get()?;
        for loss in self.loss.values() {
            if !chosen_by_shape(loss.given_name(), &["crossentropy", "ce"]) {
                loss.get()?.validate()?;
            }
        }
        for metrics in self.metrics.values().chain(self.weighted_metrics.values()) {
            for metric in &metrics.0 {
                if !chosen_by_shape(metric.given_name(), &["accuracy", "acc"]) {
                    metric.get()?.validate()?;
                }
            }
        }
        Ok(())
    }

    /// Keras's `compile_config`. The optimizer's part is the caller's.
    pub(crate) fn config(&self, optimizer: Json) -> Result<Json> {
        let metrics = |m: &Metrics| -> Result<Json> {
            m.0.iter().map(choice_config).collect::<Result<Vec<_>>>().map(Json::from)
        };
        Ok(json!({
            "optimizer": optimizer,
            "loss": self.loss.config(choice_config)?,
            "loss_weights": self.loss_weights.config(|w| Ok(json!(w)))?,
            "metrics": self.metrics.config(metrics)?,
            "weighted_metrics": self.weighted_metrics.config(metrics)?,
            "run_eagerly": false,
            "steps_per_execution": 1,
            "jit_compile": false,
        }))
    }

    /// Reads Keras's `compile_config`.
    pub(crate) fn from_config(config: &Map<String, Json>) -> Result<Compile> {
        let get = |key: &str| config.get(key).unwrap_or(&Json::Null);
        let optimizer = Choice::from_value(get("optimizer"))
            .map_err(|e| e.during(text!(en: "the optimizer", ko: "최적화 방법")))?;
        let weight = |v: &Json| v.as_f64().ok_or_else(|| malformed("loss_weights", v));
        Ok(Compile {
            optimizer,
            loss: PerOutput::from_config(get("loss"), "loss", by_name_or_value)?,
            loss_weights: PerOutput::from_config(get("loss_weights"), "loss_weights", weight)?,
            metrics: Metrics::per_output(get("metrics"), "metrics")?,
            weighted_metrics: Metrics::per_output(get("weighted_metrics"), "weighted_metrics")?,
        })
    }
}

fn malformed(key: &str, value: &Json) -> Error {
    Error::format(text!(
        en: "\"{key}\" of the compile configuration is not what it should be",
        ko: "compile 설정의 \"{key}\"이(가) 올바르지 않습니다"
    ))
    .given(key, value)
}

/// Whether a name stands for one of several records, to be chosen by the shapes of the data.
fn chosen_by_shape(name: Option<&str>, names: &[&str]) -> bool {
    name.is_some_and(|n| names.contains(&n.to_lowercase().as_str()))
}

/// A choice as Keras writes it in a compile configuration: its name, if it was given by name.
fn choice_config<F: crate::record::Family + ?Sized>(choice: &Choice<F>) -> Result<Json> {
    match choice.given_name() {
        Some(name) => Ok(name.into()),
        None => choice.serialize(),
    }
}

/// Reads a choice: a name whose meaning depends on the data's shapes stays a name.
fn by_name_or_value<F: crate::record::Family + ?Sized>(value: &Json) -> Result<Choice<F>> {
    match value.as_str() {
        Some(name) => Ok(Choice::from(name)),
        None => Choice::from_value(value),
    }
}

impl Metrics {
    fn read(value: &Json) -> Result<Metrics> {
        match value {
            Json::Array(list) => list.iter().map(by_name_or_value).collect::<Result<_>>(),
            Json::Null => Ok(Vec::new()),
            one => Ok(vec![by_name_or_value(one)?]),
        }
        .map(Metrics)
    }

    /// Keras's `metrics`: a flat list for all outputs, a list of lists for each, or an object by name.
    fn per_output(value: &Json, key: &str) -> Result<PerOutput<Metrics>> {
        match value {
            Json::Null => Ok(PerOutput::None),
            Json::Array(list) if list.iter().any(Json::is_array) => {
                let each = |v: &Json| match v {
                    Json::Null => Ok(None),
                    v => Metrics::read(v).map(Some),
                };
                list.iter().map(each).collect::<Result<_>>().map(PerOutput::Each)
            }
            Json::Array(_) => Metrics::read(value).map(PerOutput::All),
            Json::Object(_) => PerOutput::from_config(value, key, Metrics::read),
            other => Err(malformed(key, other)),
        }
    }
}

impl<T: Clone> PerOutput<T> {
    fn set(&mut self, output: &str, value: T) {
        match self {
            PerOutput::Named(list) => list.push((output.to_string(), value)),
            _ => *self = PerOutput::Named(vec![(output.to_string(), value)]),
        }
    }

    fn values(&self) -> impl Iterator<Item = &T> {
        let list: Vec<&T> = match self {
            PerOutput::None => Vec::new(),
            PerOutput::All(one) => vec![one],
            PerOutput::Each(list) => list.iter().flatten().collect(),
            PerOutput::Named(list) => list.iter().map(|(_, v)| v).collect(),
        };
        list.into_iter()
    }

    /// One for each output of a model.
    fn resolve(&self, what: &str, names: &[String]) -> Result<Vec<Option<T>>> {
        match self {
            PerOutput::None => Ok(vec![None; names.len()]),
            PerOutput::All(one) => Ok(vec![Some(one.clone()); names.len()]),
            PerOutput::Each(list) if list.len() == names.len() => Ok(list.clone()),
            PerOutput::Each(list) => Err(Error::value(text!(
                en: "{what} has {} entries for {} outputs", list.len(), names.len();
                ko: "출력은 {1}개인데 {what}의 항목은 {0}개입니다", list.len(), names.len()
            ))
            .expected(names.join(", "))),
            PerOutput::Named(list) => {
                let mut found = vec![None; names.len()];
                for (name, value) in list {
                    let at = names.iter().position(|n| n == name).ok_or_else(|| {
                        let names: Vec<&str> = names.iter().map(String::as_str).collect();
                        crate::record::unknown_name(
                            &text!(en: "output of the model", ko: "모델의 출력"),
                            name,
                            &names,
                        )
                    })?;
                    found[at] = Some(value.clone());
                }
                Ok(found)
            }
        }
    }

    fn config(&self, write: impl Fn(&T) -> Result<Json>) -> Result<Json> {
        match self {
            PerOutput::None => Ok(Json::Null),
            PerOutput::All(one) => write(one),
            PerOutput::Each(list) => {
                let one = |v: &Option<T>| v.as_ref().map_or(Ok(Json::Null), &write);
                list.iter().map(one).collect::<Result<Vec<_>>>().map(Json::from)
            }
            PerOutput::Named(list) => {
                let entry = |(n, v): &(String, T)| Ok((n.clone(), write(v)?));
                list.iter().map(entry).collect::<Result<Map<_, _>>>().map(Json::from)
            }
        }
    }

    fn from_config(
        value: &Json,
        key: &str,
        read: impl Fn(&Json) -> Result<T>,
    ) -> Result<PerOutput<T>> {
        let read = |v: &Json| {
            read(v)
                .map_err(|e| e.during(text!(en: "\"{key}\" of compile", ko: "compile의 \"{key}\"")))
        };
        match value {
            Json::Null => Ok(PerOutput::None),
            Json::Array(list) => {
                let one = |v: &Json| if v.is_null() { Ok(None) } else { read(v).map(Some) };
                list.iter().map(one).collect::<Result<_>>().map(PerOutput::Each)
            }
            Json::Object(map) if !map.contains_key("class_name") => {
                let entry = |(n, v): (&String, &Json)| Ok((n.clone(), read(v)?));
                map.iter().map(entry).collect::<Result<_>>().map(PerOutput::Named)
            }
            one => read(one).map(PerOutput::All),
        }
    }
}

/// What is computed from one output.
pub(crate) struct Output {
    pub(crate) loss: Option<Choice<dyn Loss>>,
    pub(crate) loss_weight: Option<f64>,
    /// The mean of the output's own loss, where a model has several.
    pub(crate) tracker: Option<String>,
    /// The names under which the logs show the metrics, and the metrics.
    pub(crate) metrics: Vec<(String, MetricRef)>,
    pub(crate) weighted_metrics: Vec<(String, MetricRef)>,
}

/// Chooses losses and metrics for the outputs of a model, given the shapes of targets and outputs.
pub(crate) fn resolve(
    compile: &Compile,
    names: &[String],
    targets: &[Dims],
    outputs: &[Dims],
) -> Result<Vec<Output>> {
    let loss = compile.loss.resolve("loss", names)?;
    let weights = compile.loss_weights.resolve("loss_weights", names)?;
    let one_for_all = |m: &PerOutput<Metrics>, what: &str| -> Result<Vec<Option<Metrics>>> {
        if names.len() > 1 && matches!(m, PerOutput::All(list) if !list.0.is_empty()) {
            return Err(Error::value(text!(
                en: "the model has several outputs: say which {what} are of which",
                ko: "모델의 출력이 여럿입니다. {what}을(를) 출력마다 정하세요"
            ))
            .expected(names.join(", ")));
        }
        m.resolve(what, names)
    };
    let metrics = one_for_all(&compile.metrics, "metrics")?;
    let weighted = one_for_all(&compile.weighted_metrics, "weighted_metrics")?;
    let several = loss.iter().flatten().count() > 1;
    let mut all = Vec::new();
    for (i, name) in names.iter().enumerate() {
        let chosen = match &loss[i] {
            Some(choice) => Some(match choice.given_name() {
                Some(name) => losses::resolve(name, &targets[i], &outputs[i])?,
                None => choice.clone(),
            }),
            None => None,
        };
        let list = |metrics: &Option<Metrics>| -> Result<Vec<(String, MetricRef)>> {
            let metrics = metrics.as_ref().map_or(&[][..], |m| &m.0);
            metrics.iter().map(|m| metric(m, &targets[i], &outputs[i])).collect()
        };
        all.push(Output {
            tracker: chosen.as_ref().filter(|_| several).map(|_| format!("{name}_loss")),
            loss: chosen,
            loss_weight: weights[i],
            metrics: list(&metrics[i])?,
            weighted_metrics: list(&weighted[i])?,
        });
    }
    name_metrics(&mut all, names);
    Ok(all)
}

fn metric(
    choice: &Choice<dyn Metric>,
    target: &Dims,
    output: &Dims,
) -> Result<(String, MetricRef)> {
    let metric = match choice.given_name() {
        Some(name) => MetricRef::new(metrics::resolve(name, target, output)?)?.named(name),
        None => MetricRef::new(choice.clone())?,
    };
    metric.build(output)?;
    Ok((metric.name().to_string(), metric))
}

/// Gives the logs' names as Keras does: the output's name in front where there are several, a
/// number or `weighted_` where a name would come twice.
fn name_metrics(outputs: &mut [Output], names: &[String]) {
    let several = names.len() > 1;
    let full = |output: usize, name: &str| match several {
        true => format!("{}_{name}", names[output]),
        false => name.to_string(),
    };
    let mut used: Vec<(String, usize)> = Vec::new();
    // The name with a number behind it if it was used before.
    let mut numbered = |name: String| match used.iter_mut().find(|(n, _)| *n == name) {
        None => {
            used.push((name.clone(), 1));
            (name, false)
        }
        Some((_, count)) => {
            *count += 1;
            (format!("{name}_{}", *count - 1), true)
        }
    };
    for (i, output) in outputs.iter_mut().enumerate() {
        for (name, metric) in &mut output.metrics {
            *name = numbered(full(i, metric.name())).0;
        }
    }
    let unweighted: Vec<String> =
        outputs.iter().flat_map(|o| o.metrics.iter().map(|(n, _)| n.clone())).collect();
    for (i, output) in outputs.iter_mut().enumerate() {
        for (name, metric) in &mut output.weighted_metrics {
            let plain = full(i, metric.name());
            let taken = unweighted.contains(&plain);
            let wanted =
                if taken { full(i, &format!("weighted_{}", metric.name())) } else { plain };
            *name = numbered(wanted).0;
        }
    }
}
