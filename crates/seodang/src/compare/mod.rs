//! Which method suits a table best: measured on the table itself, within a time.
//!
//! [`compare`] reads the columns as people write them, tries each method on the same folds with settings
//! that it searches within the time, and measures what the course's table asks: how the methods depend
//! on the amount of data, on the hardware and on the preparation of the columns, what time they take,
//! and what they let one see. The winner is fitted to all rows; [`TableModel`] saves it, and predicts
//! for other tables.
//!
//! ```
//! use seodang::compare::{Options, compare};
//! let mut csv = String::from("length,colour,kind\n");
//! for i in 0..90 {
//!     let colour = ["red", "green"][i / 7 % 2];
//!     csv += &format!("{},{colour},{}\n", i % 30, ["short", "long"][usize::from(i % 30 > 14)]);
//! }
//! let table = seodang::data::csv::read(csv.as_bytes(), &Default::default())?;
//! let options = Options { seconds: 2.0, methods: vec!["knn".into()], ..Options::default() };
//! let comparison = compare(&table, "kind", &options)?;
//! assert!(comparison.winner().score > 0.8);
//! # Ok::<(), seodang::Error>(())
//! ```

mod average;
mod axes;
mod data;
mod fitting;
mod interval;
mod methods;
mod model;
mod notices;
mod planes;
mod preparation;
mod progress;
mod reading;
mod search;
mod space;
mod stages;
mod table_reader;
mod text_columns;
mod tuning;

pub use axes::{Axes, Insight, TreePart};
pub use interval::{Interval, interval};
pub use methods::{AVERAGE, Candidate, METHODS, Method, View};
pub use model::{Predictions, TableModel};
pub use notices::Notice;
pub use planes::{Plane, ValidationCurve};
pub use progress::Progress;
pub use reading::{ColumnUse, Reading, Use};
pub use search::CurvePoint;
pub use table_reader::TableReader;
pub use text_columns::TextColumn;

use data::{Data, Fold, folds};
use fitting::{Part, described};
use preparation::Encoded;
use progress::Clock;
use search::Search;
use seodang_core::random::Stream;
use seodang_core::{Error, Result, text};
use seodang_data::{Table, TargetKind, Task, stratified_split};
use std::sync::atomic::AtomicBool;
use tuning::{REFITS, SLACK};

/// How to compare.
#[derive(Clone, Debug)]
pub struct Options {
    /// The seconds that it may take.
    pub seconds: f64,
    /// The seed of all randomness.
    pub seed: u64,
    /// Whether to predict classes or quantities; `None` finds it out.
    pub task: Option<Task>,
    /// The names of the methods, as `forest`; none of them are all.
    pub methods: Vec<String>,
    /// A flag that ends the search when it is set, as a handler of Ctrl-C does: the result is what was
    /// found until then.
    pub interrupt: Option<&'static AtomicBool>,
}

impl Default for Options {
    fn default() -> Options {
        Options { seconds: 60.0, seed: 0, task: None, methods: Vec::new(), interrupt: None }
    }
}

/// What a method got.
#[derive(Debug)]
pub struct MethodResult {
    /// The method.
    pub method: Method,
    /// Its best setting.
    pub candidate: Candidate,
    /// The accuracy, or R², on the rows of all folds together.
    pub score: f64,
    /// Where the score on as many new rows as were held out will lie, 19 times out of 20.
    pub interval: Interval,
    /// Whether the difference to the winner may be chance.
    pub ties_with_winner: bool,
    /// How many settings were tried.
    pub tried: usize,
    /// The rows that it learned from in each fold: all, unless the time was too short.
    pub rows: usize,
    /// The score over the number of rows, of its first setting.
    pub curve: Vec<CurvePoint>,
    /// Seconds of a fit.
    pub fit: f64,
    /// Seconds of the prediction of one row.
    pub predict: f64,
    /// The other axes.
    pub axes: Axes,
}

/// The rows that no method saw before the winner was chosen.
#[derive(Clone, Debug)]
pub struct Held {
    /// Each row's class by number, or its quantity.
    pub truth: Vec<f64>,
    /// What the winner, fitted to the others, says.
    pub predictions: Predictions,
    /// Its accuracy, or R².
    pub score: f64,
}

/// What came out.
#[derive(Debug)]
pub struct Comparison {
    /// How the table was read.
    pub reading: Reading,
    /// What should be known before the scores are trusted.
    pub notices: Vec<Notice>,
    /// Rows that were learned from and predicted.
    pub rows: usize,
    /// Into how many parts they were cut.
    pub folds: usize,
    /// The methods, the best first.
    pub methods: Vec<MethodResult>,
    /// What always saying the most frequent class gets; 0, what always saying the mean gets.
    pub base: f64,
    /// The winner on the rows that were held out.
    pub held: Held,
    /// Where the winner's score on as many new rows will lie, from all rows that it did not learn from.
    pub interval: Interval,
    /// How much worse the winner gets when a column is shuffled, the most important first; none for
    /// texts alone.
    pub importances: Vec<(String, f64)>,
    /// The scores over its most important parameter, of the best method that has one, if there was time.
    pub validation: Option<ValidationCurve>,
    /// The winner's answers over the two columns of numbers that matter most, for classes.
    pub plane: Option<Plane>,
    /// The winner, fitted to all rows, or to as many as there was time for.
    pub model: TableModel,
    /// Seconds of all.
    pub seconds: f64,
}

impl Comparison {
    /// The best method.
    pub fn winner(&self) -> &MethodResult {
        &self.methods[0]
    }
}

/// The share of rows that are held out.
const HELD: f64 = 0.2;
/// Fewer rows cannot be cut into parts to learn from and to predict.
const FEWEST: usize = 20;
/// The most settings of one method: beyond these, what is gained is mostly the luck of the folds.
const MOST_SETTINGS: usize = 80;

/// Compares the methods on a table.
///
/// # Errors
/// `NotFound`, if there is no such target; `Value`, if there are too few rows, nothing to learn from or to
/// predict, a method that there is not, or none that works.
pub fn compare(table: &Table, target: &str, options: &Options) -> Result<Comparison> {
    compare_with(table, target, options, &mut |_| {})
}

/// [`compare`], which says where it is before each setting.
///
/// # Errors
/// As there; `Interrupted`, if it was to end before any method had a score.
pub fn compare_with(
    table: &Table,
    target: &str,
    options: &Options,
    report: &mut dyn FnMut(&Progress),
) -> Result<Comparison> {
    let clock = Clock::new(options.seconds, options.interrupt, report);
    if !options.seconds.is_finite() || options.seconds <= 0.0 {
        return Err(Error::value(text!(
            en: "the seconds must be more than 0", ko: "시간(초)은 0보다 커야 합니다"
        ))
        .given("seconds", options.seconds));
    }
    let methods = match options.methods.as_slice() {
        [] => METHODS.to_vec(),
        some => some.iter().map(|m| Method::named(m)).collect::<Result<_>>()?,
    };
    let (data, mut notices) = read(table, target, options.task, options.seed)?;
    // Where reading the columns took nearly all of the time, a little more must do.
    let floor = clock.elapsed() + (0.2 * options.seconds).min(1.0);
    // The report and the model's file are still to be written then.
    let end = (options.seconds * 0.92 - 0.5).max(floor);
    let labels: Vec<i64> = match data.task() {
        Task::Classification => data.y.iter().map(|&c| c as i64).collect(),
        Task::Regression => vec![0; data.y.len()],
    };
    let (rest, held) = stratified_split(&labels, HELD, options.seed)?;
    let k = match rest.len() {
        ..=10_000 => 5,
        10_001..=60_000 => 3,
        _ => 1,
    };
    // One fold is a fifth that is set aside once more.
    let cut = folds(&data, &rest, if k == 1 { 5 } else { k }).into_iter().take(k).collect();
    let mut search = Search::new(&data, cut, &methods, clock);
    let left = end - search.elapsed();
    if search.runners.is_empty() {
        return Err(not_for_it(&options.methods.join(", ")));
    }
    let share = left / search.runners.len() as f64;
    search.curves(0.25 * share);
    let early = search.elapsed();
    search.firsts(0.35 * share, early + 0.5 * (end - early));
    let mut axes = search.axes(0.006 * left);
    // Some of it for the pictures.
    let tuned = end - 0.07 * left;
    search.tune(tuned, MOST_SETTINGS);
    search.see_best(&mut axes, tuned + 0.01 * left);

    let Some(winner) = search.leader() else {
        if search.asked() {
            return Err(Error::interrupted(text!(
                en: "stopped before any method had a score",
                ko: "점수가 나온 방법이 없을 때 멈췄습니다"
            )));
        }
        let why = search.runners.iter().filter_map(|r| r.failed.clone()).next();
        return Err(Error::value(text!(
            en: "no method could learn from this table", ko: "이 표에서 배울 수 있는 방법이 없습니다"
        ))
        .given("reason", why.unwrap_or_default()));
    };
    let runner = &search.runners[winner];
    let best = runner.best().expect("the leader has a score");
    // What the average may take of the time that is left, some of it being for pictures.
    let average = search.average((end - search.elapsed() - 0.02 * left) / (SLACK * REFITS));
    let average = average.filter(|_| !search.asked());
    let leads = average.as_ref().is_some_and(|a| a.score >= best.score);
    let (parts, seconds, per_fold, said, crossed, slope) = match &average {
        Some(a) if leads => {
            let said = a.said.iter().flat_map(|s| s.values.iter().copied()).collect();
            (a.parts.clone(), a.fit + a.predict, a.predict, said, a.crossed.clone(), a.slope)
        }
        _ => {
            let alone = Part::alone(best.candidate.clone(), runner.view);
            let said = search.out_of_fold(winner);
            (vec![alone], best.seconds(), best.predict, said.clone(), said, runner.slope())
        }
    };
    let most = runner.rows;
    let rows_for = |n: usize| match most < search.folds[0].train.len() {
        // A method that was too slow for all rows stays with as many as it could take.
        true => most.min(n),
        false => n,
    };
    let (learn_from, all_rows) = (rows_for(rest.len()), rows_for(data.y.len()));
    let learn = &rest[..learn_from];
    // A second fit, to all rows, is to follow.
    let half = search.elapsed() + 0.5 * (end - search.elapsed());
    let first = search.fit_in_time(&parts, learn, 0, half)?;
    let (texts, fitted, learn) = first.expect("there are rows to learn from");
    let about = described(&parts)?;
    let model = TableModel::new(data.reading.clone(), texts, fitted, about.clone(), learn.len())?;
    let predictions = model.predict_rows(&data.encoded, &held)?;
    let held_score = data.score(&held, &predictions.values);
    let deadline = end - 1.6 * seconds;
    let importances = search.importances(&model, &held, deadline)?;
    // Neighbours and machines may take long for a picture's worth of points.
    let each = per_fold / search.folds[0].valid.len().max(1) as f64;
    let draws = each * (Plane::SIDE * Plane::SIDE) as f64 <= (0.05 * left).max(0.3);
    let plane = if draws { search.plane(&model, &importances, &held) } else { None };

    let new_rows = held.len();
    let mut truth = data.of(&search.valid_rows());
    truth.extend(data.of(&held));
    let crossed: Vec<f64> = crossed.into_iter().chain(predictions.values.iter().copied()).collect();
    let mut overall = interval(data.task(), &truth, &crossed, new_rows, options.seed);
    // The winner will learn from more rows than in the folds. If its curve still rises there, it may
    // become better than what was measured, by what the curve says.
    let more = all_rows as f64 / most.max(1) as f64;
    overall.high = (overall.high + slope * more.max(1.0).ln()).min(1.0);
    let mut results = search.results(axes, &said, new_rows);
    for runner in search.runners.iter().filter(|r| r.best().is_none()) {
        if let Some(why) = &runner.failed {
            let method = runner.method.name(seodang_core::Lang::current()).to_owned();
            notices.push(Notice::Skipped { method, why: why.clone() });
        }
    }
    results.sort_by(|a, b| b.score.total_cmp(&a.score));

    // All rows, in a random order.
    let all: Vec<usize> =
        Stream::new(options.seed, 5).permutation(data.y.len()).into_iter().take(all_rows).collect();
    // What learned from the rows that were not held out is better than one that had time for fewer.
    let model = match search.fit_in_time(&parts, &all, model.rows(), end)? {
        Some((texts, fitted, all)) => {
            TableModel::new(data.reading.clone(), texts, fitted, about, all.len())?
        }
        None => model,
    };
    if let Some(average) = &average {
        let row = search.average_row(average, &said, end + 0.02 * left, new_rows);
        // Of equal ones it is the first.
        let at = results.partition_point(|r| r.score > row.score);
        results.insert(at, row);
    }
    // Of the best method that has a parameter to vary.
    let validation =
        search.ranked().into_iter().find_map(|m| search.validation_curve(m, end + 0.03 * left));
    let base = base(&data);
    let (rows, count) = (data.y.len(), search.k);
    let seconds = search.elapsed();
    let held = Held { truth: data.of(&held), predictions, score: held_score };
    Ok(Comparison {
        reading: data.reading,
        notices,
        rows,
        folds: count,
        methods: results,
        base,
        held,
        interval: overall,
        importances,
        validation,
        plane,
        model,
        seconds,
    })
}

/// Fits one method with given parameters to all rows of a table.
///
/// # Errors
/// As [`compare`]; `NotFound` for a parameter that the method has not.
pub fn train(
    table: &Table,
    target: &str,
    method: &str,
    parameters: &[(String, seodang_learn::Value)],
    options: &Options,
) -> Result<(TableModel, Vec<Notice>, Held)> {
    let method = Method::named(method)?;
    let (data, notices) = read(table, target, options.task, options.seed)?;
    let labels: Vec<i64> = match data.task() {
        Task::Classification => data.y.iter().map(|&c| c as i64).collect(),
        Task::Regression => vec![0; data.y.len()],
    };
    let (rest, held) = stratified_split(&labels, HELD, options.seed)?;
    let fold = Fold { train: rest.clone(), valid: held.clone() };
    let report = &mut |_: &Progress| {};
    let clock = Clock::new(f64::INFINITY, None, report);
    let search = Search::new(&data, vec![fold], &[method], clock);
    if search.runners.is_empty() {
        return Err(not_for_it(method.key));
    }
    let candidate = search.first(0).ok_or_else(|| not_for_it(method.key))?;
    let mut candidate = Candidate::new(candidate.class, candidate.parameters);
    for (name, value) in parameters {
        candidate.parameters.retain(|(n, _)| n != name);
        candidate.parameters.push((name.clone(), value.clone()));
    }
    let parts = [Part::alone(candidate, search.runners[0].view)];
    let fit = |rows: &[usize]| -> Result<TableModel> {
        let (texts, fitted) = search.fit(&parts, rows)?;
        TableModel::new(data.reading.clone(), texts, fitted, described(&parts)?, rows.len())
    };
    let predictions = fit(&rest)?.predict_rows(&data.encoded, &held)?;
    let score = data.score(&held, &predictions.values);
    let held = Held { truth: data.of(&held), predictions, score };
    let all: Vec<usize> = (0..data.y.len()).collect();
    Ok((fit(&all)?, notices, held))
}

fn not_for_it(name: &str) -> Error {
    Error::value(text!(
        en: "the method \"{name}\" is not for such a target",
        ko: "\"{name}\" 방법은 이런 목표에 쓸 수 없습니다"
    ))
}

/// Reads a table: its rows with a target, as numbers; and what should be known about them.
fn read(table: &Table, target: &str, task: Option<Task>, seed: u64) -> Result<(Data, Vec<Notice>)> {
    let there: Vec<usize> = table
        .strings(target)?
        .iter()
        .enumerate()
        .filter(|(_, c)| c.is_some())
        .map(|r| r.0)
        .collect();
    let lost = table.rows() - there.len();
    let kept;
    let table = match lost {
        0 => table,
        _ => {
            kept = table.take(&there)?;
            &kept
        }
    };
    if table.rows() < FEWEST {
        let rows = table.rows();
        return Err(Error::value(text!(
            en: "{rows} rows are too few to compare methods", ko: "{rows}개 행은 방법을 비교하기에 너무 적습니다"
        ))
        .expected(text!(en: "at least {FEWEST} rows", ko: "{FEWEST}개 이상의 행")));
    }
    let (reading, mut notices) = Reading::fit(table, target, task)?;
    if lost > 0 {
        notices.push(Notice::NoTarget { rows: lost });
    }
    match table.duplicates().len() {
        0 => {}
        rows => notices.push(Notice::Duplicates { rows }),
    }
    if table.rows() < 200 {
        notices.push(Notice::Few { rows: table.rows() });
    }
    let y = reading.targets(table)?;
    let encoded = Encoded::new(reading.read(table)?)?;
    let data = Data { reading, encoded, y, seed };
    notices.extend(unequal(&data));
    notices.extend(axes::leaks(&data));
    Ok((data, notices))
}

/// The score of always saying the most frequent class, or the mean.
fn base(data: &Data) -> f64 {
    match data.task() {
        Task::Regression => 0.0,
        Task::Classification => {
            let counts = counts(data);
            counts.iter().max().map_or(0.0, |&n| n as f64 / data.y.len() as f64)
        }
    }
}

fn counts(data: &Data) -> Vec<usize> {
    let mut counts = vec![0; data.classes()];
    data.y.iter().for_each(|&c| counts[c as usize] += 1);
    counts
}

/// A warning, if a class has less than a twentieth of what it would have if all were equal, or the most
/// frequent one nine tenths of all.
fn unequal(data: &Data) -> Option<Notice> {
    let TargetKind::Classes { names, .. } = &data.reading.predicts else { return None };
    let (counts, n) = (counts(data), data.y.len() as f64);
    let rarest = (0..counts.len()).min_by_key(|&c| counts[c])?;
    let share = counts[rarest] as f64 / n;
    let base = base(data);
    let few = share * names.len() as f64;
    (few < 0.1 || base > 0.9).then(|| Notice::Unequal { class: names[rarest].clone(), share, base })
}

#[cfg(test)]
mod tests;
