//! The general product of two arrays.

use super::{arity, check_axes, doc, int_list, require, same_dtype};
use crate::TensorType;
use crate::autodiff::Derivative;
use crate::op::OpDef;
use seodang_core::{Array, DType, Element, Result, Shape, Text, dispatch, text};

/// Sums products over the contracting dimensions, for each index of the batching dimensions.
///
/// The result's dimensions are: batching, then the left operand's others, then the right one's.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct DotGeneral {
    /// Batching dimensions of the left operand.
    pub lhs_batching: Vec<usize>,
    /// Batching dimensions of the right operand, in the same order.
    pub rhs_batching: Vec<usize>,
    /// Contracting dimensions of the left operand.
    pub lhs_contracting: Vec<usize>,
    /// Contracting dimensions of the right operand, in the same order.
    pub rhs_contracting: Vec<usize>,
    /// The element type of the result, where it is wider than the operands' (int8 products summed
    /// in int32).
    pub result: Option<DType>,
}

impl DotGeneral {
    /// The product of two matrices.
    pub fn matmul() -> DotGeneral {
        DotGeneral { lhs_contracting: vec![1], rhs_contracting: vec![0], ..DotGeneral::default() }
    }

    /// The dimensions of an operand that are neither batching nor contracting.
    pub fn free(rank: usize, batching: &[usize], contracting: &[usize]) -> Vec<usize> {
        (0..rank).filter(|d| !batching.contains(d) && !contracting.contains(d)).collect()
    }
}

impl OpDef for DotGeneral {
    fn mnemonic(&self) -> &'static str {
        "dot_general"
    }

    fn spec(&self) -> &'static str {
        "dot_general"
    }

    fn doc(&self) -> Text {
        doc("Product of two arrays summed over dimensions.", "차원을 따라 더하는 두 배열의 곱.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        arity(operands, 2)?;
        let (a, b) = (&operands[0], &operands[1]);
        same_dtype(a, b, "dot_general C12")?;
        let pairs = [
            (&self.lhs_batching, &self.rhs_batching, "dot_general C1, C9", "batching", "배치"),
            (
                &self.lhs_contracting,
                &self.rhs_contracting,
                "dot_general C2, C10",
                "contracting",
                "축약",
            ),
        ];
        let both = |x: &[usize], y: &[usize]| [x, y].concat();
        check_axes(
            &both(&self.lhs_batching, &self.lhs_contracting),
            a.rank(),
            "dot_general C3, C5, C6",
        )?;
        check_axes(
            &both(&self.rhs_batching, &self.rhs_contracting),
            b.rank(),
            "dot_general C4, C7, C8",
        )?;
        for (l, r, label, en, ko) in pairs {
            let fits =
                l.len() == r.len() && l.iter().zip(r).all(|(&i, &j)| a.shape[i] == b.shape[j]);
            require(fits, label, || {
                text!(
                    en: "the {en} dimensions {l:?} of {} and {r:?} of {} do not fit", a.shape, b.shape;
                    ko: "{}의 {ko} 차원 {l:?}와(과) {}의 {r:?}이(가) 맞지 않습니다", a.shape, b.shape
                )
            })?;
        }
        let mut shape: Vec<usize> = self.lhs_batching.iter().map(|&d| a.shape[d]).collect();
        let free = DotGeneral::free(a.rank(), &self.lhs_batching, &self.lhs_contracting);
        shape.extend(free.iter().map(|&d| a.shape[d]));
        let free = DotGeneral::free(b.rank(), &self.rhs_batching, &self.rhs_contracting);
        shape.extend(free.iter().map(|&d| b.shape[d]));
        Ok(vec![TensorType::new(self.result.unwrap_or(a.dtype), shape)])
    }

    fn derivative(&self) -> Derivative<DotGeneral> {
        // With dimensions in the order (batch, left free, right free), each operand's cotangent is a
        // product of dy with the other operand, contracted over the other's free dimensions; its
        // dimensions are then put back into the operand's order.
        Derivative::Rule(|op, cx| {
            let (a, b, dy) = (cx.operands[0], cx.operands[1], cx.dy());
            let batch = op.lhs_batching.len();
            let lhs_free = DotGeneral::free(a.rank(), &op.lhs_batching, &op.lhs_contracting);
            let rhs_free = DotGeneral::free(b.rank(), &op.rhs_batching, &op.rhs_contracting);
            let batches: Vec<usize> = (0..batch).collect();
            let left: Vec<usize> = (batch..batch + lhs_free.len()).collect();
            let right: Vec<usize> =
                (batch + lhs_free.len()..batch + lhs_free.len() + rhs_free.len()).collect();
            let restore = |order: Vec<usize>| {
                let mut permutation = vec![0; order.len()];
                for (at, d) in order.into_iter().enumerate() {
                    permutation[d] = at;
                }
                permutation
            };
            // dy . b over b's free dimensions gives (batch, a's free, b's contracting ascending).
            let da = cx.wanted[0].then(|| {
                let product = dy.dot_general(
                    b,
                    DotGeneral {
                        lhs_batching: batches.clone(),
                        rhs_batching: op.rhs_batching.clone(),
                        lhs_contracting: right.clone(),
                        rhs_contracting: rhs_free.clone(),
                        result: None,
                    },
                );
                let mut sorted = op.rhs_contracting.clone();
                sorted.sort_unstable();
                let mut order = op.lhs_batching.clone();
                order.extend(&lhs_free);
                order.extend(sorted.iter().map(|d| {
                    let at = op.rhs_contracting.iter().position(|e| e == d).unwrap_or(0);
                    op.lhs_contracting[at]
                }));
                product.transpose(&restore(order))
            });
            // a . dy over a's free dimensions gives (batch, a's contracting ascending, b's free).
            let db = cx.wanted[1].then(|| {
                let product = a.dot_general(
                    dy,
                    DotGeneral {
                        lhs_batching: op.lhs_batching.clone(),
                        rhs_batching: batches.clone(),
                        lhs_contracting: lhs_free.clone(),
                        rhs_contracting: left.clone(),
                        result: None,
                    },
                );
                let mut sorted = op.lhs_contracting.clone();
                sorted.sort_unstable();
                let mut order = op.rhs_batching.clone();
                order.extend(sorted.iter().map(|d| {
                    let at = op.lhs_contracting.iter().position(|e| e == d).unwrap_or(0);
                    op.rhs_contracting[at]
                }));
                order.extend(&rhs_free);
                product.transpose(&restore(order))
            });
            Ok(vec![da, db])
        })
    }

    fn eval(&self, operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>> {
        let (a, b, ty) = (&operands[0], &operands[1], &results[0]);
        let batch = self.lhs_batching.len();
        let lhs_free =
            DotGeneral::free(a.shape().rank(), &self.lhs_batching, &self.lhs_contracting);
        let rhs_free =
            DotGeneral::free(b.shape().rank(), &self.rhs_batching, &self.rhs_contracting);
        let inner: Shape = self.lhs_contracting.iter().map(|&d| a.shape()[d]).collect();
        let inner: Vec<Vec<usize>> = inner.indices().collect();
        // Where the two operands are read for an index of the result and one of the sum.
        let places = |flat: usize| {
            let out = ty.shape.unravel(flat);
            let (mut i, mut j) = (vec![0; a.shape().rank()], vec![0; b.shape().rank()]);
            for k in 0..batch {
                i[self.lhs_batching[k]] = out[k];
                j[self.rhs_batching[k]] = out[k];
            }
            for (k, &d) in lhs_free.iter().enumerate() {
                i[d] = out[batch + k];
            }
            for (k, &d) in rhs_free.iter().enumerate() {
                j[d] = out[batch + lhs_free.len() + k];
            }
            inner.iter().map(move |c| {
                for (k, &n) in c.iter().enumerate() {
                    i[self.lhs_contracting[k]] = n;
                    j[self.rhs_contracting[k]] = n;
                }
                (a.shape().ravel(&i), b.shape().ravel(&j))
            })
        };
        let mut out = Array::zeros(ty.dtype, ty.shape.clone());
        dispatch!(ty.dtype, T => {
            let values = out.as_mut_slice::<T>()?;
            if ty.dtype.is_float() {
                let (x, y) = (a.to_f64_vec(), b.to_f64_vec());
                for (flat, value) in values.iter_mut().enumerate() {
                    *value = T::from_f64(places(flat).map(|(i, j)| x[i] * y[j]).sum());
                }
            } else {
                let (x, y) = (a.to_i128_vec(), b.to_i128_vec());
                for (flat, value) in values.iter_mut().enumerate() {
                    let sum = places(flat).fold(0i128, |s, (i, j)| s.wrapping_add(x[i].wrapping_mul(y[j])));
                    *value = T::from_i128(sum);
                }
            }
        });
        Ok(vec![out])
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        let fields = [
            ("lhs_batching_dimensions", &self.lhs_batching),
            ("rhs_batching_dimensions", &self.rhs_batching),
            ("lhs_contracting_dimensions", &self.lhs_contracting),
            ("rhs_contracting_dimensions", &self.rhs_contracting),
        ];
        let parts: Vec<String> = (fields.iter().filter(|(_, v)| !v.is_empty()))
            .map(|(name, v)| format!("{name} = {}", int_list(v)))
            .collect();
        vec![("dot_dimension_numbers", format!("#stablehlo.dot<{}>", parts.join(", ")))]
    }
}
