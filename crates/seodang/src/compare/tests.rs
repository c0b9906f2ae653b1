//! Comparisons of small tables, whole.

use super::*;
use seodang_data::csv;

fn table(text: &str) -> Table {
    csv::read(text.as_bytes(), &csv::Options::default()).expect("a table")
}

/// Two classes that a column of numbers and one of words say, with noise and gaps.
fn classes(rows: usize) -> String {
    let mut random = Stream::new(8, 0);
    let mut out = String::from("height,colour,when,kind\n");
    for i in 0..rows {
        let x = random.normal();
        let red = random.uniform() < 0.5;
        let kind = x + f64::from(red) > 0.5;
        let height = if i % 17 == 0 { String::new() } else { format!("{:.3}", 10.0 * x) };
        let (colour, kind) =
            (["blue", "red"][usize::from(red)], ["small", "tall"][usize::from(kind)]);
        out += &format!("{height},{colour},2024-0{}-11,{kind}\n", 1 + i % 9);
    }
    out
}

fn options(methods: &[&str]) -> Options {
    let methods = methods.iter().map(|m| (*m).to_owned()).collect();
    Options { seconds: 1.5, methods, ..Options::default() }
}

#[test]
fn a_winner_is_named_measured_and_saved() {
    let table = table(&classes(300));
    let long = Options { seconds: 4.0, ..options(&["knn", "linear", "tree", "boosting"]) };
    let c = compare(&table, "kind", &long).expect("a comparison");
    let winner = c.winner();
    assert!(winner.score > 0.85 && c.held.score > 0.8, "{} {}", winner.score, c.held.score);
    assert!(c.interval.low < c.held.score && c.held.score <= c.interval.high, "{:?}", c.interval);
    assert!(winner.curve.len() >= 2 && winner.fit > 0.0 && winner.predict > 0.0);
    assert!(winner.ties_with_winner && winner.axes.one_core.is_some());
    assert!(c.methods.windows(2).all(|w| w[0].score >= w[1].score));
    let knn = c.methods.iter().find(|m| m.method.key == "knn").expect("neighbours");
    // Words as numbers and heights that are not scaled are measured too.
    assert!(knn.axes.raw.is_some() && knn.axes.prepared.is_some());
    // The tree that is shown is the one whose score is.
    let tree = c.methods.iter().find(|m| m.method.key == "tree").expect("a tree");
    let Insight::Tree(parts) = &tree.axes.insight else { panic!("{:?}", tree.axes.insight) };
    let depth = tree.candidate.parameters.iter().find_map(|(name, value)| match value {
        seodang_learn::Value::Int(depth) if name == "max_depth" => u32::try_from(*depth).ok(),
        _ => None,
    });
    let most = depth.map_or(usize::MAX, |d| 2usize.saturating_pow(d));
    let leaves = parts.iter().filter(|p| p.children.is_none()).count();
    assert!((2..=most).contains(&leaves), "{leaves} leaves of {:?}", tree.candidate);
    assert_eq!(c.importances[0].0, "height", "{:?}", c.importances);
    let plane = c.plane.as_ref().expect("two columns of numbers");
    assert_eq!(plane.names.0, "height");
    assert!(plane.cells.len() == Plane::SIDE * Plane::SIDE && !plane.samples.is_empty());
    // Tall is to the right of small.
    let row = &plane.cells[..Plane::SIDE];
    assert!(row[0].0 == 0 && row[Plane::SIDE - 1].0 == 1, "{row:?}");
    let curve = c.validation.as_ref().expect("a curve");
    assert!(curve.points.len() >= 3 && curve.points.iter().all(|p| p.1 <= 1.0 && p.2 > 0.3));

    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("model.safetensors");
    let said = c.model.predict(&table).expect("predictions");
    c.model.save(&path).expect("a file");
    let loaded = TableModel::load(&path).expect("the model");
    assert_eq!(loaded.predict(&table).expect("predictions"), said);
    assert_eq!(loaded.reading().class_names(), ["small", "tall"]);
    let row = Table::row(&loaded.reading().inputs(), &["30", "red", "2024-03-11"]).expect("a row");
    assert_eq!(loaded.predict(&row).expect("a prediction").values, [1.0]);
    // A word that was never there, a missing number and a date that is none.
    let odd = Table::row(&loaded.reading().inputs(), &["", "green", "soon"]).expect("a row");
    assert!(loaded.predict(&odd).expect("a prediction").values[0].is_finite());
    let bytes = std::fs::read(&path).expect("bytes");
    for cut in [10, bytes.len() / 2, bytes.len() - 1] {
        std::fs::write(&path, &bytes[..cut]).expect("a file");
        assert!(TableModel::load(&path).is_err());
    }
}

#[test]
fn the_average_of_the_best_is_measured_saved_and_explained() {
    // A line with a wave on it, of which one method has the line and another the wave.
    let mut text = String::from("a,b,y\n");
    let mut random = Stream::new(5, 0);
    for _ in 0..400 {
        let (a, b) = (random.uniform() * 10.0, random.uniform() * 10.0);
        let y = 40.0 * a + 60.0 * (3.0 * b).sin() + 20.0 * random.normal();
        text += &format!("{a:.3},{b:.3},{y:.2}\n");
    }
    let table = table(&text);
    let long = Options { seconds: 6.0, ..options(&["knn", "linear", "boosting"]) };
    let c = compare(&table, "y", &long).expect("a comparison");
    let row = c.methods.iter().find(|m| m.method.key == AVERAGE.key).expect("an average");
    assert_eq!(row.candidate.class, "VotingRegressor");
    let shares: Vec<f64> = (row.candidate.parameters.iter())
        .filter_map(|(_, v)| if let seodang_learn::Value::Float(x) = v { Some(*x) } else { None })
        .collect();
    assert!((shares.iter().sum::<f64>() - 1.0).abs() < 0.03, "{}", row.candidate.describe());
    assert!(row.curve.len() >= 2 && row.axes.one_core.is_some() && row.axes.all_cores.is_some());
    assert!(c.methods.iter().all(|m| m.score <= c.winner().score) && row.fit > 0.0);
    assert!(c.held.score > 0.8, "{}", c.held.score);
    if c.winner().method.key == AVERAGE.key {
        assert_eq!(c.model.method().0, "VotingRegressor");
        let parts = c.model.method().1;
        assert!(parts.len() >= 2 && parts[0].1.contains(" * "), "{parts:?}");
    }
    let path = tempfile::tempdir().expect("a folder");
    let path = path.path().join("model.safetensors");
    let said = c.model.predict(&table).expect("predictions");
    c.model.save(&path).expect("a file");
    let loaded = TableModel::load(&path).expect("the model");
    assert_eq!(loaded.predict(&table).expect("predictions"), said);
}

#[test]
fn it_tells_where_it_is_and_ends_when_asked() {
    static ASKED: AtomicBool = AtomicBool::new(false);
    let table = table(&classes(300));
    let options = Options { interrupt: Some(&ASKED), seconds: 600.0, ..options(&["knn", "tree"]) };
    let mut told = Vec::new();
    let c = compare_with(&table, "kind", &options, &mut |p: &Progress| {
        told.push((p.method.key, p.leader.is_some()));
        if p.tried >= 4 {
            ASKED.store(true, std::sync::atomic::Ordering::Relaxed);
        }
    })
    .expect("what was found until then");
    assert!(c.seconds < 300.0 && c.winner().score > 0.7);
    assert_eq!(c.methods.iter().map(|m| m.tried).sum::<usize>(), 5);
    assert!(told.contains(&("knn", false)) && told.contains(&("tree", true)), "{told:?}");
    // Asked before anything was found.
    let e = compare(&table, "kind", &options).unwrap_err();
    assert_eq!(e.kind(), seodang_core::ErrorKind::Interrupted, "{e}");
}

#[test]
fn quantities_and_texts_are_learned() {
    let mut text = String::from("review,stars\n");
    for i in 0..240 {
        let word = ["좋아요", "좋았어요", "별로예요", "나빠요"][i % 4];
        text += &format!("이 영화 {i} 정말 {word} 참,{}\n", ["good", "bad"][i % 4 / 2]);
    }
    let c = compare(&table(&text), "stars", &options(&["knn", "linear"])).expect("a comparison");
    assert!(c.winner().score > 0.95, "{}", c.winner().score);
    let mut text = String::from("a,b,y\n");
    for i in 0..200 {
        text += &format!(
            "{},{},{:.2}\n",
            i % 13,
            i % 7,
            1000.0 * (i % 13) as f64 - 77.5 * (i % 7) as f64
        );
    }
    let c = compare(&table(&text), "y", &options(&["linear"])).expect("a comparison");
    assert!(c.winner().score > 0.999 && c.held.score > 0.999, "{}", c.winner().score);
    let (model, _, held) =
        train(&table(&text), "y", "linear", &[], &Options::default()).expect("a model");
    assert!(held.score > 0.999 && model.rows() == 200);
}

#[test]
fn what_gives_the_answer_away_is_told() {
    let mut text = String::from("id,x,answer,y\n");
    for i in 0..200 {
        text += &format!("{},{},{},{}\n", 5000 + i, i * 7 % 31, i % 2 * 3, ["no", "yes"][i % 2]);
    }
    text += "5200,3,0,no\n5200,3,0,no\n5201,3,0,\n";
    let c = compare(&table(&text), "y", &options(&["knn"])).expect("a comparison");
    let seen: Vec<String> = c.notices.iter().map(|n| n.text().en).collect();
    for words in ["\"answer\" alone", "1 rows repeat", "1 rows have no target"] {
        assert!(seen.iter().any(|s| s.contains(words)), "{words}: {seen:?}");
    }
}

#[test]
fn what_cannot_be_compared_is_an_error() {
    let few = table("a,y\n1,u\n2,v\n3,u\n");
    assert!(compare(&few, "y", &Options::default()).unwrap_err().to_string().contains("3"));
    let table = table(&classes(60));
    assert!(compare(&table, "nothing", &Options::default()).is_err());
    assert!(
        compare(&table, "kind", &options(&["magic"])).unwrap_err().to_string().contains("magic")
    );
    let none = Options { seconds: 0.0, ..Options::default() };
    assert!(compare(&table, "kind", &none).is_err());
}
