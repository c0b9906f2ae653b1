"""``tf.linalg``: products, norms, decompositions.

Written by `python -m seodang._generate`; do not edit.
"""

from typing import Any
from seodang._dtypes import as_dtype as as_dtype
from seodang._native import Tensor as Tensor
from seodang._native import convert as convert
from seodang.compat.tensorflow._products import einsum as einsum
from seodang.compat.tensorflow._products import global_norm as global_norm
from seodang.compat.tensorflow._products import matmul as matmul
from seodang.compat.tensorflow._products import matvec as matvec
from seodang.compat.tensorflow._products import tensordot as tensordot
from seodang.compat.tensorflow._products import trace as trace
from seodang.compat.tensorflow._reductions import l2_normalize as l2_normalize

def band_part(input, num_lower, num_upper, name: str | None = None) -> Tensor:
    """Matrices with all but some diagonals set to 0; -1 keeps a whole triangle."""

def cholesky(input, name: str | None = None) -> Tensor:
    """The lower triangular factors of positive definite matrices.

    Raises InvalidArgumentError for a matrix that is not.
    """

def cholesky_solve(chol, rhs, name: str | None = None) -> Tensor:
    """X with A @ X = rhs for the lower triangular factor of A that `cholesky` gives."""

def cross(a, b, name: str | None = None) -> Tensor:
    """The cross products of vectors of three numbers."""

def det(input, name: str | None = None) -> Tensor:
    """The determinants of square matrices."""

def diag(diagonal, name: str | None = 'diag', k: int = 0, num_rows: int = -1, num_cols: int = -1, padding_value: Any = 0, align: str = 'RIGHT_LEFT') -> Tensor:
    """Matrices with a given diagonal, the k-th above the main one."""

def diag_part(input, name: str | None = 'diag_part', k: int = 0, padding_value: Any = 0, align: str = 'RIGHT_LEFT') -> Tensor:
    """The diagonals of matrices."""

def eigh(tensor, name: str | None = None):
    """Eigenvalues in rising order and eigenvectors of symmetric matrices (no gradient)."""

def eigvalsh(tensor, name: str | None = None) -> Tensor:
    """Eigenvalues of symmetric matrices in rising order (no gradient)."""

def expm(input, name: str | None = None) -> Tensor:
    """The exponentials of matrices, by scaling and squaring (no gradient)."""

def eye(num_rows, num_columns=None, batch_shape=None, dtype: Any = 'float32', name: str | None = None) -> Tensor:
    """The identity matrix, or a batch of them."""

def inv(input, adjoint: bool = False, name: str | None = None) -> Tensor:
    """The inverses of square matrices.

    Raises InvalidArgumentError for a matrix that has none.
    """

def logdet(matrix, name: str | None = None) -> Tensor:
    """The logarithms of determinants of positive definite matrices."""

def lstsq(matrix, rhs, l2_regularizer: Any = 0.0, fast: bool = True, name: str | None = None) -> Tensor:
    """X that makes ||matrix @ X - rhs|| least."""

def lu(input, output_idx_type: Any = 'int32', name: str | None = None):
    """Both triangular factors in one matrix, and the order of the rows (no gradient)."""

def matrix_rank(a, tol=None, validate_args: bool = False, name: str | None = None) -> Tensor:
    """The ranks of matrices, int32."""

def matrix_transpose(a, name: str | None = 'matrix_transpose', conjugate: bool = False) -> Tensor:
    """The tensor with its last two axes exchanged."""

def norm(tensor, ord: Any = 'euclidean', axis=None, keepdims=None, name=None) -> Tensor:
    """The length of a tensor, or of its parts along axes."""

def normalize(tensor, ord: Any = 'euclidean', axis=None, name: str | None = None):
    """The tensor over its norm, and the norm."""

def pinv(a, rcond=None, validate_args: bool = False, name: str | None = None) -> Tensor:
    """The pseudo-inverses of matrices (no gradient)."""

def qr(input, full_matrices: bool = False, name: str | None = None):
    """Orthogonal and triangular factors (no gradient)."""

def set_diag(input, diagonal, name: str | None = 'set_diag', k: int = 0, align: str = 'RIGHT_LEFT') -> Tensor:
    """Matrices with another main diagonal."""

def slogdet(input, name: str | None = None):
    """Signs and logarithms of the absolute values of determinants (no gradient)."""

def solve(matrix, rhs, adjoint: bool = False, name: str | None = None) -> Tensor:
    """X with matrix @ X = rhs.

    Raises InvalidArgumentError for a matrix that has no inverse.
    """

def sqrtm(input, name: str | None = None) -> Tensor:
    """The matrices whose squares are given, by Denman and Beavers's iteration (no gradient)."""

def svd(tensor, full_matrices: bool = False, compute_uv: bool = True, name: str | None = None):
    """Singular values s, and the factors u and v, with tensor = u diag(s) v^T (no gradient)."""

def triangular_solve(matrix, rhs, lower: bool = True, adjoint: bool = False, name: str | None = None) -> Tensor:
    """X with matrix @ X = rhs for a triangular matrix, of which one triangle is read."""

adjoint = matrix_transpose

tensor_diag = diag

tensor_diag_part = diag_part
