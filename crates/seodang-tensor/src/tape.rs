//! Gradient tapes: graphs recorded while eager ops run.

use crate::backward::{Recorded, backward};
use crate::emit::emit;
use crate::fingerprint::{Hasher, hash_op, hash_type};
use crate::tensor::Repr;
use crate::{Tensor, Variable, trace};
use seodang_core::{Error, Result, text};
use seodang_ir::ops::{Backward, Composite};
use seodang_ir::{Builder, Op, ValueId};
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

thread_local! {
    static TAPES: RefCell<Vec<Rc<RefCell<Recording>>>> = const { RefCell::new(Vec::new()) };
    static ACTIVE: Cell<usize> = const { Cell::new(0) };
}

/// Whether a tape records eager ops of this thread.
pub(crate) fn is_recording() -> bool {
    ACTIVE.get() > 0
}

/// What tapes see of an eager op that has run.
pub(crate) fn record(op: &Op, operands: &[&Tensor], results: &[Tensor]) -> Result<()> {
    if ACTIVE.get() == 0 {
        return Ok(());
    }
    let tapes = TAPES.with_borrow(|t| t.clone());
    tapes.iter().try_for_each(|tape| tape.borrow_mut().record(op, operands, results))
}

/// What tapes see of a variable that is read.
pub(crate) fn read(variable: &Variable, value: &Tensor) {
    if ACTIVE.get() == 0 {
        return;
    }
    let tapes = TAPES.with_borrow(|t| t.clone());
    for tape in tapes {
        tape.borrow_mut().read(variable, value);
    }
}

/// What a tensor is known by on a tape.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Eager(u64),
    Traced(u64, ValueId),
}

fn key(t: &Tensor) -> Key {
    match &t.0 {
        Repr::Eager { id, .. } => Key::Eager(*id),
        Repr::Traced { trace, value, .. } => Key::Traced(*trace, *value),
    }
}

/// The graph of what has run, and the values that came out.
struct Recording {
    builder: Builder,
    /// Eager tensors that are part of the graph.
    values: HashMap<u64, ValueId>,
    /// Their values, by [`ValueId::index`]; none for what only the graph has (broadcasts).
    kept: Vec<Option<Tensor>>,
    /// Those that are watched or follow from what is watched: what a gradient can be taken of.
    tracked: HashSet<u64>,
    /// Every tensor that is watched, eager or traced.
    watched: HashMap<Key, Tensor>,
    /// Reads of variables: the variable's id and the tensor.
    reads: Vec<(u64, Tensor)>,
    /// The variables of the reads.
    variables: Vec<Variable>,
    fingerprint: Hasher,
    watch_variables: bool,
}

impl Recording {
    fn new(watch_variables: bool) -> Recording {
        Recording {
            builder: Builder::new("tape"),
            values: HashMap::new(),
            kept: Vec::new(),
            tracked: HashSet::new(),
            watched: HashMap::new(),
            reads: Vec::new(),
            variables: Vec::new(),
            fingerprint: Hasher::default(),
            watch_variables,
        }
    }

    fn keep(&mut self, v: ValueId, t: &Tensor) {
        if self.kept.len() <= v.index() {
            self.kept.resize(v.index() + 1, None);
        }
        self.kept[v.index()] = Some(t.clone());
        if let Repr::Eager { id, .. } = &t.0 {
            self.values.insert(*id, v);
        }
    }

    fn input(&mut self, t: &Tensor) -> ValueId {
        if let Key::Eager(id) = key(t)
            && let Some(&v) = self.values.get(&id)
        {
            return v;
        }
        hash_type(t.ty(), &mut self.fingerprint);
        let v = self.builder.input(t.ty().clone()).id();
        self.keep(v, t);
        v
    }

    fn watch(&mut self, t: &Tensor) {
        if t.dtype().is_float()
            && self.watched.insert(key(t), t.clone()).is_none()
            && let Repr::Eager { id, .. } = &t.0
        {
            self.input(t);
            self.tracked.insert(*id);
        }
    }

    fn read(&mut self, variable: &Variable, value: &Tensor) {
        if !self.watch_variables || !variable.trainable() || !value.dtype().is_float() {
            return;
        }
        self.watch_variable(variable, value);
    }

    fn watch_variable(&mut self, variable: &Variable, value: &Tensor) {
        let known = self.reads.iter().any(|(id, t)| *id == variable.id() && key(t) == key(value));
        if !known {
            self.reads.push((variable.id(), value.clone()));
        }
        if !self.variables.iter().any(|v| v.id() == variable.id()) {
            self.variables.push(variable.clone());
        }
        self.watch(value);
    }

    fn record(&mut self, op: &Op, operands: &[&Tensor], results: &[Tensor]) -> Result<()> {
        let touches = operands.iter().any(|t| match &t.0 {
            Repr::Eager { id, .. } => self.tracked.contains(id),
            Repr::Traced { .. } => false,
        });
        if !touches {
            return Ok(());
        }
        let ids: Vec<ValueId> = operands.iter().map(|t| self.input(t)).collect();
        hash_op(op, &mut self.fingerprint);
        for v in &ids {
            self.fingerprint.word(v.index() as u64);
        }
        let values = emit(&self.builder, op.clone(), &ids)?;
        for (v, t) in values.into_iter().zip(results) {
            self.keep(v, t);
            if let Repr::Eager { id, .. } = &t.0 {
                self.tracked.insert(*id);
            }
        }
        Ok(())
    }
}

/// With respect to what a gradient is taken: a tensor, or a variable (all its reads on the tape).
#[derive(Clone, Debug)]
pub enum Source {
    /// A watched tensor.
    Tensor(Tensor),
    /// A variable that was read.
    Variable(Variable),
}

/// What a gradient can be taken with respect to: tensors and variables, or references to them.
pub trait AsSource {
    /// The source.
    fn source(&self) -> Source;
}

impl AsSource for Tensor {
    fn source(&self) -> Source {
        Source::Tensor(self.clone())
    }
}

impl AsSource for Variable {
    fn source(&self) -> Source {
        Source::Variable(self.clone())
    }
}

impl AsSource for Source {
    fn source(&self) -> Source {
        self.clone()
    }
}

impl<S: AsSource + ?Sized> AsSource for &S {
    fn source(&self) -> Source {
        (**self).source()
    }
}

impl Source {
    fn zeros(&self) -> Result<Tensor> {
        match self {
            Source::Tensor(t) => t.zeros_like(),
            Source::Variable(v) => {
                crate::with_device(v.device(), || Tensor::zeros(v.dtype(), v.shape().clone()))
            }
        }
    }
}

/// Records what is computed, to differentiate it: TensorFlow's `tf.GradientTape`.
///
/// While it is active on a thread, ops on watched tensors are recorded as they run, with their
/// results. Trainable variables are watched when they are read, other tensors with
/// [`GradientTape::watch`]. Tapes nest, which gives derivatives of higher order. The program that
/// computes a gradient is cached by the structure of what was recorded, so that a loop compiles it
/// once.
///
/// ```
/// use seodang_tensor::{Array, GradientTape, Variable};
/// let x = Variable::new(Array::scalar(3.0f32), "x")?;
/// let tape = GradientTape::new();
/// let y = tape.record(|| x.value()?.square())?;
/// let dy = tape.gradient(&y, &[&x])?;
/// assert_eq!(dy[0].as_ref().unwrap().item()?, 6.0);
/// # Ok::<(), seodang_tensor::Error>(())
/// ```
pub struct GradientTape {
    recording: Rc<RefCell<Recording>>,
    persistent: bool,
    used: Cell<bool>,
}

/// Takes the tape off the stack of active tapes, however its scope ends.
struct Active<'a>(&'a Rc<RefCell<Recording>>);

fn push(recording: &Rc<RefCell<Recording>>) {
    TAPES.with_borrow_mut(|t| t.push(recording.clone()));
    ACTIVE.set(ACTIVE.get() + 1);
}

/// Removes the innermost entry of a tape; false if it is not active.
fn remove(recording: &Rc<RefCell<Recording>>) -> bool {
    TAPES.with_borrow_mut(|t| match t.iter().rposition(|r| Rc::ptr_eq(r, recording)) {
        Some(at) => {
            t.remove(at);
            ACTIVE.set(ACTIVE.get() - 1);
            true
        }
        None => false,
    })
}

impl Drop for Active<'_> {
    fn drop(&mut self) {
        remove(self.0);
    }
}

impl Default for GradientTape {
    fn default() -> GradientTape {
        GradientTape::new()
    }
}

impl GradientTape {
    /// A tape that gives one gradient and watches trainable variables.
    pub fn new() -> GradientTape {
        GradientTape::with_options(false, true)
    }

    /// A tape that gives any number of gradients.
    pub fn persistent() -> GradientTape {
        GradientTape::with_options(true, true)
    }

    /// A tape with TensorFlow's two options: `persistent`, and `watch_accessed_variables`.
    pub fn with_options(persistent: bool, watch_accessed_variables: bool) -> GradientTape {
        let recording = Rc::new(RefCell::new(Recording::new(watch_accessed_variables)));
        GradientTape { recording, persistent, used: Cell::new(false) }
    }

    /// Runs a closure while recording: the body of Python's `with` block.
    pub fn record<R>(&self, f: impl FnOnce() -> R) -> R {
        if self.is_active() {
            return f();
        }
        push(&self.recording);
        let _active = Active(&self.recording);
        f()
    }

    /// Starts recording on this thread; [`GradientTape::exit`] ends it. For callers that cannot nest
    /// closures, such as Python's `with`.
    ///
    /// # Errors
    /// `Value`, if it is recording already.
    pub fn enter(&self) -> Result<()> {
        if self.is_active() {
            return Err(Error::value(text!(
                en: "the tape is recording already",
                ko: "테이프가 이미 기록하고 있습니다"
            ))
            .during("GradientTape"));
        }
        push(&self.recording);
        Ok(())
    }

    /// Whether it records ops of this thread now.
    pub fn is_active(&self) -> bool {
        TAPES.with_borrow(|t| t.iter().any(|r| Rc::ptr_eq(r, &self.recording)))
    }

    /// Ends what [`GradientTape::enter`] started.
    pub fn exit(&self) {
        remove(&self.recording);
    }

    /// Watches a floating-point tensor from now on.
    pub fn watch(&self, tensor: &Tensor) {
        self.recording.borrow_mut().watch(tensor);
    }

    /// The variables that were watched, by name or because they were read, in that order.
    pub fn watched_variables(&self) -> Vec<Variable> {
        self.recording.borrow().variables.clone()
    }

    /// Watches a variable, trainable or not.
    ///
    /// # Errors
    /// As [`Variable::value`].
    pub fn watch_variable(&self, variable: &Variable) -> Result<()> {
        let value = self.stopped(|| variable.value())?;
        self.recording.borrow_mut().watch_variable(variable, &value);
        Ok(())
    }

    /// Runs a closure without recording it on this tape.
    ///
    /// # Errors
    /// Those of the closure; `Unsupported` in a trace, where `stop_gradient` says the same.
    pub fn stop_recording<R>(&self, f: impl FnOnce() -> Result<R>) -> Result<R> {
        if trace::is_tracing() {
            return Err(Error::unsupported(text!(
                en: "a tape cannot pause inside of a traced function",
                ko: "추적 중인 함수 안에서는 테이프를 멈출 수 없습니다"
            ))
            .hint(text!(
                en: "call stop_gradient on what is not to be differentiated",
                ko: "미분하지 않을 값에 stop_gradient를 쓰세요"
            ))
            .during("stop_recording"));
        }
        self.stopped(f)
    }

    fn stopped<R>(&self, f: impl FnOnce() -> R) -> R {
        struct Resume<'a>(&'a Rc<RefCell<Recording>>, bool);
        impl Drop for Resume<'_> {
            fn drop(&mut self) {
                if self.1 {
                    push(self.0);
                }
            }
        }
        let was = remove(&self.recording);
        let _resume = Resume(&self.recording, was);
        f()
    }

    /// Forgets everything recorded and watched.
    pub fn reset(&self) {
        let watch = self.recording.borrow().watch_variables;
        *self.recording.borrow_mut() = Recording::new(watch);
        self.used.set(false);
    }

    /// The gradients of `target` (of the sum of its elements) with respect to the sources; `None` for
    /// a source that `target` does not depend on through watched, differentiable ops.
    ///
    /// # Errors
    /// `Value`, if the tape is not persistent and has given its gradient; `Gradient`, if an op
    /// without a derivative is on the way, or the target is not floating-point.
    pub fn gradient(
        &self,
        target: &Tensor,
        sources: &[impl AsSource],
    ) -> Result<Vec<Option<Tensor>>> {
        let sources: Vec<Source> = sources.iter().map(AsSource::source).collect();
        self.gradient_with(std::slice::from_ref(target), &sources, None)
    }

    /// As [`GradientTape::gradient`], with zeros instead of `None` (TensorFlow's
    /// `UnconnectedGradients.ZERO`).
    ///
    /// # Errors
    /// As [`GradientTape::gradient`].
    pub fn gradient_or_zeros(
        &self,
        target: &Tensor,
        sources: &[impl AsSource],
    ) -> Result<Vec<Tensor>> {
        let sources: Vec<Source> = sources.iter().map(AsSource::source).collect();
        let gradients = self.gradient_with(std::slice::from_ref(target), &sources, None)?;
        gradients.into_iter().zip(&sources).map(|(g, s)| g.map_or_else(|| s.zeros(), Ok)).collect()
    }

    /// The gradients of the sum over several targets of target times output gradient (ones, if none
    /// are given).
    ///
    /// # Errors
    /// As [`GradientTape::gradient`]; `Shape`, if an output gradient does not have its target's type.
    pub fn gradient_with(
        &self,
        targets: &[Tensor],
        sources: &[Source],
        output_gradients: Option<&[Tensor]>,
    ) -> Result<Vec<Option<Tensor>>> {
        if self.used.get() {
            return Err(Error::value(text!(
                en: "this tape has given its gradient already",
                ko: "이 테이프는 이미 기울기를 한 번 계산했습니다"
            ))
            .hint(text!(
                en: "make it persistent to ask more than once",
                ko: "여러 번 계산하려면 persistent로 만드세요"
            ))
            .during("GradientTape.gradient"));
        }
        if let Some(t) = targets.iter().find(|t| !t.dtype().is_float()) {
            return Err(crate::gradient::not_floating(t).during("GradientTape.gradient"));
        }
        let result = if targets.iter().any(Tensor::is_traced) {
            self.traced(targets, sources, output_gradients)
        } else if self.persistent {
            // A persistent tape that is still active records its own gradients too.
            self.eager(targets, sources, output_gradients)
        } else {
            self.stopped(|| self.eager(targets, sources, output_gradients))
        }?;
        if !self.persistent {
            self.used.set(true);
            let watch = self.recording.borrow().watch_variables;
            *self.recording.borrow_mut() = Recording::new(watch);
        }
        Ok(result)
    }

    /// The eager tensors that stand for a source.
    fn reads(&self, source: &Source) -> Vec<Tensor> {
        let recording = self.recording.borrow();
        let tracked = |t: &Tensor| match &t.0 {
            Repr::Eager { id, .. } => recording.tracked.contains(id),
            Repr::Traced { .. } => false,
        };
        match source {
            Source::Tensor(t) => Some(t.clone()).filter(tracked).into_iter().collect(),
            Source::Variable(v) => (recording.reads.iter())
                .filter(|(id, t)| *id == v.id() && tracked(t))
                .map(|(_, t)| t.clone())
                .collect(),
        }
    }

    /// The values of the innermost trace that stand for a source.
    fn traced_reads(&self, source: &Source) -> Result<Vec<Tensor>> {
        let recording = self.recording.borrow();
        match source {
            Source::Tensor(t) => {
                // What does not depend on a watched value has no gradient.
                let watched: Vec<Tensor> = recording.watched.values().cloned().collect();
                let depends = trace::depend(t, &watched)?;
                Ok(if depends { vec![t.clone()] } else { vec![] })
            }
            Source::Variable(v) => {
                let all = recording.reads.iter().filter(|(id, _)| *id == v.id());
                let mut reads: Vec<Tensor> = all.map(|(_, t)| t.clone()).collect();
                if reads.is_empty() {
                    return Ok(reads);
                }
                // Those of loop bodies, too, come from a value of this trace.
                let now = trace::read(v)?;
                reads.retain(|t| trace::is_of_top(t) && key(t) != key(&now));
                reads.push(now);
                Ok(reads)
            }
        }
    }

    fn traced(
        &self,
        targets: &[Tensor],
        sources: &[Source],
        output_gradients: Option<&[Tensor]>,
    ) -> Result<Vec<Option<Tensor>>> {
        let reads =
            sources.iter().map(|s| self.traced_reads(s)).collect::<Result<Vec<Vec<Tensor>>>>()?;
        let flat: Vec<Tensor> = reads.iter().flatten().cloned().collect();
        let cotangents = crate::gradient::cotangents(targets, output_gradients)?;
        let mut gradients = crate::gradients_with(targets, &cotangents, &flat)?.into_iter();
        reads
            .iter()
            .map(|r| total(r.iter().filter_map(|_| gradients.next().flatten()).collect()))
            .collect()
    }

    fn eager(
        &self,
        targets: &[Tensor],
        sources: &[Source],
        output_gradients: Option<&[Tensor]>,
    ) -> Result<Vec<Option<Tensor>>> {
        let reads: Vec<Vec<Tensor>> = sources.iter().map(|s| self.reads(s)).collect();
        let cotangents = crate::gradient::cotangents(targets, output_gradients)?;
        let (backward, arguments) = {
            let recording = self.recording.borrow();
            // A source may be its own target; a target that was not recorded depends on nothing.
            let place = |recording: &Recording, t: &Tensor| match &t.0 {
                Repr::Eager { id, .. } => recording.values.get(id).copied(),
                Repr::Traced { .. } => None,
            };
            let mut pairs = Vec::new();
            for (target, cotangent) in targets.iter().zip(&cotangents) {
                if let Some(v) = place(&recording, target) {
                    pairs.push((v, cotangent.clone()));
                }
            }
            let wrt: Vec<ValueId> =
                reads.iter().flatten().filter_map(|t| place(&recording, t)).collect();
            if pairs.is_empty() || wrt.is_empty() {
                return Ok(vec![None; sources.len()]);
            }
            let outputs: Vec<ValueId> = pairs.iter().map(|p| p.0).collect();
            let device = targets[0].device();
            let kept = recording.kept.iter().map(Option::is_some).collect();
            let forward = recording.builder.graph();
            let backward = backward(recording.fingerprint, device, &forward, kept, &outputs, &wrt)?;
            drop(forward);
            let mut arguments = Vec::with_capacity(backward.inputs.len());
            for &input in &backward.inputs {
                arguments.push(match input {
                    Recorded::Kept(v) => recording.kept[v.index()].clone().ok_or_else(lost)?,
                    Recorded::Cotangent(i) => pairs[i].1.clone(),
                });
            }
            (backward, arguments)
        };
        let list = (arguments.iter())
            .map(|t| Ok(seodang_ir::Argument::Borrow(t.buffer()?)))
            .collect::<Result<Vec<_>>>()?;
        let device = targets[0].device();
        let results: Vec<Tensor> =
            backward.program.run(list)?.into_iter().map(|b| Tensor::eager(b, device)).collect();
        // Other tapes see the gradient as one op.
        let op = Composite {
            name: "seodang.backward".into(),
            body: backward.graph.clone(),
            backward: Backward::Body,
        };
        record(&op.into(), &arguments.iter().collect::<Vec<_>>(), &results)?;
        let mut results = results.into_iter();
        let mut present = backward.present.iter();
        reads
            .iter()
            .map(|r| {
                let parts = (r.iter())
                    .filter_map(|_| if *present.next()? { results.next() } else { None })
                    .collect();
                total(parts)
            })
            .collect()
    }
}

fn lost() -> Error {
    Error::internal(text!(en: "a recorded value is missing", ko: "기록된 값이 없습니다"))
}

/// The sum of the gradients of a variable's reads.
fn total(parts: Vec<Tensor>) -> Result<Option<Tensor>> {
    let mut parts = parts.into_iter();
    let Some(mut sum) = parts.next() else { return Ok(None) };
    for part in parts {
        sum = sum.add(&part)?;
    }
    Ok(Some(sum))
}
