//! What the tests of all crates share: the conformance table over every op, golden values from
//! reference libraries, gradient checks, and how results are compared.
//!
//! - [`table::rows`] is the conformance table. Every engine runs the same rows; the reference
//!   evaluator says what is right.
//! - [`golden::op_rows`] are rows whose results another library computed; they judge the evaluator.
//! - [`gradients::rows`] are the rows of the gradient check.
//! - [`conformance::check`] runs rows on an engine, with exceptions that must each have a reason and
//!   must each be needed.

pub mod compare;
pub mod conformance;
pub mod golden;
pub mod gradients;
pub mod table;

pub use compare::Tolerance;
pub use conformance::{Exception, Row};
