//! How training behaves: resuming, interrupting, callbacks, data, mistakes.

use seodang_core::{Array, Batch, Batches, DType, ErrorKind, Lang, Result};
use seodang_nn::callbacks::{
    CSVLogger, Callback, CallbackContext, EarlyStopping, LearningRateScheduler, ModelCheckpoint,
    ProgressBar, ReduceLROnPlateau, TerminateOnNaN,
};
use seodang_nn::layers::{BatchNormalization, Dense, Dropout, Input};
use seodang_nn::optimizers::{Adam, SGD};
use seodang_nn::{
    Compile, Evaluate, Fit, Logs, Model, Predict, Sequential, Verbose, saving, set_random_seed,
};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

/// The global seed is the process's: tests that set it take turns.
fn seeded(seed: u64) -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    let guard = TURN.lock().unwrap_or_else(|e| e.into_inner());
    set_random_seed(seed);
    guard
}

/// Points of three classes, two features.
fn points(n: usize) -> (Array, Array) {
    let x = Array::from_fn(DType::F32, [n, 2], |i| {
        let (row, column) = (i / 2, i % 2);
        let noise = ((i * 37 % 101) as f64 / 101.0 - 0.5) * 0.8;
        let centre = [[0.0, 1.0], [1.0, -1.0], [-1.0, -1.0]][row % 3][column];
        centre + noise
    });
    (x, Array::from_fn(DType::I32, [n], |i| (i % 3) as f64))
}

fn classifier() -> Model {
    let mut model = Sequential::new()
        .name("classifier")
        .add(Input::new([2]))
        .add(Dense::new(8).activation("relu").name("hidden"))
        .add(BatchNormalization::new().name("norm"))
        .add(Dropout::new(0.25).name("dropout"))
        .add(Dense::new(3).activation("softmax").name("classes"))
        .build()
        .unwrap();
    model.compile(Adam::new(0.05), "sparse_categorical_crossentropy", ["accuracy"]).unwrap();
    model
}

fn quiet<'a>() -> Fit<'a> {
    Fit::new().verbose(Verbose::Silent)
}

fn message(e: &seodang_core::Error) -> String {
    e.render(Lang::En)
}

/// A copy with the same weights and random states.
fn copy(model: &Model) -> Model {
    Model::from_saved(&saving::read(&model.to_bytes().unwrap()).unwrap()).unwrap()
}

#[test]
fn the_same_seed_gives_the_same_weights() {
    let (x, y) = points(60);
    let run = |seed| {
        let _turn = seeded(seed);
        let mut model = classifier();
        let history = model.fit((&x, &y), quiet().epochs(3).batch_size(7)).unwrap();
        (model.get_weights().unwrap(), history)
    };
    assert_eq!(run(5), run(5));
    assert_ne!(run(5).0, run(6).0);
}

#[test]
fn a_resumed_training_gives_the_same_numbers() {
    let (x, y) = points(50);
    let folder = tempfile::tempdir().unwrap();
    let start = classifier();
    let callbacks = |csv: &str| -> Vec<Box<dyn Callback>> {
        vec![
            Box::new(EarlyStopping::new("val_loss").patience(50).restore_best_weights(true)),
            Box::new(ReduceLROnPlateau::new("loss").patience(1).min_delta(0.5).factor(0.7)),
            Box::new(CSVLogger::new(folder.path().join(csv))),
        ]
    };
    let fit = |csv: &str| {
        quiet().epochs(6).batch_size(8).seed(3).validation_split(0.2).callbacks(callbacks(csv))
    };

    let mut whole = copy(&start);
    let expected = whole.fit((&x, &y), fit("whole.csv")).unwrap();

    // Killed in the fourth epoch: the checkpoint is that of the third.
    struct Kill;
    impl Callback for Kill {
        fn on_train_batch_end(&mut self, cx: &mut CallbackContext<'_>, _: usize) -> Result<()> {
            let steps = cx.model().optimizer()?.iterations()?;
            if steps < 3 * 5 + 2 { Ok(()) } else { Err(seodang_core::Error::io("killed")) }
        }
    }
    let checkpoint = folder.path().join("checkpoint.seodang");
    let mut first = copy(&start);
    let killed = first.fit(
        (&x, &y),
        fit("resumed.csv").checkpoint(&checkpoint).metadata("note", "x").callback(Kill),
    );
    assert!(message(&killed.unwrap_err()).contains("killed"));
    // What was written after the checkpoint is written again.
    std::fs::OpenOptions::new()
        .append(true)
        .open(folder.path().join("resumed.csv"))
        .and_then(|mut f| std::io::Write::write_all(&mut f, b"3,half a li"))
        .unwrap();

    let saved = saving::read(&std::fs::read(&checkpoint).unwrap()).unwrap();
    assert_eq!(saved.metadata("note"), Some("x"));
    let (mut second, state) = saving::load_checkpoint(&checkpoint).unwrap();
    assert_eq!(state.epoch, 3);
    let resumed = second.fit((&x, &y), fit("resumed.csv").resume(state)).unwrap();
    assert_eq!(resumed, expected);
    assert_eq!(second.get_weights().unwrap(), whole.get_weights().unwrap());
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("resumed.csv"), read("whole.csv"));
    assert_eq!(read("whole.csv").lines().count(), 7);
    assert!(
        read("whole.csv")
            .starts_with("epoch,accuracy,learning_rate,loss,val_accuracy,val_loss\n0,")
    );
}

#[test]
fn an_interrupt_leaves_the_model_whole() {
    let (x, y) = points(64);
    let flag = AtomicBool::new(false);
    struct Raise<'a>(&'a AtomicBool);
    impl Callback for Raise<'_> {
        fn on_train_batch_end(&mut self, _: &mut CallbackContext<'_>, batch: usize) -> Result<()> {
            self.0.store(batch == 2, Ordering::Relaxed);
            Ok(())
        }
    }
    let mut model = classifier();
    let options = quiet().epochs(4).batch_size(8).callback(Raise(&flag)).interrupt(&flag);
    let history = model.fit((&x, &y), options).unwrap();
    assert!(history.interrupted && history.epochs.is_empty());
    assert_eq!(model.optimizer().unwrap().iterations().unwrap(), 3);
    assert!(
        model.get_weights().unwrap().iter().all(|w| w.to_f64_vec().iter().all(|v| v.is_finite()))
    );
    flag.store(true, Ordering::Relaxed);
    let e = model.predict_with(&x, Predict::new().interrupt(&flag)).unwrap_err();
    assert_eq!(e.kind(), ErrorKind::Interrupted);
}

#[test]
fn early_stopping_goes_back_to_the_best_weights() {
    let (x, y) = points(30);
    let mut model = classifier();
    // A learning rate that grows makes it worse after some epochs.
    let worse = LearningRateScheduler::new(|epoch, rate| if epoch < 3 { rate } else { 10.0 });
    struct Remember(Vec<Vec<Array>>);
    impl Callback for Remember {
        fn on_epoch_end(
            &mut self,
            cx: &mut CallbackContext<'_>,
            _: usize,
            _: &mut Logs,
        ) -> Result<()> {
            self.0.push(cx.model().get_weights()?);
            Ok(())
        }
    }
    let mut remember = Remember(Vec::new());
    let mut stop = EarlyStopping::new("val_loss").patience(2).restore_best_weights(true);
    let options = quiet()
        .epochs(40)
        .validation_data((&x, &y))
        .callback(worse)
        .callback(&mut remember)
        .callback(&mut stop);
    let history = model.fit((&x, &y), options).unwrap();
    let losses = history.get("val_loss").unwrap();
    let best = (0..losses.len()).min_by(|&a, &b| losses[a].total_cmp(&losses[b])).unwrap();
    assert_eq!(stop.best_epoch(), best);
    assert_eq!(stop.stopped_epoch(), Some(best + 2));
    assert_eq!(history.epochs.len(), best + 3);
    assert_eq!(model.get_weights().unwrap(), remember.0[best]);
    assert!(history.get("learning_rate").is_some());
}

#[test]
fn model_checkpoints_keep_the_best() {
    let (x, y) = points(30);
    let folder = tempfile::tempdir().unwrap();
    let mut model = classifier();
    let pattern = folder.path().join("deep/best-{epoch:02d}-{loss:.3f}.seodang");
    let mut best = ModelCheckpoint::new(pattern).monitor("loss").save_best_only(true);
    let history = model.fit((&x, &y), quiet().epochs(5).callback(&mut best)).unwrap();
    let losses = history.get("loss").unwrap();
    let smallest = losses.iter().copied().fold(f64::INFINITY, f64::min);
    assert_eq!(best.best(), Some(smallest));
    let epoch = losses.iter().position(|&l| l == smallest).unwrap() + 1;
    let path = folder.path().join(format!("deep/best-{epoch:02}-{smallest:.3}.seodang"));
    assert!(Model::load(path).unwrap().is_compiled());
}

#[test]
fn a_source_of_batches_trains_like_arrays() {
    struct Chunks(Array, Array);
    impl Batches for Chunks {
        fn batches(&self) -> Option<usize> {
            Some(5)
        }
        fn examples(&self) -> Option<usize> {
            Some(40)
        }
        fn epoch<'a>(&'a self, _: usize) -> Box<dyn Iterator<Item = Result<Batch>> + 'a> {
            Box::new((0..5).map(|i| {
                let rows = |a: &Array| a.slice_rows(8 * i, 8 * i + 8);
                let (inputs, targets) = (vec![rows(&self.0)?], vec![rows(&self.1)?]);
                Ok(Batch { inputs, targets, sample_weight: None })
            }))
        }
    }
    let (x, y) = points(40);
    let start = classifier();
    let (mut a, mut b) = (copy(&start), copy(&start));
    let chunks = Chunks(x.clone(), y.clone());
    let one = a.fit((&x, &y), quiet().epochs(2).batch_size(8).shuffle(false)).unwrap();
    let two = b.fit(&chunks, quiet().epochs(2)).unwrap();
    assert_eq!(one, two);
    assert_eq!(a.get_weights().unwrap(), b.get_weights().unwrap());
    let e = b.fit(&chunks, quiet().validation_split(0.5)).unwrap_err();
    assert_eq!(e.kind(), ErrorKind::Unsupported);
    assert!(b.evaluate(&chunks, Evaluate::new()).unwrap().get("loss").is_some());
}

#[test]
fn predictions_do_not_depend_on_the_batch_size() {
    let (x, _) = points(23);
    let model = classifier();
    let all = model.predict_with(&x, Predict::new().batch_size(23)).unwrap();
    for size in [1, 2, 5, 22, 24, 1000] {
        assert_eq!(model.predict_with(&x, Predict::new().batch_size(size)).unwrap(), all, "{size}");
    }
    assert_eq!(model.predict(&x).unwrap(), all[0]);
}

#[test]
fn bytes_are_converted_in_the_step() {
    let bytes = Array::from_fn(DType::U8, [40, 2], |i| (i * 7 % 256) as f64);
    let y = Array::from_fn(DType::U8, [40], |i| (i % 3) as f64);
    let start = classifier();
    let (mut a, mut b) = (copy(&start), copy(&start));
    let one = a.fit((&bytes, &y), quiet().shuffle(false)).unwrap();
    let two = b.fit((bytes.convert(DType::F32), y), quiet().shuffle(false)).unwrap();
    assert_eq!(one, two);
    assert_eq!(a.predict(&bytes).unwrap(), b.predict(bytes.convert(DType::F32)).unwrap());
}

#[test]
fn a_late_model_learns_its_shapes_from_the_data() {
    let (x, y) = points(30);
    let mut model = Sequential::new().add(Dense::new(3)).build().unwrap();
    assert!(!model.is_built() && model.to_bytes().is_err());
    assert!(model.summary().contains("0 (unbuilt)"));
    model.compile("sgd", "ce", ["acc"]).unwrap();
    model.fit((&x, &y), quiet()).unwrap();
    assert_eq!(model.count_params(), 9);
    assert_eq!(copy(&model).predict(&x).unwrap(), model.predict(&x).unwrap());
}

#[test]
fn frozen_layers_stay() {
    let (x, y) = points(30);
    let mut model = classifier();
    model.layer("hidden").unwrap().set_trainable(false);
    let before = model.get_weights().unwrap();
    model.fit((&x, &y), quiet().epochs(2)).unwrap();
    let after = model.get_weights().unwrap();
    assert_eq!(before[..2], after[..2]);
    assert!(before[2..].iter().zip(&after[2..]).all(|(a, b)| a != b));
    model.layer("hidden").unwrap().set_trainable(true);
    model.fit((&x, &y), quiet().epochs(2)).unwrap();
    assert_ne!(model.get_weights().unwrap()[0], after[0]);
}

#[test]
fn batches_by_hand() {
    let (x, y) = points(20);
    let mut model = classifier();
    let first = model.train_on_batch((&x, &y)).unwrap().get("loss").unwrap();
    for _ in 0..60 {
        model.train_on_batch((&x, &y)).unwrap();
    }
    model.reset_metrics().unwrap();
    let last = model.test_on_batch((&x, &y)).unwrap();
    assert!(last.get("loss").unwrap() < first / 2.0, "{last} after {first}");
    assert_eq!(last, model.evaluate((&x, &y), Evaluate::new()).unwrap());
}

#[test]
fn the_progress_is_shown_by_a_clock_of_ones_own() {
    #[derive(Clone, Default)]
    struct Page(Arc<Mutex<Vec<u8>>>);
    impl std::io::Write for Page {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let (x, y) = points(40);
    let shown = |style| {
        let page = Page::default();
        let mut now = Duration::ZERO;
        let bar = ProgressBar::new(style).output(page.clone()).clock(move || {
            now += Duration::from_millis(500);
            now
        });
        classifier().fit((&x, &y), quiet().epochs(2).batch_size(20).callback(bar)).unwrap();
        String::from_utf8(page.0.lock().unwrap().clone()).unwrap()
    };
    let lines = shown(Verbose::Line);
    let lines: Vec<&str> = lines.lines().collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[2], "Epoch 2/2");
    assert!(lines[1].starts_with("2/2 - 2s - 1s/step - accuracy: "), "{}", lines[1]);
    assert!(lines[1].contains(" - loss: "));
    let bars = shown(Verbose::Bar);
    assert!(bars.contains("\r1/2 ━━━━━━━━━━────────── 0s 500ms/step - accuracy: "), "{bars}");
    assert!(bars.contains("\r2/2 ━━━━━━━━━━━━━━━━━━━━ 2s 1s/step - accuracy: "), "{bars}");
}

#[test]
fn a_loss_that_is_not_a_number_ends_the_training() {
    let (x, y) = points(40);
    let mut model = classifier();
    model.compile(SGD::new(1e30), "mse", ()).unwrap();
    let y = Array::from_fn(DType::F32, [40, 3], |i| i as f64 + y.size() as f64);
    let mut nan = TerminateOnNaN::new();
    let history = model.fit((&x, &y), quiet().epochs(9).batch_size(4).callback(&mut nan)).unwrap();
    assert!(nan.stopped_batch().is_some());
    assert_eq!(history.epochs.len(), 1);
}

#[test]
fn mistakes_are_told() {
    let (x, y) = points(12);
    let mut model = classifier();
    let mut tell =
        |fit: Fit<'_>, x: &Array, y: &Array| message(&model.fit((x, y), fit).unwrap_err());
    let column = |dtype, n: usize| Array::zeros(dtype, [n, 1]);

    let e = tell(quiet(), &Array::zeros(DType::F32, [0, 2]), &Array::zeros(DType::I32, [0]));
    assert!(e.contains("empty"), "{e}");
    let e = tell(quiet(), &x, &Array::zeros(DType::I32, [11]));
    assert!(e.contains("int32[11]") && e.contains("12 rows"), "{e}");
    let e = tell(quiet(), &Array::zeros(DType::F32, [12, 5]), &y);
    assert!(e.contains("float32[12, 5]") && e.contains("(None, 2)"), "{e}");
    let e = tell(quiet(), &x, &Array::from_fn(DType::I32, [12], |i| i as f64));
    assert!(e.contains("label 3 in row 3") && e.contains("\"classes\" has 3 outputs"), "{e}");
    let e = tell(quiet(), &x, &Array::zeros(DType::F32, [12, 3]));
    assert!(e.contains("want categorical_crossentropy"), "{e}");
    let mut bad = x.clone();
    bad.as_mut_slice::<f32>().unwrap()[9] = f32::NAN;
    let e = tell(quiet(), &bad, &y);
    assert!(e.contains("\"x\" has NaN in row 4"), "{e}");
    let e = tell(quiet().batch_size(0), &x, &y);
    assert!(e.contains("batch size"), "{e}");
    let e = tell(quiet().validation_split(1.5), &x, &y);
    assert!(e.contains("validation_split"), "{e}");
    let e = tell(quiet().sample_weight(column(DType::F32, 3)), &x, &y);
    assert!(e.contains("sample_weight = float32[3, 1]"), "{e}");
    let e = tell(quiet().callback(EarlyStopping::new("nonsense")), &x, &y);
    assert!(e.contains("nonsense"), "{e}");
    model.fit((&bad, &y), quiet().check_finite(false)).unwrap();

    let mut model = classifier();
    let e = message(&model.compile("adm", "mse", ()).unwrap_err());
    assert!(e.contains("did you mean") && e.contains("\"adam\""), "{e}");
    let e = message(&model.compile("adam", "msee", ()).unwrap_err());
    assert!(e.contains("did you mean") && e.contains("\"mse\""), "{e}");
    let e = message(&model.compile("adam", "mse", ["acuracy"]).unwrap_err());
    assert!(e.contains("accuracy"), "{e}");
    model.compile_with(Compile::new("adam").loss_of("clases", "mse")).unwrap();
    let e = message(&model.fit((&x, &y), quiet()).unwrap_err());
    assert!(e.contains("did you mean \"classes\""), "{e}");
    let mut raw = Sequential::new().add(Input::new([2])).add(Dense::new(1)).build().unwrap();
    let e = message(&raw.fit((&x, &y), quiet()).unwrap_err());
    assert!(e.contains("not compiled"), "{e}");
    assert!(message(&model.layer("hiden").unwrap_err()).contains("did you mean \"hidden\""));
}

#[test]
fn the_number_of_threads_changes_no_bit() {
    const CHILD: &str = "SEODANG_TEST_BITS";
    if std::env::var_os(CHILD).is_some() {
        set_random_seed(11);
        let x = Array::from_fn(DType::U8, [96, 300], |i| (i * 31 % 256) as f64);
        let y = Array::from_fn(DType::I32, [96], |i| (i % 10) as f64);
        let mut model = Sequential::new()
            .add(Input::new([300]))
            .add(Dense::new(256).activation("relu"))
            .add(Dropout::new(0.5))
            .add(Dense::new(10).activation("softmax"))
            .build()
            .unwrap();
        model.compile(Adam::new(1e-3), "sparse_categorical_crossentropy", ["accuracy"]).unwrap();
        let history = model.fit((&x, &y), quiet().epochs(2)).unwrap();
        let bits = model.get_weights().unwrap();
        let sum = bits
            .iter()
            .flat_map(Array::bytes)
            .fold(0u64, |h, &b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
        println!("bits {sum:x} {:?}", history.get("loss").unwrap());
        return;
    }
    let run = |threads: &str| {
        let out = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "the_number_of_threads_changes_no_bit", "--nocapture"])
            .env(CHILD, "1")
            .env("SEODANG_THREADS", threads)
            .output()
            .unwrap();
        let text = String::from_utf8(out.stdout).unwrap();
        let line = text.lines().find(|l| l.contains("bits ")).expect("the bits").to_string();
        line[line.find("bits ").unwrap()..].to_string()
    };
    let one = run("1");
    assert_eq!(run("2"), one);
    assert_eq!(run("3"), one);
}
