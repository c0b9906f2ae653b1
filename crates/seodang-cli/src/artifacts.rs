//! What a training run leaves in its folder: history, result, pictures, report.

use crate::prepare::{Input, Prepared, count};
use seodang::files::replace;
use seodang::nn::Model;
use seodang::nn::training::{History, Logs};
use seodang::plot::{ConfusionMatrix, ImageSheet, SheetImage, save, training_curves};
use seodang::report::{Report, Section, Table, Topic};
use seodang::{Lang, Result, Text, text};
use serde_json::{Value, json};
use std::path::Path;

/// How many misread images the sheet shows.
const SHEET: usize = 40;
/// Above this many classes a confusion matrix helps nobody.
const CLASSES: usize = 200;

/// The numbers of a finished run.
pub(crate) struct Outcome<'a> {
    pub(crate) data: &'a Prepared,
    pub(crate) model: &'a Model,
    pub(crate) history: &'a History,
    pub(crate) test: Logs,
    pub(crate) train: Logs,
    /// The model's outputs for the test examples, row after row.
    pub(crate) outputs: Vec<f64>,
    pub(crate) seed: u64,
    pub(crate) seconds: f64,
    /// The options, for the report.
    pub(crate) facts: Vec<(String, String)>,
    /// The command that repeats the run.
    pub(crate) command: String,
}

/// The history as CSV: epochs from 1, one column for each loss and metric.
pub(crate) fn history_csv(history: &History) -> String {
    let names: Vec<&str> = history.names().collect();
    let mut out = format!("epoch,{}\n", names.join(","));
    let rows = names.first().and_then(|n| history.get(n)).map_or(0, <[f64]>::len);
    for i in 0..rows {
        let cells = names
            .iter()
            .map(|n| history.get(n).and_then(|c| c.get(i)).map_or(String::new(), f64::to_string));
        out += &format!("{},{}\n", i + 1, cells.collect::<Vec<_>>().join(","));
    }
    out
}

impl Outcome<'_> {
    /// `result.json`.
    pub(crate) fn result(&self) -> Value {
        json!({
            "test": crate::evaluate::object(&self.test),
            "train": crate::evaluate::object(&self.train),
            "seed": self.seed,
            "seconds": self.seconds,
        })
    }

    /// Writes everything into the folder.
    pub(crate) fn write(&self, folder: &Path, lang: Lang) -> Result<()> {
        replace(folder.join("history.csv"), history_csv(self.history).as_bytes())?;
        let result = serde_json::to_string_pretty(&self.result()).unwrap_or_default();
        replace(folder.join("result.json"), result.as_bytes())?;
        let mut report = self.head(lang);
        let curves = self.curves(lang);
        save(folder.join("curves.png"), &curves)?;
        report = report.section(Section::on(Topic::Curves, lang).picture(&curves));
        if let Some(matrix) = self.confusion(lang)? {
            save(folder.join("confusion_matrix.png"), &matrix)?;
            report = report.section(Section::on(Topic::Confusion, lang).picture(&matrix));
        }
        if let Some(sheet) = self.misread(lang)? {
            save(folder.join("misread.png"), &sheet)?;
            report = report.section(Section::on(Topic::Misread, lang).picture(&sheet));
        }
        self.tail(report, lang).save(folder.join("report.html"))
    }

    fn curves(&self, lang: Lang) -> seodang::plot::Panels {
        let shown = self.history.names().filter(|n| *n != "learning_rate");
        let columns: Vec<(&str, &[f64])> =
            shown.filter_map(|n| self.history.get(n).map(|c| (n, c))).collect();
        training_curves(columns, lang)
    }

    /// The true and the predicted class of each test example.
    fn labels(&self) -> (Vec<usize>, Vec<usize>) {
        let truth = self.data.test.1.to_f64_vec().iter().map(|&y| y as usize).collect();
        let best = |row: &[f64]| {
            let top = row.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
            top.map_or(0, |(i, _)| i)
        };
        let width = self.data.class_names.len().max(1);
        (truth, self.outputs.chunks(width).map(best).collect())
    }

    fn confusion(&self, lang: Lang) -> Result<Option<ConfusionMatrix>> {
        let names = &self.data.class_names;
        if names.is_empty() || names.len() > CLASSES {
            return Ok(None);
        }
        let (truth, predicted) = self.labels();
        ConfusionMatrix::from_labels(names.clone(), &truth, &predicted, lang).map(Some)
    }

    fn misread(&self, lang: Lang) -> Result<Option<ImageSheet>> {
        let Input::Image { height, width, max } = self.data.input else { return Ok(None) };
        let (truth, predicted) = self.labels();
        let classes = self.data.class_names.len();
        let wrong: Vec<usize> = (0..truth.len()).filter(|&i| truth[i] != predicted[i]).collect();
        let pixels = self.data.test.0.bytes();
        let names = &self.data.class_names;
        let images = wrong.iter().take(SHEET).map(|&i| {
            let image = &pixels[i * height * width..(i + 1) * height * width];
            let scaled: Vec<u8> =
                image.iter().map(|&p| (u32::from(p) * 255 / u32::from(max.max(1))) as u8).collect();
            let sure = 100.0 * self.outputs[i * classes + predicted[i]];
            let caption = format!("{} → {}", names[truth[i]], names[predicted[i]]);
            Ok(SheetImage::gray(width, height, &scaled)?
                .caption(caption)
                .note(format!("{sure:.0}%"))
                .inverted())
        });
        Ok(Some(ImageSheet::misread(images.collect::<Result<Vec<_>>>()?, wrong.len(), lang)))
    }

    fn head(&self, lang: Lang) -> Report {
        let t = |text: Text| text.get(lang).to_string();
        let rows = |a: &seodang::Array| count(a.shape().first().copied().unwrap_or(0)).en;
        let (train, test) = (rows(&self.data.train.0), rows(&self.data.test.0));
        let (data, model) = (&self.data.name, self.model.name());
        let mut report = Report::new(format!("Seodang · {data}"), lang).lead(t(text!(
            en: "The network {model}, trained on {train} examples of {data} and tested on {test} others.",
            ko: "{data}의 예제 {train}개로 신경망 {model}을(를) 훈련하고 다른 {test}개로 시험했습니다."
        )));
        for (name, value) in self.test.iter() {
            let shown = if name == "accuracy" {
                format!("{:.2}%", 100.0 * value)
            } else {
                format!("{value:.4}")
            };
            report = report.summary(t(metric(name)), shown);
        }
        let seconds = self.seconds;
        report
            .summary(
                t(text!(en: "Time", ko: "걸린 시간")),
                t(text!(en: "{seconds:.1} s", ko: "{seconds:.1}초")),
            )
            .summary(t(text!(en: "Seed", ko: "시드")), self.seed.to_string())
    }

    fn tail(&self, report: Report, lang: Lang) -> Report {
        let t = |text: Text| text.get(lang).to_string();
        let names: Vec<&str> = self.history.names().collect();
        let mut table = Table::new(std::iter::once("epoch").chain(names.iter().copied()));
        for (i, line) in history_csv(self.history).lines().skip(1).enumerate() {
            let cells = line
                .split(',')
                .skip(1)
                .map(|v| v.parse::<f64>().map_or(v.to_string(), |v| format!("{v:.4}")));
            table = table.row(std::iter::once((i + 1).to_string()).chain(cells));
        }
        report
            .section(Section::on(Topic::Model, lang).code(self.model.summary()))
            .section(Section::on(Topic::Parameters, lang).facts(self.facts.clone()))
            .section(Section::on(Topic::History, lang).table(table))
            .section(
                Section::on(Topic::Reproduce, lang)
                    .text(t(text!(
                        en: "The same command gives the same numbers:",
                        ko: "같은 명령은 같은 결과를 냅니다:"
                    )))
                    .code(self.command.clone()),
            )
            .footer(format!("Seodang {}", env!("CARGO_PKG_VERSION")))
    }
}

/// A metric's name in words.
pub(crate) fn metric(name: &str) -> Text {
    match name {
        "loss" => text!(en: "Test loss", ko: "시험 손실"),
        "accuracy" => text!(en: "Test accuracy", ko: "시험 정확도"),
        other => text!(en: "Test {other}", ko: "시험 {other}"),
    }
}
