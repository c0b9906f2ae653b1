//! `AdamW`.

use super::adam::adam_family;
use super::optimizer;

optimizer! {
    /// [`Adam`](super::Adam) with weight decay: before each update the weight loses
    /// `weight_decay * learning_rate` of itself. Source: Loshchilov and Hutter 2019; Keras 3,
    /// `keras.optimizers.AdamW`.
    AdamW = "adam_w", learning_rate = 0.001, weight_decay = Some(0.004), {
        /// How slowly the average of the gradient follows.
        beta_1: f64 = 0.9,
        /// How slowly the average of its square follows.
        beta_2: f64 = 0.999,
        /// Added to the root.
        epsilon: f64 = 1e-7,
        /// Whether the largest average of squares so far is used.
        amsgrad: bool = false,
    }
}

adam_family!(AdamW);
