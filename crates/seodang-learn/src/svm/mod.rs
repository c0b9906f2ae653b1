//! Support vector machines.

mod classify;
mod linear;
mod machine;
mod nu_svc;
mod nu_svr;
mod one_class_svm;
mod params;
mod platt;
mod regress;
mod rows;
mod samples;
mod smo;
mod svc;
mod svr;

pub use linear::{Auto, Dual, LinearSVC, LinearSVR, MultiClass, Norm, SvcLoss, SvrLoss};
pub use nu_svc::NuSVC;
pub use nu_svr::NuSVR;
pub use one_class_svm::OneClassSVM;
pub use params::{DecisionShape, Gamma, GammaRule, Kernel, Probability, Verbose};
pub use svc::SVC;
pub use svr::SVR;
