//! Gradients of traced code, and of functions.

use crate::{Function, Tensor, Variable, is_tracing, trace};
use seodang_core::{Error, Result, text};
use seodang_ir::ops::Reshape;
use std::sync::Arc;

pub(crate) fn not_floating(t: &Tensor) -> Error {
    Error::gradient(text!(
        en: "only a floating-point value has a gradient",
        ko: "부동소수점 값만 기울기가 있습니다"
    ))
    .given("target", t.ty())
    .hint(text!(en: "cast it first", ko: "먼저 cast 하세요"))
}

/// The given output gradients, or ones.
pub(crate) fn cotangents(targets: &[Tensor], given: Option<&[Tensor]>) -> Result<Vec<Tensor>> {
    match given {
        None => targets.iter().map(Tensor::ones_like).collect(),
        Some(given) => {
            let fits = given.len() == targets.len()
                && given.iter().zip(targets).all(|(g, t)| g.ty() == t.ty());
            if fits {
                return Ok(given.to_vec());
            }
            let types = |list: &[Tensor]| {
                list.iter().map(|t| t.ty().to_string()).collect::<Vec<_>>().join(", ")
            };
            Err(Error::shape(text!(
                en: "each target needs an output gradient of its type",
                ko: "목표마다 같은 타입의 출력 기울기가 필요합니다"
            ))
            .given("targets", types(targets))
            .given("output gradients", types(given)))
        }
    }
}

/// The gradients, inside a trace, of the sum of `target`'s elements with respect to values that it
/// was computed from; `None` where no differentiable path leads from a source to the target. The
/// result can be differentiated again.
///
/// # Errors
/// `Value` outside of a trace (record a [`GradientTape`](crate::GradientTape) there); `Gradient`, if
/// the target is not floating-point or an op without a derivative is on the way.
///
/// ```
/// use seodang_tensor::{Function, Tensor, gradients};
/// let f = Function::new("slope", |x: &[Tensor]| {
///     let y = x[0].pow(3.0)?;
///     Ok(vec![gradients(&y, &[x[0].clone()])?.remove(0).unwrap()])
/// });
/// assert_eq!(f.call(&[Tensor::scalar(2.0f64)?])?[0].item()?, 12.0);
/// # Ok::<(), seodang_tensor::Error>(())
/// ```
pub fn gradients(target: &Tensor, sources: &[Tensor]) -> Result<Vec<Option<Tensor>>> {
    if !is_tracing() {
        return Err(Error::value(text!(
            en: "gradients works on traced code only",
            ko: "gradients는 추적되는 코드에서만 쓸 수 있습니다"
        ))
        .hint(text!(
            en: "record eager code with a GradientTape, or call grad",
            ko: "즉시 실행 코드는 GradientTape로 기록하거나 grad를 쓰세요"
        ))
        .during("gradients"));
    }
    let cotangent = trace_ones(target)?;
    gradients_with(std::slice::from_ref(target), &[cotangent], sources)
}

fn trace_ones(target: &Tensor) -> Result<Tensor> {
    if !target.dtype().is_float() {
        return Err(not_floating(target).during("gradients"));
    }
    target.ones_like()
}

/// As [`gradients`], of the sum over several targets of target times cotangent.
///
/// # Errors
/// As [`gradients`]; `Shape`, if a cotangent does not have its target's type.
pub fn gradients_with(
    targets: &[Tensor],
    cotangents: &[Tensor],
    sources: &[Tensor],
) -> Result<Vec<Option<Tensor>>> {
    if let Some(t) = targets.iter().find(|t| !t.dtype().is_float()) {
        return Err(not_floating(t).during("gradients"));
    }
    let n = targets.len();
    let operands: Vec<&Tensor> = targets.iter().chain(cotangents).chain(sources).collect();
    trace::build(&operands, |b, ids| {
        let (outputs, sources) = ids.split_at(2 * n.min(ids.len() / 2));
        let pairs: Vec<_> = (0..n).map(|i| (b.expr(outputs[i]), b.expr(outputs[n + i]))).collect();
        let wrt: Vec<_> = sources.iter().map(|&v| b.expr(v)).collect();
        let found = seodang_ir::gradients(b, &pairs, &wrt)?;
        Ok(found.into_iter().map(|g| g.map(|e| e.id())).collect())
    })
}

/// The gradients, inside a trace, of the sum of `target`'s elements with respect to the values of
/// variables.
///
/// # Errors
/// As [`gradients`]; `Gradient`, naming the variable, if the target does not depend on one.
///
/// ```
/// use seodang_tensor::{Array, Function, Tensor, Variable, variable_gradients};
/// let w = Variable::new(Array::scalar(3.0f32), "w")?;
/// let v = w.clone();
/// let step = Function::new("step", move |x: &[Tensor]| {
///     let loss = (v.value()? * &x[0])?;
///     let g = variable_gradients(&loss, &[v.clone()])?;
///     v.assign_sub(&(&g[0] * 0.5)?)?;
///     Ok(vec![loss])
/// });
/// step.call(&[Tensor::scalar(2.0f32)?])?;
/// assert_eq!(w.to_array()?.item()?, 2.0);
/// # Ok::<(), seodang_tensor::Error>(())
/// ```
pub fn variable_gradients(target: &Tensor, variables: &[Variable]) -> Result<Vec<Tensor>> {
    let values = variables.iter().map(Variable::value).collect::<Result<Vec<_>>>()?;
    let found = gradients(target, &values)?;
    let named = |(g, v): (Option<Tensor>, &Variable)| {
        g.ok_or_else(|| {
            let name = v.name();
            Error::gradient(text!(
                en: "the target does not depend on the variable \"{name}\" through differentiable ops",
                ko: "목표 값이 미분 가능한 연산을 통해 변수 \"{name}\"에 의존하지 않습니다"
            ))
            .given(name, v.ty())
            .hint(text!(
                en: "use it, or set_trainable(false)",
                ko: "변수를 쓰거나 set_trainable(false)로 두세요"
            ))
            .during("variable_gradients")
        })
    };
    found.into_iter().zip(variables).map(named).collect()
}

type Scalar = dyn Fn(&[Tensor]) -> Result<Tensor> + Send + Sync;

/// The value and the gradients with respect to every argument, in the innermost trace.
fn differentiate(f: &Scalar, arguments: &[Tensor]) -> Result<Vec<Tensor>> {
    // Values of their own, so that what `f` captures of the same tensors does not count.
    let own = arguments
        .iter()
        .map(|x| crate::apply::apply(Reshape { shape: x.shape().clone() }, &[x]))
        .collect::<Result<Vec<_>>>()?;
    let value = f(&own)?;
    let found = gradients(&value, &own)?;
    let mut results = vec![value];
    for (i, (g, x)) in found.into_iter().zip(&own).enumerate() {
        let g = g.ok_or_else(|| {
            Error::gradient(text!(
                en: "the value does not depend on argument {i} through differentiable ops",
                ko: "값이 미분 가능한 연산을 통해 인자 {i}에 의존하지 않습니다"
            ))
            .given(format!("argument {i}"), x.ty())
            .hint(text!(
                en: "capture it instead of passing it, or call gradients, which gives an Option",
                ko: "인자로 넘기지 말고 캡처하거나, Option을 돌려주는 gradients를 쓰세요"
            ))
            .during("grad")
        })?;
        results.push(g);
    }
    Ok(results)
}

/// The function that computes a function's value and its gradients with respect to every argument.
/// It is compiled for each signature, may be differentiated again, and works in traces.
///
/// ```
/// use seodang_tensor::{Tensor, value_and_grad};
/// let f = value_and_grad(|x: &[Tensor]| x[0].sin()?.sum(&[], false));
/// let (y, dy) = f(&[Tensor::scalar(0.0f64)?])?;
/// assert_eq!((y.item()?, dy[0].item()?), (0.0, 1.0));
/// # Ok::<(), seodang_tensor::Error>(())
/// ```
///
/// The function that is returned fails with `Gradient`, naming the argument, if the value does not
/// depend on an argument.
pub fn value_and_grad(
    f: impl Fn(&[Tensor]) -> Result<Tensor> + Send + Sync + 'static,
) -> impl Fn(&[Tensor]) -> Result<(Tensor, Vec<Tensor>)> + Send + Sync + Clone {
    let function = Arc::new(Function::new("grad", move |x: &[Tensor]| differentiate(&f, x)));
    move |arguments| {
        let mut results = function.call(arguments)?;
        let gradients = results.split_off(1);
        Ok((results.swap_remove(0), gradients))
    }
}

/// The function that computes a function's gradients with respect to every argument; see
/// [`value_and_grad`].
///
/// ```
/// use seodang_tensor::{Tensor, grad};
/// let first = grad(|x: &[Tensor]| x[0].pow(3.0));
/// let second = grad(move |x: &[Tensor]| Ok(first(x)?.swap_remove(0)));
/// assert_eq!(second(&[Tensor::scalar(2.0f64)?])?[0].item()?, 12.0);
/// # Ok::<(), seodang_tensor::Error>(())
/// ```
pub fn grad(
    f: impl Fn(&[Tensor]) -> Result<Tensor> + Send + Sync + 'static,
) -> impl Fn(&[Tensor]) -> Result<Vec<Tensor>> + Send + Sync + Clone {
    let both = value_and_grad(f);
    move |arguments| Ok(both(arguments)?.1)
}
