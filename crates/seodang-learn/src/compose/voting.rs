//! `VotingClassifier` and `VotingRegressor`.

use super::parts::{Step, agree, without_parameters};
use crate::estimator::{Estimator, Fitted, Model, Tags, Task, cannot, likeliest};
use crate::features::Features;
use crate::preprocessing::shared::kept;
use crate::state::{broken, model};
use crate::table::Schema;
use crate::target::{Classes, Y};
use seodang_core::{Array, Error, Result, text};

/// An estimator that takes part in a vote.
#[derive(Debug)]
pub struct Voter {
    /// Its name.
    pub name: String,
    /// The estimator.
    pub estimator: Box<dyn Estimator>,
    /// How much it counts.
    pub weight: f64,
}

impl Clone for Voter {
    fn clone(&self) -> Voter {
        let Voter { name, estimator, weight } = self;
        Voter { name: name.clone(), estimator: estimator.boxed(), weight: *weight }
    }
}

/// Writes an estimator of several others.
macro_rules! voting {
    ($(#[$meta:meta])* $name:ident, $task:expr, $methods:expr, $doc:literal) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default)]
        pub struct $name {
            voters: Vec<Voter>,
            /// Whether votes for classes are counted.
            hard: bool,
            schema: Option<Schema>,
        }

        impl $name {
            /// Without anybody to vote.
            pub fn new() -> $name {
                $name::default()
            }

            /// With one more estimator, which counts as `weight` says.
            #[must_use]
            pub fn voter(
                self,
                name: impl Into<String>,
                estimator: impl Estimator,
                weight: f64,
            ) -> $name {
                let voter = Voter { name: name.into(), estimator: Box::new(estimator), weight };
                $name { voters: self.voters.into_iter().chain([voter]).collect(), ..self }
            }

            /// Those that vote.
            pub fn voters(&self) -> &[Voter] {
                &self.voters
            }
        }

        without_parameters!($name in "ensemble", $doc);

        impl Estimator for $name {
            fn tags(&self) -> Tags {
                let all = |f: fn(Tags) -> bool| self.voters.iter().all(|v| f(v.estimator.tags()));
                Tags {
                    sparse: all(|t| t.sparse),
                    nan: all(|t| t.nan),
                    weights: all(|t| t.weights),
                    ..Tags::new($task)
                }
            }

            fn methods(&self) -> &'static [&'static str] {
                if self.hard { &[] } else { $methods }
            }

            fn learn(
                &self,
                x: &Features<'_>,
                y: &Y,
                weights: Option<&[f64]>,
            ) -> Result<Box<dyn Model>> {
                let (kind, schema) = (($task, self.hard), self.schema.as_ref());
                learn(kind, &self.voters, schema, x, y, weights)
            }

            kept!(VotingModel);

            fn for_schema(&self, schema: &Schema) -> Result<Box<dyn Estimator>> {
                Ok(Box::new($name { schema: Some(schema.clone()), ..self.clone() }))
            }
        }
    };
}

voting! {
    /// Different classifiers whose probabilities are averaged (scikit-learn's `voting="soft"`), or whose
    /// votes are counted ([`VotingClassifier::hard`]).
    ///
    /// ```
    /// use seodang_learn::compose::VotingClassifier;
    /// use seodang_learn::{Fit, linear_model::LogisticRegression, naive_bayes::GaussianNB};
    /// let x = ndarray::array![[0.0], [1.0], [2.0], [3.0]];
    /// let model = VotingClassifier::new()
    ///     .voter("linear", LogisticRegression::new(), 2.0)
    ///     .voter("bayes", GaussianNB::new(), 1.0)
    ///     .fit(&x, vec!["low", "low", "high", "high"].as_slice())?;
    /// let p = model.predict_proba(&x)?.to_f64_vec();
    /// assert!(p[0] < 0.5 && (p[0] + p[1] - 1.0).abs() < 1e-12);
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    VotingClassifier, Task::Classifier, &["predict_proba"],
    "Different classifiers that vote."
}

impl VotingClassifier {
    /// The class that most vote for, of several the first: scikit-learn's `voting="hard"`. There are no
    /// probabilities then, and nobody needs them.
    ///
    /// ```
    /// use seodang_learn::compose::VotingClassifier;
    /// use seodang_learn::{Fit, linear_model::Perceptron, naive_bayes::GaussianNB, svm::LinearSVC};
    /// let x = ndarray::array![[0.0], [1.0], [2.0], [3.0]];
    /// let model = VotingClassifier::new()
    ///     .voter("perceptron", Perceptron::new(), 1.0)
    ///     .voter("bayes", GaussianNB::new(), 1.0)
    ///     .voter("machine", LinearSVC::new(), 1.0)
    ///     .hard()
    ///     .fit(&x, [0, 0, 1, 1].as_slice())?;
    /// assert!(model.predict_proba(&x).is_err());
    /// # Ok::<(), seodang_core::Error>(())
    /// ```
    #[must_use]
    pub fn hard(self) -> VotingClassifier {
        VotingClassifier { hard: true, ..self }
    }
}

voting! {
    /// Different regressors whose predictions are averaged.
    VotingRegressor, Task::Regressor, &[],
    "Different regressors whose predictions are averaged."
}

model! {
    /// What those that vote have learned.
    pub(crate) struct VotingModel {
        names: Vec<String>,
        /// How much each counts.
        pub weights: Vec<f64>,
        voters: Vec<Step>,
        classes: bool,
        /// Whether votes for classes are counted.
        pub hard: bool,
    }
}

fn learn(
    (task, hard): (Task, bool),
    voters: &[Voter],
    schema: Option<&Schema>,
    x: &Features<'_>,
    y: &Y,
    weights: Option<&[f64]>,
) -> Result<Box<dyn Model>> {
    if voters.is_empty() {
        return Err(nobody());
    }
    let one = |voter: &Voter| -> Result<(String, Fitted, f64)> {
        let with = match schema {
            Some(schema) => voter.estimator.for_schema(schema)?,
            None => voter.estimator.boxed(),
        };
        let learned = with.fit_encoded(x, y, weights).map_err(|e| e.during(voter.name.clone()))?;
        // As it was given: it may learn again, from another table.
        let fitted = Fitted::new(voter.estimator.boxed(), learned, Vec::new(), x.cols());
        Ok((voter.name.clone(), fitted, voter.weight))
    };
    let fitted = voters.iter().map(one).collect::<Result<_>>()?;
    VotingModel::new(task, hard, fitted).map(|m| Box::new(m) as Box<dyn Model>)
}

fn nobody() -> Error {
    Error::value(text!(
        en: "Invalid 'estimators' attribute, 'estimators' should be a non-empty list of (string, \
             estimator) tuples.",
        ko: "투표할 추정기가 없습니다."
    ))
}

impl VotingModel {
    fn new(task: Task, hard: bool, voters: Vec<(String, Fitted, f64)>) -> Result<VotingModel> {
        if let Some((name, _, weight)) = voters.iter().find(|(.., w)| !(w.is_finite() && *w > 0.0))
        {
            return Err(Error::value(text!(
                en: "the weight of '{name}' must be a number above 0",
                ko: "'{name}'의 가중치는 0보다 큰 수여야 합니다"
            ))
            .given("weight", weight));
        }
        let classes = task == Task::Classifier;
        let (names, weights, all) = (Vec::new(), Vec::new(), Vec::new());
        let mut model = VotingModel { names, weights, voters: all, classes, hard };
        for (name, fitted, weight) in voters {
            model.names.push(name);
            model.voters.push(fitted.into());
            model.weights.push(weight);
        }
        Ok(model)
    }

    /// Those that vote, and how much each counts.
    fn weighed(&self, x: &Features<'_>) -> Result<impl Iterator<Item = (&Fitted, f64)>> {
        if self.weights.len() != self.voters.len() || self.weights.iter().sum::<f64>() <= 0.0 {
            return Err(broken("weights"));
        }
        if self.voters.iter().any(|voter| voter.features != x.cols()) {
            return Err(broken("voters"));
        }
        Ok(self.voters.iter().map(|voter| &**voter).zip(self.weights.iter().copied()))
    }

    /// The mean of what all say.
    fn mean(
        &self,
        x: &Features<'_>,
        ask: impl Fn(&dyn Model, &Features<'_>) -> Result<Array>,
    ) -> Result<Array> {
        let mut sum: Option<(Vec<usize>, Vec<f64>)> = None;
        let total: f64 = self.weights.iter().sum();
        for (voter, weight) in self.weighed(x)? {
            let (said, share) = (ask(&*voter.model, x)?, weight / total);
            let (dims, said) = (said.shape().dims().to_vec(), said.to_f64_vec());
            match &mut sum {
                None => sum = Some((dims, said.into_iter().map(|s| share * s).collect())),
                Some((known, sum)) if *known == dims => {
                    sum.iter_mut().zip(said).for_each(|(a, s)| *a += share * s);
                }
                Some(_) => return Err(broken("voters")),
            }
        }
        let (dims, sum) = sum.ok_or_else(|| broken("voters"))?;
        Array::from_vec(dims, sum)
    }

    /// The class of each row that has most votes, of several the first.
    fn most(&self, x: &Features<'_>) -> Result<Vec<u32>> {
        // Of each row the classes that anybody votes for, with their votes.
        let mut votes: Vec<Vec<(u32, f64)>> = vec![Vec::new(); x.rows()];
        for (voter, weight) in self.weighed(x)? {
            let said = voter.model.predict_codes(x)?.pop();
            let said = said.filter(|codes| codes.len() == votes.len());
            for (votes, class) in votes.iter_mut().zip(said.ok_or_else(|| broken("voters"))?) {
                match votes.iter_mut().find(|(known, _)| *known == class) {
                    Some((_, votes)) => *votes += weight,
                    None => votes.push((class, weight)),
                }
            }
        }
        let first = |votes: Vec<(u32, f64)>| {
            let better = |a: &(u32, f64), b: &(u32, f64)| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0));
            votes.into_iter().max_by(better).map_or(0, |(class, _)| class)
        };
        Ok(votes.into_iter().map(first).collect())
    }

    /// Those that vote, with their names.
    pub(crate) fn parts(&self) -> impl ExactSizeIterator<Item = (&str, &Fitted)> {
        self.names.iter().zip(&self.voters).map(|(name, voter)| (name.as_str(), &**voter))
    }
}

impl Model for VotingModel {
    fn predict_values(&self, x: &Features<'_>) -> Result<Array> {
        self.mean(x, |m, x| m.predict_values(x))
    }

    fn predict_codes(&self, x: &Features<'_>) -> Result<Vec<Vec<u32>>> {
        if self.hard {
            return Ok(vec![self.most(x)?]);
        }
        likeliest(&self.predict_proba(x)?)
    }

    fn predict_proba(&self, x: &Features<'_>) -> Result<Vec<Array>> {
        if self.hard {
            return Err(cannot("predict_proba"));
        }
        let first = |m: &dyn Model, x: &Features<'_>| -> Result<Array> {
            m.predict_proba(x)?.into_iter().next().ok_or_else(|| broken("voters"))
        };
        Ok(vec![self.mean(x, first)?])
    }

    fn can(&self, name: &str) -> bool {
        name == "predict" || (name == "predict_proba" && self.classes && !self.hard)
    }

    fn assembled(&self) -> Option<Box<dyn Estimator>> {
        let voters = self.parts().zip(&self.weights).map(|((name, voter), &weight)| Voter {
            name: name.to_string(),
            estimator: voter.estimator.boxed(),
            weight,
        });
        let (voters, hard, schema) = (voters.collect(), self.hard, None);
        Some(match self.classes {
            true => Box::new(VotingClassifier { voters, hard, schema }),
            false => Box::new(VotingRegressor { voters, hard, schema }),
        })
    }
}

/// The mean of what fitted estimators say, each with its name and how much it counts.
///
/// # Errors
/// `Value`, if there are none, their classes, features or the words of their columns differ, or a weight is not
/// above 0.
pub fn voting(voters: Vec<(String, Fitted, f64)>) -> Result<Fitted> {
    vote(voters, false)
}

/// The class that most of some fitted classifiers vote for, of several the first; each with its name and how
/// many votes it has.
///
/// # Errors
/// As [`voting`].
pub fn hard_voting(voters: Vec<(String, Fitted, f64)>) -> Result<Fitted> {
    vote(voters, true)
}

fn vote(voters: Vec<(String, Fitted, f64)>, hard: bool) -> Result<Fitted> {
    let Some((_, first, _)) = voters.first() else { return Err(nobody()) };
    let same =
        |f: &Fitted| f.features == first.features && same_classes(&f.classes, &first.classes);
    if let Some((name, ..)) = voters.iter().find(|(_, f, _)| !same(f)) {
        return Err(Error::value(text!(
            en: "'{name}' learned from other features or classes than those before it",
            ko: "'{name}'은(는) 앞의 추정기와 다른 특성이나 클래스를 배웠습니다"
        )));
    }
    let task = match first.estimator.tags().task {
        Task::Classifier => Task::Classifier,
        Task::Regressor if !hard => Task::Regressor,
        _ => return Err(cannot("predict")),
    };
    let (classes, features) = (first.classes.clone(), first.features);
    let mut words = vec![None; features];
    let (mut names, mut table) = (Vec::new(), false);
    for (name, voter, _) in &voters {
        let mut columns = voter.schema.iter().flat_map(Schema::columns);
        if !words.iter_mut().zip(&mut columns).all(|(known, column)| agree(known, &column.1)) {
            return Err(Error::value(text!(
                en: "'{name}' knows other words of a column than those before it",
                ko: "'{name}'은(는) 한 열의 단어를 앞의 추정기와 다르게 알고 있습니다"
            )));
        }
        table |= voter.schema.is_some();
        if names.is_empty() {
            names.clone_from(&voter.names);
        }
    }
    let model = VotingModel::new(task, hard, voters)?;
    let estimator = model.assembled().ok_or_else(nobody)?;
    let fitted = Fitted::new(estimator, Box::new(model), classes, features);
    match table {
        true => fitted.with_schema(Schema::new(names.into_iter().zip(words).collect())),
        false => fitted.with_feature_names(names),
    }
}

fn same_classes(a: &[Classes], b: &[Classes]) -> bool {
    let same = |(a, b): (&Classes, &Classes)| match (a, b) {
        (Classes::Names(a), Classes::Names(b)) => a == b,
        (Classes::Numbers(a), Classes::Numbers(b)) => a.to_f64_vec() == b.to_f64_vec(),
        _ => false,
    };
    a.len() == b.len() && a.iter().zip(b).all(same)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linear_model::{LinearRegression, LogisticRegression};
    use crate::naive_bayes::GaussianNB;
    use crate::neighbors::KNeighborsClassifier;
    use crate::preprocessing::StandardScaler;
    use crate::{Fit, IntoFeatures, Target, compose, saving};
    use ndarray::{Array2, array};

    fn x() -> Array2<f64> {
        array![[0.0, 1.0], [1.0, 0.5], [2.0, 3.0], [3.0, 2.0], [4.0, 1.5], [5.0, 0.0]]
    }

    const Y: [&str; 6] = ["a", "a", "b", "a", "b", "b"];

    #[test]
    fn probabilities_are_weighed_and_kept() {
        let pipeline = compose::Pipeline::new()
            .step("scale", StandardScaler::new())
            .step("model", LogisticRegression::new());
        let vote = VotingClassifier::new().voter("linear", pipeline.clone(), 3.0).voter(
            "bayes",
            GaussianNB::new(),
            1.0,
        );
        let fitted = vote.fit(&x(), Y.as_slice()).unwrap();
        let alone = [
            pipeline.fit(&x(), Y.as_slice()).unwrap(),
            GaussianNB::new().fit(&x(), Y.as_slice()).unwrap(),
        ];
        let p = alone.each_ref().map(|f| f.predict_proba(&x()).unwrap().to_f64_vec());
        let said = fitted.predict_proba(&x()).unwrap().to_f64_vec();
        for i in 0..12 {
            assert!((said[i] - (0.75 * p[0][i] + 0.25 * p[1][i])).abs() < 1e-12);
        }
        // Of fitted ones it is the same, and in a file.
        let [linear, bayes] = alone;
        let made = voting(vec![("linear".into(), linear, 3.0), ("bayes".into(), bayes, 1.0)]);
        let made = made.unwrap();
        assert_eq!(made.predict_proba(&x()).unwrap().to_f64_vec(), said);
        let bytes = saving::to_bytes(&made).unwrap();
        let again = saving::from_bytes(&bytes).unwrap();
        assert_eq!(again.predict(&x()).unwrap(), fitted.predict(&x()).unwrap());
        assert_eq!(again.estimator().class_name(), "VotingClassifier");
        let parts = compose::parts(&again).unwrap();
        assert_eq!(parts[1].name, "bayes");
        assert_eq!(parts[0].fitted.as_ref().unwrap().classes().len(), 1);
        // It can learn again.
        let y = Y.as_slice().into();
        let anew = again.estimator().fit(&(&x()).into_features().unwrap(), Some(&y), None);
        assert_eq!(anew.unwrap().predict_proba(&x()).unwrap().to_f64_vec(), said);
    }

    #[test]
    fn hard_votes_are_counted() {
        // Each says of the samples what it was told.
        let told = [
            ["c", "b", "a", "c", "a", "b"],
            ["b", "b", "a", "b", "c", "b"],
            ["a", "b", "c", "b", "c", "a"],
        ];
        let fit = |y: &[&str]| KNeighborsClassifier::new().n_neighbors(1).fit(&x(), y).unwrap();
        let said = |weights: [f64; 3]| {
            let voters = told.iter().zip(weights).zip(["u", "v", "w"]);
            let voters = voters.map(|((y, weight), name)| (name.to_owned(), fit(y), weight));
            let fitted = hard_voting(voters.collect()).unwrap();
            let again = saving::from_bytes(&saving::to_bytes(&fitted).unwrap()).unwrap();
            assert_eq!(again.predict(&x()).unwrap(), fitted.predict(&x()).unwrap());
            assert!(again.predict_proba(&x()).is_err() && !again.model.can("predict_proba"));
            // It can learn again, and those that vote say numbers.
            let y = Y.as_slice().into();
            let anew = again.estimator().fit(&(&x()).into_features().unwrap(), Some(&y), None);
            assert!(!anew.unwrap().model.can("predict_proba"));
            let parts = compose::parts(&again).unwrap();
            let part = parts[0].fitted.as_ref().unwrap().predict(&x()).unwrap();
            assert!(
                matches!(part, Target::Numbers(n) if n.to_f64_vec() == [2.0, 1.0, 0.0, 2.0, 0.0, 1.0])
            );
            match fitted.predict(&x()).unwrap() {
                Target::Names(names) => names.concat(),
                Target::Numbers(_) => panic!("numbers"),
            }
        };
        // Of as many votes the first class.
        assert_eq!(said([1.0, 1.0, 1.0]), "ababcb");
        assert_eq!(said([5.0, 1.0, 1.0]), told[0].concat());
        assert_eq!(said([1.0, 1.0, 2.0]), "ababca");
        let line = LinearRegression::new().fit(&x(), [1.0, 2.0, 1.0, 4.0, 2.0, 3.0].as_slice());
        assert!(hard_voting(vec![("line".into(), line.unwrap(), 1.0)]).is_err());
    }

    #[test]
    fn quantities_are_averaged() {
        let y = vec![1.0, 2.5, 2.0, 4.0, 7.0, 5.5];
        let vote = VotingRegressor::new().voter("a", LinearRegression::new(), 1.0).voter(
            "b",
            LinearRegression::new().fit_intercept(false),
            1.0,
        );
        let numbers = |fitted: Fitted| match fitted.predict(&x()).unwrap() {
            Target::Numbers(a) => a.to_f64_vec(),
            Target::Names(_) => panic!("names"),
        };
        let said = numbers(vote.fit(&x(), &y).unwrap());
        let a = numbers(LinearRegression::new().fit(&x(), &y).unwrap());
        let b = numbers(LinearRegression::new().fit_intercept(false).fit(&x(), &y).unwrap());
        assert!(a.iter().zip(&b).any(|(a, b)| (a - b).abs() > 0.01));
        for i in 0..6 {
            assert!((said[i] - 0.5 * (a[i] + b[i])).abs() < 1e-12);
        }
    }

    #[test]
    fn samples_count_for_all_that_vote() {
        let weights = [3.0, 1.0, 1.0, 5.0, 1.0, 2.0];
        let (x, y) = (x(), Y.as_slice());
        let fit = |e: &dyn Estimator, weights: Option<&[f64]>| {
            let fitted = e.fit(&(&x).into_features().unwrap(), Some(&y.into()), weights).unwrap();
            fitted.predict_proba(&x).unwrap().to_f64_vec()
        };
        let linear = LogisticRegression::new();
        let vote = VotingClassifier::new().voter("a", linear.clone(), 1.0).voter(
            "b",
            GaussianNB::new(),
            1.0,
        );
        let said = fit(&vote, Some(&weights));
        let alone = [fit(&linear, Some(&weights)), fit(&GaussianNB::new(), Some(&weights))];
        assert!(said.iter().zip(fit(&vote, None)).any(|(a, b)| (a - b).abs() > 0.01));
        for i in 0..12 {
            assert!((said[i] - 0.5 * (alone[0][i] + alone[1][i])).abs() < 1e-12);
        }
        // If one of them cannot weigh samples, nobody pretends to.
        let vote = vote.voter("c", KNeighborsClassifier::new(), 1.0);
        let e = vote.fit_weighted(&x, y, &weights).unwrap_err().to_string();
        assert!(e.contains("does not support sample weights"), "{e}");
    }

    #[test]
    fn words_are_the_same_for_all_that_vote() {
        let fit = |words: Option<&[&str]>| {
            let words = words.map(|all| all.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>());
            let columns = vec![("city".to_owned(), words), ("size".to_owned(), None)];
            let fitted =
                LinearRegression::new().fit(&x(), [1.0, 2.0, 1.0, 4.0, 2.0, 3.0].as_slice());
            fitted.unwrap().with_schema(Schema::new(columns)).unwrap()
        };
        let vote = |a, b| voting(vec![("a".into(), fit(a), 1.0), ("b".into(), fit(b), 1.0)]);
        let known: &[&str] = &["p", "q"];
        // Who looks at no word does not know them.
        for (a, b) in [(Some(known), Some(known)), (Some(known), None), (None, Some(known))] {
            let schema = vote(a, b).unwrap().schema().cloned().unwrap();
            assert_eq!(schema.columns()[0].1.as_deref().unwrap(), known);
            assert_eq!(schema.columns()[1], ("size".to_owned(), None));
        }
        let e = vote(Some(known), Some(&["q", "p"])).unwrap_err().to_string();
        assert!(e.contains("'b' knows other words"), "{e}");
    }

    #[test]
    fn what_cannot_vote_together_is_refused() {
        let y = Y.as_slice();
        assert!(VotingClassifier::new().fit(&x(), y).is_err());
        let none = VotingClassifier::new().voter("a", GaussianNB::new(), 0.0);
        assert!(none.fit(&x(), y).unwrap_err().to_string().contains("'a'"));
        let a = GaussianNB::new().fit(&x(), y).unwrap();
        let other = ["u", "v", "u", "v", "u", "v"];
        let b = GaussianNB::new().fit(&x(), other.as_slice()).unwrap();
        let e = voting(vec![("a".into(), a, 1.0), ("b".into(), b, 1.0)]).unwrap_err();
        assert!(e.to_string().contains("'b'"), "{e}");
    }
}
