"""``tf.linalg``: products, norms, decompositions.

Decompositions other than Cholesky's are NumPy's: they have no gradient, except inv, solve and det,
whose derivatives are written over their values.
"""

from __future__ import annotations

import numpy as np

from seodang._missing import missing

from ._core import (
    Tensor, as_dtype, constant, convert, integer, invalid, native, numpy_of, pair,
    public, tensor,
)
from ._create import eye  # noqa: F401
from ._products import (  # noqa: F401
    einsum, global_norm, matmul, matvec, norm, tensordot, trace,
)
from ._reductions import l2_normalize  # noqa: F401


def _turn(x: Tensor) -> Tensor:
    order = list(range(x.ndim))
    order[-2:] = order[:-3:-1]
    return native.transpose(x, order)


@public("tf.linalg.matrix_transpose")
def matrix_transpose(a, name: str | None = "matrix_transpose", conjugate: bool = False) -> Tensor:
    """The tensor with its last two axes exchanged."""
    return _turn(tensor(a))


adjoint = matrix_transpose


def _mask(rows: int, columns: int, lower: int, upper: int) -> np.ndarray:
    i, j = np.ogrid[:rows, :columns]
    return ((lower < 0) | (i - j <= lower)) & ((upper < 0) | (j - i <= upper))


def _diagonal(x: Tensor, k: int = 0) -> Tensor:
    rows, columns = x.shape[-2:]
    at = np.arange(max(0, min(rows + min(k, 0), columns - max(k, 0))))
    flat = native.reshape(x, [*x.shape[:-2], rows * columns])
    return native.gather(flat, convert((at + max(-k, 0)) * columns + at + max(k, 0)), x.ndim - 2)


@public("tf.linalg.diag_part")
def diag_part(input, name: str | None = "diag_part", k: int = 0, padding_value=0,
              align: str = "RIGHT_LEFT") -> Tensor:
    """The diagonals of matrices."""
    return _diagonal(tensor(input), integer(k))


tensor_diag_part = diag_part


@public("tf.linalg.diag")
def diag(diagonal, name: str | None = "diag", k: int = 0, num_rows: int = -1, num_cols: int = -1,
         padding_value=0, align: str = "RIGHT_LEFT") -> Tensor:
    """Matrices with a given diagonal, the k-th above the main one."""
    x, k = tensor(diagonal), integer(k)
    n = x.shape[-1] + abs(k)
    cut = [(0, 0)] * (x.ndim - 1) + [(max(-k, 0), max(k, 0))]
    rows = native.pad(x, cut, 0.0)
    ones = convert(np.eye(n, k=k, dtype=np.float32))
    placed = native.multiply(native.cast(ones, x.dtype), native.expand_dims(rows, -1))
    return placed


tensor_diag = diag


@public("tf.linalg.set_diag")
def set_diag(input, diagonal, name: str | None = "set_diag", k: int = 0, align: str = "RIGHT_LEFT") -> Tensor:
    """Matrices with another main diagonal."""
    x = tensor(input)
    d = tensor(diagonal, None, x.dtype)
    rows, columns = x.shape[-2:]
    if rows != columns:
        raise invalid("set_diag takes square matrices here")
    return native.where(convert(np.eye(rows, dtype=bool)), diag(d), x)


@public("tf.linalg.band_part")
def band_part(input, num_lower, num_upper, name: str | None = None) -> Tensor:
    """Matrices with all but some diagonals set to 0; -1 keeps a whole triangle."""
    x = tensor(input)
    keep = _mask(*x.shape[-2:], integer(num_lower), integer(num_upper))
    return native.where(convert(keep), x, native.zeros(list(x.shape), x.dtype))


def _singular(error) -> Exception:
    return invalid(f"Input is not invertible. ({error})")


def _inverse(x: Tensor) -> np.ndarray:
    try:
        return np.linalg.inv(numpy_of(x))
    except np.linalg.LinAlgError as e:
        raise _singular(e) from None


def _refined(y: Tensor, x: Tensor) -> Tensor:
    # Newton's step 2Y - YXY is Y itself, and has the inverse's derivative.
    return native.subtract(native.add(y, y), native.matmul(native.matmul(y, x), y))


@public("tf.linalg.inv")
def inv(input, adjoint: bool = False, name: str | None = None) -> Tensor:
    """The inverses of square matrices.

    Raises InvalidArgumentError for a matrix that has none.
    """
    x = tensor(input)
    if x.ndim < 2 or x.shape[-1] != x.shape[-2]:
        raise invalid(f"Input matrix must be square, got shape {list(x.shape)} [Op:MatrixInverse]")
    y = convert(_inverse(x))
    y = _refined(_refined(y, x), x)
    return _turn(y) if adjoint else y


@public("tf.linalg.pinv")
def pinv(a, rcond=None, validate_args: bool = False, name: str | None = None) -> Tensor:
    """The pseudo-inverses of matrices (no gradient)."""
    x = numpy_of(a)
    limit = 10.0 * max(x.shape[-2:]) * np.finfo(x.dtype).eps if rcond is None else rcond
    return convert(np.linalg.pinv(x, limit).astype(x.dtype))


@public("tf.linalg.solve")
def solve(matrix, rhs, adjoint: bool = False, name: str | None = None) -> Tensor:
    """X with matrix @ X = rhs.

    Raises InvalidArgumentError for a matrix that has no inverse.
    """
    a, b = pair(matrix, rhs)
    if adjoint:
        a = _turn(a)
    inverse = convert(_inverse(a))
    try:
        x = convert(np.linalg.solve(numpy_of(a), numpy_of(b)))
    except np.linalg.LinAlgError as e:
        raise _singular(e) from None
    for _ in range(2):
        rest = native.subtract(b, native.matmul(a, x, False, False))
        x = native.add(x, native.matmul(inverse, rest, False, False))
    return x


@public("tf.linalg.triangular_solve")
def triangular_solve(matrix, rhs, lower: bool = True, adjoint: bool = False, name: str | None = None) -> Tensor:
    """X with matrix @ X = rhs for a triangular matrix, of which one triangle is read."""
    a = tensor(matrix)
    return solve(native.tril(a, 0) if lower else native.triu(a, 0), rhs, adjoint)


@public("tf.linalg.cholesky_solve")
def cholesky_solve(chol, rhs, name: str | None = None) -> Tensor:
    """X with A @ X = rhs for the lower triangular factor of A that `cholesky` gives."""
    factor = tensor(chol)
    return triangular_solve(factor, triangular_solve(factor, rhs), adjoint=True)


def lu(input, output_idx_type="int32", name: str | None = None):
    """Both triangular factors in one matrix, and the order of the rows (no gradient)."""
    x = np.array(numpy_of(input))
    size = x.shape[-1]
    order = np.broadcast_to(np.arange(size), x.shape[:-1]).copy()
    for i in np.ndindex(x.shape[:-2]):
        a, p = x[i], order[i]
        for k in range(size):
            best = k + int(np.argmax(np.abs(a[k:, k])))
            if a[best, k] == 0:
                raise invalid("Input is not invertible. [Op:Lu]")
            a[[k, best]], p[[k, best]] = a[[best, k]], p[[best, k]]
            a[k + 1 :, k] /= a[k, k]
            a[k + 1 :, k + 1 :] -= np.outer(a[k + 1 :, k], a[k, k + 1 :])
    return convert(x), native.cast(convert(order), output_idx_type)


def sqrtm(input, name: str | None = None) -> Tensor:
    """The matrices whose squares are given, by Denman and Beavers's iteration (no gradient)."""
    given = numpy_of(input)
    y = given.astype(np.float64)
    z = np.broadcast_to(np.eye(y.shape[-1]), y.shape)
    for _ in range(100):
        before = y
        y, z = (y + np.linalg.inv(z)) / 2, (z + np.linalg.inv(y)) / 2
        if np.abs(y - before).max() <= 1e-14 * np.abs(y).max():
            break
    return convert(y.astype(given.dtype))


@public("tf.linalg.lstsq")
def lstsq(matrix, rhs, l2_regularizer=0.0, fast: bool = True, name: str | None = None) -> Tensor:
    """X that makes ||matrix @ X - rhs|| least."""
    a, b = pair(matrix, rhs)
    square = native.matmul(a, a, True, False)
    if l2_regularizer:
        unit = convert(np.eye(a.shape[-1])), a.dtype
        square = native.add(square, native.multiply(native.cast(*unit), constant(l2_regularizer, a)))
    return solve(square, native.matmul(a, b, True, False))


@public("tf.linalg.det")
def det(input, name: str | None = None) -> Tensor:
    """The determinants of square matrices."""
    x = tensor(input)
    array = numpy_of(x)
    value = convert(np.asarray(np.linalg.det(array), array.dtype))
    try:
        inverse = convert(np.linalg.inv(array))
    except np.linalg.LinAlgError:
        return value
    change = native.matmul(inverse, native.subtract(x, native.stop_gradient(x)), False, False)
    slope = native.reduce_sum(_diagonal(change), [-1], False)
    return native.add(value, native.multiply(value, slope))


@public("tf.linalg.slogdet")
def slogdet(input, name: str | None = None):
    """Signs and logarithms of the absolute values of determinants (no gradient)."""
    x = numpy_of(input)
    sign, log = np.linalg.slogdet(x)
    return convert(np.asarray(sign, x.dtype)), convert(np.asarray(log, x.dtype))


def logdet(matrix, name: str | None = None) -> Tensor:
    """The logarithms of determinants of positive definite matrices."""
    return native.log(det(matrix))


@public("tf.linalg.cholesky")
def cholesky(input, name: str | None = None) -> Tensor:
    """The lower triangular factors of positive definite matrices.

    Raises InvalidArgumentError for a matrix that is not.
    """
    x = tensor(input)
    if not x.is_traced:
        try:
            np.linalg.cholesky(numpy_of(x))
        except np.linalg.LinAlgError:
            raise invalid("Cholesky decomposition was not successful. The input might not be valid. "
                          "[Op:Cholesky]") from None
    return native.cholesky(x)


@public("tf.linalg.qr")
def qr(input, full_matrices: bool = False, name: str | None = None):
    """Orthogonal and triangular factors (no gradient)."""
    q, r = np.linalg.qr(numpy_of(input), "complete" if full_matrices else "reduced")
    return convert(q), convert(r)


@public("tf.linalg.svd")
def svd(tensor, full_matrices: bool = False, compute_uv: bool = True, name: str | None = None):
    """Singular values s, and the factors u and v, with tensor = u diag(s) v^T (no gradient)."""
    if not compute_uv:
        return convert(np.linalg.svd(numpy_of(tensor), compute_uv=False))
    u, s, vt = np.linalg.svd(numpy_of(tensor), full_matrices)
    return convert(s), convert(u), convert(np.ascontiguousarray(np.swapaxes(vt, -1, -2)))


@public("tf.linalg.eigh")
def eigh(tensor, name: str | None = None):
    """Eigenvalues in rising order and eigenvectors of symmetric matrices (no gradient)."""
    values, vectors = np.linalg.eigh(numpy_of(tensor))
    return convert(values), convert(vectors)


def eigvalsh(tensor, name: str | None = None) -> Tensor:
    """Eigenvalues of symmetric matrices in rising order (no gradient)."""
    return convert(np.linalg.eigvalsh(numpy_of(tensor)))


def matrix_rank(a, tol=None, validate_args: bool = False, name: str | None = None) -> Tensor:
    """The ranks of matrices, int32."""
    return convert(np.asarray(np.linalg.matrix_rank(numpy_of(a), tol), np.int32))


@public("tf.linalg.cross")
def cross(a, b, name: str | None = None) -> Tensor:
    """The cross products of vectors of three numbers."""
    a, b = pair(a, b)
    x = native.unstack(a, -1)
    y = native.unstack(b, -1)
    parts = [native.subtract(native.multiply(x[i], y[j]), native.multiply(x[j], y[i]))
             for i, j in ((1, 2), (2, 0), (0, 1))]
    return native.stack(parts, -1)


@public("tf.linalg.normalize")
def normalize(tensor, ord="euclidean", axis=None, name: str | None = None):
    """The tensor over its norm, and the norm."""
    size = norm(tensor, ord, axis, True)
    return native.divide(convert(tensor), size), size


def expm(input, name: str | None = None) -> Tensor:
    """The exponentials of matrices, by scaling and squaring (no gradient)."""
    x = numpy_of(input).astype(np.float64)
    steps = max(0, int(np.ceil(np.log2(max(np.abs(x).sum(-1).max(initial=0.0), 1e-30)))) + 4)
    term = total = np.broadcast_to(np.eye(x.shape[-1]), x.shape)
    for k in range(1, 20):
        term = term @ (x / 2.0**steps) / k
        total = total + term
    for _ in range(steps):
        total = total @ total
    return native.cast(convert(total), as_dtype(numpy_of(input).dtype))


__getattr__ = missing(__name__)
