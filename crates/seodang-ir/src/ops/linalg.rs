//! Matrix factorisations and solutions.

use super::{DotGeneral, Iota};
use super::{arity, doc, require, same_dtype};
use crate::autodiff::Derivative;
use crate::op::OpDef;
use crate::{Expr, TensorType};
use seodang_core::{Array, DType, Result, Text, text};

/// The matrices in the last two dimensions, transposed.
fn swapped(x: Expr<'_>) -> Expr<'_> {
    let n = x.rank();
    let mut order: Vec<usize> = (0..n).collect();
    order.swap(n - 2, n - 1);
    x.transpose(&order)
}

/// The products of the matrices in the last two dimensions.
fn product<'b>(x: Expr<'b>, y: Expr<'b>) -> Expr<'b> {
    let n = x.rank();
    let batch: Vec<usize> = (0..n - 2).collect();
    let op = DotGeneral {
        lhs_batching: batch.clone(),
        rhs_batching: batch,
        lhs_contracting: vec![n - 1],
        rhs_contracting: vec![n - 2],
        result: None,
    };
    x.dot_general(y, op)
}

/// The lower triangles of the matrices in the last two dimensions, the diagonal times a factor.
fn triangle(x: Expr<'_>, diagonal: f64) -> Expr<'_> {
    let (b, n) = (x.builder(), x.rank());
    let ty = TensorType::new(DType::I32, x.shape());
    let row = b.apply(Iota { ty: ty.clone(), dimension: n - 2 }, &[]);
    let column = b.apply(Iota { ty, dimension: n - 1 }, &[]);
    let zero = x.zeros_like();
    row.gt(column).select(x, row.eq(column).select(x * diagonal, zero))
}

fn check_square(x: &TensorType, label: &str) -> Result<()> {
    let n = x.rank();
    require(n >= 2 && x.shape[n - 1] == x.shape[n - 2], label, || {
        text!(
            en: "square matrices are needed, not {}", x.shape;
            ko: "정사각 행렬이 필요한데 {}입니다", x.shape
        )
    })
}

/// The Cholesky factor of each symmetric positive definite matrix in the last two dimensions. The
/// other triangle of the result is zero; a matrix that is not positive definite gives NaN.
#[derive(Clone, PartialEq, Debug)]
pub struct Cholesky {
    /// Whether the lower triangle is read and returned, or the upper one.
    pub lower: bool,
}

impl OpDef for Cholesky {
    fn mnemonic(&self) -> &'static str {
        "cholesky"
    }

    fn spec(&self) -> &'static str {
        "cholesky"
    }

    fn doc(&self) -> Text {
        doc("Cholesky factors of matrices.", "행렬의 촐레스키 분해.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        arity(operands, 1)?;
        super::Families::FLOAT.check(operands[0].dtype, "cholesky I1")?;
        check_square(&operands[0], "cholesky C2, C3")?;
        Ok(vec![operands[0].clone()])
    }

    fn derivative(&self) -> Derivative<Cholesky> {
        // Murray 2016, "Differentiation of the Cholesky decomposition", eq. 10, for the triangle that
        // is read: with P the lower triangle of L^T dL with its diagonal halved, S = L^-T P L^-1, and
        // an element off the diagonal stands for itself and its mirror image.
        Derivative::Rule(|op, cx| {
            let (l, dl) = if op.lower {
                (cx.results[0], cx.dy())
            } else {
                (swapped(cx.results[0]), swapped(cx.dy()))
            };
            let p = triangle(product(swapped(l), dl), 0.5);
            let solve = |left_side: bool, b| {
                let op = TriangularSolve {
                    left_side,
                    lower: true,
                    unit_diagonal: false,
                    transpose_a: if left_side {
                        Transpose::Transpose
                    } else {
                        Transpose::NoTranspose
                    },
                };
                cx.b.apply(op, &[l, b])
            };
            let s = solve(false, solve(true, p));
            let da = triangle(s + swapped(s), 0.5);
            Ok(vec![Some(if op.lower { da } else { swapped(da) })])
        })
    }

    fn eval(&self, operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>> {
        let x = &operands[0];
        let n = x.shape()[x.shape().rank() - 1];
        let mut values = x.to_f64_vec();
        for a in values.chunks_exact_mut((n * n).max(1)) {
            let at = |i: usize, j: usize| if self.lower { i * n + j } else { j * n + i };
            for j in 0..n {
                for i in j..n {
                    let sum: f64 = (0..j).map(|k| a[at(i, k)] * a[at(j, k)]).sum();
                    let rest = a[at(i, j)] - sum;
                    a[at(i, j)] = if i == j { rest.sqrt() } else { rest / a[at(j, j)] };
                }
                for i in 0..j {
                    a[at(i, j)] = 0.0;
                }
            }
            if a.iter().any(|v| v.is_nan()) {
                a.fill(f64::NAN);
            }
        }
        let ty = &results[0];
        Ok(vec![Array::from_fn(ty.dtype, ty.shape.clone(), |i| values[i])])
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![("lower", self.lower.to_string())]
    }
}

/// Whether a matrix is used as it is or transposed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Transpose {
    /// As it is.
    NoTranspose,
    /// Transposed.
    Transpose,
}

/// Solves `op(a) x = b` (or `x op(a) = b`) for triangular matrices `a` in the last two dimensions.
#[derive(Clone, PartialEq, Debug)]
pub struct TriangularSolve {
    /// Whether `a` stands to the left of `x`.
    pub left_side: bool,
    /// Whether the lower triangle of `a` is read, or the upper one.
    pub lower: bool,
    /// Whether the diagonal is taken as ones.
    pub unit_diagonal: bool,
    /// What `op` is.
    pub transpose_a: Transpose,
}

impl OpDef for TriangularSolve {
    fn mnemonic(&self) -> &'static str {
        "triangular_solve"
    }

    fn spec(&self) -> &'static str {
        "triangular_solve"
    }

    fn doc(&self) -> Text {
        doc("Solutions of triangular systems.", "삼각 연립방정식의 해.")
    }

    fn infer(&self, operands: &[TensorType]) -> Result<Vec<TensorType>> {
        arity(operands, 2)?;
        let (a, b) = (&operands[0], &operands[1]);
        super::Families::FLOAT.check(a.dtype, "triangular_solve I1")?;
        same_dtype(a, b, "triangular_solve C1")?;
        check_square(a, "triangular_solve C2, C4")?;
        let n = a.rank();
        let fits = b.rank() == n && b.shape[..n - 2] == a.shape[..n - 2] && {
            b.shape[if self.left_side { n - 2 } else { n - 1 }] == a.shape[n - 1]
        };
        require(fits, "triangular_solve C2, C3", || {
            text!(
                en: "{} does not fit the matrices {}", b.shape, a.shape;
                ko: "{}이(가) 행렬 {}에 맞지 않습니다", b.shape, a.shape
            )
        })?;
        Ok(vec![b.clone()])
    }

    fn derivative(&self) -> Derivative<TriangularSolve> {
        Derivative::Rule(|op, cx| {
            let (a, x, dx) = (cx.operands[0], cx.results[0], cx.dy());
            let flipped = match op.transpose_a {
                Transpose::NoTranspose => Transpose::Transpose,
                Transpose::Transpose => Transpose::NoTranspose,
            };
            let db = cx.b.apply(TriangularSolve { transpose_a: flipped, ..op.clone() }, &[a, dx]);
            let d_op =
                if op.left_side { -product(db, swapped(x)) } else { -product(swapped(x), db) };
            let da = if op.transpose_a == Transpose::Transpose { swapped(d_op) } else { d_op };
            let diagonal = if op.unit_diagonal { 0.0 } else { 1.0 };
            let da = if op.lower {
                triangle(da, diagonal)
            } else {
                swapped(triangle(swapped(da), diagonal))
            };
            Ok(vec![Some(da), Some(db)])
        })
    }

    fn eval(&self, operands: &[Array], results: &[TensorType]) -> Result<Vec<Array>> {
        let (a, b, ty) = (&operands[0], &operands[1], &results[0]);
        let rank = a.shape().rank();
        let n = a.shape()[rank - 1];
        let (rows, columns) = (b.shape()[rank - 2], b.shape()[rank - 1]);
        let lanes = if self.left_side { columns } else { rows };
        let transposed = self.transpose_a == Transpose::Transpose;
        // x op(a) = b is op(a)^T x^T = b^T: solve rows instead of columns, transposed once more.
        let read_transposed = transposed == self.left_side;
        let forward = self.lower != read_transposed;
        let (matrices, mut values) = (a.to_f64_vec(), b.to_f64_vec());
        for (batch, x) in values.chunks_exact_mut((rows * columns).max(1)).enumerate() {
            let m = &matrices[batch * n * n..];
            let entry =
                |i: usize, j: usize| if read_transposed { m[j * n + i] } else { m[i * n + j] };
            for lane in 0..lanes {
                let at =
                    |i: usize| if self.left_side { i * columns + lane } else { lane * columns + i };
                for step in 0..n {
                    let i = if forward { step } else { n - 1 - step };
                    let known = if forward { 0..i } else { i + 1..n };
                    let sum: f64 = known.map(|j| entry(i, j) * x[at(j)]).sum();
                    let rest = x[at(i)] - sum;
                    x[at(i)] = if self.unit_diagonal { rest } else { rest / entry(i, i) };
                }
            }
        }
        Ok(vec![Array::from_fn(ty.dtype, ty.shape.clone(), |i| values[i])])
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        let transpose = match self.transpose_a {
            Transpose::NoTranspose => "NO_TRANSPOSE",
            Transpose::Transpose => "TRANSPOSE",
        };
        vec![
            ("left_side", self.left_side.to_string()),
            ("lower", self.lower.to_string()),
            ("unit_diagonal", self.unit_diagonal.to_string()),
            ("transpose_a", format!("#stablehlo<transpose {transpose}>")),
        ]
    }
}
