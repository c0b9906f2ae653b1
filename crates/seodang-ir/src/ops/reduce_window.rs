//! Reductions over sliding windows.

use super::{Direction, Reducer, SelectAndScatter};
use super::{arity, check_body, doc, int_array, padding_text, require, same_dtype};
use crate::autodiff::Derivative;
use crate::op::OpDef;
use crate::{Expr, Graph, TensorType};
use seodang_core::{Array, DType, Error, Result, Shape, Text, text};
use std::sync::Arc;

/// A window that slides over an array.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Window {
    /// The size of the window in each dimension.
    pub dimensions: Vec<usize>,
    /// How far it moves.
    pub strides: Vec<usize>,
    /// The distance of elements of the operand (1: no gaps).
    pub base_dilations: Vec<usize>,
    /// The distance of elements of the window (1: no gaps).
    pub window_dilations: Vec<usize>,
    /// Padding before and after, in each dimension.
    pub padding: Vec<(i64, i64)>,
}

impl Window {
    /// A window without dilation and padding.
    pub fn new(dimensions: impl Into<Vec<usize>>, strides: impl Into<Vec<usize>>) -> Window {
        let dimensions = dimensions.into();
        let n = dimensions.len();
        Window {
            dimensions,
            strides: strides.into(),
            base_dilations: vec![1; n],
            window_dilations: vec![1; n],
            padding: vec![(0, 0); n],
        }
    }

    /// The shape of all positions over an operand of the given shape.
    pub(crate) fn result_shape(&self, shape: &Shape, label: &str) -> Result<Shape> {
        let n = shape.rank();
        let lengths = [
            self.dimensions.len(),
            self.strides.len(),
            self.base_dilations.len(),
            self.window_dilations.len(),
            self.padding.len(),
        ];
        require(lengths == [n; 5], label, || {
            text!(
                en: "the window's parts have lengths {lengths:?} instead of the rank {n}",
                ko: "창의 길이 {lengths:?}이(가) 차원 수 {n}와(과) 다릅니다"
            )
        })?;
        let positive =
            [&self.dimensions, &self.strides, &self.base_dilations, &self.window_dilations];
        require(positive.iter().all(|v| v.iter().all(|&k| k > 0)), label, || {
            text!(
                en: "window sizes, strides and dilations must be positive",
                ko: "창의 크기, 간격, 팽창은 양수여야 합니다"
            )
        })?;
        let mut out = Vec::with_capacity(n);
        for d in 0..n {
            let dilated = |k: usize, by: usize| if k == 0 { 0 } else { ((k - 1) * by + 1) as i64 };
            let base =
                dilated(shape[d], self.base_dilations[d]) + self.padding[d].0 + self.padding[d].1;
            let window = dilated(self.dimensions[d], self.window_dilations[d]);
            require(base >= 0, label, || {
                text!(
                    en: "padding removes more than there is in dimension {d}",
                    ko: "차원 {d}에서 padding이 배열보다 더 많이 잘라냅니다"
                )
            })?;
            out.push(if base < window {
                0
            } else {
                (base - window) as usize / self.strides[d] + 1
            });
        }
        Ok(out.into())
    }

    /// The element of the operand that a window at `position` sees at `offset`, if it is inside.
    pub(crate) fn source(
        &self,
        shape: &[usize],
        position: &[usize],
        offset: &[usize],
    ) -> Option<Vec<usize>> {
        (0..shape.len())
            .map(|d| {
                let at = (position[d] * self.strides[d] + offset[d] * self.window_dilations[d])
                    as i64
                    - self.padding[d].0;
                let step = self.base_dilations[d] as i64;
                let inside = at >= 0 && at % step == 0 && at / step < shape[d] as i64;
                inside.then_some((at / step) as usize)
            })
            .collect()
    }

    /// The padding of the window that runs backwards: from positions to the operand's elements.
    pub(crate) fn transposed_padding(&self, shape: &[usize], out: &[usize]) -> Vec<(i64, i64)> {
        let dilate = |n: usize, by: usize| if n == 0 { 0 } else { ((n - 1) * by + 1) as i64 };
        (0..shape.len())
            .map(|d| {
                let base = dilate(shape[d], self.base_dilations[d]);
                let window = dilate(self.dimensions[d], self.window_dilations[d]);
                let low = window - 1 - self.padding[d].0;
                (low, base + window - 1 - dilate(out[d], self.strides[d]) - low)
            })
            .collect()
    }

    pub(crate) fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![
            ("window_dimensions", int_array(&self.dimensions)),
            ("window_strides", int_array(&self.strides)),
            ("base_dilations", int_array(&self.base_dilations)),
            ("window_dilations", int_array(&self.window_dilations)),
            ("padding", padding_text(&self.padding)),
        ]
    }
}

/// Combines the elements in each position of a window with a body, starting from initial values.
///
/// Operands are `n` arrays of one shape, then `n` scalars.
#[derive(Clone, PartialEq, Debug)]
pub struct ReduceWindow {
    /// The window.
    pub window: Window,
    /// The body, as for [`Reduce`](super::Reduce).
    pub body: Arc<Graph>,
}

impl ReduceWindow {
    /// The comparison of a window over pairs, as the derivative of [`SelectAndScatter`] has it.
    fn pair_select(&self, dtype: DType) -> Option<Arc<Graph>> {
        let mut candidates =
            Direction::ALL.into_iter().map(|d| SelectAndScatter::selector(d, dtype));
        candidates.find(|select| {
            let pair = SelectAndScatter::pair_selector(select, dtype);
            self.body.inputs().len() == 4 && pair.is_ok_and(|pair| pair == self.body)
        })
    }
}

impl OpDef for ReduceWindow {
    fn mnemonic(&self) -> &'static str {
        "reduce_window"
    }

    fn spec(&self) -> &'static str {
        "reduce_window"
    }

    fn doc(&self) -> Text {
        doc("The elements under a sliding window combined.", "움직이는 창 안의 값을 모으기.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        let n = operands.len() / 2;
        if n == 0 {
            arity(operands, 2)?;
        }
        arity(operands, 2 * n)?;
        let (inputs, initial) = operands.split_at(n);
        let mut scalars = Vec::new();
        for (x, init) in inputs.iter().zip(initial) {
            same_dtype(x, init, "reduce_window C3")?;
            require(
                init.rank() == 0 && x.shape == inputs[0].shape,
                "reduce_window C1, C2",
                || {
                    text!(
                        en: "operands need one shape, and initial values must be scalars",
                        ko: "피연산자의 모양이 같고 초기값은 스칼라여야 합니다"
                    )
                },
            )?;
            scalars.push(TensorType::scalar(x.dtype));
        }
        let twice = [scalars.clone(), scalars.clone()].concat();
        check_body(&self.body, &twice, &scalars, "reduce_window C13")?;
        let shape = self.window.result_shape(&inputs[0].shape, "reduce_window C4-C12")?;
        Ok(inputs.iter().map(|x| x.with_shape(shape.clone())).collect())
    }

    fn result_count(&self, operands: usize) -> usize {
        operands / 2
    }

    fn derivative(&self) -> Derivative<ReduceWindow> {
        Derivative::Rule(|op, cx| {
            let (x, dy, w) = (cx.operands[0], cx.dy(), &op.window);
            let (b, dtype) = (cx.b, x.dtype());
            if let Some(select) = op.pair_select(x.dtype()) {
                // The pair that was kept passes its cotangents on.
                let zero = b.constant(Array::zeros(dtype, []));
                let scatter = SelectAndScatter {
                    window: w.clone(),
                    select,
                    scatter: Reducer::Add.body(dtype),
                };
                let back = |dy: Option<Expr<'_>>| {
                    dy.map(|dy| b.apply(scatter.clone(), &[x, b.expr(dy.id()), zero]))
                };
                return Ok(vec![back(cx.cotangents[0]), back(cx.cotangents[1]), None, None]);
            }
            let reducer = Reducer::of(&op.body).filter(|_| cx.operands.len() == 2);
            let dilated = w.base_dilations.iter().chain(&w.window_dilations).any(|&k| k != 1);
            let direction = match reducer {
                Some(Reducer::Maximum) if !dilated => Direction::Ge,
                Some(Reducer::Minimum) if !dilated => Direction::Le,
                // Every position that sees an element passes its cotangent on: a window sum over the
                // cotangents, spread by the strides.
                Some(Reducer::Add) => {
                    let padding = w.transposed_padding(&x.shape(), &dy.shape());
                    let (low, high): (Vec<i64>, Vec<i64>) = padding.into_iter().unzip();
                    let interior: Vec<i64> = w.strides.iter().map(|&s| s as i64 - 1).collect();
                    let spread = dy.pad_zero(&low, &high, &interior);
                    let window = Window {
                        strides: w.base_dilations.clone(),
                        window_dilations: w.window_dilations.clone(),
                        ..Window::new(w.dimensions.clone(), [])
                    };
                    let zero = b.constant(Array::zeros(dtype, []));
                    let sum = ReduceWindow { window, body: Reducer::Add.body(dtype) };
                    return Ok(vec![Some(b.apply(sum, &[spread, zero])), None]);
                }
                _ => {
                    return Err(Error::gradient(text!(
                        en: "only window sums, and window maxima and minima without dilation, have a derivative",
                        ko: "창의 합, 그리고 팽창 없는 창의 최댓값과 최솟값만 미분할 수 있습니다"
                    )));
                }
            };
            let scatter = SelectAndScatter {
                window: w.clone(),
                select: SelectAndScatter::selector(direction, dtype),
                scatter: Reducer::Add.body(dtype),
            };
            let zero = b.constant(Array::zeros(dtype, []));
            Ok(vec![Some(b.apply(scatter, &[x, dy, zero])), None])
        })
    }

    fn eval(&self, operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>> {
        let n = operands.len() / 2;
        let (inputs, initial) = operands.split_at(n);
        let shape = inputs[0].shape();
        let offsets = Shape::from(&self.window.dimensions);
        let mut values = Vec::new();
        for position in results[0].shape.indices() {
            let mut accumulated = initial.to_vec();
            for offset in offsets.indices() {
                let Some(index) = self.window.source(shape, &position, &offset) else { continue };
                let mut arguments = accumulated;
                for x in inputs {
                    arguments.push(super::reduce::element(x, shape.ravel(&index))?);
                }
                accumulated = crate::evaluate(&self.body, &arguments)?;
            }
            values.push(accumulated);
        }
        super::reduce::collect(&values, results)
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        self.window.attributes()
    }

    fn regions(&self) -> Vec<&Graph> {
        vec![&self.body]
    }

    fn with_regions(&self, regions: Vec<Graph>) -> ReduceWindow {
        let body = regions.into_iter().next().map_or_else(|| self.body.clone(), Arc::new);
        ReduceWindow { body, ..self.clone() }
    }
}
