//! Control flow: loops and branches that work in traces, where they become ops with bodies, and
//! eagerly, where they just run.

use crate::apply::apply_n;
use crate::trace::{Capture, Kind, Traced, trace};
use crate::{Device, Tensor, Variable, is_tracing};
use seodang_core::{DType, Error, Result, text};
use seodang_ir::ops::{If, Scan, While};
use seodang_ir::{Builder, Graph, TensorType, ValueId};
use std::collections::HashMap;
use std::sync::Arc;

fn types(tensors: &[Tensor]) -> Vec<TensorType> {
    tensors.iter().map(|t| t.ty().clone()).collect()
}

/// What a captured value is in the trace around.
fn outer(captures: &[Capture]) -> Result<Vec<Tensor>> {
    let value = |c: &Capture| match c {
        Capture::Variable(v) => v.value(),
        Capture::Tensor(t) => Ok(t.clone()),
    };
    captures.iter().map(value).collect()
}

/// The given variables and those written by a trace, without repetition.
fn merge(variables: &mut Vec<Variable>, more: &[Variable]) {
    for v in more {
        if !variables.contains(v) {
            variables.push(v.clone());
        }
    }
}

/// Traces a body so that the variables it writes are carried: once to find them, and again with
/// them as inputs, until there are no new ones.
fn trace_carrying(
    name: &str,
    device: Device,
    arguments: &[TensorType],
    variables: &mut Vec<Variable>,
    f: &dyn Fn(&[Tensor]) -> Result<Vec<Tensor>>,
) -> Result<Traced> {
    loop {
        let traced = trace(name, Kind::Body, device, arguments, variables, f)?;
        let before = variables.len();
        merge(variables, &traced.written);
        if variables.len() == before {
            return Ok(traced);
        }
    }
}

/// The same graph with inputs inserted, appended or rearranged: `inputs` gives, for each input of
/// the result, its type and the old input it is; `pass` are inputs of the result that are returned
/// after the outputs.
fn rewire(
    graph: &Graph,
    inputs: &[(TensorType, Option<usize>)],
    pass: std::ops::Range<usize>,
) -> Result<Arc<Graph>> {
    let b = Builder::new(graph.name());
    let mut map: HashMap<ValueId, ValueId> = HashMap::new();
    let mut new = Vec::with_capacity(inputs.len());
    for (ty, old) in inputs {
        let v = b.input(ty.clone()).id();
        new.push(v);
        if let Some(old) = old {
            map.insert(graph.inputs()[*old], v);
        }
    }
    for node in graph.nodes() {
        b.copy_node(graph, node, &mut map);
    }
    let outputs: Vec<_> =
        graph.outputs().iter().map(|v| map[v]).chain(pass.map(|i| new[i])).collect();
    let outputs: Vec<_> = outputs.into_iter().map(|v| b.expr(v)).collect();
    Ok(Arc::new(b.finish(&outputs)?))
}

fn check_carry(carry: &[Tensor], next: &[TensorType], name: &str) -> Result<()> {
    let before = types(carry);
    if before == next {
        return Ok(());
    }
    Err(Error::shape(text!(
        en: "the body must return carried values of the same types as it takes",
        ko: "본문은 받은 것과 같은 타입의 이월 값을 돌려주어야 합니다"
    ))
    .given("carried", format!("{before:?}"))
    .given("returned", format!("{next:?}"))
    .during(name))
}

fn check_predicate(p: &TensorType, name: &str) -> Result<()> {
    if *p == TensorType::scalar(DType::Bool) {
        return Ok(());
    }
    Err(Error::dtype(text!(
        en: "the condition must be a boolean scalar",
        ko: "조건은 불리언 스칼라여야 합니다"
    ))
    .given("condition", p)
    .during(name))
}

/// Applies `body` to the carried values while `condition` of them holds, and returns the last ones.
///
/// With `max_iterations` there are at most that many steps, and the loop has a derivative (in a
/// trace it is then a [`scan`] that masks the steps after the end). Eagerly it is a plain loop, which
/// has a derivative anyway. Variables that the body assigns are carried along.
///
/// # Errors
/// Whatever the closures return; `Shape`, if the body returns other types than it takes; `DType`, if
/// the condition is not a boolean scalar.
///
/// ```
/// use seodang_tensor::{Tensor, while_loop};
/// let n = while_loop(|x| x[0].lt(100.0), |x| Ok(vec![(&x[0] * 2.0)?]), &[Tensor::scalar(3.0f32)?], None)?;
/// assert_eq!(n[0].item()?, 192.0);
/// # Ok::<(), seodang_tensor::Error>(())
/// ```
pub fn while_loop(
    condition: impl Fn(&[Tensor]) -> Result<Tensor>,
    body: impl Fn(&[Tensor]) -> Result<Vec<Tensor>>,
    carry: &[Tensor],
    max_iterations: Option<usize>,
) -> Result<Vec<Tensor>> {
    if !is_tracing() {
        let mut carry = carry.to_vec();
        let mut steps = 0;
        loop {
            let p = condition(&carry)?;
            check_predicate(p.ty(), "while_loop")?;
            if p.item()? == 0.0 || max_iterations.is_some_and(|n| steps >= n) {
                return Ok(carry);
            }
            let next = body(&carry)?;
            check_carry(&carry, &types(&next), "while_loop")?;
            carry = next;
            steps += 1;
        }
    }
    if let Some(n) = max_iterations {
        let masked = |carry: &[Tensor], _: &[Tensor]| {
            let p = condition(carry)?;
            check_predicate(p.ty(), "while_loop")?;
            // A branch, so that the steps after the end cost nothing and assign nothing.
            let next = cond(&p, || body(carry), || Ok(carry.to_vec()))?;
            Ok((next, vec![]))
        };
        return Ok(scan(masked, carry, &[], Some(n), false)?.0);
    }
    let device = crate::trace::device()?;
    let n = carry.len();
    let arguments = types(carry);
    let mut variables = Vec::new();
    let step = trace_carrying("while_body", device, &arguments, &mut variables, &body)?;
    check_carry(carry, &step.graph.output_types()[..step.returned], "while_loop")?;
    let test = trace("while_condition", Kind::Body, device, &arguments, &variables, |x| {
        let p = condition(x)?;
        check_predicate(p.ty(), "while_loop")?;
        Ok(vec![p])
    })?;
    if test.written.len() > variables.len() {
        return Err(Error::value(text!(
            en: "a loop's condition cannot assign to a variable",
            ko: "반복 조건에서는 변수에 assign 할 수 없습니다"
        ))
        .during("while_loop"));
    }
    // Carried: the values, the variables, then what the body captures, then what the condition does.
    let fixed = n + variables.len();
    let (in_body, in_test) = (step.captures.len(), test.captures.len());
    let mut operands = carry.to_vec();
    operands.extend(variables.iter().map(Variable::value).collect::<Result<Vec<_>>>()?);
    operands.extend(outer(&step.captures)?);
    operands.extend(outer(&test.captures)?);
    let all = types(&operands);
    let of = |skip: std::ops::Range<usize>, first: usize| -> Vec<(TensorType, Option<usize>)> {
        (all.iter().cloned().enumerate())
            .map(|(i, ty)| {
                let old = if i < fixed {
                    Some(i)
                } else if skip.contains(&i) {
                    Some(fixed + i - first)
                } else {
                    None
                };
                (ty, old)
            })
            .collect()
    };
    let own = fixed..fixed + in_body;
    let body = rewire(&step.graph, &of(own.clone(), own.start), fixed..all.len())?;
    let own = fixed + in_body..fixed + in_body + in_test;
    let mut test_graph = test.graph;
    keep_outputs(&mut test_graph, 1)?;
    let condition = rewire(&test_graph, &of(own.clone(), own.start), 0..0)?;
    let mut results = apply_n(While { condition, body }, &operands.iter().collect::<Vec<_>>())?;
    for (v, value) in variables.iter().zip(&results[n..]) {
        v.assign(value)?;
    }
    results.truncate(n);
    Ok(results)
}

/// Drops the outputs after the first `n`.
fn keep_outputs(graph: &mut Graph, n: usize) -> Result<()> {
    let b = Builder::new(graph.name());
    let mut map: HashMap<ValueId, ValueId> = HashMap::new();
    for &v in graph.inputs() {
        map.insert(v, b.input(graph.ty(v).clone()).id());
    }
    for node in graph.nodes() {
        b.copy_node(graph, node, &mut map);
    }
    let outputs: Vec<_> = graph.outputs()[..n].iter().map(|v| b.expr(map[v])).collect();
    *graph = b.finish(&outputs)?;
    Ok(())
}

/// Applies `body(carry, rows) -> (next carry, outputs)` to one row (of the first dimension) of each
/// of `xs` after another, and returns the last carry and the outputs stacked: `jax.lax.scan`.
///
/// `length` is needed if there are no `xs`. With `reverse`, rows are taken from the last to the
/// first, and outputs stored likewise. It has a derivative. Variables that the body assigns are
/// carried along.
///
/// # Errors
/// Whatever the body returns; `Shape`, if `xs` differ in length, the length is not known, or the
/// body returns a carry of other types than it takes.
///
/// ```
/// use seodang_tensor::{Tensor, scan};
/// let xs = Tensor::new([3], vec![1.0f32, 2.0, 3.0])?;
/// let (last, sums) = scan(
///     |carry, x| {
///         let sum = (&carry[0] + &x[0])?;
///         Ok((vec![sum.clone()], vec![sum]))
///     },
///     &[Tensor::scalar(0.0f32)?],
///     &[xs],
///     None,
///     false,
/// )?;
/// assert_eq!(last[0].item()?, 6.0);
/// assert_eq!(sums[0].to_f64_vec()?, [1.0, 3.0, 6.0]);
/// # Ok::<(), seodang_tensor::Error>(())
/// ```
#[allow(clippy::type_complexity)]
pub fn scan(
    body: impl Fn(&[Tensor], &[Tensor]) -> Result<(Vec<Tensor>, Vec<Tensor>)>,
    carry: &[Tensor],
    xs: &[Tensor],
    length: Option<usize>,
    reverse: bool,
) -> Result<(Vec<Tensor>, Vec<Tensor>)> {
    let lengths: Vec<Option<usize>> = xs.iter().map(|x| x.shape().first().copied()).collect();
    let length = length.or(lengths.first().copied().flatten());
    let Some(length) = length.filter(|n| lengths.iter().all(|l| *l == Some(*n))) else {
        return Err(Error::shape(text!(
            en: "the scanned tensors need one first dimension, or a length is needed",
            ko: "훑을 텐서들의 첫 차원이 같거나, 길이가 주어져야 합니다"
        ))
        .given("xs", format!("{:?}", types(xs)))
        .during("scan"));
    };
    if !is_tracing() {
        return scan_eagerly(body, carry, xs, length, reverse);
    }
    let device = crate::trace::device()?;
    let (n, m) = (carry.len(), xs.len());
    let rows = xs.iter().map(|x| TensorType::new(x.dtype(), &x.shape()[1..]));
    let arguments: Vec<TensorType> = types(carry).into_iter().chain(rows).collect();
    let mut variables = Vec::new();
    let step = trace_carrying("scan_body", device, &arguments, &mut variables, &|x| {
        let (next, outputs) = body(&x[..n], &x[n..])?;
        check_carry(carry, &types(&next), "scan")?;
        Ok(next.into_iter().chain(outputs).collect())
    })?;
    // Inputs as traced: carry, rows, variables, captures. As the op wants them: carry, variables,
    // captures (constants), rows. Outputs as traced: carry, outputs, variables.
    let (w, c) = (variables.len(), step.captures.len());
    let mut operands = carry.to_vec();
    operands.extend(variables.iter().map(Variable::value).collect::<Result<Vec<_>>>()?);
    operands.extend(outer(&step.captures)?);
    operands.extend(xs.iter().cloned());
    let graph = &step.graph;
    let old: Vec<usize> = (0..n).chain(n + m..n + m + w + c).chain(n..n + m).collect();
    let b = Builder::new(graph.name());
    let mut map: HashMap<ValueId, ValueId> = HashMap::new();
    for i in old {
        let v = graph.inputs()[i];
        map.insert(v, b.input(graph.ty(v).clone()).id());
    }
    for node in graph.nodes() {
        b.copy_node(graph, node, &mut map);
    }
    let out = graph.outputs();
    let order = out[..n].iter().chain(&out[step.returned..]).chain(&out[n..step.returned]);
    let outputs: Vec<_> = order.map(|v| b.expr(map[v])).collect();
    let body = Arc::new(b.finish(&outputs)?);
    let op = Scan { length, carried: n + w, constants: c, reverse, body };
    let mut results = apply_n(op, &operands.iter().collect::<Vec<_>>())?;
    let outputs = results.split_off(n + w);
    for (v, value) in variables.iter().zip(&results[n..]) {
        v.assign(value)?;
    }
    results.truncate(n);
    Ok((results, outputs))
}

#[allow(clippy::type_complexity)]
fn scan_eagerly(
    body: impl Fn(&[Tensor], &[Tensor]) -> Result<(Vec<Tensor>, Vec<Tensor>)>,
    carry: &[Tensor],
    xs: &[Tensor],
    length: usize,
    reverse: bool,
) -> Result<(Vec<Tensor>, Vec<Tensor>)> {
    if length == 0 {
        // The types of the outputs are known from a trace only.
        return eager_empty(body, carry, xs);
    }
    let mut carry = carry.to_vec();
    let mut collected: Vec<Vec<Tensor>> = Vec::new();
    for k in 0..length {
        let i = if reverse { length - 1 - k } else { k };
        let rows = xs.iter().map(|x| x.row(i)).collect::<Result<Vec<_>>>()?;
        let (next, outputs) = body(&carry, &rows)?;
        check_carry(&carry, &types(&next), "scan")?;
        carry = next;
        collected.resize(outputs.len(), Vec::new());
        for (list, y) in collected.iter_mut().zip(outputs) {
            list.push(y);
        }
    }
    let stack = |mut list: Vec<Tensor>| {
        if reverse {
            list.reverse();
        }
        Tensor::stack(&list, 0)
    };
    Ok((carry, collected.into_iter().map(stack).collect::<Result<Vec<_>>>()?))
}

#[allow(clippy::type_complexity)]
fn eager_empty(
    body: impl Fn(&[Tensor], &[Tensor]) -> Result<(Vec<Tensor>, Vec<Tensor>)>,
    carry: &[Tensor],
    xs: &[Tensor],
) -> Result<(Vec<Tensor>, Vec<Tensor>)> {
    let n = carry.len();
    let rows = xs.iter().map(|x| TensorType::new(x.dtype(), &x.shape()[1..]));
    let arguments: Vec<TensorType> = types(carry).into_iter().chain(rows).collect();
    let outputs = crate::eval_shape(&arguments, |x| Ok(body(&x[..n], &x[n..])?.1))?;
    let empty = |ty: TensorType| {
        let shape: Vec<usize> = std::iter::once(0).chain(ty.shape.iter().copied()).collect();
        Tensor::zeros(ty.dtype, shape)
    };
    Ok((carry.to_vec(), outputs.into_iter().map(empty).collect::<Result<Vec<_>>>()?))
}

/// What `then` returns if the boolean scalar holds, else what `otherwise` does. In a trace only one
/// of them runs, each time the program does; variables that one of them assigns have their new
/// values afterwards.
///
/// # Errors
/// Whatever the closures return; `DType`, if the predicate is not a boolean scalar; `Shape`, if the
/// two branches return different types (in a trace).
///
/// ```
/// use seodang_tensor::{Tensor, cond};
/// let x = Tensor::scalar(-2.0f32)?;
/// let y = cond(&x.lt(0.0)?, || Ok(vec![x.neg()?]), || Ok(vec![x.clone()]))?;
/// assert_eq!(y[0].item()?, 2.0);
/// # Ok::<(), seodang_tensor::Error>(())
/// ```
pub fn cond(
    predicate: &Tensor,
    then: impl Fn() -> Result<Vec<Tensor>>,
    otherwise: impl Fn() -> Result<Vec<Tensor>>,
) -> Result<Vec<Tensor>> {
    check_predicate(predicate.ty(), "cond")?;
    if !is_tracing() {
        return if predicate.item()? != 0.0 { then() } else { otherwise() };
    }
    let device = crate::trace::device()?;
    let mut variables = Vec::new();
    let (yes, no) = loop {
        let yes = trace_carrying("then", device, &[], &mut variables, &|_| then())?;
        let before = variables.len();
        let no = trace_carrying("else", device, &[], &mut variables, &|_| otherwise())?;
        if variables.len() == before {
            break (yes, no);
        }
    };
    let results_of = |t: &Traced| t.graph.output_types()[..t.returned].to_vec();
    if results_of(&yes) != results_of(&no) {
        return Err(Error::shape(text!(
            en: "both branches must return the same types",
            ko: "두 갈래는 같은 타입을 돌려주어야 합니다"
        ))
        .given("then", format!("{:?}", results_of(&yes)))
        .given("else", format!("{:?}", results_of(&no)))
        .during("cond"));
    }
    let w = variables.len();
    let mut operands = variables.iter().map(Variable::value).collect::<Result<Vec<_>>>()?;
    operands.extend(outer(&yes.captures)?);
    operands.extend(outer(&no.captures)?);
    let all = types(&operands);
    let (y, n) = (yes.captures.len(), no.captures.len());
    let of = |from: usize, to: usize| -> Vec<(TensorType, Option<usize>)> {
        let old = |i: usize| match i {
            i if i < w => Some(i),
            i if (from..to).contains(&i) => Some(w + i - from),
            _ => None,
        };
        all.iter().cloned().enumerate().map(|(i, ty)| (ty, old(i))).collect()
    };
    let then = rewire(&yes.graph, &of(w, w + y), 0..0)?;
    let otherwise = rewire(&no.graph, &of(w + y, w + y + n), 0..0)?;
    let mut list = vec![predicate];
    list.extend(&operands);
    let mut results = apply_n(If { then, otherwise }, &list)?;
    let updates = results.split_off(yes.returned);
    for (v, value) in variables.iter().zip(&updates) {
        v.assign(value)?;
    }
    Ok(results)
}
