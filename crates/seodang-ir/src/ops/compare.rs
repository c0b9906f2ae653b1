//! Comparison and choice, elementwise.

use super::{arity, doc, require, same_dtype};
use crate::TensorType;
use crate::autodiff::Derivative;
use crate::op::OpDef;
use seodang_core::{Array, DType, Result, Text, text};
use std::cmp::Ordering;

/// How two elements are compared. Comparisons with NaN are false, `NE` is true.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum Direction {
    Eq,
    Ne,
    Ge,
    Gt,
    Le,
    Lt,
}

impl Direction {
    /// Every direction.
    pub const ALL: [Direction; 6] =
        [Direction::Eq, Direction::Ne, Direction::Ge, Direction::Gt, Direction::Le, Direction::Lt];

    /// The name, as the specification writes it.
    pub fn name(self) -> &'static str {
        match self {
            Direction::Eq => "EQ",
            Direction::Ne => "NE",
            Direction::Ge => "GE",
            Direction::Gt => "GT",
            Direction::Le => "LE",
            Direction::Lt => "LT",
        }
    }

    /// Whether the comparison holds for an ordering; `None` is "unordered", with NaN.
    pub fn holds(self, ordering: Option<Ordering>) -> bool {
        match self {
            Direction::Eq => ordering == Some(Ordering::Equal),
            Direction::Ne => ordering != Some(Ordering::Equal),
            Direction::Ge => matches!(ordering, Some(Ordering::Greater | Ordering::Equal)),
            Direction::Gt => ordering == Some(Ordering::Greater),
            Direction::Le => matches!(ordering, Some(Ordering::Less | Ordering::Equal)),
            Direction::Lt => ordering == Some(Ordering::Less),
        }
    }
}

/// Compares two operands of equal type, elementwise, to booleans.
#[derive(Clone, PartialEq, Debug)]
pub struct Compare {
    /// The comparison.
    pub direction: Direction,
}

impl OpDef for Compare {
    fn mnemonic(&self) -> &'static str {
        "compare"
    }

    fn spec(&self) -> &'static str {
        "compare"
    }

    fn doc(&self) -> Text {
        doc("Comparison, elementwise.", "원소별 비교.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        arity(operands, 2)?;
        let (a, b) = (&operands[0], &operands[1]);
        same_dtype(a, b, "compare C1")?;
        require(a.shape == b.shape, "compare C2", || {
            text!(
                en: "shapes differ: {} and {}", a.shape, b.shape;
                ko: "모양이 다릅니다: {}, {}", a.shape, b.shape
            )
        })?;
        Ok(vec![a.with_dtype(DType::Bool)])
    }

    fn derivative(&self) -> Derivative<Compare> {
        Derivative::ZeroGradient("the values are discrete")
    }

    fn eval(&self, operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>> {
        let (a, b) = (&operands[0], &operands[1]);
        let values: Vec<bool> = if a.dtype().is_float() {
            let (a, b) = (a.to_f64_vec(), b.to_f64_vec());
            a.iter().zip(&b).map(|(a, b)| self.direction.holds(a.partial_cmp(b))).collect()
        } else {
            let (a, b) = (a.to_i128_vec(), b.to_i128_vec());
            a.iter().zip(&b).map(|(a, b)| self.direction.holds(a.partial_cmp(b))).collect()
        };
        Ok(vec![Array::from_vec(results[0].shape.clone(), values)?])
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        let name = self.direction.name();
        vec![("comparison_direction", format!("#stablehlo<comparison_direction {name}>"))]
    }
}

/// Takes each element from the second operand where the first is true, else from the third.
#[derive(Clone, PartialEq, Debug)]
pub struct Select;

impl OpDef for Select {
    fn mnemonic(&self) -> &'static str {
        "select"
    }

    fn spec(&self) -> &'static str {
        "select"
    }

    fn doc(&self) -> Text {
        doc("Choice between two operands, elementwise.", "원소별 선택.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        arity(operands, 3)?;
        let (p, a, b) = (&operands[0], &operands[1], &operands[2]);
        super::Families::BOOL.check(p.dtype, "select I1")?;
        same_dtype(a, b, "select C2")?;
        require(a.shape == b.shape, "select C2", || {
            text!(
                en: "shapes differ: {} and {}", a.shape, b.shape;
                ko: "모양이 다릅니다: {}, {}", a.shape, b.shape
            )
        })?;
        require(p.rank() == 0 || p.shape == a.shape, "select C1", || {
            text!(
                en: "the predicate's shape {} is neither a scalar nor {}", p.shape, a.shape;
                ko: "조건의 모양 {}이(가) 스칼라도 {}도 아닙니다", p.shape, a.shape
            )
        })?;
        Ok(vec![a.clone()])
    }

    fn derivative(&self) -> Derivative<Select> {
        Derivative::Rule(|_, cx| {
            let (p, dy) = (cx.operands[0], cx.dy());
            let zero = dy.zeros_like();
            Ok(vec![None, Some(p.select(dy, zero)), Some(p.select(zero, dy))])
        })
    }

    fn eval(&self, operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>> {
        let p = operands[0].to_vec::<bool>()?;
        let size = results[0].dtype.size();
        let mut out = operands[2].clone();
        let from = operands[1].bytes();
        for (i, to) in out.bytes_mut().chunks_exact_mut(size).enumerate() {
            if p[if p.len() == 1 { 0 } else { i }] {
                to.copy_from_slice(&from[i * size..(i + 1) * size]);
            }
        }
        Ok(vec![out])
    }
}

/// Limits the second operand to the range from the first to the third; the limits may be scalars.
#[derive(Clone, PartialEq, Debug)]
pub struct Clamp;

impl OpDef for Clamp {
    fn mnemonic(&self) -> &'static str {
        "clamp"
    }

    fn spec(&self) -> &'static str {
        "clamp"
    }

    fn doc(&self) -> Text {
        doc("minimum(maximum(x, min), max), elementwise.", "범위 안으로 자르기, 원소별.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        arity(operands, 3)?;
        let (min, x, max) = (&operands[0], &operands[1], &operands[2]);
        for (limit, label) in [(min, "clamp C1"), (max, "clamp C2")] {
            same_dtype(limit, x, "clamp C3")?;
            require(limit.rank() == 0 || limit.shape == x.shape, label, || {
                text!(
                    en: "the limit's shape {} is neither a scalar nor {}", limit.shape, x.shape;
                    ko: "한계의 모양 {}이(가) 스칼라도 {}도 아닙니다", limit.shape, x.shape
                )
            })?;
        }
        Ok(vec![x.clone()])
    }

    fn derivative(&self) -> Derivative<Clamp> {
        // As XLA and TensorFlow define it: strictly between the limits the operand's share is 1; the
        // limits get the rest, each summed to its own shape.
        Derivative::Rule(|_, cx| {
            let (min, x, max, dy) = (cx.operands[0], cx.operands[1], cx.operands[2], cx.dy());
            let zero = dy.zeros_like();
            let all: Vec<usize> = (0..x.rank()).collect();
            let is_scalar = [min, max].map(|limit| limit.rank() < x.rank());
            let [low, high] = [(min, is_scalar[0]), (max, is_scalar[1])].map(|(limit, scalar)| {
                if scalar { limit.broadcast_in_dim(x.shape(), &[]) } else { limit }
            });
            let (below, above) = (x.lt(low), x.gt(high));
            let dx = below.or(above).select(zero, dy);
            let [d_min, d_max] =
                [(below, is_scalar[0]), (above, is_scalar[1])].map(|(at, scalar)| {
                    let share = at.select(dy, zero);
                    if scalar { share.sum(&all) } else { share }
                });
            Ok(vec![Some(d_min), Some(dx), Some(d_max)])
        })
    }

    fn eval(&self, operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>> {
        use super::Binary;
        let spread = |limit: &Array| -> Result<Array> {
            if limit.shape() == operands[1].shape() {
                return Ok(limit.clone());
            }
            let scalar = limit.bytes().to_vec().repeat(operands[1].size());
            Array::from_bytes(limit.dtype(), operands[1].shape().clone(), &scalar)
        };
        let (min, max) = (spread(&operands[0])?, spread(&operands[2])?);
        let above = Binary::Maximum.eval(&[min, operands[1].clone()], results)?;
        Binary::Minimum.eval(&[above[0].clone(), max], results)
    }
}
