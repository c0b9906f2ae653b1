//! Optimizers: one file and one record each, after `keras.optimizers`.
//!
//! A record says what one update of one weight is ([`Optimizer::update`]), as a function from the
//! old values to the new. [`OptimizerRef`] does what all optimizers share: the iteration, the
//! learning rate, clipping, weight decay, gradient accumulation, moving averages and constraints.

mod adadelta;
mod adagrad;
mod adam;
mod adamax;
mod adamw;
mod ftrl;
mod lamb;
mod learning_rate;
mod lion;
mod nadam;
mod optimizer_ref;
mod rmsprop;
mod sgd;

pub use adadelta::Adadelta;
pub use adagrad::Adagrad;
pub use adam::Adam;
pub use adamax::Adamax;
pub use adamw::AdamW;
pub use ftrl::Ftrl;
pub use lamb::Lamb;
pub use learning_rate::LearningRate;
pub use lion::Lion;
pub use nadam::Nadam;
pub use optimizer_ref::OptimizerRef;
pub use rmsprop::RMSprop;
pub use sgd::SGD;

use crate::record::{Record, family};
use seodang_core::{Error, Result, text};
use seodang_tensor::Tensor;

/// The options that every optimizer has.
#[derive(Clone, Copy, Debug)]
pub struct OptimizerOptions<'a> {
    /// The optimizer's name.
    pub name: &'a str,
    /// The learning rate, or the schedule that gives it.
    pub learning_rate: &'a LearningRate,
    /// How fast weights shrink, in parts of the learning rate.
    pub weight_decay: Option<f64>,
    /// The largest norm of the gradient of each weight.
    pub clipnorm: Option<f64>,
    /// The largest norm of all gradients together.
    pub global_clipnorm: Option<f64>,
    /// The largest absolute value of an element of a gradient.
    pub clipvalue: Option<f64>,
    /// Whether moving averages of the weights are kept.
    pub use_ema: bool,
    /// How slowly the averages follow.
    pub ema_momentum: f64,
    /// After how many updates the averages replace the weights.
    pub ema_overwrite_frequency: Option<usize>,
    /// The factor of the loss that the gradients are divided by.
    pub loss_scale_factor: Option<f64>,
    /// Over how many steps gradients are added up before an update.
    pub gradient_accumulation_steps: Option<usize>,
    /// How fast the learning rate falls, as in Keras 2.
    pub decay: f64,
}

/// Where an optimizer's common options come from; written by the optimizer's record.
pub trait OptimizerBase: Record {
    /// The options that every optimizer has.
    fn options(&self) -> OptimizerOptions<'_>;
}

/// A value that the optimizer keeps for each weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slot {
    /// Keras's name, such as `"momentum"`.
    pub name: &'static str,
    /// What it begins with.
    pub initial: f64,
}

impl Slot {
    /// A slot that begins with zeros.
    pub const fn zeros(name: &'static str) -> Slot {
        Slot { name, initial: 0.0 }
    }
}

/// What an update sees besides the weight: scalars of the weight's element type.
#[derive(Clone, Debug)]
pub struct Step {
    /// The number of the update, from 1.
    pub number: Tensor,
    /// The learning rate.
    pub learning_rate: Tensor,
    /// The values that [`Optimizer::prepare`] computed.
    pub shared: Vec<Tensor>,
}

/// One update of one weight.
pub trait Optimizer: OptimizerBase {
    /// Checks the options against each other.
    ///
    /// # Errors
    /// `Value`, if an option is out of range.
    fn validate(&self) -> Result<()> {
        Ok(())
    }

    /// What is kept for each weight, in Keras's order.
    fn slots(&self) -> Vec<Slot>;

    /// Scalars that are kept for the optimizer as a whole.
    fn state(&self) -> Vec<Slot> {
        Vec::new()
    }

    /// Computes once in a step what all weights share, from the step (whose `shared` is empty) and
    /// the state; gives the shared values and the new state.
    ///
    /// # Errors
    /// What the ops report.
    fn prepare(&self, step: &Step, state: &[Tensor]) -> Result<(Vec<Tensor>, Vec<Tensor>)> {
        let _ = step;
        Ok((Vec::new(), state.to_vec()))
    }

    /// The new weight and the new slots, from the old ones and the gradient.
    ///
    /// # Errors
    /// What the ops report.
    fn update(
        &self,
        step: &Step,
        weight: &Tensor,
        gradient: &Tensor,
        slots: &[Tensor],
    ) -> Result<(Tensor, Vec<Tensor>)>;
}

/// Writes an optimizer's record: [`record!`](crate::record) with the options that every optimizer
/// has.
macro_rules! optimizer {
    (
        $(#[$meta:meta])*
        $name:ident = $text:literal, learning_rate = $rate:literal, weight_decay = $decay:expr, { $($fields:tt)* }
    ) => {
        $crate::record::record! {
            $(#[$meta])*
            $name in "keras.optimizers", new_or_default(learning_rate: $crate::optimizers::LearningRate) {
                /// The optimizer's name.
                name: String = $text.to_string(),
                /// The learning rate, or a schedule.
                learning_rate: $crate::optimizers::LearningRate = $rate.into(),
                /// How fast weights shrink: `weight_decay * learning_rate` of them goes each step.
                weight_decay: Option<f64> = $decay,
                /// The largest norm of the gradient of each weight.
                clipnorm: Option<f64> = None,
                /// The largest norm of all gradients together.
                global_clipnorm: Option<f64> = None,
                /// The largest absolute value of an element of a gradient.
                clipvalue: Option<f64> = None,
                /// Whether moving averages of the weights are kept, which replace them in the end.
                use_ema: bool = false,
                /// How slowly the averages follow: 0 to 1.
                ema_momentum: f64 = 0.99,
                /// After how many updates the averages replace the weights; only in the end if
                /// absent.
                ema_overwrite_frequency: Option<usize> = None,
                /// A factor of the loss, which the gradients are divided by again.
                loss_scale_factor: Option<f64> = None,
                /// Over how many steps gradients are added up before an update; at least 2.
                gradient_accumulation_steps: Option<usize> = None,
                /// How fast the learning rate falls, as in Keras 2: it is divided by
                /// `1 + decay * step`.
                #[serde(skip_serializing_if = "crate::optimizers::is_zero")]
                decay: f64 = 0.0,
                $($fields)*
            }
        }

        impl $crate::optimizers::OptimizerBase for $name {
            fn options(&self) -> $crate::optimizers::OptimizerOptions<'_> {
                $crate::optimizers::OptimizerOptions {
                    name: &self.name,
                    learning_rate: &self.learning_rate,
                    weight_decay: self.weight_decay,
                    clipnorm: self.clipnorm,
                    global_clipnorm: self.global_clipnorm,
                    clipvalue: self.clipvalue,
                    use_ema: self.use_ema,
                    ema_momentum: self.ema_momentum,
                    ema_overwrite_frequency: self.ema_overwrite_frequency,
                    loss_scale_factor: self.loss_scale_factor,
                    gradient_accumulation_steps: self.gradient_accumulation_steps,
                    decay: self.decay,
                }
            }
        }
    };
}
pub(crate) use optimizer;

/// Whether an option of Keras 2 is not used, and left out where Keras 3 does not know it.
fn is_zero(value: &f64) -> bool {
    *value == 0.0
}

impl OptimizerOptions<'_> {
    /// Checks the common options.
    pub(crate) fn check(&self) -> Result<()> {
        let clips = [self.clipnorm, self.global_clipnorm, self.clipvalue];
        if clips.iter().flatten().count() > 1 {
            return Err(Error::value(text!(
                en: "only one of \"clipnorm\", \"global_clipnorm\" and \"clipvalue\" can be given",
                ko: "\"clipnorm\", \"global_clipnorm\", \"clipvalue\" 가운데 하나만 쓸 수 있습니다"
            )));
        }
        if self.gradient_accumulation_steps.is_some_and(|n| n < 2) {
            return Err(Error::value(text!(
                en: "\"gradient_accumulation_steps\" must be at least 2",
                ko: "\"gradient_accumulation_steps\"는 2 이상이어야 합니다"
            )));
        }
        if self.use_ema && !(0.0..=1.0).contains(&self.ema_momentum) {
            return Err(Error::value(text!(
                en: "\"ema_momentum\" must lie between 0 and 1",
                ko: "\"ema_momentum\"은 0과 1 사이여야 합니다"
            ))
            .given("ema_momentum", self.ema_momentum));
        }
        if !(self.decay >= 0.0 && self.decay.is_finite()) {
            return Err(Error::value(text!(
                en: "\"decay\" must be a number not below 0",
                ko: "\"decay\"는 0 이상의 수여야 합니다"
            ))
            .given("decay", self.decay));
        }
        if self.ema_overwrite_frequency == Some(0) {
            return Err(Error::value(text!(
                en: "\"ema_overwrite_frequency\" must be at least 1",
                ko: "\"ema_overwrite_frequency\"는 1 이상이어야 합니다"
            )));
        }
        Ok(())
    }
}

family! {
    Optimizer, "optimizer", "최적화 방법",
    renamed ["lr" => "learning_rate"],
    ignored ["jit_compile", "is_legacy_optimizer"],
    Adadelta,
    Adagrad,
    Adam,
    AdamW,
    Adamax,
    Ftrl,
    Lamb,
    Lion,
    Nadam,
    RMSprop,
    SGD,
}
