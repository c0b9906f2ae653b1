//! `seodang train`.

use crate::artifacts::{Outcome, history_csv, metric};
use crate::prepare::{Prepared, prepare};
use crate::saved::{CARD, CHECKPOINT, MODEL};
use crate::{INTERRUPTED, args, models, saved};
use seodang::data::Task;
use seodang::files::replace;
use seodang::nn::callbacks::{Callback, CallbackContext};
use seodang::nn::training::{Evaluate, Fit, History, Logs, Predict, TrainingState, Verbose};
use seodang::prelude::{Adam, Model};
use seodang::{Error, Lang, Result, text};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// The entry of a checkpoint that holds the [`Plan`].
const PLAN: &str = "seodang.train";

/// Everything the numbers of a run depend on; kept in its checkpoints.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Plan {
    data: String,
    target: Option<String>,
    model: String,
    epochs: usize,
    batch_size: usize,
    lr: f64,
    seed: u64,
    /// Seconds of training before this process.
    seconds: f64,
}

/// Prints one JSON object after each epoch.
struct JsonLines;

impl Callback for JsonLines {
    fn on_epoch_end(
        &mut self,
        _: &mut CallbackContext<'_>,
        epoch: usize,
        logs: &mut Logs,
    ) -> Result<()> {
        let mut line = crate::evaluate::object(logs);
        line.insert("epoch".into(), (epoch + 1).into());
        println!("{}", json!({ "epoch": line }));
        Ok(())
    }
}

pub(crate) fn run(args: &args::Train) -> Result<()> {
    if let Some(method) = args.model.as_deref().filter(|m| crate::compare::is_method(m)) {
        return crate::compare::train(method, args);
    }
    args.model.as_deref().map_or(Ok(()), models::check)?;
    if args.task.is_some() {
        return Err(Error::value(text!(
            en: "--task is for methods such as forest; a network's follows from the target",
            ko: "--task는 forest 같은 방법에 쓰는 옵션입니다. 신경망은 목표를 보고 정합니다"
        )));
    }
    if let Some(set) = args.set.first() {
        return Err(Error::value(text!(
            en: "--set {set}: networks have no such parameters",
            ko: "--set {set}: 신경망에는 이런 매개변수가 없습니다"
        )));
    }
    let folder = folder(args.out.as_ref(), &args.data);
    let (mut plan, unfinished) =
        if args.resume { resumed(args, &folder)? } else { (fresh(args), None) };
    let data = prepare(&plan.data, plan.target.as_deref())?;
    if plan.epochs == 0 {
        plan.epochs = default_epochs(&data);
    }
    make(&folder)?;
    seodang::nn::random::set_random_seed(plan.seed);
    let started = Instant::now();
    let (mut model, state) = match unfinished {
        Some((model, state)) => (model, Some(state)),
        None => (models::build(&plan.model, &data)?, None),
    };
    if state.is_none() {
        compile(&mut model, &data, plan.lr)?;
        if !args.json {
            println!("{}", model.summary());
        }
    }
    let card = serde_json::to_string(&data.card).unwrap_or_default();
    let history = fit(&mut model, &data, &plan, state, &card, &folder, args.json)?;
    if history.interrupted {
        return Err(interrupted(&history, args, &folder));
    }
    let outcome = measure(&mut model, &data, &history, &plan, started, args)?;
    outcome.model.save_with(folder.join(MODEL), &[(CARD, card.as_str())])?;
    outcome.write(&folder, Lang::current())?;
    // What is complete needs no state to resume from.
    let _ = std::fs::remove_file(folder.join(CHECKPOINT));
    show(&outcome, &folder, args.json);
    Ok(())
}

/// Where a command writes.
pub(crate) fn folder(out: Option<&PathBuf>, data: &str) -> PathBuf {
    out.cloned().unwrap_or_else(|| Path::new("runs").join(short_name(data)))
}

/// Makes a folder, if it is not there.
pub(crate) fn make(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(|e| {
        let shown = folder.display();
        Error::io(
            text!(en: "cannot make the folder {shown}", ko: "폴더 {shown}을(를) 만들 수 없습니다"),
        )
        .source_error(e)
    })
}

pub(crate) fn short_name(data: &str) -> String {
    Path::new(data).file_stem().map_or_else(|| "run".into(), |s| s.to_string_lossy().into_owned())
}

fn fresh(args: &args::Train) -> Plan {
    Plan {
        data: args.data.clone(),
        target: args.target.clone(),
        model: args.model.clone().unwrap_or_else(|| "mlp".into()),
        epochs: args.epochs.unwrap_or(0),
        batch_size: args.batch_size.unwrap_or(32),
        lr: args.lr.unwrap_or(1e-3),
        seed: args.seed.unwrap_or(0),
        seconds: 0.0,
    }
}

/// The plan of the checkpoint; options that are given must agree with it, except for more epochs.
fn resumed(args: &args::Train, folder: &Path) -> Result<(Plan, Option<(Model, TrainingState)>)> {
    let path = folder.join(CHECKPOINT);
    let shown = path.display();
    if !path.exists() {
        return Err(Error::io(text!(
            en: "there is nothing to resume: {shown} does not exist",
            ko: "이어서 할 훈련이 없습니다: {shown}이(가) 없습니다"
        ))
        .hint(text!(
            en: "a finished run has no checkpoint; leave --resume out to train anew",
            ko: "끝난 훈련에는 체크포인트가 없습니다. 새로 훈련하려면 --resume을 빼세요"
        )));
    }
    let saved = saved::read(&path)?;
    let plan: Option<Plan> = saved.metadata(PLAN).and_then(|text| serde_json::from_str(text).ok());
    let (Some(mut plan), Some(state)) = (plan, saved.training_state()?) else {
        return Err(Error::format(text!(
            en: "{shown} was not written by `seodang train`",
            ko: "{shown}은(는) `seodang train`이 쓴 파일이 아닙니다"
        )));
    };
    let wanted = fresh(args);
    let differs =
        |name: &str, given: bool, same: bool| (given && !same).then(|| format!("--{name}"));
    let conflicts: Vec<String> = [
        differs("data", true, wanted.data == plan.data),
        differs("target", args.target.is_some(), wanted.target == plan.target),
        differs("model", args.model.is_some(), wanted.model == plan.model),
        differs("batch-size", args.batch_size.is_some(), wanted.batch_size == plan.batch_size),
        differs("lr", args.lr.is_some(), wanted.lr == plan.lr),
        differs("seed", args.seed.is_some(), wanted.seed == plan.seed),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !conflicts.is_empty() {
        let conflicts = conflicts.join(", ");
        return Err(Error::value(text!(
            en: "{conflicts}: not what the interrupted training was started with",
            ko: "{conflicts}: 중단된 훈련을 시작할 때와 다릅니다"
        ))
        .hint(text!(
            en: "leave them out to go on, or leave --resume out to train anew",
            ko: "이어서 하려면 이 옵션을 빼고, 새로 훈련하려면 --resume을 빼세요"
        )));
    }
    plan.epochs = args.epochs.unwrap_or(plan.epochs);
    let model = Model::from_saved(&saved).map_err(|e| e.during(path.display().to_string()))?;
    Ok((plan, Some((model, state))))
}

/// Enough passes for the data: small tables need many, large image sets few.
fn default_epochs(data: &Prepared) -> usize {
    match data.train.0.shape().first().copied().unwrap_or(0) {
        0..=1_000 => 100,
        1_001..=5_000 => 80,
        5_001..=20_000 => 15,
        _ => 5,
    }
}

fn compile(model: &mut Model, data: &Prepared, lr: f64) -> Result<()> {
    match data.task {
        Task::Classification => {
            model.compile(Adam::new(lr), "sparse_categorical_crossentropy", ["accuracy"])
        }
        Task::Regression => model.compile(Adam::new(lr), "mse", ["mae"]),
    }
}

fn fit(
    model: &mut Model,
    data: &Prepared,
    plan: &Plan,
    state: Option<TrainingState>,
    card: &str,
    folder: &Path,
    json: bool,
) -> Result<History> {
    let mut options = Fit::new()
        .epochs(plan.epochs)
        .batch_size(plan.batch_size)
        .seed(plan.seed)
        .validation_split(if data.train.0.shape()[0] >= 50 { 0.1 } else { 0.0 })
        .verbose(if json { Verbose::Silent } else { Verbose::Auto })
        .interrupt(&INTERRUPTED)
        .checkpoint(folder.join(CHECKPOINT))
        .metadata(CARD, card)
        .metadata(PLAN, serde_json::to_string(plan).unwrap_or_default());
    if json {
        options = options.callback(JsonLines);
    }
    if let Some(state) = state {
        options = options.resume(state);
    }
    model.fit((&data.train.0, &data.train.1), options)
}

fn interrupted(history: &History, args: &args::Train, folder: &Path) -> Error {
    let done = history.epochs.len();
    let _ = replace(folder.join("history.csv"), history_csv(history).as_bytes());
    let data = &args.data;
    let out = args.out.as_ref().map_or(String::new(), |o| format!(" --out {}", o.display()));
    let e = Error::interrupted(text!(
        en: "interrupted after {done} complete epochs",
        ko: "{done}개 에포크를 마치고 중단되었습니다"
    ));
    if done == 0 {
        return e;
    }
    e.hint(text!(
        en: "go on with: seodang train {data}{out} --resume",
        ko: "이어서 하기: seodang train {data}{out} --resume"
    ))
}

fn measure<'a>(
    model: &'a mut Model,
    data: &'a Prepared,
    history: &'a History,
    plan: &Plan,
    started: Instant,
    args: &args::Train,
) -> Result<Outcome<'a>> {
    let evaluate = || Evaluate::new().batch_size(256).interrupt(&INTERRUPTED);
    let test = model.evaluate((&data.test.0, &data.test.1), evaluate())?;
    let train = model.evaluate((&data.train.0, &data.train.1), evaluate())?;
    let outputs =
        model.predict_with(&data.test.0, Predict::new().batch_size(256).interrupt(&INTERRUPTED))?;
    let outputs = outputs[0].to_f64_vec();
    let seconds = plan.seconds + started.elapsed().as_secs_f64();
    let mut command = format!("seodang train {}", plan.data);
    for (name, value) in [
        ("target", plan.target.clone()),
        ("model", Some(plan.model.clone())),
        ("epochs", Some(plan.epochs.to_string())),
        ("batch-size", Some(plan.batch_size.to_string())),
        ("lr", Some(plan.lr.to_string())),
        ("seed", Some(plan.seed.to_string())),
        ("out", args.out.as_ref().map(|o| o.display().to_string())),
    ] {
        if let Some(value) = value {
            command += &format!(" --{name} {value}");
        }
    }
    let facts = vec![
        ("optimizer".to_string(), "adam".to_string()),
        ("learning_rate".to_string(), plan.lr.to_string()),
        ("batch_size".to_string(), plan.batch_size.to_string()),
        ("epochs".to_string(), plan.epochs.to_string()),
        ("seed".to_string(), plan.seed.to_string()),
    ];
    Ok(Outcome {
        data,
        model,
        history,
        test,
        train,
        outputs,
        seed: plan.seed,
        seconds,
        facts,
        command,
    })
}

/// The closing words.
fn show(outcome: &Outcome<'_>, folder: &Path, json: bool) {
    if json {
        println!("{}", json!({ "result": outcome.result() }));
        return;
    }
    println!();
    for (name, value) in outcome.test.iter() {
        println!("{}: {value:.4}", metric(name));
    }
    let files: Vec<PathBuf> = ["report.html", MODEL].iter().map(|f| folder.join(f)).collect();
    let [report, model] = [&files[0], &files[1]].map(|p| p.display());
    println!("{}", text!(en: "Report: {report}", ko: "보고서: {report}"));
    println!("{}", text!(en: "Model:  {model}", ko: "모델:   {model}"));
}
