//! What tables become.

use crate::csv::{self, Options};
use crate::*;
use seodang_core::{DType, Lang};

fn table(text: &str) -> Table {
    csv::read(text.as_bytes(), &Options::default()).unwrap()
}

/// The report in English of a mistake; that there is one in Korean too.
fn report<T: std::fmt::Debug>(result: Result<T>) -> String {
    let e = result.unwrap_err();
    assert_ne!(e.render(Lang::Ko), e.render(Lang::En));
    e.render(Lang::En)
}

fn options(change: impl FnOnce(&mut SchemaOptions)) -> SchemaOptions {
    let mut options = SchemaOptions::default();
    change(&mut options);
    options
}

#[test]
fn columns_become_inputs_by_kind() {
    let t = table("size,colour,empty,const,y\n1,red,,7,a\n2,,,7,b\n6,blue,,7,a\n");
    let xy = t.to_xy("y").unwrap();
    assert_eq!(xy.schema.feature_names(), ["size", "colour=blue", "colour=red", "const"]);
    assert_eq!(xy.schema.width(), 4);
    let deviation = (14.0f64 / 3.0).sqrt();
    let size = |x: f64| f64::from(((x - 3.0) / deviation) as f32);
    let want = [[size(1.0), 0.0, 1.0, 0.0], [size(2.0), 0.0, 0.0, 0.0], [size(6.0), 1.0, 0.0, 0.0]];
    assert_eq!(xy.x.to_f64_vec(), want.concat());
    assert_eq!(xy.y.to_vec::<i32>().unwrap(), [0, 1, 0]);
    let raw = options(|o| o.standardize = false);
    let x = Schema::fit(&t, "y", &raw, None).unwrap().apply(&t).unwrap();
    assert_eq!(x.to_f64_vec()[0], 1.0);
}

#[test]
fn tasks_are_inferred() {
    let of = |y: &[String]| {
        let rows: Vec<String> = y.iter().enumerate().map(|(i, y)| format!("{i}.5,{y}\n")).collect();
        let schema = table(&format!("x,y\n{}", rows.concat())).to_xy("y").unwrap().schema;
        (schema.task(), schema.class_names().to_vec())
    };
    let y = |n: usize, f: &dyn Fn(usize) -> String| (0..n).map(f).collect::<Vec<_>>();
    assert_eq!(of(&y(6, &|i| ["no", "yes"][i % 2].into())).1, ["no", "yes"]);
    assert_eq!(of(&y(4, &|i| ["1", "-1"][i % 2].into())).1, ["-1", "1"]);
    assert_eq!(of(&y(60, &|i| (i % 12).to_string())).1[..4], ["0", "1", "2", "3"]);
    assert_eq!(of(&y(59, &|i| (i % 12).to_string())).0, Task::Regression);
    assert_eq!(of(&y(300, &|i| (i % 21).to_string())).0, Task::Regression);
    assert_eq!(of(&y(60, &|i| format!("{}.5", i % 2))).0, Task::Regression);
    let t = table("x,y\n1,1.5\n2,2.5\n3,1.5\n");
    let quantity = t.to_xy("y").unwrap();
    assert_eq!(quantity.y.dtype(), DType::F32);
    assert_eq!(quantity.y.to_f64_vec(), [1.5, 2.5, 1.5]);
    let forced = options(|o| o.task = Some(Task::Classification));
    assert_eq!(Schema::fit(&t, "y", &forced, None).unwrap().class_names(), ["1.5", "2.5"]);
    let t = table("x,y\n1,0\n2,1\n");
    let forced = options(|o| o.task = Some(Task::Regression));
    assert_eq!(Schema::fit(&t, "y", &forced, None).unwrap().task(), Task::Regression);
}

#[test]
fn a_saved_schema_reads_new_rows_identically() {
    let t = table("h,w,kind,y\n1.7,60.3,a,1.25\n1.63,55.1,b,2.5\n1.91,80.7,a,3\n");
    let xy = t.to_xy("y").unwrap();
    let json = serde_json::to_string(&xy.schema).unwrap();
    let schema: Schema = serde_json::from_str(&json).unwrap();
    assert_eq!(schema, xy.schema);
    assert_eq!(schema.apply(&t).unwrap(), xy.x);
    let second = schema.apply_row(&["1.63", " 55.1 ", "b"]).unwrap();
    assert_eq!(second, xy.x.slice_rows(1, 2).unwrap());
    // Other order, more columns, no target.
    let other = table("kind,more,w,h\nb,?,55.1,1.63\n");
    assert_eq!(schema.apply(&other).unwrap(), second);
    // No header: the input columns in order.
    assert_eq!(schema.apply(&table("1.63,55.1,b\n")).unwrap(), second);
    assert_eq!(schema.apply_target(&t).unwrap(), xy.y);
}

#[test]
fn classes_as_numbers_match_by_value() {
    let t = table("x,y\n1,0\n2,1\n3,1\n");
    let schema = t.to_xy("y").unwrap().schema;
    let y = schema.apply_target(&table("x,y\n1,1.0\n2,-0\n")).unwrap();
    assert_eq!(y.to_vec::<i32>().unwrap(), [1, 0]);
    assert!(report(schema.apply_target(&table("x,y\n1,2\n"))).contains("one of \"0\", \"1\""));
}

#[test]
fn a_data_set_keeps_test_rows_out_of_the_means() {
    let rows: Vec<String> = (0..40).map(|i| format!("{},{}\n", i * i, ["a", "b"][i % 2])).collect();
    let t = table(&format!("x,y\n{}", rows.concat()));
    let (set, schema) = t.to_dataset("t", "y", &SchemaOptions::default(), 0.25, 5).unwrap();
    assert_eq!((set.train.len(), set.test.len()), (30, 10));
    assert_eq!((set.task(), set.kind), (Task::Classification, Kind::Table));
    assert_eq!(set.test.y.to_f64_vec().iter().sum::<f64>(), 5.0);
    let mean = set.train.x.to_f64_vec().iter().sum::<f64>() / 30.0;
    assert!(mean.abs() < 1e-6, "{mean}");
    assert_eq!(set.whole().unwrap().x, schema.apply(&t).unwrap());
    let few = table("x,y\n1,a\n2,b\n");
    assert!(report(few.to_dataset("t", "y", &SchemaOptions::default(), 0.1, 5)).contains("2 rows"));
}

#[test]
fn missing_numbers() {
    let t = table("x,y\n1,a\n,b\n3,a\n");
    let e = report(t.to_xy("y"));
    assert!(e.contains("missing") && e.contains("line = 3, column = \"x\""), "{e}");
    let e = report(table("x,y\n1,a\nNaN,b\n").to_xy("y"));
    assert!(e.contains("missing") && e.contains("cell = \"NaN\""), "{e}");
    let mean = options(|o| o.missing = Missing::Mean);
    let schema = Schema::fit(&t, "y", &mean, None).unwrap();
    assert_eq!(schema.apply(&t).unwrap().to_f64_vec(), [-1.0, 0.0, 1.0]);
    assert_eq!(schema.apply_row(&[""]).unwrap().to_f64_vec(), [0.0]);
    let e = report(Schema::fit(&t, "y", &mean, Some(&[1])));
    assert!(e.contains("no number in the rows of training"), "{e}");
    assert!(report(table("x,y\n1,\n2,b\n").to_xy("y")).contains("line = 2, column = \"y\""));
    assert!(report(table("x,y\n1,\n2,\n").to_xy("y")).contains("missing"));
}

#[test]
fn mistakes_in_columns_name_their_place() {
    let e = report(table("x,y\n1,a\n2,b\nthree,a\n").to_xy("y"));
    assert!(e.contains("line = 4, column = \"x\", cell = \"three\""), "{e}");
    let e = report(table("x,y\n1,a\n-inf,b\n").to_xy("y"));
    assert!(e.contains("infinite") && e.contains("line = 3"), "{e}");
    let e = report(table("x,y\n1,0.5\n2,1.5\n2,oops\n").to_xy("y"));
    assert!(e.contains("line = 4, column = \"y\", cell = \"oops\""), "{e}");
    let t = table("x,y\n1,0.5\n2,1e300\n");
    assert!(report(t.to_xy("y")).contains("too large"));
    assert!(report(table("x,y\n1e308,a\n1e308,b\n-1e308,b\n").to_xy("y")).contains("too large"));
    let declared = options(|o| o.categorical = vec!["x".into()]);
    let t = table("x,y\n1,a\n2,b\nthree,a\n");
    assert_eq!(Schema::fit(&t, "y", &declared, None).unwrap().width(), 3);
}

#[test]
fn nothing_to_learn_is_an_error() {
    let t = table("x,y\n1,a\n2,b\n");
    assert!(report(t.to_xy("z")).contains("no column \"z\""));
    let all = options(|o| o.drop = vec!["x".into()]);
    assert!(report(Schema::fit(&t, "y", &all, None)).contains("no column is left"));
    let wrong = options(|o| o.drop = vec!["q".into()]);
    assert!(report(Schema::fit(&t, "y", &wrong, None)).contains("\"q\""));
    assert!(
        report(Schema::fit(&t, "y", &SchemaOptions::default(), Some(&[2]))).contains("no row 2")
    );
    assert!(report(table("x,y\n1,a\n2,a\n").to_xy("y")).contains("nothing to tell apart"));
    let names: String = (0..30).map(|i| format!("n{i},{}\n", i % 2)).collect();
    assert!(report(table(&format!("x,y\n{names}")).to_xy("y")).contains("names the rows"));
    let names: String = (0..30).map(|i| format!("{i},n{i}\n")).collect();
    assert!(report(table(&format!("x,y\n{names}")).to_xy("y")).contains("30 classes in 30 rows"));
    let few = options(|o| o.max_categories = 1);
    let t = table("x,y\na,0\nb,1\n");
    assert!(report(Schema::fit(&t, "y", &few, None)).contains("2 categories, more than 1"));
}

#[test]
fn new_rows_that_do_not_fit_are_errors() {
    let schema = table("x,c,y\n1,a,0.5\n2,b,1.5\n").to_xy("y").unwrap().schema;
    let e = report(schema.apply(&table("x,c\n1,a\n2,z\n")));
    assert!(
        e.contains("line = 3, column = \"c\", cell = \"z\"") && e.contains("\"a\", \"b\""),
        "{e}"
    );
    assert!(report(schema.apply(&table("x,d\n1,a\n"))).contains("no column \"c\""));
    assert!(report(schema.apply_row(&["1"])).contains("1 values, the model takes 2"));
    let e = report(schema.apply_row(&["one", "a"]));
    assert!(e.contains("cell = \"one\"") && !e.contains("line ="), "{e}");
    assert!(report(schema.apply_row(&["1e300", "a"])).contains("too large"));
}

#[test]
fn an_unsound_schema_is_an_error() {
    let schema = table("x,c,y\n1,a,0.5\n2,b,1.5\n").to_xy("y").unwrap().schema;
    for kind in [
        FeatureKind::Number { mean: 0.0, scale: 0.0, fill: None },
        FeatureKind::Number { mean: f64::NAN, scale: 1.0, fill: None },
        FeatureKind::Category { categories: vec!["b".into(), "a".into()] },
    ] {
        let mut broken = schema.clone();
        broken.features[0].kind = kind;
        assert!(report(broken.apply_row(&["1", "a"])).contains("not sound"));
    }
    let none = Schema { features: vec![], ..schema };
    assert!(report(none.apply_row(&[])).contains("no inputs"));
    assert!(serde_json::from_str::<Schema>("{\"features\": [{\"name\": \"x\"}]}").is_err());
}
