//! Eager and traced tensors, variables and gradients of Seodang.
