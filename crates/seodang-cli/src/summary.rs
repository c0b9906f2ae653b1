//! `seodang summary`.

use crate::args::Summary;
use crate::{models, saved, table_model};
use seodang::Result;

pub(crate) fn run(args: &Summary) -> Result<()> {
    if let Some(model) = table_model::load(&args.model)? {
        println!("{}", table_model::summary(&model));
        return Ok(());
    }
    let path = args.model.to_string_lossy();
    let model = if path.ends_with(".json") {
        models::from_file(&path)?
    } else {
        saved::load(&args.model)?.model
    };
    println!("{}", model.summary());
    Ok(())
}
