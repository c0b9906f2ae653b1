//! Functions: ordinary code that is traced once and then runs as one program.

use crate::tensor::fresh_id;
use crate::trace::{Capture, Kind, Traced, trace};
use crate::variable::State;
use crate::{Device, Tensor, Variable, is_tracing, tape};
use seodang_core::{Error, Result, text};
use seodang_ir::ops::{Backward, Composite};
use seodang_ir::{Argument, Donation, Graph, Op, Program, TensorType};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Instant;

/// How many signatures a function keeps programs for.
const CAPACITY: usize = 32;

/// What a [`Function`] traces.
pub type Body = dyn Fn(&[Tensor]) -> Result<Vec<Tensor>> + Send + Sync;

/// Ordinary code over tensors and variables, compiled: it is traced once for each signature (the
/// dtypes and shapes of the arguments, and the device), and then runs as one program.
///
/// Variables that the code reads become inputs of the program; those that it assigns get the last
/// assigned value when the program has run, in place where nothing else holds the old value. Tensors
/// that the code captures are inputs too (scalars are constants). Code that does not touch tensors
/// runs at trace time only. Called inside another trace, a function is traced into it.
///
/// Programs of the 32 most recently used signatures are kept. Calls from several threads that touch
/// the same variables run one after another.
///
/// ```
/// use seodang_tensor::{Function, Tensor};
/// let f = Function::new("f", |x: &[Tensor]| Ok(vec![(x[0].exp()? + 1.0)?.log()?]));
/// let y = f.call(&[Tensor::scalar(0.0f64)?])?;
/// assert!((y[0].item()? - 2f64.ln()).abs() < 1e-15);
/// f.call(&[Tensor::scalar(1.0f64)?])?;
/// assert_eq!(f.traces(), 1);
/// # Ok::<(), seodang_tensor::Error>(())
/// ```
pub struct Function {
    name: String,
    body: Box<Body>,
    cache: Mutex<Cache>,
}

#[derive(Default)]
struct Cache {
    /// Most recently used first.
    entries: Vec<Arc<Compiled>>,
    traces: usize,
    seconds: f64,
}

/// A traced signature and its program.
struct Compiled {
    device: Device,
    arguments: Vec<TensorType>,
    /// Inputs after the arguments, in the program's order.
    captures: Vec<Input>,
    /// The variables that the program touches, in the order of their ids.
    variables: Vec<Touched>,
    /// How many outputs are the closure's; the written variables follow in order of `written`.
    returned: usize,
    /// For each output after those, the position in `variables`.
    written: Vec<usize>,
    graph: Arc<Graph>,
    /// The graph without donations, as tapes record it.
    plain: OnceLock<Arc<Graph>>,
    program: Arc<dyn Program>,
}

enum Input {
    /// Position in `variables`.
    Variable(usize),
    Tensor(Tensor),
}

struct Touched {
    variable: Variable,
    /// Whether the program is given the buffer, since it writes the variable.
    donate: bool,
}

impl Function {
    /// A function of a name, for errors and printing. Nothing is traced yet.
    pub fn new(
        name: impl Into<String>,
        body: impl Fn(&[Tensor]) -> Result<Vec<Tensor>> + Send + Sync + 'static,
    ) -> Function {
        Function { name: name.into(), body: Box::new(body), cache: Mutex::default() }
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many times the closure has been traced into a program of its own.
    pub fn traces(&self) -> usize {
        self.cache().traces
    }

    /// Seconds spent tracing and compiling so far.
    pub fn compile_seconds(&self) -> f64 {
        self.cache().seconds
    }

    /// The graph that arguments of these types run, tracing it if need be: for printing and export.
    ///
    /// # Errors
    /// Whatever the closure returns, and what the engine cannot compile.
    pub fn graph(&self, arguments: &[TensorType]) -> Result<Arc<Graph>> {
        Ok(self.compiled(arguments.iter(), Device::current())?.graph.clone())
    }

    fn cache(&self) -> MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs the program for the arguments, tracing and compiling it first if their types are new.
    ///
    /// # Errors
    /// Whatever the closure returns while it is traced; `Value`, if a tensor or a variable is on
    /// another device; `Engine`, if the run fails. An error before the run leaves every variable as
    /// it was. An engine that fails within a run that updates variables in place has used up their
    /// old values, and reading such a variable is then an error until it is set again; the CPU
    /// engine checks everything before it starts.
    pub fn call(&self, arguments: &[Tensor]) -> Result<Vec<Tensor>> {
        if is_tracing() {
            return (self.body)(arguments);
        }
        let device = arguments.first().map_or_else(Device::current, Tensor::device);
        for t in arguments {
            if t.device() != device {
                let e = crate::apply::devices_differ(t.device(), device);
                return Err(e.during(self.name.clone()));
            }
            if t.is_traced() {
                return Err(crate::trace::leaked(t).during(self.name.clone()));
            }
        }
        let compiled = self.compiled(arguments.iter().map(Tensor::ty), device)?;
        compiled.run(&self.name, arguments)
    }

    fn compiled<'a>(
        &self,
        types: impl ExactSizeIterator<Item = &'a TensorType> + Clone,
        device: Device,
    ) -> Result<Arc<Compiled>> {
        {
            let mut cache = self.cache();
            let at = cache.entries.iter().position(|c| {
                c.device == device
                    && c.arguments.len() == types.len()
                    && c.arguments.iter().eq(types.clone())
            });
            if let Some(at) = at {
                cache.entries[..=at].rotate_right(1);
                return Ok(cache.entries[0].clone());
            }
        }
        // The lock is not held while the closure runs: it may call this function again.
        let start = Instant::now();
        let compiled = Arc::new(self.compile(types.cloned().collect(), device)?);
        let mut cache = self.cache();
        cache.traces += 1;
        cache.seconds += start.elapsed().as_secs_f64();
        cache.entries.truncate(CAPACITY - 1);
        cache.entries.insert(0, compiled.clone());
        Ok(compiled)
    }

    fn compile(&self, arguments: Vec<TensorType>, device: Device) -> Result<Compiled> {
        let traced = crate::with_device(device, || {
            trace(&self.name, Kind::Root, device, &arguments, &[], |x| (self.body)(x))
        })?;
        let Traced { graph, captures, written, returned } = traced;
        // Locks are always taken in the order of ids, so that calls cannot wait for each other.
        let mut variables: Vec<Touched> = Vec::new();
        let read = captures.iter().filter_map(|c| match c {
            Capture::Variable(v) => Some(v),
            Capture::Tensor(_) => None,
        });
        for v in read.chain(&written) {
            if !variables.iter().any(|t| t.variable == *v) {
                variables.push(Touched { variable: v.clone(), donate: false });
            }
        }
        variables.sort_by_key(|t| t.variable.id());
        let place = |v: &Variable| {
            variables.binary_search_by_key(&v.id(), |t| t.variable.id()).map_err(|_| {
                Error::internal(text!(en: "a variable is missing", ko: "변수가 빠졌습니다"))
            })
        };
        let captures = (captures.into_iter())
            .map(|c| match c {
                Capture::Variable(v) => Ok(Input::Variable(place(&v)?)),
                Capture::Tensor(t) => Ok(Input::Tensor(t)),
            })
            .collect::<Result<Vec<Input>>>()?;
        let written = written.iter().map(place).collect::<Result<Vec<usize>>>()?;
        let mut donations = Vec::new();
        for (i, &at) in written.iter().enumerate() {
            let input = captures.iter().position(|c| matches!(c, Input::Variable(v) if *v == at));
            if let Some(input) = input {
                variables[at].donate = true;
                donations.push(Donation { input: arguments.len() + input, output: returned + i });
            }
        }
        let graph = Arc::new(graph.with_donations(donations)?);
        let program = device.engine().compile(&graph)?;
        let plain = OnceLock::new();
        Ok(Compiled {
            device,
            arguments,
            captures,
            variables,
            returned,
            written,
            graph,
            plain,
            program,
        })
    }
}

impl Compiled {
    fn run(&self, name: &str, arguments: &[Tensor]) -> Result<Vec<Tensor>> {
        // A tape must see the operands, so it keeps the buffers, and donation becomes copying.
        let operands = if tape::is_recording() { Some(self.operands(arguments)?) } else { None };
        let mut guards: Vec<MutexGuard<'_, State>> =
            self.variables.iter().map(|t| t.variable.lock()).collect();
        for (guard, t) in guards.iter().zip(&self.variables) {
            if guard.buffer.is_none() {
                return Err(t.variable.lost().during(name.to_string()));
            }
        }
        // Buffers that are given away leave their variables first; the others are borrowed.
        let mut given: Vec<Option<seodang_ir::Buffer>> = Vec::with_capacity(guards.len());
        for (guard, t) in guards.iter_mut().zip(&self.variables) {
            given.push(if t.donate { guard.buffer.take() } else { None });
        }
        let mut list = Vec::with_capacity(arguments.len() + self.captures.len());
        for t in arguments {
            list.push(Argument::Borrow(t.buffer()?));
        }
        for input in &self.captures {
            list.push(match input {
                Input::Tensor(t) => Argument::Borrow(t.buffer()?),
                Input::Variable(at) => match (given[*at].take(), &guards[*at].buffer) {
                    (Some(buffer), _) => Argument::Donate(buffer),
                    (None, Some(buffer)) => Argument::Borrow(buffer),
                    (None, None) => return Err(self.variables[*at].variable.lost()),
                },
            });
        }
        let mut results = self.program.run(list).map_err(|e| e.during(name.to_string()))?;
        let updates = results.split_off(self.returned);
        let kept = if operands.is_some() { updates.clone() } else { Vec::new() };
        for (&at, buffer) in self.written.iter().zip(updates) {
            *guards[at] = State { buffer: Some(buffer), tensor: fresh_id() };
        }
        drop(guards);
        let results: Vec<Tensor> =
            results.into_iter().map(|b| Tensor::eager(b, self.device)).collect();
        if let Some(operands) = operands {
            self.record(name, &operands, &results, kept)?;
        }
        Ok(results)
    }

    fn operands(&self, arguments: &[Tensor]) -> Result<Vec<Tensor>> {
        let mut all = arguments.to_vec();
        for input in &self.captures {
            all.push(match input {
                Input::Tensor(t) => t.clone(),
                Input::Variable(at) => self.variables[*at].variable.value()?,
            });
        }
        Ok(all)
    }

    /// Enters the call on the active tapes, as one op.
    fn record(
        &self,
        name: &str,
        operands: &[Tensor],
        results: &[Tensor],
        updates: Vec<seodang_ir::Buffer>,
    ) -> Result<()> {
        let body = match self.plain.get() {
            Some(plain) => plain.clone(),
            None => {
                let plain = (*self.graph).clone().with_donations(Vec::new())?;
                self.plain.get_or_init(|| Arc::new(plain)).clone()
            }
        };
        let op = Op::from(Composite { name: name.into(), body, backward: Backward::Body });
        let operands: Vec<&Tensor> = operands.iter().collect();
        // The written variables' new values are results of the op too, but nobody can ask for
        // gradients of them: a variable's next read is a new source.
        let updates = updates.into_iter().map(|b| Tensor::eager(b, self.device));
        let all: Vec<Tensor> = results.iter().cloned().chain(updates).collect();
        tape::record(&op, &operands, &all)
    }
}

impl std::fmt::Debug for Function {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Function({:?}, {} traces)", self.name, self.traces())
    }
}

/// The types that a closure would return for arguments of given types, found by tracing it: nothing
/// is computed, and assignments to variables have no effect.
///
/// # Errors
/// Whatever the closure returns.
///
/// ```
/// use seodang_tensor::{DType, Shape, TensorType, eval_shape};
/// let x = TensorType::new(DType::F32, [32, 10]);
/// let y = eval_shape(&[x], |x| Ok(vec![x[0].sum(&[1], false)?]))?;
/// assert_eq!(y[0].shape, Shape::from([32]));
/// # Ok::<(), seodang_tensor::Error>(())
/// ```
pub fn eval_shape(
    arguments: &[TensorType],
    f: impl FnOnce(&[Tensor]) -> Result<Vec<Tensor>>,
) -> Result<Vec<TensorType>> {
    // Inside a trace the closure may use the values of the program around it.
    let (kind, device) = if is_tracing() {
        (Kind::Body, crate::trace::device()?)
    } else {
        (Kind::Root, Device::current())
    };
    let traced = trace("eval_shape", kind, device, arguments, &[], f)?;
    let mut types = traced.graph.output_types();
    types.truncate(traced.returned);
    Ok(types)
}
