//! Machine learning and deep learning in one crate: fit, evaluate, predict, save.

#[cfg(feature = "plot")]
pub mod plot;
#[cfg(feature = "plot")]
pub mod report;
