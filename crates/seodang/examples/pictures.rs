//! Draws every kind of picture into a folder: `cargo run --example pictures -- FOLDER`.
//!
//! The numbers are made up; look at the pictures after a change to the charts.

use seodang::plot::{
    BarChart, Chart, ConfusionMatrix, ImageSheet, LineChart, Series, SheetImage, save,
    training_curves,
};
use seodang::report::{Report, Section, Table, Topic};
use seodang_core::{Lang, Result};
use std::path::Path;

/// Made-up curves: loss and accuracy for training and validation.
fn curves(epochs: usize, lang: Lang) -> seodang::plot::Panels {
    let wave = |i: usize| ((i * 37 % 17) as f64 / 17.0 - 0.5) * 0.03;
    let column = |f: &dyn Fn(f64) -> f64| -> Vec<f64> {
        (0..epochs).map(|i| f(i as f64) + wave(i)).collect()
    };
    let loss = column(&|e| 2.2 * (-e / 3.0).exp() + 0.05);
    let val_loss = column(&|e| 2.1 * (-e / 3.2).exp() + 0.11 + 0.002 * e);
    let accuracy = column(&|e| 0.97 - 0.55 * (-e / 3.0).exp());
    let val_accuracy = column(&|e| 0.95 - 0.5 * (-e / 3.0).exp());
    training_curves(
        [
            ("loss", &loss[..]),
            ("accuracy", &accuracy),
            ("val_loss", &val_loss),
            ("val_accuracy", &val_accuracy),
        ],
        lang,
    )
}

/// A made-up confusion matrix in which neighbours are confused.
fn confusion(names: Vec<String>, lang: Lang) -> Result<ConfusionMatrix> {
    let n = names.len();
    let count = |t: usize, p: usize| match t.abs_diff(p) {
        0 => 900 + (t as u64 * 131) % 200,
        1 => (t as u64 * 7 + p as u64 * 3) % 23,
        d => u64::from((t * 31 + p * 17).is_multiple_of(3 * d)),
    };
    let counts = (0..n * n).map(|i| count(i / n, i % n)).collect();
    ConfusionMatrix::new(names, counts, lang)
}

/// A made-up handwritten stroke: a slanted ring.
fn ring(side: usize, seed: usize) -> Vec<u8> {
    let (middle, lean) = (side as f64 / 2.0 - 0.5, (seed % 7) as f64 * 0.1 - 0.3);
    let pixel = |i: usize| {
        let (y, x) = ((i / side) as f64 - middle, (i % side) as f64 - middle);
        let distance = ((x + lean * y) / 0.6).hypot(y) - side as f64 * 0.33;
        (255.0 * (1.4 - distance.abs() * 14.0 / side as f64).clamp(0.0, 1.0)) as u8
    };
    (0..side * side).map(pixel).collect()
}

fn misread(n: usize, side: usize, lang: Lang) -> Result<ImageSheet> {
    let image = |i: usize| {
        let captions = format!("{} → {}", i % 10, (i * 3 + 1) % 10);
        let image = SheetImage::gray(side, side, &ring(side, i))?.caption(captions);
        Ok(image.note(format!("{}%", 51 + i * 7 % 49)))
    };
    let images = (0..n).map(image).collect::<Result<Vec<_>>>()?;
    Ok(ImageSheet::misread(images, n * 3, lang))
}

/// A report with every kind of part.
fn report(lang: Lang) -> Result<Report> {
    let pick = |en: &'static str, ko: &'static str| if lang == Lang::Ko { ko } else { en };
    let digits = (0..10).map(|d| d.to_string()).collect();
    let layers = Table::new([
        pick("Layer", "층"),
        pick("Output shape", "출력 모양"),
        pick("Parameters", "매개변수"),
    ])
    .row(["dense (Dense)", "(None, 128)", "8,320"])
    .row(["dropout (Dropout)", "(None, 128)", "0"])
    .row(["dense_1 (Dense)", "(None, 10)", "1,290"]);
    let mut history = Table::new(["epoch", "loss", "accuracy", "val_loss", "val_accuracy"]);
    for i in 1..=20 {
        let x = 1.0 / f64::from(i);
        let cells = [2.2 * x, 1.0 - 0.6 * x, 2.1 * x + 0.1, 0.98 - 0.6 * x];
        history = history.row([i.to_string()].into_iter().chain(cells.map(|c| format!("{c:.4}"))));
    }
    Ok(Report::new(pick("digits: handwritten digits", "digits: 손글씨 숫자"), lang)
        .lead(pick(
            "A network with one hidden layer, trained on 1,437 images of 8 × 8 pixels.",
            "은닉층이 하나인 신경망을 8 × 8 픽셀 그림 1,437장으로 훈련했습니다.",
        ))
        .summary(pick("Test accuracy", "시험 정확도"), "98.10%")
        .summary(pick("Test loss", "시험 손실"), "0.0712")
        .summary(pick("Time", "걸린 시간"), pick("4.2 s", "4.2초"))
        .summary(pick("Seed", "시드"), "0")
        .section(Section::on(Topic::Curves, lang).picture(&curves(20, lang)))
        .section(Section::on(Topic::Confusion, lang).picture(&confusion(digits, lang)?))
        .section(Section::on(Topic::Misread, lang).picture(&misread(12, 8, lang)?))
        .section(Section::on(Topic::Data, lang).facts([
            (pick("Training rows", "훈련 데이터"), "1,437"),
            (pick("Test rows", "시험 데이터"), "360"),
            (pick("Classes", "클래스"), "0, 1, 2, 3, 4, 5, 6, 7, 8, 9"),
        ]))
        .section(Section::on(Topic::Model, lang).table(layers))
        .section(
            Section::on(Topic::Parameters, lang)
                .facts([("epochs", "20"), ("batch_size", "32"), ("optimizer", "adam"), ("learning_rate", "0.001")]),
        )
        .section(Section::on(Topic::History, lang).table(history))
        .section(
            Section::on(Topic::Reproduce, lang)
                .text(pick("The same command gives the same numbers:", "같은 명령은 같은 결과를 냅니다:"))
                .code("seodang train digits --model mlp --epochs 20 --batch-size 32 --lr 0.001 --seed 0"),
        )
        .footer("Seodang 0.1.0"))
}

fn main() -> Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "runs/pictures".to_owned());
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder)
        .map_err(|e| seodang_core::Error::io("the folder cannot be made").source_error(e))?;
    let keep = |name: &str, chart: &dyn Chart| -> Result<()> {
        save(folder.join(format!("{name}.svg")), chart)?;
        save(folder.join(format!("{name}.png")), chart)
    };
    let digits = || (0..10).map(|d| d.to_string()).collect::<Vec<_>>();
    keep("curves", &curves(20, Lang::En))?;
    keep("curves-ko", &curves(3, Lang::Ko))?;
    keep("confusion", &confusion(digits(), Lang::En)?)?;
    let clothes = [
        "티셔츠",
        "바지",
        "풀오버 스웨터",
        "원피스",
        "코트",
        "샌들",
        "셔츠",
        "운동화",
        "가방",
        "발목까지 오는 아주 긴 부츠",
    ];
    keep("confusion-ko", &confusion(clothes.map(str::to_owned).to_vec(), Lang::Ko)?)?;
    keep("confusion-2", &confusion(vec!["stays".into(), "churned".into()], Lang::En)?)?;
    let many = (0..100).map(|i| format!("class {i}")).collect();
    keep("confusion-100", &confusion(many, Lang::En)?)?;
    keep("misread", &misread(20, 28, Lang::En)?)?;
    keep("misread-ko", &misread(5, 8, Lang::Ko)?)?;
    keep("misread-none", &misread(0, 8, Lang::Ko)?)?;
    let bars = BarChart::new("Importance of features")
        .x_label("mean decrease in impurity")
        .bars([("petal length (cm)", 0.441), ("petal width (cm)", 0.423), ("꽃받침 길이", 0.113)])
        .bars([("sepal width (cm)", 0.023), ("noise", -0.05), ("broken", f64::NAN)]);
    keep("bars", &bars)?;
    let gaps = [1e7, 4e6, f64::NAN, 2e6, f64::INFINITY, 1.5e6, 1.2e6, 1.1e6];
    let lines = LineChart::new("Gaps, one point, huge values")
        .x_label("Epoch")
        .y_label("Loss")
        .whole_x(true)
        .series(Series::epochs("with gaps", &gaps))
        .series(Series::new("one point", [(4.0, 8e6)]))
        .series(
            Series::new("dashed", (1..=8).map(|i| (f64::from(i), 1e6 * f64::from(i)))).dashed(true),
        )
        .series(Series::epochs("empty", &[]));
    keep("lines", &lines)?;
    for (name, lang) in [("report", Lang::En), ("report-ko", Lang::Ko)] {
        report(lang)?.save(folder.join(format!("{name}.html")))?;
    }
    Ok(())
}
