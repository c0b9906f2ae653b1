//! What `fit`, `evaluate` and `predict` can be told.

use super::{Data, TrainingState};
use crate::callbacks::Callback;
use seodang_core::Array;
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

/// How much training shows on the standard output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Verbose {
    /// A progress bar on a terminal, lines elsewhere.
    #[default]
    Auto,
    /// Nothing.
    Silent,
    /// A progress bar.
    Bar,
    /// A line for each epoch.
    Line,
}

impl Verbose {
    /// The same, with `Auto` decided.
    pub(crate) fn decided(self) -> Verbose {
        match self {
            Verbose::Auto if std::io::stdout().is_terminal() => Verbose::Bar,
            Verbose::Auto => Verbose::Line,
            other => other,
        }
    }
}

/// How to train; see [`Model::fit`](crate::Model::fit).
#[must_use = "give it to fit"]
pub struct Fit<'a> {
    pub(crate) epochs: usize,
    pub(crate) initial_epoch: usize,
    pub(crate) batch_size: usize,
    pub(crate) validation_split: f64,
    pub(crate) validation: Option<Data<'a>>,
    pub(crate) validation_freq: usize,
    pub(crate) validation_batch_size: Option<usize>,
    pub(crate) steps_per_epoch: Option<usize>,
    pub(crate) class_weight: Option<BTreeMap<i64, f64>>,
    pub(crate) sample_weight: Option<Array>,
    pub(crate) shuffle: bool,
    pub(crate) seed: Option<u64>,
    pub(crate) verbose: Verbose,
    pub(crate) callbacks: Vec<Box<dyn Callback + 'a>>,
    pub(crate) interrupt: Option<&'a AtomicBool>,
    pub(crate) check_finite: bool,
    pub(crate) checkpoint: Option<PathBuf>,
    pub(crate) metadata: Vec<(String, String)>,
    pub(crate) resume: Option<TrainingState>,
}

impl Default for Fit<'_> {
    fn default() -> Self {
        Fit {
            epochs: 1,
            initial_epoch: 0,
            batch_size: 32,
            validation_split: 0.0,
            validation: None,
            validation_freq: 1,
            validation_batch_size: None,
            steps_per_epoch: None,
            class_weight: None,
            sample_weight: None,
            shuffle: true,
            seed: None,
            verbose: Verbose::Auto,
            callbacks: Vec::new(),
            interrupt: None,
            check_finite: true,
            checkpoint: None,
            metadata: Vec::new(),
            resume: None,
        }
    }
}

impl<'a> Fit<'a> {
    /// One epoch in batches of 32, shuffled.
    pub fn new() -> Fit<'a> {
        Fit::default()
    }

    /// The number of the last epoch (not how many more: see [`Fit::initial_epoch`]).
    pub fn epochs(mut self, epochs: usize) -> Fit<'a> {
        self.epochs = epochs;
        self
    }

    /// The number of the first epoch, from 0.
    pub fn initial_epoch(mut self, epoch: usize) -> Fit<'a> {
        self.initial_epoch = epoch;
        self
    }

    /// The number of examples in a batch. A source of batches has its own.
    pub fn batch_size(mut self, n: usize) -> Fit<'a> {
        self.batch_size = n;
        self
    }

    /// The part of the data, 0 to 1, that is kept for validation: the last rows, before shuffling.
    pub fn validation_split(mut self, share: f64) -> Fit<'a> {
        self.validation_split = share;
        self
    }

    /// What to measure on after each epoch; goes before [`Fit::validation_split`].
    pub fn validation_data(mut self, data: impl Into<Data<'a>>) -> Fit<'a> {
        self.validation = Some(data.into());
        self
    }

    /// After how many epochs each to validate.
    pub fn validation_freq(mut self, epochs: usize) -> Fit<'a> {
        self.validation_freq = epochs.max(1);
        self
    }

    /// The number of examples in a batch of validation; that of training if not set.
    pub fn validation_batch_size(mut self, n: usize) -> Fit<'a> {
        self.validation_batch_size = Some(n);
        self
    }

    /// Ends an epoch after this many batches.
    pub fn steps_per_epoch(mut self, n: usize) -> Fit<'a> {
        self.steps_per_epoch = Some(n);
        self
    }

    /// How much the examples of a class count in the loss; classes not named count 1.
    pub fn class_weight(mut self, weights: impl IntoIterator<Item = (i64, f64)>) -> Fit<'a> {
        self.class_weight = Some(weights.into_iter().collect());
        self
    }

    /// How much each example counts in the loss.
    pub fn sample_weight(mut self, weights: Array) -> Fit<'a> {
        self.sample_weight = Some(weights);
        self
    }

    /// Whether each epoch sees the examples in another order.
    pub fn shuffle(mut self, shuffle: bool) -> Fit<'a> {
        self.shuffle = shuffle;
        self
    }

    /// The seed of the shuffling; else it is drawn from the global one
    /// ([`set_random_seed`](crate::random::set_random_seed)).
    pub fn seed(mut self, seed: u64) -> Fit<'a> {
        self.seed = Some(seed);
        self
    }

    /// How much to show.
    pub fn verbose(mut self, verbose: Verbose) -> Fit<'a> {
        self.verbose = verbose;
        self
    }

    /// Adds a callback; give `&mut callback` to look at it afterwards.
    pub fn callback(mut self, callback: impl Callback + 'a) -> Fit<'a> {
        self.callbacks.push(Box::new(callback));
        self
    }

    /// Adds callbacks.
    pub fn callbacks(
        mut self,
        callbacks: impl IntoIterator<Item = Box<dyn Callback + 'a>>,
    ) -> Fit<'a> {
        self.callbacks.extend(callbacks);
        self
    }

    /// Ends the training between two steps when the flag becomes true: every weight is whole, and the
    /// history says `interrupted`.
    pub fn interrupt(mut self, flag: &'a AtomicBool) -> Fit<'a> {
        self.interrupt = Some(flag);
        self
    }

    /// Whether to look for numbers that are not finite in the data first. True by default.
    pub fn check_finite(mut self, check: bool) -> Fit<'a> {
        self.check_finite = check;
        self
    }

    /// Writes the whole state of the training to a file after each epoch, to resume from; see
    /// [`load_checkpoint`](crate::saving::load_checkpoint).
    pub fn checkpoint(mut self, path: impl Into<PathBuf>) -> Fit<'a> {
        self.checkpoint = Some(path.into());
        self
    }

    /// Writes an entry of one's own into the checkpoints; see
    /// [`Saved::metadata`](crate::saving::Saved::metadata).
    pub fn metadata(mut self, key: impl Into<String>, value: impl Into<String>) -> Fit<'a> {
        self.metadata.push((key.into(), value.into()));
        self
    }

    /// Goes on from the state of an earlier training: with the same data and options, to the same
    /// numbers as if it had not stopped.
    pub fn resume(mut self, state: TrainingState) -> Fit<'a> {
        self.resume = Some(state);
        self
    }
}

/// How to evaluate; see [`Model::evaluate`](crate::Model::evaluate).
#[must_use = "give it to evaluate"]
pub struct Evaluate<'a> {
    pub(crate) batch_size: usize,
    pub(crate) verbose: Verbose,
    pub(crate) callbacks: Vec<Box<dyn Callback + 'a>>,
    pub(crate) interrupt: Option<&'a AtomicBool>,
}

impl Default for Evaluate<'_> {
    fn default() -> Self {
        let verbose = Verbose::Silent;
        Evaluate { batch_size: 32, verbose, callbacks: Vec::new(), interrupt: None }
    }
}

impl<'a> Evaluate<'a> {
    /// In batches of 32, silently.
    pub fn new() -> Evaluate<'a> {
        Evaluate::default()
    }

    /// The number of examples in a batch.
    pub fn batch_size(mut self, n: usize) -> Evaluate<'a> {
        self.batch_size = n;
        self
    }

    /// How much to show.
    pub fn verbose(mut self, verbose: Verbose) -> Evaluate<'a> {
        self.verbose = verbose;
        self
    }

    /// Adds a callback.
    pub fn callback(mut self, callback: impl Callback + 'a) -> Evaluate<'a> {
        self.callbacks.push(Box::new(callback));
        self
    }

    /// Ends the evaluation between two steps when the flag becomes true, with an `Interrupted` error.
    pub fn interrupt(mut self, flag: &'a AtomicBool) -> Evaluate<'a> {
        self.interrupt = Some(flag);
        self
    }
}

/// How to predict; see [`Model::predict_with`](crate::Model::predict_with).
#[must_use = "give it to predict_with"]
#[derive(Default)]
pub struct Predict<'a> {
    pub(crate) batch_size: Option<usize>,
    pub(crate) interrupt: Option<&'a AtomicBool>,
}

impl<'a> Predict<'a> {
    /// In batches of 32.
    pub fn new() -> Predict<'a> {
        Predict::default()
    }

    /// The number of examples in a batch.
    pub fn batch_size(mut self, n: usize) -> Predict<'a> {
        self.batch_size = Some(n);
        self
    }

    /// Ends the prediction between two batches when the flag becomes true, with an `Interrupted`
    /// error.
    pub fn interrupt(mut self, flag: &'a AtomicBool) -> Predict<'a> {
        self.interrupt = Some(flag);
        self
    }
}
