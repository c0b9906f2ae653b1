//! Machine learning and deep learning in one crate: fit, evaluate, predict, save.
