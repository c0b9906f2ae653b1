//! Variables: the state of models and optimizers.

use crate::tensor::{Repr, fresh_id};
use crate::{Device, Tensor, tape, trace};
use seodang_core::{Array, DType, Error, Result, Shape, Text, text};
use seodang_ir::{Buffer, TensorType};
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A value that changes: a weight, a moving average, a step counter, a random state.
///
/// Cloning gives another handle of the same variable. Inside a trace, the first read makes the
/// variable an input of the program, later reads see what the trace assigned, and the last assigned
/// value becomes an output that takes the place of the old one in memory when the program has run.
///
/// ```
/// use seodang_tensor::{Array, Function, Tensor, Variable};
/// let count = Variable::new(Array::scalar(0i32), "count")?;
/// let c = count.clone();
/// let step = Function::new("step", move |_: &[Tensor]| {
///     c.assign_add(&Tensor::scalar(1i32)?)?;
///     Ok(vec![])
/// });
/// step.call(&[])?;
/// step.call(&[])?;
/// assert_eq!(count.to_array()?.item()?, 2.0);
/// # Ok::<(), seodang_tensor::Error>(())
/// ```
#[derive(Clone)]
pub struct Variable(Arc<Inner>);

struct Inner {
    id: u64,
    name: String,
    ty: TensorType,
    device: Device,
    trainable: AtomicBool,
    state: Mutex<State>,
}

/// The value. It is away while a program that was given the buffer runs.
pub(crate) struct State {
    pub(crate) buffer: Option<Buffer>,
    /// The tensor id of the value, new for each value: how tapes know it.
    pub(crate) tensor: u64,
}

impl Variable {
    /// A trainable variable on the current device, with an initial value. The name is for people
    /// and files; it need not be unique.
    ///
    /// # Errors
    /// `Engine`, if the device has no memory.
    pub fn new(value: Array, name: impl Into<String>) -> Result<Variable> {
        let device = Device::current();
        let buffer = device.engine().upload(&value)?;
        Ok(Variable(Arc::new(Inner {
            id: fresh_id(),
            name: name.into(),
            ty: TensorType::of(&value),
            device,
            trainable: AtomicBool::new(value.dtype().is_float()),
            state: Mutex::new(State { buffer: Some(buffer), tensor: fresh_id() }),
        })))
    }

    /// A number that no other variable or tensor of this process has.
    pub fn id(&self) -> u64 {
        self.0.id
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The type: dtype and shape. It never changes.
    pub fn ty(&self) -> &TensorType {
        &self.0.ty
    }

    /// The element type.
    pub fn dtype(&self) -> DType {
        self.0.ty.dtype
    }

    /// The dimensions.
    pub fn shape(&self) -> &Shape {
        &self.0.ty.shape
    }

    /// The device that holds the value.
    pub fn device(&self) -> Device {
        self.0.device
    }

    /// Whether training changes it, and tapes watch it. True for new floating-point variables.
    pub fn trainable(&self) -> bool {
        self.0.trainable.load(Ordering::Relaxed)
    }

    /// Sets whether training changes it.
    pub fn set_trainable(&self, trainable: bool) {
        self.0.trainable.store(trainable, Ordering::Relaxed);
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        // A panic elsewhere cannot leave the state half changed: it is one assignment.
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The error for a variable whose buffer was given to a program that failed.
    pub(crate) fn lost(&self) -> Error {
        Error::engine(text!(
            en: "the variable lost its value when a program that was updating it failed",
            ko: "변수를 갱신하던 프로그램이 실패하면서 값이 사라졌습니다"
        ))
        .during(self.describe())
        .hint(text!(en: "set it again with set_array", ko: "set_array로 다시 설정하세요"))
    }

    fn describe(&self) -> Text {
        let name = self.name();
        text!(en: "variable \"{name}\"", ko: "변수 \"{name}\"")
    }

    /// The value at this moment; in a trace, at this point of the program. Reading twice without an
    /// assignment between gives the same tensor, so that gradients with respect to it can be taken.
    ///
    /// # Errors
    /// `Value`, if the variable is on another device than the trace.
    pub fn value(&self) -> Result<Tensor> {
        if trace::is_tracing() {
            let value = trace::read(self)?;
            tape::read(self, &value);
            return Ok(value);
        }
        let (buffer, id) = {
            let state = self.lock();
            (state.buffer.clone().ok_or_else(|| self.lost())?, state.tensor)
        };
        let value = Tensor(Repr::Eager { buffer, device: self.0.device, id });
        tape::read(self, &value);
        Ok(value)
    }

    fn check(&self, given: &TensorType) -> Result<()> {
        if *given == self.0.ty {
            return Ok(());
        }
        let message = text!(
            en: "the value does not have the variable's type",
            ko: "값의 타입이 변수와 다릅니다"
        );
        let e = if given.dtype == self.0.ty.dtype {
            Error::shape(message)
        } else {
            Error::dtype(message)
        };
        Err(e.given("value", given).given("variable", &self.0.ty).during(self.describe()))
    }

    /// Gives the variable a value of its own type.
    ///
    /// # Errors
    /// `Shape` or `DType`, if the type differs; `Value`, if the tensor is on another device or is a
    /// traced one outside of its trace.
    pub fn assign(&self, value: &Tensor) -> Result<()> {
        self.check(value.ty())?;
        if trace::is_tracing() {
            return trace::write(self, value).map_err(|e| e.during(self.describe()));
        }
        if value.is_traced() {
            return Err(trace::leaked(value).during(self.describe()));
        }
        if value.device() != self.0.device {
            let e = crate::apply::devices_differ(value.device(), self.0.device);
            return Err(e.during(self.describe()));
        }
        self.put(value.buffer()?.clone());
        Ok(())
    }

    fn put(&self, buffer: Buffer) {
        let mut state = self.lock();
        *state = State { buffer: Some(buffer), tensor: fresh_id() };
    }

    /// Adds to the value.
    ///
    /// # Errors
    /// As [`Variable::assign`].
    pub fn assign_add(&self, delta: &Tensor) -> Result<()> {
        self.assign(&self.value()?.add(delta)?)
    }

    /// Subtracts from the value.
    ///
    /// # Errors
    /// As [`Variable::assign`].
    pub fn assign_sub(&self, delta: &Tensor) -> Result<()> {
        self.assign(&self.value()?.sub(delta)?)
    }

    /// The elements on the host, even while tracing.
    ///
    /// # Errors
    /// `Engine`, if the transfer failed.
    pub fn to_array(&self) -> Result<Array> {
        let buffer = self.lock().buffer.clone().ok_or_else(|| self.lost())?;
        buffer.download()
    }

    /// Gives the variable the elements of a host array of its own type, at once even while tracing.
    ///
    /// # Errors
    /// `Shape` or `DType`, if the type differs.
    pub fn set_array(&self, value: &Array) -> Result<()> {
        self.check(&TensorType::of(value))?;
        self.put(self.0.device.engine().upload(value)?);
        Ok(())
    }
}

impl PartialEq for Variable {
    /// Whether two handles are of the same variable.
    fn eq(&self, other: &Variable) -> bool {
        self.0.id == other.0.id
    }
}

impl Eq for Variable {}

impl fmt::Debug for Variable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Variable({:?}, {})", self.name(), self.ty())
    }
}
