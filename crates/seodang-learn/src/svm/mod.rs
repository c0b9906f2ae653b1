//! Support vector machines.

mod classify;
mod machine;
mod nu_svc;
mod params;
mod platt;
mod rows;
mod samples;
mod smo;
mod svc;

pub use nu_svc::NuSVC;
pub use params::{DecisionShape, Gamma, GammaRule, Kernel, Probability, Verbose};
pub use svc::SVC;
