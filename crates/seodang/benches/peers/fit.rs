//! A training step as `Model::fit` makes it: its share of an epoch, the choice of the batch from
//! shuffled data, the metrics and the callbacks included.

use crate::{Case, median, numbers};
use seodang_nn::callbacks::{Callback, CallbackContext};
use seodang_nn::layers::{Dense, Input};
use seodang_nn::optimizers::Adam;
use seodang_nn::{Fit, Model, Sequential, Verbose};
use seodang_tensor::{Array, DType, Result};
use std::sync::{Arc, Mutex};
use std::time::Instant;

/// Rows of the data: as many as MNIST has.
const ROWS: usize = 60_000;
/// A round ends after so many steps of its epoch.
const STEPS: usize = 300;

/// Notes when each step begins, and ends the training in time.
struct Clock(Arc<Mutex<Vec<Instant>>>);

impl Callback for Clock {
    fn on_train_batch_begin(&mut self, cx: &mut CallbackContext<'_>, batch: usize) -> Result<()> {
        self.0.lock().expect("the only user").push(Instant::now());
        if batch >= STEPS {
            cx.stop_training();
        }
        Ok(())
    }
}

fn model(sizes: &[usize]) -> Result<Model> {
    let mut network = Sequential::new().add(Input::new([sizes[0]]));
    for &units in &sizes[1..sizes.len() - 1] {
        network = network.add(Dense::new(units).activation("relu"));
    }
    let classes = sizes[sizes.len() - 1];
    let mut model = network.add(Dense::new(classes).activation("softmax")).build()?;
    model.compile(Adam::default(), "sparse_categorical_crossentropy", ["accuracy"])?;
    Ok(model)
}

/// The median time from the beginning of a step to that of the next.
pub(crate) fn fit(sizes: &[usize]) -> Case {
    let classes = sizes[sizes.len() - 1];
    let x = Array::from_vec([ROWS, sizes[0]], numbers(ROWS * sizes[0], 3, 1.0)).expect("data");
    let y = Array::from_fn(DType::I32, [ROWS], |i| (i * 7919 % classes) as f64);
    let sizes = sizes.to_vec();
    Case::Timed(Box::new(move || {
        // Anew for each round, which would otherwise go over the same batches until gradients vanish
        // in subnormal numbers.
        let mut model = model(&sizes).expect("a model");
        let times = Arc::new(Mutex::new(Vec::new()));
        let options = Fit::new().batch_size(32).verbose(Verbose::Silent).seed(1);
        let options = options.callback(Clock(times.clone()));
        model.fit((&x, &y), options).expect("a training");
        let times = times.lock().expect("the only user");
        let steps = times.windows(2).map(|t| (t[1] - t[0]).as_secs_f64());
        median(steps.collect())
    }))
}
