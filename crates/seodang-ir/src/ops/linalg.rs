//! Matrix factorisations and solutions.

use super::{arity, doc, require, same_dtype};
use crate::TensorType;
use crate::autodiff::Derivative;
use crate::op::OpDef;
use seodang_core::{Array, Error, Result, Text, text};

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
        Derivative::NotDifferentiable("PENDING")
    }

    fn eval(&self, _operands: &[Array], _results: &[TensorType]) -> Result<Vec<Array>> {
        Err(Error::unsupported("PENDING"))
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
        Derivative::NotDifferentiable("PENDING")
    }

    fn eval(&self, _operands: &[Array], _results: &[TensorType]) -> Result<Vec<Array>> {
        Err(Error::unsupported("PENDING"))
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
