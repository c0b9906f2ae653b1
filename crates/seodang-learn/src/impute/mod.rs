//! Missing values filled in.

mod knn;
mod simple;

pub use knn::KNNImputer;
pub use simple::{SimpleImputer, Strategy};
