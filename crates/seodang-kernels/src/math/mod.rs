//! Elementary and special functions, one scalar at a time and mostly branch-free, so that the loops
//! of `simd` vectorise them.

pub(crate) mod f32;
pub(crate) mod f64;
