//! `seodang predict`.

use crate::args::Predict as Args;
use crate::prepare::Card;
use crate::{INTERRUPTED, saved, table_model};
use seodang::nn::training::Predict;
use seodang::{Result, text};
use serde_json::{Map, Value, json};

pub(crate) fn run(args: &Args) -> Result<()> {
    if let Some(model) = table_model::load(&args.model)? {
        return table_model::predict(&model, args);
    }
    let saved = saved::load(&args.model)?;
    let card = saved.card()?;
    let (labels, rows) = card.read(&args.input)?;
    let options = Predict::new().interrupt(&INTERRUPTED);
    let outputs = saved.model.predict_with(rows, options)?;
    let values = outputs[0].to_f64_vec();
    let width = values.len() / labels.len().max(1);
    for (label, row) in labels.iter().zip(values.chunks(width.max(1))) {
        if args.json {
            println!("{}", object(&card, label, row));
        } else {
            println!("{label}: {}", sentence(&card, row));
        }
    }
    Ok(())
}

/// The classes with their probabilities, most probable first.
pub(crate) fn ranked<'a>(names: &'a [String], row: &[f64]) -> Vec<(&'a str, f64)> {
    let mut all: Vec<(&str, f64)> =
        names.iter().map(String::as_str).zip(row.iter().copied()).collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1));
    all
}

fn object(card: &Card, label: &str, row: &[f64]) -> Value {
    if card.regression {
        return json!({ "input": label, "prediction": row[0] });
    }
    let ranked = ranked(&card.class_names, row);
    class_object(label, &ranked)
}

/// A predicted class with the probabilities of all.
pub(crate) fn class_object(label: &str, ranked: &[(&str, f64)]) -> Value {
    let probabilities: Map<String, Value> =
        ranked.iter().map(|(name, p)| (name.to_string(), (*p).into())).collect();
    json!({ "input": label, "prediction": ranked[0].0, "probabilities": probabilities })
}

fn sentence(card: &Card, row: &[f64]) -> String {
    if card.regression {
        return format!("{:.6}", row[0]);
    }
    class_sentence(&ranked(&card.class_names, row))
}

/// A predicted class in words: how probable it is, and which others are.
pub(crate) fn class_sentence(ranked: &[(&str, f64)]) -> String {
    let (name, p) = ranked[0];
    let others: Vec<String> = (ranked[1..].iter().take(2))
        .filter(|(_, p)| *p >= 0.005)
        .map(|(name, p)| format!("{name} {:.1}%", 100.0 * p))
        .collect();
    if others.is_empty() {
        return format!("{name} ({:.1}%)", 100.0 * p);
    }
    let others = others.join(", ");
    text!(
        en: "{name} ({:.1}%; else {others})", 100.0 * p;
        ko: "{name} ({:.1}%, 그 밖에 {others})", 100.0 * p
    )
    .to_string()
}
