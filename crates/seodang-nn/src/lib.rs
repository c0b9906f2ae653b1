//! Keras's concepts in Rust: layers, losses, optimizers, models, training, saving.
