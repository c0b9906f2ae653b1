//! What an engine is: something that compiles and runs whole programs.

use crate::{Graph, TensorType};
use seodang_core::{Array, Result};
use std::any::Any;
use std::fmt;
use std::sync::Arc;

/// An engine compiles graphs to programs and holds the buffers they work on.
pub trait Engine: Send + Sync {
    /// The name, such as `"cpu"`.
    fn name(&self) -> &str;

    /// Compiles a graph. Shapes are static; another batch size is another program.
    ///
    /// # Errors
    /// `Unsupported`, if the engine lacks an op; `Engine` for its own failures.
    fn compile(&self, graph: &Graph) -> Result<Arc<dyn Program>>;

    /// Brings a host array to the engine. An engine that works in host memory shares the bytes.
    ///
    /// # Errors
    /// `Engine`, if there is no memory.
    fn upload(&self, array: &Array) -> Result<Buffer>;
}

/// A compiled graph.
pub trait Program: Send + Sync {
    /// Runs the program on one argument for each input of the graph.
    ///
    /// A donated argument's memory is reused for an output where the graph's donations allow it and
    /// nothing else holds the buffer; otherwise it is copied. The results are as if it were borrowed.
    ///
    /// # Errors
    /// `Shape` or `DType`, if an argument's type is not the input's; `Engine` for its own failures.
    fn run(&self, arguments: Vec<Argument<'_>>) -> Result<Vec<Buffer>>;
}

/// An argument of a run.
pub enum Argument<'a> {
    /// The buffer is only read.
    Borrow(&'a Buffer),
    /// The buffer is given away.
    Donate(Buffer),
}

impl Argument<'_> {
    /// The buffer.
    #[inline]
    pub fn buffer(&self) -> &Buffer {
        match self {
            Argument::Borrow(b) => b,
            Argument::Donate(b) => b,
        }
    }
}

/// Memory of an engine that holds one value.
pub trait DeviceBuffer: Send + Sync + 'static {
    /// The type of the value.
    fn ty(&self) -> &TensorType;
    /// Copies the value to the host (or shares it, where the engine works in host memory).
    ///
    /// # Errors
    /// `Engine`, if the transfer or the computation before it failed.
    fn download(&self) -> Result<Array>;
    /// For the engine, to find its own kind of buffer again.
    fn as_any(&self) -> &dyn Any;
    /// As [`DeviceBuffer::as_any`], to be written.
    fn as_any_mut(&mut self) -> &mut dyn Any;
}

/// A reference-counted buffer of some engine.
#[derive(Clone)]
pub struct Buffer(Arc<dyn DeviceBuffer>);

impl Buffer {
    /// Wraps an engine's buffer.
    pub fn new(buffer: impl DeviceBuffer) -> Buffer {
        Buffer(Arc::new(buffer))
    }

    /// The type of the value.
    #[inline]
    pub fn ty(&self) -> &TensorType {
        self.0.ty()
    }

    /// Copies the value to the host.
    ///
    /// # Errors
    /// `Engine`, if the transfer or the computation before it failed.
    pub fn download(&self) -> Result<Array> {
        self.0.download()
    }

    /// The engine's own buffer, if it is of type `T`.
    #[inline]
    pub fn downcast<T: DeviceBuffer>(&self) -> Option<&T> {
        self.0.as_any().downcast_ref()
    }

    /// The engine's own buffer to be written, if it is of type `T` and nothing else holds it.
    #[inline]
    pub fn downcast_unique<T: DeviceBuffer>(&mut self) -> Option<&mut T> {
        Arc::get_mut(&mut self.0)?.as_any_mut().downcast_mut()
    }

    /// Whether two handles share one buffer.
    pub fn same(&self, other: &Buffer) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl fmt::Debug for Buffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Buffer({})", self.ty())
    }
}
