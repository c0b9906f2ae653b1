//! The arguments, and their help in both languages.

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use seodang::Lang;
use std::ffi::OsString;
use std::path::PathBuf;

/// Learn from your data: compare methods, train them and networks, and use them.
#[derive(Parser, Debug)]
#[command(name = "seodang", version, max_term_width = 100, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand, Debug)]
pub(crate) enum Command {
    /// Find out which method suits a CSV file best, measured on it, and save that one
    Compare(Compare),
    /// Train a network or another method and write model, pictures and a report
    Train(Train),
    /// Predict for an image file, a CSV file or one CSV row
    Predict(Predict),
    /// Measure a saved model on a data set
    Evaluate(Evaluate),
    /// Show the layers of a model
    Summary(Summary),
    /// Run a Python program written for TensorFlow or Keras, with Seodang in their place
    Run(Run),
}

#[derive(Args, Debug)]
pub(crate) struct Compare {
    /// A CSV file, or digits, iris, wine, breast_cancer
    pub(crate) data: String,
    /// The column to predict
    #[arg(long, value_name = "COLUMN")]
    pub(crate) target: Option<String>,
    /// How many seconds it may take
    #[arg(long, default_value_t = 60.0)]
    pub(crate) seconds: f64,
    /// classification or regression [default: by what the column holds]
    #[arg(long, value_parser = ["classification", "regression"])]
    pub(crate) task: Option<String>,
    /// Some of knn, linear, bayes, svm, tree, forest, boosting, mlp, by commas [default: all]
    #[arg(long, value_delimiter = ',')]
    pub(crate) methods: Vec<String>,
    /// The seed of all randomness
    #[arg(long, default_value_t = 0)]
    pub(crate) seed: u64,
    /// Where to write [default: runs/NAME]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Print one JSON object instead of the table
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Train {
    /// digits, iris, wine, breast_cancer, mnist, fashion-mnist, or a CSV file
    pub(crate) data: String,
    /// mlp, cnn, a file with a Keras model configuration (JSON), or for tables forest, boosting, tree,
    /// knn, svm, linear, logistic, bayes [default: mlp]
    #[arg(long)]
    pub(crate) model: Option<String>,
    /// A parameter of such a method, as scikit-learn names it; may stand several times
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) set: Vec<String>,
    /// classification or regression, for such a method [default: by what the column holds]
    #[arg(long, value_parser = ["classification", "regression"])]
    pub(crate) task: Option<String>,
    /// Passes over the training data [default: depends on the data]
    #[arg(long)]
    pub(crate) epochs: Option<usize>,
    /// Examples in a training step [default: 32]
    #[arg(long)]
    pub(crate) batch_size: Option<usize>,
    /// Learning rate of the Adam optimizer [default: 0.001]
    #[arg(long)]
    pub(crate) lr: Option<f64>,
    /// The seed of all randomness: equal seeds give equal results [default: 0]
    #[arg(long)]
    pub(crate) seed: Option<u64>,
    /// The column of a CSV file to predict
    #[arg(long, value_name = "COLUMN")]
    pub(crate) target: Option<String>,
    /// Where to write [default: runs/NAME]
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Go on with the interrupted training in the output folder
    #[arg(long)]
    pub(crate) resume: bool,
    /// Print one JSON object per line instead of progress
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Predict {
    /// A saved model, or the folder of a training run
    pub(crate) model: PathBuf,
    /// An image file, a CSV file, or one CSV row in quotes
    pub(crate) input: String,
    /// Print one JSON object per line
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Evaluate {
    /// A saved model, or the folder of a training run
    pub(crate) model: PathBuf,
    /// A data set's name (its test part is used) or a CSV file [default: what it was trained on]
    pub(crate) data: Option<String>,
    /// The column that is predicted [default: the model's, or the only one that it does not take]
    #[arg(long)]
    pub(crate) target: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Summary {
    /// A saved model, the folder of a training run, or a file with a model configuration (JSON)
    pub(crate) model: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct Run {
    /// A Python program (or `-m MODULE`, `-c CODE`, `-` for the standard input) and its arguments;
    /// `--report` before it lists the names of TensorFlow and Keras that it uses
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
    pub(crate) program: Vec<OsString>,
}

/// Korean help: the command or argument by its path, and the text.
const KOREAN: &[(&str, &str)] = &[
    ("", "데이터에서 배웁니다. 방법을 비교하고, 방법과 신경망을 훈련하고, 사용합니다."),
    ("compare", "CSV 파일에 어떤 방법이 가장 맞는지 직접 재서 알아보고 그 모델을 저장합니다"),
    ("compare data", "CSV 파일 또는 digits, iris, wine, breast_cancer"),
    ("compare target", "예측할 열"),
    ("compare seconds", "걸려도 되는 시간(초)"),
    ("compare task", "classification(분류) 또는 regression(회귀) [기본값: 열의 내용에 따라 다름]"),
    (
        "compare methods",
        "knn, linear, bayes, svm, tree, forest, boosting, mlp 중에서 쉼표로 구분 [기본값: 모두]",
    ),
    ("compare seed", "모든 난수의 시드"),
    ("compare out", "결과를 쓸 폴더 [기본값: runs/이름]"),
    ("compare json", "표 대신 JSON 객체 하나로 출력"),
    ("train", "신경망이나 다른 방법을 훈련하고 모델, 그림, 보고서를 씁니다"),
    (
        "train task",
        "그런 방법의 classification(분류) 또는 regression(회귀) [기본값: 열의 내용에 따라 다름]",
    ),
    ("train set", "그런 방법의 매개변수(사이킷런의 이름), 여러 번 쓸 수 있습니다"),
    ("train data", "digits, iris, wine, breast_cancer, mnist, fashion-mnist 또는 CSV 파일"),
    (
        "train model",
        "mlp, cnn, Keras 모델 구성(JSON) 파일 또는 표에는 forest, boosting, tree, knn, svm, linear, \
         logistic, bayes [기본값: mlp]",
    ),
    ("train epochs", "훈련 데이터를 몇 번 되풀이할지 [기본값: 데이터에 따라 다름]"),
    ("train batch_size", "훈련 한 단계의 예제 수 [기본값: 32]"),
    ("train lr", "Adam 최적화의 학습률 [기본값: 0.001]"),
    ("train seed", "모든 난수의 시드: 시드가 같으면 결과도 같습니다 [기본값: 0]"),
    ("train target", "예측할 CSV 열"),
    ("train out", "결과를 쓸 폴더 [기본값: runs/이름]"),
    ("train resume", "출력 폴더에 있는 중단된 훈련을 이어서 합니다"),
    ("train json", "진행 표시 대신 한 줄에 JSON 객체 하나씩 출력"),
    ("predict", "그림 파일, CSV 파일 또는 CSV 한 행을 예측합니다"),
    ("predict model", "저장된 모델 또는 훈련 결과 폴더"),
    ("predict input", "그림 파일, CSV 파일 또는 따옴표로 묶은 CSV 한 행"),
    ("predict json", "한 줄에 JSON 객체 하나씩 출력"),
    ("evaluate", "저장된 모델을 데이터로 평가합니다"),
    ("evaluate model", "저장된 모델 또는 훈련 결과 폴더"),
    ("evaluate data", "데이터 이름(시험 데이터를 씁니다) 또는 CSV 파일 [기본값: 훈련했던 데이터]"),
    ("evaluate target", "예측할 열 [기본값: 모델이 아는 열, 또는 모델이 받지 않는 유일한 열]"),
    ("evaluate json", "JSON 객체 하나로 출력"),
    ("summary", "모델의 층을 보여 줍니다"),
    ("summary model", "저장된 모델, 훈련 결과 폴더 또는 모델 구성(JSON) 파일"),
    ("run", "텐서플로나 케라스로 쓴 파이썬 프로그램을 Seodang으로 실행합니다"),
    (
        "run program",
        "파이썬 프로그램(또는 `-m 모듈`, `-c 코드`, 표준 입력은 `-`)과 그 인수; \
         앞에 `--report`를 쓰면 사용한 텐서플로와 케라스의 이름을 보여 줍니다",
    ),
];

fn korean(path: &str) -> Option<&'static str> {
    KOREAN.iter().find(|(p, _)| *p == path).map(|(_, text)| *text)
}

fn examples(path: &str, lang: Lang) -> String {
    let lines: &[&str] = match path {
        "" => &[
            "seodang train digits",
            "seodang predict runs/digits digit.png",
            "seodang compare customers.csv --target churned",
            "seodang summary runs/digits",
        ],
        "compare" => &[
            "seodang compare customers.csv --target churned",
            "seodang compare houses.csv --target price --seconds 300 --methods linear,forest,boosting",
            "seodang predict runs/customers new_customers.csv",
        ],
        "train" => &[
            "seodang train digits",
            "seodang train mnist --model cnn --epochs 3",
            "seodang train customers.csv --target churned --out runs/churn",
            "seodang train customers.csv --target churned --model forest --set n_estimators=300",
            "seodang train mnist --resume",
        ],
        "predict" => &[
            "seodang predict runs/mnist drawing.png",
            "seodang predict runs/iris \"5.1,3.5,1.4,0.2\"",
            "seodang predict runs/churn new_customers.csv --json",
        ],
        "evaluate" => {
            &["seodang evaluate runs/mnist", "seodang evaluate runs/churn customers.csv --json"]
        }
        "run" => &["seodang run homework.py", "seodang run --report homework.py --epochs 5"],
        _ => &["seodang summary runs/digits", "seodang summary model.json"],
    };
    let (examples, codes) = match lang {
        Lang::En => (
            "Examples",
            "Exit codes: 0 done, 1 a failure of ours, 2 something given was wrong, 130 interrupted",
        ),
        Lang::Ko => ("예", "종료 코드: 0 완료, 1 내부 오류, 2 잘못된 입력, 130 중단됨"),
    };
    let list: Vec<String> = lines.iter().map(|l| format!("  {l}")).collect();
    format!("{examples}:\n{}\n\n{codes}", list.join("\n"))
}

/// The arguments of this process; prints help or an error and exits where clap does.
pub(crate) fn parse() -> Cli {
    let matches = command(Lang::current()).get_matches();
    Cli::from_arg_matches(&matches).unwrap_or_else(|e| e.exit())
}

/// The command with its help in one language.
fn command(lang: Lang) -> clap::Command {
    let mut command = Cli::command().after_help(examples("", lang));
    if let Some(about) = korean("").filter(|_| lang == Lang::Ko) {
        command = command.about(about);
    }
    let names: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_string()).collect();
    for name in names {
        command = command.mut_subcommand(&name, |sub| {
            let sub = sub.after_help(examples(&name, lang));
            if lang == Lang::En {
                return sub;
            }
            let about = korean(&name).unwrap_or_default();
            let arguments: Vec<String> =
                sub.get_arguments().map(|a| a.get_id().to_string()).collect();
            arguments.iter().fold(sub.about(about), |sub, id| {
                match korean(&format!("{name} {id}")) {
                    Some(help) => sub.mut_arg(id, |a| a.help(help)),
                    None => sub,
                }
            })
        });
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_is_well_formed_in_both_languages() {
        command(Lang::En).debug_assert();
        command(Lang::Ko).debug_assert();
    }

    #[test]
    fn every_command_and_argument_has_korean_help() {
        let all = Cli::command();
        for sub in all.get_subcommands() {
            assert!(korean(sub.get_name()).is_some(), "{}", sub.get_name());
            for arg in
                sub.get_arguments().filter(|a| !["help", "version"].contains(&a.get_id().as_str()))
            {
                let path = format!("{} {}", sub.get_name(), arg.get_id());
                assert!(korean(&path).is_some(), "no Korean help for {path}");
            }
        }
    }
}
