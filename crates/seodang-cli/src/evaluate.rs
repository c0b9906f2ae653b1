//! `seodang evaluate`.

use crate::args::Evaluate as Args;
use crate::{INTERRUPTED, saved, table_model};
use seodang::nn::training::{Evaluate, Logs, Verbose};
use seodang::{Error, Result, text};
use serde_json::{Map, Value};

pub(crate) fn run(args: &Args) -> Result<()> {
    if let Some(model) = table_model::load(&args.model)? {
        return table_model::evaluate(&model, args);
    }
    let mut saved = saved::load(&args.model)?;
    if args.target.is_some() {
        return Err(Error::value(text!(
            en: "a network predicts the column that it was trained for",
            ko: "신경망은 훈련할 때 정한 열을 예측합니다"
        ))
        .hint(text!(en: "leave out --target", ko: "--target을 빼세요")));
    }
    let (x, y) = saved.card()?.examples(args.data.as_deref())?;
    let verbose = if args.json { Verbose::Silent } else { Verbose::Auto };
    let options = Evaluate::new().verbose(verbose).interrupt(&INTERRUPTED);
    let logs = saved.model.evaluate((x, y), options)?;
    if args.json {
        println!("{}", Value::Object(object(&logs)));
    } else {
        for (name, value) in logs.iter() {
            println!("{name}: {value:.4}");
        }
    }
    Ok(())
}

/// Names and values as a JSON object.
pub(crate) fn object(logs: &Logs) -> Map<String, Value> {
    logs.iter().map(|(name, value)| (name.to_string(), value.into())).collect()
}
