//! Traces: programs that are being written by running ordinary code.
//!
//! Each thread has a stack of them. The innermost decides what an op does: add a node (a trace), or
//! compute (nothing, or an explicit [`eagerly`]). A *root* turns the variables and tensors that it
//! meets into inputs of its program; a *body* (of a loop, a branch, a composite) takes them from the
//! trace around it, since bodies close over nothing; a *closed* one refuses them.

use crate::emit::emit;
use crate::tensor::{Repr, fresh_id};
use crate::{Device, Tensor, Variable};
use seodang_core::{Array, Error, Result, text};
use seodang_ir::{Builder, Graph, Op, TensorType, ValueId};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

thread_local! {
    static STACK: RefCell<Vec<Option<Rc<Trace>>>> = const { RefCell::new(Vec::new()) };
}

/// What a trace does with tensors and variables from outside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// They become inputs.
    Root,
    /// They are taken from the trace around it.
    Body,
    /// They are refused, with this name in the error; eager tensors become constants.
    Closed,
}

/// What stands behind an input of a program beyond its arguments.
#[derive(Clone)]
pub(crate) enum Capture {
    /// The current value of a variable.
    Variable(Variable),
    /// A tensor from outside.
    Tensor(Tensor),
}

/// A variable that a trace touches.
struct Lifted {
    variable: Variable,
    current: ValueId,
    written: bool,
}

pub(crate) struct Trace {
    id: u64,
    name: String,
    kind: Kind,
    device: Device,
    builder: Builder,
    captures: RefCell<Vec<Capture>>,
    captured: RefCell<HashMap<Key, ValueId>>,
    lifted: RefCell<Vec<Lifted>>,
}

/// What a captured tensor is known by.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Eager(u64),
    Traced(u64, ValueId),
}

/// What tracing a closure gave.
pub(crate) struct Traced {
    /// The program: inputs are the arguments, then the captures; outputs are what the closure
    /// returned, then the last values of the written variables.
    pub(crate) graph: Graph,
    pub(crate) captures: Vec<Capture>,
    pub(crate) written: Vec<Variable>,
    pub(crate) returned: usize,
}

/// Whether ops of this thread are being written into a program instead of computed.
pub fn is_tracing() -> bool {
    STACK.with_borrow(|s| matches!(s.last(), Some(Some(_))))
}

fn with_top<R>(f: impl FnOnce(&[Option<Rc<Trace>>], &Trace) -> Result<R>) -> Result<R> {
    STACK.with_borrow(|stack| match stack.last() {
        Some(Some(top)) => f(&stack[..stack.len() - 1], top),
        _ => Err(Error::internal(text!(en: "there is no trace", ko: "추적 중이 아닙니다"))),
    })
}

/// Pops the stack when tracing ends, however it ends.
struct Pop;

impl Drop for Pop {
    fn drop(&mut self) {
        STACK.with_borrow_mut(Vec::pop);
    }
}

fn push(frame: Option<Rc<Trace>>) -> Pop {
    STACK.with_borrow_mut(|s| s.push(frame));
    Pop
}

/// Runs a closure so that its ops compute at once, even inside a trace: for values that must be known
/// now, such as initial weights.
///
/// ```
/// use seodang_tensor::{Function, Tensor, eagerly};
/// let f = Function::new("f", |x: &[Tensor]| {
///     let two = eagerly(|| Tensor::scalar(1.0f32)? + 1.0)?;
///     assert_eq!(two.item()?, 2.0);
///     Ok(vec![(&x[0] * &two)?])
/// });
/// assert_eq!(f.call(&[Tensor::scalar(3.0f32)?])?[0].item()?, 6.0);
/// # Ok::<(), seodang_tensor::Error>(())
/// ```
pub fn eagerly<R>(f: impl FnOnce() -> R) -> R {
    let _pop = push(None);
    f()
}

/// Traces a closure. `carried` are variables whose values come after the arguments as inputs, and
/// that count as written.
pub(crate) fn trace(
    name: &str,
    kind: Kind,
    device: Device,
    arguments: &[TensorType],
    carried: &[Variable],
    f: impl FnOnce(&[Tensor]) -> Result<Vec<Tensor>>,
) -> Result<Traced> {
    let builder = Builder::new(name);
    let trace = Rc::new(Trace {
        id: fresh_id(),
        name: name.to_string(),
        kind,
        device,
        builder,
        captures: RefCell::default(),
        captured: RefCell::default(),
        lifted: RefCell::default(),
    });
    let inputs: Vec<Tensor> = (arguments.iter())
        .map(|ty| trace.tensor(trace.builder.input(ty.clone()).id(), ty.clone()))
        .collect();
    for v in carried {
        let current = trace.builder.input(v.ty().clone()).id();
        let lifted = Lifted { variable: v.clone(), current, written: true };
        trace.lifted.borrow_mut().push(lifted);
    }
    let pop = push(Some(trace.clone()));
    let returned = f(&inputs)?;
    let mut outputs = with_top(|below, top| {
        returned.iter().map(|t| top.resolve(below, t)).collect::<Result<Vec<_>>>()
    })?;
    drop(pop);
    let returned = outputs.len();
    let mut written = Vec::new();
    for l in trace.lifted.take() {
        if l.written {
            outputs.push(l.current);
            written.push(l.variable);
        }
    }
    let outputs: Vec<_> = outputs.into_iter().map(|v| trace.builder.expr(v)).collect();
    let graph = trace.builder.finish(&outputs)?;
    Ok(Traced { graph, captures: trace.captures.take(), written, returned })
}

/// Adds a node to the innermost trace.
pub(crate) fn apply(op: Op, operands: &[&Tensor]) -> Result<Vec<Tensor>> {
    with_top(|below, top| {
        let ids =
            operands.iter().map(|t| top.resolve(below, t)).collect::<Result<Vec<ValueId>>>()?;
        let results = emit(&top.builder, op, &ids)?;
        Ok(results.into_iter().map(|v| top.tensor(v, top.builder.ty(v))).collect())
    })
}

/// Runs code on the builder of the innermost trace: from the tensors' values there to new values.
pub(crate) fn build(
    operands: &[&Tensor],
    f: impl FnOnce(&Builder, &[ValueId]) -> Result<Vec<Option<ValueId>>>,
) -> Result<Vec<Option<Tensor>>> {
    with_top(|below, top| {
        let ids =
            operands.iter().map(|t| top.resolve(below, t)).collect::<Result<Vec<ValueId>>>()?;
        let results = f(&top.builder, &ids)?;
        Ok(results.into_iter().map(|v| Some(top.tensor(v?, top.builder.ty(v?)))).collect())
    })
}

/// Whether a value is one of `sources` or depends on one, in the innermost trace. Sources of other
/// traces count for nothing.
pub(crate) fn depend(value: &Tensor, sources: &[Tensor]) -> Result<bool> {
    with_top(|below, top| {
        let value = top.resolve(below, value)?;
        let graph = top.builder.graph();
        let mut reached = vec![false; graph.value_count()];
        for t in sources {
            let v = match &t.0 {
                Repr::Traced { trace, value, .. } if *trace == top.id => Some(*value),
                Repr::Traced { trace, value, .. } => {
                    top.captured.borrow().get(&Key::Traced(*trace, *value)).copied()
                }
                Repr::Eager { id, .. } => top.captured.borrow().get(&Key::Eager(*id)).copied(),
            };
            if let Some(v) = v {
                reached[v.index()] = true;
            }
        }
        for node in graph.nodes() {
            if node.operands.iter().any(|v| reached[v.index()]) {
                node.results().for_each(|r| reached[r.index()] = true);
            }
        }
        Ok(reached[value.index()])
    })
}

/// Whether a tensor is a value of the innermost trace.
pub(crate) fn is_of_top(t: &Tensor) -> bool {
    let of = with_top(|_, top| Ok(matches!(&t.0, Repr::Traced { trace, .. } if *trace == top.id)));
    of.unwrap_or(false)
}

/// A constant of the innermost trace.
pub(crate) fn constant(value: Array) -> Result<Tensor> {
    with_top(|_, top| {
        let ty = TensorType::of(&value);
        Ok(top.tensor(top.builder.constant(value).id(), ty))
    })
}

/// The device of the innermost trace.
pub(crate) fn device() -> Result<Device> {
    with_top(|_, top| Ok(top.device))
}

/// The value that a variable has at this point of the innermost trace.
pub(crate) fn read(variable: &Variable) -> Result<Tensor> {
    with_top(|below, top| {
        let value = top.read(below, variable)?;
        Ok(top.tensor(value, variable.ty().clone()))
    })
}

/// Gives a variable a value from this point of the innermost trace on.
pub(crate) fn write(variable: &Variable, value: &Tensor) -> Result<()> {
    with_top(|below, top| {
        if top.kind == Kind::Closed {
            return Err(top.refuse_variable(variable));
        }
        let current = top.resolve(below, value)?;
        let mut lifted = top.lifted.borrow_mut();
        match lifted.iter_mut().find(|l| l.variable.id() == variable.id()) {
            Some(l) => (l.current, l.written) = (current, true),
            None => {
                lifted.push(Lifted { variable: variable.clone(), current, written: true });
            }
        }
        Ok(())
    })
}

impl Trace {
    fn tensor(&self, value: ValueId, ty: TensorType) -> Tensor {
        Tensor(Repr::Traced { trace: self.id, value, ty, device: self.device })
    }

    fn input(&self, key: Option<Key>, capture: Capture) -> ValueId {
        let ty = match &capture {
            Capture::Variable(v) => v.ty().clone(),
            Capture::Tensor(t) => t.ty().clone(),
        };
        let id = self.builder.input(ty).id();
        self.captures.borrow_mut().push(capture);
        if let Some(key) = key {
            self.captured.borrow_mut().insert(key, id);
        }
        id
    }

    /// The value of this trace that a tensor is.
    fn resolve(&self, below: &[Option<Rc<Trace>>], t: &Tensor) -> Result<ValueId> {
        if t.device() != self.device {
            return Err(crate::apply::devices_differ(t.device(), self.device).during(&*self.name));
        }
        let key = match &t.0 {
            Repr::Traced { trace, value, .. } if *trace == self.id => return Ok(*value),
            Repr::Traced { trace, value, .. } => Key::Traced(*trace, *value),
            Repr::Eager { id, .. } => Key::Eager(*id),
        };
        if let Some(&id) = self.captured.borrow().get(&key) {
            return Ok(id);
        }
        match (&t.0, self.kind) {
            (Repr::Eager { .. }, kind) if t.size() == 1 || kind == Kind::Closed => {
                let id = self.builder.constant(t.to_array()?).id();
                self.captured.borrow_mut().insert(key, id);
                Ok(id)
            }
            (Repr::Eager { .. }, _) => Ok(self.input(Some(key), Capture::Tensor(t.clone()))),
            (Repr::Traced { .. }, Kind::Body) => {
                // The trace around must know it (and takes it from outside itself if need be).
                match below.split_last() {
                    Some((Some(outer), below)) => outer.resolve(below, t)?,
                    _ => return Err(self.leaked(t)),
                };
                Ok(self.input(Some(key), Capture::Tensor(t.clone())))
            }
            (Repr::Traced { trace, .. }, Kind::Closed)
                if below.iter().flatten().any(|b| b.id == *trace) =>
            {
                Err(Error::value(text!(
                    en: "this function may use its arguments only, not a tensor of the program around it",
                    ko: "이 함수는 인자만 쓸 수 있고, 바깥 프로그램의 텐서는 쓸 수 없습니다"
                ))
                .given("tensor", t.ty())
                .hint(text!(en: "pass it as an argument", ko: "인자로 넘기세요"))
                .during(&*self.name))
            }
            (Repr::Traced { .. }, _) => Err(self.leaked(t)),
        }
    }

    fn leaked(&self, t: &Tensor) -> Error {
        leaked(t).during(&*self.name)
    }

    fn read(&self, below: &[Option<Rc<Trace>>], variable: &Variable) -> Result<ValueId> {
        let known = (self.lifted.borrow().iter())
            .find(|l| l.variable.id() == variable.id())
            .map(|l| l.current);
        if let Some(value) = known {
            return Ok(value);
        }
        if variable.device() != self.device {
            return Err(crate::apply::devices_differ(variable.device(), self.device)
                .during(variable.name().to_string())
                .during(&*self.name));
        }
        let current = match self.kind {
            Kind::Root => self.input(None, Capture::Variable(variable.clone())),
            Kind::Closed => return Err(self.refuse_variable(variable)),
            Kind::Body => {
                let Some((Some(outer), below)) = below.split_last() else {
                    return Err(Error::internal(text!(
                        en: "a body is traced outside of a trace",
                        ko: "본문이 추적 밖에서 추적되었습니다"
                    )));
                };
                let value = outer.read(below, variable)?;
                let t = outer.tensor(value, variable.ty().clone());
                self.resolve_outer(&t)
            }
        };
        let lifted = Lifted { variable: variable.clone(), current, written: false };
        self.lifted.borrow_mut().push(lifted);
        Ok(current)
    }

    /// The input that stands for a value of the trace around.
    fn resolve_outer(&self, t: &Tensor) -> ValueId {
        let Repr::Traced { trace, value, .. } = &t.0 else {
            return self.input(None, Capture::Tensor(t.clone()));
        };
        let key = Key::Traced(*trace, *value);
        if let Some(&id) = self.captured.borrow().get(&key) {
            return id;
        }
        self.input(Some(key), Capture::Tensor(t.clone()))
    }

    fn refuse_variable(&self, variable: &Variable) -> Error {
        Error::value(text!(
            en: "this function may use its arguments only, not a variable",
            ko: "이 함수는 인자만 쓸 수 있고, 변수는 쓸 수 없습니다"
        ))
        .given("variable", variable.name())
        .hint(text!(en: "pass its value as an argument", ko: "그 값을 인자로 넘기세요"))
        .during(&*self.name)
    }
}

/// The error for a traced tensor that outlived its trace.
pub(crate) fn leaked(t: &Tensor) -> Error {
    Error::value(text!(
        en: "a traced tensor is used outside of the function that it belongs to",
        ko: "추적된 텐서를 그 함수 밖에서 쓰고 있습니다"
    ))
    .given("tensor", t.ty())
    .hint(text!(
        en: "return it from the function, or assign it to a variable",
        ko: "함수에서 돌려주거나 변수에 assign 하세요"
    ))
}
