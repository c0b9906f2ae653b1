//! The networks that `--model mlp` and `--model cnn` stand for.

use crate::prepare::{Input as Kind, Prepared};
use seodang::compare::METHODS;
use seodang::data::Task;
use seodang::prelude::*;
use seodang::{Error, Result, text};

/// The model of that name for the data, or the one a JSON file configures.
pub(crate) fn build(name: &str, data: &Prepared) -> Result<Model> {
    match name {
        "mlp" => mlp(data),
        "cnn" => cnn(data),
        path if path.ends_with(".json") => from_file(path),
        other => Err(unknown(other)),
    }
}

/// Whether there is such a model, before any data is read.
///
/// # Errors
/// `Value`, with the names that there are.
pub(crate) fn check(name: &str) -> Result<()> {
    match matches!(name, "mlp" | "cnn") || name.ends_with(".json") {
        true => Ok(()),
        false => Err(unknown(name)),
    }
}

fn unknown(name: &str) -> Error {
    let methods: Vec<&str> = METHODS.iter().map(|m| m.key).filter(|m| *m != "mlp").collect();
    let methods = methods.join(", ");
    Error::value(text!(en: "unknown model \"{name}\"", ko: "알 수 없는 모델 \"{name}\"")).expected(
        text!(
            en: "mlp, cnn, a file that ends in .json, or for tables {methods}",
            ko: "mlp, cnn, .json으로 끝나는 파일, 또는 표라면 {methods}"
        ),
    )
}

/// The model a JSON file configures.
pub(crate) fn from_file(path: &str) -> Result<Model> {
    let text = std::fs::read_to_string(path).map_err(|e| {
        Error::io(text!(en: "cannot read the model \"{path}\"", ko: "모델 \"{path}\"을(를) 읽을 수 없습니다"))
            .source_error(e)
    })?;
    Model::from_json(&text).map_err(|e| e.during(path.to_string()))
}

/// The last layer: one probability per class, or one number.
fn head(network: Sequential, data: &Prepared) -> Result<Model> {
    let last = match data.task {
        Task::Classification => Dense::new(data.class_names.len()).activation("softmax"),
        Task::Regression => Dense::new(1),
    };
    network.add(last).build()
}

fn mlp(data: &Prepared) -> Result<Model> {
    match &data.input {
        // One hidden layer, as every first course draws it.
        Kind::Image { height, width, max } => head(
            Sequential::new()
                .name("mlp")
                .add(Input::new([*height, *width, 1]).dtype(DType::U8))
                .add(Rescaling::new(1.0 / f64::from(*max)))
                .add(Flatten::new())
                .add(Dense::new(128).activation("relu"))
                .add(Dropout::new(0.2)),
            data,
        ),
        Kind::Table { width } => head(
            Sequential::new()
                .name("mlp")
                .add(Input::new([*width]))
                .add(Dense::new(64).activation("relu"))
                .add(Dense::new(64).activation("relu")),
            data,
        ),
    }
}

fn cnn(data: &Prepared) -> Result<Model> {
    let Kind::Image { height, width, max } = &data.input else {
        return Err(Error::value(text!(
            en: "a cnn looks at images, and this data is a table",
            ko: "cnn은 그림을 다루는데 이 데이터는 표입니다"
        ))
        .hint(text!(en: "use --model mlp", ko: "--model mlp를 쓰세요")));
    };
    head(
        Sequential::new()
            .name("cnn")
            .add(Input::new([*height, *width, 1]).dtype(DType::U8))
            .add(Rescaling::new(1.0 / f64::from(*max)))
            .add(Conv2D::new(32, 3).activation("relu").padding(Padding::Same))
            .add(MaxPooling2D::new())
            .add(Conv2D::new(64, 3).activation("relu").padding(Padding::Same))
            .add(MaxPooling2D::new())
            .add(Flatten::new())
            .add(Dropout::new(0.5)),
        data,
    )
}
