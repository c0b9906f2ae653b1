//! `seodang compare`, and `seodang train` of one method.

use crate::saved::MODEL;
use crate::table_model::measures;
use crate::train::{folder, make, short_name};
use crate::{INTERRUPTED, args, compare_report, compare_table, prepare};
use seodang::compare::{self, Comparison, Method, Options, Progress};
use seodang::data::Task;
use seodang::files::replace;
use seodang::learn::Value as Setting;
use seodang::{Error, Lang, Result, text};
use serde_json::{Map, Value, json};
use std::io::{IsTerminal, Write};
use std::sync::atomic::Ordering;

/// The name of the score.
pub(crate) fn score_name(task: Task, lang: Lang) -> &'static str {
    match (task, lang) {
        (Task::Classification, Lang::En) => "accuracy",
        (Task::Classification, Lang::Ko) => "정확도",
        (Task::Regression, _) => "R²",
    }
}

pub(crate) fn run(args: &args::Compare) -> Result<()> {
    let lang = Lang::current();
    let begin = std::time::Instant::now();
    if !(args.seconds.is_finite() && args.seconds > 0.0) {
        return Err(Error::value(text!(
            en: "--seconds must be more than 0", ko: "--seconds는 0보다 커야 합니다"
        ))
        .given("seconds", args.seconds));
    }
    let (table, target) = prepare::table(&args.data, args.target.as_deref())?;
    let folder = folder(args.out.as_ref(), &args.data);
    make(&folder)?;
    let task = args.task.as_deref().map(task);
    // Reading the file is part of the time, and so is writing the report.
    let seconds = (args.seconds - begin.elapsed().as_secs_f64() - 0.5).max(0.5);
    let methods = args.methods.clone();
    let options =
        Options { seconds, seed: args.seed, task, methods, interrupt: Some(&INTERRUPTED) };
    if !args.json {
        eprintln!(
            "{}",
            text!(
                en: "comparing on {} rows for {:.0} seconds ...", prepare::count(table.rows()).en, args.seconds;
                ko: "{}개 행으로 {:.0}초 동안 비교합니다 ...", prepare::count(table.rows()).ko, args.seconds
            )
        );
    }
    let mut line = ProgressLine::new(!args.json && std::io::stderr().is_terminal());
    let found = compare::compare_with(&table, &target, &options, &mut |p| line.show(p, lang));
    line.clear();
    let found = found.map_err(|e| e.during(args.data.clone()))?;
    if INTERRUPTED.load(Ordering::SeqCst) {
        eprintln!(
            "{}",
            text!(
                en: "stopped: this is what was found until then", ko: "멈췄습니다. 그때까지 찾은 결과입니다"
            )
        );
    }
    let result = object(&found);
    let pretty = serde_json::to_string_pretty(&result).unwrap_or_default();
    replace(folder.join("result.json"), pretty.as_bytes())?;
    let command = command(args, &target);
    compare_report::write(&found, &short_name(&args.data), &command, &folder, lang)?;
    if args.json {
        println!("{result}");
    } else {
        println!("{}", compare_table::print(&found, lang));
    }
    found.model.save(folder.join(MODEL))?;
    if !args.json {
        let [report, model] = ["report.html", MODEL].map(|f| folder.join(f).display().to_string());
        println!("{}", text!(en: "Report: {report}", ko: "보고서: {report}"));
        println!("{}", text!(en: "Model:  {model}", ko: "모델:   {model}"));
    }
    Ok(())
}

/// Where a comparison is, on one line of a terminal that is written again and again.
struct ProgressLine {
    shown: bool,
}

impl ProgressLine {
    fn new(shown: bool) -> ProgressLine {
        ProgressLine { shown }
    }

    fn show(&mut self, p: &Progress, lang: Lang) {
        if self.shown {
            eprint!("\r\x1b[K{}", progress(p, lang));
            let _ = std::io::stderr().flush();
        }
    }

    fn clear(&mut self) {
        if self.shown {
            eprint!("\r\x1b[K");
        }
    }
}

/// `12/60 s [====>.....] 37 settings, best 0.8713 (boosted trees), now random forest`.
fn progress(p: &Progress, lang: Lang) -> String {
    const WIDTH: usize = 16;
    let share = (p.elapsed / p.seconds).clamp(0.0, 1.0);
    let done = ((share * WIDTH as f64) as usize).min(WIDTH - 1);
    let bar = format!("{}>{}", "=".repeat(done), ".".repeat(WIDTH - 1 - done));
    let (now, tried) = (p.method.name(lang), p.tried);
    let time = format!("{:.0}/{:.0}", p.elapsed, p.seconds);
    let said = match p.leader {
        None => text!(en: "{time} s [{bar}] {now}", ko: "{time}초 [{bar}] {now}"),
        Some((best, score)) => {
            let best = best.name(lang);
            text!(
                en: "{time} s [{bar}] {tried} settings, best {score:.4} ({best}), now {now}",
                ko: "{time}초 [{bar}] 설정 {tried}개, 최고 {score:.4} ({best}), 지금 {now}"
            )
        }
    };
    compare_table::cut(said.get(lang), 79)
}

/// `--task`.
fn task(name: &str) -> Task {
    if name == "regression" { Task::Regression } else { Task::Classification }
}

fn command(args: &args::Compare, target: &str) -> String {
    let mut out = format!("seodang compare {} --target {target}", args.data);
    out += &format!(" --seconds {} --seed {}", args.seconds, args.seed);
    if let Some(task) = &args.task {
        out += &format!(" --task {task}");
    }
    if !args.methods.is_empty() {
        out += &format!(" --methods {}", args.methods.join(","));
    }
    out
}

/// `result.json`.
fn object(found: &Comparison) -> Value {
    let classes = found.reading.class_names().len();
    let held: Map<String, Value> =
        measures(found.reading.task(), classes, &found.held.truth, &found.held.predictions)
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.into()))
            .collect();
    let methods: Vec<Value> = (found.methods.iter())
        .map(|m| {
            let curve: Vec<Value> =
                m.curve.iter().map(|p| json!([p.rows, p.score, p.fit])).collect();
            json!({
                "method": m.method.key,
                "class": m.candidate.class,
                "parameters": m.candidate.describe(),
                "score": m.score,
                "interval": [m.interval.low, m.interval.high],
                "ties_with_winner": m.ties_with_winner,
                "settings": m.tried,
                "rows": m.rows,
                "curve": curve,
                "fit_seconds": m.fit,
                "predict_seconds_per_row": m.predict,
                "one_core_seconds": m.axes.one_core,
                "all_cores": m.axes.all_cores,
                "memory_bytes": m.axes.memory,
                "raw": m.axes.raw,
                "prepared": m.axes.prepared,
            })
        })
        .collect();
    let notices: Vec<String> = found.notices.iter().map(|n| n.text().en).collect();
    json!({
        "winner": found.winner().method.key,
        "score": found.winner().score,
        "interval": [found.interval.low, found.interval.high],
        "held_out": held,
        "base": found.base,
        "rows": found.rows,
        "folds": found.folds,
        "methods": methods,
        "importances": found.importances,
        "validation_curve": found.validation.as_ref().map(|v| json!([v.parameter, v.points])),
        "warnings": notices,
        "seconds": found.seconds,
    })
}

/// Whether `--model` names a method and not a network.
pub(crate) fn is_method(name: &str) -> bool {
    name != "mlp" && Method::named(name).is_ok()
}

/// A parameter of `--set`: a number, `true`, `none`, or a word.
fn setting(text: &str) -> Result<(String, Setting)> {
    let Some((name, value)) = text.split_once('=') else {
        return Err(Error::value(text!(
            en: "--set {text} has no value", ko: "--set {text}에 값이 없습니다"
        ))
        .expected(text!(en: "NAME=VALUE", ko: "이름=값")));
    };
    let value = match value.to_ascii_lowercase().as_str() {
        "none" | "null" => Setting::None,
        "true" => true.into(),
        "false" => false.into(),
        word => match (word.parse::<i64>(), word.parse::<f64>()) {
            (Ok(i), _) => i.into(),
            (_, Ok(x)) => x.into(),
            _ => value.into(),
        },
    };
    Ok((name.to_owned(), value))
}

/// `seodang train --model forest`.
pub(crate) fn train(method: &str, args: &args::Train) -> Result<()> {
    let network = [
        ("--epochs", args.epochs.is_some()),
        ("--batch-size", args.batch_size.is_some()),
        ("--lr", args.lr.is_some()),
        ("--resume", args.resume),
    ];
    if let Some((option, _)) = network.into_iter().find(|o| o.1) {
        return Err(Error::value(text!(
            en: "{option} is for networks, and {method} is none",
            ko: "{option}은(는) 신경망에 쓰는 옵션인데 {method}은(는) 신경망이 아닙니다"
        )));
    }
    let (table, target) = prepare::table(&args.data, args.target.as_deref())?;
    let folder = folder(args.out.as_ref(), &args.data);
    make(&folder)?;
    let parameters = args.set.iter().map(|s| setting(s)).collect::<Result<Vec<_>>>()?;
    let task = args.task.as_deref().map(task);
    let options = Options { seed: args.seed.unwrap_or(0), task, ..Options::default() };
    let begin = std::time::Instant::now();
    let (model, notices, held) = compare::train(&table, &target, method, &parameters, &options)
        .map_err(|e| e.during(args.data.clone()))?;
    let reading = model.reading().clone();
    let classes = reading.class_names().len();
    let all = measures(reading.task(), classes, &held.truth, &held.predictions);
    let test: Map<String, Value> =
        all.iter().map(|(name, value)| ((*name).to_owned(), (*value).into())).collect();
    let result = json!({ "test": test, "seconds": begin.elapsed().as_secs_f64() });
    let pretty = serde_json::to_string_pretty(&result).unwrap_or_default();
    replace(folder.join("result.json"), pretty.as_bytes())?;
    let lang = Lang::current();
    let mut command = format!("seodang train {} --target {target} --model {method}", args.data);
    if let Some(task) = &args.task {
        command += &format!(" --task {task}");
    }
    args.set.iter().for_each(|s| command += &format!(" --set {s}"));
    let name = short_name(&args.data);
    compare_report::write_one(&model, &held, &notices, &all, &name, &command, &folder, lang)?;
    model.save(folder.join(MODEL))?;
    if args.json {
        println!("{}", json!({ "result": result }));
        return Ok(());
    }
    notices.iter().for_each(|n| eprintln!("! {}", n.text()));
    for (name, value) in &all {
        println!("{}: {value:.4}", crate::artifacts::metric(name));
    }
    let [report, model] = ["report.html", MODEL].map(|f| folder.join(f).display().to_string());
    println!("{}", text!(en: "Report: {report}", ko: "보고서: {report}"));
    println!("{}", text!(en: "Model:  {model}", ko: "모델:   {model}"));
    Ok(())
}
