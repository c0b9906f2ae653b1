//! Fits of the winner: to rows of their own, from the columns of tables to the answer.

use super::methods::{Candidate, View};
use super::model::{targets, unscaled};
use super::preparation::transformer;
use super::search::Search;
use super::text_columns::TextColumn;
use seodang_core::{ErrorKind, Result};
use seodang_learn::compose::{Pipeline, voting};
use seodang_learn::stop::until;
use seodang_learn::{Estimator, Features, Fitted};

/// A setting that is fitted, alone or as one of several whose answers are averaged.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// Its name among the others.
    pub(crate) name: String,
    pub(crate) candidate: Candidate,
    pub(crate) view: View,
    /// How much it counts.
    pub(crate) weight: f64,
}

impl Part {
    /// A setting alone.
    pub(crate) fn alone(candidate: Candidate, view: View) -> Part {
        Part { name: "model".into(), candidate, view, weight: 1.0 }
    }
}

/// The class of the estimator that parts make, and its parameters as Python writes them; of an average
/// these are its parts.
pub(crate) fn described(parts: &[Part]) -> Result<(String, Vec<(String, String)>)> {
    if let [part] = parts {
        let values = part.candidate.estimator()?.values();
        let values = values.iter().map(|(n, v)| ((*n).to_owned(), v.repr())).collect();
        return Ok((part.candidate.class.to_owned(), values));
    }
    let of = |p: &Part| {
        let (class, set) = (p.candidate.class, p.candidate.describe());
        (p.name.clone(), format!("{:.3} * {class}({set})", p.weight))
    };
    Ok((voting_class(parts).to_owned(), parts.iter().map(of).collect()))
}

/// The class of an average of settings.
pub(crate) fn voting_class(parts: &[Part]) -> &'static str {
    let regressor = parts.iter().any(|p| {
        p.candidate.estimator().is_ok_and(|e| e.tags().task == seodang_learn::Task::Regressor)
    });
    if regressor { "VotingRegressor" } else { "VotingClassifier" }
}

/// What was learned of the texts, the fitted estimator, and the rows that both learned from.
type Learned<'r> = (Vec<TextColumn>, Fitted, &'r [usize]);

impl Search<'_> {
    /// [`Search::fit`] that ends at a time: with a third of the rows, and again, if all of them take too
    /// long. The last hundred rows are taken whatever their time. With the rows that were learned from;
    /// nothing, if that would be no more than the `known` that another fit had.
    pub(crate) fn fit_in_time<'r>(
        &self,
        parts: &[Part],
        rows: &'r [usize],
        known: usize,
        end: f64,
    ) -> Result<Option<Learned<'r>>> {
        let mut rows = rows;
        while rows.len() > known {
            let last = rows.len() / 3 < 100;
            let stop = self.clock.at(if last { f64::INFINITY } else { end });
            match until(stop, || self.fit(parts, rows)) {
                Err(e) if e.kind() == ErrorKind::Interrupted => rows = &rows[..rows.len() / 3],
                Err(e) => return Err(e),
                Ok((texts, fitted)) => return Ok(Some((texts, fitted, rows))),
            }
        }
        Ok(None)
    }

    /// Fits a setting, or an average of several, on rows of its own: pipelines over the columns, or for
    /// texts alone the estimators; and what was learned of the texts.
    pub(crate) fn fit(&self, parts: &[Part], rows: &[usize]) -> Result<(Vec<TextColumn>, Fitted)> {
        let data = &self.data.encoded;
        let texts = data.inputs.fit_texts(rows, &self.data.signs(rows));
        let y = self.data.of(rows);
        let schema = data.schema_with(&texts);
        let one = |part: &Part| -> Result<Fitted> {
            let (candidate, estimator) = (&part.candidate, part.candidate.estimator()?);
            if part.view == View::Grams {
                return self.learn(candidate, &*estimator, &data.grams(&texts, rows), &y);
            }
            let mut pipeline = Pipeline::new();
            if let Some(columns) = transformer(part.view, self.fill(candidate)?, &schema) {
                pipeline = pipeline.boxed_step("columns", columns);
            }
            let pipeline = pipeline.boxed_step("model", estimator).for_schema(&schema)?;
            let fitted = self.learn(candidate, &*pipeline, &data.rows(&texts, rows).into(), &y)?;
            fitted.with_schema(schema.clone())
        };
        let fitted = match parts {
            [part] => one(part)?,
            _ => {
                let fitted = parts.iter().map(|p| Ok((p.name.clone(), one(p)?, p.weight)));
                voting(fitted.collect::<Result<_>>()?)?
            }
        };
        Ok((texts, fitted))
    }

    /// Fits an estimator, the candidate's or a pipeline that ends in it.
    pub(crate) fn learn(
        &self,
        candidate: &Candidate,
        estimator: &(dyn Estimator + 'static),
        x: &Features<'_>,
        y: &[f64],
    ) -> Result<Fitted> {
        if candidate.class != "MLPRegressor" {
            return estimator.fit(x, Some(&targets(&self.data.reading, y)?), None);
        }
        // The steps of its descent suit quantities of size 1.
        let mean = y.iter().sum::<f64>() / y.len().max(1) as f64;
        let scale = self.data.spread();
        let y: Vec<f64> = y.iter().map(|y| (y - mean) / scale).collect();
        unscaled(estimator.fit(x, Some(&y.as_slice().into()), None)?, mean, scale)
    }
}
