//! Decompositions of `f64` matrices, by the crate `faer`: one thread, row-major in and out.

use faer::linalg::solvers::Solve;
use faer::{Mat, MatRef, Side};
use seodang_core::{Error, Result, text};

fn view(a: &[f64], rows: usize, cols: usize) -> MatRef<'_, f64> {
    MatRef::from_row_major_slice(a, rows, cols)
}

fn row_major(a: MatRef<'_, f64>) -> Vec<f64> {
    (0..a.nrows()).flat_map(|r| (0..a.ncols()).map(move |c| a[(r, c)])).collect()
}

fn failed(what: &'static str) -> Error {
    Error::value(text!(
        en: "the matrix has no {what}: it holds NaN, or the iteration does not converge",
        ko: "행렬의 {what}을(를) 구할 수 없습니다. NaN이 있거나 반복이 수렴하지 않습니다"
    ))
}

/// The thin singular value decomposition `a = u · diag(s) · vt`.
#[derive(Clone, Debug)]
pub struct Svd {
    /// `rows` by `min(rows, cols)`.
    pub u: Vec<f64>,
    /// `min(rows, cols)` numbers, falling.
    pub s: Vec<f64>,
    /// `min(rows, cols)` by `cols`.
    pub vt: Vec<f64>,
}

/// The thin singular value decomposition of a `rows` by `cols` matrix.
///
/// # Errors
/// `Value` for a matrix with NaN.
pub fn svd(a: &[f64], rows: usize, cols: usize) -> Result<Svd> {
    let svd = view(a, rows, cols).thin_svd().map_err(|_| failed("SVD"))?;
    let s = svd.S().column_vector();
    Ok(Svd {
        u: row_major(svd.U()),
        s: (0..s.nrows()).map(|i| s[i]).collect(),
        vt: row_major(svd.V().transpose()),
    })
}

/// The eigenvalues of a symmetric `n` by `n` matrix in rising order, and the eigenvectors, one a column.
/// Reads the lower triangle.
///
/// # Errors
/// `Value` for a matrix with NaN.
pub fn eigh(a: &[f64], n: usize) -> Result<(Vec<f64>, Vec<f64>)> {
    let eigen = view(a, n, n).self_adjoint_eigen(Side::Lower).map_err(|_| failed("eigh"))?;
    let values = eigen.S().column_vector();
    Ok(((0..n).map(|i| values[i]).collect(), row_major(eigen.U())))
}

/// The eigenvalues alone of a symmetric `n` by `n` matrix, in rising order. Reads the lower triangle.
///
/// # Errors
/// `Value` for a matrix with NaN.
pub fn eigenvalues(a: &[f64], n: usize) -> Result<Vec<f64>> {
    let found = view(a, n, n).self_adjoint_eigenvalues(Side::Lower);
    let mut values = found.map_err(|_| failed("eigenvalues"))?;
    values.sort_by(f64::total_cmp);
    Ok(values)
}

/// Solves `a · x = b` for a symmetric positive definite `a` of `n` by `n`, of which the lower triangle is
/// read, and `b` of `n` by `m`; nothing if `a` is not positive definite.
pub fn solve_positive(a: &[f64], n: usize, b: &[f64], m: usize) -> Option<Vec<f64>> {
    let llt = view(a, n, n).llt(Side::Lower).ok()?;
    let mut x = Mat::from_fn(n, m, |r, c| b[r * m + c]);
    llt.solve_in_place(x.as_mut());
    Some(row_major(x.as_ref()))
}

/// The least-squares solution of least norm of `a · x = b`, for `a` of `rows` by `cols` and `b` of `rows`
/// by `m`: `x`, the rank of `a` and its singular values. Singular values of at most `epsilon` times the
/// greatest count as 0.
///
/// # Errors
/// `Value` for a matrix with NaN.
pub fn least_squares(
    a: &[f64],
    rows: usize,
    cols: usize,
    b: &[f64],
    m: usize,
    epsilon: f64,
) -> Result<(Vec<f64>, usize, Vec<f64>)> {
    let Svd { u, s, vt } = svd(a, rows, cols)?;
    let n = s.len();
    let least = epsilon * s.first().copied().unwrap_or(0.0);
    let rank = s.iter().filter(|&&x| x > least).count();
    let mut x = vec![0.0; cols * m];
    for i in 0..rank {
        for c in 0..m {
            let along: f64 = (0..rows).map(|r| u[r * n + i] * b[r * m + c]).sum::<f64>() / s[i];
            for j in 0..cols {
                x[j * m + c] += along * vt[i * cols + j];
            }
        }
    }
    Ok((x, rank, s))
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: [f64; 6] = [3.0, 1.0, -1.0, 2.0, 0.5, 4.0];

    #[test]
    fn svd_multiplies_back() {
        for (rows, cols) in [(3, 2), (2, 3)] {
            let Svd { u, s, vt } = svd(&A, rows, cols).unwrap();
            assert!(s[0] >= s[1] && s[1] > 0.0);
            for r in 0..rows {
                for c in 0..cols {
                    let back: f64 = (0..2).map(|i| u[r * 2 + i] * s[i] * vt[i * cols + c]).sum();
                    assert!((back - A[r * cols + c]).abs() < 1e-12);
                }
            }
        }
        assert!(svd(&[f64::NAN; 4], 2, 2).is_err());
    }

    #[test]
    fn eigenvectors_keep_their_direction() {
        let a = [4.0, 9.0, 9.0, 1.0, 3.0, 9.0, 0.5, -1.0, 2.0];
        let full = |r: usize, c: usize| a[r.max(c) * 3 + r.min(c)];
        let (values, vectors) = eigh(&a, 3).unwrap();
        for (alone, value) in eigenvalues(&a, 3).unwrap().iter().zip(&values) {
            assert!((alone - value).abs() < 1e-12);
        }
        assert!(values.is_sorted());
        for (k, value) in values.iter().enumerate() {
            for r in 0..3 {
                let product: f64 = (0..3).map(|c| full(r, c) * vectors[c * 3 + k]).sum();
                assert!((product - value * vectors[r * 3 + k]).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn systems_are_solved() {
        let x = solve_positive(&[4.0, 0.0, 2.0, 3.0], 2, &[8.0, 7.0], 1).unwrap();
        assert!((x[0] - 1.25).abs() < 1e-12 && (x[1] - 1.5).abs() < 1e-12);
        assert!(solve_positive(&[1.0, 0.0, 2.0, 1.0], 2, &[1.0, 1.0], 1).is_none());
        // Of rank 1: the solution of least norm.
        let (x, rank, s) =
            least_squares(&[1.0, 1.0, 2.0, 2.0], 2, 2, &[2.0, 4.0], 1, 1e-12).unwrap();
        assert_eq!((rank, s.len()), (1, 2));
        assert!((x[0] - 1.0).abs() < 1e-12 && (x[1] - 1.0).abs() < 1e-12);
    }
}
