"""Made samples of functions, surfaces and matrices. Random numbers are drawn in scikit-learn's order."""

from __future__ import annotations

from collections.abc import Iterator
from numbers import Integral, Real
from typing import Any

import numpy as np

from ..utils._parameters import ARRAY, BOOLEAN, RANDOM, Span, Words, checked
from ..utils._samples import shuffle as shuffled
from ..utils.validation import check_random_state

_COUNT = Span(Integral, 1, None)
_RANDOM = {"random_state": RANDOM}
_SIZE = {"n_samples": _COUNT, **_RANDOM}
_NOISE = {"noise": Span(Real, 0, None)}


@checked(
    **_SIZE, **_NOISE, n_features=_COUNT, n_informative=Span(Integral, 0, None), n_targets=_COUNT,
    bias=Span(Real, None, None, "neither"), effective_rank=(_COUNT, None),
    tail_strength=Span(Real, 0, 1, "both"), shuffle=BOOLEAN, coef=BOOLEAN,
)
def make_regression(
    n_samples: int = 100,
    n_features: int = 100,
    *,
    n_informative: int = 10,
    n_targets: int = 1,
    bias: float = 0.0,
    effective_rank: int | None = None,
    tail_strength: float = 0.5,
    noise: float = 0.0,
    shuffle: bool = True,
    coef: bool = False,
    random_state: Any = None,
) -> Any:
    """A linear function of some of the features, with noise.

    Parameters
    ----------
    n_samples, n_features, n_targets : how many
    n_informative : how many features count
    bias : what is added
    effective_rank : about how many directions the samples have; None is all
    tail_strength : how much there is in the other directions
    noise : the standard deviation of the noise
    shuffle : whether samples and features are shuffled
    coef : whether to give the coefficients too
    random_state : seed or generator

    Returns
    -------
    X of shape (n_samples, n_features), y of shape (n_samples,) or (n_samples, n_targets), and the
    coefficients if wanted
    """
    random = check_random_state(random_state)
    n_informative = min(n_features, n_informative)
    if effective_rank is None:
        X = random.standard_normal(size=(n_samples, n_features))
    else:
        X = make_low_rank_matrix(
            n_samples, n_features, effective_rank=effective_rank, tail_strength=tail_strength,
            random_state=random,
        )
    truth = np.zeros((n_features, n_targets))
    truth[:n_informative] = 100 * random.uniform(size=(n_informative, n_targets))
    y = np.dot(X, truth) + bias
    if noise > 0:
        y += random.normal(scale=noise, size=y.shape)
    if shuffle:
        X, y = shuffled(X, y, random_state=random)
        places = np.arange(n_features)
        random.shuffle(places)
        X[:, :] = X[:, places]
        truth = truth[places]
    return (X, np.squeeze(y), np.squeeze(truth)) if coef else (X, np.squeeze(y))


@checked(**_SIZE, **_NOISE, n_features=Span(Integral, 5, None))
def make_friedman1(
    n_samples: int = 100, n_features: int = 10, *, noise: float = 0.0, random_state: Any = None
) -> tuple[np.ndarray, np.ndarray]:
    """10 sin(π x₀ x₁) + 20 (x₂ - 0.5)² + 10 x₃ + 5 x₄, and noise. Source: Friedman 1991.

    Parameters
    ----------
    n_samples, n_features : how many; the features are from 0 to 1, five of them count
    noise : the standard deviation of the noise
    random_state : seed or generator

    Returns
    -------
    X of shape (n_samples, n_features), y of shape (n_samples,)
    """
    random = check_random_state(random_state)
    X = random.uniform(size=(n_samples, n_features))
    y = 10 * np.sin(np.pi * X[:, 0] * X[:, 1]) + 20 * (X[:, 2] - 0.5) ** 2
    y = y + 10 * X[:, 3] + 5 * X[:, 4]
    return X, y + noise * random.standard_normal(size=n_samples)


def _circuit(n_samples: int, random: np.random.RandomState) -> tuple[np.ndarray, Any, Any]:
    """The features of an alternating current's circuit, and what two functions of them share."""
    X = random.uniform(size=(n_samples, 4))
    X[:, 0] *= 100
    X[:, 1] = X[:, 1] * (520 * np.pi) + 40 * np.pi
    X[:, 3] = X[:, 3] * 10 + 1
    return X, X[:, 0], X[:, 1] * X[:, 2] - 1 / (X[:, 1] * X[:, 3])


@checked(**_SIZE, **_NOISE)
def make_friedman2(
    n_samples: int = 100, *, noise: float = 0.0, random_state: Any = None
) -> tuple[np.ndarray, np.ndarray]:
    """The impedance of a circuit, √(x₀² + (x₁ x₂ - 1 / (x₁ x₃))²), and noise. Source: Friedman 1991.

    Parameters
    ----------
    n_samples : how many
    noise : the standard deviation of the noise
    random_state : seed or generator

    Returns
    -------
    X of shape (n_samples, 4), y of shape (n_samples,)
    """
    random = check_random_state(random_state)
    X, real, imaginary = _circuit(n_samples, random)
    y = (real**2 + imaginary**2) ** 0.5
    return X, y + noise * random.standard_normal(size=n_samples)


@checked(**_SIZE, **_NOISE)
def make_friedman3(
    n_samples: int = 100, *, noise: float = 0.0, random_state: Any = None
) -> tuple[np.ndarray, np.ndarray]:
    """The phase of a circuit, arctan((x₁ x₂ - 1 / (x₁ x₃)) / x₀), and noise. Source: Friedman 1991.

    Parameters
    ----------
    n_samples : how many
    noise : the standard deviation of the noise
    random_state : seed or generator

    Returns
    -------
    X of shape (n_samples, 4), y of shape (n_samples,)
    """
    random = check_random_state(random_state)
    X, real, imaginary = _circuit(n_samples, random)
    return X, np.arctan(imaginary / real) + noise * random.standard_normal(size=n_samples)


@checked(
    **_SIZE, n_features=_COUNT, effective_rank=Span(Real, 0, None, "neither"),
    tail_strength=Span(Real, 0, 1, "both"),
)
def make_low_rank_matrix(
    n_samples: int = 100,
    n_features: int = 100,
    *,
    effective_rank: float = 10,
    tail_strength: float = 0.5,
    random_state: Any = None,
) -> np.ndarray:
    """A matrix whose singular values fall like a bell, with a long tail.

    Parameters
    ----------
    n_samples, n_features : how many
    effective_rank : about how many singular values count
    tail_strength : the share of the tail
    random_state : seed or generator

    Returns
    -------
    ndarray of shape (n_samples, n_features)
    """
    random = check_random_state(random_state)
    n = min(n_samples, n_features)
    left, right = (
        np.linalg.qr(random.standard_normal(size=(rows, n)))[0] for rows in (n_samples, n_features)
    )
    place = np.arange(n, dtype=np.float64) / effective_rank
    values = (1 - tail_strength) * np.exp(-(place**2)) + tail_strength * np.exp(-0.1 * place)
    return (left * values) @ right.T


@checked(
    n_samples=_COUNT, n_components=_COUNT, n_features=_COUNT, n_nonzero_coefs=_COUNT, **_RANDOM
)
def make_sparse_coded_signal(
    n_samples: int,
    *,
    n_components: int,
    n_features: int,
    n_nonzero_coefs: int,
    random_state: Any = None,
) -> Iterator[np.ndarray]:
    """Signals that are sums of a few of some vectors.

    Parameters
    ----------
    n_samples, n_features : how many signals, of how many numbers
    n_components : how many vectors
    n_nonzero_coefs : how many of them in a signal
    random_state : seed or generator

    Returns
    -------
    the signals (n_samples, n_features), the vectors (n_components, n_features) and the coefficients
    (n_samples, n_components), each without dimensions of one
    """
    random = check_random_state(random_state)
    vectors = random.standard_normal(size=(n_features, n_components))
    vectors /= np.sqrt(np.sum(vectors**2, axis=0))
    coefficients = np.zeros((n_components, n_samples))
    for column in coefficients.T:
        places = np.arange(n_components)
        random.shuffle(places)
        column[places[:n_nonzero_coefs]] = random.standard_normal(size=n_nonzero_coefs)
    signals = vectors @ coefficients
    return map(np.squeeze, (signals.T, vectors.T, coefficients.T))


@checked(**_SIZE, n_features=_COUNT)
def make_sparse_uncorrelated(
    n_samples: int = 100, n_features: int = 10, *, random_state: Any = None
) -> tuple[np.ndarray, np.ndarray]:
    """x₀ + 2 x₁ - 2 x₂ - 1.5 x₃ of independent features, with noise. Source: Celeux et al. 2012.

    Parameters
    ----------
    n_samples, n_features : how many; four features count
    random_state : seed or generator

    Returns
    -------
    X of shape (n_samples, n_features), y of shape (n_samples,)
    """
    random = check_random_state(random_state)
    X = random.normal(loc=0, scale=1, size=(n_samples, n_features))
    mean = X[:, 0] + 2 * X[:, 1] - 2 * X[:, 2] - 1.5 * X[:, 3]
    return X, random.normal(loc=mean, scale=np.ones(n_samples))


@checked(n_dim=_COUNT, **_RANDOM)
def make_spd_matrix(n_dim: int, *, random_state: Any = None) -> np.ndarray:
    """A symmetric positive definite matrix.

    Parameters
    ----------
    n_dim : how many rows
    random_state : seed or generator

    Returns
    -------
    ndarray of shape (n_dim, n_dim)
    """
    random = check_random_state(random_state)
    A = random.uniform(size=(n_dim, n_dim))
    left, _, right = np.linalg.svd(A.T @ A)
    return (left @ (1.0 + np.diag(random.uniform(size=n_dim)))) @ right


@checked(
    n_dim=_COUNT, alpha=Span(Real, 0, 1, "both"), norm_diag=BOOLEAN,
    smallest_coef=Span(Real, 0, 1, "both"), largest_coef=Span(Real, 0, 1, "both"),
    sparse_format=(Words("bsr", "coo", "csc", "csr", "dia", "dok", "lil"), None), **_RANDOM,
)
def make_sparse_spd_matrix(
    n_dim: int = 1,
    *,
    alpha: float = 0.95,
    norm_diag: bool = False,
    smallest_coef: float = 0.1,
    largest_coef: float = 0.9,
    sparse_format: str | None = None,
    random_state: Any = None,
) -> Any:
    """A symmetric positive definite matrix with many zeros; its stream is not scikit-learn's.

    Parameters
    ----------
    n_dim : how many rows
    alpha : how likely a number of its factor is zero
    norm_diag : whether the diagonal is 1
    smallest_coef, largest_coef : between which the other numbers of the factor are
    sparse_format : a format of sparse matrices; None is an array
    random_state : seed or generator

    Returns
    -------
    ndarray or sparse matrix of shape (n_dim, n_dim)
    """
    random = check_random_state(random_state)
    factor = random.uniform(smallest_coef, largest_coef, size=(n_dim, n_dim))
    factor *= random.uniform(size=factor.shape) >= alpha
    places = random.permutation(n_dim)
    factor = np.tril(factor, k=-1)[np.ix_(places, places)] - np.eye(n_dim)
    out = factor.T @ factor
    if norm_diag:
        scale = 1 / np.sqrt(np.diag(out))
        out = out * scale * scale[:, None]
    if sparse_format is None:
        return out
    from scipy.sparse import csr_matrix

    return csr_matrix(out).asformat(sparse_format)


@checked(**_SIZE, **_NOISE, hole=BOOLEAN)
def make_swiss_roll(
    n_samples: int = 100, *, noise: float = 0.0, random_state: Any = None, hole: bool = False
) -> tuple[np.ndarray, np.ndarray]:
    """A rolled up sheet in space. Source: Marsland 2009.

    Parameters
    ----------
    n_samples : how many
    noise : the standard deviation of the noise
    random_state : seed or generator
    hole : whether the sheet has a hole

    Returns
    -------
    X of shape (n_samples, 3), and how far along the sheet each is, of shape (n_samples,)
    """
    random = check_random_state(random_state)
    if hole:
        # Eight of nine fields of the sheet.
        fields = np.asarray([
            [np.pi * (1.5 + i), j * 7] for i in range(3) for j in range(3) if (i, j) != (1, 1)
        ])
        chosen = random.choice(8, n_samples)
        t, height = fields[chosen].T + random.uniform(size=(2, n_samples)) * [[np.pi], [7]]
    else:
        t = 1.5 * np.pi * (1 + 2 * random.uniform(size=n_samples))
        height = 21 * random.uniform(size=n_samples)
    X = np.stack([t * np.cos(t), height, t * np.sin(t)])
    X += noise * random.standard_normal(size=(3, n_samples))
    return X.T, np.squeeze(t)


@checked(**_SIZE, **_NOISE)
def make_s_curve(
    n_samples: int = 100, *, noise: float = 0.0, random_state: Any = None
) -> tuple[np.ndarray, np.ndarray]:
    """A sheet bent into an S in space.

    Parameters
    ----------
    n_samples : how many
    noise : the standard deviation of the noise
    random_state : seed or generator

    Returns
    -------
    X of shape (n_samples, 3), and how far along the sheet each is, of shape (n_samples,)
    """
    random = check_random_state(random_state)
    t = 3 * np.pi * (random.uniform(size=(1, n_samples)) - 0.5)[0]
    height = 2.0 * random.uniform(size=n_samples)
    X = np.stack([np.sin(t), height, np.sign(t) * (np.cos(t) - 1)], axis=1)
    X += noise * random.standard_normal(size=(3, n_samples)).T
    return X, np.squeeze(t)


def _members(count: int, sizes: np.ndarray) -> np.ndarray:
    return np.repeat(np.arange(count), sizes)


def _finished(
    table: np.ndarray, rows: np.ndarray, columns: np.ndarray, noise: float, shuffle: bool,
    random: np.random.RandomState, random_state: Any,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """With noise, and rows and columns in another order."""
    if noise > 0:
        table = table + random.normal(scale=noise, size=table.shape)
    if shuffle:
        # scikit-learn begins the seed's stream anew here.
        again = check_random_state(random_state)
        order, across = (again.permutation(n) for n in table.shape)
        table, rows, columns = table[order][:, across], rows[order], columns[across]
    return table, rows, columns


_BLOCKS = {
    "shape": tuple, **_NOISE, "minval": Span(Real, None, None, "neither"),
    "maxval": Span(Real, None, None, "neither"), "shuffle": BOOLEAN, **_RANDOM,
}


@checked(**_BLOCKS, n_clusters=_COUNT)
def make_biclusters(
    shape: tuple[int, int],
    n_clusters: int,
    *,
    noise: float = 0.0,
    minval: float = 10,
    maxval: float = 100,
    shuffle: bool = True,
    random_state: Any = None,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A matrix with constant blocks along its diagonal. Source: Dhillon 2001.

    Parameters
    ----------
    shape : how many rows and columns
    n_clusters : how many blocks
    noise : the standard deviation of the noise
    minval, maxval : between which the constants are
    shuffle : whether rows and columns are shuffled
    random_state : seed or generator

    Returns
    -------
    the matrix; for each block which rows are its; which columns
    """
    random = check_random_state(random_state)
    values = random.uniform(minval, maxval, n_clusters)
    even = np.repeat(1.0 / n_clusters, n_clusters)
    rows, columns = (_members(n_clusters, random.multinomial(n, even)) for n in shape)
    table = np.where(rows[:, None] == columns, values[rows][:, None], 0.0)
    table, rows, columns = _finished(table, rows, columns, noise, shuffle, random, random_state)
    blocks = np.arange(n_clusters)[:, None]
    return table, rows == blocks, columns == blocks


@checked(**_BLOCKS, n_clusters=(_COUNT, ARRAY))
def make_checkerboard(
    shape: tuple[int, int],
    n_clusters: Any,
    *,
    noise: float = 0.0,
    minval: float = 10,
    maxval: float = 100,
    shuffle: bool = True,
    random_state: Any = None,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A matrix of constant blocks. Source: Kluger, Basri, Chang and Gerstein 2003.

    Parameters
    ----------
    shape : how many rows and columns
    n_clusters : how many blocks down and across, or both
    noise : the standard deviation of the noise
    minval, maxval : between which the constants are
    shuffle : whether rows and columns are shuffled
    random_state : seed or generator

    Returns
    -------
    the matrix; for each block which rows are its; which columns
    """
    random = check_random_state(random_state)
    down, across = n_clusters if hasattr(n_clusters, "__len__") else (n_clusters, n_clusters)
    rows, columns = (
        _members(count, random.multinomial(n, np.repeat(1.0 / count, count)))
        for n, count in zip(shape, (down, across), strict=True)
    )
    values = random.uniform(minval, maxval, size=(down, across))
    table = values[rows][:, columns]
    table, rows, columns = _finished(table, rows, columns, noise, shuffle, random, random_state)
    row_blocks, column_blocks = np.repeat(np.arange(down), across), np.tile(np.arange(across), down)
    return table, rows == row_blocks[:, None], columns == column_blocks[:, None]
