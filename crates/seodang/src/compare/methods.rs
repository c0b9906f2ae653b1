//! The methods that are compared, and the settings that are tried for each.

use super::space::{Axis, Fixed, Range, axis, short};
use seodang_core::random::Stream;
use seodang_core::{Error, Lang, Result, text};
use seodang_data::Task;
use seodang_learn::{Estimator, Value, registry};

/// What the columns become before a method sees them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum View {
    /// Words as numbers, in the order of the alphabet; missing values stay missing or become medians.
    Raw,
    /// Numbers scaled to mean 0 and deviation 1, one column for each category, missing values filled.
    Scaled,
    /// The pieces of words of texts, as a sparse matrix.
    Grams,
}

/// A family of methods, under the name that the command line gives it.
#[derive(Clone, Copy, Debug)]
pub struct Method {
    /// Its name on the command line: `forest`.
    pub key: &'static str,
    names: (&'static str, &'static str),
    /// Classes of estimators for classes and for quantities; all but the first are variants to try.
    classifiers: &'static [&'static str],
    regressors: &'static [&'static str],
    /// What it gets unless the text alone is there.
    view: View,
    /// The classes that can take the sparse pieces of texts, for classes and for quantities.
    of_texts: (&'static [&'static str], &'static [&'static str]),
    /// What is fixed, by the parameter's name; a class without such a parameter does without it.
    fixed: &'static [(&'static str, Fixed)],
    /// What is tried.
    space: &'static [Axis],
    /// Settings that often do well, to try first: the number of the class, and the values of
    /// the first axes; the others are as at first.
    openings: &'static [(usize, &'static [f64])],
}

/// Seconds are better spent elsewhere: the seed of all methods is the comparison's.
const SEED: &str = "random_state";

/// How many rounds boosting takes, as a multiple of `1 / learning_rate`: of smaller steps, as many more
/// are needed.
const ROUNDS: &str = "rounds";
/// Rounds as many as these are enough for any steps.
const MOST_ROUNDS: f64 = 3000.0;

/// The average of the best settings, whichever methods they are of: not one that is searched, but what is
/// made of all that were.
pub const AVERAGE: Method = Method {
    key: "average",
    names: ("average of the best", "가장 좋은 것들의 평균"),
    classifiers: &[],
    regressors: &[],
    view: View::Raw,
    of_texts: (&[], &[]),
    fixed: &[],
    space: &[],
    openings: &[],
};

/// All methods, in the order of the course's table.
pub const METHODS: [Method; 8] = [
    Method {
        key: "knn",
        names: ("nearest neighbours", "최근접 이웃"),
        classifiers: &["KNeighborsClassifier"],
        regressors: &["KNeighborsRegressor"],
        view: View::Scaled,
        // The distances of sparse rows are those of full ones: too many numbers.
        of_texts: (&[], &[]),
        fixed: &[],
        space: &[
            axis("n_neighbors", Range::LogInt(1.0, 60.0), 0.4),
            axis("weights", Range::Words(&["uniform", "distance"]), 0.2),
            axis("p", Range::Words(&["2", "1"]), 0.2),
        ],
        openings: &[(0, &[15.0, 1.0, 1.0])],
    },
    Method {
        key: "linear",
        names: ("linear model", "선형 모델"),
        classifiers: &["LogisticRegression"],
        regressors: &["Ridge", "LinearRegression"],
        view: View::Scaled,
        of_texts: (&["LogisticRegression"], &["Ridge"]),
        fixed: &[("max_iter", Fixed::Int(300))],
        space: &[axis("C", Range::Log(1e-3, 1e3), 0.5), axis("alpha", Range::Log(1e-3, 1e3), 0.5)],
        openings: &[(1, &[])],
    },
    Method {
        key: "bayes",
        names: ("naive Bayes", "나이브 베이즈"),
        classifiers: &["GaussianNB"],
        regressors: &[],
        view: View::Scaled,
        of_texts: (&["MultinomialNB", "ComplementNB"], &[]),
        fixed: &[],
        space: &[
            axis("var_smoothing", Range::Log(1e-9, 1.0), 0.0),
            axis("alpha", Range::Log(1e-3, 10.0), 0.6),
        ],
        openings: &[(1, &[])],
    },
    Method {
        key: "svm",
        names: ("support vector machine", "서포트 벡터 머신"),
        classifiers: &["SVC"],
        regressors: &["SVR"],
        view: View::Scaled,
        of_texts: (&["LinearSVC"], &["LinearSVR"]),
        fixed: &[],
        space: &[
            axis("C", Range::Log(1e-2, 1e3), 0.4),
            axis("gamma", Range::Log(1e-2, 1e1), 0.5),
            axis("epsilon", Range::Log(1e-2, 0.5), 0.6),
        ],
        openings: &[],
    },
    Method {
        key: "tree",
        names: ("decision tree", "결정 트리"),
        classifiers: &["DecisionTreeClassifier"],
        regressors: &["DecisionTreeRegressor"],
        view: View::Raw,
        of_texts: (&[], &[]),
        fixed: &[],
        space: &[
            axis("max_depth", Range::IntOrNone(2.0, 16.0), 0.35),
            axis("min_samples_leaf", Range::LogInt(1.0, 64.0), 0.35),
        ],
        openings: &[],
    },
    Method {
        key: "forest",
        names: ("random forest", "랜덤 포레스트"),
        classifiers: &["RandomForestClassifier", "ExtraTreesClassifier"],
        regressors: &["RandomForestRegressor", "ExtraTreesRegressor"],
        view: View::Raw,
        of_texts: (&[], &[]),
        fixed: &[],
        space: &[
            axis("max_features", Range::Even(0.1, 1.0), 0.3),
            axis("min_samples_leaf", Range::LogInt(1.0, 16.0), 0.0),
            axis("n_estimators", Range::LogInt(100.0, 400.0), 0.0),
        ],
        openings: &[(1, &[0.5, 1.0, 300.0]), (0, &[0.3, 1.0, 300.0])],
    },
    Method {
        key: "boosting",
        names: ("boosted trees", "그래디언트 부스팅"),
        classifiers: &["HistGradientBoostingClassifier"],
        regressors: &["HistGradientBoostingRegressor"],
        view: View::Raw,
        of_texts: (&[], &[]),
        fixed: &[("early_stopping", Fixed::Bool(false))],
        space: &[
            axis("learning_rate", Range::Log(0.02, 0.3), 0.6),
            axis(ROUNDS, Range::Log(1.0, 60.0), 0.55),
            axis("max_leaf_nodes", Range::LogInt(3.0, 256.0), 0.5),
            axis("min_samples_leaf", Range::LogInt(1.0, 100.0), 0.6),
            axis("l2_regularization", Range::Log(1e-3, 100.0), 0.2),
            axis("max_features", Range::Even(0.3, 1.0), 1.0),
            axis("categorical_features", Range::Words(&["codes", "categories"]), 0.2),
        ],
        openings: &[
            // Small steps in trees whose splits see some of the columns each: a few leaves for few rows,
            // more for many.
            (0, &[0.05, 20.0, 31.0, 20.0, 1e-3, 0.5]),
            (0, &[0.03, 24.0, 16.0, 20.0, 10.0, 0.4, 1.0]),
            (0, &[0.03, 45.0, 40.0, 10.0, 1e-3, 0.5]),
            (0, &[0.05, 40.0, 8.0, 10.0, 1.0, 0.4]),
            (0, &[0.03, 45.0, 100.0, 20.0, 1.0, 0.4]),
        ],
    },
    Method {
        key: "mlp",
        names: ("neural network", "신경망"),
        classifiers: &["MLPClassifier"],
        regressors: &["MLPRegressor"],
        view: View::Scaled,
        of_texts: (&[], &[]),
        fixed: &[
            ("early_stopping", Fixed::Bool(true)),
            ("max_iter", Fixed::Int(200)),
            ("activation", Fixed::Str("relu")),
        ],
        space: &[
            axis(
                "hidden_layer_sizes",
                Range::Layers(&[&[32], &[64], &[100], &[64, 64], &[128, 64]]),
                0.5,
            ),
            axis("alpha", Range::Log(1e-5, 1.0), 0.2),
            axis("learning_rate_init", Range::Log(5e-4, 2e-2), 0.25),
        ],
        openings: &[],
    },
];

/// A setting of a method to try.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The estimator's class.
    pub class: &'static str,
    /// The parameters that are not at their defaults.
    pub parameters: Vec<(String, Value)>,
    /// Where it lies among all settings, each coordinate from 0 to 1.
    place: Vec<f64>,
    /// Of boosting: whether it was the better the more rounds it took.
    grows: bool,
}

impl Candidate {
    /// A class of estimators with some parameters.
    pub fn new(class: &'static str, parameters: Vec<(String, Value)>) -> Candidate {
        Candidate { class, parameters, place: Vec::new(), grows: false }
    }

    /// The estimator.
    ///
    /// # Errors
    /// `NotFound`, if there is no such class or parameter; `Value` for a value that it does not take.
    pub fn estimator(&self) -> Result<Box<dyn Estimator>> {
        let mut estimator = registry::new(self.class)?;
        for (name, value) in &self.parameters {
            estimator.set(name, value)?;
        }
        Ok(estimator)
    }

    /// How many rounds it takes, if it is one of boosting of which one fit tells what fewer rounds say.
    pub(crate) fn rounds(&self) -> Option<usize> {
        if !self.class.starts_with("HistGradientBoosting") {
            return None;
        }
        self.parameters.iter().find_map(|(n, v)| match v {
            Value::Int(rounds) if n == "max_iter" => usize::try_from(*rounds).ok(),
            _ => None,
        })
    }

    /// With another value of one of its parameters.
    fn set(&mut self, name: &str, value: Value) {
        if let Some(own) = self.parameters.iter_mut().find(|(n, _)| n == name) {
            own.1 = value;
        }
    }

    /// Its parameters as Python writes them: `C=10.0, gamma=0.1`.
    pub fn describe(&self) -> String {
        let shown = self.parameters.iter().filter(|(n, _)| n != SEED);
        shown.map(|(n, v)| format!("{n}={}", v.repr())).collect::<Vec<_>>().join(", ")
    }
}

/// What settings depend on besides the method.
#[derive(Clone, Debug)]
pub(crate) struct Circumstances {
    pub(crate) task: Task,
    pub(crate) view: View,
    pub(crate) rows: usize,
    /// Columns that the estimator gets.
    pub(crate) columns: usize,
    /// The deviation of quantities.
    pub(crate) spread: f64,
    pub(crate) seed: u64,
    /// The columns of words, by their numbers.
    pub(crate) words: Vec<usize>,
}

/// The values of a validation curve.
const VALUES: usize = 8;

/// Settings along one parameter, each with its value.
pub(crate) struct Along {
    pub(crate) parameter: String,
    pub(crate) candidates: Vec<(f64, Candidate)>,
}

impl Method {
    /// The method of a name.
    ///
    /// # Errors
    /// `Value`, with the names that there are.
    pub fn named(key: &str) -> Result<Method> {
        // The course's own word for the linear model of classes.
        let wanted = if key == "logistic" { "linear" } else { key };
        METHODS.into_iter().find(|m| m.key == wanted).ok_or_else(|| {
            let known = METHODS.map(|m| m.key).join(", ");
            Error::value(text!(
                en: "unknown method \"{key}\"", ko: "알 수 없는 방법 \"{key}\""
            ))
            .expected(text!(en: "one of {known}", ko: "{known} 중 하나"))
        })
    }

    /// Its name in words.
    pub fn name(&self, lang: Lang) -> &'static str {
        if lang == Lang::Ko { self.names.1 } else { self.names.0 }
    }

    /// With which power of the rows its time grows at most: neighbours and machines look at pairs of rows.
    pub(crate) fn steepest(&self) -> f64 {
        if matches!(self.key, "knn" | "svm") { 2.5 } else { 1.4 }
    }

    /// What it gets.
    pub(crate) fn view(&self, only_texts: bool, task: Task) -> View {
        let of_texts = !self.classes(task, View::Grams).is_empty();
        if only_texts && of_texts { View::Grams } else { self.view }
    }

    /// The classes of estimators that there are for a task.
    pub(crate) fn classes(&self, task: Task, view: View) -> Vec<&'static str> {
        let all = match (task, view) {
            (Task::Classification, View::Grams) => self.of_texts.0,
            (Task::Regression, View::Grams) => self.of_texts.1,
            (Task::Classification, _) => self.classifiers,
            (Task::Regression, _) => self.regressors,
        };
        let there =
            |c: &&str| registry::new(c).is_ok_and(|e| view != View::Grams || e.tags().sparse);
        all.iter().copied().filter(there).collect()
    }

    /// A setting at a place; the first coordinate chooses among the classes.
    fn at(&self, place: Vec<f64>, c: &Circumstances) -> Option<Candidate> {
        let classes = self.classes(c.task, c.view);
        let class = *classes
            .get(((place[0] * classes.len() as f64) as usize).min(classes.len().checked_sub(1)?))?;
        let mut estimator = registry::new(class).ok()?;
        let mut parameters = Vec::new();
        let mut put = |parameters: &mut Vec<(String, Value)>, name: &str, value: Value| {
            if estimator.set(name, &value).is_ok() {
                parameters.push((name.to_owned(), value));
            }
        };
        for (name, value) in self.fixed {
            // A tenth of few rows is too little to stop by.
            let stop = *name == "early_stopping" && self.key == "mlp" && c.rows < 500;
            put(&mut parameters, name, if stop { false.into() } else { value.value() });
        }
        for (axis, &u) in self.space.iter().zip(&place[1..]) {
            let value = match (axis.name, axis.range.at(u)) {
                ("n_neighbors", Value::Int(k)) => k.min((c.rows as i64 / 2).max(1)).into(),
                ("p", Value::Str(p)) => p.parse::<i64>().unwrap_or(2).into(),
                // As a multiple of scikit-learn's `scale`, whose columns have variance 1 here.
                ("gamma", Value::Float(g)) => short(g / c.columns.max(1) as f64),
                // The quantities are not scaled; scaling the cost and the margin does the same.
                ("epsilon", Value::Float(e)) => short(e * c.spread),
                ("C", Value::Float(cost)) if class.ends_with("SVR") => short(cost * c.spread),
                (ROUNDS, Value::Float(rounds)) => {
                    let step = parameters.iter().find_map(|(n, v)| match v {
                        Value::Float(x) if n == "learning_rate" => Some(*x),
                        _ => None,
                    });
                    let rounds = (rounds / step.unwrap_or(0.1)).clamp(10.0, MOST_ROUNDS);
                    put(&mut parameters, "max_iter", (rounds.round() as i64).into());
                    continue;
                }
                ("categorical_features", Value::Str(s)) if s == "codes" || c.words.is_empty() => {
                    continue;
                }
                ("categorical_features", _) => {
                    Value::List(c.words.iter().map(|&w| w.into()).collect())
                }
                (_, value) => value,
            };
            put(&mut parameters, axis.name, value);
        }
        put(&mut parameters, SEED, Value::from((c.seed % (1 << 31)) as i64));
        Some(Candidate { class, parameters, place, grows: false })
    }

    /// The setting to begin with.
    pub(crate) fn first(&self, c: &Circumstances) -> Option<Candidate> {
        self.at(std::iter::once(0.0).chain(self.space.iter().map(|a| a.start)).collect(), c)
    }

    /// A setting with the values of its parameter that matters most, from the least to the greatest, all
    /// else as it is; nothing, if it was not made by this method or has no such parameter.
    pub(crate) fn along(&self, from: &Candidate, c: &Circumstances) -> Option<Along> {
        let numeric = |a: &Axis| !matches!(a.range, Range::Words(_) | Range::Layers(_));
        let there = |a: &Axis| from.parameters.iter().any(|(n, _)| n == a.name);
        let main = self.space.iter().position(|a| numeric(a) && there(a))?;
        let parameter = self.space[main].name;
        let of = |u: f64| {
            let mut place = from.place.clone();
            *place.get_mut(main + 1)? = u;
            let (_, value) =
                self.at(place, c)?.parameters.into_iter().find(|(n, _)| n == parameter)?;
            let number = match &value {
                Value::Int(i) => *i as f64,
                Value::Float(x) => *x,
                _ => return None,
            };
            let mut candidate = from.clone();
            candidate.set(parameter, value);
            Some((number, candidate))
        };
        let candidates: Vec<_> = (0..VALUES).filter_map(|i| of(i as f64 / VALUES as f64)).collect();
        (candidates.len() > 2).then(|| Along { parameter: parameter.to_owned(), candidates })
    }

    /// A setting of boosting with the rounds that were best for it, at their place.
    pub(crate) fn with_rounds(&self, mut candidate: Candidate, rounds: usize) -> Candidate {
        candidate.grows = candidate.rounds().is_some_and(|most| rounds >= most);
        let axis = self.space.iter().position(|a| a.name == ROUNDS);
        let step = candidate.parameters.iter().find_map(|(n, v)| match v {
            Value::Float(x) if n == "learning_rate" => Some(*x),
            _ => None,
        });
        if let (Some(axis), Some(step)) = (axis, step)
            && let Range::Log(a, b) = self.space[axis].range
            && let Some(u) = candidate.place.get_mut(axis + 1)
        {
            *u = ((rounds as f64 * step / a).ln() / (b / a).ln()).clamp(0.0, 0.999);
        }
        candidate.set("max_iter", (rounds as i64).into());
        candidate
    }

    /// Where the opening of a number lies, if there is one and a class for it.
    fn opening(&self, n: usize, c: &Circumstances) -> Option<Vec<f64>> {
        let (class, values) = self.openings.get(n)?;
        let classes = self.classes(c.task, c.view).len();
        let first = (*class as f64 + 0.5) / classes.max(1) as f64;
        let place =
            |(i, axis): (usize, &Axis)| values.get(i).map_or(axis.start, |v| axis.range.place(*v));
        let rest = self.space.iter().enumerate().map(place);
        (*class < classes).then(|| std::iter::once(first).chain(rest).collect())
    }

    /// Another setting: an opening, one near the best one so far, or anywhere.
    pub(crate) fn next(
        &self,
        tried: usize,
        best: Option<&Candidate>,
        random: &mut Stream,
        c: &Circumstances,
    ) -> Option<Candidate> {
        if let Some(place) = tried.checked_sub(1).and_then(|n| self.opening(n, c)) {
            return self.at(place, c);
        }
        let mut place: Vec<f64> = (0..=self.space.len()).map(|_| random.uniform()).collect();
        // What was still getting better may go on.
        let grows = best.filter(|b| b.grows && random.uniform() < 0.5);
        let axis = self.space.iter().position(|a| a.name == ROUNDS);
        if let (Some(best), Some(axis)) = (grows, axis) {
            let mut place = best.place.clone();
            place[axis + 1] = (place[axis + 1] + 0.25).min(0.999);
            return self.at(place, c);
        }
        // Searching around the best pays once something is known.
        if let Some(best) =
            best.filter(|b| tried >= 3 && random.uniform() < 0.7 && !b.place.is_empty())
        {
            for (u, b) in place.iter_mut().zip(&best.place) {
                let step = 0.18 * random.normal();
                *u = if random.uniform() < 0.55 { *b } else { (b + step).clamp(0.0, 0.999) };
            }
        }
        self.at(place, c)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circumstances(task: Task, view: View) -> Circumstances {
        Circumstances { task, view, rows: 1000, columns: 10, spread: 2.0, seed: 0, words: vec![3] }
    }

    #[test]
    fn every_setting_is_one_that_its_estimator_takes() {
        let mut random = Stream::new(3, 0);
        let mut tried = 0;
        for method in METHODS {
            for task in [Task::Classification, Task::Regression] {
                for view in [method.view, View::Grams] {
                    let c = circumstances(task, view);
                    let Some(first) = method.first(&c) else { continue };
                    first.estimator().and_then(|e| e.check_ranges()).expect("a first setting");
                    for n in 0..40 {
                        let next =
                            method.next(n, Some(&first), &mut random, &c).expect("a setting");
                        next.estimator().and_then(|e| e.check_ranges()).expect("a setting");
                        tried += 1;
                    }
                }
            }
        }
        assert!(tried >= 160, "{tried}");
    }

    #[test]
    fn openings_come_before_what_is_drawn() {
        let c = circumstances(Task::Classification, View::Raw);
        let mut random = Stream::new(5, 0);
        let mut next = |key: &str, tried: usize| {
            let method = Method::named(key).expect("a method");
            method.next(tried, None, &mut random, &c).expect("a setting")
        };
        let said = next("boosting", 2).describe();
        for part in ["learning_rate=0.03", "max_iter=800", "max_leaf_nodes=16", "max_features=0.4"]
        {
            assert!(said.contains(part), "{said}");
        }
        assert!(said.contains("l2_regularization=10.0, ") && said.contains("=[3]"), "{said}");
        let forest = next("forest", 1);
        assert_eq!(forest.class, "ExtraTreesClassifier");
        assert!(forest.describe().ends_with("n_estimators=300"), "{}", forest.describe());
        // There is one class of linear models for classes alone: what the second one would be is drawn.
        assert_ne!(next("linear", 1).describe(), next("linear", 1).describe());
    }

    #[test]
    fn settings_along_a_parameter_differ_in_it_alone() {
        let c = circumstances(Task::Classification, View::Scaled);
        let all = [
            ("knn", "n_neighbors"),
            ("tree", "max_depth"),
            ("svm", "C"),
            ("boosting", "learning_rate"),
        ];
        for (key, parameter) in all {
            let method = Method::named(key).expect("a method");
            let first = method.first(&c).expect("a setting");
            let along = method.along(&first, &c).expect("settings");
            assert_eq!(along.parameter, parameter);
            assert!(along.candidates.windows(2).all(|w| w[0].0 <= w[1].0));
            let shown = |c: &Candidate| -> Vec<(String, String)> {
                c.parameters.iter().map(|(n, v)| (n.clone(), v.repr())).collect()
            };
            for (_, candidate) in &along.candidates {
                for own in shown(candidate) {
                    assert!(own.0 == parameter || shown(&first).contains(&own), "{own:?}");
                }
            }
        }
        let bare = Candidate::new("SVC", Vec::new());
        assert!(Method::named("svm").expect("a method").along(&bare, &c).is_none());
    }

    #[test]
    fn fewer_rounds_have_their_place() {
        let c = circumstances(Task::Classification, View::Raw);
        let method = Method::named("boosting").expect("a method");
        let first = method.first(&c).expect("a setting");
        let rounds = first.rounds().expect("rounds");
        assert!((60..200).contains(&rounds), "{rounds}");
        let all = method.with_rounds(first.clone(), rounds);
        assert_eq!(all.rounds(), Some(rounds));
        // The more the better: sooner or later more of them are tried, all else as it is.
        let mut random = Stream::new(1, 0);
        let mut next = || method.next(9, Some(&all), &mut random, &c).expect("a setting");
        let more = (0..20).map(|_| next()).find(|n| {
            let same = |(name, value): &(String, Value)| {
                let of = |p: &&(String, Value)| p.0 == *name && p.1.repr() == value.repr();
                name == "max_iter" || all.parameters.iter().find(of).is_some()
            };
            n.rounds() > Some(2 * rounds - 1) && n.parameters.iter().all(same)
        });
        assert!(more.is_some());
        let fewer = method.with_rounds(first.clone(), rounds / 3);
        assert_eq!(fewer.rounds(), Some(rounds / 3));
        // A setting made at its place has these rounds.
        let again = method.at(fewer.place.clone(), &c).expect("a setting").rounds();
        assert!(again.is_some_and(|n| n.abs_diff(rounds / 3) <= 1), "{again:?}");
        let knn = Method::named("knn").expect("a method").first(&c).expect("a setting");
        assert_eq!(knn.rounds(), None);
    }

    #[test]
    fn unknown_methods_are_refused_with_those_there_are() {
        let e = Method::named("magic").unwrap_err().to_string();
        assert!(e.contains("magic") && e.contains("forest"), "{e}");
        assert_eq!(Method::named("logistic").unwrap().key, "linear");
    }
}
