//! Tables of mixed columns through encoders, imputers, column transformers and pipelines, and files.

use seodang_learn::compose::{ColumnTransformer, Columns, Pipeline};
use seodang_learn::impute::SimpleImputer;
use seodang_learn::linear_model::LogisticRegression;
use seodang_learn::preprocessing::{OneHotEncoder, OrdinalEncoder, StandardScaler, TargetEncoder};
use seodang_learn::{Column, Estimator, Features, Fit, Fitted, Table, Target, saving};

fn table() -> Table {
    let city = ["Seoul", "Busan", "", "Seoul", "Jeju", "Busan", "Seoul", "Seoul"];
    Table::new()
        .with("age", Column::Numbers(vec![20.0, f64::NAN, 40.0, 30.0, 25.0, 35.0, 22.0, 61.0]))
        .and_then(|t| t.with("city", Column::words(city.map(|c| (!c.is_empty()).then_some(c)))))
        .and_then(|t| t.with("height", Column::Numbers((0..8).map(|i| f64::from(i * i)).collect())))
        .unwrap()
}

fn target() -> Target {
    Target::from(["no", "yes", "yes", "no", "no", "yes", "no", "yes"].as_slice())
}

fn pipeline() -> Pipeline {
    let numbers = Pipeline::new()
        .step("fill", SimpleImputer::new().strategy("median"))
        .step("scale", StandardScaler::new());
    let words = Pipeline::new()
        .step("fill", SimpleImputer::new().strategy("constant").fill_value("none"))
        .step("encode", OneHotEncoder::new().handle_unknown("ignore"));
    let columns = ColumnTransformer::new().part("numbers", numbers, Columns::NotWords).part(
        "words",
        words,
        Columns::Words,
    );
    Pipeline::new().step("columns", columns).step("model", LogisticRegression::new())
}

fn dense(x: &Features<'_>) -> Vec<f64> {
    x.dense().f64().data.to_vec()
}

#[test]
fn a_pipeline_learns_from_a_table_and_comes_back_from_a_file() {
    let fitted = pipeline().fit_table(&table(), target()).unwrap();
    let x = fitted.encode(&table()).unwrap();
    let said = fitted.predict(&x).unwrap();
    assert!(fitted.score(&x, target()).unwrap() >= 0.75);
    let bytes = saving::to_bytes(&fitted).unwrap();
    let again = saving::from_bytes(&bytes).unwrap();
    assert_eq!(again.predict(again.encode(&table()).unwrap()).unwrap(), said);
    let other = Table::new()
        .with("city", Column::words([Some("Daegu"), None]))
        .and_then(|t| t.with("height", Column::Numbers(vec![1.0, 2.0])))
        .and_then(|t| t.with("age", Column::Numbers(vec![f64::NAN, 5.0])))
        .unwrap();
    let of = |f: &Fitted| {
        let x = f.encode(&other).unwrap();
        (f.predict_proba(&x).unwrap(), f.decision_function(&x).unwrap(), f.predict(&x).unwrap())
    };
    assert_eq!(of(&again), of(&fitted));
    assert_eq!(again.score(&x, target()).unwrap(), fitted.score(&x, target()).unwrap());
    // What it is made of comes back too.
    let (e, f) = (again.estimator(), fitted.estimator());
    assert_eq!(format!("{:?}", e.tags()), format!("{:?}", f.tags()));
    assert_eq!(e.methods(), f.methods());
    assert!(e.methods().contains(&"predict_proba"), "{:?}", e.methods());
    assert_eq!(saving::to_bytes(&again).unwrap(), bytes);
    let anew = e.fit_table(&table(), Some(&target()), None).unwrap();
    assert_eq!(anew.predict(anew.encode(&table()).unwrap()).unwrap(), said);
    for at in (0..bytes.len()).step_by(bytes.len() / 100 + 1) {
        let mut changed = bytes.clone();
        changed[at] ^= 0x21;
        assert!(saving::from_bytes(&changed).is_err());
    }
}

#[test]
fn columns_have_names_after_a_transformer() {
    let columns =
        ColumnTransformer::new().part("words", OneHotEncoder::new(), ["city"]).passthrough();
    let fitted = (&columns as &dyn Estimator).fit_table(&table(), None, None).unwrap();
    let names = [
        "words__city_Busan",
        "words__city_Jeju",
        "words__city_Seoul",
        "words__city_nan",
        "remainder__age",
        "remainder__height",
    ];
    assert_eq!(fitted.feature_names_out().unwrap(), names);
    let x = fitted.transform(fitted.encode(&table()).unwrap()).unwrap();
    assert_eq!(dense(&x)[..6], [0.0, 0.0, 1.0, 0.0, 20.0, 0.0]);
}

#[test]
fn encoders_number_words_and_refuse_unknown_ones() {
    let words = table().select(&["city"]).unwrap();
    let fit = |e: &dyn Estimator| e.fit_table(&words, Some(&target()), None).unwrap();
    let ordinal = fit(&OrdinalEncoder::new().encoded_missing_value(-1));
    let x = ordinal.transform(ordinal.encode(&words).unwrap()).unwrap();
    assert_eq!(dense(&x), [2.0, 0.0, -1.0, 2.0, 1.0, 0.0, 2.0, 2.0]);
    let stranger = Table::new().with("city", Column::words([Some("Daegu")])).unwrap();
    let e = ordinal.transform(ordinal.encode(&stranger).unwrap()).unwrap_err().to_string();
    assert!(e.contains("Found unknown categories"), "{e}");
    let one_hot =
        fit(&OneHotEncoder::new().max_categories(2).handle_unknown("infrequent_if_exist"));
    assert_eq!(one_hot.feature_names_out().unwrap(), ["city_Seoul", "city_infrequent_sklearn"]);
    let x = one_hot.transform(one_hot.encode(&stranger).unwrap()).unwrap();
    assert_eq!(dense(&x), [0.0, 1.0]);
    let means = fit(&TargetEncoder::new().smooth(0.0));
    let x = means.transform(means.encode(&words).unwrap()).unwrap();
    assert_eq!(dense(&x), [0.25, 1.0, 1.0, 0.25, 0.0, 1.0, 0.25, 0.25]);
    let x = means.transform(means.encode(&stranger).unwrap()).unwrap();
    assert_eq!(dense(&x), [0.5]);
}

#[test]
fn what_no_column_can_be_is_refused() {
    let mean = SimpleImputer::new();
    let e = (&mean as &dyn Estimator).fit_table(&table(), None, None).unwrap_err().to_string();
    assert!(e.contains("Cannot use mean strategy with non-numeric data"), "{e}");
    let lacking = ColumnTransformer::new().part("a", StandardScaler::new(), ["weight"]);
    let e = (&lacking as &dyn Estimator).fit_table(&table(), None, None).unwrap_err().to_string();
    assert!(e.contains("'weight'"), "{e}");
    let e = Pipeline::new().fit_table(&table(), target()).unwrap_err().to_string();
    assert!(e.contains("The pipeline is empty"), "{e}");
}
