//! Estimators made of others: transformers of some columns each, steps one after another, and votes.
//!
//! Their parts are estimators and no plain parameters, so they have records of their own, and the table
//! of all estimators does not list them; a file names them, and holds their parts whole.

mod column_transformer;
mod parts;
mod pipeline;
mod voting;

pub(crate) use column_transformer::fitted as fitted_columns;
pub use column_transformer::{ColumnTransformer, Columns, Part};
pub use pipeline::Pipeline;
pub(crate) use pipeline::fitted as fitted_steps;
pub use voting::{Voter, VotingClassifier, VotingRegressor, hard_voting, voting};

use crate::estimator::{Fitted, Model, cannot};
use crate::state::{State, broken};
use crate::target::Classes;
use seodang_core::Result;
use std::any::Any;

/// A part of a fitted `Pipeline`, `ColumnTransformer` or vote.
#[derive(Debug)]
pub struct FittedPart {
    /// Its name.
    pub name: String,
    /// The part, with the classes of the whole if it is one that predicts; nothing for columns that
    /// stay as they are.
    pub fitted: Option<Fitted>,
    /// Its columns, of a `ColumnTransformer`.
    pub columns: Option<Vec<usize>>,
}

/// The parts of a fitted `Pipeline`, `ColumnTransformer` or vote, copied.
///
/// # Errors
/// `Unsupported` for any other estimator.
pub fn parts(whole: &Fitted) -> Result<Vec<FittedPart>> {
    let model: &dyn Any = &*whole.model;
    let predicts = |name: &str, step: &Fitted, last: bool| {
        let mut fitted = copied(step)?;
        if last && fitted.classes.is_empty() {
            fitted.classes.clone_from(&whole.classes);
        }
        Ok(FittedPart { name: name.into(), fitted: Some(fitted), columns: None })
    };
    if let Some(pipeline) = model.downcast_ref::<pipeline::PipelineModel>() {
        let last = pipeline.parts().len();
        let parts = pipeline.parts().enumerate();
        return parts.map(|(i, (name, step))| predicts(name, step, i + 1 == last)).collect();
    }
    if let Some(vote) = model.downcast_ref::<voting::VotingModel>() {
        let parts = vote.parts().map(|(name, voter)| {
            let mut part = predicts(name, voter, true)?;
            // What is counted is the number of a class, as in scikit-learn.
            if let (true, Some(fitted)) = (vote.hard, &mut part.fitted) {
                let numbers = whole.classes.iter().map(Classes::numbered);
                fitted.classes = numbers.collect::<Result<_>>()?;
            }
            Ok(part)
        });
        return parts.collect();
    }
    let Some(model) = model.downcast_ref::<column_transformer::ColumnTransformerModel>() else {
        return Err(cannot("parts"));
    };
    let part = |(name, part, columns): (&str, &Fitted, &[usize])| {
        let (fitted, columns) = (Some(copied(part)?), Some(columns.to_vec()));
        Ok(FittedPart { name: name.into(), fitted, columns })
    };
    let mut all = model.parts().map(part).collect::<Result<Vec<_>>>()?;
    if !model.rest().is_empty() {
        let columns = Some(model.rest().to_vec());
        all.push(FittedPart { name: "remainder".into(), fitted: None, columns });
    }
    Ok(all)
}

fn copied(fitted: &Fitted) -> Result<Fitted> {
    let mut state = State::default();
    fitted.model.store(&mut state, "")?;
    let model: Box<dyn Model> = fitted.estimator.restore(&mut state)?;
    if !state.arrays.is_empty() {
        return Err(broken("parts"));
    }
    Ok(Fitted {
        estimator: fitted.estimator.boxed(),
        model,
        classes: fitted.classes.clone(),
        features: fitted.features,
        names: fitted.names.clone(),
        schema: fitted.schema.clone(),
        warnings: Vec::new(),
        notes: fitted.notes.clone(),
    })
}
