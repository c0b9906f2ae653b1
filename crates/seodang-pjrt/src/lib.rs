//! Seodang's PJRT engine: whole programs on XLA's compilers, for CPUs, GPUs, TPUs and whatever else
//! has a PJRT plugin.
//!
//! PJRT is the runtime interface under JAX and TensorFlow. A plugin is a shared library; this crate
//! opens one at run time, with nothing of it linked in, so a program that never opens one pays nothing.
//!
//! ```no_run
//! use seodang_core::{Array, DType};
//! use seodang_ir::{Argument, Builder, Engine, TensorType};
//! use seodang_pjrt::Pjrt;
//!
//! let engine = Pjrt::open("plugins/pjrt_c_api_cpu_plugin.so".as_ref())?;
//! let b = Builder::new("double");
//! let x = b.input(TensorType::new(DType::F32, [2]));
//! let program = engine.compile(&b.finish(&[x + x])?)?;
//! let x = engine.upload(&Array::from_vec([2], vec![1.0f32, 2.0])?)?;
//! let y = program.run(vec![Argument::Borrow(&x)])?;
//! assert_eq!(y[0].download()?.to_f64_vec(), [2.0, 4.0]);
//! # Ok::<(), seodang_core::Error>(())
//! ```
//!
//! - Programs are given to the plugin as StableHLO text ([`seodang_ir::stablehlo`]), compiled for the
//!   plugin's first device.
//! - A donated argument is updated in place where the graph's donations allow it and nothing else holds
//!   the buffer. A borrowed argument is never changed.
//! - Runs return before the device has finished; what fails later is reported by
//!   [`Buffer::download`](seodang_ir::Buffer::download).
//! - A plugin is a program that runs in this process. Its own errors come back as
//!   [`Error`](seodang_core::Error)s with its message and code; a plugin that ends the process cannot
//!   be caught, which is why shapes, types and integer division are checked here and not there.
//! - A plugin has to train a small network with donated state right before [`Pjrt::open`] returns it.
//!
//! In a web page there are no shared libraries: there [`Pjrt::open`] is an error.

// In a web page options can be written down, and nothing reads them.
#[cfg_attr(target_family = "wasm", allow(dead_code))]
mod options;

#[cfg(not(target_family = "wasm"))]
mod api;
#[cfg(not(target_family = "wasm"))]
mod buffer;
#[cfg(not(target_family = "wasm"))]
mod client;
#[cfg(not(target_family = "wasm"))]
mod ffi;
#[cfg(not(target_family = "wasm"))]
mod guard;
#[cfg(not(target_family = "wasm"))]
mod program;
#[cfg(not(target_family = "wasm"))]
mod self_test;
#[cfg(not(target_family = "wasm"))]
pub use client::Pjrt;

#[cfg(target_family = "wasm")]
mod wasm;
#[cfg(target_family = "wasm")]
pub use wasm::Pjrt;

pub use options::{Options, Setting};
