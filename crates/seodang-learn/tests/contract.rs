//! What every estimator promises, over the whole registry.

use ndarray::{Array2, array};
use seodang_learn::{Estimator, Features, Fit, Fitted, Target, Task, Value, registry, saving};

/// Two clouds in two dimensions, eight samples each.
fn samples() -> Array2<f64> {
    Array2::from_shape_fn((16, 2), |(i, j)| {
        let side = if i % 2 == 0 { 1.0 } else { 3.0 };
        side + ((i * 7 + j * 13) % 10) as f64 / 20.0
    })
}

fn target(task: Task) -> Target {
    match task {
        Task::Regressor => {
            Target::from(&(0..16).map(|i| f64::from(i % 2) * 6.0 + 1.0).collect::<Vec<_>>())
        }
        _ => {
            Target::Names((0..16).map(|i| if i % 2 == 0 { "one" } else { "two" }.into()).collect())
        }
    }
}

/// Fits. Where leaves hold 20 samples by default, they hold fewer, or nothing could be learned of 16;
/// where 200 small steps are the default, there are more, for all samples are one batch.
fn fit(estimator: &dyn Estimator) -> Fitted {
    let x = samples();
    let y = target(estimator.tags().task);
    let mut suited = estimator.boxed();
    for (name, value) in estimator.values() {
        match (name, value) {
            ("min_samples_leaf", Value::Int(20)) => suited.set(name, &Value::Int(2)).unwrap(),
            ("max_iter", Value::Int(200)) => suited.set(name, &Value::Int(1000)).unwrap(),
            ("random_state", _) => suited.set(name, &Value::Int(7)).unwrap(),
            _ => {}
        }
    }
    suited
        .fit(&Features::from(&x), Some(&y), None)
        .unwrap_or_else(|e| panic!("{}: {e}", estimator.class_name()))
}

#[test]
fn predictors_learn_what_is_easy() {
    for estimator in registry::all() {
        if !matches!(estimator.tags().task, Task::Classifier | Task::Regressor) {
            continue;
        }
        let mut estimator = estimator;
        if matches!(estimator.class_name(), "ComplementNB" | "MultinomialNB") {
            // They look at shares of a sample's sum, which both clouds have alike.
            continue;
        }
        if estimator.class_name() == "BernoulliNB" {
            // One cloud lies below, one above.
            estimator.set("binarize", &Value::Float(2.2)).unwrap();
        }
        let fitted = fit(&*estimator);
        let score = fitted.score(&samples(), target(estimator.tags().task)).unwrap();
        assert!(score > 0.75, "{}: {score}", estimator.class_name());
    }
}

#[test]
fn what_is_saved_predicts_the_same() {
    let x = samples();
    for estimator in registry::all() {
        let who = estimator.class_name();
        let fitted = fit(&*estimator);
        let bytes = saving::to_bytes(&fitted).unwrap();
        let again = saving::from_bytes(&bytes).unwrap_or_else(|e| panic!("{who}: {e}"));
        assert_eq!(bytes, saving::to_bytes(&again).unwrap(), "{who}");
        match estimator.tags().task {
            Task::Classifier | Task::Regressor => {
                assert_eq!(fitted.predict(&x).unwrap(), again.predict(&x).unwrap(), "{who}");
            }
            Task::Transformer => {
                let of = |f: &Fitted| format!("{:?}", f.transform(&x).unwrap());
                assert_eq!(of(&fitted), of(&again), "{who}");
            }
            _ => {}
        }
    }
}

#[test]
fn files_cut_off_or_changed_are_refused() {
    for estimator in registry::all() {
        let bytes = saving::to_bytes(&fit(&*estimator)).unwrap();
        for end in (0..bytes.len()).step_by(bytes.len() / 50 + 1) {
            assert!(saving::from_bytes(&bytes[..end]).is_err());
        }
        for at in (0..bytes.len()).step_by(bytes.len() / 200 + 1) {
            let mut other = bytes.clone();
            other[at] ^= 0x41;
            assert!(saving::from_bytes(&other).is_err(), "{} at {at}", estimator.class_name());
        }
    }
}

#[test]
fn what_does_not_fit_is_refused_in_scikit_learns_words() {
    for estimator in registry::all() {
        let (who, task) = (estimator.class_name(), estimator.tags().task);
        let fails = |x: Array2<f64>, y: &Target| {
            estimator.fit(&Features::from(&x), Some(y), None).unwrap_err().to_string()
        };
        let y = target(task);
        let none = y.take(&[]).unwrap();
        assert!(fails(Array2::zeros((0, 2)), &none).contains("0 sample(s)"), "{who}");
        assert!(fails(Array2::zeros((16, 0)), &y).contains("0 feature(s)"), "{who}");
        let mut x = samples();
        x[[3, 1]] = f64::INFINITY;
        if !estimator.tags().infinite {
            assert!(fails(x.clone(), &y).contains("Input X contains infinity"), "{who}");
        }
        if !estimator.tags().nan {
            x[[3, 1]] = f64::NAN;
            assert!(fails(x, &y).contains("Input X contains NaN"), "{who}");
        }
        if estimator.tags().requires_y {
            let e = fails(samples().slice(ndarray::s![..5, ..]).to_owned(), &y);
            assert!(e.contains("inconsistent numbers of samples: [5, 16]"), "{who}: {e}");
            let e = estimator.fit(&Features::from(&samples()), None, None).unwrap_err();
            assert!(e.to_string().contains("requires y to be passed"), "{who}");
        }
        let fitted = fit(&*estimator);
        let wide = array![[1.0, 2.0, 3.0]];
        let e = fitted.ask(&Features::from(&wide), |_| Ok(())).unwrap_err().to_string();
        let expected = format!("X has 3 features, but {who} is expecting 2 features as input.");
        assert!(e.contains(&expected), "{e}");
    }
}

#[test]
fn parameters_are_documented_set_and_checked() {
    for estimator in registry::all() {
        let who = estimator.class_name();
        let mut other = registry::new(who).unwrap();
        for (parameter, (name, value)) in estimator.parameters().into_iter().zip(estimator.values())
        {
            assert_eq!(parameter.name, name);
            assert!(parameter.doc.trim().ends_with('.'), "{who}.{name} has no sentence");
            assert!(!parameter.takes.is_empty() && !parameter.annotation.is_empty());
            // The default is a value that the parameter takes.
            other.set(name, &value).unwrap();
        }
        other.check_ranges().unwrap();
        let e = other.set("no_such_parameter", &Value::None).unwrap_err().to_string();
        assert!(e.contains("Invalid parameter 'no_such_parameter'"), "{e}");
        let odd = Value::Other("<object>".into());
        for parameter in estimator.parameters() {
            if parameter.annotation == "Any" {
                continue;
            }
            let e = other.set(parameter.name, &odd).unwrap_err().to_string();
            let expected = format!("The '{}' parameter of {who} must be ", parameter.name);
            assert!(e.starts_with(&expected) && e.ends_with("Got <object> instead."), "{e}");
        }
    }
}

#[test]
fn results_do_not_depend_on_threads() {
    for estimator in registry::all() {
        let of = |threads| {
            seodang_kernels::pool::with_threads(threads, || {
                saving::to_bytes(&fit(&*estimator)).unwrap()
            })
        };
        assert_eq!(of(1), of(3), "{}", estimator.class_name());
    }
}

#[test]
fn neighbors_are_measured_by_the_metric() {
    use seodang_learn::neighbors::KNeighborsRegressor;
    let x = ndarray::array![[0.0, 0.0], [3.0, 3.0], [5.0, 0.0]];
    let q = ndarray::array![[0.5, 0.0]];
    let found = |metric: &str, p: f64| {
        let knn = KNeighborsRegressor::new().n_neighbors(3).metric(metric).p(p);
        let fitted = knn.fit(&x, &vec![0.0, 1.0, 2.0]).unwrap();
        let q = Features::from(&q);
        match fitted.model().call("kneighbors", Some(&q), &[]).unwrap() {
            Value::List(out) => match &out[..] {
                [Value::Array(d), Value::Array(i)] => (d.to_f64_vec(), i.to_f64_vec()),
                _ => panic!(),
            },
            _ => panic!(),
        }
    };
    let (l2, order) = found("euclidean", 2.0);
    assert_eq!(order, [0.0, 1.0, 2.0]);
    assert!((l2[1] - 15.25f64.sqrt()).abs() < 1e-12);
    assert_eq!(found("minkowski", 2.0).0, l2);
    assert_eq!(found("manhattan", 2.0), (vec![0.5, 4.5, 5.5], vec![0.0, 2.0, 1.0]));
    assert_eq!(found("minkowski", 1.0), found("l1", 2.0));
    assert_eq!(found("chebyshev", 2.0), (vec![0.5, 3.0, 4.5], vec![0.0, 1.0, 2.0]));
    assert_eq!(found("minkowski", f64::INFINITY), found("chebyshev", 2.0));
    // The row of zeros is at right angles to all.
    assert_eq!(found("cosine", 2.0).1, [2.0, 1.0, 0.0]);
    let wrong = KNeighborsRegressor::new().metric("crow").fit(&x, &vec![0.0, 1.0, 2.0]);
    assert!(wrong.unwrap_err().to_string().contains("'metric' parameter"));
}
